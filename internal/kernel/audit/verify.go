package audit

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"baken/internal/kernel/db"
)

func encodeBase64(b []byte) string          { return base64.StdEncoding.EncodeToString(b) }
func decodeBase64(s string) ([]byte, error) { return base64.StdEncoding.DecodeString(s) }

// Report is what a verification found.
type Report struct {
	Entries     int64
	Checkpoints int       // checkpoints that the recomputed tree confirms
	Root        tlog.Hash // of the whole log
	Problems    []string  // empty when the log is whole; each says where
}

// OK reports whether nothing was found.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// mostProblems ends a verification of a thoroughly damaged log early.
const mostProblems = 20

// Verify recomputes the whole log from its entries: every leaf, every inner hash,
// the root at every checkpoint inside and outside the database, and the order. It
// reads on one snapshot while the program works.
func (l *Log) Verify(ctx context.Context) (Report, error) {
	var r Report
	outside, err := l.seal.kept()
	if err != nil {
		return r, err
	}
	err = l.db.Read(ctx, func(tx *db.Tx) error {
		inside, err := checkpointNotes(tx)
		if err != nil {
			return err
		}
		size, err := readSize(tx)
		if err != nil {
			return err
		}
		v := verifier{report: &r, want: l.signed(&r, append(inside, outside...))}
		for more := true; more; {
			if more, err = v.batch(tx); err != nil {
				return err
			}
		}
		if v.next != size {
			r.problem("the log says it has %d entries and has %d", size, v.next)
		}
		v.finish()
		stored, err := countHashes(tx)
		if want := tlog.StoredHashCount(v.next); err == nil && stored != want {
			r.problem("%d inner hashes are stored and the entries need %d", stored, want)
		}
		return err
	})
	return r, err
}

func (r *Report) problem(format string, args ...any) {
	if len(r.Problems) < mostProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// signed reads the checkpoints and keeps, per size, the roots that were signed.
func (l *Log) signed(r *Report, notes []string) map[int64]tlog.Hash {
	want := map[int64]tlog.Hash{}
	for _, n := range notes {
		c, err := l.seal.read(n)
		if err != nil {
			r.problem("%v", err)
			continue
		}
		if other, ok := want[c.Size]; ok && other != c.Root {
			r.problem("two signed checkpoints of %d entries differ: one of them is of another log", c.Size)
		}
		want[c.Size] = c.Root
	}
	return want
}

// verifier recomputes the tree with a stack of complete subtrees. It does not use
// the code that grew the tree, so that a mistake there would show.
type verifier struct {
	report *Report
	want   map[int64]tlog.Hash
	next   int64
	stack  []tlog.Hash // roots of the complete subtrees, largest first
	inners []tlog.Hash // the hashes of this batch in storage order
}

// batchSize bounds the memory of a verification, whatever the size of the log.
const batchSize = 20_000

// batch verifies the next entries and the inner hashes they made; more is false
// at the end of the log.
func (v *verifier) batch(tx *db.Tx) (more bool, err error) {
	first, n := v.next, 0
	v.inners = v.inners[:0]
	err = eachLine(tx, first, batchSize, func(line Line, err error) error {
		n++
		if err != nil {
			v.report.problem("%v", err)
			v.next++
			return nil
		}
		if line.Seq != v.next {
			v.report.problem("entry %d stands where entry %d should", line.Seq, v.next)
			v.next = line.Seq
		}
		v.add(leafHash(line.Seq, line.Stamped))
		return nil
	})
	if err != nil || n == 0 || len(v.report.Problems) >= mostProblems {
		return false, err
	}
	return n == batchSize, v.inner(tx, tlog.StoredHashCount(first))
}

func (v *verifier) add(leaf tlog.Hash) {
	v.inners = append(v.inners, leaf)
	v.stack = append(v.stack, leaf)
	// As many subtrees close as the count of leaves has trailing one bits.
	for range bits.TrailingZeros64(uint64(v.next + 1)) {
		n := len(v.stack)
		if n < 2 {
			break
		}
		h := tlog.NodeHash(v.stack[n-2], v.stack[n-1])
		v.stack = append(v.stack[:n-2], h)
		v.inners = append(v.inners, h)
	}
	v.next++
	if want, ok := v.want[v.next]; ok {
		if want != v.root() {
			v.report.problem("the first %d entries are not those that were signed", v.next)
		} else {
			v.report.Checkpoints++
		}
		delete(v.want, v.next)
	}
}

func (v *verifier) root() tlog.Hash {
	if len(v.stack) == 0 {
		return tlog.Hash{}
	}
	h := v.stack[len(v.stack)-1]
	for i := len(v.stack) - 2; i >= 0; i-- {
		h = tlog.NodeHash(v.stack[i], h)
	}
	return h
}

// finish reports checkpoints of more entries than there are: a log that was cut
// or an older store that was put back.
func (v *verifier) finish() {
	for size := range v.want {
		v.report.problem("a signed checkpoint speaks of %d entries and the log has %d: it was cut, or an older store was put back", size, v.next)
	}
	v.report.Entries, v.report.Root = v.next, v.root()
}

// inner compares the stored inner hashes from a position on with the recomputed ones.
func (v *verifier) inner(tx *db.Tx, from int64) error {
	n := 0
	err := eachHash(tx, from, int64(len(v.inners)), func(position int64, raw []byte) {
		if position != from+int64(n) || string(raw) != string(v.inners[n][:]) {
			v.report.problem("the stored inner hash at %d is not the one of the entries", position)
		}
		n++
	})
	if err == nil && n != len(v.inners) {
		v.report.problem("inner hashes from %d on are missing", from+int64(n))
	}
	return err
}

// CheckStart is the quick check when the program starts: the newest checkpoint
// outside must be of this log. It finds an older store that was put back and a
// log that was cut, in the time of a few reads.
func (l *Log) CheckStart(ctx context.Context) error {
	outside, err := l.seal.kept()
	if err != nil || len(outside) == 0 {
		return err
	}
	c, err := l.seal.read(outside[len(outside)-1])
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return l.db.Read(ctx, func(tx *db.Tx) error {
		size, err := readSize(tx)
		if err != nil {
			return err
		}
		if size < c.Size {
			return fmt.Errorf("audit: the log has %d entries and a checkpoint outside speaks of %d: an older database was put back or the log was cut", size, c.Size)
		}
		root, err := storedRoot(tx, c.Size)
		if err != nil {
			return err
		}
		if root != c.Root {
			return fmt.Errorf("audit: the first %d entries are not those of the checkpoint outside", c.Size)
		}
		return nil
	})
}

// Export writes the log for an independent reader: one canonical entry a line,
// an empty line, and the newest signed checkpoint. The hash of a line without its
// end, prefixed with a zero byte, is a leaf of the tree (RFC 6962).
func (l *Log) Export(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		var b []byte
		err := eachLine(tx, 0, 1<<62, func(line Line, err error) error {
			if err != nil {
				return err
			}
			b = append(appendCanonical(b[:0], line.Seq, line.Stamped), '\n')
			_, err = out.Write(b)
			return err
		})
		if err != nil {
			return err
		}
		notes, err := checkpointNotes(tx)
		if err != nil || len(notes) == 0 {
			return err
		}
		_, err = out.WriteString("\n" + notes[len(notes)-1])
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
