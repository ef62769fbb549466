package woonoverlast

import (
	"time"

	"baken/internal/kernel/deadlines"
)

// tally is what the log says of how serious and repeated the nuisance is.
type tally struct{ incidents, reporters, days int }

// counted counts the incidents within the look-back of the policy: how many, by how many
// voices, and over how many days. Two reports of one person are one voice.
func (r Woonoverlast) counted(today deadlines.Day) tally {
	var out tally
	first, last, voices := deadlines.NoDay, deadlines.NoDay, map[string]bool{}
	if r.Policies == nil {
		return out
	}
	since := today.AddMonths(-r.Policy(today).LookBack)
	for _, x := range r.Incidents {
		if x.At.Day < since {
			continue
		}
		out.incidents++
		voices[x.voice()] = true
		if first == deadlines.NoDay || x.At.Day < first {
			first = x.At.Day
		}
		if last == deadlines.NoDay || x.At.Day > last {
			last = x.At.Day
		}
	}
	out.reporters = len(voices)
	if out.incidents > 0 {
		out.days = int(last - first)
	}
	return out
}

// Off is a span in which something did not hold. To is zero while that lasts.
type Off struct{ From, To time.Time }

func (o Off) covers(t time.Time) bool {
	return !t.Before(o.From) && (o.To.IsZero() || t.Before(o.To))
}

// Ends is the last day of the order: as many months after the Bekendmaking as the
// decision says, or as its last extension that was made known says.
func (r Woonoverlast) Ends() deadlines.Day {
	if r.Published == nil || r.Draft == nil {
		return deadlines.NoDay
	}
	out := r.Published.On.AddMonths(r.Draft.Months)
	for _, x := range r.Prolonged {
		if x.Served != deadlines.NoDay {
			out = x.Until
		}
	}
	return out
}

// most is the last day to which the policy lets an order be extended.
func (r Woonoverlast) most(today deadlines.Day) deadlines.Day {
	return r.Published.On.AddMonths(r.Policy(today).MostMonths)
}

// complyBy is the last day to end what must be ended; before it a breach forfeits nothing
// (Awb 5:32a lid 2). NoDay for an order that only forbids repetition.
func (r Woonoverlast) complyBy() deadlines.Day {
	if r.Published == nil || r.Draft == nil || r.Draft.ComplyDays == 0 {
		return deadlines.NoDay
	}
	return r.Published.On + deadlines.Day(r.Draft.ComplyDays)
}

// evaluateOn is the day on which the order is evaluated next, or NoDay.
func (r Woonoverlast) evaluateOn() deadlines.Day {
	if r.Published == nil || r.Draft == nil {
		return deadlines.NoDay
	}
	if n := len(r.Evaluations); n > 0 {
		return r.Evaluations[n-1].Next
	}
	return r.Published.On + deadlines.Day(7*r.Draft.Weeks)
}

// Holds says whether the order holds at a moment: made known, not ended, not suspended,
// not withdrawn, revoked or annulled.
func (r Woonoverlast) Holds(t time.Time) bool {
	if r.Published == nil || r.annulled("order") || r.How == "revoked" {
		return false
	}
	if day := deadlines.DayOf(t); day < r.Published.On || day > r.Ends() {
		return false
	}
	if !r.StoppedAt.IsZero() && !t.Before(r.StoppedAt) {
		return false
	}
	for _, o := range r.Off {
		if o.covers(t) {
			return false
		}
	}
	return true
}

// annulled: the last court that judged the order, or the ban, annulled it. Then it never
// was.
func (r Woonoverlast) annulled(against string) bool {
	out := false
	for _, a := range r.Appeals {
		if a.Against == against && a.Ban == r.banNumber(against) && a.JudgedOn != deadlines.NoDay && a.Outcome != "withdrawn" {
			out = a.Outcome == "annulled"
		}
	}
	return out
}

func (r Woonoverlast) banNumber(against string) int {
	if against == "ban" {
		return len(r.Bans)
	}
	return 0
}

// lastBan is the ban that a file is about now: its last. There is one at a time.
func (r Woonoverlast) lastBan() (Ban, bool) {
	if n := len(r.Bans); n > 0 {
		return r.Bans[n-1], true
	}
	return Ban{}, false
}

// banStart is when the last ban began, or nothing.
func (r Woonoverlast) banStart() deadlines.When {
	if b, ok := r.lastBan(); ok && b.Announced != nil {
		return b.Announced.At
	}
	return deadlines.When{}
}

