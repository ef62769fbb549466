package figures

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// RefKind names snapshots in references and in the audit log.
const RefKind = "figures"

// Save stores an import as a snapshot with its difference list, in the caller's
// unit, and records it. When the table already says exactly this, nothing is
// stored but the moment it was confirmed: the old snapshot comes back and
// unchanged is true.
//
// act is the caller's act for the audit log. The fault is figures.save.empty for
// an import without cells.
func (s *Store) Save(u *work.Unit, act string, in *Import) (snap *Snapshot, unchanged bool, err error) {
	if in.Sheet == nil || in.Sheet.Cells == 0 {
		return nil, false, fault.New(fault.Invalid, "figures.save.empty")
	}
	w := &saver{store: s, u: u, in: in, snap: &Snapshot{
		ID: ref.NewID(), Cells: in.Sheet.Cells, Stored: u.Now(), Confirmed: in.Source.Retrieved,
		about: about{Source: in.Source, Scope: in.Sheet.Scope, Titles: in.Titles},
	}}
	if w.snap.digest, err = digest(in); err != nil {
		return nil, false, err
	}
	if err := w.findOlder(); err != nil {
		return nil, false, err
	}
	if err := w.compare(); err != nil {
		return nil, false, err
	}
	if same := w.same(); same != nil {
		u.Record(work.Entry{Act: act, Object: ref.Ref{Kind: RefKind, ID: same.ID}, Facts: map[string]string{"table": in.Source.Table, "unchanged": "true"}})
		return same, true, confirmSnapshot(u, same.ID, in.Source.Retrieved)
	}
	if err := w.write(); err != nil {
		return nil, false, err
	}
	c := w.snap.Changes
	u.Record(work.Entry{Act: act, Object: ref.Ref{Kind: RefKind, ID: w.snap.ID}, Facts: map[string]string{
		"table": in.Source.Table, "cells": strconv.Itoa(w.snap.Cells), "digest": w.snap.digest,
		"added": strconv.Itoa(c.Added), "removed": strconv.Itoa(c.Removed), "revised": strconv.Itoa(c.Revised)}})
	return w.snap, false, nil
}

// digest covers everything an import says but when and from where it was retrieved.
func digest(in *Import) (string, error) {
	source := in.Source
	source.Retrieved, source.Modified, source.URL = time.Time{}, source.Modified.UTC(), ""
	h := sha256.New()
	head := about{Source: source, Scope: in.Sheet.Scope, Titles: in.Titles}
	text, err := json.Marshal(head)
	if err != nil {
		return "", err
	}
	h.Write(text)
	for _, p := range in.Sheet.Parts {
		h.Write([]byte(p.Group + string(p.Hash)))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// saver is one import on its way into the store.
type saver struct {
	store  *Store
	u      *work.Unit
	in     *Import
	snap   *Snapshot
	older  []*older // snapshots of the table that lie under the new one, newest first
	counts []Count  // the difference list by offence and year

	mu     sync.Mutex
	totals map[Count]*Count // by offence and year
	diffs  []diff
}

// older is an earlier snapshot with its chunks by group.
type older struct {
	snap  *Snapshot
	parts map[string]Hash
}

// diff is the changed cells of one group; a part without cells has no hash.
type diff struct{ before, after Part }

// findOlder loads the layers that the new snapshot will lie on. One that was
// retrieved later lies above it and is no part of the comparison.
func (w *saver) findOlder() error {
	all, err := listSnapshots(w.u, w.in.Source.Table)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Source.Retrieved.After(w.in.Source.Retrieved) {
			continue
		}
		parts, err := listParts(w.u, s.ID, roleCells)
		if err != nil {
			return err
		}
		o := &older{snap: s, parts: map[string]Hash{}}
		for _, p := range parts {
			o.parts[p.group] = p.hash
		}
		w.older = append(w.older, o)
	}
	return nil
}

// same is the stored snapshot that already says what the import says, if there is one.
func (w *saver) same() *Snapshot {
	c := w.snap.Changes
	if c.Added+c.Removed+c.Revised > 0 {
		return nil
	}
	for _, o := range w.older {
		if o.snap.digest == w.snap.digest {
			return o.snap
		}
	}
	return nil
}

// compare works out the difference list, group by group on all cores. Only this
// goroutine reads the database; the others decode and compare.
func (w *saver) compare() error {
	w.totals = map[Count]*Count{}
	parts := map[string]*Part{}
	var groups []string
	for i := range w.in.Sheet.Parts {
		p := &w.in.Sheet.Parts[i]
		parts[p.Group] = p
		groups = append(groups, p.Group)
	}
	for _, o := range w.older {
		for g := range o.parts {
			if parts[g] == nil && w.in.Sheet.Scope.coversGroup(g) {
				parts[g] = &Part{Group: g}
				groups = append(groups, g)
			}
		}
	}
	slices.Sort(groups)
	jobs := make(chan *comparison)
	var wait sync.WaitGroup
	var failed error
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for c := range jobs {
				if err := c.run(w); err != nil {
					w.mu.Lock()
					failed = err
					w.mu.Unlock()
				}
			}
		})
	}
	first := true
	var err error
	for _, g := range groups {
		var c *comparison
		if c, err = w.prepare(parts[g]); err != nil {
			break
		}
		if c != nil {
			jobs <- c
		}
		first = first && (c != nil && len(c.under) == 0)
	}
	close(jobs)
	wait.Wait()
	w.snap.Changes.First = first
	for _, c := range w.totals {
		w.snap.Changes.Added += c.Added
		w.snap.Changes.Removed += c.Removed
		w.snap.Changes.Revised += c.Revised
		w.counts = append(w.counts, *c)
	}
	slices.SortFunc(w.counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Offence, b.Offence), cmp.Compare(a.Year, b.Year))
	})
	slices.SortFunc(w.diffs, func(a, b diff) int {
		return cmp.Compare(a.before.Group+a.after.Group, b.before.Group+b.after.Group)
	})
	return cmp.Or(err, failed)
}

