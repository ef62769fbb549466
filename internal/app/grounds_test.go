package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/measures/huisverbod"
	"baken/internal/measures/sluiting"
	"baken/internal/text"
)

// Every act by which a remedy ends, of every kind of measure, asks on which grounds the
// decision stood and fell, and each of its outcomes says what it did to the decision.
func TestEveryRemedyEndsPerGround(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	ends := map[string][]ask.Field{}
	look(t, ends, h.Dwangsom.Law)
	look(t, ends, h.Huisverbod.Law)
	look(t, ends, h.Sluiting.Law)
	look(t, ends, h.Woonoverlast.Law)
	look(t, ends, h.Gebiedsverbod.Law)
	for _, k := range h.Measures.Kinds {
		for _, verb := range []string{"rule-relief", "judge"} {
			if ends[k.Name+"."+verb] == nil {
				t.Errorf("%s.%s ends no remedy here: is its name another?", k.Name, verb)
			}
		}
	}
	for act, fields := range ends {
		for _, name := range []string{"Fell", "Stood", "Outcome"} {
			i := slices.IndexFunc(fields, func(f ask.Field) bool { return f.Name == name })
			if i < 0 {
				t.Errorf("%s does not ask %s", act, name)
				continue
			}
			for _, o := range fields[i].Options {
				if _, known := measures.OutcomeOf(o); name == "Outcome" && !known {
					t.Errorf("%s can end %s, and nobody knows what that does to the decision", act, o)
				}
			}
		}
	}
}

// look finds the acts of a measure that end a remedy. Those of which the forms warn are
// acts of it, and to draft and to decide are among them.
func look[R any](t *testing.T, ends map[string][]ask.Field, law measures.Law[R]) {
	t.Helper()
	for _, v := range law.Kind.Verbs {
		if slices.Contains([]string{"decide-objection", "rule-relief", "judge"}, measures.Verb(v.Name)) {
			ends[v.Name] = ask.Fields(v.New())
		}
	}
	for _, act := range law.Deciding {
		if _, ok := law.Kind.Verb(act); !ok {
			t.Errorf("%s warns in the form of %s, which it does not have", law.Kind.Name, act)
		}
	}
	if len(law.Deciding) < 2 {
		t.Errorf("%s warns in the forms of %v only", law.Kind.Name, law.Deciding)
	}
}

