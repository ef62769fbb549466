package cbs

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// layout is how the rows of a long file read: one cell per row and measure, with
// codes for offence, area and period.
type layout struct {
	file    string
	delim   byte
	columns int
	roles   []role
	values  []string               // per value column: "" for the main measure, or "#" and its name
	area    []byte                 // for a file without an area column
	empty   figures.Status         // what an empty cell means; Published is a zero
	atEnd   bool                   // the last column is a value, so that a cut file can look whole
	find    *figures.Contradiction // when set, lines of this cell are collected instead
}

// newLayout reads the header of a long file; ok is false when it is none. A file
// without an area column is long too: it is of one area.
func newLayout(header []string, delim byte) (l layout, ok bool) {
	l = layout{delim: delim, columns: len(header), roles: make([]role, len(header)), values: make([]string, len(header))}
	count := map[role]int{}
	area := -1
	for i, h := range header {
		h = strings.TrimSpace(h)
		l.roles[i] = roleOf(h)
		if l.roles[i] == areaColumn {
			rank := func(i int) int { return slices.Index(areaFirst, strings.ToLower(strings.TrimSpace(header[i]))) }
			if area >= 0 && rank(area) < rank(i) {
				l.roles[i] = other
				continue
			}
			if area >= 0 {
				l.roles[area] = other
			}
			area = i
			continue
		}
		if strings.EqualFold(h, "overlast") && slices.Contains(header, "overlast_code") {
			l.roles[i] = other // the title beside the code; in the service's own files it is the code
		}
		if l.roles[i] == valueColumn {
			if m := plainMeasure(h); !slices.Contains(mainMeasures, m) {
				l.values[i] = "#" + m
			}
		}
		count[l.roles[i]]++
	}
	if area >= 0 {
		count[areaColumn] = 1
	}
	l.atEnd = l.roles[len(header)-1] == valueColumn
	ok = count[offenceColumn] == 1 && count[periodColumn] == 1 && count[valueColumn] >= 1 && count[valueColumn] <= 8
	return l, ok
}

// blockSize is how much one worker parses at a time. Smaller blocks cost more
// hand-overs, larger ones memory; at 1 MiB both are out of sight.
const blockSize = 1 << 20

// maxLine bounds a line, so that a file without line ends is no endless one.
const maxLine = 64 << 10

// block is whole lines of a file.
type block struct {
	data []byte
	line int // number of its first line
}

// readLong reads the rows of a long file on all cores into a builder. first is
// the line number of the first row.
func readLong(r io.Reader, l layout, first int, o Options) (*figures.Builder, int, error) {
	b := &figures.Builder{}
	p := &longReader{layout: l, blocks: make(chan block, runtime.GOMAXPROCS(0)), free: make(chan []byte, 4*runtime.GOMAXPROCS(0))}
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		w := &longWorker{longReader: p, out: b.Writer()}
		wait.Go(w.run)
	}
	err := p.split(r, first, o.maxBytes())
	close(p.blocks)
	wait.Wait()
	// Blocks are handed out in order, so the earliest fault is the same every time.
	if p.err != nil && (err == nil || p.errLine <= p.lastLine) {
		return nil, 0, p.err
	}
	if err != nil {
		return nil, 0, err
	}
	if limit := o.maxCells(); p.rows > limit {
		return nil, 0, fault.New(fault.Invalid, "figures.import.too-many-cells", "file", l.file, "max", limit)
	}
	return b, p.rows, nil
}

type longReader struct {
	layout
	blocks   chan block
	free     chan []byte
	lastLine int

	mu      sync.Mutex
	err     error
	errLine int
	rows    int
	lines   []int // of the cell that find looks for
}

func (p *longReader) failed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err != nil
}

func (p *longReader) fail(line int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil || line < p.errLine {
		p.err, p.errLine = err, line
	}
}

func (p *longReader) buffer() []byte {
	select {
	case b := <-p.free:
		return b
	default:
		return make([]byte, blockSize+maxLine)
	}
}

