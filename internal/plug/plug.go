// Package plug is what a capability hands to app: plain data. Reading a
// capability's Declaration and Room tells all that it adds to Baken.
package plug

import (
	"net/http"

	"github.com/a-h/templ"

	"baken/internal/kernel/access"
	"baken/internal/kernel/jobs"
	"baken/internal/web"
)

// Declaration is what a capability states before anything runs: why it processes
// what, and who may.
type Declaration struct {
	Purposes []access.Purpose
	Acts     []access.Act
}

// Room is a capability at work in one municipality.
type Room struct {
	Routes []web.Route
	Nav    []web.NavGroup // groups with the same text are joined
	Tiles  []Tile
	Jobs   []jobs.Kind
}

// Tile is a capability's part of the home page "Vandaag".
type Tile struct {
	Act   string // shown to who may
	Order int    // lower stands first
	Wide  bool   // takes the whole width
	// Show loads and draws it. Its failure is shown in its place; the rest of the page
	// works (ui.md 13).
	Show func(r *http.Request) (templ.Component, error)
}
