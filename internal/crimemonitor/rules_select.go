package crimemonitor

import (
	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// CheckSum refuses to add what overlaps: the total with its parts, an area with an
// area inside it, a year with its months. A public project once published figures
// that were twice too high for this reason. The faults are
// crimemonitor.sum.total, .areas and .periods, each naming the two.
func CheckSum(offences, areas []string, periods []figures.Period) error {
	if len(offences) > 1 {
		for _, code := range offences {
			if code == Total {
				return fault.New(fault.Invalid, "crimemonitor.sum.total")
			}
		}
	}
	for i, a := range areas {
		for j, b := range areas {
			if i != j && figures.Within(a, b) {
				return fault.New(fault.Invalid, "crimemonitor.sum.areas", "inner", a, "outer", b)
			}
		}
	}
	for i, p := range periods {
		for j, q := range periods {
			if i != j && q.Contains(p) {
				return fault.New(fault.Invalid, "crimemonitor.sum.periods", "inner", p.String(), "outer", q.String())
			}
		}
	}
	return nil
}

// NotPublished is the part of a total that the police publish under no code: the
// total less all published parts. It is a figure of its own and never "other".
// ok is false when a part is missing or the parts exceed the total, because the
// rest would then mean something else.
func NotPublished(total figures.Value, parts []figures.Value) (rest int64, ok bool) {
	rest = total.Value
	for _, p := range parts {
		if p.Status == figures.Unknown {
			return 0, false
		}
		if p.Status.Known() {
			rest -= p.Value
		}
	}
	return rest, total.Status.Known() && rest >= 0
}

// Provisional reports whether a figure must be marked as provisional: its source
// says so, or it is the newest month of its table, which the police complete in
// the weeks after, or the year that month lies in.
func Provisional(p figures.Period, s figures.Status, newestMonth figures.Period) bool {
	if s == figures.Provisional {
		return true
	}
	return s == figures.Published && newestMonth != 0 && (p == newestMonth || p.Kind() == figures.Year && p.Contains(newestMonth) && newestMonth.Part() < 12)
}
