package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web"
)

// walker is somebody at a browser who carries one file.
type walker struct {
	t    *testing.T
	h    *bakentest.House
	b    *browser.Browser
	role string
	base string // address of the file, without the house
}

// as signs in by the form, in place of who sat here before. A session ends while
// nobody works, so whoever comes back days later shows both factors again.
func (w *walker) as(role string) {
	w.t.Helper()
	w.b.Cookie(w.h.URL, web.SessionCookie, "nobody")
	w.b.Visit(w.h.URL + "/inloggen")
	w.b.Type("login", bakentest.Login(w.t, role))
	w.b.Type("password", demoPassword)
	w.b.Follow(`main form button[type="submit"]`)
	w.prove()
	w.role = role
}

func (w *walker) prove() {
	w.t.Helper()
	w.b.Type("code", w.h.Code())
	w.b.Follow(`main form button[type="submit"]`)
}

// on moves the clock to a time of a day in Amsterdam, never back.
func (w *walker) on(day, clock string) {
	w.t.Helper()
	to, err := time.ParseInLocation("02-01-2006 15.04", day+" "+clock, text.Amsterdam)
	if err != nil || to.Before(w.h.Now()) {
		w.t.Fatalf("%s %s is not after %s: %v", day, clock, w.h.Now(), err)
	}
	w.h.Wait(to.Sub(w.h.Now()))
}

// open opens the form of an act.
func (w *walker) open(act string) {
	w.t.Helper()
	path := w.base + "/" + act
	if act == "report" {
		path = "/maatregelen/dwangsom/nieuw"
	}
	w.b.Visit(w.h.URL + path)
}

// field is what is typed or chosen in a field of a form.
type field struct{ name, value string }

// fill fills the form that is open, each field as a person would.
func (w *walker) fill(fields ...field) {
	w.t.Helper()
	for _, f := range fields {
		kind := browser.Eval[string](w.b, `(e => e === null ? "" : e.tagName + " " + (e.type || ""))(document.querySelector('main form[method="post"] [name="`+f.name+`"]'))`)
		switch {
		case kind == "":
			w.t.Fatalf("%s has no field %s", w.b.Here(), f.name)
		case strings.HasPrefix(kind, "SELECT"):
			browser.Eval[bool](w.b, `(e => { e.value = `+quote(f.value)+`; e.dispatchEvent(new Event("change", {bubbles: true})); return true })(document.getElementById("`+f.name+`"))`)
			if got := w.value(f.name); got != f.value {
				w.t.Fatalf("%s does not offer %q at %s", w.b.Here(), f.value, f.name)
			}
		case kind == "INPUT radio" || kind == "INPUT checkbox":
			w.b.Click(`main [name="` + f.name + `"][value="` + f.value + `"]`)
		case kind == "INPUT file":
			w.b.Upload(f.name, f.value)
		default:
			w.b.Type(f.name, f.value)
		}
	}
}

func (w *walker) send() {
	w.t.Helper()
	w.b.Follow(`main form[method="post"] button[type="submit"]`)
}

// do performs an act by its form and must end on the page of the file.
func (w *walker) do(act string, fields ...field) {
	w.t.Helper()
	w.open(act)
	w.fill(fields...)
	w.send()
	if w.base == "" {
		w.base = strings.TrimPrefix(w.b.Here(), w.h.URL)
	}
	if w.b.Here() != w.h.URL+w.base {
		w.t.Fatalf("%s was not taken: %s\n%s", act, w.b.Here(), strings.Join(w.errors(), "\n"))
	}
}

// value is what a field of the form holds now.
func (w *walker) value(name string) string {
	w.t.Helper()
	return browser.Eval[string](w.b, `(l => l.length === 0 ? "" : l[0].type === "radio" ? ([...l].find(e => e.checked)?.value ?? "") : l[0].value)(document.querySelectorAll('main [name="`+name+`"]'))`)
}

func (w *walker) errors() []string {
	w.t.Helper()
	return browser.Eval[[]string](w.b, `[...document.querySelectorAll(".baken-errors li")].map(e => e.textContent.trim())`)
}

