package agenda

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/plug"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/ui"
	"baken/internal/web/webtest"
)

type noted struct{ entries []work.Stamped }

func (n *noted) Append(_ *db.Tx, e []work.Stamped) error {
	n.entries = append(n.entries, e...)
	return nil
}
func (n *noted) Store(_ context.Context, e []work.Stamped) error {
	n.entries = append(n.entries, e...)
	return nil
}

// The kinds of record that the tests hang terms on: one that a role opens, and one
// that takes involvement.
const measures, cases = "measures", "cases"

var staff = map[string]struct{ name, role string }{
	"jurist": {"Samir Bouzidi", access.Lawyer}, "leiding": {"Petra van Oosterhout", access.EnforcementCo}, "beheer": {"Ruben Dijkgraaf", access.Administrator},
}

type house struct {
	*Acts
	t    testing.TB
	db   *db.DB
	log  *noted
	now  time.Time
	site *web.Site
	room plug.Room
}

// tile shows the room's part of the home page on a page of its own.
func (h *house) tile(w http.ResponseWriter, r *http.Request) error {
	body, err := h.room.Tiles[0].Show(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: "Vandaag", Body: body})
}

type noFiles struct{}

func (noFiles) URL(name string) string { return "/assets/" + name }

func open(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, log: &noted{}, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	own := Declaration()
	roles := []string{access.Lawyer, access.EnforcementCo}
	book, err := access.NewBook(
		append(own.Purposes, access.Purpose{Code: identity.Purpose, Basis: "x", Personal: true}, access.Purpose{Code: measures, Basis: "x"}, access.Purpose{Code: cases, Basis: "y", Personal: true}),
		append(own.Acts,
			access.Act{Name: "measure.read", Kind: "measure", Purpose: measures, Level: access.Read, Roles: roles},
			access.Act{Name: "case.read", Kind: "case", Purpose: cases, Level: access.Read, Roles: roles, Involved: true}))
	if err != nil {
		t.Fatal(err)
	}
	h.Acts = &Acts{Keep: work.NewKeeper(d, h.log, func() time.Time { return h.now }), Book: book, Days: &watch.Calendars{}, Public: "https://baken.example", House: "GM0556",
		Sources: []watch.Source{{Kind: "measure", Act: "measure.read", Path: func(id string) string { return "/maatregelen/" + id }}, {Kind: "case", Act: "case.read"}}}
	for id, x := range staff {
		h.do(work.Actor{Account: "stranger"}, "x", func(u *work.Unit) error {
			_, err := u.Tx().Exec(`INSERT INTO account (id, login, name, lang, state, password, totp, totp_step, invite, invite_end, created_at)
				VALUES ($1, $2, $3, 'nl', 'active', '', NULL, 0, '', 0, 1)`, id, id+"@maassluis.demo", x.name)
			if err == nil {
				_, err = book.Propose(u, id, x.role, time.Time{})
			}
			return err
		})
	}
	h.room = New(h.Acts)
	look := ui.NewLook(noFiles{})
	h.site, err = web.New(web.Config{
		Routes: append(append(web.Standard("mailto:x@example.org"), h.room.Routes...), web.Route{Pattern: "GET /vandaag", Who: web.Staff, Act: "agenda.read", Handler: h.tile}), Nav: h.room.Nav, Municipality: "Maassluis", Contact: "de beheerder",
		Shell: look.Shell, ErrorPage: look.ErrorPage, Clock: func() time.Time { return h.now }, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(_ context.Context, token, origin string) (work.Actor, error) {
			x, ok := staff[token]
			if !ok {
				return work.Actor{}, fault.New(fault.NotFound, "identity.session.ended")
			}
			return work.Actor{Account: token, Name: x.name, Roles: []string{x.role}, Origin: origin, Lang: text.NL, Proven: h.now}, nil
		},
		Guard: func(ctx context.Context, who work.Actor, act string) error {
			if !book.May(who, act) {
				return fault.New(fault.NotFound, "access.not-found")
			}
			return nil
		},
		May: func(roles []string, act string) bool { return book.May(work.Actor{Account: "x", Roles: roles}, act) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) do(who work.Actor, purpose string, fn func(u *work.Unit) error) {
	h.t.Helper()
	if err := h.Keep.Do(context.Background(), who, purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "test"})
		return fn(u)
	}); err != nil {
		h.t.Fatal(err)
	}
}

func as(account string) work.Actor {
	return work.Actor{Account: account, Roles: []string{staff[account].role}}
}

func on(s string) deadlines.Day {
	d, err := deadlines.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// put watches the objection term after a publication.
func (h *house) put(object ref.Ref, purpose, lead, deputy, published string) {
	h.t.Helper()
	h.do(work.System("test"), purpose, func(u *work.Unit) error {
		c, err := h.Days.In(u)
		if err != nil {
			return err
		}
		return watch.Put(u, c, object, purpose, lead, deputy, []watch.Watched{{Key: "objection", Reference: "M-2026-0417",
			Question: deadlines.Question{ID: "AWB-6.7", Start: deadlines.OnDay(on(published))}}})
	})
}

func (h *house) run(kind string) {
	h.t.Helper()
	for _, k := range h.room.Jobs {
		if k.Name == kind {
			if err := k.Work(context.Background(), jobs.Job{Payload: []byte(`{"why":"decree"}`)}); err != nil {
				h.t.Fatal(err)
			}
			return
		}
	}
	h.t.Fatalf("there is no job %s", kind)
}

func (h *house) get(account, path string) (int, string) { return h.send(account, "GET", path, nil) }

func (h *house) send(account, method, path string, form url.Values) (int, string) {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if account != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: account})
	}
	if method == "POST" {
		_, page := h.get(account, "/termijnen/abonnement")
		_, rest, _ := strings.Cut(page, `name="_csrf" value="`)
		token, _, _ := strings.Cut(rest, `"`)
		form.Set("_csrf", token)
		r = httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: account})
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// said is the text of a page's main part.
func (h *house) said(account, path string) string {
	h.t.Helper()
	code, body := h.get(account, path)
	if code != 200 {
		h.t.Fatalf("%s for %s: %d", path, account, code)
	}
	return strings.Join(strings.Fields(webtest.Parse(h.t.(*testing.T), body).One(h.t.(*testing.T), "main").Text()), " ")
}

var measure = ref.Ref{Kind: "measure", ID: "m1"}
