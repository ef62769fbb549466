package cbs

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// Want is what a sync fetches.
type Want struct {
	Table    string
	Areas    []string // codes without padding
	Offences []string // empty is all
	From     int      // first year; 0 is all
	Lists    Lists
	Now      time.Time // moment of retrieval
}

// Sync fetches a table for some areas, with the titles and areas of its
// dimensions. Nothing of it is used unless all of it arrived.
//
// Beside the faults of Read it returns cbs.sync.* : Unavailable when the service
// did not answer in spite of all attempts, Invalid when its answer cannot be
// trusted, cbs.sync.nothing when it has no record of what was asked.
func (c *Client) Sync(ctx context.Context, w Want) (*figures.Import, error) {
	o := Options{Retrieved: w.Now, Table: strings.ToUpper(w.Table), Lists: w.Lists, Origin: c.base.String()}
	s := &syncer{c: c, w: w, p: newPages(o.Table, o)}
	if err := s.describe(ctx); err != nil {
		return nil, err
	}
	for _, f := range s.filters() {
		if err := s.ask(ctx, f); err != nil {
			return nil, err
		}
	}
	if s.p.cells == 0 {
		return nil, fault.New(fault.NotFound, "cbs.sync.nothing", "table", w.Table)
	}
	in, err := s.p.close(o)
	if err != nil {
		return nil, err
	}
	in.Source.URL = s.root("")
	return in, nil
}

type syncer struct {
	c       *Client
	w       Want
	p       *pages
	offence string // name of the dimension, "" when the table has none
	area    string
	width   int // to which area codes are padded
	periods []figures.Period
}

// root is the address of an entity set.
func (s *syncer) root(set string) string {
	if s.c.cfg.Version == 4 {
		return s.c.cfg.Base + "/" + s.w.Table + "/" + set
	}
	return s.c.cfg.Base + "/ODataFeed/OData/" + s.w.Table + "/" + set
}

// describe reads the dimensions: their names tell the columns and their keys the
// padding, which must stand in a filter or the service finds nothing.
func (s *syncer) describe(ctx context.Context) error {
	sets := []string{"TableInfos", "DataProperties"}
	suffix := ""
	if s.c.cfg.Version == 4 {
		sets, suffix = []string{"Properties", "Dimensions"}, "Codes"
	}
	var dimensions []string
	for _, set := range sets {
		err := s.c.pages(ctx, s.root(set)+s.format(), func(e *envelope) error {
			rows, err := decodeRows(e)
			if err != nil {
				return err
			}
			for _, v := range rows {
				s.property(set, v, &dimensions)
			}
			return nil
		})
		// Version 4 gives its properties as one object and not as a list; they add
		// nothing that the figures need.
		if err != nil && !(set == "Properties" && fault.Of(err) != nil) {
			return err
		}
	}
	for _, d := range dimensions {
		if err := s.codes(ctx, d, suffix); err != nil {
			return err
		}
	}
	if s.area == "" {
		return fault.New(fault.Invalid, "cbs.sync.no-area-dimension", "table", s.w.Table)
	}
	return nil
}

func (s *syncer) property(set string, v map[string]string, dimensions *[]string) {
	switch {
	case set == "TableInfos":
		describeTable(&s.p.in.Source, v)
	case set == "Dimensions":
		*dimensions = append(*dimensions, v["Identifier"])
	case strings.HasSuffix(v["Type"], "Dimension") || v["Type"] == "GeoDetail":
		*dimensions = append(*dimensions, v["Key"])
		describeColumn(s.p.in, v)
	default:
		describeColumn(s.p.in, v)
	}
}

// codes reads the keys of one dimension.
func (s *syncer) codes(ctx context.Context, name, suffix string) error {
	return s.c.pages(ctx, s.root(name+suffix)+s.format(), func(e *envelope) error {
		rows, err := decodeRows(e)
		if err != nil {
			return err
		}
		for _, v := range rows {
			key := v["Key"]
			if key == "" {
				key = v["Identifier"]
			}
			if p, ok := figures.ParsePeriod(key); ok {
				s.periods = append(s.periods, p)
				continue
			}
			if _, ok := figures.ParseArea(key); ok {
				s.area, s.width = name, max(s.width, len(key))
			} else if name == "SoortMisdrijf" || name == "Overlast" {
				s.offence = name
			}
			describeCode(s.p.in, map[string]string{"Key": key, "Title": v["Title"]})
		}
		return nil
	})
}

