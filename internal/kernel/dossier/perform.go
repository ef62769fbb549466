package dossier

import (
	"encoding/json"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Moment is what rules may know at the unit's moment.
func Moment(u *work.Unit, c *deadlines.Calendar) At {
	return At{Now: u.Now(), Today: deadlines.DayOf(u.Now()), Actor: u.Actor(), Calendar: c}
}

// Begin opens a dossier of a kind with its first act: rule, open, append, in the
// caller's unit. It gives the record as it then stands. id is a new one, made
// before so that a form that is sent twice opens one dossier; the second is told
// that it is there. The input names the files by their ids.
func Begin[R any](u *work.Unit, j *Journal, k Kind[R], g access.Grant, id, name string, in any, at At, files ...Attachment) (R, Head, error) {
	var none R
	head := Head{Kind: k.Name, Purpose: k.Purpose, OpenedAt: at.Now, OpenedBy: at.Actor.Account}
	_, e, err := k.prepare(k.New(head), name, in, at, 1)
	if err != nil {
		return none, head, err
	}
	h, err := j.begin(u, g, k.Name, id, e, files)
	if err != nil {
		return none, h, err
	}
	// Folded from what was stored, so that the record knows its own id.
	r, err := k.Fold(h, []Entry{e})
	return r, h, err
}

// Perform does one act on a dossier in the caller's unit: load, rule, append. seen
// is the version on which the actor decided. It gives the record after the act.
func Perform[R any](u *work.Unit, j *Journal, k Kind[R], g access.Grant, object ref.Ref, seen int64, name string, in any, at At, files ...Attachment) (R, Head, error) {
	var none R
	h, entries, err := j.Load(u, g, object)
	if err != nil {
		return none, h, err
	}
	if h.Version != seen {
		return none, h, j.conflict(u.Tx(), h.ID, seen)
	}
	r, err := k.Fold(h, entries)
	if err != nil {
		return none, h, err
	}
	after, e, err := k.prepare(r, name, in, at, h.Version+1)
	if err != nil {
		return none, h, err
	}
	for _, f := range files {
		if _, err := j.Attach(u, g, object, h.Version, f); err != nil {
			return none, h, err
		}
	}
	e, err = j.Append(u, g, object, h.Version, e)
	h.Version = e.Version
	return after, h, err
}

// Correct records that the entry of an act was wrong and what is right, with the
// reason. The new input must be one that the act takes; whether later acts would still
// have been allowed is for the record to show, because what happened has happened.
func Correct[R any](u *work.Unit, j *Journal, k Kind[R], g access.Grant, object ref.Ref, seen, version int64, name string, in any, why string, at At) (R, Head, error) {
	var none R
	h, entries, err := j.Load(u, g, object)
	if err != nil {
		return none, h, err
	}
	if h.Version != seen {
		return none, h, j.conflict(u.Tx(), h.ID, seen)
	}
	if why == "" {
		return none, h, fault.New(fault.Invalid, "dossier.correct-why").At("why", "dossier.correct-why")
	}
	if version < 1 || version > int64(len(entries)) || entries[version-1].Corrects != 0 {
		return none, h, fault.New(fault.Invalid, "dossier.correct-what")
	}
	wrong := entries[version-1]
	v, ok := k.Verb(name)
	if !ok || wrong.Act != name {
		return none, h, fault.New(fault.Invalid, "dossier.correct-what")
	}
	before, err := k.Fold(h, entries[:version-1])
	if err != nil {
		return none, h, err
	}
	then := at
	then.Now, then.Today = wrong.Recorded, deadlines.DayOf(wrong.Recorded)
	if err := k.accepts(v, before, in, then); err != nil {
		return none, h, err
	}
	body, err := json.Marshal(in)
	if err != nil {
		return none, h, err
	}
	e, err := j.Append(u, g, object, h.Version, Entry{Act: wrong.Act, Happened: v.happened(in, wrong.Happened), Corrects: version, Why: why, In: body})
	if err != nil {
		return none, h, err
	}
	h.Version = e.Version
	r, err := k.Fold(h, append(entries, e))
	return r, h, err
}
