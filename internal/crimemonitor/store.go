package crimemonitor

import (
	"time"

	"baken/internal/kernel/db"
)

const eventColumns = "id, day, kind, area, words, made_by, made_at"

func scanEvent(s db.Scanner) (e Event, err error) {
	var made int64
	err = s.Scan(&e.ID, &e.Day, &e.Kind, &e.Area, &e.Words, &e.By, &made)
	e.MadeAt = db.Moment(made)
	return e, err
}

// listEvents gives the events that stand, the latest day first.
func listEvents(tx *db.Tx) ([]Event, error) {
	return db.All(tx, scanEvent, "SELECT "+eventColumns+" FROM crime_event WHERE gone_at = 0 ORDER BY day DESC, made_at DESC")
}

// insertEvent adds an event; one with the same id is there already and stays as it is.
func insertEvent(tx *db.Tx, e Event) error {
	_, err := tx.Exec("INSERT INTO crime_event ("+eventColumns+", gone_at) VALUES ($1,$2,$3,$4,$5,$6,$7,0) ON CONFLICT (id) DO NOTHING",
		e.ID, e.Day, e.Kind, e.Area, e.Words, e.By, db.Micros(e.MadeAt))
	return err
}

// removeEvent takes an event off the time line. The row stays, with when it went.
func removeEvent(tx *db.Tx, id string, now time.Time) (bool, error) {
	n, err := tx.Exec("UPDATE crime_event SET gone_at = $2 WHERE id = $1 AND gone_at = 0", id, db.Micros(now))
	return n > 0, err
}

// countEvents changes with every event that is put on the time line or taken off.
func countEvents(tx *db.Tx) (string, error) {
	v, _, err := db.One(tx, db.Column[string], "SELECT CAST(count(*) AS TEXT) || ' ' || CAST(coalesce(max(gone_at), 0) AS TEXT) FROM crime_event")
	return v, err
}

// knownEvent reports whether an event is or was on the time line.
func knownEvent(tx *db.Tx, id string) (bool, error) {
	_, ok, err := db.One(tx, db.Column[string], "SELECT id FROM crime_event WHERE id = $1", id)
	return ok, err
}
