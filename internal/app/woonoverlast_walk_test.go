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

// Woonoverlast by its forms, from the first report to the closed file, as the people of
// one municipality would do it in a winter: at a desk, and on a telephone in the street.
// The ban runs over the change to summer time.
func TestWoonoverlastIsWalkedByItsForms(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	w := &orderWalker{&walker{t: t, h: h, b: browser.Start(t), base: "/maatregelen/woonoverlast"}}
	w.b.Resize(browser.Desktop)
	w.logged()
	w.prepared()
	w.decided()
	w.inspected()
	w.banned()
	w.seenByFew()
	w.ended()
	// A refused form is an answer of 422, which the browser notes.
	if c := slices.DeleteFunc(w.b.Complaints(), func(s string) bool { return strings.Contains(s, "status of 422") }); len(c) > 0 {
		t.Errorf("the browser complains: %v", c)
	}
}

type orderWalker struct{ *walker }

func (w *orderWalker) narrow(what string) {
	w.t.Helper()
	if wide := w.b.Overflow(); len(wide) > 0 {
		w.t.Errorf("%s scrolls sideways: %v", what, wide)
	}
}

func (w *orderWalker) logged() {
	w.on("01-12-2026", "10.00")
	w.as(access.Adviser)
	w.open("nieuw")
	report := append(moment("At", "29-11-2026", "03.30"), field{"Place", "Kade 14"}, field{"Resident", "B. Overlast"}, field{"Minors", "kind van 7"}, field{"Nature", "noise"}, field{"Words", "Harde muziek tot half vier."},
		field{"Source", "neighbour"}, field{"Reporter", "A. Buurvrouw, Kade 16"})
	w.refused("Role", "wie de woning of het erf gebruikt, of de woning tegen betaling verhuurt (Gemeentewet 151d lid 1)", append(report, field{"Role", "neither"})...)
	w.b.Shot("woonoverlast-01-melden-1366")
	w.fill(field{"Role", "tenant"})
	w.send()
	w.base = strings.TrimPrefix(w.b.Here(), w.h.URL)
	w.says("Meldingen verzamelen", "Waarschuwing", "Volgende stap: Poging vastleggen")
	w.do("try", field{"Kind", "mediation"}, field{"On", "30-11-2026"}, field{"By", "Buurtbemiddeling"}, field{"Words", "De bewoner kwam niet."}, field{"Result", "declined"})
	w.do("involve", field{"Account", accountOf(w.t, w.h, access.Officer)}, field{"Why", "Doet de controles"})
	w.do("warn", field{"Words", "Na 22.00 uur geen muziek."})
	s := w.says("Gewaarschuwd", "Voornemen", "Volgende stap: Melding toevoegen")
	w.fact(s, "Meldingen die meetellen", "1 melding van 1 melder over 0 dagen")
	if !slices.ContainsFunc(s.Documents, func(d string) bool { return strings.Contains(d, "Waarschuwing") }) {
		w.t.Errorf("the warning as it was sent is not in the file: %q", s.Documents)
	}
	w.open("incident")
	w.refused("Words", "noemt wie heeft gemeld, of waar die woont", append(moment("At", "30-11-2026", "23.30"), field{"Nature", "noise"}, field{"Words", "Mevrouw A. Buurvrouw hoorde het weer."}, field{"Source", "neighbour"}, field{"Reporter", "C. Buurman, Kade 18"})...)
	w.fill(field{"Words", "Geschreeuw in het trappenhuis."})
	w.send()
	// An officer on the street logs what he hears, on a telephone.
	w.on("16-12-2026", "01.10")
	w.b.Resize(browser.Phone)
	w.as(access.Officer)
	w.open("incident")
	w.narrow("the form of an incident")
	w.b.Shot("woonoverlast-02-melding-390")
	w.do("incident", append(moment("At", "16-12-2026", "01.00"), field{"Nature", "noise"}, field{"Words", "Muziek op straat te horen."}, field{"Source", "officer"}, field{"Reporter", "Toezichthouder 12"})...)
	w.narrow("the file")
	w.b.Shot("woonoverlast-03-logboek-390")
	if log := browser.Eval[string](w.b, `document.querySelector("#logboek").textContent.replace(/\s+/g, " ")`); !strings.Contains(log, "3 meldingen, nodig zijn er 3") || strings.Contains(log, "Te weinig") || !strings.Contains(log, "A. Buurvrouw, Kade 16") {
		w.t.Errorf("the log says %q", log)
	}
	w.b.Resize(browser.Desktop)
}

