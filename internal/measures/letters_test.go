package measures

import (
	"strings"
	"testing"

	"baken/internal/kernel/documents"
)

func TestAnAddressHasATown(t *testing.T) {
	for in, want := range map[string]string{
		"P. Jansen|Kade 12":                   "P. Jansen|Kade 12|Maassluis",
		"De bewoners van|Laan 1940-1945 7":    "De bewoners van|Laan 1940-1945 7|Maassluis",
		"P. Jansen|Kade 12a":                  "P. Jansen|Kade 12a|Maassluis",
		"P. Jansen|Kade 12-3":                 "P. Jansen|Kade 12-3|Maassluis",
		"P. Jansen|Kade 12|Vlaardingen":       "P. Jansen|Kade 12|Vlaardingen",
		"P. Jansen|Kade 12|3144 AA Maassluis": "P. Jansen|Kade 12|3144 AA Maassluis",
		"P. Jansen|Uit te reiken in persoon":  "P. Jansen|Uit te reiken in persoon",
		"Veilig Thuis":                        "Veilig Thuis",
		"Stichting Wonen 3":                   "Stichting Wonen 3",
	} {
		if got := strings.Join(withTown(strings.Split(in, "|"), "Maassluis"), "|"); got != want {
			t.Errorf("%s became %s", in, got)
		}
	}
}

func TestAbbreviationsAreExplainedOnce(t *testing.T) {
	paragraph := func(s string) documents.Block {
		return documents.Block{Kind: documents.Paragraph, Text: documents.Plain(s)}
	}
	row := documents.Block{Kind: documents.Facts, Rows: [][]documents.Text{Cells("Grond", "APV art. 2:79")}}
	for want, in := range map[string][]documents.Block{
		"": {paragraph("artikel 5:32 Algemene wet bestuursrecht (Awb)"), paragraph("artikel 5:33 Awb")},
		"APV is de Algemene plaatselijke verordening. Awb is de Algemene wet bestuursrecht.": {row, paragraph("artikel 5:33 Awb"), paragraph("artikel 5:33 Awb")},
		"Wth is de Wet tijdelijk huisverbod.":                                                {{Kind: documents.List, Items: Cells("artikel 5 Wth", "het Awbe")}},
	} {
		var got []string
		for _, b := range unexplained(in) {
			got = append(got, b.Text.String())
		}
		if strings.Join(got, "|") != want || len(got) > 1 {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
