package measures

import (
	"context"
	"strconv"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
)

// Folded is a file whose record was made anew from its journal.
type Folded[R any] struct {
	Head   dossier.Head
	Record R
}

// Refold makes the records of the next files after an id anew, at most so many, and
// hands them to put in the order of their ids, all in one unit of work: after a
// decree or with a newer program the same journals may say something else. act must
// be the program's alone. put writes what differs; who works meanwhile waits no
// longer than one call takes.
//
// It gives the id to go on after and how many files it came by; none means that the
// end was reached. A file that cannot be opened keeps what stands beside its journal,
// and the log says which it was.
func (o *Office[R]) Refold(ctx context.Context, who work.Actor, act, after string, most int,
	put func(u *work.Unit, c *deadlines.Calendar, files []Folded[R]) error) (next string, n int, err error) {
	err = o.Keep.Do(ctx, who, o.Kind.Purpose, func(u *work.Unit) error {
		g, err := o.Book.Require(u, act, o.Ref(""))
		if err != nil {
			return err
		}
		c, err := o.Calendar(u)
		if err != nil {
			return err
		}
		records := make([]R, most)
		visits, err := o.Journal.Walk(u, g, o.Kind.Name, after, most, func(i int, h dossier.Head, entries []dossier.Entry) (err error) {
			records[i], err = o.Kind.Fold(h, entries)
			return err
		})
		if err != nil || len(visits) == 0 {
			return err
		}
		files := make([]Folded[R], 0, len(visits))
		for i, v := range visits {
			if v.Err != nil {
				u.Record(work.Entry{Act: act, Object: v.Ref(), Result: work.Failed})
				continue
			}
			files = append(files, Folded[R]{v.Head, records[i]})
		}
		next, n = visits[len(visits)-1].ID, len(visits)
		u.Record(work.Entry{Act: act, Object: o.Ref(""), Facts: map[string]string{"files": strconv.Itoa(n)}})
		return put(u, c, files)
	})
	return next, n, err
}
