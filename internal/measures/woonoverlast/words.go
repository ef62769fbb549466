package woonoverlast

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// face is what the page of a file shows in its own way.
func face(p *text.Printer, r Woonoverlast, at dossier.At, b measures.Beside) measures.Face {
	f := measures.Face{Subtitle: p.T("woonoverlast.subtitle"), Law: "Gemeentewet 151d", Stage: shown(r, at), Tone: tone(r, at), FactsTitle: p.T("woonoverlast.facts")}
	if len(r.Incidents) == 0 {
		return f
	}
	f.Law += "; " + r.Policy(at.Today).Article
	f.Steps, f.Facts = stepsOf(p, r, at), facts(p, r, at, b)
	part := func(id, code string, body ui.Fact) {
		f.Parts = append(f.Parts, measures.Part{ID: id, Title: p.T("woonoverlast.part." + code), Body: body.Part})
	}
	if x, ok := r.lastBan(); ok && x.Announced == nil {
		part("verbod", "ban", ui.Fact{Part: readings(banOf(p, x))})
	}
	// Once the order holds, its terms matter and not why it came: that is in the story.
	if list := decisionOf(p, r); len(list) > 0 && r.Published == nil {
		part("beslissen", "decide", ui.Fact{Part: readings(list)})
	}
	part("logboek", "log", ui.Fact{Part: logbook(p, bookOf(p, r, at))})
	return f
}

// reads are the acts that are decided on what the file says.
func reads(act string) bool {
	return slices.Contains(decisions, act) || act == "woonoverlast.return" || act == "woonoverlast.draft"
}

