package sluiting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// subject is the type of closure in the list.
func subject(breach string) string {
	return map[string]string{Opium: "Opiumwet 13b", Order: "Gemeentewet 174a"}[breach]
}

// face is what the page of a file shows in its own way.
func face(p *text.Printer, r Sluiting, at dossier.At, b measures.Beside) measures.Face {
	f := measures.Face{Stage: string(r.standing(at)), Tone: tone(r, at), FactsTitle: p.T("sluiting.facts")}
	if r.Report == nil {
		f.Law = "Opiumwet 13b, Gemeentewet 174a"
		return f
	}
	f.Law, f.Steps, f.Facts = subject(r.Report.Type)+", Awb 5:21", stepsOf(p, r, at), facts(p, r, at, b)
	f.Subtitle = p.T("sluiting.subtitle."+r.Report.Type, "object", p.T("sluiting.option."+r.Report.Object), "days", daysSince(p, r, at))
	part := func(id string, body templ.Component) {
		f.Parts = append(f.Parts, measures.Part{ID: id, Title: p.T("sluiting.part." + id), Body: body})
	}
	before := r.Signed == nil && r.Stage != Closed
	if before && r.Stage != Reported {
		part("rapportage", readings(reportOf(p, r)))
	}
	if before && r.cell(at.Today).Code != "" {
		part("matrix", readings(matrixOf(p, r, at.Today)))
	}
	if before && r.Stage != Reported || r.Stage == Signed {
		part("toets", examined(p, testOf(p, r)))
	}
	if len(r.toTell()) > 0 && r.Draft != nil {
		part("rechthebbenden", checklist(toldOf(p, r, at.Now)))
	}
	if len(r.Seals) > 0 {
		part("verzegeling", readings(sealsOf(p, r)))
	}
	if len(r.Requests) > 0 {
		part("verzoeken", readings(requestsOf(p, r)))
	}
	if x := outcomesOf(p, r); len(x) > 0 {
		part("rechter", readings(x))
	}
	return f
}

// daysSince says how long after the finding we are, or how long after it the mayor
// decided: delay weakens the need for a closure (law.md 4.4).
func daysSince(p *text.Printer, r Sluiting, at dossier.At) string {
	if r.Signed != nil {
		return p.T("sluiting.decided-after", "days", p.T("measures.days", "n", r.days(r.Signed.On)))
	}
	return p.T("sluiting.found-ago", "days", p.T("measures.days", "n", r.days(at.Today)))
}

// reads are the acts that are decided on what the file says.
func reads(act string) bool {
	return slices.Contains([]string{"sluiting.check", "sluiting.return", "sluiting.sign", "sluiting.sign-urgent", "sluiting.warn", "sluiting.extend", "sluiting.decide-request", "sluiting.withdraw"}, act)
}

func tone(r Sluiting, at dossier.At) ui.Tone {
	switch r.standing(at) {
	case Sealed:
		return ui.Danger
	case Ordered, Suspended, Checked, Signed:
		return ui.Warn
	case Over, Closed, Warned:
		return ui.Neutral
	}
	return ui.Info
}

// nextOf lists the acts that move the file on, the first that may be done being the next
// step.
func nextOf(r Sluiting, at dossier.At) []string {
	switch r.Stage {
	case Reported:
		return []string{"find", "disturbance"}
	case Grounded, Heard:
		return preparingNext(r, at)
	case Drafted:
		if draftFits(r, at) != "" {
			return []string{"draft"}
		}
		return []string{"check"}
	case Checked:
		return []string{"sign", "sign-urgent", "warn"}
	case Signed:
		if rightHoldersKnown(r, at) != "" {
			return []string{"registry"}
		}
		return []string{"publish"}
	case Warned:
		return append(court(r, at), "close")
	case Ordered:
		return append(append(court(r, at), "seal"), "evidence")
	case Sealed:
		return sealedNext(r, at)
	case Suspended:
		if r.sealed() {
			return append([]string{"unseal"}, court(r, at)...)
		}
		return append(court(r, at), "resume")
	case Over:
		return overNext(r, at)
	}
	return nil
}

