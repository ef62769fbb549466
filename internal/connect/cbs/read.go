package cbs

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// Options say about a file what it does not say itself, and bound what is read.
type Options struct {
	Retrieved time.Time // when the figures left the publisher
	Table     string    // table number; empty takes it from the content or the file's name
	Area      string    // area of a file that names none
	Layout    int       // year of the area layout
	Origin    string    // address to trace the figures to; empty is the file's name
	Lists     Lists     // what is known, to list what is not
	MaxBytes  int64     // of the file; 0 is 4 GiB
	MaxCells  int       // 0 is 100 million
}

// Lists are the codes and names already known.
type Lists struct {
	Offences []figures.Title
	Areas    []figures.AreaName
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return 4 << 30
}

func (o Options) maxCells() int {
	if o.MaxCells > 0 {
		return o.MaxCells
	}
	return 100_000_000
}

// smallLimit bounds every file that is read whole: metadata, screen exports,
// tables with a column per measure, one JSON page.
const smallLimit = 64 << 20

// headSize is how much of a file is looked at to recognise it.
const headSize = 64 << 10

// Read recognises what kind of file r is and reads it. The import of a file that
// holds only codes and titles has no Sheet. Every refusal is a fault of kind
// Invalid with the file and, where there is one, the line; then nothing of the
// file may be stored.
//
// Two lines that contradict each other are both named when r can be rewound.
func Read(name string, r io.Reader, o Options) (*figures.Import, error) {
	br := bufio.NewReaderSize(r, headSize)
	head, err := br.Peek(headSize)
	if err != nil && err != io.EOF {
		return nil, fault.Because(err, fault.Unavailable, "figures.import.read", "file", name)
	}
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return nil, fault.New(fault.Invalid, "figures.import.encoding", "file", name, "line", 1)
	}
	if bom := []byte("\ufeff"); bytes.HasPrefix(head, bom) {
		br.Discard(len(bom))
		head = head[len(bom):]
	}
	text := bytes.TrimSpace(head)
	switch {
	case len(text) == 0:
		return nil, fault.New(fault.Invalid, "figures.import.empty", "file", name)
	case text[0] == '{' || text[0] == '[':
		return readJSON(name, br, o)
	}
	line, _, _ := bytes.Cut(head, newline)
	delim := delimiter(line, head)
	header, err := csvReader(bytes.NewReader(line), delim).Read()
	if err == nil {
		if l, ok := newLayout(header, delim); ok {
			l.file = name
			br.Discard(min(len(line)+1, len(head)))
			return readLongFile(name, r, br, l, header, o)
		}
	}
	return readSmall(name, br, delim, o)
}

// delimiter is the sign that separates most fields of a header, or of the lines
// after it when the first line is a title.
func delimiter(header, head []byte) byte {
	best, most := byte(','), 0
	for _, text := range [][]byte{header, head[:min(len(head), 2048)]} {
		counts := map[byte]int{}
		quoted := false
		for _, c := range text {
			if c == '"' {
				quoted = !quoted
			} else if !quoted {
				counts[c]++
			}
		}
		for _, c := range []byte{',', ';', '\t'} {
			if counts[c] > most {
				best, most = c, counts[c]
			}
		}
		if most > 0 {
			break
		}
	}
	return best
}

func csvReader(r io.Reader, delim byte) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma = rune(delim)
	c.FieldsPerRecord = -1
	return c
}

func readLongFile(name string, whole io.Reader, rest io.Reader, l layout, header []string, o Options) (*figures.Import, error) {
	number := o.Table
	if number == "" {
		number = tableNumber(name)
	}
	in := &figures.Import{Source: newSource(number, name, o)}
	l.empty = figures.NotPublished
	if !slices.Contains(header, "WijkenEnBuurten") && !slices.Contains(header, "RegioS") {
		// An extract may leave out what it likes; only in the service's own files does
		// an absent or empty cell mean what DataProperties.Default says.
		in.Source.AbsentZero = false
	}
	if in.Source.AbsentZero {
		l.empty = figures.Published
	}
	if !slices.Contains(l.roles, areaColumn) {
		area, err := onlyArea(name, o)
		if err != nil {
			return nil, err
		}
		l.area = []byte(area)
		in.Report.Notes = append(in.Report.Notes, figures.Note{Code: "figures.import.note.area", Args: []any{"area", area}})
	}
	b, rows, err := readLong(rest, l, 2, o)
	if err != nil {
		return nil, err
	}
	in.Report.Rows = rows
	in.Sheet, err = b.Seal()
	if clash, ok := errors.AsType[*figures.Contradiction](err); ok {
		var lines []int
		if s, ok := whole.(io.Seeker); ok {
			if _, err := s.Seek(0, io.SeekStart); err == nil {
				br := bufio.NewReader(whole)
				br.ReadString('\n')
				lines = findLines(br, l, 2, clash, o)
			}
		}
		return nil, contradiction(name, clash, lines)
	}
	if err != nil {
		return nil, err
	}
	return finish(name, in, o)
}

