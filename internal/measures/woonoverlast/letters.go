package woonoverlast

import (
	"embed"
	"fmt"
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

func always(Woonoverlast) bool { return true }

var letterKinds = []measures.Letter[Woonoverlast]{
	{Code: "waarschuwing", Acts: []string{"woonoverlast.warn"}, To: toResident, Final: always,
		Ready: func(r Woonoverlast) bool { return len(r.Warnings) > 0 },
		On:    func(r Woonoverlast) deadlines.Day { return r.Warnings[len(r.Warnings)-1].Sent },
		By:    func(r Woonoverlast) string { return r.Warnings[len(r.Warnings)-1].By }},
	{Code: "voornemen", Acts: []string{"woonoverlast.intend"}, To: toResident, Final: always,
		Ready: func(r Woonoverlast) bool { return r.Intention != nil },
		On:    func(r Woonoverlast) deadlines.Day { return r.Intention.Sent },
		By:    func(r Woonoverlast) string { return r.Intention.By }},
	{Code: "besluit", Acts: []string{"woonoverlast.draft", "woonoverlast.decide", "woonoverlast.publish"}, To: toResident,
		Ready: func(r Woonoverlast) bool { return r.Draft != nil && r.Refusal == "" },
		Final: func(r Woonoverlast) bool { return r.Published != nil },
		On:    func(r Woonoverlast) deadlines.Day { return r.Published.On }},
	{Code: "verbod", Acts: []string{"woonoverlast.ban-draft", "woonoverlast.ban", "woonoverlast.announce"}, To: inPerson,
		Ready: func(r Woonoverlast) bool { return len(r.Bans) > 0 },
		Final: func(r Woonoverlast) bool { return !r.banStart().At.IsZero() },
		On:    func(r Woonoverlast) deadlines.Day { return r.banStart().Day },
		By: func(r Woonoverlast) string {
			if b, _ := r.lastBan(); b.Decision != nil {
				return b.Decision.By
			}
			return ""
		}},
	{Code: "verlenging", Acts: []string{"woonoverlast.prolong", "woonoverlast.extend-ban", "woonoverlast.serve"}, To: inPerson, Final: always,
		Ready: func(r Woonoverlast) bool { _, ok := lastLonger(r); return ok },
		On:    func(r Woonoverlast) deadlines.Day { x, _ := lastLonger(r); return x.decided },
		By:    func(r Woonoverlast) string { x, _ := lastLonger(r); return x.by }},
	{Code: "einde", Acts: []string{"woonoverlast.withdraw", "woonoverlast.withdraw-ban", "woonoverlast.end"}, To: toResident, Final: always,
		Ready: func(r Woonoverlast) bool { _, ok := lastEnding(r); return ok },
		On:    func(r Woonoverlast) deadlines.Day { x, _ := lastEnding(r); return x.On },
		By:    func(r Woonoverlast) string { x, _ := lastEnding(r); return x.By }},
}

func toResident(r Woonoverlast) []string {
	to := r.Place
	if r.Address != "" {
		to = r.Address
	}
	return append([]string{r.Resident}, strings.Split(to, ", ")...)
}

// inPerson: what concerns a ban is handed over, for the resident may not be at home.
func inPerson(r Woonoverlast) []string {
	if b, ok := r.lastBan(); ok && b.Stopped == nil {
		return []string{r.Resident, "Uit te reiken in persoon"}
	}
	return toResident(r)
}

// longer is an extension, of the order or of the ban.
type longer struct {
	ban                             bool
	until, why, heard, capacity, by string
	decided                         deadlines.Day
}

// lastLonger is the extension that was decided last.
func lastLonger(r Woonoverlast) (longer, bool) {
	p := text.For(text.NL)
	var out longer
	ok := false
	if n := len(r.Prolonged); n > 0 {
		x := r.Prolonged[n-1]
		out, ok = longer{until: p.Date(x.Until.Midnight()), why: x.Why, heard: x.Heard, capacity: x.Capacity, by: x.By, decided: x.Decided}, true
	}
	if b, _ := r.lastBan(); len(b.Extensions) > 0 {
		x := b.Extensions[len(b.Extensions)-1]
		if day := deadlines.DayOf(x.Decided); !ok || day >= out.decided && !r.waits("order") {
			out, ok = longer{ban: true, until: moments(p, x.Until), why: x.Why, heard: x.Heard, capacity: x.Capacity, by: x.By, decided: day}, true
		}
	}
	return out, ok
}

// lastEnding is how the order ended, or the ban alone.
func lastEnding(r Woonoverlast) (Ending, bool) {
	if r.Ending != nil {
		return *r.Ending, true
	}
	if b, _ := r.lastBan(); b.Stopped != nil {
		return Ending{How: "ban", Capacity: b.Stopped.Capacity, Why: b.Stopped.Why, By: b.Stopped.By, Letter: b.Stopped.Letter, On: deadlines.DayOf(b.StoppedAt)}, true
	}
	return Ending{}, false
}

// signed names the letter that an act puts in the file as it was made.
func signed(in any) (string, *string) {
	switch in := in.(type) {
	case *Warning:
		return "waarschuwing", &in.Letter
	case *Intention:
		return "voornemen", &in.Letter
	case *Publication:
		return "besluit", &in.Letter
	case *Announcement:
		return "verbod", &in.Letter
	case *Serving:
		return "verlenging", &in.Letter
	case *Withdrawal:
		return "einde", &in.Letter
	case *BanWithdrawal:
		return "einde", &in.Letter
	case *End:
		return "einde", &in.Letter
	}
	return "", nil
}

// optional are the values that a letter asks with a condition: empty means that its part
// is left out.
var optional = map[string]bool{"dwangsom": true, "comply": true, "deviates": true, "view": true, "skipped": true, "none-tried": true, "tried": true, "ban": true, "withdrawn": true, "ended": true,
	"signature": true, "lets": true, "no-breach": true, "answer": true}

// calendar is that of the law alone: no decree moves the end of a ban (Wth 13).
var calendar = deadlines.Builtin()

func moments(p *text.Printer, w deadlines.When) string {
	if w.At.IsZero() {
		return ""
	}
	return p.Date(w.At) + ", " + p.Clock(w.At)
}

// values are what the templates can ask, as a reader has them. Who reported is not among
// them, and a name that slipped into the words is masked.
func values(r Woonoverlast, f measures.Filling) map[string]string {
	p := text.For(text.NL)
	day := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.Date(d.Midnight())
	}
	yes := map[bool]string{true: "ja"}
	on := f.Today
	if r.Decision != nil {
		on = r.Decision.On // a decision keeps the rules of its day, however late it is printed
	}
	policy := r.Policy(on)
	v := map[string]string{"resident": r.Resident, "place": r.Place, "town": f.Town, "number": f.Number, "article": policy.Article, "policy": policy.ID, "lets": yes[r.Role == "lets"],
		"incidents": incidentsMark, "rules": rulesMark, "attempts": triedMark, "tried": yes[len(r.Tried)+len(r.Warnings) > 0], "none-tried": r.NoneTried}
	for _, empty := range strings.Fields("warn-words warn-until view-until facts dwangsom amount maximum comply deviates months end evaluate start view answer skipped serious lighter blame care minors home balance decided signature " +
		"ban ban-start ban-end ban-most ban-facts ban-why ban-heard ban-minors shelter no-breach until longer-why longer-heard withdrawn ended ending-why ended-on") {
		v[empty] = ""
	}
	if n := len(r.Warnings); n > 0 {
		v["warn-words"], v["warn-until"] = r.Warnings[n-1].Words, day(r.Warnings[n-1].Until)
	}
	if i := r.Intention; i != nil {
		v["view-until"] = day(i.until())
	}
	if x := r.View; x != nil {
		v["view"], v["answer"] = x.Words, x.Answer
		if x.How == "none" {
			v["view"], v["answer"] = p.T("measures.no-view"), "" // the reader knows what was not written
		}
	}
	if x := r.Skipped; x != nil {
		v["skipped"] = x.Why
	}
	if w := r.Weighed; w != nil {
		v["serious"], v["lighter"], v["blame"], v["care"], v["minors"], v["home"], v["balance"] = w.Serious, w.Lighter, w.Blame, w.Care, w.Minors, w.Home, w.Balance
	}
	if d := r.Draft; d != nil {
		v["facts"], v["dwangsom"], v["deviates"], v["months"] = d.Facts, yes[d.Enforce == "dwangsom"], d.Deviates, strconv.Itoa(d.Months)
		v["amount"], v["maximum"] = "€\u00a0"+text.Euro(d.Amount), "€\u00a0"+text.Euro(d.Maximum)
		// Before the Bekendmaking the days are counted from it, in words.
		v["start"], v["end"], v["evaluate"] = "de dag waarop dit besluit is bekendgemaakt", p.T("measures.months", "n", d.Months)+" daarna", "binnen "+p.T("measures.weeks", "n", d.Weeks)+" daarna"
		if d.ComplyDays > 0 {
			v["comply"] = "binnen " + p.T("measures.days", "n", d.ComplyDays) + " na de bekendmaking"
		}
		if r.Published != nil {
			first := r
			first.Prolonged, first.Evaluations = nil, nil
			v["start"], v["end"], v["evaluate"] = day(r.Published.On), day(first.Ends()), "op "+day(first.evaluateOn())
			if f.Letter != "besluit" {
				v["end"] = day(r.Ends())
			}
			if d.ComplyDays > 0 {
				v["comply"] = "uiterlijk op " + day(r.complyBy())
			}
		}
	}
	if d := r.Decision; d != nil {
		v["decided"] = day(d.On)
	}
	capacity := ""
	switch f.Letter {
	case "waarschuwing", "voornemen":
		capacity = "signed"
	case "besluit":
		if r.Decision != nil {
			capacity = r.Decision.Capacity
		}
	case "verbod":
		b, _ := r.lastBan()
		v["ban-facts"], v["ban-why"], v["ban-heard"], v["ban-minors"], v["shelter"], v["no-breach"] = b.Facts, b.Why, b.Heard, b.Minors, b.Shelter, b.NoBreach
		v["ban-start"], v["ban-end"], v["ban-most"] = "het moment waarop dit besluit aan u is uitgereikt", "tien dagen daarna, op hetzelfde tijdstip", "vier weken vanaf het begin"
		if b.Announced != nil {
			first := r.withBan(func(b *Ban) { b.Extensions = nil })
			v["ban-start"], v["ban-end"], v["ban-most"] = moments(p, b.Announced.At), moments(p, first.BanEnds(calendar)), moments(p, r.fourWeeks(calendar))
		}
		if b.Decision != nil {
			capacity, v["decided"] = b.Decision.Capacity, moments(p, b.Decision.At)
		}
	case "verlenging":
		x, _ := lastLonger(r)
		v["ban"], v["until"], v["longer-why"], v["longer-heard"], v["decided"] = yes[x.ban], x.until, x.why, x.heard, day(x.decided)
		v["ban-start"], v["start"] = moments(p, r.banStart()), v["start"]
		capacity = x.capacity
	case "einde":
		x, _ := lastEnding(r)
		v["ban"], v["withdrawn"], v["ended"], v["ending-why"], v["ended-on"] = yes[x.How == "ban"], yes[x.How == "withdrawn"], yes[x.How != "ban" && x.How != "withdrawn"], x.Why, day(x.On)
		capacity = x.Capacity
		if x.How == "ended" {
			v["ended-on"], capacity = day(r.Ends()), "signed"
		}
	}
	if capacity != "" && f.Signer != "" {
		v["signature"] = p.T("woonoverlast.letter."+capacity, "town", f.Town, "name", f.Signer)
	}
	for name, s := range v {
		if name != "resident" && name != "place" && name != "signature" {
			v[name] = r.masked(s)
		}
	}
	return v
}

