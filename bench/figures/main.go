// Command figures measures the two bars for national figures in one run: loading
// 20 million generated cells durably, with snapshot and difference list, and the
// series of one municipality by neighbourhood; each against DuckDB on the same
// file. Figures of other machines differ, therefore only ratios are judged.
//
// DuckDB needs cgo. It is a module of its own, so that nothing of it enters
// the product; where it cannot be built the run says so and fails nothing.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The bars of the issue.
const (
	maxLoadRatio = 1.0
	minAskRatio  = 5.0
	maxMemory    = 512 // MiB
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "load":
		return load(args[1], args[2])
	case len(args) == 2 && args[0] == "ask":
		return ask(args[1])
	case len(args) > 1:
		return fmt.Errorf("usage: figures [folder for the generated file]")
	}
	dir, err := os.MkdirTemp(strings.Join(args, ""), "baken-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return compare(dir)
}

// measure runs a program that prints nanoseconds and gives its peak memory too.
func measure(name string, args ...string) (d time.Duration, mib int64, err error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, 0, fmt.Errorf("%s %s: %w", filepath.Base(name), args[0], err)
	}
	ns, err := strconv.ParseInt(strings.TrimSpace(string(bytes.TrimSpace(out))), 10, 64)
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		mib = use.Maxrss >> 10
	}
	return time.Duration(ns), mib, err
}

func compare(dir string) error {
	file := filepath.Join(dir, "cells.csv")
	rows, err := generate(file)
	if err != nil {
		return err
	}
	fmt.Printf("%d cells generated\n", rows)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// Once unmeasured, so that both find the file in the page cache.
	if err := touch(file); err != nil {
		return err
	}
	own := filepath.Join(dir, "own")
	load, mib, err := measure(self, "load", own, file)
	if err != nil {
		return err
	}
	ask, _, err := measure(self, "ask", own)
	if err != nil {
		return err
	}
	fmt.Printf("baken:  load %v, peak %d MiB; series %v\n", load, mib, ask)
	failed := mib > maxMemory
	peer, err := buildPeer(dir)
	if err != nil {
		fmt.Printf("DuckDB cannot be built here (it needs cgo and its module), so there is no ratio: %v\n", err)
	} else {
		peerLoad, peerMiB, err := measure(peer, "load", filepath.Join(dir, "peer.db"), file)
		if err != nil {
			return err
		}
		peerAsk, _, err := measure(peer, "ask", filepath.Join(dir, "peer.db"), prefix)
		if err != nil {
			return err
		}
		fmt.Printf("duckdb: load %v, peak %d MiB; series %v\n", peerLoad, peerMiB, peerAsk)
		loadRatio, askRatio := float64(load)/float64(peerLoad), float64(peerAsk)/float64(ask)
		fmt.Printf("load: %.2f of DuckDB's time (at most %.1f); series: %.0f times faster (at least %.0f)\n", loadRatio, maxLoadRatio, askRatio, minAskRatio)
		failed = failed || loadRatio > maxLoadRatio || askRatio < minAskRatio
	}
	if failed {
		return fmt.Errorf("a bar is not met")
	}
	return nil
}

// touch reads a file and keeps nothing: the peak memory of a child counts that of
// its parent at the start.
func touch(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err
}

// buildPeer builds the program that asks DuckDB the same.
func buildPeer(dir string) (string, error) {
	out := filepath.Join(dir, "peer")
	cmd := exec.Command("go", "build", "-o", out, "./figures/duck")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, bytes.TrimSpace(text))
	}
	return out, nil
}
