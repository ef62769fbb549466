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
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// 100,000 running terms after a decree, which moves a hundredth of them, more than a
// day holds; and after a rule that moves every one. The bound is 20 seconds on two
// cores.
func BenchmarkRecompute(b *testing.B) {
	for _, e := range []db.Engine{db.SQLite, db.Postgres} {
		h := setup(b, dbtest.Open(b, e))
		fill(h, 100_000)
		for _, x := range []struct {
			name, which string
			move        int
		}{{"decree", "%00", 1000}, {"rule", "%", 100_000}} {
			b.Run(string(e)+"/"+x.name, func(b *testing.B) {
				h.t = b
				for b.Loop() {
					b.StopTimer()
					if err := h.d.Write(context.Background(), func(tx *db.Tx) error {
						_, err := tx.Exec("UPDATE agenda_term SET end_day = '2020-01-01' WHERE object LIKE $1", x.which)
						return err
					}); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					began := time.Now()
					moved, terms := 0, 0
					for at, more := (agenda.Place{}), true; more; {
						h.do(work.System("job"), measures, func(u *work.Unit) error {
							r, err := agenda.Recompute(u, deadlines.Builtin(), agenda.ByDecree, at, 5000)
							at, more, moved, terms = r.Next, r.More, moved+r.Moved, terms+r.Terms
							return err
						})
					}
					if moved != x.move || terms != 100_000 {
						b.Fatalf("%d of %d moved", moved, terms)
					}
					if d := time.Since(began); d > 20*time.Second {
						b.Fatalf("took %v, at most 20 s", d)
					}
				}
			})
		}
	}
}

// fill puts terms of every way of counting that a municipality has many of.
func fill(h *house, n int) {
	h.t.Helper()
	questions := []deadlines.Question{
		{ID: "AWB-6.7"}, {ID: "AWB-7.10.1", Params: map[string]string{"committee": "false"}}, {ID: "LOD-5.33"}, {ID: "AWB-4.13"},
		{ID: "LOD-5.35", Events: []deadlines.Event{{Date: day("2026-11-20"), Kind: "invorderingsbeschikking"}, {Date: day("2026-11-21"), Kind: "aanmaning"}}},
	}
	for from := 0; from < n; from += 10_000 {
		h.do(work.System("test"), measures, func(u *work.Unit) error {
			c := deadlines.Builtin()
			for i := from; i < min(from+10_000, n); i++ {
				q := questions[i%len(questions)]
				q.Start = deadlines.OnDay(day("2026-01-05") + deadlines.Day(i%300))
				w := agenda.Watched{Key: "x", Reference: "M", Question: q}
				if err := agenda.Put(u, c, ref.Ref{Kind: "measure", ID: fmt.Sprintf("%08d", i)}, measures, "jurist", "", []agenda.Watched{w}); err != nil {
					return err
				}
			}
			return nil
		})
	}
}
