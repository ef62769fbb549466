package measures

import (
	"bytes"
	"io"
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
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
)

// mostUpload holds six photographs of the largest size.
const mostUpload = 6*dossier.MaxFile + 1<<20

// routes are the pages: a file, and the form of each act.
func (d *Desk[R]) routes() []web.Route {
	file, read, correct := d.base()+"/{id}", d.act("read"), d.act("correct")
	out := []web.Route{
		{Pattern: "GET " + file, Who: web.Staff, Act: read, Handler: d.show},
		{Pattern: "GET " + file + "/bestand/{file}", Who: web.Staff, Act: read, Handler: d.file},
		{Pattern: "GET " + file + "/brief/{brief}", Who: web.Staff, Act: read, Handler: d.sendLetter},
		{Pattern: "GET " + file + "/dossier.zip", Who: web.Staff, Act: read, Handler: d.bundle},
		{Pattern: "GET " + file + "/corrigeren/{versie}", Who: web.Staff, Act: correct, Handler: d.askCorrection},
		{Pattern: "POST " + file + "/corrigeren/{versie}", Who: web.Staff, Act: correct, Handler: d.correct},
	}
	if _, ok := d.Office.Book.Act(d.act("keep")); ok {
		out = append(out, web.Route{Pattern: "POST " + file + "/bewaren", Who: web.Staff, Act: d.act("keep"), Handler: d.hold})
	}
	for _, v := range d.Law.Kind.Verbs {
		path, upload := file+"/"+Verb(v.Name), int64(0)
		if v.Name == d.Law.Opening {
			path = d.base() + "/nieuw"
		}
		if hasFiles(v.New()) {
			upload = mostUpload
		}
		a, _ := d.Office.Book.Act(v.Name)
		out = append(out, web.Route{Pattern: "GET " + path, Who: web.Staff, Act: v.Name, StepUp: a.StepUp, Handler: d.ask(v.Name)},
			web.Route{Pattern: "POST " + path, Who: web.Staff, Act: v.Name, StepUp: a.StepUp, Upload: upload, Handler: d.do(v.Name)})
	}
	return out
}

func (d *Desk[R]) beside(r *http.Request, f dossier.Opened[R]) (b Beside, err error) {
	err = d.Office.Keep.See(r.Context(), web.Actor(r), d.Law.Kind.Purpose, func(u *work.Unit) error {
		if b.People, err = d.Colleagues(u); err != nil {
			return err
		}
		if d.Terrain != nil {
			if b.Terrain, err = d.Terrain(u); err != nil {
				return err
			}
		}
		if f.Head.ID == "" {
			return nil
		}
		if b.Row, _, err = d.Register.Find(u, f.Head.ID); err != nil || d.Law.Earlier == nil {
			return err
		}
		l := d.Law.Earlier(f.Record, f.At.Today)
		b.Earlier, err = d.Register.Earlier(u, d.name(), f.Head.ID, l.Breach, l.Place, l.Person, l.Since)
		return err
	})
	return b, err
}

