package dwangsom

import (
	"fmt"
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
)

// Request asks to lift, suspend or reduce the order (Awb 5:34), or, by a third
// party, to recover (5:37 lid 2).
type Request struct {
	Kind      string        `ask:"choice" options:"lift,suspend,reduce,recover"`
	Received  deadlines.Day `ask:"day"`
	From      string        `ask:"line"`
	Words     string        `ask:"text"`
	Outcome   string        `ask:"-"`
	DecidedOn deadlines.Day `ask:"-"`
	Until     deadlines.Day `ask:"-"`
}

var request = act("dwangsom.request", dossier.Act[Dwangsom, Request]{
	Check: func(r Dwangsom, in Request, at dossier.At) error {
		return dayBetween("Received", in.Received, r.Publication.On, at.Today)
	},
	Happened: func(in Request) time.Time { return dayTime(in.Received) },
	Apply: func(r Dwangsom, in Request, _ dossier.Entry) Dwangsom {
		r.Requests = append(r.Requests, in)
		return r
	},
})

// DecideRequest is the decision on a request. Granting to lift ends the order;
// granting to reduce sets lower amounts for what is not forfeited yet.
type DecideRequest struct {
	Number  int           `ask:"request"`
	On      deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"granted,refused"`
	Until   deadlines.Day `ask:"day,optional"` // of a suspension
	Amount  int           `ask:"euro,optional"`
	Maximum int           `ask:"euro,optional"`
	Why     string        `ask:"text"`
}

func requestOpen(r Dwangsom, _ dossier.At) string {
	if !slices.ContainsFunc(r.Requests, func(q Request) bool { return q.DecidedOn == deadlines.NoDay }) {
		return "request"
	}
	return ""
}

var decideRequest = act("dwangsom.decide-request", dossier.Act[Dwangsom, DecideRequest]{
	Check: func(r Dwangsom, in DecideRequest, at dossier.At) error {
		if in.Number < 1 || in.Number > len(r.Requests) || r.Requests[in.Number-1].DecidedOn != deadlines.NoDay {
			return wrong("Number", "no-such-request")
		}
		q := r.Requests[in.Number-1]
		if q.Kind == "reduce" && in.Outcome == "granted" && (in.Amount < 1 || in.Maximum < in.Amount || in.Amount > r.Draft.Amount || in.Maximum > r.Draft.Maximum) {
			return wrong("Amount", "reduce-lower", "amount", text.Euro(r.Draft.Amount), "maximum", text.Euro(r.Draft.Maximum))
		}
		return dayBetween("On", in.On, q.Received, at.Today)
	},
	Happened: func(in DecideRequest) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in DecideRequest, _ dossier.Entry) Dwangsom {
		r.Requests = slices.Clone(r.Requests)
		q := &r.Requests[in.Number-1]
		q.Outcome, q.DecidedOn, q.Until = in.Outcome, in.On, in.Until
		if in.Outcome != "granted" {
			return r
		}
		switch q.Kind {
		case "lift":
			r.Stage, r.LiftedOn, r.LiftedWhy = Lifted, in.On, in.Why
		case "reduce":
			d := *r.Draft
			d.Amount, d.Maximum = in.Amount, in.Maximum
			r.Draft = &d
		}
		return r
	},
})

// Objection is against the order, or against the recovery. One against the order
// covers the recovery decision too when that is disputed (5:39).
type Objection struct {
	Against   string             `ask:"choice" options:"order,recovery"`
	Received  deadlines.Day      `ask:"day"`
	By        string             `ask:"line"`
	Words     string             `ask:"text"`
	Committee bool               `ask:"yes"` // a committee advises (7:13)
	Told      bool               `ask:"yes"` // and the objector was told in time
	Suspended int                `ask:"-"`
	Adjourned int                `ask:"-"`
	DecidedOn deadlines.Day      `ask:"-"`
	Outcome   string             `ask:"-"`
	Found     measures.PerGround `ask:"-"`
}

// termOf is the question of when the objection must be decided (7:10).
func (r Dwangsom) termOf(o Objection) deadlines.Question {
	from := r.Publication.On
	if o.Against == "recovery" && len(r.Decisions) > 0 {
		from = r.Decisions[len(r.Decisions)-1].On
	}
	return deadlines.Question{ID: "AWB-7.10.1", Start: deadlines.OnDay(from), Params: map[string]string{"committee": fmt.Sprint(o.Committee),
		"committee-notice": fmt.Sprint(o.Told), "suspended-days": fmt.Sprint(o.Suspended), "adjourn-weeks": fmt.Sprint(o.Adjourned)}}
}

var object = act("dwangsom.object", dossier.Act[Dwangsom, Objection]{
	Check: func(r Dwangsom, in Objection, at dossier.At) error {
		least := r.Publication.On
		if in.Against == "recovery" {
			if len(r.Decisions) == 0 {
				return wrong("Against", "no-recovery-decision")
			}
			least = r.Decisions[len(r.Decisions)-1].On
		}
		// A late objection is recorded too: whether it is excusable is for people (6:11).
		return dayBetween("Received", in.Received, least, at.Today)
	},
	Happened: func(in Objection) time.Time { return dayTime(in.Received) },
	Apply: func(r Dwangsom, in Objection, _ dossier.Entry) Dwangsom {
		r.Objections = append(r.Objections, in)
		return r
	},
})

func objectionOpen(r Dwangsom, _ dossier.At) string {
	if !slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.DecidedOn == deadlines.NoDay }) {
		return "objection"
	}
	return ""
}

func (r Dwangsom) openObjection(field string, number int) error {
	if number < 1 || number > len(r.Objections) || r.Objections[number-1].DecidedOn != deadlines.NoDay {
		return wrong(field, "no-such-objection")
	}
	return nil
}

// Adjourn suspends or adjourns the decision on an objection (7:10 lid 2 and 3),
// before its term ends and by at most six weeks.
type Adjourn struct {
	Number    int    `ask:"objection"`
	Suspended int    `ask:"count"` // days, in all
	Weeks     int    `ask:"count"`
	Why       string `ask:"text"`
}

var adjourn = act("dwangsom.adjourn", dossier.Act[Dwangsom, Adjourn]{
	Check: func(r Dwangsom, in Adjourn, at dossier.At) error {
		if err := r.openObjection("Number", in.Number); err != nil {
			return err
		}
		o := r.Objections[in.Number-1]
		if in.Weeks > 6 || in.Weeks < 0 {
			return wrong("Weeks", "adjourn-six")
		}
		if a, err := at.Calendar.Answer(r.termOf(o)); err != nil || at.Today > a.End.Day {
			return wrong("Weeks", "adjourn-late", "end", a.End)
		}
		return nil
	},
	Apply: func(r Dwangsom, in Adjourn, _ dossier.Entry) Dwangsom {
		r.Objections = slices.Clone(r.Objections)
		r.Objections[in.Number-1].Suspended, r.Objections[in.Number-1].Adjourned = in.Suspended, in.Weeks
		return r
	},
})

// DecideObjection is the decision on an objection. Revoking the order ends it and
// takes its sums away.
type DecideObjection struct {
	Number  int           `ask:"objection"`
	On      deadlines.Day `ask:"day"` // of its Bekendmaking
	Outcome string        `ask:"choice" options:"unfounded,inadmissible,revoked,withdrawn"`
	measures.PerGround
	Why string `ask:"text"`
}

var decideObjection = act("dwangsom.decide-objection", dossier.Act[Dwangsom, DecideObjection]{
	Check: func(r Dwangsom, in DecideObjection, at dossier.At) error {
		if err := r.openObjection("Number", in.Number); err != nil {
			return err
		}
		if err := dayBetween("On", in.On, r.Objections[in.Number-1].Received, at.Today); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in DecideObjection) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in DecideObjection, _ dossier.Entry) Dwangsom {
		r.Objections = slices.Clone(r.Objections)
		o := &r.Objections[in.Number-1]
		o.DecidedOn, o.Outcome, o.Found = in.On, in.Outcome, in.PerGround
		if in.Outcome == "revoked" {
			return r.undo(o.Against, in.On, in.Why)
		}
		return r
	},
})

// undo takes an order or a recovery decision away.
func (r Dwangsom) undo(against string, on deadlines.Day, why string) Dwangsom {
	r.Sums = slices.Clone(r.Sums)
	for i := range r.Sums {
		if against == "order" {
			r.Sums[i].Void = true
		} else if r.Sums[i].Decision == len(r.Decisions) {
			r.Sums[i].Decision = 0
		}
	}
	if against == "order" {
		r.Stage, r.LiftedOn, r.LiftedWhy = Lifted, on, why
	}
	return r
}

// Relief is a request for interim relief (Awb 8:81), which needs an objection or an
// appeal beside it.
type Relief struct {
	Against string             `ask:"choice" options:"order,recovery"`
	Asked   deadlines.Day      `ask:"day"`
	Held    bool               `ask:"yes"` // execution waits for the ruling: a policy choice, 6:16 does not suspend
	RuledOn deadlines.Day      `ask:"-"`
	Outcome string             `ask:"-"`
	Until   deadlines.Day      `ask:"-"`
	Found   measures.PerGround `ask:"-"`
}

func remedyOpen(r Dwangsom, at dossier.At) string {
	if objectionOpen(r, at) == "" || appealOpen(r, at) == "" {
		return ""
	}
	return "remedy"
}

var relief = act("dwangsom.relief", dossier.Act[Dwangsom, Relief]{
	Check: func(r Dwangsom, in Relief, at dossier.At) error {
		return dayBetween("Asked", in.Asked, r.Publication.On, at.Today)
	},
	Happened: func(in Relief) time.Time { return dayTime(in.Asked) },
	Apply: func(r Dwangsom, in Relief, _ dossier.Entry) Dwangsom {
		r.Reliefs = append(r.Reliefs, in)
		return r
	},
})

// RuleRelief is the ruling. A suspended order forfeits nothing.
type RuleRelief struct {
	On      deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"suspended,refused,withdrawn"`
	Until   deadlines.Day `ask:"day,optional"`
	measures.PerGround
	Words string `ask:"text"`
}

