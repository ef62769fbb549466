package woonoverlast

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Report opens the file: where, against whom, and the first incident. Role is in which
// capacity somebody is addressed: only who uses the dwelling or its yard, or who lets it
// for payment, can be (Gemeentewet 151d lid 1).
type Report struct {
	Place    string         `ask:"line"`
	Resident string         `ask:"line"`
	Role     string         `ask:"choice" options:"owner,tenant,user,lets,neither"`
	Address  string         `ask:"line,optional"` // for letters, when another than the place
	Minors   string         `ask:"line,optional"` // children in the home, by age: no names
	At       deadlines.When `ask:"moment"`
	Nature   string         `ask:"choice" options:"noise,threats,visitors,animals,waste,drugs,other"`
	Words    string         `ask:"text"`
	Source   string         `ask:"choice" options:"neighbour,landlord,officer,police,other"`
	Reporter string         `ask:"line"`
	Files    []string       `ask:"files,optional"`
	Lead     string         `ask:"colleague"`
	Deputy   string         `ask:"colleague,optional"` // hears of a term when the lead does not react
}

var report = act("woonoverlast.report", dossier.Act[Woonoverlast, Report]{
	Check: func(_ Woonoverlast, in Report, at dossier.At) error {
		if in.Role == "neither" {
			return wrong("Role", "not-the-user")
		}
		return between("At", in.At, time.Time{}, at)
	},
	Happened: func(in Report) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in Report, e dossier.Entry) Woonoverlast {
		r.Place, r.Resident, r.Role, r.Address, r.Minors, r.Lead, r.Deputy = in.Place, in.Resident, in.Role, in.Address, in.Minors, in.Lead, in.Deputy
		r.Incidents = append(r.Incidents, Incident{At: in.At, Nature: in.Nature, Words: in.Words, Source: in.Source, Reporter: in.Reporter, Files: in.Files, By: e.Actor})
		return r
	},
})

// Incident is a line of the log. Words go into letters; Reporter, a name with an address
// after a comma, never does: neighbours must be able to report without fear.
type Incident struct {
	At       deadlines.When `ask:"moment"`
	Nature   string         `ask:"choice" options:"noise,threats,visitors,animals,waste,drugs,other"`
	Words    string         `ask:"text"`
	Source   string         `ask:"choice" options:"neighbour,landlord,officer,police,other"`
	Reporter string         `ask:"line"`
	Files    []string       `ask:"files,optional"`
	By       string         `ask:"-"`
}

var incident = act("woonoverlast.incident", dossier.Act[Woonoverlast, Incident]{
	Check: func(r Woonoverlast, in Incident, at dossier.At) error {
		for _, x := range r.Incidents {
			if x.At == in.At && x.voice() == in.voice() {
				return wrong("At", "logged-already")
			}
		}
		return between("At", in.At, time.Time{}, at)
	},
	Happened: func(in Incident) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in Incident, e dossier.Entry) Woonoverlast {
		in.By = e.Actor
		r.Incidents = append(slices.Clone(r.Incidents), in)
		return r
	},
})

// voice is who reported, however it was typed: two reports of one person are one voice.
func (x Incident) voice() string {
	name, _, _ := strings.Cut(x.Reporter, ",")
	return flat(name)
}

