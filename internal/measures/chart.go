package measures

import (
	"slices"
	"strconv"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/text"
)

// mostRows keeps the chart one that a reader takes in at a glance (ui.md 6).
const mostRows = 12

// chart is the terms of a file side by side, with positions in percent of its width.
type chart struct {
	Months []mark
	Rows   []bar
	Today  string
	More   int // terms that the list has and the chart does not
}

type mark struct{ X, Label string }

// bar is one term: from the day on which it began to its last day.
type bar struct{ Label, Said, X, Width, Class, EndX, End string }

// sideBySide makes the chart of terms as ViewTerm and SortTerms made them. The first
// are those that run, so that what falls off is what is over.
func sideBySide(p *text.Printer, terms []Term) (c chart) {
	all := len(terms)
	terms = slices.DeleteFunc(slices.Clone(terms), func(t Term) bool { return t.noBar })
	terms = terms[:min(len(terms), mostRows)]
	c.More = all - len(terms)
	if len(terms) == 0 {
		return c
	}
	today := deadlines.DayOf(terms[0].now)
	from, to := today, today
	for _, t := range terms {
		from, to = min(from, t.from), max(to, t.from, t.day)
	}
	to = max(to, from+28) // one short term alone would have days as wide as months
	// A date stands behind each bar; the last fifth is room for it.
	span := float64(to-from) * 1.25
	at := func(d deadlines.Day) float64 { return float64(d-from) / span * 100 }
	end := from + deadlines.Day(span)
	for _, m := range monthsBetween(from, end) {
		year, month, _ := m.Civil()
		label := p.MonthShort(month)
		if month == time.January {
			label = strconv.Itoa(year)
		}
		c.Months = append(c.Months, mark{percent(at(m)), label})
	}
	c.Today = percent(at(today))
	for _, t := range terms {
		last, until := t.day, t.When
		if last == deadlines.NoDay {
			last = to
		} else {
			until = dayOnAxis(p, last, t.now)
		}
		c.Rows = append(c.Rows, bar{Label: t.Title, X: percent(at(t.from)), Width: percent(max(at(last)-at(t.from), 0.5)), Class: barClass(t), EndX: percent(at(last)), End: until,
			Said: p.T("measures.chart-row", "title", t.Title, "from", p.Day(t.from.Midnight()), "until", said(p, t), "left", t.Left)})
	}
	return c
}

func said(p *text.Printer, t Term) string {
	if t.day == deadlines.NoDay {
		return t.When
	}
	return p.Day(t.day.Midnight())
}

// dayOnAxis leaves out the weekday: the list above the chart has it.
func dayOnAxis(p *text.Printer, d deadlines.Day, now time.Time) string {
	year, month, day := d.Civil()
	s := strconv.Itoa(day) + " " + p.MonthShort(month)
	if this, _, _ := deadlines.DayOf(now).Civil(); this != year {
		s += " " + strconv.Itoa(year)
	}
	return s
}

// monthsBetween are the first days of months, so few that their names stay apart on
// a telephone.
func monthsBetween(from, to deadlines.Day) []deadlines.Day {
	for _, step := range []int{1, 2, 3, 6, 12, 24, 60, 120} {
		var out []deadlines.Day
		year, month, _ := from.Civil()
		first := deadlines.Date(year, time.Month((int(month)-1)/step*step+1), 1)
		if step > 12 {
			first = deadlines.Date(year/(step/12)*(step/12), time.January, 1)
		}
		for d := first; d < to; d = d.AddMonths(step) {
			if d >= from {
				out = append(out, d)
			}
		}
		if len(out) <= 6 {
			return out
		}
	}
	return nil
}

func barClass(t Term) string {
	switch {
	case t.Tone == "late":
		return "baken-c-bar--mark"
	case t.Tone == "today" || t.Tone == "soon":
		return "baken-c-bar--soon"
	case t.Tone == "maybe":
		return "baken-c-bar--maybe"
	case t.Tone == "done" || t.past:
		return "baken-c-bar--soft"
	}
	return ""
}

func percent(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) + "%" }
