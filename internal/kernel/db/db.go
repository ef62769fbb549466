// Package db is the only place that knows which database Baken runs on: SQLite
// in a file, or PostgreSQL. Both get the same SQL text with $1 placeholders, one
// numbered list of migrations and the same typed errors, so that no other package
// has a second version of anything.
//
// One municipality has one database (architecture.md 7), therefore no query
// carries a tenant and none can forget it.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
	_ "github.com/ncruces/go-sqlite3/driver"
)

// Engine names the database program.
type Engine string

const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database of one municipality. It is safe for concurrent use.
type DB struct {
	engine Engine
	write  *sql.DB // SQLite has one writer; a second connection would only wait for it
	read   *sql.DB
}

// Open opens the database that place names: a connection string that begins with
// postgres:// or postgresql://, or else the path of a SQLite file, which is made
// when it does not exist. The caller migrates and closes.
func Open(place string) (*DB, error) {
	if strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://") {
		return openPostgres(place)
	}
	return openSQLite(place)
}

func openPostgres(place string) (*DB, error) {
	pool, err := sql.Open("pgx", place)
	if err != nil {
		return nil, fmt.Errorf("db: the PostgreSQL connection string cannot be read: %w", err)
	}
	pool.SetMaxOpenConns(20)
	pool.SetMaxIdleConns(20)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return &DB{engine: Postgres, write: pool, read: pool}, nil
}

// openSQLite opens the file with the settings of security.md control 27. Full
// synchronous writes cost speed and are kept: with "normal" a power cut loses
// acknowledged writes (architecture.md 11).
func openSQLite(path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("db: cannot make the data directory: %w", err)
	}
	// The file is made here so that it is never readable by other accounts of the
	// machine, not even for the moment before a chmod.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("db: cannot open the database file: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	pragmas := []string{"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)",
		"secure_delete(on)", "trusted_schema(off)", "cell_size_check(on)", "cache_size(-16000)"}
	open := func(extra ...string) (*sql.DB, error) {
		q := url.Values{"_pragma": append(append([]string{}, pragmas...), extra...)}
		q.Set("_txlock", "immediate")
		return sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	}
	write, err := open()
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	if err := write.Ping(); err != nil {
		write.Close()
		return nil, fmt.Errorf("db: %s is not a usable database: %w", path, err)
	}
	read, err := open("query_only(on)")
	if err != nil {
		write.Close()
		return nil, err
	}
	n := max(4, 2*runtime.NumCPU())
	read.SetMaxOpenConns(n)
	read.SetMaxIdleConns(n)
	return &DB{engine: SQLite, write: write, read: read}, nil
}

// Engine says which database program this is.
func (d *DB) Engine() Engine { return d.engine }

// Close ends all connections.
func (d *DB) Close() error {
	if d.engine == Postgres {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// Write runs fn in one transaction that is committed when fn returns nil and
// rolled back otherwise. When Write returns nil the change is on stable storage.
// Writers wait for each other on SQLite.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	return d.run(ctx, d.write, &sql.TxOptions{}, fn)
}

// Read runs fn on one consistent snapshot. Writing in it fails.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return d.run(ctx, d.read, opts, fn)
}

func (d *DB) run(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*Tx) error) (err error) {
	stx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return classify(err)
	}
	tx := &Tx{ctx: ctx, tx: stx, engine: d.engine}
	defer func() {
		// A panic in fn must not leave the only writer locked.
		if p := recover(); p != nil {
			stx.Rollback()
			panic(p)
		}
	}()
	if err := fn(tx); err != nil {
		stx.Rollback() // the error of fn says more than that of the rollback
		return err
	}
	return classify(stx.Commit())
}
