package db

import (
	"context"
	"fmt"
	"time"
)

// Wipe clears what was deleted from the database's own files, as far as the engine can
// from inside: on SQLite the write-ahead log goes into the file, where deleted content
// is overwritten (secure_delete), and is cut to nothing; on PostgreSQL the named tables
// are written anew. What stays elsewhere (disk blocks, the server's own log) holds
// sealed bytes only. It waits for readers up to a few seconds.
func (d *DB) Wipe(ctx context.Context, tables ...string) error {
	if d.engine == Postgres {
		for _, t := range tables {
			if _, err := d.write.ExecContext(ctx, "VACUUM (FULL) "+t); err != nil {
				return fmt.Errorf("db: wiping %s: %w", t, err)
			}
		}
		return nil
	}
	for try := range 20 {
		var busy, log, moved int64
		if err := d.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved); err != nil {
			return fmt.Errorf("db: wiping the write-ahead log: %w", err)
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try+1) * 20 * time.Millisecond):
		}
	}
	return fmt.Errorf("db: the write-ahead log is in use all the time and could not be wiped")
}
