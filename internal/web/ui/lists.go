package ui

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"
)

// Link is an address with its words.
type Link struct{ Href, Label string }

// Fact is one line of a list of facts. Part is shown instead of Text when set.
type Fact struct {
	Label string
	Text  string
	Part  templ.Component
}

// Event is one line of a timeline. Key marks a formal decision.
type Event struct {
	When string // as shown: 12 okt
	ISO  string
	Text string
	Who  string
	Key  bool
}

// Tab is one part of a subject. Each has its own address, so that it can be kept
// and opened beside another.
type Tab struct {
	Href, Label, Count string
	Current            bool
}

// Chip is one choice of a filter that is a link.
type Chip struct {
	Href, Label string
	Current     bool
}

// Nothing stands where a list would be: what there is not, and what comes or can
// be done.
type Nothing struct {
	Icon   string // circle-check for good news, alert-triangle for a failure, info-circle otherwise
	Head   string
	Text   string
	Action *Link
}

// Column is the head of one column of a table. Sort is the value of ?sorteer= that
// orders by it; empty is a column that cannot be sorted.
type Column struct {
	Label  string
	Sort   string
	Number bool // figures stand at the right
	Wide   bool // disappears on small screens; what it says is then elsewhere too
}

// Grid is a table whose columns can be sorted by links.
type Grid struct {
	ID      string
	Caption string // read by screen readers: what it lists and how it is ordered
	Columns []Column
	Here    string // address of the page with its query
	Sorted  string // the Sort of the column in force
	Down    bool   // from high to low
}

func (c Column) class() string {
	out := "utrecht-table__header-cell"
	if c.Number {
		out += " baken-num"
	}
	if c.Wide {
		out += " baken-wide"
	}
	return out
}

// order says to screen readers how a column is sorted.
func (g Grid) order(c Column) templ.Attributes {
	switch {
	case c.Sort == "" || c.Sort != g.Sorted:
		return nil
	case g.Down:
		return templ.Attributes{"aria-sort": "descending"}
	}
	return templ.Attributes{"aria-sort": "ascending"}
}

func (g Grid) icon(c Column) string {
	switch {
	case c.Sort != g.Sorted:
		return "selector"
	case g.Down:
		return "arrow-narrow-down"
	}
	return "arrow-narrow-up"
}

// link sorts by a column, and turns the order round when it is sorted by it. It
// goes back to the first page.
func (g Grid) link(c Column) templ.SafeURL {
	value := c.Sort
	if c.Sort == g.Sorted && !g.Down {
		value = "-" + c.Sort
	}
	return Change(g.Here, "sorteer", value, "pagina", "")
}

// Change is an address of this site with values of its query changed; an empty
// value takes it out. The rest stays, so that a sort link keeps the filter.
func Change(here string, pairs ...string) templ.SafeURL {
	u, err := url.Parse(here)
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		u = &url.URL{Path: "/"}
	}
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	// Path and query alone: whatever here was, the link stays on this site.
	return templ.SafeURL((&url.URL{Path: "/" + strings.TrimLeft(u.Path, "/\\"), RawQuery: q.Encode()}).String())
}

// Paging is the foot of a list that has pages. Words come from the caller because
// they name what is counted: "1–20 van 134 zaken".
type Paging struct {
	Label          string // Bladeren door de zaken
	Counted        string
	Here           string
	Page, Pages    int
	Previous, Next string
	PageWord       string // Pagina
}

// shown are the pages that get a link: the first, the last, and those around the
// present one. A zero is a gap.
func (p Paging) shown() []int {
	var out []int
	for i := 1; i <= p.Pages; i++ {
		if i == 1 || i == p.Pages || (i >= p.Page-1 && i <= p.Page+1) {
			out = append(out, i)
		} else if out[len(out)-1] != 0 {
			out = append(out, 0)
		}
	}
	return out
}

func pageClass(current bool) string {
	if current {
		return "utrecht-pagination__page-link utrecht-pagination__page-link--current"
	}
	return "utrecht-pagination__page-link"
}

func currentAttr(current bool, value string) templ.Attributes {
	if current {
		return templ.Attributes{"aria-current": value}
	}
	return nil
}
