package app_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/dossier"
	"baken/internal/web"
	"baken/internal/web/webtest"
)

// looked are the pages of each person that are opened in a browser. Every page of
// the program stands here at least once; TestEveryPageIsLookedAt sees to it.
var looked = []struct{ role, path string }{
	{"", "/inloggen"}, {half, "/inloggen/code"}, {"", "/welkom"}, {"", "/toegankelijkheid"}, {"", "/sneltoetsen"}, {"", "/bestaat-niet"},
	{access.Adviser, "/"}, {access.Adviser, "/hic"}, {access.Adviser, "/hic?soort=1.1.1&jaar=2023"}, {access.Adviser, "/hic/delict/1.1.1"}, {access.Adviser, "/hic/delict/1.4.6"},
	{access.Adviser, "/hic/gebied/BU05560101"}, {access.Adviser, "/hic/bron/SNAPSHOT"}, {access.Adviser, "/account"}, {access.Adviser, "/bevestigen"},
	{access.Adviser, "/termijnen"}, {access.Adviser, "/termijnen/team"}, {access.Adviser, "/termijnen/kalender?maand=2026-12"}, {access.Adviser, "/termijnen/regels?zoek=dwangsom"},
	{access.Adviser, "/termijnen/bereken"}, {access.Adviser, "/termijnen/bereken?regel=LOD-5.35&start=01-06-2026"}, {access.Adviser, "/termijnen/abonnement"}, {access.Administrator, "/termijnen/dagen"},
	{access.Analyst, "/"}, {access.Analyst, "/hic/bronnen"}, {access.Analyst, "/hic/bronnen/SNAPSHOT"}, {access.Analyst, "/hic/gebeurtenissen"},
	{access.Administrator, "/"}, {access.Administrator, "/beheer/mensen"}, {access.Administrator, "/beheer/mensen/nieuw"},
	{access.Administrator, "/beheer/mensen/PERSON"}, {access.Administrator, "/beheer/rechten"}, {access.Administrator, "/beheer/werk"},
	{access.PrivacyOfficer, "/beheer/inzage"},
	{"", "/meld-misdaad"}, {access.TipCoordinator, "/"}, {access.TipCoordinator, "/tips"}, {access.TipCoordinator, "/tips/nieuw"}, {access.TipCoordinator, "/tips/cijfers"}, {access.TipCoordinator, "/tips/zoeken"},
	{access.TipCoordinator, "/tips/terugkoppeling?jaar=2026"}, {access.TipCoordinator, "/tips/AT-none"}, {access.TipCoordinator, "/tips/AT-none?reden=verify"},
	{access.TipCoordinator, "/tips/AT-confirm?reden=assess"}, {access.TipCoordinator, "/tips/AT-check?reden=assess"}, {access.TipCoordinator, "/tips/AT-check/check"},
	{access.TipCoordinator, "/tips/AT-release/release"}, {access.TipCoordinator, "/tips/AT-none/origineel"}, {access.TipCoordinator, "/tips/AT-none/vernietigen"},
	{access.TipCoordinator, "/tips/PASSED?reden=forward"}, {access.TipCoordinator, "/tips/PASSED/add"}, {access.PrivacyOfficer, "/toezicht/meld-misdaad"}, {access.PrivacyOfficer, "/toezicht/meld-misdaad/AT-none"},
	{access.Lawyer, "/maatregelen"}, {access.Lawyer, "/maatregelen?gesloten=1"}, {access.Lawyer, "/maatregelen/register"}, {access.Lawyer, "/maatregelen/gronden"}, {access.Lawyer, "/maatregelen/dwangsom/nieuw"}, {access.Lawyer, "/maatregelen/dwangsom/MEASURE"},
	{access.Lawyer, "/maatregelen/dwangsom/MEASURE?op=24-11-2026"}, {access.Lawyer, "/maatregelen/dwangsom/MEASURE/corrigeren/2"},
	{access.Lawyer, "/maatregelen/dwangsom/MEASURE/basis"}, {access.Lawyer, "/maatregelen/dwangsom/MEASURE/draft"}, {access.Officer, "/maatregelen/dwangsom/FORCED/inspect"},
	{access.Lawyer, "/maatregelen/dwangsom/FORCED"}, {access.Mayor, "/maatregelen/dwangsom/FORCED/sign"},
	{access.Adviser, "/maatregelen?soort=huisverbod"}, {access.Adviser, "/maatregelen/huisverbod/nieuw"}, {access.Adviser, "/maatregelen/huisverbod/BAN"}, {access.Adviser, "/maatregelen/huisverbod/BAN?op=24-11-2026"},
	{access.Lawyer, "/maatregelen/huisverbod/BAN/corrigeren/2"}, {access.Mayor, "/maatregelen/huisverbod/STAGE-proposed"}, {access.Mayor, "/maatregelen/huisverbod/STAGE-proposed/impose"},
	{access.Adviser, "/maatregelen/huisverbod/STAGE-in-force"}, {access.Mayor, "/maatregelen/huisverbod/STAGE-extended"}, {access.Lawyer, "/maatregelen/huisverbod/STAGE-suspended"}, {access.Lawyer, "/maatregelen/huisverbod/STAGE-over"},
	{access.Adviser, "/maatregelen?soort=woonoverlast"}, {access.Adviser, "/maatregelen/woonoverlast/nieuw"}, {access.Adviser, "/maatregelen/woonoverlast/NUISANCE"}, {access.Adviser, "/maatregelen/woonoverlast/NUISANCE?op=24-11-2026"},
	{access.Lawyer, "/maatregelen/woonoverlast/NUISANCE/corrigeren/2"}, {access.Mayor, "/maatregelen/woonoverlast/STAGE-proposed"}, {access.Mayor, "/maatregelen/woonoverlast/STAGE-ban-proposed"},
	{access.Lawyer, "/maatregelen/woonoverlast/STAGE-in-force"}, {access.Lawyer, "/maatregelen/woonoverlast/STAGE-suspended"}, {access.Lawyer, "/maatregelen/woonoverlast/STAGE-closed"},
	{access.Adviser, "/maatregelen?soort=gebiedsverbod"}, {access.Adviser, "/maatregelen/gebiedsverbod/nieuw"}, {access.Adviser, "/maatregelen/gebiedsverbod/AREA"}, {access.Adviser, "/maatregelen/gebiedsverbod/AREA?op=24-11-2026"},
	{access.Lawyer, "/maatregelen/gebiedsverbod/AREA/corrigeren/2"}, {access.Mayor, "/maatregelen/gebiedsverbod/STAGE-proposed"}, {access.Mayor, "/maatregelen/gebiedsverbod/STAGE-proposed/decide"}, {access.Lawyer, "/maatregelen/gebiedsverbod/STAGE-heard/area"},
	{access.Lawyer, "/maatregelen/gebiedsverbod/STAGE-in-force"}, {access.Lawyer, "/maatregelen/gebiedsverbod/STAGE-suspended"}, {access.Lawyer, "/maatregelen/gebiedsverbod/STAGE-closed"},
	{access.Officer, "/maatregelen/gebiedsverbod/veld"}, {access.Officer, "/maatregelen/gebiedsverbod/AREA/veld"},
	{access.Lawyer, "/maatregelen?soort=sluiting"}, {access.Lawyer, "/maatregelen/sluiting/nieuw"}, {access.Lawyer, "/maatregelen/sluiting/CLOSURE"}, {access.Lawyer, "/maatregelen/sluiting/CLOSURE?op=26-11-2026"},
	{access.Lawyer, "/maatregelen/sluiting/CLOSURE/corrigeren/2"}, {access.Mayor, "/maatregelen/sluiting/STAGE-checked"}, {access.Mayor, "/maatregelen/sluiting/STAGE-checked/sign"}, {access.Lawyer, "/maatregelen/sluiting/STAGE-grounded"},
	{access.Lawyer, "/maatregelen/sluiting/STAGE-sealed"}, {access.Lawyer, "/maatregelen/sluiting/STAGE-ordered"}, {access.Lawyer, "/maatregelen/sluiting/STAGE-suspended"}, {access.Lawyer, "/maatregelen/sluiting/STAGE-over"}, {access.Lawyer, "/maatregelen/sluiting/STAGE-warned"},
}

