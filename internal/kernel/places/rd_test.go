package places_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"baken/internal/kernel/places"
)

// The published test points of RDNAPTRANS.
func TestKnownPoints(t *testing.T) {
	for _, row := range []struct {
		name     string
		lat, lon float64
		x, y     float64
	}{
		{"Texel", 53.160753042, 4.824761912, 117380.1200, 575040.3400},
		{"Noord-Groningen", 53.419482050, 6.776726674, 247380.5600, 604580.7800},
		{"Amersfoort", 52.155172897, 5.387203657, 155000.0000, 463000.0000},
		{"Zeeuws-Vlaanderen", 51.368607152, 3.397588595, 16460.9100, 377380.2300},
		{"Zuid-Limburg", 50.792584916, 5.773795548, 182260.4500, 311480.6700},
		{"Maasvlakte", 51.947393898, 4.072887101, 64640.8900, 440700.0101},
	} {
		p := places.ToRD(row.lon, row.lat)
		if d := math.Hypot(p.X-row.x, p.Y-row.y); d > 0.25 {
			t.Errorf("%s: %.3f %.3f, %.3f m from the published point", row.name, p.X, p.Y, d)
		}
		lon, lat := places.FromRD(places.Point{X: row.x, Y: row.y})
		if d := math.Hypot((lon-row.lon)*68e3, (lat-row.lat)*111e3); d > 0.25 {
			t.Errorf("%s: back %.9f %.9f, %.3f m away", row.name, lat, lon, d)
		}
	}
}

func TestConversionIsItsOwnInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := places.Point{X: rapid.Float64Range(10_000, 280_000).Draw(t, "x"), Y: rapid.Float64Range(305_000, 615_000).Draw(t, "y")}
		q := places.ToRD(places.FromRD(p))
		if d := math.Hypot(p.X-q.X, p.Y-q.Y); d > 0.01 {
			t.Fatalf("%v comes back as %v, %.4f m away", p, q, d)
		}
	})
}
