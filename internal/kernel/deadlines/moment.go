package deadlines

import (
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/text"
)

// When is a fact's place in time: a day, and the moment in it when that is known.
// A term in days looks at Day only; a term in hours or of a Huisverbod needs At.
type When struct {
	Day Day
	At  time.Time // zero when only the day is known
}

// OnDay is a fact of which only the day is known.
func OnDay(d Day) When { return When{Day: d} }

// AtMoment is a fact of which the moment is known.
func AtMoment(t time.Time) When { return When{Day: DayOf(t), At: t.In(text.Amsterdam)} }

// ParseWhen reads YYYY-MM-DD, a moment with its zone (RFC 3339), or a wall clock
// time in Amsterdam (2026-03-29T14:30). A wall clock time that the change to
// summer time skips, or that the change to winter time makes twice, is refused:
// nobody can say which moment it was.
func ParseWhen(s string) (When, error) {
	if len(s) == 10 {
		d, err := ParseDay(s)
		return When{Day: d}, err
	}
	if len(s) < 16 {
		return When{}, fault.New(fault.Invalid, "term.bad-date", "value", s)
	}
	if _, err := ParseDay(s[:10]); err != nil {
		return When{}, err
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return AtMoment(t), nil
	}
	wall := strings.Replace(s, " ", "T", 1)
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
		t, err := time.ParseInLocation(layout, wall, time.UTC)
		if err != nil {
			continue
		}
		moments := onClock(t)
		if len(moments) == 0 {
			return When{}, fault.New(fault.Invalid, "term.skipped-hour", "value", s)
		}
		if len(moments) == 2 {
			return When{}, fault.New(fault.Invalid, "term.double-hour", "value", s,
				"first", moments[0].Format(time.RFC3339), "second", moments[1].Format(time.RFC3339))
		}
		return AtMoment(moments[0]), nil
	}
	return When{}, fault.New(fault.Invalid, "term.bad-date", "value", s)
}

// String is the day, or the moment as RFC 3339 with the zone of Amsterdam.
func (w When) String() string {
	if w.At.IsZero() {
		return w.Day.String()
	}
	return w.At.Format(time.RFC3339)
}

// later is the same fact a day later: on the clock for a moment.
func (w When) later() When {
	if w.At.IsZero() {
		return When{Day: w.Day + 1}
	}
	at, _ := daysOnClock(w.At, 1)
	return AtMoment(at)
}

// onClock lists the moments at which the clocks in Amsterdam showed the civil
// time of t (its zone is ignored): one, none in the hour that is skipped, two in
// the hour that comes back, the earlier first.
func onClock(t time.Time) []time.Time {
	var out []time.Time
	for _, offset := range []int{2, 1} { // summer time comes first in the double hour
		at := t.Add(-time.Duration(offset) * time.Hour).In(text.Amsterdam)
		if _, off := at.Zone(); off == offset*3600 {
			out = append(out, at)
		}
	}
	return out
}

// daysOnClock is the moment n days later at which the clock shows the same time
// (a Huisverbod ends so: law.md 3.4). In the hour that is skipped it is the moment
// of the change, in the hour that comes twice the first; exact says that neither
// happened.
func daysOnClock(from time.Time, n int) (at time.Time, exact bool) {
	from = from.In(text.Amsterdam)
	y, m, d := (DayOf(from) + Day(n)).Civil()
	wall := time.Date(y, m, d, from.Hour(), from.Minute(), from.Second(), from.Nanosecond(), time.UTC)
	moments := onClock(wall)
	if len(moments) == 0 {
		// The clock jumps from two to three: the skipped hour begins at the change.
		change := time.Date(y, m, d, from.Hour(), 0, 0, 0, time.UTC).Add(-time.Hour)
		return change.In(text.Amsterdam), false
	}
	return moments[0], len(moments) == 1
}

// MarshalText writes what ParseWhen reads, for JSON; nothing for no moment.
func (w When) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (w *When) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*w = When{}
		return nil
	}
	parsed, err := ParseWhen(string(b))
	*w = parsed
	return err
}
