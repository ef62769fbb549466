package tips

import (
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/eml"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/strip"
	"baken/internal/measures"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// intake is the form for what M. sent: pasted, or as the mail it came in.
func (m *Room) intake(w http.ResponseWriter, r *http.Request) error {
	return m.intakeForm(w, r, form.Empty(map[string]string{"Received": deadlines.DayOf(web.Now(r)).Midnight().Format("02-01-2006")}))
}

func (m *Room) intakeForm(w http.ResponseWriter, r *http.Request, filled *form.Form) error {
	f := m.frame(w, r)
	words := measures.Words{P: f.p, Kind: "tips"}
	a := measures.ActForm{P: f.p, Crumbs: crumbs(f.p, "", ""), Title: f.p.T("act.tip.receive"), Intro: f.p.T("tips.intro.receive"), Filled: ui.Filled{P: f.p, Form: filled},
		Asks: words.Asks("tip.receive", &Receive{}, nil), CSRF: f.csrf, Action: r.URL.Path, Back: base, Once: newOnce(filled.Typed("once"))}
	return answerForm(w, r, f.p, a.Title, filled, intakePage(f, a))
}

// receive takes a message in: everything that it brought is read, cleaned and checked
// before anything is stored, so that nothing is half there.
func (m *Room) receive(w http.ResponseWriter, r *http.Request) error {
	with, problem := m.uploads(r)
	neutral(r)
	filled := form.Read(r)
	in := &Receive{}
	filled.Into(in)
	again := func() error {
		if len(with.files) > 0 {
			filled.Wrong("Files", "measures.files-again", "n", len(with.files))
		}
		return m.intakeForm(w, r, filled)
	}
	if problem != nil && !filled.Absorb(problem) {
		return problem
	}
	if filled.Err() != nil {
		return again()
	}
	in.Files, in.Kept, in.Removed = ids(with.files), ids(with.kept), with.removed
	id := filled.Typed("once")
	err := m.Office.Begin(r.Context(), web.Actor(r), id, "tip.receive", in, with.all()...)
	if x := fault.Of(err); x != nil && x.Code == "dossier.opened-already" {
		err = nil // sent twice: the first opened it
	}
	if err != nil {
		if filled.Absorb(err) {
			return again()
		}
		return err
	}
	web.Notice(w, r, "tips.received-now")
	return web.SeeOther(w, r, base)
}

// neutral makes the marks of a pasted text visible, and composes it as the form will,
// so that what is checked later is exactly what was stored. Square brackets in pairs
// are kept for blacking out.
func neutral(r *http.Request) {
	for _, values := range []map[string][]string{r.PostForm, multipartValues(r)} {
		for _, name := range []string{"Text", "Reference", "KeepWhy"} {
			if v := values[name]; len(v) > 0 {
				v[0] = Tidy(v[0])
			}
		}
	}
}

func multipartValues(r *http.Request) map[string][]string {
	if r.MultipartForm == nil {
		return nil
	}
	return r.MultipartForm.Value
}

// Tidy is a pasted or imported text as it is stored: line ends and accents in one
// form, invisible marks made visible, no marks of our own.
func Tidy(s string) string {
	s, _ = strip.Text(s)
	s = strings.NewReplacer("[[", "⟦", "]]", "⟧", Gap, "").Replace(s)
	return strings.TrimSpace(norm.NFC.String(s))
}

// brought is what came with a message: the copies, the originals, and what was taken out.
type brought struct {
	files, kept []dossier.Attachment
	removed     []string
}

func (b brought) all() []dossier.Attachment {
	return append(b.files[:len(b.files):len(b.files)], b.kept...)
}

// uploads reads the message and the files of a form: the copies without metadata, and
// the originals when a reason to keep them was given. A message that is a mail gives
// its text to the field Text and its parts to the files.
func (m *Room) uploads(r *http.Request) (in brought, err error) {
	if r.MultipartForm == nil {
		return in, nil
	}
	keep := strings.TrimSpace(first0(r.MultipartForm.Value["KeepWhy"])) != ""
	type raw struct {
		field, name string
		body        []byte
	}
	var all []raw
	bad := fault.New(fault.Invalid, "form.invalid")
	for _, part := range r.MultipartForm.File["Message"] {
		body, err := readPart(part)
		if err != nil {
			return brought{}, err
		}
		mail, err := message(part.Filename, body)
		if err != nil {
			if x := fault.Of(err); x != nil {
				bad.At("Message", x.Code, x.Args...)
				continue
			}
			return brought{}, err
		}
		if strings.TrimSpace(first0(r.MultipartForm.Value["Text"])) != "" {
			bad.At("Message", "tips.text-twice")
			continue
		}
		r.MultipartForm.Value["Text"] = []string{mail.Text}
		for _, p := range mail.Parts {
			all = append(all, raw{"Message", p.Name, p.Body})
		}
	}
	for _, part := range r.MultipartForm.File["Files"] {
		body, err := readPart(part)
		if err != nil {
			return brought{}, err
		}
		all = append(all, raw{"Files", part.Filename, body})
	}
	if len(all) > mostFiles {
		bad.At("Files", "tips.too-many-files", "most", mostFiles)
		all = nil
	}
	for _, x := range all {
		clean, err := strip.Copy(x.body)
		if err != nil {
			f := fault.Of(err)
			if f == nil {
				return brought{}, err
			}
			bad.At(x.field, f.Code, f.Args...)
			continue
		}
		n := len(in.files) + 1
		in.files = append(in.files, dossier.Attachment{ID: ref.NewID(), Name: neutralName(n, clean.Media), Media: clean.Media, Body: clean.Body})
		for _, k := range clean.Removed {
			if !slices.Contains(in.removed, string(k)) {
				in.removed = append(in.removed, string(k))
			}
		}
		if keep {
			in.kept = append(in.kept, dossier.Attachment{ID: ref.NewID(), Name: "origineel-" + itoa(n) + ext(x.name), Media: "application/octet-stream", Body: x.body})
		}
	}
	if len(bad.Fields) > 0 {
		return brought{}, bad
	}
	return in, nil
}

// message reads the file of a message: a mail, or plain text.
func message(name string, body []byte) (eml.Mail, error) {
	if strings.EqualFold(path.Ext(name), ".txt") {
		c, err := strip.Copy(body)
		return eml.Mail{Text: string(c.Body)}, err
	}
	return eml.Read(body)
}

func readPart(part *multipart.FileHeader) ([]byte, error) {
	f, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func first0(v []string) string {
	if len(v) == 0 {
		return ""
	}
	return v[0]
}

// ext is the extension of a file name, when it is one: an original must open in the
// program it was made for.
func ext(name string) string {
	e := strings.ToLower(path.Ext(name))
	if len(e) < 2 || len(e) > 6 || strings.ContainsFunc(e[1:], func(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9') }) {
		return ""
	}
	return e
}

// ownFields are the fields of an intake that its page draws itself.
func ownFields(list []measures.Asked) []measures.Asked {
	return slices.DeleteFunc(slices.Clone(list), func(a measures.Asked) bool { return a.Kind == ask.Files || a.Name == "KeepWhy" || a.Name == "Shocking" })
}

// withoutFiles are the fields of a form without those that its page draws itself.
func withoutFiles(list []measures.Asked) []measures.Asked {
	return slices.DeleteFunc(slices.Clone(list), func(a measures.Asked) bool { return a.Kind == ask.Files || a.Name == "KeepWhy" })
}
