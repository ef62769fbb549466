package dossier

import (
	"sync"
)

// mostShelved is how many entries the shelf holds in all: the files that people work
// on at one time, a few tens of megabytes at the most.
const mostShelved = 20_000

// shelf keeps the entries of the files that were opened last, so that a long file that
// somebody works on is opened and read once and not at every page. Entries are never
// changed, so a file at the same version is the same file. The zero shelf is empty and
// safe for concurrent use.
//
// What it holds is as readable as the page that was just shown. Kinds whose content
// must leave memory at once do not use it (Office.Fresh).
type shelf struct {
	mu      sync.Mutex
	files   map[string]shelved
	order   []string // the one used longest ago first
	entries int
}

type shelved struct {
	version int64
	entries []Entry
}

func (s *shelf) find(id string, version int64) ([]Entry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[id]
	if !ok || f.version != version {
		return nil, false
	}
	s.touch(id)
	return f.entries, true
}

func (s *shelf) keep(id string, version int64, entries []Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.files[id]; ok && f.version > version {
		return // somebody who read later was sooner
	}
	s.remove(id)
	if len(entries) > mostShelved/4 {
		return // one file must not push all others off
	}
	if s.files == nil {
		s.files = map[string]shelved{}
	}
	s.files[id] = shelved{version, entries}
	s.order, s.entries = append(s.order, id), s.entries+len(entries)
	for s.entries > mostShelved {
		s.remove(s.order[0])
	}
}

func (s *shelf) drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(id)
}

func (s *shelf) remove(id string) {
	f, ok := s.files[id]
	if !ok {
		return
	}
	delete(s.files, id)
	s.entries -= len(f.entries)
	s.unorder(id)
}

func (s *shelf) touch(id string) {
	s.unorder(id)
	s.order = append(s.order, id)
}

func (s *shelf) unorder(id string) {
	for i, x := range s.order {
		if x == id {
			s.order = append(s.order[:i], s.order[i+1:]...)
			return
		}
	}
}
