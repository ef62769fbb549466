package strip

import (
	"slices"
	"strings"
	"testing"
)

const x = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// excel is a workbook as Excel writes it, with what LibreOffice does not.
func excel() []byte {
	override := func(name, kind string) string {
		return `<Override PartName="/` + name + `" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.` + kind + `+xml"/>`
	}
	return zipOf(map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` + override("xl/workbook.xml", "sheet.main") + override("xl/worksheets/kanarie.xml", "worksheet") + override("xl/sharedStrings.xml", "sharedStrings") + `</Types>`,
		"_rels/.rels":                relsOf([3]string{"rId1", "officeDocument", "xl/workbook.xml"}),
		"xl/_rels/workbook.xml.rels": relsOf([3]string{"kanarie", "worksheet", "worksheets/kanarie.xml"}, [3]string{"rId2", "sharedStrings", "sharedStrings.xml"}, [3]string{"rId3", "externalLink", "externalLinks/e1.xml"}, [3]string{"rId4", "person", "persons/person.xml"}),
		"xl/workbook.xml": `<workbook ` + x + ` xmlns:mc="m"><fileSharing userName="Kanarie Verrader"/><mc:AlternateContent><absPath url="C:\Users\kanarie\"/></mc:AlternateContent><workbookPr codeName="kanarie"/><sheets><sheet name="Blad1" sheetId="1" r:id="kanarie"/></sheets>` +
			`<externalReferences><externalReference r:id="rId3"/></externalReferences><definedNames><definedName name="kanarie">"verrader"</definedName></definedNames></workbook>`,
		"xl/externalLinks/e1.xml":              `<externalLink>kanarie</externalLink>`,
		"xl/persons/person.xml":                `<personList>Kanarie Verrader</personList>`,
		"xl/worksheets/_rels/kanarie.xml.rels": relsOf([3]string{"rId1", "printerSettings", "../printerSettings/p.bin"}, [3]string{"rId2", "hyperlink", "https://kanarie.example/"}, [3]string{"rId3", "table", "../tables/t.xml"}),
		"xl/printerSettings/p.bin":             "\\\\kanarie\\printer",
		"xl/tables/t.xml":                      `<table name="kanarie"/>`,
		"xl/sharedStrings.xml":                 `<sst ` + x + `><si><t>Zichtbaar</t></si><si><t>kanarie-rij</t></si><si><t>kanarie-kolom</t></si><si><t>kanarie-ongebruikt</t></si><si><r><t>Zicht</t></r><r><t>bare delen</t></r><rPh><t>kanarie</t></rPh></si></sst>`,
		"xl/worksheets/kanarie.xml": `<worksheet ` + x + `><sheetPr codeName="kanarie"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData>` +
			`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>2</v></c><c r="D1"><f>'C:\kanarie\[x.xlsx]'!A1</f><v>77</v></c></row><row r="2" hidden="1"><c r="A2" t="s"><v>1</v></c></row><row r="3"><c r="A3" t="s"><v>4</v></c><c r="C3" t="inlineStr"><is><t>kanarie</t></is></c></row></sheetData>` +
			`<dataValidations><dataValidation prompt="kanarie"/></dataValidations><hyperlinks><hyperlink ref="A1" r:id="rId2" tooltip="kanarie"/></hyperlinks><pageSetup r:id="rId1"/><tableParts><tablePart r:id="rId3"/></tableParts><extLst><ext>kanarie</ext></extLst></worksheet>`,
	})
}