func (w *orderWalker) prepared() {
	w.on("17-12-2026", "09.00")
	w.as(access.Adviser)
	w.says("Gewaarschuwd", "Voornemen", "Volgende stap: Gedragsregel kiezen")
	w.do("conduct", field{"Code", "muziek-nacht"})
	w.open("conduct")
	w.refused("Check", "Wat niemand kan controleren, is geen duidelijke last (Awb 5:9)", field{"Code", "own"}, field{"Words", "U laat de voordeur na 22.00 uur dicht."})
	w.b.Shot("woonoverlast-04-gedragsregel-1366")
	w.fill(field{"Check", "Een toezichthouder kijkt of de deur openstaat."})
	w.send()
	w.do("weigh", field{"Serious", "De buren slapen slecht."}, field{"Lighter", "Bemiddeling en waarschuwing hielpen niet."}, field{"Blame", "De muziek kan zachter."}, field{"Care", "Geen medische reden bekend."},
		field{"Minors", "Het kind heeft ook last."}, field{"Home", "De bewoner houdt de woning."}, field{"Balance", "De rust van de buren weegt zwaarder."})
	w.says("Gewaarschuwd", "Voornemen", "Volgende stap: Voornemen verzenden")
	w.open("intend")
	w.refused("Sent", "U hebt geen mandaat om deze brief namens de burgemeester te tekenen (Awb 10:3; beleidsregel)")
	w.as(access.Lawyer)
	w.open("intend")
	if preview := browser.Eval[string](w.b, `document.querySelector("#voorbeeld").textContent`); !strings.Contains(preview, "Voornemen: gedragsaanwijzing") || strings.Contains(preview, "Buurvrouw") {
		w.t.Errorf("the letter beside the form: %q", preview)
	}
	w.b.Shot("woonoverlast-05-voornemen-1366")
	w.do("intend")
	s := w.says("Voornemen", "Concept", "Volgende stap: Zienswijze vastleggen")
	w.given(s, "Laatste dag voor een zienswijze", "2026-12-31, over 14 dagen")
	w.page("")
	if blocked := browser.Eval[string](w.b, `document.querySelector("#niet-nu")?.textContent ?? ""`); !strings.Contains(blocked, "De bewoner kan nog een zienswijze geven (Awb 4:8)") {
		w.t.Errorf("the lawyer does not read why there is no draft yet: %q", blocked)
	}
	w.on("28-12-2026", "09.00")
	w.as(access.Lawyer)
	w.do("view", field{"How", "oral"}, field{"Words", "Het valt mee."}, field{"Answer", "De meldingen zeggen anders."})
	w.open("draft")
	if w.value("Amount") != "250,00" && w.value("Amount") != "250" {
		w.t.Errorf("the draft starts with %q per breach, not with the policy", w.value("Amount"))
	}
	w.refused("Deviates", "Neem dat over, of schrijf waarom u afwijkt (Awb 4:84)", field{"Facts", "Sinds november is er in de nacht harde muziek."}, field{"Amount", "300"})
	w.fill(field{"Amount", "250"})
	w.send()
	w.says("Ligt bij de burgemeester", "Beslissing", "Er is nu niets te doen")
}

