package measures

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
)

// Letter is one letter of a measure: when it can be made, to whom it goes, and the acts
// whose form shows it beside it. Letters are Dutch: they are decisions of a Dutch
// municipality.
type Letter[R any] struct {
	Code  string
	Acts  []string
	Ready func(r R) bool
	Final func(r R) bool // else it is a draft and says so on every page
	On    func(r R) deadlines.Day
	To    func(r R) []string
	By    func(r R) string // account of who signed; the one of the card when nil
}

// Filling is what a letter is filled with besides the file.
type Filling struct {
	Letter       string // its code
	Number, Town string
	Signer       string // name of who signed; empty before
	Today        deadlines.Day
}

// letterbook holds the parsed templates and shared paragraphs.
type letterbook struct {
	templates map[string]documents.Template
	shared    map[string]string
}

// openLetters reads the templates: letters/*.txt, and letters/gedeeld/*.txt for what
// more of them share. They are part of the program; a broken one ends it at start.
func openLetters(files fs.FS) (letterbook, error) {
	b := letterbook{map[string]documents.Template{}, map[string]string{}}
	for pattern, keep := range map[string]func(name, src string) error{
		"letters/*.txt": func(name, src string) error {
			t, err := documents.Parse(src)
			b.templates[name] = t
			return err
		},
		"letters/gedeeld/*.txt": func(name, src string) error { b.shared[name] = src; return nil },
	} {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			return b, err
		}
		for _, n := range names {
			raw, err := fs.ReadFile(files, n)
			if err != nil {
				return b, err
			}
			if err := keep(strings.TrimSuffix(path.Base(n), ".txt"), string(raw)); err != nil {
				return b, fmt.Errorf("letter %s: %w", n, err)
			}
		}
	}
	return b, nil
}

func (d *Desk[R]) kindOf(code string) (Letter[R], bool) {
	i := slices.IndexFunc(d.Law.Letters, func(k Letter[R]) bool { return k.Code == code })
	if i < 0 {
		return Letter[R]{}, false
	}
	return d.Law.Letters[i], true
}

// signer is the name of who signed a letter.
func (d *Desk[R]) signer(code string, r R, at dossier.At, b Beside) string {
	if k, ok := d.kindOf(code); ok && k.By != nil {
		return b.Name(k.By(r))
	}
	return b.Name(d.Law.Card(r, at).SignedBy)
}

// letter makes one letter of a file. blank stands for what is not known yet, in a
// preview; empty refuses a letter with a hole.
func (d *Desk[R]) letter(code string, r R, number, signer, blank string, today deadlines.Day) (documents.Letter, error) {
	t, ok := d.book.templates[code]
	k, known := d.kindOf(code)
	if !ok || !known {
		return documents.Letter{}, fault.New(fault.NotFound, "access.not-found")
	}
	values := d.Law.Values(r, Filling{Letter: code, Number: number, Town: d.Town, Signer: signer, Today: today})
	if blank != "" {
		for name, v := range values {
			if v == "" && !d.Law.Optional[name] {
				values[name] = blank
			}
		}
	}
	title, subject, blocks, err := t.Fill(values, d.book.shared)
	if err != nil {
		return documents.Letter{}, err
	}
	l := documents.Letter{Lang: text.NL, Title: title, Subject: subject, From: append([]string{"Gemeente " + d.Town}, d.Letterhead...), To: withTown(k.To(r), d.Town), Place: d.Town, Reference: number}
	for _, b := range blocks {
		if d.Law.Expand == nil {
			l.Blocks = append(l.Blocks, b)
			continue
		}
		l.Blocks = append(l.Blocks, d.Law.Expand(b, r)...)
	}
	l.Blocks = explained(l.Blocks)
	l.Concept = !k.Ready(r) || !k.Final(r)
	if !l.Concept {
		l.Date = text.For(text.NL).Day(k.On(r).Midnight())
	}
	return l, nil
}

// houseNumber ends an address of which the town was left out.
var houseNumber = regexp.MustCompile(`\p{L}.* \d+ ?[a-zA-Z]?(-\d+)?$`)

// withTown adds the town to an address that ends with a street and a number: within the
// municipality people leave it out, and the post does not.
func withTown(lines []string, town string) []string {
	if n := len(lines); n > 1 && houseNumber.MatchString(lines[n-1]) {
		return append(slices.Clone(lines), town)
	}
	return lines
}

// abbreviations are those of laws that letters use, each with its sentence.
var abbreviations = map[string]*regexp.Regexp{"Awb": regexp.MustCompile(`\bAwb\b`), "APV": regexp.MustCompile(`\bAPV\b`), "Wth": regexp.MustCompile(`\bWth\b`)}

