package audit_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// nothing is a log that keeps nothing: what a read costs without one.
type nothing struct{}

func (nothing) Append(*db.Tx, []work.Stamped) error         { return nil }
func (nothing) Store(context.Context, []work.Stamped) error { return nil }

func benchLog(b *testing.B, d *db.DB) *audit.Log {
	b.Helper()
	dir := b.TempDir()
	s, err := audit.NewSealer("baken.test", filepath.Join(dir, "key"), filepath.Join(dir, "outside"))
	if err != nil {
		b.Fatal(err)
	}
	l := audit.Open(d, s)
	b.Cleanup(l.Close)
	return l
}

// rowsForList makes a table as long as a list that people look at.
func rowsForList(b *testing.B, d *db.DB) {
	b.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		if _, err := tx.Exec("CREATE TABLE bench_row (id TEXT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)"); err != nil {
			return err
		}
		for i := range 20_000 {
			if _, err := tx.Exec("INSERT INTO bench_row VALUES ($1, $2, $3)", fmt.Sprintf("%08d", i), "Iemand", i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAuditedRead reads a list of 50 out of 20,000 with its audit entry on
// stable storage before the answer, beside the same read with the log replaced by
// nothing. The bar is twice the time, with 64 readers at once: they share commits.
func BenchmarkAuditedRead(b *testing.B) {
	for _, e := range []db.Engine{db.SQLite, db.Postgres} {
		d := dbtest.Open(b, e)
		rowsForList(b, d)
		for name, a := range map[string]work.Auditor{"with": benchLog(b, d), "without": nothing{}} {
			keep := work.NewKeeper(d, a, nil)
			for _, readers := range []int{1, 8, 32} { // times two cores
				b.Run(fmt.Sprintf("%s/%s/%d", e, name, readers), func(b *testing.B) {
					b.SetParallelism(readers)
					b.RunParallel(func(pb *testing.PB) {
						for pb.Next() {
							if err := readList(keep); err != nil {
								b.Error(err)
							}
						}
					})
				})
			}
		}
	}
}

func readList(keep *work.Keeper) error {
	return keep.See(context.Background(), work.Actor{Account: "acc", Session: "s", Origin: "10.0.0.1"}, "purpose", func(u *work.Unit) error {
		u.Record(work.Entry{Act: "things.list", Object: ref.Ref{Kind: "thing"}})
		rows, err := db.All(u.Tx(), db.Column[string], "SELECT name FROM bench_row WHERE at % 10 = 3 ORDER BY at DESC LIMIT 50")
		if err == nil && len(rows) != 50 {
			err = fmt.Errorf("%d rows", len(rows))
		}
		return err
	})
}

// BenchmarkVerify recomputes a log of a million entries; the bar is ten seconds on
// one core.
func BenchmarkVerify(b *testing.B) {
	const entries = 1_000_000
	d := dbtest.Open(b, db.SQLite)
	l := benchLog(b, d)
	ctx := context.Background()
	for n := 0; n < entries; n += 10_000 {
		batch := make([]work.Stamped, 10_000)
		for i := range batch {
			batch[i] = work.Stamped{Entry: work.Entry{Act: "accounts.show", Object: ref.Ref{Kind: "account", ID: fmt.Sprintf("%026d", n+i)}, Result: work.Done},
				At: at.Add(time.Duration(n+i) * time.Second), Operation: fmt.Sprintf("%016x", n+i), Actor: "01jd0000000000000000000000", Session: "s", Origin: "10.0.0.1", Purpose: "toegangsbeheer"}
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return l.Append(tx, batch) }); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := l.Seal(ctx, at); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, err := l.Verify(ctx)
		if err != nil || !r.OK() || r.Entries != entries || r.Checkpoints == 0 {
			b.Fatalf("%v %+v", err, r)
		}
	}
}
