package sluiting

import (
	"embed"
	"strconv"
	"strings"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/measures"
	"baken/internal/text"
)

// The letters are Dutch: they are decisions of a Dutch municipality.
//
//go:embed letters/*.txt letters/gedeeld/*.txt
var letterFiles embed.FS

var letterKinds = []measures.Letter[Sluiting]{
	{Code: "voornemen", Acts: []string{"sluiting.intend"}, To: toPerson,
		// Who was warned without being heard gets no intention afterwards.
		Ready: func(r Sluiting) bool {
			return r.IntentionOn != deadlines.NoDay || (r.Find != nil || r.Disturbance != nil) && r.Skipped == nil && r.Draft == nil
		},
		Final: func(r Sluiting) bool { return r.IntentionOn != deadlines.NoDay },
		On:    func(r Sluiting) deadlines.Day { return r.IntentionOn }},
	{Code: "besluit", Acts: []string{"sluiting.draft", "sluiting.check", "sluiting.sign"}, To: toPerson, Ready: drafted("ordinary"), Final: isSigned, On: signedOn},
	{Code: "spoedbesluit", Acts: []string{"sluiting.draft", "sluiting.check", "sluiting.sign-urgent"}, To: toPerson, Ready: drafted("urgent"), Final: isSigned, On: signedOn},
	{Code: "waarschuwing", Acts: []string{"sluiting.draft", "sluiting.check", "sluiting.warn"}, To: toPerson, Ready: drafted("warning"), Final: isSigned, On: signedOn},
	{Code: "verhuurder", Acts: []string{"sluiting.landlord"}, To: Sluiting.rightHolders,
		Ready: func(r Sluiting) bool {
			return r.Publication != nil && r.Draft.Outcome == "closure" && len(r.rightHolders()) > 0
		},
		Final: func(r Sluiting) bool { return true },
		On: func(r Sluiting) deadlines.Day {
			on := r.Publication.On
			if len(r.Seals) > 0 { // it tells since when the premises are closed
				on = max(on, r.Seals[0].At.Day)
			}
			return on
		}},
	{Code: "verlenging", Acts: []string{"sluiting.extend", "sluiting.serve"}, To: toPerson,
		Ready: func(r Sluiting) bool { return len(r.Extensions) > 0 },
		Final: func(r Sluiting) bool { return true },
		On:    func(r Sluiting) deadlines.Day { return r.Extensions[len(r.Extensions)-1].On },
		By:    func(r Sluiting) string { return r.Extensions[len(r.Extensions)-1].By }},
	{Code: "kosten", Acts: []string{"sluiting.costs"}, To: toPerson,
		Ready: func(r Sluiting) bool { return len(r.Costs) > 0 },
		Final: func(r Sluiting) bool { return true },
		On:    func(r Sluiting) deadlines.Day { return r.Costs[len(r.Costs)-1].On }},
	{Code: "heropening", Acts: []string{"sluiting.decide-request"}, To: func(r Sluiting) []string { return []string{r.lastDecided().From} },
		Ready: func(r Sluiting) bool { return r.lastDecided().DecidedOn != deadlines.NoDay },
		Final: func(r Sluiting) bool { return true },
		On:    func(r Sluiting) deadlines.Day { return r.lastDecided().DecidedOn },
		By:    func(r Sluiting) string { return r.lastDecided().By }},
}

func drafted(kind string) func(r Sluiting) bool {
	return func(r Sluiting) bool { return r.Draft != nil && r.Draft.kind() == kind }
}

func isSigned(r Sluiting) bool { return r.Signed != nil }

func signedOn(r Sluiting) deadlines.Day { return r.Signed.On }

// lastDecided is the request that was decided last.
func (r Sluiting) lastDecided() (out Request) {
	for _, q := range r.Requests {
		if q.DecidedOn != deadlines.NoDay && q.DecidedOn >= out.DecidedOn {
			out = q
		}
	}
	return out
}

// toPerson is the offender at the address for letters.
func toPerson(r Sluiting) []string {
	return append([]string{r.Report.Person}, strings.Split(r.Report.Address, ", ")...)
}

// signed names the letter that an act puts in the file as it was made.
func signed(in any) (string, *string) {
	switch in := in.(type) {
	case *Signing:
		return "besluit", &in.Letter
	case *SigningUrgent:
		return "spoedbesluit", &in.Letter
	case *SigningWarning:
		return "waarschuwing", &in.Letter
	case *Serving:
		return "verlenging", &in.Letter
	case *Costs:
		return "kosten", &in.Letter
	case *DecideRequest:
		return "heropening", &in.Letter
	}
	return "", nil
}

