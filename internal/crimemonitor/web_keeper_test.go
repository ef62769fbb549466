package crimemonitor

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/jobs"
	"baken/internal/web"
	"baken/internal/web/webtest"
)

func mustHold(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("the page does not say %q:\n%s", w, page)
		}
	}
}

// said is what is written in an element, with a space between its parts.
func said(n webtest.Node) string {
	var parts []string
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			parts = append(parts, strings.Fields(d.Data)...)
		}
	}
	return strings.Join(parts, " ")
}

func TestSourcesPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		code, n := r.get(access.Analyst, "/hic/bronnen")
		if code != 200 {
			t.Fatal(code)
		}
		page := said(n)
		mustHold(t, page, "47018NED", "47022NED", "Ouder dan 40 dagen", "Wat ontbreekt van Maassluis", "https://figures.example en bij geen andere dienst",
			"Maassluis, per jaar: 1.4.6 Straatroof, 1.4.7 Overval en 1.4.3 Openlijk geweld (persoon)", "Maassluis, per maand: alle misdrijven", "Buurten van Maassluis, per maand: alle misdrijven")
		if got := n.One(t, "form", "enctype", "multipart/form-data").Get("action"); got != "/hic/bronnen" {
			t.Errorf("uploads go to %q", got)
		}
		if _, multiple := n.Labelled(t, "Bestanden met cijfers").Lookup("multiple"); !multiple {
			t.Error("only one file can be chosen")
		}
		// What a newer snapshot brought is missing no more, and its table is fresh.
		if _, n = r.upload(access.Analyst, "47018NED-x.csv", table("1.4.6", 2024, 7, 9)+"GM0556,Maassluis,1.4.3,x,2025JJ00,1\n"); !strings.Contains(n.Text(), "3 cijfers opgeslagen") {
			t.Error(n.Text())
		}
		_, n = r.get(access.Analyst, "/hic/bronnen")
		mustHold(t, said(n), "Maassluis, per jaar: 1.4.7 Overval Maassluis", "Nieuw genoeg")
		for _, role := range []string{access.Mayor, access.Adviser, access.Partner} {
			if code, _ := r.get(role, "/hic/bronnen"); code != 404 {
				t.Errorf("%s got %d", role, code)
			}
		}
	})
}

func TestSnapshotsArePaged(t *testing.T) {
	t.Parallel()
	r := open(t, dbtest.Open(t, db.SQLite))
	for i := range perPage {
		r.now = r.now.Add(time.Minute)
		if _, err := r.m.Import(context.Background(), as(access.Analyst), "47018NED-x.csv", strings.NewReader(table("1.4.6", 2025, i+1))); err != nil {
			t.Fatal(err)
		}
	}
	total := r.snapshots()
	_, n := r.get(access.Analyst, "/hic/bronnen")
	mustHold(t, said(n), fmt.Sprintf("1–50 van %d", total))
	for _, page := range []string{"2", "999"} {
		code, n := r.get(access.Analyst, "/hic/bronnen?pagina="+page)
		if rows := n.One(t, "table", "id", "lijst").All("tr"); code != 200 || len(rows)-1 != total-perPage {
			t.Errorf("page %s: %d, %d rows", page, code, len(rows))
		}
	}
	if code, _ := r.get(access.Analyst, "/hic/bronnen?pagina=-1"); code != 200 {
		t.Error(code)
	}
}

// files counts what uploads left behind in the folder for temporary files.
func files(t *testing.T) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(os.TempDir(), "multipart-*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

func TestUpload(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		before := r.snapshots()
		good := table("1.4.6", 2024, 7, 9) + "GM9999,Nergens,1.4.6,x,2024JJ00,1\n"
		code, n := r.upload(access.Analyst, "47018NED-goed.csv", good, "47018NED-stuk.csv", good+"GM0556,Maassluis,1.4.6,x,2026JJ00,veel\n", "47018NED-goed.csv", good)
		if code != 422 || !strings.HasPrefix(n.One(t, "title").Text(), "Fout: ") {
			t.Errorf("%d %q", code, n.One(t, "title").Text())
		}
		mustHold(t, said(n.One(t, "section", "id", "bestand-1")), "3 cijfers opgeslagen", "Onbekende gebiedscodes (1) GM9999", "3 nieuw, 0 herzien, 0 weg")
		mustHold(t, said(n.One(t, "section", "id", "bestand-2")), "Bestand 47018NED-stuk.csv, regel 5: ‘veel’", "niets opgeslagen")
		mustHold(t, said(n.One(t, "section", "id", "bestand-3")), "gelijk aan wat er al stond")
		if r.snapshots() != before+1 {
			t.Errorf("%d snapshots more", r.snapshots()-before)
		}
		if code, n := r.upload(access.Analyst); code != 422 || !strings.Contains(n.Text(), "Kies een bestand.") || !strings.HasPrefix(n.One(t, "title").Text(), "Fout: ") {
			t.Errorf("no file: %d", code)
		}
	})
}

