// Package vault seals secrets and texts that the database must not hold in the
// clear. Its keys are apart from the database, in a file or in the environment, so that
// a copy of the database alone reveals nothing (security.md control 44). What is sealed
// is bound to its place: bytes moved to another row do not open.
//
// A key can be changed while people work: Add puts a newer one beside it, running
// programs take it up by themselves, whoever owns sealed rows renews them (Renew), and
// Retire takes the old ones away.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Vault seals with the newest key and opens with any it has. It is safe for concurrent
// use.
type Vault struct {
	file string // empty when the keys came from the environment

	mu     sync.RWMutex
	keys   map[[idSize]byte]cipher.AEAD
	newest [idSize]byte
	marks  []byte    // marks must stay when keys are added and taken away
	read   time.Time // of which change the file was when it was read
}

const (
	idSize  = 4
	keySize = 32
)

// Open reads the keys in file, one in hexadecimal a line, the newest last. It
// makes the file with one key when there is none.
func Open(file string) (*Vault, error) {
	v := &Vault{file: file}
	return v, v.load(true)
}

// Parse reads keys as they stand in a file, from a text: of an environment variable
// that a secret store fills.
func Parse(keys string) (*Vault, error) {
	v := &Vault{}
	return v, v.take(keys)
}

func (v *Vault) load(make bool) error {
	raw, err := os.ReadFile(v.file)
	if make && errors.Is(err, fs.ErrNotExist) {
		raw, err = create(v.file)
	}
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	info, err := os.Stat(v.file)
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	if err := v.take(string(raw)); err != nil {
		return fmt.Errorf("%w (%s)", err, v.file)
	}
	v.mu.Lock()
	v.read = info.ModTime()
	v.mu.Unlock()
	return nil
}

// marksLine begins the line that keeps the secret of marks when the key that it came
// from is taken away.
const marksLine = "marks:"

// take reads the lines of keys, all or nothing.
func (v *Vault) take(text string) error {
	keys, marks := map[[idSize]byte]cipher.AEAD{}, []byte(nil)
	var newest [idSize]byte
	for i, line := range strings.Fields(text) {
		if rest, ok := strings.CutPrefix(line, marksLine); ok {
			b, err := hex.DecodeString(rest)
			if err != nil || len(b) != sha256.Size {
				return fmt.Errorf("vault: line %d is not the secret of marks", i+1)
			}
			marks = b
			continue
		}
		key, err := hex.DecodeString(line)
		if err != nil || len(key) != keySize {
			return fmt.Errorf("vault: line %d is not a key of %d bytes", i+1, keySize)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return err
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return err
		}
		if marks == nil {
			marks = marksOf(key)
		}
		newest = idOf(key)
		keys[newest] = aead
	}
	if len(keys) == 0 {
		return errors.New("vault: there is no key")
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys, v.newest, v.marks = keys, newest, marks
	return nil
}

func marksOf(key []byte) []byte {
	sum := sha256.Sum256(append([]byte("baken vault marks"), key...))
	return sum[:]
}

// idOf is a hash of the key, so that keys need no names that could be mixed up.
func idOf(key []byte) [idSize]byte {
	sum := sha256.Sum256(append([]byte("baken vault key"), key...))
	return [idSize]byte(sum[:idSize])
}

func create(file string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	text := []byte(newLine())
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	return text, errors.Join(err, f.Sync(), f.Close())
}

func newLine() string {
	key := make([]byte, keySize)
	rand.Read(key)
	return hex.EncodeToString(key) + "\n"
}

// Add puts a new key at the end of the file. Running programs seal with it from then on.
func Add(file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	return replace(file, strings.TrimRight(string(raw), "\n")+"\n"+newLine())
}

// settle is how long a new key is beside the old one before the old can be taken away:
// long enough for whatever a running program sealed with the old one to be stored.
const settle = time.Hour

// Retire takes all keys but the newest out of the file, and keeps what marks need. The
// caller has renewed everything that was sealed with them and seen that nothing is left.
// It refuses while the newest is less than an hour old at now, because what a
// running program sealed with the one before may not be stored yet.
func Retire(file string, now time.Time) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	info, err := os.Stat(file)
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	if now.Sub(info.ModTime()) < settle {
		return fmt.Errorf("vault: the newest key is less than an hour old, and what was sealed with the one before may not be stored yet; try again after %s", info.ModTime().Add(settle).Format(time.TimeOnly))
	}
	v := &Vault{}
	if err := v.take(string(raw)); err != nil {
		return err
	}
	lines := strings.Fields(string(raw))
	return replace(file, marksLine+hex.EncodeToString(v.marks)+"\n"+lines[len(lines)-1]+"\n")
}

