package measures

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"baken/internal/kernel/deadlines"
)

// ReadPolicies reads the versions of a municipality's rules: the TOML files in folder, a
// file a version; those in builtin/policy, of a fictitious municipality, when there are
// none. They come oldest first. A file that parse refuses, or that is in force from the
// same day as another, is refused with its name.
func ReadPolicies[P any](builtin fs.FS, folder string, parse func(raw string) (P, error), version func(P) (id string, inForce deadlines.Day)) ([]P, error) {
	files := builtin
	names, err := fs.Glob(files, "policy/*.toml")
	if err != nil {
		return nil, err
	}
	if found, err := filepath.Glob(filepath.Join(folder, "*.toml")); err != nil {
		return nil, err
	} else if folder != "" && len(found) > 0 {
		files, names = os.DirFS(folder), nil
		for _, f := range found {
			names = append(names, filepath.Base(f))
		}
	}
	var out []P
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		p, err := parse(string(raw))
		if err != nil {
			return nil, fmt.Errorf("policy %s: %w", name, err)
		}
		out = append(out, p)
	}
	from := func(p P) deadlines.Day {
		_, day := version(p)
		return day
	}
	slices.SortFunc(out, func(a, b P) int { return int(from(a) - from(b)) })
	for i := 1; i < len(out); i++ {
		if from(out[i]) == from(out[i-1]) {
			id, _ := version(out[i])
			return nil, fmt.Errorf("policy %s: another version is in force from the same day", id)
		}
	}
	return out, nil
}
