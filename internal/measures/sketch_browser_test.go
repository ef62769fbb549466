package measures

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp/kb"

	"baken/internal/assets"
	"baken/internal/bakentest/browser"
	"baken/internal/crimemonitor/builtin"
	"baken/internal/demostreets"
	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// ban asks an area, as a measure about one does.
type ban struct {
	Place string `ask:"shape"`
}

// drawing is a site with one form that asks an area of Maassluis, and a page that draws
// what was sent between its streets.
type drawing struct {
	terrain Terrain
	sent    []string
}

func newDrawing(t *testing.T) *drawing {
	t.Helper()
	areas, err := builtin.Areas()
	if err != nil {
		t.Fatal(err)
	}
	d := &drawing{}
	for _, a := range areas {
		if a.Level() == figures.Neighbourhood && len(a.Outline) > 0 {
			d.terrain.Areas = append(d.terrain.Areas, a)
		}
		if a.Code == demostreets.Municipality {
			d.terrain.Border = a.Outline
		}
	}
	if d.terrain.Streets, err = demostreets.Streets(); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *drawing) form(w http.ResponseWriter, r *http.Request, filled *form.Form) error {
	p := web.Printer(r)
	asks := Words{P: p, Kind: "dwangsom"}.Asks("dwangsom.inspect", &ban{}, nil)
	asks[0].Label = "Gebied van het verbod"
	asks[0].Sketch = sketch(Beside{Terrain: d.terrain}, asks[0], filled)
	f := ui.Filled{P: p, Form: filled}
	return web.Render(w, r, web.Page{Title: "Gebied tekenen", Body: templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		fmt.Fprint(out, `<div class="baken-pagehead"><h1 class="nl-heading nl-heading--level-1">Gebied tekenen</h1></div>`)
		if err := ui.Errors(f).Render(ctx, out); err != nil {
			return err
		}
		fmt.Fprint(out, `<div class="baken-grid"><div class="baken-col-8"><form class="baken-form" method="post" action="/tekenen">`)
		if err := ui.CSRF(web.CSRF(w, r)).Render(ctx, out); err != nil {
			return err
		}
		if err := Fields(f, asks).Render(ctx, out); err != nil {
			return err
		}
		if err := ui.Submit("primary", "Gebied vastleggen").Render(ctx, out); err != nil {
			return err
		}
		fmt.Fprint(out, `</form></div></div>`)
		return nil
	})})
}

func (d *drawing) send(w http.ResponseWriter, r *http.Request) error {
	in, filled := &ban{}, form.Read(r)
	filled.Into(in)
	ring, err := places.ParseRing(in.Place)
	if x := fault.Of(err); x != nil {
		filled.Wrong("Place", x.Code, x.Args...)
	}
	if filled.Err() != nil {
		return d.form(w, r, filled)
	}
	d.sent = append(d.sent, in.Place)
	return web.Render(w, r, web.Page{Title: "Gebied", Body: templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		fmt.Fprint(out, `<div class="baken-pagehead"><h1 class="nl-heading nl-heading--level-1">Gebied</h1></div><div class="baken-grid"><div class="baken-col-8">`)
		if err := ui.AreaPlan(d.terrain.Plan("gebied", "Kaart van het gebied", Area(web.Printer(r), in.Place), ring)).Render(ctx, out); err != nil {
			return err
		}
		fmt.Fprint(out, `</div><div class="baken-col-4"><ul>`)
		for _, s := range places.Touched(ring, d.terrain.Streets) {
			fmt.Fprintf(out, "<li>%s</li>", s.Street)
		}
		fmt.Fprint(out, `</ul></div></div>`)
		return nil
	})})
}

