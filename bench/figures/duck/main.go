// Command duck loads the generated file into DuckDB and asks it the series of one
// municipality, as the peer of the benchmark.
package main

import (
	"database/sql"
	"fmt"
	"os"
	"slices"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("usage: duck load DATABASE FILE | duck ask DATABASE PREFIX")
	}
	db, err := sql.Open("duckdb", args[1])
	if err != nil {
		return err
	}
	var took time.Duration
	if args[0] == "load" {
		took, err = load(db, args[2])
	} else {
		took, err = ask(db, args[2])
	}
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	fmt.Println(took.Nanoseconds())
	return nil
}

// load reads the file into a table on disk; the checkpoint is what makes it
// durable in its own file.
func load(db *sql.DB, file string) (time.Duration, error) {
	start := time.Now()
	if _, err := db.Exec("CREATE TABLE cells AS SELECT * FROM read_csv(?, header=true, columns={'offence':'VARCHAR','area':'VARCHAR','period':'VARCHAR','value':'BIGINT'})", file); err != nil {
		return 0, err
	}
	if _, err := db.Exec("CHECKPOINT"); err != nil {
		return 0, err
	}
	return time.Since(start), nil
}

// ask is the median time of the series by neighbourhood, month and offence.
func ask(db *sql.DB, prefix string) (time.Duration, error) {
	var all []time.Duration
	var sum, rows int64
	for range 30 {
		start := time.Now()
		r, err := db.Query(`SELECT area, offence, period, value FROM cells WHERE area LIKE ? || '%'
			AND offence IN ('1.1.1','1.1.2','1.1.3','1.1.4','1.1.5','1.1.6','1.1.7','1.2.1')
			ORDER BY area, offence, period`, prefix)
		if err != nil {
			return 0, err
		}
		sum, rows = 0, 0
		for r.Next() {
			var area, offence, period string
			var v int64
			if err := r.Scan(&area, &offence, &period, &v); err != nil {
				return 0, err
			}
			sum += v
			rows++
		}
		if err := r.Err(); err != nil {
			return 0, err
		}
		r.Close()
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	fmt.Fprintf(os.Stderr, "  duckdb: %d rows, sum %d\n", rows, sum)
	return all[len(all)/2], nil
}
