package figures_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/work"
)

// noLog takes audit entries and keeps them.
type noLog struct{ entries []work.Stamped }

func (n *noLog) Append(_ *db.Tx, e []work.Stamped) error {
	n.entries = append(n.entries, e...)
	return nil
}
func (n *noLog) Store(context.Context, []work.Stamped) error { return nil }

// bundle is a store on a fresh database.
type bundle struct {
	t    testing.TB
	keep *work.Keeper
	log  *noLog
	*figures.Store
}

func setup(t testing.TB, d *db.DB) *bundle {
	log := &noLog{}
	clock := func() time.Time { return time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC) }
	return &bundle{t, work.NewKeeper(d, log, clock), log, figures.NewStore(1 << 20)}
}

func (b *bundle) save(day int, cells ...figures.Cell) (*figures.Snapshot, bool) {
	b.t.Helper()
	in := &figures.Import{Sheet: sheet(b.t, cells...), Titles: []figures.Title{{Code: "1.1.1", Title: "Diefstal/inbraak woning"}},
		Source: figures.Source{Table: "47018NED", Publisher: "Politie", Retrieved: time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC)}}
	var snap *figures.Snapshot
	var unchanged bool
	err := b.keep.Do(context.Background(), work.System("test"), "monitor", func(u *work.Unit) (err error) {
		snap, unchanged, err = b.Save(u, "figures.import", in)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return snap, unchanged
}

func (b *bundle) see(fn func(u *work.Unit) error) {
	b.t.Helper()
	if err := b.keep.See(context.Background(), work.System("test"), "monitor", fn); err != nil {
		b.t.Fatal(err)
	}
}

// series renders one answer as text: "GM0556 1.1.1: 2012=136 2013=153".
func (b *bundle) series(q figures.Query) string {
	b.t.Helper()
	var out []string
	q.Table = "47018NED"
	b.see(func(u *work.Unit) error {
		a, err := b.Series(u, q)
		if err != nil {
			return err
		}
		for _, l := range a.Lines {
			words := []string{l.Area + " " + l.Offence + ":"}
			for period, p := range l.All() {
				v := map[bool]string{true: itoa(p.Value()), false: p.Status().String()}[p.Status().Known()]
				words = append(words, period.String()+"="+v+"@"+a.Snapshots[p.From()].Source.Retrieved.Format("2"))
			}
			out = append(out, strings.Join(words, " "))
		}
		return nil
	})
	return strings.Join(out, "\n")
}

func (b *bundle) changes(id string) (out []string) {
	b.t.Helper()
	b.see(func(u *work.Unit) error {
		for c, err := range b.Changes(u, id) {
			if err != nil {
				return err
			}
			side := func(v *figures.Value) string {
				if v == nil {
					return "-"
				}
				return itoa(v.Value)
			}
			out = append(out, c.Area+" "+c.Offence+" "+c.Period.String()+" "+side(c.Before)+">"+side(c.After))
		}
		return nil
	})
	return out
}

func itoa(v int64) string { return strconv.FormatInt(v, 10) }

func cell(offence, area, period string, v int64) figures.Cell {
	p, ok := figures.ParsePeriod(period)
	if !ok {
		panic(period)
	}
	return figures.Cell{Offence: offence, Area: area, Period: p, Value: v}
}

func TestLaterImportLiesOnEarlierOnes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.save(1, cell("1.1.1", "GM0556", "2022JJ00", 63), cell("1.1.1", "GM0556", "2023JJ00", 31), cell("0.0.0", "BU05560101", "2023JJ00", 107))
		second, _ := b.save(5, cell("1.1.1", "GM0556", "2023JJ00", 30), cell("1.1.1", "GM0556", "2024JJ00", 44), cell("1.4.5", "GM0556", "2024JJ00", 80))
		q := figures.Query{Areas: []string{"GM0556", "BU05560101"}, Offences: []string{"0.0.0", "1.1.1", "1.4.5"}, Kind: figures.Year}
		want := `GM0556 0.0.0:
GM0556 1.1.1: 2022JJ00=63@1 2023JJ00=30@5 2024JJ00=44@5
GM0556 1.4.5: 2023JJ00=not-published@5 2024JJ00=80@5
BU05560101 0.0.0: 2023JJ00=107@1
BU05560101 1.1.1:
BU05560101 1.4.5:`
		if got := b.series(q); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		wantChanges := []string{"GM0556 1.1.1 2023JJ00 31>30", "GM0556 1.1.1 2024JJ00 ->44", "GM0556 1.4.5 2024JJ00 ->80"}
		if diff := cmp.Diff(wantChanges, b.changes(second.ID)); diff != "" {
			t.Error(diff)
		}
		by := []figures.Count{{Offence: "1.1.1", Year: 2023, Revised: 1}, {Offence: "1.1.1", Year: 2024, Added: 1}, {Offence: "1.4.5", Year: 2024, Added: 1}}
		if diff := cmp.Diff(figures.Summary{Added: 2, Revised: 1}, second.Changes); diff != "" {
			t.Error(diff)
		}
		b.see(func(u *work.Unit) error {
			got, err := b.Counts(u, second.ID)
			if diff := cmp.Diff(by, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
	})
}

func TestEarlierSnapshotStaysReadable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		first, _ := b.save(1, cell("1.1.1", "GM0556", "2023JJ00", 31), cell("1.1.1", "GM0556", "2022JJ00", 63))
		third, _ := b.save(9, cell("1.1.1", "GM0556", "2023JJ00", 30))
		q := figures.Query{Areas: []string{"GM0556"}, Offences: []string{"1.1.1"}, Kind: figures.Year, Snapshot: first.ID}
		if got := b.series(q); got != "GM0556 1.1.1: 2022JJ00=63@1 2023JJ00=31@1" {
			t.Errorf("as it was: %s", got)
		}
		// A file retrieved in between, imported late, changes nothing that is newer.
		b.save(5, cell("1.1.1", "GM0556", "2023JJ00", 29), cell("1.1.1", "GM0556", "2021JJ00", 46))
		q.Snapshot = ""
		if got := b.series(q); got != "GM0556 1.1.1: 2021JJ00=46@5 2022JJ00=63@1 2023JJ00=30@9" {
			t.Errorf("now: %s", got)
		}
		if got := b.changes(third.ID); !slices.Equal(got, []string{"GM0556 1.1.1 2023JJ00 31>30"}) {
			t.Errorf("the list of the third import changed afterwards: %v", got)
		}
	})
}

func TestRefreshThatChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		cells := []figures.Cell{cell("1.1.1", "GM0556", "2023JJ00", 30), cell("1.1.1", "GM1680", "2023JJ00", 7)}
		first, unchanged := b.save(1, cells...)
		if unchanged || !first.Changes.First {
			t.Fatal("the first import is new")
		}
		again, unchanged := b.save(8, cells...)
		if !unchanged || again.ID != first.ID {
			t.Fatalf("an identical import made a new snapshot")
		}
		cells[0].Value = 31
		next, unchanged := b.save(9, cells...)
		if unchanged || !slices.Equal(b.changes(next.ID), []string{"GM0556 1.1.1 2023JJ00 30>31"}) {
			t.Fatalf("one revised cell: %v", b.changes(next.ID))
		}
		// The municipality that did not change shares its chunk.
		var chunks int64
		err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
			chunks, _, err = db.One(tx, db.Column[int64], "SELECT count(*) FROM figures_chunk")
			return err
		})
		// GM0556 twice, GM1680 once; the changed cell alone is the whole chunk of GM0556.
		if err != nil || chunks != 3 {
			t.Errorf("%d chunks, %v", chunks, err)
		}
		b.see(func(u *work.Unit) error {
			all, err := b.Snapshots(u, "47018NED")
			if len(all) != 2 || !all[1].Confirmed.Equal(time.Date(2026, 1, 8, 0, 0, 0, 0, time.UTC)) {
				t.Errorf("snapshots: %v", all)
			}
			return err
		})
		if n := len(b.log.entries); n != 3 {
			t.Errorf("%d audit entries for three imports", n)
		}
	})
}

