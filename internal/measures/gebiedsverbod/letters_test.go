package gebiedsverbod

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
	m := &Room{Law: Law(policies(t), town()), Office: &dossier.Office[Gebiedsverbod]{}, Town: "Maassluis"}
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

// letterFilesOf gives each letter with a file in which it is final.
func letterFilesOf(t testing.TB) map[string]*file {
	return map[string]*file{"voornemen": heard(t), "besluit": inForce(t), "wijziging": changed(t), "ontheffing": changed(t), "verlenging": extended(t), "einde": withdrawn(t)}
}

// said is a letter as its reader has it.
func said(t *testing.T, m *Room, code string, f *file) string {
	t.Helper()
	body, media, err := m.Made(code+".pdf", f.r, "M-2026-0007", "Wie Tekent", day("2026-05-01"))
	if err != nil || media != "application/pdf" {
		t.Fatalf("%s: %v", code, err)
	}
	out := strings.ReplaceAll(pdfText(t, body), "\u00a0", " ")
	for _, hole := range []string{"…", "[straten]", "[ordeverstoringen]", "[nieuwe straten]", "[plaatsen]", "[meldtijden]", "[momenten]", "{{"} {
		if strings.Contains(out, hole) {
			t.Errorf("%s has a hole: %s", code, out)
		}
	}
	return out
}

// Each letter says what the law asks of it, with the facts of the file.
func TestLettersSayWhatTheLawAsks(t *testing.T) {
	m := letterRoom(t)
	files := letterFilesOf(t)
	for code, words := range map[string][]string{
		"voornemen": {"B. Ordeverstoorder", "dinsdag 27 januari 2026", "artikel 4:8 Awb", "artikel 172a lid 1 Gemeentewet", "Lange Kade, even nummers", "PL1700-1", "elke dag, van 18.00 tot 06.00 uur", "Namens de burgemeester van Maassluis, Wie Tekent"},
		"besluit": {"donderdag 29 januari 2026, 14.30 uur", "woensdag 29 april 2026, 14.30 uur", "strafbaar (artikel 184a Wetboek van Strafrecht)", "U mag niet komen in het gebied De kade", "meer dan drie anderen", "Lange Kade, even nummers", "Woont aan de Kade 14", "Een groep gooide met flessen",
			"De officier van justitie is op dinsdag 20 januari 2026 gevraagd", "Ik was er niet", "Op de beelden is hij te zien", "Alleen waar het gebeurde", "binnen zes weken", "bezwaar maken bij de burgemeester", "hooguit drie keer verlengen", "De burgemeester van Maassluis, Wie Tekent", "M-2026-0007"},
		"wijziging":  {"artikel 172a lid 7", "Verweg", "vrijdag en zaterdag, van 20.00 tot 06.00 uur", "De groep is verplaatst", "bezwaar"},
		"ontheffing": {"artikel 172a lid 8", "donderdag 5 februari 2026, 19.00 uur", "22.00 uur", "Rouwdienst aan de Kade"},
		"verlenging": {"woensdag 29 juli 2026, 14.30 uur", "artikel 172a lid 6", "hooguit drie maanden", "ernstige vrees", "Hij is gebeld", "bezwaar"},
		"einde":      {"zondag 1 maart 2026", "artikel 172a lid 9", "Het is rustig", "bezwaar maken", "vervangen door"},
	} {
		got := said(t, m, code, files[code])
		for _, w := range words {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q:\n%s", code, w, got)
			}
		}
		if strings.Contains(got, "Concept") {
			t.Errorf("%s is a draft", code)
		}
		if _, media, err := m.Made(code+".docx", files[code].r, "M-2026-0007", "Wie Tekent", day("2026-05-01")); err != nil || !strings.Contains(media, "wordprocessingml") {
			t.Errorf("%s.docx: %v", code, err)
		}
	}
}

