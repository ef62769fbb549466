package documents

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"baken/internal/fault"
	"baken/internal/text"
)

// outline is what a letter must say, a line per element, from the letter itself.
func outline(l Letter) (out []string) {
	say := func(tag, s string) { out = append(out, strings.TrimSpace(tag+" "+words(s))) }
	for _, s := range append(slices.Clone(l.From), l.To...) {
		say("P", s)
	}
	p := text.For(l.Lang)
	if l.Date != "" {
		say("P", p.T("document.date")+": "+l.Place+", "+l.Date)
	}
	if l.Reference != "" {
		say("P", p.T("document.reference")+": "+l.Reference)
	}
	if l.Subject != "" {
		say("P", p.T("document.subject")+": "+l.Subject)
	}
	say("H1", l.Title)
	for _, b := range l.Blocks {
		switch b.Kind {
		case Paragraph:
			say("P", b.Text.String())
		case Heading:
			say(fmt.Sprintf("H%d", b.Level+1), b.Text.String())
		case List:
			say("L", "")
			for i, item := range b.Items {
				say("LI", "")
				if say("Lbl", "•"); b.Numbered {
					out[len(out)-1] = fmt.Sprintf("Lbl %d.", i+1)
				}
				say("LBody", item.String())
			}
		case Table, Facts:
			say("Table", "")
			if b.Kind == Table {
				say("TR", "")
				for _, h := range b.Header {
					say("TH", h.String())
				}
			}
			for _, r := range b.Rows {
				say("TR", "")
				for i, c := range r {
					tag := "TD"
					if b.Kind == Facts && i == 0 {
						tag = "TH"
					}
					say(tag, c.String())
				}
			}
		}
	}
	return out
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// read is what the structure says, by our checker.
func read(p *parsed) (out []string) {
	for _, e := range p.elems[1:] {
		out = append(out, strings.TrimSpace(e.tag+" "+words(e.text)))
	}
	return out
}

// popplerReads is what pdfinfo says that the structure says.
func popplerReads(t *testing.T, body []byte) (out []string) {
	t.Helper()
	element := regexp.MustCompile(`^ *([A-Za-z0-9]+)(?: \((?:block|inline)\))?:?$`)
	for _, line := range strings.Split(tool(t, "pdfinfo", body, "-struct-text", "FILE"), "\n") {
		if m := element.FindStringSubmatch(line); m != nil {
			out = append(out, m[1])
		} else if s := strings.TrimSpace(line); strings.HasPrefix(s, `"`) {
			out[len(out)-1] = words(out[len(out)-1] + " " + strings.TrimSuffix(s[1:], `"`))
		}
	}
	return out
}

func same(t *testing.T, who string, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Fatalf("%s, element %d:\n got %q\nwant %q", who, i, g, w)
		}
	}
}

// Every text is in the structure once, in its place, also over page breaks.
func TestStructureSaysTheLetter(t *testing.T) {
	l := sample()
	body := pdfOf(t, l)
	p := conform(t, body)
	if len(p.pages) < 3 {
		t.Fatalf("%d pages: the sample must break inside its table", len(p.pages))
	}
	same(t, "our checker", read(p), outline(l))
	same(t, "pdfinfo", popplerReads(t, body), append([]string{"Document"}, outline(l)...))
}

// What stands in the margin is seen and not read out: the page's number, the
// title, the header of a table on its next page, the word that this is a draft.
func TestMarginsAreArtifacts(t *testing.T) {
	for _, lang := range text.Langs {
		l := sample()
		l.Lang, l.Concept = lang, true
		body := pdfOf(t, l)
		p := conform(t, body)
		seen, said := tool(t, "pdftotext", body, "-layout", "FILE", "-"), strings.Join(read(p), "\n")
		n := len(p.pages)
		last := text.For(lang).T("document.page", "page", fmt.Sprint(n), "total", fmt.Sprint(n))
		draft := text.For(lang).T("document.concept")
		for what, want := range map[string][2]int{last: {1, 0}, draft: {n, 0}, "Gebeurtenis": {n - 1, 1}, l.Title: {n, 1}} {
			if got := [2]int{strings.Count(seen, what), strings.Count(said, what)}; got != want {
				t.Errorf("%s: %q is seen and said %v times, want %v", lang, what, got, want)
			}
		}
	}
}

