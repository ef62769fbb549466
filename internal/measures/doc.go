// Package measures is what every administrative measure shares: the page of a file
// (where it stands, what may be done now and what stands in the way, every date with
// its reason), the form of an act made from its input, corrections, and the register
// of files. A measure's own folder holds
// its law.
//
// Law: Awb chapters 3 to 8; AVG 5 lid 1 b (purpose) and 6 lid 1 e.
package measures
