package crimemonitor

import (
	"sync"
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
		Jobs: []jobs.Kind{m.syncJob(every)},
	}
}

// drawn remembers finished views until figures or events change.
type drawn struct {
	mu   *sync.Mutex
	list map[string]any
}

func newDrawn() drawn { return drawn{&sync.Mutex{}, map[string]any{}} }

func (d *drawn) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.list)
}
