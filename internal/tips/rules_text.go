package tips

import (
	"slices"
	"strings"
)

// Gap is what stands where something was blacked out. It is the same for every gap,
// so that its length tells nothing.
const Gap = "▇▇▇▇▇"

// Unmarked is a marked text without its marks: the original.
func Unmarked(marked string) string {
	return strings.NewReplacer("[[", "", "]]", "").Replace(marked)
}

// Gaps counts what is blacked out in a marked text; -1 when marks do not pair.
func Gaps(marked string) int {
	n, open := 0, false
	for i := 0; i+1 < len(marked); i++ {
		switch marked[i : i+2] {
		case "[[":
			if open {
				return -1
			}
			open = true
			i++
		case "]]":
			if !open {
				return -1
			}
			open, n = false, n+1
			i++
		}
	}
	if open {
		return -1
	}
	return n
}

// Redacted is a marked text as others read it. What stands after a mark that was not
// closed is blacked out too: a mistake must hide more and not less.
func Redacted(marked string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(marked, "[[")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteString(Gap)
		if _, marked, ok = strings.Cut(rest, "]]"); !ok {
			return b.String()
		}
	}
}

// words are the words of a text, without capitals and punctuation.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
}

// CommonRun is the longest row of words that two texts share: a measure of how far one
// quotes the other (stylometry finds who wrote by such rows; security.md 3).
func CommonRun(a, b string) int {
	x, y := words(a), words(b)
	most, row := 0, make([]int, len(y)+1)
	for _, w := range x {
		next := make([]int, len(y)+1)
		for j := range y {
			if y[j] == w {
				next[j+1] = row[j] + 1
				most = max(most, next[j+1])
			}
		}
		row = next
	}
	return most
}

// Trace is a passage that often points at a caller, by its place in the text in bytes.
// Kind is a code (tips.trace.*) that says why.
type Trace struct {
	From, To int
	Kind     string
}

// first are words by which callers speak of themselves and those around them.
var first = []string{"ik", "mij", "me", "mijn", "m'n", "wij", "we", "ons", "onze", "mezelf", "mijzelf", "onszelf"}

// near are words that say how the caller knows somebody.
var near = []string{"buurman", "buurvrouw", "buren", "buurjongen", "collega", "collega's", "ex", "vriend", "vriendin", "broer", "zus", "neef", "nicht", "oom", "tante", "zwager",
	"schoonzus", "vader", "moeder", "zoon", "dochter", "huisbaas", "huurder", "klant", "stagiair", "oud-collega", "werkgever", "baas", "teamgenoot", "klasgenoot"}

// Traces finds passages that a checker should look at: words about the caller, how the
// caller knows somebody, exact times, telephone numbers and addresses of mail. It is a
// help to look and no more: what it does not find can point at the caller as well.
func Traces(s string) []Trace {
	var out []Trace
	for from, to := range fields(s) {
		word := strings.ToLower(s[from:to])
		switch {
		case slices.Contains(first, word):
			out = append(out, Trace{from, to, "self"})
		case slices.Contains(near, word):
			out = append(out, Trace{from, to, "relation"})
		case strings.Contains(word, "@") && strings.Contains(word, "."):
			out = append(out, Trace{from, to, "contact"})
		case clock(word):
			out = append(out, Trace{from, to, "time"})
		case telephone(word):
			out = append(out, Trace{from, to, "contact"})
		case strings.HasPrefix(word, "gisteren") || strings.HasPrefix(word, "vanochtend") || strings.HasPrefix(word, "vanmiddag") || strings.HasPrefix(word, "vanavond") || strings.HasPrefix(word, "vannacht"):
			out = append(out, Trace{from, to, "time"})
		}
	}
	return out
}

// fields gives the places of the words of a text: runs without white space, less the
// punctuation around them.
func fields(s string) func(yield func(from, to int) bool) {
	return func(yield func(int, int) bool) {
		at := 0
		for at < len(s) {
			n := strings.IndexAny(s[at:], " \t\n\r")
			end := len(s)
			if n >= 0 {
				end = at + n
			}
			from, to := at, end
			for from < to && strings.ContainsRune(`.,;:!?()"[]'`, rune(s[from])) {
				from++
			}
			for to > from && strings.ContainsRune(`.,;:!?()"[]'`, rune(s[to-1])) {
				to--
			}
			if from < to && !yield(from, to) {
				return
			}
			at = end + 1
		}
	}
}

// clock reports whether a word is a time of day: 23:15, 23.15, 23u, 7.30u.
func clock(w string) bool {
	bare := strings.TrimSuffix(strings.TrimSuffix(w, "uur"), "u")
	h, m, split := strings.Cut(strings.ReplaceAll(bare, ".", ":"), ":")
	if len(h) == 0 || len(h) > 2 || !digits(h) {
		return false
	}
	if !split {
		return bare != w
	}
	return len(m) == 2 && digits(m) && m < "60"
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// telephone reports whether a word is a telephone number: nine digits or more.
func telephone(w string) bool {
	n := 0
	for _, r := range w {
		switch {
		case r >= '0' && r <= '9':
			n++
		case !strings.ContainsRune("+-().", r):
			return false
		}
	}
	return n >= 9
}
