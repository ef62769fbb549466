package deadlines

import (
	"cmp"
	"slices"
	"time"

	"baken/internal/fault"
)

// Event is a fact that interrupts, extends or ends the matter that keeps a claim
// alive. Kind is one of EventKinds. Until is the last day of a span (a deferment, a
// suspension); NoDay when it still lasts.
type Event struct {
	Date  Day    `json:"date"`
	Kind  string `json:"kind"`
	Until Day    `json:"until,omitzero"`
}

// effect is what an event does to a limitation.
type effect int

const (
	interrupts   effect = iota // a new full term begins the next day
	opensRemedy                // keeps the claim alive while pending (5:35 lid 2)
	closesRemedy               // irrevocably decided
	opensRequest               // a third party asked for recovery (5:37a lid 2, 3)
	closesRequest
	suspends // interim relief suspends the recovery decision: adds its length (5:37a lid 4)
	defers   // deferment, moratorium, bankruptcy: adds its length (4:111)
)

// EventKind is one kind of event, with its article.
type EventKind struct {
	Kind    string // the Dutch term: "term.event." + Kind is its sentence
	Article string
	effect  effect
	Span    bool // takes until
	debt    bool // also for other money debts (4:104)
}

// For says whether the kind belongs to the limitation of this rule: the remedies
// against an order have no place with other money debts.
func (k EventKind) For(r *Rule) bool { return r.How == Lapse && (k.debt || r.ID == "LOD-5.35") }

// recoveryDecision interrupts since this day (5:37a lid 1); before it did not
// (ECLI:NL:RVS:2013:2626).
var recoveryDecision = Date(2021, time.April, 1)

// EventKinds lists every kind of event that a limitation knows, interruptions
// first (law.md 6.4).
func EventKinds() []EventKind { return slices.Clone(eventKinds) }

var eventKinds = []EventKind{
	{"invorderingsbeschikking", "Awb 5:37a lid 1", interrupts, false, false},
	{"aanmaning", "Awb 4:106, 4:112", interrupts, false, true},
	{"dwangbevel", "Awb 4:106, 4:114", interrupts, false, true},
	{"verrekening", "Awb 4:106, 4:93", interrupts, false, true},
	{"executie", "Awb 4:106", interrupts, false, true},
	{"rechtsvervolging", "Awb 4:105 lid 1", interrupts, false, true},
	{"erkenning", "Awb 4:105 lid 2", interrupts, false, true},
	{"bezwaar", "Awb 5:35 lid 2", opensRemedy, false, false},
	{"beroep", "Awb 5:35 lid 2", opensRemedy, false, false},
	{"hoger-beroep", "Awb 5:35 lid 2", opensRemedy, false, false},
	{"onherroepelijk", "Awb 5:35 lid 2", closesRemedy, false, false},
	{"verzoek-derde", "Awb 5:37a lid 2, 3", opensRequest, false, false},
	{"verzoek-derde-onherroepelijk", "Awb 5:37a lid 2, 3", closesRequest, false, false},
	{"schorsing", "Awb 5:37a lid 4", suspends, true, false},
	{"uitstel", "Awb 4:111 lid 1, 4:94", defers, true, true},
	{"surseance", "Awb 4:111", defers, true, true},
	{"faillissement", "Awb 4:111", defers, true, true},
	{"wsnp", "Awb 4:111", defers, true, true},
	{"schorsing-dwangbevel", "Awb 4:111 lid 2", defers, true, true},
}

func kindOf(kind string) (EventKind, bool) {
	i := slices.IndexFunc(eventKinds, func(k EventKind) bool { return k.Kind == kind })
	if i < 0 {
		return EventKind{}, false
	}
	return eventKinds[i], true
}

// span is a time during which a matter was pending or payment was deferred; to is
// NoDay while it lasts.
type span struct {
	from, to Day
	article  string
	kind     string
	used     bool
}

func (s *span) pendingOn(d Day) bool { return s.from <= d && (s.to == NoDay || s.to > d) }

