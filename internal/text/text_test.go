package text_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/text"
)

// A reader who chose English must not meet Dutch, and the other way round.
func TestEveryCodeStandsInEveryLanguage(t *testing.T) {
	for _, a := range text.Langs {
		for _, b := range text.Langs {
			for _, code := range text.For(a).Codes() {
				if !text.For(b).Has(code) {
					t.Errorf("%s has %q, %s misses it: add it to internal/text/%s", a, code, b, b)
				}
			}
		}
	}
}

// A code that stands twice in a file means one of two sentences is never shown.
func TestCodesStandOnce(t *testing.T) {
	files, err := filepath.Glob("*/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		in, depth, key := json.NewDecoder(bytes.NewReader(raw)), 0, true
		for {
			token, err := in.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			switch x := token.(type) {
			case json.Delim:
				if x == '{' {
					depth++
				} else {
					depth--
				}
				key = true
			case string:
				if depth == 1 && key {
					if seen[x] {
						t.Errorf("%s holds %q twice", file, x)
					}
					seen[x] = true
				}
				key = !key
			}
		}
	}
}

// Both languages must fill in the same values, or one of them hides a figure.
func TestLanguagesFillInTheSameValues(t *testing.T) {
	value := regexp.MustCompile(`{{\.(\w+)}}`)
	names := func(s string) []string {
		var out []string
		for _, m := range value.FindAllStringSubmatch(s, -1) {
			out = append(out, m[1])
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	for _, code := range text.For(text.NL).Codes() {
		nl, en := names(text.Raw(text.NL, code)), names(text.Raw(text.EN, code))
		if !slices.Equal(nl, en) {
			t.Errorf("%s: Dutch fills in %v, English %v", code, nl, en)
		}
	}
}

// A count and its noun agree: "1 dagen" is read as a mistake in all the rest.
func TestCountsAgreeWithTheirNoun(t *testing.T) {
	plural := map[text.Lang]*regexp.Regexp{
		text.NL: regexp.MustCompile(`{{\.n}} (dagen|weken|maanden|meldingen|melders|planten|stuks|bestanden|dossiers|lasten|hoeken|straten)\b`),
		text.EN: regexp.MustCompile(`{{\.n}} (days|weeks|months|incidents|reporters|plants|units|files|orders|corners|streets)\b`),
	}
	found := 0
	for lang, noun := range plural {
		for _, code := range text.For(lang).Codes() {
			raw := text.Raw(lang, code)
			if !noun.MatchString(raw) {
				continue
			}
			found++
			if !strings.HasPrefix(raw, "{") {
				t.Errorf("%s, %s: %s has one form for every count", lang, code, raw)
			}
		}
	}
	if found < 20 {
		t.Fatalf("%d counts found: the test looks for the wrong words", found)
	}
}

func TestDatesAndNumbers(t *testing.T) {
	nl, en := text.For(text.NL), text.For(text.EN)
	// 23.30 UTC on 26 November is already the 27th in Amsterdam.
	at := time.Date(2026, 11, 26, 23, 30, 0, 0, time.UTC)
	for _, row := range []struct{ got, want string }{
		{nl.Date(at), "vrijdag 27 november 2026"},
		{en.Date(at), "Friday 27 November 2026"},
		{nl.Day(at), "27 november 2026"},
		{nl.DayShort(at, at), "vr 27 nov"},
		{nl.DayShort(time.Date(2025, 3, 3, 12, 0, 0, 0, time.UTC), at), "ma 3 mrt 2025"},
		{en.DayShort(at, at), "Fri 27 Nov"},
		{nl.Clock(at), "00.30 uur"},
		{nl.Moment(at, at), "vr 27 nov, 00.30 uur"},
		{nl.Period("2025MM01"), "januari 2025"},
		{nl.Period("2025JJ00"), "2025"},
		{en.Period("2025KW03"), "quarter 3 of 2025"},
		{nl.Period("x"), "x"},
		{nl.Int(1234567), "1.234.567"},
		{nl.Int(-12), "-12"},
		{nl.Number(5.04, 1), "5,0"},
		{en.Number(1234.5, 1), "1,234.5"},
		{nl.List([]string{"a", "b", "c"}), "a, b en c"},
		{nl.List([]string{"a"}), "a"},
		{text.Euro(50000), "500"},
		{text.Euro(125005), "1.250,05"},
		{text.Euro(100_000_000), "1.000.000"},
	} {
		if row.got != row.want {
			t.Errorf("got %q, want %q", row.got, row.want)
		}
	}
}

func TestMissingCodeIsVisible(t *testing.T) {
	if got := text.For(text.NL).T("no.such.code"); got != "[no.such.code]" {
		t.Fatalf("got %q: a missing sentence must be seen", got)
	}
}

// A figure comes as it is shown: with a mark for thousands or a star, or as words.
func TestFiguresAsShownFillIn(t *testing.T) {
	for _, lang := range text.Langs {
		for _, n := range []any{1, 12, int64(3), "1", "2,270", "2.270", "12*", "niet gepubliceerd"} {
			got := text.For(lang).T("crimemonitor.people", "n", n, "year", "2024")
			if strings.Contains(got, "[") || !strings.Contains(got, fmt.Sprint(n)) {
				t.Errorf("%s: %v became %q", lang, n, got)
			}
		}
	}
}
