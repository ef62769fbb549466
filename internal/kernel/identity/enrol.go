package identity

import (
	"context"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// Enrolment is what somebody needs to set up an authenticator app.
type Enrolment struct {
	Login, Name string
	Secret      string // for typing into the app
	QR          []byte // PNG, for scanning
}

func unusable() error {
	return fault.New(fault.Invalid, "form.invalid").At("code", "identity.invite.unusable")
}

// Welcome takes the one-time code and a new password, and returns what the
// authenticator app needs. It may be called again until Enrol has confirmed; each
// call gives a new secret, so that nobody who saw an earlier one can use it.
func (d *Desk) Welcome(ctx context.Context, code, password string, v Visitor, issuer string) (Enrolment, error) {
	var e Enrolment
	if err := d.slow(ctx, "invite", v.Origin); err != nil {
		return e, err
	}
	a, err := d.invited(ctx, code)
	if err != nil {
		return e, err
	}
	if a.ID == "" {
		d.failed(ctx, "invite", "", v.Origin)
		return e, unusable()
	}
	if err := checkPassword(password, a.Login, a.Name); err != nil {
		return e, err
	}
	secret := newTOTPSecret()
	err = d.keep.Do(ctx, work.Actor{Account: a.ID, Origin: v.Origin}, Purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "identity.welcome", Object: Ref(a.ID)})
		return storeFactors(u.Tx(), a.ID, hashPassword(password), d.vault.Seal([]byte(secret), totpPlace(a.ID)))
	})
	if err != nil {
		return e, err
	}
	e = Enrolment{Login: a.Login, Name: a.Name, Secret: secret}
	e.QR, err = qr(secret, a.Login, issuer)
	return e, err
}

// Enrol confirms with a code of the app that it was set up, uses up the one-time
// code, and makes the account active.
func (d *Desk) Enrol(ctx context.Context, invite, code string, v Visitor) error {
	if err := d.slow(ctx, "invite", v.Origin); err != nil {
		return err
	}
	a, err := d.invited(ctx, invite)
	if err != nil {
		return err
	}
	if a.ID == "" || a.password == "" {
		d.failed(ctx, "invite", "", v.Origin)
		return unusable()
	}
	if err := d.spend(ctx, a, code); err != nil {
		if fault.KindOf(err) == fault.Invalid {
			d.failed(ctx, "invite", a.ID, v.Origin)
			return fault.New(fault.Invalid, "form.invalid").At("totp", "identity.totp.wrong")
		}
		return err
	}
	return d.keep.Do(ctx, work.Actor{Account: a.ID, Origin: v.Origin}, Purpose, func(u *work.Unit) error {
		n, err := activate(u.Tx(), a.ID, hashToken(invite))
		if err == nil && n == 0 {
			return unusable()
		}
		u.Record(work.Entry{Act: "identity.enrol", Object: Ref(a.ID)})
		return err
	})
}

func (d *Desk) invited(ctx context.Context, code string) (a secretAccount, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		a, err = findByInvite(tx, hashToken(code), d.keep.Now())
		return err
	})
	return a, err
}

// Furnish gives an account password and authenticator secret without its owner,
// for the fictitious people of the demo and for tests. The caller makes sure that
// it is one of those.
func (d *Desk) Furnish(u *work.Unit, id, password, secret string) error {
	u.Record(work.Entry{Act: "identity.furnish", Object: Ref(id)})
	if err := storeFactors(u.Tx(), id, hashPassword(password), d.vault.Seal([]byte(secret), totpPlace(id))); err != nil {
		return err
	}
	return activateAny(u.Tx(), id)
}
