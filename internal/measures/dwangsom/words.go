package dwangsom

import (
	"fmt"
	"slices"
	"strconv"
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
func (m *Room) face(p *text.Printer, r Dwangsom, at dossier.At, b measures.Beside) measures.Face {
	f := measures.Face{Subtitle: m.breachName(r.Breach), Law: lawOf(r), Stage: string(r.Stage), Tone: tone(r), Steps: stepsOf(p, r, at), FactsTitle: p.T("dwangsom.order"), Facts: facts(p, r, b)}
	if f.Subtitle == "" {
		f.Subtitle = p.T("dwangsom.no-breach-yet")
	}
	return f
}

func (m *Room) breachName(code string) string {
	for i := len(m.Policies) - 1; i >= 0; i-- {
		if b, ok := m.Policies[i].Breach(code); ok {
			return b.Name
		}
	}
	return ""
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
func facts(p *text.Printer, r Dwangsom, b measures.Beside) []ui.Fact {
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
		add("earlier", strconv.Itoa(max(r.Earlier, b.Earlier)))
	}
	add("lead", b.Name(r.Lead))
	if r.Mandate != "" {
		add("signed", p.T("dwangsom.signed-by", "name", b.Name(r.SignedBy), "mandate", r.Mandate))
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

// inspectionWord names an inspection by its number, its day and what was seen.
func inspectionWord(p *text.Printer, r Dwangsom, number int, now time.Time) string {
	if number < 1 || number > len(r.Inspections) {
		return strconv.Itoa(number)
	}
	i := r.Inspections[number-1]
	result := measures.Words{P: p, Kind: Name}.Option("dwangsom.inspect", "Result", i.Result)
	return p.T("dwangsom.inspection", "n", strconv.Itoa(number), "when", p.DayShort(moment(i.At), now), "result", result)
}

// word is the word for a value of a field whose options the file knows.
func (m *Room) word(p *text.Printer, r Dwangsom, f ask.Field, value string) string {
	switch f.Kind {
	case "breach":
		return m.breachName(value)
	case "inspection":
		if n, err := strconv.Atoi(value); err == nil {
			return inspectionWord(p, r, n, r.Opened)
		}
	}
	return value
}

// files are the photographs and other files, by the entries that name them.
func files(r Dwangsom) []measures.Attached {
	var out []measures.Attached
	for i, e := range r.Evidence {
		what := "act.dwangsom.evidence"
		if i == 0 {
			what = "act.dwangsom.report" // the first fact is the report itself
		}
		out = append(out, measures.Attached{IDs: e.Photos, What: what, On: moment(e.On)})
	}
	for _, i := range r.Inspections {
		out = append(out, measures.Attached{IDs: i.Photos, What: "act.dwangsom.inspect", On: moment(i.At)})
	}
	for _, v := range []*View{r.View, r.RecoveryView} {
		if v != nil {
			out = append(out, measures.Attached{IDs: v.Files, What: "act.dwangsom.view", On: dayTime(v.Received)})
		}
	}
	if r.SignedLetter != "" {
		out = append(out, measures.Attached{IDs: []string{r.SignedLetter}, What: "dwangsom.letter.signed", On: dayTime(r.SignedOn)})
	}
	if r.Publication != nil {
		out = append(out, measures.Attached{IDs: r.Publication.Files, What: "act.dwangsom.publish", On: dayTime(r.Publication.On)})
	}
	return out
}

// options are the choices that only the file or the policy knows.
func options(p *text.Printer, f dossier.Opened[Dwangsom], _ measures.Beside, x ask.Field) (out []ui.Option) {
	r := f.Record
	switch x.Kind {
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
func propose(name string, f dossier.Opened[Dwangsom], b measures.Beside) map[string]string {
	r, at := f.Record, f.At
	policy := r.Policy(at.Today)
	switch name {
	case "dwangsom.report":
		return map[string]string{"Lead": at.Actor.Account, "Seen": at.Today.Midnight().Format("02-01-2006"), form.TimeOf("Seen"): at.Now.In(text.Amsterdam).Format("15.04")}
	case "dwangsom.basis":
		return form.Typing(&Basis{Breach: r.Breach, Earlier: b.Earlier})
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
		amount, maximum := k.Step(max(r.Earlier, b.Earlier))
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
