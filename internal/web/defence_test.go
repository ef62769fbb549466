package web_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"baken/internal/fault"
	"baken/internal/web"
)

// Control 26: headers per class of page.
func TestHeadersPerClassOfPage(t *testing.T) {
	b := newBench(t)
	for path, headers := range map[string][]header{"/hic": {signedIn}, "/inloggen": nil, "/bestaat-niet": nil, "/paniek": nil, "/robots.txt": nil} {
		h := b.get(path, headers...).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=()",
			"Strict-Transport-Security": "max-age=63072000",
		} {
			if !strings.Contains(h.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
		for _, part := range []string{"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "report-uri /csp-meldingen"} {
			if !strings.Contains(h.Get("Content-Security-Policy"), part) {
				t.Errorf("%s: the policy misses %s", path, part)
			}
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") || h.Get("Server") != "" || h.Get("X-Powered-By") != "" {
			t.Errorf("%s: %v", path, h)
		}
		if path != "/robots.txt" && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept: %q", path, h.Get("Cache-Control"))
		}
	}
}

// Control 25: all ways in which a change is not the reader's own.
func TestForeignChangesAreRefused(t *testing.T) {
	b := newBench(t)
	mine := token(t, b.get("/hic", signedIn))
	theirs := token(t, b.get("/hic", header{"Cookie", web.SessionCookie + "=goed-piet"}))
	refused := map[string]*httptest.ResponseRecorder{
		"no token":         b.post("/hic", "", signedIn),
		"wrong token":      b.post("/hic", strings.Repeat("x", len(mine)), signedIn),
		"another's token":  b.post("/hic", theirs, signedIn),
		"cross-site fetch": b.post("/hic", mine, signedIn, header{"Sec-Fetch-Site", "cross-site"}),
		"same-site fetch":  b.post("/hic", mine, signedIn, header{"Sec-Fetch-Site", "same-site"}),
		"foreign origin":   b.post("/hic", mine, signedIn, header{"Origin", "https://evil.example"}),
		"null origin":      b.post("/hic", mine, signedIn, header{"Origin", "null"}),
		"plain text body":  b.send("POST", "/hic", strings.NewReader("_csrf="+mine), signedIn, header{"Content-Type", "text/plain"}),
		"token in address": b.send("POST", "/hic?_csrf="+mine, nil, signedIn, header{"Content-Type", "application/x-www-form-urlencoded"}),
		"no session":       b.post("/hic", mine),
	}
	for name, w := range refused {
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, w.Code)
		}
	}
	if b.ran != 0 {
		t.Fatalf("%d refused changes reached the handler", b.ran)
	}
	if w := b.post("/hic", mine, signedIn, header{"Sec-Fetch-Site", "same-origin"}); w.Code != http.StatusSeeOther || b.ran != 1 {
		t.Fatalf("the reader's own change: %d", w.Code)
	}
}

