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

// A huisverbod by its forms, from the call in the night of 28 November to the closed
// file: the night on a telephone, the days after at a desk. It is extended over
// Christmas, where no Algemene termijnenwet moves its end.
func TestHuisverbodIsWalkedByItsForms(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	w := &banWalker{&walker{t: t, h: h, b: browser.Start(t), base: "/maatregelen/huisverbod"}}
	w.b.Resize(browser.Phone)
	w.night()
	w.mayorDecides()
	w.announced()
	w.b.Resize(browser.Desktop)
	w.dayAfter()
	w.court()
	w.extended()
	w.seenByFew()
	w.ended()
	// A refused form is an answer of 422, which the browser notes.
	if c := slices.DeleteFunc(w.b.Complaints(), func(s string) bool { return strings.Contains(s, "status of 422") }); len(c) > 0 {
		t.Errorf("the browser complains: %v", c)
	}
}

// Signing in takes half a minute, so what is left of a term is a minute less than the
// clock of the scene says.
type banWalker struct{ *walker }

// moment is what is typed for a fact of which the hour counts.
func moment(name, day, clock string) []field {
	return []field{{name, day}, {name + "-tijd", clock}}
}

func (w *banWalker) thumbs(what string) {
	w.t.Helper()
	if wide := w.b.Overflow(); len(wide) > 0 {
		w.t.Errorf("%s scrolls sideways on a telephone: %v", what, wide)
	}
	small := browser.Eval[[]string](w.b, `[...document.querySelectorAll("main form[method=post] :is(input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select, button, .baken-choice)")]
		.filter(e => e.getBoundingClientRect().height < 44 && e.checkVisibility()).map(e => e.outerHTML.slice(0, 90))`)
	if len(small) > 0 {
		w.t.Errorf("%s: too small for a thumb: %v", what, small)
	}
}

func (w *banWalker) night() {
	w.on("28-11-2026", "01.30")
	w.as(access.Adviser)
	w.open("nieuw")
	if w.value("Incident") != "28-11-2026" || w.value("Lead") != accountOf(w.t, w.h, access.Adviser) {
		w.t.Errorf("the form starts with %q and %q", w.value("Incident"), w.value("Lead"))
	}
	report := slices.Concat(moment("Incident", "28-11-2026", "00.50"), []field{{"Place", "Lijnbaan 14"}, {"Banned", "R. Verzonnen"}, {"Facts", "Buren hoorden geschreeuw. De man sloeg zijn partner."}, {"Adults", "Anna de Wit, partner"},
		{"Children", "Sem, 7 jaar"}, {"Reporter", "Hulpofficier K. Meeuwsen"}})
	w.refused("Born", "Alleen een meerderjarige kan uit huis worden geplaatst (Wth 2 lid 2). Deze persoon is dat pas op zondag 29 november 2026", append(report, field{"Born", "29-11-2008"})...)
	w.thumbs("the report")
	w.b.Shot("huisverbod-01-melden-390")
	w.fill(field{"Born", "02-05-1988"}, field{"Abuse", "ja"})
	w.send()
	w.base = strings.TrimPrefix(w.b.Here(), w.h.URL)
	w.says("Melding", "Risicotaxatie", "Volgende stap: RiHG vastleggen")
	w.do("risk", append(moment("At", "28-11-2026", "01.25"), field{"Version", "RiHG 2013"}, field{"Person", "medium"}, field{"Incident", "high"}, field{"Circumstances", "medium"}, field{"Outcome", "high"},
		field{"Signs", "Slaan met de vuist\nKind was erbij"}, field{"FilledBy", "K. Meeuwsen"})...)
	w.says("Melding", "Advies en concept", "Volgende stap: Veilig Thuis raadplegen")
	w.do("advise", append(moment("At", "28-11-2026", "01.28"), field{"Advice", "impose"}, field{"By", "K. Meeuwsen"}, field{"Words", "Het gevaar is acuut."})...)
	w.open("draft")
	if w.value("Contacts") != "Anna de Wit\nSem" {
		w.t.Errorf("the draft starts with %q, not with the household", w.value("Contacts"))
	}
	draft := []field{{"Ground", "danger"}, {"Why", "Hij is boos en heeft gedronken; een gesprek is niet genoeg."}, {"Heard", "Hij zegt dat het meevalt."}, {"HelpOrg", "Hulpverlening Verzonnen"}}
	w.refused("Contacts", "Een buurvrouw staat niet bij de huisgenoten", append(slices.Clone(draft), field{"Contacts", "Een buurvrouw"})...)
	w.do("draft", draft...)
	// The child may have been hit: no decision before Veilig Thuis was asked.
	w.says("Ligt bij de burgemeester", "Beslissing", "Volgende stap: Veilig Thuis raadplegen")
}

