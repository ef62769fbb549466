package app_test

import (
	"slices"
	"strings"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
)

// A gebiedsverbod by its forms, from the first report to the closed file, as the people of
// one municipality would do it in a winter: at a desk, and by the card on a telephone in
// the street.
func TestGebiedsverbodIsWalkedByItsForms(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	w := &areaWalker{&orderWalker{&walker{t: t, h: h, b: browser.Start(t), base: "/maatregelen/gebiedsverbod"}}}
	w.b.Resize(browser.Desktop)
	w.drawn()
	w.prepared()
	w.decided()
	w.inTheStreet()
	w.extended()
	w.seenByFew()
	w.ended()
	// A refused form is an answer of 422, and what may not be known one of 404, which the
	// browser notes.
	if c := slices.DeleteFunc(w.b.Complaints(), func(s string) bool {
		return strings.Contains(s, "status of 422") || strings.Contains(s, "status of 404")
	}); len(c) > 0 {
		t.Errorf("the browser complains: %v", c)
	}
}

type areaWalker struct{ *orderWalker }

func (w *areaWalker) drawn() {
	w.on("01-12-2026", "10.00")
	w.as(access.Adviser)
	w.open("nieuw")
	report := append(moment("At", "28-11-2026", "22.30"), field{"Person", "B. Ordeverstoorder"}, field{"Address", "Kade 14, Maassluis"}, field{"Place", "Winkelcentrum Koningshoek"}, field{"Words", "Een groep gooide met flessen."},
		field{"Source", "police"}, field{"Reference", "PL1700-1"}, field{"Serious", "ja"}, field{"Group", "ja"}, field{"Leading", "ja"})
	w.refused("Parent", "Een bevel gaat dan naar wie het gezag heeft (Gemeentewet 172b)", append(report, field{"Born", "01-06-2016"})...)
	w.b.Shot("gebiedsverbod-01-melden-1366")
	w.fill(field{"Born", "14-05-1999"})
	w.send()
	w.base = strings.TrimPrefix(w.b.Here(), w.h.URL)
	w.says("Wordt voorbereid", "Grondslag en gebied", "Volgende stap: Grondslag kiezen")
	w.open("basis")
	w.refused("Code", "Gemeentewet 172b is voor wie jonger is", field{"Code", "child"}, field{"Why", "Hij ging voorop."})
	w.fill(field{"Code", "leading"})
	w.send()
	w.says("Wordt voorbereid", "Grondslag en gebied", "Volgende stap: Gebied tekenen")
	w.open("area")
	w.refused("Outline", "ligt niet helemaal in de gemeente", field{"Outline", "75850 438250\n76000 438800\n70000 438700"})
	w.fill(field{"Outline", "75850 438250\n76000 438800\n76350 438700\n76150 438150"})
	w.b.Shot("gebiedsverbod-02-tekenen-1366")
	w.b.Resize(browser.Phone)
	w.narrow("the form of an area")
	w.b.Shot("gebiedsverbod-03-tekenen-390")
	w.b.Resize(browser.Desktop)
	w.send()
	w.page("")
	if list := browser.Eval[string](w.b, `document.querySelector("#gebied").textContent.replace(/\s+/g, " ")`); !strings.Contains(list, "Koningshoek") || !strings.Contains(list, "Kroonstraat") || strings.Contains(list, "Havenplein") {
		w.t.Errorf("the streets of the drawing: %q", list)
	}
	w.open("area")
	w.refused("Streets", "Deze regels horen bij geen straat in het gebied: Havenplein", field{"Streets", w.value("Streets") + "\nHavenplein"})
	w.do("limits", field{"Days", "every"}, field{"Hours", "18.00-06.00"}, field{"Home", "Woont elders."}, field{"Work", "Geen werk in het gebied."}, field{"Care", "Huisarts elders."})
	w.says("Wordt voorbereid", "Voornemen", "Volgende stap: Overleg met de officier van justitie")
}

