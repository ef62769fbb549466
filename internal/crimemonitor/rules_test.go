package crimemonitor_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"baken/internal/crimemonitor"
	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// The municipality's own report rounds; data-sources.md 2 accepts a tenth.
func TestPer1000(t *testing.T) {
	for _, row := range []struct {
		count, population int64
		want              float64
	}{{161, 32140, 5.0}, {186, 32240, 5.77}, {0, 32140, 0}} {
		got, ok := crimemonitor.Per1000(row.count, crimemonitor.Denominator{Value: row.population})
		if !ok || math.Abs(got-row.want) > 0.1 {
			t.Errorf("%d of %d: %.2f", row.count, row.population, got)
		}
	}
	if _, ok := crimemonitor.Per1000(7, crimemonitor.Denominator{Value: 10}); ok {
		t.Error("De Dijk with 10 inhabitants got a rate")
	}
	if a, _ := crimemonitor.PublicRate(98, crimemonitor.Denominator{Value: 1000}); a != 100 {
		t.Errorf("a published rate rests on the rounded count: %v", a)
	}
}

func TestCheckSum(t *testing.T) {
	months := []figures.Period{figures.MonthOf(2023, 1), figures.MonthOf(2023, 2)}
	for name, row := range map[string]struct {
		offences, areas []string
		periods         []figures.Period
		code            string
	}{
		"total and a part":      {[]string{"0.0.0", "1.1.1"}, nil, nil, "crimemonitor.sum.total"},
		"municipality and wijk": {nil, []string{"GM0556", "WK055601"}, nil, "crimemonitor.sum.areas"},
		"wijk and its buurt":    {nil, []string{"BU05560101", "WK055601"}, nil, "crimemonitor.sum.areas"},
		"one area twice":        {nil, []string{"GM0556", "GM0556"}, nil, "crimemonitor.sum.areas"},
		"country and all":       {nil, []string{"NL00", "GM0556"}, nil, "crimemonitor.sum.areas"},
		"year and month":        {nil, nil, append(months, figures.YearOf(2023)), "crimemonitor.sum.periods"},
		"parts only":            {[]string{"1.1.1", "1.4.6"}, []string{"WK055601", "WK055602", "BU05560301"}, months, ""},
		"the total alone":       {[]string{"0.0.0"}, []string{"GM0556"}, []figures.Period{figures.YearOf(2023), figures.MonthOf(2024, 1)}, ""},
	} {
		err := crimemonitor.CheckSum(row.offences, row.areas, row.periods)
		if row.code == "" && err != nil || row.code != "" && (fault.Of(err) == nil || fault.Of(err).Code != row.code) {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
}

func TestNotPublished(t *testing.T) {
	v := func(n int64) figures.Value { return figures.Value{Value: n} }
	hidden := figures.Value{Status: figures.NotPublished}
	for name, row := range map[string]struct {
		total figures.Value
		parts []figures.Value
		rest  int64
		ok    bool
	}{
		"short":        {v(100), []figures.Value{v(60), v(38), hidden}, 2, true},
		"none":         {v(98), []figures.Value{v(60), v(38)}, 0, true},
		"too many":     {v(90), []figures.Value{v(60), v(38)}, 0, false},
		"a part is .":  {v(100), []figures.Value{v(60), {Status: figures.Unknown}}, 0, false},
		"total hidden": {hidden, []figures.Value{v(60)}, 0, false},
	} {
		rest, ok := crimemonitor.NotPublished(row.total, row.parts)
		if ok != row.ok || ok && rest != row.rest {
			t.Errorf("%s: %d, %v", name, rest, ok)
		}
	}
}

func TestProvisional(t *testing.T) {
	newest := figures.MonthOf(2025, 11)
	for p, want := range map[figures.Period]bool{
		newest: true, figures.MonthOf(2025, 10): false, figures.YearOf(2025): true, figures.YearOf(2024): false,
	} {
		if got := crimemonitor.Provisional(p, figures.Published, newest); got != want {
			t.Errorf("%v: %v", p, got)
		}
	}
	if crimemonitor.Provisional(figures.YearOf(2025), figures.Published, figures.MonthOf(2025, 12)) != false {
		t.Error("a year with all its months is whole")
	}
	if !crimemonitor.Provisional(figures.YearOf(2012), figures.Provisional, 0) || crimemonitor.Provisional(newest, figures.NotPublished, newest) {
		t.Error("the source's own mark counts, and an empty cell is not provisional")
	}
}

func TestCompare(t *testing.T) {
	for _, row := range []struct {
		before, now int64
		code        string
	}{{30, 30, "same"}, {3, 6, "more"}, {6, 3, "fewer"}, {44, 30, "down"}, {30, 63, "up"}, {0, 5, "more"}} {
		if d := crimemonitor.Compare(row.before, row.now); d.Code != "crimemonitor.difference."+row.code {
			t.Errorf("%d to %d: %s", row.before, row.now, d.Code)
		}
	}
}

// seasonal draws months around a level with a season.
func seasonal(r *rand.Rand, level float64, months int) map[figures.Period]int64 {
	out := map[figures.Period]int64{}
	for k := range months {
		p := figures.MonthOf(2012, 1).Add(k)
		mean := level * (1 + 0.4*math.Cos(2*math.Pi*float64(p.Part()-1)/12))
		out[p] = int64(distuv.Poisson{Lambda: mean, Src: r}.Rand())
	}
	return out
}

// Where nothing changes but chance and season, figures leave the band about as
// often as the band says.
func TestFalseAlarmsAreAsOftenAsPromised(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for _, level := range []float64{1, 4, 30, 400} {
		var bands []crimemonitor.Band
		outside := 0
		for range 400 {
			months := seasonal(r, level, 12*9+6)
			p := figures.MonthOf(2012, 1).Add(12*9 + 5)
			b, ok := crimemonitor.Season(months, p)
			if !ok {
				t.Fatal("nine years are enough")
			}
			bands = append(bands, b)
			if b.Judge(months[p]) != crimemonitor.Inside {
				outside++
			}
		}
		promised := crimemonitor.FalseAlarms(bands)
		// Four standard deviations of the number of alarms.
		if d := float64(outside) - promised; d > 4*math.Sqrt(promised+1) {
			t.Errorf("level %v: %d of 400 outside, promised %.1f", level, outside, promised)
		}
	}
}

func TestSeasonSeesAJumpAndForgivesAFall(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	months := seasonal(r, 30, 12*9)
	p := figures.MonthOf(2020, 12)
	months[p] = 90
	if b, ok := crimemonitor.Season(months, p); !ok || b.Judge(90) != crimemonitor.Above {
		t.Errorf("a doubling is no signal: %+v", b)
	}
	// Two years at half the level: the season stays, the level follows.
	for k := range 24 {
		q := figures.MonthOf(2019, 1).Add(k)
		months[q] = months[q.Add(-24)] / 2
	}
	if b, ok := crimemonitor.Season(months, p); !ok || b.Judge(months[p]) != crimemonitor.Inside {
		t.Errorf("the second year of a fall still alarms: %+v, %d", b, months[p])
	}
}

func TestSeasonNeedsHistory(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	months := seasonal(r, 30, 12*4)
	if _, ok := crimemonitor.Season(months, figures.MonthOf(2015, 12)); ok {
		t.Error("two complete earlier years are too few")
	}
	months = seasonal(r, 30, 12*9)
	delete(months, figures.MonthOf(2020, 7))
	if _, ok := crimemonitor.Season(months, figures.MonthOf(2020, 12)); ok {
		t.Error("a gap in the last twelve months")
	}
	if _, ok := crimemonitor.Season(months, figures.YearOf(2020)); ok {
		t.Error("a year has no season")
	}
}

// Dwelling burglary in Maassluis: a steady fall, and a year that stands out.
func TestYearly(t *testing.T) {
	years := map[figures.Period]int64{}
	for i, v := range []int64{136, 153, 161, 186, 153, 140, 76, 100, 51, 46, 63, 30, 44, 30} {
		years[figures.YearOf(2012+i)] = v
	}
	b, ok := crimemonitor.Yearly(years, figures.YearOf(2025))
	if !ok || b.Years != 4 || b.Judge(30) != crimemonitor.Inside {
		t.Errorf("2025: %+v", b)
	}
	if b, ok := crimemonitor.Yearly(years, figures.YearOf(2018)); !ok || b.Judge(76) != crimemonitor.Below {
		t.Errorf("the fall of 2018: %+v", b)
	}
	if _, ok := crimemonitor.Yearly(years, figures.YearOf(2014)); ok {
		t.Error("two earlier years are too few")
	}
}

// A month that was always zero may be one without a signal.
func TestZeroHistory(t *testing.T) {
	months := map[figures.Period]int64{}
	for k := range 12 * 9 {
		months[figures.MonthOf(2012, 1).Add(k)] = 0
	}
	months[figures.MonthOf(2012, 3)] = 1
	if b, ok := crimemonitor.Season(months, figures.MonthOf(2020, 12)); ok && b.Low != 0 {
		t.Errorf("%+v", b)
	}
}
