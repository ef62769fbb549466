package documents

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"baken/internal/text"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, text.Amsterdam)

func bundleOf(t failer, items []Item, lang text.Lang) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Bundle(&b, "Stukken in de zaak Dorpsstraat 12", noon, items, text.For(lang)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// files are the names in a ZIP, in order, and what is in them.
func files(t failer, body []byte) (names []string, out map[string][]byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	out = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if !f.Modified.Equal(noon) {
			t.Errorf("%s has the time %v, want the one given", f.Name, f.Modified)
		}
		names, out[f.Name] = append(names, f.Name), raw
	}
	return names, out
}

func TestBundle(t *testing.T) {
	items := []Item{
		{time.Date(2026, 11, 2, 23, 30, 0, 0, time.UTC), "Rapportage van de politie", "rapport (1).pdf", []byte("%PDF-")},
		{time.Time{}, "Foto's", "../../etc/passwd", nil},
		{noon, "Foto's", `C:\zaak\foto: "gevel".jpg`, []byte("x")},
	}
	for _, lang := range text.Langs {
		body := bundleOf(t, items, lang)
		names, in := files(t, body)
		same(t, "names", names, []string{"00-index.pdf", "01-rapport (1).pdf", "02-passwd", "03-foto- -gevel-.jpg", "manifest.json"})
		var m struct {
			Title, Made string
			Items       []struct {
				Number, Bytes            int
				Name, Date, What, SHA256 string
			}
		}
		if err := json.Unmarshal(in["manifest.json"], &m); err != nil {
			t.Fatal(err)
		}
		if m.Made != "2026-11-27T11:00:00Z" || len(m.Items) != 3 || m.Items[0].Date != "2026-11-03" {
			t.Errorf("%+v", m)
		}
		said := read(conform(t, in["00-index.pdf"]))
		for i, e := range m.Items {
			sum := fmt.Sprintf("%x", sha256.Sum256(in[e.Name]))
			if e.Number != i+1 || e.SHA256 != sum || !bytes.Equal(in[e.Name], items[i].Body) || e.Bytes != len(items[i].Body) {
				t.Errorf("%+v is not what the file is", e)
			}
			date := strings.TrimSpace("TD " + map[bool]string{false: text.For(lang).Day(items[i].Date)}[items[i].Date.IsZero()])
			row := []string{"TR", fmt.Sprintf("TD %d", i+1), date, "TD " + e.What, "TD " + e.Name, "TD " + sum}
			if !strings.Contains(strings.Join(said, "\n"), strings.Join(row, "\n")) {
				t.Errorf("the index misses %q in\n%s", row, strings.Join(said, "\n"))
			}
		}
		if !bytes.Equal(body, bundleOf(t, items, lang)) {
			t.Error("the same bundle gave other bytes")
		}
	}
}

// More than a hundred files sort in their order, and the index is as many rows.
func TestLargeBundle(t *testing.T) {
	var items []Item
	for i := range 120 {
		items = append(items, Item{noon, "Stuk", "stuk.txt", fmt.Append(nil, i)})
	}
	names, in := files(t, bundleOf(t, items, text.NL))
	if names[0] != "000-index.pdf" || names[7] != "007-stuk.txt" || names[120] != "120-stuk.txt" {
		t.Errorf("names %v", names)
	}
	p := conform(t, in["000-index.pdf"])
	if n := strings.Count(strings.Join(read(p), "\n"), "TD 27 november 2026"); n != 120 || len(p.pages) < 5 {
		t.Errorf("%d rows on %d pages", n, len(p.pages))
	}
}

// No name leaves the folder in which it is unpacked, or is one that a system refuses.
func TestNamesAreSafe(t *testing.T) {
	part := rapid.SampledFrom([]string{"..", ".", "/", `\`, " ", "a", "é", "con", ":", "\x00", "\n", "\u202e", ".pdf", strings.Repeat("x", 60), strings.Repeat("ë", 60)})
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOf(part).Draw(t, "name"), "")
		s := safeName(raw)
		if s == "" {
			return // refused by Bundle
		}
		if path.Base(s) != s || strings.ContainsAny(s, "/\\:*?\"<>|\x00\n\u202e") || strings.HasPrefix(s, ".") || strings.HasSuffix(s, ".") || strings.TrimSpace(s) != s ||
			utf8.RuneCountInString(s) > longest || !utf8.ValidString(s) {
			t.Fatalf("%q became %q", raw, s)
		}
	})
	for raw, want := range map[string]string{"brief.pdf": "brief.pdf", "a/b/c.txt": "c.txt", "..": "", "é ü.docx": "é ü.docx", strings.Repeat("z", 200) + ".pdf": strings.Repeat("z", 96) + ".pdf"} {
		if got := safeName(raw); got != want {
			t.Errorf("%q became %q, want %q", raw, got, want)
		}
	}
}

func TestBadBundlesAreRefused(t *testing.T) {
	for name, row := range map[string]struct {
		code, title string
		items       []Item
	}{
		"empty":    {"document.bundle-empty", "t", nil},
		"nameless": {"document.bundle-nameless", "t", []Item{{noon, "Stuk", "..", nil}}},
		"what":     {"document.bundle-nameless", "t", []Item{{noon, " ", "a.pdf", nil}}},
		"untitled": {"document.no-title", " ", []Item{{noon, "Stuk", "a.pdf", nil}}},
	} {
		var b bytes.Buffer
		refused(t, name, Bundle(&b, row.title, noon, row.items, text.For(text.NL)), row.code, 0)
		if b.Len() > 0 {
			t.Errorf("%s: half a bundle is written", name)
		}
	}
}
