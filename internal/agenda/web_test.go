package agenda

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/access"
	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

func holds(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("the page does not say %q:\n%s", w, page)
		}
	}
}

func TestOwnListSaysWhy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.put(measure, measures, "jurist", "leiding", "2026-10-16") // six weeks: Friday 27 November
		holds(t, h.said("jurist", "/termijnen"), "Deze week", "vr 27 nov", "over 3 dagen", "Bezwaar- of beroepstermijn", "M-2026-0417", "leidt: Samir Bouzidi",
			"vervangt: Petra van Oosterhout", "Waarom deze datum", "Awb 6:7", "Dat is geen zaterdag")
		if _, body := h.get("jurist", "/termijnen"); !strings.Contains(body, `href="/maatregelen/m1"`) {
			t.Error("the term does not lead to its measure")
		}
		h.now = h.now.AddDate(0, 0, 5)
		// It was for the addressee to object: that the term ended is no lateness of ours.
		holds(t, h.said("jurist", "/termijnen"), "Termijnen van anderen die voorbij zijn", "voorbij")
		h.put(measure, measures, "jurist", "leiding", "2026-10-27")
		holds(t, h.said("jurist", "/termijnen"), "Verschoven van vr 27 nov naar di 8 dec: een feit is gewijzigd (zo 29 nov)", "Later")
		if page := h.said("beheer", "/termijnen/team"); strings.Contains(page, "M-2026-0417") {
			t.Error("the administrator reads a measure's term")
		}
	})
}

// What the municipality must do itself is late when it is late.
func TestOwnTermsAreLate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.do(work.System("test"), measures, func(u *work.Unit) error {
			c, err := h.Days.In(u)
			if err != nil {
				return err
			}
			return watch.Put(u, c, measure, measures, "jurist", "leiding", []watch.Watched{{Key: "request", Reference: "M-2026-0417",
				Question: deadlines.Question{ID: "BD-5.31a", Start: deadlines.OnDay(on("2026-10-30"))}}}) // four weeks: 27 November
		})
		h.now = h.now.AddDate(0, 0, 5)
		holds(t, h.said("jurist", "/termijnen"), "Te laat of vandaag", "2 dagen te laat")
	})
}

// A decree moves the end; the list shows both, and the month marks the day.
func TestDecreeShowsOldAndNew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.put(measure, measures, "jurist", "", "2031-04-11") // six weeks: Friday 23 May 2031
		form := url.Values{"day": {"23-05-2031"}, "decree": {"Besluit van 1 december 2029"}, "source": {"Stb. 2029, 1"}}
		if code, _ := h.send("jurist", "POST", "/termijnen/dagen", form); code != 404 {
			t.Errorf("a lawyer adds a decree: %d", code)
		}
		if code, body := h.send("beheer", "POST", "/termijnen/dagen", form); code != 303 {
			t.Fatalf("adding a decree: %d %s", code, body)
		}
		h.run(watch.RecomputeJob)
		holds(t, h.said("jurist", "/termijnen"), "Verschoven van vr 23 mei 2031 naar ma 26 mei 2031: een dag is gelijkgesteld met een feestdag")
		holds(t, h.said("jurist", "/termijnen/kalender?maand=2031-05"), "mei 2031", "gesloten: gelijkgesteld met een feestdag, Atw 3 lid 3 (Besluit van 1 december 2029)", "Hemelvaartsdag", "1 termijn", "M-2026-0417")
		holds(t, h.said("jurist", "/termijnen/dagen"), "Besluit van 1 december 2029", "Stb. 2029, 1")
		for name, bad := range map[string]url.Values{
			"twice": form, "a Sunday": {"day": {"25-05-2031"}, "decree": {"x"}, "source": {"x"}}, "without a decree": {"day": {"26-05-2031"}, "source": {"x"}},
		} {
			if code, _ := h.send("beheer", "POST", "/termijnen/dagen", bad); code != 422 {
				t.Errorf("%s: %d", name, code)
			}
		}
	})
}

