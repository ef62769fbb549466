package strip

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever comes in, out comes a fault with a code or a copy that is clean: a copy of
// it is of the same kind and takes nothing more out.
func FuzzCopy(f *testing.F) {
	for _, s := range samples {
		f.Add(read(f, s.name))
	}
	for _, b := range [][]byte{read(f, "locked.pdf"), read(f, "old.doc"), odt(nil), docx(nil), header(9, 9), pdfOf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 9 9]>>", "<</Type/Page/Parent 2 0 R>>"),
		[]byte("a;b\n1;2\n"), []byte("<svg/>"), []byte("{\\rtf1}")} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := Copy(body)
		if err != nil {
			if !strings.HasPrefix(code(err), "strip.") {
				t.Fatalf("no fault of this package: %v", err)
			}
			if strings.Contains(err.Error(), "panic") {
				t.Fatalf("a decoder panicked: %v", err)
			}
			return
		}
		again, err := Copy(c.Body)
		if err != nil || again.Media != c.Media || len(again.Removed) > 0 {
			t.Fatalf("%s removed %q, its copy %s %q %v", c.Media, c.Removed, again.Media, again.Removed, err)
		}
	})
}

// Whatever is pasted becomes UTF-8 in which everything shows, and stays so.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "gewoon", "a\r\nb", "jan\u202efdp", "a\u200bb", "\xff\xfe", "\x00\x1b[0m", "\U000e0041", "⟦U+202E⟧", "\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, marks := Text(s)
		if !utf8.ValidString(clean) || strings.ContainsFunc(clean, unseen) || strings.Contains(clean, "\r") {
			t.Fatalf("%q became %q", s, clean)
		}
		if again, more := Text(clean); again != clean || more != nil {
			t.Fatalf("%q became %q and then %q", s, clean, again)
		}
		for _, m := range marks {
			if !strings.Contains(clean, "⟦"+m+"⟧") {
				t.Fatalf("%q: %s is gone", s, m)
			}
		}
	})
}
