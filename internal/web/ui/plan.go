package ui

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Plan is a drawing of an area that somebody drew, between its streets: north is up and
// it shows the area with what lies around it. A list of the streets stands beside it, for
// who does not see it.
type Plan struct {
	ID      string // of the drawing; a page may hold several
	Label   string // Kaart van het gebied
	Summary string // what the picture shows, in one sentence
	Ground  []PlanArea
	Streets []PlanStreet
	Ring    []XY // corners of the area
}

// PlanArea is the border of a neighbourhood: outer rings and holes alike.
type PlanArea struct {
	Name  string
	Rings [][]XY
}

// PlanStreet is a street as lines.
type PlanStreet struct {
	Name  string
	Lines [][]XY
}

// frame is a part of the grid on a drawing.
type frame struct {
	west, north   float64 // place of the upper left corner in the grid
	width, height float64 // in units
	unit          float64 // metres per unit
}

func (f frame) to(p XY) XY { return XY{(p.X - f.west) / f.unit, (f.north - p.Y) / f.unit} }

// shows reports whether a stretch may come into the drawing.
func (f frame) shows(a, b XY) bool {
	return max(a.X, b.X) >= 0 && min(a.X, b.X) <= f.width && max(a.Y, b.Y) >= 0 && min(a.Y, b.Y) <= f.height
}

type box struct{ west, south, east, north float64 }

func boxOf(rings ...[]XY) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, ring := range rings {
		for _, p := range ring {
			b = box{min(b.west, p.X), min(b.south, p.Y), max(b.east, p.X), max(b.north, p.Y)}
		}
	}
	return b
}

func (b box) empty() bool { return b.west > b.east }

// around is a frame of width by height units with the box in the middle, at least least
// metres wide, and a margin as a part of it.
func (b box) around(width, height, margin, least float64) frame {
	metres := max((b.east-b.west)*(1+2*margin), (b.north-b.south)*(1+2*margin)*width/height, least)
	f := frame{width: width, height: height, unit: metres / width}
	f.west = (b.west+b.east)/2 - metres/2
	f.north = (b.south+b.north)/2 + metres*height/width/2
	return f
}

// The drawing is as wide as that of a map, so that the style sheet can give sizes in
// units; its height is that of a photograph.
const (
	planHeight = 720.0
	planMargin = 0.22
	planLeast  = 240.0 // metres, or a small area stands without anything to know it by
)

func drawPlan(p Plan) templ.Component {
	b := &strings.Builder{}
	f := boxOf(p.Ring).around(mapWidth, planHeight, planMargin, planLeast)
	if len(p.Ring) == 0 {
		f = frame{width: mapWidth, height: planHeight, unit: 1}
	}
	b.WriteString(`<svg class="baken-plan__svg" viewBox="0 0 1000 720" role="img" aria-label="` + esc(p.Label) + `"><desc>` + esc(p.Summary) + `</desc>`)
	b.WriteString(`<defs><pattern id="` + esc(p.ID) + `-arcering" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect class="baken-plan__hatch" width="3" height="16"></rect></pattern></defs>`)
	f.ground(b, p.Ground)
	f.streets(b, p.Streets)
	if len(p.Ring) > 0 {
		d := f.path(p.Ring, true)
		b.WriteString(`<path class="baken-plan__area" d="` + d + `"></path><path fill="url(#` + esc(p.ID) + `-arcering)" d="` + d + `"></path><path class="baken-plan__border" d="` + d + `"></path>`)
	}
	f.names(b, p.Streets, p.Ring, label{stretch: stretch{at: XY{110, planHeight - 30}}, wide: 110, high: 34}, label{stretch: stretch{at: XY{mapWidth - 40, 50}}, wide: 28, high: 44})
	f.scale(b)
	f.compass(b)
	b.WriteString(`</svg>`)
	return drawn(b)
}

func (f frame) path(line []XY, closed bool) string {
	var d strings.Builder
	pen := "M"
	for _, p := range line {
		q := f.to(p)
		d.WriteString(pen + short(q.X) + " " + short(q.Y))
		pen = "L"
	}
	if closed {
		d.WriteString("Z")
	}
	return d.String()
}

