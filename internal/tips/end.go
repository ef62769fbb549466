package tips

import (
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Extension keeps a tip longer, with a reason, within the maximum of the policy.
type Extension struct {
	Days int    `ask:"count"`
	Why  string `ask:"text"`
	By   string `ask:"-"`
}

var extend = act("tip.extend", dossier.Act[Tip, Extension]{
	Check: func(r Tip, in Extension, _ dossier.At) error {
		p := r.Policy()
		switch {
		case in.Days < 1 || in.Days > p.ExtendDays:
			return wrong("Days", "extend-days", "most", p.ExtendDays)
		case r.Ends().Day+deadlines.Day(in.Days) > r.Limit():
			return wrong("Days", "extend-limit", "limit", r.Limit(), "left", int(r.Limit()-r.Ends().Day))
		}
		return nil
	},
	Apply: func(r Tip, in Extension, e dossier.Entry) Tip {
		in.By = e.Actor
		r.Extensions = append(r.Extensions[:len(r.Extensions):len(r.Extensions)], in)
		return r
	},
})

// Close says that nothing more is done with the tip.
type Close struct {
	Why string `ask:"text,optional"`
}

var closeTip = act("tip.close", dossier.Act[Tip, Close]{
	Apply: func(r Tip, _ Close, e dossier.Entry) Tip {
		r.ClosedOn = deadlines.DayOf(e.Recorded)
		return r
	},
})

// Reopen takes a closed tip up again. Its end stays what it was: who wants to keep it
// longer must say so (Extension).
type Reopen struct {
	Why string `ask:"text"`
}

var reopen = act("tip.reopen", dossier.Act[Tip, Reopen]{
	Apply: func(r Tip, _ Reopen, _ dossier.Entry) Tip {
		r.ClosedOn = deadlines.NoDay
		return r
	},
})
