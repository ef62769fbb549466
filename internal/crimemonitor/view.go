package crimemonitor

import (
	"slices"

	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
)

// Choice is what the reader chose at the top of the monitor.
type Choice struct {
	Offence string // code of one offence: the map and the table show it
	Year    int    // 0 is the newest that there is
	Rate    bool   // per 1,000 inhabitants instead of numbers
}

// Course is a series of years with what was expected of the newest.
type Course struct {
	Name     string   // of the definition, or the offence's code
	Offences []string // added up
	Missing  []string // offences of the definition that no snapshot holds
	Years    []YearCell
	Band     Band
	HasBand  bool
	Signal   Signal
	Snapshot *figures.Snapshot
}

// YearCell is the figure of one year.
type YearCell struct {
	Period  figures.Period
	Value   int64
	Status  figures.Status
	Band    Band // zero when too few earlier years
	Rate    float64
	HasRate bool
	Per     Denominator
}

// Newest is the last year of the course that holds a number.
func (c Course) Newest() (YearCell, bool) {
	for _, y := range slices.Backward(c.Years) {
		if y.Status.Known() {
			return y, true
		}
	}
	return YearCell{}, false
}

// Year finds one year.
func (c Course) Year(p figures.Period) (YearCell, bool) {
	for _, y := range c.Years {
		if y.Period == p {
			return y, true
		}
	}
	return YearCell{}, false
}

// AreaRow is a neighbourhood in the table and on the map.
type AreaRow struct {
	Area      places.Area
	Source    *figures.Snapshot
	Cell      YearCell
	Before    YearCell
	Has       bool
	HadBefore bool
}

// View is everything the monitor shows for one choice.
type View struct {
	Choice   Choice
	Series   []Course // of the definition
	Offences []Course // every offence that the municipality has, in the police's order
	Rows     []AreaRow
	HasRows  bool // some neighbourhood has a figure
	MapYear  figures.Period
	Months   []MonthCourse
	Events   []Event
	Sources  []*figures.Snapshot
	Rest     *Rest
	Alarms   float64 // false alarms expected among the comparisons shown
	Compared int
}

// Rest is the part of the total that the police publish under no code.
type Rest struct {
	Year  figures.Period
	Total int64
	Value int64
}

// build reads and computes a view. All of it comes from one snapshot of the
// database.
func (m *Monitor) build(u *work.Unit, c Choice) (*View, error) {
	v := &View{Choice: c}
	areas, err := places.InGroup(u, figures.Group(m.Municipality), 0)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, o := range offences() {
		codes = append(codes, o.Code)
	}
	all, err := m.find(u, figures.Query{Areas: []string{m.Municipality}, Offences: codes, Kind: figures.Year}, yearTables)
	if err != nil {
		return nil, err
	}
	people, err := m.inhabitants(u, areas)
	if err != nil {
		return nil, err
	}
	by := map[string]Found{}
	for _, f := range all {
		by[f.Offence] = f
		v.trace(f.Snapshot)
		if f.Snapshot != nil {
			v.Offences = append(v.Offences, people.course(f.Offence, []string{f.Offence}, by, m.Municipality))
		}
	}
	for _, s := range HIC {
		v.Series = append(v.Series, people.course(s.Name, s.Offences, by, m.Municipality))
	}
	if err := m.neighbourhoods(u, v, areas, people); err != nil {
		return nil, err
	}
	if v.Months, err = m.months(u, v); err != nil {
		return nil, err
	}
	if v.Events, err = listEvents(u.Tx()); err != nil {
		return nil, err
	}
	v.Rest = restOf(v.Offences)
	v.count()
	return v, nil
}

// trace notes a snapshot that numbers on the page come from.
func (v *View) trace(s *figures.Snapshot) {
	if s != nil && !slices.Contains(v.Sources, s) {
		v.Sources = append(v.Sources, s)
	}
}

// count says how many figures were compared with a band and how many of those are
// expected to fall outside by chance.
func (v *View) count() {
	var bands []Band
	for _, c := range v.Series {
		if c.HasBand {
			bands = append(bands, c.Band)
		}
	}
	for _, mc := range v.Months {
		if mc.HasBand {
			bands = append(bands, mc.Band)
		}
	}
	v.Alarms, v.Compared = FalseAlarms(bands), len(bands)
}

// people holds the numbers of inhabitants that rates are divided by.
type people map[string]map[int]Denominator

