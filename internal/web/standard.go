package web

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"baken/internal/text"
	"baken/internal/web/form"
)

// Standard are the routes that every site has beside those of its capabilities.
// They are not logged: they show nothing about anybody (docs/operate/audit.md).
func Standard(contact string) []Route {
	return []Route{
		{Pattern: "GET /healthz", Who: Public, Handler: func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Cache-Control", "no-store")
			_, err := io.WriteString(w, "ok\n")
			return err
		}},
		{Pattern: "GET /robots.txt", Who: Public, Handler: func(w http.ResponseWriter, _ *http.Request) error {
			_, err := io.WriteString(w, "User-agent: *\nDisallow: /\n")
			return err
		}},
		{Pattern: "GET /.well-known/security.txt", Who: Public, Handler: func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, err := fmt.Fprintf(w, "Contact: %s\nExpires: %s\nPreferred-Languages: nl, en\n", contact, Now(r).AddDate(0, 6, 0).Format("2006-01-02T15:04:05Z"))
			return err
		}},
		{Pattern: "POST /csp-meldingen", Who: Public, Handler: report},
		{Pattern: "GET /datum", Who: Public, Handler: readDate},
		{Pattern: "POST /taal", Who: Public, Handler: func(w http.ResponseWriter, r *http.Request) error {
			if l := text.Lang(r.PostForm.Get("taal")); l == text.NL || l == text.EN {
				SetLang(w, l)
			}
			return SeeOther(w, r, r.PostForm.Get("naar"))
		}},
	}
}

// readDate answers how a typed date is read, for the words beside a date field: the
// same reading as when the form is sent. An empty answer is a date that is not one;
// the form says why.
func readDate(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	t, problem := form.ParseDate(strings.TrimSpace(r.URL.Query().Get("waarde")))
	if problem != "" {
		return nil
	}
	_, err := io.WriteString(w, Printer(r).Date(t))
	return err
}

// report notes that a browser refused something on a page. Only the directive and
// the host are kept: the rest may hold what the page showed.
func report(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Report struct {
			Directive string `json:"effective-directive"`
			Blocked   string `json:"blocked-uri"`
		} `json:"csp-report"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 8<<10)).Decode(&in); err == nil {
		host := ""
		if u, err := url.Parse(in.Report.Blocked); err == nil {
			host = u.Host
		}
		of(r).site.Log.Warn("a browser refused something on a page", "directive", clip(in.Report.Directive), "host", clip(host))
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func clip(s string) string {
	if len(s) > 60 {
		return s[:60]
	}
	return s
}

// problem is an error for a program (RFC 9457).
func (s *Site) problem(w http.ResponseWriter, r *http.Request, status int, page ErrorPage) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	body := map[string]any{"status": status, "title": of(r).printer.T("web.error." + page.Kind.String()), "detail": page.Sentence}
	if page.Operation != "" {
		body["number"] = page.Operation
	}
	if len(page.Details) > 0 {
		body["errors"] = page.Details
	}
	json.NewEncoder(w).Encode(body) // when it fails the reader has gone
}