// refused sends the form that is open and must stay on it: nothing is stored, what
// was typed is still there, the summary has the focus and leads to the field.
func (w *walker) refused(at, sentence string, fields ...field) {
	w.t.Helper()
	w.fill(fields...)
	before := contents(w.t, w.h)
	w.send()
	for _, table := range changed(before, contents(w.t, w.h)) {
		if strings.HasPrefix(table, "dossier") || strings.HasPrefix(table, "measure") || strings.HasPrefix(table, "agenda") {
			w.t.Errorf("%s: a refused form changed %s", w.b.Here(), table)
		}
	}
	if got := w.errors(); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, sentence) }) {
		w.t.Errorf("%s says %q, want %q", w.b.Here(), got, sentence)
	}
	if title := browser.Eval[string](w.b, `document.title`); !strings.HasPrefix(title, "Fout:") {
		w.t.Errorf("%s: the title %q does not say that it went wrong", w.b.Here(), title)
	}
	if f := w.b.Focus(); f != "div#fouten" {
		w.t.Errorf("%s: the focus is on %s, not on the errors", w.b.Here(), f)
	}
	if at != "" {
		said := browser.Eval[string](w.b, `document.getElementById("`+at+`-fout")?.textContent.trim() ?? ""`)
		if !strings.Contains(said, sentence) {
			w.t.Errorf("%s: at %s stands %q, want %q", w.b.Here(), at, said, sentence)
		}
		w.b.Click(`.baken-errors a[href="#` + at + `"]`)
		if f := browser.Eval[string](w.b, `document.activeElement.name ?? ""`); f != at {
			w.t.Errorf("%s: the error leads to the field %q, want %s", w.b.Here(), f, at)
		}
	}
	for _, f := range fields {
		if got := w.value(f.name); got != f.value {
			w.t.Errorf("%s: %s holds %q after the refusal; %q was typed", w.b.Here(), f.name, got, f.value)
		}
	}
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// standing is what the page of a file says.
type standing struct {
	Stage, Next, Now string
	Terms            map[string]string // title: day, how far
	Facts            map[string]string
	Story            []string
	Documents        []string
	Chart            []string
}

func (w *walker) page(query string) standing {
	w.t.Helper()
	w.b.Visit(w.h.URL + w.base + query)
	return browser.Eval[standing](w.b, `(() => {
		const words = e => (e?.textContent ?? "").replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
		const all = (q, f) => [...document.querySelectorAll(q)].map(f);
		return {
			Stage: words(document.querySelector(".baken-pagehead .utrecht-status-badge")),
			Next: words(document.querySelector("#volgende-kop")),
			Now: words(document.querySelector("[aria-current=step] .baken-step__name")),
			Terms: Object.fromEntries(all(".baken-term", e => [words(e.querySelector(".baken-row__title")), e.querySelector("time").dateTime + ", " + words(e.querySelector(".baken-when__left"))])),
			Facts: Object.fromEntries(all("#feiten dt", e => [words(e), words(e.nextElementSibling)])),
			Story: all(".baken-story__item", words),
			Documents: all("#documenten a", words),
			Chart: all(".baken-gantt [role=img]", e => e.getAttribute("aria-label")),
		};
	})()`)
}

// says checks the stage, the stage of the procedure that is marked, and the next step.
func (w *walker) says(stage, now, next string) standing {
	w.t.Helper()
	s := w.page("")
	if s.Stage != stage || s.Now != now || s.Next != next {
		w.t.Errorf("the page says %q, %q, %q; want %q, %q, %q", s.Stage, s.Now, s.Next, stage, now, next)
	}
	return s
}

// term checks a term against the calendar's own answer.
func (w *walker) term(s standing, title, rule string, from deadlines.Day, left string) {
	w.t.Helper()
	a, err := deadlines.Builtin().Answer(deadlines.Question{ID: rule, Start: deadlines.OnDay(from)})
	if err != nil {
		w.t.Fatal(err)
	}
	if want := a.End.Day.String() + ", " + left; s.Terms[title] != want {
		w.t.Errorf("the term %q says %q, want %q", title, s.Terms[title], want)
	}
}

func (w *walker) given(s standing, title, want string) {
	w.t.Helper()
	if s.Terms[title] != want {
		w.t.Errorf("the term %q says %q, want %q", title, s.Terms[title], want)
	}
}

func (w *walker) fact(s standing, name, want string) {
	w.t.Helper()
	if got := strings.ReplaceAll(s.Facts[name], "\u00a0", " "); got != want {
		w.t.Errorf("%s: %q, want %q", name, got, want)
	}
}

// photo makes a photograph file.
func photo(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	// The first bytes of a PNG are what the program looks at.
	if err := os.WriteFile(path, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
