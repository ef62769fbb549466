package dwangsom

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/measures"
	"baken/internal/text"
)

// The letters are Dutch: they are decisions of a Dutch municipality.
//
//go:embed letters/*.txt letters/gedeeld/*.txt
var letterFiles embed.FS

// letterKind is one letter of the measure: when it can be made, and the act whose
// form shows it beside it.
type letterKind struct {
	code  string
	act   string
	ready func(r Dwangsom) bool
	final func(r Dwangsom) bool // else it is a draft and says so on every page
	on    func(r Dwangsom) deadlines.Day
}

var letterKinds = []letterKind{
	{"voornemen", "dwangsom.intend", func(r Dwangsom) bool { return r.Breach != "" && r.Skipped == "" }, func(r Dwangsom) bool { return r.IntentionOn != deadlines.NoDay }, func(r Dwangsom) deadlines.Day { return r.IntentionOn }},
	{"besluit", "dwangsom.draft", func(r Dwangsom) bool { return r.Draft != nil && r.Weighed != nil }, func(r Dwangsom) bool { return r.SignedOn != deadlines.NoDay }, func(r Dwangsom) deadlines.Day { return r.SignedOn }},
	{"voornemen-invordering", "dwangsom.intend-recovery", func(r Dwangsom) bool { return len(r.undecided()) > 0 }, func(r Dwangsom) bool { return r.RecoveryIntention != deadlines.NoDay }, func(r Dwangsom) deadlines.Day { return r.RecoveryIntention }},
	{"invordering", "dwangsom.recover", func(r Dwangsom) bool { return len(r.Decisions) > 0 }, func(r Dwangsom) bool { return true }, func(r Dwangsom) deadlines.Day { return r.Decisions[len(r.Decisions)-1].On }},
	{"aanmaning", "dwangsom.remind", func(r Dwangsom) bool { return len(r.Reminders) > 0 }, func(r Dwangsom) bool { return true }, func(r Dwangsom) deadlines.Day { return r.Reminders[len(r.Reminders)-1].Sent }},
}

// hasLetter says whether an act's form shows a letter beside it.
func hasLetter(act string) bool {
	return slices.ContainsFunc(letterKinds, func(k letterKind) bool { return k.act == act })
}

// letterbook holds the parsed templates and shared paragraphs.
type letterbook struct {
	templates map[string]documents.Template
	shared    map[string]string
}

// openLetters reads the templates. They are part of the program; a broken one ends
// it at start, and a test fills each.
func openLetters() (letterbook, error) {
	b := letterbook{map[string]documents.Template{}, map[string]string{}}
	for pattern, keep := range map[string]func(name, src string) error{
		"letters/*.txt": func(name, src string) error {
			t, err := documents.Parse(src)
			b.templates[name] = t
			return err
		},
		"letters/gedeeld/*.txt": func(name, src string) error { b.shared[name] = src; return nil },
	} {
		names, err := fs.Glob(letterFiles, pattern)
		if err != nil {
			return b, err
		}
		for _, n := range names {
			raw, err := letterFiles.ReadFile(n)
			if err != nil {
				return b, err
			}
			if err := keep(strings.TrimSuffix(path.Base(n), ".txt"), string(raw)); err != nil {
				return b, fmt.Errorf("letter %s: %w", n, err)
			}
		}
	}
	return b, nil
}

// letter makes one letter of a file. blank stands for what is not known yet, in a
// preview; empty refuses a letter with a hole.
func (m *Room) letter(code string, r Dwangsom, number, signer, blank string, today deadlines.Day) (documents.Letter, error) {
	t, ok := m.book.templates[code]
	if !ok {
		return documents.Letter{}, fault.New(fault.NotFound, "access.not-found")
	}
	values := m.values(r, number, signer, today)
	if blank != "" {
		for name, v := range values {
			if v == "" && !optional[name] {
				values[name] = blank
			}
		}
	}
	title, subject, blocks, err := t.Fill(values, m.book.shared)
	if err != nil {
		return documents.Letter{}, err
	}
	l := documents.Letter{Lang: text.NL, Title: title, Subject: subject, From: append([]string{"Gemeente " + m.Town}, m.Letterhead...), To: append([]string{r.Offender}, strings.Split(r.Address, ", ")...),
		Place: m.Town, Reference: number}
	for _, b := range blocks {
		l.Blocks = append(l.Blocks, expand(b, r)...)
	}
	for _, k := range letterKinds {
		if k.code == code {
			l.Concept = !k.ready(r) || !k.final(r)
			if !l.Concept {
				l.Date = text.For(text.NL).Day(k.on(r).Midnight())
			}
		}
	}
	return l, nil
}

// optional are the values that a letter asks with a condition: empty means that
// its part is left out.
var optional = map[string]bool{"earlier": true, "days": true, "view": true, "skipped": true, "deviation": true, "signature": true, "recovery-view": true, "fee": true}

