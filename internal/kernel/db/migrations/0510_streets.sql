-- kernel/places: the streets of a municipality, to say which of them lie in an area that
-- somebody drew. Lines are metres in RD New, as JSON. A name, no house and no person.
-- +goose Up
CREATE TABLE places_street (
  municipality TEXT NOT NULL,
  name         TEXT NOT NULL,
  lines        TEXT NOT NULL,
  PRIMARY KEY (municipality, name)
);
