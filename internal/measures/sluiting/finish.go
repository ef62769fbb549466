package sluiting

import (
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
)

// Close ends the file with its outcome, from which its retention follows (Selectielijst
// 12.2 ten years, 12.3 broken off one year).
type Close struct {
	Outcome string `ask:"choice" options:"ended,reopened,warned,withdrawn,revoked,annulled,not-pursued"`
	Words   string `ask:"text"`
}

// nothingOpen: a file with a pending matter, or with premises that are still shut, is not
// closed.
func nothingOpen(r Sluiting, at dossier.At) string {
	switch {
	case r.AtOnce != "" && r.Publication == nil:
		return "decision-owed"
	case r.sealed():
		return "still-sealed"
	case reliefAsked(r, at) == "":
		return "relief-pending"
	case objectionOpen(r, at) == "":
		return "objection-pending"
	case appealOpen(r, at) == "":
		return "appeal-pending"
	case requestOpen(r, at) == "":
		return "request-pending"
	}
	return ""
}

// outcomeNow is what the file ended in.
func (r Sluiting) outcomeNow() string {
	switch {
	case r.How != "":
		return r.How
	case r.Stage == Warned:
		return "warned"
	}
	return "not-pursued"
}

var closeFile = act("sluiting.close", dossier.Act[Sluiting, Close]{
	Check: func(r Sluiting, in Close, _ dossier.At) error {
		if want := r.outcomeNow(); in.Outcome != want {
			return wrong("Outcome", "close-"+want)
		}
		if r.owed() > 0 {
			return wrong("Outcome", "close-unpaid", "open", text.Euro(r.owed()))
		}
		return nil
	},
	Apply: func(r Sluiting, in Close, e dossier.Entry) Sluiting {
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

var involve = act("sluiting.involve", dossier.Act[Sluiting, Involve]{
	Check: func(r Sluiting, in Involve, _ dossier.At) error {
		if slices.Contains(r.People, in.Account) {
			return wrong("Account", "already-involved")
		}
		return nil
	},
	Happened: func(Involve) time.Time { return time.Time{} },
	Apply: func(r Sluiting, in Involve, _ dossier.Entry) Sluiting {
		r.People = append(slices.Clone(r.People), in.Account)
		return r
	},
})
