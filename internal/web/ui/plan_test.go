package ui

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/webtest"
)

func line(name string, xy ...float64) PlanStreet {
	s := PlanStreet{Name: name, Lines: [][]XY{nil}}
	for i := 0; i+1 < len(xy); i += 2 {
		s.Lines[0] = append(s.Lines[0], XY{xy[i], xy[i+1]})
	}
	return s
}

// area is a square of 400 metres with a street through it and others around it.
func area() Plan {
	return Plan{ID: "gebied", Label: "Kaart van het gebied", Summary: "Het gebied ligt om de Kade.",
		Ground:  []PlanArea{{Name: "Binnenstad", Rings: [][]XY{{{75000, 436000}, {77000, 436000}, {77000, 438000}, {75000, 438000}}}}},
		Streets: []PlanStreet{line("Kade", 75800, 436950, 76700, 436950), line("Dwarsstraat", 76200, 436600, 76200, 437400), line("Ver weg", 79000, 439000, 79500, 439000), line("Burgemeester van der Lelyplein", 76000, 436760, 76040, 436760)},
		Ring:    []XY{{76000, 436800}, {76400, 436800}, {76400, 437200}, {76000, 437200}}}
}

// corners reads the places of a path.
func corners(t *testing.T, d string) (out []XY) {
	t.Helper()
	for _, s := range strings.FieldsFunc(d, func(r rune) bool { return r == 'M' || r == 'L' || r == 'Z' }) {
		var p XY
		if _, err := fmt.Sscanf(s, "%f %f", &p.X, &p.Y); err != nil {
			t.Fatalf("%q: %v", d, err)
		}
		out = append(out, p)
	}
	return out
}

func TestPlanShowsTheAreaWithNorthUp(t *testing.T) {
	page := draw(t, AreaPlan(area()))
	svg := page.One(t, "svg", "role", "img")
	if svg.Get("aria-label") != "Kaart van het gebied" || svg.One(t, "desc").Text() != "Het gebied ligt om de Kade." {
		t.Errorf("the drawing does not speak: %q", svg.Get("aria-label"))
	}
	ring := corners(t, page.One(t, "path", "class", "baken-plan__border").Get("d"))
	if len(ring) != 4 || ring[0].Y <= ring[3].Y || ring[0].X >= ring[1].X {
		t.Fatalf("south-west at %v, north-west at %v, south-east at %v", ring[0], ring[3], ring[1])
	}
	if w, h := ring[1].X-ring[0].X, ring[0].Y-ring[3].Y; w < h-0.2 || w > h+0.2 {
		t.Errorf("a square became %v by %v", w, h)
	}
	for _, p := range ring {
		if p.X < 20 || p.X > 980 || p.Y < 20 || p.Y > planHeight-20 {
			t.Errorf("corner %v has no margin", p)
		}
	}
	// Not by colour alone: the area is hatched and has an outline.
	if id := page.One(t, "pattern").Get("id"); len(page.All("path", "fill", "url(#"+id+")")) != 1 {
		t.Error("the area is not hatched")
	}
}

func TestPlanNamesTheStreetsInSight(t *testing.T) {
	var names []string
	for _, n := range draw(t, AreaPlan(area())).All("text", "class", "baken-plan__name") {
		names = append(names, n.Text())
	}
	if !slices.Contains(names, "Kade") || !slices.Contains(names, "Dwarsstraat") {
		t.Errorf("names %q: a street through the area must be known", names)
	}
	if slices.Contains(names, "Ver weg") || slices.Contains(names, "Burgemeester van der Lelyplein") {
		t.Errorf("names %q: one is out of sight and one has no room", names)
	}
}

// Names that lie over one another cannot be read.
func TestPlanNamesDoNotCollide(t *testing.T) {
	p := area()
	p.Streets = nil
	for i := range 12 {
		y := 436830 + float64(i)*3
		p.Streets = append(p.Streets, line("Straat "+strconv.Itoa(i), 75800, y, 76600+float64(i), y))
	}
	names := draw(t, AreaPlan(p)).All("text", "class", "baken-plan__name")
	if len(names) < 2 {
		t.Fatalf("%d names", len(names))
	}
	place := func(n webtest.Node) (x, y float64) {
		x, _ = strconv.ParseFloat(n.Get("x"), 64)
		y, _ = strconv.ParseFloat(n.Get("y"), 64)
		return x, y
	}
	for i, a := range names {
		for _, b := range names[i+1:] {
			ax, ay := place(a)
			bx, by := place(b)
			if math.Abs(ay-by) < streetSize && math.Abs(ax-bx) < (textWidth(a.Text(), streetSize)+textWidth(b.Text(), streetSize))/2-1 {
				t.Errorf("%s lies over %s", a.Text(), b.Text())
			}
		}
	}
}

