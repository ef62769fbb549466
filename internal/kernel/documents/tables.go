package documents

// table sets rows of cells. A row that does not fit on what is left of the page
// begins on the next, under the header again; that second header is an artifact,
// because in the structure the table has one.
func (b *builder) table(k *Block) {
	e := b.root.add("Table", "")
	header, rows := k.Header, k.Rows
	var widths []float64
	if k.Kind == Facts {
		header = nil
	}
	widths = columns(k)
	var again func()
	if header != nil {
		cells := make([]Text, len(header))
		for i, h := range header {
			cells[i] = embolden(h)
		}
		head := setRow(cells, widths)
		// The header stands with the first lines of its first row.
		b.need(head.height() + setRow(rows[0], widths).atLeast())
		b.row(e.add("TR", ""), head, func(tr *elem, _ int) *elem {
			return tr.add("TH", "<</O/Table/Scope/Column>>")
		}, nil)
		if head.height() < (floor-top)/3 {
			again = func() { b.headerAgain(head) }
		}
	}
	for _, r := range rows {
		cells := r
		if k.Kind == Facts {
			cells = []Text{embolden(r[0]), r[1]}
		}
		b.row(e.add("TR", ""), setRow(cells, widths), func(tr *elem, i int) *elem {
			if k.Kind == Facts && i == 0 {
				return tr.add("TH", "<</O/Table/Scope/Row>>")
			}
			return tr.add("TD", "")
		}, again)
	}
}

// row is a row set in lines.
type row struct {
	cells  [][]line
	x      []float64
	most   int // lines of its longest cell
	filled []bool
}

const cellStep = size * leading

func (r *row) height() float64 { return float64(r.most)*cellStep + 2*cellPad }

// atLeast is what a row takes when it is divided as soon as it may be.
func (r *row) atLeast() float64 { return float64(min(r.most, 2))*cellStep + 2*cellPad }

func setRow(cells []Text, widths []float64) *row {
	r := &row{most: 1}
	x := left
	for i, c := range cells {
		lns := breakLines(c, size, widths[i]-2*cellPad)
		r.cells = append(r.cells, lns)
		r.filled = append(r.filled, !c.empty())
		r.x = append(r.x, x+cellPad)
		r.most = max(r.most, len(lns))
		x += widths[i]
	}
	return r
}

// row draws a row, over more pages if it is higher than one.
func (b *builder) row(tr *elem, r *row, cell func(tr *elem, i int) *elem, again func()) {
	elems := make([]*elem, len(r.cells))
	for i := range r.cells {
		elems[i] = cell(tr, i)
	}
	page := floor - top
	fresh := b.y <= top
	for from := 0; from < r.most; {
		rest := r.most - from
		fits := int((floor - b.y - 2*cellPad) / cellStep)
		whole := float64(rest)*cellStep + 2*cellPad
		if fits < rest && !fresh && (whole <= page*0.5 || fits < 2) {
			b.newPage()
			if again != nil {
				again()
			}
			fits = int((floor - b.y - 2*cellPad) / cellStep)
		}
		n := min(max(fits, 1), rest)
		b.y += cellPad
		for i, lns := range r.cells {
			if !r.filled[i] || from >= len(lns) {
				continue
			}
			b.begin(elems[i])
			for j, ln := range lns[from:min(from+n, len(lns))] {
				b.drawLine(ln, r.x[i], b.y+float64(j)*cellStep, size)
			}
			b.end()
		}
		b.y += float64(n)*cellStep + cellPad
		b.artifact("/Type/Layout", op{kind: opRule, x: left, x2: left + textWidth, y: b.y})
		from, fresh = from+n, false
	}
}

func (b *builder) headerAgain(head *row) {
	b.y += cellPad
	var ops []op
	for i, lns := range head.cells {
		for j, ln := range lns {
			x := head.x[i]
			for _, s := range ln.segs {
				ops = append(ops, op{kind: opText, x: x, y: b.y + float64(j)*cellStep + size, size: size, text: s.text, bold: s.bold})
				x += s.w
			}
		}
	}
	b.y += float64(head.most)*cellStep + cellPad
	ops = append(ops, op{kind: opRule, x: left, x2: left + textWidth, y: b.y})
	b.artifact("/Type/Pagination/Subtype/Header", ops...)
}

// columns divides the width: each column gets what its longest word needs, as far
// as that goes, and the rest by how much text it has.
func columns(k *Block) []float64 {
	n := 2
	rows := k.Rows
	if k.Kind == Table {
		n = len(k.Header)
		rows = append([][]Text{k.Header}, k.Rows...)
	}
	word, all := make([]float64, n), make([]float64, n)
	for r, cells := range rows {
		for i, c := range cells {
			if k.Kind == Table && r == 0 || k.Kind == Facts && i == 0 {
				c = embolden(c)
			}
			sum := 0.0
			for _, ch := range chunks(c, size) {
				word[i] = max(word[i], ch.w)
				sum += ch.w + float64(ch.spaces)*size*0.2
			}
			all[i] = max(all[i], sum)
		}
	}
	out := make([]float64, n)
	most := textWidth / float64(n)
	if k.Kind == Facts {
		most = textWidth * 0.4
	}
	rest, want := float64(textWidth), 0.0
	for i := range out {
		out[i] = min(max(word[i], size), most-2*cellPad-1) + 2*cellPad + 1
		rest -= out[i]
		want += max(0, all[i]+2*cellPad+1-out[i])
	}
	if want == 0 {
		out[n-1] += rest
		return out
	}
	share := min(1, rest/want)
	for i := range out {
		more := max(0, all[i]+2*cellPad+1-out[i]) * share
		out[i] += more
		rest -= more
	}
	out[n-1] += rest
	return out
}
