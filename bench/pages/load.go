package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// result is what one measurement gave.
type result struct {
	took  time.Duration
	waits []time.Duration // sorted
	size  int             // of an answer's body
}

func (r result) perSecond() float64 {
	if r.took == 0 {
		return 0
	}
	return float64(len(r.waits)) / r.took.Seconds()
}

func (r result) at(part float64) time.Duration {
	return r.waits[min(len(r.waits)-1, int(part*float64(len(r.waits))))]
}

func (r result) tail() float64 { return float64(r.at(0.99)) / float64(r.at(0.5)) }

func (r result) String() string {
	return fmt.Sprintf("%6.0f/s, p50 %v, p99 %v, %d bytes", r.perSecond(), r.at(0.5).Round(10*time.Microsecond), r.at(0.99).Round(10*time.Microsecond), r.size)
}

// mostRequests bounds one measurement: all accounts of the demo together may ask so
// many at once, whatever the speed of the machine.
const mostRequests = 20_000

// load asks one address over n connections. The client is as small as it can be: it
// shares the machine with what it measures.
func (s *server) load(n int, length time.Duration) (result, error) {
	var (
		mu    sync.Mutex
		all   result
		first error
		work  sync.WaitGroup
	)
	start := time.Now()
	for i := range n {
		work.Go(func() {
			waits, size, err := s.ask(i, mostRequests/n, start.Add(length))
			mu.Lock()
			defer mu.Unlock()
			all.waits, all.size = append(all.waits, waits...), size
			if err != nil && first == nil {
				first = err
			}
		})
	}
	work.Wait()
	all.took = time.Since(start)
	slices.Sort(all.waits)
	if first == nil && len(all.waits) == 0 {
		first = fmt.Errorf("no answer in %v", length)
	}
	return all, first
}

func (s *server) ask(connection, most int, until time.Time) (waits []time.Duration, size int, err error) {
	c, err := net.Dial("tcp", s.address)
	if err != nil {
		return nil, 0, err
	}
	defer c.Close()
	in := bufio.NewReaderSize(c, 64<<10)
	var request []byte
	for i := 0; i < most && time.Now().Before(until); i++ {
		before := time.Now()
		request = s.request(request[:0], connection, i)
		if _, err := c.Write(request); err != nil {
			return waits, size, err
		}
		status, n, err := answer(in)
		if err != nil {
			return waits, size, err
		}
		if status != 200 {
			return waits, size, fmt.Errorf("%s answered %d", s.name, status)
		}
		size, waits = n, append(waits, time.Since(before))
	}
	return waits, size, nil
}

// answer reads one answer and returns its status and the length of its body.
func answer(in *bufio.Reader) (status, size int, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(line) < 12 {
		return 0, 0, fmt.Errorf("no answer of HTTP: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	size = -1
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			return status, 0, err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if len(name) == 14 && strings.EqualFold(string(name), "Content-Length") {
			if size, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return status, 0, err
			}
		}
	}
	if size >= 0 {
		_, err = in.Discard(size)
		return status, size, err
	}
	return chunks(in, status)
}

// chunks reads a body whose length was not known before.
func chunks(in *bufio.Reader, status int) (int, int, error) {
	size := 0
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return status, size, err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return status, size, fmt.Errorf("a body without a length: %w", err)
		}
		if _, err := in.Discard(int(n) + 2); err != nil && err != io.EOF {
			return status, size, err
		}
		if size += int(n); n == 0 {
			return status, size, nil
		}
	}
}
