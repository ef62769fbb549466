package documents

import (
	"strings"

	"baken/internal/fault"
)

// Fill puts values in and returns what a Letter needs. A value is text: nothing in
// it is markup. Every placeholder must have a value that says something, and every
// condition must know its field, even if that is empty: a letter with a hole is
// found here and not by who receives it. Shared paragraphs come by their code.
func (t Template) Fill(values, paragraphs map[string]string) (title, subject string, blocks []Block, err error) {
	f := filler{values: values, paragraphs: paragraphs}
	head := func(s string, line int) (string, error) {
		in, err := parseInline(s, place{t.Code, line})
		if err != nil {
			return "", err
		}
		out, err := f.text(in)
		return oneLine(out.String()), err
	}
	if title, err = head(t.Title, t.titleLine); err != nil {
		return "", "", nil, err
	}
	if subject, err = head(t.Subject, t.subjectLine); err != nil {
		return "", "", nil, err
	}
	f.in = t.Code
	said := map[string]bool{}
	for _, p := range t.Parts {
		before := len(f.blocks)
		if err := f.part(&p); err != nil {
			return "", "", nil, err
		}
		said[p.Section] = said[p.Section] || len(f.blocks) > before || f.joined
		f.joined = false
	}
	for _, m := range t.Mandatory {
		if !said[m] {
			return "", "", nil, fault.New(fault.Invalid, "document.template-section-empty", "section", m, "in", t.Code)
		}
	}
	if title == "" {
		return "", "", nil, fault.New(fault.Invalid, "document.no-title")
	}
	return title, subject, f.blocks, nil
}

type filler struct {
	values, paragraphs map[string]string
	in                 string
	blocks             []Block
	joined             bool   // something was added to the last block
	from               string // the section of the last block
}

func (f *filler) part(p *Part) error {
	switch {
	case p.condition != nil:
		holds, err := f.holds(p.condition, place{f.in, p.Line})
		if err != nil || !holds {
			return err
		}
		for i := range p.parts {
			if err := f.part(&p.parts[i]); err != nil {
				return err
			}
		}
		return nil
	case p.shared != "":
		return f.share(p)
	}
	b, err := f.block(p.block)
	if err != nil || b == nil {
		return err
	}
	// Items that a condition divides are still one list, and so are facts.
	if n := len(f.blocks); n > 0 && f.from == p.Section {
		last := &f.blocks[n-1]
		if last.Kind == b.Kind && (b.Kind == List && last.Numbered == b.Numbered || b.Kind == Facts) {
			last.Items, last.Rows = append(last.Items, b.Items...), append(last.Rows, b.Rows...)
			f.joined = true
			return nil
		}
	}
	f.blocks = append(f.blocks, *b)
	f.from = p.Section
	return nil
}

// share reads a shared paragraph and fills it in where it is asked for.
func (f *filler) share(p *Part) error {
	src, ok := f.paragraphs[p.shared]
	if !ok {
		return place{f.in, p.Line}.refuse("document.template-unknown-paragraph", "value", p.shared)
	}
	r := reader{in: p.shared, section: p.Section}
	if err := r.read(strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n"), 1); err != nil {
		return err
	}
	if len(r.parts) == 0 {
		return place{f.in, p.Line}.refuse("document.template-empty-paragraph", "value", p.shared)
	}
	in := f.in
	f.in = p.shared
	for i := range r.parts {
		if err := f.part(&r.parts[i]); err != nil {
			return err
		}
	}
	f.in = in
	return nil
}

func (f *filler) holds(c *inCase, at place) (bool, error) {
	v, ok := f.values[c.field]
	if !ok {
		return false, at.refuse("document.template-unknown-field", "field", c.field)
	}
	return Plain(v).empty() == c.unless, nil
}

// block fills a block in; nil when its conditions leave nothing of it.
func (f *filler) block(d *draft) (*Block, error) {
	b := &Block{Kind: d.kind, Level: d.level, Numbered: d.numbered}
	for i, row := range d.rows {
		cells := make([]Text, len(row))
		said := false
		for j, c := range row {
			t, err := f.text(c)
			if err != nil {
				return nil, err
			}
			cells[j] = t
			said = said || !t.empty()
		}
		at := place{f.in, d.lines[i]}
		head := d.kind == Table && i == 0
		switch {
		case head:
			for _, c := range cells {
				if c.empty() {
					return nil, at.refuse("document.template-head-empty")
				}
			}
			b.Header = cells
		case !said || d.kind == Facts && cells[1].empty():
			// A condition left nothing of this item or row.
		case d.kind == Facts && cells[0].empty():
			return nil, at.refuse("document.template-head-empty")
		case d.kind == List:
			b.Items = append(b.Items, cells[0])
		case d.kind == Table || d.kind == Facts:
			b.Rows = append(b.Rows, cells)
		default:
			b.Text = cells[0]
		}
	}
	if b.Text == nil && len(b.Items)+len(b.Rows) == 0 {
		return nil, nil
	}
	return b, nil
}

// text fills a text in.
func (f *filler) text(in inline) (Text, error) {
	var out Text
	if err := f.fill(in, &out); err != nil {
		return nil, err
	}
	return tidy(out), nil
}

func (f *filler) fill(in inline, out *Text) error {
	for _, p := range in {
		switch {
		case p.when != nil:
			holds, err := f.holds(p.when, p.at)
			if err != nil {
				return err
			}
			if holds {
				if err := f.fill(p.then, out); err != nil {
					return err
				}
			}
		case p.field != "":
			v, ok := f.values[p.field]
			if !ok {
				return p.at.refuse("document.template-unknown-field", "field", p.field)
			}
			if Plain(v).empty() {
				return p.at.refuse("document.template-empty-field", "field", p.field)
			}
			*out = append(*out, Run{strings.Trim(clean(v), " \n"), p.bold})
		default:
			*out = append(*out, Run{p.text, p.bold})
		}
	}
	return nil
}

// tidy closes the gaps that a condition leaves: no space at the ends, one between
// words, and runs of one weight joined.
func tidy(t Text) Text {
	var out Text
	spaced := true // at the beginning there is no word to divide from
	for _, r := range t {
		s := r.Text
		if spaced {
			s = strings.TrimLeft(s, " ")
		}
		if s == "" {
			continue
		}
		spaced = s[len(s)-1] == ' '
		if n := len(out); n > 0 && out[n-1].Bold == r.Bold {
			out[n-1].Text += s
		} else {
			out = append(out, Run{s, r.Bold})
		}
	}
	for n := len(out); n > 0; n = len(out) {
		if out[n-1].Text = strings.TrimRight(out[n-1].Text, " "); out[n-1].Text != "" {
			break
		}
		out = out[:n-1]
	}
	return out
}
