package crimemonitor

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/connect/cbs"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/db"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/ui"
	"baken/internal/web/webtest"
)

var testNow = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// room is the monitor of Maassluis with its pages, its own log and people who
// really hold their roles.
type room struct {
	t    testing.TB
	m    *Monitor
	keep *work.Keeper
	log  *audit.Log
	site *web.Site
	now  time.Time
}

func open(t testing.TB, d *db.DB) *room {
	t.Helper()
	dir := t.TempDir()
	sealer, err := audit.NewSealer("baken/GM0556", filepath.Join(dir, "key"), filepath.Join(dir, "outside"))
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, log: audit.Open(d, sealer), now: testNow}
	t.Cleanup(r.log.Close)
	clock := func() time.Time { return r.now }
	r.keep = work.NewKeeper(d, r.log, clock)
	dec := Declaration()
	book, err := access.NewBook(dec.Purposes, dec.Acts)
	if err != nil {
		t.Fatal(err)
	}
	lists := cbs.Lists(Lists())
	r.m, err = Open(context.Background(), r.keep, book, Options{Municipality: "GM0556", Name: "Maassluis", Service: "https://figures.example",
		Read: func(name string, in io.Reader, at time.Time) (*figures.Import, error) {
			return cbs.Read(name, in, cbs.Options{Retrieved: at, Lists: lists})
		}})
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles {
		if err := r.keep.Do(context.Background(), work.System("test"), "toegang", func(u *work.Unit) error { return book.Furnish(u, "a-"+role, role) }); err != nil {
			t.Fatal(err)
		}
	}
	r.serve(noAssets{}, nil)
	return r
}

// serve builds the site with the files that its pages ask for.
func (r *room) serve(files ui.Assets, more []web.Route) {
	r.t.Helper()
	look, book := ui.NewLook(files), r.m.book
	var err error
	r.site, err = web.New(web.Config{Routes: append(r.m.Room().Routes, more...), Nav: r.m.Room().Nav, Municipality: "Maassluis", Contact: "de beheerder", Shell: look.Shell, ErrorPage: look.ErrorPage,
		Authenticate: func(_ context.Context, token, _ string) (work.Actor, error) { return as(token), nil },
		Guard: func(_ context.Context, who work.Actor, act string) error {
			if !book.May(who, act) {
				return fault.New(fault.NotFound, "access.not-found")
			}
			return nil
		},
		May:   func(roles []string, act string) bool { return book.May(work.Actor{Account: "x", Roles: roles}, act) },
		Clock: r.keep.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		r.t.Fatal(err)
	}
}

type noAssets struct{}

func (noAssets) URL(name string) string { return "/" + name }

// as is who holds a role.
func as(role string) work.Actor {
	return work.Actor{Account: "a-" + role, Name: role, Roles: []string{role}, Session: "s-" + role, Lang: text.NL}
}

func (r *room) send(role, method, path, kind string, body io.Reader) (int, string, http.Header) {
	r.t.Helper()
	q := httptest.NewRequest(method, path, body)
	q.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: role})
	if kind != "" {
		q.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	r.site.ServeHTTP(w, q)
	return w.Code, w.Body.String(), w.Header()
}

func (r *room) get(role, path string) (int, webtest.Node) {
	r.t.Helper()
	code, body, _ := r.send(role, "GET", path, "", nil)
	return code, webtest.Parse(r.t, body)
}

// token reads the hidden field of a form as a browser would send it back.
func (r *room) token(role, page string) string {
	r.t.Helper()
	code, n := r.get(role, page)
	if code != 200 {
		r.t.Fatalf("%s answers %d", page, code)
	}
	return n.All("input", "name", "_csrf")[0].Get("value")
}

