// Package dossier keeps the journal: a legal file is the chronological record of
// what was done, so that is exactly what is stored. An entry is one recorded act,
// appended and never changed; a correction is a new entry that names the one it
// corrects. The record that a page shows is the fold of the entries, a pure
// function, so the file can be shown as it stood on any day.
//
// Content is sealed with the dossier's own key. Destroying a dossier deletes the
// key with the rows; what remains of it anywhere cannot be read, and a tombstone
// without personal data tells that it was there.
//
// A capability describes its kind of dossier as a Kind: the record, and each act
// with its input, what allows it and what it changes. Perform does an act in one
// unit of work: load, rule, append; an Office does so for a page or a job. Package
// dossiertest holds what every kind must pass.
//
// Law: AVG 5 lid 1 (purpose, accuracy, storage limitation); Archiefwet.
package dossier
