package sluiting

import (
	"slices"
	"strings"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Draft is the decision before it is one. Cell is the cell of the matrix that applies, as
// the municipality calls it: recorded, so that the decision shows which rule it followed
// whatever the matrix becomes.
type Draft struct {
	Cell      string   `ask:"cell"`
	Outcome   string   `ask:"choice" options:"closure,warning"`
	Summary   string   `ask:"text"` // in plain words, on page one
	Length    int      `ask:"count"`
	Unit      string   `ask:"choice,optional" options:"weeks,months"`
	Course    string   `ask:"choice,optional" options:"ordinary,urgent,at-once"` // a compliance term (5:24), or none (5:31 lid 1, 2)
	Days      int      `ask:"count"`                                             // of the compliance term
	Urgency   string   `ask:"text,optional"`
	Measures  []string `ask:"lines"`                                     // what must be done (5:24 lid 1); of a warning what must stop
	Costs     string   `ask:"choice,optional" options:"offender,nobody"` // on whom the costs are laid (5:25 lid 2)
	Deviation string   `ask:"text,optional"`                             // Awb 4:84
}

// heard: the person could say what they think of it, or leaving that out was reasoned.
func (r Sluiting) heard() bool { return r.Skipped != nil || r.View != nil }

// A draft is ready for writing when the person was heard, or could have been, and the
// interests were weighed. A warning closes nothing and waits for neither.
func draftReady(r Sluiting, at dossier.At) string {
	if r.cell(at.Today).Outcome == "warning" {
		return ""
	}
	return r.closureReady(at)
}

func (r Sluiting) closureReady(at dossier.At) string {
	switch {
	case r.heard():
		return r.weighed()
	case r.IntentionOn == deadlines.NoDay:
		return "not-heard"
	case at.Today <= r.ViewUntil:
		return "view-open"
	}
	return "view-none"
}

var draft = act("sluiting.draft", dossier.Act[Sluiting, Draft]{
	Check: func(r Sluiting, in Draft, at dossier.At) error {
		cell := r.cell(at.Today)
		if in.Cell != cell.Code {
			return wrong("Cell", "other-cell", "cell", cell.Code, "policy", r.Policy(at.Today).ID)
		}
		if in.Outcome == "warning" && r.AtOnce != "" {
			return wrong("Outcome", "at-once-closure")
		}
		if in.Outcome == "closure" {
			if err := closure(r, in, at); err != nil {
				return err
			}
		}
		if code := deviates(in, cell, at.Today); code != "" && strings.TrimSpace(in.Deviation) == "" {
			return wrong("Deviation", code, "policy", r.Policy(at.Today).ID, "cell", cell.Code)
		}
		return nil
	},
	Apply: func(r Sluiting, in Draft, e dossier.Entry) Sluiting {
		r.Draft, r.DraftBy, r.CheckedBy = &in, e.Actor, ""
		return r
	},
})

// closure are the guards of a draft that closes.
func closure(r Sluiting, in Draft, at dossier.At) error {
	if code := r.closureReady(at); code != "" {
		return wrong("Outcome", "need."+code, "law", transitionOf("sluiting.draft").law, "n", len(r.unanswered()))
	}
	switch {
	case in.Length < 1:
		return wrong("Length", "length-needed")
	case in.Unit == "":
		return wrong("Unit", "unit-needed")
	case in.Course == "":
		return wrong("Course", "course-needed")
	case in.Costs == "":
		return wrong("Costs", "costs-stated")
	case (in.Course == "at-once") != (r.AtOnce != ""):
		return wrong("Course", "at-once-fact")
	case in.Course == "ordinary" && in.Days < 1:
		return wrong("Days", "compliance-needed")
	case in.Course == "ordinary" && in.Days > 60:
		return wrong("Days", "compliance-too-long")
	case in.Course != "ordinary" && in.Days > 0:
		return wrong("Days", "urgent-no-term")
	case in.Course != "ordinary" && strings.TrimSpace(in.Urgency) == "":
		return wrong("Urgency", "urgency-why")
	}
	return nil
}

// draftFits: premises that were closed at once ask for the decision that follows on that.
func draftFits(r Sluiting, _ dossier.At) string {
	if r.AtOnce != "" && r.Draft.Course != "at-once" {
		return "draft-at-once"
	}
	return ""
}

// Check is the legal check by another person. Sent back, it is a draft again.
type Check struct {
	Outcome string `ask:"choice" options:"approved,returned"`
	Remark  string `ask:"text,optional"`
}

var check = act("sluiting.check", dossier.Act[Sluiting, Check]{
	Check: func(r Sluiting, in Check, at dossier.At) error {
		if at.Actor.Account == r.DraftBy {
			return wrong("Outcome", "own-draft")
		}
		if in.Outcome == "returned" && in.Remark == "" {
			return wrong("Remark", "say-why")
		}
		return nil
	},
	Apply: func(r Sluiting, in Check, e dossier.Entry) Sluiting {
		if in.Outcome == "returned" {
			r.Stage, r.CheckedBy = Drafted, ""
			r.Returned = append(r.Returned, Return{Remark: in.Remark, By: e.Actor})
			return r
		}
		r.CheckedBy = e.Actor
		return r
	},
})

// Return is that the mayor gives the draft back, with what is missing.
type Return struct {
	Remark string `ask:"text"`
	By     string `ask:"-"`
}

var giveBack = act("sluiting.return", dossier.Act[Sluiting, Return]{
	Apply: func(r Sluiting, in Return, e dossier.Entry) Sluiting {
		in.By = e.Actor
		r.CheckedBy, r.Returned = "", append(r.Returned, in)
		return r
	},
})

// Signature is who decided, as what, and the letter as it was signed.
type Signature struct {
	By       string
	Capacity string // mayor or deputy
	On       deadlines.Day
	Letter   string // a file of the dossier
}

// Signing is the decision of the mayor or who stands in (Gemeentewet 77). The power is
// the mayor's own (Opiumwet 13b lid 1, Gemeentewet 174a lid 1).
type Signing struct {
	Capacity string `ask:"choice" options:"mayor,deputy"`
	Weighed  bool   `ask:"yes"` // the signer read the decision and its test
	Letter   string `ask:"-"`
}

// SigningUrgent is the same for a closure without a term for compliance (Awb 5:31).
type SigningUrgent struct {
	Capacity string `ask:"choice" options:"mayor,deputy"`
	Weighed  bool   `ask:"yes"`
	Letter   string `ask:"-"`
}

// SigningWarning is the same for a warning.
type SigningWarning struct {
	Capacity string `ask:"choice" options:"mayor,deputy"`
	Weighed  bool   `ask:"yes"`
	Letter   string `ask:"-"`
}

// draftIs says that the draft is for this act of signing.
func draftIs(kind string) func(r Sluiting, _ dossier.At) string {
	return func(r Sluiting, _ dossier.At) string {
		if r.Draft.kind() != kind {
			return "sign-" + r.Draft.kind()
		}
		return ""
	}
}

func (d *Draft) kind() string {
	switch {
	case d.Outcome == "warning":
		return "warning"
	case d.Course == "ordinary":
		return "ordinary"
	}
	return "urgent"
}

func signer(r Sluiting, weighed bool, at dossier.At) error {
	switch {
	case !at.Actor.Holds(access.Mayor):
		return wrong("Capacity", "only-mayor")
	case at.Actor.Account == r.DraftBy:
		return wrong("Capacity", "own-draft")
	case !weighed:
		return wrong("Weighed", "read-first")
	}
	return nil
}

func (r Sluiting) sign(capacity, letter string, e dossier.Entry) Sluiting {
	r.Signed = &Signature{By: e.Actor, Capacity: capacity, On: deadlines.DayOf(e.Recorded), Letter: letter}
	return r
}

var sign = act("sluiting.sign", dossier.Act[Sluiting, Signing]{
	Check: func(r Sluiting, in Signing, at dossier.At) error { return signer(r, in.Weighed, at) },
	Apply: func(r Sluiting, in Signing, e dossier.Entry) Sluiting { return r.sign(in.Capacity, in.Letter, e) },
})

var signUrgent = act("sluiting.sign-urgent", dossier.Act[Sluiting, SigningUrgent]{
	Check: func(r Sluiting, in SigningUrgent, at dossier.At) error { return signer(r, in.Weighed, at) },
	Apply: func(r Sluiting, in SigningUrgent, e dossier.Entry) Sluiting {
		return r.sign(in.Capacity, in.Letter, e)
	},
})

var warn = act("sluiting.warn", dossier.Act[Sluiting, SigningWarning]{
	Check: func(r Sluiting, in SigningWarning, at dossier.At) error { return signer(r, in.Weighed, at) },
	Apply: func(r Sluiting, in SigningWarning, e dossier.Entry) Sluiting {
		return r.sign(in.Capacity, in.Letter, e)
	},
})

// Publication is the Bekendmaking (Awb 3:41) to the offender and to who has a right on
// the premises (5:24 lid 3): the day of sending or handing over decides.
type Publication struct {
	On    deadlines.Day `ask:"day"`
	How   string        `ask:"choice" options:"handed,registered,post,electronic"`
	To    []string      `ask:"lines"`
	Proof string        `ask:"line"`
	Files []string      `ask:"files,optional"`
}

// A warning goes to the person alone.
func rightHoldersKnown(r Sluiting, _ dossier.At) string {
	if r.Registry == nil && r.Draft.Outcome == "closure" {
		return "registry"
	}
	return ""
}

var publish = act("sluiting.publish", dossier.Act[Sluiting, Publication]{
	Check: func(r Sluiting, in Publication, at dossier.At) error {
		to := []string{r.Report.Person}
		if r.Draft.Outcome == "closure" {
			to = append(to, r.Registry.RightHolders...)
		}
		for _, name := range to {
			if !slices.ContainsFunc(in.To, func(s string) bool { return sameName(s, name) }) {
				return wrong("To", "right-holder-missing", "name", name)
			}
		}
		return dayBetween("On", in.On, r.Signed.On, at)
	},
	Happened: func(in Publication) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in Publication, _ dossier.Entry) Sluiting {
		r.Publication = &in
		switch {
		case r.Draft.Outcome == "warning":
			r.Stage = Warned
		case len(r.Seals) > 0:
			r.Stage = Sealed // it was closed before there was a decision (5:31 lid 2)
		}
		if r.Draft.Days > 0 {
			r.Compliance = in.On + deadlines.Day(r.Draft.Days)
		}
		return r
	},
})

func sameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// Stretch lengthens the compliance term, only before it ends: afterwards it cannot be
// extended any more (ECLI:NL:RVS:2014:1340, 2018:1823, 2025:6177).
type Stretch struct {
	Until deadlines.Day `ask:"day"`
	Why   string        `ask:"text"`
}

func complianceRuns(r Sluiting, at dossier.At) string {
	switch {
	case r.Compliance == deadlines.NoDay:
		return "no-compliance-term"
	case at.Today > r.Compliance:
		return "compliance-over"
	}
	return ""
}

var extendTerm = act("sluiting.extend-term", dossier.Act[Sluiting, Stretch]{
	Check: func(r Sluiting, in Stretch, _ dossier.At) error {
		switch {
		case in.Until <= r.Compliance:
			return wrong("Until", "stretch-later", "until", r.Compliance)
		case in.Until > r.Publication.On+60:
			return wrong("Until", "compliance-too-long")
		}
		return nil
	},
	Apply: func(r Sluiting, in Stretch, _ dossier.Entry) Sluiting {
		r.Compliance, r.Stretches = in.Until, append(r.Stretches, in)
		return r
	},
})
