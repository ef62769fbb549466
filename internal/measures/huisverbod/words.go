package huisverbod

import (
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
func face(p *text.Printer, r Huisverbod, at dossier.At, b measures.Beside) measures.Face {
	f := measures.Face{Subtitle: p.T("huisverbod.subtitle"), Law: "Wth 2 lid 1", Stage: string(r.standing(at)), Tone: tone(r, at), FactsTitle: p.T("huisverbod.facts")}
	if r.Report == nil {
		return f
	}
	f.Steps, f.Facts = stepsOf(p, r, at), facts(p, r, at, b)
	if w := r.Written; w != nil && !w.Until.At.IsZero() && w.Until.At.Before(r.tenDays(at.Calendar).At) {
		f.Subtitle = p.T("huisverbod.shorter")
	}
	part := func(id string, body ui.Fact) {
		f.Parts = append(f.Parts, measures.Part{ID: id, Title: body.Label, Body: body.Part})
	}
	title := func(code string) string { return p.T("huisverbod.part." + code) }
	if r.Stage == Proposed || r.Stage == Asked {
		part("beslissen", ui.Fact{Label: title("decide"), Part: readings(decisionOf(p, r))})
	}
	if r.Stage == InForce || r.Stage == Extended {
		part("aftellen", ui.Fact{Label: title("countdown"), Part: countdown(countdownOf(p, r, at))})
		if r.Prepared != nil {
			part("verlengen", ui.Fact{Label: title("extension"), Part: readings(preparationOf(p, r))})
		}
	}
	if r.Announced != nil {
		part("hulp", ui.Fact{Label: title("help"), Part: checklist(p, helpOf(p, r, at.Now))})
		part("ingelicht", ui.Fact{Label: title("told"), Part: checklist(p, toldOf(p, r, at.Now))})
	}
	return f
}

// reads are the acts that are decided on what the file says.
func reads(act string) bool {
	return slices.Contains([]string{"huisverbod.impose", "huisverbod.impose-mandated", "huisverbod.refuse", "huisverbod.ask", "huisverbod.prepare", "huisverbod.extend", "huisverbod.not-extend", "huisverbod.withdraw"}, act)
}

func tone(r Huisverbod, at dossier.At) ui.Tone {
	switch r.standing(at) {
	case InForce, Extended:
		return ui.Danger
	case Decided, Suspended, Proposed, Asked:
		return ui.Warn
	case Over, Closed, Refused:
		return ui.Neutral
	}
	return ui.Info
}

// nextOf lists the acts that move the file on, the first that may be done being the next
// step.
func nextOf(r Huisverbod, at dossier.At) []string {
	switch r.Stage {
	case Reported:
		return preparing(r)
	case Proposed:
		if decisionReady(r, at) != "" {
			return []string{"consult"}
		}
		return []string{"impose"}
	case Asked:
		return []string{"answer"}
	case Decided:
		return []string{"announce"}
	case InForce, Extended, Suspended:
		return running(r, at)
	case Over:
		if r.Written == nil {
			return []string{"write"}
		}
		return append(court(r, at), "close")
	case Refused:
		return []string{"close"}
	}
	return nil
}

func preparing(r Huisverbod) []string {
	switch {
	case r.Risk == nil && r.NoRisk == "":
		return []string{"risk"}
	case r.Report.Abuse && len(r.Consulted) == 0:
		return []string{"consult"}
	case r.Advice == nil:
		return []string{"advise"}
	}
	return []string{"draft"}
}

// court is what a pending matter asks.
func court(r Huisverbod, at dossier.At) []string {
	switch {
	case reliefAsked(r, at) == "" && r.Reliefs[len(r.Reliefs)-1].HeardAt.At.IsZero():
		return []string{"hearing"}
	case reliefAsked(r, at) == "":
		return []string{"rule-relief"}
	case appealOpen(r, at) == "":
		return []string{"judge"}
	}
	return nil
}

// running puts first what the law wants without delay, then counsel, then the court,
// then the extension, then help.
func running(r Huisverbod, at dossier.At) []string {
	var out []string
	if ended(r, at) == "" {
		return []string{"end"}
	}
	if r.waiting() {
		out = append(out, "serve")
	}
	if r.Written == nil {
		out = append(out, "write")
	}
	if slices.ContainsFunc(r.tellings(), func(x telling) bool { return !x.done }) {
		out = append(out, "notify")
	}
	if counselWished(r, at) == "" {
		out = append(out, "assign")
	}
	if len(r.Reached) == 0 {
		out = append(out, "reach")
	}
	out = append(out, court(r, at)...)
	for _, name := range r.members() {
		if _, ok := r.helped(name); !ok {
			out = append(out, "help")
		}
	}
	if r.Prepared == nil {
		return append(out, "prepare")
	}
	if r.Stage == InForce && r.Prepared.Advice == "extend" {
		return append(out, "extend")
	}
	return append(out, "evidence")
}

// stepsOf are the stages of the procedure with their moments.
func stepsOf(p *text.Printer, r Huisverbod, at dossier.At) []measures.Step {
	when := func(w deadlines.When) string {
		switch {
		case !w.At.IsZero():
			return p.Moment(w.At, at.Now)
		case w.Day != deadlines.NoDay:
			return p.DayShort(w.Day.Midnight(), at.Now)
		}
		return ""
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
	runs := now == InForce || now == Extended || now == Suspended
	over := now == Over || now == Closed && r.Announced != nil
	outcome, decision := "", deadlines.When{}
	if r.Risk != nil {
		outcome = p.T("huisverbod.option." + r.Risk.Outcome)
	}
	if r.Decision != nil {
		decision = r.Decision.At
	}
	out := []measures.Step{
		{Name: p.T("huisverbod.step.report"), Date: when(r.Report.Incident), State: "done"},
		{Name: p.T("huisverbod.step.risk"), Date: outcome, State: state(r.Risk != nil || r.NoRisk != "" || decided, r.Stage == Reported)},
		{Name: p.T("huisverbod.step.draft"), State: state(r.Draft != nil, r.Stage == Reported && (r.Risk != nil || r.NoRisk != ""))},
		{Name: p.T("huisverbod.step.decide"), Date: when(decision), State: state(decided, r.Stage == Proposed || r.Stage == Asked)},
		{Name: p.T("huisverbod.step.announce"), Date: when(r.start()), State: state(r.Announced != nil, r.Stage == Decided)},
		{Name: p.T("huisverbod.step.runs"), State: state(over, runs)},
		{Name: p.T("huisverbod.step.extend"), Date: p.T("huisverbod.only-if-danger"), State: "maybe"},
		{Name: p.T("huisverbod.step.close"), State: state(r.Stage == Closed, now == Over)},
	}
	if r.Announced != nil {
		out[5].Date = p.T("huisverbod.until", "end", when(r.Ends(at.Calendar)))
	}
	if r.Stage == Extended || len(r.Extensions) > 0 && over {
		out[6].Date, out[6].State = when(r.Extensions[len(r.Extensions)-1].Until), "done"
	}
	if r.ClosedOn != deadlines.NoDay {
		out[7].Date = p.DayShort(r.ClosedOn.Midnight(), at.Now)
	}
	if r.Refusal != "" {
		out[4].State, out[5].State = "maybe", "maybe"
	}
	return out
}

// facts are the ban in short: who, where, until when, by whom.
func facts(p *text.Printer, r Huisverbod, at dossier.At, b measures.Beside) []ui.Fact {
	var out []ui.Fact
	add := func(code, s string) {
		if s != "" {
			out = append(out, ui.Fact{Label: p.T("huisverbod.fact." + code), Text: s})
		}
	}
	when := func(w deadlines.When) string {
		if w.At.IsZero() {
			return ""
		}
		return p.Date(w.At) + ", " + p.Clock(w.At)
	}
	x := r.Report
	add("banned", p.T("huisverbod.born", "name", x.Banned, "day", p.Day(x.Born.Midnight())))
	add("place", x.Place)
	add("adults", strings.Join(x.Adults, "; "))
	add("children", strings.Join(x.Children, "; "))
	if x.Abuse {
		add("abuse", p.T("huisverbod.abused"))
	}
	if r.Risk != nil {
		add("risk", p.T("huisverbod.option."+r.Risk.Outcome)+" ("+r.Risk.Version+")")
	} else {
		add("no-risk", r.NoRisk)
	}
	if r.Advice != nil {
		add("advice", p.T("huisverbod.option."+r.Advice.Advice)+" ("+r.Advice.By+")")
	}
	if d := r.Decision; d != nil {
		if d.Capacity == "mandated" {
			add("decided", p.T("huisverbod.decided-mandated", "at", when(d.At), "name", d.Officer, "mandate", d.Mandate))
		} else {
			add("decided", p.T("huisverbod.decided-by", "at", when(d.At), "name", b.Name(d.By), "capacity", p.T("huisverbod.option."+d.Capacity)))
		}
	}
	add("refused", r.Refusal)
	if r.Announced != nil {
		add("start", when(r.start()))
		add("end", when(r.Ends(at.Calendar)))
		if d := r.Draft; d != nil {
			add("contacts", strings.Join(d.Contacts, "; "))
		}
	}
	if n := len(r.Reached); n > 0 {
		add("reach", strings.TrimSuffix(r.Reached[n-1].Where+", "+r.Reached[n-1].Phone, ", "))
	}
	if c := r.Counsel; c != nil {
		switch {
		case c.Name != "":
			add("counsel", c.Name)
		case c.Wanted:
			add("counsel", p.T("huisverbod.counsel-asked"))
		default:
			add("counsel", p.T("huisverbod.counsel-none"))
		}
	}
	if len(r.Breaches) > 0 {
		add("breaches", strconv.Itoa(len(r.Breaches)))
	}
	if b.Earlier > 0 {
		add("earlier", strconv.Itoa(b.Earlier))
	}
	add("lead", b.Name(r.Lead))
	if r.How != "" && r.Outcome == "" {
		add("how", p.T("huisverbod.option."+r.How))
	}
	if r.Outcome != "" {
		add("outcome", p.T("huisverbod.option."+r.Outcome))
	}
	return out
}

// reading is a heading with what was recorded under it.
type reading struct {
	Title string
	Lines []string
}

// decisionOf is what the mayor decides on, in the order in which it is read at night.
func decisionOf(p *text.Printer, r Huisverbod) []reading {
	var out []reading
	add := func(code string, lines ...string) {
		lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
		if len(lines) > 0 {
			out = append(out, reading{p.T("huisverbod.read." + code), lines})
		}
	}
	o := func(s string) string { return p.T("huisverbod.option." + s) }
	if n := len(r.Questions); n > 0 {
		add("question", r.Questions[n-1].Words)
		add("answer", r.Questions[n-1].Answer)
	}
	var words []string
	for _, e := range r.Evidence {
		words = append(words, e.Words)
	}
	add("facts", words...)
	if x := r.Risk; x != nil {
		add("risk", append([]string{p.T("huisverbod.risk-parts", "person", o(x.Person), "incident", o(x.Incident), "circumstances", o(x.Circumstances))}, x.Signs...)...)
	} else {
		add("no-risk", r.NoRisk)
	}
	for _, c := range r.Consulted {
		add("consulted", c.With+": "+c.Words)
	}
	if r.Advice != nil {
		add("advice", o(r.Advice.Advice)+" ("+r.Advice.By+"): "+r.Advice.Words)
	}
	if d := r.Draft; d != nil {
		add("ground", o(d.Ground))
		add("why", d.Why)
		add("heard", d.Heard)
		add("contacts", strings.Join(d.Contacts, "; "))
		add("help", d.HelpOrg)
	}
	return out
}

// preparationOf is what an extension is decided on.
func preparationOf(p *text.Printer, r Huisverbod) []reading {
	x := r.Prepared
	line := func(code, s string) reading { return reading{p.T("huisverbod.read." + code), []string{s}} }
	return []reading{
		line("help-advice", x.HelpBy+": "+x.HelpAdvice), line("talk-banned", x.TalkBanned), line("talk-household", x.TalkHousehold),
		line("accepted", p.T("huisverbod.option.prepare.Accepted."+x.Accepted)), line("danger", p.T("huisverbod.option."+x.Danger)+". "+x.DangerWhy),
		line("extension-advice", p.T("huisverbod.option.prepare.Advice."+x.Advice)),
	}
}

// clock is the countdown to the end.
type clock struct {
	p     *text.Printer
	Left  string
	Marks []mark
	Notes []string
}

// mark is one moment before the end. Passed ones are behind us.
type mark struct {
	Name, When, ISO, Left string
	Passed                bool
}

// countdownOf counts down to the end in three marks, 72, 48 and 24 hours before it: the
// extension is prepared, decided and made known before it (law.md 3.5).
func countdownOf(p *text.Printer, r Huisverbod, at dossier.At) clock {
	end := r.Ends(at.Calendar)
	c := clock{p: p, Left: p.T("huisverbod.countdown-over")}
	if at.Now.Before(end.At) {
		c.Left = p.T("huisverbod.countdown", "hours", measures.Hours(p, end.At.Sub(at.Now)))
	}
	put := func(name string, t time.Time) {
		m := mark{Name: name, When: p.Moment(t, at.Now), ISO: t.Format(time.RFC3339), Passed: !at.Now.Before(t), Left: p.T("huisverbod.passed")}
		if !m.Passed {
			m.Left = p.T("measures.hours-left", "hours", measures.Hours(p, t.Sub(at.Now)))
		}
		c.Marks = append(c.Marks, m)
	}
	for _, hours := range []int{72, 48, 24} {
		put(p.T("huisverbod.mark."+strconv.Itoa(hours)), end.At.Add(-time.Duration(hours)*time.Hour))
	}
	put(p.T("huisverbod.mark.end"), end.At)
	c.Notes = append(c.Notes, p.T("huisverbod.most", "end", p.Date(r.fourWeeks(at.Calendar).At)+", "+p.Clock(r.fourWeeks(at.Calendar).At)))
	if r.waiting() {
		c.Notes = append(c.Notes, p.T("huisverbod.serve-before-end"))
	}
	if r.Stage == Extended {
		c.Notes = append(c.Notes, p.T("huisverbod.second-extension"))
	}
	return c
}

// check is a line of a list of what must be done: who, whether, and since when.
type check struct {
	Who, Word, Note string
	Done            bool
}

// helpOf says for each member of the household, and for the banned person, whether help
// started.
func helpOf(p *text.Printer, r Huisverbod, now time.Time) []check {
	var out []check
	for _, name := range r.members() {
		c := check{Who: name, Word: p.T("huisverbod.help-no")}
		if name == r.Report.Banned {
			c.Who = p.T("huisverbod.banned-name", "name", name)
		}
		if h, ok := r.helped(name); ok {
			c.Done, c.Note = h.Started, p.T("huisverbod.help-note", "org", h.Org, "day", p.DayShort(h.On.Midnight(), now))
			c.Word = p.T("huisverbod.help-refused")
			if h.Started {
				c.Word = p.T("huisverbod.help-yes")
			}
		}
		out = append(out, c)
	}
	return out
}

// toldOf says of everybody who must be told whether they were, by whom and when.
func toldOf(p *text.Printer, r Huisverbod, now time.Time) []check {
	var out []check
	for _, x := range r.tellings() {
		c := check{Who: p.T("huisverbod.who." + x.to), Word: p.T("huisverbod.not-told"), Done: x.done}
		if x.about != "ban" {
			c.Who = p.T("huisverbod.told-of", "who", c.Who, "about", p.T("huisverbod.option."+x.about))
		}
		if n := x.notice; x.done {
			c.Word, c.Note = p.T("huisverbod.told"), n.Name+", "+p.Moment(n.At.At, now)+", "+p.T("huisverbod.option."+n.How)
		}
		out = append(out, c)
	}
	return out
}

// word is the word for a value of a field whose options the file knows.
func word(_ *text.Printer, _ Huisverbod, _ ask.Field, value string) string { return value }

// options are the choices that only the file knows.
func options(_ *text.Printer, f dossier.Opened[Huisverbod], _ measures.Beside, x ask.Field) (out []ui.Option) {
	if x.Kind == "member" && f.Record.Report != nil {
		for _, name := range f.Record.members() {
			out = append(out, ui.Option{Value: name, Label: name})
		}
	}
	return out
}

// files are the photographs and other files, by the entries that name them.
func files(r Huisverbod) []measures.Attached {
	var out []measures.Attached
	add := func(what string, on time.Time, ids ...string) {
		ids = slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == "" })
		out = append(out, measures.Attached{IDs: ids, What: what, On: on})
	}
	for i, e := range r.Evidence {
		what := "act.huisverbod.evidence"
		if i == 0 {
			what = "act.huisverbod.report" // the first fact is the report itself
		}
		add(what, moment(e.At), e.Files...)
	}
	if r.Risk != nil {
		add("act.huisverbod.risk", moment(r.Risk.At), r.Risk.Files...)
	}
	if w := r.Written; w != nil {
		add("huisverbod.letter.besluit", moment(w.At), w.Letter)
		add("act.huisverbod.write", moment(w.At), w.Files...)
	}
	for _, x := range r.Extensions {
		add("huisverbod.letter.verlenging", x.Decided, x.Letter)
	}
	if r.Withdrawn != nil {
		add("huisverbod.letter.intrekking", r.StoppedAt, r.Withdrawn.Letter)
	}
	for _, b := range r.Breaches {
		add("act.huisverbod.breach", moment(b.At), b.Files...)
	}
	return out
}

