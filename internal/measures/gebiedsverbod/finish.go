package gebiedsverbod

import (
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Ending is how the order ended, for its letter.
type Ending struct {
	How, Capacity, Why, By, Letter string
	On                             deadlines.Day
}

// Withdrawal ends the order before its time: the mayor does so as soon as it is no longer
// needed (Gemeentewet 172a lid 9).
type Withdrawal struct {
	Capacity string `ask:"choice" options:"mayor,deputy"`
	Why      string `ask:"text"`
	Letter   string `ask:"-"`
}

var withdraw = act("gebiedsverbod.withdraw", dossier.Act[Gebiedsverbod, Withdrawal]{
	Check: func(_ Gebiedsverbod, _ Withdrawal, at dossier.At) error { return mayorOnly("Capacity", at) },
	Apply: func(r Gebiedsverbod, in Withdrawal, e dossier.Entry) Gebiedsverbod {
		r.StoppedAt, r.How = e.Recorded, "withdrawn"
		r.Ending = &Ending{How: r.How, Capacity: in.Capacity, Why: in.Why, By: e.Actor, Letter: in.Letter, On: deadlines.DayOf(e.Recorded)}
		return r
	},
})

// End records that the order ended by itself, with the last look at how it went.
type End struct {
	Words string `ask:"text"`
}

// ended: before its end an order stops by withdrawal, objection or the court only.
func ended(r Gebiedsverbod, at dossier.At) string {
	if at.Now.Before(r.Ends().At) {
		return "runs"
	}
	return ""
}

var end = act("gebiedsverbod.end", dossier.Act[Gebiedsverbod, End]{
	Apply: func(r Gebiedsverbod, in End, e dossier.Entry) Gebiedsverbod {
		r.How = "ended"
		r.Ending = &Ending{How: r.How, Why: in.Words, By: e.Actor, On: deadlines.DayOf(e.Recorded)}
		return r
	},
})

// Close ends the file with its outcome.
type Close struct {
	Outcome string `ask:"choice" options:"ended,withdrawn,revoked,annulled,refused,not-pursued"`
	Words   string `ask:"text"`
}

// nothingOpen: a file with a pending matter is not closed.
func nothingOpen(r Gebiedsverbod, at dossier.At) string {
	switch {
	case reliefAsked(r, at) == "":
		return "relief-pending"
	case objectionOpen(r, at) == "":
		return "objection-pending"
	case appealOpen(r, at) == "":
		return "appeal-pending"
	}
	return ""
}

var closeFile = act("gebiedsverbod.close", dossier.Act[Gebiedsverbod, Close]{
	Check: func(r Gebiedsverbod, in Close, _ dossier.At) error {
		want := r.How
		switch {
		case r.Refusal != "":
			want = "refused"
		case r.Decision == nil:
			want = "not-pursued"
		}
		if in.Outcome != want {
			return wrong("Outcome", "close-"+want)
		}
		return nil
	},
	Apply: func(r Gebiedsverbod, in Close, e dossier.Entry) Gebiedsverbod {
		r.Outcome, r.ClosedOn = in.Outcome, deadlines.DayOf(e.Recorded)
		return r
	},
})

// Involve names a colleague who works on the file; the act's caller makes them involved
// in the same unit.
type Involve struct {
	Account string `ask:"colleague"`
	Why     string `ask:"line"`
}

var involve = act("gebiedsverbod.involve", dossier.Act[Gebiedsverbod, Involve]{
	Check: func(r Gebiedsverbod, in Involve, _ dossier.At) error {
		if slices.Contains(r.People, in.Account) {
			return wrong("Account", "already-involved")
		}
		return nil
	},
	Happened: func(Involve) time.Time { return time.Time{} },
	Apply: func(r Gebiedsverbod, in Involve, _ dossier.Entry) Gebiedsverbod {
		r.People = append(slices.Clone(r.People), in.Account)
		return r
	},
})
