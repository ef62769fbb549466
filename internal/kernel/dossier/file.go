package dossier

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
)

// File is a photograph or a letter in a dossier. An entry names it by ID and Hash,
// so that what was decided on can be shown to be what is kept.
type File struct {
	ID      string
	Version int64 // of the entry it came with
	Name    string
	Media   string
	Size    int64
	Hash    string // SHA-256 of the content, hexadecimal
}

type label struct {
	Name  string `json:"name"`
	Media string `json:"media"`
}

// MaxFile is the largest file that a dossier takes, in bytes: a photograph of a
// phone with room to spare.
const MaxFile = 20 << 20

// Attachment is a file on its way into a dossier. ID is a new one, by which the
// input of the act names it.
type Attachment struct {
	ID, Name, Media string
	Body            []byte
}

// Attach puts a file in a dossier, before the entry that names it is appended in
// the same unit; seen is the version that the writer saw.
func (j *Journal) Attach(u *work.Unit, g access.Grant, object ref.Ref, seen int64, a Attachment) (File, error) {
	if !g.Covers(object) {
		return File{}, notFound()
	}
	h, key, err := j.unlock(u.Tx(), object)
	if err != nil {
		return File{}, err
	}
	return attach(u, h, key, seen, a)
}

func attach(u *work.Unit, h Head, key vault.Key, seen int64, a Attachment) (File, error) {
	if len(a.Body) == 0 || len(a.Body) > MaxFile || !ref.ValidID(a.ID) {
		return File{}, fault.New(fault.Invalid, "dossier.file-size", "name", a.Name, "most", fmt.Sprint(MaxFile>>20))
	}
	sum := sha256.Sum256(a.Body)
	f := File{ID: a.ID, Version: seen + 1, Name: a.Name, Media: a.Media, Size: int64(len(a.Body)), Hash: hex.EncodeToString(sum[:])}
	l, err := json.Marshal(label{a.Name, a.Media})
	if err != nil {
		return File{}, err
	}
	return f, insertFile(u.Tx(), h.ID, f, key.Seal(l, filePlace(h.ID, f.ID)+"/label"), key.Seal(a.Body, filePlace(h.ID, f.ID)))
}

// Read gives a file of a dossier with its content.
func (j *Journal) Read(u *work.Unit, g access.Grant, object ref.Ref, id string) (File, []byte, error) {
	if !g.Covers(object) || !ref.ValidID(id) {
		return File{}, nil, notFound()
	}
	h, key, err := j.unlock(u.Tx(), object)
	if err != nil {
		return File{}, nil, err
	}
	f, ok, err := loadFile(u.Tx(), h.ID, id)
	if err == nil && (!ok || h.Purpose != u.Purpose()) {
		err = notFound()
	}
	if err != nil {
		return File{}, nil, err
	}
	l, err := key.Open(f.label, filePlace(h.ID, id)+"/label")
	if err != nil {
		return File{}, nil, err
	}
	var named label
	if err := json.Unmarshal(l, &named); err != nil {
		return File{}, nil, err
	}
	f.Name, f.Media = named.Name, named.Media
	body, err := key.Open(f.body, filePlace(h.ID, id))
	return f.File, body, err
}

func filePlace(dossier, id string) string { return "dossier/" + dossier + "/file/" + id }
