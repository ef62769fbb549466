// Package access decides who may do and see what. Purposes are its backbone: an
// act belongs to one purpose, a person works under the purposes of the roles
// they hold, and a record that needs involvement opens only for who is involved.
//
// There is one predicate. Require asks it for a single record, Filter puts the
// same text into the query of a list, a count, a search or an export, so the two
// cannot differ. Whatever it cannot evaluate it refuses.
package access

import (
	"fmt"
	"slices"
	"sort"

	"baken/internal/fault"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Purpose is one line of the processing register (AVG art. 30): what data are
// used for, and on which legal ground.
type Purpose struct {
	Code      string
	Basis     string // the article
	Personal  bool   // whether personal data are processed under it
	Sensitive bool   // roles that hold it are granted by two people
}

// Level is how far involvement in a record goes.
type Level int

const (
	None Level = iota
	Read
	Change
)

// Act is one thing that can be done or seen, as its capability declares it.
type Act struct {
	Name     string // subject.verb: "figures.import"
	Kind     string // kind of record it is about
	Purpose  string
	Level    Level
	Roles    []string
	Involved bool // needs involvement in the record at the act's level
	// ByNature are those of Roles that are involved in every record of the kind, as a
	// mayor is in every measure.
	ByNature []string
	StepUp   bool // asks the second factor again (security.md control 24)
}

// Book is all purposes and acts of the program. It does not change after start.
type Book struct {
	purposes map[string]Purpose
	acts     map[string]Act
}

// NewBook checks the declarations and binds them. An act with an unknown purpose
// or role, or without any role, is a mistake that must stop the program: such an
// act would be open or closed by accident.
func NewBook(purposes []Purpose, acts []Act) (*Book, error) {
	b := &Book{purposes: map[string]Purpose{}, acts: map[string]Act{}}
	for _, p := range purposes {
		if _, twice := b.purposes[p.Code]; twice || p.Code == "" || p.Basis == "" {
			return nil, fmt.Errorf("access: purpose %q is declared twice or has no legal basis", p.Code)
		}
		b.purposes[p.Code] = p
	}
	for _, a := range acts {
		if _, twice := b.acts[a.Name]; twice || a.Name == "" || a.Kind == "" || a.Level == None {
			return nil, fmt.Errorf("access: act %q is declared twice or lacks its name, kind or level", a.Name)
		}
		if _, ok := b.purposes[a.Purpose]; !ok {
			return nil, fmt.Errorf("access: act %q has the unknown purpose %q", a.Name, a.Purpose)
		}
		if len(a.Roles) == 0 {
			return nil, fmt.Errorf("access: act %q names no role, so nobody could ever do it", a.Name)
		}
		for _, r := range a.Roles {
			if !slices.Contains(Roles, r) && r != Program {
				return nil, fmt.Errorf("access: act %q names the unknown role %q", a.Name, r)
			}
		}
		for _, r := range a.ByNature {
			if !slices.Contains(a.Roles, r) || !a.Involved {
				return nil, fmt.Errorf("access: act %q involves %q by nature, which is not among its roles, or asks no involvement", a.Name, r)
			}
		}
		b.acts[a.Name] = a
	}
	return b, nil
}

// Grant is the proof that the predicate was asked. Only Require makes a usable
// one; the zero Grant covers nothing, so forgetting the check denies.
type Grant struct {
	act     string
	object  ref.Ref
	program bool // of an act that is the program's alone
}

// Covers reports whether the grant was given for this very record.
func (g Grant) Covers(object ref.Ref) bool { return g.act != "" && g.object == object }

// CoversEvery reports whether the grant was given to the program itself for every
// record of a kind. A person's grant for a kind (to open a new record, to see a
// list) never is one: it says nothing about the records that are there.
func (g Grant) CoversEvery(kind string) bool { return g.program && g.Covers(ref.Ref{Kind: kind}) }

// notFound is the one answer to whoever may not: the same as when there is nothing.
func notFound() error { return fault.New(fault.NotFound, "access.not-found") }

// Require asks whether the unit's actor may do an act with a record, under the
// unit's purpose. A yes and a no are both recorded in the audit log, except that
// reading under a purpose without personal data leaves no entry: open figures are
// shown to everybody. The no reads "not found".
func (b *Book) Require(u *work.Unit, act string, object ref.Ref) (Grant, error) {
	return b.RequireFor(u, act, object, "")
}

// RequireFor is Require for an act that asks why: ground is the reason that was given,
// a code, and stands in the entry of the yes and of the no.
func (b *Book) RequireFor(u *work.Unit, act string, object ref.Ref, ground string) (Grant, error) {
	a, ok := b.acts[act]
	refuse := func() (Grant, error) {
		u.Record(work.Entry{Act: act, Object: object, Ground: ground, Result: work.Refused})
		return Grant{}, notFound()
	}
	if !ok || object.Kind != a.Kind || a.Involved && object.ID == "" {
		return refuse()
	}
	cond, args, err := b.Filter(u, act, "$1", object.ID)
	if err != nil {
		return Grant{}, err
	}
	ok, err = holds(u.Tx(), cond, args)
	if err != nil {
		return Grant{}, err
	}
	if !ok {
		return refuse()
	}
	if a.Level != Read || b.purposes[a.Purpose].Personal {
		u.Record(work.Entry{Act: act, Object: object, Ground: ground})
	}
	return Grant{act: act, object: object, program: len(a.Roles) == 1 && a.Roles[0] == Program}, nil
}

// May reports whether the actor's roles hold an act at all, whatever the record.
// It decides what a page offers; Require decides what happens.
func (b *Book) May(who work.Actor, act string) bool {
	a, ok := b.acts[act]
	return ok && who.SignedIn() && slices.ContainsFunc(a.Roles, who.Holds)
}

// Act returns the declaration of an act.
func (b *Book) Act(name string) (Act, bool) {
	a, ok := b.acts[name]
	return a, ok
}

// Cell is one line of the matrix role x purpose x kind x act.
type Cell struct {
	Role     string `json:"role"`
	Purpose  string `json:"purpose"`
	Basis    string `json:"basis"`
	Kind     string `json:"kind"`
	Act      string `json:"act"`
	Allowed  bool   `json:"allowed"`
	Involved bool   `json:"involved"` // only in records the person is involved in
	StepUp   bool   `json:"stepUp"`
}

// Matrix lists every role against every act, as enforced, in a fixed order.
func (b *Book) Matrix() []Cell {
	var out []Cell
	for _, role := range Roles {
		for _, a := range b.Acts() {
			out = append(out, Cell{Role: role, Purpose: a.Purpose, Basis: b.purposes[a.Purpose].Basis, Kind: a.Kind,
				Act: a.Name, Allowed: slices.Contains(a.Roles, role), Involved: a.Involved && !slices.Contains(a.ByNature, role), StepUp: a.StepUp})
		}
	}
	return out
}

// Acts lists all acts by name.
func (b *Book) Acts() []Act {
	out := make([]Act, 0, len(b.acts))
	for _, a := range b.acts {
		out = append(out, a)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Sensitive reports whether a role holds a sensitive purpose, so that granting it
// takes two people.
func (b *Book) Sensitive(role string) bool {
	for _, a := range b.acts {
		if b.purposes[a.Purpose].Sensitive && slices.Contains(a.Roles, role) {
			return true
		}
	}
	return false
}
