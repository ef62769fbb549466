// Package dbtest gives a test its own empty, migrated database on each engine:
// SQLite in a file of the test's folder, and a real PostgreSQL server that the
// tests start themselves from the distribution's binaries. A test that runs on
// one engine only has not shown that a query is right.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib"

	"baken/internal/kernel/db"
)

// Each runs fn once per engine, as subtests that run side by side.
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	for _, e := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(e), func(t *testing.T) {
			t.Parallel()
			fn(t, Open(t, e))
		})
	}
}

// Open returns a migrated database that only this test sees.
func Open(t testing.TB, e db.Engine) *db.DB {
	t.Helper()
	d, err := db.Open(Place(t, e))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return d
}

// Place returns the path or connection string of a new, empty database.
func Place(t testing.TB, e db.Engine) string {
	t.Helper()
	if e == db.SQLite {
		return filepath.Join(t.TempDir(), "baken.db")
	}
	return server(t).create(t, "")
}

// Lasting returns the connection string of a new, empty database of PostgreSQL that
// stays when the test ends, so that other tests can take copies of it.
func Lasting(t testing.TB) string {
	t.Helper()
	s := server(t)
	return s.url(s.make(t, ""))
}

// Copy returns the connection string of a copy of a database that Lasting gave, which
// nobody may be connected to.
func Copy(t testing.TB, place string) string {
	t.Helper()
	s := server(t)
	from, err := pgx.ParseConfig(place)
	if err != nil {
		t.Fatal(err)
	}
	return s.create(t, from.Database)
}

// cluster is the PostgreSQL server of this test program.
type cluster struct {
	dir string
	mu  sync.Mutex
	n   int
}

var (
	once    sync.Once
	running *cluster
	failure error
)

// Folder is where the PostgreSQL server of the tests keeps its files, for tests that
// look into every byte.
func Folder(t testing.TB) string {
	t.Helper()
	return filepath.Join(server(t).dir, "data")
}

func server(t testing.TB) *cluster {
	t.Helper()
	once.Do(func() { running, failure = start() })
	if failure != nil {
		t.Fatalf("PostgreSQL could not be started, so half of the store tests would not run: %v", failure)
	}
	return running
}

func (c *cluster) next() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return c.n
}

// create makes a database, empty or as a copy, that is dropped when the test ends.
func (c *cluster) create(t testing.TB, from string) string {
	t.Helper()
	name := c.make(t, from)
	t.Cleanup(func() {
		if admin, err := sql.Open("pgx", c.url("postgres")); err == nil {
			admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
			admin.Close()
		}
	})
	return c.url(name)
}

func (c *cluster) make(t testing.TB, from string) (name string) {
	t.Helper()
	name = fmt.Sprintf("t%d_%d", os.Getpid(), c.next())
	admin, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	query := "CREATE DATABASE " + name
	if from != "" {
		query += " TEMPLATE " + from
	}
	if _, err := admin.Exec(query); err != nil {
		t.Fatal(err)
	}
	return name
}

func (c *cluster) url(database string) string {
	return "postgres://baken@/" + database + "?host=" + c.dir + "&sslmode=disable"
}

// start makes a cluster in a temporary folder, reachable only through a socket in
// it, and lets it end with the test program: the server is a child that the
// kernel stops when this process is gone.
func start() (*cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "baken-pg")
	if err != nil {
		return nil, err
	}
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 {
		// PostgreSQL refuses to run as root.
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, fmt.Errorf("running as root needs the account that the package postgresql makes: %w", err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "baken", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	initdb.SysProcAttr, initdb.Dir = attr, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	// Durability is tested by killing the program, not by this throw-away server.
	cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=300", "-c", "shared_buffers=64MB")
	cmd.SysProcAttr, cmd.Dir = attr, dir
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &cluster{dir: dir}
	return c, c.wait()
}

func (c *cluster) wait() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	pool, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return err
	}
	defer pool.Close()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if err = pool.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w", err)
		case <-tick.C:
		}
	}
}

// binaries finds the folder of the server's programs as Debian lays it out, or on
// the path.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	p, err := exec.LookPath("initdb")
	if err != nil {
		return "", fmt.Errorf("install the server binaries: apt-get install postgresql")
	}
	return filepath.Dir(p), nil
}
