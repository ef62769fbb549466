package figures_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baken/internal/kernel/figures"
)

// sheet seals cells given to two writers in turn.
func sheet(t testing.TB, cells ...figures.Cell) *figures.Sheet {
	t.Helper()
	s, err := trySheet(cells)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func trySheet(cells []figures.Cell) (*figures.Sheet, error) {
	b := &figures.Builder{}
	w := []*figures.Writer{b.Writer(), b.Writer()}
	for i, c := range cells {
		if err := w[i%2].AddCell(c); err != nil {
			return nil, err
		}
	}
	return b.Seal()
}

func drawCell(t *rapid.T) figures.Cell {
	c := figures.Cell{
		Offence: rapid.SampledFrom([]string{"0.0.0", "1.1.1", "1.4.6", "2.6.10", "GeregistreerdeMisdrijven"}).Draw(t, "offence"),
		Area:    rapid.SampledFrom([]string{"NL00", "PV28", "GM0556", "WK055601", "BU05560101", "BU05560102", "GM1680"}).Draw(t, "area"),
		Value:   rapid.OneOf(rapid.Int64Range(0, 40), rapid.Int64Range(0, figures.MaxValue)).Draw(t, "value"),
		Status:  figures.Status(rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3}).Draw(t, "status")),
	}
	if rapid.Bool().Draw(t, "month") {
		c.Period = figures.MonthOf(rapid.IntRange(1990, 2030).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "m"))
	} else {
		c.Period = figures.YearOf(rapid.IntRange(1880, 2199).Draw(t, "year"))
	}
	if !c.Status.Known() {
		c.Value = 0
	}
	return c
}

func TestSheetGivesBackWhatWasAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		byKey := map[[3]string]figures.Cell{}
		for _, c := range rapid.SliceOfN(rapid.Custom(drawCell), 0, 200).Draw(t, "cells") {
			byKey[[3]string{c.Area, c.Offence, c.Period.String()}] = c
		}
		var cells []figures.Cell
		for _, c := range byKey {
			cells = append(cells, c)
		}
		s, err := trySheet(cells)
		if err != nil {
			t.Fatal(err)
		}
		got := map[[3]string]figures.Cell{}
		for c := range s.All() {
			got[[3]string{c.Area, c.Offence, c.Period.String()}] = c
		}
		if diff := cmp.Diff(byKey, got); diff != "" || s.Cells != len(byKey) {
			t.Fatalf("cells changed on the way (-want +got):\n%s", diff)
		}
	})
}

// A chunk is named by its content, so the order of rows and the number of cores
// must not change it.
func TestSheetDoesNotDependOnOrder(t *testing.T) {
	var cells []figures.Cell
	for _, area := range []string{"BU05560101", "BU05560102", "GM0556", "GM1680", "NL00"} {
		for m := range 30 {
			cells = append(cells, figures.Cell{Offence: []string{"1.1.1", "0.0.0", "1.4.6"}[m%3], Area: area, Period: figures.MonthOf(2012, 1).Add(m), Value: int64(m * m)})
		}
	}
	want := sheet(t, cells...)
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(cells), func(i, j int) { cells[i], cells[j] = cells[j], cells[i] })
		got := sheet(t, cells...)
		for i := range want.Parts {
			if got.Parts[i].Hash != want.Parts[i].Hash {
				t.Fatalf("group %s depends on the order of rows", want.Parts[i].Group)
			}
		}
	}
}

func TestChunkDoesNotDependOnOtherMunicipalities(t *testing.T) {
	mine := figures.Cell{Offence: "1.1.1", Area: "GM0556", Period: figures.YearOf(2023), Value: 30}
	theirs := figures.Cell{Offence: "0.0.0", Area: "GM1680", Period: figures.YearOf(2023), Value: 669}
	if a, b := sheet(t, mine), sheet(t, theirs, mine); a.Parts[0].Hash != b.Parts[0].Hash {
		t.Error("a figure elsewhere changed the chunk of Maassluis")
	}
}

