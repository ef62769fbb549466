package sluiting

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

// Report is the bestuurlijke rapportage of the police: the document on which a closure
// begins, with the days of the finding, of the report and of its receipt. The longer they
// lie apart, the weaker the need for a closure (law.md 4.4).
type Report struct {
	Type      string        `ask:"choice" options:"opiumwet,openbare-orde"`
	Place     string        `ask:"line"`
	Object    string        `ask:"choice" options:"dwelling,premises-public,premises-other,grounds"`
	Person    string        `ask:"line"` // offender: who lives there or runs the place
	Address   string        `ask:"line"` // where letters go
	Found     deadlines.Day `ask:"day"`
	Dated     deadlines.Day `ask:"day"`
	Received  deadlines.Day `ask:"day"`
	Reference string        `ask:"line"` // of the police
	Facts     string        `ask:"text"`
	Files     []string      `ask:"files,optional"`
	Lead      string        `ask:"colleague"`
	Deputy    string        `ask:"colleague,optional"` // hears of a term when the lead does not react
}

var report = act("sluiting.report", dossier.Act[Sluiting, Report]{
	Check: func(_ Sluiting, in Report, at dossier.At) error {
		switch {
		case in.Type == Order && in.Object == "premises-public":
			return wrong("Object", "public-174a")
		case in.Received > at.Today:
			return wrong("Received", "in-future")
		case in.Dated < in.Found:
			return wrong("Dated", "before", "least", in.Found)
		case in.Received < in.Dated:
			return wrong("Received", "before", "least", in.Dated)
		}
		return nil
	},
	Happened: func(in Report) time.Time { return measures.DayTime(in.Received) },
	Apply: func(r Sluiting, in Report, e dossier.Entry) Sluiting {
		r.Report, r.Lead, r.Deputy = &in, in.Lead, in.Deputy
		r.Evidence = append(r.Evidence, Evidence{On: in.Found, Words: in.Facts, Source: "police", Files: in.Files, By: e.Actor})
		return r
	},
})

// Evidence is a further fact with its source (Awb 3:2). A report of Meld Misdaad Anoniem
// is a signal: it is verified by somebody else first, and never stands here itself.
type Evidence struct {
	On     deadlines.Day `ask:"day"`
	Words  string        `ask:"text"`
	Source string        `ask:"choice" options:"police,inspection,registers,resident,care,other"`
	Files  []string      `ask:"files,optional"`
	By     string        `ask:"-"`
}

var evidence = act("sluiting.evidence", dossier.Act[Sluiting, Evidence]{
	Check: func(_ Sluiting, in Evidence, at dossier.At) error {
		return dayBetween("On", in.On, deadlines.NoDay, at)
	},
	Happened: func(in Evidence) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in Evidence, e dossier.Entry) Sluiting {
		in.By = e.Actor
		r.Evidence = append(r.Evidence, in)
		return r
	},
})

// Residents are who lives or works there and by which right: what the balance weighs. A
// line is a name, with what helps to know them after a comma: "Sem, 7 jaar".
type Residents struct {
	Adults   []string `ask:"lines,optional"`
	Minors   []string `ask:"lines,optional"`
	Holder   string   `ask:"choice" options:"tenant,owner,none"`
	Landlord string   `ask:"line,optional"`
	Source   string   `ask:"choice" options:"brp,police,own,other"`
}

var residents = act("sluiting.residents", dossier.Act[Sluiting, Residents]{
	Check: func(_ Sluiting, in Residents, _ dossier.At) error {
		if in.Holder == "tenant" && in.Landlord == "" {
			return wrong("Landlord", "landlord-needed")
		}
		return nil
	},
	Apply: func(r Sluiting, in Residents, _ dossier.Entry) Sluiting {
		r.Residents = &in
		return r
	},
})

