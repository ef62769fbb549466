package measures

import (
	"slices"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// Case is what the page of a file draws with.
type Case struct {
	P            *text.Printer
	Crumbs       []ui.Link
	Title        string
	Number       string
	Subtitle     string
	Law          string
	Stage        string
	Tone         ui.Tone
	Purpose      string   // "U bekijkt dit dossier voor: ..."
	PurposeFacts []string // ground, retention, when the view was recorded
	Steps        []Step
	Terms        []Term
	Next         *Choice // the one next step
	Choices      []Choice
	Blocked      []Blocked
	Facts        []ui.Fact
	FactsTitle   string
	Parts        []Part
	Story        []Entry // newest first
	Files        []Document
	Letters      []Document
	Who          []string // who may see it
	Leaving      string   // said when the file is about to be destroyed
	Holding      *holding // the form by which it is kept longer; nil for who may not
	AsOf         string   // said when the file is shown as it stood
	Base         string   // address of the file
	Bundle       string   // address of the whole file as one download
	Warned       []Tally  // grounds on which decisions like this one fell
	Kind         string   // address of the files of the kind
}

// Step is one stage of the procedure. State is done, now, next or maybe.
type Step struct{ Name, Date, State string }

// Term is one term of a file, with the steps of its calculation.
type Term struct {
	Title, Meta string
	Law         string
	ISO, When   string
	Left        string // over 4 dagen
	Tone        string // late, today, soon, later, done, maybe
	Ladder      []Rung
	Notes       []string
	day, from   deadlines.Day
	now         time.Time
	past        bool // ended, and it was for another to be in time
	noBar       bool // without an end, or years away: it would squash the others in the chart
}

// Rung is one step of a calculation.
type Rung struct{ When, ISO, Text, Law string }

// Choice is an act that may be done now.
type Choice struct{ Name, Label, Href, Why string }

// Blocked is an act with what stands in its way.
type Blocked struct{ Label, Why string }

// Entry is one line of the story of a file, with what was recorded.
type Entry struct {
	Version     int64
	When, ISO   string
	Text, Who   string
	Recorded    string
	Facts       []ui.Fact
	Key         bool
	Correction  string // why, for a correction
	Corrected   bool
	CorrectHref string
}

// Document is a file or a letter of the dossier.
type Document struct {
	Label, Href       string
	Other             string // the same as an editable document, or empty
	Date, State, Note string
	On                time.Time // of a file
}

// ViewTerm makes the lines of one term. done and maybe are as the record says;
// today decides how near it is.
func ViewTerm(p *text.Printer, a deadlines.Answer, title string, done, maybe bool, now time.Time) Term {
	v := a.In(p.Lang)
	today := deadlines.DayOf(now)
	t := Term{Title: title, Law: v.Article, day: a.End.Day, from: a.Start.Day, now: now, Meta: p.T("measures.actor", "who", v.Actor)}
	if v.IfMissed != "" && !done {
		t.Meta = p.T("measures.actor-missed", "who", v.Actor, "missed", v.IfMissed)
	}
	short := func(d deadlines.Day) string { return p.DayShort(d.Midnight(), now) }
	t.Ladder = append(t.Ladder, Rung{short(a.Start.Day), a.Start.Day.String(), v.Start, ""})
	if a.Nominal.Day != deadlines.NoDay {
		t.Ladder = append(t.Ladder, Rung{short(a.Nominal.Day), a.Nominal.Day.String(), v.Counted, v.Article})
	}
	for i, s := range a.Shifts {
		t.Ladder = append(t.Ladder, Rung{short(s.To), s.To.String(), v.Shifts[i].Reason, s.Article})
	}
	switch {
	case a.Rule.How == deadlines.Promptly:
		t.prompt(p, a, done, maybe)
	case a.End.Day == deadlines.NoDay:
		t.When, t.Left, t.Tone = p.T("measures.no-end"), p.T("measures.pending"), "maybe"
	default:
		t.ISO, t.When = a.End.Day.String(), short(a.End.Day)
		t.Ladder = append(t.Ladder, Rung{short(a.End.Day), t.ISO, title, ""})
		t.Left, t.Tone = left(p, int(a.End.Day-today), done, maybe)
		if !a.End.At.IsZero() {
			t.toTheMinute(p, a.End.At, a.Rule.How == deadlines.Clock, done, maybe)
		}
		if t.Tone == "late" && !a.Rule.Actor.Ours() {
			t.Left, t.Tone, t.past = p.T("measures.past"), "later", true // theirs to miss, not ours
		}
	}
	t.noBar = a.Rule.How == deadlines.Promptly || a.Rule.Unit == deadlines.Years && a.End.Day > today+2*366
	if a.Disputed != nil {
		t.Notes = append(t.Notes, v.Disputed.Reason)
	}
	t.Notes = append(t.Notes, v.Warnings...)
	return t
}

// prompt is a term without a date: "without delay". It shows since when.
func (t *Term) prompt(p *text.Printer, a deadlines.Answer, done, maybe bool) {
	t.ISO, t.When, t.day = a.Start.Day.String(), p.T("measures.at-once"), a.Start.Day
	if t.Left, t.Tone = left(p, 0, done, maybe); done || maybe {
		return
	}
	if a.Start.At.IsZero() {
		return
	}
	t.Left = p.T("measures.since-hours", "hours", Hours(p, t.now.Sub(a.Start.At)))
}

// toTheMinute is a term that ends at a time of a day: how far it is counts in hours
// in its last three days, for that is how long a night is. What runs to its end, such as
// a ban, is over then, and nobody is late.
func (t *Term) toTheMinute(p *text.Printer, end time.Time, runs, done, maybe bool) {
	t.ISO, t.When = end.Format(time.RFC3339), p.Moment(end, t.now)
	t.Ladder[len(t.Ladder)-1].When, t.Ladder[len(t.Ladder)-1].ISO = t.When, t.ISO
	if done || maybe {
		return
	}
	switch left := end.Sub(t.now); {
	case left <= 0:
		t.Left, t.Tone = p.T("measures.hours-over", "hours", Hours(p, -left)), "late"
		if runs {
			t.Tone, t.past = "later", true
		}
	case left <= 72*time.Hour:
		t.Left, t.Tone = p.T("measures.hours-left", "hours", Hours(p, left)), "today"
		if left > 24*time.Hour {
			t.Tone = "soon"
		}
	}
}

// Hours writes a span of hours and minutes: 3 uur en 20 minuten; from three days on of
// days and hours.
func Hours(p *text.Printer, span time.Duration) string {
	h, m := int(span.Hours()), int(span.Minutes())%60
	switch {
	case h >= 72 && h%24 == 0:
		return p.T("measures.days", "n", h/24)
	case h >= 72:
		return p.T("measures.hours-minutes", "hours", p.T("measures.days", "n", h/24), "minutes", p.T("measures.hours", "n", h%24))
	case h == 0:
		return p.T("measures.minutes", "n", m)
	case m == 0:
		return p.T("measures.hours", "n", h)
	}
	return p.T("measures.hours-minutes", "hours", p.T("measures.hours", "n", h), "minutes", p.T("measures.minutes", "n", m))
}

// left says how far a day is, in the four words for time.
func left(p *text.Printer, days int, done, maybe bool) (string, string) {
	switch {
	case done:
		return p.T("measures.done"), "done"
	case maybe:
		return p.T("measures.maybe"), "maybe"
	case days < 0:
		return p.T("measures.late", "n", -days), "late"
	case days == 0:
		return p.T("measures.today"), "today"
	case days <= 7:
		return p.T("measures.left", "n", days), "soon"
	}
	return p.T("measures.left", "n", days), "later"
}

// SortTerms puts what runs first by its day, then what may come, then what another
// let pass, and what is done last.
func SortTerms(terms []Term) {
	rank := func(t Term) int {
		switch {
		case t.Tone == "done":
			return 3
		case t.past:
			return 2
		case t.Tone == "maybe":
			return 1
		}
		return 0
	}
	slices.SortStableFunc(terms, func(a, b Term) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return int(a.day - b.day)
	})
}

