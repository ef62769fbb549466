package dossier

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
)

func insertDossier(tx *db.Tx, h Head, key []byte) error {
	if _, err := tx.Exec("INSERT INTO dossier (id, kind, purpose, version, opened_at, opened_by, destroyed_at) VALUES ($1,$2,$3,0,$4,$5,0)",
		h.ID, h.Kind, h.Purpose, db.Micros(h.OpenedAt), h.OpenedBy); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO dossier_key (dossier, sealed) VALUES ($1,$2)", h.ID, key)
	return err
}

const headColumns = "id, kind, purpose, version, opened_at, opened_by, destroyed_at"

func scanHead(s db.Scanner) (h Head, err error) {
	var opened, destroyed int64
	err = s.Scan(&h.ID, &h.Kind, &h.Purpose, &h.Version, &opened, &h.OpenedBy, &destroyed)
	h.OpenedAt, h.Destroyed = db.Moment(opened), db.Moment(destroyed)
	return h, err
}

func loadHead(tx *db.Tx, object ref.Ref) (Head, bool, error) {
	return db.One(tx, scanHead, "SELECT "+headColumns+" FROM dossier WHERE id = $1 AND kind = $2", object.ID, object.Kind)
}

// lost are dossiers that are there and have no key.
func lost(tx *db.Tx) ([]Head, error) {
	return db.All(tx, scanHead, "SELECT "+headColumns+" FROM dossier WHERE destroyed_at = 0 AND id NOT IN (SELECT dossier FROM dossier_key) ORDER BY id")
}

type sealedKey struct {
	id     string
	sealed []byte
}

func nextKeys(tx *db.Tx, after string, most int) ([]sealedKey, error) {
	return db.All(tx, func(s db.Scanner) (k sealedKey, err error) {
		err = s.Scan(&k.id, &k.sealed)
		return k, err
	}, "SELECT dossier, sealed FROM dossier_key WHERE dossier > $1 ORDER BY dossier LIMIT $2", after, int64(most))
}

func updateKey(tx *db.Tx, id string, sealed []byte) error {
	_, err := tx.Exec("UPDATE dossier_key SET sealed = $2 WHERE dossier = $1", id, sealed)
	return err
}

func loadKey(tx *db.Tx, id string) ([]byte, bool, error) {
	return db.One(tx, db.Column[[]byte], "SELECT sealed FROM dossier_key WHERE dossier = $1", id)
}

// advance takes the next version for a writer who saw the last one; 0 rows when
// somebody else took it.
func advance(tx *db.Tx, id string, seen int64) (int64, error) {
	return tx.Exec("UPDATE dossier SET version = version + 1 WHERE id = $1 AND version = $2 AND destroyed_at = 0", id, seen)
}

func insertEntry(tx *db.Tx, id string, e Entry, sealed []byte) error {
	_, err := tx.Exec("INSERT INTO dossier_entry (dossier, version, act, happened, recorded, actor, purpose, corrects, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
		id, e.Version, e.Act, db.Micros(e.Happened), db.Micros(e.Recorded), e.Actor, e.Purpose, e.Corrects, sealed)
	return err
}

// sealedEntry is an entry as it is stored.
type sealedEntry struct {
	Entry
	body []byte
}

// open reads the content with the dossier's key.
func (s *sealedEntry) open(key vault.Key, id string) error {
	body, err := key.Open(s.body, entryPlace(id, s.Version))
	if err != nil {
		return fmt.Errorf("dossier %s, entry %d: %w", id, s.Version, err)
	}
	// Of an entry that corrects nothing the content is the input alone. It was sealed
	// here and opens whole or not at all, so it needs no parsing: the kind parses the
	// input, and a long dossier would be parsed twice.
	if in, ok := bytes.CutPrefix(body, []byte(`{"in":`)); ok && s.Corrects == 0 {
		s.In = in[:len(in)-1]
		return nil
	}
	var c content
	if err := json.Unmarshal(body, &c); err != nil {
		return fmt.Errorf("dossier %s, entry %d: %w", id, s.Version, err)
	}
	s.In, s.Why = c.In, c.Why
	return nil
}

func plain(in []sealedEntry) []Entry {
	out := make([]Entry, len(in))
	for i := range in {
		out[i] = in[i].Entry
	}
	return out
}

// lockedHead is a dossier with its sealed key.
type lockedHead struct {
	Head
	sealed []byte
}

