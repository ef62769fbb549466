package woonoverlast

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
)

func letterRoom(t testing.TB) *Room {
	t.Helper()
	m := &Room{Law: Law(policies(t)), Office: &dossier.Office[Woonoverlast]{}, Town: "Maassluis"}
	if err := m.Open(); err != nil {
		t.Fatal(err)
	}
	return m
}

func pdfText(t *testing.T, body []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(name, body, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// each letter of a measure, with a file in which it is final.
func letterFilesOf(t testing.TB) map[string]*file {
	return map[string]*file{"waarschuwing": warned(t), "voornemen": heard(t), "besluit": endedFile(t), "verbod": banExtended(t), "verlenging": banExtended(t), "einde": endedFile(t)}
}

// Each letter says what the law asks of it, with the facts of the file.
func TestLettersSayWhatTheLawAsks(t *testing.T) {
	m := letterRoom(t)
	files := letterFilesOf(t)
	for code, words := range map[string][]string{
		"waarschuwing": {"B. Overlast", "maandag 9 februari 2026", "Harde muziek tot half vier", "een omwonende", "een toezichthouder", "Na 22.00 uur geen muziek", "artikel 151d lid 1 Gemeentewet; APV art. 2:79", "Namens de burgemeester van Maassluis, Wie Tekent"},
		"voornemen":    {"dinsdag 24 februari 2026", "artikel 4:8 Awb", "buurtbemiddeling, door Buurtbemiddeling", "buiten uw woning en bij de buren geen muziek", "Een toezichthouder kijkt of de deur openstaat"},
		"besluit": {"maandag 2 maart 2026", "woensdag 2 september 2026", "betaalt u € 250, tot hooguit € 2.500", "artikel 151d lid 1 en 2 Gemeentewet", "5:32b Awb", "Bemiddeling en waarschuwing hielpen niet", "Het valt mee", "De meldingen zeggen anders",
			"Het kind heeft ook last", "bezwaar maken bij de burgemeester", "binnen zes weken", "op maandag 27 april 2026", "De burgemeester van Maassluis, Wie Tekent", "M-2026-0007", "151d lid 3"},
		"verbod":     {"vrijdag 20 maart 2026, 22.15 uur", "maandag 30 maart 2026, 22.15 uur", "artikel 151d lid 3 Gemeentewet", "Drie nachten feest", "Bij zijn broer", "advocaat", "24 uur", "vrijdag 17 april 2026, 22.15 uur", "in beroep", "binnen drie dagen"},
		"verlenging": {"vrijdag 17 april 2026, 22.15 uur", "artikel 9 lid 1", "artikel 9 lid 2", "Hij kondigt een feest aan", "ernstige vrees"},
		"einde":      {"dinsdag 1 december 2026", "Het is rustig"},
	} {
		body, media, err := m.Made(code+".pdf", files[code].r, "M-2026-0007", "Wie Tekent", day("2026-12-04"))
		if err != nil || media != "application/pdf" {
			t.Errorf("%s: %v", code, err)
			continue
		}
		said := strings.ReplaceAll(pdfText(t, body), "\u00a0", " ")
		for _, w := range words {
			if !strings.Contains(said, w) {
				t.Errorf("%s does not say %q:\n%s", code, w, said)
			}
		}
		for _, hole := range []string{"…", "[meldingen]", "[geprobeerd]", "[gedragsregels]", "{{", "Concept"} {
			if strings.Contains(said, hole) {
				t.Errorf("%s has a hole: %s", code, hole)
			}
		}
		if _, media, err := m.Made(code+".docx", files[code].r, "M-2026-0007", "Wie Tekent", day("2026-12-04")); err != nil || !strings.Contains(media, "wordprocessingml") {
			t.Errorf("%s.docx: %v", code, err)
		}
	}
}

// Who reported stands in no letter, also when the name was written down before its owner
// reported.
func TestNoLetterTellsWhoReported(t *testing.T) {
	m := letterRoom(t)
	for code, f := range letterFilesOf(t) {
		f.r.Incidents = append(f.r.Incidents, Incident{At: when("2026-01-24 04:00"), Nature: "noise", Words: "x", Source: "neighbour", Reporter: "Harde  muziek, Drie nachten"})
		for _, change := range []func(*Woonoverlast){func(*Woonoverlast) {}, func(r *Woonoverlast) { r.Draft = nil }} {
			r := f.r
			if change(&r); r.Draft == nil && (code == "besluit" || r.Published != nil) {
				continue
			}
			body, _, err := m.Made(code+".pdf", r, "M-1", "x", day("2026-12-04"))
			if err != nil {
				t.Fatalf("%s: %v", code, err)
			}
			said := strings.ToLower(pdfText(t, body))
			for _, name := range []string{"buurvrouw", "buurman", "kade 16", "kade 18", "harde muziek", "drie nachten", "toezichthouder 12"} {
				if strings.Contains(said, name) {
					t.Errorf("%s tells who reported (%s): %s", code, name, said)
				}
			}
		}
	}
}

// A letter is read by somebody who was not there: its sentences are whole, in one and in
// more, and a decision says what one can do against it (Awb 3:45).
func TestLettersAreGoodDutch(t *testing.T) {
	m := letterRoom(t)
	said := func(code string, r Woonoverlast) string {
		t.Helper()
		body, _, err := m.Made(code+".pdf", r, "M-2026-0007", "Wie Tekent", day("2026-12-04"))
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		return strings.ReplaceAll(pdfText(t, body), "\u00a0", " ")
	}
	one := decided(t).r
	d, v := *one.Draft, View{How: "none", Words: "Geen brief ontvangen.", Answer: "n.v.t."}
	d.Months, d.Weeks, d.ComplyDays = 1, 1, 1
	one.Draft, one.View = &d, &v
	for name, row := range map[string]struct {
		said  string
		words []string
		never []string
	}{
		"one of each":        {said("besluit", one), []string{"tot en met 1 maand daarna", "binnen 1 week daarna", "binnen 1 dag na de bekendmaking", "U hebt niet gereageerd op het voornemen."}, []string{"1 maanden", "1 weken", "1 dagen", "Geen brief ontvangen", "n.v.t."}},
		"rules":              {said("voornemen", heard(t).r), []string{"Regel 1", "Regel 2", "Zo controleert de gemeente dat. Een toezichthouder", "APV is de Algemene plaatselijke verordening."}, []string{"1. U", "gecontroleerd: Een"}},
		"a warning":          {said("waarschuwing", warned(t).r), []string{"u kunt er geen bezwaar tegen maken"}, nil},
		"the ban":            {said("verbod", banExtended(t).r), []string{"Wth is de Wet tijdelijk huisverbod."}, nil},
		"withdrawn":          {said("einde", withdrawnOwing(t).r), []string{"stopt op maandag 16 maart 2026", "bezwaar maken bij de burgemeester", "binnen zes weken"}, []string{"geldt tot en met", "Rechtbank Rotterdam (artikelen"}},
		"a ban is withdrawn": {said("einde", enforced(t).r), []string{"U mag weer naar huis", "in beroep gaan bij de Rechtbank"}, []string{"bezwaar maken bij"}},
		"ran to its end":     {said("einde", endedFile(t).r), []string{"geldt tot en met", "wordt niet verlengd"}, []string{"bezwaar maken", "in beroep"}},
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

// A decision that is printed again names the rules by which it was taken.
func TestADecisionKeepsItsRules(t *testing.T) {
	f := inForce(t)
	later := f.r.Policies[len(f.r.Policies)-1]
	later.Article, later.InForce = "APV art. 9:99", day("2026-06-01")
	f.r.Policies = append(slices.Clone(f.r.Policies), later)
	body, _, err := letterRoom(t).Made("besluit.pdf", f.r, "M-1", "Wie Tekent", day("2026-12-04"))
	if err != nil {
		t.Fatal(err)
	}
	if said := pdfText(t, body); !strings.Contains(said, "APV art. 2:79") || strings.Contains(said, "9:99") {
		t.Error(said)
	}
	body, _, err = letterRoom(t).Made("voornemen.pdf", heardBy(f.r), "M-1", "Wie Tekent", day("2026-12-04"))
	if err != nil {
		t.Fatal(err)
	}
	if said := pdfText(t, body); !strings.Contains(said, "9:99") {
		t.Error("before a decision the rules of today count: " + said)
	}
}

// heardBy is a file as it was before its decision.
func heardBy(r Woonoverlast) Woonoverlast {
	r.Decision, r.Draft, r.Published = nil, nil, nil
	return r
}

// Before the Bekendmaking a decision is a draft and counts its days in words; who lets, or
// is under bestuursdwang, reads another letter.
func TestADraftSaysThatItIsOne(t *testing.T) {
	m := letterRoom(t)
	body, _, err := m.Made("besluit.pdf", decided(t).r, "M-1", "Wie Tekent", day("2026-02-27"))
	if err != nil {
		t.Fatal(err)
	}
	if said := pdfText(t, body); !strings.Contains(said, "Concept") || !strings.Contains(said, "van de dag waarop dit besluit is bekendgemaakt tot en met 6 maanden daarna") {
		t.Errorf("%s", said)
	}
	body, _, err = m.Made("besluit.pdf", enforced(t).r, "M-1", "Wie Tekent", day("2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	if said := pdfText(t, body); !strings.Contains(said, "beëindigt de gemeente de overtreding zelf") || strings.Contains(said, "dwangsom van") || !strings.Contains(said, "uiterlijk op vrijdag 20 februari 2026") || !strings.Contains(said, "artikel 4:11 Awb") {
		t.Errorf("under bestuursdwang: %s", said)
	}
	body, _, err = m.Made("einde.pdf", enforced(t).r, "M-1", "Wie Tekent", day("2026-03-05"))
	if err != nil {
		t.Fatal(err)
	}
	if said := pdfText(t, body); !strings.Contains(said, "U mag weer naar huis") || !strings.Contains(said, "woensdag 4 maart 2026") {
		t.Errorf("a ban that was withdrawn: %s", said)
	}
	for _, name := range []string{"besluit.exe", "besluit", "verbod.pdf", "einde.pdf", "verlenging.pdf", "../besluit.pdf"} {
		if _, _, err := m.Made(name, decided(t).r, "M-1", "", day("2026-02-27")); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}

// The preview beside the form of an act reads as the letter will, also when nothing is
// typed yet.
func TestPreview(t *testing.T) {
	m := letterRoom(t)
	for act, row := range map[string]struct {
		f    *file
		on   string
		who  string
		want string
	}{
		"warn": {logged(t), "2026-01-26 10:00", "noor", "Harde muziek"}, "intend": {ruled(t), "2026-02-10 12:00", "lars", "geen muziek"}, "draft": {viewed(t), "2026-02-26 10:00", "lars", "Bemiddeling en waarschuwing"},
		"decide": {proposed(t), "2026-02-27 10:00", "burg", "Besluit: gedragsaanwijzing"}, "ban": {banWaiting(t), "2026-03-20 12:00", "burg", "Drie nachten feest"}, "ban-draft": {breached(t), "2026-03-20 09:00", "lars", "niet in of bij de woning"},
		"extend-ban": {banned(t), "2026-03-28 16:00", "burg", "ernstige vrees"}, "prolong": {evaluated(t), "2026-08-20 10:00", "burg", "gelden langer"}, "withdraw": {inForce(t), "2026-03-10 10:00", "burg", "trekt de gedragsaanwijzing in"}, "withdraw-ban": {banned(t), "2026-03-22 10:00", "burg", "U mag weer naar huis"},
	} {
		v, _ := m.Office.Kind.Verb("woonoverlast." + act)
		r := m.Office.Kind.Suppose(row.f.r, "woonoverlast."+act, v.New(), at(row.on, row.who))
		all := ""
		for _, x := range m.Preview(r, "woonoverlast."+act, "M-1", day("2026-03-01")) {
			all += x.Text + "\n"
		}
		if !strings.Contains(all, row.want) {
			t.Errorf("the preview of %s misses %q:\n%s", act, row.want, all)
		}
	}
}

// The form of every act starts with what the record says, in every state: also an act that
// has no place there has a page that says so.
func TestEveryFormOpensInEveryState(t *testing.T) {
	law := Law(policies(t))
	n := 0
	for _, f := range []*file{begin(t), reported(t), heard(t), decided(t), endedFile(t), banInCourt(t), refusedFile(t)} {
		for _, v := range law.Kind.Verbs {
			in := law.Propose(v.Name, dossier.Opened[Woonoverlast]{Head: dossier.Head{ID: "x"}, Record: f.r, At: at("2026-12-05 10:00", "noor")}, measures.Beside{})
			for name := range in {
				if !strings.HasSuffix(name, "-tijd") && !hasField(v.New(), name) {
					t.Errorf("%s starts with %s, which it does not ask", v.Name, name)
				}
				n++
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d fields were filled", n)
	}
}

func hasField(in any, name string) bool {
	return slices.ContainsFunc(ask.Fields(in), func(f ask.Field) bool { return f.Name == name })
}

// The whole file as one download holds the letters that exist and explains the ends.
func TestBundleHoldsTheFile(t *testing.T) {
	m, f := letterRoom(t), banExtended(t)
	items, err := m.Items(text.For(text.NL), dossier.Opened[Woonoverlast]{Head: dossier.Head{ID: "x", Kind: Name}, Record: f.r, At: at("2026-03-31 10:00", "lars")}, measures.Beside{Row: measures.Row{Number: "M-2026-0007"}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range items {
		names = append(names, i.Name)
	}
	if got := strings.Join(names, " "); got != "overzicht.pdf waarschuwing.pdf voornemen.pdf besluit.pdf verbod.pdf verlenging.pdf" {
		t.Errorf("the bundle holds %s", got)
	}
	if said := pdfText(t, items[0].Body); !strings.Contains(said, "17 april 2026, 22.15 uur") || !strings.Contains(said, "Gemeentewet 151d lid 3, Wth 9, 13") {
		t.Errorf("the overview does not explain its ends: %s", said)
	}
}