// optional are the values that a letter asks with a condition: empty means that its part
// is left out.
var optional = map[string]bool{"found": true, "trade": true, "preparation": true, "conduct": true, "violence": true, "weapon": true, "knowledge": true, "health": true, "earlier": true, "deviation": true,
	"view": true, "view-answer": true, "skipped": true, "tie": true, "medical": true, "minors": true, "housing": true, "lease": true, "blacklist": true, "costs": true, "at-once": true, "sealed-on": true, "open-on": true, "signature": true}

// calendar is that of the law alone: no decree moves what a letter of this measure says
// but the last day to pay, and there the page has the day that counts.
var calendar = deadlines.Builtin()

// values are what the templates can ask, as a reader has them.
func values(r Sluiting, f measures.Filling) map[string]string {
	p := text.For(text.NL)
	day := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.Day(d.Midnight())
	}
	x, policy := r.Report, r.Policy(f.Today)
	v := map[string]string{"person": x.Person, "place": x.Place, "facts": x.Facts, "found-on": day(x.Found), "report-on": day(x.Dated), "received-on": day(x.Received), "town": f.Town, "number": f.Number,
		"articles": articles(r), "policy": policy.ID, "look-back": strconv.Itoa(policy.LookBack), "cell": letterCell(p, r.cell(f.Today)), "view-until": day(r.ViewUntil), "measures": measuresMark, "items": itemsMark,
		"since": sinceWords(p, r, r.days(f.Today)), "end": day(r.Ends(calendar)), "published-on": "", "sealed-on": "", "landlord": "", "signature": "", "earlier": "", "knowledge": "", "health": "",
		"found": "", "why-power": "", "trade": "", "preparation": "", "conduct": "", "violence": "", "weapon": ""}
	power(p, r, v)
	if n := r.earlier(); n > 0 {
		v["earlier"] = strconv.Itoa(n)
	}
	if len(r.Seals) > 0 {
		v["sealed-on"] = momentWords(p, r.Seals[0].At)
	}
	if r.Publication != nil {
		v["published-on"] = day(r.Publication.On)
	}
	v["landlord"] = p.List(r.rightHolders())
	decision(p, r, v)
	if s := r.Signed; s != nil {
		v["since"] = sinceWords(p, r, r.days(s.On))
		v["signature"] = signature(p, s.Capacity, f)
	}
	later(p, r, f, v)
	return v
}

// power are the words of why the mayor may act.
func power(p *text.Printer, r Sluiting, v map[string]string) {
	if d := r.Disturbance; d != nil {
		v[d.Ground], v["why-power"], v["health"] = "ja", d.Facts, d.Health
	}
	if x := r.Find; x != nil {
		v[x.Limb], v["why-power"], v["knowledge"], v["found"] = "ja", x.Trade, x.Knowledge, powerWords(p, r)
	}
}

// decision are the words of the draft, of hearing and of the test.
func decision(p *text.Printer, r Sluiting, v map[string]string) {
	for _, k := range []string{"summary", "length", "days", "urgency", "deviation", "costs", "at-once", "view", "view-answer", "skipped", "aim", "seriousness", "lighter", "area", "delay", "blame", "tie", "medical", "minors",
		"housing", "lease", "blacklist", "duration", "balance"} {
		v[k] = ""
	}
	if d := r.Draft; d != nil {
		v["summary"], v["urgency"], v["deviation"] = d.Summary, d.Urgency, d.Deviation
		if d.Length > 0 && d.Unit != "" {
			v["length"] = lengthWords(p, d.Length, d.Unit)
		}
		if d.Days > 0 {
			v["days"] = p.T("measures.days", "n", d.Days)
		}
		if d.Costs == "offender" {
			v["costs"] = "ja"
		}
	}
	if r.AtOnce != "" {
		v["at-once"] = "ja"
	}
	if r.View != nil {
		v["view"], v["view-answer"] = r.View.Words, r.View.Answer
		if r.View.How == "none" {
			v["view"], v["view-answer"] = p.T("measures.no-view"), "" // the reader knows what was not written
		}
	}
	if r.Skipped != nil {
		v["skipped"] = r.Skipped.Why
	}
	if w := r.Weighed; w != nil {
		for k, s := range map[string]string{"aim": w.Aim, "seriousness": w.Seriousness, "lighter": w.Lighter, "area": w.Area, "delay": w.Delay, "blame": w.Blame, "duration": w.Duration, "balance": w.Outcome} {
			if s == "" {
				s = w.Blank // the reason stands in the place of the answer
			}
			v[k] = s
		}
		if r.dwelling() {
			v["tie"], v["medical"], v["minors"], v["housing"], v["lease"], v["blacklist"] = w.Tie, w.Medical, w.Minors, w.Housing, w.Lease, w.Blacklist
		}
	}
}

