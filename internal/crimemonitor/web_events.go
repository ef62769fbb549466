package crimemonitor

import (
	"net/http"
	"time"

	"baken/internal/kernel/places"
	"baken/internal/kernel/ref"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

func (m *Monitor) timeline(w http.ResponseWriter, r *http.Request) error {
	return m.timelineAgain(w, r, form.Empty(map[string]string{"area": m.Municipality}))
}

func (m *Monitor) timelineAgain(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	events, areas, err := m.Timeline(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	t := web.Printer(r)
	e := eventDesk{hand: hand{t: t, name: m.Name, own: m.Municipality}, form: ui.Filled{P: t, Form: f}, csrf: web.CSRF(w, r), events: events, areas: areas}
	return answer(w, r, web.Page{Title: t.T("crimemonitor.events"), Body: eventsPage(e)}, f)
}

func (m *Monitor) addEvent(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	in := Annotation{ID: f.Typed("once"), Day: f.Date("day"), Kind: f.Choice("kind", Kinds[:]...), Area: f.Typed("area"), Words: f.Text("words", MostWords)}
	if f.Err() != nil {
		return m.timelineAgain(w, r, f)
	}
	if err := m.Annotate(r.Context(), web.Actor(r), in); err != nil {
		if f.Absorb(err) {
			return m.timelineAgain(w, r, f)
		}
		return err
	}
	web.Notice(w, r, "crimesources.event-added")
	return web.SeeOther(w, r, "/hic/gebeurtenissen")
}

func (m *Monitor) dropEvent(w http.ResponseWriter, r *http.Request) error {
	if err := m.RemoveEvent(r.Context(), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, "crimesources.event-gone")
	return web.SeeOther(w, r, "/hic/gebeurtenissen")
}

// eventDesk is what the page of the time line draws with.
type eventDesk struct {
	hand
	form   ui.Filled
	csrf   string
	events []Event
	areas  []places.Area
}

func (e eventDesk) kinds() []ui.Option {
	out := make([]ui.Option, len(Kinds))
	for i, k := range Kinds {
		out[i] = ui.Option{Value: k, Label: e.t.T("crimemonitor.event-kind." + k)}
	}
	return out
}

func (e eventDesk) places() []ui.Option {
	out := make([]ui.Option, len(e.areas))
	for i, a := range e.areas {
		out[i] = ui.Option{Value: a.Code, Label: a.Name + " (" + a.Code + ")"}
	}
	return out
}

// place names the area of an event; an area of an older layout keeps its code.
func (e eventDesk) place(code string) string {
	for _, a := range e.areas {
		if a.Code == code {
			return a.Name
		}
	}
	return code
}

func (e eventDesk) day(x Event) string {
	day, err := time.ParseInLocation(time.DateOnly, x.Day, text.Amsterdam)
	if err != nil {
		return x.Day
	}
	return e.t.Day(day)
}

// once is the id of the event that the form would make. A form that came back with
// a fault keeps it.
func (e eventDesk) once() string {
	if id := e.form.Form.Typed("once"); ref.ValidID(id) {
		return id
	}
	return ref.NewID()
}
