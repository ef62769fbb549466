package documents

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"baken/internal/fault"
	"baken/internal/text"
)

// Letter is one letter, or another document with a title. Only Title must be
// there: a document without one cannot be told from others by who does not see it.
// Place and Date stand as they are given: no clock is read.
type Letter struct {
	Lang           text.Lang
	Title, Subject string
	From, To       []string // lines of an address
	Place, Date    string
	Reference      string
	Blocks         []Block
	Concept        bool // every page says in its margin that this is a draft
}

// Kind is what a block is.
type Kind int

// The kinds of block, and which fields of Block they use.
const (
	Paragraph Kind = iota // Text
	Heading               // Text, Level 1 or 2 below the title
	List                  // Items, Numbered
	Table                 // Header, Rows
	Facts                 // Rows of two: a label and its value
)

// Block is one piece of a letter.
type Block struct {
	Kind     Kind
	Level    int
	Numbered bool
	Text     Text
	Items    []Text
	Header   []Text
	Rows     [][]Text
}

// Run is a piece of text in one weight. A line feed in it begins a new line.
type Run struct {
	Text string
	Bold bool
}

// Text is what a reader reads, as runs.
type Text []Run

// Plain is text in which nothing is markup.
func Plain(s string) Text { return Text{{Text: s}} }

// Marked reads **bold**. It is for sentences of the program; what a person typed
// goes through Plain. A mark that is not closed stands as it is.
func Marked(s string) Text {
	parts := strings.Split(s, "**")
	if len(parts)%2 == 0 {
		last := len(parts) - 1
		parts[last-1] += "**" + parts[last]
		parts = parts[:last]
	}
	var out Text
	for i, p := range parts {
		if p != "" {
			out = append(out, Run{p, i%2 == 1})
		}
	}
	return out
}

// String is the text without its weights.
func (t Text) String() string {
	var b strings.Builder
	for _, r := range t {
		b.WriteString(r.Text)
	}
	return b.String()
}

// empty reports whether a reader would see nothing.
func (t Text) empty() bool { return strings.TrimSpace(clean(t.String())) == "" }

// clean makes text that can be set: one kind of line feed, no tabs, no characters
// that only steer. Those have no place in a letter (a direction mark can turn a
// sum around), and a control character is a box, so that the loss is seen.
func clean(s string) string {
	simple := true
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\n' || s[i] >= 0x7f {
			simple = false
			break
		}
	}
	if simple {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' || r == '\f':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteByte(' ')
		case r == utf8.RuneError || unicode.IsControl(r) || r&0xfffe == 0xfffe: // also bytes that are no UTF-8
			b.WriteRune(missing)
		case unicode.Is(unicode.Cf, r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// missing stands where a character cannot be shown: an empty box.
const missing = '\u25a1'

// oneLine is clean text without line feeds.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// check refuses what could not be read well. A heading of level 2 without one of
// level 1 before it is a hole in the outline (PDF/UA-1 7.4.2).
func (l *Letter) check() error {
	if oneLine(l.Title) == "" {
		return fault.New(fault.Invalid, "document.no-title")
	}
	level := 0
	for i, b := range l.Blocks {
		n := i + 1
		switch b.Kind {
		case Heading:
			if b.Level < 1 || b.Level > 2 || b.Level > level+1 {
				return fault.New(fault.Invalid, "document.heading-level", "block", n, "heading", b.Text.String())
			}
			if b.Text.empty() {
				return fault.New(fault.Invalid, "document.empty-block", "block", n)
			}
			level = b.Level
		case Paragraph:
			if b.Text.empty() {
				return fault.New(fault.Invalid, "document.empty-block", "block", n)
			}
		case List:
			if len(b.Items) == 0 {
				return fault.New(fault.Invalid, "document.empty-block", "block", n)
			}
			for _, item := range b.Items {
				if item.empty() {
					return fault.New(fault.Invalid, "document.empty-block", "block", n)
				}
			}
		case Table, Facts:
			columns := len(b.Header)
			if b.Kind == Facts {
				columns = 2
			}
			if len(b.Rows) == 0 || columns == 0 || columns > maxColumns || b.Kind == Facts && len(b.Header) != 0 {
				return fault.New(fault.Invalid, "document.table-shape", "block", n)
			}
			for _, r := range b.Rows {
				if len(r) != columns {
					return fault.New(fault.Invalid, "document.table-shape", "block", n)
				}
			}
			for _, h := range b.heads() {
				if h.empty() {
					return fault.New(fault.Invalid, "document.table-head", "block", n)
				}
			}
		default:
			return fault.New(fault.Invalid, "document.table-shape", "block", n)
		}
	}
	return nil
}

// maxColumns is what fits on a page of A4 and can still be read.
const maxColumns = 12

// heads are the cells that name others: the labels of facts, the header of a table.
func (b *Block) heads() []Text {
	if b.Kind == Table {
		return b.Header
	}
	var out []Text
	for _, r := range b.Rows {
		out = append(out, r[0])
	}
	return out
}

// tag is the language as documents name it.
func tag(l text.Lang) string {
	if l == text.EN {
		return "en-GB"
	}
	return "nl-NL"
}
