package tips

import (
	"context"
	"errors"
	"slices"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
)

// Inbox lists the tips that are there, those with the first term first.
func (m *Room) Inbox(ctx context.Context, who work.Actor) (out []Row, err error) {
	err = m.Office.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.Require(u, ListAct, kind()); err != nil {
			return err
		}
		out, err = rows(u, m.Office.Book, ListAct, false)
		return err
	})
	return out, err
}

// Read opens a tip for a reason, as the group reads it: what was not released is not
// in it, and originals never are.
func (m *Room) Read(ctx context.Context, who work.Actor, id, why string) (dossier.Opened[Tip], error) {
	if !slices.Contains(Reasons, why) {
		return dossier.Opened[Tip]{}, fault.New(fault.Invalid, "tips.why")
	}
	f, err := m.Office.LoadFor(ctx, who, id, ReadAct, why)
	if err == nil {
		f.Record = f.Record.sealed()
		for i, e := range f.Entries {
			f.Entries[i] = dossier.Entry{Version: e.Version, Act: e.Act, Happened: e.Happened, Recorded: e.Recorded, Actor: e.Actor} // the inputs hold the originals
		}
	}
	return f, err
}

// sealed is the tip without its originals and without what was not released.
func (r Tip) sealed() Tip {
	r.Parts = slices.Clone(r.Parts)
	for i := range r.Parts {
		p := &r.Parts[i]
		p.Original, p.Kept = "", nil
		if !p.Open() {
			p.Marked, p.Summary, p.Files, p.Checks = "", "", nil, Check{}
			continue
		}
		p.Marked = p.Text()
		p.Checks.Marked = ""
	}
	return r
}

// Original opens a tip with what M. sent, for a reason: to check, to release, or
// because the gaps keep the group from deciding.
func (m *Room) Original(ctx context.Context, who work.Actor, id, why string) (dossier.Opened[Tip], error) {
	if !slices.Contains([]string{"check", "release", "decide"}, why) {
		return dossier.Opened[Tip]{}, fault.New(fault.Invalid, "tips.why")
	}
	return m.Office.LoadFor(ctx, who, id, OriginalAct, why)
}

// File gives a file of a tip: a copy without metadata of a part that was released, or
// by OriginalAct any, as M. sent it.
func (m *Room) File(ctx context.Context, who work.Actor, id, file, act, why string) (f dossier.File, body []byte, err error) {
	o := &m.Office
	err = o.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		g, err := o.Book.RequireFor(u, act, o.Ref(id), why)
		if err != nil {
			return err
		}
		h, entries, err := o.Journal.Load(u, g, o.Ref(id))
		if err != nil {
			return err
		}
		r, err := o.Kind.Fold(h, entries)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(r.Parts, func(p Part) bool {
			return slices.Contains(p.Files, file) && (p.Open() || act == OriginalAct) || slices.Contains(p.Kept, file) && act == OriginalAct
		}) {
			return fault.New(fault.NotFound, "access.not-found")
		}
		f, body, err = o.Journal.Read(u, g, o.Ref(id), file)
		return err
	})
	return f, body, err
}

// Perform does an act of the table on a tip. What asks another register is asked here,
// in the unit of the act.
func (m *Room) Perform(ctx context.Context, who work.Actor, id string, seen int64, act string, in any, files ...dossier.Attachment) error {
	o := &m.Office
	switch in := in.(type) {
	case *Lookup:
		if in.Register == "measures" {
			known, err := m.known(ctx, who, id, in)
			if err != nil {
				return err
			}
			in.Known, in.Answer = known, ""
		}
	case *Release:
		if err := m.readOriginal(ctx, who, id); err != nil {
			return err
		}
	case *Use:
		in.Dossier = strings.ToUpper(strings.TrimSpace(in.Dossier))
		var filed bool
		err := o.Keep.See(ctx, who, Purpose, func(u *work.Unit) (err error) {
			if _, err = o.Book.Require(u, act, o.Ref(id)); err != nil {
				return err
			}
			filed, err = m.Filed(u, in.Dossier)
			return err
		})
		if err != nil {
			return err
		}
		if !filed {
			return wrong("Dossier", "no-such-dossier")
		}
	}
	return o.Perform(ctx, who, id, seen, act, in, files...)
}

// readOriginal refuses a release by somebody who did not open the original for it: the
// word of the second person must be worth something, and the log knows.
func (m *Room) readOriginal(ctx context.Context, who work.Actor, id string) error {
	o, read := &m.Office, false
	err := o.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := o.Book.Require(u, ListAct, kind()); err != nil {
			return err
		}
		lines, err := audit.List(u, audit.Query{Object: o.Ref(id), Actor: who.Account, Result: work.Done, Limit: mostLines})
		if err != nil {
			return err
		}
		read = slices.ContainsFunc(lines, func(l audit.Line) bool { return l.Act == OriginalAct && l.Ground == "release" })
		return nil
	})
	if err == nil && !read {
		err = wrong("Read", "read-original")
	}
	return err
}