func tone(r Woonoverlast, at dossier.At) ui.Tone {
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
func nextOf(r Woonoverlast, at dossier.At) []string {
	switch r.stage(at) {
	case Reported:
		if len(r.Tried) == 0 {
			return []string{"try"}
		}
		return []string{"warn"}
	case Warned, Heard:
		return preparing(r, at)
	case Proposed:
		if draftReady(r, at) != "" {
			return preparing(r, at)
		}
		return []string{"decide"}
	case Decided:
		return []string{"publish"}
	case InForce, Suspended:
		return running(r, at)
	case Over:
		return append(pending(r, at), "close")
	case Refused:
		return []string{"close"}
	}
	return nil
}

// preparing is what the draft still needs.
func preparing(r Woonoverlast, at dossier.At) []string {
	p, n := r.Policy(at.Today), r.counted(at.Today)
	switch {
	case n.incidents < p.Incidents || n.reporters < p.Reporters || n.days < p.SpreadDays:
		return []string{"incident"}
	case len(r.Rules) == 0:
		return []string{"conduct"}
	case r.Weighed == nil:
		return []string{"weigh"}
	case r.Intention == nil && r.Skipped == nil:
		return []string{"intend"}
	case r.View == nil && r.Skipped == nil:
		return []string{"view"}
	}
	return []string{"draft"}
}

// pending is what a matter before the mayor or a court asks, and money that nobody
// recovers.
func pending(r Woonoverlast, at dossier.At) []string {
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
	if moneyOpen(r, at) == "" {
		out = append(out, "hand-over")
	}
	return out
}

// running puts first what waits for a decision or its Bekendmaking, then the ban, then
// remedies and money, then the evaluation, then the next control.
func running(r Woonoverlast, at dossier.At) []string {
	var out []string
	if ended(r, at) == "" {
		return append(out, "end")
	}
	if somethingWaits(r, at) == "" {
		out = append(out, "serve")
	}
	if banDecided(r, at) == "" {
		out = append(out, "announce")
	}
	if banDrafted(r, at) == "" {
		out = append(out, "ban")
	}
	if b, ok := r.lastBan(); ok && b.Announced != nil && b.Counsel == nil {
		out = append(out, "counsel")
	}
	if counselWished(r, at) == "" {
		out = append(out, "assign")
	}
	if r.Draft.Enforce == "dwangsom" && r.provable() > 0 {
		out = append(out, "forfeit")
	}
	out = append(out, pending(r, at)...)
	if d := r.evaluateOn(); d != deadlines.NoDay && at.Today >= d {
		out = append(out, "evaluate")
	}
	if prolongable(r, at) == "" {
		out = append(out, "prolong")
	}
	return append(out, "inspect")
}

// provable is the number of the first inspection that proves a sum nobody recorded, or 0.
func (r Woonoverlast) provable() int {
	for i := range r.Inspections {
		if _, code := forfeitable(r, i+1); code == "" {
			return i + 1
		}
	}
	return 0
}

// stepsOf are the stages of the procedure with their days.
func stepsOf(p *text.Printer, r Woonoverlast, at dossier.At) []measures.Step {
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
	var warned, heard, on deadlines.Day = deadlines.NoDay, deadlines.NoDay, deadlines.NoDay
	if n := len(r.Warnings); n > 0 {
		warned = r.Warnings[n-1].Sent
	}
	if r.Intention != nil {
		heard = r.Intention.Sent
	}
	if r.Decision != nil {
		on = r.Decision.On
	}
	out := []measures.Step{
		{Name: p.T("woonoverlast.step.report"), Date: when(r.Incidents[0].At.Day), State: "done"},
		{Name: p.T("woonoverlast.step.warn"), Date: when(warned), State: state(warned != deadlines.NoDay || now != Reported, now == Reported)},
		{Name: p.T("woonoverlast.step.hear"), Date: when(heard), State: state(now != Reported && now != Warned, now == Warned)},
		{Name: p.T("woonoverlast.step.draft"), State: state(decided || now == Proposed, now == Heard)},
		{Name: p.T("woonoverlast.step.decide"), Date: when(on), State: state(decided, now == Proposed)},
		{Name: p.T("woonoverlast.step.publish"), State: state(r.Published != nil, now == Decided)},
		{Name: p.T("woonoverlast.step.runs"), State: state(now == Over || now == Closed, now == InForce || now == Suspended)},
		{Name: p.T("woonoverlast.step.close"), Date: when(r.ClosedOn), State: state(r.Stage == Closed, now == Over || now == Refused)},
	}
	if r.Published != nil {
		out[5].Date, out[6].Date = when(r.Published.On), p.T("woonoverlast.until", "end", when(r.Ends()))
	}
	if r.Refusal != "" {
		out[5].State, out[6].State = "maybe", "maybe"
	}
	return out
}

// facts are the order in short: who, where, how serious, what is ordered, until when.
func facts(p *text.Printer, r Woonoverlast, at dossier.At, b measures.Beside) []ui.Fact {
	var out []ui.Fact
	add := func(code, s string) {
		if s != "" {
			out = append(out, ui.Fact{Label: p.T("woonoverlast.fact." + code), Text: s})
		}
	}
	day := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.Date(d.Midnight())
	}
	when := func(w deadlines.When) string {
		if w.At.IsZero() {
			return ""
		}
		return p.Date(w.At) + ", " + p.Clock(w.At)
	}
	add("resident", r.Resident+" ("+p.T("woonoverlast.option."+r.Role)+")")
	add("place", r.Place)
	add("minors", r.Minors)
	n := r.counted(at.Today)
	add("log", p.T("woonoverlast.tallied", "incidents", p.T("woonoverlast.tally.incidents", "n", n.incidents), "reporters", p.T("woonoverlast.tally.reporters", "n", n.reporters), "days", p.T("measures.days", "n", n.days)))
	var tried []string
	for _, x := range r.Tried {
		tried = append(tried, p.T("woonoverlast.option."+x.Kind))
	}
	if len(r.Warnings) > 0 {
		tried = append(tried, p.T("woonoverlast.warned"))
	}
	add("tried", strings.Join(tried, "; "))
	add("none-tried", r.NoneTried)
	var rules []string
	for i := range r.Rules {
		rules = append(rules, r.ruleName(strconv.Itoa(i+1)))
	}
	add("rules", strings.Join(rules, "; "))
	if d := r.Draft; d != nil {
		s := p.T("woonoverlast.option." + d.Enforce)
		if d.Enforce == "dwangsom" {
			s = p.T("woonoverlast.price", "amount", text.Euro(d.Amount), "maximum", text.Euro(d.Maximum))
		}
		add("enforce", s)
	}
	if n := len(r.Returned); n > 0 && r.Decision == nil {
		add("returned", r.Returned[n-1])
	}
	if d := r.Decision; d != nil {
		add("decided", p.T("woonoverlast.decided-by", "at", day(d.On), "name", b.Name(d.By), "capacity", p.T("woonoverlast.option."+d.Capacity)))
	}
	add("refused", r.Refusal)
	if r.Published != nil {
		add("start", day(r.Published.On))
		add("end", day(r.Ends()))
		if r.Stage == InForce || r.Stage == Suspended {
			add("evaluate", day(r.evaluateOn()))
		}
	}
	if x, ok := r.lastBan(); ok && x.Announced != nil {
		add("ban", p.T("woonoverlast.ban-span", "start", when(x.Announced.At), "end", when(r.BanEnds(at.Calendar))))
		if !r.BanHolds(at.Now, at.Calendar) {
			add("ban-state", p.T("woonoverlast.ban-off"))
		}
	}
	breaches := 0
	for _, x := range r.Inspections {
		if x.Result == "breach" {
			breaches++
		}
	}
	if len(r.Inspections) > 0 {
		add("inspections", p.T("woonoverlast.inspected", "n", len(r.Inspections), "breaches", breaches))
	}
	if sum := r.Forfeited(); sum > 0 {
		add("forfeited", "€ "+text.Euro(sum))
	}
	for _, x := range r.Handed {
		add("handed", x.Number)
	}
	if b.Earlier > 0 {
		add("earlier", strconv.Itoa(b.Earlier))
	}
	add("lead", b.Name(r.Lead))
	if r.How != "" && r.Outcome == "" {
		add("how", p.T("woonoverlast.option."+r.How))
	}
	if r.Outcome != "" {
		add("outcome", p.T("woonoverlast.option."+r.Outcome))
	}
	return out
}

