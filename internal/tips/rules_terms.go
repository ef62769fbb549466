package tips

import (
	"baken/internal/kernel/deadlines"
)

// Due is the last day to assess the tip: the policy's working days after the day of
// receipt. Saturdays, Sundays and holidays do not count (Algemene termijnenwet 3, by
// analogy: no law sets this term).
func (r Tip) Due(c *deadlines.Calendar) deadlines.Day {
	d := r.Received
	for range r.Policy().AssessDays {
		d = c.Next(d + 1)
	}
	return d
}

// RequestDue is the last day to answer the open request of a person: one month after
// receipt (AVG 12 lid 3), or NoDay.
func (r Tip) RequestDue() deadlines.Day {
	if i := r.openRequest(); i >= 0 {
		return r.Requests[i].Asked.Received.AddMonths(1)
	}
	return deadlines.NoDay
}

// Limit is the last day on which the tip can be there, whatever was extended: the
// maximum of the policy, counted from receipt.
func (r Tip) Limit() deadlines.Day { return r.Received + deadlines.Day(r.Policy().MostDays) }

// End is when a tip is destroyed, with the steps by which that day was found.
type End struct {
	Day   deadlines.Day
	Steps []EndStep
}

// EndStep is one step: a code (tips.end.*), the day it leads to and how many days.
type EndStep struct {
	Code string
	Day  deadlines.Day
	Days int
}

// Ends is the last day on which the tip is kept; it is destroyed on the next. The term
// follows the outcome and runs from the first assessment, so that closing, reopening
// and assessing again do not lengthen it in silence. A tip that is not assessed ends
// at the maximum. New content gives a short grace, so that it does not vanish unread.
// A request that is open holds the destruction until it is answered (AVG 17, 18).
func (r Tip) Ends() End {
	p := r.Policy()
	var e End
	step := func(code string, d deadlines.Day, days int) {
		e.Day = d
		e.Steps = append(e.Steps, EndStep{code, d, days})
	}
	if r.Outcome == "" || r.AssessedOn == deadlines.NoDay {
		step("unassessed", r.Limit(), p.MostDays)
	} else {
		step("outcome", min(r.AssessedOn+deadlines.Day(p.Days(r.Outcome)), r.Limit()), p.Days(r.Outcome))
		for _, x := range r.Extensions {
			step("extended", min(e.Day+deadlines.Day(x.Days), r.Limit()), x.Days)
		}
	}
	if grace := r.LastNews + deadlines.Day(p.GraceDays); r.LastNews != deadlines.NoDay && grace > e.Day {
		step("grace", grace, p.GraceDays)
	}
	if d := r.RequestDue(); d > e.Day {
		step("request", d, 0)
	}
	return e
}

// Over reports whether the tip must be gone.
func (r Tip) Over(today deadlines.Day) bool {
	return r.Stage != Unopened && r.Ends().Day < today && r.openRequest() < 0
}

// RemindFrom is the day from which the inbox says that the tip is about to go.
func (r Tip) RemindFrom() deadlines.Day {
	return r.Ends().Day - deadlines.Day(r.Policy().RemindDays)
}
