package measures

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/plug"
)

// Desk is a measure at work in one house: its pages, its rows in the register, its
// terms in the agenda, its letters.
type Desk[R any] struct {
	Law        Law[R]
	Office     *dossier.Office[R]
	Register   *Register
	Letterhead []string // lines of the municipality above a letter
	Town       string
	// Colleagues lists who can be involved, in the unit of the page.
	Colleagues func(u *work.Unit) ([]Colleague, error)
	// Terrain reads the ground that areas are drawn on, in the unit of the page; nil for a
	// measure without an area.
	Terrain func(u *work.Unit) (Terrain, error)
	// Watch hands the open terms of a file to whoever reminds people of them, in the
	// commit of the act; Rewatch those of files whose days or rules changed, and not
	// their facts. The agenda of the house when nil.
	Watch   func(u *work.Unit, c *deadlines.Calendar, h dossier.Head, r R, number string, open []Due) error
	Rewatch func(u *work.Unit, c *deadlines.Calendar, order agenda.RecomputeOrder, files []Standing[R]) error
	// Wipe clears from the database's own files what was deleted; nil for nothing.
	Wipe func(ctx context.Context) error
	book letterbook
}

// Open makes the desk ready. A letter that cannot be read keeps the program from
// starting.
func (d *Desk[R]) Open() error {
	d.Office.Kind, d.Office.ReadAct, d.Office.CorrectAct, d.Office.Save = d.Law.Kind, d.act("read"), d.act("correct"), d.Save
	var err error
	d.book, err = openLetters(d.Law.Templates)
	return err
}

// name is the kind of dossier: the prefix of its acts and sentences, and its address.
func (d *Desk[R]) name() string { return d.Law.Kind.Name }

// act is the full name of an act that every measure has: read, correct, refold, list,
// involve.
func (d *Desk[R]) act(verb string) string { return d.name() + "." + verb }

func (d *Desk[R]) base() string { return "/maatregelen/" + d.name() }

// Stand computes what stands beside the journal of a file.
func (d *Desk[R]) Stand(h dossier.Head, r R, at dossier.At) (Standing[R], error) {
	card := d.Law.Card(r, at)
	s := Standing[R]{Head: h, Record: r, Card: card}
	s.Row = Row{ID: h.ID, Kind: d.name(), Stage: card.Stage, Breach: card.Breach, Title: card.Place, Person: card.Person, Lead: card.Lead, Void: card.Void,
		InForceOn: card.InForceOn, OpenedAt: h.OpenedAt, ClosedOn: card.ClosedOn}
	s.Row.NextDay, s.Row.NextCode = card.Ends, card.EndsCode
	keep := d.Law.Keep(r)
	s.Row.GoneAfter, s.Row.Item = keep.Until(card.ClosedOn), keep.Item
	for _, t := range d.Law.Terms(r, at.Calendar) {
		if t.Done || t.Maybe {
			continue
		}
		s.Open = append(s.Open, t)
		a, err := at.Calendar.Answer(t.Question)
		if err != nil {
			return s, err
		}
		if d.Law.Quiet[t.Code] {
			continue // who may object or appeal waits for nothing from us
		}
		end := a.ActBy()
		if a.Rule.How == deadlines.Promptly {
			end = a.Start.Day // "without delay" names no date: the first day is the one to act on
		}
		if end != deadlines.NoDay && (s.Row.NextDay == deadlines.NoDay || end < s.Row.NextDay) {
			s.Row.NextDay, s.Row.NextCode, s.Row.NextNumber = end, t.Code, t.Number
		}
	}
	return s, nil
}