// preparingNext: first who lives there, then hearing, then the test, then the draft.
func preparingNext(r Sluiting, at dossier.At) []string {
	warning := r.cell(at.Today).Outcome == "warning"
	switch {
	case warning:
		return []string{"draft"}
	case r.Residents == nil:
		return []string{"residents"}
	case r.Stage == Grounded:
		return []string{"intend"}
	case r.weighed() != "":
		return []string{"weigh"}
	case !r.heard():
		return []string{"view"}
	}
	return []string{"draft", "weigh"}
}

// court is what a pending matter asks.
func court(r Sluiting, at dossier.At) []string {
	var out []string
	if reliefAsked(r, at) == "" {
		out = append(out, "rule-relief")
	}
	if objectionOpen(r, at) == "" {
		out = append(out, "decide-objection")
	}
	if appealOpen(r, at) == "" {
		out = append(out, "judge")
	}
	return out
}

func sealedNext(r Sluiting, at dossier.At) []string {
	var out []string
	if r.ended(at.Today, at.Calendar) {
		return []string{"unseal"}
	}
	if extensionWaits(r, at) == "" {
		out = append(out, "serve")
	}
	if requestOpen(r, at) == "" {
		out = append(out, "decide-request")
	}
	out = append(out, court(r, at)...)
	if r.Wkpb == nil {
		out = append(out, "wkpb")
	}
	return append(append(out, money(r, at)...), "evidence")
}

// money is what the costs ask.
func money(r Sluiting, at dossier.At) []string {
	switch {
	case costsReady(r, at) == "" && len(r.Costs) == 0:
		return []string{"costs"}
	case r.owed() == 0:
		return nil
	}
	if last, _ := r.lastCosts(); at.Today > payBy(at.Calendar, last) && len(r.Reminders) == 0 {
		return []string{"remind"}
	}
	return []string{"pay"}
}

func overNext(r Sluiting, at dossier.At) []string {
	var out []string
	if r.sealed() {
		out = append(out, "unseal")
	}
	out = append(out, court(r, at)...)
	if requestOpen(r, at) == "" {
		out = append(out, "decide-request")
	}
	return append(append(out, money(r, at)...), "close")
}

// stepsOf are the stages of the procedure with their days.
func stepsOf(p *text.Printer, r Sluiting, at dossier.At) []measures.Step {
	short := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.DayShort(d.Midnight(), at.Now)
	}
	order := []Stage{Reported, Grounded, Heard, Drafted, Checked, Signed, Ordered, Sealed, Over, Closed}
	now := r.standing(at)
	if now == Suspended || now == Warned {
		now = Ordered
	}
	reached := func(s Stage) bool { return slices.Index(order, now) >= slices.Index(order, s) }
	state := func(done, now bool) string {
		switch {
		case done:
			return "done"
		case now:
			return "now"
		}
		return "next"
	}
	step := func(code, date, state string) measures.Step {
		return measures.Step{Name: p.T("sluiting.step." + code), Date: date, State: state}
	}
	signed, published, sealed := deadlines.NoDay, deadlines.NoDay, deadlines.NoDay
	if r.Signed != nil {
		signed = r.Signed.On
	}
	if r.Publication != nil {
		published = r.Publication.On
	}
	if len(r.Seals) > 0 {
		sealed = r.Seals[0].At.Day
	}
	closing := len(r.Seals) > 0
	out := []measures.Step{
		step("report", short(r.Report.Received), "done"),
		step("power", r.cell(at.Today).Code, state(reached(Grounded), r.Stage == Reported)),
		step("view", short(r.IntentionOn), state(r.heard() || reached(Drafted), r.Stage == Grounded || r.Stage == Heard && !r.heard())),
		step("test", "", state(reached(Checked), r.Stage == Heard && r.heard() || r.Stage == Drafted)),
		step("decide", short(signed), state(reached(Signed), r.Stage == Checked)),
		step("publish", short(published), state(reached(Ordered), r.Stage == Signed)),
		step("closed", short(sealed), state(closing, r.Stage == Ordered)),
		step("open", "", state(closing && !r.sealed() && r.Stage != Suspended, now == Sealed || now == Over && r.sealed())),
		step("close", short(r.ClosedOn), state(r.Stage == Closed, r.Stage == Warned || r.Stage == Over && !r.sealed())),
	}
	if end := r.Ends(at.Calendar); end != deadlines.NoDay {
		out[7].Date = p.T("sluiting.until", "end", short(end))
	}
	if r.Draft != nil && r.Draft.Outcome == "warning" || !closing && (r.Stage == Over || r.Stage == Closed) {
		out[6].State, out[7].State = "maybe", "maybe"
	}
	return out
}

