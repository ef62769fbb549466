package agenda

import (
	"slices"
	"strings"
	"sync"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// RecomputeJob is the kind of the job that a changed day enqueues.
const RecomputeJob = "agenda.recompute"

// RecomputeOrder is the payload of that job; its zero value is the recurring run,
// which finds what a newer program computes in another way.
type RecomputeOrder struct {
	Why Why `json:"why,omitempty"`
}

// Reason is what moved an end that the order moves.
func (o RecomputeOrder) Reason() Why {
	if o.Why == "" {
		return ByRule
	}
	return o.Why
}

// Calendars gives the calendar of the days that the program carries and those that
// the municipality added. The zero value is ready; it is safe for concurrent use.
type Calendars struct {
	// Also are further kinds of jobs that a changed day enqueues, with a RecomputeOrder
	// as payload: of whoever computes more of a day than the ends of terms.
	Also []string

	mu    sync.Mutex
	days  []deadlines.Equated
	built *deadlines.Calendar
}

// In is the calendar as the unit's transaction sees the decrees. It is built anew
// only when they differ from the last time, so that a change on another node is
// seen at once and costs nothing else.
func (x *Calendars) In(u *work.Unit) (*deadlines.Calendar, error) {
	stored, err := decrees(u.Tx())
	if err != nil {
		return nil, err
	}
	return x.of(stored)
}

func (x *Calendars) of(stored []Decree) (*deadlines.Calendar, error) {
	days := make([]deadlines.Equated, len(stored))
	for i, d := range stored {
		days[i] = d.Equated
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.built != nil && slices.Equal(days, x.days) {
		return x.built, nil
	}
	carried := deadlines.Builtin()
	all := deadlines.Decreed()
	for _, d := range days {
		// A later version of the program carries the day itself: that is no quarrel.
		if carried.Closed(d.Day) == deadlines.Open {
			all = append(all, d)
		}
	}
	c, err := deadlines.NewCalendar(all)
	if err != nil {
		return nil, err
	}
	x.days, x.built = days, c
	return c, nil
}

// Decrees lists the days that the municipality added, in order.
func (x *Calendars) Decrees(u *work.Unit) ([]Decree, error) { return decrees(u.Tx()) }

// Add stores a decree and enqueues the recomputation of every open term in the
// same unit. It refuses a day without a decree and one that is closed already.
// The caller has asked access.
func (x *Calendars) Add(u *work.Unit, e deadlines.Equated) error {
	stored, err := decrees(u.Tx())
	if err != nil {
		return err
	}
	c, err := x.of(stored)
	if err != nil {
		return err
	}
	e.Decree = strings.TrimSpace(e.Decree)
	if c.Closed(e.Day) != deadlines.Open {
		return fault.New(fault.Invalid, "term.equated-closed", "day", e.Day)
	}
	if _, err := deadlines.NewCalendar([]deadlines.Equated{e}); err != nil {
		return err
	}
	d := Decree{ID: ref.NewID(), Equated: e, EnteredBy: u.Actor().Account, EnteredAt: u.Now()}
	if err := insertDecree(u.Tx(), d); err != nil {
		if db.IsUnique(err) {
			return fault.New(fault.Conflict, "term.equated-closed", "day", e.Day)
		}
		return err
	}
	u.Record(work.Entry{Act: "agenda.decree-added", Object: ref.Ref{Kind: "decree", ID: d.ID}, Facts: map[string]string{"day": e.Day.String()}})
	return x.enqueue(u, d.ID)
}

// Withdraw takes back a decree that was entered by mistake, and recomputes. The
// caller has asked access.
func (x *Calendars) Withdraw(u *work.Unit, id string) error {
	n, err := endDecree(u.Tx(), id, u.Actor().Account, u.Now())
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "access.not-found")
	}
	u.Record(work.Entry{Act: "agenda.decree-withdrawn", Object: ref.Ref{Kind: "decree", ID: id}})
	return x.enqueue(u, id+"-")
}

func (x *Calendars) enqueue(u *work.Unit, once string) error {
	for _, kind := range append([]string{RecomputeJob}, x.Also...) {
		if err := jobs.Enqueue(u, kind, once, RecomputeOrder{ByDecree}); err != nil {
			return err
		}
	}
	return nil
}
