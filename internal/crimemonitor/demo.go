package crimemonitor

import (
	"time"

	"baken/internal/kernel/figures"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// demoEvents stand beside real figures, so each says of itself that it is made up.
var demoEvents = [...]Event{
	{ID: "demo-campagne", Day: "2022-10-03", Kind: "campaign", Words: "Start campagne donkere dagen: licht aan en deur op slot (verzonnen voor de demo)"},
	{ID: "demo-camera", Day: "2024-04-15", Kind: "camera", Words: "Cameratoezicht bij de winkels begint (verzonnen voor de demo)"},
	{ID: "demo-project", Day: "2025-01-13", Kind: "project", Words: "Start project veilig uitgaan met horeca en politie (verzonnen voor de demo)"},
}

// Demo puts a few events on the time line of a demo. It leaves those that are there
// or were taken off, so that it may run at every start.
func (m *Monitor) Demo(u *work.Unit) error {
	areas, err := m.areas(u)
	if err != nil {
		return err
	}
	for _, e := range demoEvents {
		known, err := knownEvent(u.Tx(), e.ID)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		e.Area, e.By, e.MadeAt = m.Municipality, u.Actor().Account, u.Now().Truncate(time.Microsecond)
		for _, a := range areas {
			// A camera stands somewhere; which neighbourhood does not matter here.
			if e.Kind == "camera" && a.Level() == figures.Neighbourhood && !figures.Unplaced(a.Code) {
				e.Area = a.Code
				break
			}
		}
		if err := insertEvent(u.Tx(), e); err != nil {
			return err
		}
		u.Record(work.Entry{Act: "figures.annotated", Object: ref.Ref{Kind: "crime-event", ID: e.ID}})
	}
	u.OnCommit(m.drawn.forget)
	return nil
}
