package measures

import (
	"net/http"
	"slices"

	"baken/internal/fault"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web"
)

// groundsYears is how far back a warning looks: as far as the policy rules look for earlier
// measures at most (docs/decisions/2026-11-26-grounds.md).
const groundsYears = 5

// tallied are the grounds of a kind.
type tallied struct {
	kind string
	list []Tally
}

// GroundName is a ground in words, with its article.
func GroundName(p *text.Printer, code string) string {
	name := p.T("measures.ground." + code)
	if i := slices.IndexFunc(Grounds, func(g Ground) bool { return g.Code == code }); i >= 0 && Grounds[i].Article != "" {
		return name + " (" + Grounds[i].Article + ")"
	}
	return name
}

// ruled says who ruled: the court of an appeal, or else the remedy.
func (f FellIn) ruled(p *text.Printer) string {
	if f.Court != "" {
		return p.T("measures.ruled." + f.Court)
	}
	return p.T("measures.ruled." + f.Remedy)
}

// showGrounds shows on which grounds decisions of each kind stood and fell, each kind
// under its own purpose by its own act, as the register of an address does.
func (x *Index) showGrounds(w http.ResponseWriter, r *http.Request) error {
	var kinds []tallied
	for _, k := range x.Kinds {
		if !x.Book.May(web.Actor(r), k.List) {
			continue
		}
		err := x.Keep.See(r.Context(), web.Actor(r), k.Purpose, func(u *work.Unit) error {
			if _, err := x.Book.RequireFor(u, k.List, ref.Ref{Kind: "measures"}, "grounds"); err != nil {
				return err
			}
			list, err := x.Register.Tallies(u, x.Book, Cases{Kind: k.Name, Read: k.Read, Sealed: k.Sealed})
			kinds = append(kinds, tallied{k.Name, list})
			return err
		})
		if fault.KindOf(err) == fault.NotFound {
			continue // the right was taken away since the page began
		}
		if err != nil {
			return err
		}
	}
	p := web.Printer(r)
	return web.Render(w, r, web.Page{Title: p.T("measures.grounds"), Body: groundsPage(p, kinds, web.Now(r))})
}

// warning are the grounds on which decisions of the kind about the same subject fell, for
// who prepares or takes the next. What it is about may not be known yet: then there is
// nothing alike to warn of.
func (d *Desk[R]) warning(r *http.Request, f dossier.Opened[R]) (list []Tally, err error) {
	card := d.Law.Card(f.Record, f.At)
	if card.Breach == "" || !d.Office.Book.May(web.Actor(r), d.act("list")) {
		return nil, nil
	}
	err = d.Office.Keep.See(r.Context(), web.Actor(r), d.Law.Kind.Purpose, func(u *work.Unit) error {
		if _, err := d.Office.Book.RequireFor(u, d.act("list"), ref.Ref{Kind: "measures"}, "grounds"); err != nil {
			return err
		}
		list, err = d.Register.Tallies(u, d.Office.Book, Cases{Kind: d.name(), Read: d.act("read"), Breach: card.Breach, Not: f.Head.ID, Since: f.At.Today.AddYears(-groundsYears), Sealed: d.Law.Sealed})
		return err
	})
	return slices.DeleteFunc(list, func(t Tally) bool { return t.Fell == 0 }), err
}
