package woonoverlast

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Inspection is a control of one rule of conduct, or of the ban.
type Inspection struct {
	At     deadlines.When `ask:"moment"`
	Rule   string         `ask:"rule"`
	Result string         `ask:"choice" options:"breach,complied"`
	Words  string         `ask:"text"` // what was seen, in the way that the rule says it is checked
	Files  []string       `ask:"files,optional"`
	By     string         `ask:"-"`
}

var inspect = act("woonoverlast.inspect", dossier.Act[Woonoverlast, Inspection]{
	Check: func(r Woonoverlast, in Inspection, at dossier.At) error {
		least := r.Published.On.Midnight()
		switch {
		case in.Rule == "ban" && r.banStart().At.IsZero(), in.Rule != "ban" && r.numbered(in.Rule) == 0:
			return wrong("Rule", "no-such-number")
		case in.Rule == "ban" && in.At.At.IsZero():
			return wrong("At", "minute", "law", "Gemeentewet 151d lid 3")
		case in.Rule == "ban" && in.Result == "breach" && !r.BanHolds(in.At.At, at.Calendar):
			return wrong("At", "ban-outside", "end", r.BanEnds(at.Calendar))
		}
		return between("At", in.At, least, at)
	},
	Happened: func(in Inspection) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in Inspection, e dossier.Entry) Woonoverlast {
		in.By = e.Actor
		r.Inspections = append(slices.Clone(r.Inspections), in)
		return r
	},
})

// Forfeit records that an inspection proves a forfeited sum. It is so by law; recording
// makes it watched.
type Forfeit struct {
	Inspection int `ask:"inspection"`
}

func underDwangsom(r Woonoverlast, _ dossier.At) string {
	if r.Draft.Enforce != "dwangsom" {
		return "dwangsom"
	}
	return ""
}

var forfeit = act("woonoverlast.forfeit", dossier.Act[Woonoverlast, Forfeit]{
	Check: func(r Woonoverlast, in Forfeit, _ dossier.At) error {
		if _, code := forfeitable(r, in.Inspection); code != "" {
			return wrong("Inspection", code, "end", r.complyBy())
		}
		return nil
	},
	Apply: func(r Woonoverlast, in Forfeit, _ dossier.Entry) Woonoverlast {
		if s, code := forfeitable(r, in.Inspection); code == "" {
			r.Sums = append(slices.Clone(r.Sums), s)
		}
		return r
	},
})

// Enforcement is bestuursdwang as it was applied: the municipality ends the breach itself
// and can claim what that costs (Awb 5:25).
type Enforcement struct {
	Inspection int           `ask:"inspection"`
	On         deadlines.Day `ask:"day"`
	Words      string        `ask:"text"`
	Costs      int           `ask:"euro,optional"`
	Files      []string      `ask:"files,optional"`
	Handed     string        `ask:"-"`
}

func underBestuursdwang(r Woonoverlast, _ dossier.At) string {
	if r.Draft.Enforce != "bestuursdwang" {
		return "bestuursdwang"
	}
	return ""
}

var enforce = act("woonoverlast.enforce", dossier.Act[Woonoverlast, Enforcement]{
	Check: func(r Woonoverlast, in Enforcement, at dossier.At) error {
		switch n := in.Inspection; {
		case n < 1 || n > len(r.Inspections):
			return wrong("Inspection", "no-such-inspection")
		case r.Inspections[n-1].Result != "breach":
			return wrong("Inspection", "no-breach")
		case r.complyBy() != deadlines.NoDay && in.On <= r.complyBy():
			return wrong("On", "before-compliance-end", "end", r.complyBy())
		}
		return dayBetween("On", in.On, r.Inspections[in.Inspection-1].At.Day, at)
	},
	Happened: func(in Enforcement) time.Time { return in.On.Midnight() },
	Apply: func(r Woonoverlast, in Enforcement, _ dossier.Entry) Woonoverlast {
		r.Applied = append(slices.Clone(r.Applied), in)
		return r
	},
})

// HandOver is that a file of the kind dwangsom recovers what is open here: the decision to
// recover, reminders and limitation live there (Awb 5:37; 4:104 and on).
type HandOver struct {
	Number string `ask:"line"`
}

var numbered = regexp.MustCompile(`^M-\d{4}-\d{4,}$`)

// moneyOpen: there is a sum or a cost that no file recovers yet.
func moneyOpen(r Woonoverlast, _ dossier.At) string {
	for _, s := range r.Sums {
		if !s.Void && s.Handed == "" {
			return ""
		}
	}
	for _, x := range r.Applied {
		if x.Costs > 0 && x.Handed == "" {
			return ""
		}
	}
	return "money"
}

var handOver = act("woonoverlast.hand-over", dossier.Act[Woonoverlast, HandOver]{
	Check: func(_ Woonoverlast, in HandOver, _ dossier.At) error {
		if !numbered.MatchString(in.Number) {
			return wrong("Number", "number-of-file")
		}
		return nil
	},
	Apply: func(r Woonoverlast, in HandOver, _ dossier.Entry) Woonoverlast {
		r.Sums, r.Applied = slices.Clone(r.Sums), slices.Clone(r.Applied)
		for i := range r.Sums {
			if r.Sums[i].Handed == "" {
				r.Sums[i].Handed = in.Number
			}
		}
		for i := range r.Applied {
			if r.Applied[i].Handed == "" {
				r.Applied[i].Handed = in.Number
			}
		}
		r.Handed = append(slices.Clone(r.Handed), in)
		return r
	},
})

// Evaluation looks at whether the order is still needed, on the day that it set itself.
type Evaluation struct {
	On         deadlines.Day `ask:"day"`
	Words      string        `ask:"text"` // how it goes, by the controls
	Neighbours string        `ask:"text"` // what the neighbours say
	Outcome    string        `ask:"choice" options:"goes-on,extend,stop"`
	Next       deadlines.Day `ask:"day,optional"`
}

