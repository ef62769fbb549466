package dossier

import (
	"context"
	"strconv"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

// Refold makes the records of the next files after an id anew, at most so many, and
// hands what stands beside them to put in the order of their ids, all in one unit of
// work: after a decree or with a newer program the same journals may say something
// else. act must be the program's alone. stand computes what stands beside a file; it
// is called on several goroutines. put writes what differs; who works meanwhile waits
// no longer than one call takes.
//
// It gives the id to go on after and how many files it came by; fewer than asked
// means that the end was reached. A file that cannot be opened, or of which nothing
// can be computed, keeps what stands beside its journal, and the log says which it was.
func Refold[R, S any](ctx context.Context, o *Office[R], who work.Actor, act, after string, most int,
	stand func(h Head, r R, at At) (S, error), put func(u *work.Unit, c *deadlines.Calendar, files []S) error) (next string, n int, err error) {
	err = o.Keep.Do(ctx, who, o.Kind.Purpose, func(u *work.Unit) error {
		g, err := o.Book.Require(u, act, o.Ref(""))
		if err != nil {
			return err
		}
		at, err := o.Moment(u)
		if err != nil {
			return err
		}
		made := make([]S, most)
		visits, err := o.Journal.Walk(u, g, o.Kind.Name, after, most, func(i int, h Head, entries []Entry) error {
			r, err := o.Kind.Fold(h, entries)
			if err == nil {
				made[i], err = stand(h, r, at)
			}
			return err
		})
		if err != nil || len(visits) == 0 {
			return err
		}
		files := make([]S, 0, len(visits))
		for i, v := range visits {
			if v.Err != nil {
				u.Record(work.Entry{Act: act, Object: v.Ref(), Result: work.Failed})
				continue
			}
			files = append(files, made[i])
		}
		next, n = visits[len(visits)-1].ID, len(visits)
		u.Record(work.Entry{Act: act, Object: o.Ref(""), Facts: map[string]string{"files": strconv.Itoa(n)}})
		return put(u, at.Calendar, files)
	})
	return next, n, err
}
