package documents

import (
	"archive/zip"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/beevik/etree"

	"baken/internal/text"
)

// DOCX writes the letter to be edited: real headings, lists and table headers, so
// that what an editor makes of it can be made accessible again. What PDF refuses,
// DOCX refuses.
//
// ECMA-376 part 1 (WordprocessingML); the order of elements is that of its schema,
// because Word opens nothing else.
func DOCX(w io.Writer, l Letter) error {
	if err := l.check(); err != nil {
		return err
	}
	d := &docx{l: &l, p: text.For(l.Lang)}
	document := d.document()
	z := zip.NewWriter(w)
	for _, part := range []struct {
		name string
		doc  *etree.Document
	}{
		{"[Content_Types].xml", contentTypes()}, {"_rels/.rels", packageRels()},
		{"word/document.xml", document}, {"word/_rels/document.xml.rels", documentRels()},
		{"word/styles.xml", styles(tag(l.Lang))}, {"word/numbering.xml", d.numbering()}, {"word/settings.xml", settings(tag(l.Lang))},
		{"word/header1.xml", d.header(true)}, {"word/header2.xml", d.header(false)},
		{"word/footer1.xml", d.footer()}, {"word/footer2.xml", d.footer()},
		{"docProps/core.xml", d.core()},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: noTime})
		if err != nil {
			return err
		}
		if _, err := part.doc.WriteTo(f); err != nil {
			return err
		}
	}
	return z.Close()
}

// noTime stands where ZIP wants a time and there is none: the first that it can say.
var noTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

type docx struct {
	l     *Letter
	p     *text.Printer
	lists int // numbered lists: each counts from 1 again
}

const (
	nsMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// The numbers of lists: one for all bullets, then one for each numbered list.
const bulletList = 1

func newPart(root string, namespaces ...string) (*etree.Document, *etree.Element) {
	d := etree.NewDocument()
	d.CreateProcInst("xml", `version="1.0" encoding="UTF-8" standalone="yes"`)
	return d, el(&d.Element, root, namespaces...)
}

// el adds an element; attributes are pairs of name and value.
func el(parent *etree.Element, tag string, attrs ...string) *etree.Element {
	e := parent.CreateElement(tag)
	for i := 0; i+1 < len(attrs); i += 2 {
		e.CreateAttr(attrs[i], attrs[i+1])
	}
	return e
}

// twips are twentieths of a point.
func twips(pt float64) string { return strconv.Itoa(int(pt*20 + 0.5)) }

func (d *docx) document() *etree.Document {
	doc, root := newPart("w:document", "xmlns:w", nsMain, "xmlns:r", nsRel)
	body := el(root, "w:body")
	l := d.l
	for _, lines := range [][]string{l.From, l.To} {
		for i, s := range lines {
			if s = oneLine(s); s == "" {
				continue
			}
			if pr := para(body, "Address", Plain(s)); i == 0 {
				el(pr, "w:spacing", "w:before", "480", "w:after", "0")
			}
		}
	}
	when := oneLine(l.Date)
	if place := oneLine(l.Place); place != "" && when != "" {
		when = place + ", " + when
	}
	for _, row := range [][2]string{{"document.date", when}, {"document.reference", oneLine(l.Reference)}, {"document.subject", oneLine(l.Subject)}} {
		if row[1] != "" {
			para(body, "Reference", Text{{d.p.T(row[0]) + ": ", true}, {row[1], false}})
		}
	}
	para(body, "Heading1", Plain(oneLine(l.Title)))
	for i := range l.Blocks {
		d.block(body, &l.Blocks[i])
	}
	s := el(body, "w:sectPr")
	for _, r := range [][3]string{{"w:headerReference", "first", "rId3"}, {"w:headerReference", "default", "rId4"}, {"w:footerReference", "first", "rId5"}, {"w:footerReference", "default", "rId6"}} {
		el(s, r[0], "w:type", r[1], "r:id", r[2])
	}
	el(s, "w:pgSz", "w:w", "11906", "w:h", "16838")
	el(s, "w:pgMar", "w:top", twips(top+10), "w:right", twips(right), "w:bottom", twips(bottom), "w:left", twips(left), "w:header", "567", "w:footer", "567", "w:gutter", "0")
	el(s, "w:titlePg")
	return doc
}

// para adds a paragraph of a style and returns its properties, to add to.
func para(parent *etree.Element, style string, t Text) *etree.Element {
	p := el(parent, "w:p")
	pr := el(p, "w:pPr")
	el(pr, "w:pStyle", "w:val", style)
	runs(p, t)
	return pr
}

func runs(p *etree.Element, t Text) {
	for _, r := range t {
		s := clean(r.Text)
		if s == "" {
			continue
		}
		run := el(p, "w:r")
		if r.Bold {
			el(el(run, "w:rPr"), "w:b")
		}
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				el(run, "w:br")
			}
			if line != "" {
				el(run, "w:t", "xml:space", "preserve").SetText(line)
			}
		}
	}
}