// Refusal is the sentence of a fault.
func Refusal(p *text.Printer, err error) string {
	f := fault.Of(err)
	if f == nil {
		return ""
	}
	return form.Say(p, f.Code, f.Args...)
}

// Words finds the words of an act's fields: "kind.ask.act.Field", or
// "kind.ask.Field" where all acts share them.
type Words struct {
	P    *text.Printer
	Kind string
}

// Label is the label of a field of an act, by its full name "dwangsom.draft".
func (w Words) Label(act, field string) string { return w.first("ask", act, field) }

// Hint is what stands under the label, or empty.
func (w Words) Hint(act, field string) string {
	if code := w.Kind + ".hint." + Verb(act) + "." + field; w.P.Has(code) {
		return w.P.T(code)
	}
	if IsPerGround(field) {
		return w.P.T("measures.hint." + field)
	}
	return ""
}

// Option is the label of a value that a field of an act offers:
// "kind.option.act.Field.value" where one value means two things, such as a breach
// that was seen and a sum per breach.
func (w Words) Option(act, field, value string) string {
	if IsPerGround(field) {
		return GroundName(w.P, value)
	}
	if code := w.Kind + ".option." + Verb(act) + "." + field + "." + value; w.P.Has(code) {
		return w.P.T(code)
	}
	return w.P.T(w.Kind + ".option." + value)
}

func (w Words) first(what, act, field string) string {
	if code := w.Kind + "." + what + "." + Verb(act) + "." + field; w.P.Has(code) {
		return w.P.T(code)
	}
	if code := w.Kind + "." + what + "." + field; w.P.Has(code) || !IsPerGround(field) {
		return w.P.T(code)
	}
	return w.P.T("measures." + what + "." + field)
}

// Verb is what an act does, without its kind: "draft" of "dwangsom.draft".
func Verb(act string) string {
	_, v, _ := strings.Cut(act, ".")
	return v
}

