// Package bakentest gives a test a whole Baken: a municipality with its database,
// keys and log, the demo's people, and its pages on a local address, with a clock
// that the test moves. Tests act as people: they sign in with both factors, as a
// browser does.
package bakentest

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"baken/internal/app"
	"baken/internal/config"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
	"baken/internal/web"
)

// House is one municipality at work in a test.
type House struct {
	*app.House
	T    testing.TB
	URL  string
	Site *web.Site
	now  atomic.Int64
	said record
}

// record keeps what leaves the house beside its pages: the program's own log, and
// the addresses that it sent browsers to.
type record struct {
	mu    sync.Mutex
	log   bytes.Buffer
	links []string
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.Write(b)
}

func (r *record) link(to string) {
	if to == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.links = append(r.links, to)
}

// Said is what the program wrote to its own log, which no personal data may reach.
func (h *House) Said() string {
	h.said.mu.Lock()
	defer h.said.mu.Unlock()
	return h.said.log.String()
}

// Links are all addresses that browsers were sent to.
func (h *House) Links() []string {
	h.said.mu.Lock()
	defer h.said.mu.Unlock()
	return slices.Clone(h.said.links)
}

// Start is the moment at which every test begins: a Tuesday morning.
var Start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// Open opens a house with the demo's people on an engine.
func Open(t testing.TB, e db.Engine) *House {
	t.Helper()
	return OpenAs(t, e, "GM0556", "Maassluis")
}

// OpenAs opens the house of another municipality, for tests that keep two apart.
func OpenAs(t testing.TB, e db.Engine, code, name string) *House {
	t.Helper()
	dir := t.TempDir()
	h := open(t, dir, demoOf(t, e, code, name).copy(t, dir), code, name)
	t.Cleanup(func() { h.Close() })
	return h
}