func TestHardTexts(t *testing.T) {
	long := strings.Repeat("aansprakelijkheidsverzekering", 12)
	l := Letter{Title: `Titel (1) \ <&> "é" €`, Blocks: []Block{
		{Kind: Paragraph, Text: Plain(`haken ( ) ((, schuin \ \\ \n \), <&> ]]> %s %% ‘é’ ü € ÿ Ÿ ĳ ő ß — … č`)},
		{Kind: Paragraph, Text: Plain("begin " + long + " eind")},
		{Kind: Paragraph, Text: Plain("regel een\nregel twee\r\nregel drie\u2028regel vier")},
		{Kind: Paragraph, Text: Plain("ton \u010d\u0d0a\u0a0d \u5c5c tekens waarvan de helft een teken van PDF is: \u285c\u0a28")},
		{Kind: Table, Header: []Text{Plain("a"), Plain("b")}, Rows: [][]Text{{nil, Plain("")}, {Plain(long), Plain("(x)")}, {Plain(" "), Plain(strings.Repeat("woord ", 900))}}},
	}}
	body := pdfOf(t, l)
	p := conform(t, body)
	got := read(p)
	want := outline(l)
	for i := range want {
		want[i] = strings.Map(func(r rune) rune { return faces()[0].shown(r) }, want[i])
	}
	same(t, "our checker", got, want)
	if info := tool(t, "pdfinfo", body, "FILE"); !strings.Contains(info, "Title:           "+l.Title) {
		t.Errorf("the title is not %q in:\n%s", l.Title, info)
	}
	if n := strings.Count(strings.Join(got, " "), string(missing)); n < 3 {
		t.Errorf("%d characters that the font misses are seen, want all", n)
	}
}

// Whatever a person types comes out, and nothing runs off the page.
func TestAnyTextSurvives(t *testing.T) {
	char := rapid.Rune().Filter(unicode.IsPrint)
	common := rapid.SampledFrom([]rune(`abc de-f/g ()\<>&"'%€é` + "\u00a0"))
	any := rapid.StringOfN(rapid.OneOf(char, common, common, common), 1, 400, -1)
	rapid.Check(t, func(t *rapid.T) {
		var l Letter
		l.Title = "T" + any.Draw(t, "title")
		for range rapid.IntRange(1, 4).Draw(t, "blocks") {
			a, b := "x"+any.Draw(t, "a"), any.Draw(t, "b")
			l.Blocks = append(l.Blocks, rapid.SampledFrom([]Block{
				{Kind: Paragraph, Text: Text{{a, false}, {b, true}}},
				{Kind: Heading, Level: 1, Text: Plain(a)},
				{Kind: List, Items: []Text{Plain(a), {{b, true}, {a, false}}}},
				{Kind: Table, Header: []Text{Plain("x"), Plain(a), Plain("z")}, Rows: [][]Text{{Plain(b), nil, Plain(a)}}},
				{Kind: Facts, Rows: [][]Text{{Plain(a), Plain(b)}}},
			}).Draw(t, "block"))
		}
		var out bytes.Buffer
		if err := PDF(&out, l); err != nil {
			t.Fatal(err)
		}
		want := outline(l)
		for i := range want {
			want[i] = words(strings.Map(func(r rune) rune { return faces()[0].shown(r) }, clean(want[i])))
		}
		p := conform(t, out.Bytes())
		if got := read(p); !slices.Equal(got, want) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
		for _, pg := range layout(&l, text.For(text.NL)).pages {
			for _, o := range pg.ops {
				if o.kind == opText && (o.x < left-0.01 || o.x+widthOf(strings.TrimRight(o.text, " "), o.bold, o.size) > pageWidth-right+0.01 || o.y > pageHeight-30) {
					t.Fatalf("%q runs off the page: %+v", o.text, o)
				}
			}
		}
	})
}

