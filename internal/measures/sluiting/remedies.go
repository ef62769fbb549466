package sluiting

import (
	"fmt"
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Objection is against the order or against the costs. One against the order covers the
// cost decision too when that is disputed (Awb 5:31c).
type Objection struct {
	Against   string             `ask:"choice" options:"order,costs"`
	Received  deadlines.Day      `ask:"day"`
	By        string             `ask:"line"`
	Words     string             `ask:"text"`
	Committee bool               `ask:"yes"` // a committee advises (7:13)
	Told      bool               `ask:"yes"` // and the objector was told in time
	Suspended int                `ask:"-"`
	Adjourned int                `ask:"-"`
	DecidedOn deadlines.Day      `ask:"-"`
	Outcome   string             `ask:"-"`
	Grounds   string             `ask:"-"`
	Found     measures.PerGround `ask:"-"`
}

// against is the day of the decision that is objected to.
func (r Sluiting) against(what string) (deadlines.Day, bool) {
	if what == "order" {
		return r.Publication.On, true
	}
	c, ok := r.lastCosts()
	return c.On, ok
}

// termOf is the question of when the objection must be decided (7:10).
func (r Sluiting) termOf(o Objection) deadlines.Question {
	from, _ := r.against(o.Against)
	return deadlines.Question{ID: "AWB-7.10.1", Start: deadlines.OnDay(from), Params: map[string]string{"committee": fmt.Sprint(o.Committee),
		"committee-notice": fmt.Sprint(o.Told), "suspended-days": fmt.Sprint(o.Suspended), "adjourn-weeks": fmt.Sprint(o.Adjourned)}}
}

var object = act("sluiting.object", dossier.Act[Sluiting, Objection]{
	Check: func(r Sluiting, in Objection, at dossier.At) error {
		least, ok := r.against(in.Against)
		if !ok {
			return wrong("Against", "no-costs")
		}
		// A late objection is recorded too: whether it is excusable is for people (6:11).
		return dayBetween("Received", in.Received, least, at)
	},
	Happened: func(in Objection) time.Time { return measures.DayTime(in.Received) },
	Apply: func(r Sluiting, in Objection, _ dossier.Entry) Sluiting {
		r.Objections = append(slices.Clone(r.Objections), in)
		return r
	},
})

func objectionOpen(r Sluiting, _ dossier.At) string {
	if !slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.DecidedOn == deadlines.NoDay }) {
		return "objection"
	}
	return ""
}

func (r Sluiting) openObjection(field string, number int) error {
	if number < 1 || number > len(r.Objections) || r.Objections[number-1].DecidedOn != deadlines.NoDay {
		return wrong(field, "no-such-objection")
	}
	return nil
}

// Adjourn suspends or adjourns the decision on an objection (7:10 lid 2 and 3), before
// its term ends and by at most six weeks.
type Adjourn struct {
	Number    int    `ask:"objection"`
	Suspended int    `ask:"count"` // days, in all
	Weeks     int    `ask:"count"`
	Why       string `ask:"text"`
}

var adjourn = act("sluiting.adjourn", dossier.Act[Sluiting, Adjourn]{
	Check: func(r Sluiting, in Adjourn, at dossier.At) error {
		if err := r.openObjection("Number", in.Number); err != nil {
			return err
		}
		if in.Weeks > 6 || in.Weeks < 0 {
			return wrong("Weeks", "adjourn-six")
		}
		if a, err := at.Calendar.Answer(r.termOf(r.Objections[in.Number-1])); err != nil || at.Today > a.End.Day {
			return wrong("Weeks", "adjourn-late", "end", a.End)
		}
		return nil
	},
	Apply: func(r Sluiting, in Adjourn, _ dossier.Entry) Sluiting {
		r.Objections = slices.Clone(r.Objections)
		if in.Number > 0 && in.Number <= len(r.Objections) {
			o := &r.Objections[in.Number-1]
			o.Suspended, o.Adjourned = in.Suspended, in.Weeks
		}
		return r
	},
})

// DecideObjection is the decision on an objection. Revoking takes the order away, as if it
// never was; it may also be made shorter (ECLI:NL:RVS:2023:3938). Grounds say why it stood
// or fell, for the next case.
type DecideObjection struct {
	Number  int           `ask:"objection"`
	On      deadlines.Day `ask:"day"` // of its Bekendmaking
	Outcome string        `ask:"choice" options:"unfounded,inadmissible,shortened,revoked,withdrawn"`
	Length  int           `ask:"count"`
	Unit    string        `ask:"choice,optional" options:"weeks,months"`
	measures.PerGround
	Grounds string `ask:"text"`
}

// shorter refuses a length that a remedy cannot give.
func (r Sluiting) shorter(outcome string, n int, unit string) error {
	if outcome != "shortened" {
		return nil
	}
	now := span{r.Draft.Length, r.Draft.Unit}
	if n < 1 || unit == "" || !now.longer(span{n, unit}, r.Publication.On) {
		return wrong("Length", "shorten-shorter")
	}
	return nil
}

