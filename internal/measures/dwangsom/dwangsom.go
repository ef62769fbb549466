package dwangsom

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
	Name    = "dwangsom"
	Purpose = "bestuurlijke-maatregelen"
)

// Stage is where the order stands. What happens beside it (remedies, recovery,
// requests) is in lists of the record.
type Stage string

// The stages, in the order in which they come.
const (
	Unopened Stage = "unopened"
	Reported Stage = "reported"
	Grounded Stage = "grounded" // the legal basis is chosen
	Heard    Stage = "heard"    // the intention was sent, or leaving it out was reasoned
	Drafted  Stage = "drafted"
	Checked  Stage = "checked"
	Signed   Stage = "signed"
	InForce  Stage = "in-force" // after the Bekendmaking (3:40)
	Lifted   Stage = "lifted"   // withdrawn, lifted or annulled: nothing more is forfeited
	Closed   Stage = "closed"
)

// The ways in which a sum is forfeited (Awb 5:32b lid 1).
const (
	Lump      = "lump"
	PerUnit   = "unit"
	PerBreach = "breach"
)

var (
	pers  = []string{Lump, PerUnit, PerBreach}
	units = []string{"day", "week", "month"}
)

// transition is a line of the table of what may be done when.
type transition struct {
	act  string
	in   []Stage
	to   Stage  // where it leads; empty when it stays
	law  string // the article or rule that gives the order of things
	need func(r Dwangsom, at dossier.At) string
}

// The table. An act that is not in its stage is refused with the sentence
// "dwangsom.block." + act; need names a further obstacle, a code without prefix.
var transitions = []transition{
	{"dwangsom.report", st(Unopened), Reported, "Awb 5:9", nil},
	{"dwangsom.evidence", st(Reported, Grounded, Heard, Drafted, Checked, Signed, InForce, Lifted), "", "Awb 3:2", nil},
	{"dwangsom.basis", st(Reported, Grounded), Grounded, "Awb 5:9; Gemeentewet 125", nil},
	{"dwangsom.intend", st(Grounded), Heard, "Awb 4:8", nil},
	{"dwangsom.skip", st(Grounded), Heard, "Awb 4:11", nil},
	{"dwangsom.view", st(Heard, Drafted), "", "Awb 4:9", intentionSent},
	{"dwangsom.weigh", st(Grounded, Heard, Drafted), "", "Awb 3:4 lid 2", nil},
	{"dwangsom.draft", st(Heard, Drafted), Drafted, "Awb 5:32a, 5:32b", draftReady},
	{"dwangsom.check", st(Drafted), Checked, "four eyes", nil},
	{"dwangsom.sign", st(Checked), Signed, "Awb 10:1, 10:3", nil},
	{"dwangsom.publish", st(Signed), InForce, "Awb 3:40, 3:41", nil},
	{"dwangsom.extend", st(InForce), "", "ECLI:NL:RVS:2014:1340", complianceRuns},
	{"dwangsom.inspect", st(InForce, Lifted), "", "Awb 5:33", nil},
	{"dwangsom.forfeit", st(InForce), "", "Awb 5:32a, 5:32b", breachSeen},
	{"dwangsom.intend-recovery", st(InForce, Lifted), "", "ECLI:NL:RVS:2018:2956", sumsOpen},
	{"dwangsom.view-recovery", st(InForce, Lifted), "", "Awb 4:8", recoveryIntended},
	{"dwangsom.recover", st(InForce, Lifted), "", "Awb 5:37 lid 1", recoveryHeard},
	{"dwangsom.remind", st(InForce, Lifted), "", "Awb 4:112; ECLI:NL:RVS:2018:2016", recoveryDecided},
	{"dwangsom.enforce", st(InForce, Lifted), "", "Awb 4:114, 4:117", reminded},
	{"dwangsom.pay", st(InForce, Lifted), "", "Awb 4:89 lid 3", debtOpen},
	{"dwangsom.defer", st(InForce, Lifted), "", "Awb 4:94", debtOpen},
	{"dwangsom.set-off", st(InForce, Lifted), "", "Awb 4:93", recoveryDecided},
	{"dwangsom.event", st(InForce, Lifted), "", "Awb 4:105, 4:106, 4:111", debtOpen},
	{"dwangsom.request", st(InForce, Lifted), "", "Awb 5:34, 5:37 lid 2", nil},
	{"dwangsom.decide-request", st(InForce, Lifted), "", "Awb 5:34, 5:37 lid 2", requestOpen},
	{"dwangsom.object", st(InForce, Lifted), "", "Awb 6:7, 5:39", nil},
	{"dwangsom.relief", st(InForce, Lifted), "", "Awb 8:81", remedyOpen},
	{"dwangsom.rule-relief", st(InForce, Lifted), "", "Awb 8:84", reliefAsked},
	{"dwangsom.adjourn", st(InForce, Lifted), "", "Awb 7:10 lid 2, 3", objectionOpen},
	{"dwangsom.decide-objection", st(InForce, Lifted), "", "Awb 7:10, 7:12", objectionOpen},
	{"dwangsom.appeal", st(InForce, Lifted), "", "Awb 6:7, 8:1, 8:104", appealPossible},
	{"dwangsom.judge", st(InForce, Lifted), "", "Awb 8:66, 8:70", appealOpen},
	{"dwangsom.lift", st(InForce), Lifted, "Awb 5:34", nil},
	{"dwangsom.close", st(Reported, Grounded, Heard, Drafted, Checked, Signed, InForce, Lifted), Closed, "Selectielijst 12.2, 12.3", nothingOpen},
	{"dwangsom.involve", st(Reported, Grounded, Heard, Drafted, Checked, Signed, InForce, Lifted), "", "AVG 5 lid 1 b", nil},
}

