package sluiting

import "baken/internal/kernel/deadlines"

// amounts are what was found, in milligrams, units and plants.
type amounts struct{ milli, units, plants int }

func (f Find) amounts() amounts {
	hard, _ := gram(f.HardGram)
	soft, _ := gram(f.SoftGram)
	if f.class() == "hard" {
		return amounts{milli: hard, units: f.HardUnits}
	}
	return amounts{milli: soft, plants: f.Plants}
}

// exceeded says whether one of the measures of an amount was exceeded.
func (o *Above) exceeded(a amounts) bool {
	return o == nil || o.Gram != nil && a.milli > milligrams(*o.Gram) || o.Units != nil && a.units > *o.Units || o.Plants != nil && a.plants > *o.Plants
}

// heavier orders the amounts of cells of one combination.
func (o *Above) heavier(than *Above) bool {
	size := func(o *Above) float64 {
		switch {
		case o == nil:
			return -1
		case o.Gram != nil:
			return *o.Gram
		case o.Plants != nil:
			return float64(*o.Plants)
		case o.Units != nil:
			return float64(*o.Units)
		}
		return -1
	}
	return size(o) > size(than)
}

// cell is the cell that applies: the largest amount that was exceeded, or the smallest
// there is when trade was proven in another way than by the amount. A third or later
// occasion has the last cell.
func (p Policy) cell(object, class, ground string, earlier int, a amounts) Cell {
	last := 0
	for _, c := range p.Cells {
		if c.Object == object && c.Class == class && c.Ground == ground {
			last = max(last, c.Occasion)
		}
	}
	occasion := min(max(earlier, 0)+1, last)
	var most, least Cell
	for _, c := range p.Cells {
		if c.Object != object || c.Class != class || c.Ground != ground || c.Occasion != occasion {
			continue
		}
		if least.Code == "" || least.Over.heavier(c.Over) {
			least = c
		}
		if c.Over.exceeded(a) && (most.Code == "" || c.Over.heavier(most.Over)) {
			most = c
		}
	}
	if most.Code == "" {
		return least
	}
	return most
}

// Policy is the version of the rules for the day of the decision: of signing when it was
// signed, else of today.
func (r Sluiting) Policy(today deadlines.Day) Policy {
	if r.Signed != nil {
		return r.Policies.On(r.Signed.On)
	}
	return r.Policies.On(today)
}

// cell is the cell of the matrix for this case on a day; empty before the power was
// looked into.
func (r Sluiting) cell(today deadlines.Day) Cell {
	p := r.Policy(today)
	switch {
	case r.Report == nil:
	case r.Find != nil:
		return p.cell(r.Report.Object, r.Find.class(), "", r.Find.Earlier, r.Find.amounts())
	case r.Disturbance != nil:
		return p.cell("", "", r.Disturbance.Ground, r.Disturbance.Earlier, amounts{})
	}
	return Cell{}
}

// span is the length of a closure. Months and weeks stay distinct: three months is
// neither twelve nor thirteen weeks.
type span struct {
	n    int
	unit string
}

func (c Cell) span() span {
	if c.Weeks > 0 {
		return span{c.Weeks, "weeks"}
	}
	return span{c.Months, "months"}
}

// on is the end of a span that began on a day.
func (s span) on(d deadlines.Day) deadlines.Day {
	if s.unit == "weeks" {
		return d + deadlines.Day(7*s.n)
	}
	return d.AddMonths(s.n)
}

// longer compares by the days that two spans take from a day on.
func (s span) longer(than span, from deadlines.Day) bool { return s.on(from) > than.on(from) }

// deviates names how a draft differs from its cell, a code without prefix: each asks for
// the special circumstances that make following the policy rule out of proportion (Awb
// 4:84). Empty when it follows the cell.
func deviates(d Draft, c Cell, today deadlines.Day) string {
	drafted := span{d.Length, d.Unit}
	switch {
	case d.Outcome == "closure" && c.Outcome == "warning":
		return "warning-first"
	case d.Outcome == "warning" && c.Outcome == "closure":
		return "lighter-than-matrix"
	case d.Outcome == "warning":
		return ""
	case drafted.longer(c.span(), today):
		return "longer-than-matrix"
	case drafted != c.span():
		return "other-than-matrix"
	}
	return ""
}