// Save writes the list row and the rulings, hands on the terms, and involves who works on the file.
func (d *Desk[R]) Save(u *work.Unit, act string, h dossier.Head, r R, c *deadlines.Calendar) error {
	s, err := d.Stand(h, r, dossier.Moment(u, c))
	if err != nil {
		return err
	}
	if err := d.Register.Save(u, s.Row); err != nil {
		return err
	}
	if err := d.Register.SaveRulings(u, d.name(), []Ruled{{h.ID, s.Card.Rulings}}); err != nil {
		return err
	}
	saved, _, err := d.Register.Find(u, h.ID)
	if err != nil {
		return err
	}
	if d.Watch != nil {
		err = d.Watch(u, c, h, r, saved.Number, s.Open)
	} else {
		err = agenda.Put(u, c, h.Ref(), h.Purpose, s.Card.Lead, s.Card.Deputy, d.watched(saved.Number, s.Open))
	}
	if err != nil {
		return err
	}
	var people []string
	switch act {
	case d.Law.Opening:
		for _, p := range []string{s.Card.Lead, s.Card.Deputy, s.Card.OpenedBy} {
			if p != "" && !slices.Contains(people, p) {
				people = append(people, p)
			}
		}
	case d.act("involve"):
		people = s.Card.People[len(s.Card.People)-1:]
	}
	for _, p := range people {
		if err := access.Involve(u, h.Ref(), p, h.Purpose, access.Change, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk[R]) watched(number string, open []Due) []agenda.Watched {
	out := make([]agenda.Watched, len(open))
	for i, t := range open {
		out[i] = agenda.Watched{Key: t.Key, Question: t.Question, Reference: number, Title: agenda.Title{Code: d.name() + ".term." + t.Code, Args: []string{"n", strconv.Itoa(t.Number)}}}
	}
	return out
}

// part is how many files one unit makes anew: on SQLite nobody else writes while it
// runs, and whoever reads waits for the log to take the entry.
const part = 250

// Refold makes what stands beside every file anew from the journals. It may be run
// again and by two at once: what does not differ is not written.
func (d *Desk[R]) Refold(ctx context.Context, order agenda.RecomputeOrder) error {
	for after, more := "", true; more; {
		next, n, err := dossier.Refold(ctx, d.Office, work.System("job"), d.act("refold"), after, part, d.Stand, func(u *work.Unit, c *deadlines.Calendar, files []Standing[R]) error {
			return d.restand(u, c, order, files)
		})
		if err != nil {
			return err
		}
		after, more = next, n == part
	}
	return nil
}

// restand writes what stands beside files where it differs.
func (d *Desk[R]) restand(u *work.Unit, c *deadlines.Calendar, order agenda.RecomputeOrder, files []Standing[R]) error {
	rows, ruled := make([]Row, len(files)), make([]Ruled, len(files))
	for i, f := range files {
		rows[i], ruled[i] = f.Row, Ruled{f.Head.ID, f.Card.Rulings}
	}
	if err := d.Register.SaveAll(u, rows); err != nil {
		return err
	}
	if err := d.Register.SaveRulings(u, d.name(), ruled); err != nil {
		return err
	}
	for i := range files {
		files[i].Row.Number = rows[i].Number
	}
	if d.Rewatch != nil {
		return d.Rewatch(u, c, order, files)
	}
	all := make([]agenda.Asked, len(files))
	for i, f := range files {
		all[i] = agenda.Asked{Object: f.Head.Ref(), Lead: f.Card.Lead, Deputy: f.Card.Deputy, Terms: d.watched(f.Row.Number, f.Open)}
	}
	_, err := order.PutAll(u, c, d.Law.Kind.Purpose, all)
	return err
}

// jobs is the background work of the measure: terms are computed anew daily too, for a newer
// program may compute in another way; and what is over its term goes within the day.
func (d *Desk[R]) jobs() []jobs.Kind {
	every := d.Law.Every
	if every == 0 {
		every = 24 * time.Hour
	}
	return []jobs.Kind{{Name: d.act("refold"), Every: every, Time: 30 * time.Minute, Work: func(ctx context.Context, j jobs.Job) error {
		order := agenda.RecomputeOrder{}
		if err := j.Decode(&order); err != nil {
			return err
		}
		return d.Refold(ctx, order)
	}}, {Name: d.act("expire"), Every: 24 * time.Hour, Time: 30 * time.Minute, Work: func(ctx context.Context, _ jobs.Job) error {
		_, err := d.Expire(ctx)
		return err
	}}}
}

// Plug is what the measure hands to app.
func (d *Desk[R]) Plug() plug.Room { return plug.Room{Jobs: d.jobs(), Routes: d.routes()} }

// Scene is one act of a story of the demo. Act is a verb.
type Scene struct {
	At   time.Time
	Role string
	Act  string
	In   any
}

// Play makes a fictitious file of a story, each act by the person and at the moment
// at which it would be done, but never later than now. keep gives a keeper whose
// clock stands still.
func (d *Desk[R]) Play(ctx context.Context, keep func(time.Time) *work.Keeper, people map[string]work.Actor, now time.Time, story []Scene) error {
	id := ref.NewID()
	for i, s := range story {
		at := s.At
		if at.After(now) {
			at = now
		}
		o := d.Office.With(keep(at))
		who, ok := people[s.Role]
		if !ok {
			return fmt.Errorf("%s: the demo has nobody with the role %s", d.name(), s.Role)
		}
		var err error
		if i == 0 {
			err = o.Begin(ctx, who, id, d.act(s.Act), s.In)
		} else {
			err = o.Perform(ctx, who, id, int64(i), d.act(s.Act), s.In)
		}
		if err != nil {
			return fmt.Errorf("%s: demo, %s: %w", d.name(), s.Act, err)
		}
	}
	return nil
}
