package gebiedsverbod

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"baken/internal/kernel/ask"
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
		for _, v := range New(nil, nil).Verbs {
			verb := measures.Verb(v.Name)
			need("act." + v.Name)
			need("gebiedsverbod.did." + verb)
			need("gebiedsverbod.block." + verb)
			for _, f := range ask.Fields(v.New()) {
				if !p.Has("gebiedsverbod.ask." + verb + "." + f.Name) {
					need("gebiedsverbod.ask." + f.Name)
				}
				for _, o := range f.Options {
					if !p.Has("gebiedsverbod.option." + verb + "." + f.Name + "." + o) {
						need("gebiedsverbod.option." + o)
					}
				}
			}
		}
		for _, tr := range transitions {
			for _, s := range append(tr.in, tr.to) {
				if s != "" {
					need("gebiedsverbod.stage." + string(s))
				}
			}
		}
		need("gebiedsverbod.term.order-end")
		for _, b := range bases {
			need("gebiedsverbod.option." + b.code)
			for _, o := range b.orders {
				need("gebiedsverbod.order." + o)
				need("gebiedsverbod.order-" + o)
			}
		}
		for _, k := range letterKinds {
			need("gebiedsverbod.letter." + k.Code)
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
		acts := []string{"gebiedsverbod.go", "prepare.go", "decide.go", "during.go", "remedies.go", "finish.go", "ground.go"}
		each(acts, `wrong\("?\w+"?, "([a-z-]+[a-z])"`, "gebiedsverbod.")
		each(acts, `\treturn "([a-z-]+)"\n`, "gebiedsverbod.need.")
		each([]string{"rules_ban.go"}, `\treturn "([a-z-]+)"\n`, "gebiedsverbod.")
		each([]string{"rules_basis.go"}, `\treturn "([a-z-]+)"\n`, "gebiedsverbod.")
		each([]string{"rules_basis.go"}, `\treturn "([a-z-]+)"\n`, "gebiedsverbod.need.")
		each([]string{"rules_basis.go"}, `fewer\(\d, "([a-z-]+)"`, "gebiedsverbod.")
		each([]string{"rules_basis.go"}, `fewer\(\d, "([a-z-]+)"`, "gebiedsverbod.need.")
		each([]string{"rules_basis.go"}, `comesFrom\("([a-z-]+)"\)`, "gebiedsverbod.no-")
		each([]string{"rules_basis.go"}, `comesFrom\("([a-z-]+)"\)`, "gebiedsverbod.need.no-")
		each([]string{"rules_terms.go"}, `add\([^,]+(?:, [^,"]+\))?, "([a-z-]+)", `, "gebiedsverbod.term.")
		each([]string{"words.go", "web_field.go"}, `\tadd\("([a-z-]+)", (?:p\.T|r\.[PR]|c\.|when|age|orders|length|hours|binds|strconv|b\.|d\.Where)`, "gebiedsverbod.fact.")
		each([]string{"words.go"}, `(?:return \[\]string\{|out = append\(out, |return append\((?:out|pending\(r, at\)|append\(out, pending\(r, at\)\.\.\.\)), )"([a-z-]+)"`, "gebiedsverbod.next.")
		each([]string{"words.go"}, `\tadd\("([a-z-]+)", (?:w\.|l\.|d\.[A-Z]\w+\)|x\.Words|why\)|r\.Why)`, "gebiedsverbod.read.")
		for _, g := range guards {
			if !strings.HasPrefix(g.code, "measures.") && !strings.HasPrefix(g.code, "places.") {
				need("gebiedsverbod." + g.code)
			}
		}
		if found < 150 {
			t.Errorf("only %d codes were found in the sources", found)
		}
	}
}

// Where a rule needs the minute, the form does not call the time optional.
func TestWhereTheMinuteCounts(t *testing.T) {
	for _, g := range guards {
		if g.code == "minute" && !minute("gebiedsverbod."+g.act, "At") && !minute("gebiedsverbod."+g.act, "Until") && !minute("gebiedsverbod."+g.act, "From") {
			t.Errorf("%s: %s calls the time optional and then refuses the form without it", g.rule, g.act)
		}
	}
}
