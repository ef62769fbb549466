package gebiedsverbod

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
)

// What the law lets an order of 172a and 172b run.
const (
	mostMonths     = 3  // 172a lid 6 a; 172b
	mostExtensions = 3  // 172a lid 6 a
	mostDays       = 90 // 172a lid 6 b
	mostSpread     = 24 // months, 172a lid 6 b
)

// Off is a span in which the order did not hold. To is zero while that lasts.
type Off struct{ From, To time.Time }

func (o Off) covers(t time.Time) bool {
	return !t.Before(o.From) && (o.To.IsZero() || t.Before(o.To))
}

// onClock is the same time of day on another day, whatever the clocks did between. A
// ban that runs in days, weeks or months ends at the time of day at which it began: an
// end at midnight would add hours to what the law calls three months.
func onClock(t time.Time, d deadlines.Day) time.Time {
	l := wall(t)
	y, m, day := d.Civil()
	return time.Date(y, m, day, l.Hour(), l.Minute(), l.Second(), 0, l.Location())
}

// wall is a moment as the clocks in Amsterdam show it.
func wall(t time.Time) time.Time { return deadlines.AtMoment(t).At }

// afterUnits is the end of n units from a moment. Hours are hours that pass; all else is
// counted on the calendar and ends on the clock.
func afterUnits(start time.Time, n int, unit string) time.Time {
	day := deadlines.DayOf(start)
	switch unit {
	case "hours":
		return start.Add(time.Duration(n) * time.Hour)
	case "days":
		return onClock(start, day+deadlines.Day(n))
	case "weeks":
		return onClock(start, day+deadlines.Day(7*n))
	}
	return onClock(start, day.AddMonths(n))
}

// threeMonths is the latest end of an order, or of one extension, that began at a moment
// (Gemeentewet 172a lid 6 a, 172b).
func threeMonths(start time.Time) time.Time {
	return onClock(start, deadlines.DayOf(start).AddMonths(mostMonths))
}

// Starts is when the order begins to hold: at its Bekendmaking, or later when it says so
// (Awb 3:40). Zero before the Bekendmaking.
func (r Gebiedsverbod) Starts() time.Time {
	if r.Published == nil || r.Draft == nil {
		return time.Time{}
	}
	if from := r.Draft.From.At; from.After(r.Published.At.At) {
		return from
	}
	return r.Published.At.At
}

// firstEnd is the end that the decision gave; later extensions are not in it.
func (r Gebiedsverbod) firstEnd() time.Time {
	start := r.Starts()
	if start.IsZero() {
		return time.Time{}
	}
	if list, _ := parseMoments(r.Draft.Moments); r.Draft.Unit == "moments" && len(list) > 0 {
		return list[len(list)-1].to()
	}
	return afterUnits(start, r.Draft.Count, r.Draft.Unit)
}

// Ends is when the order ends by itself: as it was decided, or as its last extension that
// was made known says. Nothing before the Bekendmaking.
func (r Gebiedsverbod) Ends() deadlines.When {
	end := r.firstEnd()
	if end.IsZero() {
		return deadlines.When{}
	}
	for _, x := range r.Extensions {
		if !x.Served.At.IsZero() {
			end = x.Until.At
		}
	}
	return deadlines.AtMoment(end)
}

// served counts the extensions that were made known: one that was not took no effect
// (Awb 3:40).
func (r Gebiedsverbod) served() int {
	n := 0
	for _, x := range r.Extensions {
		if !x.Served.At.IsZero() {
			n++
		}
	}
	return n
}

// annulled: the last court that judged the order annulled it. Then it never was.
func (r Gebiedsverbod) annulled() bool {
	out := false
	for _, a := range r.Appeals {
		if a.JudgedOn != deadlines.NoDay && a.Outcome != "withdrawn" {
			out = a.Outcome == "annulled"
		}
	}
	return out
}

