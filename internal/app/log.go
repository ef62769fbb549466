package app

import (
	"context"
	"errors"
	"path/filepath"

	"baken/internal/config"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/db"
)

// Logbook is a municipality's database and audit log without the rest: for
// verifying a log that the house refuses to open on, and for restoring.
type Logbook struct {
	Municipality config.Municipality
	DB           *db.DB
	Log          *audit.Log
}

// OpenLog opens the log of a municipality and checks nothing.
func OpenLog(ctx context.Context, c config.Config, m config.Municipality) (Logbook, error) {
	l := Logbook{Municipality: m}
	var err error
	if l.DB, err = db.Open(c.Place(m)); err != nil {
		return l, err
	}
	sealer, err := audit.NewSealer("baken/"+m.Code, filepath.Join(c.Folder(m), "keys", "audit.key"), m.Checkpoints)
	if err == nil {
		err = l.DB.Migrate(ctx)
	}
	if err != nil {
		return l, errors.Join(err, l.DB.Close())
	}
	l.Log = audit.Open(l.DB, sealer)
	return l, nil
}

// Close stops the log and closes the database.
func (l Logbook) Close() error {
	l.Log.Close()
	return l.DB.Close()
}
