package strip

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"baken/internal/fault"
	"baken/internal/text"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// samples are a file of each kind, what is found in it and the words that one sees.
var samples = []struct {
	name, ext, media string
	removed          []Kind
	words            []string
}{
	{"photo.jpg", ".jpg", "image/jpeg", []Kind{Location, Camera, Author, Dates, Comments, Thumbnail, Trailing, Properties}, nil},
	{"drawing.png", ".png", "image/png", []Kind{Location, Camera, Author, Dates, Comments, Hidden, Thumbnail, Trailing, Properties}, nil},
	{"moving.gif", ".gif", "image/gif", []Kind{Comments, Trailing}, nil},
	{"photo.webp", ".jpg", "image/jpeg", []Kind{Location, Camera, Author, Dates, Thumbnail, Trailing, Properties}, nil},
	{"plain.webp", ".jpg", "image/jpeg", nil, nil},
	{"alpha.webp", ".png", "image/png", []Kind{Properties}, nil},
	{"libreoffice.pdf", ".pdf", "application/pdf", []Kind{Author, Dates, Comments, Embedded, Links, History, Trailing, Properties}, []string{"Zichtbare kop", "Zichtbare tekst over de loods.", "de pagina"}},
	{"objstm.pdf", ".pdf", "application/pdf", []Kind{Author, Dates, Comments, Embedded, Links, History, Properties}, []string{"Zichtbare kop", "de pagina"}},
	{"scan.pdf", ".pdf", "application/pdf", []Kind{Location, Camera, Author, Dates, Comments, Embedded, Scripts, Thumbnail, Trailing, Properties, AltText}, []string{"Zichtbare tekst"}},
	{"word.docx", ".docx", families[0].media, []Kind{Location, Camera, Author, Dates, Comments, Changes, Hidden, Embedded, Links, Thumbnail, History, Trailing, Properties, AltText},
		[]string{"Zichtbare tekst over de loods.", "Voor zichtbaar-ingevoegd", "zichtbaar-verplaatst", "Deze alinea zichtbaar-samengevoegd", "Opmaak", "zichtbare link", "tweede link", "brief.docx", "zichtbaar-veld", "zichtbare cel"}},
	{"libreoffice.docx", ".docx", families[0].media, []Kind{Author, Dates, Comments, Changes, Hidden, Links, Properties}, []string{"Zichtbare kop", "Voor en zichtbaar-ingevoegd na.", "Zie de pagina."}},
	{"libreoffice.xlsx", ".xlsx", families[1].media, []Kind{Author, Comments, Hidden, Properties, Formulas}, []string{"Zichtbare tek", "42", "21"}},
	{"libreoffice.pptx", ".pptx", families[2].media, []Kind{Author, Comments, Hidden, Properties}, []string{"Zichtbare tekst"}},
	{"libreoffice.odt", ".odt", "application/vnd.oasis.opendocument.text", []Kind{Author, Dates, Comments, Changes, Hidden, Links, Thumbnail, Properties}, []string{"Zichtbare kop", "Voor en zichtbaar-ingevoegd na.", "Zie de pagina."}},
	{"libreoffice.ods", ".ods", "application/vnd.oasis.opendocument.spreadsheet", []Kind{Author, Comments, Hidden, Thumbnail, Properties, Formulas}, []string{"Zichtbare tek", "42", "21"}},
	{"libreoffice.odp", ".odp", "application/vnd.oasis.opendocument.presentation", []Kind{Author, Comments, Hidden, Thumbnail, Properties}, []string{"Zichtbare tekst"}},
	{"list.csv", ".csv", "text/csv; charset=utf-8", nil, []string{"Boël;Maassluis\n"}},
	{"tip.txt", ".txt", "text/plain; charset=utf-8", []Kind{Hidden}, []string{"Zichtbare tekst⟦U+202E⟧ met ⟦U+200B⟧merk\n"}},
}

