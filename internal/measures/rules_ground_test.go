package measures

import (
	"strings"
	"testing"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/text"
)

// What a ruling can say of the grounds, by what it did to the decision.
func TestGroundsFitTheOutcome(t *testing.T) {
	facts, home := []string{"facts"}, []string{"home"}
	for _, row := range []struct {
		why, outcome string
		fell, stood  []string
		field, code  string
	}{
		{"unfounded: nothing need be named (Awb 7:11)", "unfounded", nil, nil, "", ""},
		{"unfounded: what was upheld is named", "unfounded", nil, facts, "", ""},
		{"unfounded: nothing fell", "unfounded", facts, nil, "Fell", "ground-stood"},
		{"inadmissible: too late (Awb 6:7 to 6:11)", "inadmissible", nil, []string{"late"}, "", ""},
		{"inadmissible: the order stands", "inadmissible", facts, nil, "Fell", "ground-stood"},
		{"relief refused (Awb 8:84)", "refused", nil, nil, "", ""},
		{"relief refused: nothing fell", "refused", home, nil, "Fell", "ground-stood"},
		{"dismissed (Awb 8:70)", "dismissed", nil, facts, "", ""},
		{"revoked without a ground (Awb 7:12 lid 1)", "revoked", nil, nil, "Fell", "ground-needed"},
		{"revoked, with what stood only", "revoked", nil, facts, "Fell", "ground-needed"},
		{"revoked on a ground", "revoked", facts, home, "", ""},
		{"made shorter without a ground (ECLI:NL:RVS:2023:3938)", "shortened", nil, nil, "Fell", "ground-needed"},
		{"suspended without a ground (Awb 8:85)", "suspended", nil, nil, "Fell", "ground-needed"},
		{"suspended on two grounds", "suspended", []string{"facts", "home"}, nil, "", ""},
		{"annulled without a ground (Awb 8:72)", "annulled", nil, nil, "Fell", "ground-needed"},
		{"annulled: one ground did both", "annulled", []string{"facts", "home"}, home, "Fell", "ground-both"},
		{"withdrawn: nobody ruled", "withdrawn", nil, nil, "", ""},
		{"withdrawn: nothing fell", "withdrawn", facts, nil, "Fell", "ground-unheard"},
		{"withdrawn: nothing stood", "withdrawn", nil, facts, "Stood", "ground-unheard"},
	} {
		err := CheckGrounds(row.outcome, PerGround{Fell: row.fell, Stood: row.stood})
		if row.code == "" {
			if err != nil {
				t.Errorf("%s: refused: %v", row.why, err)
			}
			continue
		}
		f := fault.Of(err)
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != row.field || f.Fields[0].Code != "measures."+row.code {
			t.Errorf("%s: %v, want %s at %s", row.why, err, row.code, row.field)
			continue
		}
		for _, lang := range text.Langs {
			if !text.For(lang).Has(f.Fields[0].Code) {
				t.Errorf("%s has no sentence for %s", lang, f.Fields[0].Code)
			}
		}
	}
}

// The options of the form are the list of grounds, in its order, each with its name and,
// where there is one, its article.
func TestGroundsAreThoseOfTheForm(t *testing.T) {
	var codes []string
	for _, g := range Grounds {
		codes = append(codes, g.Code)
		for _, lang := range text.Langs {
			p := text.For(lang)
			if !p.Has("measures.ground." + g.Code) {
				t.Errorf("%s has no name for the ground %s", lang, g.Code)
			}
			if !strings.Contains(GroundName(p, g.Code), g.Article) {
				t.Errorf("%s does not name the article of %s: %s", lang, g.Code, GroundName(p, g.Code))
			}
		}
	}
	for _, f := range ask.Fields(&PerGround{}) {
		if got, want := strings.Join(f.Options, ","), strings.Join(codes, ","); got != want || !IsPerGround(f.Name) {
			t.Errorf("%s offers %s, want %s", f.Name, got, want)
		}
		for _, lang := range text.Langs {
			for _, what := range []string{"ask", "hint"} {
				if !text.For(lang).Has("measures." + what + "." + f.Name) {
					t.Errorf("%s has no %s of %s", lang, what, f.Name)
				}
			}
		}
	}
}
