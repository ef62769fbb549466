package agenda

import (
	"slices"
	"strconv"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Step says how near the day of a reminder is: "agenda.step." + Step.
type Step string

// The steps, each sent once per day that a term ends on.
const (
	StepWeek Step = "week"
	StepTwo  Step = "two-days"
	StepLast Step = "last-day"
	// StepAlarm is a day on which to act for a claim that would lapse.
	StepAlarm Step = "alarm"
)

// Reminder is one word to one person about one term.
type Reminder struct {
	ID        string
	Step      Step
	Day       deadlines.Day // the day it is about
	Escalated bool          // to the deputy, because nobody reacted
	MadeAt    time.Time
	SeenAt    time.Time // zero: not acknowledged
	Term      Term
}

// patience is how many working days the lead has to react before the deputy hears
// of it too.
const patience = 2

// Remind makes the reminders that are due at the unit's moment. Run again it makes
// none twice: what was reminded of is a row with its day and step. A run that was
// missed makes only the nearest step, not all that were skipped.
func Remind(u *work.Unit, c *deadlines.Calendar) (made int, err error) {
	today := deadlines.DayOf(u.Now())
	terms, err := waking(u.Tx(), today)
	if err != nil {
		return 0, err
	}
	for i := range terms {
		t := &terms[i]
		for _, r := range due(t, today) {
			n, err := insertReminder(u.Tx(), t, r, t.Lead, u.Now())
			if err != nil {
				return made, err
			}
			made += int(n)
		}
		n, err := escalate(u, c, t, today)
		if err != nil {
			return made, err
		}
		made += n
	}
	if made > 0 {
		u.Record(work.Entry{Act: "agenda.remind", Object: ref.Ref{Kind: "agenda"}, Facts: map[string]string{"reminders": strconv.Itoa(made)}})
	}
	return made, nil
}

// due are the steps of a term that have come: the nearest to its day, and the last
// alarm that rang.
func due(t *Term, today deadlines.Day) (out []Reminder) {
	if t.Safe != deadlines.NoDay {
		switch left := t.Safe - today; {
		case left <= 0:
			out = append(out, Reminder{Step: StepLast, Day: t.Safe})
		case left <= 2:
			out = append(out, Reminder{Step: StepTwo, Day: t.Safe})
		case left <= week:
			out = append(out, Reminder{Step: StepWeek, Day: t.Safe})
		}
	}
	rang := deadlines.NoDay
	for _, d := range t.Alarms {
		if d <= today && d > rang {
			rang = d
		}
	}
	if rang != deadlines.NoDay {
		out = append(out, Reminder{Step: StepAlarm, Day: rang})
	}
	return out
}

// escalate reminds the deputy of what the lead did not react to in time.
func escalate(u *work.Unit, c *deadlines.Calendar, t *Term, today deadlines.Day) (made int, err error) {
	if t.Deputy == "" || t.Deputy == t.Lead {
		return 0, nil
	}
	sent, err := sentTo(u.Tx(), t, t.Lead)
	if err != nil {
		return 0, err
	}
	for _, r := range sent {
		now := r.Day == t.Safe || r.Step == StepAlarm && slices.Contains(t.Alarms, r.Day) // of the end as it is, not as it was
		late := t.Safe != deadlines.NoDay && today >= t.Safe
		if !r.SeenAt.IsZero() || !now || (!late && workingDays(c, deadlines.DayOf(r.MadeAt), today) < patience) {
			continue
		}
		r.Escalated = true
		n, err := insertReminder(u.Tx(), t, r, t.Deputy, u.Now())
		if err != nil {
			return made, err
		}
		made += int(n)
	}
	return made, nil
}

// workingDays counts the working days after one day up to another. A day that a
// decree made equal to a holiday is one: the decree is about terms only.
func workingDays(c *deadlines.Calendar, after, upto deadlines.Day) (n int) {
	for d := after + 1; d <= upto; d++ {
		if k := c.Closed(d); k == deadlines.Open || k == deadlines.EquatedDay {
			n++
		}
	}
	return n
}

// Reminders are the actor's own that wait for a reaction, the newest of each open
// term that the actor leads or stands in for, and may read under the unit's purpose.
func Reminders(u *work.Unit, book *access.Book, sources []Source) ([]Reminder, error) {
	where, args, err := seen(u, book, sources, View{})
	if err != nil || where == "" {
		return nil, err
	}
	all, err := remindersOf(u.Tx(), where, u.Actor().Account, args)
	var out []Reminder
	var terms []Term
	for _, r := range all {
		if n := len(terms); n > 0 && terms[n-1].Object == r.Term.Object && terms[n-1].Key == r.Term.Key {
			continue
		}
		out, terms = append(out, r), append(terms, r.Term)
	}
	record(u, sources, terms)
	return out, err
}

// Acknowledge says that the actor has seen a reminder of their own and the earlier
// ones of its term. Another's stays as it is, and one that was seen already is no
// error: whoever presses twice means once.
func Acknowledge(u *work.Unit, id string) error {
	return acknowledge(u.Tx(), id, u.Actor().Account, u.Now())
}
