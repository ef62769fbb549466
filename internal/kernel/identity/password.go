package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"baken/internal/fault"
)

// Argon2id with 19 MiB and two passes: the OWASP minimum of 2026, 20 ms on one
// core here. The values stand in the hash, so they can be raised later.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16
)

func hashPassword(password string) string {
	salt := make([]byte, argonSalt)
	rand.Read(salt)
	key := argon2.IDKey([]byte(norm.NFKC.String(password)), salt, argonTime, argonMemory, argonThreads, argonKey)
	enc := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, enc(salt), enc(key))
}

// matches compares a password with a stored hash in constant time. A hash it
// cannot read matches nothing.
func matches(password, stored string) bool {
	var version, memory, passes, threads int
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil || memory > 1<<20 || passes < 1 || threads < 1 || threads > 255 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(norm.NFKC.String(password)), salt, uint32(passes), uint32(memory), uint8(threads), uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// matches bounds how many hashes are computed at once: each takes 19 MiB, and a
// burst of sign-ins must not take the memory of the machine.
func (d *Desk) matches(password, stored string) bool {
	d.hashing <- struct{}{}
	defer func() { <-d.hashing }()
	return matches(password, stored)
}

// Length rules of NIST SP 800-63B and ASVS 6.2: long, and no composition rules,
// which only make people write passwords down.
const (
	minPassword = 12
	maxPassword = 200
)

// checkPassword refuses what is too short, too long, or what everybody tries first.
func checkPassword(password, login, name string) error {
	bad := func(code string, args ...any) error {
		return fault.New(fault.Invalid, "form.invalid").At("password", code, args...)
	}
	runes := []rune(norm.NFKC.String(password))
	if len(runes) < minPassword {
		return bad("identity.password.short", "min", minPassword)
	}
	if len(runes) > maxPassword {
		return bad("identity.password.long", "max", maxPassword)
	}
	lower := strings.ToLower(string(runes))
	distinct := map[rune]bool{}
	for _, r := range lower {
		distinct[r] = true
	}
	// What everybody tries first does not count; the rest must be worth guessing.
	rest := lower
	local, _, _ := strings.Cut(login, "@")
	for _, word := range []string{local, strings.ToLower(name), "wachtwoord", "welkom", "password", "maassluis", "gemeente", "qwerty", "123456789", "12345678", "123456", "2026"} {
		if len(word) >= 4 {
			rest = strings.ReplaceAll(rest, word, "")
		}
	}
	if len([]rune(strings.TrimSpace(rest))) < 6 {
		return bad("identity.password.guessable")
	}
	if len(distinct) < 5 {
		return bad("identity.password.guessable")
	}
	return nil
}

// hashToken is how secrets of 128 random bits and more are stored: a fast hash is
// enough, because they cannot be guessed.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}
