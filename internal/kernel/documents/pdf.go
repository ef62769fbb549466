package documents

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"baken/internal/text"
)

// PDF writes the letter as PDF/A-2a with the structure of PDF/UA-1. A letter that
// could not be read well is refused with a fault.
func PDF(w io.Writer, l Letter) error {
	if err := l.check(); err != nil {
		return err
	}
	b := layout(&l, text.For(l.Lang))
	drawn, used, err := b.drawPages()
	if err != nil {
		return err
	}
	out, err := finish(drawn, b, used)
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}

// family is the name under which fpdf knows the font; finish writes the real one.
const family = "body"

// drawPages lets fpdf write the pages and cut the fonts, and says which characters
// of each weight were used.
func (b *builder) drawPages() (raw []byte, used [2]map[rune]bool, err error) {
	f := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", SizeStr: "A4"})
	f.SetCatalogSort(true)                                         // the same letter is the same bytes
	f.SetCreationDate(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) // finish leaves it out
	f.SetModificationDate(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes(family, "", regularTTF)
	f.AddUTF8FontFromBytes(family, "B", boldTTF)
	used = [2]map[rune]bool{{}, {}}
	for _, pg := range b.pages {
		f.AddPage()
		style, sz, grey := "?", 0.0, false
		f.SetTextColor(0, 0, 0)
		for _, o := range pg.ops {
			switch o.kind {
			case opBegin:
				f.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", o.tag, o.markID))
			case opArtifact:
				f.RawWriteStr("/Artifact <<" + o.tag + ">> BDC")
			case opEnd:
				f.RawWriteStr("EMC")
			case opRule:
				f.SetDrawColor(150, 150, 150)
				f.SetLineWidth(0.5)
				f.Line(o.x, o.y, o.x2, o.y)
			case opText:
				if o.text == "" {
					continue
				}
				st := ""
				if o.bold {
					st = "B"
				}
				if st != style || o.size != sz {
					f.SetFont(family, st, o.size)
					style, sz = st, o.size
				}
				if o.grey != grey {
					// 7:1 on white, so that who sees little reads the margin too.
					v := 0
					if o.grey {
						v = 85
					}
					f.SetTextColor(v, v, v)
					grey = o.grey
				}
				for _, r := range o.text {
					used[weight(o.bold)][r] = true
				}
				f.Text(o.x, o.y, o.text)
			}
		}
	}
	var buf buffer
	if err := f.Output(&buf); err != nil {
		return nil, used, fmt.Errorf("documents: fpdf: %w", err)
	}
	return buf, used, nil
}

type buffer []byte

func (b *buffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }
