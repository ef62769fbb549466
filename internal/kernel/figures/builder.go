package figures

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"sync"

	"baken/internal/fault"
)

// Builder collects cells in any order, eight bytes a cell, from as many writers
// as there are cores, and seals them into a sheet. 20 million cells take about
// 180 MB until they are sealed.
type Builder struct {
	mu       sync.Mutex
	areas    []string
	offences []string
	known    map[string]int // area code to number
	codes    map[string]int // offence code to number
	writers  []*Writer
}

// Writer adds cells for one goroutine.
type Writer struct {
	b        *Builder
	areas    codeCache
	offences codeCache
	heads    []*page // first page of each area
	tails    []*page // last page of each area
	slab     []page
}

// page holds cells of one area; 126 cells make it 1 KiB, so that an area with few
// cells wastes little and one with many is few pages.
type page struct {
	next  *page
	n     int
	cells [126]packed
}

// Writer returns a new writer of the builder.
func (b *Builder) Writer() *Writer {
	b.mu.Lock()
	defer b.mu.Unlock()
	w := &Writer{b: b}
	b.writers = append(b.writers, w)
	return w
}

// Add adds a cell. The slices are not kept. It refuses a code that is no area, an
// empty or overlong offence, a value outside 0 to MaxValue, and the 4097th offence.
func (w *Writer) Add(offence, area []byte, p Period, v int64, st Status) error {
	if v < 0 || v > MaxValue {
		return fault.New(fault.Invalid, "figures.cell.value", "value", v)
	}
	a, ok := w.areas.find(area)
	if !ok {
		var err error
		if a, err = w.b.area(string(area)); err != nil {
			return err
		}
		w.areas.put(area, a)
		for len(w.heads) <= a {
			w.heads, w.tails = append(w.heads, nil), append(w.tails, nil)
		}
	}
	o, ok := w.offences.find(offence)
	if !ok {
		var err error
		if o, err = w.b.offence(string(offence)); err != nil {
			return err
		}
		w.offences.put(offence, o)
	}
	if !st.Known() {
		v = 0
	}
	t := w.tails[a]
	if t == nil || t.n == len(t.cells) {
		t = w.grow(a)
	}
	t.cells[t.n] = pack(o, p, st, v)
	t.n++
	return nil
}

// AddCell is Add for callers that hold a Cell.
func (w *Writer) AddCell(c Cell) error {
	return w.Add([]byte(c.Offence), []byte(c.Area), c.Period, c.Value, c.Status)
}

func (w *Writer) grow(area int) *page {
	if len(w.slab) == 0 {
		w.slab = make([]page, 64)
	}
	p := &w.slab[0]
	w.slab = w.slab[1:]
	if t := w.tails[area]; t != nil {
		t.next = p
	} else {
		w.heads[area] = p
	}
	w.tails[area] = p
	return p
}

// first is the first page of an area; nil when this writer has none.
func (w *Writer) first(area int) *page {
	if area >= len(w.heads) {
		return nil
	}
	return w.heads[area]
}

// pages yields the pages of an area from all writers.
func (b *Builder) pages(area int) iter.Seq[*page] {
	return func(yield func(*page) bool) {
		for _, w := range b.writers {
			for p := w.first(area); p != nil; p = p.next {
				if !yield(p) {
					return
				}
			}
		}
	}
}

func (b *Builder) area(code string) (int, error) {
	if c, ok := ParseArea(code); !ok || c != code {
		return 0, fault.New(fault.Invalid, "figures.cell.area", "code", code)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return number(&b.known, &b.areas, code), nil
}

func (b *Builder) offence(code string) (int, error) {
	if code == "" || len(code) > 100 {
		return 0, fault.New(fault.Invalid, "figures.cell.offence", "code", code)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.offences) == maxOffences && b.codes[code] == 0 {
		return 0, fault.New(fault.Invalid, "figures.cell.too-many-offences", "max", maxOffences)
	}
	return number(&b.codes, &b.offences, code), nil
}

func number(known *map[string]int, list *[]string, code string) int {
	if *known == nil {
		*known = map[string]int{}
	}
	n, ok := (*known)[code]
	if !ok {
		n = len(*list)
		(*known)[code] = n
		*list = append(*list, code)
	}
	return n
}

// codeCache finds the number of a short code without making a string of it: the
// look-up of two codes per row is a fifth of the time to read 20 million rows.
type codeCache struct {
	slots []codeSlot
	used  int
	long  map[string]int // codes over 16 bytes
}

type codeSlot struct {
	lo, hi uint64
	size   int32
	number int32 // number + 1; 0 marks a free slot
}

// words reads a code of 1 to 16 bytes as two words that together tell it apart
// from every other code of its length.
func words(code []byte) (lo, hi uint64) {
	n := len(code)
	switch {
	case n >= 8:
		return binary.LittleEndian.Uint64(code), binary.LittleEndian.Uint64(code[n-8:])
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(code)), uint64(binary.LittleEndian.Uint32(code[n-4:]))
	}
	for _, c := range code {
		lo = lo<<8 | uint64(c)
	}
	return lo, 0
}

func (t *codeCache) slot(lo, hi uint64, size int) int {
	h, l := bits.Mul64(lo^0x9e3779b97f4a7c15, hi^uint64(size)*0xd6e8feb86659fd93^0xa0761d6478bd642f)
	return int((h ^ l) & uint64(len(t.slots)-1))
}

func (t *codeCache) find(code []byte) (int, bool) {
	if len(code) > 16 {
		n, ok := t.long[string(code)]
		return n, ok
	}
	if len(t.slots) == 0 {
		return 0, false
	}
	lo, hi := words(code)
	for i := t.slot(lo, hi, len(code)); ; i = (i + 1) & (len(t.slots) - 1) {
		s := &t.slots[i]
		if s.number == 0 {
			return 0, false
		}
		if s.lo == lo && s.hi == hi && int(s.size) == len(code) {
			return int(s.number) - 1, true
		}
	}
}

func (t *codeCache) put(code []byte, number int) {
	if len(code) > 16 {
		if t.long == nil {
			t.long = map[string]int{}
		}
		t.long[string(code)] = number
		return
	}
	if 2*t.used >= len(t.slots) {
		old := t.slots
		t.slots = make([]codeSlot, max(256, 2*len(old)))
		for _, s := range old {
			if s.number != 0 {
				t.place(s)
			}
		}
	}
	lo, hi := words(code)
	t.place(codeSlot{lo, hi, int32(len(code)), int32(number) + 1})
	t.used++
}

func (t *codeCache) place(s codeSlot) {
	i := t.slot(s.lo, s.hi, int(s.size))
	for t.slots[i].number != 0 {
		i = (i + 1) & (len(t.slots) - 1)
	}
	t.slots[i] = s
}
