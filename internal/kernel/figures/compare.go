package figures

import (
	"cmp"
	"slices"
)

// comparison is one group of an import and the layers it will lie on.
type comparison struct {
	part  *Part
	under []layer // newest first
}

// run finds the changed cells of the group and adds them to the saver's totals.
// Cells are compared packed, area by area: a refresh that adds one month changes
// every chunk of the country, and a struct per cell would take seconds.
func (c *comparison) run(w *saver) error {
	now := &chunk{}
	if c.part.Hash != "" {
		var err error
		if now, err = openChunk(c.part.data); err != nil {
			return err
		}
	}
	counts := map[Count]*Count{}
	if len(c.under) == 0 {
		// Nothing lies under it: the whole chunk is what was added.
		if err := countAdded(now, counts); err != nil {
			return err
		}
		w.add(counts, diff{after: *c.part})
		return nil
	}
	v := newView(&w.in.Sheet.Scope, now, c.under)
	var old, new Builder
	bw, aw := old.Writer(), new.Writer()
	err := v.each(func(ch Change) error {
		n := countOf(counts, ch.Offence, ch.Period)
		switch {
		case ch.Before == nil:
			n.Added++
		case ch.After == nil:
			n.Removed++
		default:
			n.Revised++
		}
		return cmp.Or(ch.Before.addTo(bw, &ch), ch.After.addTo(aw, &ch))
	})
	if err != nil || len(counts) == 0 {
		return err
	}
	var d diff
	if d.before, err = old.sealOne(); err != nil {
		return err
	}
	if d.after, err = new.sealOne(); err != nil {
		return err
	}
	w.add(counts, d)
	return nil
}

func (v *Value) addTo(w *Writer, ch *Change) error {
	if v == nil {
		return nil
	}
	return w.AddCell(Cell{ch.Offence, ch.Area, ch.Period, v.Value, v.Status})
}

// sealOne seals a builder that holds at most one group.
func (b *Builder) sealOne() (Part, error) {
	s, err := b.Seal()
	if err != nil || len(s.Parts) == 0 {
		return Part{}, err
	}
	return s.Parts[0], nil
}

// view lays chunks of one group beside each other with one numbering of offences.
type view struct {
	offences []string
	areas    []string
	now      *chunk
	under    []layer
	scope    coverage   // what the import covers
	covers   []coverage // what each layer covers
	remap    [][]int    // of now, then of each layer
	old, new []packed
}

// newView lays now on the layers. A nil scope is everything.
func newView(scope *Scope, now *chunk, under []layer) *view {
	v := &view{now: now, under: under, offences: slices.Clone(now.offences), areas: slices.Clone(now.areas)}
	for _, l := range under {
		v.offences = append(v.offences, l.chunk.offences...)
		v.areas = append(v.areas, l.chunk.areas...)
	}
	slices.Sort(v.offences)
	v.offences = slices.Compact(v.offences)
	slices.Sort(v.areas)
	v.areas = slices.Compact(v.areas)
	v.scope = scope.coverage(v.offences)
	v.remap = append(v.remap, v.numbers(now))
	for _, l := range under {
		v.covers = append(v.covers, l.snap.Scope.coverage(v.offences))
		v.remap = append(v.remap, v.numbers(l.chunk))
	}
	return v
}

func (v *view) numbers(c *chunk) []int {
	out := make([]int, len(c.offences))
	for i, code := range c.offences {
		out[i], _ = slices.BinarySearch(v.offences, code)
	}
	return out
}

// each calls report for every cell that differs between what the layers say
// together, within the scope, and the new chunk.
func (v *view) each(report func(Change) error) error {
	for _, area := range v.areas {
		var err error
		if v.new, err = v.now.unpack(area, v.remap[0], v.new[:0]); err != nil {
			return err
		}
		if err = v.visible(area); err != nil {
			return err
		}
		if err = v.differ(area, report); err != nil {
			return err
		}
	}
	return nil
}

