package crimemonitor

import (
	"context"
	"io"
	"strconv"
	"strings"

	"baken/internal/crimemonitor/builtin"
	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
)

// Ask is a question for series in the words of the command line.
type Ask struct {
	Area    string // code: GM0556
	Offence string // code, or "hic" for the series of the definition
	From    string // 2015, 2015JJ00, 2023MM01; empty is as far as there is
	To      string
	Months  bool
}

// Found is one series with the snapshot of its newest cell.
type Found struct {
	Area, Offence, Title string
	Line                 figures.Line
	Snapshot             *figures.Snapshot
	Newest               figures.Period // newest period that any snapshot covers
}

// Status is what to show of a cell: the newest month is provisional whatever the
// source says, because the police still correct it (data-sources.md 1.3).
func (f Found) Status(p figures.Period, pt figures.Point) figures.Status {
	newest := figures.Period(0)
	if f.Newest.Kind() == figures.Month {
		newest = f.Newest
	}
	if Provisional(p, pt.Status(), newest) {
		return figures.Provisional
	}
	return pt.Status()
}

// yearTables and monthTables are where an area's counts stand, the most detailed
// first. Tables are never mixed in one series: they count differently
// (data-sources.md 1.4, trap 5).
var (
	yearTables  = []string{"47018NED", "47013NED"}
	monthTables = []string{"47022NED", "47013NED"}
)

// Find answers a question with one series per offence, or refuses it with what is
// wrong: an unknown area or offence, a period that cannot be read.
func (m *Monitor) Find(ctx context.Context, who work.Actor, a Ask) ([]Found, error) {
	area, ok := figures.ParseArea(a.Area)
	if !ok {
		return nil, fault.New(fault.Invalid, "crimemonitor.ask.area", "value", a.Area)
	}
	offences := []string{a.Offence}
	if strings.EqualFold(a.Offence, "hic") {
		offences = HIC.Codes()
	} else if _, known := titles()[a.Offence]; !known {
		return nil, fault.New(fault.Invalid, "crimemonitor.ask.offence", "value", a.Offence)
	}
	q := figures.Query{Areas: []string{area}, Offences: offences, Kind: figures.Year}
	names := yearTables
	if a.Months {
		q.Kind, names = figures.Month, monthTables
	}
	var err error
	if q.From, err = period(a.From, q.Kind); err != nil {
		return nil, err
	}
	if q.To, err = period(a.To, q.Kind); err != nil {
		return nil, err
	}
	var out []Found
	err = m.see(ctx, who, func(u *work.Unit) error {
		out, err = m.find(u, q, names)
		return err
	})
	return out, err
}

// find takes each series from the first table that covers any of it.
func (m *Monitor) find(u *work.Unit, q figures.Query, tables []string) ([]Found, error) {
	out := make([]Found, 0, len(q.Areas)*len(q.Offences))
	have := map[string]bool{}
	for _, table := range tables {
		q.Table = table
		a, err := m.store.Series(u, q)
		if err != nil {
			return nil, err
		}
		for _, line := range a.Lines {
			f := Found{Area: line.Area, Offence: line.Offence, Title: titles()[line.Offence], Line: line}
			for p, pt := range line.All() {
				f.Newest, f.Snapshot = p, a.Snapshots[pt.From()]
			}
			key := line.Area + " " + line.Offence
			if f.Snapshot != nil && !have[key] {
				have[key] = true
				out = append(out, f)
			}
		}
	}
	// What no table covers is an empty series, not an error and not a zero.
	for _, area := range q.Areas {
		for _, o := range q.Offences {
			if !have[area+" "+o] {
				out = append(out, Found{Area: area, Offence: o, Title: titles()[o], Line: figures.Line{Area: area, Offence: o}})
			}
		}
	}
	order(out, q)
	return out, nil
}

// order puts the series as they were asked.
func order(all []Found, q figures.Query) {
	place := map[string]int{}
	for i, a := range q.Areas {
		for j, o := range q.Offences {
			place[a+" "+o] = i*len(q.Offences) + j
		}
	}
	sorted := make([]Found, len(all))
	for _, f := range all {
		sorted[place[f.Area+" "+f.Offence]] = f
	}
	copy(all, sorted)
}

// period reads 2015, 2015JJ00 or 2023MM01 as a period of the kind asked for.
func period(s string, k figures.Kind) (figures.Period, error) {
	if s == "" {
		return 0, nil
	}
	if year, err := strconv.Atoi(s); err == nil && year >= 1900 && year < 2200 {
		if k == figures.Month {
			return figures.MonthOf(year, 1), nil
		}
		return figures.YearOf(year), nil
	}
	p, ok := figures.ParsePeriod(s)
	if !ok || p.Kind() != k {
		return 0, fault.New(fault.Invalid, "crimemonitor.ask.period", "value", s)
	}
	return p, nil
}

// ImportAreas reads a file of area geometry and stores it.
func (m *Monitor) ImportAreas(ctx context.Context, who work.Actor, name string, r io.Reader) (int, error) {
	if err := m.ask(ctx, who, "figures.import"); err != nil {
		return 0, err
	}
	areas, err := places.Read(name, r, 0)
	if err != nil {
		return 0, err
	}
	err = m.keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.import", figuresRef); err != nil {
			return err
		}
		u.OnCommit(m.drawn.forget)
		return places.Save(u, "figures.areas", areas)
	})
	return len(areas), err
}

// ImportStreets reads a file of streets and stores it in place of the streets that the
// municipality had. Who keeps the areas keeps what lies in them.
func (m *Monitor) ImportStreets(ctx context.Context, who work.Actor, name string, r io.Reader) (int, error) {
	if err := m.ask(ctx, who, "figures.import"); err != nil {
		return 0, err
	}
	streets, err := places.ReadStreets(name, r)
	if err != nil {
		return 0, err
	}
	err = m.keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.import", figuresRef); err != nil {
			return err
		}
		return places.SaveStreets(u, "figures.streets", m.Municipality, streets)
	})
	return len(streets), err
}

// furnish stores the figures and areas that the program carries. An import that is
// in the database already adds nothing, and a newer one stays on top.
func (m *Monitor) furnish(ctx context.Context) error {
	who := work.System("start")
	var stored []*figures.Snapshot
	err := m.see(ctx, who, func(u *work.Unit) (err error) {
		stored, err = m.store.Snapshots(u, "")
		return err
	})
	if err != nil || len(stored) > 0 {
		return err
	}
	imports, err := builtin.Imports()
	if err != nil {
		return err
	}
	areas, err := builtin.Areas()
	if err != nil {
		return err
	}
	return m.keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.import", figuresRef); err != nil {
			return err
		}
		for _, in := range imports {
			if _, _, err := m.store.Save(u, "figures.builtin", in); err != nil {
				return err
			}
		}
		return places.Save(u, "figures.builtin", areas)
	})
}
