package strip

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// away are the elements that go, in whichever of the three they stand, by their
// name; none is a kind that needs no word.
const none Kind = ""

var away = map[string]Kind{
	"extLst": none,
	// Word, 17.13.4 to 17.13.7: remarks, changes, permissions.
	"commentRangeStart": Comments, "commentRangeEnd": Comments, "commentReference": Comments, "annotationRef": none,
	"moveFrom": Changes, "moveFromRangeStart": Changes, "moveFromRangeEnd": Changes, "moveToRangeStart": Changes, "moveToRangeEnd": Changes,
	"customXmlInsRangeStart": Changes, "customXmlInsRangeEnd": Changes, "customXmlDelRangeStart": Changes, "customXmlDelRangeEnd": Changes,
	"customXmlMoveFromRangeStart": Changes, "customXmlMoveFromRangeEnd": Changes, "customXmlMoveToRangeStart": Changes, "customXmlMoveToRangeEnd": Changes,
	"cellIns": Changes, "cellMerge": Changes, "permStart": Author, "permEnd": none, "proofErr": none,
	"OLEObject": Embedded, "altChunk": Embedded, "subDoc": Links, "control": Scripts, "ffData": Forms, "fldData": none, "movie": Embedded,
	"tblCaption": AltText, "tblDescription": AltText, "customXmlPr": Embedded, "smartTagPr": none,
	// Fonts that travel with the document are files of their own.
	"embedRegular": none, "embedBold": none, "embedItalic": none, "embedBoldItalic": none,
	// DrawingML and PowerPoint.
	"hlinkClick": Links, "hlinkHover": Links, "hlinkMouseOver": Links, "timing": none, "transition": none, "custDataLst": Properties, "controls": Forms,
	"audioFile": Embedded, "videoFile": Embedded, "wavAudioFile": Embedded, "quickTimeFile": Embedded, "audioCd": Embedded, "snd": Embedded, "contentPart": Pictures,
	"externalData": Embedded, "pivotSource": none, "pivotFmts": none,
	// Excel.
	"f": Formulas, "rPh": none, "phoneticPr": none, "oleObjects": Embedded, "legacyDrawing": none, "legacyDrawingHF": none,
}

// awayAttr are the attributes that go: who, when, which copy, and paths.
var awayAttr = map[string]Kind{
	"author": Author, "initials": Author, "userId": Author, "providerId": Author, "dateUtc": Dates,
	"paraId": none, "textId": none, "uid": none, "anchorId": none, "editId": none, "gfxdata": Embedded,
	"descr": AltText, "alt": AltText, "title": AltText, "tooltip": none, "codeName": none, "macro": Scripts, "tgtFrame": none, "docLocation": none,
	"href": Links, "src": Links, "cm": none, "vm": none,
}

