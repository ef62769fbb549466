package huisverbod

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
	for _, lang := range text.Langs {
		p, found := text.For(lang), 0
		need := func(code string) {
			t.Helper()
			if !p.Has(code) {
				t.Errorf("%s misses %s", lang, code)
			}
		}
		for _, v := range New().Verbs {
			verb := measures.Verb(v.Name)
			need("act." + v.Name)
			need("huisverbod.did." + verb)
			need("huisverbod.block." + verb)
			for _, f := range ask.Fields(v.New()) {
				if measures.IsPerGround(f.Name) {
					continue
				}
				if !p.Has("huisverbod.ask." + verb + "." + f.Name) {
					need("huisverbod.ask." + f.Name)
				}
				for _, o := range f.Options {
					if !p.Has("huisverbod.option." + verb + "." + f.Name + "." + o) {
						need("huisverbod.option." + o)
					}
				}
			}
		}
		for _, tr := range transitions {
			for _, s := range append(tr.in, tr.to) {
				if s != "" {
					need("huisverbod.stage." + string(s))
				}
			}
		}
		for _, code := range waitsFor {
			need("huisverbod.term." + code)
		}
		for _, k := range letterKinds {
			need("huisverbod.letter." + k.Code)
		}
		each := func(files []string, pattern, prefix string) {
			t.Helper()
			n := 0
			for _, file := range files {
				for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(sources[file], -1) {
					need(prefix + m[1])
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s finds nothing", pattern)
			}
			found += n
		}
		acts := []string{"huisverbod.go", "prepare.go", "decide.go", "during.go", "extend.go", "remedies.go", "finish.go"}
		each(acts, `wrong\("?\w+"?, "([a-z-]+[a-z])"`, "huisverbod.")
		each(acts, `\t\treturn "([a-z-]+)"\n`, "huisverbod.need.")
		each([]string{"rules_terms.go"}, `add\([^,]+(?:, [^,"]+\))?, "([a-z-]+)", `, "huisverbod.term.")
		each([]string{"words.go"}, `\tadd\("([a-z-]+)", (?:p\.T|x\.|when|strings|r\.Refusal|strconv|b\.)`, "huisverbod.fact.")
		each([]string{"words.go"}, `(?:return \[\]string\{|out = append\(out, |return append\(out, )"([a-z-]+)"`, "huisverbod.next.")
		for _, to := range []string{"household", "help", "veilig-thuis"} {
			need("huisverbod.term.notice-" + to)
			need("huisverbod.term.extension-" + to)
		}
		for _, g := range guards {
			if !strings.HasPrefix(g.code, "measures.") {
				need("huisverbod." + g.code)
			}
		}
		if found < 85 {
			t.Errorf("only %d codes were found in the sources", found)
		}
	}
}

// A term that the list shows as one without a date has none in the table of the law, and
// the other way round.
func TestPromptTermsHaveNoDate(t *testing.T) {
	for _, f := range []*file{extended(t), inCourt(t).do("2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-03-26 14:00"), Outcome: "refused", Grounds: "x"}), mandated(t)} {
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
		if g.code == "minute" && !minute("huisverbod."+g.act, "At") && !minute("huisverbod."+g.act, "Until") {
			t.Errorf("%s: %s calls the time optional and then refuses the form without it", g.rule, g.act)
		}
	}
}
