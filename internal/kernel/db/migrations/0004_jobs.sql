-- kernel/jobs: background work, enqueued in the transaction that needs it.
-- +goose Up
CREATE TABLE job (
  id          TEXT PRIMARY KEY,
  kind        TEXT   NOT NULL,          -- a stable word; renaming it orphans what waits
  payload     TEXT   NOT NULL,          -- JSON; ids and codes, no personal data
  once        TEXT   NOT NULL,          -- "" or a key: one waiting job of a kind per key
  state       TEXT   NOT NULL,          -- waiting, running, done, dead
  run_at      BIGINT NOT NULL,
  attempts    BIGINT NOT NULL,
  fence       BIGINT NOT NULL,          -- counts the takers; an older one cannot finish it
  lease_until BIGINT NOT NULL,
  problem     TEXT   NOT NULL,          -- why the last attempt failed, without content
  created_at  BIGINT NOT NULL,
  ended_at    BIGINT NOT NULL
);
CREATE INDEX job_due ON job (state, run_at);
CREATE UNIQUE INDEX job_once ON job (kind, once) WHERE once <> '' AND state IN ('waiting', 'running');

-- Recurring work is rows too: what was due while the program was down is still due.
CREATE TABLE job_schedule (
  kind    TEXT PRIMARY KEY,
  next_at BIGINT NOT NULL
);
