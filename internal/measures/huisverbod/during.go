package huisverbod

import (
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Reach is where and how the banned person can be reached, as told within 24 hours
// (Wth 2 lid 6). It stands in no letter to another.
type Reach struct {
	At    deadlines.When `ask:"moment"`
	Where string         `ask:"line"`
	Phone string         `ask:"line,optional"`
}

var reach = act("huisverbod.reach", dossier.Act[Huisverbod, Reach]{
	Check: func(r Huisverbod, in Reach, at dossier.At) error {
		if sameLine(in.Where, r.Report.Place) {
			return wrong("Where", "reach-at-home")
		}
		return between("At", in.At, r.start().At, at)
	},
	Happened: func(in Reach) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Reach, _ dossier.Entry) Huisverbod {
		r.Reached = append(r.Reached, in)
		return r
	},
})

// Counsel is the wish for a raadsman, and who was provided (Wth 5 lid 1): within 24
// hours after the wish.
type Counsel struct {
	At     deadlines.When `ask:"moment"`
	Wanted bool           `ask:"yes"`
	Name   string         `ask:"-"`
	Given  deadlines.When `ask:"-"`
}

func noCounselYet(r Huisverbod, _ dossier.At) string {
	if r.Counsel != nil && r.Counsel.Wanted {
		return "counsel-known"
	}
	return ""
}

var counsel = act("huisverbod.counsel", dossier.Act[Huisverbod, Counsel]{
	Check: func(r Huisverbod, in Counsel, at dossier.At) error {
		return toTheMinute("At", in.At, r.start().At, at, "Wth 5 lid 1")
	},
	Happened: func(in Counsel) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Counsel, _ dossier.Entry) Huisverbod {
		r.Counsel = &in
		return r
	},
})

// Assigned is the raadsman that was provided.
type Assigned struct {
	Name string         `ask:"line"`
	At   deadlines.When `ask:"moment"`
}

func counselWished(r Huisverbod, _ dossier.At) string {
	switch {
	case r.Counsel == nil || !r.Counsel.Wanted:
		return "counsel-wish"
	case r.Counsel.Name != "":
		return "counsel-given"
	}
	return ""
}

var assign = act("huisverbod.assign", dossier.Act[Huisverbod, Assigned]{
	Check: func(r Huisverbod, in Assigned, at dossier.At) error {
		return toTheMinute("At", in.At, r.Counsel.At.At, at, "Wth 5 lid 1")
	},
	Happened: func(in Assigned) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Assigned, _ dossier.Entry) Huisverbod {
		c := *r.Counsel
		c.Name, c.Given = in.Name, in.At
		r.Counsel = &c
		return r
	},
})

// Notice is that somebody was told, without delay: of the ban and its extension (Wth 2
// lid 8, 9), of a ruling (Wth 8), of the end before its time.
type Notice struct {
	To    string         `ask:"choice" options:"household,help,veilig-thuis,police"`
	About string         `ask:"choice" options:"ban,extension,withdrawal,ruling"`
	Name  string         `ask:"line"`
	At    deadlines.When `ask:"moment"`
	How   string         `ask:"choice" options:"oral,letter,electronic"`
	By    string         `ask:"-"`
}

var notify = act("huisverbod.notify", dossier.Act[Huisverbod, Notice]{
	Check: func(r Huisverbod, in Notice, at dossier.At) error {
		least := r.start().At
		switch in.About {
		case "extension":
			n := len(r.Extensions)
			if n == 0 || r.Extensions[n-1].Served.At.IsZero() {
				return wrong("About", "no-extension")
			}
			least = r.Extensions[n-1].Served.At
		case "withdrawal":
			if r.Withdrawn == nil {
				return wrong("About", "no-withdrawal")
			}
			least = r.StoppedAt
		case "ruling":
			n := len(r.Reliefs)
			if n == 0 || r.Reliefs[n-1].RuledAt.At.IsZero() {
				return wrong("About", "no-ruling")
			}
			least = r.Reliefs[n-1].RuledAt.At
		}
		return toTheMinute("At", in.At, least, at, "Wth 2 lid 8, 8")
	},
	Happened: func(in Notice) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Notice, e dossier.Entry) Huisverbod {
		in.By = e.Actor
		r.Notices = append(r.Notices, in)
		return r
	},
})

// Help is what started for one member of the household, or for the banned person. It
// must start inside the ten days. Stays is where this person is now: it stands in no
// letter, for it may be what keeps them safe.
type Help struct {
	Member   string        `ask:"member"`
	Started  bool          `ask:"yes"`
	On       deadlines.Day `ask:"day"`
	Org      string        `ask:"line"`
	Words    string        `ask:"text,optional"`
	Stays    string        `ask:"line,optional"`
	Recorded time.Time     `ask:"-"`
}

// members are all for whom help can start.
func (r Huisverbod) members() []string { return append([]string{r.Report.Banned}, r.household()...) }

var help = act("huisverbod.help", dossier.Act[Huisverbod, Help]{
	Check: func(r Huisverbod, in Help, at dossier.At) error {
		if in.Member != r.Report.Banned && !r.lives(in.Member) {
			return wrong("Member", "member-elsewhere")
		}
		return dayBetween("On", in.On, r.start().At, at)
	},
	Happened: func(in Help) time.Time { return in.On.Midnight() },
	Apply: func(r Huisverbod, in Help, e dossier.Entry) Huisverbod {
		in.Recorded = e.Recorded
		r.Help = append(r.Help, in)
		return r
	},
})

// Breach is that the person was where, or with whom, the ban forbids. It is a crime (Wth
// 11), for the police; the file records that it was reported to them.
type Breach struct {
	At       deadlines.When `ask:"moment"`
	Words    string         `ask:"text"`
	Reported string         `ask:"line,optional"` // number of the aangifte
	Arrested bool           `ask:"yes"`
	Files    []string       `ask:"files,optional"`
	By       string         `ask:"-"`
}

var breach = act("huisverbod.breach", dossier.Act[Huisverbod, Breach]{
	Check: func(r Huisverbod, in Breach, at dossier.At) error {
		if err := toTheMinute("At", in.At, r.start().At, at, "Wth 11"); err != nil {
			return err
		}
		if !r.Holds(in.At.At, at.Calendar) {
			return wrong("At", "breach-outside", "end", r.Ends(at.Calendar))
		}
		return nil
	},
	Happened: func(in Breach) time.Time { return moment(in.At) },
	Apply: func(r Huisverbod, in Breach, e dossier.Entry) Huisverbod {
		in.By = e.Actor
		r.Breaches = append(r.Breaches, in)
		return r
	},
})