// later are the words of the letters that follow on the decision.
func later(p *text.Printer, r Sluiting, f measures.Filling, v map[string]string) {
	day := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.Day(d.Midnight())
	}
	for _, k := range []string{"extra", "fear", "heard-again", "extension-balance", "first-end", "amount", "pay-by", "reasonable", "asker", "asked", "asked-on", "asked-why", "open-on"} {
		v[k] = ""
	}
	if n := len(r.Extensions); n > 0 && f.Letter == "verlenging" {
		x := r.Extensions[n-1]
		before, then := r, r
		before.Extensions = r.Extensions[:n-1]
		then.Extensions = append([]Extension{}, r.Extensions...)
		then.Extensions[n-1].Served = x.On // as it will be when it is made known
		v["fear"], v["heard-again"], v["extension-balance"], v["first-end"], v["end"], v["signature"] = x.Fear, x.Heard, x.Balance, day(before.Ends(calendar)), day(then.Ends(calendar)), signature(p, x.Capacity, f)
		if x.Length > 0 && x.Unit != "" {
			v["extra"] = lengthWords(p, x.Length, x.Unit)
		}
	}
	if n := len(r.Costs); n > 0 {
		x := r.Costs[n-1]
		v["amount"], v["reasonable"], v["pay-by"] = text.Euro(x.Amount), x.Reasonable, day(payBy(calendar, x))
	}
	if q := r.lastDecided(); q.DecidedOn != deadlines.NoDay && f.Letter == "heropening" {
		v["asker"], v["asked"], v["asked-on"], v["asked-why"], v["signature"] = q.From, q.Words, day(q.Received), q.Why, signature(p, q.Capacity, f)
		if q.Outcome == "granted" {
			v["open-on"] = day(q.OpenOn)
		}
	}
}

// sinceWords is the time between what happened and the decision.
func sinceWords(p *text.Printer, r Sluiting, days int) string {
	if days <= 0 {
		return p.T("sluiting.letter.same-day")
	}
	return p.T("sluiting.letter.since", "n", days, "on", p.Day(r.Report.Found.Midnight()))
}

// letterCell is a cell of the matrix in a sentence.
func letterCell(p *text.Printer, c Cell) string {
	if c.Code == "" {
		return ""
	}
	return p.T("sluiting.letter.cell", "code", c.Code, "what", cellWhat(p, c), "occasion", occasionWords(p, c.Occasion), "asks", cellAsks(p, c))
}

// articles is the ground of the decision, as a letter names it.
func articles(r Sluiting) string {
	if r.Report.Type == Order {
		return "artikel 174a Gemeentewet"
	}
	return "artikel 13b Opiumwet"
}

// signature says in whose name a decision is taken: the mayor's, always.
func signature(p *text.Printer, capacity string, f measures.Filling) string {
	if capacity == "" || f.Signer == "" {
		return "" // a preview: nobody has signed yet
	}
	return p.T("sluiting.letter."+capacity, "town", f.Town, "name", f.Signer)
}

// What a template cannot say because its length is not known stands as a mark in a
// paragraph of its own.
const (
	measuresMark = "[maatregelen]"
	itemsMark    = "[kosten]"
)

// expand puts the list in the place of its mark.
func expand(b documents.Block, r Sluiting) []documents.Block {
	if b.Kind != documents.Paragraph {
		return []documents.Block{b}
	}
	var lines []string
	switch b.Text.String() {
	case measuresMark:
		if r.Draft != nil {
			lines = r.Draft.Measures
		}
	case itemsMark:
		if n := len(r.Costs); n > 0 {
			lines = r.Costs[n-1].Items
		}
	default:
		return []documents.Block{b}
	}
	if len(lines) == 0 {
		return nil
	}
	out := documents.Block{Kind: documents.List}
	for _, x := range lines {
		out.Items = append(out.Items, documents.Plain(x))
	}
	return []documents.Block{out}
}
