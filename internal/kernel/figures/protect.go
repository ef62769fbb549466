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
// hides more, until everything in a sum with it is hidden. Only what is public
// already can then still give a count away.
func Protect(counts []int64, sums []Sum, public []bool, r Rule) []Hidden {
	g := newGuard(counts, sums, public, r)
	for i, v := range counts {
		if !g.fixed[i] && (v > 0 && v <= g.max || v == 0 && r.Strict) {
			g.state[i] = TooSmall
		}
	}
	// What is hidden later gives a reader only more to guess, so that a count once
	// shown to be safe stays so.
	for i := range counts {
		for g.state[i] == TooSmall && !g.safe(i) && g.hideMore(i) {
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
	of     [][]member // sums that a count takes part in
	fixed  []bool
	max    int64
	state  []Hidden
	moved  []bool // hidden counts that a proof used

	delta   []int64 // the filling under search, less the counts
	changed []int   // counts with a delta, in order of the search
	off     []int64 // per sum: its parts less its total
	broken  int     // sums that are off
	steps   int
}

// member is a place in a sum; sign is 1 for a part and -1 for the total.
type member struct {
	sum  int
	sign int64
}

func newGuard(counts []int64, sums []Sum, public []bool, r Rule) *guard {
	g := &guard{counts: counts, sums: sums, of: make([][]member, len(counts)), fixed: make([]bool, len(counts)),
		max: r.max(), state: make([]Hidden, len(counts)), moved: make([]bool, len(counts)),
		delta: make([]int64, len(counts)), off: make([]int64, len(sums))}
	copy(g.fixed, public)
	for s, sum := range sums {
		g.of[sum.Total] = append(g.of[sum.Total], member{s, -1})
		for _, i := range sum.Parts {
			g.of[i] = append(g.of[i], member{s, 1})
		}
	}
	return g
}

// safe reports whether the count may be every value from 1 to the rule's largest.
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

// Searches grow: most proofs are a rectangle of four counts, and few need more. A
// search that reaches its steps is given up, and more is hidden instead.
var searches = [...]struct{ moves, steps int }{{4, 300}, {6, 300}, {9, 600}, {14, 1500}}

// possible searches a filling with value v for count i.
func (g *guard) possible(i int, v int64) bool {
	for _, limit := range searches {
		g.steps = limit.steps
		g.move(i, v-g.counts[i])
		found := g.repair(limit.moves)
		for _, j := range g.changed {
			g.moved[j] = g.moved[j] || found
		}
		for len(g.changed) > 0 {
			g.undo()
		}
		if found {
			return true
		}
	}
	return false
}

// move changes a count in the filling and every sum it takes part in.
func (g *guard) move(i int, d int64) {
	g.delta[i] = d
	g.changed = append(g.changed, i)
	g.shift(i, d)
}

// undo takes the last move back.
func (g *guard) undo() {
	i := g.changed[len(g.changed)-1]
	g.changed = g.changed[:len(g.changed)-1]
	g.shift(i, -g.delta[i])
	g.delta[i] = 0
}

func (g *guard) shift(i int, d int64) {
	for _, m := range g.of[i] {
		if g.off[m.sum] != 0 {
			g.broken--
		}
		if g.off[m.sum] += m.sign * d; g.off[m.sum] != 0 {
			g.broken++
		}
	}
}

// repair changes further hidden counts until every sum holds again.
func (g *guard) repair(moves int) bool {
	if g.broken == 0 {
		return true
	}
	if g.steps--; g.steps < 0 || len(g.changed) >= moves {
		return false
	}
	s := g.worst()
	type step struct {
		i, broken int
		d         int64
	}
	var steps []step
	consider := func(i int, sign int64) {
		d := max(-sign*g.off[s], -g.counts[i]) // no count below zero
		if d == 0 || g.delta[i] != 0 || g.state[i] == Shown {
			return
		}
		// How many sums would be off after it: those that close come first.
		g.move(i, d)
		steps = append(steps, step{i, g.broken, d})
		g.undo()
	}
	for _, i := range g.sums[s].Parts {
		consider(i, 1)
	}
	consider(g.sums[s].Total, -1)
	slices.SortStableFunc(steps, func(a, b step) int { return a.broken - b.broken })
	for _, t := range steps {
		g.move(t.i, t.d)
		if g.repair(moves) {
			return true
		}
		g.undo()
		if g.steps < 0 {
			return false
		}
	}
	return false
}

// worst is a sum that is off: the one of the last count changed, so that a search
// follows one chain to its end.
func (g *guard) worst() int {
	for k := len(g.changed) - 1; k >= 0; k-- {
		for _, m := range g.of[g.changed[k]] {
			if g.off[m.sum] != 0 {
				return m.sum
			}
		}
	}
	return -1
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
			for _, m := range g.of[at] {
				if seen[m.sum] {
					continue
				}
				seen[m.sum] = true
				for _, j := range append(slices.Clone(g.sums[m.sum].Parts), g.sums[m.sum].Total) {
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
