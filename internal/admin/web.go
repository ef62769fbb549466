package admin

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"baken/internal/kernel/access"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/work"
	"baken/internal/plug"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

type pages struct{ *Acts }

// New builds the room.
func New(a *Acts) plug.Room {
	p := pages{a}
	return plug.Room{
		Nav: []web.NavGroup{{Text: "admin.nav", Items: []web.NavItem{
			{Path: "/beheer/mensen", Text: "admin.people", Icon: "users-group", Act: "accounts.list"},
			{Path: "/beheer/rechten", Text: "admin.matrix", Icon: "shield-lock", Act: "rights.matrix"},
			{Path: "/beheer/inzage", Text: "admin.log", Icon: "eye-check", Act: "audit.read"},
			{Path: "/beheer/werk", Text: "admin.jobs", Icon: "settings", Act: "jobs.list"},
		}}},
		Tiles: []plug.Tile{
			{Act: "accounts.list", Order: 50, Show: p.peopleTile},
			{Act: "audit.read", Order: 40, Show: p.logTile},
		},
		Routes: []web.Route{
			{Pattern: "GET /beheer/mensen", Who: web.Staff, Act: "accounts.list", Handler: p.people},
			{Pattern: "GET /beheer/mensen/nieuw", Who: web.Staff, Act: "accounts.invite", StepUp: true, Handler: p.inviteForm},
			{Pattern: "POST /beheer/mensen/nieuw", Who: web.Staff, Act: "accounts.invite", StepUp: true, Handler: p.invite},
			{Pattern: "GET /beheer/mensen/{id}", Who: web.Staff, Act: "accounts.show", Handler: p.person},
			{Pattern: "POST /beheer/mensen/{id}/code", Who: web.Staff, Act: "accounts.renew", StepUp: true, Handler: p.renew},
			{Pattern: "POST /beheer/mensen/{id}/uit", Who: web.Staff, Act: "accounts.disable", StepUp: true, Handler: p.disable},
			{Pattern: "POST /beheer/mensen/{id}/rollen", Who: web.Staff, Act: "rights.propose", StepUp: true, Handler: p.propose},
			{Pattern: "POST /beheer/rollen/{id}/goedkeuren", Who: web.Staff, Act: "rights.approve", StepUp: true, Handler: p.decide("rights.approve")},
			{Pattern: "POST /beheer/rollen/{id}/beeindigen", Who: web.Staff, Act: "rights.end", StepUp: true, Handler: p.decide("rights.end")},
			{Pattern: "POST /beheer/rollen/{id}/beoordelen", Who: web.Staff, Act: "rights.review", StepUp: true, Handler: p.decide("rights.review")},
			{Pattern: "GET /beheer/rechten", Who: web.Staff, Act: "rights.matrix", Handler: p.matrix},
			{Pattern: "GET /beheer/inzage", Who: web.Staff, Act: "audit.read", Handler: p.entries},
			{Pattern: "POST /beheer/inzage/controle", Who: web.Staff, Act: "audit.verify", Handler: p.verify},
			{Pattern: "POST /beheer/inzage/uitvoer", Who: web.Staff, Act: "audit.export", StepUp: true, Handler: p.export},
			{Pattern: "GET /beheer/werk", Who: web.Staff, Act: "jobs.list", Handler: p.jobs},
			{Pattern: "POST /beheer/werk/{id}/opnieuw", Who: web.Staff, Act: "jobs.retry", Handler: p.retry},
		},
	}
}

func render(w http.ResponseWriter, r *http.Request, title string, body templ.Component) error {
	return web.Render(w, r, web.Page{Title: web.Printer(r).T(title), Body: body})
}

