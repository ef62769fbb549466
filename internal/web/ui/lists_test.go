package ui

import (
	"context"
	"io"
	"slices"
	"testing"

	"github.com/a-h/templ"
)

func grid() Grid {
	return Grid{ID: "t", Caption: "Buurten", Here: "/hic?soort=1.1.1&pagina=3&sorteer=naam", Sorted: "naam",
		Columns: []Column{{Label: "Buurt", Sort: "naam"}, {Label: "Aantal", Sort: "aantal", Number: true}, {Label: "Status"}}}
}

// A sort link keeps the filter and goes back to the first page.
func TestSortLinksKeepTheFilter(t *testing.T) {
	page := draw(t, Sorted(grid()))
	if got := page.Link(t, "Aantal"); got != "/hic?soort=1.1.1&sorteer=aantal" {
		t.Errorf("Aantal leads to %q", got)
	}
	if got := page.Link(t, "Buurt"); got != "/hic?soort=1.1.1&sorteer=-naam" {
		t.Errorf("the sorted column leads to %q, not to its opposite", got)
	}
	if got := page.One(t, "th", "aria-sort", "ascending").Text(); got != "Buurt" {
		t.Errorf("said to be sorted: %q", got)
	}
	if page.One(t, "caption").Text() != "Buurten" {
		t.Error("the table has no name")
	}
}

func TestAddressStaysOnThisSite(t *testing.T) {
	for _, here := range []string{"//evil.example/x", "https://evil.example/x", "javascript:alert(1)", `/\evil.example`, ""} {
		got := string(Change(here, "a", "b"))
		if len(got) < 2 || got[0] != '/' || got[1] == '/' || got[1] == '\\' {
			t.Errorf("Change(%q) = %q leads elsewhere", here, got)
		}
	}
}

func TestPagesShowEndsAndNeighbours(t *testing.T) {
	for _, row := range []struct {
		page, pages int
		want        []int
	}{{1, 1, []int{1}}, {1, 3, []int{1, 2, 3}}, {5, 10, []int{1, 0, 4, 5, 6, 0, 10}}, {10, 10, []int{1, 0, 9, 10}}} {
		if got := (Paging{Page: row.page, Pages: row.pages}).shown(); !slices.Equal(got, row.want) {
			t.Errorf("page %d of %d shows %v, want %v", row.page, row.pages, got, row.want)
		}
	}
	page := draw(t, Pages(Paging{Label: "Bladeren", Here: "/zaken?q=kade", Page: 2, Pages: 3, Previous: "Vorige", Next: "Volgende", PageWord: "Pagina"}))
	if got := page.Link(t, "Volgende"); got != "/zaken?pagina=3&q=kade" {
		t.Errorf("next is %q", got)
	}
	if got := page.One(t, "a", "aria-current", "page").Text(); got != "2" {
		t.Errorf("the present page is said to be %q", got)
	}
}

func TestFactsShowAPartOrText(t *testing.T) {
	part := templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, "<em>deel</em>"); return err })
	page := draw(t, Facts([]Fact{{Label: "Bron", Text: "Politie"}, {Label: "Stand", Part: part}}))
	if dd := page.All("dd"); dd[0].Text() != "Politie" || len(dd[1].All("em")) != 1 {
		t.Fatal(page.Text())
	}
}

// Buttons that only script can answer must not stand there without it.
func TestScriptButtonsStartHidden(t *testing.T) {
	for _, c := range []templ.Component{PrintButton("Afdrukken"), CopyButton("t", "Kopieer", "Gekopieerd")} {
		if _, hidden := draw(t, c).One(t, "button", "data-needs-script", "").Lookup("hidden"); !hidden {
			t.Error("shown without script")
		}
	}
}
