package sluiting

import (
	"slices"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Name is the kind of dossier, Purpose the purpose it is kept for. It is a purpose of
// its own: the test of a closure holds what is known of health, children and crime.
const (
	Name    = "sluiting"
	Purpose = "sluiting-panden"
)

// Stage is where the closure stands. What happens beside it (costs, requests, remedies)
// is in lists of the record.
type Stage string

// The stages, in the order in which they come.
const (
	Unopened  Stage = "unopened"
	Reported  Stage = "reported"
	Grounded  Stage = "grounded" // the power was looked into
	Heard     Stage = "heard"    // the intention was sent, or leaving it out was reasoned
	Drafted   Stage = "drafted"
	Checked   Stage = "checked"
	Signed    Stage = "signed"
	Warned    Stage = "warned"    // a warning was sent; nothing is closed
	Ordered   Stage = "ordered"   // made known; the term for compliance runs or has ended
	Sealed    Stage = "sealed"    // closed
	Suspended Stage = "suspended" // by the court: it does not hold
	Over      Stage = "over"      // ended, reopened, withdrawn or annulled: it holds no more
	Closed    Stage = "closed"
)

// The types of closure. They are kept apart everywhere: each has its own conditions.
const (
	Opium = "opiumwet"
	Order = "openbare-orde"
)

// transition is a line of the table of what may be done when.
type transition struct {
	act  string
	in   []Stage
	to   Stage  // where it leads; empty when it stays
	law  string // the article or ruling that gives the order of things
	need func(r Sluiting, at dossier.At) string
}

func st(s ...Stage) []Stage { return s }

var (
	preparing = st(Reported, Grounded, Heard, Drafted)
	unpublic  = append(slices.Clone(preparing), Checked, Signed)
	runs      = st(Ordered, Sealed, Suspended)
	after     = append(slices.Clone(runs), Over)
	open      = append(append(slices.Clone(unpublic), Warned), after...)
)

// The table. An act that is not in its stage is refused with the sentence
// "sluiting.block." + act; need names a further obstacle, a code without prefix.
var transitions = []transition{
	{"sluiting.report", st(Unopened), Reported, "Awb 3:2", nil},
	{"sluiting.evidence", open, "", "Awb 3:2", nil},
	{"sluiting.find", st(Reported, Grounded), Grounded, "Opiumwet 13b lid 1, 2", typeOpium},
	{"sluiting.disturbance", st(Reported, Grounded), Grounded, "Gemeentewet 174a lid 1", typeOrder},
	{"sluiting.residents", unpublic, "", "Awb 3:2, 3:4", nil},
	{"sluiting.registry", append(slices.Clone(unpublic), runs...), "", "Awb 5:24 lid 3", nil},
	{"sluiting.landlord", append(st(Grounded, Heard, Drafted, Checked, Signed, Warned), after...), "", "Awb 5:24 lid 3; BW 7:231 lid 2", landlordKnown},
	{"sluiting.intend", st(Grounded), Heard, "Awb 4:8", nil},
	{"sluiting.skip", st(Grounded), Heard, "Awb 4:11", nil},
	{"sluiting.view", st(Heard, Drafted), "", "Awb 4:9", intentionSent},
	{"sluiting.weigh", st(Grounded, Heard, Drafted), "", "Awb 3:4 lid 2; ECLI:NL:RVS:2019:2912", nil},
	{"sluiting.seal-at-once", st(Grounded, Heard, Drafted, Checked, Signed), "", "Awb 5:31 lid 2", notSealedYet},
	{"sluiting.draft", st(Grounded, Heard, Drafted), Drafted, "Awb 5:24, 4:84", draftReady},
	{"sluiting.check", st(Drafted), Checked, "Awb 3:2", draftFits},
	{"sluiting.return", st(Checked), Drafted, "Awb 3:2, 3:46", nil},
	{"sluiting.sign", st(Checked), Signed, "Opiumwet 13b lid 1; Gemeentewet 174a lid 1; Awb 5:24", draftIs("ordinary")},
	{"sluiting.sign-urgent", st(Checked), Signed, "Awb 5:31", draftIs("urgent")},
	{"sluiting.warn", st(Checked), Signed, "Awb 4:84", draftIs("warning")},
	{"sluiting.publish", st(Signed), Ordered, "Awb 3:40, 3:41, 5:24 lid 3", rightHoldersKnown},
	{"sluiting.extend-term", st(Ordered), "", "ECLI:NL:RVS:2014:1340", complianceRuns},
	{"sluiting.seal", st(Ordered), Sealed, "Awb 5:24 lid 2, 5:28", sealReady},
	{"sluiting.seal-broken", st(Sealed), "", "Sr 199", nil},
	{"sluiting.wkpb", after, "", "Regeling Wkpb 3", nil},
	{"sluiting.extend", st(Sealed), "", "Gemeentewet 174a lid 3", extensionReady},
	{"sluiting.serve", st(Sealed), "", "Awb 3:40, 3:41", extensionWaits},
	{"sluiting.request", st(Sealed, Suspended), "", "Awb 4:13", nil},
	{"sluiting.decide-request", after, "", "Awb 4:13, 3:46", requestOpen},
	{"sluiting.withdraw", runs, Over, "ECLI:NL:RBROT:2025:6095", nil},
	{"sluiting.unseal", st(Sealed, Suspended, Over), "", "Awb 5:28", sealMayGo},
	{"sluiting.costs", st(Sealed, Over), "", "Awb 5:25 lid 1, 2, 6", costsReady},
	{"sluiting.remind", st(Sealed, Over), "", "Awb 4:112", debtOpen},
	{"sluiting.pay", st(Sealed, Over), "", "Awb 4:89 lid 3", debtOpen},
	{"sluiting.object", append(st(Warned), after...), "", "Awb 6:7, 5:31c", nil},
	{"sluiting.relief", st(Ordered, Sealed, Over), "", "Awb 8:81", remedyOpen},
	{"sluiting.hold", st(Ordered), "", "Awb 6:16, 8:81", reliefAsked},
	{"sluiting.rule-relief", st(Ordered, Sealed, Over), "", "Awb 8:84", reliefAsked},
	{"sluiting.resume", st(Suspended), "", "Awb 8:85, 8:87", nil},
	{"sluiting.adjourn", append(st(Warned), after...), "", "Awb 7:10 lid 2, 3", objectionOpen},
	{"sluiting.decide-objection", append(st(Warned), after...), "", "Awb 7:10, 7:12", objectionOpen},
	{"sluiting.appeal", append(st(Warned), after...), "", "Awb 6:7, 8:1, 8:104", appealPossible},
	{"sluiting.judge", append(st(Warned), after...), "", "Awb 8:66, 8:70", appealOpen},
	{"sluiting.close", append(slices.Clone(unpublic), Warned, Over), Closed, "Selectielijst 12.2, 12.3; ECLI:NL:RBROT:2025:6095", nothingOpen},
	{"sluiting.involve", open, "", "AVG 5 lid 1 b", nil},
}

// Sluiting is one file: the fold of its entries.
type Sluiting struct {
	ID       string
	Policies Policies `json:"-"` // the rules by which it is judged; not recorded, chosen by the day
	Stage    Stage
	Opened   time.Time
	OpenedBy string
	Lead     string
	Deputy   string

	Report      *Report
	Evidence    []Evidence
	Find        *Find
	Disturbance *Disturbance
	Residents   *Residents
	Registry    *Registry
	Landlord    []LandlordNotice
	Wkpb        *Wkpb

	IntentionOn deadlines.Day
	ViewUntil   deadlines.Day // last day for the Zienswijze
	Skipped     *Skip
	View        *View
	Weighed     *Weighing
	Draft       *Draft
	DraftBy     string
	CheckedBy   string
	Returned    []Return
	Signed      *Signature

	Publication *Publication
	Compliance  deadlines.Day // last day of the compliance term; NoDay without one
	Stretches   []Stretch
	AtOnce      string    // why it was closed before there was a decision
	Seals       []Sealing // the first begins the closure; a later one follows a suspension
	SealBreaks  []SealBreak
	Unsealed    []Unsealing
	Extensions  []Extension
	Requests    []Request
	ReopenOn    deadlines.Day // decided on request
	Withdrawn   *Withdrawal

	Costs     []Costs
	Reminders []Reminder
	Payments  []Payment

	Objections []Objection
	Reliefs    []Relief
	Appeals    []Appeal

	Off       []Off         // spans in which the court had suspended it
	StoppedOn deadlines.Day // when it was withdrawn, revoked or annulled
	How       string        // ended, reopened, withdrawn, revoked or annulled
	ClosedOn  deadlines.Day
	Outcome   string
	People    []string // accounts involved besides the lead
}

// Term is one term of a file.
type Term = measures.Due

// Keep is how long a file is kept.
type Keep = measures.Keep

// New makes the kind, judged by these policy rules.
func New(policies Policies) dossier.Kind[Sluiting] {
	return dossier.Kind[Sluiting]{Name: Name, Purpose: Purpose, Screen: screen,
		New: func(h dossier.Head) Sluiting {
			return Sluiting{ID: h.ID, Policies: policies, Stage: Unopened, Opened: h.OpenedAt, OpenedBy: h.OpenedBy}
		},
		Verbs: []dossier.Verb[Sluiting]{
			report, evidence, find, disturbance, residents, registry, landlord, intend, skip, view, weigh, sealAtOnce, draft, check, giveBack, sign, signUrgent, warn, publish,
			extendTerm, seal, sealBroken, wkpb, extend, serve, request, decideRequest, withdraw, unseal, costs, remind, pay,
			object, relief, hold, ruleRelief, resume, adjourn, decideObjection, appeal, judge, closeFile, involve,
		}}
}

// act makes a verb that stands in the table: it is refused outside its stages, and
// leads to the next.
func act[I any](name string, a dossier.Act[Sluiting, I]) dossier.Verb[Sluiting] {
	a.Name = name
	t := transitionOf(name)
	apply := a.Apply
	a.Allowed = func(r Sluiting, at dossier.At) error { return t.allowed(r, at) }
	a.Apply = func(r Sluiting, in I, e dossier.Entry) Sluiting {
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
		panic("sluiting: " + name + " is not in the table of transitions")
	}
	return transitions[i]
}

func (t transition) allowed(r Sluiting, at dossier.At) error {
	if !slices.Contains(t.in, r.Stage) {
		if r.Stage == Closed {
			return fault.New(fault.Conflict, "sluiting.block.closed")
		}
		return fault.New(fault.Conflict, "sluiting.block."+measures.Verb(t.act), "law", t.law)
	}
	if t.need != nil {
		if code := t.need(r, at); code != "" {
			return fault.New(fault.Conflict, "sluiting.need."+code, "law", t.law, "end", r.Ends(at.Calendar), "until", r.Compliance, "n", len(r.unanswered()))
		}
	}
	return nil
}

// standing is the stage as a reader has it: a closure of which the time is over ended,
// whether somebody recorded so or not.
func (r Sluiting) standing(at dossier.At) Stage {
	if r.Stage == Sealed && r.ended(at.Today, at.Calendar) {
		return Over
	}
	return r.Stage
}

// wrong is a refusal that stands at one field of the act's form.
func wrong(field, code string, args ...any) error {
	return fault.New(fault.Invalid, "form.invalid").At(field, "sluiting."+code, args...)
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
		return wrong(field, "before", "least", deadlines.OnDay(deadlines.DayOf(least)))
	}
	return nil
}

// toTheMinute is between for a fact whose time of day must stand in the record.
func toTheMinute(field string, w deadlines.When, least time.Time, at dossier.At, law string) error {
	if w.At.IsZero() {
		return wrong(field, "minute", "law", law)
	}
	return between(field, w, least, at)
}

// dayBetween is between for a fact of which only the day counts.
func dayBetween(field string, d, least deadlines.Day, at dossier.At) error {
	return between(field, deadlines.OnDay(d), measures.DayTime(least), at)
}