// explained says what the abbreviations in a letter mean of which the letter does not say
// so itself. It stands with the questions, which is where a reader looks, and takes no
// paragraph of its own: that could end up on a page of its own.
func explained(blocks []documents.Block) []documents.Block {
	p, said := text.For(text.NL), ""
	for _, b := range blocks {
		for _, t := range slices.Concat([]documents.Text{b.Text}, b.Items, b.Header, slices.Concat(b.Rows...)) {
			said += t.String() + "\n"
		}
	}
	var out []string
	for _, short := range slices.Sorted(maps.Keys(abbreviations)) {
		name := p.T("measures.abbreviation." + strings.ToLower(short))
		if abbreviations[short].MatchString(said) && !strings.Contains(said, name) {
			out = append(out, p.T("measures.abbreviation", "short", short, "name", name))
		}
	}
	if len(out) == 0 {
		return blocks
	}
	blocks = slices.Clone(blocks)
	for i := len(blocks) - 1; i > 0; i-- {
		if blocks[i].Kind == documents.Paragraph && blocks[i-1].Kind == documents.Heading {
			blocks[i].Text = slices.Concat(blocks[i].Text, documents.Plain(" "+strings.Join(out, " ")))
			return blocks
		}
	}
	return append(blocks, documents.Block{Kind: documents.Paragraph, Text: documents.Plain(strings.Join(out, " "))})
}

// Cells are the texts of a row, as somebody typed them.
func Cells(s ...string) []documents.Text {
	out := make([]documents.Text, len(s))
	for i := range s {
		out[i] = documents.Plain(s[i])
	}
	return out
}

// letters lists the letters that the file can make now.
func (d *Desk[R]) letters(p *text.Printer, id string, r R, now time.Time) []Document {
	var out []Document
	for _, k := range d.Law.Letters {
		if !k.Ready(r) {
			continue
		}
		href := d.base() + "/" + id + "/brief/" + k.Code
		doc := Document{Label: p.T(d.name() + ".letter." + k.Code), Href: href + ".pdf", Other: href + ".docx", State: p.T("measures.letter-concept")}
		if k.Final(r) {
			doc.State, doc.Date = p.T("measures.letter-final"), p.DayShort(k.On(r).Midnight(), now)
		}
		out = append(out, doc)
	}
	return out
}

// Preview is the letter of an act as it will read when the form is sent, to stand
// beside the form.
func (d *Desk[R]) Preview(r R, act, number string, today deadlines.Day) []Preview {
	// Where one act can lead to several letters, it is the one that the form makes ready.
	i := slices.IndexFunc(d.Law.Letters, func(k Letter[R]) bool { return slices.Contains(k.Acts, act) && k.Ready(r) })
	if i < 0 {
		i = slices.IndexFunc(d.Law.Letters, func(k Letter[R]) bool { return slices.Contains(k.Acts, act) })
	}
	if i < 0 {
		return nil
	}
	l, err := d.letter(d.Law.Letters[i].Code, r, number, "", "…", today)
	if err != nil {
		return nil
	}
	out := []Preview{{Heading: 1, Text: l.Title}}
	for _, b := range l.Blocks {
		switch b.Kind {
		case documents.Heading:
			out = append(out, Preview{Heading: 2, Text: b.Text.String()})
		case documents.List:
			for _, i := range b.Items {
				out = append(out, Preview{Text: "• " + i.String()})
			}
		case documents.Table, documents.Facts:
			for _, row := range b.Rows {
				var words []string
				for _, c := range row {
					words = append(words, c.String())
				}
				out = append(out, Preview{Text: strings.Join(words, "  ")})
			}
		default:
			out = append(out, Preview{Text: b.Text.String()})
		}
	}
	return out
}

// Made is a letter as bytes: "besluit.pdf" or "besluit.docx".
func (d *Desk[R]) Made(name string, r R, number, signer string, today deadlines.Day) (body []byte, media string, err error) {
	code, ext, _ := strings.Cut(name, ".")
	k, ok := d.kindOf(code)
	if !ok || !k.Ready(r) || ext != "pdf" && ext != "docx" {
		return nil, "", fault.New(fault.NotFound, "access.not-found")
	}
	blank := ""
	if !k.Final(r) {
		blank = "…" // a draft says on every page that it is one, and may be looked at before all is known
	}
	l, err := d.letter(code, r, number, signer, blank, today)
	if err != nil {
		return nil, "", err
	}
	var b bytes.Buffer
	if ext == "docx" {
		err = documents.DOCX(&b, l)
		return b.Bytes(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", err
	}
	err = documents.PDF(&b, l)
	return b.Bytes(), "application/pdf", err
}
