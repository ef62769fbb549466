// Package backup writes the whole database of a municipality to one encrypted
// file while people work, and puts it back. The file is the same for both
// engines, so a municipality can move from SQLite to PostgreSQL with it.
//
// It is encrypted with age for recipients whose secret keys are not on this
// machine (security.md control 39). The last line says how much came before, so
// that a file that was cut is refused whole.
//
// The keys of dossiers are not in it: they go to a small file of their own, which each
// backup replaces. A dossier that is destroyed is then gone from every backup that was
// ever made, because no copy of its key is left (architecture.md 6). Whoever restores
// takes both; a dossier without a key comes back as a tombstone.
package backup

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"filippo.io/age"

	"baken/internal/kernel/db"
)

// format is the first word of the first line; it changes when older programs can
// no longer read what follows. Files of the first had the keys of dossiers inside.
const (
	format      = "baken-backup-2"
	firstFormat = "baken-backup-1"
)

// Apart are the tables that go into the file of keys.
var Apart = []string{"dossier_key"}

type header struct {
	Format  string    `json:"format"`
	Version int64     `json:"version"` // of the database's migrations
	Code    string    `json:"code"`    // of the municipality
	At      time.Time `json:"at"`
	Keys    bool      `json:"keys,omitempty"` // the file of keys
}

type footer struct {
	Rows int64 `json:"rows"`
}

// line is one of: a header, a table, a row, the footer.
type line struct {
	Header *header  `json:"header,omitempty"`
	Table  string   `json:"table,omitempty"`
	Names  []string `json:"columns,omitempty"`
	Row    []any    `json:"row,omitempty"`
	Footer *footer  `json:"footer,omitempty"`
}

// Write writes a backup of one municipality's database to w for the recipients, without
// the keys of dossiers.
func Write(ctx context.Context, d *db.DB, code string, at time.Time, w io.Writer, to ...age.Recipient) error {
	return write(ctx, d, header{Format: format, Code: code, At: at}, w, to...)
}

// WriteKeys writes the keys of dossiers. It is called after Write, so that no dossier of
// the backup is without its key.
func WriteKeys(ctx context.Context, d *db.DB, code string, at time.Time, w io.Writer, to ...age.Recipient) error {
	return write(ctx, d, header{Format: format, Code: code, At: at, Keys: true}, w, to...)
}

func write(ctx context.Context, d *db.DB, h header, w io.Writer, to ...age.Recipient) error {
	if len(to) == 0 {
		return errors.New("backup: no recipient: set backup.recipients to the public key of whoever keeps the backups")
	}
	var err error
	if h.Version, err = d.Version(ctx); err != nil {
		return err
	}
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return err
	}
	packed, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return err
	}
	out := json.NewEncoder(packed)
	if err := out.Encode(line{Header: &h}); err != nil {
		return err
	}
	var n int64
	var wanted bool
	err = d.Dump(ctx,
		func(t db.Table) error {
			if wanted = slices.Contains(Apart, t.Name) == h.Keys; !wanted {
				return nil
			}
			return out.Encode(line{Table: t.Name, Names: t.Columns})
		},
		func(row []any) error {
			if !wanted {
				return nil
			}
			n++
			for i, v := range row {
				if b, ok := v.([]byte); ok {
					row[i] = map[string]string{"b": base64.StdEncoding.EncodeToString(b)}
				}
			}
			return out.Encode(line{Row: row})
		})
	if err != nil {
		return err
	}
	if err := out.Encode(line{Footer: &footer{n}}); err != nil {
		return err
	}
	return errors.Join(packed.Close(), sealed.Close())
}

// Info says what a backup was of.
type Info struct {
	Code string
	At   time.Time
	Rows int64
}

