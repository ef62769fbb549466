// Package agenda is the room of the terms that run: the own list, the list of the
// team, a month, the calendar file for one's own calendar program, the table of
// all rules with a calculator, and the days that a Royal Decree made equal to a
// holiday.
//
// Law: Algemene termijnenwet (which day is the last); Awb 3:2 (care in preparing a
// decision) and 4:13, 7:10 (deciding in time); AVG art. 5 lid 1 c (a calendar file
// leaves the building, so it names a rule and a reference, and nobody).
//
// Flow: capabilities put their terms into kernel/agenda; here a person reads those
// of the records they may read, each under the record's own purpose, sees why the
// date is what it is and what it was, and says that a reminder was seen. The
// administrator adds a decree; every open term is computed anew. Reminders are
// shown, not sent: there is no e-mail yet.
//
// Tables: none of its own; kernel/agenda owns them.
// Purposes: termijnbewaking, and eigen-account for the calendar file.
// Elsewhere: how a term is computed (internal/kernel/deadlines).
package agenda