// kept are the children of parts that are mostly about the program or its user: the
// others go.
var kept = map[string][]string{
	"settings": {"zoom", "mirrorMargins", "gutterAtTop", "displayBackgroundShape", "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone", "evenAndOddHeaders",
		"bookFoldPrinting", "characterSpacingControl", "footnotePr", "endnotePr", "compat", "mathPr", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator", "noLineBreaksAfter", "noLineBreaksBefore"},
	"workbook": {"workbookPr", "bookViews", "sheets"},
	"worksheet": {"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "conditionalFormatting", "printOptions", "pageMargins", "pageSetup",
		"headerFooter", "rowBreaks", "colBreaks", "drawing"},
	"chartsheet":   {"sheetPr", "sheetViews", "pageMargins", "pageSetup", "headerFooter", "drawing"},
	"presentation": {"sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"},
}

// missed says which of the children that go are worth a word.
var missed = map[string]Kind{
	"fileSharing": Author, "definedNames": Hidden, "customWorkbookViews": Author, "hyperlinks": Links, "dataValidations": Hidden, "tableParts": none,
	"scenarios": Hidden, "rsids": History, "docVars": Hidden, "mailMerge": Links, "attachedTemplate": Links, "docId": History, "protectedRanges": Author, "modifyVerifier": none,
	"customShowLst": Hidden, "externalReferences": Links, "pivotCaches": Hidden, "trackRevisions": Changes,
}

func on(e *etree.Element) bool {
	return e != nil && !slices.Contains([]string{"0", "false", "off", "none"}, e.SelectAttrValue("val", "1"))
}

func yes(e *etree.Element, attr string) bool {
	v := e.SelectAttrValue(attr, "")
	return v == "1" || v == "true" || v == "on"
}

// before prepares the main part: hidden sheets and slides leave its list, and the
// styles that hide text are known before the text is read.
func (o *ooxml) before(root *etree.Element, rels []relation) error {
	target := map[string]string{}
	for _, r := range rels {
		target[r.id] = r.target
		if r.kind == "styles" && o.family == "word" && o.parts[r.target] != nil {
			doc, err := o.parse(o.parts[r.target])
			if err != nil {
				return err
			}
			for _, s := range doc.FindElements("//style") {
				if on(s.FindElement("rPr/vanish")) {
					o.vanish[s.SelectAttrValue("styleId", "")] = true
				}
			}
		}
	}
	var gone []*etree.Element
	for _, s := range root.FindElements("sheets/sheet") {
		if state := s.SelectAttrValue("state", "visible"); state != "visible" {
			gone = append(gone, s)
		}
		s.RemoveAttr("state")
	}
	for _, v := range root.FindElements("bookViews/workbookView") {
		v.RemoveAttr("activeTab")
		v.RemoveAttr("firstSheet")
	}
	for _, s := range root.FindElements("sldIdLst/sldId") {
		for _, a := range s.Attr {
			if raw := o.parts[target[a.Value]]; relational(a) && raw != nil {
				doc, err := o.parse(raw)
				if err != nil {
					return err
				}
				if show := doc.Root().SelectAttrValue("show", "1"); show == "0" || show == "false" {
					gone = append(gone, s)
				}
			}
		}
	}
	for _, e := range gone {
		o.f[Hidden] = true
		drop(e)
	}
	return nil
}

// clean takes out of one part what one does not see.
func (o *ooxml) clean(root *etree.Element) error {
	if names, ok := kept[root.Tag]; ok {
		for _, c := range root.ChildElements() {
			if !slices.Contains(names, c.Tag) {
				o.gone(missed[c.Tag])
				drop(c)
			}
		}
	}
	if root.Tag == "worksheet" {
		o.sheet(root)
	}
	late := map[*etree.Element]bool{} // paragraphs whose end is deleted
	o.attributes(root)
	o.walk(root, late)
	settle(root, late)
	if o.family == "word" {
		o.fields(root)
		settle(root, nil)
	}
	return nil
}

// known tells whether a namespace is one of Office; elements and attributes of others
// are what some program added for itself.
func known(namespace string) bool {
	for _, start := range []string{"http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:"} {
		if strings.HasPrefix(namespace, start) {
			return true
		}
	}
	return false
}

func (o *ooxml) gone(k Kind) {
	if k != none {
		o.f[k] = true
	}
}

func (o *ooxml) walk(e *etree.Element, late map[*etree.Element]bool) {
	for _, c := range e.ChildElements() {
		if c.Tag == dropped {
			continue
		}
		k, ok := o.goes(c)
		if !ok && !known(c.NamespaceURI()) {
			k, ok = Properties, true
		}
		if ok {
			o.gone(k)
			drop(c)
			continue
		}
		if o.family == "word" && c.Tag == "p" && c.FindElement("pPr/rPr/del") != nil {
			late[c] = true
		}
		o.attributes(c)
		o.walk(c, late)
		if o.family != "word" {
			continue
		}
		switch c.Tag {
		case "ins", "moveTo":
			o.f[Changes] = true
			unwrap(c)
		case "smartTag", "customXml", "sdtContent":
			unwrap(c)
		case "sdt":
			for _, x := range c.ChildElements() {
				if strings.HasPrefix(x.Tag, "sdt") {
					drop(x)
				}
			}
			unwrap(c)
		case "del":
			drop(c) // the mark of a paragraph, which late remembers
		}
	}
}

// goes tells whether an element is not in the copy, and what it is.
func (o *ooxml) goes(e *etree.Element) (Kind, bool) {
	if e.Tag == "f" && (o.family != "xl" || e.Parent().Tag != "c") {
		// In a chart it names the cells of a series; the values stand beside it.
		if strings.Contains(e.Text(), "[") {
			o.f[Links] = true
			e.SetText("")
		}
		return none, false
	}
	if e.Tag == "title" && e.Parent().Tag != "style" {
		return none, false
	}
	if k, ok := away[e.Tag]; ok {
		return k, true
	}
	if strings.HasSuffix(e.Tag, "PrChange") || e.Tag == "tblGridChange" || e.Tag == "numberingChange" || e.Tag == "tblPrExChange" {
		return Changes, true
	}
	switch o.family {
	case "word":
		switch e.Tag {
		case "del":
			if p := e.Parent(); p.Tag == "rPr" && p.Parent() != nil && p.Parent().Tag == "pPr" {
				o.f[Changes] = true
				return none, false
			}
			return Changes, true
		case "bookmarkStart":
			// Those that Word makes begin so; the others have a name that somebody gave.
			return none, !strings.HasPrefix(e.SelectAttrValue("name", ""), "_")
		case "tr":
			return Changes, e.FindElement("trPr/del") != nil
		case "tc":
			return Changes, e.FindElement("tcPr/cellDel") != nil
		case "r":
			style := e.FindElement("rPr/rStyle")
			return Hidden, on(e.FindElement("rPr/vanish")) || style != nil && o.vanish[style.SelectAttrValue("val", "")]
		case "p":
			style := e.FindElement("pPr/pStyle")
			return Hidden, style != nil && o.vanish[style.SelectAttrValue("val", "")]
		}
	case "xl":
		if e.Tag == "cfRule" && e.FindElement("formula") != nil {
			return Formulas, true
		}
	}
	switch e.Tag {
	case "sp", "pic", "graphicFrame", "grpSp", "cxnSp", "anchor", "inline", "wsp":
		for _, c := range e.ChildElements() {
			if props := c.FindElement("cNvPr"); yes(c, "hidden") || props != nil && yes(props, "hidden") {
				return Hidden, true
			}
		}
	}
	return none, false
}

func (o *ooxml) attributes(e *etree.Element) {
	left := e.Attr[:0]
	for _, a := range e.Attr {
		k, ok := awayAttr[a.Key]
		ok = ok || strings.HasPrefix(a.Key, "rsid") || a.Key == "date" && o.family == "word"
		switch {
		case a.Space == "xmlns", a.Space == "xml", a.Key == "xmlns":
			ok = false
		case a.Space != "" && !known(a.NamespaceURI()):
			k, ok = Properties, true
		}
		if ok && (a.Key == "cm" || a.Key == "vm") && e.Tag != "c" {
			ok = false
		}
		if ok {
			if strings.HasPrefix(a.Key, "rsid") {
				k = History
			}
			if strings.TrimSpace(a.Value) != "" {
				o.gone(k)
			}
			continue
		}
		if a.Key == "name" && e.Tag == "cSld" {
			continue // the name of a slide, which nobody sees
		}
		if a.Key == "name" && (e.Tag == "cNvPr" || e.Tag == "docPr") {
			a.Value = ""
		}
		left = append(left, a)
	}
	e.Attr = left
}

// harmless are the fields that only count and point inside the document; of the
// others the result stays and the instruction, with its path or address, goes.
var harmless = []string{"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "REF", "PAGEREF", "NOTEREF", "TOC", "SEQ", "STYLEREF"}

func stays(instruction string) bool {
	words := strings.Fields(instruction)
	return len(words) > 0 && (slices.Contains(harmless, strings.ToUpper(words[0])) || strings.EqualFold(words[0], "HYPERLINK") && len(words) > 1 && words[1] == `\l`)
}

// fields of Word, 17.16.
func (o *ooxml) fields(root *etree.Element) {
	type field struct {
		marks []*etree.Element
		text  string
		shown bool // its result has begun
	}
	var stack []*field
	var gone, open []*etree.Element
	end := func() {
		last := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !stays(last.text) {
			gone = append(gone, last.marks...)
		}
	}
	each(root, func(e *etree.Element) {
		switch e.Tag {
		case "fldSimple":
			if !stays(e.SelectAttrValue("instr", "")) {
				open = append(open, e)
			}
		case "fldChar":
			kind := e.SelectAttrValue("fldCharType", "")
			if kind == "begin" {
				stack = append(stack, &field{})
			}
			if len(stack) == 0 {
				gone = append(gone, e)
				return
			}
			last := stack[len(stack)-1]
			last.marks = append(last.marks, e)
			last.shown = last.shown || kind == "separate"
			if kind == "end" {
				end()
			}
		case "instrText":
			if len(stack) == 0 {
				gone = append(gone, e)
				return
			}
			last := stack[len(stack)-1]
			last.marks = append(last.marks, e)
			last.text += e.Text()
		}
	})
	for len(stack) > 0 {
		end()
	}
	for _, e := range gone {
		o.f[Links] = true
		drop(e)
	}
	for _, e := range open {
		o.f[Links] = true
		unwrap(e)
	}
}

// sheet takes the hidden rows and columns out of a sheet of Excel and remembers
// which shared strings its cells show.
func (o *ooxml) sheet(root *etree.Element) {
	var hidden [][2]int
	for _, c := range root.FindElements("cols/col") {
		if yes(c, "hidden") || c.SelectAttrValue("width", "") == "0" {
			lo, _ := strconv.Atoi(c.SelectAttrValue("min", ""))
			hi, _ := strconv.Atoi(c.SelectAttrValue("max", ""))
			hidden = append(hidden, [2]int{lo, hi})
		}
	}
	for _, row := range root.FindElements("sheetData/row") {
		if yes(row, "hidden") || row.SelectAttrValue("ht", "") == "0" {
			o.f[Hidden] = true
			drop(row)
			continue
		}
		column := 0
		for _, c := range row.ChildElements() {
			column++
			if n := columnOf(c.SelectAttrValue("r", "")); n > 0 {
				column = n
			}
			if slices.ContainsFunc(hidden, func(h [2]int) bool { return column >= h[0] && column <= h[1] }) {
				o.f[Hidden] = true
				drop(c)
				continue
			}
			if v := c.SelectElement("v"); v != nil && c.SelectAttrValue("t", "") == "s" {
				if n, err := strconv.Atoi(v.Text()); err == nil {
					o.used[n] = true
				}
			}
		}
	}
}

// columnOf is the number of the column in a name like AB12; 0 for none.
func columnOf(name string) (n int) {
	for _, r := range name {
		if r < 'A' || r > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	return n
}

// blankStrings empties the shared strings that no cell shows any more.
func (o *ooxml) blankStrings() {
	if o.strings == nil {
		return
	}
	for i, si := range o.strings.Root().SelectElements("si") {
		if !o.used[i] {
			si.Child = nil
			si.CreateElement("t").Space = si.Space
		}
	}
}
