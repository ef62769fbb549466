package crimemonitor

import (
	"mime/multipart"
	"net/http"
	"strconv"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// uploadLimit holds the years of every municipality in one file; the months of the
// whole country are for the command line.
const uploadLimit = 200 << 20

// keeperRoutes are the pages of who looks after the figures and the time line.
func (m *Monitor) keeperRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /hic/bronnen", Who: web.Staff, Act: "figures.manage", Handler: m.sources},
		{Pattern: "POST /hic/bronnen", Who: web.Staff, Act: "figures.import", Upload: uploadLimit, Handler: m.upload},
		{Pattern: "POST /hic/bronnen/ophalen", Who: web.Staff, Act: "figures.sync", Handler: m.askSync},
		{Pattern: "GET /hic/bronnen/{id}", Who: web.Staff, Act: "figures.manage", Handler: m.difference},
		{Pattern: "GET /hic/gebeurtenissen", Who: web.Staff, Act: "figures.annotate", Handler: m.timeline},
		{Pattern: "POST /hic/gebeurtenissen", Who: web.Staff, Act: "figures.annotate", Handler: m.addEvent},
		{Pattern: "POST /hic/gebeurtenissen/{id}/weg", Who: web.Staff, Act: "figures.annotate", Handler: m.dropEvent},
	}
}

// desk is what the page of sources draws with.
type desk struct {
	hand
	form    ui.Filled
	csrf    string
	here    string
	service string
	sources Sources
	page    int
	may     bool // import and sync
}

func (m *Monitor) sources(w http.ResponseWriter, r *http.Request) error {
	return m.sourcesAgain(w, r, form.Empty(nil))
}

func (m *Monitor) sourcesAgain(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	s, err := m.Sources(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	t := web.Printer(r)
	d := desk{hand: hand{t: t, name: m.Name, own: m.Municipality}, form: ui.Filled{P: t, Form: f}, csrf: web.CSRF(w, r),
		here: r.URL.RequestURI(), service: m.Service, sources: s, may: m.book.May(web.Actor(r), "figures.import")}
	// A page that is no number or lies outside is the nearest one there is.
	d.page, _ = strconv.Atoi(r.URL.Query().Get("pagina"))
	d.page = min(max(d.page, 1), d.pages())
	return answer(w, r, web.Page{Title: t.T("crimemonitor.sources"), Body: sourcesPage(d)}, f)
}

// answer renders a page with a form; one with something wrong says so in its title
// and status.
func answer(w http.ResponseWriter, r *http.Request, page web.Page, f *form.Form) error {
	if f.Err() != nil {
		page.Title, page.Status = web.Printer(r).T("ui.error-title", "title", page.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// read is what became of one file.
type read struct {
	Outcome
	Refused string // sentence, or empty
}

// upload imports files one by one. Each is stored whole or not at all, and one that
// is refused does not keep the others back.
func (m *Monitor) upload(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	if r.MultipartForm == nil || len(r.MultipartForm.File["files"]) == 0 {
		f.Wrong("files", "form.file")
		return m.sourcesAgain(w, r, f)
	}
	t := web.Printer(r)
	page := web.Page{Title: t.T("crimesources.outcome")}
	var done []read
	for _, file := range r.MultipartForm.File["files"] {
		x, err := m.importPart(r, file)
		switch fault.KindOf(err) {
		case fault.NotFound, fault.Denied:
			return err
		case fault.Internal:
			if err == nil {
				break
			}
			// The others are stored, so the page of an error, which says that nothing is,
			// would not be true.
			m.Log.Error("import failed", "error", err)
			x.Refused = t.T("crimesources.failed", "file", file.Filename)
		default:
			x.Refused = t.T(fault.Of(err).Code, fault.Of(err).Args...)
		}
		if x.Refused != "" {
			page.Title, page.Status = t.T("ui.error-title", "title", t.T("crimesources.outcome")), http.StatusUnprocessableEntity
		}
		done = append(done, x)
	}
	page.Body = outcomePage(hand{t: t}, done)
	return web.Render(w, r, page)
}

func (m *Monitor) importPart(r *http.Request, part *multipart.FileHeader) (read, error) {
	file, err := part.Open()
	if err != nil {
		return read{Outcome: Outcome{File: part.Filename}}, err
	}
	defer file.Close()
	out, err := m.Import(r.Context(), web.Actor(r), part.Filename, file)
	out.File = part.Filename
	return read{Outcome: out}, err
}

func (m *Monitor) askSync(w http.ResponseWriter, r *http.Request) error {
	if err := m.EnqueueSync(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	web.Notice(w, r, "crimesources.sync-asked")
	return web.SeeOther(w, r, "/hic/bronnen")
}

func (m *Monitor) difference(w http.ResponseWriter, r *http.Request) error {
	rev, err := m.Revision(r.Context(), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	t := web.Printer(r)
	return web.Render(w, r, web.Page{Title: t.T("crimesources.difference", "table", rev.Source.Table), Body: differencePage(hand{t: t}, rev)})
}

// perPage is how many snapshots one page lists.
const perPage = 50

func (d desk) pages() int { return max(1, (len(d.sources.All)+perPage-1)/perPage) }

func (d desk) shown() []*figures.Snapshot {
	from := (d.page - 1) * perPage
	return d.sources.All[from:min(from+perPage, len(d.sources.All))]
}

func (d desk) paging() ui.Paging {
	from := (d.page - 1) * perPage
	return ui.Paging{Label: d.t.T("crimesources.paging"), Here: d.here, Page: d.page, Pages: d.pages(),
		Counted:  d.t.T("crimesources.counted", "from", min(from+1, len(d.sources.All)), "to", from+len(d.shown()), "all", d.t.Int(len(d.sources.All))),
		Previous: d.t.T("crimesources.previous"), Next: d.t.T("crimesources.next"), PageWord: d.t.T("crimesources.page")}
}
