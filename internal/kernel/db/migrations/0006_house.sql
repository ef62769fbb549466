-- internal/app: what the program remembers of this database as a whole.
-- +goose Up
CREATE TABLE house_mark (
  name  TEXT PRIMARY KEY,               -- "demo": filled with fictitious people
  value TEXT NOT NULL
);
