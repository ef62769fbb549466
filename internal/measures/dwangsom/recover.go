package dwangsom

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
)

// Inspection is one look at the place: what was seen, when, by whom, with
// photographs. It proves compliance or a breach; what is forfeited follows by law.
type Inspection struct {
	At     deadlines.When `ask:"moment"`
	Result string         `ask:"choice" options:"complied,breach,unclear"`
	Words  string         `ask:"text"`
	Photos []string       `ask:"files,optional"`
	By     string         `ask:"-"`
}

var inspect = act("dwangsom.inspect", dossier.Act[Dwangsom, Inspection]{
	Check: func(r Dwangsom, in Inspection, at dossier.At) error {
		if err := notLater("At", in.At, at); err != nil {
			return err
		}
		if in.At.Day < r.Publication.On {
			return wrong("At", "before", "least", r.Publication.On)
		}
		if n := len(r.Inspections); n > 0 && moment(in.At).Before(moment(r.Inspections[n-1].At)) {
			return wrong("At", "inspection-order", "last", r.Inspections[n-1].At)
		}
		return nil
	},
	Happened: func(in Inspection) time.Time { return moment(in.At) },
	Apply: func(r Dwangsom, in Inspection, e dossier.Entry) Dwangsom {
		in.By = e.Actor
		r.Inspections = append(r.Inspections, in)
		return r
	},
})

// Forfeit finds what an inspection proves to be forfeited. The amounts are computed.
type Forfeit struct {
	Inspection int `ask:"inspection"`
}

func breachSeen(r Dwangsom, at dossier.At) string {
	if r.Compliance != deadlines.NoDay && at.Today <= r.Compliance {
		return "compliance-runs"
	}
	if !slices.ContainsFunc(r.Inspections, func(i Inspection) bool { return i.Result == "breach" }) {
		return "breach"
	}
	return ""
}

var forfeit = act("dwangsom.forfeit", dossier.Act[Dwangsom, Forfeit]{
	Check: func(r Dwangsom, in Forfeit, _ dossier.At) error {
		if _, code := forfeited(r, in.Inspection); code != "" {
			return refuse("Inspection", code)
		}
		return nil
	},
	Apply: func(r Dwangsom, in Forfeit, _ dossier.Entry) Dwangsom {
		sums, _ := forfeited(r, in.Inspection)
		r.Sums = append(slices.Clone(r.Sums), sums...)
		return r
	},
})

// IntendRecovery is the letter that says that the sums will be recovered, with a
// term for a Zienswijze (ECLI:NL:RVS:2018:2956).
type IntendRecovery struct {
	Sent     deadlines.Day `ask:"day"`
	ViewDays int           `ask:"count"`
}

func sumsOpen(r Dwangsom, _ dossier.At) string {
	if len(r.undecided()) == 0 {
		return "sums"
	}
	return ""
}

var intendRecovery = act("dwangsom.intend-recovery", dossier.Act[Dwangsom, IntendRecovery]{
	Check: func(r Dwangsom, in IntendRecovery, at dossier.At) error {
		if in.ViewDays < 1 {
			return wrong("ViewDays", "view-days")
		}
		return dayBetween("Sent", in.Sent, r.undecided()[0].On, at.Today)
	},
	Happened: func(in IntendRecovery) time.Time { return dayTime(in.Sent) },
	Apply: func(r Dwangsom, in IntendRecovery, _ dossier.Entry) Dwangsom {
		r.RecoveryIntention, r.RecoveryViewUntil, r.RecoveryView = in.Sent, in.Sent+deadlines.Day(in.ViewDays), nil
		return r
	},
})

func recoveryIntended(r Dwangsom, _ dossier.At) string {
	if r.RecoveryIntention == deadlines.NoDay {
		return "recovery-intention"
	}
	return ""
}

var viewRecovery = act("dwangsom.view-recovery", dossier.Act[Dwangsom, View]{
	Check: func(r Dwangsom, in View, at dossier.At) error {
		if in.How == "none" && at.Today <= r.RecoveryViewUntil {
			return wrong("How", "view-term-runs", "until", r.RecoveryViewUntil)
		}
		return dayBetween("Received", in.Received, r.RecoveryIntention, at.Today)
	},
	Happened: func(in View) time.Time { return dayTime(in.Received) },
	Apply: func(r Dwangsom, in View, _ dossier.Entry) Dwangsom {
		r.RecoveryView = &in
		return r
	},
})

