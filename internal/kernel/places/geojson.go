package places

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// Limits of a file. The national map of buurten is 6 MB with 14,400 areas.
const (
	maxBytes    = 64 << 20
	maxFeatures = 20_000
	maxPoints   = 2_000_000
)

type collection struct {
	Type     string    `json:"type"`
	CRS      *crs      `json:"crs"`
	Features []feature `json:"features"`
}

type crs struct {
	Properties struct {
		Name string `json:"name"`
	} `json:"properties"`
}

type feature struct {
	Properties map[string]any `json:"properties"`
	Geometry   *struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

// Read reads a GeoJSON file of areas with the properties of CBS (statcode,
// statnaam and others), in RD New or in longitude and latitude. layout is the year
// for files that do not say one. Every refusal is a fault of kind Invalid with the
// file and the feature; then nothing of the file may be stored.
func Read(name string, r io.Reader, layout int) ([]Area, error) {
	c, err := readCollection(name, r, maxFeatures)
	if err != nil {
		return nil, err
	}
	return newParser(name, layout, c).areas(c.Features)
}

func readCollection(name string, r io.Reader, most int) (c collection, err error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return c, fault.Because(err, fault.Unavailable, "places.import.read", "file", name)
	}
	if len(data) > maxBytes {
		return c, fault.New(fault.Invalid, "places.import.too-large", "file", name, "max", maxBytes>>20)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, fault.Because(err, fault.Invalid, "places.import.json", "file", name)
	}
	if c.Type != "FeatureCollection" || len(c.Features) == 0 {
		return c, fault.New(fault.Invalid, "places.import.no-areas", "file", name)
	}
	if len(c.Features) > most {
		return c, fault.New(fault.Invalid, "places.import.too-many", "file", name, "max", most)
	}
	return c, nil
}

func newParser(name string, layout int, c collection) *parser {
	p := &parser{name: name, layout: layout}
	if c.CRS != nil {
		p.grid = strings.Contains(c.CRS.Properties.Name, "28992")
		p.told = true
	}
	return p
}

type parser struct {
	name   string
	layout int
	grid   bool // coordinates are RD New
	told   bool // the file said which
	points int
}

func (p *parser) fail(n int, code string, args ...any) error {
	return fault.New(fault.Invalid, code, append([]any{"file", p.name, "feature", n + 1}, args...)...)
}