// values are what the templates can ask, as a reader has them.
func (m *Room) values(r Dwangsom, number, signer string, today deadlines.Day) map[string]string {
	p := text.For(text.NL)
	day := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.Day(d.Midnight())
	}
	policy := r.Policy(today)
	v := map[string]string{"offender": r.Offender, "place": r.Place, "facts": r.Facts, "seen-on": day(r.SeenOn), "breach": m.breachName(r.Breach), "article": r.Article, "rule": r.Rule,
		"authority": authority(r.Power), "town": m.Town, "number": number, "policy": policy.ID, "look-back": strconv.Itoa(policy.LookBack), "view-until": day(r.ViewUntil),
		"recovery-view-until": day(r.RecoveryViewUntil), "open": text.Euro(r.Outstanding()), "measures": listMark, "sums": sumsMark, "inspections": inspectionsMark,
		"earlier": "", "summary": "", "sum": "", "days": "", "motivation": "", "deviation": "", "view": "", "view-answer": "", "skipped": "", "aim": "", "lighter": "", "blame": "", "means": "",
		"circumstance": "", "others": "", "outcome": "", "signature": "", "published-on": "", "recovery-amount": "", "recovered-on": "", "special": "", "recovery-view": "", "recovery-view-answer": "", "fee": ""}
	if r.Earlier > 0 {
		v["earlier"] = strconv.Itoa(r.Earlier)
	}
	if d := r.Draft; d != nil {
		v["summary"], v["sum"], v["motivation"], v["deviation"] = d.Summary, sumWords(p, d), d.Motivation, d.Deviation
		if d.Days > 0 {
			v["days"] = strconv.Itoa(d.Days)
		}
	}
	if r.View != nil {
		v["view"], v["view-answer"] = r.View.Words, r.View.Answer
	}
	if r.Skipped != "" {
		v["skipped"] = r.SkippedWhy
	}
	if w := r.Weighed; w != nil {
		v["aim"], v["lighter"], v["blame"], v["means"], v["circumstance"], v["others"], v["outcome"] = w.Aim, w.Lighter, w.Blame, w.Means, w.Circumstance, w.Others, w.Outcome
	}
	if r.SignedOn != deadlines.NoDay && signer != "" {
		v["signature"] = p.T("dwangsom.letter.signature", "authority", authority(r.Power), "name", signer, "mandate", r.Mandate)
	}
	if r.Publication != nil {
		v["published-on"] = day(r.Publication.On)
	}
	if n := len(r.Decisions); n > 0 {
		d := r.Decisions[n-1]
		v["recovery-amount"], v["recovered-on"], v["special"] = text.Euro(d.Amount), day(d.On), d.Special
		if d.View != nil {
			v["recovery-view"], v["recovery-view-answer"] = d.View.Words, d.View.Answer
		}
	}
	if n := len(r.Reminders); n > 0 && r.Reminders[n-1].Fee > 0 {
		v["fee"] = text.Euro(r.Reminders[n-1].Fee)
	}
	return v
}

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
		out := documents.Block{Kind: documents.Table, Header: cells("Nummer", "Verbeurd op", "Bedrag")}
		for _, s := range r.lastSums() {
			out.Rows = append(out.Rows, cells(strconv.Itoa(s.Number), p.Day(s.On.Midnight()), "€ "+text.Euro(s.Cents)))
		}
		out.Rows = append(out.Rows, cells("Samen", "", "€ "+text.Euro(total(r.lastSums()))))
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
			out = append(out, documents.Block{Kind: documents.Facts, Rows: [][]documents.Text{cells(when, i.Words)}})
		}
		return out
	}
	return []documents.Block{b}
}

func cells(s ...string) []documents.Text {
	out := make([]documents.Text, len(s))
	for i := range s {
		out[i] = documents.Plain(s[i])
	}
	return out
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

// letters lists the letters that the file can make now.
func (m *Room) letters(p *text.Printer, r Dwangsom, now time.Time) []measures.Document {
	var out []measures.Document
	for _, k := range letterKinds {
		if !k.ready(r) {
			continue
		}
		d := measures.Document{Label: p.T("dwangsom.letter." + k.code), Href: base + "/" + r.ID + "/brief/" + k.code + ".pdf", Other: base + "/" + r.ID + "/brief/" + k.code + ".docx", State: p.T("dwangsom.letter.concept")}
		if k.final(r) {
			d.State, d.Date = p.T("dwangsom.letter.final"), p.DayShort(k.on(r).Midnight(), now)
		}
		out = append(out, d)
	}
	return out
}

// preview is the letter as it will read when the form is sent, beside the form.
func (m *Room) preview(r Dwangsom, act, number string, today deadlines.Day) []measures.Preview {
	for _, k := range letterKinds {
		if k.act != act {
			continue
		}
		l, err := m.letter(k.code, r, number, "", "…", today)
		if err != nil {
			return nil
		}
		out := []measures.Preview{{Heading: 1, Text: l.Title}}
		for _, b := range l.Blocks {
			switch b.Kind {
			case documents.Heading:
				out = append(out, measures.Preview{Heading: 2, Text: b.Text.String()})
			case documents.List:
				for _, i := range b.Items {
					out = append(out, measures.Preview{Text: "• " + i.String()})
				}
			case documents.Table, documents.Facts:
				for _, row := range b.Rows {
					var words []string
					for _, c := range row {
						words = append(words, c.String())
					}
					out = append(out, measures.Preview{Text: strings.Join(words, "  ")})
				}
			default:
				out = append(out, measures.Preview{Text: b.Text.String()})
			}
		}
		return out
	}
	return nil
}

// made is a letter as bytes: "besluit.pdf" or "besluit.docx".
func (m *Room) made(name string, r Dwangsom, number, signer string, today deadlines.Day) (body []byte, media string, err error) {
	code, ext, _ := strings.Cut(name, ".")
	ready := false
	for _, k := range letterKinds {
		ready = ready || k.code == code && k.ready(r)
	}
	if !ready || ext != "pdf" && ext != "docx" {
		return nil, "", fault.New(fault.NotFound, "access.not-found")
	}
	l, err := m.letter(code, r, number, signer, "", today)
	if err != nil {
		return nil, "", err
	}
	var b bytes.Buffer
	if ext == "docx" {
		err = documents.DOCX(&b, l)
		return b.Bytes(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", err
	}
	err = documents.PDF(&b, l)
	return b.Bytes(), "application/pdf", err
}