// replace writes a file anew so that at every moment it is whole.
func replace(file, text string) error {
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	if err := os.Rename(f.Name(), file); err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// fresh takes up a newer file. One that cannot be read at the moment leaves the keys as
// they are.
func (v *Vault) fresh() {
	if v.file == "" {
		return
	}
	v.mu.RLock()
	read := v.read
	v.mu.RUnlock()
	if info, err := os.Stat(v.file); err == nil && !info.ModTime().Equal(read) {
		_ = v.load(false)
	}
}

// Seal encrypts plain and binds it to a place, such as "account/1/totp".
func (v *Vault) Seal(plain []byte, place string) []byte {
	v.fresh()
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.keys[v.newest].Seal(append([]byte(nil), v.newest[:]...), nil, plain, []byte(place))
}

// Open decrypts what Seal made for the same place.
func (v *Vault) Open(sealed []byte, place string) ([]byte, error) {
	if len(sealed) < idSize {
		return nil, errors.New("vault: too short to be sealed")
	}
	key, ok := v.key([idSize]byte(sealed[:idSize]))
	if !ok && v.file != "" && v.load(false) == nil { // a key that another program added just now
		key, ok = v.key([idSize]byte(sealed[:idSize]))
	}
	if !ok {
		return nil, errors.New("vault: sealed with a key that is not in the key file")
	}
	plain, err := key.Open(nil, nil, sealed[idSize:], []byte(place))
	if err != nil {
		return nil, errors.New("vault: the sealed bytes are damaged or from another place")
	}
	return plain, nil
}

func (v *Vault) key(id [idSize]byte) (cipher.AEAD, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	k, ok := v.keys[id]
	return k, ok
}

// Renew seals with the newest key what an older one sealed. changed is false when it is
// with the newest already.
func (v *Vault) Renew(sealed []byte, place string) (out []byte, changed bool, err error) {
	v.fresh()
	v.mu.RLock()
	current := len(sealed) >= idSize && [idSize]byte(sealed[:idSize]) == v.newest
	v.mu.RUnlock()
	if current {
		return sealed, false, nil
	}
	plain, err := v.Open(sealed, place)
	if err != nil {
		return nil, false, err
	}
	return v.Seal(plain, place), true, nil
}

// Key seals the content of one record. A record whose key is destroyed cannot be
// read any more, wherever copies of its sealed bytes are.
type Key struct{ aead cipher.AEAD }

// Grow makes a new key for the record at place, and the sealed form in which the
// database keeps it.
func (v *Vault) Grow(place string) (Key, []byte) {
	raw := make([]byte, keySize)
	rand.Read(raw)
	k, err := newKey(raw)
	if err != nil {
		panic(err) // 32 bytes always make an AES key
	}
	return k, v.Seal(raw, place)
}

// Unlock gives the key that Grow sealed for the same place.
func (v *Vault) Unlock(sealed []byte, place string) (Key, error) {
	raw, err := v.Open(sealed, place)
	if err != nil {
		return Key{}, err
	}
	return newKey(raw)
}

func newKey(raw []byte) (Key, error) {
	block, err := aes.NewCipher(raw)
	if err != nil {
		return Key{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return Key{aead}, err
}

// Seal encrypts plain and binds it to a place in the record.
func (k Key) Seal(plain []byte, place string) []byte {
	return k.aead.Seal(nil, nil, plain, []byte(place))
}

// Open decrypts what Seal made for the same place.
func (k Key) Open(sealed []byte, place string) ([]byte, error) {
	plain, err := k.aead.Open(nil, nil, sealed, []byte(place))
	if err != nil {
		return nil, errors.New("vault: the sealed bytes are damaged, from another place or of another record")
	}
	return plain, nil
}

// Mark is a keyed hash of a text for a use, by which equal texts are found without
// the text being stored. It stays the same when a newer key is added.
func (v *Vault) Mark(plain, use string) string {
	v.mu.RLock()
	mac := hmac.New(sha256.New, v.marks)
	v.mu.RUnlock()
	mac.Write([]byte(use + "\x00" + plain))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
