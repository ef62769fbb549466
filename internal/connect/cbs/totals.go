package cbs

import (
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// checkTotals refuses counts of the police that contradict their own totals. A
// total that is larger than its parts together is normal: some offences are not
// published and some have no known buurt. One that is smaller cannot be.
//
// A year must equal its twelve months: verified for every year of 47024NED.
func checkTotals(name string, s *figures.Sheet) error {
	t := &totals{name: name}
	for c := range s.All() {
		if g := figures.Group(c.Area); g != t.group {
			if err := t.close(); err != nil {
				return err
			}
			t.group, t.sums = g, map[sumKey]*sum{}
		}
		t.add(c)
	}
	return t.close()
}

// sumKey is one cell that others must add up to.
type sumKey struct {
	rule, offence, area string
	period              figures.Period
}

type sum struct {
	whole  int64
	parts  int64
	found  bool // the whole has a cell with a number
	months int
}

type totals struct {
	name  string
	group string
	sums  map[sumKey]*sum
}

func (t *totals) at(rule, offence, area string, p figures.Period) *sum {
	k := sumKey{rule, offence, area, p}
	if t.sums[k] == nil {
		t.sums[k] = &sum{}
	}
	return t.sums[k]
}

func (t *totals) add(c figures.Cell) {
	if !c.Status.Known() || strings.Contains(c.Offence, "#") {
		return
	}
	whole := func(s *sum) { s.whole, s.found = c.Value, true }
	if o := t.at("offences", total, c.Area, c.Period); c.Offence == total {
		whole(o)
	} else {
		o.parts += c.Value
	}
	switch figures.LevelOf(c.Area) {
	case figures.Municipality:
		whole(t.at("wijken", c.Offence, c.Area, c.Period))
		whole(t.at("buurten", c.Offence, c.Area, c.Period))
	case figures.District:
		t.at("wijken", c.Offence, t.group, c.Period).parts += c.Value
	case figures.Neighbourhood:
		t.at("buurten", c.Offence, t.group, c.Period).parts += c.Value
	}
	switch c.Period.Kind() {
	case figures.Year:
		whole(t.at("months", c.Offence, c.Area, c.Period))
	case figures.Month:
		m := t.at("months", c.Offence, c.Area, figures.YearOf(c.Period.Year()))
		m.parts += c.Value
		m.months++
	}
}

// close judges the sums of a group. Of several contradictions it names the one
// that stands first, so that the same file always gets the same answer.
func (t *totals) close() error {
	var worst *sumKey
	for k, s := range t.sums {
		wrong := s.found && s.parts > s.whole
		if k.rule == "months" {
			wrong = s.found && s.months == 12 && s.parts != s.whole
		}
		if wrong && (worst == nil || before(k, *worst)) {
			worst = &k
		}
	}
	if worst == nil {
		return nil
	}
	s := t.sums[*worst]
	return fault.New(fault.Invalid, "figures.import.totals."+worst.rule, "file", t.name,
		"offence", worst.offence, "area", worst.area, "period", worst.period.String(), "whole", s.whole, "parts", s.parts)
}

func before(a, b sumKey) bool {
	switch {
	case a.area != b.area:
		return a.area < b.area
	case a.offence != b.offence:
		return a.offence < b.offence
	case a.period != b.period:
		return a.period < b.period
	}
	return a.rule < b.rule
}