const (
	yearly     = "GemiddeldAantalInwoners"
	onJanuary1 = "AantalInwoners"
)

// inhabitants reads the average of the year for municipalities and the number on 1
// January for neighbourhoods (data-sources.md 2, Rate).
func (m *Monitor) inhabitants(u *work.Unit, areas []places.Area) (people, error) {
	out := people{}
	var inner []string
	for _, a := range areas {
		if a.Level() == figures.Neighbourhood {
			inner = append(inner, a.Code)
		}
	}
	for _, ask := range []struct {
		table, measure string
		areas          []string
	}{{"70072NED", yearly, []string{m.Municipality}}, {"85984NED", onJanuary1, inner}} {
		a, err := m.store.Series(u, figures.Query{Table: ask.table, Areas: ask.areas, Offences: []string{ask.measure}, Kind: figures.Year})
		if err != nil {
			return nil, err
		}
		for _, l := range a.Lines {
			for p, pt := range l.All() {
				if !pt.Status().Known() {
					continue
				}
				if out[l.Area] == nil {
					out[l.Area] = map[int]Denominator{}
				}
				out[l.Area][p.Year()] = Denominator{Measure: ask.measure, Table: ask.table, Period: p, Value: pt.Value(), Rounded: ask.measure == onJanuary1}
			}
		}
	}
	return out, nil
}

// of is the number of inhabitants for a year; for a neighbourhood, of which one year
// is at hand, that year's. The page says which it is.
func (p people) of(area string, year int) (Denominator, bool) {
	if d, ok := p[area][year]; ok {
		return d, true
	}
	if figures.LevelOf(area) == figures.Neighbourhood {
		for _, d := range p[area] {
			return d, true
		}
	}
	return Denominator{}, false
}

// course adds up the series of some offences of one area. A year in which one of
// them has no number has no sum: part of a sum is not the sum. An offence that no
// snapshot holds at all is named as missing and left out of every year alike.
func (p people) course(name string, codes []string, by map[string]Found, area string) Course {
	c := Course{Name: name, Offences: codes}
	sums, counted := map[figures.Period]YearCell{}, map[figures.Period]int{}
	parts := 0
	for _, code := range codes {
		f := by[code]
		if f.Snapshot == nil {
			c.Missing = append(c.Missing, code)
			continue
		}
		c.Snapshot = f.Snapshot
		parts++
		for period, pt := range f.Line.All() {
			cell, seen := sums[period]
			if parts > 1 && !seen {
				continue // an earlier part has no such year
			}
			cell.Period = period
			cell.Value += pt.Value()
			// The least known part decides: they stand in that order.
			cell.Status = max(cell.Status, f.Status(period, pt))
			sums[period] = cell
			counted[period]++
		}
	}
	for period, n := range counted {
		if n < parts {
			delete(sums, period) // a later part has no such year
		}
	}
	known := map[figures.Period]int64{}
	for period, cell := range sums {
		if cell.Status.Known() {
			known[period] = cell.Value
		}
	}
	for period, cell := range sums {
		cell.Band, _ = Yearly(known, period)
		if d, ok := p.of(area, period.Year()); ok && cell.Status.Known() {
			cell.Rate, cell.HasRate = Per1000(cell.Value, d)
			cell.Per = d
		}
		c.Years = append(c.Years, cell)
	}
	slices.SortFunc(c.Years, func(a, b YearCell) int { return int(a.Period) - int(b.Period) })
	if y, ok := c.Newest(); ok && y.Band.Years > 0 {
		c.Band, c.HasBand, c.Signal = y.Band, true, y.Band.Judge(y.Value)
	}
	return c
}

// restOf is the part of the newest total that stands under no published code. It
// is known only where every other offence is at hand.
func restOf(all []Course) *Rest {
	var total *Course
	parts := 0
	for i, c := range all {
		if c.Name == Total {
			total = &all[i]
		} else {
			parts++
		}
	}
	if total == nil || parts < len(offences())-1 {
		return nil
	}
	y, ok := total.Newest()
	if !ok {
		return nil
	}
	var values []figures.Value
	for _, c := range all {
		if c.Name != Total {
			cell, _ := c.Year(y.Period)
			values = append(values, figures.Value{Value: cell.Value, Status: cell.Status})
		}
	}
	rest, ok := NotPublished(figures.Value{Value: y.Value, Status: y.Status}, values)
	if !ok {
		return nil
	}
	return &Rest{Year: y.Period, Total: y.Value, Value: rest}
}
