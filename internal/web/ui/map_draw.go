package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Choropleth is a map of figures per area. Classes have fixed limits that stay the
// same over time; rates, not counts, are coloured (ui.md 8).
type Choropleth struct {
	ID      string // of the drawing; a page may hold several
	Label   string // Kaart van de buurten. Elke buurt is een link.
	Summary string // what the picture shows, in one sentence
	Ground  *Ground
	Areas   []MapArea
	Pins    []Pin
	Legend  Legend
	SkipTo  string // id of what follows, to jump over the areas with Tab
	Skip    string // words of that link
}

// MapArea is what the map says of one area.
type MapArea struct {
	Code  string // as in the ground
	Name  string
	Href  string
	Label string // Rietlanden: 10,4 inbraken per 1.000 woningen
	Value string // as printed in the area: 10,4
	Class int    // 1 to 5; 0 hatches an area whose figure is too small to show
}

// Pin is a numbered place, with a circle of true size around it when it has a
// radius in metres.
type Pin struct {
	At     XY
	Radius float64
	Number int
}

// Legend says what the tints mean, from the lightest.
type Legend struct {
	Title   string
	Classes []string
	Hatched string // empty when no area is hatched
	Pins    string // what the numbered circles are
}

func drawMap(m Choropleth) templ.Component {
	b := &strings.Builder{}
	g := m.Ground
	b.WriteString(`<svg class="baken-map__svg" viewBox="0 0 1000 ` + short(g.height) + `" role="group" aria-label="` + esc(m.Label) + `"><desc>` + esc(m.Summary) + `</desc>`)
	hatch(b, m.ID+"-arcering")
	known := make(map[string]MapArea, len(m.Areas))
	for _, a := range m.Areas {
		known[a.Code] = a
	}
	for _, ground := range g.areas {
		if a, ok := known[ground.code]; ok {
			a.draw(b, ground, m.ID)
		}
	}
	// Names come after all areas, so that no neighbour covers one. They are read from
	// the link's label, not from here.
	b.WriteString(`<g aria-hidden="true">`)
	for _, ground := range g.areas {
		if a, ok := known[ground.code]; ok {
			a.name(b, ground)
		}
	}
	for _, p := range m.Pins {
		p.draw(b, g)
	}
	g.scale(b)
	b.WriteString(`</g></svg>`)
	return drawn(b)
}

func hatch(b *strings.Builder, id string) {
	b.WriteString(`<defs><pattern id="` + esc(id) + `" width="20" height="20" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect class="baken-map__hatch-ground" width="20" height="20"></rect><rect class="baken-map__hatch-line" width="6" height="20"></rect></pattern></defs>`)
}

func (a MapArea) draw(b *strings.Builder, g groundArea, id string) {
	class := "baken-map__area baken-map__area--" + strconv.Itoa(a.Class)
	fill := ""
	if a.Class == 0 {
		fill = ` fill="url(#` + esc(id) + `-arcering)"`
	}
	shape := `<path class="` + class + `"` + fill + ` fill-rule="evenodd" d="` + g.path + `"></path><title>` + esc(a.Label) + `</title>`
	if a.Href == "" {
		b.WriteString(`<g role="img" aria-label="` + esc(a.Label) + `">` + shape + `</g>`)
		return
	}
	b.WriteString(`<a href="` + esc(string(templ.URL(a.Href))) + `" aria-label="` + esc(a.Label) + `">` + shape + `</a>`)
}

// name prints name and value where they fit, the name over two lines if need be,
// the value alone when the name does not fit, and nothing in a very small area: a
// name over a border belongs to nobody.
func (a MapArea) name(b *strings.Builder, g groundArea) {
	options := [][]string{{a.Name, a.Value}}
	if first, second, ok := halves(a.Name); ok {
		options = append(options, []string{first, second, a.Value})
	}
	options = append(options, []string{a.Value})
	for _, lines := range options {
		if !g.fits(lines, 1) {
			continue
		}
		class := "baken-map__name"
		if a.Class >= 4 {
			class += " baken-map__name--light"
		}
		// Small screens print larger; what would not fit then is left out there, the
		// name before the value.
		minor := ""
		if !g.fits(lines, narrowScale) {
			if g.fits([]string{a.Value}, narrowScale) {
				minor = ` class="baken-map__name--minor"`
			} else {
				class += " baken-map__name--minor"
			}
		}
		b.WriteString(`<text class="` + class + `" y="` + short(g.at.Y) + `">`)
		// Steps in em, because small screens print the same text larger.
		step := 0.35 - float64(len(lines)-1)*1.15/2
		for i, l := range lines {
			extra := minor
			if i == len(lines)-1 {
				extra = ` class="baken-map__value"`
			}
			b.WriteString(`<tspan` + extra + ` x="` + short(g.at.X) + `" dy="` + num(step) + `em">` + esc(l) + `</tspan>`)
			step = 1.15
		}
		b.WriteString(`</text>`)
		return
	}
}

// narrowScale is how much larger the style sheet prints names on small screens.
const narrowScale = 1.6

// halves breaks a name at the space or hyphen nearest its middle.
func halves(name string) (first, second string, ok bool) {
	best := -1
	for i, r := range name {
		if (r == ' ' || r == '-' || r == '/') && (best < 0 || math.Abs(float64(i-len(name)/2)) < math.Abs(float64(best-len(name)/2))) {
			best = i
		}
	}
	if best <= 0 || best == len(name)-1 {
		return "", "", false
	}
	return strings.TrimSpace(name[:best+1]), strings.TrimSpace(name[best+1:]), true
}

func (p Pin) draw(b *strings.Builder, g *Ground) {
	at := g.to(p.At)
	x, y := short(at.X), short(at.Y)
	if p.Radius > 0 {
		b.WriteString(`<circle class="baken-map__circle" cx="` + x + `" cy="` + y + `" r="` + short(p.Radius/g.unit) + `"></circle>`)
	}
	b.WriteString(`<circle class="baken-map__pin" cx="` + x + `" cy="` + y + `" r="19"></circle><text class="baken-map__pin-text" x="` + x + `" y="` + short(at.Y+8) + `">` + strconv.Itoa(p.Number) + `</text>`)
}

// scale draws a bar of a round length, about a sixth of the width.
func (g *Ground) scale(b *strings.Builder) {
	metres := roundLength(g.unit * mapWidth / 6)
	length, y := metres/g.unit, g.height-20
	b.WriteString(`<path class="baken-map__scale-bar" d="M24 ` + short(y-7) + `V` + short(y) + `H` + short(24+length) + `V` + short(y-7) + `"></path>` +
		`<text class="baken-map__scale" x="` + short(24+length/2) + `" y="` + short(y-10) + `">` + inMetres(metres) + `</text>`)
}

// roundLength is 1, 2 or 5 times a power of ten, at most most.
func roundLength(most float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(most)))
	for _, f := range []float64{5, 2} {
		if f*power <= most {
			return f * power
		}
	}
	return power
}
