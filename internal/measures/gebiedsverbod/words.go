package gebiedsverbod

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/places"
	"baken/internal/measures"
	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// face is what the page of a file shows in its own way.
func face(p *text.Printer, r Gebiedsverbod, at dossier.At, b measures.Beside) measures.Face {
	f := measures.Face{Subtitle: p.T("gebiedsverbod.subtitle"), Law: r.article(at.Today), Stage: string(r.standing(at)), Tone: tone(r, at), FactsTitle: p.T("gebiedsverbod.facts")}
	if len(r.Incidents) == 0 {
		return f
	}
	f.Steps, f.Facts = stepsOf(p, r, at), facts(p, r, at, b)
	part := func(id, code string, body ui.Fact) {
		f.Parts = append(f.Parts, measures.Part{ID: id, Title: p.T("gebiedsverbod.part." + code), Body: body.Part})
	}
	if r.Area != nil {
		part("gebied", "area", ui.Fact{Part: areaPart(p, areaOf(p, r, at, b.Terrain))})
	}
	// Once the order holds, its area and its end matter and not why it came: that is in
	// the story.
	if list := decisionOf(p, r); len(list) > 0 && r.Published == nil {
		part("beslissen", "decide", ui.Fact{Part: readings(list)})
	}
	part("ordeverstoringen", "log", ui.Fact{Part: logbook(p, rowsOf(p, r))})
	return f
}

// reads are the acts that are decided on what the file says.
func reads(act string) bool {
	return slices.Contains(decisions, act) && act != "gebiedsverbod.exempt" || act == "gebiedsverbod.return" || act == "gebiedsverbod.draft"
}

func tone(r Gebiedsverbod, at dossier.At) ui.Tone {
	switch r.standing(at) {
	case InForce:
		return ui.Danger
	case Proposed, Decided, Suspended:
		return ui.Warn
	case Refused, Over, Closed:
		return ui.Neutral
	}
	return ui.Info
}

// nextOf lists the acts that move the file on, the first that may be done being the next
// step.
func nextOf(r Gebiedsverbod, at dossier.At) []string {
	switch r.stage(at) {
	case Reported, Heard:
		return preparing(r, at)
	case Proposed:
		if stillReady(r, at) != "" {
			return preparing(r, at)
		}
		return []string{"decide"}
	case Decided:
		return []string{"publish"}
	case InForce, Suspended:
		var out []string
		if ended(r, at) == "" {
			return append(pending(r, at), "end")
		}
		if somethingWaits(r, at) == "" {
			out = append(out, "serve")
		}
		return append(append(out, pending(r, at)...), "observe")
	case Over:
		return append(pending(r, at), "close")
	case Refused:
		return []string{"close"}
	}
	return nil
}

// preparing is what the draft still needs.
func preparing(r Gebiedsverbod, at dossier.At) []string {
	b, ok := basisOf(r.Basis)
	switch {
	case !ok || ageFits(b, r.Born, at.Today) != "" || b.facts(r) != "":
		return []string{"basis"}
	case r.Area == nil:
		return []string{"area"}
	case r.Limits == nil:
		return []string{"limits"}
	case b.consult && r.Consulted == nil:
		return []string{"consult"}
	case r.Weighed == nil:
		return []string{"weigh"}
	case r.Intention == nil && r.Skipped == nil:
		return []string{"intend"}
	case r.View == nil && r.Skipped == nil:
		return []string{"view"}
	}
	return []string{"draft"}
}