// Holds says whether the order holds at a moment: made known and begun, not ended, not
// suspended, not withdrawn, revoked or annulled.
func (r Gebiedsverbod) Holds(t time.Time) bool {
	start := r.Starts()
	if start.IsZero() || r.annulled() || r.How == "revoked" || t.Before(start) || !t.Before(r.Ends().At) {
		return false
	}
	if !r.StoppedAt.IsZero() && !t.Before(r.StoppedAt) {
		return false
	}
	return !slices.ContainsFunc(r.Off, func(o Off) bool { return o.covers(t) })
}

// Binds says whether somebody must stay away at a moment: the order holds, it is one of
// its hours, and no exemption covers it.
func (r Gebiedsverbod) Binds(t time.Time) bool {
	return r.Holds(t) && r.inHours(t) && !slices.ContainsFunc(r.Exemptions, func(x Exemption) bool { return x.covers(t) })
}

func (r Gebiedsverbod) inHours(t time.Time) bool {
	if r.Draft.Unit == "moments" {
		list, _ := parseMoments(r.Draft.Moments)
		return slices.ContainsFunc(list, func(m span) bool { return !t.Before(m.from()) && t.Before(m.to()) })
	}
	_, l := r.inForce(t)
	h, ok := parseHours(l.Hours)
	return !ok || h.covers(t, l.Days)
}

// inForce are the area and the times as they were at a moment: a change counts from when
// it was made known.
func (r Gebiedsverbod) inForce(t time.Time) (Area, Limits) {
	var a Area
	var l Limits
	if r.Area != nil {
		a = *r.Area
	}
	if r.Limits != nil {
		l = *r.Limits
	}
	for _, x := range r.Changes {
		if !x.Served.At.IsZero() && !t.Before(x.Served.At) {
			a.Outline, a.Streets, l.Days, l.Hours = x.Outline, x.Streets, x.Days, x.Hours
		}
	}
	return a, l
}

// hours are the hours of a day in which an order binds, in minutes from midnight: to may
// lie on the next day.
type hours struct{ from, to int }

// parseHours reads "20.00-06.00"; ok is false for an empty text, which means the whole
// day, and for one that cannot be read.
func parseHours(s string) (h hours, ok bool) {
	a, b, found := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), "–", "-"), "-")
	if !found {
		return h, false
	}
	var okA, okB bool
	h.from, okA = parseClock(a)
	h.to, okB = parseClock(b)
	return h, okA && okB && h.from != h.to
}

// parseClock reads "20.00", "20:00" or "20"; 24.00 is the end of a day.
func parseClock(s string) (int, bool) {
	hour, minute, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), ":", "."), ".")
	h, err := strconv.Atoi(hour)
	m := 0
	if err == nil && minute != "" {
		m, err = strconv.Atoi(minute)
	}
	if err != nil || h < 0 || m < 0 || m > 59 || h*60+m > 24*60 {
		return 0, false
	}
	return h*60 + m, true
}

// covers says whether the clock at a moment stands between the hours, on a day that
// counts. Hours that pass midnight belong to the day on which they begin: Saturday
// 20.00-06.00 ends on Sunday morning.
func (h hours) covers(t time.Time, days string) bool {
	l := wall(t)
	now, today := l.Hour()*60+l.Minute(), deadlines.DayOf(t)
	if h.from < h.to {
		return now >= h.from && now < h.to && onDays(days, today)
	}
	return now >= h.from && onDays(days, today) || now < h.to && onDays(days, today-1)
}

// within says whether all these hours lie in those of another.
func (h hours) within(o hours) bool {
	at := func(m, from int) int { return (m - from + 24*60) % (24 * 60) }
	length := func(x hours) int { return at(x.to, x.from) }
	return at(h.from, o.from)+length(h) <= length(o)
}

// night is when a child can be kept indoors (Gemeentewet 172b lid 1 b).
var night = hours{20 * 60, 6 * 60}

