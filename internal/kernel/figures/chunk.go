package figures

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
)

// Hash names a chunk by the SHA-256 of its bytes, in hexadecimal.
type Hash string

func hashOf(data []byte) Hash {
	sum := sha256.Sum256(data)
	return Hash(hex.EncodeToString(sum[:]))
}

// The layout of a chunk. Stored chunks keep it for ever; a change takes another
// first byte.
//
//	'F' '1'
//	offences: count, then each code with its length, in byte order
//	areas:    count, then each code with its length and the length of its block
//	blocks:   per area its series; a series is
//	          offence<<2|kind, number of cells, length of the cells, first index, cells
//	cell:     one byte, steps since the cell before less one in the high half (15:
//	          a varint follows) and the value in the low half (15: a varint follows,
//	          14: a status byte and a varint follow)
//
// Series carry their length so that one series is read without decoding the
// others; sparse monthly counts come to about one byte a cell.
const (
	magic      = "F1"
	nibble     = 15
	withStatus = 14
)

var errCorrupt = errors.New("figures: a stored chunk does not decode")

// packed is one cell in a word, ordered by offence, then period: 12 bits offence,
// 16 bits period, 2 bits status, 34 bits value.
type packed uint64

const (
	// MaxValue is the largest value a cell can hold.
	MaxValue    = 1<<34 - 1
	maxOffences = 1 << 12
)

func pack(offence int, p Period, s Status, v int64) packed {
	return packed(offence)<<52 | packed(p)<<36 | packed(s)<<34 | packed(v)
}

func (c packed) offence() int   { return int(c >> 52) }
func (c packed) period() Period { return Period(c >> 36) }
func (c packed) status() Status { return Status(c>>34) & 3 }
func (c packed) value() int64   { return int64(c & MaxValue) }
func (c packed) key() packed    { return c >> 36 }

// appendSeries writes cells of one offence and kind of period, in order.
func appendSeries(dst []byte, offence int, cells []packed, scratch []byte) (out, keep []byte) {
	first := cells[0].period()
	body := scratch[:0]
	last := first
	for i, c := range cells {
		step := 0
		if i > 0 {
			step = int(c.period()-last) - 1
		}
		last = c.period()
		v, s := uint64(c.value()), c.status()
		low := v
		switch {
		case s != Published:
			low = withStatus
		case v >= withStatus:
			low = nibble
		}
		body = append(body, byte(min(step, nibble)<<4)|byte(low))
		if step >= nibble {
			body = binary.AppendUvarint(body, uint64(step-nibble))
		}
		switch low {
		case withStatus:
			body = append(body, byte(s))
			body = binary.AppendUvarint(body, v)
		case nibble:
			body = binary.AppendUvarint(body, v-withStatus)
		}
	}
	dst = binary.AppendUvarint(dst, uint64(offence)<<2|uint64(first.Kind()))
	dst = binary.AppendUvarint(dst, uint64(len(cells)))
	dst = binary.AppendUvarint(dst, uint64(len(body)))
	dst = binary.AppendUvarint(dst, uint64(first.index()))
	return append(dst, body...), body
}

// appendBlock writes the sorted cells of one area.
func appendBlock(dst []byte, cells []packed, scratch []byte) (out, keep []byte) {
	for len(cells) > 0 {
		head := cells[0] >> 50 // offence and kind
		n := 1
		for n < len(cells) && cells[n]>>50 == head {
			n++
		}
		dst, scratch = appendSeries(dst, cells[0].offence(), cells[:n], scratch)
		cells = cells[n:]
	}
	return dst, scratch
}

func appendText(dst []byte, s string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(s)))
	return append(dst, s...)
}

// chunk is a decoded directory over the bytes of a chunk. It does not change
// after open, so many readers may share it.
type chunk struct {
	offences []string
	areas    []string
	blocks   [][]byte
	size     int // bytes held in memory, for the cache
}

// reader takes varints off a slice and remembers that one was broken.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uvarint() uint64 {
	if len(r.b) > 0 && r.b[0] < 0x80 { // nearly always
		v := uint64(r.b[0])
		r.b = r.b[1:]
		return v
	}
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad = true
		r.b = nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad = true
		r.b = nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func openChunk(data []byte) (*chunk, error) {
	if len(data) < 2 || string(data[:2]) != magic {
		return nil, errCorrupt
	}
	r := &reader{b: data[2:]}
	c := &chunk{size: len(data)}
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		c.offences = append(c.offences, string(r.take(r.uvarint())))
	}
	var lengths []uint64
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		c.areas = append(c.areas, string(r.take(r.uvarint())))
		lengths = append(lengths, r.uvarint())
	}
	for _, n := range lengths {
		c.blocks = append(c.blocks, r.take(n))
	}
	if r.bad || len(r.b) != 0 || len(c.offences) > maxOffences ||
		!slices.IsSorted(c.offences) || !slices.IsSorted(c.areas) {
		return nil, errCorrupt
	}
	c.size += 32 * (len(c.offences) + 2*len(c.areas))
	return c, nil
}

// run is one stored series: its offence by number, its kind, and its cells still encoded.
type run struct {
	offence int
	kind    Kind
	n       int
	first   Period
	body    []byte
}

// nextRun reads the head of a series and skips its cells.
func nextRun(r *reader, offences int) (run, error) {
	head, n, size, first := r.uvarint(), r.uvarint(), r.uvarint(), r.uvarint()
	body := r.take(size)
	out := run{offence: int(head >> 2), kind: Kind(head & 3), n: int(n), body: body}
	if r.bad || out.offence < 0 || out.offence >= offences || out.kind == 0 || first >= 1<<14 || n > size || n == 0 {
		return run{}, errCorrupt
	}
	out.first = makePeriod(out.kind, int(first))
	return out, nil
}

// decode calls each with every cell of the run in order of time. It is the inner
// loop of every series, so it calls nothing that escapes.
func (s run) decode(each func(p Period, v int64, st Status)) error {
	r := reader{b: s.body}
	p := s.first
	top := makePeriod(s.kind, 1<<14-1)
	for i := range s.n {
		if len(r.b) == 0 {
			return errCorrupt
		}
		token := r.b[0]
		r.b = r.b[1:]
		step := uint64(token >> 4)
		if step == nibble {
			step += r.uvarint()
		}
		if i > 0 {
			step++
		}
		if step > uint64(top-p) {
			return errCorrupt
		}
		p += Period(step)
		v, st := uint64(token&nibble), Published
		switch v {
		case withStatus:
			if len(r.b) == 0 || r.b[0] > byte(Unknown) {
				return errCorrupt
			}
			st = Status(r.b[0])
			r.b = r.b[1:]
			v = r.uvarint()
		case nibble:
			v = withStatus + r.uvarint()
		}
		if r.bad || v > MaxValue {
			return errCorrupt
		}
		each(p, int64(v), st)
	}
	if len(r.b) != 0 {
		return errCorrupt
	}
	return nil
}

// walk calls each for every cell in order of area, offence, kind and time, until
// it returns false.
func (c *chunk) walk(each func(Cell) bool) error {
	for i, area := range c.areas {
		r := &reader{b: c.blocks[i]}
		for len(r.b) > 0 {
			s, err := nextRun(r, len(c.offences))
			if err != nil {
				return err
			}
			on := true
			err = s.decode(func(p Period, v int64, st Status) {
				on = on && each(Cell{Offence: c.offences[s.offence], Area: area, Period: p, Value: v, Status: st})
			})
			if err != nil {
				return fmt.Errorf("area %s: %w", area, err)
			}
			if !on {
				return nil
			}
		}
	}
	return nil
}
