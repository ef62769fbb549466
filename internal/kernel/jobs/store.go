package jobs

import (
	"context"
	"time"

	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
)

func insert(tx *db.Tx, id, kind, payload, once string, now time.Time) error {
	_, err := tx.Exec(`INSERT INTO job (id, kind, payload, once, state, run_at, attempts, fence, lease_until, problem, created_at, ended_at)
		VALUES ($1,$2,$3,$4,'waiting',$5,0,0,0,'',$5,0) ON CONFLICT DO NOTHING`, id, kind, payload, once, db.Micros(now))
	return err
}

// recur enqueues a recurring kind when its moment has come, once however many
// moments were missed, and sets the next one.
func recur(tx *db.Tx, k Kind, now time.Time) error {
	if _, err := tx.Exec("INSERT INTO job_schedule (kind, next_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", k.Name, db.Micros(now)); err != nil {
		return err
	}
	n, err := tx.Exec("UPDATE job_schedule SET next_at = $2 WHERE kind = $1 AND next_at <= $3", k.Name, db.Micros(now.Add(k.Every)), db.Micros(now))
	if err != nil || n == 0 {
		return err
	}
	return insert(tx, ref.NewID(), k.Name, "{}", "recurring", now)
}

// take leases one due job. The condition stands twice: between choosing and
// changing, another node may have taken it, and PostgreSQL then looks again at
// the outer one only.
func take(tx *db.Tx, now time.Time, leases map[string]time.Duration) (j Job, ok bool, err error) {
	const due = "((state = 'waiting' AND run_at <= $1) OR (state = 'running' AND lease_until <= $1))"
	var attempts int64
	var payload string
	ok, err = tx.Returning([]any{&j.ID, &j.Kind, &payload, &attempts, &j.fence}, `UPDATE job SET state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = $2
		WHERE id = (SELECT id FROM job WHERE `+due+` ORDER BY run_at, id LIMIT 1) AND `+due+` RETURNING id, kind, payload, attempts, fence`,
		db.Micros(now), db.Micros(now.Add(time.Minute)))
	if err != nil || !ok {
		return j, ok, err
	}
	j.Attempts, j.Payload = int(attempts), []byte(payload)
	lease, known := leases[j.Kind]
	if !known {
		// A kind of a newer or older program: put it back for who knows it.
		_, err = tx.Exec("UPDATE job SET state = 'waiting', attempts = attempts - 1, run_at = $2 WHERE id = $1", j.ID, db.Micros(now.Add(time.Minute)))
		return j, false, err
	}
	_, err = tx.Exec("UPDATE job SET lease_until = $2 WHERE id = $1", j.ID, db.Micros(now.Add(lease)))
	return j, true, err
}

// finish marks the job done, if this taker still holds it.
func finish(tx *db.Tx, j Job, now time.Time) (int64, error) {
	return tx.Exec("UPDATE job SET state = 'done', ended_at = $3, problem = '' WHERE id = $1 AND fence = $2 AND state = 'running'", j.ID, j.fence, db.Micros(now))
}

func fail(tx *db.Tx, j Job, problem string, most int, again, now time.Time) error {
	if j.Attempts >= most {
		_, err := tx.Exec("UPDATE job SET state = 'dead', ended_at = $3, problem = $4 WHERE id = $1 AND fence = $2 AND state = 'running'", j.ID, j.fence, db.Micros(now), problem)
		return err
	}
	_, err := tx.Exec("UPDATE job SET state = 'waiting', run_at = $3, problem = $4 WHERE id = $1 AND fence = $2 AND state = 'running'", j.ID, j.fence, db.Micros(again), problem)
	return err
}

// Row is a job as the administrator sees it.
type Row struct {
	ID, Kind, State, Problem string
	Attempts                 int
	RunAt, EndedAt           time.Time
}

// List shows the jobs that wait, run or failed, and the latest that are done.
func List(tx *db.Tx) ([]Row, error) {
	return db.All(tx, func(s db.Scanner) (r Row, err error) {
		var attempts, run, ended int64
		err = s.Scan(&r.ID, &r.Kind, &r.State, &r.Problem, &attempts, &run, &ended)
		r.Attempts, r.RunAt, r.EndedAt = int(attempts), db.Moment(run), db.Moment(ended)
		return r, err
	}, `SELECT id, kind, state, problem, attempts, run_at, ended_at FROM job
		ORDER BY CASE state WHEN 'dead' THEN 0 WHEN 'running' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END, run_at DESC LIMIT 100`)
}

// Retry makes a dead job wait again, with its attempts counted anew. It reports
// whether there was such a job.
func Retry(tx *db.Tx, id string, now time.Time) (bool, error) {
	n, err := tx.Exec("UPDATE job SET state = 'waiting', attempts = 0, run_at = $2 WHERE id = $1 AND state = 'dead'", id, db.Micros(now))
	return n > 0, err
}

// Tidy removes what was done before a moment; the audit log keeps that it was done.
func Tidy(ctx context.Context, d *db.DB, before time.Time) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("DELETE FROM job WHERE state = 'done' AND ended_at < $1", db.Micros(before))
		return err
	})
}
