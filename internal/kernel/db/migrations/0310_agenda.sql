-- kernel/agenda: which terms of the law run, what they were computed from, and
-- who is reminded. No names, no addresses: a reference and a rule.
-- +goose Up
CREATE TABLE agenda_term (
  kind       TEXT   NOT NULL,
  object     TEXT   NOT NULL,
  name       TEXT   NOT NULL,           -- tells the terms of one object apart
  purpose    TEXT   NOT NULL,           -- the purpose the object is processed under
  led_by     TEXT   NOT NULL,           -- account id
  deputy     TEXT   NOT NULL,           -- account id, or ""
  reference  TEXT   NOT NULL,           -- neutral: M-2026-0417
  title      TEXT   NOT NULL,           -- JSON: code of a sentence and what it fills in
  question   TEXT   NOT NULL,           -- JSON: rule, start, parameters, events
  end_day    TEXT   NOT NULL,           -- YYYY-MM-DD, or "" when there is no end
  end_at     BIGINT NOT NULL,           -- the moment, 0 when only the day counts
  safe       TEXT   NOT NULL,           -- the day to act by, whichever reading holds
  alarms     TEXT   NOT NULL,           -- days with a space between
  wake       TEXT   NOT NULL,           -- first day on which somebody is reminded
  state      TEXT   NOT NULL,           -- open, done
  old_day    TEXT   NOT NULL,           -- the end before it moved, as end_day and end_at
  old_at     BIGINT NOT NULL,
  moved_why  TEXT   NOT NULL,           -- fact, decree, rule; "" when it never moved
  moved_at   BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  done_at    BIGINT NOT NULL,           -- 0 while open
  PRIMARY KEY (kind, object, name)
);
CREATE INDEX agenda_term_safe ON agenda_term (state, purpose, safe);
CREATE INDEX agenda_term_open ON agenda_term (state, kind, object, name); -- a recomputation walks it in parts
CREATE INDEX agenda_term_wake ON agenda_term (state, wake);

-- Days made equal to a holiday (Atw 3 lid 3) that the program does not carry yet.
CREATE TABLE agenda_decree (
  id         TEXT PRIMARY KEY,
  day        TEXT   NOT NULL,
  why        TEXT   NOT NULL,
  decree     TEXT   NOT NULL,
  published  TEXT   NOT NULL,
  source     TEXT   NOT NULL,
  entered_by TEXT   NOT NULL,           -- account id
  entered_at BIGINT NOT NULL,
  gone_by    TEXT   NOT NULL,
  gone_at    BIGINT NOT NULL            -- 0: it stands; a mistake is taken back, not wiped
);
CREATE UNIQUE INDEX agenda_decree_day ON agenda_decree (day) WHERE gone_at = 0;

CREATE TABLE agenda_feed (
  account TEXT PRIMARY KEY,
  hash    TEXT   NOT NULL UNIQUE,       -- SHA-256; the secret stands in the address only
  made_at BIGINT NOT NULL
);

-- The key is what makes a reminder come once, however often the job runs.
CREATE TABLE agenda_reminder (
  id       TEXT PRIMARY KEY,
  kind     TEXT   NOT NULL,
  object   TEXT   NOT NULL,
  name     TEXT   NOT NULL,
  account  TEXT   NOT NULL,
  step     TEXT   NOT NULL,             -- week, two-days, last-day, alarm
  day      TEXT   NOT NULL,             -- the day it is about: a term that moves is reminded of anew
  deputy   BIGINT NOT NULL,             -- 1: because nobody reacted
  made_at  BIGINT NOT NULL,
  seen_at  BIGINT NOT NULL,             -- 0: not acknowledged
  UNIQUE (kind, object, name, account, step, day)
);
CREATE INDEX agenda_reminder_account ON agenda_reminder (account, seen_at);
