package strip

import (
	"archive/zip"
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"baken/internal/fault"
)

// odf copies a text, spreadsheet or presentation of LibreOffice (OASIS OpenDocument
// 1.3): its content, its styles, and the pictures and charts that these show.
type odf struct {
	*archive
	f       found
	z       *packer
	entries [][2]string       // name and type, for the manifest
	names   map[string]string // old name of a picture or chart, new name
}

// odfKinds are the documents that are taken, by their media type.
var odfKinds = map[string]string{
	"application/vnd.oasis.opendocument.text":         ".odt",
	"application/vnd.oasis.opendocument.spreadsheet":  ".ods",
	"application/vnd.oasis.opendocument.presentation": ".odp",
}

func odfCopy(a *archive, media string, f found) (Clean, error) {
	media = strings.TrimSuffix(strings.TrimSpace(media), "-template")
	ext, ok := odfKinds[media]
	if !ok {
		return Clean{}, unknownKind()
	}
	o := &odf{archive: a, f: f, z: newPacker(), names: map[string]string{}}
	o.z.add("mimetype", zip.Store, []byte(media))
	if err := o.refuse(); err != nil {
		return Clean{}, err
	}
	o.entries = append(o.entries, [2]string{"/", media})
	if err := o.document("", ""); err != nil {
		return Clean{}, err
	}
	o.z.xml("META-INF/manifest.xml", o.manifest())
	body, err := o.z.done()
	return Clean{body, media, ext, f.list()}, err
}

// refuse finds what makes the whole document unfit, and notes what is left behind.
func (o *odf) refuse() error {
	manifest, err := o.parse(o.parts["META-INF/manifest.xml"])
	if err != nil {
		return err
	}
	if manifest.FindElement("//encryption-data") != nil {
		return fault.New(fault.Invalid, "strip.locked")
	}
	for name := range o.parts {
		switch top, _, _ := strings.Cut(name, "/"); top {
		case "Basic", "Scripts":
			return fault.New(fault.Invalid, "strip.macros")
		case "Thumbnails":
			o.f[Thumbnail] = true
		case "Versions", "VersionList.xml":
			o.f[History] = true
		case "META-INF":
			if strings.Contains(name, "signature") {
				o.f[Author] = true
			}
		case "settings.xml", "manifest.rdf":
			o.f[Properties] = true
		case "meta.xml":
			doc, err := o.parse(o.parts[name])
			if err != nil {
				return err
			}
			for _, e := range doc.FindElements("//meta/*") {
				o.meta(e)
			}
		}
	}
	return nil
}

func (o *odf) meta(e *etree.Element) {
	switch e.Tag {
	case "creator", "initial-creator", "printed-by":
		o.f[Author] = true
	case "date", "creation-date", "print-date", "editing-duration":
		o.f[Dates] = true
	default:
		o.f[Properties] = true
	}
}

// document copies content.xml and styles.xml of the folder src to dst.
func (o *odf) document(src, dst string) error {
	hide := styles{}
	var docs []*etree.Document
	var names []string
	for _, name := range []string{"styles.xml", "content.xml"} {
		raw, ok := o.parts[src+name]
		if !ok {
			continue
		}
		doc, err := o.parse(raw)
		if err != nil {
			return err
		}
		if !usual(doc.Root()) {
			return damaged(errors.New("namespaces with other prefixes"))
		}
		hide.read(doc.Root())
		docs, names = append(docs, doc), append(names, name)
	}
	if !slices.Contains(names, "content.xml") {
		return damaged(errors.New("no content.xml"))
	}
	for i, doc := range docs {
		bare(&doc.Element, o.f)
		if err := o.clean(doc.Root(), hide, src, dst); err != nil {
			return err
		}
		settle(doc.Root(), nil)
		o.z.xml(dst+names[i], doc)
		o.entries = append(o.entries, [2]string{dst + names[i], "text/xml"})
	}
	return nil
}

func (o *odf) manifest() *etree.Document {
	doc := etree.NewDocument()
	root := doc.CreateElement("manifest:manifest")
	root.CreateAttr("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0")
	root.CreateAttr("manifest:version", "1.2")
	for _, x := range o.entries {
		e := root.CreateElement("manifest:file-entry")
		e.CreateAttr("manifest:full-path", x[0])
		e.CreateAttr("manifest:media-type", x[1])
	}
	return doc
}

