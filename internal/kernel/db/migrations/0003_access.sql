-- kernel/access: who holds which role, and who is involved in which record.
-- +goose Up
CREATE TABLE role_grant (
  id          TEXT PRIMARY KEY,
  account     TEXT   NOT NULL,
  role        TEXT   NOT NULL,
  until       BIGINT NOT NULL,          -- 0: no end
  proposed_by TEXT   NOT NULL,
  proposed_at BIGINT NOT NULL,
  approved_by TEXT   NOT NULL,          -- another person than proposed_by where the role is sensitive
  approved_at BIGINT NOT NULL,          -- 0: not yet
  ended_by    TEXT   NOT NULL,
  ended_at    BIGINT NOT NULL,          -- 0: not yet
  reviewed_by TEXT   NOT NULL,
  reviewed_at BIGINT NOT NULL
);
CREATE INDEX role_grant_account ON role_grant (account, role);
-- Two open grants of one role to one person would survive the end of one of them.
CREATE UNIQUE INDEX role_grant_open ON role_grant (account, role) WHERE ended_at = 0;

CREATE TABLE involvement (
  kind    TEXT   NOT NULL,
  object  TEXT   NOT NULL,
  account TEXT   NOT NULL,
  purpose TEXT   NOT NULL,
  level   BIGINT NOT NULL,              -- 1 read, 2 act
  since   BIGINT NOT NULL,
  until   BIGINT NOT NULL,              -- 0: until it is released
  PRIMARY KEY (kind, object, account, purpose)
);
CREATE INDEX involvement_account ON involvement (account, kind);
