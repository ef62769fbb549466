// Package identity knows who is at the other end: accounts, passwords, the second
// factor (a code from an app, or a passkey), sessions, and the slowing of
// guessing. What somebody may do is the business of access.
//
// A sign-in always takes two factors (security.md control 21). Whoever does not
// exist gets the same answer in the same time as a wrong password (control 22).
package identity

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/go-webauthn/webauthn/webauthn"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// Purpose is the purpose under which people sign in and manage their own account.
const Purpose = "eigen-account"

// State is where an account is in its life.
type State string

const (
	Invited  State = "invited"
	Active   State = "active"
	Disabled State = "disabled"
)

// Account is one person. There are no group accounts.
type Account struct {
	ID, Login, Name string
	Lang            text.Lang
	State           State
	HasPassword     bool
	HasTOTP         bool
	CreatedAt       time.Time
}

// Ref points at an account.
func Ref(id string) ref.Ref { return ref.Ref{Kind: "account", ID: id} }

// Limits are how long a sign-in lasts.
type Limits struct {
	Idle, Absolute time.Duration
}

// Desk is where people sign in. It is safe for concurrent use.
type Desk struct {
	keep     *work.Keeper
	db       *db.DB
	vault    *vault.Vault
	limits   Limits
	passkeys *webauthn.WebAuthn
	hashing  chan struct{} // bounds the memory of password hashes at work
	decoy    string        // hashed for unknown accounts, to take the same time
	recent   cache
}

// NewDesk opens the desk. host and origin are those of the public address, which
// passkeys are bound to.
func NewDesk(k *work.Keeper, d *db.DB, v *vault.Vault, l Limits, host, origin, municipality string) (*Desk, error) {
	pk, err := webauthn.New(&webauthn.Config{RPID: host, RPDisplayName: "Baken " + municipality, RPOrigins: []string{origin}})
	if err != nil {
		return nil, err
	}
	return &Desk{keep: k, db: d, vault: v, limits: l, passkeys: pk, hashing: make(chan struct{}, 2),
		decoy: hashPassword("a password that nobody has"), recent: newCache()}, nil
}

// CompareLogin gives the form in which logins are compared, so that twins made of
// case, width or composed letters cannot become a second account (control 31). It
// refuses direction and zero-width marks and what is no e-mail address.
func CompareLogin(login string) (string, error) {
	s, err := precis.UsernameCaseMapped.String(norm.NFKC.String(strings.TrimSpace(login)))
	at := strings.LastIndex(s, "@")
	if err != nil || len(s) > 254 || at < 1 || at == len(s)-1 || strings.Count(s, "@") != 1 {
		return "", fault.New(fault.Invalid, "form.invalid").At("login", "identity.login.shape")
	}
	return s, nil
}

func checkName(name string) (string, error) {
	name = norm.NFC.String(strings.TrimSpace(name))
	bad := name == "" || len([]rune(name)) > 100 || strings.ContainsFunc(name, func(r rune) bool {
		return unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
	})
	if bad {
		return "", fault.New(fault.Invalid, "form.invalid").At("name", "identity.name.shape")
	}
	return name, nil
}

// inviteDays is how long a one-time code can be used.
const inviteDays = 7

// Invite makes an account and returns the one-time code with which its owner sets
// password and second factor. The code is shown once. The caller has asked access.
func (d *Desk) Invite(u *work.Unit, login, name string, lang text.Lang) (Account, string, error) {
	compared, err := CompareLogin(login)
	if err != nil {
		return Account{}, "", err
	}
	if name, err = checkName(name); err != nil {
		return Account{}, "", err
	}
	if lang != text.EN {
		lang = text.NL
	}
	a := Account{ID: ref.NewID(), Login: compared, Name: name, Lang: lang, State: Invited, CreatedAt: u.Now()}
	code := ref.NewID()
	err = insertAccount(u.Tx(), a, hashToken(code), u.Now().AddDate(0, 0, inviteDays))
	if db.IsUnique(err) {
		return a, "", fault.New(fault.Conflict, "identity.login.taken").At("login", "identity.login.taken")
	}
	u.Record(work.Entry{Act: "identity.invite", Object: Ref(a.ID)})
	return a, code, err
}

// Renew gives an account a new one-time code, for who lost a factor. Both factors
// and all sessions end.
func (d *Desk) Renew(u *work.Unit, id string) (code string, err error) {
	a, err := load(u.Tx(), id)
	if err != nil {
		return "", err
	}
	if a.State == Disabled {
		return "", fault.New(fault.Conflict, "identity.account.disabled")
	}
	code = ref.NewID()
	if err := resetAccount(u.Tx(), id, hashToken(code), u.Now().AddDate(0, 0, inviteDays)); err != nil {
		return "", err
	}
	u.Record(work.Entry{Act: "identity.renew", Object: Ref(id)})
	u.OnCommit(d.recent.clear)
	return code, nil
}

// Disable ends an account's sign-in at once: its sessions end and its roles no
// longer lead anywhere. The account stays, because the log points at it. Nobody
// disables their own.
func (d *Desk) Disable(u *work.Unit, id string) error {
	if id == u.Actor().Account {
		return fault.New(fault.Denied, "identity.account.self")
	}
	if _, err := load(u.Tx(), id); err != nil {
		return err
	}
	if err := disableAccount(u.Tx(), id); err != nil {
		return err
	}
	u.Record(work.Entry{Act: "identity.disable", Object: Ref(id)})
	u.OnCommit(d.recent.clear)
	return nil
}

// Accounts lists all accounts by name. The caller has asked access.
func Accounts(u *work.Unit) ([]Account, error) { return listAccounts(u.Tx()) }

// Load returns one account, or not found. The caller has asked access.
func Load(u *work.Unit, id string) (Account, error) { return load(u.Tx(), id) }

// Sweep removes what has no use any more: sessions that ended, failures that no
// longer count, codes that ran out.
func (d *Desk) Sweep(ctx context.Context) error {
	now := d.keep.Now()
	return d.db.Write(ctx, func(tx *db.Tx) error {
		return sweep(tx, now.Add(-d.limits.Idle), now.Add(-d.limits.Absolute), now.Add(-24*time.Hour), now.AddDate(0, -3, 0), now)
	})
}
