package woonoverlast

import (
	"testing"
)

// A closed file is kept as the Selectielijst says; an open one has no end.
func TestKeep(t *testing.T) {
	for name, row := range map[string]struct {
		f          *file
		item, last string
	}{
		"ended":       {endedFile(t), "Selectielijst 12.2", "2036-12-03"},
		"annulled":    {annulledFile(t), "Selectielijst 12.2", "2036-06-02"},
		"with a ban":  {banInCourt(t), "Selectielijst 12.2", "2036-04-22"},
		"refused":     {refusedFile(t), "Selectielijst 12.3", "2027-02-28"},
		"not pursued": {brokenOff(t), "Selectielijst 12.3", "2027-01-27"},
	} {
		if k := row.f.r.Keep(); k.Item != row.item || k.Last() != day(row.last) {
			t.Errorf("%s: %s until %s, want %s until %s", name, k.Item, k.Last(), row.item, row.last)
		}
	}
	if k := breached(t).r.Keep(); k != (Keep{}) {
		t.Errorf("an open file: %+v", k)
	}
}
