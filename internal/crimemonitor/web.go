package crimemonitor

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/ui"
)

// page is the monitor's page for one choice and language, ready to be drawn. It
// holds no personal data, so it is kept until figures or events change.
type page struct {
	view   *View
	ground *ui.Ground
	mu     sync.Mutex
	bodies map[look]string
}

// look is what a page's body depends on beside its figures. It says nothing of who
// reads: two people with the same rights get the same bytes.
type look struct {
	lang           text.Lang
	sort           string
	sync, annotate bool
}

// body is the page's body, drawn once for each look: charts and tables of a year of
// figures cost more than the rest of the answer together.
func (p *page) body(l look, draw func() templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		made, err := p.drawn(ctx, l, draw)
		if err == nil {
			// Outside the lock: a thread that is put to sleep while it copies would hold up
			// every other reader.
			_, err = io.WriteString(w, made)
		}
		return err
	})
}

func (p *page) drawn(ctx context.Context, l look, draw func() templ.Component) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if made, ok := p.bodies[l]; ok {
		return made, nil
	}
	var b strings.Builder
	if err := draw().Render(ctx, &b); err != nil {
		return "", err
	}
	if p.bodies == nil {
		p.bodies = map[look]string{}
	}
	p.bodies[l] = b.String()
	return p.bodies[l], nil
}

// drawn remembers finished views until figures or events change on this node; on
// other nodes a changed count of snapshots and events shows it.
type drawn struct {
	mu   *sync.Mutex
	mark string
	seen time.Time // when the mark was read last
	list map[Choice]*page
}

func newDrawn() *drawn { return &drawn{mu: &sync.Mutex{}, list: map[Choice]*page{}} }

// fresh is a view whose figures were seen unchanged within the last second.
func (d *drawn) fresh(now time.Time, c Choice) *page {
	d.mu.Lock()
	defer d.mu.Unlock()
	if age := now.Sub(d.seen); age < 0 || age >= time.Second {
		return nil
	}
	return d.list[c]
}

func (d *drawn) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.list)
}

// mostViews bounds the memory: every offence and year of one municipality fits.
const mostViews = 512

// page finds or builds the view for a choice. mark is the state of the figures: a
// view of another state is not used.
//
// The router has asked access for the act of the route, with rights at most a second
// old. Within the second in which the figures were seen unchanged, a view that is
// there is shown without asking the database again.
func (m *Monitor) page(r *http.Request, c Choice) (*page, error) {
	if out := m.drawn.fresh(m.keep.Now(), c); out != nil {
		return out, nil
	}
	var out *page
	err := m.see(r.Context(), web.Actor(r), func(u *work.Unit) error {
		mark, err := state(u)
		if err != nil {
			return err
		}
		if out = m.drawn.find(mark, u.Now(), c); out != nil {
			return nil
		}
		v, err := m.build(u, c)
		if err != nil {
			return err
		}
		out = &page{view: v, ground: ui.NewGround(shapes(v.Rows))}
		m.drawn.keep(mark, c, out)
		return nil
	})
	return out, err
}

// state changes with every import, area file and event: pages made of figures are
// kept only while it is the same.
func state(u *work.Unit) (string, error) {
	ours, err := countEvents(u.Tx())
	if err != nil {
		return "", err
	}
	f, err := figures.Mark(u)
	if err != nil {
		return "", err
	}
	p, err := places.Mark(u)
	return ours + " " + f + " " + p, err
}

func (d *drawn) find(mark string, now time.Time, c Choice) *page {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen = now
	if d.mark != mark {
		clear(d.list)
		d.mark = mark
	}
	return d.list[c]
}

func (d *drawn) keep(mark string, c Choice, p *page) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.list) >= mostViews {
		clear(d.list)
	}
	if d.mark == mark {
		d.list[c] = p
	}
}

func shapes(rows []AreaRow) []ui.Shape {
	var out []ui.Shape
	for _, r := range rows {
		s := ui.Shape{Code: r.Area.Code}
		for _, polygon := range r.Area.Outline {
			for _, ring := range polygon {
				points := make([]ui.XY, len(ring))
				for i, p := range ring {
					points[i] = ui.XY{X: p.X, Y: p.Y}
				}
				s.Rings = append(s.Rings, points)
			}
		}
		out = append(out, s)
	}
	return out
}

// choose reads the filter. What is not known is refused and not silently replaced:
// a page must show what its address says.
func choose(r *http.Request) (Choice, error) {
	q := r.URL.Query()
	c := Choice{Offence: q.Get("soort"), Rate: q.Get("eenheid") != "aantal"}
	if c.Offence == "" {
		c.Offence = Total
	}
	if _, ok := titles()[c.Offence]; !ok {
		return c, fault.New(fault.Invalid, "crimemonitor.ask.offence", "value", c.Offence)
	}
	if s := q.Get("jaar"); s != "" {
		year, err := strconv.Atoi(s)
		if err != nil || year < 2000 || year > 2100 {
			return c, fault.New(fault.Invalid, "crimemonitor.ask.period", "value", s)
		}
		c.Year = year
	}
	return c, nil
}

