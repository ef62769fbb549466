// Package documents makes what the municipality sends: letters, and bundles of
// files with an index.
//
// A Letter is blocks of plain text. PDF writes it as PDF/A-2a with the structure
// of PDF/UA-1, so that a screen reader reads it in order and an archive keeps it;
// DOCX writes the same letter to be edited. Parse reads a template that a jurist
// keeps, with its mandatory blocks; Fill puts values in, which can never become
// markup. Bundle packs numbered files with an index and their hashes.
//
// What is made depends on what is given and on nothing else: no clock, no font of
// the machine. The same letter is the same bytes, so that a hash can prove it.
//
// Law: Awb 3:41, 3:45 to 3:47 (what a decision must say); Besluit digitale
// toegankelijkheid overheid (EN 301 549, 10); Archiefwet 1995.
package documents
