package app_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest"
	"baken/internal/crimemonitor"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
	"baken/internal/web"
)

// filled are the forms that must succeed, so that their trace is that of a change
// and not of a refusal.
var filled = map[string]url.Values{
	"POST /beheer/mensen/nieuw":                                {"name": {"Jan Smit"}, "login": {"jan@maassluis.demo"}, "lang": {"nl"}},
	"POST /beheer/mensen/{id}/rollen":                          {"role": {access.Analyst}},
	"POST /account/passkeys/antwoord":                          nil, // takes an authenticator; the browser tests have one
	"POST /inloggen/passkey/antwoord":                          nil,
	"POST /hic/bronnen":                                        nil, // takes files; the tests of the crime monitor send some
	"POST /hic/gebeurtenissen":                                 {"day": {"23-11-2026"}, "kind": {"campaign"}, "area": {"GM0556"}, "words": {"Campagne begonnen"}},
	"POST /beheer/rollen/{id}/goedkeuren":                      {"naar": {"/beheer/mensen"}},
	"POST /termijnen/dagen":                                    {"day": {"23-05-2031"}, "decree": {"Besluit van 1 december 2029"}, "source": {"Stb. 2029, 1"}},
	"POST /maatregelen/register":                               {"subject": {"Kade 1"}},
	"POST /maatregelen/dwangsom/nieuw":                         {"once": {"0123456789abcdefghjkmnpqrs"}, "Place": {"Kade 9"}, "Offender": {"X"}, "Address": {"Kade 9"}, "Seen": {"01-02-2026"}, "Facts": {"Afval"}, "Source": {"police"}, "Lead": {"iemand"}},
	"POST /maatregelen/huisverbod/nieuw":                       {"once": {"0123456789abcdefghjkmnpqrv"}, "Place": {"Kade 9"}, "Banned": {"X"}, "Born": {"01-02-1980"}, "Incident": {"01-02-2026"}, "Facts": {"Ruzie"}, "Adults": {"Y"}, "Reporter": {"politie"}, "Lead": {"iemand"}},
	"POST /maatregelen/huisverbod/{id}/evidence":               {"versie": {"5"}, "At": {"01-02-2026"}, "Words": {"Ruzie"}, "Source": {"police"}},
	"POST /maatregelen/woonoverlast/nieuw":                     {"once": {"0123456789abcdefghjkmnpqrx"}, "Place": {"Kade 9"}, "Resident": {"X"}, "Role": {"tenant"}, "At": {"01-02-2026"}, "Nature": {"noise"}, "Words": {"Muziek"}, "Source": {"neighbour"}, "Reporter": {"De buurvrouw"}, "Lead": {"iemand"}},
	"POST /maatregelen/woonoverlast/{id}/incident":             {"versie": {"4"}, "At": {"01-02-2026"}, "Nature": {"noise"}, "Words": {"Muziek"}, "Source": {"police"}, "Reporter": {"Politie"}},
	"POST /maatregelen/woonoverlast/{id}/corrigeren/{versie}":  {"versie": {"4"}, "At": {"01-02-2026"}, "Nature": {"noise"}, "Words": {"Zachte muziek"}, "Source": {"police"}, "Reporter": {"Politie"}, "why": {"Verkeerd gehoord"}},
	"POST /maatregelen/gebiedsverbod/nieuw":                    {"once": {"0123456789abcdefghjkmnpqry"}, "Person": {"X"}, "Born": {"14-05-1999"}, "Place": {"Kade"}, "At": {"01-02-2026"}, "Words": {"Flessen"}, "Source": {"police"}, "Reference": {"PL1700"}, "Lead": {"iemand"}},
	"POST /maatregelen/gebiedsverbod/{id}/incident":            {"versie": {"11"}, "At": {"01-02-2026"}, "Words": {"Flessen"}, "Source": {"police"}, "Reference": {"PL1701"}},
	"POST /maatregelen/gebiedsverbod/{id}/corrigeren/{versie}": {"versie": {"11"}, "At": {"01-02-2026"}, "Words": {"Een fles"}, "Source": {"police"}, "Reference": {"PL1702"}, "why": {"Verkeerd gehoord"}},
	"POST /maatregelen/sluiting/nieuw":                         {"once": {"0123456789abcdefghjkmnpqrw"}, "Type": {"opiumwet"}, "Place": {"Kade 9"}, "Object": {"dwelling"}, "Person": {"X"}, "Address": {"Kade 9"}, "Found": {"01-02-2026"}, "Dated": {"01-02-2026"}, "Received": {"02-02-2026"}, "Reference": {"PL1700"}, "Facts": {"Pillen"}, "Lead": {"iemand"}},
	"POST /maatregelen/sluiting/{id}/evidence":                 {"versie": {"6"}, "On": {"01-02-2026"}, "Words": {"Pillen"}, "Source": {"police"}},
	"POST /maatregelen/sluiting/{id}/corrigeren/{versie}":      {"versie": {"6"}, "On": {"01-02-2026"}, "Words": {"Toch minder"}, "Source": {"police"}, "why": {"Verkeerd gehoord"}},
	"POST /maatregelen/huisverbod/{id}/corrigeren/{versie}":    {"versie": {"5"}, "At": {"01-02-2026"}, "Words": {"Toch minder"}, "Source": {"police"}, "why": {"Verkeerd gehoord"}},
	"POST /maatregelen/dwangsom/{id}/evidence":                 {"versie": {"4"}, "On": {"01-02-2026"}, "Words": {"Afval"}, "Source": {"police"}},
	"POST /maatregelen/dwangsom/{id}/weigh":                    {"versie": {"4"}, "Aim": {"x"}, "Lighter": {"x"}, "Blame": {"x"}, "Means": {"x"}, "Circumstance": {"x"}, "Others": {"x"}, "Outcome": {"x"}},
	"POST /maatregelen/dwangsom/{id}/corrigeren/{versie}":      {"versie": {"4"}, "On": {"01-02-2026"}, "Words": {"Toch minder"}, "Source": {"police"}, "why": {"Verkeerd gezien"}},
	"POST /tips/cijfers/uitvoer":                               {"year": {"2026"}, "why": {"council"}},
	"POST /tips/terugkoppeling":                                {"year": {"2026"}},
	"POST /tips/nieuw":                                         {"once": {"0123456789abcdefghjkmnpqrt"}, "Received": {"24-11-2026"}, "Theme": {"drugs"}, "Text": {"Er gebeurt iets"}},
	"POST /tips/{id}/add":                                      {"versie": {"5"}, "Received": {"24-11-2026"}, "Text": {"Er gebeurt nog iets"}},
	"POST /tips/zoeken":                                        {"name": {"Jan de Vries"}},
}

