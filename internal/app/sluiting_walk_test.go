package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
)

// A closure of a dwelling by its forms, from the report of the police in November to the
// closed file in May: the lawyer at a desk, the mayor and the officer on a telephone.
func TestSluitingIsWalkedByItsForms(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	w := &closureWalker{&banWalker{&walker{t: t, h: h, b: browser.Start(t), base: "/maatregelen/sluiting"}}}
	w.b.Resize(browser.Desktop)
	w.reported()
	w.tested()
	w.decided()
	w.beforeTheJudge()
	w.sealed()
	w.during()
	w.seenByFew()
	w.opened()
	// A refused form is an answer of 422, which the browser notes.
	if c := slices.DeleteFunc(w.b.Complaints(), func(s string) bool { return strings.Contains(s, "status of 422") }); len(c) > 0 {
		t.Errorf("the browser complains: %v", c)
	}
}

// closureWalker carries the file of a closure.
type closureWalker struct{ *banWalker }

func (w *closureWalker) main() string {
	w.t.Helper()
	return browser.Eval[string](w.b, `document.querySelector("main").textContent.replace(/\u00ad/g, "").replace(/\s+/g, " ")`)
}

// blocked opens an act and must read why it cannot be done now.
func (w *closureWalker) blocked(act, sentence string) {
	w.t.Helper()
	w.open(act)
	if said := w.main(); !strings.Contains(said, sentence) {
		w.t.Errorf("%s: %.300q does not say %q", act, said, sentence)
	}
}

func (w *closureWalker) reported() {
	w.on("27-11-2026", "10.00")
	w.as(access.Lawyer)
	w.open("nieuw")
	if w.value("Lead") != accountOf(w.t, w.h, access.Lawyer) || w.value("Received") != "27-11-2026" {
		w.t.Errorf("the form starts with %q and %q", w.value("Lead"), w.value("Received"))
	}
	report := []field{{"Type", "opiumwet"}, {"Place", "Wipstraat 15"}, {"Object", "dwelling"}, {"Person", "R. Verzonnen"}, {"Address", "Wipstraat 15, Maassluis"}, {"Found", "20-11-2026"}, {"Received", "27-11-2026"}, {"Reference", "PL1700-77"},
		{"Facts", "In de keuken lagen cocaïne in verkoopzakjes en een weegschaal."}, {"Deputy", accountOf(w.t, w.h, access.Adviser)}}
	w.refused("Dated", "Dit kan niet voor vrijdag 20 november 2026 liggen", append(report, field{"Dated", "19-11-2026"})...)
	w.b.Shot("sluiting-01-rapportage-1366")
	w.fill(field{"Dated", "25-11-2026"})
	w.send()
	w.base = strings.TrimPrefix(w.b.Here(), w.h.URL)
	s := w.says("Rapportage ontvangen", "Bevoegdheid", "Volgende stap: Bevoegdheid Opiumwet vastleggen")
	w.fact(s, "Vondst of incident", "20 november 2026 (7 dagen geleden)")
	w.fact(s, "Rapportage ontvangen", "27 november 2026 (7 dagen na de vondst)")
	w.open("find")
	find := []field{{"Limb", "trade"}, {"List", "I"}, {"Trade", "Veel meer dan voor eigen gebruik, in verkoopzakjes."}, {"Signs", "Weegschaal\nContant geld"}}
	w.refused("Sold", "Dit is niet meer dan voor eigen gebruik", append(slices.Clone(find), field{"HardGram", "0,5"})...)
	w.do("find", append(find, field{"HardGram", "42,5"})...)
	s = w.says("Bevoegdheid vastgelegd", "Zienswijze", "Volgende stap: Bewoners en huur vastleggen")
	w.fact(s, "Cel van de matrix", "W-H-1: woning, harddrugs, meer dan 0,5 gram of 1 stuk, eerste keer: sluiting van 3 maanden")
	w.do("residents", field{"Adults", "R. Verzonnen, huurder"}, field{"Minors", "Sem, 7 jaar"}, field{"Holder", "tenant"}, field{"Landlord", "Woonstichting Verzonnen"}, field{"Source", "brp"})
	w.do("registry", field{"Reference", "MSS01 B 1234"}, field{"RightHolders", "Woonstichting Verzonnen"})
	w.do("intend", field{"Sent", "27-11-2026"})
	w.given(w.page(""), "Laatste dag zienswijze", "2026-12-11, over 14 dagen")
	w.blocked("draft", "De termijn voor de zienswijze loopt nog (Awb 4:8)")
}

