package measures

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
	"baken/internal/plug"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/ui"
)

// ListAct opens the page of all measures. What stands on it is asked of each kind by
// that kind's own act: name + ".list".
const ListAct = "measures.list"

// Declaration states who may open the page of all measures: whoever may see the list
// of one of the kinds.
func Declaration(kinds ...plug.Declaration) plug.Declaration {
	page := access.Act{Name: ListAct, Kind: "measures", Level: access.Read}
	for _, k := range kinds {
		for _, a := range k.Acts {
			if a.Kind != "measures" {
				continue
			}
			if page.Purpose == "" {
				page.Purpose = a.Purpose
			}
			for _, r := range a.Roles {
				if !slices.Contains(page.Roles, r) {
					page.Roles = append(page.Roles, r)
				}
			}
		}
	}
	return plug.Declaration{Acts: []access.Act{page}}
}

// Listing is what the page of all measures knows of a kind.
type Listing struct {
	Name, Purpose           string
	List, Read, Report, New string // acts, and the address of the form that opens a file
	Subject                 func(breach string) string
	Theirs, Prompt          map[string]bool   // terms of others, and terms without a date
	Waits                   map[string]string // by stage, the act for which a file waits
	Sealed                  bool              // no count for who may not open a file
}

// Listing is the desk's line on the page of all measures.
func (d *Desk[R]) Listing() Listing {
	return Listing{Name: d.name(), Purpose: d.Law.Kind.Purpose, List: d.act("list"), Read: d.act("read"), Report: d.Law.Opening, New: d.base() + "/nieuw",
		Subject: d.Law.Subject, Theirs: d.Law.Theirs, Prompt: d.Law.Prompt, Waits: d.Law.Waits, Sealed: d.Law.Sealed}
}

// Index is the page of all measures.
type Index struct {
	Keep       *work.Keeper
	Book       *access.Book
	Register   *Register
	Colleagues func(u *work.Unit) ([]Colleague, error)
	Kinds      []Listing
}

// Plug is what the page hands to app.
func (x *Index) Plug() plug.Room {
	return plug.Room{Routes: []web.Route{{Pattern: "GET /maatregelen", Who: web.Staff, Act: ListAct, Handler: x.list},
		{Pattern: "GET /maatregelen/register", Who: web.Staff, Act: ListAct, Handler: x.askRegister}, {Pattern: "POST /maatregelen/register", Who: web.Staff, Act: ListAct, Handler: x.answerRegister},
		{Pattern: "GET /maatregelen/gronden", Who: web.Staff, Act: ListAct, Handler: x.showGrounds}},
		Tiles: []plug.Tile{{Act: ListAct, Order: 1, Show: x.tile}},
		Nav:   []web.NavGroup{{Text: "measures.nav-group", Items: []web.NavItem{{Path: "/maatregelen", Text: "measures.nav", Icon: "gavel", Act: ListAct}}}}}
}

// listView is what the page draws with.
type listView struct {
	p       *text.Printer
	now     time.Time
	rows    []listed
	beside  Beside
	kinds   []Listing // those that the reader may see
	may     []Listing // those of which the reader may open a file
	kind    string    // the one that is shown; empty for all
	closed  bool
	leaving []listed   // closed files that are about to be destroyed
	gone    []Gone     // what was destroyed
	others  []othersOf // of which the reader learns the number only
}

// tileMost is how many files stand on the home page.
const tileMost = 5

// stagesFor are the stages in which a file of the kind waits for an act that the reader
// may do.
func (k Listing) stagesFor(may func(act string) bool) []string {
	var out []string
	for stage, act := range k.Waits {
		if may(act) {
			out = append(out, stage)
		}
	}
	slices.Sort(out)
	return out
}

// listed is a row with its kind.
type listed struct {
	Row
	kind Listing
}

// first puts the row with the first term first.
func first(rows []listed) {
	slices.SortStableFunc(rows, func(a, b listed) int {
		if day := cmp.Compare(a.turn(), b.turn()); day != 0 {
			return day
		}
		return cmp.Compare(a.Number, b.Number)
	})
}

// turn is the day of the next term; a file without one comes last.
func (r listed) turn() deadlines.Day {
	if r.NextDay == deadlines.NoDay {
		return math.MaxInt32
	}
	return r.NextDay
}

func (r listed) title(p *text.Printer) string { return p.T(r.Kind+".title", "place", r.Title) }

func (r listed) subject() string {
	if r.kind.Subject == nil {
		return ""
	}
	return r.kind.Subject(r.Breach)
}

func (r listed) next(p *text.Printer) string {
	if r.NextCode == "" {
		return ""
	}
	return p.T(r.Kind+".term."+r.NextCode, "n", strconv.Itoa(r.NextNumber))
}

func (l listView) when(r listed) (iso, day, left, tone string) {
	if r.NextDay == deadlines.NoDay {
		return "", "", "", ""
	}
	days := int(r.NextDay - deadlines.DayOf(l.now))
	left, tone = Left(l.p, days)
	switch {
	case r.kind.Prompt[r.NextCode] && days < 0:
		return r.NextDay.String(), l.p.T("measures.at-once"), l.p.T("measures.since-hours", "hours", l.p.T("measures.days", "n", -days)), "today"
	case r.kind.Prompt[r.NextCode]:
		return r.NextDay.String(), l.p.T("measures.at-once"), left, "today"
	case tone == "late" && r.kind.Theirs[r.NextCode]:
		left, tone = l.p.T("measures.past"), "done"
	}
	return r.NextDay.String(), l.p.DayShort(r.NextDay.Midnight(), l.now), left, tone
}

// address is the page with another choice of kind or of closed files.
func (l listView) address(kind string, closed bool) string {
	switch {
	case kind != "" && closed:
		return "/maatregelen?soort=" + kind + "&gesloten=1"
	case kind != "":
		return "/maatregelen?soort=" + kind
	case closed:
		return "/maatregelen?gesloten=1"
	}
	return "/maatregelen"
}

// tabs are the kinds that the reader may see, all of them first.
func (l listView) tabs() []ui.Tab {
	out := []ui.Tab{{Href: l.address("", l.closed), Label: l.p.T("measures.all-kinds"), Current: l.kind == ""}}
	for _, k := range l.kinds {
		out = append(out, ui.Tab{Href: l.address(k.Name, l.closed), Label: l.p.T(k.Name + ".kind"), Current: l.kind == k.Name})
	}
	return out
}

// grid is the table of the list. On a telephone the lead stands on the file's own page.
func (l listView) grid() ui.Grid {
	return ui.Grid{ID: "dossiers", Caption: l.p.T("measures.list"), Columns: []ui.Column{{Label: l.p.T("measures.column-case")}, {Label: l.p.T("measures.column-state")},
		{Label: l.p.T("measures.column-next")}, {Label: l.p.T("measures.column-lead"), Wide: true}}}
}
