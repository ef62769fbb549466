package tips

import (
	"slices"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Name is the kind of dossier, Purpose the purpose it is kept for.
const (
	Name    = "tip"
	Purpose = "meld-misdaad-anoniem"
)

// Stage is where a tip stands.
type Stage string

// The stages, in the order in which they come.
const (
	Unopened Stage = "unopened"
	Received Stage = "received" // nobody may read it but who checks it
	Checked  Stage = "checked"  // blacked out; a second person must release it
	Released Stage = "released" // readable within the group
	Assessed Stage = "assessed" // it has an outcome
	Closed   Stage = "closed"
)

// The outcomes of an assessment (product.md 1.4).
const (
	Ours     = "ours"
	Police   = "police"
	Other    = "other"
	Unusable = "unusable"
	Known    = "known"
)

// Outcomes are all outcomes in the order in which they are shown.
var Outcomes = []string{Ours, Police, Other, Unusable, Known}

// Themes are the subjects of the agreement with M. (law.md 8).
var Themes = []string{"drugs", "undermining", "fraud", "laundering", "violence", "weapons", "trafficking", "prostitution", "housing", "residence", "environment", "fireworks",
	"medicines", "benefits", "forgery", "identity", "theft", "radicalisation"}

// transition is a line of the table of what may be done when.
type transition struct {
	act  string
	in   []Stage
	to   Stage // where it leads; empty when the act decides or it stays
	law  string
	need func(r Tip, at dossier.At) string
}

// The table. An act outside its stage is refused with "tips.block." + act; need names
// a further obstacle.
var transitions = []transition{
	{"tip.receive", st(Unopened), Received, "Convenant M.; AVG 5 lid 1 b", nil},
	{"tip.add", st(Received, Checked, Released, Assessed, Closed), "", "AVG 5 lid 1 d", notEnded},
	{"tip.warn", st(Received, Checked, Released, Assessed, Closed), "", "Arbowet 3", nil},
	{"tip.check", st(Received, Checked, Released, Assessed, Closed), "", "Convenant M.; AVG 5 lid 1 c, 25", partUnchecked},
	{"tip.return", st(Checked, Released, Assessed, Closed), "", "four eyes", partUnreleased},
	{"tip.release", st(Checked, Released, Assessed, Closed), "", "four eyes; AVG 5 lid 1 f", releaseByOther},
	{"tip.assess", st(Released, Assessed), Assessed, "AVG 5 lid 1 b, c", nothingPending},
	{"tip.confirm", st(Assessed), "", "four eyes", confirmByOther},
	{"tip.lookup", st(Assessed), "", "AVG 5 lid 1 b, c", oursConfirmed},
	{"tip.find", st(Assessed), "", "Awb 3:2", oursConfirmed},
	{"tip.use", st(Assessed), "", "Awb 3:2; AVG 5 lid 1 d", findingThere},
	{"tip.forward", st(Assessed), "", "Convenant M.; AVG 6 lid 4; UAVG 33", forwardable},
	{"tip.feedback", st(Assessed, Closed), "", "Convenant M.", confirmed},
	{"tip.request", st(Received, Checked, Released, Assessed, Closed), "", "AVG 15 to 17", nil},
	{"tip.answer", st(Received, Checked, Released, Assessed, Closed), "", "AVG 12 lid 3, 15 lid 4; UAVG 41", requestOpen},
	{"tip.extend", st(Assessed, Closed), "", "AVG 5 lid 1 e", extendable},
	{"tip.close", st(Assessed), Closed, "AVG 5 lid 1 e", closable},
	{"tip.reopen", st(Closed), Assessed, "AVG 5 lid 1 e", notEnded},
}

func st(s ...Stage) []Stage { return s }

// Tip is one tip: the fold of its entries.
type Tip struct {
	ID       string
	Policies Policies `json:"-"`
	Stage    Stage
	Opened   time.Time
	OpenedBy string

	Reference string // number that M. gave it
	Theme     string
	Received  deadlines.Day // by the municipality; no finer than a day
	Shocking  bool
	Parts     []Part // what M. sent, and what it sent later

	Outcome     string
	OutcomeWhy  string
	Authority   string
	Impact      string
	AssessedBy  string
	AssessedOn  deadlines.Day // of the first assessment that stands: the retention starts here
	NeedsSecond bool
	ConfirmedBy string

	Lookups    []Lookup
	Findings   []Finding
	Uses       []Use
	Forwards   []Forward
	Feedback   *Feedback
	Requests   []Request
	Extensions []Extension
	ClosedOn   deadlines.Day
	LastNews   deadlines.Day // when M. last sent something after the first message
}

// Part is one message of M. The original stays sealed for who checks and releases;
// others read the text with its gaps, and what leaves the inbox is the summary.
type Part struct {
	Received   deadlines.Day
	Original   string
	Kept       []string // originals of files, kept for a reason
	KeptWhy    string
	Files      []string // copies without metadata
	Removed    []string // what was taken out of them
	Marked     string   // the original with [[ ]] around what is blacked out
	Summary    string   // in our own words
	Checks     Check
	CheckedBy  string
	ReturnedBy string
	Returned   string // why
	ReleasedBy string
}

// Open reports whether the part may be read within the group.
func (p Part) Open() bool { return p.ReleasedBy != "" }

// Text is the part as the group reads it: with its gaps.
func (p Part) Text() string { return Redacted(p.Marked) }

// unchecked is the place of the first part that nobody checked, or -1.
func (r Tip) unchecked() int {
	return slices.IndexFunc(r.Parts, func(p Part) bool { return p.CheckedBy == "" })
}

// unreleased is the place of the first part that was checked and not released, or -1.
func (r Tip) unreleased() int {
	return slices.IndexFunc(r.Parts, func(p Part) bool { return p.CheckedBy != "" && !p.Open() })
}

// Settled reports whether the outcome counts: a second person agreed where that is
// needed.
func (r Tip) Settled() bool {
	return r.Outcome != "" && (!r.NeedsSecond || r.ConfirmedBy != "")
}

// Policy is the version of the rules that the tip is kept by: that of the day it was
// received.
func (r Tip) Policy() Policy { return r.Policies.On(r.Received) }

// Request is what a person asked about themselves.
type Request struct {
	Asked  Asked
	Answer *Answer
}

func (r Tip) openRequest() int {
	return slices.IndexFunc(r.Requests, func(q Request) bool { return q.Answer == nil })
}

// New makes the kind, by these policy rules.
func New(policies Policies) dossier.Kind[Tip] {
	return dossier.Kind[Tip]{Name: Name, Purpose: Purpose,
		New: func(h dossier.Head) Tip {
			return Tip{ID: h.ID, Policies: policies, Stage: Unopened, Opened: h.OpenedAt, OpenedBy: h.OpenedBy}
		},
		Verbs: []dossier.Verb[Tip]{receive, add, warn, check, sendBack, release, assess, confirm, lookup, find, use, forward, feedback, request, answer, extend, closeTip, reopen}}
}

// act makes a verb that stands in the table.
func act[I any](name string, a dossier.Act[Tip, I]) dossier.Verb[Tip] {
	a.Name = name
	t := transitionOf(name)
	apply := a.Apply
	a.Allowed = func(r Tip, at dossier.At) error { return t.allowed(r, at) }
	a.Apply = func(r Tip, in I, e dossier.Entry) Tip {
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
		panic("tips: " + name + " is not in the table of transitions")
	}
	return transitions[i]
}

func (t transition) allowed(r Tip, at dossier.At) error {
	if !slices.Contains(t.in, r.Stage) {
		return fault.New(fault.Conflict, "tips.block."+verb(t.act), "law", t.law)
	}
	if t.need != nil {
		if code := t.need(r, at); code != "" {
			return fault.New(fault.Conflict, "tips.need."+code, "law", t.law)
		}
	}
	return nil
}

func verb(act string) string {
	_, v, _ := strings.Cut(act, ".")
	return v
}

// The obstacles of the table. Each gives a code, or nothing.

func partUnchecked(r Tip, _ dossier.At) string {
	if r.unchecked() < 0 {
		return "unchecked"
	}
	return ""
}

func partUnreleased(r Tip, _ dossier.At) string {
	if r.unreleased() < 0 {
		return "unreleased"
	}
	return ""
}

func releaseByOther(r Tip, at dossier.At) string {
	i := r.unreleased()
	switch {
	case i < 0:
		return "unreleased"
	case r.Parts[i].CheckedBy == at.Actor.Account:
		return "other-eyes"
	}
	return ""
}

// nothingPending: a new assessment waits for the second person on the one before.
func nothingPending(r Tip, _ dossier.At) string {
	if r.Outcome != "" && !r.Settled() {
		return "second"
	}
	return ""
}

func confirmByOther(r Tip, at dossier.At) string {
	switch {
	case r.Settled():
		return "no-second"
	case r.AssessedBy == at.Actor.Account:
		return "other-eyes"
	}
	return ""
}

func confirmed(r Tip, _ dossier.At) string {
	if !r.Settled() {
		return "second"
	}
	return ""
}

func oursConfirmed(r Tip, at dossier.At) string {
	if r.Outcome != Ours {
		return "ours"
	}
	return confirmed(r, at)
}

func findingThere(r Tip, at dossier.At) string {
	if code := oursConfirmed(r, at); code != "" {
		return code
	}
	if len(r.Findings) == 0 {
		return "finding"
	}
	return ""
}

func forwardable(r Tip, at dossier.At) string {
	switch {
	case !r.Settled():
		return "second"
	case r.Outcome == Unusable || r.Outcome == Known:
		return "forwardable"
	case r.unreleased() >= 0 || r.unchecked() >= 0:
		return "all-released"
	case len(r.Policies.On(at.Today).Receivers) == 0:
		return "receivers"
	}
	return ""
}

func requestOpen(r Tip, _ dossier.At) string {
	if r.openRequest() < 0 {
		return "request"
	}
	return ""
}

func notEnded(r Tip, at dossier.At) string {
	if r.Ends().Day < at.Today {
		return "ended"
	}
	return ""
}

func extendable(r Tip, at dossier.At) string {
	p := r.Policy()
	switch {
	case !r.Settled():
		return "second"
	case r.Ends().Day < at.Today:
		return "ended"
	case len(r.Extensions) >= p.Extensions:
		return "extensions"
	case r.Ends().Day >= r.Limit():
		return "limit"
	}
	return ""
}

func closable(r Tip, _ dossier.At) string {
	switch {
	case !r.Settled():
		return "second"
	case r.unchecked() >= 0 || r.unreleased() >= 0:
		return "all-released"
	case r.Feedback == nil:
		return "feedback"
	case r.openRequest() >= 0:
		return "request-open"
	}
	return ""
}

// wrong is a refusal that stands at one field of the act's form.
func wrong(field, code string, args ...any) error {
	return fault.New(fault.Invalid, "form.invalid").At(field, "tips."+code, args...)
}

// dayBetween refuses a day to come, and one before least.
func dayBetween(field string, d, least, today deadlines.Day) error {
	switch {
	case d > today:
		return wrong(field, "in-future")
	case d < least:
		return wrong(field, "before", "least", least)
	}
	return nil
}