// styles are the names of the styles that hide what has them, by family.
type styles map[string]bool

func (s styles) read(root *etree.Element) {
	each(root, func(e *etree.Element) {
		if e.Tag != "style" {
			return
		}
		family := e.SelectAttrValue("family", "")
		for _, p := range e.ChildElements() {
			if p.Tag == "text-properties" && p.SelectAttrValue("display", "") == "none" ||
				p.Tag == "table-properties" && p.SelectAttrValue("display", "") == "false" ||
				p.Tag == "drawing-page-properties" && p.SelectAttrValue("visibility", "") == "hidden" {
				s[family+" "+e.SelectAttrValue("name", "")] = true
			}
		}
	})
}

// odfAway are the elements that go.
var odfAway = map[string]Kind{
	"annotation": Comments, "annotation-end": none, "notes": Comments,
	"tracked-changes": Changes, "change": Changes, "change-start": Changes, "change-end": Changes, "change-info": Changes,
	"hidden-text": Hidden, "hidden-paragraph": Hidden, "scripts": none, "event-listeners": Scripts, "event-listener": Scripts, "script": Scripts,
	"forms": Forms, "control": Forms, "plugin": Embedded, "applet": Embedded, "object-ole": Embedded, "floating-frame": Embedded,
	"title": AltText, "desc": AltText, "sound": Embedded, "animations": none, "par": none, "seq": none, "iterate": none,
	"named-expressions": Hidden, "database-ranges": none, "data-pilot-tables": Hidden, "content-validations": Hidden, "dde-links": Links, "dde-connection-decls": Links,
	"scenario": Hidden, "label-ranges": none, "table-source": Links, "cell-range-source": Links, "dde-source": Links, "consolidation": none, "detective": none,
	"variable-decls": none, "user-field-decls": none, "meta": Properties, "font-face-src": none, "image-map": Links, "alphabetical-index-auto-mark-file": Links,
	"printer-settings": Properties,
}

// odfFields show a text that stands in them; the text stays, the field goes.
var odfFields = []string{"initial-creator", "creator", "author-name", "author-initials", "printed-by", "file-name", "template-name", "user-defined", "description", "subject", "keywords",
	"creation-date", "creation-time", "modification-date", "modification-time", "print-date", "print-time", "editing-cycles", "editing-duration", "variable-set", "variable-get", "variable-input",
	"user-field-get", "user-field-input", "expression", "text-input", "database-display", "conditional-text", "drop-down", "execute-macro", "placeholder", "meta", "dde-connection", "script-field",
	"sender-firstname", "sender-lastname", "sender-initials", "sender-title", "sender-position", "sender-email", "sender-phone-private", "sender-fax", "sender-company",
	"sender-phone-work", "sender-street", "sender-city", "sender-postal-code", "sender-country", "sender-state-or-province", "meta-field"}

// clean takes out of e what one does not see.
func (o *odf) clean(e *etree.Element, hide styles, src, dst string) error {
	o.attributes(e)
	if e.Tag == "table" && e.Space == "table" {
		o.table(e)
	}
	for _, c := range e.ChildElements() {
		if c.Tag == dropped {
			continue
		}
		if k, ok := o.goes(c, hide); ok {
			if k != none {
				o.f[k] = true
			}
			drop(c)
			continue
		}
		if err := o.reference(c, src, dst); err != nil {
			return err
		}
		if c.Tag == dropped {
			continue
		}
		field := c.Space == "text" && slices.Contains(odfFields, c.Tag)
		link := c.Tag == "a" && !strings.HasPrefix(href(c), "#")
		if err := o.clean(c, hide, src, dst); err != nil {
			return err
		}
		if field || link {
			k := map[bool]Kind{true: Links, false: Properties}[link]
			o.f[k] = true
			unwrap(c)
		}
	}
	return nil
}

