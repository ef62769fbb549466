package dwangsom

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"baken/internal/kernel/ask"
	"baken/internal/measures"
	"baken/internal/text"
)

// Every act, field, option, refusal and term has its words in both languages: a code
// on a page helps nobody.
func TestEverythingIsInWords(t *testing.T) {
	for _, lang := range text.Langs {
		p := text.For(lang)
		need := func(code string) {
			t.Helper()
			if !p.Has(code) {
				t.Errorf("%s misses %s", lang, code)
			}
		}
		for _, v := range New(policies(t)).Verbs {
			need("act." + v.Name)
			need("dwangsom.did." + measures.Verb(v.Name))
			need("dwangsom.block." + measures.Verb(v.Name))
			for _, f := range ask.Fields(v.New()) {
				if measures.IsPerGround(f.Name) {
					continue
				}
				need("dwangsom.ask." + f.Name)
				for _, o := range f.Options {
					need("dwangsom.option." + o)
				}
			}
		}
		for _, tr := range transitions {
			for _, s := range append(tr.in, tr.to) {
				if s != "" {
					need("dwangsom.stage." + string(s))
				}
			}
		}
		files, err := filepath.Glob("*.go")
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`wrong\("\w+", "([a-z-]+)"`).FindAllStringSubmatch(string(raw), -1) {
				need("dwangsom." + m[1])
				found++
			}
			if file == "rules_sums.go" {
				for _, m := range regexp.MustCompile(`return nil, "([a-z-]+)"`).FindAllStringSubmatch(string(raw), -1) {
					need("dwangsom.forfeit." + m[1])
					found++
				}
			}
			for _, m := range regexp.MustCompile(`(?:return|case .*:\n\t\treturn) "([a-z-]+)"\n`).FindAllStringSubmatch(string(raw), -1) {
				if file != "policy.go" && file != "words.go" {
					need("dwangsom.need." + m[1])
					found++
				}
			}
			for _, m := range regexp.MustCompile(`add\([^,]+(?:, [^,"]+\))?, "([a-z-]+)", `).FindAllStringSubmatch(string(raw), -1) {
				need("dwangsom.term." + m[1])
				found++
			}
		}
		if found < 60 {
			t.Errorf("only %d codes were found in the sources", found)
		}
	}
}
