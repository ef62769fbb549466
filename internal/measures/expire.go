package measures

import (
	"context"
	"errors"

	"baken/internal/kernel/access"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

// mostExpired is how many files are looked up at a time.
const mostExpired = 250

// Over counts the closed files that are kept no longer.
func (d *Desk[R]) Over(ctx context.Context) (n int, err error) {
	ids, err := d.expired(ctx, work.System("cli"), 1_000_000)
	return len(ids), err
}

// expired are the ids of files that are kept no longer.
func (d *Desk[R]) expired(ctx context.Context, who work.Actor, most int) (ids []string, err error) {
	err = d.Office.Keep.See(ctx, who, d.Law.Kind.Purpose, func(u *work.Unit) error {
		ids, err = d.Register.Expired(u, d.name(), deadlines.DayOf(u.Now()), most)
		return err
	})
	return ids, err
}

// Expire destroys every closed file that is kept no longer (Archiefwet 1995, 3; Wth 10),
// each in a unit of its own, and gives how many.
func (d *Desk[R]) Expire(ctx context.Context) (n int, err error) {
	who := work.System("job")
	var failed []error // one that cannot be destroyed does not keep the others alive
	for more := true; more; {
		ids, err := d.expired(ctx, who, mostExpired)
		if err != nil {
			return n, errors.Join(append(failed, err)...)
		}
		before := n
		failed = nil // who failed before is among these again
		for _, id := range ids {
			failed = append(failed, d.Office.Keep.Do(ctx, who, d.Law.Kind.Purpose, func(u *work.Unit) error {
				gone, err := d.expire(u, id)
				if gone {
					u.OnCommit(func() { n++ })
				}
				return err
			}))
		}
		more = len(ids) == mostExpired && n > before
	}
	if n > 0 && d.Wipe != nil {
		failed = append(failed, d.Wipe(ctx))
	}
	return n, errors.Join(failed...)
}

// expire destroys one file, if its journal says so too: the row is only what was last
// computed from it, and what is destroyed does not come back.
func (d *Desk[R]) expire(u *work.Unit, id string) (gone bool, err error) {
	object, today := d.Office.Ref(id), deadlines.DayOf(u.Now())
	row, ok, err := d.Register.Find(u, id)
	if err != nil || !ok {
		return false, err
	}
	g, err := d.Office.Book.RequireFor(u, d.act("expire"), object, row.Item)
	if err != nil {
		return false, err
	}
	at, err := d.Office.Moment(u)
	if err != nil {
		return false, err
	}
	h, entries, err := d.Office.Journal.Load(u, g, object)
	if err != nil {
		return false, err
	}
	r, err := d.Law.Kind.Fold(h, entries)
	if err != nil {
		return false, err
	}
	s, err := d.Stand(h, r, at)
	if err != nil {
		return false, err
	}
	if err := d.Register.Save(u, s.Row); err != nil {
		return false, err
	}
	last := max(s.Row.GoneAfter, row.HoldUntil)
	if s.Row.GoneAfter == deadlines.NoDay || last >= today {
		return false, nil
	}
	u.Record(work.Entry{Act: d.act("expire"), Object: object, Ground: s.Row.Item, Facts: map[string]string{"number": row.Number, "kept-until": last.String(), "reviewer": s.Row.Lead}})
	if err := d.Office.Destroy(u, g, id, s.Row.Item); err != nil {
		return false, err
	}
	return true, errors.Join(agenda.Drop(u, object), access.Forget(u, object), d.Register.Bury(u, id))
}
