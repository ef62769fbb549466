package backup_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/backup"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

func log(t *testing.T, d *db.DB, dir string) *audit.Log {
	t.Helper()
	s, err := audit.NewSealer("baken.test", filepath.Join(dir, "key"), filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	l := audit.Open(d, s)
	t.Cleanup(l.Close)
	return l
}

func filled(t *testing.T, d *db.DB, dir string) *audit.Log {
	t.Helper()
	l := log(t, d, dir)
	k := work.NewKeeper(d, l, nil)
	for range 20 {
		if err := k.Do(context.Background(), work.Actor{Account: "a"}, "p", func(u *work.Unit) error {
			u.Record(work.Entry{Act: "x", Object: ref.Ref{Kind: "é\"<", ID: "1"}})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Seal(context.Background(), time.Now()); err != nil {
		t.Fatal(err)
	}
	return l
}

func key(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// A backup of either engine goes back into either, and the log still verifies.
func TestRestoreProvesItself(t *testing.T) {
	t.Parallel()
	for _, from := range []db.Engine{db.SQLite, db.Postgres} {
		for _, to := range []db.Engine{db.SQLite, db.Postgres} {
			t.Run(string(from)+" to "+string(to), func(t *testing.T) {
				dir, id := t.TempDir(), key(t)
				d := dbtest.Open(t, from)
				filled(t, d, dir)
				var file bytes.Buffer
				if err := backup.Write(context.Background(), d, "GM0556", time.Now(), &file, id.Recipient()); err != nil {
					t.Fatal(err)
				}
				if strings.Contains(file.String(), "audit_entry") {
					t.Fatal("the backup is readable")
				}
				fresh := dbtest.Open(t, to)
				info, err := backup.Restore(context.Background(), fresh, "GM0556", &file, id)
				if err != nil || info.Rows == 0 {
					t.Fatal(info, err)
				}
				r, err := log(t, fresh, dir).Verify(context.Background())
				if err != nil || !r.OK() || r.Entries != 20 || r.Checkpoints != 1 {
					t.Fatalf("%+v, %v", r, err)
				}
			})
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	dir, id := t.TempDir(), key(t)
	d := dbtest.Open(t, db.SQLite)
	filled(t, d, dir)
	var b bytes.Buffer
	if err := backup.Write(context.Background(), d, "GM0556", time.Now(), &b, id.Recipient()); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	for name, row := range map[string]struct {
		into *db.DB
		code string
		with age.Identity
		file []byte
	}{
		"other municipality":   {dbtest.Open(t, db.SQLite), "GM0606", id, file},
		"other key":            {dbtest.Open(t, db.SQLite), "GM0556", key(t), file},
		"into a full database": {d, "GM0556", id, file},
		"cut in the middle":    {dbtest.Open(t, db.SQLite), "GM0556", id, file[:len(file)/2]},
		"cut by one byte":      {dbtest.Open(t, db.SQLite), "GM0556", id, file[:len(file)-1]},
		"a flipped bit":        {dbtest.Open(t, db.SQLite), "GM0556", id, flip(file, len(file)-40)},
		"nothing":              {dbtest.Open(t, db.SQLite), "GM0556", id, nil},
	} {
		if _, err := backup.Restore(context.Background(), row.into, row.code, bytes.NewReader(row.file), row.with); err == nil {
			t.Errorf("%s: restored", name)
		}
		if row.into == d {
			continue
		}
		var n int64
		if err := row.into.Read(context.Background(), func(tx *db.Tx) (err error) {
			n, _, err = db.One(tx, db.Column[int64], "SELECT count(*) FROM audit_entry")
			return err
		}); err != nil || n != 0 {
			t.Errorf("%s: %d rows stored of a refused backup, %v", name, n, err)
		}
	}
	if err := backup.Write(context.Background(), d, "GM0556", time.Now(), &b); err == nil {
		t.Error("a backup for nobody was written, in the clear or lost")
	}
}

func flip(b []byte, at int) []byte {
	out := bytes.Clone(b)
	out[at] ^= 1
	return out
}