// Decision is an Invorderingsbeschikking (Awb 5:37): all sums without one, by the
// duty to recover; less only for special circumstances (law.md 6.5).
type Decision struct {
	On      deadlines.Day `ask:"day"` // of the Bekendmaking
	Amount  int           `ask:"euro"`
	Special string        `ask:"text"` // whether special circumstances ask for less
	Proof   string        `ask:"line"`
	Waived  int           `ask:"-"`
	Sums    []int         `ask:"-"`
	View    *View         `ask:"-"` // the Zienswijze that it answers
}

func recoveryHeard(r Dwangsom, at dossier.At) string {
	switch {
	case len(r.undecided()) == 0:
		return "sums"
	case r.RecoveryIntention == deadlines.NoDay:
		return "recovery-intention"
	case r.RecoveryView == nil && at.Today <= r.RecoveryViewUntil:
		return "recovery-view"
	}
	return ""
}

var recoverSums = act("dwangsom.recover", dossier.Act[Dwangsom, Decision]{
	Check: func(r Dwangsom, in Decision, at dossier.At) error {
		if err := dayBetween("On", in.On, r.RecoveryIntention, at.Today); err != nil {
			return err
		}
		open := r.undecided()
		if lapsed := r.prescribed(at.Calendar, open, in.On); len(lapsed) > 0 {
			return wrong("On", "sums-prescribed", "sums", strings.Trim(fmt.Sprint(lapsed), "[]"))
		}
		if in.Amount < 1 || in.Amount > total(open) {
			return wrong("Amount", "amount-most", "most", text.Euro(total(open)))
		}
		return nil
	},
	Happened: func(in Decision) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in Decision, _ dossier.Entry) Dwangsom {
		r.Sums = slices.Clone(r.Sums)
		in.Sums = nil
		open := 0
		for i := range r.Sums {
			if r.Sums[i].Decision == 0 && !r.Sums[i].Void {
				r.Sums[i].Decision = len(r.Decisions) + 1
				in.Sums = append(in.Sums, r.Sums[i].Number)
				open += r.Sums[i].Cents
			}
		}
		in.Waived, in.View = open-in.Amount, r.RecoveryView
		r.Decisions = append(r.Decisions, in)
		r.RecoveryIntention, r.RecoveryViewUntil, r.RecoveryView = deadlines.NoDay, deadlines.NoDay, nil
		return r
	},
})

// Reminder is an Aanmaning (Awb 4:112): two weeks to pay, with the warning that
// enforcement is at the debtor's cost; without it it is no Aanmaning (lid 3).
type Reminder struct {
	Sent   deadlines.Day `ask:"day"`
	Fee    int           `ask:"euro,optional"` // 4:113
	Warned bool          `ask:"yes"`
}

func recoveryDecided(r Dwangsom, _ dossier.At) string {
	switch {
	case len(r.Decisions) == 0:
		return "recovery-decision"
	case r.Outstanding() == 0:
		return "debt"
	}
	return ""
}

var remind = act("dwangsom.remind", dossier.Act[Dwangsom, Reminder]{
	Check: func(r Dwangsom, in Reminder, at dossier.At) error {
		last := r.Decisions[len(r.Decisions)-1]
		if in.Sent < last.On {
			return wrong("Sent", "reminder-before-decision", "decision", last.On)
		}
		if in.Sent > at.Today {
			return wrong("Sent", "in-future")
		}
		for _, s := range r.Sums {
			if end := endOf(at.Calendar, "LOD-5.33", s.On); s.Decision > 0 && in.Sent <= end {
				return wrong("Sent", "payment-term-runs", "until", end)
			}
		}
		if !in.Warned {
			return wrong("Warned", "reminder-warning")
		}
		return nil
	},
	Happened: func(in Reminder) time.Time { return dayTime(in.Sent) },
	Apply: func(r Dwangsom, in Reminder, _ dossier.Entry) Dwangsom {
		r.Reminders = append(r.Reminders, in)
		return r
	},
})

// Warrant is a Dwangbevel, served by writ (Awb 4:114 to 4:123).
type Warrant struct {
	On      deadlines.Day `ask:"day"`
	Bailiff string        `ask:"line"`
}

func reminded(r Dwangsom, at dossier.At) string {
	switch {
	case len(r.Decisions) == 0:
		return "recovery-decision"
	case len(r.Reminders) == 0:
		return "reminder"
	case r.Outstanding() == 0:
		return "debt"
	case at.Today <= endOf(at.Calendar, "GS-4.112.1", r.Reminders[len(r.Reminders)-1].Sent):
		return "reminder-term"
	}
	return ""
}