// visible collects in v.old the cells of an area that the layers say together:
// each cell from the newest layer that covers it.
func (v *view) visible(area string) error {
	v.old = v.old[:0]
	level := LevelOf(area)
	scope := v.scope.at(level)
	var above []*levelCoverage // of the layers gone through
	for i, l := range v.under {
		start := len(v.old)
		var err error
		if v.old, err = l.chunk.unpack(area, v.remap[i+1], v.old); err != nil {
			return err
		}
		kept := v.old[:start]
		for _, c := range v.old[start:] {
			hidden := !scope.covers(c)
			for _, newer := range above {
				hidden = hidden || newer.covers(c)
			}
			if !hidden {
				kept = append(kept, c)
			}
		}
		v.old = kept
		above = append(above, v.covers[i].at(level))
	}
	if len(v.under) > 1 {
		slices.Sort(v.old)
	}
	return nil
}

// differ walks the two ordered rows of an area.
func (v *view) differ(area string, report func(Change) error) error {
	old, new := v.old, v.new
	for len(old) > 0 || len(new) > 0 {
		switch {
		case len(old) > 0 && len(new) > 0 && old[0] == new[0]:
			old, new = old[1:], new[1:]
			continue
		case len(new) == 0 || len(old) > 0 && old[0].key() < new[0].key():
			if err := report(v.change(area, old[0], &old[0], nil)); err != nil {
				return err
			}
			old = old[1:]
		case len(old) == 0 || new[0].key() < old[0].key():
			if err := report(v.change(area, new[0], nil, &new[0])); err != nil {
				return err
			}
			new = new[1:]
		default:
			if err := report(v.change(area, new[0], &old[0], &new[0])); err != nil {
				return err
			}
			old, new = old[1:], new[1:]
		}
	}
	return nil
}

func (v *view) change(area string, key packed, before, after *packed) Change {
	ch := Change{Offence: v.offences[key.offence()], Area: area, Period: key.period()}
	if before != nil {
		ch.Before = &Value{before.value(), before.status()}
	}
	if after != nil {
		ch.After = &Value{after.value(), after.status()}
	}
	return ch
}

// unpack appends the cells of an area with offences renumbered, in order.
func (c *chunk) unpack(area string, remap []int, dst []packed) ([]packed, error) {
	i, ok := slices.BinarySearch(c.areas, area)
	if !ok {
		return dst, nil
	}
	r := &reader{b: c.blocks[i]}
	for len(r.b) > 0 {
		s, err := nextRun(r, len(c.offences))
		if err != nil {
			return dst, err
		}
		o := remap[s.offence]
		if err := s.decode(func(p Period, v int64, st Status) { dst = append(dst, pack(o, p, st, v)) }); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

func countOf(counts map[Count]*Count, offence string, p Period) *Count {
	key := Count{Offence: offence, Year: p.Year()}
	n := counts[key]
	if n == nil {
		n = &Count{Offence: offence, Year: p.Year()}
		counts[key] = n
	}
	return n
}

// countAdded counts a whole chunk as added.
func countAdded(c *chunk, counts map[Count]*Count) error {
	for _, block := range c.blocks {
		r := &reader{b: block}
		for len(r.b) > 0 {
			s, err := nextRun(r, len(c.offences))
			if err != nil {
				return err
			}
			var n *Count
			err = s.decode(func(p Period, _ int64, _ Status) {
				if y := p.Year(); n == nil || n.Year != y {
					n = countOf(counts, c.offences[s.offence], p)
				}
				n.Added++
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *saver) add(counts map[Count]*Count, d diff) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for key, n := range counts {
		t := w.totals[key]
		if t == nil {
			w.totals[key] = n
			continue
		}
		t.Added, t.Removed, t.Revised = t.Added+n.Added, t.Removed+n.Removed, t.Revised+n.Revised
	}
	w.diffs = append(w.diffs, d)
}
