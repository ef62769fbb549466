package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"baken/internal/fault"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// bench is a site with one route of every sort, and what happened behind it.
type bench struct {
	*web.Site
	t      *testing.T
	log    bytes.Buffer
	ran    int       // how often a change reached its handler
	proven time.Time // of whoever is signed in
	clock  time.Time
	err    error // what GET /fout answers
}

// raw is a frame that shows what a page would: title, notice, token and body.
func raw(f web.Frame, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		fmt.Fprintf(w, "<title>%s</title><i>%s</i><b>%s</b><u>%s</u>", f.Title, f.Notice, f.CSRF, f.Who.Name)
		return body.Render(ctx, w)
	})
}

func plain(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, s); return err })
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, clock: now}
	show := func(w http.ResponseWriter, r *http.Request) error {
		return web.Render(w, r, web.Page{Title: "Pagina", Body: plain(strings.Repeat("inhoud ", 400))})
	}
	change := func(w http.ResponseWriter, r *http.Request) error {
		b.ran++
		web.Notice(w, r, "ui.sign-out")
		return web.SeeOther(w, r, "/hic")
	}
	site, err := web.New(web.Config{
		Routes: append(web.Standard("mailto:security@example.org"),
			web.Route{Pattern: "GET /hic", Who: web.Staff, Act: "hic.see", Handler: show},
			web.Route{Pattern: "POST /hic", Who: web.Staff, Act: "hic.change", Handler: change},
			web.Route{Pattern: "GET /beheer", Who: web.Staff, Act: "secret.see", Handler: show},
			web.Route{Pattern: "GET /zwaar", Who: web.Staff, Act: "hic.see", StepUp: true, Handler: show},
			web.Route{Pattern: "GET /inloggen", Who: web.Public, Handler: show},
			web.Route{Pattern: "POST /inloggen", Who: web.Public, Handler: change},
			web.Route{Pattern: "GET /waarvandaan", Who: web.Public, Handler: func(w http.ResponseWriter, r *http.Request) error {
				_, err := io.WriteString(w, web.Origin(r)+" "+string(web.Printer(r).Lang))
				return err
			}},
			web.Route{Pattern: "GET /fout", Who: web.Public, Handler: func(http.ResponseWriter, *http.Request) error { return b.err }},
			web.Route{Pattern: "GET /paniek", Who: web.Public, Handler: func(http.ResponseWriter, *http.Request) error { panic("kapot") }},
		),
		Municipality: "Maassluis", Contact: "de beheerder", Secure: true, Proxy: netip.MustParsePrefix("10.0.0.0/8"),
		Shell: raw,
		ErrorPage: func(e web.ErrorPage) templ.Component {
			return plain(templ.EscapeString(e.Sentence + " " + e.Operation))
		},
		Authenticate: func(_ context.Context, token, origin string) (work.Actor, error) {
			if name, ok := strings.CutPrefix(token, "goed-"); ok {
				return work.Actor{Account: name, Name: name, Roles: []string{"adviseur"}, Session: "s-" + name, Origin: origin, Lang: text.NL, Proven: b.proven}, nil
			}
			return work.Actor{}, fault.New(fault.NotFound, "access.not-found")
		},
		Guard: func(_ context.Context, _ work.Actor, act string) error {
			if strings.HasPrefix(act, "hic.") {
				return nil
			}
			return fault.New(fault.NotFound, "access.not-found")
		},
		May: func([]string, string) bool { return true }, Clock: func() time.Time { return b.clock }, Log: slog.New(slog.NewTextHandler(&b.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Site = site
	return b
}

type header struct{ name, value string }

var signedIn = header{"Cookie", web.SessionCookie + "=goed-noor"}

func (b *bench) send(method, path string, body io.Reader, headers ...header) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequest(method, path, body)
	for _, h := range headers {
		r.Header.Add(h.name, h.value)
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

func (b *bench) get(path string, headers ...header) *httptest.ResponseRecorder {
	return b.send("GET", path, nil, headers...)
}

func (b *bench) post(path, token string, headers ...header) *httptest.ResponseRecorder {
	body := url.Values{"_csrf": {token}, "naam": {"x"}}.Encode()
	return b.send("POST", path, strings.NewReader(body), append(headers, header{"Content-Type", "application/x-www-form-urlencoded"})...)
}

// token is the one that a page shows.
func token(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	_, rest, _ := strings.Cut(w.Body.String(), "<b>")
	s, _, ok := strings.Cut(rest, "</b>")
	if !ok || len(s) < 20 {
		t.Fatalf("the page has the token %q", s)
	}
	return s
}
