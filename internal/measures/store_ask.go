package measures

import (
	"fmt"
	"strings"

	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// Known gives the answer to the one question that can be asked across the wall: is
// there a measure of one of these kinds that stands at this place, or against this
// person. It says yes or no, and never what; the asker records the question with its
// ground (architecture.md 4). A kind that is not named stays behind the wall: that there
// is a huisverbod says what happens in a home.
func (g *Register) Known(kinds ...string) func(u *work.Unit, subject string) (bool, error) {
	marks, named := make([]string, len(kinds)), make([]any, len(kinds))
	for i, k := range kinds {
		marks[i], named[i] = fmt.Sprintf("$%d", i+3), k
	}
	return func(u *work.Unit, subject string) (bool, error) {
		n, _, err := db.One(u.Tx(), db.Column[int64], `SELECT COUNT(*) FROM measure_case WHERE void = 0 AND kind IN (`+strings.Join(marks, ",")+`)
			AND ((place_mark = $1 AND CAST($1 AS TEXT) <> '') OR (person_mark = $2 AND CAST($2 AS TEXT) <> ''))`, append([]any{g.mark(subject, "place"), g.mark(subject, "person")}, named...)...)
		return n > 0, err
	}
}

// At gives the files of a kind at a place or against a person, closed and void ones too:
// those that the actor may read by the act, and how many there are besides. It finds a
// text that was typed alike but for capitals, spaces, and what follows a comma.
func (g *Register) At(u *work.Unit, b *access.Book, kind, readAct, subject string) (rows []Row, others int, err error) {
	short, _, _ := strings.Cut(subject, ",")
	where := "m.kind = $1 AND m.place_mark <> '' AND (m.place_mark IN ($2, $4) OR m.person_mark IN ($3, $5))"
	first := []any{kind, g.mark(subject, "place"), g.mark(subject, "person"), g.mark(short, "place"), g.mark(short, "person")}
	all, _, err := db.One(u.Tx(), db.Column[int64], "SELECT COUNT(*) FROM measure_case m WHERE "+where, first...)
	if err != nil {
		return nil, 0, err
	}
	cond, args, err := b.Filter(u, readAct, "m.id", first...)
	if err != nil {
		return nil, 0, err
	}
	rows, err = db.All(u.Tx(), g.row, "SELECT "+rowColumns+" FROM measure_case m WHERE "+where+" AND "+cond+" ORDER BY m.opened_at DESC, m.number", args...)
	return rows, int(all) - len(rows), err
}

// Filed reports whether there is a file with a number, and nothing of it.
func (g *Register) Filed(u *work.Unit, number string) (bool, error) {
	n, _, err := db.One(u.Tx(), db.Column[int64], "SELECT COUNT(*) FROM measure_case WHERE number = $1", number)
	return n > 0, err
}

// Reseal seals the titles of the next files after an id with the vault's newest key, at
// most so many. It gives the id to go on after, how many it came by and how many it
// changed.
func (g *Register) Reseal(u *work.Unit, after string, most int) (next string, n, changed int, err error) {
	type row struct {
		id    string
		title []byte
	}
	rows, err := db.All(u.Tx(), func(s db.Scanner) (r row, err error) {
		err = s.Scan(&r.id, &r.title)
		return r, err
	}, "SELECT id, title FROM measure_case WHERE id > $1 ORDER BY id LIMIT $2", after, int64(most))
	if err != nil {
		return after, 0, 0, err
	}
	for _, r := range rows {
		sealed, did, err := g.vault.Renew(r.title, titlePlace(r.id))
		if err == nil && did {
			changed++
			_, err = u.Tx().Exec("UPDATE measure_case SET title = $2 WHERE id = $1", r.id, sealed)
		}
		if err != nil {
			return after, n, changed, err
		}
		next = r.id
	}
	return next, len(rows), changed, nil
}
