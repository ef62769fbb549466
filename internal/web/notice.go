package web

import (
	"crypto/hmac"
	"net/http"
	"strings"
)

const noticeCookie = "__Host-baken-melding"

// Notice shows a sentence on the next page: what was just done. code is the code
// of a sentence that fills nothing in, so that no personal data is kept in the
// browser.
func Notice(w http.ResponseWriter, r *http.Request, code string) {
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Value: code + "." + of(r).site.mac("notice "+code), Path: "/", MaxAge: 60,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode})
}

// notice takes the sentence that waits, once. A code that this program did not
// sign is not shown: a page must not speak another site's words.
func (s *Site) notice(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(noticeCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	at := strings.LastIndex(c.Value, ".")
	if at < 0 || !hmac.Equal([]byte(c.Value[at+1:]), []byte(s.mac("notice "+c.Value[:at]))) {
		return ""
	}
	return of(r).printer.T(c.Value[:at])
}
