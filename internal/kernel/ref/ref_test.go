package ref_test

import (
	"testing"

	"baken/internal/kernel/ref"
)

func TestNewIDIsValidAndDiffers(t *testing.T) {
	a, b := ref.NewID(), ref.NewID()
	if a == b || !ref.ValidID(a) || !ref.ValidID(b) {
		t.Fatalf("ids %q and %q: must be valid and differ", a, b)
	}
}

func TestValidIDRefusesOtherShapes(t *testing.T) {
	for _, s := range []string{"", "1", "' or 1=1 --", "UPPERCASEUPPERCASEUPPERCAS", "0123456789abcdefghjkmnpqrst", "0123456789abcdefghjkmnpqri"} {
		if ref.ValidID(s) {
			t.Errorf("%q passes as an id", s)
		}
	}
}

func TestString(t *testing.T) {
	if got := (ref.Ref{Kind: "account", ID: "x"}).String(); got != "account/x" {
		t.Fatal(got)
	}
	if got := (ref.Ref{Kind: "account"}).String(); got != "account" {
		t.Fatal(got)
	}
}
