package crimemonitor

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Options are what the room needs from the rest of the house.
type Options struct {
	Municipality string // code of the own municipality: GM0556
	Name         string
	// Read reads a file of figures; the connector of CBS does.
	Read func(name string, r io.Reader, at time.Time) (*figures.Import, error)
	// Fetch gets a table for areas from the service in the settings.
	Fetch func(ctx context.Context, table string, areas []string, now time.Time) (*figures.Import, error)
	// Neighbourhoods lists the areas of a municipality that a table knows.
	Neighbourhoods func(ctx context.Context, table, municipality string) ([]string, error)
	Service        string // address that Fetch calls, as pages name it
	Daily          bool   // fetch every day
	Demo           bool
	Log            *slog.Logger // nil logs nothing
}

// Monitor is the crime monitor of one municipality. It is safe for concurrent use.
type Monitor struct {
	Options
	keep  *work.Keeper
	book  *access.Book
	store *figures.Store
	drawn *drawn
}

// cacheBytes bounds the decoded figures in memory: enough for a municipality with
// all its tables, a small part of what the program may use (issue: 120 MiB).
const cacheBytes = 24 << 20

// Open opens the monitor and stores the built-in figures when the database has none.
func Open(ctx context.Context, keep *work.Keeper, book *access.Book, o Options) (*Monitor, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	m := &Monitor{Options: o, keep: keep, book: book, store: figures.NewStore(cacheBytes), drawn: newDrawn()}
	return m, m.furnish(ctx)
}

var figuresRef = ref.Ref{Kind: "figures"}

// Outcome says what an import did.
type Outcome struct {
	File      string
	Snapshot  *figures.Snapshot
	Unchanged bool // the source said exactly this before
	Report    figures.Report
}

// Import reads one file and stores it as a snapshot, or refuses it whole.
func (m *Monitor) Import(ctx context.Context, who work.Actor, name string, r io.Reader) (Outcome, error) {
	// Access is asked before the file is read, and again in the unit that stores it.
	if err := m.ask(ctx, who, "figures.import"); err != nil {
		return Outcome{}, err
	}
	in, err := m.Read(name, r, m.keep.Now())
	if err != nil {
		return Outcome{}, err
	}
	if in.Sheet == nil || len(in.Sheet.Areas()) == 0 {
		return Outcome{File: name, Report: in.Report}, nil // a description of a table, without figures
	}
	return m.save(ctx, who, "figures.import", name, in)
}

func (m *Monitor) ask(ctx context.Context, who work.Actor, act string) error {
	return m.keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		_, err := m.book.Require(u, act, figuresRef)
		return err
	})
}

func (m *Monitor) save(ctx context.Context, who work.Actor, act, name string, in *figures.Import) (Outcome, error) {
	out := Outcome{File: name, Report: in.Report}
	err := m.keep.Do(ctx, who, Purpose, func(u *work.Unit) (err error) {
		if _, err = m.book.Require(u, act, figuresRef); err != nil {
			return err
		}
		out.Snapshot, out.Unchanged, err = m.store.Save(u, act, in)
		u.OnCommit(m.drawn.forget)
		return err
	})
	return out, err
}

// tables are those that a sync brings: years and months per neighbourhood, and the
// municipal count with all offences.
var tables = [...]string{"47018NED", "47022NED", "47013NED"}

// Sync fetches the tables for the own municipality, its districts and
// neighbourhoods, and the country. A table that fails does not keep the others
// back; the errors come together.
func (m *Monitor) Sync(ctx context.Context, who work.Actor) (out []Outcome, err error) {
	if err := m.ask(ctx, who, "figures.sync"); err != nil {
		return nil, err
	}
	for _, table := range tables {
		o, e := m.syncTable(ctx, who, table)
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		out = append(out, o)
	}
	return out, err
}

func (m *Monitor) syncTable(ctx context.Context, who work.Actor, table string) (Outcome, error) {
	areas, err := m.Neighbourhoods(ctx, table, m.Municipality)
	if err != nil {
		return Outcome{}, err
	}
	in, err := m.Fetch(ctx, table, areas, m.keep.Now())
	if err != nil {
		return Outcome{}, err
	}
	return m.save(ctx, who, "figures.sync", table, in)
}

// EnqueueSync asks for a sync in the background.
func (m *Monitor) EnqueueSync(ctx context.Context, who work.Actor) error {
	return m.keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.sync", figuresRef); err != nil {
			return err
		}
		return jobs.Enqueue(u, "figures.sync", "sync", struct{}{})
	})
}

// syncJob is the sync as background work.
func (m *Monitor) syncJob(every time.Duration) jobs.Kind {
	return jobs.Kind{Name: "figures.sync", Every: every, Time: 15 * time.Minute, Work: func(ctx context.Context, _ jobs.Job) error {
		_, err := m.Sync(ctx, work.System("job"))
		return err
	}}
}

// Series reads figures. Open figures hold no personal data: a refusal is recorded
// and a yes is not (docs/operate/audit.md).
func (m *Monitor) Series(ctx context.Context, who work.Actor, q figures.Query) (a *figures.Answer, err error) {
	err = m.see(ctx, who, func(u *work.Unit) error {
		a, err = m.store.Series(u, q)
		return err
	})
	return a, err
}

func (m *Monitor) see(ctx context.Context, who work.Actor, fn func(u *work.Unit) error) error {
	return m.keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.read", figuresRef); err != nil {
			return err
		}
		return fn(u)
	})
}
