// Package gallery is a page with every part of ui on it, for the tests that look
// at the parts with a browser. No route of the program leads to it. Persons and
// figures are made up.
package gallery

import (
	"math"
	"strconv"

	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// year is two years of months that rise in winter, as burglary does.
func year(level, swing float64) []ui.Point {
	names := []string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}
	out := make([]ui.Point, 24)
	for i := range out {
		v := level + swing*math.Cos(float64(i)/6*math.Pi) + float64(i*7%5-2)*swing/4
		out[i] = ui.Point{Name: names[i%12] + " " + strconv.Itoa(2024+i/12), Value: math.Max(0, math.Round(v))}
	}
	return out
}

func band(points []ui.Point, width float64) []ui.Range {
	out := make([]ui.Range, len(points))
	for i, p := range points {
		out[i] = ui.Range{Low: math.Max(0, p.Value-width), High: p.Value + width}
	}
	return out
}

var ticks = []ui.Tick{{At: 0, Text: "jan ’24"}, {At: 6, Text: "jul"}, {At: 12, Text: "jan ’25"}, {At: 18, Text: "jul"}, {At: 23, Text: "dec ’25"}}

// burglary has everything that a line can have: a gap, a point outside the
// expectation, provisional months and two notes.
func burglary() ui.Chart {
	points := year(14, 6)
	b := band(year(14, 6), 4)
	points[4].Standing = ui.Absent
	points[15].Value, points[15].Outside = 24, true
	points[22].Standing, points[23].Standing = ui.Provisional, ui.Provisional
	return ui.Chart{Label: "Woninginbraak per maand, januari 2024 tot en met december 2025. Laatste maand: 19, voorlopig. Verwacht: 14 tot 22.",
		Points: points, Previous: year(17, 5), Band: b, Ticks: ticks, Steps: 4, Hover: true,
		Notes: []ui.Annotation{{At: 9, Number: 1, Text: "Oktober 2024: voorlichting in de Steendijkpolder"}, {At: 17, Number: 2, Text: "Juni 2025: nieuwe indeling van de politie"}}}
}

func robbery() ui.Chart {
	points := year(2, 1.6)
	points[4].Standing = ui.Absent
	points[23].Standing = ui.Provisional
	points[12].Value, points[12].Outside = 6, true
	return ui.Chart{Label: "Straatroof per maand. Laatste maand: 3, voorlopig.", Points: points, Band: band(year(2, 1.6), 1.5), Bars: true, Ticks: ticks}
}

func smalls() []ui.Small {
	violence := ui.Chart{Label: "Geweld op straat per maand. Laatste maand: 24.", Points: year(30, 5), Previous: year(34, 5), Band: band(year(30, 5), 7), Ticks: ticks}
	small := burglary()
	small.Steps, small.Hover, small.Notes = 0, false, nil
	return []ui.Small{
		{Title: "Woninginbraak", Href: "?", Latest: "dec: 19", Tone: ui.Warn, Icon: "arrow-narrow-up", Word: "Hoger", Chart: small},
		{Title: "Straatroof", Latest: "dec: 3", Tone: ui.Neutral, Word: "Normaal", Chart: robbery()},
		{Title: "Geweld op straat", Latest: "dec: 24", Tone: ui.Info, Icon: "arrow-narrow-down", Word: "Lager", Chart: violence},
	}
}

func tiles() []ui.TileFigure {
	spark := ui.Chart{Label: "Woninginbraak, twee jaar per maand", Points: year(14, 6), Band: band(year(14, 6), 4)}
	return []ui.TileFigure{
		{Title: "Woninginbraak", Href: "?", Beside: "vorig jaar 14", Value: "19", Tone: ui.Warn, Icon: "arrow-narrow-up", Word: "Hoger", Expected: "verwacht 9–16", Chart: spark},
		{Title: "Straatroof", Href: "?", Beside: "vorig jaar 4", Value: "3", Tone: ui.Neutral, Word: "Normaal", Expected: "verwacht 1–5", Chart: spark},
		{Title: "Overval", Href: "?", Beside: "vorig jaar 1", Value: "1", Tone: ui.Neutral, Word: "Normaal", Expected: "verwacht 0–2", Chart: spark},
		{Title: "Geweld op straat", Href: "?", Beside: "vorig jaar 33", Value: "24", Tone: ui.Info, Icon: "arrow-narrow-down", Word: "Lager", Expected: "verwacht 26–38", Chart: spark},
	}
}

