package documents

import "testing"

// What Dutch letters need must be in the font, in both weights: names with the
// accents of Europe, Greek and Cyrillic, sums in euro, quotes, dashes.
func TestFontHasWhatLettersNeed(t *testing.T) {
	for i, f := range faces() {
		for _, r := range "ABCxyz0189 éëïöüçñßøåŁłŐőŞşĞğİıŽžĳĲ€£§°±²½×·–—‘’“”„…•‰ΑαωЖя\u00a0" + string(missing) {
			if !f.knows(r) {
				t.Errorf("weight %d misses %q (%U)", i, r, r)
			}
		}
		if f.knows('\u4e2d') || f.knows('\U0001f600') || f.shown('中') != missing {
			t.Errorf("weight %d says that it has Chinese or a picture: it would show nothing at all", i)
		}
		if f.width[' '] != faces()[0].width[' '] {
			t.Errorf("weight %d has another space: lines count them in one width", i)
		}
		if f.width['i'] >= f.width['W'] || f.width['0'] != f.width['9'] {
			t.Errorf("weight %d: the widths are read wrong", i)
		}
	}
}