// The canaries of testdata, in every way that they could still stand in a file.
func canaries() (out [][]byte) {
	for _, s := range []string{"kanarie", "verrader", "51.9233", "4.2536", "exif\x00", "gpslatitude", "2026-11-01", "2026:11:01", "20261101"} {
		out = append(out, []byte(s), utf16le(s), utf16le(s)[1:], append([]byte{0}, utf16le(s)[:2*len(s)-1]...))
		out = append(out, []byte(strings.ToLower(strings.TrimSpace(hex(s)))))
	}
	return append(out, []byte{51, 0, 0, 0, 1, 0, 0, 0, 55, 0, 0, 0, 1}) // the degrees as Exif writes them
}

func hex(s string) (out string) {
	for _, c := range []byte(s) {
		out += string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15])
	}
	return out
}

// layers are a body and everything that is packed in it, however deep.
func layers(body []byte) (out [][]byte) {
	out = append(out, body)
	if z, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
		for _, f := range z.File {
			out = append(out, []byte(f.Name), f.Extra, []byte(f.Comment))
			if r, err := f.Open(); err == nil {
				raw, _ := io.ReadAll(r)
				out = append(out, layers(raw)...)
			}
		}
	}
	if bytes.HasPrefix(body, []byte("%PDF-")) {
		for _, m := range regexp.MustCompile(`stream\r?\n`).FindAllIndex(body, -1) {
			if z, err := zlib.NewReader(bytes.NewReader(body[m[1]:])); err == nil {
				raw, _ := io.ReadAll(z)
				out = append(out, raw)
			}
		}
	}
	return out
}

func canaryIn(body []byte) string {
	for _, l := range layers(body) {
		low := bytes.ToLower(l)
		for _, c := range canaries() {
			if i := bytes.Index(low, c); i >= 0 {
				return string(low[max(0, i-60):min(len(low), i+40)])
			}
		}
	}
	return ""
}

func TestEveryKindIsCleaned(t *testing.T) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			body := read(t, s.name)
			if len(s.removed) > 1 && canaryIn(body) == "" {
				t.Error("the sample holds no canary: the test would pass on nothing")
			}
			c, err := Copy(body)
			if err != nil {
				t.Fatal(err)
			}
			if c.Ext != s.ext || c.Media != s.media || !slices.Equal(c.Removed, s.removed) {
				t.Errorf("%s %s removed %q, want %s %s %q", c.Ext, c.Media, c.Removed, s.ext, s.media, s.removed)
			}
			if got := canaryIn(c.Body); got != "" {
				t.Errorf("a canary sings: %q", got)
			}
			for _, word := range s.words {
				if said := words(t, c); !strings.Contains(said, word) {
					t.Errorf("%q is gone from %q", word, said)
				}
			}
			again, err := Copy(c.Body)
			if err != nil || len(again.Removed) > 0 || again.Media != c.Media {
				t.Errorf("a copy of the copy: %q %v", again.Removed, err)
			}
			if !strings.HasSuffix(c.Media, "jpeg") && !bytes.Equal(again.Body, c.Body) {
				t.Error("a copy of the copy is another file")
			}
			if same, err := Copy(body); err != nil || !bytes.Equal(same.Body, c.Body) {
				t.Error("the same file gave other bytes")
			}
		})
	}
}

