package dossier_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/bakentest/dossiertest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// walkers is the suite with an act of the program, and what else a grant may be of.
func walkers() dossiertest.Suite[box] {
	s := suite()
	s.Purposes = append(s.Purposes, access.Purpose{Code: "elders", Basis: "Awb 2:1", Personal: true})
	s.Acts = append(s.Acts,
		access.Act{Name: "box.walk", Kind: "box", Purpose: "post", Level: access.Change, Roles: []string{access.Program}},
		access.Act{Name: "box.sweep", Kind: "box", Purpose: "post", Level: access.Change, Roles: []string{access.Program, access.Lawyer}},
		access.Act{Name: "bag.walk", Kind: "bag", Purpose: "post", Level: access.Change, Roles: []string{access.Program}},
		access.Act{Name: "box.elsewhere", Kind: "box", Purpose: "elders", Level: access.Change, Roles: []string{access.Program}})
	return s
}

// walk is what a walk under an act comes by: the ids in their order, and the notes
// of each.
func walk(h *dossiertest.House[box], who work.Actor, purpose, act, kind, after string, most int) (ids []string, notes map[string][]string, visits []dossier.Visit, err error) {
	notes = map[string][]string{}
	var mu sync.Mutex
	err = h.Keeper.Do(context.Background(), who, purpose, func(u *work.Unit) error {
		g, err := h.Book.Require(u, act, ref.Ref{Kind: kind})
		if err != nil {
			return err
		}
		visits, err = h.Journal.Walk(u, g, "box", after, most, func(_ int, head dossier.Head, entries []dossier.Entry) error {
			b, err := boxes.Fold(head, entries)
			mu.Lock()
			defer mu.Unlock()
			notes[head.ID] = b.Notes
			return err
		})
		return err
	})
	for _, v := range visits {
		ids = append(ids, v.ID)
	}
	return ids, notes, visits, err
}

var program = work.System("job")

func TestWalkComesByEveryLivingDossierOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := dossiertest.Open(t, d, walkers())
		var want []string
		written := map[string][]string{}
		var heads []dossier.Head
		for i := range 7 {
			_, head := opened2(t, h)
			for n := range i {
				var err error
				words := fmt.Sprintf("nummer %d van %d", n, i)
				if _, head, err = h.Do(dossiertest.Step{Act: "box.note", In: &note{Text: words}}, "ans", head); err != nil {
					t.Fatal(err)
				}
				written[head.ID] = append(written[head.ID], words)
			}
			heads, want = append(heads, head), append(want, head.ID)
		}
		change := func(query string, args ...any) {
			t.Helper()
			if err := d.Write(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(query, args...); return err }); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Keeper.Do(context.Background(), work.Actor{Account: "ans"}, "post", func(u *work.Unit) error {
			g, err := h.Book.Require(u, "box.read", heads[2].Ref())
			if err != nil {
				return err
			}
			return h.Journal.Destroy(u, g, heads[2].Ref(), "12.2")
		}); err != nil {
			t.Fatal(err)
		}
		change("UPDATE dossier SET purpose = 'elders' WHERE id = $1", heads[4].ID)
		change("UPDATE dossier SET kind = 'bag' WHERE id = $1", heads[5].ID)
		want = []string{want[0], want[1], want[3], want[6]}
		slices.Sort(want)

		for _, most := range []int{1, 3, 100} {
			var got []string
			for after := ""; ; {
				ids, notes, visits, err := walk(h, program, "post", "box.walk", "box", after, most)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range visits {
					if v.Err != nil || !slices.Equal(notes[v.ID], written[v.ID]) || v.Version != int64(len(written[v.ID])+1) {
						t.Errorf("%s: %v, version %d, notes %q, want %q", v.ID, v.Err, v.Version, notes[v.ID], written[v.ID])
					}
				}
				got = append(got, ids...)
				if len(ids) == 0 {
					break
				}
				after = ids[len(ids)-1]
			}
			if !slices.Equal(got, want) {
				t.Errorf("in parts of %d the walk came by %q, want %q", most, got, want)
			}
		}
		if ids, _, _, err := walk(h, program, "elders", "box.elsewhere", "box", "", 100); err != nil || !slices.Equal(ids, []string{heads[4].ID}) {
			t.Errorf("under the other purpose: %q, %v", ids, err)
		}
	})
}

