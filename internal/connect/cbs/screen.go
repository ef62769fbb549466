package cbs

import (
	"slices"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// isScreenExport recognises what StatLine's download button gives: a title, then
// rows "Onderwerp" and "Perioden" whose further cells head the columns.
func isScreenExport(rows []record) bool {
	return headRow(rows, "Perioden") >= 0 && len(rows[0].fields) == 1
}

func headRow(rows []record, name string) int {
	return slices.IndexFunc(rows[:min(len(rows), 12)], func(r record) bool { return r.fields[0] == name && len(r.fields) > 1 })
}

// readScreenExport reads an export with areas down and periods across. It has
// names in the place of codes; names that do not lead to one code are listed in
// the report and their cells are left out.
func readScreenExport(name string, rows []record, o Options) (*figures.Import, error) {
	periods := headRow(rows, "Perioden")
	first := slices.IndexFunc(rows, func(r record) bool { return strings.HasPrefix(r.fields[0], "Regio") })
	if first < 0 {
		first = slices.IndexFunc(rows, func(r record) bool { return strings.HasPrefix(r.fields[0], "Wijken en buurten") })
	}
	last := rows[len(rows)-1]
	if first < periods || len(last.fields) != 1 || !strings.HasPrefix(last.fields[0], "Bron") {
		// The source line ends every export; without it the file was cut off.
		return nil, fault.New(fault.Invalid, "figures.import.truncated", "file", name, "line", last.line)
	}
	number := o.Table
	if number == "" {
		if number = tableNumber(name); number == "" {
			number = tableByTitle(rows[0].fields[0])
		}
	}
	in := &figures.Import{Source: newSource(number, name, o)}
	in.Source.Title = rows[0].fields[0]
	x := &screen{name: name, in: in, index: newNameIndex(o.Lists.Areas), header: rows[periods]}
	var err error
	if x.offence, err = x.offenceOf(rows[:periods], o); err != nil {
		return nil, err
	}
	if err := x.columns(rows[:periods]); err != nil {
		return nil, err
	}
	return x.read(rows[first+1:len(rows)-1], o)
}

// tableByTitle finds the table of an export by its title without the year.
func tableByTitle(title string) string {
	switch {
	case strings.HasPrefix(title, "Geregistreerde misdrijven en aangiften; soort misdrijf, gemeente"):
		return "47013NED"
	case strings.HasPrefix(title, "Geregistreerde misdrijven; soort misdrijf, wijk, buurt, jaar"):
		return "47018NED"
	case strings.HasPrefix(title, "Geregistreerde misdrijven; soort misdrijf, wijk, buurt, maand"):
		return "47022NED"
	}
	return ""
}

type screen struct {
	name    string
	in      *figures.Import
	index   nameIndex
	header  record
	offence string
	periods []figures.Period // per column after the first
	status  []figures.Status // provisional columns
	suffix  []string         // per column: "" or "#measure"
}

// offenceOf reads the line "Soort misdrijf: Totaal misdrijven".
func (x *screen) offenceOf(rows []record, o Options) (string, error) {
	for _, r := range rows {
		_, title, ok := strings.Cut(r.fields[0], ": ")
		if !ok || len(r.fields) != 1 || !strings.HasPrefix(r.fields[0], "Soort") {
			continue
		}
		title = strings.TrimSpace(title)
		if strings.HasPrefix(title, "Totaal ") {
			return total, nil
		}
		for _, t := range o.Lists.Offences {
			if title == t.Title || title == t.Code+" "+t.Title {
				return t.Code, nil
			}
		}
		return "", fault.New(fault.Invalid, "figures.import.offence-name", "file", x.name, "line", r.line, "value", show([]byte(title)))
	}
	return "", fault.New(fault.Invalid, "figures.import.no-offence", "file", x.name)
}

// columns reads what each column holds: its period from "2022", "2023*" or "2025
// januari", and its measure from the row "Onderwerp".
func (x *screen) columns(above []record) error {
	var topics []string
	if i := headRow(above, "Onderwerp"); i >= 0 {
		topics = above[i].fields
	}
	for i, text := range x.header.fields[1:] {
		p, ok := namedPeriod(strings.TrimRight(text, "* "))
		if !ok {
			return fault.New(fault.Invalid, "figures.import.period", "file", x.name, "line", x.header.line, "value", show([]byte(text)))
		}
		status, suffix := figures.Published, ""
		if strings.Contains(text, "*") {
			status = figures.Provisional
		}
		if i+1 < len(topics) {
			switch m := strings.TrimSpace(topics[i+1]); m {
			case "", "Geregistreerde misdrijven", "Geregistreerde overlast":
			default:
				suffix = "#" + m
			}
		}
		x.periods, x.status, x.suffix = append(x.periods, p), append(x.status, status), append(x.suffix, suffix)
	}
	return nil
}

var monthNames = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// namedPeriod reads a period as the screen shows it.
func namedPeriod(s string) (figures.Period, bool) {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 3 {
		return 0, false
	}
	year, ok := figures.ParsePeriod(words[0] + "JJ00")
	switch {
	case !ok || len(words) == 1:
		return year, ok
	case len(words) == 2:
		m := slices.Index(monthNames, strings.ToLower(words[1]))
		return figures.MonthOf(year.Year(), m+1), m >= 0
	}
	// "2025 1e kwartaal"
	q := strings.Index("1234", words[1][:1]) + 1
	return figures.QuarterOf(year.Year(), q), q > 0 && words[1][1:] == "e" && words[2] == "kwartaal"
}

func (x *screen) read(rows []record, o Options) (*figures.Import, error) {
	b := &figures.Builder{}
	out := b.Writer()
	lines := map[string]int{}
	for _, r := range rows {
		if err := width(x.name, r, len(x.header.fields)); err != nil {
			return nil, err
		}
		code, ok := x.index.find(r.fields[0])
		if !ok {
			x.in.Report.UnknownNames = append(x.in.Report.UnknownNames, strings.TrimSpace(r.fields[0]))
		}
		for i, text := range r.fields[1:] {
			v, status, bad := (&layout{empty: figures.NotPublished}).value([]byte(strings.TrimSpace(text)))
			if bad != "" {
				return nil, fault.New(fault.Invalid, bad, "file", x.name, "line", r.line, "value", show([]byte(text)))
			}
			if status == figures.Published {
				status = x.status[i]
			}
			if !ok {
				continue
			}
			if err := out.AddCell(figures.Cell{Offence: x.offence + x.suffix[i], Area: code, Period: x.periods[i], Value: v, Status: status}); err != nil {
				return nil, err
			}
		}
		if earlier := lines[code]; ok && earlier != 0 {
			return nil, fault.New(fault.Invalid, "figures.import.same-area", "file", x.name, "line", r.line, "earlier", earlier, "area", code)
		}
		lines[code] = r.line
	}
	x.in.Report.Rows = len(rows)
	var err error
	if x.in.Sheet, err = b.Seal(); err != nil {
		return nil, err
	}
	if x.in.Sheet.Cells == 0 {
		return nil, fault.New(fault.Invalid, "figures.import.no-known-name", "file", x.name)
	}
	return finish(x.name, x.in, o)
}
