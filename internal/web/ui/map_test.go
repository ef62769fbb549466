package ui

import (
	"strings"
	"testing"
)

// square is an area of size by size metres with its south-west corner at x, y.
func square(code string, x, y, size float64) Shape {
	return Shape{code, [][]XY{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}}}
}

func town() *Ground {
	return NewGround([]Shape{square("A", 70000, 430000, 4000), square("B", 74000, 430000, 4000), square("C", 78000, 430000, 60)})
}

func choropleth() Choropleth {
	return Choropleth{ID: "kaart", Label: "Kaart", Summary: "s", Ground: town(), Legend: Legend{Title: "Inbraken", Classes: []string{"0–2", "3–4"}, Hatched: "te weinig"},
		Areas: []MapArea{
			{Code: "A", Name: "Rietlanden", Href: "/hic/BU1", Label: "Rietlanden: 10,4 inbraken", Value: "10,4", Class: 5},
			{Code: "B", Name: "Polder", Href: "/hic/BU2", Label: "Polder: minder dan 5", Value: "–", Class: 0},
			{Code: "C", Name: "Sluiseiland", Href: "/hic/BU3", Label: "Sluiseiland: 1,0 inbraken", Value: "1,0", Class: 1},
		}}
}

func TestNorthIsUpAndMetresKeepTheirProportion(t *testing.T) {
	g := town()
	nw, se := g.to(XY{70000, 434000}), g.to(XY{78000, 430000})
	if nw.Y >= se.Y || nw.X >= se.X {
		t.Fatalf("north-west at %v, south-east at %v", nw, se)
	}
	if dx, dy := se.X-nw.X, se.Y-nw.Y; dx/dy < 1.99 || dx/dy > 2.01 {
		t.Fatalf("8 by 4 km became %v by %v", dx, dy)
	}
}

// The map must work with Tab and for who does not see it: every area is a link
// that says its name and figure.
func TestEveryAreaIsALinkThatSpeaks(t *testing.T) {
	page := draw(t, Map(choropleth()))
	if got := page.Link(t, "Rietlanden: 10,4 inbraken"); got != "/hic/BU1" {
		t.Fatalf("leads to %q", got)
	}
	if n := len(page.One(t, "svg", "role", "group").All("a")); n != 3 {
		t.Fatalf("%d links for 3 areas", n)
	}
}

func TestSuppressedAreaIsHatched(t *testing.T) {
	page := draw(t, Map(choropleth()))
	area := page.One(t, "path", "class", "baken-map__area--0")
	if id := page.One(t, "pattern").Get("id"); area.Get("fill") != "url(#"+id+")" {
		t.Fatalf("fill %q, pattern %q", area.Get("fill"), id)
	}
}

func TestNamesStandOnlyWhereTheyFit(t *testing.T) {
	page := draw(t, Map(choropleth()))
	var names []string
	for _, n := range page.All("text", "class", "baken-map__name") {
		names = append(names, n.Text())
	}
	got := strings.Join(names, "|")
	if !strings.Contains(got, "Rietlanden") || !strings.Contains(got, "Polder") || strings.Contains(got, "Sluiseiland") {
		t.Fatalf("printed %q: a name of 60 metres of room would stand on its neighbours", got)
	}
	page.One(t, "text", "class", "baken-map__name--light") // dark tint, light letters
}

// On a small screen the name goes before the figure does.
func TestSmallScreenKeepsTheFigure(t *testing.T) {
	m := choropleth()
	m.Ground = NewGround([]Shape{square("A", 0, 0, 1000), square("B", 1000, 0, 6000)})
	m.Areas = []MapArea{{Code: "A", Name: "Rietlanden", Label: "r", Value: "4", Class: 1}}
	name := draw(t, Map(m)).One(t, "text", "class", "baken-map__name")
	if got := name.One(t, "tspan", "class", "baken-map__name--minor").Text(); got != "Rietlanden" {
		t.Fatalf("left out on small screens: %q", got)
	}
	if got := name.One(t, "tspan", "class", "baken-map__value").Text(); got != "4" {
		t.Fatalf("figure %q", got)
	}
}

// The centre of gravity of a horseshoe lies outside it; its name may not.
func TestNameStandsInsideABentArea(t *testing.T) {
	horseshoe := [][]XY{{{0, 0}, {100, 0}, {100, 100}, {70, 100}, {70, 30}, {30, 30}, {30, 100}, {0, 100}}}
	if at := middle(horseshoe); widthAt(horseshoe, at) == 0 {
		t.Fatalf("the name stands at %v, outside", at)
	}
}

func TestCircleHasItsTrueSize(t *testing.T) {
	m := choropleth()
	m.Pins = []Pin{{At: XY{72000, 432000}, Radius: 200, Number: 1}}
	r := draw(t, Map(m)).One(t, "circle", "class", "baken-map__circle").Get("r")
	if want := short(200 / m.Ground.unit); r != want {
		t.Fatalf("r = %s, want %s", r, want)
	}
}

func TestScaleIsRound(t *testing.T) {
	for most, want := range map[float64]float64{1666: 1000, 999: 500, 480: 200, 100: 100, 6000: 5000} {
		if got := roundLength(most); got != want {
			t.Errorf("roundLength(%v) = %v, want %v", most, got, want)
		}
	}
	if got := draw(t, Map(choropleth())).One(t, "text", "class", "baken-map__scale").Text(); got != "1 km" {
		t.Fatalf("scale says %q", got)
	}
}

func TestMapWithoutBordersOrWithHostileNames(t *testing.T) {
	m := choropleth()
	m.Ground = NewGround(nil)
	if n := len(draw(t, Map(m)).One(t, "svg", "role", "group").All("a")); n != 0 {
		t.Fatalf("%d areas without borders", n)
	}
	m = choropleth()
	m.Areas[0].Name, m.Areas[0].Label, m.Areas[0].Href = "<script>", `"><script>`, "javascript:alert(1)"
	page := draw(t, Map(m))
	if len(page.All("script")) != 0 || strings.HasPrefix(page.Link(t, `"><script>`), "javascript") {
		t.Fatal("a name or address became script")
	}
}

func TestHalvesBreakNearTheMiddle(t *testing.T) {
	for name, want := range map[string]string{"Bedrijvenpark Oost": "Bedrijvenpark|Oost", "Het Lage Land": "Het Lage|Land", "Polder": ""} {
		a, b, ok := halves(name)
		if got := strings.Trim(a+"|"+b, "|"); got != want || ok != (want != "") {
			t.Errorf("halves(%q) = %q", name, got)
		}
	}
}
