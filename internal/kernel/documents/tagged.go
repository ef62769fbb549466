package documents

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
)

// finish takes the objects that fpdf wrote and writes the file anew with what fpdf
// does not know: the structure tree, its parent tree, the metadata, the colour
// profile, the document's id. Writing anew instead of adding an update leaves no
// objects behind that a validator or an archive would have to explain.
//
// ISO 32000-1: 14.7 (structure), 14.8 (tagged PDF). ISO 19005-2: 6.2.3 (output
// intent), 6.2.11 (fonts), 6.6 (metadata), 6.7 (structure). ISO 14289-1: 7.1.
func finish(raw []byte, b *builder, used [2]map[rune]bool) ([]byte, error) {
	objs, err := objectsOf(raw)
	if err != nil {
		return nil, err
	}
	// fpdf writes its information dictionary and its catalog last; both are made anew.
	info, catalog := len(objs)-1, len(objs)
	f := &file{objs: objs}
	tree := f.structure(b)
	meta := f.add(metadata(b.l))
	profile := f.add(iccObject())
	f.set(info, "<</Title "+utf16String(oneLine(b.l.Title))+"/Producer (Baken)>>")
	f.set(catalog, fmt.Sprintf("<</Type/Catalog/Pages 1 0 R/Lang (%s)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R"+
		"/ViewerPreferences<</DisplayDocTitle true>>/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB2014)"+
		"/Info(sRGB2014)/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>]>>", tag(b.l.Lang), tree, meta, profile))
	if err := f.fonts(used); err != nil {
		return nil, err
	}
	return f.write(info, catalog), nil
}

// file is the objects of a PDF; object n is objs[n-1], without "n 0 obj".
type file struct{ objs [][]byte }

func (f *file) add(body string) int {
	f.objs = append(f.objs, []byte(body))
	return len(f.objs)
}

func (f *file) set(n int, body string) { f.objs[n-1] = []byte(body) }

// objectsOf cuts a file of fpdf in its objects by its table of offsets.
func objectsOf(raw []byte) ([][]byte, error) {
	bad := func(what string) ([][]byte, error) {
		return nil, fmt.Errorf("documents: fpdf wrote a file of another shape: %s", what)
	}
	at := bytes.LastIndex(raw, []byte("startxref\n"))
	if at < 0 {
		return bad("no startxref")
	}
	number, _, _ := bytes.Cut(raw[at+len("startxref\n"):], []byte("\n"))
	start, err := strconv.Atoi(string(number))
	if err != nil || start >= at {
		return bad("startxref " + string(number))
	}
	lines := strings.Split(string(raw[start:at]), "\n")
	if len(lines) < 4 || lines[0] != "xref" {
		return bad("no xref")
	}
	var n int
	if _, err := fmt.Sscanf(lines[1], "0 %d", &n); err != nil || len(lines) < n+2 {
		return bad("xref " + lines[1])
	}
	offsets := make([]int, n) // of object i; 0 is the free one
	for i := 1; i < n; i++ {
		if offsets[i], err = strconv.Atoi(lines[2+i][:10]); err != nil {
			return bad("xref " + lines[2+i])
		}
	}
	sorted := slices.Clone(offsets[1:])
	slices.Sort(sorted)
	objs := make([][]byte, n-1)
	for i := 1; i < n; i++ {
		end := start
		if j, _ := slices.BinarySearch(sorted, offsets[i]); j+1 < len(sorted) {
			end = sorted[j+1]
		}
		body, ok := bytes.CutPrefix(raw[offsets[i]:end], fmt.Appendf(nil, "%d 0 obj\n", i))
		body, ok2 := bytes.CutSuffix(bytes.TrimRight(body, "\n"), []byte("endobj"))
		if !ok || !ok2 {
			return bad("object " + strconv.Itoa(i))
		}
		objs[i-1] = bytes.TrimSuffix(body, []byte("\n"))
	}
	return objs, nil
}

