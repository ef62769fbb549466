package dwangsom

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

const base = "/maatregelen/dwangsom"

// mostUpload holds six photographs of the largest size.
const mostUpload = 6*dossier.MaxFile + 1<<20

// routes are the pages: the list, a file, and the form of each act.
func (m *Room) routes() []web.Route {
	out := []web.Route{
		{Pattern: "GET /maatregelen", Who: web.Staff, Act: "dwangsom.list", Handler: m.list},
		{Pattern: "GET " + base + "/{id}", Who: web.Staff, Act: ReadAct, Handler: m.show},
		{Pattern: "GET " + base + "/{id}/bestand/{file}", Who: web.Staff, Act: ReadAct, Handler: m.file},
		{Pattern: "GET " + base + "/{id}/brief/{brief}", Who: web.Staff, Act: ReadAct, Handler: m.sendLetter},
		{Pattern: "GET " + base + "/{id}/dossier.zip", Who: web.Staff, Act: ReadAct, Handler: m.bundle},
		{Pattern: "GET " + base + "/{id}/corrigeren/{versie}", Who: web.Staff, Act: CorrectAct, Handler: m.askCorrection},
		{Pattern: "POST " + base + "/{id}/corrigeren/{versie}", Who: web.Staff, Act: CorrectAct, Handler: m.correct},
	}
	for _, v := range m.Office.Kind.Verbs {
		path, upload := base+"/{id}/"+measures.Verb(v.Name), int64(0)
		if v.Name == "dwangsom.report" {
			path = base + "/nieuw"
		}
		if hasFiles(v.New()) {
			upload = mostUpload
		}
		a, _ := m.Office.Book.Act(v.Name)
		out = append(out, web.Route{Pattern: "GET " + path, Who: web.Staff, Act: v.Name, StepUp: a.StepUp, Handler: m.ask(v.Name)},
			web.Route{Pattern: "POST " + path, Who: web.Staff, Act: v.Name, StepUp: a.StepUp, Upload: upload, Handler: m.do(v.Name)})
	}
	return out
}

func hasFiles(in any) bool {
	return slices.ContainsFunc(ask.Fields(in), func(f ask.Field) bool { return f.Kind == ask.Files })
}

// beside is what a page needs besides the file: its number and who works here.
type beside struct {
	row     measures.Row
	people  []Colleague
	earlier int
}

func (b beside) name(account string) string {
	for _, c := range b.people {
		if c.ID == account {
			return c.Name
		}
	}
	return account
}

func (m *Room) beside(r *http.Request, f dossier.Opened[Dwangsom]) (b beside, err error) {
	err = m.Office.Keep.See(r.Context(), web.Actor(r), Purpose, func(u *work.Unit) error {
		if b.people, err = m.Colleagues(u); err != nil || f.Head.ID == "" {
			return err
		}
		if b.row, _, err = m.Register.Find(u, f.Head.ID); err != nil {
			return err
		}
		p := f.Record.Policy(f.At.Today)
		since := f.At.Today.AddYears(-p.LookBack)
		b.earlier, err = m.Register.Earlier(u, Name, f.Head.ID, f.Record.Breach, f.Record.Place, f.Record.Offender, since)
		return err
	})
	return b, err
}

func (m *Room) list(w http.ResponseWriter, r *http.Request) error {
	closed := r.URL.Query().Get("gesloten") == "1"
	var rows []measures.Row
	var b beside
	err := m.Office.Keep.See(r.Context(), web.Actor(r), Purpose, func(u *work.Unit) (err error) {
		if _, err = m.Office.Book.Require(u, "dwangsom.list", ref.Ref{Kind: "measures"}); err != nil {
			return err
		}
		if rows, err = m.Register.List(u, m.Office.Book, Name, ReadAct, closed); err != nil {
			return err
		}
		b.people, err = m.Colleagues(u)
		return err
	})
	if err != nil {
		return err
	}
	p := web.Printer(r)
	return web.Render(w, r, web.Page{Title: p.T("measures.nav"), Body: listPage(listView{p: p, now: web.Now(r), rows: rows, beside: b, closed: closed,
		may: m.Office.Book.May(web.Actor(r), "dwangsom.report"), breach: m.breachName})})
}

func (m *Room) breachName(code string) string {
	for i := len(m.Policies) - 1; i >= 0; i-- {
		if b, ok := m.Policies[i].Breach(code); ok {
			return b.Name
		}
	}
	return ""
}

