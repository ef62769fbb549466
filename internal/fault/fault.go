// Package fault holds the errors that people read: a kind that decides the
// answer, a code that finds the sentence in text/, and the fields at fault.
// Every other error is internal: logged once at the edge with the operation's
// id and shown as a number the help desk can look up.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind decides how an error is answered. The zero value is Internal, so that an
// error nobody classified is never shown.
type Kind int

const (
	// Internal is anything unexpected; its text never reaches the reader.
	Internal Kind = iota
	// Invalid means that what was sent is wrong; the fields say where.
	Invalid
	// NotFound means that it is not there, or that the reader may not know that it is.
	NotFound
	// Denied means that the reader may know it exists but may not do this.
	Denied
	// Conflict means that somebody else changed it, or its state forbids the act.
	Conflict
	// Unavailable means that it failed now and may succeed later; nothing was stored.
	Unavailable
)

var names = [...]string{"internal", "invalid", "not-found", "denied", "conflict", "unavailable"}

func (k Kind) String() string { return names[k] }

// Field is one wrong field of a form, by the name it has in the form, with the
// code of the sentence that says what is wrong and the values it needs.
type Field struct {
	Name string
	Code string
	Args []any
}

// Fault is an error made for a reader.
type Fault struct {
	Kind   Kind
	Code   string // the place it happens: "crimemonitor.import.no-header"
	Args   []any  // name, value, name, value: what the sentence fills in
	Fields []Field
	cause  error
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Code)
	for i := 0; i+1 < len(f.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", f.Args[i], f.Args[i+1])
	}
	for _, x := range f.Fields {
		fmt.Fprintf(&b, " [%s: %s]", x.Name, x.Code)
	}
	if f.cause != nil {
		b.WriteString(": " + f.cause.Error())
	}
	return b.String()
}

func (f *Fault) Unwrap() error { return f.cause }

// New makes a fault; args are pairs of name and value for the sentence.
func New(k Kind, code string, args ...any) *Fault { return &Fault{Kind: k, Code: code, Args: args} }

// Because makes a fault that keeps its cause for the log. The cause is not shown.
func Because(cause error, k Kind, code string, args ...any) *Fault {
	return &Fault{Kind: k, Code: code, Args: args, cause: cause}
}

// At adds a wrong field and returns f, so that a form collects all of its faults.
func (f *Fault) At(name, code string, args ...any) *Fault {
	f.Fields = append(f.Fields, Field{Name: name, Code: code, Args: args})
	return f
}

// Of returns the fault in err's chain, or nil when err was not made for a reader.
func Of(err error) *Fault {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f
	}
	return nil
}

// KindOf is the kind of err; Internal when err is no Fault.
func KindOf(err error) Kind {
	if f := Of(err); f != nil {
		return f.Kind
	}
	return Internal
}
