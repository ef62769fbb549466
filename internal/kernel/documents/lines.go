package documents

import (
	"strings"
	"unicode"
)

// seg is a piece of a line in one weight, as it is shown.
type seg struct {
	text string
	bold bool
	w    float64
}

// line is one line of a paragraph. Its last segment ends in the space that divides
// it from the next, so that whoever hears it hears two words.
type line struct {
	segs []seg
	w    float64 // without the space at its end
}

// chunk is what may not be divided, with the space after it.
type chunk struct {
	segs   []seg
	w      float64
	spaces int  // after it
	feed   bool // a new line after it
}

// widthOf is the width of shown text.
func widthOf(s string, bold bool, size float64) float64 {
	f, sum := faces()[weight(bold)], 0
	for _, r := range s {
		sum += int(f.width[r])
	}
	return float64(sum) * size / 1000
}

func weight(bold bool) int {
	if bold {
		return 1
	}
	return 0
}

// shown is clean text with a box for what the font does not have.
func shown(s string, bold bool) string {
	f := faces()[weight(bold)]
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return f.shown(r)
	}, clean(s))
}

// chunks cuts text at spaces, after hyphens and slashes inside words, and at line
// feeds. A space that does not break (U+00A0 and its kin) is part of its word, and so is
// a hyphen before a digit: a case number or a telephone number stays whole.
func chunks(t Text, size float64) []chunk {
	out := []chunk{{}}
	for _, run := range t {
		s := shown(run.Text, run.Bold)
		from := 0
		flush := func(to int) {
			if to > from {
				c := &out[len(out)-1]
				w := widthOf(s[from:to], run.Bold, size)
				c.segs, c.w = append(c.segs, seg{s[from:to], run.Bold, w}), c.w+w
			}
		}
		for i, r := range s {
			last := &out[len(out)-1]
			switch {
			case r == '\n':
				flush(i)
				from = i + 1
				last.feed = true
				out = append(out, chunk{})
			case r == ' ':
				flush(i)
				from = i + 1
				last.spaces++
			default:
				if last.spaces > 0 {
					out = append(out, chunk{})
				} else if r != '-' && r != '/' && (r < '0' || r > '9') && i > from && (s[i-1] == '-' || s[i-1] == '/') {
					flush(i)
					from = i
					out = append(out, chunk{})
				}
			}
		}
		flush(len(s))
	}
	return out
}

// breakLines sets text in lines of a width. A word wider than the line is divided
// where the line ends, without a hyphen that it does not have.
func breakLines(t Text, size, width float64) []line {
	var out []line
	var cur line
	gap := 0 // spaces before the next chunk
	space := widthOf(" ", false, size)
	end := func() {
		out = append(out, cur)
		cur, gap = line{}, 0
	}
	for _, c := range chunks(t, size) {
		if len(cur.segs) > 0 && cur.w+float64(gap)*space+c.w > width && len(c.segs) > 0 {
			if gap > 0 {
				cur.append(seg{" ", false, 0})
			}
			end()
		}
		if gap > 0 && len(cur.segs) > 0 && len(c.segs) > 0 {
			cur.append(seg{strings.Repeat(" ", gap), false, float64(gap) * space})
		}
		gap = 0
		for _, s := range c.segs {
			for cur.w+s.w > width {
				head, tail := divide(s, size, width-cur.w, len(cur.segs) == 0)
				if head.text != "" {
					cur.append(head)
				}
				end()
				s = tail
				if s.text == "" {
					break
				}
			}
			if s.text != "" {
				cur.append(s)
			}
		}
		gap = min(c.spaces, 4) // who draws with spaces does not get a line of them
		if c.feed {
			if len(cur.segs) > 0 {
				cur.append(seg{" ", false, 0})
			}
			end()
		}
	}
	if len(cur.segs) > 0 || len(out) == 0 {
		out = append(out, cur)
	}
	return out
}

func (l *line) append(s seg) {
	l.w += s.w
	if n := len(l.segs); n > 0 && (l.segs[n-1].bold == s.bold || strings.TrimLeft(s.text, " ") == "") {
		l.segs[n-1].text += s.text
		l.segs[n-1].w += s.w
		return
	}
	l.segs = append(l.segs, s)
}

// divide cuts what fits in a width off a word, at least one character when it
// must; a mark stays with its letter.
func divide(s seg, size, width float64, must bool) (head, tail seg) {
	cut, w, first := 0, 0.0, true
	for i, r := range s.text {
		rw := widthOf(string(r), s.bold, size)
		if w+rw > width && !unicode.Is(unicode.M, r) && !(first && must) {
			break
		}
		w += rw
		cut = i + len(string(r))
		first = false
	}
	head = seg{s.text[:cut], s.bold, w}
	tail = seg{s.text[cut:], s.bold, s.w - w}
	return head, tail
}