// facts are the closure in short: what, where, whom, how long after the finding, until
// when.
func facts(p *text.Printer, r Sluiting, at dossier.At, b measures.Beside) []ui.Fact {
	var out []ui.Fact
	add := func(code, s string) {
		if s != "" {
			out = append(out, ui.Fact{Label: p.T("sluiting.fact." + code), Text: s})
		}
	}
	o := func(s string) string { return p.T("sluiting.option." + s) }
	date := func(d deadlines.Day) string { return p.Day(d.Midnight()) }
	later := func(d deadlines.Day) string {
		return p.T("sluiting.days-after", "day", date(d), "days", p.T("measures.days", "n", r.days(d)))
	}
	x := r.Report
	add("type", o(x.Type))
	add("place", x.Place+" ("+o(x.Object)+")")
	add("person", x.Person)
	add("found", p.T("sluiting.days-ago", "day", date(x.Found), "days", p.T("measures.days", "n", r.days(at.Today))))
	add("received", later(x.Received))
	if r.Signed != nil {
		add("decided", p.T("sluiting.decided-by", "when", later(r.Signed.On), "name", b.Name(r.Signed.By), "capacity", o(r.Signed.Capacity)))
	}
	if r.Find != nil || r.Disturbance != nil {
		add("power", powerWords(p, r))
		add("cell", cellWords(p, r.cell(at.Today)))
		add("earlier", strconv.Itoa(max(r.earlier(), b.Earlier)))
	} else if b.Earlier > 0 {
		add("earlier", strconv.Itoa(b.Earlier))
	}
	if h := r.Residents; h != nil {
		add("adults", strings.Join(h.Adults, "; "))
		add("minors", strings.Join(h.Minors, "; "))
		add("landlord", h.Landlord)
	}
	if d := r.Draft; d != nil {
		if d.Outcome == "closure" {
			add("length", lengthWords(p, d.Length, d.Unit)+", "+o(d.Course))
		}
		add("deviation", d.Deviation)
	}
	if r.Compliance != deadlines.NoDay {
		add("compliance", date(r.Compliance))
	}
	if len(r.Seals) > 0 {
		add("sealed", momentWords(p, r.Seals[0].At))
	}
	if end := r.Ends(at.Calendar); end != deadlines.NoDay {
		add("end", date(end))
	}
	if n := len(r.Reliefs); n > 0 && r.Reliefs[n-1].RuledOn == deadlines.NoDay {
		add("held", p.T("sluiting.held-by", "held", o(r.Reliefs[n-1].Held), "name", b.Name(r.Reliefs[n-1].HeldBy)))
	}
	if len(r.SealBreaks) > 0 {
		add("breaks", strconv.Itoa(len(r.SealBreaks)))
	}
	if len(r.Costs) > 0 {
		add("costs", "€ "+text.Euro(r.owed()))
	}
	add("lead", b.Name(r.Lead))
	add("policy", r.Policy(at.Today).ID)
	switch {
	case r.Outcome != "":
		add("outcome", o(r.Outcome))
	case r.How != "":
		add("how", o(r.How))
	}
	if keep := r.Keep().Last(); keep != deadlines.NoDay {
		add("keep", date(keep))
	}
	return out
}

// powerWords say what was found, or by which ground of 174a.
func powerWords(p *text.Printer, r Sluiting) string {
	if d := r.Disturbance; d != nil {
		return p.T("sluiting.option." + d.Ground)
	}
	f := r.Find
	var out []string
	add := func(code, n string) { out = append(out, p.T("sluiting.amount."+code, "n", n)) }
	if f.HardGram != "" {
		add("hard-gram", f.HardGram)
	}
	if f.HardUnits > 0 {
		add("hard-units", strconv.Itoa(f.HardUnits))
	}
	if f.SoftGram != "" {
		add("soft-gram", f.SoftGram)
	}
	if f.Plants > 0 {
		add("plants", strconv.Itoa(f.Plants))
	}
	if f.Limb == "preparation" {
		out = append(out, p.T("sluiting.option.find.Limb.preparation"))
	}
	if f.Sold {
		out = append(out, p.T("sluiting.sold"))
	}
	return strings.Join(out, "; ")
}

