package sluiting

import (
	"slices"
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Sealing is the closing itself with its record: when, by whom, how, and with
// photographs. The closure begins here, when closing was possible, and not with the
// decision (law.md 4.3).
type Sealing struct {
	At            deadlines.When `ask:"moment"`
	How           string         `ask:"choice" options:"sealed,self"` // with a seal (5:28), or by the person, who gave the keys
	By            []string       `ask:"lines"`
	Record        string         `ask:"text"` // what was met, what was done
	Authorisation string         `ask:"line,optional"`
	Uninvolved    bool           `ask:"yes"` // the place of somebody who is not involved is entered
	Notice        deadlines.When `ask:"moment,optional"`
	Photos        []string       `ask:"files,optional"`
}

// sealing are the guards of every closing, in time or at once.
func sealing(r Sluiting, in Sealing, least time.Time, at dossier.At) error {
	switch {
	case r.dwelling() && in.How == "sealed" && strings.TrimSpace(in.Authorisation) == "":
		return wrong("Authorisation", "authorisation")
	case in.Uninvolved && in.Notice.At.IsZero():
		return wrong("Notice", "notice-48", "latest", latestNotice(at.Calendar, in.At))
	case in.Uninvolved && in.Notice.At.After(latestNotice(at.Calendar, in.At).At):
		return wrong("Notice", "notice-48", "latest", latestNotice(at.Calendar, in.At))
	}
	return toTheMinute("At", in.At, least, at, "Awb 5:28")
}

// latestNotice is the last moment to tell somebody who is not involved that their place
// will be entered (Awb 5:27).
func latestNotice(c *deadlines.Calendar, entering deadlines.When) deadlines.When {
	a, err := c.Answer(deadlines.Question{ID: "BD-5.27", Start: entering})
	if err != nil {
		return deadlines.When{}
	}
	return a.End
}

// sealReady: the person first gets the term to do it, and no closing is done while it is
// held for the judge.
func sealReady(r Sluiting, at dossier.At) string {
	switch {
	case r.ended(at.Today, at.Calendar):
		return "ended"
	case r.held():
		return "held"
	case r.Compliance != deadlines.NoDay && at.Today <= r.Compliance:
		return "compliance-runs"
	}
	return ""
}

var seal = act("sluiting.seal", dossier.Act[Sluiting, Sealing]{
	Check: func(r Sluiting, in Sealing, at dossier.At) error {
		if r.Compliance != deadlines.NoDay && in.At.Day <= r.Compliance {
			return wrong("At", "need.compliance-runs", "law", transitionOf("sluiting.seal").law, "until", r.Compliance)
		}
		return sealing(r, in, measures.DayTime(r.Publication.On), at)
	},
	Happened: func(in Sealing) time.Time { return moment(in.At) },
	Apply: func(r Sluiting, in Sealing, _ dossier.Entry) Sluiting {
		r.Seals = append(r.Seals, in)
		return r
	},
})

// SealingAtOnce is a closing so urgent that no decision could be waited for (Awb 5:31 lid
// 2). The decision follows as soon as possible.
type SealingAtOnce struct {
	Why           string         `ask:"text"`
	At            deadlines.When `ask:"moment"`
	How           string         `ask:"choice" options:"sealed,self"`
	By            []string       `ask:"lines"`
	Record        string         `ask:"text"`
	Authorisation string         `ask:"line,optional"`
	Photos        []string       `ask:"files,optional"`
}

func (in SealingAtOnce) sealing() Sealing {
	return Sealing{At: in.At, How: in.How, By: in.By, Record: in.Record, Authorisation: in.Authorisation, Photos: in.Photos}
}

func notSealedYet(r Sluiting, _ dossier.At) string {
	if len(r.Seals) > 0 {
		return "sealed-already"
	}
	return ""
}

var sealAtOnce = act("sluiting.seal-at-once", dossier.Act[Sluiting, SealingAtOnce]{
	Check: func(r Sluiting, in SealingAtOnce, at dossier.At) error {
		return sealing(r, in.sealing(), measures.DayTime(r.Report.Found), at)
	},
	Happened: func(in SealingAtOnce) time.Time { return moment(in.At) },
	Apply: func(r Sluiting, in SealingAtOnce, _ dossier.Entry) Sluiting {
		r.AtOnce, r.Seals = in.Why, append(r.Seals, in.sealing())
		if r.Stage == Signed || r.Stage == Checked {
			r.Stage = Drafted // it is another decision now: one that follows on the closing
		}
		return r
	},
})

// SealBreak is that the seal was broken, or that somebody was inside. It is for the police
// (Sr 199; the APV for who is inside); the file records that it was reported to them.
type SealBreak struct {
	At       deadlines.When `ask:"moment"`
	What     string         `ask:"choice" options:"broken,inside"`
	Words    string         `ask:"text"`
	Reported string         `ask:"line,optional"` // number of the aangifte
	Resealed bool           `ask:"yes"`
	Photos   []string       `ask:"files,optional"`
	By       string         `ask:"-"`
}

var sealBroken = act("sluiting.seal-broken", dossier.Act[Sluiting, SealBreak]{
	Check: func(r Sluiting, in SealBreak, at dossier.At) error {
		if err := toTheMinute("At", in.At, r.Seals[len(r.Seals)-1].At.At, at, "Sr 199"); err != nil {
			return err
		}
		if !r.Holds(in.At.Day, at.Calendar) {
			return wrong("At", "seal-outside", "end", r.Ends(at.Calendar))
		}
		return nil
	},
	Happened: func(in SealBreak) time.Time { return moment(in.At) },
	Apply: func(r Sluiting, in SealBreak, e dossier.Entry) Sluiting {
		in.By = e.Actor
		r.SealBreaks = append(r.SealBreaks, in)
		return r
	},
})

// Wkpb is whether the closure was entered in the registration of public-law restrictions.
// Whether it must be is not settled in the sources (law.md 4.6): the step says what was
// found.
type Wkpb struct {
	On      deadlines.Day `ask:"day"`
	Outcome string        `ask:"choice" options:"entered,not-needed,unclear"`
	Number  string        `ask:"line,optional"`
	Words   string        `ask:"text"`
}

var wkpb = act("sluiting.wkpb", dossier.Act[Sluiting, Wkpb]{
	Check: func(r Sluiting, in Wkpb, at dossier.At) error {
		if in.Outcome == "entered" && in.Number == "" {
			return wrong("Number", "wkpb-number")
		}
		return dayBetween("On", in.On, r.Publication.On, at)
	},
	Happened: func(in Wkpb) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in Wkpb, _ dossier.Entry) Sluiting {
		r.Wkpb = &in
		return r
	},
})