func (o *odf) goes(e *etree.Element, hide styles) (Kind, bool) {
	switch e.Tag {
	case "title":
		if e.Space != "svg" {
			return none, false // the title of a chart
		}
	case "notes":
		if e.Space == "style" || e.Space == "text" {
			return none, false // footnotes, and the page that notes are printed on
		}
	case "scripts":
		if len(e.ChildElements()) > 0 {
			return Scripts, true
		}
	case "script":
		if e.Space != "office" && e.Space != "text" {
			return none, false
		}
	case "meta":
		if e.Space == "text" {
			return none, false // words with a property; the words stay
		}
	}
	if k, ok := odfAway[e.Tag]; ok {
		return k, true
	}
	if e.Space == "dc" || e.Space == "meta" || e.Space == "config" {
		o.meta(e)
		return none, true
	}
	if e.Space == "form" {
		return Forms, true
	}
	if strings.HasPrefix(e.Tag, "bookmark") || strings.HasPrefix(e.Tag, "reference-mark") {
		// Those that the program makes begin so; the others have a name that somebody gave.
		return none, !strings.HasPrefix(e.SelectAttrValue("name", "_"), "_")
	}
	if !odfSpaces[e.Space] {
		return Properties, true
	}
	family := map[string]string{"span": "text", "p": "paragraph", "h": "paragraph", "table": "table", "page": "drawing-page"}[e.Tag]
	if family != "" && hide[family+" "+e.SelectAttrValue("style-name", "")] {
		return Hidden, true
	}
	if e.Tag == "section" && slices.Contains([]string{"none", "condition"}, e.SelectAttrValue("display", "")) {
		return Hidden, true
	}
	return none, false
}

// odfSpaces are the prefixes of what draws; elements and attributes of others are what
// some program added for itself.
var odfSpaces = set(`office text table draw fo svg style number chart dr3d presentation xlink math xml smil anim loext calcext drawooo tableooo officeooo chartooo css3t ooo ooow oooc of`)

// listID is the id that LibreOffice gives to a list; another list goes on from it.
var listID = regexp.MustCompile(`^list\d+$`)

func (o *odf) attributes(e *etree.Element) {
	left := e.Attr[:0]
	for _, a := range e.Attr {
		full := a.FullKey()
		switch {
		case a.Space == "xmlns":
		case a.Space != "" && !odfSpaces[a.Space]:
			o.f[Properties] = true
			continue
		case strings.Contains(a.Key, "rsid"):
			o.f[History] = true
			continue
		case full == "table:formula", full == "text:formula", full == "text:condition":
			o.f[Formulas] = true
			continue
		case a.Space == "xml" && a.Key == "id":
			if !listID.MatchString(a.Value) {
				continue
			}
		case full == "draw:name", full == "table:content-validation-name", full == "office:target-frame-name", full == "draw:id",
			full == "table:protection-key", full == "text:protection-key", a.Space == "script", a.Space == "xhtml", full == "office:title", full == "xlink:title":
			continue
		}
		left = append(left, a)
	}
	e.Attr = left
}

func href(e *etree.Element) string {
	for _, a := range e.Attr {
		if a.FullKey() == "xlink:href" {
			return a.Value
		}
	}
	return ""
}

