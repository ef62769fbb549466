package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"baken/internal/app"
	"baken/internal/crimemonitor"
	"baken/internal/kernel/work"
)

type importCmd struct {
	Figures importFiguresCmd `cmd:"" help:"Crime and population figures: OData v3/v4 JSON, StatLine CSV, CSV."`
	Areas   importAreasCmd   `cmd:"" help:"Area geometry: GeoJSON in RD or WGS84."`
	Streets importStreetsCmd `cmd:"" help:"Streets of the municipality, in place of those it had: GeoJSON lines with a name, in RD or WGS84."`
}

type importFiguresCmd struct {
	Files []string `arg:"" help:"Files to read, each stored whole or not at all."`
	JSON  bool     `help:"As JSON." name:"json"`
}

func (cmd importFiguresCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		var failed error
		for _, name := range cmd.Files {
			err := importFile(name, func(r io.Reader) error {
				out, err := h.Crime.Import(c.ctx, work.System("cli"), filepath.Base(name), r)
				if err == nil {
					c.outcome(out, cmd.JSON)
				}
				return err
			})
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %s", name, c.explain(err)))
			}
		}
		return failed
	})
}

func importFile(name string, fn func(io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(fn(f), f.Close())
}

// outcome prints what an import did.
func (c *console) outcome(o crimemonitor.Outcome, asJSON bool) {
	p := c.printer()
	if o.Snapshot == nil {
		fmt.Fprintf(c.out, "%s: %s\n", o.File, p.T("crimemonitor.import.metadata"))
		return
	}
	s := o.Snapshot
	if asJSON {
		json.NewEncoder(c.out).Encode(map[string]any{"file": o.File, "snapshot": s.ID, "table": s.Source.Table, "cells": s.Cells, "unchanged": o.Unchanged,
			"changes": s.Changes, "unknownAreas": o.Report.UnknownAreas, "unknownOffences": o.Report.UnknownOffences, "unknownNames": o.Report.UnknownNames})
		return
	}
	what := p.T("crimemonitor.import.changes", "added", p.Int(s.Changes.Added), "revised", p.Int(s.Changes.Revised), "removed", p.Int(s.Changes.Removed))
	if o.Unchanged {
		what = p.T("crimemonitor.import.unchanged")
	}
	fmt.Fprintf(c.out, "%s: %s, %s: %s\n", o.File, s.Source.Table, p.T("crimemonitor.import.cells", "n", s.Cells), what)
	for _, n := range o.Report.Notes {
		fmt.Fprintln(c.out, "  "+p.T(n.Code, n.Args...))
	}
	for code, list := range map[string][]string{"crimemonitor.import.unknown-areas": o.Report.UnknownAreas,
		"crimemonitor.import.unknown-offences": o.Report.UnknownOffences, "crimemonitor.import.unknown-names": o.Report.UnknownNames} {
		if len(list) > 0 {
			fmt.Fprintf(c.out, "  %s: %s\n", p.T(code, "n", len(list)), strings.Join(list[:min(len(list), 20)], ", "))
		}
	}
}

type importAreasCmd struct {
	Files []string `arg:"" help:"GeoJSON files."`
}

func (cmd importAreasCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		for _, name := range cmd.Files {
			err := importFile(name, func(r io.Reader) error {
				n, err := h.Crime.ImportAreas(c.ctx, work.System("cli"), filepath.Base(name), r)
				if err == nil {
					fmt.Fprintf(c.out, "%s: %s\n", name, c.printer().T("crimemonitor.areas.stored", "n", n))
				}
				return err
			})
			if err != nil {
				return fmt.Errorf("%s: %s", name, c.explain(err))
			}
		}
		return nil
	})
}

type importStreetsCmd struct {
	File string `arg:"" help:"GeoJSON file with every street, such as the NWB road file cut to the municipality."`
}