// actForms are the forms of the acts of each measure, and of tips: each has fields of its
// own. stages says in which stage of the demo a form is open, for the verbs that are not
// open in the stage named first.
func actForms(h *bakentest.House) (out []struct{ role, path string }) {
	add := func(verbs []string, kind, first, path string, stages map[string]string) {
		for _, name := range verbs {
			verb := strings.TrimPrefix(name, kind+".")
			if verb == "report" || verb == "receive" {
				continue // it stands in looked
			}
			role := first
			if a, _ := h.Book.Act(name); !slices.Contains(a.Roles, role) {
				role = access.Mayor
			}
			stage := stages[""]
			for where, open := range stages {
				if where != "" && slices.Contains(strings.Fields(open), verb) {
					stage = where
				}
			}
			out = append(out, struct{ role, path string }{role, strings.Replace(path, "STAGE", "STAGE-"+stage, 1) + verb})
		}
	}
	add(verbsOf(h.Dwangsom.Office.Kind.Verbs), "dwangsom", access.Lawyer, "/maatregelen/dwangsom/FORCED/", nil)
	add(verbsOf(h.Huisverbod.Office.Kind.Verbs), "huisverbod", access.Adviser, "/maatregelen/huisverbod/STAGE/", map[string]string{"": "in-force",
		"proposed": "risk no-risk consult advise draft ask impose impose-mandated refuse", "asked": "answer", "decided": "announce", "over": "close"})
	add(verbsOf(h.Woonoverlast.Office.Kind.Verbs), "woonoverlast", access.Lawyer, "/maatregelen/woonoverlast/STAGE/", map[string]string{"": "in-force",
		"warned": "warn", "heard": "intend skip view", "proposed": "try none-tried conduct strike weigh draft return decide refuse", "decided": "publish", "ban-proposed": "ban",
		"suspended": "relief decide-objection", "over": "close"})
	add(verbsOf(h.Gebiedsverbod.Office.Kind.Verbs), "gebiedsverbod", access.Lawyer, "/maatregelen/gebiedsverbod/STAGE/", map[string]string{"": "in-force",
		"heard": "intend skip view", "proposed": "origin basis area limits duty consult weigh draft return decide refuse", "decided": "publish", "suspended": "relief decide-objection", "over": "close"})
	add(verbsOf(h.Sluiting.Office.Kind.Verbs), "sluiting", access.Lawyer, "/maatregelen/sluiting/STAGE/", map[string]string{"": "sealed",
		"reported": "find", "grounded": "residents registry intend skip seal-at-once weigh", "drafted": "view draft check", "checked": "return sign sign-urgent warn", "signed": "publish",
		"ordered": "seal extend-term hold rule-relief adjourn decide-objection relief landlord", "suspended": "resume", "over": "unseal close judge"})
	add(verbsOf(h.Tips.Office.Kind.Verbs), "tip", access.TipCoordinator, "/tips/PASSED/", nil)
	return out
}

