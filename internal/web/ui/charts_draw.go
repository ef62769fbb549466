package ui

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// The drawings are built as text and not with templates: a page of charts holds
// thousands of numbers, and every word in them passes through esc.

func esc(s string) string { return templ.EscapeString(s) }

func drawn(b *strings.Builder) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// plot is the drawing of a chart without the words around it. The outer svg has no
// viewBox and places in percent, so it stretches and its text does not; lines need
// the inner one, because a path has no percentages.
func plot(c Chart) templ.Component {
	b := &strings.Builder{}
	a := c.axis()
	b.WriteString(`<svg class="baken-plot" role="img" aria-label="` + esc(c.Label) + `">`)
	for i := range c.steps() {
		y := num(float64(i) / float64(c.steps()) * 100)
		if i == 0 {
			y = "0.5" // the top line would fall half outside
		} else {
			y += "%"
		}
		b.WriteString(`<line class="baken-c-grid" x1="0" x2="100%" y1="` + y + `" y2="` + y + `"></line>`)
	}
	c.gaps(b, a)
	b.WriteString(inner)
	c.band(b, a)
	path(b, "baken-c-prev", c.Previous, a)
	if !c.Bars {
		path(b, "baken-c-line", c.Points, a)
	}
	b.WriteString(`</svg>`)
	if c.Bars {
		c.bars(b, a)
	}
	b.WriteString(`<line class="baken-c-axis" x1="0" x2="100%" y1="100%" y2="100%"></line>`)
	if !c.Bars {
		c.dots(b, a)
	}
	c.marks(b, a)
	if c.Hover && !c.Bars {
		c.hover(b, a)
	}
	b.WriteString(`</svg>`)
	return drawn(b)
}

const inner = `<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">`

// path draws a series, with a gap where it is absent.
func path(b *strings.Builder, class string, points []Point, a place) {
	d := make([]byte, 0, 14*len(points))
	pen := byte('M')
	for i, p := range points {
		if p.Standing == Absent {
			pen = 'M'
			continue
		}
		d = appendNum(append(d, pen), a.x(i))
		d = appendNum(append(d, ' '), a.y(p.Value))
		pen = 'L'
	}
	if len(d) > 0 {
		put(b, `<path class="`, class, `" d="`)
		b.Write(d)
		b.WriteString(`"></path>`)
	}
}

// put writes pieces without joining them first.
func put(b *strings.Builder, pieces ...string) {
	for _, p := range pieces {
		b.WriteString(p)
	}
}

// band draws what was expected, in one piece per stretch that has an expectation.
func (c *Chart) band(b *strings.Builder, a place) {
	d := make([]byte, 0, 28*len(c.Band))
	for from := 0; from < len(c.Band); {
		if c.Band[from] == (Range{}) {
			from++
			continue
		}
		to := from
		for to < len(c.Band) && c.Band[to] != (Range{}) {
			to++
		}
		d = d[:0]
		pen := byte('M')
		for i := from; i < to; i++ {
			d = appendNum(append(d, pen), a.x(i))
			d = appendNum(append(d, ' '), a.y(c.Band[i].High))
			pen = 'L'
		}
		for i := to - 1; i >= from; i-- {
			d = appendNum(append(d, 'L'), a.x(i))
			d = appendNum(append(d, ' '), a.y(c.Band[i].Low))
		}
		b.WriteString(`<path class="baken-c-band" d="`)
		b.Write(d)
		b.WriteString(`Z"></path>`)
		from = to
	}
}

// gaps shades the periods that are not published, so that an empty place is not
// taken for zero.
func (c *Chart) gaps(b *strings.Builder, a place) {
	half := 50 / float64(max(1, a.n))
	for i, p := range c.Points {
		if p.Standing != Absent {
			continue
		}
		left, right := max(0, a.x(i)-half), min(100, a.x(i)+half)
		b.WriteString(`<rect class="baken-c-gap" x="` + num(left) + `%" y="0" width="` + num(right-left) + `%" height="100%"><title>` + esc(p.Name) + `</title></rect>`)
	}
}