// The marks stand in a template for a list or a table of the file.
const (
	incidentsMark = "[meldingen]"
	rulesMark     = "[gedragsregels]"
	triedMark     = "[geprobeerd]"
)

func expand(b documents.Block, r Woonoverlast) []documents.Block {
	if b.Kind != documents.Paragraph {
		return []documents.Block{b}
	}
	p := text.For(text.NL)
	list := documents.Block{Kind: documents.List}
	item := func(s string) { list.Items = append(list.Items, documents.Plain(r.masked(s))) }
	switch b.Text.String() {
	default:
		return []documents.Block{b}
	case incidentsMark:
		table := documents.Block{Kind: documents.Table, Header: measures.Cells("Wanneer", "Wat", "Van wie")}
		for _, x := range r.Incidents {
			when := strings.ReplaceAll(whenOf(p, x.At), " uur", "\u00a0uur") // a time stays on one line
			table.Rows = append(table.Rows, measures.Cells(when, r.masked(x.Words)+" ("+p.T("woonoverlast.option."+x.Nature)+")", p.T("woonoverlast.letter.from-"+x.Source)))
		}
		return []documents.Block{table}
	case rulesMark:
		// Numbered, for an inspection and a sum name the rule by its number.
		rules := documents.Block{Kind: documents.Facts}
		for i, x := range r.Rules {
			rules.Rows = append(rules.Rows, measures.Cells(p.T("woonoverlast.letter.rule", "number", i+1), r.masked(x.Words+" "+p.T("woonoverlast.letter.check")+" "+x.Check)))
		}
		if len(rules.Rows) == 0 {
			return nil
		}
		return []documents.Block{rules}
	case triedMark:
		for _, x := range r.Tried {
			item(fmt.Sprintf("%s: %s, door %s. %s Gevolg: %s.", p.Day(x.On.Midnight()), p.T("woonoverlast.option."+x.Kind), x.By, x.Words, p.T("woonoverlast.option."+x.Result)))
		}
		for _, x := range r.Warnings {
			item(fmt.Sprintf("%s: waarschuwing. %s", p.Day(x.Sent.Midnight()), x.Words))
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []documents.Block{list}
}