// cellWords name a cell of the matrix: what it is about and what it asks.
func cellWords(p *text.Printer, c Cell) string {
	if c.Code == "" {
		return ""
	}
	return p.T("sluiting.cell", "code", c.Code, "what", cellWhat(p, c), "occasion", occasionWords(p, c.Occasion), "asks", cellAsks(p, c))
}

func cellWhat(p *text.Printer, c Cell) string {
	what := p.T("sluiting.option." + c.Ground)
	if c.Ground == "" {
		what = p.T("sluiting.option."+c.Object) + ", " + p.T("sluiting.class."+c.Class)
	}
	if o := c.Over; o != nil {
		var amounts []string
		if o.Gram != nil {
			amounts = append(amounts, p.T("sluiting.over.gram", "n", p.Number(*o.Gram, 1)))
		}
		if o.Units != nil {
			amounts = append(amounts, p.T("sluiting.over.units", "n", *o.Units))
		}
		if o.Plants != nil {
			amounts = append(amounts, p.T("sluiting.over.plants", "n", *o.Plants))
		}
		what += ", " + p.T("sluiting.over", "amount", strings.Join(amounts, p.T("sluiting.or")))
	}
	return what
}

func cellAsks(p *text.Printer, c Cell) string {
	if c.Outcome == "closure" {
		return p.T("sluiting.closing-for", "length", lengthWords(p, c.span().n, c.span().unit))
	}
	return p.T("sluiting.option.warning")
}

func occasionWords(p *text.Printer, n int) string {
	if code := "sluiting.occasion." + strconv.Itoa(n); p.Has(code) {
		return p.T(code)
	}
	return p.T("sluiting.occasion", "n", strconv.Itoa(n))
}

// Words name a cell for who reads the matrix.
func (c Cell) Words(p *text.Printer) string { return cellWords(p, c) }

func lengthWords(p *text.Printer, n int, unit string) string {
	return p.T("sluiting.length."+unit, "n", n)
}

// reading is a heading with what was recorded under it.
type reading struct {
	Title string
	Lines []string
}

// reportOf is what the police and others established, and what the person says of it.
func reportOf(p *text.Printer, r Sluiting) []reading {
	var out []reading
	add := func(code string, lines ...string) {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
		if len(lines) > 0 {
			out = append(out, reading{p.T("sluiting.read." + code), lines})
		}
	}
	for _, e := range r.Evidence {
		out = append(out, reading{p.T("sluiting.evidence-of", "source", p.T("sluiting.option."+e.Source), "day", p.Day(e.On.Midnight())), []string{e.Words}})
	}
	if v := r.View; v != nil {
		add("view", v.Words)
		add("view-answer", v.Answer)
	}
	if s := r.Skipped; s != nil {
		add("skipped", s.Why)
	}
	add("at-once", r.AtOnce)
	if d := r.Draft; d != nil {
		add("summary", d.Summary)
		add("urgency", d.Urgency)
	}
	return out
}

// matrixOf is how the matrix judges the case, and what stands against that.
func matrixOf(p *text.Printer, r Sluiting, today deadlines.Day) []reading {
	c, policy := r.cell(today), r.Policy(today)
	var out []reading
	add := func(code string, lines ...string) {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
		if len(lines) > 0 {
			out = append(out, reading{p.T("sluiting.read." + code), lines})
		}
	}
	add("cell", cellWords(p, c), p.T("sluiting.policy", "id", policy.ID, "from", p.Day(policy.InForce.Midnight()), "years", strconv.Itoa(policy.LookBack)))
	if f := r.Find; f != nil {
		trade := p.T("sluiting.presumed")
		if !f.presumed(policy.Trade) {
			trade = p.T("sluiting.not-presumed")
		}
		if f.Limb == "preparation" {
			trade = f.Knowledge
		}
		add("trade", trade, f.Trade, strings.Join(f.Signs, "; "))
		add("serious", f.Serious)
	}
	if d := r.Disturbance; d != nil {
		add("facts", d.Facts, d.Health)
	}
	if d := r.Draft; d != nil {
		if code := deviates(*d, c, today); code != "" {
			add("deviation", d.Deviation)
		}
	}
	for _, x := range r.Returned {
		add("returned", x.Remark)
	}
	return out
}

