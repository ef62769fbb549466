package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/db"
)

func exec(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(query, args...); return err })
	if err != nil {
		t.Fatal(err)
	}
}

// In SQLite $1 is a named parameter: without the rewrite this statement swaps its
// arguments and reports no error.
func TestPlaceholdersOutOfOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE x (id TEXT PRIMARY KEY, v TEXT)")
		exec(t, d, "INSERT INTO x (id, v) VALUES ($1, $2)", "a", "old")
		exec(t, d, "UPDATE x SET v = $2 WHERE id = $1", "a", "new")
		var got string
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			v, _, err := db.One(tx, db.Column[string], "SELECT v FROM x WHERE id = $1", "a")
			got = v
			return err
		})
		if err != nil || got != "new" {
			t.Fatalf("v = %q, %v; want new", got, err)
		}
	})
}

func TestRollbackLeavesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE x (id TEXT PRIMARY KEY)")
		boom := errors.New("boom")
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			if _, err := tx.Exec("INSERT INTO x VALUES ($1)", "a"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if n := count(t, d); n != 0 {
			t.Fatalf("%d rows left of a failed unit", n)
		}
	})
}

// A panic in a unit must free SQLite's only writer, or the next write waits for ever.
func TestPanicFreesTheWriter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE x (id TEXT PRIMARY KEY)")
		func() {
			defer func() { recover() }()
			d.Write(context.Background(), func(tx *db.Tx) error { panic("x") })
		}()
		exec(t, d, "INSERT INTO x VALUES ($1)", "a")
	})
}

func TestUniqueIsRecognised(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE x (id TEXT PRIMARY KEY)")
		exec(t, d, "INSERT INTO x VALUES ($1)", "a")
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO x VALUES ($1)", "a")
			return err
		})
		if !db.IsUnique(err) {
			t.Fatalf("err = %v, not recognised as an existing row", err)
		}
	})
}

func TestReadCannotWrite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE x (id TEXT PRIMARY KEY)")
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO x VALUES ($1)", "a")
			return err
		})
		if err == nil {
			t.Fatal("a reading transaction wrote")
		}
	})
}

func TestConcurrentWritersLoseNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "CREATE TABLE x (id BIGINT PRIMARY KEY, n BIGINT)")
		exec(t, d, "INSERT INTO x VALUES (1, 0)")
		var wg sync.WaitGroup
		errs := make(chan error, 200)
		for range 20 {
			wg.Go(func() {
				for range 10 {
					errs <- d.Write(context.Background(), func(tx *db.Tx) error {
						_, err := tx.Exec("UPDATE x SET n = n + 1 WHERE id = $1", 1)
						return err
					})
				}
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		var n int64
		d.Read(context.Background(), func(tx *db.Tx) (err error) {
			n, _, err = db.One(tx, db.Column[int64], "SELECT n FROM x")
			return err
		})
		if n != 200 {
			t.Fatalf("n = %d after 200 increments", n)
		}
	})
}

func TestMigrateTwiceAndByFourAtOnce(t *testing.T) {
	t.Parallel()
	for _, e := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(e), func(t *testing.T) {
			place := dbtest.Place(t, e)
			var wg sync.WaitGroup
			errs := make(chan error, 4)
			for range 4 {
				wg.Go(func() {
					d, err := db.Open(place)
					if err == nil {
						defer d.Close()
						err = d.Migrate(context.Background())
					}
					errs <- err
				})
			}
			wg.Wait()
			close(errs)
			for err := range errs {
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestOlderProgramRefusesNewerDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, "INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, $2)", 9999, true)
		err := d.Migrate(context.Background())
		if err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Fatalf("err = %v: an older program must not touch a newer database", err)
		}
	})
}

func TestSQLiteSettings(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, db.SQLite)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "trusted_schema": "0"} {
		var got string
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			v, _, err := db.One(tx, db.Column[string], "PRAGMA "+pragma)
			got = v
			return err
		})
		if err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q (security.md control 27)", pragma, got, err, want)
		}
	}
}

func TestPathWithSpacesAndPercent(t *testing.T) {
	t.Parallel()
	d, err := db.Open(filepath.Join(t.TempDir(), "gemeente 100% & co?", "b.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestMomentsSurviveStorage(t *testing.T) {
	at := time.Date(2026, 3, 29, 1, 59, 59, 123456000, time.UTC)
	if got := db.Moment(db.Micros(at)); !got.Equal(at) {
		t.Fatalf("%v became %v", at, got)
	}
	if !db.Moment(db.Micros(time.Time{})).IsZero() {
		t.Fatal("no moment became a moment")
	}
}

func count(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, _, err = db.One(tx, db.Column[int64], "SELECT count(*) FROM x")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
