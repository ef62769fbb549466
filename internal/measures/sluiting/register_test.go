package sluiting

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"

	"baken/internal/bakentest/dbtest"
	"baken/internal/bakentest/dossiertest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// Repeat detection: what counts as an earlier occasion of the matrix. A warning does, and
// a closure that stands; what was suspended, withdrawn, revoked or annulled does not, and
// neither does the other type or what is older than the look-back.
func TestEarlierOccasions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := &Room{Law: Law(policies(t))}
		s := suite(t)
		ready := s.Ready
		s.Ready = func(v *vault.Vault) { ready(v); m.Register = measures.NewRegister(v) }
		h := dossiertest.Open(t, d, s)
		earlier := func(as *file, on string, files ...*file) (n int) {
			t.Helper()
			var ids []string
			err := h.Keeper.Do(context.Background(), work.System("test"), Purpose, func(u *work.Unit) error {
				u.Record(work.Entry{Act: RefoldAct})
				for _, f := range files {
					id := ref.NewID()
					ids = append(ids, id)
					x, err := m.Stand(dossier.Head{ID: id}, f.r, at(on, "lars"))
					if err != nil {
						return err
					}
					if err := m.Register.Save(u, x.Row); err != nil {
						return err
					}
				}
				l := m.Law.Earlier(as.r, day(on))
				var err error
				n, err = m.Register.Earlier(u, Name, "x", l.Breach, l.Place, l.Person, l.Since)
				for _, id := range ids {
					if err == nil {
						err = m.Register.Drop(u, id)
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for name, row := range map[string]struct {
			of   *file
			on   string
			want int
		}{
			"a warning":                 {warnedFile(t), "2026-06-01", 1},
			"a closure":                 {sealed(t), "2026-06-01", 1},
			"closed and done":           {closedAndReopened(t), "2027-06-01", 1},
			"only a draft":              {writ(t), "2026-06-01", 0},
			"withdrawn":                 {withdrawn(t), "2026-06-01", 0},
			"annulled":                  {annulled(t), "2026-10-01", 0},
			"of public order":           {orderSealed(t), "2026-06-01", 0},
			"elsewhere, of another":     {urgentSealed(t), "2026-06-01", 0},
			"on the last day it counts": {warnedFile(t), "2031-03-09", 1},
			"older than the look-back":  {warnedFile(t), "2031-03-10", 0},
		} {
			if got := earlier(reported(t), row.on, row.of); got != row.want {
				t.Errorf("%s: %d, want %d", name, got, row.want)
			}
		}
		moved := begin(t).do("2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Place, r.Person = "wipstraat  14", "Iemand anders" }))
		if got := earlier(moved, "2026-06-01", warnedFile(t)); got != 1 {
			t.Errorf("at the same address, however it is typed: %d", got)
		}
		if got := earlier(bar(t), "2026-06-01", suspended(t)); got != 0 {
			t.Errorf("a suspended closure counts: %d", got)
		}
	})
}

// What a ruling said stands beside the register, is counted for who prepares the next
// case, and names no file to who may not open it.
func TestRulingsAreCountedPerGround(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := suite(t)
		var m *Room
		ready := s.Ready
		s.Ready = func(v *vault.Vault) { ready(v); m = &Room{Law: Law(policies(t)), Register: measures.NewRegister(v)} }
		h := dossiertest.Open(t, d, s)
		if err := h.Keeper.Do(context.Background(), work.System("test"), "", func(u *work.Unit) error { return h.Book.Furnish(u, "piet", access.Officer) }); err != nil {
			t.Fatal(err)
		}
		made := map[string]dossier.Head{}
		records := map[string]Sluiting{}
		for _, script := range []string{"annulled", "closed and reopened", "at once"} {
			h.Now = s.Start
			var head dossier.Head
			var r Sluiting
			for _, step := range s.Scripts[script] {
				var err error
				if r, head, err = h.Do(step, step.Who, head); err != nil {
					t.Fatal(err)
				}
			}
			made[script], records[script] = head, r
		}
		tallies := func(who string, c measures.Cases) map[string]measures.Tally {
			t.Helper()
			c.Kind, c.Read = Name, ReadAct
			out := map[string]measures.Tally{}
			err := h.Keeper.See(context.Background(), work.Actor{Account: who, Roles: []string{cmp.Or(staff[who], access.Officer)}}, Purpose, func(u *work.Unit) error {
				u.Record(work.Entry{Act: "sluiting.list"})
				all, err := m.Register.Tallies(u, h.Book, c)
				for _, x := range all {
					out[x.Ground] = x
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		all := tallies("lars", measures.Cases{})
		for ground, want := range map[string]measures.Tally{
			"necessity": {Fell: 1, Stood: 1, Last: day("2026-07-20")}, "home": {Fell: 1, Last: day("2026-06-12")}, "balance": {Fell: 2, Stood: 1, Last: day("2026-07-20")},
		} {
			got := all[ground]
			if got.Fell != want.Fell || got.Stood != want.Stood || got.Last != want.Last || got.Others != 0 || len(got.Files) != 1 {
				t.Errorf("%s: %+v, want %+v", ground, got, want)
			}
		}
		if f := all["home"].Files[0]; f.File != made["annulled"].ID || f.Number == "" || f.Remedy != measures.ByAppeal || f.Court != "rechtbank" || f.On != day("2026-06-12") {
			t.Errorf("the file in which it fell is %+v", f)
		}
		// Relief and the objection fell in one file: it is named once, by the last.
		if f := all["balance"].Files[0]; f.File != made["at once"].ID || f.Remedy != measures.ByObjection {
			t.Errorf("the file in which it fell twice is %+v", f)
		}
		// The officer is involved in none: counts, and of a sealed kind not even that.
		if got := tallies("piet", measures.Cases{})["home"]; got.Fell != 1 || len(got.Files) != 0 || got.Others != 1 {
			t.Errorf("who may open none learns %+v", got)
		}
		if got := tallies("piet", measures.Cases{Sealed: true}); len(got) > 0 {
			t.Errorf("who may open none of a sealed kind learns %+v", got)
		}
		for name, c := range map[string]measures.Cases{"the file itself": {Not: made["annulled"].ID}, "another subject": {Breach: Order}, "too long ago": {Since: day("2026-06-13")}} {
			if got, ok := tallies("lars", c)["home"]; ok {
				t.Errorf("%s: %+v", name, got)
			}
		}
		if got := tallies("lars", measures.Cases{Breach: Opium, Since: day("2026-06-12"), Sealed: true})["home"]; got.Fell != 1 {
			t.Errorf("of the same subject, on the last day that counts: %+v", got)
		}

		// Made anew from the journals nothing is written that did not change; what changed is.
		again := func(change func(r *Sluiting), writes bool) {
			t.Helper()
			err := h.Keeper.Do(context.Background(), work.System("test"), Purpose, func(u *work.Unit) error {
				u.Record(work.Entry{Act: RefoldAct})
				var files []measures.Ruled
				for script, head := range made {
					r := records[script]
					r.Appeals = slices.Clone(r.Appeals)
					if script == "annulled" {
						change(&r)
					}
					files = append(files, measures.Ruled{File: head.ID, Rulings: r.rulings()})
				}
				slices.SortFunc(files, func(a, b measures.Ruled) int { return strings.Compare(a.File, b.File) })
				err := m.Register.SaveRulings(u, Name, files)
				if u.Tx().Wrote() != writes {
					t.Errorf("it was written: %v, want %v", u.Tx().Wrote(), writes)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		again(func(*Sluiting) {}, false)
		again(func(r *Sluiting) { r.Appeals[0].Found = fell("policy") }, true)
		if got := tallies("lars", measures.Cases{}); got["policy"].Fell != 1 || got["home"].Fell != 0 {
			t.Errorf("corrected to another ground: %+v", got)
		}
		err := h.Keeper.Do(context.Background(), work.System("test"), Purpose, func(u *work.Unit) error {
			u.Record(work.Entry{Act: RefoldAct})
			return m.Register.Drop(u, made["annulled"].ID)
		})
		if got := tallies("lars", measures.Cases{}); err != nil || got["policy"].Fell != 0 {
			t.Errorf("of a file that is gone: %+v, %v", got, err)
		}
	})
}

// An entry of before the grounds were asked folds as it did, with no grounds.
func TestRulingsOfBefore(t *testing.T) {
	in, err := New(policies(t)).Input(dossier.Entry{Act: "sluiting.judge", In: []byte(`{"Sent":"2026-06-12","Outcome":"annulled","Length":0,"Unit":"","Number":"","Grounds":"x"}`)})
	if err != nil {
		t.Fatal(err)
	}
	j := in.(*Judge)
	if j.Outcome != "annulled" || j.Fell != nil || j.Stood != nil {
		t.Errorf("read as %+v", j)
	}
	r := Sluiting{Appeals: []Appeal{{JudgedOn: j.Sent, Outcome: j.Outcome, Found: j.PerGround}}}
	if got := (measures.Ruled{Rulings: r.rulings()}); len(got.Rulings) != 1 || got.Rulings[0].Fell != nil {
		t.Errorf("it taught %+v", got)
	}
}