func (w *areaWalker) prepared() {
	w.do("consult", field{"With", "Mr. A. Justitie"}, field{"Outcome", "no-order"}, field{"Words", "Geen bezwaar."})
	w.do("weigh", field{"Fear", "Er is een nieuwe oproep."}, field{"Lighter", "Een waarschuwing hielp niet."}, field{"Size", "Alleen waar het gebeurde."}, field{"Balance", "De orde weegt zwaarder."})
	w.open("intend")
	w.refused("Sent", "U hebt geen mandaat om deze brief namens de burgemeester te tekenen")
	w.on("02-12-2026", "09.00")
	w.as(access.Lawyer)
	w.open("intend")
	if preview := browser.Eval[string](w.b, `document.querySelector("#voorbeeld").textContent`); !strings.Contains(preview, "Voornemen: gebiedsverbod") || !strings.Contains(preview, "Kroonstraat") {
		w.t.Errorf("the letter beside the form: %q", preview)
	}
	w.do("intend")
	w.given(w.says("Voornemen", "Concept", "Volgende stap: Zienswijze vastleggen"), "Laatste dag voor een zienswijze", "2026-12-09, over 7 dagen")
	w.on("08-12-2026", "09.00")
	w.as(access.Lawyer)
	w.do("view", field{"How", "oral"}, field{"Words", "Ik was er niet."}, field{"Answer", "Op de beelden is hij te zien."})
	w.open("draft")
	if w.value("Count") != "3" || w.value("Unit") != "months" {
		w.t.Errorf("the draft starts with %q %q", w.value("Count"), w.value("Unit"))
	}
	w.refused("Count", "hooguit drie maanden (Gemeentewet 172a lid 6 a)", field{"Facts", "Verstoringen in november."}, field{"Count", "4"})
	w.fill(field{"Count", "3"}, field{"Group", "ja"})
	w.b.Shot("gebiedsverbod-04-concept-1366")
	w.send()
	w.says("Ligt bij de burgemeester", "Beslissing", "Er is nu niets te doen")
}

func (w *areaWalker) decided() {
	w.on("09-12-2026", "09.00")
	w.b.Resize(browser.Phone)
	w.as(access.Mayor)
	w.b.Visit(w.h.URL + "/maatregelen?soort=gebiedsverbod")
	if got := browser.Eval[[]string](w.b, `[...document.querySelectorAll("#dossiers a")].map(e => new URL(e.href).pathname)`); !slices.Contains(got, w.base) {
		w.t.Errorf("what the mayor has on the list: %v", got)
	}
	w.open("decide")
	w.narrow("the decision")
	if order := browser.Eval[bool](w.b, `document.querySelector("#beslissen").getBoundingClientRect().top < document.querySelector("main form[method=post]").getBoundingClientRect().top`); !order {
		w.t.Error("what the decision rests on does not stand before the form")
	}
	w.refused("Fear", "Zonder ernstige vrees voor nieuwe verstoring kan er geen bevel zijn (Gemeentewet 172a lid 1)", field{"Capacity", "mayor"}, field{"Needed", "ja"})
	w.b.Shot("gebiedsverbod-05-beslissen-390")
	w.fill(field{"Fear", "ja"})
	w.send()
	w.b.Resize(browser.Desktop)
	w.on("09-12-2026", "16.00")
	w.as(access.Lawyer)
	w.says("Besloten, nog niet bekendgemaakt", "Bekendmaking", "Volgende stap: Besluit bekendmaken")
	w.do("publish", append(moment("At", "09-12-2026", "15.30"), field{"How", "handed"}, field{"Proof", "Akte"})...)
	s := w.says("Van kracht", "Bevel loopt", "Volgende stap: Vastleggen wat is gezien")
	w.fact(s, "Begin", "woensdag 9 december 2026, 15.30 uur")
	w.fact(s, "Einde", "dinsdag 9 maart 2027, 15.30 uur")
	w.fact(s, "Nu", "Mag er nu zijn: ander uur")
	w.given(s, "Laatste dag voor bezwaar", "2027-01-20, over 42 dagen")
	w.given(s, "Uiterste einde volgens de wet", "2027-03-09, over 90 dagen")
	w.b.Shot("gebiedsverbod-06-van-kracht-1366")
}

// inTheStreet: an officer who is not involved has the card and not the file, and records a
// breach by it.
func (w *areaWalker) inTheStreet() {
	w.b.Resize(browser.Phone)
	w.on("12-12-2026", "22.00")
	w.as(access.Officer)
	w.b.Visit(w.h.URL + "/maatregelen/gebiedsverbod/veld")
	w.narrow("the list of cards")
	w.b.Shot("gebiedsverbod-07-veld-390")
	w.b.Follow(`main a[href="` + w.base + `/veld"]`)
	w.narrow("the card")
	card := browser.Eval[string](w.b, `document.querySelector("main").textContent.replace(/\s+/g, " ")`)
	for _, want := range []string{"B. Ordeverstoorder", "14 mei 1999", "Mag er nu niet zijn", "niet in het gebied komen; niet in een groep", "dinsdag 9 maart 2027, 15.30 uur", "elke dag, van 18.00 tot 06.00 uur", "Kroonstraat", "Woont elders.", "Sr 184a"} {
		if !strings.Contains(card, want) {
			w.t.Errorf("the card does not say %q: %s", want, card)
		}
	}
	for _, secret := range []string{"flessen", "Kade 14", "Ik was er niet", "oproep", "PL1700", "Justitie"} {
		if strings.Contains(card, secret) {
			w.t.Errorf("the card tells %q", secret)
		}
	}
	w.b.Shot("gebiedsverbod-08-kaart-390")
	for _, p := range []string{"", "/observe", "/brief/besluit.pdf", "/dossier.zip"} {
		if a := w.h.SignIn(access.Officer).Get(w.base + p); a.Status != 404 {
			w.t.Errorf("an officer gets %d at %q of the file", a.Status, p)
		}
	}
	w.refused("Street", "Buiten de straten van het bevel is er geen overtreding", append(moment("At", "12-12-2026", "21.50"), field{"Street", "elsewhere"}, field{"Result", "breach"}, field{"Words", "Herkend van de kaart."})...)
	w.fill(field{"Street", "Kroonstraat"})
	w.send()
	if w.b.Here() != w.h.URL+w.base+"/veld" {
		w.t.Errorf("the officer ends at %s", w.b.Here())
	}
	w.b.Resize(browser.Desktop)
	w.on("14-12-2026", "09.00")
	w.as(access.Lawyer)
	w.fact(w.page(""), "Gezien", "1 keer vastgelegd, overtredingen: 1")
}