func TestSameKeyTwice(t *testing.T) {
	a := figures.Cell{Offence: "1.1.1", Area: "GM0556", Period: figures.YearOf(2023), Value: 30}
	if s := sheet(t, a, a, a); s.Cells != 1 || s.Duplicates != 2 {
		t.Errorf("three equal rows: %d cells, %d duplicates", s.Cells, s.Duplicates)
	}
	b := a
	b.Value = 31
	_, err := trySheet([]figures.Cell{b, a})
	clash, ok := errors.AsType[*figures.Contradiction](err)
	if !ok || clash.A != a || clash.B != b {
		t.Errorf("30 and 31 for one cell: %v", err)
	}
}

func TestWritersWorkAtOnce(t *testing.T) {
	b := &figures.Builder{}
	var wait sync.WaitGroup
	for k := range 4 {
		w := b.Writer()
		wait.Go(func() {
			for m := range 1000 {
				area := []string{"BU05560101", "BU05560102", "GM1680"}[m%3]
				if err := w.AddCell(figures.Cell{Offence: "1.1.1", Area: area, Period: figures.MonthOf(1900+k*90, 1).Add(m), Value: 1}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	s, err := b.Seal()
	if err != nil || s.Cells != 4000 {
		t.Fatalf("%v, %v", s, err)
	}
}

func TestScopeTellsLevelsApart(t *testing.T) {
	s := sheet(t,
		figures.Cell{Offence: "1.4.1", Area: "GM0556", Period: figures.YearOf(2023), Value: 12},
		figures.Cell{Offence: "1.1.1", Area: "GM0556", Period: figures.YearOf(2023), Value: 30},
		figures.Cell{Offence: "1.1.1", Area: "BU05560101", Period: figures.YearOf(2022), Value: 3},
		figures.Cell{Offence: "1.1.1", Area: "BU05560101", Period: figures.MonthOf(2022, 5), Value: 3},
	)
	want := figures.Scope{Groups: []string{"GM0556"}, Blocks: []figures.Block{
		{Level: "BU", Kind: figures.Year, Offences: []string{"1.1.1"}, Periods: figures.Periods{figures.YearOf(2022)}},
		{Level: "BU", Kind: figures.Month, Offences: []string{"1.1.1"}, Periods: figures.Periods{figures.MonthOf(2022, 5)}},
		{Level: "GM", Kind: figures.Year, Offences: []string{"1.1.1", "1.4.1"}, Periods: figures.Periods{figures.YearOf(2023)}},
	}}
	if diff := cmp.Diff(want, s.Scope); diff != "" {
		t.Error(diff)
	}
}

func TestAddRefuses(t *testing.T) {
	w := (&figures.Builder{}).Writer()
	good := figures.Cell{Offence: "1.1.1", Area: "GM0556", Period: figures.YearOf(2023), Value: 1}
	for name, change := range map[string]func(*figures.Cell){
		"negative":      func(c *figures.Cell) { c.Value = -1 },
		"too large":     func(c *figures.Cell) { c.Value = figures.MaxValue + 1 },
		"no area":       func(c *figures.Cell) { c.Area = "GM55" },
		"padded area":   func(c *figures.Cell) { c.Area = "GM0556 " },
		"empty offence": func(c *figures.Cell) { c.Offence = "" },
	} {
		bad := good
		change(&bad)
		if w.AddCell(bad) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := w.AddCell(good); err != nil {
		t.Error(err)
	}
}

func FuzzOpenChunk(f *testing.F) {
	for _, data := range figures.Chunks(sheet(f,
		figures.Cell{Offence: "1.1.1", Area: "GM0556", Period: figures.YearOf(2023), Value: 30},
		figures.Cell{Offence: "0.0.0", Area: "NL00", Period: figures.MonthOf(2023, 1), Value: 70123},
		figures.Cell{Offence: "1.4.1", Area: "NL00", Period: figures.MonthOf(2023, 1), Status: figures.NotPublished})) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cells, err := figures.DecodeChunk(slices.Clone(data))
		if err == nil && len(cells) > len(data) {
			t.Fatalf("%d bytes gave %d cells", len(data), len(cells))
		}
	})
}