// clockOfClaim is a limitation while its events are read.
type clockOfClaim struct {
	years   int
	start   Day // of the running term: the forfeiture or the last interruption
	last    Day
	open    *span // the matter that keeps it alive after last; nil when the end is fixed
	after   bool  // last was the day of an irrevocable decision: nothing is added to it
	remedy  []*span
	request []*span
	adds    []*span
	a       *Answer
}

// limitation computes until when a claim can be interrupted (Awb 5:35 and 4:104)
// with the events of law.md 6.4, in the order of their dates. The Atw never
// applies: the term is in years (Atw 4 a). Events of one day are read in the order
// of EventKinds, so that a reminder in the letter of the recovery decision counts
// (ECLI:NL:RVS:2017:1068).
func (c *Calendar) limitation(a *Answer, q *Question) error {
	own := *a // only a claim's answer need live on the heap
	err := readClaim(&own, q)
	*a = own
	return err
}

func readClaim(a *Answer, q *Question) error {
	events := slices.Clone(q.Events)
	order := func(kind string) int {
		return slices.IndexFunc(eventKinds, func(k EventKind) bool { return k.Kind == kind })
	}
	slices.SortStableFunc(events, func(x, y Event) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(order(x.Kind), order(y.Kind)))
	})
	claim := &clockOfClaim{years: a.Rule.Length, start: q.Start.Day, last: q.Start.Day.AddYears(a.Rule.Length), a: a}
	a.Nominal, a.State = OnDay(claim.last), Fixed
	if err := claim.read(events); err != nil {
		return err
	}
	decided := NoDay
	for _, e := range events {
		k, _ := kindOf(e.Kind)
		if !claim.settle(e.Date) {
			a.warn("term.warn.event-too-late", "kind", Note{Code: "term.event." + e.Kind}, "date", e.Date, "last", claim.last)
			continue
		}
		if k.effect != interrupts {
			continue
		}
		if e.Kind == "invorderingsbeschikking" {
			if decided == NoDay {
				decided = e.Date
			}
			if e.Date < recoveryDecision {
				a.warn("term.warn.decision-did-not-interrupt", "date", e.Date)
				continue
			}
			if q.Start.Day < recoveryDecision {
				a.warn("term.warn.transitional-law", "date", e.Date)
			}
		}
		if e.Kind == "aanmaning" && decided == NoDay && a.Rule.ID == "LOD-5.35" {
			a.warn("term.warn.reminder-before-decision", "date", e.Date)
			continue
		}
		claim.interrupt(e, k)
	}
	claim.settle(farAway)
	claim.report()
	return nil
}

// farAway is later than every event: what is settled up to it is all that is known.
const farAway Day = 1 << 30

