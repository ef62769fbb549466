package dwangsom

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
	"baken/internal/measures"
	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// view makes the page of a file.
func (m *Room) view(p *text.Printer, f dossier.Opened[Dwangsom], b beside, may func(string) bool) measures.Case {
	r, now := f.Record, f.At.Now
	w := measures.Words{P: p, Kind: Name}
	c := measures.Case{P: p, Crumbs: crumbs(p, dossier.Opened[Dwangsom]{}, ""), Title: p.T("dwangsom.title", "place", r.Place), Number: b.row.Number, Subtitle: m.breachName(r.Breach),
		Law: lawOf(r), Stage: p.T("dwangsom.stage." + string(r.Stage)), Tone: tone(r), Purpose: p.T("measures.purpose"), FactsTitle: p.T("dwangsom.order"), Base: base + "/" + r.ID, Bundle: base + "/" + r.ID + "/dossier.zip",
		PurposeFacts: []string{p.T("measures.basis"), p.T("measures.keep"), p.T("measures.seen", "at", p.Clock(now))}}
	if c.Subtitle == "" {
		c.Subtitle = p.T("dwangsom.no-breach-yet")
	}
	c.Steps = stepsOf(p, r, f.At)
	for _, t := range r.Terms(f.At.Calendar) {
		a, err := f.At.Calendar.Answer(t.Question)
		if err != nil {
			continue // a fact that was corrected into nonsense shows in the story
		}
		c.Terms = append(c.Terms, measures.ViewTerm(p, a, p.T("dwangsom.term."+t.Code, "n", strconv.Itoa(t.Number)), t.Done, t.Maybe, now))
	}
	measures.SortTerms(c.Terms)
	c.Choices, c.Blocked = measures.Options(p, m.Office.Kind.Options(r, f.At), c.Base, may)
	for _, name := range nextOf(r, f.At) {
		i := slices.IndexFunc(c.Choices, func(x measures.Choice) bool { return x.Name == "dwangsom."+name })
		if i >= 0 {
			next := c.Choices[i]
			next.Why = p.T("dwangsom.next." + name)
			c.Next, c.Choices = &next, slices.Delete(slices.Clone(c.Choices), i, i+1)
			break
		}
	}
	c.Facts = m.facts(p, r, b)
	c.Story = m.story(p, w, f, b, may)
	c.Files = filesOf(p, f, now)
	c.Letters = m.letters(p, r, now)
	c.Who = append(c.Who, p.T("measures.by-nature"), p.T("measures.lead", "name", b.name(r.Lead)))
	if r.OpenedBy != r.Lead && r.OpenedBy != r.Deputy {
		c.Who = append(c.Who, p.T("measures.involved", "name", b.name(r.OpenedBy)))
	}
	if r.Deputy != "" {
		c.Who = append(c.Who, p.T("measures.deputy", "name", b.name(r.Deputy)))
	}
	for _, x := range r.People {
		c.Who = append(c.Who, p.T("measures.involved", "name", b.name(x)))
	}
	return c
}

func lawOf(r Dwangsom) string {
	if r.Article == "" {
		return "Awb 5:32"
	}
	return r.Article + ", Awb 5:32"
}

func tone(r Dwangsom) ui.Tone {
	switch r.Stage {
	case Closed, Lifted:
		return ui.Neutral
	case InForce:
		if r.Outstanding() > 0 {
			return ui.Danger
		}
		return ui.Warn
	}
	return ui.Info
}

// nextOf lists the acts that move the file on, the first that may be done being the
// next step.
func nextOf(r Dwangsom, at dossier.At) []string {
	switch r.Stage {
	case Reported:
		return []string{"basis"}
	case Grounded:
		return []string{"intend"}
	case Heard:
		if r.Weighed == nil {
			if r.Skipped == "" && r.View == nil && at.Today > r.ViewUntil {
				return []string{"view"}
			}
			return []string{"weigh"}
		}
		return []string{"draft", "view"}
	case Drafted:
		return []string{"check"}
	case Checked:
		return []string{"sign"}
	case Signed:
		return []string{"publish"}
	case InForce, Lifted:
		return inForceNext(r, at)
	}
	return nil
}

