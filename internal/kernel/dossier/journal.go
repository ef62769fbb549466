package dossier

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
)

// Head is what is known of a dossier without its content.
type Head struct {
	ID, Kind, Purpose string
	Version           int64 // of the last entry
	OpenedAt          time.Time
	OpenedBy          string
	Destroyed         time.Time // zero while it is there
}

// Ref points at the dossier.
func (h Head) Ref() ref.Ref { return ref.Ref{Kind: h.Kind, ID: h.ID} }

// Entry is one recorded act.
type Entry struct {
	Version  int64
	Act      string
	Happened time.Time // when it happened, by who recorded it
	Recorded time.Time // when it was recorded, by our clock
	Actor    string    // account
	Purpose  string
	Corrects int64           // 0, or the version of the entry that it corrects
	Why      string          // of a correction
	In       json.RawMessage // the act's input

	read any // the input, read once by Kind.Read; never handed out, so never changed
}

// content is what is sealed of an entry.
type content struct {
	In  json.RawMessage `json:"in"`
	Why string          `json:"why,omitempty"`
}

// Journal reads and writes dossiers. It is safe for concurrent use.
type Journal struct{ vault *vault.Vault }

// NewJournal seals the keys of dossiers with the vault.
func NewJournal(v *vault.Vault) *Journal { return &Journal{v} }

// begin opens a dossier of a kind under the unit's purpose with its first entry.
// The grant is for the kind as a whole: whether the actor may open one.
func (j *Journal) begin(u *work.Unit, g access.Grant, kind, id string, e Entry, files []Attachment) (Head, error) {
	if !g.Covers(ref.Ref{Kind: kind}) || !ref.ValidID(id) {
		return Head{}, notFound()
	}
	h := Head{ID: id, Kind: kind, Purpose: u.Purpose(), OpenedAt: u.Now(), OpenedBy: u.Actor().Account}
	key, sealed := j.vault.Grow(keyPlace(h.ID))
	if err := insertDossier(u.Tx(), h, sealed); err != nil {
		if db.IsUnique(err) {
			return h, fault.New(fault.Conflict, "dossier.opened-already")
		}
		return h, err
	}
	for _, f := range files {
		if _, err := attach(u, h, key, 0, f); err != nil {
			return h, err
		}
	}
	e, err := j.write(u, h, key, 0, e)
	h.Version = e.Version
	return h, err
}

// Load reads a dossier with all its entries. A dossier of another kind or purpose
// than the grant's, and one that was destroyed, is not found.
func (j *Journal) Load(u *work.Unit, g access.Grant, object ref.Ref) (Head, []Entry, error) {
	if !g.Covers(object) {
		return Head{}, nil, notFound()
	}
	h, key, err := j.unlock(u.Tx(), object)
	if err != nil {
		return h, nil, err
	}
	if h.Purpose != u.Purpose() {
		return Head{}, nil, notFound()
	}
	entries, err := loadEntries(u.Tx(), h.ID)
	if err != nil {
		return h, nil, err
	}
	if err := spread(len(entries), func(i int) error { return entries[i].open(key, h.ID) }); err != nil {
		return h, nil, err
	}
	return h, plain(entries), nil
}

// Head reads what is known of a dossier without its content, for who may read it.
func (j *Journal) Head(u *work.Unit, g access.Grant, object ref.Ref) (Head, error) {
	if !g.Covers(object) {
		return Head{}, notFound()
	}
	h, ok, err := loadHead(u.Tx(), object)
	if err == nil && (!ok || !h.Destroyed.IsZero() || h.Purpose != u.Purpose()) {
		return Head{}, notFound()
	}
	return h, err
}

// Append adds an entry to a dossier that stands at the version the writer saw.
// When others went on meanwhile it is a conflict that says what they did, and
// nothing is stored. The audit log gets the entry's version and the hash of its
// sealed content, so that a journal that was changed behind our back is noticed.
func (j *Journal) Append(u *work.Unit, g access.Grant, object ref.Ref, seen int64, e Entry) (Entry, error) {
	if !g.Covers(object) {
		return e, notFound()
	}
	h, key, err := j.unlock(u.Tx(), object)
	if err != nil {
		return e, err
	}
	if h.Purpose != u.Purpose() {
		return e, notFound()
	}
	return j.write(u, h, key, seen, e)
}