func (f frame) ground(b *strings.Builder, areas []PlanArea) {
	b.WriteString(`<g class="baken-plan__ground">`)
	for _, a := range areas {
		d := ""
		for _, ring := range a.Rings {
			if box := boxOf(ring); !box.empty() && f.shows(f.to(XY{box.west, box.south}), f.to(XY{box.east, box.north})) {
				d += f.path(ring, true)
			}
		}
		if d != "" {
			b.WriteString(`<path fill-rule="evenodd" d="` + d + `"></path>`)
		}
	}
	b.WriteString(`</g>`)
}

// streets draws each twice: a line and a lighter one upon it, so that crossings are open
// as on any street map.
func (f frame) streets(b *strings.Builder, streets []PlanStreet) {
	var d strings.Builder
	for _, s := range streets {
		for _, line := range s.Lines {
			if box := boxOf(line); !box.empty() && f.shows(f.to(XY{box.west, box.south}), f.to(XY{box.east, box.north})) {
				d.WriteString(f.path(line, false))
			}
		}
	}
	if d.Len() > 0 {
		edge, inside := streetWidths(f.width * f.unit / planPixels)
		b.WriteString(`<path class="baken-plan__edge" stroke-width="` + edge + `" d="` + d.String() + `"></path><path class="baken-plan__street" stroke-width="` + inside + `" d="` + d.String() + `"></path>`)
	}
}

// planPixels is about how wide a plan stands on a page.
const planPixels = 700

// streetWidths are the widths of a street and of the lighter line in it, in pixels: nine
// metres, but thin when one looks from afar and no wider than a line when from nearby.
func streetWidths(metresPerPixel float64) (edge, inside string) {
	w := max(1.6, min(5.5, 9/metresPerPixel))
	return short(w), short(max(0.6, w-2))
}

// stretch is where a name stands along a street.
type stretch struct {
	at     XY
	angle  float64 // degrees, between -90 and 90, so that it reads from left to right
	length float64
}

// longest is the longest part of a street inside the frame that a name can follow: it
// bends no more than bend.
func (f frame) longest(s PlanStreet, bend float64) (out stretch) {
	const edge = 6
	for _, line := range s.Lines {
		flat := make([]XY, len(line))
		for i, p := range line {
			flat[i] = f.to(p)
		}
		for i := range flat {
			for j := i + 1; j < len(flat) && straight(flat[i:j+1], bend); j++ {
				a, b, ok := clip(flat[i], flat[j], edge, edge, f.width-edge, f.height-edge)
				if length := math.Hypot(b.X-a.X, b.Y-a.Y); ok && length > out.length {
					if b.X < a.X {
						a, b = b, a
					}
					out = stretch{XY{(a.X + b.X) / 2, (a.Y + b.Y) / 2}, math.Atan2(b.Y-a.Y, b.X-a.X) * 180 / math.Pi, length}
				}
			}
		}
	}
	return out
}

// straight reports whether a line stays near the one between its ends.
func straight(line []XY, bend float64) bool {
	a, b := line[0], line[len(line)-1]
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	for _, p := range line[1 : len(line)-1] {
		if math.Abs((b.X-a.X)*(p.Y-a.Y)-(p.X-a.X)*(b.Y-a.Y)) > bend*length {
			return false
		}
	}
	return true
}

// clip is the part of a stretch inside a rectangle, by the rule of Liang and Barsky.
func clip(a, b XY, left, top, right, bottom float64) (XY, XY, bool) {
	from, to := 0.0, 1.0
	dx, dy := b.X-a.X, b.Y-a.Y
	for _, side := range [4][2]float64{{-dx, a.X - left}, {dx, right - a.X}, {-dy, a.Y - top}, {dy, bottom - a.Y}} {
		switch p, q := side[0], side[1]; {
		case p == 0 && q < 0:
			return a, b, false
		case p < 0:
			from = max(from, q/p)
		case p > 0:
			to = min(to, q/p)
		}
	}
	if from > to {
		return a, b, false
	}
	return XY{a.X + from*dx, a.Y + from*dy}, XY{a.X + to*dx, a.Y + to*dy}, true
}

// streetSize is that of the style sheet, in units.
const streetSize = 24.0

// label is a name on a drawing, or what else stands where no name can.
type label struct {
	stretch
	text       string
	wide, high float64 // of the box around it, half
}

func newLabel(at stretch, text string, size float64) label {
	sin, cos := math.Sincos(at.angle * math.Pi / 180)
	w, h := textWidth(text, size)/2, size*0.6
	return label{at, text, math.Abs(cos)*w + math.Abs(sin)*h, math.Abs(sin)*w + math.Abs(cos)*h}
}

