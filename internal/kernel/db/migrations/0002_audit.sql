-- kernel/audit: who did and who saw. seq is the place of the entry in the Merkle
-- log, counted without gaps. No content, no names: only ids and codes.
-- +goose Up
CREATE TABLE audit_entry (
  seq       BIGINT PRIMARY KEY,
  at        BIGINT NOT NULL,           -- microseconds since 1970, UTC
  operation TEXT   NOT NULL,           -- shared with the processing log
  actor     TEXT   NOT NULL,           -- account id, or "" when nobody signed in
  session   TEXT   NOT NULL,
  origin    TEXT   NOT NULL,
  purpose   TEXT   NOT NULL,
  act       TEXT   NOT NULL,
  kind      TEXT   NOT NULL,
  object    TEXT   NOT NULL,
  result    TEXT   NOT NULL,           -- done, refused, failed
  ground    TEXT   NOT NULL,           -- why, where the act asks for it
  facts     TEXT   NOT NULL            -- JSON object of short values that are no content
);
CREATE INDEX audit_entry_object ON audit_entry (kind, object, seq);
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);

-- The inner hashes of the tree in the order of golang.org/x/mod/sumdb/tlog.
CREATE TABLE audit_hash (
  position BIGINT PRIMARY KEY,
  hash     BLOB NOT NULL
);

-- One row: the size of the log. Its lock orders the writers.
CREATE TABLE audit_head (
  id   BIGINT PRIMARY KEY,
  size BIGINT NOT NULL
);
INSERT INTO audit_head (id, size) VALUES (1, 0);

CREATE TABLE audit_checkpoint (
  size BIGINT PRIMARY KEY,
  at   BIGINT NOT NULL,
  note TEXT   NOT NULL                 -- signed, in the format of c2sp.org/tlog-checkpoint
);
