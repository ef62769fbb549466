package audit

import (
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

const entryColumns = "seq, at, operation, actor, session, origin, purpose, act, kind, object, result, ground, facts"

func insertEntry(tx *db.Tx, seq int64, e work.Stamped) error {
	_, err := tx.Exec("INSERT INTO audit_entry ("+entryColumns+") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)",
		seq, db.Micros(e.At), e.Operation, e.Actor, e.Session, e.Origin, e.Purpose, e.Act, e.Object.Kind, e.Object.ID,
		string(e.Result), e.Ground, string(appendFacts(nil, e.Facts)))
	return err
}

// Line is one entry as the log shows it.
type Line struct {
	Seq int64
	work.Stamped
}

func scanLine(s db.Scanner) (Line, error) {
	var (
		l             Line
		at            int64
		result, facts string
	)
	err := s.Scan(&l.Seq, &at, &l.Operation, &l.Actor, &l.Session, &l.Origin, &l.Purpose, &l.Act,
		&l.Object.Kind, &l.Object.ID, &result, &l.Ground, &facts)
	if err != nil {
		return l, err
	}
	l.At, l.Result = db.Moment(at), work.Result(result)
	if facts == "{}" {
		return l, nil
	}
	if err := json.Unmarshal([]byte(facts), &l.Facts); err != nil {
		return l, fmt.Errorf("entry %d: facts: %w", l.Seq, err)
	}
	// A changed text that reads as the same facts would escape the hash.
	if string(appendFacts(nil, l.Facts)) != facts {
		return l, fmt.Errorf("entry %d: facts are not in their stored form", l.Seq)
	}
	return l, nil
}

func readHash(tx *db.Tx, position int64) (h tlog.Hash, err error) {
	raw, ok, err := db.One(tx, db.Column[[]byte], "SELECT hash FROM audit_hash WHERE position = $1", position)
	if err != nil {
		return h, err
	}
	if !ok || len(raw) != len(h) {
		return h, fmt.Errorf("audit: the inner hash at %d is missing or damaged", position)
	}
	copy(h[:], raw)
	return h, nil
}

func insertHash(tx *db.Tx, position int64, hash []byte) error {
	_, err := tx.Exec("INSERT INTO audit_hash (position, hash) VALUES ($1, $2)", position, hash)
	return err
}

func readSize(tx *db.Tx) (int64, error) {
	size, ok, err := db.One(tx, db.Column[int64], "SELECT size FROM audit_head WHERE id = 1")
	if err == nil && !ok {
		err = fmt.Errorf("audit: the head of the log is missing")
	}
	return size, err
}

// Query narrows a list of entries; zero fields do not narrow.
type Query struct {
	Object ref.Ref // one record, or a kind when the id is empty
	Actor  string
	Result work.Result
	Before int64 // entries with a lower place in the log, for paging back
	Since  time.Time
	Limit  int
}

// List returns entries, newest first. The caller has asked access whether the
// actor may read the log, and reading it leaves an entry like any other act.
func List(u *work.Unit, q Query) ([]Line, error) {
	sql := "SELECT " + entryColumns + " FROM audit_entry WHERE seq < $1"
	if q.Before <= 0 {
		q.Before = 1 << 62
	}
	args := []any{q.Before}
	narrow := func(column string, value any) {
		args = append(args, value)
		sql += fmt.Sprintf(" AND %s $%d", column, len(args))
	}
	if q.Object.Kind != "" {
		narrow("kind =", q.Object.Kind)
	}
	if q.Object.ID != "" {
		narrow("object =", q.Object.ID)
	}
	if q.Actor != "" {
		narrow("actor =", q.Actor)
	}
	if q.Result != "" {
		narrow("result =", string(q.Result))
	}
	if !q.Since.IsZero() {
		narrow("at >=", db.Micros(q.Since))
	}
	if q.Limit <= 0 || q.Limit > 500 {
		q.Limit = 50
	}
	args = append(args, q.Limit)
	sql += fmt.Sprintf(" ORDER BY seq DESC LIMIT $%d", len(args))
	return db.All(u.Tx(), scanLine, sql, args...)
}

func insertCheckpoint(tx *db.Tx, size int64, at time.Time, note string) error {
	_, err := tx.Exec("INSERT INTO audit_checkpoint (size, at, note) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING", size, db.Micros(at), note)
	return err
}

func checkpointNotes(tx *db.Tx) ([]string, error) {
	return db.All(tx, db.Column[string], "SELECT note FROM audit_checkpoint ORDER BY size")
}

func hasCheckpoint(tx *db.Tx, size int64) (bool, error) {
	_, ok, err := db.One(tx, db.Column[int64], "SELECT size FROM audit_checkpoint WHERE size = $1", size)
	return ok, err
}

// grow adds n to the size of the log and returns the new size. The row stays
// locked until the commit.
func grow(tx *db.Tx, n int64) (size int64, err error) {
	ok, err := tx.Returning([]any{&size}, "UPDATE audit_head SET size = size + $1 WHERE id = 1 RETURNING size", n)
	if err == nil && !ok {
		err = fmt.Errorf("audit: the head of the log is missing")
	}
	return size, err
}

// eachLine reads up to limit entries from a place on, in order. A line that
// cannot be read comes with its error.
func eachLine(tx *db.Tx, from, limit int64, fn func(Line, error) error) error {
	return tx.Each(func(s db.Scanner) error { return fn(scanLine(s)) },
		"SELECT "+entryColumns+" FROM audit_entry WHERE seq >= $1 ORDER BY seq LIMIT $2", from, limit)
}

// eachHash reads up to limit inner hashes from a position on, in order.
func eachHash(tx *db.Tx, from, limit int64, fn func(position int64, hash []byte)) error {
	return tx.Each(func(s db.Scanner) error {
		var position int64
		var raw []byte
		err := s.Scan(&position, &raw)
		fn(position, raw)
		return err
	}, "SELECT position, hash FROM audit_hash WHERE position >= $1 ORDER BY position LIMIT $2", from, limit)
}

func countHashes(tx *db.Tx) (int64, error) {
	n, _, err := db.One(tx, db.Column[int64], "SELECT count(*) FROM audit_hash")
	return n, err
}
