package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"baken/internal/fault"
)

func TestKindSurvivesWrapping(t *testing.T) {
	inner := fault.Because(errors.New("disk"), fault.Unavailable, "db.busy")
	err := fmt.Errorf("while saving: %w", inner)
	if got := fault.KindOf(err); got != fault.Unavailable {
		t.Fatalf("kind = %v, want unavailable", got)
	}
	if fault.Of(err).Code != "db.busy" {
		t.Fatal("the code is lost by wrapping, so the reader would get a number instead of a sentence")
	}
}

func TestUnclassifiedErrorIsInternal(t *testing.T) {
	if got := fault.KindOf(errors.New("x")); got != fault.Internal {
		t.Fatalf("kind = %v: an error nobody classified could be shown to a reader", got)
	}
}

func TestFieldsAreCollected(t *testing.T) {
	f := fault.New(fault.Invalid, "form.invalid").At("name", "form.required").At("from", "date.unreadable", "value", "31-11")
	if len(f.Fields) != 2 {
		t.Fatalf("fields = %d, want 2: a form must report all of its faults at once", len(f.Fields))
	}
}
