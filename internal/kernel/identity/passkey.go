package identity

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// Passkey is one of a person's passkeys, as its owner sees it.
type Passkey struct {
	ID, Label         string
	CreatedAt, UsedAt time.Time
	credential        webauthn.Credential
}

// holder is an account as go-webauthn asks for it.
type holder struct {
	Account
	keys []Passkey
}

func (h holder) WebAuthnID() []byte          { return []byte(h.ID) }
func (h holder) WebAuthnName() string        { return h.Login }
func (h holder) WebAuthnDisplayName() string { return h.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential {
	out := make([]webauthn.Credential, len(h.keys))
	for i, k := range h.keys {
		out[i] = k.credential
	}
	return out
}

// OfferPasskey starts adding a passkey to the actor's account: the JSON goes to
// the browser's navigator.credentials.create.
func (d *Desk) OfferPasskey(u *work.Unit) ([]byte, error) {
	a, err := load(u.Tx(), u.Actor().Account)
	if err != nil {
		return nil, err
	}
	keys, err := passkeysOf(u.Tx(), a.ID)
	if err != nil {
		return nil, err
	}
	h := holder{a, keys}
	exclude := make([]protocol.CredentialDescriptor, 0, len(keys))
	for _, c := range h.WebAuthnCredentials() {
		exclude = append(exclude, c.Descriptor())
	}
	options, state, err := d.passkeys.BeginRegistration(h, webauthn.WithExclusions(exclude),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{UserVerification: protocol.VerificationPreferred}))
	if err != nil {
		return nil, err
	}
	u.Record(work.Entry{Act: "identity.passkey-offer", Object: Ref(a.ID)})
	return keepCeremony(u.Tx(), u.Actor().Session, options, state)
}

// AddPasskey finishes what OfferPasskey started with the browser's answer.
func (d *Desk) AddPasskey(u *work.Unit, label string, answer []byte) error {
	state, err := d.ceremony(u.Tx(), u.Actor().Session)
	if err != nil {
		return err
	}
	a, err := load(u.Tx(), u.Actor().Account)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBody(bytes.NewReader(answer))
	if err != nil {
		return fault.Because(err, fault.Invalid, "identity.passkey.refused")
	}
	credential, err := d.passkeys.CreateCredential(holder{Account: a}, state, parsed)
	if err != nil {
		return fault.Because(err, fault.Invalid, "identity.passkey.refused")
	}
	if label, err = checkName(label); err != nil {
		label = "passkey"
	}
	err = insertPasskey(u.Tx(), a.ID, label, *credential, u.Now())
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "identity.passkey.known")
	}
	u.Record(work.Entry{Act: "identity.passkey-add", Object: Ref(a.ID)})
	return err
}

// Passkeys lists the actor's own passkeys.
func (d *Desk) Passkeys(u *work.Unit) ([]Passkey, error) {
	return passkeysOf(u.Tx(), u.Actor().Account)
}

// RemovePasskey takes a passkey from the actor's account and ends the other
// sessions: one of them may be whom it is taken from.
func (d *Desk) RemovePasskey(u *work.Unit, id string) error {
	u.Record(work.Entry{Act: "identity.passkey-remove", Object: Ref(u.Actor().Account)})
	u.OnCommit(d.recent.clear)
	if err := deletePasskey(u.Tx(), u.Actor().Account, id); err != nil {
		return err
	}
	return deleteOtherSessions(u.Tx(), u.Actor().Account, u.Actor().Session)
}

// AskPasskey starts showing a passkey as the second factor (stage "half") or again
// (stage "full"). nil without error means that the account has none.
func (d *Desk) AskPasskey(ctx context.Context, token string, again bool) ([]byte, error) {
	s, a, err := d.at(ctx, token, again)
	if err != nil {
		return nil, err
	}
	var out []byte
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		keys, err := passkeysOf(tx, a.ID)
		if err != nil || len(keys) == 0 {
			return err
		}
		options, state, err := d.passkeys.BeginLogin(holder{a.Account, keys})
		if err != nil {
			return err
		}
		out, err = keepCeremony(tx, s.ID, options, state)
		return err
	})
	return out, err
}

// ShowPasskey finishes what AskPasskey started and returns the secret of the full
// session. A ceremony counts once.
func (d *Desk) ShowPasskey(ctx context.Context, token string, answer []byte, again bool, v Visitor) (string, error) {
	s, a, err := d.at(ctx, token, again)
	if err != nil {
		return "", err
	}
	if err := d.slow(ctx, a.Login, v.Origin); err != nil {
		return "", err
	}
	var broken error
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		state, err := d.ceremony(tx, s.ID)
		if err != nil {
			broken = err
			return nil
		}
		keys, err := passkeysOf(tx, a.ID)
		if err != nil {
			return err
		}
		parsed, err := protocol.ParseCredentialRequestResponseBody(bytes.NewReader(answer))
		if err != nil {
			broken = err
			return nil
		}
		credential, err := d.passkeys.ValidateLogin(holder{a.Account, keys}, state, parsed)
		if err != nil || credential.Authenticator.CloneWarning {
			broken = fmt.Errorf("refused: %w", err)
			return nil // the ceremony is used up also when it failed
		}
		return usePasskey(tx, *credential, d.keep.Now())
	})
	if err != nil {
		return "", err
	}
	if broken != nil {
		return "", d.failed(ctx, a.Login, a.ID, v.Origin)
	}
	return d.complete(ctx, s, a.Account, actOf(again), v)
}

func (d *Desk) at(ctx context.Context, token string, again bool) (session, secretAccount, error) {
	if again {
		return d.full(ctx, token)
	}
	return d.half(ctx, token)
}

// keepCeremony stores the challenge in the session and returns the options as JSON.
func keepCeremony(tx *db.Tx, sessionID string, options any, state *webauthn.SessionData) ([]byte, error) {
	raw, err := json.Marshal(state)
	if err != nil {
		return nil, err
	}
	if err := setChallenge(tx, sessionID, string(raw)); err != nil {
		return nil, err
	}
	return json.Marshal(options)
}

// ceremony takes the challenge out of the session, so that it counts once.
func (d *Desk) ceremony(tx *db.Tx, sessionID string) (state webauthn.SessionData, err error) {
	raw, err := takeChallenge(tx, sessionID)
	if err != nil {
		return state, err
	}
	if raw == "" {
		return state, fault.New(fault.Invalid, "identity.passkey.refused")
	}
	return state, json.Unmarshal([]byte(raw), &state)
}
