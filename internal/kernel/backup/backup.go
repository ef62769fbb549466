// Package backup writes the whole database of a municipality to one encrypted
// file while people work, and puts it back. The file is the same for both
// engines, so a municipality can move from SQLite to PostgreSQL with it.
//
// It is encrypted with age for recipients whose secret keys are not on this
// machine (security.md control 39). The last line says how much came before, so
// that a file that was cut is refused whole.
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
	"time"

	"filippo.io/age"

	"baken/internal/kernel/db"
)

// format is the first word of the first line; it changes when older programs can
// no longer read what follows.
const format = "baken-backup-1"

type header struct {
	Format  string    `json:"format"`
	Version int64     `json:"version"` // of the database's migrations
	Code    string    `json:"code"`    // of the municipality
	At      time.Time `json:"at"`
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

// Write writes a backup of one municipality's database to w for the recipients.
func Write(ctx context.Context, d *db.DB, code string, at time.Time, w io.Writer, to ...age.Recipient) error {
	if len(to) == 0 {
		return errors.New("backup: no recipient: set backup.recipients to the public key of whoever keeps the backups")
	}
	version, err := d.Version(ctx)
	if err != nil {
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
	if err := out.Encode(line{Header: &header{format, version, code, at}}); err != nil {
		return err
	}
	var n int64
	err = d.Dump(ctx,
		func(t db.Table) error { return out.Encode(line{Table: t.Name, Names: t.Columns}) },
		func(row []any) error {
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

// Restore fills an empty, migrated database from a backup, all or nothing. code is
// the municipality it must be of.
func Restore(ctx context.Context, d *db.DB, code string, r io.Reader, with ...age.Identity) (Info, error) {
	var info Info
	opened, err := age.Decrypt(r, with...)
	if err != nil {
		return info, fmt.Errorf("backup: cannot be opened with this key, or is damaged: %w", err)
	}
	unpacked, err := gzip.NewReader(opened)
	if err != nil {
		return info, fmt.Errorf("backup: damaged: %w", err)
	}
	in := json.NewDecoder(bufio.NewReaderSize(unpacked, 1<<16))
	in.UseNumber()
	var first line
	if err := in.Decode(&first); err != nil || first.Header == nil || first.Header.Format != format {
		return info, fmt.Errorf("backup: not a backup that this version can read")
	}
	info.Code, info.At = first.Header.Code, first.Header.At
	if info.Code != code {
		return info, fmt.Errorf("backup: of municipality %s, not of %s", info.Code, code)
	}
	version, err := d.Version(ctx)
	if err != nil {
		return info, err
	}
	if first.Header.Version > version {
		return info, fmt.Errorf("backup: made by a newer version of the program (%d, this one has %d)", first.Header.Version, version)
	}
	whole := false
	err = d.Restore(ctx, func() (*db.Table, []any, bool, error) {
		var l line
		if err := in.Decode(&l); err != nil {
			return nil, nil, false, fmt.Errorf("backup: cut off or damaged after %d rows: %w", info.Rows, err)
		}
		switch {
		case l.Footer != nil:
			if l.Footer.Rows != info.Rows {
				return nil, nil, false, fmt.Errorf("backup: %d rows of %d", info.Rows, l.Footer.Rows)
			}
			whole = true
			// What follows the footer must be the end, checked by both wrappers.
			if _, err := in.Token(); err != io.EOF {
				return nil, nil, false, fmt.Errorf("backup: damaged at its end: %w", err)
			}
			return nil, nil, false, nil
		case l.Table != "":
			return &db.Table{Name: l.Table, Columns: l.Names}, nil, true, nil
		default:
			info.Rows++
			row, err := values(l.Row)
			return nil, row, true, err
		}
	})
	if err == nil && !whole {
		err = errors.New("backup: cut off")
	}
	return info, err
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