func (w *areaWalker) extended() {
	w.on("01-03-2027", "09.00")
	w.as(access.Mayor)
	w.open("extend")
	if w.value("Until") != "09-06-2027" || w.value("Until-tijd") != "15.30" {
		w.t.Errorf("the extension starts with %q %q, not with three months", w.value("Until"), w.value("Until-tijd"))
	}
	longer := []field{{"Capacity", "mayor"}, {"Fear", "ja"}, {"Heard", "Hij is gebeld."}, {"Why", "Hij overtrad het bevel."}}
	w.refused("Until", "Een verlenging duurt hooguit drie maanden: tot woensdag 9 juni 2027, 15.30 uur", append(moment("Until", "10-06-2027", "15.30"), longer...)...)
	w.fill(moment("Until", "09-06-2027", "15.30")...)
	w.b.Shot("gebiedsverbod-09-verlengen-1366")
	w.send()
	w.on("02-03-2027", "10.00")
	w.as(access.Lawyer)
	w.says("Van kracht", "Bevel loopt", "Volgende stap: Verlenging of wijziging bekendmaken")
	w.do("serve", append(moment("At", "02-03-2027", "09.30"), field{"How", "handed"}, field{"Proof", "Akte"})...)
	s := w.page("")
	w.fact(s, "Einde", "woensdag 9 juni 2027, 15.30 uur")
	w.fact(s, "Verlengd", "1 keer, van hooguit 3")
	w.b.Shot("gebiedsverbod-10-verlengd-1366")
}

// seenByFew: the file is for who has a part in it; the card for who works in the street.
func (w *areaWalker) seenByFew() {
	for role, want := range map[string][2]int{access.EnforcementCo: {404, 200}, access.TipCoordinator: {404, 404}, access.Lawyer: {200, 200}, access.Officer: {404, 200}, access.Mayor: {200, 200}, access.Analyst: {404, 404}, access.Partner: {404, 404}} {
		p := w.h.SignIn(role)
		for i, path := range []string{w.base, w.base + "/veld"} {
			if a := p.Get(path); a.Status != want[i] {
				w.t.Errorf("%s at %s: %d, want %d", role, path, a.Status, want[i])
			}
		}
		if list := p.Get("/maatregelen"); strings.Contains(list.Body, w.base) != (want[0] == 200) {
			w.t.Errorf("the list of %s does not agree with what they may open", role)
		}
	}
}

func (w *areaWalker) ended() {
	w.on("09-06-2027", "15.30")
	if a := w.h.SignIn(access.Officer).Get(w.base + "/veld"); a.Status != 404 {
		w.t.Errorf("the card of an order that is over: %d", a.Status)
	}
	w.as(access.Adviser)
	w.says("Afgelopen", "Dossier sluiten", "Volgende stap: Einde vastleggen")
	w.do("end", field{"Words", "Het is rustig gebleven."})
	w.open("close")
	w.refused("Outcome", "Het bevel is vanzelf afgelopen: kies die uitkomst", field{"Outcome", "withdrawn"}, field{"Words", "Klaar."})
	w.do("close", field{"Outcome", "ended"}, field{"Words", "Klaar."})
	s := w.page("")
	if s.Stage != "Gesloten" || s.Next != "Er is nu niets te doen" {
		w.t.Errorf("closed: %q, %q", s.Stage, s.Next)
	}
	w.b.Shot("gebiedsverbod-11-gesloten-1366")
	before := w.page("?op=31-12-2026")
	if before.Stage != "Van kracht" || strings.Contains(strings.Join(before.Story, ""), "Verlenging") {
		w.t.Errorf("as it stood on the last day of 2026: %s, %q", before.Stage, before.Story)
	}
	w.b.Resize(browser.Phone)
	w.page("")
	w.narrow("the closed file")
	w.b.Shot("gebiedsverbod-12-gesloten-390")
}
