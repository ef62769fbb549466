package dwangsom

import (
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Report is the breach as it came in: what was seen, where, when and by whom.
type Report struct {
	Place    string         `ask:"line"`
	Offender string         `ask:"line"`
	Address  string         `ask:"line"`
	Seen     deadlines.When `ask:"moment"`
	Facts    string         `ask:"text"`
	Source   string         `ask:"choice" options:"inspection,police,resident,other"`
	Photos   []string       `ask:"files,optional"`
	Lead     string         `ask:"colleague"`
	Deputy   string         `ask:"colleague,optional"` // hears of a term when the lead does not react
}

// Evidence is a further fact with its source (Awb 3:2).
type Evidence struct {
	On     deadlines.When `ask:"moment"`
	Words  string         `ask:"text"`
	Source string         `ask:"choice" options:"inspection,police,resident,other"`
	Photos []string       `ask:"files,optional"`
	By     string         `ask:"-"`
}

var report = act("dwangsom.report", dossier.Act[Dwangsom, Report]{
	Check:    func(_ Dwangsom, in Report, at dossier.At) error { return notLater("Seen", in.Seen, at) },
	Happened: func(in Report) time.Time { return moment(in.Seen) },
	Apply: func(r Dwangsom, in Report, e dossier.Entry) Dwangsom {
		r.Place, r.Offender, r.Address, r.Facts, r.SeenOn, r.Lead, r.Deputy = in.Place, in.Offender, in.Address, in.Facts, in.Seen.Day, in.Lead, in.Deputy
		r.Evidence = append(r.Evidence, Evidence{On: in.Seen, Words: in.Facts, Source: in.Source, Photos: in.Photos, By: e.Actor})
		return r
	},
})

var evidence = act("dwangsom.evidence", dossier.Act[Dwangsom, Evidence]{
	Check:    func(_ Dwangsom, in Evidence, at dossier.At) error { return notLater("On", in.On, at) },
	Happened: func(in Evidence) time.Time { return moment(in.On) },
	Apply: func(r Dwangsom, in Evidence, e dossier.Entry) Dwangsom {
		in.By = e.Actor
		r.Evidence = append(r.Evidence, in)
		return r
	},
})

// Basis is the choice of the ground: which rule of the APV was broken. Earlier is
// how many orders came before within the look-back of the policy; the page fills in
// what the register knows.
type Basis struct {
	Breach  string `ask:"breach"`
	Rule    string `ask:"text"` // which conduct the article forbids, and how the facts fit
	Earlier int    `ask:"count"`
}

var basis = act("dwangsom.basis", dossier.Act[Dwangsom, Basis]{
	Check: func(r Dwangsom, in Basis, at dossier.At) error {
		if _, ok := r.Policy(at.Today).Breach(in.Breach); !ok {
			return wrong("Breach", "no-such-breach", "policy", r.Policy(at.Today).ID)
		}
		return nil
	},
	Apply: func(r Dwangsom, in Basis, e dossier.Entry) Dwangsom {
		b, _ := r.Policy(deadlines.DayOf(e.Recorded)).Breach(in.Breach)
		r.Breach, r.Article, r.Power, r.Earlier, r.Rule = in.Breach, b.Article, b.Power, in.Earlier, in.Rule
		return r
	},
})

// Intention is the letter in which the offender hears what is intended, and until
// when they can give their Zienswijze (Awb 4:8). The term is the letter's (DEC).
type Intention struct {
	Sent     deadlines.Day `ask:"day"`
	ViewDays int           `ask:"count"`
}

var intend = act("dwangsom.intend", dossier.Act[Dwangsom, Intention]{
	Check: func(r Dwangsom, in Intention, at dossier.At) error {
		if err := dayBetween("Sent", in.Sent, r.SeenOn, at.Today); err != nil {
			return err
		}
		if in.ViewDays < 1 {
			return wrong("ViewDays", "view-days")
		}
		return nil
	},
	Happened: func(in Intention) time.Time { return dayTime(in.Sent) },
	Apply: func(r Dwangsom, in Intention, _ dossier.Entry) Dwangsom {
		r.IntentionOn, r.ViewUntil = in.Sent, in.Sent+deadlines.Day(in.ViewDays)
		return r
	},
})

// Skip is why the offender is not heard beforehand: one of the three grounds of Awb
// 4:11, with the facts that carry it.
type Skip struct {
	Ground string `ask:"choice" options:"urgent,heard-before,aim"`
	Why    string `ask:"text"`
}

var skip = act("dwangsom.skip", dossier.Act[Dwangsom, Skip]{
	Apply: func(r Dwangsom, in Skip, _ dossier.Entry) Dwangsom {
		r.Skipped, r.SkippedWhy = in.Ground, in.Why
		return r
	},
})

// View is a Zienswijze: how it was given, in short what it says, and the answer to
// it, which goes into the decision.
type View struct {
	Received deadlines.Day `ask:"day"`
	How      string        `ask:"choice" options:"written,oral,none"`
	Words    string        `ask:"text"`
	Answer   string        `ask:"text"`
	Files    []string      `ask:"files,optional"`
}

var view = act("dwangsom.view", dossier.Act[Dwangsom, View]{
	Check: func(r Dwangsom, in View, at dossier.At) error {
		if in.How == "none" && at.Today <= r.ViewUntil {
			return wrong("How", "view-term-runs", "until", r.ViewUntil)
		}
		return dayBetween("Received", in.Received, r.IntentionOn, at.Today)
	},
	Happened: func(in View) time.Time { return dayTime(in.Received) },
	Apply: func(r Dwangsom, in View, _ dossier.Entry) Dwangsom {
		r.View = &in
		return r
	},
})

// Weighing is the test of proportionality (Awb 3:4 lid 2; ECLI:NL:RVS:2022:285). An
// answer that is not there needs a reason in its place; the answers go into the
// decision.
type Weighing struct {
	Aim          string `ask:"text"` // suitability: what the order must reach
	Lighter      string `ask:"text"` // necessity: talk, warning, mediation, care; why not enough
	Blame        string `ask:"text"` // whether the offender can be blamed
	Means        string `ask:"text"` // whether the offender can comply, and bear the sum
	Circumstance string `ask:"text"` // health, children, home, other interests
	Others       string `ask:"text"` // interests of neighbours and victims
	Outcome      string `ask:"text"` // the balance
}

var weigh = act("dwangsom.weigh", dossier.Act[Dwangsom, Weighing]{
	Apply: func(r Dwangsom, in Weighing, _ dossier.Entry) Dwangsom {
		r.Weighed = &in
		return r
	},
})

// notLater refuses a moment that is still to come.
func notLater(field string, w deadlines.When, at dossier.At) error {
	if w.Day > at.Today || !w.At.IsZero() && w.At.After(at.Now) {
		return wrong(field, "in-future")
	}
	return nil
}

// dayBetween refuses a day before the fact it follows on, and one to come.
func dayBetween(field string, d, least, today deadlines.Day) error {
	switch {
	case d > today:
		return wrong(field, "in-future")
	case d < least:
		return wrong(field, "before", "least", least)
	}
	return nil
}

func moment(w deadlines.When) time.Time {
	if !w.At.IsZero() {
		return w.At
	}
	return dayTime(w.Day)
}
