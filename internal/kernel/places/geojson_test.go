package places_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baken/internal/fault"
	"baken/internal/kernel/places"
)

func collection(code, coordinates string) string {
	return `{"type":"FeatureCollection","features":[{"properties":{"statcode":"` + code + `","statnaam":"X","jaar":2024},"geometry":{"type":"Polygon","coordinates":` + coordinates + `}}]}`
}

const square = "[[[76000,437000],[77000,437000],[77000,438000],[76000,438000],[76000,437000]]]"

func TestReadOutline(t *testing.T) {
	areas, err := places.Read("x.geojson", strings.NewReader(collection("BU05560101", square)), 0)
	if err != nil {
		t.Fatal(err)
	}
	a := areas[0]
	if a.Layout != 2024 || a.Parent() != "WK055601" || a.Outline.SquareMetres() != 1e6 {
		t.Errorf("%+v", a)
	}
	if l := a.Outline.Label(); l.X != 76500 || l.Y != 437500 {
		t.Errorf("label at %v", l)
	}
}

// A name stands inside its area, also when the centre does not.
func TestLabelOfAHollowShape(t *testing.T) {
	u := places.Outline{{{{0, 0}, {9, 0}, {9, 9}, {7, 9}, {7, 2}, {2, 2}, {2, 9}, {0, 9}}}}
	if l := u.Label(); !u.Contains(l) {
		t.Errorf("%v lies outside", l)
	}
}

func TestSimplified(t *testing.T) {
	o := places.Outline{{{{0, 0}, {5, 0.3}, {10, 0}, {10, 10}, {0, 10}}}}
	if got := o.Simplified(1); len(got[0][0]) != 4 {
		t.Errorf("%v", got)
	}
	if got := o.Simplified(100); len(got[0][0]) < 3 {
		t.Errorf("an area vanished: %v", got)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, row := range map[string]struct{ text, code string }{
		"no JSON":        {"{", "places.import.json"},
		"no areas":       {`{"type":"FeatureCollection","features":[]}`, "places.import.no-areas"},
		"code":           {collection("Maassluis", square), "places.import.code"},
		"open ring":      {collection("GM0556", "[[[76000,437000],[77000,437000],[77000,438000],[76000,438000]]]"), "places.import.ring-open"},
		"short ring":     {collection("GM0556", "[[[76000,437000],[77000,437000],[76000,437000]]]"), "places.import.ring-short"},
		"flat ring":      {collection("GM0556", "[[[76000,437000],[77000,437000],[78000,437000],[76000,437000]]]"), "places.import.ring-flat"},
		"crossing ring":  {collection("GM0556", "[[[76000,437000],[77000,438000],[77000,437000],[76000,438500],[76000,437000]]]"), "places.import.ring-crosses"},
		"latitude first": {collection("GM0556", "[[[51.92,4.25],[51.93,4.25],[51.93,4.26],[51.92,4.25]]]"), "places.import.axes"},
		"north first":    {collection("GM0556", "[[[437000,76000],[438000,76000],[438000,77000],[437000,76000]]]"), "places.import.axes"},
		"elsewhere":      {collection("GM0556", "[[[13.4,52.5],[13.5,52.5],[13.5,52.6],[13.4,52.5]]]"), "places.import.elsewhere"},
		"mixed systems":  {collection("GM0556", "[[[76000,437000],[4.25,51.92],[77000,438000],[76000,437000]]]"), "places.import.elsewhere"},
		"numbers":        {collection("GM0556", `[[["a",1],[2,3],[4,5],[1,1]]]`), "places.import.coordinates"},
		"a point":        {`{"type":"FeatureCollection","features":[{"properties":{"statcode":"GM0556","jaar":2024},"geometry":{"type":"Point","coordinates":[1,2]}}]}`, "places.import.no-outline"},
		"no year":        {strings.Replace(collection("GM0556", square), `,"jaar":2024`, "", 1), "places.import.no-layout"},
		"twice":          {strings.Replace(collection("GM0556", square), `[{"p`, `[{"properties":{"statcode":"GM0556","jaar":2024},"geometry":{"type":"Polygon","coordinates":`+square+`}},{"p`, 1), "places.import.twice"},
	} {
		areas, err := places.Read("x.geojson", strings.NewReader(row.text), 0)
		if f := fault.Of(err); f == nil || f.Code != row.code || areas != nil {
			t.Errorf("%s: %v, want %s", name, err, row.code)
		}
	}
}

// The published outlines of Maassluis, in both systems.
func TestPublishedOutlines(t *testing.T) {
	dir := os.Getenv("BAKEN_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "data", "geo")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the folder with published files is not here")
	}
	read := func(name string) []places.Area {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		areas, err := places.Read(name, f, 2024)
		if err != nil {
			t.Fatal(err)
		}
		return areas
	}
	grid, world := read("maassluis-buurten-2022.rd.geojson"), read("maassluis-buurten-2022.wgs84.geojson")
	if len(grid) != 19 || len(world) != 19 {
		t.Fatalf("%d and %d buurten", len(grid), len(world))
	}
	var sum float64
	for i, a := range grid {
		sum += a.Outline.SquareMetres()
		// The WGS84 file was made with an approximation good to about a metre.
		for j, p := range a.Outline[0][0] {
			q := world[i].Outline[0][0][j]
			if d := math.Hypot(p.X-q.X, p.Y-q.Y); d > 1.5 {
				t.Errorf("%s: corner %d is %.2f m off", a.Code, j, d)
			}
		}
	}
	if sum < 10.0e6 || sum > 10.2e6 {
		t.Errorf("%.0f square metres; the municipality has 10.09 km2", sum)
	}
	if n := len(read("gemeenten-2024.wgs84.geojson")); n != 342 {
		t.Errorf("%d municipalities", n)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(collection("BU05560101", square)))
	f.Add([]byte(collection("GM0556", "[[[4.25,51.92],[4.26,51.92],[4.26,51.93],[4.25,51.92]]]")))
	f.Fuzz(func(t *testing.T, data []byte) {
		areas, err := places.Read("x", bytes.NewReader(data), 2024)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		for _, a := range areas {
			if len(a.Outline) > 0 {
				a.Outline.Simplified(10).Label()
			}
		}
	})
}
