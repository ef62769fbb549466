package sluiting

import (
	"fmt"

	"baken/internal/kernel/deadlines"
)

// Off is a span of days in which the closure did not hold. To is NoDay while that lasts.
type Off struct{ From, To deadlines.Day }

// closureRule is the rule of the table of terms for the length of a closure.
func (r Sluiting) closureRule() string {
	if r.Report.Type == Order {
		return "G174a"
	}
	return "OPW-13b"
}

// running asks until when a span of a closure runs.
func (r Sluiting) running(from deadlines.Day, s span) deadlines.Question {
	return deadlines.Question{ID: r.closureRule(), Start: deadlines.OnDay(from), Params: map[string]string{"length": fmt.Sprint(s.n), "unit": map[string]string{"weeks": "week", "months": "month"}[s.unit]}}
}

// closing is the question until when the closure runs as decided: from the day on which
// the premises were closed, and extended from its end. ok is false while nothing is closed.
func (r Sluiting) closing(c *deadlines.Calendar) (q deadlines.Question, ok bool) {
	if len(r.Seals) == 0 || r.Draft == nil || r.Draft.Length < 1 || c == nil {
		return q, false
	}
	q = r.running(r.Seals[0].At.Day, span{r.Draft.Length, r.Draft.Unit})
	for _, x := range r.Extensions {
		if x.Served == deadlines.NoDay {
			continue
		}
		a, err := c.Answer(q)
		if err != nil {
			return q, false
		}
		q = r.running(a.End.Day, span{x.Length, x.Unit})
	}
	return q, true
}

// Ends is the day on which the closure ends: as decided and extended, or sooner when it
// was decided to reopen. A suspension does not lengthen it: whether the days that it took
// are added is not settled, and the sooner end is the safe one.
func (r Sluiting) Ends(c *deadlines.Calendar) deadlines.Day {
	q, ok := r.closing(c)
	if !ok {
		return deadlines.NoDay
	}
	a, err := c.Answer(q)
	if err != nil {
		return deadlines.NoDay
	}
	if r.ReopenOn != deadlines.NoDay && r.ReopenOn < a.End.Day {
		return r.ReopenOn
	}
	return a.End.Day
}

// ended: on the day of its end a closure holds no more.
func (r Sluiting) ended(today deadlines.Day, c *deadlines.Calendar) bool {
	end := r.Ends(c)
	return end != deadlines.NoDay && today >= end
}

// Holds says whether the premises are to be shut on a day: closed, not ended, not
// suspended, not withdrawn, not annulled.
func (r Sluiting) Holds(d deadlines.Day, c *deadlines.Calendar) bool {
	if len(r.Seals) == 0 || r.void() || d < r.Seals[0].At.Day {
		return false
	}
	if end := r.Ends(c); end != deadlines.NoDay && d >= end {
		return false
	}
	if r.StoppedOn != deadlines.NoDay && d >= r.StoppedOn {
		return false
	}
	for _, o := range r.Off {
		if d >= o.From && (o.To == deadlines.NoDay || d < o.To) {
			return false
		}
	}
	return true
}

// void: annulled or revoked on objection, the closure never was.
func (r Sluiting) void() bool { return r.How == "annulled" || r.How == "revoked" }

// off: it counts nowhere now, neither in the register nor as an earlier occasion.
func (r Sluiting) off() bool { return r.void() || r.Stage == Suspended || r.Withdrawn != nil }

// resumed: the suspension ended and left the closure in place (Awb 8:85). What was opened
// meanwhile has to be closed again.
func (r Sluiting) resumed(on deadlines.Day) Sluiting {
	if r.Stage != Suspended {
		return r
	}
	off := append([]Off{}, r.Off...)
	off[len(off)-1].To = on
	r.Off, r.Stage = off, Ordered
	if r.sealed() {
		r.Stage = Sealed
	}
	return r
}

// undo takes the order away, from the day of the decision or the judgment.
func (r Sluiting) undo(how string, on deadlines.Day) Sluiting {
	if r.StoppedOn == deadlines.NoDay {
		r.StoppedOn = on
	}
	r.Stage, r.How = Over, how
	return r
}

// shorten gives the closure another length; only a shorter one comes from a remedy.
func (r Sluiting) shorten(n int, unit string) Sluiting {
	d := *r.Draft
	d.Length, d.Unit = n, unit
	r.Draft = &d
	return r
}

// days is how many days lie between the finding and another day.
func (r Sluiting) days(until deadlines.Day) int { return int(until - r.Report.Found) }
