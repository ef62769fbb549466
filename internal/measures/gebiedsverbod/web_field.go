package gebiedsverbod

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/plug"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// Field is what officers have of the orders in the street: a list of those that run and a
// card of each, with no more than is needed there (product.md 1.3; AVG 5 lid 1 c). The
// file itself stays closed to them.
type Field struct{ Room *Room }

const fieldPath = "/maatregelen/gebiedsverbod/veld"

// Plug is what the field cards hand to app.
func (x Field) Plug() plug.Room {
	card := "/maatregelen/gebiedsverbod/{id}/veld"
	return plug.Room{Routes: []web.Route{
		{Pattern: "GET " + fieldPath, Who: web.Staff, Act: FieldAct, Handler: x.list},
		{Pattern: "GET " + card, Who: web.Staff, Act: FieldAct, Handler: x.show},
		{Pattern: "POST " + card, Who: web.Staff, Act: SeenAct, Handler: x.observe},
	}, Nav: []web.NavGroup{{Text: "measures.nav-group", Items: []web.NavItem{{Path: fieldPath, Text: "gebiedsverbod.field", Icon: "map-pin", Act: FieldAct}}}}}
}

// fieldCard is one order as an officer sees it.
type fieldCard struct {
	Href, Number, Person, Place, Law, Crime string
	Now, End                                string
	Short                                   string // the end, as a list has room for
	Tone                                    ui.Tone
	Facts                                   []ui.Fact
	Area                                    drawnArea
	ends                                    time.Time
}

// onCard says whether an order has a card: it was made known and runs, or will. What does
// not hold is not shown, and whether it was suspended, ended or withdrawn neither.
func (r Gebiedsverbod) onCard(at dossier.At) bool { return r.standing(at) == InForce }

// cardOf makes the card of an order.
func cardOf(p *text.Printer, r Gebiedsverbod, at dossier.At, number string, t measures.Terrain) fieldCard {
	c := fieldCard{Href: "/maatregelen/gebiedsverbod/" + r.ID + "/veld", Number: number, Person: r.Person, Place: r.Place, Law: r.article(at.Today), Crime: r.crime(),
		Now: bindsNow(p, r, at.Now), End: whenOf(p, r.Ends()), Short: p.T("gebiedsverbod.until", "end", p.Moment(r.Ends().At, at.Now)), Tone: ui.Neutral, Area: areaOf(p, r, at, t), ends: r.Ends().At}
	if r.Binds(at.Now) {
		c.Tone = ui.Danger
	}
	add := func(code, s string) {
		if s != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: p.T("gebiedsverbod.fact." + code), Text: s})
		}
	}
	add("born", ageOf(p, r.Born, at.Today))
	add("orders", ordersOf(p, r, *r.Draft))
	if r.Basis == "child" {
		add("parent", r.Parent)
	}
	add("start", whenOf(p, deadlines.AtMoment(r.Starts())))
	add("end", c.End)
	add("hours", c.Area.Hours)
	if r.Draft.Unit == "moments" {
		add("next-moment", r.nextMoment(p, at.Now))
	}
	if d := r.Duty; d != nil {
		add("duty", d.Where+": "+strings.Join(d.Times, "; "))
	}
	for _, x := range r.Exemptions {
		if at.Now.Before(x.Until.At) {
			add("exemption", p.T("gebiedsverbod.span", "from", whenOf(p, x.From), "until", whenOf(p, x.Until))+": "+x.Where)
		}
	}
	add("home", r.Limits.Home)
	add("work", r.Limits.Work)
	add("care", r.Limits.Care)
	add("other", r.Limits.Other)
	return c
}

// nextMoment is the set moment that runs or comes next.
func (r Gebiedsverbod) nextMoment(p *text.Printer, now time.Time) string {
	list, _ := parseMoments(r.Draft.Moments)
	for _, m := range list {
		if now.Before(m.to()) {
			return p.T("gebiedsverbod.span", "from", whenOf(p, deadlines.AtMoment(m.from())), "until", whenOf(p, deadlines.AtMoment(m.to())))
		}
	}
	return ""
}

