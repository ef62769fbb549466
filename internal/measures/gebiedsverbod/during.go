package gebiedsverbod

import (
	"slices"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// elsewhere is the choice of a place that is not on the list of streets.
const elsewhere = "elsewhere"

// Observation is what somebody saw in the street: the person in the area although the
// order binds (a breach, and a crime), there by an exception or an exemption, or not
// there.
type Observation struct {
	At        deadlines.When `ask:"moment"`
	Street    string         `ask:"street"`
	Result    string         `ask:"choice" options:"breach,allowed,not-seen"`
	Words     string         `ask:"text"`
	Reference string         `ask:"line,optional"` // of the Proces-verbaal
	Files     []string       `ask:"files,optional"`
	By        string         `ask:"-"`
}

var observe = act("gebiedsverbod.observe", dossier.Act[Gebiedsverbod, Observation]{
	Check: func(r Gebiedsverbod, in Observation, at dossier.At) error {
		if err := toTheMinute("At", in.At, r.Published.At.At, at, r.crime()); err != nil {
			return err
		}
		a, _ := r.inForce(in.At.At)
		switch {
		case in.Street != elsewhere && !slices.Contains(a.Streets, in.Street):
			return wrong("Street", "street")
		case in.Result == "breach" && !r.Holds(in.At.At):
			return wrong("At", "not-held", "end", r.Ends(), "article", r.article(at.Today))
		case in.Result == "breach" && !r.Binds(in.At.At):
			return wrong("At", "not-bound", "article", r.article(at.Today))
		case in.Result == "breach" && in.Street == elsewhere && r.Draft.Stay:
			return wrong("Street", "breach-elsewhere", "article", r.article(at.Today))
		}
		return nil
	},
	Happened: func(in Observation) time.Time { return moment(in.At) },
	Apply: func(r Gebiedsverbod, in Observation, e dossier.Entry) Gebiedsverbod {
		in.By = e.Actor
		r.Seen = append(slices.Clone(r.Seen), in)
		return r
	},
})

// Attendance is whether the person came to report.
type Attendance struct {
	At    deadlines.When `ask:"moment"`
	Came  string         `ask:"choice" options:"came,late,stayed-away"`
	Words string         `ask:"text,optional"`
}

func dutyThere(r Gebiedsverbod, _ dossier.At) string {
	if r.Duty == nil {
		return "no-duty-here"
	}
	return ""
}

var attend = act("gebiedsverbod.attend", dossier.Act[Gebiedsverbod, Attendance]{
	Check: func(r Gebiedsverbod, in Attendance, at dossier.At) error {
		if err := toTheMinute("At", in.At, r.Published.At.At, at, "Gemeentewet 172a lid 1 c"); err != nil {
			return err
		}
		if in.Came == "stayed-away" && !r.Holds(in.At.At) {
			return wrong("At", "not-held", "end", r.Ends(), "article", r.article(at.Today))
		}
		return nil
	},
	Happened: func(in Attendance) time.Time { return moment(in.At) },
	Apply: func(r Gebiedsverbod, in Attendance, _ dossier.Entry) Gebiedsverbod {
		r.Attended = append(slices.Clone(r.Attended), in)
		return r
	},
})

// running: what has ended cannot be changed, exempted from or revived.
func running(r Gebiedsverbod, at dossier.At) string {
	if !at.Now.Before(r.Ends().At) {
		return "ended"
	}
	return ""
}

// changeable: a change is for the orders to which 172a lid 7 applies (172b too), and one
// at a time.
func changeable(r Gebiedsverbod, at dossier.At) string {
	b, _ := basisOf(r.Basis)
	switch {
	case !b.long && !b.child:
		return "no-change"
	case running(r, at) != "":
		return "ended"
	case r.waits("change"):
		return "unserved"
	}
	return ""
}

// Change is another area or other hours for new facts (Gemeentewet 172a lid 7). It counts
// from its Bekendmaking.
type Change struct {
	Outline  string         `ask:"shape"`
	Streets  []string       `ask:"lines,optional"`
	Days     string         `ask:"choice" options:"every,weekdays,weekend,weekend-nights"`
	Hours    string         `ask:"line,optional"`
	Why      string         `ask:"text"` // the new facts
	Heard    string         `ask:"text"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Decided  deadlines.Day  `ask:"-"`
	By       string         `ask:"-"`
	Served   deadlines.When `ask:"-"`
	Letter   string         `ask:"-"`
}

var change = act("gebiedsverbod.change", dossier.Act[Gebiedsverbod, Change]{
	Check: func(r Gebiedsverbod, in Change, at dossier.At) error {
		if !at.Actor.Holds(access.Mayor) {
			return mayorOnly("Capacity", at)
		}
		if err := hoursRead("Hours", in.Hours); err != nil {
			return err
		}
		if h, ok := parseHours(in.Hours); r.Draft.Indoors && (!ok || !h.within(night)) {
			return wrong("Hours", "night-only")
		}
		return r.Ground.fits(in.Outline, in.Streets)
	},
	Apply: func(r Gebiedsverbod, in Change, e dossier.Entry) Gebiedsverbod {
		in.Decided, in.By = deadlines.DayOf(e.Recorded), e.Actor
		r.Changes = append(slices.Clone(r.Changes), in)
		return r
	},
})

// Exemption lets the person come all the same, for a while (Gemeentewet 172a lid 8). It
// works in the person's favour and counts from the decision.
type Exemption struct {
	From     deadlines.When `ask:"moment"`
	Until    deadlines.When `ask:"moment"`
	Where    string         `ask:"line"`
	Why      string         `ask:"text"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Decided  deadlines.Day  `ask:"-"`
	By       string         `ask:"-"`
	Letter   string         `ask:"-"`
}

func (x Exemption) covers(t time.Time) bool { return !t.Before(x.From.At) && t.Before(x.Until.At) }

var exempt = act("gebiedsverbod.exempt", dossier.Act[Gebiedsverbod, Exemption]{
	Check: func(r Gebiedsverbod, in Exemption, at dossier.At) error {
		switch {
		case !at.Actor.Holds(access.Mayor):
			return mayorOnly("Capacity", at)
		case in.From.At.IsZero():
			return wrong("From", "minute", "law", "Gemeentewet 172a lid 8")
		case in.Until.At.IsZero():
			return wrong("Until", "minute", "law", "Gemeentewet 172a lid 8")
		case in.From.At.Before(at.Now.Truncate(time.Minute)):
			return wrong("From", "exempt-past")
		case !in.Until.At.After(in.From.At):
			return wrong("Until", "exempt-order")
		case in.From.At.After(r.Ends().At):
			return wrong("From", "exempt-after", "end", r.Ends())
		}
		return nil
	},
	Apply: func(r Gebiedsverbod, in Exemption, e dossier.Entry) Gebiedsverbod {
		in.Decided, in.By = deadlines.DayOf(e.Recorded), e.Actor
		r.Exemptions = append(slices.Clone(r.Exemptions), in)
		return r
	},
})

// Extension is the decision to let the order last longer: before its end, by at most
// three months from it, at most three times, each with a report of its own, a hearing or
// its ground, and a serious fear (Gemeentewet 172a lid 6 a; law.md 5.2).
type Extension struct {
	Until    deadlines.When `ask:"moment"`
	Capacity string         `ask:"choice" options:"mayor,deputy"`
	Fear     bool           `ask:"yes"`
	Heard    string         `ask:"text"`
	Why      string         `ask:"text"`
	Decided  deadlines.Day  `ask:"-"`
	At       time.Time      `ask:"-"`
	By       string         `ask:"-"`
	Served   deadlines.When `ask:"-"`
	Letter   string         `ask:"-"`
}

func extendable(r Gebiedsverbod, at dossier.At) string {
	b, _ := basisOf(r.Basis)
	switch {
	case b.child:
		return "child-not-extended"
	case !b.long:
		return "not-extended"
	case r.Draft.Unit == "moments":
		return "moments-not-extended"
	case running(r, at) != "":
		return "ended"
	case r.waits("extension"):
		return "unserved"
	case r.served() >= mostExtensions:
		return "chain-over"
	case !r.reportSince(r.lastDecided()):
		return "own-report"
	}
	return ""
}

// lastDecided is when the order, or its last extension, was decided.
func (r Gebiedsverbod) lastDecided() time.Time {
	if n := len(r.Extensions); n > 0 {
		return r.Extensions[n-1].At
	}
	return r.Decision.At
}

// reportSince: something happened and was reported since, or the order was broken. What
// happened before was known, or could be, when the last decision was taken.
func (r Gebiedsverbod) reportSince(t time.Time) bool {
	return slices.ContainsFunc(r.Incidents, func(x Incident) bool { return x.Recorded.After(t) && x.At.Day >= deadlines.DayOf(t) }) ||
		slices.ContainsFunc(r.Seen, func(x Observation) bool { return x.Result == "breach" && x.At.At.After(t) })
}

var extend = act("gebiedsverbod.extend", dossier.Act[Gebiedsverbod, Extension]{
	Check: func(r Gebiedsverbod, in Extension, at dossier.At) error {
		end := r.Ends()
		most := threeMonths(end.At)
		switch {
		case !at.Actor.Holds(access.Mayor):
			return mayorOnly("Capacity", at)
		case !in.Fear:
			return wrong("Fear", "no-fear", "article", r.article(at.Today))
		case in.Until.At.IsZero():
			return wrong("Until", "minute", "law", "Gemeentewet 172a lid 6 a")
		case !in.Until.At.After(end.At):
			return wrong("Until", "later", "end", end)
		case in.Until.At.After(most):
			return wrong("Until", "extend-three-months", "most", deadlines.AtMoment(most))
		}
		return nil
	},
	Apply: func(r Gebiedsverbod, in Extension, e dossier.Entry) Gebiedsverbod {
		in.Decided, in.At, in.By = deadlines.DayOf(e.Recorded), e.Recorded, e.Actor
		r.Extensions = append(slices.Clone(r.Extensions), in)
		return r
	},
})

// waits says whether a last change or extension was decided and not made known yet. One
// that was overtaken by the end of the order waits for nothing.
func (r Gebiedsverbod) waits(what string) bool {
	if n := len(r.Changes); what == "change" {
		return n > 0 && r.Changes[n-1].Served.At.IsZero()
	}
	n := len(r.Extensions)
	return n > 0 && r.Extensions[n-1].Served.At.IsZero()
}

// Serving is the Bekendmaking of a change or an extension: before the end, for after it
// nothing is left to extend (Awb 3:40; law.md 5.2).
type Serving struct {
	What   string         `ask:"choice" options:"extension,change"`
	At     deadlines.When `ask:"moment"`
	How    string         `ask:"choice" options:"handed,post,both"`
	Proof  string         `ask:"line"`
	Letter string         `ask:"-"`
}

func somethingWaits(r Gebiedsverbod, _ dossier.At) string {
	if !r.waits("extension") && !r.waits("change") {
		return "nothing-waits"
	}
	return ""
}

var serve = act("gebiedsverbod.serve", dossier.Act[Gebiedsverbod, Serving]{
	Check: func(r Gebiedsverbod, in Serving, at dossier.At) error {
		if !r.waits(in.What) {
			return wrong("What", "not-this")
		}
		least := r.lastDecided()
		if in.What == "change" {
			least = r.Changes[len(r.Changes)-1].Decided.Midnight()
		}
		if err := toTheMinute("At", in.At, least, at, "Awb 3:40; "+r.crime()); err != nil {
			return err
		}
		if !in.At.At.Before(r.Ends().At) {
			return wrong("At", "served-late", "end", r.Ends())
		}
		return nil
	},
	Happened: func(in Serving) time.Time { return moment(in.At) },
	Apply: func(r Gebiedsverbod, in Serving, _ dossier.Entry) Gebiedsverbod {
		if n := len(r.Changes); in.What == "change" && n > 0 {
			r.Changes = slices.Clone(r.Changes)
			r.Changes[n-1].Served, r.Changes[n-1].Letter = in.At, in.Letter
		}
		if n := len(r.Extensions); in.What == "extension" && n > 0 {
			r.Extensions = slices.Clone(r.Extensions)
			r.Extensions[n-1].Served, r.Extensions[n-1].Letter = in.At, in.Letter
		}
		return r
	},
})
