package measures

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/web"
)

// list shows every kind that the reader may see, each asked under its own purpose by
// its own act.
func (x *Index) list(w http.ResponseWriter, r *http.Request) error {
	who, p := web.Actor(r), web.Printer(r)
	l := listView{p: p, now: web.Now(r), kind: r.URL.Query().Get("soort"), closed: r.URL.Query().Get("gesloten") == "1"}
	for _, k := range x.Kinds {
		if !x.Book.May(who, k.List) {
			continue
		}
		l.kinds = append(l.kinds, k)
		if x.Book.May(who, k.Report) {
			l.may = append(l.may, k)
		}
	}
	if l.kind != "" && !slices.ContainsFunc(l.kinds, func(k Listing) bool { return k.Name == l.kind }) {
		return fault.New(fault.NotFound, "access.not-found")
	}
	err := x.load(r, &l, func(u *work.Unit, k Listing) ([]Row, error) {
		leaving, err := x.Register.Leaving(u, x.Book, k.Name, k.Read, deadlines.DayOf(u.Now()))
		if err != nil {
			return nil, err
		}
		for _, row := range leaving {
			l.leaving = append(l.leaving, listed{row, k})
		}
		if l.closed {
			gone, err := x.Register.Gone(u, x.Book, k.Name, k.Read)
			if err != nil {
				return nil, err
			}
			l.gone = append(l.gone, gone...)
		}
		return x.Register.List(u, x.Book, k.Name, k.Read, l.closed)
	})
	if err != nil {
		return err
	}
	first(l.rows)
	slices.SortStableFunc(l.leaving, func(a, b listed) int { return cmp.Compare(a.Last(), b.Last()) })
	slices.SortStableFunc(l.gone, func(a, b Gone) int { return cmp.Compare(b.DestroyedOn, a.DestroyedOn) })
	return web.Render(w, r, web.Page{Title: p.T("measures.nav"), Body: listPage(l)})
}

// load reads the files of the kinds of a list, each kind under its own purpose by its
// own act.
func (x *Index) load(r *http.Request, l *listView, rows func(u *work.Unit, k Listing) ([]Row, error)) error {
	for _, k := range l.kinds {
		if l.kind != "" && l.kind != k.Name {
			continue
		}
		err := x.Keep.See(r.Context(), web.Actor(r), k.Purpose, func(u *work.Unit) error {
			if _, err := x.Book.Require(u, k.List, ref.Ref{Kind: "measures"}); err != nil {
				return err
			}
			found, err := rows(u, k)
			if err != nil {
				return err
			}
			for _, row := range found {
				l.rows = append(l.rows, listed{row, k})
			}
			l.beside.People, err = x.Colleagues(u)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tile is what waits for the reader: at two in the morning the mayor signs in on a
// telephone and has the file before her.
func (x *Index) tile(r *http.Request) (templ.Component, error) {
	who := web.Actor(r)
	may := func(act string) bool { return x.Book.May(who, act) }
	l := listView{p: web.Printer(r), now: web.Now(r)}
	for _, k := range x.Kinds {
		if may(k.List) && len(k.stagesFor(may)) > 0 {
			l.kinds = append(l.kinds, k)
		}
	}
	err := x.load(r, &l, func(u *work.Unit, k Listing) ([]Row, error) {
		return x.Register.InStages(u, x.Book, k.Name, k.Read, k.stagesFor(may))
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(l.rows, urgent)
	most := min(len(l.rows), tileMost)
	return waitingTile(l, l.rows[:most], len(l.rows)-most), nil
}

// urgent orders what waits: first what has a day, the nearest first, then what came last.
// By kind a house ban of tonight could stand below the five that the tile has room for.
func urgent(a, b listed) int {
	return cmp.Or(cmp.Compare(a.turn(), b.turn()), b.OpenedAt.Compare(a.OpenedAt))
}
