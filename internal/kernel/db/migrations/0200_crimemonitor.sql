-- internal/crimemonitor: what happened that may explain a figure. No persons, no
-- addresses.
-- +goose Up
CREATE TABLE crime_event (
  id       TEXT PRIMARY KEY,
  day      TEXT   NOT NULL,             -- civil date in the Netherlands, YYYY-MM-DD
  kind     TEXT   NOT NULL,             -- campaign, camera, project, measure, other
  area     TEXT   NOT NULL,             -- code, of the municipality or an area in it
  words    TEXT   NOT NULL,
  made_by  TEXT   NOT NULL,             -- account id
  made_at  BIGINT NOT NULL,
  gone_at  BIGINT NOT NULL              -- 0: it stands
);