// verbsOf are the names of the acts of a kind.
func verbsOf[R any](verbs []dossier.Verb[R]) (names []string) {
	for _, v := range verbs {
		names = append(names, v.Name)
	}
	return names
}

// half is somebody who has shown the password only.
const half = "half"

// The rules of WCAG 2.0 to 2.2, A and AA, on a wide and a narrow screen; no
// sideways scrolling at 320 pixels; nothing that the browser refuses or complains of.
// Each part of the pages has a house and a browser of its own, so that they are looked at
// side by side.
func TestPagesInTheBrowser(t *testing.T) {
	t.Parallel()
	const parts = 4
	for part := range parts {
		t.Run(fmt.Sprintf("part %d", part+1), func(t *testing.T) {
			t.Parallel()
			h := bakentest.Open(t, db.SQLite)
			b := browser.Start(t)
			people := map[string]*bakentest.Person{"": h.Somebody()}
			for n, l := range append(slices.Clone(looked), actForms(h)...) {
				if n%parts != part {
					continue
				}
				if people[l.role] == nil {
					people[l.role] = signIn(h, l.role)
				}
				lookAt(t, h, b, people[l.role], l.role, l.path, n >= len(looked))
			}
		})
	}
}

// lookAt opens one page of a person. The forms of acts have one layout: they are looked at
// where it is tightest.
func lookAt(t *testing.T, h *bakentest.House, b *browser.Browser, p *bakentest.Person, role, at string, act bool) {
	t.Helper()
	if role != "" {
		b.Cookie(h.URL, web.SessionCookie, p.Cookie(web.SessionCookie))
	}
	path := fill(t, h, p, at)
	name := strings.Trim(strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(role+at), "-")
	sizes := []browser.Size{browser.Desktop, browser.Phone}
	if act {
		sizes = []browser.Size{browser.Narrow}
	}
	for _, size := range sizes {
		b.Resize(size)
		b.Visit(h.URL + path)
		for _, v := range b.Audit() {
			t.Errorf("%s at %d: %s", at, size.Width, v)
		}
		b.Shot(fmt.Sprintf("%s-%d", name, size.Width))
	}
	b.Resize(browser.Narrow) // the page stays open, as on a telephone of which the letters are made larger
	if wide := b.Overflow(); len(wide) > 0 {
		t.Errorf("%s scrolls sideways at 320 pixels: %v", at, wide)
	}
	if c := b.Complaints(); len(c) > 0 && !strings.Contains(at, "bestaat-niet") {
		t.Errorf("%s: the browser complains: %v", at, c)
	}
}

