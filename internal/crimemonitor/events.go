package crimemonitor

import (
	"context"
	"slices"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
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
	// ID is chosen by the form before it is sent, so that a form that is sent twice
	// (an answer that was lost, a second click) has one effect. Empty makes a new one.
	ID    string
	Day   time.Time // civil date in Amsterdam
	Kind  string
	Area  string
	Words string
}

// MostWords is how long the words of an event may be: enough to say what began,
// too short for a report about people.
const MostWords = 200

// areas are where an event can be: the municipality first, then its districts and
// neighbourhoods by code. A municipality whose areas nobody stored has itself.
func (m *Monitor) areas(u *work.Unit) ([]places.Area, error) {
	all, err := places.InGroup(u, figures.Group(m.Municipality), 0)
	if err != nil {
		return nil, err
	}
	rank := map[figures.Level]int{figures.District: 1, figures.Neighbourhood: 2}
	all = slices.DeleteFunc(all, func(a places.Area) bool { return a.Code == m.Municipality || rank[a.Level()] == 0 })
	slices.SortStableFunc(all, func(a, b places.Area) int { return rank[a.Level()] - rank[b.Level()] })
	return append([]places.Area{{Code: m.Municipality, Name: m.Name}}, all...), nil
}

// Timeline lists the events that stand, the latest day first, with the areas that
// an event can be in.
func (m *Monitor) Timeline(ctx context.Context, who work.Actor) (events []Event, areas []places.Area, err error) {
	err = m.see(ctx, who, func(u *work.Unit) error {
		if areas, err = m.areas(u); err != nil {
			return err
		}
		events, err = listEvents(u.Tx())
		return err
	})
	return events, areas, err
}

// Annotate puts an event on the time line. It refuses a day to come and an area of
// somewhere else.
func (m *Monitor) Annotate(ctx context.Context, who work.Actor, in Annotation) error {
	return m.keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.annotate", ref.Ref{Kind: "crime-event"}); err != nil {
			return err
		}
		if !ref.ValidID(in.ID) {
			in.ID = ref.NewID()
		}
		if in.Day.After(u.Now()) {
			return fault.New(fault.Invalid, "form.invalid").At("day", "crimemonitor.event.future")
		}
		here, err := m.areas(u)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(here, func(a places.Area) bool { return a.Code == in.Area }) {
			return fault.New(fault.Invalid, "form.invalid").At("area", "form.choose")
		}
		if !slices.Contains(Kinds[:], in.Kind) {
			return fault.New(fault.Invalid, "form.invalid").At("kind", "form.choose")
		}
		e := Event{ID: in.ID, Day: in.Day.In(text.Amsterdam).Format(time.DateOnly), Kind: in.Kind, Area: in.Area, Words: in.Words,
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
