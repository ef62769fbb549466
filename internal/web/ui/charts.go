package ui

import (
	"math"
	"strconv"
)

// Standing says how sure a value is. A chart shows it, because a month that is not
// published must not look like a month without crime.
type Standing int

const (
	Final Standing = iota
	Provisional
	// Absent is a month that is not published. It leaves a gap, never a zero.
	Absent
)

// Point is one value of a series.
type Point struct {
	Name     string // of the period, in words: oktober 2026
	Value    float64
	Standing Standing
	Outside  bool // outside what was expected
}

// Range is what was expected for a period. The zero Range is no expectation.
type Range struct{ Low, High float64 }

// Tick is a word under the axis, at the place of a point.
type Tick struct {
	At   int
	Text string
}

// Annotation marks a moment on the time line with a number; the list under the
// chart says what happened.
type Annotation struct {
	At     int
	Number int
	Text   string
}

// Chart is a series in time with all that stands around it. Values are in the
// units of the data; the chart does the arithmetic of places. Label says in one
// sentence what a reader of the picture sees first: the last value and the
// expectation.
type Chart struct {
	Label    string
	Points   []Point
	Previous []Point // the same periods a year before, drawn dashed
	Band     []Range // as long as Points, or empty
	Bars     bool    // for counts that are mostly below 6 (ui.md 8)
	Ticks    []Tick
	Notes    []Annotation
	Format   func(float64) string // a value in the reader's language; a whole number when nil
	Steps    int                  // parts of the value axis; 2 when zero
	Hover    bool                 // shows period and value at the pointer
}

// place turns data into percentages of the drawing.
type place struct {
	n        int
	min, max float64
	slots    bool // bars stand in slots, so a line over bars has its points in their middle
}

func (p place) x(i int) float64 {
	switch {
	case p.slots:
		return (float64(i) + 0.5) / float64(p.n) * 100
	case p.n < 2:
		return 50
	}
	return float64(i) / float64(p.n-1) * 100
}

func (p place) y(v float64) float64 {
	if p.max == p.min {
		return 100
	}
	return 100 - (v-p.min)/(p.max-p.min)*100
}

func (c *Chart) steps() int {
	if c.Steps > 0 {
		return c.Steps
	}
	return 2
}

func (c *Chart) format(v float64) string {
	if c.Format != nil {
		return c.Format(v)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// extent is the lowest and highest of everything that is drawn.
func (c *Chart) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	take := func(v float64) { low, high = min(low, v), max(high, v) }
	for _, series := range [][]Point{c.Points, c.Previous} {
		for _, p := range series {
			if p.Standing != Absent {
				take(p.Value)
			}
		}
	}
	for _, b := range c.Band {
		if b != (Range{}) {
			take(b.Low)
			take(b.High)
		}
	}
	if low > high {
		return 0, 0
	}
	return low, high
}

// axis starts at zero, so that twice as high is twice as much (ui.md 8).
func (c *Chart) axis() place {
	_, high := c.extent()
	return place{n: len(c.Points), max: niceTop(high, c.steps(), c.Format == nil), slots: c.Bars}
}

// tight fills the height with the series. Only a spark line does this: it has no
// axis that would claim otherwise.
func (c *Chart) tight() place {
	low, high := c.extent()
	if low == high {
		low, high = low-1, high+1
	}
	return place{n: len(c.Points), min: low, max: high}
}

var niceSteps = []float64{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10}

// niceTop is the end of an axis: the lowest round number of parts that holds high.
func niceTop(high float64, parts int, whole bool) float64 {
	if high <= 0 {
		return float64(parts)
	}
	power := math.Pow(10, math.Floor(math.Log10(high/float64(parts))))
	if whole {
		power = max(power, 1)
	}
	for _, s := range niceSteps {
		step := s * power
		if whole && step != math.Trunc(step) {
			continue
		}
		// The last bits of a division must not cost a whole step.
		if step*float64(parts) >= high*(1-1e-9) {
			return step * float64(parts)
		}
	}
	return 10 * power * float64(parts)
}

// levels are the words of the value axis, from the top down.
func (c *Chart) levels() []string {
	a, n := c.axis(), c.steps()
	out := make([]string, n+1)
	for i := range out {
		out[i] = c.format(a.max * float64(n-i) / float64(n))
	}
	return out
}

// num writes a place with the two decimals that a screen can show. A page of charts
// writes thousands of them, so the digits are made from a whole number; see
// BenchmarkPlot.
func num(v float64) string {
	var room [24]byte
	return string(appendNum(room[:0], v))
}

func appendNum(b []byte, v float64) []byte {
	n := int64(math.Round(v * 100))
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/100, 10)
	if n %= 100; n != 0 {
		b = append(b, '.', byte('0'+n/10))
		if n%10 != 0 {
			b = append(b, byte('0'+n%10))
		}
	}
	return b
}