// tenDays is the end of the ban by law: the same time of day ten days later, whatever the
// clocks do and whatever day it is (Gemeentewet 151d lid 3; Wth 13).
func (r Woonoverlast) tenDays(c *deadlines.Calendar) deadlines.When { return r.answer(c, "G151d.3") }

// fourWeeks is the latest end of an extended ban: four weeks in all, counted from its
// start and not on top of the ten days (Gemeentewet 151d lid 3; Wth 9 lid 1).
func (r Woonoverlast) fourWeeks(c *deadlines.Calendar) deadlines.When { return r.answer(c, "WTH-D8") }

func (r Woonoverlast) answer(c *deadlines.Calendar, rule string) deadlines.When {
	start := r.banStart()
	if start.At.IsZero() || c == nil {
		return deadlines.When{}
	}
	a, err := c.Answer(deadlines.Question{ID: rule, Start: start})
	if err != nil {
		return deadlines.When{}
	}
	return a.End
}

// BanEnds is when the last ban ends by itself: by law, or by its last extension that was
// made known.
func (r Woonoverlast) BanEnds(c *deadlines.Calendar) deadlines.When {
	end := r.tenDays(c)
	if b, ok := r.lastBan(); ok {
		for _, x := range b.Extensions {
			if !x.Served.At.IsZero() {
				end = x.Until
			}
		}
	}
	return end
}

// BanHolds says whether the last ban holds at a moment. It is a part of the order: what
// suspends or ends that, suspends or ends the ban.
func (r Woonoverlast) BanHolds(t time.Time, c *deadlines.Calendar) bool {
	b, ok := r.lastBan()
	if !ok || b.Announced == nil || t.Before(b.Announced.At.At) || !t.Before(r.BanEnds(c).At) || r.annulled("ban") || !r.Holds(t) {
		return false
	}
	if !b.StoppedAt.IsZero() && !t.Before(b.StoppedAt) {
		return false
	}
	for _, o := range b.Off {
		if o.covers(t) {
			return false
		}
	}
	return true
}

// adultOn says whether somebody is of age on a day (Wth 2 lid 2; BW 1:233). Who was born
// on 29 February is so on 1 March.
func adultOn(born, day deadlines.Day) bool { return adultFrom(born) <= day }

func adultFrom(born deadlines.Day) deadlines.Day {
	y, m, d := born.Civil()
	return deadlines.Date(y+18, m, d)
}

// Sum is one forfeited dwangsom, on the day of the breach.
type Sum struct {
	Number     int
	On         deadlines.Day
	Cents      int
	Inspection int    // that proves it
	Handed     string // number of the dwangsom file that recovers it
	Void       bool   // the order was annulled or revoked
}

// forfeitable gives the sum that an inspection proves, or the code of what stands in the
// way. The order is per breach: each breach costs its sum on its own day, up to the
// maximum (Awb 5:32b, 5:33; law.md 6.2).
func forfeitable(r Woonoverlast, number int) (Sum, string) {
	if number < 1 || number > len(r.Inspections) {
		return Sum{}, "no-such-inspection"
	}
	seen := r.Inspections[number-1]
	for _, s := range r.Sums {
		if s.Inspection == number {
			return Sum{}, "counted"
		}
	}
	left := r.Draft.Maximum - r.Forfeited()
	switch {
	case seen.Result != "breach":
		return Sum{}, "no-breach"
	case r.complyBy() != deadlines.NoDay && seen.At.Day <= r.complyBy():
		return Sum{}, "before-compliance-end"
	case !r.Holds(moment(seen.At)):
		return Sum{}, "not-held"
	case left <= 0:
		return Sum{}, "maximum-reached"
	}
	return Sum{Number: len(r.Sums) + 1, On: seen.At.Day, Cents: min(r.Draft.Amount, left), Inspection: number}, ""
}

// Forfeited is what was forfeited in all, in cents.
func (r Woonoverlast) Forfeited() int {
	n := 0
	for _, s := range r.Sums {
		if !s.Void {
			n += s.Cents
		}
	}
	return n
}

// undone takes the sums of an order away that never was.
func (r Woonoverlast) undone() Woonoverlast {
	out := make([]Sum, len(r.Sums))
	for i, s := range r.Sums {
		s.Void = true
		out[i] = s
	}
	r.Sums = out
	return r
}
