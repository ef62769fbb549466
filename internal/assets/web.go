// Package assets holds what browsers fetch besides pages: style sheet, script,
// font and icons. Every file's address carries a hash of its content, so browsers
// keep it for a year and never show an old one with a new page.
//
// While developing, the files are bundled in memory from web/; with the build tag
// embedassets they are part of the program.
package assets

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
)

// Prefix is the start of every address of an asset.
const Prefix = "/assets/"

// File is one asset as it is served.
type File struct {
	Name string // with the hash: app-4BRSJV2N.css
	Type string // content type
	Body []byte
	Gzip []byte // nil when compression gains nothing, as with a font
}

// Set is all assets of the program. It does not change after Load.
type Set struct {
	urls  map[string]string // app.css -> /assets/app-4BRSJV2N.css
	files map[string]*File  // app-4BRSJV2N.css -> its bytes
}

// newSet takes the files by their hashed name, and the hashed name by the plain one.
func newSet(files map[string][]byte, names map[string]string) (*Set, error) {
	s := &Set{urls: map[string]string{}, files: map[string]*File{}}
	for plain, hashed := range names {
		if files[hashed] == nil {
			return nil, fmt.Errorf("assets: %s has no file %s", plain, hashed)
		}
		s.urls[plain] = Prefix + hashed
	}
	for name, body := range files {
		f := &File{Name: name, Type: contentType(name), Body: body}
		packed, err := pack(body)
		if err != nil {
			return nil, err
		}
		if len(packed) < len(body)*9/10 {
			f.Gzip = packed
		}
		s.files[name] = f
	}
	return s, nil
}

// contentType does not ask the machine: its tables differ, and nosniff makes a
// wrong type a page without style.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(name))
}

func pack(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// URL is the address of an asset by its plain name: URL("app.css"). It is empty
// for one that does not exist.
func (s *Set) URL(name string) string { return s.urls[name] }

// Files lists all assets by name.
func (s *Set) Files() []*File {
	out := make([]*File, 0, len(s.files))
	for _, f := range s.files {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b *File) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// ServeHTTP answers with one asset. An address with another hash is not found
// rather than answered with today's file, which would then be kept for a year
// under the wrong name.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f := s.files[strings.TrimPrefix(r.URL.Path, Prefix)]
	if f == nil {
		http.Error(w, "404", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	body := f.Body
	if f.Gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = f.Gzip
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	io.Copy(w, bytes.NewReader(body)) // a reader that went away is nobody's fault
}
