package access_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

type noted struct{ entries []work.Stamped }

func (n *noted) Append(_ *db.Tx, e []work.Stamped) error {
	n.entries = append(n.entries, e...)
	return nil
}
func (n *noted) Store(_ context.Context, e []work.Stamped) error {
	n.entries = append(n.entries, e...)
	return nil
}

type bundle struct {
	keep *work.Keeper
	log  *noted
	book *access.Book
	now  time.Time
}

func setup(t *testing.T, d *db.DB) *bundle {
	t.Helper()
	b := &bundle{log: &noted{}, now: now}
	b.keep = work.NewKeeper(d, b.log, func() time.Time { return b.now })
	var err error
	b.book, err = access.NewBook(
		[]access.Purpose{{Code: "open", Basis: "x", Personal: true}, {Code: "case", Basis: "y", Personal: true, Sensitive: true}},
		[]access.Act{
			{Name: "figures.read", Kind: "figures", Purpose: "open", Level: access.Read, Roles: []string{access.Analyst, access.Mayor}},
			{Name: "case.read", Kind: "case", Purpose: "case", Level: access.Read, Roles: []string{access.ProcessLead, access.Mayor, access.Officer}, Involved: true, ByNature: []string{access.Mayor}},
			{Name: "case.change", Kind: "case", Purpose: "case", Level: access.Change, Roles: []string{access.ProcessLead}, Involved: true},
			{Name: "clean", Kind: "figures", Purpose: "open", Level: access.Change, Roles: []string{access.Program}},
		})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bundle) do(t *testing.T, who work.Actor, purpose string, fn func(u *work.Unit) error) error {
	t.Helper()
	return b.keep.Do(context.Background(), who, purpose, fn)
}

func (b *bundle) grant(t *testing.T, account, role string) access.RoleGrant {
	t.Helper()
	var g access.RoleGrant
	err := b.do(t, work.Actor{Account: "admin"}, "x", func(u *work.Unit) (err error) {
		g, err = b.book.Propose(u, account, role, time.Time{})
		return err
	})
	if err == nil && b.book.Sensitive(role) {
		err = b.do(t, work.Actor{Account: "second"}, "x", func(u *work.Unit) error { return b.book.Approve(u, g.ID) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func (b *bundle) try(t *testing.T, account, purpose, act string, object ref.Ref) error {
	t.Helper()
	return b.do(t, work.Actor{Account: account}, purpose, func(u *work.Unit) error {
		g, err := b.book.Require(u, act, object)
		if err == nil && !g.Covers(object) {
			t.Error("the grant does not cover what it was given for")
		}
		return err
	})
}

func TestPurposeRoleAndInvolvement(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		b.grant(t, "ans", access.Analyst)
		b.grant(t, "piet", access.ProcessLead)
		b.grant(t, "burg", access.Mayor)
		b.grant(t, "jet", access.Officer)
		figures, one, two := ref.Ref{Kind: "figures"}, ref.Ref{Kind: "case", ID: "1"}, ref.Ref{Kind: "case", ID: "2"}
		if err := b.do(t, work.Actor{Account: "admin"}, "case", func(u *work.Unit) error {
			return access.Involve(u, one, "piet", "case", access.Read, time.Time{})
		}); err != nil {
			t.Fatal(err)
		}
		for _, row := range []struct {
			remark, account, purpose, act string
			object                        ref.Ref
			allowed                       bool
		}{
			{"role and purpose fit", "ans", "open", "figures.read", figures, true},
			{"wrong purpose", "ans", "case", "figures.read", figures, false},
			{"no purpose", "ans", "", "figures.read", figures, false},
			{"invented purpose", "ans", "curiosity", "figures.read", figures, false},
			{"no role", "nobody", "open", "figures.read", figures, false},
			{"not signed in", "", "open", "figures.read", figures, false},
			{"unknown act", "ans", "open", "figures.destroy", figures, false},
			{"act of another kind", "ans", "open", "figures.read", one, false},
			{"role without involvement", "piet", "case", "case.read", two, false},
			{"role and involvement", "piet", "case", "case.read", one, true},
			{"involved at a lower level", "piet", "case", "case.change", one, false},
			{"involved by nature", "burg", "case", "case.read", two, true},
			{"involved by nature, under another purpose", "burg", "open", "case.read", two, false},
			{"the role of another is involved by nature", "jet", "case", "case.read", two, false},
			{"by nature in records, not in the kind as a whole", "burg", "case", "case.read", ref.Ref{Kind: "case"}, false},
			{"an act that is not by nature", "burg", "case", "case.change", one, false},
			{"the kind as a whole is no record", "piet", "case", "case.read", ref.Ref{Kind: "case"}, false},
			{"an act of the program", "ans", "open", "clean", figures, false},
		} {
			before := len(b.log.entries)
			err := b.try(t, row.account, row.purpose, row.act, row.object)
			if (err == nil) != row.allowed {
				t.Errorf("%s: err = %v, want allowed %v", row.remark, err, row.allowed)
			}
			if err != nil && fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v tells that there is something", row.remark, err)
			}
			if len(b.log.entries) != before+1 || (b.log.entries[before].Result == work.Refused) == row.allowed {
				t.Errorf("%s: the answer is not in the log as it was given", row.remark)
			}
		}
		err := b.keep.Do(context.Background(), work.System("job"), "open", func(u *work.Unit) error {
			_, err := b.book.Require(u, "clean", figures)
			return err
		})
		if err != nil {
			t.Errorf("the program may not do its own act: %v", err)
		}
	})
}

// The second after a role ends, access ends (security.md controls 2 and 6).
func TestEndingTakesEffectAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		g := b.grant(t, "piet", access.ProcessLead)
		one := ref.Ref{Kind: "case", ID: "1"}
		involve := func(until time.Time) {
			if err := b.do(t, work.Actor{Account: "admin"}, "case", func(u *work.Unit) error {
				return access.Involve(u, one, "piet", "case", access.Change, until)
			}); err != nil {
				t.Fatal(err)
			}
		}
		involve(now.Add(time.Minute))
		if err := b.try(t, "piet", "case", "case.change", one); err != nil {
			t.Fatal(err)
		}
		b.now = now.Add(time.Minute)
		if err := b.try(t, "piet", "case", "case.change", one); err == nil {
			t.Fatal("involvement outlived its end")
		}
		involve(time.Time{})
		if err := b.do(t, work.Actor{Account: "admin"}, "x", func(u *work.Unit) error { return b.book.End(u, g.ID) }); err != nil {
			t.Fatal(err)
		}
		if err := b.try(t, "piet", "case", "case.change", one); err == nil {
			t.Fatal("the role outlived its end")
		}
	})
}

func TestGrantingRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		propose := func(by, to, role string, until time.Time) (g access.RoleGrant, err error) {
			err = b.do(t, work.Actor{Account: by}, "x", func(u *work.Unit) (err error) {
				g, err = b.book.Propose(u, to, role, until)
				return err
			})
			return g, err
		}
		approve := func(by, id string) error {
			return b.do(t, work.Actor{Account: by}, "x", func(u *work.Unit) error { return b.book.Approve(u, id) })
		}
		if _, err := propose("admin", "admin", access.Analyst, time.Time{}); fault.KindOf(err) != fault.Denied {
			t.Errorf("granted to self: %v", err)
		}
		if _, err := propose("admin", "x", "owner", time.Time{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("invented role: %v", err)
		}
		if _, err := propose("admin", "x", access.Program, time.Time{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the program's role was granted to a person: %v", err)
		}
		if _, err := propose("admin", "x", access.Analyst, now); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an end that is past: %v", err)
		}
		g, err := propose("admin", "piet", access.ProcessLead, time.Time{})
		if err != nil || g.Open(now) {
			t.Fatalf("a sensitive role counts after one person (%v)", err)
		}
		if err := approve("admin", g.ID); fault.KindOf(err) != fault.Denied {
			t.Errorf("the proposer approved: %v", err)
		}
		if err := approve("piet", g.ID); fault.KindOf(err) != fault.Denied {
			t.Errorf("the receiver approved: %v", err)
		}
		if err := approve("second", g.ID); err != nil {
			t.Error(err)
		}
		if err := approve("third", g.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("approved twice: %v", err)
		}
		if _, err := propose("admin", "piet", access.ProcessLead, time.Time{}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("granted twice: %v", err)
		}
		if _, err := propose("admin", "ans", access.Analyst, now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		b.now = now.Add(2 * time.Hour)
		if _, err := propose("admin", "ans", access.Analyst, time.Time{}); err != nil {
			t.Errorf("a role that ran out stands in the way of a new one: %v", err)
		}
	})
}

