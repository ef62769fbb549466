package cbs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// envelope is the answer of the service: version 3 writes odata.metadata and
// odata.nextLink without the sign that version 4 has.
type envelope struct {
	Metadata3 string            `json:"odata.metadata"`
	Metadata4 string            `json:"@odata.context"`
	Next3     string            `json:"odata.nextLink"`
	Next4     string            `json:"@odata.nextLink"`
	Value     []json.RawMessage `json:"value"`
}

func (e *envelope) next() string {
	if e.Next3 != "" {
		return e.Next3
	}
	return e.Next4
}

// decodeEnvelope reads one page. A page that ends early is no page.
func decodeEnvelope(name string, data []byte) (*envelope, error) {
	var e envelope
	d := json.NewDecoder(bytes.NewReader(data))
	err := d.Decode(&e)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = errors.New("more than one value")
		}
	}
	if err == nil && e.Value == nil {
		err = errors.New("no value")
	}
	if err == nil {
		return &e, nil
	}
	at := d.InputOffset()
	if bad, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = bad.Offset
	}
	code := "figures.import.json"
	if errors.Is(err, io.ErrUnexpectedEOF) {
		code, at = "figures.import.truncated", int64(len(data))
	}
	line := 1 + bytes.Count(data[:min(at, int64(len(data)))], newline)
	return nil, fault.Because(err, fault.Invalid, code, "file", name, "line", line)
}

// readJSON reads one page of data, or a list of codes, of either version.
func readJSON(name string, r io.Reader, o Options) (*figures.Import, error) {
	data, err := readWhole(name, r, o)
	if err != nil {
		return nil, err
	}
	e, err := decodeEnvelope(name, data)
	if err != nil {
		return nil, err
	}
	number := o.Table
	if number == "" {
		if number = tableNumber(e.Metadata3 + e.Metadata4); number == "" {
			number = tableNumber(name)
		}
	}
	o.Table = number
	p := newPages(name, o)
	if err := p.add(e.Value, rowLines(data)); err != nil {
		return nil, err
	}
	if e.next() != "" {
		p.in.Report.Notes = append(p.in.Report.Notes, figures.Note{Code: "figures.import.note.more-pages"})
	}
	return p.close(o)
}

// rowLines finds the line on which each element of "value" begins, so that a
// refusal can name it: an element begins one level inside the list.
func rowLines(data []byte) []int {
	var out []int
	depth, line, text := 0, 1, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '\n':
			line++
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == '{' || c == '[':
			if depth == 2 && c == '{' {
				out = append(out, line)
			}
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return out
}

// pages collects the rows of one or several pages.
type pages struct {
	name  string
	in    *figures.Import
	build figures.Builder
	out   *figures.Writer
	rows  []measured           // rows without an offence, until their decimals are known
	lines map[figures.Cell]int // line of a cell, value and status left out
	again map[figures.Cell]int // line where it stands a second time
	cells int
}

// measured is a value of a measure that may have decimals.
type measured struct {
	cell figures.Cell
	n    number
	line int
}

func newPages(name string, o Options) *pages {
	p := &pages{name: name, in: &figures.Import{Source: newSource(o.Table, name, o)}, lines: map[figures.Cell]int{}, again: map[figures.Cell]int{}}
	p.out = p.build.Writer()
	return p
}

// decodeRows reads the rows of a page of metadata as words.
func decodeRows(e *envelope) ([]map[string]string, error) {
	var out []map[string]string
	for _, raw := range e.Value {
		v := map[string]any{}
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, fault.Because(err, fault.Invalid, "cbs.sync.broken-row")
		}
		out = append(out, asWords(v))
	}
	return out, nil
}

func asWords(v map[string]any) map[string]string {
	words := map[string]string{}
	for k, x := range v {
		if x != nil {
			words[k] = fmt.Sprint(x)
		}
	}
	return words
}

func (p *pages) fail(code string, line int, args ...any) error {
	return fault.New(fault.Invalid, code, append([]any{"file", p.name, "line", line}, args...)...)
}

// add takes the rows of a page; lines may be shorter than rows.
func (p *pages) add(rows []json.RawMessage, lines []int) error {
	for i, raw := range rows {
		line := 0
		if i < len(lines) {
			line = lines[i]
		}
		v := map[string]any{}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			return p.fail("figures.import.json", line)
		}
		if err := p.row(v, line); err != nil {
			return err
		}
	}
	return nil
}

func (p *pages) row(v map[string]any, line int) error {
	if _, ok := v["Measure"]; ok {
		return p.observation(v, line)
	}
	if _, ok := v["Perioden"]; ok {
		return p.typed(v, line)
	}
	words := asWords(v)
	// Version 4 calls the code of a dimension Identifier, as version 3 calls the table's number.
	if id := words["Identifier"]; id != "" && tableNumber(id) == "" {
		words["Key"] = id
		delete(words, "Identifier")
	}
	if words["Type"] == "" && words["Key"] == "" && words["Identifier"] == "" {
		if words["odata.type"] != "" || words["Title"] != "" {
			return nil // a group of topics: a heading only
		}
		return p.fail("figures.import.metadata-row", line)
	}
	if err := describe(p.in, nil, words, line, p.name); err != nil {
		return err
	}
	return nil
}