// asOf loads a file, now or as it stood at the end of the day in ?op=; said is the
// sentence that tells so.
func (m *Room) asOf(r *http.Request) (f dossier.Opened[Dwangsom], said string, err error) {
	if f, err = m.Office.Load(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
		return f, "", err
	}
	s := strings.TrimSpace(r.URL.Query().Get("op"))
	if s == "" {
		return f, "", nil
	}
	day, problem := form.ParseDate(s)
	if problem != "" {
		return f, "", fault.New(fault.Invalid, problem, "value", s)
	}
	p, end := web.Printer(r), (deadlines.DayOf(day) + 1).Midnight().Add(-time.Microsecond)
	f.Entries = dossier.Until(f.Entries, end)
	if len(f.Entries) == 0 {
		return f, "", fault.New(fault.NotFound, "measures.not-yet", "day", p.Date(day))
	}
	if f.Record, err = m.Office.Kind.Fold(f.Head, f.Entries); err != nil {
		return f, "", err
	}
	if end.Before(f.At.Now) {
		f.At.Today, f.At.Now = deadlines.DayOf(day), end
	}
	return f, p.T("measures.as-of", "day", p.Date(day)), nil
}

// show is the page of a file, now or as it stood.
func (m *Room) show(w http.ResponseWriter, r *http.Request) error {
	f, said, err := m.asOf(r)
	if err != nil {
		return err
	}
	b, err := m.beside(r, f)
	if err != nil {
		return err
	}
	c := m.view(web.Printer(r), f, b, func(act string) bool { return m.Office.Book.May(web.Actor(r), act) })
	if said != "" {
		c.AsOf = said
		c.Bundle += "?op=" + url.QueryEscape(r.URL.Query().Get("op"))
	}
	return web.Render(w, r, web.Page{Title: c.Title, Body: measures.CasePage(c)})
}

// sendLetter makes a letter as pdf or as an editable document.
func (m *Room) sendLetter(w http.ResponseWriter, r *http.Request) error {
	f, _, err := m.asOf(r)
	if err != nil {
		return err
	}
	b, err := m.beside(r, f)
	if err != nil {
		return err
	}
	body, media, err := m.made(r.PathValue("brief"), f.Record, b.row.Number, b.name(f.Record.SignedBy), f.At.Today)
	if err != nil {
		return err
	}
	return download(w, b.row.Number+"-"+r.PathValue("brief"), media, body)
}

// bundle is the whole file, now or as it stood, numbered, with an index and hashes.
func (m *Room) bundle(w http.ResponseWriter, r *http.Request) error {
	f, said, err := m.asOf(r)
	if err != nil {
		return err
	}
	b, err := m.beside(r, f)
	if err != nil {
		return err
	}
	p := web.Printer(r)
	items, err := m.items(p, f, b)
	if err != nil {
		return err
	}
	files, err := m.attachments(r, p, f)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	title := p.T("dwangsom.title", "place", f.Record.Place) + ", " + b.row.Number
	if said != "" {
		title += ". " + said
	}
	if err := documents.Bundle(&out, title, f.At.Now, append(items, files...), p); err != nil {
		return err
	}
	return download(w, b.row.Number+"-"+f.At.Today.String()+".zip", "application/zip", out.Bytes())
}

// attachments are the photographs and other files that the entries name.
func (m *Room) attachments(r *http.Request, p *text.Printer, f dossier.Opened[Dwangsom]) ([]documents.Item, error) {
	var out []documents.Item
	for _, d := range filesOf(p, f, f.At.Now) {
		id := d.Href[strings.LastIndex(d.Href, "/")+1:]
		file, body, err := m.Office.Photo(r.Context(), web.Actor(r), f.Head.ID, id)
		if err != nil {
			return nil, err
		}
		out = append(out, documents.Item{Date: d.On, What: d.Label, Name: file.Name, Body: body})
	}
	return out, nil
}

func download(w http.ResponseWriter, name, media string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Cache-Control", "no-store")
	_, err := w.Write(body)
	return err
}

// file serves a photograph or a letter of the dossier, never as a page of this site.
func (m *Room) file(w http.ResponseWriter, r *http.Request) error {
	f, body, err := m.Office.Photo(r.Context(), web.Actor(r), r.PathValue("id"), r.PathValue("file"))
	if err != nil {
		return err
	}
	return download(w, f.Name, f.Media, body)
}

// ask shows the form of an act, or what stands in its way.
func (m *Room) ask(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return m.form(w, r, name, nil) }
}

// current is the file that a form is about; empty for the form that opens one.
func (m *Room) current(r *http.Request) (dossier.Opened[Dwangsom], error) {
	if id := r.PathValue("id"); id != "" {
		return m.Office.Load(r.Context(), web.Actor(r), id)
	}
	var f dossier.Opened[Dwangsom]
	f.Record = m.Office.Kind.New(dossier.Head{Kind: Name, Purpose: Purpose})
	err := m.Office.Keep.See(r.Context(), web.Actor(r), Purpose, func(u *work.Unit) (err error) {
		f.At, err = m.Office.Moment(u)
		return err
	})
	return f, err
}