var decideObjection = act("sluiting.decide-objection", dossier.Act[Sluiting, DecideObjection]{
	Check: func(r Sluiting, in DecideObjection, at dossier.At) error {
		if err := r.openObjection("Number", in.Number); err != nil {
			return err
		}
		if in.Outcome == "shortened" && (r.Stage == Warned || r.Objections[in.Number-1].Against == "costs") {
			return wrong("Outcome", "shorten-closure")
		}
		if err := r.shorter(in.Outcome, in.Length, in.Unit); err != nil {
			return err
		}
		if err := dayBetween("On", in.On, r.Objections[in.Number-1].Received, at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in DecideObjection) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in DecideObjection, _ dossier.Entry) Sluiting {
		r.Objections = slices.Clone(r.Objections)
		if in.Number < 1 || in.Number > len(r.Objections) {
			return r
		}
		o := &r.Objections[in.Number-1]
		o.DecidedOn, o.Outcome, o.Grounds, o.Found = in.On, in.Outcome, in.Grounds, in.PerGround
		return r.outcome(o.Against, map[string]string{"revoked": "revoked"}[in.Outcome], in.Outcome, in.Length, in.Unit, in.On)
	},
})

// outcome is what a decision on an objection or a judgment does to what was disputed.
func (r Sluiting) outcome(against, gone, outcome string, n int, unit string, on deadlines.Day) Sluiting {
	switch {
	case gone != "" && against == "costs":
		r.Costs = slices.Clone(r.Costs)
		for i := range r.Costs {
			r.Costs[i].Void = true
		}
		return r
	case gone != "":
		return r.undo(gone, on)
	case outcome == "shortened":
		r = r.shorten(n, unit)
	}
	return r.resumed(on)
}

// Relief is a request for interim relief (Awb 8:81), which needs an objection or an
// appeal beside it. Whether the execution waits is for the municipality: the law does not
// suspend (6:16). Who decided so is recorded.
type Relief struct {
	Asked   deadlines.Day      `ask:"day"`
	Held    string             `ask:"choice" options:"held,not-held"`
	Why     string             `ask:"text"`
	HeldBy  string             `ask:"-"`
	RuledOn deadlines.Day      `ask:"-"`
	Outcome string             `ask:"-"`
	Grounds string             `ask:"-"`
	Found   measures.PerGround `ask:"-"`
}

func remedyOpen(r Sluiting, at dossier.At) string {
	switch {
	case reliefAsked(r, at) == "":
		return "relief-pending"
	case objectionOpen(r, at) != "" && appealOpen(r, at) != "":
		return "remedy"
	}
	return ""
}

var relief = act("sluiting.relief", dossier.Act[Sluiting, Relief]{
	Check: func(r Sluiting, in Relief, at dossier.At) error {
		return dayBetween("Asked", in.Asked, r.Publication.On, at)
	},
	Happened: func(in Relief) time.Time { return measures.DayTime(in.Asked) },
	Apply: func(r Sluiting, in Relief, e dossier.Entry) Sluiting {
		in.HeldBy = e.Actor
		r.Reliefs = append(slices.Clone(r.Reliefs), in)
		return r
	},
})

func reliefAsked(r Sluiting, _ dossier.At) string {
	if n := len(r.Reliefs); n == 0 || r.Reliefs[n-1].RuledOn != deadlines.NoDay {
		return "relief"
	}
	return ""
}

// held: the execution waits for the judge.
func (r Sluiting) held() bool {
	n := len(r.Reliefs)
	return n > 0 && r.Reliefs[n-1].RuledOn == deadlines.NoDay && r.Reliefs[n-1].Held == "held"
}

// Hold changes whether the execution waits for the ruling.
type Hold struct {
	Held string `ask:"choice" options:"held,not-held"`
	Why  string `ask:"text"`
}

var hold = act("sluiting.hold", dossier.Act[Sluiting, Hold]{
	Check: func(r Sluiting, in Hold, _ dossier.At) error {
		if r.Reliefs[len(r.Reliefs)-1].Held == in.Held {
			return wrong("Held", "held-already")
		}
		return nil
	},
	Apply: func(r Sluiting, in Hold, e dossier.Entry) Sluiting {
		r.Reliefs = slices.Clone(r.Reliefs)
		x := &r.Reliefs[len(r.Reliefs)-1]
		x.Held, x.Why, x.HeldBy = in.Held, in.Why, e.Actor
		return r
	},
})