// read checks the events and makes spans of those that last.
func (l *clockOfClaim) read(events []Event) error {
	for _, e := range events {
		k, ok := kindOf(e.Kind)
		if !ok || !k.For(l.a.Rule) {
			return fault.New(fault.Invalid, "term.no-such-event", "kind", e.Kind, "id", l.a.Rule.ID)
		}
		if e.Date < l.start {
			if k.effect == interrupts {
				return fault.New(fault.Invalid, "term.event-before-start", "kind", e.Kind, "date", e.Date, "start", l.start)
			}
		}
		if e.Until != NoDay && !k.Span {
			return fault.New(fault.Invalid, "term.event-takes-no-until", "kind", e.Kind)
		}
		if e.Until != NoDay && e.Until < e.Date {
			return fault.New(fault.Invalid, "term.event-ends-before-start", "kind", e.Kind, "date", e.Date, "until", e.Until)
		}
		switch k.effect {
		case opensRemedy:
			open(&l.remedy, e, k)
		case closesRemedy:
			if !closeSpan(l.remedy, e.Date) {
				return fault.New(fault.Invalid, "term.nothing-to-decide", "kind", e.Kind, "date", e.Date)
			}
		case opensRequest:
			open(&l.request, e, k)
		case closesRequest:
			// A recovery decision may have ended the request before (5:37a lid 3).
			if !closeSpan(l.request, e.Date) && len(l.request) == 0 {
				return fault.New(fault.Invalid, "term.nothing-to-decide", "kind", e.Kind, "date", e.Date)
			}
		case suspends, defers:
			l.adds = append(l.adds, &span{from: e.Date, to: e.Until, article: k.Article, kind: e.Kind})
		case interrupts:
			if e.Kind == "invorderingsbeschikking" {
				closeSpan(l.request, e.Date) // the decision that the third party asked for
			}
		}
	}
	// Of what adds time, a suspension of the recovery decision comes before 4:111.
	slices.SortStableFunc(l.adds, func(x, y *span) int {
		return cmp.Or(cmp.Compare(b2i(x.kind != "schorsing"), b2i(y.kind != "schorsing")), cmp.Compare(x.from, y.from))
	})
	return nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// open begins a matter, unless one is pending: an appeal goes on with what the
// objection began.
func open(spans *[]*span, e Event, k EventKind) {
	if n := len(*spans); n > 0 && (*spans)[n-1].to == NoDay {
		return
	}
	*spans = append(*spans, &span{from: e.Date, to: NoDay, article: k.Article, kind: e.Kind})
}

func closeSpan(spans []*span, on Day) bool {
	if n := len(spans); n > 0 && spans[n-1].to == NoDay {
		spans[n-1].to = on
		return true
	}
	return false
}

// settle decides what happened up to, not on, the day of an event. It is false
// when the claim lapsed before that day.
func (l *clockOfClaim) settle(day Day) bool {
	for {
		if l.open != nil {
			if l.open.to == NoDay || l.open.to > day {
				return true
			}
			l.a.move(l.last, l.open.to, l.open.article, Note{Code: "term.shift.decided"})
			l.last, l.open, l.after = l.open.to, nil, true
		}
		if day <= l.last || l.a.State == Prescribed {
			return l.a.State != Prescribed
		}
		if l.after || !l.extend() {
			if day != farAway {
				l.a.State = Prescribed
			}
			return false
		}
	}
}

// extend looks, on the last day itself, for what keeps the claim alive: an open
// remedy against the order, a third party's request, a suspension, a deferment.
func (l *clockOfClaim) extend() bool {
	for _, list := range [][]*span{l.remedy, l.request} {
		for _, s := range list {
			if s.pendingOn(l.last) {
				l.open = s
				return true
			}
		}
	}
	for _, s := range l.adds {
		began := max(s.from, l.start) // what went before an interruption is not added again
		if s.used || s.from > l.last || s.to != NoDay && s.to < began {
			continue
		}
		if s.kind == "schorsing" && !(s.to == NoDay || s.to >= l.last) {
			continue // only a suspension on the last day itself (5:37a lid 4)
		}
		if s.to == NoDay {
			l.open = s
			return true
		}
		s.used = true
		to := l.last + (s.to - began)
		l.a.move(l.last, to, s.article, Note{"term.shift.extended-by", []any{"kind", Note{Code: "term.event." + s.kind}, "n", int(s.to - began)}})
		l.last = to
		return true
	}
	return false
}

// interrupt begins a new full term at the start of the next day (4:110).
func (l *clockOfClaim) interrupt(e Event, k EventKind) {
	to := e.Date.AddYears(l.years)
	l.a.move(l.last, to, k.Article, Note{"term.shift.interrupted", []any{"kind", Note{Code: "term.event." + e.Kind}, "date", e.Date}})
	l.start, l.last, l.open, l.after = e.Date, to, nil, false
}

// report writes the end and when to act. A claim that is kept alive by a matter
// has no end yet; the day to act by is the one it would have without.
func (l *clockOfClaim) report() {
	a := l.a
	if l.open != nil && a.State != Prescribed {
		a.State = OpenEnded
		a.Disputed = &Reading{End: OnDay(l.last), Safe: l.last, Why: Note{Code: "term.disputed.open"}}
	} else {
		a.End = OnDay(l.last)
	}
	if a.State == Prescribed {
		return
	}
	for _, months := range []int{9, 6, 3, 1} {
		a.Alarms = append(a.Alarms, l.last.AddMonths(-months))
	}
	a.Alarms = append(a.Alarms, l.last-14)
}