func TestPlanOfASmallAreaShowsWhatLiesAround(t *testing.T) {
	p := area()
	p.Ring = []XY{{76000, 437000}, {76010, 437000}, {76010, 437010}}
	ring := corners(t, draw(t, AreaPlan(p)).One(t, "path", "class", "baken-plan__border").Get("d"))
	if w := ring[1].X - ring[0].X; w > mapWidth*10/planLeast+0.5 {
		t.Errorf("ten metres are %v of %v units", w, mapWidth)
	}
}

func TestPlanWithoutAnything(t *testing.T) {
	page := draw(t, AreaPlan(Plan{ID: "x", Label: "<b>", Summary: `"><script>`}))
	if len(page.All("script")) != 0 || len(page.All("path", "class", "baken-plan__border")) != 0 {
		t.Error("nothing was drawn as something")
	}
}

func TestStreetsAreThinFromAfar(t *testing.T) {
	far, _ := streetWidths(10)
	near, _ := streetWidths(0.5)
	if far != "1.6" || near != "5.5" {
		t.Errorf("%s from afar, %s from nearby", far, near)
	}
}

func TestClip(t *testing.T) {
	for _, row := range []struct {
		a, b, from, to XY
		ok             bool
	}{
		{XY{-10, 5}, XY{20, 5}, XY{0, 5}, XY{10, 5}, true},
		{XY{2, 2}, XY{3, 3}, XY{2, 2}, XY{3, 3}, true},
		{XY{-5, -1}, XY{20, -1}, XY{}, XY{}, false},
		{XY{-5, 4}, XY{4, -5}, XY{}, XY{}, false},
	} {
		from, to, ok := clip(row.a, row.b, 0, 0, 10, 10)
		if ok != row.ok || ok && (from != row.from || to != row.to) {
			t.Errorf("%v to %v: %v to %v, %v", row.a, row.b, from, to, ok)
		}
	}
}

func sketchPage(t *testing.T, s Sketch, in Input, typed string) webtest.Node {
	t.Helper()
	in.Name, in.Label = "gebied", "Gebied"
	return draw(t, SketchField(Filled{P: text.For(text.NL), Form: form.Empty(map[string]string{"gebied": typed})}, in, s))
}

func TestSketchIsATextFieldWithAMap(t *testing.T) {
	p := area()
	page := sketchPage(t, Sketch{Ground: p.Ground, Streets: p.Streets, Ring: p.Ring}, Input{Hint: "Niet te groot."}, "76000 436800")
	field := page.One(t, "textarea", "name", "gebied")
	if field.Text() != "76000 436800" || field.Get("id") != "gebied" || page.One(t, "label").Get("for") != "gebied" {
		t.Errorf("the field holds %q", field.Text())
	}
	for _, id := range strings.Fields(field.Get("aria-describedby")) {
		if len(page.All("p", "id", id)) != 1 {
			t.Errorf("the field is described by %s, which is not there", id)
		}
	}
	svg := page.One(t, "svg", "id", "gebied-kaart")
	if svg.Get("role") != "img" || svg.Get("tabindex") != "" {
		t.Error("without script the map asks for the focus and does nothing with it")
	}
	if n := len(page.All("path", "data-street", "Kade")); n != 1 {
		t.Errorf("Kade is drawn %d times", n)
	}
	// The script finds every sentence that it speaks.
	root := page.One(t, "div", "data-sketch", "gebied")
	for _, what := range []string{"here", "near", "far", "set", "moved", "chosen", "loose", "removed", "cleared", "undone", "none", "full", "aim", "size", "few", "crosses", "unread"} {
		if s := root.Get("data-say-" + what); s == "" || strings.HasPrefix(s, "[") {
			t.Errorf("no sentence for %s: %q", what, s)
		}
	}
}

// The map writes places in metres from its upper left corner; the script adds that
// corner again.
func TestSketchIsInMetres(t *testing.T) {
	p := area()
	page := sketchPage(t, Sketch{Ground: p.Ground, Ring: p.Ring}, Input{}, "")
	svg := page.One(t, "svg", "id", "gebied-kaart")
	west, _ := strconv.ParseFloat(svg.Get("data-west"), 64)
	north, _ := strconv.ParseFloat(svg.Get("data-north"), 64)
	ring := corners(t, page.One(t, "path", "class", "baken-plan__border").Get("d"))
	for i, q := range ring {
		if (XY{west + q.X, north - q.Y}) != p.Ring[i] {
			t.Errorf("corner %d is drawn at %v of %v, %v", i, q, west, north)
		}
	}
}

func TestSketchWithoutGroundIsATextField(t *testing.T) {
	page := sketchPage(t, Sketch{}, Input{Rows: 5}, "x")
	if len(page.All("svg")) != 0 || page.One(t, "textarea").Text() != "x" {
		t.Error("a map of nothing")
	}
}
