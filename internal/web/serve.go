package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/text"
)

// ServeHTTP answers a request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head(w, s.Secure)
	x := &exchange{site: s, now: s.Clock().UTC(), origin: s.address(r)}
	r = r.WithContext(context.WithValue(r.Context(), contextKey{}, x))
	x.printer = text.For(chosenLang(r, ""))
	select {
	case s.busy <- struct{}{}:
		defer func() { <-s.busy }()
	default:
		// More at once than two cores can answer in time: refuse now instead of all late.
		s.fail(w, r, fault.New(fault.Unavailable, "web.busy"))
		return
	}
	if !s.limits.allow(x.origin, x.now) {
		tooMany(w)
		s.fail(w, r, fault.New(fault.Unavailable, "web.too-many"))
		return
	}
	s.mux.ServeHTTP(w, r)
}

// maxBusy is how many requests are at work at once.
const maxBusy = 256

// serve wraps a route: who, may they, is the change theirs, then the handler.
func (s *Site) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				s.fail(w, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
			}
		}()
		defer func() {
			// The server only removes what it parsed itself; this request is a copy of its.
			if r.MultipartForm != nil {
				r.MultipartForm.RemoveAll()
			}
		}()
		if err := s.admit(w, r, route); err != nil {
			s.fail(w, r, err)
			return
		}
		if err := route.Handler(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// SessionCookie holds the secret of a session. The prefix makes browsers refuse it
// from another host, without TLS, or for a part of the site only. Browsers treat
// localhost as secure, so the demo needs no exception.
const SessionCookie = "__Host-baken"

// admit decides whether a request reaches its handler.
func (s *Site) admit(w http.ResponseWriter, r *http.Request, route Route) error {
	x := of(r)
	if c, err := r.Cookie(SessionCookie); err == nil && len(c.Value) < 100 {
		x.token = c.Value
	}
	if x.token != "" {
		who, err := s.Authenticate(r.Context(), x.token, x.origin)
		switch {
		case err == nil:
			x.who = who
			x.printer = text.For(chosenLang(r, who.Lang))
		case fault.KindOf(err) != fault.NotFound:
			return err
		}
	}
	// Who may not is told so before the body is read: nobody fills the disk without a
	// name and a right.
	if route.Who == Staff {
		if err := s.enter(w, r, route); err != nil {
			return err
		}
	}
	limit := route.Upload
	if limit == 0 {
		limit = 64 << 10
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return s.genuine(r)
	}
	return nil
}

// enter decides whether who signed in may use a route of the staff.
func (s *Site) enter(w http.ResponseWriter, r *http.Request, route Route) error {
	x := of(r)
	if !x.who.SignedIn() {
		return s.toSignIn(w, r)
	}
	w.Header().Set("Cache-Control", "no-store")
	if !s.limits.allow(x.who.Account, x.now) {
		tooMany(w)
		return fault.New(fault.Unavailable, "web.too-many")
	}
	if err := s.Guard(r.Context(), x.who, route.Act); err != nil {
		return err
	}
	if route.StepUp && !Proven(r) {
		return redirect{"/bevestigen?naar=" + url.QueryEscape(backTo(r))}
	}
	return nil
}

// provenFor is how long a shown second factor counts for acts that ask it again.
const provenFor = 5 * time.Minute

// Proven reports whether who makes the request showed the second factor in the last
// five minutes: for what a page shows beside a form that may be sent later. A proof in
// the future is of a clock that was set back, and counts as old.
func Proven(r *http.Request) bool {
	age := of(r).now.Sub(of(r).who.Proven)
	return age <= provenFor && age >= -time.Minute
}

// redirect is an answer on the way to a handler.
type redirect struct{ to string }

func (redirect) Error() string { return "redirect" }

func (s *Site) toSignIn(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet {
		return fault.New(fault.Denied, "web.session-ended")
	}
	return redirect{"/inloggen?naar=" + url.QueryEscape(r.URL.RequestURI())}
}

// backTo is where to return after proving: the page itself, or for a form the page
// that it stood on, because a form cannot be sent again.
func backTo(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	if u, err := url.Parse(r.Referer()); err == nil {
		return Local(u.RequestURI())
	}
	return "/"
}

// Local returns a target within this site, and "/" for anything else: a link to
// the sign-in must not send people elsewhere afterwards.
func Local(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(target, "/") ||
		strings.HasPrefix(target, "//") || strings.ContainsAny(target, "\\\r\n\t") {
		return "/"
	}
	return target
}

// SeeOther sends the reader to a page of this site after a change.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, Local(path), http.StatusSeeOther)
	return nil
}

func notFound() error { return fault.New(fault.NotFound, "access.not-found") }

// address is where the request came from. The header of a proxy is believed only
// from the proxy's own network, and only its last entry, which the proxy wrote.
func (s *Site) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !s.Proxy.IsValid() || !s.Proxy.Contains(ip.Unmap()) {
		return host
	}
	list := r.Header.Values("X-Forwarded-For")
	if len(list) == 0 {
		return host
	}
	parts := strings.Split(list[len(list)-1], ",")
	if last, err := netip.ParseAddr(strings.TrimSpace(parts[len(parts)-1])); err == nil {
		return last.Unmap().String()
	}
	return host
}

const langCookie = "baken-taal"

// chosenLang is the language of the page: what the address asks, what was chosen
// before, what the account has, what the browser prefers.
func chosenLang(r *http.Request, account text.Lang) text.Lang {
	if l := text.Lang(r.URL.Query().Get("taal")); l == text.NL || l == text.EN {
		return l
	}
	if c, err := r.Cookie(langCookie); err == nil && (c.Value == "nl" || c.Value == "en") {
		return text.Lang(c.Value)
	}
	if account != "" {
		return account
	}
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "en") {
		return text.EN
	}
	return text.NL
}

// SetLang remembers the language in this browser.
func SetLang(w http.ResponseWriter, l text.Lang) {
	http.SetCookie(w, &http.Cookie{Name: langCookie, Value: string(l), Path: "/", MaxAge: 365 * 24 * 3600, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// SetSession puts the secret of a session into the browser.
func SetSession(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: SessionCookie, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// EndSession takes it out, with everything else the browser kept of this site.
func EndSession(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: SessionCookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	w.Header().Set("Clear-Site-Data", `"cache", "cookies", "storage"`)
}

// Server returns an HTTP server whose limits end slow and endless requests
// (security.md control 32).
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{Addr: addr, Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 60 * time.Second,
		WriteTimeout: 120 * time.Second, IdleTimeout: 90 * time.Second, MaxHeaderBytes: 16 << 10}
}
