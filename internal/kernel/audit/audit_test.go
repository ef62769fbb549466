package audit_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

var at = time.Date(2026, 11, 24, 9, 14, 0, 0, time.UTC)

type bundle struct {
	db      *db.DB
	log     *audit.Log
	keep    *work.Keeper
	outside string
}

func setup(t *testing.T, d *db.DB) bundle {
	t.Helper()
	dir := t.TempDir()
	s, err := audit.NewSealer("baken.test", filepath.Join(dir, "key"), filepath.Join(dir, "outside"))
	if err != nil {
		t.Fatal(err)
	}
	l := audit.Open(d, s)
	t.Cleanup(l.Close)
	return bundle{d, l, work.NewKeeper(d, l, func() time.Time { return at }), filepath.Join(dir, "outside")}
}

func entry(i int) work.Entry {
	return work.Entry{Act: "test.act", Object: ref.Ref{Kind: "thing", ID: fmt.Sprint(i)}, Ground: "é<>&\"", Facts: map[string]string{"b": "2", "a": "1"}}
}

func (b bundle) write(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		err := b.keep.Do(context.Background(), work.Actor{Account: "acc", Origin: "10.0.0.1"}, "purpose", func(u *work.Unit) error {
			u.Record(entry(i))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (b bundle) verify(t *testing.T) audit.Report {
	t.Helper()
	r, err := b.log.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (b bundle) tamper(t *testing.T, query string, args ...any) {
	t.Helper()
	err := b.db.Write(context.Background(), func(tx *db.Tx) error {
		n, err := tx.Exec(query, args...)
		if err == nil && n == 0 {
			err = errors.New("the tampering changed nothing, so the test would show nothing")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWholeLogVerifies(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		for range 3 {
			b.write(t, 7)
			if _, err := b.log.Seal(context.Background(), at); err != nil {
				t.Fatal(err)
			}
		}
		b.write(t, 2)
		r := b.verify(t)
		if !r.OK() || r.Entries != 23 || r.Checkpoints != 3 {
			t.Fatalf("report %+v; want 23 entries, 3 checkpoints and no problem", r)
		}
		if err := b.log.CheckStart(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
}

// A kill between making the file of a checkpoint and writing it leaves a part. The
// program starts again, keeps the checkpoint beside it, and the log verifies.
func TestCheckpointCutShortByAKill(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]string{"nothing written": "", "half written": "baken/test\n7\n"} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				b := setup(t, d)
				b.write(t, 7)
				file := filepath.Join(b.outside, fmt.Sprintf("%012d.checkpoint", b.verify(t).Entries))
				if err := os.WriteFile(file, []byte(part), 0o644); err != nil {
					t.Fatal(err)
				}
				if err := b.log.CheckStart(context.Background()); err != nil {
					t.Fatalf("does not start: %v", err)
				}
				if _, err := b.log.Seal(context.Background(), at); err != nil {
					t.Fatal(err)
				}
				beside := strings.TrimSuffix(file, ".checkpoint") + "-2.checkpoint"
				if raw, err := os.ReadFile(beside); err != nil || len(raw) < 100 {
					t.Errorf("the checkpoint is not kept: %v", err)
				}
				if r := b.verify(t); !r.OK() {
					t.Errorf("%+v", r)
				}
			})
		})
	}
}

// security.md control 11: any changed column, deleted, inserted, swapped,
// duplicated or cut entry and a flipped bit are detected.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	attacks := map[string]string{
		"changed inner hash":  "UPDATE audit_hash SET hash = (SELECT hash FROM audit_hash WHERE position = 3) WHERE position = 4",
		"deleted inner hash":  "DELETE FROM audit_hash WHERE position = 5",
		"added inner hash":    "INSERT INTO audit_hash SELECT 1000, hash FROM audit_hash WHERE position = 0",
		"deleted entry":       "DELETE FROM audit_entry WHERE seq = 4",
		"cut tail":            "DELETE FROM audit_entry WHERE seq >= 8",
		"wrong head":          "UPDATE audit_head SET size = 9",
		"swapped":             "UPDATE audit_entry SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3)",
		"inserted":            "INSERT INTO audit_entry SELECT 10, at, operation, actor, session, origin, purpose, act, kind, object, result, ground, facts FROM audit_entry WHERE seq = 9",
		"changed checkpoint":  "UPDATE audit_checkpoint SET note = replace(note, '10', '11')",
		"facts written apart": `UPDATE audit_entry SET facts = '{"b":"2","a":"1"}' WHERE seq = 1`,
	}
	for _, column := range []string{"operation", "actor", "session", "origin", "purpose", "act", "kind", "object", "result", "ground"} {
		attacks["changed "+column] = "UPDATE audit_entry SET " + column + " = " + column + " || 'x' WHERE seq = 6"
	}
	attacks["changed at"] = "UPDATE audit_entry SET at = at + 1 WHERE seq = 6"
	attacks["changed facts"] = `UPDATE audit_entry SET facts = '{"a":"1","b":"3"}' WHERE seq = 6`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, attack := range attacks {
			t.Run(name, func(t *testing.T) {
				b := setup(t, dbtest.Open(t, d.Engine()))
				b.write(t, 10)
				if _, err := b.log.Seal(context.Background(), at); err != nil {
					t.Fatal(err)
				}
				b.tamper(t, attack)
				if name == "swapped" {
					b.tamper(t, "UPDATE audit_entry SET seq = -seq WHERE seq < 0")
				}
				if r := b.verify(t); r.OK() {
					t.Fatalf("not found; report %+v", r)
				}
			})
		}
	})
}

