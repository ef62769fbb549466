package demostreets_test

import (
	"slices"
	"testing"

	"baken/internal/crimemonitor/builtin"
	"baken/internal/demostreets"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
)

func streets(t *testing.T) []places.Street {
	t.Helper()
	all, err := demostreets.Streets()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The ground of the demo is real and its streets are not, so they must lie on it.
func TestStreetsLieInTheMunicipality(t *testing.T) {
	areas, err := builtin.Areas()
	if err != nil {
		t.Fatal(err)
	}
	near := func(p places.Point) bool {
		for _, a := range areas {
			if a.Code != demostreets.Municipality {
				continue
			}
			// A main road may follow the border, and the file has whole metres.
			for _, d := range []places.Point{{}, {X: 2}, {X: -2}, {Y: 2}, {Y: -2}} {
				if a.Outline.Contains(places.Point{X: p.X + d.X, Y: p.Y + d.Y}) {
					return true
				}
			}
		}
		return false
	}
	all := streets(t)
	var names []string
	for _, s := range all {
		if slices.Contains(names, s.Name) {
			t.Errorf("%s is there twice", s.Name)
		}
		names = append(names, s.Name)
		for _, l := range s.Lines {
			if len(l) < 2 {
				t.Errorf("%s has a line of %d points", s.Name, len(l))
			}
			for _, p := range l {
				if !near(p) {
					t.Errorf("%s leaves the municipality at %v", s.Name, p)
				}
			}
		}
	}
	// Every neighbourhood has a street to name.
	for _, a := range areas {
		if a.Level() != figures.Neighbourhood || len(a.Outline) == 0 {
			continue
		}
		if len(places.Touched(places.Ring(a.Outline[0][0]), all)) < 3 {
			t.Errorf("%s has fewer than three streets", a.Name)
		}
	}
}

// Where the demo's measures are about an address, its street is on the map.
func TestStreetsOfTheMeasuresAreThere(t *testing.T) {
	all := streets(t)
	for _, name := range []string{"Noordvliet", "Zuiddijk", "Hoogstraat", "Haven", "Havenkade", "Havenplein", "Lijnbaan", "Koningshoek", "Wipstraat", "Kanariekade", "Dr. Kuyperkade", "Burgemeester van der Lelykade"} {
		if !slices.ContainsFunc(all, func(s places.Street) bool { return s.Name == name }) {
			t.Errorf("%s is missing", name)
		}
	}
}
