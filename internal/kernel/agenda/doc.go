// Package agenda watches the terms of the law that run: what each was computed
// from, when it ends, who leads it and who stands in, and what was reminded of.
//
// A capability calls Put in the unit that changes its record, with all questions
// that the facts now ask; Put computes the ends, remembers an old one that moved,
// and closes what is not asked any more. Recompute does the same for every open
// term when a decree or a rule changes. A list shows a term only to who may read
// the record it hangs on: the predicate of access stands in the query itself, for
// a page, a count, a reminder and the calendar file alike.
//
// No table here holds a name, an address or a word that somebody typed about a
// person: a rule, a date and a neutral reference.
package agenda
