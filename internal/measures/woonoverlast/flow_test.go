package woonoverlast

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

const flow = "../../../docs/flows/woonoverlast.md"

// The table of transitions as a jurist reads it, made from the table that decides.
func TestTableForJuristsIsTrue(t *testing.T) {
	p := text.For(text.EN)
	var b strings.Builder
	b.WriteString(`# Woonoverlast: what may be done when

Made from the table of transitions in ` + "`internal/measures/woonoverlast/woonoverlast.go`" + ` by its test; change that and run the test with -update.

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
		s := p.T(code, "law", transitionOf(act).law, "end", "(its end)", "until", "(its end)", "article", "APV", "incidents", "(n)", "reporters", "(n)", "days", "(n)", "least", "(as the policy says)", "voices", "(as the policy says)", "spread", "(as the policy says)", "months", "(n)")
		if !strings.Contains(strings.Join(obstacles[act], ""), s) {
			obstacles[act] = append(obstacles[act], s)
		}
	}
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		for _, code := range f {
			if strings.HasPrefix(code, "woonoverlast.need.") {
				seen(f[0], code)
			}
		}
	}
	for _, g := range guards {
		if strings.HasPrefix(g.code, "need.") {
			seen("woonoverlast."+g.act, "woonoverlast."+g.code)
		}
	}
	for _, tr := range transitions {
		var in []string
		for _, s := range tr.in {
			in = append(in, p.T("woonoverlast.stage."+string(s)))
		}
		to := "stays"
		if tr.to != "" {
			to = p.T("woonoverlast.stage." + string(tr.to))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", p.T("act."+tr.act), strings.Join(in, ", "), to, tr.law, strings.Join(obstacles[tr.act], " "))
	}
	b.WriteString("\n## The stages\n\n" + dossiertest.Diagram(moves(p), string(Unopened), func(s string) string { return p.T("woonoverlast.stage." + s) }))
	b.WriteString("\n## What each act asks\n")
	for _, v := range New(nil).Verbs {
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
		code := "woonoverlast." + g.code
		if strings.HasPrefix(g.code, "measures.") {
			code = g.code // a guard that all measures share
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", g.rule, g.article, p.T(code, "word", "the words", "law", g.article, "end", "(its end)", "until", "(its end)", "most", "(the most)", "least", "(the fact before it)", "adult", "(the day)", "policy", "(its id)", "amount", "(the amount)", "maximum", "(the maximum)"))
	}
	b.WriteString("\n## Its terms\n\n| Term | Rule | Article |\n| --- | --- | --- |\n")
	named := map[string]bool{}
	for _, f := range []*file{endedFile(t), suspended(t), enforced(t), banInCourt(t), resumedFile(t)} {
		for _, x := range f.r.Terms(calendar) {
			if named[x.Code] {
				continue
			}
			named[x.Code] = true
			rule, err := deadlines.Find(x.Question.ID, x.Question.Start.Day)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", p.T("woonoverlast.term."+x.Code, "n", "1"), x.Question.ID, rule.Article)
		}
	}
	b.WriteString(`
Nuisance is serious and repeated when the log has as many incidents, by as many reporters and over as many days as the policy asks.
The order holds from its Bekendmaking for the months that it says; how long, and when it is evaluated, are its own days, not terms of a
law: the list shows them. The ban is a part of it and runs from the minute at which it was handed over, to the same time of day ten
days later, whatever the clocks do and whatever day it is (Wth 13); extended, to four weeks at most from that same moment. Suspended,
withdrawn, revoked or annulled, the order holds nowhere, and its ban neither. How the rules count stands in [terms.md](terms.md).
`)
	if *update {
		if err := os.WriteFile(flow, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(flow)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/flows/woonoverlast.md differs from the table (%v): run the test with -update and read the difference", err)
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
