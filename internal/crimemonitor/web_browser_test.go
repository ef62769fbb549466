package crimemonitor

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"baken/internal/assets"
	"baken/internal/bakentest/browser"
	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
	"baken/internal/web"
)

// The keeper's pages under the rules of accessibility, on a desk and at 400 %.
func TestKeeperPagesInABrowser(t *testing.T) {
	r := open(t, dbtest.Open(t, db.SQLite))
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	r.serve(set, append(web.Standard("mailto:x@example.org"), web.Route{Pattern: "GET /assets/{file...}", Who: web.Public, Handler: func(w http.ResponseWriter, q *http.Request) error {
		set.ServeHTTP(w, q)
		return nil
	}}))
	if err := r.keep.Do(context.Background(), work.System("demo"), "toegang", r.m.Demo); err != nil {
		t.Fatal(err)
	}
	me := as(access.Analyst)
	r.m.Import(context.Background(), me, "47018NED-x.csv", strings.NewReader(table("1.4.6", 2023, 5, 7, 9)))
	r.now = r.now.Add(time.Hour)
	out, err := r.m.Import(context.Background(), me, "47018NED-x.csv", strings.NewReader(table("1.4.6", 2023, 5, 8, 9)))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		q.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: access.Analyst})
		r.site.ServeHTTP(w, q)
	}))
	defer server.Close()
	b := browser.Start(t)
	look := func(name string) {
		t.Helper()
		for _, size := range []browser.Size{browser.Desktop, browser.Narrow} {
			b.Resize(size)
			for _, v := range b.Audit() {
				t.Errorf("%s at %d: %s", name, size.Width, v)
			}
			// The content alone: the bar above it is the frame's.
			if wide := browser.Eval[int64](b, `(m => m.scrollWidth - m.clientWidth)(document.querySelector("main"))`); wide > 0 {
				t.Errorf("%s at %d is %d pixels too wide", name, size.Width, wide)
			}
			b.Shot(name + map[bool]string{true: "-smal", false: ""}[size == browser.Narrow])
		}
		for _, c := range b.Complaints() {
			if !strings.Contains(c, "status of 422") {
				t.Errorf("%s: %s", name, c)
			}
		}
	}
	for name, path := range map[string]string{"bronnen": "/hic/bronnen", "verschil": "/hic/bronnen/" + out.Snapshot.ID, "gebeurtenissen": "/hic/gebeurtenissen"} {
		b.Visit(server.URL + path)
		look(name)
	}
	b.Visit(server.URL + "/hic/gebeurtenissen")
	b.Type("day", "31-02-2026")
	b.Follow(`form[action="/hic/gebeurtenissen"] button`)
	if got := b.Focus(); got != "div#fouten" {
		t.Errorf("the focus is on %s", got)
	}
	look("gebeurtenissen-fout")
	b.Visit(server.URL + "/hic/bronnen")
	b.Follow(`form[action="/hic/bronnen"] button`)
	look("bronnen-fout")
}
