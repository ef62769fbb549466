package figures

import (
	"iter"
	"slices"

	"baken/internal/fault"
	"baken/internal/kernel/work"
)

// Query asks for series of one table.
type Query struct {
	Table    string
	Areas    []string // codes without padding
	Offences []string
	Kind     Kind   // years, quarters or months: they never mix
	From, To Period // inclusive; zero is as far as the snapshots go
	// Snapshot, when set, answers as it was after that import; otherwise as it is now.
	Snapshot string
}

// Answer holds the series asked for and the snapshots their points come from.
type Answer struct {
	Lines     []Line      // area by area, offence by offence, as asked
	Snapshots []*Snapshot // Point.From counts in it
}

// Line is one series: a point per period from First on, also for the periods that
// no snapshot covers.
type Line struct {
	Area, Offence string
	First         Period
	Points        []Point
}

// All yields the points that a snapshot covers, in order of time. A period that is
// left out was never asked of the source; it is neither zero nor not published.
func (l *Line) All() iter.Seq2[Period, Point] {
	return func(yield func(Period, Point) bool) {
		for i, p := range l.Points {
			if p.Covered() && !yield(l.First+Period(i), p) {
				return
			}
		}
	}
}

// Point is one figure of a Line in a word: a national page reads hundreds of
// thousands. The zero Point is not covered.
type Point uint64

func newPoint(v int64, s Status, from int) Point {
	return Point(v) | Point(s)<<34 | Point(from+1)<<36
}

// Value is the figure; 0 and meaningless when the status is not Known.
func (p Point) Value() int64 { return int64(p & MaxValue) }

// Status says what stands in the cell.
func (p Point) Status() Status { return Status(p>>34) & 3 }

// Covered reports whether any snapshot covers the cell.
func (p Point) Covered() bool { return p != 0 }

// From is the index in Answer.Snapshots of the snapshot that holds a covered cell.
func (p Point) From() int { return int(p>>36) - 1 }

// maxLayers bounds how many snapshots one answer looks through; a table
// refreshed every month reaches it after twenty years.
const maxLayers = 254

// Series answers q from the newest snapshots that cover each cell. It reads one
// chunk per municipality and snapshot. The faults are figures.query.kind,
// figures.query.too-long and figures.snapshot.not-found; an area or offence that
// no snapshot has gives a line without points.
func (s *Store) Series(u *work.Unit, q Query) (*Answer, error) {
	if q.Kind < Year || q.Kind > Month || q.From != 0 && q.From.Kind() != q.Kind || q.To != 0 && q.To.Kind() != q.Kind {
		return nil, fault.New(fault.Invalid, "figures.query.kind")
	}
	a := &Answer{}
	byGroup := map[string][]int{} // places in q.Areas
	var order []string
	for i, area := range q.Areas {
		g := Group(area)
		if byGroup[g] == nil {
			order = append(order, g)
		}
		byGroup[g] = append(byGroup[g], i)
	}
	lines := make([]Line, len(q.Areas)*len(q.Offences))
	for _, g := range order {
		layers, err := s.layers(u, q.Table, g, q.Snapshot)
		if err != nil {
			return nil, err
		}
		layers = layers[:min(len(layers), maxLayers)]
		f := &filler{store: s, u: u, q: q, answer: a, areas: byGroup[g], lines: lines}
		if err := f.fill(layers); err != nil {
			return nil, err
		}
	}
	a.Lines = lines
	return a, nil
}

// filler lays the layers of one group over the points asked for.
type filler struct {
	store    *Store
	u        *work.Unit
	q        Query
	answer   *Answer
	areas    []int  // places in q.Areas that lie in the group
	lines    []Line // of all groups: area by area, offence by offence
	from, to Period
	open     int // points that no layer covered yet
}

// maxPoints bounds an answer: 32 MiB of points.
const maxPoints = 4 << 20