// asOf loads a file, now or as it stood at the end of the day in ?op=; said is the
// sentence that tells so.
func (d *Desk[R]) asOf(r *http.Request) (f dossier.Opened[R], said string, err error) {
	if f, err = d.Office.Load(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
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
	if f.Record, err = d.Office.Kind.Fold(f.Head, f.Entries); err != nil {
		return f, "", err
	}
	if end.Before(f.At.Now) {
		f.At.Today, f.At.Now = deadlines.DayOf(day), end
	}
	return f, p.T("measures.as-of", "day", p.Date(day)), nil
}

// show is the page of a file, now or as it stood.
func (d *Desk[R]) show(w http.ResponseWriter, r *http.Request) error {
	f, said, err := d.asOf(r)
	if err != nil {
		return err
	}
	b, err := d.beside(r, f)
	if err != nil {
		return err
	}
	c := d.view(web.Printer(r), f, b, func(act string) bool { return d.Office.Book.May(web.Actor(r), act) })
	if said != "" {
		c.AsOf, c.Leaving = said, ""
		c.Bundle += "?op=" + url.QueryEscape(r.URL.Query().Get("op"))
	} else if d.Law.Card(f.Record, f.At).Undecided {
		if c.Warned, err = d.warning(r, f); err != nil {
			return err
		}
	}
	if c.Leaving != "" && d.Office.Book.May(web.Actor(r), d.act("keep")) {
		x := d.holding(w, r, form.Empty(nil))
		c.Holding = &x
	}
	return web.Render(w, r, web.Page{Title: c.Title, Body: CasePage(c)})
}

// sendLetter makes a letter as pdf or as an editable document.
func (d *Desk[R]) sendLetter(w http.ResponseWriter, r *http.Request) error {
	f, _, err := d.asOf(r)
	if err != nil {
		return err
	}
	b, err := d.beside(r, f)
	if err != nil {
		return err
	}
	code, _, _ := strings.Cut(r.PathValue("brief"), ".")
	body, media, err := d.Made(r.PathValue("brief"), f.Record, b.Row.Number, d.signer(code, f.Record, f.At, b), f.At.Today)
	if err != nil {
		return err
	}
	return web.Download(w, b.Row.Number+"-"+r.PathValue("brief"), media, body)
}

// bundle is the whole file, now or as it stood, numbered, with an index and hashes.
func (d *Desk[R]) bundle(w http.ResponseWriter, r *http.Request) error {
	f, said, err := d.asOf(r)
	if err != nil {
		return err
	}
	b, err := d.beside(r, f)
	if err != nil {
		return err
	}
	p := web.Printer(r)
	items, err := d.Items(p, f, b)
	if err != nil {
		return err
	}
	files, err := d.attachments(r, p, f)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	title := d.title(p, d.Law.Card(f.Record, f.At).Place) + ", " + b.Row.Number
	if said != "" {
		title += ". " + said
	}
	if err := documents.Bundle(&out, title, f.At.Now, append(items, files...), p); err != nil {
		return err
	}
	return web.Download(w, b.Row.Number+"-"+f.At.Today.String()+".zip", "application/zip", out.Bytes())
}

// attachments are the photographs and other files that the entries name.
func (d *Desk[R]) attachments(r *http.Request, p *text.Printer, f dossier.Opened[R]) ([]documents.Item, error) {
	var out []documents.Item
	for _, x := range d.files(p, f) {
		id := x.Href[strings.LastIndex(x.Href, "/")+1:]
		file, body, err := d.Office.Photo(r.Context(), web.Actor(r), f.Head.ID, id)
		if err != nil {
			return nil, err
		}
		out = append(out, documents.Item{Date: x.On, What: x.Label, Name: file.Name, Body: body})
	}
	return out, nil
}

// file serves a photograph or a letter of the dossier, never as a page of this site.
func (d *Desk[R]) file(w http.ResponseWriter, r *http.Request) error {
	f, body, err := d.Office.Photo(r.Context(), web.Actor(r), r.PathValue("id"), r.PathValue("file"))
	if err != nil {
		return err
	}
	return web.Download(w, f.Name, f.Media, body)
}

// ask shows the form of an act, or what stands in its way.
func (d *Desk[R]) ask(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return d.form(w, r, name, nil) }
}

// current is the file that a form is about; empty for the form that opens one.
func (d *Desk[R]) current(r *http.Request) (dossier.Opened[R], error) {
	if id := r.PathValue("id"); id != "" {
		return d.Office.Load(r.Context(), web.Actor(r), id)
	}
	var f dossier.Opened[R]
	f.Record = d.Office.Kind.New(dossier.Head{Kind: d.name(), Purpose: d.Law.Kind.Purpose})
	err := d.Office.Keep.See(r.Context(), web.Actor(r), d.Law.Kind.Purpose, func(u *work.Unit) (err error) {
		f.At, err = d.Office.Moment(u)
		return err
	})
	return f, err
}