// words are what a file says, read without a program that may be absent; for a PDF
// with pdftotext, and else by its operators.
func words(t *testing.T, c Clean) string {
	t.Helper()
	switch c.Ext {
	case ".txt", ".csv":
		return string(c.Body)
	case ".pdf":
		bin, err := exec.LookPath("pdftotext")
		if err != nil {
			t.Skip("pdftotext is not here; TestPDFKeepsItsOperators still looks")
		}
		cmd := exec.Command(bin, "-", "-")
		cmd.Stdin = bytes.NewReader(c.Body)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	z, err := zip.NewReader(bytes.NewReader(c.Body), int64(len(c.Body)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		if !f.Modified.Equal(noTime) || f.Comment != "" {
			t.Errorf("%s tells when it was made: %v", f.Name, f.Modified)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".xml") {
			paragraphs := regexp.MustCompile(`</(w|a|text):(p|h)>|</si>|</v>`).ReplaceAllString(string(raw), "\n")
			b.WriteString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(paragraphs, ""))
		}
	}
	return b.String()
}

// Every relation of an office file leads to a part, every part has a type, and every
// pointer a relation: what Word asks before it opens a file.
func TestOfficeFilesHoldTogether(t *testing.T) {
	for _, s := range samples {
		if !slices.Contains([]string{".docx", ".xlsx", ".pptx"}, s.ext) {
			continue
		}
		c, err := Copy(read(t, s.name))
		if err != nil {
			t.Fatal(err)
		}
		a, err := unpack(c.Body, found{})
		if err != nil {
			t.Fatal(err)
		}
		o := &ooxml{archive: a, defaults: map[string]string{}, types: map[string]string{}}
		if err := o.readTypes(); err != nil {
			t.Fatal(err)
		}
		for name := range a.parts {
			if o.mediaOf(name) == "" && name != "[Content_Types].xml" {
				t.Errorf("%s: %s has no type", s.name, name)
			}
			if strings.HasSuffix(name, ".rels") || !strings.HasSuffix(name, ".xml") {
				continue
			}
			rels, err := o.rels(name)
			if err != nil {
				t.Fatal(err)
			}
			ids := map[string]bool{}
			for _, r := range rels {
				ids[r.id] = true
				if _, ok := a.parts[r.target]; !ok || r.outside {
					t.Errorf("%s: %s points at %s, which is not there", s.name, name, r.target)
				}
			}
			doc, err := a.parse(a.parts[name])
			if err != nil {
				t.Fatal(err)
			}
			for id := range o.mentioned(doc.Root()) {
				if !ids[id] {
					t.Errorf("%s: %s uses %s, which leads nowhere", s.name, name, id)
				}
			}
		}
	}
}

// LibreOffice opens what comes out and shows the words; where it is not installed the
// structure above is what is known.
func TestOfficeFilesOpen(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not here")
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here")
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "pdf", "--outdir", dir}
	office := []string{".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}
	for _, s := range samples {
		if !slices.Contains(office, s.ext) {
			continue
		}
		c, err := Copy(read(t, s.name))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, strings.ReplaceAll(s.name, ".", "-")+c.Ext)
		if err := os.WriteFile(file, c.Body, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, s := range samples {
		if !slices.Contains(office, s.ext) {
			continue
		}
		file := filepath.Join(dir, strings.ReplaceAll(s.name, ".", "-")+".pdf")
		if _, err := os.Stat(file); err != nil && s.ext != ".docx" && s.ext != ".odt" {
			t.Logf("%s: this LibreOffice has no program for it", s.name)
			continue
		}
		out, err := exec.Command(pdftotext, file, "-").Output()
		if err != nil {
			t.Errorf("%s does not open: %v", s.name, err)
			continue
		}
		for _, word := range s.words {
			if !strings.Contains(strings.Join(strings.Fields(string(out)), " "), strings.Join(strings.Fields(word), " ")) {
				t.Errorf("%s: %q is gone from %q", s.name, word, out)
			}
		}
	}
}

func decode(t *testing.T, body []byte) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPNGKeepsItsPixels(t *testing.T) {
	body := read(t, "drawing.png")
	c, err := Copy(body)
	if err != nil {
		t.Fatal(err)
	}
	a, b := decode(t, body), decode(t, c.Body)
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v became %v", a.Bounds(), b.Bounds())
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, a1 := a.At(x, y).RGBA()
			r2, g2, b2, a2 := b.At(x, y).RGBA()
			if r1 != r2 || g1 != g2 || b1 != b2 || a1 != a2 {
				t.Fatalf("pixel %d,%d: %v became %v", x, y, a.At(x, y), b.At(x, y))
			}
		}
	}
	if n := b.(*image.NRGBA).NRGBAAt(10, 31); n.R|n.G|n.B != 0 {
		t.Errorf("a colour that nobody sees stays: %v", n)
	}
}