// pending is what a matter before the mayor or a court asks.
func pending(r Gebiedsverbod, at dossier.At) []string {
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

// stepsOf are the stages of the procedure with their days.
func stepsOf(p *text.Printer, r Gebiedsverbod, at dossier.At) []measures.Step {
	when := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.DayShort(d.Midnight(), at.Now)
	}
	state := func(done, now bool) string {
		switch {
		case done:
			return "done"
		case now:
			return "now"
		}
		return "next"
	}
	now := r.standing(at)
	decided := r.Decision != nil || r.Refusal != ""
	aimed := aimKnown(r, at) == ""
	var heard, on deadlines.Day = deadlines.NoDay, deadlines.NoDay
	if r.Intention != nil {
		heard = r.Intention.Sent
	}
	if r.Decision != nil {
		on = r.Decision.On
	}
	out := []measures.Step{
		{Name: p.T("gebiedsverbod.step.report"), Date: when(r.Incidents[0].At.Day), State: "done"},
		{Name: p.T("gebiedsverbod.step.aim"), State: state(aimed || decided, now == Reported && !aimed)},
		{Name: p.T("gebiedsverbod.step.hear"), Date: when(heard), State: state(now != Reported, now == Reported && aimed)},
		{Name: p.T("gebiedsverbod.step.draft"), State: state(decided || now == Proposed, now == Heard)},
		{Name: p.T("gebiedsverbod.step.decide"), Date: when(on), State: state(decided, now == Proposed)},
		{Name: p.T("gebiedsverbod.step.publish"), State: state(r.Published != nil, now == Decided)},
		{Name: p.T("gebiedsverbod.step.runs"), State: state(now == Over || now == Closed, now == InForce || now == Suspended)},
		{Name: p.T("gebiedsverbod.step.close"), Date: when(r.ClosedOn), State: state(r.Stage == Closed, now == Over || now == Refused)},
	}
	if r.Published != nil {
		out[5].Date, out[6].Date = when(r.Published.At.Day), p.T("gebiedsverbod.until", "end", when(r.Ends().Day))
	}
	if r.Refusal != "" {
		out[5].State, out[6].State = "maybe", "maybe"
	}
	return out
}

// whenOf writes a fact's place in time as far as it is known.
func whenOf(p *text.Printer, w deadlines.When) string {
	switch {
	case w.Day == deadlines.NoDay:
		return ""
	case w.At.IsZero():
		return p.Date(w.Day.Midnight())
	}
	return p.Date(w.At) + ", " + p.Clock(w.At)
}

// hoursOf are the days and hours of an order in words.
func hoursOf(p *text.Printer, r Gebiedsverbod, l Limits) string {
	if r.Draft != nil && r.Draft.Unit == "moments" {
		list, _ := parseMoments(r.Draft.Moments)
		return p.T("gebiedsverbod.moments", "n", len(list))
	}
	days := p.T("gebiedsverbod.option." + l.Days)
	if h, ok := parseHours(l.Hours); ok {
		return p.T("gebiedsverbod.hours", "days", days, "from", clockOf(h.from), "to", clockOf(h.to))
	}
	return p.T("gebiedsverbod.whole-day", "days", days)
}

// clockOf writes minutes from midnight as a time of day.
func clockOf(minutes int) string {
	return fmt.Sprintf("%02d.%02d", minutes/60, minutes%60)
}

// lengthOf is how long a draft lets the order run, in words.
func lengthOf(p *text.Printer, d Draft) string {
	if d.Unit == "moments" {
		list, _ := parseMoments(d.Moments)
		return p.T("gebiedsverbod.moments", "n", len(list))
	}
	return p.T("gebiedsverbod.length."+d.Unit, "n", d.Count)
}

// ordersOf are what a draft orders, in words.
func ordersOf(p *text.Printer, r Gebiedsverbod, d Draft) string {
	var out []string
	for _, o := range r.orders(d) {
		out = append(out, p.T("gebiedsverbod.order."+o))
	}
	return strings.Join(out, "; ")
}

// ageOf is somebody's day of birth with the age on a day.
func ageOf(p *text.Printer, born, on deadlines.Day) string {
	years := 0
	for aged(born, years+1) <= on {
		years++
	}
	return p.T("gebiedsverbod.age", "born", p.Date(born.Midnight()), "years", years)
}