func (r *room) post(role, page, path string, values url.Values) (int, webtest.Node, http.Header) {
	r.t.Helper()
	if values == nil {
		values = url.Values{}
	}
	values.Set("_csrf", r.token(role, page))
	code, body, head := r.send(role, "POST", path, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
	return code, webtest.Parse(r.t, body), head
}

// upload sends files, as pairs of name and content.
func (r *room) upload(role string, files ...string) (int, webtest.Node) {
	r.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("_csrf", r.token(role, "/hic/bronnen"))
	for i := 0; i+1 < len(files); i += 2 {
		part, err := w.CreateFormFile("files", files[i])
		if err != nil {
			r.t.Fatal(err)
		}
		io.WriteString(part, files[i+1])
	}
	w.Close()
	code, body, _ := r.send(role, "POST", "/hic/bronnen", w.FormDataContentType(), &b)
	return code, webtest.Parse(r.t, body)
}

func (r *room) snapshots() int {
	r.t.Helper()
	s, err := r.m.Sources(context.Background(), as(access.Analyst))
	if err != nil {
		r.t.Fatal(err)
	}
	return len(s.All)
}

// refusals are the acts in the log that were refused.
func (r *room) refusals() (out []string) {
	r.t.Helper()
	err := r.keep.See(context.Background(), work.System("test"), "toegang", func(u *work.Unit) error {
		lines, err := audit.List(u, audit.Query{Result: work.Refused, Limit: 100})
		for _, l := range lines {
			out = append(out, l.Actor+" "+l.Act)
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

// recorded are the entries of an act in the log.
func (r *room) recorded(act string) (out []audit.Line) {
	r.t.Helper()
	err := r.keep.See(context.Background(), work.System("test"), "toegang", func(u *work.Unit) error {
		lines, err := audit.List(u, audit.Query{Limit: 1000})
		for _, l := range lines {
			if l.Act == act {
				out = append(out, l)
			}
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

const header = "gemeente_code,gemeente,misdrijf_code,misdrijf,periode,geregistreerde_misdrijven\n"

// table writes a file of years of an offence in Maassluis.
func table(offence string, from int, values ...int) string {
	var b strings.Builder
	b.WriteString(header)
	for i, v := range values {
		fmt.Fprintf(&b, "GM0556,Maassluis,%s,x,%dJJ00,%d\n", offence, from+i, v)
	}
	return b.String()
}

func TestImport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		ctx, me := context.Background(), as(access.Analyst)
		file := table("1.4.6", 2024, 7, 9)
		first, err := r.m.Import(ctx, me, "47018NED-a.csv", strings.NewReader(file))
		if err != nil || first.Unchanged || first.Snapshot.Cells != 2 {
			t.Fatalf("%+v %v", first, err)
		}
		r.now = r.now.Add(time.Hour)
		again, err := r.m.Import(ctx, me, "47018NED-a.csv", strings.NewReader(file))
		if err != nil || !again.Unchanged || again.Snapshot.ID != first.Snapshot.ID {
			t.Fatalf("the same file again: %+v %v", again, err)
		}
		before := r.snapshots()
		for name, broken := range map[string]string{
			"half a line":   strings.TrimSuffix(file, "\n") + "\nGM0556,Maa",
			"no number":     file + "GM0556,Maassluis,1.4.6,x,2026JJ00,veel\n",
			"contradiction": file + "GM0556,Maassluis,1.4.6,x,2024JJ00,8\n",
		} {
			if _, err := r.m.Import(ctx, me, "47018NED-a.csv", strings.NewReader(broken)); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if r.snapshots() != before {
			t.Error("a broken file left a snapshot")
		}
		if _, err := r.m.Import(ctx, as(access.Mayor), "47018NED-a.csv", strings.NewReader(table("1.4.6", 2024, 1))); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the mayor imported: %v", err)
		}
		if got := r.refusals(); len(got) != 1 || got[0] != "a-burgemeester figures.import" {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestEvents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		ctx, me := context.Background(), as(access.Adviser)
		today := time.Date(2026, 11, 24, 0, 0, 0, 0, text.Amsterdam)
		good := Annotation{Day: today, Kind: "camera", Area: "BU05560303", Words: "Camera bij het plein"}
		for field, change := range map[string]func(*Annotation){
			"day":  func(a *Annotation) { a.Day = today.AddDate(0, 0, 1) },
			"area": func(a *Annotation) { a.Area = "GM0599" },
			"kind": func(a *Annotation) { a.Kind = "rumour" },
		} {
			bad := good
			change(&bad)
			f := fault.Of(r.m.Annotate(ctx, me, bad))
			if f == nil || f.Kind != fault.Invalid || f.Fields[0].Name != field {
				t.Errorf("wrong %s: %v", field, f)
			}
		}
		for _, area := range []string{"", "BU", "BU0556", "BU05569999", "gm0556"} {
			bad := good
			bad.Area = area
			if f := fault.Of(r.m.Annotate(ctx, me, bad)); f == nil || f.Fields[0].Name != "area" {
				t.Errorf("area %q: %v", area, f)
			}
		}
		if err := r.m.Annotate(ctx, as(access.Officer), good); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an officer annotated: %v", err)
		}
		good.ID = ref.NewID()
		for range 2 { // the answer was lost and the form sent again: one event (control 33)
			if err := r.m.Annotate(ctx, me, good); err != nil {
				t.Fatal(err)
			}
		}
		all, _, err := r.m.Timeline(ctx, me)
		if err != nil || len(all) != 1 || all[0].Day != "2026-11-24" || all[0].By != "a-adviseur" {
			t.Fatalf("%+v %v", all, err)
		}
		if err := r.m.RemoveEvent(ctx, me, all[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := r.m.RemoveEvent(ctx, me, all[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("removed twice: %v", err)
		}
		if all, _, _ = r.m.Timeline(ctx, me); len(all) != 0 {
			t.Errorf("still there: %+v", all)
		}
	})
}

func TestDemoTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		run := func() []Event {
			if err := r.keep.Do(context.Background(), work.System("demo"), "toegang", r.m.Demo); err != nil {
				t.Fatal(err)
			}
			all, _, err := r.m.Timeline(context.Background(), as(access.Analyst))
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		all := run()
		if len(all) != len(demoEvents) || len(run()) != len(all) {
			t.Fatalf("%+v", all)
		}
		if err := r.m.RemoveEvent(context.Background(), as(access.Adviser), "demo-camera"); err != nil {
			t.Fatal(err)
		}
		if len(run()) != len(all)-1 {
			t.Error("an event that somebody took off came back")
		}
		for _, e := range all {
			if ref.ValidID(e.ID) && !strings.HasPrefix(e.ID, "demo-") || !strings.Contains(e.Words, "verzonnen") {
				t.Errorf("%+v does not say that it is made up", e)
			}
		}
	})
}

// view builds what the page shows for a choice.
func (r *room) view(c Choice) (v *View) {
	r.t.Helper()
	err := r.m.see(context.Background(), as(access.Analyst), func(u *work.Unit) (err error) {
		v, err = r.m.build(u, c)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return v
}
