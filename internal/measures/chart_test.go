package measures

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/web/form"
	"baken/internal/web/ui"
	"baken/internal/web/webtest"
)

func place(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || !strings.HasSuffix(s, "%") {
		t.Fatalf("%q is no place in percent", s)
	}
	return v
}

func TestChartPlacesTermsByTheirDays(t *testing.T) {
	now := late(deadlines.Date(2026, time.November, 24))
	terms := []Term{
		ViewTerm(nl, answer(t, from("AWB-6.7", deadlines.Date(2026, time.November, 13))), "Bezwaar", false, false, now),
		ViewTerm(nl, answer(t, from("AWB-6.7", deadlines.Date(2026, time.November, 20))), "Later", false, true, now),
		ViewTerm(nl, answer(t, from("AWB-4.13", deadlines.Date(2026, time.September, 1))), "Te laat", false, false, now),
	}
	c := sideBySide(nl, terms)
	if len(c.Rows) != 3 || c.More != 0 {
		t.Fatalf("%d rows, %d more", len(c.Rows), c.More)
	}
	first, later, overdue := c.Rows[0], c.Rows[1], c.Rows[2]
	if first.Said != "Bezwaar: 13 november 2026 t/m 28 december 2026, over 34 dagen" || first.End != "28 dec" {
		t.Errorf("the first row says %q and ends with %q", first.Said, first.End)
	}
	if place(t, overdue.X) != 0 || place(t, first.X) <= 0 || place(t, later.X) <= place(t, first.X) {
		t.Errorf("the rows begin at %s, %s and %s", overdue.X, first.X, later.X)
	}
	if x, end, today := place(t, first.X), place(t, first.EndX), place(t, c.Today); today <= x || today >= end || end-x-place(t, first.Width) > 0.02 || x+place(t, first.Width)-end > 0.02 {
		t.Errorf("today %v is not between %v and %v, or the bar of %s does not reach its end", today, x, end, first.Width)
	}
	// The chart is 125 days, from 1 September to 4 January, and a quarter of that for dates.
	if got, want := place(t, first.X), 73.0/125/1.25*100; got < want-0.01 || got > want+0.01 {
		t.Errorf("13 November stands at %v, want %v", got, want)
	}
	if first.Class != "" || later.Class != "baken-c-bar--maybe" || overdue.Class != "baken-c-bar--mark" {
		t.Errorf("classes %q, %q, %q", first.Class, later.Class, overdue.Class)
	}
}

func TestChartStaysSmall(t *testing.T) {
	now := late(deadlines.Date(2026, time.November, 24))
	var terms []Term
	for i := range 15 {
		terms = append(terms, ViewTerm(nl, answer(t, from("AWB-6.7", deadlines.Date(2026, time.November, 1)+deadlines.Day(i))), fmt.Sprint("Termijn ", i), false, false, now))
	}
	if c := sideBySide(nl, terms); len(c.Rows) != 12 || c.More != 3 || c.Rows[0].Label != "Termijn 0" {
		t.Errorf("%d rows, %d more, the first %q", len(c.Rows), c.More, c.Rows[0].Label)
	}
	for _, years := range []int{0, 1, 2, 5, 12, 40} {
		first := deadlines.Date(2026, time.November, 24)
		months := monthsBetween(first, first.AddYears(years)+60)
		if len(months) == 0 || len(months) > 6 {
			t.Errorf("%d years have %d marks: none, or so many that their names run into each other", years, len(months))
		}
		if !slices.IsSorted(months) || months[0] < first {
			t.Errorf("%d years: %v", years, months)
		}
		for _, m := range months {
			if _, _, day := m.Civil(); day != 1 {
				t.Errorf("%s is not the first of a month", m)
			}
		}
	}
}

// A matter that is pending has no end: its bar reaches as far as the chart.
func TestChartOfATermWithoutAnEnd(t *testing.T) {
	d := deadlines.Date(2026, time.June, 1)
	q := from("LOD-5.35", d)
	q.Events = []deadlines.Event{{Date: d + 20, Kind: "bezwaar"}}
	c := sideBySide(nl, []Term{ViewTerm(nl, answer(t, q), "Verjaring", false, false, late(d+40))})
	if r := c.Rows[0]; r.End != "Nog geen einde" || r.EndX != "80.00%" || !strings.Contains(r.Said, "t/m Nog geen einde") {
		t.Errorf("%+v", r)
	}
}

// Who cannot see the drawing hears every row, and a drawing in a panel is no list of
// unnamed pictures.
func TestEveryRowOfTheChartIsSaid(t *testing.T) {
	now := late(deadlines.Date(2026, time.November, 24))
	c := sideBySide(nl, []Term{ViewTerm(nl, answer(t, from("AWB-6.7", deadlines.Date(2026, time.November, 13))), "Bezwaar", false, false, now)})
	page := webtest.Render(t, context.Background(), drawn(nl, c))
	for _, svg := range page.All("svg") {
		if svg.Get("aria-hidden") != "true" && (svg.Get("role") != "img" || svg.Get("aria-label") == "") {
			t.Errorf("a drawing without words: %s", svg.Text())
		}
	}
	if rows := page.All("svg", "role", "img"); len(rows) != 1 {
		t.Errorf("%d rows are said", len(rows))
	}
}

// An act can become impossible between opening its form and sending it. What was
// typed is then still on the page, with the reason.
func TestWhatWasTypedOutlivesARefusal(t *testing.T) {
	show := func(f *form.Form) webtest.Node {
		return webtest.Render(t, context.Background(), ActPage(ActForm{P: nl, Title: "Verlengen", Block: "De termijn is voorbij.", Filled: ui.Filled{P: nl, Form: f},
			Asks: []Asked{{Input: ui.Input{Name: "Why", Label: "Waarom", Rows: 5}}}}))
	}
	opened := show(form.Empty(nil))
	if len(opened.All("form")) != 0 || !strings.Contains(opened.Text(), "De termijn is voorbij.") {
		t.Errorf("the form of an act that cannot be done is shown, or not why: %s", opened.Text())
	}
	f := form.Empty(map[string]string{"Why": "De afvoer loopt nog."})
	f.Wrong("", "dwangsom.block.closed")
	sent := show(f)
	if got := sent.One(t, "textarea").Text(); got != "De afvoer loopt nog." {
		t.Errorf("what was typed is %q", got)
	}
	if len(sent.All("div", "role", "alert")) != 1 {
		t.Error("the refusal is not said")
	}
}