// answered is a part of the test with its questions.
type answered struct {
	Title     string
	Questions []asking
}

type asking struct{ Title, Answer string }

// testOf is the test of the Council of State as the page and the mayor read it: what the
// closure must reach, whether it is needed, whether it stays in balance.
func testOf(p *text.Printer, r Sluiting) []answered {
	out := []answered{{Title: p.T("sluiting.test.aim")}, {Title: p.T("sluiting.test.necessity")}, {Title: p.T("sluiting.test.balance")}}
	for _, q := range r.asked() {
		part := 2
		switch q.name {
		case "Aim":
			part = 0
		case "Seriousness", "Lighter", "Area", "Delay":
			part = 1
		}
		x := asking{Title: p.T("sluiting.question." + q.name)}
		if r.Weighed != nil {
			x.Answer = q.answer(*r.Weighed)
		}
		out[part].Questions = append(out[part].Questions, x)
	}
	if r.Weighed != nil && r.Weighed.Blank != "" {
		out[2].Questions = append(out[2].Questions, asking{p.T("sluiting.ask.weigh.Blank"), r.Weighed.Blank})
	}
	return out
}

// line is a line of a list of what must be done: who, whether, and since when.
type line struct {
	Who, Word, Note string
	Done            bool
}

// toTell are the people to whom the decision is made known (Awb 5:24 lid 3).
func (r Sluiting) toTell() []string {
	if r.Registry == nil {
		return nil
	}
	return append([]string{r.Report.Person}, r.rightHolders()...)
}

// rightHolders are all who get the decision besides the person, the landlord among them.
func (r Sluiting) rightHolders() []string {
	var names, out []string
	if r.Registry != nil {
		names = append(names, r.Registry.RightHolders...)
	}
	if r.Residents != nil && r.Residents.Landlord != "" {
		names = append(names, r.Residents.Landlord)
	}
	for _, name := range names {
		if !sameName(name, r.Report.Person) && !slices.ContainsFunc(out, func(s string) bool { return sameName(s, name) }) {
			out = append(out, name)
		}
	}
	return out
}

func toldOf(p *text.Printer, r Sluiting, now time.Time) []line {
	var out []line
	for _, name := range r.toTell() {
		x := line{Who: name, Word: p.T("sluiting.not-told")}
		var notes []string
		if pub := r.Publication; pub != nil && slices.ContainsFunc(pub.To, func(s string) bool { return sameName(s, name) }) {
			x.Done, notes = true, append(notes, p.DayShort(pub.On.Midnight(), now)+", "+p.T("sluiting.option."+pub.How))
		}
		if h := r.Residents; h != nil && sameName(h.Landlord, name) {
			x.Who = p.T("sluiting.landlord-name", "name", name)
			if n := len(r.Landlord); n > 0 {
				last := r.Landlord[n-1]
				x.Done, notes = true, append(notes, p.DayShort(last.On.Midnight(), now)+", "+p.T("sluiting.option.landlord.Intention."+last.Intention))
			}
		}
		if x.Done {
			x.Word, x.Note = p.T("sluiting.told"), strings.Join(notes, "; ")
		}
		out = append(out, x)
	}
	return out
}

// sealsOf are the records of closing and opening.
func sealsOf(p *text.Printer, r Sluiting) []reading {
	var out []reading
	add := func(code string, w deadlines.When, lines ...string) {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
		out = append(out, reading{p.T("sluiting.read."+code) + ", " + momentWords(p, w), lines})
	}
	for i, x := range r.Seals {
		at := "sealed"
		if i == 0 && r.AtOnce != "" {
			at = "sealed-at-once"
		}
		add(at, x.At, strings.Join(x.By, "; ")+", "+p.T("sluiting.option."+x.How), x.Record, x.Authorisation)
	}
	for _, x := range r.SealBreaks {
		add(x.What, x.At, x.Words, x.Reported)
	}
	for _, x := range r.Unsealed {
		add("unsealed", x.At, p.T("sluiting.keys-to", "name", x.To), x.Words)
	}
	return out
}

