package measures

import (
	"strings"

	"baken/internal/fault"
)

// tipWords name an anonymous tip as a source. A file or a finding that names one would
// make an unverified word proof, and tell that there was a tip (product.md 1.4).
var tipWords = []string{"meld misdaad", "m.-melding", "m-melding", "anonieme melding", "anonieme melder", "anonieme tip", "anonieme tipgever", "kliklijn", "getipt",
	"tipgever", "tip", "tips", "m-nummer", "anonymous tip", "tip-off"}

// NamesTip gives the first word by which a text names a tip as its source, or nothing.
func NamesTip(s string) string {
	text := " " + strings.Join(wordsOf(s), " ") + " "
	for _, w := range tipWords {
		if strings.Contains(text, " "+strings.Join(wordsOf(w), " ")+" ") {
			return w
		}
	}
	return ""
}

// wordsOf are the words of a text, without capitals and punctuation.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
}

// refuseTip is the refusal of a text that names a tip, at its field.
func refuseTip(field, value string) error {
	if word := NamesTip(value); word != "" {
		return fault.New(fault.Invalid, "form.invalid").At(field, "measures.names-tip", "word", word)
	}
	return nil
}
