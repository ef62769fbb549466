package crimemonitor

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/kernel/figures"
	"baken/internal/text"
	"baken/internal/web/ui"
)

func optionText(code string) string { return code + " " + titles()[code] }

func incidents(code string) string {
	for _, o := range offences() {
		if o.Code == code {
			return strings.Join(o.Incidents, ", ")
		}
	}
	return ""
}

func layoutYear(s *figures.Snapshot) string { return strconv.Itoa(s.Source.Layout) }

// query is the filter as an address has it.
func (h hand) query() string {
	q := url.Values{"soort": {h.view.Choice.Offence}}
	if h.view.Choice.Year != 0 {
		q.Set("jaar", strconv.Itoa(h.view.Choice.Year))
	}
	if !h.view.Choice.Rate {
		q.Set("eenheid", "aantal")
	}
	return q.Encode()
}

// years are those that can be chosen, the newest first.
func (h hand) years() (out []string) {
	for _, p := range slices.Backward(periodsOf(h.view.Offences)) {
		out = append(out, strconv.Itoa(p.Year()))
	}
	return out
}

func (h hand) chosen(year string) bool { return strconv.Itoa(h.view.Choice.Year) == year }

func (h hand) sourceLine(s *figures.Snapshot) string {
	code := "crimemonitor.source-line"
	if s.Source.Fictitious {
		code = "crimemonitor.source-line-fictitious"
	}
	return h.t.T(code, "publisher", s.Source.Publisher, "table", s.Source.Table, "day", h.t.Day(s.Source.Retrieved))
}

func (h hand) alarms() string {
	if h.view.Compared == 0 {
		return h.t.T("crimemonitor.no-comparison")
	}
	return h.t.T("crimemonitor.alarms", "compared", h.view.Compared, "alarms", h.t.Number(h.view.Alarms, 1))
}

// tileFigures are the four series, each with its newest year.
func (h hand) tileFigures() []ui.TileFigure {
	out := make([]ui.TileFigure, 0, len(h.view.Series))
	for _, c := range h.view.Series {
		t := ui.TileFigure{Title: h.serie(c.Name), Href: "/hic/delict/" + c.Offences[0], Chart: h.chart(c, nil)}
		y, ok := c.Newest()
		if !ok {
			t.Value, t.Tone, t.Word, t.Expected = "–", ui.Neutral, h.t.T("crimemonitor.absent-word"), h.t.T("crimemonitor.absent-short")
			out = append(out, t)
			continue
		}
		t.Value = h.count(y)
		t.Beside = h.period(y.Period)
		if before, has := c.Year(y.Period.Add(-1)); has && before.Status.Known() {
			t.Beside = h.t.T("crimemonitor.beside", "year", h.period(y.Period), "before", h.period(before.Period), "n", h.count(before))
		}
		t.Tone, t.Icon, t.Word = h.signal(c.Signal)
		t.Expected = h.expected(c.Band)
		if !c.HasBand {
			t.Tone, t.Icon, t.Word, t.Expected = ui.Neutral, "", h.t.T("crimemonitor.no-band"), ""
		}
		if len(c.Missing) > 0 {
			t.Expected += " · " + h.t.T("crimemonitor.without", "codes", strings.Join(c.Missing, ", "))
		}
		out = append(out, t)
	}
	return out
}

// chart draws a course by year. all gives the years to draw, so that charts side by
// side have the same ones; nil is those of the course.
func (h hand) chart(c Course, all []Course) ui.Chart {
	if all == nil {
		all = []Course{c}
	}
	out := ui.Chart{Format: func(v float64) string { return h.t.Int(int(v)) }}
	periods := periodsOf(all)
	for i, p := range periods {
		y, ok := c.Year(p)
		point := ui.Point{Name: h.period(p), Standing: ui.Absent}
		var band ui.Range
		if ok && y.Status.Known() {
			point.Value, point.Standing = float64(y.Value), ui.Final
			if y.Status == figures.Provisional {
				point.Standing = ui.Provisional
			}
			if y.Band.Years > 0 {
				band = ui.Range{Low: float64(y.Band.Low), High: float64(y.Band.High)}
				point.Outside = y.Band.Judge(y.Value) != Inside
			}
		}
		out.Points, out.Band = append(out.Points, point), append(out.Band, band)
		if i == 0 || i == len(periods)-1 || i == len(periods)/2 {
			out.Ticks = append(out.Ticks, ui.Tick{At: i, Text: h.period(p)})
		}
	}
	for i, e := range h.eventsFor(c) {
		for at, p := range periods {
			if strings.HasPrefix(e.Day, strconv.Itoa(p.Year())) {
				out.Notes = append(out.Notes, ui.Annotation{At: at, Number: i + 1, Text: h.eventLine(i, e)})
			}
		}
	}
	out.Label = h.chartLabel(c)
	out.Bars = small(c)
	return out
}

// large is the chart of one offence on its own page, with the value of each year at
// the pointer. Small charts leave that to the page and the table: it doubles their
// weight.
func (h hand) large(c Course) ui.Chart {
	out := h.chart(c, nil)
	out.Hover = true
	return out
}

func (h hand) eventsFor(Course) []Event {
	if h.view == nil {
		return nil
	}
	return h.view.Events
}

