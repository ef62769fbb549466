package ui

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Sketch is what the field of an area is drawn on: the ground and the streets of the
// municipality. The value of the field is the list of its corners, one a line, which
// works without script; with it, corners are set on the map. Without ground there is no
// map.
type Sketch struct {
	Ground  []PlanArea
	Streets []PlanStreet
	Ring    []XY // the corners that the field holds, where they can be read
}

func (s Sketch) rings() (all [][]XY) {
	for _, a := range s.Ground {
		all = append(all, a.Rings...)
	}
	return all
}

func (s Sketch) drawable() bool { return !boxOf(s.rings()...).empty() }

// The map of a field is drawn in metres, so that the script only moves its window: as
// wide to high as a photograph, on small screens with room to spare above and below.
const (
	sketchWidth  = 640.0 // pixels that the first names are chosen for
	sketchHeight = 480.0
	sketchMargin = 0.03
)

// land is the whole ground, in whole metres.
func (s Sketch) land() frame {
	f := boxOf(s.rings()...).around(sketchWidth, sketchHeight, sketchMargin, planLeast)
	f.west, f.north = math.Floor(f.west), math.Ceil(f.north)
	return frame{west: f.west, north: f.north, width: math.Ceil(sketchWidth * f.unit), height: math.Ceil(sketchHeight * f.unit), unit: 1}
}

// first is what the map shows at first: the corners with what lies around them, or all
// of the ground.
func (s Sketch) first() frame {
	if len(s.Ring) == 0 {
		return s.land()
	}
	f := boxOf(s.Ring).around(sketchWidth, sketchHeight, 0.4, 400)
	return frame{west: f.west, north: f.north, width: sketchWidth * f.unit, height: sketchHeight * f.unit, unit: 1}
}

func metres(v ...float64) string {
	words := make([]string, len(v))
	for i, x := range v {
		words[i] = strconv.FormatFloat(math.Round(x), 'f', -1, 64)
	}
	return strings.Join(words, " ")
}

func drawSketch(id, label, summary string, s Sketch) templ.Component {
	b := &strings.Builder{}
	land, view := s.land(), s.first()
	id = esc(id)
	b.WriteString(`<svg class="baken-plan__svg baken-sketch__svg" id="` + id + `-kaart" viewBox="` + metres(view.west-land.west, land.north-view.north, view.width, view.height) +
		`" data-west="` + metres(land.west) + `" data-north="` + metres(land.north) + `" data-land="` + metres(land.width, land.height) +
		`" role="img" aria-label="` + esc(label) + `"><desc>` + esc(summary) + `</desc>`)
	land.ground(b, s.Ground)
	b.WriteString(`<defs><g id="` + id + `-straten">`)
	for _, x := range s.Streets {
		d := ""
		for _, l := range x.Lines {
			d += land.path(l, false)
		}
		b.WriteString(`<path vector-effect="non-scaling-stroke" data-street="` + esc(x.Name) + `" d="` + d + `"></path>`)
	}
	b.WriteString(`</g></defs>`)
	edge, inside := streetWidths(view.width / sketchWidth)
	b.WriteString(`<use class="baken-plan__edge" stroke-width="` + edge + `" href="#` + id + `-straten"></use><use class="baken-plan__street" stroke-width="` + inside + `" href="#` + id + `-straten"></use>`)
	s.names(b, land, view)
	b.WriteString(`<path class="baken-plan__border" data-border d="` + land.path(s.Ring, len(s.Ring) > 0) + `"></path><g data-corners></g><path class="baken-sketch__aim" data-aim></path></svg>`)
	return drawn(b)
}

// names writes the name of every neighbourhood and street at its place, with how much
// room it has in metres; the script shows those that fit what is in sight, and the page
// without it those that fit at first. Neighbourhoods come first, for they say where one
// is on a map of everything.
func (s Sketch) names(b *strings.Builder, land, view frame) {
	size := view.width / sketchWidth * 13 // metres
	b.WriteString(`<g class="baken-sketch__names" data-names aria-hidden="true" font-size="` + metres(size) + `">`)
	write := func(text, kind string, at XY, angle, room float64) {
		hide := ""
		if textWidth(text, size)-10+size > room {
			hide = ` display="none"`
		}
		x, y := metres(at.X), metres(at.Y)
		b.WriteString(`<text class="baken-sketch__` + kind + `" data-room="` + metres(room) + `" x="` + x + `" y="` + y + `" dy="0.33em" data-angle="` + short(angle) + `" transform="rotate(` + short(angle) + ` ` + x + ` ` + y + `)"` + hide + `>` + esc(text) + `</text>`)
	}
	for _, a := range s.Ground {
		flat := make([][]XY, len(a.Rings))
		for i, ring := range a.Rings {
			for _, p := range ring {
				flat[i] = append(flat[i], land.to(p))
			}
		}
		// A name may reach over the border: it only helps to find the way.
		if at := middle(flat); a.Name != "" {
			write(a.Name, "place", at, 0, 1.5*widthAt(flat, at))
		}
	}
	var all []label
	for _, x := range s.Streets {
		if at := land.longest(x, 12); at.length > 0 {
			all = append(all, label{stretch: at, text: x.Name})
		}
	}
	slices.SortStableFunc(all, func(a, b label) int { return cmp.Compare(b.length, a.length) })
	for _, l := range all {
		write(l.text, "street", l.at, l.angle, l.length)
	}
	b.WriteString(`</g>`)
}
