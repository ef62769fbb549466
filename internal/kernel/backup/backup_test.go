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
				keys := writeKeys(t, d, time.Now(), id)
				fresh := dbtest.Open(t, to)
				info, err := backup.Restore(context.Background(), fresh, "GM0556", &file, bytes.NewReader(keys), id)
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

// writeKeys is the file of keys at a moment.
func writeKeys(t *testing.T, d *db.DB, at time.Time, id *age.X25519Identity) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := backup.WriteKeys(context.Background(), d, "GM0556", at, &b, id.Recipient()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A dossier whose key was destroyed comes back from an older backup without it; the
// backup itself never held a key.
func TestKeysAreApart(t *testing.T) {
	t.Parallel()
	dir, id, ctx := t.TempDir(), key(t), context.Background()
	d := dbtest.Open(t, db.SQLite)
	filled(t, d, dir)
	write := func(query string, args ...any) {
		t.Helper()
		if err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(query, args...); return err }); err != nil {
			t.Fatal(err)
		}
	}
	write("INSERT INTO dossier_key (dossier, sealed) VALUES ('gone', $1), ('kept', $1)", []byte("sleutel"))
	start := time.Now()
	var data bytes.Buffer
	if err := backup.Write(ctx, d, "GM0556", start, &data, id.Recipient()); err != nil {
		t.Fatal(err)
	}
	before := writeKeys(t, d, start.Add(-time.Hour), id)
	write("DELETE FROM dossier_key WHERE dossier = 'gone'")
	after := writeKeys(t, d, start.Add(time.Hour), id)

	fresh := dbtest.Open(t, db.SQLite)
	for name, keys := range map[string][]byte{"older keys": before, "the data as keys": data.Bytes()} {
		if _, err := backup.Restore(ctx, fresh, "GM0556", bytes.NewReader(data.Bytes()), bytes.NewReader(keys), id); err == nil {
			t.Errorf("restored with %s", name)
		}
	}
	if _, err := backup.Restore(ctx, fresh, "GM0556", bytes.NewReader(after), bytes.NewReader(after), id); err == nil {
		t.Error("restored from keys alone")
	}
	if _, err := backup.Restore(ctx, fresh, "GM0556", bytes.NewReader(data.Bytes()), bytes.NewReader(after), id); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := fresh.Read(ctx, func(tx *db.Tx) (err error) {
		got, err = db.All(tx, db.Column[string], "SELECT dossier FROM dossier_key ORDER BY dossier")
		return err
	}); err != nil || len(got) != 1 || got[0] != "kept" {
		t.Errorf("keys after the restore: %v %v", got, err)
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
	file, keys := b.Bytes(), writeKeys(t, d, time.Now(), id)
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
		if _, err := backup.Restore(context.Background(), row.into, row.code, bytes.NewReader(row.file), bytes.NewReader(keys), row.with); err == nil {
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
