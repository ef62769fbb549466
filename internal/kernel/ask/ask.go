// Package ask reads what an act asks from the struct of its input: one definition
// gives the fields of the form, the validation, the schema of the API and the body
// of the journal's entry, so the four cannot differ.
//
// A field carries a tag `ask:"kind,optional" options:"a,b"`. The kinds are those of
// Kind; another word is a choice whose options only the capability knows when it
// draws the form, such as one of the inspections of the file. `ask:"-"` is not
// asked: the act fills it in. A struct that is embedded without a tag brings its fields,
// for what several acts ask alike.
package ask

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
)

// Kind is what a field takes.
type Kind string

// The kinds of fields and the Go types they have.
const (
	Line   Kind = "line"   // string, one line
	Text   Kind = "text"   // string, several lines
	Shape  Kind = "shape"  // string, the corners of an area as places.ParseRing reads them; the act reads it
	Lines  Kind = "lines"  // []string, one a line
	Day    Kind = "day"    // deadlines.Day
	Moment Kind = "moment" // deadlines.When
	Euro   Kind = "euro"   // int, cents
	Count  Kind = "count"  // int
	Yes    Kind = "yes"    // bool
	Choice Kind = "choice" // string, one of Options
	Marks  Kind = "marks"  // []string, each one of Options
	Files  Kind = "files"  // []string, ids of files in the dossier
)

// The largest that a field takes.
const (
	MostLine  = 200
	MostText  = 20_000
	MostLines = 50
)

// Field is one field of an input.
type Field struct {
	Name     string
	Kind     Kind
	Optional bool
	Options  []string
	index    []int
}

// Own reports whether the capability gives the options when it draws the form.
func (f Field) Own() bool {
	return !slices.Contains([]Kind{Line, Text, Shape, Lines, Day, Moment, Euro, Count, Yes, Choice, Marks, Files}, f.Kind)
}

// Fields lists what an input asks, in its order. in is a pointer to a struct. A tag
// that does not fit its type is a mistake in the program and panics; every act's
// input is listed in a test.
func Fields(in any) []Field { return fieldsOf(reflect.TypeOf(in).Elem(), nil) }

func fieldsOf(t reflect.Type, at []int) []Field {
	var out []Field
	for i := range t.NumField() {
		index := append(slices.Clone(at), i)
		tag, ok := t.Field(i).Tag.Lookup("ask")
		if !ok && t.Field(i).Anonymous && t.Field(i).Type.Kind() == reflect.Struct {
			out = append(out, fieldsOf(t.Field(i).Type, index)...)
			continue
		}
		if !ok {
			panic(fmt.Sprintf("ask: %s.%s has no tag", t, t.Field(i).Name))
		}
		if tag == "-" {
			continue
		}
		kind, rest, _ := strings.Cut(tag, ",")
		f := Field{Name: t.Field(i).Name, Kind: Kind(kind), Optional: rest == "optional", index: index}
		if o := t.Field(i).Tag.Get("options"); o != "" {
			f.Options = strings.Split(o, ",")
		}
		if !f.fits(t.Field(i).Type) || (f.Kind == Choice || f.Kind == Marks) && len(f.Options) == 0 {
			panic(fmt.Sprintf("ask: %s.%s is no %s", t, f.Name, kind))
		}
		out = append(out, f)
	}
	return out
}

func (f Field) fits(t reflect.Type) bool {
	switch f.Kind {
	case Line, Text, Shape, Choice:
		return t.Kind() == reflect.String
	case Lines, Marks, Files:
		return t == reflect.TypeFor[[]string]()
	case Day:
		return t == reflect.TypeFor[deadlines.Day]()
	case Moment:
		return t == reflect.TypeFor[deadlines.When]()
	case Euro, Count:
		return t.Kind() == reflect.Int
	case Yes:
		return t.Kind() == reflect.Bool
	}
	return t.Kind() == reflect.String || t.Kind() == reflect.Int
}

// Value is what stands in the field of an input.
func (f Field) Value(in any) any { return reflect.ValueOf(in).Elem().FieldByIndex(f.index).Interface() }

// Set puts a value of the field's type in an input.
func (f Field) Set(in, value any) {
	reflect.ValueOf(in).Elem().FieldByIndex(f.index).Set(reflect.ValueOf(value))
}

// Validate refuses an input in which something that is asked is missing, not one of
// the options, or too long. What the law says about it is for the act.
func Validate(in any) error {
	bad := fault.New(fault.Invalid, "form.invalid")
	for _, f := range Fields(in) {
		v := reflect.ValueOf(in).Elem().FieldByIndex(f.index)
		empty := v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 || v.Kind() == reflect.String && strings.TrimSpace(v.String()) == ""
		switch {
		case f.Kind == Yes || f.Kind == Count:
		case empty && !f.Optional:
			bad.At(f.Name, "form.required")
		case empty:
		case f.Kind == Choice && !slices.Contains(f.Options, v.String()):
			bad.At(f.Name, "form.choose")
		case f.Kind == Marks && !f.Offers(v.Interface().([]string)):
			bad.At(f.Name, "form.marks")
		case f.Kind == Line && utf8.RuneCountInString(v.String()) > MostLine:
			bad.At(f.Name, "form.too-long", "most", MostLine)
		case (f.Kind == Text || f.Kind == Shape) && utf8.RuneCountInString(v.String()) > MostText:
			bad.At(f.Name, "form.too-long", "most", MostText)
		case f.Kind == Lines && v.Len() > MostLines:
			bad.At(f.Name, "form.too-many", "most", MostLines)
		}
		if n, ok := v.Interface().(int); ok && n < 0 {
			bad.At(f.Name, "form.number", "least", 0, "most", "2147483647")
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Offers reports whether each of these is an option of the field, and none stands there
// twice.
func (f Field) Offers(values []string) bool {
	for i, v := range values {
		if !slices.Contains(f.Options, v) || slices.Contains(values[:i], v) {
			return false
		}
	}
	return true
}

// Schema is the JSON Schema of an input, for the API.
func Schema(in any) map[string]any {
	props, required := map[string]any{}, []string{}
	for _, f := range Fields(in) {
		p := map[string]any{"type": "string"}
		switch f.Kind {
		case Lines, Files:
			p = map[string]any{"type": "array", "items": p, "maxItems": MostLines}
		case Marks:
			p = map[string]any{"type": "array", "items": map[string]any{"type": "string", "enum": f.Options}, "uniqueItems": true}
			if !f.Optional {
				p["minItems"] = 1
			}
		case Day:
			p["format"] = "date"
		case Moment:
			p["format"] = "date-time"
		case Euro:
			p = map[string]any{"type": "integer", "minimum": 0, "description": "cents"}
		case Count:
			p = map[string]any{"type": "integer", "minimum": 0}
		case Yes:
			p = map[string]any{"type": "boolean"}
		case Line:
			p["maxLength"] = MostLine
		case Text, Shape:
			p["maxLength"] = MostText
		case Choice:
			p["enum"] = f.Options
		default:
			if reflect.TypeOf(f.Value(in)).Kind() == reflect.Int {
				p = map[string]any{"type": "integer", "minimum": 1}
			}
		}
		props[f.Name] = p
		if !f.Optional {
			required = append(required, f.Name)
		}
	}
	return map[string]any{"type": "object", "properties": props, "required": required, "additionalProperties": false}
}