// reading is a heading with what was recorded under it.
type reading struct {
	Title string
	Lines []string
}

// decisionOf is what the mayor decides on, in the order of the law: other ways, what the
// resident says, the interests, the rules.
func decisionOf(p *text.Printer, r Woonoverlast) []reading {
	var out []reading
	add := func(code string, lines ...string) {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
		if len(lines) > 0 {
			out = append(out, reading{p.T("woonoverlast.read." + code), lines})
		}
	}
	var tried []string
	for _, x := range r.Tried {
		tried = append(tried, fmt.Sprintf("%s, %s (%s): %s (%s)", p.Day(x.On.Midnight()), p.T("woonoverlast.option."+x.Kind), x.By, x.Words, p.T("woonoverlast.option."+x.Result)))
	}
	for _, x := range r.Warnings {
		tried = append(tried, p.Day(x.Sent.Midnight())+", "+p.T("woonoverlast.warned")+": "+x.Words)
	}
	add("tried", append(tried, r.NoneTried)...)
	if x := r.View; x != nil {
		add("view", x.Words, x.Answer)
	}
	if x := r.Skipped; x != nil {
		why := p.T("woonoverlast.option."+x.Ground) + ": " + x.Why
		add("skipped", why)
	}
	if w := r.Weighed; w != nil {
		add("serious", w.Serious)
		add("lighter", w.Lighter)
		add("blame", w.Blame)
		add("care", w.Care)
		add("minors", w.Minors)
		add("home", w.Home)
		add("balance", w.Balance)
	}
	var rules []string
	for i, x := range r.Rules {
		rules = append(rules, fmt.Sprintf("%d. %s %s %s", i+1, x.Words, p.T("woonoverlast.checked-by"), x.Check))
	}
	add("rules", rules...)
	if d := r.Draft; d != nil {
		add("facts", d.Facts)
		add("deviates", d.Deviates)
	}
	return out
}

// banOf is what a ban is decided on.
func banOf(p *text.Printer, b Ban) []reading {
	line := func(code, s string) reading { return reading{p.T("woonoverlast.read." + code), []string{s}} }
	out := []reading{line("ban-facts", b.Facts), line("ban-why", b.Why), line("shelter", b.Shelter), line("minors", b.Minors), line("ban-heard", b.Heard)}
	if b.NoBreach != "" {
		out = append(out, line("no-breach", b.NoBreach))
	}
	return out
}

