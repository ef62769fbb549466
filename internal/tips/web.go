package tips

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/plug"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

const (
	base      = "/tips"
	overseen  = "/toezicht/meld-misdaad"
	mostFiles = 6
	// mostUpload is what one form takes. It stays in memory: no file of a tip touches the
	// disk before it is sealed.
	mostUpload = web.InMemory
)

// Plug is what the room hands to app.
func (m *Room) Plug() plug.Room {
	return plug.Room{Routes: m.routes(), Jobs: m.jobs(), Tiles: []plug.Tile{{Act: ListAct, Order: 5, Show: m.tile}},
		Nav: []web.NavGroup{
			{Text: "tips.nav-group", Items: []web.NavItem{{Path: base, Text: "tips.nav", Icon: "message-report", Act: ListAct}}},
			{Text: "admin.nav", Items: []web.NavItem{{Path: overseen, Text: "tips.oversee-nav", Icon: "eye-check", Act: OverseeAct}}},
		}}
}

func (m *Room) routes() []web.Route {
	staff := func(pattern, act string, h web.Handler) web.Route {
		a, _ := m.Office.Book.Act(act)
		return web.Route{Pattern: pattern, Who: web.Staff, Act: act, StepUp: a.StepUp, Handler: h}
	}
	out := []web.Route{
		staff("GET "+base, ListAct, m.list),
		staff("GET "+base+"/nieuw", "tip.receive", m.intake),
		staff("GET "+base+"/cijfers", FiguresAct, m.figures),
		staff("POST "+base+"/cijfers/uitvoer", ExportAct, m.export),
		staff("GET "+base+"/terugkoppeling", FiguresAct, m.year),
		staff("POST "+base+"/terugkoppeling", YearAct, m.sent),
		staff("GET "+base+"/zoeken", SearchAct, m.askSearch),
		staff("POST "+base+"/zoeken", SearchAct, m.search),
		staff("GET "+base+"/{id}", ReadAct, m.show),
		staff("GET "+base+"/{id}/origineel", OriginalAct, m.original),
		staff("GET "+base+"/{id}/bestand/{file}", ReadAct, m.file(ReadAct)),
		staff("GET "+base+"/{id}/origineel/{file}", OriginalAct, m.file(OriginalAct)),
		staff("GET "+base+"/{id}/doorsturen/{n}", TakeAct, m.take),
		staff("GET "+base+"/{id}/vernietigen", DestroyAct, m.askDestroy),
		staff("POST "+base+"/{id}/vernietigen", DestroyAct, m.destroy),
		staff("GET "+overseen, OverseeAct, m.oversee),
		staff("GET "+overseen+"/{id}", OverseeAct, m.overseeOne),
		{Pattern: "GET /meld-misdaad", Who: web.Public, Handler: m.public},
	}
	receiving := staff("POST "+base+"/nieuw", "tip.receive", m.receive)
	receiving.Upload = mostUpload
	out = append(out, receiving)
	for _, v := range m.Office.Kind.Verbs {
		path := base + "/{id}/" + verb(v.Name)
		switch v.Name {
		case "tip.receive":
			continue
		case "tip.check", "tip.release":
			// The page shows the original, so it is opened by that right and with the second
			// factor; the form that comes back is then not stopped half way.
			out = append(out, staff("GET "+path, OriginalAct, m.desk(v.Name)))
		default:
			out = append(out, staff("GET "+path, v.Name, m.ask(v.Name)))
		}
		r := staff("POST "+path, v.Name, m.do(v.Name))
		if v.Name == "tip.add" {
			r.Upload = mostUpload
		}
		out = append(out, r)
	}
	return out
}

func (m *Room) frame(w http.ResponseWriter, r *http.Request) frame {
	now := web.Now(r)
	return frame{p: web.Printer(r), now: now, today: deadlines.DayOf(now), csrf: web.CSRF(w, r)}
}

func (m *Room) list(w http.ResponseWriter, r *http.Request) error {
	x, err := m.inbox(w, r)
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: x.p.T("tips.nav"), Body: inboxPage(x)})
}

func (m *Room) inbox(w http.ResponseWriter, r *http.Request) (inbox, error) {
	x := inbox{frame: m.frame(w, r)}
	var err error
	if x.rows, err = m.Inbox(r.Context(), web.Actor(r)); err != nil {
		return x, err
	}
	x.yearDue, err = m.YearDue(r.Context(), web.Actor(r))
	return x, err
}

// tile is what the coordinator sees of the inbox on Vandaag: how many wait, for what.
func (m *Room) tile(r *http.Request) (templ.Component, error) {
	now := web.Now(r)
	x := inbox{frame: frame{p: web.Printer(r), now: now, today: deadlines.DayOf(now)}}
	var err error
	if x.rows, err = m.Inbox(r.Context(), web.Actor(r)); err != nil {
		return nil, err
	}
	return tilePart(x), nil
}

