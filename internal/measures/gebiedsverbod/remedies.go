package gebiedsverbod

import (
	"fmt"
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Objection is against the order, or against one of its extensions and changes: each is a
// decision of its own.
type Objection struct {
	Received  deadlines.Day      `ask:"day"`
	By        string             `ask:"line"`
	Words     string             `ask:"text"`
	Committee bool               `ask:"yes"` // a committee advises (7:13)
	Told      bool               `ask:"yes"` // and the objector was told in time
	DecidedOn deadlines.Day      `ask:"-"`
	Outcome   string             `ask:"-"`
	Grounds   string             `ask:"-"`
	Found     measures.PerGround `ask:"-"`
}

// termOf is the question of when the objection must be decided (7:10).
func (r Gebiedsverbod) termOf(o Objection) deadlines.Question {
	return deadlines.Question{ID: "AWB-7.10.1", Start: deadlines.OnDay(r.lastServed()), Params: map[string]string{"committee": fmt.Sprint(o.Committee),
		"committee-notice": fmt.Sprint(o.Told), "suspended-days": "0", "adjourn-weeks": "0"}}
}

// lastServed is the day of the last Bekendmaking: of the order, an extension or a change.
func (r Gebiedsverbod) lastServed() deadlines.Day {
	out := r.Published.At.Day
	for _, x := range r.Extensions {
		out = max(out, x.Served.Day)
	}
	for _, x := range r.Changes {
		out = max(out, x.Served.Day)
	}
	return out
}

var object = act("gebiedsverbod.object", dossier.Act[Gebiedsverbod, Objection]{
	Check: func(r Gebiedsverbod, in Objection, at dossier.At) error {
		if objectionOpen(r, at) == "" {
			return wrong("Received", "objection-there")
		}
		// A late objection is recorded too: whether it is excusable is for people (6:11).
		return dayBetween("Received", in.Received, r.Published.At.Day, at)
	},
	Happened: func(in Objection) time.Time { return in.Received.Midnight() },
	Apply: func(r Gebiedsverbod, in Objection, _ dossier.Entry) Gebiedsverbod {
		r.Objections = append(slices.Clone(r.Objections), in)
		return r
	},
})

func objectionOpen(r Gebiedsverbod, _ dossier.At) string {
	if n := len(r.Objections); n == 0 || r.Objections[n-1].DecidedOn != deadlines.NoDay {
		return "objection"
	}
	return ""
}

// DecideObjection is the decision on the objection. Grounds say why the order stood or
// fell.
type DecideObjection struct {
	On      deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"unfounded,inadmissible,revoked,withdrawn"`
	measures.PerGround
	Grounds string `ask:"text"`
}

var decideObjection = act("gebiedsverbod.decide-objection", dossier.Act[Gebiedsverbod, DecideObjection]{
	Check: func(r Gebiedsverbod, in DecideObjection, at dossier.At) error {
		if err := dayBetween("On", in.On, r.Objections[len(r.Objections)-1].Received, at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in DecideObjection) time.Time { return in.On.Midnight() },
	Apply: func(r Gebiedsverbod, in DecideObjection, e dossier.Entry) Gebiedsverbod {
		if len(r.Objections) == 0 {
			return r
		}
		r.Objections = slices.Clone(r.Objections)
		o := &r.Objections[len(r.Objections)-1]
		o.DecidedOn, o.Outcome, o.Grounds, o.Found = in.On, in.Outcome, in.Grounds, in.PerGround
		switch in.Outcome {
		case "revoked":
			return r.fallen("revoked", e.Recorded)
		case "withdrawn":
			return r.resumed(e.Recorded) // relief goes with the objection it hangs on (8:85)
		}
		return r
	},
})

// fallen: the order never was.
func (r Gebiedsverbod) fallen(how string, at time.Time) Gebiedsverbod {
	if r.Stage != Over {
		r.StoppedAt = at
	}
	r.Stage, r.How = Over, how
	return r
}

// Appeal is to the court after a decided objection, and to the Afdeling after its
// judgment.
type Appeal struct {
	Court    string             `ask:"choice" options:"rechtbank,afdeling"`
	Lodged   deadlines.Day      `ask:"day"`
	By       string             `ask:"choice" options:"addressee,municipality"`
	JudgedOn deadlines.Day      `ask:"-"`
	SentOn   deadlines.Day      `ask:"-"`
	Outcome  string             `ask:"-"`
	Grounds  string             `ask:"-"`
	Found    measures.PerGround `ask:"-"`
}

var appeal = act("gebiedsverbod.appeal", dossier.Act[Gebiedsverbod, Appeal]{
	Check: func(r Gebiedsverbod, in Appeal, at dossier.At) error {
		n := len(r.Objections)
		if n == 0 || r.Objections[n-1].DecidedOn == deadlines.NoDay || r.Objections[n-1].Outcome == "withdrawn" {
			return wrong("Court", "objection-first")
		}
		least, first := r.Objections[n-1].DecidedOn, true
		for _, a := range r.Appeals {
			if a.Court == in.Court || a.JudgedOn == deadlines.NoDay {
				return wrong("Court", "appeal-there")
			}
			least, first = a.SentOn, false
		}
		if in.Court == "afdeling" && first {
			return wrong("Court", "court-first")
		}
		return dayBetween("Lodged", in.Lodged, least, at)
	},
	Happened: func(in Appeal) time.Time { return in.Lodged.Midnight() },
	Apply: func(r Gebiedsverbod, in Appeal, _ dossier.Entry) Gebiedsverbod {
		r.Appeals = append(slices.Clone(r.Appeals), in)
		return r
	},
})

func appealOpen(r Gebiedsverbod, _ dossier.At) string {
	if r.openAppeal() < 0 {
		return "appeal"
	}
	return ""
}

func (r Gebiedsverbod) openAppeal() int {
	return slices.IndexFunc(r.Appeals, func(a Appeal) bool { return a.JudgedOn == deadlines.NoDay })
}

// Relief is a request for interim relief (Awb 8:81), which needs an objection or an appeal
// beside it.
type Relief struct {
	Received deadlines.Day      `ask:"day"`
	RuledAt  deadlines.When     `ask:"-"`
	Outcome  string             `ask:"-"`
	Grounds  string             `ask:"-"`
	Found    measures.PerGround `ask:"-"`
}

func (r Gebiedsverbod) openRelief() int {
	return slices.IndexFunc(r.Reliefs, func(x Relief) bool { return x.RuledAt.At.IsZero() })
}

// noReliefYet: relief hangs on a remedy that is open.
func noReliefYet(r Gebiedsverbod, at dossier.At) string {
	if objectionOpen(r, at) != "" && appealOpen(r, at) != "" {
		return "remedy-first"
	}
	if r.openRelief() >= 0 {
		return "relief-there"
	}
	return ""
}

var relief = act("gebiedsverbod.relief", dossier.Act[Gebiedsverbod, Relief]{
	Check: func(r Gebiedsverbod, in Relief, at dossier.At) error {
		return dayBetween("Received", in.Received, r.Published.At.Day, at)
	},
	Happened: func(in Relief) time.Time { return in.Received.Midnight() },
	Apply: func(r Gebiedsverbod, in Relief, _ dossier.Entry) Gebiedsverbod {
		r.Reliefs = append(slices.Clone(r.Reliefs), in)
		return r
	},
})

func reliefAsked(r Gebiedsverbod, _ dossier.At) string {
	if r.openRelief() < 0 {
		return "relief"
	}
	return ""
}

// RuleRelief is the ruling. What is suspended does not hold, from the ruling on, until the
// day that the ruling names or the judgment.
type RuleRelief struct {
	At      deadlines.When `ask:"moment"`
	Outcome string         `ask:"choice" options:"suspended,refused,withdrawn"`
	Until   deadlines.Day  `ask:"day,optional"`
	measures.PerGround
	Grounds string `ask:"text"`
}

var ruleRelief = act("gebiedsverbod.rule-relief", dossier.Act[Gebiedsverbod, RuleRelief]{
	Check: func(r Gebiedsverbod, in RuleRelief, at dossier.At) error {
		if in.Until != deadlines.NoDay && in.Until < in.At.Day {
			return wrong("Until", "before", "least", in.At.Day)
		}
		if err := toTheMinute("At", in.At, r.Reliefs[r.openRelief()].Received.Midnight(), at, "Awb 8:84; "+r.crime()); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in RuleRelief) time.Time { return moment(in.At) },
	Apply: func(r Gebiedsverbod, in RuleRelief, _ dossier.Entry) Gebiedsverbod {
		n := r.openRelief()
		if n < 0 {
			return r
		}
		r.Reliefs = slices.Clone(r.Reliefs)
		x := &r.Reliefs[n]
		x.RuledAt, x.Outcome, x.Grounds, x.Found = in.At, in.Outcome, in.Grounds, in.PerGround
		if in.Outcome != "suspended" {
			return r
		}
		off := Off{From: in.At.At}
		if in.Until != deadlines.NoDay {
			off.To = (in.Until + 1).Midnight()
		}
		r.Off = append(slices.Clone(r.Off), off)
		if r.Stage == InForce {
			r.Stage = Suspended
		}
		return r
	},
})

// Judge is the judgment in an appeal: when it was given and sent to the parties.
type Judge struct {
	Given   deadlines.Day `ask:"day"`
	Sent    deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"dismissed,annulled,withdrawn"`
	Number  string        `ask:"line,optional"` // ECLI or case number
	measures.PerGround
	Grounds string `ask:"text"`
}

var judge = act("gebiedsverbod.judge", dossier.Act[Gebiedsverbod, Judge]{
	Check: func(r Gebiedsverbod, in Judge, at dossier.At) error {
		if err := dayBetween("Given", in.Given, r.Appeals[r.openAppeal()].Lodged, at); err != nil {
			return err
		}
		if err := dayBetween("Sent", in.Sent, in.Given, at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in Judge) time.Time { return in.Given.Midnight() },
	Apply: func(r Gebiedsverbod, in Judge, e dossier.Entry) Gebiedsverbod {
		n := r.openAppeal()
		if n < 0 {
			return r
		}
		r.Appeals = slices.Clone(r.Appeals)
		a := &r.Appeals[n]
		a.JudgedOn, a.SentOn, a.Outcome, a.Grounds, a.Found = in.Given, in.Sent, in.Outcome, in.Grounds, in.PerGround
		if in.Outcome == "annulled" {
			return r.fallen("annulled", e.Recorded)
		}
		return r.resumed(e.Recorded)
	},
})

// resumed: a suspension ends with the judgment that leaves the order in place (Awb 8:85
// lid 2).
func (r Gebiedsverbod) resumed(at time.Time) Gebiedsverbod {
	r.Off = slices.Clone(r.Off)
	if n := len(r.Off); n > 0 && r.Off[n-1].covers(at) {
		r.Off[n-1].To = at
	}
	if r.Stage == Suspended {
		r.Stage = InForce
	}
	return r
}

// rulings are how the remedies ended, ground by ground.
func (r Gebiedsverbod) rulings() (out []measures.Ruling) {
	for i, o := range r.Objections {
		out = append(out, measures.Ruling{Remedy: measures.ByObjection, Number: i + 1, On: o.DecidedOn, Outcome: o.Outcome, PerGround: o.Found})
	}
	for i, x := range r.Reliefs {
		out = append(out, measures.Ruling{Remedy: measures.ByRelief, Number: i + 1, On: x.RuledAt.Day, Outcome: x.Outcome, PerGround: x.Found})
	}
	for i, a := range r.Appeals {
		out = append(out, measures.Ruling{Remedy: measures.ByAppeal, Number: i + 1, On: a.JudgedOn, Court: a.Court, Outcome: a.Outcome, PerGround: a.Found})
	}
	return out
}
