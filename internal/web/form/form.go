// Package form reads what people type. It keeps what was typed, collects all that
// is wrong by field, and gives typed values. Names stay as typed; marks that
// change the direction of text or have no width are refused where they could make
// two names look alike (security.md control 31).
package form

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
)

// Form is a filled-in form: what was typed and what is wrong with it.
type Form struct {
	typed map[string]string
	more  map[string][]string // of a field that came several times, the others
	wrong *fault.Fault
}

// Empty is a form that nobody filled in yet, with values to start from.
func Empty(start map[string]string) *Form {
	if start == nil {
		start = map[string]string{}
	}
	return &Form{typed: start}
}

// Read takes the values of a request that web has parsed.
func Read(r *http.Request) *Form {
	f := Empty(nil)
	f.more = map[string][]string{}
	take := func(all map[string][]string) {
		for name, values := range all {
			if name != "_csrf" && len(values) > 0 {
				f.typed[name], f.more[name] = values[0], values[1:]
			}
		}
	}
	take(r.PostForm)
	if r.MultipartForm != nil {
		take(r.MultipartForm.Value)
	}
	return f
}

// Quiet is the same typing without its faults, to look at what a half-filled form
// would make.
func (f *Form) Quiet() *Form {
	q := Empty(maps.Clone(f.typed))
	q.more = f.more
	return q
}

// Typed is what was typed in a field, as it was typed.
func (f *Form) Typed(name string) string { return f.typed[name] }

// Marked are the options of a field of which several can be marked.
func (f *Form) Marked(name string) []string {
	return append(append([]string(nil), strings.Fields(f.typed[name])...), f.more[name]...)
}

// Wrong adds a fault to a field.
func (f *Form) Wrong(name, code string, args ...any) {
	if f.wrong == nil {
		f.wrong = fault.New(fault.Invalid, "form.invalid")
	}
	f.wrong.At(name, code, args...)
}

// Err is the fault with all wrong fields, or nil.
func (f *Form) Err() error {
	if f.wrong == nil {
		return nil
	}
	return f.wrong
}

// Absorb takes the wrong fields of an act's refusal into the form, so that they
// are shown at the field. It reports whether err belongs on the form's page; any
// other error goes on its way.
func (f *Form) Absorb(err error) bool {
	x := fault.Of(err)
	if x == nil || (x.Kind != fault.Invalid && x.Kind != fault.Conflict) {
		return false
	}
	if x == f.wrong {
		return true
	}
	if len(x.Fields) == 0 {
		f.Wrong("", x.Code, x.Args...)
	}
	for _, field := range x.Fields {
		f.Wrong(field.Name, field.Code, field.Args...)
	}
	return true
}

// Problem is one thing that is wrong, in the reader's language.
type Problem struct{ Field, Sentence string }

// Problems lists what is wrong, in the order of the form.
func (f *Form) Problems(p *text.Printer) []Problem {
	if f == nil || f.wrong == nil {
		return nil
	}
	out := make([]Problem, len(f.wrong.Fields))
	for i, x := range f.wrong.Fields {
		out[i] = Problem{x.Name, Say(p, x.Code, x.Args...)}
	}
	return out
}

// Say is a sentence about what was typed or recorded. Days among its values are
// written as dates in the reader's language, as everywhere else on the page.
func Say(p *text.Printer, code string, args ...any) string {
	args = slices.Clone(args)
	for i, a := range args {
		switch v := a.(type) {
		case deadlines.Day:
			args[i] = p.Date(v.Midnight())
		case deadlines.When:
			args[i] = p.Date(v.Day.Midnight())
			if !v.At.IsZero() {
				args[i] = p.Date(v.At) + ", " + p.Clock(v.At)
			}
		}
	}
	return p.T(code, args...)
}

// Problem is the first sentence about a field, or empty.
func (f *Form) Problem(p *text.Printer, name string) string {
	for _, x := range f.Problems(p) {
		if x.Field == name {
			return x.Sentence
		}
	}
	return ""
}

// Text reads a required line of at most most characters, trimmed and composed.
func (f *Form) Text(name string, most int) string {
	s := f.Optional(name, most)
	if s == "" && f.typedBlank(name) {
		f.Wrong(name, "form.required")
	}
	return s
}

func (f *Form) typedBlank(name string) bool { return strings.TrimSpace(f.typed[name]) == "" }

// Optional reads a line that may be empty.
func (f *Form) Optional(name string, most int) string {
	s := norm.NFC.String(strings.TrimSpace(f.typed[name]))
	if len([]rune(s)) > most {
		f.Wrong(name, "form.too-long", "most", most)
		return ""
	}
	if strings.ContainsFunc(s, hidden) {
		f.Wrong(name, "form.hidden-marks")
		return ""
	}
	return s
}

// hidden are marks that a reader does not see: control, direction, zero width.
func hidden(r rune) bool {
	return (unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t') || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
}

// Choice reads one of the values offered.
func (f *Form) Choice(name string, offered ...string) string {
	s := f.typed[name]
	if !slices.Contains(offered, s) {
		f.Wrong(name, "form.choose")
		return ""
	}
	return s
}

// Int reads a whole number within bounds.
func (f *Form) Int(name string, least, most int) int {
	if f.typedBlank(name) {
		f.Wrong(name, "form.required")
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(f.typed[name]))
	if err != nil || n < least || n > most {
		f.Wrong(name, "form.number", "least", least, "most", most)
		return 0
	}
	return n
}

// Date reads a required civil date, dd-mm-jjjj, as midnight in Amsterdam.
func (f *Form) Date(name string) time.Time {
	if f.typedBlank(name) {
		f.Wrong(name, "form.required")
		return time.Time{}
	}
	return f.OptionalDate(name)
}

// OptionalDate reads a civil date that may be left out; the zero time is none.
func (f *Form) OptionalDate(name string) time.Time {
	s := strings.TrimSpace(f.typed[name])
	if s == "" {
		return time.Time{}
	}
	t, problem := ParseDate(s)
	if problem != "" {
		f.Wrong(name, problem, "value", s)
	}
	return t
}

// ParseDate reads dd-mm-jjjj, also with / or . and without leading zeros. It
// refuses a day that does not exist and a year that nobody means; the second
// result is then the code of the sentence. 03-04 is the third of April, always:
// a date that the browser's language turns round loses a case in court (ui.md 9).
func ParseDate(s string) (time.Time, string) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return time.Time{}, "form.date.shape"
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v <= 0 || strings.HasPrefix(p, "+") {
			return time.Time{}, "form.date.shape"
		}
		n[i] = v
	}
	day, month, year := n[0], n[1], n[2]
	if month > 12 || year < 1900 || year > 2200 {
		return time.Time{}, "form.date.none"
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, text.Amsterdam)
	if t.Day() != day || t.Month() != time.Month(month) {
		return time.Time{}, "form.date.none"
	}
	return t, ""
}
