package ui

import (
	"math"
	"strconv"
	"strings"
)

// XY is a place in the national grid (RD New), in metres: x to the east, y to the
// north.
type XY struct{ X, Y float64 }

// Shape is the border of one area: outer rings and holes alike, each closed
// without repeating its first point.
type Shape struct {
	Code  string
	Rings [][]XY
}

// Ground is a set of borders made ready to be drawn: places on the drawing, and
// where a name fits. Making it is the expensive part, so it is made once per set
// of borders and used for every page. It does not change.
type Ground struct {
	height float64
	unit   float64 // metres per unit of the drawing
	left   float64 // place of the west and north edge in the grid
	top    float64
	areas  []groundArea
}

type groundArea struct {
	code string
	path string
	at   XY          // where a name stands
	room [11]float64 // how wide a text may be there, per line above and below
}

// The drawing is always a thousand units wide, so that the style sheet can give
// sizes of names and lines in units, which a strict policy does not allow a page
// to do itself.
const (
	mapWidth   = 1000.0
	mapMargin  = 12.0
	nameSize   = 21.0 // of the style sheet, in units
	lineHeight = nameSize * 1.15
)

// NewGround prepares borders. The grid is in metres already, so no projection is
// needed: X = x − xmin, Y = ymax − y.
func NewGround(shapes []Shape) *Ground {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, s := range shapes {
		for _, ring := range s.Rings {
			for _, p := range ring {
				west, east = min(west, p.X), max(east, p.X)
				south, north = min(south, p.Y), max(north, p.Y)
			}
		}
	}
	if west >= east || south >= north {
		return &Ground{height: mapWidth / 2, unit: 1}
	}
	g := &Ground{unit: max(east-west, (north-south)*0.9) / (mapWidth - 2*mapMargin)}
	g.height = math.Ceil((north-south)/g.unit + 2*mapMargin)
	// A tall municipality stands in the middle of the width.
	g.left = west - (mapWidth*g.unit-(east-west))/2
	g.top = north + mapMargin*g.unit
	for _, s := range shapes {
		g.areas = append(g.areas, g.prepare(s))
	}
	return g
}

func (g *Ground) to(p XY) XY { return XY{(p.X - g.left) / g.unit, (g.top - p.Y) / g.unit} }

func (g *Ground) prepare(s Shape) groundArea {
	a := groundArea{code: s.Code}
	rings := make([][]XY, 0, len(s.Rings))
	var d strings.Builder
	for _, ring := range s.Rings {
		if len(ring) < 3 {
			continue
		}
		flat := make([]XY, len(ring))
		pen := "M"
		for i, p := range ring {
			flat[i] = g.to(p)
			d.WriteString(pen + short(flat[i].X) + " " + short(flat[i].Y))
			pen = "L"
		}
		d.WriteString("Z")
		rings = append(rings, flat)
	}
	a.path = d.String()
	a.at = middle(rings)
	for i := range a.room {
		a.room[i] = widthAt(rings, XY{a.at.X, a.at.Y + (float64(i)-5)*lineHeight/2})
	}
	return a
}

// short writes a place with one decimal, a tenth of a pixel on most screens.
func short(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// fits reports whether lines of text fit around the place of the name, and for
// long areas whether they still do at the larger size of small screens.
func (a groundArea) fits(lines []string, scale float64) bool {
	half := float64(len(lines)) * lineHeight * scale / 2
	widest := 0
	for _, l := range lines {
		widest = max(widest, len([]rune(l)))
	}
	// 0.54 of the size is the mean width of this face's letters at weight 600.
	need := float64(widest)*nameSize*0.54*scale + 8
	for i, room := range a.room {
		if math.Abs(float64(i)-5)*lineHeight/2 <= half+1 && room < need {
			return false
		}
	}
	return half <= 5*lineHeight/2
}

// middle is the place farthest from every border, on a grid that is fine enough
// for a name. The centre of gravity may lie outside a bent area.
func middle(rings [][]XY) XY {
	lo, hi := XY{math.Inf(1), math.Inf(1)}, XY{math.Inf(-1), math.Inf(-1)}
	for _, r := range rings {
		for _, p := range r {
			lo.X, lo.Y, hi.X, hi.Y = min(lo.X, p.X), min(lo.Y, p.Y), max(hi.X, p.X), max(hi.Y, p.Y)
		}
	}
	best, at := -1.0, XY{(lo.X + hi.X) / 2, (lo.Y + hi.Y) / 2}
	const fine = 32
	for i := 1; i < fine; i++ {
		for j := 1; j < fine; j++ {
			p := XY{lo.X + (hi.X-lo.X)*float64(i)/fine, lo.Y + (hi.Y-lo.Y)*float64(j)/fine}
			// Text is wide, so room to the sides counts with room above and below.
			if room := min(distance(rings, p), widthAt(rings, p)/4); room > best {
				best, at = room, p
			}
		}
	}
	return at
}

// widthAt is how wide a text centred on p may be before it meets a border; zero
// outside the area.
func widthAt(rings [][]XY, p XY) float64 {
	left, right, crossings := math.Inf(1), math.Inf(1), 0
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a.Y > p.Y) == (b.Y > p.Y) {
				continue
			}
			x := a.X + (p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X)
			if x > p.X {
				right = min(right, x-p.X)
				crossings++
			} else {
				left = min(left, p.X-x)
			}
		}
	}
	if crossings%2 == 0 {
		return 0
	}
	return 2 * min(left, right)
}

// distance is how far p lies from the nearest border.
func distance(rings [][]XY, p XY) float64 {
	d := math.Inf(1)
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			dx, dy := b.X-a.X, b.Y-a.Y
			t := 0.0
			if l := dx*dx + dy*dy; l > 0 {
				t = min(1, max(0, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
			}
			d = min(d, math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy))
		}
	}
	return d
}
