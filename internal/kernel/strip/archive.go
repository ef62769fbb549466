package strip

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/beevik/etree"

	"baken/internal/fault"
)

// archive is an office document, unpacked within the limits.
type archive struct {
	parts map[string][]byte
	nodes int // of all XML that was parsed: each takes memory
}

// archiveCopy tells which kind of office document a ZIP is by what is in it.
func archiveCopy(body []byte) (Clean, error) {
	f := found{}
	a, err := unpack(body, f)
	if err != nil {
		return Clean{}, err
	}
	if _, ok := a.parts["[Content_Types].xml"]; ok {
		return ooxmlCopy(a, f)
	}
	if kind, ok := a.parts["mimetype"]; ok {
		return odfCopy(a, string(kind), f)
	}
	return Clean{}, fault.New(fault.Invalid, "strip.archive")
}

// unpack reads every entry, counting what comes out. ASVS 5.2.3.
func unpack(body []byte, f found) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		if errors.Is(err, zip.ErrInsecurePath) {
			return nil, fault.Because(err, fault.Invalid, "strip.paths")
		}
		return nil, damaged(err)
	}
	if len(z.File) > MaxEntries {
		return nil, fault.New(fault.Invalid, "strip.too-many-entries", "limit", MaxEntries)
	}
	if z.Comment != "" {
		f[Trailing] = true
	}
	a, total, seen := &archive{parts: map[string][]byte{}}, 0, map[string]bool{}
	for _, e := range z.File {
		name := e.Name
		switch {
		case !strings.HasSuffix(name, "/") && path.Clean(name) != name, path.IsAbs(name), strings.HasPrefix(name, "../"), strings.ContainsAny(name, "\\\x00:"):
			return nil, fault.New(fault.Invalid, "strip.paths")
		case e.Flags&1 != 0:
			return nil, fault.New(fault.Invalid, "strip.locked")
		case !e.Mode().IsRegular() && !e.Mode().IsDir():
			return nil, fault.New(fault.Invalid, "strip.paths")
		case strings.HasSuffix(name, "/"):
			continue
		}
		if seen[strings.ToLower(name)] {
			return nil, damaged(fmt.Errorf("two entries named %q", name)) // which one a program reads differs
		}
		seen[strings.ToLower(name)] = true
		r, err := e.Open()
		if err != nil {
			return nil, damaged(err)
		}
		limit := min(MaxPart, MaxUnpacked-total)
		raw, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
		r.Close()
		if len(raw) > limit || len(raw) > 1<<20 && uint64(len(raw)) > MaxRatio*max(e.CompressedSize64, 1) {
			return nil, bomb()
		}
		if err != nil {
			return nil, damaged(err)
		}
		total += len(raw)
		a.parts[name] = raw
		if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
			f[Embedded] = true // never unpacked: a document in a document is left out
		}
	}
	return a, nil
}

func bomb() error {
	return fault.New(fault.Invalid, "strip.bomb", "mb", MaxUnpacked>>20, "part", MaxPart>>20)
}

// parse reads one part. A DTD is refused, so that no entity exists; encoding/xml
// expands none by itself. The size of the tree is counted before it is made.
func (a *archive) parse(raw []byte) (*etree.Document, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	// Word writes UTF-8 only; etree would read another encoding as if it were.
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("XML in %s", label)
	}
	depth := 0
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, damaged(err)
		}
		a.nodes++
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			a.nodes += len(t.Attr)
		case xml.EndElement:
			depth--
		case xml.Directive:
			return nil, fault.New(fault.Invalid, "strip.dtd")
		}
		if depth > MaxDepth || a.nodes > MaxNodes {
			return nil, fault.New(fault.Invalid, "strip.too-deep", "depth", MaxDepth, "nodes", MaxNodes)
		}
	}
	doc := etree.NewDocument()
	doc.ReadSettings.MaxDepth = MaxDepth + 1
	if err := doc.ReadFromBytes(raw); err != nil {
		return nil, damaged(err)
	}
	if doc.Root() == nil {
		return nil, damaged(errors.New("XML without a root"))
	}
	doc.WriteSettings.CanonicalText = true
	return doc, nil
}

// noTime is the time of every entry: the first that ZIP can say.
var noTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// packer writes a ZIP in which no entry tells when, by whom or on which system it
// was made.
type packer struct {
	out bytes.Buffer
	z   *zip.Writer
	err error
}

func newPacker() *packer {
	p := &packer{}
	p.z = zip.NewWriter(&p.out)
	return p
}

func (p *packer) add(name string, method uint16, body []byte) {
	if p.err != nil {
		return
	}
	w, err := p.z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: noTime})
	if err == nil {
		_, err = w.Write(body)
	}
	p.err = err
}

func (p *packer) xml(name string, doc *etree.Document) {
	body, err := doc.WriteToBytes()
	if err != nil {
		p.err = errors.Join(p.err, err)
		return
	}
	p.add(name, zip.Deflate, body)
}

func (p *packer) done() ([]byte, error) {
	if err := errors.Join(p.err, p.z.Close()); err != nil {
		return nil, damaged(err)
	}
	return p.out.Bytes(), nil
}

// blank stands where a picture was that could not be cleaned: one grey pixel.
var blank = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cch\x00\x00\x00\x82\x00\x81w\xcdr\xb6\x00\x00\x00\x00IEND\xaeB`\x82")

// picture cleans an image inside a document by the rules of an image outside one.
// Drawings (EMF, WMF, SVG) and what is damaged become a blank: their text cannot be
// looked through.
func picture(raw []byte, f found) (body []byte, ext string) {
	c, err := Copy(raw)
	switch {
	case err != nil, !strings.HasPrefix(c.Media, "image/"):
		f[Pictures] = true
		return blank, ".png"
	}
	for _, k := range c.Removed {
		f[k] = true
	}
	return c.Body, c.Ext
}
