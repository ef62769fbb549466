package builtin_test

import (
	"testing"

	"baken/internal/crimemonitor/builtin"
	"baken/internal/kernel/figures"
)

func find(t *testing.T, table, offence, area, period string) (figures.Cell, bool) {
	t.Helper()
	all, err := builtin.Imports()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range all {
		if in.Source.Table != table {
			continue
		}
		for c := range in.Sheet.All() {
			if c.Offence == offence && c.Area == area && c.Period.String() == period {
				return c, true
			}
		}
	}
	return figures.Cell{}, false
}

// The series that the mayor published, and the numbers that tell a complete table
// of the Netherlands (data-sources.md 1.5 and 5).
func TestKnownFigures(t *testing.T) {
	for i, want := range []int64{136, 153, 161, 186, 153, 140, 76, 100, 51, 46, 63, 30, 44, 30} {
		p := figures.YearOf(2012 + i)
		if c, ok := find(t, "47018NED", "1.1.1", "GM0556", p.String()); !ok || c.Value != want {
			t.Errorf("%s: %d, want %d", p, c.Value, want)
		}
	}
	for code, want := range map[string]int64{"1.1.1": 22706, "1.4.6": 2435, "1.4.7": 541, "1.4.5": 39268, "0.0.0": 802043} {
		var sum int64
		for m := 1; m <= 12; m++ {
			c, _ := find(t, "47022NED", code, "NL00", figures.MonthOf(2023, m).String())
			sum += c.Value
		}
		if sum != want {
			t.Errorf("Netherlands 2023, %s: %d, want %d", code, sum, want)
		}
	}
	if c, ok := find(t, "70072NED", "GemiddeldAantalInwoners", "GM0556", "2014JJ00"); !ok || c.Value != 32140 {
		t.Errorf("population of 2014: %+v", c)
	}
	if c, ok := find(t, "85984NED", "AantalInwoners", "BU05560702", "2024JJ00"); !ok || c.Value != 10 {
		t.Errorf("De Dijk: %+v", c)
	}
	if c, ok := find(t, "47022NED", "1.4.1", "NL00", "2020MM01"); !ok || c.Status != figures.NotPublished {
		t.Errorf("never published by month: %+v", c)
	}
}

// A gap that is listed must be one, or a page offers what is there.
func TestGapsAreGaps(t *testing.T) {
	all, err := builtin.Imports()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range builtin.Gaps() {
		for _, in := range all {
			if in.Source.Publisher != "Politie" {
				continue
			}
			for c := range in.Sheet.All() {
				if figures.Group(c.Area) != "GM0556" || figures.LevelOf(c.Area) != g.Level || c.Period.Kind() != g.Kind {
					continue
				}
				for _, o := range g.Offences {
					if c.Offence == o {
						t.Errorf("%+v is carried", c)
					}
				}
				if len(g.Offences) == 0 {
					t.Errorf("%+v is carried", c)
				}
			}
		}
	}
}

func TestEveryTableSaysItsSource(t *testing.T) {
	all, err := builtin.Imports()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range all {
		if s := in.Source; s.Table == "" || s.Title == "" || s.Publisher == "" || s.Licence == "" || s.Retrieved.IsZero() || in.Sheet.Cells == 0 {
			t.Errorf("%+v", s)
		}
	}
}

func TestAreasAndOffences(t *testing.T) {
	areas, err := builtin.Areas()
	if err != nil {
		t.Fatal(err)
	}
	count, squares := map[figures.Level]int{}, map[figures.Level]float64{}
	for _, a := range areas {
		if figures.Group(a.Code) == "GM0556" {
			count[a.Level()]++
			squares[a.Level()] += a.Outline.SquareMetres()
			if len(a.Outline) == 0 || a.Name == "" {
				t.Errorf("%s misses its name or outline", a.Code)
			}
		}
	}
	if count[figures.Neighbourhood] != 19 || count[figures.District] != 8 || count[figures.Municipality] != 1 {
		t.Errorf("%v", count)
	}
	for level, s := range squares {
		if s < 10.0e6 || s > 10.2e6 {
			t.Errorf("%s: %.0f m2; the municipality has 10.09 km2", level, s)
		}
	}
	offences, err := builtin.Offences()
	if err != nil || len(offences) != 59 || offences[0].Code != "0.0.0" {
		t.Errorf("%d offences, %v", len(offences), err)
	}
}
