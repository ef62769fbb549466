// Package demostreets carries a network of streets for the demo, so that an area can be
// drawn between streets without a file of real ones. It is made up: the streets lie
// within the real borders of the neighbourhoods of Maassluis and nowhere else in the
// world. A house that is no demo reads in real ones (docs/operate/install.md).
//
// The file is written by gen.
package demostreets

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"baken/internal/kernel/places"
)

//go:embed streets.txt
var file string

// Municipality is the one in which the streets lie.
const Municipality = "GM0556"

// Streets lists the streets of the demo.
func Streets() ([]places.Street, error) {
	var out []places.Street
	for row := range strings.Lines(file) {
		name, rest, ok := strings.Cut(strings.TrimSpace(row), "|")
		if !ok {
			continue // what the file says of itself
		}
		s := places.Street{Name: name}
		for line := range strings.SplitSeq(rest, "|") {
			points, err := readLine(line)
			if err != nil {
				return nil, fmt.Errorf("demostreets: %s: %w", name, err)
			}
			s.Lines = append(s.Lines, points)
		}
		out = append(out, s)
	}
	return out, nil
}

// readLine reads a first point and the steps from it, in metres of RD New.
func readLine(line string) ([]places.Point, error) {
	words := strings.Fields(line)
	var out []places.Point
	var last places.Point
	for i := 0; i+1 < len(words); i += 2 {
		dx, errX := strconv.Atoi(words[i])
		dy, errY := strconv.Atoi(words[i+1])
		if errX != nil || errY != nil {
			return nil, fmt.Errorf("%q is no place", line)
		}
		last = places.Point{X: last.X + float64(dx), Y: last.Y + float64(dy)}
		out = append(out, last)
	}
	return out, nil
}