func (w *orderWalker) decided() {
	w.on("29-12-2026", "09.00")
	w.as(access.Mayor)
	w.b.Visit(w.h.URL + "/")
	if got := browser.Eval[[]string](w.b, `[...document.querySelectorAll("#tegel-maatregelen li a")].map(e => new URL(e.href).pathname)`); !slices.Contains(got, w.base) {
		w.t.Errorf("what waits for the mayor on the home page: %v", got)
	}
	w.says("Ligt bij de burgemeester", "Beslissing", "Volgende stap: Gedragsaanwijzing geven")
	w.open("decide")
	if order := browser.Eval[bool](w.b, `document.querySelector("#beslissen").getBoundingClientRect().top < document.querySelector("main form[method=post]").getBoundingClientRect().top`); !order {
		w.t.Error("what the decision rests on does not stand before the form")
	}
	w.refused("Last", "alleen als de hinder niet op een andere geschikte wijze stopt (Gemeentewet 151d lid 2)", field{"Capacity", "mayor"}, field{"Serious", "ja"})
	w.b.Shot("woonoverlast-06-beslissen-1366")
	w.do("decide", field{"Capacity", "mayor"}, field{"Serious", "ja"}, field{"Last", "ja"})
	w.on("30-12-2026", "09.00")
	w.as(access.Lawyer)
	w.says("Besloten, nog niet bekendgemaakt", "Bekendmaking", "Volgende stap: Bekendmaking vastleggen")
	w.do("publish", field{"How", "both"}, field{"Proof", "Akte"})
	s := w.says("Van kracht", "Aanwijzing loopt", "Volgende stap: Controle vastleggen")
	w.given(s, "Laatste dag voor bezwaar", "2027-02-10, over 42 dagen")
	w.fact(s, "Einde", "woensdag 30 juni 2027")
	w.fact(s, "Volgende evaluatie", "woensdag 24 februari 2027")
	w.b.Shot("woonoverlast-07-van-kracht-1366")
}

func (w *orderWalker) inspected() {
	w.b.Resize(browser.Phone)
	w.on("16-01-2027", "23.30")
	w.as(access.Officer)
	w.open("inspect")
	w.narrow("the form of an inspection")
	w.b.Shot("woonoverlast-08-controle-390")
	w.do("inspect", append(moment("At", "16-01-2027", "23.15"), field{"Rule", "1"}, field{"Result", "breach"}, field{"Words", "Vijf minuten muziek gehoord."})...)
	w.b.Resize(browser.Desktop)
	w.on("18-01-2027", "09.00")
	w.as(access.Lawyer)
	w.says("Van kracht", "Aanwijzing loopt", "Volgende stap: Verbeurde dwangsom vastleggen")
	w.do("forfeit")
	s := w.page("")
	w.fact(s, "Verbeurd", "€ 250")
	w.given(s, "Dwangsom 1 betalen", "2027-03-01, over 42 dagen")
	w.given(s, "Dwangsom 1 verjaart", "2028-01-16, over 363 dagen")
	w.open("hand-over")
	w.refused("Number", "Noem het nummer van een dossier dwangsom", field{"Number", "de dwangsom"})
	w.do("hand-over", field{"Number", "M-2027-0001"})
	w.given(w.page(""), "Dwangsom 1 betalen", "2027-03-01, klaar")
	w.on("24-02-2027", "09.00")
	w.as(access.Adviser)
	w.says("Van kracht", "Aanwijzing loopt", "Volgende stap: Evaluatie vastleggen")
	w.do("evaluate", field{"Words", "Nog onrustig."}, field{"Neighbours", "Wisselend."}, field{"Outcome", "goes-on"}, field{"Next", "01-06-2027"})
}