// Before a sign-in the token belongs to a cookie that the page of the form set.
func TestTokenBeforeSignInBelongsToItsCookie(t *testing.T) {
	b := newBench(t)
	page := b.get("/inloggen")
	cookie := page.Result().Cookies()[0]
	if !strings.HasPrefix(cookie.Name, "__Host-") || !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode {
		t.Fatalf("cookie %v", cookie)
	}
	good := token(t, page)
	if w := b.post("/inloggen", good, header{"Cookie", cookie.String()}); w.Code != http.StatusSeeOther {
		t.Errorf("own form: %d", w.Code)
	}
	for name, headers := range map[string][]header{"without the cookie": nil, "with another's": {{"Cookie", cookie.Name + "=" + strings.Repeat("A", 22)}}} {
		if w := b.post("/inloggen", good, headers...); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := b.post("/inloggen", "-"); w.Code != http.StatusForbidden {
		t.Errorf("a token guessed from the code: %d", w.Code)
	}
}

func TestUploadIsBoundedAndNeedsItsToken(t *testing.T) {
	b := newBench(t)
	mine := token(t, b.get("/hic", signedIn))
	body := func(size int) (*bytes.Buffer, string) {
		var out bytes.Buffer
		m := multipart.NewWriter(&out)
		m.WriteField("_csrf", mine)
		f, err := m.CreateFormFile("bestand", "x.csv")
		if err != nil {
			t.Fatal(err)
		}
		f.Write(make([]byte, size))
		m.Close()
		return &out, m.FormDataContentType()
	}
	small, kind := body(100)
	if w := b.send("POST", "/hic", small, signedIn, header{"Content-Type", kind}); w.Code != http.StatusSeeOther {
		t.Errorf("small: %d", w.Code)
	}
	large, kind := body(1 << 20)
	if w := b.send("POST", "/hic", large, signedIn, header{"Content-Type", kind}); w.Code != http.StatusRequestEntityTooLarge || b.ran != 1 {
		t.Errorf("large: %d %s, handler ran %d times", w.Code, w.Body, b.ran)
	}
}

func TestErrorsBecomePages(t *testing.T) {
	b := newBench(t)
	for kind, want := range map[fault.Kind]int{fault.Invalid: 422, fault.NotFound: 404, fault.Denied: 403, fault.Conflict: 409, fault.Unavailable: 503} {
		b.err = fault.New(kind, "web.busy")
		w := b.get("/fout")
		if w.Code != want || !strings.Contains(w.Body.String(), "druk") {
			t.Errorf("%v: %d %s", kind, w.Code, w.Body)
		}
		if (kind == fault.Unavailable) != (w.Header().Get("Retry-After") != "") {
			t.Errorf("%v: Retry-After %q", kind, w.Header().Get("Retry-After"))
		}
	}
	if b.log.Len() != 0 {
		t.Errorf("a fault made for a reader is no news for the log: %s", b.log.String())
	}
}

// Control 19: an unexpected error shows a number, and the log has that number but
// nothing that was asked.
func TestInternalErrorShowsANumberOnly(t *testing.T) {
	b := newBench(t)
	b.err = errors.New("disk on fire")
	for _, path := range []string{"/fout?naam=Jansen", "/paniek?naam=Jansen"} {
		b.log.Reset()
		w := b.get(path)
		if w.Code != 500 || strings.Contains(w.Body.String(), "fire") || strings.Contains(w.Body.String(), "kapot") {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		words := strings.Fields(w.Body.String())
		if number := words[len(words)-1]; len(number) < 8 || strings.Count(b.log.String(), number) != 1 {
			t.Errorf("%s: number %q, log %s", path, number, b.log.String())
		}
		if strings.Contains(b.log.String(), "Jansen") {
			t.Errorf("%s: the log holds what was asked: %s", path, b.log.String())
		}
	}
}

func TestErrorForAProgramIsAProblemDocument(t *testing.T) {
	b := newBench(t)
	b.err = fault.New(fault.Conflict, "web.busy")
	w := b.get("/fout", header{"Accept", "application/json"})
	if w.Code != 409 || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), `"status":409`) {
		t.Fatalf("%d %s %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
}

// Control 32: one source is slowed, another is not, and it may again later.
func TestOneSourceIsSlowedAlone(t *testing.T) {
	b := newBench(t)
	mallory, anne := header{"X-Forwarded-For", "203.0.113.9"}, header{"X-Forwarded-For", "203.0.113.10"}
	ask := func(who header) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/healthz", nil)
		r.RemoteAddr = "10.0.0.1:1"
		r.Header.Set(who.name, who.value)
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		return w
	}
	for range web.Burst {
		if w := ask(mallory); w.Code != 200 {
			t.Fatalf("refused within the burst: %d", w.Code)
		}
	}
	if w := ask(mallory); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("beyond the burst: %d %v", w.Code, w.Header())
	}
	if w := ask(anne); w.Code != 200 {
		t.Errorf("another source suffers: %d", w.Code)
	}
	b.clock = b.clock.Add(time.Second)
	if w := ask(mallory); w.Code != 200 {
		t.Errorf("a second later: %d", w.Code)
	}
}

