package dwangsom

import (
	"slices"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
)

// Sum is one forfeited dwangsom. Each has its own limitation (ABRvS 10-5-2017, AB
// 2017/258).
type Sum struct {
	Number     int
	On         deadlines.Day // forfeited, by law
	Limit      deadlines.Day // from where the limitation counts: the earlier reading where two exist
	Cents      int
	Inspection int  // that proves it
	Decision   int  // that recovers it; 0 for none yet
	Void       bool // the order was annulled
}

// forfeited gives the sums that an inspection proves, on top of those that were
// found before, or the code of what stands in the way.
//
// A continuing breach forfeits by law at the end of the compliance term, not at the
// inspection that proves it (ECLI:NL:RVS:2018:653). Per time unit the first sum
// needs a first full unit (ECLI:NL:RVS:2015:3532). Per breach each breach on its
// day. All up to the maximum (5:32b lid 2).
func forfeited(r Dwangsom, number int) ([]Sum, string) {
	if number < 1 || number > len(r.Inspections) {
		return nil, "no-such-inspection"
	}
	seen := r.Inspections[number-1]
	day := seen.At.Day
	left := r.Draft.Maximum - total(r.Sums)
	switch {
	case seen.Result != "breach":
		return nil, "no-breach"
	case r.Compliance != deadlines.NoDay && day <= r.Compliance:
		return nil, "before-compliance-end"
	case r.Compliance == deadlines.NoDay && day < r.Publication.On:
		return nil, "before-publication"
	case r.suspendedOn(day):
		return nil, "suspended"
	case left <= 0:
		return nil, "maximum-reached"
	}
	next := len(r.Sums) + 1
	amount := min(r.Draft.Amount, left)
	switch r.Draft.Per {
	case Lump:
		if len(r.Sums) > 0 {
			return nil, "maximum-reached"
		}
		// Whether the day is the last of the term or the one after depends on its
		// wording; for the limitation the earlier reading is safe (law.md 6.2).
		on, limit := day, day
		if r.Compliance != deadlines.NoDay {
			if r.suspendedOn(r.Compliance + 1) {
				return nil, "suspended" // when the term then ends is for a lawyer to say
			}
			on, limit = r.Compliance+1, r.Compliance
		}
		return []Sum{{Number: next, On: on, Limit: limit, Cents: amount, Inspection: number}}, ""
	case PerBreach:
		if slices.ContainsFunc(r.Sums, func(s Sum) bool { return s.Inspection == number }) {
			return nil, "counted"
		}
		return []Sum{{Number: next, On: day, Limit: day, Cents: amount, Inspection: number}}, ""
	}
	out := perUnit(r, number, left, next)
	if len(out) == 0 {
		return nil, "no-full-unit"
	}
	return out, ""
}

// perUnit counts the full units that ended up to the inspection, in which the
// breach is known to have lasted: from the end of the compliance term, or, when an
// inspection found compliance meanwhile, from the breach that was seen after it.
func perUnit(r Dwangsom, number, left, next int) []Sum {
	day := r.Inspections[number-1].At.Day
	known := r.Compliance
	for _, i := range r.Inspections[:number-1] {
		if i.Result == "complied" && i.At.Day > r.Compliance {
			known = deadlines.NoDay
		}
		if i.Result == "breach" && known == deadlines.NoDay {
			known = i.At.Day
		}
	}
	if known == deadlines.NoDay {
		known = day // the first breach seen after compliance: no full unit yet
	}
	var out []Sum
	for k := 1; left > 0; k++ {
		begin, end := addUnits(r.Compliance, k-1, r.Draft.Unit), addUnits(r.Compliance, k, r.Draft.Unit)
		if end > day {
			break
		}
		if begin < known || r.suspendedBetween(begin+1, end) || slices.ContainsFunc(r.Sums, func(s Sum) bool { return s.On == end }) {
			continue
		}
		cents := min(r.Draft.Amount, left)
		left -= cents
		out = append(out, Sum{Number: next + len(out), On: end, Limit: end, Cents: cents, Inspection: number})
	}
	return out
}

func addUnits(d deadlines.Day, k int, unit string) deadlines.Day {
	switch unit {
	case "week":
		return d + deadlines.Day(7*k)
	case "month":
		return d.AddMonths(k)
	}
	return d + deadlines.Day(k)
}

func total(sums []Sum) int {
	n := 0
	for _, s := range sums {
		if !s.Void {
			n += s.Cents
		}
	}
	return n
}

// Forfeited is what was forfeited in all, in cents.
func (r Dwangsom) Forfeited() int { return total(r.Sums) }

// Outstanding is what is forfeited and not paid or set off, in cents.
func (r Dwangsom) Outstanding() int {
	n := total(r.Sums)
	for _, p := range r.Payments {
		n -= p.Amount
	}
	for _, p := range r.SetOffs {
		n -= p.Amount
	}
	for _, d := range r.Decisions {
		n -= d.Waived
	}
	return max(n, 0)
}

// undecided are the sums of which no recovery decision was taken.
func (r Dwangsom) undecided() []Sum {
	var out []Sum
	for _, s := range r.Sums {
		if s.Decision == 0 && !s.Void {
			out = append(out, s)
		}
	}
	return out
}

