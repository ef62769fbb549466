package gebiedsverbod

import (
	"slices"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Name is the kind of dossier, Purpose the purpose it is kept for.
const (
	Name    = "gebiedsverbod"
	Purpose = "gebiedsverbod"
)

// Stage is where the file stands.
type Stage string

// The stages, in the order in which they come.
const (
	Unopened  Stage = "unopened"
	Reported  Stage = "reported"  // facts, basis, area and times are gathered
	Heard     Stage = "heard"     // the intention was sent, or there is a ground not to
	Proposed  Stage = "proposed"  // there is a draft for the mayor
	Refused   Stage = "refused"   // the mayor gives no order
	Decided   Stage = "decided"   // ordered, and not made known yet
	InForce   Stage = "in-force"  // since the Bekendmaking
	Suspended Stage = "suspended" // by the court: it does not hold
	Over      Stage = "over"      // ended, withdrawn, revoked or annulled
	Closed    Stage = "closed"
)

// transition is a line of the table of what may be done when.
type transition struct {
	act  string
	in   []Stage
	to   Stage  // where it leads; empty when it stays
	law  string // the article that gives the order of things
	need func(r Gebiedsverbod, at dossier.At) string
}

var (
	before = st(Reported, Heard, Proposed) // the decision
	after  = st(InForce, Suspended, Over)  // the Bekendmaking
)

// The table. An act that is not in its stage is refused with the sentence
// "gebiedsverbod.block." + act; need names a further obstacle, a code without prefix.
var transitions = []transition{
	{"gebiedsverbod.report", st(Unopened), Reported, "Gemeentewet 172, 172a, 172b", nil},
	{"gebiedsverbod.incident", st(Reported, Heard, Proposed, Decided, InForce, Suspended), "", "Awb 3:2", nil},
	{"gebiedsverbod.origin", before, "", "Gemeentewet 172a lid 2, 3", nil},
	{"gebiedsverbod.basis", before, "", "Gemeentewet 172 lid 3, 172a, 172b", nil},
	{"gebiedsverbod.area", before, "", "Gemeentewet 172a lid 1 a", nil},
	{"gebiedsverbod.limits", before, "", "Awb 3:4 lid 2", nil},
	{"gebiedsverbod.duty", before, "", "Gemeentewet 172a lid 1 c", dutyPossible},
	{"gebiedsverbod.consult", before, "", "Gemeentewet 172a lid 5", nil},
	{"gebiedsverbod.weigh", before, "", "Awb 3:4 lid 2", nil},
	{"gebiedsverbod.intend", st(Reported, Heard), Heard, "Awb 4:8", aimKnown},
	{"gebiedsverbod.skip", st(Reported, Heard), Heard, "Awb 4:11", nil},
	{"gebiedsverbod.view", st(Heard), "", "Awb 4:8, 4:9", intended},
	{"gebiedsverbod.draft", st(Heard, Proposed), Proposed, "Gemeentewet 172 lid 3, 172a, 172b", draftReady},
	{"gebiedsverbod.return", st(Proposed), Heard, "Awb 3:2", nil},
	{"gebiedsverbod.decide", st(Proposed), Decided, "Gemeentewet 172 lid 3, 172a, 172b", stillReady},
	{"gebiedsverbod.refuse", st(Proposed), Refused, "Gemeentewet 172 lid 3, 172a, 172b", nil},
	{"gebiedsverbod.publish", st(Decided), InForce, "Awb 3:40, 3:41", nil},
	{"gebiedsverbod.observe", st(InForce, Suspended), "", "Awb 5:11 to 5:20", nil},
	{"gebiedsverbod.attend", st(InForce, Suspended), "", "Gemeentewet 172a lid 1 c", dutyThere},
	{"gebiedsverbod.change", st(InForce), "", "Gemeentewet 172a lid 7", changeable},
	{"gebiedsverbod.exempt", st(InForce, Suspended), "", "Gemeentewet 172a lid 8", running},
	{"gebiedsverbod.extend", st(InForce), "", "Gemeentewet 172a lid 6 a", extendable},
	{"gebiedsverbod.serve", st(InForce), "", "Awb 3:40, 3:41", somethingWaits},
	{"gebiedsverbod.withdraw", st(InForce, Suspended), Over, "Gemeentewet 172a lid 9", nil},
	{"gebiedsverbod.end", st(InForce, Suspended), Over, "Gemeentewet 172 lid 3, 172a, 172b", ended},
	{"gebiedsverbod.object", after, "", "Awb 6:7, 7:1", nil},
	{"gebiedsverbod.decide-objection", after, "", "Awb 7:10, 7:11", objectionOpen},
	{"gebiedsverbod.appeal", after, "", "Awb 6:7, 8:1", nil},
	{"gebiedsverbod.relief", after, "", "Awb 8:81", noReliefYet},
	{"gebiedsverbod.rule-relief", after, "", "Awb 8:84", reliefAsked},
	{"gebiedsverbod.judge", after, "", "Awb 8:70", appealOpen},
	{"gebiedsverbod.close", st(Reported, Heard, Proposed, Refused, Over), Closed, "Gemeentewet 172, 172a, 172b", nothingOpen},
	{"gebiedsverbod.involve", st(Reported, Heard, Proposed, Refused, Decided, InForce, Suspended, Over), "", "AVG 5 lid 1 b", nil},
}

func st(s ...Stage) []Stage { return s }

// Gebiedsverbod is one file: the fold of its entries.
type Gebiedsverbod struct {
	ID       string
	Stage    Stage
	Policies Policies
	Ground   *Ground
	Opened   time.Time
	OpenedBy string
	Lead     string
	Deputy   string

	Person  string // who may not come, or the child
	Born    deadlines.Day
	Address string
	Parent  string // who has authority over a child
	Place   string // name of the area

	Incidents []Incident
	Origin    *Origin
	Basis     string // code of the list of rules_basis.go; empty while unknown
	Why       string // how the facts meet it
	Area      *Area
	Limits    *Limits
	Duty      *Duty
	Consulted *Consult
	Weighed   *Weighing
	Intention *Intention
	Skipped   *Skip
	View      *View
	Draft     *Draft
	DraftBy   string
	Returned  []string // what the mayor wanted to know

	Decision  *Decision
	Refusal   string
	Published *Publication

	Seen       []Observation
	Attended   []Attendance
	Changes    []Change
	Exemptions []Exemption
	Extensions []Extension

	Objections []Objection
	Appeals    []Appeal
	Reliefs    []Relief

	Off       []Off     // spans in which the court had suspended the order
	StoppedAt time.Time // when it stopped before its end
	How       string    // ended, withdrawn, revoked or annulled
	Ending    *Ending
	ClosedOn  deadlines.Day
	Outcome   string
	People    []string // accounts involved besides the lead
}

// Policy is the version of the municipality's rules on a day.
func (r Gebiedsverbod) Policy(on deadlines.Day) Policy { return r.Policies.On(on) }

// Term is one term of a file.
type Term = measures.Due

// Keep is how long a file is kept.
type Keep = measures.Keep

// New makes the kind. ground may be nil where no act checks an area.
func New(policies Policies, ground *Ground) dossier.Kind[Gebiedsverbod] {
	return dossier.Kind[Gebiedsverbod]{Name: Name, Purpose: Purpose, Screen: measures.Screen,
		New: func(h dossier.Head) Gebiedsverbod {
			return Gebiedsverbod{ID: h.ID, Stage: Unopened, Policies: policies, Ground: ground, Opened: h.OpenedAt, OpenedBy: h.OpenedBy}
		},
		Verbs: []dossier.Verb[Gebiedsverbod]{
			report, incident, origin, chooseBasis, area, limits, duty, consult, weigh, intend, skip, view, draft, sendBack, decide, refuse, publish,
			observe, attend, change, exempt, extend, serve, withdraw, end, object, decideObjection, appeal, relief, ruleRelief, judge, closeFile, involve,
		}}
}

// act makes a verb that stands in the table: it is refused outside its stages, and leads
// to the next.
func act[I any](name string, a dossier.Act[Gebiedsverbod, I]) dossier.Verb[Gebiedsverbod] {
	a.Name = name
	t, apply := transitionOf(name), a.Apply
	a.Allowed = func(r Gebiedsverbod, at dossier.At) error { return t.allowed(r, at) }
	a.Apply = func(r Gebiedsverbod, in I, e dossier.Entry) Gebiedsverbod {
		if t.to != "" {
			r.Stage = t.to
		}
		return apply(r, in, e)
	}
	return dossier.Define(a)
}

func transitionOf(name string) transition {
	i := slices.IndexFunc(transitions, func(t transition) bool { return t.act == name })
	if i < 0 {
		panic("gebiedsverbod: " + name + " is not in the table of transitions")
	}
	return transitions[i]
}

func (t transition) allowed(r Gebiedsverbod, at dossier.At) error {
	if !slices.Contains(t.in, r.stage(at)) {
		if r.Stage == Closed {
			return fault.New(fault.Conflict, "gebiedsverbod.block.closed")
		}
		return fault.New(fault.Conflict, "gebiedsverbod.block."+measures.Verb(t.act), "law", t.law)
	}
	if t.need != nil {
		if code := t.need(r, at); code != "" {
			return fault.New(fault.Conflict, "gebiedsverbod.need."+code, "law", t.law, "article", r.article(at.Today), "end", r.Ends(), "twelve", twelveFrom(r.Born))
		}
	}
	return nil
}

// stage is the stage at a moment: a suspension with an end is over by itself.
func (r Gebiedsverbod) stage(at dossier.At) Stage {
	if n := len(r.Off); r.Stage == Suspended && n > 0 && !r.Off[n-1].covers(at.Now) {
		return InForce
	}
	return r.Stage
}

// standing is the stage as a reader has it: an order of which the time is over ended by
// itself, whether somebody recorded so or not.
func (r Gebiedsverbod) standing(at dossier.At) Stage {
	s := r.stage(at)
	if (s == InForce || s == Suspended) && !at.Now.Before(r.Ends().At) {
		return Over
	}
	return s
}

// wrong is a refusal that stands at one field of the act's form.
func wrong(field, code string, args ...any) error {
	return fault.New(fault.Invalid, "form.invalid").At(field, "gebiedsverbod."+code, args...)
}

// moment is when a fact happened: the time of day when it is known.
func moment(w deadlines.When) time.Time {
	if w.At.IsZero() {
		return measures.DayTime(w.Day)
	}
	return w.At
}

// between refuses a moment before the fact it follows on, and one to come.
func between(field string, w deadlines.When, least time.Time, at dossier.At) error {
	switch {
	case w.Day > at.Today || w.At.After(at.Now):
		return wrong(field, "in-future")
	case w.At.IsZero() && w.Day < deadlines.DayOf(least), !w.At.IsZero() && w.At.Before(least.Truncate(time.Minute)):
		return wrong(field, "before", "least", deadlines.AtMoment(least))
	}
	return nil
}

// toTheMinute is between for a fact of which the time of day counts.
func toTheMinute(field string, w deadlines.When, least time.Time, at dossier.At, law string) error {
	if w.At.IsZero() {
		return wrong(field, "minute", "law", law)
	}
	return between(field, w, least, at)
}

// dayBetween is between for a fact of which only the day counts.
func dayBetween(field string, d deadlines.Day, least deadlines.Day, at dossier.At) error {
	switch {
	case d > at.Today:
		return wrong(field, "in-future")
	case least != deadlines.NoDay && d < least:
		return wrong(field, "before", "least", least)
	}
	return nil
}
