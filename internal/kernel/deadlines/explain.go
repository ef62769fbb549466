package deadlines

import (
	"time"

	"baken/internal/text"
)

// phrases are the sentences of an explanation in one language, cut once.
type phrases struct {
	p       *text.Printer
	begin   text.Pattern
	shift   text.Pattern
	noShift text.Pattern
	later   text.Pattern
	same    string
	closed  map[Closed]string
	rules   map[*Rule]words
}

// words are the sentences about one rule.
type words struct {
	start, length, noAtw, mark string
	count, end                 text.Pattern
}

var books = map[text.Lang]*phrases{text.NL: newPhrases(text.For(text.NL)), text.EN: newPhrases(text.For(text.EN))}

func newPhrases(p *text.Printer) *phrases {
	b := &phrases{p: p, begin: p.Pattern("term.explain.begin"), shift: p.Pattern("term.explain.shift"), noShift: p.Pattern("term.explain.no-shift"),
		later: p.Pattern("term.explain.later"), same: p.T("term.explain.later-same"), closed: map[Closed]string{}, rules: map[*Rule]words{}}
	for _, c := range closedKinds[1:] {
		b.closed[c] = p.T("term.closed." + string(c))
	}
	for _, rules := range byID {
		for _, r := range rules {
			w := words{start: p.T("term.start." + r.Start), length: Length(p, r.Length, r.Unit), noAtw: p.T("term.no-atw." + string(r.Class)),
				count: p.Pattern("term.count." + string(r.How)), end: b.endOf(r.How)}
			if r.How == Before && r.Mark == Disputed {
				w.count = p.Pattern("term.count.before-until") // the day shown is the safe one
			}
			if r.Mark == Unverified || r.Mark == General {
				w.mark = p.T("term.mark." + string(r.Mark))
			}
			b.rules[r] = w
		}
	}
	return b
}

// endOf is the sentence that names the end. For most terms it is the last day in
// time; a penalty has a first day due, a measure a last day on which it runs.
func (b *phrases) endOf(how How) text.Pattern {
	switch how {
	case FirstDue, PerUnit:
		return b.p.Pattern("term.end.first-due")
	case Elapsed, Clock:
		return b.p.Pattern("term.end.moment")
	case Running:
		return b.p.Pattern("term.end.running")
	}
	return b.p.Pattern("term.end.last-day")
}

// Length writes a length in words: 6 weken. Empty for a term without one.
func Length(p *text.Printer, n int, u Unit) string {
	if u == None {
		return ""
	}
	return p.T("term.unit."+string(u), "n", n)
}

// Explain says in the reader's language how the end came about: from which fact,
// by which article, every shift with its reason, the other reading of a disputed
// rule, and what changes if the fact changes.
func (a *Answer) Explain(lang text.Lang) string {
	return string(a.AppendExplanation(make([]byte, 0, 640), lang))
}

// AppendExplanation writes what Explain says to b, for who explains very many.
func (a *Answer) AppendExplanation(out []byte, lang text.Lang) []byte {
	b := books[lang]
	if b == nil {
		b = books[text.NL]
	}
	w := b.rules[a.Rule]
	fill := func(out []byte, name string) []byte { return b.fill(out, a, &w, name) }
	out = b.begin.Append(out, fill)
	out = append(out, ' ')
	out = w.count.Append(out, fill)
	if a.Rule.How == Promptly {
		return mark(out, w)
	}
	for i := range a.Shifts {
		s := &a.Shifts[i]
		out = append(out, ' ')
		out = b.shift.Append(out, func(out []byte, name string) []byte {
			switch name {
			case "from":
				return b.day(out, s.From)
			case "to":
				return b.day(out, s.To)
			case "article":
				return append(out, s.Article...)
			}
			return b.why(out, a, s)
		})
	}
	switch {
	case !a.Atw:
		out = append(append(out, ' '), w.noAtw...)
	case len(a.Shifts) == 0:
		out = append(out, ' ')
		out = b.noShift.Append(out, fill)
	}
	if a.State != "" {
		out = append(out, ' ')
		out = append(out, b.p.T("term.state."+string(a.State))...)
	}
	if a.End.Day != NoDay {
		out = append(out, ' ')
		out = w.end.Append(out, fill)
	}
	if a.Disputed != nil {
		out = append(out, ' ')
		out = append(out, b.note(a.Disputed.Why, "other", a.Disputed.End, "safe", a.Disputed.Safe)...)
	}
	switch a.Later {
	case When{}:
	case a.End:
		out = append(append(out, ' '), b.same...)
	default:
		out = append(out, ' ')
		out = b.later.Append(out, fill)
	}
	for _, warning := range a.Warnings {
		out = append(out, ' ')
		out = append(out, b.note(warning)...)
	}
	return mark(out, w)
}

func mark(out []byte, w words) []byte {
	if w.mark != "" {
		out = append(append(out, ' '), w.mark...)
	}
	return out
}

func (b *phrases) fill(out []byte, a *Answer, w *words, name string) []byte {
	switch name {
	case "start":
		return append(out, w.start...)
	case "from":
		return b.when(out, a.Start)
	case "article":
		return append(out, a.Rule.Article...)
	case "length":
		if a.length == a.Rule.Length && a.unit == a.Rule.Unit {
			return append(out, w.length...)
		}
		return append(out, Length(b.p, a.length, a.unit)...)
	case "nominal":
		return b.when(out, a.Nominal)
	case "end":
		return b.when(out, a.End)
	case "later":
		return b.when(out, a.Later)
	}
	return append(out, name...)
}

