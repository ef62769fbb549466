-- tips: what the sealed inbox needs of every tip without opening it, written in the
-- commit of the act: codes and days, and nothing that names anybody or any place. The
-- row of a tip that was destroyed is its tombstone, from which the yearly figures are
-- counted.
-- +goose Up
CREATE TABLE tip_case (
  id           TEXT PRIMARY KEY,
  number       TEXT   NOT NULL UNIQUE,  -- T-2026-0001
  stage        TEXT   NOT NULL,
  step         TEXT   NOT NULL,         -- what it waits for
  theme        TEXT   NOT NULL,
  shocking     BIGINT NOT NULL,         -- 1 warns before the tip is opened
  received_on  BIGINT NOT NULL,         -- day numbers; 0 for none
  due_on       BIGINT NOT NULL,         -- of the step
  ends_on      BIGINT NOT NULL,         -- last day that it is kept
  remind_on    BIGINT NOT NULL,         -- from when the inbox says that it is about to go
  held         BIGINT NOT NULL,         -- 1 while the request of a person is open
  outcome      TEXT   NOT NULL,         -- empty until it counts
  assessed_on  BIGINT NOT NULL,
  lookups      BIGINT NOT NULL,
  findings     BIGINT NOT NULL,
  uses         BIGINT NOT NULL,
  unfounded    BIGINT NOT NULL,         -- uses without a finding: never, and shown to be
  forwards     BIGINT NOT NULL,
  feedback     TEXT   NOT NULL,         -- used/result/worth, or empty
  feedback_on  BIGINT NOT NULL,
  closed_on    BIGINT NOT NULL,
  destroyed_on BIGINT NOT NULL,
  destroyed_by TEXT   NOT NULL,         -- "term", or the account of who did it before the term
  checked_by   TEXT   NOT NULL          -- account of who reviewed it last: it answers for the end
);

-- The yearly feedback to M.: when it was sent, and by whom.
CREATE TABLE tip_year (
  year    BIGINT PRIMARY KEY,
  sent_on BIGINT NOT NULL,
  sent_by TEXT   NOT NULL
);
