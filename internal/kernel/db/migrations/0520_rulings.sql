-- measures: on which grounds decisions stood or fell, written in the commit of the act
-- that ended a remedy and made anew from the journals: codes and days, and nothing that
-- names anybody or any place. Numbered after 0500, which databases in use have.
-- +goose Up
CREATE TABLE measure_ruling (
  file     TEXT   NOT NULL,   -- measure_case
  remedy   TEXT   NOT NULL,   -- objection, relief, appeal
  number   BIGINT NOT NULL,   -- among those of the file
  ground   TEXT   NOT NULL,
  fell     BIGINT NOT NULL,   -- 1 when the decision did not stand on it
  court    TEXT   NOT NULL,   -- of an appeal
  ruled_on BIGINT NOT NULL,   -- day number
  PRIMARY KEY (file, remedy, number, ground)
);
