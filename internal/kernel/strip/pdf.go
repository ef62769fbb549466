package strip

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"baken/internal/fault"
)

// pdf copies a PDF (ISO 32000-1): pdfcpu reads its last revision, and what the pages
// show is written to a new file. What nothing on a page leads to is not in it:
// Info, XMP, attachments, scripts, earlier revisions, numbers of the document.
type pdf struct {
	ctx    *model.Context
	f      found
	refs   map[int]int // number of an object, its number in the copy
	queue  []job
	out    [][]byte // the objects of the copy, from number 1
	budget int      // bytes that may still be unpacked
}

// job is an object that is pointed at and not written yet.
type job struct {
	ref  types.IndirectRef
	to   int
	role role
}

// role is what an object is for, told by who points at it.
type role int

const (
	plain role = iota
	contents
	annotation
	outline
	structure
	glyphs // streams of a Type 3 font
)

// maxPages and maxObjects bound what a PDF of MaxFile may claim to have.
const (
	maxPages   = 5_000
	maxObjects = 500_000
	maxNested  = 100
)

func pdfCopy(body []byte) (Clean, error) {
	if at := bytes.Index(body, []byte("%PDF-")); at > 0 {
		body = body[at:]
	}
	if err := inflatable(body); err != nil {
		return Clean{}, err
	}
	conf := &model.Configuration{Reader15: true, ValidationMode: model.ValidationRelaxed, Offline: true, Eol: "\n", Limits: model.ResourceLimits{
		MaxStreamBytes: MaxFile, MaxDecodeBytes: MaxPart, MaxImagePixels: MaxPixels, MaxImageBytes: MaxPart,
		MaxObjectCount: maxObjects, MaxObjectStreamCount: maxObjects, MaxObjectStreamFirst: MaxPart, MaxXRefEntries: maxObjects, MaxRecursionDepth: maxNested,
	}}
	ctx, err := pdfcpu.ReadWithContext(context.Background(), &source{Reader: bytes.NewReader(body)}, conf)
	if err != nil {
		if errors.Is(err, pdfcpu.ErrWrongPassword) || bytes.Contains(body, []byte("/Encrypt")) {
			return Clean{}, fault.Because(err, fault.Invalid, "strip.locked")
		}
		return Clean{}, damaged(err)
	}
	if ctx.Encrypt != nil {
		return Clean{}, fault.New(fault.Invalid, "strip.locked")
	}
	if len(ctx.Table) > maxObjects {
		return Clean{}, fault.New(fault.Invalid, "strip.too-many-entries", "limit", maxObjects)
	}
	p := &pdf{ctx: ctx, f: found{}, refs: map[int]int{}, budget: MaxUnpacked}
	p.look(body)
	if err := p.copy(); err != nil {
		return Clean{}, err
	}
	return Clean{p.file(), "application/pdf", ".pdf", p.f.list()}, nil
}

// maxRepair is how large a PDF may be of which the table of objects is broken, and
// maxStarts how often a sound one is read from its start: once, for its version. pdfcpu repairs a table by
// reading from the start, in a time that grows with the square of the size: a file
// of 19 MB took it more than four minutes.
const (
	maxRepair = 256 << 10
	maxStarts = 1
)

// source is a PDF that pdfcpu may not begin to repair when that could take minutes.
type source struct {
	*bytes.Reader
	starts int
}

// Seek counts how often reading begins at the start.
func (s *source) Seek(offset int64, whence int) (int64, error) {
	if offset == 0 && whence == io.SeekStart {
		if s.starts++; s.starts > maxStarts && s.Size() > maxRepair {
			return 0, errors.New("a table of objects that needs repair")
		}
	}
	return s.Reader.Seek(offset, whence)
}

