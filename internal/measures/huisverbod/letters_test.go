package huisverbod

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
	m := &Room{Law: Law(), Office: &dossier.Office[Huisverbod]{}, Town: "Maassluis"}
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

const safe = "Vlinderhof 77"

// hidden is a ban in which somebody left for an address that must stay secret.
func hidden(t testing.TB) *file {
	return extended(t).do("2026-03-30 10:00", "noor", "help", &Help{Member: "Anna de Wit", Started: true, On: day("2026-03-30"), Org: "Opvang", Stays: safe})
}

// Each letter says what the law asks of it, with the facts of the file (Wth 2 lid 4).
func TestLettersSayWhatTheLawAsks(t *testing.T) {
	m, f := letterRoom(t), hidden(t)
	off := settled(t).do("2026-03-26 12:00", "burg", "withdraw", withdrawal(nil))
	for code, want := range map[string]struct {
		f     *file
		words []string
	}{
		"besluit": {f, []string{"R. Verzonnen", "Lijnbaan 14", "vrijdag 20 maart 2026, 22.15 uur", "maandag 30 maart 2026, 22.15 uur", "Anna de Wit", "Sem", "Lotte", "De man sloeg zijn partner, de kinderen zagen het",
			"artikel 11 Wth", "binnen 24 uur", "advocaat", "binnen zes weken na de dag", "Bezwaar maken bij de gemeente kan niet", "RiHG 2013", "hoog", "Slaan met de vuist", "Hij zegt dat het meeviel", "De burgemeester van Maassluis, Wie Tekent", "M-2026-0007", "Kade 3"}},
		"verlenging":   {f, []string{"vrijdag 17 april 2026, 22.15 uur", "maandag 30 maart 2026, 22.15 uur", "artikel 9 lid 1", "artikel 9 lid 2", "Het gevaar duurt voort", "Anna de Wit"}},
		"intrekking":   {off, []string{"donderdag 26 maart 2026, 12.00 uur", "artikel 2 lid 9", "Stichting Hulp", "Hij werkt mee"}},
		"huisgenoten":  {f, []string{"De bewoners van", "Lijnbaan 14", "112", "Stichting Hulp", "Veilig Thuis", "heeft het verbod verlengd", "vrijdag 17 april 2026, 22.15 uur"}},
		"veilig-thuis": {f, []string{"artikel 2 lid 8", "Sem", "RiHG 2013", "Lijnbaan 14"}},
	} {
		body, media, err := m.Made(code+".pdf", want.f.r, "M-2026-0007", "Wie Tekent", day("2026-03-31"))
		if err != nil || media != "application/pdf" {
			t.Errorf("%s: %v", code, err)
			continue
		}
		said := pdfText(t, body)
		for _, w := range want.words {
			if !strings.Contains(said, w) {
				t.Errorf("%s does not say %q:\n%s", code, w, said)
			}
		}
		for _, hole := range []string{"…", peopleMark, "{{", "Concept"} {
			if strings.Contains(said, hole) {
				t.Errorf("%s has a hole: %s", code, hole)
			}
		}
		if _, media, err := m.Made(code+".docx", want.f.r, "M-2026-0007", "Wie Tekent", day("2026-03-31")); err != nil || !strings.Contains(media, "wordprocessingml") {
			t.Errorf("%s.docx: %v", code, err)
		}
	}
}

// A letter is read by somebody who was not there: its sentences are whole, and speak of
// nobody who is not in the house.
func TestLettersAreGoodDutch(t *testing.T) {
	m := letterRoom(t)
	said := func(code string, r Huisverbod) string {
		t.Helper()
		body, _, err := m.Made(code+".pdf", r, "M-2026-0007", "Wie Tekent", day("2026-03-31"))
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		return pdfText(t, body)
	}
	family := hidden(t).r
	alone := family
	report, risk := *alone.Report, *alone.Risk
	report.Children, alone.Report = nil, &report
	risk.Signs, alone.Risk = []string{"Slaan", "Dreigen met een mes."}, &risk
	if s := said("huisgenoten", family); !strings.Contains(s, "voor uzelf en voor uw kinderen.") || !strings.Contains(s, "De bewoners van Lijnbaan 14 Maassluis") {
		t.Error(s)
	}
	if s := said("huisgenoten", alone); !strings.Contains(s, "voor uzelf.") || strings.Contains(s, "kinderen") {
		t.Error(s)
	}
	if s := said("besluit", alone); !strings.Contains(s, "Dit zijn de signalen. Slaan. Dreigen met een mes. ") || !strings.Contains(s, "Awb is de Algemene wet bestuursrecht.") {
		t.Error(s)
	}
}

