package agenda

import (
	"net/http"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

func (p pages) feed(w http.ResponseWriter, r *http.Request) error {
	since, ok, err := p.Acts.Feed(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	words := ""
	if t := web.Printer(r); ok {
		words = t.T("agenda.feed-since", "day", t.Moment(since, web.Now(r)))
	}
	return render(w, r, "agenda.feed", feedPage(p.frame(r), words, "", web.CSRF(w, r)))
}

// newFeed shows the address, once: only its hash is kept.
func (p pages) newFeed(w http.ResponseWriter, r *http.Request) error {
	address, err := p.Acts.NewFeed(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return render(w, r, "agenda.feed", feedPage(p.frame(r), web.Printer(r).T("agenda.feed-made"), address, web.CSRF(w, r)))
}

func (p pages) revokeFeed(w http.ResponseWriter, r *http.Request) error {
	if err := p.Acts.RevokeFeed(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	web.Notice(w, r, "agenda.feed-revoked")
	return web.SeeOther(w, r, "/termijnen/abonnement")
}

// file answers a calendar program. An address that opens nothing is a page that is
// not there, whatever the reason.
func (p pages) file(w http.ResponseWriter, r *http.Request) error {
	secret, ok := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !ok {
		return fault.New(fault.NotFound, "access.not-found")
	}
	who, terms, err := p.Acts.Open(r.Context(), secret, web.Origin(r))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	_, err = w.Write(calendarFile(text.For(who.Lang), p.House, terms))
	return err
}

func (p pages) decrees(w http.ResponseWriter, r *http.Request) error {
	return p.decreesAgain(w, r, form.Empty(nil))
}

func (p pages) decreesAgain(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	stored, by, err := p.Acts.Decrees(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	t := web.Printer(r)
	page := web.Page{Title: t.T("agenda.decrees"), Body: decreesPage(p.frame(r), ui.Filled{P: t, Form: f}, stored, by, web.CSRF(w, r), web.Now(r))}
	if f.Err() != nil {
		page.Title, page.Status = t.T("ui.error-title", "title", page.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

func (p pages) addDecree(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	day := f.Date("day")
	e := deadlines.Equated{Decree: f.Text("decree", 200), Published: f.Optional("published", 100), Source: f.Text("source", 300), Why: f.Optional("why", 200)}
	if f.Err() != nil {
		return p.decreesAgain(w, r, f)
	}
	e.Day = deadlines.DayOf(day)
	if err := p.Acts.AddDecree(r.Context(), web.Actor(r), e); err != nil {
		if f.Absorb(err) {
			return p.decreesAgain(w, r, f)
		}
		return err
	}
	web.Notice(w, r, "agenda.decree-added")
	return web.SeeOther(w, r, "/termijnen/dagen")
}

func (p pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	if err := p.Acts.WithdrawDecree(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, "agenda.decree-withdrawn")
	return web.SeeOther(w, r, "/termijnen/dagen")
}
