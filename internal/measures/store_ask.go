package measures

import (
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// Known answers the one question that can be asked across the wall: is there a measure
// that stands at this place, or against this person. It says yes or no, and never
// what; the asker records the question with its ground (architecture.md 4).
func (g *Register) Known(u *work.Unit, subject string) (bool, error) {
	n, _, err := db.One(u.Tx(), db.Column[int64], `SELECT COUNT(*) FROM measure_case WHERE void = 0
		AND ((place_mark = $1 AND CAST($1 AS TEXT) <> '') OR (person_mark = $2 AND CAST($2 AS TEXT) <> ''))`, g.mark(subject, "place"), g.mark(subject, "person"))
	return n > 0, err
}

// Filed reports whether there is a file with a number, and nothing of it.
func (g *Register) Filed(u *work.Unit, number string) (bool, error) {
	n, _, err := db.One(u.Tx(), db.Column[int64], "SELECT COUNT(*) FROM measure_case WHERE number = $1", number)
	return n > 0, err
}
