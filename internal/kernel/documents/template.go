package documents

import (
	"regexp"
	"slices"
	"strings"

	"baken/internal/fault"
	"baken/internal/text"
)

// Template is a letter in which values are still to come, in a format that a
// jurist reads and a review compares. It begins with lines of a name and a value,
// the code first, up to the first empty line:
//
//	code: home-closure
//	lang: nl
//	title: Besluit tot sluiting
//	subject: Sluiting van {{address}}
//	mandatory: summary, remedy, terms, contact
//
// Then come blocks, divided by empty lines:
//
//	[summary]            a marker: one of Sections, in that order
//	# heading            ## one below it
//	text with **bold**   lines that follow each other are one paragraph
//	- item               1. item; a line that begins with two spaces goes on
//	| a | b |            a table; the first line is its header
//	= label: value       facts
//	\- text              text, whatever it begins with
//	{{field}}            a value
//	{{#if field}} ... {{/if}} and {{#unless field}} ... {{/unless}}
//	                     on lines of their own around blocks, or inside a line
//	{{> code}}           a paragraph that more letters share, on a line of its own
//
// A condition holds when its value is not empty. A shared paragraph is blocks in
// the same format, without markers and without other shared paragraphs.
type Template struct {
	Code           string
	Lang           text.Lang
	Title, Subject string
	Mandatory      []string // of Sections: without them the letter is refused
	Parts          []Part

	titleLine, subjectLine int
}

// Part is a block of a template, a condition around parts, or a shared paragraph.
type Part struct {
	Line    int    // where it begins in the source
	Section string // of Sections

	block     *draft  // a block, or
	condition *inCase // parts under a condition, or
	shared    string  // the code of a shared paragraph
	parts     []Part  // under the condition
}

// draft is a block whose texts have placeholders.
type draft struct {
	kind     Kind
	level    int
	numbered bool
	rows     [][]inline // a text is one row of one; items are rows of one
	lines    []int      // of the rows
}

// inCase is a condition.
type inCase struct {
	field  string
	unless bool
}

// Sections are the blocks that a marker begins, in the order that a letter has
// them: the reader first learns what is decided, and last what to do about it.
var Sections = []string{"summary", "content", "remedy", "terms", "contact"}

var (
	fieldName = regexp.MustCompile(`^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$`)
	headLine  = regexp.MustCompile(`^([a-z]+):\s*(.*)$`)
	ownLine   = regexp.MustCompile(`^\{\{\s*([#/>])\s*([^{}]*?)\s*\}\}$`)
	marker    = regexp.MustCompile(`^\[([^\[\]]*)\]$`)
	numbered  = regexp.MustCompile(`^\d{1,3}\. +`)
	fact      = regexp.MustCompile(`^= *([^:]+?) *: *(.+)$`)
	divider   = regexp.MustCompile(`^\|[-| ]+\|$`)
)

// Parse reads a template and refuses one that cannot become a good letter, with
// the line where it goes wrong.
func Parse(src string) (Template, error) {
	var t Template
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(src, "\ufeff"), "\r\n", "\n"), "\n")
	n := 0
	for ; n < len(lines) && strings.TrimSpace(lines[n]) != ""; n++ {
		if err := t.headLine(lines[n], n+1); err != nil {
			return Template{}, err
		}
	}
	for _, missing := range []struct {
		is   bool
		what string
	}{{t.Code == "", "code"}, {t.Lang == "", "lang"}, {t.Title == "", "title"}} {
		if missing.is {
			return Template{}, fault.New(fault.Invalid, "document.template-head-missing", "name", missing.what, "in", t.Code)
		}
	}
	if _, err := parseInline(t.Title, place{t.Code, t.titleLine}); err != nil {
		return Template{}, err
	}
	if _, err := parseInline(t.Subject, place{t.Code, t.subjectLine}); err != nil {
		return Template{}, err
	}
	r := reader{in: t.Code, markers: true}
	if err := r.read(lines[n:], n+1); err != nil {
		return Template{}, err
	}
	t.Parts = r.parts
	for _, m := range t.Mandatory {
		if !slices.ContainsFunc(t.Parts, func(p Part) bool { return p.Section == m }) {
			return Template{}, fault.New(fault.Invalid, "document.template-section-missing", "section", m, "in", t.Code)
		}
	}
	return t, nil
}

func (t *Template) headLine(line string, n int) error {
	bad := func(code string) error { return fault.New(fault.Invalid, code, "line", n, "value", line, "in", t.Code) }
	m := headLine.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return bad("document.template-head")
	}
	value := strings.TrimSpace(m[2])
	switch m[1] {
	case "code":
		if !fieldName.MatchString(value) {
			return bad("document.template-head")
		}
		t.Code = value
	case "lang":
		if !slices.Contains(text.Langs, text.Lang(value)) {
			return bad("document.template-head")
		}
		t.Lang = text.Lang(value)
	case "title":
		t.Title, t.titleLine = value, n
	case "subject":
		t.Subject, t.subjectLine = value, n
	case "mandatory":
		for s := range strings.SplitSeq(value, ",") {
			if s = strings.TrimSpace(s); !slices.Contains(Sections, s) || slices.Contains(t.Mandatory, s) {
				return bad("document.template-head")
			}
			t.Mandatory = append(t.Mandatory, s)
		}
	default:
		return bad("document.template-head")
	}
	return nil
}

// Fields are the values that the template asks for, its conditions among them, in
// order of the alphabet. Those of shared paragraphs are not among them.
func (t Template) Fields() []string {
	seen := map[string]bool{}
	for _, s := range []string{t.Title, t.Subject} {
		if in, err := parseInline(s, place{}); err == nil {
			in.fields(seen)
		}
	}
	each(t.Parts, func(p *Part) {
		if p.condition != nil {
			seen[p.condition.field] = true
		}
		if p.block != nil {
			for _, r := range p.block.rows {
				for _, c := range r {
					c.fields(seen)
				}
			}
		}
	})
	return sortedKeys(seen)
}

// Shared are the codes of the shared paragraphs that the template asks for.
func (t Template) Shared() []string {
	seen := map[string]bool{}
	each(t.Parts, func(p *Part) {
		if p.shared != "" {
			seen[p.shared] = true
		}
	})
	return sortedKeys(seen)
}

func sortedKeys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func each(parts []Part, f func(*Part)) {
	for i := range parts {
		f(&parts[i])
		each(parts[i].parts, f)
	}
}