// split cuts the file into blocks of whole lines.
func (p *longReader) split(r io.Reader, line int, limit int64) error {
	buf := p.buffer()
	held := 0
	var total int64
	for {
		n, err := io.ReadFull(r, buf[held:blockSize])
		total += int64(n)
		held += n
		if total > limit {
			return fault.New(fault.Invalid, "figures.import.too-large", "file", p.file, "max", limit>>20)
		}
		end := err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return fault.Because(err, fault.Unavailable, "figures.import.read", "file", p.file)
		}
		cut := held
		if !end {
			cut = bytes.LastIndexByte(buf[:held], '\n') + 1
			if held-cut > maxLine {
				return fault.New(fault.Invalid, "figures.import.line-too-long", "file", p.file, "line", line+bytes.Count(buf[:cut], newline))
			}
		} else if p.atEnd && held > 0 && buf[held-1] != '\n' {
			// A cut file may end in half a number, which reads as a whole one.
			p.lastLine = line + bytes.Count(buf[:held], newline)
			return fault.New(fault.Invalid, "figures.import.truncated", "file", p.file, "line", p.lastLine)
		}
		rest := buf[cut:held]
		next := p.buffer()
		kept := copy(next, rest)
		if cut > 0 {
			lines := bytes.Count(buf[:cut], newline)
			p.blocks <- block{buf[:cut], line}
			line += lines
			p.lastLine = line
		}
		buf, held = next, kept
		if end || p.failed() {
			return nil
		}
	}
}

var newline = []byte{'\n'}

// longWorker parses blocks on one core.
type longWorker struct {
	*longReader
	out     *figures.Writer
	scratch []byte
	count   int
}

func (w *longWorker) run() {
	for b := range w.blocks {
		if line, err := w.block(b); err != nil {
			w.fail(line, err)
		}
		select {
		case w.free <- b.data[:cap(b.data)]:
		default:
		}
	}
	w.mu.Lock()
	w.rows += w.count
	w.mu.Unlock()
}

// row is the fields of one line that matter.
type row struct {
	offence, area, period []byte
	values                [8][]byte
	suffix                [8]string
	n                     int
}

// block parses whole lines. It returns the number of a faulty line.
func (w *longWorker) block(in block) (int, error) {
	b, line := in.data, in.line
	if !utf8.Valid(b) {
		return w.badEncoding(b, line)
	}
	for i := 0; i < len(b); line++ {
		var r row
		col := 0
		start := i
		for {
			var field []byte
			if i < len(b) && b[i] == '"' {
				var err error
				if field, i, err = w.quoted(b, i, line); err != nil {
					return line, err
				}
			} else {
				from := i
				for i < len(b) && b[i] != w.delim && b[i] != '\n' {
					i++
				}
				field = b[from:i]
			}
			if col < len(w.roles) {
				switch w.roles[col] {
				case offenceColumn:
					r.offence = field
				case areaColumn:
					r.area = field
				case periodColumn:
					r.period = field
				case valueColumn:
					r.values[r.n], r.suffix[r.n] = field, w.values[col]
					r.n++
				}
			}
			col++
			if i >= len(b) || b[i] == '\n' {
				break
			}
			i++ // the delimiter
		}
		text := b[start:i]
		i++ // the line end
		if col != w.columns {
			if len(bytes.TrimSpace(text)) == 0 {
				continue
			}
			return line, fault.New(fault.Invalid, "figures.import.columns", "file", w.file, "line", line, "got", col, "want", w.columns)
		}
		if err := w.row(&r, line); err != nil {
			return line, err
		}
	}
	return 0, nil
}

func (w *longWorker) badEncoding(b []byte, line int) (int, error) {
	for len(b) > 0 {
		c, n := utf8.DecodeRune(b)
		if c == utf8.RuneError && n == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		b = b[n:]
	}
	return line, fault.New(fault.Invalid, "figures.import.encoding", "file", w.file, "line", line)
}

