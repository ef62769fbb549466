//go:build embedassets

package assets

import (
	"embed"
	"encoding/json"
	"io/fs"
	"sync"
)

//go:embed all:dist
var dist embed.FS

// Load reads the files that cmd/assets wrote before the program was built.
func Load() (*Set, error) { return once() }

var once = sync.OnceValues(func() (*Set, error) {
	raw, err := dist.ReadFile("dist/" + Manifest)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	if err := json.Unmarshal(raw, &names); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	entries, err := fs.ReadDir(dist, "dist")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Name() == Manifest {
			continue
		}
		if files[e.Name()], err = dist.ReadFile("dist/" + e.Name()); err != nil {
			return nil, err
		}
	}
	return newSet(files, names)
})
