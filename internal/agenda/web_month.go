package agenda

import (
	"fmt"
	"net/http"
	"time"

	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web"
)

// cell is one day of the month; the zero cell is a day of another month.
type cell struct {
	day   deadlines.Day
	why   string // it is closed for the end of a term; empty when it is open
	terms []watch.Term
}

// sheet is a month, its weeks beginning on Monday.
type sheet struct {
	list
	first deadlines.Day
	weeks [][7]cell
	team  bool
}

// firstOf is the first day of the month that a value names (2026-12), or of now's.
func firstOf(value string, now time.Time) deadlines.Day {
	if d, err := deadlines.ParseDay(value + "-01"); err == nil {
		return d
	}
	y, m, _ := deadlines.DayOf(now).Civil()
	return deadlines.Date(y, m, 1)
}

func (p pages) month(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	s := sheet{first: firstOf(q.Get("maand"), web.Now(r)), team: q.Get("wie") == "team"}
	last := s.first.AddMonths(1) - 1
	s.list = list{frame: p.frame(r), sources: p.Sources, today: deadlines.DayOf(web.Now(r))}
	var err error
	s.Listed, err = p.Acts.List(r.Context(), web.Actor(r), watch.View{Team: s.team, From: s.first, Upto: last})
	if err != nil {
		return err
	}
	s.weeks = weeks(s.p, s.Calendar, s.first, last, s.Terms)
	return render(w, r, "agenda.month", monthPage(s, web.Now(r)))
}

// weeks lays the days of a month out.
func weeks(p *text.Printer, c *deadlines.Calendar, first, last deadlines.Day, terms []watch.Term) (out [][7]cell) {
	on := map[deadlines.Day][]watch.Term{}
	for _, t := range terms {
		on[t.Safe] = append(on[t.Safe], t)
	}
	for d := first; d <= last; d++ {
		column := (int(d.Weekday()) + 6) % 7
		if d == first || column == 0 {
			out = append(out, [7]cell{})
		}
		x := cell{day: d, terms: on[d]}
		if k := c.Closed(d); k != deadlines.Open {
			x.why = p.T("term.closed." + string(k))
			if e, ok := c.Decree(d); ok {
				x.why += " (" + e.Decree + ")"
			}
		}
		out[len(out)-1][column] = x
	}
	return out
}

func monthName(p *text.Printer, d deadlines.Day) string {
	y, m, _ := d.Civil()
	return fmt.Sprintf("%s %d", p.Month(m), y)
}

func monthPath(d deadlines.Day, team bool) string {
	y, m, _ := d.Civil()
	out := fmt.Sprintf("/termijnen/kalender?maand=%04d-%02d", y, int(m))
	if team {
		out += "&wie=team"
	}
	return out
}

// weekdays are the heads of the columns.
func weekdays(p *text.Printer) (out []string) {
	monday := deadlines.Date(2026, time.November, 23)
	for i := range deadlines.Day(7) {
		out = append(out, weekday(p, monday+i))
	}
	return out
}

func dayOfMonth(d deadlines.Day) string {
	_, _, n := d.Civil()
	return fmt.Sprint(n)
}