var enforce = act("dwangsom.enforce", dossier.Act[Dwangsom, Warrant]{
	Check: func(r Dwangsom, in Warrant, at dossier.At) error {
		end := endOf(at.Calendar, "GS-4.112.1", r.Reminders[len(r.Reminders)-1].Sent)
		if in.On <= end {
			return wrong("On", "reminder-term-runs", "until", end)
		}
		if in.On > at.Today {
			return wrong("On", "in-future")
		}
		if lapsed := r.prescribed(at.Calendar, r.Sums, in.On); len(lapsed) > 0 && len(lapsed) == len(r.Sums) {
			return wrong("On", "sums-prescribed", "sums", strings.Trim(fmt.Sprint(lapsed), "[]"))
		}
		return nil
	},
	Happened: func(in Warrant) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in Warrant, _ dossier.Entry) Dwangsom {
		r.Warrants = append(r.Warrants, in)
		return r
	},
})

// Payment is money that came in: the day on which our account was credited (4:89
// lid 3), or a set-off (4:93).
type Payment struct {
	On     deadlines.Day `ask:"day"`
	Amount int           `ask:"euro"`
	Words  string        `ask:"line,optional"`
}

func debtOpen(r Dwangsom, _ dossier.At) string {
	if r.Outstanding() == 0 {
		return "debt"
	}
	return ""
}

func checkPayment(r Dwangsom, in Payment, at dossier.At) error {
	if err := dayBetween("On", in.On, r.Sums[0].On, at.Today); err != nil {
		return err
	}
	if in.Amount < 1 || in.Amount > r.Outstanding() {
		return wrong("Amount", "amount-most", "most", text.Euro(r.Outstanding()))
	}
	return nil
}

var pay = act("dwangsom.pay", dossier.Act[Dwangsom, Payment]{
	Check:    checkPayment,
	Happened: func(in Payment) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in Payment, _ dossier.Entry) Dwangsom {
		r.Payments = append(r.Payments, in)
		return r
	},
})

var setOff = act("dwangsom.set-off", dossier.Act[Dwangsom, Payment]{
	Check: func(r Dwangsom, in Payment, at dossier.At) error {
		if err := checkPayment(r, in, at); err != nil {
			return err
		}
		if last := r.Decisions[len(r.Decisions)-1].On; in.On < last {
			return wrong("On", "before", "least", last)
		}
		return nil
	},
	Happened: func(in Payment) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in Payment, _ dossier.Entry) Dwangsom {
		r.SetOffs = append(r.SetOffs, in)
		return r
	},
})

// Deferment is a decision that payment may wait (4:94). Its length is added to the
// limitation (4:111).
type Deferment struct {
	From  deadlines.Day `ask:"day"`
	Until deadlines.Day `ask:"day"`
	Why   string        `ask:"text"`
}

var deferPayment = act("dwangsom.defer", dossier.Act[Dwangsom, Deferment]{
	Check: func(r Dwangsom, in Deferment, at dossier.At) error {
		if in.Until < in.From {
			return wrong("Until", "before", "least", in.From)
		}
		return dayBetween("From", in.From, r.Sums[0].On, at.Today)
	},
	Happened: func(in Deferment) time.Time { return dayTime(in.From) },
	Apply: func(r Dwangsom, in Deferment, _ dossier.Entry) Dwangsom {
		r.Deferments = append(r.Deferments, in)
		return r
	},
})

// Event is another fact that interrupts or lengthens the limitation.
type Event struct {
	Kind  string        `ask:"choice" options:"erkenning,rechtsvervolging,executie,surseance,faillissement,wsnp,schorsing-dwangbevel"`
	On    deadlines.Day `ask:"day"`
	Until deadlines.Day `ask:"day,optional"`
	Words string        `ask:"text"`
}

var event = act("dwangsom.event", dossier.Act[Dwangsom, Event]{
	Check: func(r Dwangsom, in Event, at dossier.At) error {
		if in.Until != deadlines.NoDay && !deferring(in.Kind) {
			return wrong("Until", "event-is-a-day")
		}
		if in.Until != deadlines.NoDay && in.Until < in.On {
			return wrong("Until", "before", "least", in.On)
		}
		return dayBetween("On", in.On, r.Sums[0].Limit, at.Today)
	},
	Happened: func(in Event) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in Event, _ dossier.Entry) Dwangsom {
		r.Events = append(r.Events, deadlines.Event{Date: in.On, Kind: in.Kind, Until: in.Until})
		return r
	},
})
