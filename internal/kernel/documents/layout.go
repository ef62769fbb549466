package documents

import (
	"strconv"

	"baken/internal/text"
)

// The page, in points: A4 with room for a punch and for a window envelope.
const (
	pageWidth, pageHeight = 595.28, 841.89
	left, right           = 70.0, 60.0
	top, bottom           = 64.0, 66.0
	textWidth             = pageWidth - left - right
	floor                 = pageHeight - bottom
	windowY               = 142.0 // where the addressee begins
	size                  = 10.5
	leading               = 1.42
	gap                   = 7.0
	small                 = 8.5
	cellPad               = 3.5
)

// elem is an element of the structure tree (ISO 32000-1, 14.7 and 14.8).
type elem struct {
	tag   string
	attr  string // an attribute dictionary, as PDF writes it
	elems []*elem
	marks []mark // the marked content that it holds, in reading order
}

// mark is one sequence of marked content on a page.
type mark struct{ page, id int }

func (e *elem) add(tag, attr string) *elem {
	k := &elem{tag: tag, attr: attr}
	e.elems = append(e.elems, k)
	return k
}

// op is one thing to draw.
type op struct {
	kind   opKind
	x, y   float64 // y is of the base line
	x2     float64
	size   float64
	grey   bool
	text   string
	bold   bool
	tag    string
	markID int
}

type opKind int

const (
	opText opKind = iota
	opRule
	opBegin    // marked content of the structure
	opArtifact // what is on the page and not in the text: rules, running heads
	opEnd
)

// page is what is drawn, in reading order, and who owns each mark.
type page struct {
	ops    []op
	owners []*elem
}

// builder lays a letter out over pages. It decides every break itself, so that the
// structure can be closed before it and opened after it.
type builder struct {
	p     *text.Printer
	l     *Letter
	pages []*page
	y     float64
	root  *elem
}

func layout(l *Letter, p *text.Printer) *builder {
	b := &builder{p: p, l: l, root: &elem{tag: "Document"}}
	b.newPage()
	b.head()
	for i := range l.Blocks {
		b.block(&l.Blocks[i])
	}
	b.margins()
	return b
}

func (b *builder) cur() *page { return b.pages[len(b.pages)-1] }

func (b *builder) newPage() {
	b.pages = append(b.pages, &page{})
	b.y = top
}

func (b *builder) draw(o op) { b.cur().ops = append(b.cur().ops, o) }

// begin opens marked content of e on this page.
func (b *builder) begin(e *elem) {
	pg := b.cur()
	id := len(pg.owners)
	pg.owners = append(pg.owners, e)
	e.marks = append(e.marks, mark{len(b.pages) - 1, id})
	b.draw(op{kind: opBegin, tag: e.tag, markID: id})
}

func (b *builder) end() { b.draw(op{kind: opEnd}) }

// drawLine sets one line with its base line below y.
func (b *builder) drawLine(ln line, x, y, sz float64) {
	for _, s := range ln.segs {
		b.draw(op{kind: opText, x: x, y: y + sz, size: sz, text: s.text, bold: s.bold})
		x += s.w
	}
}

// artifact draws what no reader of the structure needs to hear.
func (b *builder) artifact(kind string, ops ...op) {
	b.draw(op{kind: opArtifact, tag: kind})
	for _, o := range ops {
		b.draw(o)
	}
	b.end()
}

// need begins a new page when less than h is left on this one.
func (b *builder) need(h float64) {
	if b.y+h > floor && b.y > top {
		b.newPage()
	}
}

// lines sets lines as the content of e, over as many pages as it takes. One line
// never stands alone: not the first at the foot, nor the last at the head.
func (b *builder) lines(e *elem, lns []line, x, sz float64) {
	step := sz * leading
	if n := len(lns); n <= 3 {
		b.need(float64(n) * step)
	} else {
		b.need(2 * step)
	}
	open := false
	for i, ln := range lns {
		rest := len(lns) - i
		alone := rest == 2 && len(lns) > 3 && b.y+2*step > floor
		if (b.y+step > floor || alone) && b.y > top {
			if open {
				b.end()
				open = false
			}
			b.newPage()
		}
		if !open {
			b.begin(e)
			open = true
		}
		b.drawLine(ln, x, b.y, sz)
		b.y += step
	}
	if open {
		b.end()
	}
}

// paragraph sets text under the parent with a tag.
func (b *builder) paragraph(parent *elem, tag string, t Text, sz float64) {
	b.lines(parent.add(tag, ""), breakLines(t, sz, textWidth), left, sz)
}