// show asks why the tip is opened, and then shows it.
func (m *Room) show(w http.ResponseWriter, r *http.Request) error {
	x := page{frame: m.frame(w, r), why: r.URL.Query().Get("reden")}
	if x.why == "" {
		return m.gate(w, r, x.frame, "")
	}
	var err error
	if x, err = m.opened(r, x); err != nil {
		if f := fault.Of(err); f != nil && f.Code == "tips.why" {
			return m.gate(w, r, x.frame, x.p.T("tips.why"))
		}
		return err
	}
	return web.Render(w, r, web.Page{Title: x.row.Number, Body: tipPage(x)})
}

// opened reads a tip for a reason with all that its page needs.
func (m *Room) opened(r *http.Request, x page) (page, error) {
	f, err := m.Read(r.Context(), web.Actor(r), r.PathValue("id"), x.why)
	if err != nil {
		return x, err
	}
	x.head, x.tip, x.entries = f.Head, f.Record, f.Entries
	if x.row, x.names, err = m.beside(r, f.Head.ID); err != nil {
		return x, err
	}
	may := func(act string) bool { return m.Office.Book.May(web.Actor(r), act) }
	options := m.Office.Kind.Options(f.Record, f.At)
	options = options[1:] // not the act that opens a tip
	x.calls, x.blocked = measures.Options(x.p, options, x.base(), may)
	step, _ := f.Record.next(f.At.Calendar)
	for _, c := range x.calls {
		if c.Name == nextAct[step] {
			x.next = &c
		}
	}
	return x, nil
}

// beside reads the row of a tip and the names of colleagues.
func (m *Room) beside(r *http.Request, id string) (x Row, names map[string]string, err error) {
	err = m.Office.Keep.See(r.Context(), web.Actor(r), Purpose, func(u *work.Unit) error {
		var ok bool
		if x, ok, err = row(u, id); err == nil && !ok {
			err = fault.New(fault.NotFound, "access.not-found")
		}
		if err == nil {
			names, err = m.Names(u)
		}
		return err
	})
	return x, names, err
}

// gate is the page before a tip: its number and its warning, and why it is opened.
// What is listed already is all that it shows.
func (m *Room) gate(w http.ResponseWriter, r *http.Request, f frame, problem string) error {
	x, err := m.listed(r)
	if err != nil {
		return err
	}
	page := web.Page{Title: x.Number, Body: gatePage(f, x, problem)}
	if problem != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// listed is the row of a tip that is there, for who may see the list.
func (m *Room) listed(r *http.Request) (x Row, err error) {
	err = m.Office.Keep.See(r.Context(), web.Actor(r), Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.Require(u, ListAct, kind()); err != nil {
			return err
		}
		var ok bool
		if x, ok, err = row(u, r.PathValue("id")); err == nil && (!ok || x.Destroyed != deadlines.NoDay) {
			err = fault.New(fault.NotFound, "access.not-found")
		}
		return err
	})
	return x, err
}

// original shows what M. sent.
func (m *Room) original(w http.ResponseWriter, r *http.Request) error {
	f := m.frame(w, r)
	o, err := m.Original(r.Context(), web.Actor(r), r.PathValue("id"), "decide")
	if err != nil {
		return err
	}
	x, _, err := m.beside(r, o.Head.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: x.Number, Body: originalPage(f, o.Record, x)})
}

// file sends a file of a tip under a neutral name.
func (m *Room) file(act string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		why := r.URL.Query().Get("reden")
		switch {
		case act == OriginalAct:
			why = "decide"
		case !slices.Contains(Reasons, why):
			why = "assess"
		}
		f, body, err := m.File(r.Context(), web.Actor(r), r.PathValue("id"), r.PathValue("file"), act, why)
		if err != nil {
			return err
		}
		return web.Download(w, f.Name, f.Media, body)
	}
}

// take sends the encrypted copy of a tip for the receiver of a disclosure.
func (m *Room) take(w http.ResponseWriter, r *http.Request) error {
	n, _ := strconv.Atoi(r.PathValue("n"))
	body, err := m.Copy(r.Context(), web.Actor(r), r.PathValue("id"), n)
	if err != nil {
		return err
	}
	return web.Download(w, "bericht.age", "application/octet-stream", body)
}

// reasons are why the page of an act opens the tip.
var reasons = map[string]string{"assess": "assess", "confirm": "assess", "add": "assess", "warn": "assess", "return": "assess", "lookup": "verify", "find": "verify", "use": "verify",
	"forward": "forward", "feedback": "feedback", "request": "rights", "answer": "rights", "extend": "end", "close": "end", "reopen": "end"}

