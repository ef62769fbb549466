package web

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"baken/internal/fault"
	"baken/internal/text"
)

// Page is one page to be shown.
type Page struct {
	Title  string // already in the reader's language
	Status int    // 0 means 200
	Plain  bool   // without menu
	Body   templ.Component
}

// spare are buffers of earlier pages. A sync.Pool is emptied by each collection, and
// growing a page's buffer anew, a hundred kilobytes by doubling, was most of what
// there was to collect.
type spare chan *bytes.Buffer

var buffers = make(spare, 64)

func (s spare) get() *bytes.Buffer {
	select {
	case b := <-s:
		b.Reset()
		return b
	default:
		return new(bytes.Buffer)
	}
}

// put keeps a buffer for the next page, unless it is unusually large or enough wait.
func (s spare) put(b *bytes.Buffer) {
	if b.Cap() > 1<<20 {
		return
	}
	select {
	case s <- b:
	default:
	}
}

var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is a valid constant
	return z
}}

// Render writes a page in its frame. The whole page is made before the first byte
// leaves, so that a page that fails half way is an error page and not half a page.
func Render(w http.ResponseWriter, r *http.Request, page Page) error {
	x := of(r)
	f := Frame{P: x.printer, Title: page.Title, Municipality: x.site.Municipality, Path: r.URL.Path, Query: withoutLang(r),
		Who: x.who, Notice: x.site.notice(w, r), Demo: x.site.Demo, Plain: page.Plain || !x.who.SignedIn(), Now: x.now, CSRF: CSRF(w, r)}
	if !f.Plain {
		f.Nav = x.site.navFor(r)
	}
	buf := buffers.get()
	defer buffers.put(buf)
	if err := x.site.Shell(f, page.Body).Render(r.Context(), buf); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(x.printer.Lang))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	return write(w, r, page.Status, buf.Bytes())
}

func write(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	h := w.Header()
	h.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && len(body) > 1400 {
		h.Set("Content-Encoding", "gzip")
		packed := buffers.get()
		defer buffers.put(packed)
		z := packers.Get().(*gzip.Writer)
		defer packers.Put(z)
		z.Reset(packed)
		if _, err := z.Write(body); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		body = packed.Bytes()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
	w.Write(body) // when it fails the reader has gone, and there is nobody to tell
	return nil
}

// withoutLang is the query without the language, for the language switch.
func withoutLang(r *http.Request) string {
	q := r.URL.Query()
	q.Del("taal")
	return q.Encode()
}

// navFor is the menu as the reader may use it; an empty group is left out.
func (s *Site) navFor(r *http.Request) []NavGroup {
	who := of(r).who
	var out []NavGroup
	for _, g := range s.Nav {
		kept := NavGroup{Text: g.Text}
		for _, item := range g.Items {
			if item.Act == "" || s.May(who.Roles, item.Act) {
				kept.Items = append(kept.Items, item)
			}
		}
		if len(kept.Items) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// ErrorPage is what the page of an error shows.
type ErrorPage struct {
	P         *text.Printer
	Title     string
	Kind      fault.Kind
	Sentence  string
	Details   []string // the fields, where no form can show them
	Contact   string
	Operation string // number for the help desk, for internal errors only
}

var statuses = map[fault.Kind]int{
	fault.Internal: 500, fault.Invalid: 422, fault.NotFound: 404, fault.Denied: 403, fault.Conflict: 409, fault.Unavailable: 503,
}

// fail is the one place where an error becomes an answer.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if to, ok := errors.AsType[redirect](err); ok {
		http.Redirect(w, r, to.to, http.StatusSeeOther)
		return
	}
	x := of(r)
	kind := fault.KindOf(err)
	page := ErrorPage{Kind: kind, Contact: s.Contact}
	f := fault.Of(err)
	switch {
	case kind == fault.Internal && r.Context().Err() != nil:
		return // the reader has gone
	case kind == fault.Internal:
		page.Operation = random()[:12]
		// The path and the error go to the log, never the query or the form: they may
		// hold personal data (security.md control 19).
		s.Log.Error("request failed", "number", page.Operation, "method", r.Method, "route", r.Pattern, "error", err)
		page.Sentence = x.printer.T("web.internal")
	default:
		if cause := errors.Unwrap(f); kind == fault.Unavailable && cause != nil && r.Context().Err() == nil {
			// The reader can only wait; the administrator has to know what is broken.
			s.Log.Error("service unavailable", "code", f.Code, "method", r.Method, "route", r.Pattern, "error", cause)
		}
		page.Sentence = x.printer.T(f.Code, f.Args...)
		for _, field := range f.Fields {
			page.Details = append(page.Details, x.printer.T(field.Code, field.Args...))
		}
	}
	status := statuses[kind]
	if w.Header().Get("Retry-After") != "" {
		status = http.StatusTooManyRequests
	} else if kind == fault.Unavailable {
		w.Header().Set("Retry-After", "10")
	}
	if tooBig := (*http.MaxBytesError)(nil); errors.As(err, &tooBig) {
		status, page.Sentence = http.StatusRequestEntityTooLarge, x.printer.T("web.too-large", "most", size(tooBig.Limit))
	}
	w.Header().Set("Cache-Control", "no-store")
	if wantsData(r) {
		s.problem(w, r, status, page)
		return
	}
	page.P, page.Title = x.printer, x.printer.T("web.error."+kind.String())
	if e := Render(w, r, Page{Title: page.Title, Status: status, Body: s.ErrorPage(page)}); e != nil {
		s.Log.Error("the error page failed", "error", e)
		http.Error(w, page.Sentence, status)
	}
}

// wantsData reports whether the answer is read by a program.
func wantsData(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, ".json") || strings.HasSuffix(r.URL.Path, ".csv") || strings.Contains(r.Header.Get("Accept"), "application/json")
}

func random() string {
	var b [16]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// size is a number of bytes as people say it.
func size(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(n>>10, 10) + " kB"
}

// Download sends a file, never as a page of this site and never kept by the browser.
func Download(w http.ResponseWriter, name, media string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Cache-Control", "no-store")
	_, err := w.Write(body)
	return err
}
