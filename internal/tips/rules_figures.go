package tips

import (
	"slices"

	"baken/internal/kernel/figures"
)

// Shown is a count as a reader may see it.
type Shown struct {
	N      int
	Hidden bool
}

// Line is a row of the figures: a theme, or all of them when Theme is empty. Counts
// are those of each outcome, of what is not assessed yet, and the total.
type Line struct {
	Theme  string
	Counts []Shown
}

// Figures are the protected counts of a year. There is no place in them, and none is
// kept: never per street (product.md 1.4).
type Figures struct {
	Year  int
	Lines []Line
	Used  Shown // tips that led to a file through a finding
	// Days is the middle of the days from receipt to assessment, when ten or more were
	// assessed; -1 otherwise.
	Days int
}

// small is the rule for tips: no counts from 1 to 9, and what could be computed from
// the rest is hidden too (security.md control 18).
var small = figures.Rule{Max: 9}

// Count makes the figures of a year from the rows. What is shown is safe against
// adding and subtracting within the year.
func Count(all []Row, year int) Figures {
	out := Figures{Year: year, Days: -1}
	inner := make([][]int64, len(Themes))
	for i := range inner {
		inner[i] = make([]int64, len(Outcomes)+1)
	}
	var used, total int64
	var days []int
	for _, r := range all {
		theme := slices.Index(Themes, r.Theme)
		if y, _, _ := r.Received.Civil(); y != year || theme < 0 {
			continue
		}
		outcome := slices.Index(Outcomes, r.Outcome)
		if outcome < 0 {
			outcome = len(Outcomes)
		} else {
			days = append(days, int(r.Assessed-r.Received))
		}
		inner[theme][outcome]++
		total++
		if r.Uses > 0 {
			used++
		}
	}
	counts, sums := figures.Grid(inner)
	// The tips that were used are a part of all: what is left is a count as well.
	n := len(counts)
	counts = append(counts, used, total-used)
	sums = append(sums, figures.Sum{Total: n - 1, Parts: []int{n, n + 1}})
	hidden := figures.Protect(counts, sums, nil, small)
	shown := func(i int) Shown { return Shown{int(counts[i]), hidden[i] != figures.Shown} }
	width := len(Outcomes) + 2
	for i := range len(Themes) + 1 {
		l := Line{}
		if i < len(Themes) {
			l.Theme = Themes[i]
		}
		for j := range width {
			l.Counts = append(l.Counts, shown(i*width+j))
		}
		if l.Theme == "" || counts[i*width+width-1] > 0 {
			out.Lines = append(out.Lines, l)
		}
	}
	out.Used = shown(n)
	if len(days) >= 10 {
		slices.Sort(days)
		out.Days = days[len(days)/2]
	}
	return out
}

// yearsOf lists the years in which tips came, and this one, newest first.
func yearsOf(all []Row, now int) []int {
	out := []int{now}
	for _, r := range all {
		if y, _, _ := r.Received.Civil(); !slices.Contains(out, y) {
			out = append(out, y)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}