func reliefAsked(r Dwangsom, _ dossier.At) string {
	if n := len(r.Reliefs); n == 0 || r.Reliefs[n-1].RuledOn != deadlines.NoDay {
		return "relief"
	}
	return ""
}

var ruleRelief = act("dwangsom.rule-relief", dossier.Act[Dwangsom, RuleRelief]{
	Check: func(r Dwangsom, in RuleRelief, at dossier.At) error {
		if in.Until != deadlines.NoDay && in.Until < in.On {
			return wrong("Until", "before", "least", in.On)
		}
		if err := dayBetween("On", in.On, r.Reliefs[len(r.Reliefs)-1].Asked, at.Today); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in RuleRelief) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in RuleRelief, _ dossier.Entry) Dwangsom {
		r.Reliefs = slices.Clone(r.Reliefs)
		x := &r.Reliefs[len(r.Reliefs)-1]
		x.RuledOn, x.Outcome, x.Until, x.Found = in.On, in.Outcome, in.Until, in.PerGround
		return r
	},
})

// Appeal is to the court after a decided objection, and to the Afdeling after its
// judgment.
type Appeal struct {
	Objection int                `ask:"decided"` // number of the objection
	Court     string             `ask:"choice" options:"rechtbank,afdeling"`
	Lodged    deadlines.Day      `ask:"day"`
	By        string             `ask:"choice" options:"offender,municipality,third"`
	JudgedOn  deadlines.Day      `ask:"-"` // sent
	Outcome   string             `ask:"-"`
	Found     measures.PerGround `ask:"-"`
}

