package documents

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// parsed is a PDF as this checker reads it. It does not use the code that wrote
// it. It checks what ISO 19005-2 (level A) and ISO 14289-1 ask of the things that
// a letter has; it is no veraPDF, which cannot run here.
type parsed struct {
	t       failer
	objs    map[int]string
	trailer string
	pages   []int
	text    map[[2]int]string // page object and mark: what is said there
	outside string            // what artifacts show
	elems   []node            // in reading order
}

type node struct {
	tag, attr, text string
	depth           int
}

var (
	objRef   = regexp.MustCompile(`(\d+) 0 R`)
	lengthOf = regexp.MustCompile(`/Length (\d+)`)
	paints   = regexp.MustCompile(` (S|f|B|re)$`)
	mcr      = regexp.MustCompile(`<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>|(\d+) 0 R`)
)

func parsePDF(t failer, body []byte) *parsed {
	t.Helper()
	p := &parsed{t: t, objs: map[int]string{}, text: map[[2]int]string{}}
	if !bytes.HasPrefix(body, []byte("%PDF-1.7\n%")) || body[10] < 128 || body[13] < 128 {
		t.Fatal("the header does not say that the file is binary (ISO 19005-2, 6.1.2)")
	}
	tail := string(body[bytes.LastIndex(body, []byte("startxref")):])
	at, err := strconv.Atoi(strings.Fields(tail)[1])
	if err != nil || !strings.HasSuffix(tail, "%%EOF\n") {
		t.Fatalf("the end of the file is wrong: %q", tail)
	}
	lines := strings.Split(string(body[at:]), "\n")
	count, _ := strconv.Atoi(strings.Fields(lines[1])[1])
	for n := 1; n < count; n++ {
		off, _ := strconv.Atoi(lines[2+n][:10])
		start := fmt.Sprintf("%d 0 obj\n", n)
		if !bytes.HasPrefix(body[off:], []byte(start)) {
			t.Fatalf("the table of offsets does not lead to object %d", n)
		}
		p.objs[n] = object(t, string(body[off+len(start):]))
	}
	p.trailer = strings.Join(lines[2+count:], "\n")
	return p
}

// object is an object's text up to its end; a stream is measured by its Length.
func object(t failer, s string) string {
	t.Helper()
	end, str := strings.Index(s, "endobj"), strings.Index(s, "\nstream\n")
	if str < 0 || str > end {
		return s[:end]
	}
	m := lengthOf.FindStringSubmatch(s[:str])
	if m == nil {
		t.Fatalf("a stream without a length: %q", s[:str])
	}
	n, _ := strconv.Atoi(m[1])
	from := str + len("\nstream\n")
	if !strings.HasPrefix(s[from+n:], "\nendstream\nendobj") {
		t.Fatalf("the length of a stream is not right: %q", s[:str])
	}
	return s[:from+n]
}

func (p *parsed) ref(dict, key string) int {
	p.t.Helper()
	m := regexp.MustCompile(key + ` ?\[?(\d+) 0 R`).FindStringSubmatch(dict)
	if m == nil {
		p.t.Fatalf("%s is missing in %.200q", key, dict)
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

func (p *parsed) stream(n int) string {
	p.t.Helper()
	dict, body, ok := strings.Cut(p.objs[n], "\nstream\n")
	if !ok {
		p.t.Fatalf("object %d is no stream", n)
	}
	if !strings.Contains(dict, "/FlateDecode") {
		return body
	}
	z, err := zlib.NewReader(strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(out)
}

// content reads a page: everything that is shown stands in marked content, which
// is not nested, and the marks count from nought.
func (p *parsed) content(page int) int {
	p.t.Helper()
	s := p.stream(p.ref(p.objs[page], "/Contents"))
	marks, in := 0, ""
	for len(s) > 0 {
		if m := showText.FindString(s); m != "" {
			text := p.decode(m)
			if in == "" {
				p.t.Errorf("%q is shown outside marked content (ISO 14289-1, 7.1)", text)
			} else if in == "artifact" {
				p.outside += text + "\n"
			} else {
				p.text[[2]int{page, marks - 1}] += text
			}
			s = s[len(m):]
			continue
		}
		line, rest, _ := strings.Cut(s, "\n")
		switch {
		case strings.HasSuffix(line, " BDC"):
			if in != "" {
				p.t.Errorf("page %d: marked content inside marked content", page)
			}
			if in = "artifact"; !strings.HasPrefix(line, "/Artifact ") {
				in = "text"
				if !strings.HasSuffix(line, fmt.Sprintf("<</MCID %d>> BDC", marks)) {
					p.t.Errorf("page %d: mark %q, want number %d", page, line, marks)
				}
				marks++
			}
		case line == "EMC":
			if in == "" {
				p.t.Errorf("page %d: an end without a begin", page)
			}
			in = ""
		case paints.MatchString(line):
			if in != "artifact" {
				p.t.Errorf("page %d: a line is drawn and is no artifact: %q", page, line)
			}
		}
		s = rest
	}
	if in != "" {
		p.t.Errorf("page %d ends inside marked content", page)
	}
	return marks
}

// showText is one string that is shown, as fpdf writes it; the string may hold any
// byte, also a line feed.
var showText = regexp.MustCompile(`(?s)^(?:q [\d.]+ g |q [\d. ]+ rg )?BT [\d.]+ [\d.]+ Td \((?:\\.|[^\\)])*\) Tj ET(?: Q)?\n`)

// decode reads the codes of a string as UTF-16: fpdf's codes are the characters
// themselves; that the table for readers says the same is checked with the font.
func (p *parsed) decode(op string) string {
	raw := op[strings.Index(op, "(")+1 : strings.LastIndex(op, ") Tj")]
	var b []byte
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c == '\\' {
			i++
			if c = raw[i]; c == 'r' {
				c = '\r'
			}
		}
		b = append(b, c)
	}
	if len(b)%2 != 0 {
		p.t.Fatalf("a string of half characters: %q", raw)
	}
	var u []uint16
	for i := 0; i < len(b); i += 2 {
		u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(u))
}

// failer is what a test and a property share.
type failer interface {
	Helper()
	Error(args ...any)
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}
