package measures

import (
	"net/http"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// askRegister asks for an address or a person. What is typed never stands in the address
// of a page, which lands in logs and histories.
func (x *Index) askRegister(w http.ResponseWriter, r *http.Request) error {
	return x.register(w, r, form.Empty(nil), nil)
}

// answerRegister shows the measures at an address or against a person: those that the
// reader may open with what they are, of others within the same purposes the number
// only, and of kinds behind a wall nothing (AVG 5 lid 1 b; architecture.md 4).
func (x *Index) answerRegister(w http.ResponseWriter, r *http.Request) error {
	filled := form.Read(r)
	subject := filled.Text("subject", ask.MostLine)
	if filled.Err() != nil {
		return x.register(w, r, filled, nil)
	}
	l := listView{p: web.Printer(r), now: web.Now(r), closed: true}
	for _, k := range x.Kinds {
		if !x.Book.May(web.Actor(r), k.List) {
			continue
		}
		err := x.Keep.See(r.Context(), web.Actor(r), k.Purpose, func(u *work.Unit) error {
			if _, err := x.Book.RequireFor(u, k.List, ref.Ref{Kind: "measures"}, "register"); err != nil {
				return err
			}
			rows, others, err := x.Register.At(u, x.Book, k.Name, k.Read, subject)
			for _, row := range rows {
				l.rows = append(l.rows, listed{row, k})
			}
			if others > 0 && !k.Sealed {
				l.others = append(l.others, othersOf{k.Name, others})
			}
			if err == nil {
				l.beside.People, err = x.Colleagues(u)
			}
			return err
		})
		if fault.KindOf(err) == fault.NotFound {
			continue // the right was taken away since the page began
		}
		if err != nil {
			return err
		}
	}
	return x.register(w, r, filled, &l)
}

func (x *Index) register(w http.ResponseWriter, r *http.Request, filled *form.Form, found *listView) error {
	p := web.Printer(r)
	page := web.Page{Title: p.T("measures.register"), Body: registerPage(p, web.CSRF(w, r), ui.Filled{P: p, Form: filled}, found)}
	if filled.Err() != nil {
		page.Title, page.Status = p.T("ui.error-title", "title", page.Title), http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// othersOf is how many files of a kind there are that the reader may not open.
type othersOf struct {
	kind string
	n    int
}
