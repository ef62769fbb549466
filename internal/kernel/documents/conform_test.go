package documents

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	unwelcome = regexp.MustCompile(`/(Encrypt|JavaScript|Transparency|EmbeddedFiles?|AA|OpenAction|XFA|LZWDecode)\b`)
	tagOf     = regexp.MustCompile(`/S/(\w+)`)
	attrOf    = regexp.MustCompile(`/A<<[^>]*`)
	bfchar    = regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]{4})>\n`)
)

// conform checks a whole file and returns it with its structure in reading order.
func conform(t failer, body []byte) *parsed {
	t.Helper()
	p := parsePDF(t, body)
	must := func(where, what, why string) {
		t.Helper()
		if !strings.Contains(where, what) {
			t.Errorf("%s is missing: %s", what, why)
		}
	}
	for n, o := range p.objs {
		if dict, _, _ := strings.Cut(o, "\nstream\n"); unwelcome.MatchString(dict) {
			t.Errorf("object %d has %s, which an archive does not take", n, unwelcome.FindString(dict))
		}
	}
	if !regexp.MustCompile(`/ID\[<[0-9a-f]{32}><[0-9a-f]{32}>\]`).MatchString(p.trailer) {
		t.Error("the trailer has no id (ISO 19005-2, 6.1.3)")
	}
	catalog := p.objs[p.ref(p.trailer, "/Root")]
	must(catalog, "/MarkInfo<</Marked true>>", "the file is not tagged")
	must(catalog, "/DisplayDocTitle true", "a window would show the name of the file (ISO 14289-1, 7.1)")
	must(catalog, "/Lang (", "a screen reader must know the language")
	xmp := p.stream(p.ref(catalog, "/Metadata"))
	must(xmp, "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", "the file does not say what it follows")
	must(xmp, "<pdfuaid:part>1</pdfuaid:part>", "ISO 14289-1, 5")
	must(xmp, "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>", "PDF/A wants every other schema described (ISO 19005-2, 6.6.2.3)")
	if icc := p.stream(p.ref(catalog, "/DestOutputProfile")); icc[36:40] != "acsp" || icc[16:20] != "RGB " {
		t.Error("the output intent has no RGB profile (ISO 19005-2, 6.2.3)")
	}
	p.fonts()
	p.structure(p.ref(catalog, "/StructTreeRoot"), p.ref(catalog, "/Pages"))
	return p
}

// fonts must be in the file, with a table of characters for every code shown.
func (p *parsed) fonts() {
	p.t.Helper()
	n := 0
	for i, o := range p.objs {
		if strings.Contains(o, "/Type /FontDescriptor") {
			n++
			if ttf := p.stream(p.ref(o, "/FontFile2")); ttf[:4] != "\x00\x01\x00\x00" {
				p.t.Errorf("object %d embeds no TrueType font (ISO 19005-2, 6.2.11.4)", i)
			}
			if !regexp.MustCompile(`/FontName /[A-Z]{6}\+SourceSans3-`).MatchString(o) {
				p.t.Errorf("object %d has the name of a whole font", i)
			}
		}
	}
	if n == 0 {
		p.t.Error("no font is embedded")
	}
}

// chars are the characters that the tables of the fonts name.
func (p *parsed) chars() map[rune]bool {
	out := map[rune]bool{}
	for _, o := range p.objs {
		if strings.Contains(o, "/Subtype /Type0") {
			for _, m := range bfchar.FindAllStringSubmatch(p.stream(p.ref(o, "/ToUnicode")), -1) {
				if m[1] == m[2] {
					v, _ := strconv.ParseInt(m[1], 16, 32)
					out[rune(v)] = true
				}
			}
		}
	}
	return out
}

// parents is what may stand in what (ISO 32000-1, 14.8.4).
var parents = map[string]string{"Document": "", "P": "Document", "H1": "Document", "H2": "Document", "H3": "Document", "L": "Document", "Table": "Document",
	"LI": "L", "Lbl": "LI", "LBody": "LI", "TR": "Table", "TH": "TR", "TD": "TR"}

func (p *parsed) structure(root, pages int) {
	p.t.Helper()
	owners := map[[2]int]int{} // mark -> the element that the parent tree names
	tree := p.objs[p.ref(p.objs[root], "/ParentTree")]
	for _, m := range objRef.FindAllStringSubmatch(regexp.MustCompile(`/Kids \[[^\]]*`).FindString(p.objs[pages]), -1) {
		n, _ := strconv.Atoi(m[1])
		key := len(p.pages)
		p.pages = append(p.pages, n)
		if !strings.Contains(p.objs[n], fmt.Sprintf("/StructParents %d\n", key)) || !strings.Contains(p.objs[n], "/Tabs /S") {
			p.t.Errorf("page %d does not lead to the structure", key+1)
		}
		marks := p.content(n)
		entry := regexp.MustCompile(fmt.Sprintf(`[\[\]]%d\[([^\]]*)\]`, key)).FindStringSubmatch(tree)
		if entry == nil {
			p.t.Fatalf("the parent tree misses page %d", key+1)
		}
		refs := objRef.FindAllStringSubmatch(entry[1], -1)
		if len(refs) != marks {
			p.t.Errorf("page %d has %d marks, the parent tree %d", key+1, marks, len(refs))
		}
		for i, r := range refs {
			owners[[2]int{n, i}], _ = strconv.Atoi(r[1])
		}
	}
	named := p.chars()
	for k, text := range p.text {
		for _, r := range text {
			if !named[r] {
				p.t.Errorf("%q on page %d has a character that no table names", text, k[0])
			}
		}
	}
	level := 0
	var walk func(n, parent int, within string, depth int)
	walk = func(n, parent int, within string, depth int) {
		o := p.objs[n]
		tag := tagOf.FindStringSubmatch(o)
		if tag == nil || !strings.Contains(o, fmt.Sprintf("/P %d 0 R", parent)) {
			p.t.Fatalf("object %d is no element of %d: %q", n, parent, o)
		}
		e := node{tag: tag[1], depth: depth, attr: attrOf.FindString(o)}
		if want, ok := parents[e.tag]; !ok || want != within {
			p.t.Errorf("%s stands in %s", e.tag, within)
		}
		if e.tag == "TH" && !strings.Contains(e.attr, "/Scope") {
			p.t.Error("a header cell does not say what it heads")
		}
		if e.tag[0] == 'H' {
			l := int(e.tag[1] - '0')
			if l > level+1 {
				p.t.Errorf("%s follows a heading of level %d (ISO 14289-1, 7.4.2)", e.tag, level)
			}
			level = l
		}
		at := len(p.elems)
		p.elems = append(p.elems, e)
		_, kids, _ := strings.Cut(o, "/K[")
		for _, m := range mcr.FindAllStringSubmatch(kids, -1) {
			if m[3] != "" {
				k, _ := strconv.Atoi(m[3])
				walk(k, n, e.tag, depth+1)
				continue
			}
			pg, _ := strconv.Atoi(m[1])
			id, _ := strconv.Atoi(m[2])
			key := [2]int{pg, id}
			if owners[key] != n || !slices.Contains(p.pages, pg) {
				p.t.Errorf("mark %v is of object %d in the structure and of %d in the parent tree", key, n, owners[key])
			}
			delete(owners, key)
			p.elems[at].text += p.text[key]
		}
	}
	walk(p.ref(p.objs[root], "/K"), root, "", 0)
	if len(owners) > 0 {
		p.t.Errorf("%d marks are in no element or in two: %v", len(owners), owners)
	}
}
