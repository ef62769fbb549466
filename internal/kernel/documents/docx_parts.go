package documents

import "github.com/beevik/etree"

// The parts of a DOCX that are the same in every letter.

const typeBase = "application/vnd.openxmlformats-officedocument.wordprocessingml."

func contentTypes() *etree.Document {
	doc, root := newPart("Types", "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
	el(root, "Default", "Extension", "rels", "ContentType", "application/vnd.openxmlformats-package.relationships+xml")
	el(root, "Default", "Extension", "xml", "ContentType", "application/xml")
	for _, o := range [][2]string{{"/word/document.xml", typeBase + "document.main+xml"}, {"/word/styles.xml", typeBase + "styles+xml"},
		{"/word/numbering.xml", typeBase + "numbering+xml"}, {"/word/settings.xml", typeBase + "settings+xml"},
		{"/word/header1.xml", typeBase + "header+xml"}, {"/word/header2.xml", typeBase + "header+xml"},
		{"/word/footer1.xml", typeBase + "footer+xml"}, {"/word/footer2.xml", typeBase + "footer+xml"},
		{"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"}} {
		el(root, "Override", "PartName", o[0], "ContentType", o[1])
	}
	return doc
}

func rels(of ...[3]string) *etree.Document {
	doc, root := newPart("Relationships", "xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
	for _, r := range of {
		el(root, "Relationship", "Id", r[0], "Type", r[1], "Target", r[2])
	}
	return doc
}

func packageRels() *etree.Document {
	return rels([3]string{"rId1", nsRel + "/officeDocument", "word/document.xml"},
		[3]string{"rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"})
}

func documentRels() *etree.Document {
	return rels([3]string{"rId1", nsRel + "/styles", "styles.xml"}, [3]string{"rId2", nsRel + "/numbering", "numbering.xml"},
		[3]string{"rId3", nsRel + "/header", "header1.xml"}, [3]string{"rId4", nsRel + "/header", "header2.xml"},
		[3]string{"rId5", nsRel + "/footer", "footer1.xml"}, [3]string{"rId6", nsRel + "/footer", "footer2.xml"},
		[3]string{"rId7", nsRel + "/settings", "settings.xml"})
}

func settings(lang string) *etree.Document {
	doc, root := newPart("w:settings", "xmlns:w", nsMain)
	// 15 is the layout of Word 2013 and later; without it the window says
	// "compatibility mode" and its accessibility checker does less.
	el(el(root, "w:compat"), "w:compatSetting", "w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")
	el(root, "w:themeFontLang", "w:val", lang)
	return doc
}

// style is one style of paragraphs: sizes in half points, spaces in twips.
type style struct {
	id, name, next         string
	size, before, after    string
	bold, keep             bool
	outline, left, hanging string
	grey, right            bool
}

func styles(lang string) *etree.Document {
	doc, root := newPart("w:styles", "xmlns:w", nsMain)
	defaults := el(root, "w:docDefaults")
	r := el(el(defaults, "w:rPrDefault"), "w:rPr")
	el(r, "w:rFonts", "w:ascii", "Calibri", "w:hAnsi", "Calibri", "w:eastAsia", "Calibri", "w:cs", "Calibri")
	el(r, "w:sz", "w:val", "22")
	el(r, "w:lang", "w:val", lang, "w:eastAsia", lang, "w:bidi", "ar-SA")
	el(el(el(defaults, "w:pPrDefault"), "w:pPr"), "w:spacing", "w:after", "140", "w:line", "276", "w:lineRule", "auto")
	for _, s := range []style{
		{id: "Normal", name: "Normal"},
		{id: "Heading1", name: "heading 1", next: "Normal", size: "34", before: "360", after: "140", bold: true, keep: true, outline: "0"},
		{id: "Heading2", name: "heading 2", next: "Normal", size: "26", before: "240", after: "80", bold: true, keep: true, outline: "1"},
		{id: "Heading3", name: "heading 3", next: "Normal", size: "23", before: "200", after: "60", bold: true, keep: true, outline: "2"},
		{id: "Address", name: "Address", after: "0"},
		{id: "Reference", name: "Reference", before: "120", after: "0"},
		{id: "ListBullet", name: "List Bullet", after: "60", left: "440", hanging: "360"},
		{id: "ListNumber", name: "List Number", after: "60", left: "440", hanging: "360"},
		{id: "Fact", name: "Fact", after: "60"},
		{id: "Cell", name: "Cell", before: "40", after: "40"},
		{id: "CellHead", name: "Cell Head", before: "40", after: "40", bold: true, keep: true},
		{id: "AfterTable", name: "After Table", after: "0"},
		{id: "Header", name: "header", size: "17", after: "0", grey: true},
		{id: "Footer", name: "footer", size: "17", after: "0", grey: true, right: true},
	} {
		s.add(root)
	}
	t := el(root, "w:style", "w:type", "table", "w:customStyle", "1", "w:styleId", "Rows")
	el(t, "w:name", "w:val", "Rows")
	pr := el(t, "w:tblPr")
	borders := el(pr, "w:tblBorders")
	for _, side := range []string{"w:bottom", "w:insideH"} {
		el(borders, side, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "969696")
	}
	margins := el(pr, "w:tblCellMar")
	el(margins, "w:left", "w:w", "70", "w:type", "dxa")
	el(margins, "w:right", "w:w", "70", "w:type", "dxa")
	return doc
}

func (s style) add(root *etree.Element) {
	e := el(root, "w:style", "w:type", "paragraph")
	switch s.id {
	case "Normal":
		e.CreateAttr("w:default", "1")
	case "Address", "Reference", "Fact", "Cell", "CellHead", "AfterTable":
		e.CreateAttr("w:customStyle", "1")
	}
	e.CreateAttr("w:styleId", s.id)
	el(e, "w:name", "w:val", s.name)
	if s.id != "Normal" {
		el(e, "w:basedOn", "w:val", "Normal")
	}
	if s.next != "" {
		el(e, "w:next", "w:val", s.next)
	}
	el(e, "w:qFormat")
	p := el(e, "w:pPr")
	if s.keep {
		el(p, "w:keepNext")
		el(p, "w:keepLines")
	}
	if s.before+s.after != "" {
		sp := el(p, "w:spacing")
		if s.before != "" {
			sp.CreateAttr("w:before", s.before)
		}
		sp.CreateAttr("w:after", s.after)
	}
	if s.left != "" {
		el(p, "w:ind", "w:left", s.left, "w:hanging", s.hanging)
	}
	if s.right {
		el(p, "w:jc", "w:val", "right")
	}
	if s.outline != "" {
		el(p, "w:outlineLvl", "w:val", s.outline)
	}
	r := el(e, "w:rPr")
	if s.bold {
		el(r, "w:b")
	}
	if s.grey {
		el(r, "w:color", "w:val", "555555")
	}
	if s.size != "" {
		el(r, "w:sz", "w:val", s.size)
	}
}
