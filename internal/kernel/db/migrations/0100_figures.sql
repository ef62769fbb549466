-- kernel/figures: snapshots of published figures. Nothing here is ever deleted or
-- changed but "confirmed"; no figure stands for a person.
-- +goose Up
CREATE TABLE figures_chunk (
  hash  TEXT   PRIMARY KEY,            -- SHA-256 of data, hexadecimal
  cells BIGINT NOT NULL,
  data  BLOB   NOT NULL                -- layout in kernel/figures/chunk.go
);

CREATE TABLE figures_snapshot (
  id        TEXT   PRIMARY KEY,
  dataset   TEXT   NOT NULL,           -- the publisher's table number
  retrieved BIGINT NOT NULL,           -- microseconds since 1970, UTC
  stored    BIGINT NOT NULL,
  confirmed BIGINT NOT NULL,           -- last moment the source was seen to say the same
  digest    TEXT   NOT NULL,           -- over all that the import said
  cells     BIGINT NOT NULL,
  about     TEXT   NOT NULL,           -- JSON: source, scope, titles, number of changes
  counts    TEXT   NOT NULL            -- JSON: changes per offence and year
);
CREATE INDEX figures_snapshot_dataset ON figures_snapshot (dataset, retrieved, stored);

-- role: cells = what the snapshot holds; before and after = the changed cells only,
-- as they were and as they became.
CREATE TABLE figures_part (
  snapshot   TEXT NOT NULL REFERENCES figures_snapshot (id),
  role       TEXT NOT NULL,
  area_group TEXT NOT NULL,
  hash       TEXT NOT NULL REFERENCES figures_chunk (hash),
  PRIMARY KEY (snapshot, role, area_group)
);
