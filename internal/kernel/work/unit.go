// Package work is the unit of work: actor, purpose, clock and transaction travel
// together, and the change, its list row, its deadlines, its jobs and its audit
// entry are committed together or not at all. It is also the only place below
// cmd that reads the clock.
package work

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
)

// Result says how an act ended, as the audit log has it.
type Result string

const (
	Done    Result = "done"
	Refused Result = "refused"
	Failed  Result = "failed"
)

// Entry is what a unit tells the audit log. It never holds content or a name:
// ids, codes and counts only.
type Entry struct {
	Act    string            // act name as its capability declared it
	Object ref.Ref           // what it was about; a kind alone for a list
	Result Result            // empty means Done
	Ground string            // the reason given, where the act asks for one
	Facts  map[string]string // counts, codes and hashes
}

// Stamped is an Entry with who, when, from where and under which purpose.
type Stamped struct {
	Entry
	At        time.Time // UTC, whole microseconds
	Operation string    // 16 hexadecimal characters, shared with the processing log
	Actor     string
	Session   string
	Origin    string
	Purpose   string
}

// Auditor keeps entries. The audit kernel is one; work asks only for what it uses.
type Auditor interface {
	// Append stores entries in the running transaction.
	Append(tx *db.Tx, entries []Stamped) error
	// Store stores entries in a transaction that it may share with other callers,
	// and returns when they are on stable storage. It fails within two seconds when
	// they cannot be stored (security.md control 10).
	Store(ctx context.Context, entries []Stamped) error
}

// Keeper starts units of work on one municipality's database.
type Keeper struct {
	db    *db.DB
	audit Auditor
	clock func() time.Time
}

// NewKeeper binds the database, the log and the clock. A nil clock is the clock
// of the machine.
func NewKeeper(d *db.DB, a Auditor, clock func() time.Time) *Keeper {
	if clock == nil {
		clock = time.Now
	}
	return &Keeper{db: d, audit: a, clock: clock}
}

// Now is the moment by the keeper's clock, in UTC and whole microseconds, which
// is what both databases keep.
func (k *Keeper) Now() time.Time { return k.clock().UTC().Truncate(time.Microsecond) }

// Unit is one unit of work. It lives as long as the function it is given to and
// is used by one goroutine.
type Unit struct {
	ctx       context.Context
	tx        *db.Tx
	now       time.Time
	actor     Actor
	purpose   string
	operation string
	entries   []Entry
	refusals  []Entry
	after     []func()
}

// Context carries cancellation to what the unit calls.
func (u *Unit) Context() context.Context { return u.ctx }

// Tx is the running transaction.
func (u *Unit) Tx() *db.Tx { return u.tx }

// Now is the moment of the unit: fixed at its start, so that all its rows agree.
func (u *Unit) Now() time.Time { return u.now }

// Actor is who acts.
func (u *Unit) Actor() Actor { return u.actor }

// Purpose is the purpose the actor works under in this unit.
func (u *Unit) Purpose() string { return u.purpose }

// Record adds an entry to the audit log, stored with the unit's commit. A refused
// entry is kept apart: it is stored even though the unit is rolled back.
func (u *Unit) Record(e Entry) {
	if e.Result == Refused {
		u.refusals = append(u.refusals, e)
		return
	}
	if e.Result == "" {
		e.Result = Done
	}
	u.entries = append(u.entries, e)
}

// OnCommit runs fn after the commit, for what must not happen when it fails: to
// wake a waiting worker, to drop a cached value.
func (u *Unit) OnCommit(fn func()) { u.after = append(u.after, fn) }

// ErrNoTrace is the refusal to commit a change that left no audit entry. It is a
// mistake in the program and never shown as such.
var ErrNoTrace = errors.New("work: the unit changed something and recorded nothing; call Record or access.Require")

// Do runs fn as one unit that may change things. When Do returns nil, the change
// and its audit entry are on stable storage. When fn fails nothing of it remains,
// but a refusal that access recorded is stored by itself.
func (k *Keeper) Do(ctx context.Context, who Actor, purpose string, fn func(*Unit) error) error {
	u := k.unit(ctx, who, purpose)
	err := k.db.Write(ctx, func(tx *db.Tx) error {
		u.tx = tx
		if err := fn(u); err != nil {
			return err
		}
		if len(u.entries) == 0 {
			if tx.Wrote() {
				return ErrNoTrace
			}
			return nil
		}
		// Last, because the log's lock is held from here to the commit.
		if err := k.audit.Append(tx, u.stamp(u.entries)); err != nil {
			return fault.Because(err, fault.Unavailable, "audit.unavailable")
		}
		return nil
	})
	return k.finish(ctx, u, err)
}

// See runs fn as one unit that only reads. What it recorded is on stable storage
// before See returns; when that fails See fails, and the caller has nothing to
// show (security.md control 10).
func (k *Keeper) See(ctx context.Context, who Actor, purpose string, fn func(*Unit) error) error {
	u := k.unit(ctx, who, purpose)
	err := k.db.Read(ctx, func(tx *db.Tx) error {
		u.tx = tx
		return fn(u)
	})
	if err == nil && len(u.entries) > 0 {
		err = k.audit.Store(ctx, u.stamp(u.entries))
	}
	return k.finish(ctx, u, err)
}

func (k *Keeper) unit(ctx context.Context, who Actor, purpose string) *Unit {
	return &Unit{ctx: ctx, now: k.Now(), actor: who, purpose: purpose, operation: newOperation()}
}

func (k *Keeper) finish(ctx context.Context, u *Unit, err error) error {
	if len(u.refusals) > 0 {
		// The refusal is stored also when the reader has gone away.
		if e := k.audit.Store(context.WithoutCancel(ctx), u.stamp(u.refusals)); e != nil {
			return fault.Because(errors.Join(e, err), fault.Unavailable, "audit.unavailable")
		}
	}
	if err != nil {
		if fault.Of(err) == nil {
			return fmt.Errorf("operation %s: %w", u.operation, err)
		}
		return err
	}
	for _, fn := range u.after {
		fn()
	}
	return nil
}

func (u *Unit) stamp(entries []Entry) []Stamped {
	out := make([]Stamped, len(entries))
	for i, e := range entries {
		out[i] = Stamped{Entry: e, At: u.now, Operation: u.operation, Actor: u.actor.Account,
			Session: u.actor.Session, Origin: u.actor.Origin, Purpose: u.purpose}
	}
	return out
}

// newOperation is 8 random bytes: the operation id of the standard for logging
// processing (data-sources.md 7), so that both logs can carry the same one.
func newOperation() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
