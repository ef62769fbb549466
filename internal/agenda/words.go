package agenda

import (
	"slices"
	"strings"
	"time"

	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web/ui"
)

// ruleName is the name of a rule; one that this program does not know is shown by
// its id.
func ruleName(p *text.Printer, id string) string {
	if code := "term.rule." + id; p.Has(code) {
		return p.T(code)
	}
	return id
}

// soon is how many days before the end a term stands out.
const soon = 7

// group is a heading of a list with its terms.
type group struct {
	title string
	terms []watch.Term
}

// groups cuts an ordered list into what is late or ends today, this week, later,
// and what has no end yet.
func groups(p *text.Printer, terms []watch.Term, today deadlines.Day) (out []group) {
	for _, t := range theirsLast(terms, today) {
		code := "agenda.later"
		switch {
		case over(&t, today):
			code = "agenda.theirs-over"
		case t.Safe == deadlines.NoDay:
			code = "agenda.no-end"
		case t.Safe <= today:
			code = "agenda.now"
		case t.Safe <= today+soon:
			code = "agenda.week"
		}
		title := p.T(code)
		if len(out) == 0 || out[len(out)-1].title != title {
			out = append(out, group{title: title})
		}
		out[len(out)-1].terms = append(out[len(out)-1].terms, t)
	}
	return out
}

// over says whether a term of somebody else has ended: nobody here is late, and the
// next act can be done.
func over(t *watch.Term, today deadlines.Day) bool {
	r, err := deadlines.Find(t.Question.ID, t.Question.Start.Day)
	return err == nil && !r.Actor.Ours() && t.Safe != deadlines.NoDay && t.Safe < today
}

// theirsLast puts the ended terms of others after what still asks for work.
func theirsLast(terms []watch.Term, today deadlines.Day) []watch.Term {
	out := slices.Clone(terms)
	slices.SortStableFunc(out, func(a, b watch.Term) int {
		switch x, y := over(&a, today), over(&b, today); {
		case x == y:
			return 0
		case x:
			return 1
		}
		return -1
	})
	return out
}

// tone is the look of the box with the date.
func tone(t *watch.Term, today deadlines.Day) string {
	switch {
	case over(t, today):
		return "baken-when--done"
	case t.Safe == deadlines.NoDay:
		return "baken-when--maybe"
	case t.Safe < today:
		return "baken-when--late"
	case t.Safe == today:
		return "baken-when--today"
	case t.Safe <= today+soon:
		return "baken-when--soon"
	}
	return "baken-when--later"
}

// left says how long there is.
func left(p *text.Printer, t *watch.Term, today deadlines.Day) string {
	n := int(t.Safe - today)
	switch {
	case over(t, today):
		return p.T("agenda.left-over")
	case t.Safe == deadlines.NoDay:
		return p.T("agenda.left-none")
	case n < 0:
		return p.T("agenda.left-late", "n", -n)
	case n == 0:
		return p.T("agenda.left-today")
	}
	return p.T("agenda.left", "n", n)
}

func dayShort(p *text.Printer, d deadlines.Day, now time.Time) string {
	if d == deadlines.NoDay {
		return p.T("agenda.no-day")
	}
	return p.DayShort(d.Midnight(), now)
}

// whenShort is an end in a row.
func whenShort(p *text.Printer, w deadlines.When, now time.Time) string {
	if w.At.IsZero() {
		return dayShort(p, w.Day, now)
	}
	return p.Moment(w.At, now)
}

// about is what a row says below its title: what it is of, and who leads it.
func about(p *text.Printer, t *watch.Term, names map[string]string) string {
	var out []string
	if t.Title.Code != "" {
		args := make([]any, len(t.Title.Args))
		for i, x := range t.Title.Args {
			args[i] = x
		}
		out = append(out, p.T(t.Title.Code, args...))
	}
	if t.Reference != "" {
		out = append(out, t.Reference)
	}
	if n := names[t.Lead]; n != "" {
		out = append(out, p.T("agenda.lead", "name", n))
	}
	if n := names[t.Deputy]; n != "" {
		out = append(out, p.T("agenda.deputy", "name", n))
	}
	return strings.Join(out, " · ")
}

