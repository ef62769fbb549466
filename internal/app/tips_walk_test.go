package app_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baken/internal/app"
	"baken/internal/bakentest"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
)

const deputy = "m-plaatsvervanger@maassluis.demo"

// asLogin signs in by the form as one of several people with a role.
func (w *walker) asLogin(login string) {
	w.t.Helper()
	w.b.Cookie(w.h.URL, "__Host-baken", "nobody")
	w.b.Visit(w.h.URL + "/inloggen")
	w.b.Type("login", login)
	w.b.Type("password", app.DemoPassword)
	w.b.Follow(`main form button[type="submit"]`)
	w.prove()
}

// act performs an act on a tip by its form and must leave the form.
func (w *walker) act(act string, fields ...field) {
	w.t.Helper()
	w.open(act)
	w.fill(fields...)
	w.send()
	if strings.HasSuffix(strings.Split(w.b.Here(), "?")[0], "/"+act) {
		w.t.Fatalf("%s was not taken: %s\n%s", act, w.b.Here(), strings.Join(w.errors(), "\n"))
	}
}

// says reads the words of a part of the page.
func (w *walker) words(query string) string {
	w.t.Helper()
	return browser.Eval[string](w.b, `[...document.querySelectorAll("`+query+`")].map(e => e.textContent.replace(/\s+/g, " ").trim()).join("\n")`)
}