func TestMonthsAndYearsDoNotMix(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	b.save(1, cell("0.0.0", "NL00", "2023JJ00", 120), cell("0.0.0", "NL00", "2023MM01", 10), cell("0.0.0", "NL00", "2023MM03", 12))
	q := figures.Query{Areas: []string{"NL00"}, Offences: []string{"0.0.0"}, Kind: figures.Month, From: figures.MonthOf(2022, 12), To: figures.MonthOf(2023, 12)}
	if got := b.series(q); got != "NL00 0.0.0: 2023MM01=10@1 2023MM03=12@1" {
		t.Error(got)
	}
	q.From = figures.YearOf(2023)
	b.see(func(u *work.Unit) error {
		if _, err := b.Series(u, q); fault.Of(err) == nil || fault.Of(err).Code != "figures.query.kind" {
			t.Errorf("a year as the start of months: %v", err)
		}
		return nil
	})
}

func TestEmptyImportIsRefused(t *testing.T) {
	b := setup(t, dbtest.Open(t, db.SQLite))
	err := b.keep.Do(context.Background(), work.System("test"), "monitor", func(u *work.Unit) error {
		_, _, err := b.Save(u, "figures.import", &figures.Import{Sheet: sheet(t)})
		return err
	})
	if fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
}

// Whatever is imported in whatever order, a series is what laying the imports on
// each other by hand gives.
func TestSeriesAgreesWithLayersByHand(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		b := setup(t, d)
		run++
		table := "T" + itoa(int64(run))
		type key struct{ o, a, p string }
		model := map[key]figures.Value{}
		offences, areas := []string{"0.0.0", "1.1.1"}, []string{"GM0556", "BU05560101", "BU05560102"}
		for day := range rapid.IntRange(1, 4).Draw(rt, "imports") {
			cells := map[key]figures.Cell{}
			for range rapid.IntRange(1, 8).Draw(rt, "cells") {
				c := cell(rapid.SampledFrom(offences).Draw(rt, "o"), rapid.SampledFrom(areas).Draw(rt, "a"), itoa(rapid.Int64Range(2020, 2023).Draw(rt, "y"))+"JJ00", rapid.Int64Range(0, 3).Draw(rt, "v"))
				cells[key{c.Offence, c.Area, c.Period.String()}] = c
			}
			in := &figures.Import{Source: figures.Source{Table: table, AbsentZero: true, Retrieved: time.Unix(int64(day)*1000, 0)}}
			in.Sheet = sheet(t, slices.Collect(values(cells))...)
			// By hand: all pairs of offences and periods that a level has.
			for _, bl := range in.Sheet.Scope.Blocks {
				for _, a := range areas {
					if figures.LevelOf(a) != bl.Level {
						continue
					}
					for _, o := range bl.Offences {
						for _, p := range bl.Periods {
							k := key{o, a, p.String()}
							model[k] = figures.Value{Value: cells[k].Value}
						}
					}
				}
			}
			if err := b.keep.Do(context.Background(), work.System("test"), "m", func(u *work.Unit) error { _, _, err := b.Save(u, "x", in); return err }); err != nil {
				rt.Fatal(err)
			}
		}
		b.see(func(u *work.Unit) error {
			a, err := b.Series(u, figures.Query{Table: table, Areas: areas, Offences: offences, Kind: figures.Year})
			if err != nil {
				return err
			}
			got := map[key]figures.Value{}
			for _, l := range a.Lines {
				for period, p := range l.All() {
					got[key{l.Offence, l.Area, period.String()}] = figures.Value{Value: p.Value(), Status: p.Status()}
				}
			}
			if diff := cmp.Diff(model, got); diff != "" {
				rt.Fatalf("-by hand +series:\n%s", diff)
			}
			return nil
		})
	})
}

func values[K comparable](m map[K]figures.Cell) func(func(figures.Cell) bool) {
	return func(yield func(figures.Cell) bool) {
		for _, c := range m {
			if !yield(c) {
				return
			}
		}
	}
}
