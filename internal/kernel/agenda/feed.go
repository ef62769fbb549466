package agenda

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"baken/internal/kernel/work"
)

// A feed is read by programs that cannot sign in, so its address is the secret.

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// NewFeed gives the actor a new secret of 32 random bytes, shown once; an older one
// stops working. Only its hash is kept. The caller has asked access.
func NewFeed(u *work.Unit) (string, error) {
	var b [32]byte
	rand.Read(b[:])
	secret := base64.RawURLEncoding.EncodeToString(b[:])
	return secret, putFeed(u.Tx(), u.Actor().Account, hashOf(secret), u.Now())
}

// RevokeFeed ends the actor's feed. The caller has asked access.
func RevokeFeed(u *work.Unit) error { return endFeed(u.Tx(), u.Actor().Account) }

// FeedOf says since when the actor has a feed; ok is false when there is none.
func FeedOf(u *work.Unit) (since time.Time, ok bool, err error) {
	return feedOf(u.Tx(), u.Actor().Account)
}

// FeedOwner is the account whose feed a secret opens; ok is false for a secret
// that is nobody's or was revoked.
func FeedOwner(u *work.Unit, secret string) (account string, ok bool, err error) {
	if len(secret) != 43 {
		return "", false, nil
	}
	return feedOwner(u.Tx(), hashOf(secret))
}
