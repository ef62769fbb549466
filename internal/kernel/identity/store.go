package identity

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/text"
)

// secretAccount is an account with its proofs. It stays in this package.
type secretAccount struct {
	Account
	password string
	totp     []byte // sealed
}

const accountColumns = "id, login, name, lang, state, password, totp, created_at"

func scanSecret(s db.Scanner) (a secretAccount, err error) {
	var lang, state string
	var created int64
	err = s.Scan(&a.ID, &a.Login, &a.Name, &lang, &state, &a.password, &a.totp, &created)
	a.Lang, a.State, a.CreatedAt = text.Lang(lang), State(state), db.Moment(created)
	a.HasPassword, a.HasTOTP = a.password != "", len(a.totp) > 0
	return a, err
}

func scanAccount(s db.Scanner) (Account, error) {
	a, err := scanSecret(s)
	return a.Account, err
}

func insertAccount(tx *db.Tx, a Account, invite string, until time.Time) error {
	_, err := tx.Exec(`INSERT INTO account (id, login, name, lang, state, password, totp, totp_step, invite, invite_end, created_at)
		VALUES ($1,$2,$3,$4,$5,'',NULL,0,$6,$7,$8)`, a.ID, a.Login, a.Name, string(a.Lang), string(a.State), invite, db.Micros(until), db.Micros(a.CreatedAt))
	return err
}

func load(tx *db.Tx, id string) (Account, error) {
	a, err := loadSecret(tx, id)
	return a.Account, err
}

func loadSecret(tx *db.Tx, id string) (secretAccount, error) {
	a, ok, err := db.One(tx, scanSecret, "SELECT "+accountColumns+" FROM account WHERE id = $1", id)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "access.not-found")
	}
	return a, err
}

func listAccounts(tx *db.Tx) ([]Account, error) {
	return db.All(tx, scanAccount, "SELECT "+accountColumns+" FROM account ORDER BY lower(name), id")
}

// findByLogin returns the zero account when there is none.
func findByLogin(tx *db.Tx, login string) (secretAccount, error) {
	a, _, err := db.One(tx, scanSecret, "SELECT "+accountColumns+" FROM account WHERE login = $1", login)
	return a, err
}

// findByInvite returns the zero account when the code is not known or ran out.
func findByInvite(tx *db.Tx, invite string, now time.Time) (secretAccount, error) {
	a, _, err := db.One(tx, scanSecret, "SELECT "+accountColumns+" FROM account WHERE invite = $1 AND invite_end > $2 AND state = 'invited'", invite, db.Micros(now))
	return a, err
}

func storeFactors(tx *db.Tx, id, password string, totp []byte) error {
	_, err := tx.Exec("UPDATE account SET password = $2, totp = $3, totp_step = 0 WHERE id = $1", id, password, totp)
	return err
}

func activate(tx *db.Tx, id, invite string) (int64, error) {
	return tx.Exec("UPDATE account SET state = 'active', invite = '' WHERE id = $1 AND invite = $2 AND state = 'invited'", id, invite)
}

func activateAny(tx *db.Tx, id string) error {
	_, err := tx.Exec("UPDATE account SET state = 'active', invite = '' WHERE id = $1", id)
	return err
}

func resetAccount(tx *db.Tx, id, invite string, until time.Time) error {
	if _, err := tx.Exec("UPDATE account SET state = 'invited', password = '', totp = NULL, invite = $2, invite_end = $3 WHERE id = $1", id, invite, db.Micros(until)); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM passkey WHERE account = $1", id); err != nil {
		return err
	}
	return deleteOtherSessions(tx, id, "")
}

func disableAccount(tx *db.Tx, id string) error {
	if _, err := tx.Exec("UPDATE account SET state = 'disabled', invite = '' WHERE id = $1", id); err != nil {
		return err
	}
	return deleteOtherSessions(tx, id, "")
}

func setLang(tx *db.Tx, id string, l text.Lang) error {
	_, err := tx.Exec("UPDATE account SET lang = $2 WHERE id = $1", id, string(l))
	return err
}

func spendStep(tx *db.Tx, id string, step int64) (int64, error) {
	return tx.Exec("UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2", id, step)
}

const sessionColumns = "token, id, account, stage, origin, agent, challenge, created_at, seen_at, proven_at"

func insertSession(tx *db.Tx, s session) error {
	_, err := tx.Exec("INSERT INTO session ("+sessionColumns+") VALUES ($1,$2,$3,$4,$5,$6,'',$7,$8,0)",
		s.token, s.ID, s.Account, s.stage, s.Origin, s.Agent, db.Micros(s.CreatedAt), db.Micros(s.SeenAt))
	return err
}

func scanSession(sc db.Scanner) (s session, err error) {
	var created, seen, proven int64
	err = sc.Scan(&s.token, &s.ID, &s.Account, &s.stage, &s.Origin, &s.Agent, &s.challenge, &created, &seen, &proven)
	s.CreatedAt, s.SeenAt, s.ProvenAt = db.Moment(created), db.Moment(seen), db.Moment(proven)
	return s, err
}

func loadSession(tx *db.Tx, token string) (session, error) {
	s, ok, err := db.One(tx, scanSession, "SELECT "+sessionColumns+" FROM session WHERE token = $1", token)
	if err == nil && !ok {
		err = ended()
	}
	return s, err
}

// completeSession gives the session its second factor and a new secret. The age
// counts from here: the half session is not part of it.
func completeSession(tx *db.Tx, old, token string, now time.Time) (int64, error) {
	return tx.Exec(`UPDATE session SET token = $2, challenge = '', seen_at = $3, proven_at = $3,
		created_at = CASE stage WHEN 'half' THEN $3 ELSE created_at END, stage = 'full' WHERE token = $1`, old, token, db.Micros(now))
}

