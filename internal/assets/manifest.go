package assets

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Manifest is the file in dist that gives the hashed name by the plain one.
const Manifest = "manifest.json"

// Write puts the set into a folder, for a program that is built with it. What
// stood there is removed, so that no old file is built in.
func (s *Set) Write(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range s.Files() {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Body, 0o644); err != nil {
			return err
		}
	}
	names := map[string]string{}
	for plain, url := range s.urls {
		names[plain] = strings.TrimPrefix(url, Prefix)
	}
	raw, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, Manifest), raw, 0o644)
}