// The red corner stands where a viewer that follows Exif shows it. CIPA DC-008, 4.6.5.
func TestPicturesStandUpright(t *testing.T) {
	corners := map[uint16][2]int{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for turn, corner := range corners {
		c, err := Copy(photo(turn))
		if err != nil {
			t.Fatal(err)
		}
		m := decode(t, c.Body)
		size := m.Bounds().Size()
		if want := (image.Point{48, 32}); turn >= 5 && size != (image.Point{32, 48}) || turn < 5 && size != want {
			t.Errorf("%d: %v", turn, size)
		}
		r, g, b, _ := m.At(3+corner[0]*(size.X-7), 3+corner[1]*(size.Y-7)).RGBA()
		if r>>8 < 200 || g>>8 > 60 || b>>8 > 60 {
			t.Errorf("%d: the corner has the colour %d %d %d", turn, r>>8, g>>8, b>>8)
		}
	}
}

// What a page draws is drawn: the operators of the content are the same.
func TestPDFKeepsItsOperators(t *testing.T) {
	shown := func(body []byte) (out []string) {
		for _, l := range layers(body) {
			if bytes.Contains(l, []byte("BT")) && !bytes.HasPrefix(l, []byte("%PDF")) {
				clean, err := operators(l, found{})
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, string(clean))
			}
		}
		return out
	}
	for _, name := range []string{"libreoffice.pdf", "scan.pdf"} {
		body := read(t, name)
		c, err := Copy(body)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range shown(body) {
			if !slices.Contains(shown(c.Body), want) && !strings.Contains(want, "kanarie") {
				t.Errorf("%s: content is gone: %.200q", name, want)
			}
		}
		if len(shown(c.Body)) == 0 {
			t.Errorf("%s: nothing is drawn", name)
		}
	}
}

func TestOperators(t *testing.T) {
	for in, want := range map[string]string{
		"q % remark\rQ":                        "q\nQ\n",
		"/P <</MCID 3/Lang(nl)/E(x)>> BDC EMC": "/P <</MCID 3>> BDC\nEMC\n",
		"/Span <</ActualText(<<a>>)>>BDC EMC":  "/Span BMC\nEMC\n",
		"/OC /MC0 BDC EMC":                     "/OC BMC\nEMC\n",
		"[(a%b\\)) -3 <41>]TJ":                 "[ (a%b\\)) -3 <41> ] TJ\n",
		"BI /W 1 ID \x00EI\xff EI Q":           "BI\n/W 1 ID\n\x00EI\xff\nEI\nQ\n",
		"(een (twee) drie) Tj":                 "(een (twee) drie) Tj\n",
		"1 0 0 1 0 0 cm/Im Do":                 "1 0 0 1 0 0 cm\n/Im Do\n",
	} {
		got, err := operators([]byte(in), found{})
		if err != nil || string(got) != want {
			t.Errorf("%q became %q (%v), want %q", in, got, err, want)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"gewoon\tmet tab en ö 😀 ❤️\n": "gewoon\tmet tab en ö 😀 ❤️\n",
		"a\r\nb\rc\u2028d":            "a\nb\nc\nd",
		"jan\u202efdp.exe":            "jan⟦U+202E⟧fdp.exe",
		"a\u200bb\u00adc\ufeff":       "a⟦U+200B⟧b⟦U+00AD⟧c⟦U+FEFF⟧",
		"\x00\x1b[31m":                "⟦U+0000⟧⟦U+001B⟧[31m",
		"\U000e0041\u3164":            "⟦U+E0041⟧⟦U+3164⟧",
		"kapot \xff\xfe":              "kapot \ufffd",
	} {
		got, marks := Text(in)
		if got != want || (len(marks) > 0) != strings.Contains(want, "⟦") {
			t.Errorf("%q became %q %v, want %q", in, got, marks, want)
		}
	}
}

// A page says what was taken out, so every kind has its words.
func TestEveryKindHasItsWords(t *testing.T) {
	for _, lang := range text.Langs {
		for _, k := range Kinds {
			if !text.For(lang).Has("strip.kind-" + string(k)) {
				t.Errorf("%s has no words for %s", lang, k)
			}
		}
	}
}

func code(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Code
	}
	if err != nil {
		return "no fault: " + err.Error()
	}
	return ""
}
