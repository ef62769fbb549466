package places_test

import (
	"math"
	"strings"
	"testing"

	"baken/internal/fault"
	"baken/internal/kernel/places"
	"baken/internal/text"
)

func ring(t *testing.T, s string) places.Ring {
	t.Helper()
	r, err := places.ParseRing(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return r
}

const block = "76000 437000\n77000 437000\n77000 437500\n76000 437500"

func TestParseRingTakesWhatPeopleType(t *testing.T) {
	for name, s := range map[string]string{
		"spaces":                    "76000 437000\n77000 437000\n77000 437500\n76000 437500\n",
		"empty lines":               "\n76000 437000\r\n\r\n 77000\t437000\n77000 437500\n76000 437500",
		"commas":                    "76000, 437000\n77000,437000\n77000;437500\n76000 , 437500",
		"a closed ring":             block + "\n76000 437000",
		"decimals are whole metres": "76000.4 437000.49\n77000,3 437000,1\n76999.6 437500\n76000 437499.7",
	} {
		if got := ring(t, strings.ReplaceAll(s, " ,", ",")).String(); got != block {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// The church tower of Maassluis stands at 51.9189 north, 4.2514 east.
func TestParseRingConvertsLatitudeAndLongitude(t *testing.T) {
	r := ring(t, "51.92, 4.25\n51.92,4.26\n51,93 4,26")
	for i, c := range [][2]float64{{4.25, 51.92}, {4.26, 51.92}, {4.26, 51.93}} {
		want := places.ToRD(c[0], c[1])
		if math.Abs(r[i].X-want.X) > 0.5 || math.Abs(r[i].Y-want.Y) > 0.5 || r[i].X != math.Round(r[i].X) {
			t.Errorf("corner %d at %v, want %v in whole metres", i, r[i], want)
		}
	}
}

func TestParseRingRefuses(t *testing.T) {
	star := "76000 437000\n77000 437500\n76000 437500\n77000 437000"
	for name, row := range map[string]struct{ text, code, line string }{
		"nothing":            {"", "places.ring.few", ""},
		"two corners":        {"76000 437000\n77000 437000", "places.ring.few", ""},
		"a word":             {"76000 437000\nde haven\n77000 437000", "places.ring.unread", "2"},
		"one number":         {"76000 437000\n\n77000", "places.ring.unread", "3"},
		"three numbers":      {"76000 437000 12\n1 2\n3 4", "places.ring.unread", "1"},
		"not a number":       {"NaN NaN\nInf 1e9\n0x1 5", "places.ring.unread", "1"},
		"thousands":          {"76.000 437.000\n77.000 437.000\n77.000 438.000", "places.ring.elsewhere", "1"},
		"north first":        {"437000 76000\n437000 77000\n438000 77000", "places.ring.axes", "1"},
		"longitude first":    {"4.25, 51.92\n4.26, 51.92\n4.26, 51.93", "places.ring.axes", "1"},
		"Berlin":             {"76000 437000\n52.5, 13.4\n77000 437000", "places.ring.elsewhere", "2"},
		"a corner twice":     {"76000 437000\n77000 437000\n76000 437000\n77000 437500", "places.ring.twice", "3"},
		"a bow tie":          {star, "places.ring.crosses", "1"},
		"flat":               {"76000 437000\n77000 437000\n78000 437000", "places.ring.crosses", "1"},
		"a spike":            {"76000 437000\n77000 437000\n76500 437000\n76500 437500", "places.ring.crosses", "1"},
		"a corner on a side": {"76000 437000\n77000 437000\n77000 437500\n76500 437000\n76000 437500", "places.ring.crosses", "1"},
		"too many":           {corners(61), "places.ring.many", ""},
	} {
		r, err := places.ParseRing(row.text)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.Invalid || f.Code != row.code || r != nil {
			t.Errorf("%s: %v, %v; want %s and no ring", name, r, err, row.code)
			continue
		}
		said := text.For(text.NL).T(f.Code, f.Args...)
		if row.line != "" && !strings.Contains(strings.ToLower(said), "regel "+row.line) || strings.Contains(said, "<no value>") || strings.HasPrefix(said, "[") {
			t.Errorf("%s: %q does not point at line %s", name, said, row.line)
		}
	}
	if r := ring(t, corners(places.MostCorners)); len(r) != places.MostCorners {
		t.Errorf("%d corners", len(r))
	}
}

// corners is a ring of n corners around a circle.
func corners(n int) string {
	var r places.Ring
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		r = append(r, places.Point{X: math.Round(76500 + 400*cos), Y: math.Round(437500 + 400*sin)})
	}
	return r.String()
}

func TestRingMeasures(t *testing.T) {
	r := ring(t, block)
	if got := r.SquareMetres(); got != 500_000 {
		t.Errorf("%v square metres", got)
	}
	for p, want := range map[places.Point]bool{{X: 76500, Y: 437250}: true, {X: 76000, Y: 437100}: true, {X: 76000, Y: 437000}: true, {X: 75999, Y: 437100}: false, {X: 76500, Y: 437501}: false} {
		if r.Contains(p) != want {
			t.Errorf("%v inside: %v", p, !want)
		}
	}
	if (places.Ring{}).Contains(places.Point{}) || (places.Ring{}).SquareMetres() != 0 {
		t.Error("an empty ring holds something")
	}
}

func TestRingWithin(t *testing.T) {
	// A horseshoe that is open to the north, with a hole in its west leg.
	u := places.Outline{{
		{{X: 0, Y: 300000}, {X: 9000, Y: 300000}, {X: 9000, Y: 309000}, {X: 6000, Y: 309000}, {X: 6000, Y: 303000}, {X: 3000, Y: 303000}, {X: 3000, Y: 309000}, {X: 0, Y: 309000}},
		{{X: 1000, Y: 305000}, {X: 1500, Y: 305000}, {X: 1500, Y: 305500}, {X: 1000, Y: 305500}},
	}}
	for name, row := range map[string]struct {
		ring string
		want bool
	}{
		"inside":               {"100 301000\n8000 301000\n8000 302000", true},
		"over the border":      {"100 301000\n8000 301000\n12000 304000", false},
		"corners in, side out": {"2000 308000\n7000 308000\n7000 308500\n2000 308500", false},
		"around the hole":      {"500 304500\n2000 304500\n2000 306000\n500 306000", false},
		"in the hole":          {"1100 305100\n1200 305100\n1200 305200", false},
		"over the hole":        {"500 305100\n2500 305100\n2500 305200\n500 305200", false},
		"beside":               {"4000 305000\n5000 305000\n5000 306000", false},
		"touching the border":  {"3000 304000\n2000 304000\n2000 303500", false},
	} {
		if got := ring(t, row.ring).Within(u); got != row.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if (places.Ring{}).Within(u) {
		t.Error("nothing lies inside")
	}
}

func FuzzParseRing(f *testing.F) {
	f.Add(block)
	f.Add("51.92, 4.25\n51.92, 4.26\n51.93, 4.26")
	f.Add(corners(60) + "\n76900 437500")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := places.ParseRing(s)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		again, err := places.ParseRing(r.String())
		if err != nil || again.String() != r.String() {
			t.Fatalf("%q reads back as %v, %v", r, again, err)
		}
		if r.SquareMetres() <= 0 || len(r) < places.LeastCorners || len(r) > places.MostCorners {
			t.Fatalf("%q is no area", r)
		}
		for _, p := range r {
			if !r.Contains(p) {
				t.Fatalf("%q does not hold its own corner %v", r, p)
			}
		}
	})
}
