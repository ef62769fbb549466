package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Table names a table and its columns, in the order in which Dump gives them.
type Table struct {
	Name    string
	Columns []string
}

// Dump reads the whole database on one snapshot, table after table in the order
// in which they were made, so that a row comes after the rows it points at. The
// values are int64, float64, string, []byte or nil, the same on both engines.
// Writers are not held up.
func (d *DB) Dump(ctx context.Context, table func(Table) error, row func([]any) error) error {
	return d.Read(ctx, func(tx *Tx) error {
		names, err := tx.tables()
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := tx.dumpTable(name, table, row); err != nil {
				return fmt.Errorf("db: reading %s: %w", name, err)
			}
		}
		return nil
	})
}

// tables lists the tables in the order they were made, without those of the
// engine and of the migrations.
func (t *Tx) tables() ([]string, error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' ORDER BY rowid"
	if t.engine == Postgres {
		query = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = current_schema() AND c.relname NOT LIKE 'goose_%' ORDER BY c.oid"
	}
	return All(t, Column[string], query)
}

func (t *Tx) dumpTable(name string, table func(Table) error, row func([]any) error) error {
	rows, err := t.tx.QueryContext(t.ctx, "SELECT * FROM "+name)
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	columns := make([]string, len(types))
	for i, c := range types {
		columns[i] = c.Name()
	}
	if err := table(Table{name, columns}); err != nil {
		return err
	}
	for rows.Next() {
		values, dest := make([]any, len(columns)), make([]any, len(columns))
		for i := range dest {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		if err := row(values); err != nil {
			return err
		}
	}
	return classify(rows.Err())
}

// Restore fills an empty, migrated database with what Dump gave, in one
// transaction: next returns the next table or row, and false at the end. It
// refuses a database that holds anything already.
func (d *DB) Restore(ctx context.Context, next func() (*Table, []any, bool, error)) error {
	return d.Write(ctx, func(tx *Tx) error {
		if err := tx.empty(); err != nil {
			return err
		}
		var insert string
		for {
			table, row, more, err := next()
			if err != nil || !more {
				return err
			}
			if table != nil {
				if insert, err = tx.insertInto(*table); err != nil {
					return err
				}
				continue
			}
			if _, err := tx.Exec(insert, row...); err != nil {
				return fmt.Errorf("db: restoring: %w", err)
			}
		}
	})
}

// empty takes away what the migrations put in and refuses everything else.
func (t *Tx) empty() error {
	names, err := t.tables()
	if err != nil {
		return err
	}
	for _, name := range names {
		n, _, err := One(t, Column[int64], "SELECT count(*) FROM "+name)
		if err != nil {
			return err
		}
		size, _, err := One(t, Column[int64], "SELECT size FROM audit_head")
		if err != nil {
			return err
		}
		if n > 0 && (name != "audit_head" || size > 0) {
			return fmt.Errorf("db: the database is not empty (%s): restore into a new data folder or database", name)
		}
	}
	_, err = t.Exec("DELETE FROM audit_head")
	return err
}

// insertInto makes the statement for a table of a dump, whose names are checked
// against this database: they come from a file.
func (t *Tx) insertInto(table Table) (string, error) {
	names, err := t.tables()
	if err != nil {
		return "", err
	}
	for _, name := range names {
		if name != table.Name {
			continue
		}
		rows, err := t.tx.QueryContext(t.ctx, "SELECT * FROM "+name+" WHERE 1 = 0")
		if err != nil {
			return "", classify(err)
		}
		have, err := columnsOf(rows)
		if err != nil {
			return "", err
		}
		marks := make([]string, len(table.Columns))
		for i, c := range table.Columns {
			if !have[c] {
				return "", fmt.Errorf("db: the backup has a column %s.%q that this version does not know", name, c)
			}
			marks[i] = fmt.Sprintf("$%d", i+1)
		}
		return "INSERT INTO " + name + " (" + strings.Join(table.Columns, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")", nil
	}
	return "", fmt.Errorf("db: the backup has a table %q that this version does not know", table.Name)
}

func columnsOf(rows *sql.Rows) (map[string]bool, error) {
	defer rows.Close()
	names, err := rows.Columns()
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out, err
}
