package dwangsom

import (
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/text"
)

// What the desk of all measures does, in the words of the tests of this one.

type beside struct{ row measures.Row }

func (m *Room) items(p *text.Printer, f dossier.Opened[Dwangsom], b beside) ([]documents.Item, error) {
	return m.Items(p, f, measures.Beside{Row: b.row})
}

func (m *Room) made(name string, r Dwangsom, number, signer string, today deadlines.Day) ([]byte, string, error) {
	return m.Made(name, r, number, signer, today)
}

func (m *Room) preview(r Dwangsom, act, number string, today deadlines.Day) []measures.Preview {
	return m.Preview(r, act, number, today)
}

func (m *Room) save(u *work.Unit, act string, h dossier.Head, r Dwangsom, c *deadlines.Calendar) error {
	return m.desk().Save(u, act, h, r, c)
}

// fell is a ruling under which the decision did not stand.
func fell(grounds ...string) measures.PerGround { return measures.PerGround{Fell: grounds} }
