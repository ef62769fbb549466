package sluiting

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
)

func letterRoom(t testing.TB) *Room {
	t.Helper()
	m := &Room{Law: Law(policies(t)), Office: &dossier.Office[Sluiting]{}, Town: "Maassluis"}
	if err := m.Open(); err != nil {
		t.Fatal(err)
	}
	return m
}

// pdfText also keeps the letter where somebody wants to look at it as a page.
func pdfText(t *testing.T, code string, body []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "letter.pdf")
	if dir := os.Getenv("BAKEN_SHOTS"); dir != "" {
		name = filepath.Join(dir, "brief-sluiting-"+code+".pdf")
	}
	if err := os.WriteFile(name, body, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func opened(t testing.TB) *file {
	return urgentSealed(t).do("2026-05-01", "lars", "request", &Request{Received: day("2026-05-01"), From: "B.V. Vastgoed", Words: "Er komt een andere huurder."}).
		do("2026-05-10", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "granted", Open: day("2026-06-01"), Why: "De exploitant is weg.", Capacity: "mayor"})
}

// Each letter says what the law asks of it, with the facts of the file.
func TestLettersSayWhatTheLawAsks(t *testing.T) {
	m := letterRoom(t)
	for name, want := range map[string]struct {
		code  string
		f     *file
		words []string
	}{
		"voornemen": {"voornemen", intended(t), []string{"R. Verzonnen", "Wipstraat 14", "42,5 gram harddrugs", "20 februari 2026", "2 maart 2026", "artikel 13b lid 1 onder a Opiumwet", "19 maart 2026", "artikel 4:8 Awb", "cel W-H-1", "woning, harddrugs, meer dan 0,5 gram", "eerste keer: sluiting van 3 maanden"}},
		"besluit": {"besluit", sealed(t), []string{"voor 3 maanden", "7 dagen", "artikel 13b Opiumwet", "artikel 5:21 Awb", "De woning verlaten", "Hij wist er niet van", "De zakjes lagen in zijn eigen keuken", "Tussen 20 februari 2026 en dit besluit liggen 28 dagen", "De zoon kan naar zijn moeder",
			"artikel 5:25 Awb", "artikel 199", "binnen zes weken na de dag", "artikel 8:81", "artikel 4:13", "De burgemeester van Maassluis, Wie Tekent", "M-2026-0007", "sluiting-voorbeeld-2026"}},
		"spoedbesluit":      {"spoedbesluit", urgentSealed(t), []string{"Café De Kade", "artikel 5:31 Awb", "meteen", "De verkoop gaat door", "voor 6 maanden", "80 stuks harddrugs", "artikel 4:11 Awb", "vervangen door Wie Tekent (artikel 77 Gemeentewet)"}},
		"meteen gesloten":   {"spoedbesluit", atOnceOrdered(t), []string{"op 3 maart 2026, 22.00 uur meteen gesloten", "6 maanden"}},
		"openbare orde":     {"spoedbesluit", orderSealed(t), []string{"artikel 174a Gemeentewet", "Een explosie bij de voordeur", "4 weken", "De kosten daarvan zijn niet voor u"}},
		"waarschuwing":      {"waarschuwing", warnedFile(t), []string{"waarschuwt", "Geen hennep meer kweken", "12 hennepplanten", "5 jaar", "blijft nu open"}},
		"verlenging":        {"verlenging", extendedUnserved(t), []string{"2 weken", "31 maart 2026", "14 april 2026", "artikel 174a lid 3 Gemeentewet", "Er kwam een nieuwe bedreiging", "Hij wil terug", "Twee weken is te overzien"}},
		"kosten":            {"kosten", owing(t), []string{"€ 250", "Slot", "12 juni 2026", "artikel 5:25 lid 6 Awb", "artikel 5:31c Awb", "artikel 4:87 Awb", "23 maart 2026"}},
		"heropening":        {"heropening", opened(t), []string{"B.V. Vastgoed", "opent het pand op 1 juni 2026", "De exploitant is weg"}},
		"geen heropening":   {"heropening", requested(t).do("2026-04-24", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "refused", Why: "Er is niets veranderd.", Capacity: "mayor"}), []string{"opent het pand niet eerder", "7 juli 2026", "Er is niets veranderd"}},
		"verhuurder":        {"verhuurder", sealed(t), []string{"Woonstichting Verzonnen", "Wipstraat 14", "7 april 2026", "7 juli 2026", "artikel 5:24 lid 3 Awb", "7:231 lid 2"}},
		"verhuurder vooraf": {"verhuurder", ordered(t), []string{"heeft besloten om Wipstraat 14 te sluiten voor 3 maanden"}},
	} {
		body, media, err := m.Made(want.code+".pdf", want.f.r, "M-2026-0007", "Wie Tekent", day("2026-03-31"))
		if err != nil || media != "application/pdf" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		said := pdfText(t, strings.ReplaceAll(name, " ", "-"), body)
		for _, w := range want.words {
			if !strings.Contains(said, w) {
				t.Errorf("%s does not say %q:\n%s", name, w, said)
			}
		}
		for _, hole := range []string{"…", measuresMark, itemsMark, "{{", "Concept", "[sluiting"} {
			if strings.Contains(said, hole) {
				t.Errorf("%s has a hole: %s", name, hole)
			}
		}
		if _, media, err := m.Made(want.code+".docx", want.f.r, "M-2026-0007", "Wie Tekent", day("2026-03-31")); err != nil || !strings.Contains(media, "wordprocessingml") {
			t.Errorf("%s.docx: %v", name, err)
		}
	}
}

