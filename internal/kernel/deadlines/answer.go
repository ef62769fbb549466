package deadlines

import (
	"slices"
	"strconv"
	"strings"

	"baken/internal/fault"
)

// Question asks for one term. Events are for the rules of limitation only.
type Question struct {
	ID     string
	Start  When // the start event of the rule's line
	Params map[string]string
	Events []Event
}

// Note is a sentence by its code, with what it fills in: pairs of name and value.
// A Day or a When among the values is written as a date in the reader's language.
type Note struct {
	Code string
	Args []any
}

// Shift is one move of the end, with the article that moves it.
type Shift struct {
	From, To Day
	Article  string
	Why      Note // empty for a move by Atw 1: the closed days between say why
}

// Reading is the other way in which a disputed rule can be read.
type Reading struct {
	End  When
	Safe Day // the day to act by, whichever reading holds
	Why  Note
}

// Sum is one amount that falls due, or one that falls due on each day of a span.
type Sum struct {
	From, To Day
	Cents    int // each
	Total    int // with all before it
	Lapses   Day // last day before the claim lapses without interruption (5:35); NoDay when not watched
}

// State is where a limitation stands: "term.state." + State.
type State string

// The states of a limitation; other terms have none.
const (
	Fixed      State = "fixed"      // the claim lapses after the end
	OpenEnded  State = "open"       // a matter that keeps it alive is not decided: there is no end yet
	Prescribed State = "prescribed" // it lapsed: an event came after the end
)

// Answer is a computed term with every step. End is the last day or moment on
// which the thing is still in time or the measure still runs; for forfeitures and
// penalties the first day due. A day of NoDay means that there is no end.
type Answer struct {
	Rule     *Rule
	Start    When
	Nominal  When // before any shift
	End      When
	Atw      bool // whether the Atw could move the end
	Shifts   []Shift
	Disputed *Reading
	Later    When // the end if the start were a day later; Day is NoDay when there is none
	Sums     []Sum
	State    State
	Alarms   []Day // when to act at the latest, for a limitation
	Warnings []Note

	length   int // as used: a parameter may have changed it
	unit     Unit
	calendar *Calendar
}

// ActBy is the day by which to act, whichever reading holds: the end, or the safe
// day of a disputed term when that is earlier or when there is no end yet.
func (a *Answer) ActBy() Day {
	by := a.End.Day
	if d := a.Disputed; d != nil && d.Safe != NoDay && (by == NoDay || d.Safe < by) {
		by = d.Safe
	}
	return by
}

// End computes only the last day of a rule that counts forward from a day: the
// way to compute very many. ok is false for a rule that counts in another way.
func (c *Calendar) End(r *Rule, start Day) (end Day, ok bool) {
	if r.How != After {
		return NoDay, false
	}
	end = start.add(r.Length, r.Unit)
	if r.Protected() {
		_, end = c.protect(start, end)
	}
	return end, true
}

func (d Day) add(n int, u Unit) Day {
	switch u {
	case Weeks:
		return d + Day(7*n)
	case Months:
		return d.AddMonths(n)
	case Years:
		return d.AddYears(n)
	}
	return d + Day(n)
}

// Answer computes a term. It refuses, with the article and what would be right,
// a parameter that the rule does not take, a value that the law does not allow,
// and a day where a moment is needed.
func (c *Calendar) Answer(q Question) (Answer, error) {
	r, err := Find(q.ID, q.Start.Day)
	if err != nil {
		return Answer{}, err
	}
	var a Answer
	if err := c.compute(&a, r, &q); err != nil {
		return Answer{}, err
	}
	switch {
	case a.End.Day == NoDay:
	case r.How == After && len(q.Params) == 0:
		end, _ := c.End(r, q.Start.Day+1)
		a.Later = OnDay(end)
	default:
		q.Start = q.Start.later()
		var later Answer
		if c.compute(&later, r, &q) == nil {
			a.Later = later.End
		}
	}
	return a, nil
}

// compute answers without looking at a later start.
func (c *Calendar) compute(a *Answer, r *Rule, q *Question) error {
	a.Rule, a.Start, a.Atw, a.calendar, a.length, a.unit = r, q.Start, r.Protected(), c, r.Length, r.Unit
	if len(q.Params) > 0 {
		if err := r.checkParams(q.Params); err != nil {
			return err
		}
	}
	if len(q.Events) > 0 && r.How != Lapse {
		return fault.New(fault.Invalid, "term.no-events", "id", r.ID)
	}
	if !r.lawOn(q.Start.Day) {
		a.warn("term.warn.not-law-then", "article", r.Article, "from", r.From)
	}
	if err := c.count(a, q); err != nil {
		return err
	}
	if a.Atw && a.End.Day >= c.unknown && c.covered > 0 {
		a.warn("term.warn.no-decree-yet", "year", strconv.Itoa(c.covered))
	}
	return nil
}

