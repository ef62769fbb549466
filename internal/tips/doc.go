// Package tips is the sealed inbox for what Meld Misdaad Anoniem sends: a small named
// group opens it, and nobody else can tell that a tip exists. What it adds to any
// inbox is provable restraint: of every tip can be shown who read it and why, what it
// led to, that it never was proof by itself, and that it is gone.
//
// A tip is one unverified source. There is no field for who called. Before anybody
// reads on, one person asks whether the text could point at the caller and blacks out
// what does, and a second person releases it. Only a finding of our own (an
// inspection, a register, a police report) may lead to another file, which then holds
// no word of the tip. Nothing but app imports this package.
//
// Law and source: agreement with the foundation M. (law.md 8); AVG 5 lid 1 b, c and e,
// 10, 15 lid 4, 25; UAVG 33, 41.
package tips
