package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
)

var grantForm = regexp.MustCompile(`action="(/beheer/rollen/[0-9a-zA-Z]+/beeindigen)"`)

// account finds somebody's page in the list of people.
func account(t *testing.T, admin *bakentest.Person, name string) string {
	t.Helper()
	list := admin.Get("/beheer/mensen").Body
	m := regexp.MustCompile(`href="(/beheer/mensen/[0-9a-zA-Z]{26})">` + regexp.QuoteMeta(name) + `<`).FindStringSubmatch(list)
	if m == nil {
		t.Fatalf("%s is not on the list of people", name)
	}
	return m[1]
}

// Security.md control 6: the clock does not move between what is taken and the next
// request.
func TestRightsEndAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		adviser, mayor, admin := h.SignIn(access.Adviser), h.SignIn(access.Mayor), h.SignIn(access.Administrator)
		for _, p := range []*bakentest.Person{adviser, mayor} {
			if a := p.Get("/hic"); a.Status != 200 {
				t.Fatalf("the %s does not see the monitor to begin with: %d", p.Role, a.Status)
			}
		}

		page := account(t, admin, "Noor Hendriks")
		form := grantForm.FindStringSubmatch(admin.Get(page).Body)
		if form == nil {
			t.Fatal("the page of the adviser has no form that ends the role")
		}
		if a := admin.Post(form[1], map[string][]string{"naar": {page}}); a.Status != 200 {
			t.Fatalf("ending the role: %d", a.Status)
		}
		for _, path := range []string{"/hic", "/", "/account", "/hic/cijfers.csv"} {
			if a := adviser.Get(path); a.Status != 404 {
				t.Errorf("%s answers %d to somebody whose only role ended", path, a.Status)
			}
		}

		stolen := mayor.Copy()
		page = account(t, admin, "Willemijn Terpstra")
		if a := admin.Post(page+"/uit", nil); a.Status != 200 {
			t.Fatalf("disabling the account: %d", a.Status)
		}
		for who, p := range map[string]*bakentest.Person{"the person": mayor, "who copied the cookie": stolen} {
			if a := p.Get("/hic"); a.Path != "/inloggen" {
				t.Errorf("%s is still signed in to a disabled account: %d at %s", who, a.Status, a.Path)
			}
		}
	})
}

// Security.md control 23: a copied cookie after each event that ends a session.
func TestCopiedCookieEndsWithItsSession(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	gone := func(when string, p *bakentest.Person) {
		t.Helper()
		if a := p.Get("/account"); a.Path != "/inloggen" {
			t.Errorf("%s, the copied cookie still opens %s", when, a.Path)
		}
	}
	alive := func(p *bakentest.Person) *bakentest.Person {
		t.Helper()
		thief := p.Copy()
		if a := thief.Get("/account"); a.Path != "/account" {
			t.Fatalf("the copied cookie never worked (%s), so that it stops shows nothing", a.Path)
		}
		return thief
	}

	p := h.SignIn(access.Adviser)
	thief := alive(p)
	if a := p.Post("/afmelden", nil); a.Path != "/inloggen" {
		t.Fatalf("signing out led to %s", a.Path)
	}
	gone("after signing out", thief)

	p, other := h.SignIn(access.Adviser), h.SignIn(access.Adviser)
	thief = alive(p)
	m := regexp.MustCompile(`action="(/account/sessies/[0-9a-zA-Z]+)"`).FindStringSubmatch(other.Get("/account").Body)
	if m == nil {
		t.Fatal("the list of own sessions offers none to end")
	}
	other.Post(m[1], nil)
	gone("after being ended from the list", thief)
	if a := other.Get("/account"); a.Path != "/account" {
		t.Error("ending another session ended this one too")
	}

	thief = alive(other)
	admin := h.SignIn(access.Administrator)
	admin.Post(account(t, admin, "Noor Hendriks")+"/code", nil)
	gone("after the factors were renewed", thief)

	half := h.HalfSignIn(access.Lawyer)
	thief = half.Copy()
	code := h.Code()
	half.Post("/inloggen/code", map[string][]string{"code": {code}})
	if a := thief.Post("/inloggen/code", map[string][]string{"code": {h.Code()}}); a.Path != "/inloggen" {
		t.Errorf("after the second factor, the cookie of the first still leads to %s", a.Path)
	}
}

