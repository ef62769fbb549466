package app_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/app"
	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/web"
)

// what differs between two answers to the same question although nothing changed: the
// token of a form, and the id that a form would open.
var perAnswer = regexp.MustCompile(`name="(_csrf|once)" value="[^"]*"`)

// seen is everything that a person can be answered: every route of the program, with
// what exists in the house and with what does not, every list, count, export, feed and
// message. Answers are kept with their headers, and their size.
func seen(t *testing.T, h *bakentest.House, p *bakentest.Person, paths []string) map[string]string {
	t.Helper()
	// All sit behind one address, which may ask so much at a time: the clock goes on a
	// little for it, and back for what is compared.
	h.Wait(5 * time.Second)
	h.Somebody().Get("/meld-misdaad")
	h.Wait(-5 * time.Second)
	out := map[string]string{}
	for _, path := range paths {
		a := p.Send("GET", path, nil, nil)
		if a.Status == http.StatusTooManyRequests {
			t.Fatalf("%s was asked too often: nothing is compared", path)
		}
		body := perAnswer.ReplaceAllString(a.Body, "")
		headers := []string{}
		for name, v := range a.Header {
			if name != "Date" && name != "Set-Cookie" {
				headers = append(headers, name+": "+strings.Join(v, ", "))
			}
		}
		slices.Sort(headers)
		out[path] = fmt.Sprintf("%d\n%s\n%d\n%s", a.Status, strings.Join(headers, "\n"), len(body), body)
	}
	return out
}

// Product.md 1.4, security.md control 13: whoever is not of the group, nor the privacy
// officer, finds no difference between a house with tips and the same house without
// one: no page, list, count, export, feed, message or size tells.
func TestNobodyElseSeesThatThereAreTips(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		aTip(t, h)
		tip := tipAt(t, h, "check")
		passed, file := aTip(t, h)

		var paths []string
		for _, r := range h.Site.Declared() {
			if !strings.HasPrefix(r.Pattern, "GET ") || strings.HasPrefix(r.Pattern, "GET /assets/") || r.Pattern == "GET /readyz" {
				continue
			}
			_, path := address(t, h, r.Pattern, true)
			paths = append(paths, path)
		}
		// What a curious colleague would try besides.
		paths = append(paths, "/tips/"+tip, "/tips/"+tip+"?reden=assess", "/tips/"+tip+"/check", "/tips/"+passed+"/bestand/"+file, "/tips/"+passed+"/origineel", "/toezicht/meld-misdaad/"+tip,
			"/maatregelen/dwangsom/"+tip, "/termijnen/team?zoek=T-2026", "/termijnen?zoek=tip", "/maatregelen?zoek=tip", "/beheer/inzage?soort=tip", "/beheer/inzage?object="+tip,
			"/beheer/werk", "/termijnen/kalender", "/hic/cijfers.csv", "/hic/cijfers.json", "/")
		slices.Sort(paths)
		paths = slices.Compact(paths)

		people := map[string]*bakentest.Person{"nobody": h.Somebody(), "half": h.HalfSignIn(access.Adviser)}
		for _, d := range app.DemoStaff {
			if d.Role != access.TipCoordinator && d.Role != access.PrivacyOfficer {
				people[d.Role] = h.SignIn(d.Role)
			}
		}
		if len(people) != 11 {
			t.Fatalf("%d people look: a role is missing", len(people))
		}
		member := h.SignIn(access.TipCoordinator)
		own := seen(t, h, member, []string{"/", "/tips"})
		with := map[string]map[string]string{}
		for name, p := range people {
			p.Get("/") // a first look moves what counts looks
			with[name] = seen(t, h, p, paths)
		}

		// The same house as if no tip ever came.
		if err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
			for _, q := range []string{
				"DELETE FROM dossier_key WHERE dossier IN (SELECT id FROM dossier WHERE kind = 'tip')", "DELETE FROM dossier_entry WHERE dossier IN (SELECT id FROM dossier WHERE kind = 'tip')",
				"DELETE FROM dossier_file WHERE dossier IN (SELECT id FROM dossier WHERE kind = 'tip')", "DELETE FROM dossier WHERE kind = 'tip'", "DELETE FROM tip_case", "DELETE FROM tip_year",
			} {
				if _, err := tx.Exec(q); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if left, err := h.Tips.Inbox(context.Background(), coordinator(t, h)); err != nil || len(left) > 0 {
			t.Fatalf("there are %d tips left: nothing is compared (%v)", len(left), err)
		}
		// Who is of the group sees the difference on both pages: the comparison finds what is
		// there to be found.
		for path, without := range seen(t, h, member, []string{"/", "/tips"}) {
			if own[path] == without {
				t.Errorf("the group sees no difference at %s: nothing is compared", path)
			}
		}
		compared := 0
		for name, p := range people {
			for path, without := range seen(t, h, p, paths) {
				if with[name][path] != without {
					t.Errorf("%s at %s can tell that there were tips: %s", name, path, firstDifference(with[name][path], without))
				}
				compared++
			}
		}
		pages := 0
		for _, a := range with[access.Lawyer] {
			if strings.HasPrefix(a, "200\n") {
				pages++
			}
		}
		if compared < 500 || pages < 20 {
			t.Errorf("%d answers were compared, of a lawyer %d pages", compared, pages)
		}
	})
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-60):min(len(s), i+60)] }
	return fmt.Sprintf("%q and %q", around(a), around(b))
}

// No route of the inbox is open to anybody but the group and the privacy officer, and
// the public page collects nothing.
func TestRoutesOfTipsAreOfTheGroup(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	n := 0
	for _, r := range h.Site.Declared() {
		if !strings.Contains(r.Pattern, " /tips") && !strings.Contains(r.Pattern, "/toezicht/meld-misdaad") {
			continue
		}
		n++
		for _, role := range access.Roles {
			own := role == access.TipCoordinator && strings.Contains(r.Pattern, " /tips") || role == access.PrivacyOfficer && strings.Contains(r.Pattern, "/toezicht/")
			if h.May(role, r.Act) != own {
				t.Errorf("%s: %s may is %v", r.Pattern, role, !own)
			}
		}
		if r.Who != web.Staff {
			t.Errorf("%s is open to everybody", r.Pattern)
		}
	}
	if n < 30 {
		t.Errorf("%d routes", n)
	}
	page := h.Somebody().Get("/meld-misdaad")
	if page.Status != http.StatusOK || strings.Contains(page.Body, "<textarea") || strings.Contains(page.Body, `method="post" action="/meld-misdaad"`) || strings.Contains(page.Body, `type="file"`) {
		t.Error("the public page takes something in")
	}
	for _, want := range []string{"112", "0900\u20118844", "0800\u20117000", "nooit bewijs"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the public page does not say %q", want)
		}
	}
}