// RuleRelief is the ruling. A suspended closure does not hold, from the ruling on.
type RuleRelief struct {
	On      deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"suspended,refused,withdrawn"`
	measures.PerGround
	Grounds string `ask:"text"`
}

var ruleRelief = act("sluiting.rule-relief", dossier.Act[Sluiting, RuleRelief]{
	Check: func(r Sluiting, in RuleRelief, at dossier.At) error {
		if err := dayBetween("On", in.On, r.Reliefs[len(r.Reliefs)-1].Asked, at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in RuleRelief) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in RuleRelief, _ dossier.Entry) Sluiting {
		r.Reliefs = slices.Clone(r.Reliefs)
		x := &r.Reliefs[len(r.Reliefs)-1]
		x.RuledOn, x.Outcome, x.Grounds, x.Found = in.On, in.Outcome, in.Grounds, in.PerGround
		if in.Outcome == "suspended" && r.Stage != Over {
			r.Stage, r.Off = Suspended, append(slices.Clone(r.Off), Off{From: in.On})
		}
		return r
	},
})

// Resume is that a suspension ended in another way than by a decision: on the day that
// the judge named (Awb 8:85), or because the judge lifted it (8:87).
type Resume struct {
	On  deadlines.Day `ask:"day"`
	How string        `ask:"choice" options:"named-day,lifted"`
	Why string        `ask:"text"`
}

var resume = act("sluiting.resume", dossier.Act[Sluiting, Resume]{
	Check: func(r Sluiting, in Resume, at dossier.At) error {
		return dayBetween("On", in.On, r.Off[len(r.Off)-1].From, at)
	},
	Happened: func(in Resume) time.Time { return measures.DayTime(in.On) },
	Apply:    func(r Sluiting, in Resume, _ dossier.Entry) Sluiting { return r.resumed(in.On) },
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
	Grounds   string             `ask:"-"`
	Found     measures.PerGround `ask:"-"`
}

func appealPossible(r Sluiting, _ dossier.At) string {
	if !slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.DecidedOn != deadlines.NoDay && o.Outcome != "withdrawn" }) {
		return "objection-decided"
	}
	return ""
}

var appeal = act("sluiting.appeal", dossier.Act[Sluiting, Appeal]{
	Check: func(r Sluiting, in Appeal, at dossier.At) error {
		if in.Objection < 1 || in.Objection > len(r.Objections) || r.Objections[in.Objection-1].DecidedOn == deadlines.NoDay {
			return wrong("Objection", "no-such-objection")
		}
		least, court := r.Objections[in.Objection-1].DecidedOn, false
		for _, a := range r.Appeals {
			if a.Objection != in.Objection {
				continue
			}
			if a.Court == in.Court || a.JudgedOn == deadlines.NoDay {
				return wrong("Court", "appeal-there")
			}
			least, court = a.JudgedOn, true
		}
		if in.Court == "afdeling" && !court {
			return wrong("Court", "court-first")
		}
		return dayBetween("Lodged", in.Lodged, least, at)
	},
	Happened: func(in Appeal) time.Time { return measures.DayTime(in.Lodged) },
	Apply: func(r Sluiting, in Appeal, _ dossier.Entry) Sluiting {
		r.Appeals = append(slices.Clone(r.Appeals), in)
		return r
	},
})

func appealOpen(r Sluiting, _ dossier.At) string {
	if !slices.ContainsFunc(r.Appeals, func(a Appeal) bool { return a.JudgedOn == deadlines.NoDay }) {
		return "appeal"
	}
	return ""
}

// Judge is the judgment in an appeal, on the day it was sent. Grounds say why the closure
// stood or fell, so that the next similar case is warned.
type Judge struct {
	Sent    deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"dismissed,shortened,annulled,withdrawn"`
	Length  int           `ask:"count"`
	Unit    string        `ask:"choice,optional" options:"weeks,months"`
	measures.PerGround
	Number  string `ask:"line,optional"` // ECLI or case number
	Grounds string `ask:"text"`
}

func (r Sluiting) pending() int {
	return slices.IndexFunc(r.Appeals, func(a Appeal) bool { return a.JudgedOn == deadlines.NoDay })
}

var judge = act("sluiting.judge", dossier.Act[Sluiting, Judge]{
	Check: func(r Sluiting, in Judge, at dossier.At) error {
		a := r.Appeals[r.pending()]
		if in.Outcome == "shortened" && (r.Stage == Warned || r.Objections[a.Objection-1].Against == "costs") {
			return wrong("Outcome", "shorten-closure")
		}
		if err := r.shorter(in.Outcome, in.Length, in.Unit); err != nil {
			return err
		}
		if err := dayBetween("Sent", in.Sent, a.Lodged, at); err != nil {
			return err
		}
		return measures.CheckGrounds(in.Outcome, in.PerGround)
	},
	Happened: func(in Judge) time.Time { return measures.DayTime(in.Sent) },
	Apply: func(r Sluiting, in Judge, _ dossier.Entry) Sluiting {
		i := r.pending()
		if i < 0 {
			return r
		}
		r.Appeals = slices.Clone(r.Appeals)
		a := &r.Appeals[i]
		a.JudgedOn, a.Outcome, a.Grounds, a.Found = in.Sent, in.Outcome, in.Grounds, in.PerGround
		return r.outcome(r.Objections[a.Objection-1].Against, map[string]string{"annulled": "annulled"}[in.Outcome], in.Outcome, in.Length, in.Unit, in.Sent)
	},
})

// rulings are how the remedies ended, ground by ground.
func (r Sluiting) rulings() (out []measures.Ruling) {
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
