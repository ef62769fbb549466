package db

import (
	"context"
	"database/sql"
	"regexp"
	"sync"
	"time"
)

// Tx is a running transaction. It is used by one goroutine.
type Tx struct {
	ctx    context.Context
	tx     *sql.Tx
	engine Engine
	writes int
}

// Engine says which database program runs the transaction, for the few queries
// that differ.
func (t *Tx) Engine() Engine { return t.engine }

// Wrote reports whether a statement of this transaction changed rows.
func (t *Tx) Wrote() bool { return t.writes > 0 }

// Exec runs a statement and returns the number of rows it changed. A breach of a
// unique key comes back as an error for which IsUnique holds.
func (t *Tx) Exec(query string, args ...any) (int64, error) {
	res, err := t.tx.ExecContext(t.ctx, t.dialect(query), args...)
	if err != nil {
		return 0, classify(err)
	}
	n, err := res.RowsAffected()
	if n > 0 {
		t.writes++
	}
	return n, err
}

// Scanner reads the columns of the current row.
type Scanner interface{ Scan(dest ...any) error }

// Each calls fn for every row. It is the one place that asks for the iteration
// error, which is easily forgotten and then hides half a result.
func (t *Tx) Each(fn func(Scanner) error, query string, args ...any) error {
	rows, err := t.tx.QueryContext(t.ctx, t.dialect(query), args...)
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return classify(rows.Err())
}

// Returning runs a statement that changes rows and gives back columns of one of
// them (INSERT ... RETURNING). found is false when it changed none.
func (t *Tx) Returning(dest []any, query string, args ...any) (found bool, err error) {
	err = t.Each(func(s Scanner) error { found = true; return s.Scan(dest...) }, query, args...)
	if found {
		t.writes++
	}
	return found, err
}

// All reads every row with scan.
func All[T any](t *Tx, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	var out []T
	err := t.Each(func(s Scanner) error {
		v, err := scan(s)
		if err == nil {
			out = append(out, v)
		}
		return err
	}, query, args...)
	return out, err
}

// One reads the first row with scan; ok is false when there is none. That a row
// is missing is an answer and not an error, so that a failing database can never
// read as "no such record".
func One[T any](t *Tx, scan func(Scanner) (T, error), query string, args ...any) (v T, ok bool, err error) {
	all, err := All(t, scan, query, args...)
	if err != nil || len(all) == 0 {
		return v, false, err
	}
	return all[0], true, nil
}

// Column scans a single column, for use with All and One.
func Column[T any](s Scanner) (T, error) {
	var v T
	err := s.Scan(&v)
	return v, err
}

var (
	placeholder = regexp.MustCompile(`\$(\d+)`)
	rewritten   sync.Map // query text -> text for SQLite
)

// dialect rewrites $1 to ?1 for SQLite. There $1 is a *named* parameter that is
// numbered by first appearance, so that arguments out of order would be bound
// wrongly without an error (dependencies.md 2.1).
func (t *Tx) dialect(query string) string {
	if t.engine == Postgres {
		return query
	}
	if s, ok := rewritten.Load(query); ok {
		return s.(string)
	}
	s := placeholder.ReplaceAllString(query, "?$1")
	rewritten.Store(query, s)
	return s
}

// Micros is how a moment is stored: microseconds since 1970 in UTC, the finest
// that both engines keep, and a number that sorts. The zero time is 0.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Moment reads what Micros stored; 0 is the zero time.
func Moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
