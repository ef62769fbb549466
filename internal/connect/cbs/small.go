package cbs

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// record is one row of a small file with the line it begins on.
type record struct {
	line   int
	fields []string
}

// empty reports whether the row is blank, or only separators as the rows between
// the tables of a metadata export.
func (r record) empty() bool {
	return !slices.ContainsFunc(r.fields, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// readWhole reads a file that is kept in memory, and checks size and encoding.
func readWhole(name string, r io.Reader, o Options) ([]byte, error) {
	limit := min(o.maxBytes(), smallLimit)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fault.Because(err, fault.Unavailable, "figures.import.read", "file", name)
	}
	if int64(len(data)) > limit {
		return nil, fault.New(fault.Invalid, "figures.import.too-large", "file", name, "max", limit>>20)
	}
	if !utf8.Valid(data) {
		good := len(data)
		for i := 0; i < len(data); {
			c, n := utf8.DecodeRune(data[i:])
			if c == utf8.RuneError && n == 1 {
				good = i
				break
			}
			i += n
		}
		return nil, fault.New(fault.Invalid, "figures.import.encoding", "file", name, "line", 1+bytes.Count(data[:good], newline))
	}
	return data, nil
}

func readRecords(name string, data []byte, delim byte) ([]record, error) {
	c := csvReader(bytes.NewReader(data), delim)
	var out []record
	for {
		fields, err := c.Read()
		if err == io.EOF {
			return out, nil
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, fault.Because(err, fault.Invalid, "figures.import.quote", "file", name, "line", bad.StartLine)
		}
		if err != nil {
			return nil, err
		}
		line, _ := c.FieldPos(0)
		out = append(out, record{line, fields})
	}
}

// readSmall recognises the files that are not one cell per row.
func readSmall(name string, r io.Reader, delim byte, o Options) (*figures.Import, error) {
	data, err := readWhole(name, r, o)
	if err != nil {
		return nil, err
	}
	rows, err := readRecords(name, data, delim)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "figures.import.empty", "file", name)
	}
	if isMetadata(rows[0].fields) {
		return readMetadata(name, rows, o)
	}
	if w, ok := newWide(rows[0].fields); ok {
		w.name = name
		return w.read(rows[1:], o)
	}
	if isScreenExport(rows) {
		return readScreenExport(name, rows, o)
	}
	return nil, fault.New(fault.Invalid, "figures.import.unrecognised", "file", name, "line", rows[0].line, "header", show([]byte(strings.Join(rows[0].fields, ", "))))
}

// width checks that a row has as many fields as its header.
func width(name string, r record, want int) error {
	if len(r.fields) != want {
		return fault.New(fault.Invalid, "figures.import.columns", "file", name, "line", r.line, "got", len(r.fields), "want", want)
	}
	return nil
}