func (w *closureWalker) tested() {
	w.on("12-12-2026", "10.00")
	w.as(access.Lawyer)
	w.do("view", field{"Received", "10-12-2026"}, field{"How", "written"}, field{"Words", "Zijn zoon gaat hier naar school."}, field{"Answer", "Voor de zoon is een plek gevonden."})
	w.open("weigh")
	answers := []field{{"Aim", "De handel stoppen."}, {"Seriousness", "Handelshoeveelheid harddrugs."}, {"Lighter", "Een waarschuwing is niet genoeg."}, {"Area", "Naast een school."}, {"Delay", "De aanloop gaat door."}, {"Blame", "Hij wist ervan."},
		{"Tie", "Niet gebleken."}, {"Minors", "De zoon blijft op school en slaapt bij zijn moeder."}, {"Housing", "Hij kan naar zijn broer."}, {"Lease", "De verhuurder overlegt."}, {"Blacklist", "Hij komt niet op een lijst."}, {"Duration", "Korter helpt niet."}, {"Outcome", "De buurt weegt zwaarder."}}
	w.b.Shot("sluiting-02-toets-1366")
	w.do("weigh", answers...)
	w.says("Zienswijze", "Toets en concept", "Volgende stap: Noodzaak en evenwicht toetsen")
	if empty := browser.Eval[int](w.b, `document.querySelectorAll("#toets .utrecht-status-badge--warning").length`); empty != 1 {
		w.t.Errorf("%d questions show as empty, want 1", empty)
	}
	w.b.Shot("sluiting-03-dossier-1366")
	w.blocked("draft", "1 vraag van de toets is leeg (ECLI:NL:RVS:2019:2912)")
	w.open("weigh")
	if w.value("Aim") != "De handel stoppen." {
		w.t.Errorf("the test does not start with what was answered: %q", w.value("Aim"))
	}
	w.do("weigh", field{"Medical", "Van medische redenen is niets gebleken."})
	w.says("Zienswijze", "Toets en concept", "Volgende stap: Concept schrijven")
	w.open("draft")
	if w.value("Cell") != "W-H-1" || w.value("Length") != "3" || w.value("Unit") != "months" || w.value("Days") != "7" {
		w.t.Errorf("the draft starts with %q %q %q %q", w.value("Cell"), w.value("Length"), w.value("Unit"), w.value("Days"))
	}
	draft := []field{{"Summary", "In uw woning zijn drugs gevonden."}, {"Measures", "De woning verlaten\nDe sleutels inleveren"}}
	w.refused("Deviation", "Dit is langer dan cel W-H-1 van sluiting-voorbeeld-2026", append(slices.Clone(draft), field{"Length", "6"})...)
	w.b.Shot("sluiting-04-concept-1366")
	w.do("draft", append(draft, field{"Length", "3"})...)
	w.on("14-12-2026", "10.00")
	w.as(access.Adviser)
	w.do("check", field{"Outcome", "approved"})
}