// moved says what the end was, when it moved.
func moved(p *text.Printer, t *watch.Term, now time.Time) string {
	if t.Moved == "" {
		return ""
	}
	return p.T("agenda.moved", "old", whenShort(p, t.Old, now), "new", whenShort(p, t.End, now), "why", p.T("agenda.why."+string(t.Moved)), "day", p.DayShort(t.MovedAt, now))
}

// explained is the account of a date; a rule that this program does not know has
// none, and the page says so.
func explained(p *text.Printer, c *deadlines.Calendar, t *watch.Term) deadlines.View {
	a, err := c.Answer(t.Question)
	if err != nil {
		return deadlines.View{Explanation: p.T("agenda.unexplained")}
	}
	return a.In(p.Lang)
}

func path(sources []watch.Source, t *watch.Term) string {
	for _, s := range sources {
		if s.Kind == t.Object.Kind && s.Path != nil {
			return s.Path(t.Object.ID)
		}
	}
	return ""
}

// tabs are the parts of the room.
func tabs(p *text.Printer, here string) []ui.Tab {
	var out []ui.Tab
	for _, x := range []struct{ path, text string }{
		{"/termijnen", "agenda.mine"}, {"/termijnen/team", "agenda.team"}, {"/termijnen/kalender", "agenda.month"},
		{"/termijnen/regels", "agenda.rules"}, {"/termijnen/bereken", "agenda.compute"}, {"/termijnen/abonnement", "agenda.feed"},
		{"/termijnen/dagen", "agenda.decrees"},
	} {
		out = append(out, ui.Tab{Href: x.path, Label: p.T(x.text), Current: x.path == here})
	}
	return out
}

// found are the rules that hold every word looked for, in their name, article, id,
// start, actor or effect.
func found(p *text.Printer, words string) []deadlines.Rule {
	rules := deadlines.Rules()
	for _, w := range strings.Fields(strings.ToLower(words)) {
		rules = slices.DeleteFunc(rules, func(r deadlines.Rule) bool {
			all := []string{r.ID, r.Article, ruleName(p, r.ID), p.T("term.start." + r.Start), p.T("term.actor." + string(r.Actor)), missed(p, &r), p.T("agenda.class." + string(r.Class))}
			return !strings.Contains(strings.ToLower(strings.Join(all, " ")), w)
		})
	}
	return rules
}

func missed(p *text.Printer, r *deadlines.Rule) string {
	if r.Missed == "" {
		return ""
	}
	return p.T("term.missed." + r.Missed)
}

func mark(p *text.Printer, r *deadlines.Rule) string {
	if r.Mark == deadlines.Read {
		return ""
	}
	return p.T("term.mark." + string(r.Mark))
}

// valid says for which starts a text is law.
func valid(p *text.Printer, r *deadlines.Rule) string {
	switch {
	case r.From != deadlines.NoDay && r.Until != deadlines.NoDay:
		return p.T("agenda.law-between", "from", p.Day(r.From.Midnight()), "until", p.Day(r.Until.Midnight()))
	case r.From != deadlines.NoDay:
		return p.T("agenda.law-from", "from", p.Day(r.From.Midnight()))
	case r.Until != deadlines.NoDay:
		return p.T("agenda.law-until", "until", p.Day(r.Until.Midnight()))
	}
	return ""
}

// length is that of the rule, or that the decision sets it.
func length(p *text.Printer, r *deadlines.Rule) string {
	switch {
	case r.Unit != deadlines.None:
		return deadlines.Length(p, r.Length, r.Unit)
	case r.How == deadlines.Given:
		return p.T("agenda.length-given")
	}
	return p.T("agenda.length-none")
}

// weekday is the name of a day of the week.
func weekday(p *text.Printer, d deadlines.Day) string {
	name, _, _ := strings.Cut(p.Date(d.Midnight()), " ")
	return name
}
