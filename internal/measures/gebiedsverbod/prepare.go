package gebiedsverbod

import (
	"slices"
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Report opens the file: against whom, where, and the first disturbance. The day of
// birth is needed at once: at twelve the law changes (Gemeentewet 172b).
type Report struct {
	Person    string         `ask:"line"`
	Born      deadlines.Day  `ask:"day"`
	Address   string         `ask:"line,optional"`
	Parent    string         `ask:"line,optional"`
	Place     string         `ask:"line"` // name of the area
	At        deadlines.When `ask:"moment"`
	Words     string         `ask:"text"`
	Source    string         `ask:"choice" options:"police,officer,camera,other"`
	Reference string         `ask:"line"` // of the report of who saw it
	Serious   bool           `ask:"yes"`
	Group     bool           `ask:"yes"`
	Leading   bool           `ask:"yes"`
	Lead      string         `ask:"colleague"`
	Deputy    string         `ask:"colleague,optional"`
}

var report = act("gebiedsverbod.report", dossier.Act[Gebiedsverbod, Report]{
	Check: func(_ Gebiedsverbod, in Report, at dossier.At) error {
		switch {
		case in.Born >= in.At.Day:
			return wrong("Born", "born-after")
		case in.At.Day < twelveFrom(in.Born) && strings.TrimSpace(in.Parent) == "":
			return wrong("Parent", "parent-needed", "twelve", twelveFrom(in.Born))
		case in.Leading && !in.Group:
			return wrong("Leading", "leading-alone")
		}
		return between("At", in.At, time.Time{}, at)
	},
	Happened: func(in Report) time.Time { return moment(in.At) },
	Apply: func(r Gebiedsverbod, in Report, _ dossier.Entry) Gebiedsverbod {
		r.Person, r.Born, r.Address, r.Parent, r.Place, r.Lead, r.Deputy = in.Person, in.Born, in.Address, in.Parent, in.Place, in.Lead, in.Deputy
		r.Incidents = []Incident{{At: in.At, Words: in.Words, Source: in.Source, Reference: in.Reference, Serious: in.Serious, Group: in.Group, Leading: in.Leading}}
		return r
	},
})

// Incident is one disturbance of public order by this person, with the number of the
// report of who saw it.
type Incident struct {
	At        deadlines.When `ask:"moment"`
	Words     string         `ask:"text"`
	Source    string         `ask:"choice" options:"police,officer,camera,other"`
	Reference string         `ask:"line"`
	Serious   bool           `ask:"yes"`
	Group     bool           `ask:"yes"`
	Leading   bool           `ask:"yes"`
	Files     []string       `ask:"files,optional"`
	Recorded  time.Time      `ask:"-"`
}

var incident = act("gebiedsverbod.incident", dossier.Act[Gebiedsverbod, Incident]{
	Check: func(r Gebiedsverbod, in Incident, at dossier.At) error {
		switch {
		case in.Leading && !in.Group:
			return wrong("Leading", "leading-alone")
		case slices.ContainsFunc(r.Incidents, func(x Incident) bool {
			return x.At == in.At && strings.EqualFold(strings.TrimSpace(x.Reference), strings.TrimSpace(in.Reference))
		}):
			return wrong("Reference", "logged-already")
		}
		return between("At", in.At, time.Time{}, at)
	},
	Happened: func(in Incident) time.Time { return moment(in.At) },
	Apply: func(r Gebiedsverbod, in Incident, e dossier.Entry) Gebiedsverbod {
		in.Recorded = e.Recorded
		r.Incidents = append(slices.Clone(r.Incidents), in)
		return r
	},
})

// Origin is what an order of lid 2 or lid 3 rests on: the sanction of a private
// organisation, such as a ban from a stadium, or the request of another mayor.
type Origin struct {
	Kind  string        `ask:"choice" options:"sanction,request"`
	From  string        `ask:"line"` // the organisation, or the municipality
	On    deadlines.Day `ask:"day"`
	Words string        `ask:"text"`
	Files []string      `ask:"files,optional"`
}

var origin = act("gebiedsverbod.origin", dossier.Act[Gebiedsverbod, Origin]{
	Check: func(_ Gebiedsverbod, in Origin, at dossier.At) error {
		return dayBetween("On", in.On, deadlines.NoDay, at)
	},
	Happened: func(in Origin) time.Time { return in.On.Midnight() },
	Apply: func(r Gebiedsverbod, in Origin, _ dossier.Entry) Gebiedsverbod {
		r.Origin = &in
		return r
	},
})

// Basis is the choice of the legal basis, with how the facts meet it.
type Basis struct {
	Code string `ask:"choice" options:"light,serious,leading,repeated,sanction,request,child,apv"`
	Why  string `ask:"text"`
}

var chooseBasis = act("gebiedsverbod.basis", dossier.Act[Gebiedsverbod, Basis]{
	Check: func(r Gebiedsverbod, in Basis, at dossier.At) error {
		b, _ := basisOf(in.Code)
		then := r
		then.Basis = in.Code
		if code := ageFits(b, r.Born, at.Today); code != "" {
			return wrong("Code", code, "twelve", twelveFrom(r.Born))
		}
		if code := b.facts(r); code != "" {
			return wrong("Code", code, "article", then.article(at.Today))
		}
		return nil
	},
	Apply: func(r Gebiedsverbod, in Basis, _ dossier.Entry) Gebiedsverbod {
		r.Basis, r.Why = in.Code, in.Why
		// What an earlier basis carried need not be in this one.
		if b, ok := basisOf(in.Code); ok && !b.may(aReport) {
			r.Duty = nil
		}
		return r
	},
})

// Area is where the order holds: a drawing, and the same as a list of streets, so that
// who must obey can read it and who looks at the map can check it. Objects are places in
// it that the order is about ("in of in de omgeving van bepaalde objecten").
type Area struct {
	Outline string   `ask:"shape"`
	Streets []string `ask:"lines,optional"` // those of the drawing when it is left empty
	Objects []string `ask:"lines,optional"`
}

var area = act("gebiedsverbod.area", dossier.Act[Gebiedsverbod, Area]{
	Check: func(r Gebiedsverbod, in Area, _ dossier.At) error { return r.Ground.fits(in.Outline, in.Streets) },
	Apply: func(r Gebiedsverbod, in Area, _ dossier.Entry) Gebiedsverbod {
		r.Area = &in
		return r
	},
})

// Limits are the days and hours of the order and what stays possible. Each answer is
// needed, also when it is "does not live or work there": a ban that keeps somebody from
// home, work or a doctor is seldom needed and must then say why (EVRM 8; Awb 3:4 lid 2).
type Limits struct {
	Days  string `ask:"choice" options:"every,weekdays,weekend,weekend-nights"`
	Hours string `ask:"line,optional"` // "20.00-06.00"; the whole day when empty
	Home  string `ask:"text"`
	Work  string `ask:"text"` // or school
	Care  string `ask:"text"`
	Other string `ask:"text,optional"` // family, faith, voting, counsel
}

var limits = act("gebiedsverbod.limits", dossier.Act[Gebiedsverbod, Limits]{
	Check: func(_ Gebiedsverbod, in Limits, _ dossier.At) error { return hoursRead("Hours", in.Hours) },
	Apply: func(r Gebiedsverbod, in Limits, _ dossier.Entry) Gebiedsverbod {
		r.Limits = &in
		return r
	},
})

func hoursRead(field, s string) error {
	if _, ok := parseHours(s); !ok && strings.TrimSpace(s) != "" {
		return wrong(field, "hours-unread")
	}
	return nil
}

// Duty is the duty to report: where, and when (Gemeentewet 172a lid 1 c).
type Duty struct {
	Where string   `ask:"line"`
	Times []string `ask:"lines"` // "elke zaterdag van 14.00 tot 14.15 uur"
}

// dutyPossible: only an order of 172a can carry a duty to report.
func dutyPossible(r Gebiedsverbod, _ dossier.At) string {
	if b, ok := basisOf(r.Basis); !ok {
		return "basis"
	} else if !b.may(aReport) {
		return "no-duty"
	}
	return ""
}

var duty = act("gebiedsverbod.duty", dossier.Act[Gebiedsverbod, Duty]{
	Apply: func(r Gebiedsverbod, in Duty, _ dossier.Entry) Gebiedsverbod {
		r.Duty = &in
		return r
	},
})

// Consult is the talk with the prosecutor: whether there is a conduct order (Sv 509hh),
// and where.
type Consult struct {
	On      deadlines.Day `ask:"day"`
	With    string        `ask:"line"`
	Outcome string        `ask:"choice" options:"no-order,order-elsewhere,order-here"`
	Words   string        `ask:"text"`
}

var consult = act("gebiedsverbod.consult", dossier.Act[Gebiedsverbod, Consult]{
	Check: func(_ Gebiedsverbod, in Consult, at dossier.At) error {
		return dayBetween("On", in.On, deadlines.NoDay, at)
	},
	Happened: func(in Consult) time.Time { return in.On.Midnight() },
	Apply: func(r Gebiedsverbod, in Consult, _ dossier.Entry) Gebiedsverbod {
		r.Consulted = &in
		return r
	},
})

// Weighing is the test of necessity and balance (Awb 3:4 lid 2; EVRM 8; article 2 of its
// Fourth Protocol). The answers go into the decision. Minor is needed for who is under
// age (IVRK 3).
type Weighing struct {
	Fear    string `ask:"text"` // why more disturbance is to be feared
	Lighter string `ask:"text"` // why nothing lighter ends it
	Size    string `ask:"text"` // why this area and these hours, and no smaller
	Minor   string `ask:"text,optional"`
	Balance string `ask:"text"`
}

var weigh = act("gebiedsverbod.weigh", dossier.Act[Gebiedsverbod, Weighing]{
	Check: func(r Gebiedsverbod, in Weighing, at dossier.At) error {
		if at.Today < adultFrom(r.Born) && strings.TrimSpace(in.Minor) == "" {
			return wrong("Minor", "minor-weighed", "adult", adultFrom(r.Born))
		}
		return nil
	},
	Apply: func(r Gebiedsverbod, in Weighing, _ dossier.Entry) Gebiedsverbod {
		r.Weighed = &in
		return r
	},
})

// Intention is the letter in which the person hears what is intended, and until when
// they can give their Zienswijze (Awb 4:8).
type Intention struct {
	Sent     deadlines.Day `ask:"day"`
	ViewDays int           `ask:"count"`
	By       string        `ask:"-"`
	Letter   string        `ask:"-"`
}

func (i Intention) until() deadlines.Day { return i.Sent + deadlines.Day(i.ViewDays) }

// aimKnown: who is asked for a view must know on what basis, where and when.
func aimKnown(r Gebiedsverbod, _ dossier.At) string {
	switch {
	case r.Basis == "":
		return "basis"
	case r.Area == nil:
		return "area"
	case r.Limits == nil:
		return "limits"
	}
	return ""
}

var intend = act("gebiedsverbod.intend", dossier.Act[Gebiedsverbod, Intention]{
	Check: func(r Gebiedsverbod, in Intention, at dossier.At) error {
		switch {
		case !r.Policy(at.Today).MaySign(at.Actor.Holds):
			return wrong("Sent", "no-mandate")
		case in.ViewDays < 1:
			return wrong("ViewDays", "view-days")
		}
		return dayBetween("Sent", in.Sent, r.Incidents[0].At.Day, at)
	},
	Happened: func(in Intention) time.Time { return in.Sent.Midnight() },
	Apply: func(r Gebiedsverbod, in Intention, e dossier.Entry) Gebiedsverbod {
		in.By = e.Actor
		r.Intention, r.Skipped, r.View = &in, nil, nil
		return r
	},
})

// Skip is why the person is not heard beforehand: one of the three grounds of Awb 4:11,
// with the facts that carry it.
type Skip struct {
	Ground string `ask:"choice" options:"urgent,heard-before,aim"`
	Why    string `ask:"text"`
}

var skip = act("gebiedsverbod.skip", dossier.Act[Gebiedsverbod, Skip]{
	Apply: func(r Gebiedsverbod, in Skip, _ dossier.Entry) Gebiedsverbod {
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

func intended(r Gebiedsverbod, _ dossier.At) string {
	if r.Intention == nil {
		return "intention"
	}
	return ""
}

var view = act("gebiedsverbod.view", dossier.Act[Gebiedsverbod, View]{
	Check: func(r Gebiedsverbod, in View, at dossier.At) error {
		if in.How == "none" && at.Today <= r.Intention.until() {
			return wrong("How", "view-term-runs", "until", r.Intention.until())
		}
		return dayBetween("Received", in.Received, r.Intention.Sent, at)
	},
	Happened: func(in View) time.Time { return in.Received.Midnight() },
	Apply: func(r Gebiedsverbod, in View, _ dossier.Entry) Gebiedsverbod {
		r.View = &in
		return r
	},
})

// Draft is the order before it is one: what is ordered and for how long. The area, the
// hours and the duty to report stand in the file.
type Draft struct {
	Facts     string         `ask:"text"`
	Stay      bool           `ask:"yes"` // out of the area
	Group     bool           `ask:"yes"` // not in a group there
	Accompany bool           `ask:"yes"`
	Indoors   bool           `ask:"yes"`
	Count     int            `ask:"count"`
	Unit      string         `ask:"choice" options:"hours,days,weeks,months,moments"`
	Moments   string         `ask:"text,optional"`
	From      deadlines.When `ask:"moment,optional"` // later than the Bekendmaking
	Earlier   int            `ask:"count"`           // orders before this one, within the policy's look-back
	NewFacts  string         `ask:"text,optional"`   // needed when there were earlier ones
	Deviates  string         `ask:"text,optional"`   // why longer than the step of the policy (Awb 4:84)
}

// orders are the codes of what a draft orders; a duty to report stands in the file.
func (r Gebiedsverbod) orders(d Draft) []string {
	var out []string
	for _, x := range []struct {
		on   bool
		code string
	}{{d.Stay, anArea}, {d.Group, aGroup}, {r.Duty != nil, aReport}, {d.Accompany, accompany}, {d.Indoors, indoors}} {
		if x.on {
			out = append(out, x.code)
		}
	}
	return out
}

// draftReady: the basis with its facts and the age that it is for, an area, hours, the
// prosecutor where the law asks, the person heard, the interests weighed. It is asked
// again when the mayor decides: a correction or a birthday can take away what the draft
// rested on.
func draftReady(r Gebiedsverbod, at dossier.At) string {
	if code := aimKnown(r, at); code != "" {
		return code
	}
	b, _ := basisOf(r.Basis)
	if code := ageFits(b, r.Born, at.Today); code != "" {
		return code
	}
	if code := b.facts(r); code != "" {
		return code
	}
	switch {
	case b.consult && r.Consulted == nil:
		return "consult"
	case b.consult && r.Consulted.Outcome == "order-here":
		return "prosecutor-first"
	case r.Weighed == nil, at.Today < adultFrom(r.Born) && strings.TrimSpace(r.Weighed.Minor) == "":
		return "weighed"
	case r.View == nil && r.Skipped == nil && (r.Intention == nil || at.Today <= r.Intention.until()):
		return "view"
	}
	return ""
}

var draft = act("gebiedsverbod.draft", dossier.Act[Gebiedsverbod, Draft]{
	Check: func(r Gebiedsverbod, in Draft, at dossier.At) error {
		p := r.Policy(at.Today)
		if field, code := r.lawful(in, p, deadlines.AtMoment(at.Now)); code != "" {
			return wrong(field, code, "article", r.article(at.Today), "hours", p.LightHours, "step", p.Step(in.Earlier), "policy", p.ID, "months", p.LookBack)
		}
		return nil
	},
	Apply: func(r Gebiedsverbod, in Draft, e dossier.Entry) Gebiedsverbod {
		r.Draft, r.DraftBy = &in, e.Actor
		return r
	},
})

// lawful gives the field and the code of what the law does not allow in a draft, given at
// a moment; empty when it may be.
func (r Gebiedsverbod) lawful(d Draft, p Policy, at deadlines.When) (field, code string) {
	b, _ := basisOf(r.Basis)
	orders := r.orders(d)
	if len(orders) == 0 {
		return "Stay", "no-order"
	}
	fields := map[string]string{anArea: "Stay", aGroup: "Group", aReport: "Stay", accompany: "Accompany", indoors: "Indoors"}
	for _, o := range orders {
		if !b.may(o) {
			return fields[o], "order-" + o
		}
	}
	if d.Indoors {
		if h, ok := parseHours(r.Limits.Hours); !ok || !h.within(night) {
			return "Indoors", "night-only"
		}
	}
	switch {
	case d.From.Day != deadlines.NoDay && d.From.At.IsZero():
		return "From", "from-minute"
	case d.From.Day != deadlines.NoDay && d.From.At.Before(at.At):
		return "From", "from-past"
	case d.Earlier > 0 && b.long && strings.TrimSpace(d.NewFacts) == "":
		return "NewFacts", "new-facts"
	}
	if code := length(b, d, p, at); code != "" {
		field := "Count"
		switch {
		case strings.HasPrefix(code, "moments"), code == "no-moments", code == "ninety-days", code == "two-years":
			field = "Moments"
		case code == "apv-step":
			field = "Deviates"
		}
		return field, code
	}
	return "", ""
}
