package sluiting

import (
	"context"
	"testing"

	"baken/internal/bakentest/dbtest"
	"baken/internal/bakentest/dossiertest"
	"baken/internal/kernel/db"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// Repeat detection: what counts as an earlier occasion of the matrix. A warning does, and
// a closure that stands; what was suspended, withdrawn, revoked or annulled does not, and
// neither does the other type or what is older than the look-back.
func TestEarlierOccasions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := &Room{Law: Law(policies(t))}
		s := suite(t)
		ready := s.Ready
		s.Ready = func(v *vault.Vault) { ready(v); m.Register = measures.NewRegister(v) }
		h := dossiertest.Open(t, d, s)
		earlier := func(as *file, on string, files ...*file) (n int) {
			t.Helper()
			var ids []string
			err := h.Keeper.Do(context.Background(), work.System("test"), Purpose, func(u *work.Unit) error {
				u.Record(work.Entry{Act: RefoldAct})
				for _, f := range files {
					id := ref.NewID()
					ids = append(ids, id)
					x, err := m.Stand(dossier.Head{ID: id}, f.r, at(on, "lars"))
					if err != nil {
						return err
					}
					if err := m.Register.Save(u, x.Row); err != nil {
						return err
					}
				}
				l := m.Law.Earlier(as.r, day(on))
				var err error
				n, err = m.Register.Earlier(u, Name, "x", l.Breach, l.Place, l.Person, l.Since)
				for _, id := range ids {
					if err == nil {
						err = m.Register.Drop(u, id)
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for name, row := range map[string]struct {
			of   *file
			on   string
			want int
		}{
			"a warning":                 {warnedFile(t), "2026-06-01", 1},
			"a closure":                 {sealed(t), "2026-06-01", 1},
			"closed and done":           {closedAndReopened(t), "2027-06-01", 1},
			"only a draft":              {writ(t), "2026-06-01", 0},
			"withdrawn":                 {withdrawn(t), "2026-06-01", 0},
			"annulled":                  {annulled(t), "2026-10-01", 0},
			"of public order":           {orderSealed(t), "2026-06-01", 0},
			"elsewhere, of another":     {urgentSealed(t), "2026-06-01", 0},
			"on the last day it counts": {warnedFile(t), "2031-03-09", 1},
			"older than the look-back":  {warnedFile(t), "2031-03-10", 0},
		} {
			if got := earlier(reported(t), row.on, row.of); got != row.want {
				t.Errorf("%s: %d, want %d", name, got, row.want)
			}
		}
		moved := begin(t).do("2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Place, r.Person = "wipstraat  14", "Iemand anders" }))
		if got := earlier(moved, "2026-06-01", warnedFile(t)); got != 1 {
			t.Errorf("at the same address, however it is typed: %d", got)
		}
		if got := earlier(bar(t), "2026-06-01", suspended(t)); got != 0 {
			t.Errorf("a suspended closure counts: %d", got)
		}
	})
}
