package crimemonitor

import (
	"math"

	"baken/internal/kernel/figures"
)

// Band is what a figure was expected to be, had nothing changed but chance, the
// season and the level of the last twelve months.
type Band struct {
	Expected   float64
	Low, High  int64   // inclusive; inside it there is no signal
	FalseAlarm float64 // chance that a figure falls outside although nothing changed
	Years      int     // earlier years it rests on
	Spread     float64 // over-dispersion: 1 is pure chance, more is a restless series
}

// Signal says on which side of the band a figure lies.
type Signal int

const (
	Below  Signal = -1
	Inside Signal = 0
	Above  Signal = 1
)

// Judge compares a figure with the band.
func (b Band) Judge(v int64) Signal {
	switch {
	case v < b.Low:
		return Below
	case v > b.High:
		return Above
	}
	return Inside
}

// How the band is made: at most so many earlier years, at least so many, and the
// chance of a false alarm that is aimed at. Counts are whole, so the true chance is
// lower and stands in the Band.
const (
	seasonYears    = 8
	minSeasonYears = 3
	falseAlarm     = 0.05
)

// Season gives the band of month p from a series of months. Each earlier year
// gives two numbers: the count of the same month and the sum of the twelve months
// before it. The share of the month in that sum, over all years, times the sum of
// the twelve months before p is what is expected: the season from all years, the
// level from the last one, so that a lasting fall does not raise an alarm every
// month.
//
// The interval is that of one new observation: Poisson, widened by the
// over-dispersion of the earlier years and by the uncertainty of the estimate
// (negative binomial). ok is false with fewer than three complete earlier years or
// a gap in the last twelve months.
func Season(months map[figures.Period]int64, p figures.Period) (b Band, ok bool) {
	level, whole := yearBefore(months, p)
	if p.Kind() != figures.Month || !whole {
		return Band{}, false
	}
	var counts, levels []float64
	for k := 1; k <= seasonYears; k++ {
		q := p.Add(-12 * k)
		count, has := months[q]
		before, whole := yearBefore(months, q)
		if has && whole && before > 0 {
			counts, levels = append(counts, float64(count)), append(levels, float64(before))
		}
	}
	if len(counts) < minSeasonYears {
		return Band{}, false
	}
	// Half a count more keeps a month that was always zero from being impossible.
	sum, base := addUp(counts)+0.5, addUp(levels)
	share := sum / base
	return newBand(share*float64(level), share, counts, levels, 1/sum+1/(float64(level)+0.5)), true
}

// yearBefore sums the twelve months before p.
func yearBefore(months map[figures.Period]int64, p figures.Period) (sum int64, whole bool) {
	for k := 1; k <= 12; k++ {
		v, ok := months[p.Add(-k)]
		if !ok {
			return 0, false
		}
		sum += v
	}
	return sum, true
}

// yearsCompared is how many earlier years a yearly figure is compared with: long
// enough to see chance, short enough to leave an old level behind.
const yearsCompared = 4

// Yearly gives the band of year p where there are only years: the mean of the
// earlier years with the same interval. It knows no season and lags behind a
// trend, and a page must say so.
func Yearly(years map[figures.Period]int64, p figures.Period) (b Band, ok bool) {
	var counts, ones []float64
	for k := 1; k <= yearsCompared; k++ {
		if v, has := years[p.Add(-k)]; has {
			counts, ones = append(counts, float64(v)), append(ones, 1)
		}
	}
	if p.Kind() != figures.Year || len(counts) < minSeasonYears {
		return Band{}, false
	}
	sum := addUp(counts) + 0.5
	mean := sum / float64(len(counts))
	return newBand(mean, mean, counts, ones, 1/sum), true
}

// newBand makes the interval: share times level is what each earlier count was
// expected to be, relative the squared relative error of the estimate.
func newBand(mean, share float64, counts, levels []float64, relative float64) Band {
	spread := 0.0
	for i, c := range counts {
		e := share * levels[i]
		spread += (c - e) * (c - e) / e
	}
	spread = max(1, spread/float64(len(counts)-1))
	variance := spread * (mean + mean*mean*relative)
	d := newCounts(mean, variance)
	b := Band{Expected: mean, Years: len(counts), Spread: spread}
	b.Low, b.High, b.FalseAlarm = d.interval(falseAlarm)
	return b
}

// FalseAlarms is how many of the comparisons on a page are expected to fall
// outside their band although nothing changed. It stands beside the signals.
func FalseAlarms(bands []Band) float64 {
	var sum float64
	for _, b := range bands {
		sum += b.FalseAlarm
	}
	return sum
}

func addUp(v []float64) (sum float64) {
	for _, x := range v {
		sum += x
	}
	return sum
}

// spreadCounts is a distribution of whole numbers with a mean and a variance: negative
// binomial, or Poisson when the variance does not exceed the mean.
type spreadCounts struct{ mean, size float64 } // size is infinite for Poisson

func newCounts(mean, variance float64) spreadCounts {
	if variance <= mean*(1+1e-9) {
		return spreadCounts{mean, math.Inf(1)}
	}
	return spreadCounts{mean, mean * mean / (variance - mean)}
}

// probability of k.
func (d spreadCounts) probability(k int64) float64 {
	x := float64(k)
	lg, _ := math.Lgamma(x + 1)
	if math.IsInf(d.size, 1) {
		return math.Exp(x*math.Log(d.mean) - d.mean - lg)
	}
	a, _ := math.Lgamma(x + d.size)
	b, _ := math.Lgamma(d.size)
	return math.Exp(a - b - lg + d.size*math.Log(d.size/(d.size+d.mean)) + x*math.Log(d.mean/(d.size+d.mean)))
}

// interval is the narrowest pair of bounds that leaves at most half of alpha on
// each side, and the chance that is truly left.
func (d spreadCounts) interval(alpha float64) (low, high int64, outside float64) {
	below := 0.0 // chance of less than low
	for k := int64(0); ; k++ {
		p := d.probability(k)
		if below+p > alpha/2 {
			low = k
			break
		}
		below += p
	}
	sum := below
	for k := low; ; k++ {
		sum += d.probability(k)
		if 1-sum <= alpha/2 {
			return low, k, below + max(0, 1-sum)
		}
	}
}
