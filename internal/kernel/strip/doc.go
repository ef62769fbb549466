// Package strip takes out of a file what could point at a person: where a photo
// was taken, who wrote a document, what was deleted from it, what a page does not
// show. A municipality that cannot trust this cannot take in a tip.
//
// Copy reads a file by its content, never by its name or declared type, and writes
// it anew from what one sees. It works by allowing: parts of a document, namespaces
// and keys of a PDF that it does not know are not copied. What it cannot clean it
// refuses, with a fault that says what to do; it never hands back a file it could not
// read to the end. Text does the same for words that somebody pasted, and for names
// of files.
//
// What one sees stays, also where it points at somebody: a name in a letter, a face
// in a photo, words in the picture of a screen. That is for a person to judge.
//
// Everything is counted while it is unpacked. What a header says of a size is used
// to refuse sooner, never to trust.
//
// Law: AVG 5(1)(c) and 25 (no more data than needed, by design); ASVS 5.2 (files)
// and 14.2.8 (metadata).
package strip
