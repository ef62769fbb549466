package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"baken/internal/app"
	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/tenancy"
	"baken/internal/web"
)

// Two municipalities behind one process: the host name chooses, and a session of
// the one is nobody in the other (security.md control 4).
func TestHostNameChoosesTheHouse(t *testing.T) {
	t.Parallel()
	a, b := bakentest.OpenAs(t, db.SQLite, "GM0556", "Maassluis"), bakentest.OpenAs(t, db.SQLite, "GM0606", "Schiedam")
	hosts, err := tenancy.New(map[string]http.Handler{"a.test": a.Site, "b.test": b.Site})
	if err != nil {
		t.Fatal(err)
	}
	both := app.ByHost(hosts)
	cookie := a.SignIn(access.Administrator).Cookie(web.SessionCookie)
	ask := func(host, path string, header http.Header) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.Host = host
		for k, v := range header {
			r.Header[k] = v
		}
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: cookie})
		w := httptest.NewRecorder()
		both.ServeHTTP(w, r)
		return w
	}
	if w := ask("a.test", "/beheer/mensen", nil); w.Code != 200 || !strings.Contains(w.Body.String(), "Maassluis") {
		t.Fatalf("the own house answers %d", w.Code)
	}
	for name, header := range map[string]http.Header{"plain": nil, "with a forwarded host": {"X-Forwarded-Host": {"a.test"}}, "with a forwarded word": {"Forwarded": {"host=a.test"}}} {
		w := ask("b.test", "/beheer/mensen", header)
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/inloggen") {
			t.Errorf("%s: a session of Maassluis is somebody in Schiedam: %d", name, w.Code)
		}
	}
	for _, host := range []string{"c.test", "", "a.test.evil.example"} {
		if w := ask(host, "/beheer/mensen", nil); w.Code != http.StatusMisdirectedRequest || strings.Contains(w.Body.String(), "Baken") {
			t.Errorf("host %q is served: %d", host, w.Code)
		}
	}
}
