package browser_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baken/internal/bakentest/browser"
)

// serve answers with one page under a policy as strict as the site's.
func serve(t *testing.T, page string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:")
		switch r.URL.Path {
		case "/p.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, `document.getElementById("k").textContent = "script"; document.addEventListener("keydown", e => { document.getElementById("k").textContent = e.key })`)
		case "/next":
			fmt.Fprint(w, `<!doctype html><html lang="nl"><title>volgende</title><h1>Volgende</h1>`)
		default:
			fmt.Fprint(w, page)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

const good = `<!doctype html><html lang="nl"><head><title>goed</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><script src="/p.js" defer></script></head>
<body><main><h1>Goed</h1><p id="k">zonder</p><a id="v" href="/next">Volgende</a><label for="n">Naam</label> <input id="n"></main></body></html>`

// A check that finds nothing anywhere would pass every page, so each is shown a
// page with the fault it is for.
func TestFaultsAreFound(t *testing.T) {
	b := browser.Start(t)
	b.Visit(serve(t, `<!doctype html><html><head><title>fout</title><link rel="icon" href="data:,"></head><body><div style="width:900px">breed</div><img src="data:,"></body></html>`))
	var rules []string
	for _, v := range b.Audit() {
		rules = append(rules, v.Rule)
	}
	for _, want := range []string{"html-has-lang", "image-alt"} {
		if !strings.Contains(strings.Join(rules, " "), want) {
			t.Errorf("%s is not found; found %v", want, rules)
		}
	}
	if c := strings.Join(b.Complaints(), "\n"); !strings.Contains(c, "Content Security Policy") {
		t.Errorf("the inline style is not reported: %q", c)
	}
	b.Visit(serve(t, `<!doctype html><html lang="nl"><title>breed</title><meta name="viewport" content="width=device-width"><body><svg width="900" height="9"></svg></body></html>`))
	b.Resize(browser.Narrow)
	if len(b.Overflow()) == 0 {
		t.Error("a picture of 900 pixels fits in 320")
	}
	// A page that was open on a telephone is measured anew when it gets less room.
	b.Resize(browser.Phone)
	b.Visit(serve(t, `<!doctype html><html lang="nl"><title>net niet</title><meta name="viewport" content="width=device-width"><body><svg width="350" height="9"></svg></body></html>`))
	if wide := b.Overflow(); len(wide) > 0 {
		t.Errorf("a picture of 350 pixels does not fit in 390: %v", wide)
	}
	if b.Resize(browser.Narrow); len(b.Overflow()) == 0 {
		t.Error("a picture of 350 pixels fits in 320")
	}
}

func TestGoodPagePassesAndAnswers(t *testing.T) {
	b := browser.Start(t)
	b.Visit(serve(t, good))
	if v := b.Audit(); len(v) != 0 {
		t.Errorf("violations: %v", v)
	}
	if c := b.Complaints(); len(c) != 0 {
		t.Errorf("complaints: %v", c)
	}
	b.Press("?")
	if got := browser.Eval[string](b, `document.getElementById("k").textContent`); got != "?" {
		t.Errorf("the page heard %q", got)
	}
	for _, name := range []string{"Van der Wielen-Hoogerbrugge", "Jansen"} {
		b.Type("n", name)
		if got := browser.Eval[string](b, `document.getElementById("n").value`); got != name || b.Focus() != "input#n" {
			t.Errorf("field %q, want %q; focus %s", got, name, b.Focus())
		}
	}
	if pdf := b.PDF("goed"); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Error("no print")
	}
	dir := t.TempDir()
	t.Setenv("BAKEN_SHOTS", dir)
	b.Shot("goed")
	if png, err := os.ReadFile(filepath.Join(dir, "goed.png")); err != nil || !bytes.HasPrefix(png, []byte("\x89PNG")) {
		t.Errorf("no picture: %v", err)
	}
	b.Follow("#v")
	if !strings.HasSuffix(b.Here(), "/next") {
		t.Errorf("the link led to %s", b.Here())
	}
}

func TestPageWithoutScript(t *testing.T) {
	b := browser.Start(t)
	url := serve(t, good)
	b.WithoutScript(true)
	b.Visit(url)
	if got := browser.Eval[string](b, `document.getElementById("k").textContent`); got != "zonder" {
		t.Errorf("script ran: %q", got)
	}
	b.WithoutScript(false)
	b.Visit(url)
	if got := browser.Eval[string](b, `document.getElementById("k").textContent`); got != "script" {
		t.Errorf("script did not run: %q", got)
	}
}
