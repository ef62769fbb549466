package woonoverlast

import (
	"slices"
	"strings"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Ban keeps the resident out of the dwelling for ten days, as a part of the order
// (Gemeentewet 151d lid 3). It is prepared, decided by the mayor in person, and runs from
// the minute at which it was made known.
type Ban struct {
	BanDraft
	DraftBy    string
	Decision   *BanDecision
	Announced  *Announcement
	Counsel    *Counsel
	Extensions []BanExtension
	Off        []Off
	StoppedAt  time.Time
	Stopped    *BanWithdrawal
}

// withBan changes the last ban of a file.
func (r Woonoverlast) withBan(change func(b *Ban)) Woonoverlast {
	if len(r.Bans) == 0 {
		return r
	}
	r.Bans = slices.Clone(r.Bans)
	change(&r.Bans[len(r.Bans)-1])
	return r
}

// BanDraft is the ban before it is one. The day of birth is asked here and nowhere else:
// only for a ban it counts. Facts are those of Wth 2 lid 4 b.
type BanDraft struct {
	Born     deadlines.Day `ask:"day"`
	Facts    string        `ask:"text"`
	Why      string        `ask:"text"` // why only distance ends it now
	NoBreach string        `ask:"text,optional"`
	Shelter  string        `ask:"text"` // where the resident can stay
	Minors   string        `ask:"text"` // what it means for children in the home
	Heard    string        `ask:"text"` // the Zienswijze, or the ground of Awb 4:11
}

// noBanNow: one ban at a time. A draft can be written again before it is decided.
func noBanNow(r Woonoverlast, at dossier.At) string {
	b, ok := r.lastBan()
	if ok && b.Decision != nil && (b.Announced == nil || r.BanHolds(at.Now, at.Calendar)) {
		return "ban-there"
	}
	return ""
}

var banDraft = act("woonoverlast.ban-draft", dossier.Act[Woonoverlast, BanDraft]{
	Check: func(r Woonoverlast, in BanDraft, at dossier.At) error {
		breached := slices.ContainsFunc(r.Inspections, func(x Inspection) bool { return x.Result == "breach" })
		switch {
		case r.Role == "lets":
			return wrong("Born", "ban-not-resident")
		case !adultOn(in.Born, at.Today):
			return wrong("Born", "minor", "adult", adultFrom(in.Born))
		case !breached && strings.TrimSpace(in.NoBreach) == "":
			return wrong("NoBreach", "no-breach-yet")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in BanDraft, e dossier.Entry) Woonoverlast {
		b := Ban{BanDraft: in, DraftBy: e.Actor}
		if last, ok := r.lastBan(); ok && last.Decision == nil {
			return r.withBan(func(x *Ban) { *x = b })
		}
		r.Bans = append(slices.Clone(r.Bans), b)
		return r
	},
})

// BanDecision is that of the mayor, or of who stands in. Article 3 of the Wth, on the
// mandate of a hulpofficier, is not among those that 151d lid 3 applies.
type BanDecision struct {
	At       deadlines.When `ask:"moment"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Needed   bool           `ask:"yes"` // nothing lighter ends the nuisance now
	By       string         `ask:"-"`
}

func banDrafted(r Woonoverlast, _ dossier.At) string {
	if b, ok := r.lastBan(); !ok || b.Decision != nil {
		return "ban-draft"
	}
	return ""
}

var ban = act("woonoverlast.ban", dossier.Act[Woonoverlast, BanDecision]{
	Check: func(r Woonoverlast, in BanDecision, at dossier.At) error {
		b, _ := r.lastBan()
		switch {
		case !at.Actor.Holds(access.Mayor):
			return wrong("Capacity", "ban-mayor")
		case at.Actor.Account == b.DraftBy:
			return wrong("Capacity", "own-draft")
		case !in.Needed:
			return wrong("Needed", "ban-needed")
		case !adultOn(b.Born, at.Today):
			return wrong("Capacity", "minor", "adult", adultFrom(b.Born))
		}
		return toTheMinute("At", in.At, r.Published.On.Midnight(), at, "Gemeentewet 151d lid 3; Wth 2 lid 4")
	},
	Happened: func(in BanDecision) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in BanDecision, e dossier.Entry) Woonoverlast {
		in.By = e.Actor
		return r.withBan(func(b *Ban) { b.Decision = &in })
	},
})

// Announcement is when the resident was told and given the decision: the ban runs from
// then, to the minute.
type Announcement struct {
	At     deadlines.When `ask:"moment"`
	Proof  string         `ask:"line"`
	Letter string         `ask:"-"`
}

func banDecided(r Woonoverlast, _ dossier.At) string {
	if b, ok := r.lastBan(); !ok || b.Decision == nil || b.Announced != nil {
		return "ban-decision"
	}
	return ""
}

var announce = act("woonoverlast.announce", dossier.Act[Woonoverlast, Announcement]{
	Check: func(r Woonoverlast, in Announcement, at dossier.At) error {
		b, _ := r.lastBan()
		return toTheMinute("At", in.At, b.Decision.At.At, at, "Gemeentewet 151d lid 3; Wth 2 lid 4")
	},
	Happened: func(in Announcement) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in Announcement, _ dossier.Entry) Woonoverlast {
		return r.withBan(func(b *Ban) { b.Announced = &in })
	},
})

// Counsel is whether the resident wants a lawyer, and when that was said: within 24 hours
// there is one (Wth 5 lid 1).
type Counsel struct {
	At     deadlines.When `ask:"moment"`
	Wanted bool           `ask:"yes"`
	Name   string         `ask:"-"`
}

func noCounselYet(r Woonoverlast, at dossier.At) string {
	if code := banRuns(r, at); code != "" {
		return code
	}
	if b, _ := r.lastBan(); b.Counsel != nil {
		return "counsel-known"
	}
	return ""
}

var counsel = act("woonoverlast.counsel", dossier.Act[Woonoverlast, Counsel]{
	Check: func(r Woonoverlast, in Counsel, at dossier.At) error {
		return toTheMinute("At", in.At, r.banStart().At, at, "Wth 5 lid 1")
	},
	Happened: func(in Counsel) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in Counsel, _ dossier.Entry) Woonoverlast {
		return r.withBan(func(b *Ban) { b.Counsel = &in })
	},
})

// Assigned is the lawyer who was given.
type Assigned struct {
	At   deadlines.When `ask:"moment"`
	Name string         `ask:"line"`
}

func counselWished(r Woonoverlast, _ dossier.At) string {
	b, _ := r.lastBan()
	switch {
	case b.Counsel == nil || !b.Counsel.Wanted:
		return "counsel-wish"
	case b.Counsel.Name != "":
		return "counsel-given"
	}
	return ""
}

var assign = act("woonoverlast.assign", dossier.Act[Woonoverlast, Assigned]{
	Check: func(r Woonoverlast, in Assigned, at dossier.At) error {
		b, _ := r.lastBan()
		return toTheMinute("At", in.At, b.Counsel.At.At, at, "Wth 5 lid 1")
	},
	Happened: func(in Assigned) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in Assigned, _ dossier.Entry) Woonoverlast {
		return r.withBan(func(b *Ban) {
			if b.Counsel != nil {
				c := *b.Counsel
				c.Name, b.Counsel = in.Name, &c
			}
		})
	},
})

// banRuns: once ended, a ban cannot be revived (Wth 9 lid 1).
func banRuns(r Woonoverlast, at dossier.At) string {
	switch start := r.banStart(); {
	case start.At.IsZero():
		return "ban-announced"
	case !at.Now.Before(r.BanEnds(at.Calendar).At):
		return "ban-ended"
	case !r.BanHolds(at.Now, at.Calendar):
		return "ban-off"
	}
	return ""
}

// BanExtension is the decision of the mayor to let the ban last longer: before its end, up
// to four weeks in all, on a serious fear of further breaches.
type BanExtension struct {
	Until    deadlines.When `ask:"moment"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Fear     bool           `ask:"yes"`
	Heard    string         `ask:"text"`
	Why      string         `ask:"text"`
	Decided  time.Time      `ask:"-"`
	By       string         `ask:"-"`
	Served   deadlines.When `ask:"-"`
	Letter   string         `ask:"-"`
}

func banExtendable(r Woonoverlast, at dossier.At) string {
	if code := banRuns(r, at); code != "" {
		return code
	}
	if r.waits("ban") {
		return "unserved"
	}
	return ""
}

var extendBan = act("woonoverlast.extend-ban", dossier.Act[Woonoverlast, BanExtension]{
	Check: func(r Woonoverlast, in BanExtension, at dossier.At) error {
		end, most := r.BanEnds(at.Calendar), r.fourWeeks(at.Calendar)
		switch {
		case !at.Actor.Holds(access.Mayor):
			return wrong("Capacity", "ban-mayor")
		case !in.Fear:
			return wrong("Fear", "no-fear")
		case in.Until.At.IsZero():
			return wrong("Until", "minute", "law", "Wth 9 lid 1")
		case !in.Until.At.After(end.At):
			return wrong("Until", "ban-later", "end", end)
		case in.Until.At.After(most.At):
			return wrong("Until", "four-weeks", "most", most)
		}
		return nil
	},
	Apply: func(r Woonoverlast, in BanExtension, e dossier.Entry) Woonoverlast {
		in.Decided, in.By = e.Recorded, e.Actor
		return r.withBan(func(b *Ban) { b.Extensions = append(slices.Clone(b.Extensions), in) })
	},
})

// BanWithdrawal ends the ban before its time; the rest of the order goes on.
type BanWithdrawal struct {
	Capacity string `ask:"choice" options:"mayor,deputy"`
	Why      string `ask:"text"`
	By       string `ask:"-"`
	Letter   string `ask:"-"`
}

var withdrawBan = act("woonoverlast.withdraw-ban", dossier.Act[Woonoverlast, BanWithdrawal]{
	Check: func(_ Woonoverlast, _ BanWithdrawal, at dossier.At) error {
		if !at.Actor.Holds(access.Mayor) {
			return wrong("Capacity", "ban-mayor")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in BanWithdrawal, e dossier.Entry) Woonoverlast {
		in.By = e.Actor
		return r.withBan(func(b *Ban) { b.Stopped, b.StoppedAt = &in, e.Recorded })
	},
})
