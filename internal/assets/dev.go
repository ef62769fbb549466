//go:build !embedassets

package assets

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// Load fetches the packages when that is needed and bundles the files. It needs
// the source tree, and npm the first time; a program built with embedassets needs
// neither. All callers in one process share the result, because bundling takes a
// third of a second.
func Load() (*Set, error) { return once() }

var once = sync.OnceValues(func() (*Set, error) {
	root, err := Root()
	if err != nil {
		return nil, err
	}
	files, names, err := bundle(root)
	if err != nil {
		return nil, err
	}
	return newSet(files, names)
})

// Root is the folder web/ of the source tree, with its packages installed.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		root := filepath.Join(dir, "web")
		if _, err := os.Stat(filepath.Join(root, "package-lock.json")); err == nil {
			return root, install(root)
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("assets: no web/package-lock.json in this folder or above it; run inside the source tree, or build with -tags embedassets")
		}
		dir = up
	}
}

// install runs npm only when the packages are missing or older than the lock
// file. Scripts of packages do not run: no package needs one, and they are how a
// stolen package takes over a machine.
func install(root string) error {
	lock, err := os.Stat(filepath.Join(root, "package-lock.json"))
	if err != nil {
		return err
	}
	fresh := func() bool {
		done, err := os.Stat(filepath.Join(root, "node_modules", ".package-lock.json"))
		return err == nil && !done.ModTime().Before(lock.ModTime())
	}
	if fresh() {
		return nil
	}
	// Tests of several packages start at once; npm may not run twice in one folder.
	unlock, err := claim(filepath.Join(root, ".npm-lock"))
	if err != nil {
		return err
	}
	defer unlock()
	if fresh() {
		return nil
	}
	cmd := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("assets: npm ci in %s: %w\n%s", root, err, out)
	}
	return nil
}