func (p *parser) areas(features []feature) ([]Area, error) {
	seen := map[string]int{}
	var out []Area
	for n, f := range features {
		a := Area{Layout: p.layout}
		var ok bool
		if a.Code, ok = figures.ParseArea(first(f.Properties, "statcode", "buurtcode", "wijkcode", "gemeentecode", "bu_code", "wk_code", "gm_code")); !ok {
			return nil, p.fail(n, "places.import.code", "code", a.Code)
		}
		if water := first(f.Properties, "water"); water == "JA" {
			continue // CBS gives the water of a municipality as an area of its own
		}
		a.Name = first(f.Properties, "statnaam", "buurtnaam", "wijknaam", "gemeentenaam", "bu_naam", "wk_naam", "gm_naam")
		if y, ok := f.Properties["jaar"].(float64); ok && y >= 1990 && y < 2200 {
			a.Layout = int(y)
		} else if j := first(f.Properties, "jrstatcode"); len(j) > 4 {
			fmt.Sscanf(j[:4], "%d", &a.Layout)
		}
		if a.Layout == 0 {
			return nil, p.fail(n, "places.import.no-layout")
		}
		if earlier := seen[a.Code]; earlier != 0 {
			return nil, p.fail(n, "places.import.twice", "code", a.Code, "earlier", earlier)
		}
		seen[a.Code] = n + 1
		var err error
		if a.Outline, err = p.outline(n, f); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// first is the first of some properties that is there.
func first(m map[string]any, names ...string) string {
	for _, n := range names {
		if s, ok := m[n].(string); ok && s != "" {
			return s
		}
	}
	return ""
}

func (p *parser) outline(n int, f feature) (Outline, error) {
	if f.Geometry == nil {
		return nil, p.fail(n, "places.import.no-outline")
	}
	var polygons [][][][]float64
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		polygons = make([][][][]float64, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
	default:
		return nil, p.fail(n, "places.import.no-outline")
	}
	if err != nil || len(polygons) == 0 {
		return nil, p.fail(n, "places.import.coordinates")
	}
	var out Outline
	for _, polygon := range polygons {
		if len(polygon) == 0 {
			return nil, p.fail(n, "places.import.coordinates")
		}
		var rings [][]Point
		for _, raw := range polygon {
			ring, err := p.ring(n, raw)
			if err != nil {
				return nil, err
			}
			rings = append(rings, ring)
		}
		out = append(out, rings)
	}
	return out, nil
}

func (p *parser) ring(n int, raw [][]float64) ([]Point, error) {
	if p.points += len(raw); p.points > maxPoints {
		return nil, p.fail(n, "places.import.too-many-points", "max", maxPoints)
	}
	if len(raw) < 4 {
		return nil, p.fail(n, "places.import.ring-short")
	}
	var ring []Point
	for _, c := range raw {
		if len(c) < 2 {
			return nil, p.fail(n, "places.import.coordinates")
		}
		q, err := p.point(n, c[0], c[1])
		if err != nil {
			return nil, err
		}
		ring = append(ring, q)
	}
	if a, b := raw[0], raw[len(raw)-1]; a[0] != b[0] || a[1] != b[1] {
		return nil, p.fail(n, "places.import.ring-open")
	}
	ring = ring[:len(ring)-1]
	if math.Abs(ringArea(ring)) < 2 {
		return nil, p.fail(n, "places.import.ring-flat")
	}
	if crosses(ring) {
		return nil, p.fail(n, "places.import.ring-crosses")
	}
	return ring, nil
}

// The Netherlands in both systems, the sea border included.
func inGrid(x, y float64) bool        { return x >= -10_000 && x <= 300_000 && y >= 300_000 && y <= 640_000 }
func inDegrees(lon, lat float64) bool { return lon >= 2.5 && lon <= 7.5 && lat >= 50.5 && lat <= 54 }

// point converts a coordinate pair. Pairs tell their system by their size; that a
// file says another one, or has its axes changed, is refused and not guessed.
func (p *parser) point(n int, a, b float64) (Point, error) {
	if !p.told {
		p.grid, p.told = math.Abs(a) > 1000, true
	}
	ok := inDegrees
	if p.grid {
		ok = inGrid
	}
	switch {
	case ok(a, b) && p.grid:
		return Point{a, b}, nil
	case ok(a, b):
		return ToRD(a, b), nil
	case ok(b, a):
		return Point{}, p.fail(n, "places.import.axes")
	}
	return Point{}, p.fail(n, "places.import.elsewhere", "x", a, "y", b)
}

// crossing is how deep two sides of a ring must cut each other to be refused.
// The national map of municipalities is rounded to about 100 m, and its narrow
// necks cross by less than that; a wrong order of points crosses by far more.
const crossing = 150.0

// crosses reports whether two sides of a ring cut each other. Rings of more than
// 3,000 points are not looked at: the time grows with the square, and published
// maps at that detail come from the land registry.
func crosses(ring []Point) bool {
	n := len(ring)
	if n > 3000 {
		return false
	}
	for i := range n {
		a, b := ring[i], ring[(i+1)%n]
		for j := i + 2; j < n; j++ {
			if i == 0 && j == n-1 {
				continue
			}
			c, d := ring[j], ring[(j+1)%n]
			ac, ad := beside(a, b, c), beside(a, b, d)
			ca, cb := beside(c, d, a), beside(c, d, b)
			if ac*ad < 0 && ca*cb < 0 && min(math.Abs(ac), math.Abs(ad), math.Abs(ca), math.Abs(cb)) > crossing {
				return true
			}
		}
	}
	return false
}

// beside is how far c lies to the left of the line from a to b, in metres.
func beside(a, b, c Point) float64 {
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	if length == 0 {
		return 0
	}
	return ((b.X-a.X)*(c.Y-a.Y) - (c.X-a.X)*(b.Y-a.Y)) / length
}
