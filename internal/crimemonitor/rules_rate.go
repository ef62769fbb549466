package crimemonitor

import (
	"math"

	"baken/internal/kernel/figures"
)

// Denominator is what a count is divided by, as it is printed beside the rate.
type Denominator struct {
	Measure string // GemiddeldAantalInwoners (of the year) or AantalInwoners (1 January)
	Table   string
	Period  figures.Period
	Value   int64
	Rounded bool // CBS rounds the figures of neighbourhoods to fives
}

// MinPopulation is the least number of inhabitants for which a rate is given. De
// Dijk in Maassluis has 10: one offence there would read as 100 per 1,000.
const MinPopulation = 250

// Per1000 is the number of offences per 1,000 inhabitants. ok is false when the
// population is unknown or below MinPopulation; the count itself may still be shown.
func Per1000(count int64, d Denominator) (rate float64, ok bool) {
	if d.Value < MinPopulation || count < 0 {
		return 0, false
	}
	return 1000 * float64(count) / float64(d.Value), true
}

// PublicRate is a rate for a publication: from the count rounded to fives, so that
// the count cannot be computed back (security.md control 18).
func PublicRate(count int64, d Denominator) (float64, bool) {
	return Per1000(figures.Rounded(count), d)
}

// Difference says how a figure changed, by the code of a sentence and its values.
type Difference struct {
	Code string
	Args []any
}

// Compare puts the change from before to now into words. Percentages are left out
// below 20, where one offence more or less changes them by five points.
func Compare(before, now int64) Difference {
	change := now - before
	switch {
	case change == 0:
		return Difference{"crimemonitor.difference.same", []any{"now", now}}
	case before < 20:
		code := "crimemonitor.difference.more"
		if change < 0 {
			code = "crimemonitor.difference.fewer"
		}
		return Difference{code, []any{"now", now, "before", before, "change", abs(change)}}
	}
	percent := int64(math.Round(100 * float64(abs(change)) / float64(before)))
	code := "crimemonitor.difference.up"
	if change < 0 {
		code = "crimemonitor.difference.down"
	}
	return Difference{code, []any{"now", now, "before", before, "change", abs(change), "percent", percent}}
}

func abs(v int64) int64 { return max(v, -v) }
