package huisverbod

import (
	"slices"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Name is the kind of dossier, Purpose the purpose it is kept for. It is a purpose of
// its own: who may see what happens in somebody's home is not who may see a terrace.
const (
	Name    = "huisverbod"
	Purpose = "tijdelijk-huisverbod"
)

// Stage is where the ban stands.
type Stage string

// The stages, in the order in which they come.
const (
	Unopened  Stage = "unopened"
	Reported  Stage = "reported"
	Proposed  Stage = "proposed"  // there is a draft for the mayor
	Asked     Stage = "asked"     // the mayor asked for more
	Refused   Stage = "refused"   // the mayor imposes none
	Decided   Stage = "decided"   // imposed, and not announced yet: it does not run
	InForce   Stage = "in-force"  // since the announcement
	Extended  Stage = "extended"  // and beyond the ten days
	Suspended Stage = "suspended" // by the court: it does not hold
	Over      Stage = "over"      // ended, withdrawn or annulled: it holds no more
	Closed    Stage = "closed"
)

// transition is a line of the table of what may be done when.
type transition struct {
	act  string
	in   []Stage
	to   Stage  // where it leads; empty when it stays
	law  string // the article that gives the order of things
	need func(r Huisverbod, at dossier.At) string
}

// The table. An act that is not in its stage is refused with the sentence
// "huisverbod.block." + act; need names a further obstacle, a code without prefix.
var transitions = []transition{
	{"huisverbod.report", st(Unopened), Reported, "Wth 2 lid 1, 2", nil},
	{"huisverbod.evidence", st(Reported, Proposed, Asked, Decided, InForce, Extended, Suspended, Over), "", "Awb 3:2", nil},
	{"huisverbod.risk", st(Reported, Proposed, Asked), "", "Besluit tijdelijk huisverbod 2", nil},
	{"huisverbod.no-risk", st(Reported, Proposed, Asked), "", "Besluit tijdelijk huisverbod 2; Awb 3:46", nil},
	{"huisverbod.consult", st(Reported, Proposed, Asked), "", "Wth 2 lid 3", nil},
	{"huisverbod.advise", st(Reported, Proposed, Asked), "", "Awb 3:2, 3:49", nil},
	{"huisverbod.draft", st(Reported, Proposed, Asked), Proposed, "Wth 2 lid 1, 4", draftReady},
	{"huisverbod.ask", st(Proposed), Asked, "Awb 3:2", nil},
	{"huisverbod.answer", st(Asked), Proposed, "Awb 3:2", nil},
	{"huisverbod.impose", st(Proposed), Decided, "Wth 2 lid 1", decisionReady},
	{"huisverbod.impose-mandated", st(Proposed), Decided, "Wth 3 lid 1, 2", decisionReady},
	{"huisverbod.refuse", st(Proposed), Refused, "Wth 2 lid 1; Awb 3:46", nil},
	{"huisverbod.announce", st(Decided), InForce, "Wth 2 lid 7; Awb 3:40", nil},
	{"huisverbod.write", st(InForce, Extended, Suspended, Over), "", "Wth 2 lid 4, 7; Awb 3:41", notWritten},
	{"huisverbod.reach", st(InForce, Extended, Suspended), "", "Wth 2 lid 6", nil},
	{"huisverbod.counsel", st(InForce, Extended, Suspended), "", "Wth 5 lid 1", noCounselYet},
	{"huisverbod.assign", st(InForce, Extended, Suspended), "", "Wth 5 lid 1", counselWished},
	{"huisverbod.notify", st(InForce, Extended, Suspended, Over), "", "Wth 2 lid 8, 8", nil},
	{"huisverbod.help", st(InForce, Extended, Suspended, Over), "", "Wth 2 lid 8, 9", nil},
	{"huisverbod.breach", st(InForce, Extended, Suspended, Over), "", "Wth 11", nil},
	{"huisverbod.prepare", st(InForce, Extended), "", "Wth 9 lid 1; Awb 3:2", runs},
	{"huisverbod.extend", st(InForce, Extended), "", "Wth 9 lid 1, 3 lid 1", extensionReady},
	{"huisverbod.not-extend", st(InForce, Extended), "", "Wth 9 lid 1", extensionReady},
	{"huisverbod.serve", st(InForce, Extended), Extended, "Wth 9 lid 1; Awb 3:40", extensionWaits},
	{"huisverbod.withdraw", st(InForce, Extended, Suspended), Over, "Wth 2 lid 9, 3 lid 1", runs},
	{"huisverbod.forward", st(InForce, Extended, Suspended, Over), "", "Awb 7:1, 6:15", nil},
	{"huisverbod.appeal", st(InForce, Extended, Suspended, Over), "", "Awb 6:7, 8:1", nil},
	{"huisverbod.relief", st(InForce, Extended, Over), "", "Awb 8:81; Wth 6", appealLodged},
	{"huisverbod.hearing", st(InForce, Extended, Over), "", "Wth 6 lid 1 a", reliefAsked},
	{"huisverbod.rule-relief", st(InForce, Extended, Over), "", "Wth 6 lid 1 b, 8", reliefAsked},
	{"huisverbod.judge", st(InForce, Extended, Suspended, Over), "", "Awb 8:66, 8:70; Wth 8", appealOpen},
	{"huisverbod.end", st(InForce, Extended, Suspended), Over, "Wth 2 lid 1, 9 lid 1, 13", ended},
	{"huisverbod.close", st(Reported, Proposed, Asked, Refused, Over), Closed, "Wth 10", nothingOpen},
	{"huisverbod.involve", st(Reported, Proposed, Asked, Refused, Decided, InForce, Extended, Suspended, Over), "", "AVG 5 lid 1 b", nil},
}

func st(s ...Stage) []Stage { return s }

// Huisverbod is one file: the fold of its entries.
type Huisverbod struct {
	ID       string
	Stage    Stage
	Opened   time.Time
	OpenedBy string
	Lead     string
	Deputy   string

	Report    *Report
	Evidence  []Evidence
	Risk      *Risk
	NoRisk    string // why there is no RiHG
	Consulted []Consultation
	Advice    *Advice
	Draft     *Draft
	DraftBy   string
	Questions []Question

	Decision  *Decision
	Refusal   string
	Announced *Announcement
	Written   *Written
	Reached   []Reach
	Counsel   *Counsel
	Notices   []Notice
	Help      []Help
	Breaches  []Breach

	Prepared   *Preparation
	Extensions []Extension
	Forwarded  []Forwarding
	Appeals    []Appeal
	Reliefs    []Relief

	Off       []Off     // spans in which the court had suspended it
	StoppedAt time.Time // when it was withdrawn or annulled before its end
	How       string    // ended, withdrawn or annulled
	Withdrawn *Withdrawal
	ClosedOn  deadlines.Day
	Outcome   string
	People    []string // accounts involved besides the lead
}

// Term is one term of a file.
type Term = measures.Due

// Keep is how long a file is kept.
type Keep = measures.Keep

// New makes the kind.
func New() dossier.Kind[Huisverbod] {
	return dossier.Kind[Huisverbod]{Name: Name, Purpose: Purpose, Screen: screen,
		New: func(h dossier.Head) Huisverbod {
			return Huisverbod{ID: h.ID, Stage: Unopened, Opened: h.OpenedAt, OpenedBy: h.OpenedBy}
		},
		Verbs: []dossier.Verb[Huisverbod]{
			report, evidence, risk, noRisk, consult, advise, draft, askMore, answer, impose, imposeMandated, refuse, announce, write,
			reach, counsel, assign, notify, help, breach, prepare, extend, notExtend, serve, withdraw,
			forward, appeal, relief, hearing, ruleRelief, judge, end, closeFile, involve,
		}}
}

// act makes a verb that stands in the table: it is refused outside its stages, and
// leads to the next.
func act[I any](name string, a dossier.Act[Huisverbod, I]) dossier.Verb[Huisverbod] {
	a.Name = name
	t := transitionOf(name)
	apply := a.Apply
	a.Allowed = func(r Huisverbod, at dossier.At) error { return t.allowed(r, at) }
	a.Apply = func(r Huisverbod, in I, e dossier.Entry) Huisverbod {
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
		panic("huisverbod: " + name + " is not in the table of transitions")
	}
	return transitions[i]
}

func (t transition) allowed(r Huisverbod, at dossier.At) error {
	if !slices.Contains(t.in, r.Stage) {
		if r.Stage == Closed {
			return fault.New(fault.Conflict, "huisverbod.block.closed")
		}
		return fault.New(fault.Conflict, "huisverbod.block."+measures.Verb(t.act), "law", t.law)
	}
	if t.need != nil {
		if code := t.need(r, at); code != "" {
			return fault.New(fault.Conflict, "huisverbod.need."+code, "law", t.law, "end", r.Ends(at.Calendar))
		}
	}
	return nil
}

// wrong is a refusal that stands at one field of the act's form.
func wrong(field, code string, args ...any) error {
	return fault.New(fault.Invalid, "form.invalid").At(field, "huisverbod."+code, args...)
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

// toTheMinute is between for a fact from which hours are counted: its time of day is
// needed too.
func toTheMinute(field string, w deadlines.When, least time.Time, at dossier.At, law string) error {
	if w.At.IsZero() {
		return wrong(field, "minute", "law", law)
	}
	return between(field, w, least, at)
}

// dayBetween is between for a fact of which only the day counts.
func dayBetween(field string, d deadlines.Day, least time.Time, at dossier.At) error {
	return between(field, deadlines.OnDay(d), least, at)
}