// odtOf is a text of LibreOffice with a photo and whatever stands in body.
func odtOf(body string) []byte {
	names := `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:officeooo="http://openoffice.org/2009/office"`
	return odt(map[string]string{
		"content.xml":          `<office:document-content ` + names + `><office:scripts><office:event-listeners><script:event-listener script:macro-name="kanarie"/></office:event-listeners></office:scripts><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
		"Pictures/kanarie.jpg": string(photo(1)), "settings.xml": "<kanarie/>", "Configurations2/kanarie.xml": "<kanarie/>", "Object 1/content.xml": "<office:kanarie xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"/>", "layout-cache": "kanarie",
	})
}

func formPDF() []byte {
	return pdfOf("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/XFA(kanarie)>>/StructTreeRoot 7 0 R/MarkInfo<</Marked true>>/Names<</JavaScript<</Names[(k)<</S/JavaScript/JS(kanarie)>>]>>/Dests<</Names[(kanarie)[3 0 R/Fit]]>>>>/Outlines 9 0 R>>",
		"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 200 200]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Annots[5 0 R 11 0 R 12 0 R]/StructParents 0/Thumb 6 0 R>>",
		streamOf("", "/P<</MCID 0>>BDC BT /F 12 Tf 10 100 Td (Zichtbare tekst) Tj ET EMC"),
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(kanarie)/V(kanarie-waarde)/TU(verrader)/Rect[0 0 50 10]/AP<</N 6 0 R>>/AA<</K<</S/JavaScript/JS(kanarie)>>>>>>",
		streamOf("/Type/XObject/Subtype/Form/BBox[0 0 50 10]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/PieceInfo<</K(kanarie)>>/PTEX.FileName(./kanarie.pdf)/PTEX.InfoDict<</Author(kanarie)>>/Eigen<</Iets(kanarie)>>", "BT /F 8 Tf (Zichtbaar ingevuld) Tj ET % kanarie"),
		"<</Type/StructTreeRoot/K 8 0 R/ParentTree<</Nums[0[8 0 R]]>>/IDTree<</Names[(kanarie)8 0 R]>>>>",
		"<</S/P/P 7 0 R/Pg 3 0 R/K[0<</Type/OBJR/Obj 5 0 R>>]/Alt(kanarie)/ActualText(verrader)/T(kanarie)/ID(kanarie)/A<</O/UserProperties/P[<</N(kanarie)/V(verrader)>>]>>>>",
		"<</Type/Outlines/First 10 0 R/Last 10 0 R/Count 1>>",
		"<</Title(Zichtbare kop)/Parent 9 0 R/A<</S/URI/URI(https://kanarie.example)>>/SE 8 0 R>>",
		"<</Type/Annot/Subtype/Highlight/Rect[0 0 50 10]/T(Kanarie Verrader)/Contents(kanarie)/F 2/AP<</N 6 0 R>>>>",
		"<</Type/Annot/Subtype/Link/Rect[0 0 50 10]/A<</S/GoTo/D[3 0 R/Fit]/Next<</S/Launch/F(kanarie.exe)>>>>>>")
}

// What the samples of testdata do not have.
func TestDetails(t *testing.T) {
	for name, row := range map[string]struct {
		body    []byte
		removed []Kind
		words   []string
		gone    []string // from the body as it is written
	}{
		"excel": {excel(), []Kind{Author, Hidden, Links, Properties, Formulas}, []string{"Zichtbaar", "Zichtbare delen", "77"}, nil},
		"odt": {odtOf(`<text:p officeooo:rsid="1" eigen:y="kanarie" xmlns:eigen="urn:eigen"><text:bookmark text:name="kanarie"/><eigen:x xmlns:eigen="urn:eigen">kanarie</eigen:x>Zichtbare tekst<draw:frame draw:name="kanarie"><draw:image xlink:href="Pictures/kanarie.jpg"/><svg:desc>kanarie</svg:desc></draw:frame><draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="https://kanarie.example/x.png"/></draw:frame></text:p>` +
			`<text:p><text:author-name>Zichtbare naam</text:author-name><text:note><text:note-body><text:p>Zichtbare voetnoot</text:p></text:note-body></text:note><text:section text:display="none"><text:p>kanarie</text:p></text:section><text:hidden-text text:string-value="kanarie"/></text:p><form:form>kanarie</form:form><!--kanarie-->`),
			[]Kind{Location, Camera, Author, Dates, Comments, Hidden, Embedded, Scripts, Links, Thumbnail, History, Trailing, Properties, AltText, Forms}, []string{"Zichtbare tekst", "Zichtbare naam", "Zichtbare voetnoot"}, nil},
		"form": {formPDF(), []Kind{Author, Comments, Hidden, Scripts, Links, Thumbnail, Properties, AltText, Forms}, []string{"Zichtbare tekst", "Zichtbaar ingevuld"}, []string{"JavaScript", "Launch", "URI"}},
	} {
		c, err := Copy(row.body)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !slices.Equal(c.Removed, row.removed) {
			t.Errorf("%s: removed %q, want %q", name, c.Removed, row.removed)
		}
		if got := canaryIn(c.Body); got != "" {
			t.Errorf("%s: a canary sings: %q", name, got)
		}
		for _, g := range row.gone {
			if strings.Contains(string(c.Body), g) {
				t.Errorf("%s: %s stays", name, g)
			}
		}
		again, err := Copy(c.Body)
		if err != nil || len(again.Removed) > 0 || string(again.Body) != string(c.Body) {
			t.Errorf("%s: a copy of the copy: %q %v", name, again.Removed, err)
		}
		said := words(t, c)
		for _, w := range row.words {
			if !strings.Contains(said, w) {
				t.Errorf("%s: %q is gone from %q", name, w, said)
			}
		}
	}
}

// The photo in a document stays in it, without what it told.
func TestPicturesInDocumentsStay(t *testing.T) {
	for name, body := range map[string][]byte{"word/media/image1.jpg": docx(nil), "Pictures/image1.jpg": odtOf(`<text:p><draw:frame><draw:image xlink:href="Pictures/kanarie.jpg"/></draw:frame></text:p>`)} {
		c, err := Copy(body)
		if err != nil {
			t.Fatal(err)
		}
		a, err := unpack(c.Body, found{})
		if err != nil {
			t.Fatal(err)
		}
		if m := decode(t, a.parts[name]); m.Bounds().Dx() != 48 {
			t.Errorf("%s: %v", name, m.Bounds())
		}
		if slices.Contains(c.Removed, Pictures) {
			t.Errorf("%s is said to be lost", name)
		}
	}
}