// list shows the orders that run, what ends first on top. Each card that was read is in
// the log.
func (x Field) list(w http.ResponseWriter, r *http.Request) error {
	d, p := x.Room, web.Printer(r)
	var rows []measures.Row
	err := d.Office.Keep.See(r.Context(), web.Actor(r), Purpose, func(u *work.Unit) (err error) {
		rows, err = d.Register.InStages(u, d.Office.Book, Name, FieldAct, []string{string(InForce)})
		return err
	})
	if err != nil {
		return err
	}
	var cards []fieldCard
	for _, row := range rows {
		f, err := d.Office.LoadFor(r.Context(), web.Actor(r), row.ID, FieldAct, "")
		if err != nil {
			return err
		}
		if f.Record.onCard(f.At) {
			cards = append(cards, cardOf(p, f.Record, f.At, row.Number, measures.Terrain{}))
		}
	}
	slices.SortStableFunc(cards, func(a, b fieldCard) int { return a.ends.Compare(b.ends) })
	return web.Render(w, r, web.Page{Title: p.T("gebiedsverbod.field"), Body: fieldList(p, cards)})
}

func (x Field) show(w http.ResponseWriter, r *http.Request) error { return x.card(w, r, nil) }

// running loads an order that has a card; any other is not found, whatever it is.
func (x Field) running(r *http.Request) (dossier.Opened[Gebiedsverbod], error) {
	f, err := x.Room.Office.LoadFor(r.Context(), web.Actor(r), r.PathValue("id"), FieldAct, "")
	if err == nil && !f.Record.onCard(f.At) {
		err = fault.New(fault.NotFound, "access.not-found")
	}
	return f, err
}

// card is the page of one order, with the form for what was seen when the reader may
// record it.
func (x Field) card(w http.ResponseWriter, r *http.Request, filled *form.Form) error {
	d, p := x.Room, web.Printer(r)
	f, err := x.running(r)
	if err != nil {
		return err
	}
	var row measures.Row
	var t measures.Terrain
	err = d.Office.Keep.See(r.Context(), web.Actor(r), Purpose, func(u *work.Unit) (err error) {
		if t, err = d.Terrain(u); err != nil {
			return err
		}
		row, _, err = d.Register.Find(u, f.Head.ID)
		return err
	})
	if err != nil {
		return err
	}
	c := cardOf(p, f.Record, f.At, row.Number, t)
	if filled == nil {
		filled = form.Empty(propose("gebiedsverbod.observe", f, measures.Beside{}))
	}
	words := measures.Words{P: p, Kind: Name}
	a := measures.ActForm{P: p, Crumbs: []ui.Link{{Href: "/", Label: p.T("overview.today")}, {Href: fieldPath, Label: p.T("gebiedsverbod.field")}}, Title: c.Person, Filled: ui.Filled{P: p, Form: filled}}
	if d.Office.Book.May(web.Actor(r), SeenAct) {
		a.CSRF, a.Action, a.Seen = web.CSRF(w, r), r.URL.Path, f.Head.Version
		a.Asks = words.Asks("gebiedsverbod.observe", &Observation{}, func(x ask.Field) []ui.Option { return options(p, f, measures.Beside{}, x) })
		// A photograph goes in by the form of the file: what a telephone in the street sends
		// must be small.
		a.Asks = slices.DeleteFunc(a.Asks, func(x measures.Asked) bool { return x.Kind == ask.Files })
		for i := range a.Asks {
			a.Asks[i].Minute = minute("gebiedsverbod.observe", a.Asks[i].Name)
		}
	}
	page := web.Page{Title: c.Person, Body: cardPage(p, c, a)}
	if filled.Err() != nil {
		page.Title, page.Status = p.T("ui.error-title", "title", c.Person), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// observe records what an officer saw, from the card.
func (x Field) observe(w http.ResponseWriter, r *http.Request) error {
	d := x.Room
	if _, err := x.running(r); err != nil {
		return err
	}
	in, filled := &Observation{}, form.Read(r)
	filled.Into(in)
	if filled.Err() != nil {
		return x.card(w, r, filled)
	}
	seen, _ := strconv.ParseInt(filled.Typed("versie"), 10, 64)
	id := r.PathValue("id")
	if err := d.Office.PerformBy(r.Context(), web.Actor(r), SeenAct, id, seen, "gebiedsverbod.observe", in); err != nil {
		if filled.Absorb(measures.ActsInWords(web.Printer(r).T, err)) {
			return x.card(w, r, filled)
		}
		return err
	}
	web.Notice(w, r, "measures.recorded-now")
	return web.SeeOther(w, r, "/maatregelen/gebiedsverbod/"+id+"/veld")
}
