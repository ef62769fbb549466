package huisverbod

import (
	"slices"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Question is what the mayor asks before deciding, with the answer.
type Question struct {
	Words  string `ask:"text"`
	Answer string `ask:"-"`
	By     string `ask:"-"`
}

var askMore = act("huisverbod.ask", dossier.Act[Huisverbod, Question]{
	Apply: func(r Huisverbod, in Question, e dossier.Entry) Huisverbod {
		in.By = e.Actor
		r.Questions = append(r.Questions, in)
		return r
	},
})

// Answer answers what the mayor asked; the file is then for the mayor again.
type Answer struct {
	Words string `ask:"text"`
}

var answer = act("huisverbod.answer", dossier.Act[Huisverbod, Answer]{
	Apply: func(r Huisverbod, in Answer, _ dossier.Entry) Huisverbod {
		r.Questions = slices.Clone(r.Questions)
		if n := len(r.Questions); n > 0 {
			r.Questions[n-1].Answer = in.Words
		}
		return r
	},
})

// Decision is that a ban is imposed: by the mayor or who stands in (Gemeentewet 77), or
// by the hulpofficier van justitie under the mayor's mandate. It does not run before it
// is announced.
type Decision struct {
	At       deadlines.When
	Capacity string // mayor, deputy or mandated
	By       string // account of the mayor
	Officer  string // name, under mandate
	Mandate  string
	Informed deadlines.When // when the officer told the mayor (3 lid 2)
}

// On (suspected) child abuse Veilig Thuis is consulted beforehand (Wth 2 lid 3).
func decisionReady(r Huisverbod, _ dossier.At) string {
	if r.Report.Abuse && len(r.Consulted) == 0 {
		return "veilig-thuis"
	}
	return ""
}

// Imposing is the decision of the mayor. At is when it was taken, to the minute: at
// night that is in a telephone call.
type Imposing struct {
	At       deadlines.When `ask:"moment"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Danger   bool           `ask:"yes"` // the mayor sees the danger, or the suspicion, that the draft names
}

var impose = act("huisverbod.impose", dossier.Act[Huisverbod, Imposing]{
	Check: func(r Huisverbod, in Imposing, at dossier.At) error {
		switch {
		case !at.Actor.Holds(access.Mayor):
			return wrong("Capacity", "mayor-or-mandate")
		case at.Actor.Account == r.DraftBy:
			return wrong("Capacity", "own-draft")
		case !in.Danger:
			return wrong("Danger", "no-danger")
		}
		return toTheMinute("At", in.At, moment(r.Report.Incident), at, "Wth 2 lid 1, 4")
	},
	Happened: func(in Imposing) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Imposing, e dossier.Entry) Huisverbod {
		r.Decision = &Decision{At: in.At, Capacity: in.Capacity, By: e.Actor}
		return r
	},
})

// ImposingMandated records the decision of a hulpofficier van justitie under mandate.
// The mandate is for imposing only; the mayor is told without delay (Wth 3).
type ImposingMandated struct {
	At       deadlines.When `ask:"moment"`
	Officer  string         `ask:"line"`
	Mandate  string         `ask:"line"`
	Informed deadlines.When `ask:"moment"`
}

var imposeMandated = act("huisverbod.impose-mandated", dossier.Act[Huisverbod, ImposingMandated]{
	Check: func(r Huisverbod, in ImposingMandated, at dossier.At) error {
		if err := toTheMinute("At", in.At, moment(r.Report.Incident), at, "Wth 2 lid 1, 4"); err != nil {
			return err
		}
		return toTheMinute("Informed", in.Informed, in.At.At, at, "Wth 3 lid 2")
	},
	Happened: func(in ImposingMandated) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in ImposingMandated, _ dossier.Entry) Huisverbod {
		r.Decision = &Decision{At: in.At, Capacity: "mandated", Officer: in.Officer, Mandate: in.Mandate, Informed: in.Informed}
		return r
	},
})

// Refusal is that no ban is imposed, with the reason.
type Refusal struct {
	At       deadlines.When `ask:"moment"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Why      string         `ask:"text"`
}

var refuse = act("huisverbod.refuse", dossier.Act[Huisverbod, Refusal]{
	Check: func(r Huisverbod, in Refusal, at dossier.At) error {
		if !at.Actor.Holds(access.Mayor) {
			return wrong("Capacity", "mayor-or-mandate")
		}
		return toTheMinute("At", in.At, moment(r.Report.Incident), at, "Awb 3:46")
	},
	Happened: func(in Refusal) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Refusal, _ dossier.Entry) Huisverbod {
		r.Refusal = in.Why
		return r
	},
})

// Announcement is the moment at which the banned person was told, or at which the
// decision was handed over or deposited: the ban runs from then.
type Announcement struct {
	At   deadlines.When `ask:"moment"`
	How  string         `ask:"choice" options:"oral,handed,unknown"`
	By   string         `ask:"line"`
	Keys string         `ask:"line,optional"` // taken, with receipt (Wth 4)
}

var announce = act("huisverbod.announce", dossier.Act[Huisverbod, Announcement]{
	Check: func(r Huisverbod, in Announcement, at dossier.At) error {
		return toTheMinute("At", in.At, r.Decision.At.At, at, "Wth 2 lid 7")
	},
	Happened: func(in Announcement) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Announcement, _ dossier.Entry) Huisverbod {
		r.Announced = &in
		return r
	},
})

// Written is the written decision as it was made known (Awb 3:41): after an oral
// announcement as soon as possible, by deposit at the town clerk when nobody knows where
// the person is (Wth 2 lid 7). Until is the end that the document states when that is
// another than Baken computes: on a form of the police, filled in by hand.
type Written struct {
	At     deadlines.When `ask:"moment"`
	How    string         `ask:"choice" options:"handed,post,deposit"`
	Proof  string         `ask:"line"`
	Until  deadlines.When `ask:"moment,optional"`
	Files  []string       `ask:"files,optional"`
	Letter string         `ask:"-"` // the decision as it was made, a file of the dossier
}

func notWritten(r Huisverbod, _ dossier.At) string {
	if r.Written != nil {
		return "written-already"
	}
	return ""
}

var write = act("huisverbod.write", dossier.Act[Huisverbod, Written]{
	Check: func(r Huisverbod, in Written, at dossier.At) error {
		ten := r.tenDays(at.Calendar)
		switch {
		case in.Until.Day != deadlines.NoDay && in.Until.At.IsZero():
			return wrong("Until", "minute", "law", "Wth 2 lid 4")
		case in.Until.At.After(ten.At):
			return wrong("Until", "longer-than-ten", "end", ten)
		case !in.Until.At.IsZero() && !in.Until.At.After(r.start().At):
			return wrong("Until", "before", "least", r.start())
		case in.How == "deposit" && r.Announced.How == "handed":
			return wrong("How", "deposit-known")
		}
		return between("At", in.At, r.start().At, at)
	},
	Happened: func(in Written) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Written, _ dossier.Entry) Huisverbod {
		r.Written = &in
		return r
	},
})
