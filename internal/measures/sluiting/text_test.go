package sluiting

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/measures"
	"baken/internal/text"
)

// Every act, field, option, refusal, term and next step has its words in both
// languages: a code on a page helps nobody.
func TestEverythingIsInWords(t *testing.T) {
	sources := map[string]string{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources[file] = string(raw)
	}
	// The facts of the page are one function, with a name of its own for what it adds.
	_, facts, _ := strings.Cut(sources["words.go"], "func facts(")
	sources["facts"], _, _ = strings.Cut(facts, "\nfunc ")
	_, read, _ := strings.Cut(sources["words.go"], "func reportOf(")
	sources["matrix"], _, _ = strings.Cut(read, "\n// answered is")
	// What these return is no obstacle of an act.
	other := map[string]bool{"sluiting.need.hard": true, "sluiting.need.soft": true, "sluiting.need.warning": true, "sluiting.need.ordinary": true, "sluiting.need.urgent": true, "sluiting.need.warned": true, "sluiting.need.not-pursued": true}
	for _, lang := range text.Langs {
		p, found := text.For(lang), 0
		need := func(code string) {
			t.Helper()
			if !p.Has(code) {
				t.Errorf("%s misses %s", lang, code)
			}
		}
		for _, v := range New(policies(t)).Verbs {
			verb := measures.Verb(v.Name)
			need("act." + v.Name)
			need("sluiting.did." + verb)
			need("sluiting.block." + verb)
			for _, f := range ask.Fields(v.New()) {
				if measures.IsPerGround(f.Name) {
					continue
				}
				if !p.Has("sluiting.ask." + verb + "." + f.Name) {
					need("sluiting.ask." + f.Name)
				}
				for _, o := range f.Options {
					if !p.Has("sluiting.option." + verb + "." + f.Name + "." + o) {
						need("sluiting.option." + o)
					}
				}
			}
		}
		for _, tr := range transitions {
			for _, s := range append(tr.in, tr.to) {
				if s != "" {
					need("sluiting.stage." + string(s))
				}
			}
		}
		for _, k := range letterKinds {
			need("sluiting.letter." + k.Code)
		}
		each := func(files []string, pattern, prefix string) {
			t.Helper()
			n := 0
			for _, file := range files {
				for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(sources[file], -1) {
					if !other[prefix+m[1]] {
						need(prefix + m[1])
					}
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s finds nothing", pattern)
			}
			found += n
		}
		acts := []string{"sluiting.go", "prepare.go", "power.go", "rules_power.go", "weigh.go", "decide.go", "execute.go", "during.go", "costs.go", "remedies.go", "finish.go"}
		each(acts, `wrong\("?\w+"?, "([a-z0-9.-]+[a-z0-9])"`, "sluiting.")
		each(acts, `\t\treturn "([a-z-]+)"\n`, "sluiting.need.")
		each(acts, `\treturn "([a-z-]+)"\n}`, "sluiting.need.")
		each([]string{"rules_matrix.go"}, `\t\treturn "([a-z-]+-[a-z-]+)"\n`, "sluiting.")
		each([]string{"rules_terms.go"}, `add\((?:"[a-z-]+"|fmt\.Sprintf\([^)]*\)), "([a-z-]+)", `, "sluiting.term.")
		each([]string{"facts"}, `add\("([a-z-]+)", `, "sluiting.fact.")
		each([]string{"matrix"}, `add\("([a-z-]+)", `, "sluiting.read.")
		each([]string{"words.go"}, `(?:return \[\]string\{|out = append\(out, |return append\(court\(r, at\), |append\(court\(r, at\), )"([a-z-]+)"`, "sluiting.next.")
		each([]string{"words.go"}, `\tpart\("([a-z-]+)", `, "sluiting.part.")
		for _, kind := range []string{"ordinary", "urgent", "warning"} {
			need("sluiting.need.sign-" + kind)
		}
		for _, how := range []string{"ended", "reopened", "warned", "withdrawn", "revoked", "annulled", "not-pursued"} {
			need("sluiting.close-" + how)
		}
		for _, q := range questions {
			need("sluiting.ask.weigh." + q.name)
			need("sluiting.hint.weigh." + q.name)
			need("sluiting.question." + q.name)
		}
		for _, c := range policies(t)[0].Cells {
			if said := cellWords(p, c); strings.Contains(said, "[") {
				t.Errorf("%s: cell %s reads %q", lang, c.Code, said)
			}
		}
		for _, g := range guards {
			if !strings.HasPrefix(g.code, "measures.") {
				need("sluiting." + g.code)
			}
		}
		if found < 120 {
			t.Errorf("only %d codes were found in the sources", found)
		}
	}
}

// A term that the list shows as one without a date has none in the table of the law, and
// the other way round.
func TestPromptTermsHaveNoDate(t *testing.T) {
	prompt := Law(policies(t)).Prompt
	for _, f := range []*file{sealed(t), suspended(t), owing(t)} {
		for _, x := range f.r.Terms(calendar) {
			a, err := calendar.Answer(x.Question)
			if err != nil || (a.End.Day == deadlines.NoDay) != prompt[x.Code] {
				t.Errorf("%s ends %s, and stands among the terms without a date: %v", x.Code, a.End, prompt[x.Code])
			}
		}
	}
}

// Where a rule needs the minute, the form does not call the time optional.
func TestWhereTheMinuteCounts(t *testing.T) {
	for _, g := range guards {
		if g.code == "minute" && !minute("sluiting."+g.act, "At") {
			t.Errorf("%s: %s calls the time optional and then refuses the form without it", g.rule, g.act)
		}
	}
}
