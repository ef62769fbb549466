package identity

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Visitor is what is known of a browser before it signs in.
type Visitor struct {
	Origin string // network address
	Agent  string // User-Agent, shortened
}

// wrong is the one answer to every sign-in that failed, whatever the reason.
func wrong() error { return fault.New(fault.Invalid, "identity.sign-in.wrong") }

// SignIn takes the first factor and returns the secret of a session that can do
// nothing but show the second one. It fails with one and the same answer for an
// unknown account, a wrong password and a disabled account.
func (d *Desk) SignIn(ctx context.Context, login, password string, v Visitor) (token string, err error) {
	compared, shape := CompareLogin(login)
	if shape != nil {
		compared = strings.ToLower(login) // slowed like any other guess
	}
	if len(password) > 4*maxPassword {
		password = "" // not worth hashing
	}
	if err := d.slow(ctx, compared, v.Origin); err != nil {
		return "", err
	}
	var a secretAccount
	if err := d.db.Read(ctx, func(tx *db.Tx) (err error) { a, err = findByLogin(tx, compared); return err }); err != nil {
		return "", err
	}
	stored := a.password
	if stored == "" {
		stored = d.decoy
	}
	good := d.matches(password, stored)
	if !good || a.State != Active || a.password == "" {
		return "", d.failed(ctx, compared, a.ID, v.Origin)
	}
	return d.open(ctx, a.Account, "half", "identity.password", v)
}

// Second takes the code of the authenticator app and returns the secret of a full
// session; the half one ends. A code counts once.
func (d *Desk) Second(ctx context.Context, token, code string, v Visitor) (string, error) {
	return d.takeCode(ctx, token, code, v, false)
}

// Prove takes a code again from somebody who is signed in, for acts that ask it
// (control 24), and returns the session's new secret.
func (d *Desk) Prove(ctx context.Context, token, code string, v Visitor) (string, error) {
	return d.takeCode(ctx, token, code, v, true)
}

func (d *Desk) takeCode(ctx context.Context, token, code string, v Visitor, again bool) (string, error) {
	s, a, err := d.at(ctx, token, again)
	if err != nil {
		return "", err
	}
	if err := d.slow(ctx, a.Login, v.Origin); err != nil {
		return "", err
	}
	if err := d.spend(ctx, a, code); err != nil {
		return "", d.secondFailed(ctx, a, v, err)
	}
	return d.complete(ctx, s, a.Account, actOf(again), v)
}

// actOf names the act of showing a second factor, the first time and again.
func actOf(again bool) string {
	if again {
		return "identity.prove"
	}
	return "identity.sign-in"
}

// spend uses up a code: it must match, and its step must be later than the last
// one used, decided by the database so that two at once cannot both pass.
func (d *Desk) spend(ctx context.Context, a secretAccount, code string) error {
	if len(a.totp) == 0 {
		return wrong()
	}
	secret, err := d.vault.Open(a.totp, totpPlace(a.ID))
	if err != nil {
		return err
	}
	step, ok := matchStep(string(secret), strings.ReplaceAll(code, " ", ""), d.keep.Now())
	if !ok {
		return wrong()
	}
	return d.db.Write(ctx, func(tx *db.Tx) error {
		n, err := spendStep(tx, a.ID, step)
		if err == nil && n == 0 {
			return wrong()
		}
		return err
	})
}

func totpPlace(account string) string { return "account/" + account + "/totp" }

// secondFailed counts a wrong second factor like a wrong password, so that a stolen
// password gives five guesses of a million in a quarter of an hour and not more.
func (d *Desk) secondFailed(ctx context.Context, a secretAccount, v Visitor, err error) error {
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	return d.failed(ctx, a.Login, a.ID, v.Origin)
}

// complete gives a session both factors under a new secret: the old one may have
// been planted or seen (control 23).
func (d *Desk) complete(ctx context.Context, s session, a Account, act string, v Visitor) (string, error) {
	token := newToken()
	err := d.keep.Do(ctx, work.Actor{Account: a.ID, Session: s.ID, Origin: v.Origin}, Purpose, func(u *work.Unit) error {
		n, err := completeSession(u.Tx(), s.token, hashToken(token), u.Now())
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "identity.session.ended")
		}
		if err != nil {
			return err
		}
		u.Record(work.Entry{Act: act, Object: Ref(a.ID)})
		u.OnCommit(func() { d.recent.drop(s.token) })
		return rememberSource(u.Tx(), a.ID, hashToken(network(v.Origin)), u.Now())
	})
	return token, err
}

// open starts a session at a stage.
func (d *Desk) open(ctx context.Context, a Account, stage, act string, v Visitor) (string, error) {
	token := newToken()
	s := session{ID: ref.NewID(), Account: a.ID, stage: stage, Origin: v.Origin, Agent: clip(v.Agent, 120), token: hashToken(token)}
	err := d.keep.Do(ctx, work.Actor{Account: a.ID, Session: s.ID, Origin: v.Origin}, Purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: act, Object: Ref(a.ID)})
		s.CreatedAt, s.SeenAt = u.Now(), u.Now()
		return insertSession(u.Tx(), s)
	})
	return token, err
}

// How many wrong answers in a quarter of an hour make the next wait. The pair of
// account and network is slowed first, so that a guesser elsewhere does not lock
// out the owner; a network that tries many accounts is slowed as a whole; and an
// account that is tried from many networks answers only to those it knows.
const (
	window      = 15 * time.Minute
	perPair     = 5
	perNetwork  = 20
	perAccount  = 30
	waitMinutes = 15
)

func names(login, origin string) (pair, net, account string) {
	n := network(origin)
	return hashToken("pair " + login + " " + n), hashToken("net " + n), hashToken("account " + login)
}

// slow refuses when too many went wrong, for known and unknown accounts alike.
func (d *Desk) slow(ctx context.Context, login, origin string) error {
	pair, net, account := names(login, origin)
	since := d.keep.Now().Add(-window)
	return d.db.Read(ctx, func(tx *db.Tx) error {
		counts := [3]int64{}
		for i, name := range []string{pair, net, account} {
			n, err := countFailures(tx, name, since)
			if err != nil {
				return err
			}
			counts[i] = n
		}
		blocked := counts[0] >= perPair || counts[1] >= perNetwork
		if !blocked && counts[2] >= perAccount {
			known, err := knownSource(tx, login, hashToken(network(origin)))
			if err != nil {
				return err
			}
			blocked = !known
		}
		if blocked {
			return fault.New(fault.Unavailable, "identity.sign-in.wait", "minutes", waitMinutes)
		}
		return nil
	})
}

// failed counts a wrong answer and records it, then gives the one answer.
func (d *Desk) failed(ctx context.Context, login, account, origin string) error {
	pair, net, acc := names(login, origin)
	err := d.keep.Do(ctx, work.Actor{Origin: origin}, Purpose, func(u *work.Unit) error {
		// An unknown login is not written down: people type their password there.
		u.Record(work.Entry{Act: "identity.sign-in", Object: Ref(account), Result: work.Failed})
		for _, name := range []string{pair, net, acc} {
			if err := insertFailure(u.Tx(), ref.NewID(), name, u.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return wrong()
}

// network groups addresses as providers hand them out: an IPv6 customer has a
// whole /64 to guess from.
func network(origin string) string {
	a, err := netip.ParseAddr(origin)
	if err != nil {
		return origin
	}
	a = a.Unmap()
	if a.Is4() {
		return a.String()
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return origin
	}
	return p.String()
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		r = r[:n]
	}
	return string(r)
}
