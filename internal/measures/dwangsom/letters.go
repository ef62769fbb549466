package dwangsom

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

var letterKinds = []measures.Letter[Dwangsom]{
	{Code: "voornemen", Acts: []string{"dwangsom.intend"}, To: addressee,
		Ready: func(r Dwangsom) bool { return r.Breach != "" && r.Skipped == "" },
		Final: func(r Dwangsom) bool { return r.IntentionOn != deadlines.NoDay },
		On:    func(r Dwangsom) deadlines.Day { return r.IntentionOn }},
	{Code: "besluit", Acts: []string{"dwangsom.draft"}, To: addressee,
		Ready: func(r Dwangsom) bool { return r.Draft != nil && r.Weighed != nil },
		Final: func(r Dwangsom) bool { return r.SignedOn != deadlines.NoDay },
		On:    func(r Dwangsom) deadlines.Day { return r.SignedOn }},
	{Code: "voornemen-invordering", Acts: []string{"dwangsom.intend-recovery"}, To: addressee,
		Ready: func(r Dwangsom) bool { return len(r.undecided()) > 0 },
		Final: func(r Dwangsom) bool { return r.RecoveryIntention != deadlines.NoDay },
		On:    func(r Dwangsom) deadlines.Day { return r.RecoveryIntention }},
	{Code: "invordering", Acts: []string{"dwangsom.recover"}, To: addressee,
		Ready: func(r Dwangsom) bool { return len(r.Decisions) > 0 },
		Final: func(r Dwangsom) bool { return true },
		On:    func(r Dwangsom) deadlines.Day { return r.Decisions[len(r.Decisions)-1].On }},
	{Code: "aanmaning", Acts: []string{"dwangsom.remind"}, To: addressee,
		Ready: func(r Dwangsom) bool { return len(r.Reminders) > 0 },
		Final: func(r Dwangsom) bool { return true },
		On:    func(r Dwangsom) deadlines.Day { return r.Reminders[len(r.Reminders)-1].Sent }},
}

// addressee is the offender at the address for letters.
func addressee(r Dwangsom) []string {
	return append([]string{r.Offender}, strings.Split(r.Address, ", ")...)
}

// optional are the values that a letter asks with a condition: empty means that
// its part is left out.
var optional = map[string]bool{"earlier": true, "days": true, "view": true, "view-answer": true, "skipped": true, "deviation": true, "signature": true, "recovery-view": true, "recovery-view-answer": true, "fee": true}

// values are what the templates can ask, as a reader has them.
func (m *Room) values(r Dwangsom, f measures.Filling) map[string]string {
	p := text.For(text.NL)
	day := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.Day(d.Midnight())
	}
	policy := r.Policy(f.Today)
	v := map[string]string{"offender": r.Offender, "place": r.Place, "facts": r.Facts, "seen-on": day(r.SeenOn), "breach": m.breachName(r.Breach), "article": r.Article, "rule": r.Rule,
		"authority": authority(r.Power), "to-authority": lower(authority(r.Power)), "town": f.Town, "number": f.Number, "policy": policy.ID, "view-until": day(r.ViewUntil),
		"recovery-view-until": day(r.RecoveryViewUntil), "open": text.Euro(r.Outstanding()), "measures": listMark, "sums": sumsMark, "inspections": inspectionsMark,
		"earlier": "", "summary": "", "sum": "", "days": "", "motivation": "", "deviation": "", "view": "", "view-answer": "", "skipped": "", "aim": "", "lighter": "", "blame": "", "means": "",
		"circumstance": "", "others": "", "outcome": "", "signature": "", "published-on": "", "recovery-amount": "", "recovered-on": "", "special": "", "recovery-view": "", "recovery-view-answer": "", "fee": ""}
	if r.Earlier > 0 {
		v["earlier"] = p.T("dwangsom.letter.earlier", "n", r.Earlier, "years", policy.LookBack)
	}
	if d := r.Draft; d != nil {
		v["summary"], v["sum"], v["motivation"], v["deviation"] = d.Summary, sumWords(p, d), d.Motivation, d.Deviation
		if d.Days > 0 {
			v["days"] = p.T("measures.days", "n", d.Days)
		}
	}
	if r.View != nil {
		v["view"], v["view-answer"] = viewWords(p, *r.View)
	}
	if r.Skipped != "" {
		v["skipped"] = r.SkippedWhy
	}
	if w := r.Weighed; w != nil {
		v["aim"], v["lighter"], v["blame"], v["means"], v["circumstance"], v["others"], v["outcome"] = w.Aim, w.Lighter, w.Blame, w.Means, w.Circumstance, w.Others, w.Outcome
	}
	if r.SignedOn != deadlines.NoDay && f.Signer != "" {
		v["signature"] = m.signature(p, r, f)
	}
	if r.Publication != nil {
		v["published-on"] = day(r.Publication.On)
	}
	if n := len(r.Decisions); n > 0 {
		d := r.Decisions[n-1]
		v["recovery-amount"], v["recovered-on"], v["special"] = text.Euro(d.Amount), day(d.On), d.Special
		if d.View != nil {
			v["recovery-view"], v["recovery-view-answer"] = viewWords(p, *d.View)
		}
	}
	if n := len(r.Reminders); n > 0 && r.Reminders[n-1].Fee > 0 {
		v["fee"] = text.Euro(r.Reminders[n-1].Fee)
	}
	return v
}