// inflatable refuses a bomb before pdfcpu unpacks it: every stream that may hold
// objects is unpacked here into nothing, and what comes out is counted. pdfcpu
// bounds each stream but not all together.
func inflatable(body []byte) error {
	total := int64(0)
	for at, streams := 0, 0; ; streams++ {
		if streams > maxObjects/5 {
			return fault.New(fault.Invalid, "strip.too-many-entries", "limit", maxObjects/5)
		}
		i := bytes.Index(body[at:], []byte("stream"))
		if i < 0 {
			return nil
		}
		start := at + i
		head := body[max(0, start-4096):start]
		if j := bytes.LastIndex(head, []byte("endobj")); j >= 0 {
			head = head[j:]
		}
		at = start + 6
		// A name may be written with # and a number, so one that has it is looked at too.
		if bytes.HasSuffix(head, []byte("end")) || !bytes.Contains(head, []byte("ObjStm")) && !bytes.Contains(head, []byte("XRef")) && !bytes.ContainsRune(head, '#') {
			continue
		}
		data := bytes.TrimLeft(body[at:min(at+4, len(body))], "\r\n ")
		data = body[at+min(4, len(body)-at)-len(data):]
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			continue
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(z, MaxPart+1))
		if total += n; n > MaxPart || total > MaxUnpacked {
			return bomb()
		}
	}
}

// look notes what stands in the file and will not be in the copy.
func (p *pdf) look(body []byte) {
	if p.ctx.Info != nil {
		if d := p.dict(*p.ctx.Info); d != nil {
			p.note(d)
			p.f[Properties] = true
		}
	}
	if len(p.ctx.ID) > 0 {
		p.f[History] = true
	}
	if n := bytes.Count(body, []byte("%%EOF")); n > 1 && !bytes.Contains(body[:min(len(body), 2048)], []byte("/Linearized")) {
		p.f[History] = true
	}
	if i := bytes.LastIndex(body, []byte("%%EOF")); i >= 0 && len(bytes.TrimSpace(body[i+5:])) > 0 {
		p.f[Trailing] = true
	}
}

// note tells which kinds the keys of a dictionary are.
func (p *pdf) note(d types.Dict) {
	for key, v := range d {
		switch key {
		case "Author", "Creator", "Producer", "T":
			p.f[Author] = true
		case "CreationDate", "ModDate", "M", "LastModified":
			p.f[Dates] = true
		case "PieceInfo", "Metadata", "Keywords", "Subject":
			p.f[Properties] = true
		case "Thumb":
			p.f[Thumbnail] = true
		case "AA", "JS", "JavaScript":
			p.f[Scripts] = true
		case "OpenAction": // most often the page to begin at
			if kind := p.name(p.dict(v)["S"]); kind != "" && kind != "GoTo" {
				p.f[Scripts] = true
			}
		case "AcroForm":
			p.f[Forms] = true
		case "AF", "EF", "EmbeddedFiles", "Collection":
			p.f[Embedded] = true
		case "Alt", "ActualText":
			p.f[AltText] = true
		case "VP", "Measure", "LGIDict":
			p.f[Location] = true
		}
	}
	if m := p.stream(d["Metadata"]); m != nil {
		if raw, err := p.decode(m); err == nil {
			xmp(raw, p.f)
		}
	}
}

func (p *pdf) get(o types.Object) types.Object {
	v, err := p.ctx.Dereference(o)
	if err != nil {
		return nil
	}
	return v
}

func (p *pdf) dict(o types.Object) types.Dict {
	switch v := p.get(o).(type) {
	case types.Dict:
		return v
	case types.StreamDict:
		return v.Dict
	}
	return nil
}

func (p *pdf) stream(o types.Object) *types.StreamDict {
	if v, ok := p.get(o).(types.StreamDict); ok {
		return &v
	}
	return nil
}

func (p *pdf) array(o types.Object) types.Array {
	a, _ := p.get(o).(types.Array)
	return a
}

func (p *pdf) name(o types.Object) string {
	n, _ := p.get(o).(types.Name)
	return string(n)
}

