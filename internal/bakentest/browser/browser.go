// Package browser lets a test look at a page with Chromium: rules of
// accessibility, screenshots, what the browser complains about, print, keys, and
// the page without script. Without Chromium the test fails, because a check that
// silently does not run is worse than none.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Size is a window in CSS pixels.
type Size struct{ Width, Height int64 }

// The sizes that every page is looked at (ui.md 5).
var (
	Desktop = Size{1366, 768}
	Phone   = Size{390, 844}
	Narrow  = Size{320, 640} // also a desktop at 400 %: WCAG 1.4.10
)

// Browser is one window. It is used by one goroutine.
type Browser struct {
	t      testing.TB
	ctx    context.Context
	audits bool // pages come with the audit

	mu         sync.Mutex
	complaints []string
}

// patience bounds one step, so that a page that never comes is a failure and not
// a test that hangs. It is no measurement: a slow machine passes too.
const patience = 60 * time.Second

// Start opens a window that ends with the test.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := find()
	if path == "" {
		t.Fatal("Chromium is not installed, and the pages must be looked at: install it with 'apt-get install chromium', or name it in BAKEN_CHROMIUM")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless, chromedp.DisableGPU, chromedp.NoSandbox,
		// Pages in a test come from this machine; the browser itself calls nobody.
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("lang", "nl"),
		chromedp.WSURLReadTimeout(patience),
	)
	t.Cleanup(stop)
	b := &Browser{t: t}
	ctx, end := chromedp.NewContext(alloc, chromedp.WithListener(b.hear))
	t.Cleanup(end)
	b.ctx = ctx
	// The first call starts the browser and gets no deadline: that would end it.
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	b.Resize(Desktop)
	return b
}

