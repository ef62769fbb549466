package measures

import (
	"context"
	"slices"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
)

// HoldAct declares the act of keeping a closed file of a kind longer. A kind of which the
// law says when it is destroyed (Wth 10) has none.
func HoldAct(kind, purpose string) access.Act {
	who := []string{access.Mayor, access.Lawyer}
	return access.Act{Name: kind + ".keep", Kind: kind, Purpose: purpose, Level: access.Change, Roles: who, Involved: true, ByNature: who}
}

// Hold keeps a closed file longer. It stands in the register and in the log, and not in the
// journal, which takes no acts of a closed file.
func (d *Desk[R]) Hold(ctx context.Context, who work.Actor, id string, until deadlines.Day, ground string) error {
	if !slices.Contains(HoldGrounds, ground) {
		return fault.New(fault.Invalid, "form.invalid").At("Ground", "measures.hold-choose")
	}
	return d.Office.Keep.Do(ctx, who, d.Law.Kind.Purpose, func(u *work.Unit) error {
		if _, err := d.Office.Book.RequireFor(u, d.act("keep"), d.Office.Ref(id), ground); err != nil {
			return err
		}
		row, ok, err := d.Register.Find(u, id)
		if err != nil {
			return err
		}
		if !ok || row.Kind != d.name() || row.GoneAfter == deadlines.NoDay {
			return fault.New(fault.NotFound, "access.not-found")
		}
		if code := holdWrong(row.Last(), until, deadlines.DayOf(u.Now())); code != "" {
			return fault.New(fault.Invalid, "form.invalid").At("Until", "measures."+code)
		}
		u.Record(work.Entry{Act: d.act("keep"), Object: d.Office.Ref(id), Ground: ground, Facts: map[string]string{"until": until.String()}})
		return d.Register.Hold(u, id, until, ground)
	})
}
