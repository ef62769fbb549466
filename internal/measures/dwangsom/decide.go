package dwangsom

import (
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
)

// Draft is the decision before it is one (Awb 5:32a, 5:32b). Amounts in cents.
type Draft struct {
	Summary    string   `ask:"text"`  // in plain words, on page one
	Measures   []string `ask:"lines"` // what must be done or left, concrete enough to check
	Per        string   `ask:"choice" options:"lump,unit,breach"`
	Unit       string   `ask:"choice,optional" options:"day,week,month"`
	Amount     int      `ask:"euro"`
	Maximum    int      `ask:"euro"`
	Days       int      `ask:"count"` // compliance term in days; 0 for an order that only forbids repetition
	Motivation string   `ask:"text"`  // of the amount: in proportion to the interest and the working aimed at
	Deviation  string   `ask:"text,optional"`
}

// A draft is ready for writing when the offender was heard, or could have been, and
// the interests were weighed.
func draftReady(r Dwangsom, at dossier.At) string {
	switch {
	case r.Skipped == "" && r.View == nil && at.Today <= r.ViewUntil:
		return "view-open"
	case r.Skipped == "" && r.View == nil:
		return "view-none"
	case r.Weighed == nil:
		return "weighing"
	}
	return ""
}

func intentionSent(r Dwangsom, _ dossier.At) string {
	if r.IntentionOn == deadlines.NoDay {
		return "intention"
	}
	return ""
}

var draft = act("dwangsom.draft", dossier.Act[Dwangsom, Draft]{
	Check: func(r Dwangsom, in Draft, at dossier.At) error {
		b, _ := r.Policy(at.Today).Breach(r.Breach)
		amount, maximum := b.Step(r.Earlier)
		switch {
		case in.Amount < 1:
			return wrong("Amount", "amount-above-zero")
		case in.Maximum < in.Amount:
			return wrong("Maximum", "maximum-below", "amount", text.Euro(in.Amount))
		case in.Per == Lump && in.Maximum != in.Amount:
			return wrong("Maximum", "lump-maximum", "amount", text.Euro(in.Amount))
		case (in.Per == PerUnit) != (in.Unit != ""):
			return wrong("Unit", "unit-for-per-unit")
		case in.Per != PerBreach && in.Days < 1:
			return wrong("Days", "compliance-needed")
		case in.Days < 0 || in.Days > 730:
			return wrong("Days", "compliance-too-long")
		case (in.Amount != amount || in.Maximum != maximum || in.Per != b.Per || in.Unit != b.Unit || in.Days != b.ComplianceDays) && in.Deviation == "":
			return wrong("Deviation", "deviation-needed", "policy", r.Policy(at.Today).ID, "amount", text.Euro(amount), "maximum", text.Euro(maximum), "days", b.ComplianceDays)
		}
		return nil
	},
	Apply: func(r Dwangsom, in Draft, e dossier.Entry) Dwangsom {
		r.Draft, r.DraftBy, r.CheckedBy = &in, e.Actor, ""
		return r
	},
})

// Check is the legal check by another person. Sent back, it is a draft again.
type Check struct {
	Outcome string `ask:"choice" options:"approved,returned"`
	Remark  string `ask:"text,optional"`
}

var check = act("dwangsom.check", dossier.Act[Dwangsom, Check]{
	Check: func(r Dwangsom, in Check, at dossier.At) error {
		if at.Actor.Account == r.DraftBy {
			return wrong("Outcome", "own-draft")
		}
		if in.Outcome == "returned" && in.Remark == "" {
			return wrong("Remark", "say-why")
		}
		return nil
	},
	Apply: func(r Dwangsom, in Check, e dossier.Entry) Dwangsom {
		if in.Outcome == "returned" {
			r.Stage, r.CheckedBy = Drafted, ""
			return r
		}
		r.CheckedBy = e.Actor
		return r
	},
})

// Sign is the signature by or on behalf of the mayor or the college. Who signs
// needs a mandate of the policy for this power and this maximum (Awb 10:3), and did
// not write the draft.
type Sign struct {
	Mandate string `ask:"mandate"` // the reference; what the policy gives the signer
	Read    bool   `ask:"yes"`     // the signer read the decision
	Letter  string `ask:"-"`       // the decision as it was signed, a file of the dossier
}

var sign = act("dwangsom.sign", dossier.Act[Dwangsom, Sign]{
	Check: func(r Dwangsom, in Sign, at dossier.At) error {
		m, ok := r.Policies.On(at.Today).MaySign(at.Actor.Holds, r.Power, r.Draft.Maximum)
		switch {
		case at.Actor.Account == r.DraftBy:
			return wrong("Mandate", "own-draft")
		case !ok:
			return wrong("Mandate", "no-mandate", "power", r.Power, "maximum", text.Euro(r.Draft.Maximum))
		case in.Mandate != m.Reference:
			return wrong("Mandate", "other-mandate", "reference", m.Reference)
		case !in.Read:
			return wrong("Read", "read-first")
		}
		return nil
	},
	Apply: func(r Dwangsom, in Sign, e dossier.Entry) Dwangsom {
		r.SignedBy, r.SignedOn, r.Mandate, r.SignedLetter = e.Actor, deadlines.DayOf(e.Recorded), in.Mandate, in.Letter
		return r
	},
})

// Publication is the Bekendmaking (Awb 3:41): the day of sending or handing over
// decides, not the date on the letter and not its receipt.
type Publication struct {
	On    deadlines.Day `ask:"day"`
	How   string        `ask:"choice" options:"registered,handed,post,electronic,other"`
	To    []string      `ask:"lines"`
	Proof string        `ask:"line"`
	Files []string      `ask:"files,optional"`
}

var publish = act("dwangsom.publish", dossier.Act[Dwangsom, Publication]{
	Check: func(r Dwangsom, in Publication, at dossier.At) error {
		if in.On < r.SignedOn {
			return wrong("On", "published-before-signed", "signed", r.SignedOn)
		}
		return dayBetween("On", in.On, r.SignedOn, at.Today)
	},
	Happened: func(in Publication) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in Publication, _ dossier.Entry) Dwangsom {
		r.Publication = &in
		if r.Draft.Days > 0 {
			r.Compliance = in.On + deadlines.Day(r.Draft.Days)
		}
		return r
	},
})

// Extension lengthens the compliance term, only before it ends: one day late lost a
// municipality its claim.
type Extension struct {
	Until deadlines.Day `ask:"day"`
	Why   string        `ask:"text"`
	On    deadlines.Day `ask:"-"`
}

func complianceRuns(r Dwangsom, at dossier.At) string {
	if r.Compliance == deadlines.NoDay {
		return "no-compliance-term"
	}
	if at.Today > r.Compliance {
		return "compliance-over"
	}
	return ""
}

var extend = act("dwangsom.extend", dossier.Act[Dwangsom, Extension]{
	Check: func(r Dwangsom, in Extension, _ dossier.At) error {
		if in.Until <= r.Compliance {
			return wrong("Until", "extension-later", "until", r.Compliance)
		}
		if in.Until > r.Compliance+730 {
			return wrong("Until", "compliance-too-long")
		}
		return nil
	},
	Apply: func(r Dwangsom, in Extension, e dossier.Entry) Dwangsom {
		in.On = deadlines.DayOf(e.Recorded)
		r.Compliance, r.Extensions = in.Until, append(r.Extensions, in)
		return r
	},
})
