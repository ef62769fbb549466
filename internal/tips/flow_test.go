package tips

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"baken/internal/bakentest/dossiertest"
	"baken/internal/kernel/ask"
	"baken/internal/measures"
	"baken/internal/text"
)

const flow = "../../docs/flows/tips.md"

// The table of transitions as the coordinator and the privacy officer read it, made
// from the table that decides.
func TestTableForReadersIsTrue(t *testing.T) {
	p := text.For(text.EN)
	var b strings.Builder
	b.WriteString(`# A tip of Meld Misdaad Anoniem: what may be done when

Made from the table of transitions in ` + "`internal/tips/tips.go`" + ` by its test; change that and run the test with -update.

An act is refused outside its stages, and when an obstacle of the last column stands in the way.

| Act | In stage | Leads to | By | Obstacles |
| --- | --- | --- | --- | --- |
`)
	raw, err := os.ReadFile("testdata/grid.golden")
	if err != nil {
		t.Fatal(err)
	}
	obstacles := map[string][]string{}
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		for _, code := range f {
			if s := p.T(code, "law", ""); strings.HasPrefix(code, "tips.need.") && !slices.Contains(obstacles[f[0]], s) {
				obstacles[f[0]] = append(obstacles[f[0]], s)
			}
		}
	}
	for _, tr := range transitions {
		var in []string
		for _, s := range tr.in {
			in = append(in, p.T("tips.stage."+string(s)))
		}
		to := "stays, or as the act says"
		if tr.to != "" {
			to = p.T("tips.stage." + string(tr.to))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", p.T("act."+tr.act), strings.Join(in, ", "), to, tr.law, strings.ReplaceAll(strings.Join(obstacles[tr.act], " "), " ()", ""))
	}
	b.WriteString("\n## The stages\n\n" + dossiertest.Diagram(moves(p), string(Unopened), func(s string) string { return p.T("tips.stage." + s) }))
	b.WriteString("\n## What each act asks\n")
	for _, v := range New(policies(t)).Verbs {
		fmt.Fprintf(&b, "\n- **%s**:", p.T("act."+v.Name))
		for i, f := range ask.Fields(v.New()) {
			if i > 0 {
				b.WriteString(";")
			}
			b.WriteString(" " + measures.Words{P: p, Kind: "tips"}.Label(v.Name, f.Name))
			if f.Optional {
				b.WriteString(" (optional)")
			}
		}
	}
	pol := policies(t)[0]
	fmt.Fprintf(&b, `

## How long a tip is kept

From the protocol that the program carries; a municipality puts its own in its data folder ([how](../operate/tips.md)). No law sets these terms.

- To assess: %d working days after the day of receipt.
- Kept after the first assessment: for us %d days, for the police %d, for another authority %d, not usable %d, known already %d. Not assessed: until the maximum.
- Extended at most %d times by at most %d days, with a reason; never beyond %d days after receipt.
- New content gives %d days to read it. The open request of a person holds the end until it is answered (AVG 12 lid 3, 17).
- Closing, reopening and assessing again do not move the first day. An outcome that would keep the tip longer takes a second person.
- On the next day the program destroys the key, the content and the files, and leaves the tombstone: number, theme, outcome, counts and days.
`, pol.AssessDays, pol.Days(Ours), pol.Days(Police), pol.Days(Other), pol.Days(Unusable), pol.Days(Known), pol.Extensions, pol.ExtendDays, pol.MostDays, pol.GraceDays)
	if *update {
		if err := os.WriteFile(flow, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(flow)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/flows/tips.md differs from the table (%v): run the test with -update and read the difference", err)
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
	// These lead on with the first message only: what comes later is checked in its stage.
	return append(out, dossiertest.Move{Act: p.T("act.tip.check"), From: []string{string(Received)}, To: string(Checked)},
		dossiertest.Move{Act: p.T("act.tip.return"), From: []string{string(Checked)}, To: string(Received)},
		dossiertest.Move{Act: p.T("act.tip.release"), From: []string{string(Checked)}, To: string(Released)},
		dossiertest.Move{Act: p.T("act.tip.confirm"), From: []string{string(Assessed)}, To: string(Released)})
}