func TestMonthBeginsOnMonday(t *testing.T) {
	w := weeks(h0(t), deadlines.Builtin(), on("2026-12-01"), on("2026-12-31"), []watch.Term{{Safe: on("2026-12-25")}})
	if len(w) != 5 || w[0][0].day != deadlines.NoDay || w[0][1].day != on("2026-12-01") || w[4][3].day != on("2026-12-31") || w[4][4].day != deadlines.NoDay {
		t.Errorf("December 2026 begins on a Tuesday and ends on a Thursday: %+v", w)
	}
	if c := w[3][4]; c.day != on("2026-12-25") || c.why != "Eerste Kerstdag" || len(c.terms) != 1 {
		t.Errorf("25 December: %+v", c)
	}
	if w := weeks(h0(t), deadlines.Builtin(), on("2027-02-01"), on("2027-02-28"), nil); len(w) != 4 {
		t.Errorf("February 2027 is four whole weeks, not %d", len(w))
	}
	now := time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC)
	for in, want := range map[string]string{"2026-12": "2026-12-01", "": "2026-12-01", "2026-13": "2026-12-01", "x": "2026-12-01", "2027-02": "2027-02-01"} {
		if got := firstOf(in, now); got != on(want) {
			t.Errorf("month %q is that of %v", in, got)
		}
	}
}

// Security.md control 7 over the pages: no trace of a case in any list, month,
// file, tile or count of who is not involved, and all of them for who is.
func TestPagesShowNoTrace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		secret := ref.Ref{Kind: "case", ID: "secret"}
		h.put(secret, cases, "jurist", "leiding", "2026-10-14")
		h.run("agenda.remind")
		address := map[string]string{}
		for account := range staff {
			address[account] = h.feedOf(account)
		}
		places := []string{"/termijnen", "/termijnen/team", "/termijnen/kalender?maand=2026-11", "/termijnen/kalender?maand=2026-11&wie=team", "/vandaag"}
		traces := func(account string) (n int) {
			for _, path := range append(places, address[account]) {
				if _, body := h.get(account, path); strings.Contains(body, "M-2026-0417") || strings.Contains(body, "Bezwaar- of beroepstermijn") || strings.Contains(body, "1 termijn") {
					n++
				}
			}
			x, err := h.List(context.Background(), as(account), watch.View{Team: true})
			if err != nil {
				t.Fatal(err)
			}
			r, err := h.Reminders(context.Background(), as(account))
			if err != nil {
				t.Fatal(err)
			}
			return n + x.Total + len(x.Terms) + len(r)
		}
		for account := range staff {
			if n := traces(account); n > 0 {
				t.Errorf("%s sees %d traces of a case without being involved", account, n)
			}
		}
		h.do(work.System("test"), cases, func(u *work.Unit) error {
			return access.Involve(u, secret, "jurist", cases, access.Read, time.Time{})
		})
		if n := traces("jurist"); n != len(places)+1+3 {
			t.Errorf("who is involved sees %d traces, want %d", n, len(places)+4)
		}
		if n := traces("leiding"); n > 0 {
			t.Errorf("involvement of one gives another %d traces", n)
		}
		h.do(work.System("test"), cases, func(u *work.Unit) error { return access.Release(u, secret, "jurist") })
		if n := traces("jurist"); n > 0 {
			t.Errorf("%d traces are left after the involvement ended", n)
		}
	})
}

// feedOf makes somebody's calendar file by the page and gives its path.
func (h *house) feedOf(account string) string {
	h.t.Helper()
	code, body := h.send(account, "POST", "/termijnen/abonnement", url.Values{})
	m := regexp.MustCompile(`https://baken\.example(/agenda/[\w-]{43}\.ics)`).FindStringSubmatch(body)
	if code != 200 || m == nil {
		h.t.Fatalf("making a calendar file: %d %s", code, body)
	}
	return m[1]
}

func TestFeedEndsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.put(measure, measures, "jurist", "", "2026-10-16")
		first := h.feedOf("jurist")
		opens := func(path string) bool {
			t.Helper()
			code, body := h.get("", path)
			if code == 200 != strings.HasPrefix(body, "BEGIN:VCALENDAR\r\n") {
				t.Fatalf("%d with %.80q", code, body)
			}
			if code != 200 {
				want, nothing := h.get("", "/agenda-bestaat-niet")
				token := regexp.MustCompile(`name="_csrf" value="[^"]*"`) // made anew for each visitor
				if code != want || token.ReplaceAllString(strings.ReplaceAll(body, path, ""), "") != token.ReplaceAllString(strings.ReplaceAll(nothing, "/agenda-bestaat-niet", ""), "") {
					t.Errorf("%d: can be told from a page that does not exist", code)
				}
			}
			return code == 200
		}
		if !opens(first) {
			t.Fatal("a new calendar file does not open")
		}
		second := h.feedOf("jurist")
		if opens(first) || !opens(second) {
			t.Error("the old address still opens, or the new one does not")
		}
		for _, path := range []string{"/agenda/x", "/agenda/.ics", strings.TrimSuffix(second, ".ics"), strings.Replace(second, "/agenda/", "/agenda/x", 1)} {
			if opens(path) {
				t.Errorf("%s opens a calendar", path)
			}
		}
		state := func(s identity.State) {
			h.do(work.System("test"), "x", func(u *work.Unit) error {
				_, err := u.Tx().Exec("UPDATE account SET state = $1 WHERE id = 'jurist'", string(s))
				return err
			})
		}
		state(identity.Disabled)
		if opens(second) {
			t.Error("the calendar of a disabled account opens")
		}
		state(identity.Active)
		if !opens(second) {
			t.Fatal("the calendar does not come back")
		}
		h.do(work.System("test"), "x", func(u *work.Unit) error {
			_, err := u.Tx().Exec("UPDATE role_grant SET ended_at = 1 WHERE account = 'jurist'")
			return err
		})
		if opens(second) {
			t.Error("the calendar of somebody without a role opens")
		}
		third := h.feedOf("leiding")
		if code, _ := h.send("leiding", "POST", "/termijnen/abonnement/intrekken", url.Values{}); code != 303 || opens(third) {
			t.Errorf("a revoked calendar: %d", code)
		}
		for _, e := range h.log.entries {
			for _, v := range e.Facts {
				if strings.Contains(second+third, v) && len(v) > 20 {
					t.Errorf("the log holds a secret: %+v", e)
				}
			}
		}
	})
}