// Unsealing is that the premises went back: to whom, when, in which state. A closure that
// does not hold any more is opened: at its end, early, by the court or withdrawn.
type Unsealing struct {
	At    deadlines.When `ask:"moment"`
	To    string         `ask:"line"` // who got the keys
	By    []string       `ask:"lines"`
	Words string         `ask:"text,optional"`
}

// sealed: the premises are shut now.
func (r Sluiting) sealed() bool { return len(r.Seals) > len(r.Unsealed) }

func sealMayGo(r Sluiting, at dossier.At) string {
	switch {
	case !r.sealed():
		return "not-sealed"
	case r.Stage == Sealed && !r.ended(at.Today, at.Calendar):
		return "runs"
	}
	return ""
}

var unseal = act("sluiting.unseal", dossier.Act[Sluiting, Unsealing]{
	Check: func(r Sluiting, in Unsealing, at dossier.At) error {
		return toTheMinute("At", in.At, r.Seals[len(r.Seals)-1].At.At, at, "Awb 5:28")
	},
	Happened: func(in Unsealing) time.Time { return moment(in.At) },
	Apply: func(r Sluiting, in Unsealing, _ dossier.Entry) Sluiting {
		r.Unsealed = append(slices.Clone(r.Unsealed), in)
		if r.Stage == Sealed {
			r.Stage, r.How = Over, "ended"
			if r.ReopenOn != deadlines.NoDay {
				r.How = "reopened"
			}
		}
		return r
	},
})
