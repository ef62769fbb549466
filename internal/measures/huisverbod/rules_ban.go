package huisverbod

import (
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
)

// Off is a span in which the ban did not hold. To is zero while that lasts.
type Off struct{ From, To time.Time }

// The ban runs from its announcement (Wth 2 lid 7): that moment starts the ten days and
// the four weeks.
func (r Huisverbod) start() deadlines.When {
	if r.Announced == nil {
		return deadlines.When{}
	}
	return r.Announced.At
}

// tenDays is the end by law: the same time of day ten days later, whatever the clocks
// do in between and whatever day it is (Wth 2 lid 1, 13).
func (r Huisverbod) tenDays(c *deadlines.Calendar) deadlines.When { return r.answer(c, "WTH-D1") }

// fourWeeks is the latest end of an extended ban: four weeks in all, counted from the
// announcement and not on top of the ten days (Wth 9 lid 1).
func (r Huisverbod) fourWeeks(c *deadlines.Calendar) deadlines.When { return r.answer(c, "WTH-D8") }

func (r Huisverbod) answer(c *deadlines.Calendar, rule string) deadlines.When {
	if r.Announced == nil || c == nil {
		return deadlines.When{}
	}
	a, err := c.Answer(deadlines.Question{ID: rule, Start: r.start()})
	if err != nil {
		return deadlines.When{}
	}
	return a.End
}

// Ends is when the ban ends by itself: by law, or sooner when the written decision says
// a sooner time, for that binds (law.md 3.4); by its last extension that was announced.
func (r Huisverbod) Ends(c *deadlines.Calendar) deadlines.When {
	end := r.tenDays(c)
	if w := r.Written; w != nil && !w.Until.At.IsZero() && w.Until.At.Before(end.At) {
		end = w.Until
	}
	for _, x := range r.Extensions {
		if !x.Served.At.IsZero() {
			end = x.Until
		}
	}
	return end
}

// Holds says whether the ban holds at a moment: announced, not ended, not suspended,
// not withdrawn, not annulled.
func (r Huisverbod) Holds(t time.Time, c *deadlines.Calendar) bool {
	if r.Announced == nil || t.Before(r.start().At) || !t.Before(r.Ends(c).At) || r.annulled() {
		return false
	}
	if !r.StoppedAt.IsZero() && !t.Before(r.StoppedAt) {
		return false
	}
	for _, o := range r.Off {
		if !t.Before(o.From) && (o.To.IsZero() || t.Before(o.To)) {
			return false
		}
	}
	return true
}

// annulled: the last court that judged the ban annulled it. Then it never was.
func (r Huisverbod) annulled() bool {
	out := false
	for _, a := range r.Appeals {
		if a.JudgedOn != deadlines.NoDay && a.Outcome != "withdrawn" {
			out = a.Outcome == "annulled"
		}
	}
	return out
}

// adultOn says whether somebody is of age on a day (Wth 2 lid 2; BW 1:233). Who was born
// on 29 February is so on 1 March: nobody is banned a day too young.
func adultOn(born, day deadlines.Day) bool {
	y, m, d := born.Civil()
	return deadlines.Date(y+18, m, d) <= day
}

// household are the names of who lives in the home, besides the banned person: the
// words before the first comma of each line.
func (r Huisverbod) household() []string {
	if r.Report == nil {
		return nil
	}
	var out []string
	for _, line := range append(append([]string{}, r.Report.Adults...), r.Report.Children...) {
		name, _, _ := strings.Cut(line, ",")
		out = append(out, strings.TrimSpace(name))
	}
	return out
}

// lives says whether a name is of the household, however it was typed.
func (r Huisverbod) lives(name string) bool {
	for _, h := range r.household() {
		if strings.EqualFold(strings.Join(strings.Fields(h), " "), strings.Join(strings.Fields(name), " ")) {
			return true
		}
	}
	return false
}

// helped says whether help started for somebody.
func (r Huisverbod) helped(name string) (Help, bool) {
	for i := len(r.Help) - 1; i >= 0; i-- {
		if r.Help[i].Member == name {
			return r.Help[i], true
		}
	}
	return Help{}, false
}

// notified says when somebody was told of the ban, of its extension or of a ruling.
func (r Huisverbod) notified(to, about string, since time.Time) (Notice, bool) {
	for _, n := range r.Notices {
		if n.To == to && n.About == about && !n.At.At.Before(since.Truncate(time.Minute)) {
			return n, true
		}
	}
	return Notice{}, false
}

// telling is that somebody must be told of something, without delay.
type telling struct {
	to, about string
	number    int // of the extension or the ruling
	since     deadlines.When
	notice    Notice
	done      bool
}

// tellings are all that must be told to whom: the ban and each extension (Wth 2 lid 8, 9
// lid 1) to the household, the help organisation and, with children, Veilig Thuis; each
// ruling to the household and the police (Wth 8).
func (r Huisverbod) tellings() []telling {
	var out []telling
	add := func(about string, number int, since deadlines.When, to ...string) {
		for _, who := range to {
			n, done := r.notified(who, about, since.At)
			out = append(out, telling{who, about, number, since, n, done})
		}
	}
	add("ban", 0, r.start(), r.toTell()...)
	for i, x := range r.Extensions {
		if !x.Served.At.IsZero() {
			add("extension", i+1, x.Served, r.toTell()...)
		}
	}
	for i, x := range r.Reliefs {
		if !x.RuledAt.At.IsZero() {
			add("ruling", i+1, x.RuledAt, "household", "police")
		}
	}
	return out
}

// tellsWhere says whether words that go to the banned person name the place where
// somebody of the household is now.
func (r Huisverbod) tellsWhere(words ...string) bool {
	for _, h := range r.Help {
		where := strings.ToLower(strings.Join(strings.Fields(h.Stays), " "))
		if where == "" || h.Member == r.Report.Banned || strings.EqualFold(where, r.Report.Place) {
			continue
		}
		for _, w := range words {
			if strings.Contains(strings.ToLower(strings.Join(strings.Fields(w), " ")), where) {
				return true
			}
		}
	}
	return false
}

// bsn finds a burgerservicenummer: nine digits of which the weighted sum is a multiple
// of eleven. The file needs none, so it is refused (AVG 5 lid 1 c; UAVG 46).
func bsn(s string) bool {
	digits := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= '0' && s[i] <= '9' {
			digits++
			continue
		}
		if digits == 9 && elevenProof(s[i-9:i]) {
			return true
		}
		digits = 0
	}
	return false
}

func elevenProof(s string) bool {
	sum := 0
	for i := range 8 {
		sum += (9 - i) * int(s[i]-'0')
	}
	sum -= int(s[8] - '0')
	return sum > 0 && sum%11 == 0
}