func (p *pdf) copy() error {
	if p.ctx.Root == nil {
		return damaged(errors.New("no catalog"))
	}
	root := p.dict(*p.ctx.Root)
	if root == nil {
		return damaged(errors.New("no catalog"))
	}
	p.note(root)
	if names := p.dict(root["Names"]); names != nil {
		p.note(names)
	}
	if err := p.layers(root); err != nil {
		return err
	}
	p.reserve() // 1, the catalog
	p.reserve() // 2, the pages
	pages, err := p.pages(root["Pages"])
	if err != nil {
		return err
	}
	kids := types.Array{}
	for _, page := range pages {
		kids = append(kids, types.Name(fmt.Sprintf("\x00%d", page.to))) // a reference in the copy; see encode
	}
	for _, page := range pages {
		if err := p.page(page); err != nil {
			return err
		}
	}
	catalog := newDict("Catalog")
	catalog.put("Pages", "2 0 R")
	for _, part := range []struct {
		key string
		role
	}{{"Outlines", outline}, {"StructTreeRoot", structure}} {
		if ref, ok := root[part.key].(types.IndirectRef); ok && p.dict(ref) != nil {
			catalog.put(part.key, p.ref(ref, part.role))
		}
	}
	if d := p.dict(root["MarkInfo"]); d != nil {
		catalog.put("MarkInfo", "<</Marked true>>")
	}
	switch l := p.get(root["Lang"]).(type) {
	case types.StringLiteral, types.HexLiteral:
		if s := l.PDFString(); len(s) < 20 {
			catalog.put("Lang", s)
		}
	}
	p.out[0] = catalog.bytes()
	p.out[1] = []byte(fmt.Sprintf("<</Count %d/Kids%s/Type/Pages>>", len(pages), p.encode(kids, plain, 0)))
	for len(p.queue) > 0 {
		j := p.queue[0]
		p.queue = p.queue[1:]
		if err := p.object(j); err != nil {
			return err
		}
	}
	return nil
}

// layers refuses a document with layers that do not show: which words belong to them
// cannot be told with certainty. Layers that all show become ordinary content.
// ISO 32000-1, 8.11.
func (p *pdf) layers(root types.Dict) error {
	oc := p.dict(root["OCProperties"])
	if oc == nil {
		return nil
	}
	hidden := false
	d := p.dict(oc["D"])
	hidden = len(p.array(d["OFF"])) > 0 || p.name(d["BaseState"]) == "OFF"
	for _, g := range p.array(oc["OCGs"]) {
		usage := p.dict(p.dict(g)["Usage"])
		hidden = hidden || p.name(p.dict(usage["View"])["ViewState"]) == "OFF"
	}
	for _, e := range p.ctx.Table {
		if d, ok := e.Object.(types.Dict); ok && p.name(d["Type"]) == "OCMD" {
			hidden = hidden || d["VE"] != nil || slices.Contains([]string{"AllOff", "AnyOff"}, p.name(d["P"]))
		}
	}
	if hidden {
		return fault.New(fault.Invalid, "strip.layers")
	}
	return nil
}

// leaf is a page with what it inherits.
type leaf struct {
	dict types.Dict
	to   int
}

var inherited = []string{"Resources", "MediaBox", "CropBox", "Rotate"}

func (p *pdf) pages(top types.Object) ([]leaf, error) {
	var out []leaf
	seen := map[int]bool{}
	var walk func(o types.Object, from types.Dict, depth int) error
	walk = func(o types.Object, from types.Dict, depth int) error {
		ref, ok := o.(types.IndirectRef)
		if !ok || depth > maxNested || seen[ref.ObjectNumber.Value()] {
			return damaged(errors.New("the tree of pages"))
		}
		n := ref.ObjectNumber.Value()
		seen[n] = true
		d := p.dict(o)
		if d == nil {
			return nil
		}
		own := types.Dict{}
		for _, key := range inherited {
			if v, ok := d[key]; ok {
				own[key] = v
			} else if v, ok := from[key]; ok {
				own[key] = v
			}
		}
		if kids, ok := d["Kids"]; ok {
			for _, k := range p.array(kids) {
				if err := walk(k, own, depth+1); err != nil {
					return err
				}
			}
			return nil
		}
		for key, v := range d {
			own[key] = v
		}
		if len(out) >= maxPages {
			return fault.New(fault.Invalid, "strip.too-many-entries", "limit", maxPages)
		}
		p.refs[n] = p.reserve()
		out = append(out, leaf{own, p.refs[n]})
		return nil
	}
	if err := walk(top, types.Dict{}, 0); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, damaged(errors.New("no pages"))
	}
	return out, nil
}

