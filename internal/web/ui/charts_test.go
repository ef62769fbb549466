package ui

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"baken/internal/web/webtest"
)

func series(values ...float64) []Point {
	out := make([]Point, len(values))
	for i, v := range values {
		out[i] = Point{Name: "maand " + num(float64(i+1)), Value: v}
	}
	return out
}

func draw(t *testing.T, c templ.Component) webtest.Node {
	t.Helper()
	return webtest.Render(t, context.Background(), c)
}

func TestLineStandsWhereTheDataSay(t *testing.T) {
	svg := draw(t, plot(Chart{Label: "l", Points: series(0, 5, 10)}))
	if got := svg.One(t, "path", "class", "baken-c-line").Get("d"); got != "M0 100L50 50L100 0" {
		t.Fatalf("d = %q", got)
	}
	dot := svg.One(t, "circle")
	if dot.Get("cx") != "100%" || dot.Get("cy") != "0%" {
		t.Fatalf("the last point is marked at %s, %s", dot.Get("cx"), dot.Get("cy"))
	}
}

// A month that is not published is a gap, never a zero and never bridged.
func TestAbsentMonthIsAGap(t *testing.T) {
	p := series(4, 4, 0, 8, 8)
	p[2].Standing = Absent
	svg := draw(t, plot(Chart{Label: "l", Points: p}))
	if got := svg.One(t, "path", "class", "baken-c-line").Get("d"); got != "M0 50L25 50M75 0L100 0" {
		t.Fatalf("d = %q: the line must break", got)
	}
	if gap := svg.One(t, "rect", "class", "baken-c-gap"); gap.Text() != "maand 3" || gap.Get("x") != "40%" {
		t.Fatalf("gap %q at %s", gap.Text(), gap.Get("x"))
	}
	bars := draw(t, plot(Chart{Label: "l", Points: p, Bars: true}))
	if n := len(bars.All("rect", "class", "baken-c-bar")); n != 4 {
		t.Fatalf("%d bars for 4 published months", n)
	}
}

func TestPointAloneBetweenGapsIsSeen(t *testing.T) {
	p := series(1, 3, 1, 2)
	p[0].Standing, p[2].Standing = Absent, Absent
	if n := len(draw(t, plot(Chart{Label: "l", Points: p})).All("circle")); n != 2 {
		t.Fatalf("%d dots, want the lone one and the last one", n)
	}
}

func TestProvisionalIsHollowAndOutsideIsMarked(t *testing.T) {
	p := series(1, 9, 2)
	p[1].Outside, p[2].Standing = true, Provisional
	svg := draw(t, plot(Chart{Label: "l", Points: p}))
	svg.One(t, "circle", "class", "baken-c-dot--mark")
	svg.One(t, "circle", "class", "baken-c-hollow")
	bars := draw(t, plot(Chart{Label: "l", Points: p, Bars: true}))
	bars.One(t, "rect", "class", "baken-c-bar--mark")
	bars.One(t, "rect", "class", "baken-c-bar--provisional")
}

// Bars and the band over them must agree on where a month is.
func TestBarsAndBandShareTheirPlaces(t *testing.T) {
	svg := draw(t, plot(Chart{Label: "l", Points: series(2, 4), Bars: true, Band: []Range{{0, 4}, {2, 4}}}))
	if d := svg.One(t, "path", "class", "baken-c-band").Get("d"); d != "M25 0L75 0L75 50L25 100Z" {
		t.Fatalf("band %q", d)
	}
	first := svg.All("rect", "class", "baken-c-bar")[0]
	if first.Get("x") != "8.33%" || first.Get("width") != "33.33%" || first.Get("y") != "50%" || first.Get("height") != "50%" {
		t.Fatalf("bar %v", first.Attr)
	}
}

func TestAxisStartsAtZeroAndEndsRound(t *testing.T) {
	for _, row := range []struct {
		high  float64
		parts int
		whole bool
		want  float64
	}{{19, 2, true, 20}, {0, 2, true, 2}, {1, 2, true, 2}, {3, 2, true, 4}, {10.4, 4, false, 12}, {136, 4, true, 160}, {199, 4, true, 200}, {0.3, 2, false, 0.3}, {200, 4, true, 200}, {44, 2, true, 50}} {
		if got := niceTop(row.high, row.parts, row.whole); num(got) != num(row.want) {
			t.Errorf("niceTop(%v, %d, %v) = %v, want %v", row.high, row.parts, row.whole, got, row.want)
		}
	}
	c := Chart{Points: series(30, 19)}
	if got := strings.Join(c.levels(), " "); got != "30 15 0" {
		t.Fatalf("axis %q", got)
	}
}

// Nothing drawn may fall above the axis: the band and last year count too.
func TestAxisHoldsBandAndPreviousYear(t *testing.T) {
	c := Chart{Points: series(1, 1), Previous: series(50, 1), Band: []Range{{0, 90}, {0, 1}}}
	if got := c.axis().max; got < 90 {
		t.Fatalf("axis ends at %v", got)
	}
}

func TestNamesAreEscaped(t *testing.T) {
	attack := `"><script>alert(1)</script>`
	c := Chart{Label: attack, Points: []Point{{Name: attack, Value: 1}}, Bars: true, Ticks: []Tick{{0, attack}}, Notes: []Annotation{{0, 1, attack}}}
	page := draw(t, ChartFigure(c))
	if len(page.All("script")) != 0 {
		t.Fatal("a name became an element")
	}
	if page.One(t, "svg", "role", "img").Get("aria-label") != attack {
		t.Fatal("the label lost its text")
	}
}

func TestNotesAreNumberedInChartAndList(t *testing.T) {
	page := draw(t, ChartFigure(Chart{Label: "l", Points: series(1, 2, 3), Notes: []Annotation{{1, 3, "Camera geplaatst"}}}))
	if page.One(t, "text", "class", "baken-c-note-number").Text() != "3" || page.One(t, "li").Text() != "3Camera geplaatst" {
		t.Fatal("mark and list differ")
	}
}

func TestNoStyleAttribute(t *testing.T) {
	page := draw(t, Multiples([]Small{{Title: "Overval", Word: "Normaal", Tone: Neutral, Chart: Chart{Label: "l", Points: series(1, 2), Previous: series(2, 1), Hover: true}}}))
	if len(page.All("", "style", "")) != 0 {
		t.Fatal("the policy forbids inline style: the chart would be drawn without it")
	}
}

func TestEmptyChartDrawsItsAxis(t *testing.T) {
	page := draw(t, ChartFigure(Chart{Label: "Nog geen cijfers"}))
	if len(page.All("path")) != 0 || len(page.All("line", "class", "baken-c-axis")) != 1 {
		t.Fatal("an empty chart is an axis and nothing on it")
	}
}

func TestPlacesAreWrittenShort(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 100: "100", 33.333: "33.33", 8.3: "8.3", 0.05: "0.05", 99.999: "100", -4.5: "-4.5", -0.001: "0"} {
		if got := num(v); got != want {
			t.Errorf("num(%v) = %q, want %q", v, got, want)
		}
	}
}

// A page holds a handful of these; 144 months are twelve years.
func BenchmarkPlot(b *testing.B) {
	points := make([]Point, 144)
	for i := range points {
		points[i] = Point{Name: "januari 2024", Value: float64(i % 17)}
	}
	c := Chart{Label: "l", Points: points, Previous: points, Hover: true}
	for b.Loop() {
		plot(c).Render(context.Background(), io.Discard)
	}
}
