package figures

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Sheet is a sealed set of cells: one encoded chunk per group of areas, and what
// the set covers. It does not change.
type Sheet struct {
	Parts      []Part // in order of group
	Scope      Scope
	Cells      int
	Duplicates int // rows that repeated a cell with the same value
}

// Part is the chunk of one group: a municipality with its wijken and buurten, or
// NL00 for everything above municipalities.
type Part struct {
	Group string
	Hash  Hash
	Cells int
	data  []byte
}

// Contradiction is two rows with the same natural key and different values.
type Contradiction struct{ A, B Cell }

func (c *Contradiction) Error() string {
	return fmt.Sprintf("figures: %s %s %s is both %d (%s) and %d (%s)",
		c.A.Offence, c.A.Area, c.A.Period, c.A.Value, c.A.Status, c.B.Value, c.B.Status)
}

// All yields every cell, in order of group, area, offence and time.
func (s *Sheet) All() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for i := range s.Parts {
			for c := range s.Parts[i].All() {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// All yields the cells of the part, in order of area, offence, kind and time.
func (p *Part) All() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		c, err := openChunk(p.data)
		if err == nil {
			err = c.walk(yield)
		}
		if err != nil {
			panic(err) // the sheet encoded it itself
		}
	}
}

// Seal sorts and encodes what the writers added. The builder is empty afterwards.
// It returns a *Contradiction when one cell was added with two values; the same
// one every time, whatever order the writers worked in.
func (b *Builder) Seal() (*Sheet, error) {
	s := &sealer{rank: make([]int, len(b.offences)), offences: slices.Sorted(slices.Values(b.offences))}
	for i, code := range b.offences {
		s.rank[i], _ = slices.BinarySearch(s.offences, code)
	}
	groups := b.groups()
	s.results = make([]sealed, len(groups))
	var next atomic.Int64
	var wait sync.WaitGroup
	scopes := make([]scopeSet, runtime.GOMAXPROCS(0))
	for w := range scopes {
		scopes[w] = scopeSet{}
		wait.Go(func() {
			k := &encoder{sealer: s, scope: scopes[w]}
			for i := int(next.Add(1)) - 1; i < len(groups); i = int(next.Add(1)) - 1 {
				s.results[i] = k.group(b, groups[i])
			}
		})
	}
	wait.Wait()
	out := &Sheet{}
	for _, r := range s.results {
		if r.clash != nil {
			return nil, r.clash
		}
		out.Parts = append(out.Parts, r.part)
		out.Cells += r.part.Cells
		out.Duplicates += r.duplicates
	}
	out.Scope = mergeScopes(scopes, s.offences, out.Parts)
	*b = Builder{}
	return out, nil
}

// areaRef is an area and its number in the builder.
type areaRef struct {
	code  string
	index int
}

type groupRef struct {
	code  string
	areas []areaRef
}

// groups lists the areas that have cells by group, all in order of code.
func (b *Builder) groups() []groupRef {
	byGroup := map[string][]areaRef{}
	for i, code := range b.areas {
		g := Group(code)
		byGroup[g] = append(byGroup[g], areaRef{code, i})
	}
	var out []groupRef
	for g, areas := range byGroup {
		slices.SortFunc(areas, func(x, y areaRef) int { return cmp.Compare(x.code, y.code) })
		out = append(out, groupRef{g, areas})
	}
	slices.SortFunc(out, func(x, y groupRef) int { return cmp.Compare(x.code, y.code) })
	return out
}

type sealer struct {
	offences []string // in order
	rank     []int    // builder's number of an offence to its place in order
	results  []sealed
}

type sealed struct {
	part       Part
	duplicates int
	clash      *Contradiction
}

// encoder is what one goroutine reuses from group to group.
type encoder struct {
	*sealer
	scope   scopeSet
	cells   []packed
	spare   []packed
	local   []int // builder's number of an offence to its number in the group's chunk
	blocks  []byte
	scratch []byte
}

