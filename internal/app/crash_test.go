package app_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"baken/internal/app"
	"baken/internal/bakentest/dbtest"
	"baken/internal/config"
	"baken/internal/kernel/db"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

const crashFolder, crashPlace = "BAKEN_TEST_CRASH_FOLDER", "BAKEN_TEST_CRASH_PLACE"

// TestMain lets this test program be the one that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashFolder); dir != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(dir, os.Getenv(crashPlace)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func openForCrash(dir, place string) (*app.House, error) {
	m := config.Municipality{Code: "GM0556", Name: "Maassluis", Database: place, Checkpoints: filepath.Join(dir, "checkpoints")}
	c := config.Config{Data: dir, Listen: "127.0.0.1:0", PublicURL: "http://localhost", Municipalities: []config.Municipality{m}}
	return app.Open(context.Background(), c, m, nil, slog.New(slog.DiscardHandler))
}

// writeUntilKilled changes, reads and signs without end, and prints what it was
// told is stored. It only returns when something fails.
func writeUntilKilled(dir, place string) error {
	fmt.Println("opening")
	h, err := openForCrash(dir, place)
	if err != nil {
		return err
	}
	ctx, failed := context.Background(), make(chan error)
	for range 3 {
		go func() {
			for {
				id := ref.NewID()
				err := h.Keep.Do(ctx, work.System("test"), identity.Purpose, func(u *work.Unit) error {
					_, _, err := h.Desk.Invite(u, strings.ToLower(id)+"@maassluis.demo", id, text.NL)
					return err
				})
				if err != nil {
					failed <- err
				}
				fmt.Println("changed", id)
			}
		}()
		go func() {
			for {
				id := ref.NewID()
				err := h.Keep.See(ctx, work.System("test"), identity.Purpose, func(u *work.Unit) error {
					u.Record(work.Entry{Act: "test.see", Object: ref.Ref{Kind: "test", ID: id}})
					return nil
				})
				if err != nil {
					failed <- err
				}
				fmt.Println("seen", id)
			}
		}()
	}
	go func() {
		for {
			if _, err := h.Log.Seal(ctx, h.Keep.Now()); err != nil {
				failed <- err
			}
		}
	}()
	return <-failed
}

// Security.md control 33: killed at any moment, the program starts again with every
// acknowledged change and every recorded look, and with a log that verifies. Round
// after round on the same data, so that a start after a crash is crashed as well.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	for _, e := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(e), func(t *testing.T) {
			dir, place := t.TempDir(), ""
			if e == db.Postgres {
				place = dbtest.Place(t, e)
			}
			acknowledged := map[string]string{}
			// The lines after which the program is killed; 1 is while it opens.
			for _, lines := range []int{1, 2, 1, 5, 40, 3, 113, 1, 257, 19} {
				for kind, ids := range killAfter(t, dir, place, lines) {
					for _, id := range ids {
						acknowledged[id] = kind
					}
				}
				checkStored(t, dir, place, acknowledged)
			}
			if len(acknowledged) < 400 {
				t.Errorf("only %d writes were acknowledged before the kills", len(acknowledged))
			}
		})
	}
}

// killAfter starts the writer, kills it when it has printed so many lines, and
// returns what it said is stored. What it still managed to print counts too.
func killAfter(t *testing.T, dir, place string, lines int) map[string][]string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashFolder+"="+dir, crashPlace+"="+place)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var kill sync.Once
	stored, n := map[string][]string{}, 0
	for scan := bufio.NewScanner(out); scan.Scan(); {
		if n++; n >= lines {
			kill.Do(func() { cmd.Process.Kill() })
		}
		if kind, id, ok := strings.Cut(scan.Text(), " "); ok && len(id) == 26 {
			stored[kind] = append(stored[kind], id)
		}
	}
	cmd.Wait() // it was killed, which is an error by intention
	if n < lines {
		t.Fatalf("the writer ended by itself after %d lines: %s", n, complaint.String())
	}
	return stored
}

func checkStored(t *testing.T, dir, place string, acknowledged map[string]string) {
	t.Helper()
	h, err := openForCrash(dir, place)
	if err != nil {
		t.Fatalf("killed, the program does not start again: %v", err)
	}
	defer h.Close()
	report, err := h.Log.Verify(context.Background())
	if err != nil || !report.OK() {
		t.Fatalf("killed, the log does not verify: %v %v", err, report.Problems)
	}
	err = h.DB.Read(context.Background(), func(tx *db.Tx) error {
		entries, err := db.All(tx, db.Column[string], "SELECT object FROM audit_entry WHERE act IN ('test.see', 'identity.invite')")
		if err != nil {
			return err
		}
		names, err := db.All(tx, func(s db.Scanner) (x [2]string, err error) { return x, s.Scan(&x[0], &x[1]) }, "SELECT id, name FROM account")
		if err != nil {
			return err
		}
		logged, changed := map[string]bool{}, map[string]string{}
		for _, id := range entries {
			logged[id] = true
		}
		for _, x := range names {
			changed[x[1]] = x[0]
			if !logged[x[0]] {
				t.Errorf("account %s is stored and not in the log: a change and its trace came apart", x[0])
			}
		}
		for id, kind := range acknowledged {
			if kind == "seen" && !logged[id] {
				t.Errorf("%s was shown, and the log has lost it", id)
			}
			if kind == "changed" && changed[id] == "" {
				t.Errorf("%s was acknowledged and is gone", id)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The program as it is installed: each command is killed the moment it says it is
// done.
func TestCommandKilledWhenItSaysDone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	baken := filepath.Join(dir, "baken")
	if out, err := exec.Command("go", "build", "-o", baken, "baken/cmd/baken").CombinedOutput(); err != nil {
		t.Fatalf("the program does not build: %v %s", err, out)
	}
	data := filepath.Join(dir, "data")
	command := func(args ...string) *exec.Cmd {
		return exec.Command(baken, append([]string{"--data", data}, args...)...)
	}
	for _, args := range [][]string{
		{"user", "admin", "een@maassluis.demo", "Een"}, {"user", "admin", "twee@maassluis.demo", "Twee"},
		{"user", "renew", "een@maassluis.demo"}, {"user", "disable", "twee@maassluis.demo"},
	} {
		cmd := command(args...)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for scan := bufio.NewScanner(out); scan.Scan(); {
			cmd.Process.Kill()
		}
		cmd.Wait() // killed, or, where it says nothing, at its end
		list, err := command("user", "list").CombinedOutput()
		if err != nil || !strings.Contains(string(list), args[2]) {
			t.Errorf("%v was acknowledged, and then: %v %s", args, err, list)
		}
		if report, err := command("audit", "verify").CombinedOutput(); err != nil {
			t.Errorf("after %v was killed: %v %s", args, err, report)
		}
	}
}
