//go:build !embedassets

package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// iconNames are the icons that pages may use. The list is written out because the
// whole set is 5,000 icons; a page that names another one fails its test.
var iconNames = strings.Fields(`
	alert-circle alert-triangle arrow-back-up arrow-down arrow-left arrow-right arrow-up arrow-narrow-down arrow-narrow-up bell
	calendar-event chart-line check chevron-down chevron-left chevron-right circle-check circle-x
	clipboard-list clock-exclamation copy database device-cctv download eraser eye-check file-import
	file-text filter gavel history home hourglass info-circle key keyboard language lock logout
	map-2 map-pin menu-2 message-report minus note plus printer refresh report-analytics search
	selector settings shield-lock target-arrow tool trash upload user users users-group
	video-off x`)

var (
	shape = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	// Every icon carries an invisible background square for drawing programs.
	square = regexp.MustCompile(`\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" />`)
	gap    = regexp.MustCompile(`\s+`)
)

// icons makes one file with a symbol per icon. The source marks the sprite's
// licence in a comment of its own.
func icons(dir string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(`<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons, MIT -->`)
	for _, name := range iconNames {
		raw, err := os.ReadFile(filepath.Join(dir, name+".svg"))
		if err != nil {
			return nil, fmt.Errorf("assets: icon %q: %w", name, err)
		}
		m := shape.FindSubmatch(raw)
		if m == nil {
			return nil, fmt.Errorf("assets: icon %q is no svg", name)
		}
		body := gap.ReplaceAll(square.ReplaceAll(m[1], nil), []byte(" "))
		fmt.Fprintf(&out, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`, name, bytes.TrimSpace(body))
	}
	out.WriteString(`</svg>`)
	return out.Bytes(), nil
}

// digest names a file after its content, in the way esbuild does.
func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return base32.StdEncoding.EncodeToString(sum[:])[:8]
}
