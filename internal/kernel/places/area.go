package places

import (
	"math"
	"slices"

	"baken/internal/kernel/figures"
)

// Area is one area of one layout year.
type Area struct {
	Code    string // without padding
	Name    string
	Layout  int     // year of the layout
	Outline Outline // empty when only the name is known
}

// Level is the level of the area.
func (a Area) Level() figures.Level { return figures.LevelOf(a.Code) }

// Parent is the code of the wijk or municipality it lies in; "" above those.
func (a Area) Parent() string { return figures.Parent(a.Code) }

// Outline is the border of an area in RD New, in metres: polygons of rings, the
// first of each the outside, the others holes. A ring is closed and does not
// repeat its first point.
type Outline [][][]Point

// ringArea is twice the signed area of a ring.
func ringArea(ring []Point) float64 {
	var sum float64
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.X*q.Y - q.X*p.Y
	}
	return sum
}

// SquareMetres is the area within the outline, holes taken off.
func (o Outline) SquareMetres() float64 {
	var sum float64
	for _, polygon := range o {
		for i, ring := range polygon {
			a := math.Abs(ringArea(ring)) / 2
			if i > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum
}

// Contains reports whether p lies within the outline.
func (o Outline) Contains(p Point) bool {
	inside := false
	for _, polygon := range o {
		for _, ring := range polygon {
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
					inside = !inside
				}
			}
		}
	}
	return inside
}

// Label is a point for a name: the centre of the largest polygon, or, where that
// lies outside a hollow shape, the middle of the widest stretch at its height.
func (o Outline) Label() Point {
	var best []Point
	for _, polygon := range o {
		if best == nil || math.Abs(ringArea(polygon[0])) > math.Abs(ringArea(best)) {
			best = polygon[0]
		}
	}
	if best == nil {
		return Point{}
	}
	c := centroid(best)
	if o.Contains(c) {
		return c
	}
	var cuts []float64
	for i, a := range best {
		b := best[(i+1)%len(best)]
		if (a.Y > c.Y) != (b.Y > c.Y) {
			cuts = append(cuts, a.X+(c.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X))
		}
	}
	return widest(cuts, c)
}

func widest(cuts []float64, c Point) Point {
	slices.Sort(cuts)
	width, at := -1.0, c
	for i := 0; i+1 < len(cuts); i += 2 {
		if w := cuts[i+1] - cuts[i]; w > width {
			width, at = w, Point{(cuts[i] + cuts[i+1]) / 2, c.Y}
		}
	}
	return at
}

func centroid(ring []Point) Point {
	var x, y float64
	o := ring[0] // near the ring, or the sums lose their digits
	for i := range ring {
		p, q := ring[i], ring[(i+1)%len(ring)]
		cross := (p.X-o.X)*(q.Y-o.Y) - (q.X-o.X)*(p.Y-o.Y)
		x += (p.X + q.X - 2*o.X) * cross
		y += (p.Y + q.Y - 2*o.Y) * cross
	}
	a := 3 * ringArea(ring)
	return Point{o.X + x/a, o.Y + y/a}
}

// Simplified leaves out points that lie within tolerance metres of the line
// without them. Rings that become less than a triangle keep their points.
func (o Outline) Simplified(tolerance float64) Outline {
	var out Outline
	for _, polygon := range o {
		var p [][]Point
		for _, ring := range polygon {
			p = append(p, simplifyRing(ring, tolerance))
		}
		out = append(out, p)
	}
	return out
}

func simplifyRing(ring []Point, tolerance float64) []Point {
	far := 0
	for i, p := range ring {
		if math.Hypot(p.X-ring[0].X, p.Y-ring[0].Y) > math.Hypot(ring[far].X-ring[0].X, ring[far].Y-ring[0].Y) {
			far = i
		}
	}
	closed := append(append([]Point(nil), ring...), ring[0])
	out := append(thin(closed[:far+1], tolerance), thin(closed[far:], tolerance)...)
	if len(out) < 3 || ringArea(out) == 0 {
		return ring
	}
	return out
}

// thin is Douglas and Peucker's rule; the last point is left to the next stretch.
func thin(line []Point, tolerance float64) []Point {
	if len(line) < 3 {
		return line[:1:1]
	}
	a, b := line[0], line[len(line)-1]
	at, most := 0, tolerance
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	for i := 1; i+1 < len(line); i++ {
		d := math.Hypot(line[i].X-a.X, line[i].Y-a.Y)
		if length > 0 {
			d = math.Abs((b.X-a.X)*(a.Y-line[i].Y)-(a.X-line[i].X)*(b.Y-a.Y)) / length
		}
		if d > most {
			at, most = i, d
		}
	}
	if at == 0 {
		return line[:1:1]
	}
	return append(thin(line[:at+1], tolerance), thin(line[at:], tolerance)...)
}
