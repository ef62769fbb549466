package woonoverlast

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

var sendBack = act("woonoverlast.return", dossier.Act[Woonoverlast, Return]{
	Check: func(_ Woonoverlast, _ Return, at dossier.At) error { return mayorOnly("Words", at) },
	Apply: func(r Woonoverlast, in Return, _ dossier.Entry) Woonoverlast {
		r.Returned = append(slices.Clone(r.Returned), in.Words)
		return r
	},
})

// mayorOnly: the power is the mayor's, or of who stands in (Gemeentewet 77, 151d lid 2).
func mayorOnly(field string, at dossier.At) error {
	if !at.Actor.Holds(access.Mayor) {
		return wrong(field, "only-mayor")
	}
	return nil
}

// Decision is the order of the mayor.
type Decision struct {
	Capacity string        `ask:"choice" options:"mayor,deputy"`
	Serious  bool          `ask:"yes"` // the nuisance is serious and repeated
	Last     bool          `ask:"yes"` // and does not end in another suitable way
	On       deadlines.Day `ask:"-"`
	By       string        `ask:"-"`
}

var decide = act("woonoverlast.decide", dossier.Act[Woonoverlast, Decision]{
	Check: func(r Woonoverlast, in Decision, at dossier.At) error {
		switch {
		case !at.Actor.Holds(access.Mayor):
			return mayorOnly("Capacity", at)
		case at.Actor.Account == r.DraftBy:
			return wrong("Capacity", "own-draft")
		case !in.Serious:
			return wrong("Serious", "not-serious")
		case !in.Last:
			return wrong("Last", "not-last")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in Decision, e dossier.Entry) Woonoverlast {
		in.On, in.By = deadlines.DayOf(e.Recorded), e.Actor
		r.Decision = &in
		return r
	},
})

// Refusal is that no order is given, with the reason.
type Refusal struct {
	Capacity string `ask:"choice" options:"mayor,deputy"`
	Why      string `ask:"text"`
}

var refuse = act("woonoverlast.refuse", dossier.Act[Woonoverlast, Refusal]{
	Check: func(_ Woonoverlast, _ Refusal, at dossier.At) error { return mayorOnly("Capacity", at) },
	Apply: func(r Woonoverlast, in Refusal, _ dossier.Entry) Woonoverlast {
		r.Refusal = in.Why
		return r
	},
})

// Publication is the Bekendmaking: the order holds from then, and terms run from the day
// after.
type Publication struct {
	On     deadlines.Day `ask:"day"`
	How    string        `ask:"choice" options:"handed,post,both"`
	Proof  string        `ask:"line"`
	Letter string        `ask:"-"`
}

var publish = act("woonoverlast.publish", dossier.Act[Woonoverlast, Publication]{
	Check: func(r Woonoverlast, in Publication, at dossier.At) error {
		return dayBetween("On", in.On, r.Decision.On, at)
	},
	Happened: func(in Publication) time.Time { return in.On.Midnight() },
	Apply: func(r Woonoverlast, in Publication, _ dossier.Entry) Woonoverlast {
		r.Published = &in
		return r
	},
})
