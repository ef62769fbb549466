package dossier_test

import (
	"bytes"
	"context"
	"flag"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/bakentest/dossiertest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

var update = flag.Bool("update", false, "write the golden grid anew")

// A letter box: the smallest kind with an act that has its place.
type box struct {
	ID     string
	Owner  string
	Notes  []string
	Shut   time.Time
	ByWhom string
}

type opening struct {
	Owner string `ask:"line"`
}
type note struct {
	Text string        `ask:"text"`
	On   deadlines.Day `ask:"day,optional"`
}
type shutting struct{}

func isOpen(b box, _ dossier.At) error {
	if b.Owner == "" {
		return fault.New(fault.Conflict, "access.not-found")
	}
	if !b.Shut.IsZero() {
		return fault.New(fault.Conflict, "dossier.no-such-act", "act", "box.note")
	}
	return nil
}

var boxes = dossier.Kind[box]{Name: "box", Purpose: "post", New: func(h dossier.Head) box { return box{ID: h.ID} }, Verbs: []dossier.Verb[box]{
	dossier.Define(dossier.Act[box, opening]{Name: "box.open",
		Allowed: func(b box, _ dossier.At) error {
			if b.Owner != "" {
				return fault.New(fault.Conflict, "dossier.no-such-act", "act", "box.open")
			}
			return nil
		},
		Apply: func(b box, in opening, e dossier.Entry) box { b.Owner, b.ByWhom = in.Owner, e.Actor; return b }}),
	dossier.Define(dossier.Act[box, note]{Name: "box.note", Allowed: isOpen,
		Happened: func(in note) time.Time {
			if in.On == deadlines.NoDay {
				return time.Time{}
			}
			return in.On.Midnight()
		},
		Apply: func(b box, in note, _ dossier.Entry) box { b.Notes = append(b.Notes, in.Text); return b }}),
	dossier.Define(dossier.Act[box, shutting]{Name: "box.shut", Allowed: isOpen,
		Apply: func(b box, _ shutting, e dossier.Entry) box { b.Shut = e.Happened; return b }}),
}}

func suite() dossiertest.Suite[box] {
	act := func(name string, involved bool, level access.Level) access.Act {
		return access.Act{Name: name, Kind: "box", Purpose: "post", Level: level, Roles: []string{access.Lawyer}, Involved: involved}
	}
	return dossiertest.Suite[box]{Kind: boxes, Start: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		State: func(b box) string {
			switch {
			case b.Owner == "":
				return "not there"
			case b.Shut.IsZero():
				return "open"
			}
			return "shut"
		},
		Scripts: map[string][]dossiertest.Step{"written and shut": {
			{Act: "box.open", In: &opening{"mevrouw Geheim"}},
			{After: time.Hour, Act: "box.note", In: &note{"een klacht over Zwijgzaam", deadlines.Date(2026, 3, 1)}},
			{After: time.Hour, Who: "bas", Act: "box.shut", In: &shutting{}},
		}},
		Purposes: []access.Purpose{{Code: "post", Basis: "Awb 2:1", Personal: true}},
		Acts: []access.Act{act("box.open", false, access.Change), act("box.note", true, access.Change), act("box.shut", true, access.Change),
			act("box.read", true, access.Read)},
		ReadAct: "box.read", Staff: map[string]string{"ans": access.Lawyer, "bas": access.Lawyer}, Secrets: []string{"Geheim", "Zwijgzaam"},
		Golden: "testdata/box.golden", Update: *update}
}

func TestKind(t *testing.T) { dossiertest.Run(t, suite) }

func opened(t *testing.T, d *db.DB) (*dossiertest.House[box], dossier.Head) {
	t.Helper()
	s := suite()
	h := dossiertest.Open(t, d, s)
	var head dossier.Head
	for _, step := range s.Scripts["written and shut"][:2] {
		var err error
		if _, head, err = h.Do(step, "ans", head); err != nil {
			t.Fatal(err)
		}
	}
	return h, head
}

func TestCorrectionsNameWhatTheyCorrect(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, head := opened(t, d)
		h.Now = h.Now.Add(time.Hour)
		correct := func(version int64, in any, why string) (b box, err error) {
			err = h.Keeper.Do(context.Background(), work.Actor{Account: "bas"}, "post", func(u *work.Unit) error {
				g, err := h.Book.Require(u, "box.note", head.Ref())
				if err != nil {
					return err
				}
				b, _, err = dossier.Correct(u, h.Journal, boxes, g, head.Ref(), head.Version, version, "box.note", in, why, dossier.Moment(u, nil))
				return err
			})
			return b, err
		}
		for name, err := range map[string]error{
			"without a reason":       second(correct(2, &note{Text: "x"}, "")),
			"of nothing":             second(correct(9, &note{Text: "x"}, "typefout")),
			"with what is not right": second(correct(2, &note{}, "typefout")),
		} {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("a correction %s: %v", name, err)
			}
		}
		b, err := correct(2, &note{Text: "een klacht over de buren"}, "verkeerde naam")
		if err != nil || len(b.Notes) != 1 || b.Notes[0] != "een klacht over de buren" {
			t.Fatalf("%+v, %v", b, err)
		}
		_, entries, err := h.Load("ans", head.Ref())
		if err != nil || len(entries) != 3 || entries[2].Corrects != 2 || entries[2].Why != "verkeerde naam" || !bytes.Contains(entries[1].In, []byte("Zwijgzaam")) {
			t.Fatalf("what was written stays written: %+v, %v", entries, err)
		}
		before, err := boxes.Fold(head, dossier.Until(entries, h.Now.Add(-time.Minute)))
		if err != nil || before.Notes[0] != "een klacht over Zwijgzaam" {
			t.Errorf("as it stood before: %+v, %v", before, err)
		}
		if !entries[2].Happened.Equal(entries[1].Happened) {
			t.Error("a correction of the words moved the date")
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestFilesAreSealedAndStayInTheirDossier(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, head := opened(t, d)
		_, other := opened2(t, h)
		photo := bytes.Repeat([]byte("de voorgevel "), 1000)
		var f dossier.File
		do := func(who string, object ref.Ref, fn func(u *work.Unit, g access.Grant) error) error {
			return h.Keeper.Do(context.Background(), work.Actor{Account: who}, "post", func(u *work.Unit) error {
				g, err := h.Book.Require(u, "box.note", object)
				if err != nil {
					return err
				}
				return fn(u, g)
			})
		}
		err := do("ans", head.Ref(), func(u *work.Unit, g access.Grant) (err error) {
			f, err = h.Journal.Attach(u, g, head.Ref(), head.Version, dossier.Attachment{ID: ref.NewID(), Name: "gevel Geheim.jpg", Media: "image/jpeg", Body: photo})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := do("bas", head.Ref(), func(u *work.Unit, g access.Grant) error {
			got, body, err := h.Journal.Read(u, g, head.Ref(), f.ID)
			if err == nil && (got.Name != "gevel Geheim.jpg" || got.Media != "image/jpeg" || got.Hash != f.Hash || !bytes.Equal(body, photo)) {
				t.Errorf("read back %+v", got)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
		if err := do("bas", other.Ref(), func(u *work.Unit, g access.Grant) error {
			_, _, err := h.Journal.Read(u, g, other.Ref(), f.ID)
			return err
		}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a file was read through another dossier: %v", err)
		}
		if err := do("bas", other.Ref(), func(u *work.Unit, g access.Grant) error {
			_, _, err := h.Journal.Read(u, g, head.Ref(), f.ID)
			return err
		}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a grant for one dossier opened another: %v", err)
		}
		for _, body := range [][]byte{nil, make([]byte, dossier.MaxFile+1)} {
			if err := do("ans", head.Ref(), func(u *work.Unit, g access.Grant) error {
				_, err := h.Journal.Attach(u, g, head.Ref(), head.Version, dossier.Attachment{ID: ref.NewID(), Name: "x", Media: "image/jpeg", Body: body})
				return err
			}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("a file of %d bytes: %v", len(body), err)
			}
		}
	})
}

func opened2(t *testing.T, h *dossiertest.House[box]) (box, dossier.Head) {
	t.Helper()
	b, head, err := h.Do(dossiertest.Step{Act: "box.open", In: &opening{"een ander"}}, "ans", dossier.Head{})
	if err != nil {
		t.Fatal(err)
	}
	return b, head
}

// The log holds the hash of what the journal holds: a body that is swapped behind
// our back does not open, and does not hash to what was logged.
func TestEntriesCannotBeMoved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, head := opened(t, d)
		if err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE dossier_entry SET body = (SELECT body FROM dossier_entry WHERE dossier = $1 AND version = 1) WHERE dossier = $1 AND version = 2", head.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.Load("ans", head.Ref()); err == nil {
			t.Fatal("an entry was put in the place of another and nobody noticed")
		}
		logged := 0
		for _, e := range h.Log.Entries {
			if e.Facts["sha256"] != "" && e.Object == head.Ref() {
				logged++
			}
		}
		if logged != 2 {
			t.Errorf("%d entries in the log, want 2", logged)
		}
	})
}

func TestZeroGrantOpensNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, head := opened(t, d)
		err := h.Keeper.Do(context.Background(), work.Actor{Account: "ans"}, "post", func(u *work.Unit) error {
			if _, _, err := h.Journal.Load(u, access.Grant{}, head.Ref()); fault.KindOf(err) != fault.NotFound {
				t.Errorf("load: %v", err)
			}
			if _, err := h.Journal.Append(u, access.Grant{}, head.Ref(), head.Version, dossier.Entry{Act: "box.shut"}); fault.KindOf(err) != fault.NotFound {
				t.Errorf("append: %v", err)
			}
			if err := h.Journal.Destroy(u, access.Grant{}, head.Ref(), ""); fault.KindOf(err) != fault.NotFound {
				t.Errorf("destroy: %v", err)
			}
			if _, _, err := dossier.Begin(u, h.Journal, boxes, access.Grant{}, ref.NewID(), "box.open", &opening{"x"}, dossier.Moment(u, nil)); fault.KindOf(err) != fault.NotFound {
				t.Errorf("begin: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
