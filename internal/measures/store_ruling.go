package measures

import (
	"cmp"
	"slices"

	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

// The remedies against a decision (Awb 7:1, 8:81, 8:1).
const (
	ByObjection = "objection"
	ByRelief    = "relief"
	ByAppeal    = "appeal"
)

// Ruling is how one remedy against a decision of a file ended.
type Ruling struct {
	Remedy  string
	Number  int // among the remedies of that sort in the file, from 1
	On      deadlines.Day
	Court   string // of an appeal: rechtbank or afdeling
	Outcome string
	PerGround
}

// Ruled are the rulings of a file.
type Ruled struct {
	File    string
	Rulings []Ruling
}

// ruling is one ground of a ruling, as it is stored.
type ruling struct {
	file, remedy string
	number       int64
	ground       string
	fell         int64
	court        string
	on           int64
}

// lines are the grounds of the rulings in the order in which they are stored. A ground
// that an old entry names twice counts once, as fallen.
func (r Ruled) lines() (out []ruling) {
	for _, x := range r.Rulings {
		for fell, grounds := range [][]string{x.Stood, x.Fell} {
			for _, g := range grounds {
				out = append(out, ruling{r.File, x.Remedy, int64(x.Number), g, int64(fell), x.Court, int64(x.On)})
			}
		}
	}
	slices.SortFunc(out, byKey)
	return slices.CompactFunc(out, func(a, b ruling) bool { a.fell, b.fell = 0, 0; return a == b })
}

func byKey(a, b ruling) int {
	return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.remedy, b.remedy), cmp.Compare(a.number, b.number), cmp.Compare(a.ground, b.ground), cmp.Compare(b.fell, a.fell))
}

// SaveRulings writes the grounds of files of a kind, given in the order of their ids,
// where they differ from what is stored.
func (g *Register) SaveRulings(u *work.Unit, kind string, files []Ruled) error {
	if len(files) == 0 {
		return nil
	}
	stored, err := db.All(u.Tx(), func(s db.Scanner) (r ruling, err error) {
		err = s.Scan(&r.file, &r.remedy, &r.number, &r.ground, &r.fell, &r.court, &r.on)
		return r, err
	}, `SELECT r.file, r.remedy, r.number, r.ground, r.fell, r.court, r.ruled_on FROM measure_ruling r JOIN measure_case m ON m.id = r.file
		WHERE m.kind = $1 AND r.file >= $2 AND r.file <= $3`, kind, files[0].File, files[len(files)-1].File)
	if err != nil {
		return err
	}
	by := map[string][]ruling{}
	for _, r := range stored {
		by[r.file] = append(by[r.file], r)
	}
	for _, f := range files {
		now, then := f.lines(), by[f.File]
		slices.SortFunc(then, byKey)
		if slices.Equal(now, then) {
			continue
		}
		if _, err := u.Tx().Exec("DELETE FROM measure_ruling WHERE file = $1", f.File); err != nil {
			return err
		}
		for _, r := range now {
			if _, err := u.Tx().Exec("INSERT INTO measure_ruling (file, remedy, number, ground, fell, court, ruled_on) VALUES ($1,$2,$3,$4,$5,$6,$7)",
				r.file, r.remedy, r.number, r.ground, r.fell, r.court, r.on); err != nil {
				return err
			}
		}
	}
	return nil
}

// Tally is how often decisions stood and fell on a ground.
type Tally struct {
	Ground      string
	Fell, Stood int
	Last        deadlines.Day
	Files       []FellIn // in which it fell, of those that the reader may open, the newest first
	Others      int      // in which it fell, and that the reader may not
}

// FellIn is a file in which a decision fell on a ground.
type FellIn struct {
	File, Number  string
	Remedy, Court string
	On            deadlines.Day
}

// Cases says of which rulings the grounds are counted.
type Cases struct {
	Kind, Read string // the act by which the reader opens a file
	Breach     string // empty for any
	Not        string // the file that is asked about
	Since      deadlines.Day
	Sealed     bool // who may not open a file learns no count of it either
}

// Tallies counts on which grounds decisions stood and fell. Numbers of files are those
// that the actor may read by the act; of others within the same purpose it is a count, and
// of those of a sealed kind nothing (AVG 5 lid 1 b; architecture.md 4).
func (g *Register) Tallies(u *work.Unit, b *access.Book, c Cases) ([]Tally, error) {
	from := ` FROM measure_ruling r JOIN measure_case m ON m.id = r.file WHERE m.kind = $1 AND m.id <> $2 AND r.ruled_on >= $3 AND (CAST($4 AS TEXT) = '' OR m.breach = $4)`
	first := []any{c.Kind, c.Not, int64(c.Since), c.Breach}
	cond, args, err := b.Filter(u, c.Read, "m.id", first...)
	if err != nil {
		return nil, err
	}
	counted, given := from, first
	if c.Sealed {
		counted, given = from+" AND "+cond, args
	}
	by, fellIn := map[string]*Tally{}, map[string]int{}
	err = u.Tx().Each(func(s db.Scanner) error {
		var ground string
		var fell, n, files, last int64
		if err := s.Scan(&ground, &fell, &n, &files, &last); err != nil {
			return err
		}
		t := by[ground]
		if t == nil {
			t = &Tally{Ground: ground}
			by[ground] = t
		}
		t.Last = max(t.Last, deadlines.Day(last))
		if fell == 1 {
			t.Fell, fellIn[ground] = int(n), int(files)
		} else {
			t.Stood = int(n)
		}
		return nil
	}, "SELECT r.ground, r.fell, COUNT(*), COUNT(DISTINCT r.file), MAX(r.ruled_on)"+counted+" GROUP BY r.ground, r.fell", given...)
	if err != nil {
		return nil, err
	}
	err = u.Tx().Each(func(s db.Scanner) error {
		var ground string
		var f FellIn
		var on int64
		if err := s.Scan(&ground, &f.File, &f.Number, &f.Remedy, &f.Court, &on); err != nil {
			return err
		}
		f.On = deadlines.Day(on)
		if t := by[ground]; t != nil && !slices.ContainsFunc(t.Files, func(x FellIn) bool { return x.File == f.File }) {
			t.Files = append(t.Files, f)
		}
		return nil
	}, "SELECT r.ground, m.id, m.number, r.remedy, r.court, r.ruled_on"+from+" AND r.fell = 1 AND "+cond+" ORDER BY r.ruled_on DESC, m.number, r.remedy, r.number", args...)
	if err != nil {
		return nil, err
	}
	var out []Tally
	for _, ground := range Grounds {
		if t := by[ground.Code]; t != nil {
			t.Others = fellIn[ground.Code] - len(t.Files)
			out = append(out, *t)
		}
	}
	slices.SortStableFunc(out, func(a, b Tally) int { return b.Fell - a.Fell })
	return out, nil
}
