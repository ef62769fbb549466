package cbs

import (
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// wide is a table with a column per measure: population and the figures of
// neighbourhoods. A measure is kept under its name without the number.
type wide struct {
	name     string
	columns  int
	area     int
	period   int // -1 when the table is of one year
	measures []int
	header   []string
}

// newWide reads a header; ok is false when it has no area or no measure.
func newWide(header []string) (w *wide, ok bool) {
	w = &wide{columns: len(header), area: -1, period: -1, header: header}
	for i, h := range header {
		switch roleOf(h) {
		case areaColumn:
			if w.area < 0 {
				w.area = i
			}
		case periodColumn:
			w.period = i
		default:
			if topicKey.MatchString(h) && !textTopic(stem(h)) || plainMeasure(h) != stem(h) {
				w.measures = append(w.measures, i)
			}
		}
	}
	return w, w.area >= 0 && len(w.measures) > 0
}

func (w *wide) read(rows []record, o Options) (*figures.Import, error) {
	number := o.Table
	if number == "" {
		number = tableNumber(w.name)
	}
	in := &figures.Import{Source: newSource(number, w.name, o)}
	year := figures.Period(0)
	if w.period < 0 {
		t, ok := tableByNumber(number)
		if !ok || t.year == 0 {
			return nil, fault.New(fault.Invalid, "figures.import.no-period", "file", w.name)
		}
		year = figures.YearOf(t.year)
	}
	for _, r := range rows {
		if err := width(w.name, r, w.columns); err != nil {
			return nil, err
		}
	}
	b := &figures.Builder{}
	out := b.Writer()
	seen := map[string]int{} // area and period to line
	lines := map[string]int{}
	for _, m := range w.measures {
		measure := plainMeasure(w.header[m])
		decimals, err := w.decimals(rows, m)
		if err != nil {
			return nil, err
		}
		in.Titles = append(in.Titles, figures.Title{Code: measure, Title: measure, Decimals: decimals})
		for _, r := range rows {
			c := figures.Cell{Offence: measure, Area: strings.TrimRight(r.fields[w.area], " "), Period: year}
			if w.period >= 0 {
				var ok bool
				if c.Period, ok = figures.ParsePeriod(strings.TrimSpace(r.fields[w.period])); !ok {
					return nil, fault.New(fault.Invalid, "figures.import.period", "file", w.name, "line", r.line, "value", show([]byte(r.fields[w.period])))
				}
			}
			n, ok := parseNumber(r.fields[m])
			if !ok {
				return nil, fault.New(fault.Invalid, "figures.import.number", "file", w.name, "line", r.line, "value", show([]byte(r.fields[m])))
			}
			c.Value, c.Status = n.scaled(decimals), n.status
			if err := out.AddCell(c); err != nil {
				return nil, refusedAt(err, w.name, r.line)
			}
			key := c.Area + c.Period.String()
			if earlier := seen[key]; earlier != 0 && earlier != r.line {
				lines[key] = r.line
			} else {
				seen[key] = r.line
			}
		}
	}
	in.Report.Rows = len(rows)
	var err error
	if in.Sheet, err = b.Seal(); err != nil {
		if clash, ok := err.(*figures.Contradiction); ok {
			key := clash.A.Area + clash.A.Period.String()
			return nil, contradiction(w.name, clash, []int{seen[key], lines[key]})
		}
		return nil, err
	}
	return finish(w.name, in, o)
}

// decimals is how many decimals the column needs.
func (w *wide) decimals(rows []record, col int) (int, error) {
	most := 0
	for _, r := range rows {
		n, ok := parseNumber(r.fields[col])
		if !ok {
			return 0, fault.New(fault.Invalid, "figures.import.number", "file", w.name, "line", r.line, "value", show([]byte(r.fields[col])))
		}
		most = max(most, n.decimals)
	}
	return most, nil
}

// number is a value as written: digits without the decimal sign.
type number struct {
	digits   int64
	decimals int
	status   figures.Status
}

func (n number) scaled(decimals int) int64 {
	v := n.digits
	for range decimals - n.decimals {
		v *= 10
	}
	return v
}

// parseNumber reads a number with a decimal comma or point. Empty is not
// published, "." unknown, "*" provisional. A sign that groups thousands is refused
// like any other: "1.234" is then 1 and 234 thousandths.
func parseNumber(s string) (n number, ok bool) {
	s = strings.TrimSpace(s)
	switch s {
	case "":
		return number{status: figures.NotPublished}, true
	case ".":
		return number{status: figures.Unknown}, true
	}
	if t := strings.TrimRight(s, "*"); len(s)-len(t) <= 2 && t != s {
		s, n.status = t, figures.Provisional
	}
	whole, part, split := strings.Cut(s, ",")
	if !split {
		whole, part, split = strings.Cut(s, ".")
	}
	digits := whole + part
	if whole == "" || split && part == "" || len(digits) > 12 || len(part) > 6 || strings.Trim(digits, "0123456789") != "" {
		return n, false
	}
	for _, c := range digits {
		n.digits = n.digits*10 + int64(c-'0')
	}
	n.decimals = len(part)
	return n, n.digits <= figures.MaxValue
}
