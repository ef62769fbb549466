package tips

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"baken/internal/kernel/audit"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
	"baken/internal/web/ui"
)

// frame is what every page of the room draws with.
type frame struct {
	p     *text.Printer
	now   time.Time
	today deadlines.Day
	csrf  string
}

func (f frame) date(d deadlines.Day) string {
	if d == deadlines.NoDay {
		return "–"
	}
	return f.p.Date(d.Midnight())
}

func (f frame) short(d deadlines.Day) string {
	if d == deadlines.NoDay {
		return "–"
	}
	return f.p.DayShort(d.Midnight(), f.now)
}

// left says how far a day is, with its tone.
func (f frame) left(d deadlines.Day) (words, tone string) {
	return measures.Left(f.p, int(d-f.today))
}

func (f frame) theme(code string) string   { return f.p.T("tips.option." + code) }
func (f frame) outcome(code string) string { return f.p.T("tips.option." + code) }

// inbox is the first page: the tips with their terms, and nothing of what they say.
type inbox struct {
	frame
	rows    []Row
	yearDue int // year over which M. must still hear from us, or 0
}

func (x inbox) open() []Row {
	var out []Row
	for _, r := range x.rows {
		if r.Step != "none" {
			out = append(out, r)
		}
	}
	return out
}

func (x inbox) closed() []Row {
	var out []Row
	for _, r := range x.rows {
		if r.Step == "none" {
			out = append(out, r)
		}
	}
	return out
}

// waits counts the tips that wait for a step.
func (x inbox) waits(steps ...string) (n int) {
	for _, r := range x.rows {
		for _, s := range steps {
			if r.Step == s {
				n++
			}
		}
	}
	return n
}

// soon counts the tips that are about to go.
func (x inbox) soon() (n int) {
	for _, r := range x.rows {
		if x.ending(r) {
			n++
		}
	}
	return n
}

func (x inbox) late() (n int) {
	for _, r := range x.open() {
		if r.Due != deadlines.NoDay && r.Due < x.today {
			n++
		}
	}
	return n
}

// ending reports whether a tip is about to go.
func (f frame) ending(r Row) bool { return r.Destroyed == deadlines.NoDay && r.Remind <= f.today }

// page is the page of one tip.
type page struct {
	frame
	tip     Tip
	row     Row
	head    dossier.Head
	entries []dossier.Entry
	names   map[string]string
	calls   []measures.Choice
	blocked []measures.Blocked
	next    *measures.Choice
	why     string
}

func (x page) base() string { return base + "/" + x.head.ID }

func (x page) name(account string) string { return nameOf(x.p, x.names, account) }

func nameOf(p *text.Printer, names map[string]string, account string) string {
	switch {
	case names[account] != "":
		return names[account]
	case account == "system" || account == "":
		return p.T("tips.program")
	}
	return p.T("tips.somebody")
}

// nextAct is the act that a step waits for.
var nextAct = map[string]string{"check": "tip.check", "release": "tip.release", "assess": "tip.assess", "confirm": "tip.confirm", "request": "tip.answer", "feedback": "tip.feedback"}

// facts are the codes of a tip in words.
func (x page) facts() []ui.Fact {
	out := []ui.Fact{{Label: x.p.T("tips.ask.Received"), Text: x.date(x.tip.Received)}, {Label: x.p.T("tips.ask.Theme"), Text: x.theme(x.tip.Theme)}}
	add := func(label, s string) {
		if s != "" {
			out = append(out, ui.Fact{Label: x.p.T(label), Text: s})
		}
	}
	add("tips.ask.Reference", x.tip.Reference)
	if x.tip.Outcome != "" {
		add("tips.ask.Outcome", x.outcome(x.tip.Outcome))
		add("tips.ask.Authority", x.tip.Authority)
		add("tips.ask.assess.Why", x.tip.OutcomeWhy)
		add("tips.assessed-by", x.name(x.tip.AssessedBy))
		switch {
		case x.tip.ConfirmedBy != "":
			add("tips.confirmed-by", x.name(x.tip.ConfirmedBy))
		case x.tip.NeedsSecond:
			add("tips.confirmed-by", x.p.T("tips.not-yet"))
		}
	}
	if f := x.tip.Feedback; f != nil {
		add("tips.fed-back", x.date(f.Sent))
	}
	return out
}

