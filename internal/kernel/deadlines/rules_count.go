package deadlines

import (
	"strconv"
	"time"

	"baken/internal/fault"
)

// after counts forward: the day of the event is day 0 (law.md 1.2).
func (c *Calendar) after(a *Answer, q *Question) error {
	r, from := a.Rule, q.Start.Day
	nominal := from.add(r.Length, r.Unit)
	a.Nominal, a.End = OnDay(nominal), OnDay(nominal)
	if r.ID == "AWB-7.10.3" {
		// With a committee the whole term is eighteen weeks. Whether the Atw still
		// protects its end is not settled; the municipality keeps the earlier day.
		committee, _, err := yes(q.Params, "committee")
		if err != nil {
			return err
		}
		if committee {
			a.Atw = false
			c.doubtProtection(a, from, nominal)
			return nil
		}
	}
	if a.Atw {
		a.End = OnDay(c.protected(a, from, nominal))
	}
	return nil
}

// before counts back. The Atw never applies (Atw 1 lid 2), so a weekend moves
// nothing.
func (c *Calendar) before(a *Answer) error {
	r := a.Rule
	if r.Unit == Hours {
		if a.Start.At.IsZero() {
			return a.needsMoment()
		}
		a.Nominal = AtMoment(a.Start.At.Add(-time.Duration(r.Length) * time.Hour))
		a.End = a.Nominal
		return nil
	}
	end := a.Start.Day.add(-r.Length, r.Unit)
	if r.Mark == Disputed {
		// "Until ten days before": the tenth or the eleventh day before (law.md 2.4).
		a.Disputed = &Reading{End: OnDay(end), Safe: end - 1, Why: Note{Code: "term.disputed.until-days-before"}}
		end--
	}
	a.Nominal, a.End = OnDay(end), OnDay(end)
	return nil
}

// elapsed counts hours that pass, whatever the clocks do (Atw 4 a).
func (c *Calendar) elapsed(a *Answer) error {
	r := a.Rule
	a.Atw = false
	if a.Start.At.IsZero() {
		if r.ID != "G151c.r" {
			return a.needsMoment()
		}
		// Images of a day of which the hour is not known: the day 28 days later, on
		// which they must go as early as the first were made.
		a.Nominal, a.End = OnDay(a.Start.Day+28), OnDay(a.Start.Day+28)
		a.warn("term.warn.images-hour-unknown")
		return nil
	}
	a.Nominal = AtMoment(a.Start.At.Add(time.Duration(r.Length) * time.Hour))
	a.End = a.Nominal
	return nil
}

// clock counts days on the clock: the end is at the same time of day (law.md 3.4).
func (c *Calendar) clock(a *Answer, q *Question) error {
	if extended, _, err := yes(q.Params, "extended"); err != nil {
		return err
	} else if extended {
		a.length = 28 // at most four weeks from the start, in total
	}
	if a.Start.At.IsZero() {
		// The day is certain; the time of day is that of the start.
		end := a.Start.Day + Day(a.length)
		a.Nominal, a.End = OnDay(end), OnDay(end)
		a.warn("term.warn.same-time")
		return nil
	}
	at, exact := daysOnClock(a.Start.At, a.length)
	a.Nominal, a.End = AtMoment(at), AtMoment(at)
	if !exact {
		a.warn("term.warn.clock-change", "end", a.End)
	}
	return nil
}

// given counts a length that stands in a decision, a policy rule or an ordinance.
func (c *Calendar) given(a *Answer, q *Question) error {
	n, unit, err := length(q.Params)
	if err != nil {
		return err
	}
	a.length, a.unit = n, unit
	if unit == Hours {
		a.Atw = false
		if a.Start.At.IsZero() {
			return a.needsMoment()
		}
		a.Nominal = AtMoment(a.Start.At.Add(time.Duration(n) * time.Hour))
		a.End = a.Nominal
		return nil
	}
	a.Atw = a.Atw && short(n, unit)
	nominal := a.Start.Day.add(n, unit)
	a.Nominal, a.End = OnDay(nominal), OnDay(nominal)
	if a.Atw {
		a.End = OnDay(c.protected(a, a.Start.Day, nominal))
	}
	return nil
}

// short says whether a term by law or ordinance is inside the Atw: up to 90 days,
// twelve weeks or three months (Atw 4 a).
func short(n int, u Unit) bool {
	return u == Days && n <= 90 || u == Weeks && n <= 12 || u == Months && n <= 3
}

// objection is the term to decide on an objection (Awb 7:10): it runs from the day
// after the objection term ended, and that end is the shifted one.
func (c *Calendar) objection(a *Answer, q *Question) error {
	published := q.Start.Day
	nominal := published + 6*7
	end := c.protected(a, published, nominal)
	return c.stretch(a, end, q.Params)
}