// dimension finds the value of the first of some dimensions that a row has.
func dimension(v map[string]any, names ...string) (string, bool) {
	for _, n := range names {
		if s, ok := v[n].(string); ok {
			return strings.TrimRight(s, " "), true
		}
	}
	return "", false
}

// typed reads a row of TypedDataSet or UntypedDataSet: the dimensions and a
// property per topic.
func (p *pages) typed(v map[string]any, line int) error {
	offence, hasOffence := dimension(v, "SoortMisdrijf", "Overlast")
	area, _ := dimension(v, "WijkenEnBuurten", "RegioS")
	period, _ := dimension(v, "Perioden")
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if !topicKey.MatchString(key) || textTopic(stem(key)) {
			continue
		}
		measure := stem(key)
		code := measure
		if hasOffence {
			if code = offence; !slices.Contains(mainMeasures, measure) {
				code += "#" + measure
			}
		}
		if err := p.cell(code, area, period, v[key], hasOffence, line); err != nil {
			return err
		}
	}
	return nil
}

// observation reads a row of Observations: one measure per row, codes not padded.
func (p *pages) observation(v map[string]any, line int) error {
	area, _ := dimension(v, "WijkenEnBuurten", "RegioS")
	period, ok := dimension(v, "Perioden")
	if !ok {
		t, known := tableByNumber(p.in.Source.Table)
		if !known || t.year == 0 {
			return p.fail("figures.import.period", line, "value", "")
		}
		period = figures.YearOf(t.year).String()
	}
	measure, _ := dimension(v, "Measure")
	offence, has := dimension(v, "SoortMisdrijf", "Overlast")
	if has {
		measure = offence
	}
	value := v["Value"]
	// ValueAttribute tells why a value is absent: None is a plain value.
	if a, _ := v["ValueAttribute"].(string); value == nil && (a == "Impossible" || a == "Confidential" || a == "Unknown" || a == "Unreliable") {
		value = "."
		if a == "Impossible" {
			value = ""
		}
	}
	return p.cell(measure, area, period, value, has, line)
}

// cell takes one value. offence says that it is a count of one; other measures
// may have decimals.
func (p *pages) cell(code, area, period string, value any, offence bool, line int) error {
	c := figures.Cell{Offence: code, Area: area}
	var ok bool
	if c.Period, ok = figures.ParsePeriod(period); !ok {
		return p.fail("figures.import.period", line, "value", show([]byte(period)))
	}
	text := ""
	if value != nil {
		text = strings.TrimSpace(fmt.Sprint(value))
	}
	n, ok := parseNumber(text)
	if !ok {
		return p.fail("figures.import.number", line, "value", show([]byte(text)))
	}
	if text == "" && p.in.Source.AbsentZero {
		n.status = figures.Published
	}
	if p.cells++; p.cells > maxPageCells {
		return p.fail("figures.import.too-many-cells", line, "max", maxPageCells)
	}
	if earlier := p.lines[c]; earlier != 0 {
		p.again[c] = line
	} else if len(p.lines) < maxRemembered {
		p.lines[c] = line
	}
	if !offence {
		p.rows = append(p.rows, measured{c, n, line})
		return nil
	}
	for n.decimals > 0 && n.digits%10 == 0 { // "12.0" is a count
		n.digits, n.decimals = n.digits/10, n.decimals-1
	}
	if n.decimals > 0 {
		return p.fail("figures.import.decimal", line, "value", show([]byte(text)))
	}
	c.Value, c.Status = n.digits, n.status
	return refusedAt(p.out.AddCell(c), p.name, line)
}

// maxRemembered bounds the lines kept to name both rows of a contradiction.
const maxRemembered = 200_000

// maxPageCells bounds what is gathered from pages: a municipality with all its
// offences, buurten and months is at most half a million.
const maxPageCells = 20_000_000

// settle adds the rows of measures with the decimals that each measure needs.
func (p *pages) settle() error {
	decimals := map[string]int{}
	for _, r := range p.rows {
		decimals[r.cell.Offence] = max(decimals[r.cell.Offence], r.n.decimals)
	}
	for _, r := range p.rows {
		r.cell.Value, r.cell.Status = r.n.scaled(decimals[r.cell.Offence]), r.n.status
		if err := refusedAt(p.out.AddCell(r.cell), p.name, r.line); err != nil {
			return err
		}
	}
	for code, d := range decimals {
		p.in.Titles = append(p.in.Titles, figures.Title{Code: code, Title: code, Decimals: d})
	}
	return nil
}

// close seals what was gathered.
func (p *pages) close(o Options) (*figures.Import, error) {
	if p.cells == 0 {
		if len(p.in.Titles) == 0 && len(p.in.Areas) == 0 && p.in.Report.Rows == 0 {
			return nil, fault.New(fault.Invalid, "figures.import.empty", "file", p.name)
		}
		return p.in, nil
	}
	p.in.Report.Rows = p.cells
	if err := p.settle(); err != nil {
		return nil, err
	}
	var err error
	if p.in.Sheet, err = p.build.Seal(); err != nil {
		if clash, ok := errors.AsType[*figures.Contradiction](err); ok {
			key := figures.Cell{Offence: clash.A.Offence, Area: clash.A.Area, Period: clash.A.Period}
			return nil, contradiction(p.name, clash, []int{p.lines[key], p.again[key]})
		}
		return nil, err
	}
	return finish(p.name, p.in, o)
}
