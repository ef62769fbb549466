package app_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"baken/internal/agenda"
	"baken/internal/app"
	"baken/internal/bakentest"
	"baken/internal/crimemonitor"
	"baken/internal/kernel/access"
	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures/dwangsom"
	"baken/internal/measures/gebiedsverbod"
	"baken/internal/measures/huisverbod"
	"baken/internal/measures/sluiting"
	"baken/internal/measures/woonoverlast"
	"baken/internal/text"
	"baken/internal/web"
)

var update = flag.Bool("update", false, "write the golden files anew; read the difference before it is committed")

// golden compares with a file in testdata. Whoever changes a right sees it there.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	before, after := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for _, line := range before {
		if !slices.Contains(after, line) {
			t.Errorf("%s: gone: %s", name, line)
		}
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			t.Errorf("%s: new: %s", name, line)
		}
	}
	t.Errorf("%s differs: when the change is meant, run the test with -update and let a second person read the file", name)
}

// each runs fn with a house on each engine.
func each(t *testing.T, fn func(t *testing.T, h *bakentest.House)) {
	for _, e := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(e), func(t *testing.T) {
			fn(t, bakentest.Open(t, e))
		})
	}
}

// count is the number of entries in the log. They are numbered without gaps from nought,
// so that nothing has to be counted: a house of this test has ten thousand.
func count(t *testing.T, h *bakentest.House) (all int64) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, _, err = db.One(tx, db.Column[int64], "SELECT COALESCE(MAX(seq) + 1, 0) FROM audit_entry")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// since are the acts that the log gained after a number of entries, in order.
func since(t *testing.T, h *bakentest.House, before int64) (acts []string) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		acts, err = db.All(tx, func(s db.Scanner) (string, error) {
			var act, result string
			err := s.Scan(&act, &result)
			if result != string(work.Done) {
				act += " (" + result + ")"
			}
			return act, err
		}, "SELECT act, result FROM audit_entry WHERE seq >= $1 ORDER BY seq", before)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return acts
}

