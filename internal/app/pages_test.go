package app_test

import (
	"strings"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/web"
)

// looked are the pages of each person that are opened in a browser. Every page of
// the program stands here at least once; TestEveryPageIsLookedAt sees to it.
var looked = []struct{ role, path string }{
	{"", "/inloggen"}, {"", "/welkom"}, {"", "/toegankelijkheid"}, {"", "/sneltoetsen"}, {"", "/bestaat-niet"},
	{access.Adviser, "/"}, {access.Adviser, "/hic"}, {access.Adviser, "/hic?soort=1.1.1&jaar=2023"}, {access.Adviser, "/hic/delict/1.1.1"}, {access.Adviser, "/hic/delict/1.4.6"},
	{access.Adviser, "/hic/gebied/BU05560101"}, {access.Adviser, "/account"}, {access.Adviser, "/bevestigen"},
	{access.Administrator, "/"}, {access.Administrator, "/beheer/mensen"}, {access.Administrator, "/beheer/mensen/nieuw"},
	{access.Administrator, "/beheer/mensen/PERSON"}, {access.Administrator, "/beheer/rechten"}, {access.Administrator, "/beheer/werk"},
	{access.PrivacyOfficer, "/beheer/inzage"},
}

// The rules of WCAG 2.0 to 2.2, A and AA, on a wide and a narrow screen; no
// sideways scrolling at 320 pixels; nothing that the browser refuses or complains of.
func TestPagesInTheBrowser(t *testing.T) {
	h := bakentest.Open(t, db.SQLite)
	people := map[string]*bakentest.Person{"": h.Somebody()}
	b := browser.Start(t)
	for _, l := range looked {
		if people[l.role] == nil {
			people[l.role] = h.SignIn(l.role)
		}
		if l.role != "" {
			b.Cookie(h.URL, web.SessionCookie, people[l.role].Cookie(web.SessionCookie))
		}
		path := strings.Replace(l.path, "PERSON", person(t, people[l.role], l.path), 1)
		name := strings.Trim(strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(l.role+l.path), "-")
		for _, size := range []browser.Size{browser.Desktop, browser.Phone, browser.Narrow} {
			b.Resize(size)
			b.Visit(h.URL + path)
			if size == browser.Narrow {
				if wide := b.Overflow(); len(wide) > 0 {
					t.Errorf("%s scrolls sideways at 320 pixels: %v", l.path, wide)
				}
				continue
			}
			for _, v := range b.Audit() {
				t.Errorf("%s at %d: %s", l.path, size.Width, v)
			}
			suffix := "-1366"
			if size == browser.Phone {
				suffix = "-390"
			}
			b.Shot(name + suffix)
		}
		if c := b.Complaints(); len(c) > 0 && !strings.Contains(l.path, "bestaat-niet") {
			t.Errorf("%s: the browser complains: %v", l.path, c)
		}
	}
}

// person finds the id of somebody on the list, for the page about one person.
func person(t *testing.T, p *bakentest.Person, path string) string {
	t.Helper()
	if !strings.Contains(path, "PERSON") {
		return ""
	}
	list := p.Get("/beheer/mensen").Body
	_, rest, ok := strings.Cut(list, `href="/beheer/mensen/`)
	if !ok {
		t.Fatal("the list names nobody")
	}
	for strings.HasPrefix(rest, "nieuw") {
		_, rest, _ = strings.Cut(rest, `href="/beheer/mensen/`)
	}
	return rest[:26]
}