func appealPossible(r Dwangsom, _ dossier.At) string {
	if !slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.DecidedOn != deadlines.NoDay && o.Outcome != "withdrawn" }) {
		return "objection-decided"
	}
	return ""
}

var appeal = act("dwangsom.appeal", dossier.Act[Dwangsom, Appeal]{
	Check: func(r Dwangsom, in Appeal, at dossier.At) error {
		if in.Objection < 1 || in.Objection > len(r.Objections) || r.Objections[in.Objection-1].DecidedOn == deadlines.NoDay {
			return wrong("Objection", "no-such-objection")
		}
		least := r.Objections[in.Objection-1].DecidedOn
		for _, a := range r.Appeals {
			if a.Objection != in.Objection {
				continue
			}
			if a.Court == in.Court || a.JudgedOn == deadlines.NoDay {
				return wrong("Court", "appeal-there")
			}
			least = a.JudgedOn
		}
		if in.Court == "afdeling" && least == r.Objections[in.Objection-1].DecidedOn {
			return wrong("Court", "court-first")
		}
		return dayBetween("Lodged", in.Lodged, least, at.Today)
	},
	Happened: func(in Appeal) time.Time { return dayTime(in.Lodged) },
	Apply: func(r Dwangsom, in Appeal, _ dossier.Entry) Dwangsom {
		r.Appeals = append(r.Appeals, in)
		return r
	},
})

