package strip

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"maps"
	"strconv"
	"strings"
	"testing"

	"baken/internal/fault"
	"baken/internal/text"
)

// docx is the Word document of testdata with some parts changed; "" takes one out.
func docx(change map[string]string) []byte {
	parts := wordParts()
	maps.Copy(parts, change)
	maps.DeleteFunc(parts, func(_, body string) bool { return body == "" })
	return zipOf(parts)
}

func odt(change map[string]string) []byte {
	parts := map[string]string{
		"mimetype":              "application/vnd.oasis.opendocument.text",
		"META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`,
		"content.xml":           `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body><office:text/></office:body></office:document-content>`,
	}
	maps.Copy(parts, change)
	return zipOf(parts)
}

// entry is a ZIP of one entry whose header is written by hand.
func entry(head zip.FileHeader) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.CreateRaw(&head)
	_, _ = w.Write([]byte("x"))
	_ = z.Close()
	return b.Bytes()
}

// header is the start of a PNG of a given size, without its pixels.
func header(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", string(body)+"\x08\x06\x00\x00\x00")...)
}

// progressive is the start of a JPEG of a given size that is shown in steps.
func progressive(w, h uint16) []byte {
	b := []byte{8}
	b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, h), w)
	return append(append([]byte{0xff, 0xd8}, segment(0xc2, string(append(b, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1)))...), append(segment(0xda, "\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00"), 0xff, 0xd9)...)
}

func manyFrames() []byte {
	g := &gif.GIF{Config: image.Config{Width: 5000, Height: 5000, ColorModel: color.Palette{color.Black, color.White}}}
	for range 3 {
		g.Image, g.Delay = append(g.Image, image.NewPaletted(image.Rect(0, 0, 5000, 5000), color.Palette{color.Black, color.White})), append(g.Delay, 1)
	}
	var b bytes.Buffer
	_ = gif.EncodeAll(&b, g)
	return b.Bytes()
}

// pdfOf is a PDF of the given objects, 1 being the catalog.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		b.WriteString(strconv.Itoa(i+1) + " 0 obj\n" + o + "\nendobj\n")
	}
	x := b.Len()
	b.WriteString("xref\n0 " + strconv.Itoa(len(at)+1) + "\n0000000000 65535 f \n")
	for _, n := range at {
		s := strconv.Itoa(n)
		b.WriteString("0000000000"[len(s):] + s + " 00000 n \n")
	}
	b.WriteString("trailer\n<</Root 1 0 R/Size " + strconv.Itoa(len(at)+1) + ">>\nstartxref\n" + strconv.Itoa(x) + "\n%%EOF\n")
	return b.Bytes()
}

func flated(s string) string {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return z.String()
}

func streamOf(d, s string) string {
	return "<<" + d + "/Length " + strconv.Itoa(len(s)) + ">>\nstream\n" + s + "\nendstream"
}

