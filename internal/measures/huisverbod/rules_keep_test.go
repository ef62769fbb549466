package huisverbod

import (
	"testing"
)

// A ban is kept five years from the day on which it was made known, whatever came after; an
// open file has no end.
func TestKeep(t *testing.T) {
	for name, row := range map[string]struct {
		f          *file
		item, last string
	}{
		"ended":     {extendedAndEnded(t), "Wth 10, Selectielijst 12.2.3", "2031-03-20"},
		"withdrawn": {withdrawn(t), "Wth 10, Selectielijst 12.2.3", "2031-03-20"},
		"annulled":  {annulled(t), "Wth 10, Selectielijst 12.2.3", "2031-03-20"},
		"refused":   {refused(t), "Selectielijst 12.3", "2027-03-21"},
	} {
		if k := row.f.r.Keep(); k.Item != row.item || k.Last() != day(row.last) {
			t.Errorf("%s: %s until %s, want %s until %s", name, k.Item, k.Last(), row.item, row.last)
		}
	}
	if k := suspended(t).r.Keep(); k != (Keep{}) {
		t.Errorf("an open file: %+v", k)
	}
}

// The day on which the file goes is the day that its page names as a term.
func TestKeepIsTheTermOfTheLaw(t *testing.T) {
	f := extendedAndEnded(t)
	for _, x := range f.r.Terms(calendar) {
		if x.Code != "keep" {
			continue
		}
		a, err := calendar.Answer(x.Question)
		if err != nil || a.End.Day != f.r.Keep().Last() {
			t.Errorf("WTH-D11 says %s, the file goes after %s: %v", a.End, f.r.Keep().Last(), err)
		}
		return
	}
	t.Error("no term says how long the decision is kept")
}
