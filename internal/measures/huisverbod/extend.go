package huisverbod

import (
	"slices"
	"strings"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Preparation is all that the mayor needs to decide on an extension, on one page: what
// the help organisation advises, what came of the talks with both sides, whether help
// was accepted, and whether the danger goes on (Wth 9 lid 1; law.md 3.5).
type Preparation struct {
	HelpAdvice    string `ask:"text"`
	HelpBy        string `ask:"line"`
	TalkBanned    string `ask:"text"`
	TalkHousehold string `ask:"text"`
	Accepted      string `ask:"choice" options:"accepted,partly,refused"`
	Danger        string `ask:"choice" options:"danger,suspicion,gone"`
	DangerWhy     string `ask:"text"`
	Advice        string `ask:"choice" options:"extend,not"`
}

// runs: once ended, a ban cannot be revived (Wth 9 lid 1).
func runs(r Huisverbod, at dossier.At) string {
	if !at.Now.Before(r.Ends(at.Calendar).At) {
		return "ended"
	}
	return ""
}

var prepare = act("huisverbod.prepare", dossier.Act[Huisverbod, Preparation]{
	Apply: func(r Huisverbod, in Preparation, _ dossier.Entry) Huisverbod {
		r.Prepared = &in
		return r
	},
})

// Extension is the decision of the mayor to go on, before the end and up to four weeks
// in all. It counts from when it is announced, and that too is before the end.
type Extension struct {
	Until    deadlines.When `ask:"moment"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Why      string         `ask:"text"`
	Decided  time.Time      `ask:"-"`
	By       string         `ask:"-"`
	Served   deadlines.When `ask:"-"`
	How      string         `ask:"-"`
	Letter   string         `ask:"-"`
}

func extensionReady(r Huisverbod, at dossier.At) string {
	if code := runs(r, at); code != "" {
		return code
	}
	if r.Prepared == nil {
		return "prepared"
	}
	if r.waiting() {
		return "extension-unserved"
	}
	return ""
}

// waiting says whether an extension was decided and not announced.
func (r Huisverbod) waiting() bool {
	n := len(r.Extensions)
	return n > 0 && r.Extensions[n-1].Served.At.IsZero()
}

var extend = act("huisverbod.extend", dossier.Act[Huisverbod, Extension]{
	Check: func(r Huisverbod, in Extension, at dossier.At) error {
		end, most := r.Ends(at.Calendar), r.fourWeeks(at.Calendar)
		switch {
		case !at.Actor.Holds(access.Mayor):
			return wrong("Capacity", "only-mayor")
		case r.Prepared.Danger == "gone":
			return wrong("Why", "danger-gone")
		case r.tellsWhere(in.Why):
			return wrong("Why", "secret-address")
		case in.Until.At.IsZero():
			return wrong("Until", "minute", "law", "Wth 9 lid 1, 2 lid 4")
		case !in.Until.At.After(end.At):
			return wrong("Until", "extension-later", "end", end)
		case in.Until.At.After(most.At):
			return wrong("Until", "four-weeks", "most", most)
		}
		return nil
	},
	Apply: func(r Huisverbod, in Extension, e dossier.Entry) Huisverbod {
		in.Decided, in.By = e.Recorded, e.Actor
		r.Extensions = append(r.Extensions, in)
		return r
	},
})

// NotExtended is the decision of the mayor to let the ban end: that is an outcome too.
type NotExtended struct {
	Why string `ask:"text"`
}

var notExtend = act("huisverbod.not-extend", dossier.Act[Huisverbod, NotExtended]{
	Check: func(_ Huisverbod, _ NotExtended, at dossier.At) error {
		if !at.Actor.Holds(access.Mayor) {
			return wrong("Why", "only-mayor")
		}
		return nil
	},
	Apply: func(r Huisverbod, _ NotExtended, _ dossier.Entry) Huisverbod { return r },
})

// Serving is the Bekendmaking of the extension.
type Serving struct {
	At     deadlines.When `ask:"moment"`
	How    string         `ask:"choice" options:"handed,oral,post,deposit"`
	Proof  string         `ask:"line"`
	Letter string         `ask:"-"` // the extension as it was made, a file of the dossier
}

func extensionWaits(r Huisverbod, _ dossier.At) string {
	if !r.waiting() {
		return "extension"
	}
	return ""
}

var serve = act("huisverbod.serve", dossier.Act[Huisverbod, Serving]{
	Check: func(r Huisverbod, in Serving, at dossier.At) error {
		end := r.Ends(at.Calendar)
		if err := toTheMinute("At", in.At, r.Extensions[len(r.Extensions)-1].Decided, at, "Wth 9 lid 1; Awb 3:40"); err != nil {
			return err
		}
		if !in.At.At.Before(end.At) {
			return wrong("At", "served-late", "end", end)
		}
		return nil
	},
	Happened: func(in Serving) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Serving, _ dossier.Entry) Huisverbod {
		r.Extensions = slices.Clone(r.Extensions)
		x := &r.Extensions[len(r.Extensions)-1]
		x.Served, x.How, x.Letter = in.At, in.How, in.Letter
		return r
	},
})

// Withdrawal ends the ban early. The law names when: help was accepted, the help
// organisation confirms so, and the person does not stand in the way of help for the
// others (Wth 2 lid 9).
type Withdrawal struct {
	Accepted    bool   `ask:"yes"`
	Confirmed   bool   `ask:"yes"`
	ConfirmedBy string `ask:"line,optional"`
	Unhindered  bool   `ask:"yes"`
	Capacity    string `ask:"choice" options:"mayor,deputy"`
	Why         string `ask:"text"`
	By          string `ask:"-"`
	Letter      string `ask:"-"`
}

var withdraw = act("huisverbod.withdraw", dossier.Act[Huisverbod, Withdrawal]{
	Check: func(r Huisverbod, in Withdrawal, at dossier.At) error {
		switch {
		case !at.Actor.Holds(access.Mayor):
			return wrong("Capacity", "only-mayor")
		case !in.Accepted:
			return wrong("Accepted", "withdraw-accepted")
		case !in.Confirmed || strings.TrimSpace(in.ConfirmedBy) == "":
			return wrong("Confirmed", "withdraw-confirmed")
		case !in.Unhindered:
			return wrong("Unhindered", "withdraw-unhindered")
		case r.tellsWhere(in.Why, in.ConfirmedBy):
			return wrong("Why", "secret-address")
		}
		return nil
	},
	Apply: func(r Huisverbod, in Withdrawal, e dossier.Entry) Huisverbod {
		in.By = e.Actor
		r.Withdrawn, r.StoppedAt, r.How = &in, e.Recorded, "withdrawn"
		return r
	},
})

// sameLine compares what was typed on two lines.
func sameLine(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
