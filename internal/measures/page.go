package measures

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"time"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/places"
	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// say is a sentence that the measure words in its own way, or else as all measures do.
func (d *Desk[R]) say(p *text.Printer, code string) string {
	if own := d.name() + "." + code; p.Has(own) {
		return p.T(own)
	}
	return p.T("measures." + code)
}

// view makes the page of a file.
func (d *Desk[R]) view(p *text.Printer, f dossier.Opened[R], b Beside, may func(string) bool) Case {
	r, now := f.Record, f.At.Now
	face, card := d.Law.Face(p, r, f.At, b), d.Law.Card(r, f.At)
	at := d.base() + "/" + f.Head.ID
	c := Case{P: p, Crumbs: d.crumbs(p, "", ""), Title: d.title(p, card.Place), Number: b.Row.Number, Subtitle: face.Subtitle,
		Law: face.Law, Stage: p.T(d.name() + ".stage." + face.Stage), Tone: face.Tone, Purpose: d.say(p, "purpose"), FactsTitle: face.FactsTitle, Base: at, Bundle: at + "/dossier.zip",
		PurposeFacts: []string{d.say(p, "basis"), d.say(p, "keep"), p.T("measures.seen", "at", p.Clock(now))}, Steps: face.Steps, Facts: face.Facts, Parts: face.Parts, Kind: d.base()}
	for _, t := range d.Law.Terms(r, f.At.Calendar) {
		a, err := f.At.Calendar.Answer(t.Question)
		if err != nil {
			continue // a fact that was corrected into nonsense shows in the story
		}
		c.Terms = append(c.Terms, ViewTerm(p, a, p.T(d.name()+".term."+t.Code, "n", strconv.Itoa(t.Number)), t.Done, t.Maybe, now))
	}
	SortTerms(c.Terms)
	if k := d.Law.Keep(r); k.Until(card.ClosedOn) != deadlines.NoDay {
		last := max(k.Until(card.ClosedOn), b.Row.HoldUntil)
		c.PurposeFacts[1] = p.T("measures.kept-until", "day", p.Date(last.Midnight()), "item", k.Item)
		if b.Row.HoldUntil != deadlines.NoDay {
			c.PurposeFacts = slices.Insert(c.PurposeFacts, 2, p.T("measures.held", "ground", p.T("measures.hold."+b.Row.HoldGround), "name", b.Name(b.Row.HoldBy)))
		}
		if leaving(last, f.At.Today) {
			c.Leaving = p.T("measures.leaving-file", "day", p.Date((last + 1).Midnight()), "item", k.Item, "name", b.Name(card.Lead))
		}
	}
	c.Choices, c.Blocked = Options(p, d.Law.Kind.Options(r, f.At), c.Base, may)
	for _, name := range d.Law.Next(r, f.At) {
		i := slices.IndexFunc(c.Choices, func(x Choice) bool { return x.Name == d.act(name) })
		if i >= 0 {
			next := c.Choices[i]
			next.Why = p.T(d.name() + ".next." + name)
			c.Next, c.Choices = &next, slices.Delete(slices.Clone(c.Choices), i, i+1)
			break
		}
	}
	c.Story = d.story(p, f, b, card, may)
	c.Files = d.files(p, f)
	c.Letters = d.letters(p, f.Head.ID, r, now)
	c.Who = append(c.Who, d.say(p, "by-nature"), p.T("measures.lead", "name", b.Name(card.Lead)))
	if card.OpenedBy != card.Lead && card.OpenedBy != card.Deputy {
		c.Who = append(c.Who, p.T("measures.involved", "name", b.Name(card.OpenedBy)))
	}
	if card.Deputy != "" {
		c.Who = append(c.Who, p.T("measures.deputy", "name", b.Name(card.Deputy)))
	}
	for _, x := range card.People {
		c.Who = append(c.Who, p.T("measures.involved", "name", b.Name(x)))
	}
	return c
}

func (d *Desk[R]) title(p *text.Printer, place string) string {
	return p.T(d.name()+".title", "place", place)
}

func (d *Desk[R]) crumbs(p *text.Printer, id, number string) []ui.Link {
	out := []ui.Link{{Href: "/", Label: p.T("overview.today")}, {Href: "/maatregelen", Label: p.T("measures.nav")}}
	if id != "" {
		out = append(out, ui.Link{Href: d.base() + "/" + id, Label: number})
	}
	return out
}