func (w *closureWalker) decided() {
	w.b.Resize(browser.Phone)
	w.on("15-12-2026", "09.00")
	w.as(access.Mayor)
	w.b.Visit(w.h.URL + "/")
	if waits := browser.Eval[[]string](w.b, `[...document.querySelectorAll(".baken-waiting a")].map(e => new URL(e.href).pathname)`); !slices.Contains(waits, w.base) {
		w.t.Errorf("what waits for the mayor: %v", waits)
	}
	s := w.says("Ligt bij de burgemeester", "Besluit", "Volgende stap: Sluiting tekenen")
	w.fact(s, "Vondst of incident", "20 november 2026 (25 dagen geleden)")
	w.thumbs("the file")
	w.b.Shot("sluiting-05-burgemeester-390")
	w.h.Wait(6 * time.Minute)
	w.open("sign")
	if !strings.Contains(w.b.Here(), "/bevestigen?naar=") {
		w.t.Fatalf("deciding does not ask the second factor again: %s", w.b.Here())
	}
	w.prove()
	if order := browser.Eval[bool](w.b, `document.querySelector("#toets").getBoundingClientRect().top < document.querySelector("main form[method=post]").getBoundingClientRect().top`); !order {
		w.t.Error("the test does not stand before the form")
	}
	if preview := browser.Eval[string](w.b, `document.querySelector("#voorbeeld").textContent`); !strings.Contains(preview, "Besluit tot sluiting") || !strings.Contains(preview, "De zoon blijft op school") {
		w.t.Errorf("the decision is not beside the form: %.200q", preview)
	}
	w.thumbs("the signature")
	w.b.Shot("sluiting-06-tekenen-390")
	w.refused("Weighed", "Lees eerst het besluit en de toets", field{"Capacity", "mayor"})
	w.do("sign", field{"Capacity", "mayor"}, field{"Weighed", "ja"})
	w.says("Getekend", "Bekendmaking", "Er is nu niets te doen")
	w.b.Resize(browser.Desktop)
	w.on("16-12-2026", "10.00")
	w.as(access.Lawyer)
	w.open("publish")
	if w.value("To") != "R. Verzonnen\nWoonstichting Verzonnen" {
		w.t.Errorf("the Bekendmaking starts with %q", w.value("To"))
	}
	w.refused("To", "Woonstichting Verzonnen krijgt het besluit ook (Awb 5:24 lid 3)", field{"To", "R. Verzonnen"}, field{"How", "handed"}, field{"Proof", "Akte"})
	w.do("publish", field{"How", "handed"}, field{"Proof", "Akte van uitreiking"})
	s = w.says("Besluit van kracht", "Pand dicht", "Volgende stap: Feit toevoegen")
	w.given(s, "Zelf vertrekken en afsluiten", "2026-12-23, over 7 dagen")
	w.given(s, "Laatste dag voor bezwaar", "2027-01-27, over 42 dagen")
	w.fact(s, "Besloten", "15 december 2026 (25 dagen na de vondst), Willemijn Terpstra (burgemeester)")
	w.do("landlord", field{"On", "16-12-2026"}, field{"How", "post"}, field{"Intention", "talks"})
	w.do("involve", field{"Account", accountOf(w.t, w.h, access.Officer)}, field{"Why", "Sluit het pand"})
}

func (w *closureWalker) beforeTheJudge() {
	w.on("18-12-2026", "10.00")
	w.as(access.Lawyer)
	w.blocked("relief", "alleen naast een bezwaar of beroep (connexiteit, Awb 8:81)")
	w.do("object", field{"Against", "order"}, field{"Received", "18-12-2026"}, field{"By", "R. Verzonnen"}, field{"Words", "Te zwaar."}, field{"Committee", "ja"}, field{"Told", "ja"})
	w.do("relief", field{"Asked", "18-12-2026"}, field{"Held", "held"}, field{"Why", "Bij een woning wachten wij."})
	s := w.page("")
	w.fact(s, "Wachten op de rechter", "ja, wij wachten (Samir Bouzidi)")
	w.given(s, "Beslissen op bezwaar 1", "2027-04-21, over 124 dagen")
	w.on("28-12-2026", "10.00")
	w.as(access.Officer)
	w.blocked("seal", "De uitvoering wacht op de rechter")
	w.on("30-12-2026", "10.00")
	w.as(access.Lawyer)
	w.open("rule-relief")
	w.refused("Fell", "Bij deze uitkomst bleef het besluit in stand", field{"On", "30-12-2026"}, field{"Outcome", "refused"}, field{"Fell", "balance"}, field{"Grounds", "Noodzaak en evenwicht zijn onderbouwd."})
	w.do("rule-relief", field{"On", "30-12-2026"}, field{"Outcome", "refused"}, field{"Stood", "necessity"}, field{"Stood", "balance"}, field{"Grounds", "Noodzaak en evenwicht zijn onderbouwd."})
	if s := w.page(""); !strings.Contains(s.Story[0], "Noodzaak: een lichter middel") || !strings.Contains(s.Story[0], "Evenwicht") {
		w.t.Errorf("the story does not say on which grounds it stood: %s", s.Story[0])
	}
}

