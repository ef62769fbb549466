package documents

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/beevik/etree"
	"pgregory.net/rapid"

	"baken/internal/text"
)

// unzip reads all parts of a DOCX as XML.
func unzip(t failer, body []byte) map[string]*etree.Document {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*etree.Document{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := etree.NewDocument()
		if err := d.ReadFromBytes(raw); err != nil {
			t.Fatalf("%s is no XML: %v", f.Name, err)
		}
		out[f.Name] = d
	}
	return out
}

func docxOf(t failer, l Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := DOCX(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// paragraphs are the style and the text of every paragraph that says something.
func paragraphs(doc *etree.Document) (out []string) {
	// etree finds level by level; a reader goes from the top to the foot.
	var all []*etree.Element
	var walk func(e *etree.Element)
	walk = func(e *etree.Element) {
		if e.Tag == "p" {
			all = append(all, e)
		}
		for _, c := range e.ChildElements() {
			walk(c)
		}
	}
	walk(doc.Root())
	for _, p := range all {
		var s strings.Builder
		for _, e := range p.FindElements("./w:r/*") {
			switch e.Tag {
			case "t":
				s.WriteString(e.Text())
			case "br":
				s.WriteString("\n")
			}
		}
		if words(s.String()) != "" {
			out = append(out, p.FindElement("./w:pPr/w:pStyle").SelectAttrValue("w:val", "")+" "+words(s.String()))
		}
	}
	return out
}

// inWord is what outline says, in the styles of the DOCX.
func inWord(l Letter) (out []string) {
	for range l.From {
		out = append(out, "Address")
	}
	for range l.To {
		out = append(out, "Address")
	}
	style := map[string]string{"H1": "Heading1", "H2": "Heading2", "H3": "Heading3", "TH": "CellHead", "TD": "Cell"}
	seenTitle, numbered := false, false
	n := len(out)
	for i, line := range outline(l) {
		tag, said, _ := strings.Cut(line, " ")
		seenTitle = seenTitle || tag == "H1"
		switch {
		case tag == "Lbl":
			numbered = strings.HasSuffix(said, ".")
		case said == "":
		case tag == "LBody":
			out = append(out, map[bool]string{true: "ListNumber ", false: "ListBullet "}[numbered]+said)
		case tag == "P" && i < n:
			out[i] += " " + said
		case tag == "P" && !seenTitle:
			out = append(out, "Reference "+said)
		case tag == "P":
			out = append(out, "Normal "+said)
		default:
			out = append(out, style[tag]+" "+said)
		}
	}
	return out
}

// withoutFacts leaves out what DOCX says otherwise than PDF.
func withoutFacts(l Letter) Letter {
	l.Blocks = slices.DeleteFunc(slices.Clone(l.Blocks), func(b Block) bool { return b.Kind == Facts })
	return l
}

func TestDOCXSaysTheLetter(t *testing.T) {
	l := sample()
	same(t, "the document", paragraphs(unzip(t, docxOf(t, withoutFacts(l)))["word/document.xml"]), inWord(withoutFacts(l)))
	all := strings.Join(paragraphs(unzip(t, docxOf(t, l))["word/document.xml"]), "\n")
	if !strings.Contains(all, "\nFact Begin: 1 december 2026\nFact Eind: 1 maart 2027\n") {
		t.Errorf("the facts are not there:\n%s", all)
	}
}

// What the accessibility checker of Word asks, and what Word asks to open a file.
func TestDOCXIsAccessible(t *testing.T) {
	l := sample()
	l.Lang, l.Concept = text.EN, true
	l.Blocks = append(l.Blocks, Block{Kind: List, Numbered: true, Items: []Text{Plain("again from one")}})
	parts := unzip(t, docxOf(t, l))
	doc := parts["word/document.xml"]
	if got := parts["docProps/core.xml"].FindElement("//dc:title").Text(); got != l.Title {
		t.Errorf("the title is %q", got)
	}
	if got := parts["word/styles.xml"].FindElement("//w:docDefaults//w:lang").SelectAttrValue("w:val", ""); got != "en-GB" {
		t.Errorf("the language is %q", got)
	}
	for _, table := range doc.FindElements("//w:tbl") {
		if len(table.FindElements("./w:tr/w:trPr/w:tblHeader")) != 1 || table.FindElement("./w:tr/w:trPr/w:tblHeader") == nil {
			t.Error("a table has no header row")
		}
		if got, want := len(table.FindElements("./w:tblGrid/w:gridCol")), len(table.FindElements("./w:tr[1]/w:tc")); got != want {
			t.Errorf("%d columns in the grid, %d in the header", got, want)
		}
	}
	// Every style and every list that is used is there; numbered lists do not count on.
	styles, nums := map[string]bool{}, map[string]int{}
	for _, s := range parts["word/styles.xml"].FindElements("//w:style") {
		styles[s.SelectAttrValue("w:styleId", "")] = true
	}
	for _, n := range parts["word/numbering.xml"].FindElements("//w:num") {
		nums[n.SelectAttrValue("w:numId", "")] = 0
	}
	for name, part := range parts {
		for _, e := range append(part.FindElements("//w:pStyle"), part.FindElements("//w:tblStyle")...) {
			if id := e.SelectAttrValue("w:val", ""); !styles[id] {
				t.Errorf("%s uses the style %q, which is not there", name, id)
			}
		}
	}
	for _, e := range doc.FindElements("//w:numId") {
		id := e.SelectAttrValue("w:val", "")
		if _, ok := nums[id]; !ok {
			t.Errorf("list %s is not there", id)
		}
		nums[id]++
	}
	if nums["1"] != 3 || nums["2"] != 2 || nums["3"] != 1 {
		t.Errorf("items per list: %v", nums)
	}
	// Every part is named with its type, and every relation leads to a part.
	types := parts["[Content_Types].xml"]
	for name := range parts {
		if !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" && types.FindElement("//Override[@PartName='/"+name+"']") == nil {
			t.Errorf("%s has no type", name)
		}
	}
	for _, r := range parts["word/_rels/document.xml.rels"].FindElements("//Relationship") {
		if parts["word/"+r.SelectAttrValue("Target", "")] == nil {
			t.Errorf("%s leads nowhere", r.SelectAttrValue("Id", ""))
		}
	}
	for _, h := range []string{"word/header1.xml", "word/header2.xml"} {
		if got := strings.Join(paragraphs(parts[h]), " "); !strings.Contains(got, "Draft") {
			t.Errorf("%s says %q", h, got)
		}
	}
	footer := etree.NewDocument()
	footer.SetRoot(parts["word/footer1.xml"].Root().Copy())
	if got := len(footer.FindElements("//w:fldSimple")); got != 2 {
		t.Errorf("%d fields in the footer, want the page and the total", got)
	}
}

// The order of elements is that of the schema of ECMA-376; Word opens nothing else.
func TestDOCXKeepsTheOrderOfTheSchema(t *testing.T) {
	order := map[string][]string{
		"pPr":    {"pStyle", "keepNext", "keepLines", "numPr", "spacing", "ind", "jc", "outlineLvl"},
		"rPr":    {"rFonts", "b", "color", "sz", "lang"},
		"tblPr":  {"tblStyle", "tblW", "tblBorders", "tblLayout", "tblCellMar", "tblLook"},
		"trPr":   {"cantSplit", "tblHeader"},
		"tbl":    {"tblPr", "tblGrid", "tr"},
		"tc":     {"tcPr", "p"},
		"style":  {"name", "basedOn", "next", "qFormat", "pPr", "rPr", "tblPr"},
		"sectPr": {"headerReference", "footerReference", "pgSz", "pgMar", "titlePg"},
		"lvl":    {"start", "numFmt", "lvlText", "lvlJc", "pPr"},
		"p":      {"pPr", "r"},
	}
	checked := 0
	for name, part := range unzip(t, docxOf(t, sample())) {
		for _, e := range part.FindElements("//*") {
			want, ok := order[e.Tag]
			if !ok || strings.HasPrefix(name, "word/footer") {
				continue
			}
			at := 0
			for _, c := range e.ChildElements() {
				i := slices.Index(want, c.Tag)
				if i < at {
					t.Errorf("%s: %s stands wrong in %s", name, c.Tag, e.Tag)
				}
				at = max(at, i)
				checked++
			}
		}
	}
	if checked < 300 {
		t.Errorf("%d elements checked: the test looks in the wrong place", checked)
	}
}

func TestAnyTextSurvivesInDOCX(t *testing.T) {
	char := rapid.OneOf(rapid.Rune().Filter(unicode.IsPrint), rapid.SampledFrom([]rune("<&>\"']]> \n\t\r")))
	rapid.Check(t, func(t *rapid.T) {
		l := Letter{Title: "T" + rapid.StringOf(char).Draw(t, "title")}
		s := "x" + rapid.StringOf(char).Draw(t, "text")
		l.Blocks = []Block{{Kind: Paragraph, Text: Plain(s)}, {Kind: Table, Header: []Text{Plain(s)}, Rows: [][]Text{{Plain(s)}}}}
		want := []string{"Heading1 " + oneLine(l.Title)}
		for _, style := range []string{"Normal ", "CellHead ", "Cell "} {
			want = append(want, style+words(clean(s)))
		}
		if got := paragraphs(unzip(t, docxOf(t, l))["word/document.xml"]); !slices.Equal(got, want) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	})
}

func TestSameLetterSameDOCX(t *testing.T) {
	if !bytes.Equal(docxOf(t, sample()), docxOf(t, sample())) {
		t.Error("the same letter gave other bytes")
	}
}

// LibreOffice opens it and sees the same structure: its own tagged PDF says so.
func TestDOCXOpensInLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("no soffice on this machine; the other tests read the file back")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter.docx"), docxOf(t, sample()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/home", "--headless", "--convert-to",
		`pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}`, "--outdir", dir, filepath.Join(dir, "letter.docx")).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	body, err := os.ReadFile(filepath.Join(dir, "letter.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	// It cuts text where the weight changes, and poppler then reads a space.
	bare := strings.NewReplacer(" ", "", "\n", "")
	tree := bare.Replace(strings.Join(popplerReads(t, body), "\n"))
	for _, want := range []string{"H1 Besluit tot sluiting van de woning", "H2 Waarom wij dit besluiten", "H3 Wat u moet weten", "mutatie-039", "LI LBody P • Derde punt.",
		"LI LBody P 2. Dan dat.", "Table TR TH P Datum TH P Gebeurtenis TH P Bron TR TD P 1 nov"} {
		if !strings.Contains(tree, bare.Replace(want)) {
			t.Errorf("LibreOffice does not see %q", want)
		}
	}
	if t.Failed() {
		t.Log(tree)
	}
}
