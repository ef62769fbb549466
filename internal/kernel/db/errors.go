package db

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"

	"baken/internal/fault"
)

// errUnique marks a breach of a unique or primary key.
type errUnique struct{ error }

func (e errUnique) Unwrap() error { return e.error }

// IsUnique reports whether err says that the row exists already.
func IsUnique(err error) bool {
	_, ok := errors.AsType[errUnique](err)
	return ok
}

// classify gives the errors that callers decide on one shape for both engines.
// Whatever passes by itself (a lock, a full disk, a lost connection) becomes
// Unavailable: the reader is told that nothing was saved and may try again.
func classify(err error) error {
	if err == nil {
		return nil
	}
	if s, ok := errors.AsType[*sqlite3.Error](err); ok {
		switch {
		case s.ExtendedCode() == sqlite3.CONSTRAINT_UNIQUE, s.ExtendedCode() == sqlite3.CONSTRAINT_PRIMARYKEY:
			return errUnique{err}
		case s.Code() == sqlite3.BUSY, s.Code() == sqlite3.FULL, s.Code() == sqlite3.IOERR, s.Code() == sqlite3.LOCKED:
			return fault.Because(err, fault.Unavailable, "db.unavailable")
		}
	}
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case p.Code == "23505":
			return errUnique{err}
		// 40: serialization and deadlock; 53: no resources; 57: shutting down; 55P03: lock.
		case p.Code[:2] == "40", p.Code[:2] == "53", p.Code[:2] == "57", p.Code == "55P03":
			return fault.Because(err, fault.Unavailable, "db.unavailable")
		}
	}
	if c, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fault.Because(c, fault.Unavailable, "db.unavailable")
	}
	return err
}