var evaluate = act("woonoverlast.evaluate", dossier.Act[Woonoverlast, Evaluation]{
	Check: func(r Woonoverlast, in Evaluation, at dossier.At) error {
		switch {
		case in.Outcome == "goes-on" && in.Next == deadlines.NoDay:
			return wrong("Next", "next-needed")
		case in.Next != deadlines.NoDay && (in.Next <= in.On || in.Next > r.Ends()):
			return wrong("Next", "next-within", "end", r.Ends())
		}
		return dayBetween("On", in.On, r.Published.On, at)
	},
	Happened: func(in Evaluation) time.Time { return in.On.Midnight() },
	Apply: func(r Woonoverlast, in Evaluation, _ dossier.Entry) Woonoverlast {
		r.Evaluations = append(slices.Clone(r.Evaluations), in)
		return r
	},
})

// Prolongation is the decision to let the order last longer, within what the policy
// allows in all. It counts when it was made known, before the order ends.
type Prolongation struct {
	Until    deadlines.Day `ask:"day"`
	Capacity string        `ask:"choice" options:"mayor,deputy"`
	Heard    string        `ask:"text"` // the Zienswijze, or the ground of Awb 4:11
	Why      string        `ask:"text"`
	Decided  deadlines.Day `ask:"-"`
	By       string        `ask:"-"`
	Served   deadlines.Day `ask:"-"`
	Letter   string        `ask:"-"`
}

func prolongable(r Woonoverlast, at dossier.At) string {
	n := len(r.Evaluations)
	switch {
	case at.Today > r.Ends():
		return "ended"
	case n == 0 || r.Evaluations[n-1].Outcome != "extend":
		return "evaluated"
	case r.waits("order"):
		return "unserved"
	}
	return ""
}

var prolong = act("woonoverlast.prolong", dossier.Act[Woonoverlast, Prolongation]{
	Check: func(r Woonoverlast, in Prolongation, at dossier.At) error {
		if err := mayorOnly("Capacity", at); err != nil {
			return err
		}
		switch {
		case in.Until <= r.Ends():
			return wrong("Until", "prolong-later", "end", r.Ends())
		case in.Until > r.most(at.Today):
			return wrong("Until", "prolong-most", "most", r.most(at.Today), "policy", r.Policy(at.Today).ID)
		}
		return nil
	},
	Apply: func(r Woonoverlast, in Prolongation, e dossier.Entry) Woonoverlast {
		in.Decided, in.By = deadlines.DayOf(e.Recorded), e.Actor
		r.Prolonged = append(slices.Clone(r.Prolonged), in)
		return r
	},
})

// Serving is the Bekendmaking of an extension, of the order or of the ban.
type Serving struct {
	What   string         `ask:"choice" options:"order,ban"`
	At     deadlines.When `ask:"moment"`
	How    string         `ask:"choice" options:"handed,post,both"`
	Proof  string         `ask:"line"`
	Letter string         `ask:"-"`
}

// waits says whether an extension was decided and not made known.
func (r Woonoverlast) waits(what string) bool {
	if what == "order" {
		n := len(r.Prolonged)
		return n > 0 && r.Prolonged[n-1].Served == deadlines.NoDay
	}
	b, _ := r.lastBan()
	n := len(b.Extensions)
	return n > 0 && b.Extensions[n-1].Served.At.IsZero()
}

func somethingWaits(r Woonoverlast, _ dossier.At) string {
	if !r.waits("order") && !r.waits("ban") {
		return "extension"
	}
	return ""
}

var serve = act("woonoverlast.serve", dossier.Act[Woonoverlast, Serving]{
	Check: func(r Woonoverlast, in Serving, at dossier.At) error {
		if !r.waits(in.What) {
			return wrong("What", "nothing-waits")
		}
		if in.What == "order" {
			if in.At.Day > r.Ends() {
				return wrong("At", "served-late", "end", r.Ends())
			}
			return dayBetween("At", in.At.Day, r.Prolonged[len(r.Prolonged)-1].Decided, at)
		}
		b, _ := r.lastBan()
		if err := toTheMinute("At", in.At, b.Extensions[len(b.Extensions)-1].Decided, at, "Wth 9 lid 1"); err != nil {
			return err
		}
		if end := r.BanEnds(at.Calendar); !in.At.At.Before(end.At) {
			return wrong("At", "served-late", "end", end)
		}
		return nil
	},
	Happened: func(in Serving) time.Time { return moment(in.At) },
	Apply: func(r Woonoverlast, in Serving, _ dossier.Entry) Woonoverlast {
		if in.What == "order" {
			r.Prolonged = slices.Clone(r.Prolonged)
			if n := len(r.Prolonged); n > 0 {
				r.Prolonged[n-1].Served, r.Prolonged[n-1].Letter = in.At.Day, in.Letter
			}
			return r
		}
		return r.withBan(func(b *Ban) {
			b.Extensions = slices.Clone(b.Extensions)
			if n := len(b.Extensions); n > 0 {
				b.Extensions[n-1].Served, b.Extensions[n-1].Letter = in.At, in.Letter
			}
		})
	},
})

// ruleName is a rule of conduct as a list names it.
func (r Woonoverlast) ruleName(code string) string {
	n := r.numbered(code)
	if n == 0 {
		return ""
	}
	name := r.Rules[n-1].Words
	if r.Rules[n-1].Code != own {
		for _, p := range slices.Backward(r.Policies) {
			if c, ok := p.Rule(r.Rules[n-1].Code); ok {
				name = c.Name
				break
			}
		}
	}
	return strconv.Itoa(n) + ". " + name
}
