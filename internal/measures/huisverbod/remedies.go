package huisverbod

import (
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Forwarding is an objection that came although there is none against a ban: it goes on
// to the court as an appeal (Awb 7:1, 6:15).
type Forwarding struct {
	Received deadlines.Day `ask:"day"`
	By       string        `ask:"line"`
	Sent     deadlines.Day `ask:"day"`
}

var forward = act("huisverbod.forward", dossier.Act[Huisverbod, Forwarding]{
	Check: func(r Huisverbod, in Forwarding, at dossier.At) error {
		if err := dayBetween("Received", in.Received, r.start().At, at); err != nil {
			return err
		}
		return dayBetween("Sent", in.Sent, in.Received.Midnight(), at)
	},
	Happened: func(in Forwarding) time.Time { return in.Sent.Midnight() },
	Apply: func(r Huisverbod, in Forwarding, _ dossier.Entry) Huisverbod {
		r.Forwarded = append(r.Forwarded, in)
		return r
	},
})

// Appeal is to the court at once (there is no objection), and to the Afdeling after its
// judgment. One against the ban covers its extension (Wth 9 lid 2).
type Appeal struct {
	Court    string             `ask:"choice" options:"rechtbank,afdeling"`
	Lodged   deadlines.Day      `ask:"day"`
	By       string             `ask:"choice" options:"banned,household,municipality"`
	JudgedOn deadlines.Day      `ask:"-"`
	SentOn   deadlines.Day      `ask:"-"`
	CopyOn   deadlines.Day      `ask:"-"`
	Outcome  string             `ask:"-"`
	Grounds  string             `ask:"-"`
	Found    measures.PerGround `ask:"-"`
}

var appeal = act("huisverbod.appeal", dossier.Act[Huisverbod, Appeal]{
	Check: func(r Huisverbod, in Appeal, at dossier.At) error {
		least := r.start().At
		for _, a := range r.Appeals {
			if a.Court == in.Court || a.JudgedOn == deadlines.NoDay {
				return wrong("Court", "appeal-there")
			}
			least = a.SentOn.Midnight()
		}
		if in.Court == "afdeling" && len(r.Appeals) == 0 {
			return wrong("Court", "court-first")
		}
		// A late appeal is recorded too: whether it is excusable is for the court (6:11).
		return dayBetween("Lodged", in.Lodged, least, at)
	},
	Happened: func(in Appeal) time.Time { return in.Lodged.Midnight() },
	Apply: func(r Huisverbod, in Appeal, _ dossier.Entry) Huisverbod {
		r.Appeals = append(r.Appeals, in)
		return r
	},
})

func appealOpen(r Huisverbod, _ dossier.At) string {
	if n := len(r.Appeals); n == 0 || r.Appeals[n-1].JudgedOn != deadlines.NoDay {
		return "appeal"
	}
	return ""
}

// Relief is a request for interim relief (Awb 8:81), which needs an appeal beside it.
// The court hears within three days after it came in (Wth 6 lid 1 a).
type Relief struct {
	Received deadlines.Day      `ask:"day"`
	HeardAt  deadlines.When     `ask:"-"`
	RuledAt  deadlines.When     `ask:"-"`
	Outcome  string             `ask:"-"`
	Grounds  string             `ask:"-"`
	Found    measures.PerGround `ask:"-"`
}

func appealLodged(r Huisverbod, at dossier.At) string {
	switch {
	case appealOpen(r, at) != "":
		return "appeal-first"
	case reliefAsked(r, at) == "":
		return "relief-pending"
	}
	return ""
}

var relief = act("huisverbod.relief", dossier.Act[Huisverbod, Relief]{
	Check: func(r Huisverbod, in Relief, at dossier.At) error {
		return dayBetween("Received", in.Received, r.start().At, at)
	},
	Happened: func(in Relief) time.Time { return in.Received.Midnight() },
	Apply: func(r Huisverbod, in Relief, _ dossier.Entry) Huisverbod {
		r.Reliefs = append(r.Reliefs, in)
		return r
	},
})

func reliefAsked(r Huisverbod, _ dossier.At) string {
	if n := len(r.Reliefs); n == 0 || !r.Reliefs[n-1].RuledAt.At.IsZero() {
		return "relief"
	}
	return ""
}

// Hearing is when the court heard the banned person, the household and the mayor.
type Hearing struct {
	At    deadlines.When `ask:"moment"`
	Words string         `ask:"text,optional"`
}

var hearing = act("huisverbod.hearing", dossier.Act[Huisverbod, Hearing]{
	Check: func(r Huisverbod, in Hearing, at dossier.At) error {
		return toTheMinute("At", in.At, r.Reliefs[len(r.Reliefs)-1].Received.Midnight(), at, "Wth 6 lid 1 b")
	},
	Happened: func(in Hearing) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Hearing, _ dossier.Entry) Huisverbod {
		r.Reliefs = slices.Clone(r.Reliefs)
		r.Reliefs[len(r.Reliefs)-1].HeardAt = in.At
		return r
	},
})