// onDays says whether a day is one of the chosen days of the week.
func onDays(days string, d deadlines.Day) bool {
	switch w := d.Weekday(); days {
	case "weekend-nights":
		return w == time.Friday || w == time.Saturday
	case "weekend":
		return w == time.Friday || w == time.Saturday || w == time.Sunday
	case "weekdays":
		return w != time.Saturday && w != time.Sunday
	}
	return true
}

// span is one of the set moments of 172a lid 6 b: hours on a day, or the whole day.
type span struct {
	day   deadlines.Day
	hours hours
	whole bool
}

func (m span) from() time.Time {
	if m.whole {
		return m.day.Midnight()
	}
	return minuteOf(m.day, m.hours.from)
}

func (m span) to() time.Time {
	switch {
	case m.whole:
		return (m.day + 1).Midnight()
	case m.hours.to < m.hours.from:
		return minuteOf(m.day+1, m.hours.to)
	}
	return minuteOf(m.day, m.hours.to)
}

func minuteOf(d deadlines.Day, minutes int) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, minutes/60, minutes%60, 0, 0, d.Midnight().Location())
}

// parseMoments reads a day a line, "12-12-2026" or "12-12-2026 12.00-20.00", and gives
// them in order of time; line is the first that cannot be read, or 0.
func parseMoments(s string) (list []span, line int) {
	n := 0
	for raw := range strings.Lines(s) {
		n++
		raw = strings.TrimSpace(raw)
		if raw == "" {
			continue
		}
		date, rest, timed := strings.Cut(raw, " ")
		t, err := time.Parse("02-01-2006", date)
		if err != nil {
			return nil, n
		}
		m := span{day: deadlines.Date(t.Date()), whole: !timed}
		if timed {
			var ok bool
			if m.hours, ok = parseHours(rest); !ok {
				return nil, n
			}
		}
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b span) int { return a.from().Compare(b.from()) })
	return list, 0
}

// spread gives the code of what is wrong with set moments, or empty: at most ninety days
// within at most twenty-four months, all of them to come (Gemeentewet 172a lid 6 b).
// Moments of one day are one day.
func spread(list []span, today deadlines.Day) string {
	distinct := map[deadlines.Day]bool{}
	for _, m := range list {
		distinct[m.day] = true
		if m.to() != m.from() && deadlines.DayOf(m.to().Add(-time.Second)) != m.day {
			distinct[m.day+1] = true
		}
	}
	switch {
	case len(list) == 0:
		return "no-moments"
	case list[0].day < today:
		return "moments-past"
	case len(distinct) > mostDays:
		return "ninety-days"
	case deadlines.DayOf(list[len(list)-1].to().Add(-time.Second)) >= list[0].day.AddMonths(mostSpread):
		return "two-years"
	}
	return ""
}

// length gives the code of what is wrong with how long an order would run, or empty. On
// policy and deviates see policy.go.
func length(b basis, d Draft, p Policy, at deadlines.When) string {
	unit := d.Unit
	if unit == "moments" {
		if !b.long {
			return "moments-basis"
		}
		list, line := parseMoments(d.Moments)
		if line > 0 {
			return "moments-unread"
		}
		return spread(list, at.Day)
	}
	start := at.At
	if d.From.At.After(start) {
		start = d.From.At
	}
	end := afterUnits(start, d.Count, unit)
	switch {
	case strings.TrimSpace(d.Moments) != "":
		return "moments-unit"
	case d.Count < 1:
		return "no-length"
	case b.code == "light" && (unit != "hours" || d.Count > p.LightHours):
		return "light-short"
	case b.long && end.After(threeMonths(start)):
		return "three-months"
	case b.child && end.After(threeMonths(start)):
		return "child-three-months"
	case b.code == "apv" && end.After(p.longest(start)):
		return "apv-longest"
	case b.code == "apv" && end.After(p.Step(d.Earlier).end(start)) && strings.TrimSpace(d.Deviates) == "":
		return "apv-step"
	}
	return ""
}
