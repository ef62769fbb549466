// Command gen writes the reference data that Baken carries, in its own compact
// form, from a folder of published files:
//
//	go run ./internal/crimemonitor/builtin/gen FOLDER internal/crimemonitor/builtin/data
//
// It is run by hand when the published files are renewed; the result is reviewed
// and committed. Nothing is kept of a source but its figures, names and borders.
package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"baken/internal/connect/cbs"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen FOLDER OUTPUT")
		os.Exit(2)
	}
	g := &generator{from: os.Args[1], to: os.Args[2]}
	g.run()
	if g.err != nil {
		fmt.Fprintln(os.Stderr, g.err)
		os.Exit(1)
	}
}

// home is the municipality whose own figures are carried.
const home = "GM0556"

type generator struct {
	from, to string
	err      error
}

func (g *generator) run() {
	const police = "Bron: Politie, via CBS Open data (tabel %s)"
	towns := g.comparable()
	isTown := func(c figures.Cell) bool { return towns[c.Area] }
	all := func(figures.Cell) bool { return true }
	g.figures("maassluis", "cbs/47018NED-maassluis-2012-2025.csv", "2026-08-19", police, all)
	g.figures("maassluis-buurten", "cbs/47018NED-maassluis-buurten-totaal-2023.csv", "2024-09-01", police, all)
	g.figures("towns", "cbs/47018NED-gemeenten-2012-2022.csv", "2026-08-19", police, isTown)
	g.figures("netherlands-months", "cbs/47022NED-nederland-maand-2012-2023.csv", "2024-01-18", police, all)
	g.figures("netherlands-nuisance", "cbs/47024NED-nederland-overlast-2012-2023.csv", "2024-01-18", police, all)
	g.figures("population", "cbs/70072ned-bevolking-gemeenten-2012-2025.csv", "2026-08-19", "Bron: CBS (tabel %s), bewerkt: alleen enkele gemeenten", func(c figures.Cell) bool { return c.Area == home || towns[c.Area] })
	g.figures("neighbourhoods", "cbs/85984NED-kwb2024-maassluis.csv", "2025-11-01", "Bron: CBS, Kerncijfers wijken en buurten 2024 (tabel %s)", func(c figures.Cell) bool {
		return c.Offence == "AantalInwoners" || c.Offence == "HuishoudensTotaal"
	})
	g.offences()
	g.areas()
	g.outlines()
}

func (g *generator) fail(err error) bool {
	g.err = cmp.Or(g.err, err)
	return g.err != nil
}

func (g *generator) read(name string) *figures.Import {
	data, err := os.ReadFile(filepath.Join(g.from, name))
	if g.fail(err) {
		return nil
	}
	in, err := cbs.Read(filepath.Base(name), bytes.NewReader(data), cbs.Options{})
	if g.fail(err) {
		return nil
	}
	return in
}

func (g *generator) write(name string, text *bytes.Buffer) {
	if g.err == nil {
		g.fail(os.WriteFile(filepath.Join(g.to, name+".txt"), text.Bytes(), 0o644))
	}
}

// comparable finds the towns of about the size of Maassluis.
func (g *generator) comparable() map[string]bool {
	out := map[string]bool{}
	in := g.read("cbs/70072ned-bevolking-gemeenten-2012-2025.csv")
	if in == nil {
		return out
	}
	for c := range in.Sheet.All() {
		if c.Period == figures.YearOf(2024) && c.Value >= 32_000 && c.Value <= 40_000 && c.Area != home {
			out[c.Area] = true
		}
	}
	return out
}

