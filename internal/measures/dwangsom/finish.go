package dwangsom

import (
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
)

// Lift ends the order: after a year without forfeiture on request (5:34 lid 2), or
// because it is no longer needed. What was forfeited stays forfeited.
type Lift struct {
	On  deadlines.Day `ask:"day"`
	Why string        `ask:"text"`
}

var lift = act("dwangsom.lift", dossier.Act[Dwangsom, Lift]{
	Check: func(r Dwangsom, in Lift, at dossier.At) error {
		return dayBetween("On", in.On, r.Publication.On, at.Today)
	},
	Happened: func(in Lift) time.Time { return dayTime(in.On) },
	Apply: func(r Dwangsom, in Lift, _ dossier.Entry) Dwangsom {
		r.LiftedOn, r.LiftedWhy = in.On, in.Why
		return r
	},
})

// Close ends the file with its outcome, from which its retention follows
// (Selectielijst: 12.2 ten years, 12.3 broken off one year).
type Close struct {
	Outcome string `ask:"choice" options:"complied,paid,prescribed,revoked,not-pursued"`
	Words   string `ask:"text"`
}

// nothingOpen: a file with a pending matter is not closed.
func nothingOpen(r Dwangsom, at dossier.At) string {
	switch {
	case objectionOpen(r, at) == "":
		return "objection-pending"
	case appealOpen(r, at) == "":
		return "appeal-pending"
	case requestOpen(r, at) == "":
		return "request-pending"
	}
	return ""
}

var closeFile = act("dwangsom.close", dossier.Act[Dwangsom, Close]{
	Check: func(r Dwangsom, in Close, at dossier.At) error {
		unpublished := r.Publication == nil
		lapsed := r.prescribed(at.Calendar, r.Sums, at.Today)
		switch {
		case unpublished && in.Outcome != "complied" && in.Outcome != "not-pursued":
			return wrong("Outcome", "close-unpublished")
		case in.Outcome == "complied" && r.Forfeited() > 0:
			return wrong("Outcome", "close-forfeited")
		case in.Outcome == "paid" && (r.Forfeited() == 0 || r.Outstanding() > 0):
			return wrong("Outcome", "close-unpaid", "open", text.Euro(r.Outstanding()))
		case in.Outcome == "prescribed" && (len(r.Sums) == 0 || len(lapsed) < len(r.Sums)):
			return wrong("Outcome", "close-not-prescribed")
		case in.Outcome == "revoked" && r.LiftedOn == deadlines.NoDay:
			return wrong("Outcome", "close-not-revoked")
		case in.Outcome == "not-pursued" && r.Outstanding() > 0:
			return wrong("Outcome", "close-unpaid", "open", text.Euro(r.Outstanding()))
		}
		return nil
	},
	Apply: func(r Dwangsom, in Close, e dossier.Entry) Dwangsom {
		r.Outcome, r.ClosedOn = in.Outcome, deadlines.DayOf(e.Recorded)
		return r
	},
})

// Involve names a colleague who works on the file; the act's caller makes them
// involved in the same unit.
type Involve struct {
	Account string `ask:"colleague"`
	Why     string `ask:"line"`
}

var involve = act("dwangsom.involve", dossier.Act[Dwangsom, Involve]{
	Check: func(r Dwangsom, in Involve, _ dossier.At) error {
		if slices.Contains(r.People, in.Account) {
			return wrong("Account", "already-involved")
		}
		return nil
	},
	Happened: func(Involve) time.Time { return time.Time{} },
	Apply: func(r Dwangsom, in Involve, _ dossier.Entry) Dwangsom {
		r.People = append(r.People, in.Account)
		return r
	},
})