// A tip from receipt to destruction, as two people do it in a browser: on a desk and on
// a phone.
func TestTipByItsForms(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]browser.Size{"desk": browser.Desktop, "phone": browser.Phone} {
		t.Run(name, func(t *testing.T) {
			h := bakentest.Open(t, db.SQLite)
			measureID, _ := measure(t, h)
			number := numberOf(t, h, measureID)
			w := &walker{t: t, h: h, b: browser.Start(t)}
			w.b.Resize(size)

			w.as(access.TipCoordinator)
			w.b.Visit(h.URL + "/tips")
			before := strings.Count(w.words("main"), "T-2026-")
			document := filepath.Join(t.TempDir(), "lijst.docx")
			if err := os.WriteFile(document, docx(t, tipFile), 0o600); err != nil {
				t.Fatal(err)
			}
			w.b.Visit(h.URL + "/tips/nieuw")
			w.refused("Text", "Vul dit veld in", field{"Theme", "medicines"})
			w.fill(field{"Reference", "M2026-zilvermeeuw"}, field{"Text", tipText}, field{"Files", document})
			w.send()
			if w.b.Here() != h.URL+"/tips" || strings.Count(w.words("main"), "T-2026-") != before+1 {
				t.Fatalf("not taken in: %s %v", w.b.Here(), w.errors())
			}
			if list := w.words("main"); strings.Contains(list, "medicines") || strings.Contains(list, "geneesmiddelen") || len(legible("", []byte(list))) > 0 {
				t.Error("the inbox says what a tip is about")
			}

			// The newest waits for the check. Opened for a reason, it shows nothing yet.
			w.b.Follow(`main tr:last-of-type td a[href^="/tips/"]`)
			here, err := url.Parse(w.b.Here())
			if err != nil {
				t.Fatal(err)
			}
			w.base = here.Path
			if body := w.words("main"); len(legible("", []byte(body))) > 0 {
				t.Error("the gate shows the tip")
			}
			w.b.Click(`input[name="reden"][value="assess"]`)
			w.b.Follow(`main form button[type="submit"]`)
			if body := w.words("main"); len(legible("", []byte(body))) > 1 || !strings.Contains(body, "nog niet vrijgegeven") {
				t.Errorf("before the check the page shows %v", legible("", []byte(body)))
			}
			w.b.Shot("tip-walk-closed-" + name)

			// The check, with the button that blacks out what is selected.
			w.open("check")
			if marks := w.words("mark"); !strings.Contains(marks, "zwager") || !strings.Contains(marks, "23.15") {
				t.Errorf("the check points at %q", marks)
			}
			if removed := w.words("#origineel"); !strings.Contains(removed, "Bijlage 1") {
				t.Errorf("the attachment is not there: %s", removed)
			}
			browser.Eval[bool](w.b, `(e => { const at = e.value.indexOf("Mijn zwager"); e.focus(); e.setSelectionRange(at, e.value.length); return at > 0 })(document.getElementById("Marked"))`)
			w.b.Click("[data-blackout]")
			if got := w.value("Marked"); got != tipSeen {
				t.Errorf("blacked out is %q", got)
			}
			w.refused("Summary", "neemt", field{"Knower", "none"}, field{"Moment", "gone"}, field{"Relation", "gone"}, field{"Style", "none"}, field{"Files", "none"}, field{"Summary", tipText})
			w.b.Shot("tip-walk-check-" + name)
			w.fill(field{"Summary", tipTold})
			w.send()
			if w.b.Here() != h.URL+"/tips" {
				t.Fatalf("the check was not taken: %v", w.errors())
			}
			w.open("release")
			if !strings.Contains(w.words(".utrecht-alert"), "Dit moet een ander doen") {
				t.Errorf("who checked may release: %s", w.words("main"))
			}

			w.asLogin(deputy)
			w.open("release")
			if body := w.words("main"); !strings.Contains(body, "Roodborst") || !strings.Contains(body, tipTold) {
				t.Error("the second person cannot compare")
			}
			w.b.Shot("tip-walk-release-" + name)
			w.fill(field{"Read", "ja"})
			w.send()
			if body := w.words("main"); !strings.Contains(body, tipTold) || strings.Contains(body, "Roodborst") {
				t.Errorf("after the release: %s", body)
			}

			w.as(access.TipCoordinator)
			w.act("assess", field{"Outcome", "ours"}, field{"Why", "Toezicht is van de gemeente"}, field{"Impact", "high"})
			w.open("find")
			if !strings.Contains(w.words(".utrecht-alert"), "tweede persoon") {
				t.Errorf("a finding before the second person agreed: %s", w.words("main"))
			}
			w.asLogin(deputy)
			w.act("confirm", field{"Agree", "yes"}, field{"Why", "Eens"})
			w.as(access.TipCoordinator)
			w.open("use")
			if !strings.Contains(w.words(".utrecht-alert"), "Een tip is nooit bewijs") {
				t.Errorf("a use without a finding: %s", w.words("main"))
			}
			w.act("lookup", field{"Register", "measures"}, field{"Subject", "Kade 1"}, field{"Why", "Is er al iets bekend"}, field{"Ground", "Gemeentewet 172"}, field{"Fields", "bekend of niet"})
			if body := w.words("#navraag"); !strings.Contains(body, "Bekend: vraag het team") {
				t.Errorf("the register answered %q", body)
			}
			w.open("find")
			w.refused("Words", "noemt een tip", field{"Kind", "inspection"}, field{"On", "24-11-2026"}, field{"Who", "Team toezicht"}, field{"Reference", "TZ-1"}, field{"Words", "Naar aanleiding van een anonieme melding gezien."})
			w.fill(field{"Words", "In het pand stonden dozen zonder etiket."})
			w.send()
			w.open("use")
			w.refused("Dossier", "geen dossier met dit nummer", field{"Finding", "1"}, field{"Dossier", "M-1999-0001"}, field{"Why", "Last onder dwangsom"})
			w.fill(field{"Dossier", number})
			w.send()
			if chain := w.words("#keten"); !strings.Contains(chain, "TZ-1") || !strings.Contains(chain, "leidde tot "+number) {
				t.Errorf("the chain says %q", chain)
			}
			w.b.Shot("tip-walk-chain-" + name)
			w.act("feedback", field{"Sent", "24-11-2026"}, field{"Used", "yes"}, field{"Result", "measure"}, field{"Worth", "good"})
			w.act("close")
			w.act("reopen", field{"Why", "Vraag van M."})
			w.act("close")

			w.b.Visit(h.URL + w.base + "/vernietigen")
			w.fill(field{"why", "request"})
			w.send()
			if w.b.Here() != h.URL+"/tips" || !strings.Contains(w.words("main"), "De tip is vernietigd") {
				t.Fatalf("not destroyed: %s", w.b.Here())
			}
			w.b.Visit(h.URL + w.base + "?reden=assess")
			if !strings.Contains(w.words("h1"), "Niet gevonden") {
				t.Errorf("a destroyed tip is %q", w.words("h1"))
			}

			w.as(access.PrivacyOfficer)
			w.b.Visit(h.URL + "/toezicht/meld-misdaad" + strings.TrimPrefix(w.base, "/tips"))
			if body := w.words("main"); !strings.Contains(body, "Nooit alleen") || !strings.Contains(body, "Vernietigd") || !strings.Contains(body, "Bart Groeneweg") || len(legible("", []byte(body))) > 0 {
				t.Errorf("the account says %s", body)
			}
			w.b.Shot("tip-walk-account-" + name)
			for _, c := range w.b.Complaints() {
				if !strings.Contains(c, "status of 422") && !strings.Contains(c, "status of 404") {
					t.Errorf("the browser complains: %s", c)
				}
			}
			h.Wait(time.Second)
			if found, files := readable(t, h.Config.Data); len(found) > 0 || files < 3 {
				t.Errorf("the tip is still there: %v", found)
			}
		})
	}
}
