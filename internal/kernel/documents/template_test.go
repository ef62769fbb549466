package documents

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"baken/internal/fault"
	"baken/internal/text"
)

const closure = `code: home-closure
lang: nl
title: Besluit tot sluiting
subject: Sluiting van {{address}}
mandatory: summary, remedy, terms, contact

[summary]
Wij sluiten **{{address}}** voor {{months}} maanden{{#if urgent}}, met spoed{{/if}}.

[content]
# Waarom
Er is {{amount}}
gevonden in uw woning.

{{#unless urgent}}
U kon uw mening geven.
{{/unless}}

- Neem uw spullen mee.
{{#if pets}}
- Denk aan uw dieren: {{pets}}.
{{/if}}
- Lever de sleutel in
  bij de balie.

## Overzicht
| Wat | Wanneer |
|-----|---------|
| Begin | {{start}} |
| {{#if urgent}}Spoed{{/if}} | |

= Zaak: {{number}}
= Dieren: {{#if pets}}{{pets}}{{/if}}

[remedy]
{{> objection}}

[terms]
1. Binnen zes weken.
2. \ niet meer.

[contact]
\- Bel 14 0{{number}}.
`

var values = map[string]string{"address": "Dorp **1** {{x}}", "months": "3", "urgent": "", "amount": "# 5 kg\n- (cocaïne)", "pets": "", "start": "| 1 dec |", "number": "7"}

var shared = map[string]string{"objection": "Bent u het niet eens met {{number}}? **Maak bezwaar.**\n\n{{#if urgent}}\nVraag om spoed.\n{{/if}}"}

func parse(t failer, src string) Template {
	t.Helper()
	tpl, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// show writes blocks so that a test can read them.
func show(blocks []Block) (out []string) {
	mark := func(t Text) string {
		var b strings.Builder
		for _, r := range t {
			if r.Bold {
				b.WriteString("<" + r.Text + ">")
			} else {
				b.WriteString(r.Text)
			}
		}
		return b.String()
	}
	for _, b := range blocks {
		switch b.Kind {
		case Paragraph:
			out = append(out, "P "+mark(b.Text))
		case Heading:
			out = append(out, fmt.Sprintf("H%d %s", b.Level, mark(b.Text)))
		case List:
			for i, item := range b.Items {
				out = append(out, fmt.Sprintf("L%d %v %s", i, b.Numbered, mark(item)))
			}
		default:
			for _, r := range append([][]Text{b.Header}, b.Rows...) {
				s := fmt.Sprintf("T%d", b.Kind)
				for _, c := range r {
					s += "|" + mark(c)
				}
				out = append(out, s)
			}
		}
	}
	return out
}

func TestFill(t *testing.T) {
	title, subject, blocks, err := parse(t, closure).Fill(values, shared)
	if err != nil {
		t.Fatal(err)
	}
	if title != "Besluit tot sluiting" || subject != "Sluiting van Dorp **1** {{x}}" {
		t.Errorf("title %q, subject %q", title, subject)
	}
	same(t, "filled", show(blocks), []string{
		"P Wij sluiten <Dorp **1** {{x}}> voor 3 maanden.",
		"H1 Waarom", "P Er is # 5 kg\n- (cocaïne) gevonden in uw woning.", "P U kon uw mening geven.",
		"L0 false Neem uw spullen mee.", "L1 false Lever de sleutel in bij de balie.",
		"H2 Overzicht", "T3|Wat|Wanneer", "T3|Begin|| 1 dec |", "T4", "T4|Zaak|7",
		"P Bent u het niet eens met 7? <Maak bezwaar.>",
		"L0 true Binnen zes weken.", `L1 true \ niet meer.`, "P - Bel 14 07.",
	})
	with := maps.Clone(values)
	with["urgent"], with["pets"] = "ja", "een kat"
	_, _, blocks, err = parse(t, strings.ReplaceAll(closure, "\n", "\r\n")).Fill(with, shared)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "with conditions", show(blocks), []string{
		"P Wij sluiten <Dorp **1** {{x}}> voor 3 maanden, met spoed.",
		"H1 Waarom", "P Er is # 5 kg\n- (cocaïne) gevonden in uw woning.",
		"L0 false Neem uw spullen mee.", "L1 false Denk aan uw dieren: een kat.", "L2 false Lever de sleutel in bij de balie.",
		"H2 Overzicht", "T3|Wat|Wanneer", "T3|Begin|| 1 dec |", "T3|Spoed|", "T4", "T4|Zaak|7", "T4|Dieren|een kat",
		"P Bent u het niet eens met 7? <Maak bezwaar.>", "P Vraag om spoed.",
		"L0 true Binnen zes weken.", `L1 true \ niet meer.`, "P - Bel 14 07.",
	})
	l := Letter{Lang: text.NL, Title: title, Subject: subject, Blocks: blocks}
	same(t, "as a letter", read(conform(t, pdfOf(t, l))), outline(l))
}