// The next similar case is warned of the grounds on which decisions fell: who may open
// those files finds their numbers, who may not learns how many, and of a kind behind a wall
// nothing. That it was looked at is in the log.
func TestTheNextCaseIsWarned(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		fell := func(kind, ground string) (id, number string) {
			t.Helper()
			err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
				return tx.Each(func(s db.Scanner) error { return s.Scan(&id, &number) },
					"SELECT m.id, m.number FROM measure_ruling r JOIN measure_case m ON m.id = r.file WHERE m.kind = $1 AND r.ground = $2 AND r.fell = 1", kind, ground)
			})
			if err != nil || id == "" {
				t.Fatalf("the demo has no %s that fell on %s: %v", kind, ground, err)
			}
			return id, number
		}
		closure, number := fell("sluiting", "home")
		ban, banNumber := fell("huisverbod", "facts")
		next, nextBan := staged(t, h, "sluiting", "checked"), staged(t, h, "huisverbod", "proposed")
		err := h.Keep.Do(context.Background(), work.System("test"), sluiting.Purpose, func(u *work.Unit) error {
			return access.Involve(u, ref.Ref{Kind: sluiting.Name, ID: next}, accountOf(t, h, access.Officer), sluiting.Purpose, access.Change, time.Time{})
		})
		if err == nil {
			err = h.Keep.Do(context.Background(), work.System("test"), huisverbod.Purpose, func(u *work.Unit) error {
				return access.Involve(u, ref.Ref{Kind: huisverbod.Name, ID: nextBan}, accountOf(t, h, access.Officer), huisverbod.Purpose, access.Change, time.Time{})
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		lawyer, officer, mayor := h.SignIn(access.Lawyer), h.SignIn(access.Officer), h.SignIn(access.Mayor)
		read := func(p *bakentest.Person, path string) string {
			t.Helper()
			a := p.Get(path)
			if a.Status != 200 {
				t.Fatalf("%s opens %s: %d", p.Role, path, a.Status)
			}
			_, main, _ := strings.Cut(a.Body, "<main")
			return main
		}
		home := measures.GroundName(text.For(text.NL), "home")
		before := count(t, h)
		for name, page := range map[string]string{"the page": read(lawyer, "/maatregelen/sluiting/"+next), "the form that signs": read(mayor, "/maatregelen/sluiting/"+next+"/sign"),
			"the form that checks": read(lawyer, "/maatregelen/sluiting/"+staged(t, h, "sluiting", "drafted")+"/check")} {
			if !strings.Contains(page, `id="gronden"`) || !strings.Contains(page, home) || !strings.Contains(page, "/maatregelen/sluiting/"+closure) || !strings.Contains(page, number) {
				t.Errorf("%s does not warn of %s in %s", name, home, number)
			}
		}
		if n := groundsSeen(t, h, before); n != 3 {
			t.Errorf("the log has %d looks at the grounds, want 3", n)
		}
		for name, page := range map[string]string{"as it was": read(lawyer, "/maatregelen/sluiting/"+next+"?op=26-11-2026"), "decided": read(lawyer, "/maatregelen/sluiting/"+staged(t, h, "sluiting", "sealed")),
			"another act": read(mayor, "/maatregelen/sluiting/"+next+"/return")} {
			if strings.Contains(page, `id="gronden"`) {
				t.Errorf("%s warns, and there is nothing to decide", name)
			}
		}
		if page := read(officer, "/maatregelen/sluiting/"+next); !strings.Contains(page, home) || !strings.Contains(page, "die u niet kunt openen") && !strings.Contains(page, "dat u niet kunt openen") ||
			strings.Contains(page, closure) || strings.Contains(page, number) {
			t.Errorf("an officer who may not open %s is not told how many, or which", number)
		}
		if page := read(lawyer, "/maatregelen/huisverbod/"+nextBan); !strings.Contains(page, "/maatregelen/huisverbod/"+ban) || strings.Contains(page, closure) {
			t.Errorf("the next huisverbod does not warn of %s, or of another kind", banNumber)
		}
		if page := read(officer, "/maatregelen/huisverbod/"+nextBan); strings.Contains(page, `id="gronden"`) || strings.Contains(page, banNumber) {
			t.Error("an officer learns of another huisverbod")
		}

		if page := read(lawyer, "/maatregelen/gronden"); !strings.Contains(page, number) || !strings.Contains(page, banNumber) || !strings.Contains(page, home) {
			t.Error("the page of grounds does not name what the lawyer may open")
		}
		page := read(officer, "/maatregelen/gronden")
		_, bans, _ := strings.Cut(page, `id="gronden-huisverbod"`)
		bans, _, _ = strings.Cut(bans, "</section>")
		if strings.Contains(page, number) || strings.Contains(page, banNumber) || !strings.Contains(page, home) || !strings.Contains(bans, "nog geen uitspraken") {
			t.Errorf("the page of grounds tells an officer %.600s", page)
		}
		if a := h.SignIn(access.TipCoordinator).Get("/maatregelen/gronden"); a.Status != 404 {
			t.Errorf("who works for another purpose is answered %d", a.Status)
		}
	})
}

// groundsSeen is how often the log says that grounds were looked at.
func groundsSeen(t *testing.T, h *bakentest.House, from int64) (n int64) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, _, err = db.One(tx, db.Column[int64], "SELECT COUNT(*) FROM audit_entry WHERE seq >= $1 AND act = 'sluiting.list' AND ground = 'grounds' AND result = 'done'", from)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
