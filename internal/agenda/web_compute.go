package agenda

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// calculator is the page that computes one term. It is asked with a GET, so that
// an answer can be kept and sent as an address; it holds nothing of anybody.
type calculator struct {
	frame
	form   *form.Form
	rule   *deadlines.Rule // nil: not chosen yet
	events int             // rows for events
	answer *deadlines.View
}

// eventRows is how many rows for events stand empty beside those that are filled
// in; mostEvents bounds what an address may ask.
const (
	eventRows  = 2
	mostEvents = 30
)

func (p pages) compute(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Acts.Calendar(r.Context(), web.Actor(r), "agenda.compute")
	if err != nil {
		return err
	}
	x := calculate(p.frame(r), c, r.URL.Query())
	page := web.Page{Title: x.p.T("agenda.compute"), Body: computePage(x)}
	if x.form.Err() != nil {
		page.Title, page.Status = x.p.T("ui.error-title", "title", page.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// calculate reads the question of an address and answers it.
func calculate(f frame, c *deadlines.Calendar, q url.Values) calculator {
	typed := map[string]string{}
	for name := range q {
		typed[name] = q.Get(name)
	}
	x := calculator{frame: f, form: form.Empty(typed)}
	if q.Get("regel") == "" {
		return x
	}
	_, asked := q["start"]
	start := deadlines.DayOf(x.form.OptionalDate("start"))
	if !asked || x.form.Err() != nil {
		start = deadlines.NoDay
		x.form = form.Empty(typed)
	}
	var err error
	if x.rule, err = deadlines.Find(q.Get("regel"), start); err != nil {
		x.form.Wrong("regel", "agenda.no-rule")
		return x
	}
	if x.rule.How == deadlines.Lapse {
		for x.events < mostEvents && q.Has("soort-"+strconv.Itoa(x.events)) && q.Get("soort-"+strconv.Itoa(x.events)) != "" {
			x.events++
		}
		x.events = min(x.events+eventRows, mostEvents)
	}
	if !asked {
		return x
	}
	if question, ok := x.question(); ok {
		a, err := c.Answer(question)
		if err != nil {
			if !x.form.Absorb(err) {
				x.form.Wrong("regel", "agenda.no-rule")
			}
			return x
		}
		view := a.In(x.p.Lang)
		x.answer = &view
	}
	return x
}

// question reads what was typed; ok is false when something is wrong with it.
func (x *calculator) question() (q deadlines.Question, ok bool) {
	f := x.form
	q = deadlines.Question{ID: x.rule.ID, Params: map[string]string{}}
	day, clock := f.Date("start"), strings.ReplaceAll(f.Optional("tijd", 5), ".", ":")
	if f.Err() == nil {
		q.Start = deadlines.OnDay(deadlines.DayOf(day))
		if clock != "" {
			at, err := deadlines.ParseWhen(q.Start.Day.String() + "T" + clock)
			if err != nil || len(clock) != 5 {
				f.Wrong("tijd", "agenda.bad-clock")
			}
			q.Start = at
		}
	}
	for _, name := range x.rule.Params() {
		field := paramField(name)
		if isDate(name) {
			if d := f.OptionalDate(field); !d.IsZero() {
				q.Params[name] = deadlines.DayOf(d).String()
			}
		} else if v := f.Optional(field, 40); v != "" {
			q.Params[name] = v
		}
	}
	for i := range x.events {
		n := strconv.Itoa(i)
		kind := f.Optional("soort-"+n, 40)
		if kind == "" {
			continue
		}
		e := deadlines.Event{Kind: kind}
		if d := f.Date("dag-" + n); !d.IsZero() {
			e.Date = deadlines.DayOf(d)
		}
		if d := f.OptionalDate("tot-" + n); !d.IsZero() {
			e.Until = deadlines.DayOf(d)
		}
		q.Events = append(q.Events, e)
	}
	return q, f.Err() == nil
}

func paramField(name string) string { return "p-" + name }

func isDate(name string) bool { return name == "term-end" || name == "notice" }

// param is the field of a parameter.
func param(p *text.Printer, name string) ui.Input {
	in := ui.Input{Name: paramField(name), Label: p.T("agenda.param." + name), Optional: true, Short: true}
	switch {
	case name == "committee" || name == "committee-notice" || name == "extended":
		in.Options = []ui.Option{{Label: p.T("agenda.unknown")}, {Value: "true", Label: p.T("agenda.yes")}, {Value: "false", Label: p.T("agenda.no")}}
	case name == "unit":
		in.Options = []ui.Option{{Label: p.T("agenda.unknown")}}
		for _, u := range []string{"hours", "day", "week", "month"} {
			in.Options = append(in.Options, ui.Option{Value: u, Label: p.T("agenda.unit." + u)})
		}
	case isDate(name):
		in.Type, in.Hint = "date", p.T("ui.date-hint")
	case name == "length":
		in.Hint = p.T("agenda.length-hint")
	}
	return in
}

// ruleOptions are all rules, each id once.
func ruleOptions(p *text.Printer) []ui.Option {
	out := []ui.Option{{Label: p.T("agenda.choose-rule")}}
	for _, r := range deadlines.Rules() {
		if last := out[len(out)-1].Value; last != r.ID {
			out = append(out, ui.Option{Value: r.ID, Label: fmt.Sprintf("%s (%s)", ruleName(p, r.ID), r.Article)})
		}
	}
	return out
}

func kindOptions(p *text.Printer, r *deadlines.Rule) []ui.Option {
	out := []ui.Option{{Label: p.T("agenda.no-event")}}
	for _, k := range deadlines.EventKinds() {
		if k.For(r) {
			out = append(out, ui.Option{Value: k.Kind, Label: p.T("term.event." + k.Kind)})
		}
	}
	return out
}

// endWords is the end of an answer in full.
func endWords(p *text.Printer, v *deadlines.View) string {
	if v.End == nil {
		return p.T("agenda.no-day")
	}
	w, err := deadlines.ParseWhen(*v.End)
	switch {
	case err != nil:
		return *v.End
	case w.At.IsZero():
		return p.Date(w.Day.Midnight())
	}
	return p.Date(w.At) + ", " + p.Clock(w.At)
}

// dayWords is a day of an answer, which JSON has as text.
func dayWords(p *text.Printer, s string) string {
	if d, err := deadlines.ParseDay(s); err == nil {
		return p.Date(d.Midnight())
	}
	return s
}

// days are days as a sentence has them.
func days(p *text.Printer, all []deadlines.Day) string {
	words := make([]string, len(all))
	for i, d := range all {
		words[i] = p.Date(d.Midnight())
	}
	return p.List(words)
}
