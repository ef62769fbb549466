package huisverbod

import (
	"embed"
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

var letterKinds = []measures.Letter[Huisverbod]{
	{Code: "besluit", Acts: []string{"huisverbod.draft", "huisverbod.impose", "huisverbod.impose-mandated", "huisverbod.write"}, To: toBanned,
		Ready: func(r Huisverbod) bool { return r.Draft != nil && r.Refusal == "" },
		Final: func(r Huisverbod) bool { return r.Announced != nil },
		On:    func(r Huisverbod) deadlines.Day { return r.Announced.At.Day }},
	{Code: "huisgenoten", Acts: []string{"huisverbod.notify"}, To: func(r Huisverbod) []string { return []string{"De bewoners van", r.Report.Place} },
		Ready: func(r Huisverbod) bool { return r.Announced != nil },
		Final: func(r Huisverbod) bool { return true },
		On:    lastKnown},
	{Code: "veilig-thuis", To: func(r Huisverbod) []string { return []string{"Veilig Thuis"} },
		Ready: func(r Huisverbod) bool { return r.Announced != nil && len(r.Report.Children) > 0 },
		Final: func(r Huisverbod) bool { return true },
		On:    lastKnown},
	{Code: "verlenging", Acts: []string{"huisverbod.extend", "huisverbod.serve"}, To: toBanned,
		Ready: func(r Huisverbod) bool { return len(r.Extensions) > 0 },
		Final: func(r Huisverbod) bool { return true },
		On:    func(r Huisverbod) deadlines.Day { return deadlines.DayOf(r.Extensions[len(r.Extensions)-1].Decided) },
		By:    func(r Huisverbod) string { return r.Extensions[len(r.Extensions)-1].By }},
	{Code: "intrekking", Acts: []string{"huisverbod.withdraw"}, To: toBanned,
		Ready: func(r Huisverbod) bool { return r.Withdrawn != nil },
		Final: func(r Huisverbod) bool { return true },
		On:    func(r Huisverbod) deadlines.Day { return deadlines.DayOf(r.StoppedAt) },
		By:    func(r Huisverbod) string { return r.Withdrawn.By }},
}

// toBanned is the banned person where they said they can be reached. Never the home
// that they may not enter: without an address of their own the letter is handed over.
func toBanned(r Huisverbod) []string {
	out := []string{r.Report.Banned}
	if n := len(r.Reached); n > 0 {
		return append(out, strings.Split(r.Reached[n-1].Where, ", ")...)
	}
	return append(out, "Uit te reiken in persoon")
}

// lastKnown is the day of what a notice tells: of the ban, or of its last extension.
func lastKnown(r Huisverbod) deadlines.Day {
	on := r.Announced.At.Day
	for _, x := range r.Extensions {
		if x.Served.Day != deadlines.NoDay {
			on = x.Served.Day
		}
	}
	return on
}

// signed names the letter that an act puts in the file as it was made.
func signed(in any) (string, *string) {
	switch in := in.(type) {
	case *Written:
		return "besluit", &in.Letter
	case *Serving:
		return "verlenging", &in.Letter
	case *Withdrawal:
		return "intrekking", &in.Letter
	}
	return "", nil
}

// optional are the values that a letter asks with a condition: empty means that its
// part is left out.
var optional = map[string]bool{"suspicion": true, "risk": true, "no-risk": true, "children": true, "abuse": true, "signature": true, "unknown": true, "ten": true, "extended": true}

// calendar is that of the law alone: no decree moves the end of a ban (Wth 13).
var calendar = deadlines.Builtin()

// values are what the templates can ask, as a reader has them. Where somebody else is
// now is not among them, and where the banned person is stands only in the address of
// their own letters.
func values(r Huisverbod, f measures.Filling) map[string]string {
	p := text.For(text.NL)
	when := func(w deadlines.When) string {
		if w.At.IsZero() {
			return ""
		}
		return p.Date(w.At) + ", " + p.Clock(w.At)
	}
	v := map[string]string{"banned": r.Report.Banned, "place": r.Report.Place, "incident": dayOrMoment(p, r.Report.Incident), "town": f.Town, "number": f.Number, "people": peopleMark,
		"facts": "", "why": "", "heard": "", "suspicion": "", "help": "", "risk": "", "no-risk": r.NoRisk, "advice": "", "children": "", "abuse": "", "unknown": "", "signature": "",
		"start": "het moment van de aanzegging", "end": "tien dagen daarna, op hetzelfde tijdstip", "ten": "ja", "extended": "", "until": "", "extension-why": "", "first-end": "", "withdrawn-at": "", "withdrawn-why": "", "confirmed-by": "", "decided": ""}
	if d := r.Draft; d != nil {
		v["facts"], v["why"], v["heard"], v["help"] = d.Facts, d.Why, d.Heard, d.HelpOrg
		if d.Ground == "suspicion" {
			v["suspicion"] = "ja"
		}
	}
	if x := r.Risk; x != nil {
		v["risk"] = p.T("huisverbod.letter.risk", "version", x.Version, "outcome", p.T("huisverbod.option."+x.Outcome), "signs", sentences(x.Signs))
	}
	if r.Advice != nil {
		v["advice"] = r.Advice.Words
	}
	if len(r.Report.Children) > 0 {
		v["children"] = "ja"
	}
	if r.Report.Abuse {
		v["abuse"] = "ja"
	}
	if r.Announced != nil {
		first := r
		first.Extensions = nil
		v["start"], v["end"], v["first-end"] = when(r.start()), when(r.Ends(calendar)), when(first.Ends(calendar))
		if f.Letter == "besluit" {
			v["end"] = v["first-end"]
		}
		if first.Ends(calendar) != first.tenDays(calendar) {
			v["ten"] = "" // the decision states a sooner end, and that binds
		}
		if r.Ends(calendar) != first.Ends(calendar) {
			v["extended"] = "ja"
		}
		if r.Announced.How == "unknown" {
			v["unknown"] = "ja"
		}
	}
	if d := r.Decision; d != nil {
		v["decided"], v["signature"] = when(d.At), signature(p, d.Capacity, f, d)
	}
	if n := len(r.Extensions); n > 0 && f.Letter == "verlenging" {
		x := r.Extensions[n-1]
		v["until"], v["extension-why"], v["decided"], v["signature"] = when(x.Until), x.Why, when(deadlines.AtMoment(x.Decided)), signature(p, x.Capacity, f, nil)
		before := r
		before.Extensions = r.Extensions[:n-1]
		v["first-end"] = when(before.Ends(calendar))
	}
	if w := r.Withdrawn; w != nil && f.Letter == "intrekking" {
		v["withdrawn-at"], v["withdrawn-why"], v["confirmed-by"], v["signature"] = when(deadlines.AtMoment(r.StoppedAt)), w.Why, w.ConfirmedBy, signature(p, w.Capacity, f, nil)
	}
	return v
}

// sentences puts lines that somebody typed after one another, each as a sentence.
func sentences(lines []string) string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.TrimRight(l, " .;")+".")
	}
	return strings.Join(out, " ")
}

