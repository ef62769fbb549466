package assets_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"baken/internal/assets"
)

func load(t *testing.T) *assets.Set {
	t.Helper()
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func get(set *assets.Set, url, encoding string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", url, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	set.ServeHTTP(w, r)
	return w
}

func TestAddressCarriesTheContentAndIsKept(t *testing.T) {
	set := load(t)
	for _, name := range []string{"app.css", "app.js", "icons.svg", "source-sans-3-latin-wght-normal.woff2"} {
		url := set.URL(name)
		if !regexp.MustCompile(`^/assets/[a-z0-9-]+-[A-Z0-9]{8}\.[a-z0-9]+$`).MatchString(url) {
			t.Errorf("%s has the address %q, without a hash it cannot be kept", name, url)
			continue
		}
		w := get(set, url, "")
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
	if w := get(set, "/assets/app-00000000.css", ""); w.Code != 404 {
		t.Errorf("an address with another hash answers %d; it would be kept under the wrong name", w.Code)
	}
}

func TestPackedAnswerHoldsTheSameBytes(t *testing.T) {
	set := load(t)
	plain, packed := get(set, set.URL("app.css"), ""), get(set, set.URL("app.css"), "gzip, br")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= plain.Body.Len()/4 {
		t.Fatalf("packed %d of %d bytes, header %v", packed.Body.Len(), plain.Body.Len(), packed.Header())
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, plain.Body.Bytes()) {
		t.Fatalf("unpacked answer differs: %v", err)
	}
	if font := get(set, set.URL("source-sans-3-latin-wght-normal.woff2"), "gzip"); font.Header().Get("Content-Encoding") != "" {
		t.Error("a font is compressed already; packing it again costs and gains nothing")
	}
}

// The policy lets nothing in from elsewhere, so an address of another machine in
// the style sheet would be a hole in the page.
func TestNothingComesFromElsewhere(t *testing.T) {
	set := load(t)
	outside := regexp.MustCompile(`url\(["']?(https?:)?//`)
	for _, f := range set.Files() {
		if strings.HasSuffix(f.Name, ".css") && outside.Match(f.Body) {
			t.Errorf("%s fetches from another machine", f.Name)
		}
	}
	sprite := get(set, set.URL("icons.svg"), "").Body.String()
	if !strings.Contains(sprite, `<symbol id="lock"`) || strings.Contains(sprite, "M0 0h24v24H0z") {
		t.Error("the sprite misses an icon, or holds the invisible squares")
	}
}

// ui.md 2: the first visit stays light.
func TestStyleSheetStaysSmall(t *testing.T) {
	set := load(t)
	for name, limit := range map[string]int{"app.css": 26_000, "app.js": 18_000, "icons.svg": 6_000} {
		if n := get(set, set.URL(name), "gzip").Body.Len(); n > limit {
			t.Errorf("%s is %d bytes packed, more than %d", name, n, limit)
		}
	}
}