func (cmd importStreetsCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		return importFile(cmd.File, func(r io.Reader) error {
			n, err := h.Crime.ImportStreets(c.ctx, work.System("cli"), filepath.Base(cmd.File), r)
			if err != nil {
				return fmt.Errorf("%s: %s", cmd.File, c.explain(err))
			}
			fmt.Fprintf(c.out, "%s: %s\n", cmd.File, c.printer().T("places.streets.stored", "n", n))
			return nil
		})
	})
}

type syncCmd struct {
	Figures syncFiguresCmd `cmd:"" help:"Fetch the figures of the own municipality and the country."`
}

type syncFiguresCmd struct{}

func (syncFiguresCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		all, err := h.Crime.Sync(c.ctx, work.System("cli"))
		for _, o := range all {
			c.outcome(o, false)
		}
		return err
	})
}

type crimeCmd struct {
	Series crimeSeriesCmd `cmd:"" help:"Print a series with source, snapshot date and status per cell."`
}

type crimeSeriesCmd struct {
	Area    string `required:"" help:"Code: GM0556, BU05560101, NL00." placeholder:"CODE"`
	Offence string `required:"" help:"Code such as 1.1.1, or hic for the four series." placeholder:"CODE"`
	From    string `help:"First period: 2015, 2015JJ00 or 2023MM01." placeholder:"PERIOD"`
	To      string `help:"Last period." placeholder:"PERIOD"`
	Months  bool   `help:"Months instead of years."`
	JSON    bool   `help:"As JSON." name:"json"`
}

// seriesJSON is the shape of architecture.md 9.
type seriesJSON struct {
	Area      string     `json:"area"`
	Offence   string     `json:"offence"`
	Title     string     `json:"title"`
	Source    string     `json:"source"`
	Table     string     `json:"table"`
	Retrieved string     `json:"retrieved"`
	Snapshot  string     `json:"snapshot"`
	Cells     []cellJSON `json:"cells"`
}

type cellJSON struct {
	Period string `json:"period"`
	Value  *int64 `json:"value"`
	Status string `json:"status"`
}

func (cmd crimeSeriesCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		all, err := h.Crime.Find(c.ctx, work.System("cli"), crimemonitor.Ask{Area: cmd.Area, Offence: cmd.Offence, From: cmd.From, To: cmd.To, Months: cmd.Months})
		if err != nil {
			return err
		}
		out := make([]seriesJSON, len(all))
		for i, s := range all {
			out[i] = shape(s)
		}
		if cmd.JSON {
			enc := json.NewEncoder(c.out)
			if cmd.Offence != "hic" {
				return enc.Encode(out[0])
			}
			return enc.Encode(out)
		}
		return c.printSeries(out)
	})
}

func shape(s crimemonitor.Found) seriesJSON {
	out := seriesJSON{Area: s.Area, Offence: s.Offence, Title: s.Title, Cells: []cellJSON{}}
	if s.Snapshot != nil {
		src := s.Snapshot.Source
		out.Source, out.Table, out.Snapshot = src.Publisher, src.Table, s.Snapshot.ID
		out.Retrieved = src.Retrieved.UTC().Format(time.DateOnly)
	}
	for period, point := range s.Line.All() {
		cell := cellJSON{Period: period.String(), Status: s.Status(period, point).String()}
		if point.Status().Known() {
			v := point.Value()
			cell.Value = &v
		}
		out.Cells = append(out.Cells, cell)
	}
	return out
}

func (c *console) printSeries(all []seriesJSON) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, s := range all {
		fmt.Fprintf(w, "%s %s\t%s\t%s %s\n", s.Offence, s.Title, s.Area, s.Table, s.Retrieved)
		for _, x := range s.Cells {
			v := "-"
			if x.Value != nil {
				v = fmt.Sprint(*x.Value)
			}
			fmt.Fprintf(w, "  %s\t%s\t%s\n", x.Period, v, x.Status)
		}
	}
	return w.Flush()
}