func (w *closureWalker) sealed() {
	w.b.Resize(browser.Phone)
	w.on("04-01-2027", "11.20")
	w.as(access.Officer)
	w.open("seal")
	w.thumbs("the sealing")
	record := append(moment("At", "04-01-2027", "11.00"), field{"How", "sealed"}, field{"By", "J. de Handhaver\nSlotenmaker"}, field{"Record", "De woning was leeg. Zegels geplakt."})
	w.refused("Authorisation", "Voor het binnentreden van een woning is een machtiging nodig (Awb 5:27; Awbi 2)", record...)
	w.b.Shot("sluiting-07-verzegelen-390")
	w.do("seal", append(record, field{"Authorisation", "Machtiging 12"}, field{"Photos", photo(w.t, "zegel.png")})...)
	s := w.page("")
	if s.Stage != "Gesloten pand" || !slices.ContainsFunc(s.Documents, func(d string) bool { return strings.Contains(d, "Sluiting en verzegeling") }) {
		w.t.Errorf("sealed: %s, %q", s.Stage, s.Documents)
	}
	w.given(s, "Sluiting eindigt", "2027-04-04, over 90 dagen")
	w.fact(s, "Dicht tot", "4 april 2027")
	w.b.Shot("sluiting-08-gesloten-390")
	w.on("10-01-2027", "20.00")
	w.as(access.Officer)
	w.do("seal-broken", append(moment("At", "10-01-2027", "19.40"), field{"What", "broken"}, field{"Words", "Zegel doorgesneden."}, field{"Reported", "PL1700-9"}, field{"Resealed", "ja"})...)
	w.b.Resize(browser.Desktop)
}

func (w *closureWalker) during() {
	w.on("20-01-2027", "10.00")
	w.as(access.Lawyer)
	w.says("Gesloten pand", "Pand open", "Volgende stap: Beslissen op bezwaar")
	w.do("wkpb", field{"On", "20-01-2027"}, field{"Outcome", "unclear"}, field{"Words", "Nagevraagd bij het Kadaster."})
	w.do("costs", field{"On", "20-01-2027"}, field{"Items", "Slotenmaker € 250\nZegels € 20"}, field{"Amount", "270"}, field{"Reasonable", "Hij had zelf kunnen afsluiten."}, field{"Proof", "Aangetekend"})
	w.given(w.page(""), "Kosten 1 betalen", "2027-03-03, over 42 dagen")
	w.on("01-02-2027", "10.00")
	w.as(access.Lawyer)
	w.do("request", field{"Received", "01-02-2027"}, field{"From", "R. Verzonnen"}, field{"Words", "Ik wil terug naar huis."})
	// Eight weeks end on Easter Monday, which the Atw moves.
	w.given(w.page(""), "Beslissen op verzoek 1", "2027-03-30, over 57 dagen")
	w.as(access.Mayor)
	w.open("decide-request")
	if asked := browser.Eval[string](w.b, `document.querySelector("#verzoeken").textContent`); !strings.Contains(asked, "Ik wil terug naar huis.") {
		w.t.Errorf("the mayor does not read what is asked: %q", asked)
	}
	w.refused("Open", "Noem de dag waarop het pand open gaat", field{"Outcome", "granted"}, field{"Why", "Er is niets veranderd."}, field{"Capacity", "mayor"})
	w.b.Shot("sluiting-09-heropening-1366")
	w.do("decide-request", field{"Outcome", "refused"}, field{"Why", "Er is niets veranderd."}, field{"Capacity", "mayor"})
	w.blocked("extend", "De Opiumwet kent geen verlenging (Opiumwet 13b)")
	w.on("01-03-2027", "10.00")
	w.as(access.Lawyer)
	w.do("pay", field{"On", "01-03-2027"})
	w.b.Visit(w.h.URL + w.base)
	w.b.Shot("sluiting-10-dossier-1366")
}

