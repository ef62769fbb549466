// Package vault seals secrets and texts that the database must not hold in the
// clear. Its key is a file apart from the database, so that a copy of the
// database alone reveals nothing (security.md control 44). What is sealed is
// bound to its place: bytes moved to another row do not open.
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
)

// Vault seals with the newest key and opens with any it has.
type Vault struct {
	keys   map[[idSize]byte]cipher.AEAD
	newest [idSize]byte
	marks  []byte // of the oldest key: marks must stay when keys are added
}

const (
	idSize  = 4
	keySize = 32
)

// Open reads the keys in file, one in hexadecimal a line, the newest last. It
// makes the file with one key when there is none.
func Open(file string) (*Vault, error) {
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		raw, err = create(file)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	v := &Vault{keys: map[[idSize]byte]cipher.AEAD{}}
	for i, line := range strings.Fields(string(raw)) {
		key, err := hex.DecodeString(line)
		if err != nil || len(key) != keySize {
			return nil, fmt.Errorf("vault: line %d of %s is not a key of %d bytes", i+1, file, keySize)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			sum := sha256.Sum256(append([]byte("baken vault marks"), key...))
			v.marks = sum[:]
		}
		// The id is a hash of the key, so that keys need no names that could be mixed up.
		sum := sha256.Sum256(append([]byte("baken vault key"), key...))
		v.newest = [idSize]byte(sum[:idSize])
		v.keys[v.newest] = aead
	}
	if len(v.keys) == 0 {
		return nil, fmt.Errorf("vault: %s holds no key", file)
	}
	return v, nil
}

func create(file string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, keySize)
	rand.Read(key)
	text := []byte(hex.EncodeToString(key) + "\n")
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	return text, errors.Join(err, f.Sync(), f.Close())
}

// Seal encrypts plain and binds it to a place, such as "account/1/totp".
func (v *Vault) Seal(plain []byte, place string) []byte {
	return v.keys[v.newest].Seal(append([]byte(nil), v.newest[:]...), nil, plain, []byte(place))
}

// Open decrypts what Seal made for the same place.
func (v *Vault) Open(sealed []byte, place string) ([]byte, error) {
	if len(sealed) < idSize {
		return nil, errors.New("vault: too short to be sealed")
	}
	key, ok := v.keys[[idSize]byte(sealed[:idSize])]
	if !ok {
		return nil, errors.New("vault: sealed with a key that is not in the key file")
	}
	plain, err := key.Open(nil, nil, sealed[idSize:], []byte(place))
	if err != nil {
		return nil, errors.New("vault: the sealed bytes are damaged or from another place")
	}
	return plain, nil
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
	mac := hmac.New(sha256.New, v.marks)
	mac.Write([]byte(use + "\x00" + plain))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