// facts are the order in short: who, where, on what basis, until when.
func facts(p *text.Printer, r Gebiedsverbod, at dossier.At, b measures.Beside) []ui.Fact {
	var out []ui.Fact
	add := func(code, s string) {
		if s != "" {
			out = append(out, ui.Fact{Label: p.T("gebiedsverbod.fact." + code), Text: s})
		}
	}
	add("person", r.Person)
	add("born", ageOf(p, r.Born, at.Today))
	add("parent", r.Parent)
	add("place", r.Place)
	if r.Basis != "" {
		add("basis", p.T("gebiedsverbod.option."+r.Basis)+" ("+r.article(at.Today)+")")
	}
	if x := r.Origin; x != nil {
		add("origin", p.T("gebiedsverbod.option."+x.Kind)+", "+x.From)
	}
	_, l := r.inForce(at.Now)
	if r.Limits != nil {
		add("hours", hoursOf(p, r, l))
	}
	if d := r.Duty; d != nil {
		add("duty", d.Where+": "+strings.Join(d.Times, "; "))
	}
	if c := r.Consulted; c != nil {
		add("prosecutor", p.T("gebiedsverbod.option."+c.Outcome))
	}
	if d := r.Draft; d != nil {
		add("orders", ordersOf(p, r, *d))
		add("length", lengthOf(p, *d))
	}
	if n := len(r.Returned); n > 0 && r.Decision == nil {
		add("returned", r.Returned[n-1])
	}
	if d := r.Decision; d != nil {
		add("decided", p.T("gebiedsverbod.decided-by", "at", p.Date(d.On.Midnight()), "name", b.Name(d.By), "capacity", p.T("gebiedsverbod.option."+d.Capacity)))
	}
	add("refused", r.Refusal)
	if r.Published != nil {
		add("start", whenOf(p, deadlines.AtMoment(r.Starts())))
		add("end", whenOf(p, r.Ends()))
		if n := r.served(); n > 0 {
			add("extended", p.T("gebiedsverbod.times", "n", n, "most", mostExtensions))
		}
		if s := r.standing(at); s == InForce || s == Suspended {
			add("now", bindsNow(p, r, at.Now))
		}
	}
	for _, x := range r.Exemptions {
		if at.Now.Before(x.Until.At) {
			add("exemption", p.T("gebiedsverbod.span", "from", whenOf(p, x.From), "until", whenOf(p, x.Until))+": "+x.Where)
		}
	}
	if len(r.Seen) > 0 {
		add("seen", p.T("gebiedsverbod.seen", "n", len(r.Seen), "breaches", r.breaches()))
	}
	if b.Earlier > 0 {
		add("earlier", strconv.Itoa(b.Earlier))
	}
	add("lead", b.Name(r.Lead))
	if r.How != "" && r.Outcome == "" {
		add("how", p.T("gebiedsverbod.option."+r.How))
	}
	if r.Outcome != "" {
		add("outcome", p.T("gebiedsverbod.option."+r.Outcome))
	}
	return out
}

func (r Gebiedsverbod) breaches() int {
	n := 0
	for _, x := range r.Seen {
		if x.Result == "breach" {
			n++
		}
	}
	return n
}

// bindsNow says whether the person must stay away at this moment, and if not, why.
func bindsNow(p *text.Printer, r Gebiedsverbod, now time.Time) string {
	switch {
	case r.Binds(now):
		return p.T("gebiedsverbod.now.binds")
	case now.Before(r.Starts()):
		return p.T("gebiedsverbod.now.not-begun")
	case !r.Holds(now):
		return p.T("gebiedsverbod.now.off")
	case !r.inHours(now):
		return p.T("gebiedsverbod.now.other-hours")
	}
	return p.T("gebiedsverbod.now.exempt")
}

// reading is a heading with what was recorded under it.
type reading struct {
	Title string
	Lines []string
}

