package figures

import (
	"slices"
)

// Rule says which counts may not be shown. The zero Rule is that of open figures:
// no counts from 1 to 4 (security.md control 18).
type Rule struct {
	Max    int64 // largest count that is hidden; 0 means 4. 9 for tips, huisverbod, youth and vice
	Fives  bool  // round what is shown to multiples of five, for publications
	Strict bool  // also hide zeros, where "none" tells something about a person
}

func (r Rule) max() int64 {
	if r.Max == 0 {
		return 4
	}
	return r.Max
}

// Sum says that one count of a table is the sum of others: a row total, a wijk and
// its buurten, a year and its months. Sums also tie several tables together: give
// the cells of all tables that are published, and of those that were published
// before, with every sum between them.
type Sum struct {
	Total int   // place in the counts
	Parts []int // places in the counts
}

// Hidden says what a reader sees of a count.
type Hidden uint8

const (
	Shown     Hidden = iota
	TooSmall         // fewer than 5
	Protected        // hidden so that another one cannot be computed
)

// Protect decides which counts are hidden so that no reader can narrow a small
// count by adding, subtracting or combining what is shown. public marks counts
// that are known already and can be hidden no more; nil is none.
//
// What is promised: for every count that is too small, every value from 1 to the
// rule's largest is possible given all that is shown, and every other hidden count
// has more than one possible value. A reader must not be told which of the two
// reasons a count is hidden for, or the promise fails; show one mark for both.
//
// It is sound and not minimal: where no proof is found that a count is safe, it
// hides more.
func Protect(counts []int64, sums []Sum, public []bool, r Rule) []Hidden {
	g := newGuard(counts, sums, public, r)
	for i, v := range counts {
		if !g.fixed[i] && (v > 0 && v <= g.max || v == 0 && r.Strict) {
			g.state[i] = TooSmall
		}
	}
	for again := true; again; {
		again = false
		clear(g.moved)
		for i := range counts {
			if g.state[i] == TooSmall && !g.safe(i) && g.hideMore(i) {
				again = true
				break // the sums changed; judge all anew
			}
		}
	}
	// A count that no proof needed stays hidden only when it cannot be computed.
	for i := range counts {
		if g.state[i] == Protected && !g.moved[i] && !g.movable(i) {
			g.state[i] = Shown
		}
	}
	return g.state
}

// guard looks for proofs. A proof that a count may be x is another filling of all
// hidden counts, none negative, that keeps every sum and has x there.
type guard struct {
	counts []int64
	sums   []Sum
	of     [][]int // sums that a count takes part in
	fixed  []bool
	max    int64
	state  []Hidden
	moved  []bool // hidden counts that a proof used
	steps  int
}

func newGuard(counts []int64, sums []Sum, public []bool, r Rule) *guard {
	g := &guard{counts: counts, sums: sums, of: make([][]int, len(counts)), fixed: make([]bool, len(counts)),
		max: r.max(), state: make([]Hidden, len(counts)), moved: make([]bool, len(counts))}
	copy(g.fixed, public)
	for s, sum := range sums {
		for _, i := range append(slices.Clone(sum.Parts), sum.Total) {
			if !slices.Contains(g.of[i], s) {
				g.of[i] = append(g.of[i], s)
			}
		}
	}
	return g
}

// safe reports whether the count may be 1, and may be the rule's largest. Values
// between need no proof of their own: fillings lie in a convex set, and the tests
// try every value.
func (g *guard) safe(i int) bool {
	for v := int64(1); v <= g.max; v++ {
		if v != g.counts[i] && !g.possible(i, v) {
			return false
		}
	}
	return true
}

// movable reports whether a hidden count has another possible value.
func (g *guard) movable(i int) bool {
	return g.possible(i, g.counts[i]+1) || g.counts[i] > 0 && g.possible(i, g.counts[i]-1)
}

const (
	maxMoves = 14    // counts changed in one proof
	maxSteps = 20000 // of one search; beyond it more is hidden instead
)

