package dwangsom

import (
	"context"
	"reflect"
	"testing"

	"baken/internal/bakentest/dbtest"
	"baken/internal/bakentest/dossiertest"
	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/web/form"
)

// A file that was opened before is served from memory: it must be the same file, at
// its last version, for who may read it, and only while it is there.
func TestOpenedAgainItIsTheSameFile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := suite(t)
		h := dossiertest.Open(t, d, s)
		ctx, lars := context.Background(), work.Actor{Account: "lars", Roles: []string{"jurist"}}
		o := dossier.Office[Dwangsom]{Keep: h.Keeper, Book: h.Book, Journal: h.Journal, Kind: s.Kind, ReadAct: ReadAct, CorrectAct: CorrectAct,
			Calendar: func(*work.Unit) (*deadlines.Calendar, error) { return calendar, nil },
			Save:     func(*work.Unit, string, dossier.Head, Dwangsom, *deadlines.Calendar) error { return nil }}
		var head dossier.Head
		for _, step := range s.Scripts["paid"][:5] {
			var err error
			if _, head, err = h.Do(step, step.Who, head); err != nil {
				t.Fatal(err)
			}
		}
		load := func() dossier.Opened[Dwangsom] {
			t.Helper()
			f, err := o.Load(ctx, lars, head.ID)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		first := load()
		logged := len(h.Log.Entries)
		again := load()
		if !reflect.DeepEqual(first.Record, again.Record) || len(again.Entries) != 5 || again.Head != first.Head {
			t.Errorf("opened again it is %+v, was %+v", again.Record, first.Record)
		}
		if len(h.Log.Entries) != logged+1 {
			t.Error("a look from memory left no trace")
		}

		// What a form does with an input stays in the form.
		in, err := o.Kind.Input(again.Entries[0])
		if err != nil {
			t.Fatal(err)
		}
		form.Empty(map[string]string{"Place": "Elders 1"}).Into(in)
		if f := load(); f.Record.Place != first.Record.Place {
			t.Errorf("a form changed the file to %s", f.Record.Place)
		}

		if err := o.Perform(ctx, lars, head.ID, head.Version, "dwangsom.evidence", &Evidence{On: when("2026-01-20"), Words: "Nog iets", Source: "police"}); err != nil {
			t.Fatal(err)
		}
		if f := load(); len(f.Record.Evidence) != len(first.Record.Evidence)+1 || f.Head.Version != 6 {
			t.Errorf("after an act it reads as before: %+v", f.Head)
		}
		if err := o.Correct(ctx, lars, head.ID, 6, 6, "dwangsom.evidence", &Evidence{On: when("2026-01-20"), Words: "Toch niet", Source: "police"}, "Vergissing"); err != nil {
			t.Fatal(err)
		}
		f := load()
		if got := f.Record.Evidence[len(f.Record.Evidence)-1].Words; got != "Toch niet" {
			t.Errorf("after a correction it reads %q", got)
		}

		for _, who := range []string{"stranger", ""} {
			if _, err := o.Load(ctx, work.Actor{Account: who}, head.ID); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%q opened a file from memory: %v", who, err)
			}
		}
		if err := h.Keeper.Do(ctx, lars, Purpose, func(u *work.Unit) error {
			g, err := h.Book.Require(u, ReadAct, head.Ref())
			if err != nil {
				return err
			}
			return h.Journal.Destroy(u, g, head.Ref(), "12.2")
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Load(ctx, lars, head.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a file that was destroyed was opened from memory: %v", err)
		}
	})
}