func (k *encoder) group(b *Builder, g groupRef) sealed {
	out := sealed{part: Part{Group: g.code}}
	k.blocks = k.blocks[:0]
	var areas []byte
	local := k.number(b, g)
	for _, a := range g.areas {
		cells := k.gather(b, a.index)
		kept, clash := unique(cells)
		if clash >= 0 {
			out.clash = k.contradiction(a.code, local, cells[clash-1], cells[clash])
			return out
		}
		out.duplicates += len(cells) - len(kept)
		out.part.Cells += len(kept)
		k.scope.add(LevelOf(a.code), local, kept)
		before := len(k.blocks)
		k.blocks, k.scratch = appendBlock(k.blocks, kept, k.scratch)
		areas = appendText(areas, a.code)
		areas = binary.AppendUvarint(areas, uint64(len(k.blocks)-before))
	}
	data := append([]byte(nil), magic...)
	data = binary.AppendUvarint(data, uint64(len(local)))
	for _, n := range local {
		data = appendText(data, k.offences[n])
	}
	data = binary.AppendUvarint(data, uint64(len(g.areas)))
	data = append(append(data, areas...), k.blocks...)
	out.part.data, out.part.Hash = data, hashOf(data)
	return out
}

// number gives the offences that a group has cells of their numbers in its chunk,
// in order of code. A chunk lists no others, so that what is new elsewhere in the
// country leaves it as it was.
func (k *encoder) number(b *Builder, g groupRef) (local []int) {
	used := make([]bool, len(k.offences))
	for _, a := range g.areas {
		for p := range b.pages(a.index) {
			for _, c := range p.cells[:p.n] {
				used[k.rank[c.offence()]] = true
			}
		}
	}
	k.local = append(k.local[:0], make([]int, len(k.rank))...)
	for n, yes := range used {
		if yes {
			local = append(local, n)
		}
	}
	for i, n := range k.rank {
		k.local[i], _ = slices.BinarySearch(local, n)
	}
	return local
}

// gather collects the cells of one area from all writers, with offences numbered
// as in the chunk, sorted.
func (k *encoder) gather(b *Builder, area int) []packed {
	cells := k.cells[:0]
	var bounds []int
	for _, w := range b.writers {
		for p := w.first(area); p != nil; p = p.next {
			for _, c := range p.cells[:p.n] {
				cells = append(cells, packed(k.local[c.offence()])<<52|c&(1<<52-1))
			}
		}
		bounds = append(bounds, len(cells))
	}
	k.cells = cells
	if slices.IsSorted(cells) {
		return cells
	}
	if len(bounds) == 2 && slices.IsSorted(cells[:bounds[0]]) && slices.IsSorted(cells[bounds[0]:]) {
		k.spare = mergeSorted(k.spare[:0], cells[:bounds[0]], cells[bounds[0]:])
		return k.spare
	}
	slices.Sort(cells)
	return cells
}

func mergeSorted(dst, a, b []packed) []packed {
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
}

// unique drops repeated cells; clash is the place of the second of two cells with
// one key and different content, or -1.
func unique(cells []packed) (kept []packed, clash int) {
	repeats := false
	for i := 1; i < len(cells); i++ {
		if cells[i].key() == cells[i-1].key() {
			if cells[i] != cells[i-1] {
				return nil, i
			}
			repeats = true
		}
	}
	if !repeats {
		return cells, -1
	}
	return slices.Compact(slices.Clone(cells)), -1
}

func (s *sealer) contradiction(area string, local []int, a, b packed) *Contradiction {
	cell := func(c packed) Cell {
		return Cell{Offence: s.offences[local[c.offence()]], Area: area, Period: c.period(), Value: c.value(), Status: c.status()}
	}
	return &Contradiction{A: cell(a), B: cell(b)}
}

// Offences lists the codes that have cells, in order.
func (s *Sheet) Offences() []string {
	var out []string
	for _, b := range s.Scope.Blocks {
		out = append(out, b.Offences...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Areas lists the areas that have cells, in order of group and code.
func (s *Sheet) Areas() []string {
	var out []string
	for _, p := range s.Parts {
		if c, err := openChunk(p.data); err == nil {
			out = append(out, c.areas...)
		}
	}
	return out
}

// Size is how many bytes the chunk takes.
func (p *Part) Size() int { return len(p.data) }
