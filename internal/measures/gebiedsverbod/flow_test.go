package gebiedsverbod

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

const flow = "../../../docs/flows/gebiedsverbod.md"

// The table of transitions as a jurist reads it, made from the table that decides.
func TestTableForJuristsIsTrue(t *testing.T) {
	p := text.For(text.EN)
	var b strings.Builder
	b.WriteString(`# Gebiedsverbod: what may be done when

Made from the table of transitions in ` + "`internal/measures/gebiedsverbod/gebiedsverbod.go`" + ` by its test; change that and run the test with -update.

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
		s := p.T(code, "law", transitionOf(act).law, "end", "(its end)", "article", "(its article)", "twelve", "(the twelfth birthday)")
		if !strings.Contains(strings.Join(obstacles[act], ""), s) {
			obstacles[act] = append(obstacles[act], s)
		}
	}
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		for _, code := range f {
			if strings.HasPrefix(code, "gebiedsverbod.need.") {
				seen(f[0], code)
			}
		}
	}
	for _, g := range guards {
		if strings.HasPrefix(g.code, "need.") {
			seen("gebiedsverbod."+g.act, "gebiedsverbod."+g.code)
		}
	}
	for _, tr := range transitions {
		var in []string
		for _, s := range tr.in {
			in = append(in, p.T("gebiedsverbod.stage."+string(s)))
		}
		to := "stays"
		if tr.to != "" {
			to = p.T("gebiedsverbod.stage." + string(tr.to))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", p.T("act."+tr.act), strings.Join(in, ", "), to, tr.law, strings.Join(obstacles[tr.act], " "))
	}
	b.WriteString("\n## The stages\n\n" + dossiertest.Diagram(moves(p), string(Unopened), func(s string) string { return p.T("gebiedsverbod.stage." + s) }))
	b.WriteString("\n## What each act asks\n")
	for _, v := range New(nil, nil).Verbs {
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
		code := "gebiedsverbod." + g.code
		if strings.HasPrefix(g.code, "measures.") || strings.HasPrefix(g.code, "places.") {
			code = g.code // a guard of the whole house
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", g.rule, g.article, p.T(code, "word", "the words", "law", g.article, "article", g.article, "end", "(its end)", "until", "(its end)", "most", "(the most)", "least", "(the least)", "adult", "(the day)", "twelve", "(the twelfth birthday)", "policy", "(its id)", "hours", "(n)", "months", "(n)", "streets", "(the streets)", "n", "2"))
	}
	b.WriteString("\n## Its terms\n\n| Term | Rule | Article |\n| --- | --- | --- |\n")
	named := map[string]bool{}
	for _, f := range []*file{resumedFile(t), matchDays(t), kidOrdered(t), lightOrdered(t, "2026-01-12")} {
		for _, x := range f.r.Terms(calendar) {
			if named[x.Code] {
				continue
			}
			named[x.Code] = true
			rule, err := deadlines.Find(x.Question.ID, x.Question.Start.Day)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", p.T("gebiedsverbod.term."+x.Code, "n", "1"), x.Question.ID, rule.Article)
		}
	}
	b.WriteString("\n## The legal bases\n\nOne is chosen; each has its own conditions.\n\n| Basis | Article | Orders | For who is | The prosecutor is asked | A breach |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, x := range bases {
		var orders []string
		for _, o := range x.orders {
			orders = append(orders, p.T("gebiedsverbod.order."+o))
		}
		age, asked, article := "twelve or older", "no", x.article
		if x.child {
			age = "under twelve"
		}
		if x.consult {
			asked = "yes (172a lid 5)"
		}
		if article == "" {
			article = "that of the municipality's APV"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", p.T("gebiedsverbod.option."+x.code), article, strings.Join(orders, "; "), age, asked, x.crime)
	}
	b.WriteString(`
An order begins at its Bekendmaking, to the minute, and ends at the same time of day when its days, weeks or months are over, whatever
the clocks did and whatever day it is: the end of a ban is no term to do something, so the Algemene termijnenwet does not move it. Hours
of a light command are hours that pass. It binds on its days and hours: hours that pass midnight belong to the day on which they begin.
Suspended, withdrawn, revoked or annulled it holds nowhere, and has no field card. How the rules count stands in [terms.md](terms.md).
`)
	if *update {
		if err := os.WriteFile(flow, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(flow)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/flows/gebiedsverbod.md differs from the table (%v): run the test with -update and read the difference", err)
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
