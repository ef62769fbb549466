package strip

import "github.com/beevik/etree"

// Marks on elements that settle takes out. A name in XML cannot hold them. etree
// renumbers all siblings for every child that leaves, so a million would take an
// hour one by one.
const (
	dropped = "\x00drop"
	opened  = "\x00open"
)

// drop marks e to go with all that is in it.
func drop(e *etree.Element) { e.Tag = dropped }

// unwrap marks e to go while its children stay in its place.
func unwrap(e *etree.Element) { e.Tag = opened }

// settle carries out the marks. Paragraphs in late have a deleted end: what is in
// them moves to the front of the paragraph that follows.
func settle(e *etree.Element, late map[*etree.Element]bool) {
	e.Child = settled(e, nil, late)
}

func settled(e *etree.Element, out []etree.Token, late map[*etree.Element]bool) []etree.Token {
	var waiting *etree.Element
	for _, t := range e.Child {
		c, ok := t.(*etree.Element)
		if !ok {
			out = append(out, t)
			continue
		}
		switch c.Tag {
		case dropped:
			continue
		case opened:
			out = settled(c, out, late)
			continue
		}
		settle(c, late)
		if waiting != nil {
			if c.Tag == "p" {
				prepend(c, waiting)
			} else {
				out = append(out, waiting)
			}
			waiting = nil
		}
		if late[c] {
			waiting = c
			continue
		}
		out = append(out, c)
	}
	if waiting != nil {
		out = append(out, waiting)
	}
	return out
}

// prepend puts the content of before into p, behind p's own properties.
func prepend(p, before *etree.Element) {
	var head, body []etree.Token
	split := func(e *etree.Element, head *[]etree.Token) {
		for _, t := range e.Child {
			if c, ok := t.(*etree.Element); ok && c.Tag == "pPr" {
				if head != nil {
					*head = append(*head, t)
				}
				continue
			}
			body = append(body, t)
		}
	}
	split(before, nil)
	split(p, &head)
	p.Child = append(head, body...)
}

// bare takes comments and instructions for other programs out of a tree.
func bare(e *etree.Element, f found) {
	for i, t := range e.Child {
		switch c := t.(type) {
		case *etree.Comment:
			f[Properties] = true
			e.Child[i] = etree.NewText("")
		case *etree.ProcInst:
			if c.Target != "xml" {
				e.Child[i] = etree.NewText("")
			}
		case *etree.Element:
			bare(c, f)
		}
	}
}

// each visits e and what is in it, from the outside in, and not what is to go.
func each(e *etree.Element, do func(*etree.Element)) {
	if e.Tag == dropped {
		return
	}
	do(e)
	for _, c := range e.ChildElements() {
		each(c, do)
	}
}