// prepare loads the chunks that a group must be compared with; nil when the group
// cannot differ: its newest layer covers all that the import covers and holds the
// same bytes.
func (w *saver) prepare(p *Part) (*comparison, error) {
	c := &comparison{part: p}
	for _, o := range w.older {
		if !o.snap.Scope.coversGroup(p.Group) {
			continue
		}
		whole := o.snap.Scope.holds(&w.in.Sheet.Scope)
		if whole && len(c.under) == 0 && o.parts[p.Group] == p.Hash {
			return nil, nil
		}
		ch, err := w.store.open(w.u, o.parts[p.Group])
		if err != nil {
			return nil, err
		}
		c.under = append(c.under, layer{snap: o.snap, chunk: ch})
		if whole {
			break // what lies deeper is out of sight
		}
	}
	return c, nil
}

// write stores the chunks that are new, the parts and the snapshot.
func (w *saver) write() error {
	if err := insertSnapshot(w.u, w.snap, w.counts); err != nil {
		return err
	}
	stored := map[Hash]bool{}
	for _, o := range w.older {
		for _, h := range o.parts {
			stored[h] = true
		}
	}
	put := func(role string, p Part) error {
		if p.Cells == 0 {
			return nil
		}
		if !stored[p.Hash] {
			if err := insertChunk(w.u, p); err != nil {
				return err
			}
			stored[p.Hash] = true
		}
		return insertPart(w.u, w.snap.ID, role, p.Group, p.Hash)
	}
	for _, p := range w.in.Sheet.Parts {
		if err := put(roleCells, p); err != nil {
			return err
		}
	}
	if w.snap.Changes.First {
		return nil // the difference list is the snapshot itself
	}
	for _, d := range w.diffs {
		if err := cmp.Or(put(roleBefore, d.before), put(roleAfter, d.after)); err != nil {
			return err
		}
	}
	return nil
}

// Change is one row of a difference list. A cell that was added has no Before, one
// that was removed no After.
type Change struct {
	Offence, Area string
	Period        Period
	Before, After *Value
}

// Value is a figure with its status.
type Value struct {
	Value  int64
	Status Status
}

// Changes yields the difference list of a snapshot in order of group, area,
// offence and time, reading one group at a time. A failed read is yielded last.
func (s *Store) Changes(u *work.Unit, snapshot string) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		if err := s.eachChange(u, snapshot, func(c Change) bool { return yield(c, nil) }); err != nil {
			yield(Change{}, err)
		}
	}
}

var errStop = errors.New("stop")

func (s *Store) eachChange(u *work.Unit, id string, yield func(Change) bool) error {
	snap, err := s.Snapshot(u, id)
	if err != nil {
		return err
	}
	role := roleAfter
	if snap.Changes.First {
		role = roleCells
	}
	after, err := listParts(u, id, role)
	if err != nil {
		return err
	}
	before, err := listParts(u, id, roleBefore)
	if err != nil {
		return err
	}
	pairs := map[string]*[2]Hash{}
	var groups []string
	for i, list := range [2][]groupHash{before, after} {
		for _, p := range list {
			if pairs[p.group] == nil {
				pairs[p.group] = &[2]Hash{}
				groups = append(groups, p.group)
			}
			pairs[p.group][i] = p.hash
		}
	}
	slices.Sort(groups)
	for _, g := range groups {
		old, err := s.open(u, pairs[g][0])
		if err != nil {
			return err
		}
		now, err := s.open(u, pairs[g][1])
		if err != nil {
			return err
		}
		err = newView(nil, now, []layer{{snap: &Snapshot{}, chunk: old}}).each(func(c Change) error {
			if !yield(c) {
				return errStop
			}
			return nil
		})
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