// reference follows a pointer into the package and takes away one that leads out.
func (o *odf) reference(e *etree.Element, src, dst string) error {
	at := slices.IndexFunc(e.Attr, func(a etree.Attr) bool { return a.FullKey() == "xlink:href" })
	if at < 0 || e.Tag == "a" || strings.HasPrefix(e.Attr[at].Value, "#") {
		return nil
	}
	if e.Attr[at].Value == "" {
		return nil
	}
	target := path.Join(src, strings.TrimPrefix(e.Attr[at].Value, "./"))
	if _, ok := o.parts[target+"/content.xml"]; ok && e.Tag == "object" && src == "" {
		return o.object(e, at, target)
	}
	raw, ok := o.parts[target]
	switch {
	case !ok:
		o.f[Links] = true
	case e.Tag != "image" && e.Tag != "fill-image" && e.Tag != "background-image" && e.Tag != "list-level-style-image":
		o.f[Embedded] = true
	default:
		if o.names[target] == "" {
			body, ext := picture(raw, o.f)
			name := "Pictures/image" + strconv.Itoa(len(o.names)+1) + ext
			o.names[target] = name
			o.z.add(name, zip.Store, body)
			o.entries = append(o.entries, [2]string{name, map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif"}[ext]})
		}
		e.Attr[at].Value = strings.Repeat("../", strings.Count(dst, "/")) + o.names[target]
		return nil
	}
	drop(e)
	return nil
}

// object copies a chart or formula, a small document of its own; any other document
// inside this one stays behind, and the picture of it that stands beside it remains.
func (o *odf) object(e *etree.Element, at int, target string) error {
	doc, err := o.parse(o.parts[target+"/content.xml"])
	if err != nil {
		return err
	}
	chart := doc.FindElement("document-content/body/chart") != nil
	if !chart {
		o.f[Embedded] = true
		drop(e)
		return nil
	}
	name, ok := o.names[target]
	if !ok {
		name = "Object " + strconv.Itoa(len(o.names)+1)
		o.names[target] = name
		o.entries = append(o.entries, [2]string{name + "/", "application/vnd.oasis.opendocument.chart"})
		if err := o.document(target+"/", name+"/"); err != nil {
			return err
		}
	}
	e.Attr[at].Value = "./" + name
	return nil
}

// table empties the rows and columns that do not show. The row or cell itself stays,
// because ODF counts them.
func (o *odf) table(t *etree.Element) {
	var hidden [][2]int
	column := 0
	var rows []*etree.Element
	var look func(e *etree.Element, collapsed bool)
	look = func(e *etree.Element, collapsed bool) {
		for _, c := range e.ChildElements() {
			off := collapsed || c.SelectAttrValue("display", "true") == "false" && strings.HasSuffix(c.Tag, "-group") ||
				slices.Contains([]string{"collapse", "filter"}, c.SelectAttrValue("visibility", "visible"))
			switch c.Tag {
			case "table-column":
				n := repeated(c, "number-columns-repeated")
				if off {
					hidden = append(hidden, [2]int{column, column + n - 1})
				}
				column += n
			case "table-columns", "table-header-columns", "table-column-group", "table-rows", "table-header-rows", "table-row-group":
				look(c, off)
			case "table-row":
				if off {
					o.emptyCells(c, nil)
				} else {
					rows = append(rows, c)
				}
			}
		}
	}
	look(t, false)
	for _, r := range rows {
		o.emptyCells(r, hidden)
	}
}

// emptyCells empties the cells of a row that stand in the given columns; all, when
// columns is nil and the row itself is hidden.
func (o *odf) emptyCells(row *etree.Element, columns [][2]int) {
	at := 0
	for _, c := range row.ChildElements() {
		n := repeated(c, "number-columns-repeated")
		in := slices.ContainsFunc(columns, func(h [2]int) bool { return at <= h[1] && at+n-1 >= h[0] })
		all := columns == nil && !visible(row)
		if (in || all) && len(c.ChildElements()) > 0 {
			o.f[Hidden] = true
			c.Child = nil
			left := c.Attr[:0]
			for _, a := range c.Attr {
				if strings.HasPrefix(a.Key, "number-") {
					left = append(left, a)
				}
			}
			c.Attr = left
		}
		at += n
	}
}

// visible tells whether no row or group around it hides a row.
func visible(row *etree.Element) bool {
	for e := row; e != nil && e.Tag != "table"; e = e.Parent() {
		if slices.Contains([]string{"collapse", "filter"}, e.SelectAttrValue("visibility", "visible")) || e.SelectAttrValue("display", "true") == "false" {
			return false
		}
	}
	return true
}

func repeated(e *etree.Element, attr string) int {
	n, err := strconv.Atoi(e.SelectAttrValue(attr, "1"))
	if err != nil || n < 1 || n > 1<<24 {
		return 1
	}
	return n
}

// prefixes are those that every office program writes. The rules above go by them,
// so a file that gives them another meaning is refused.
var prefixes = map[string]string{
	"office:1.0": "office", "text:1.0": "text", "table:1.0": "table", "drawing:1.0": "draw", "meta:1.0": "meta", "style:1.0": "style", "config:1.0": "config",
	"script:1.0": "script", "presentation:1.0": "presentation", "svg-compatible:1.0": "svg", "form:1.0": "form", "chart:1.0": "chart",
	"http://purl.org/dc/elements/1.1/": "dc", "http://www.w3.org/1999/xlink": "xlink",
}

func usual(root *etree.Element) bool {
	ok := true
	each(root, func(e *etree.Element) {
		for _, a := range e.Attr {
			if a.Space == "xmlns" || a.Key == "xmlns" {
				want := prefixes[strings.TrimPrefix(a.Value, "urn:oasis:names:tc:opendocument:xmlns:")]
				given := a.Key
				if a.Space == "" {
					given = ""
				}
				ok = ok && (want == "" || want == given)
			}
		}
	})
	return ok
}