// Registry is what the land registry (Kadaster) says: who has a right on the premises,
// for the decision is made known to them too (Awb 5:24 lid 3).
type Registry struct {
	On           deadlines.Day `ask:"day"`
	Reference    string        `ask:"line"` // the cadastral identification
	RightHolders []string      `ask:"lines"`
}

var registry = act("sluiting.registry", dossier.Act[Sluiting, Registry]{
	Check: func(r Sluiting, in Registry, at dossier.At) error {
		return dayBetween("On", in.On, r.Report.Found, at)
	},
	Happened: func(in Registry) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in Registry, _ dossier.Entry) Sluiting {
		r.Registry = &in
		return r
	},
})

// LandlordNotice is that the landlord was told: that the premises will be or were closed
// and until when, and no more than that. Intention is what they mean to do with the lease.
type LandlordNotice struct {
	On        deadlines.Day `ask:"day"`
	How       string        `ask:"choice" options:"post,electronic,oral"`
	Intention string        `ask:"choice" options:"unknown,keeps,dissolves,talks"`
	Words     string        `ask:"text,optional"`
}

func landlordKnown(r Sluiting, _ dossier.At) string {
	if r.Residents == nil || r.Residents.Landlord == "" {
		return "landlord"
	}
	return ""
}

var landlord = act("sluiting.landlord", dossier.Act[Sluiting, LandlordNotice]{
	Check: func(r Sluiting, in LandlordNotice, at dossier.At) error {
		return dayBetween("On", in.On, r.Report.Received, at)
	},
	Happened: func(in LandlordNotice) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in LandlordNotice, _ dossier.Entry) Sluiting {
		r.Landlord = append(r.Landlord, in)
		return r
	},
})

// Intention is the letter in which the offender hears what is intended, and until when
// they can give their Zienswijze (Awb 4:8). The term is the letter's (DEC).
type Intention struct {
	Sent     deadlines.Day `ask:"day"`
	ViewDays int           `ask:"count"`
}

var intend = act("sluiting.intend", dossier.Act[Sluiting, Intention]{
	Check: func(r Sluiting, in Intention, at dossier.At) error {
		if in.ViewDays < 1 {
			return wrong("ViewDays", "view-days")
		}
		return dayBetween("Sent", in.Sent, r.Report.Received, at)
	},
	Happened: func(in Intention) time.Time { return measures.DayTime(in.Sent) },
	Apply: func(r Sluiting, in Intention, _ dossier.Entry) Sluiting {
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

var skip = act("sluiting.skip", dossier.Act[Sluiting, Skip]{
	Apply: func(r Sluiting, in Skip, _ dossier.Entry) Sluiting {
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

func intentionSent(r Sluiting, _ dossier.At) string {
	if r.IntentionOn == deadlines.NoDay {
		return "intention"
	}
	return ""
}

var view = act("sluiting.view", dossier.Act[Sluiting, View]{
	Check: func(r Sluiting, in View, at dossier.At) error {
		if in.How == "none" && at.Today <= r.ViewUntil {
			return wrong("How", "view-term-runs", "until", r.ViewUntil)
		}
		return dayBetween("Received", in.Received, r.IntentionOn, at)
	},
	Happened: func(in View) time.Time { return measures.DayTime(in.Received) },
	Apply: func(r Sluiting, in View, _ dossier.Entry) Sluiting {
		r.View = &in
		return r
	},
})

// bsn finds a burgerservicenummer: nine digits of which the weighted sum is a multiple
// of eleven. The file needs none, so it is refused (AVG 5 lid 1 c; UAVG 46).
func bsn(s string) bool {
	digits := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= '0' && s[i] <= '9' {
			digits++
			continue
		}
		if digits == 9 && elevenProof(s[i-9:i]) {
			return true
		}
		digits = 0
	}
	return false
}

func elevenProof(s string) bool {
	sum := 0
	for i := range 8 {
		sum += (9 - i) * int(s[i]-'0')
	}
	sum -= int(s[8] - '0')
	return sum > 0 && sum%11 == 0
}
