package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
	"time"

	"baken/internal/fault"
)

// policy lets a page load from this site only, and no inline script or style. It
// is the policy that the prototype was tried under (ui.md 2).
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp-meldingen"

// head sets what every answer carries (security.md control 26).
func head(w http.ResponseWriter, secure bool) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // step-up returns to the form's page; nothing leaves the site
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()")
	h.Set("X-Frame-Options", "DENY")
	if secure {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

const earlyCookie = "__Host-baken-vooraf"

// genuine refuses a change that another site made the browser send: the browser's
// own word about where it came from, and a token that only our pages know
// (security.md control 25).
func (s *Site) genuine(r *http.Request) error {
	refuse := func() error { return fault.New(fault.Denied, "web.cross-site") }
	if err := s.cross.Check(r); err != nil {
		return refuse()
	}
	if r.URL.Path == "/csp-meldingen" {
		return nil // browsers send it without a form; it changes nothing
	}
	var given string
	switch kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); strings.TrimSpace(kind) {
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return tooLarge(err)
		}
		given = r.PostForm.Get("_csrf")
	case "multipart/form-data":
		// What people send stays in memory: on disk it would lie unsealed. Only forms that
		// take more than InMemory put the rest there, until the answer is given.
		if err := r.ParseMultipartForm(InMemory); err != nil {
			return tooLarge(err)
		}
		given = r.FormValue("_csrf")
	case "application/json":
		given = r.Header.Get("X-CSRF")
	}
	want := s.csrf(r)
	if given == "" || !hmac.Equal([]byte(given), []byte(want)) {
		return refuse()
	}
	return nil
}

// InMemory is how many bytes of a form with files are kept in memory.
const InMemory = 32 << 20

func tooLarge(err error) error {
	return fault.Because(err, fault.Invalid, "web.body")
}

// csrf is the token that belongs to the request's session, or before a sign-in to
// the cookie that the form's page set. It is bound to this process and its key.
func (s *Site) csrf(r *http.Request) string {
	bound := "session " + of(r).token
	if of(r).token == "" {
		c, err := r.Cookie(earlyCookie)
		if err != nil || len(c.Value) < 20 {
			return "" // genuine takes no empty token, so that none can be guessed
		}
		bound = "early " + c.Value
	}
	return s.mac("csrf " + bound)
}

// CSRF returns the token for a form on this page, and before a sign-in sets the
// cookie that it is bound to.
func CSRF(w http.ResponseWriter, r *http.Request) string {
	x := of(r)
	if x.token == "" {
		if c, err := r.Cookie(earlyCookie); err != nil || len(c.Value) < 20 {
			value := random()
			http.SetCookie(w, &http.Cookie{Name: earlyCookie, Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode})
			r.AddCookie(&http.Cookie{Name: earlyCookie, Value: value})
		}
	}
	return x.site.csrf(r)
}

func (s *Site) mac(text string) string {
	m := hmac.New(sha256.New, s.key[:])
	m.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// limiter slows one source or account without touching the others: a bucket of
// requests that fills up again. Its memory is bounded.
type limiter struct {
	mu      sync.Mutex
	buckets map[string]bucket
	clock   func() time.Time
}

type bucket struct {
	left float64
	at   time.Time
}

// One source or account gets a small part of what the machine can answer (some
// thousands of pages a second on two cores), and far more than a person reads.
const (
	burst     = 2000
	perSecond = 500
)

func (l *limiter) allow(name string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.buckets[name]
	if !ok {
		if len(l.buckets) >= 20_000 {
			clear(l.buckets) // forgetting is kinder than refusing everybody new
		}
		b = bucket{burst, now}
	}
	if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.left = min(burst, b.left+passed*perSecond)
	}
	b.at = now
	ok = b.left >= 1
	if ok {
		b.left--
	}
	l.buckets[name] = b
	return ok
}

func newLimiter(clock func() time.Time) *limiter {
	return &limiter{buckets: map[string]bucket{}, clock: clock}
}

func tooMany(w http.ResponseWriter) { w.Header().Set("Retry-After", "10") }
