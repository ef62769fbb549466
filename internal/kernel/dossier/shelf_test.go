package dossier

import (
	"fmt"
	"sync"
	"testing"
)

func TestShelf(t *testing.T) {
	var s shelf
	two := make([]Entry, 2)
	s.keep("a", 2, two)
	if got, ok := s.find("a", 2); !ok || len(got) != 2 {
		t.Error("what was kept is not there")
	}
	if _, ok := s.find("a", 3); ok {
		t.Error("a file that went on is another file")
	}
	s.keep("a", 3, make([]Entry, 3))
	s.keep("a", 2, two)
	if _, ok := s.find("a", 3); !ok {
		t.Error("an older reading took the place of a newer one")
	}
	s.drop("a")
	if _, ok := s.find("a", 3); ok || s.entries != 0 || len(s.order) != 0 {
		t.Error("a file that is gone is still there")
	}
	s.keep("long", 9, make([]Entry, mostShelved/4+1))
	if _, ok := s.find("long", 9); ok {
		t.Error("one file took a quarter of the shelf")
	}
}

func TestShelfHoldsItsMost(t *testing.T) {
	var s shelf
	for i := range 100 {
		s.keep(fmt.Sprint(i), 1, make([]Entry, mostShelved/10))
		s.find("0", 1) // used all the time, so it stays
	}
	if s.entries > mostShelved || len(s.files) != 10 || len(s.order) != 10 {
		t.Errorf("%d entries of %d files", s.entries, len(s.files))
	}
	if _, ok := s.find("0", 1); !ok {
		t.Error("the file in use was put away")
	}
}

func TestShelfIsForMany(t *testing.T) {
	var s shelf
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for i := range 500 {
				id := fmt.Sprint((w + i) % 7)
				s.keep(id, int64(i), make([]Entry, i%50))
				s.find(id, int64(i))
				if i%20 == 0 {
					s.drop(id)
				}
			}
		})
	}
	all.Wait()
	n := 0
	for _, f := range s.files {
		n += len(f.entries)
	}
	if n != s.entries || len(s.order) != len(s.files) {
		t.Errorf("the shelf counts %d entries and holds %d", s.entries, n)
	}
}
