// Command dossiers measures how fast a dossier opens, beside one stable write of the
// disk in the same run, and how long it takes to make the terms of all dossiers anew
// from their journals after a decree, while somebody reads. It runs on SQLite in a
// temporary folder and, where the server's programs are installed, on PostgreSQL.
//
// FILES is how many dossiers the second part has: 10,000 when it is not set. The bar
// is about 100,000, which take some minutes to make.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"

	"baken/internal/app"
	"baken/internal/config"
	"baken/internal/kernel/access"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/measures/dwangsom"
)

var (
	ctx    = context.Background()
	lawyer = work.Actor{Account: "jurist", Roles: []string{access.Lawyer}}
)

func main() {
	runtime.GOMAXPROCS(2)
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	files := 10_000
	if s := os.Getenv("FILES"); s != "" {
		var err error
		if files, err = strconv.Atoi(s); err != nil || files < 1 {
			return fmt.Errorf("FILES=%s is not a number of dossiers", s)
		}
	}
	dir, err := os.MkdirTemp("", "baken-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := engine(filepath.Join(dir, "sqlite"), "SQLite", "", files); err != nil {
		return err
	}
	place, stop, err := startPostgres(filepath.Join(dir, "pg"))
	if err != nil {
		fmt.Printf("\nPostgreSQL is left out: %v\n", err)
		return nil
	}
	defer stop()
	return engine(filepath.Join(dir, "postgres"), "PostgreSQL", place, files)
}

