package documents

import (
	"slices"
	"strings"
	"testing"

	"baken/internal/text"
)

func TestMarked(t *testing.T) {
	for in, want := range map[string]Text{
		"":              nil,
		"plain":         {{"plain", false}},
		"a **b** c":     {{"a ", false}, {"b", true}, {" c", false}},
		"**b**":         {{"b", true}},
		"a **b":         {{"a **b", false}},
		"**a** b ** c":  {{"a", true}, {" b ** c", false}},
		"**a** **b** c": {{"a", true}, {" ", false}, {"b", true}, {" c", false}},
	} {
		if got := Marked(in); !slices.Equal(got, want) {
			t.Errorf("%q became %v, want %v", in, got, want)
		}
		if got := Plain(in); got.String() != in || len(got) != 1 || got[0].Bold {
			t.Errorf("plain %q became %v", in, got)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb":                    "a b",
		"a\r\nb\rc\u2028d\u0085e": "a\nb\nc\nd\ne",
		"zacht\u00adstreepje":     "zachtstreepje",
		"links\u202erechts":       "linksrechts",
		"bel\a":                   "bel" + string(missing),
		"bad\xff":                 "bad" + string(missing),
		"geen\uffff teken":        "geen" + string(missing) + " teken",
		"één":                     "één",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// A number that is read out over the telephone stands on one line.
func TestANumberStaysWhole(t *testing.T) {
	for _, s := range []string{"nummer M-2026-0007", "bel 06-00000000", "zie nr. 12/34"} {
		words := strings.Fields(s)
		last := words[len(words)-1]
		// Room for all but the last character.
		lines := breakLines(Plain(s), 10, widthOf(s, false, 10)-1)
		var end strings.Builder
		for _, seg := range lines[len(lines)-1].segs {
			end.WriteString(seg.text)
		}
		if end.String() != last {
			t.Errorf("%q ends with a line %q, want %q", s, end.String(), last)
		}
	}
}

// Where lines break, and what stands at their end.
func TestLines(t *testing.T) {
	set := func(s string, width float64) (out []string) {
		for _, l := range breakLines(Plain(s), 10, width) {
			var b strings.Builder
			for _, s := range l.segs {
				b.WriteString(s.text)
			}
			out = append(out, b.String())
		}
		return out
	}
	word := widthOf("woord", false, 10)
	space := widthOf(" ", false, 10)
	for _, row := range []struct {
		in    string
		width float64
		want  []string
	}{
		{"woord woord", 2*word + space, []string{"woord woord"}},
		{"woord woord", 2*word + space - 0.1, []string{"woord ", "woord"}},
		{"woord\u00a0woord woord", 2*word + space + 0.1, []string{"woord\u00a0woord ", "woord"}},
		{"woord-woord", word + widthOf("-", false, 10) + 0.1, []string{"woord-", "woord"}},
		{"woordwoord", word + 0.01, []string{"woord", "woord"}},
		{"een\ntwee\n\nvier", 300, []string{"een ", "twee ", "", "vier"}},
		{"", 100, []string{""}},
		{"ij", 0.1, []string{"i", "j"}},
	} {
		if got := set(row.in, row.width); !slices.Equal(got, row.want) {
			t.Errorf("%q in %.1f: %q, want %q", row.in, row.width, got, row.want)
		}
	}
}

// Wherever a paragraph meets the foot of a page, no line of it stands alone, and a
// heading stays with its text.
func TestNoLineStandsAlone(t *testing.T) {
	for n := 2; n < 9; n++ {
		for before := range 60 {
			l := Letter{Title: "t"}
			for range before {
				l.Blocks = append(l.Blocks, Block{Kind: Paragraph, Text: Plain("vulling")})
			}
			l.Blocks = append(l.Blocks, Block{Kind: Heading, Level: 1, Text: Plain("kop")}, Block{Kind: Paragraph, Text: Plain(strings.TrimSuffix(strings.Repeat("regel\n", n), "\n"))})
			pages := layout(&l, text.For(text.NL)).pages
			for i, pg := range pages {
				lines, heads := 0, 0
				for _, o := range pg.ops {
					switch strings.TrimSpace(o.text) {
					case "regel":
						lines++
					case "kop":
						heads++
					}
				}
				if lines == 1 || heads == 1 && lines == 0 {
					t.Fatalf("%d lines after %d: page %d has %d lines and %d headings", n, before, i+1, lines, heads)
				}
			}
		}
	}
}