// possible searches a filling with value v for count i.
func (g *guard) possible(i int, v int64) bool {
	g.steps = 0
	delta := map[int]int64{i: v - g.counts[i]}
	if !g.repair(delta) {
		return false
	}
	for j := range delta {
		g.moved[j] = true
	}
	return true
}

// repair changes further hidden counts until every sum holds again.
func (g *guard) repair(delta map[int]int64) bool {
	if g.steps++; g.steps > maxSteps {
		return false
	}
	broken, off := g.firstBroken(delta)
	if broken < 0 {
		return true
	}
	if len(delta) >= maxMoves {
		return false
	}
	sum := g.sums[broken]
	try := func(j int, d int64) bool {
		if _, done := delta[j]; done || g.state[j] == Shown || d == 0 {
			return false
		}
		d = max(d, -g.counts[j]) // no count below zero
		if d == 0 {
			return false
		}
		delta[j] = d
		if g.repair(delta) {
			return true
		}
		delete(delta, j)
		return false
	}
	for _, j := range sum.Parts {
		if try(j, -off) {
			return true
		}
	}
	return try(sum.Total, off)
}

// firstBroken finds a sum that the changes break, and by how much its parts
// together are too large.
func (g *guard) firstBroken(delta map[int]int64) (int, int64) {
	best, bestOff := -1, int64(0)
	for i := range delta {
		for _, s := range g.of[i] {
			off := -delta[g.sums[s].Total]
			for _, j := range g.sums[s].Parts {
				off += delta[j]
			}
			if off != 0 && (best < 0 || s < best) {
				best, bestOff = s, off
			}
		}
	}
	return best, bestOff
}

// hideMore hides one more count near one that is not safe: the smallest that can
// be lowered, in a sum with it, or in a sum with what is hidden beside it. It
// reports false when nothing is left to hide.
func (g *guard) hideMore(i int) bool {
	seen := map[int]bool{}
	queue := []int{i}
	for len(queue) > 0 {
		best := -1
		var next []int
		for _, at := range queue {
			for _, s := range g.of[at] {
				if seen[s] {
					continue
				}
				seen[s] = true
				for _, j := range append(slices.Clone(g.sums[s].Parts), g.sums[s].Total) {
					next = append(next, j)
					if g.state[j] == Shown && !g.fixed[j] && (best < 0 || g.prefer(j, best)) {
						best = j
					}
				}
			}
		}
		if best >= 0 {
			g.state[best] = Protected
			return true
		}
		queue = next
	}
	return false
}

// prefer orders counts to hide: those that leave room to lower a neighbour by the
// rule's largest first, then the smaller, so that little is lost.
func (g *guard) prefer(a, b int) bool {
	room := func(i int) bool { return g.counts[i] >= g.max }
	if room(a) != room(b) {
		return room(a)
	}
	return g.counts[a] < g.counts[b]
}

// Rounded is a shown count as a publication prints it: to the nearest multiple of
// five.
func Rounded(v int64) int64 { return (v + 2) / 5 * 5 }

// Grid makes one table of rows and columns with their totals, for Protect. rows
// hold the inner counts; all rows have the same length. The counts come back row
// by row, each followed by its total, then the row of column totals.
func Grid(rows [][]int64) (counts []int64, sums []Sum) {
	width := 0
	if len(rows) > 0 {
		width = len(rows[0])
	}
	bottom := make([]int64, width+1)
	at := func(r, c int) int { return r*(width+1) + c }
	for r, row := range rows {
		var sum int64
		parts := Sum{Total: at(r, width)}
		for c, v := range row {
			counts = append(counts, v)
			sum += v
			bottom[c] += v
			parts.Parts = append(parts.Parts, at(r, c))
		}
		counts = append(counts, sum)
		bottom[width] += sum
		sums = append(sums, parts)
	}
	counts = append(counts, bottom...)
	for c := range width + 1 {
		parts := Sum{Total: at(len(rows), c)}
		for r := range rows {
			parts.Parts = append(parts.Parts, at(r, c))
		}
		sums = append(sums, parts)
	}
	last := Sum{Total: at(len(rows), width)}
	for c := range width {
		last.Parts = append(last.Parts, at(len(rows), c))
	}
	return counts, append(sums, last)
}
