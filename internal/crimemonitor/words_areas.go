package crimemonitor

import (
	"cmp"
	"slices"

	"baken/internal/kernel/figures"
	"baken/internal/web/ui"
)

func (h hand) mapTitle() string {
	code := "crimemonitor.map-number"
	if h.view.Choice.Rate {
		code = "crimemonitor.map-rate"
	}
	if h.view.MapYear == 0 {
		return h.t.T("crimemonitor.map-none", "offence", titles()[h.view.Choice.Offence])
	}
	return h.t.T(code, "offence", titles()[h.view.Choice.Offence], "year", h.period(h.view.MapYear))
}

// limits are the lower ends of the five classes. They are fixed per unit, so that
// two years or two maps can be compared (ui.md 8): for all offences together they
// stand around the national 45 per 1,000, for one offence around 3.
func (h hand) limits() [4]float64 {
	total := h.view.Choice.Offence == Total
	switch {
	case h.view.Choice.Rate && total:
		return [4]float64{15, 30, 45, 60}
	case h.view.Choice.Rate:
		return [4]float64{1, 2, 4, 8}
	case total:
		return [4]float64{25, 50, 100, 150}
	}
	return [4]float64{2, 5, 10, 20}
}

func (h hand) class(v float64) int {
	class := 1
	for _, l := range h.limits() {
		if v >= l {
			class++
		}
	}
	return class
}

func (h hand) classes() []string {
	l := h.limits()
	w := func(v float64) string { return h.t.Number(v, 0) }
	out := []string{h.t.T("crimemonitor.class-below", "limit", w(l[0]))}
	for i := range 3 {
		out = append(out, h.t.T("crimemonitor.class-between", "from", w(l[i]), "to", w(l[i+1])))
	}
	return append(out, h.t.T("crimemonitor.class-above", "limit", w(l[3])))
}

// choropleth is the map of the chosen offence, year and unit. An area with too few
// inhabitants has no rate and is hatched.
func (h hand) choropleth() ui.Choropleth {
	m := ui.Choropleth{ID: "buurtkaart", Label: h.t.T("crimemonitor.map-label"), Summary: h.mapSummary(), Ground: h.ground, SkipTo: "tabel", Skip: h.t.T("crimemonitor.map-skip"),
		Legend: ui.Legend{Title: h.mapTitle(), Classes: h.classes(), Hatched: h.t.T("crimemonitor.map-hatched")}}
	for _, r := range h.view.Rows {
		a := ui.MapArea{Code: r.Area.Code, Name: r.Area.Name, Href: "/hic/gebied/" + r.Area.Code}
		switch {
		case !r.Has || !r.Cell.Status.Known():
			a.Label = h.t.T("crimemonitor.area-none", "area", r.Area.Name)
		case h.view.Choice.Rate && !r.Cell.HasRate:
			a.Label = h.t.T("crimemonitor.area-few", "area", r.Area.Name)
		case h.view.Choice.Rate:
			a.Value, a.Class = h.rate(r.Cell), h.class(r.Cell.Rate)
			a.Label = h.t.T("crimemonitor.area-rate", "area", r.Area.Name, "rate", a.Value)
		default:
			a.Value, a.Class = h.count(r.Cell), h.class(float64(r.Cell.Value))
			a.Label = h.t.T("crimemonitor.area-number", "area", r.Area.Name, "n", a.Value)
		}
		m.Areas = append(m.Areas, a)
	}
	return m
}

func (h hand) mapSummary() string {
	rows := h.ranked()
	if len(rows) < 3 {
		return h.mapTitle()
	}
	return h.t.T("crimemonitor.map-summary", "list", h.t.List([]string{rows[0].Area.Name, rows[1].Area.Name, rows[2].Area.Name}))
}

// ranked are the areas with a figure, the highest first in the chosen unit.
func (h hand) ranked() []AreaRow {
	rows := slices.DeleteFunc(slices.Clone(h.view.Rows), func(r AreaRow) bool {
		return !r.Has || (h.view.Choice.Rate && !r.Cell.HasRate)
	})
	slices.SortStableFunc(rows, func(a, b AreaRow) int {
		if h.view.Choice.Rate {
			return cmp.Compare(b.Cell.Rate, a.Cell.Rate)
		}
		return cmp.Compare(b.Cell.Value, a.Cell.Value)
	})
	return rows
}