// count chooses the way of counting.
func (c *Calendar) count(a *Answer, q *Question) error {
	switch a.Rule.How {
	case After:
		return c.after(a, q)
	case Before:
		return c.before(a)
	case Elapsed:
		return c.elapsed(a)
	case Clock:
		return c.clock(a, q)
	case Given:
		return c.given(a, q)
	case Objection:
		return c.objection(a, q)
	case Stretch:
		return c.stretch(a, q.Start.Day, q.Params)
	case Chain:
		return c.chain(a, q)
	case FirstDue:
		return c.firstDue(a, q)
	case Running:
		return c.running(a, q)
	case PerUnit:
		return c.perUnit(a, q)
	case Lapse:
		return c.limitation(a, q)
	}
	return nil // Promptly: no date
}

func (a *Answer) warn(code string, args ...any) {
	a.Warnings = append(a.Warnings, Note{code, args})
}

// move records that the end moved; a move to the same day is none.
func (a *Answer) move(from, to Day, article string, why Note) {
	if from != to {
		a.Shifts = append(a.Shifts, Shift{from, to, article, why})
	}
}

// protected moves a nominal end by the Atw and records how. It returns the end.
func (c *Calendar) protected(a *Answer, from, nominal Day) Day {
	shifted, end := c.protect(from, nominal)
	a.move(nominal, shifted, atw1, Note{})
	a.move(shifted, end, atw2, Note{Code: "term.shift.two-days"})
	return end
}

// checkParams refuses a parameter that the rule does not have.
func (r *Rule) checkParams(params map[string]string) error {
	known := r.Params()
	for name := range params {
		if !slices.Contains(known, name) {
			return fault.New(fault.Invalid, "term.no-such-param", "id", r.ID, "name", name, "known", strings.Join(known, ", "))
		}
	}
	return nil
}

// number reads a whole number from 0 to most.
func number(params map[string]string, name string, most int) (int, error) {
	s, ok := params[name]
	if !ok {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > most {
		return 0, fault.New(fault.Invalid, "term.bad-number", "name", name, "value", s, "most", strconv.Itoa(most))
	}
	return n, nil
}

// yes reads true or false; given says whether it was there.
func yes(params map[string]string, name string) (value, given bool, err error) {
	s, ok := params[name]
	if !ok {
		return false, false, nil
	}
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "ja", "1":
		return true, true, nil
	case "false", "no", "nee", "0":
		return false, true, nil
	}
	return false, true, fault.New(fault.Invalid, "term.bad-yes-no", "name", name, "value", s)
}

// length reads the length of a term that a decision sets: 14 with a unit beside
// it, "14 days", "6w", or an ISO 8601 period of one unit (P6W).
func length(params map[string]string) (int, Unit, error) {
	s, ok := params["length"]
	if !ok {
		return 0, None, fault.New(fault.Invalid, "term.length-needed")
	}
	bad := fault.New(fault.Invalid, "term.bad-length", "value", s)
	w := strings.ToLower(strings.TrimSpace(s))
	iso := strings.HasPrefix(w, "p")
	hours := strings.HasPrefix(w, "pt")
	w = strings.TrimPrefix(strings.TrimPrefix(w, "p"), "t")
	digits := strings.IndexFunc(w, func(r rune) bool { return r < '0' || r > '9' })
	unit := params["unit"]
	if digits >= 0 {
		w, unit = w[:digits], strings.TrimSpace(w[digits:])
	} else if iso {
		return 0, None, bad
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 3660 {
		return 0, None, bad
	}
	switch strings.ToLower(unit) {
	case "", "d", "day", "days", "dag", "dagen":
		return n, Days, nil
	case "h", "hour", "hours", "uur", "uren":
		return n, Hours, nil
	case "w", "week", "weeks", "weken":
		return n, Weeks, nil
	case "m", "month", "months", "maand", "maanden":
		if hours {
			return 0, None, bad // PT6M is minutes
		}
		return n, Months, nil
	case "y", "year", "years", "j", "jaar":
		return n, Years, nil
	}
	return 0, None, bad
}