// open opens the house that stands in a folder, and in a database when that is not a
// file of the folder. An empty one is filled with the demo. The caller closes it.
func open(t testing.TB, dir, place, code, name string) *House {
	t.Helper()
	h := &House{T: t}
	h.now.Store(Start.UnixNano())
	m := config.Municipality{Code: code, Name: name, Contact: "de beheerder", Database: place, Checkpoints: filepath.Join(dir, "checkpoints")}
	var handler atomic.Pointer[web.Site]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.Load().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	// Passkeys and secure cookies are bound to a name, not to a number.
	h.URL = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	c := config.Config{Data: dir, Listen: "127.0.0.1:0", PublicURL: h.URL, Municipalities: []config.Municipality{m},
		Session: config.Session{Idle: config.Duration(15 * time.Minute), Absolute: config.Duration(10 * time.Hour)}}
	c.Figures.Politie = "https://figures.invalid"
	var err error
	if h.House, err = app.Open(context.Background(), c, m, h.Now, slog.New(slog.NewTextHandler(&h.said, nil))); err != nil {
		t.Fatal(err)
	}
	if err := h.Prepare(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	if h.Site, _, err = h.House.Site(); err != nil {
		t.Fatal(err)
	}
	handler.Store(h.Site)
	return h
}

// Now is the test's clock.
func (h *House) Now() time.Time { return time.Unix(0, h.now.Load()).UTC() }

// Wait moves the clock.
func (h *House) Wait(d time.Duration) { h.now.Add(int64(d)) }

// May reports whether a role holds an act.
func (h *House) May(role, act string) bool {
	return h.Book.May(work.Actor{Account: "somebody", Roles: []string{role}}, act)
}

// Person is somebody with a browser.
type Person struct {
	h       *House
	Role    string
	cookies map[string]string
}

// Answer is what came back.
type Answer struct {
	Status int
	Body   string
	Header http.Header
	Path   string // where it ended
}

// Somebody is a person who has not signed in.
func (h *House) Somebody() *Person { return &Person{h: h, cookies: map[string]string{}} }

// SignIn signs in the demo's person of a role with both factors, each in an own
// time step, because a code counts once.
func (h *House) SignIn(role string) *Person {
	h.T.Helper()
	return h.proven(h.HalfSignIn(role))
}

// SignInAs is SignIn for one of several people with a role, by the address that they
// sign in with.
func (h *House) SignInAs(login string) *Person {
	h.T.Helper()
	return h.proven(h.half(login, login))
}

func (h *House) proven(p *Person) *Person {
	h.T.Helper()
	a := p.Post("/inloggen/code", url.Values{"code": {h.Code()}})
	if a.Status != 200 || a.Path != "/" {
		h.T.Fatalf("%s could not sign in: %d at %s", p.Role, a.Status, a.Path)
	}
	return p
}

// HalfSignIn shows the password of the demo's person of a role and nothing more.
func (h *House) HalfSignIn(role string) *Person {
	h.T.Helper()
	return h.half(role, Login(h.T, role))
}

func (h *House) half(role, login string) *Person {
	h.T.Helper()
	p := h.Somebody()
	p.Role = role
	p.Get("/inloggen")
	a := p.Post("/inloggen", url.Values{"login": {login}, "password": {app.DemoPassword}, "naar": {"/"}})
	if a.Path != "/inloggen/code" {
		h.T.Fatalf("the password of %s was not taken: %d at %s", role, a.Status, a.Path)
	}
	return p
}

// Code is a code of the demo's authenticator app that nobody used yet: it moves the
// clock to the next time step.
func (h *House) Code() string {
	h.T.Helper()
	h.Wait(30 * time.Second)
	code, err := app.DemoCode(h.Now())
	if err != nil {
		h.T.Fatal(err)
	}
	return code
}

// Login is the address that the demo's person of a role signs in with.
func Login(t testing.TB, role string) string {
	t.Helper()
	for _, d := range app.DemoStaff {
		if d.Role == role {
			return d.Login
		}
	}
	t.Fatalf("the demo has nobody with role %q", role)
	return ""
}

// Get opens a page and follows where it leads.
func (p *Person) Get(path string) Answer {
	p.h.T.Helper()
	return p.follow(p.Send("GET", path, nil, nil))
}

// Post sends a form of the page that was opened last, with its token, and follows
// where it leads.
func (p *Person) Post(path string, values url.Values) Answer {
	p.h.T.Helper()
	if values == nil {
		values = url.Values{}
	}
	if values.Get("_csrf") == "" {
		values.Set("_csrf", p.Token())
	}
	return p.follow(p.Send("POST", path, values, nil))
}

var csrf = regexp.MustCompile(`name="_csrf" value="([^"]+)"`)

// Token is the token of this person's forms.
func (p *Person) Token() string {
	p.h.T.Helper()
	page := p.Send("GET", "/sneltoetsen", nil, nil)
	m := csrf.FindStringSubmatch(page.Body)
	if m == nil {
		p.h.T.Fatal("a page without a form's token")
	}
	return m[1]
}

// Cookie is the value of one of the browser's cookies.
func (p *Person) Cookie(name string) string { return p.cookies[name] }

// Copy is another browser with the same cookies: what a thief has.
func (p *Person) Copy() *Person { return &Person{h: p.h, Role: p.Role, cookies: maps.Clone(p.cookies)} }

// CopyTo is a browser with the same cookies at another house.
func (p *Person) CopyTo(h *House) *Person {
	return &Person{h: h, Role: p.Role, cookies: maps.Clone(p.cookies)}
}

func (p *Person) follow(a Answer) Answer {
	p.h.T.Helper()
	for range 5 {
		to := a.Header.Get("Location")
		if a.Status < 300 || a.Status >= 400 || to == "" {
			return a
		}
		a = p.Send("GET", to, nil, nil)
	}
	p.h.T.Fatal("redirects without end")
	return a
}

// File is a file in a form.
type File struct {
	Field, Name string
	Body        []byte
}

// Upload sends a form with files and follows where it leads.
func (p *Person) Upload(path string, values url.Values, files ...File) Answer {
	p.h.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	write := func(w io.Writer, err error, content []byte) {
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			p.h.T.Fatal(err)
		}
	}
	values.Set("_csrf", p.Token())
	for name, all := range values {
		for _, v := range all {
			w, err := form.CreateFormField(name)
			write(w, err, []byte(v))
		}
	}
	for _, f := range files {
		w, err := form.CreateFormFile(f.Field, f.Name)
		write(w, err, f.Body)
	}
	if err := form.Close(); err != nil {
		p.h.T.Fatal(err)
	}
	return p.follow(p.send("POST", path, &body, http.Header{"Content-Type": {form.FormDataContentType()}}))
}

// Send sends one request as it is and follows nothing.
func (p *Person) Send(method, path string, form url.Values, header http.Header) Answer {
	p.h.T.Helper()
	return p.send(method, path, strings.NewReader(form.Encode()), header)
}

func (p *Person) send(method, path string, content io.Reader, header http.Header) Answer {
	p.h.T.Helper()
	r, err := http.NewRequest(method, p.h.URL+path, content)
	if err != nil {
		p.h.T.Fatal(err)
	}
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", p.h.URL)
	}
	r.Header.Set("Accept-Language", "nl")
	for k, v := range header {
		r.Header[k] = v
	}
	for name, value := range p.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		p.h.T.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.h.T.Fatal(err)
	}
	p.h.said.link(res.Header.Get("Location"))
	for _, c := range res.Cookies() {
		if c.MaxAge < 0 {
			delete(p.cookies, c.Name)
		} else {
			p.cookies[c.Name] = c.Value
		}
	}
	return Answer{Status: res.StatusCode, Body: string(body), Header: res.Header, Path: r.URL.Path}
}
