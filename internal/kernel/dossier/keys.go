package dossier

import (
	"strconv"

	"baken/internal/kernel/work"
)

// Reseal seals with the vault's newest key the keys of the next dossiers after an id, at
// most so many: the dossiers themselves stay as they are. It gives the id to go on
// after, how many it came by and how many it changed.
func (j *Journal) Reseal(u *work.Unit, after string, most int) (next string, n, changed int, err error) {
	keys, err := nextKeys(u.Tx(), after, most)
	if err != nil {
		return after, 0, 0, err
	}
	for _, k := range keys {
		sealed, did, err := j.vault.Renew(k.sealed, keyPlace(k.id))
		if err == nil && did {
			changed++
			err = updateKey(u.Tx(), k.id, sealed)
		}
		if err != nil {
			return after, n, changed, err
		}
		next = k.id
	}
	return next, len(keys), changed, nil
}

// Lost lists the dossiers that are there without a key: a restore brought them back
// from a backup of before they were destroyed.
func (j *Journal) Lost(u *work.Unit) ([]Head, error) { return lost(u.Tx()) }

// Bury makes a tombstone of a dossier that is lost; one that has its key it leaves. The
// caller deletes its own list rows in the same unit.
func (j *Journal) Bury(u *work.Unit, h Head) error {
	if _, ok, err := loadKey(u.Tx(), h.ID); err != nil || ok {
		return err
	}
	u.Record(work.Entry{Act: "dossier.bury", Object: h.Ref(), Ground: "restore", Facts: map[string]string{"entries": strconv.FormatInt(h.Version, 10)}})
	return bury(u.Tx(), h.ID, u.Now())
}
