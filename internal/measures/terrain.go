package measures

import (
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web/ui"
)

// Terrain is the ground that areas are drawn on: the borders and the streets of the
// municipality, as far as they were read in.
type Terrain struct {
	Border  places.Outline // of the municipality
	Areas   []places.Area  // its neighbourhoods with a border
	Streets []places.Street
}

// ReadTerrain reads the terrain of a municipality, by its code.
func ReadTerrain(u *work.Unit, municipality string) (t Terrain, err error) {
	all, err := places.InGroup(u, municipality, 0)
	if err != nil {
		return t, err
	}
	for _, a := range all {
		switch {
		case len(a.Outline) == 0:
		case a.Level() == figures.Municipality:
			t.Border = a.Outline
		case a.Level() == figures.Neighbourhood:
			t.Areas = append(t.Areas, a)
		}
	}
	t.Streets, err = places.Streets(u, municipality)
	return t, err
}

// Plan is the drawing of an area for a page. A list of its streets stands beside it.
func (t Terrain) Plan(id, label, summary string, r places.Ring) ui.Plan {
	return ui.Plan{ID: id, Label: label, Summary: summary, Ground: t.ground(), Streets: t.lines(), Ring: corners(r)}
}

func (t Terrain) ground() (out []ui.PlanArea) {
	for _, a := range t.Areas {
		area := ui.PlanArea{Name: a.Name}
		for _, polygon := range a.Outline {
			for _, ring := range polygon {
				area.Rings = append(area.Rings, corners(ring))
			}
		}
		out = append(out, area)
	}
	return out
}

func (t Terrain) lines() (out []ui.PlanStreet) {
	for _, s := range t.Streets {
		street := ui.PlanStreet{Name: s.Name}
		for _, l := range s.Lines {
			street.Lines = append(street.Lines, corners(l))
		}
		out = append(out, street)
	}
	return out
}

func corners[P ~[]places.Point](line P) []ui.XY {
	out := make([]ui.XY, len(line))
	for i, p := range line {
		out[i] = ui.XY(p)
	}
	return out
}

// Area says how large an area is that was drawn: 5 hoekpunten, 3,2 hectare. A text that
// holds no area comes back as it is.
func Area(p *text.Printer, s string) string {
	r, err := places.ParseRing(s)
	if err != nil {
		return s
	}
	// Below a tenth of a hectare the square metres say more.
	size := p.T("measures.square-metres", "m2", p.Int(int(r.SquareMetres()+0.5)))
	if r.SquareMetres() >= 1000 {
		size = p.T("measures.hectares", "hectares", p.Number(r.SquareMetres()/10_000, 1))
	}
	return p.T("measures.area", "n", len(r), "size", size)
}