func TestHostileFilesAreRefused(t *testing.T) {
	zeros := strings.Repeat("\x00", MaxPart+1)
	page := "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 9 9]>>"
	many := map[string]string{}
	for i := range MaxEntries + 1 {
		many["a"+strconv.Itoa(i)] = "x"
	}
	heap := map[string]string{} // each part is within its limit, together they are not
	for i := range 8 {
		heap["word/media/"+strconv.Itoa(i)+".png"] = strings.Repeat(strings.Repeat("x", 100)+strconv.Itoa(i)+strings.Repeat("abcdefghij", 10), MaxPart/201)
	}
	lol := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document>&b;</w:document>`
	deep := strings.Repeat("<a>", 100_000) + strings.Repeat("</a>", 100_000)
	macros := strings.Replace(wordParts()["[Content_Types].xml"], "wordprocessingml.document.main", "x.macroEnabled.main", 1)
	for name, row := range map[string]struct {
		code string
		body []byte
	}{
		"nothing":                      {"strip.empty", nil},
		"50 MB":                        {"strip.too-large", make([]byte, 50<<20)},
		"a program":                    {"strip.unknown-kind", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00>\x00\x01\x00\x00\x00")},
		"an archive":                   {"strip.archive", zipOf(map[string]string{"a.txt": "x"})},
		"zip bomb":                     {"strip.bomb", docx(map[string]string{"word/media/kanarie.jpeg": zeros})},
		"ratio":                        {"strip.bomb", docx(map[string]string{"word/media/kanarie.jpeg": zeros[:10<<20]})},
		"many large parts":             {"strip.bomb", docx(heap)},
		"many entries":                 {"strip.too-many-entries", zipOf(many)},
		"slip":                         {"strip.paths", docx(map[string]string{"../../etc/passwd": "x"})},
		"absolute":                     {"strip.paths", docx(map[string]string{"/etc/passwd": "x"})},
		"backslash":                    {"strip.paths", docx(map[string]string{`..\x`: "x"})},
		"dots inside":                  {"strip.paths", docx(map[string]string{"word/../x": "x"})},
		"link":                         {"strip.paths", entry(zip.FileHeader{Name: "a", ExternalAttrs: 0o120777 << 16, CreatorVersion: 3 << 8, CompressedSize64: 1, UncompressedSize64: 1})},
		"locked zip":                   {"strip.locked", entry(zip.FileHeader{Name: "a", Flags: 1, CompressedSize64: 1, UncompressedSize64: 1})},
		"docm":                         {"strip.macros", docx(map[string]string{"[Content_Types].xml": macros})},
		"vbaProject":                   {"strip.macros", docx(map[string]string{"word/vbaProject.bin": "x"})},
		"vba by relation":              {"strip.macros", docx(map[string]string{"word/_rels/document.xml.rels": relsOf([3]string{"rId1", "vbaProject", "x.bin"})})},
		"odf basic":                    {"strip.macros", odt(map[string]string{"Basic/script-lc.xml": "<x/>"})},
		"odf script":                   {"strip.macros", odt(map[string]string{"Scripts/python/x.py": "x"})},
		"odf locked":                   {"strip.locked", odt(map[string]string{"META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`})},
		"odf with odd prefixes":        {"strip.damaged", odt(map[string]string{"content.xml": `<x xmlns:q="http://purl.org/dc/elements/1.1/"><q:creator>x</q:creator></x>`})},
		"odf drawing":                  {"strip.unknown-kind", odt(map[string]string{"mimetype": "application/vnd.oasis.opendocument.graphics"})},
		"billion laughs":               {"strip.dtd", docx(map[string]string{"word/document.xml": lol})},
		"billion laughs in odf":        {"strip.dtd", odt(map[string]string{"content.xml": lol})},
		"deep XML":                     {"strip.too-deep", docx(map[string]string{"word/document.xml": deep})},
		"wide XML":                     {"strip.too-deep", docx(map[string]string{"word/document.xml": "<a>" + wide() + "</a>"})},
		"no main part":                 {"strip.damaged", docx(map[string]string{"word/document.xml": ""})},
		"UTF-16 XML":                   {"strip.damaged", docx(map[string]string{"word/document.xml": `<?xml version="1.0" encoding="UTF-16"?><a/>`})},
		"old Word":                     {"strip.old-office", read(t, "old.doc")},
		"rtf":                          {"strip.old-office", []byte(`{\rtf1 x}`)},
		"locked docx":                  {"strip.locked", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), utf16le("EncryptedPackage")...)},
		"locked pdf":                   {"strip.locked", read(t, "locked.pdf")},
		"svg":                          {"strip.web-page", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>`)},
		"html":                         {"strip.web-page", []byte("\n<!DOCTYPE html><html></html>")},
		"xml":                          {"strip.web-page", []byte(`<?xml version="1.0"?><x/>`)},
		"heic":                         {"strip.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")},
		"100 MP png":                   {"strip.too-many-pixels", header(10_000, 10_000)},
		"line of a png":                {"strip.too-many-pixels", header(40_000, 1)},
		"30 MP progressive":            {"strip.too-many-pixels", progressive(6000, 5000)},
		"gif of 75 MP in frames":       {"strip.too-many-pixels", manyFrames()},
		"moving webp":                  {"strip.moving-webp", []byte("RIFF\x14\x00\x00\x00WEBPANIM\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00")},
		"pdf without pages":            {"strip.damaged", pdfOf("<</Type/Catalog>>")},
		"pdf of a circle":              {"strip.damaged", pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>")},
		"pdf with a hidden layer":      {"strip.layers", pdfOf("<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>>>", page, "<</Type/Page/Parent 2 0 R>>", "<</Type/OCG/Name(x)>>")},
		"pdf object bomb":              {"strip.bomb", pdfOf("<</Type/Catalog/Pages 2 0 R>>", page, streamOf("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", flated(zeros)))},
		"pdf that needs a long repair": {"strip.damaged", []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj\n", maxRepair/8))},
		"a mark and no text":           {"strip.empty", []byte("\xef\xbb\xbf")},
		"pdf content bomb":             {"strip.damaged", pdfOf("<</Type/Catalog/Pages 2 0 R>>", page, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>", streamOf("/Filter/FlateDecode", flated(zeros)))},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Copy(row.body)
			if code(err) != row.code {
				t.Fatalf("got %q (%v), want %s", code(err), err, row.code)
			}
			f := fault.Of(err)
			for _, lang := range text.Langs {
				if s := text.For(lang).T(f.Code, f.Args...); strings.Contains(s, "<no value>") || strings.HasPrefix(s, "[") {
					t.Errorf("%s: the sentence misses a value: %s", lang, s)
				}
			}
		})
	}
}

// wide is XML of too many elements that does not pack so well that it is a bomb.
func wide() string {
	var b strings.Builder
	for i := range MaxNodes/2 + 1 {
		b.WriteString("<a" + strconv.Itoa(i%997) + "/>")
	}
	return b.String()
}

// A bomb in a bomb is not unpacked: a document in a document stays behind.
func TestNestedBombStaysPacked(t *testing.T) {
	inner := zipOf(map[string]string{"x": strings.Repeat("\x00", 64<<20)})
	c, err := Copy(docx(map[string]string{"word/embeddings/kanarie.xlsx": string(inner)}))
	if err != nil || bytes.Contains(c.Body, []byte("embeddings")) {
		t.Fatal(err)
	}
}

// What cannot be cleaned inside a document becomes an empty picture, and is told.
func TestPicturesThatCannotBeCleaned(t *testing.T) {
	for name, body := range map[string]string{
		"svg": `<svg xmlns="http://www.w3.org/2000/svg"><desc>kanarie</desc></svg>`, "emf": "\x01\x00\x00\x00k\x00a\x00n\x00a\x00r\x00i\x00e\x00", "huge": string(header(60_000, 60_000)), "text": "kanarie",
	} {
		c, err := Copy(docx(map[string]string{"word/media/kanarie.jpeg": body}))
		if err != nil {
			t.Fatal(name, err)
		}
		told := false
		for _, k := range c.Removed {
			told = told || k == Pictures
		}
		if got := canaryIn(c.Body); got != "" || !told {
			t.Errorf("%s: %q told %v", name, got, told)
		}
	}
	if _, err := png.Decode(bytes.NewReader(blank)); err != nil {
		t.Errorf("the empty picture is none: %v", err)
	}
}

// A file that stops halfway is a fault with a code or a clean copy, and never a panic.
func TestTruncatedFiles(t *testing.T) {
	for _, s := range samples {
		body := read(t, s.name)
		for n := 1; n < len(body); n += max(1, len(body)/60) {
			c, err := Copy(body[:n])
			if err != nil {
				if !strings.HasPrefix(code(err), "strip.") {
					t.Errorf("%s at %d: %v", s.name, n, err)
				}
				continue
			}
			if got := canaryIn(c.Body); got != "" && s.ext != ".txt" && c.Ext != ".txt" {
				t.Errorf("%s at %d: %q", s.name, n, got)
			}
		}
	}
}

// A small PDF whose table is broken is repaired, as mail programs break many.
func TestBrokenTableIsRepaired(t *testing.T) {
	body := bytes.Replace(read(t, "scan.pdf"), []byte("startxref\n"), []byte("startxref\n9"), 1)
	c, err := Copy(body)
	if err != nil || canaryIn(c.Body) != "" {
		t.Fatal(err, canaryIn(c.Body))
	}
}
