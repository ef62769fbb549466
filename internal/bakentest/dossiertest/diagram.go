package dossiertest

import (
	"fmt"
	"slices"
	"strings"
)

// Move is a line of a table of transitions: an act, by its words, that leads from some
// stages to another.
type Move struct {
	Act  string
	From []string
	To   string // empty when the act stays
}

// Diagram draws the moves as a Mermaid state diagram for a page in docs/flows. words
// gives a stage its name. Acts between the same two stages share an arrow; those that
// stay are left to the table.
func Diagram(moves []Move, opening string, words func(stage string) string) string {
	var b strings.Builder
	b.WriteString("Acts that stay, and what leads on only with some outcomes (a judge who suspends), are left to the table.\n\n```mermaid\nstateDiagram-v2\n")
	type arrow struct{ from, to string }
	var order []arrow
	acts := map[arrow][]string{}
	var stages []string
	seen := func(s string) string {
		if s == opening {
			return "[*]"
		}
		if !slices.Contains(stages, s) {
			stages = append(stages, s)
		}
		return strings.ReplaceAll(s, "-", "_")
	}
	for _, m := range moves {
		for _, from := range m.From {
			if m.To == "" || m.To == from {
				continue
			}
			a := arrow{seen(from), seen(m.To)}
			if acts[a] == nil {
				order = append(order, a)
			}
			acts[a] = append(acts[a], m.Act)
		}
	}
	for _, s := range stages {
		fmt.Fprintf(&b, "    state %q as %s\n", words(s), strings.ReplaceAll(s, "-", "_"))
	}
	for _, a := range order {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", a.from, a.to, strings.Join(acts[a], ", "))
	}
	b.WriteString("```\n")
	return b.String()
}
