package woonoverlast

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
)

// own is the code of a rule of conduct that is not in the library.
const own = "own"

// Rule is a rule of conduct for this resident: one of the library, or one in own words
// that says how it is checked. What nobody can check cannot be enforced (Awb 5:9).
type Rule struct {
	Code  string `ask:"conduct"`
	Words string `ask:"text,optional"`
	Check string `ask:"text,optional"`
}

var conduct = act("woonoverlast.conduct", dossier.Act[Woonoverlast, Rule]{
	Check: func(r Woonoverlast, in Rule, at dossier.At) error {
		_, known := r.Policy(at.Today).Rule(in.Code)
		switch {
		case !known && in.Code != own:
			return wrong("Code", "no-such-rule", "policy", r.Policy(at.Today).ID)
		case in.Code == own && strings.TrimSpace(in.Words) == "":
			return wrong("Words", "own-words")
		case in.Code == own && strings.TrimSpace(in.Check) == "":
			return wrong("Check", "own-check")
		case in.Code != own && strings.TrimSpace(in.Words+in.Check) != "":
			return wrong("Words", "library-words")
		case in.Code != own && slices.ContainsFunc(r.Rules, func(x Rule) bool { return x.Code == in.Code }):
			return wrong("Code", "rule-there")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in Rule, e dossier.Entry) Woonoverlast {
		// The words of the library on the day of the act: a later version does not change
		// what was ordered.
		if c, ok := r.Policy(deadlines.DayOf(e.Recorded)).Rule(in.Code); ok {
			in.Words, in.Check = c.Words, c.Check
		}
		r.Rules = append(slices.Clone(r.Rules), in)
		return r
	},
})

// Strike takes a rule of conduct away before the decision.
type Strike struct {
	Number string `ask:"rule"`
}

func conductChosen(r Woonoverlast, _ dossier.At) string {
	if len(r.Rules) == 0 {
		return "conduct"
	}
	return ""
}

var strike = act("woonoverlast.strike", dossier.Act[Woonoverlast, Strike]{
	Check: func(r Woonoverlast, in Strike, _ dossier.At) error {
		if r.numbered(in.Number) == 0 {
			return wrong("Number", "no-such-number")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in Strike, _ dossier.Entry) Woonoverlast {
		if n := r.numbered(in.Number); n > 0 {
			r.Rules = slices.Delete(slices.Clone(r.Rules), n-1, n)
		}
		return r
	},
})

// numbered is the number of a rule of conduct, or 0.
func (r Woonoverlast) numbered(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= len(r.Rules) {
		return n
	}
	return 0
}

// Weighing is the test of necessity and balance (Gemeentewet 151d lid 2; Awb 3:4 lid 2;
// ECLI:NL:RVS:2022:285). An answer that is not there needs its reason in its place; the
// answers go into the decision.
type Weighing struct {
	Serious string `ask:"text"` // why this is serious and repeated, for the neighbours
	Lighter string `ask:"text"` // why nothing lighter ends it
	Blame   string `ask:"text"` // whether the resident can help it
	Care    string `ask:"text"` // medical need, care, addiction
	Minors  string `ask:"text"` // children in the home
	Home    string `ask:"text"` // what it means for the home and the lease
	Balance string `ask:"text"`
}

var weigh = act("woonoverlast.weigh", dossier.Act[Woonoverlast, Weighing]{
	Apply: func(r Woonoverlast, in Weighing, _ dossier.Entry) Woonoverlast {
		r.Weighed = &in
		return r
	},
})

// Intention is the letter in which the resident hears what is intended, and until when
// they can give their Zienswijze (Awb 4:8).
type Intention struct {
	Sent     deadlines.Day `ask:"day"`
	ViewDays int           `ask:"count"`
	By       string        `ask:"-"`
	Letter   string        `ask:"-"`
}

func (i Intention) until() deadlines.Day { return i.Sent + deadlines.Day(i.ViewDays) }

var intend = act("woonoverlast.intend", dossier.Act[Woonoverlast, Intention]{
	Check: func(r Woonoverlast, in Intention, at dossier.At) error {
		switch {
		case !r.Policy(at.Today).MaySign(at.Actor.Holds, "intend"):
			return wrong("Sent", "no-mandate")
		case in.ViewDays < 1:
			return wrong("ViewDays", "view-days")
		}
		return dayBetween("Sent", in.Sent, r.Incidents[0].At.Day, at)
	},
	Happened: func(in Intention) time.Time { return in.Sent.Midnight() },
	Apply: func(r Woonoverlast, in Intention, e dossier.Entry) Woonoverlast {
		in.By = e.Actor
		r.Intention, r.Skipped, r.View = &in, nil, nil
		return r
	},
})

// Skip is why the resident is not heard beforehand: one of the three grounds of Awb 4:11,
// with the facts that carry it.
type Skip struct {
	Ground string `ask:"choice" options:"urgent,heard-before,aim"`
	Why    string `ask:"text"`
}

var skip = act("woonoverlast.skip", dossier.Act[Woonoverlast, Skip]{
	Apply: func(r Woonoverlast, in Skip, _ dossier.Entry) Woonoverlast {
		r.Skipped = &in
		return r
	},
})

// View is a Zienswijze: how it was given, in short what it says, and the answer to it,
// which goes into the decision.
type View struct {
	Received deadlines.Day `ask:"day"`
	How      string        `ask:"choice" options:"written,oral,none"`
	Words    string        `ask:"text"`
	Answer   string        `ask:"text"`
	Files    []string      `ask:"files,optional"`
}

func intended(r Woonoverlast, _ dossier.At) string {
	if r.Intention == nil {
		return "intention"
	}
	return ""
}

var view = act("woonoverlast.view", dossier.Act[Woonoverlast, View]{
	Check: func(r Woonoverlast, in View, at dossier.At) error {
		if in.How == "none" && at.Today <= r.Intention.until() {
			return wrong("How", "view-term-runs", "until", r.Intention.until())
		}
		return dayBetween("Received", in.Received, r.Intention.Sent, at)
	},
	Happened: func(in View) time.Time { return in.Received.Midnight() },
	Apply: func(r Woonoverlast, in View, _ dossier.Entry) Woonoverlast {
		r.View = &in
		return r
	},
})

// Draft is the order before it is one: how it is enforced and at what price, how long it
// lasts, and when it is evaluated. The rules of conduct stand in the file.
type Draft struct {
	Facts      string `ask:"text"` // in short, without who reported
	Enforce    string `ask:"choice" options:"dwangsom,bestuursdwang"`
	Amount     int    `ask:"euro,optional"` // per breach
	Maximum    int    `ask:"euro,optional"`
	Earlier    int    `ask:"count"`         // orders before this one, within the policy's look-back
	Deviates   string `ask:"text,optional"` // why another amount than the policy's (Awb 4:84)
	ComplyDays int    `ask:"count"`         // to end what must be ended; 0 for an order that only forbids repetition
	Months     int    `ask:"count"`
	Weeks      int    `ask:"count"` // until the evaluation
}

// draftReady: serious and repeated nuisance, no other suitable way, rules that can be
// checked, the resident heard, the interests weighed. It is asked again when the mayor
// decides: a correction can take away what the draft rested on.
func draftReady(r Woonoverlast, at dossier.At) string {
	p, n := r.Policy(at.Today), r.counted(at.Today)
	switch {
	case n.incidents < p.Incidents:
		return "few-incidents"
	case n.reporters < p.Reporters:
		return "few-reporters"
	case n.days < p.SpreadDays:
		return "little-spread"
	case len(r.Tried)+len(r.Warnings) == 0 && r.NoneTried == "":
		return "last-resort"
	case len(r.Rules) == 0:
		return "conduct"
	case r.Weighed == nil:
		return "weighed"
	case r.View == nil && r.Skipped == nil && (r.Intention == nil || at.Today <= r.Intention.until()):
		return "view"
	}
	return ""
}

var draft = act("woonoverlast.draft", dossier.Act[Woonoverlast, Draft]{
	Check: func(r Woonoverlast, in Draft, at dossier.At) error {
		p := r.Policy(at.Today)
		amount, maximum := p.Step(in.Earlier)
		switch {
		case in.Enforce == "dwangsom" && (in.Amount < 1 || in.Maximum < in.Amount):
			return wrong("Amount", "amounts")
		case in.Enforce == "bestuursdwang" && in.Amount+in.Maximum > 0:
			return wrong("Amount", "no-amounts")
		case in.Enforce == "dwangsom" && (in.Amount != amount || in.Maximum != maximum) && strings.TrimSpace(in.Deviates) == "":
			return wrong("Deviates", "deviates", "amount", text.Euro(amount), "maximum", text.Euro(maximum), "policy", p.ID)
		case in.Months < 1 || in.Months > p.MostMonths:
			return wrong("Months", "months", "most", p.MostMonths, "policy", p.ID)
		case in.Weeks < 1 || in.Weeks > p.EvaluateWeeks:
			return wrong("Weeks", "weeks", "most", p.EvaluateWeeks, "policy", p.ID)
		case in.ComplyDays < 0 || in.ComplyDays > 90:
			return wrong("ComplyDays", "comply-days")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in Draft, e dossier.Entry) Woonoverlast {
		r.Draft, r.DraftBy = &in, e.Actor
		return r
	},
})