// inForceNext puts first what a remedy asks, then the money, then the inspection.
func inForceNext(r Dwangsom, at dossier.At) []string {
	var out []string
	if n := len(r.Inspections); n > 0 && r.Inspections[n-1].Result == "breach" {
		if _, code := forfeited(r, n); code == "" {
			out = append(out, "forfeit")
		}
	}
	if objectionOpen(r, at) == "" {
		out = append(out, "decide-objection")
	}
	if requestOpen(r, at) == "" {
		out = append(out, "decide-request")
	}
	switch {
	case len(r.undecided()) > 0 && r.RecoveryIntention == deadlines.NoDay:
		out = append(out, "intend-recovery")
	case len(r.undecided()) > 0 && r.RecoveryView == nil && at.Today <= r.RecoveryViewUntil:
		return append(out, "view-recovery") // it waits for the Zienswijze
	case len(r.undecided()) > 0 && r.RecoveryView == nil:
		out = append(out, "view-recovery")
	case len(r.undecided()) > 0:
		out = append(out, "recover")
	case r.Outstanding() > 0 && len(r.Reminders) == 0:
		out = append(out, "remind")
	case r.Outstanding() > 0 && len(r.Warrants) == 0:
		out = append(out, "enforce", "pay")
	case r.Outstanding() > 0:
		out = append(out, "pay")
	case r.Forfeited() > 0 || r.Stage == Lifted:
		out = append(out, "close")
	}
	return append(out, "inspect", "close")
}

// stepsOf are the stages of the procedure with their dates.
func stepsOf(p *text.Printer, r Dwangsom, at dossier.At) []measures.Step {
	short := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.DayShort(d.Midnight(), at.Now)
	}
	order := []Stage{Reported, Grounded, Heard, Drafted, Checked, Signed, InForce, Lifted, Closed}
	reached := func(s Stage) bool { return slices.Index(order, r.Stage) >= slices.Index(order, s) }
	state := func(done, now bool) string {
		switch {
		case done:
			return "done"
		case now:
			return "now"
		}
		return "next"
	}
	compliance := ""
	if r.Publication != nil && r.Compliance == deadlines.NoDay {
		compliance = p.T("dwangsom.no-term")
	}
	if r.Compliance != deadlines.NoDay {
		compliance = p.T("dwangsom.until", "day", short(r.Compliance))
	}
	published := deadlines.NoDay
	if r.Publication != nil {
		published = r.Publication.On
	}
	complianceOver := r.Publication != nil && at.Today > r.Compliance
	out := []measures.Step{
		{Name: p.T("dwangsom.step.report"), Date: short(r.SeenOn), State: state(reached(Reported), false)},
		{Name: p.T("dwangsom.step.basis"), Date: r.Article, State: state(reached(Grounded), r.Stage == Reported)},
		{Name: p.T("dwangsom.step.view"), Date: short(r.IntentionOn), State: state(reached(Drafted), r.Stage == Grounded || r.Stage == Heard)},
		{Name: p.T("dwangsom.step.decide"), Date: short(r.SignedOn), State: state(reached(Signed), r.Stage == Drafted || r.Stage == Checked)},
		{Name: p.T("dwangsom.step.publish"), Date: short(published), State: state(reached(InForce), r.Stage == Signed)},
		{Name: p.T("dwangsom.step.comply"), Date: compliance, State: state(complianceOver && reached(InForce), r.Stage == InForce && !complianceOver)},
		{Name: p.T("dwangsom.step.recover"), Date: p.T("dwangsom.only-on-breach"), State: "maybe"},
		{Name: p.T("dwangsom.step.close"), Date: short(r.ClosedOn), State: state(r.Stage == Closed, false)},
	}
	if len(r.Sums) > 0 {
		out[6].Date = "€ " + text.Euro(r.Forfeited())
		out[6].State = state(r.Outstanding() == 0, true)
	} else if r.Stage == InForce && complianceOver {
		out[6].Name, out[6].Date, out[6].State = p.T("dwangsom.step.inspect"), "", "now"
	}
	return out
}

// facts are the order in short.
func (m *Room) facts(p *text.Printer, r Dwangsom, b beside) []ui.Fact {
	var out []ui.Fact
	add := func(code, s string) {
		if s != "" {
			out = append(out, ui.Fact{Label: p.T("dwangsom.fact." + code), Text: s})
		}
	}
	add("offender", r.Offender)
	add("place", r.Place)
	if d := r.Draft; d != nil {
		for _, x := range d.Measures {
			add("must", x)
		}
		add("sum", sumWords(p, d))
		add("forfeited", p.T("dwangsom.of", "sum", text.Euro(r.Forfeited()), "maximum", text.Euro(d.Maximum)))
		if r.Forfeited() > 0 {
			add("open", "€ "+text.Euro(r.Outstanding()))
		}
	}
	add("basis", r.Article)
	if r.Breach != "" {
		add("earlier", strconv.Itoa(max(r.Earlier, b.earlier)))
	}
	add("lead", b.name(r.Lead))
	if r.Mandate != "" {
		add("signed", p.T("dwangsom.signed-by", "name", b.name(r.SignedBy), "mandate", r.Mandate))
	}
	add("policy", r.Policy(deadlines.DayOf(r.Opened)).ID)
	if r.Outcome != "" {
		add("outcome", p.T("dwangsom.option."+r.Outcome))
	}
	return out
}

