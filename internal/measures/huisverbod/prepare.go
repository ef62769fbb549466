package huisverbod

import (
	"strings"
	"time"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// screen refuses what no act of this kind may hold: a tip as its source, and a
// burgerservicenummer, which the file does not need (AVG 5 lid 1 c; UAVG 46).
func screen(in any) error {
	if err := measures.Screen(in); err != nil {
		return err
	}
	for _, f := range ask.Fields(in) {
		said, _ := f.Value(in).(string)
		if lines, ok := f.Value(in).([]string); ok && f.Kind == ask.Lines {
			said = strings.Join(lines, "\n")
		}
		if bsn(said) {
			return wrong(f.Name, "bsn")
		}
	}
	return nil
}

// Report is the incident as the police brought it: what happened, where, when, who is
// meant and who lives there. A line of the household is a name, with what helps to know
// them after a comma: "Sem, 7 jaar".
type Report struct {
	Incident  deadlines.When `ask:"moment"`
	Place     string         `ask:"line"`
	Banned    string         `ask:"line"`
	Born      deadlines.Day  `ask:"day"`
	Facts     string         `ask:"text"`
	Adults    []string       `ask:"lines,optional"`
	Children  []string       `ask:"lines,optional"`
	Abuse     bool           `ask:"yes"` // child abuse, or a suspicion of it
	Reporter  string         `ask:"line"`
	Reference string         `ask:"line,optional"` // of the police
	Files     []string       `ask:"files,optional"`
	Lead      string         `ask:"colleague"`
	Deputy    string         `ask:"colleague,optional"` // hears of a term when the lead does not react
}

var report = act("huisverbod.report", dossier.Act[Huisverbod, Report]{
	Check: func(_ Huisverbod, in Report, at dossier.At) error {
		switch {
		case in.Born > at.Today:
			return wrong("Born", "in-future")
		case !adultOn(in.Born, at.Today):
			return wrong("Born", "minor", "adult", adultFrom(in.Born))
		case len(in.Adults)+len(in.Children) == 0:
			return wrong("Adults", "nobody-in-danger")
		case in.Abuse && len(in.Children) == 0:
			return wrong("Children", "abuse-without-child")
		}
		return between("Incident", in.Incident, time.Time{}, at)
	},
	Happened: func(in Report) time.Time { return moment(in.Incident) },
	Apply: func(r Huisverbod, in Report, e dossier.Entry) Huisverbod {
		r.Report, r.Lead, r.Deputy = &in, in.Lead, in.Deputy
		r.Evidence = append(r.Evidence, Evidence{At: in.Incident, Words: in.Facts, Source: "police", Files: in.Files, By: e.Actor})
		return r
	},
})

// adultFrom is the first day on which somebody is of age.
func adultFrom(born deadlines.Day) deadlines.Day {
	y, m, d := born.Civil()
	return deadlines.Date(y+18, m, d)
}

// Evidence is a further fact with its source (Awb 3:2).
type Evidence struct {
	At     deadlines.When `ask:"moment"`
	Words  string         `ask:"text"`
	Source string         `ask:"choice" options:"police,household,help,other"`
	Files  []string       `ask:"files,optional"`
	By     string         `ask:"-"`
}

var evidence = act("huisverbod.evidence", dossier.Act[Huisverbod, Evidence]{
	Check: func(_ Huisverbod, in Evidence, at dossier.At) error {
		return between("At", in.At, time.Time{}, at)
	},
	Happened: func(in Evidence) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Evidence, e dossier.Entry) Huisverbod {
		in.By = e.Actor
		r.Evidence = append(r.Evidence, in)
		return r
	},
})

