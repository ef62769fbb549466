package gebiedsverbod

import (
	"testing"
)

// A closed file is kept from the end of the order, or from the last word on a remedy against
// it; an open one has no end.
func TestKeep(t *testing.T) {
	for name, row := range map[string]struct {
		f          *file
		item, last string
	}{
		"ended":                  {changed(t), "Selectielijst 12.2.1", "2031-04-20"},
		"withdrawn early":        {withdrawn(t), "Selectielijst 12.2.1", "2031-03-01"},
		"revoked on objection":   {revoked(t), "Selectielijst 12.2.1", "2031-02-20"},
		"annulled after its end": {annulledFile(t), "Selectielijst 13.1", "2031-06-19"},
		"refused":                {refusedFile(t), "Selectielijst 12.3", "2027-01-30"},
		"not pursued":            {brokenOff(t), "Selectielijst 12.3", "2027-01-20"},
	} {
		if k := row.f.r.Keep(); k.Item != row.item || k.Last() != day(row.last) {
			t.Errorf("%s: %s until %s, want %s until %s", name, k.Item, k.Last(), row.item, row.last)
		}
	}
	if k := overFile(t).r.Keep(); k != (Keep{}) {
		t.Errorf("an open file: %+v", k)
	}
}
