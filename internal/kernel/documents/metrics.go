package documents

import (
	_ "embed"
	"encoding/binary"
	"sync"
)

// The font is in the program: a letter must look the same and prove the same on
// every machine, and PDF/A embeds what it shows.
var (
	//go:embed font/SourceSans3-Regular.ttf
	regularTTF []byte
	//go:embed font/SourceSans3-Bold.ttf
	boldTTF []byte
	//go:embed font/sRGB2014.icc
	srgb []byte
)

// face is what line breaking needs of a font: how wide each character is.
type face struct {
	width [1 << 16]uint16 // thousandths of the size; of characters that are there
	has   [1 << 10]uint64 // one bit each
}

func (f *face) knows(r rune) bool {
	return r >= ' ' && r < 1<<16 && f.has[r>>6]&(1<<(r&63)) != 0
}

// shown is the character that stands for r.
func (f *face) shown(r rune) rune {
	if f.knows(r) {
		return r
	}
	return missing
}

var faces = sync.OnceValue(func() [2]*face { return [2]*face{readFace(regularTTF), readFace(boldTTF)} })

// readFace reads the widths of a TrueType font (OpenType 1.9: cmap format 4, hmtx).
// The font is part of the program; a broken one shows in every test.
func readFace(ttf []byte) *face {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(ttf[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(ttf[at:])) }
	tables := map[string]int{}
	for i := range u16(4) {
		at := 12 + 16*i
		tables[string(ttf[at:at+4])] = u32(at + 8)
	}
	perEm, metrics := u16(tables["head"]+18), u16(tables["hhea"]+34)
	cmap := 0
	for i := range u16(tables["cmap"] + 2) {
		at := tables["cmap"] + 4 + 8*i
		if sub := tables["cmap"] + u32(at+4); u16(at) == 3 && u16(at+2) == 1 && u16(sub) == 4 {
			cmap = sub
		}
	}
	if cmap == 0 {
		panic("documents: the font has no map of characters")
	}
	f := &face{}
	segments := u16(cmap+6) / 2
	for s := range segments {
		end, start := u16(cmap+14+2*s), u16(cmap+16+2*(segments+s))
		delta, at := u16(cmap+16+2*(2*segments+s)), cmap+16+2*(3*segments+s)
		for c := start; c <= end && c < 0xffff; c++ {
			glyph := c + delta
			if off := u16(at); off != 0 {
				if glyph = u16(at + off + 2*(c-start)); glyph != 0 {
					glyph += delta
				}
			}
			if glyph &= 0xffff; glyph == 0 {
				continue
			}
			w := u16(tables["hmtx"] + 4*min(glyph, metrics-1))
			f.width[c] = uint16((w*1000 + perEm/2) / perEm)
			f.has[c>>6] |= 1 << (c & 63)
		}
	}
	return f
}