func (d *docx) block(body *etree.Element, k *Block) {
	switch k.Kind {
	case Paragraph:
		para(body, "Normal", k.Text)
	case Heading:
		para(body, "Heading"+strconv.Itoa(k.Level+1), k.Text)
	case List:
		number, style := bulletList, "ListBullet"
		if k.Numbered {
			d.lists++
			number, style = bulletList+d.lists, "ListNumber"
		}
		for _, item := range k.Items {
			num := el(para(body, style, item), "w:numPr")
			el(num, "w:ilvl", "w:val", "0")
			el(num, "w:numId", "w:val", strconv.Itoa(number))
		}
	case Facts:
		// Paragraphs, not a table: the checker of Word asks every table for a header
		// row, and facts have none.
		for _, r := range k.Rows {
			para(body, "Fact", append(Text{{oneLine(r[0].String()) + ":", true}, {" ", false}}, r[1]...))
		}
	case Table:
		d.table(body, k)
	}
}

func (d *docx) table(body *etree.Element, k *Block) {
	t := el(body, "w:tbl")
	pr := el(t, "w:tblPr")
	el(pr, "w:tblStyle", "w:val", "Rows")
	el(pr, "w:tblW", "w:w", twips(textWidth), "w:type", "dxa")
	el(pr, "w:tblLayout", "w:type", "autofit") // the widths are those of another font
	el(pr, "w:tblLook", "w:val", "0620", "w:firstRow", "1", "w:lastRow", "0", "w:firstColumn", "0", "w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1")
	grid := el(t, "w:tblGrid")
	widths := columns(k)
	for _, w := range widths {
		el(grid, "w:gridCol", "w:w", twips(w))
	}
	for i, cells := range append([][]Text{k.Header}, k.Rows...) {
		tr := el(t, "w:tr")
		trPr := el(tr, "w:trPr")
		if i == 0 {
			el(trPr, "w:cantSplit")
			el(trPr, "w:tblHeader")
		}
		for j, c := range cells {
			tc := el(tr, "w:tc")
			el(el(tc, "w:tcPr"), "w:tcW", "w:w", twips(widths[j]), "w:type", "dxa")
			style := "Cell"
			if i == 0 {
				style = "CellHead"
			}
			para(tc, style, c)
		}
	}
	// Word needs a paragraph between two tables, and after the last.
	para(body, "AfterTable", nil)
}

func (d *docx) header(first bool) *etree.Document {
	doc, root := newPart("w:hdr", "xmlns:w", nsMain)
	var t Text
	if !first {
		t = Plain(oneLine(d.l.Title))
	}
	if d.l.Concept {
		if !first {
			t = append(t, Run{" – ", false})
		}
		t = append(t, Run{d.p.T("document.concept"), true})
	}
	para(root, "Header", t)
	return doc
}

// footer says which page it is, in fields that Word computes.
func (d *docx) footer() *etree.Document {
	doc, root := newPart("w:ftr", "xmlns:w", nsMain)
	p := el(root, "w:p")
	el(el(p, "w:pPr"), "w:pStyle", "w:val", "Footer")
	const page, total = "\x01", "\x02"
	s := d.p.T("document.page", "page", page, "total", total)
	for s != "" {
		at := strings.IndexAny(s, page+total)
		if at < 0 {
			at = len(s)
		}
		runs(p, Plain(s[:at]))
		if s = s[at:]; s != "" {
			instr := "PAGE"
			if s[:1] == total {
				instr = "NUMPAGES"
			}
			el(el(el(p, "w:fldSimple", "w:instr", instr), "w:r"), "w:t").SetText("1")
			s = s[1:]
		}
	}
	return doc
}

func (d *docx) numbering() *etree.Document {
	doc, root := newPart("w:numbering", "xmlns:w", nsMain)
	for id, kind := range [][2]string{{"bullet", "•"}, {"decimal", "%1."}} {
		a := el(root, "w:abstractNum", "w:abstractNumId", strconv.Itoa(id))
		el(a, "w:multiLevelType", "w:val", "singleLevel")
		lvl := el(a, "w:lvl", "w:ilvl", "0")
		el(lvl, "w:start", "w:val", "1")
		el(lvl, "w:numFmt", "w:val", kind[0])
		el(lvl, "w:lvlText", "w:val", kind[1])
		el(lvl, "w:lvlJc", "w:val", "left")
		el(el(lvl, "w:pPr"), "w:ind", "w:left", "440", "w:hanging", "360")
	}
	for n := range d.lists + 1 {
		num := el(root, "w:num", "w:numId", strconv.Itoa(bulletList+n))
		if n == 0 {
			el(num, "w:abstractNumId", "w:val", "0")
			continue
		}
		el(num, "w:abstractNumId", "w:val", "1")
		el(el(num, "w:lvlOverride", "w:ilvl", "0"), "w:startOverride", "w:val", "1")
	}
	return doc
}

func (d *docx) core() *etree.Document {
	doc, root := newPart("cp:coreProperties", "xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/")
	el(root, "dc:title").SetText(oneLine(d.l.Title))
	if s := oneLine(d.l.Subject); s != "" {
		el(root, "dc:subject").SetText(s)
	}
	el(root, "dc:language").SetText(tag(d.l.Lang))
	return doc
}
