package crimemonitor

import (
	"time"

	"baken/internal/kernel/jobs"
	"baken/internal/plug"
	"baken/internal/web"
)

// Room is the monitor as app plugs it in.
func (m *Monitor) Room() plug.Room {
	every := time.Duration(0)
	if m.Daily {
		every = 24 * time.Hour
	}
	return plug.Room{
		Nav: []web.NavGroup{{Text: "crimemonitor.nav", Items: []web.NavItem{
			{Path: "/hic", Text: "crimemonitor.title", Icon: "chart-line", Act: "figures.read"},
			{Path: "/hic/bronnen", Text: "crimemonitor.sources", Icon: "download", Act: "figures.manage"},
		}}},
		Jobs:  []jobs.Kind{m.syncJob(every)},
		Tiles: []plug.Tile{{Act: "figures.read", Order: 10, Wide: true, Show: m.tile}},
		Routes: append([]web.Route{
			{Pattern: "GET /hic", Who: web.Staff, Act: "figures.read", Handler: m.show},
			{Pattern: "GET /hic/delict/{code}", Who: web.Staff, Act: "figures.read", Handler: m.offence},
			{Pattern: "GET /hic/gebied/{gebied}", Who: web.Staff, Act: "figures.read", Handler: m.area},
			{Pattern: "GET /hic/bron/{id}", Who: web.Staff, Act: "figures.read", Handler: m.source},
			{Pattern: "GET /hic/cijfers.csv", Who: web.Staff, Act: "figures.read", Handler: m.csv},
			{Pattern: "GET /hic/cijfers.json", Who: web.Staff, Act: "figures.read", Handler: m.json},
		}, m.keeperRoutes()...),
	}
}
