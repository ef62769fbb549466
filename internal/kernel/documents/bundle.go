package documents

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"baken/internal/fault"
	"baken/internal/text"
)

// Item is one file of a bundle: of which date, what it is, under which name. A
// date of nought stands as none.
type Item struct {
	Date time.Time
	What string
	Name string
	Body []byte
}

// entry is one line of manifest.json; its names are a format that others read.
type entry struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	Date   string `json:"date"`
	What   string `json:"what"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

// Bundle writes a ZIP for a court, an adviser or who asks for the file: an index
// that can be read out, the files by number, and a manifest with their hashes, with
// which the receiver can prove that nothing was changed. The order is the one in
// which the items are given. Every time in it is that of at.
func Bundle(w io.Writer, title string, at time.Time, items []Item, p *text.Printer) error {
	if len(items) == 0 {
		return fault.New(fault.Invalid, "document.bundle-empty")
	}
	entries := make([]entry, len(items))
	digits := max(2, len(strconv.Itoa(len(items))))
	for i, item := range items {
		name, what := safeName(item.Name), oneLine(item.What)
		if name == "" || what == "" {
			return fault.New(fault.Invalid, "document.bundle-nameless", "number", i+1)
		}
		sum := sha256.Sum256(item.Body)
		date := ""
		if !item.Date.IsZero() {
			date = item.Date.In(text.Amsterdam).Format(time.DateOnly)
		}
		entries[i] = entry{i + 1, fmt.Sprintf("%0*d-%s", digits, i+1, name), date, what, hex.EncodeToString(sum[:]), len(item.Body)}
	}
	list, err := index(title, at, items, entries, p)
	if err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(struct {
		Title string  `json:"title"`
		Made  string  `json:"made"`
		Items []entry `json:"items"`
	}{oneLine(title), at.UTC().Format(time.RFC3339), entries}, "", "  ")
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	add := func(name string, body []byte) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime(at)})
		if err != nil {
			return err
		}
		_, err = f.Write(body)
		return err
	}
	if err := add(strings.Repeat("0", digits)+"-index.pdf", list); err != nil {
		return err
	}
	for i, e := range entries {
		if err := add(e.Name, items[i].Body); err != nil {
			return err
		}
	}
	if err := add("manifest.json", append(manifest, '\n')); err != nil {
		return err
	}
	return z.Close()
}

// zipTime is a time that ZIP can say; its first year is 1980.
func zipTime(t time.Time) time.Time {
	if t.Year() < 1980 {
		return noTime
	}
	return t.UTC()
}

// index is the list of what is in the bundle, as a document of its own.
func index(title string, at time.Time, items []Item, entries []entry, p *text.Printer) ([]byte, error) {
	l := Letter{Lang: p.Lang, Title: title, Date: p.Day(at)}
	l.Blocks = append(l.Blocks, Block{Kind: Paragraph, Text: Plain(p.T("document.bundle-intro", "n", len(items)))})
	t := Block{Kind: Table}
	for _, code := range []string{"document.bundle-number", "document.date", "document.bundle-what", "document.bundle-file", "document.bundle-hash"} {
		t.Header = append(t.Header, Plain(p.T(code)))
	}
	for i, e := range entries {
		date := ""
		if e.Date != "" {
			date = p.Day(items[i].Date)
		}
		t.Rows = append(t.Rows, []Text{Plain(strconv.Itoa(e.Number)), Plain(date), Plain(e.What), Plain(e.Name), Plain(e.SHA256)})
	}
	l.Blocks = append(l.Blocks, t)
	var b bytes.Buffer
	err := PDF(&b, l)
	return b.Bytes(), err
}

// longest is how many characters of a name stay; Windows refuses long paths.
const longest = 100

// safeName is the name of a file that every system takes and that cannot leave the
// folder in which it is unpacked. It stays as it was where it can.
func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`+"\n"+string(missing), r) {
			return '-'
		}
		if r == '\\' {
			return '/'
		}
		return r
	}, clean(s))
	s = strings.Trim(path.Base("/"+s), " ./")
	for utf8.RuneCountInString(s) > longest {
		ext := path.Ext(s)
		if utf8.RuneCountInString(ext) > 10 {
			ext = ""
		}
		stem := []rune(strings.TrimSuffix(s, ext))
		s = strings.TrimRight(string(stem[:longest-utf8.RuneCountInString(ext)]), " .") + ext
	}
	return s
}
