// Command pages measures what a reader waits for, and compares it with PocketBase
// serving the same number of rows as JSON to a signed-in user, in one run: requests
// per second of the monitor's page at 1, 16 and 64 connections, the time from start
// to the first answer, the memory after 2,000 pages, and the size of the program.
//
// The peer is a module of its own (folder peer), so that nothing of it enters the
// product. Where it cannot be built the run says so and judges the rest.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

// The bars of the issue.
const (
	leastRatio  = 1.0
	mostTail    = 5.0 // p99 as a multiple of the median, at 16 connections
	mostStart   = 500 * time.Millisecond
	mostMemory  = 120 // MiB
	mostProgram = 80  // MiB
)

var connections = [...]int{1, 16, 64}

func main() {
	seconds := flag.Duration("time", 4*time.Second, "length of one measurement")
	program := flag.String("baken", "", "the program; built from the source when left out")
	flag.Parse()
	if err := run(*program, *seconds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(program string, length time.Duration) error {
	dir, err := os.MkdirTemp("", "baken-bench-pages")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	own, err := openBaken(dir, program)
	if err != nil {
		return err
	}
	defer own.stop()
	missed := own.report()
	peer, err := openPeer(dir)
	if err != nil {
		fmt.Printf("PocketBase cannot be built or started here, so there is no ratio: %v\n", err)
	} else {
		defer peer.stop()
	}
	for _, n := range connections {
		ours, theirs, tail, err := side(own, peer, n, length)
		if err != nil {
			return err
		}
		fmt.Printf("%2d connections: /hic %s, least p99/p50 %.1f\n", n, ours, tail)
		if n == 16 && tail > mostTail {
			missed = append(missed, fmt.Sprintf("p99 at 16 connections is %.1f times the median (at most %.0f)", tail, mostTail))
		}
		if peer == nil {
			continue
		}
		ratio := ours.perSecond() / theirs.perSecond()
		fmt.Printf("   PocketBase, 50 rows: %s; ratio %.2f (at least %.1f)\n", theirs, ratio, leastRatio)
		if ratio < leastRatio {
			missed = append(missed, fmt.Sprintf("at %d connections %.2f of PocketBase's pages per second", n, ratio))
		}
	}
	if len(missed) > 0 {
		return fmt.Errorf("not met: %q", missed)
	}
	return nil
}

// side measures both, in turns, so that what else the machine does falls on both;
// the best of three rounds counts. So does the least tail: other work on the machine
// only makes it longer.
func side(own, peer *server, n int, length time.Duration) (ours, theirs result, tail float64, err error) {
	for range 3 {
		for _, x := range []struct {
			s    *server
			best *result
		}{{own, &ours}, {peer, &theirs}} {
			if x.s == nil {
				continue
			}
			r, err := x.s.load(n, length)
			if err != nil {
				return ours, theirs, tail, err
			}
			if x.s == own && (tail == 0 || r.tail() < tail) {
				tail = r.tail()
			}
			if r.perSecond() > x.best.perSecond() {
				*x.best = r
			}
		}
	}
	return ours, theirs, tail, nil
}