// Whoever owns the database can rebuild a consistent tree. The checkpoints that
// left the machine still tell.
func TestRebuiltAndOlderStoreAreFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.write(t, 10)
		if _, err := b.log.Seal(context.Background(), at); err != nil {
			t.Fatal(err)
		}
		older := dbtest.Open(t, d.Engine())
		s, err := audit.NewSealer("baken.test", filepath.Join(filepath.Dir(b.outside), "key"), b.outside)
		if err != nil {
			t.Fatal(err)
		}
		l := audit.Open(older, s)
		defer l.Close()
		ob := bundle{older, l, work.NewKeeper(older, l, nil), b.outside}
		ob.write(t, 4)
		if err := l.CheckStart(context.Background()); err == nil {
			t.Fatal("an older store passed the check at start")
		}
		if r := ob.verify(t); r.OK() {
			t.Fatal("an older store verified")
		}
		ob.write(t, 8) // longer than what was signed, but other entries
		if err := l.CheckStart(context.Background()); err == nil {
			t.Fatal("a rebuilt log passed the check at start")
		}
		if r := ob.verify(t); r.OK() {
			t.Fatal("a rebuilt log verified")
		}
	})
}

// An independent reader needs the export, SHA-256 and the public formats only.
func TestExportIsVerifiedByAnIndependentReader(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Open(t, db.SQLite))
	b.write(t, 13)
	c, err := b.log.Seal(context.Background(), at)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.log.Export(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	var leaves [][32]byte
	lines := bufio.NewScanner(&out)
	for lines.Scan() && lines.Text() != "" {
		leaves = append(leaves, sha256.Sum256(append([]byte{0}, lines.Bytes()...)))
	}
	root := merkle(leaves)
	var rest []string
	for lines.Scan() {
		rest = append(rest, lines.Text())
	}
	if len(rest) < 3 || rest[0] != "baken.test" || rest[1] != "13" || rest[2] != base64.StdEncoding.EncodeToString(root[:]) {
		t.Fatalf("the exported checkpoint %q does not state the root of the exported lines", rest)
	}
	if root != [32]byte(c.Root) {
		t.Fatal("root differs")
	}
}

// merkle is RFC 6962 section 2.1, written down literally.
func merkle(leaves [][32]byte) [32]byte {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	l, r := merkle(leaves[:k]), merkle(leaves[k:])
	return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...))
}

func TestConcurrentReadersAndWritersKeepTheLogWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		var wg sync.WaitGroup
		errs := make(chan error, 400)
		for w := range 20 {
			wg.Go(func() {
				for i := range 10 {
					do := b.keep.See
					if w%4 == 0 {
						do = b.keep.Do
					}
					errs <- do(context.Background(), work.Actor{Account: fmt.Sprint(w)}, "p", func(u *work.Unit) error {
						u.Record(entry(i))
						return nil
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
		if r := b.verify(t); !r.OK() || r.Entries != 200 {
			t.Fatalf("report %+v; want 200 entries", r)
		}
	})
}

// security.md control 10: no entry, no answer; and the service resumes by itself.
func TestReadFailsWhenItsEntryCannotBeStored(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		see := func() error {
			return b.keep.See(context.Background(), work.Actor{Account: "a"}, "p", func(u *work.Unit) error {
				u.Record(entry(1))
				return nil
			})
		}
		b.tamper(t, "ALTER TABLE audit_hash RENAME TO audit_hash_gone; UPDATE audit_head SET size = 0")
		if err := see(); fault.KindOf(err) != fault.Unavailable {
			t.Fatalf("err = %v; a read whose entry is not stored must be unavailable", err)
		}
		b.tamper(t, "ALTER TABLE audit_hash_gone RENAME TO audit_hash; UPDATE audit_head SET size = 0")
		if err := see(); err != nil {
			t.Fatalf("the log does not resume: %v", err)
		}
	})
}

func TestSealerRefusesAForeignOrBrokenKey(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, "key")
	if err := os.WriteFile(key, []byte("PRIVATE+KEY+nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.NewSealer("o", key, dir); err == nil || strings.Contains(err.Error(), "nonsense") {
		t.Fatalf("err = %v; must refuse and must not show the key", err)
	}
}
