package documents

import (
	"slices"
	"strings"
)

// reader reads the blocks of a template or of a shared paragraph.
type reader struct {
	in      string
	markers bool // a shared paragraph has none, and shares no other
	parts   []Part
	section string
	open    []*opened
	level   int // of the last heading
}

// opened is a condition whose end has not come.
type opened struct {
	Part
	closer string
}

func (r *reader) read(lines []string, first int) error {
	for i := 0; i < len(lines); {
		at := place{r.in, first + i}
		line := strings.TrimRight(lines[i], " \t")
		trimmed := strings.TrimSpace(line)
		own := ownLine.FindStringSubmatch(trimmed)
		mark := marker.FindStringSubmatch(trimmed)
		var err error
		n := 1
		switch {
		case trimmed == "":
		case own != nil:
			err = r.own(own[1], own[2], at)
		case mark != nil:
			err = r.mark(mark[1], at)
		default:
			n, err = r.block(lines[i:], at)
		}
		if err != nil {
			return err
		}
		i += n
	}
	if len(r.open) > 0 {
		o := r.open[len(r.open)-1]
		return place{r.in, o.Line}.refuse("document.template-condition-open", "field", o.condition.field)
	}
	return nil
}

func (r *reader) add(p Part) {
	if r.section == "" {
		r.section = "content"
	}
	p.Section = r.section
	if n := len(r.open); n > 0 {
		r.open[n-1].parts = append(r.open[n-1].parts, p)
		return
	}
	r.parts = append(r.parts, p)
}

// own reads a line that is one instruction.
func (r *reader) own(kind, what string, at place) error {
	switch kind {
	case ">":
		if !r.markers {
			return at.refuse("document.template-nested", "value", what)
		}
		if !fieldName.MatchString(what) {
			return at.refuse("document.template-braces", "value", "> "+what)
		}
		r.add(Part{Line: at.line, shared: what})
	case "#":
		word, field, _ := strings.Cut(what, " ")
		if field = strings.TrimSpace(field); word != "if" && word != "unless" || !fieldName.MatchString(field) {
			return at.refuse("document.template-braces", "value", "#"+what)
		}
		r.open = append(r.open, &opened{Part{Line: at.line, condition: &inCase{field, word == "unless"}}, word})
	case "/":
		n := len(r.open) - 1
		if n < 0 || r.open[n].closer != what {
			return at.refuse("document.template-not-open", "value", "/"+what)
		}
		p := r.open[n].Part
		r.open = r.open[:n]
		r.add(p)
	}
	return nil
}

func (r *reader) mark(name string, at place) error {
	i := slices.Index(Sections, name)
	switch {
	case i < 0 || !r.markers:
		return at.refuse("document.template-marker", "value", name)
	case len(r.open) > 0:
		return at.refuse("document.template-marker-inside", "value", name, "open", r.open[len(r.open)-1].Line)
	case r.section != "" && i <= slices.Index(Sections, r.section):
		return at.refuse("document.template-order", "value", name, "after", r.section)
	}
	r.section = name
	return nil
}

// begins tells what a line begins, and what is left of it.
func begins(line string) (kind Kind, level int, rest string, isNumbered bool) {
	switch {
	case strings.HasPrefix(line, "## "):
		return Heading, 2, line[3:], false
	case strings.HasPrefix(line, "# "):
		return Heading, 1, line[2:], false
	case strings.HasPrefix(line, "- "):
		return List, 0, line[2:], false
	case numbered.MatchString(line):
		return List, 0, line[len(numbered.FindString(line)):], true
	case strings.HasPrefix(line, "|"):
		return Table, 0, line, false
	case strings.HasPrefix(line, "= "):
		return Facts, 0, line, false
	}
	return Paragraph, 0, strings.TrimPrefix(line, `\`), false
}

// block reads one block and says how many lines it took.
func (r *reader) block(lines []string, at place) (int, error) {
	kind, level, rest, num := begins(strings.TrimSpace(lines[0]))
	d := &draft{kind: kind, level: level, numbered: num}
	n := 1
	// more reports whether the next line belongs to the block.
	more := func() (string, bool) {
		if n >= len(lines) {
			return "", false
		}
		s := strings.TrimSpace(lines[n])
		return s, s != "" && !ownLine.MatchString(s) && !marker.MatchString(s)
	}
	// goesOn takes the lines that go on with what was read.
	goesOn := func(rest string, indented bool) string {
		for {
			s, ok := more()
			k, _, tail, _ := begins(s)
			if !ok || indented != strings.HasPrefix(lines[n], "  ") || !indented && k != Paragraph {
				return rest
			}
			if !indented {
				s = tail
			}
			rest += "\n" + s
			n++
		}
	}
	add := func(from int, cells ...string) error {
		var row []inline
		for _, c := range cells {
			in, err := parseInline(c, place{at.in, at.line + from})
			if err != nil {
				return err
			}
			row = append(row, in)
		}
		d.rows, d.lines = append(d.rows, row), append(d.lines, at.line+from)
		return nil
	}
	var err error
	switch kind {
	case Heading:
		if level > r.level+1 && r.markers {
			return 0, at.refuse("document.template-heading", "value", rest)
		}
		r.level = level
		err = add(0, rest)
	case Paragraph:
		err = add(0, goesOn(rest, false))
	case List:
		for from := 0; err == nil; {
			err = add(from, goesOn(rest, true))
			s, ok := more()
			k, _, next, isNum := begins(s)
			if !ok || k != List || isNum != num {
				break
			}
			from, rest = n, next
			n++
		}
	case Facts, Table:
		err = r.rows(kind, d, lines, at, &n, add)
	}
	if err != nil {
		return 0, err
	}
	r.add(Part{Line: at.line, block: d})
	return n, nil
}

func (r *reader) rows(kind Kind, d *draft, lines []string, at place, n *int, add func(int, ...string) error) error {
	for from := 0; ; from++ {
		s := strings.TrimSpace(lines[from])
		here := place{at.in, at.line + from}
		var cells []string
		if kind == Facts {
			m := fact.FindStringSubmatch(s)
			if m == nil {
				return here.refuse("document.template-fact", "value", s)
			}
			cells = m[1:]
		} else {
			if len(s) < 2 || s[len(s)-1] != '|' {
				return here.refuse("document.template-table", "value", s)
			}
			for c := range strings.SplitSeq(s[1:len(s)-1], "|") {
				cells = append(cells, strings.TrimSpace(c))
			}
			if len(d.rows) > 0 && len(cells) != len(d.rows[0]) || len(cells) > maxColumns {
				return here.refuse("document.template-table", "value", s)
			}
		}
		if kind == Facts || len(d.rows) != 1 || !divider.MatchString(s) {
			if err := add(from, cells...); err != nil {
				return err
			}
		}
		*n = from + 1
		if *n >= len(lines) {
			break
		}
		if k, _, _, _ := begins(strings.TrimSpace(lines[*n])); k != kind {
			break
		}
	}
	if kind == Table && len(d.rows) < 2 {
		return at.refuse("document.template-table", "value", strings.TrimSpace(lines[0]))
	}
	return nil
}