func (p *pdf) reserve() int {
	p.out = append(p.out, nil)
	return len(p.out)
}

func (p *pdf) page(l leaf) error {
	p.note(l.dict)
	d := newDict("Page")
	d.put("Parent", "2 0 R")
	for _, key := range []string{"MediaBox", "CropBox", "Rotate", "UserUnit", "Resources", "Group", "StructParents", "Tabs"} {
		if v, ok := l.dict[key]; ok {
			d.put(key, p.encode(v, plain, 0))
		}
	}
	var all []byte
	parts := p.array(l.dict["Contents"])
	if parts == nil {
		parts = types.Array{l.dict["Contents"]}
	}
	for _, c := range parts {
		if s := p.stream(c); s != nil {
			raw, err := p.decode(s)
			if err != nil {
				return damaged(err)
			}
			all = append(append(all, raw...), '\n')
		}
	}
	all, err := operators(all, p.f)
	if err != nil {
		return err
	}
	body := p.reserve()
	p.out[body-1] = deflated(dictionary{}, all)
	d.put("Contents", fmt.Sprintf("%d 0 R", body))
	var annots []string
	for _, a := range p.array(l.dict["Annots"]) {
		made, err := p.annotation(p.dict(a))
		if err != nil {
			return err
		}
		if made != nil {
			n := p.reserve()
			p.out[n-1] = made
			annots = append(annots, fmt.Sprintf("%d 0 R", n))
		}
	}
	if annots != nil {
		d.put("Annots", "["+strings.Join(annots, " ")+"]")
	}
	p.out[l.to-1] = d.bytes()
	return nil
}

// annotation keeps of an annotation how it looks, as a stamp, and of a link that it
// leads to another page; the rest is who, when, what they said and where it leads.
func (p *pdf) annotation(d types.Dict) ([]byte, error) {
	if d == nil {
		return nil, nil
	}
	kind := p.name(d["Subtype"])
	flags, _ := p.get(d["F"]).(types.Integer)
	for _, key := range []string{"T", "M", "CreationDate"} {
		if _, ok := d[key]; ok && kind != "Widget" {
			p.note(types.Dict{key: nil})
		}
	}
	if d["Contents"] != nil || d["RC"] != nil || d["Popup"] != nil {
		p.f[Comments] = true
	}
	out := newDict("Annot")
	out.put("Rect", p.encode(d["Rect"], plain, 0))
	switch kind {
	case "Text", "Popup":
		p.f[Comments] = true
		return nil, nil
	case "FileAttachment", "Sound", "Movie", "Screen", "RichMedia", "3D":
		p.f[Embedded] = true
		return nil, nil
	case "Link":
		dest := p.destination(d)
		if dest == "" {
			p.f[Links] = true
			return nil, nil
		}
		out.put("Subtype", "/Link")
		out.put("Border", "[0 0 0]")
		out.put("Dest", dest)
		return out.bytes(), nil
	case "Widget":
		p.f[Forms] = true
	}
	if d["A"] != nil || d["AA"] != nil {
		p.f[Scripts] = true
	}
	if flags&2 != 0 || flags&32 != 0 {
		p.f[Hidden] = true
		return nil, nil
	}
	look := p.dict(d["AP"])["N"]
	if s := p.stream(look); s == nil {
		look = p.dict(look)[p.name(d["AS"])]
	}
	ref, ok := look.(types.IndirectRef)
	if !ok || p.stream(ref) == nil {
		if kind != "Widget" {
			p.f[Comments] = true
		}
		return nil, nil
	}
	if kind != "Stamp" && kind != "Widget" {
		p.f[Comments] = true
	}
	out.put("Subtype", "/Stamp")
	out.put("F", "4")
	out.put("AP", "<</N "+p.ref(ref, contents)+">>")
	return out.bytes(), nil
}

