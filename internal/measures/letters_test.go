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
	heading := documents.Block{Kind: documents.Heading, Level: 1, Text: documents.Plain("Vragen")}
	row := documents.Block{Kind: documents.Facts, Rows: [][]documents.Text{Cells("Grond", "APV art. 2:79")}}
	for name, x := range map[string]struct {
		in   []documents.Block
		want string
	}{
		"by the letter":  {[]documents.Block{paragraph("artikel 5:32 Algemene wet bestuursrecht (Awb)"), paragraph("artikel 5:33 Awb")}, "artikel 5:32 Algemene wet bestuursrecht (Awb)|artikel 5:33 Awb"},
		"with questions": {[]documents.Block{row, paragraph("artikel 5:33 Awb, 5:34 Awb"), heading, paragraph("Bel ons."), paragraph("De burgemeester")}, "|artikel 5:33 Awb, 5:34 Awb|Vragen|Bel ons. APV is de Algemene plaatselijke verordening. Awb is de Algemene wet bestuursrecht.|De burgemeester"},
		"no questions":   {[]documents.Block{{Kind: documents.List, Items: Cells("artikel 5 Wth", "het Awbe")}}, "|Wth is de Wet tijdelijk huisverbod."},
		"nothing":        {nil, ""},
	} {
		var got []string
		for _, b := range explained(x.in) {
			got = append(got, b.Text.String())
		}
		if s := strings.Join(got, "|"); s != x.want {
			t.Errorf("%s: %q, want %q", name, s, x.want)
		}
	}
}