// A letter is read by somebody who was not there: its sentences are whole, in one and in
// more.
func TestLettersAreGoodDutch(t *testing.T) {
	m := letterRoom(t)
	said := func(name, code string, r Sluiting, today string) string {
		t.Helper()
		body, _, err := m.Made(code+".pdf", r, "M-2026-0007", "Wie Tekent", day(today))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return pdfText(t, "nederlands-"+strings.ReplaceAll(name, " ", "-"), body)
	}
	one := sealed(t).r
	d, report, v := *one.Draft, *one.Report, *one.View
	d.Days, d.Length, report.Found, v = 1, 1, one.Signed.On-1, View{How: "none", Words: "Geen brief ontvangen.", Answer: "n.v.t."}
	one.Draft, one.Report, one.View = &d, &report, &v
	same := one
	sameReport := report
	sameReport.Found, same.Report = one.Signed.On, &sameReport
	urgentOne := urgentSealed(t).r
	for name, row := range map[string]struct {
		said  string
		words []string
		never []string
	}{
		"one day":     {said("een", "besluit", one, "2026-03-31"), []string{"U hebt 1 dag om zelf", "en dit besluit ligt 1 dag.", "De termijn van 1 maand begint", "U hebt niet gereageerd op het voornemen."}, []string{"1 dagen", "De 1 maand", "Geen brief ontvangen", "n.v.t."}},
		"same day":    {said("zelfde dag", "besluit", same, "2026-03-31"), []string{"Dit besluit is van dezelfde dag."}, []string{"0 dagen"}},
		"not heard":   {said("spoed", "spoedbesluit", urgentOne, "2026-05-21"), []string{"De wet laat dat in dit geval toe (artikel 4:11 Awb). "}, []string{". (artikel"}},
		"a draft":     {said("concept voornemen", "voornemen", known(t).r, "2026-03-05"), []string{"Concept", "tot en met …"}, nil},
		"a warning":   {said("waarschuwing", "waarschuwing", warnedFile(t).r, "2026-03-31"), []string{"u kunt er geen bezwaar tegen maken"}, nil},
		"the statute": {said("wet", "besluit", one, "2026-03-31"), []string{"Awb is de Algemene wet bestuursrecht."}, nil},
	} {
		for _, w := range row.words {
			if !strings.Contains(row.said, w) {
				t.Errorf("%s: %q is not in %s", name, w, row.said)
			}
		}
		for _, w := range row.never {
			if strings.Contains(row.said, w) {
				t.Errorf("%s: %q is in %s", name, w, row.said)
			}
		}
	}
}