// Risk is the outcome of the RiHG: of its three parts, as the annex to the Besluit has
// them (the person, the incident, the circumstances), and as a whole, with the signs
// that gave it. The mayor looks at these facts only (Besluit tijdelijk huisverbod 2).
type Risk struct {
	Version       string         `ask:"line"`
	Person        string         `ask:"choice" options:"low,medium,high"`
	Incident      string         `ask:"choice" options:"low,medium,high"`
	Circumstances string         `ask:"choice" options:"low,medium,high"`
	Outcome       string         `ask:"choice" options:"low,medium,high"`
	Signs         []string       `ask:"lines"`
	FilledBy      string         `ask:"line"`
	At            deadlines.When `ask:"moment"`
	Files         []string       `ask:"files,optional"`
}

var risk = act("huisverbod.risk", dossier.Act[Huisverbod, Risk]{
	Check: func(r Huisverbod, in Risk, at dossier.At) error {
		return between("At", in.At, moment(r.Report.Incident), at)
	},
	Happened: func(in Risk) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Risk, _ dossier.Entry) Huisverbod {
		r.Risk, r.NoRisk = &in, ""
		return r
	},
})

// NoRisk is why a decision is prepared without the RiHG.
type NoRisk struct {
	Why string `ask:"text"`
}

var noRisk = act("huisverbod.no-risk", dossier.Act[Huisverbod, NoRisk]{
	Apply: func(r Huisverbod, in NoRisk, _ dossier.Entry) Huisverbod {
		r.NoRisk, r.Risk = in.Why, nil
		return r
	},
})

// Consultation is with Veilig Thuis, before the decision (Wth 2 lid 3).
type Consultation struct {
	At    deadlines.When `ask:"moment"`
	With  string         `ask:"line"`
	Words string         `ask:"text"`
}

var consult = act("huisverbod.consult", dossier.Act[Huisverbod, Consultation]{
	Check: func(r Huisverbod, in Consultation, at dossier.At) error {
		return between("At", in.At, moment(r.Report.Incident), at)
	},
	Happened: func(in Consultation) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Consultation, _ dossier.Entry) Huisverbod {
		r.Consulted = append(r.Consulted, in)
		return r
	},
})

// Advice is that of the police: the hulpofficier van justitie at the place.
type Advice struct {
	Advice string         `ask:"choice" options:"impose,not"`
	By     string         `ask:"line"`
	At     deadlines.When `ask:"moment"`
	Words  string         `ask:"text"`
}

var advise = act("huisverbod.advise", dossier.Act[Huisverbod, Advice]{
	Check: func(r Huisverbod, in Advice, at dossier.At) error {
		return between("At", in.At, moment(r.Report.Incident), at)
	},
	Happened: func(in Advice) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Advice, _ dossier.Entry) Huisverbod {
		r.Advice = &in
		return r
	},
})

// Draft is the decision before it is one. How long the ban runs is not asked: the law
// says so (Wth 2 lid 1).
type Draft struct {
	Ground   string   `ask:"choice" options:"danger,suspicion"`
	Facts    string   `ask:"text"`
	Why      string   `ask:"text"` // why this, and why nothing lighter will do
	Heard    string   `ask:"text"` // what the person says of it, or why they could not be heard
	Contacts []string `ask:"lines,optional"`
	HelpOrg  string   `ask:"line"` // the designated help organisation
}

// A draft is ready for writing when the mayor can see what it rests on.
func draftReady(r Huisverbod, _ dossier.At) string {
	switch {
	case r.Risk == nil && r.NoRisk == "":
		return "risk"
	case r.Advice == nil:
		return "advice"
	}
	return ""
}

var draft = act("huisverbod.draft", dossier.Act[Huisverbod, Draft]{
	Check: func(r Huisverbod, in Draft, _ dossier.At) error {
		if len(in.Contacts) == 0 {
			return wrong("Contacts", "contacts-needed")
		}
		for _, name := range in.Contacts {
			if !r.lives(name) {
				return wrong("Contacts", "contact-elsewhere", "name", name)
			}
		}
		return nil
	},
	Apply: func(r Huisverbod, in Draft, e dossier.Entry) Huisverbod {
		r.Draft, r.DraftBy = &in, e.Actor
		return r
	},
})
