-- kernel/places: areas per layout year. Outlines are metres in RD New, as JSON.
-- +goose Up
CREATE TABLE places_area (
  code    TEXT   NOT NULL,
  layout  BIGINT NOT NULL,
  name    TEXT   NOT NULL,
  parent  TEXT   NOT NULL,
  area_group TEXT NOT NULL,            -- the municipality, or NL00
  outline TEXT   NOT NULL,             -- JSON; empty when only the name is known
  PRIMARY KEY (code, layout)
);
CREATE INDEX places_area_group ON places_area (area_group, layout);