// A header that anybody can send is believed only from the proxy's own network,
// and only its last entry.
func TestAddressOfTheReader(t *testing.T) {
	b := newBench(t)
	for _, row := range []struct {
		remote string
		chain  []string
		want   string
	}{
		{"198.51.100.7:9", nil, "198.51.100.7"},
		{"198.51.100.7:9", []string{"203.0.113.1"}, "198.51.100.7"},
		{"10.1.2.3:9", []string{"1.1.1.1, 203.0.113.1"}, "203.0.113.1"},
		{"10.1.2.3:9", []string{"1.1.1.1", "203.0.113.2"}, "203.0.113.2"},
		{"10.1.2.3:9", []string{"nonsense"}, "10.1.2.3"},
		{"[::ffff:10.1.2.3]:9", []string{"2001:db8::1"}, "2001:db8::1"},
	} {
		r := httptest.NewRequest("GET", "/waarvandaan", nil)
		r.RemoteAddr, r.Header["X-Forwarded-For"] = row.remote, row.chain
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		if got, _, _ := strings.Cut(w.Body.String(), " "); got != row.want {
			t.Errorf("%s %v is taken for %s, want %s", row.remote, row.chain, got, row.want)
		}
	}
}

func TestNoticeIsShownOnceAndOnlyWhenOurs(t *testing.T) {
	b := newBench(t)
	mine := token(t, b.get("/hic", signedIn))
	var cookie *http.Cookie
	for _, c := range b.post("/hic", mine, signedIn).Result().Cookies() {
		if strings.Contains(c.Name, "melding") {
			cookie = c
		}
	}
	if cookie == nil {
		t.Fatal("nothing waits for the next page")
	}
	both := header{"Cookie", signedIn.value + "; " + cookie.Name + "=" + cookie.Value}
	w := b.get("/hic", both)
	if !strings.Contains(w.Body.String(), "<i>Afmelden</i>") || !strings.Contains(strings.Join(w.Header().Values("Set-Cookie"), "\n"), cookie.Name+"=;") {
		t.Errorf("shown %s, then %v", w.Body.String()[:80], w.Header().Values("Set-Cookie"))
	}
	forged := header{"Cookie", signedIn.value + "; " + cookie.Name + "=web.busy." + strings.Repeat("A", 43)}
	if w := b.get("/hic", forged); !strings.Contains(w.Body.String(), "<i></i>") {
		t.Error("a page speaks words that another site chose")
	}
}

func TestPageIsPackedWhenAsked(t *testing.T) {
	b := newBench(t)
	plain, packed := b.get("/hic", signedIn), b.get("/hic", signedIn, header{"Accept-Encoding", "gzip"})
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil || !bytes.Equal(got, plain.Body.Bytes()) || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("%v, %v", err, packed.Header())
	}
}

// What a browser reports may hold what the page showed; only the rule and the host
// are kept.
func TestReportOfTheBrowserIsCutDown(t *testing.T) {
	b := newBench(t)
	body := `{"csp-report":{"effective-directive":"script-src","blocked-uri":"https://evil.example/Jansen?x","document-uri":"https://baken/dossier/Jansen"}}`
	w := b.send("POST", "/csp-meldingen", strings.NewReader(body), header{"Content-Type", "application/csp-report"})
	if w.Code != http.StatusNoContent || !strings.Contains(b.log.String(), "evil.example") || strings.Contains(b.log.String(), "Jansen") {
		t.Fatalf("%d, log %s", w.Code, b.log.String())
	}
}

func TestServerEndsSlowRequests(t *testing.T) {
	s := web.Server(":0", http.NotFoundHandler())
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Fatalf("a limit is missing: %+v", s)
	}
}

func TestSignOutClearsTheBrowser(t *testing.T) {
	w := httptest.NewRecorder()
	web.EndSession(w)
	if c := w.Result().Cookies()[0]; c.Name != web.SessionCookie || c.MaxAge >= 0 || !strings.Contains(w.Header().Get("Clear-Site-Data"), "cache") {
		t.Fatalf("%v %v", c, w.Header())
	}
}
