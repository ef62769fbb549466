// Command terms measures how many statutory ends are computed per second on one
// core, beside business-day computations with the Dutch calendar of
// github.com/rickar/cal in the same run: the bar is four times as many without the
// explanation, and a million per second with it.
package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/nl"

	"baken/internal/kernel/deadlines"
	"baken/internal/text"
)

const (
	ends = 1_000_000
	runs = 5
)

func main() {
	runtime.GOMAXPROCS(1)
	days := random(ends)
	calendar := deadlines.Builtin()
	rule, err := deadlines.Find("AWB-6.7", days[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}

	moved := 0
	plain := rate(func() {
		for _, d := range days {
			if end, _ := calendar.End(rule, d); end != d+42 {
				moved++
			}
		}
	})

	peer := cal.NewBusinessCalendar()
	peer.AddHoliday(nl.Holidays...)
	dates := make([]time.Time, len(days))
	for i, d := range days {
		y, m, day := d.Civil()
		dates[i] = time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
	}
	movedPeer := 0
	rickar := rate(func() {
		for _, d := range dates {
			end := d.AddDate(0, 0, 42)
			for !peer.IsWorkday(end) {
				end = end.AddDate(0, 0, 1)
			}
			if end.Sub(d) != 42*24*time.Hour {
				movedPeer++
			}
		}
	})

	buf := make([]byte, 0, 1024)
	letters := 0
	explained := rate(func() {
		for _, d := range days {
			a, err := calendar.Answer(deadlines.Question{ID: "AWB-6.7", Start: deadlines.OnDay(d)})
			if err != nil {
				panic(err)
			}
			buf = a.AppendExplanation(buf[:0], text.NL)
			letters += len(buf)
		}
	})

	fmt.Printf("%d ends of AWB-6.7, random days of 2014 to 2028, one core; %d moved (%d by the peer, which knows no decrees)\n", ends, moved/runs, movedPeer/runs)
	fmt.Printf("baken            %6.1f million per second\n", plain/1e6)
	fmt.Printf("rickar/cal       %6.1f million per second; baken does %.1f times as many (bar 4)\n", rickar/1e6, plain/rickar)
	fmt.Printf("with explanation %6.2f million per second, %d letters each (bar 1 million)\n", explained/1e6, letters/ends/runs)
}

// rate is how many ends a second fn computes, the best of the runs.
func rate(fn func()) float64 {
	best := 0.0
	for range runs {
		start := time.Now()
		fn()
		best = max(best, ends/time.Since(start).Seconds())
	}
	return best
}

// random are days of 2014 to 2028, the same in each run.
func random(n int) []deadlines.Day {
	r := rand.New(rand.NewPCG(2014, 2028))
	first, last := deadlines.Date(2014, 1, 1), deadlines.Date(2028, 12, 31)
	out := make([]deadlines.Day, n)
	for i := range out {
		out[i] = first + deadlines.Day(r.IntN(int(last-first)+1))
	}
	return out
}
