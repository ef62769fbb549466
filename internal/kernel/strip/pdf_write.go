package strip

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// dictionary is a dictionary of the copy; its values are written already.
type dictionary map[string]string

func newDict(kind string) dictionary { return dictionary{"Type": "/" + kind} }

func (d dictionary) put(key, value string) { d[key] = value }

func (d dictionary) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("<<")
	for _, key := range slices.Sorted(maps.Keys(d)) {
		b.WriteString(types.Name(key).PDFString())
		if v := d[key]; v != "" && !strings.ContainsRune("/<[(", rune(v[0])) {
			b.WriteByte(' ')
		}
		b.WriteString(d[key])
	}
	b.WriteString(">>")
	return b.Bytes()
}

func packed(d dictionary, raw []byte) []byte {
	d["Length"] = fmt.Sprint(len(raw))
	return slices.Concat(d.bytes(), []byte("\nstream\n"), raw, []byte("\nendstream"))
}

func deflated(d dictionary, raw []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(raw) // a buffer takes everything
	_ = z.Close()
	d["Filter"] = "/FlateDecode"
	return packed(d, b.Bytes())
}

// allowed are the keys that draw: of resources, fonts, colours, pictures, patterns
// and functions (ISO 32000-1, 7.8.3, 8 and 9). Whatever else a dictionary has is about
// the file, as PTEX.FileName with the path of a picture is, and is not copied.
var allowed = set(`Type Subtype Resources ExtGState ColorSpace Pattern Shading XObject Font ProcSet
	Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs Differences BaseEncoding
	FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Lang FD CIDSet
	Registry Ordering Supplement Panose CMapName WMode UseCMap Length1 Length2 Length3
	N Alternate Range WhitePoint BlackPoint Gamma Matrix Colorants Process Components MixingHints Solidities DotGain PrintingOrder
	Width Height BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte StructParent StructParents
	FormType BBox Group S CS I K G BC TR
	LW LC LJ ML D RI OP op OPM BG BG2 UCR UCR2 TR2 HT FL SM SA BM CA ca AIS TK
	PatternType PaintType TilingType XStep YStep ShadingType Background AntiAlias Domain Coords Function Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
	FunctionType C0 C1 Functions Bounds Encode Size Order BitsPerSample Xsquare Ysquare HalftoneType Frequency Angle SpotFunction TransferFunction AccurateScreens
	Columns Rows BlackIs1 EncodedByteAlign EndOfLine EndOfBlock DamagedRowsBeforeError ColorTransform JBIG2Globals`)

// structural are the keys of the tags that a screen reader needs: kind, order, page.
// Descriptions, titles and names go, because they do not show.
var structural = set(`Type S P K Pg A C Lang MCID MCR Stm ParentTree ParentTreeNextKey RoleMap Nums Kids Limits O Scope ColSpan RowSpan ListNumbering Placement TextAlign`)

