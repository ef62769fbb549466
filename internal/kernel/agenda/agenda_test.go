package agenda_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// A Tuesday.
var start = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

type noted struct{ entries []work.Stamped }

func (n *noted) Append(_ *db.Tx, e []work.Stamped) error {
	n.entries = append(n.entries, e...)
	return nil
}
func (n *noted) Store(_ context.Context, e []work.Stamped) error {
	n.entries = append(n.entries, e...)
	return nil
}

const measures, cases = "measures", "cases"

var sources = []agenda.Source{{Kind: "measure", Act: "measure.read"}, {Kind: "case", Act: "case.read"}}

type house struct {
	t    testing.TB
	d    *db.DB
	keep *work.Keeper
	log  *noted
	book *access.Book
	now  time.Time
	days agenda.Calendars
}

func setup(t testing.TB, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, d: d, log: &noted{}, now: start}
	h.keep = work.NewKeeper(d, h.log, func() time.Time { return h.now })
	var err error
	h.book, err = access.NewBook(
		[]access.Purpose{{Code: measures, Basis: "x"}, {Code: cases, Basis: "y", Personal: true}},
		[]access.Act{
			{Name: "measure.read", Kind: "measure", Purpose: measures, Level: access.Read, Roles: []string{access.Lawyer, access.EnforcementCo}},
			{Name: "case.read", Kind: "case", Purpose: cases, Level: access.Read, Roles: []string{access.Lawyer, access.ProcessLead}, Involved: true},
		})
	if err != nil {
		t.Fatal(err)
	}
	for account, role := range map[string]string{"jurist": access.Lawyer, "leiding": access.EnforcementCo, "regisseur": access.ProcessLead} {
		h.do(work.Actor{Account: "admin"}, "x", func(u *work.Unit) error {
			_, err := h.book.Propose(u, account, role, time.Time{})
			return err
		})
	}
	return h
}

func (h *house) do(who work.Actor, purpose string, fn func(u *work.Unit) error) {
	h.t.Helper()
	if err := h.keep.Do(context.Background(), who, purpose, fn); err != nil {
		h.t.Fatal(err)
	}
}

func day(s string) deadlines.Day {
	d, err := deadlines.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// objection is the objection term after a publication: six weeks.
func objection(published string) agenda.Watched {
	return agenda.Watched{Key: "objection", Reference: "M-2026-0001", Question: deadlines.Question{ID: "AWB-6.7", Start: deadlines.OnDay(day(published))}}
}

func (h *house) put(object ref.Ref, purpose, lead, deputy string, terms ...agenda.Watched) {
	h.t.Helper()
	h.do(work.System("test"), purpose, func(u *work.Unit) error {
		c, err := h.days.In(u)
		if err != nil {
			return err
		}
		return agenda.Put(u, c, object, purpose, lead, deputy, terms)
	})
}

func (h *house) list(account, purpose string, v agenda.View) (out []agenda.Term) {
	h.t.Helper()
	err := h.keep.See(context.Background(), work.Actor{Account: account}, purpose, func(u *work.Unit) (err error) {
		if out, err = agenda.List(u, h.book, sources, v); err != nil {
			return err
		}
		n, err := agenda.Count(u, h.book, sources, v)
		if err == nil && v.Most == 0 && n != len(out) {
			h.t.Errorf("%d counted and %d listed: the two answer differently to the same question", n, len(out))
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

var one = ref.Ref{Kind: "measure", ID: "one"}

func TestPutKeepsTheOldEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		h.put(one, measures, "jurist", "", objection("2026-11-20"), agenda.Watched{Key: "pay", Question: deadlines.Question{ID: "LOD-5.33", Start: deadlines.OnDay(day("2026-11-20"))}})
		got := h.list("jurist", measures, agenda.View{})
		if len(got) != 2 || got[0].Safe != day("2027-01-04") || got[0].Moved != "" {
			t.Fatalf("listed %+v; 1 January is a Friday and closed, so 4 January", got)
		}
		h.now = h.now.Add(time.Hour)
		h.put(one, measures, "jurist", "leiding", objection("2026-11-23"))
		got = h.list("jurist", measures, agenda.View{})
		if len(got) != 1 {
			t.Fatalf("a term that is not asked any more is still listed: %+v", got)
		}
		if x := got[0]; x.Moved != "" || x.Deputy != "leiding" || x.End.Day != day("2027-01-04") {
			t.Fatalf("23 November and six weeks is Monday 4 January, so nothing moved: %+v", x)
		}
		h.put(one, measures, "jurist", "leiding", objection("2026-11-25"))
		if x := h.list("jurist", measures, agenda.View{})[0]; x.Old.Day != day("2027-01-04") || x.End.Day != day("2027-01-06") || x.Moved != agenda.ByFact || !x.MovedAt.Equal(h.now) {
			t.Fatalf("after the publication changed: %+v", x)
		}
		n := len(h.log.entries)
		h.put(one, measures, "jurist", "leiding", objection("2026-11-25"))
		if len(h.log.entries) != n {
			t.Errorf("the same facts again left entries: %+v", h.log.entries[n:])
		}
		h.put(one, measures, "jurist", "leiding")
		h.put(one, measures, "jurist", "leiding", objection("2026-11-25"))
		if got = h.list("jurist", measures, agenda.View{}); len(got) != 1 || got[0].Done || !got[0].DoneAt.IsZero() {
			t.Errorf("a term that is asked again does not run again: %+v", got)
		}
	})
}

func TestPutRefuses(t *testing.T) {
	h := setup(t, dbtest.Open(t, db.SQLite))
	try := func(lead string, w agenda.Watched) error {
		return h.keep.Do(context.Background(), work.System("test"), measures, func(u *work.Unit) error {
			return agenda.Put(u, deadlines.Builtin(), one, measures, lead, "", []agenda.Watched{w})
		})
	}
	if err := try("", objection("2026-11-20")); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without a lead: %v", err)
	}
	bad := objection("2026-11-20")
	bad.Question.Params = map[string]string{"committee": "true"}
	if err := try("jurist", bad); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a parameter that the rule has not: %v", err)
	}
	if got := h.list("jurist", measures, agenda.View{}); len(got) > 0 {
		t.Errorf("a refused term is watched: %+v", got)
	}
}

