package dossier

import (
	"context"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Office does the acts of one kind of dossier, each in a unit of work of its own.
type Office[R any] struct {
	Keep     *work.Keeper
	Book     *access.Book
	Journal  *Journal
	Kind     Kind[R]
	Calendar func(u *work.Unit) (*deadlines.Calendar, error) // with the decrees known now
	ReadAct  string
	// CorrectAct is needed to correct an entry, besides the act of the entry.
	CorrectAct string
	// Save writes what stands beside the journal (the list row, running terms, who is
	// involved) in the commit of the act.
	Save func(u *work.Unit, act string, h Head, r R, c *deadlines.Calendar) error

	// Fresh reads every dossier from the database each time: for kinds whose content
	// must not stay in memory.
	Fresh bool

	shelf shelf
}

// Opened is a dossier as it was loaded: the record is the fold of the entries.
type Opened[R any] struct {
	Head    Head
	Entries []Entry
	Record  R
	At      At
}

// Ref points at a file of the office's kind; the kind as a whole when id is empty.
func (o *Office[R]) Ref(id string) ref.Ref { return ref.Ref{Kind: o.Kind.Name, ID: id} }

// With is the same office with another keeper, for acts on other days in a demo.
func (o *Office[R]) With(k *work.Keeper) *Office[R] {
	return &Office[R]{Keep: k, Book: o.Book, Journal: o.Journal, Kind: o.Kind, Calendar: o.Calendar, ReadAct: o.ReadAct, CorrectAct: o.CorrectAct, Save: o.Save, Fresh: o.Fresh}
}

// Moment is what rules may know at the unit's moment.
func (o *Office[R]) Moment(u *work.Unit) (At, error) {
	c, err := o.Calendar(u)
	return Moment(u, c), err
}

// Load reads a file as the actor may see it. The read is in the audit log before it
// returns.
func (o *Office[R]) Load(ctx context.Context, who work.Actor, id string) (f Opened[R], err error) {
	return o.LoadFor(ctx, who, id, o.ReadAct, "")
}

// LoadFor reads a file by another act than the usual one, with the reason that was
// given for it.
func (o *Office[R]) LoadFor(ctx context.Context, who work.Actor, id, act, ground string) (f Opened[R], err error) {
	err = o.Keep.See(ctx, who, o.Kind.Purpose, func(u *work.Unit) error {
		g, err := o.Book.RequireFor(u, act, o.Ref(id), ground)
		if err != nil {
			return err
		}
		if f.Head, f.Entries, err = o.open(u, g, id); err != nil {
			return err
		}
		if f.At, err = o.Moment(u); err != nil {
			return err
		}
		f.Record, err = o.Kind.Fold(f.Head, f.Entries)
		return err
	})
	return f, err
}

// open reads the entries of a file, from the shelf when it stands there at its last
// version. Whether the actor may, and whether the file is still there, is asked of the
// database each time.
func (o *Office[R]) open(u *work.Unit, g access.Grant, id string) (Head, []Entry, error) {
	h, err := o.Journal.Head(u, g, o.Ref(id))
	if err != nil {
		o.shelf.drop(id)
		return h, nil, err
	}
	if entries, ok := o.shelf.find(id, h.Version); ok {
		return h, entries, nil
	}
	h, entries, err := o.Journal.Load(u, g, o.Ref(id))
	if err != nil {
		return h, nil, err
	}
	// An entry that cannot be read is for Fold to say.
	if read, err := o.Kind.Read(entries); err == nil && !o.Fresh {
		entries = read
		o.shelf.keep(id, h.Version, entries)
	}
	return h, entries, nil
}

// Begin opens a file under a new id with its first act.
func (o *Office[R]) Begin(ctx context.Context, who work.Actor, id, act string, in any, files ...Attachment) error {
	return o.Keep.Do(ctx, who, o.Kind.Purpose, func(u *work.Unit) error {
		g, err := o.Book.Require(u, act, o.Ref(""))
		if err != nil {
			return err
		}
		at, err := o.Moment(u)
		if err != nil {
			return err
		}
		r, h, err := Begin(u, o.Journal, o.Kind, g, id, act, in, at, files...)
		if err != nil {
			return err
		}
		return o.Save(u, act, h, r, at.Calendar)
	})
}

// Perform does an act on a file at the version that the actor saw.
func (o *Office[R]) Perform(ctx context.Context, who work.Actor, id string, seen int64, act string, in any, files ...Attachment) error {
	return o.PerformBy(ctx, who, act, id, seen, act, in, files...)
}

// PerformBy does an act by the right to another: for those who may do it in one narrow
// way, and not by the form of the file. That right is in the log beside the act.
func (o *Office[R]) PerformBy(ctx context.Context, who work.Actor, right, id string, seen int64, act string, in any, files ...Attachment) error {
	return o.Keep.Do(ctx, who, o.Kind.Purpose, func(u *work.Unit) error {
		g, err := o.Book.Require(u, right, o.Ref(id))
		if err != nil {
			return err
		}
		at, err := o.Moment(u)
		if err != nil {
			return err
		}
		r, h, err := Perform(u, o.Journal, o.Kind, g, o.Ref(id), seen, act, in, at, files...)
		if err != nil {
			return err
		}
		return o.Save(u, act, h, r, at.Calendar)
	})
}

// Correct corrects an entry of a file, with the reason. It takes the right to
// correct and the right to the act.
func (o *Office[R]) Correct(ctx context.Context, who work.Actor, id string, seen, version int64, act string, in any, why string) error {
	return o.Keep.Do(ctx, who, o.Kind.Purpose, func(u *work.Unit) error {
		if _, err := o.Book.Require(u, o.CorrectAct, o.Ref(id)); err != nil {
			return err
		}
		g, err := o.Book.Require(u, act, o.Ref(id))
		if err != nil {
			return err
		}
		at, err := o.Moment(u)
		if err != nil {
			return err
		}
		r, h, err := Correct(u, o.Journal, o.Kind, g, o.Ref(id), seen, version, act, in, why, at)
		if err != nil {
			return err
		}
		return o.Save(u, act, h, r, at.Calendar)
	})
}

// Destroy destroys a file for an act that the caller asked access for, in its unit; ground
// says which term ends it. Its entries leave memory with the commit.
func (o *Office[R]) Destroy(u *work.Unit, g access.Grant, id, ground string) error {
	u.OnCommit(func() { o.shelf.drop(id) })
	return o.Journal.Destroy(u, g, o.Ref(id), ground)
}

// Photo reads a file of the dossier with its content.
func (o *Office[R]) Photo(ctx context.Context, who work.Actor, id, file string) (f File, body []byte, err error) {
	err = o.Keep.See(ctx, who, o.Kind.Purpose, func(u *work.Unit) error {
		g, err := o.Book.Require(u, o.ReadAct, o.Ref(id))
		if err != nil {
			return err
		}
		f, body, err = o.Journal.Read(u, g, o.Ref(id), file)
		return err
	})
	return f, body, err
}