// headsAfter are living dossiers in the order of their ids. PostgreSQL keeps them as
// they are until the transaction ends, so that nobody acts on one between its being
// read and what is written of it; on SQLite whoever writes is alone anyway.
func headsAfter(tx *db.Tx, kind, purpose, after string, most int) ([]lockedHead, error) {
	lock := ""
	if tx.Engine() == db.Postgres {
		lock = " FOR UPDATE OF d"
	}
	return db.All(tx, func(s db.Scanner) (h lockedHead, err error) {
		var opened int64
		err = s.Scan(&h.ID, &h.Kind, &h.Purpose, &h.Version, &opened, &h.OpenedBy, &h.sealed)
		h.OpenedAt = db.Moment(opened)
		return h, err
	}, `SELECT d.id, d.kind, d.purpose, d.version, d.opened_at, d.opened_by, k.sealed FROM dossier d JOIN dossier_key k ON k.dossier = d.id
		WHERE d.kind = $1 AND d.purpose = $2 AND d.destroyed_at = 0 AND d.id > $3 ORDER BY d.id LIMIT $4`+lock, kind, purpose, after, int64(most))
}

// entriesBetween calls fn with the entries of the living dossiers from one to
// another, both included: those of a dossier together and in their order.
func entriesBetween(tx *db.Tx, kind, purpose, first, last string, fn func(dossier string, e sealedEntry)) error {
	return tx.Each(func(s db.Scanner) error {
		var dossier string
		var e sealedEntry
		var happened, recorded int64
		if err := s.Scan(&dossier, &e.Version, &e.Act, &happened, &recorded, &e.Actor, &e.Corrects, &e.body); err != nil {
			return err
		}
		e.Happened, e.Recorded, e.Purpose = db.Moment(happened), db.Moment(recorded), purpose
		fn(dossier, e)
		return nil
	}, `SELECT e.dossier, e.version, e.act, e.happened, e.recorded, e.actor, e.corrects, e.body
		FROM dossier d JOIN dossier_entry e ON e.dossier = d.id
		WHERE d.kind = $1 AND d.purpose = $2 AND d.destroyed_at = 0 AND d.id >= $3 AND d.id <= $4 ORDER BY d.id, e.version`, kind, purpose, first, last)
}

func loadEntries(tx *db.Tx, id string) ([]sealedEntry, error) {
	return db.All(tx, func(s db.Scanner) (e sealedEntry, err error) {
		var happened, recorded int64
		err = s.Scan(&e.Version, &e.Act, &happened, &recorded, &e.Actor, &e.Purpose, &e.Corrects, &e.body)
		e.Happened, e.Recorded = db.Moment(happened), db.Moment(recorded)
		return e, err
	}, "SELECT version, act, happened, recorded, actor, purpose, corrects, body FROM dossier_entry WHERE dossier = $1 ORDER BY version", id)
}

func actsSince(tx *db.Tx, id string, seen int64) ([]string, error) {
	return db.All(tx, db.Column[string], "SELECT act FROM dossier_entry WHERE dossier = $1 AND version > $2 ORDER BY version", id, seen)
}

// bury deletes all but the tombstone.
func bury(tx *db.Tx, id string, now time.Time) error {
	for _, table := range []string{"dossier_key", "dossier_entry", "dossier_file"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE dossier = $1", id); err != nil {
			return err
		}
	}
	_, err := tx.Exec("UPDATE dossier SET destroyed_at = $2, opened_by = '' WHERE id = $1", id, db.Micros(now))
	return err
}

func insertFile(tx *db.Tx, id string, f File, label, body []byte) error {
	_, err := tx.Exec("INSERT INTO dossier_file (dossier, id, version, label, size, hash, body) VALUES ($1,$2,$3,$4,$5,$6,$7)",
		id, f.ID, f.Version, label, f.Size, f.Hash, body)
	return err
}

type sealedFile struct {
	File
	label, body []byte
}

func loadFile(tx *db.Tx, dossier, id string) (sealedFile, bool, error) {
	return db.One(tx, func(s db.Scanner) (f sealedFile, err error) {
		err = s.Scan(&f.ID, &f.Version, &f.label, &f.Size, &f.Hash, &f.body)
		return f, err
	}, "SELECT id, version, label, size, hash, body FROM dossier_file WHERE dossier = $1 AND id = $2", dossier, id)
}
