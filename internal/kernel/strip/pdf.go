package strip

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

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
	names  // a dictionary whose keys are free
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

func (p *pdf) reserve() int {
	p.out = append(p.out, nil)
	return len(p.out)
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
