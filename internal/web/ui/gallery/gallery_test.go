package gallery_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"baken/internal/assets"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/ui"
	"baken/internal/web/ui/gallery"
)

// site serves the gallery as any page is served: same frame, same policy.
func site(t *testing.T) string {
	t.Helper()
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	look := ui.NewLook(set)
	routes := []web.Route{
		{Pattern: "GET /assets/{file...}", Who: web.Public, Handler: func(w http.ResponseWriter, r *http.Request) error { set.ServeHTTP(w, r); return nil }},
		{Pattern: "GET /bouwstenen", Who: web.Staff, Act: "gallery.see", Handler: func(w http.ResponseWriter, r *http.Request) error {
			return web.Render(w, r, web.Page{Title: "Bouwstenen", Body: gallery.Page(web.Printer(r))})
		}},
	}
	s, err := web.New(web.Config{
		Routes: append(routes, web.Standard("mailto:security@maassluis.example")...), Municipality: "Maassluis", Shell: look.Shell, ErrorPage: look.ErrorPage, Demo: true,
		Nav: []web.NavGroup{{Items: []web.NavItem{{Path: "/", Text: "overview.title", Icon: "home"}}}, {Text: "crimemonitor.title", Items: []web.NavItem{{Path: "/bouwstenen", Text: "crimemonitor.title", Icon: "chart-line"}}}},
		Authenticate: func(context.Context, string, string) (work.Actor, error) {
			return work.Actor{Account: "a", Name: "Noor Hendriks", Roles: []string{"adviseur"}, Lang: text.NL}, nil
		},
		Guard: func(context.Context, work.Actor, string) error { return nil },
		May:   func([]string, string) bool { return true },
		Clock: func() time.Time { return time.Date(2026, 11, 24, 9, 31, 0, 0, time.UTC) },
		Log:   slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server.URL
}

// ui.md 15: no violation at both sizes, nothing sideways at 320 pixels, nothing
// that the policy forbids.
func TestPartsPassEveryCheck(t *testing.T) {
	url := site(t)
	b := browser.Start(t)
	b.Cookie(url, web.SessionCookie, "secret")
	for _, size := range []struct {
		browser.Size
		name string
	}{{browser.Desktop, "gallery-1366"}, {browser.Phone, "gallery-390"}} {
		b.Resize(size.Size)
		b.Visit(url + "/bouwstenen")
		for _, v := range b.Audit() {
			t.Errorf("%s: %v", size.name, v)
		}
		b.Shot(size.name)
	}
	b.Resize(browser.Narrow)
	b.Visit(url + "/bouwstenen")
	for _, wide := range b.Overflow() {
		t.Errorf("at 320 pixels this reaches beyond the window: %s", wide)
	}
	b.Shot("gallery-320")
	b.Contrast(true)
	b.Resize(browser.Desktop)
	b.Shot("gallery-contrast")
	b.Contrast(false)
	b.PDF("gallery")
	for _, c := range b.Complaints() {
		t.Errorf("the browser says: %s", c)
	}
}
