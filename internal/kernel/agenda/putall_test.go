package agenda_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Many objects at once: what differs is written with its reason and its old end, and
// what is the same is not touched.
func TestPutAllWritesOnlyWhatDiffers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		var all []agenda.Asked
		for i := range 9 {
			object := ref.Ref{Kind: "measure", ID: fmt.Sprint(i)}
			a := agenda.Asked{Object: object, Lead: "jurist", Terms: []agenda.Watched{objection(fmt.Sprintf("2031-04-%02d", 5+i)), {Key: "pay", Question: deadlines.Question{ID: "LOD-5.33", Start: deadlines.OnDay(day("2031-04-05"))}}}}
			h.put(object, measures, a.Lead, "", a.Terms...)
			if i > 0 && i < 8 { // not the first and the last: the objects beside them stay as they are
				all = append(all, a)
			}
		}
		h.put(ref.Ref{Kind: "case", ID: "3"}, cases, "jurist", "", objection("2031-04-12"))
		putAll := func(order agenda.RecomputeOrder) (r agenda.Report) {
			h.now = h.now.Add(time.Hour)
			h.do(work.System("job"), measures, func(u *work.Unit) error {
				u.Record(work.Entry{Act: "x"})
				c, err := h.days.In(u)
				if err == nil {
					r, err = order.PutAll(u, c, measures, all)
				}
				return err
			})
			return r
		}
		n := len(h.log.entries)
		if r := putAll(agenda.RecomputeOrder{}); r.Terms != 14 || r.Moved+r.Failed > 0 || len(h.log.entries) != n+1 {
			t.Fatalf("%+v with the same facts and days; in the log %+v", r, h.log.entries[n:])
		}
		// The Friday after Ascension Day: the objections of 11 April end on it.
		h.do(work.Actor{Account: "admin"}, measures, func(u *work.Unit) error {
			return h.days.Add(u, deadlines.Equated{Day: day("2031-05-23"), Decree: "Besluit"})
		})
		all[6].Terms = all[6].Terms[:1]                                               // one is not asked any more: it is done
		all[2].Terms[0].Question.Params = map[string]string{"committee": "certainly"} // refused: keeps its end
		all[3].Terms[0] = objection("2031-04-20")                                     // asked anew by a new rule
		if r := putAll(agenda.RecomputeOrder{Why: agenda.ByDecree}); r.Terms != 13 || r.Moved != 4 || r.Failed != 1 {
			t.Errorf("%+v", r)
		}
		moved := map[string]string{}
		open := map[string]int{}
		for _, x := range h.list("jurist", measures, agenda.View{}) {
			open[x.Object.ID]++
			if x.Moved != "" {
				moved[x.Object.ID] = fmt.Sprint(x.Key, " ", x.Moved, " ", x.Old, " ", x.End)
			}
		}
		for id, want := range map[string]string{"3": "", "4": "objection decree 2031-05-21 2031-06-03", "5": "objection decree 2031-05-23 2031-05-26", "6": "objection decree 2031-05-23 2031-05-26"} {
			if moved[id] != want {
				t.Errorf("%s: %q, want %q", id, moved[id], want)
			}
		}
		if len(moved) != 3 || open["7"] != 1 || open["3"] != 2 || open["0"] != 2 || open["8"] != 2 {
			t.Errorf("moved %v, open %v", moved, open)
		}
		var touched int64
		if err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
			touched, _, err = db.One(tx, db.Column[int64], "SELECT count(*) FROM agenda_term WHERE kind = 'case' AND (state <> 'open' OR moved_at > 0)")
			return err
		}); err != nil || touched != 0 {
			t.Errorf("an object of another kind with the same id was touched: %d, %v", touched, err)
		}
	})
}

func TestDecreeEnqueuesWhoElseComputes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.days.Also = []string{"box.refold"}
		h.do(work.Actor{Account: "admin"}, measures, func(u *work.Unit) error {
			return h.days.Add(u, deadlines.Equated{Day: day("2031-05-23"), Decree: "Besluit"})
		})
		h.do(work.Actor{Account: "admin"}, measures, func(u *work.Unit) error { return h.days.Withdraw(u, h.decreeID(u)) })
		got := map[string]int{}
		h.do(work.System("test"), measures, func(u *work.Unit) error {
			rows, err := jobs.List(u.Tx())
			for _, r := range rows {
				got[r.Kind]++
			}
			return err
		})
		if len(got) != 2 || got["box.refold"] != 2 || got[agenda.RecomputeJob] != 2 {
			t.Errorf("after a decree and its withdrawal wait %v", got)
		}
	})
}

func (h *house) decreeID(u *work.Unit) string {
	all, err := h.days.Decrees(u)
	if err != nil || len(all) != 1 {
		h.t.Fatalf("%v, %v", all, err)
	}
	return all[0].ID
}
