package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"baken/internal/connect/cbs"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/db"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/work"
)

// table is what the generated file becomes.
const table = "BENCHMARK"

// open opens a workplace's database in dir as the program does, log included.
func open(dir string) (*work.Keeper, func(), error) {
	d, err := db.Open(filepath.Join(dir, "baken.db"))
	if err != nil {
		return nil, nil, err
	}
	if err := d.Migrate(context.Background()); err != nil {
		return nil, nil, err
	}
	s, err := audit.NewSealer("bench", filepath.Join(dir, "key"), filepath.Join(dir, "checkpoints"))
	if err != nil {
		return nil, nil, err
	}
	log := audit.Open(d, s)
	return work.NewKeeper(d, log, nil), func() { log.Close(); d.Close() }, nil
}

// load imports file and reports how long it took from opening the file to the
// durable commit.
func load(dir, file string) error {
	keep, done, err := open(dir)
	if err != nil {
		return err
	}
	defer done()
	start := time.Now()
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := cbs.Read(file, f, cbs.Options{Table: table, Retrieved: start})
	if err != nil {
		return err
	}
	read := time.Since(start)
	var snap *figures.Snapshot
	store := figures.NewStore(16 << 20)
	err = keep.Do(context.Background(), work.System("bench"), "monitor", func(u *work.Unit) (err error) {
		snap, _, err = store.Save(u, "figures.import", in)
		return err
	})
	if err != nil {
		return err
	}
	all := time.Since(start)
	size := 0
	for _, p := range in.Sheet.Parts {
		size += p.Size()
	}
	c := snap.Changes
	fmt.Fprintf(os.Stderr, "  baken: read %v, stored %v, %d cells in %.1f MB; added %d, removed %d, revised %d\n",
		read.Round(time.Millisecond), (all - read).Round(time.Millisecond), snap.Cells, float64(size)/1e6, c.Added, c.Removed, c.Revised)
	return report(all)
}

// ask measures the series of one municipality by neighbourhood: the median of
// many with nothing of the table in memory, and with its chunk in memory. The
// first is reported, though the peer keeps what it read.
func ask(dir string) error {
	keep, done, err := open(dir)
	if err != nil {
		return err
	}
	defer done()
	areas, offence := codes()
	mine := slices.DeleteFunc(areas, func(a string) bool { return !strings.HasPrefix(a, prefix) })
	q := figures.Query{Table: table, Areas: mine, Offences: offence[:hic], Kind: figures.Month, From: figures.MonthOf(2012, 1), To: figures.MonthOf(2023, 12)}
	var sum int64
	run := func(store *figures.Store) (time.Duration, error) {
		start := time.Now()
		sum = 0
		err := keep.See(context.Background(), work.System("bench"), "monitor", func(u *work.Unit) error {
			a, err := store.Series(u, q)
			if err != nil {
				return err
			}
			for _, l := range a.Lines {
				for _, p := range l.Points {
					sum += p.Value()
				}
			}
			return nil
		})
		return time.Since(start), err
	}
	var cold, warm []time.Duration
	kept := figures.NewStore(16 << 20)
	for range 200 {
		c, err := run(figures.NewStore(16 << 20))
		if err != nil {
			return err
		}
		w, err := run(kept)
		if err != nil {
			return err
		}
		cold, warm = append(cold, c), append(warm, w)
	}
	fmt.Fprintf(os.Stderr, "  baken: %d neighbourhoods x %d offences, sum %d: %v cold, %v with the chunk in memory\n", len(mine), hic, sum, median(cold), median(warm))
	return report(median(cold))
}

// prefix is the municipality that is asked for, hic the number of offences.
const (
	prefix = "BU0256"
	hic    = 8
)

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2].Round(time.Microsecond)
}

// report hands a measurement to the parent, in nanoseconds.
func report(d time.Duration) error {
	_, err := fmt.Println(d.Nanoseconds())
	return err
}