// small reports whether most counts are below 6: then bars say more than a line
// (ui.md 8).
func small(c Course) bool {
	n, low := 0, 0
	for _, y := range c.Years {
		if y.Status.Known() {
			n++
			if y.Value < 6 {
				low++
			}
		}
	}
	return n > 0 && 2*low > n
}

func (h hand) chartLabel(c Course) string {
	y, ok := c.Newest()
	if !ok {
		return h.t.T("crimemonitor.chart-none", "name", h.nameOf(c))
	}
	if !c.HasBand {
		return h.t.T("crimemonitor.chart-plain", "name", h.nameOf(c), "year", h.period(y.Period), "n", h.count(y))
	}
	return h.t.T("crimemonitor.chart", "name", h.nameOf(c), "year", h.period(y.Period), "n", h.count(y), "low", h.t.Int(int(c.Band.Low)), "high", h.t.Int(int(c.Band.High)))
}

// nameOf is the name of a line of the definition, or the police's of an offence.
func (h hand) nameOf(c Course) string {
	if _, ok := HIC.Serie(c.Name); ok {
		return h.serie(c.Name)
	}
	return c.Name + " " + titles()[c.Name]
}

// all are the courses drawn side by side: the definition and what is often shown
// beside it (data-sources.md 1.5).
func (h hand) all() []Course {
	out := slices.Clone(h.view.Series)
	for _, c := range h.view.Offences {
		if slices.Contains([]string{"1.1.2", "1.2.1", "1.2.3", "2.2.1", "2.5.1", "3.1.1"}, c.Name) {
			out = append(out, c)
		}
	}
	return slices.DeleteFunc(out, func(c Course) bool { _, ok := c.Newest(); return !ok })
}

func (h hand) smalls() []ui.Small {
	all := h.all()
	out := make([]ui.Small, 0, len(all))
	for _, c := range all {
		y, _ := c.Newest()
		s := ui.Small{Title: h.nameOf(c), Latest: h.period(y.Period) + ": " + h.count(y), Chart: h.chart(c, all), Href: "/hic/delict/" + c.Offences[0]}
		if c.HasBand {
			s.Tone, s.Icon, s.Word = h.signal(c.Signal)
		}
		out = append(out, s)
	}
	return out
}

// periodsOf lists the years that any course has, in order.
func periodsOf(all []Course) []figures.Period {
	var out []figures.Period
	for _, c := range all {
		for _, y := range c.Years {
			out = append(out, y.Period)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (h hand) cellOf(c Course, p figures.Period) string {
	y, ok := c.Year(p)
	if !ok {
		return h.t.T("crimemonitor.not-asked")
	}
	return h.count(y)
}

func (h hand) find(code string) (Course, bool) {
	for _, c := range h.view.Offences {
		if c.Name == code {
			return c, true
		}
	}
	return Course{}, false
}

// hicOf says which line of the definition an offence belongs to.
func (h hand) hicOf(code string) string {
	for _, s := range HIC {
		if slices.Contains(s.Offences, code) {
			return h.serie(s.Name)
		}
	}
	return "–"
}

func (h hand) newestCount(c Course) string {
	y, ok := c.Newest()
	if !ok {
		return "–"
	}
	return h.count(y) + " (" + h.period(y.Period) + ")"
}

func (h hand) newestRate(c Course) string {
	y, _ := c.Newest()
	return h.rate(y)
}

func (h hand) newestChange(c Course) string {
	y, ok := c.Newest()
	if !ok {
		return "–"
	}
	return h.changeIn(c, y)
}

// offencesNote says what the rates of the table are divided by.
func (h hand) offencesNote() string {
	for _, c := range h.view.Offences {
		if y, ok := c.Newest(); ok && y.HasRate {
			return h.perOf(c)
		}
	}
	return h.t.T("crimemonitor.per-unknown")
}

// perOf says what the newest rate of a course is divided by.
func (h hand) perOf(c Course) string {
	y, ok := c.Newest()
	if !ok || !y.HasRate {
		return h.t.T("crimemonitor.per-unknown")
	}
	return h.t.T("crimemonitor.per", "measure", h.t.T("crimemonitor.measure."+y.Per.Measure), "n", h.t.Int(int(y.Per.Value)), "year", h.period(y.Per.Period), "table", y.Per.Table)
}

// newestFirst are the years of a course as a reader wants them in a table.
func (h hand) newestFirst(c Course) []YearCell {
	out := slices.Clone(c.Years)
	slices.Reverse(out)
	return out
}

func (h hand) between(b Band) string {
	if b.Years == 0 {
		return "–"
	}
	return h.t.Int(int(b.Low)) + "–" + h.t.Int(int(b.High))
}

func (h hand) changeIn(c Course, y YearCell) string {
	before, _ := c.Year(y.Period.Add(-1))
	return h.compare(before, y)
}

// absent lists the offences of the definition that no snapshot of the municipality
// holds.
func (h hand) absent() (out []string) {
	for _, c := range h.view.Series {
		out = append(out, c.Missing...)
	}
	return out
}

func (h hand) eventLine(i int, e Event) string {
	day, err := time.ParseInLocation(time.DateOnly, e.Day, text.Amsterdam)
	if err != nil {
		return e.Words
	}
	return fmt.Sprintf("%d. %s: %s (%s)", i+1, h.t.Day(day), e.Words, h.t.T("crimemonitor.event-kind."+e.Kind))
}