// onlyArea is the area of a file without an area column: what the caller says, or
// the country when the name says so.
func onlyArea(name string, o Options) (string, error) {
	if o.Area != "" {
		return o.Area, nil
	}
	if strings.Contains(strings.ToLower(name), "nederland") {
		return "NL00", nil
	}
	return "", fault.New(fault.Invalid, "figures.import.no-area", "file", name)
}

func contradiction(name string, c *figures.Contradiction, lines []int) error {
	first, second := 0, 0
	if len(lines) > 1 {
		first, second = lines[0], lines[1]
	}
	code := "figures.import.contradiction"
	if second == 0 {
		code = "figures.import.contradiction-anywhere"
	}
	return fault.New(fault.Invalid, code, "file", name, "line", second, "earlier", first,
		"offence", c.A.Offence, "area", c.A.Area, "period", c.A.Period.String(), "a", shown(c.A), "b", shown(c.B))
}

func shown(c figures.Cell) any {
	if c.Status.Known() {
		return c.Value
	}
	return c.Status.String()
}

// finish checks a sealed import and writes its report.
func finish(name string, in *figures.Import, o Options) (*figures.Import, error) {
	if in.Sheet.Cells == 0 {
		return nil, fault.New(fault.Invalid, "figures.import.empty", "file", name)
	}
	if t, ok := tableByNumber(in.Source.Table); ok && t.police {
		if err := checkTotals(name, in.Sheet); err != nil {
			return nil, err
		}
	}
	in.Report.Duplicates = in.Sheet.Duplicates
	in.Titles = titlesFor(in, o)
	in.Report.UnknownOffences = unknownOffences(in, o)
	in.Report.UnknownAreas = unknownAreas(in, o)
	in.Report.Notes = append(in.Report.Notes, notes(in.Sheet)...)
	return in, nil
}

// titlesFor keeps the titles of offences that have cells: the file's own first,
// then those already known.
func titlesFor(in *figures.Import, o Options) []figures.Title {
	var out []figures.Title
	for _, code := range in.Sheet.Offences() {
		for _, list := range [][]figures.Title{in.Titles, o.Lists.Offences} {
			if i := slices.IndexFunc(list, func(t figures.Title) bool { return t.Code == code }); i >= 0 {
				out = append(out, list[i])
				break
			}
		}
	}
	return out
}

func unknownOffences(in *figures.Import, o Options) (out []string) {
	if len(o.Lists.Offences) == 0 {
		return nil
	}
	for _, code := range in.Sheet.Offences() {
		base, _, _ := strings.Cut(code, "#")
		known := func(t figures.Title) bool { return t.Code == base }
		if !slices.ContainsFunc(o.Lists.Offences, known) && !slices.ContainsFunc(in.Titles, known) {
			out = append(out, code)
		}
	}
	return out
}

func unknownAreas(in *figures.Import, o Options) (out []string) {
	if len(o.Lists.Areas) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, list := range [][]figures.AreaName{o.Lists.Areas, in.Areas} {
		for _, a := range list {
			known[a.Code] = true
		}
	}
	for _, code := range in.Sheet.Areas() {
		if !known[code] && !figures.Unplaced(code) && figures.LevelOf(code) != figures.Country {
			out = append(out, code)
		}
	}
	return out
}

// notes tells what a reader must not add up.
func notes(s *figures.Sheet) (out []figures.Note) {
	kinds, totals := map[figures.Kind]bool{}, false
	for _, b := range s.Scope.Blocks {
		kinds[b.Kind] = true
		totals = totals || len(b.Offences) > 1 && b.Offences[0] == total
	}
	if totals {
		out = append(out, figures.Note{Code: "figures.import.note.totals"})
	}
	if len(s.Scope.Levels()) > 1 {
		out = append(out, figures.Note{Code: "figures.import.note.levels"})
	}
	if len(kinds) > 1 {
		out = append(out, figures.Note{Code: "figures.import.note.kinds"})
	}
	return out
}

// total is the code of the sum over all offences, or all kinds of nuisance.
const total = "0.0.0"