func TestTemplateSaysWhatItNeeds(t *testing.T) {
	tpl := parse(t, closure)
	if got, want := tpl.Fields(), []string{"address", "amount", "months", "number", "pets", "start", "urgent"}; !slices.Equal(got, want) {
		t.Errorf("fields %v, want %v", got, want)
	}
	if got := tpl.Shared(); !slices.Equal(got, []string{"objection"}) {
		t.Errorf("shared %v", got)
	}
	if tpl.Code != "home-closure" || tpl.Lang != text.NL || tpl.Parts[0].Line != 8 || tpl.Parts[0].Section != "summary" {
		t.Errorf("%+v", tpl)
	}
}

// refusals are the ways in which a template goes wrong, with the line.
var refusals = map[string]struct {
	edit [2]string // in closure
	code string
	line int // 0: the sentence names none
}{
	"head":             {[2]string{"lang: nl", "lang: fr"}, "document.template-head", 2},
	"head name":        {[2]string{"lang: nl", "taal: nl"}, "document.template-head", 2},
	"head text":        {[2]string{"lang: nl", "hallo"}, "document.template-head", 2},
	"code":             {[2]string{"home-closure", "Home Closure"}, "document.template-head", 1},
	"mandatory":        {[2]string{"summary, remedy", "summary, summary"}, "document.template-head", 5},
	"no title":         {[2]string{"title: Besluit tot sluiting\n", ""}, "document.template-head-missing", 0},
	"missing block":    {[2]string{"[contact]\n\\- Bel 14 0{{number}}.\n", ""}, "document.template-section-missing", 0},
	"only a marker":    {[2]string{"[remedy]\n{{> objection}}", "[remedy]"}, "document.template-section-missing", 0},
	"order":            {[2]string{"[terms]", "[summary]"}, "document.template-order", 38},
	"text first":       {[2]string{"[summary]", "Tekst.\n\n[summary]"}, "document.template-order", 9},
	"twice":            {[2]string{"[terms]", "[remedy]"}, "document.template-order", 38},
	"marker":           {[2]string{"[terms]", "[termen]"}, "document.template-marker", 38},
	"marker inside":    {[2]string{"[terms]", "{{#if pets}}\n[terms]"}, "document.template-marker-inside", 39},
	"open condition":   {[2]string{`\- Bel`, "{{#if pets}}\n\\- Bel"}, "document.template-condition-open", 43},
	"open to a marker": {[2]string{"{{/unless}}", ""}, "document.template-marker-inside", 35},
	"open inline":      {[2]string{"met spoed{{/if}}", "met spoed"}, "document.template-condition-open", 8},
	"wrong end":        {[2]string{"{{/unless}}", "{{/if}}"}, "document.template-not-open", 17},
	"end alone":        {[2]string{"# Waarom", "# Waarom {{/if}}"}, "document.template-not-open", 11},
	"braces":           {[2]string{"{{amount}}", "{{amount}"}, "document.template-braces", 12},
	"braces later":     {[2]string{"gevonden in", "gevonden }} in"}, "document.template-braces", 13},
	"bad name":         {[2]string{"{{amount}}", "{{Amount of}}"}, "document.template-braces", 12},
	"bad condition":    {[2]string{"{{#unless urgent}}", "{{#when urgent}}"}, "document.template-braces", 15},
	"bad shared":       {[2]string{"{{> objection}}", "{{> Objection 1}}"}, "document.template-braces", 36},
	"in the title":     {[2]string{"tot sluiting", "tot {{sluiting"}, "document.template-braces", 3},
	"bold":             {[2]string{"in uw woning", "in **uw woning"}, "document.template-bold", 13},
	"bold over an end": {[2]string{", met spoed{{/if}}", "**, met{{/if}} spoed**"}, "document.template-bold", 8},
	"shared in a line": {[2]string{"# Waarom", "# Waarom {{> objection}}"}, "document.template-own-line", 11},
	"level":            {[2]string{"# Waarom", "## Waarom"}, "document.template-heading", 11},
	"fact":             {[2]string{"= Zaak: {{number}}", "= Zaak {{number}}"}, "document.template-fact", 32},
	"table":            {[2]string{"| Begin | {{start}} |", "| Begin |"}, "document.template-table", 29},
	"table end":        {[2]string{"| Begin | {{start}} |", "| Begin | {{start}}"}, "document.template-table", 29},
	"table of a head":  {[2]string{"| Begin | {{start}} |\n| {{#if urgent}}Spoed{{/if}} | |\n", ""}, "document.template-table", 27},
}

func refused(t *testing.T, name string, err error, code string, line int) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || f.Kind != fault.Invalid || f.Code != code {
		t.Errorf("%s: got %v, want %s", name, err, code)
		return
	}
	refusalReads(t, err)
	if said := text.For(text.NL).T(f.Code, f.Args...); line > 0 && !strings.Contains(strings.ToLower(said), fmt.Sprintf("regel %d ", line)) {
		t.Errorf("%s: %q does not name line %d", name, said, line)
	}
}

func TestBadTemplatesAreRefused(t *testing.T) {
	for name, row := range refusals {
		src := strings.Replace(closure, row.edit[0], row.edit[1], 1)
		if src == closure {
			t.Errorf("%s changes nothing", name)
			continue
		}
		_, err := Parse(src)
		refused(t, name, err, row.code, row.line)
	}
}