// signature says in whose name a decision is taken: the mayor's, always.
func signature(p *text.Printer, capacity string, f measures.Filling, d *Decision) string {
	switch capacity {
	case "":
		return "" // a preview of a form that is not filled in yet
	case "mandated":
		return p.T("huisverbod.letter.mandated", "town", f.Town, "name", d.Officer, "mandate", d.Mandate)
	}
	return p.T("huisverbod.letter."+capacity, "town", f.Town, "name", f.Signer)
}

// dayOrMoment writes a fact's place in time as far as it is known.
func dayOrMoment(p *text.Printer, w deadlines.When) string {
	if w.At.IsZero() {
		return p.Date(w.Day.Midnight())
	}
	return p.Date(w.At) + ", " + p.Clock(w.At)
}

// peopleMark stands in a template for the list of persons with whom contact is
// forbidden.
const peopleMark = "[personen]"

func expand(b documents.Block, r Huisverbod) []documents.Block {
	if b.Kind != documents.Paragraph || b.Text.String() != peopleMark {
		return []documents.Block{b}
	}
	out := documents.Block{Kind: documents.List}
	if r.Draft != nil {
		for _, x := range r.Draft.Contacts {
			out.Items = append(out.Items, documents.Plain(x))
		}
	}
	if len(out.Items) == 0 {
		return nil
	}
	return []documents.Block{out}
}
