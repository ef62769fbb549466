-- measures: until when a closed file is kept, written in the commit of the act that closed
-- it and made anew from the journals, and of what was destroyed the line that says so. It
-- names no person that the file was about.
-- +goose Up
ALTER TABLE measure_case ADD COLUMN gone_after BIGINT NOT NULL DEFAULT 0;  -- the last day it is kept, 0 for an open file
ALTER TABLE measure_case ADD COLUMN keep_item  TEXT   NOT NULL DEFAULT ''; -- the item or article that says how long
-- Somebody who said that it is kept longer: beside the journal, for a closed file takes no acts.
ALTER TABLE measure_case ADD COLUMN hold_until  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE measure_case ADD COLUMN hold_ground TEXT   NOT NULL DEFAULT ''; -- a code; free words could name somebody
ALTER TABLE measure_case ADD COLUMN hold_by     TEXT   NOT NULL DEFAULT ''; -- account
CREATE INDEX measure_case_gone ON measure_case (kind, gone_after);

CREATE TABLE measure_gone (
  id           TEXT PRIMARY KEY,         -- that of the dossier, of which a tombstone is left
  kind         TEXT   NOT NULL,
  number       TEXT   NOT NULL,          -- M-2026-0001
  item         TEXT   NOT NULL,
  kept_until   BIGINT NOT NULL,          -- day numbers
  destroyed_on BIGINT NOT NULL,
  reviewer     TEXT   NOT NULL           -- account: who led the file when it was closed
);