// fresh makes an account that nobody uses, for acts that change one.
func fresh(t *testing.T, h *bakentest.House) (account, grant string) {
	t.Helper()
	err := h.Keep.Do(context.Background(), work.System("test"), identity.Purpose, func(u *work.Unit) error {
		id := ref.NewID()
		a, _, err := h.Desk.Invite(u, strings.ToLower(id)+"@maassluis.demo", "Iemand "+id, text.NL)
		if err != nil {
			return err
		}
		g, err := h.Book.Propose(u, a.ID, access.Administrator, time.Time{})
		account, grant = a.ID, g.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return account, grant
}

// deadJob puts a job that failed for good into the list of background work.
func deadJob(t *testing.T, h *bakentest.House) string {
	t.Helper()
	id := ref.NewID()
	err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO job (id, kind, payload, once, state, run_at, attempts, fence, lease_until, problem, created_at, ended_at)
			VALUES ($1, 'figures.sync', '{}', $1, 'dead', 1, 5, 5, 0, 'x', 1, 1)`, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// snapshot is the id of some figures that were imported.
func snapshot(t *testing.T, h *bakentest.House) string {
	t.Helper()
	var id string
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		id, _, err = db.One(tx, db.Column[string], "SELECT id FROM figures_snapshot LIMIT 1")
		return err
	})
	if err != nil || id == "" {
		t.Fatalf("no snapshot (%v): the pages about sources would not be tried", err)
	}
	return id
}

var wildcard = regexp.MustCompile(`\{[a-z]+\}`)

// address fills a route's pattern with something that exists, or that does not.
func address(t *testing.T, h *bakentest.House, pattern string, exists bool) (method, path string) {
	t.Helper()
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	if !wildcard.MatchString(path) {
		return method, path
	}
	value := ref.NewID()
	if name, after, _ := strings.Cut(strings.TrimPrefix(path, "/maatregelen/"), "/"); strings.HasPrefix(after, "{id}") && opened[name].open != nil {
		id, photo, letter := value, ref.NewID(), opened[name].letter
		switch {
		case exists && method == "GET":
			id, photo = lasting(t, h, name)
		case exists:
			id, photo = opened[name].open(t, h)
		default:
			letter = "niets.pdf"
		}
		return method, strings.NewReplacer("{id}", id, "{file}", photo, "{versie}", "2", "{brief}", letter).Replace(path)
	}
	if strings.HasPrefix(path, "/tips/{id}") || strings.HasPrefix(path, "/toezicht/meld-misdaad/{id}") {
		id, file := value, ref.NewID()
		if exists {
			id, file = aTip(t, h)
		}
		path = strings.NewReplacer("{id}", id, "{file}", file, "{n}", "1").Replace(path)
		if strings.HasSuffix(pattern, "GET /tips/{id}") {
			path += "?reden=assess"
		}
		return method, path
	}
	if exists {
		switch {
		case strings.HasPrefix(path, "/beheer/mensen/"):
			value, _ = fresh(t, h)
		case strings.HasPrefix(path, "/beheer/rollen/"):
			_, value = fresh(t, h)
		case strings.HasPrefix(path, "/beheer/werk/"):
			value = deadJob(t, h)
		case strings.HasPrefix(path, "/hic/delict/"):
			value = "1.1.1"
		case strings.HasPrefix(path, "/hic/gebied/"):
			value = "BU05560101"
		case strings.HasPrefix(path, "/hic/bron/"), strings.HasPrefix(path, "/hic/bronnen/"):
			value = snapshot(t, h)
		case strings.HasPrefix(path, "/hic/gebeurtenissen/"):
			value = event(t, h)
		case strings.HasPrefix(path, "/termijnen/dagen/"):
			value = decree(t, h)
		case strings.HasPrefix(path, "/agenda/"):
			value = calendarFile(t, h)
		case strings.HasPrefix(path, "/account/"), strings.HasPrefix(path, "/termijnen/herinneringen/"):
			// Ending what is not there is no error: it has ended.
		default:
			t.Fatalf("%s: say in address() what exists there, or the route is not tried with anything real", pattern)
		}
	}
	return method, wildcard.ReplaceAllString(path, value)
}

// opened says for each kind of measure how a file is opened that a test may change, and a
// letter that it has.
var opened = map[string]struct {
	open   func(t *testing.T, h *bakentest.House) (id, photo string)
	letter string
}{
	dwangsom.Name:      {measure, "voornemen.pdf"},
	huisverbod.Name:    {ban, "besluit.pdf"},
	woonoverlast.Name:  {nuisance, "voornemen.pdf"},
	sluiting.Name:      {closure, "besluit.pdf"},
	gebiedsverbod.Name: {areaBan, "besluit.pdf"},
}

// lasting is a measure of a kind that nothing here changes, made once in a house.
func lasting(t *testing.T, h *bakentest.House, kind string) (id, photo string) {
	t.Helper()
	key := keptIn{h, kind}
	if made, ok := lasted.Load(key); ok {
		return made.([2]string)[0], made.([2]string)[1]
	}
	id, photo = opened[kind].open(t, h)
	lasted.Store(key, [2]string{id, photo})
	return id, photo
}

type keptIn struct {
	house *bakentest.House
	kind  string
}

var lasted sync.Map // keptIn: [2]string

// measure opens a dwangsom with a photograph, in which everybody who can be is
// involved, and gives its id and that of the photograph.
func measure(t *testing.T, h *bakentest.House) (id, photo string) {
	t.Helper()
	lawyer := work.Actor{Account: accountOf(t, h, access.Lawyer), Roles: []string{access.Lawyer}}
	id, photo = ref.NewID(), ref.NewID()
	seen := deadlines.OnDay(deadlines.DayOf(h.Now()) - 1)
	err := h.Dwangsom.Office.Begin(context.Background(), lawyer, id, "dwangsom.report", &dwangsom.Report{Place: "Kade 1", Offender: "X", Address: "Kade 1", Seen: seen, Facts: "Afval",
		Source: "inspection", Photos: []string{photo}, Lead: lawyer.Account}, dossier.Attachment{ID: photo, Name: "gevel.png", Media: "image/png", Body: []byte("geen echte foto")})
	if err == nil {
		err = h.Dwangsom.Office.Perform(context.Background(), lawyer, id, 1, "dwangsom.evidence", &dwangsom.Evidence{On: seen, Words: "Meer afval", Source: "police"})
	}
	if err == nil {
		err = h.Dwangsom.Office.Perform(context.Background(), lawyer, id, 2, "dwangsom.basis", &dwangsom.Basis{Breach: "afval-erf", Rule: "Het artikel verbiedt dit"})
	}
	if err == nil {
		err = h.Dwangsom.Office.Perform(context.Background(), lawyer, id, 3, "dwangsom.intend", &dwangsom.Intention{Sent: seen.Day + 1, ViewDays: 14})
	}
	if err == nil {
		err = h.Keep.Do(context.Background(), work.System("test"), dwangsom.Purpose, func(u *work.Unit) error {
			for _, role := range []string{access.Officer, access.Adviser} {
				if err := access.Involve(u, ref.Ref{Kind: dwangsom.Name, ID: id}, accountOf(t, h, role), dwangsom.Purpose, access.Change, time.Time{}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, photo
}

// ban opens a huisverbod with a file, of which everything was prepared, in which
// everybody who can be is involved; its id and that of the file.
func ban(t *testing.T, h *bakentest.House) (id, photo string) {
	t.Helper()
	adviser := work.Actor{Account: accountOf(t, h, access.Adviser), Roles: []string{access.Adviser}}
	id, photo = ref.NewID(), ref.NewID()
	at := deadlines.AtMoment(h.Now().Add(-time.Hour).Truncate(time.Minute))
	err := h.Huisverbod.Office.Begin(context.Background(), adviser, id, "huisverbod.report", &huisverbod.Report{Incident: at, Place: "Kade 1", Banned: "X", Born: deadlines.Date(1980, time.May, 1), Facts: "Ruzie",
		Adults: []string{"Y"}, Children: []string{"Z, 4 jaar"}, Reporter: "politie", Lead: adviser.Account, Files: []string{photo}}, dossier.Attachment{ID: photo, Name: "rihg.png", Media: "image/png", Body: []byte("geen echte foto")})
	for i, step := range []struct {
		act string
		in  any
	}{
		{"evidence", &huisverbod.Evidence{At: at, Words: "Buren bevestigen het", Source: "police"}},
		{"risk", &huisverbod.Risk{Version: "1", Person: "low", Incident: "high", Circumstances: "medium", Outcome: "high", Signs: []string{"Slaan"}, FilledBy: "X", At: at}},
		{"advise", &huisverbod.Advice{Advice: "impose", By: "X", At: at, Words: "Doen"}},
		{"draft", &huisverbod.Draft{Ground: "danger", Facts: "Ruzie", Why: "Nodig", Heard: "Ontkent", Contacts: []string{"Y"}, HelpOrg: "Hulp"}},
	} {
		if err == nil {
			err = h.Huisverbod.Office.Perform(context.Background(), adviser, id, int64(i+1), "huisverbod."+step.act, step.in)
		}
	}
	if err == nil {
		err = h.Keep.Do(context.Background(), work.System("test"), huisverbod.Purpose, func(u *work.Unit) error {
			for _, role := range []string{access.Officer, access.EnforcementCo} {
				if err := access.Involve(u, ref.Ref{Kind: huisverbod.Name, ID: id}, accountOf(t, h, role), huisverbod.Purpose, access.Change, time.Time{}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, photo
}

// nuisance opens a file of woonoverlast with a photograph, of which the intention was
// sent, in which everybody who can be is involved; its id and that of the file.
func nuisance(t *testing.T, h *bakentest.House) (id, photo string) {
	t.Helper()
	adviser := work.Actor{Account: accountOf(t, h, access.Adviser), Roles: []string{access.Adviser}}
	lawyer := work.Actor{Account: accountOf(t, h, access.Lawyer), Roles: []string{access.Lawyer}}
	id, photo = ref.NewID(), ref.NewID()
	at, today := deadlines.AtMoment(h.Now().Add(-time.Hour).Truncate(time.Minute)), deadlines.DayOf(h.Now())
	err := h.Woonoverlast.Office.Begin(context.Background(), adviser, id, "woonoverlast.report", &woonoverlast.Report{Place: "Kade 1", Resident: "X", Role: "tenant", At: at, Nature: "noise", Words: "Muziek", Source: "neighbour", Reporter: "De buurvrouw",
		Lead: adviser.Account, Files: []string{photo}}, dossier.Attachment{ID: photo, Name: "lawaai.png", Media: "image/png", Body: []byte("geen echte foto")})
	for i, step := range []struct {
		act string
		who work.Actor
		in  any
	}{
		{"incident", adviser, &woonoverlast.Incident{At: at, Nature: "noise", Words: "Weer muziek", Source: "officer", Reporter: "Toezicht"}},
		{"conduct", adviser, &woonoverlast.Rule{Code: "muziek-nacht"}},
		{"intend", lawyer, &woonoverlast.Intention{Sent: today, ViewDays: 14}},
	} {
		if err == nil {
			err = h.Woonoverlast.Office.Perform(context.Background(), step.who, id, int64(i+1), "woonoverlast."+step.act, step.in)
		}
	}
	if err == nil {
		err = h.Keep.Do(context.Background(), work.System("test"), woonoverlast.Purpose, func(u *work.Unit) error {
			for _, role := range []string{access.Officer, access.EnforcementCo} {
				if err := access.Involve(u, ref.Ref{Kind: woonoverlast.Name, ID: id}, accountOf(t, h, role), woonoverlast.Purpose, access.Change, time.Time{}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, photo
}

// areaBan makes a gebiedsverbod that holds, with a photograph, in which everybody who can
// be is involved; its id and that of the file.
func areaBan(t *testing.T, h *bakentest.House) (id, photo string) {
	t.Helper()
	as := func(role string) work.Actor { return work.Actor{Account: accountOf(t, h, role), Roles: []string{role}} }
	adviser, lawyer, mayor := as(access.Adviser), as(access.Lawyer), as(access.Mayor)
	id, photo = ref.NewID(), ref.NewID()
	at, now, today := deadlines.AtMoment(h.Now().Add(-time.Hour).Truncate(time.Minute)), deadlines.AtMoment(h.Now()), deadlines.DayOf(h.Now())
	outline := "75850 438250\n76000 438800\n76350 438700\n76150 438150"
	err := h.Gebiedsverbod.Office.Begin(context.Background(), adviser, id, "gebiedsverbod.report", &gebiedsverbod.Report{Person: "X", Born: deadlines.Date(1999, time.May, 14), Place: "Koningshoek", At: at, Words: "Flessen gegooid", Source: "police", Reference: "PL1700",
		Serious: true, Group: true, Leading: true, Lead: adviser.Account})
	for i, step := range []struct {
		act string
		who work.Actor
		in  any
	}{
		{"incident", adviser, &gebiedsverbod.Incident{At: at, Words: "Weer", Source: "officer", Reference: "Rapport 2", Group: true, Files: []string{photo}}},
		{"basis", adviser, &gebiedsverbod.Basis{Code: "leading", Why: "Ging voorop"}},
		{"area", adviser, &gebiedsverbod.Area{Outline: outline, Streets: h.Gebiedsverbod.Law.Kind.New(dossier.Head{}).Ground.Listed(outline)}},
		{"limits", adviser, &gebiedsverbod.Limits{Days: "every", Home: "Elders", Work: "Geen", Care: "Elders"}},
		{"consult", adviser, &gebiedsverbod.Consult{On: today, With: "Officier", Outcome: "no-order", Words: "Akkoord"}},
		{"weigh", adviser, &gebiedsverbod.Weighing{Fear: "Ja", Lighter: "Nee", Size: "Klein", Balance: "Orde"}},
		{"skip", lawyer, &gebiedsverbod.Skip{Ground: "urgent", Why: "Nu"}},
		{"draft", lawyer, &gebiedsverbod.Draft{Facts: "Feiten", Stay: true, Count: 3, Unit: "months"}},
		{"decide", mayor, &gebiedsverbod.Decision{Capacity: "mayor", Fear: true, Needed: true}},
		{"publish", lawyer, &gebiedsverbod.Publication{At: now, How: "handed", Proof: "Akte"}},
	} {
		var files []dossier.Attachment
		if step.act == "incident" {
			files = append(files, dossier.Attachment{ID: photo, Name: "plein.png", Media: "image/png", Body: []byte("geen echte foto")})
		}
		if err == nil {
			err = h.Gebiedsverbod.Office.Perform(context.Background(), step.who, id, int64(i+1), "gebiedsverbod."+step.act, step.in, files...)
		}
	}
	if err == nil {
		err = h.Keep.Do(context.Background(), work.System("test"), gebiedsverbod.Purpose, func(u *work.Unit) error {
			for _, role := range []string{access.Officer, access.EnforcementCo} {
				if err := access.Involve(u, ref.Ref{Kind: gebiedsverbod.Name, ID: id}, accountOf(t, h, role), gebiedsverbod.Purpose, access.Change, time.Time{}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, photo
}

// closure opens a sluiting with a file, of which everything was prepared, in which
// everybody who can be is involved; its id and that of the file.
func closure(t *testing.T, h *bakentest.House) (id, photo string) {
	t.Helper()
	lawyer := work.Actor{Account: accountOf(t, h, access.Lawyer), Roles: []string{access.Lawyer}}
	id, photo = ref.NewID(), ref.NewID()
	day := deadlines.DayOf(h.Now())
	err := h.Sluiting.Office.Begin(context.Background(), lawyer, id, "sluiting.report", &sluiting.Report{Type: sluiting.Opium, Place: "Kade 1", Object: "premises-public", Person: "X", Address: "Kade 1", Found: day, Dated: day, Received: day,
		Reference: "PL1700", Facts: "Pillen", Lead: lawyer.Account, Files: []string{photo}}, dossier.Attachment{ID: photo, Name: "rapportage.png", Media: "image/png", Body: []byte("geen echte foto")})
	for i, step := range []struct {
		act string
		in  any
	}{
		{"evidence", &sluiting.Evidence{On: day, Words: "De buurt bevestigt het", Source: "resident"}},
		{"find", &sluiting.Find{Limb: "trade", List: "I", HardUnits: 80, Trade: "Veel"}},
		{"skip", &sluiting.Skip{Ground: "urgent", Why: "Het gaat door"}},
		{"weigh", &sluiting.Weighing{Aim: "x", Blank: "Geen tijd"}},
		{"draft", &sluiting.Draft{Cell: "P-H-1", Outcome: "closure", Summary: "Dicht", Length: 6, Unit: "months", Course: "ordinary", Days: 2, Measures: []string{"Sluiten"}, Costs: "offender"}},
	} {
		if err == nil {
			err = h.Sluiting.Office.Perform(context.Background(), lawyer, id, int64(i+1), "sluiting."+step.act, step.in)
		}
	}
	if err == nil {
		err = h.Keep.Do(context.Background(), work.System("test"), sluiting.Purpose, func(u *work.Unit) error {
			for _, role := range []string{access.Officer, access.EnforcementCo} {
				if err := access.Involve(u, ref.Ref{Kind: sluiting.Name, ID: id}, accountOf(t, h, role), sluiting.Purpose, access.Change, time.Time{}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, photo
}

// staged is the file of the demo of a kind in a stage.
func staged(t *testing.T, h *bakentest.House, kind, stage string) (id string) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		id, _, err = db.One(tx, db.Column[string], "SELECT id FROM measure_case WHERE kind = $1 AND stage = $2 ORDER BY number LIMIT 1", kind, stage)
		return err
	})
	if err != nil || id == "" {
		t.Fatalf("the demo has no %s that is %s: %v", kind, stage, err)
	}
	return id
}

// forced is the file of the demo in which a sum was forfeited.
func forced(t *testing.T, h *bakentest.House) (id string) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		id, _, err = db.One(tx, db.Column[string], "SELECT id FROM measure_case WHERE kind = 'dwangsom' AND stage = 'in-force' ORDER BY number LIMIT 1")
		return err
	})
	if err != nil || id == "" {
		t.Fatalf("the demo has no order in force: %v", err)
	}
	return id
}

// decree adds an equated day of the future and gives its id.
func decree(t *testing.T, h *bakentest.House) (id string) {
	t.Helper()
	err := h.Keep.Do(context.Background(), work.System("test"), agenda.Purpose, func(u *work.Unit) error {
		stored, err := h.Days.Decrees(u)
		if err != nil {
			return err
		}
		c, err := h.Days.In(u)
		if err != nil {
			return err
		}
		day := c.Next(deadlines.Date(2041, time.March, 1) + deadlines.Day(len(stored)))
		if err := h.Days.Add(u, deadlines.Equated{Day: day, Decree: "Besluit van de proef"}); err != nil {
			return err
		}
		stored, err = h.Days.Decrees(u)
		id = stored[len(stored)-1].ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// calendarFile makes the adviser's calendar file and gives its name.
func calendarFile(t *testing.T, h *bakentest.House) (name string) {
	t.Helper()
	who := work.Actor{Account: accountOf(t, h, access.Adviser)}
	err := h.Keep.Do(context.Background(), who, identity.Purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "test.feed"})
		secret, err := watch.NewFeed(u)
		name = secret + ".ics"
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// event puts an event on the time line and gives its id.
func event(t *testing.T, h *bakentest.House) (id string) {
	t.Helper()
	err := h.Crime.Annotate(context.Background(), work.System("test"), crimemonitor.Annotation{Day: h.Now().AddDate(0, 0, -1), Kind: "campaign", Area: "GM0556", Words: "Campagne"})
	if err == nil {
		err = h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
			id, _, err = db.One(tx, db.Column[string], "SELECT id FROM crime_event WHERE gone_at = 0 ORDER BY made_at DESC")
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// absent is an address of the same length at which there is nothing.
func absent(path string) string {
	if path == "/" {
		return "/~"
	}
	at := len(path) - 1
	if dot := strings.LastIndex(path, "."); dot > strings.LastIndex(path, "/") && dot > len(path)-6 && !strings.HasPrefix(path, "/hic/delict/") {
		at = dot - 1
	}
	return path[:at] + "~" + path[at+1:]
}

// staff are the routes for who signed in.
func staff(h *bakentest.House) (out []web.Route) {
	for _, r := range h.Site.Declared() {
		if r.Who == web.Staff {
			out = append(out, r)
		}
	}
	return out
}

// holder is the first role that holds an act.
func holder(t *testing.T, h *bakentest.House, act string) string {
	t.Helper()
	for _, d := range app.DemoStaff {
		if h.May(d.Role, act) {
			return d.Role
		}
	}
	t.Fatalf("nobody of the demo holds %s, so it is not tried", act)
	return ""
}

// send sends a request with the person's own token and follows nothing.
func send(p *bakentest.Person, method, path string, values url.Values) bakentest.Answer {
	if method == "POST" {
		with := url.Values{"_csrf": {p.Token()}}
		for k, v := range values {
			with[k] = v
		}
		values = with
	}
	return p.Send(method, path, values, http.Header{"Accept-Encoding": {"identity"}})
}

// same reports how two answers differ for whoever looks for a difference between
// "there is nothing" and "you may not"; the address itself stands on both pages.
func same(a, b bakentest.Answer, pathA, pathB string) string {
	if a.Status != b.Status {
		return fmt.Sprintf("status %d and %d", a.Status, b.Status)
	}
	if x, y := strings.ReplaceAll(a.Body, pathA, "PATH"), strings.ReplaceAll(b.Body, pathB, "PATH"); x != y {
		at := 0
		for at < min(len(x), len(y)) && x[at] == y[at] {
			at++
		}
		return fmt.Sprintf("body from byte %d: %.80q and %.80q", at, x[at:], y[at:])
	}
	for _, h := range []http.Header{a.Header, b.Header} {
		h.Del("Date")
	}
	if x, y := fmt.Sprint(a.Header), fmt.Sprint(b.Header); x != y {
		return fmt.Sprintf("headers %s and %s", x, y)
	}
	return ""
}
