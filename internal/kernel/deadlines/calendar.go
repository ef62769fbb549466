package deadlines

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"slices"
	"time"

	"baken/internal/fault"
)

// Equated is a day that a Royal Decree makes equal to a holiday for the end of
// statutory terms (Atw 3 lid 3). For everything else it is a working day.
type Equated struct {
	Day       Day    `json:"day"`
	Why       string `json:"why"`       // a code: "after-ascension"
	Decree    string `json:"decree"`    // the Koninklijk Besluit
	Published string `json:"published"` // the Staatscourant, when known
	Source    string `json:"source"`    // where it was read
}

// decrees are the days known to this program. They are data, because decrees come
// about every three years: a municipality adds the next one without a release.
//
//go:embed equated.json
var decrees []byte

// Decreed lists the equated days that the program carries, in order.
func Decreed() []Equated {
	var out []Equated
	if err := json.Unmarshal(decrees, &out); err != nil {
		panic("deadlines: equated.json: " + err.Error()) // part of the program; a test reads it
	}
	return out
}

// The years in which a closed day is one look in a table; others are computed.
const (
	firstYear = 1990
	lastYear  = 2080
)

var (
	firstDay = Date(firstYear, time.January, 1)
	lastDay  = Date(lastYear, time.December, 31)
)

// Calendar knows on which days a statutory term cannot end. It does not change
// after it is made, and is safe for concurrent use.
type Calendar struct {
	equated map[Day]Equated
	skip    []uint8 // per day since firstDay: how many days to the next that is open
	kinds   []uint8 // per day since firstDay: why it is closed, an index in closedKinds
	covered int
	unknown Day // the first day of the year after
}

// NewCalendar makes a calendar of the holidays of all years and these equated
// days. Two decrees for one day are refused, and a day that already is closed.
func NewCalendar(days []Equated) (*Calendar, error) {
	c := &Calendar{equated: make(map[Day]Equated, len(days))}
	for _, e := range slices.SortedFunc(slices.Values(days), func(a, b Equated) int { return cmp.Compare(a.Day, b.Day) }) {
		if e.Decree == "" {
			return nil, fault.New(fault.Invalid, "term.equated-no-decree", "day", e.Day)
		}
		if _, twice := c.equated[e.Day]; twice || c.Closed(e.Day) != Open {
			return nil, fault.New(fault.Invalid, "term.equated-closed", "day", e.Day)
		}
		c.equated[e.Day] = e
		y, _, _ := e.Day.Civil()
		c.covered = max(c.covered, y)
	}
	c.unknown = Date(c.covered+1, time.January, 1)
	size := lastDay - firstDay + 1
	skip, kinds := make([]uint8, size), make([]uint8, size)
	for d := firstDay; d <= lastDay; d++ {
		kinds[d-firstDay] = uint8(slices.Index(closedKinds, c.Closed(d)))
	}
	next := uint8(0)
	for d := lastDay; d >= firstDay; d-- {
		if d == lastDay {
			next = uint8(c.slowNext(d) - d)
		} else if kinds[d-firstDay] != 0 {
			next++
		} else {
			next = 0
		}
		skip[d-firstDay] = next
	}
	c.skip, c.kinds = skip, kinds
	return c, nil
}

// Builtin is the calendar of the days that the program carries.
func Builtin() *Calendar {
	c, err := NewCalendar(Decreed())
	if err != nil {
		panic("deadlines: equated.json: " + err.Error())
	}
	return c
}

// Closed says why a term cannot end on d, or Open. A holiday on a Sunday is
// called a holiday.
func (c *Calendar) Closed(d Day) Closed {
	if c.kinds != nil && d >= firstDay && d <= lastDay {
		return closedKinds[c.kinds[d-firstDay]]
	}
	y, _, _ := d.Civil()
	if h, ok := holidays(y)[d]; ok {
		return h
	}
	if _, ok := c.equated[d]; ok {
		return EquatedDay
	}
	switch d.Weekday() {
	case time.Saturday:
		return Saturday
	case time.Sunday:
		return Sunday
	}
	return Open
}

// Decree is the decree that made d equal to a holiday.
func (c *Calendar) Decree(d Day) (Equated, bool) {
	e, ok := c.equated[d]
	return e, ok
}

// Covered is the last year for which a decree is known. A term that ends later
// may yet move when the next decree appears.
func (c *Calendar) Covered() int { return c.covered }

// Next is d, or the first day after it on which a term can end (Atw 1 lid 1).
func (c *Calendar) Next(d Day) Day {
	if d >= firstDay && d <= lastDay {
		return d + Day(c.skip[d-firstDay])
	}
	return c.slowNext(d)
}

func (c *Calendar) slowNext(d Day) Day {
	for c.Closed(d) != Open {
		d++
	}
	return d
}

// protect moves the last day of a statutory term that began after from: off a
// closed day, and so far that the term holds two open days when it is of three
// days or more (Atw 1 lid 1 and 2).
func (c *Calendar) protect(from, nominal Day) (shifted, end Day) {
	shifted = c.Next(nominal)
	if n := nominal - from; n < 3 || n > 30 { // no month is without two open days
		return shifted, shifted
	}
	end = shifted
	for open := c.open(from, end); open < 2; open++ {
		end = c.Next(end + 1)
	}
	return shifted, end
}

// open counts the open days after from up to and including to, at most two: more
// makes no difference to article 2.
func (c *Calendar) open(from, to Day) int {
	n := 0
	for d := to; d > from && n < 2; d-- {
		if c.Next(d) == d {
			n++
		}
	}
	return n
}
