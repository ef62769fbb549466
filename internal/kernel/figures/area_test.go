package figures_test

import (
	"testing"

	"baken/internal/kernel/figures"
)

func TestParseArea(t *testing.T) {
	for in, want := range map[string]string{
		"GM0556    ": "GM0556", "WK055601  ": "WK055601", "BU05560101": "BU05560101", "NL00      ": "NL00",
		"NL01  ": "NL01", "LDG4  ": "LDG4", "RE07  ": "RE07", "PV99": "PV99", "BU0363AA01": "BU0363AA01", "WK0363AA  ": "WK0363AA",
		"GM556": "", "BUAA630101": "", "gm0556": "", "BU0556010x": "", "XX12": "", "": "", "GM": "", " GM0556": "",
	} {
		got, ok := figures.ParseArea(in)
		if ok != (want != "") || ok && got != want {
			t.Errorf("ParseArea(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestNesting(t *testing.T) {
	for _, row := range []struct {
		a, b   string
		within bool
	}{
		{"BU05560101", "WK055601", true},
		{"BU05560101", "GM0556", true},
		{"BU05560101", "NL00", true},
		{"WK055601", "GM0556", true},
		{"GM0556", "WK055601", false},
		{"BU05560201", "WK055601", false},
		{"GM0556", "GM0557", false},
		{"GM0556", "NL01", true},
		{"RE07", "RE07", true},
		{"GM0556", "RE07", false}, // the code does not tell
	} {
		if got := figures.Within(row.a, row.b); got != row.within {
			t.Errorf("Within(%s, %s) = %v", row.a, row.b, got)
		}
	}
	if figures.Group("BU05560101") != "GM0556" || figures.Group("PV28") != "NL00" || figures.Group("GM0556") != "GM0556" {
		t.Error("groups are municipalities, and the country for all above")
	}
	for _, code := range []string{"GM0000", "WK000000", "BU00000000", "PV99", "GM0999"} {
		if !figures.Unplaced(code) {
			t.Errorf("%s stands for what could not be assigned", code)
		}
	}
	if figures.Unplaced("GM0556") || figures.Unplaced("NL00") {
		t.Error("real areas are places")
	}
}
