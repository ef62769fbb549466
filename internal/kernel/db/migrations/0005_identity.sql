-- kernel/identity: accounts, their proofs of identity, and sessions.
-- +goose Up
CREATE TABLE account (
  id         TEXT PRIMARY KEY,
  login      TEXT   NOT NULL UNIQUE,    -- e-mail address in its compared form
  name       TEXT   NOT NULL,           -- as typed
  lang       TEXT   NOT NULL,
  state      TEXT   NOT NULL,           -- invited, active, disabled
  password   TEXT   NOT NULL,           -- Argon2id, "" until chosen
  totp       BLOB,                      -- sealed
  totp_step  BIGINT NOT NULL,           -- last step used: a code counts once
  invite     TEXT   NOT NULL,           -- hash of the one-time code, "" when used
  invite_end BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE passkey (
  id         TEXT PRIMARY KEY,          -- hash of the credential id
  account    TEXT   NOT NULL REFERENCES account (id),
  label      TEXT   NOT NULL,
  credential TEXT   NOT NULL,           -- JSON of go-webauthn, all flags kept
  created_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL
);
CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE session (
  token      TEXT PRIMARY KEY,          -- hash; the secret is in the cookie only
  id         TEXT   NOT NULL UNIQUE,
  account    TEXT   NOT NULL REFERENCES account (id),
  stage      TEXT   NOT NULL,           -- half: password only; full: both factors
  origin     TEXT   NOT NULL,
  agent      TEXT   NOT NULL,           -- browser, for the list of own sessions
  challenge  TEXT   NOT NULL,           -- of a passkey ceremony under way
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  proven_at  BIGINT NOT NULL            -- second factor last shown
);
CREATE INDEX session_account ON session (account);

CREATE TABLE signin_failure (
  id   TEXT PRIMARY KEY,
  name TEXT   NOT NULL,                 -- hash of account, source or both
  at   BIGINT NOT NULL
);
CREATE INDEX signin_failure_name ON signin_failure (name, at);

CREATE TABLE signin_source (
  account TEXT   NOT NULL,
  source  TEXT   NOT NULL,              -- hash of the network it signed in from
  at      BIGINT NOT NULL,
  PRIMARY KEY (account, source)
);
