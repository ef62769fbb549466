package agenda_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

func (h *house) remind() (made int) {
	h.t.Helper()
	h.do(work.System("job"), measures, func(u *work.Unit) error {
		c, err := h.days.In(u)
		if err != nil {
			return err
		}
		made, err = agenda.Remind(u, c)
		return err
	})
	return made
}

func (h *house) reminders(account, purpose string) (out []agenda.Reminder) {
	h.t.Helper()
	err := h.keep.See(context.Background(), work.Actor{Account: account}, purpose, func(u *work.Unit) (err error) {
		out, err = agenda.Reminders(u, h.book, sources)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func (h *house) acknowledge(account, id string) {
	h.t.Helper()
	h.do(work.Actor{Account: account}, measures, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "test"})
		return agenda.Acknowledge(u, id)
	})
}

func (h *house) words(account string) string {
	var out []string
	for _, r := range h.reminders(account, measures) {
		w := string(r.Step)
		if r.Escalated {
			w += "!"
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// The end is Monday 7 December 2026. Wednesday 25 November is too early.
func TestRemindersComeOnceAndReachTheDeputy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.put(one, measures, "jurist", "leiding", objection("2026-10-26"))
		on := func(date, lead, deputy string) {
			t.Helper()
			h.now = day(date).Midnight().Add(8 * time.Hour)
			h.remind()
			if n := h.remind(); n != 0 {
				t.Errorf("%s: a second run made %d reminders", date, n)
			}
			if got := h.words("jurist"); got != lead {
				t.Errorf("%s: the lead has %q, want %q", date, got, lead)
			}
			if got := h.words("leiding"); got != deputy {
				t.Errorf("%s: the deputy has %q, want %q", date, got, deputy)
			}
		}
		on("2026-11-29", "", "")
		on("2026-11-30", "week", "")
		on("2026-12-01", "week", "")
		on("2026-12-02", "week", "week!") // two working days without a reaction
		for _, r := range h.reminders("jurist", measures) {
			h.acknowledge("jurist", r.ID)
		}
		on("2026-12-04", "", "week!")
		on("2026-12-05", "two-days", "week!")
		on("2026-12-06", "two-days", "week!") // a Sunday is no working day
		on("2026-12-07", "last-day", "last-day!")
		h.put(one, measures, "jurist", "leiding", objection("2026-11-02")) // moves to 14 December
		on("2026-12-08", "week", "")
		h.put(one, measures, "jurist", "leiding")
		on("2026-12-09", "", "")
	})
}

func TestAnotherMayNotAcknowledge(t *testing.T) {
	h := setup(t, dbtest.Open(t, db.SQLite))
	h.put(one, measures, "jurist", "leiding", objection("2026-10-14"))
	h.remind()
	mine := h.reminders("jurist", measures)
	if len(mine) != 1 {
		t.Fatalf("%d reminders", len(mine))
	}
	h.acknowledge("leiding", mine[0].ID)
	if n := len(h.reminders("jurist", measures)); n != 1 {
		t.Errorf("another acknowledged, and %d reminders wait for the lead", n)
	}
	h.put(one, measures, "leiding", "", objection("2026-10-14"))
	if n := len(h.reminders("jurist", measures)); n != 0 {
		t.Errorf("%d reminders wait for who does not lead the term any more", n)
	}
	h.remind()
	if n := len(h.reminders("leiding", measures)); n != 1 {
		t.Errorf("%d reminders wait for the new lead", n)
	}
	h.put(one, measures, "jurist", "leiding", objection("2026-10-14"))
	h.acknowledge("jurist", mine[0].ID)
	h.acknowledge("jurist", mine[0].ID)
	if n := len(h.reminders("jurist", measures)); n != 0 {
		t.Errorf("%d reminders wait after the lead acknowledged", n)
	}
}

// A run that was missed makes the nearest step only, and an alarm rings for a claim
// long before it lapses.
func TestLateRunAndAlarm(t *testing.T) { dbtest.Each(t, lateRunAndAlarm) }

func lateRunAndAlarm(t *testing.T, d *db.DB) {
	h := setup(t, d)
	h.put(one, measures, "jurist", "", objection("2026-10-14"),
		agenda.Watched{Key: "lapse", Question: deadlines.Question{ID: "LOD-5.35", Start: deadlines.OnDay(day("2026-06-01"))}})
	h.remind()
	if got := h.words("jurist"); got != "two-days alarm" {
		t.Errorf("reminders %q", got)
	}
	alarms := map[deadlines.Day]bool{}
	for h.now.Before(time.Date(2027, 5, 25, 0, 0, 0, 0, time.UTC)) {
		for _, r := range h.reminders("jurist", measures) {
			if r.Step == agenda.StepAlarm {
				alarms[r.Day] = true
			}
		}
		h.now = h.now.AddDate(0, 0, 10)
		h.remind()
	}
	if len(alarms) != 5 {
		t.Errorf("alarms on %v; 9 (late, at the first run), 6, 3 and 1 months and two weeks before the claim lapses", alarms)
	}
}

func TestFeedSecrets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		who := work.Actor{Account: "jurist"}
		do := func(fn func(u *work.Unit) error) {
			t.Helper()
			h.do(who, measures, func(u *work.Unit) error { u.Record(work.Entry{Act: "test"}); return fn(u) })
		}
		owner := func(secret string) (account string) {
			do(func(u *work.Unit) (err error) { account, _, err = agenda.FeedOwner(u, secret); return err })
			return account
		}
		var first, second string
		do(func(u *work.Unit) (err error) { first, err = agenda.NewFeed(u); return err })
		if owner(first) != "jurist" || len(first) != 43 {
			t.Fatalf("the secret %q opens nothing", first)
		}
		do(func(u *work.Unit) (err error) { second, err = agenda.NewFeed(u); return err })
		if owner(first) != "" || owner(second) != "jurist" || first == second {
			t.Error("a replaced secret still opens the feed")
		}
		if err := d.Dump(context.Background(), func(db.Table) error { return nil }, func(row []any) error {
			if strings.Contains(fmt.Sprint(row), second) {
				t.Error("the secret itself is stored")
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		do(func(u *work.Unit) error { return agenda.RevokeFeed(u) })
		do(func(u *work.Unit) error {
			if _, ok, err := agenda.FeedOf(u); ok || err != nil {
				t.Errorf("a revoked feed is there: %v", err)
			}
			return nil
		})
		for _, s := range []string{first, second, "", strings.Repeat("a", 43), strings.Repeat("a", 1000)} {
			if owner(s) != "" {
				t.Errorf("%q opens a feed", s)
			}
		}
	})
}
