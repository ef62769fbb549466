package dossier

import (
	"fmt"
	"runtime"
	"sync"

	"baken/internal/kernel/access"
	"baken/internal/kernel/work"
)

// Visit is a dossier that Walk came by.
type Visit struct {
	Head
	Err error // why it could not be opened, or what the visitor said of it
}

// Walk reads the next dossiers of a kind after an id, at most so many, in the order
// of their ids: the living ones of the unit's purpose, in two queries however many
// they are. It is for work of the program on every dossier, so it takes the grant of
// an act that is the program's alone, and a unit that may change things: the
// dossiers stay as they are until it ends.
//
// visit gets each with its entries and its place among the visits. It is called on
// several goroutines while the reading goes on, so it must keep off the unit; what
// is to be written follows after Walk, in order. One dossier that cannot be opened
// does not keep the others waiting: its Visit says why.
func (j *Journal) Walk(u *work.Unit, g access.Grant, kind, after string, most int, visit func(i int, h Head, entries []Entry) error) ([]Visit, error) {
	if !g.CoversEvery(kind) {
		return nil, notFound()
	}
	heads, err := headsAfter(u.Tx(), kind, u.Purpose(), after, most)
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	visits := make([]Visit, len(heads))
	at := make(map[string]int, len(heads))
	for i, h := range heads {
		visits[i], at[h.ID] = Visit{h.Head, fmt.Errorf("dossier %s: its entries are gone", h.ID)}, i
	}
	type page struct {
		i       int
		entries []sealedEntry
	}
	pages := make(chan page, 64)
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for p := range pages {
				visits[p.i].Err = j.guarded(heads[p.i], p.entries, func(entries []Entry) error { return visit(p.i, heads[p.i].Head, entries) })
			}
		})
	}
	var next page
	turn := func() {
		if len(next.entries) > 0 {
			pages <- next
		}
	}
	err = entriesBetween(u.Tx(), kind, u.Purpose(), heads[0].ID, heads[len(heads)-1].ID, func(dossier string, e sealedEntry) {
		i, ok := at[dossier]
		if !ok {
			return // opened since the first query
		}
		if i != next.i {
			turn()
			next = page{i: i}
		}
		next.entries = append(next.entries, e)
	})
	turn()
	close(pages)
	readers.Wait()
	return visits, err
}

// guarded opens a dossier and shows it to a visitor.
func (j *Journal) guarded(h lockedHead, entries []sealedEntry, visit func([]Entry) error) (err error) {
	defer caught(&err)
	key, err := j.vault.Unlock(h.sealed, keyPlace(h.ID))
	if err != nil {
		return fmt.Errorf("dossier %s: %w", h.ID, err)
	}
	for i := range entries {
		if err := entries[i].open(key, h.ID); err != nil {
			return err
		}
	}
	return visit(plain(entries))
}

// caught makes an error of a panic. On a goroutine of its own a panic would end the
// program, with everybody's work in it.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("dossier: panic: %v", p)
	}
}

// many is from how many entries on it pays to share the work of opening them.
const many = 64

// spread calls fn for 0 to n-1, each once, on several goroutines when there are many.
// It gives the error of the first that failed.
func spread(n int, fn func(i int) error) error {
	hands := runtime.GOMAXPROCS(0)
	if n < many {
		hands = 1
	}
	part := func(from, to int) (err error) {
		defer caught(&err)
		for i := from; i < to && err == nil; i++ {
			err = fn(i)
		}
		return err
	}
	errs := make([]error, hands)
	var all sync.WaitGroup
	for i := 1; i < hands; i++ {
		all.Go(func() { errs[i] = part(n*i/hands, n*(i+1)/hands) })
	}
	errs[0] = part(0, n/hands)
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