func (m *Room) form(w http.ResponseWriter, r *http.Request, name string, filled *form.Form) error {
	f, err := m.current(r)
	if err != nil {
		return err
	}
	b, err := m.beside(r, f)
	if err != nil {
		return err
	}
	p := web.Printer(r)
	v, _ := m.Office.Kind.Verb(name)
	if filled == nil {
		filled = form.Empty(m.propose(name, f, b))
	}
	a := m.actForm(p, f, b, name, v.New(), filled)
	a.CSRF, a.Action = web.CSRF(w, r), r.URL.Path
	if err := v.Allowed(f.Record, f.At); err != nil {
		a.Block = measures.Refusal(p, err)
	}
	a.Seen = f.Head.Version
	// After a conflict the page shows what others did, so sending again is a decision on
	// the version of this page.
	if f.Head.ID == "" {
		a.Once = filled.Typed("once")
		if !ref.ValidID(a.Once) {
			a.Once = ref.NewID()
		}
	}
	return answer(w, r, a, filled)
}

func answer(w http.ResponseWriter, r *http.Request, a measures.ActForm, filled *form.Form) error {
	page := web.Page{Title: a.Title, Body: measures.ActPage(a)}
	if filled.Err() != nil {
		page.Title, page.Status = a.P.T("ui.error-title", "title", a.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// do performs an act from its form.
func (m *Room) do(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, _ := m.Office.Kind.Verb(name)
		in, filled := v.New(), form.Read(r)
		filled.Into(in)
		files, err := uploads(r, in, filled)
		if err != nil {
			return err
		}
		if filled.Typed("voorbeeld") != "" {
			return m.form(w, r, name, filled.Quiet()) // only look; nothing is stored
		}
		if filled.Err() != nil {
			filesAgain(filled, in)
			return m.form(w, r, name, filled)
		}
		id := r.PathValue("id")
		if id == "" {
			id = filled.Typed("once")
			err = m.Office.Begin(r.Context(), web.Actor(r), id, name, in, files...)
		} else {
			seen, _ := strconv.ParseInt(filled.Typed("versie"), 10, 64)
			if s, ok := in.(*Sign); ok {
				if files, err = m.signed(r, s); err != nil {
					return err
				}
			}
			err = m.Office.Perform(r.Context(), web.Actor(r), id, seen, name, in, files...)
		}
		if x := fault.Of(err); x != nil && x.Code == "dossier.opened-already" {
			err = nil // sent twice: the first opened it
		}
		if err != nil {
			if filled.Absorb(said(web.Printer(r).T, err)) {
				filesAgain(filled, in)
				return m.form(w, r, name, filled)
			}
			return err
		}
		web.Notice(w, r, "measures.recorded-now")
		return web.SeeOther(w, r, base+"/"+id)
	}
}

// signed makes the decision as it is signed and puts it in the file: what was signed
// is kept, whatever the template becomes.
func (m *Room) signed(r *http.Request, in *Sign) ([]dossier.Attachment, error) {
	f, err := m.current(r)
	if err != nil {
		return nil, err
	}
	b, err := m.beside(r, f)
	if err != nil {
		return nil, err
	}
	if f.Record.Draft == nil {
		return nil, nil // the act will say what stands in the way
	}
	then := m.Office.Kind.Suppose(f.Record, "dwangsom.sign", in, f.At)
	body, media, err := m.made("besluit.pdf", then, b.row.Number, b.name(f.At.Actor.Account), f.At.Today)
	if err != nil {
		return nil, err
	}
	a := dossier.Attachment{ID: ref.NewID(), Name: b.row.Number + "-besluit.pdf", Media: media, Body: body}
	in.Letter = a.ID
	return []dossier.Attachment{a}, nil
}

// said puts the names of acts in a conflict into the reader's words.
func said(t func(code string, args ...any) string, err error) error {
	x := fault.Of(err)
	if x == nil || x.Code != "dossier.changed" || len(x.Args) != 2 {
		return err
	}
	acts, _ := x.Args[1].(string)
	var words []string
	for _, a := range strings.Split(acts, ", ") {
		words = append(words, t("act."+a))
	}
	return fault.New(x.Kind, x.Code, "acts", strings.Join(words, ", "))
}

// uploads reads the files of a form into the input. Only photographs and pdf are
// taken, by what they are and not by their name.
func uploads(r *http.Request, in any, filled *form.Form) ([]dossier.Attachment, error) {
	var out []dossier.Attachment
	if r.MultipartForm == nil {
		return nil, nil
	}
	for _, f := range ask.Fields(in) {
		if f.Kind != ask.Files {
			continue
		}
		var ids []string
		for _, part := range r.MultipartForm.File[f.Name] {
			if part.Size > dossier.MaxFile {
				filled.Wrong(f.Name, "dossier.file-size", "name", part.Filename, "most", strconv.Itoa(dossier.MaxFile>>20))
				continue
			}
			file, err := part.Open()
			if err != nil {
				return nil, err
			}
			body, err := io.ReadAll(file)
			file.Close()
			if err != nil {
				return nil, err
			}
			media := http.DetectContentType(body)
			if !slices.Contains([]string{"image/jpeg", "image/png", "image/webp", "application/pdf"}, media) {
				filled.Wrong(f.Name, "measures.file-type", "name", part.Filename)
				continue
			}
			id := ref.NewID()
			ids = append(ids, id)
			out = append(out, dossier.Attachment{ID: id, Name: part.Filename, Media: media, Body: body})
		}
		f.Set(in, ids)
	}
	return out, nil
}

// filesAgain says that files must be chosen again: a browser does not keep them in a
// form that comes back, and a photograph that is missed silently is lost evidence.
func filesAgain(filled *form.Form, in any) {
	for _, f := range ask.Fields(in) {
		if ids, ok := f.Value(in).([]string); ok && f.Kind == ask.Files && len(ids) > 0 {
			filled.Wrong(f.Name, "measures.files-again", "n", len(ids))
		}
	}
}

// askCorrection shows the form of an entry, filled with what was recorded.
func (m *Room) askCorrection(w http.ResponseWriter, r *http.Request) error {
	return m.correction(w, r, nil)
}

func (m *Room) correction(w http.ResponseWriter, r *http.Request, filled *form.Form) error {
	f, err := m.current(r)
	if err != nil {
		return err
	}
	in, name, err := m.entryOf(f, r.PathValue("versie"))
	if err != nil {
		return err
	}
	b, err := m.beside(r, f)
	if err != nil {
		return err
	}
	p := web.Printer(r)
	if filled == nil {
		filled = form.Empty(form.Typing(in))
	}
	a := m.actForm(p, f, b, name, in, filled)
	a.Title, a.Why, a.Uploads = p.T("measures.correct-what", "act", p.T("act."+name)), true, false
	a.Asks = slices.DeleteFunc(a.Asks, func(x measures.Asked) bool { return x.Kind == ask.Files })
	a.CSRF, a.Action, a.Seen = web.CSRF(w, r), r.URL.Path, f.Head.Version
	return answer(w, r, a, filled)
}

// entryOf is the input of an entry as it now stands, with its act. What cannot be
// corrected is not found: the signature, and what opened the file.
func (m *Room) entryOf(f dossier.Opened[Dwangsom], version string) (any, string, error) {
	n, err := strconv.ParseInt(version, 10, 64)
	if err == nil {
		for _, e := range dossier.Standing(f.Entries) {
			if e.Version == n && correctable(e.Act) {
				in, err := m.Office.Kind.Input(e)
				return in, e.Act, err
			}
		}
	}
	return nil, "", fault.New(fault.NotFound, "access.not-found")
}

func correctable(act string) bool { return act != "dwangsom.sign" && act != "dwangsom.report" }

func (m *Room) correct(w http.ResponseWriter, r *http.Request) error {
	f, err := m.current(r)
	if err != nil {
		return err
	}
	// The files of an entry stay: a correction is of its words and dates.
	in, name, err := m.entryOf(f, r.PathValue("versie"))
	if err != nil {
		return err
	}
	filled := form.Read(r)
	filled.Into(in)
	why := filled.Text("why", ask.MostText)
	if filled.Err() != nil {
		return m.correction(w, r, filled)
	}
	seen, _ := strconv.ParseInt(filled.Typed("versie"), 10, 64)
	version, _ := strconv.ParseInt(r.PathValue("versie"), 10, 64)
	if err := m.Office.Correct(r.Context(), web.Actor(r), f.Head.ID, seen, version, name, in, why); err != nil {
		if filled.Absorb(said(web.Printer(r).T, err)) {
			return m.correction(w, r, filled)
		}
		return err
	}
	web.Notice(w, r, "measures.corrected-now")
	return web.SeeOther(w, r, base+"/"+f.Head.ID)
}

func crumbs(p *text.Printer, f dossier.Opened[Dwangsom], number string) []ui.Link {
	out := []ui.Link{{Href: "/", Label: p.T("overview.today")}, {Href: "/maatregelen", Label: p.T("measures.nav")}}
	if f.Head.ID != "" {
		out = append(out, ui.Link{Href: base + "/" + f.Head.ID, Label: number})
	}
	return out
}
