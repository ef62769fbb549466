package agenda

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"baken/internal/assets"
	"baken/internal/bakentest/browser"
	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/web"
	"baken/internal/web/ui"
)

// The pages with terms on them, under the rules of accessibility, on a desk and at
// 400 %. Those without stand in internal/app.
func TestPagesWithTermsInABrowser(t *testing.T) {
	h := open(t, dbtest.Open(t, db.SQLite))
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	look := ui.NewLook(set)
	c := h.site.Config
	c.Shell, c.ErrorPage = look.Shell, look.ErrorPage
	c.Routes = append(c.Routes, web.Route{Pattern: "GET /assets/{file...}", Who: web.Public, Handler: func(w http.ResponseWriter, r *http.Request) error {
		set.ServeHTTP(w, r)
		return nil
	}})
	if h.site, err = web.New(c); err != nil {
		t.Fatal(err)
	}
	for id, published := range map[string]string{"m1": "2026-10-08", "m2": "2026-10-13", "m3": "2026-10-16", "m4": "2026-11-13"} {
		h.put(ref.Ref{Kind: "measure", ID: id}, measures, "jurist", "leiding", published)
	}
	h.put(ref.Ref{Kind: "measure", ID: "m4"}, measures, "jurist", "leiding", "2026-11-18")
	h.run("agenda.remind")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: "jurist"})
		h.site.ServeHTTP(w, r)
	}))
	defer server.Close()
	b := browser.Start(t)
	for name, path := range map[string]string{"termijnen-lijst": "/termijnen", "termijnen-team": "/termijnen/team", "termijnen-kalender": "/termijnen/kalender?maand=2026-12",
		"termijnen-rekenen": "/termijnen/bereken?regel=LOD-5.35&start=01-06-2026&soort-0=invorderingsbeschikking&dag-0=01-07-2026", "termijnen-fout": "/termijnen/bereken?regel=AWB-6.7&start=31-02-2026"} {
		for _, size := range []browser.Size{browser.Desktop, browser.Phone, browser.Narrow} {
			b.Resize(size)
			b.Visit(server.URL + path)
			browser.Eval[bool](b, `document.querySelectorAll("details").forEach(d => d.open = true) === undefined`)
			for _, v := range b.Audit() {
				t.Errorf("%s at %d: %s", name, size.Width, v)
			}
			if size == browser.Narrow {
				if wide := b.Overflow(); len(wide) > 0 {
					t.Errorf("%s scrolls sideways at 320 pixels: %v", name, wide)
				}
			}
			b.Shot(name + map[browser.Size]string{browser.Desktop: "-1366", browser.Phone: "-390", browser.Narrow: "-320"}[size])
		}
		if c := b.Complaints(); len(c) > 0 && name != "termijnen-fout" {
			t.Errorf("%s: the browser complains: %v", name, c)
		}
	}
}