func (w *banWalker) mayorDecides() {
	w.on("28-11-2026", "02.05")
	w.as(access.Mayor)
	w.page("")
	if blocked := browser.Eval[string](w.b, `document.querySelector("#niet-nu")?.textContent ?? ""`); !strings.Contains(blocked, "Raadpleeg eerst Veilig Thuis (Wth 2 lid 3)") {
		w.t.Errorf("the mayor does not read why not yet: %q", blocked)
	}
	w.as(access.Adviser)
	w.do("consult", append(moment("At", "28-11-2026", "02.04"), field{"With", "Meldlijn Veilig Thuis"}, field{"Words", "Het gezin is bekend; opleggen."})...)
	w.as(access.Mayor)
	w.b.Visit(w.h.URL + "/")
	if got := browser.Eval[[]string](w.b, `[...document.querySelectorAll("#tegel-maatregelen li a")].map(e => new URL(e.href).pathname)`); !slices.Contains(got, w.base) {
		w.t.Errorf("what waits for the mayor on the home page: %v", got)
	}
	w.b.Shot("huisverbod-02-vandaag-390")
	w.says("Ligt bij de burgemeester", "Beslissing", "Volgende stap: Huisverbod opleggen")
	read := browser.Eval[string](w.b, `document.querySelector("#beslissen").textContent`)
	for _, s := range []string{"geschreeuw", "Slaan met de vuist", "Het gevaar is acuut", "Meldlijn Veilig Thuis", "Hij zegt dat het meevalt", "Anna de Wit; Sem"} {
		if !strings.Contains(read, s) {
			w.t.Errorf("what the mayor decides on does not say %q", s)
		}
	}
	w.b.Shot("huisverbod-02-dossier-390")
	// Five minutes after the sign-in the telephone may have been left on a table.
	w.h.Wait(6 * time.Minute)
	w.open("impose")
	if !strings.Contains(w.b.Here(), "/bevestigen?naar=") {
		w.t.Fatalf("deciding does not ask the second factor again: %s", w.b.Here())
	}
	w.prove()
	if order := browser.Eval[bool](w.b, `document.querySelector("#beslissen").getBoundingClientRect().top < document.querySelector("main form[method=post]").getBoundingClientRect().top`); !order {
		w.t.Error("what the decision rests on does not stand before the form")
	}
	if preview := browser.Eval[string](w.b, `document.querySelector("#voorbeeld").textContent`); !strings.Contains(preview, "Besluit tot oplegging van een huisverbod") || !strings.Contains(preview, "Anna de Wit") {
		w.t.Errorf("the draft is not beside the form: %q", preview)
	}
	w.thumbs("the decision")
	w.b.Shot("huisverbod-03-beslissen-390")
	w.refused("Danger", "Zonder ernstig en onmiddellijk gevaar", field{"Capacity", "mayor"})
	w.do("impose", append(moment("At", "28-11-2026", "02.10"), field{"Capacity", "mayor"}, field{"Danger", "ja"})...)
	s := w.says("Opgelegd, nog niet aangezegd", "Aanzegging", "Er is nu niets te doen")
	w.fact(s, "Besloten", "zaterdag 28 november 2026, 02.10 uur, Willemijn Terpstra (burgemeester)")
	if len(s.Terms) != 0 {
		w.t.Errorf("before the announcement nothing runs: %v", s.Terms)
	}
}

