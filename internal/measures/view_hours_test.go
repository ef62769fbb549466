package measures

import (
	"testing"
	"time"

	"baken/internal/kernel/deadlines"
)

// A term to the minute counts in hours in its last three days; one without delay says
// since when, and is never late: the law names no date.
func TestHowFarAMomentIs(t *testing.T) {
	start, err := deadlines.ParseWhen("2026-11-28T02:25")
	if err != nil {
		t.Fatal(err)
	}
	ban := answer(t, deadlines.Question{ID: "WTH-D1", Start: start})
	for _, c := range []struct {
		before      time.Duration
		done        bool
		tone, left  string
		whenOnRight string
	}{
		{10 * 24 * time.Hour, false, "later", "over 10 dagen", "di 8 dec, 02.25 uur"},
		{73 * time.Hour, false, "soon", "over 3 dagen", "di 8 dec, 02.25 uur"},
		{72 * time.Hour, false, "soon", "nog 3 dagen", "di 8 dec, 02.25 uur"},
		{23*time.Hour + 5*time.Minute, false, "today", "nog 23 uur en 5 minuten", "di 8 dec, 02.25 uur"},
		{time.Minute, false, "today", "nog 1 minuut", "di 8 dec, 02.25 uur"},
		{-2 * time.Hour, false, "later", "2 uur geleden", "di 8 dec, 02.25 uur"},
		{-2 * time.Hour, true, "done", "klaar", "di 8 dec, 02.25 uur"},
	} {
		got := ViewTerm(nl, ban, "Titel", c.done, false, ban.End.At.Add(-c.before))
		if got.Tone != c.tone || got.Left != c.left || got.When != c.whenOnRight || got.ISO != "2026-12-08T02:25:00+01:00" {
			t.Errorf("%s before: %s %q %q %q, want %s %q", c.before, got.Tone, got.Left, got.When, got.ISO, c.tone, c.left)
		}
	}
	counsel := answer(t, deadlines.Question{ID: "WTH-D5", Start: start})
	if got := ViewTerm(nl, counsel, "Titel", false, false, counsel.End.At.Add(time.Hour)); got.Tone != "late" || got.Left != "1 uur geleden" {
		t.Errorf("counsel an hour late: %s %q", got.Tone, got.Left)
	}
	prompt := answer(t, deadlines.Question{ID: "WTH-D3", Start: start})
	for after, left := range map[time.Duration]string{0: "al 0 minuten", 5 * time.Minute: "al 5 minuten", 76 * time.Hour: "al 3 dagen en 4 uur"} {
		if got := ViewTerm(nl, prompt, "Titel", false, false, start.At.Add(after)); got.Tone != "today" || got.Left != left || got.When != "Onverwijld" {
			t.Errorf("%s after: %s %q %q", after, got.Tone, got.Left, got.When)
		}
	}
	if got := ViewTerm(nl, prompt, "Titel", true, false, start.At); got.Tone != "done" || got.Left != "klaar" {
		t.Errorf("done: %s %q", got.Tone, got.Left)
	}
	// Neither these nor what is kept for years stands in the chart.
	kept := ViewTerm(nl, answer(t, deadlines.Question{ID: "WTH-D11", Start: start}), "Bewaren", false, false, start.At)
	c := sideBySide(nl, []Term{ViewTerm(nl, ban, "Verbod", false, false, start.At), ViewTerm(nl, prompt, "Titel", false, false, start.At), kept})
	if len(c.Rows) != 1 || c.More != 2 {
		t.Errorf("the chart has %d rows and leaves out %d", len(c.Rows), c.More)
	}
}