// An upload of more than a megabyte lies on disk while it is read, and not after.
func TestUploadLeavesNoFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	r := open(t, dbtest.Open(t, db.SQLite))
	code, _ := r.upload(access.Analyst, "47018NED-groot.csv", table("1.4.6", 2024, 7)+strings.Repeat("GM0556,Maassluis,1.4.6,x,2024JJ00,7\n", 60_000))
	if code != 200 || files(t) != 0 {
		t.Errorf("%d, %d files left", code, files(t))
	}
}

// untouched is a body that nobody may read.
type untouched struct{ t *testing.T }

func (u untouched) Read([]byte) (int, error) {
	u.t.Error("the body of somebody who did not sign in was read")
	return 0, io.EOF
}

func TestUploadBeforeSigningIn(t *testing.T) {
	t.Parallel()
	r := open(t, dbtest.Open(t, db.SQLite))
	q := httptest.NewRequest("POST", "/hic/bronnen", untouched{t})
	q.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	w := httptest.NewRecorder()
	r.site.ServeHTTP(w, q)
	if w.Code != 403 {
		t.Error(w.Code)
	}
}

func TestDifferencePage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		ctx, me := context.Background(), as(access.Analyst)
		r.m.Import(ctx, me, "47018NED-x.csv", strings.NewReader(table("1.4.6", 2023, 5, 7, 9)))
		r.now = r.now.Add(time.Hour)
		file := header + "GM0556,Maassluis,1.4.6,x,2023JJ00,5\nGM0556,Maassluis,1.4.6,x,2024JJ00,\nGM0556,Maassluis,1.4.6,x,2025JJ00,8\n"
		out, err := r.m.Import(ctx, me, "47018NED-x.csv", strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		code, n := r.get(access.Analyst, "/hic/bronnen/"+out.Snapshot.ID)
		if code != 200 {
			t.Fatal(code)
		}
		mustHold(t, said(n.One(t, "table", "id", "tellingen")), "1.4.6 Straatroof 2024 0 1 0", "1.4.6 Straatroof 2025 0 1 0")
		mustHold(t, said(n.One(t, "table", "id", "cellenlijst")), "GM0556 Maassluis 1.4.6 Straatroof 2024 7 (gepubliceerd) niet gepubliceerd", "2025 9 (gepubliceerd) 8 (gepubliceerd)")
		if got := n.Link(t, "Gegevens van deze bron"); got != "/hic/bron/"+out.Snapshot.ID {
			t.Error(got)
		}
		// A first snapshot is its own difference list, with nothing before it.
		for _, f := range r.sourcesOf() {
			code, n := r.get(access.Analyst, "/hic/bronnen/"+f)
			if code != 200 || len(n.All("table", "id", "cellenlijst")) == 0 || len(n.One(t, "table", "id", "cellenlijst").All("tr")) > shownChanges+1 {
				t.Errorf("%s: %d", f, code)
			}
		}
		if code, _ := r.get(access.Analyst, "/hic/bronnen/none"); code != 404 {
			t.Error(code)
		}
		if code, _ := r.get(access.Adviser, "/hic/bronnen/"+out.Snapshot.ID); code != 404 {
			t.Error(code)
		}
	})
}

func (r *room) sourcesOf() (ids []string) {
	s, err := r.m.Sources(context.Background(), as(access.Analyst))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, x := range s.All {
		ids = append(ids, x.ID)
	}
	return ids
}

func TestAskSync(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		for range 2 {
			if code, _, head := r.post(access.Analyst, "/hic/bronnen", "/hic/bronnen/ophalen", nil); code != 303 || head.Get("Location") != "/hic/bronnen" {
				t.Fatalf("%d %v", code, head)
			}
		}
		n, err := waiting(d)
		if err != nil || n != 1 {
			t.Errorf("%d jobs wait: %v", n, err)
		}
		values := url.Values{"_csrf": {"x"}}
		if code, _, _ := r.send(access.Analyst, "POST", "/hic/bronnen/ophalen", "application/x-www-form-urlencoded", strings.NewReader(values.Encode())); code != 403 {
			t.Errorf("a form of another site: %d", code)
		}
	})
}

func TestEventPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		const page = "/hic/gebeurtenissen"
		code, n, _ := r.post(access.Adviser, page, page, url.Values{"day": {"31-02-2026"}, "kind": {"camera"}, "area": {"BU05560303"}, "words": {strings.Repeat("é", MostWords+1)}})
		if code != 422 || !strings.HasPrefix(n.One(t, "title").Text(), "Fout: ") {
			t.Errorf("%d %q", code, n.One(t, "title").Text())
		}
		if got := n.Labelled(t, "Datum"); got.Get("value") != "31-02-2026" || got.Get("aria-invalid") != "true" {
			t.Errorf("the date became %q", got.Get("value"))
		}
		if n.Labelled(t, "Wat gebeurde er").Get("value") == "" || n.One(t, "option", "selected", "", "value", "BU05560303").Text() != "Binnenstad (BU05560303)" {
			t.Error("what was typed is gone")
		}
		if links := n.One(t, "div", "id", "fouten").All("a"); len(links) != 2 || links[0].Get("href") != "#day" || links[1].Get("href") != "#words" {
			t.Errorf("the summary has %d links", len(links))
		}
		for field, values := range map[string]url.Values{
			"day":  {"day": {"25-11-2026"}, "kind": {"camera"}, "area": {"GM0556"}, "words": {"x"}},
			"area": {"day": {"24-11-2026"}, "kind": {"camera"}, "area": {"GM0599"}, "words": {"x"}},
			"kind": {"day": {"24-11-2026"}, "kind": {"x"}, "area": {"GM0556"}, "words": {"x"}},
		} {
			code, n, _ := r.post(access.Adviser, page, page, values)
			if code != 422 || len(n.All("", "id", field+"-fout")) != 1 {
				t.Errorf("wrong %s: %d", field, code)
			}
		}
		code, _, head := r.post(access.Adviser, page, page, url.Values{"day": {"24-11-2026"}, "kind": {"camera"}, "area": {"BU05560303"}, "words": {"Camera <b>bij</b> het plein"}})
		if code != 303 || head.Get("Location") != page {
			t.Fatalf("%d %v", code, head)
		}
		_, n = r.get(access.Adviser, page)
		mustHold(t, said(n), "24 november 2026 Camera <b>bij</b> het plein camera Binnenstad", "geen namen of adressen van mensen")
		if _, n := r.get(access.Mayor, "/hic"); !strings.Contains(n.Text(), "Camera <b>bij</b> het plein") {
			t.Error("the monitor does not show it")
		}
		off := n.One(t, "button", "aria-label", "Haal weg: 24 november 2026, Camera <b>bij</b> het plein").Parent.Attr
		action := ""
		for _, a := range off {
			if a.Key == "action" {
				action = a.Val
			}
		}
		if code, _, _ := r.post(access.Adviser, page, action, nil); code != 303 {
			t.Fatalf("%s: %d", action, code)
		}
		if _, n := r.get(access.Adviser, page); len(n.All("time")) != 0 {
			t.Error("it is still listed")
		}
		if code, _ := r.get(access.Mayor, page); code != 404 {
			t.Errorf("the mayor got %d", code)
		}
	})
}

// Every page of the room answers in both languages without a missing sentence.
func TestPagesHaveAllSentences(t *testing.T) {
	t.Parallel()
	r := open(t, dbtest.Open(t, db.SQLite))
	for _, path := range []string{"/hic", "/hic/bronnen", "/hic/gebeurtenissen", "/hic/delict/1.1.1", "/hic/gebied/BU05560303", "/hic/bronnen/" + r.sourcesOf()[0], "/hic/bron/" + r.sourcesOf()[0]} {
		for _, lang := range []string{"nl", "en"} {
			code, body, _ := r.send(access.Analyst, "GET", path+"?taal="+lang, "", nil)
			for _, hole := range []string{"[crime", "[ui.", "no value", "%!"} {
				if at := strings.Index(body, hole); code != 200 || at >= 0 {
					t.Errorf("%s in %s: %d, %q", path, lang, code, body[max(0, at-80):max(0, min(at+80, len(body)))])
				}
			}
		}
	}
}

// A route of this room must not be open to who may not.
func TestRoutesAskTheirAct(t *testing.T) {
	t.Parallel()
	r := open(t, dbtest.Open(t, db.SQLite))
	for _, x := range r.site.Declared() {
		if x.Who != web.Staff {
			t.Errorf("%s is open to %s", x.Pattern, x.Who)
		}
		if _, ok := r.m.book.Act(x.Act); !ok {
			t.Errorf("%s names the unknown act %q", x.Pattern, x.Act)
		}
	}
}

// waiting counts the jobs by asking the runner to do them.
func waiting(d *db.DB) (int, error) {
	n := 0
	kinds := []jobs.Kind{{Name: "figures.sync", Work: func(context.Context, jobs.Job) error { n++; return nil }}}
	runner, err := jobs.NewRunner(d, kinds, func() time.Time { return testNow.Add(time.Minute) }, nil)
	if err != nil {
		return 0, err
	}
	for {
		worked, err := runner.Once(context.Background())
		if err != nil || !worked {
			return n, err
		}
	}
}
