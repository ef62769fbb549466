package cbs

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// checkTotals refuses counts of the police that contradict their own totals. A
// total that is larger than its parts together is normal: some offences are not
// published and some have no known buurt. One that is smaller cannot be.
//
// A year must equal its twelve months: verified for every year of 47024NED.
//
// Groups are judged on all cores; of several contradictions the first by group is
// named, so that the same file always gets the same answer.
func checkTotals(name string, s *figures.Sheet) error {
	found := make([]*clash, len(s.Parts))
	nested := slices.Contains(s.Scope.Levels(), figures.Municipality)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			t := &totals{nested: nested, whole: make([]int64, 1<<16), parts: make([]int64, 1<<16), known: make([]bool, 1<<16)}
			for i := int(next.Add(1)) - 1; i < len(s.Parts); i = int(next.Add(1)) - 1 {
				found[i] = t.group(&s.Parts[i])
			}
		})
	}
	wait.Wait()
	for _, c := range found {
		if c != nil {
			return fault.New(fault.Invalid, "figures.import.totals."+c.rule, "file", name,
				"offence", c.offence, "area", c.area, "period", c.period.String(), "whole", c.whole, "parts", c.parts)
		}
	}
	return nil
}

// clash is a whole and its parts that do not agree.
type clash struct {
	rule, offence, area string
	period              figures.Period
	whole, parts        int64
}

// totals judges one group after another. Cells come in order of area, offence and
// time, so that the sums of an area fit in arrays by period.
type totals struct {
	nested bool // the file has municipalities, to compare wijken and buurten with
	area   string
	whole  []int64 // by period: the total of the area
	parts  []int64 // by period: its offences together
	known  []bool  // by period: the total has a number
	used   []figures.Period
	year   yearSum
	within map[withinKey]*[3]int64 // municipality, wijken, buurten
	first  *clash
}

type withinKey struct {
	offence string
	period  figures.Period
}

// yearSum is one offence of one area: its years, and the months of each.
type yearSum struct {
	offence string
	years   map[int]*[3]int64 // the year less 1 for unknown, sum of months, number of months
}

func (t *totals) group(p *figures.Part) *clash {
	t.area, t.first, t.within = "", nil, map[withinKey]*[3]int64{}
	t.year = yearSum{years: map[int]*[3]int64{}}
	for c := range p.All() {
		if !c.Status.Known() || strings.Contains(c.Offence, "#") {
			continue
		}
		if c.Area != t.area || c.Offence != t.year.offence {
			t.closeYears()
			if c.Area != t.area {
				t.closeArea()
			}
			t.area, t.year.offence = c.Area, c.Offence
		}
		t.add(c)
	}
	t.closeYears()
	t.closeArea()
	t.closeGroup(p.Group)
	return t.first
}

func (t *totals) add(c figures.Cell) {
	if !t.known[c.Period] && t.parts[c.Period] == 0 {
		t.used = append(t.used, c.Period)
	}
	if c.Offence == total {
		t.whole[c.Period], t.known[c.Period] = c.Value, true
	} else {
		t.parts[c.Period] += c.Value
	}
	if k := c.Period.Kind(); k == figures.Year || len(t.year.years) > 0 {
		// Years come before months, and a file without years needs no sums.
		y := t.year.years[c.Period.Year()]
		if y == nil {
			y = &[3]int64{-1}
			t.year.years[c.Period.Year()] = y
		}
		switch k {
		case figures.Year:
			y[0] = c.Value
		case figures.Month:
			y[1] += c.Value
			y[2]++
		}
	}
	level := slices.Index([]figures.Level{figures.Municipality, figures.District, figures.Neighbourhood}, figures.LevelOf(c.Area))
	if !t.nested || level < 0 {
		return
	}
	key := withinKey{c.Offence, c.Period}
	w := t.within[key]
	if w == nil {
		w = &[3]int64{-1}
		t.within[key] = w
	}
	if level == 0 {
		w[0] = c.Value
	} else {
		w[level] += c.Value
	}
}

func (t *totals) report(c clash) {
	order := func(a clash) string { return a.area + a.offence + a.period.String() + a.rule }
	if t.first == nil || order(c) < order(*t.first) {
		t.first = &c
	}
}

func (t *totals) closeYears() {
	for year, y := range t.year.years {
		if y[0] >= 0 && y[2] == 12 && y[1] != y[0] {
			t.report(clash{"months", t.year.offence, t.area, figures.YearOf(year), y[0], y[1]})
		}
	}
	clear(t.year.years)
}

func (t *totals) closeArea() {
	for _, p := range t.used {
		if t.known[p] && t.parts[p] > t.whole[p] {
			t.report(clash{"offences", total, t.area, p, t.whole[p], t.parts[p]})
		}
		t.whole[p], t.parts[p], t.known[p] = 0, 0, false
	}
	t.used = t.used[:0]
}

func (t *totals) closeGroup(group string) {
	for k, w := range t.within {
		for level, rule := range []string{1: "wijken", 2: "buurten"} {
			if level > 0 && w[0] >= 0 && w[level] > w[0] {
				t.report(clash{rule, k.offence, group, k.period, w[0], w[level]})
			}
		}
	}
}
