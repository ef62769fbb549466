package dossier

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/ref"
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

// Attach puts a file in a dossier, before the entry that names it is appended in
// the same unit; seen is the version that the writer saw.
func (j *Journal) Attach(u *work.Unit, g access.Grant, object ref.Ref, seen int64, name, media string, body []byte) (File, error) {
	if !g.Covers(object) {
		return File{}, notFound()
	}
	if len(body) == 0 || len(body) > MaxFile {
		return File{}, fault.New(fault.Invalid, "dossier.file-size", "name", name, "most", fmt.Sprint(MaxFile>>20))
	}
	h, key, err := j.unlock(u.Tx(), object)
	if err != nil {
		return File{}, err
	}
	sum := sha256.Sum256(body)
	f := File{ID: ref.NewID(), Version: seen + 1, Name: name, Media: media, Size: int64(len(body)), Hash: hex.EncodeToString(sum[:])}
	l, err := json.Marshal(label{name, media})
	if err != nil {
		return File{}, err
	}
	return f, insertFile(u.Tx(), h.ID, f, key.Seal(l, filePlace(h.ID, f.ID)+"/label"), key.Seal(body, filePlace(h.ID, f.ID)))
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