func (s *syncer) format() string {
	if s.c.cfg.Version == 4 {
		return ""
	}
	return "?$format=json"
}

// filter is one question: some areas, perhaps one year or one offence.
type filter struct {
	areas   []string
	year    int
	offence string
}

// areasPerFilter keeps the address below 2,000 characters, beyond which the
// service and what stands before it fail.
const areasPerFilter = 20

func (s *syncer) filters() (out []filter) {
	for part := range slices.Chunk(s.w.Areas, areasPerFilter) {
		out = append(out, filter{areas: part})
	}
	return out
}

// padded writes an area code as it stands in the table.
func (s *syncer) padded(code string) string {
	if s.c.cfg.Version == 4 {
		return code
	}
	return fmt.Sprintf("%-*s", s.width, code)
}

// expression writes a filter in the service's language, which has no "in".
func (s *syncer) expression(f filter) string {
	var or []string
	for _, a := range f.areas {
		or = append(or, s.area+" eq '"+s.padded(a)+"'")
	}
	all := []string{"(" + strings.Join(or, " or ") + ")"}
	offences := s.w.Offences
	if f.offence != "" {
		offences = []string{f.offence}
	}
	if len(offences) > 0 && s.offence != "" {
		var or []string
		for _, code := range offences {
			if s.c.cfg.Version == 3 {
				code = fmt.Sprintf("%-6s", code) // all offence codes are padded to 6
			}
			or = append(or, s.offence+" eq '"+code+"'")
		}
		all = append(all, "("+strings.Join(or, " or ")+")")
	}
	from := s.w.From
	if f.year != 0 {
		all = append(all, fmt.Sprintf("startswith(Perioden,'%d')", f.year))
	} else if from != 0 {
		// Text order: every period of a year sorts after its year number.
		all = append(all, fmt.Sprintf("Perioden ge '%d'", from))
	}
	return strings.Join(all, " and ")
}

// ask fetches what a filter selects. A question that is too large is asked again
// in parts: first by area, then by year, then by offence.
func (s *syncer) ask(ctx context.Context, f filter) error {
	set, params := "TypedDataSet", "?$format=json&$filter="
	if s.c.cfg.Version == 4 {
		set, params = "Observations", "?$filter="
	}
	address := s.root(set) + params + url.QueryEscape(s.expression(f))
	err := s.c.pages(ctx, address, func(e *envelope) error { return s.p.add(e.Value, nil) })
	if !errors.Is(err, errTooMany) {
		return err
	}
	parts := s.split(f)
	if len(parts) == 0 {
		return fault.New(fault.Invalid, "cbs.sync.too-many", "table", s.w.Table)
	}
	for _, part := range parts {
		if err := s.ask(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

func (s *syncer) split(f filter) (out []filter) {
	switch {
	case len(f.areas) > 1:
		for part := range slices.Chunk(f.areas, (len(f.areas)+1)/2) {
			out = append(out, filter{areas: part, year: f.year, offence: f.offence})
		}
	case f.year == 0:
		seen := map[int]bool{}
		for _, p := range s.periods {
			if y := p.Year(); !seen[y] && y >= s.w.From {
				seen[y] = true
				out = append(out, filter{areas: f.areas, year: y, offence: f.offence})
			}
		}
	case f.offence == "" && s.offence != "":
		for _, t := range s.p.in.Titles {
			out = append(out, filter{areas: f.areas, year: f.year, offence: t.Code})
		}
	}
	return out
}

// Areas lists the areas of a table that lie in a municipality, with the country:
// what a sync of that municipality asks for.
func (c *Client) Areas(ctx context.Context, table, municipality string) ([]figures.AreaName, error) {
	s := &syncer{c: c, w: Want{Table: table}, p: newPages(table, Options{Table: table})}
	if err := s.describe(ctx); err != nil {
		return nil, err
	}
	var out []figures.AreaName
	for _, a := range s.p.in.Areas {
		if figures.LevelOf(a.Code) == figures.Country || figures.Group(a.Code) == municipality {
			out = append(out, a)
		}
	}
	return out, nil
}
