// Package jobs runs background work that was enqueued in the same transaction as
// the change that needs it: the job exists only if that change was committed. A
// job is leased with a fence, tried again with growing pauses, and stays visible
// when it has failed for good. Recurring work is a row with its next moment, so
// nothing that fell due while the program was down is lost.
package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Kind is one kind of background work, as a capability declares it.
type Kind struct {
	Name string        // stable word: "figures.sync"
	Most int           // attempts before it is dead; 0 means 8
	Time time.Duration // longest run of one attempt; 0 means a minute
	// Every makes the kind recurring; zero is not. Its payload is then empty.
	Every time.Duration
	// Work does it. It must stand being done twice, unless it calls Job.Finish in
	// the unit that holds its effect.
	Work func(ctx context.Context, j Job) error
}

// Job is one attempt at a piece of work.
type Job struct {
	ID       string
	Kind     string
	Payload  []byte
	Attempts int // this one included
	fence    int64
}

// Decode reads the payload into v.
func (j Job) Decode(v any) error { return json.Unmarshal(j.Payload, v) }

// Finish marks the job done in the unit that holds its effect, so that both
// happen or neither. It fails when another taker has the job meanwhile.
func (j Job) Finish(u *work.Unit) error {
	n, err := finish(u.Tx(), j, u.Now())
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "jobs.lost")
	}
	return err
}

// Enqueue adds a job to the unit. payload becomes JSON. A non-empty once means
// that a second job of the kind with that key is not added while the first waits
// or runs.
func Enqueue(u *work.Unit, kind, once string, payload any) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("jobs: the payload of %s: %w", kind, err)
	}
	return insert(u.Tx(), ref.NewID(), kind, string(raw), once, u.Now())
}

// Runner takes jobs and runs them.
type Runner struct {
	db    *db.DB
	kinds map[string]Kind
	now   func() time.Time
	log   *slog.Logger
	wake  chan struct{}
}

// NewRunner makes a runner for the kinds.
func NewRunner(d *db.DB, kinds []Kind, now func() time.Time, log *slog.Logger) (*Runner, error) {
	r := &Runner{db: d, kinds: map[string]Kind{}, now: now, log: log, wake: make(chan struct{}, 1)}
	for _, k := range kinds {
		if _, twice := r.kinds[k.Name]; twice || k.Name == "" || k.Work == nil {
			return nil, fmt.Errorf("jobs: kind %q is declared twice or does nothing", k.Name)
		}
		if k.Most == 0 {
			k.Most = 8
		}
		if k.Time == 0 {
			k.Time = time.Minute
		}
		r.kinds[k.Name] = k
	}
	return r, nil
}

// Wake makes the runner look now instead of at its next tick.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run takes due jobs until ctx ends, with a few at work side by side. It returns
// when the running ones have stopped; those cut short are taken again later.
func (r *Runner) Run(ctx context.Context) {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { r.loop(ctx) })
	}
	wg.Wait()
}

func (r *Runner) loop(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for ctx.Err() == nil {
		worked, err := r.Once(ctx)
		if err != nil && ctx.Err() == nil {
			r.log.Error("jobs: cannot take work", "error", err)
		}
		if worked && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-r.wake:
		}
	}
}

// Once enqueues what recurs and is due, and runs at most one due job. It reports
// whether there was one.
func (r *Runner) Once(ctx context.Context) (bool, error) {
	var j Job
	var found bool
	err := r.db.Write(ctx, func(tx *db.Tx) error {
		for _, k := range r.kinds {
			if k.Every > 0 {
				if err := recur(tx, k, r.now()); err != nil {
					return err
				}
			}
		}
		var err error
		j, found, err = take(tx, r.now(), r.leases())
		return err
	})
	if err != nil || !found {
		return false, err
	}
	return true, r.try(ctx, j)
}

// leases is per kind how long a taker has: a little more than the work may last.
func (r *Runner) leases() map[string]time.Duration {
	out := map[string]time.Duration{}
	for name, k := range r.kinds {
		out[name] = k.Time + 30*time.Second
	}
	return out
}

func (r *Runner) try(ctx context.Context, j Job) error {
	k := r.kinds[j.Kind]
	attempt, cancel := context.WithTimeout(ctx, k.Time)
	problem := r.guarded(attempt, k, j)
	cancel()
	if ctx.Err() != nil {
		return nil // the program stops; the lease runs out and the job is taken again
	}
	return r.db.Write(ctx, func(tx *db.Tx) error {
		if problem == nil {
			_, err := finish(tx, j, r.now())
			return err
		}
		r.log.Warn("job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempts, "error", problem)
		return fail(tx, j, problemText(problem), k.Most, r.now().Add(pause(j.Attempts)), r.now())
	})
}

// guarded turns a panic into an error: one bad job must not end the program.
func (r *Runner) guarded(ctx context.Context, k Kind, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return k.Work(ctx, j)
}

// problemText is what is kept of a failure: a reader's code when there is one,
// and never the text of an unknown error, which may hold content.
func problemText(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Code
	}
	return "internal"
}

// pause grows fourfold from 5 seconds to at most 6 hours, so that a service that is
// down for a night is asked a dozen times and not a thousand.
func pause(attempts int) time.Duration {
	d := 5 * time.Second
	for range attempts - 1 {
		d *= 4
		if d > 6*time.Hour {
			return 6 * time.Hour
		}
	}
	return d
}
