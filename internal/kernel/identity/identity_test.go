package identity_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

const (
	password = "drie blauwe fietsen 7"
	secret   = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
)

var home = identity.Visitor{Origin: "10.0.0.1", Agent: "test"}

type silent struct{ acts []string }

func (s *silent) Append(_ *db.Tx, e []work.Stamped) error {
	for _, x := range e {
		s.acts = append(s.acts, x.Act+" "+string(x.Result))
	}
	return nil
}
func (s *silent) Store(context.Context, []work.Stamped) error { return nil }

type bundle struct {
	t    *testing.T
	now  time.Time
	keep *work.Keeper
	desk *identity.Desk
	log  *silent
}

func setup(t *testing.T, d *db.DB) *bundle {
	t.Helper()
	b := &bundle{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), log: &silent{}}
	b.keep = work.NewKeeper(d, b.log, func() time.Time { return b.now })
	v, err := vault.Open(t.TempDir() + "/vault")
	if err != nil {
		t.Fatal(err)
	}
	b.desk, err = identity.NewDesk(b.keep, d, v, identity.Limits{Idle: 15 * time.Minute, Absolute: 10 * time.Hour}, "localhost", "http://localhost:8080", "Test")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// as runs a unit as an account.
func (b *bundle) as(who work.Actor, fn func(u *work.Unit) error) error {
	return b.keep.Do(context.Background(), who, identity.Purpose, fn)
}

func (b *bundle) person(login string) identity.Account {
	b.t.Helper()
	var a identity.Account
	err := b.as(work.System("test"), func(u *work.Unit) (err error) {
		if a, _, err = b.desk.Invite(u, login, "Iemand", text.NL); err != nil {
			return err
		}
		return b.desk.Furnish(u, a.ID, password, secret)
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

func (b *bundle) code() string {
	b.t.Helper()
	c, err := identity.Code(secret, b.now)
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

// signIn goes through both factors.
func (b *bundle) signIn(login string) string {
	b.t.Helper()
	half, err := b.desk.SignIn(context.Background(), login, password, home)
	if err != nil {
		b.t.Fatal(err)
	}
	full, err := b.desk.Second(context.Background(), half, b.code(), home)
	if err != nil {
		b.t.Fatal(err)
	}
	return full
}

func (b *bundle) who(token string) (work.Actor, error) {
	return b.desk.Authenticate(context.Background(), token, home.Origin)
}

func TestTwoFactorsAndNoLess(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		a := b.person("ans@maassluis.example")
		half, err := b.desk.SignIn(context.Background(), "ANS@Maassluis.example ", password, home)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.who(half); err == nil {
			t.Fatal("one factor opens the door (control 21)")
		}
		full, err := b.desk.Second(context.Background(), half, b.code(), home)
		if err != nil {
			t.Fatal(err)
		}
		who, err := b.who(full)
		if err != nil || who.Account != a.ID || who.Proven.IsZero() {
			t.Fatalf("%+v, %v", who, err)
		}
		if full == half {
			t.Fatal("the session kept its secret through the sign-in: it may have been planted (control 23)")
		}
		if _, err := b.who(half); err == nil {
			t.Fatal("the old secret still opens")
		}
	})
}

func TestOneAnswerForEveryWrongSignIn(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Open(t, db.SQLite))
	a := b.person("ans@maassluis.example")
	gone := b.person("weg@maassluis.example")
	if err := b.as(work.Actor{Account: a.ID}, func(u *work.Unit) error { return b.desk.Disable(u, gone.ID) }); err != nil {
		t.Fatal(err)
	}
	for i, row := range [][2]string{{"ans@maassluis.example", "fout wachtwoord hier"}, {"niemand@maassluis.example", password}, {"weg@maassluis.example", password}, {"geen adres", password}, {"ans@maassluis.example", strings.Repeat("x", 100_000)}} {
		_, err := b.desk.SignIn(context.Background(), row[0], row[1], identity.Visitor{Origin: fmt.Sprintf("10.1.0.%d", i)})
		if f := fault.Of(err); f == nil || f.Code != "identity.sign-in.wrong" || len(f.Args)+len(f.Fields) != 0 {
			t.Errorf("%q: %v differs from the one answer", row[0], err)
		}
	}
}

func TestCodeCountsOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.person("ans@maassluis.example")
		b.signIn("ans@maassluis.example")
		half, err := b.desk.SignIn(context.Background(), "ans@maassluis.example", password, home)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.desk.Second(context.Background(), half, b.code(), home); err == nil {
			t.Fatal("a code that was used was taken again (control 22)")
		}
		b.now = b.now.Add(30 * time.Second)
		if _, err := b.desk.Second(context.Background(), half, b.code(), home); err != nil {
			t.Fatalf("the next code is refused: %v", err)
		}
	})
}

func TestGuessingIsSlowedWithoutLockingOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.person("ans@maassluis.example")
		b.signIn("ans@maassluis.example")
		b.now = b.now.Add(time.Minute)
		guess := func(login, origin string) string {
			_, err := b.desk.SignIn(context.Background(), login, "verkeerd geraden 1", identity.Visitor{Origin: origin})
			return fault.Of(err).Code
		}
		var got []string
		for range 12 {
			got = append(got, guess("ans@maassluis.example", "10.9.9.9"))
		}
		if got[4] != "identity.sign-in.wrong" || got[5] != "identity.sign-in.wait" || got[11] != "identity.sign-in.wait" {
			t.Fatalf("12 guesses were answered %v", got)
		}
		b.signIn("ans@maassluis.example") // the owner, from elsewhere
		for i := range 25 {
			got = append(got, guess(fmt.Sprintf("naam%d@maassluis.example", i), "10.8.8.8"))
		}
		if got[len(got)-1] != "identity.sign-in.wait" {
			t.Fatal("25 names were tried from one network without being slowed")
		}
		for i := range 60 {
			guess("ans@maassluis.example", fmt.Sprintf("10.7.%d.1", i))
		}
		if guess("ans@maassluis.example", "10.6.6.6") != "identity.sign-in.wait" {
			t.Fatal("an account that is tried from many networks answers a new one")
		}
		b.now = b.now.Add(time.Minute)
		b.signIn("ans@maassluis.example") // known network
		b.now = b.now.Add(16 * time.Minute)
		if guess("ans@maassluis.example", "10.9.9.9") != "identity.sign-in.wrong" {
			t.Fatal("the wait does not end")
		}
	})
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		a := b.person("ans@maassluis.example")
		other := b.person("piet@maassluis.example")
		start := b.now
		for name, row := range map[string]func(token string){
			"idle": func(string) { b.now = b.now.Add(15 * time.Minute) },
			"absolute": func(token string) {
				for range 60 {
					b.now = b.now.Add(10 * time.Minute)
					b.who(token)
				}
			},
			"sign-out": func(token string) { b.desk.SignOut(context.Background(), token, "") },
			"disabled": func(string) {
				b.as(work.Actor{Account: other.ID}, func(u *work.Unit) error { return b.desk.Disable(u, a.ID) })
			},
			"clock set back a day": func(string) { b.now = b.now.AddDate(0, 0, -1) },
		} {
			b.now = start.Add(time.Duration(len(name)) * time.Minute)
			b.as(work.System("test"), func(u *work.Unit) error { return b.desk.Furnish(u, a.ID, password, secret) })
			token := b.signIn("ans@maassluis.example")
			if _, err := b.who(token); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			row(token)
			if _, err := b.who(token); err == nil {
				t.Errorf("%s: a copied cookie still opens", name)
			}
		}
	})
}