// story is what happened, newest first, with what was recorded.
func (d *Desk[R]) story(p *text.Printer, f dossier.Opened[R], b Beside, card Card, may func(string) bool) []Entry {
	w := Words{P: p, Kind: d.name()}
	corrected := map[int64]bool{}
	for _, e := range f.Entries {
		corrected[e.Corrects] = true
	}
	var out []Entry
	for _, e := range slices.Backward(f.Entries) {
		in, err := d.Law.Kind.Input(e)
		if err != nil {
			continue
		}
		x := Entry{Version: e.Version, When: p.DayShort(e.Happened, f.At.Now), ISO: deadlines.DayOf(e.Happened).String(), Text: p.T(d.name() + ".did." + Verb(e.Act)), Who: b.Name(e.Actor),
			Recorded: p.T("measures.recorded-at", "at", p.Moment(e.Recorded, f.At.Now)), Key: slices.Contains(d.Law.Key, e.Act), Correction: e.Why, Corrected: corrected[e.Version],
			Facts: w.Shown(e.Act, in, func(x ask.Field, v string) string { return d.word(p, f.Record, b, x, v) }, f.At.Now)}
		if e.Corrects == 0 && may(d.act("correct")) && may(e.Act) && d.correctable(e.Act) && !card.Closed && len(x.Facts) > 0 {
			x.CorrectHref = fmt.Sprintf("%s/%s/corrigeren/%d", d.base(), f.Head.ID, e.Version)
		}
		out = append(out, x)
	}
	return out
}

// correctable: what opened the file and what was signed is not corrected but followed
// by a new fact.
func (d *Desk[R]) correctable(act string) bool {
	return act != d.Law.Opening && !slices.Contains(d.Law.Fixed, act)
}

func (d *Desk[R]) word(p *text.Printer, r R, b Beside, x ask.Field, value string) string {
	if x.Kind == "colleague" {
		return b.Name(value)
	}
	return d.Law.Word(p, r, x, value)
}

// files lists the photographs and other files, by the entries that name them.
func (d *Desk[R]) files(p *text.Printer, f dossier.Opened[R]) []Document {
	var out []Document
	for _, a := range d.Law.Files(f.Record) {
		for i, id := range a.IDs {
			out = append(out, Document{Label: p.T("measures.file", "what", p.T(a.What), "n", strconv.Itoa(i+1)), Href: d.base() + "/" + f.Head.ID + "/bestand/" + id,
				Date: p.DayShort(a.On, f.At.Now), State: p.T("measures.file-kept"), On: a.On})
		}
	}
	return out
}

// actForm is the form of an act.
func (d *Desk[R]) actForm(p *text.Printer, f dossier.Opened[R], b Beside, name string, in any, filled *form.Form) ActForm {
	w := Words{P: p, Kind: d.name()}
	face := d.Law.Face(p, f.Record, f.At, b)
	a := ActForm{P: p, Crumbs: d.crumbs(p, f.Head.ID, b.Row.Number), Title: p.T("act." + name), Intro: d.Law.Article(name), Filled: ui.Filled{P: p, Form: filled}, Back: d.base() + "/" + f.Head.ID,
		Asks: w.Asks(name, in, func(x ask.Field) []ui.Option { return d.options(p, f, b, x) }), Uploads: hasFiles(in), Beside: face.FactsTitle, Kind: d.base()}
	if d.Law.Idle != nil {
		a.Asks = slices.DeleteFunc(a.Asks, func(x Asked) bool { return d.Law.Idle(name, f.Record, x.Name) })
	}
	for i := range a.Asks {
		a.Asks[i].Minute = d.Law.Minute != nil && d.Law.Minute(name, a.Asks[i].Name)
		a.Asks[i].Sketch = sketch(b, a.Asks[i], filled)
		a.Asks[i].Optional = a.Asks[i].Optional && (d.Law.Needed == nil || !d.Law.Needed(name, a.Asks[i].Name))
	}
	if f.Head.ID == "" {
		a.Back = "/maatregelen"
		return a
	}
	a.Facts = face.Facts
	if a.First = d.Law.Read != nil && d.Law.Read(name); a.First {
		a.Parts = face.Parts
	}
	v, _ := d.Law.Kind.Verb(name)
	if v.Allowed(f.Record, f.At) != nil {
		return a
	}
	typed := v.New()
	filled.Quiet().Into(typed)
	d.complete(typed)
	a.Preview = d.Preview(d.Law.Kind.Suppose(f.Record, name, typed, f.At), name, b.Row.Number, f.At.Today)
	return a
}

