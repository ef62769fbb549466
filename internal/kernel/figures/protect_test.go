package figures_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"baken/internal/kernel/figures"
)

// attacker finds by trying every filling which values each hidden count may have,
// given all that is shown and that counts are never negative.
type attacker struct {
	values []int64 // the filling so far; hidden ones change
	hidden []int
	sums   []figures.Sum
	limit  int64
	seen   []map[int64]bool
}

func attack(counts []int64, sums []figures.Sum, state []figures.Hidden, limit int64) []map[int64]bool {
	a := &attacker{values: slices.Clone(counts), sums: sums, limit: limit, seen: make([]map[int64]bool, len(counts))}
	for i, s := range state {
		if s != figures.Shown {
			a.hidden = append(a.hidden, i)
			a.seen[i] = map[int64]bool{}
		}
	}
	a.try(0)
	return a.seen
}

func (a *attacker) try(k int) {
	open := map[int]bool{}
	for _, i := range a.hidden[k:] {
		open[i] = true
	}
	for _, s := range a.sums {
		// A sum with nothing open must hold; with open parts it must not be passed.
		var parts int64
		undecided := open[s.Total]
		for _, p := range s.Parts {
			if open[p] {
				undecided = true
				continue
			}
			parts += a.values[p]
		}
		if !undecided && parts != a.values[s.Total] || undecided && !open[s.Total] && parts > a.values[s.Total] {
			return
		}
	}
	if k == len(a.hidden) {
		for _, i := range a.hidden {
			a.seen[i][a.values[i]] = true
		}
		return
	}
	i := a.hidden[k]
	was := a.values[i]
	for v := int64(0); v <= a.limit; v++ {
		a.values[i] = v
		a.try(k + 1)
	}
	a.values[i] = was
}

// holds checks the promise of Protect against the attacker.
func holds(t interface{ Fatalf(string, ...any) }, counts []int64, sums []figures.Sum, r figures.Rule) []figures.Hidden {
	state := figures.Protect(counts, sums, nil, r)
	limit := slices.Max(counts) + 5
	for i, seen := range attack(counts, sums, state, limit) {
		switch state[i] {
		case figures.TooSmall:
			for v := int64(1); v <= 4; v++ {
				if !seen[v] {
					t.Fatalf("count %d of %v (hidden %v) cannot be %d: a reader narrows it to %v", i, counts, state, v, seen)
				}
			}
		case figures.Protected:
			if len(seen) < 2 {
				t.Fatalf("count %d of %v (hidden %v) can be computed", i, counts, state)
			}
		case figures.Shown:
			if counts[i] > 0 && counts[i] <= 4 {
				t.Fatalf("count %d of %v is shown", i, counts)
			}
		}
	}
	return state
}

func TestProtectWithstandsAReaderWhoCombines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "cols")
		grid := make([][]int64, rows)
		for r := range grid {
			for range cols {
				v := rapid.SampledFrom([]int64{0, 0, 1, 2, 4, 5, 6, 9}).Draw(t, "v")
				grid[r] = append(grid[r], v)
			}
		}
		counts, sums := figures.Grid(grid)
		state := figures.Protect(counts, sums, nil, figures.Rule{})
		open := 0
		for _, s := range state {
			if s != figures.Shown {
				open++
			}
		}
		if open > 7 {
			return // too many fillings to try them all
		}
		holds(t, counts, sums, figures.Rule{})
	})
}

// The total of the municipality less the other neighbourhoods, two periods that
// overlap, and a wijk and its buurten.
func TestProtectAgainstSubtraction(t *testing.T) {
	for _, row := range []struct {
		name   string
		counts []int64
		sums   []figures.Sum
	}{
		{"one small neighbourhood", []int64{3, 20, 30, 53}, []figures.Sum{{Total: 3, Parts: []int{0, 1, 2}}}},
		{"all but one are zero", []int64{3, 0, 0, 3}, []figures.Sum{{Total: 3, Parts: []int{0, 1, 2}}}},
		{"two small ones and a small rest", []int64{1, 1, 6, 8}, []figures.Sum{{Total: 3, Parts: []int{0, 1, 2}}}},
		{"total of exactly five", []int64{3, 2, 5}, []figures.Sum{{Total: 2, Parts: []int{0, 1}}}},
		// January to March and January to February, whose difference is March.
		{"overlapping periods", []int64{7, 8, 2, 15, 17}, []figures.Sum{{Total: 3, Parts: []int{0, 1}}, {Total: 4, Parts: []int{3, 2}}}},
		// Two wijken of two buurten and their municipality.
		{"wijken and buurten", []int64{2, 9, 11, 8, 12, 20, 31}, []figures.Sum{{Total: 2, Parts: []int{0, 1}}, {Total: 5, Parts: []int{3, 4}}, {Total: 6, Parts: []int{2, 5}}}},
		{"nothing small", []int64{5, 6, 11}, []figures.Sum{{Total: 2, Parts: []int{0, 1}}}},
	} {
		t.Run(row.name, func(t *testing.T) { holds(t, row.counts, row.sums, figures.Rule{}) })
	}
}

func TestProtectHidesNoMoreThanNeeded(t *testing.T) {
	counts, sums := figures.Grid([][]int64{{20, 30}, {40, 50}})
	for i, s := range figures.Protect(counts, sums, nil, figures.Rule{}) {
		if s != figures.Shown {
			t.Errorf("count %d is hidden in a table without small counts", i)
		}
	}
	state := figures.Protect([]int64{3, 20, 30, 53}, []figures.Sum{{Total: 3, Parts: []int{0, 1, 2}}}, nil, figures.Rule{})
	if !slices.Equal(state, []figures.Hidden{figures.TooSmall, figures.Protected, figures.Shown, figures.Shown}) {
		t.Errorf("one more count protects it: %v", state)
	}
}

// A total that an earlier release showed cannot be hidden again.
func TestProtectKnowsEarlierReleases(t *testing.T) {
	counts := []int64{3, 20, 30, 53}
	sums := []figures.Sum{{Total: 3, Parts: []int{0, 1, 2}}}
	state := figures.Protect(counts, sums, []bool{false, true, false, true}, figures.Rule{})
	if !slices.Equal(state, []figures.Hidden{figures.TooSmall, figures.Shown, figures.Protected, figures.Shown}) {
		t.Errorf("%v", state)
	}
}

func TestRuleForSensitiveSubjects(t *testing.T) {
	state := figures.Protect([]int64{9, 10, 0}, nil, nil, figures.Rule{Max: 9, Strict: true})
	if !slices.Equal(state, []figures.Hidden{figures.TooSmall, figures.Shown, figures.TooSmall}) {
		t.Errorf("%v", state)
	}
}

func TestRounded(t *testing.T) {
	for in, want := range map[int64]int64{5: 5, 7: 5, 8: 10, 12: 10, 13: 15, 0: 0} {
		if got := figures.Rounded(in); got != want {
			t.Errorf("Rounded(%d) = %d, want %d", in, got, want)
		}
	}
}