func TestReminderIsAcknowledged(t *testing.T) {
	h := open(t, dbtest.Open(t, db.SQLite))
	h.put(measure, measures, "jurist", "leiding", "2026-10-16")
	h.run("agenda.remind")
	_, body := h.get("jurist", "/termijnen")
	m := regexp.MustCompile(`action="(/termijnen/herinneringen/[0-9a-z]{26})"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no reminder on the own list: %s", body)
	}
	holds(t, h.said("jurist", "/termijnen"), "Eindigt binnen een week, op vr 27 nov.")
	if page := h.said("leiding", "/termijnen"); strings.Contains(page, "Herinneringen") {
		t.Error("the deputy is reminded at once")
	}
	if code, _ := h.send("leiding", "POST", m[1], url.Values{}); code != 303 || !strings.Contains(h.said("jurist", "/termijnen"), "Herinneringen") {
		t.Errorf("another acknowledged: %d", code)
	}
	h.now = h.now.AddDate(0, 0, 3) // Friday, the last day
	h.run("agenda.remind")
	holds(t, h.said("leiding", "/termijnen"), "De laatste dag is vr 27 nov.", "wie leidt, heeft nog niet gereageerd")
	if code, _ := h.send("jurist", "POST", m[1], url.Values{}); code != 303 || strings.Contains(h.said("jurist", "/termijnen"), "Herinneringen") {
		t.Errorf("acknowledging: %d", code)
	}
	holds(t, h.said("leiding", "/vandaag"), "1 herinnering wacht op u", "vr 27 nov", "M-2026-0417")
	if page := h.said("jurist", "/vandaag"); strings.Contains(page, "herinnering") || !strings.Contains(page, "M-2026-0417") {
		t.Errorf("the home page of who acknowledged: %s", page)
	}
	holds(t, h.said("beheer", "/vandaag"), "Geen termijnen.")
}

func TestRulesAreFound(t *testing.T) {
	h := open(t, dbtest.Open(t, db.SQLite))
	holds(t, h.said("beheer", "/termijnen/regels"), "Bezwaar- of beroepstermijn", "Awb 6:7, 6:8 lid 1 · AWB-6.7", "6 weken", "Huisverbod van tien dagen")
	page := h.said("beheer", "/termijnen/regels?zoek=VERBEURDE+dwangsom")
	holds(t, page, "Betalen van een verbeurde dwangsom", "Verjaring van een verbeurde dwangsom")
	if strings.Contains(page, "Huisverbod van tien dagen") {
		t.Error("the search finds what was not looked for")
	}
	holds(t, h.said("beheer", "/termijnen/regels?zoek=bestaatniet"), "0 regels")
}

func TestCalculator(t *testing.T) {
	h := open(t, dbtest.Open(t, db.SQLite))
	ask := func(pairs ...string) (int, string) {
		q := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		code, body := h.get("leiding", "/termijnen/bereken?"+q.Encode())
		return code, body
	}
	for _, row := range []struct {
		want  string
		pairs []string
	}{
		{"maandag 4 januari 2027", []string{"regel", "AWB-6.7", "start", "20-11-2026"}},
		{"vrijdag 4 december 2026, 14.30 uur", []string{"regel", "WTH-D1", "start", "24-11-2026", "tijd", "14.30"}},
		{"woensdag 1 juli 2026", []string{"regel", "BD-5.24.2", "start", "17-06-2026", "p-length", "14d"}},
		{"donderdag 1 juli 2027", []string{"regel", "LOD-5.35", "start", "01-06-2026", "soort-0", "invorderingsbeschikking", "dag-0", "01-07-2026"}},
		{"500,00", []string{"regel", "LOD-5.32b", "start", "01-06-2026", "p-amount", "500", "p-maximum", "1500", "p-unit", "week"}},
	} {
		if code, body := ask(row.pairs...); code != 200 || !strings.Contains(body, row.want) {
			t.Errorf("%v: %d without %q", row.pairs, code, row.want)
		}
	}
	for _, pairs := range [][]string{
		{"regel", "NIETS", "start", "20-11-2026"}, {"regel", "AWB-6.7", "start", "31-02-2026"}, {"regel", "AWB-6.7", "start", ""},
		{"regel", "WTH-D2", "start", "24-11-2026"}, {"regel", "WTH-D1", "start", "24-11-2026", "tijd", "25:00"},
		{"regel", "BD-5.24.2", "start", "24-11-2026"}, {"regel", "BD-5.24.2", "start", "24-11-2026", "p-length", "lang"},
		{"regel", "LOD-5.35", "start", "01-06-2026", "soort-0", "aanmaning", "dag-0", ""},
		{"regel", "LOD-5.35", "start", "01-06-2026", "soort-0", "onzin", "dag-0", "01-07-2026"},
		{"regel", "WTH-D1", "start", "29-03-2026", "tijd", "02:30"}, // the clock skips that hour
	} {
		if code, body := ask(pairs...); code != 422 || strings.Contains(body, `id="antwoord"`) {
			t.Errorf("%v: %d; it has no answer", pairs, code)
		}
	}
	if code, body := ask("regel", "AWB-7.10.1"); code != 200 || !strings.Contains(body, "p-adjourn-weeks") || strings.Contains(body, `id="fouten"`) {
		t.Errorf("a rule that was chosen asks its parameters: %d", code)
	}
}

// Every rule can be chosen, and every parameter has its words.
func TestEveryRuleHasItsForm(t *testing.T) {
	p := h0(t)
	if n, all := len(ruleOptions(p))-1, map[string]bool{}; n < 60 {
		t.Errorf("%d rules offered", n)
	} else {
		for _, r := range deadlines.Rules() {
			all[r.ID] = true
			for _, name := range r.Params() {
				if in := param(p, name); strings.HasPrefix(in.Label, "[") {
					t.Errorf("no words for the parameter %s", name)
				}
			}
			if !p.Has("agenda.class." + string(r.Class)) {
				t.Errorf("no words for the class %s", r.Class)
			}
		}
		if n != len(all) {
			t.Errorf("%d rules offered of %d", n, len(all))
		}
	}
}
