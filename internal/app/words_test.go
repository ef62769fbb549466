package app_test

import (
	"testing"

	"baken/internal/app"
	"baken/internal/text"
)

// The privacy officer reads the log in words: an act without them is a riddle.
func TestEveryActHasItsWords(t *testing.T) {
	t.Parallel()
	book, err := app.Book()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range book.Acts() {
		for _, lang := range text.Langs {
			if !text.For(lang).Has("act." + a.Name) {
				t.Errorf("%s has no words for the act %q", lang, a.Name)
			}
		}
	}
}