// write appends, after whoever calls it has asked access.
func (j *Journal) write(u *work.Unit, h Head, key vault.Key, seen int64, e Entry) (Entry, error) {
	n, err := advance(u.Tx(), h.ID, seen)
	if err != nil {
		return e, err
	}
	if n == 0 {
		return e, j.conflict(u.Tx(), h.ID, seen)
	}
	e.Version, e.Recorded, e.Actor, e.Purpose = seen+1, u.Now(), u.Actor().Account, u.Purpose()
	if e.Happened.IsZero() {
		e.Happened = e.Recorded
	}
	e.Happened = e.Happened.UTC().Truncate(time.Microsecond)
	if e.Corrects == 0 {
		e.Why = "" // so that what opens it need not look for one
	}
	body, err := json.Marshal(content{e.In, e.Why})
	if err != nil {
		return e, err
	}
	sealed := key.Seal(body, entryPlace(h.ID, e.Version))
	if err := insertEntry(u.Tx(), h.ID, e, sealed); err != nil {
		if db.IsUnique(err) {
			return e, j.conflict(u.Tx(), h.ID, seen)
		}
		return e, err
	}
	sum := sha256.Sum256(sealed)
	facts := map[string]string{"version": strconv.FormatInt(e.Version, 10), "sha256": hex.EncodeToString(sum[:])}
	if e.Corrects > 0 {
		facts["corrects"] = strconv.FormatInt(e.Corrects, 10)
	}
	u.Record(work.Entry{Act: e.Act, Object: h.Ref(), Facts: facts})
	return e, nil
}

// Destroy deletes a dossier with its key and files, and leaves a tombstone without
// personal data. ground says which term or act ends it; the caller deletes its own
// list rows in the same unit.
func (j *Journal) Destroy(u *work.Unit, g access.Grant, object ref.Ref, ground string) error {
	if !g.Covers(object) {
		return notFound()
	}
	h, ok, err := loadHead(u.Tx(), object)
	if err == nil && (!ok || !h.Destroyed.IsZero()) {
		err = notFound()
	}
	if err != nil {
		return err
	}
	u.Record(work.Entry{Act: "dossier.destroy", Object: object, Ground: ground, Facts: map[string]string{"entries": strconv.FormatInt(h.Version, 10)}})
	return bury(u.Tx(), h.ID, u.Now())
}

func (j *Journal) unlock(tx *db.Tx, object ref.Ref) (Head, vault.Key, error) {
	h, ok, err := loadHead(tx, object)
	if err == nil && (!ok || !h.Destroyed.IsZero()) {
		err = notFound()
	}
	if err != nil {
		return Head{}, vault.Key{}, err
	}
	sealed, ok, err := loadKey(tx, h.ID)
	if err == nil && !ok {
		err = notFound()
	}
	if err != nil {
		return Head{}, vault.Key{}, err
	}
	key, err := j.vault.Unlock(sealed, keyPlace(h.ID))
	return h, key, err
}

// conflict says what was done since the writer looked: the acts, not their content.
func (j *Journal) conflict(tx *db.Tx, id string, seen int64) error {
	acts, err := actsSince(tx, id, seen)
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "dossier.changed", "acts", strings.Join(acts, ", "))
}

// notFound is the one answer to whoever may not, and for what is not there.
func notFound() error { return fault.New(fault.NotFound, "access.not-found") }

func keyPlace(id string) string { return "dossier/" + id + "/key" }

func entryPlace(id string, version int64) string {
	return "dossier/" + id + "/" + strconv.FormatInt(version, 10)
}

// Until keeps the entries that were recorded up to and including t: the file as it
// stood then, with the corrections that were known then.
func Until(entries []Entry, t time.Time) []Entry {
	n := slices.IndexFunc(entries, func(e Entry) bool { return e.Recorded.After(t) })
	if n < 0 {
		return entries
	}
	return entries[:n]
}

// Standing gives the entries as they now stand: each in its place with the input of
// its last correction, the corrections themselves left out.
func Standing(entries []Entry) []Entry {
	out := make([]Entry, 0, len(entries))
	at := make(map[int64]int, len(entries))
	for _, e := range entries {
		if e.Corrects == 0 {
			at[e.Version] = len(out)
			out = append(out, e)
			continue
		}
		if i, ok := at[e.Corrects]; ok {
			out[i].In, out[i].read, out[i].Happened = e.In, e.read, e.Happened
		}
	}
	return out
}
