package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a program under measurement, on an address of this machine only.
type server struct {
	name, address string
	cmd           *exec.Cmd
	request       func(b []byte, connection, i int) []byte
	// Of Baken only.
	program  string
	ready    time.Duration
	memory   int // MiB
	sessions []string
}

// freeAddress is one that nobody listens on now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// start runs a program until it answers at a path, and returns how long that took.
func (s *server) start(path string, env []string, program string, args ...string) error {
	s.cmd = exec.Command(program, args...)
	s.cmd.Env = append(os.Environ(), env...)
	var said bytes.Buffer
	s.cmd.Stderr = &said
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	begin := time.Now()
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for time.Since(begin) < 30*time.Second {
		res, err := http.Get("http://" + s.address + path)
		if err == nil {
			res.Body.Close()
			if res.StatusCode == 200 {
				s.ready = time.Since(begin)
				return nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return errors.Join(fmt.Errorf("%s does not answer: %s", s.name, said.String()), s.stop())
}

func (s *server) stop() error {
	if s == nil || s.cmd == nil || s.cmd.Process == nil {
		return nil
	}
	err := s.cmd.Process.Signal(syscall.SIGTERM)
	s.cmd.Wait()
	return err
}

// openBaken builds the program when none is given, fills its demo, and measures it
// on the database that is then there.
func openBaken(dir, program string) (*server, error) {
	if program == "" {
		program = filepath.Join(dir, "baken")
		root, err := root()
		if err != nil {
			return nil, err
		}
		for _, args := range [][]string{{"run", "./cmd/assets"},
			{"build", "-tags", "embedassets", "-trimpath", "-ldflags=-s -w", "-o", program, "./cmd/baken"}} {
			cmd := exec.Command("go", args...)
			cmd.Dir, cmd.Env = root, append(os.Environ(), "CGO_ENABLED=0")
			if out, err := cmd.CombinedOutput(); err != nil {
				return nil, fmt.Errorf("go %s: %w: %s", args[0], err, out)
			}
		}
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &server{name: "baken", address: address, program: program}
	_, port, _ := net.SplitHostPort(address)
	// The sources are spread as those of many readers behind a proxy: one source gets a
	// part of the machine only.
	settings := filepath.Join(dir, "baken.toml")
	if err := os.WriteFile(settings, []byte("proxy = \"127.0.0.0/8\"\n"), 0o600); err != nil {
		return nil, err
	}
	env := []string{"BAKEN_PUBLIC_URL=http://localhost:" + port, "BAKEN_LISTEN=" + address}
	args := []string{"--data", filepath.Join(dir, "data"), "--config", settings, "serve", "--demo"}
	for range 2 { // the second start is the one on an existing database
		if err := s.stop(); err != nil {
			return nil, err
		}
		if err := s.start("/healthz", env, program, args...); err != nil {
			return nil, err
		}
	}
	if err := s.signIn(); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	s.request = func(b []byte, connection, i int) []byte {
		n := connection*100_000 + i
		return fmt.Appendf(b, "GET /hic HTTP/1.1\r\nHost: localhost:%s\r\nCookie: %s\r\nX-Forwarded-For: 10.%d.%d.%d\r\n\r\n",
			port, s.sessions[n%len(s.sessions)], n>>16&255, n>>8&255, n&255)
	}
	return s, s.view(2000)
}

// view reads pages one after another and notes the memory.
func (s *server) view(pages int) error {
	c, err := net.Dial("tcp", s.address)
	if err != nil {
		return err
	}
	defer c.Close()
	in := newReader(c)
	for i := range pages {
		if _, err := c.Write(s.request(nil, 0, i)); err != nil {
			return err
		}
		if status, _, err := answer(in); err != nil || status != 200 {
			return fmt.Errorf("page %d: %d %w", i, status, err)
		}
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return nil // not on this system
	}
	if m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status); m != nil {
		kib, _ := strconv.Atoi(string(m[1]))
		s.memory = kib >> 10
	}
	return nil
}

// report prints what is not compared with a peer, and says what is over its bar.
func (s *server) report() (missed []string) {
	size := 0
	if info, err := os.Stat(s.program); err == nil {
		size = int(info.Size() >> 20)
	}
	fmt.Printf("ready %v after the start on an existing database (at most %v)\n", s.ready.Round(time.Millisecond), mostStart)
	fmt.Printf("%d MiB resident after 2,000 pages (at most %d); program %d MiB (at most %d)\n", s.memory, mostMemory, size, mostProgram)
	if s.ready > mostStart {
		missed = append(missed, "ready after "+s.ready.String())
	}
	if s.memory > mostMemory {
		missed = append(missed, fmt.Sprintf("%d MiB resident", s.memory))
	}
	if size > mostProgram {
		missed = append(missed, fmt.Sprintf("a program of %d MiB", size))
	}
	return missed
}

var (
	token   = regexp.MustCompile(`name="_csrf" value="([^"]+)"`)
	oneTime = regexp.MustCompile(`\b\d{6}\b`)
	logins  = []string{"burgemeester@maassluis.demo", "adviseur@maassluis.demo", "jurist@maassluis.demo", "handhaving@maassluis.demo",
		"handhaver@maassluis.demo", "m-coordinator@maassluis.demo", "procesregisseur@maassluis.demo", "analist@maassluis.demo",
		"privacy@maassluis.demo", "beheerder@maassluis.demo", "partner@politie.demo"}
)

// signIn signs in everybody of the demo with both factors, as a browser does: one
// account gets a part of the machine only.
func (s *server) signIn() error {
	for i, login := range logins {
		b := browser{s.address, map[string]string{}, fmt.Sprintf("192.0.2.%d", i+1)}
		if _, err := b.send("GET", "/inloggen", nil); err != nil {
			return err
		}
		page, err := b.send("POST", "/inloggen", url.Values{"login": {login}, "password": {"veilig oefenen in de demo"}, "naar": {"/hic"}})
		if err != nil {
			return err
		}
		_, main, _ := strings.Cut(page, "<main")
		if page, err = b.send("POST", "/inloggen/code", url.Values{"code": {oneTime.FindString(main)}}); err != nil {
			return err
		}
		if !strings.Contains(page, "/afmelden") {
			return fmt.Errorf("%s could not sign in", login)
		}
		s.sessions = append(s.sessions, "__Host-baken="+b.cookies["__Host-baken"])
	}
	return nil
}

// browser keeps cookies, also those that a real one would keep for localhost only.
type browser struct {
	address string
	cookies map[string]string
	source  string
}

func (b browser) send(method, path string, form url.Values) (string, error) {
	if method == "POST" {
		page, err := b.send("GET", "/sneltoetsen", nil)
		if err != nil {
			return "", err
		}
		m := token.FindStringSubmatch(page)
		if m == nil {
			return "", fmt.Errorf("%s: a page without a token", path)
		}
		form.Set("_csrf", m[1])
	}
	r, err := http.NewRequest(method, "http://"+b.address+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", b.source)
	for k, v := range b.cookies {
		r.AddCookie(&http.Cookie{Name: k, Value: v})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	body, err := io.ReadAll(res.Body)
	if to := res.Header.Get("Location"); err == nil && to != "" {
		return b.send("GET", to, nil)
	}
	if err == nil && res.StatusCode != 200 {
		err = fmt.Errorf("%s %s: %d", method, path, res.StatusCode)
	}
	return string(body), err
}
