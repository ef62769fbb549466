package sluiting

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"baken/internal/bakentest/dossiertest"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/measures"
	"baken/internal/text"
)

const flow = "../../../docs/flows/sluiting.md"

// The table of transitions as a jurist reads it, made from the table that decides.
func TestTableForJuristsIsTrue(t *testing.T) {
	p := text.For(text.EN)
	var b strings.Builder
	b.WriteString(`# Closing premises (sluiting): what may be done when

Made from the table of transitions in ` + "`internal/measures/sluiting/sluiting.go`" + ` by its test; change that and run the test with -update.

An act is refused outside its stages, and when an obstacle of the last column stands in the way; the refusal names the article.
What the form of an act asks, and what it refuses, stands below.

| Act | In stage | Leads to | By | Obstacles |
| --- | --- | --- | --- | --- |
`)
	obstacles := map[string][]string{}
	raw, err := os.ReadFile("testdata/grid.golden")
	if err != nil {
		t.Fatal(err)
	}
	seen := func(act, code string) {
		s := p.T(code, "law", transitionOf(act).law, "end", "(its end)", "until", "(its last day)", "n", 2)
		if !strings.Contains(strings.Join(obstacles[act], ""), s) {
			obstacles[act] = append(obstacles[act], s)
		}
	}
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		for _, code := range f {
			if strings.HasPrefix(code, "sluiting.need.") {
				seen(f[0], code)
			}
		}
	}
	for _, g := range guards {
		if strings.HasPrefix(g.code, "need.") {
			seen("sluiting."+g.act, "sluiting."+g.code)
		}
	}
	for _, tr := range transitions {
		var in []string
		for _, s := range tr.in {
			in = append(in, p.T("sluiting.stage."+string(s)))
		}
		to := "stays"
		if tr.to != "" {
			to = p.T("sluiting.stage." + string(tr.to))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", p.T("act."+tr.act), strings.Join(in, ", "), to, tr.law, strings.Join(obstacles[tr.act], " "))
	}
	b.WriteString("\n## The stages\n\n" + dossiertest.Diagram(moves(p), string(Unopened), func(s string) string { return p.T("sluiting.stage." + s) }))
	b.WriteString("\n## What each act asks\n")
	for _, v := range New(policies(t)).Verbs {
		fmt.Fprintf(&b, "\n- **%s**:", p.T("act."+v.Name))
		for i, f := range ask.Fields(v.New()) {
			if i > 0 {
				b.WriteString(";")
			}
			b.WriteString(" " + measures.Words{P: p, Kind: Name}.Label(v.Name, f.Name))
			if f.Optional {
				b.WriteString(" (optional)")
			}
		}
	}
	b.WriteString("\n\n## What is refused\n\nEach line is tried by a test.\n\n| Guard of law.md | Article | The sentence |\n| --- | --- | --- |\n")
	for _, g := range guards {
		if strings.HasPrefix(g.code, "need.") || strings.HasPrefix(g.code, "block.") {
			continue
		}
		code := "sluiting." + g.code
		if strings.HasPrefix(g.code, "measures.") {
			code = g.code
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", g.rule, g.article, p.T(code, "word", "(the word)", "name", "Somebody", "law", g.article, "end", "(its end)", "until", "(its last day)", "least", "(the fact before it)", "from", "(the day of the law)", "latest", "(48 hours before)", "today", "(today)", "open", "(amount)", "cell", "(cell)", "policy", "(policy)"))
	}
	b.WriteString("\n## Its terms\n\n| Term | Rule | Article |\n| --- | --- | --- |\n")
	named := map[string]bool{}
	for _, f := range []*file{owing(t), suspended(t), urgent(t), closedAndReopened(t), objectionDecided(t)} {
		for _, x := range f.r.Terms(calendar) {
			if named[x.Code] {
				continue
			}
			named[x.Code] = true
			rule, err := deadlines.Find(x.Question.ID, x.Question.Start.Day)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", p.T("sluiting.term."+x.Code, "n", "1"), x.Question.ID, rule.Article)
		}
	}
	b.WriteString(`
## The matrix that the program carries

Invented, of a fictitious municipality; its own stands in ` + "`policy/sluiting/`" + ` of its data folder, a file a version.

| Cell |
| --- |
`)
	for _, c := range policies(t)[0].Cells {
		fmt.Fprintf(&b, "| %s |\n", cellWords(p, c))
	}
	b.WriteString(`
Some acts lead further than the table says, by what they find: the Bekendmaking of a warning to Warned, and of premises that were closed
at once to Closed premises; a check that sends back, or closing at once after the check, to Draft; opening at the end to Over; a ruling
that suspends to Suspended, and what ends the suspension back; a decision or a judgment that takes the order away to Over.

A closure begins when the premises are closed, not with the decision, and ends after the weeks or months of the decision. Closed on 7
April for three months it ends on 7 July. Whether that day still counts is read in two ways; for the municipality the earlier holds, so
on the day of its end the premises open. A suspension by the judge does not lengthen it: the sources do not settle whether its days are added, and the
sooner end is the safe one. Suspended, withdrawn, revoked or annulled, a closure holds nowhere: not in the list, not in the terms, not
as an earlier occasion. A warning counts as one. How the rules count stands in [terms.md](terms.md).
`)
	if *update {
		if err := os.WriteFile(flow, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(flow)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/flows/sluiting.md differs from the table (%v): run the test with -update and read the difference", err)
	}
}

// moves are the lines of the table, for the diagram.
func moves(p *text.Printer) []dossiertest.Move {
	var out []dossiertest.Move
	for _, tr := range transitions {
		m := dossiertest.Move{Act: p.T("act." + tr.act), To: string(tr.to)}
		for _, s := range tr.in {
			m.From = append(m.From, string(s))
		}
		out = append(out, m)
	}
	return out
}