// One predicate: for random people and records, the list holds exactly what
// Require allows one by one.
func TestListAndRequireAgree(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := setup(t, d)
		people, cases := []string{"p1", "p2", "p3", "p4"}, []string{"c1", "c2", "c3", "c4", "c5"}
		setupCases(t, d, cases)
		rapid.Check(t, func(rt *rapid.T) {
			reset(t, d)
			for _, p := range people {
				if rapid.Bool().Draw(rt, "role") {
					b.grant(t, p, access.ProcessLead)
				}
				for _, c := range cases {
					level := access.Level(rapid.IntRange(0, 2).Draw(rt, "level"))
					until := time.Time{}
					if rapid.Bool().Draw(rt, "ended") {
						until = now.Add(-time.Second)
					}
					if level == access.None {
						continue
					}
					purpose := rapid.SampledFrom([]string{"case", "open"}).Draw(rt, "purpose")
					if err := b.do(t, work.Actor{Account: "admin"}, "case", func(u *work.Unit) error {
						return access.Involve(u, ref.Ref{Kind: "case", ID: c}, p, purpose, level, until)
					}); err != nil {
						rt.Fatal(err)
					}
				}
			}
			for _, p := range people {
				for _, act := range []string{"case.read", "case.change"} {
					var single []string
					for _, c := range cases {
						if b.try(t, p, "case", act, ref.Ref{Kind: "case", ID: c}) == nil {
							single = append(single, c)
						}
					}
					listed := b.list(t, p, act)
					if !slices.Equal(single, listed) {
						rt.Fatalf("%s %s: one by one %v, in the list %v", p, act, single, listed)
					}
				}
			}
		})
	})
}

func (b *bundle) list(t *testing.T, account, act string) (out []string) {
	t.Helper()
	err := b.keep.See(context.Background(), work.Actor{Account: account}, "case", func(u *work.Unit) error {
		cond, args, err := b.book.Filter(u, act, "c.id", "c%")
		if err != nil {
			return err
		}
		out, err = db.All(u.Tx(), db.Column[string], "SELECT c.id FROM test_case c WHERE c.id LIKE $1 AND "+cond+" ORDER BY c.id", args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func setupCases(t *testing.T, d *db.DB, cases []string) {
	t.Helper()
	run(t, d, "CREATE TABLE test_case (id TEXT PRIMARY KEY)")
	for _, c := range cases {
		run(t, d, fmt.Sprintf("INSERT INTO test_case VALUES ('%s')", c))
	}
}

func reset(t *testing.T, d *db.DB) {
	run(t, d, "DELETE FROM involvement")
	run(t, d, "DELETE FROM role_grant")
}

func run(t *testing.T, d *db.DB, query string) {
	t.Helper()
	if err := d.Write(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(query); return err }); err != nil {
		t.Fatal(err)
	}
}

func TestBookRefusesSloppyDeclarations(t *testing.T) {
	purposes := []access.Purpose{{Code: "p", Basis: "b"}}
	good := access.Act{Name: "a.b", Kind: "k", Purpose: "p", Level: access.Read, Roles: []string{access.Mayor}}
	for name, change := range map[string]func(*access.Act){
		"no role":         func(a *access.Act) { a.Roles = nil },
		"unknown role":    func(a *access.Act) { a.Roles = []string{"king"} },
		"unknown purpose": func(a *access.Act) { a.Purpose = "q" },
		"no kind":         func(a *access.Act) { a.Kind = "" },
		"no level":        func(a *access.Act) { a.Level = access.None },
	} {
		bad := good
		change(&bad)
		if _, err := access.NewBook(purposes, []access.Act{bad}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := access.NewBook(purposes, []access.Act{good, good}); err == nil {
		t.Error("declared twice: accepted")
	}
	if _, err := access.NewBook([]access.Purpose{{Code: "p"}}, nil); err == nil {
		t.Error("purpose without legal basis: accepted")
	}
}

func TestZeroGrantCoversNothing(t *testing.T) {
	if (access.Grant{}).Covers(ref.Ref{}) {
		t.Fatal("a forgotten check would allow")
	}
}