// seenByFew: the list shows a kind to who may see it, and a file to who has a part in it.
func (w *closureWalker) seenByFew() {
	w.b.Visit(w.h.URL + "/maatregelen?soort=sluiting")
	if got := browser.Eval[[]string](w.b, `[...document.querySelectorAll("#lijst tbody a")].map(e => new URL(e.href).pathname)`); !slices.Contains(got, w.base) || slices.ContainsFunc(got, func(s string) bool { return !strings.Contains(s, "/sluiting/") }) {
		w.t.Errorf("the list of closures has %v", got)
	}
	w.b.Shot("sluiting-11-lijst-1366")
	paths := []string{w.base, w.base + "/sign", w.base + "/brief/besluit.pdf", w.base + "/dossier.zip"}
	for role, want := range map[string][]int{access.EnforcementCo: {404, 404, 404, 404}, access.TipCoordinator: {404, 404, 404, 404}, access.Lawyer: {200, 404, 200, 200}, access.Officer: {200, 404, 200, 200}} {
		p := w.h.SignIn(role)
		for i, path := range paths {
			if a := p.Get(path); a.Status != want[i] {
				w.t.Errorf("%s at %s: %d, want %d", role, path, a.Status, want[i])
			}
		}
		if list := p.Get("/maatregelen"); strings.Contains(list.Body, w.base) != (want[0] == 200) {
			w.t.Errorf("the list of %s does not agree with what they may open", role)
		}
	}
}

func (w *closureWalker) opened() {
	w.on("15-03-2027", "10.00")
	w.as(access.Lawyer)
	w.do("decide-objection", field{"On", "15-03-2027"}, field{"Outcome", "unfounded"}, field{"Grounds", "Noodzaak en evenwicht zijn onderbouwd."})
	w.blocked("unseal", "De sluiting loopt tot zondag 4 april 2027")
	w.on("04-04-2027", "09.00")
	w.as(access.Lawyer)
	w.says("Afgelopen", "Pand open", "Volgende stap: Openen van het pand vastleggen")
	w.blocked("close", "Sluiten kan als er geen besluit geldt")
	w.do("unseal", append(moment("At", "04-04-2027", "08.45"), field{"To", "R. Verzonnen"}, field{"By", "J. de Handhaver"})...)
	w.on("20-05-2027", "09.00")
	w.as(access.Lawyer)
	w.says("Afgelopen", "Dossier sluiten", "Volgende stap: Dossier sluiten")
	w.open("close")
	w.refused("Outcome", "De sluiting is vanzelf afgelopen: kies die uitkomst", field{"Outcome", "withdrawn"}, field{"Words", "Klaar."})
	w.do("close", field{"Outcome", "ended"}, field{"Words", "Klaar."})
	s := w.page("")
	if s.Stage != "Dossier gesloten" || s.Next != "Er is nu niets te doen" {
		w.t.Errorf("closed: %q, %q", s.Stage, s.Next)
	}
	w.fact(s, "Bewaren tot", "20 mei 2037")
	w.b.Shot("sluiting-12-klaar-1366")
	before := w.page("?op=16-12-2026")
	if before.Stage != "Besluit van kracht" || strings.Contains(strings.Join(before.Story, ""), "Bezwaar") {
		w.t.Errorf("as it stood on the day of the Bekendmaking: %s, %q", before.Stage, before.Story)
	}
}
