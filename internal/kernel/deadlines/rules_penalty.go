package deadlines

import (
	"strconv"
	"strings"

	"baken/internal/fault"
)

// firstDue is the first day of the penalty for a late decision (Awb 4:17 lid 3).
// The two weeks are under the Atw; the 42 days are not. The usual reading makes
// the day after the two weeks the first; a literal one the last day of them, and
// that is the day to act by (law.md 2.2).
func (c *Calendar) firstDue(a *Answer, q *Question) error {
	notice := q.Start.Day
	if s, ok := q.Params["term-end"]; ok {
		ended, err := ParseDay(s)
		if err != nil {
			return err
		}
		if notice <= ended {
			return fault.New(fault.Invalid, "term.notice-premature", "notice", notice, "ended", ended)
		}
	} else {
		a.warn("term.warn.term-end-not-given")
	}
	nominal := notice + 14
	a.Nominal = OnDay(nominal)
	passed := c.protected(a, notice, nominal)
	a.End = OnDay(passed + 1)
	a.Disputed = &Reading{End: OnDay(passed), Safe: passed, Why: Note{Code: "term.disputed.two-weeks-passed"}}
	a.penalty(passed+1, notice)
	return nil
}

// running is the 42 days themselves, the first of them the start.
func (c *Calendar) running(a *Answer, q *Question) error {
	first := q.Start.Day
	notice := first - 15
	if s, ok := q.Params["notice"]; ok {
		var err error
		if notice, err = ParseDay(s); err != nil {
			return err
		}
		if notice >= first {
			return fault.New(fault.Invalid, "term.notice-after-first-day", "notice", notice, "first", first)
		}
	}
	a.Nominal, a.End = OnDay(first+41), OnDay(first+41)
	a.penalty(first, notice)
	return nil
}

// penalty lists the amounts of the 42 days (Awb 4:17 lid 2); the day on which the
// notice was received decides which.
func (a *Answer) penalty(first, notice Day) {
	daily := dailyPenalties[0]
	for _, d := range dailyPenalties {
		if notice >= d.from {
			daily = d
		}
	}
	if daily.mark == Unverified {
		a.warn("term.warn.amounts-unverified")
	}
	total := 0
	for i, cents := range daily.cents {
		total += 14 * cents
		from := first + Day(14*i)
		a.Sums = append(a.Sums, Sum{From: from, To: from + 13, Cents: cents, Total: total})
	}
}

// perUnit lists the sums that an order per time unit forfeits: the first only after
// the first full unit after the compliance term (ECLI:NL:RVS:2015:3532), then each
// unit until the maximum. Each sum has its own limitation (law.md 6.2).
func (c *Calendar) perUnit(a *Answer, q *Question) error {
	if u, ok := q.Params["unit"]; ok {
		_, unit, err := length(map[string]string{"length": "1", "unit": u})
		if err != nil || unit == Hours || unit == Years {
			return fault.New(fault.Invalid, "term.bad-sum-unit", "value", u)
		}
		a.unit = unit
	}
	amount, err := cents(q.Params, "amount")
	if err != nil {
		return err
	}
	maximum, err := cents(q.Params, "maximum")
	if err != nil {
		return err
	}
	sums, err := Forfeitures(q.Start.Day, a.unit, amount, maximum)
	if err != nil {
		return err
	}
	a.Sums = sums
	a.Nominal, a.End = OnDay(sums[0].From), OnDay(sums[0].From)
	return nil
}

// Forfeitures lists every sum that an order per time unit forfeits when the breach
// goes on: complied is the last day of the compliance term, amounts in cents. The
// last sum is cut to the maximum. A maximum below the amount is refused (5:32b).
func Forfeitures(complied Day, unit Unit, amount, maximum int) ([]Sum, error) {
	if amount <= 0 {
		return nil, fault.New(fault.Invalid, "term.bad-amount", "name", "amount", "value", strconv.Itoa(amount))
	}
	if maximum < amount {
		return nil, fault.New(fault.Invalid, "term.maximum-below-amount", "amount", euro(amount), "maximum", euro(maximum))
	}
	if maximum/amount > 1000 {
		return nil, fault.New(fault.Invalid, "term.too-many-sums", "amount", euro(amount), "maximum", euro(maximum))
	}
	var out []Sum
	for k, total := 1, 0; total < maximum; k++ {
		each := min(amount, maximum-total)
		total += each
		d := complied.add(k, unit)
		out = append(out, Sum{From: d, To: d, Cents: each, Total: total, Lapses: d.AddYears(1)})
	}
	return out, nil
}

// cents reads an amount in euros, with a point or comma before the cents.
func cents(params map[string]string, name string) (int, error) {
	s, ok := params[name]
	if !ok {
		return 0, fault.New(fault.Invalid, "term.amount-needed", "name", name)
	}
	bad := fault.New(fault.Invalid, "term.bad-amount", "name", name, "value", s)
	whole, part, _ := strings.Cut(strings.Replace(strings.TrimSpace(s), ",", ".", 1), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 10_000_000 || len(part) > 2 || strings.HasPrefix(whole, "+") {
		return 0, bad
	}
	for len(part) < 2 {
		part += "0"
	}
	c, err := strconv.ParseUint(part, 10, 8)
	if err != nil || n == 0 && c == 0 {
		return 0, bad
	}
	return n*100 + int(c), nil
}

func euro(cents int) string {
	return strconv.Itoa(cents/100) + "," + strconv.Itoa(cents/10%10) + strconv.Itoa(cents%10)
}
