package gebiedsverbod

import (
	"slices"
	"strings"
	"sync"

	"baken/internal/fault"
	"baken/internal/kernel/places"
)

// Ground is what the rules know of the municipality: its border and its streets. app
// fills it; the rules read it. It is safe for concurrent use. Without a border no area
// can be checked, so none is taken; without streets the list is the writer's own.
type Ground struct {
	mu      sync.RWMutex
	border  places.Outline
	streets []places.Street
}

// Set replaces the border and the streets.
func (g *Ground) Set(border places.Outline, streets []places.Street) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.border, g.streets = border, streets
}

// Known gives the border and the streets; they must not be changed.
func (g *Ground) Known() (places.Outline, []places.Street) {
	if g == nil {
		return nil, nil
	}
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.border, g.streets
}

// fits refuses an area that is no area, that does not lie in the municipality as a whole
// (Gemeentewet 172a lid 1 a: "binnen de gemeente"), or whose list of streets is not that
// of the drawing: who reads the list must find every street that the drawing holds, and
// none that it does not (a ban must be clear to who must obey it, Awb 3:46; Sr 184).
func (g *Ground) fits(outline string, streets []string) error {
	ring, err := places.ParseRing(outline)
	if err != nil {
		if f := fault.Of(err); f != nil {
			return fault.New(fault.Invalid, "form.invalid").At("Outline", f.Code, f.Args...)
		}
		return err
	}
	border, known := g.Known()
	switch {
	case len(border) == 0:
		return wrong("Outline", "no-border")
	case !ring.Within(border):
		return wrong("Outline", "outside")
	}
	if len(streets) == 0 {
		return wrong("Streets", "no-streets") // none is known there: somebody must name them
	}
	if len(known) == 0 {
		return nil
	}
	touched := places.Touched(ring, known)
	var missing, foreign []string
	for _, t := range touched {
		if !slices.ContainsFunc(streets, func(s string) bool { return names(s, t.Street) }) {
			missing = append(missing, t.Street)
		}
	}
	for _, s := range streets {
		if !slices.ContainsFunc(touched, func(t places.Touch) bool { return names(s, t.Street) }) {
			foreign = append(foreign, s)
		}
	}
	switch {
	case len(missing) > 0:
		return wrong("Streets", "streets-missing", "streets", strings.Join(missing, ", "))
	case len(foreign) > 0:
		return wrong("Streets", "streets-outside", "streets", strings.Join(foreign, ", "))
	}
	return nil
}

// names says whether a line of the list is about a street: it begins with its name, and
// may say more ("Kade, even nummers 2 tot en met 40").
func names(line, street string) bool {
	line, street = strings.ToLower(strings.TrimSpace(line)), strings.ToLower(street)
	rest, ok := strings.CutPrefix(line, street)
	return ok && (rest == "" || strings.ContainsRune(" ,;(:", rune(rest[0])))
}

// orListed is the list that was written, or else that of the drawing.
func (g *Ground) orListed(written []string, outline string) []string {
	if len(written) > 0 {
		return written
	}
	return g.Listed(outline)
}

// Listed are the streets of a drawing, in the order of their names; nothing for a text
// that is no area.
func (g *Ground) Listed(outline string) []string {
	ring, err := places.ParseRing(outline)
	if err != nil {
		return nil
	}
	_, known := g.Known()
	var out []string
	for _, t := range places.Touched(ring, known) {
		out = append(out, t.Street)
	}
	return out
}
