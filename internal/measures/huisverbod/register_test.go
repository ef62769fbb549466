package huisverbod

import (
	"context"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/bakentest/dossiertest"
	"baken/internal/kernel/db"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// What waits is asked of the database by its stage; who may not read the file does not
// find it there either. A ban that is suspended or annulled counts for no repeat.
func TestWhatWaitsAndWhatCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := suite(t)
		var register *measures.Register
		ready := s.Ready
		s.Ready = func(v *vault.Vault) { ready(v); register = measures.NewRegister(v) }
		h := dossiertest.Open(t, d, s)
		walk := func(script string, steps int) (head dossier.Head) {
			t.Helper()
			h.Now = s.Start
			for _, step := range s.Scripts[script][:steps] {
				var err error
				if _, head, err = h.Do(step, step.Who, head); err != nil {
					t.Fatal(err)
				}
				h.Now = h.Now.Add(time.Second)
			}
			return head
		}
		waiting := walk("withdrawn", 4)
		look := func(who string, fn func(u *work.Unit) error) {
			t.Helper()
			if err := h.Keeper.Do(context.Background(), work.Actor{Account: who, Roles: []string{staff[who]}}, Purpose, fn); err != nil {
				t.Fatal(err)
			}
		}
		for who, want := range map[string]int{"burg": 1, "noor": 1, "stranger": 0} {
			look(who, func(u *work.Unit) error {
				rows, err := register.InStages(u, h.Book, Name, ReadAct, []string{"proposed", "asked"})
				if len(rows) != want || want == 1 && (rows[0].ID != waiting.ID || rows[0].NextCode != "decide" || rows[0].Title != "Lijnbaan 14") {
					t.Errorf("for %s wait %+v", who, rows)
				}
				none, err2 := register.InStages(u, h.Book, Name, ReadAct, nil)
				if len(none) > 0 || err2 != nil {
					t.Errorf("in no stage there are %d, %v", len(none), err2)
				}
				return err
			})
		}
		count := func(want int, when string) {
			t.Helper()
			look("noor", func(u *work.Unit) error {
				n, err := register.Earlier(u, Name, "another", Name, "Lijnbaan 14", "", day("2021-03-20"))
				if n != want {
					t.Errorf("%s there are %d earlier bans, want %d", when, n, want)
				}
				return err
			})
		}
		count(0, "while nothing is announced")
		scripts := s.Scripts["suspended"]
		suspendedAt := len(scripts)
		for i, step := range scripts {
			if step.Act == "huisverbod.rule-relief" {
				suspendedAt = i
			}
		}
		walk("suspended", suspendedAt)
		count(1, "with a ban that holds")
		look("noor", func(u *work.Unit) error {
			for kind, want := range map[string]bool{Name: true, "dwangsom": false} {
				if yes, err := register.Known(kind)(u, "lijnbaan  14"); yes != want || err != nil {
					t.Errorf("asked across the wall for %s: %v, %v", kind, yes, err)
				}
			}
			return nil
		})
		walk("annulled", len(s.Scripts["annulled"]))
		count(1, "beside an annulled one")
		walk("suspended", suspendedAt+1)
		count(1, "beside a suspended one")
		walk("withdrawn", len(s.Scripts["withdrawn"]))
		count(1, "beside a withdrawn one")
		walk("extended and ended", len(s.Scripts["extended and ended"]))
		count(2, "beside one that ended by itself")
	})
}