// ladder is how the day of destruction was found.
func (x page) ladder() []ui.Fact {
	var out []ui.Fact
	for _, s := range x.tip.Ends().Steps {
		out = append(out, ui.Fact{Label: x.date(s.Day), Text: x.p.T("tips.end."+s.Code, "n", s.Days)})
	}
	return out
}

// crumbs are the way to a page.
func crumbs(p *text.Printer, id, number string) []ui.Link {
	out := []ui.Link{{Href: "/", Label: p.T("overview.today")}, {Href: base, Label: p.T("tips.nav")}}
	if id != "" {
		out = append(out, ui.Link{Href: base + "/" + id, Label: number})
	}
	return out
}

// piece is a part of a text on the check page; Kind says why it is worth a look.
type piece struct{ Text, Kind string }

// pieces cuts a text at the passages that may point at a caller.
func pieces(s string) []piece {
	var out []piece
	at := 0
	for _, t := range Traces(s) {
		if t.From > at {
			out = append(out, piece{Text: s[at:t.From]})
		}
		out = append(out, piece{s[t.From:t.To], t.Kind})
		at = t.To
	}
	return append(out, piece{Text: s[at:]})
}

// gapped cuts a text at its gaps, so that a screen reader hears them.
func gapped(s string) []piece {
	var out []piece
	for i, part := range strings.Split(s, Gap) {
		if i > 0 {
			out = append(out, piece{Gap, "gap"})
		}
		if part != "" {
			out = append(out, piece{Text: part})
		}
	}
	return out
}

// desk is a page on which somebody works with the original at hand.
type desk struct {
	frame
	form    measures.ActForm
	part    Part
	n       int // of the part, from 1
	id      string
	number  string
	act     string
	seen    string // the text with its gaps, for a look beforehand
	checker string
	closed  bool // the original is not shown: the second factor was shown too long ago
}

// account is the privacy officer's page of one tip.
type account struct {
	frame
	Account
}

func (a account) name(id string) string { return nameOf(a.p, a.Names, id) }

// why is the reason that a line of the log holds, in words.
func (a account) why(l audit.Line) string {
	code := l.Ground
	if code == "" {
		return ""
	}
	if a.p.Has("tips.why." + code) {
		return a.p.T("tips.why." + code)
	}
	return code
}

// readers are the lines that are readings.
func (a account) readers() []audit.Line {
	var out []audit.Line
	for _, l := range a.Lines {
		switch l.Act {
		case ReadAct, OriginalAct, TakeAct, SearchAct:
			out = append(out, l)
		}
	}
	return out
}

// done are the lines that are acts.
func (a account) done() []audit.Line {
	var out []audit.Line
	for _, l := range a.Lines {
		switch l.Act {
		case ReadAct, OriginalAct, TakeAct, SearchAct, OverseeAct:
		default:
			if l.Facts["version"] != "" || l.Act == "dossier.destroy" || l.Result != "done" {
				out = append(out, l)
			}
		}
	}
	return out
}

func actWord(p *text.Printer, act string) string {
	if p.Has("act." + act) {
		return p.T("act." + act)
	}
	return act
}

// proof is the verdict on the question whether the tip was used as proof by itself.
func (f frame) proof(r Row) (string, ui.Tone) {
	switch {
	case r.Unfounded > 0:
		return f.p.T("tips.proof-alone"), ui.Danger
	case r.Uses > 0:
		return f.p.T("tips.proof-verified"), ui.Good
	}
	return f.p.T("tips.proof-none"), ui.Neutral
}

func refusal(p *text.Printer, err error) string { return measures.Refusal(p, err) }

func encoding() templ.Attributes { return templ.Attributes{"enctype": "multipart/form-data"} }

func yearOf(d deadlines.Day) int {
	y, _, _ := d.Civil()
	return y
}

func itoa(n int) string { return strconv.Itoa(n) }

func typed(f ui.Filled, name string) string { return f.Form.Typed(name) }