func (f *filler) fill(layers []layer) error {
	f.from, f.to = f.q.From, f.q.To
	for _, l := range layers {
		for _, b := range l.snap.Scope.Blocks {
			if b.Kind != f.q.Kind {
				continue
			}
			if f.q.From == 0 && (f.from == 0 || b.Periods[0] < f.from) {
				f.from = b.Periods[0]
			}
			if f.q.To == 0 {
				f.to = max(f.to, b.Periods[len(b.Periods)-1])
			}
		}
	}
	width := 0
	if f.from != 0 && f.from <= f.to {
		width = int(f.to-f.from) + 1
	}
	f.open = width * len(f.areas) * len(f.q.Offences)
	if f.open > maxPoints {
		return fault.New(fault.Invalid, "figures.query.too-long", "max", maxPoints)
	}
	points := make([]Point, f.open)
	for _, a := range f.areas {
		for o, offence := range f.q.Offences {
			f.lines[a*len(f.q.Offences)+o] = Line{Area: f.q.Areas[a], Offence: offence, First: f.from, Points: points[:width:width]}
			points = points[width:]
		}
	}
	for i := range layers {
		if f.open == 0 {
			break
		}
		if err := f.lay(&layers[i]); err != nil {
			return err
		}
	}
	return nil
}

// lay fills the points that the layer covers and no newer one did.
func (f *filler) lay(l *layer) error {
	from := f.number(l.snap)
	touched := false
	for _, a := range f.areas {
		touched = f.cover(l.snap, a, from) || touched
	}
	if !touched {
		return nil
	}
	f.answer.Snapshots = append(f.answer.Snapshots[:from], l.snap)
	c, err := f.store.open(f.u, l.hash)
	if err != nil {
		return err
	}
	wanted := make([]int, len(c.offences))
	for i, code := range c.offences {
		wanted[i] = slices.Index(f.q.Offences, code)
	}
	for _, a := range f.areas {
		if i, ok := slices.BinarySearch(c.areas, f.q.Areas[a]); ok {
			if err := f.take(c, c.blocks[i], wanted, a, from); err != nil {
				return err
			}
		}
	}
	return nil
}

// number is the place of a snapshot in the answer, the next free one when it has
// none yet: groups of one query mostly share their snapshots.
func (f *filler) number(s *Snapshot) int {
	for i, have := range f.answer.Snapshots {
		if have == s {
			return i
		}
	}
	return len(f.answer.Snapshots)
}

// cover gives every open point of an area that the snapshot covers the meaning of
// an absent cell. It reports whether there was one.
func (f *filler) cover(s *Snapshot, area int, from int) bool {
	b := s.Scope.block(LevelOf(f.q.Areas[area]), f.q.Kind)
	if b == nil {
		return false
	}
	status := NotPublished
	if s.Source.AbsentZero {
		status = Published
	}
	absent := newPoint(0, status, from)
	first, _ := slices.BinarySearch(b.Periods, f.from)
	touched := false
	for o, offence := range f.q.Offences {
		if _, ok := slices.BinarySearch(b.Offences, offence); !ok {
			continue
		}
		points := f.lines[area*len(f.q.Offences)+o].Points
		for _, p := range b.Periods[first:] {
			if p > f.to {
				break
			}
			if pt := &points[p-f.from]; *pt == 0 {
				*pt = absent
				f.open--
				touched = true
			}
		}
	}
	return touched
}

// take puts the cells of an area's block where the layer covered.
func (f *filler) take(c *chunk, block []byte, wanted []int, area int, from int) error {
	r := &reader{b: block}
	for len(r.b) > 0 {
		s, err := nextRun(r, len(c.offences))
		if err != nil {
			return err
		}
		if wanted[s.offence] < 0 || s.kind != f.q.Kind {
			continue
		}
		points := f.lines[area*len(f.q.Offences)+wanted[s.offence]].Points
		err = s.decode(func(p Period, v int64, st Status) {
			if p < f.from || p > f.to {
				return
			}
			if pt := &points[p-f.from]; pt.From() == from {
				*pt = newPoint(v, st, from)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Areas lists the areas of a group that have cells in the newest snapshots of a
// table that cover it, in order of code.
func (s *Store) Areas(u *work.Unit, table, group string) ([]string, error) {
	layers, err := s.layers(u, table, group, "")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range layers {
		c, err := s.open(u, l.hash)
		if err != nil {
			return nil, err
		}
		out = append(out, c.areas...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