// Security.md control 9: what each page and form leaves in the log, counted before
// and after. What changes something or shows personal data leaves an entry.
func TestEveryActLeavesItsTrace(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	var b strings.Builder
	people, came := map[string]*bakentest.Person{}, map[string]time.Time{}
	for _, r := range staff(h) {
		role := holder(t, h, r.Act)
		dossier := slices.ContainsFunc([]string{"POST /maatregelen/dwangsom/{id}/", "POST /maatregelen/huisverbod/{id}/", "POST /maatregelen/sluiting/{id}/", "POST /maatregelen/woonoverlast/{id}/", "POST /maatregelen/gebiedsverbod/{id}/", "POST /tips/{id}/"}, func(s string) bool { return strings.HasPrefix(r.Pattern, s) })
		if dossier && filled[r.Pattern] == nil {
			// Each act of a dossier needs the acts before it: dossiertest walks them all and
			// sees their entries in the log. Here the form is refused.
			filled[r.Pattern] = nil
		}
		// Signing in moves the clock, so who came long ago has been idle since.
		if people[role] == nil || r.StepUp || h.Now().Sub(came[role]) > 10*time.Minute {
			people[role] = h.SignIn(role)
		}
		came[role] = h.Now()
		p, values := people[role], filled[r.Pattern]
		if r.Pattern == "POST /bevestigen" {
			values = url.Values{"code": {h.Code()}}
		}
		method, path := address(t, h, r.Pattern, true)
		p.Token() // so that "last seen" is not what changes
		tables := contents(t, h)
		before := count(t, h)
		a := send(p, method, path, values)
		acts, now := since(t, h, before), changed(tables, contents(t, h))
		fmt.Fprintf(&b, "%-38s %-20s %d  %s\n", r.Pattern, role, a.Status, strings.Join(acts, ", "))
		if len(now) > 0 && len(acts) == 0 {
			t.Errorf("%s changed %v and left nothing in the log", r.Pattern, now)
		}
		if method == "GET" && strings.Contains(a.Body, "Yasmina Haddou") && role != access.TipCoordinator && len(acts) == 0 {
			t.Errorf("%s shows people and left nothing in the log", r.Pattern)
		}
		if _, known := filled[r.Pattern]; method == "POST" && a.Status >= 400 && (!known || values != nil) {
			t.Errorf("%s: %d; it must succeed here, or the trace is not that of the act", r.Pattern, a.Status)
		}
	}
	golden(t, "traces.golden", b.String())
	report, err := h.Log.Verify(context.Background())
	if err != nil || !report.OK() || report.Entries == 0 {
		t.Errorf("the log that was made here does not verify: %v %v", err, report.Problems)
	}
}