// Only the program walks: whoever may open a new dossier has a grant for the kind
// as a whole too, and must not read all of them by it.
func TestWalkTakesAnActOfTheProgramAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := dossiertest.Open(t, d, walkers())
		_, head := opened2(t, h)
		ans := work.Actor{Account: "ans"}
		for name, x := range map[string]struct {
			who       work.Actor
			act, kind string
		}{
			"a person's act of opening":         {ans, "box.open", "box"},
			"an act that a person holds too":    {ans, "box.sweep", "box"},
			"the same, done by the program":     {program, "box.sweep", "box"},
			"the program's act, of a person":    {ans, "box.walk", "box"},
			"the program's act of another kind": {program, "bag.walk", "bag"},
		} {
			if ids, notes, _, err := walk(h, x.who, "post", x.act, x.kind, "", 100); fault.KindOf(err) != fault.NotFound || len(ids)+len(notes) > 0 {
				t.Errorf("%s opened %q: %v", name, ids, err)
			}
		}
		err := h.Keeper.Do(context.Background(), program, "post", func(u *work.Unit) error {
			one, err := h.Book.Require(u, "box.walk", head.Ref())
			if err != nil {
				return err
			}
			for name, g := range map[string]access.Grant{"the zero grant": {}, "a grant for one": one} {
				if v, err := h.Journal.Walk(u, g, "box", "", 100, func(int, dossier.Head, []dossier.Entry) error { return nil }); fault.KindOf(err) != fault.NotFound || len(v) > 0 {
					t.Errorf("%s opened %d: %v", name, len(v), err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if ids, _, _, err := walk(h, program, "post", "box.walk", "box", "", 100); err != nil || len(ids) != 1 {
			t.Errorf("the right grant opened %q: %v", ids, err)
		}
	})
}

// One dossier that was damaged, or at which the visitor stumbles, keeps nobody else
// waiting and does not end the program.
func TestWalkGoesOnAfterADamagedDossier(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := dossiertest.Open(t, d, walkers())
		var heads []dossier.Head
		for range 5 {
			_, head := opened2(t, h)
			heads = append(heads, head)
		}
		for _, query := range []string{
			"UPDATE dossier_entry SET body = (SELECT body FROM dossier_entry WHERE dossier = $2) WHERE dossier = $1",
			"DELETE FROM dossier_entry WHERE dossier = $1 AND dossier <> $2",
		} {
			bad := heads[0].ID
			if query[0] == 'D' {
				bad = heads[1].ID
			}
			if err := d.Write(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(query, bad, heads[4].ID); return err }); err != nil {
				t.Fatal(err)
			}
		}
		var visits []dossier.Visit
		err := h.Keeper.Do(context.Background(), program, "post", func(u *work.Unit) error {
			g, err := h.Book.Require(u, "box.walk", ref.Ref{Kind: "box"})
			if err != nil {
				return err
			}
			visits, err = h.Journal.Walk(u, g, "box", "", 100, func(_ int, head dossier.Head, _ []dossier.Entry) error {
				if head.ID == heads[2].ID {
					panic("stumbled")
				}
				return nil
			})
			return err
		})
		if err != nil || len(visits) != 5 {
			t.Fatalf("%d visits, %v", len(visits), err)
		}
		for _, v := range visits {
			bad := slices.ContainsFunc(heads[:3], func(h dossier.Head) bool { return h.ID == v.ID })
			if (v.Err != nil) != bad {
				t.Errorf("%s, damaged %v: %v", v.ID, bad, v.Err)
			}
		}
	})
}

// While the program has a dossier in its hands, whoever acts on it waits: what is
// written after the walk must be of what stands.
func TestWalkedDossiersStandStill(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := dossiertest.Open(t, d, walkers())
		_, head := opened2(t, h)
		acted := make(chan error, 1)
		err := h.Keeper.Do(context.Background(), program, "post", func(u *work.Unit) error {
			g, err := h.Book.Require(u, "box.walk", ref.Ref{Kind: "box"})
			if err != nil {
				return err
			}
			if _, err := h.Journal.Walk(u, g, "box", "", 100, func(int, dossier.Head, []dossier.Entry) error { return nil }); err != nil {
				return err
			}
			go func() {
				acted <- h.Keeper.Do(context.Background(), work.Actor{Account: "ans"}, "post", func(u *work.Unit) error {
					g, err := h.Book.Require(u, "box.note", head.Ref())
					if err == nil {
						_, err = h.Journal.Append(u, g, head.Ref(), head.Version, dossier.Entry{Act: "box.note", In: []byte(`{"Text":"x"}`)})
					}
					return err
				})
			}()
			select {
			case err := <-acted:
				t.Errorf("somebody acted on a dossier between its being read and what is written of it: %v", err)
			case <-time.After(300 * time.Millisecond):
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-acted; err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// A long dossier is opened and folded by several hands; it reads as it was written,
// and one entry in a wrong place still closes it.
func TestLongDossierReadsInOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := dossiertest.Open(t, d, walkers())
		_, head := opened2(t, h)
		const n = 150
		if err := h.Keeper.Do(context.Background(), work.Actor{Account: "ans"}, "post", func(u *work.Unit) error {
			g, err := h.Book.Require(u, "box.note", head.Ref())
			for i := 0; i < n && err == nil; i++ {
				_, err = h.Journal.Append(u, g, head.Ref(), int64(i+1), dossier.Entry{Act: "box.note", In: fmt.Appendf(nil, `{"Text":"%d"}`, i)})
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		head, entries, err := h.Load("ans", head.Ref())
		if err != nil || len(entries) != n+1 {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		b, err := boxes.Fold(head, entries)
		if err != nil || len(b.Notes) != n {
			t.Fatalf("%d notes, %v", len(b.Notes), err)
		}
		for i, text := range b.Notes {
			if text != fmt.Sprint(i) {
				t.Fatalf("note %d says %q", i, text)
			}
		}
		entries[100].In = []byte("{")
		if _, err := boxes.Fold(head, entries); err == nil {
			t.Error("an input that is no input was folded")
		}
		if err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE dossier_entry SET body = (SELECT body FROM dossier_entry WHERE dossier = $1 AND version = 99) WHERE dossier = $1 AND version = 140", head.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.Load("ans", head.Ref()); err == nil {
			t.Error("an entry in the place of another was opened")
		}
	})
}
