// Package ui is the parts that pages are made of: the frame, panels, fields,
// badges, charts and the map, as the design system names them (design/ui.md). A
// part holds no rule and no sentence; it gets words in the reader's language.
package ui

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"baken/internal/text"
	"baken/internal/web"
	"baken/internal/web/form"
)

// Assets gives the address of a file that the program carries.
type Assets interface{ URL(name string) string }

// Look makes the parts that depend on the program's files.
type Look struct {
	Assets Assets
	icons  string
	style  string
	script string
	font   string
}

// NewLook reads the addresses once; they do not change while the program runs.
func NewLook(a Assets) *Look {
	return &Look{Assets: a, icons: a.URL("icons.svg"), style: a.URL("app.css"), script: a.URL("app.js"), font: a.URL("source-sans-3-latin-wght-normal.woff2")}
}

type iconKey struct{}

// withIcons lets Icon find the sprite without every page passing it on.
func withIcons(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, iconKey{}, address)
}

// Icon is a sign from the sprite; it repeats what words say and is hidden from
// screen readers.
func Icon(name string, classes ...string) templ.Component {
	class := "baken-icon"
	if len(classes) > 0 {
		class += " " + strings.Join(classes, " ")
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		address, _ := ctx.Value(iconKey{}).(string)
		_, err := io.WriteString(w, `<svg class="`+class+`" aria-hidden="true"><use href="`+templ.EscapeString(address)+`#`+name+`"></use></svg>`)
		return err
	})
}

// Shell draws the frame around a page.
func (l *Look) Shell(f web.Frame, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return shell(l, f, body).Render(withIcons(ctx, l.icons), w)
	})
}

// ErrorPage draws the page of an error.
func (l *Look) ErrorPage(e web.ErrorPage) templ.Component { return errorPage(e) }

// Input is a field of a form.
type Input struct {
	Name, Label, Hint string
	Type              string // text when empty; password, email, date, file, number
	Auto              string // autocomplete token, or empty
	Optional          bool
	Rows              int // more than 0 makes a text area
	Short             bool
	Options           []Option // a choice when not empty
}

// Option is one of the values of a choice.
type Option struct{ Value, Label string }

// Filled is what the fields of one form share.
type Filled struct {
	P    *text.Printer
	Form *form.Form
}

func (f Filled) typed(name string) string {
	if f.Form == nil {
		return ""
	}
	return f.Form.Typed(name)
}

func (f Filled) problem(name string) string { return f.Form.Problem(f.P, name) }

// echo is a date that can be read, in full: 03-04 read the wrong way round costs a
// term.
func (f Filled) echo(name string) string {
	if t, problem := form.ParseDate(strings.TrimSpace(f.typed(name))); problem == "" {
		return f.P.Date(t)
	}
	return ""
}

// described lists what explains a field to a screen reader.
func (f Filled) described(in Input) string {
	var ids []string
	if in.Hint != "" {
		ids = append(ids, in.Name+"-hint")
	}
	if f.problem(in.Name) != "" {
		ids = append(ids, in.Name+"-fout")
	}
	return strings.Join(ids, " ")
}

func inputType(in Input) string {
	switch in.Type {
	case "":
		return "text"
	case "date", "number":
		return "text" // the browser's own field turns day and month round (ui.md 9)
	}
	return in.Type
}

// Tone is the meaning of a badge.
type Tone string

const (
	Neutral Tone = "neutral"
	Good    Tone = "success"
	Warn    Tone = "warning"
	Danger  Tone = "danger"
	Info    Tone = "info"
)

// attributes are those that only some fields have.
func attributes(f Filled, in Input) templ.Attributes {
	a := templ.Attributes{}
	if in.Auto != "" {
		a["autocomplete"] = in.Auto
	}
	if d := f.described(in); d != "" {
		a["aria-describedby"] = d
	}
	if f.problem(in.Name) != "" {
		a["aria-invalid"] = "true"
	}
	if in.Type == "date" || in.Type == "number" {
		a["inputmode"] = "numeric"
	}
	return a
}

func alertIcon(tone string) string {
	switch tone {
	case "ok":
		return "circle-check"
	case "warning":
		return "alert-triangle"
	case "error":
		return "circle-x"
	}
	return "info-circle"
}

func alertRole(tone string) templ.Attributes {
	switch tone {
	case "ok":
		return templ.Attributes{"role": "status"}
	case "error":
		return templ.Attributes{"role": "alert"}
	}
	return nil
}
