package measures

import (
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

// Gone is what is left of a file that was destroyed: that there was one, and on which item
// and by whose review it went.
type Gone struct {
	ID, Kind, Number, Item string
	KeptUntil, DestroyedOn deadlines.Day
	Reviewer               string // account
}

// Expired lists the ids of closed files of a kind that are kept no longer, those that went
// over first before the others, at most so many.
func (g *Register) Expired(u *work.Unit, kind string, today deadlines.Day, most int) ([]string, error) {
	return db.All(u.Tx(), db.Column[string], "SELECT id FROM measure_case WHERE kind = $1 AND closed_on > 0 AND gone_after > 0 AND gone_after < $2 AND hold_until < $2 ORDER BY gone_after, id LIMIT $3",
		kind, int64(today), int64(most))
}

// Leaving gives the rows of a kind that go within the notice of a day and that the actor may
// read by the act, the first to go first.
func (g *Register) Leaving(u *work.Unit, b *access.Book, kind, readAct string, today deadlines.Day) ([]Row, error) {
	cond, args, err := b.Filter(u, readAct, "m.id", kind, int64(today+noticeDays))
	if err != nil {
		return nil, err
	}
	return db.All(u.Tx(), g.row, "SELECT "+rowColumns+" FROM measure_case m WHERE m.kind = $1 AND m.gone_after > 0 AND m.gone_after <= $2 AND m.hold_until <= $2 AND "+cond+" ORDER BY m.gone_after, m.number", args...)
}

// Gone lists what was destroyed of a kind, the last first, for who could have read it
// without being involved: nobody is involved in it any more.
func (g *Register) Gone(u *work.Unit, b *access.Book, kind, readAct string) ([]Gone, error) {
	cond, args, err := b.Filter(u, readAct, "m.id", kind)
	if err != nil {
		return nil, err
	}
	return db.All(u.Tx(), func(s db.Scanner) (x Gone, err error) {
		var until, on int64
		err = s.Scan(&x.ID, &x.Kind, &x.Number, &x.Item, &until, &on, &x.Reviewer)
		x.KeptUntil, x.DestroyedOn = deadlines.Day(until), deadlines.Day(on)
		return x, err
	}, "SELECT m.id, m.kind, m.number, m.item, m.kept_until, m.destroyed_on, m.reviewer FROM measure_gone m WHERE m.kind = $1 AND "+cond+" ORDER BY m.destroyed_on DESC, m.number", args...)
}

// Hold keeps a closed file longer, on a ground.
func (g *Register) Hold(u *work.Unit, id string, until deadlines.Day, ground string) error {
	_, err := u.Tx().Exec("UPDATE measure_case SET hold_until = $2, hold_ground = $3, hold_by = $4 WHERE id = $1", id, int64(until), ground, u.Actor().Account)
	return err
}

// Bury leaves of the row of a file that is destroyed the line that says so. Its rulings go
// with it: they carry the id of the file.
func (g *Register) Bury(u *work.Unit, id string) error {
	_, err := u.Tx().Exec(`INSERT INTO measure_gone (id, kind, number, item, kept_until, destroyed_on, reviewer)
		SELECT id, kind, number, keep_item, CASE WHEN hold_until > gone_after THEN hold_until ELSE gone_after END, CAST($2 AS BIGINT), lead FROM measure_case WHERE id = $1 ON CONFLICT (id) DO NOTHING`, id, int64(deadlines.DayOf(u.Now())))
	if err != nil {
		return err
	}
	return g.Drop(u, id)
}
