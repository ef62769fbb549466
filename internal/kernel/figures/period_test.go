package figures_test

import (
	"testing"

	"pgregory.net/rapid"

	"baken/internal/kernel/figures"
)

func TestParsePeriod(t *testing.T) {
	for in, want := range map[string]figures.Period{
		"2025MM01":  figures.MonthOf(2025, 1),
		"2025JJ00":  figures.YearOf(2025),
		"2025KW04":  figures.QuarterOf(2025, 4),
		"2025MM12 ": figures.MonthOf(2025, 12), // padded
		"2025MM13":  0, "2025MM00": 0, "2025JJ01": 0, "2025KW05": 0, "2025": 0, "1700JJ00": 0, "2025mm01": 0, "２025JJ0": 0, "": 0,
	} {
		got, ok := figures.ParsePeriod(in)
		if got != want || ok != (want != 0) {
			t.Errorf("ParsePeriod(%q) = %v, %v; want %v", in, got, ok, want)
		}
	}
}

func TestPeriodRoundTripAndOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(1881, 2198).Draw(t, "year")
		m := rapid.IntRange(1, 12).Draw(t, "month")
		p := figures.MonthOf(year, m)
		if back, ok := figures.ParsePeriod(p.String()); !ok || back != p || p.Year() != year || p.Part() != m {
			t.Fatalf("%v does not survive its code", p)
		}
		if next := p.Add(1); next <= p || next.Add(-12).Year() > year {
			t.Fatalf("months do not step in time: %v then %v", p, next)
		}
		if !figures.YearOf(year).Contains(p) || figures.YearOf(year+1).Contains(p) || p.Contains(figures.YearOf(year)) {
			t.Fatal("a month lies in its own year only")
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2025MM01", "2025JJ00", "2024KW02", "", "99999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, ok := figures.ParsePeriod(s); ok {
			if q, _ := figures.ParsePeriodBytes([]byte(p.String())); q != p {
				t.Fatalf("%q reads as %v but its code does not", s, p)
			}
		}
	})
}
