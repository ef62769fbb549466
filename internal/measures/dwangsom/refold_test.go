package dwangsom

import (
	"context"
	"maps"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/bakentest/dossiertest"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// After a decree the rows of the list follow from the journals, the files of which
// nothing changed are not written, and one that cannot be opened keeps what it has.
func TestRefold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := suite(t)
		days := calendar
		m := &Room{Policies: policies(t)}
		ready := s.Ready
		s.Ready = func(v *vault.Vault) { ready(v); m.Register = measures.NewRegister(v) }
		h := dossiertest.Open(t, d, s)
		numbers := map[string]string{}
		var order agenda.RecomputeOrder
		m.Office = dossier.Office[Dwangsom]{Keep: h.Keeper, Book: h.Book, Journal: h.Journal, Calendar: func(*work.Unit) (*deadlines.Calendar, error) { return days, nil }}
		m.Rewatch = func(_ *work.Unit, _ *deadlines.Calendar, o agenda.RecomputeOrder, files []Standing) error {
			order = o
			for _, f := range files {
				numbers[f.Head.ID] = f.Row.Number
			}
			return nil
		}
		m.Open()

		made := map[string]dossier.Head{}
		for _, name := range []string{"paid", "lifted", "prescribed"} {
			h.Now = s.Start
			var head dossier.Head
			for _, step := range s.Scripts[name][:9] { // until the Bekendmaking
				var err error
				if _, head, err = h.Do(step, step.Who, head); err != nil {
					t.Fatal(err)
				}
				h.Now = h.Now.Add(time.Second)
			}
			if name == "lifted" {
				h.Now = day("2026-03-20").Midnight().Add(15 * time.Hour)
				var err error
				if _, head, err = h.Do(dossiertest.Step{Act: "dwangsom.object", In: &Objection{Against: "order", Received: day("2026-03-20"), By: "x", Words: "x"}}, "lars", head); err != nil {
					t.Fatal(err)
				}
			}
			made[name] = head
		}
		rows := func() map[string]measures.Row {
			out := map[string]measures.Row{}
			err := h.Keeper.Do(context.Background(), work.Actor{Account: "burg"}, Purpose, func(u *work.Unit) error {
				all, err := m.Register.List(u, h.Book, Name, ReadAct, true)
				for _, r := range all {
					out[r.ID] = r
				}
				return err
			})
			if err != nil || len(out) != 3 {
				t.Fatalf("%d rows, %v", len(out), err)
			}
			return out
		}
		sealed := func() map[string]string {
			out := map[string]string{}
			if err := d.Read(context.Background(), func(tx *db.Tx) error {
				return tx.Each(func(s db.Scanner) error {
					var id string
					var title []byte
					err := s.Scan(&id, &title)
					out[id] = string(title)
					return err
				}, "SELECT id, title FROM measure_case")
			}); err != nil {
				t.Fatal(err)
			}
			return out
		}
		refold := func(o agenda.RecomputeOrder) {
			t.Helper()
			if err := m.Refold(context.Background(), o); err != nil {
				t.Fatal(err)
			}
		}

		before, bytes := rows(), sealed()
		refold(agenda.RecomputeOrder{})
		if !maps.Equal(rows(), before) || !maps.Equal(sealed(), bytes) {
			t.Errorf("nothing changed, and a row was written anew: a title is sealed differently each time")
		}
		if len(numbers) != 3 || order.Reason() != agenda.ByRule {
			t.Errorf("handed on %v with %+v", numbers, order)
		}

		// The objection against an order that was published on 9 February must be decided by
		// 4 May, six weeks after its term ended on 23 March. Is that day closed, it is 5 May,
		// which is a holiday, and so the 6th. The other files wait for nothing on those days.
		was := before[made["lifted"].ID]
		if was.NextDay != day("2026-05-04") || was.NextCode != "decide-objection" {
			t.Fatalf("the next term is %s on %s", was.NextCode, was.NextDay)
		}
		var err error
		if days, err = deadlines.NewCalendar(append(deadlines.Decreed(), deadlines.Equated{Day: day("2026-03-23"), Decree: "Besluit"})); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE dossier_entry SET body = (SELECT body FROM dossier_entry WHERE dossier = $1 AND version = 1) WHERE dossier = $1 AND version = 2", made["prescribed"].ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		clear(numbers)
		n := len(h.Log.Entries)
		refold(agenda.RecomputeOrder{Why: agenda.ByDecree})
		after, now := rows(), sealed()
		if r := after[was.ID]; r.NextDay != day("2026-05-06") || r.Number != was.Number || r.Title != was.Title || !r.OpenedAt.Equal(was.OpenedAt) {
			t.Errorf("after the decree %+v, before it %+v", r, was)
		}
		for _, name := range []string{"paid", "prescribed"} {
			if id := made[name].ID; after[id] != before[id] || now[id] != bytes[id] {
				t.Errorf("%s: %+v, before %+v", name, after[id], before[id])
			}
		}
		if len(numbers) != 2 || numbers[was.ID] != was.Number || order.Reason() != agenda.ByDecree {
			t.Errorf("handed on %v with %+v", numbers, order)
		}
		failed := 0
		for _, e := range h.Log.Entries[n:] {
			if e.Act == RefoldAct && e.Result == work.Failed && e.Object == made["prescribed"].Ref() {
				failed++
			}
		}
		if failed != 1 {
			t.Errorf("%d entries say which file could not be opened", failed)
		}
	})
}