func flat(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// intoLetters are the acts of which words go to the resident.
var intoLetters = map[string]bool{"woonoverlast.report": true, "woonoverlast.incident": true, "woonoverlast.try": true, "woonoverlast.none-tried": true, "woonoverlast.warn": true,
	"woonoverlast.conduct": true, "woonoverlast.weigh": true, "woonoverlast.view": true, "woonoverlast.skip": true, "woonoverlast.draft": true, "woonoverlast.ban-draft": true,
	"woonoverlast.extend-ban": true, "woonoverlast.withdraw-ban": true, "woonoverlast.prolong": true, "woonoverlast.withdraw": true, "woonoverlast.end": true}

// tellsWho refuses words for a letter that name a neighbour who reported, or their
// address (AVG 5 lid 1 f).
func tellsWho(r Woonoverlast, in any) error {
	switch x := in.(type) {
	case *Report:
		r = Woonoverlast{Place: x.Place, Incidents: []Incident{{Source: x.Source, Reporter: x.Reporter}}}
	case *Incident:
		r.Incidents = append(slices.Clone(r.Incidents), *x)
	}
	secrets := r.secrets()
	for _, f := range ask.Fields(in) {
		if f.Name == "Reporter" || f.Name == "Place" || f.Name == "Resident" || f.Name == "Address" {
			continue
		}
		said, _ := f.Value(in).(string)
		if f.Kind != ask.Line && f.Kind != ask.Text {
			continue
		}
		for _, s := range secrets {
			if strings.Contains(flat(said), s) {
				return wrong(f.Name, "tells-reporter")
			}
		}
	}
	return nil
}

// secrets are the names and addresses of neighbours who reported. What an officer or the
// police found is told with where it comes from.
func (r Woonoverlast) secrets() []string {
	var out []string
	for _, x := range r.Incidents {
		if x.Source != "neighbour" && x.Source != "other" {
			continue
		}
		for _, part := range strings.Split(x.Reporter, ",") {
			// A part of three letters, such as "mw.", would hide half of every letter.
			if s := flat(part); len(s) > 3 && s != flat(r.Place) && s != flat(r.Resident) && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// masked hides in words for a letter who reported. The acts refuse such words; this is
// for a name that was written down before its owner reported.
func (r Woonoverlast) masked(s string) string {
	for _, secret := range r.secrets() {
		pattern := strings.Join(strings.Fields(regexp.QuoteMeta(secret)), `\s+`)
		s = regexp.MustCompile(`(?i)`+pattern).ReplaceAllString(s, "een omwonende")
	}
	return s
}

// Attempt is another way that was tried before an order: the proof that nothing lighter
// works (Gemeentewet 151d lid 2).
type Attempt struct {
	Kind   string        `ask:"choice" options:"talk,mediation,landlord,care,police,agreement,other"`
	On     deadlines.Day `ask:"day"`
	By     string        `ask:"line"`
	Words  string        `ask:"text"`
	Result string        `ask:"choice" options:"no-effect,short-effect,declined"`
	Files  []string      `ask:"files,optional"`
}

var try = act("woonoverlast.try", dossier.Act[Woonoverlast, Attempt]{
	Check: func(_ Woonoverlast, in Attempt, at dossier.At) error {
		return dayBetween("On", in.On, deadlines.NoDay, at)
	},
	Happened: func(in Attempt) time.Time { return in.On.Midnight() },
	Apply: func(r Woonoverlast, in Attempt, _ dossier.Entry) Woonoverlast {
		r.Tried, r.NoneTried = append(slices.Clone(r.Tried), in), ""
		return r
	},
})

// NoneTried is why nothing else was tried.
type NoneTried struct {
	Why string `ask:"text"`
}

var noneTried = act("woonoverlast.none-tried", dossier.Act[Woonoverlast, NoneTried]{
	Check: func(r Woonoverlast, _ NoneTried, _ dossier.At) error {
		if len(r.Tried)+len(r.Warnings) > 0 {
			return wrong("Why", "something-tried")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in NoneTried, _ dossier.Entry) Woonoverlast {
		r.NoneTried = in.Why
		return r
	},
})

// Warning is the letter that says what must change, and until when that is waited for.
type Warning struct {
	Sent   deadlines.Day `ask:"day"`
	Until  deadlines.Day `ask:"day"`
	Words  string        `ask:"text"` // what must change
	By     string        `ask:"-"`
	Letter string        `ask:"-"`
}

var warn = act("woonoverlast.warn", dossier.Act[Woonoverlast, Warning]{
	Check: func(r Woonoverlast, in Warning, at dossier.At) error {
		switch {
		case !r.Policy(at.Today).MaySign(at.Actor.Holds, "warn"):
			return wrong("Sent", "no-mandate")
		case in.Until <= in.Sent:
			return wrong("Until", "chance-after")
		}
		return dayBetween("Sent", in.Sent, r.Incidents[0].At.Day, at)
	},
	Happened: func(in Warning) time.Time { return in.Sent.Midnight() },
	Apply: func(r Woonoverlast, in Warning, e dossier.Entry) Woonoverlast {
		in.By = e.Actor
		r.Warnings, r.NoneTried = append(slices.Clone(r.Warnings), in), ""
		return r
	},
})