func (b *phrases) day(out []byte, d Day) []byte {
	y, m, day := d.Civil()
	return b.p.AppendDate(out, d.Weekday(), day, m, y)
}

// when writes a day, with the clock when the moment is known. Only a term in days
// writes the day alone: the caller gave the moment, the law counts the day.
func (b *phrases) when(out []byte, w When) []byte {
	out = b.day(out, w.Day)
	if w.At.IsZero() {
		return out
	}
	out = append(out, ", "...)
	out = append(out, b.p.Clock(w.At)...)
	if _, exact := daysOnClock(w.At, 0); !exact {
		out = append(append(append(out, " ("...), w.At.Format(time.RFC3339)...), ')')
	}
	return out
}

// why names what moved an end: the closed days between for Atw 1, else its note.
func (b *phrases) why(out []byte, a *Answer, s *Shift) []byte {
	if s.Why.Code != "" {
		return append(out, b.note(s.Why)...)
	}
	for d := s.From; d < s.To; d++ {
		if d > s.From {
			out = append(out, "; "...)
		}
		c := a.calendar.Closed(d)
		out = append(out, b.closed[c]...)
		if c == EquatedDay {
			e, _ := a.calendar.Decree(d)
			out = append(append(out, ", "...), e.Decree...)
		}
	}
	return out
}

// note writes a note, with its days as dates and the notes in it as sentences.
func (b *phrases) note(n Note, more ...any) string {
	args := make([]any, 0, len(n.Args)+len(more))
	for _, v := range append(append([]any{}, n.Args...), more...) {
		switch v := v.(type) {
		case Day:
			args = append(args, string(b.day(nil, v)))
		case When:
			args = append(args, string(b.when(nil, v)))
		case Note:
			args = append(args, b.note(v))
		default:
			args = append(args, v)
		}
	}
	return b.p.T(n.Code, args...)
}

// View is an answer as JSON has it, in one language. Days are YYYY-MM-DD, moments
// RFC 3339 with the zone of Amsterdam; what is not there is null.
type View struct {
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	Article     string         `json:"article"`
	Class       Class          `json:"class"`
	Start       string         `json:"start"`
	From        string         `json:"from"`
	Counted     string         `json:"counted"`
	NominalEnd  *string        `json:"nominal_end"`
	End         *string        `json:"end"`
	AtwApplies  bool           `json:"atw_applies"`
	Shifts      []ShiftView    `json:"shifts"`
	Explanation string         `json:"explanation"`
	Disputed    *DisputedView  `json:"disputed"`
	State       string         `json:"state,omitempty"`
	Alarms      []Day          `json:"alarms,omitempty"`
	Schedule    []ScheduleView `json:"schedule,omitempty"`
	IfLater     *string        `json:"end_if_a_day_later"`
	Actor       string         `json:"actor"`
	IfMissed    string         `json:"if_missed"`
	Mark        string         `json:"mark"`
	Warnings    []string       `json:"warnings"`
}

// ShiftView is one move of an end.
type ShiftView struct {
	From    Day    `json:"from"`
	To      Day    `json:"to"`
	Article string `json:"article"`
	Reason  string `json:"reason"`
}

// DisputedView is the other reading and the day to act by.
type DisputedView struct {
	End    string `json:"end"`
	Safe   string `json:"safe"`
	Reason string `json:"reason"`
}

// ScheduleView is an amount with the days on which it falls due, in euros.
type ScheduleView struct {
	From   Day     `json:"from"`
	To     Day     `json:"to"`
	Amount float64 `json:"amount"`
	Total  float64 `json:"total"`
	Lapses string  `json:"lapses_after,omitempty"`
}

// In gives the answer in a language.
func (a *Answer) In(lang text.Lang) View {
	b := books[lang]
	if b == nil {
		b = books[text.NL]
	}
	v := View{ID: a.Rule.ID, Title: b.p.T("term.rule." + a.Rule.ID), Article: a.Rule.Article, Class: a.Rule.Class, From: a.Start.String(), NominalEnd: maybe(a.Nominal),
		End: maybe(a.End), AtwApplies: a.Atw, Shifts: []ShiftView{}, Explanation: a.Explain(lang), State: string(a.State), Alarms: a.Alarms, IfLater: maybe(a.Later),
		Actor: b.p.T("term.actor." + string(a.Rule.Actor)), Mark: string(a.Rule.Mark), Warnings: []string{}}
	w := b.rules[a.Rule]
	v.Start = w.start
	v.Counted = string(w.count.Append(nil, func(out []byte, name string) []byte { return b.fill(out, a, &w, name) }))
	if a.Rule.Missed != "" {
		v.IfMissed = b.p.T("term.missed." + a.Rule.Missed)
	}
	for i := range a.Shifts {
		s := &a.Shifts[i]
		v.Shifts = append(v.Shifts, ShiftView{s.From, s.To, s.Article, string(b.why(nil, a, s))})
	}
	if d := a.Disputed; d != nil {
		v.Disputed = &DisputedView{d.End.String(), d.Safe.String(), b.note(d.Why, "other", d.End, "safe", d.Safe)}
	}
	for _, s := range a.Sums {
		v.Schedule = append(v.Schedule, ScheduleView{s.From, s.To, float64(s.Cents) / 100, float64(s.Total) / 100, s.Lapses.String()})
	}
	for _, w := range a.Warnings {
		v.Warnings = append(v.Warnings, b.note(w))
	}
	return v
}

func maybe(w When) *string {
	if w.Day == NoDay {
		return nil
	}
	s := w.String()
	return &s
}