func sumWords(p *text.Printer, d *Draft) string {
	per := p.T("dwangsom.per." + d.Per)
	if d.Per == PerUnit {
		per = p.T("dwangsom.per." + d.Unit)
	}
	if d.Per == Lump {
		return "€ " + text.Euro(d.Amount) + " " + per
	}
	return p.T("dwangsom.sum", "amount", text.Euro(d.Amount), "per", per, "maximum", text.Euro(d.Maximum))
}

// key are the acts that are formal decisions.
var keyActs = []string{"dwangsom.intend", "dwangsom.sign", "dwangsom.publish", "dwangsom.recover", "dwangsom.enforce", "dwangsom.decide-objection", "dwangsom.judge", "dwangsom.lift", "dwangsom.close"}

// story is what happened, newest first, with what was recorded.
func (m *Room) story(p *text.Printer, w measures.Words, f dossier.Opened[Dwangsom], b beside, may func(string) bool) []measures.Entry {
	corrected := map[int64]bool{}
	for _, e := range f.Entries {
		corrected[e.Corrects] = true
	}
	var out []measures.Entry
	for _, e := range slices.Backward(f.Entries) {
		in, err := m.Office.Kind.Input(e)
		if err != nil {
			continue
		}
		x := measures.Entry{Version: e.Version, When: p.DayShort(e.Happened, f.At.Now), ISO: deadlines.DayOf(e.Happened).String(), Text: p.T("dwangsom.did." + measures.Verb(e.Act)), Who: b.name(e.Actor),
			Recorded: p.T("measures.recorded-at", "at", p.Moment(e.Recorded, f.At.Now)), Key: slices.Contains(keyActs, e.Act), Correction: e.Why, Corrected: corrected[e.Version],
			Facts: w.Shown(e.Act, in, func(x ask.Field, v string) string { return m.ownWord(p, f.Record, b, x, v) }, f.At.Now)}
		if e.Corrects == 0 && may(CorrectAct) && may(e.Act) && correctable(e.Act) && f.Record.Stage != Closed && len(x.Facts) > 0 {
			x.CorrectHref = fmt.Sprintf("%s/%s/corrigeren/%d", base, f.Head.ID, e.Version)
		}
		out = append(out, x)
	}
	return out
}

// inspectionWord names an inspection by its number, its day and what was seen.
func inspectionWord(p *text.Printer, r Dwangsom, number int, now time.Time) string {
	if number < 1 || number > len(r.Inspections) {
		return strconv.Itoa(number)
	}
	i := r.Inspections[number-1]
	result := measures.Words{P: p, Kind: Name}.Option("dwangsom.inspect", "Result", i.Result)
	return p.T("dwangsom.inspection", "n", strconv.Itoa(number), "when", p.DayShort(moment(i.At), now), "result", result)
}

// ownWord is the word for a value of a field whose options the file knows.
func (m *Room) ownWord(p *text.Printer, r Dwangsom, b beside, f ask.Field, value string) string {
	switch f.Kind {
	case "colleague":
		return b.name(value)
	case "breach":
		return m.breachName(value)
	case "inspection":
		if n, err := strconv.Atoi(value); err == nil {
			return inspectionWord(p, r, n, r.Opened)
		}
	}
	return value
}

// filesOf lists the photographs and other files, by the entries that name them.
func filesOf(p *text.Printer, f dossier.Opened[Dwangsom], now time.Time) []measures.Document {
	var out []measures.Document
	add := func(ids []string, what string, on time.Time) {
		for i, id := range ids {
			out = append(out, measures.Document{Label: p.T("dwangsom.file", "what", what, "n", strconv.Itoa(i+1)), Href: base + "/" + f.Head.ID + "/bestand/" + id, Date: p.DayShort(on, now), State: p.T("dwangsom.file-kept"), On: on})
		}
	}
	r := f.Record
	for i, e := range r.Evidence {
		what := "act.dwangsom.evidence"
		if i == 0 {
			what = "act.dwangsom.report" // the first fact is the report itself
		}
		add(e.Photos, p.T(what), moment(e.On))
	}
	for _, i := range r.Inspections {
		add(i.Photos, p.T("act.dwangsom.inspect"), moment(i.At))
	}
	for _, v := range []*View{r.View, r.RecoveryView} {
		if v != nil {
			add(v.Files, p.T("act.dwangsom.view"), dayTime(v.Received))
		}
	}
	if r.SignedLetter != "" {
		add([]string{r.SignedLetter}, p.T("dwangsom.letter.signed"), dayTime(r.SignedOn))
	}
	if r.Publication != nil {
		add(r.Publication.Files, p.T("act.dwangsom.publish"), dayTime(r.Publication.On))
	}
	return out
}