func find() string {
	if p := os.Getenv("BAKEN_CHROMIUM"); p != "" {
		return p
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

// hear notes what the browser complains about: script that failed, files that did
// not load, and what the policy forbade.
func (b *Browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.complaints = append(b.complaints, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "script: "+e.ExceptionDetails.Text+" "+exception(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			for _, a := range e.Args {
				b.complaints = append(b.complaints, "console: "+string(a.Value)+" "+a.Description)
			}
		}
	}
}

// Complaints returns what was complained about since the last call.
func (b *Browser) Complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.complaints
	b.complaints = nil
	return out
}

func (b *Browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func get[T any](b *Browser, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func tell[P any](b *Browser, cmd cdp.Command[P, cdp.Empty], params P) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if _, err := chromedp.Call(ctx, cmd, params); err != nil {
		b.t.Fatal(err)
	}
}

// Visit opens an address and waits until page and fonts are there.
func (b *Browser) Visit(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
	Eval[bool](b, `document.fonts.ready.then(() => true)`)
}

// Resize changes the window. Below 500 pixels it behaves as a phone.
func (b *Browser) Resize(s Size) {
	b.t.Helper()
	tell(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: s.Width, Height: s.Height, DeviceScaleFactor: 1, Mobile: s.Width < 500})
}

// WithoutScript turns script off, or on again, for pages opened from now on.
func (b *Browser) WithoutScript(off bool) {
	b.t.Helper()
	tell(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
}

// Cookie puts a cookie into the browser, for a page that needs a session.
func (b *Browser) Cookie(url, name, value string) {
	b.t.Helper()
	yes := true
	tell(b, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: url, Path: "/", Secure: &yes, HTTPOnly: &yes})
}

// Eval evaluates an expression in the page, and waits when it is a promise.
func Eval[T any](b *Browser, expression string) T {
	b.t.Helper()
	return get(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Press types keys: "/" or kb.Tab of chromedp's kb package.
func (b *Browser) Press(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// byKey is how much of a long text is typed key by key: enough to meet a shortcut that
// takes the keys of whoever types. The rest goes in at once, as from a dictation: a key is
// three messages to the browser and back.
const byKey = 12

// Type fills a field, found by its id.
func (b *Browser) Type(id, words string) {
	b.t.Helper()
	b.do(chromedp.Focus(chromedp.ID(id)))
	Eval[bool](b, `document.activeElement.select() === undefined`) // what is typed takes the place of what was there
	letters := []rune(words)
	keys := min(len(letters), byKey)
	b.do(chromedp.KeyEvent(string(letters[:keys])))
	if rest := string(letters[keys:]); rest != "" {
		tell(b, input.InsertText, input.InsertTextParams{Text: rest})
	}
}

// Upload chooses files in a file field, found by its id.
func (b *Browser) Upload(id string, files ...string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.ID(id), files))
}

// Click clicks the first element that a CSS selector finds.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// Tap presses and releases the mouse at a place in the window, in CSS pixels.
func (b *Browser) Tap(x, y float64) {
	b.t.Helper()
	b.do(chromedp.MouseClickXY(x, y))
}

// Drag presses the mouse at one place in the window and releases it at another.
func (b *Browser) Drag(fromX, fromY, toX, toY float64) {
	b.t.Helper()
	held := func(p *input.DispatchMouseEventParams) {
		p.Button, p.Buttons, p.ClickCount = input.MouseButtonLeft, 1, 1
	}
	b.do(chromedp.MouseEvent(chromedp.MousePressed, fromX, fromY, held))
	for i := range 4 {
		t := float64(i+1) / 4
		b.do(chromedp.MouseEvent(chromedp.MouseMoved, fromX+t*(toX-fromX), fromY+t*(toY-fromY), held))
	}
	b.do(chromedp.MouseEvent(chromedp.MouseReleased, toX, toY, held))
}

// Follow clicks and waits until the next page is there.
func (b *Browser) Follow(selector string) {
	b.t.Helper()
	b.next(chromedp.Click(chromedp.CSS(selector)))
}

// PressOn types keys that lead to another page, and waits until it is there.
func (b *Browser) PressOn(keys string) {
	b.t.Helper()
	b.next(chromedp.KeyEvent(keys))
}

func (b *Browser) next(step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if _, err := chromedp.RunResponse(ctx, step); err != nil {
		b.t.Fatal(err)
	}
}

// Here is the address of the page.
func (b *Browser) Here() string {
	b.t.Helper()
	return get(b, chromedp.Location())
}

// Focus describes the element that has the focus: its tag with its id.
func (b *Browser) Focus() string {
	b.t.Helper()
	return Eval[string](b, `(e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : ""))(document.activeElement)`)
}

// Overflow lists what reaches beyond the right edge of the window; empty when the
// page does not scroll sideways.
func (b *Browser) Overflow() []string {
	b.t.Helper()
	return Eval[[]string](b, `(() => {
		const edge = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= edge) return [];
		return [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > edge + 1 && e.parentElement.closest(".baken-scroll") === null)
			.slice(0, 8).map(e => e.tagName.toLowerCase() + "." + e.getAttribute("class"));
	})()`)
}

// Shot keeps a picture of the whole page in the folder that BAKEN_SHOTS names, for
// people to look at. It checks nothing, so without that folder it takes none: pictures
// that nobody kept were a quarter of what the pages cost.
func (b *Browser) Shot(name string) {
	b.t.Helper()
	if os.Getenv(shots) == "" {
		return
	}
	// A sticky bar would otherwise stand where the page was scrolled to.
	Eval[bool](b, `scrollTo(0, 0) === undefined`)
	b.keep(name+".png", get(b, chromedp.FullScreenshot(100)))
}

// shots names the folder where pictures and prints are kept.
const shots = "BAKEN_SHOTS"

// PDF prints the page on A4, as a reader would.
func (b *Browser) PDF(name string) []byte {
	b.t.Helper()
	pdf := get(b, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFOutlineAndTagged()))
	b.keep(name+".pdf", pdf)
	return pdf
}

func (b *Browser) keep(name string, content []byte) {
	b.t.Helper()
	dir := os.Getenv(shots)
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// Contrast turns a contrast theme of the operating system on or off.
func (b *Browser) Contrast(on bool) {
	b.t.Helper()
	value := "none"
	if on {
		value = "active"
	}
	tell(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: value}}})
}

// Paper shows the page as it is printed, or again as on a screen.
func (b *Browser) Paper(on bool) {
	b.t.Helper()
	media := ""
	if on {
		media = "print"
	}
	tell(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception == nil {
		return d.URL
	}
	return d.Exception.Description
}
