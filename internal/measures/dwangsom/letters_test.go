package dwangsom

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"baken/internal/kernel/documents"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/text"
)

func letterRoom(t *testing.T) *Room {
	t.Helper()
	m, err := (&Room{Policies: policies(t), Town: "Maassluis"}).Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// recovered is a file with every letter in it: view, sums, recovery, reminder.
func recovered(t *testing.T) *file {
	return inForce(t, "afval-erf", wasteDraft).
		do("2026-03-31", "jet", "inspect", &Inspection{At: when("2026-03-31T10:00:00+02:00"), Result: "breach", Words: "Het afval ligt er nog"}).
		do("2026-03-31", "lars", "forfeit", &Forfeit{Inspection: 1}).
		do("2026-04-02", "lars", "intend-recovery", &IntendRecovery{Sent: day("2026-04-02"), ViewDays: 14}).
		do("2026-04-20", "lars", "view-recovery", &View{Received: day("2026-04-20"), How: "written", Words: "Hij heeft geen geld", Answer: "Dat is niet onderbouwd"}).
		do("2026-04-22", "lars", "recover", &Decision{On: day("2026-04-22"), Amount: 75000, Special: "Die zijn er niet.", Proof: "x"}).
		do("2026-05-20", "lars", "remind", &Reminder{Sent: day("2026-05-20"), Fee: 1900, Warned: true})
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

// Each letter says what the law asks of it, with the facts of the file.
func TestLettersSayWhatTheLawAsks(t *testing.T) {
	m, f := letterRoom(t), recovered(t)
	for code, wants := range map[string][]string{
		"voornemen":   {"artikel 4:8 Awb", "artikel 4:9", "22 januari 2026", "Luide muziek tot 03.00 uur", "Het artikel verbiedt dit", "M-2026-0007"},
		"besluit":     {"U moet het afval weghalen", "€ 250 per week, maximaal € 2.500", "28 dagen", "Al het afval van het erf weghalen", "binnen zes weken na de dag waarop dit besluit is verzonden", "artikelen 6:7 en 6:8", "Hij ontkent", "De metingen zijn duidelijk", "Twee waarschuwingen", "artikel 5:34", "Wie Tekent", "Mandaatbesluit (voorbeeld) nr. 12"},
		"invordering": {"€ 750", "16 maart 2026", "30 maart 2026", "artikel 5:37", "artikel 5:39", "Hij heeft geen geld", "Dat is niet onderbouwd", "Het afval ligt er nog", "binnen zes weken"},
		"aanmaning":   {"binnen twee weken", "€ 750", "op uw kosten", "artikel 4:112 lid 3", "22 april 2026", "€ 19"},
	} {
		body, media, err := m.made(code+".pdf", f.r, "M-2026-0007", "Wie Tekent", day("2026-05-21"))
		if err != nil || media != "application/pdf" {
			t.Errorf("%s: %v", code, err)
			continue
		}
		said := pdfText(t, body)
		for _, w := range wants {
			if !strings.Contains(said, w) {
				t.Errorf("%s does not say %q:\n%s", code, w, said)
			}
		}
		for _, hole := range []string{"…", "[maatregelen]", "[sommen]", "{{"} {
			if strings.Contains(said, hole) {
				t.Errorf("%s has a hole: %s", code, hole)
			}
		}
		if strings.Contains(said, "Concept") {
			t.Errorf("%s calls itself a draft", code)
		}
		if _, media, err := m.made(code+".docx", f.r, "M-2026-0007", "Wie Tekent", day("2026-05-21")); err != nil || !strings.Contains(media, "wordprocessingml") {
			t.Errorf("%s.docx: %v", code, err)
		}
	}
}

// A letter is read by somebody who was not there: its sentences are whole, in one and in
// more, and say who decided.
func TestLettersAreGoodDutch(t *testing.T) {
	m := letterRoom(t)
	said := func(code string, r Dwangsom) string {
		t.Helper()
		body, _, err := m.made(code+".pdf", r, "M-2026-0007", "Wie Tekent", day("2026-05-21"))
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		return pdfText(t, body)
	}
	one, more := inForce(t, "geluid-woning", soundDraft).r, inForce(t, "afval-erf", wasteDraft).r
	one.Earlier, more.Earlier = 1, 2
	college := said("besluit", more)
	mayor := said("besluit", one)
	single := more
	d := *more.Draft
	d.Days, single.Draft = 1, &d
	silent := recovered(t).r
	silent.Decisions = slices.Clone(silent.Decisions)
	silent.Decisions[0].View = &View{How: "none", Words: "Geen reactie ontvangen", Answer: "n.v.t."}
	for name, row := range map[string]struct {
		said  string
		words []string
		never []string
	}{
		"one order before":   {mayor, []string{"is 1 eerdere last opgelegd", "De burgemeester van Maassluis, Wie Tekent.", "naar de burgemeester van Maassluis"}, []string{"1 eerdere lasten", "namens deze", "naar De "}},
		"two orders before":  {college, []string{"zijn 2 eerdere lasten opgelegd", "Het college van burgemeester en wethouders van Maassluis, namens deze: Wie Tekent (Mandaatbesluit (voorbeeld) nr. 12)", "naar het college"}, []string{"naar Het "}},
		"abbreviations":      {college, []string{"APV is de Algemene plaatselijke verordening.", "Awb is de Algemene wet bestuursrecht."}, nil},
		"one day":            {said("besluit", single), []string{"1 dag de tijd"}, []string{"1 dagen"}},
		"who did not answer": {said("invordering", silent), []string{"U hebt niet gereageerd op het voornemen."}, []string{"Geen reactie ontvangen", "n.v.t."}},
		"the reminder":       {said("aanmaning", silent), []string{"besloot het college van burgemeester en wethouders van Maassluis tot", "Awb is de Algemene wet bestuursrecht. Het college van burgemeester en wethouders van Maassluis"}, []string{"besloot Het"}},
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

// Before it is signed a decision is a draft and says so; before it is written there
// is none.
func TestADraftSaysThatItIsOne(t *testing.T) {
	m := letterRoom(t)
	f := begin(t).do("2026-01-06", "jet", "report", aReport).do("2026-01-07", "lars", "basis", &Basis{Breach: "geluid-woning", Rule: "x"}).
		do("2026-01-07", "lars", "skip", &Skip{Ground: "urgent", Why: "Er was gevaar"}).do("2026-01-08", "lars", "weigh", aWeighing)
	if _, _, err := m.made("besluit.pdf", f.r, "M-1", "", day("2026-01-08")); err == nil {
		t.Error("a decision that nobody wrote was made")
	}
	f.do("2026-01-09", "lars", "draft", soundDraft)
	body, _, err := m.made("besluit.pdf", f.r, "M-1", "", day("2026-01-09"))
	if err != nil {
		t.Fatal(err)
	}
	said := pdfText(t, body)
	if !strings.Contains(said, "Concept") || !strings.Contains(said, "Er was gevaar") || strings.Contains(said, "Uw zienswijze") {
		t.Errorf("%s", said)
	}
	for _, name := range []string{"besluit.exe", "besluit", "voornemen.pdf", "../besluit.pdf", "invordering.pdf"} {
		if _, _, err := m.made(name, f.r, "M-1", "", day("2026-01-09")); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}

// The preview beside the form reads as the letter will, with what is typed so far.
func TestPreview(t *testing.T) {
	m := letterRoom(t)
	f := inForce(t, "afval-erf", wasteDraft)
	before := m.Office.Kind.Suppose(f.r, "dwangsom.draft", &Draft{Summary: "Half getypt", Measures: []string{"Ruim op"}, Per: PerUnit, Unit: "week", Amount: 100}, at("2026-02-02", "lars"))
	all := ""
	for _, x := range m.preview(before, "dwangsom.draft", "M-1", day("2026-02-02")) {
		all += x.Text + "\n"
	}
	for _, want := range []string{"Half getypt", "• Ruim op", "…", "Twee waarschuwingen"} {
		if !strings.Contains(all, want) {
			t.Errorf("the preview misses %q:\n%s", want, all)
		}
	}
	if len(m.preview(f.r, "dwangsom.pay", "M-1", day("2026-02-02"))) > 0 {
		t.Error("a payment has no letter")
	}
}

// The whole file as one download: numbered, with an index, hashes and the letters.
func TestBundleHoldsTheFile(t *testing.T) {
	m, f := letterRoom(t), recovered(t)
	file := dossier.Opened[Dwangsom]{Head: dossier.Head{ID: "x", Kind: Name}, Record: f.r, At: at("2026-05-21", "lars")}
	items, err := m.items(text.For(text.NL), file, beside{row: measures.Row{Number: "M-2026-0007"}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range items {
		names = append(names, i.Name)
	}
	if got := strings.Join(names, " "); got != "overzicht.pdf voornemen.pdf besluit.pdf invordering.pdf aanmaning.pdf" {
		t.Errorf("the bundle holds %s", got)
	}
	if said := pdfText(t, items[0].Body); !strings.Contains(said, "Som 1: verjaring") || !strings.Contains(said, "Awb 5:35 lid 1") {
		t.Errorf("the overview does not explain its dates: %s", said)
	}
	var b bytes.Buffer
	if err := documents.Bundle(&b, "Dossier", day("2026-05-21").Midnight(), items, text.For(text.NL)); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(z.File) != len(items)+2 {
		t.Errorf("%d files in the bundle, %v", len(z.File), err)
	}
}

func BenchmarkDecisionLetter(b *testing.B) {
	m, err := (&Room{Policies: policies(b), Town: "Maassluis"}).Open()
	if err != nil {
		b.Fatal(err)
	}
	f := inForce(&testing.T{}, "afval-erf", wasteDraft)
	for b.Loop() {
		if _, _, err := m.made("besluit.pdf", f.r, "M-2026-0007", "Wie Tekent", day("2026-02-10")); err != nil {
			b.Fatal(err)
		}
	}
}