// suspendedOn says whether the order was suspended on a day by the judge of interim
// relief, or on request (5:34 lid 1).
func (r Dwangsom) suspendedOn(d deadlines.Day) bool {
	for _, x := range r.Reliefs {
		if x.Against == "order" && x.Outcome == "suspended" && d >= x.RuledOn && (x.Until == deadlines.NoDay || d <= x.Until) {
			return true
		}
	}
	for _, q := range r.Requests {
		if q.Kind == "suspend" && q.Outcome == "granted" && d >= q.DecidedOn && (q.Until == deadlines.NoDay || d <= q.Until) {
			return true
		}
	}
	return false
}

// suspendedBetween says whether the order was suspended on one of these days: a unit
// of which a part was suspended is not full.
func (r Dwangsom) suspendedBetween(from, to deadlines.Day) bool {
	for d := from; d <= to; d++ {
		if r.suspendedOn(d) {
			return true
		}
	}
	return false
}

// limitation answers until when a sum can be interrupted, with all that happened to
// it (5:35, 5:37a, 4:105 to 4:111).
func (r Dwangsom) limitation(c *deadlines.Calendar, s Sum) (deadlines.Answer, error) {
	return c.Answer(r.limitationOf(c, s))
}

func (r Dwangsom) limitationOf(c *deadlines.Calendar, s Sum) deadlines.Question {
	q := deadlines.Question{ID: "LOD-5.35", Start: deadlines.OnDay(s.Limit)}
	add := func(kind string, from, until deadlines.Day) {
		q.Events = append(q.Events, deadlines.Event{Date: from, Kind: kind, Until: until})
	}
	interrupt := func(kind string, on deadlines.Day) {
		if on >= s.Limit {
			add(kind, on, deadlines.NoDay)
		}
	}
	if s.Decision > 0 {
		interrupt("invorderingsbeschikking", r.Decisions[s.Decision-1].On)
		for _, m := range r.Reminders {
			interrupt("aanmaning", m.Sent)
		}
		for _, w := range r.Warrants {
			interrupt("dwangbevel", w.On)
		}
		for _, p := range r.SetOffs {
			interrupt("verrekening", p.On)
		}
	}
	for _, e := range r.Events {
		if e.Until != deadlines.NoDay || deferring(e.Kind) {
			add(e.Kind, e.Date, e.Until)
		} else {
			interrupt(e.Kind, e.Date)
		}
	}
	for _, d := range r.Deferments {
		add("uitstel", d.From, d.Until)
	}
	for _, x := range r.Reliefs {
		if x.Against == "recovery" && x.Outcome == "suspended" {
			add("schorsing", x.RuledOn, x.Until)
		}
	}
	for _, o := range r.Objections {
		if o.Against == "order" {
			add("bezwaar", o.Received, deadlines.NoDay)
			break
		}
	}
	if d := r.orderIrrevocable(c); d != deadlines.NoDay {
		add("onherroepelijk", d, deadlines.NoDay)
	}
	for _, t := range r.Requests {
		if t.Kind == "recover" {
			add("verzoek-derde", t.Received, deadlines.NoDay)
			if t.DecidedOn != deadlines.NoDay && t.Outcome != "granted" {
				// Until the remedies against the refusal lapse unused (5:37a lid 3).
				if end := endOf(c, "AWB-6.7", t.DecidedOn); end != deadlines.NoDay {
					add("verzoek-derde-onherroepelijk", end, deadlines.NoDay)
				}
			}
			break
		}
	}
	return q
}

func deferring(kind string) bool {
	return slices.Contains([]string{"surseance", "faillissement", "wsnp", "schorsing-dwangbevel"}, kind)
}

// orderIrrevocable is the day on which the remedies against the order ended, or
// NoDay while one is pending or there was none. A term that runs after a decision
// counts as ended on its last day, unless an appeal was lodged.
func (r Dwangsom) orderIrrevocable(c *deadlines.Calendar) deadlines.Day {
	out := deadlines.NoDay
	for i, o := range r.Objections {
		if o.Against != "order" {
			continue
		}
		if o.DecidedOn == deadlines.NoDay {
			return deadlines.NoDay
		}
		end := endOf(c, "AWB-6.7", o.DecidedOn)
		if o.Outcome == "withdrawn" {
			end = o.DecidedOn
		}
		for _, a := range r.Appeals {
			if a.Objection != i+1 {
				continue
			}
			switch {
			case a.JudgedOn == deadlines.NoDay:
				return deadlines.NoDay
			case a.Court == "afdeling":
				end = a.JudgedOn
			default:
				end = endOf(c, "AWB-8.104", a.JudgedOn)
			}
		}
		out = max(out, end)
	}
	return out
}

// endOf is the last day of a term, NoDay when it has none.
func endOf(c *deadlines.Calendar, id string, from deadlines.Day) deadlines.Day {
	a, err := c.Answer(deadlines.Question{ID: id, Start: deadlines.OnDay(from)})
	if err != nil {
		return deadlines.NoDay
	}
	return a.End.Day
}

// prescribed lists the numbers of the sums that had lapsed before a day.
func (r Dwangsom) prescribed(c *deadlines.Calendar, sums []Sum, on deadlines.Day) []int {
	var out []int
	for _, s := range sums {
		a, err := r.limitation(c, s)
		if err == nil && a.State != deadlines.OpenEnded && a.End.Day < on {
			out = append(out, s.Number)
		}
	}
	return out
}

// refuse makes a refusal of a code of forfeited.
func refuse(field, code string) error {
	return fault.New(fault.Invalid, "form.invalid").At(field, "dwangsom.forfeit."+code)
}
