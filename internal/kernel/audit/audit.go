// Package audit keeps who did and who saw what, under which purpose, in a log
// that shows tampering. Every entry is a leaf of a Merkle tree; signed
// checkpoints of the tree go to a place outside the database, and Verify
// recomputes everything from the entries. An independent reader of the same
// public formats (RFC 6962 tree hashes, c2sp.org/tlog-checkpoint) can do so too.
//
// The door is small: Append and Store take entries in, Seal signs, Verify and
// Export give account, List shows.
package audit

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// storeWithin is how long an answer waits for its entry (security.md control 10).
const storeWithin = 2 * time.Second

// Log is the audit log of one municipality. It is safe for concurrent use.
type Log struct {
	db     *db.DB
	seal   *Sealer
	queue  chan pending
	closed chan struct{}
	done   chan struct{}
}

type pending struct {
	entries []work.Stamped
	reply   chan error
}

// Open starts the log. The sealer signs checkpoints; Close stops the writer.
func Open(d *db.DB, s *Sealer) *Log {
	l := &Log{db: d, seal: s, queue: make(chan pending, 1024), closed: make(chan struct{}), done: make(chan struct{})}
	go l.writer()
	return l
}

// Close stores what waits and stops. Store fails afterwards.
func (l *Log) Close() {
	close(l.closed)
	<-l.done
}

// Append stores entries in the running transaction as the next leaves. The row of
// the head is locked until the commit, so that places are given out without gaps
// and in the order of commits on both engines.
func (l *Log) Append(tx *db.Tx, entries []work.Stamped) error {
	n := int64(len(entries))
	size, err := grow(tx, n)
	if err != nil {
		return err
	}
	tree := growing{tx: tx, added: map[int64]tlog.Hash{}}
	for i, e := range entries {
		seq := size - n + int64(i)
		if err := insertEntry(tx, seq, e); err != nil {
			return err
		}
		if err := tree.grow(seq, e); err != nil {
			return err
		}
	}
	return tree.save()
}

// Store stores entries in a transaction of the log's own, shared with whoever
// calls at the same time, so that many readers cost one write to the disk.
func (l *Log) Store(ctx context.Context, entries []work.Stamped) error {
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	p := pending{entries: entries, reply: make(chan error, 1)}
	unavailable := func(err error) error { return fault.Because(err, fault.Unavailable, "audit.unavailable") }
	select {
	case l.queue <- p:
	case <-l.closed:
		return unavailable(fmt.Errorf("audit: the log is closed"))
	case <-ctx.Done():
		return unavailable(ctx.Err())
	}
	select {
	case err := <-p.reply:
		if err != nil {
			return unavailable(err)
		}
		return nil
	case <-ctx.Done():
		return unavailable(ctx.Err())
	case <-l.done:
		return unavailable(fmt.Errorf("audit: the log is closed"))
	}
}

// most is how many callers share one commit. It bounds the transaction, not the
// throughput: at 256 the cost of the disk is long divided away.
const most = 256

func (l *Log) writer() {
	defer close(l.done)
	for {
		var batch []pending
		select {
		case p := <-l.queue:
			batch = append(batch, p)
		case <-l.closed:
			return
		}
	fill:
		for len(batch) < most {
			select {
			case p := <-l.queue:
				batch = append(batch, p)
			default:
				break fill
			}
		}
		l.commit(batch)
	}
}

func (l *Log) commit(batch []pending) {
	var entries []work.Stamped
	for _, p := range batch {
		entries = append(entries, p.entries...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), storeWithin)
	defer cancel()
	err := l.db.Write(ctx, func(tx *db.Tx) error { return l.Append(tx, entries) })
	for _, p := range batch {
		p.reply <- err
	}
}

// growing adds leaves to the stored tree within one transaction.
type growing struct {
	tx    *db.Tx
	added map[int64]tlog.Hash
	order []int64
}

func (g *growing) grow(seq int64, e work.Stamped) error {
	// tlog.StoredHashes panics on a wrong count; it gets what it asks for or an error.
	hashes, err := tlog.StoredHashesForRecordHash(seq, leafHash(seq, e), tlog.HashReaderFunc(g.read))
	if err != nil {
		return fmt.Errorf("audit: growing the tree at %d: %w", seq, err)
	}
	at := tlog.StoredHashIndex(0, seq)
	for i, h := range hashes {
		g.added[at+int64(i)] = h
		g.order = append(g.order, at+int64(i))
	}
	return nil
}

func (g *growing) read(positions []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(positions))
	for i, p := range positions {
		if h, ok := g.added[p]; ok {
			out[i] = h
			continue
		}
		h, err := readHash(g.tx, p)
		if err != nil {
			return nil, err
		}
		out[i] = h
	}
	return out, nil
}

func (g *growing) save() error {
	slices.Sort(g.order)
	for _, p := range g.order {
		h := g.added[p]
		if err := insertHash(g.tx, p, h[:]); err != nil {
			return err
		}
	}
	return nil
}

// leafHash is the RFC 6962 hash of an entry's canonical text.
func leafHash(seq int64, e work.Stamped) tlog.Hash {
	// The prefix keeps a leaf from passing as an inner node.
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(appendCanonical(nil, seq, e))
	var out tlog.Hash
	h.Sum(out[:0])
	return out
}
