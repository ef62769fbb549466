package bakentest

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/db"
)

// demo is a house with the demo's people and files, from which the tests of one program
// take copies: to fill one takes ten times as long as to copy it. Two copies of one
// municipality have the same keys, as a house and its restored backup have.
type demo struct {
	once  sync.Once
	made  bool
	files map[string][]byte // of the folder: keys, checkpoints, and the database of SQLite
	place string            // of the database of PostgreSQL
}

var (
	demosMu sync.Mutex
	demos   = map[[3]string]*demo{}
)

// demoOf is the filled house of a municipality on an engine, made by the first test that
// asks for it.
func demoOf(t testing.TB, e db.Engine, code, name string) *demo {
	t.Helper()
	demosMu.Lock()
	key := [3]string{string(e), code, name}
	d := demos[key]
	if d == nil {
		d = &demo{}
		demos[key] = d
	}
	demosMu.Unlock()
	d.once.Do(func() { d.fill(t, e, code, name) })
	if !d.made {
		t.Fatal("the demo could not be filled; the first test that opened a house says why")
	}
	return d
}

func (d *demo) fill(t testing.TB, e db.Engine, code, name string) {
	t.Helper()
	dir := t.TempDir()
	if e == db.Postgres {
		d.place = dbtest.Lasting(t)
	}
	h := open(t, dir, d.place, code, name)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	d.files = map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err == nil {
			d.files[rel], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d.made = true
}

// copy puts the house in a folder, and gives the place of its database when that is not
// a file there.
func (d *demo) copy(t testing.TB, dir string) (place string) {
	t.Helper()
	for name, body := range d.files {
		path := filepath.Join(dir, name)
		// Keys are refused when others may read them.
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, body, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if d.place == "" {
		return ""
	}
	return dbtest.Copy(t, d.place)
}
