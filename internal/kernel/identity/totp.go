package identity

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"image/png"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// Settings of RFC 6238 that every authenticator app knows.
var totpOptions = totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

func newTOTPSecret() string {
	var b [20]byte
	rand.Read(b[:])
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// Code is the code that an authenticator app shows for a secret at a moment.
func Code(secret string, at time.Time) (string, error) {
	return totp.GenerateCodeCustom(secret, at, totpOptions)
}

// matchStep returns the time step whose code this is: the present one, the one
// before for slow typing, or the one after for a clock ahead. All are compared, so
// that the time says nothing.
func matchStep(secret, code string, now time.Time) (step int64, ok bool) {
	for _, shift := range []int64{-1, 0, 1} {
		at := now.Add(time.Duration(shift) * 30 * time.Second)
		want, err := Code(secret, at)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = at.Unix()/30, true
		}
	}
	return step, ok
}

// qr draws the secret for an authenticator app, as a PNG.
func qr(secret, login, issuer string) ([]byte, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return nil, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, Secret: raw})
	if err != nil {
		return nil, err
	}
	img, err := key.Image(220, 220)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, img)
	return b.Bytes(), err
}
