package app_test

import (
	"context"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/measures/dwangsom"
)

// A decree that appears later moves what ends on its day, in the agenda and in the
// list of measures alike: the old end stays visible with the reason. Taking it back
// moves them back.
func TestDecreeReachesTheMeasures(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		mayor := work.Actor{Account: accountOf(t, h, access.Mayor), Roles: []string{access.Mayor}}
		look := func() (terms map[string]agenda.Term, rows map[string]measures.Row) {
			t.Helper()
			terms, rows = map[string]agenda.Term{}, map[string]measures.Row{}
			if err := h.Keep.See(context.Background(), mayor, dwangsom.Purpose, func(u *work.Unit) error {
				list, err := agenda.List(u, h.Book, []agenda.Source{{Kind: dwangsom.Name, Act: dwangsom.ReadAct}}, agenda.View{Team: true})
				if err != nil {
					return err
				}
				for _, x := range list {
					terms[x.Object.ID+" "+x.Key] = x
				}
				all, err := h.Dwangsom.Register.List(u, h.Book, dwangsom.Name, dwangsom.ReadAct, true)
				for _, r := range all {
					rows[r.ID] = r
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return terms, rows
		}
		terms, rows := look()
		// A term that its row shows as the next, on a day that can be closed.
		var first agenda.Term
		for _, x := range terms {
			q, ok := deadlines.Find(x.Question.ID, x.Question.Start.Day)
			if rows[x.Object.ID].NextDay == x.End.Day && x.End.Day != deadlines.NoDay && ok == nil && q.Protected() && deadlines.Builtin().Closed(x.End.Day) == deadlines.Open {
				first = x
			}
		}
		if first.Key == "" {
			t.Fatalf("the demo has no term of which the end can move: %v", terms)
		}
		admin := work.Actor{Account: accountOf(t, h, access.Administrator), Roles: []string{access.Administrator}}
		change := func(fn func(u *work.Unit) error) {
			t.Helper()
			if err := h.Keep.Do(context.Background(), admin, "", fn); err != nil {
				t.Fatal(err)
			}
			// Only the job of the measures: what the agenda's own has done already is not
			// for it to find.
			ran := 0
			for _, k := range h.Dwangsom.Plug().Jobs {
				for _, payload := range jobsOf(t, h, k.Name) {
					if err := k.Work(context.Background(), payload); err != nil {
						t.Fatal(err)
					}
					ran++
				}
			}
			if ran == 0 {
				t.Fatal("a changed day enqueued nothing for the measures")
			}
		}
		change(func(u *work.Unit) error {
			return h.Days.Add(u, deadlines.Equated{Day: first.End.Day, Decree: "Besluit"})
		})
		now, list := look()
		name := first.Object.ID + " " + first.Key
		if x := now[name]; x.Old.Day != first.End.Day || x.End.Day <= first.End.Day || x.Moved != agenda.ByDecree || list[x.Object.ID].NextDay == first.End.Day {
			t.Errorf("after the decree %+v in the list on %s, before it %+v", x, list[x.Object.ID].NextDay, first)
		}
		for id, r := range rows {
			if r.NextDay != first.End.Day && list[id] != r {
				t.Errorf("a row without a term on that day became %+v, was %+v", list[id], r)
			}
		}
		change(func(u *work.Unit) error {
			all, err := h.Days.Decrees(u)
			if err != nil {
				return err
			}
			return h.Days.Withdraw(u, all[0].ID)
		})
		if now, list = look(); now[name].End.Day != first.End.Day || list[first.Object.ID] != rows[first.Object.ID] {
			t.Errorf("after it was taken back %+v and %+v", now[name], list[first.Object.ID])
		}
	})
}

// jobsOf are the waiting jobs of a kind, as a runner would take them.
func jobsOf(t *testing.T, h *bakentest.House, kind string) (out []jobs.Job) {
	t.Helper()
	if err := h.DB.Write(context.Background(), func(tx *db.Tx) (err error) {
		out, err = db.All(tx, func(s db.Scanner) (j jobs.Job, err error) {
			var payload string
			err = s.Scan(&j.ID, &j.Kind, &payload)
			j.Payload = []byte(payload)
			return j, err
		}, "SELECT id, kind, payload FROM job WHERE kind = $1 AND state = 'waiting'", kind)
		if err == nil {
			_, err = tx.Exec("DELETE FROM job WHERE kind = $1", kind)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}
