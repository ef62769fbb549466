package eml

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
)

// undone takes the encoding for the road off a part.
func undone(body io.Reader, encoding string) ([]byte, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return io.ReadAll(quotedprintable.NewReader(bytes.NewReader(raw)))
	case "base64":
		// RFC 2045, 6.8: whatever is no letter of the alphabet is passed over.
		kept := bytes.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/' {
				return r
			}
			return -1
		}, raw)
		return base64.RawStdEncoding.AppendDecode(nil, kept)
	}
	return raw, nil
}

// decoded reads text in the character set that the mail names. One that we do not
// know, and one that is not what it says, is UTF-8 where that fits and else
// Windows-1252, which has all of Latin 1 that people type.
func decoded(raw []byte, charset string) string {
	var set *charmap.Charmap
	switch strings.ToLower(charset) {
	case "iso-8859-15", "iso8859-15", "latin9", "latin-9":
		set = charmap.ISO8859_15
	case "iso-8859-1", "iso8859-1", "latin1", "windows-1252", "cp1252":
		set = charmap.Windows1252 // WHATWG Encoding: what programs mean when they say Latin 1
	default:
		if utf8.Valid(raw) {
			return string(raw)
		}
		set = charmap.Windows1252
	}
	out, err := set.NewDecoder().Bytes(raw)
	if err != nil {
		return string(raw)
	}
	return string(out)
}

// unflowed joins the lines that a program broke and a person did not. RFC 3676, 4.
func unflowed(s string, delsp bool) string {
	var b strings.Builder
	for l := range strings.Lines(strings.ReplaceAll(s, "\r\n", "\n")) {
		l, ended := strings.CutSuffix(l, "\n")
		l = strings.TrimPrefix(l, " ") // stuffed, so that a line may begin with a space or "From"
		flows := strings.HasSuffix(l, " ") && l != "-- " && ended
		if flows && delsp {
			l = strings.TrimSuffix(l, " ")
		}
		b.WriteString(l)
		if !flows {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// blocks are the elements that stand on lines of their own.
var blocks = map[string]string{"p": "\n\n", "div": "\n", "br": "\n", "tr": "\n", "table": "\n", "ul": "\n", "ol": "\n", "li": "\n", "h1": "\n\n", "h2": "\n\n", "h3": "\n\n", "h4": "\n\n",
	"blockquote": "\n", "pre": "\n", "hr": "\n", "section": "\n", "article": "\n", "header": "\n", "footer": "\n", "dt": "\n", "dd": "\n"}

// unread are the elements whose text is for a program.
var unread = map[string]bool{"script": true, "style": true, "head": true, "title": true, "noscript": true, "template": true, "iframe": true, "object": true, "svg": true}

// plain gives the words of an HTML text. Nothing is fetched, and an address behind a
// link is left out: it often says to whom the mail was sent.
func plain(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	skip, pre, ending := 0, 0, "\n\n" // ending is the white space that stands already
	write := func(t string) {
		if strings.Trim(t, " \n") == "" {
			if strings.HasSuffix(ending, t) || t == " " && strings.HasSuffix(ending, "\n") {
				return
			}
			if t == "\n\n" && strings.HasSuffix(ending, "\n") {
				t = "\n"
			}
		}
		b.WriteString(t)
		ending = (ending + t)[max(0, len(ending+t)-2):]
	}
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return strings.TrimSpace(b.String())
		}
		t := z.Token()
		switch kind {
		case html.TextToken:
			if skip > 0 {
				continue
			}
			if pre > 0 {
				write(t.Data)
				continue
			}
			text := strings.ReplaceAll(t.Data, "\u00a0", " ")
			inner := strings.Join(strings.Fields(text), " ")
			if inner == "" {
				write(" ")
				continue
			}
			if strings.TrimLeft(text, " \t\r\n") != text {
				write(" ")
			}
			write(inner)
			if strings.TrimRight(text, " \t\r\n") != text {
				write(" ")
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			start, end := kind == html.StartTagToken, kind == html.EndTagToken
			if unread[t.Data] {
				if start {
					skip++
				} else if end && skip > 0 {
					skip--
				}
				continue
			}
			if t.Data == "body" && start {
				skip = 0 // a head that was never closed
			}
			if t.Data == "pre" {
				pre = max(0, pre+map[bool]int{true: 1, false: -1}[start])
			}
			if skip == 0 {
				if sep, ok := blocks[t.Data]; ok {
					write(sep)
				}
				switch {
				case t.Data == "li" && start:
					write("- ")
				case (t.Data == "td" || t.Data == "th") && end:
					write(" ")
				}
			}
		}
	}
}
