package crimemonitor

import (
	"context"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// Event is something that happened on a day and may explain a figure: a campaign
// began, a camera was placed. It says nothing about persons.
type Event struct {
	ID, Day, Kind, Area, Words, By string
	MadeAt                         time.Time
}

// Kinds are the kinds of event.
var Kinds = [...]string{"campaign", "camera", "project", "measure", "other"}

// Annotation is the form for an event.
type Annotation struct {
	Day   time.Time // civil date in Amsterdam
	Kind  string
	Area  string
	Words string
}

// Annotate puts an event on the time line. It refuses a day to come and an area of
// somewhere else.
func (m *Monitor) Annotate(ctx context.Context, who work.Actor, in Annotation) error {
	return m.keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.annotate", ref.Ref{Kind: "crime-event"}); err != nil {
			return err
		}
		if in.Day.After(u.Now()) {
			return fault.New(fault.Invalid, "form.invalid").At("day", "crimemonitor.event.future")
		}
		if in.Area != m.Municipality && !figures.Within(in.Area, m.Municipality) {
			return fault.New(fault.Invalid, "form.invalid").At("area", "form.choose")
		}
		e := Event{ID: ref.NewID(), Day: in.Day.In(text.Amsterdam).Format(time.DateOnly), Kind: in.Kind, Area: in.Area, Words: in.Words,
			By: u.Actor().Account, MadeAt: u.Now()}
		u.Record(work.Entry{Act: "figures.annotated", Object: ref.Ref{Kind: "crime-event", ID: e.ID}})
		u.OnCommit(m.drawn.forget)
		return insertEvent(u.Tx(), e)
	})
}

// RemoveEvent takes an event off the time line.
func (m *Monitor) RemoveEvent(ctx context.Context, who work.Actor, id string) error {
	object := ref.Ref{Kind: "crime-event", ID: id}
	return m.keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.annotate", object); err != nil {
			return err
		}
		found, err := removeEvent(u.Tx(), id, u.Now())
		if err == nil && !found {
			err = fault.New(fault.NotFound, "access.not-found")
		}
		u.OnCommit(m.drawn.forget)
		return err
	})
}
