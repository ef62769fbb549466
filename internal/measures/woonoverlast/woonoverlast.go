package woonoverlast

import (
	"slices"
	"strconv"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Name is the kind of dossier, Purpose the purpose it is kept for. It is a purpose of its
// own: what neighbours say of one another is not for everybody who sees a terrace.
const (
	Name    = "woonoverlast"
	Purpose = "woonoverlast"
)

// Stage is where the file stands.
type Stage string

// The stages, in the order in which they come.
const (
	Unopened  Stage = "unopened"
	Reported  Stage = "reported"  // nuisance is logged, other ways are tried
	Warned    Stage = "warned"    // the last of those ways
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
	need func(r Woonoverlast, at dossier.At) string
}

var (
	before = st(Reported, Warned, Heard, Proposed) // the decision
	after  = st(InForce, Suspended, Over)          // the Bekendmaking
)

// The table. An act that is not in its stage is refused with the sentence
// "woonoverlast.block." + act; need names a further obstacle, a code without prefix.
var transitions = []transition{
	{"woonoverlast.report", st(Unopened), Reported, "Gemeentewet 151d lid 1", nil},
	{"woonoverlast.incident", st(Reported, Warned, Heard, Proposed, Decided, InForce, Suspended), "", "Awb 3:2", nil},
	{"woonoverlast.try", before, "", "Gemeentewet 151d lid 2", nil},
	{"woonoverlast.none-tried", before, "", "Gemeentewet 151d lid 2", nil},
	{"woonoverlast.warn", st(Reported, Warned), Warned, "Gemeentewet 151d lid 2", nil},
	{"woonoverlast.conduct", before, "", "Awb 5:9", nil},
	{"woonoverlast.strike", before, "", "Awb 5:9", conductChosen},
	{"woonoverlast.weigh", before, "", "Awb 3:4 lid 2", nil},
	{"woonoverlast.intend", st(Reported, Warned, Heard), Heard, "Awb 4:8", conductChosen},
	{"woonoverlast.skip", st(Reported, Warned, Heard), Heard, "Awb 4:11", nil},
	{"woonoverlast.view", st(Heard), "", "Awb 4:8, 4:9", intended},
	{"woonoverlast.draft", st(Heard, Proposed), Proposed, "Gemeentewet 151d lid 1, 2", draftReady},
	{"woonoverlast.return", st(Proposed), Heard, "Awb 3:2", nil},
	{"woonoverlast.decide", st(Proposed), Decided, "Gemeentewet 151d lid 2", draftReady},
	{"woonoverlast.refuse", st(Proposed), Refused, "Gemeentewet 151d lid 2", nil},
	{"woonoverlast.publish", st(Decided), InForce, "Awb 3:40, 3:41", nil},
	{"woonoverlast.inspect", st(InForce, Suspended), "", "Awb 5:11 to 5:20", nil},
	{"woonoverlast.forfeit", after, "", "Awb 5:32b, 5:33", underDwangsom},
	{"woonoverlast.enforce", st(InForce), "", "Awb 5:21, 5:25", underBestuursdwang},
	{"woonoverlast.hand-over", after, "", "Awb 5:37", moneyOpen},
	{"woonoverlast.ban-draft", st(InForce), "", "Gemeentewet 151d lid 3", noBanNow},
	{"woonoverlast.ban", st(InForce), "", "Gemeentewet 151d lid 3", banDrafted},
	{"woonoverlast.announce", st(InForce), "", "Gemeentewet 151d lid 3; Awb 3:40", banDecided},
	{"woonoverlast.counsel", st(InForce, Suspended), "", "Wth 5 lid 1; Gemeentewet 151d lid 3", noCounselYet},
	{"woonoverlast.assign", st(InForce, Suspended), "", "Wth 5 lid 1; Gemeentewet 151d lid 3", counselWished},
	{"woonoverlast.extend-ban", st(InForce), "", "Gemeentewet 151d lid 3; Wth 9 lid 1", banExtendable},
	{"woonoverlast.withdraw-ban", st(InForce), "", "Gemeentewet 151d lid 3", banRuns},
	{"woonoverlast.evaluate", st(InForce, Suspended), "", "Gemeentewet 151d lid 2; Awb 3:4 lid 2", nil},
	{"woonoverlast.prolong", st(InForce), "", "Gemeentewet 151d lid 2", prolongable},
	{"woonoverlast.serve", st(InForce), "", "Awb 3:40, 3:41", somethingWaits},
	{"woonoverlast.withdraw", st(InForce, Suspended), Over, "Gemeentewet 151d lid 2", nil},
	{"woonoverlast.end", st(InForce, Suspended), Over, "Gemeentewet 151d lid 2", ended},
	{"woonoverlast.object", after, "", "Awb 6:7, 7:1", nil},
	{"woonoverlast.decide-objection", after, "", "Awb 7:10, 7:11", objectionOpen},
	{"woonoverlast.appeal", after, "", "Awb 6:7, 8:1", nil},
	{"woonoverlast.relief", after, "", "Awb 8:81", noReliefYet},
	{"woonoverlast.rule-relief", after, "", "Awb 8:84; Wth 6", reliefAsked},
	{"woonoverlast.judge", after, "", "Awb 8:70; Wth 8 lid 1", appealOpen},
	{"woonoverlast.close", st(Reported, Warned, Heard, Proposed, Refused, Over), Closed, "Gemeentewet 151d", nothingOpen},
	{"woonoverlast.involve", st(Reported, Warned, Heard, Proposed, Refused, Decided, InForce, Suspended, Over), "", "AVG 5 lid 1 b", nil},
}

func st(s ...Stage) []Stage { return s }

// Woonoverlast is one file: the fold of its entries.
type Woonoverlast struct {
	ID       string
	Stage    Stage
	Policies Policies
	Opened   time.Time
	OpenedBy string
	Lead     string
	Deputy   string

	Place    string
	Resident string // who must obey: the user of the dwelling or yard, or who lets it
	Role     string
	Address  string // for letters, when that is another
	Minors   string // children in the home, or empty

	Incidents []Incident
	Tried     []Attempt
	NoneTried string // why nothing else was tried
	Warnings  []Warning
	Rules     []Rule
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

	Inspections []Inspection
	Sums        []Sum
	Applied     []Enforcement
	Handed      []HandOver
	Bans        []Ban
	Evaluations []Evaluation
	Prolonged   []Prolongation

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
func (r Woonoverlast) Policy(on deadlines.Day) Policy { return r.Policies.On(on) }

// Term is one term of a file.
type Term = measures.Due

// Keep is how long a file is kept.
type Keep = measures.Keep

// New makes the kind.
func New(policies Policies) dossier.Kind[Woonoverlast] {
	return dossier.Kind[Woonoverlast]{Name: Name, Purpose: Purpose, Screen: measures.Screen,
		New: func(h dossier.Head) Woonoverlast {
			return Woonoverlast{ID: h.ID, Stage: Unopened, Policies: policies, Opened: h.OpenedAt, OpenedBy: h.OpenedBy}
		},
		Verbs: []dossier.Verb[Woonoverlast]{
			report, incident, try, noneTried, warn, conduct, strike, weigh, intend, skip, view, draft, sendBack, decide, refuse, publish,
			inspect, forfeit, enforce, handOver, banDraft, ban, announce, counsel, assign, extendBan, withdrawBan, evaluate, prolong, serve, withdraw, end,
			object, decideObjection, appeal, relief, ruleRelief, judge, closeFile, involve,
		}}
}

// act makes a verb that stands in the table: it is refused outside its stages, and leads
// to the next. What goes into a letter does not tell who reported.
func act[I any](name string, a dossier.Act[Woonoverlast, I]) dossier.Verb[Woonoverlast] {
	a.Name = name
	t := transitionOf(name)
	apply, check := a.Apply, a.Check
	a.Allowed = func(r Woonoverlast, at dossier.At) error { return t.allowed(r, at) }
	a.Check = func(r Woonoverlast, in I, at dossier.At) error {
		if intoLetters[name] {
			if err := tellsWho(r, &in); err != nil {
				return err
			}
		}
		if check == nil {
			return nil
		}
		return check(r, in, at)
	}
	a.Apply = func(r Woonoverlast, in I, e dossier.Entry) Woonoverlast {
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
		panic("woonoverlast: " + name + " is not in the table of transitions")
	}
	return transitions[i]
}

func (t transition) allowed(r Woonoverlast, at dossier.At) error {
	if !slices.Contains(t.in, r.stage(at)) {
		if r.Stage == Closed {
			return fault.New(fault.Conflict, "woonoverlast.block.closed")
		}
		return fault.New(fault.Conflict, "woonoverlast.block."+measures.Verb(t.act), "law", t.law)
	}
	if t.need != nil {
		if code := t.need(r, at); code != "" {
			p, n := r.Policy(at.Today), r.counted(at.Today)
			return fault.New(fault.Conflict, "woonoverlast.need."+code, "law", t.law, "article", p.Article, "end", r.Ends(), "until", r.BanEnds(at.Calendar),
				"incidents", strconv.Itoa(n.incidents), "reporters", strconv.Itoa(n.reporters), "days", strconv.Itoa(n.days),
				"least", strconv.Itoa(p.Incidents), "voices", strconv.Itoa(p.Reporters), "spread", strconv.Itoa(p.SpreadDays), "months", strconv.Itoa(p.LookBack))
		}
	}
	return nil
}

// stage is the stage at a moment: a suspension with an end is over by itself.
func (r Woonoverlast) stage(at dossier.At) Stage {
	if n := len(r.Off); r.Stage == Suspended && n > 0 && !r.Off[n-1].covers(at.Now) {
		return InForce
	}
	return r.Stage
}

// standing is the stage as a reader has it: an order of which the time is over ended by
// itself, whether somebody recorded so or not.
func (r Woonoverlast) standing(at dossier.At) Stage {
	s := r.stage(at)
	if (s == InForce || s == Suspended) && at.Today > r.Ends() {
		return Over
	}
	return s
}

// wrong is a refusal that stands at one field of the act's form.
func wrong(field, code string, args ...any) error {
	return fault.New(fault.Invalid, "form.invalid").At(field, "woonoverlast."+code, args...)
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

// toTheMinute is between for a fact from which a ban or hours are counted: its time of day
// is needed too.
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