// A moment, parameters and events come back as they were put: what is recomputed
// is the same question.
func TestQuestionsComeBackWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		at := time.Date(2026, 11, 24, 13, 30, 0, 123456789, time.UTC)
		h.put(one, measures, "jurist", "",
			agenda.Watched{Key: "ban", Title: agenda.Title{Code: "x.y", Args: []string{"n", "1"}}, Question: deadlines.Question{ID: "WTH-D1", Start: deadlines.AtMoment(at)}},
			agenda.Watched{Key: "lapse", Question: deadlines.Question{ID: "LOD-5.35", Start: deadlines.OnDay(day("2026-06-01")), Events: []deadlines.Event{{Date: day("2026-07-01"), Kind: "aanmaning"}, {Date: day("2026-06-20"), Kind: "invorderingsbeschikking"}}}},
			agenda.Watched{Key: "decide", Question: deadlines.Question{ID: "AWB-7.10.1", Start: deadlines.OnDay(day("2026-11-02")), Params: map[string]string{"committee": "false"}}},
			agenda.Watched{Key: "at-once", Question: deadlines.Question{ID: "AWB-6.14", Start: deadlines.OnDay(day("2026-11-20"))}})
		got := h.list("jurist", measures, agenda.View{})
		if len(got) != 4 {
			t.Fatalf("%d terms", len(got))
		}
		by := map[string]agenda.Term{}
		for _, x := range got {
			by[x.Key] = x
		}
		if x := by["ban"]; x.End.At.IsZero() || !x.End.At.Equal(at.Truncate(time.Second).AddDate(0, 0, 10)) || x.Title.Code != "x.y" || len(x.Title.Args) != 2 {
			t.Errorf("the Huisverbod: %+v", x)
		}
		if x := by["lapse"]; len(x.Alarms) != 5 || len(x.Question.Events) != 2 {
			t.Errorf("the limitation: %+v", x)
		}
		if x := by["at-once"]; x.End.Day != deadlines.NoDay || x.Safe != day("2026-11-20") {
			t.Errorf("without delay: %+v; the first day is the one to act on", x)
		}
		h.recompute(agenda.ByRule)
		for _, x := range h.list("jurist", measures, agenda.View{}) {
			if x.Moved != "" {
				t.Errorf("%s moved although nothing changed: from %v to %v", x.Key, x.Old, x.End)
			}
		}
	})
}

func (h *house) recompute(why agenda.Why) (all agenda.Report) {
	h.t.Helper()
	for at, more := (agenda.Place{}), true; more; {
		h.do(work.System("job"), measures, func(u *work.Unit) error {
			c, err := h.days.In(u)
			if err != nil {
				return err
			}
			r, err := agenda.Recompute(u, c, why, at, 3)
			all.Terms, all.Moved, all.Failed = all.Terms+r.Terms, all.Moved+r.Moved, all.Failed+r.Failed
			at, more = r.Next, r.More
			return err
		})
	}
	return all
}