// decisionOf is what the mayor decides on, in the order of the law: the basis with its
// facts, the exceptions, the prosecutor, what the person says, the interests.
func decisionOf(p *text.Printer, r Gebiedsverbod) []reading {
	var out []reading
	add := func(code string, lines ...string) {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
		if len(lines) > 0 {
			out = append(out, reading{p.T("gebiedsverbod.read." + code), lines})
		}
	}
	add("why", r.Why)
	if x := r.Origin; x != nil {
		add("origin", p.Date(x.On.Midnight())+", "+x.From+": "+x.Words)
	}
	if l := r.Limits; l != nil {
		add("home", l.Home)
		add("work", l.Work)
		add("care", l.Care)
		add("other", l.Other)
	}
	if c := r.Consulted; c != nil {
		add("prosecutor", p.Date(c.On.Midnight())+", "+c.With+": "+c.Words)
	}
	if x := r.View; x != nil {
		add("view", x.Words, x.Answer)
	}
	if x := r.Skipped; x != nil {
		why := p.T("gebiedsverbod.option."+x.Ground) + ": " + x.Why
		add("skipped", why)
	}
	if w := r.Weighed; w != nil {
		add("fear", w.Fear)
		add("lighter", w.Lighter)
		add("size", w.Size)
		add("minor", w.Minor)
		add("balance", w.Balance)
	}
	if d := r.Draft; d != nil {
		add("facts", d.Facts)
		add("new-facts", d.NewFacts)
		add("deviates", d.Deviates)
	}
	return out
}

// drawnArea is the area as a page shows it.
type drawnArea struct {
	Streets, Objects []string
	Hours            string
	Plan             *ui.Plan
}

func areaOf(p *text.Printer, r Gebiedsverbod, at dossier.At, t measures.Terrain) drawnArea {
	a, l := r.inForce(at.Now)
	out := drawnArea{Streets: a.Streets, Objects: a.Objects}
	if ring, err := places.ParseRing(a.Outline); err == nil && len(t.Areas) > 0 {
		plan := t.Plan("kaart", p.T("gebiedsverbod.map", "place", r.Place), p.T("gebiedsverbod.map-said", "area", measures.Area(p, a.Outline)), ring)
		out.Plan = &plan
	}
	if r.Limits != nil {
		out.Hours = hoursOf(p, r, l)
	}
	return out
}

type row struct{ ISO, When, Words, From string }

// rowsOf are the disturbances, newest first.
func rowsOf(p *text.Printer, r Gebiedsverbod) []row {
	var out []row
	for _, x := range slices.Backward(r.Incidents) {
		words := x.Words
		for _, s := range []struct {
			on   bool
			code string
		}{{x.Serious, "serious-mark"}, {x.Leading, "leading-mark"}, {x.Group && !x.Leading, "group-mark"}} {
			if s.on {
				words += " (" + p.T("gebiedsverbod."+s.code) + ")"
			}
		}
		out = append(out, row{ISO: x.At.Day.String(), When: whenOf(p, x.At), Words: words, From: p.T("gebiedsverbod.option."+x.Source) + ", " + x.Reference})
	}
	return out
}

// word is the word for a value of a field whose options the file knows.
func word(p *text.Printer, _ Gebiedsverbod, x ask.Field, value string) string {
	if x.Kind == "street" && value == elsewhere {
		return p.T("gebiedsverbod.option.elsewhere")
	}
	return value
}

// options are the choices that only the file knows.
func options(p *text.Printer, f dossier.Opened[Gebiedsverbod], _ measures.Beside, x ask.Field) (out []ui.Option) {
	if x.Kind != "street" {
		return nil
	}
	a, _ := f.Record.inForce(f.At.Now)
	for _, s := range a.Streets {
		out = append(out, ui.Option{Value: s, Label: s})
	}
	return append(out, ui.Option{Value: elsewhere, Label: p.T("gebiedsverbod.option.elsewhere")})
}

// files are the photographs, the other files and the letters as they were sent, by the
// entries that name them.
func files(r Gebiedsverbod) []measures.Attached {
	var out []measures.Attached
	add := func(what string, on time.Time, ids ...string) {
		ids = slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == "" })
		out = append(out, measures.Attached{IDs: ids, What: what, On: on})
	}
	for _, x := range r.Incidents {
		add("act.gebiedsverbod.incident", moment(x.At), x.Files...)
	}
	if x := r.Origin; x != nil {
		add("act.gebiedsverbod.origin", x.On.Midnight(), x.Files...)
	}
	if x := r.Intention; x != nil {
		add("gebiedsverbod.letter.voornemen", x.Sent.Midnight(), x.Letter)
	}
	if x := r.View; x != nil {
		add("act.gebiedsverbod.view", x.Received.Midnight(), x.Files...)
	}
	if x := r.Published; x != nil {
		add("gebiedsverbod.letter.besluit", x.At.At, x.Letter)
	}
	for _, x := range r.Seen {
		add("act.gebiedsverbod.observe", x.At.At, x.Files...)
	}
	for _, x := range r.Changes {
		add("gebiedsverbod.letter.wijziging", x.Decided.Midnight(), x.Letter)
	}
	for _, x := range r.Exemptions {
		add("gebiedsverbod.letter.ontheffing", x.Decided.Midnight(), x.Letter)
	}
	for _, x := range r.Extensions {
		add("gebiedsverbod.letter.verlenging", x.Decided.Midnight(), x.Letter)
	}
	if x := r.Ending; x != nil {
		add("gebiedsverbod.letter.einde", x.On.Midnight(), x.Letter)
	}
	return out
}

