package agenda

import (
	"encoding/json"
	"strconv"
	"time"

	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
)

const columns = `t.kind, t.object, t.name, t.purpose, t.led_by, t.deputy, t.reference, t.title, t.question, t.end_day, t.end_at,
	t.safe, t.alarms, t.wake, t.state, t.old_day, t.old_at, t.moved_why, t.moved_at, t.changed_at, t.done_at`

// row is a term as the table has it.
type row struct {
	t                                                Term
	title, endDay, safe, alarms, wake, state, oldDay string
	endAt, oldAt, movedAt, changedAt, doneAt         int64
}

func (r *row) dest() []any {
	t := &r.t
	return []any{&t.Object.Kind, &t.Object.ID, &t.Key, &t.Purpose, &t.Lead, &t.Deputy, &t.Reference, &r.title, &t.raw, &r.endDay, &r.endAt,
		&r.safe, &r.alarms, &r.wake, &r.state, &r.oldDay, &r.oldAt, &t.Moved, &r.movedAt, &r.changedAt, &r.doneAt}
}

func (r *row) term() (t Term, err error) {
	t = r.t
	if err = json.Unmarshal([]byte(r.title), &t.Title); err != nil {
		return t, err
	}
	if t.Question, err = decode(t.raw); err != nil {
		return t, err
	}
	if t.End, err = when(r.endDay, r.endAt); err != nil {
		return t, err
	}
	if t.Old, err = when(r.oldDay, r.oldAt); err != nil {
		return t, err
	}
	if err = t.Safe.UnmarshalText([]byte(r.safe)); err != nil {
		return t, err
	}
	if err = t.wake.UnmarshalText([]byte(r.wake)); err != nil {
		return t, err
	}
	t.Done, t.MovedAt, t.ChangedAt, t.DoneAt = r.state == "done", db.Moment(r.movedAt), db.Moment(r.changedAt), db.Moment(r.doneAt)
	t.Alarms, err = splitDays(r.alarms)
	return t, err
}

// says reports whether the row is of an open term that says just this.
func (r *row) says(t *Term, title string) bool {
	x := &r.t
	return x.raw == t.raw && r.title == title && x.Purpose == t.Purpose && x.Lead == t.Lead && x.Deputy == t.Deputy && x.Reference == t.Reference && r.state == state(false) &&
		r.endDay == t.End.Day.String() && r.endAt == db.Micros(t.End.At) && r.safe == t.Safe.String() && r.wake == t.wake.String() && r.alarms == joinDays(t.Alarms)
}

func scan(s db.Scanner) (Term, error) {
	var r row
	if err := s.Scan(r.dest()...); err != nil {
		return Term{}, err
	}
	return r.term()
}

// when reads an end as it is stored.
func when(day string, at int64) (deadlines.When, error) {
	if at != 0 {
		return deadlines.AtMoment(db.Moment(at)), nil
	}
	var d deadlines.Day
	err := d.UnmarshalText([]byte(day))
	return deadlines.OnDay(d), err
}

func termsOf(tx *db.Tx, object ref.Ref) ([]Term, error) {
	return db.All(tx, scan, "SELECT "+columns+" FROM agenda_term t WHERE t.kind = $1 AND t.object = $2 ORDER BY t.name", object.Kind, object.ID)
}

// termsBetween are the rows of all objects of a kind from one to another, both
// included: of very many, few are decoded.
func termsBetween(tx *db.Tx, first, last ref.Ref) ([]row, error) {
	return db.All(tx, func(s db.Scanner) (r row, err error) { return r, s.Scan(r.dest()...) }, "SELECT "+columns+" FROM agenda_term t WHERE t.kind = $1 AND t.object >= $2 AND t.object <= $3 ORDER BY t.object, t.name",
		first.Kind, first.ID, last.ID)
}

func state(done bool) string {
	if done {
		return "done"
	}
	return "open"
}

