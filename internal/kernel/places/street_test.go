package places_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
)

func roads(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func road(property, name, kind, coordinates string) string {
	return `{"properties":{"` + property + `":"` + name + `"},"geometry":{"type":"` + kind + `","coordinates":` + coordinates + `}}`
}

func TestReadStreetsJoinsTheStretchesOfAName(t *testing.T) {
	got, err := places.ReadStreets("wegvakken.geojson", strings.NewReader(roads(
		road("STT_NAAM", "Zuiddijk", "LineString", "[[76000,437000],[76100,437000,1.5]]"),
		road("stt_naam", "Élisabethhof", "MultiLineString", "[[[76000,437200],[76000,437300]],[[76050,437200],[76050,437300]]]"),
		road("naam", "", "LineString", "[[76000,437400],[76100,437400]]"),
		road("straatnaam", "Zuiddijk", "LineString", "[[76100,437000],[76200,437000]]"),
		road("naam", "dwarsstraat", "LineString", "[[76100,437000],[76200,437000]]"))))
	if err != nil {
		t.Fatal(err)
	}
	want := []places.Street{
		{Name: "dwarsstraat", Lines: [][]places.Point{{{X: 76100, Y: 437000}, {X: 76200, Y: 437000}}}},
		{Name: "Élisabethhof", Lines: [][]places.Point{{{X: 76000, Y: 437200}, {X: 76000, Y: 437300}}, {{X: 76050, Y: 437200}, {X: 76050, Y: 437300}}}},
		{Name: "Zuiddijk", Lines: [][]places.Point{{{X: 76000, Y: 437000}, {X: 76100, Y: 437000}}, {{X: 76100, Y: 437000}, {X: 76200, Y: 437000}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadStreetsConverts(t *testing.T) {
	got, err := places.ReadStreets("x", strings.NewReader(roads(road("naam", "Kade", "LineString", "[[4.25,51.92],[4.26,51.92]]"))))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]places.Point{places.ToRD(4.25, 51.92), places.ToRD(4.26, 51.92)}, got[0].Lines[0]); diff != "" {
		t.Error(diff)
	}
}

func TestReadStreetsRefuses(t *testing.T) {
	for name, row := range map[string]struct{ text, code string }{
		"no JSON":        {"{", "places.import.json"},
		"nothing":        {roads(), "places.import.no-areas"},
		"no names":       {roads(road("wegnummer", "A20", "LineString", "[[76000,437000],[76100,437000]]")), "places.streets.none"},
		"an area":        {roads(road("naam", "Kade", "Polygon", square)), "places.streets.no-line"},
		"no shape":       {roads(`{"properties":{"naam":"Kade"},"geometry":null}`), "places.streets.no-line"},
		"a point":        {roads(road("naam", "Kade", "LineString", "[[76000,437000]]")), "places.streets.no-line"},
		"no lines":       {roads(road("naam", "Kade", "MultiLineString", "[]")), "places.import.coordinates"},
		"half a point":   {roads(road("naam", "Kade", "LineString", "[[76000],[1]]")), "places.import.coordinates"},
		"latitude first": {roads(road("naam", "Kade", "LineString", "[[51.92,4.25],[51.92,4.26]]")), "places.import.axes"},
		"elsewhere":      {roads(road("naam", "Kade", "LineString", "[[13.4,52.5],[13.5,52.5]]")), "places.import.elsewhere"},
	} {
		got, err := places.ReadStreets("x.geojson", strings.NewReader(row.text))
		if f := fault.Of(err); f == nil || f.Code != row.code || f.Kind != fault.Invalid || got != nil {
			t.Errorf("%s: %v, want %s", name, err, row.code)
		}
	}
}

func street(name string, xy ...float64) places.Street {
	s := places.Street{Name: name, Lines: [][]places.Point{nil}}
	for i := 0; i+1 < len(xy); i += 2 {
		s.Lines[0] = append(s.Lines[0], places.Point{X: 76000 + xy[i], Y: 437000 + xy[i+1]})
	}
	return s
}

func TestTouched(t *testing.T) {
	r := ring(t, "76000 437000\n76100 437000\n76100 437100\n76000 437100")
	bent := ring(t, "76000 437000\n76100 437000\n76100 437100\n76060 437100\n76060 437040\n76040 437040\n76040 437100\n76000 437100")
	for name, row := range map[string]struct {
		ring places.Ring
		in   places.Street
		want string
	}{
		"inside":                           {r, street("A", 10, 10, 90, 90), "whole"},
		"through, no corner in it":         {r, street("A", -50, 50, 150, 50), "part"},
		"half":                             {r, street("A", 50, 50, 150, 50), "part"},
		"beside":                           {r, street("A", 110, 0, 110, 100), ""},
		"a side street up to the border":   {r, street("A", 100, 50, 150, 50), ""},
		"along the border":                 {r, street("A", 100, 20, 100, 80), "whole"},
		"over a corner":                    {r, street("A", -50, 50, 50, -50), ""},
		"over a corner, cutting it":        {r, street("A", -50, 60, 50, -40), "part"},
		"both ends in, the middle outside": {bent, street("A", 20, 80, 80, 80), "part"},
		"in one leg":                       {bent, street("A", 20, 80, 35, 80), "whole"},
		"in the bay":                       {bent, street("A", 45, 80, 55, 80), ""},
		"a stretch without length":         {r, street("A", 50, 50, 50, 50, 60, 50), "whole"},
	} {
		got := ""
		for _, x := range places.Touched(row.ring, []places.Street{row.in}) {
			got = map[bool]string{true: "whole", false: "part"}[x.Whole]
		}
		if got != row.want {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
}

func TestTouchedIsAlphabetical(t *testing.T) {
	r := ring(t, "76000 437000\n76100 437000\n76100 437100\n76000 437100")
	in := []places.Street{street("Zuiddijk", 10, 10, 20, 10), street("élan", 10, 20, 20, 20), street("Havenkade", 10, 30, 200, 30), street("Elders", 200, 10, 300, 10), street("Dijk", 10, 40, 20, 40)}
	want := []places.Touch{{Street: "Dijk", Whole: true}, {Street: "élan", Whole: true}, {Street: "Havenkade"}, {Street: "Zuiddijk", Whole: true}}
	if diff := cmp.Diff(want, places.Touched(r, in)); diff != "" {
		t.Error(diff)
	}
	if in[0].Name != "Zuiddijk" {
		t.Error("the caller's streets changed their order")
	}
	if got := places.Touched(nil, in); got != nil {
		t.Errorf("no ring touches %v", got)
	}
}

func TestStreetsAreReplaced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep := work.NewKeeper(d, noLog{}, nil)
		ctx, who := context.Background(), work.System("test")
		save := func(municipality string, streets ...places.Street) {
			if err := keep.Do(ctx, who, "monitor", func(u *work.Unit) error {
				return places.SaveStreets(u, "streets.import", municipality, streets)
			}); err != nil {
				t.Fatal(err)
			}
		}
		save("GM0556", street("Zuiddijk", 0, 0, 10, 0), street("Oude Kade", 0, 0, 10, 0))
		save("GM0622", street("Elders", 0, 0, 10, 0))
		save("GM0556", street("Zuiddijk", 0, 0, 20, 0), street("Élan", 0, 0, 10, 0))
		err := keep.See(ctx, who, "monitor", func(u *work.Unit) error {
			got, err := places.Streets(u, "GM0556")
			if diff := cmp.Diff([]places.Street{street("Élan", 0, 0, 10, 0), street("Zuiddijk", 0, 0, 20, 0)}, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzReadStreets(f *testing.F) {
	f.Add([]byte(roads(road("naam", "Kade", "LineString", "[[76000,437000],[76100,437000]]"))))
	f.Add([]byte(roads(road("STT_NAAM", "Dijk", "MultiLineString", "[[[4.25,51.92],[4.26,51.92]]]"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := places.ReadStreets("x", bytes.NewReader(data))
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		for _, s := range got {
			if s.Name == "" || len(s.Lines) == 0 {
				t.Fatalf("%+v", s)
			}
		}
	})
}