// book is the log as the page shows it, newest first, with what the policy asks of it.
type book struct {
	Checks []check
	Rows   []row
}

type check struct {
	Who, Word string
	Done      bool
}

type row struct{ ISO, When, Words, From string }

func bookOf(p *text.Printer, r Woonoverlast, at dossier.At) book {
	var out book
	policy, n := r.Policy(at.Today), r.counted(at.Today)
	enough := func(code string, have, least int) {
		c := check{Who: p.T("woonoverlast.enough."+code, "n", have, "least", least), Word: p.T("woonoverlast.too-few"), Done: have >= least}
		if c.Done {
			c.Word = p.T("woonoverlast.enough")
		}
		out.Checks = append(out.Checks, c)
	}
	enough("incidents", n.incidents, policy.Incidents)
	enough("reporters", n.reporters, policy.Reporters)
	enough("days", n.days, policy.SpreadDays)
	for _, x := range slices.Backward(r.Incidents) {
		out.Rows = append(out.Rows, row{ISO: x.At.Day.String(), When: whenOf(p, x.At), Words: x.Words + " (" + p.T("woonoverlast.option."+x.Nature) + ")", From: p.T("woonoverlast.option."+x.Source) + ": " + x.Reporter})
	}
	return out
}

// whenOf writes a fact's place in time as far as it is known.
func whenOf(p *text.Printer, w deadlines.When) string {
	if w.At.IsZero() {
		return p.Day(w.Day.Midnight())
	}
	return p.Day(w.At) + ", " + p.Clock(w.At)
}

// word is the word for a value of a field whose options the file knows.
func word(p *text.Printer, r Woonoverlast, x ask.Field, value string) string {
	switch x.Kind {
	case "conduct":
		for _, policy := range slices.Backward(r.Policies) {
			if c, ok := policy.Rule(value); ok {
				return c.Name
			}
		}
		return p.T("woonoverlast.option.own")
	case "rule":
		if value == "ban" {
			return p.T("woonoverlast.option.ban")
		}
		if s := r.ruleName(value); s != "" {
			return s
		}
	case "inspection":
		if n, err := strconv.Atoi(value); err == nil && n >= 1 && n <= len(r.Inspections) {
			return inspectionWord(p, r, n)
		}
	}
	return value
}

func inspectionWord(p *text.Printer, r Woonoverlast, n int) string {
	x := r.Inspections[n-1]
	return fmt.Sprintf("%d. %s, %s: %s", n, whenOf(p, x.At), word(p, r, ask.Field{Kind: "rule"}, x.Rule), p.T("woonoverlast.option."+x.Result))
}

// options are the choices that only the file knows.
func options(p *text.Printer, f dossier.Opened[Woonoverlast], _ measures.Beside, x ask.Field) (out []ui.Option) {
	r := f.Record
	switch x.Kind {
	case "conduct":
		for _, c := range r.Policy(f.At.Today).Conduct {
			out = append(out, ui.Option{Value: c.Code, Label: c.Name})
		}
		out = append(out, ui.Option{Value: own, Label: p.T("woonoverlast.option.own")})
	case "rule":
		for i := range r.Rules {
			n := strconv.Itoa(i + 1)
			out = append(out, ui.Option{Value: n, Label: r.ruleName(n)})
		}
		if !r.banStart().At.IsZero() {
			out = append(out, ui.Option{Value: "ban", Label: p.T("woonoverlast.option.ban")})
		}
	case "inspection":
		for i := range r.Inspections {
			out = append(out, ui.Option{Value: strconv.Itoa(i + 1), Label: inspectionWord(p, r, i+1)})
		}
	}
	return out
}