// actForm is the form of an act.
func (m *Room) actForm(p *text.Printer, f dossier.Opened[Dwangsom], b beside, name string, in any, filled *form.Form) measures.ActForm {
	w := measures.Words{P: p, Kind: Name}
	t := transitionOf(name)
	a := measures.ActForm{P: p, Crumbs: crumbs(p, f, b.row.Number), Title: p.T("act." + name), Intro: t.law, Filled: ui.Filled{P: p, Form: filled}, Back: base + "/" + f.Head.ID,
		Asks: w.Asks(name, in, func(x ask.Field) []ui.Option { return m.ownOptions(p, f, b, x) }), Uploads: hasFiles(in), Beside: p.T("dwangsom.order")}
	if f.Head.ID == "" {
		a.Back = "/maatregelen"
		return a
	}
	a.Facts = m.facts(p, f.Record, b)
	v, _ := m.Office.Kind.Verb(name)
	if !hasLetter(name) || v.Allowed(f.Record, f.At) != nil {
		return a
	}
	typed := v.New()
	filled.Quiet().Into(typed)
	a.Preview = m.preview(m.Office.Kind.Suppose(f.Record, name, typed, f.At), name, b.row.Number, f.At.Today)
	return a
}

// ownOptions are the choices that only the file, the policy or the house knows.
func (m *Room) ownOptions(p *text.Printer, f dossier.Opened[Dwangsom], b beside, x ask.Field) (out []ui.Option) {
	r := f.Record
	switch x.Kind {
	case "colleague":
		for _, c := range b.people {
			if c.Works {
				out = append(out, ui.Option{Value: c.ID, Label: c.Name})
			}
		}
	case "breach":
		for _, k := range r.Policy(f.At.Today).Breaches {
			out = append(out, ui.Option{Value: k.Code, Label: k.Name + " (" + k.Article + ")"})
		}
	case "mandate":
		if r.Draft == nil {
			return nil
		}
		if mandate, ok := r.Policies.On(f.At.Today).MaySign(f.At.Actor.Holds, r.Power, r.Draft.Maximum); ok {
			out = append(out, ui.Option{Value: mandate.Reference, Label: mandate.Reference})
		}
	case "inspection":
		for i := range r.Inspections {
			out = append(out, ui.Option{Value: strconv.Itoa(i + 1), Label: inspectionWord(p, r, i+1, f.At.Now)})
		}
	case "request":
		for i, k := range r.Requests {
			if k.DecidedOn == deadlines.NoDay {
				out = append(out, ui.Option{Value: strconv.Itoa(i + 1), Label: fmt.Sprintf("%d. %s, %s", i+1, p.T("dwangsom.option."+k.Kind), k.From)})
			}
		}
	case "objection", "decided":
		for i, k := range r.Objections {
			if (k.DecidedOn == deadlines.NoDay) == (x.Kind == "objection") {
				out = append(out, ui.Option{Value: strconv.Itoa(i + 1), Label: fmt.Sprintf("%d. %s, %s", i+1, p.T("dwangsom.option."+k.Against), k.By)})
			}
		}
	}
	return out
}