func (l label) meets(o label) bool {
	return math.Abs(l.at.X-o.at.X) < l.wide+o.wide && math.Abs(l.at.Y-o.at.Y) < l.high+o.high
}

// free moves a name along its street, from the middle to either side, to where it meets
// nothing.
func (l label) free(taken []label) (label, bool) {
	sin, cos := math.Sincos(l.angle * math.Pi / 180)
	slack := (l.length - textWidth(l.text, streetSize)) / 2
	middle := l.at
	for _, part := range []float64{0, -0.5, 0.5, -1, 1} {
		l.at = XY{middle.X + cos*slack*part, middle.Y + sin*slack*part}
		if !slices.ContainsFunc(taken, l.meets) {
			return l, true
		}
	}
	return l, false
}

// names prints the names that fit along their street and do not run over one another:
// first those in the ring, which the drawing is about, and the longest streets first.
func (f frame) names(b *strings.Builder, streets []PlanStreet, ring []XY, taken ...label) {
	var all []label
	for _, s := range streets {
		if at := f.longest(s, streetSize*0.4); at.length >= textWidth(s.Name, streetSize) {
			all = append(all, newLabel(at, s.Name, streetSize))
		}
	}
	flat := make([]XY, len(ring))
	for i, p := range ring {
		flat[i] = f.to(p)
	}
	rank := func(l label) int {
		if widthAt([][]XY{flat}, l.at) > 0 {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b label) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(b.length, a.length)) })
	b.WriteString(`<g aria-hidden="true">`)
	for _, l := range all {
		l, ok := l.free(taken)
		if !ok {
			continue
		}
		taken = append(taken, l)
		class := "baken-plan__name"
		// Small screens print larger; what would not fit then is left out there.
		larger := newLabel(l.stretch, l.text, streetSize*planNarrow)
		if l.length < textWidth(l.text, streetSize*planNarrow) || slices.ContainsFunc(taken[:len(taken)-1], larger.meets) {
			class += " baken-map__name--minor"
		}
		x, y := short(l.at.X), short(l.at.Y)
		b.WriteString(`<text class="` + class + `" x="` + x + `" y="` + y + `" dy="0.33em" transform="rotate(` + short(l.angle) + ` ` + x + ` ` + y + `)">` + esc(l.text) + `</text>`)
	}
	b.WriteString(`</g>`)
}

// planNarrow is how much larger the style sheet prints names on small screens.
const planNarrow = 1.5

// textWidth is how wide a name is: 0.54 of the size is the mean width of this face's
// letters at weight 600.
func textWidth(s string, size float64) float64 { return float64(len([]rune(s)))*size*0.54 + 10 }

// scale draws a bar of a round length, about a sixth of the width.
func (f frame) scale(b *strings.Builder) {
	metres := roundLength(f.unit * f.width / 6)
	length, y := metres/f.unit, f.height-22
	b.WriteString(`<g aria-hidden="true"><rect class="baken-plan__plate" x="12" y="` + short(y-44) + `" width="` + short(max(length, 84)+24) + `" height="56" rx="4"></rect>` +
		`<path class="baken-map__scale-bar" d="M24 ` + short(y-7) + `V` + short(y) + `H` + short(24+length) + `V` + short(y-7) + `"></path>` +
		`<text class="baken-plan__scale" x="24" y="` + short(y-14) + `">` + inMetres(metres) + `</text></g>`)
}

// inMetres writes a round length.
func inMetres(metres float64) string {
	if metres >= 1000 {
		return strconv.FormatFloat(metres/1000, 'f', -1, 64) + " km"
	}
	return strconv.FormatFloat(metres, 'f', -1, 64) + " m"
}

func (f frame) compass(b *strings.Builder) {
	x := f.width - 40
	b.WriteString(`<g aria-hidden="true"><rect class="baken-plan__plate" x="` + short(x-24) + `" y="12" width="48" height="84" rx="4"></rect>` +
		`<path class="baken-plan__north" d="M` + short(x) + ` 20L` + short(x+11) + ` 50L` + short(x) + ` 43L` + short(x-11) + ` 50Z"></path>` +
		`<text class="baken-plan__scale" text-anchor="middle" x="` + short(x) + `" y="86">N</text></g>`)
}