// Restore fills an empty, migrated database from a backup and the keys of dossiers, all
// or nothing. code is the municipality both must be of. Keys that are older than the
// backup are refused: dossiers that were opened in between would be lost.
func Restore(ctx context.Context, d *db.DB, code string, data, keys io.Reader, with ...age.Identity) (Info, error) {
	version, err := d.Version(ctx)
	if err != nil {
		return Info{}, err
	}
	files := []*reading{}
	for i, r := range []io.Reader{data, keys} {
		f, err := open(r, version, code, with...)
		if err != nil {
			return Info{}, err
		}
		switch {
		case i == 0 && f.head.Keys:
			return Info{}, errors.New("backup: this is the file of keys, not of the data")
		case i == 1 && !f.head.Keys:
			return Info{}, errors.New("backup: this is not the file of keys")
		case i == 1 && f.head.At.Before(files[0].head.At):
			return Info{}, fmt.Errorf("backup: the keys are of %s and the data of %s: give keys that are newer, or dossiers that were opened in between are lost",
				f.head.At.Format(time.RFC3339), files[0].head.At.Format(time.RFC3339))
		}
		files = append(files, f)
	}
	info := Info{Code: code, At: files[0].head.At}
	err = d.Restore(ctx, func() (*db.Table, []any, bool, error) {
		for len(files) > 0 {
			table, row, more, err := files[0].next()
			if err != nil || more {
				if row != nil {
					info.Rows++
				}
				return table, row, more, err
			}
			files = files[1:]
		}
		return nil, nil, false, nil
	})
	return info, err
}

// reading is a file that is being restored.
type reading struct {
	in   *json.Decoder
	head header
	rows int64
	skip bool // of a table that the other file brings
}

func open(r io.Reader, version int64, code string, with ...age.Identity) (*reading, error) {
	opened, err := age.Decrypt(r, with...)
	if err != nil {
		return nil, fmt.Errorf("backup: cannot be opened with this key, or is damaged: %w", err)
	}
	unpacked, err := gzip.NewReader(opened)
	if err != nil {
		return nil, fmt.Errorf("backup: damaged: %w", err)
	}
	f := &reading{in: json.NewDecoder(bufio.NewReaderSize(unpacked, 1<<16))}
	f.in.UseNumber()
	var first line
	if err := f.in.Decode(&first); err != nil || first.Header == nil || first.Header.Format != format && first.Header.Format != firstFormat {
		return nil, fmt.Errorf("backup: not a backup that this version can read")
	}
	f.head = *first.Header
	if f.head.Code != code {
		return nil, fmt.Errorf("backup: of municipality %s, not of %s", f.head.Code, code)
	}
	if f.head.Version > version {
		return nil, fmt.Errorf("backup: made by a newer version of the program (%d, this one has %d)", f.head.Version, version)
	}
	return f, nil
}

// next is the next table or row; more is false after the last, when the file is whole.
func (f *reading) next() (*db.Table, []any, bool, error) {
	for {
		var l line
		if err := f.in.Decode(&l); err != nil {
			return nil, nil, false, fmt.Errorf("backup: cut off or damaged after %d rows: %w", f.rows, err)
		}
		switch {
		case l.Footer != nil:
			if l.Footer.Rows != f.rows {
				return nil, nil, false, fmt.Errorf("backup: %d rows of %d", f.rows, l.Footer.Rows)
			}
			// What follows the footer must be the end, checked by both wrappers.
			if _, err := f.in.Token(); err != io.EOF {
				return nil, nil, false, fmt.Errorf("backup: damaged at its end: %w", err)
			}
			return nil, nil, false, nil
		case l.Table != "":
			if f.skip = !f.head.Keys && slices.Contains(Apart, l.Table); !f.skip {
				return &db.Table{Name: l.Table, Columns: l.Names}, nil, true, nil
			}
		default:
			f.rows++
			if f.skip {
				continue
			}
			row, err := values(l.Row)
			return nil, row, true, err
		}
	}
}

func values(row []any) ([]any, error) {
	for i, v := range row {
		switch v := v.(type) {
		case json.Number:
			n, err := v.Int64()
			if err == nil {
				row[i] = n
				continue
			}
			f, err := v.Float64()
			if err != nil {
				return nil, fmt.Errorf("backup: a damaged number")
			}
			row[i] = f
		case map[string]any:
			s, _ := v["b"].(string)
			b, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				return nil, fmt.Errorf("backup: damaged bytes")
			}
			row[i] = b
		}
	}
	return row, nil
}