// Security.md control 4: two municipalities. Whatever is known of one is nothing at
// the other.
func TestHousesAreApart(t *testing.T) {
	t.Parallel()
	a := bakentest.OpenAs(t, db.SQLite, "GM0556", "Maassluis")
	b := bakentest.OpenAs(t, db.SQLite, "GM0599", "Rotterdam")
	adminA, adminB := a.SignIn(access.Administrator), b.SignIn(access.Administrator)

	if got := adminA.CopyTo(b).Get("/account"); got.Path != "/inloggen" {
		t.Errorf("a session of one house opens %s at the other", got.Path)
	}

	accountA, grantA := fresh(t, a)
	for _, path := range []string{"/beheer/mensen/" + accountA, "/hic/bron/" + snapshot(t, a)} {
		if got := adminA.Get(path); got.Status != 200 {
			t.Fatalf("%s is not there to begin with: %d", path, got.Status)
		}
		got, nothing := send(adminB, "GET", path, nil), send(adminB, "GET", absent(path), nil)
		if diff := same(got, nothing, path, absent(path)); got.Status != 404 || diff != "" {
			t.Errorf("%s of one house answers %d at the other %s", path, got.Status, diff)
		}
	}
	for _, path := range []string{
		"/beheer/mensen/" + accountA + "/uit", "/beheer/mensen/" + accountA + "/code", "/beheer/mensen/" + accountA + "/rollen",
		"/beheer/rollen/" + grantA + "/goedkeuren", "/beheer/rollen/" + grantA + "/beeindigen", "/beheer/rollen/" + grantA + "/beoordelen",
		"/beheer/werk/" + deadJob(t, a) + "/opnieuw",
	} {
		values := map[string][]string{"role": {access.Analyst}, "gemeente": {"GM0556"}, "tenant": {"GM0556"}}
		before := contents(t, a)
		if got := send(adminB, "POST", path+"?gemeente=GM0556", values); got.Status != 404 {
			t.Errorf("POST %s of one house answers %d at the other", path, got.Status)
		}
		if x := changed(before, contents(t, a)); len(x) > 0 {
			t.Errorf("POST %s at one house changed %v of the other", path, x)
		}
	}

	folderA, folderB := a.Config.Folder(a.Municipality), b.Config.Folder(b.Municipality)
	for _, pair := range [][2]string{{folderA, folderB}, {a.Municipality.Checkpoints, b.Municipality.Checkpoints},
		{a.Config.Place(a.Municipality), b.Config.Place(b.Municipality)}} {
		if pair[0] == pair[1] || strings.HasPrefix(pair[0], pair[1]+"/") || strings.HasPrefix(pair[1], pair[0]+"/") {
			t.Errorf("two houses share %s and %s", pair[0], pair[1])
		}
	}
	for _, key := range []string{"audit.key", "vault.key"} {
		one, err1 := os.ReadFile(filepath.Join(folderA, "keys", key))
		two, err2 := os.ReadFile(filepath.Join(folderB, "keys", key))
		if err1 != nil || err2 != nil || string(one) == string(two) {
			t.Errorf("two houses have the same %s (%v, %v): what one seals the other could open", key, err1, err2)
		}
	}
}

// In one process each municipality still has its own folder in the shared one.
func TestHousesOfOneProcessHaveOwnFolders(t *testing.T) {
	t.Parallel()
	a := bakentest.Open(t, db.SQLite)
	other := a.Municipality
	other.Code = "GM0599"
	if x, y := a.Config.Folder(a.Municipality), a.Config.Folder(other); x == y || filepath.Dir(x) != filepath.Dir(y) {
		t.Errorf("folders %s and %s", x, y)
	}
}
