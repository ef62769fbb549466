package deadlines

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"baken/internal/text"
)

const flow = "../../../docs/flows/terms.md"

// The table of rules as a jurist reads it, made from the table that computes.
func TestTableForJuristsIsTrue(t *testing.T) {
	p := text.For(text.EN)
	var b strings.Builder
	b.WriteString(`# The terms that Baken computes

Made from the rules in ` + "`internal/kernel/deadlines`" + ` by its test; change those and run the test with -update.

The class decides whether the Algemene termijnenwet (Atw) moves the last day: STAT, ORD and AMVB yes; HOUR, LONG, BACK, EXCL, DEC
and DUR no; ASAP has no date. "Mark" says how sure we are: nothing means that the statute was read.

| Id | Term | Article | Class | Length | Counted | From | Who | If missed | Mark | Law since |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
`)
	for _, r := range Rules() {
		missed := ""
		if r.Missed != "" {
			missed = p.T("term.missed." + r.Missed)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", r.ID, p.T("term.rule."+r.ID), r.Article, r.Class, Length(p, r.Length, r.Unit), r.How,
			p.T("term.start."+r.Start), p.T("term.actor."+string(r.Actor)), missed, r.Mark, r.From)
	}
	b.WriteString("\n## Events of a limitation\n\n| Kind | What | Article | Lasts |\n| --- | --- | --- | --- |\n")
	for _, k := range EventKinds() {
		lasts := "a day"
		if k.Span {
			lasts = "until a day"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", k.Kind, p.T("term.event."+k.Kind), k.Article, lasts)
	}
	b.WriteString("\n## Equated days\n\nOrdinary working days for all else; they only cannot be the last day of a statutory term (Atw 3 lid 3).\n\n| Day | Why | Decree | Published | Read in |\n| --- | --- | --- | --- | --- |\n")
	for _, e := range Decreed() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", e.Day, e.Why, e.Decree, e.Published, e.Source)
	}
	if *update {
		if err := os.WriteFile(flow, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(flow)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/flows/terms.md differs from the rules (%v): run the test with -update and read the difference", err)
	}
}
