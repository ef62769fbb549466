package app_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/kernel/db"
)

// contents is a hash of each table, to see that nothing changed and else where.
//
// On SQLite triggers count the writes to each table, and only those that were written to
// are read again: some hundred forms are compared, and nearly all that a house holds are
// figures that none of them writes.
func contents(t *testing.T, h *bakentest.House) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	var err error
	if h.DB.Engine() == db.Postgres {
		var name string
		err = h.DB.Dump(context.Background(), func(x db.Table) error {
			name = x.Name
			out[name] = [32]byte{}
			return nil
		}, func(row []any) error {
			out[name] = plus(out[name], row)
			return nil
		})
	} else {
		made, _ := watches.LoadOrStore(h, &tableWatch{})
		err = made.(*tableWatch).look(h, out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// tableWatch is what is known of the tables of a house: how many writes each had when it was
// last read, and its hash then.
type tableWatch struct {
	mu   sync.Mutex
	seen map[string]state
}

type state struct {
	writes int64
	sum    [32]byte
}

var watches sync.Map // *bakentest.House: *tableWatch

// look fills in the hash of each table.
func (w *tableWatch) look(h *bakentest.House, out map[string][32]byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.seen == nil {
		if err := h.DB.Write(context.Background(), countWrites); err != nil {
			return err
		}
		w.seen = map[string]state{}
	}
	return h.DB.Read(context.Background(), func(tx *db.Tx) error {
		// A table that was renamed since has no count and is read each time.
		tables, err := db.All(tx, func(s db.Scanner) (x struct {
			name   string
			writes int64
		}, err error) {
			return x, s.Scan(&x.name, &x.writes)
		}, "SELECT m.name, COALESCE(c.writes, -1) FROM sqlite_master m LEFT JOIN test_writes c ON c.name = m.name WHERE m.type = 'table' AND m.name <> 'test_writes' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'goose_%'")
		for _, x := range tables {
			last, known := w.seen[x.name]
			if !known || x.writes < 0 || x.writes != last.writes {
				last = state{writes: x.writes}
				err = tx.Each(func(s db.Scanner) error {
					row, err := values(s)
					last.sum = plus(last.sum, row)
					return err
				}, "SELECT * FROM "+x.name)
			}
			if err != nil {
				return err
			}
			w.seen[x.name], out[x.name] = last, last.sum
		}
		return err
	})
}

// countWrites puts the triggers on the tables.
func countWrites(tx *db.Tx) error {
	names, err := db.All(tx, db.Column[string], "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'")
	if err != nil {
		return err
	}
	if _, err := tx.Exec("CREATE TABLE test_writes (name TEXT PRIMARY KEY, writes INTEGER NOT NULL)"); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := tx.Exec("INSERT INTO test_writes VALUES ($1, 0)", name); err != nil {
			return err
		}
		for _, how := range []string{"INSERT", "UPDATE", "DELETE"} {
			_, err := tx.Exec(fmt.Sprintf("CREATE TRIGGER test_%[1]s_%[2]s AFTER %[3]s ON %[1]s BEGIN UPDATE test_writes SET writes = writes + 1 WHERE name = '%[1]s'; END", name, strings.ToLower(how), how))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// values are the columns of a row, as they are stored.
func values(s db.Scanner) ([]any, error) {
	columns, err := s.(*sql.Rows).Columns()
	if err != nil {
		return nil, err
	}
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range into {
		into[i] = &row[i]
	}
	return row, s.Scan(into...)
}

// plus adds a row to the hash of a table. PostgreSQL gives rows in no fixed order: the
// hash is a sum of those of the rows.
func plus(table [32]byte, row []any) [32]byte {
	var b []byte
	for _, v := range row {
		switch v := v.(type) {
		case []byte:
			b = append(binary.AppendUvarint(append(b, 'b'), uint64(len(v))), v...)
		case string:
			b = append(binary.AppendUvarint(append(b, 's'), uint64(len(v))), v...)
		case int64:
			b = binary.AppendVarint(append(b, 'i'), v)
		default:
			b = fmt.Appendf(append(b, 'v'), "%T %v;", v, v)
		}
	}
	sum := sha256.Sum256(b)
	for i := range table {
		table[i] += sum[i]
	}
	return table
}

// changed names the tables that differ.
func changed(before, after map[string][32]byte) (names []string) {
	for name, sum := range after {
		if before[name] != sum {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// A comparison that sees nothing would pass every form that changes something.
func TestContentsSeeEveryChange(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		before := contents(t, h)
		for _, row := range []struct{ does, query, table string }{
			{"adds", "INSERT INTO house_mark (name, value) VALUES ('proef', '1')", "house_mark"}, {"changes", "UPDATE house_mark SET value = '2' WHERE name = 'proef'", "house_mark"},
			{"takes away", "DELETE FROM house_mark WHERE name = 'proef'", "house_mark"}, {"empties", "DELETE FROM house_mark", "house_mark"},
			{"renames", "ALTER TABLE crime_event RENAME TO crime_event_gone", "crime_event_gone"}, {"fills under its new name", "UPDATE crime_event_gone SET gone_at = gone_at + 1", "crime_event_gone"},
		} {
			if err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
				_, err := tx.Exec(row.query)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			after := contents(t, h)
			if got := changed(before, after); !slices.Equal(got, []string{row.table}) {
				t.Errorf("what %s is seen in %v, want %s", row.does, got, row.table)
			}
			if got := changed(after, contents(t, h)); len(got) > 0 {
				t.Errorf("nothing changed and %v is seen", got)
			}
			before = after
		}
	})
}
