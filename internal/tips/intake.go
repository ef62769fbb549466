package tips

import (
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Receive is a message of M. as it came in. There is no field for who called, and the
// day is that on which the municipality received it, no finer.
type Receive struct {
	Reference string        `ask:"line,optional"`
	Received  deadlines.Day `ask:"day"`
	Theme     string        `ask:"choice" options:"drugs,undermining,fraud,laundering,violence,weapons,trafficking,prostitution,housing,residence,environment,fireworks,medicines,benefits,forgery,identity,theft,radicalisation"`
	Text      string        `ask:"text"`
	Shocking  bool          `ask:"yes"`
	Files     []string      `ask:"files,optional"`
	KeepWhy   string        `ask:"line,optional"` // why the originals of files are kept; they are not when it is empty
	Kept      []string      `ask:"-"`             // the originals
	Removed   []string      `ask:"-"`             // what was taken out of the copies (strip.Kind)
}

var receive = act("tip.receive", dossier.Act[Tip, Receive]{
	Check: func(_ Tip, in Receive, at dossier.At) error {
		return dayBetween("Received", in.Received, at.Today.AddYears(-1), at.Today)
	},
	Apply: func(r Tip, in Receive, _ dossier.Entry) Tip {
		r.Reference, r.Received, r.Theme, r.Shocking = in.Reference, in.Received, in.Theme, in.Shocking
		r.Parts = []Part{{Received: in.Received, Original: in.Text, Files: in.Files, Kept: in.Kept, KeptWhy: in.KeepWhy, Removed: in.Removed}}
		return r
	},
})

// Add is what M. sent later about the same tip. It passes the same check.
type Add struct {
	Received deadlines.Day `ask:"day"`
	Text     string        `ask:"text"`
	Shocking bool          `ask:"yes"`
	Files    []string      `ask:"files,optional"`
	KeepWhy  string        `ask:"line,optional"`
	Kept     []string      `ask:"-"`
	Removed  []string      `ask:"-"`
}

var add = act("tip.add", dossier.Act[Tip, Add]{
	Check: func(r Tip, in Add, at dossier.At) error {
		return dayBetween("Received", in.Received, r.Received, at.Today)
	},
	Apply: func(r Tip, in Add, _ dossier.Entry) Tip {
		r.Parts = append(r.Parts[:len(r.Parts):len(r.Parts)], Part{Received: in.Received, Original: in.Text, Files: in.Files, Kept: in.Kept, KeptWhy: in.KeepWhy, Removed: in.Removed})
		r.Shocking = r.Shocking || in.Shocking
		r.LastNews = max(r.LastNews, in.Received)
		if r.Stage == Closed {
			r.Stage, r.ClosedOn = Assessed, deadlines.NoDay // what is new must be read; the term stays (Ends)
		}
		return r
	},
})

// Warn marks the content as shocking, so that whoever opens it is told first.
type Warn struct {
	Shocking string `ask:"choice" options:"shocking,not"`
}

var warn = act("tip.warn", dossier.Act[Tip, Warn]{
	Apply: func(r Tip, in Warn, _ dossier.Entry) Tip {
		r.Shocking = in.Shocking == "shocking"
		return r
	},
})

// Check is the answer to the question whether the text could point at the caller.
// Marked is the text with [[ ]] around what is blacked out; Summary says in our own
// words what the tip is about, and is all that can ever leave the inbox.
type Check struct {
	Marked   string `ask:"text"`
	Knower   string `ask:"choice" options:"none,gone"` // something that only one or a few can know
	Moment   string `ask:"choice" options:"none,gone"` // a moment or place so exact that it shows who was there
	Relation string `ask:"choice" options:"none,gone"` // how the caller knows the person
	Style    string `ask:"choice" options:"none,gone"` // the caller's own words, dialect, mistakes
	Files    string `ask:"choice" options:"none,gone"` // what can be seen in files: a viewpoint, a reflection
	Summary  string `ask:"text"`
}

// mostRun is how many words in a row the summary or a finding may share with the
// original: more is a quotation, and words give away who spoke them (security.md 3).
const mostRun = 6

var check = act("tip.check", dossier.Act[Tip, Check]{
	Check: func(r Tip, in Check, _ dossier.At) error {
		p := r.Parts[r.unchecked()]
		if Unmarked(in.Marked) != p.Original {
			return wrong("Marked", "marked-differs")
		}
		gaps, asked := Gaps(in.Marked), in.Knower == "gone" || in.Moment == "gone" || in.Relation == "gone" || in.Style == "gone"
		switch {
		case gaps < 0:
			return wrong("Marked", "marked-open")
		case gaps == 0 && (in.Knower == "gone" || in.Moment == "gone" || in.Relation == "gone"):
			return wrong("Marked", "nothing-gone")
		case gaps > 0 && !asked:
			return wrong("Knower", "gone-why")
		case in.Files == "gone" && len(p.Files) > 0:
			return wrong("Files", "files-gone")
		}
		if run := CommonRun(in.Summary, p.Original); run > mostRun {
			return wrong("Summary", "quotes", "n", run, "most", mostRun)
		}
		return nil
	},
	Apply: func(r Tip, in Check, e dossier.Entry) Tip {
		return r.part(r.unchecked(), func(p *Part) {
			p.Marked, p.Summary, p.Checks, p.CheckedBy, p.Returned, p.ReturnedBy = in.Marked, in.Summary, in, e.Actor, "", ""
		}, Received, Checked)
	},
})

// Return sends a check back: something could still point at the caller.
type Return struct {
	Why string `ask:"text"`
}

var sendBack = act("tip.return", dossier.Act[Tip, Return]{
	Apply: func(r Tip, in Return, e dossier.Entry) Tip {
		return r.part(r.unreleased(), func(p *Part) { p.CheckedBy, p.Returned, p.ReturnedBy = "", in.Why, e.Actor }, Checked, Received)
	},
})

// Release is the word of the second person, who read the original.
type Release struct {
	Read bool `ask:"yes"`
}

var release = act("tip.release", dossier.Act[Tip, Release]{
	Check: func(_ Tip, in Release, _ dossier.At) error {
		if !in.Read {
			return wrong("Read", "read-first")
		}
		return nil
	},
	Apply: func(r Tip, _ Release, e dossier.Entry) Tip {
		return r.part(r.unreleased(), func(p *Part) { p.ReleasedBy = e.Actor }, Checked, Released)
	},
})

// part changes one part, and the stage of the tip where the first part carries it. The
// record before stays as it was.
func (r Tip) part(i int, change func(p *Part), from, to Stage) Tip {
	if i < 0 {
		return r // a correction took the part's turn away: what is recorded has happened
	}
	r.Parts = append([]Part(nil), r.Parts...)
	change(&r.Parts[i])
	if r.Stage == from {
		r.Stage = to
	}
	return r
}
