package woonoverlast

import (
	"fmt"
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Objection is against the order. Against the ban there is none: that goes to the court at
// once (Gemeentewet 151d lid 3 with Wth 6; law.md 5.1).
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
func (r Woonoverlast) termOf(o Objection) deadlines.Question {
	return deadlines.Question{ID: "AWB-7.10.1", Start: deadlines.OnDay(r.Published.On), Params: map[string]string{"committee": fmt.Sprint(o.Committee),
		"committee-notice": fmt.Sprint(o.Told), "suspended-days": "0", "adjourn-weeks": "0"}}
}

var object = act("woonoverlast.object", dossier.Act[Woonoverlast, Objection]{
	Check: func(r Woonoverlast, in Objection, at dossier.At) error {
		if objectionOpen(r, at) == "" {
			return wrong("Received", "objection-there")
		}
		// A late objection is recorded too: whether it is excusable is for people (6:11).
		return dayBetween("Received", in.Received, r.Published.On, at)
	},
	Happened: func(in Objection) time.Time { return in.Received.Midnight() },
	Apply: func(r Woonoverlast, in Objection, _ dossier.Entry) Woonoverlast {
		r.Objections = append(slices.Clone(r.Objections), in)
		return r
	},
})

func objectionOpen(r Woonoverlast, _ dossier.At) string {
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

var decideObjection = act("woonoverlast.decide-objection", dossier.Act[Woonoverlast, DecideObjection]{
	Check: func(r Woonoverlast, in DecideObjection, at dossier.At) error {
		if err := dayBetween("On", in.On, r.Objections[len(r.Objections)-1].Received, at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in DecideObjection) time.Time { return in.On.Midnight() },
	Apply: func(r Woonoverlast, in DecideObjection, e dossier.Entry) Woonoverlast {
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
			return r.resumed("order", e.Recorded) // relief goes with the objection it hangs on (8:85)
		}
		return r
	},
})

// fallen: the order never was, and with it its sums.
func (r Woonoverlast) fallen(how string, at time.Time) Woonoverlast {
	if r.Stage != Over {
		r.StoppedAt = at
	}
	r.Stage, r.How = Over, how
	return r.undone()
}

// Appeal is to the court, and to the Afdeling after its judgment: against the order after
// a decided objection, against the ban at once. Ban is the number of that ban.
type Appeal struct {
	Against  string             `ask:"choice" options:"order,ban"`
	Court    string             `ask:"choice" options:"rechtbank,afdeling"`
	Lodged   deadlines.Day      `ask:"day"`
	By       string             `ask:"choice" options:"resident,neighbour,municipality"`
	Ban      int                `ask:"-"`
	JudgedOn deadlines.Day      `ask:"-"`
	SentOn   deadlines.Day      `ask:"-"`
	CopyOn   deadlines.Day      `ask:"-"`
	Outcome  string             `ask:"-"`
	Grounds  string             `ask:"-"`
	Found    measures.PerGround `ask:"-"`
}

var appeal = act("woonoverlast.appeal", dossier.Act[Woonoverlast, Appeal]{
	Check: func(r Woonoverlast, in Appeal, at dossier.At) error {
		least := r.banStart().Day
		if in.Against == "order" {
			n := len(r.Objections)
			if n == 0 || r.Objections[n-1].DecidedOn == deadlines.NoDay || r.Objections[n-1].Outcome == "withdrawn" {
				return wrong("Against", "objection-first")
			}
			least = r.Objections[n-1].DecidedOn
		} else if r.banStart().At.IsZero() {
			return wrong("Against", "no-ban")
		}
		first := true
		for _, a := range r.Appeals {
			if a.Against != in.Against || a.Ban != r.banNumber(in.Against) {
				continue
			}
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
	Apply: func(r Woonoverlast, in Appeal, _ dossier.Entry) Woonoverlast {
		in.Ban = r.banNumber(in.Against)
		r.Appeals = append(slices.Clone(r.Appeals), in)
		return r
	},
})

func appealOpen(r Woonoverlast, _ dossier.At) string {
	if r.openAppeal("order") < 0 && r.openAppeal("ban") < 0 {
		return "appeal"
	}
	return ""
}

func (r Woonoverlast) openAppeal(against string) int {
	return slices.IndexFunc(r.Appeals, func(a Appeal) bool { return a.Against == against && a.JudgedOn == deadlines.NoDay })
}

// Relief is a request for interim relief (Awb 8:81), which needs an objection or an appeal
// beside it. About the ban the court hears within three days (Wth 6 lid 1 a).
type Relief struct {
	Against  string             `ask:"choice" options:"order,ban"`
	Received deadlines.Day      `ask:"day"`
	RuledAt  deadlines.When     `ask:"-"`
	Outcome  string             `ask:"-"`
	Grounds  string             `ask:"-"`
	Found    measures.PerGround `ask:"-"`
}

func (r Woonoverlast) openRelief(against string) int {
	return slices.IndexFunc(r.Reliefs, func(x Relief) bool { return x.Against == against && x.RuledAt.At.IsZero() })
}

// noReliefYet: relief hangs on a remedy that is open.
func noReliefYet(r Woonoverlast, at dossier.At) string {
	if objectionOpen(r, at) != "" && appealOpen(r, at) != "" {
		return "remedy-first"
	}
	return ""
}

var relief = act("woonoverlast.relief", dossier.Act[Woonoverlast, Relief]{
	Check: func(r Woonoverlast, in Relief, at dossier.At) error {
		switch {
		case r.openRelief(in.Against) >= 0:
			return wrong("Against", "relief-there")
		case in.Against == "ban" && r.openAppeal("ban") < 0, in.Against == "order" && objectionOpen(r, at) != "" && r.openAppeal("order") < 0:
			return wrong("Against", "remedy-beside")
		}
		return dayBetween("Received", in.Received, r.Published.On, at)
	},
	Happened: func(in Relief) time.Time { return in.Received.Midnight() },
	Apply: func(r Woonoverlast, in Relief, _ dossier.Entry) Woonoverlast {
		r.Reliefs = append(slices.Clone(r.Reliefs), in)
		return r
	},
})

func reliefAsked(r Woonoverlast, _ dossier.At) string {
	if r.openRelief("order") < 0 && r.openRelief("ban") < 0 {
		return "relief"
	}
	return ""
}

// RuleRelief is the ruling. What is suspended does not hold, from the ruling on, until the
// day that the ruling names or the judgment.
type RuleRelief struct {
	Against string         `ask:"choice" options:"order,ban"`
	At      deadlines.When `ask:"moment"`
	Outcome string         `ask:"choice" options:"suspended,refused,withdrawn"`
	Until   deadlines.Day  `ask:"day,optional"`
	measures.PerGround
	Grounds string `ask:"text"`
}

var ruleRelief = act("woonoverlast.rule-relief", dossier.Act[Woonoverlast, RuleRelief]{
	Check: func(r Woonoverlast, in RuleRelief, at dossier.At) error {
		n := r.openRelief(in.Against)
		switch {
		case n < 0:
			return wrong("Against", "no-relief")
		case in.Until != deadlines.NoDay && in.Until < in.At.Day:
			return wrong("Until", "before", "least", in.At.Day)
		}
		if err := toTheMinute("At", in.At, r.Reliefs[n].Received.Midnight(), at, "Awb 8:84; Wth 8 lid 1"); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in RuleRelief) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in RuleRelief, _ dossier.Entry) Woonoverlast {
		n := r.openRelief(in.Against)
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
		if in.Against == "ban" {
			return r.withBan(func(b *Ban) { b.Off = append(slices.Clone(b.Off), off) })
		}
		r.Off = append(slices.Clone(r.Off), off)
		if r.Stage == InForce {
			r.Stage = Suspended
		}
		return r
	},
})

// Judge is the judgment in an appeal: when it was given and sent to the parties, and, for
// the ban, when the court sent the copies (Wth 8 lid 1 b).
type Judge struct {
	Against string        `ask:"choice" options:"order,ban"`
	Given   deadlines.Day `ask:"day"`
	Sent    deadlines.Day `ask:"day"`
	Copies  deadlines.Day `ask:"day,optional"`
	Outcome string        `ask:"choice" options:"dismissed,annulled,withdrawn"`
	measures.PerGround
	Number  string `ask:"line,optional"` // ECLI or case number
	Grounds string `ask:"text"`
}

var judge = act("woonoverlast.judge", dossier.Act[Woonoverlast, Judge]{
	Check: func(r Woonoverlast, in Judge, at dossier.At) error {
		n := r.openAppeal(in.Against)
		if n < 0 {
			return wrong("Against", "no-appeal")
		}
		if err := dayBetween("Given", in.Given, r.Appeals[n].Lodged, at); err != nil {
			return err
		}
		if in.Copies != deadlines.NoDay {
			if err := dayBetween("Copies", in.Copies, in.Given, at); err != nil {
				return err
			}
		}
		if err := dayBetween("Sent", in.Sent, in.Given, at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in Judge) time.Time { return in.Given.Midnight() },
	Apply: func(r Woonoverlast, in Judge, e dossier.Entry) Woonoverlast {
		n := r.openAppeal(in.Against)
		if n < 0 {
			return r
		}
		r.Appeals = slices.Clone(r.Appeals)
		a := &r.Appeals[n]
		a.JudgedOn, a.SentOn, a.CopyOn, a.Outcome, a.Grounds, a.Found = in.Given, in.Sent, in.Copies, in.Outcome, in.Grounds, in.PerGround
		switch {
		case in.Outcome == "annulled" && in.Against == "order":
			return r.fallen("annulled", e.Recorded)
		case in.Outcome == "annulled":
			return r
		}
		return r.resumed(in.Against, e.Recorded)
	},
})

// resumed: a suspension ends with the judgment that leaves the order or the ban in place
// (Awb 8:85 lid 2).
func (r Woonoverlast) resumed(against string, at time.Time) Woonoverlast {
	closed := func(off []Off) []Off {
		off = slices.Clone(off)
		if n := len(off); n > 0 && off[n-1].covers(at) {
			off[n-1].To = at
		}
		return off
	}
	if against == "ban" {
		return r.withBan(func(b *Ban) { b.Off = closed(b.Off) })
	}
	if r.Off = closed(r.Off); r.Stage == Suspended {
		r.Stage = InForce
	}
	return r
}

// rulings are how the remedies ended, ground by ground.
func (r Woonoverlast) rulings() (out []measures.Ruling) {
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
