package measures

import (
	"testing"

	"baken/internal/kernel/deadlines"
)

// An open file has no end; a closed one never goes before it was closed, and people are told
// four weeks before.
func TestKeep(t *testing.T) {
	t.Parallel()
	closed := deadlines.Date(2026, 3, 1)
	for name, row := range map[string]struct {
		keep   Keep
		closed deadlines.Day
		want   deadlines.Day
	}{
		"open":                      {Keep{}, deadlines.NoDay, deadlines.NoDay},
		"open, with a day":          {Keep{closed, 5, "Wth 10"}, deadlines.NoDay, deadlines.NoDay},
		"closed":                    {Keep{closed, 10, "Selectielijst 12.2"}, closed, deadlines.Date(2036, 3, 1)},
		"open longer than its term": {Keep{deadlines.Date(2019, 3, 1), 5, "Wth 10"}, closed, closed},
	} {
		if got := row.keep.Until(row.closed); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
	for on, want := range map[deadlines.Day]bool{deadlines.Date(2036, 2, 1): false, deadlines.Date(2036, 2, 2): true, deadlines.Date(2036, 3, 1): true, deadlines.Date(2036, 3, 2): true} {
		if leaving(deadlines.Date(2036, 3, 1), on) != want {
			t.Errorf("on %s it is said that the file goes: %v", on, !want)
		}
	}
	if leaving(deadlines.NoDay, closed) {
		t.Error("an open file is said to go")
	}
}

// A file is kept longer when its end is near, and for at most a year at a time.
func TestHold(t *testing.T) {
	t.Parallel()
	last := deadlines.Date(2036, 3, 1)
	for name, row := range map[string]struct {
		last, until, today deadlines.Day
		want               string
	}{
		"an open file": {deadlines.NoDay, deadlines.Date(2036, 9, 1), last, "hold-early"},
		"too early":    {last, deadlines.Date(2036, 9, 1), last - 29, "hold-early"},
		"in time":      {last, deadlines.Date(2036, 9, 1), last - 28, ""},
		"not longer":   {last, last, last - 1, "hold-shorter"},
		"a year":       {last, deadlines.Date(2037, 2, 20), deadlines.Date(2036, 2, 20), ""},
		"over a year":  {last, deadlines.Date(2037, 2, 21), deadlines.Date(2036, 2, 20), "hold-longer"},
	} {
		if got := holdWrong(row.last, row.until, row.today); got != row.want {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
}