func (w *banWalker) announced() {
	w.on("28-11-2026", "02.30")
	w.as(access.Adviser)
	w.open("announce")
	w.refused("At", "Dit kan niet voor zaterdag 28 november 2026, 02.10 uur liggen", append(moment("At", "28-11-2026", "02.09"), field{"How", "oral"}, field{"By", "K. Meeuwsen"})...)
	w.do("announce", append(moment("At", "28-11-2026", "02.25"), field{"How", "oral"}, field{"By", "K. Meeuwsen"}, field{"Keys", "Twee sleutels, bewijs 12"})...)
	s := w.says("Van kracht", "Verbod loopt", "Volgende stap: Uitreiken van het besluit vastleggen")
	w.given(s, "Huisverbod eindigt", "2026-12-08T02:25:00+01:00, over 10 dagen")
	w.given(s, "Doorgeven waar de persoon is", "2026-11-29T02:25:00+01:00, nog 23 uur en 54 minuten")
	w.given(s, "Schriftelijk besluit", "2026-11-28, al 5 minuten")
	w.fact(s, "Einde", "dinsdag 8 december 2026, 02.25 uur")
	w.thumbs("the file")
	w.b.Shot("huisverbod-04-van-kracht-390")
	w.do("notify", append(moment("At", "28-11-2026", "02.28"), field{"To", "household"}, field{"About", "ban"}, field{"Name", "Anna de Wit"}, field{"How", "oral"})...)
	w.on("28-11-2026", "03.10")
	w.as(access.Adviser)
	w.open("write")
	w.refused("Until", "Een huisverbod duurt tien dagen, tot dinsdag 8 december 2026, 02.25 uur", slices.Concat(moment("At", "28-11-2026", "03.00"), moment("Until", "11-12-2026", "02.25"), []field{{"How", "handed"}, {"Proof", "Akte van uitreiking"}})...)
	w.do("write", append(moment("At", "28-11-2026", "03.00"), field{"How", "handed"}, field{"Proof", "Akte van uitreiking"})...)
	s = w.says("Van kracht", "Verbod loopt", "Volgende stap: Mededeling vastleggen")
	if len(s.Documents) != 1 || !strings.Contains(s.Documents[0], "Besluit") {
		w.t.Errorf("the decision as it was handed over is not in the file: %q", s.Documents)
	}
}

func (w *banWalker) dayAfter() {
	w.on("28-11-2026", "09.00")
	w.as(access.Adviser)
	for _, to := range []string{"help", "veilig-thuis"} {
		w.do("notify", append(moment("At", "28-11-2026", "08.45"), field{"To", to}, field{"About", "ban"}, field{"Name", "dienst van de dag"}, field{"How", "electronic"})...)
	}
	w.says("Van kracht", "Verbod loopt", "Volgende stap: Bereikbaarheid vastleggen")
	w.do("counsel", append(moment("At", "28-11-2026", "08.50"), field{"Wanted", "ja"})...)
	s := w.says("Van kracht", "Verbod loopt", "Volgende stap: Advocaat vastleggen")
	w.given(s, "Advocaat toevoegen", "2026-11-29T08:50:00+01:00, nog 23 uur en 49 minuten")
	w.do("assign", append(moment("At", "28-11-2026", "08.58"), field{"Name", "mr. A. Verzonnen"})...)
	w.open("reach")
	w.refused("Where", "Dit is de woning die de persoon niet in mag", append(moment("At", "28-11-2026", "08.55"), field{"Where", "lijnbaan 14"})...)
	w.do("reach", append(moment("At", "28-11-2026", "08.55"), field{"Where", "Kade 3, Maassluis"}, field{"Phone", "06-00000000"})...)
	w.on("30-11-2026", "10.00")
	w.as(access.Adviser)
	w.open("help")
	if w.value("Member") != "R. Verzonnen" {
		w.t.Errorf("help starts with %q", w.value("Member"))
	}
	w.do("help", field{"Member", "Anna de Wit"}, field{"Started", "ja"}, field{"On", "30-11-2026"}, field{"Org", "Hulpverlening Verzonnen"}, field{"Stays", "Vlinderhof 77"})
	w.do("help", field{"Member", "Sem"}, field{"Started", "ja"}, field{"On", "30-11-2026"}, field{"Org", "Jeugdteam Verzonnen"})
	w.page("")
	if help := browser.Eval[string](w.b, `document.querySelector("#hulp").textContent.replace(/\s+/g, " ")`); !strings.Contains(help, "Nog nietR. Verzonnen (uithuisgeplaatst)") || !strings.Contains(help, "BegonnenAnna de Wit") {
		w.t.Errorf("the page does not tell who has help: %q", help)
	}
	if told := browser.Eval[int](w.b, `document.querySelectorAll("#ingelicht .utrecht-status-badge--success").length`); told != 3 {
		w.t.Errorf("%d were told, want 3", told)
	}
	w.b.Shot("huisverbod-05-dossier-1366")
}