func (m *Monitor) show(w http.ResponseWriter, r *http.Request) error {
	c, err := choose(r)
	if err != nil {
		return err
	}
	p, err := m.page(r, c)
	if err != nil {
		return err
	}
	t := web.Printer(r)
	h := hand{t: t, view: p.view, ground: p.ground, name: m.Name, sync: m.book.May(web.Actor(r), "figures.sync"),
		annotate: m.book.May(web.Actor(r), "figures.annotate"), own: m.Municipality}
	if by := r.URL.Query().Get("sorteer"); slices.Contains([]string{"buurt", "aantal"}, by) {
		h.sort = by
	}
	body := p.body(look{t.Lang, h.sort, h.sync, h.annotate}, func() templ.Component { return monitorPage(h) })
	return web.Render(w, r, web.Page{Title: t.T("crimemonitor.title"), Body: body})
}

// offence is the page of one of the police's offences: its years, its months, its
// numbers, and what the police count under it.
func (m *Monitor) offence(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("code")
	if _, ok := titles()[code]; !ok {
		return fault.New(fault.NotFound, "access.not-found")
	}
	p, err := m.page(r, Choice{Offence: code, Rate: true})
	if err != nil {
		return err
	}
	t := web.Printer(r)
	h := hand{t: t, view: p.view, ground: p.ground, name: m.Name, own: m.Municipality, sync: m.book.May(web.Actor(r), "figures.sync")}
	return web.Render(w, r, web.Page{Title: code + " " + titles()[code], Body: offencePage(h, code)})
}

// area is the page of one neighbourhood: every offence that is published for it.
func (m *Monitor) area(w http.ResponseWriter, r *http.Request) error {
	code, ok := figures.ParseArea(r.PathValue("gebied"))
	if !ok || !figures.Within(code, m.Municipality) {
		return fault.New(fault.NotFound, "access.not-found")
	}
	var v *AreaView
	err := m.see(r.Context(), web.Actor(r), func(u *work.Unit) (err error) {
		v, err = m.areaView(u, code)
		return err
	})
	if err != nil {
		return err
	}
	t := web.Printer(r)
	h := hand{t: t, name: m.Name, own: m.Municipality, sync: m.book.May(web.Actor(r), "figures.sync")}
	return web.Render(w, r, web.Page{Title: v.Area.Name, Body: areaPage(h, v)})
}

// source is what a number can be traced to: the snapshot with its table, its dates
// and what changed with it.
func (m *Monitor) source(w http.ResponseWriter, r *http.Request) error {
	var s *figures.Snapshot
	err := m.see(r.Context(), web.Actor(r), func(u *work.Unit) (err error) {
		s, err = m.store.Snapshot(u, r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	t := web.Printer(r)
	return web.Render(w, r, web.Page{Title: t.T("crimemonitor.source"), Body: sourcePage(t, s)})
}

// tile is the monitor's part of Vandaag: the four series.
func (m *Monitor) tile(r *http.Request) (templ.Component, error) {
	p, err := m.page(r, Choice{Offence: Total, Rate: true})
	if err != nil {
		return nil, err
	}
	return todayTile(hand{t: web.Printer(r), view: p.view, name: m.Name, own: m.Municipality}), nil
}

// hand is what the templates draw with.
type hand struct {
	t              *text.Printer
	view           *View
	ground         *ui.Ground
	name, own      string
	sync, annotate bool
	sort           string // column of the table of neighbourhoods
}

func (h hand) period(p figures.Period) string { return h.t.Period(p.String()) }

// serie is the name of a line of the definition.
func (h hand) serie(name string) string { return h.t.T("crimemonitor.serie." + name) }

func (h hand) count(c YearCell) string { return h.number(c.Value, c.Status) }

// number writes a figure, or the words for a cell without one. Nothing that is not
// published ever reads as zero.
func (h hand) number(v int64, s figures.Status) string {
	switch s {
	case figures.Published:
		return h.t.Int(int(v))
	case figures.Provisional:
		return h.t.Int(int(v)) + "*"
	case figures.Unknown:
		return h.t.T("crimemonitor.unknown")
	}
	return h.t.T("crimemonitor.not-published")
}

func (h hand) rate(c YearCell) string {
	if !c.HasRate {
		return "–"
	}
	return h.t.Number(c.Rate, 1)
}

// compare is the change in words; no change is known without both figures.
func (h hand) compare(before, now YearCell) string {
	if !before.Status.Known() || !now.Status.Known() || before.Period == 0 || now.Period == 0 {
		return "–"
	}
	d := Compare(before.Value, now.Value)
	args := make([]any, len(d.Args))
	for i, a := range d.Args {
		args[i] = a
		if v, ok := a.(int64); ok {
			args[i] = h.t.Int(int(v))
		}
	}
	return h.t.T(d.Code, args...)
}

func (h hand) signal(s Signal) (tone ui.Tone, icon, word string) {
	switch s {
	case Above:
		return ui.Warn, "arrow-narrow-up", h.t.T("crimemonitor.higher")
	case Below:
		return ui.Info, "arrow-narrow-down", h.t.T("crimemonitor.lower")
	}
	return ui.Neutral, "", h.t.T("crimemonitor.normal")
}

func (h hand) expected(b Band) string {
	return h.t.T("crimemonitor.expected", "low", h.t.Int(int(b.Low)), "high", h.t.Int(int(b.High)))
}

// missing names the offences of a series that no snapshot holds.
func (h hand) missing(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = fmt.Sprintf("%s %s", c, titles()[c])
	}
	return h.t.List(names)
}