// quoted reads a field in quotes that begins at i; it ends on the same line.
func (w *longWorker) quoted(b []byte, i, line int) (field []byte, next int, err error) {
	from := i + 1
	doubled := false
	for j := from; j < len(b) && b[j] != '\n'; j++ {
		if b[j] != '"' {
			continue
		}
		if j+1 < len(b) && b[j+1] == '"' {
			doubled = true
			j++
			continue
		}
		field = b[from:j]
		if doubled {
			field = bytes.ReplaceAll(field, []byte(`""`), []byte(`"`))
		}
		j++
		if j < len(b) && b[j] == '\r' {
			j++
		}
		if j < len(b) && b[j] != w.delim && b[j] != '\n' {
			break
		}
		return field, j, nil
	}
	return nil, 0, fault.New(fault.Invalid, "figures.import.quote", "file", w.file, "line", line)
}

func trim(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == ' ' || b[len(b)-1] == '\r') {
		b = b[:len(b)-1]
	}
	return b
}

func (w *longWorker) row(r *row, line int) error {
	period, ok := figures.ParsePeriodBytes(trim(r.period))
	if !ok {
		return fault.New(fault.Invalid, "figures.import.period", "file", w.file, "line", line, "value", show(r.period))
	}
	offence := trim(r.offence)
	area := w.area
	if area == nil {
		area = trim(r.area)
	}
	for k, text := range r.values[:r.n] {
		v, status, code := w.value(trim(text))
		if code != "" {
			return fault.New(fault.Invalid, code, "file", w.file, "line", line, "value", show(text))
		}
		name := offence
		if r.suffix[k] != "" {
			w.scratch = append(append(w.scratch[:0], offence...), r.suffix[k]...)
			name = w.scratch
		}
		if f := w.find; f != nil {
			if string(name) == f.A.Offence && string(area) == f.A.Area && period == f.A.Period {
				w.mu.Lock()
				w.lines = append(w.lines, line)
				w.mu.Unlock()
			}
			continue
		}
		if err := w.out.Add(name, area, period, v, status); err != nil {
			return refusedAt(err, w.file, line)
		}
		w.count++
	}
	return nil
}

// refusedAt adds file and line to a refusal of the builder; nil stays nil.
func refusedAt(err error, file string, line int) error {
	if f := fault.Of(err); f != nil {
		return fault.New(f.Kind, f.Code+".line", append([]any{"file", file, "line", line}, f.Args...)...)
	}
	return err
}

// value reads a count. The code says why it is none.
func (l *layout) value(b []byte) (v int64, s figures.Status, code string) {
	switch {
	case len(b) == 0:
		return 0, l.empty, ""
	case len(b) == 1 && b[0] == '.':
		return 0, figures.Unknown, ""
	}
	for n := 0; b[len(b)-1] == '*' && n < 2 && len(b) > 1; n++ { // provisional, revised provisional
		b, s = b[:len(b)-1], figures.Provisional
	}
	for i, c := range b {
		d := c - '0'
		if d > 9 {
			return notDigits(b, i, v, s)
		}
		if v = v*10 + int64(d); v > figures.MaxValue {
			return 0, 0, "figures.import.number-too-large"
		}
	}
	return v, s, ""
}

// notDigits judges a number that is not digits only, at the first other byte. "12,0" is
// a count written with a decimal; "1.000" may be a thousand or one, and is refused.
func notDigits(b []byte, i int, v int64, s figures.Status) (int64, figures.Status, string) {
	if (b[i] == ',' || b[i] == '.') && i > 0 {
		if string(b[i+1:]) == "0" {
			return v, s, ""
		}
		return 0, 0, "figures.import.decimal"
	}
	return 0, 0, "figures.import.number"
}

// show cuts a faulty value for the sentence that names it.
func show(b []byte) string {
	const most = 40
	s := strings.TrimSpace(strings.ToValidUTF8(string(b), "�"))
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// findLines reads a long file once more for the lines of a contradictory cell.
func findLines(r io.Reader, l layout, first int, c *figures.Contradiction, o Options) []int {
	l.find = c
	p := &longReader{layout: l, blocks: make(chan block, 1), free: make(chan []byte, 4)}
	var wait sync.WaitGroup
	wait.Go((&longWorker{longReader: p}).run)
	_ = p.split(r, first, o.maxBytes())
	close(p.blocks)
	wait.Wait()
	slices.Sort(p.lines)
	return p.lines
}