// figures writes a table: a header, then a line per offence and area with its
// first period and its values in order of time.
func (g *generator) figures(name, file, retrieved, attribution string, keep func(figures.Cell) bool) {
	in := g.read(file)
	if in == nil {
		return
	}
	var b bytes.Buffer
	s := in.Source
	fmt.Fprintf(&b, "# "+attribution+"\ntable %s\ntitle %s\npublisher %s\nlicence %s\nretrieved %s\nlayout %d\n", s.Table, s.Table, s.Title, s.Publisher, s.Licence, retrieved, s.Layout)
	var last figures.Cell
	for c := range in.Sheet.All() {
		if !keep(c) {
			continue
		}
		switch {
		case c.Offence != last.Offence || c.Area != last.Area || c.Period.Kind() != last.Period.Kind():
			fmt.Fprintf(&b, "\n%s %s %s", c.Offence, c.Area, c.Period)
		default:
			for p := last.Period.Add(1); p < c.Period; p = p.Add(1) {
				b.WriteString(" -") // no cell
			}
		}
		if c.Status == figures.NotPublished {
			b.WriteString(" n")
		} else {
			fmt.Fprintf(&b, " %d", c.Value)
		}
		last = c
	}
	b.WriteByte('\n')
	g.write(name, &b)
}

func (g *generator) records(name string) [][]string {
	f, err := os.Open(filepath.Join(g.from, name))
	if g.fail(err) {
		return nil
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if g.fail(err) {
		return nil
	}
	return rows[1:]
}

// offences writes the police's names with the incident codes inside each offence.
func (g *generator) offences() {
	incidents := map[string][]string{}
	for _, r := range g.records("cbs/soort-misdrijf-inp.csv") {
		incidents[r[0]] = append(incidents[r[0]], r[2])
	}
	var b bytes.Buffer
	b.WriteString("# Bron: Politie, via CBS Open data (tabel 47018NED); code, titel, codes van politie-incidenten\n")
	for _, r := range g.records("cbs/soort-misdrijf.csv") {
		fmt.Fprintf(&b, "%s|%s|%s\n", r[0], r[2], strings.Join(incidents[r[0]], " "))
	}
	g.write("offences", &b)
}

// areas writes the names of all areas of Maassluis and of every municipality and
// region.
func (g *generator) areas() {
	names := map[string]string{}
	for _, file := range []string{"cbs/raw/47013NED-metadata-2025-12-15.csv", "cbs/47018NED-WijkenEnBuurten-2024.csv"} {
		in := g.read(file)
		if in == nil {
			return
		}
		for _, a := range in.Areas {
			if l := figures.LevelOf(a.Code); l != figures.District && l != figures.Neighbourhood || figures.Group(a.Code) == home {
				names[a.Code] = cmp.Or(names[a.Code], a.Name)
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("# Bron: Politie en CBS, via CBS Open data (tabellen 47013NED en 47018NED, indeling 2024 en 2025); code, naam\n")
	for _, code := range sortedKeys(names) {
		fmt.Fprintf(&b, "%s|%s\n", code, names[code])
	}
	g.write("areas", &b)
}

// outlines writes borders in whole metres of RD New: the first corner, then steps.
func (g *generator) outlines() {
	var b bytes.Buffer
	b.WriteString("# Bron: CBS, Kadaster (CC BY 4.0); indeling 2022, in 2024 gelijk; vereenvoudigd; RD-meters\n")
	for _, level := range []string{"gemeente", "wijken", "buurten"} {
		name := "geo/maassluis-" + level + "-2022.rd.geojson"
		data, err := os.ReadFile(filepath.Join(g.from, name))
		if g.fail(err) {
			return
		}
		areas, err := places.Read(name, bytes.NewReader(data), 2022)
		if g.fail(err) {
			return
		}
		for _, a := range areas {
			b.WriteString(a.Code)
			for _, polygon := range a.Outline {
				for i, ring := range polygon {
					b.WriteString([]string{" o", " i"}[min(i, 1)]) // outside or hole
					var last places.Point
					for _, p := range ring {
						fmt.Fprintf(&b, " %.0f %.0f", p.X-last.X, p.Y-last.Y)
						last = p
					}
				}
			}
			b.WriteByte('\n')
		}
	}
	g.write("outlines", &b)
}

func sortedKeys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
