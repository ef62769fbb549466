package agenda

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/plug"
	"baken/internal/text"
	"baken/internal/web"
)

type pages struct{ *Acts }

// New builds the room.
func New(a *Acts) plug.Room {
	p := pages{a}
	room := plug.Room{
		Nav:  []web.NavGroup{{Text: "agenda.nav", Items: []web.NavItem{{Path: "/termijnen", Text: "agenda.title", Icon: "clock-exclamation", Act: "agenda.read"}}}},
		Jobs: a.kinds(),
		Routes: []web.Route{
			{Pattern: "GET /termijnen", Who: web.Staff, Act: "agenda.read", Handler: p.mine},
			{Pattern: "GET /termijnen/team", Who: web.Staff, Act: "agenda.read", Handler: p.team},
			{Pattern: "GET /termijnen/kalender", Who: web.Staff, Act: "agenda.read", Handler: p.month},
			{Pattern: "GET /termijnen/regels", Who: web.Staff, Act: "agenda.compute", Handler: p.rules},
			{Pattern: "GET /termijnen/bereken", Who: web.Staff, Act: "agenda.compute", Handler: p.compute},
			{Pattern: "POST /termijnen/herinneringen/{id}", Who: web.Staff, Act: "agenda.acknowledge", Handler: p.acknowledge},
			{Pattern: "GET /termijnen/abonnement", Who: web.Staff, Act: "agenda.feed", Handler: p.feed},
			{Pattern: "POST /termijnen/abonnement", Who: web.Staff, Act: "agenda.feed", Handler: p.newFeed},
			{Pattern: "POST /termijnen/abonnement/intrekken", Who: web.Staff, Act: "agenda.feed", Handler: p.revokeFeed},
			{Pattern: "GET /termijnen/dagen", Who: web.Staff, Act: "agenda.compute", Handler: p.decrees},
			{Pattern: "POST /termijnen/dagen", Who: web.Staff, Act: "agenda.decree", Handler: p.addDecree},
			{Pattern: "POST /termijnen/dagen/{id}/weg", Who: web.Staff, Act: "agenda.decree", Handler: p.withdraw},
			// Calendar programs cannot sign in: the address is the secret.
			{Pattern: "GET /agenda/{file}", Who: web.Public, Handler: p.file},
		},
	}
	if len(a.Sources) > 0 {
		room.Tiles = []plug.Tile{{Act: "agenda.read", Order: 10, Show: p.tile}}
	}
	return room
}

// frame is what every page of the room starts with.
type frame struct {
	p     *text.Printer
	here  string
	admin bool
}

func (p pages) frame(r *http.Request) frame {
	return frame{web.Printer(r), r.URL.Path, p.Book.May(web.Actor(r), "agenda.decree")}
}

// list is what a page with terms shows.
type list struct {
	frame
	Listed
	sources   []watch.Source
	reminders []watch.Reminder
	today     deadlines.Day
	csrf      string
	page      int
	address   string
}

const perPage = 50

func (p pages) list(w http.ResponseWriter, r *http.Request, v watch.View) (list, error) {
	page, err := strconv.Atoi(r.URL.Query().Get("pagina"))
	if err != nil || page < 1 || page > 10_000 {
		page = 1
	}
	l := list{frame: p.frame(r), sources: p.Sources, today: deadlines.DayOf(web.Now(r)), csrf: web.CSRF(w, r), page: page, address: r.URL.RequestURI()}
	v.Most, v.Skip = perPage, (page-1)*perPage
	l.Listed, err = p.Acts.List(r.Context(), web.Actor(r), v)
	return l, err
}

func (l list) pages() int { return (l.Total + perPage - 1) / perPage }

func render(w http.ResponseWriter, r *http.Request, title string, body templ.Component) error {
	return web.Render(w, r, web.Page{Title: web.Printer(r).T(title), Body: body})
}

func (p pages) mine(w http.ResponseWriter, r *http.Request) error {
	l, err := p.list(w, r, watch.View{})
	if err != nil {
		return err
	}
	if l.reminders, err = p.Acts.Reminders(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	return render(w, r, "agenda.mine", listPage(l, "agenda.mine", web.Now(r)))
}

func (p pages) team(w http.ResponseWriter, r *http.Request) error {
	l, err := p.list(w, r, watch.View{Team: true})
	if err != nil {
		return err
	}
	return render(w, r, "agenda.team", listPage(l, "agenda.team", web.Now(r)))
}

func (p pages) acknowledge(w http.ResponseWriter, r *http.Request) error {
	if err := p.Acts.Acknowledge(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, "agenda.acknowledged")
	return web.SeeOther(w, r, "/termijnen")
}

// tileMost is how many terms stand on the home page.
const tileMost = 5

func (p pages) tile(r *http.Request) (templ.Component, error) {
	x, err := p.Acts.List(r.Context(), web.Actor(r), watch.View{Most: tileMost})
	if err != nil {
		return nil, err
	}
	reminders, err := p.Acts.Reminders(r.Context(), web.Actor(r))
	l := list{frame: p.frame(r), Listed: x, sources: p.Sources, reminders: reminders, today: deadlines.DayOf(web.Now(r))}
	return tile(l, web.Now(r)), err
}

func (p pages) rules(w http.ResponseWriter, r *http.Request) error {
	words := strings.TrimSpace(r.URL.Query().Get("zoek"))
	if len(words) > 200 {
		words = words[:200]
	}
	f := p.frame(r)
	return render(w, r, "agenda.rules", rulesPage(f, strings.ToValidUTF8(words, ""), found(f.p, words)))
}
