package work_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// noted keeps what a log would, to see what a unit tells it.
type noted struct {
	appended, stored []work.Stamped
	fail             error
}

func (n *noted) Append(_ *db.Tx, e []work.Stamped) error {
	n.appended = append(n.appended, e...)
	return n.fail
}
func (n *noted) Store(_ context.Context, e []work.Stamped) error {
	n.stored = append(n.stored, e...)
	return n.fail
}

func keeper(t *testing.T, n *noted) (*work.Keeper, *db.DB) {
	d := dbtest.Open(t, db.SQLite)
	if err := d.Write(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec("CREATE TABLE x (id BIGINT)"); return err }); err != nil {
		t.Fatal(err)
	}
	return work.NewKeeper(d, n, func() time.Time { return time.Date(2026, 3, 29, 3, 0, 0, 999, time.FixedZone("", 7200)) }), d
}

func rows(t *testing.T, d *db.DB) (n int64) {
	if err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, _, err = db.One(tx, db.Column[int64], "SELECT count(*) FROM x")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func insert(u *work.Unit) error { _, err := u.Tx().Exec("INSERT INTO x VALUES (1)"); return err }

func TestChangeWithoutTraceDoesNotCommit(t *testing.T) {
	k, d := keeper(t, &noted{})
	err := k.Do(context.Background(), work.Actor{}, "p", insert)
	if !errors.Is(err, work.ErrNoTrace) || rows(t, d) != 0 {
		t.Fatalf("err = %v with %d rows; a change nobody can account for was committed", err, rows(t, d))
	}
}

func TestChangeDoesNotCommitWhenTheLogFails(t *testing.T) {
	k, d := keeper(t, &noted{fail: errors.New("full")})
	err := k.Do(context.Background(), work.Actor{}, "p", func(u *work.Unit) error {
		u.Record(work.Entry{Act: "a"})
		return insert(u)
	})
	if fault.KindOf(err) != fault.Unavailable || rows(t, d) != 0 {
		t.Fatalf("err = %v with %d rows: want nothing changed, and an answer that says to come back", err, rows(t, d))
	}
}

// model-codebases.md 7: a refused act rolls back, and its refusal must survive.
func TestRefusalSurvivesTheRollback(t *testing.T) {
	n := &noted{}
	k, d := keeper(t, n)
	err := k.Do(context.Background(), work.Actor{Account: "a"}, "p", func(u *work.Unit) error {
		if err := insert(u); err != nil {
			return err
		}
		u.Record(work.Entry{Act: "x.do", Object: ref.Ref{Kind: "x", ID: "1"}, Result: work.Refused})
		return fault.New(fault.NotFound, "access.not-found")
	})
	if fault.KindOf(err) != fault.NotFound || rows(t, d) != 0 {
		t.Fatalf("err = %v, rows %d", err, rows(t, d))
	}
	if len(n.stored) != 1 || n.stored[0].Actor != "a" || n.stored[0].Result != work.Refused || len(n.appended) != 0 {
		t.Fatalf("stored %+v appended %+v; want the refusal alone", n.stored, n.appended)
	}
}

func TestUnitIsStampedOnce(t *testing.T) {
	n := &noted{}
	k, _ := keeper(t, n)
	committed := false
	err := k.Do(context.Background(), work.Actor{Account: "a", Origin: "o", Session: "s"}, "purpose", func(u *work.Unit) error {
		u.Record(work.Entry{Act: "one"})
		u.Record(work.Entry{Act: "two"})
		u.OnCommit(func() { committed = true })
		return nil
	})
	if err != nil || !committed {
		t.Fatal(err, committed)
	}
	a, b := n.appended[0], n.appended[1]
	if a.Operation != b.Operation || a.Operation == "" || !a.At.Equal(b.At) || a.Purpose != "purpose" || a.Session != "s" || a.Origin != "o" || a.Result != work.Done {
		t.Fatalf("stamps %+v and %+v", a, b)
	}
	if a.At.Location() != time.UTC || a.At.Nanosecond()%1000 != 0 {
		t.Fatalf("moment %v: must be UTC in whole microseconds, as the databases keep it", a.At)
	}
}

func TestOnCommitDoesNotRunAfterFailure(t *testing.T) {
	k, _ := keeper(t, &noted{})
	err := k.Do(context.Background(), work.Actor{}, "p", func(u *work.Unit) error {
		u.OnCommit(func() { t.Error("ran although nothing was committed") })
		return errors.New("no")
	})
	if err == nil {
		t.Fatal("no error")
	}
}