func (d *drawing) serve(t *testing.T) string {
	t.Helper()
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	look := ui.NewLook(set)
	s, err := web.New(web.Config{
		Routes: append(web.Standard("mailto:x@maassluis.example"),
			web.Route{Pattern: "GET /assets/{file...}", Who: web.Public, Handler: func(w http.ResponseWriter, r *http.Request) error { set.ServeHTTP(w, r); return nil }},
			web.Route{Pattern: "GET /tekenen", Who: web.Staff, Act: "x.draw", Handler: func(w http.ResponseWriter, r *http.Request) error { return d.form(w, r, form.Empty(nil)) }},
			web.Route{Pattern: "POST /tekenen", Who: web.Staff, Act: "x.draw", Handler: d.send}),
		Municipality: "Maassluis", Shell: look.Shell, ErrorPage: look.ErrorPage,
		Authenticate: func(context.Context, string, string) (work.Actor, error) {
			return work.Actor{Account: "a", Name: "Noor Hendriks", Lang: text.NL}, nil
		},
		Guard: func(context.Context, work.Actor, string) error { return nil }, May: func([]string, string) bool { return true },
		Clock: func() time.Time { return time.Date(2026, 11, 24, 9, 31, 0, 0, time.UTC) }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server.URL
}

// draws waits until the script that draws is there.
func draws(b *browser.Browser) {
	browser.Eval[bool](b, `new Promise(done => { const look = () => document.querySelector("[data-west][role=application]") ? done(true) : setTimeout(look, 20); look() })`)
}

// pixel is where a place in the grid stands in the window.
func pixel(b *browser.Browser, x, y float64) (float64, float64) {
	at := browser.Eval[[]float64](b, fmt.Sprintf(`(s => { s.scrollIntoView({block: "center"}); const p = new DOMPoint(%f - s.dataset.west, s.dataset.north - %f).matrixTransform(s.getScreenCTM()); return [p.x, p.y] })(document.querySelector("[data-west]"))`, x, y))
	return at[0], at[1]
}

func tap(b *browser.Browser, x, y float64) { b.Tap(pixel(b, x, y)) }

func value(b *browser.Browser) []string {
	return strings.Fields(strings.ReplaceAll(browser.Eval[string](b, `document.getElementById("Place").value`), " ", ","))
}

func spoken(b *browser.Browser) string {
	return browser.Eval[string](b, `document.querySelector("[data-said]").textContent`)
}

func TestAnAreaIsDrawnByMouse(t *testing.T) {
	d := newDrawing(t)
	url := d.serve(t)
	b := browser.Start(t)
	b.Cookie(url, web.SessionCookie, "secret")
	for _, size := range []browser.Size{browser.Desktop, browser.Phone, browser.Narrow} {
		name := fmt.Sprintf("tekenen-%d", size.Width)
		b.Resize(size)
		b.Visit(url + "/tekenen")
		draws(b)
		b.Shot(name)
		for _, c := range [][2]float64{{76700, 437300}, {77100, 437250}, {77300, 437700}, {76800, 437800}} {
			tap(b, c[0], c[1])
		}
		if got := value(b); len(got) != 4 {
			t.Fatalf("%s: four clicks set %q", name, got)
		}
		if s := spoken(b); !strings.HasPrefix(s, "Hoek 4 gezet bij ") {
			t.Errorf("%s: said %q", name, s)
		}
		before := value(b)
		x, y := pixel(b, 77100, 437250)
		if size == browser.Desktop {
			b.Drag(x, y, x+30, y+12)
		} else {
			b.Tap(x, y) // no dragging needed: choose the corner, then its place (WCAG 2.5.7)
			if s := spoken(b); !strings.HasPrefix(s, "Hoek 2 gekozen") {
				t.Errorf("%s: said %q", name, s)
			}
			b.Tap(x+30, y+30)
		}
		if got := value(b); len(got) != 4 || got[1] == before[1] || got[0] != before[0] || !strings.HasPrefix(spoken(b), "Hoek 2 verplaatst") {
			t.Errorf("%s: moving a corner made %q of %q, and said %q", name, got, before, spoken(b))
		}
		b.Click(`[data-do="undo"]`)
		if got := value(b); !slices.Equal(got, before) {
			t.Errorf("%s: undone gives %q, want %q", name, got, before)
		}
		b.Click(`[data-do="in"]`)
		b.Click(`[data-do="east"]`)
		b.Click(`[data-do="out"]`)
		b.Click(`[data-do="west"]`)
		b.Click(`[data-do="remove"]`)
		if got := value(b); !slices.Equal(got, before[:3]) {
			t.Errorf("%s: without the last corner: %q", name, got)
		}
		b.Click(`[data-do="clear"]`)
		if got := value(b); len(got) != 0 {
			t.Errorf("%s: cleared, and still %q", name, got)
		}
		b.Click(`[data-do="undo"]`)
		for _, v := range b.Audit() {
			t.Errorf("%s: %s", name, v)
		}
		for _, wide := range b.Overflow() {
			t.Errorf("%s reaches beyond the window: %s", name, wide)
		}
		for _, small := range browser.Eval[[]string](b, `[...document.querySelectorAll("[data-do]")].filter(e => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < (innerWidth < 500 ? 44 : 24) }).map(e => e.dataset.do)`) {
			t.Errorf("%s: the button %s is too small to hit", name, small)
		}
		if rows := browser.Eval[int](b, `new Set([...document.querySelectorAll(".baken-sketch__tool")].map(e => e.getBoundingClientRect().top)).size`); rows != 1 {
			t.Errorf("%s: the buttons of the map take %d rows", name, rows)
		}
		b.Shot(name + "-getekend")
		b.Follow(`form[action="/tekenen"] button[type=submit]`)
		if len(d.sent) == 0 || d.sent[len(d.sent)-1] != strings.ReplaceAll(strings.Join(before[:3], "\r\n"), ",", " ") {
			t.Fatalf("%s: sent %q, want %q", name, d.sent, before[:3])
		}
		for _, v := range b.Audit() {
			t.Errorf("%s, the area: %s", name, v)
		}
		b.Shot(name + "-gebied")
	}
	for _, c := range b.Complaints() {
		t.Errorf("the browser says: %s", c)
	}
}

func TestAnAreaIsDrawnByKeyboard(t *testing.T) {
	d := newDrawing(t)
	url := d.serve(t)
	b := browser.Start(t)
	b.Cookie(url, web.SessionCookie, "secret")
	b.Visit(url + "/tekenen")
	draws(b)
	for range 60 {
		if b.Focus() == "svg#Place-kaart" {
			break
		}
		b.Press(kb.Tab)
	}
	if got := b.Focus(); got != "svg#Place-kaart" {
		t.Fatalf("Tab leads to %s and not to the map", got)
	}
	keys := func(key string, n int) {
		for range n {
			b.Press(key)
		}
	}
	keys("+", 3)
	b.Press(kb.Enter)
	if s := spoken(b); !strings.HasPrefix(s, "Hoek 1 gezet ") {
		t.Errorf("said %q", s)
	}
	keys(kb.ArrowRight, 6)
	b.Press(kb.Enter)
	keys(kb.ArrowUp, 30) // the map goes along
	b.Press(kb.Enter)
	keys(kb.ArrowLeft, 5)
	b.Press(kb.Enter)
	b.Press(kb.Backspace)
	got := value(b)
	if len(got) != 3 {
		t.Fatalf("the keys set %q", got)
	}
	if s := spoken(b); s != "Hoek 4 weggehaald. Aantal hoeken: 3." {
		t.Errorf("said %q", s)
	}
	ring, err := places.ParseRing(strings.ReplaceAll(strings.Join(got, "\n"), ",", " "))
	if err != nil || ring[1].X <= ring[0].X || ring[1].Y != ring[0].Y || ring[2].X != ring[1].X || ring[2].Y <= ring[1].Y {
		t.Fatalf("right and up made %v, %v", ring, err)
	}
	// Back to the last corner, which Enter takes up and puts down elsewhere.
	keys(kb.ArrowRight, 5)
	b.Press(kb.Enter)
	if s := spoken(b); !strings.HasPrefix(s, "Hoek 3 gekozen") {
		t.Errorf("said %q", s)
	}
	keys(kb.ArrowLeft, 3)
	b.Press(kb.Enter)
	if moved := value(b); len(moved) != 3 || moved[2] == got[2] {
		t.Errorf("moved to %q", moved)
	}
	b.Shot("tekenen-toetsen")
	b.Follow(`form[action="/tekenen"] button[type=submit]`)
	if len(d.sent) != 1 {
		t.Errorf("sent %q", d.sent)
	}
	for _, c := range b.Complaints() {
		t.Errorf("the browser says: %s", c)
	}
}

// What is typed is drawn, and what is wrong is said at the field with the map as it was.
func TestAnAreaIsTypedAndRefused(t *testing.T) {
	d := newDrawing(t)
	url := d.serve(t)
	b := browser.Start(t)
	b.Cookie(url, web.SessionCookie, "secret")
	b.Visit(url + "/tekenen")
	draws(b)
	shown := func() int {
		return browser.Eval[int](b, `document.querySelectorAll(".baken-sketch__corner").length`)
	}
	size := func() string { return browser.Eval[string](b, `document.querySelector("[data-size]").textContent`) }
	b.Type("Place", "76700 437300\n51.92, 4.27\n51,925 4,265\n")
	if shown() != 3 || !strings.HasPrefix(size(), "Aantal hoeken: 3. Grootte: ") {
		t.Errorf("%d corners, %q", shown(), size())
	}
	wide := func() float64 {
		return browser.Eval[float64](b, `document.querySelector("[data-west]").viewBox.baseVal.width`)
	}
	before := wide()
	b.Type("Place", "76700 437300\n76800 437300\n76800 437400")
	b.Press(kb.Tab)
	if now := wide(); now != 400 || now >= before {
		t.Errorf("the map shows %v metres of %v for an area of a hundred", now, before)
	}
	b.Type("Place", "76700 437300\nde haven\n77100 437800\n")
	if shown() != 2 || size() != "Regel 2 is geen hoek. De kaart toont de andere regels." {
		t.Errorf("%d corners, %q", shown(), size())
	}
	b.Type("Place", "76700 437300\n77100 437800\n77100 437300\n76700 437800")
	if shown() != 4 || size() != "De grens kruist zichzelf. Verplaats een hoek." {
		t.Errorf("%d corners, %q", shown(), size())
	}
	b.Follow(`form[action="/tekenen"] button[type=submit]`)
	draws(b)
	if len(d.sent) != 0 || shown() != 4 {
		t.Errorf("sent %q; %d corners stand on the page that refuses", d.sent, shown())
	}
	if s := browser.Eval[string](b, `document.getElementById("Place-fout").textContent`); !strings.Contains(s, "De grens kruist of raakt zichzelf") {
		t.Errorf("at the field: %q", s)
	}
	for _, v := range b.Audit() {
		t.Error(v)
	}
	b.Shot("tekenen-fout")
}

// Without script the text field is the value, and the map shows what it holds.
func TestAnAreaIsTypedWithoutScript(t *testing.T) {
	d := newDrawing(t)
	url := d.serve(t)
	b := browser.Start(t)
	b.Cookie(url, web.SessionCookie, "secret")
	b.WithoutScript(true)
	b.Visit(url + "/tekenen")
	b.Shot("tekenen-zonder-script")
	if n := browser.Eval[int](b, `[...document.querySelectorAll("[data-sketch] button")].filter(e => e.checkVisibility()).length`); n != 0 {
		t.Errorf("%d buttons that do nothing", n)
	}
	b.Type("Place", "76700 437300\n77100 437300\n77100 437800")
	b.Follow(`form[action="/tekenen"] button[type=submit]`)
	if len(d.sent) != 1 {
		t.Errorf("sent %q", d.sent)
	}
}
