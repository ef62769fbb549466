package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the database to the version of this program. It may be stopped
// at any point and run again; several nodes may run it at once. It refuses a
// database that a newer program has changed, without touching it.
func (d *DB) Migrate(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("db: cannot read the version of the database: %w", err)
	}
	if have > want {
		return fmt.Errorf("db: the database has version %d and this program knows %d: use the newer program; nothing was changed", have, want)
	}
	return d.up(ctx, p, have)
}

// up applies what is missing. SQLite has no lock between sessions: a program that
// loses a race to another one that starts at the same moment finds that a table
// exists already. While the version moves on, somebody else is at work, and it
// looks again; when it does not, the error is real.
func (d *DB) up(ctx context.Context, p *goose.Provider, have int64) error {
	for {
		_, err := p.Up(ctx)
		if err == nil {
			return nil
		}
		now, e := p.GetDBVersion(ctx)
		if d.engine != SQLite || e != nil || now <= have {
			return fmt.Errorf("db: migrating: %w", err)
		}
		have = now
	}
}

// Version is the number of the last migration that the database has.
func (d *DB) Version(ctx context.Context) (int64, error) {
	p, err := d.provider()
	if err != nil {
		return 0, err
	}
	return p.GetDBVersion(ctx)
}

func (d *DB) provider() (*goose.Provider, error) {
	list, err := migrationsFor(d.engine)
	if err != nil {
		return nil, err
	}
	if d.engine == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, d.write, list, goose.WithDisableGlobalRegistry(true))
	}
	// Without the session lock three of four nodes that start together fail
	// (dependencies.md 2.1, finding 8).
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, d.write, list, goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
}

// migrationsFor gives an engine its list: the files for both, and where the
// engines truly differ the one named NNNN_name.<engine>.sql.
func migrationsFor(e Engine) (fs.FS, error) {
	out := fstest.MapFS{}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		base := strings.TrimSuffix(strings.TrimPrefix(name, "migrations/"), ".sql")
		stem, only, pair := strings.Cut(base, ".")
		if pair && Engine(only) != e {
			continue
		}
		data, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out[stem+".sql"] = &fstest.MapFile{Data: data}
	}
	return out, nil
}
