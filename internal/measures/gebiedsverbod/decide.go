package gebiedsverbod

import (
	"slices"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Return sends the draft back: the mayor wants to know more first.
type Return struct {
	Words string `ask:"text"`
}

var sendBack = act("gebiedsverbod.return", dossier.Act[Gebiedsverbod, Return]{
	Check: func(_ Gebiedsverbod, _ Return, at dossier.At) error { return mayorOnly("Words", at) },
	Apply: func(r Gebiedsverbod, in Return, _ dossier.Entry) Gebiedsverbod {
		r.Returned = append(slices.Clone(r.Returned), in.Words)
		return r
	},
})

// mayorOnly: the power is the mayor's, or of who stands in (Gemeentewet 77, 172, 172a,
// 172b).
func mayorOnly(field string, at dossier.At) error {
	if !at.Actor.Holds(access.Mayor) {
		return wrong(field, "only-mayor")
	}
	return nil
}

// stillReady is draftReady, and that the draft as it was written is still lawful: what it
// rested on, or the day, can have changed since.
func stillReady(r Gebiedsverbod, at dossier.At) string {
	if code := draftReady(r, at); code != "" {
		return code
	}
	if _, code := r.lawful(*r.Draft, r.Policy(at.Today), deadlines.AtMoment(at.Now)); code != "" {
		return "draft-again"
	}
	return ""
}

// Decision is the order of the mayor.
type Decision struct {
	Capacity string        `ask:"choice" options:"mayor,deputy"`
	Fear     bool          `ask:"yes"` // order was disturbed, and more is seriously to be feared
	Needed   bool          `ask:"yes"` // and nothing lighter or smaller ends it
	On       deadlines.Day `ask:"-"`
	At       time.Time     `ask:"-"`
	By       string        `ask:"-"`
}

var decide = act("gebiedsverbod.decide", dossier.Act[Gebiedsverbod, Decision]{
	Check: func(r Gebiedsverbod, in Decision, at dossier.At) error {
		switch {
		case !at.Actor.Holds(access.Mayor):
			return mayorOnly("Capacity", at)
		case at.Actor.Account == r.DraftBy:
			return wrong("Capacity", "own-draft")
		case !in.Fear:
			return wrong("Fear", "no-fear", "article", r.article(at.Today))
		case !in.Needed:
			return wrong("Needed", "not-needed")
		}
		return nil
	},
	Apply: func(r Gebiedsverbod, in Decision, e dossier.Entry) Gebiedsverbod {
		in.On, in.At, in.By = deadlines.DayOf(e.Recorded), e.Recorded, e.Actor
		r.Decision = &in
		return r
	},
})

// Refusal is that no order is given, with the reason.
type Refusal struct {
	Capacity string `ask:"choice" options:"mayor,deputy"`
	Why      string `ask:"text"`
}

var refuse = act("gebiedsverbod.refuse", dossier.Act[Gebiedsverbod, Refusal]{
	Check: func(_ Gebiedsverbod, _ Refusal, at dossier.At) error { return mayorOnly("Capacity", at) },
	Apply: func(r Gebiedsverbod, in Refusal, _ dossier.Entry) Gebiedsverbod {
		r.Refusal = in.Why
		return r
	},
})

// Publication is the Bekendmaking, to the minute: from then the order holds, and who
// breaks it commits a crime (Sr 184, 184a).
type Publication struct {
	At     deadlines.When `ask:"moment"`
	How    string         `ask:"choice" options:"handed,post,both"`
	Proof  string         `ask:"line"`
	Letter string         `ask:"-"`
}

var publish = act("gebiedsverbod.publish", dossier.Act[Gebiedsverbod, Publication]{
	Check: func(r Gebiedsverbod, in Publication, at dossier.At) error {
		return toTheMinute("At", in.At, r.Decision.At, at, "Awb 3:40; "+r.crime())
	},
	Happened: func(in Publication) time.Time { return moment(in.At) },
	Apply: func(r Gebiedsverbod, in Publication, _ dossier.Entry) Gebiedsverbod {
		r.Published = &in
		return r
	},
})

// crime is the article under which a breach is a crime.
func (r Gebiedsverbod) crime() string {
	b, _ := basisOf(r.Basis)
	return b.crime
}