func (d *Desk[R]) form(w http.ResponseWriter, r *http.Request, name string, filled *form.Form) error {
	f, err := d.current(r)
	if err != nil {
		return err
	}
	b, err := d.beside(r, f)
	if err != nil {
		return err
	}
	p := web.Printer(r)
	v, _ := d.Office.Kind.Verb(name)
	if filled == nil {
		filled = form.Empty(d.Law.Propose(name, f, b))
	}
	a := d.actForm(p, f, b, name, v.New(), filled)
	a.CSRF, a.Action = web.CSRF(w, r), r.URL.Path
	if err := v.Allowed(f.Record, f.At); err != nil {
		a.Block = Refusal(p, err)
	} else if slices.Contains(d.Law.Deciding, name) {
		if a.Warned, err = d.warning(r, f); err != nil {
			return err
		}
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
	return reply(w, r, a, filled)
}

func reply(w http.ResponseWriter, r *http.Request, a ActForm, filled *form.Form) error {
	page := web.Page{Title: a.Title, Body: ActPage(a)}
	if filled.Err() != nil {
		page.Title, page.Status = a.P.T("ui.error-title", "title", a.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// do performs an act from its form.
func (d *Desk[R]) do(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, _ := d.Office.Kind.Verb(name)
		in, filled := v.New(), form.Read(r)
		filled.Into(in)
		files, err := uploads(r, in, filled)
		if err != nil {
			return err
		}
		if filled.Typed("voorbeeld") != "" {
			return d.form(w, r, name, filled.Quiet()) // only look; nothing is stored
		}
		if filled.Err() != nil {
			filesAgain(filled, in)
			return d.form(w, r, name, filled)
		}
		d.complete(in)
		id := r.PathValue("id")
		if id == "" {
			id = filled.Typed("once")
			err = d.Office.Begin(r.Context(), web.Actor(r), id, name, in, files...)
		} else {
			seen, _ := strconv.ParseInt(filled.Typed("versie"), 10, 64)
			made, failed := d.signed(r, name, in)
			if failed != nil {
				return failed
			}
			files = append(files, made...)
			err = d.Office.Perform(r.Context(), web.Actor(r), id, seen, name, in, files...)
		}
		if x := fault.Of(err); x != nil && x.Code == "dossier.opened-already" {
			err = nil // sent twice: the first opened it
		}
		if err != nil {
			if filled.Absorb(ActsInWords(web.Printer(r).T, err)) {
				filesAgain(filled, in)
				return d.form(w, r, name, filled)
			}
			return err
		}
		web.Notice(w, r, "measures.recorded-now")
		return web.SeeOther(w, r, d.base()+"/"+id)
	}
}

// complete fills in what the form left to be computed.
func (d *Desk[R]) complete(in any) {
	if d.Law.Complete != nil {
		d.Law.Complete(in)
	}
}

// signed makes the letter that an act signs and puts it in the file: what was signed
// is kept, whatever the template becomes.
func (d *Desk[R]) signed(r *http.Request, name string, in any) ([]dossier.Attachment, error) {
	if d.Law.Signed == nil {
		return nil, nil
	}
	letter, keep := d.Law.Signed(in)
	if letter == "" {
		return nil, nil
	}
	f, err := d.current(r)
	if err != nil {
		return nil, err
	}
	if _, err := d.Law.Kind.Try(f.Record, name, in, f.At); err != nil {
		return nil, nil // the act will say what stands in the way
	}
	b, err := d.beside(r, f)
	if err != nil {
		return nil, err
	}
	then := d.Law.Kind.Suppose(f.Record, name, in, f.At)
	body, media, err := d.Made(letter+".pdf", then, b.Row.Number, d.signer(letter, then, f.At, b), f.At.Today)
	if err != nil {
		return nil, err
	}
	a := dossier.Attachment{ID: ref.NewID(), Name: b.Row.Number + "-" + letter + ".pdf", Media: media, Body: body}
	*keep = a.ID
	return []dossier.Attachment{a}, nil
}

// ActsInWords puts the names of acts in a conflict into the reader's words.
func ActsInWords(t func(code string, args ...any) string, err error) error {
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
func (d *Desk[R]) askCorrection(w http.ResponseWriter, r *http.Request) error {
	return d.correction(w, r, nil)
}

func (d *Desk[R]) correction(w http.ResponseWriter, r *http.Request, filled *form.Form) error {
	f, err := d.current(r)
	if err != nil {
		return err
	}
	in, name, err := d.entryOf(f, r.PathValue("versie"))
	if err != nil {
		return err
	}
	b, err := d.beside(r, f)
	if err != nil {
		return err
	}
	p := web.Printer(r)
	if filled == nil {
		filled = form.Empty(form.Typing(in))
	}
	a := d.actForm(p, f, b, name, in, filled)
	a.Title, a.Why, a.Uploads = p.T("measures.correct-what", "act", p.T("act."+name)), true, false
	a.Asks = slices.DeleteFunc(a.Asks, func(x Asked) bool { return x.Kind == ask.Files })
	a.CSRF, a.Action, a.Seen = web.CSRF(w, r), r.URL.Path, f.Head.Version
	return reply(w, r, a, filled)
}

// entryOf is the input of an entry as it now stands, with its act. What cannot be
// corrected is not found: the signature, and what opened the file.
func (d *Desk[R]) entryOf(f dossier.Opened[R], version string) (any, string, error) {
	n, err := strconv.ParseInt(version, 10, 64)
	if err == nil {
		for _, e := range dossier.Standing(f.Entries) {
			if e.Version == n && d.correctable(e.Act) {
				in, err := d.Office.Kind.Input(e)
				return in, e.Act, err
			}
		}
	}
	return nil, "", fault.New(fault.NotFound, "access.not-found")
}

func (d *Desk[R]) correct(w http.ResponseWriter, r *http.Request) error {
	f, err := d.current(r)
	if err != nil {
		return err
	}
	// The files of an entry stay: a correction is of its words and dates.
	in, name, err := d.entryOf(f, r.PathValue("versie"))
	if err != nil {
		return err
	}
	filled := form.Read(r)
	filled.Into(in)
	why := filled.Text("why", ask.MostText)
	if filled.Err() != nil {
		return d.correction(w, r, filled)
	}
	d.complete(in)
	seen, _ := strconv.ParseInt(filled.Typed("versie"), 10, 64)
	version, _ := strconv.ParseInt(r.PathValue("versie"), 10, 64)
	if err := d.Office.Correct(r.Context(), web.Actor(r), f.Head.ID, seen, version, name, in, why); err != nil {
		if filled.Absorb(ActsInWords(web.Printer(r).T, err)) {
			return d.correction(w, r, filled)
		}
		return err
	}
	web.Notice(w, r, "measures.corrected-now")
	return web.SeeOther(w, r, d.base()+"/"+f.Head.ID)
}
