// Package overview is the home page "Vandaag": the parts that the capabilities
// bring for whoever is signed in, and the pages about the site itself.
//
// Law: Besluit digitale toegankelijkheid overheid (the accessibility statement).
//
// Flow: each capability hands in tiles; those that the reader may open are shown in
// their order. A tile that fails says so in its own place.
//
// Tables: none. Purposes: eigen-account.
// Elsewhere: what the tiles show, in the capabilities.
package overview

import (
	"log/slog"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"baken/internal/plug"
	"baken/internal/web"
)

// New builds the room from the tiles of all capabilities.
func New(tiles []plug.Tile, may func(roles []string, act string) bool, log *slog.Logger) plug.Room {
	tiles = slices.Clone(tiles)
	slices.SortStableFunc(tiles, func(a, b plug.Tile) int { return a.Order - b.Order })
	p := pages{tiles, may, log}
	return plug.Room{
		Nav: []web.NavGroup{{Items: []web.NavItem{{Path: "/", Text: "overview.today", Icon: "home", Act: "own.today"}}}},
		Routes: []web.Route{
			{Pattern: "GET /{$}", Who: web.Staff, Act: "own.today", Handler: p.today},
			{Pattern: "GET /toegankelijkheid", Who: web.Public, Handler: p.accessibility},
			{Pattern: "GET /sneltoetsen", Who: web.Public, Handler: p.shortcuts},
		},
	}
}

type pages struct {
	tiles []plug.Tile
	may   func(roles []string, act string) bool
	log   *slog.Logger
}

// part is a tile as drawn, or nil where it failed.
type part struct {
	body templ.Component
	wide bool
}

func (p pages) today(w http.ResponseWriter, r *http.Request) error {
	var parts []part
	for _, t := range p.tiles {
		if !p.may(web.Actor(r).Roles, t.Act) {
			continue
		}
		body, err := t.Show(r)
		if err != nil {
			p.log.Error("a part of Vandaag failed", "act", t.Act, "error", err)
		}
		parts = append(parts, part{body, t.Wide})
	}
	t := web.Printer(r)
	return web.Render(w, r, web.Page{Title: t.T("overview.today"), Body: todayPage(t, web.Now(r), parts)})
}

func (p pages) accessibility(w http.ResponseWriter, r *http.Request) error {
	t := web.Printer(r)
	return web.Render(w, r, web.Page{Title: t.T("overview.accessibility"), Body: accessibilityPage(t)})
}

func (p pages) shortcuts(w http.ResponseWriter, r *http.Request) error {
	t := web.Printer(r)
	return web.Render(w, r, web.Page{Title: t.T("overview.shortcuts"), Body: shortcutsPage(t)})
}
