package identity

import (
	"context"
	"sync"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// session is a sign-in; its secret is known to the browser only.
type session struct {
	token, ID, Account string
	stage              string
	Origin, Agent      string
	challenge          string
	CreatedAt, SeenAt  time.Time
	ProvenAt           time.Time
}

// Session is a sign-in as its owner sees it in the list of own sessions.
type Session struct {
	ID, Origin, Agent string
	CreatedAt, SeenAt time.Time
	Current           bool
}

func ended() error { return fault.New(fault.NotFound, "identity.session.ended") }

// freshFor is how long an answer of Authenticate is reused: rights that were taken
// end within a second on every node, and at once on this one (control 6).
const freshFor = time.Second

// Authenticate returns who holds a session's secret. A half session, an ended one
// and an account that was disabled are nobody: an error of kind not found.
func (d *Desk) Authenticate(ctx context.Context, token, origin string) (work.Actor, error) {
	key, now := hashToken(token), d.keep.Now()
	if who, ok := d.recent.find(key, now); ok {
		who.Origin = origin
		return who, nil
	}
	s, a, err := d.full(ctx, token)
	if err != nil {
		return work.Actor{}, err
	}
	who := work.Actor{Account: a.ID, Name: a.Name, Session: s.ID, Origin: origin, Lang: a.Lang, Proven: s.ProvenAt}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		grants, err := access.GrantsOf(tx, a.ID)
		for _, g := range grants {
			if g.Open(now) {
				who.Roles = append(who.Roles, g.Role)
			}
		}
		return err
	})
	if err != nil {
		return work.Actor{}, err
	}
	// Bookkeeping, not an act: at most once a minute, so that reading pages does not
	// become writing.
	if now.Sub(s.SeenAt) >= time.Minute {
		if err := d.db.Write(ctx, func(tx *db.Tx) error { return touchSession(tx, s.token, now) }); err != nil {
			return work.Actor{}, err
		}
	}
	d.recent.keep(key, who, now.Add(freshFor))
	return who, nil
}

// full loads a session with both factors that has not run out.
func (d *Desk) full(ctx context.Context, token string) (session, secretAccount, error) {
	return d.find(ctx, token, "full", d.limits.Idle, d.limits.Absolute)
}

// halfTime is how long the second factor may take.
const halfTime = 10 * time.Minute

func (d *Desk) half(ctx context.Context, token string) (session, secretAccount, error) {
	return d.find(ctx, token, "half", halfTime, halfTime)
}

func (d *Desk) find(ctx context.Context, token, stage string, idle, absolute time.Duration) (s session, a secretAccount, err error) {
	now := d.keep.Now()
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		if s, err = loadSession(tx, hashToken(token)); err != nil {
			return err
		}
		a, err = loadSecret(tx, s.Account)
		return err
	})
	if err != nil {
		return s, a, err
	}
	// A clock that was set back must not keep a session alive: an age below zero is
	// out of bounds like one that is too high.
	inBounds := func(age, most time.Duration) bool { return age > -time.Minute && age < most }
	if s.stage != stage || a.State == Disabled || !inBounds(now.Sub(s.SeenAt), idle) || !inBounds(now.Sub(s.CreatedAt), absolute) {
		return s, a, ended()
	}
	return s, a, nil
}

// SignOut ends the session on the server; a copied cookie is worth nothing after.
func (d *Desk) SignOut(ctx context.Context, token, origin string) error {
	s, _, err := d.full(ctx, token)
	if err != nil {
		return nil // it had ended already
	}
	return d.keep.Do(ctx, work.Actor{Account: s.Account, Session: s.ID, Origin: origin}, Purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "identity.sign-out", Object: Ref(s.Account)})
		u.OnCommit(func() { d.recent.drop(s.token) })
		return deleteSession(u.Tx(), s.Account, s.ID)
	})
}

// Sessions lists the actor's own sessions, newest first.
func (d *Desk) Sessions(u *work.Unit) ([]Session, error) {
	all, err := sessionsOf(u.Tx(), u.Actor().Account, u.Now().Add(-d.limits.Idle), u.Now().Add(-d.limits.Absolute))
	for i := range all {
		all[i].Current = all[i].ID == u.Actor().Session
	}
	return all, err
}

// EndSession ends one of the actor's own sessions.
func (d *Desk) EndSession(u *work.Unit, id string) error {
	u.Record(work.Entry{Act: "identity.end-session", Object: Ref(u.Actor().Account)})
	u.OnCommit(d.recent.clear)
	return deleteSession(u.Tx(), u.Actor().Account, id)
}

// Forget drops what is remembered of everybody's rights on this node, after
// grants changed.
func (d *Desk) Forget() { d.recent.clear() }

// SetLang stores the language that the actor reads.
func (d *Desk) SetLang(u *work.Unit, l text.Lang) error {
	u.Record(work.Entry{Act: "identity.language", Object: Ref(u.Actor().Account)})
	u.OnCommit(d.recent.clear)
	return setLang(u.Tx(), u.Actor().Account, l)
}

// cache remembers for a second who holds a session.
type cache struct {
	mu   *sync.RWMutex
	list map[string]remembered
}

type remembered struct {
	who   work.Actor
	until time.Time
}

func newCache() cache { return cache{mu: &sync.RWMutex{}, list: map[string]remembered{}} }

func (c *cache) find(key string, now time.Time) (work.Actor, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	r, ok := c.list[key]
	// A clock that was set back must not stretch the second.
	if !ok || now.After(r.until) || r.until.Sub(now) > freshFor {
		return work.Actor{}, false
	}
	return r.who, true
}

func (c *cache) keep(key string, who work.Actor, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.list) >= 10_000 {
		clear(c.list)
	}
	c.list[key] = remembered{who, until}
}

func (c *cache) drop(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.list, key)
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.list)
}