// The front door, which nobody is signed in at yet, leaves its trace too.
func TestSignInLeavesItsTrace(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	start := count(t, h)
	p := h.SignIn(access.Adviser)
	p.Post("/bevestigen", url.Values{"code": {"000000"}})
	p.Post("/afmelden", nil)
	p.Get("/inloggen")
	p.Post("/inloggen", url.Values{"login": {"niemand@maassluis.demo"}, "password": {"onbekend"}})
	got := strings.Join(since(t, h, start), ", ")
	// The home page that the adviser comes to shows the bans that wait and their terms: that
	// too is seen.
	want := "identity.password, identity.sign-in, huisverbod.list, sluiting.list, woonoverlast.list, gebiedsverbod.list, huisverbod.read, sluiting.read, woonoverlast.read, gebiedsverbod.read, identity.sign-in (failed), identity.sign-out, identity.sign-in (failed)"
	if got != want {
		t.Errorf("signing in, proving wrongly, signing out and guessing left\n%s\nwant\n%s", got, want)
	}
}

// Security.md control 10: without a log nothing about persons is shown and nothing
// is changed; figures, which are nobody's, are; and the service resumes by itself.
func TestWithoutALogNothingIsShown(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		admin := h.SignIn(access.Administrator)
		rename := func(from, to string) {
			t.Helper()
			if err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
				_, err := tx.Exec("ALTER TABLE " + from + " RENAME TO " + to)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		one, grant := fresh(t, h)
		rename("audit_hash", "audit_hash_gone")
		for _, path := range []string{"/beheer/mensen", "/beheer/mensen/" + one, "/account", "/beheer/inzage"} {
			a := admin.Get(path)
			if a.Status != 503 || strings.Contains(a.Body, "Yasmina Haddou") || strings.Contains(a.Body, "Iemand") {
				t.Errorf("%s answers %d while it cannot be recorded who saw it", path, a.Status)
			}
		}
		for path, values := range map[string]url.Values{
			"/beheer/mensen/nieuw": {"name": {"Jan Smit"}, "login": {"jan@maassluis.demo"}, "lang": {"nl"}}, "/beheer/mensen/" + one + "/uit": nil,
			"/beheer/rollen/" + grant + "/beeindigen": nil, "/beheer/mensen/" + one + "/code": nil,
		} {
			before := contentsBut(t, h, "audit_hash_gone")
			if a := send(admin, "POST", path, values); a.Status != 503 || strings.Contains(a.Body, "baken-code") {
				t.Errorf("POST %s answers %d while it cannot be recorded", path, a.Status)
			}
			if x := changed(before, contentsBut(t, h, "audit_hash_gone")); len(x) > 0 {
				t.Errorf("POST %s changed %v without a trace", path, x)
			}
		}
		if a := admin.Get("/hic"); a.Status != 200 {
			t.Errorf("the monitor answers %d: figures hold nobody's data and must not wait for the log", a.Status)
		}
		home := admin.Get("/")
		if home.Status != 200 || strings.Contains(home.Body, "tegel-mensen") {
			t.Errorf("Vandaag answers %d; a part that cannot be recorded is left out, the rest stays", home.Status)
		}
		if !strings.Contains(h.Said(), "audit_hash") {
			t.Error("the administrator cannot find in the program's log why pages are refused")
		}
		rename("audit_hash_gone", "audit_hash")
		if a := admin.Get("/beheer/mensen"); a.Status != 200 {
			t.Errorf("the log is back and the list of people still answers %d", a.Status)
		}
		if r, err := h.Log.Verify(context.Background()); err != nil || !r.OK() {
			t.Errorf("after the fault the log does not verify: %v %v", err, r.Problems)
		}
	})
}

func contentsBut(t *testing.T, h *bakentest.House, table string) map[string][32]byte {
	t.Helper()
	all := contents(t, h)
	delete(all, table)
	return all
}