// known asks the register of measures. The question is in the log before its answer is
// given, whatever becomes of the act.
func (m *Room) known(ctx context.Context, who work.Actor, id string, in *Lookup) (string, error) {
	out := "no"
	err := m.Office.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.RequireFor(u, "tip.lookup", m.Office.Ref(id), in.Register); err != nil {
			return err
		}
		yes, err := m.Known(u, in.Subject)
		if yes {
			out = "yes"
		}
		return err
	})
	return out, err
}

// Destroy ends a tip before its term, by a person: an unusable one at once, one that
// points at its caller whatever is blacked out.
func (m *Room) Destroy(ctx context.Context, who work.Actor, id, why string) error {
	if !slices.Contains([]string{"unusable", "caller", "wrong", "request"}, why) {
		return wrong("why", "destroy-choose")
	}
	err := m.Office.Keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		g, err := m.Office.Book.RequireFor(u, DestroyAct, m.Office.Ref(id), why)
		if err != nil {
			return err
		}
		if err := m.Office.Journal.Destroy(u, g, m.Office.Ref(id), why); err != nil {
			return err
		}
		return entomb(u, id, who.Account, deadlines.DayOf(u.Now()))
	})
	if err != nil {
		return err
	}
	return m.Wipe(ctx)
}

// Over counts the tips whose term is over and that nothing holds.
func (m *Room) Over(ctx context.Context) (n int, err error) {
	err = m.Office.Keep.See(ctx, work.System("cli"), Purpose, func(u *work.Unit) error {
		ids, err := over(u, deadlines.DayOf(u.Now()))
		n = len(ids)
		return err
	})
	return n, err
}

// Expire destroys every tip whose term is over, each in a unit of its own, and gives
// how many.
func (m *Room) Expire(ctx context.Context) (n int, err error) {
	who := work.System("job")
	var ids []string
	err = m.Office.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		ids, err = over(u, deadlines.DayOf(u.Now()))
		return err
	})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	var failed []error // one that cannot be destroyed does not keep the others alive
	for _, id := range ids {
		err := m.Office.Keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
			g, err := m.Office.Book.RequireFor(u, ExpireAct, m.Office.Ref(id), "term")
			if err != nil {
				return err
			}
			today := deadlines.DayOf(u.Now())
			// Asked again inside: somebody may have extended it meanwhile.
			if r, ok, err := row(u, id); err != nil || !ok || r.Held || r.Ends >= today || r.Destroyed != deadlines.NoDay {
				return err
			}
			if err := m.Office.Journal.Destroy(u, g, m.Office.Ref(id), "term"); err != nil {
				return err
			}
			u.OnCommit(func() { n++ })
			return entomb(u, id, "term", today)
		})
		failed = append(failed, err)
	}
	return n, errors.Join(append(failed, m.Wipe(ctx))...)
}

// Account is what the privacy officer sees of a tip: what happened and nothing of what
// it says.
type Account struct {
	Row   Row
	Lines []audit.Line // who did and saw what with it, newest first
	Names map[string]string
}

// Oversee lists every tip, the destroyed ones too.
func (m *Room) Oversee(ctx context.Context, who work.Actor) (out []Row, names map[string]string, err error) {
	err = m.Office.Keep.See(ctx, who, PurposeOversee, func(u *work.Unit) error {
		if _, err := m.Office.Book.Require(u, OverseeAct, kind()); err != nil {
			return err
		}
		if out, err = rows(u, m.Office.Book, OverseeAct, true); err != nil {
			return err
		}
		names, err = m.Names(u)
		return err
	})
	return out, names, err
}

// mostLines is how many lines of the log one page shows of a tip.
const mostLines = 500

// OverseeOne shows what happened with one tip.
func (m *Room) OverseeOne(ctx context.Context, who work.Actor, id string) (a Account, err error) {
	err = m.Office.Keep.See(ctx, who, PurposeOversee, func(u *work.Unit) error {
		if _, err := m.Office.Book.Require(u, OverseeAct, m.Office.Ref(id)); err != nil {
			return err
		}
		var ok bool
		if a.Row, ok, err = row(u, id); err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.NotFound, "access.not-found")
		}
		if a.Lines, err = audit.List(u, audit.Query{Object: m.Office.Ref(id), Limit: mostLines}); err != nil {
			return err
		}
		a.Names, err = m.Names(u)
		return err
	})
	return a, err
}
