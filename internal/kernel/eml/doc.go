// Package eml reads a mail that came in, such as one of Meld Misdaad Anoniem, and
// keeps of it only what was said.
//
// A Mail has no field for who sent it, over which machines it came, or at what time:
// what is not there cannot be stored, shown or leaked. Its words are made visible as
// package strip does; its attachments come out as they are, and whoever keeps them
// passes them through strip.Copy. A visiting card and a signature, which say who the
// sender is and nothing else, are left behind.
//
// What stands in the text stays in the text, also a name under it or the lines that
// a program writes above a message that it forwards. Somebody must read that.
//
// Law: AVG 5(1)(c) (no more data than needed). RFC 5322 (mail), 2045 to 2047 and 2231
// (MIME), 3676 (flowed text).
package eml