func (w *orderWalker) banned() {
	w.on("19-03-2027", "09.00")
	w.as(access.Lawyer)
	w.open("ban-draft")
	ban := []field{{"Facts", "Drie nachten feest."}, {"Why", "De dwangsom hielp niet."}, {"Shelter", "Bij zijn broer."}, {"Minors", "Het kind gaat naar zijn moeder."}, {"Heard", "Hij wil geen verbod."}}
	w.refused("Born", "Alleen een meerderjarige kan een verbod krijgen (Gemeentewet 151d lid 3; Wth 2 lid 2)", append(ban, field{"Born", "01-06-2012"})...)
	w.fill(field{"Born", "03-04-1984"})
	w.send()
	w.as(access.Mayor)
	w.says("Verbod ligt bij de burgemeester", "Aanwijzing loopt", "Volgende stap: Verbod opleggen")
	w.do("ban", append(moment("At", "19-03-2027", "09.00"), field{"Capacity", "deputy"}, field{"Needed", "ja"})...)
	w.on("19-03-2027", "17.00")
	w.as(access.Lawyer)
	w.do("announce", append(moment("At", "19-03-2027", "16.45"), field{"Proof", "Akte"})...)
	s := w.says("Van kracht", "Aanwijzing loopt", "Volgende stap: Wens voor een advocaat vastleggen")
	w.given(s, "Verbod eindigt", "2027-03-29T16:45:00+02:00, over 10 dagen")
	w.fact(s, "Verbod om in de woning te zijn", "van vrijdag 19 maart 2027, 16.45 uur tot maandag 29 maart 2027, 16.45 uur")
	w.do("counsel", append(moment("At", "19-03-2027", "16.50"), field{"Wanted", "ja"})...)
	w.do("assign", append(moment("At", "19-03-2027", "17.00"), field{"Name", "mr. A. Verzonnen"})...)
	w.on("26-03-2027", "10.00")
	w.as(access.Mayor)
	w.open("extend-ban")
	if w.value("Until") != "16-04-2027" || w.value("Until-tijd") != "16.45" {
		w.t.Errorf("the extension starts with %q %q, not with four weeks in all", w.value("Until"), w.value("Until-tijd"))
	}
	longer := []field{{"Capacity", "mayor"}, {"Fear", "ja"}, {"Heard", "Hij wil terug."}, {"Why", "Hij kondigt een feest aan."}}
	w.refused("Until", "hooguit vier weken, tot vrijdag 16 april 2027, 16.45 uur", append(moment("Until", "26-04-2027", "16.45"), longer...)...)
	w.fill(moment("Until", "16-04-2027", "16.45")...)
	w.b.Shot("woonoverlast-09-verbod-verlengen-1366")
	w.send()
	w.on("27-03-2027", "10.00")
	w.as(access.Lawyer)
	w.says("Van kracht", "Aanwijzing loopt", "Volgende stap: Bekendmaken van de verlenging vastleggen")
	w.do("serve", append(moment("At", "27-03-2027", "09.30"), field{"How", "handed"}, field{"Proof", "Akte"})...)
	w.fact(w.page(""), "Verbod om in de woning te zijn", "van vrijdag 19 maart 2027, 16.45 uur tot vrijdag 16 april 2027, 16.45 uur")
	w.b.Shot("woonoverlast-10-verbod-1366")
}

// seenByFew: the list shows a kind to who may see it, and a file to who has a part in it;
// what goes to the resident tells nobody who reported.
func (w *orderWalker) seenByFew() {
	paths := []string{w.base, w.base + "/brief/besluit.pdf", w.base + "/dossier.zip"}
	for role, want := range map[string]int{access.EnforcementCo: 404, access.TipCoordinator: 404, access.Lawyer: 200, access.Officer: 200, access.Mayor: 200} {
		p := w.h.SignIn(role)
		for _, path := range paths {
			if a := p.Get(path); a.Status != want {
				w.t.Errorf("%s at %s: %d, want %d", role, path, a.Status, want)
			}
		}
		if list := p.Get("/maatregelen"); strings.Contains(list.Body, w.base) != (want == 200) {
			w.t.Errorf("the list of %s does not agree with what they may open", role)
		}
	}
}

func (w *orderWalker) ended() {
	w.on("01-06-2027", "09.00")
	w.as(access.Adviser)
	w.says("Van kracht", "Aanwijzing loopt", "Volgende stap: Evaluatie vastleggen")
	w.do("evaluate", field{"Words", "Rustig."}, field{"Neighbours", "Tevreden."}, field{"Outcome", "stop"})
	w.on("01-07-2027", "09.00")
	w.as(access.Adviser)
	w.says("Afgelopen", "Dossier sluiten", "Volgende stap: Einde vastleggen")
	w.do("end", field{"Words", "Het is rustig gebleven."})
	w.open("close")
	w.refused("Outcome", "De aanwijzing is vanzelf afgelopen: kies die uitkomst", field{"Outcome", "withdrawn"}, field{"Words", "Klaar."})
	w.do("close", field{"Outcome", "ended"}, field{"Words", "Klaar."})
	s := w.page("")
	if s.Stage != "Gesloten" || s.Next != "Er is nu niets te doen" {
		w.t.Errorf("closed: %q, %q", s.Stage, s.Next)
	}
	w.b.Shot("woonoverlast-11-gesloten-1366")
	before := w.page("?op=31-12-2026")
	if before.Stage != "Van kracht" || strings.Contains(strings.Join(before.Story, ""), "Verbod") {
		w.t.Errorf("as it stood on the last day of 2026: %s, %q", before.Stage, before.Story)
	}
	w.b.Resize(browser.Phone)
	w.page("")
	w.narrow("the closed file")
	w.b.Shot("woonoverlast-12-gesloten-390")
}
