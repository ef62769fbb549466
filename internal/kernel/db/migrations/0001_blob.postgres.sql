-- PostgreSQL calls bytes bytea. With this name every later migration is one text
-- for both engines.
-- +goose Up
CREATE DOMAIN blob AS bytea;