// RuleRelief is the ruling. A suspended ban does not hold, from the ruling on.
type RuleRelief struct {
	At      deadlines.When `ask:"moment"`
	Outcome string         `ask:"choice" options:"suspended,refused,withdrawn"`
	measures.PerGround
	Grounds string `ask:"text"`
}

var ruleRelief = act("huisverbod.rule-relief", dossier.Act[Huisverbod, RuleRelief]{
	Check: func(r Huisverbod, in RuleRelief, at dossier.At) error {
		x := r.Reliefs[len(r.Reliefs)-1]
		least := x.Received.Midnight()
		if !x.HeardAt.At.IsZero() {
			least = x.HeardAt.At
		}
		if err := toTheMinute("At", in.At, least, at, "Wth 6 lid 1 b, 8"); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in RuleRelief) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in RuleRelief, _ dossier.Entry) Huisverbod {
		r.Reliefs = slices.Clone(r.Reliefs)
		x := &r.Reliefs[len(r.Reliefs)-1]
		x.RuledAt, x.Outcome, x.Grounds, x.Found = in.At, in.Outcome, in.Grounds, in.PerGround
		if in.Outcome == "suspended" && r.Stage != Over {
			r.Stage, r.Off = Suspended, append(r.Off, Off{From: in.At.At})
		}
		return r
	},
})

// Judge is the judgment in an appeal: when it was given and sent to the parties, and
// when the court sent the copies (Wth 8 lid 1 b). Grounds say why the ban stood or fell.
type Judge struct {
	Given   deadlines.Day `ask:"day"`
	Sent    deadlines.Day `ask:"day"`
	Copies  deadlines.Day `ask:"day,optional"`
	Outcome string        `ask:"choice" options:"dismissed,annulled,withdrawn"`
	measures.PerGround
	Number  string `ask:"line,optional"` // ECLI or case number
	Grounds string `ask:"text"`
}

var judge = act("huisverbod.judge", dossier.Act[Huisverbod, Judge]{
	Check: func(r Huisverbod, in Judge, at dossier.At) error {
		if err := dayBetween("Given", in.Given, r.Appeals[len(r.Appeals)-1].Lodged.Midnight(), at); err != nil {
			return err
		}
		if in.Copies != deadlines.NoDay {
			if err := dayBetween("Copies", in.Copies, in.Given.Midnight(), at); err != nil {
				return err
			}
		}
		if err := dayBetween("Sent", in.Sent, in.Given.Midnight(), at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in Judge) time.Time { return in.Given.Midnight() },
	Apply: func(r Huisverbod, in Judge, e dossier.Entry) Huisverbod {
		r.Appeals = slices.Clone(r.Appeals)
		a := &r.Appeals[len(r.Appeals)-1]
		a.JudgedOn, a.SentOn, a.CopyOn, a.Outcome, a.Grounds, a.Found = in.Given, in.Sent, in.Copies, in.Outcome, in.Grounds, in.PerGround
		if in.Outcome == "annulled" {
			if r.Stage != Over {
				r.StoppedAt = e.Recorded
			}
			r.Stage, r.How = Over, "annulled"
			return r
		}
		return r.resumed(e.Recorded)
	},
})

// resumed: a suspension ends with the judgment that leaves the ban in place (Awb 8:85).
func (r Huisverbod) resumed(at time.Time) Huisverbod {
	if r.Stage != Suspended {
		return r
	}
	r.Off = slices.Clone(r.Off)
	r.Off[len(r.Off)-1].To = at
	r.Stage = InForce
	if n := len(r.Extensions); n > 0 && !r.Extensions[n-1].Served.At.IsZero() {
		r.Stage = Extended
	}
	return r
}

// rulings are how the remedies ended, ground by ground.
func (r Huisverbod) rulings() (out []measures.Ruling) {
	for i, x := range r.Reliefs {
		out = append(out, measures.Ruling{Remedy: measures.ByRelief, Number: i + 1, On: x.RuledAt.Day, Outcome: x.Outcome, PerGround: x.Found})
	}
	for i, a := range r.Appeals {
		out = append(out, measures.Ruling{Remedy: measures.ByAppeal, Number: i + 1, On: a.JudgedOn, Court: a.Court, Outcome: a.Outcome, PerGround: a.Found})
	}
	return out
}
