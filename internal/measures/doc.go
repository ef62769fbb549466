// Package measures is what every administrative measure shares. A measure's own
// folder holds its Law: the table of what may be done when, the guards, the terms, the
// words and the letters. A Desk puts a Law to work in a house: the page of a file
// (where it stands, what may be done now and what stands in the way, every date with
// its reason, the file as it was), the form of an act made from its input,
// corrections, letters, the download, its row in the register, its terms in the agenda.
// The Index is the page of the measures of every kind.
//
// Law: Awb chapters 3 to 8; AVG 5 lid 1 b (purpose) and 6 lid 1 e.
package measures