// rows are all areas in the order that was chosen; those without a figure come last.
func (h hand) rows() []AreaRow {
	rows := slices.Clone(h.view.Rows)
	slices.SortStableFunc(rows, func(a, b AreaRow) int {
		switch h.sort {
		case "buurt":
			return cmp.Compare(a.Area.Name, b.Area.Name)
		case "aantal":
			return cmp.Compare(value(b), value(a))
		}
		return cmp.Compare(rank(b), rank(a))
	})
	return rows
}

func value(r AreaRow) int64 {
	if !r.Has {
		return -1
	}
	return r.Cell.Value
}

func rank(r AreaRow) float64 {
	if !r.Has || !r.Cell.HasRate {
		return -1
	}
	return r.Cell.Rate
}

func (h hand) sorted(by string) string {
	switch {
	case h.sort != by && (h.sort != "" || by != "cijfer"):
		return "none"
	case by == "buurt":
		return "ascending"
	}
	return "descending"
}

func (h hand) sortLink(by string) string { return "/hic?" + h.query() + "&sorteer=" + by + "#tabel" }

// perNote says what the rates per neighbourhood are divided by.
func (h hand) perNote() string {
	for _, r := range h.view.Rows {
		if r.Cell.HasRate {
			return h.t.T("crimemonitor.per-area", "year", h.period(r.Cell.Per.Period), "table", r.Cell.Per.Table, "least", MinPopulation)
		}
	}
	return h.t.T("crimemonitor.per-unknown")
}

func (h hand) monthTitle() string {
	if len(h.view.Months) > 0 && h.view.Months[0].Area != h.own {
		return h.t.T("crimemonitor.trend-months-country")
	}
	return h.t.T("crimemonitor.trend-months", "name", h.name)
}

func (h hand) monthSmalls() []ui.Small {
	var out []ui.Small
	for _, c := range h.view.Months {
		if len(c.Months) == 0 {
			continue
		}
		last := c.Months[len(c.Months)-1]
		s := ui.Small{Title: h.serie(c.Name), Latest: h.period(last.Period) + ": " + h.number(last.Value, last.Status), Chart: h.monthChart(c)}
		if c.HasBand {
			s.Tone, s.Icon, s.Word = h.signal(c.Signal)
		}
		out = append(out, s)
	}
	return out
}

func (h hand) monthChart(c MonthCourse) ui.Chart {
	out := ui.Chart{Format: func(v float64) string { return h.t.Int(int(v)) }}
	for i, m := range c.Months {
		point := ui.Point{Name: h.period(m.Period), Standing: ui.Absent}
		if m.Status.Known() {
			point.Value, point.Standing = float64(m.Value), ui.Final
			if m.Status == figures.Provisional {
				point.Standing = ui.Provisional
			}
			point.Outside = m.Band.Years > 0 && m.Band.Judge(m.Value) != Inside
		}
		before := ui.Point{Name: h.period(m.Period.Add(-12)), Standing: ui.Absent}
		if m.HasBefore {
			before.Value, before.Standing = float64(m.Before), ui.Final
		}
		var band ui.Range
		if m.Band.Years > 0 {
			band = ui.Range{Low: float64(m.Band.Low), High: float64(m.Band.High)}
		}
		out.Points, out.Previous, out.Band = append(out.Points, point), append(out.Previous, before), append(out.Band, band)
		if i == 0 || i == len(c.Months)/2 || i == len(c.Months)-1 {
			out.Ticks = append(out.Ticks, ui.Tick{At: i, Text: h.period(m.Period)})
		}
	}
	last := c.Months[len(c.Months)-1]
	out.Label = h.t.T("crimemonitor.chart-plain", "name", h.serie(c.Name), "year", h.period(last.Period), "n", h.number(last.Value, last.Status))
	if c.HasBand {
		out.Label = h.t.T("crimemonitor.chart", "name", h.serie(c.Name), "year", h.period(last.Period), "n", h.number(last.Value, last.Status),
			"low", h.t.Int(int(c.Band.Low)), "high", h.t.Int(int(c.Band.High)))
	}
	return out
}

// monthsShown are the months of the table, the newest first.
func (h hand) monthsShown() (out []figures.Period) {
	for _, c := range h.view.Months {
		for _, m := range slices.Backward(c.Months) {
			if !slices.Contains(out, m.Period) {
				out = append(out, m.Period)
			}
		}
	}
	return out
}

func (h hand) monthCell(c MonthCourse, p figures.Period) string {
	for _, m := range c.Months {
		if m.Period == p {
			return h.number(m.Value, m.Status)
		}
	}
	return h.t.T("crimemonitor.not-asked")
}
