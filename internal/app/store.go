package app

import (
	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// marked reports whether the database carries a mark.
func (h *House) marked(u *work.Unit, name string) (bool, error) {
	_, ok, err := db.One(u.Tx(), db.Column[string], "SELECT value FROM house_mark WHERE name = $1", name)
	return ok, err
}

func (h *House) mark(u *work.Unit, name, value string) error {
	_, err := u.Tx().Exec("INSERT INTO house_mark (name, value) VALUES ($1, $2)", name, value)
	return err
}
