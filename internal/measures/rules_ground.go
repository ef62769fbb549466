package measures

import (
	"slices"

	"baken/internal/fault"
)

// Ground is one of the grounds on which a decision stands or falls, with the article that
// it comes from; empty when that is the article of the measure itself. Codes are stored.
type Ground struct{ Code, Article string }

// Grounds are the same for all measures, so that what is learnt of one case can be
// compared with the next (product.md 4.3).
var Grounds = []Ground{
	{"power", ""}, // the article of the measure did not give it here
	{"facts", "Awb 3:2"},
	{"addressee", "Awb 5:1"},
	{"hearing", "Awb 4:8"},
	{"necessity", "Awb 3:4 lid 2; ECLI:NL:RVS:2019:2912, ECLI:NL:RVS:2022:285"},
	{"balance", "Awb 3:4 lid 2"},
	{"home", "EVRM 8; IVRK 3"},
	{"policy", "Awb 4:84"},
	{"reasons", "Awb 3:46"},
	{"wording", "Awb 5:9"},
	{"term", "Awb 5:24 lid 2, 5:32a lid 2"},
	{"sum", "Awb 5:32b lid 3"},
	{"procedure", "Awb 3:40, 3:41"},
	{"late", "Awb 6:7, 6:11"},
	{"other", ""},
}

// PerGround is what a ruling said, ground by ground. The input of every act that ends a
// remedy embeds it, and its Check asks CheckGrounds.
type PerGround struct {
	Fell  []string `ask:"marks,optional" options:"power,facts,addressee,hearing,necessity,balance,home,policy,reasons,wording,term,sum,procedure,late,other"`
	Stood []string `ask:"marks,optional" options:"power,facts,addressee,hearing,necessity,balance,home,policy,reasons,wording,term,sum,procedure,late,other"`
}

// IsPerGround says whether a field of an input is one of PerGround, whose words all
// measures share.
func IsPerGround(field string) bool { return field == "Fell" || field == "Stood" }

// Outcome is what a ruling did to the decision.
type Outcome string

// What a ruling can do: leave the decision as it is, take it away (also for a time, or in
// part), or say nothing of it because the remedy was withdrawn.
const (
	Stood   Outcome = "stood"
	Fell    Outcome = "fell"
	Unheard Outcome = "unheard"
)

// outcomes are the words that measures have for how a remedy ended.
var outcomes = map[string]Outcome{
	"unfounded": Stood, "inadmissible": Stood, "refused": Stood, "dismissed": Stood, // Awb 7:11, 8:70, 8:84
	"revoked": Fell, "shortened": Fell, "suspended": Fell, "annulled": Fell, // Awb 7:11 lid 2, 8:72, 8:85
	"withdrawn": Unheard,
}

// OutcomeOf is what an outcome of a remedy did to the decision; ok is false for a word
// that is not known here.
func OutcomeOf(word string) (o Outcome, ok bool) {
	o, ok = outcomes[word]
	return o, ok
}

// CheckGrounds refuses, at its field, what a ruling with this outcome cannot have said. A
// decision falls on a ground, which the ruling names (Awb 7:12 lid 1, 8:77 lid 1 b): one
// that fell without any teaches the next case nothing.
func CheckGrounds(outcome string, g PerGround) error {
	o, known := OutcomeOf(outcome)
	bad := func(field, code string) error {
		return fault.New(fault.Invalid, "form.invalid").At(field, "measures."+code)
	}
	switch {
	case slices.ContainsFunc(g.Fell, func(code string) bool { return slices.Contains(g.Stood, code) }):
		return bad("Fell", "ground-both")
	case !known:
		return nil
	case o == Fell && len(g.Fell) == 0:
		return bad("Fell", "ground-needed")
	case o == Stood && len(g.Fell) > 0:
		return bad("Fell", "ground-stood")
	case o == Unheard && len(g.Fell) > 0:
		return bad("Fell", "ground-unheard")
	case o == Unheard && len(g.Stood) > 0:
		return bad("Stood", "ground-unheard")
	}
	return nil
}