// requestsOf are the requests to open early, with what was decided.
func requestsOf(p *text.Printer, r Sluiting) []reading {
	var out []reading
	for _, q := range r.Requests {
		x := reading{p.T("sluiting.evidence-of", "source", q.From, "day", p.Day(q.Received.Midnight())), []string{q.Words}}
		if q.DecidedOn != deadlines.NoDay {
			x.Lines = append(x.Lines, p.T("sluiting.decided-on", "outcome", p.T("sluiting.option."+q.Outcome), "day", p.Day(q.DecidedOn.Midnight()), "why", q.Why))
		}
		out = append(out, x)
	}
	return out
}

// outcomesOf are the outcomes of remedies with their grounds: from these the next case is
// prepared better.
func outcomesOf(p *text.Printer, r Sluiting) []reading {
	var out []reading
	add := func(act, outcome, grounds string) {
		if outcome != "" {
			w := measures.Words{P: p, Kind: Name}
			out = append(out, reading{p.T("sluiting.did."+act) + ": " + w.Option("sluiting."+act, "Outcome", outcome), []string{grounds}})
		}
	}
	for _, x := range r.Reliefs {
		add("rule-relief", x.Outcome, x.Grounds)
	}
	for _, x := range r.Objections {
		add("decide-objection", x.Outcome, x.Grounds)
	}
	for _, x := range r.Appeals {
		add("judge", x.Outcome, x.Grounds)
	}
	return out
}

func momentWords(p *text.Printer, w deadlines.When) string {
	if w.At.IsZero() {
		return p.Day(w.Day.Midnight())
	}
	return p.Day(w.At) + ", " + p.Clock(w.At)
}

// word is the word for a value of a field whose options the file knows.
func word(_ *text.Printer, _ Sluiting, _ ask.Field, value string) string { return value }

// options are the choices that only the file or the policy knows.
func options(p *text.Printer, f dossier.Opened[Sluiting], _ measures.Beside, x ask.Field) (out []ui.Option) {
	r := f.Record
	switch x.Kind {
	case "cell":
		if c := r.cell(f.At.Today); c.Code != "" {
			out = append(out, ui.Option{Value: c.Code, Label: cellWords(p, c)})
		}
	case "request":
		for i, q := range r.Requests {
			if q.DecidedOn == deadlines.NoDay {
				out = append(out, ui.Option{Value: strconv.Itoa(i + 1), Label: fmt.Sprintf("%d. %s, %s", i+1, q.From, p.Day(q.Received.Midnight()))})
			}
		}
	case "objection", "decided":
		for i, k := range r.Objections {
			if (k.DecidedOn == deadlines.NoDay) == (x.Kind == "objection") {
				out = append(out, ui.Option{Value: strconv.Itoa(i + 1), Label: fmt.Sprintf("%d. %s, %s", i+1, p.T("sluiting.option."+k.Against), k.By)})
			}
		}
	}
	return out
}

// files are the photographs and other files, by the entries that name them.
func files(r Sluiting) []measures.Attached {
	var out []measures.Attached
	add := func(what string, on time.Time, ids ...string) {
		ids = slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == "" })
		out = append(out, measures.Attached{IDs: ids, What: what, On: on})
	}
	for i, e := range r.Evidence {
		what := "act.sluiting.evidence"
		if i == 0 {
			what = "act.sluiting.report" // the first fact is the report itself
		}
		add(what, measures.DayTime(e.On), e.Files...)
	}
	if r.View != nil {
		add("act.sluiting.view", measures.DayTime(r.View.Received), r.View.Files...)
	}
	if r.Signed != nil {
		add("sluiting.letter.signed", measures.DayTime(r.Signed.On), r.Signed.Letter)
	}
	if r.Publication != nil {
		add("act.sluiting.publish", measures.DayTime(r.Publication.On), r.Publication.Files...)
	}
	for _, x := range r.Seals {
		add("act.sluiting.seal", moment(x.At), x.Photos...)
	}
	for _, x := range r.SealBreaks {
		add("act.sluiting.seal-broken", moment(x.At), x.Photos...)
	}
	for _, x := range r.Extensions {
		add("sluiting.letter.verlenging", measures.DayTime(x.On), x.Letter)
	}
	for _, x := range r.Costs {
		add("sluiting.letter.kosten", measures.DayTime(x.On), x.Letter)
	}
	for _, x := range r.Requests {
		add("sluiting.letter.heropening", measures.DayTime(x.DecidedOn), x.Letter)
	}
	return out
}