func signIn(h *bakentest.House, role string) *bakentest.Person {
	switch role {
	case "":
		return h.Somebody()
	case half:
		return h.HalfSignIn(access.Lawyer)
	}
	return h.SignIn(role)
}

// fill puts what exists in this house into a path of looked.
func fill(t *testing.T, h *bakentest.House, p *bakentest.Person, path string) string {
	t.Helper()
	if strings.Contains(path, "PERSON") {
		path = strings.Replace(path, "/beheer/mensen/PERSON", account(t, p, "Noor Hendriks"), 1)
	}
	if strings.Contains(path, "MEASURE") {
		id, _ := measure(t, h)
		path = strings.Replace(path, "MEASURE", id, 1)
	}
	if _, rest, ok := strings.Cut(path, "/AT-"); ok {
		step := strings.FieldsFunc(rest, func(r rune) bool { return r == '/' || r == '?' })[0]
		path = strings.Replace(path, "AT-"+step, tipAt(t, h, step), 1)
	}
	if strings.Contains(path, "PASSED") {
		id, _ := aTip(t, h)
		path = strings.Replace(path, "PASSED", id, 1)
	}
	if strings.Contains(path, "FORCED") {
		path = strings.Replace(path, "FORCED", forced(t, h), 1)
	}
	if strings.Contains(path, "/BAN") {
		id, _ := ban(t, h)
		path = strings.Replace(path, "BAN", id, 1)
	}
	if strings.Contains(path, "/NUISANCE") {
		id, _ := nuisance(t, h)
		path = strings.Replace(path, "NUISANCE", id, 1)
	}
	if strings.Contains(path, "/AREA") {
		id, _ := areaBan(t, h)
		path = strings.Replace(path, "AREA", id, 1)
	}
	if strings.Contains(path, "/CLOSURE") {
		id, _ := closure(t, h)
		path = strings.Replace(path, "CLOSURE", id, 1)
	}
	if _, rest, ok := strings.Cut(path, "STAGE-"); ok {
		stage, _, _ := strings.Cut(rest, "/")
		kind := strings.Split(path, "/")[2]
		path = strings.Replace(path, "STAGE-"+stage, staged(t, h, kind, stage), 1)
	}
	if strings.Contains(path, "SNAPSHOT") {
		path = strings.Replace(path, "SNAPSHOT", snapshot(t, h), 1)
	}
	return path
}

