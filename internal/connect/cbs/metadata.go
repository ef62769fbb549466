package cbs

import (
	"slices"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// The heads of the tables that describe a table: the description itself, the
// roles of its columns, and a list of codes per dimension.
var (
	infoHead       = []string{"ID", "Title", "ShortTitle", "Identifier"}
	propertiesHead = []string{"ID", "Position", "ParentID", "Type", "Key"}
	codesHead      = []string{"Key", "Title"}
	offenceHead    = []string{"code", "odata_key", "titel"}
	incidentHead   = []string{"code", "titel", "inp_code"}
)

func startsWith(fields, head []string) bool {
	return len(fields) >= len(head) && slices.Equal(fields[:len(head)], head)
}

func isHead(fields []string) bool {
	if len(fields) > 0 && fields[0] == "odata.type" {
		fields = fields[1:]
	}
	return startsWith(fields, infoHead) || startsWith(fields, propertiesHead) || startsWith(fields, codesHead) ||
		startsWith(fields, offenceHead) || startsWith(fields, incidentHead)
}

// isMetadata reports whether a first row begins a file of metadata: a head, or
// the name of the first of several tables alone on its row.
func isMetadata(fields []string) bool {
	return isHead(fields) || fields[0] == "TableInfos" && !slices.ContainsFunc(fields[1:], func(s string) bool { return s != "" })
}

// readMetadata reads one or several tables of metadata from a file. The import
// has no cells.
func readMetadata(name string, rows []record, o Options) (*figures.Import, error) {
	number := o.Table
	if number == "" {
		number = tableNumber(name)
	}
	in := &figures.Import{Source: newSource(number, name, o)}
	var head []string
	for i, r := range rows {
		switch {
		case r.empty():
			continue
		case isHead(r.fields):
			head = trimTail(r.fields)
			continue
		case i+1 < len(rows) && isHead(rows[i+1].fields):
			continue // the name of the next table
		}
		if len(r.fields) < len(head) {
			return nil, width(name, r, len(head))
		}
		values := map[string]string{}
		for j, key := range head {
			values[key] = r.fields[j]
		}
		if err := describe(in, head, values, r.line, name); err != nil {
			return nil, err
		}
	}
	if len(in.Titles) == 0 && len(in.Areas) == 0 && in.Source.Modified.IsZero() && in.Report.Rows == 0 {
		return nil, fault.New(fault.Invalid, "figures.import.empty", "file", name)
	}
	return in, nil
}

// trimTail drops the empty columns that a spreadsheet adds to the right.
func trimTail(fields []string) []string {
	for len(fields) > 0 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	return fields
}

// describe takes one row of metadata into the import.
func describe(in *figures.Import, head []string, v map[string]string, line int, name string) error {
	in.Report.Rows++
	switch {
	case v["Identifier"] != "":
		if in.Source.Table != v["Identifier"] && tableNumber(in.Source.Table) != "" {
			return fault.New(fault.Invalid, "figures.import.other-table", "file", name, "line", line, "want", in.Source.Table, "got", v["Identifier"])
		}
		describeTable(&in.Source, v)
	case v["Type"] != "":
		describeColumn(in, v)
	case v["odata_key"] != "" || v["inp_code"] != "":
		if !slices.ContainsFunc(in.Titles, func(t figures.Title) bool { return t.Code == v["code"] }) {
			in.Titles = append(in.Titles, figures.Title{Code: v["code"], Title: v["titel"]})
		}
	case v["Key"] != "":
		describeCode(in, v)
	default:
		return fault.New(fault.Invalid, "figures.import.metadata-row", "file", name, "line", line)
	}
	return nil
}

func describeTable(s *figures.Source, v map[string]string) {
	s.Table, s.Title = strings.ToUpper(v["Identifier"]), v["Title"]
	// The service gives no zone; its tables change at night, Dutch time.
	if at, err := time.Parse("2006-01-02T15:04:05", v["Modified"]); err == nil {
		s.Modified = at
	}
	if v["Catalog"] != "" {
		s.Publisher = v["Catalog"]
	}
	if y := layoutYear(v["ExplanatoryText"]); y != 0 {
		s.Layout = y
	}
}

// layoutYear finds the year of the area layout in words such as "Wijken en
// buurten (indeling 2024)" or "de nieuwe buurtindeling van 2024"; 0 when there
// is none.
func layoutYear(s string) int {
	i := strings.Index(s, "indeling")
	if i < 0 {
		return 0
	}
	rest := s[i:]
	for j := 0; j+4 <= len(rest) && j < 30; j++ {
		if p, ok := figures.ParsePeriod(rest[j:j+4] + "JJ00"); ok && p.Year() >= 1990 {
			return p.Year()
		}
	}
	return 0
}

func describeColumn(in *figures.Import, v map[string]string) {
	switch v["Type"] {
	case "GeoDetail", "GeoDimension":
		if y := layoutYear(v["Description"]); y != 0 {
			in.Source.Layout = y
		}
	case "Topic":
		if slices.Contains(mainMeasures, stem(v["Key"])) {
			in.Source.AbsentZero = v["Default"] == "Zero"
		}
	}
}

// describeCode takes a code of a dimension: what it is a code of follows from its
// shape, since the lists of one file do not always say.
func describeCode(in *figures.Import, v map[string]string) {
	if _, ok := figures.ParsePeriod(v["Key"]); ok {
		return // titles of periods follow from their codes
	}
	if area, ok := figures.ParseArea(v["Key"]); ok {
		in.Areas = append(in.Areas, figures.AreaName{Code: area, Name: strings.TrimSpace(v["Title"])})
		return
	}
	code := strings.TrimRight(v["Key"], " ")
	title := strings.TrimSpace(strings.TrimPrefix(v["Title"], code+" "))
	in.Titles = append(in.Titles, figures.Title{Code: code, Title: title})
}