func st(s ...Stage) []Stage { return s }

// Dwangsom is one file: the fold of its entries.
type Dwangsom struct {
	ID       string
	Policies Policies `json:"-"` // the rules by which it is judged; not recorded, chosen by the day
	Stage    Stage
	Opened   time.Time
	OpenedBy string
	Lead     string
	Deputy   string

	Place    string
	Offender string
	Address  string // where letters go
	Breach   string // code of the policy
	Article  string
	Power    string
	Facts    string
	Rule     string // which conduct the article forbids, and why this is it
	SeenOn   deadlines.Day
	Evidence []Evidence
	Earlier  int // orders before, within the look-back

	IntentionOn  deadlines.Day
	ViewUntil    deadlines.Day
	Skipped      string // ground of 4:11, with SkippedWhy
	SkippedWhy   string
	View         *View
	Weighed      *Weighing
	Draft        *Draft
	DraftBy      string
	CheckedBy    string
	SignedBy     string
	SignedOn     deadlines.Day
	Mandate      string
	SignedLetter string // the decision as it was signed, a file of the dossier

	Publication *Publication
	Compliance  deadlines.Day // last day of the compliance term; NoDay for an order that only forbids repetition
	Extensions  []Extension
	Inspections []Inspection
	Sums        []Sum

	RecoveryIntention deadlines.Day
	RecoveryViewUntil deadlines.Day
	RecoveryView      *View
	Decisions         []Decision
	Reminders         []Reminder
	Warrants          []Warrant
	Payments          []Payment
	Deferments        []Deferment
	SetOffs           []Payment
	Events            []deadlines.Event

	Requests   []Request
	Objections []Objection
	Reliefs    []Relief
	Appeals    []Appeal

	LiftedOn  deadlines.Day
	LiftedWhy string
	ClosedOn  deadlines.Day
	Outcome   string
	People    []string // accounts involved besides the lead
}

func newDwangsom(policies Policies) func(h dossier.Head) Dwangsom {
	return func(h dossier.Head) Dwangsom {
		return Dwangsom{ID: h.ID, Policies: policies, Stage: Unopened, Opened: h.OpenedAt, OpenedBy: h.OpenedBy}
	}
}

// New makes the kind, judged by these policy rules.
func New(policies Policies) dossier.Kind[Dwangsom] {
	return dossier.Kind[Dwangsom]{Name: Name, Purpose: Purpose, New: newDwangsom(policies), Screen: measures.Screen, Verbs: []dossier.Verb[Dwangsom]{
		report, evidence, basis, intend, skip, view, weigh, draft, check, sign, publish, extend, inspect, forfeit,
		intendRecovery, viewRecovery, recoverSums, remind, enforce, pay, deferPayment, setOff, event,
		request, decideRequest, object, relief, ruleRelief, adjourn, decideObjection, appeal, judge, lift, closeFile, involve,
	}}
}

// act makes a verb that stands in the table: it is refused outside its stages, and
// leads to the next.
func act[I any](name string, a dossier.Act[Dwangsom, I]) dossier.Verb[Dwangsom] {
	a.Name = name
	t := transitionOf(name)
	apply := a.Apply
	a.Allowed = func(r Dwangsom, at dossier.At) error { return t.allowed(r, at) }
	a.Apply = func(r Dwangsom, in I, e dossier.Entry) Dwangsom {
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
		panic("dwangsom: " + name + " is not in the table of transitions")
	}
	return transitions[i]
}

func (t transition) allowed(r Dwangsom, at dossier.At) error {
	if !slices.Contains(t.in, r.Stage) {
		if r.Stage == Closed {
			return fault.New(fault.Conflict, "dwangsom.block.closed")
		}
		return fault.New(fault.Conflict, "dwangsom.block."+measures.Verb(t.act), "law", t.law)
	}
	if t.need != nil {
		if code := t.need(r, at); code != "" {
			return fault.New(fault.Conflict, "dwangsom.need."+code, "law", t.law)
		}
	}
	return nil
}

// Policy is the version of the rules for the day of the decision: of signing when
// it was signed, else of today.
func (r Dwangsom) Policy(today deadlines.Day) Policy {
	if r.SignedOn != deadlines.NoDay {
		return r.Policies.On(r.SignedOn)
	}
	return r.Policies.On(today)
}

// wrong is a refusal that stands at one field of the act's form.
func wrong(field, code string, args ...any) error {
	return fault.New(fault.Invalid, "form.invalid").At(field, "dwangsom."+code, args...)
}

func dayTime(d deadlines.Day) time.Time {
	if d == deadlines.NoDay {
		return time.Time{}
	}
	return d.Midnight()
}
