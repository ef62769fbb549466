package documents

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"baken/internal/text"
)

// sample is a letter of more than one page with everything in it.
func sample() Letter {
	l := Letter{
		Lang: text.NL, Title: "Besluit tot sluiting van de woning", Subject: "Sluiting van Dorpsstraat 12 <boven> & 14",
		From: []string{"Gemeente Voorbeeldstad", "Postbus 1", "1000 AA Voorbeeldstad"},
		To:   []string{"De heer J. Łukaszewski-Çelik", "Dorpsstraat 12", "1234 AB Voorbeeldstad"},
		Date: "27 november 2026", Place: "Voorbeeldstad", Reference: `Z/2026/(001)\b`,
	}
	add := func(b Block) { l.Blocks = append(l.Blocks, b) }
	add(Block{Kind: Paragraph, Text: Marked("Wij sluiten uw woning voor **drie maanden**. De sluiting begint op 1 december 2026 om 09.00 uur.")})
	add(Block{Kind: Heading, Level: 1, Text: Plain("Waarom wij dit besluiten")})
	for i := range 9 {
		add(Block{Kind: Paragraph, Text: Plain(fmt.Sprintf("Overweging %d. De politie vond op 3 november in de woning een handelshoeveelheid harddrugs. De waarde is ongeveer € 12.500,00. "+
			"Wij hebben uw belang bij het wonen in uw huis afgewogen tegen het belang van de buurt, en wij vinden dat het tweede nu zwaarder weegt, overweging-%d-slot.", i, i))})
	}
	add(Block{Kind: Heading, Level: 2, Text: Plain("Wat u moet weten")})
	add(Block{Kind: List, Items: []Text{Plain("U mag spullen meenemen."), Marked("U zoekt **zelf** een andere plek, maar wij helpen daarbij als dat niet lukt en u dat op tijd aan ons vraagt."), Plain("Derde punt.")}})
	add(Block{Kind: List, Numbered: true, Items: []Text{Plain("Eerst dit."), Plain("Dan dat.")}})
	add(Block{Kind: Facts, Rows: [][]Text{{Plain("Begin"), Plain("1 december 2026")}, {Plain("Eind"), Plain("1 maart 2027")}}})
	add(Block{Kind: Heading, Level: 1, Text: Plain("Tijdlijn")})
	t := Block{Kind: Table, Header: []Text{Plain("Datum"), Plain("Gebeurtenis"), Plain("Bron")}}
	for i := range 40 {
		bron := Plain(fmt.Sprintf("mutatie-%03d", i))
		if i%5 == 0 {
			bron = nil
		}
		t.Rows = append(t.Rows, []Text{Plain(fmt.Sprintf("%d nov", i%30+1)), Plain(fmt.Sprintf("Melding nummer %d van een bewoner over de woning, aangehouden en bevestigd.", i)), bron})
	}
	add(t)
	add(Block{Kind: Paragraph, Text: Plain("Met vriendelijke groet,\nde burgemeester")})
	return l
}

// tool runs a program of poppler on a file and returns what it prints.
func tool(t testing.TB, name string, body []byte, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is not on this machine: install poppler-utils (.ci does), or nothing checks that a letter can be read", name)
	}
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", path)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func pdfOf(t testing.TB, l Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := PDF(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A letter of two pages should take at most 100 ms.
func BenchmarkLetter(b *testing.B) {
	l := sample()
	table := &l.Blocks[len(l.Blocks)-2]
	table.Rows = table.Rows[:6]
	if n := len(layout(&l, text.For(l.Lang)).pages); n != 2 {
		b.Fatalf("the letter has %d pages, want 2", n)
	}
	for b.Loop() {
		var out bytes.Buffer
		if err := PDF(&out, l); err != nil {
			b.Fatal(err)
		}
	}
}
