package audit

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"baken/internal/kernel/work"
)

// stampLayout has microseconds always, so that one moment has one text.
const stampLayout = "2006-01-02T15:04:05.000000Z"

// appendCanonical appends the one text of an entry: a JSON object on one line,
// its members always present and in this order. The order and the names are
// stored in every hash: they must stay as they are. A later version of the format
// gets a member "v".
func appendCanonical(b []byte, seq int64, e work.Stamped) []byte {
	b = append(b, `{"seq":`...)
	b = strconv.AppendInt(b, seq, 10)
	b = append(b, `,"at":"`...)
	b = e.At.UTC().Truncate(time.Microsecond).AppendFormat(b, stampLayout)
	b = append(b, '"')
	for _, m := range [...]struct{ name, value string }{
		{"operation", e.Operation}, {"actor", e.Actor}, {"session", e.Session}, {"origin", e.Origin},
		{"purpose", e.Purpose}, {"act", e.Act}, {"kind", e.Object.Kind}, {"object", e.Object.ID},
		{"result", string(e.Result)}, {"ground", e.Ground},
	} {
		b = append(b, `,"`...)
		b = append(b, m.name...)
		b = append(b, `":`...)
		b = appendString(b, m.value)
	}
	b = append(b, `,"facts":`...)
	b = appendFacts(b, e.Facts)
	return append(b, '}')
}

// appendFacts writes the facts sorted by name, so that the map's order does not show.
func appendFacts(b []byte, facts map[string]string) []byte {
	b = append(b, '{')
	for i, name := range slices.Sorted(maps.Keys(facts)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, name)
		b = append(b, ':')
		b = appendString(b, facts[name])
	}
	return append(b, '}')
}

// appendString writes a JSON string. Nearly all values are plain codes, which
// need no escaping; verifying a million entries depends on that being cheap.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, err := json.Marshal(s)
			if err != nil {
				panic(err) // a string can always be written
			}
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
