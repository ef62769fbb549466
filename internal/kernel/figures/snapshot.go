package figures

import (
	"slices"
	"sync"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/work"
)

// Snapshot is what one import said, as it stays.
type Snapshot struct {
	ID string
	about
	Cells     int
	Stored    time.Time
	Confirmed time.Time // last moment the source was seen to say exactly this again
	digest    string
}

// about is the part of a snapshot that is stored as one JSON text.
type about struct {
	Source  Source  `json:"source"`
	Scope   Scope   `json:"scope"`
	Titles  []Title `json:"titles,omitempty"`
	Changes Summary `json:"changes"`
}

// Summary counts the difference list of a snapshot: what changed against the
// earlier snapshots of the table, within what the new one covers.
type Summary struct {
	First   bool `json:"first,omitempty"` // nothing earlier covered any of it
	Added   int  `json:"added"`
	Removed int  `json:"removed"`
	Revised int  `json:"revised"`
}

// Count is the part of a difference list of one offence and year (see Counts).
type Count struct {
	Offence string `json:"offence"`
	Year    int    `json:"year"`
	Added   int    `json:"added,omitempty"`
	Removed int    `json:"removed,omitempty"`
	Revised int    `json:"revised,omitempty"`
}

// Title is the source's name of an offence or measure; the code itself when the
// source gave none.
func (s *Snapshot) Title(code string) Title {
	for _, t := range s.Titles {
		if t.Code == code {
			return t
		}
	}
	return Title{Code: code, Title: code}
}

// Store reads and writes snapshots. It keeps decoded chunks and descriptions in
// memory, which never change once stored, so that several Stores and several
// nodes may work on one database. It is safe for concurrent use.
type Store struct {
	chunks chunkCache
	mu     sync.Mutex
	known  map[string]*Snapshot
}

// NewStore returns a Store that keeps at most cacheBytes of chunks in memory; a
// municipality's chunk with all months and neighbourhoods is about 100 KB.
func NewStore(cacheBytes int) *Store {
	return &Store{chunks: chunkCache{max: cacheBytes}, known: map[string]*Snapshot{}}
}

// Snapshots lists the snapshots of a table, or of every table when table is
// empty, newest retrieval first.
func (s *Store) Snapshots(u *work.Unit, table string) ([]*Snapshot, error) {
	return listSnapshots(u, table)
}

// Snapshot is one snapshot; the fault is figures.snapshot.not-found.
func (s *Store) Snapshot(u *work.Unit, id string) (*Snapshot, error) {
	s.mu.Lock()
	found := s.known[id]
	s.mu.Unlock()
	if found != nil {
		return found, nil
	}
	found, ok, err := findSnapshot(u, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.New(fault.NotFound, "figures.snapshot.not-found", "id", id)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= 256 {
		clear(s.known)
	}
	s.known[id] = found
	return found, nil
}

// Counts splits the difference list of a snapshot by offence and year, in that
// order. The fault is figures.snapshot.not-found.
func (s *Store) Counts(u *work.Unit, id string) ([]Count, error) {
	out, ok, err := loadCounts(u, id)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "figures.snapshot.not-found", "id", id)
	}
	return out, err
}

// layer is a snapshot as a series sees it: with its chunk of one group, nil when
// it has no cells there.
type layer struct {
	snap  *Snapshot
	hash  Hash
	chunk *chunk
}

// layers finds the snapshots of a table that cover a group, newest first. Chunks
// are not loaded. With a snapshot id it is that one and all older ones: what a
// reader saw who looked after that import.
func (s *Store) layers(u *work.Unit, table, group, upTo string) ([]layer, error) {
	rows, err := listLayers(u, table, group)
	if err != nil {
		return nil, err
	}
	if upTo != "" {
		i := slices.IndexFunc(rows, func(r layerRow) bool { return r.id == upTo })
		if i < 0 {
			return nil, fault.New(fault.NotFound, "figures.snapshot.not-found", "id", upTo)
		}
		rows = rows[i:]
	}
	var out []layer
	for _, r := range rows {
		snap, err := s.Snapshot(u, r.id)
		if err != nil {
			return nil, err
		}
		if snap.Scope.coversGroup(group) {
			out = append(out, layer{snap: snap, hash: r.hash})
		}
	}
	return out, nil
}

// open loads the chunk of a layer, from memory when it is there.
func (s *Store) open(u *work.Unit, h Hash) (*chunk, error) {
	if h == "" {
		return &chunk{}, nil
	}
	if c := s.chunks.get(h); c != nil {
		return c, nil
	}
	data, err := loadChunk(u, h)
	if err != nil {
		return nil, err
	}
	if hashOf(data) != h {
		return nil, errCorrupt
	}
	c, err := openChunk(data)
	if err != nil {
		return nil, err
	}
	s.chunks.put(h, c)
	return c, nil
}