// Shown lists what an entry recorded, in words. own words the values whose options
// only the kind knows.
func (w Words) Shown(act string, in any, own func(f ask.Field, value string) string, now time.Time) []ui.Fact {
	var out []ui.Fact
	add := func(f ask.Field, s string) {
		if s != "" {
			out = append(out, ui.Fact{Label: w.Label(act, f.Name), Text: s})
		}
	}
	typed := form.Typing(in)
	for _, f := range ask.Fields(in) {
		switch v := f.Value(in).(type) {
		case deadlines.Day:
			if v != deadlines.NoDay {
				add(f, w.P.Date(v.Midnight()))
			}
		case deadlines.When:
			switch {
			case !v.At.IsZero():
				add(f, w.P.Date(v.At)+", "+w.P.Clock(v.At))
			case v.Day != deadlines.NoDay:
				add(f, w.P.Date(v.Day.Midnight()))
			}
		case bool:
			add(f, w.P.T(map[bool]string{true: "measures.yes", false: "measures.no"}[v]))
		case []string:
			if f.Kind == ask.Files {
				if len(v) > 0 {
					add(f, w.P.T("measures.files", "n", len(v)))
				}
				continue
			}
			if f.Kind == ask.Marks {
				words := make([]string, len(v))
				for i, mark := range v {
					words[i] = w.Option(act, f.Name, mark)
				}
				v = words
			}
			add(f, strings.Join(v, "; "))
		default:
			s := typed[f.Name]
			switch {
			case s == "":
			case f.Kind == ask.Choice:
				add(f, w.Option(act, f.Name, s))
			case f.Kind == ask.Euro:
				add(f, "€ "+s)
			case f.Kind == ask.Shape:
				add(f, Area(w.P, s))
			case f.Own():
				add(f, own(f, s))
			default:
				add(f, s)
			}
		}
	}
	return out
}

// ActForm is what the page of one act draws with.
type ActForm struct {
	P       *text.Printer
	Crumbs  []ui.Link
	Title   string
	Intro   string
	Block   string // what stands in the way; the form is then not shown
	Filled  ui.Filled
	Asks    []Asked
	CSRF    string
	Action  string
	Back    string
	Seen    int64
	Once    string // id of what the form opens
	Facts   []ui.Fact
	Beside  string // title of the facts
	Why     bool   // a correction: ask for the reason
	Uploads bool
	Preview []Preview
	First   bool    // a decision: what the file says stands before the form
	Parts   []Part  // and these parts of the file's page with it
	Warned  []Tally // of an act that decides: grounds on which decisions like this one fell
	Kind    string  // address of the files of the kind
}

// Preview is a letter as it would be, beside the form.
type Preview struct {
	Heading int // 1 or 2; 0 for a paragraph
	Text    string
}

// Asked is one field of a form.
type Asked struct {
	ui.Input
	Kind   ask.Kind
	Sketch *ui.Sketch // of an area
	Minute bool       // of a moment: the time of day is needed
}

// Asks makes the fields of an act's form from its input.
func (w Words) Asks(act string, in any, own func(f ask.Field) []ui.Option) []Asked {
	var out []Asked
	for _, f := range ask.Fields(in) {
		a := Asked{Kind: f.Kind, Input: ui.Input{Name: f.Name, Label: w.Label(act, f.Name), Hint: w.Hint(act, f.Name), Optional: f.Optional, Auto: "off"}}
		switch {
		case f.Kind == ask.Text || f.Kind == ask.Shape:
			a.Rows = 5
		case f.Kind == ask.Lines:
			a.Rows = 4
		case f.Kind == ask.Day || f.Kind == ask.Moment:
			a.Type, a.Short = "date", true
			if a.Hint == "" {
				a.Hint = w.P.T("ui.date-hint")
			}
		case f.Kind == ask.Euro || f.Kind == ask.Count:
			a.Short = true
		case f.Kind == ask.Choice:
			a.Options = append(a.Options, ui.Option{Label: w.P.T("measures.choose")})
			for _, o := range f.Options {
				a.Options = append(a.Options, ui.Option{Value: o, Label: w.Option(act, f.Name, o)})
			}
		case f.Kind == ask.Marks:
			for _, o := range f.Options {
				a.Options = append(a.Options, ui.Option{Value: o, Label: w.Option(act, f.Name, o)})
			}
		case f.Own():
			a.Options = append([]ui.Option{{Label: w.P.T("measures.choose")}}, own(f)...)
		}
		out = append(out, a)
	}
	return out
}

// Options makes the choices of a file's page: what may be done now, and what stands
// in the way of the rest. may says whether the reader's roles hold an act.
func Options(p *text.Printer, options []dossier.Option, base string, may func(act string) bool) (now []Choice, blocked []Blocked) {
	for _, o := range options {
		if !may(o.Name) {
			continue
		}
		label := p.T("act." + o.Name)
		if o.Block == nil {
			now = append(now, Choice{Name: o.Name, Label: label, Href: base + "/" + Verb(o.Name)})
		} else {
			blocked = append(blocked, Blocked{label, Refusal(p, o.Block)})
		}
	}
	return now, blocked
}

// Left says how far a day is from today, with its tone: late, today, soon, later.
func Left(p *text.Printer, days int) (words, tone string) { return left(p, days, false, false) }
