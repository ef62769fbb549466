package crimemonitor

import "math"

// Margin is the survey margin of a share in percentage points: in 19 of 20 samples
// of this size the share lies within it, if everybody had the same chance to be
// asked and to answer. Surveys are weighted, so the true margin is larger; a page
// says "at least". ok is false when the number of replies is not known.
func Margin(percent float64, replies int) (points float64, ok bool) {
	if replies <= 0 || percent < 0 || percent > 100 {
		return 0, false
	}
	p := percent / 100
	return 100 * 1.96 * math.Sqrt(p*(1-p)/float64(replies)), true
}