// Security.md controls 9 and 19: words that stand nowhere else are typed in every
// form, also wrongly; they must not come out where nobody guards them.
func TestWhatIsTypedStaysInTheStore(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	const login, name, password, words = "kwikstaart@maassluis.demo", "Wielewaal Roodborst", "nachtegaal zingt na twaalven", "Ortolaan bij de sluis"
	canaries := []string{"kwikstaart", "wielewaal", "roodborst", "nachtegaal", "ortolaan"}
	admin := h.SignIn(access.Administrator)

	invited := admin.Post("/beheer/mensen/nieuw", url.Values{"name": {name}, "login": {login}, "lang": {"nl"}})
	_, rest, ok := strings.Cut(invited.Body, `<code class="baken-code">`)
	code, _, _ := strings.Cut(rest, "<")
	if !ok || len(code) != 26 {
		t.Fatalf("no one-time code: %d", invited.Status)
	}
	admin.Post("/beheer/mensen/nieuw", url.Values{"name": {name}, "login": {login}, "lang": {"nl"}}) // taken
	admin.Post("/beheer/mensen/nieuw", url.Values{"name": {name + "\u202e"}, "login": {"kwikstaart"}, "lang": {"nl"}})

	guest := h.Somebody()
	guest.Get("/welkom")
	guest.Post("/welkom", url.Values{"code": {code}, "password": {"nachtegaal"}}) // too short
	app := guest.Post("/welkom", url.Values{"code": {code}, "password": {password}})
	if !strings.Contains(app.Body, "totp") {
		t.Fatalf("the password was not taken: %d", app.Status)
	}
	guest.Post("/welkom/code", url.Values{"invite": {code}, "totp": {"nachtegaal"}})
	for _, try := range []url.Values{
		{"login": {login}, "password": {password}}, {"login": {login}, "password": {"roodborst"}}, {"login": {password}, "password": {login}},
		{"login": {"kwikstaart@elders.nl"}, "password": {name}},
	} {
		guest.Post("/inloggen", try)
	}

	// Every form of the program, with the words in every field that any of them has.
	fields := url.Values{}
	for i, field := range []string{"login", "password", "name", "code", "invite", "totp", "until", "role", "naar", "taal", "words", "day", "kind", "area", "passkey", "lang"} {
		fields.Set(field, []string{login, name, password, words}[i%4])
	}
	for _, r := range h.Site.Declared() {
		if !strings.HasPrefix(r.Pattern, "POST ") || r.Pattern == "POST /afmelden" {
			continue
		}
		p := h.Somebody()
		if r.Who == web.Staff {
			p = h.SignIn(holder(t, h, r.Act))
		} else {
			p.Get("/inloggen")
		}
		method, path := address(t, h, r.Pattern, true)
		send(p, method, path, fields)
	}

	adviser := h.SignIn(access.Adviser)
	who := work.Actor{Account: accountOf(t, h, access.Adviser), Roles: []string{access.Adviser}}
	for _, area := range []string{"GM0556", words} {
		err := h.Crime.Annotate(context.Background(), who, crimemonitor.Annotation{Day: h.Now().Add(-48 * time.Hour), Kind: "other", Area: area, Words: words})
		if (err == nil) != (area == "GM0556") {
			t.Fatalf("annotating %s: %v", area, err)
		}
	}
	adviser.Get("/hic")

	// A database that fails in the middle is where programs print what they hold.
	for _, table := range []string{"audit_hash", "account"} {
		rename := func(from, to string) {
			if err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
				_, err := tx.Exec("ALTER TABLE " + from + " RENAME TO " + to)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		rename(table, table+"_gone")
		admin.Post("/beheer/mensen/nieuw", url.Values{"name": {name}, "login": {"kwikstaart2@maassluis.demo"}, "lang": {"nl"}})
		guest.Post("/inloggen", url.Values{"login": {login}, "password": {password}})
		rename(table+"_gone", table)
	}
	if !strings.Contains(h.Said(), "request failed") {
		t.Fatal("nothing failed inside, so that the program's log was not tried")
	}

	var export bytes.Buffer
	if err := h.Log.Export(context.Background(), &export); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(export.String(), "identity.invite") {
		t.Fatal("the export of the log is empty")
	}
	admin = h.SignIn(access.Administrator)
	page := admin.Get(account(t, admin, name))
	_, title, _ := strings.Cut(page.Body, "<title>")
	title, _, _ = strings.Cut(title, "</title>")
	for place, text := range map[string]string{
		"the audit log": export.String(), "the program's own log": h.Said(), "an address": strings.Join(h.Links(), "\n"), "the title of a page": title,
	} {
		for _, c := range append(canaries, url.QueryEscape(name), url.QueryEscape(words)) {
			if at := strings.Index(strings.ToLower(text), strings.ToLower(c)); at >= 0 {
				t.Errorf("%q came out in %s: ...%.160s", c, place, text[max(0, at-80):])
			}
		}
	}
}

// accountOf is the id of the demo's person of a role.
func accountOf(t *testing.T, h *bakentest.House, role string) (id string) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		id, _, err = db.One(tx, db.Column[string], "SELECT id FROM account WHERE login = $1", bakentest.Login(t, role))
		return err
	})
	if err != nil || id == "" {
		t.Fatalf("the account of %s: %v", role, err)
	}
	return id
}