func touchSession(tx *db.Tx, token string, now time.Time) error {
	_, err := tx.Exec("UPDATE session SET seen_at = $2 WHERE token = $1", token, db.Micros(now))
	return err
}

func deleteSession(tx *db.Tx, account, id string) error {
	_, err := tx.Exec("DELETE FROM session WHERE account = $1 AND id = $2", account, id)
	return err
}

func deleteOtherSessions(tx *db.Tx, account, keep string) error {
	_, err := tx.Exec("DELETE FROM session WHERE account = $1 AND id <> $2", account, keep)
	return err
}

func sessionsOf(tx *db.Tx, account string, seenAfter, createdAfter time.Time) ([]Session, error) {
	return db.All(tx, func(sc db.Scanner) (Session, error) {
		s, err := scanSession(sc)
		return Session{ID: s.ID, Origin: s.Origin, Agent: s.Agent, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt}, err
	}, "SELECT "+sessionColumns+" FROM session WHERE account = $1 AND stage = 'full' AND seen_at > $2 AND created_at > $3 ORDER BY seen_at DESC",
		account, db.Micros(seenAfter), db.Micros(createdAfter))
}

func setChallenge(tx *db.Tx, id, challenge string) error {
	_, err := tx.Exec("UPDATE session SET challenge = $2 WHERE id = $1", id, challenge)
	return err
}

func takeChallenge(tx *db.Tx, id string) (string, error) {
	c, _, err := db.One(tx, db.Column[string], "SELECT challenge FROM session WHERE id = $1", id)
	if err != nil {
		return "", err
	}
	return c, setChallenge(tx, id, "")
}

func passkeyID(credential webauthn.Credential) string {
	sum := sha256.Sum256(credential.ID)
	return hex.EncodeToString(sum[:])
}

func insertPasskey(tx *db.Tx, account, label string, c webauthn.Credential, now time.Time) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO passkey (id, account, label, credential, created_at, used_at) VALUES ($1,$2,$3,$4,$5,0)",
		passkeyID(c), account, label, string(raw), db.Micros(now))
	return err
}

func passkeysOf(tx *db.Tx, account string) ([]Passkey, error) {
	return db.All(tx, func(s db.Scanner) (k Passkey, err error) {
		var raw string
		var created, used int64
		if err = s.Scan(&k.ID, &k.Label, &raw, &created, &used); err != nil {
			return k, err
		}
		k.CreatedAt, k.UsedAt = db.Moment(created), db.Moment(used)
		return k, json.Unmarshal([]byte(raw), &k.credential)
	}, "SELECT id, label, credential, created_at, used_at FROM passkey WHERE account = $1 ORDER BY created_at", account)
}

func usePasskey(tx *db.Tx, c webauthn.Credential, now time.Time) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE passkey SET credential = $2, used_at = $3 WHERE id = $1", passkeyID(c), string(raw), db.Micros(now))
	return err
}

func deletePasskey(tx *db.Tx, account, id string) error {
	_, err := tx.Exec("DELETE FROM passkey WHERE account = $1 AND id = $2", account, id)
	return err
}

func insertFailure(tx *db.Tx, id, name string, now time.Time) error {
	_, err := tx.Exec("INSERT INTO signin_failure (id, name, at) VALUES ($1,$2,$3)", id, name, db.Micros(now))
	return err
}

func countFailures(tx *db.Tx, name string, since time.Time) (int64, error) {
	n, _, err := db.One(tx, db.Column[int64], "SELECT count(*) FROM signin_failure WHERE name = $1 AND at > $2", name, db.Micros(since))
	return n, err
}

func rememberSource(tx *db.Tx, account, source string, now time.Time) error {
	_, err := tx.Exec("INSERT INTO signin_source (account, source, at) VALUES ($1,$2,$3) ON CONFLICT (account, source) DO UPDATE SET at = excluded.at",
		account, source, db.Micros(now))
	return err
}

func knownSource(tx *db.Tx, login, source string) (bool, error) {
	_, ok, err := db.One(tx, db.Column[int64], "SELECT s.at FROM signin_source s JOIN account a ON a.id = s.account WHERE a.login = $1 AND s.source = $2", login, source)
	return ok, err
}

func sweep(tx *db.Tx, idle, absolute, failures, sources, now time.Time) error {
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"DELETE FROM session WHERE seen_at < $1 OR created_at < $2", []any{db.Micros(idle), db.Micros(absolute)}},
		{"DELETE FROM signin_failure WHERE at < $1", []any{db.Micros(failures)}},
		{"DELETE FROM signin_source WHERE at < $1", []any{db.Micros(sources)}},
		{"UPDATE account SET invite = '' WHERE invite <> '' AND invite_end < $1", []any{db.Micros(now)}},
	} {
		if _, err := tx.Exec(step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// sealedTOTPs are the sealed secrets of all accounts.
func sealedTOTPs(tx *db.Tx) ([]secretAccount, error) {
	return db.All(tx, func(s db.Scanner) (a secretAccount, err error) {
		err = s.Scan(&a.ID, &a.totp)
		return a, err
	}, "SELECT id, totp FROM account WHERE totp IS NOT NULL AND LENGTH(totp) > 0 ORDER BY id")
}

func updateTOTP(tx *db.Tx, id string, totp []byte) error {
	_, err := tx.Exec("UPDATE account SET totp = $2 WHERE id = $1", id, totp)
	return err
}