// Each basis has its own order: to a parent, on set moments, with a duty to report, by the
// APV, or as a light command.
func TestTheOrderOfEachBasis(t *testing.T) {
	m := letterRoom(t)
	for name, row := range map[string]struct {
		f    *file
		says []string
		not  []string
	}{
		"a parent":    {kidOrdered(t), []string{"Aan P. Kind", "over K. Kind", "alleen komen als u", "tussen 20.00 en 06.00 uur binnen", "artikel 172b Gemeentewet", "School en sport"}, []string{"172a lid 6", "officier van justitie", "U mag niet komen"}},
		"set moments": {matchDays(t), []string{"zondag 1 februari 2026, van 12.00 tot 20.00 uur", "zondag 8 februari 2026", "Stadionverbod", "3 vaste momenten", "niet vooraf gehoord (artikel 4:11 Awb)"}, []string{"drie keer verlengen"}},
		"a duty":      {changed(t), []string{"U meldt zich ook bij Stadhuis", "Elke zaterdag om 14.00 uur"}, nil},
		"the APV":     {apvBan(t), []string{"artikel 2:78 APV", "dinsdag 17 februari 2026, 14.30 uur", "artikel 184 Wetboek van Strafrecht"}, []string{"172a", "officier van justitie"}},
		"light":       {lightOrdered(t, "2026-03-27"), []string{"artikel 172 lid 3 Gemeentewet", "zondag 29 maart 2026, 21.00 uur"}, []string{"drie keer verlengen"}},
	} {
		got := said(t, m, "besluit", row.f)
		for _, w := range row.says {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q:\n%s", name, w, got)
			}
		}
		for _, w := range row.not {
			if strings.Contains(got, w) {
				t.Errorf("%s says %q:\n%s", name, w, got)
			}
		}
	}
}

// Before the Bekendmaking a decision is a draft and counts its end in words.
func TestADraftSaysThatItIsOne(t *testing.T) {
	m := letterRoom(t)
	body, _, err := m.Made("besluit.pdf", decided(t).r, "M-1", "Wie Tekent", day("2026-01-29"))
	if err != nil {
		t.Fatal(err)
	}
	if got := pdfText(t, body); !strings.Contains(got, "Concept") || !strings.Contains(got, "van het moment waarop dit besluit aan u bekend is gemaakt tot 3 maanden daarna") {
		t.Errorf("%s", got)
	}
	for _, name := range []string{"besluit.exe", "besluit", "wijziging.pdf", "einde.pdf", "verlenging.pdf", "../besluit.pdf"} {
		if _, _, err := m.Made(name, decided(t).r, "M-1", "", day("2026-01-29")); err == nil {
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
		"intend": {consulted(t), "2026-01-20 12:00", "lars", "Lange Kade"}, "draft": {viewed(t), "2026-01-28 10:00", "lars", "Op de beelden"}, "decide": {proposed(t), "2026-01-29 10:00", "burg", "Besluit: bevel"},
		"extend": {broken(t), "2026-04-20 10:00", "burg", "ernstige vrees"}, "change": {inForce(t), "2026-02-10 10:00", "burg", "nieuwe feiten"}, "exempt": {inForce(t), "2026-02-10 10:00", "burg", "ontheffing"}, "withdraw": {inForce(t), "2026-02-10 10:00", "burg", "trekt het bevel in"},
	} {
		v, _ := m.Office.Kind.Verb("gebiedsverbod." + act)
		r := m.Office.Kind.Suppose(row.f.r, "gebiedsverbod."+act, v.New(), at(row.on, row.who))
		all := ""
		for _, x := range m.Preview(r, "gebiedsverbod."+act, "M-1", day("2026-03-01")) {
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
	law := Law(policies(t), town())
	n := 0
	for _, f := range []*file{begin(t), reported(t), heard(t), decided(t), changed(t), annulledFile(t), refusedFile(t), inForce(t)} {
		for _, v := range law.Kind.Verbs {
			in := law.Propose(v.Name, dossier.Opened[Gebiedsverbod]{Head: dossier.Head{ID: "x"}, Record: f.r, At: at("2026-12-05 10:00", "noor")}, measures.Beside{})
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
	m, f := letterRoom(t), extended(t)
	items, err := m.Items(text.For(text.NL), dossier.Opened[Gebiedsverbod]{Head: dossier.Head{ID: "x", Kind: Name}, Record: f.r, At: at("2026-05-01 10:00", "lars")}, measures.Beside{Row: measures.Row{Number: "M-2026-0007"}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range items {
		names = append(names, i.Name)
	}
	if got := strings.Join(names, " "); got != "overzicht.pdf voornemen.pdf besluit.pdf verlenging.pdf" {
		t.Errorf("the bundle holds %s", got)
	}
	if got := pdfText(t, items[0].Body); !strings.Contains(got, "29 juli 2026, 14.30 uur") || !strings.Contains(got, "172a lid 6") {
		t.Errorf("the overview does not explain its ends: %s", got)
	}
}
