package measures

import (
	"fmt"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
)

// Row is what the list of measures knows of a file.
type Row struct {
	ID, Kind, Number string
	Stage, Breach    string
	Title            string // where; sealed in the database
	Person           string // against whom; only its mark is kept
	Lead             string // account
	InForceOn        deadlines.Day
	Void             bool
	OpenedAt         time.Time
	NextDay          deadlines.Day // of the first term that runs
	NextCode         string        // of its title
	NextNumber       int           // of the sum or the objection
	ClosedOn         deadlines.Day
	GoneAfter        deadlines.Day // the last day that a closed file is kept
	Item             string        // that says so
	HoldUntil        deadlines.Day // somebody said that it is kept longer
	HoldGround       string
	HoldBy           string // account
}

// Last is the last day that a closed file is kept.
func (r Row) Last() deadlines.Day { return max(r.GoneAfter, r.HoldUntil) }

// Register keeps the rows. It is safe for concurrent use.
type Register struct{ vault *vault.Vault }

// NewRegister seals titles with the vault.
func NewRegister(v *vault.Vault) *Register { return &Register{v} }

func titlePlace(id string) string { return "measure/" + id + "/title" }

// mark is the key by which an earlier measure is found: however it was typed.
func (g *Register) mark(s, use string) string {
	s = strings.Join(strings.Fields(strings.ToLower(s)), " ")
	if s == "" {
		return ""
	}
	return g.vault.Mark(s, "measure-"+use)
}

// Save writes the row of one file. A file without a row gets the next number of its
// year.
func (g *Register) Save(u *work.Unit, r Row) error {
	title := g.vault.Seal([]byte(r.Title), titlePlace(r.ID))
	void := int64(0)
	if r.Void {
		void = 1
	}
	n, err := u.Tx().Exec(`UPDATE measure_case SET stage = $2, breach = $3, title = $4, lead = $5, place_mark = $6, person_mark = $7, in_force_on = $8, void = $9,
		next_day = $10, next_code = $11, next_number = $12, closed_on = $13, gone_after = $14, keep_item = $15 WHERE id = $1`, r.ID, r.Stage, r.Breach, title, r.Lead, g.mark(r.Title, "place"),
		g.mark(r.Person, "person"), int64(r.InForceOn), void, int64(r.NextDay), r.NextCode, int64(r.NextNumber), int64(r.ClosedOn), int64(r.GoneAfter), r.Item)
	if err != nil || n > 0 {
		return err
	}
	year, _, _ := deadlines.DayOf(u.Now()).Civil()
	last, _, err := db.One(u.Tx(), db.Column[string], "SELECT number FROM measure_case WHERE number LIKE $1 ORDER BY LENGTH(number) DESC, number DESC LIMIT 1", fmt.Sprintf("M-%d-%%", year))
	if err != nil {
		return err
	}
	next := 1
	if len(last) > 7 {
		if _, err := fmt.Sscanf(last[7:], "%d", &next); err != nil {
			return err
		}
		next++
	}
	_, err = u.Tx().Exec(`INSERT INTO measure_case (id, kind, number, stage, breach, title, lead, place_mark, person_mark, in_force_on, void, opened_at, next_day, next_code, next_number, closed_on, gone_after, keep_item)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`, r.ID, r.Kind, fmt.Sprintf("M-%d-%04d", year, next), r.Stage, r.Breach, title, r.Lead,
		g.mark(r.Title, "place"), g.mark(r.Person, "person"), int64(r.InForceOn), void, db.Micros(r.OpenedAt), int64(r.NextDay), r.NextCode, int64(r.NextNumber), int64(r.ClosedOn), int64(r.GoneAfter), r.Item)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "measures.number-taken") // two files opened at the same moment
	}
	return err
}

// SaveAll writes the rows of files that are in the register, given in the order of
// their ids, where they differ from what is stored, and fills in their numbers. What
// is stored is read in one query.
func (g *Register) SaveAll(u *work.Unit, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	type kept struct {
		Row
		place, person string
	}
	stored, err := db.All(u.Tx(), func(s db.Scanner) (k kept, err error) {
		k.Row, err = g.scan(s, &k.place, &k.person)
		return k, err
	}, "SELECT "+rowColumns+", m.place_mark, m.person_mark FROM measure_case m WHERE m.kind = $1 AND m.id >= $2 AND m.id <= $3", rows[0].Kind, rows[0].ID, rows[len(rows)-1].ID)
	if err != nil {
		return err
	}
	by := make(map[string]kept, len(stored))
	for _, k := range stored {
		by[k.ID] = k
	}
	for i := range rows {
		r := &rows[i]
		k, ok := by[r.ID]
		r.Number = k.Number
		same := *r
		same.Person, same.OpenedAt = "", k.OpenedAt                                        // the first is never stored, the second never changed
		same.HoldUntil, same.HoldGround, same.HoldBy = k.HoldUntil, k.HoldGround, k.HoldBy // not of the journal
		if ok && same == k.Row && k.place == g.mark(r.Title, "place") && k.person == g.mark(r.Person, "person") {
			continue
		}
		if err := g.Save(u, *r); err != nil {
			return err
		}
		if !ok { // a file without a row: Save gave it a number
			saved, _, err := g.Find(u, r.ID)
			if err != nil {
				return err
			}
			r.Number = saved.Number
		}
	}
	return nil
}

