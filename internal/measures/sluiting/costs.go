package sluiting

import (
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
)

// Costs is the decision that fixes what the closing cost (Awb 5:25 lid 6). Amounts in
// cents. They are the offender's unless that is unreasonable (lid 1), and only when the
// order said so (lid 2).
type Costs struct {
	On         deadlines.Day `ask:"day"` // of the Bekendmaking
	Items      []string      `ask:"lines"`
	Amount     int           `ask:"euro"`
	Reasonable string        `ask:"text"` // why it is reasonable to lay them on the offender
	Proof      string        `ask:"line"`
	Letter     string        `ask:"-"`
	Void       bool          `ask:"-"` // the order or this decision was taken away
}

func costsReady(r Sluiting, _ dossier.At) string {
	switch {
	case r.off():
		return "costs-off"
	case len(r.Seals) == 0 || r.Publication == nil:
		return "costs-not-applied"
	case r.Draft.Costs != "offender":
		return "costs-unstated"
	}
	return ""
}

// costsLapse is the last day to fix the costs: five years after the closing.
func (r Sluiting) costsLapse() deadlines.Question {
	return deadlines.Question{ID: "BD-5.25.6", Start: deadlines.OnDay(r.Seals[0].At.Day)}
}

var costs = act("sluiting.costs", dossier.Act[Sluiting, Costs]{
	Check: func(r Sluiting, in Costs, at dossier.At) error {
		if a, err := at.Calendar.Answer(r.costsLapse()); err == nil && in.On > a.End.Day {
			return wrong("On", "costs-lapsed", "end", a.End)
		}
		if in.Amount < 1 {
			return wrong("Amount", "amount-above-zero")
		}
		return dayBetween("On", in.On, r.Seals[0].At.Day, at)
	},
	Happened: func(in Costs) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in Costs, _ dossier.Entry) Sluiting {
		r.Costs = append(slices.Clone(r.Costs), in)
		return r
	},
})

// owed is what the cost decisions that stand ask, less what was paid.
func (r Sluiting) owed() int {
	if r.void() {
		return 0
	}
	sum := 0
	for _, c := range r.Costs {
		if !c.Void {
			sum += c.Amount
		}
	}
	for _, p := range r.Payments {
		sum -= p.Amount
	}
	return max(sum, 0)
}

// lastCosts is the last cost decision that stands.
func (r Sluiting) lastCosts() (Costs, bool) {
	for _, c := range slices.Backward(r.Costs) {
		if !c.Void {
			return c, true
		}
	}
	return Costs{}, false
}

func debtOpen(r Sluiting, _ dossier.At) string {
	switch {
	case len(r.Costs) == 0:
		return "costs-decision"
	case r.owed() == 0:
		return "debt"
	}
	return ""
}

// payBy is the last day to pay (Awb 4:87).
func payBy(c *deadlines.Calendar, x Costs) deadlines.Day {
	a, err := c.Answer(deadlines.Question{ID: "BD-pay", Start: deadlines.OnDay(x.On)})
	if err != nil {
		return deadlines.NoDay
	}
	return a.End.Day
}

// Reminder is an Aanmaning (Awb 4:112): two weeks to pay, with the warning that
// enforcement is at the debtor's cost (lid 3). It interrupts the limitation.
type Reminder struct {
	Sent   deadlines.Day `ask:"day"`
	Warned bool          `ask:"yes"`
}

var remind = act("sluiting.remind", dossier.Act[Sluiting, Reminder]{
	Check: func(r Sluiting, in Reminder, at dossier.At) error {
		last, _ := r.lastCosts()
		if end := payBy(at.Calendar, last); in.Sent <= end {
			return wrong("Sent", "payment-term-runs", "until", end)
		}
		if !in.Warned {
			return wrong("Warned", "reminder-warning")
		}
		return dayBetween("Sent", in.Sent, last.On, at)
	},
	Happened: func(in Reminder) time.Time { return measures.DayTime(in.Sent) },
	Apply: func(r Sluiting, in Reminder, _ dossier.Entry) Sluiting {
		r.Reminders = append(slices.Clone(r.Reminders), in)
		return r
	},
})

// Payment is money that came in: the day on which our account was credited (4:89 lid 3).
type Payment struct {
	On     deadlines.Day `ask:"day"`
	Amount int           `ask:"euro"`
	Words  string        `ask:"line,optional"`
}

var pay = act("sluiting.pay", dossier.Act[Sluiting, Payment]{
	Check: func(r Sluiting, in Payment, at dossier.At) error {
		if in.Amount < 1 || in.Amount > r.owed() {
			return wrong("Amount", "amount-most", "most", text.Euro(r.owed()))
		}
		return dayBetween("On", in.On, r.Costs[0].On, at)
	},
	Happened: func(in Payment) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in Payment, _ dossier.Entry) Sluiting {
		r.Payments = append(slices.Clone(r.Payments), in)
		return r
	},
})
