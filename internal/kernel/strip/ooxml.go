package strip

import (
	"archive/zip"
	"errors"
	"path"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"baken/internal/fault"
)

// ooxml copies a Word, Excel or PowerPoint file (ECMA-376) by walking from its main
// part along the relations that carry what one sees. What no such relation leads to
// is not in the copy: properties, remarks, people, custom XML, printers, thumbnails,
// signatures. Every part gets a name of its own kind and a number.
type ooxml struct {
	*archive
	f        found
	family   string // word, xl or ppt
	defaults map[string]string
	types    map[string]string // by name of part, with its slash
	names    map[string]string // old name of a part, new name
	counts   map[string]int
	out      []part
	vanish   map[string]bool // styles of Word that do not show
	used     map[int]bool    // shared strings of Excel that a kept cell shows
	strings  *etree.Document
}

type part struct {
	name, media string
	doc         *etree.Document
	raw         []byte
	rels        *etree.Document
}

// families are the main types by what they end in, the name of the main part and
// the type of the copy. Templates and slide shows become ordinary documents.
var families = []struct{ mark, family, main, media, ext string }{
	{"wordprocessingml.", "word", "document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
	{"spreadsheetml.", "xl", "workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
	{"presentationml.", "ppt", "presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"},
}

// followed are the relations that carry what one sees, by the last word of their
// type; true are those that only the main part may have.
var followed = map[string]bool{
	"styles": true, "numbering": true, "settings": true, "fontTable": true, "footnotes": false, "endnotes": false, "header": false, "footer": false,
	"theme": false, "image": false, "chart": false, "chartUserShapes": false, "drawing": false,
	"diagramData": false, "diagramLayout": false, "diagramQuickStyle": false, "diagramColors": false,
	"worksheet": true, "chartsheet": true, "sharedStrings": true,
	"slide": true, "slideMaster": false, "slideLayout": false, "tableStyles": true,
}

// left are the relations whose loss is worth a word.
var left = map[string]Kind{
	"comments": Comments, "commentsExtended": Comments, "commentsIds": Comments, "commentsExtensible": Comments, "threadedComment": Comments, "commentAuthors": Author,
	"people": Author, "person": Author, "authors": Author, "notesSlide": Comments, "revisionHeaders": Changes, "usernames": Author,
	"customXml": Embedded, "oleObject": Embedded, "package": Embedded, "video": Embedded, "audio": Embedded, "media": Embedded, "aFChunk": Embedded, "glossaryDocument": Embedded,
	"control": Scripts, "ctrlProp": Forms, "externalLink": Links, "attachedTemplate": Links, "connections": Links, "queryTable": Links, "mailMergeSource": Links,
	"printerSettings": Properties, "pivotTable": Hidden, "pivotCacheDefinition": Hidden, "tags": Properties,
	"core-properties": Properties, "extended-properties": Properties, "custom-properties": Properties, "thumbnail": Thumbnail, "signature": Author, "origin": Author,
}

func ooxmlCopy(a *archive, f found) (Clean, error) {
	o := &ooxml{archive: a, f: f, defaults: map[string]string{}, types: map[string]string{}, names: map[string]string{}, counts: map[string]int{}, vanish: map[string]bool{}, used: map[int]bool{}}
	if err := o.readTypes(); err != nil {
		return Clean{}, err
	}
	top, err := o.rels("")
	if err != nil {
		return Clean{}, err
	}
	main := ""
	for _, r := range top {
		if r.kind == "officeDocument" && main == "" {
			main = r.target
		} else if k, ok := left[r.kind]; ok {
			f[k] = true
			o.readProperties(r)
		}
	}
	if _, ok := a.parts[main]; !ok {
		return Clean{}, damaged(errors.New("no main part"))
	}
	for _, fam := range families {
		if media := o.mediaOf(main); strings.Contains(media, fam.mark) && strings.HasSuffix(media, ".main+xml") {
			o.family = fam.family
			name := fam.family + "/" + fam.main + ".xml"
			o.names[main] = name
			if err := o.visit(main, name, fam.media+".main+xml"); err != nil {
				return Clean{}, err
			}
			o.blankStrings()
			body, err := o.write(name)
			return Clean{body, fam.media, fam.ext, f.list()}, err
		}
	}
	return Clean{}, unknownKind()
}

// readProperties tells more of the properties, so that a page can say that a name
// was in them.
func (o *ooxml) readProperties(r relation) {
	if r.kind != "core-properties" {
		return
	}
	doc, err := o.parse(o.parts[r.target])
	if err != nil {
		return
	}
	for _, e := range doc.Root().ChildElements() {
		switch {
		case strings.TrimSpace(e.Text()) == "":
		case e.Tag == "creator", e.Tag == "lastModifiedBy":
			o.f[Author] = true
		case e.Tag == "created", e.Tag == "modified", e.Tag == "lastPrinted":
			o.f[Dates] = true
		}
	}
}

func (o *ooxml) readTypes() error {
	doc, err := o.parse(o.parts["[Content_Types].xml"])
	if err != nil {
		return err
	}
	for _, e := range doc.Root().ChildElements() {
		media := e.SelectAttrValue("ContentType", "")
		if low := strings.ToLower(media); strings.Contains(low, "macro") || strings.Contains(low, "vba") {
			return fault.New(fault.Invalid, "strip.macros")
		}
		if e.Tag == "Default" {
			o.defaults[strings.ToLower(e.SelectAttrValue("Extension", ""))] = media
		} else {
			o.types[e.SelectAttrValue("PartName", "")] = media
		}
	}
	for name := range o.parts {
		if base := strings.ToLower(path.Base(name)); strings.HasPrefix(base, "vba") || strings.Contains(strings.ToLower(name), "macrosheet") {
			return fault.New(fault.Invalid, "strip.macros")
		}
	}
	return nil
}

func (o *ooxml) mediaOf(name string) string {
	if m, ok := o.types["/"+name]; ok {
		return m
	}
	return o.defaults[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}

type relation struct {
	id, kind, target string
	outside          bool
}

// rels are the relations of a part; of the package for "".
func (o *ooxml) rels(name string) ([]relation, error) {
	raw, ok := o.parts[path.Join(path.Dir(name), "_rels", path.Base("/"+name)+".rels")]
	if name == "" {
		raw, ok = o.parts["_rels/.rels"]
	}
	if !ok {
		return nil, nil
	}
	doc, err := o.parse(raw)
	if err != nil {
		return nil, err
	}
	var out []relation
	for _, e := range doc.Root().ChildElements() {
		r := relation{id: e.SelectAttrValue("Id", ""), kind: path.Base(e.SelectAttrValue("Type", "")), target: e.SelectAttrValue("Target", "")}
		if strings.Contains(strings.ToLower(r.kind), "macro") || strings.HasPrefix(r.kind, "vba") {
			return nil, fault.New(fault.Invalid, "strip.macros")
		}
		r.outside = e.SelectAttrValue("TargetMode", "") == "External"
		if !r.outside {
			if !path.IsAbs(r.target) {
				r.target = path.Join("/", path.Dir(name), r.target)
			}
			r.target = strings.TrimPrefix(path.Clean(r.target), "/")
		}
		out = append(out, r)
	}
	return out, nil
}

// visit cleans one part and those that it leads to.
func (o *ooxml) visit(src, name, media string) error {
	doc, err := o.parse(o.parts[src])
	if err != nil {
		return err
	}
	rels, err := o.rels(src)
	if err != nil {
		return err
	}
	bare(&doc.Element, o.f)
	main := name == o.family+"/document.xml" || name == o.family+"/workbook.xml" || name == o.family+"/presentation.xml"
	if main {
		if err := o.before(doc.Root(), rels); err != nil {
			return err
		}
	}
	at := len(o.out)
	o.out = append(o.out, part{name: name, media: media, doc: doc})
	if strings.HasPrefix(name, "xl/sharedStrings") {
		o.strings = doc
	}
	if err := o.clean(doc.Root()); err != nil {
		return err
	}
	ids := map[string]string{}
	list := etree.NewDocument()
	root := list.CreateElement("Relationships")
	root.CreateAttr("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
	needed := o.mentioned(doc.Root())
	for _, r := range rels {
		mainOnly, ok := followed[r.kind]
		_, there := o.parts[r.target]
		implied := strings.HasPrefix(r.kind, "slide") || r.kind == "theme" || mainOnly && r.kind != "worksheet" && r.kind != "chartsheet" // found by their kind, not by an id
		if r.outside || !ok || !there || mainOnly && !main || !needed[r.id] && !implied || r.kind == "slide" && !needed[r.id] {
			if k, ok := left[r.kind]; ok {
				o.f[k] = true
			} else if r.outside {
				o.f[Links] = true
			}
			continue
		}
		target, err := o.follow(r)
		if err != nil {
			return err
		}
		id := "rId" + strconv.Itoa(len(ids)+1)
		ids[r.id] = id
		e := root.CreateElement("Relationship")
		e.CreateAttr("Id", id)
		e.CreateAttr("Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"+r.kind)
		e.CreateAttr("Target", "/"+target)
	}
	o.relink(doc.Root(), ids)
	settle(doc.Root(), nil)
	if len(ids) > 0 {
		o.out[at].rels = list
	}
	return nil
}

// follow gives the new name of the part that r leads to, after it is cleaned.
func (o *ooxml) follow(r relation) (string, error) {
	key := r.target
	if name, ok := o.names[key]; ok {
		return name, nil
	}
	o.counts[r.kind]++
	n := strconv.Itoa(o.counts[r.kind])
	if r.kind == "image" {
		raw, ext := picture(o.parts[r.target], o.f)
		name := o.family + "/media/image" + n + ext
		o.names[key] = name
		o.out = append(o.out, part{name: name, raw: raw})
		return name, nil
	}
	media := o.mediaOf(r.target)
	if !strings.HasPrefix(media, "application/vnd.openxmlformats-officedocument.") {
		return "", damaged(errors.New("a part of another type: " + media))
	}
	name := o.family + "/" + r.kind + n + ".xml"
	o.names[key] = name
	return name, o.visit(r.target, name, media)
}

// relational tells whether an attribute points at a relation.
func relational(a etree.Attr) bool {
	return a.Space != "" && a.Space != "xmlns" && a.Space != "xml" && strings.HasSuffix(a.NamespaceURI(), "/relationships")
}

// mentioned are the ids of relations that a tree still points at after it is cleaned.
func (o *ooxml) mentioned(e *etree.Element) map[string]bool {
	out := map[string]bool{}
	each(e, func(e *etree.Element) {
		for _, a := range e.Attr {
			if relational(a) {
				out[a.Value] = true
			}
		}
	})
	return out
}

// bearable are elements that can do without the relation they point at.
var bearable = map[string]bool{"blip": true, "imagedata": true, "pageSetup": true, "fill": true, "stroke": true, "background": true, "oleObj": true}

// relink gives the pointers their new ids and takes away what points at nothing.
func (o *ooxml) relink(root *etree.Element, ids map[string]string) {
	var gone, open []*etree.Element
	each(root, func(e *etree.Element) {
		kept := e.Attr[:0]
		for _, a := range e.Attr {
			if !relational(a) {
				kept = append(kept, a)
				continue
			}
			if id, ok := ids[a.Value]; ok {
				a.Value = id
				kept = append(kept, a)
				continue
			}
			switch {
			case e.Tag == "hyperlink" && o.family == "word":
				if e.SelectAttr("anchor") == nil {
					open = append(open, e)
				}
			case !bearable[e.Tag] && e != root:
				gone = append(gone, e)
			}
		}
		e.Attr = kept
	})
	for _, e := range open {
		unwrap(e)
	}
	for _, e := range gone {
		drop(e)
	}
}

func (o *ooxml) write(main string) ([]byte, error) {
	types := etree.NewDocument()
	root := types.CreateElement("Types")
	root.CreateAttr("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
	for _, d := range [][2]string{{"rels", "application/vnd.openxmlformats-package.relationships+xml"}, {"png", "image/png"}, {"jpg", "image/jpeg"}, {"gif", "image/gif"}} {
		e := root.CreateElement("Default")
		e.CreateAttr("Extension", d[0])
		e.CreateAttr("ContentType", d[1])
	}
	for _, p := range o.out {
		if p.doc != nil {
			e := root.CreateElement("Override")
			e.CreateAttr("PartName", "/"+p.name)
			e.CreateAttr("ContentType", p.media)
		}
	}
	top := etree.NewDocument()
	rels := top.CreateElement("Relationships")
	rels.CreateAttr("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
	r := rels.CreateElement("Relationship")
	r.CreateAttr("Id", "rId1")
	r.CreateAttr("Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument")
	r.CreateAttr("Target", "/"+main)
	z := newPacker()
	z.xml("[Content_Types].xml", types)
	z.xml("_rels/.rels", top)
	for _, p := range o.out {
		if p.doc == nil {
			z.add(p.name, zip.Store, p.raw)
			continue
		}
		z.xml(p.name, p.doc)
		if p.rels != nil {
			z.xml(path.Join(path.Dir(p.name), "_rels", path.Base(p.name)+".rels"), p.rels)
		}
	}
	return z.done()
}