// A page that nobody opens in a browser is a page whose contrast, order and width
// nobody knows.
func TestEveryPageIsLookedAt(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	people, seen := map[string]*bakentest.Person{}, map[string]bool{}
	mux := http.NewServeMux()
	for _, r := range h.Site.Declared() {
		mux.Handle(r.Pattern, http.NotFoundHandler())
	}
	for _, l := range append(slices.Clone(looked), actForms(h)...) {
		if people[l.role] == nil {
			people[l.role] = signIn(h, l.role)
		}
		path := fill(t, h, people[l.role], l.path)
		r := httptest.NewRequest("GET", path, nil)
		if _, pattern := mux.Handler(r); pattern != "" {
			if a := people[l.role].Send("GET", path, nil, nil); a.Status != 200 {
				t.Errorf("%s is opened by %q and answers %d: nothing is looked at", path, l.role, a.Status)
			}
			seen[pattern] = true
		}
	}
	for _, r := range h.Site.Declared() {
		if !strings.HasPrefix(r.Pattern, "GET ") || r.Pattern == "GET /assets/{file...}" || seen[r.Pattern] {
			continue
		}
		p := h.Somebody()
		if r.Who == web.Staff {
			p = h.SignIn(holder(t, h, r.Act))
		}
		_, path := address(t, h, r.Pattern, true)
		if a := p.Get(path); strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s is a page and does not stand in looked", r.Pattern)
		}
	}
}

// Security.md control 26: every page that there is, and those of refusals.
func TestPagesKeepTheirDefences(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	people := map[string]*bakentest.Person{}
	pages := slices.Clone(looked)
	for _, extra := range []struct{ role, path string }{
		{access.Adviser, "/bestaat-niet"}, {access.Adviser, "/beheer/mensen"}, {access.Adviser, "/hic?jaar=<script>alert(1)</script>"},
		{access.Adviser, "/hic/cijfers.csv"}, {access.Adviser, "/hic/cijfers.json"}, {"", "/healthz"}, {"", "/robots.txt"}, {"", "/.well-known/security.txt"},
	} {
		pages = append(pages, extra)
	}
	for _, l := range pages {
		if people[l.role] == nil {
			people[l.role] = signIn(h, l.role)
		}
		path := fill(t, h, people[l.role], l.path)
		a := people[l.role].Send("GET", path, nil, nil)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=()",
		} {
			if !strings.Contains(a.Header.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, a.Header.Get(name))
			}
		}
		csp := a.Header.Get("Content-Security-Policy")
		for _, part := range []string{"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, part) || strings.Contains(csp, "unsafe") {
				t.Errorf("%s: policy %s", path, csp)
			}
		}
		if l.role != "" && a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s is kept by the browser after signing out: Cache-Control %q", path, a.Header.Get("Cache-Control"))
		}
		if a.Header.Get("Server") != "" || a.Header.Get("X-Powered-By") != "" {
			t.Errorf("%s tells what it runs on: %v", path, a.Header)
		}
		if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			inline(t, path, webtest.Parse(t, a.Body))
		}
	}
}

// inline finds what the policy would refuse: a style or a script in the page itself.
func inline(t *testing.T, path string, page webtest.Node) {
	t.Helper()
	if len(page.All("main")) != 1 {
		t.Errorf("%s has no main part: what is checked is not the page", path)
	}
	for _, n := range page.All("") {
		src, has := n.Lookup("src")
		if n.Data == "style" || n.Data == "script" && (!has || !strings.HasPrefix(src, "/assets/")) {
			t.Errorf("%s: <%s> in the page", path, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", path, n.Data, a.Key, a.Val)
			}
		}
	}
}

// htmx 4 reads other names than htmx 2 and passes over the old ones in silence: a
// page then does nothing and no test of the page's text sees it.
func TestTemplatesUseNoNamesOfHtmx2(t *testing.T) {
	t.Parallel()
	gone := regexp.MustCompile(`\b(data-)?hx-(ext|params|prompt|vars|disinherit|inherit|request|history=|disabled-elt|on:htmx:[a-z]+[A-Z])|htmx:(before|after)(Swap|Request|Settle|OnLoad|ProcessNode)\b`)
	templates := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" {
			return err
		}
		templates++
		text, err := os.ReadFile(path)
		for _, found := range gone.FindAllString(string(text), -1) {
			t.Errorf("%s: %s is of htmx 2", path, found)
		}
		return err
	})
	if err != nil || templates < 5 {
		t.Fatalf("%d templates were read: %v", templates, err)
	}
	for _, old := range []string{"hx-disabled-elt", "data-hx-ext", "htmx:afterSwap"} {
		if !gone.MatchString(old) {
			t.Errorf("%s would not be found", old)
		}
	}
}