// engine measures both parts on one database.
func engine(dir, name, place string, files int) error {
	m := config.Municipality{Code: "GM0556", Name: "Maassluis", Database: place, Checkpoints: filepath.Join(dir, "checkpoints")}
	c := config.Config{Data: dir, PublicURL: "http://localhost:1", Municipalities: []config.Municipality{m}}
	h, err := app.Open(ctx, c, m, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	defer h.Close()
	if err := h.Keep.Do(ctx, work.System("bench"), "", func(u *work.Unit) error { return h.Book.Furnish(u, lawyer.Account, access.Lawyer) }); err != nil {
		return err
	}
	fmt.Printf("\n%s, two cores\n", name)
	if err := opening(h, dir); err != nil {
		return err
	}
	return decree(h, files)
}

// opening measures the reading of one dossier: access, fold, every term answered, and
// the audit entry on stable storage.
func opening(h *app.House, dir string) error {
	sizes := []int{5, 20, 500}
	ids := map[int]string{}
	for _, n := range sizes {
		made, err := fill(h, 1, n, 2020+len(ids))
		if err != nil {
			return err
		}
		ids[n] = made[0]
	}
	disk, err := os.Create(filepath.Join(dir, "disk"))
	if err != nil {
		return err
	}
	defer disk.Close()
	took, first, cpu := map[int][]time.Duration{}, map[int][]time.Duration{}, map[int][]time.Duration{}
	// By turns, so that a busy moment of the machine falls on all.
	for i := range 220 {
		at := time.Now()
		if _, err := disk.Write(make([]byte, 4096)); err != nil {
			return err
		}
		if err := disk.Sync(); err != nil {
			return err
		}
		if i >= 20 {
			took[0] = append(took[0], time.Since(at))
		}
		for _, n := range sizes {
			at, before := time.Now(), spent()
			if err := open(&h.Dwangsom.Office, ids[n], n); err != nil {
				return err
			}
			if i >= 20 {
				took[n] = append(took[n], time.Since(at))
				cpu[n] = append(cpu[n], spent()-before)
			}
			// For the first time: an office that has no file on its shelf.
			fresh := h.Dwangsom.Office.With(h.Keep)
			at = time.Now()
			if err := open(fresh, ids[n], n); err != nil {
				return err
			}
			if i >= 20 {
				first[n] = append(first[n], time.Since(at))
			}
		}
	}
	write := median(took[0])
	fmt.Printf("one stable write of 4 KB             %7.2f ms\n", ms(write))
	for _, n := range sizes {
		fmt.Printf("opening a dossier of %3d entries     %7.2f ms, of which %.2f ms of processor; for the first time %.2f ms\n", n, ms(median(took[n])), ms(median(cpu[n])), ms(median(first[n])))
	}
	fmt.Printf("20 entries above one write           %7.2f ms (bar 5); for the first time %.2f ms\n", ms(median(took[20])-write), ms(median(first[20])-write))
	fmt.Printf("500 entries against 5                %7.2f times (bar 2); for the first time %.2f times\n", float64(median(took[500]))/float64(median(took[5])), float64(median(first[500]))/float64(median(first[5])))
	return nil
}

func open(o *dossier.Office[dwangsom.Dwangsom], id string, entries int) error {
	f, err := o.Load(ctx, lawyer, id)
	if err != nil {
		return err
	}
	if len(f.Entries) != entries {
		return fmt.Errorf("%d entries, want %d", len(f.Entries), entries)
	}
	for _, t := range f.Record.Terms(f.At.Calendar) {
		if _, err := f.At.Calendar.Answer(t.Question); err != nil {
			return err
		}
	}
	return nil
}

// decree measures what follows on a decree: everything computed anew from the
// journals, with somebody who opens twenty dossiers a second meanwhile.
func decree(h *app.House, files int) error {
	at := time.Now()
	ids, err := fill(h, files, 10, 1800)
	if err != nil {
		return err
	}
	fmt.Printf("%d dossiers of 10 entries, made in %.0f s\n", len(ids), time.Since(at).Seconds())
	quiet := reading(h, ids, func() error { time.Sleep(5 * time.Second); return nil })
	if quiet.err != nil {
		return quiet.err
	}
	if err := h.Keep.Do(ctx, work.System("bench"), "", func(u *work.Unit) error {
		u.Record(work.Entry{Act: "bench.decree"})
		return h.Days.Add(u, deadlines.Equated{Day: decreed, Decree: "Besluit"})
	}); err != nil {
		return err
	}
	for _, pass := range []string{"after a decree", "when nothing changed"} {
		before, err := moved(h)
		if err != nil {
			return err
		}
		at := time.Now()
		cpu := spent()
		busy := reading(h, ids, func() error { return h.Dwangsom.Refold(ctx, agenda.RecomputeOrder{Why: agenda.ByDecree}) })
		took := time.Since(at)
		cpu = spent() - cpu
		if busy.err != nil {
			return busy.err
		}
		after, err := moved(h)
		if err != nil {
			return err
		}
		fmt.Printf("all anew %-22s      %7.2f s and %.2f s of processor, %d terms moved (bar 20 s for 100,000 dossiers; this rate gives %.1f s)\n", pass, took.Seconds(), cpu.Seconds(), after-before, took.Seconds()*100_000/float64(files))
		fmt.Printf("  who reads meanwhile: %d dossiers, median %.1f ms, slowest %.1f ms (alone %.1f and %.1f)\n", len(busy.took), ms(median(busy.took)), ms(slices.Max(busy.took)), ms(median(quiet.took)), ms(slices.Max(quiet.took)))
	}
	return nil
}

type readings struct {
	took []time.Duration
	err  error
}

// reading opens a dossier every 50 ms while fn runs.
func reading(h *app.House, ids []string, fn func() error) (r readings) {
	done := make(chan error, 1)
	go func() { done <- fn() }()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		at := time.Now()
		if err := open(&h.Dwangsom.Office, ids[i*7919%len(ids)], 10); err != nil {
			r.err = err
		}
		r.took = append(r.took, time.Since(at))
		select {
		case err := <-done:
			if err != nil {
				r.err = err
			}
			return r
		case <-tick.C:
		}
	}
}

// moved is how many terms show an old end beside the new one.
func moved(h *app.House) (n int, err error) {
	err = h.Keep.See(ctx, lawyer, dwangsom.Purpose, func(u *work.Unit) error {
		terms, err := agenda.List(u, h.Book, []agenda.Source{{Kind: dwangsom.Name, Act: dwangsom.ReadAct}}, agenda.View{Team: true})
		for _, t := range terms {
			if t.Moved != "" {
				n++
			}
		}
		return err
	})
	return n, err
}

// spent is the processor time of this program, which a busy machine stretches less
// than the clock's.
func spent() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func median(d []time.Duration) time.Duration {
	d = slices.Clone(d)
	slices.Sort(d)
	return d[len(d)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