// propose is what a form starts with: what the record says, and now for what happens
// now.
func propose(name string, f dossier.Opened[Huisverbod], _ measures.Beside) map[string]string {
	r, at := f.Record, f.At
	now := func(fields ...string) map[string]string {
		out := map[string]string{}
		for _, x := range fields {
			out[x], out[form.TimeOf(x)] = at.Today.Midnight().Format("02-01-2006"), at.Now.In(text.Amsterdam).Format("15.04")
		}
		return out
	}
	switch name {
	case "huisverbod.report":
		out := now("Incident")
		out["Lead"] = at.Actor.Account
		return out
	case "huisverbod.risk":
		if r.Risk != nil {
			return form.Typing(r.Risk)
		}
		return now("At")
	case "huisverbod.draft":
		if r.Draft != nil {
			return form.Typing(r.Draft)
		}
		if r.Report == nil {
			return nil
		}
		return form.Typing(&Draft{Facts: r.Report.Facts, Contacts: r.household()})
	case "huisverbod.impose-mandated":
		return now("At", "Informed")
	case "huisverbod.prepare":
		if r.Prepared != nil {
			return form.Typing(r.Prepared)
		}
	case "huisverbod.extend":
		return form.Typing(&Extension{Until: r.fourWeeks(at.Calendar)})
	case "huisverbod.help":
		out := now("On")
		for _, m := range r.membersWithoutHelp() {
			out["Member"] = m
			break
		}
		return out
	case "huisverbod.write":
		if a := r.Announced; a != nil && a.How == "handed" {
			return form.Typing(&Written{At: a.At, How: "handed"}) // what was handed over is the announcement itself
		}
		return now("At")
	case "huisverbod.evidence", "huisverbod.consult", "huisverbod.advise", "huisverbod.impose", "huisverbod.refuse", "huisverbod.announce", "huisverbod.notify", "huisverbod.reach",
		"huisverbod.counsel", "huisverbod.assign", "huisverbod.breach", "huisverbod.serve", "huisverbod.hearing", "huisverbod.rule-relief":
		return now("At")
	}
	return nil
}

// membersWithoutHelp are those of whom nothing is known yet.
func (r Huisverbod) membersWithoutHelp() []string {
	if r.Report == nil {
		return nil
	}
	return slices.DeleteFunc(r.members(), func(name string) bool { _, ok := r.helped(name); return ok })
}