func (w *banWalker) court() {
	w.on("01-12-2026", "10.00")
	w.as(access.Lawyer)
	w.open("relief")
	if said := browser.Eval[string](w.b, `document.querySelector("main").textContent`); !strings.Contains(said, "alleen naast een beroep (connexiteit, Awb 8:81)") {
		w.t.Errorf("relief without an appeal: %.200q", said)
	}
	w.do("appeal", field{"Court", "rechtbank"}, field{"Lodged", "01-12-2026"}, field{"By", "banned"})
	w.do("relief", field{"Received", "01-12-2026"})
	s := w.says("Van kracht", "Verbod loopt", "Volgende stap: Zitting vastleggen")
	w.given(s, "Zitting over voorziening 1", "2026-12-04, over 3 dagen")
	w.on("03-12-2026", "14.00")
	w.as(access.Lawyer)
	w.do("hearing", moment("At", "03-12-2026", "10.00")...)
	w.given(w.page(""), "Uitspraak op voorziening 1", "2026-12-04T10:00:00+01:00, nog 19 uur en 59 minuten")
	w.do("rule-relief", append(moment("At", "03-12-2026", "13.30"), field{"Outcome", "refused"}, field{"Grounds", "Het gevaar is voldoende onderbouwd."})...)
	for _, to := range []string{"household", "police"} {
		w.do("notify", append(moment("At", "03-12-2026", "13.45"), field{"To", to}, field{"About", "ruling"}, field{"Name", "gebeld"}, field{"How", "oral"})...)
	}
	w.given(w.page(""), "Uitspraak 1 doorgeven", "2026-12-03, klaar")
}

func (w *banWalker) extended() {
	w.on("05-12-2026", "10.00")
	w.as(access.Adviser)
	w.page("")
	countdown := `[...document.querySelectorAll("#aftellen tbody tr")].map(r => r.textContent.replace(/\s+/g, " ").trim())`
	if rows := browser.Eval[[]string](w.b, countdown); len(rows) != 4 || !strings.Contains(rows[0], "72 uur voor het einde") || !strings.Contains(rows[0], "voorbij") || !strings.Contains(rows[1], "zo 6 dec, 02.25 uurnog 16 uur en 24 minuten") {
		w.t.Errorf("the countdown says %q", rows)
	}
	w.open("prepare")
	w.b.Shot("huisverbod-06-verlenging-voorbereiden-1366")
	w.do("prepare", field{"HelpAdvice", "Nog niet veilig."}, field{"HelpBy", "Hulpverlening Verzonnen"}, field{"TalkBanned", "Hij wil terug."}, field{"TalkHousehold", "Zij is bang."}, field{"Accepted", "partly"},
		field{"Danger", "danger"}, field{"DangerWhy", "Hij drinkt nog."}, field{"Advice", "extend"})
	w.as(access.Mayor)
	w.says("Van kracht", "Verbod loopt", "Volgende stap: Huisverbod verlengen")
	w.open("extend")
	if w.value("Until") != "26-12-2026" || w.value("Until-tijd") != "02.25" {
		w.t.Errorf("the extension starts with %q %q, not with four weeks in all", w.value("Until"), w.value("Until-tijd"))
	}
	w.refused("Until", "Samen kan het verbod hooguit vier weken duren, tot zaterdag 26 december 2026, 02.25 uur", append(moment("Until", "05-01-2027", "02.25"), field{"Capacity", "deputy"}, field{"Why", "Het gevaar duurt voort."})...)
	w.b.Shot("huisverbod-07-verlengen-1366")
	w.do("extend", field{"Capacity", "deputy"}, field{"Why", "Het gevaar duurt voort."})
	w.on("07-12-2026", "09.00")
	w.as(access.Adviser)
	w.says("Van kracht", "Verbod loopt", "Volgende stap: Bekendmaken van de verlenging vastleggen")
	w.do("serve", append(moment("At", "07-12-2026", "08.30"), field{"How", "handed"}, field{"Proof", "Akte"})...)
	s := w.page("")
	w.fact(s, "Einde", "zaterdag 26 december 2026, 02.25 uur")
	w.given(s, "Uiterste einde na verlenging", "2026-12-26T02:25:00+01:00, over 19 dagen")
	if s.Stage != "Verlengd" {
		w.t.Errorf("after the extension was made known: %s", s.Stage)
	}
	w.do("involve", field{"Account", accountOf(w.t, w.h, access.Officer)}, field{"Why", "Let op in de wijk"})
	w.b.Resize(browser.Phone)
	w.as(access.Officer)
	w.on("12-12-2026", "20.00")
	w.as(access.Officer)
	w.do("breach", append(moment("At", "12-12-2026", "19.40"), field{"Words", "Hij stond voor de deur."}, field{"Reported", "PL1700-9"}, field{"Arrested", "ja"})...)
	w.fact(w.page(""), "Overtredingen", "1")
	w.b.Shot("huisverbod-08-verlengd-390")
	w.b.Resize(browser.Desktop)
}