func (c *Chart) bars(b *strings.Builder, a place) {
	slot := 100 / float64(max(1, a.n))
	for i, p := range c.Points {
		if p.Standing == Absent {
			continue
		}
		class := "baken-c-bar"
		switch {
		case p.Standing == Provisional:
			class += " baken-c-bar--provisional"
		case p.Outside:
			class += " baken-c-bar--mark"
		}
		put(b, `<rect class="`, class, `" x="`, num(a.x(i)-slot/3), `%" width="`, num(slot*2/3), `%" y="`, num(a.y(p.Value)),
			`%" height="`, num(100-a.y(p.Value)), `%"><title>`, esc(p.Name), ": ", esc(c.format(p.Value)), `</title></rect>`)
	}
}

// dots marks the points that a reader must not miss: the last one, those outside
// the expectation, the provisional ones (hollow), and one alone between two gaps,
// which a line cannot show.
func (c *Chart) dots(b *strings.Builder, a place) {
	last := len(c.Points) - 1
	for last >= 0 && c.Points[last].Standing == Absent {
		last--
	}
	there := func(i int) bool { return i >= 0 && i < len(c.Points) && c.Points[i].Standing != Absent }
	for i, p := range c.Points {
		alone := !there(i-1) && !there(i+1)
		if p.Standing == Absent || !(i == last || p.Outside || p.Standing == Provisional || alone) {
			continue
		}
		class, r := "baken-c-dot", "4"
		switch {
		case p.Standing == Provisional && p.Outside:
			class = "baken-c-hollow baken-c-hollow--mark"
		case p.Standing == Provisional:
			class = "baken-c-hollow"
		case p.Outside:
			class += " baken-c-dot--mark"
		}
		if i != last {
			r = "3.5"
		}
		b.WriteString(`<circle class="` + class + `" cx="` + num(a.x(i)) + `%" cy="` + num(a.y(p.Value)) + `%" r="` + r + `"></circle>`)
	}
}

// marks draws the numbered moments.
func (c *Chart) marks(b *strings.Builder, a place) {
	for _, n := range c.Notes {
		if n.At < 0 || n.At >= a.n {
			continue
		}
		x := num(a.x(n.At)) + "%"
		b.WriteString(`<line class="baken-c-note" x1="` + x + `" x2="` + x + `" y1="0" y2="100%"></line><circle class="baken-c-note-mark" cx="` + x +
			`" cy="0" r="9"></circle><text class="baken-c-note-number" x="` + x + `" y="4.5" text-anchor="middle">` + strconv.Itoa(n.Number) + `</text>`)
	}
}

// hover lays an unseen strip over every period, which shows its value at the
// pointer without script. The table beside the chart is for everybody else.
func (c *Chart) hover(b *strings.Builder, a place) {
	half := 50 / float64(max(1, a.n-1))
	for i, p := range c.Points {
		if p.Standing == Absent {
			continue
		}
		left, right := max(0, a.x(i)-half), min(100, a.x(i)+half)
		put(b, `<rect class="baken-c-hover" x="`, num(left), `%" y="0" width="`, num(right-left), `%" height="100%"><title>`,
			esc(p.Name), ": ", esc(c.format(p.Value)), `</title></rect>`)
	}
}

// axisX is the words under a chart, each at its own point. The outer two turn
// inwards, so that they do not leave the chart.
func axisX(c Chart) templ.Component {
	b := &strings.Builder{}
	a := c.axis()
	b.WriteString(`<svg class="baken-axis-x" aria-hidden="true">`)
	for _, t := range c.Ticks {
		x, anchor := a.x(t.At), "middle"
		switch {
		case x < 6:
			anchor = "start"
		case x > 94:
			anchor = "end"
		}
		b.WriteString(`<text class="baken-c-text" x="` + num(x) + `%" y="14" text-anchor="` + anchor + `">` + esc(t.Text) + `</text>`)
	}
	b.WriteString(`</svg>`)
	return drawn(b)
}

// Spark is a line without an axis, beside a figure. It may start above zero.
func Spark(c Chart) templ.Component {
	b := &strings.Builder{}
	a := c.tight()
	b.WriteString(`<svg class="baken-spark" role="img" aria-label="` + esc(c.Label) + `">` + inner)
	c.band(b, a)
	path(b, "baken-c-line", c.Points, a)
	b.WriteString(`</svg>`)
	c.dots(b, a)
	b.WriteString(`</svg>`)
	return drawn(b)
}