func bold(s string) Text { return Text{{s, true}} }

// head sets the sender, the addressee, the references and the title.
func (b *builder) head() {
	l := b.l
	address := func(t []string, x, width float64) {
		for _, s := range t {
			if s = oneLine(s); s != "" {
				b.lines(b.root.add("P", ""), breakLines(Plain(s), size, width), x, size)
			}
		}
	}
	address(l.From, left+textWidth*0.6, textWidth*0.4)
	if len(l.To) > 0 {
		b.y = max(b.y+gap, windowY)
		address(l.To, left, textWidth*0.58)
		b.y += 2 * gap
	} else if len(l.From) > 0 {
		b.y += gap
	}
	when := oneLine(l.Date)
	if place := oneLine(l.Place); place != "" && when != "" {
		when = place + ", " + when
	}
	any := false
	for _, row := range [][2]string{{"document.date", when}, {"document.reference", oneLine(l.Reference)}, {"document.subject", oneLine(l.Subject)}} {
		if row[1] != "" {
			b.paragraph(b.root, "P", Text{{b.p.T(row[0]) + ": ", true}, {row[1], false}}, size)
			any = true
		}
	}
	if any {
		b.y += 2 * gap
	}
	b.paragraph(b.root, "H1", bold(oneLine(l.Title)), 17)
	b.y += gap
}

func (b *builder) block(k *Block) {
	switch k.Kind {
	case Heading:
		sz, tag := 13.0, "H2"
		if k.Level == 2 {
			sz, tag = 11.5, "H3"
		}
		b.y += gap * 0.6
		lns := breakLines(embolden(k.Text), sz, textWidth)
		// A heading stays with the first lines of what it heads.
		b.need(float64(len(lns))*sz*leading + 3*size*leading)
		b.lines(b.root.add(tag, ""), lns, left, sz)
		b.y += gap * 0.3
	case Paragraph:
		b.paragraph(b.root, "P", k.Text, size)
		b.y += gap
	case List:
		b.list(k)
		b.y += gap
	case Table, Facts:
		b.table(k)
		b.y += gap * 1.5
	}
}

func embolden(t Text) Text { return bold(t.String()) }

func (b *builder) list(k *Block) {
	numbering := "/Disc"
	if k.Numbered {
		numbering = "/Decimal"
	}
	list := b.root.add("L", "<</O/List/ListNumbering "+numbering+">>")
	const indent = 22.0
	for i, item := range k.Items {
		label := "•"
		if k.Numbered {
			label = strconv.Itoa(i+1) + "."
		}
		lns := breakLines(item, size, textWidth-indent)
		b.need(float64(min(len(lns), 2)) * size * leading)
		li := list.add("LI", "")
		lbl := li.add("Lbl", "")
		b.begin(lbl)
		b.drawLine(line{segs: []seg{{label + " ", false, 0}}}, left+4, b.y, size)
		b.end()
		b.lines(li.add("LBody", ""), lns, left+indent, size)
		b.y += gap * 0.25
	}
}

// margins draws what every page has and no reader needs to hear twice: the title
// from the second page on, the page's number, and that this is a draft.
func (b *builder) margins() {
	total := strconv.Itoa(len(b.pages))
	for i, pg := range b.pages {
		nr := b.p.T("document.page", "page", strconv.Itoa(i+1), "total", total)
		var head []op
		if i > 0 {
			t := breakLines(Plain(oneLine(b.l.Title)), small, textWidth*0.7)[0]
			for _, s := range t.segs {
				head = append(head, op{kind: opText, x: left, y: 40, size: small, grey: true, text: s.text})
			}
		}
		if b.l.Concept {
			s := b.p.T("document.concept")
			head = append(head, op{kind: opText, x: pageWidth - right - widthOf(s, true, 13), y: 40, size: 13, bold: true, grey: true, text: s})
		}
		ops := pg.ops
		if len(head) > 0 {
			ops = append(append([]op{{kind: opArtifact, tag: "/Type/Pagination/Subtype/Header"}}, head...), op{kind: opEnd})
			ops = append(ops, pg.ops...)
		}
		pg.ops = append(ops, op{kind: opArtifact, tag: "/Type/Pagination/Subtype/Footer"},
			op{kind: opText, x: pageWidth - right - widthOf(nr, false, small), y: pageHeight - 36, size: small, grey: true, text: nr}, op{kind: opEnd})
	}
}