// seenByFew: the list shows a kind to who may see it, and a file to who has a part in it;
// the letters tell no address that must stay secret.
func (w *banWalker) seenByFew() {
	w.as(access.Adviser)
	w.b.Visit(w.h.URL + "/maatregelen?soort=huisverbod")
	if got := browser.Eval[[]string](w.b, `[...document.querySelectorAll("#lijst tbody a")].map(e => new URL(e.href).pathname)`); !slices.Contains(got, w.base) || slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "/dwangsom/") }) {
		w.t.Errorf("the list of bans has %v", got)
	}
	w.b.Shot("huisverbod-09-lijst-1366")
	// What waits for the mayor has no term yet and stands on top all the same.
	if state := browser.Eval[string](w.b, `document.querySelector("#lijst tbody tr").textContent`); !strings.Contains(state, "Onverwijld") {
		w.t.Errorf("on top of the list stands %q", state)
	}
	paths := []string{w.base, w.base + "/extend", w.base + "/brief/besluit.pdf", w.base + "/dossier.zip"}
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

func (w *banWalker) ended() {
	w.on("26-12-2026", "02.20")
	w.as(access.Adviser)
	w.open("end")
	if said := browser.Eval[string](w.b, `document.querySelector("main").textContent`); !strings.Contains(said, "Het verbod loopt tot zaterdag 26 december 2026, 02.25 uur") {
		w.t.Errorf("before its end: %.200q", said)
	}
	w.h.Wait(5 * time.Minute)
	w.says("Afgelopen", "Dossier sluiten", "Volgende stap: Einde vastleggen")
	w.do("end", field{"Words", "De hulp gaat door."})
	w.on("11-01-2027", "09.00")
	w.as(access.Lawyer)
	w.open("close")
	if said := browser.Eval[string](w.b, `document.querySelector("main").textContent`); !strings.Contains(said, "Er loopt nog een beroep") {
		w.t.Errorf("with a pending appeal: %.200q", said)
	}
	w.do("judge", field{"Given", "08-01-2027"}, field{"Sent", "08-01-2027"}, field{"Outcome", "dismissed"}, field{"Stood", "facts"}, field{"Number", "ECLI:NL:RBROT:2027:1"}, field{"Grounds", "Het verbod was nodig."})
	w.open("close")
	w.refused("Outcome", "Het verbod is vanzelf afgelopen: kies die uitkomst", field{"Outcome", "withdrawn"}, field{"Words", "Klaar."})
	w.do("close", field{"Outcome", "ended"}, field{"Words", "Klaar."})
	s := w.page("")
	if s.Stage != "Gesloten" || s.Next != "Er is nu niets te doen" {
		w.t.Errorf("closed: %q, %q", s.Stage, s.Next)
	}
	w.given(s, "Besluit bewaren tot", "2031-11-28, over 1.782 dagen")
	w.b.Shot("huisverbod-10-gesloten-1366")
	before := w.page("?op=28-11-2026")
	if before.Stage != "Van kracht" || strings.Contains(strings.Join(before.Story, ""), "Beroep") {
		w.t.Errorf("as it stood on the first night: %s, %q", before.Stage, before.Story)
	}
}
