package deadlines

import (
	"strings"
	"testing"

	"baken/internal/text"
)

// A jurist reads the table in words; a word that is missing is a code on a page.
func TestEveryRuleIsInWords(t *testing.T) {
	for _, lang := range text.Langs {
		p := text.For(lang)
		need := func(code string) {
			if !p.Has(code) {
				t.Errorf("%s misses %s", lang, code)
			}
		}
		for _, r := range Rules() {
			need("term.rule." + r.ID)
			need("term.start." + r.Start)
			need("term.actor." + string(r.Actor))
			need("term.count." + string(r.How))
			need("term.no-atw." + string(r.Class))
			if r.Missed != "" {
				need("term.missed." + r.Missed)
			}
			if r.Mark != Read {
				need("term.mark." + string(r.Mark))
			}
			if r.Unit != None {
				need("term.unit." + string(r.Unit))
			}
		}
		for _, k := range EventKinds() {
			need("term.event." + k.Kind)
		}
		for _, s := range []State{Fixed, OpenEnded, Prescribed} {
			need("term.state." + string(s))
		}
		for c := range books[lang].closed {
			need("term.closed." + string(c))
		}
	}
}

func TestNoSentenceHasAnOpenMark(t *testing.T) {
	c := Builtin()
	for _, r := range Rules() {
		q := Question{ID: r.ID, Start: AtMoment(Date(2026, 3, 5).Midnight()), Params: someParams(&r)}
		a, err := c.Answer(q)
		if err != nil {
			t.Errorf("%s: %v", r.ID, err)
			continue
		}
		for _, lang := range text.Langs {
			if s := a.Explain(lang); strings.ContainsAny(s, "[{<") || len(s) < 40 {
				t.Errorf("%s %s: %s", r.ID, lang, s)
			}
		}
	}
}

// someParams are parameters with which the rule has an answer.
func someParams(r *Rule) map[string]string {
	switch r.How {
	case Given:
		return map[string]string{"length": "2w"}
	case PerUnit:
		return map[string]string{"amount": "500", "maximum": "2000"}
	}
	return nil
}
