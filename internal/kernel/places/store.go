package places

import (
	"encoding/json"
	"fmt"
	"strconv"

	"baken/internal/kernel/db"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// RefKind names areas in the audit log.
const RefKind = "places"

// Save stores areas and records it under the caller's act. An area of the same
// layout year gets the new name and outline; one without outline keeps the outline
// it has, so that a list of names does not wipe a map.
func Save(u *work.Unit, act string, areas []Area) error {
	for _, a := range areas {
		outline := ""
		if len(a.Outline) > 0 {
			text, err := json.Marshal(a.Outline)
			if err != nil {
				return err
			}
			outline = string(text)
		}
		_, err := u.Tx().Exec(`INSERT INTO places_area (code, layout, name, parent, area_group, outline) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (code, layout) DO UPDATE SET
				name = CASE WHEN excluded.name = '' THEN places_area.name ELSE excluded.name END,
				outline = CASE WHEN excluded.outline = '' THEN places_area.outline ELSE excluded.outline END`,
			a.Code, a.Layout, a.Name, a.Parent(), figures.Group(a.Code), outline)
		if err != nil {
			return err
		}
	}
	u.Record(work.Entry{Act: act, Object: ref.Ref{Kind: RefKind}, Facts: map[string]string{"areas": strconv.Itoa(len(areas))}})
	return nil
}

const areaColumns = "code, layout, name, outline"

func scanArea(s db.Scanner) (a Area, err error) {
	var outline string
	if err = s.Scan(&a.Code, &a.Layout, &a.Name, &outline); err == nil && outline != "" {
		if err = json.Unmarshal([]byte(outline), &a.Outline); err != nil {
			err = fmt.Errorf("places: outline of %s: %w", a.Code, err)
		}
	}
	return a, err
}

// InGroup lists the areas of a municipality (or of NL00) in order of code, of the
// newest layout year that is not after layout; 0 is the newest of all.
func InGroup(u *work.Unit, group string, layout int) ([]Area, error) {
	return db.All(u.Tx(), scanArea, `SELECT `+areaColumns+` FROM places_area WHERE area_group = $1 AND layout =
		(SELECT coalesce(max(layout), 0) FROM places_area WHERE area_group = $1 AND ($2 = 0 OR layout <= $2)) ORDER BY code`, group, layout)
}

// Names lists the code and newest name of every area known, for imports that must
// tell what is unknown.
func Names(u *work.Unit) ([]figures.AreaName, error) {
	return db.All(u.Tx(), func(s db.Scanner) (n figures.AreaName, err error) {
		err = s.Scan(&n.Code, &n.Name)
		return n, err
	}, "SELECT code, name FROM places_area a WHERE layout = (SELECT max(layout) FROM places_area b WHERE b.code = a.code) ORDER BY code")
}

// Mark is a text that differs after areas were added, for pages that are kept. A
// new outline of a known area does not change it on other nodes.
func Mark(u *work.Unit) (string, error) {
	v, _, err := db.One(u.Tx(), db.Column[string], "SELECT CAST(count(*) AS TEXT) FROM places_area")
	return v, err
}

// SaveStreets replaces the streets of a municipality and records it under the caller's
// act. A file of streets is whole: one that is no longer in it is no street any more.
func SaveStreets(u *work.Unit, act, municipality string, streets []Street) error {
	if _, err := u.Tx().Exec("DELETE FROM places_street WHERE municipality = $1", municipality); err != nil {
		return err
	}
	for _, s := range streets {
		lines, err := json.Marshal(s.Lines)
		if err != nil {
			return err
		}
		if _, err := u.Tx().Exec("INSERT INTO places_street (municipality, name, lines) VALUES ($1,$2,$3)", municipality, s.Name, string(lines)); err != nil {
			return err
		}
	}
	u.Record(work.Entry{Act: act, Object: ref.Ref{Kind: RefKind}, Facts: map[string]string{"streets": strconv.Itoa(len(streets))}})
	return nil
}

func scanStreet(s db.Scanner) (out Street, err error) {
	var lines string
	if err = s.Scan(&out.Name, &lines); err == nil {
		if err = json.Unmarshal([]byte(lines), &out.Lines); err != nil {
			err = fmt.Errorf("places: lines of %s: %w", out.Name, err)
		}
	}
	return out, err
}

// Streets lists the streets of a municipality in alphabetical order; none when nobody
// read them in.
func Streets(u *work.Unit, municipality string) ([]Street, error) {
	out, err := db.All(u.Tx(), scanStreet, "SELECT name, lines FROM places_street WHERE municipality = $1", municipality)
	alphabetical(out)
	return out, err
}