// sketch is what the field of an area is drawn on: the ground of the municipality, with
// the corners that were typed; nil for every other field.
func sketch(b Beside, a Asked, filled *form.Form) *ui.Sketch {
	if a.Kind != ask.Shape {
		return nil
	}
	s := ui.Sketch{Ground: b.Terrain.ground(), Streets: b.Terrain.lines()}
	if r, err := places.ParseRing(filled.Typed(a.Name)); err == nil {
		s.Ring = corners(r)
	}
	return &s
}

func (d *Desk[R]) options(p *text.Printer, f dossier.Opened[R], b Beside, x ask.Field) (out []ui.Option) {
	if x.Kind != "colleague" {
		return d.Law.Options(p, f, b, x)
	}
	for _, c := range b.People {
		if c.Works {
			out = append(out, ui.Option{Value: c.ID, Label: c.Name})
		}
	}
	return out
}

func hasFiles(in any) bool {
	return slices.ContainsFunc(ask.Fields(in), func(f ask.Field) bool { return f.Kind == ask.Files })
}

// Items are the pages of the file as a download: what it is about and what happened,
// the terms with their reasons, and the letters.
func (d *Desk[R]) Items(p *text.Printer, f dossier.Opened[R], b Beside) ([]documents.Item, error) {
	c := d.view(p, f, b, func(string) bool { return false })
	l := documents.Letter{Lang: p.Lang, Title: p.T("measures.overview"), Subject: c.Title, Reference: c.Number, Place: d.Town, Date: p.Date(f.At.Now)}
	head := func(s string) {
		l.Blocks = append(l.Blocks, documents.Block{Kind: documents.Heading, Level: 1, Text: documents.Plain(s)})
	}
	rows := func(kind documents.Kind, header []documents.Text, rows [][]documents.Text) {
		if len(rows) > 0 {
			l.Blocks = append(l.Blocks, documents.Block{Kind: kind, Header: header, Rows: rows})
		}
	}
	head(c.FactsTitle)
	var facts, terms [][]documents.Text
	for _, x := range c.Facts {
		facts = append(facts, Cells(x.Label, x.Text))
	}
	rows(documents.Facts, nil, facts)
	head(p.T("measures.terms"))
	for _, t := range d.Law.Terms(f.Record, f.At.Calendar) {
		a, err := f.At.Calendar.Answer(t.Question)
		if err != nil {
			continue
		}
		terms = append(terms, Cells(p.T(d.name()+".term."+t.Code, "n", strconv.Itoa(t.Number)), endOf(p, a), a.Explain(p.Lang)))
	}
	rows(documents.Table, Cells(p.T("measures.term"), p.T("measures.date"), p.T("measures.why")), terms)
	head(p.T("measures.story"))
	for _, e := range slices.Backward(c.Story) {
		title := fmt.Sprintf("%d. %s, %s", e.Version, e.ISO, e.Text)
		l.Blocks = append(l.Blocks, documents.Block{Kind: documents.Heading, Level: 2, Text: documents.Plain(title)}, documents.Block{Text: documents.Plain(e.Who + ", " + e.Recorded)})
		var facts [][]documents.Text
		if e.Correction != "" {
			facts = append(facts, Cells(p.T("measures.correct-why"), e.Correction))
		}
		for _, x := range e.Facts {
			facts = append(facts, Cells(x.Label, x.Text))
		}
		rows(documents.Facts, nil, facts)
	}
	var overview bytes.Buffer
	if err := documents.PDF(&overview, l); err != nil {
		return nil, err
	}
	out := []documents.Item{{Date: f.At.Now, What: p.T("measures.overview"), Name: "overzicht.pdf", Body: overview.Bytes()}}
	for _, k := range d.Law.Letters {
		if !k.Ready(f.Record) || !k.Final(f.Record) {
			continue
		}
		body, _, err := d.Made(k.Code+".pdf", f.Record, b.Row.Number, d.signer(k.Code, f.Record, f.At, b), f.At.Today)
		if err != nil {
			return nil, err
		}
		out = append(out, documents.Item{Date: k.On(f.Record).Midnight(), What: p.T(d.name() + ".letter." + k.Code), Name: k.Code + ".pdf", Body: body})
	}
	return out, nil
}

// endOf is the end of a term in a table: the day, with the time when that counts.
func endOf(p *text.Printer, a deadlines.Answer) string {
	switch {
	case a.End.Day == deadlines.NoDay:
		return p.T("measures.no-date")
	case !a.End.At.IsZero():
		return p.Day(a.End.At) + ", " + p.Clock(a.End.At)
	}
	return a.End.Day.String()
}

// DayTime is the first moment of a day; the zero time for none.
func DayTime(d deadlines.Day) time.Time {
	if d == deadlines.NoDay {
		return time.Time{}
	}
	return d.Midnight()
}
