package app_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/web"
)

// BenchmarkMonitorPage is the monitor's page without the network.
func BenchmarkMonitorPage(b *testing.B) {
	h := bakentest.Open(b, db.SQLite)
	p := h.SignIn(access.Adviser)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%100 == 0 {
			h.Wait(1e9) // the limit of one account counts by the clock
		}
		r := httptest.NewRequest("GET", "/hic", nil)
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: p.Cookie(web.SessionCookie)})
		w := httptest.NewRecorder()
		h.Site.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Code)
		}
		b.SetBytes(int64(w.Body.Len()))
	}
}
