// Package text holds what people read, by code, Dutch first and English
// complete. One file per subject and language stands in nl/ and en/; a test finds
// a code that one of them misses. Identifiers never hold a sentence, so a
// municipality's words can be reviewed without reading code.
package text

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed nl/*.json en/*.json
var files embed.FS

// Lang is a language that Baken speaks.
type Lang string

const (
	NL Lang = "nl"
	EN Lang = "en"
)

// Langs are all languages, the first being the one a reader gets who asked for none.
var Langs = []Lang{NL, EN}

// Printer writes sentences, numbers and dates in one language. It is safe for
// concurrent use.
type Printer struct {
	Lang      Lang
	plain     map[string]string // sentences without a value to fill in
	localizer *i18n.Localizer
	known     map[string]bool
	marked    map[string]string // sentences of one form, with their marks
	months    []string          // January first
	weekdays  []string          // Sunday first
}

var printers = load()

// load reads the embedded catalogues. They are part of the program, so a broken
// one is a programming error and ends it at start; the tests read all of them.
func load() map[Lang]*Printer {
	bundle := i18n.NewBundle(language.Dutch)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	out := map[Lang]*Printer{}
	for _, lang := range Langs {
		p := &Printer{Lang: lang, plain: map[string]string{}, known: map[string]bool{}, marked: map[string]string{}, months: months[lang], weekdays: weekdays[lang]}
		names, err := fs.Glob(files, string(lang)+"/*.json")
		if err != nil {
			panic(err)
		}
		for _, name := range names {
			raw, err := files.ReadFile(name)
			if err != nil {
				panic(err)
			}
			// go-i18n takes the language from the file's name.
			parsed, err := bundle.ParseMessageFileBytes(raw, strings.TrimSuffix(path.Base(name), ".json")+"."+string(lang)+".json")
			if err != nil {
				panic(fmt.Sprintf("text: %s: %v", name, err))
			}
			for _, m := range parsed.Messages {
				if p.known[m.ID] {
					panic(fmt.Sprintf("text: %s: code %q stands in two files", name, m.ID))
				}
				p.known[m.ID] = true
				if m.One == "" && !strings.Contains(m.Other, "{{") {
					p.plain[m.ID] = m.Other
				}
				if m.One == "" {
					p.marked[m.ID] = m.Other
				}
			}
		}
		p.localizer = i18n.NewLocalizer(bundle, string(lang))
		out[lang] = p
	}
	return out
}

// For returns the printer of a language; Dutch for one that Baken does not speak.
func For(lang Lang) *Printer {
	if p, ok := printers[lang]; ok {
		return p
	}
	return printers[NL]
}

// T returns the sentence of a code. Args are pairs of name and value; the value
// named "n" also chooses singular or plural. A code that is missing comes back in
// brackets, so that a reader sees something and a test can find it.
func (p *Printer) T(code string, args ...any) string {
	if s, ok := p.plain[code]; ok {
		return s
	}
	data := make(map[string]any, len(args)/2)
	cfg := &i18n.LocalizeConfig{MessageID: code, TemplateData: data}
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		data[name] = args[i+1]
		if name == "n" {
			switch n := args[i+1].(type) {
			case int:
				cfg.PluralCount, data[name] = n, p.Int(n)
			case string:
				// A figure as it is shown, such as 1.234 or 12*, is plural; the words of a cell
				// without a figure are no count.
				if _, err := strconv.Atoi(n); err == nil {
					cfg.PluralCount = n
				}
			default:
				cfg.PluralCount = n
			}
		}
	}
	s, err := p.localizer.Localize(cfg)
	if err != nil && s == "" {
		return "[" + code + "]"
	}
	return s
}

// Has reports whether the language has a sentence for the code.
func (p *Printer) Has(code string) bool { return p.known[code] }

// Codes lists every code of the language in order, for the tests that hold the
// catalogues complete.
func (p *Printer) Codes() []string {
	out := make([]string, 0, len(p.known))
	for code := range p.known {
		out = append(out, code)
	}
	sort.Strings(out)
	return out
}

// Pattern is a sentence cut at its marks, for who writes the same one very many
// times. It is plain data and safe for concurrent use.
type Pattern struct {
	words []string // words[i] stands before names[i]; the last after all
	names []string
}

// Pattern cuts the sentence of a code. A sentence with a plural cannot be cut and,
// as one that is missing, comes back as its code in brackets.
func (p *Printer) Pattern(code string) Pattern {
	rest, ok := p.marked[code]
	if !ok {
		return Pattern{words: []string{"[" + code + "]"}}
	}
	var out Pattern
	for {
		before, after, found := strings.Cut(rest, "{{.")
		out.words = append(out.words, before)
		if !found {
			return out
		}
		name, after, _ := strings.Cut(after, "}}")
		out.names = append(out.names, name)
		rest = after
	}
}

// Append writes the sentence to b; fill writes the value of a mark.
func (t Pattern) Append(b []byte, fill func(b []byte, name string) []byte) []byte {
	for i, w := range t.words {
		b = append(b, w...)
		if i < len(t.names) {
			b = fill(b, t.names[i])
		}
	}
	return b
}
