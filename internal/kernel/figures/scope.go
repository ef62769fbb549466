package figures

import (
	"encoding/json"
	"slices"
	"sort"
)

// Scope says what a snapshot covers, so that an absent cell inside it means
// something (zero, or not published) and one outside it means nothing.
type Scope struct {
	Groups   []string `json:"groups,omitempty"`   // municipalities it has; see National
	National bool     `json:"national,omitempty"` // all municipalities of its layout
	Blocks   []Block  `json:"blocks"`
}

// Block is, for areas of one level and periods of one kind, the offences and the
// periods that have cells. An offence that is never published at a level is not
// in that level's block: its absence there is no zero.
type Block struct {
	Level    Level    `json:"level"`
	Kind     Kind     `json:"kind"`
	Offences []string `json:"offences"` // in order
	Periods  Periods  `json:"periods"`  // in order
}

// Periods is a list of periods in order. Its JSON is runs of first and last, so
// that twelve years of months are one pair: the text is read with every snapshot.
type Periods []Period

// MarshalJSON writes runs.
func (ps Periods) MarshalJSON() ([]byte, error) {
	var runs [][2]Period
	for _, p := range ps {
		if n := len(runs); n > 0 && runs[n-1][1]+1 == p {
			runs[n-1][1] = p
		} else {
			runs = append(runs, [2]Period{p, p})
		}
	}
	return json.Marshal(runs)
}

// UnmarshalJSON reads runs.
func (ps *Periods) UnmarshalJSON(text []byte) error {
	var runs [][2]Period
	if err := json.Unmarshal(text, &runs); err != nil {
		return err
	}
	*ps = (*ps)[:0]
	for _, r := range runs {
		for p := r[0]; p <= r[1] && p != 0; p++ {
			*ps = append(*ps, p)
		}
	}
	return nil
}

// national is how many municipalities make a file one of the whole country; the
// Netherlands had 342 in 2024 and the number falls by a few a year.
const national = 300

func (s *Scope) coversGroup(group string) bool {
	if s.National {
		return true
	}
	_, ok := slices.BinarySearch(s.Groups, group)
	return ok
}

func (s *Scope) block(l Level, k Kind) *Block {
	for i := range s.Blocks {
		if s.Blocks[i].Level == l && s.Blocks[i].Kind == k {
			return &s.Blocks[i]
		}
	}
	return nil
}

// Levels lists the levels of area the scope holds.
func (s *Scope) Levels() []Level {
	var out []Level
	for _, b := range s.Blocks {
		if !slices.Contains(out, b.Level) {
			out = append(out, b.Level)
		}
	}
	return out
}

type scopeKey struct {
	level Level
	kind  Kind
}

// scopeSet gathers a scope while cells are encoded, in bit sets: one per level
// and kind for offences and for the 2^14 indexes of periods.
type scopeSet map[scopeKey]*scopeBits

type scopeBits struct {
	offences [maxOffences / 64]uint64
	periods  [1 << 14 / 64]uint64
}

// add marks cells; local turns their offence numbers into those of the sheet.
func (s scopeSet) add(level Level, local []int, cells []packed) {
	var key scopeKey
	var set *scopeBits
	for _, c := range cells {
		p := c.period()
		if k := p.Kind(); set == nil || key.kind != k {
			key = scopeKey{level, k}
			if set = s[key]; set == nil {
				set = &scopeBits{}
				s[key] = set
			}
		}
		o := local[c.offence()]
		set.offences[o/64] |= 1 << (o % 64)
		set.periods[p.index()/64] |= 1 << (p.index() % 64)
	}
}

func mergeScopes(sets []scopeSet, offences []string, parts []Part) Scope {
	merged := scopeSet{}
	for _, s := range sets {
		for key, set := range s {
			m := merged[key]
			if m == nil {
				merged[key] = set
				continue
			}
			for i, w := range set.offences {
				m.offences[i] |= w
			}
			for i, w := range set.periods {
				m.periods[i] |= w
			}
		}
	}
	out := Scope{}
	for key, set := range merged {
		b := Block{Level: key.level, Kind: key.kind}
		eachBit(set.offences[:], func(i int) { b.Offences = append(b.Offences, offences[i]) })
		eachBit(set.periods[:], func(i int) { b.Periods = append(b.Periods, makePeriod(key.kind, i)) })
		out.Blocks = append(out.Blocks, b)
	}
	sort.Slice(out.Blocks, func(i, j int) bool {
		a, b := out.Blocks[i], out.Blocks[j]
		return a.Level < b.Level || a.Level == b.Level && a.Kind < b.Kind
	})
	for _, p := range parts {
		out.Groups = append(out.Groups, p.Group)
	}
	if len(out.Groups) >= national {
		out.Groups, out.National = nil, true
	}
	return out
}

func eachBit(words []uint64, f func(int)) {
	for i, w := range words {
		for j := range 64 {
			if w>>j&1 == 1 {
				f(i*64 + j)
			}
		}
	}
}

// holds reports whether everything that o covers is covered by s.
func (s *Scope) holds(o *Scope) bool {
	if !s.National {
		if o.National {
			return false
		}
		for _, g := range o.Groups {
			if !s.coversGroup(g) {
				return false
			}
		}
	}
	for _, b := range o.Blocks {
		mine := s.block(b.Level, b.Kind)
		if mine == nil || !subset(b.Offences, mine.Offences) || !subset(b.Periods, mine.Periods) {
			return false
		}
	}
	return true
}

// subset reports whether every element of a is in b; both are in order.
func subset[T string | Period](a, b []T) bool {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			return false
		}
	}
	return true
}

// coverage is a scope made ready to be asked for many packed cells. The nil
// coverage covers everything.
type coverage map[Level]*levelCoverage

// levelCoverage is, per kind of period, what is covered at one level.
type levelCoverage [4]*coverageBits

type coverageBits struct {
	offences []bool
	periods  [1 << 14 / 64]uint64
}

// coverage makes s ready for cells whose offences are numbered as in the list.
func (s *Scope) coverage(offences []string) coverage {
	if s == nil {
		return nil
	}
	out := coverage{}
	for _, b := range s.Blocks {
		set := &coverageBits{offences: make([]bool, len(offences))}
		for i, code := range offences {
			_, set.offences[i] = slices.BinarySearch(b.Offences, code)
		}
		for _, p := range b.Periods {
			set.periods[p.index()/64] |= 1 << (p.index() % 64)
		}
		if out[b.Level] == nil {
			out[b.Level] = &levelCoverage{}
		}
		out[b.Level][b.Kind] = set
	}
	return out
}

// at is what is covered at a level; nil is everything.
func (c coverage) at(level Level) *levelCoverage {
	if c == nil {
		return nil
	}
	if l := c[level]; l != nil {
		return l
	}
	return &levelCoverage{}
}

func (l *levelCoverage) covers(cell packed) bool {
	if l == nil {
		return true
	}
	p := cell.period()
	set := l[p.Kind()]
	return set != nil && set.offences[cell.offence()] && set.periods[p.index()/64]>>(p.index()%64)&1 == 1
}