// propose is what a form starts with: what the policy and the record say, and now for
// what happens now.
func propose(name string, f dossier.Opened[Gebiedsverbod], b measures.Beside) map[string]string {
	r, at := f.Record, f.At
	today := at.Today.Midnight().Format("02-01-2006")
	now := func(fields ...string) map[string]string {
		out := map[string]string{}
		for _, x := range fields {
			out[x], out[form.TimeOf(x)] = today, at.Now.In(text.Amsterdam).Format("15.04")
		}
		return out
	}
	switch name {
	case "gebiedsverbod.report":
		return map[string]string{"Lead": at.Actor.Account}
	case "gebiedsverbod.basis":
		return map[string]string{"Code": r.Basis, "Why": r.Why}
	case "gebiedsverbod.area":
		if r.Area != nil {
			return form.Typing(r.Area)
		}
	case "gebiedsverbod.limits":
		if r.Limits != nil {
			return form.Typing(r.Limits)
		}
		if r.Basis == "child" {
			return map[string]string{"Hours": "20.00-06.00"}
		}
	case "gebiedsverbod.duty":
		if r.Duty != nil {
			return form.Typing(r.Duty)
		}
	case "gebiedsverbod.weigh":
		if r.Weighed != nil {
			return form.Typing(r.Weighed)
		}
	case "gebiedsverbod.intend":
		return form.Typing(&Intention{Sent: at.Today, ViewDays: r.Policy(at.Today).ViewDays})
	case "gebiedsverbod.draft":
		return draftProposed(r, at, b)
	case "gebiedsverbod.extend":
		if r.Published == nil {
			return nil
		}
		return form.Typing(&Extension{Until: deadlines.AtMoment(threeMonths(r.Ends().At))})
	case "gebiedsverbod.change":
		a, l := r.inForce(at.Now)
		return form.Typing(&Change{Outline: a.Outline, Streets: a.Streets, Days: l.Days, Hours: l.Hours})
	case "gebiedsverbod.serve":
		out := now("At")
		out["What"] = "extension"
		if r.waits("change") {
			out["What"] = "change"
		}
		return out
	case "gebiedsverbod.exempt":
		return now("From")
	case "gebiedsverbod.view", "gebiedsverbod.object", "gebiedsverbod.relief":
		return map[string]string{"Received": today}
	case "gebiedsverbod.consult", "gebiedsverbod.decide-objection":
		return map[string]string{"On": today}
	case "gebiedsverbod.publish", "gebiedsverbod.observe", "gebiedsverbod.attend", "gebiedsverbod.rule-relief":
		return now("At")
	}
	return nil
}

// draftProposed starts with what the basis allows at most, to be made shorter.
func draftProposed(r Gebiedsverbod, at dossier.At, b measures.Beside) map[string]string {
	if r.Draft != nil {
		return form.Typing(r.Draft)
	}
	basis, ok := basisOf(r.Basis)
	if !ok {
		return nil
	}
	d := Draft{Stay: basis.may(anArea), Accompany: basis.may(accompany), Count: mostMonths, Unit: "months", Earlier: b.Earlier}
	switch basis.code {
	case "light":
		d.Count, d.Unit = min(24, r.Policy(at.Today).LightHours), "hours"
	case "apv":
		s := r.Policy(at.Today).Step(b.Earlier)
		d.Count, d.Unit = s.Count, s.Unit
	}
	return form.Typing(&d)
}