// propose is what a form starts with: what the policy and the record say, and now for
// what happens now.
func propose(name string, f dossier.Opened[Sluiting], b measures.Beside) map[string]string {
	r, at := f.Record, f.At
	now := func(fields ...string) map[string]string {
		out := map[string]string{}
		for _, x := range fields {
			out[x], out[form.TimeOf(x)] = at.Today.Midnight().Format("02-01-2006"), at.Now.In(text.Amsterdam).Format("15.04")
		}
		return out
	}
	today := func(field string) map[string]string {
		return map[string]string{field: at.Today.Midnight().Format("02-01-2006")}
	}
	policy := r.Policy(at.Today)
	switch name {
	case "sluiting.report":
		out := today("Received")
		out["Lead"] = at.Actor.Account
		return out
	case "sluiting.find":
		if r.Find != nil {
			return form.Typing(r.Find)
		}
		return form.Typing(&Find{Earlier: b.Earlier})
	case "sluiting.disturbance":
		if r.Disturbance != nil {
			return form.Typing(r.Disturbance)
		}
		return form.Typing(&Disturbance{Earlier: b.Earlier})
	case "sluiting.residents":
		if r.Residents != nil {
			return form.Typing(r.Residents)
		}
	case "sluiting.registry":
		if r.Registry != nil {
			return form.Typing(r.Registry)
		}
		return today("On")
	case "sluiting.intend":
		return form.Typing(&Intention{Sent: at.Today, ViewDays: policy.ViewDays})
	case "sluiting.weigh":
		if r.Weighed != nil {
			return form.Typing(r.Weighed)
		}
	case "sluiting.draft":
		return form.Typing(r.proposal(at))
	case "sluiting.publish":
		return form.Typing(&Publication{On: at.Today, To: r.toTell()})
	case "sluiting.costs":
		return today("On")
	case "sluiting.pay":
		return form.Typing(&Payment{On: at.Today, Amount: r.owed()})
	case "sluiting.decide-request":
		for i, q := range r.Requests {
			if q.DecidedOn == deadlines.NoDay {
				return map[string]string{"Number": strconv.Itoa(i + 1)}
			}
		}
	case "sluiting.decide-objection", "sluiting.adjourn":
		out := map[string]string{"Length": "0", "Suspended": "0", "Weeks": "0"}
		for i, q := range r.Objections {
			if q.DecidedOn == deadlines.NoDay {
				out["Number"] = strconv.Itoa(i + 1)
				break
			}
		}
		return out
	case "sluiting.judge":
		return map[string]string{"Length": "0"}
	case "sluiting.seal", "sluiting.seal-at-once", "sluiting.seal-broken", "sluiting.unseal":
		return now("At")
	}
	return nil
}

// proposal is the draft that the matrix asks for, or the one there is.
func (r Sluiting) proposal(at dossier.At) *Draft {
	if r.Draft != nil {
		d := *r.Draft
		d.Cell = r.cell(at.Today).Code // the matrix may have changed since
		return &d
	}
	c := r.cell(at.Today)
	d := &Draft{Cell: c.Code, Outcome: c.Outcome}
	if c.Outcome != "closure" {
		return d
	}
	d.Length, d.Unit, d.Course, d.Days, d.Costs = c.span().n, c.span().unit, "ordinary", r.Policy(at.Today).ComplianceDays, "offender"
	if r.AtOnce != "" {
		d.Course, d.Days, d.Urgency = "at-once", 0, r.AtOnce
	}
	return d
}
