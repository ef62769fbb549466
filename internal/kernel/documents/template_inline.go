package documents

import (
	"strings"

	"baken/internal/fault"
)

// place is where a text stands: of which template or paragraph, on which line.
type place struct {
	in   string
	line int
}

func (p place) refuse(code string, args ...any) error {
	return fault.New(fault.Invalid, code, append([]any{"line", p.line, "in", p.in}, args...)...)
}

// inline is text with placeholders and conditions.
type inline []piece

type piece struct {
	at    place
	text  string // as it is, or
	field string // a value, or
	when  *inCase
	then  inline
	bold  bool
}

// frame is an inline condition that is open, or the text around all.
type frame struct {
	out  inline
	when *inCase
	at   place
	bold bool // when the condition opened
}

// parseInline reads one text. Its lines are divided by line feeds, which become
// spaces; they count, so that a fault names its line.
func parseInline(s string, at place) (inline, error) {
	stack := []*frame{{at: at}}
	bold := false
	static := func(s string) error {
		for i, part := range strings.Split(s, "**") {
			if i > 0 {
				bold = !bold
			}
			if strings.Contains(part, "{{") || strings.Contains(part, "}}") {
				return place{at.in, at.line + strings.Count(part[:strings.IndexAny(part, "{}")], "\n")}.refuse("document.template-braces", "value", part)
			}
			if part != "" {
				f := stack[len(stack)-1]
				f.out = append(f.out, piece{at: at, text: strings.ReplaceAll(part, "\n", " "), bold: bold})
			}
			at.line += strings.Count(part, "\n")
		}
		return nil
	}
	for {
		open := strings.Index(s, "{{")
		end := -1
		if open >= 0 {
			end = strings.Index(s[open:], "}}")
		}
		if end < 0 {
			break
		}
		if err := static(s[:open]); err != nil {
			return nil, err
		}
		inner := s[open+2 : open+end]
		s = s[open+end+2:]
		top := stack[len(stack)-1]
		word, name, _ := strings.Cut(strings.TrimSpace(inner), " ")
		name = strings.TrimSpace(name)
		switch {
		case (word == "#if" || word == "#unless") && fieldName.MatchString(name):
			stack = append(stack, &frame{when: &inCase{name, word == "#unless"}, at: at, bold: bold})
		case (word == "/if" || word == "/unless") && name == "":
			if top.when == nil || top.when.unless != (word == "/unless") {
				return nil, at.refuse("document.template-not-open", "value", word)
			}
			if top.bold != bold {
				return nil, at.refuse("document.template-bold")
			}
			stack = stack[:len(stack)-1]
			up := stack[len(stack)-1]
			up.out = append(up.out, piece{at: top.at, when: top.when, then: top.out})
		case strings.HasPrefix(word, ">"):
			return nil, at.refuse("document.template-own-line", "value", inner)
		case fieldName.MatchString(word) && name == "":
			top.out = append(top.out, piece{at: at, field: word, bold: bold})
		default:
			return nil, at.refuse("document.template-braces", "value", inner)
		}
	}
	if err := static(s); err != nil {
		return nil, err
	}
	if top := stack[len(stack)-1]; top.when != nil {
		return nil, top.at.refuse("document.template-condition-open", "field", top.when.field)
	}
	if bold {
		return nil, at.refuse("document.template-bold")
	}
	return stack[0].out, nil
}

func (in inline) fields(seen map[string]bool) {
	for _, p := range in {
		if p.field != "" {
			seen[p.field] = true
		}
		if p.when != nil {
			seen[p.when.field] = true
			p.then.fields(seen)
		}
	}
}