// save stores a term anew or over the one with its key.
func save(tx *db.Tx, t *Term) error {
	title, err := json.Marshal(t.Title)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO agenda_term (kind, object, name, purpose, led_by, deputy, reference, title, question, end_day, end_at,
			safe, alarms, wake, state, old_day, old_at, moved_why, moved_at, changed_at, done_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)
		ON CONFLICT (kind, object, name) DO UPDATE SET purpose = excluded.purpose, led_by = excluded.led_by, deputy = excluded.deputy,
			reference = excluded.reference, title = excluded.title, question = excluded.question, end_day = excluded.end_day, end_at = excluded.end_at,
			safe = excluded.safe, alarms = excluded.alarms, wake = excluded.wake, state = excluded.state, old_day = excluded.old_day,
			old_at = excluded.old_at, moved_why = excluded.moved_why, moved_at = excluded.moved_at, changed_at = excluded.changed_at, done_at = excluded.done_at`,
		t.Object.Kind, t.Object.ID, t.Key, t.Purpose, t.Lead, t.Deputy, t.Reference, string(title), t.raw, t.End.Day.String(), db.Micros(t.End.At),
		t.Safe.String(), joinDays(t.Alarms), t.wake.String(), state(t.Done), t.Old.Day.String(), db.Micros(t.Old.At), string(t.Moved), db.Micros(t.MovedAt),
		db.Micros(t.ChangedAt), db.Micros(t.DoneAt))
	return err
}

// move stores a new computation, unless the question was changed meanwhile: that
// change has computed it already.
func move(tx *db.Tx, t *Term) (int64, error) {
	return tx.Exec(`UPDATE agenda_term SET end_day = $5, end_at = $6, safe = $7, alarms = $8, wake = $9, old_day = $10, old_at = $11,
			moved_why = $12, moved_at = $13, changed_at = $14
		WHERE kind = $1 AND object = $2 AND name = $3 AND question = $4 AND state = 'open'`,
		t.Object.Kind, t.Object.ID, t.Key, t.raw, t.End.Day.String(), db.Micros(t.End.At), t.Safe.String(), joinDays(t.Alarms), t.wake.String(),
		t.Old.Day.String(), db.Micros(t.Old.At), string(t.Moved), db.Micros(t.MovedAt), db.Micros(t.ChangedAt))
}

func drop(tx *db.Tx, object ref.Ref) error {
	if _, err := tx.Exec("DELETE FROM agenda_reminder WHERE kind = $1 AND object = $2", object.Kind, object.ID); err != nil {
		return err
	}
	_, err := tx.Exec("DELETE FROM agenda_term WHERE kind = $1 AND object = $2", object.Kind, object.ID)
	return err
}

// openAfter are open terms in the order of their key.
func openAfter(tx *db.Tx, after Place, most int) ([]Term, error) {
	return db.All(tx, scan, "SELECT "+columns+` FROM agenda_term t
		WHERE t.state = 'open' AND (t.kind, t.object, t.name) > ($1, $2, $3) ORDER BY t.kind, t.object, t.name LIMIT $4`,
		after.object.Kind, after.object.ID, after.key, int64(most))
}

// waking are the open terms of which somebody is reminded by that day.
func waking(tx *db.Tx, today deadlines.Day) ([]Term, error) {
	return db.All(tx, scan, "SELECT "+columns+` FROM agenda_term t WHERE t.state = 'open' AND t.wake <> '' AND t.wake <= $1
		ORDER BY t.kind, t.object, t.name`, today.String())
}

// query lists terms; where was made by seen.
func query(tx *db.Tx, where string, v View, args []any) ([]Term, error) {
	text := "SELECT " + columns + " FROM agenda_term t WHERE " + where + ` ORDER BY CASE WHEN t.safe = '' THEN 1 ELSE 0 END, t.safe, t.kind, t.object, t.name`
	if v.Most > 0 {
		args = append(args, int64(v.Most), int64(v.Skip))
		text += " LIMIT $" + strconv.Itoa(len(args)-1) + " OFFSET $" + strconv.Itoa(len(args))
	}
	return db.All(tx, scan, text, args...)
}

func count(tx *db.Tx, where string, args []any) (int, error) {
	n, _, err := db.One(tx, db.Column[int64], "SELECT count(*) FROM agenda_term t WHERE "+where, args...)
	return int(n), err
}

func insertReminder(tx *db.Tx, t *Term, r Reminder, account string, now time.Time) (int64, error) {
	var deputy int64
	if r.Escalated {
		deputy = 1
	}
	return tx.Exec(`INSERT INTO agenda_reminder (id, kind, object, name, account, step, day, deputy, made_at, seen_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,0) ON CONFLICT DO NOTHING`,
		ref.NewID(), t.Object.Kind, t.Object.ID, t.Key, account, r.Step, r.Day.String(), deputy, db.Micros(now))
}

const reminderColumns = "r.id, r.step, r.day, r.deputy, r.made_at, r.seen_at"

// reminderRow is a reminder as the table has it.
type reminderRow struct {
	r                  Reminder
	day                string
	deputy, made, seen int64
}

func (x *reminderRow) dest() []any {
	return []any{&x.r.ID, &x.r.Step, &x.day, &x.deputy, &x.made, &x.seen}
}

func (x *reminderRow) reminder() (Reminder, error) {
	r := x.r
	r.Escalated, r.MadeAt, r.SeenAt = x.deputy == 1, db.Moment(x.made), db.Moment(x.seen)
	return r, r.Day.UnmarshalText([]byte(x.day))
}

func scanReminder(s db.Scanner) (Reminder, error) {
	var x reminderRow
	if err := s.Scan(x.dest()...); err != nil {
		return Reminder{}, err
	}
	return x.reminder()
}

// sentTo is what an account was reminded of about a term.
func sentTo(tx *db.Tx, t *Term, account string) ([]Reminder, error) {
	return db.All(tx, scanReminder, "SELECT "+reminderColumns+` FROM agenda_reminder r
		WHERE r.kind = $1 AND r.object = $2 AND r.name = $3 AND r.account = $4`, t.Object.Kind, t.Object.ID, t.Key, account)
}

// remindersOf are the open reminders of an account with their terms, of each term
// the newest first; where was made by seen. A reminder of an end that moved since
// says nothing any more.
func remindersOf(tx *db.Tx, where, account string, args []any) ([]Reminder, error) {
	args = append(args, account)
	return db.All(tx, func(s db.Scanner) (Reminder, error) {
		var x reminderRow
		var y row
		if err := s.Scan(append(x.dest(), y.dest()...)...); err != nil {
			return Reminder{}, err
		}
		r, err := x.reminder()
		if err == nil {
			r.Term, err = y.term()
		}
		return r, err
	}, "SELECT "+reminderColumns+", "+columns+` FROM agenda_reminder r
		JOIN agenda_term t ON t.kind = r.kind AND t.object = r.object AND t.name = r.name
		WHERE `+where+` AND (r.day = t.safe OR ' ' || t.alarms || ' ' LIKE '% ' || r.day || ' %') AND r.seen_at = 0
			AND r.account = $`+strconv.Itoa(len(args))+` ORDER BY t.safe, t.kind, t.object, t.name, r.made_at DESC,
			CASE r.step WHEN 'last-day' THEN 0 WHEN 'two-days' THEN 1 WHEN 'alarm' THEN 2 ELSE 3 END, r.id`, args...)
}

func acknowledge(tx *db.Tx, id, account string, now time.Time) error {
	// Of the same term the earlier ones too: they say the same with more time left.
	_, err := tx.Exec(`UPDATE agenda_reminder SET seen_at = $3 WHERE account = $2 AND seen_at = 0 AND EXISTS (SELECT 1 FROM agenda_reminder m
		WHERE m.id = $1 AND m.account = $2 AND m.kind = agenda_reminder.kind AND m.object = agenda_reminder.object AND m.name = agenda_reminder.name)`,
		id, account, db.Micros(now))
	return err
}

// Decree is a stored day that is equal to a holiday for the end of terms.
type Decree struct {
	ID string
	deadlines.Equated
	EnteredBy string // account id
	EnteredAt time.Time
}

func decrees(tx *db.Tx) ([]Decree, error) {
	return db.All(tx, func(s db.Scanner) (d Decree, err error) {
		var day string
		var at int64
		if err = s.Scan(&d.ID, &day, &d.Why, &d.Equated.Decree, &d.Published, &d.Source, &d.EnteredBy, &at); err != nil {
			return d, err
		}
		d.EnteredAt = db.Moment(at)
		return d, d.Day.UnmarshalText([]byte(day))
	}, "SELECT id, day, why, decree, published, source, entered_by, entered_at FROM agenda_decree WHERE gone_at = 0 ORDER BY day")
}

func insertDecree(tx *db.Tx, d Decree) error {
	_, err := tx.Exec(`INSERT INTO agenda_decree (id, day, why, decree, published, source, entered_by, entered_at, gone_by, gone_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'',0)`, d.ID, d.Day.String(), d.Why, d.Equated.Decree, d.Published, d.Source, d.EnteredBy, db.Micros(d.EnteredAt))
	return err
}

func endDecree(tx *db.Tx, id, by string, now time.Time) (int64, error) {
	return tx.Exec("UPDATE agenda_decree SET gone_by = $2, gone_at = $3 WHERE id = $1 AND gone_at = 0", id, by, db.Micros(now))
}

func putFeed(tx *db.Tx, account, hash string, now time.Time) error {
	_, err := tx.Exec("INSERT INTO agenda_feed (account, hash, made_at) VALUES ($1,$2,$3) ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at",
		account, hash, db.Micros(now))
	return err
}

func endFeed(tx *db.Tx, account string) error {
	_, err := tx.Exec("DELETE FROM agenda_feed WHERE account = $1", account)
	return err
}

func feedOf(tx *db.Tx, account string) (time.Time, bool, error) {
	at, ok, err := db.One(tx, db.Column[int64], "SELECT made_at FROM agenda_feed WHERE account = $1", account)
	return db.Moment(at), ok, err
}

func feedOwner(tx *db.Tx, hash string) (string, bool, error) {
	return db.One(tx, db.Column[string], "SELECT account FROM agenda_feed WHERE hash = $1", hash)
}
