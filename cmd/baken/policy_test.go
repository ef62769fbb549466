package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A jurist tests new rules before they are put in place.
func TestPolicyCheck(t *testing.T) {
	s := newShell(t)
	raw, err := os.ReadFile("../../internal/measures/dwangsom/policy/2026-01-01.toml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.dir, "2027.toml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(string(raw))
	if out := s.must("policy", "check", s.dir); !strings.Contains(out, "geluid-woning") || !strings.Contains(out, "5.000,00") {
		t.Errorf("%s", out)
	}
	write(strings.Replace(string(raw), "amount = 1000", "amount = 999", 1))
	if code, out, errOut := s.run("policy", "check", s.dir); code != 1 || out != "" || !strings.Contains(errOut, "2027.toml") || !strings.Contains(errOut, "geluid-woning") {
		t.Errorf("an example that the rules contradict: %d %s%s", code, out, errOut)
	}
	if code, _, _ := s.run("policy", "check", filepath.Join(s.dir, "none")); code != 2 {
		t.Errorf("no such folder: %d", code)
	}
}

// And a matrix for closing premises.
func TestPolicyCheckOfTheMatrix(t *testing.T) {
	s := newShell(t)
	raw, err := os.ReadFile("../../internal/measures/sluiting/policy/2026-01-01.toml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.dir, "2027.toml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(string(raw))
	if out := s.must("policy", "check", "--measure", "sluiting", s.dir); !strings.Contains(out, "W-H-1: woning, harddrugs, meer dan 0,5 gram of 1 stuk, eerste keer: sluiting van 3 maanden") || !strings.Contains(out, "6 voorbeelden") {
		t.Errorf("%s", out)
	}
	write(strings.Replace(string(raw), "earlier = 3\n", "earlier = 0\n", 1))
	if code, out, errOut := s.run("policy", "check", "--measure", "sluiting", s.dir); code != 1 || out != "" || !strings.Contains(errOut, "2027.toml") || !strings.Contains(errOut, "example 4") {
		t.Errorf("an example that the matrix contradicts: %d %s%s", code, out, errOut)
	}
}