func TestRightsAreReadAgainWithinASecond(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Open(t, db.SQLite))
	a := b.person("ans@maassluis.example")
	book, err := access.NewBook([]access.Purpose{{Code: "p", Basis: "b"}}, []access.Act{{Name: "x", Kind: "x", Purpose: "p", Level: access.Read, Roles: []string{access.Analyst}}})
	if err != nil {
		t.Fatal(err)
	}
	token := b.signIn("ans@maassluis.example")
	if who, _ := b.who(token); who.Holds(access.Analyst) {
		t.Fatal("role out of nothing")
	}
	if err := b.as(work.Actor{Account: "admin"}, func(u *work.Unit) error {
		_, err := book.Propose(u, a.ID, access.Analyst, b.now.Add(time.Hour))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	b.now = b.now.Add(1001 * time.Millisecond)
	if who, _ := b.who(token); !who.Holds(access.Analyst) {
		t.Fatal("a granted role is not seen after a second")
	}
}

func TestInvitationIsUsedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		var invite string
		if err := b.as(work.System("test"), func(u *work.Unit) (err error) {
			_, invite, err = b.desk.Invite(u, "nieuw@maassluis.example", "Noor Nieuw", text.EN)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		for _, weak := range []string{"kort", "welkom maassluis", "aaaaaaaaaaaaaaaa", "nieuw12345678", strings.Repeat("ab cd ef", 40)} {
			if _, err := b.desk.Welcome(ctx, invite, weak, home, "Baken"); fault.KindOf(err) != fault.Invalid {
				t.Errorf("password %q: %v", weak, err)
			}
		}
		if _, err := b.desk.Welcome(ctx, "0000000000000000000000000", password, home, "Baken"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("invented code: %v", err)
		}
		e, err := b.desk.Welcome(ctx, invite, password, home, "Baken")
		if err != nil || len(e.QR) == 0 || e.Login != "nieuw@maassluis.example" {
			t.Fatal(e.Login, err)
		}
		if _, err := b.desk.SignIn(ctx, "nieuw@maassluis.example", password, home); err == nil {
			t.Fatal("signed in before the second factor was confirmed")
		}
		code, err := identity.Code(e.Secret, b.now)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.desk.Enrol(ctx, invite, code, home); err != nil {
			t.Fatal(err)
		}
		if err := b.desk.Enrol(ctx, invite, code, home); err == nil {
			t.Fatal("the one-time code was used twice")
		}
		if _, err := b.desk.SignIn(ctx, "nieuw@maassluis.example", password, home); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTwinsAreOneLogin(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Open(t, db.SQLite))
	b.person("josé@maassluis.example")
	for _, twin := range []string{"JOSÉ@MAASSLUIS.EXAMPLE", "jose\u0301@maassluis.example", "ｊｏｓé@maassluis.example"} {
		err := b.as(work.System("test"), func(u *work.Unit) error { _, _, err := b.desk.Invite(u, twin, "X", text.NL); return err })
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("%q: %v; a twin must not become a second account (control 31)", twin, err)
		}
	}
	for _, bad := range []string{"jo\u200bse@maassluis.example", "jose\u202e@maassluis.example", "jose", "@x", "a@", "a@b@c"} {
		if _, err := identity.CompareLogin(bad); err == nil {
			t.Errorf("%q passes as a login", bad)
		}
	}
}

// A real ceremony with a virtual authenticator, and its replay.
func TestPasskeyAsSecondFactor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		a := b.person("ans@maassluis.example")
		token := b.signIn("ans@maassluis.example")
		who, err := b.who(token)
		if err != nil {
			t.Fatal(err)
		}
		rp := virtualwebauthn.RelyingParty{ID: "localhost", Name: "Baken Test", Origin: "http://localhost:8080"}
		key, cred := virtualwebauthn.NewAuthenticator(), virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
		var offer []byte
		if err := b.as(who, func(u *work.Unit) (err error) { offer, err = b.desk.OfferPasskey(u); return err }); err != nil {
			t.Fatal(err)
		}
		options, err := virtualwebauthn.ParseAttestationOptions(string(offer))
		if err != nil {
			t.Fatal(err)
		}
		answer := virtualwebauthn.CreateAttestationResponse(rp, key, cred, *options)
		add := func() error {
			return b.as(who, func(u *work.Unit) error { return b.desk.AddPasskey(u, "sleutel", []byte(answer)) })
		}
		if err := add(); err != nil {
			t.Fatal(err)
		}
		if err := add(); err == nil {
			t.Fatal("the answer to one offer was taken twice")
		}
		key.AddCredential(cred)
		ctx := context.Background()
		half, err := b.desk.SignIn(ctx, "ans@maassluis.example", password, home)
		if err != nil {
			t.Fatal(err)
		}
		ask, err := b.desk.AskPasskey(ctx, half, false)
		if err != nil || ask == nil {
			t.Fatal(string(ask), err)
		}
		login, err := virtualwebauthn.ParseAssertionOptions(string(ask))
		if err != nil {
			t.Fatal(err)
		}
		shown := []byte(virtualwebauthn.CreateAssertionResponse(rp, key, cred, *login))
		full, err := b.desk.ShowPasskey(ctx, half, shown, false, home)
		if err != nil {
			t.Fatal(err)
		}
		if who, err := b.who(full); err != nil || who.Account != a.ID {
			t.Fatal(who, err)
		}
		half, err = b.desk.SignIn(ctx, "ans@maassluis.example", password, home)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.desk.AskPasskey(ctx, half, false); err != nil {
			t.Fatal(err)
		}
		if _, err := b.desk.ShowPasskey(ctx, half, shown, false, home); err == nil {
			t.Fatal("the answer to an earlier challenge was taken again")
		}
	})
}

func TestOwnSessionsAndOtherPeoples(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.person("ans@maassluis.example")
		b.person("piet@maassluis.example")
		ans, err := b.who(b.signIn("ans@maassluis.example"))
		if err != nil {
			t.Fatal(err)
		}
		pietToken := b.signIn("piet@maassluis.example")
		piet, err := b.who(pietToken)
		if err != nil {
			t.Fatal(err)
		}
		err = b.as(ans, func(u *work.Unit) error {
			own, err := b.desk.Sessions(u)
			if len(own) != 1 || !own[0].Current {
				t.Errorf("own sessions %+v", own)
			}
			if err != nil {
				return err
			}
			return b.desk.EndSession(u, piet.Session)
		})
		if err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(2 * time.Second)
		if _, err := b.who(pietToken); err != nil {
			t.Fatal("somebody else's session was ended by naming its id")
		}
	})
}
