package eml

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The mails of testdata are fictitious. Every one comes from Kanarie Verrader at
// 198.51.100.7; no word of that may come through.
func TestRead(t *testing.T) {
	third := deadlines.Date(2026, time.November, 3) // the day our own server wrote, not the sender's
	for name, want := range map[string]Mail{
		"plain.eml":  {third, "MMA-melding 26-0147: loods aan de caféstraat", "Er wordt 's nachts gelost bij de loods. De eigenaar heet ‘Boële’.\n\nMet groet,\nMeld Misdaad Anoniem", nil},
		"latin9.eml": {third, "Prijs: 500 €", "De prijs is 500 €, zegt men.", nil},
		"cp1252.eml": {third, "Tip", "Hij zei: “kom om tien uur” – en ging.", nil},
		"html.eml":   {third, "Alleen HTML", "Zie deze pagina.\n\nTweede alinea\nnieuwe regel\n\n- een\n- twee\nKenteken XX-99-YY", nil},
		"alternative.eml": {third, "Twee vormen", "De platte tekst.\n\nEn een naschrift.",
			[]Part{{"foto café.jpg", []byte("\xff\xd8\xff\xe0jpeg")}, {"brief één.pdf", []byte("%PDF-1.4")}}},
		"forwarded.eml": {third, "FW: tip", "Zie hieronder.\n\nDe doorgestuurde tekst.", nil},
		"signed.eml":    {third, "Getekend", "Een lange regel die door het programma is gebroken.\nEen nieuwe regel.\n-- \nMeld Misdaad Anoniem", nil},
		"mailbox.eml":   {deadlines.Date(2026, time.October, 31), "Uit een mailbox", "Zonder soort, dus plat.⟦U+202E⟧", nil},
	} {
		raw := read(t, name)
		if !strings.Contains(strings.ToLower(string(raw)), "kanarie") {
			t.Errorf("%s holds no canary: the test would pass on nothing", name)
		}
		got, err := Read(raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
		all := strings.ToLower(fmt.Sprintf("%+v", got))
		for _, canary := range []string{"kanarie", "verrader", "198.51", "10.11.12", "laptop", "23:45", "02:02", "01:02"} {
			if strings.Contains(all, canary) {
				t.Errorf("%s: %q came through: %s", name, canary, all)
			}
		}
	}
}

const head = "From: a@example.org\r\nDate: Sat, 31 Oct 2026 02:02:01 +0100\r\n"

// mixed is a mail of n parts.
func mixed(n int) string {
	return head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\ntekst\r\n", n) + "--b--\r\n"
}

// nested is a mail in n mails.
func nested(n int) string {
	return head + strings.Repeat("Content-Type: message/rfc822\r\n\r\n"+head, n) + "\r\ntekst\r\n"
}

func TestRefused(t *testing.T) {
	for name, row := range map[string]struct{ code, raw string }{
		"S/MIME":            {"eml.encrypted", string(read(t, "encrypted.eml"))},
		"PGP in the text":   {"eml.encrypted", string(read(t, "pgp.eml"))},
		"PGP/MIME":          {"eml.encrypted", string(read(t, "pgpmime.eml"))},
		"TNEF":              {"eml.winmail", string(read(t, "winmail.eml"))},
		"TNEF by type":      {"eml.winmail", head + "Content-Type: application/ms-tnef\r\n\r\nx"},
		"Outlook":           {"eml.msg", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"},
		"nothing":           {"eml.unreadable", ""},
		"a text":            {"eml.unreadable", "Beste mensen,\n\nEr is iets aan de hand.\n"},
		"a text with colon": {"eml.unreadable", "Let op: dit is geen mail\n\nEcht niet.\n"},
		"a picture":         {"eml.unreadable", "\xff\xd8\xff\xe0\x00\x10JFIF"},
		"no words":          {"eml.empty", head + "\r\n \r\n"},
		"cut off":           {"eml.damaged", strings.TrimSuffix(mixed(3), "--b--\r\n")},
		"no boundary":       {"eml.damaged", head + "Content-Type: multipart/mixed\r\n\r\nx"},
		"no parts":          {"eml.damaged", head + "Content-Type: multipart/mixed; boundary=b\r\n\r\nx"},
		"broken base64":     {"eml.damaged", head + "Content-Transfer-Encoding: base64\r\n\r\nA"},
		"26 MB":             {"eml.too-large", head + "\r\n" + strings.Repeat("x", MaxMail)},
		"much text":         {"eml.too-much-text", head + "\r\n" + strings.Repeat("x", MaxText+1)},
		"20 parts":          {"eml.too-many-parts", mixed(MaxParts)}, // and the whole is one
		"100000 parts":      {"eml.too-many-parts", mixed(100_000)},
		"six in each other": {"eml.too-deep", nested(MaxNested + 1)},
	} {
		_, err := Read([]byte(row.raw))
		f := fault.Of(err)
		if f == nil || f.Code != row.code {
			t.Errorf("%s: %v, want %s", name, err, row.code)
			continue
		}
		for _, lang := range text.Langs {
			if s := text.For(lang).T(f.Code, f.Args...); strings.Contains(s, "<no value>") || strings.HasPrefix(s, "[") {
				t.Errorf("%s: the sentence misses a value: %s", name, s)
			}
		}
	}
	for name, raw := range map[string]string{"19 parts": mixed(MaxParts - 1), "five in each other": nested(MaxNested)} {
		if _, err := Read([]byte(raw)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"a  b\n c":                                "a b c",
		"<p>a</p><p>b</p>":                        "a\n\nb",
		"<div>a</div><div>b</div>":                "a\nb",
		"een<b>woord</b> <i>en</i> nog":           "eenwoord en nog",
		"<pre>a\n  b</pre>":                       "a\n  b",
		"<head><title>x</title><body>y":           "y",
		"1 &lt; 2 &amp; 3":                        "1 < 2 & 3",
		"<svg><text>x</text></svg>y":              "y",
		`<a href="http://x.example/?wie=1">u</a>`: "u",
		"<!-- x -->y":                             "y",
	} {
		if got := plain(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestUnflowed(t *testing.T) {
	for in, want := range map[string]string{"a \nb\nc": "a b\nc\n", " From x\n": "From x\n", "-- \nnaam": "-- \nnaam\n"} {
		if got := unflowed(in, false); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got := unflowed("lang \nwoord", true); got != "langwoord\n" {
		t.Errorf("%q", got)
	}
}

// A name from outside stays in the folder and is never empty.
func TestNamesOfParts(t *testing.T) {
	for in, want := range map[string]string{
		`filename="../../etc/passwd"`:           "passwd",
		`filename="C:\\Users\\jan\\foto.jpg"`:   "foto.jpg",
		`filename=".."`:                         "bijlage-1.pdf",
		``:                                      "bijlage-1.pdf",
		`filename*=UTF-8''jan%E2%80%AEfdp.exe`:  "jan⟦U+202E⟧fdp.exe",
		`filename*0="lang"; filename*1="e.pdf"`: "lange.pdf",
	} {
		m, err := Read([]byte(head + "Content-Type: application/pdf\r\nContent-Disposition: attachment; " + in + "\r\n\r\nx"))
		if err != nil || len(m.Parts) != 1 || m.Parts[0].Name != want {
			t.Errorf("%s became %+v %v, want %s", in, m.Parts, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	names, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, n := range names {
		if !n.IsDir() {
			f.Add(read(f, n.Name()))
		}
	}
	f.Add([]byte(mixed(3)))
	f.Add([]byte(nested(3)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Read(raw)
		if err != nil {
			if g := fault.Of(err); g == nil || !strings.HasPrefix(g.Code, "eml.") {
				t.Fatalf("no fault of this package: %v", err)
			}
			return
		}
		if strings.Contains(m.Subject, "\n") || len(m.Parts) > MaxParts || m.Text == "" && len(m.Parts) == 0 {
			t.Fatalf("%+v", m)
		}
		for _, p := range m.Parts {
			if p.Name == "" || strings.ContainsAny(p.Name, "/\\\n\x00") {
				t.Fatalf("a part named %q", p.Name)
			}
		}
	})
}