// ask shows the form of an act beside the tip, or what stands in its way.
func (m *Room) ask(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return m.form(w, r, name, nil) }
}

func (m *Room) form(w http.ResponseWriter, r *http.Request, name string, filled *form.Form) error {
	x := page{frame: m.frame(w, r), why: reasons[verb(name)]}
	f, err := m.Read(r.Context(), web.Actor(r), r.PathValue("id"), x.why)
	if err != nil {
		return err
	}
	x.head, x.tip = f.Head, f.Record
	if x.row, x.names, err = m.beside(r, f.Head.ID); err != nil {
		return err
	}
	v, _ := m.Office.Kind.Verb(name)
	words := measures.Words{P: x.p, Kind: "tips"}
	if filled == nil {
		filled = form.Empty(map[string]string{})
	}
	a := measures.ActForm{P: x.p, Crumbs: crumbs(x.p, f.Head.ID, x.row.Number), Title: x.p.T("act." + name), Intro: x.p.T("tips.intro." + verb(name)), Filled: ui.Filled{P: x.p, Form: filled},
		Asks: words.Asks(name, v.New(), x.options), CSRF: x.csrf, Action: r.URL.Path, Back: x.base() + "?reden=" + x.why, Seen: f.Head.Version}
	if err := v.Allowed(f.Record, f.At); err != nil {
		a.Block = refusal(x.p, err)
	}
	return answerForm(w, r, x.p, a.Title, filled, actPage(x, a, name == "tip.add"))
}

// options are those that only the tip and the policy know.
func (x page) options(f ask.Field) (out []ui.Option) {
	switch f.Kind {
	case "receiver":
		for _, r := range x.tip.Policies.On(x.today).Receivers {
			out = append(out, ui.Option{Value: r.Code, Label: r.Name})
		}
	case "finding":
		for i, g := range x.tip.Findings {
			out = append(out, ui.Option{Value: itoa(i + 1), Label: x.p.T("tips.option."+g.Kind) + ", " + x.date(g.On) + ", " + g.Reference})
		}
	}
	return out
}