// named are the keys under which a dictionary stands whose keys are names that the
// content gives to its resources.
var named = set(`ExtGState ColorSpace Pattern Shading XObject Font FD Colorants RoleMap`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// strangers are the types of object that only their own role may reach.
var strangers = []string{"Page", "Pages", "Catalog", "Annot", "Filespec", "EmbeddedFile", "Action", "Sig", "SigRef", "OCG", "OCMD", "Metadata", "ObjStm", "XRef", "OBJR", "Bead", "Thread", "Outlines", "StructTreeRoot", "StructElem"}

// encode writes a value for the copy. What it may not hold becomes null.
func (p *pdf) encode(o types.Object, as role, depth int) string {
	if depth > maxNested {
		return "null"
	}
	switch v := o.(type) {
	case types.Name:
		if to, ok := strings.CutPrefix(string(v), "\x00"); ok {
			return to + " 0 R"
		}
		return v.PDFString()
	case types.StringLiteral, types.HexLiteral, types.Integer, types.Float, types.Boolean:
		return v.PDFString()
	case types.IndirectRef:
		if d := p.dict(v); d != nil && !p.welcome(d, as) {
			if to, ok := p.refs[v.ObjectNumber.Value()]; ok && p.name(d["Type"]) == "Page" && as != plain {
				return fmt.Sprintf("%d 0 R", to)
			}
			return "null"
		}
		return p.ref(v, as)
	case types.Array:
		if as == names {
			as = plain
		}
		var b strings.Builder
		b.WriteByte('[')
		for i, x := range v {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(p.encode(x, as, depth+1))
		}
		return b.String() + "]"
	case types.Dict:
		if !p.welcome(v, as) {
			return "null"
		}
		return string(p.dictOf(v, as, depth).bytes())
	}
	return "null"
}

func (p *pdf) welcome(d types.Dict, as role) bool {
	kind := p.name(d["Type"])
	if as == structure && (kind == "StructElem" || kind == "StructTreeRoot") || as == outline && kind == "Outlines" {
		return true
	}
	return !slices.Contains(strangers, kind)
}

func (p *pdf) dictOf(d types.Dict, as role, depth int) dictionary {
	out := dictionary{}
	if as == outline {
		return p.heading(d)
	}
	if as != structure || d["Alt"] != nil || d["ActualText"] != nil {
		p.note(d)
	}
	for _, key := range slices.Sorted(maps.Keys(d)) {
		next := as
		switch as {
		case names:
			next = plain
		case plain:
			if !allowed[key] {
				continue
			}
			if key == "CharProcs" {
				next = glyphs
			} else if named[key] && d["PatternType"] == nil {
				next = names
			}
		case structure:
			if !structural[key] {
				continue
			}
			if named[key] {
				next = names
			}
		}
		if kids, ok := d[key].(types.Array); ok && key == "K" && as == structure {
			d[key] = slices.DeleteFunc(slices.Clone(kids), func(o types.Object) bool { return p.encode(o, as, depth+2) == "null" })
		}
		if v := p.encode(d[key], next, depth+1); v != "null" { // which is the same as absent
			out.put(key, v)
		}
	}
	return out
}

// heading is an item of the outline: its words and the page it leads to.
func (p *pdf) heading(d types.Dict) dictionary {
	out := dictionary{}
	for _, key := range []string{"Parent", "First", "Last", "Next", "Prev"} {
		if r, ok := d[key].(types.IndirectRef); ok {
			out.put(key, p.ref(r, outline))
		}
	}
	switch v := p.get(d["Title"]).(type) {
	case types.StringLiteral, types.HexLiteral:
		out.put("Title", v.PDFString())
	}
	if n, ok := p.get(d["Count"]).(types.Integer); ok {
		out.put("Count", n.PDFString())
	}
	if dest := p.destination(d); dest != "" {
		out.put("Dest", dest)
	} else if d["A"] != nil {
		p.f[Links] = true
	}
	return out
}

// copyStream writes a stream anew: content without its remarks, pictures without
// their Exif, the rest unpacked and packed again.
func (p *pdf) copyStream(s *types.StreamDict, as role) ([]byte, error) {
	if !p.welcome(s.Dict, plain) || s.Dict["F"] != nil {
		return []byte("null"), nil
	}
	about := maps.Clone(s.Dict)
	for _, key := range []string{"Length", "Filter", "DecodeParms"} { // written anew below
		delete(about, key)
	}
	d := p.dictOf(about, plain, 0)
	raw, rest, err := p.unfilter(s)
	if err != nil {
		return nil, damaged(err)
	}
	switch kind := p.name(s.Dict["Subtype"]); {
	case len(rest) == 0 && (kind == "Form" || as == contents || as == glyphs || p.get(s.Dict["PatternType"]) == types.Integer(1)):
		clean, err := operators(raw, p.f)
		if err != nil {
			return nil, err
		}
		return deflated(d, clean), nil
	case len(rest) == 0:
		return deflated(d, raw), nil
	case len(rest) > 1:
		return nil, damaged(errors.New("packing behind a picture"))
	}
	switch rest[0].Name {
	case "DCTDecode":
		raw = jpegBare(raw, p.f)
	case "JPXDecode":
		if raw = jpxBare(raw, p.f); raw == nil {
			return nil, damaged(errors.New("a JPEG 2000 that cannot be read"))
		}
	case "CCITTFaxDecode", "JBIG2Decode": // black and white, without room for words
	default:
		return nil, damaged(errors.New("an unknown filter"))
	}
	d["Filter"] = "/" + rest[0].Name
	if parms := p.dictOf(rest[0].DecodeParms, plain, 0); len(parms) > 0 {
		d["DecodeParms"] = string(parms.bytes())
	}
	return packed(d, raw), nil
}
