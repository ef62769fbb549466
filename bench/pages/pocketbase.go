package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
)

func newReader(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, 64<<10) }

// root is the folder of the product's module.
func root() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	return filepath.Dir(filepath.Dir(filepath.Dir(string(bytes.TrimSpace(out))))), nil
}

// openPeer builds and starts PocketBase with 50 rows and signs in.
func openPeer(dir string) (*server, error) {
	program := filepath.Join(dir, "pocketbase")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, ".")
	top, err := root()
	if err != nil {
		return nil, err
	}
	build.Dir, build.Env = filepath.Join(top, "bench", "pages", "peer"), append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	s := &server{name: "pocketbase"}
	if s.address, err = freeAddress(); err != nil {
		return nil, err
	}
	if err := s.start("/api/health", nil, program, filepath.Join(dir, "peer"), s.address); err != nil {
		return nil, err
	}
	res, err := http.Post("http://"+s.address+"/api/collections/users/auth-with-password", "application/json",
		bytes.NewReader([]byte(`{"identity":"noor@example.org","password":"veilig oefenen"}`)))
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	defer res.Body.Close()
	var in struct{ Token string }
	if err := json.NewDecoder(res.Body).Decode(&in); err != nil || in.Token == "" {
		return nil, errors.Join(fmt.Errorf("PocketBase did not sign in: %d %w", res.StatusCode, err), s.stop())
	}
	// Without the count of all rows, which is its fastest way to answer.
	request := fmt.Sprintf("GET /api/collections/rows/records?perPage=50&skipTotal=1 HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n", s.address, in.Token)
	s.request = func(b []byte, _, _ int) []byte { return append(b, request...) }
	r, err := s.load(1, 200e6)
	if err != nil || r.size < 5000 {
		return nil, errors.Join(fmt.Errorf("PocketBase's 50 rows are %d bytes: %w", r.size, err), s.stop())
	}
	return s, nil
}
