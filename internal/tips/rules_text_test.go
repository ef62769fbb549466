package tips

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRedacted(t *testing.T) {
	for marked, row := range map[string]struct {
		want string
		gaps int
	}{
		"niets":                  {"niets", 0},
		"a [[b]] c":              {"a " + Gap + " c", 1},
		"[[alles]]":              {Gap, 1},
		"[[een]] en [[nog een]]": {Gap + " en " + Gap, 2},
		"open [[zonder eind":     {"open " + Gap, -1},
		"eind ]] zonder open":    {"eind ]] zonder open", -1},
		"[[in [[elkaar]] x]]":    {Gap + " x]]", -1},
	} {
		if got := Redacted(marked); got != row.want {
			t.Errorf("%q reads %q, want %q", marked, got, row.want)
		}
		if got := Gaps(marked); got != row.gaps {
			t.Errorf("%q has %d gaps, want %d", marked, got, row.gaps)
		}
	}
	// Gaps of different length look alike.
	if Redacted("x [[a]] y") != Redacted("x [["+strings.Repeat("lang ", 40)+"]] y") {
		t.Error("the length of a gap tells what was there")
	}
}

// Whatever is marked is not in what others read, and taking the marks away gives back
// the original.
func TestRedactionHides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var original, marked strings.Builder
		var hidden []string
		for range rapid.IntRange(1, 8).Draw(t, "parts") {
			open := rapid.StringMatching(`[a-m ]{0,20}`).Draw(t, "open")
			secret := rapid.StringMatching(`[n-z]{1,20}`).Draw(t, "secret")
			hidden = append(hidden, secret)
			original.WriteString(open + secret)
			marked.WriteString(open + "[[" + secret + "]]")
		}
		if Unmarked(marked.String()) != original.String() {
			t.Fatalf("%q is not %q without its marks", marked.String(), original.String())
		}
		seen := Redacted(marked.String())
		for _, h := range hidden {
			if strings.Contains(seen, h) {
				t.Fatalf("%q can be read in %q", h, seen)
			}
		}
	})
}

func TestCommonRun(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"", "iets", 0},
		{"Een busje stond er.", "EEN BUSJE, stond er!", 4},
		{"Er stond een busje achter de loods", "achter de loods stond een busje", 3},
		{"wat is gezien", "iets heel anders", 0},
		{"café was open", "Café was dicht", 2},
	} {
		if got := CommonRun(row.a, row.b); got != row.want {
			t.Errorf("%q and %q share %d, want %d", row.a, row.b, got, row.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.SampledFrom([]string{"een", "busje", "staat", "er"}), 0, 12).Draw(t, "a")
		b := rapid.SliceOfN(rapid.SampledFrom([]string{"een", "busje", "staat", "er"}), 0, 12).Draw(t, "b")
		got, want := CommonRun(strings.Join(a, " "), strings.Join(b, " ")), 0
		for i := range a {
			for j := i + 1; j <= len(a); j++ {
				for k := 0; k+j-i <= len(b); k++ {
					if slices.Equal(a[i:j], b[k:k+j-i]) {
						want = max(want, j-i)
					}
				}
			}
		}
		if got != want {
			t.Fatalf("%v and %v share %d, want %d", a, b, got, want)
		}
	})
}

func TestTraces(t *testing.T) {
	const text = "Ik zag gisteren om 23.15 uur mijn buurman (tel. 06-12345678, jan@voorbeeld.nl) lopen. Om 23u was het 5 graden in 2024."
	got := map[string][]string{}
	for _, x := range Traces(text) {
		got[x.Kind] = append(got[x.Kind], text[x.From:x.To])
	}
	for kind, want := range map[string][]string{
		"self": {"Ik", "mijn"}, "relation": {"buurman"}, "time": {"gisteren", "23.15", "23u"}, "contact": {"06-12345678", "jan@voorbeeld.nl"},
	} {
		if !slices.Equal(got[kind], want) {
			t.Errorf("%s: %q, want %q", kind, got[kind], want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "[[", "]]", "[[a]]", "Ik zag 23:15", "é[[ü]]\u202e", Gap} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, x := range Traces(s) {
			if x.From < 0 || x.To > len(s) || x.From >= x.To {
				t.Fatalf("a passage outside the text: %v of %d", x, len(s))
			}
		}
		Redacted(s)
		Gaps(s)
		if tidy := Tidy(s); Tidy(tidy) != tidy || Gaps(tidy) != 0 {
			t.Fatalf("%q is tidied to %q, and then to %q", s, tidy, Tidy(tidy))
		}
		if CommonRun(s, s) != len(words(s)) {
			t.Fatal("a text shares all its words with itself")
		}
	})
}
