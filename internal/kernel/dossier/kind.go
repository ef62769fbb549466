package dossier

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

// At is what a rule may know besides the record: the moment, the day, who acts,
// and the calendar of statutory terms. Rules read no clock and no database.
type At struct {
	Now      time.Time
	Today    deadlines.Day // the civil day of Now
	Actor    work.Actor
	Calendar *deadlines.Calendar
}

// Act is one verb of the law on a record R, with its input I. The input is a plain
// struct: its fields make the form, the validation and the body of the entry.
type Act[R, I any] struct {
	Name string // as declared for access: "dwangsom.impose"
	// Allowed says what stands in the way of the act now, with the article or the
	// policy rule and what would remove it; nil when it may be done.
	Allowed func(r R, at At) error
	// Check refuses an input, naming the article and what would be right.
	Check func(r R, in I, at At) error
	// Happened is when it happened, for an act that may be recorded later; nil means
	// at the moment of recording.
	Happened func(in I) time.Time
	// Apply is what the act changes in the record. It refuses nothing: what is
	// recorded has happened.
	Apply func(r R, in I, e Entry) R
}

// Verb is an Act whose input is known only when it is read.
type Verb[R any] struct {
	Name     string
	New      func() any // a pointer to an empty input
	Allowed  func(r R, at At) error
	check    func(r R, in any, at At) error
	happened func(in any, now time.Time) time.Time
	apply    func(r R, in any, e Entry) R
}

// Define makes a Verb of an Act.
func Define[R, I any](a Act[R, I]) Verb[R] {
	v := Verb[R]{Name: a.Name, Allowed: a.Allowed, New: func() any { return new(I) },
		apply:    func(r R, in any, e Entry) R { return a.Apply(r, *in.(*I), e) },
		check:    func(R, any, At) error { return nil },
		happened: func(_ any, now time.Time) time.Time { return now }}
	if v.Allowed == nil {
		v.Allowed = func(R, At) error { return nil }
	}
	if a.Check != nil {
		v.check = func(r R, in any, at At) error { return a.Check(r, *in.(*I), at) }
	}
	if a.Happened != nil {
		v.happened = func(in any, now time.Time) time.Time {
			if t := a.Happened(*in.(*I)); !t.IsZero() {
				return t
			}
			return now
		}
	}
	return v
}

// accepts asks whether an input is whole, and whether the act takes it.
func (v Verb[R]) accepts(r R, in any, at At) error {
	if err := ask.Validate(in); err != nil {
		return err
	}
	return v.check(r, in, at)
}

// accepts asks the kind and the act whether an input is taken.
func (k Kind[R]) accepts(v Verb[R], r R, in any, at At) error {
	if k.Screen != nil {
		if err := k.Screen(in); err != nil {
			return err
		}
	}
	return v.accepts(r, in, at)
}

// Kind is one kind of dossier: huisverbod, dwangsom, tip.
type Kind[R any] struct {
	Name    string // as a ref has it
	Purpose string // every dossier of the kind is opened under it
	New     func(h Head) R
	Verbs   []Verb[R]
	// Screen refuses what no act of the kind may hold, before the rules of the act see
	// it; nil refuses nothing.
	Screen func(in any) error
}

// Verb finds a verb by its name.
func (k Kind[R]) Verb(name string) (Verb[R], bool) {
	for _, v := range k.Verbs {
		if v.Name == name {
			return v, true
		}
	}
	return Verb[R]{}, false
}

// Fold is the record after these entries, the corrected ones as they now stand. It
// is pure: the same entries give the same record.
func (k Kind[R]) Fold(h Head, entries []Entry) (R, error) {
	r := k.New(h)
	standing := Standing(entries)
	inputs := make([]any, len(standing))
	err := spread(len(standing), func(i int) (err error) {
		if inputs[i] = standing[i].read; inputs[i] == nil {
			inputs[i], err = k.Input(standing[i])
		}
		return err
	})
	if err != nil {
		return r, err
	}
	for i, e := range standing {
		v, _ := k.Verb(e.Act)
		r = v.apply(r, inputs[i], e)
	}
	return r, nil
}

// Read gives the entries with their inputs read, so that they are not read again each
// time that they are folded. The entries given stay as they are.
func (k Kind[R]) Read(entries []Entry) ([]Entry, error) {
	out := slices.Clone(entries)
	err := spread(len(out), func(i int) (err error) { out[i].read, err = k.Input(out[i]); return err })
	return out, err
}

// Input is what an entry recorded: a pointer to the input of its act.
func (k Kind[R]) Input(e Entry) (any, error) {
	v, ok := k.Verb(e.Act)
	if !ok {
		return nil, fmt.Errorf("dossier: %s holds the act %q, which the kind does not know", k.Name, e.Act)
	}
	in := v.New()
	if err := json.Unmarshal(e.In, in); err != nil {
		return nil, fmt.Errorf("dossier: entry %d (%s): %w", e.Version, e.Act, err)
	}
	return in, nil
}

// Option is an act with what stands in its way, as a page offers it.
type Option struct {
	Name  string
	Block error // nil when it may be done now; else a fault that says why not
}

// Options lists every act of the kind on a record, in the order of its verbs.
func (k Kind[R]) Options(r R, at At) []Option {
	out := make([]Option, 0, len(k.Verbs))
	for _, v := range k.Verbs {
		out = append(out, Option{v.Name, v.Allowed(r, at)})
	}
	return out
}

// Try asks whether an act with this input would be done, and gives the record that
// it would make. It stores nothing: a page uses it for a preview.
func (k Kind[R]) Try(r R, name string, in any, at At) (R, error) {
	after, _, err := k.prepare(r, name, in, at, 0)
	return after, err
}

// Suppose is the record as it would be if the act were recorded, whether the rules
// take it or not: for the preview of a letter while somebody types.
func (k Kind[R]) Suppose(r R, name string, in any, at At) R {
	v, ok := k.Verb(name)
	if !ok {
		return r
	}
	return v.apply(r, in, Entry{Act: name, Happened: v.happened(in, at.Now), Recorded: at.Now, Actor: at.Actor.Account})
}

// prepare asks the rules and makes the entry and the record after it.
func (k Kind[R]) prepare(r R, name string, in any, at At, version int64) (R, Entry, error) {
	v, ok := k.Verb(name)
	if !ok {
		return r, Entry{}, fault.New(fault.NotFound, "dossier.no-such-act", "act", name)
	}
	if err := v.Allowed(r, at); err != nil {
		return r, Entry{}, err
	}
	if err := k.accepts(v, r, in, at); err != nil {
		return r, Entry{}, err
	}
	body, err := json.Marshal(in)
	if err != nil {
		return r, Entry{}, err
	}
	e := Entry{Version: version, Act: name, Happened: v.happened(in, at.Now).UTC().Truncate(time.Microsecond), Recorded: at.Now,
		Actor: at.Actor.Account, Purpose: k.Purpose, In: body}
	return v.apply(r, in, e), e, nil
}