// propose is what a form starts with: what the policy and the record say.
func (m *Room) propose(name string, f dossier.Opened[Dwangsom], b beside) map[string]string {
	r, at := f.Record, f.At
	policy := r.Policy(at.Today)
	switch name {
	case "dwangsom.report":
		return map[string]string{"Lead": at.Actor.Account, "Seen": at.Today.Midnight().Format("02-01-2006"), form.TimeOf("Seen"): at.Now.In(text.Amsterdam).Format("15.04")}
	case "dwangsom.basis":
		return form.Typing(&Basis{Breach: r.Breach, Earlier: b.earlier})
	case "dwangsom.intend":
		return form.Typing(&Intention{Sent: at.Today, ViewDays: policy.ViewDays})
	case "dwangsom.intend-recovery":
		return form.Typing(&IntendRecovery{Sent: at.Today, ViewDays: policy.ViewDays})
	case "dwangsom.weigh":
		if r.Weighed != nil {
			return form.Typing(r.Weighed)
		}
	case "dwangsom.draft":
		if r.Draft != nil {
			return form.Typing(r.Draft)
		}
		k, ok := policy.Breach(r.Breach)
		if !ok {
			return nil
		}
		amount, maximum := k.Step(max(r.Earlier, b.earlier))
		return form.Typing(&Draft{Per: k.Per, Unit: k.Unit, Amount: amount, Maximum: maximum, Days: k.ComplianceDays})
	case "dwangsom.recover":
		return form.Typing(&Decision{On: at.Today, Amount: total(r.undecided())})
	case "dwangsom.pay":
		return form.Typing(&Payment{On: at.Today, Amount: r.Outstanding()})
	case "dwangsom.inspect":
		return map[string]string{"At": at.Today.Midnight().Format("02-01-2006"), form.TimeOf("At"): at.Now.In(text.Amsterdam).Format("15.04")}
	case "dwangsom.forfeit":
		if n := len(r.Inspections); n > 0 {
			return map[string]string{"Inspection": strconv.Itoa(n)}
		}
	}
	return nil
}

// theirs are the terms that somebody else has and we wait for: one that ended is no
// lateness of ours.
var theirs = map[string]bool{"view": true, "compliance": true, "pay": true, "view-recovery": true, "reminder": true}

// listView is what the list draws with.
type listView struct {
	p      *text.Printer
	now    time.Time
	rows   []measures.Row
	beside beside
	closed bool
	may    bool
	breach func(string) string
}

func (l listView) when(r measures.Row) (iso, day, left, tone string) {
	if r.NextDay == deadlines.NoDay {
		return "", "", "", ""
	}
	days := int(r.NextDay - deadlines.DayOf(l.now))
	left, tone = measures.Left(l.p, days)
	if tone == "late" && theirs[r.NextCode] {
		left, tone = l.p.T("measures.past"), "done"
	}
	return r.NextDay.String(), l.p.DayShort(r.NextDay.Midnight(), l.now), left, tone
}

// items are the pages of the file as a download: what it is about and what
// happened, the terms with their reasons, and the letters.
func (m *Room) items(p *text.Printer, f dossier.Opened[Dwangsom], b beside) ([]documents.Item, error) {
	c := m.view(p, f, b, func(string) bool { return false })
	l := documents.Letter{Lang: p.Lang, Title: p.T("dwangsom.overview"), Subject: c.Title, Reference: c.Number, Place: m.Town, Date: p.Date(f.At.Now)}
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
		facts = append(facts, cells(x.Label, x.Text))
	}
	rows(documents.Facts, nil, facts)
	head(p.T("measures.terms"))
	for _, t := range f.Record.Terms(f.At.Calendar) {
		a, err := f.At.Calendar.Answer(t.Question)
		if err != nil {
			continue
		}
		terms = append(terms, cells(p.T("dwangsom.term."+t.Code, "n", strconv.Itoa(t.Number)), a.End.Day.String(), a.Explain(p.Lang)))
	}
	rows(documents.Table, cells(p.T("measures.term"), p.T("measures.date"), p.T("measures.why")), terms)
	head(p.T("measures.story"))
	for _, e := range slices.Backward(c.Story) {
		title := fmt.Sprintf("%d. %s, %s", e.Version, e.ISO, e.Text)
		l.Blocks = append(l.Blocks, documents.Block{Kind: documents.Heading, Level: 2, Text: documents.Plain(title)}, documents.Block{Text: documents.Plain(e.Who + ", " + e.Recorded)})
		var facts [][]documents.Text
		if e.Correction != "" {
			facts = append(facts, cells(p.T("measures.correct-why"), e.Correction))
		}
		for _, x := range e.Facts {
			facts = append(facts, cells(x.Label, x.Text))
		}
		rows(documents.Facts, nil, facts)
	}
	var overview bytes.Buffer
	if err := documents.PDF(&overview, l); err != nil {
		return nil, err
	}
	out := []documents.Item{{Date: f.At.Now, What: p.T("dwangsom.overview"), Name: "overzicht.pdf", Body: overview.Bytes()}}
	for _, k := range letterKinds {
		if !k.ready(f.Record) || !k.final(f.Record) {
			continue
		}
		body, _, err := m.made(k.code+".pdf", f.Record, b.row.Number, b.name(f.Record.SignedBy), f.At.Today)
		if err != nil {
			return nil, err
		}
		out = append(out, documents.Item{Date: k.on(f.Record).Midnight(), What: p.T("dwangsom.letter." + k.code), Name: k.code + ".pdf", Body: body})
	}
	return out, nil
}
