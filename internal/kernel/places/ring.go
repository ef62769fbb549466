package places

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"baken/internal/fault"
)

// Ring is the border of an area that a person drew: its corners in RD New, in whole
// metres, in the order in which they are joined; the last joins the first. A Ring from
// ParseRing does not cross or touch itself.
type Ring []Point

// How many corners a ring has. Sixty is more than a decision can describe in words, and
// keeps the text of the area on one page.
const (
	LeastCorners = 3
	MostCorners  = 60
)

// number is a number as people type one, with a point or a comma. No sign: nothing in
// the Netherlands lies west of the grid or of Greenwich.
var number = regexp.MustCompile(`^\d{1,7}([.,]\d{1,15})?$`)

// ParseRing reads the corners of an area, one a line: "76500 437500" in metres of RD New,
// or latitude and longitude, "51.92, 4.25". Empty lines do not count, and neither does a
// last line that repeats the first. Every refusal is a fault of kind Invalid that says
// what is wrong, with the number of the line where it is about one.
func ParseRing(s string) (Ring, error) {
	var r Ring
	var lines []int
	n := 0
	for line := range strings.Lines(s) {
		n++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if len(r) > MostCorners {
			break // one more than may be, for a repeated first corner
		}
		p, err := parseCorner(line, n)
		if err != nil {
			return nil, err
		}
		r, lines = append(r, p), append(lines, n)
	}
	if len(r) > LeastCorners && r[0] == r[len(r)-1] {
		r = r[:len(r)-1]
	}
	if err := r.check(lines); err != nil {
		return nil, err
	}
	return r, nil
}

func parseCorner(line string, n int) (Point, error) {
	words := strings.Fields(strings.ReplaceAll(line, ";", " "))
	if len(words) == 1 && strings.Count(line, ",") == 1 {
		words = strings.Split(line, ",")
	}
	if len(words) == 2 {
		words[0] = strings.TrimSuffix(words[0], ",")
	}
	if len(words) != 2 || !number.MatchString(words[0]) || !number.MatchString(words[1]) {
		return Point{}, fault.New(fault.Invalid, "places.ring.unread", "line", n, "text", short(line))
	}
	a, _ := strconv.ParseFloat(strings.Replace(words[0], ",", ".", 1), 64)
	b, _ := strconv.ParseFloat(strings.Replace(words[1], ",", ".", 1), 64)
	switch {
	case inGrid(a, b):
		return Point{math.Round(a), math.Round(b)}, nil
	case inDegrees(b, a):
		p := ToRD(b, a)
		return Point{math.Round(p.X), math.Round(p.Y)}, nil
	case inGrid(b, a) || inDegrees(a, b):
		return Point{}, fault.New(fault.Invalid, "places.ring.axes", "line", n)
	}
	return Point{}, fault.New(fault.Invalid, "places.ring.elsewhere", "line", n, "text", short(line))
}

// short is enough of a line to find it again.
func short(line string) string {
	if r := []rune(line); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return line
}

func (r Ring) check(lines []int) error {
	if len(r) < LeastCorners {
		return fault.New(fault.Invalid, "places.ring.few", "n", len(r), "least", LeastCorners)
	}
	if len(r) > MostCorners {
		return fault.New(fault.Invalid, "places.ring.many", "most", MostCorners)
	}
	seen := map[Point]int{}
	for i, p := range r {
		if earlier, ok := seen[p]; ok {
			return fault.New(fault.Invalid, "places.ring.twice", "line", lines[i], "earlier", earlier)
		}
		seen[p] = lines[i]
	}
	for i := range r {
		for j := i + 1; j < len(r); j++ {
			if r.meet(i, j) {
				return fault.New(fault.Invalid, "places.ring.crosses", "line", lines[i], "other", lines[j])
			}
		}
	}
	return nil
}

// meet reports whether two sides have more in common than the corner that joins them.
// Corners are whole metres, so the products are exact.
func (r Ring) meet(i, j int) bool {
	n := len(r)
	a, b, c, d := r[i], r[(i+1)%n], r[j], r[(j+1)%n]
	switch {
	case j == i+1:
		return turn(a, b, d) == 0 && (b.X-a.X)*(d.X-b.X)+(b.Y-a.Y)*(d.Y-b.Y) < 0
	case i == 0 && j == n-1:
		return turn(c, a, b) == 0 && (a.X-c.X)*(b.X-a.X)+(a.Y-c.Y)*(b.Y-a.Y) < 0
	}
	return cuts(a, b, c, d)
}

// turn is positive when c lies to the left of the line from a to b, and 0 on it.
func turn(a, b, c Point) float64 { return (b.X-a.X)*(c.Y-a.Y) - (c.X-a.X)*(b.Y-a.Y) }

// cuts reports whether two stretches have a point in common, an end included.
func cuts(a, b, c, d Point) bool {
	ac, ad, ca, cb := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	if (ac > 0) != (ad > 0) && (ca > 0) != (cb > 0) && ac != 0 && ad != 0 && ca != 0 && cb != 0 {
		return true
	}
	return ac == 0 && between(a, b, c) || ad == 0 && between(a, b, d) || ca == 0 && between(c, d, a) || cb == 0 && between(c, d, b)
}

// between reports whether c, on the line through a and b, lies between them.
func between(a, b, c Point) bool {
	return min(a.X, b.X) <= c.X && c.X <= max(a.X, b.X) && min(a.Y, b.Y) <= c.Y && c.Y <= max(a.Y, b.Y)
}

// String writes the corners as ParseRing reads them, one a line.
func (r Ring) String() string {
	var b strings.Builder
	for i, p := range r {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%.0f %.0f", p.X, p.Y)
	}
	return b.String()
}

// SquareMetres is the area within the ring.
func (r Ring) SquareMetres() float64 {
	if len(r) == 0 {
		return 0
	}
	// From the first corner, or the sums lose their digits.
	near := make([]Point, len(r))
	for i, p := range r {
		near[i] = Point{p.X - r[0].X, p.Y - r[0].Y}
	}
	return math.Abs(ringArea(near)) / 2
}

// Contains reports whether p lies within the ring or on it.
func (r Ring) Contains(p Point) bool {
	for i, a := range r {
		if b := r[(i+1)%len(r)]; turn(a, b, p) == 0 && between(a, b, p) {
			return true
		}
	}
	return len(r) > 0 && Outline{{r}}.Contains(p)
}

// Within reports whether the whole ring lies inside an outline: its corners, its sides,
// and all that it encloses, so that a hole in the outline is not in it either. A ring
// that touches the border is not inside.
func (r Ring) Within(o Outline) bool {
	for _, p := range r {
		if !o.Contains(p) {
			return false
		}
	}
	for _, polygon := range o {
		for _, border := range polygon {
			for i, c := range border {
				if r.Contains(c) {
					return false
				}
				for j, a := range r {
					if cuts(a, r[(j+1)%len(r)], c, border[(i+1)%len(border)]) {
						return false
					}
				}
			}
		}
	}
	return len(r) > 0
}
