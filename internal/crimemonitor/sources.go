package crimemonitor

import (
	"context"
	"slices"
	"time"

	"baken/internal/crimemonitor/builtin"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Stale is when a table asks for attention. The police publish every month, so
// after 40 days an update was missed.
const Stale = 40 * 24 * time.Hour

// Sources is what a keeper of the figures looks after.
type Sources struct {
	Tables  []Freshness // by table number
	Missing []Missing
	All     []*figures.Snapshot // newest first
}

// Freshness is the newest snapshot of a table.
type Freshness struct {
	*figures.Snapshot
	Seen time.Time // last moment the source was known to say this
	Old  bool
}

// Missing is something of the municipality that no snapshot holds.
type Missing struct {
	Level    figures.Level
	Kind     figures.Kind
	Offences []string // empty is every offence
}

// Sources lists the snapshots, how fresh each table is, and what is missing.
func (m *Monitor) Sources(ctx context.Context, who work.Actor) (s Sources, err error) {
	err = m.keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.manage", figuresRef); err != nil {
			return err
		}
		s.All, err = m.store.Snapshots(u, "")
		s.Tables = freshness(s.All, u.Now())
		s.Missing = m.missing(s.All)
		return err
	})
	return s, err
}

// freshness takes the first of each table; the list is newest first.
func freshness(all []*figures.Snapshot, now time.Time) (out []Freshness) {
	seen := map[string]bool{}
	for _, s := range all {
		if seen[s.Source.Table] {
			continue
		}
		seen[s.Source.Table] = true
		f := Freshness{Snapshot: s, Seen: s.Source.Retrieved}
		if s.Confirmed.After(f.Seen) {
			f.Seen = s.Confirmed
		}
		// The tables of CBS come out once a year; only those of the police are monthly.
		f.Old = s.Source.Publisher == "Politie" && now.Sub(f.Seen) > Stale
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Freshness) int {
		if a.Source.Table < b.Source.Table {
			return -1
		}
		return 1
	})
	return out
}

// missing is what the program does not carry, less what snapshots brought since.
// The offences of a gap are those of the definition: another municipality than the
// model lacks more of them, and the same words must be true there.
func (m *Monitor) missing(all []*figures.Snapshot) (out []Missing) {
	for _, g := range builtin.Gaps() {
		have := m.covered(all, g.Level, g.Kind)
		gap := Missing{Level: g.Level, Kind: g.Kind}
		for _, code := range HIC.Codes() {
			if !have[code] {
				gap.Offences = append(gap.Offences, code)
			}
		}
		if len(gap.Offences) == 0 {
			continue
		}
		if len(gap.Offences) == len(HIC.Codes()) && len(g.Offences) == 0 {
			gap.Offences = nil
		}
		out = append(out, gap)
	}
	return out
}

// covered are the offences that a table which the pages read has for the
// municipality, at a level and by a kind of period.
func (m *Monitor) covered(all []*figures.Snapshot, l figures.Level, k figures.Kind) map[string]bool {
	tables := yearTables
	if k == figures.Month {
		tables = monthTables
	}
	if l == figures.Neighbourhood {
		tables = tables[:1]
	}
	have := map[string]bool{}
	for _, s := range all {
		if !slices.Contains(tables, s.Source.Table) || !s.Scope.National && !slices.Contains(s.Scope.Groups, m.Municipality) {
			continue
		}
		for _, b := range s.Scope.Blocks {
			if b.Level == l && b.Kind == k {
				for _, code := range b.Offences {
					have[code] = true
				}
			}
		}
	}
	return have
}

// shownChanges bounds the list of changed cells on a page. The first import of a
// country changes millions; the counts above the list are of all of them.
const shownChanges = 500

// Revision is a snapshot with what changed with it.
type Revision struct {
	*figures.Snapshot
	Counts  []figures.Count
	Changes []figures.Change // the first of them
	More    bool
	Names   map[string]string // of areas
}

// Revision reads the difference list of a snapshot.
func (m *Monitor) Revision(ctx context.Context, who work.Actor, id string) (r Revision, err error) {
	err = m.keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.book.Require(u, "figures.manage", ref.Ref{Kind: figures.RefKind, ID: id}); err != nil {
			return err
		}
		return m.revision(u, id, &r)
	})
	return r, err
}

func (m *Monitor) revision(u *work.Unit, id string, r *Revision) (err error) {
	if r.Snapshot, err = m.store.Snapshot(u, id); err != nil {
		return err
	}
	if r.Counts, err = m.store.Counts(u, id); err != nil {
		return err
	}
	for c, err := range m.store.Changes(u, id) {
		if err != nil {
			return err
		}
		if r.More = len(r.Changes) == shownChanges; r.More {
			break
		}
		r.Changes = append(r.Changes, c)
	}
	names, err := places.Names(u)
	r.Names = map[string]string{}
	for _, n := range names {
		r.Names[n.Code] = n.Name
	}
	return err
}