// A decree that appears later moves what ends on its day, and both ends show.
func TestDecreeMovesTerms(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		free := "2031-05-23" // the Friday after Ascension Day, of which no decree is known yet
		for i := range 10 {
			h.put(ref.Ref{Kind: "measure", ID: fmt.Sprint(i)}, measures, "jurist", "", objection("2031-04-"+fmt.Sprintf("%02d", 5+i)))
		}
		before := h.list("jurist", measures, agenda.View{From: day(free), Upto: day(free)})
		if len(before) == 0 {
			t.Fatal("nothing ends on the day, so nothing would be shown")
		}
		h.now = h.now.Add(time.Hour)
		e := deadlines.Equated{Day: day(free), Why: "after-ascension", Decree: "Besluit van 1 december 2029", Source: "Stb. 2029, 1"}
		h.do(work.Actor{Account: "admin"}, measures, func(u *work.Unit) error { return h.days.Add(u, e) })
		if n := h.waiting(); n != 1 {
			t.Fatalf("%d jobs wait after a decree", n)
		}
		if r := h.recompute(agenda.ByDecree); r.Terms != 10 || r.Moved != len(before) || r.Failed != 0 {
			t.Errorf("recomputed %+v, want %d moved", r, len(before))
		}
		for _, x := range h.list("jurist", measures, agenda.View{}) {
			was := x.Object.ID == before[0].Object.ID
			if was && (x.Old.Day != day(free) || x.End.Day != day("2031-05-26") || x.Moved != agenda.ByDecree || !x.MovedAt.Equal(h.now)) {
				t.Errorf("%+v; the Friday is closed now, so Monday 26 May", x)
			}
			if !was && x.End.Day < day(free) && x.Moved != "" {
				t.Errorf("%s moved for no reason", x.Object)
			}
		}
		if r := h.recompute(agenda.ByDecree); r.Moved != 0 {
			t.Errorf("a second run moved %d", r.Moved)
		}
		refuse := func(e deadlines.Equated) {
			err := h.keep.Do(context.Background(), work.Actor{Account: "admin"}, measures, func(u *work.Unit) error { return h.days.Add(u, e) })
			if k := fault.KindOf(err); k != fault.Invalid {
				t.Errorf("%v was taken: %v", e, err)
			}
		}
		refuse(e)                                                                     // twice
		refuse(deadlines.Equated{Day: day("2031-12-25"), Decree: "x"})                // closed
		refuse(deadlines.Equated{Day: deadlines.Decreed()[0].Day, Decree: "x"})       // carried
		refuse(deadlines.Equated{Day: day("2031-05-27"), Decree: " ", Source: "..."}) // no decree
		stored := h.decrees()
		if len(stored) != 1 || stored[0].Equated != e || stored[0].EnteredBy != "admin" {
			t.Fatalf("stored %+v", stored)
		}
		h.do(work.Actor{Account: "admin"}, measures, func(u *work.Unit) error { return h.days.Withdraw(u, stored[0].ID) })
		if r := h.recompute(agenda.ByDecree); r.Moved != len(before) || h.waiting() != 2 {
			t.Errorf("taking the decree back moved %d, %d jobs", r.Moved, h.waiting())
		}
	})
}

func (h *house) decrees() (out []agenda.Decree) {
	h.t.Helper()
	h.do(work.System("test"), measures, func(u *work.Unit) (err error) { out, err = h.days.Decrees(u); return err })
	return out
}

func (h *house) waiting() int64 {
	h.t.Helper()
	var n int64
	if err := h.d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, _, err = db.One(tx, db.Column[int64], "SELECT count(*) FROM job WHERE kind = $1", agenda.RecomputeJob)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// A day that was entered by hand and is carried by a later program is no quarrel.
func TestCarriedDayMayBeStored(t *testing.T) {
	h := setup(t, dbtest.Open(t, db.SQLite))
	carried := deadlines.Decreed()[0].Day
	if err := h.d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO agenda_decree VALUES ('a', $1, 'x', 'x', '', '', 'a', 1, '', 0)", carried.String())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	h.do(work.System("test"), measures, func(u *work.Unit) error {
		c, err := h.days.In(u)
		if err == nil && c.Closed(carried) != deadlines.EquatedDay {
			t.Error("the day is open")
		}
		return err
	})
}

