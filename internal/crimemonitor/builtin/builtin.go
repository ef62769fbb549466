// Package builtin carries the public figures, names and borders that make Baken
// useful without a network: those of Maassluis, of towns of its size, and of the
// Netherlands. Every table says its source and when it was retrieved.
//
// What is not here is not made up. Of Maassluis there are twelve offences by year:
// open violence (1.4.3), street robbery (1.4.6) and robbery (1.4.7) are missing, as
// are all months, and by neighbourhood there is only the total of 2023. A page says
// so and offers the sync.
//
// The files in data are written by gen.
package builtin

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
)

//go:embed data/*.txt
var files embed.FS

// tables are the figures carried. A later one lies on an earlier one of the same
// table where both say something.
var tables = []string{"maassluis-buurten", "towns", "maassluis", "netherlands-months", "netherlands-nuisance", "population", "neighbourhoods"}

// Imports gives the figures, ready to be saved in this order. Saving them again
// changes nothing.
func Imports() ([]*figures.Import, error) {
	titles, err := Offences()
	if err != nil {
		return nil, err
	}
	var out []*figures.Import
	for _, name := range tables {
		in, err := readTable(name)
		if err != nil {
			return nil, fmt.Errorf("builtin: %s: %w", name, err)
		}
		for _, code := range in.Sheet.Offences() {
			for _, o := range titles {
				if o.Code == code && in.Source.Publisher == "Politie" && in.Source.Table != "47024NED" {
					in.Titles = append(in.Titles, o.Title)
				}
			}
		}
		out = append(out, in)
	}
	return out, nil
}

func lines(name string) ([]string, error) {
	text, err := files.ReadFile("data/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	var out []string
	for l := range strings.SplitSeq(string(text), "\n") {
		if l != "" && l[0] != '#' {
			out = append(out, l)
		}
	}
	return out, nil
}

func readTable(name string) (*figures.Import, error) {
	rows, err := lines(name)
	if err != nil {
		return nil, err
	}
	in := &figures.Import{Source: figures.Source{URL: "baken:" + name}}
	b := &figures.Builder{}
	w := b.Writer()
	for _, row := range rows {
		key, rest, _ := strings.Cut(row, " ")
		s := &in.Source
		switch key {
		case "table":
			s.Table = rest
		case "title":
			s.Title = rest
		case "publisher":
			s.Publisher = rest
		case "licence":
			s.Licence = rest
		case "retrieved":
			s.Retrieved, err = time.Parse("2006-01-02", rest)
		case "layout":
			s.Layout, err = strconv.Atoi(rest)
		default:
			err = readSeries(w, key, strings.Fields(rest))
		}
		if err != nil {
			return nil, err
		}
	}
	in.Sheet, err = b.Seal()
	return in, err
}

// readSeries reads an area, a first period and values; "-" is no cell and "n" one
// that is not published.
func readSeries(w *figures.Writer, offence string, words []string) error {
	p, ok := figures.ParsePeriod(words[1])
	if !ok {
		return fmt.Errorf("%q is no period", words[1])
	}
	for _, word := range words[2:] {
		c := figures.Cell{Offence: offence, Area: words[0], Period: p}
		p = p.Add(1)
		switch word {
		case "-":
			continue
		case "n":
			c.Status = figures.NotPublished
		default:
			var err error
			if c.Value, err = strconv.ParseInt(word, 10, 64); err != nil {
				return err
			}
		}
		if err := w.AddCell(c); err != nil {
			return err
		}
	}
	return nil
}

// Offence is a kind of offence with the police's own name and the codes of the
// police incidents inside it.
type Offence struct {
	figures.Title
	Incidents []string
}

// Offences lists all offences in the order of the police, the total first.
func Offences() ([]Offence, error) {
	rows, err := lines("offences")
	if err != nil {
		return nil, err
	}
	var out []Offence
	for _, row := range rows {
		f := strings.Split(row, "|")
		if len(f) != 3 {
			return nil, fmt.Errorf("builtin: offences: %q", row)
		}
		out = append(out, Offence{figures.Title{Code: f[0], Title: f[1], Unit: "aantal"}, strings.Fields(f[2])})
	}
	return out, nil
}

// layout is the year of the codes and names carried. The borders are of 2022; in
// Maassluis both years are equal.
const layout = 2024

// Areas lists the areas of Maassluis with their borders, and the names of every
// municipality, province and police unit.
func Areas() ([]places.Area, error) {
	rows, err := lines("areas")
	if err != nil {
		return nil, err
	}
	outlines, err := readOutlines()
	if err != nil {
		return nil, err
	}
	var out []places.Area
	for _, row := range rows {
		code, name, _ := strings.Cut(row, "|")
		out = append(out, places.Area{Code: code, Name: name, Layout: layout, Outline: outlines[code]})
	}
	return out, nil
}

func readOutlines() (map[string]places.Outline, error) {
	rows, err := lines("outlines")
	if err != nil {
		return nil, err
	}
	out := map[string]places.Outline{}
	for _, row := range rows {
		words := strings.Fields(row)
		var o places.Outline
		var last places.Point
		for i := 1; i < len(words); i++ {
			switch words[i] {
			case "o":
				o, last = append(o, [][]places.Point{nil}), places.Point{}
				continue
			case "i":
				o[len(o)-1], last = append(o[len(o)-1], nil), places.Point{}
				continue
			}
			dx, errX := strconv.Atoi(words[i])
			dy, errY := strconv.Atoi(words[i+1])
			if errX != nil || errY != nil {
				return nil, fmt.Errorf("builtin: outline of %s: %q", words[0], words[i])
			}
			i++
			last = places.Point{X: last.X + float64(dx), Y: last.Y + float64(dy)}
			polygon := o[len(o)-1]
			polygon[len(polygon)-1] = append(polygon[len(polygon)-1], last)
		}
		out[words[0]] = o
	}
	return out, nil
}

// Gap is something that a reader may look for and that is not carried.
type Gap struct {
	Offences []string      // empty is all
	Level    figures.Level // of Maassluis
	Kind     figures.Kind
}

// Gaps lists what is missing of Maassluis, for pages that offer the sync.
func Gaps() []Gap {
	return []Gap{
		{Offences: []string{"1.4.3", "1.4.6", "1.4.7"}, Level: figures.Municipality, Kind: figures.Year},
		{Level: figures.Municipality, Kind: figures.Month},
		{Offences: []string{"1.1.1", "1.4.2", "1.4.3", "1.4.4", "1.4.5", "1.4.6", "1.4.7"}, Level: figures.Neighbourhood, Kind: figures.Year},
		{Level: figures.Neighbourhood, Kind: figures.Month},
	}
}
