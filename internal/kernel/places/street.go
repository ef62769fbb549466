package places

import (
	"cmp"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"baken/internal/fault"
)

// Street is a street of a municipality by name: all the lines that carry it.
type Street struct {
	Name  string
	Lines [][]Point
}

// maxStretches is for a file of streets. The national road file has 25,000 stretches in
// the largest municipality.
const maxStretches = 100_000

// ReadStreets reads a GeoJSON file of lines with a street name, such as the stretches of
// the national road file (NWB, property STT_NAAM), in RD New or in longitude and
// latitude. Stretches of one name become one street; those without a name, such as a
// path in a park, are left out. Every refusal is a fault of kind Invalid; then nothing of
// the file may be stored.
func ReadStreets(name string, r io.Reader) ([]Street, error) {
	c, err := readCollection(name, r, maxStretches)
	if err != nil {
		return nil, err
	}
	p := newParser(name, 0, c)
	byName := map[string]*Street{}
	for n, f := range c.Features {
		street := first(f.Properties, "stt_naam", "STT_NAAM", "straatnaam", "naam")
		if street == "" {
			continue
		}
		lines, err := p.lines(n, f)
		if err != nil {
			return nil, err
		}
		if byName[street] == nil {
			byName[street] = &Street{Name: street}
		}
		byName[street].Lines = append(byName[street].Lines, lines...)
	}
	if len(byName) == 0 {
		return nil, fault.New(fault.Invalid, "places.streets.none", "file", name)
	}
	var out []Street
	for _, s := range byName {
		out = append(out, *s)
	}
	alphabetical(out)
	return out, nil
}

// alphabetical orders streets without looking at capitals and accents.
func alphabetical(streets []Street) {
	slices.SortFunc(streets, func(a, b Street) int {
		return cmp.Or(cmp.Compare(plain(a.Name), plain(b.Name)), cmp.Compare(a.Name, b.Name))
	})
}

func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(name))
}

func (p *parser) lines(n int, f feature) ([][]Point, error) {
	if f.Geometry == nil {
		return nil, p.fail(n, "places.streets.no-line")
	}
	var raw [][][]float64
	var err error
	switch f.Geometry.Type {
	case "LineString":
		raw = make([][][]float64, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &raw[0])
	case "MultiLineString":
		err = json.Unmarshal(f.Geometry.Coordinates, &raw)
	default:
		return nil, p.fail(n, "places.streets.no-line")
	}
	if err != nil || len(raw) == 0 {
		return nil, p.fail(n, "places.import.coordinates")
	}
	var out [][]Point
	for _, line := range raw {
		if p.points += len(line); p.points > maxPoints {
			return nil, p.fail(n, "places.import.too-many-points", "max", maxPoints)
		}
		if len(line) < 2 {
			return nil, p.fail(n, "places.streets.no-line")
		}
		var points []Point
		for _, c := range line {
			if len(c) < 2 {
				return nil, p.fail(n, "places.import.coordinates")
			}
			q, err := p.point(n, c[0], c[1])
			if err != nil {
				return nil, err
			}
			points = append(points, q)
		}
		out = append(out, points)
	}
	return out, nil
}

// Touch is a street of which a part lies inside a ring; Whole says that all of it does.
type Touch struct {
	Street string
	Whole  bool
}

// leastInside is how many metres of a street lie inside before the ring touches it, and
// outside before it is not whole. A ring has whole metres, so less says nothing.
const leastInside = 1.0

// Touched lists the streets with any part inside the ring, in alphabetical order. A side
// street that only meets the border does not count.
func Touched(r Ring, streets []Street) []Touch {
	if len(r) == 0 {
		return nil
	}
	ordered := slices.Clone(streets)
	alphabetical(ordered)
	var out []Touch
	for _, s := range ordered {
		in, all := 0.0, 0.0
		for _, line := range s.Lines {
			for i := 0; i+1 < len(line); i++ {
				inside, length := r.along(line[i], line[i+1])
				in, all = in+inside, all+length
			}
		}
		if in >= leastInside {
			out = append(out, Touch{s.Name, all-in < leastInside})
		}
	}
	return out
}

// along is how many metres of the stretch from c to d lie inside the ring, and how long
// it is.
func (r Ring) along(c, d Point) (inside, length float64) {
	length = math.Hypot(d.X-c.X, d.Y-c.Y)
	at := []float64{0, 1}
	for i, a := range r {
		b := r[(i+1)%len(r)]
		if ca, cb := turn(c, d, a), turn(c, d, b); ca != cb {
			// Where the line through the stretch meets the line through the side.
			s := ca / (ca - cb)
			if s < 0 || s > 1 {
				continue
			}
			x, y := a.X+s*(b.X-a.X)-c.X, a.Y+s*(b.Y-a.Y)-c.Y
			if t := (x*(d.X-c.X) + y*(d.Y-c.Y)) / (length * length); t > 0 && t < 1 {
				at = append(at, t)
			}
		}
	}
	slices.Sort(at)
	for i := 0; i+1 < len(at); i++ {
		mid := (at[i] + at[i+1]) / 2
		if r.Contains(Point{c.X + mid*(d.X-c.X), c.Y + mid*(d.Y-c.Y)}) {
			inside += (at[i+1] - at[i]) * length
		}
	}
	return inside, length
}