// structure adds the structure tree and says on every page where its parents are.
func (f *file) structure(b *builder) (root int) {
	// fpdf writes page i as object 3+2i and its content after it.
	pageObj := func(i int) int { return 3 + 2*i }
	root = f.add("")
	number := map[*elem]int{}
	var all []*elem
	var reserve func(e *elem)
	reserve = func(e *elem) {
		number[e] = f.add("")
		all = append(all, e)
		for _, k := range e.elems {
			reserve(k)
		}
	}
	reserve(b.root)
	parent := map[*elem]int{b.root: root}
	for _, e := range all {
		for _, k := range e.elems {
			parent[k] = number[e]
		}
	}
	for _, e := range all {
		var s strings.Builder
		fmt.Fprintf(&s, "<</Type/StructElem/S/%s/P %d 0 R", e.tag, parent[e])
		if e.attr != "" {
			s.WriteString("/A" + e.attr)
		}
		s.WriteString("/K[")
		for _, m := range e.marks {
			fmt.Fprintf(&s, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObj(m.page), m.id)
		}
		for _, k := range e.elems {
			fmt.Fprintf(&s, "%d 0 R ", number[k])
		}
		s.WriteString("]>>")
		f.set(number[e], s.String())
	}
	var nums strings.Builder
	for i, pg := range b.pages {
		fmt.Fprintf(&nums, "%d[", i)
		for _, e := range pg.owners {
			fmt.Fprintf(&nums, "%d 0 R ", number[e])
		}
		nums.WriteString("]")
		// The pages are opaque: the transparency group of fpdf says nothing.
		page := bytes.Replace(f.objs[pageObj(i)-1], []byte("/Group <</Type /Group /S /Transparency /CS /DeviceRGB>>\n"), nil, 1)
		page = bytes.Replace(page, []byte("<</Type /Page\n"), fmt.Appendf(nil, "<</Type /Page\n/StructParents %d\n/Tabs /S\n", i), 1)
		f.objs[pageObj(i)-1] = page
	}
	tree := f.add("<</Nums[" + nums.String() + "]>>")
	f.set(root, fmt.Sprintf("<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>", number[b.root], tree, len(b.pages)))
	return root
}

// fonts gives the cut fonts their names, with the tag of a subset (ISO 32000-1,
// 9.6.4), and a table of the characters that were used: fpdf's own maps every code
// to itself, also those that are no character.
func (f *file) fonts(used [2]map[rune]bool) error {
	for i, real := range []string{"SourceSans3-Regular", "SourceSans3-Bold"} {
		name := "utf8" + family
		if i == 1 {
			name += "B"
		}
		full := subsetTag(used[i]) + "+" + real
		found := false
		for n, obj := range f.objs {
			if bytes.Contains(obj, []byte("stream\n")) {
				continue
			}
			for _, key := range []string{"/BaseFont /", "/FontName /"} {
				for _, end := range []string{"\n", " "} {
					obj = bytes.ReplaceAll(obj, []byte(key+name+end), []byte(key+full+end))
				}
			}
			f.objs[n] = obj
			if _, after, ok := bytes.Cut(obj, []byte("/ToUnicode ")); ok && bytes.Contains(obj, []byte(full+"\n")) {
				var to int
				if _, err := fmt.Sscanf(string(after), "%d 0 R", &to); err != nil {
					return fmt.Errorf("documents: fpdf wrote a font of another shape: %w", err)
				}
				f.set(to, stream("", []byte(toUnicode(used[i]))))
				found = true
			}
		}
		if !found && len(used[i]) > 0 {
			return fmt.Errorf("documents: fpdf did not write the font %s", real)
		}
	}
	return nil
}

func subsetTag(used map[rune]bool) string {
	h := sha256.Sum256([]byte(string(slices.Sorted(maps.Keys(used)))))
	var out [6]byte
	for i := range out {
		out[i] = 'A' + h[i]%26
	}
	return string(out[:])
}

// toUnicode says which character each code is (ISO 32000-1, 9.10.3).
func toUnicode(used map[rune]bool) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for some := range slices.Chunk(slices.Sorted(maps.Keys(used)), 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(some))
		for _, r := range some {
			fmt.Fprintf(&b, "<%04X> <%04X>\n", r, r)
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}

func stream(dict string, body []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

var iccObject = sync.OnceValue(func() string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(srgb)
	z.Close()
	return stream("/N 3/Alternate/DeviceRGB/Filter/FlateDecode", b.Bytes())
})

// utf16String is a text string of PDF: UTF-16 with its mark, in hexadecimal.
func utf16String(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

func escaped(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(oneLine(s))) // a bytes.Buffer does not fail
	return b.String()
}

// metadata is the XMP packet. The schema of pdfuaid must be described in the file,
// because PDF/A does not know it (ISO 19005-2, 6.6.2.3).
func metadata(l *Letter) string {
	x := "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" + `<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escaped(l.Title) + `</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>` + tag(l.Lang) + `</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>Baken</pdf:Producer></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Which part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`
	return stream("/Type/Metadata/Subtype/XML", []byte(x))
}

// write sets the objects in a file of their own. The id is a hash of what is in
// it, so that two letters have two and the same letter has one.
func (f *file) write(info, catalog int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(f.objs))
	for i, o := range f.objs {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	id := sha256.Sum256(b.Bytes())
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(f.objs)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n", len(f.objs)+1, catalog, info, id[:16], id[:16], at)
	return b.Bytes()
}
