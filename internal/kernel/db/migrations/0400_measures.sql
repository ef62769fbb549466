-- measures: what lists and worklists need of every measure, written in the commit of
-- the act. What names a place or a person is sealed; marks are keyed hashes by which
-- an earlier measure at the same place or against the same person is found.
-- +goose Up
CREATE TABLE measure_case (
  id            TEXT PRIMARY KEY,
  kind          TEXT   NOT NULL,
  number        TEXT   NOT NULL UNIQUE,  -- M-2026-0001
  stage         TEXT   NOT NULL,
  breach        TEXT   NOT NULL,         -- code of the policy; empty until chosen
  title         BLOB   NOT NULL,         -- sealed: where
  lead          TEXT   NOT NULL,         -- account
  place_mark    TEXT   NOT NULL,
  person_mark   TEXT   NOT NULL,
  in_force_on   BIGINT NOT NULL,         -- day of the Bekendmaking, 0 for none
  void          BIGINT NOT NULL,         -- 1 when it was revoked or annulled
  opened_at     BIGINT NOT NULL,
  next_day      BIGINT NOT NULL,         -- the first term that runs, as a day number; 0 for none
  next_code     TEXT   NOT NULL,         -- code of its title
  next_number   BIGINT NOT NULL,
  closed_on     BIGINT NOT NULL
);
CREATE INDEX measure_case_place ON measure_case (place_mark);
CREATE INDEX measure_case_person ON measure_case (person_mark);
