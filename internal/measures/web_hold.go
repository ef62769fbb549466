package measures

import (
	"net/http"

	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// holding is the form by which a closed file is kept longer.
type holding struct {
	p            *text.Printer
	csrf, action string
	filled       ui.Filled
}

func (x holding) grounds() []ui.Option {
	out := []ui.Option{{Label: x.p.T("measures.choose")}}
	for _, g := range HoldGrounds {
		out = append(out, ui.Option{Value: g, Label: x.p.T("measures.hold." + g)})
	}
	return out
}

func (d *Desk[R]) holding(w http.ResponseWriter, r *http.Request, filled *form.Form) holding {
	p := web.Printer(r)
	return holding{p: p, csrf: web.CSRF(w, r), action: d.base() + "/" + r.PathValue("id") + "/bewaren", filled: ui.Filled{P: p, Form: filled}}
}

// hold keeps a closed file longer. Its form stands on the page of the file; what was wrong
// is shown on a page of its own.
func (d *Desk[R]) hold(w http.ResponseWriter, r *http.Request) error {
	if _, err := d.current(r); err != nil { // before the form is judged: what is not there has no mistakes
		return err
	}
	filled := form.Read(r)
	ground, until := filled.Choice("Ground", HoldGrounds...), filled.Date("Until")
	err := filled.Err()
	if err == nil {
		err = d.Hold(r.Context(), web.Actor(r), r.PathValue("id"), deadlines.DayOf(until), ground)
		if err == nil {
			web.Notice(w, r, "measures.held-now")
			return web.SeeOther(w, r, d.base()+"/"+r.PathValue("id"))
		}
		if !filled.Absorb(err) {
			return err
		}
	}
	x := d.holding(w, r, filled)
	return web.Render(w, r, web.Page{Title: x.p.T("ui.error-title", "title", x.p.T("measures.hold")), Status: http.StatusUnprocessableEntity, Body: holdPage(x, d.base()+"/"+r.PathValue("id"))})
}