// Drop deletes the row of a file that is destroyed, and its rulings, without a trace.
func (g *Register) Drop(u *work.Unit, id string) error {
	_, err := u.Tx().Exec("DELETE FROM measure_ruling WHERE file = $1", id)
	if err == nil {
		_, err = u.Tx().Exec("DELETE FROM measure_case WHERE id = $1", id)
	}
	return err
}

const rowColumns = "m.id, m.kind, m.number, m.stage, m.breach, m.title, m.lead, m.in_force_on, m.void, m.opened_at, m.next_day, m.next_code, m.next_number, m.closed_on, m.gone_after, m.keep_item, m.hold_until, m.hold_ground, m.hold_by"

func (g *Register) row(s db.Scanner) (Row, error) { return g.scan(s) }

// scan reads a row, and what the query has after it.
func (g *Register) scan(s db.Scanner, more ...any) (r Row, err error) {
	var title []byte
	var force, void, opened, next, number, closed, gone, hold int64
	if err := s.Scan(append([]any{&r.ID, &r.Kind, &r.Number, &r.Stage, &r.Breach, &title, &r.Lead, &force, &void, &opened, &next, &r.NextCode, &number, &closed, &gone, &r.Item, &hold, &r.HoldGround, &r.HoldBy}, more...)...); err != nil {
		return r, err
	}
	r.InForceOn, r.Void, r.OpenedAt = deadlines.Day(force), void == 1, db.Moment(opened)
	r.NextDay, r.NextNumber, r.ClosedOn = deadlines.Day(next), int(number), deadlines.Day(closed)
	r.GoneAfter, r.HoldUntil = deadlines.Day(gone), deadlines.Day(hold)
	plain, err := g.vault.Open(title, titlePlace(r.ID))
	r.Title = string(plain)
	return r, err
}

// List gives the rows of a kind that the actor may read by the act, those with the
// first term first; closed ones only when asked.
func (g *Register) List(u *work.Unit, b *access.Book, kind, readAct string, closed bool) ([]Row, error) {
	shut := int64(0)
	if closed {
		shut = 1
	}
	cond, args, err := b.Filter(u, readAct, "m.id", kind, shut)
	if err != nil {
		return nil, err
	}
	return db.All(u.Tx(), g.row, "SELECT "+rowColumns+` FROM measure_case m WHERE m.kind = $1 AND (m.closed_on = 0 OR CAST($2 AS BIGINT) = 1) AND `+cond+
		" ORDER BY CASE WHEN m.next_day = 0 THEN 1 ELSE 0 END, m.next_day, m.number", args...)
}

// InStages gives the open rows of a kind in one of these stages that the actor may read
// by the act, the oldest first.
func (g *Register) InStages(u *work.Unit, b *access.Book, kind, readAct string, stages []string) ([]Row, error) {
	if len(stages) == 0 {
		return nil, nil
	}
	args, marks := []any{kind}, make([]string, len(stages))
	for i, s := range stages {
		args, marks[i] = append(args, s), fmt.Sprintf("$%d", i+2)
	}
	cond, args, err := b.Filter(u, readAct, "m.id", args...)
	if err != nil {
		return nil, err
	}
	return db.All(u.Tx(), g.row, "SELECT "+rowColumns+" FROM measure_case m WHERE m.kind = $1 AND m.closed_on = 0 AND m.stage IN ("+strings.Join(marks, ",")+") AND "+cond+
		" ORDER BY m.opened_at, m.number", args...)
}

// Find gives the row of one file. The caller has asked access for the file itself.
func (g *Register) Find(u *work.Unit, id string) (Row, bool, error) {
	return db.One(u.Tx(), g.row, "SELECT "+rowColumns+" FROM measure_case m WHERE m.id = $1", id)
}

// Earlier counts the measures of a kind for the same breach, at the same place or
// against the same person, that came into force from a day on and still stand. It
// is the repeat detection of the policy's look-back: a count, and no content.
func (g *Register) Earlier(u *work.Unit, kind, id, breach, place, person string, since deadlines.Day) (int, error) {
	n, _, err := db.One(u.Tx(), db.Column[int64], `SELECT COUNT(*) FROM measure_case WHERE kind = $1 AND id <> $2 AND breach = $3 AND void = 0 AND in_force_on >= $4
		AND ((place_mark = $5 AND CAST($5 AS TEXT) <> '') OR (person_mark = $6 AND CAST($6 AS TEXT) <> ''))`,
		kind, id, breach, int64(max(since, 1)), g.mark(place, "place"), g.mark(person, "person"))
	return int(n), err
}
