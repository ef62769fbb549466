// Package ref says how kernels point at a record of a kind they do not know: by
// the name of its kind and its id. A kernel that knew the kinds would have to be
// edited with every new capability.
package ref

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// Ref points at one record: its kind as the capability declared it, and its id.
// The zero Ref points at nothing; a Ref without ID points at the kind as a whole.
type Ref struct {
	Kind string
	ID   string
}

func (r Ref) String() string {
	if r.ID == "" {
		return r.Kind
	}
	return r.Kind + "/" + r.ID
}

// IsZero reports whether r points at nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

var encoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID returns 26 random characters (128 bits). Ids are random so that neither
// their order nor a gap between them tells that a record exists (security.md
// control 5).
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return encoding.EncodeToString(b[:])
}

// ValidID reports whether s has the shape of an id, so that a path value can be
// refused before it reaches a query.
func ValidID(s string) bool {
	if len(s) != 26 {
		return false
	}
	return strings.Trim(s, "0123456789abcdefghjkmnpqrstvwxyz") == ""
}
