package crimemonitor

import (
	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
)

// neighbourhoods fills the table and the map with the chosen offence and year, and
// the year before. When no year was chosen it is the newest that neighbourhoods
// have, which may be older than the municipality's.
func (m *Monitor) neighbourhoods(u *work.Unit, v *View, areas []places.Area, p people) error {
	var inner []places.Area
	var codes []string
	for _, a := range areas {
		if a.Level() == figures.Neighbourhood && !figures.Unplaced(a.Code) {
			inner, codes = append(inner, a), append(codes, a.Code)
		}
	}
	found, err := m.find(u, figures.Query{Areas: codes, Offences: []string{v.Choice.Offence}, Kind: figures.Year}, yearTables[:1])
	if err != nil {
		return err
	}
	by := map[string]Found{}
	newest := figures.Period(0)
	for _, f := range found {
		by[f.Area] = f
		newest = max(newest, f.Newest)
		v.trace(f.Snapshot)
	}
	v.MapYear = newest
	if v.Choice.Year != 0 {
		v.MapYear = figures.YearOf(v.Choice.Year)
	}
	for _, a := range inner {
		row := AreaRow{Area: a}
		if f := by[a.Code]; f.Snapshot != nil {
			c := p.course(a.Code, []string{v.Choice.Offence}, map[string]Found{v.Choice.Offence: f}, a.Code)
			row.Source = f.Snapshot
			row.Cell, row.Has = c.Year(v.MapYear)
			row.Before, row.HadBefore = c.Year(v.MapYear.Add(-1))
		}
		v.HasRows = v.HasRows || row.Has
		v.Rows = append(v.Rows, row)
	}
	return nil
}

// MonthCourse is a series of months with the band of each month of the last years.
type MonthCourse struct {
	Area     string // the municipality, or NL00 when only the country is at hand
	Name     string
	Offences []string
	Missing  []string
	Months   []MonthCell // the last two years, oldest first
	Band     Band        // of the newest month
	HasBand  bool
	Signal   Signal
	Snapshot *figures.Snapshot
}

// MonthCell is one month with what was expected of it and what it was a year before.
type MonthCell struct {
	Period    figures.Period
	Value     int64
	Status    figures.Status
	Before    int64
	HasBefore bool
	Band      Band
}

// shownMonths is how many months a chart shows: two years, so that a season is
// seen twice.
const shownMonths = 24

// months reads the monthly series of the definition for the municipality, or for
// the country while the municipality's are not at hand. A fictitious month is never
// put in their place.
func (m *Monitor) months(u *work.Unit, v *View) ([]MonthCourse, error) {
	for _, area := range []string{m.Municipality, "NL00"} {
		found, err := m.find(u, figures.Query{Areas: []string{area}, Offences: HIC.Codes(), Kind: figures.Month}, monthTables)
		if err != nil {
			return nil, err
		}
		by := map[string]Found{}
		any := false
		for _, f := range found {
			by[f.Offence] = f
			any = any || f.Snapshot != nil
		}
		if !any {
			continue
		}
		var out []MonthCourse
		for _, s := range HIC {
			c := monthCourse(s, by)
			c.Area = area
			v.trace(c.Snapshot)
			out = append(out, c)
		}
		return out, nil
	}
	return nil, nil
}

func monthCourse(s Serie, by map[string]Found) MonthCourse {
	c := MonthCourse{Name: s.Name, Offences: s.Offences}
	sums, marks, counted := map[figures.Period]int64{}, map[figures.Period]figures.Status{}, map[figures.Period]int{}
	newest, parts := figures.Period(0), 0
	for _, code := range s.Offences {
		f := by[code]
		if f.Snapshot == nil {
			c.Missing = append(c.Missing, code)
			continue
		}
		parts++
		c.Snapshot = f.Snapshot
		newest = max(newest, f.Newest)
		for p, pt := range f.Line.All() {
			if st := f.Status(p, pt); st.Known() {
				sums[p] += pt.Value()
				counted[p]++
				if st == figures.Provisional {
					marks[p] = st
				}
			}
		}
	}
	// Part of a sum is not the sum.
	for p, n := range counted {
		if n < parts {
			delete(sums, p)
		}
	}
	if newest == 0 {
		return c
	}
	for p := newest.Add(-shownMonths + 1); p <= newest; p++ {
		cell := MonthCell{Period: p, Status: figures.NotPublished}
		if value, ok := sums[p]; ok {
			cell.Value, cell.Status = value, marks[p]
		}
		cell.Before, cell.HasBefore = sums[p.Add(-12)], counted[p.Add(-12)] == parts
		cell.Band, _ = Season(sums, p)
		c.Months = append(c.Months, cell)
	}
	last := c.Months[len(c.Months)-1]
	if last.Band.Years > 0 && last.Status.Known() {
		c.Band, c.HasBand, c.Signal = last.Band, true, last.Band.Judge(last.Value)
	}
	return c
}

// AreaView is everything that is published for one neighbourhood or district.
type AreaView struct {
	Area      places.Area
	Courses   []Course
	Sources   []*figures.Snapshot
	People    Denominator
	HasPeople bool
}

func (m *Monitor) areaView(u *work.Unit, code string) (*AreaView, error) {
	areas, err := places.InGroup(u, figures.Group(m.Municipality), 0)
	if err != nil {
		return nil, err
	}
	v := &AreaView{}
	for _, a := range areas {
		if a.Code == code {
			v.Area = a
		}
	}
	if v.Area.Code == "" {
		return nil, fault.New(fault.NotFound, "access.not-found")
	}
	p, err := m.inhabitants(u, areas)
	if err != nil {
		return nil, err
	}
	v.People, v.HasPeople = p.of(code, 0)
	var codes []string
	for _, o := range offences() {
		codes = append(codes, o.Code)
	}
	found, err := m.find(u, figures.Query{Areas: []string{code}, Offences: codes, Kind: figures.Year}, yearTables[:1])
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if f.Snapshot == nil {
			continue
		}
		v.Courses = append(v.Courses, p.course(f.Offence, []string{f.Offence}, map[string]Found{f.Offence: f}, code))
		if len(v.Sources) == 0 || v.Sources[len(v.Sources)-1] != f.Snapshot {
			v.Sources = append(v.Sources, f.Snapshot)
		}
	}
	return v, nil
}