// A decision with a sooner end does not call itself ten days.
func TestASoonerEndIsNotCalledTenDays(t *testing.T) {
	m := letterRoom(t)
	for until, ten := range map[string]bool{"": true, "2026-03-29 22:15": false} {
		in := &Written{At: when("2026-03-20 23:20"), How: "handed", Proof: "x"}
		if until != "" {
			in.Until = when(until)
		}
		body, _, err := m.Made("besluit.pdf", inForce(t).do("2026-03-20 23:30", "noor", "write", in).r, "M-1", "x", day("2026-03-21"))
		if err != nil {
			t.Fatal(err)
		}
		if said := pdfText(t, body); strings.Contains(said, "Dat is tien dagen") != ten {
			t.Errorf("until %q it says: %s", until, said)
		}
	}
}

// Where somebody of the household is now stands in no letter at all, and where the banned
// person is in none but their own.
func TestNoLetterTellsWhereAnotherIs(t *testing.T) {
	m, f := letterRoom(t), hidden(t)
	if f.r.Help[len(f.r.Help)-1].Stays != safe {
		t.Fatal("the file does not hold the address that must stay secret")
	}
	off := f.do("2026-03-31 12:00", "burg", "withdraw", withdrawal(nil))
	for _, k := range letterKinds {
		body, _, err := m.Made(k.Code+".pdf", off.r, "M-1", "x", day("2026-03-31"))
		if err != nil {
			t.Fatalf("%s: %v", k.Code, err)
		}
		said := pdfText(t, body)
		if strings.Contains(said, safe) || strings.Contains(said, "Opvang") {
			t.Errorf("%s tells where the partner went: %s", k.Code, said)
		}
		own := k.Code == "besluit" || k.Code == "verlenging" || k.Code == "intrekking"
		if !own && strings.Contains(said, "Kade 3") {
			t.Errorf("%s tells where the banned person is", k.Code)
		}
		if to := strings.Join(k.To(off.r), " "); own && strings.Contains(to, "Lijnbaan") {
			t.Errorf("%s is sent to the home that the person may not enter: %s", k.Code, to)
		}
	}
}

// Before the announcement a decision is a draft, says so, and says when it will begin;
// under mandate it is signed in the mayor's name.
func TestADraftSaysThatItIsOne(t *testing.T) {
	m := letterRoom(t)
	body, _, err := m.Made("besluit.pdf", decided(t).r, "M-1", "Wie Tekent", day("2026-03-20"))
	if err != nil {
		t.Fatal(err)
	}
	if said := pdfText(t, body); !strings.Contains(said, "Concept") || !strings.Contains(said, "van het moment van de aanzegging tot tien dagen daarna") {
		t.Errorf("%s", said)
	}
	body, _, err = m.Made("besluit.pdf", mandated(t).r, "M-1", "", day("2026-03-21"))
	if err != nil {
		t.Fatal(err)
	}
	said := pdfText(t, body)
	for _, w := range []string{"namens deze: K. Meeuwsen, hulpofficier van justitie (Mandaatbesluit 2025 nr. 3)", "ernstig vermoeden", "gemeentesecretaris", "Het systeem van de politie lag plat", "Uit te reiken in persoon"} {
		if !strings.Contains(said, w) {
			t.Errorf("under mandate it does not say %q:\n%s", w, said)
		}
	}
	for _, name := range []string{"besluit.exe", "besluit", "verlenging.pdf", "intrekking.pdf", "veilig-thuis.pdf", "../besluit.pdf"} {
		if _, _, err := m.Made(name, decided(t).r, "M-1", "", day("2026-03-20")); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}

// The preview beside the form of the decision reads as the letter will.
func TestPreview(t *testing.T) {
	m, all := letterRoom(t), ""
	r := m.Office.Kind.Suppose(proposed(t).r, "huisverbod.impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "mayor"}, at("2026-03-20 22:05", "burg"))
	for _, x := range m.Preview(r, "huisverbod.impose", "M-1", day("2026-03-20")) {
		all += x.Text + "\n"
	}
	for _, want := range []string{"Besluit tot oplegging van een huisverbod", "• Anna de Wit", "Een gesprek is niet genoeg"} {
		if !strings.Contains(all, want) {
			t.Errorf("the preview misses %q:\n%s", want, all)
		}
	}
}

// The whole file as one download holds the letters that exist and explains the ends.
func TestBundleHoldsTheFile(t *testing.T) {
	m, f := letterRoom(t), extended(t)
	items, err := m.Items(text.For(text.NL), dossier.Opened[Huisverbod]{Head: dossier.Head{ID: "x", Kind: Name}, Record: f.r, At: at("2026-03-31 10:00", "lars")}, measures.Beside{Row: measures.Row{Number: "M-2026-0007"}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range items {
		names = append(names, i.Name)
	}
	if got := strings.Join(names, " "); got != "overzicht.pdf besluit.pdf huisgenoten.pdf veilig-thuis.pdf verlenging.pdf" {
		t.Errorf("the bundle holds %s", got)
	}
	if said := pdfText(t, items[0].Body); !strings.Contains(said, "30 maart 2026, 22.15 uur") || !strings.Contains(said, "Wth 2 lid 1, 13") {
		t.Errorf("the overview does not explain its ends: %s", said)
	}
}
