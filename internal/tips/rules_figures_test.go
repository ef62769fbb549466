package tips

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"baken/internal/text"
)

func many(n int, theme, outcome string, uses int) []Row {
	return slices.Repeat([]Row{{Theme: theme, Outcome: outcome, Received: day("2026-03-02"), Assessed: day("2026-03-06"), Uses: uses}}, n)
}

func TestFiguresHideSmallCounts(t *testing.T) {
	all := slices.Concat(many(40, "drugs", Ours, 1), many(12, "drugs", Police, 0), many(3, "fraud", Ours, 0), many(20, "fraud", Unusable, 0), many(1, "weapons", "", 0),
		[]Row{{Theme: "drugs", Outcome: Ours, Received: day("2025-12-31"), Assessed: day("2026-01-05")}})
	f := Count(all, 2026)
	of := func(theme string, column int) Shown {
		for _, l := range f.Lines {
			if l.Theme == theme {
				return l.Counts[column]
			}
		}
		t.Fatalf("no line for %q", theme)
		return Shown{}
	}
	large := Count(slices.Concat(many(40, "drugs", Ours, 1), many(12, "fraud", Ours, 1)), 2026)
	if x := large.Lines[0].Counts[0]; x.Hidden || x.N != 40 {
		t.Errorf("a large count is %+v", x)
	}
	for _, c := range []struct {
		theme  string
		column int
	}{{"fraud", 0}, {"weapons", len(Outcomes)}, {"weapons", len(Outcomes) + 1}} {
		if x := of(c.theme, c.column); !x.Hidden {
			t.Errorf("%s, column %d shows %d", c.theme, c.column, x.N)
		}
	}
	// 23 - 20 would give 3 away.
	if a, b := of("fraud", 3), of("fraud", len(Outcomes)+1); !a.Hidden && !b.Hidden {
		t.Error("a small count can be computed from its row")
	}
	if large.Used.Hidden || large.Used.N != 52 || f.Days != 4 {
		t.Errorf("used %+v, median %d days", large.Used, f.Days)
	}
	if small := Count(many(9, "drugs", Ours, 0), 2026); small.Days != -1 || !small.Lines[len(small.Lines)-1].Counts[0].Hidden {
		t.Errorf("nine tips are shown: %+v", small)
	}
	for _, l := range f.table(text.For(text.NL))[1:] {
		if slices.Contains(l, "3") || slices.Contains(l, "1") {
			t.Errorf("the table shows %v", l)
		}
	}
}

// No count from 1 to 9 is ever shown, whatever came in.
func TestNoSmallCountIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Row
		for range rapid.IntRange(0, 6).Draw(t, "groups") {
			all = append(all, many(rapid.IntRange(0, 30).Draw(t, "n"), rapid.SampledFrom(Themes[:3]).Draw(t, "theme"), rapid.SampledFrom(append([]string{""}, Outcomes...)).Draw(t, "outcome"), rapid.IntRange(0, 1).Draw(t, "uses"))...)
		}
		f := Count(all, 2026)
		for _, l := range append(f.Lines, Line{Counts: []Shown{f.Used}}) {
			for _, c := range l.Counts {
				if !c.Hidden && c.N > 0 && c.N < 10 {
					t.Fatalf("%q shows %d", l.Theme, c.N)
				}
			}
		}
	})
}

func TestPolicies(t *testing.T) {
	const good = "id=\"x\"\nin_force=\"2026-01-01\"\nassess_working_days=5\nmost_days=365\nextend_days=90\nextensions=2\ngrace_days=7\nremind_days=7\n[keep_days]\nours=180\npolice=30\nother=30\nunusable=7\nknown=7\n"
	if _, err := parsePolicy(good); err != nil {
		t.Fatal(err)
	}
	if p, err := LoadPolicies(""); err != nil || len(p[0].Receivers) != 0 {
		t.Errorf("the protocol that the program carries passes tips on to %v: %v", p[0].Receivers, err)
	}
	for name, raw := range map[string]string{
		"a term without end":   good[:len(good)-len("known=7\n")] + "known=900\n",
		"an outcome too many":  good + "maybe=7\n",
		"an unknown setting":   "colour=\"red\"\n" + good,
		"a key that is no key": good + "[[receiver]]\ncode=\"a\"\nname=\"A\"\nkey=\"age1niets\"\n",
		"a secret key":         good + "[[receiver]]\ncode=\"a\"\nname=\"A\"\nkey=\"AGE-SECRET-KEY-1\"\n",
		"a theme that is none": "high_impact_themes=[\"gossip\"]\n" + good,
		"a day that is none":   "in_force=\"2026-02-30\"\n" + good[len("id=\"x\"\n")+len("in_force=\"2026-01-01\"\n"):],
		"nothing":              "",
	} {
		if _, err := parsePolicy(raw); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	p := Policies{{ID: "old", InForce: day("2026-01-01")}, {ID: "new", InForce: day("2026-06-01")}}
	for on, want := range map[string]string{"2025-01-01": "old", "2026-05-31": "old", "2026-06-01": "new"} {
		if got := p.On(day(on)).ID; got != want {
			t.Errorf("on %s: %s", on, got)
		}
	}
}
