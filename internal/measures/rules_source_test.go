package measures

import (
	"testing"

	"baken/internal/fault"
)

func TestNamesTip(t *testing.T) {
	for text, want := range map[string]bool{
		"Naar aanleiding van een anonieme melding":          true,
		"Uit een M.-melding bleek":                          true,
		"Meld Misdaad Anoniem gaf door":                     true,
		"De gemeente kreeg een TIP over dit pand":           true,
		"Getipt door de buren":                              true,
		"Bij controle stonden er vaten":                     false,
		"Het multiplex was gestapeld":                       false,
		"De melder van de overlast heeft zijn naam gegeven": false,
	} {
		if got := NamesTip(text) != ""; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestScreen(t *testing.T) {
	type input struct {
		Words string   `ask:"text"`
		Lines []string `ask:"lines"`
		Pick  string   `ask:"choice" options:"tip,other"`
		Kept  string   `ask:"-"`
	}
	for name, row := range map[string]struct {
		in    input
		field string
	}{
		"clean":                {input{Words: "Er stonden vaten", Lines: []string{"Ruim op"}}, ""},
		"named in a text":      {input{Words: "Uit een M.-melding bleek dit"}, "Words"},
		"named in a line":      {input{Lines: []string{"Ruim op", "zoals getipt"}}, "Lines"},
		"a code is no text":    {input{Pick: "tip"}, ""},
		"not asked, not typed": {input{Kept: "tip"}, ""},
	} {
		f := fault.Of(Screen(&row.in))
		if got := f != nil; got != (row.field != "") || got && f.Fields[0].Name != row.field {
			t.Errorf("%s: %v", name, f)
		}
	}
}
