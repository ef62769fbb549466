-- kernel/dossier: the journal. Entries are appended and never changed; what stands
-- in the clear holds no personal data.
-- +goose Up
CREATE TABLE dossier (
  id           TEXT PRIMARY KEY,
  kind         TEXT   NOT NULL,
  purpose      TEXT   NOT NULL,
  version      BIGINT NOT NULL,         -- of the last entry; who appends names the one they saw
  opened_at    BIGINT NOT NULL,
  opened_by    TEXT   NOT NULL,
  destroyed_at BIGINT NOT NULL          -- 0, or since when only this tombstone is left
);

-- The key of a dossier's content, sealed with the vault's. Destroying a dossier
-- deletes this row: sealed bytes that remain anywhere are then unreadable.
CREATE TABLE dossier_key (
  dossier TEXT PRIMARY KEY,
  sealed  BLOB NOT NULL
);

CREATE TABLE dossier_entry (
  dossier  TEXT   NOT NULL,
  version  BIGINT NOT NULL,
  act      TEXT   NOT NULL,
  happened BIGINT NOT NULL,             -- when it happened, by who recorded it
  recorded BIGINT NOT NULL,             -- when it was recorded, by our clock
  actor    TEXT   NOT NULL,
  purpose  TEXT   NOT NULL,
  corrects BIGINT NOT NULL,             -- 0, or the version that it corrects
  body     BLOB   NOT NULL,             -- sealed with the dossier's key
  PRIMARY KEY (dossier, version)
);

-- Photographs and letters, sealed likewise.
CREATE TABLE dossier_file (
  dossier TEXT   NOT NULL,
  id      TEXT   NOT NULL,
  version BIGINT NOT NULL,              -- of the entry it came with
  label   BLOB   NOT NULL,              -- name and media type, sealed
  size    BIGINT NOT NULL,
  hash    TEXT   NOT NULL,              -- SHA-256 of the sealed body
  body    BLOB   NOT NULL,
  PRIMARY KEY (dossier, id)
);