// town is sixteen areas on a bent grid, with a very small one among them.
func town() ui.Choropleth {
	corner := func(i, j int) ui.XY {
		x, y := float64(i), float64(j)
		return ui.XY{X: 75000 + 900*x + 160*math.Sin(y*2+x), Y: 435000 + 700*y + 140*math.Cos(x*2-y)}
	}
	names := []string{"Het Balkon", "Steendijkpolder Noord", "Koningshoek", "Wippersmolen", "Oude Haven", "Sluispolder West", "Burgemeesterswijk", "Binnenstad",
		"Vogelwijk", "Bomendal", "Drevenbuurt", "Componistenbuurt", "Dijkpolder", "Kapelpolder", "Lickebaert", "Dorp"}
	m := ui.Choropleth{ID: "kaart", Label: "Kaart van de buurten. Elke buurt is een link naar de pagina van die buurt.", Summary: "De meeste inbraken per 1.000 woningen zijn in Binnenstad en Bomendal.",
		SkipTo: "tabel", Skip: "Kaart overslaan",
		Pins:   []ui.Pin{{At: ui.XY{X: 76400, Y: 436300}, Radius: 200, Number: 1}},
		Legend: ui.Legend{Title: "Inbraken per 1.000 woningen, 12 maanden", Classes: []string{"0–2,9", "3–4,9", "5–6,9", "7–8,9", "9 of meer"}, Hatched: "te weinig woningen", Pins: "kans op herhaling, cirkel is 200 meter"}}
	var shapes []ui.Shape
	for n, name := range names {
		i, j := n%4, n/4
		code := "BU" + strconv.Itoa(n)
		ring := []ui.XY{corner(i, j), corner(i+1, j), corner(i+1, j+1), corner(i, j+1)}
		if name == "Dorp" {
			ring = []ui.XY{corner(4, 2), {X: corner(4, 2).X + 130, Y: corner(4, 2).Y}, {X: corner(4, 2).X + 130, Y: corner(4, 2).Y + 160}}
		}
		shapes = append(shapes, ui.Shape{Code: code, Rings: [][]ui.XY{ring}})
		class, value := 1+n%5, strconv.Itoa(1+n%9)+","+strconv.Itoa(n%10)
		label := name + ": " + value + " inbraken per 1.000 woningen"
		if n%7 == 3 {
			class, value, label = 0, "–", name+": te weinig woningen"
		}
		m.Areas = append(m.Areas, ui.MapArea{Code: code, Name: name, Href: "/hic/" + code, Label: label, Value: value, Class: class})
	}
	m.Ground = ui.NewGround(shapes)
	return m
}

// ground is the town with a grid of streets in it; the names are of real length.
func ground() (areas []ui.PlanArea, streets []ui.PlanStreet) {
	corner := func(x, y float64) ui.XY {
		return ui.XY{X: 75000 + 900*x + 160*math.Sin(y*2+x), Y: 435000 + 700*y + 140*math.Cos(x*2-y)}
	}
	for n, name := range []string{"Oude Haven", "Wippersmolen", "Binnenstad", "Dorp"} {
		x, y := float64(n%2)*2, float64(n/2)*2
		areas = append(areas, ui.PlanArea{Name: name, Rings: [][]ui.XY{{corner(x, y), corner(x+2, y), corner(x+2, y+2), corner(x, y+2)}}})
	}
	names := []string{"Noordvliet", "Havenkade", "Zuiddijk", "Lange Boonestraat", "Westlandseweg", "Burgemeester van der Lelykade", "Wip", "Hoogstraat", "Vermeerlaan", "Sluisplein", "Tjalkhof", "Botterlaan"}
	for n, name := range names {
		var line []ui.XY
		for i := range 9 {
			along, at := 0.2+float64(i)*0.45, 0.3+float64(n/2)*0.6
			if n%2 == 0 {
				line = append(line, corner(along, at))
			} else {
				line = append(line, corner(at, along))
			}
		}
		streets = append(streets, ui.PlanStreet{Name: name, Lines: [][]ui.XY{line}})
	}
	return areas, streets
}

func plan() ui.Plan {
	areas, streets := ground()
	return ui.Plan{ID: "plan", Label: "Kaart van het gebied", Summary: "Het gebied ligt tussen de Noordvliet en de Zuiddijk.", Ground: areas, Streets: streets,
		Ring: []ui.XY{{X: 76000, Y: 435600}, {X: 76900, Y: 435500}, {X: 77000, Y: 436300}, {X: 76500, Y: 436500}, {X: 75900, Y: 436200}}}
}

func sketch() ui.Sketch {
	areas, streets := ground()
	return ui.Sketch{Ground: areas, Streets: streets, Ring: plan().Ring}
}

// drawn is a form with an area in it.
func drawn() *form.Form {
	return form.Empty(map[string]string{"gebied": "76000 435600\n76900 435500\n77000 436300\n76500 436500\n75900 436200"})
}

var key = []ui.Sign{{Kind: ui.SignLine, Text: "aantal per maand"}, {Kind: ui.SignBar, Text: "bij kleine aantallen"}, {Kind: ui.SignPrevious, Text: "jaar ervoor"},
	{Kind: ui.SignBand, Text: "verwacht, op basis van 3 jaar en seizoen"}, {Kind: ui.SignOutside, Text: "buiten verwachting"}, {Kind: ui.SignProvisional, Text: "voorlopig"},
	{Kind: ui.SignGap, Text: "niet gepubliceerd"}, {Kind: ui.SignText, Text: "Let op: elke grafiek heeft een eigen schaal"}}

func grid() ui.Grid {
	return ui.Grid{ID: "cijfers", Caption: "Woninginbraken per buurt, gesorteerd op aantal per 1.000 woningen", Here: "/bouwstenen?soort=1.1.1", Sorted: "per-duizend", Down: true,
		Columns: []ui.Column{{Label: "Buurt", Sort: "naam"}, {Label: "12 mnd", Sort: "jaar", Number: true}, {Label: "per 1.000", Sort: "per-duizend", Number: true}, {Label: "Status", Wide: true}}}
}

// wrong is a form that was refused.
func wrong() *form.Form {
	f := form.Empty(map[string]string{"datum": "31-11-2026", "reden": "", "soort": "b", "uitleg": "Dit is bewaard."})
	f.Date("datum")
	f.Text("reden", 40)
	return f
}
