package deadlines

import "baken/internal/fault"

// Class says what a term is, and so whether the Atw moves its last day. It is a
// property of the rule and never guessed from the length: twelve weeks is STAT,
// thirteen weeks is LONG.
type Class string

// The classes (law.md 0.2).
const (
	STAT Class = "STAT" // set in a statute, forward, in days, weeks or months: Atw 1 and 2
	ORD  Class = "ORD"  // set in a municipal ordinance: Atw by Gemeentewet 145
	AMVB Class = "AMVB" // set in an order in council: Atw by Atw 5
	HOUR Class = "HOUR" // in hours: no Atw (4 a)
	LONG Class = "LONG" // over 90 days, 12 weeks or 3 months, or in years: no Atw (4 a)
	BACK Class = "BACK" // counted back from a moment: no Atw (1 lid 2)
	EXCL Class = "EXCL" // a special statute switches the Atw off
	DEC  Class = "DEC"  // chosen in a decision or policy rule: not set by law, no Atw
	DUR  Class = "DUR"  // running time of a measure: no term to do something, no Atw
	ASAP Class = "ASAP" // without delay: no date, only elapsed time
)

// Unit is what a length counts in. It is the end of a sentence's code:
// "term.unit." + Unit.
type Unit string

// The units of terms. None is for a term without a length of its own.
const (
	None   Unit = ""
	Hours  Unit = "hours"
	Days   Unit = "days"
	Weeks  Unit = "weeks"
	Months Unit = "months"
	Years  Unit = "years"
)

// Actor is who must act, or whom the measure binds: "term.actor." + Actor.
type Actor string

// The actors of the table.
const (
	Municipality Actor = "municipality"
	Mayor        Actor = "mayor"
	Officer      Actor = "hovj" // mayor or hulpofficier van justitie
	Applicant    Actor = "applicant"
	Party        Actor = "party" // belanghebbende
	Objector     Actor = "objector"
	Banned       Actor = "banned"
	Offender     Actor = "offender"
	Debtor       Actor = "debtor"
	Court        Actor = "court"
	Police       Actor = "police"
	Participants Actor = "participants"
)

// Ours says whether it is for the municipality to be in time. The term of another
// that has ended is no lateness of ours: it is a fact that the next act can rest on.
func (a Actor) Ours() bool { return a == Municipality || a == Mayor || a == Officer }

// Mark says how sure we are of a rule (law.md 0.1): "term.mark." + Mark, and
// nothing when the statute itself was read.
type Mark string

// The marks of confidence.
const (
	Read         Mark = ""
	Consolidated Mark = "state"      // read in a consolidated state; later changes not all checked
	General      Mark = "general"    // from general legal knowledge; the article was not read again
	Unverified   Mark = "unverified" // no sufficient source: to be confirmed by legal staff
	Disputed     Mark = "disputed"   // sources or courts disagree; the safe reading is shown
)

// How says how the end follows from the start.
type How string

// The ways of counting. Each has its function in compute.go.
const (
	After     How = "after"      // the day of the event is day 0
	Before    How = "before"     // counted back from the event
	Elapsed   How = "elapsed"    // hours that pass, whatever the clock shows
	Clock     How = "clock"      // days on the clock: same time of day at the end
	Given     How = "given"      // the length stands in the decision: a parameter
	Promptly  How = "promptly"   // no fixed end
	Objection How = "objection"  // counted from the shifted end of the objection term
	Stretch   How = "stretch"    // After, with suspension and adjournment
	Chain     How = "chain"      // extensions, each attached to the end of the last
	FirstDue  How = "first-due"  // the first day on which a penalty is due
	Running   How = "running"    // the days over which a penalty runs, the first counted
	PerUnit   How = "per-unit"   // sums per full time unit after the compliance term
	Lapse     How = "limitation" // with interruptions and extensions (law.md 6.4)
)

// Rule is one term of the law: a line of the table.
type Rule struct {
	ID      string // as law.md writes it, slash and space included
	Article string
	Class   Class
	Length  int
	Unit    Unit
	How     How
	Start   string // the event that starts it: "term.start." + Start
	Actor   Actor
	Missed  string // what happens when it is missed: "term.missed." + Missed; may be empty
	Mark    Mark
	From    Day // first start for which this text is law; NoDay when not limited
	Until   Day // last start; NoDay when it still is law
}

// Protected says whether the Atw moves the end. Whether a term is long enough to
// fall outside the Atw (4 a) is in its class.
func (r *Rule) Protected() bool { return r.Class == STAT || r.Class == ORD || r.Class == AMVB }

// Params names what Question.Params may hold for the rule.
func (r *Rule) Params() []string {
	switch r.How {
	case Objection, Stretch:
		return []string{"committee", "committee-notice", "suspended-days", "adjourn-weeks"}
	case Given:
		return []string{"length", "unit"}
	case Chain:
		return []string{"extensions"}
	case FirstDue:
		return []string{"term-end"}
	case Running:
		return []string{"notice"}
	case PerUnit:
		return []string{"amount", "maximum", "unit"}
	case Clock:
		if r.ID == "G151d.3" {
			return []string{"extended"}
		}
	}
	if r.ID == "AWB-7.10.3" {
		return []string{"committee"}
	}
	return nil
}

// Rules lists every term of the law that Baken knows, in the order of law.md. The
// list is a copy.
func Rules() []Rule {
	var out []Rule
	for _, part := range [][]Rule{rulesPreparing, rulesObjection, rulesCourt, rulesHuisverbod, rulesBestuursdwang, rulesOrders, rulesDwangsom, rulesTogether} {
		out = append(out, part...)
	}
	return out
}

var byID = index()

func index() map[string][]*Rule {
	out := map[string][]*Rule{}
	for _, r := range Rules() {
		out[r.ID] = append(out[r.ID], &r)
	}
	return out
}

// Find gives the rule with this id as it was law on the day the term began. When
// no text covers the day it is the one nearest to it, and Answer warns. NotFound
// when there is no such rule.
func Find(id string, on Day) (*Rule, error) {
	rules := byID[id]
	if len(rules) == 0 {
		return nil, fault.New(fault.NotFound, "term.no-such-rule", "id", id)
	}
	for _, r := range rules {
		if r.lawOn(on) {
			return r, nil
		}
	}
	if on < rules[0].From {
		return rules[0], nil
	}
	return rules[len(rules)-1], nil
}

func (r *Rule) lawOn(d Day) bool {
	return (r.From == NoDay || d >= r.From) && (r.Until == NoDay || d <= r.Until)
}