// A rule that this program does not know keeps its end and does not stop the rest.
func TestRecomputeGoesOnAfterAnUnknownRule(t *testing.T) {
	h := setup(t, dbtest.Open(t, db.SQLite))
	h.put(one, measures, "jurist", "", objection("2026-11-20"))
	h.put(ref.Ref{Kind: "measure", ID: "two"}, measures, "jurist", "", objection("2026-11-20"))
	if err := h.d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE agenda_term SET question = '{\"id\":\"GONE\",\"start\":\"2026-01-01\"}' WHERE object = 'one'")
		if err == nil {
			_, err = tx.Exec("UPDATE agenda_term SET end_day = '2020-01-01' WHERE object = 'two'")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if r := h.recompute(agenda.ByRule); r.Failed != 1 || r.Moved != 1 || r.Terms != 2 {
		t.Errorf("%+v", r)
	}
}

// Security.md control 7: who may not read an object sees no trace of its terms, in
// no view, no count, no reminder.
func TestNoTraceOfWhatMayNotBeRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		secret := ref.Ref{Kind: "case", ID: "secret"}
		// The lead itself is not involved: leading is no right to read.
		w := objection("2026-10-14") // ends 25 November: reminders are due
		h.put(secret, cases, "jurist", "regisseur", w)
		h.put(one, measures, "jurist", "leiding", w)
		h.remind()
		views := []agenda.View{{}, {Team: true}, {Team: true, From: day("2026-11-01"), Upto: day("2026-11-30")}, {Team: true, Most: 1}}
		saw := func(account, purpose string) (n int) {
			for _, v := range views {
				for _, x := range h.list(account, purpose, v) {
					if x.Object.Kind == "case" {
						n++
					}
				}
			}
			for _, r := range h.reminders(account, purpose) {
				if r.Term.Object.Kind == "case" {
					n++
				}
			}
			return n
		}
		for _, account := range []string{"jurist", "regisseur", "leiding", "nobody", ""} {
			for _, purpose := range []string{measures, cases, ""} {
				if n := saw(account, purpose); n > 0 {
					t.Errorf("%q under %q sees %d traces of a case without being involved", account, purpose, n)
				}
			}
		}
		h.do(work.System("test"), cases, func(u *work.Unit) error {
			u.Record(work.Entry{Act: "test"})
			return access.Involve(u, secret, "jurist", cases, access.Read, time.Time{})
		})
		if n := saw("jurist", cases); n < len(views) {
			t.Errorf("who is involved sees the term %d times", n)
		}
		if n := saw("jurist", measures); n > 0 {
			t.Error("the term shows under another purpose than its own")
		}
		if n := saw("regisseur", cases); n > 0 {
			t.Error("involvement of one shows the term to another")
		}
		if got := h.list("leiding", measures, agenda.View{Team: true}); len(got) != 1 {
			t.Errorf("who may read the measure sees %d terms of the team", len(got))
		}
		entries := 0
		for _, e := range h.log.entries {
			if e.Act == "case.read" && e.Actor == "jurist" && e.Purpose == cases && e.Facts["terms"] != "" {
				entries++
			}
		}
		if entries == 0 {
			t.Error("the terms of a case were shown and the log does not say so")
		}
		h.do(work.System("test"), cases, func(u *work.Unit) error { return agenda.Drop(u, secret) })
		if n := saw("jurist", cases); n > 0 {
			t.Error("a destroyed case left a term")
		}
		for _, table := range []string{"agenda_term", "agenda_reminder"} {
			if err := d.Read(context.Background(), func(tx *db.Tx) error {
				n, _, err := db.One(tx, db.Column[int64], "SELECT count(*) FROM "+table+" WHERE object = 'secret'")
				if n != 0 {
					t.Errorf("%s still holds the destroyed case", table)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestListIsOrderedAndCut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := setup(t, d)
		for i, published := range []string{"2026-11-20", "2026-10-01", "2026-12-24", "2026-11-10"} {
			h.put(ref.Ref{Kind: "measure", ID: fmt.Sprint(i)}, measures, "jurist", "", objection(published))
		}
		var order []string
		for skip := range 4 {
			for _, x := range h.list("jurist", measures, agenda.View{Most: 1, Skip: skip}) {
				order = append(order, x.Object.ID)
			}
		}
		if got := strings.Join(order, " "); got != "1 3 0 2" {
			t.Errorf("order %s", got)
		}
		if got := h.list("leiding", measures, agenda.View{}); len(got) != 0 {
			t.Errorf("the own list of somebody who leads nothing: %+v", got)
		}
	})
}
