package strip

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"flag"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
)

var update = flag.Bool("update", false, "write the pictures and the Word document in testdata again")

// drawn is a small picture of which every corner has its own colour, so that a test
// sees which way up it is.
func drawn() *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			c := color.NRGBA{uint8(x * 5), uint8(y * 7), 128, 255}
			if x < 8 && y < 8 {
				c = color.NRGBA{255, 0, 0, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

// exifOf is an Exif block with everything that a phone writes: turned a quarter, a
// name, a camera, dates, a place (51.9233, 4.2536) and a thumbnail.
func exifOf(turn uint16) []byte {
	le := binary.LittleEndian
	var data []byte // behind the directories
	const dataAt = 400
	put := func(b []byte) uint32 {
		at := uint32(dataAt + len(data))
		data = append(data, b...)
		return at
	}
	entry := func(tag, kind uint16, n, value uint32) []byte {
		e := le.AppendUint16(nil, tag)
		e = le.AppendUint16(e, kind)
		e = le.AppendUint32(e, n)
		return le.AppendUint32(e, value)
	}
	ascii := func(tag uint16, s string) []byte {
		return entry(tag, 2, uint32(len(s)+1), put([]byte(s+"\x00")))
	}
	degrees := func(tag uint16, d, m, s uint32) []byte {
		var b []byte
		for _, v := range []uint32{d, 1, m, 1, s, 100} {
			b = le.AppendUint32(b, v)
		}
		return entry(tag, 5, 3, put(b))
	}
	directory := func(next uint32, entries ...[]byte) []byte {
		b := le.AppendUint16(nil, uint16(len(entries)))
		for _, e := range entries {
			b = append(b, e...)
		}
		return le.AppendUint32(b, next)
	}
	const gpsAt, exifAt, thumbAt = 150, 230, 300
	out := append([]byte("II*\x00"), 8, 0, 0, 0)
	out = append(out, directory(thumbAt,
		ascii(0x010f, "Kanarie Camera"), entry(0x0112, 3, 1, uint32(turn)), ascii(0x0132, "2026:11:01 10:11:12"), ascii(0x013b, "Kanarie Verrader"),
		entry(0x8769, 4, 1, exifAt), entry(0x8825, 4, 1, gpsAt))...)
	pad := func(n int) { out = append(out, make([]byte, n-len(out))...) }
	pad(gpsAt)
	out = append(out, directory(0, entry(1, 2, 2, 'N'), degrees(2, 51, 55, 2388), entry(3, 2, 2, 'E'), degrees(4, 4, 15, 1296))...)
	pad(exifAt)
	out = append(out, directory(0, ascii(0x9003, "2026:11:01 10:11:12"), ascii(0x9286, "ASCII\x00\x00\x00kanarie-opmerking"))...)
	pad(thumbAt)
	out = append(out, directory(0, ascii(0x010e, "kanarie-duimnagel"))...)
	pad(dataAt)
	return append(out, data...)
}

const xmpOf = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Kanarie Verrader</dc:creator><exif:GPSLatitude>51.9233</exif:GPSLatitude><exif:GPSLongitude>4.2536</exif:GPSLongitude></x:xmpmeta>`

func segment(marker byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// photo is a JPEG as a phone makes it, with an archive behind its end.
func photo(turn uint16) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, drawn(), &jpeg.Options{Quality: 95})
	out := []byte{0xff, 0xd8}
	out = append(out, segment(0xe1, "Exif\x00\x00"+string(exifOf(turn)))...)
	out = append(out, segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+xmpOf)...)
	out = append(out, segment(0xfe, "kanarie-opmerking")...)
	out = append(out, b.Bytes()[2:]...)
	return append(out, zipOf(map[string]string{"kanarie.txt": "kanarie-achteraan"})...)
}

func zipOf(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, _ := z.Create(name)
		_, _ = w.Write([]byte(parts[name]))
	}
	_ = z.Close()
	return b.Bytes()
}

func chunk(kind, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func drawing() []byte {
	var b bytes.Buffer
	m := drawn()
	copy(m.Pix[4*(48*31+10):], "kan\x00ari\x00e\x00\x00\x00") // colours that nobody sees
	_ = png.Encode(&b, m)
	raw := b.Bytes()
	head := len("\x89PNG\r\n\x1a\n") + 25
	out := bytes.Clone(raw[:head])
	out = append(out, chunk("tEXt", "Author\x00Kanarie Verrader")...)
	out = append(out, chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmpOf)...)
	out = append(out, chunk("eXIf", string(exifOf(1)))...)
	out = append(out, chunk("tIME", "\x07\xea\x0b\x01\x0a\x0b\x0c")...)
	out = append(out, raw[head:]...)
	return append(out, "kanarie-achteraan"...)
}

func moving() []byte {
	g := &gif.GIF{}
	for i := range 2 {
		m := image.NewPaletted(image.Rect(0, 0, 16, 16), color.Palette{color.Black, color.White, color.RGBA{255, 0, 0, 255}})
		m.SetColorIndex(i, i, 2)
		g.Image, g.Delay = append(g.Image, m), append(g.Delay, 10)
	}
	var b bytes.Buffer
	_ = gif.EncodeAll(&b, g)
	raw := b.Bytes()
	out := bytes.Clone(raw[:len(raw)-1])
	out = append(out, "\x21\xfe\x11kanarie-opmerking\x00\x3b"...)
	return append(out, "kanarie-achteraan"...)
}

// webpOf puts Exif and XMP around the picture of a plain WebP.
func webpOf(plain []byte) []byte {
	riff := func(kind, body string) string {
		b := string(binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))) + body
		if len(body)%2 == 1 {
			b += "\x00"
		}
		return b
	}
	w, h := 0, 0
	if c, _, err := image.DecodeConfig(bytes.NewReader(plain)); err == nil {
		w, h = c.Width-1, c.Height-1
	}
	body := "WEBP" + riff("VP8X", string([]byte{0x0c, 0, 0, 0, byte(w), byte(w >> 8), 0, byte(h), byte(h >> 8), 0})) + string(plain[12:]) + riff("EXIF", string(exifOf(1))) + riff("XMP ", xmpOf)
	return []byte(riff("RIFF", body) + "kanarie-achteraan")
}

const (
	w   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`
	rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

func relsOf(rows ...[3]string) string {
	s := `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for _, r := range rows {
		s += `<Relationship Id="` + r[0] + `" Type="` + rel + r[1] + `" Target="` + r[2] + `"`
		if bytes.Contains([]byte(r[2]), []byte("://")) {
			s += ` TargetMode="External"`
		}
		s += `/>`
	}
	return s + `</Relationships>`
}

// wordParts are a document as Word writes it, with a remark, tracked changes, a photo
// and whatever else it adds by itself.
func wordParts() map[string]string {
	p := func(s string) string {
		return `<w:p w:rsidR="00AB12CD" w14:paraId="0KANARIE">` + s + `</w:p>`
	}
	r := func(s string) string {
		return `<w:r w:rsidRPr="00AB12CD"><w:t xml:space="preserve">` + s + `</w:t></w:r>`
	}
	who := `w:id="1" w:author="Kanarie Verrader" w:date="2026-11-01T10:11:12Z"`
	field := func(instruction, result string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r(result) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	body := p(`<w:bookmarkStart w:id="7" w:name="kanarie"/><x:eigen xmlns:x="urn:eigen">kanarie</x:eigen><w:commentRangeStart w:id="0"/>`+r("Zichtbare tekst over de loods.")+`<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`) +
		p(r("Voor ")+`<w:del `+who+`><w:r><w:delText>kanarie-verwijderd</w:delText></w:r></w:del><w:ins `+who+`>`+r("zichtbaar-ingevoegd")+`</w:ins>`) +
		p(`<w:moveFrom `+who+`>`+r("kanarie-verplaatst")+`</w:moveFrom><w:moveTo `+who+`>`+r("zichtbaar-verplaatst")+`</w:moveTo>`) +
		p(`<w:pPr><w:rPr><w:del `+who+`/></w:rPr></w:pPr>`+r("Deze alinea ")) + p(r("zichtbaar-samengevoegd")) +
		p(`<w:r><w:rPr><w:rPrChange `+who+`><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>Opmaak</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>kanarie-onzichtbaar</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Weg"/></w:rPr><w:t>kanarie-stijl</w:t></w:r>`) +
		p(`<w:hyperlink r:id="rId4" w:tooltip="kanarie-tip">`+r("zichtbare link")+`</w:hyperlink>`+field(`HYPERLINK "https://kanarie.example/verrader"`, "tweede link")+field(" PAGE ", "1")+`<w:fldSimple w:instr=" FILENAME \p kanarie-pad ">`+r("brief.docx")+`</w:fldSimple>`) +
		`<w:sdt><w:sdtPr><w:tag w:val="kanarie-tag"/><w:dataBinding w:xpath="/kanarie"/></w:sdtPr><w:sdtContent>` + p(r("zichtbaar-veld")) + `</w:sdtContent></w:sdt>` +
		`<w:tbl><w:tr><w:trPr><w:del ` + who + `/></w:trPr><w:tc>` + p(r("kanarie-rij")) + `</w:tc></w:tr><w:tr><w:tc>` + p(r("zichtbare cel")) + `</w:tc></w:tr></w:tbl>` +
		p(`<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="480000" cy="320000"/><wp:docPr id="1" name="kanarie-naam" descr="C:\Users\kanarie\foto.jpg"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="kanarie.jpg"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId5"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="480000" cy="320000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`)
	return map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>`,
		"_rels/.rels":                  relsOf([3]string{"rId1", "officeDocument", "word/document.xml"}, [3]string{"rId2", "metadata/core-properties", "docProps/core.xml"}, [3]string{"rId3", "extended-properties", "docProps/app.xml"}, [3]string{"rId4", "thumbnail", "docProps/thumbnail.jpeg"}),
		"word/_rels/document.xml.rels": relsOf([3]string{"rId1", "styles", "styles.xml"}, [3]string{"rId2", "settings", "settings.xml"}, [3]string{"rId3", "comments", "comments.xml"}, [3]string{"rId4", "hyperlink", "https://kanarie.example/verrader"}, [3]string{"rId5", "image", "media/kanarie.jpeg"}, [3]string{"rId6", "people", "people.xml"}, [3]string{"rId7", "customXml", "../customXml/item1.xml"}, [3]string{"rId8", "package", "embeddings/kanarie.xlsx"}),
		"word/document.xml":            `<?xml version="1.0"?><!-- kanarie-commentaar --><w:document ` + w + `><w:body>` + body + `<w:sectPr w:rsidR="00AB12CD"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
		"word/styles.xml":              `<?xml version="1.0"?><w:styles ` + w + `><w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
		"word/settings.xml":            `<?xml version="1.0"?><w:settings ` + w + `><w:attachedTemplate r:id="rId1"/><w:trackRevisions/><w:defaultTabStop w:val="708"/><w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="kanarie" w:val="verrader"/></w:docVars></w:settings>`,
		"word/_rels/settings.xml.rels": relsOf([3]string{"rId1", "attachedTemplate", "file:///C:/Users/kanarie/Normal.dotm://"}),
		"word/comments.xml":            `<?xml version="1.0"?><w:comments ` + w + `><w:comment w:id="0" w:author="Kanarie Verrader" w:initials="KV">` + p(r("kanarie-opmerking")) + `</w:comment></w:comments>`,
		"word/people.xml":              `<?xml version="1.0"?><people>Kanarie Verrader</people>`,
		"customXml/item1.xml":          `<?xml version="1.0"?><kanarie>verrader</kanarie>`,
		"word/embeddings/kanarie.xlsx": string(zipOf(map[string]string{"kanarie.txt": "kanarie"})),
		"word/media/kanarie.jpeg":      string(photo(1)),
		"docProps/core.xml":            `<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>Kanarie Verrader</dc:creator><cp:lastModifiedBy>Kanarie Verrader</cp:lastModifiedBy><dcterms:created>2026-11-01T10:11:12Z</dcterms:created></cp:coreProperties>`,
		"docProps/app.xml":             `<?xml version="1.0"?><Properties><Company>kanarie-bedrijf</Company><Manager>Kanarie Verrader</Manager></Properties>`,
		"docProps/thumbnail.jpeg":      string(photo(1)),
	}
}

// scan is a PDF with a photo in it that has kept its Exif, a hidden note, a script
// and a remark in its content.
func scan() []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) {
		at = append(at, b.Len())
		b.WriteString(string(rune('0'+len(at))) + " 0 obj\n" + s + "\nendobj\n")
	}
	stream := func(d, s string) string {
		return "<<" + d + "/Length " + decimal(len(s)) + ">>\nstream\n" + s + "\nendstream"
	}
	flate := func(s string) string {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write([]byte(s))
		_ = w.Close()
		return z.String()
	}
	b.WriteString("%PDF-1.5\n% kanarie-kop\n")
	obj("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('kanarie'\\))>>/Metadata 8 0 R/PieceInfo<</Kanarie<</Private(kanarie)>>>>>>")
	obj("<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 200 200]>>")
	obj("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</Im 5 0 R>>/Font<</F 6 0 R>>/Properties<</P<</ActualText(kanarie-eigenschap)>>>>>>/Annots[7 0 R 9 0 R]/VP[<</Type/Viewport/Measure<</Subtype/GEO/GPTS[51.9233 4.2536]>>>>]>>")
	obj(stream("/Filter/FlateDecode", flate("% kanarie-inhoud\n/Span<</MCID 0/ActualText(kanarie-tekst)>>BDC q 48 0 0 32 10 10 cm /Im Do Q BT /F 12 Tf 10 100 Td (Zichtbare tekst) Tj ET EMC /Span /P BDC EMC\nBI /W 2 /H 1 /BPC 8 /CS /G ID ab EI\n")))
	obj(stream("/Type/XObject/Subtype/Image/Width 48/Height 32/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", string(photo(1))))
	obj("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	obj("<</Type/Annot/Subtype/Text/Rect[0 0 10 10]/T(Kanarie Verrader)/M(D:20261101101112)/Contents(kanarie-opmerking)>>")
	obj(stream("/Type/Metadata/Subtype/XML", xmpOf))
	obj("<</Type/Annot/Subtype/FileAttachment/Rect[0 0 10 10]/FS<</Type/Filespec/F(kanarie.txt)/EF<</F 8 0 R>>>>>>")
	x := b.Len()
	b.WriteString("xref\n0 10\n0000000000 65535 f \n")
	for _, n := range at {
		s := decimal(n)
		b.WriteString("0000000000"[len(s):] + s + " 00000 n \n")
	}
	b.WriteString("trailer\n<</Root 1 0 R/Size 10>>\nstartxref\n" + decimal(x) + "\n%%EOF\n")
	return b.Bytes()
}

func decimal(n int) string { return strconv.Itoa(n) }

// TestMake keeps testdata as this file makes it; with -update it writes it.
func TestMake(t *testing.T) {
	lossy, err := os.ReadFile("testdata/plain.webp")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"photo.jpg": photo(6), "drawing.png": drawing(), "moving.gif": moving(), "photo.webp": webpOf(lossy), "scan.pdf": scan(), "word.docx": zipOf(wordParts()),
		"list.csv": []byte("naam;plaats\r\nBo\xebl;Maassluis\r\n"), "tip.txt": []byte("\xef\xbb\xbfZichtbare tekst\u202e met \u200bmerk\r\n")}
	for name, body := range files {
		if *update {
			if err := os.WriteFile("testdata/"+name, body, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile("testdata/" + name)
		if err != nil || !bytes.Equal(have, body) {
			t.Errorf("%s is not what is made (%v): run with -update", name, err)
		}
	}
}
