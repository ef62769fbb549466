//go:build !embedassets

package assets

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle makes the files in memory; nothing is written. The second result gives
// the hashed name by the plain one.
func bundle(root string) (map[string][]byte, map[string]string, error) {
	const out = "/out" // esbuild wants a folder to name files in; it does not write there
	r := api.Build(api.BuildOptions{
		AbsWorkingDir:     root,
		EntryPoints:       []string{"src/app.css", "src/app.js"},
		Outdir:            out,
		EntryNames:        "[name]-[hash]",
		AssetNames:        "[name]-[hash]",
		ChunkNames:        "[name]-[hash]",
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Splitting:         true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		// The EUPL asks that the notices stay with the code.
		LegalComments: api.LegalCommentsEndOfFile,
		Loader:        map[string]api.Loader{".woff2": api.LoaderFile},
		Write:         false,
		LogLevel:      api.LogLevelSilent,
	})
	if len(r.Errors) > 0 {
		text := api.FormatMessages(r.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return nil, nil, fmt.Errorf("assets: bundling: %s", strings.Join(text, "\n"))
	}
	files, names := map[string][]byte{}, map[string]string{}
	for _, f := range r.OutputFiles {
		hashed := filepath.Base(f.Path)
		files[hashed] = f.Contents
		names[plain(hashed)] = hashed
	}
	sprite, err := icons(filepath.Join(root, "node_modules", "@tabler", "icons", "icons", "outline"))
	if err != nil {
		return nil, nil, err
	}
	hashed := "icons-" + digest(sprite) + ".svg"
	files[hashed], names["icons.svg"] = sprite, hashed
	return files, names, nil
}

// plain takes esbuild's hash (8 characters after the last dash) out of a name.
func plain(hashed string) string {
	ext := filepath.Ext(hashed)
	base := strings.TrimSuffix(hashed, ext)
	return base[:strings.LastIndexByte(base, '-')] + ext
}
