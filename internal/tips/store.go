package tips

import (
	"fmt"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

// Row is what is known of a tip without opening it: codes and days.
type Row struct {
	ID, Number  string
	Stage       string
	Step        string // what it waits for: check, release, assess, confirm, request, work, feedback, none
	Theme       string
	Shocking    bool
	Received    deadlines.Day
	Due         deadlines.Day // of the step
	Ends        deadlines.Day
	Remind      deadlines.Day
	Held        bool
	Outcome     string // empty until it counts
	Assessed    deadlines.Day
	Lookups     int
	Findings    int
	Uses        int
	Unfounded   int // uses without a finding
	Forwards    int
	Feedback    string // used/result/worth
	FeedbackOn  deadlines.Day
	Closed      deadlines.Day
	Destroyed   deadlines.Day
	DestroyedBy string // "term", or an account
	Reviewer    string // account
}

const rowColumns = `t.id, t.number, t.stage, t.step, t.theme, t.shocking, t.received_on, t.due_on, t.ends_on, t.remind_on, t.held, t.outcome, t.assessed_on, t.lookups, t.findings,
	t.uses, t.unfounded, t.forwards, t.feedback, t.feedback_on, t.closed_on, t.destroyed_on, t.destroyed_by, t.checked_by`

func scanRow(s db.Scanner) (r Row, err error) {
	var n [15]int64
	err = s.Scan(&r.ID, &r.Number, &r.Stage, &r.Step, &r.Theme, &n[14], &n[0], &n[1], &n[2], &n[3], &n[4], &r.Outcome, &n[5], &n[6], &n[7], &n[8], &n[9], &n[10], &r.Feedback, &n[11], &n[12], &n[13],
		&r.DestroyedBy, &r.Reviewer)
	r.Shocking = n[14] == 1
	r.Received, r.Due, r.Ends, r.Remind, r.Held, r.Assessed = deadlines.Day(n[0]), deadlines.Day(n[1]), deadlines.Day(n[2]), deadlines.Day(n[3]), n[4] == 1, deadlines.Day(n[5])
	r.Lookups, r.Findings, r.Uses, r.Unfounded, r.Forwards = int(n[6]), int(n[7]), int(n[8]), int(n[9]), int(n[10])
	r.FeedbackOn, r.Closed, r.Destroyed = deadlines.Day(n[11]), deadlines.Day(n[12]), deadlines.Day(n[13])
	return r, err
}

func (r Row) values() []any {
	flag := func(yes bool) int64 {
		if yes {
			return 1
		}
		return 0
	}
	return []any{r.ID, r.Stage, r.Step, r.Theme, flag(r.Shocking), int64(r.Received), int64(r.Due), int64(r.Ends), int64(r.Remind), flag(r.Held), r.Outcome, int64(r.Assessed), int64(r.Lookups), int64(r.Findings),
		int64(r.Uses), int64(r.Unfounded), int64(r.Forwards), r.Feedback, int64(r.FeedbackOn), int64(r.Closed), r.Reviewer}
}

// saveRow writes the row of a tip. A tip without a row gets the next number of its
// year.
func saveRow(u *work.Unit, r Row) error {
	n, err := u.Tx().Exec(`UPDATE tip_case SET stage = $2, step = $3, theme = $4, shocking = $5, received_on = $6, due_on = $7, ends_on = $8, remind_on = $9, held = $10, outcome = $11, assessed_on = $12,
		lookups = $13, findings = $14, uses = $15, unfounded = $16, forwards = $17, feedback = $18, feedback_on = $19, closed_on = $20, checked_by = $21 WHERE id = $1`, r.values()...)
	if err != nil || n > 0 {
		return err
	}
	year, _, _ := deadlines.DayOf(u.Now()).Civil()
	prefix := fmt.Sprintf("T-%d-", year)
	last, _, err := db.One(u.Tx(), db.Column[string], "SELECT number FROM tip_case WHERE number LIKE $1 ORDER BY LENGTH(number) DESC, number DESC LIMIT 1", prefix+"%")
	if err != nil {
		return err
	}
	next := 0
	if last != "" {
		if _, err := fmt.Sscanf(strings.TrimPrefix(last, prefix), "%d", &next); err != nil {
			return err
		}
	}
	_, err = u.Tx().Exec(`INSERT INTO tip_case (id, stage, step, theme, shocking, received_on, due_on, ends_on, remind_on, held, outcome, assessed_on, lookups, findings, uses, unfounded, forwards,
		feedback, feedback_on, closed_on, checked_by, number, destroyed_on, destroyed_by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,0,'')`,
		append(r.values(), fmt.Sprintf("%s%04d", prefix, next+1))...)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "tips.number-taken") // two tips at the same moment
	}
	return err
}

// rows lists the tips that the actor may see by an act: those that are there, or the
// tombstones too.
func rows(u *work.Unit, b *access.Book, act string, gone bool) ([]Row, error) {
	cond, args, err := b.Filter(u, act, "t.id")
	if err != nil {
		return nil, err
	}
	if !gone {
		cond += " AND t.destroyed_on = 0"
	}
	return db.All(u.Tx(), scanRow, "SELECT "+rowColumns+" FROM tip_case t WHERE "+cond+" ORDER BY t.destroyed_on, CASE WHEN t.due_on = 0 THEN 1 ELSE 0 END, t.due_on, t.number", args...)
}

// row is that of one tip, for who may do an act with it.
func row(u *work.Unit, id string) (Row, bool, error) {
	return db.One(u.Tx(), scanRow, "SELECT "+rowColumns+" FROM tip_case t WHERE t.id = $1", id)
}

// over lists the ids of tips whose last day is before today.
func over(u *work.Unit, today deadlines.Day) ([]string, error) {
	return db.All(u.Tx(), db.Column[string], "SELECT id FROM tip_case WHERE destroyed_on = 0 AND held = 0 AND ends_on < $1 ORDER BY ends_on, id", int64(today))
}

// Entomb leaves of the row of a tip what a tombstone holds: the tip was destroyed, and a
// restore brought its row back.
func Entomb(u *work.Unit, id string) error {
	return entomb(u, id, "term", deadlines.DayOf(u.Now()))
}

// entomb leaves of a row what a tombstone holds.
func entomb(u *work.Unit, id, by string, today deadlines.Day) error {
	_, err := u.Tx().Exec("UPDATE tip_case SET destroyed_on = $2, destroyed_by = $3, step = 'none', due_on = 0, held = 0 WHERE id = $1", id, int64(today), by)
	return err
}

// sentYear is when the feedback over a year was sent, or NoDay.
func sentYear(u *work.Unit, year int) (deadlines.Day, error) {
	d, _, err := db.One(u.Tx(), db.Column[int64], "SELECT sent_on FROM tip_year WHERE year = $1", int64(year))
	return deadlines.Day(d), err
}

func saveYear(u *work.Unit, year int, on deadlines.Day, by string) error {
	_, err := u.Tx().Exec("INSERT INTO tip_year (year, sent_on, sent_by) VALUES ($1, $2, $3)", int64(year), int64(on), by)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "tips.year-sent")
	}
	return err
}
