// Package web is what every page stands on: a router that does not start with a
// route without a declared rule, handlers that return errors, the one place where
// an error becomes a page, and the defences of a browser's session. It holds no
// rule of any capability and no query.
package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"sort"
	"strings"
	"time"

	"github.com/a-h/templ"

	"baken/internal/kernel/work"
	"baken/internal/text"
)

// Handler answers a request or returns an error, which becomes a page in the
// reader's language. It parses, calls one act, and answers.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Who says who may reach a route at all.
type Who int

const (
	undeclared Who = iota
	// Public is everybody: the front door, files, health.
	Public
	// Staff is who signed in with both factors; the route then names an act.
	Staff
)

func (w Who) String() string { return [...]string{"undeclared", "public", "staff"}[w] }

// Route is one address with who may use it. The act is asked of access before the
// handler runs; what it is about is asked again inside the unit of work.
type Route struct {
	Pattern string // "GET /hic/{gebied}"
	Who     Who
	Act     string // act of access; required for Staff
	StepUp  bool   // the second factor must have been shown in the last five minutes
	Upload  int64  // largest body in bytes; 0 means 64 KiB
	Handler Handler
}

// NavItem is one line of the menu.
type NavItem struct {
	Path, Text, Icon string // Text is a code
	Act              string // shown to who may
}

// NavGroup is a part of the menu; Text is a code or empty.
type NavGroup struct {
	Text  string
	Items []NavItem
}

// Shell draws the frame around a page. The ui package provides it.
type Shell func(Frame, templ.Component) templ.Component

// Frame is what the frame of a page needs.
type Frame struct {
	P            *text.Printer
	Title        string // of the page, already in the reader's language
	Municipality string
	Nav          []NavGroup // what the reader may open
	Path         string     // of the request, to mark the menu
	Query        string     // to come back to the same page in another language
	Who          work.Actor
	CSRF         string
	Notice       string // sentence about what was just done, or empty
	Demo         bool
	Plain        bool // without menu: sign-in and errors before it
	Now          time.Time
}

// Config is what New needs.
type Config struct {
	Routes       []Route
	Nav          []NavGroup
	Municipality string
	Contact      string // whom to ask, on pages about refusals
	Secure       bool   // reached over https: HSTS
	Origins      []string
	Proxy        netip.Prefix // whose X-Forwarded-For is believed; the zero prefix is nobody
	Demo         bool
	Shell        Shell
	ErrorPage    func(ErrorPage) templ.Component
	// Authenticate returns who holds a session's secret; a not-found fault is nobody.
	Authenticate func(ctx context.Context, token, origin string) (work.Actor, error)
	// Guard asks access whether the actor's roles hold the act, and records a refusal.
	Guard func(ctx context.Context, who work.Actor, act string) error
	// May reports whether roles hold an act, for what the menu offers.
	May   func(roles []string, act string) bool
	Clock func() time.Time
	Log   *slog.Logger
}

// Site serves the pages of one municipality.
type Site struct {
	Config
	mux    *http.ServeMux
	key    [32]byte // of this process: notices and tokens before a sign-in
	limits *limiter
	busy   chan struct{}
	cross  *http.CrossOriginProtection
}

// New checks the routes and builds the site. A route without a rule is refused,
// so the program does not start with it (security.md control 1).
func New(c Config) (*Site, error) {
	s := &Site{Config: c, mux: http.NewServeMux(), limits: newLimiter(c.Clock), busy: make(chan struct{}, maxBusy), cross: http.NewCrossOriginProtection()}
	rand.Read(s.key[:])
	for _, o := range c.Origins {
		if err := s.cross.AddTrustedOrigin(o); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
	}
	seen := map[string]bool{}
	for _, r := range c.Routes {
		if err := r.check(); err != nil {
			return nil, err
		}
		if seen[r.Pattern] {
			return nil, fmt.Errorf("web: route %q is declared twice", r.Pattern)
		}
		seen[r.Pattern] = true
		s.mux.Handle(r.Pattern, s.serve(r))
	}
	s.mux.Handle("/", s.serve(Route{Who: Public, Handler: func(http.ResponseWriter, *http.Request) error { return notFound() }}))
	return s, nil
}

func (r Route) check() error {
	method, path, ok := strings.Cut(r.Pattern, " ")
	switch {
	case !ok || !strings.HasPrefix(path, "/") || (method != "GET" && method != "POST"):
		return fmt.Errorf("web: route %q: write \"GET /path\" or \"POST /path\"", r.Pattern)
	case r.Handler == nil:
		return fmt.Errorf("web: route %q has no handler", r.Pattern)
	case r.Who == undeclared:
		return fmt.Errorf("web: route %q does not say who may use it: without a rule a route is not served", r.Pattern)
	case r.Who == Staff && r.Act == "":
		return fmt.Errorf("web: route %q is for staff and names no act that access could decide about", r.Pattern)
	case r.Who == Public && (r.Act != "" || r.StepUp):
		return fmt.Errorf("web: route %q is public and names an act: nobody would be asked", r.Pattern)
	}
	return nil
}

// Declared lists the routes in order, with who may, for the golden file and the
// tests that walk them.
func (s *Site) Declared() []Route {
	out := append([]Route(nil), s.Routes...)
	sort.Slice(out, func(i, j int) bool { return out[i].Pattern < out[j].Pattern })
	return out
}

type contextKey struct{}

// exchange is what the site knows of one request.
type exchange struct {
	site    *Site
	who     work.Actor
	printer *text.Printer
	now     time.Time
	token   string // secret of the session, or empty
	origin  string
}

func of(r *http.Request) *exchange { return r.Context().Value(contextKey{}).(*exchange) }

// Actor is who makes the request; the zero Actor before a sign-in.
func Actor(r *http.Request) work.Actor { return of(r).who }

// Printer writes in the reader's language.
func Printer(r *http.Request) *text.Printer { return of(r).printer }

// Now is the moment of the request by the site's clock.
func Now(r *http.Request) time.Time { return of(r).now }

// Token is the secret of the request's session, for the front door.
func Token(r *http.Request) string { return of(r).token }

// Origin is the network address the request came from.
func Origin(r *http.Request) string { return of(r).origin }
