package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestActsHaveSchemas(t *testing.T) {
	s := newShell(t)
	var all []struct {
		Name   string
		Schema struct {
			Properties map[string]map[string]any
			Required   []string
		}
	}
	if err := json.Unmarshal([]byte(s.must("acts", "--json")), &all); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, a := range all {
		if a.Name != "dwangsom.recover" {
			continue
		}
		found = true
		if a.Schema.Properties["On"]["format"] != "date" || a.Schema.Properties["Amount"]["type"] != "integer" || a.Schema.Properties["Waived"] != nil || len(a.Schema.Required) != 4 {
			t.Errorf("%+v", a.Schema)
		}
	}
	if !found || len(all) < 30 {
		t.Errorf("%d acts", len(all))
	}
	if out := s.must("acts"); !strings.Contains(out, "dwangsom.recover") || !strings.Contains(out, "Special") {
		t.Errorf("%s", out)
	}
}
