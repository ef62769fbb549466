package strip

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"baken/internal/fault"
)

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