// files are the photographs, the other files and the letters as they were sent, by the
// entries that name them.
func files(r Woonoverlast) []measures.Attached {
	var out []measures.Attached
	add := func(what string, on time.Time, ids ...string) {
		ids = slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == "" })
		out = append(out, measures.Attached{IDs: ids, What: what, On: on})
	}
	for _, x := range r.Incidents {
		add("act.woonoverlast.incident", moment(x.At), x.Files...)
	}
	for _, x := range r.Tried {
		add("act.woonoverlast.try", x.On.Midnight(), x.Files...)
	}
	for _, x := range r.Warnings {
		add("woonoverlast.letter.waarschuwing", x.Sent.Midnight(), x.Letter)
	}
	if x := r.Intention; x != nil {
		add("woonoverlast.letter.voornemen", x.Sent.Midnight(), x.Letter)
	}
	if x := r.View; x != nil {
		add("act.woonoverlast.view", x.Received.Midnight(), x.Files...)
	}
	if x := r.Published; x != nil {
		add("woonoverlast.letter.besluit", x.On.Midnight(), x.Letter)
	}
	for _, x := range r.Inspections {
		add("act.woonoverlast.inspect", moment(x.At), x.Files...)
	}
	for _, x := range r.Applied {
		add("act.woonoverlast.enforce", x.On.Midnight(), x.Files...)
	}
	for _, b := range r.Bans {
		if b.Announced != nil {
			add("woonoverlast.letter.verbod", b.Announced.At.At, b.Announced.Letter)
		}
		for _, x := range b.Extensions {
			add("woonoverlast.letter.verlenging", x.Decided, x.Letter)
		}
		if b.Stopped != nil {
			add("woonoverlast.letter.einde", b.StoppedAt, b.Stopped.Letter)
		}
	}
	for _, x := range r.Prolonged {
		add("woonoverlast.letter.verlenging", x.Decided.Midnight(), x.Letter)
	}
	if x := r.Ending; x != nil {
		add("woonoverlast.letter.einde", x.On.Midnight(), x.Letter)
	}
	return out
}

// propose is what a form starts with: what the policy and the record say, and now for
// what happens now.
func propose(name string, f dossier.Opened[Woonoverlast], b measures.Beside) map[string]string {
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
	case "woonoverlast.report":
		out := now("At")
		out["Lead"] = at.Actor.Account
		return out
	case "woonoverlast.warn":
		return form.Typing(&Warning{Sent: at.Today, Until: at.Today + deadlines.Day(r.Policy(at.Today).ChanceDays)})
	case "woonoverlast.intend":
		return form.Typing(&Intention{Sent: at.Today, ViewDays: r.Policy(at.Today).ViewDays})
	case "woonoverlast.weigh":
		if r.Weighed != nil {
			return form.Typing(r.Weighed)
		}
	case "woonoverlast.draft":
		if r.Draft != nil {
			return form.Typing(r.Draft)
		}
		p := r.Policy(at.Today)
		amount, maximum := p.Step(b.Earlier)
		return form.Typing(&Draft{Enforce: "dwangsom", Amount: amount, Maximum: maximum, Earlier: b.Earlier, Months: min(6, p.MostMonths), Weeks: p.EvaluateWeeks})
	case "woonoverlast.forfeit":
		if n := r.provable(); n > 0 {
			return map[string]string{"Inspection": strconv.Itoa(n)}
		}
	case "woonoverlast.ban-draft":
		if x, ok := r.lastBan(); ok && x.Decision == nil {
			return form.Typing(&x.BanDraft)
		}
	case "woonoverlast.extend-ban":
		return form.Typing(&BanExtension{Until: r.fourWeeks(at.Calendar)})
	case "woonoverlast.prolong":
		if r.Published == nil {
			return nil
		}
		return form.Typing(&Prolongation{Until: r.most(at.Today)})
	case "woonoverlast.serve":
		out := now("At")
		out["What"] = "order"
		if r.waits("ban") {
			out["What"] = "ban"
		}
		return out
	case "woonoverlast.view", "woonoverlast.object", "woonoverlast.relief":
		return map[string]string{"Received": today}
	case "woonoverlast.publish", "woonoverlast.try", "woonoverlast.evaluate", "woonoverlast.enforce", "woonoverlast.decide-objection":
		return map[string]string{"On": today}
	case "woonoverlast.incident", "woonoverlast.inspect", "woonoverlast.ban", "woonoverlast.announce", "woonoverlast.counsel", "woonoverlast.assign", "woonoverlast.rule-relief":
		return now("At")
	}
	return nil
}