// viewWords are the Zienswijze and the answer to it. Who did not answer reads that, and not
// what the file says of it.
func viewWords(p *text.Printer, v View) (words, answer string) {
	if v.How == "none" {
		return p.T("measures.no-view"), ""
	}
	return v.Words, v.Answer
}

// signature says who signed: the authority in person, or somebody on its behalf, of whom
// the decision must say so (Awb 10:10).
func (m *Room) signature(p *text.Printer, r Dwangsom, f measures.Filling) string {
	who := authority(r.Power) + " van " + f.Town
	for _, x := range r.Policy(r.SignedOn).Mandates {
		if x.Reference == r.Mandate && x.Power == r.Power && x.Role == r.Power {
			return who + ", " + f.Signer + "."
		}
	}
	return p.T("dwangsom.letter.signature", "authority", who, "name", f.Signer, "mandate", r.Mandate)
}

// lower writes an authority within a sentence.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func authority(power string) string {
	if power == "burgemeester" {
		return "De burgemeester"
	}
	return "Het college van burgemeester en wethouders"
}

// What a template cannot say because its length is not known stands as a mark in a
// paragraph of its own.
const (
	listMark        = "[maatregelen]"
	sumsMark        = "[sommen]"
	inspectionsMark = "[controles]"
)

// expand puts the list, the table or the inspections in the place of their mark.
func expand(b documents.Block, r Dwangsom) []documents.Block {
	p := text.For(text.NL)
	if b.Kind != documents.Paragraph {
		return []documents.Block{b}
	}
	switch b.Text.String() {
	case listMark:
		out := documents.Block{Kind: documents.List}
		if r.Draft != nil {
			for _, x := range r.Draft.Measures {
				out.Items = append(out.Items, documents.Plain(x))
			}
		}
		if len(out.Items) == 0 {
			return nil
		}
		return []documents.Block{out}
	case sumsMark:
		out := documents.Block{Kind: documents.Table, Header: measures.Cells("Nummer", "Verbeurd op", "Bedrag")}
		for _, s := range r.lastSums() {
			out.Rows = append(out.Rows, measures.Cells(strconv.Itoa(s.Number), p.Day(s.On.Midnight()), "€ "+text.Euro(s.Cents)))
		}
		out.Rows = append(out.Rows, measures.Cells("Samen", "", "€ "+text.Euro(total(r.lastSums()))))
		return []documents.Block{out}
	case inspectionsMark:
		var out []documents.Block
		seen := map[int]bool{}
		for _, s := range r.lastSums() {
			if seen[s.Inspection] || s.Inspection < 1 || s.Inspection > len(r.Inspections) {
				continue
			}
			seen[s.Inspection] = true
			i := r.Inspections[s.Inspection-1]
			when := p.Day(i.At.Day.Midnight())
			if !i.At.At.IsZero() {
				when += ", " + p.Clock(i.At.At)
			}
			out = append(out, documents.Block{Kind: documents.Facts, Rows: [][]documents.Text{measures.Cells(when, i.Words)}})
		}
		return out
	}
	return []documents.Block{b}
}

// lastSums are the sums that a letter about recovery is about: those without a
// decision, else those of the last one.
func (r Dwangsom) lastSums() []Sum {
	if open := r.undecided(); len(open) > 0 {
		return open
	}
	var out []Sum
	for _, s := range r.Sums {
		if s.Decision == len(r.Decisions) && s.Decision > 0 && !s.Void {
			out = append(out, s)
		}
	}
	return out
}