func (p pages) people(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Acts.People(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return render(w, r, "admin.people", peoplePage(web.Printer(r), all, p.Book.May(web.Actor(r), "accounts.invite"), web.Now(r)))
}

func (p pages) peopleTile(r *http.Request) (templ.Component, error) {
	all, err := p.Acts.People(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	var waiting []grantOf
	for _, x := range all {
		for _, g := range x.Grants {
			if g.ApprovedAt.IsZero() {
				waiting = append(waiting, grantOf{x, g})
			}
		}
	}
	return peopleTile(web.Printer(r), waiting, len(all)), nil
}

// grantOf is a role with whose it is.
type grantOf struct {
	Person
	Grant access.RoleGrant
}

func (p pages) inviteForm(w http.ResponseWriter, r *http.Request) error {
	return p.inviteAgain(w, r, form.Empty(map[string]string{"lang": "nl"}))
}

func (p pages) inviteAgain(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	t := web.Printer(r)
	page := web.Page{Title: t.T("admin.invite"), Body: invitePage(ui.Filled{P: t, Form: f}, web.CSRF(w, r))}
	if f.Err() != nil {
		page.Title, page.Status = t.T("ui.error-title", "title", page.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

func (p pages) invite(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	in := Invitation{Login: f.Text("login", 254), Name: f.Text("name", 100), Lang: text.Lang(f.Choice("lang", "nl", "en"))}
	if f.Err() != nil {
		return p.inviteAgain(w, r, f)
	}
	a, code, err := p.Acts.Invite(r.Context(), web.Actor(r), in)
	if err != nil {
		if f.Absorb(err) {
			return p.inviteAgain(w, r, f)
		}
		return err
	}
	return render(w, r, "admin.code", codePage(web.Printer(r), a.ID, a.Name, code))
}

func (p pages) person(w http.ResponseWriter, r *http.Request) error {
	return p.personAgain(w, r, form.Empty(nil))
}

func (p pages) personAgain(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	x, err := p.Acts.Person(r.Context(), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	t := web.Printer(r)
	page := web.Page{Title: t.T("admin.person"), Body: personPage(ui.Filled{P: t, Form: f}, p.view(r, x), web.CSRF(w, r), web.Now(r))}
	if f.Err() != nil {
		page.Title, page.Status = t.T("ui.error-title", "title", page.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// view is a person with what the reader may do about them.
type view struct {
	Person
	MayChange, MayPropose, MayDecide bool
	Me                               string
}

func (p pages) view(r *http.Request, x Person) view {
	who := web.Actor(r)
	return view{x, p.Book.May(who, "accounts.renew"), p.Book.May(who, "rights.propose"), p.Book.May(who, "rights.approve"), who.Account}
}

func (p pages) renew(w http.ResponseWriter, r *http.Request) error {
	code, err := p.Acts.Renew(r.Context(), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	x, err := p.Acts.Person(r.Context(), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return render(w, r, "admin.code", codePage(web.Printer(r), x.ID, x.Name, code))
}

func (p pages) disable(w http.ResponseWriter, r *http.Request) error {
	if err := p.Acts.Disable(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, "admin.disabled")
	return web.SeeOther(w, r, "/beheer/mensen/"+r.PathValue("id"))
}

func (p pages) propose(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	role, until := f.Choice("role", access.Roles...), f.OptionalDate("until")
	if f.Err() != nil {
		return p.personAgain(w, r, f)
	}
	if !until.IsZero() {
		until = until.AddDate(0, 0, 1) // up to and including that day
	}
	g, err := p.Acts.Propose(r.Context(), web.Actor(r), r.PathValue("id"), role, until)
	if err != nil {
		if f.Absorb(err) {
			return p.personAgain(w, r, f)
		}
		return err
	}
	notice := "admin.role-given"
	if g.ApprovedAt.IsZero() {
		notice = "admin.role-proposed"
	}
	web.Notice(w, r, notice)
	return web.SeeOther(w, r, "/beheer/mensen/"+r.PathValue("id"))
}

// decide is one handler for the three acts on a granted role.
func (p pages) decide(act string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		fn := map[string]func() error{
			"rights.approve": func() error { return p.Acts.Approve(r.Context(), web.Actor(r), r.PathValue("id")) },
			"rights.end":     func() error { return p.Acts.End(r.Context(), web.Actor(r), r.PathValue("id")) },
			"rights.review":  func() error { return p.Acts.Review(r.Context(), web.Actor(r), r.PathValue("id")) },
		}[act]
		if err := fn(); err != nil {
			return err
		}
		web.Notice(w, r, "admin.done."+act)
		return web.SeeOther(w, r, r.PostForm.Get("naar"))
	}
}

func (p pages) matrix(w http.ResponseWriter, r *http.Request) error {
	return render(w, r, "admin.matrix", matrixPage(web.Printer(r), p.Book))
}

const entriesPerPage = 50

func (p pages) entries(w http.ResponseWriter, r *http.Request) error {
	q := audit.Query{Limit: entriesPerPage, Result: work.Result(r.URL.Query().Get("uitkomst"))}
	// A place that is no number is the newest page.
	q.Before, _ = strconv.ParseInt(r.URL.Query().Get("voor"), 10, 64)
	q.Actor = r.URL.Query().Get("wie")
	lines, names, err := p.Acts.Entries(r.Context(), web.Actor(r), q)
	if err != nil {
		return err
	}
	return render(w, r, "admin.log", logPage(web.Printer(r), lines, names, q, web.CSRF(w, r), web.Now(r)))
}

func (p pages) logTile(r *http.Request) (templ.Component, error) {
	since := web.Now(r).Add(-24 * time.Hour)
	refused, _, err := p.Acts.Entries(r.Context(), web.Actor(r), audit.Query{Result: work.Refused, Since: since, Limit: 500})
	if err != nil {
		return nil, err
	}
	return logTile(web.Printer(r), len(refused)), nil
}

func (p pages) verify(w http.ResponseWriter, r *http.Request) error {
	report, err := p.Acts.Verify(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return render(w, r, "admin.verify", verifyPage(web.Printer(r), report))
}

func (p pages) export(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="auditlog.txt"`)
	return p.Acts.Export(r.Context(), web.Actor(r), w)
}

func (p pages) jobs(w http.ResponseWriter, r *http.Request) error {
	rows, err := p.Acts.Jobs(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return render(w, r, "admin.jobs", jobsPage(web.Printer(r), rows, web.CSRF(w, r), web.Now(r)))
}

func (p pages) retry(w http.ResponseWriter, r *http.Request) error {
	if err := p.Acts.Retry(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, "admin.retried")
	return web.SeeOther(w, r, "/beheer/werk")
}