// The landlord is told what is needed and no more: neither what was found, nor of whom,
// nor what the balance weighed.
func TestTheLandlordIsToldNoMoreThanIsNeeded(t *testing.T) {
	body, _, err := letterRoom(t).Made("verhuurder.pdf", sealed(t).r, "M-1", "x", day("2026-04-08"))
	if err != nil {
		t.Fatal(err)
	}
	said := pdfText(t, "verhuurder-geheim", body)
	for _, secret := range []string{"R. Verzonnen", "cocaïne", "gram", "Sem", "zoon", "moeder", "broer", "Niets gebleken"} {
		if strings.Contains(said, secret) {
			t.Errorf("the landlord reads %q", secret)
		}
	}
}

// Before it is signed a decision is a draft and says so; a letter that is not due is not
// made.
func TestADraftSaysThatItIsOne(t *testing.T) {
	m := letterRoom(t)
	body, _, err := m.Made("besluit.pdf", checked(t).r, "M-1", "Wie Tekent", day("2026-03-19"))
	if err != nil {
		t.Fatal(err)
	}
	if said := pdfText(t, "concept", body); !strings.Contains(said, "Concept") || strings.Contains(said, "Wie Tekent") {
		t.Errorf("%s", said)
	}
	if _, _, err := m.Made("voornemen.pdf", warnedFile(t).r, "M-1", "", day("2026-03-20")); err == nil {
		t.Error("an intention to close was made of a file in which only a warning was given")
	}
	for _, name := range []string{"besluit.exe", "besluit", "spoedbesluit.pdf", "waarschuwing.pdf", "verlenging.pdf", "kosten.pdf", "heropening.pdf", "verhuurder.pdf", "../besluit.pdf"} {
		if _, _, err := m.Made(name, checked(t).r, "M-1", "", day("2026-03-20")); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}

// The preview beside the form of a draft is the letter that this draft becomes.
func TestPreviewIsTheLetterOfTheDraft(t *testing.T) {
	m := letterRoom(t)
	for want, row := range map[string]struct {
		f  *file
		in *Draft
	}{
		"Besluit tot sluiting":      {weighed(t), &aDraft},
		"Besluit tot spoedsluiting": {bar(t), &barDraft},
		"Waarschuwing":              {soft(t), &Draft{Cell: "W-S-1", Outcome: "warning", Summary: "x", Measures: []string{"Stoppen"}}},
	} {
		r := m.Office.Kind.Suppose(row.f.r, "sluiting.draft", row.in, at("2026-03-18", "lars"))
		got := m.Preview(r, "sluiting.draft", "M-1", day("2026-03-18"))
		if len(got) == 0 || got[0].Text != want {
			t.Errorf("want %q, got %+v", want, got)
		}
	}
}

// The whole file as one download holds the letters that exist and explains the ends.
func TestBundleHoldsTheFile(t *testing.T) {
	m, f := letterRoom(t), owing(t)
	items, err := m.Items(text.For(text.NL), dossier.Opened[Sluiting]{Head: dossier.Head{ID: "x", Kind: Name}, Record: f.r, At: at("2026-05-02", "lars")}, measures.Beside{Row: measures.Row{Number: "M-2026-0007"}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range items {
		names = append(names, i.Name)
	}
	if got := strings.Join(names, " "); got != "overzicht.pdf voornemen.pdf besluit.pdf verhuurder.pdf kosten.pdf" {
		t.Errorf("the bundle holds %s", got)
	}
	if said := pdfText(t, "overzicht", items[0].Body); !strings.Contains(said, "dinsdag 7 juli 2026") || !strings.Contains(said, "Opiumwet 13b lid 1") {
		t.Errorf("the overview does not explain its ends: %s", said)
	}
}
