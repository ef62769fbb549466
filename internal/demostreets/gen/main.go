// Command gen writes the made-up streets of the demo, from the borders that Baken carries:
//
//	go run ./internal/demostreets/gen internal/demostreets/streets.txt
//
// Main roads follow the borders that two neighbourhoods share; within each neighbourhood
// lies a grid along its longest side, a little bent. Nothing is random: the same program
// writes the same file.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"os"
	"slices"

	"baken/internal/crimemonitor/builtin"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FILE")
		os.Exit(2)
	}
	areas, err := builtin.Areas()
	if err == nil {
		err = os.WriteFile(os.Args[1], network(areas), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// roads are the names of main roads, for the longest shared borders first. The places of
// the demo's measures are among these and those below.
var roads = []string{"Westlandseweg", "Zuiddijk", "Noordvliet", "Fenacoliuslaan", "Dr. Kuyperkade", "Marnixlaan", "Lijnbaan", "Zeemansdreef", "Burgemeester van der Lelykade",
	"Havenkade", "Stadhouderspad", "Mozartlaan", "Noorddijk", "Vlietkade", "Polderweg", "Sluiskade", "Molenweg", "Parklaan", "Oostsingel", "Westsingel", "Kerkweg", "Spoorlaan", "Maaskade", "Groeneweg",
	"Schansdijk", "Waterlaan", "Torenweg", "Landscheiding", "Bleekkade", "Veerweg"}

// inner are the names within each neighbourhood, in the order in which they are given out.
var inner = map[string][]string{
	"BU05560101": {"Schuurstraat", "Hooilaan", "Taanstraat", "Weidestraat", "Dorsplein", "Akkerlaan", "Zwadstraat"},
	"BU05560201": {"Talmastraat", "Piersonstraat", "Vertolaan", "Ploegstraat", "Lindeplein", "Werkstraat", "Tuinlaan"},
	"BU05560202": {"Vlinderlaan", "Rozenstraat", "Tulpstraat", "Asterplein", "Dahliastraat"},
	"BU05560203": {"Wilgenlaan", "Beukenlaan", "Eikenstraat", "Essenplein", "Lariksstraat", "Iepenlaan"},
	"BU05560301": {"Boogertstraat", "Sluisstraat", "Ooststraat", "Dijkplein", "Kolkstraat", "Duikerlaan"},
	"BU05560302": {"Weststraat", "Sluisplein", "Schutstraat", "Keersluisstraat"},
	"BU05560303": {"Hoogstraat", "Haven", "Lange Boonestraat", "Havenplein", "Marktstraat", "Korte Boonestraat"},
	"BU05560401": {"Lichterweg", "Kotterweg", "Kapelstraat", "Taanplein", "Loodsstraat"},
	"BU05560402": {"Vermeerlaan", "Mesdaglaan", "Bachstraat", "Händelplein", "Verdistraat"},
	"BU05560403": {"Koningshoek", "Kroonstraat", "Scepterlaan", "Troonplein", "Zegelstraat"},
	"BU05560404": {"Balkonlaan", "Uitzichtstraat", "Loggiaplein", "Terrasstraat", "Kijkkade"},
	"BU05560405": {"Waterwegkade", "Boeistraat", "Tonplein"},
	"BU05560501": {"Kanariekade", "Uiverlaan", "Marelstraat", "Wipstraat", "Lijsterhof", "Kievitstraat", "Reigerplein", "Zwaluwlaan"},
	"BU05560502": {"Regentenlaan", "Ambtsketenstraat", "Schepenplein", "Raadstraat", "Wethouderslaan"},
	"BU05560601": {"Aakstraat", "Boeierstraat", "Botterlaan", "Jachtlaan", "Klipperpad", "Punterhof"},
	"BU05560602": {"Schokkerpad", "Sloepstraat", "Tjalkhof", "Steenplein", "Kogstraat", "Hoekerlaan", "Smakstraat", "Galjootkade"},
	"BU05560701": {"Aalkeetlaan", "Zuidbuurtstraat", "Rietplein", "Slootkade"},
	"BU05560702": {"Kruinstraat", "Talud", "Dijkplaats"},
	"BU05560801": {"Katjeslaan", "Knotstraat", "Griendplein", "Twijgstraat", "Teenlaan", "Waterwilgkade", "Loofstraat"},
}

type line = []places.Point

func network(areas []places.Area) []byte {
	areas = slices.DeleteFunc(areas, func(a places.Area) bool {
		return a.Level() != figures.Neighbourhood || len(a.Outline) == 0
	})
	main := shared(areas)
	slices.SortStableFunc(main, func(a, b line) int { return cmp.Compare(length(b), length(a)) })
	var b bytes.Buffer
	b.WriteString("# VERZONNEN, alleen voor de demo. Straten binnen de echte grenzen van de buurten (RD-meters); gemaakt door gen.\n")
	for i, l := range main[:min(len(main), len(roads))] {
		write(&b, roads[i], l)
	}
	for _, a := range areas {
		for i, l := range grid(a.Outline, len(inner[a.Code]), main) {
			write(&b, inner[a.Code][i], l)
		}
	}
	return b.Bytes()
}

func write(b *bytes.Buffer, name string, l line) {
	b.WriteString(name + "|")
	var last places.Point
	for i, p := range l {
		p = places.Point{X: math.Round(p.X), Y: math.Round(p.Y)}
		fmt.Fprintf(b, "%s%.0f %.0f", []string{"", " "}[min(i, 1)], p.X-last.X, p.Y-last.Y)
		last = p
	}
	b.WriteByte('\n')
}

func length(l line) (sum float64) {
	for i := 0; i+1 < len(l); i++ {
		sum += math.Hypot(l[i+1].X-l[i].X, l[i+1].Y-l[i].Y)
	}
	return sum
}

// shared are the borders that two neighbourhoods have in common, each as one line.
func shared(areas []places.Area) (out []line) {
	for i, a := range areas {
		for _, other := range areas[i+1:] {
			var run line
			ring := a.Outline[0][0]
			// From a corner that the other does not share, or one border would be cut in two.
			start := slices.IndexFunc(ring, func(p places.Point) bool { return !slices.Contains(other.Outline[0][0], p) })
			for k := range ring {
				p, q := ring[(max(start, 0)+k)%len(ring)], ring[(max(start, 0)+k+1)%len(ring)]
				if !side(other.Outline[0][0], p, q) {
					if len(run) > 1 && length(run) > 120 {
						out = append(out, run)
					}
					run = nil
					continue
				}
				if run == nil {
					run = line{p}
				}
				run = append(run, q)
			}
			if len(run) > 1 && length(run) > 120 {
				out = append(out, run)
			}
		}
	}
	return out
}

// side reports whether p and q follow one another in a ring, either way round.
func side(ring []places.Point, p, q places.Point) bool {
	for i, a := range ring {
		if b := ring[(i+1)%len(ring)]; a == p && b == q || a == q && b == p {
			return true
		}
	}
	return false
}

// grid lays most n streets in an area: two in three along its longest side, the others
// across.
func grid(o places.Outline, n int, main []line) (out []line) {
	ring := o[0][0]
	angle, longest := 0.0, 0.0
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if d := math.Hypot(b.X-a.X, b.Y-a.Y); d > longest {
			longest, angle = d, math.Atan2(b.Y-a.Y, b.X-a.X)
		}
	}
	along := (2*n + 2) / 3
	for k := range n {
		turn, at, of := angle, k, along
		if k >= along {
			turn, at, of = angle+math.Pi/2, k-along, n-along
		}
		if l := across(o, ring, turn, (float64(at)+0.62)/(float64(of)+0.24), k, main); l != nil {
			out = append(out, l)
		}
	}
	return out
}

// across is the longest line in a direction through an area, at a part of its breadth,
// bent to one side.
func across(o places.Outline, ring line, turn, part float64, k int, main []line) line {
	sin, cos := math.Sincos(turn)
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range ring {
		v := p.Y*cos - p.X*sin
		low, high = min(low, v), max(high, v)
	}
	v := low + (high-low)*part
	// Where the line cuts the border, as a place along its direction.
	var cuts []float64
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		va, vb := a.Y*cos-a.X*sin, b.Y*cos-b.X*sin
		if (va > v) != (vb > v) {
			t := (v - va) / (vb - va)
			x, y := a.X+t*(b.X-a.X), a.Y+t*(b.Y-a.Y)
			cuts = append(cuts, x*cos+y*sin)
		}
	}
	slices.Sort(cuts)
	from, to := 0.0, 0.0
	for i := 0; i+1 < len(cuts); i += 2 {
		if cuts[i+1]-cuts[i] > to-from {
			from, to = cuts[i], cuts[i+1]
		}
	}
	place := func(along, beside float64) places.Point {
		return places.Point{X: along*cos - (v+beside)*sin, Y: along*sin + (v+beside)*cos}
	}
	// An end stays off the border unless it meets a main road there.
	if !meets(place(from, 0), main) {
		from += 25
	}
	if !meets(place(to, 0), main) {
		to -= 25
	}
	if to-from < 60 {
		return nil
	}
	bend := (to - from) * []float64{0.03, -0.05, 0.06, -0.02, 0.045}[k%5]
	var out line
	const parts = 6
	for i := range parts + 1 {
		t := float64(i) / parts
		p := place(from+(to-from)*t, bend*math.Sin(math.Pi*t))
		if i > 0 && i < parts && !o.Contains(p) {
			p = place(from+(to-from)*t, 0)
		}
		out = append(out, p)
	}
	return out
}

func meets(p places.Point, roads []line) bool {
	for _, l := range roads {
		for i := 0; i+1 < len(l); i++ {
			a, b := l[i], l[i+1]
			d := math.Hypot(b.X-a.X, b.Y-a.Y)
			t := min(1, max(0, ((p.X-a.X)*(b.X-a.X)+(p.Y-a.Y)*(b.Y-a.Y))/(d*d)))
			if math.Hypot(p.X-a.X-t*(b.X-a.X), p.Y-a.Y-t*(b.Y-a.Y)) < 1 {
				return true
			}
		}
	}
	return false
}
