// Package deadlines computes every statutory term and says why.
//
// The rules stand in one table (rules_*.go), a line each: id, article, class,
// length, start event, actor, effect of missing it, and how sure we are. The
// class decides whether the Algemene termijnenwet (Atw) moves the last day, not
// the length. A Calendar knows the closed days; Answer computes one question and
// carries every step, so that a person can check it with the statute beside it.
//
// Everything here is pure: no clock, no database, no zone but Amsterdam. A day is
// a civil day there; a moment is an instant shown there.
//
// Law: Algemene termijnenwet; Gemeentewet 145; and per rule the article it names.
package deadlines