func answerForm(w http.ResponseWriter, r *http.Request, p *text.Printer, title string, filled *form.Form, body templ.Component) error {
	page := web.Page{Title: title, Body: body}
	if filled.Err() != nil {
		page.Title, page.Status = p.T("ui.error-title", "title", title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// do performs an act from its form.
func (m *Room) do(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, _ := m.Office.Kind.Verb(name)
		in := v.New()
		with, problem := m.uploads(r)
		neutral(r)
		filled := form.Read(r)
		filled.Into(in)
		again := func() error {
			if name == "tip.check" || name == "tip.release" {
				return m.work(w, r, name, filled)
			}
			return m.form(w, r, name, filled)
		}
		if problem != nil && !filled.Absorb(problem) {
			return problem
		}
		if filled.Typed("voorbeeld") != "" {
			filled = filled.Quiet()
			return again()
		}
		if filled.Err() != nil {
			return again()
		}
		if a, ok := in.(*Add); ok {
			a.Files, a.Kept, a.Removed = ids(with.files), ids(with.kept), with.removed
		}
		id := r.PathValue("id")
		seen, _ := strconv.ParseInt(filled.Typed("versie"), 10, 64)
		if err := m.Perform(r.Context(), web.Actor(r), id, seen, name, in, with.all()...); err != nil {
			if filled.Absorb(measures.ActsInWords(web.Printer(r).T, err)) {
				return again()
			}
			return err
		}
		web.Notice(w, r, "measures.recorded-now")
		return web.SeeOther(w, r, after(name, id))
	}
}

// after is where an act leads: the tip for the same reason, or the inbox when the next
// step is another's.
func after(name, id string) string {
	switch name {
	case "tip.check", "tip.return", "tip.add", "tip.close":
		return base
	case "tip.release":
		return base + "/" + id + "?reden=assess"
	}
	return base + "/" + id + "?reden=" + reasons[verb(name)]
}

// desk is the page of the check and of the release, with the original at hand.
func (m *Room) desk(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return m.work(w, r, name, nil) }
}

func (m *Room) work(w http.ResponseWriter, r *http.Request, name string, filled *form.Form) error {
	x := desk{frame: m.frame(w, r), act: name}
	// A form that comes back later than the proof keeps what was typed, and shows no
	// original: that is opened again with the second factor.
	open := m.Original
	if x.closed = !web.Proven(r); x.closed {
		open = func(ctx context.Context, who work.Actor, id, why string) (dossier.Opened[Tip], error) {
			f, err := m.Office.LoadFor(ctx, who, id, name, why)
			f.Record = f.Record.sealed()
			return f, err
		}
	}
	f, err := open(r.Context(), web.Actor(r), r.PathValue("id"), verb(name))
	if err != nil {
		return err
	}
	row, names, err := m.beside(r, f.Head.ID)
	if err != nil {
		return err
	}
	x.id, x.number = f.Head.ID, row.Number
	v, _ := m.Office.Kind.Verb(name)
	i := f.Record.unchecked()
	if name == "tip.release" {
		i = f.Record.unreleased()
	}
	if i >= 0 {
		x.part, x.n = f.Record.Parts[i], i+1
		x.checker = nameOf(x.p, names, x.part.CheckedBy)
	}
	if filled == nil {
		filled = form.Empty(map[string]string{"Marked": x.part.Original})
		if x.part.Returned != "" {
			filled = form.Empty(form.Typing(&x.part.Checks))
		}
	}
	x.seen = Redacted(filled.Typed("Marked"))
	words := measures.Words{P: x.p, Kind: "tips"}
	x.form = measures.ActForm{P: x.p, Crumbs: crumbs(x.p, f.Head.ID, row.Number), Title: x.p.T("act." + name), Intro: x.p.T("tips.intro." + verb(name)),
		Filled: ui.Filled{P: x.p, Form: filled}, Asks: words.Asks(name, v.New(), nil), CSRF: x.csrf, Action: r.URL.Path, Back: base, Seen: f.Head.Version}
	if err := v.Allowed(f.Record, f.At); err != nil {
		x.form.Block = refusal(x.p, err)
	}
	return answerForm(w, r, x.p, x.form.Title, filled, deskPage(x))
}

// askDestroy asks why a tip is destroyed before its term.
func (m *Room) askDestroy(w http.ResponseWriter, r *http.Request) error {
	return m.destroying(w, r, form.Empty(nil))
}

func (m *Room) destroying(w http.ResponseWriter, r *http.Request, filled *form.Form) error {
	f := m.frame(w, r)
	x, err := m.listed(r)
	if err != nil {
		return err
	}
	return answerForm(w, r, f.p, f.p.T("act."+DestroyAct), filled, destroyPage(f, x, ui.Filled{P: f.p, Form: filled}))
}

func (m *Room) destroy(w http.ResponseWriter, r *http.Request) error {
	filled := form.Read(r)
	if err := m.Destroy(r.Context(), web.Actor(r), r.PathValue("id"), filled.Typed("why")); err != nil {
		if filled.Absorb(err) {
			return m.destroying(w, r, filled)
		}
		return err
	}
	web.Notice(w, r, "tips.destroyed-now")
	return web.SeeOther(w, r, base)
}

// askSearch asks whose name to look for. The name never stands in an address.
func (m *Room) askSearch(w http.ResponseWriter, r *http.Request) error {
	return m.searching(w, r, form.Empty(nil), nil, false)
}

func (m *Room) searching(w http.ResponseWriter, r *http.Request, filled *form.Form, found []Row, done bool) error {
	f := m.frame(w, r)
	return answerForm(w, r, f.p, f.p.T("act."+SearchAct), filled, searchPage(f, ui.Filled{P: f.p, Form: filled}, found, done))
}

func (m *Room) search(w http.ResponseWriter, r *http.Request) error {
	filled := form.Read(r)
	name := filled.Text("name", ask.MostLine)
	if filled.Err() != nil {
		return m.searching(w, r, filled, nil, false)
	}
	found, err := m.Search(r.Context(), web.Actor(r), name)
	if err != nil {
		if filled.Absorb(err) {
			return m.searching(w, r, filled, nil, false)
		}
		return err
	}
	return m.searching(w, r, filled, found, true)
}

func (m *Room) oversee(w http.ResponseWriter, r *http.Request) error {
	f := m.frame(w, r)
	rows, names, err := m.Oversee(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: f.p.T("tips.oversee-nav"), Body: overseePage(f, rows, names)})
}

func (m *Room) overseeOne(w http.ResponseWriter, r *http.Request) error {
	a := account{frame: m.frame(w, r)}
	var err error
	if a.Account, err = m.OverseeOne(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: a.Row.Number, Body: accountPage(a)})
}

// public tells residents where to go. There is no form: a municipality must not open
// an anonymous accusation box (product.md 1.4).
func (m *Room) public(w http.ResponseWriter, r *http.Request) error {
	p := web.Printer(r)
	return web.Render(w, r, web.Page{Title: p.T("tips.public"), Plain: web.Actor(r).Account == "", Body: publicPage(p, m.Town)})
}

func newOnce(typed string) string {
	if ref.ValidID(typed) {
		return typed
	}
	return ref.NewID()
}

func ids(files []dossier.Attachment) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.ID)
	}
	return out
}
