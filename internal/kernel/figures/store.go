package figures

import (
	"encoding/json"
	"fmt"
	"time"

	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// The three roles of a part.
const (
	roleCells  = "cells"
	roleBefore = "before"
	roleAfter  = "after"
)

const snapshotColumns = "id, retrieved, stored, confirmed, digest, cells, about"

func insertSnapshot(u *work.Unit, s *Snapshot, counts []Count) error {
	about, err := json.Marshal(s.about)
	if err != nil {
		return err
	}
	by, err := json.Marshal(counts)
	if err != nil {
		return err
	}
	_, err = u.Tx().Exec("INSERT INTO figures_snapshot (id, dataset, retrieved, stored, confirmed, digest, cells, about, counts) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
		s.ID, s.Source.Table, db.Micros(s.Source.Retrieved), db.Micros(s.Stored), db.Micros(s.Confirmed), s.digest, s.Cells, string(about), string(by))
	return err
}

// loadCounts reads what is too long to be read with every series.
func loadCounts(u *work.Unit, id string) (out []Count, ok bool, err error) {
	text, ok, err := db.One(u.Tx(), db.Column[string], "SELECT counts FROM figures_snapshot WHERE id = $1", id)
	if err != nil || !ok {
		return nil, ok, err
	}
	return out, true, json.Unmarshal([]byte(text), &out)
}

func confirmSnapshot(u *work.Unit, id string, at time.Time) error {
	_, err := u.Tx().Exec("UPDATE figures_snapshot SET confirmed = $1 WHERE id = $2 AND confirmed < $1", db.Micros(at), id)
	return err
}

func scanSnapshot(s db.Scanner) (*Snapshot, error) {
	var (
		out                          Snapshot
		retrieved, stored, confirmed int64
		about                        string
	)
	if err := s.Scan(&out.ID, &retrieved, &stored, &confirmed, &out.digest, &out.Cells, &about); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(about), &out.about); err != nil {
		return nil, fmt.Errorf("figures: snapshot %s: %w", out.ID, err)
	}
	out.Source.Retrieved, out.Stored, out.Confirmed = db.Moment(retrieved), db.Moment(stored), db.Moment(confirmed)
	return &out, nil
}

// listSnapshots reads the snapshots of a table, or of all when dataset is empty,
// newest first.
func listSnapshots(u *work.Unit, dataset string) ([]*Snapshot, error) {
	return db.All(u.Tx(), scanSnapshot, "SELECT "+snapshotColumns+" FROM figures_snapshot WHERE $1 = '' OR dataset = $1 ORDER BY retrieved DESC, stored DESC, id", dataset)
}

func findSnapshot(u *work.Unit, id string) (*Snapshot, bool, error) {
	return db.One(u.Tx(), scanSnapshot, "SELECT "+snapshotColumns+" FROM figures_snapshot WHERE id = $1", id)
}

// layerRow is one snapshot of a table and its chunk of a group, if it has one.
type layerRow struct {
	id        string
	confirmed int64
	hash      Hash
}

// listLayers is the query behind every series: it reads ids and no descriptions,
// which the Store keeps.
func listLayers(u *work.Unit, dataset, group string) ([]layerRow, error) {
	return db.All(u.Tx(), func(s db.Scanner) (r layerRow, err error) {
		err = s.Scan(&r.id, &r.confirmed, &r.hash)
		return r, err
	}, `SELECT s.id, s.confirmed, coalesce(p.hash, '') FROM figures_snapshot s
		LEFT JOIN figures_part p ON p.snapshot = s.id AND p.role = 'cells' AND p.area_group = $2
		WHERE s.dataset = $1 ORDER BY s.retrieved DESC, s.stored DESC, s.id`, dataset, group)
}

// groupHash is the chunk of one group of a snapshot.
type groupHash struct {
	group string
	hash  Hash
}

func listParts(u *work.Unit, snapshot, role string) ([]groupHash, error) {
	return db.All(u.Tx(), func(s db.Scanner) (g groupHash, err error) {
		err = s.Scan(&g.group, &g.hash)
		return g, err
	}, "SELECT area_group, hash FROM figures_part WHERE snapshot = $1 AND role = $2 ORDER BY area_group", snapshot, role)
}

func insertPart(u *work.Unit, snapshot, role, group string, h Hash) error {
	_, err := u.Tx().Exec("INSERT INTO figures_part (snapshot, role, area_group, hash) VALUES ($1,$2,$3,$4)", snapshot, role, group, string(h))
	return err
}

func insertChunk(u *work.Unit, p Part) error {
	_, err := u.Tx().Exec("INSERT INTO figures_chunk (hash, cells, data) VALUES ($1,$2,$3) ON CONFLICT (hash) DO NOTHING", string(p.Hash), p.Cells, p.data)
	return err
}

func loadChunk(u *work.Unit, h Hash) ([]byte, error) {
	data, ok, err := db.One(u.Tx(), db.Column[[]byte], "SELECT data FROM figures_chunk WHERE hash = $1", string(h))
	if err == nil && !ok {
		err = fmt.Errorf("figures: chunk %s is missing", h)
	}
	return data, err
}

// Mark is a text that differs after every import, for pages that are kept.
func Mark(u *work.Unit) (string, error) {
	v, _, err := db.One(u.Tx(), db.Column[string], "SELECT CAST(count(*) AS TEXT) || ' ' || CAST(coalesce(max(stored), 0) AS TEXT) FROM figures_snapshot")
	return v, err
}
