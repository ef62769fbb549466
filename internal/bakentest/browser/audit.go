package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"baken/internal/assets"
)

// Violation is one rule of accessibility that a page breaks, with the places.
type Violation struct {
	Rule   string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Places []string `json:"places"`
}

func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n\t%s", v.Rule, v.Impact, v.Help, strings.Join(v.Places, "\n\t"))
}

// Audit runs axe-core with WCAG 2.0 to 2.2 A and AA and best practice, and returns
// what it finds. What it cannot tell (contrast over drawings) is not counted: those
// pairs stand measured in ui.md 4.
func (b *Browser) Audit() []Violation {
	b.t.Helper()
	if Eval[bool](b, `typeof axe === "undefined"`) {
		source, err := axe()
		if err != nil {
			b.t.Fatal(err)
		}
		// Injected by the debugger, so the page's policy stays as strict as it is. Pages that
		// come after have it from the start: it is half a megabyte to send.
		Eval[bool](b, source+`; true`)
		if !b.audits {
			if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source}); err != nil {
				b.t.Fatal(err)
			}
			b.audits = true
		}
	}
	return Eval[[]Violation](b, `axe.run(document, {preload: false, resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]})
		.then(r => r.violations.map(v => ({id: v.id, impact: v.impact, help: v.help, places: v.nodes.slice(0, 6).map(n => n.target.join(" ") + "  " + n.html.slice(0, 160))})))`)
}

var axe = sync.OnceValues(func() (string, error) {
	root, err := assets.Root()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(root, "node_modules", "axe-core", "axe.min.js"))
	return string(source), err
})
