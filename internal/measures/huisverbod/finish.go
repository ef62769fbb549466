package huisverbod

import (
	"slices"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// End records that the ban ended by itself: nobody decides so, the law and the last
// extension do.
type End struct {
	Words string `ask:"text"` // how it stands with the household and with help
}

// ended: before its end a ban stops by withdrawal or by the court only.
func ended(r Huisverbod, at dossier.At) string {
	if at.Now.Before(r.Ends(at.Calendar).At) {
		return "runs"
	}
	return ""
}

var end = act("huisverbod.end", dossier.Act[Huisverbod, End]{
	Apply: func(r Huisverbod, _ End, _ dossier.Entry) Huisverbod {
		r.How = "ended"
		return r
	},
})

// Close ends the file with its outcome. The decision is kept five years and then
// destroyed (Wth 10).
type Close struct {
	Outcome string `ask:"choice" options:"ended,withdrawn,annulled,refused,not-pursued"`
	Words   string `ask:"text"`
}

// nothingOpen: a file with a pending matter, or of which the decision was never written
// down, is not closed.
func nothingOpen(r Huisverbod, at dossier.At) string {
	switch {
	case reliefAsked(r, at) == "":
		return "relief-pending"
	case appealOpen(r, at) == "":
		return "appeal-pending"
	case r.Announced != nil && r.Written == nil:
		return "written"
	}
	return ""
}

var closeFile = act("huisverbod.close", dossier.Act[Huisverbod, Close]{
	Check: func(r Huisverbod, in Close, _ dossier.At) error {
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
	Apply: func(r Huisverbod, in Close, e dossier.Entry) Huisverbod {
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

var involve = act("huisverbod.involve", dossier.Act[Huisverbod, Involve]{
	Check: func(r Huisverbod, in Involve, _ dossier.At) error {
		if slices.Contains(r.People, in.Account) {
			return wrong("Account", "already-involved")
		}
		return nil
	},
	Happened: func(Involve) time.Time { return time.Time{} },
	Apply: func(r Huisverbod, in Involve, _ dossier.Entry) Huisverbod {
		r.People = append(r.People, in.Account)
		return r
	},
})
