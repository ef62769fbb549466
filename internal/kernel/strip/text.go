package strip

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"baken/internal/fault"
)

// Text makes visible what somebody pasted and nobody sees: control characters, marks
// that turn the direction of reading, and characters without a width, which can
// hide a name or mark one copy of a text. Each becomes a placeholder, ⟦U+202E⟧, so
// that nothing is dropped in silence; marks lists the ones that were found, sorted
// ("U+202E"). Line ends become \n, a tab stays, and bytes that are no UTF-8 become
// �. Text of a Text changes nothing.
//
// Unicode 15.0, 23 (special areas and format characters); UTR 36, 2.5 (bidirectional
// spoofing).
func Text(s string) (clean string, marks []string) {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = lineEnds.Replace(s)
	var b strings.Builder
	for _, r := range s {
		if !unseen(r) {
			b.WriteRune(r)
			continue
		}
		name := fmt.Sprintf("U+%04X", r)
		b.WriteString("⟦" + name + "⟧")
		if at, ok := slices.BinarySearch(marks, name); !ok {
			marks = slices.Insert(marks, at, name)
		}
	}
	return b.String(), marks
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// unseen tells whether a reader would not see r. Selectors of a variant (U+FE00 to
// FE0F) stay, because every heart and sun that people type has one.
func unseen(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0: // a joiner, fillers, vowels without a shape, an empty Braille cell
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) || r >= 0xe0100 && r <= 0xe01ef || r >= 0x180b && r <= 0x180f
}

// markup is a file that a browser runs or an XML that belongs to some program.
var markup = regexp.MustCompile(`(?i)^\s*(<\?xml|<!doctype|<!--|<(html|svg|head|body|script|iframe)\b)`)

// textCopy reads plain text: UTF-8, UTF-16 with a mark at its start, else
// Windows-1252, in which every old program of this country writes.
func textCopy(body []byte) (Clean, error) {
	var s string
	switch {
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		s = fromUTF16(body[2:], binary.LittleEndian)
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		s = fromUTF16(body[2:], binary.BigEndian)
	case utf8.Valid(body):
		s = strings.TrimPrefix(string(body), "\ufeff")
	default:
		raw, err := charmap.Windows1252.NewDecoder().Bytes(body)
		if err != nil {
			return Clean{}, unknownKind()
		}
		s = string(raw)
	}
	if s == "" {
		return Clean{}, fault.New(fault.Invalid, "strip.empty") // a mark of the encoding and nothing behind it
	}
	controls, size := 0, 0
	for _, r := range s {
		if size += utf8.RuneLen(r); unseen(r) {
			size += len("⟦U+202E⟧")
		}
		if r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == utf8.RuneError {
			controls++
		}
	}
	// A text has none of these, or a few by accident; a program or a disk is full of them.
	if controls > len(s)/100+3 || strings.Contains(s, "\x00") {
		return Clean{}, unknownKind()
	}
	if markup.MatchString(s) || strings.HasPrefix(s, "%!PS") {
		return Clean{}, fault.New(fault.Invalid, "strip.web-page")
	}
	if size > MaxFile {
		return Clean{}, fault.New(fault.Invalid, "strip.too-large-out", "mb", MaxFile>>20)
	}
	f := found{}
	s, marks := Text(s)
	if len(marks) > 0 {
		f[Hidden] = true
	}
	if table(s) {
		return Clean{[]byte(s), "text/csv; charset=utf-8", ".csv", f.list()}, nil
	}
	return Clean{[]byte(s), "text/plain; charset=utf-8", ".txt", f.list()}, nil
}

func fromUTF16(b []byte, order binary.ByteOrder) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u))
}

// table tells whether a text is CSV: two lines or more, each with the same number of
// cells and more than one.
func table(s string) bool {
	for _, comma := range ";\t," {
		r := csv.NewReader(strings.NewReader(s))
		r.Comma, r.ReuseRecord = comma, true
		rows, cells := 0, 0
		for {
			row, err := r.Read()
			if err == io.EOF {
				if rows >= 2 && cells >= 2 {
					return true
				}
				break
			}
			if err != nil {
				break
			}
			rows, cells = rows+1, len(row)
		}
	}
	return false
}
