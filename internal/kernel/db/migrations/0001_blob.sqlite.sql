-- SQLite knows BLOB; the number is kept so that both engines count alike.
-- +goose Up
SELECT 1;
