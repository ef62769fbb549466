package dwangsom

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"baken/internal/bakentest/dossiertest"
	"baken/internal/kernel/ask"
	"baken/internal/measures"
	"baken/internal/text"
)

const flow = "../../../docs/flows/dwangsom.md"

// The table of transitions as a jurist reads it, made from the table that decides.
func TestTableForJuristsIsTrue(t *testing.T) {
	p := text.For(text.EN)
	var b strings.Builder
	b.WriteString(`# The last onder dwangsom: what may be done when

Made from the table of transitions in ` + "`internal/measures/dwangsom/dwangsom.go`" + ` by its test; change that and run the test with -update.

An act is refused outside its stages, and when an obstacle of the last column stands in the way; the refusal names the article.
What the form of an act asks stands below.

| Act | In stage | Leads to | By | Obstacles |
| --- | --- | --- | --- | --- |
`)
	obstacles := map[string][]string{}
	raw, err := os.ReadFile("testdata/grid.golden")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		for _, code := range f {
			if strings.HasPrefix(code, "dwangsom.need.") {
				s := p.T(code, "law", transitionOf(f[0]).law)
				if !strings.Contains(strings.Join(obstacles[f[0]], ""), s) {
					obstacles[f[0]] = append(obstacles[f[0]], s)
				}
			}
		}
	}
	for _, tr := range transitions {
		var in []string
		for _, s := range tr.in {
			in = append(in, p.T("dwangsom.stage."+string(s)))
		}
		to := "stays"
		if tr.to != "" {
			to = p.T("dwangsom.stage." + string(tr.to))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", p.T("act."+tr.act), strings.Join(in, ", "), to, tr.law, strings.Join(obstacles[tr.act], " "))
	}
	b.WriteString("\n## The stages\n\n" + dossiertest.Diagram(moves(p), string(Unopened), func(s string) string { return p.T("dwangsom.stage." + s) }))
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
	b.WriteString(`

## What is forfeited

- An order per breach: each breach on its day, once per inspection.
- A lump sum: by law on the day after the compliance term, proved by a later inspection; its limitation counts from the last day of the
  term, the earlier reading (law.md 6.2).
- An order per time unit: one sum for each full unit after the compliance term (ECLI:NL:RVS:2015:3532), in which the breach is known to
  have lasted. After an inspection that found compliance, units count again only from the next breach that was seen.
- Never above the maximum, and nothing while the order is suspended.

Each sum has its own limitation; the events that interrupt or lengthen it stand in [terms.md](terms.md).
`)
	if *update {
		if err := os.WriteFile(flow, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(flow)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/flows/dwangsom.md differs from the table (%v): run the test with -update and read the difference", err)
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