// The same letter is the same bytes, or a hash proves nothing.
func TestSameLetterSameBytes(t *testing.T) {
	want := pdfOf(t, sample())
	got := make(chan []byte)
	for range 8 {
		go func() {
			var b bytes.Buffer
			_ = PDF(&b, sample()) // an error leaves other bytes
			got <- b.Bytes()
		}()
	}
	for range 8 {
		if !bytes.Equal(<-got, want) {
			t.Fatal("the same letter gave other bytes")
		}
	}
	l := sample()
	l.Reference += "2"
	if bytes.Contains(pdfOf(t, l), want[bytes.LastIndex(want, []byte("/ID[")):bytes.LastIndex(want, []byte("]>>"))]) {
		t.Error("two letters have one id")
	}
}

func TestUnreadableLettersAreRefused(t *testing.T) {
	h := func(level int) Block { return Block{Kind: Heading, Level: level, Text: Plain("kop")} }
	two := []Text{Plain("a"), Plain("b")}
	for name, row := range map[string]struct {
		code string
		l    Letter
	}{
		"no title":       {"document.no-title", Letter{Title: " \u200b"}},
		"level skipped":  {"document.heading-level", Letter{Title: "t", Blocks: []Block{h(2)}}},
		"level 3":        {"document.heading-level", Letter{Title: "t", Blocks: []Block{h(1), h(2), h(3)}}},
		"empty heading":  {"document.empty-block", Letter{Title: "t", Blocks: []Block{{Kind: Heading, Level: 1}}}},
		"empty text":     {"document.empty-block", Letter{Title: "t", Blocks: []Block{{Text: Plain("\n ")}}}},
		"empty list":     {"document.empty-block", Letter{Title: "t", Blocks: []Block{{Kind: List}}}},
		"empty item":     {"document.empty-block", Letter{Title: "t", Blocks: []Block{{Kind: List, Items: []Text{nil}}}}},
		"ragged":         {"document.table-shape", Letter{Title: "t", Blocks: []Block{{Kind: Table, Header: two, Rows: [][]Text{two[:1]}}}}},
		"no rows":        {"document.table-shape", Letter{Title: "t", Blocks: []Block{{Kind: Table, Header: two}}}},
		"three facts":    {"document.table-shape", Letter{Title: "t", Blocks: []Block{{Kind: Facts, Rows: [][]Text{append(two, Plain("c"))}}}}},
		"nameless":       {"document.table-head", Letter{Title: "t", Blocks: []Block{{Kind: Table, Header: []Text{Plain("a"), nil}, Rows: [][]Text{two}}}}},
		"nameless fact":  {"document.table-head", Letter{Title: "t", Blocks: []Block{{Kind: Facts, Rows: [][]Text{{nil, Plain("b")}}}}}},
		"unknown kind":   {"document.table-shape", Letter{Title: "t", Blocks: []Block{{Kind: 9}}}},
		"heading thrice": {"document.heading-level", Letter{Title: "t", Blocks: []Block{h(0)}}},
	} {
		for what, write := range map[string]func(io.Writer, Letter) error{"PDF": PDF, "DOCX": DOCX} {
			var b bytes.Buffer
			err := write(&b, row.l)
			if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || f.Code != row.code || b.Len() > 0 {
				t.Errorf("%s, %s: %v", name, what, err)
				continue
			}
			refusalReads(t, err)
		}
	}
}

// refusalReads checks that a fault is a whole sentence in both languages.
func refusalReads(t *testing.T, err error) {
	t.Helper()
	f := fault.Of(err)
	for _, lang := range text.Langs {
		if s := text.For(lang).T(f.Code, f.Args...); s == "["+f.Code+"]" || strings.Contains(s, "{{.") || strings.Contains(s, "<no value>") || len(s) < 20 {
			t.Errorf("%s %s reads %q", lang, f.Code, s)
		}
	}
}