// destination is the page to which a link or a heading leads, "" for one that leads
// out of the document or by a name.
func (p *pdf) destination(d types.Dict) string {
	dest := p.array(d["Dest"])
	if a := p.dict(d["A"]); a != nil && p.name(a["S"]) == "GoTo" {
		dest = p.array(a["D"])
	}
	if len(dest) < 2 {
		return ""
	}
	ref, ok := dest[0].(types.IndirectRef)
	to := p.refs[ref.ObjectNumber.Value()]
	if !ok || to == 0 || p.name(p.dict(ref)["Type"]) != "Page" {
		return ""
	}
	out := fmt.Sprintf("[%d 0 R", to)
	for _, v := range dest[1:min(len(dest), 6)] {
		switch v := v.(type) {
		case types.Name:
			out += v.PDFString()
		case types.Integer, types.Float:
			out += " " + v.PDFString()
		default:
			out += " null"
		}
	}
	return out + "]"
}

// ref gives the number of an object in the copy, and puts it in the queue when it is
// asked for the first time.
func (p *pdf) ref(r types.IndirectRef, as role) string {
	n := r.ObjectNumber.Value()
	to, ok := p.refs[n]
	if !ok {
		to = p.reserve()
		p.refs[n] = to
		p.queue = append(p.queue, job{r, to, as})
	}
	return fmt.Sprintf("%d 0 R", to)
}

func (p *pdf) object(j job) error {
	v := p.get(j.ref)
	if s, ok := v.(types.StreamDict); ok {
		body, err := p.copyStream(&s, j.role)
		p.out[j.to-1] = body
		return err
	}
	p.out[j.to-1] = []byte(p.encode(v, j.role, 0))
	return nil
}

// file writes the objects in order, with a table of where they stand and no word
// about when or by what.
func (p *pdf) file() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	at := make([]int, len(p.out))
	for i, o := range p.out {
		at[i] = b.Len()
		if o == nil {
			o = []byte("null")
		}
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

// decode unpacks a stream, counting what comes out of all of them.
func (p *pdf) decode(s *types.StreamDict) ([]byte, error) {
	raw, rest, err := p.unfilter(s)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("a filter that is no packing: %s", rest[0].Name)
	}
	return raw, err
}

// unfilter undoes the filters of a stream up to the first that belongs to a picture.
func (p *pdf) unfilter(s *types.StreamDict) (raw []byte, rest []types.PDFFilter, err error) {
	raw, rest = s.Raw, s.FilterPipeline
	for len(rest) > 0 && slices.Contains(filter.List(), rest[0].Name) && len(s.FilterPipeline) <= 4 {
		parms := map[string]int{}
		for k, v := range rest[0].DecodeParms {
			if n, ok := p.get(v).(types.Integer); ok {
				parms[k] = int(n)
			}
		}
		// The predictor makes a row of so many bytes before it reads one.
		if parms["Colors"] > 32 || parms["BitsPerComponent"] > 16 || parms["Columns"] > 1<<20 {
			return nil, nil, errors.New("a predictor that is too wide")
		}
		fl, err := filter.NewFilter(rest[0].Name, parms, int64(min(p.budget, MaxPart)))
		if err != nil {
			return nil, nil, err
		}
		r, err := fl.Decode(bytes.NewReader(raw))
		if err != nil {
			return nil, nil, err
		}
		if raw, err = io.ReadAll(io.LimitReader(r, int64(p.budget)+1)); err != nil {
			return nil, nil, err
		}
		if p.budget -= len(raw); p.budget < 0 {
			return nil, nil, bomb()
		}
		rest = rest[1:]
	}
	return raw, rest, nil
}
