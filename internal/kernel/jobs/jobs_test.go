package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/work"
)

type silent struct{}

func (silent) Append(*db.Tx, []work.Stamped) error         { return nil }
func (silent) Store(context.Context, []work.Stamped) error { return nil }

type bundle struct {
	db   *db.DB
	keep *work.Keeper
	now  time.Time
}

func setup(t *testing.T, d *db.DB) *bundle {
	b := &bundle{db: d, now: time.Date(2026, 3, 29, 0, 59, 0, 0, time.UTC)}
	b.keep = work.NewKeeper(d, silent{}, b.clock)
	return b
}

func (b *bundle) clock() time.Time { return b.now }

func (b *bundle) runner(t *testing.T, kinds ...jobs.Kind) *jobs.Runner {
	t.Helper()
	r, err := jobs.NewRunner(b.db, kinds, b.clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *bundle) enqueue(t *testing.T, kind, once string, payload any) {
	t.Helper()
	if err := b.keep.Do(context.Background(), work.System("test"), "p", func(u *work.Unit) error {
		u.Record(work.Entry{Act: "test"})
		return jobs.Enqueue(u, kind, once, payload)
	}); err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) once(t *testing.T, r *jobs.Runner) bool {
	t.Helper()
	worked, err := r.Once(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return worked
}

func (b *bundle) states(t *testing.T) (out []string) {
	t.Helper()
	if err := b.db.Read(context.Background(), func(tx *db.Tx) error {
		rows, err := jobs.List(tx)
		for _, r := range rows {
			out = append(out, r.State+" "+r.Problem)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRolledBackUnitLeavesNoJob(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.keep.Do(context.Background(), work.System("test"), "p", func(u *work.Unit) error {
			if err := jobs.Enqueue(u, "k", "", nil); err != nil {
				t.Error(err)
			}
			return errors.New("no")
		})
		if got := b.states(t); len(got) != 0 {
			t.Fatalf("jobs %v of a unit that never was", got)
		}
	})
}

func TestRetriesThenStaysVisible(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		tries := 0
		r := b.runner(t, jobs.Kind{Name: "k", Most: 3, Work: func(context.Context, jobs.Job) error {
			tries++
			return fault.New(fault.Unavailable, "cbs.unreachable")
		}})
		b.enqueue(t, "k", "", nil)
		for range 3 {
			if !b.once(t, r) {
				t.Fatal("not taken")
			}
			if b.once(t, r) {
				t.Fatal("taken again without a pause")
			}
			b.now = b.now.Add(7 * time.Hour)
		}
		if got := b.states(t); tries != 3 || len(got) != 1 || got[0] != "dead cbs.unreachable" {
			t.Fatalf("%d tries, states %v", tries, got)
		}
	})
}

// A taker that was paused for too long finds that the job is somebody else's.
func TestLateTakerCannotFinish(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		var late jobs.Job
		r := b.runner(t, jobs.Kind{Name: "k", Work: func(_ context.Context, j jobs.Job) error {
			if j.Attempts == 1 {
				late = j
				b.now = b.now.Add(time.Hour) // the lease runs out while it works
				other := b.runner(t, jobs.Kind{Name: "k", Work: func(context.Context, jobs.Job) error { return nil }})
				if !b.once(t, other) {
					t.Error("a job whose lease ran out is not taken again")
				}
			}
			return nil
		}})
		b.enqueue(t, "k", "", nil)
		b.once(t, r)
		err := b.keep.Do(context.Background(), work.System("test"), "p", late.Finish)
		if fault.KindOf(err) != fault.Conflict {
			t.Fatalf("err = %v: the late taker finished it a second time", err)
		}
	})
}

func TestOnceAndRecurring(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		n := 0
		count := func(context.Context, jobs.Job) error { n++; return nil }
		r := b.runner(t, jobs.Kind{Name: "once", Work: count}, jobs.Kind{Name: "daily", Every: 24 * time.Hour, Work: count})
		b.enqueue(t, "once", "key", nil)
		b.enqueue(t, "once", "key", nil)
		for b.once(t, r) {
		}
		if n != 2 {
			t.Fatalf("%d runs; want one of each kind", n)
		}
		b.now = b.now.Add(10 * 24 * time.Hour) // down for ten days
		for b.once(t, r) {
		}
		if n != 3 {
			t.Fatalf("%d runs; what was missed ten times is due once", n)
		}
	})
}

func TestPanicIsAFailedAttempt(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Open(t, db.SQLite))
	r := b.runner(t, jobs.Kind{Name: "k", Most: 1, Work: func(context.Context, jobs.Job) error { panic("x") }})
	b.enqueue(t, "k", "", nil)
	b.once(t, r)
	if got := b.states(t); len(got) != 1 || got[0] != "dead internal" {
		t.Fatalf("states %v", got)
	}
}

func TestManyNodesRunEachJobOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		for range 60 {
			b.enqueue(t, "k", "", map[string]int{"x": 1})
		}
		var runs atomic.Int64
		var wg sync.WaitGroup
		for range 4 {
			r := b.runner(t, jobs.Kind{Name: "k", Work: func(_ context.Context, j jobs.Job) error {
				var p struct{ X int }
				if err := j.Decode(&p); err != nil || p.X != 1 {
					t.Error(err, p)
				}
				runs.Add(1)
				return nil
			}})
			wg.Go(func() {
				for b.once(t, r) {
				}
			})
		}
		wg.Wait()
		// A node that lost a race may have seen nothing while jobs were left.
		last := b.runner(t, jobs.Kind{Name: "k", Work: func(context.Context, jobs.Job) error { runs.Add(1); return nil }})
		for b.once(t, last) {
		}
		if runs.Load() != 60 {
			t.Fatalf("%d runs of 60 jobs", runs.Load())
		}
	})
}
