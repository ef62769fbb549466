package dwangsom

import (
	"testing"
)

// A closed file is kept as the Selectielijst says; an open one has no end.
func TestKeep(t *testing.T) {
	for name, row := range map[string]struct {
		f          *file
		item, last string
	}{
		"paid":       {paid(t), "Selectielijst 12.2", "2036-06-03"},
		"prescribed": {prescribed(t), "Selectielijst 12.2", "2037-03-02"},
		"revoked":    {annulled(t), "Selectielijst 12.2", "2036-07-02"},
		"broken off": {begin(t).do("2026-01-06", "jet", "report", aReport).do("2026-01-09", "lars", "close", &Close{Outcome: "not-pursued", Words: "Opgelost"}), "Selectielijst 12.3", "2027-01-09"},
	} {
		if k := row.f.r.Keep(); k.Item != row.item || k.Last() != day(row.last) {
			t.Errorf("%s: %s until %s, want %s until %s", name, k.Item, k.Last(), row.item, row.last)
		}
	}
	if k := objectionAndCourt(t).r.Keep(); k != (Keep{}) {
		t.Errorf("an open file: %+v", k)
	}
}