func TestBadValuesAreRefused(t *testing.T) {
	without := func(m map[string]string, k string) map[string]string {
		m = maps.Clone(m)
		delete(m, k)
		return m
	}
	with := func(m map[string]string, k, v string) map[string]string {
		m = maps.Clone(m)
		m[k] = v
		return m
	}
	for name, row := range map[string]struct {
		edit           [2]string
		values, shared map[string]string
		code           string
		line           int
	}{
		"unknown field":     {[2]string{}, without(values, "amount"), shared, "document.template-unknown-field", 12},
		"unknown condition": {[2]string{}, without(values, "urgent"), shared, "document.template-unknown-field", 8},
		"unknown in title":  {[2]string{"tot sluiting", "{{kind}}"}, values, shared, "document.template-unknown-field", 3},
		"empty field":       {[2]string{}, with(values, "start", " \u200b\n"), shared, "document.template-empty-field", 29},
		"unknown paragraph": {[2]string{}, values, nil, "document.template-unknown-paragraph", 36},
		"empty paragraph":   {[2]string{}, values, map[string]string{"objection": "\n"}, "document.template-empty-paragraph", 36},
		"nested paragraph":  {[2]string{}, values, map[string]string{"objection": "a\n\n{{> objection}}"}, "document.template-nested", 3},
		"marked paragraph":  {[2]string{}, values, map[string]string{"objection": "[terms]\na"}, "document.template-marker", 1},
		"broken paragraph":  {[2]string{}, values, map[string]string{"objection": "a\n\n{{#if pets}}\nb"}, "document.template-condition-open", 3},
		"hole in paragraph": {[2]string{}, values, map[string]string{"objection": "a\nb {{hole}}"}, "document.template-unknown-field", 2},
		"empty block":       {[2]string{"1. Binnen zes weken.\n2. \\ niet meer.", "{{#if pets}}\nNiets.\n{{/if}}"}, values, shared, "document.template-section-empty", 0},
		"nameless column":   {[2]string{"| Wat |", "| {{#if pets}}Wat{{/if}} |"}, values, shared, "document.template-head-empty", 27},
		"nameless fact":     {[2]string{"= Zaak:", "= {{#if pets}}Zaak{{/if}}:"}, values, shared, "document.template-head-empty", 32},
		"empty title":       {[2]string{"title: Besluit tot sluiting", "title: {{#if pets}}x{{/if}}"}, values, shared, "document.no-title", 0},
	} {
		tpl := parse(t, strings.Replace(closure, row.edit[0], row.edit[1], 1))
		_, _, blocks, err := tpl.Fill(row.values, row.shared)
		if refused(t, name, err, row.code, row.line); blocks != nil {
			t.Errorf("%s: there are blocks beside the refusal", name)
		}
	}
}

// Whatever the value, the letter has the blocks of its template, and says it.
func TestValuesAreNeverMarkup(t *testing.T) {
	tpl := parse(t, closure)
	plain := maps.Clone(values)
	for k, v := range plain {
		if v != "" {
			plain[k] = "v"
		}
	}
	_, _, want, err := tpl.Fill(plain, shared)
	if err != nil {
		t.Fatal(err)
	}
	shape := func(blocks []Block) (out []string) {
		for _, b := range blocks {
			out = append(out, fmt.Sprintf("%d %d %v %d %d %d", b.Kind, b.Level, b.Numbered, len(b.Items), len(b.Rows), len(b.Text)))
		}
		return out
	}
	piece := rapid.SampledFrom([]string{"**", "{{", "}}", "{{number}}", "{{#if pets}}", "{{/if}}", "{{> objection}}", "\n", "\n\n", "# ", "- ", "1. ", "| a |", "[terms]", "= a: b", `\`, "x", " "})
	rapid.Check(t, func(t *rapid.T) {
		v := "x" + strings.Join(rapid.SliceOf(piece).Draw(t, "value"), "") + "y"
		nasty := maps.Clone(plain)
		for k := range nasty {
			if nasty[k] != "" {
				nasty[k] = v
			}
		}
		_, _, blocks, err := tpl.Fill(nasty, shared)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(shape(blocks), shape(want)) {
			t.Fatalf("%q made %v of %v", v, shape(blocks), shape(want))
		}
		if !strings.Contains(blocks[2].Text.String(), v) {
			t.Fatalf("%q is not said in %q", v, blocks[2].Text)
		}
	})
}

// No source ends the program, and what is accepted can be filled or is refused.
func FuzzParse(f *testing.F) {
	f.Add(closure)
	f.Add("code: a\nlang: nl\ntitle: b\n\n- x\n  y\n| a |\n| b |\n= c: d")
	f.Fuzz(func(t *testing.T, src string) {
		tpl, err := Parse(src)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		vals := map[string]string{}
		for _, k := range tpl.Fields() {
			vals[k] = "v"
		}
		title, _, blocks, err := tpl.Fill(vals, nil)
		if err == nil {
			err = PDF(&bytes.Buffer{}, Letter{Title: title, Blocks: blocks})
		}
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatal(err)
		}
	})
}
