package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baken/internal/kernel/deadlines"
)

// The command needs no data folder and no database.
func TestTerm(t *testing.T) {
	s := newShell(t)
	out := s.must("term", "AWB-6.7", "--from", "2026-04-03")
	for _, want := range []string{"Bekendmaking van het besluit: vrijdag 3 april 2026", "Atw 3 lid 3", "maandag 18 mei 2026", "Een dag later begonnen"} {
		if !strings.Contains(out, want) {
			t.Errorf("the explanation misses %q:\n%s", want, out)
		}
	}
	if out := s.must("term", "AWB-6.7", "--from", "2026-04-03", "--lang", "en"); !strings.Contains(out, "Monday 18 May 2026") {
		t.Errorf("in English: %s", out)
	}
	if entries, err := os.ReadDir(s.dir); err != nil || len(entries) > 0 {
		t.Errorf("a computation left something behind: %v %v", entries, err)
	}
}

func TestTermAsJSON(t *testing.T) {
	s := newShell(t)
	var v map[string]any
	if err := json.Unmarshal([]byte(s.must("term", "WTH-D6", "--from", "2027-05-13", "--json")), &v); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{"id": "WTH-D6", "class": "STAT", "from": "2027-05-13", "nominal_end": "2027-05-16", "end": "2027-05-18", "atw_applies": true, "disputed": nil} {
		if got, there := v[key]; !there || got != want {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	shift := v["shifts"].([]any)[0].(map[string]any)
	if shift["from"] != "2027-05-16" || shift["to"] != "2027-05-18" || shift["article"] != "Atw 1 lid 1" || shift["reason"] == "" {
		t.Errorf("the shift is %v", shift)
	}
	if err := json.Unmarshal([]byte(s.must("term", "WTH-D3", "--from", "2027-05-13", "--json")), &v); err != nil || v["end"] != nil {
		t.Errorf("what must be done without delay has no end: %v %v", v["end"], err)
	}
}

func TestTermWithEvents(t *testing.T) {
	s := newShell(t)
	const list = `[{"date":"2024-08-01","kind":"invorderingsbeschikking"},{"date":"2025-03-01","kind":"aanmaning"}]`
	s.in = list
	file := filepath.Join(s.dir, "events.json")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{"-", file} {
		var v map[string]any
		if err := json.Unmarshal([]byte(s.must("term", "LOD-5.35", "--from", "2024-06-01", "--events", from, "--json")), &v); err != nil || v["end"] != "2026-03-01" || v["state"] != "fixed" {
			t.Errorf("events from %s: %v %v", from, v["end"], err)
		}
	}
	for _, broken := range []string{"", "{}", `[{"date":"2024-08-01"}]`, `[{"date":"2024-02-30","kind":"aanmaning"}]`, `[{"date":"2024-08-01","kind":"aanmaning","unti":"2024-09-01"}]`, list + "[]"} {
		s.in = broken
		if code, out, errOut := s.run("term", "LOD-5.35", "--from", "2024-06-01", "--events", "-"); code != 1 || out != "" || errOut == "" {
			t.Errorf("%q: exit %d, %s%s", broken, code, out, errOut)
		}
	}
}

// Ids are written as law.md has them, with a slash or a space.
func TestEveryTermIsListedAndHelped(t *testing.T) {
	s := newShell(t)
	var list []map[string]any
	if err := json.Unmarshal([]byte(s.must("term", "--list", "--json")), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != len(deadlines.Rules()) {
		t.Fatalf("%d of %d rules are listed", len(list), len(deadlines.Rules()))
	}
	plain := s.must("term", "--list")
	for _, r := range deadlines.Rules() {
		if !strings.Contains(plain, r.ID+" ") {
			t.Errorf("%s is not listed", r.ID)
		}
		help := s.must("term", "--help", r.ID)
		if !strings.Contains(help, "\n"+r.ID+"  ") || !strings.Contains(help, r.Article) {
			t.Errorf("no help for %s", r.ID)
		}
		for _, p := range r.Params() {
			if !strings.Contains(help, p) {
				t.Errorf("the help of %s does not name %s", r.ID, p)
			}
		}
		if r.How == deadlines.Lapse && !strings.Contains(help, "dwangbevel") {
			t.Errorf("the help of %s lists no events", r.ID)
		}
	}
	s.must("term", "BD-5.30", "(sale)", "--from", "2026-03-02")
	s.must("term", "BD-5.30 (sale)", "--from", "2026-03-02")
}

func TestTermRefuses(t *testing.T) {
	s := newShell(t)
	for _, row := range []struct {
		code int
		want string
		args []string
	}{
		{1, "bestaat niet", []string{"AWB-6.7", "--from", "2026-02-30"}},
		{1, "AWB-6.77", []string{"AWB-6.77", "--from", "2026-02-20"}},
		{1, "Awb 7:10 lid 3", []string{"AWB-7.10.1", "--from", "2026-02-20", "--param", "adjourn-weeks=7"}},
		{1, "committee", []string{"AWB-7.10.1", "--from", "2026-02-20", "--param", "commitee=true"}},
		{1, "tijdstip", []string{"WTH-D2", "--from", "2026-02-20"}},
		{1, "5:32b", []string{"LOD-5.32b", "--from", "2026-02-20", "--param", "amount=500", "--param", "maximum=400"}},
		{2, "--from", []string{"AWB-6.7"}},
		{2, "--list", nil},
		{2, "", []string{"--list", "AWB-6.7"}},
		{2, "", []string{"AWB-6.7", "--from", "2026-02-20", "--lang", "de"}},
		{2, "", []string{"AWB-6.7", "--from", "2026-02-20", "--param", "committee"}},
	} {
		code, out, errOut := s.run(append([]string{"term"}, row.args...)...)
		if code != row.code || !strings.Contains(errOut, row.want) || code == 1 && out != "" {
			t.Errorf("%v: exit %d (want %d), %q %s", row.args, code, row.code, errOut, out)
		}
	}
}
