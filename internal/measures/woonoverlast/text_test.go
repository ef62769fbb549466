package woonoverlast

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
		for _, v := range New(nil).Verbs {
			verb := measures.Verb(v.Name)
			need("act." + v.Name)
			need("woonoverlast.did." + verb)
			need("woonoverlast.block." + verb)
			for _, f := range ask.Fields(v.New()) {
				if measures.IsPerGround(f.Name) {
					continue
				}
				if !p.Has("woonoverlast.ask." + verb + "." + f.Name) {
					need("woonoverlast.ask." + f.Name)
				}
				for _, o := range f.Options {
					if !p.Has("woonoverlast.option." + verb + "." + f.Name + "." + o) {
						need("woonoverlast.option." + o)
					}
				}
			}
		}
		for _, tr := range transitions {
			for _, s := range append(tr.in, tr.to) {
				if s != "" {
					need("woonoverlast.stage." + string(s))
				}
			}
		}
		for _, code := range []string{"evaluate", "order-end", "ban"} {
			need("woonoverlast.term." + code)
		}
		need("woonoverlast.stage." + banProposed)
		for _, k := range letterKinds {
			need("woonoverlast.letter." + k.Code)
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
		acts := []string{"woonoverlast.go", "log.go", "prepare.go", "decide.go", "during.go", "ban.go", "remedies.go", "finish.go"}
		each(acts, `wrong\("?\w+"?, "([a-z-]+[a-z])"`, "woonoverlast.")
		each(acts, `\treturn "([a-z-]+)"\n`, "woonoverlast.need.")
		each([]string{"rules_order.go"}, `return Sum\{\}, "([a-z-]+)"`, "woonoverlast.")
		each([]string{"rules_terms.go"}, `add\([^,]+(?:, [^,"]+\))?, "([a-z-]+)", `, "woonoverlast.term.")
		each([]string{"words.go"}, `\tadd\("([a-z-]+)", (?:p\.T|r\.|when|day|strings|strconv|b\.|s\)|"€)`, "woonoverlast.fact.")
		each([]string{"words.go"}, `(?:return \[\]string\{|out = append\(out, |return append\((?:out|pending\(r, at\)), )"([a-z-]+)"`, "woonoverlast.next.")
		each([]string{"words.go"}, `(?:line\(|\tadd\()"([a-z-]+)", (?:w\.|b\.[A-Z]\w+\)|d\.|x\.Words|append|rules\.\.\.)`, "woonoverlast.read.")
		for _, source := range []string{"neighbour", "landlord", "officer", "police", "other"} {
			need("woonoverlast.letter.from-" + source)
		}
		for _, g := range guards {
			if !strings.HasPrefix(g.code, "measures.") {
				need("woonoverlast." + g.code)
			}
		}
		if found < 180 {
			t.Errorf("only %d codes were found in the sources", found)
		}
	}
}

// Where a rule needs the minute, the form does not call the time optional.
func TestWhereTheMinuteCounts(t *testing.T) {
	for _, g := range guards {
		if g.code == "minute" && !minute("woonoverlast."+g.act, "At") && !minute("woonoverlast."+g.act, "Until") {
			t.Errorf("%s: %s calls the time optional and then refuses the form without it", g.rule, g.act)
		}
	}
}