// stretch is a term that can be suspended and adjourned. The suspension adds its
// days to the nominal end, then the Atw (law.md 2.1); the adjournment is counted
// from the nominal end, the safe reading; a term of more than twelve weeks in all
// is not moved, the safe reading too (law.md 2.4).
func (c *Calendar) stretch(a *Answer, from Day, params map[string]string) error {
	suspended, err := number(params, "suspended-days", 3660)
	if err != nil {
		return err
	}
	most := 6
	if a.Rule.ID == "AWB-4.13" {
		most = 520 // 4:14 names no limit but "as short as possible"
	}
	weeks, err := number(params, "adjourn-weeks", 520)
	if err != nil {
		return err
	}
	if weeks > most {
		return fault.New(fault.Invalid, "term.adjourn-too-long", "article", a.adjournment(), "weeks", strconv.Itoa(weeks), "most", strconv.Itoa(most))
	}
	committee, _, err := yes(params, "committee")
	if err != nil {
		return err
	}
	notice, told, err := yes(params, "committee-notice")
	if err != nil {
		return err
	}
	if a.Rule.How == Objection {
		switch {
		case committee && notice:
			a.length = 12
		case committee && told:
			a.warn("term.warn.no-committee-notice")
		case committee:
			a.warn("term.warn.committee-notice-unknown")
		}
	}
	nominal := from + Day(7*a.length)
	a.Nominal = OnDay(nominal)
	end := nominal
	if suspended > 0 {
		a.move(end, end+Day(suspended), a.suspension(), Note{"term.shift.suspended", []any{"n", suspended}})
		end += Day(suspended)
	}
	if weeks == 0 {
		a.End = OnDay(c.protected(a, from, end))
		return nil
	}
	running := c.Next(end)
	a.move(end, end+Day(7*weeks), a.adjournment(), Note{"term.shift.adjourned", []any{"n", weeks}})
	adjourned := end + Day(7*weeks)
	if a.length+weeks > 12 {
		a.Atw = false
		a.End = OnDay(adjourned)
		c.doubtProtection(a, from, adjourned)
	} else {
		a.End = OnDay(c.protected(a, from, adjourned))
	}
	if other := c.Next(running + Day(7*weeks)); running != end && other != a.End.Day {
		a.Disputed = &Reading{End: OnDay(other), Safe: a.End.Day, Why: Note{Code: "term.disputed.adjourned-from"}}
	}
	return nil
}

// doubtProtection shows what the end would be if the Atw did protect it.
func (c *Calendar) doubtProtection(a *Answer, from, nominal Day) {
	if _, other := c.protect(from, nominal); other != nominal {
		a.Disputed = &Reading{End: OnDay(other), Safe: nominal, Why: Note{Code: "term.disputed.over-twelve-weeks"}}
	}
}

func (a *Answer) suspension() string {
	if a.Rule.How == Objection {
		return "Awb 7:10 lid 2"
	}
	return "Awb 4:15"
}

func (a *Answer) adjournment() string {
	switch a.Rule.ID {
	case "AWB-7.10.1":
		return "Awb 7:10 lid 3"
	case "AWB-8.66":
		return "Awb 8:66 lid 2"
	}
	return "Awb 4:14 lid 3"
}

// chain is an order of months that can be extended, each time from the end of the
// last (Gemeentewet 172a lid 6 a: three times).
func (c *Calendar) chain(a *Answer, q *Question) error {
	const most = 3
	times, err := number(q.Params, "extensions", 100)
	if err != nil {
		return err
	}
	if times > most {
		return fault.New(fault.Invalid, "term.too-many-extensions", "article", a.Rule.Article, "times", strconv.Itoa(times), "most", strconv.Itoa(most))
	}
	end := a.Start.Day.AddMonths(a.length)
	a.Nominal = OnDay(end)
	for n := 1; n <= times; n++ {
		next := end.AddMonths(a.length)
		a.move(end, next, a.Rule.Article, Note{"term.shift.extended", []any{"n", n}})
		end = next
	}
	a.End = OnDay(end)
	if whole := a.Start.Day.AddMonths(a.length * (1 + times)); whole != end {
		a.Disputed = &Reading{End: OnDay(whole), Safe: end, Why: Note{Code: "term.disputed.months-chained"}}
	}
	return nil
}

func (a *Answer) needsMoment() error {
	return fault.New(fault.Invalid, "term.moment-needed", "id", a.Rule.ID, "article", a.Rule.Article)
}
