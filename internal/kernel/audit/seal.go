package audit

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"baken/internal/kernel/db"
)

// Sealer signs checkpoints and keeps them outside the database.
type Sealer struct {
	origin   string // names the log, in the first line of every checkpoint
	signer   note.Signer
	verifier note.Verifier
	outside  string // folder; on a mount that this machine can add to but not rewrite
}

// NewSealer reads the signing key in keyFile, making one when there is none, and
// keeps checkpoints in the folder outside. The public half stands beside the
// checkpoints as "log.pub" for whoever verifies from outside.
func NewSealer(origin, keyFile, outside string) (*Sealer, error) {
	secret, err := os.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		secret, err = newKey(origin, keyFile)
	}
	if err != nil {
		return nil, fmt.Errorf("audit: the signing key: %w", err)
	}
	signer, err := note.NewSigner(strings.TrimSpace(string(secret)))
	if err != nil {
		return nil, fmt.Errorf("audit: the signing key in %s cannot be read: %w", keyFile, err)
	}
	public, err := publicKey(strings.TrimSpace(string(secret)))
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(outside, 0o700); err != nil {
		return nil, fmt.Errorf("audit: the folder for checkpoints: %w", err)
	}
	if err := os.WriteFile(filepath.Join(outside, "log.pub"), []byte(public+"\n"), 0o644); err != nil {
		return nil, fmt.Errorf("audit: the folder for checkpoints: %w", err)
	}
	return &Sealer{origin: origin, signer: signer, verifier: verifier, outside: outside}, nil
}

func newKey(origin, file string) ([]byte, error) {
	secret, _, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.WriteString(secret + "\n")
	return []byte(secret), errors.Join(err, f.Sync(), f.Close())
}

// publicKey derives the verifier's key from the signer's text
// (PRIVATE+KEY+name+hash+base64 of algorithm and seed).
func publicKey(secret string) (string, error) {
	parts := strings.SplitN(secret, "+", 5)
	if len(parts) != 5 {
		return "", fmt.Errorf("audit: the signing key is malformed")
	}
	seed, err := decodeBase64(parts[4])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", fmt.Errorf("audit: the signing key is malformed")
	}
	return note.NewEd25519VerifierKey(parts[2], ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
}

// Checkpoint is a signed statement of what the log was.
type Checkpoint struct {
	Size int64
	Root tlog.Hash
	Note string
}

// Seal signs the tree as it is now and keeps the checkpoint in the database and
// outside. It does nothing when the log has not grown.
func (l *Log) Seal(ctx context.Context, now time.Time) (Checkpoint, error) {
	var c Checkpoint
	var known bool
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		size, err := readSize(tx)
		if err != nil || size == 0 {
			return err
		}
		known, err = hasCheckpoint(tx, size)
		if err != nil || known {
			return err
		}
		root, err := storedRoot(tx, size)
		c = Checkpoint{Size: size, Root: root}
		return err
	})
	if err != nil || known || c.Size == 0 {
		return c, err
	}
	if c.Note, err = l.seal.sign(c); err != nil {
		return c, err
	}
	// Outside first: a checkpoint that only the database has proves nothing.
	if err := l.seal.keep(c); err != nil {
		return c, err
	}
	return c, l.db.Write(ctx, func(tx *db.Tx) error { return insertCheckpoint(tx, c.Size, now, c.Note) })
}

func storedRoot(tx *db.Tx, size int64) (tlog.Hash, error) {
	return tlog.TreeHash(size, tlog.HashReaderFunc(func(positions []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(positions))
		for i, p := range positions {
			h, err := readHash(tx, p)
			if err != nil {
				return nil, err
			}
			out[i] = h
		}
		return out, nil
	}))
}

func (s *Sealer) sign(c Checkpoint) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", s.origin, c.Size, encodeBase64(c.Root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, s.signer)
	return string(signed), err
}

// read checks the signature of a checkpoint and takes it apart.
func (s *Sealer) read(signed string) (Checkpoint, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(s.verifier))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("a checkpoint's signature is wrong: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != s.origin {
		return Checkpoint{}, fmt.Errorf("a checkpoint is not of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("a checkpoint's size: %w", err)
	}
	root, err := decodeBase64(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, fmt.Errorf("a checkpoint's root is malformed")
	}
	return Checkpoint{Size: size, Root: tlog.Hash(root), Note: signed}, nil
}

// keep writes the checkpoint as a new file; it never opens an existing one for
// writing, so the folder may be one that only takes additions. A file that a kill
// left unfinished stays, and the checkpoint is written beside it.
func (s *Sealer) keep(c Checkpoint) error {
	name := filepath.Join(s.outside, fmt.Sprintf("%012d.checkpoint", c.Size))
	for i := 2; ; i++ {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			_, err = f.WriteString(c.Note)
			return errors.Join(err, f.Sync(), f.Close())
		}
		if !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("audit: keeping the checkpoint: %w", err)
		}
		was, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if finished(string(was)) {
			return nil // kept before a crash, between the file and the row
		}
		name = filepath.Join(s.outside, fmt.Sprintf("%012d-%d.checkpoint", c.Size, i))
	}
}

// finished tells a whole signed note from one that a kill cut short. Who could cut
// a note short could as well delete it, so passing over it hides nothing more.
func finished(note string) bool {
	return strings.Contains(note, "\n\n\u2014 ") && strings.HasSuffix(note, "\n")
}

// kept reads the checkpoints outside the database, smallest first.
func (s *Sealer) kept() ([]string, error) {
	names, err := filepath.Glob(filepath.Join(s.outside, "*.checkpoint"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if finished(string(b)) {
			out = append(out, string(b))
		}
	}
	return out, nil
}
