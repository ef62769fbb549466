package ui

// Sketch is what the field of an area is drawn on: the ground and the streets of the
// municipality. The value of the field is the list of its corners, one a line, which
// works without script; with it, corners are set on the map. Without ground there is no
// map.
type Sketch struct {
	Ground  []PlanArea
	Streets []PlanStreet
	Ring    []XY // the corners that the field holds, where they can be read
}
