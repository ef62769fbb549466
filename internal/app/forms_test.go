package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/web"
)

// Security.md control 25, for every form of the program: a change that is not the
// reader's own is refused and nothing is left of it.
func TestNoFormTakesAForeignChange(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	people, other := map[string]*bakentest.Person{}, h.SignIn(access.Mayor)
	for _, role := range []string{access.Administrator, access.PrivacyOfficer, access.Adviser} {
		people[role] = h.SignIn(role)
	}
	tried := 0
	for _, r := range h.Site.Declared() {
		if !strings.HasPrefix(r.Pattern, "POST ") {
			continue
		}
		var who []*bakentest.Person
		if r.Who == web.Public {
			visitor := h.Somebody()
			visitor.Get("/inloggen")
			who = []*bakentest.Person{visitor, people[access.Adviser]}
		} else {
			for _, role := range []string{access.Adviser, access.Administrator, access.PrivacyOfficer} {
				if !h.May(role, r.Act) {
					continue
				}
				if people[role].Cookie(web.SessionCookie) == "" {
					people[role] = h.SignIn(role) // a form of the front door, tried before, ended the session
				}
				who = append(who, people[role])
			}
		}
		for _, p := range who {
			tried++
			foreign(t, h, p, r, other.Token())
		}
	}
	if tried < 20 {
		t.Errorf("only %d forms were tried", tried)
	}
}

func foreign(t *testing.T, h *bakentest.House, p *bakentest.Person, r web.Route, theirs string) {
	t.Helper()
	_, path := address(t, h, r.Pattern, true)
	mine := p.Token()
	before := contents(t, h)
	form := "application/x-www-form-urlencoded"
	for name, try := range map[string]struct {
		token, origin, kind, query string
	}{
		"without a token":           {"", h.URL, form, ""},
		"with a wrong token":        {strings.Repeat("x", len(mine)), h.URL, form, ""},
		"with another's token":      {theirs, h.URL, form, ""},
		"from another site":         {mine, "https://evil.example", form, ""},
		"from a sandbox":            {mine, "null", form, ""},
		"as plain text":             {mine, h.URL, "text/plain", ""},
		"as JSON without its token": {mine, h.URL, "application/json", ""},
		"token in the address":      {"", h.URL, form, "?_csrf=" + mine},
	} {
		values := url.Values{}
		if try.token != "" {
			values.Set("_csrf", try.token)
		}
		a := p.Send("POST", path+try.query, values, http.Header{"Origin": {try.origin}, "Content-Type": {try.kind}})
		// A browser reports a breach of the policy without a form. It changes nothing, as
		// the comparison below shows.
		if path == "/csp-meldingen" && try.origin == h.URL {
			continue
		}
		if a.Status != 403 {
			t.Errorf("POST %s %s: %d, want 403: another site could make people do this", path, name, a.Status)
		}
	}
	if x := changed(before, contents(t, h)); len(x) > 0 {
		t.Errorf("POST %s: a refused form changed %v", path, x)
	}
	if path == "/afmelden" {
		return // the person is needed further on
	}
	if a := p.Send("POST", path, url.Values{"_csrf": {mine}}, nil); a.Status == 403 {
		t.Errorf("POST %s: the reader's own form is refused as well, so nothing was shown", path)
	}
}

// Security.md control 24: what asks the second factor again asks it when the last
// proof is five minutes old, and a proof counts once.
func TestStepUp(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	tried := map[string]bool{}
	for _, role := range []string{access.Administrator, access.PrivacyOfficer, access.Mayor, access.TipCoordinator} {
		p := h.SignIn(role)
		h.Wait(5*time.Minute + time.Second)
		p.Get("/account") // so that "last seen" is not what changes below
		asked := func(when string) {
			t.Helper()
			for _, r := range staff(h) {
				if !r.StepUp || !h.May(role, r.Act) {
					continue
				}
				tried[r.Pattern] = true
				method, path := address(t, h, r.Pattern, true)
				before := contents(t, h)
				a := send(p, method, path, nil)
				if a.Status != 303 || !strings.HasPrefix(a.Header.Get("Location"), "/bevestigen?naar=") {
					t.Errorf("%s, %s at %s: %d to %q; a session that was left open could do this", when, role, r.Pattern, a.Status, a.Header.Get("Location"))
				}
				if x := changed(before, contents(t, h)); len(x) > 0 {
					t.Errorf("%s, %s at %s changed %v before the second factor was shown", when, role, r.Pattern, x)
				}
			}
		}
		asked("five minutes after the sign-in")

		thief, code := p.Copy(), h.Code()
		if a := p.Post("/bevestigen", url.Values{"code": {code}, "naar": {"/account"}}); a.Status != 200 || a.Path != "/account" {
			t.Fatalf("%s could not prove: %d at %s", role, a.Status, a.Path)
		}
		if a := thief.Get("/account"); a.Path != "/inloggen" {
			t.Errorf("a cookie of before the proof still opens %s: the proof would count for whoever copied it", a.Path)
		}
		for _, r := range staff(h) {
			if !r.StepUp || !h.May(role, r.Act) {
				continue
			}
			method, path := address(t, h, r.Pattern, true)
			if a := send(p, method, path, nil); strings.HasPrefix(a.Header.Get("Location"), "/bevestigen") {
				t.Errorf("%s at %s is asked again right after proving", role, r.Pattern)
			}
		}
		h.Wait(5*time.Minute + time.Second)
		p.Get("/account")
		asked("five minutes after the proof")
		if a := p.Post("/bevestigen", url.Values{"code": {code}, "naar": {"/account"}}); a.Status != 422 {
			t.Errorf("a code that was used is taken again: %d at %s", a.Status, a.Path)
		}
		asked("after an old code")
	}
	for _, r := range staff(h) {
		if r.StepUp && !tried[r.Pattern] {
			t.Errorf("%s asks the second factor again and was not tried", r.Pattern)
		}
	}
}