func appealOpen(r Dwangsom, _ dossier.At) string {
	if !slices.ContainsFunc(r.Appeals, func(a Appeal) bool { return a.JudgedOn == deadlines.NoDay }) {
		return "appeal"
	}
	return ""
}

// Judge is the judgment in an appeal, on the day it was sent.
type Judge struct {
	Sent    deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"dismissed,annulled,withdrawn"`
	measures.PerGround
	Number string `ask:"line,optional"` // ECLI or case number
	Words  string `ask:"text"`
}

var judge = act("dwangsom.judge", dossier.Act[Dwangsom, Judge]{
	Check: func(r Dwangsom, in Judge, at dossier.At) error {
		for _, a := range r.Appeals {
			if a.JudgedOn != deadlines.NoDay {
				continue
			}
			if err := dayBetween("Sent", in.Sent, a.Lodged, at.Today); err != nil {
				return err
			}
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in Judge) time.Time { return dayTime(in.Sent) },
	Apply: func(r Dwangsom, in Judge, _ dossier.Entry) Dwangsom {
		r.Appeals = slices.Clone(r.Appeals)
		i := slices.IndexFunc(r.Appeals, func(a Appeal) bool { return a.JudgedOn == deadlines.NoDay })
		a := &r.Appeals[i]
		a.JudgedOn, a.Outcome, a.Found = in.Sent, in.Outcome, in.PerGround
		if in.Outcome == "annulled" {
			return r.undo(r.Objections[a.Objection-1].Against, in.Sent, in.Words)
		}
		return r
	},
})

// rulings are how the remedies ended, ground by ground.
func (r Dwangsom) rulings() (out []measures.Ruling) {
	for i, o := range r.Objections {
		out = append(out, measures.Ruling{Remedy: measures.ByObjection, Number: i + 1, On: o.DecidedOn, Outcome: o.Outcome, PerGround: o.Found})
	}
	for i, x := range r.Reliefs {
		out = append(out, measures.Ruling{Remedy: measures.ByRelief, Number: i + 1, On: x.RuledOn, Outcome: x.Outcome, PerGround: x.Found})
	}
	for i, a := range r.Appeals {
		out = append(out, measures.Ruling{Remedy: measures.ByAppeal, Number: i + 1, On: a.JudgedOn, Court: a.Court, Outcome: a.Outcome, PerGround: a.Found})
	}
	return out
}
