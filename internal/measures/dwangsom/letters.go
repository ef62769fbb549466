package dwangsom

import (
	"time"

	"baken/internal/measures"
	"baken/internal/text"
)

// letters lists the letters that the file can make now.
func (m *Room) letters(p *text.Printer, r Dwangsom, now time.Time) []measures.Document { return nil }

// preview is the text as it will read in the letter, beside the form.
func (m *Room) preview(p *text.Printer, f measures.File[Dwangsom], name string) []measures.Preview {
	return nil
}
