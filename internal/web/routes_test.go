package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"baken/internal/web"
)

// Control 1: a route without a declared rule does not start.
func TestRouteWithoutRuleDoesNotStart(t *testing.T) {
	ok := func(http.ResponseWriter, *http.Request) error { return nil }
	for name, r := range map[string]web.Route{
		"who is not said":    {Pattern: "GET /x", Handler: ok},
		"staff without act":  {Pattern: "GET /x", Who: web.Staff, Handler: ok},
		"public with an act": {Pattern: "GET /x", Who: web.Public, Act: "a", Handler: ok},
		"no handler":         {Pattern: "GET /x", Who: web.Public},
		"no method":          {Pattern: "/x", Who: web.Public, Handler: ok},
		"change by GET only": {Pattern: "DELETE /x", Who: web.Public, Handler: ok},
	} {
		if _, err := web.New(web.Config{Routes: []web.Route{r}, Clock: time.Now}); err == nil {
			t.Errorf("%s: the program starts", name)
		}
	}
	twice := []web.Route{{Pattern: "GET /x", Who: web.Public, Handler: ok}, {Pattern: "GET /x", Who: web.Public, Handler: ok}}
	if _, err := web.New(web.Config{Routes: twice, Clock: time.Now}); err == nil {
		t.Error("a route declared twice: which rule would hold?")
	}
}

func TestDeclaredListsEveryRouteInOrder(t *testing.T) {
	b := newBench(t)
	list := b.Declared()
	for i, r := range list {
		if r.Who.String() == "undeclared" || (i > 0 && list[i-1].Pattern > r.Pattern) {
			t.Errorf("%s: %s", r.Pattern, r.Who)
		}
	}
	if len(list) < 12 {
		t.Fatalf("%d routes listed", len(list))
	}
}

// Control 5: what somebody may not see, and what is not there, answer alike.
func TestForbiddenAndAbsentAreAlike(t *testing.T) {
	b := newBench(t)
	forbidden, absent := b.get("/beheer", signedIn), b.get("/bestaat-niet", signedIn)
	if forbidden.Code != 404 || absent.Code != 404 {
		t.Fatalf("forbidden %d, absent %d", forbidden.Code, absent.Code)
	}
	if forbidden.Body.String() != absent.Body.String() {
		t.Errorf("bodies differ:\n%s\n%s", forbidden.Body, absent.Body)
	}
	for name := range forbidden.Header() {
		if got, want := forbidden.Header().Get(name), absent.Header().Get(name); got != want {
			t.Errorf("%s: %q and %q", name, got, want)
		}
	}
	if len(forbidden.Header()) != len(absent.Header()) {
		t.Errorf("headers %v and %v", forbidden.Header(), absent.Header())
	}
}

func TestStaffRouteAsksToSignIn(t *testing.T) {
	b := newBench(t)
	for _, cookie := range []header{{"X", ""}, {"Cookie", web.SessionCookie + "=fout"}, {"Cookie", web.SessionCookie + "=" + strings.Repeat("a", 5000)}} {
		w := b.get("/hic?soort=1.1.1", cookie)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/inloggen?naar=%2Fhic%3Fsoort%3D1.1.1" {
			t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
		}
	}
	if w := b.get("/hic", signedIn); w.Code != 200 || !strings.Contains(w.Body.String(), "inhoud") {
		t.Fatalf("signed in: %d", w.Code)
	}
}

// Control 24: only a proof of the last five minutes counts, and none from the future.
func TestStepUpAsksForAFreshProof(t *testing.T) {
	b := newBench(t)
	for _, row := range []struct {
		age  time.Duration
		want int
	}{{0, 200}, {4*time.Minute + 59*time.Second, 200}, {5*time.Minute + time.Second, 303}, {24 * time.Hour, 303}, {-2 * time.Minute, 303}} {
		b.proven = now.Add(-row.age)
		if w := b.get("/zwaar", signedIn); w.Code != row.want {
			t.Errorf("proof of %v ago: %d, want %d", row.age, w.Code, row.want)
		}
	}
	b.proven = time.Time{}
	if w := b.get("/zwaar?a=1", signedIn); w.Header().Get("Location") != "/bevestigen?naar=%2Fzwaar%3Fa%3D1" {
		t.Errorf("never proven leads to %q", w.Header().Get("Location"))
	}
}

func TestTargetsStayOnThisSite(t *testing.T) {
	for target, want := range map[string]string{
		"/hic?a=b": "/hic?a=b", "": "/", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", "javascript:alert(1)": "/",
		"/\tevil": "/", "hic": "/", "/%2f%2fevil.example": "/%2f%2fevil.example", "http:/evil.example": "/", "/a\r\nSet-Cookie: x": "/",
	} {
		if got := web.Local(target); got != want {
			t.Errorf("Local(%q) = %q, want %q", target, got, want)
		}
	}
}

func TestLanguageIsChosenInOrder(t *testing.T) {
	b := newBench(t)
	for _, row := range []struct {
		path    string
		headers []header
		want    string
	}{
		{"/waarvandaan", nil, "nl"},
		{"/waarvandaan", []header{{"Accept-Language", "en-GB,nl;q=0.5"}}, "en"},
		{"/waarvandaan", []header{{"Accept-Language", "fr"}}, "nl"},
		{"/waarvandaan", []header{{"Accept-Language", "en"}, {"Cookie", "baken-taal=nl"}}, "nl"},
		{"/waarvandaan?taal=en", []header{{"Cookie", "baken-taal=nl"}}, "en"},
		{"/waarvandaan?taal=<script>", nil, "nl"},
	} {
		if got := b.get(row.path, row.headers...).Body.String(); !strings.HasSuffix(got, " "+row.want) {
			t.Errorf("%s %v speaks %q, want %s", row.path, row.headers, got, row.want)
		}
	}
}

func TestDateIsReadBack(t *testing.T) {
	b := newBench(t)
	for path, want := range map[string]string{
		"/datum?waarde=20-10-2026": "dinsdag 20 oktober 2026", "/datum?waarde=31-11-2026": "", "/datum?waarde=%3Cscript%3E": "", "/datum": "",
		"/datum?waarde=03-04-2026&taal=en": "Friday 3 April 2026",
	} {
		w := b.get(path)
		if w.Code != 200 || w.Body.String() != want || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
			t.Errorf("%s: %d %q %s, want %q", path, w.Code, w.Body, w.Header().Get("Content-Type"), want)
		}
	}
}

func TestWellKnownFiles(t *testing.T) {
	b := newBench(t)
	if s := b.get("/.well-known/security.txt").Body.String(); !strings.Contains(s, "Contact: mailto:security@example.org\n") || !strings.Contains(s, "Expires: 2027-05-24T") {
		t.Errorf("security.txt: %q", s)
	}
	if s := b.get("/robots.txt").Body.String(); !strings.Contains(s, "Disallow: /") {
		t.Errorf("robots.txt: %q", s)
	}
}
