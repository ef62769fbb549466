package agenda

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

const week = 7

// Put replaces the terms of an object, inside the unit that changes it. purpose is
// the one that the object is read under, as the act of its Source has it; deputy may
// be empty, lead not: a term that nobody leads is a term that nobody meets. An end that moved keeps the
// old one with the reason, and a term that is not in the list any more is done.
func Put(u *work.Unit, c *deadlines.Calendar, object ref.Ref, purpose, lead, deputy string, terms []Watched) error {
	if lead == "" {
		return fault.New(fault.Invalid, "agenda.no-lead")
	}
	before, err := termsOf(u.Tx(), object)
	if err != nil {
		return err
	}
	_, err = replace(u, c, purpose, Asked{object, lead, deputy, terms}, before, "")
	return err
}

// Asked is an object with all terms that its facts ask now.
type Asked struct {
	Object       ref.Ref
	Lead, Deputy string
	Terms        []Watched
}

// PutAll is Put for many objects of one kind, in the order of their ids, whose facts
// are the same and whose days or rules changed, as the order says. What is
// stored of them is read in one query, and only what differs is written. A term that
// the rules refuse keeps its end and is counted, so that it holds up no other.
func (o RecomputeOrder) PutAll(u *work.Unit, c *deadlines.Calendar, purpose string, all []Asked) (r Report, err error) {
	if len(all) == 0 {
		return r, nil
	}
	stored, err := termsBetween(u.Tx(), all[0].Object, all[len(all)-1].Object)
	if err != nil {
		return r, err
	}
	before := make(map[ref.Ref][]row, len(all))
	for _, x := range stored {
		before[x.t.Object] = append(before[x.t.Object], x)
	}
	for _, a := range all {
		rows := before[a.Object]
		if a.says(c, purpose, rows) {
			r.Terms += len(a.Terms)
			continue
		}
		if a.Lead == "" {
			r.Failed++
			continue
		}
		terms := make([]Term, len(rows))
		for i := range rows {
			if terms[i], err = rows[i].term(); err != nil {
				return r, err
			}
		}
		one, err := replace(u, c, purpose, a, terms, o.Reason())
		if err != nil {
			return r, err
		}
		r.Terms, r.Moved, r.Failed = r.Terms+one.Terms, r.Moved+one.Moved, r.Failed+one.Failed
	}
	recordRecompute(u, r, o.Reason())
	return r, nil
}

// says reports whether what an object asks is just what is stored of it.
func (a *Asked) says(c *deadlines.Calendar, purpose string, rows []row) bool {
	open := 0
	for i := range rows {
		if rows[i].state == state(false) {
			open++
		}
	}
	if open != len(a.Terms) {
		return false
	}
	for _, w := range a.Terms {
		i := slices.IndexFunc(rows, func(r row) bool { return r.t.Key == w.Key })
		t := Term{Purpose: purpose, Lead: a.Lead, Deputy: a.Deputy, Reference: w.Reference}
		title, err := json.Marshal(w.Title)
		if i < 0 || err != nil || t.ask(w.Question, c) != nil || !rows[i].says(&t, string(title)) {
			return false
		}
	}
	return true
}

// replace puts what an object asks in the place of what is stored of it. why is
// empty when the object itself changed.
func replace(u *work.Unit, c *deadlines.Calendar, purpose string, a Asked, before []Term, why Why) (r Report, err error) {
	old := map[string]*Term{}
	for i := range before {
		old[before[i].Key] = &before[i]
	}
	for _, w := range a.Terms {
		r.Terms++
		t := Term{Object: a.Object, Key: w.Key, Purpose: purpose, Lead: a.Lead, Deputy: a.Deputy, Reference: w.Reference, Title: w.Title}
		was := old[w.Key]
		delete(old, w.Key)
		if err := t.ask(w.Question, c); err != nil {
			if why == "" {
				return r, err
			}
			r.Failed++
			continue
		}
		changed, err := put(u, &t, was, why)
		if err != nil {
			return r, err
		}
		if changed {
			r.Moved++
		}
	}
	for _, t := range before {
		if old[t.Key] == nil || t.Done {
			continue
		}
		t.Done, t.DoneAt, t.ChangedAt = true, u.Now(), u.Now()
		if err := save(u.Tx(), &t); err != nil {
			return r, err
		}
		r.Moved++
		u.Record(work.Entry{Act: "agenda.done", Object: t.Object, Facts: map[string]string{"term": t.Key}})
	}
	return r, nil
}

// ask takes the question as the table will have it, so that a later computation
// starts from exactly the same.
func (t *Term) ask(q deadlines.Question, c *deadlines.Calendar) (err error) {
	if t.raw, err = encode(q); err != nil {
		return err
	}
	if t.Question, err = decode(t.raw); err != nil {
		return err
	}
	return t.compute(c)
}

// put stores one term over what there was of it, and reports whether that differed.
func put(u *work.Unit, t, before *Term, why Why) (bool, error) {
	act := "agenda.watch"
	t.ChangedAt = u.Now()
	if before != nil {
		t.Old, t.Moved, t.MovedAt = before.Old, before.Moved, before.MovedAt
		if t.equal(before) {
			return false, nil
		}
		if !sameEnd(t.End, before.End) {
			switch {
			case why != "":
			case t.raw == before.raw:
				why = ByDecree // the same facts: the days changed before Recompute came by
			default:
				why = ByFact
			}
			t.moved(u, before.End, why)
		}
		act = "agenda.change"
	}
	u.Record(work.Entry{Act: act, Object: t.Object, Facts: map[string]string{"term": t.Key, "rule": t.Question.ID}})
	return true, save(u.Tx(), t)
}

// equal reports whether nothing would change.
func (t *Term) equal(o *Term) bool {
	return t.raw == o.raw && t.same(o) && !o.Done && t.Purpose == o.Purpose && t.Lead == o.Lead && t.Deputy == o.Deputy && t.Reference == o.Reference &&
		t.Title.Code == o.Title.Code && strings.Join(t.Title.Args, "\x00") == strings.Join(o.Title.Args, "\x00")
}

// moved remembers the end that was.
func (t *Term) moved(u *work.Unit, old deadlines.When, why Why) {
	t.Old, t.Moved, t.MovedAt, t.ChangedAt = old, why, u.Now(), u.Now()
	u.Record(work.Entry{Act: "agenda.moved", Object: t.Object,
		Facts: map[string]string{"term": t.Key, "old": old.String(), "new": t.End.String(), "why": string(why)}})
}

// Drop removes every term and reminder of an object, when it is destroyed.
func Drop(u *work.Unit, object ref.Ref) error {
	u.Record(work.Entry{Act: "agenda.drop", Object: object})
	return drop(u.Tx(), object)
}

// Source is a kind of object that terms hang on.
type Source struct {
	Kind string                 // of the objects
	Act  string                 // the act of reading one, as its capability declared it
	Path func(id string) string // the page of one; nil when it has none
}

// View chooses what List gives.
type View struct {
	Team       bool          // all that the actor may read; otherwise what they lead or stand in for
	From, Upto deadlines.Day // safe days between these, both included; NoDay is no bound
	Most, Skip int           // Most 0 is all
}

// List gives the open terms that the actor may read under the unit's purpose, the
// earliest day to act by first. Which terms were shown is in the audit log.
func List(u *work.Unit, book *access.Book, sources []Source, v View) ([]Term, error) {
	where, args, err := seen(u, book, sources, v)
	if err != nil || where == "" {
		return nil, err
	}
	terms, err := query(u.Tx(), where, v, args)
	record(u, sources, terms)
	return terms, err
}

// Count is how many terms List would give without Most.
func Count(u *work.Unit, book *access.Book, sources []Source, v View) (int, error) {
	where, args, err := seen(u, book, sources, v)
	if err != nil || where == "" {
		return 0, err
	}
	return count(u.Tx(), where, args)
}

// record leaves one entry for each kind of which something is shown.
func record(u *work.Unit, sources []Source, terms []Term) {
	n := map[string]int{}
	for _, t := range terms {
		n[t.Object.Kind]++
	}
	for _, s := range sources {
		if n[s.Kind] > 0 {
			u.Record(work.Entry{Act: s.Act, Object: ref.Ref{Kind: s.Kind}, Facts: map[string]string{"terms": strconv.Itoa(n[s.Kind])}})
			delete(n, s.Kind)
		}
	}
}

// seen is the condition for what the actor may see of a view: the predicate of
// access for each kind, in the query itself. It is empty when there is nothing to
// ask.
func seen(u *work.Unit, book *access.Book, sources []Source, v View) (where string, args []any, err error) {
	param := func(x any) string {
		args = append(args, x)
		return "$" + strconv.Itoa(len(args))
	}
	where = "t.state = 'open' AND t.purpose = " + param(u.Purpose())
	var kinds []string
	for _, s := range sources {
		a, ok := book.Act(s.Act)
		if !ok || a.Kind != s.Kind || a.Purpose != u.Purpose() {
			continue // an act of another kind or purpose decides nothing here
		}
		kind := param(s.Kind)
		var cond string
		if cond, args, err = book.Filter(u, s.Act, "t.object", args...); err != nil {
			return "", nil, err
		}
		kinds = append(kinds, "(t.kind = "+kind+" AND "+cond+")")
	}
	if len(kinds) == 0 {
		return "", nil, nil
	}
	where += " AND (" + strings.Join(kinds, " OR ") + ")"
	if !v.Team {
		me := param(u.Actor().Account)
		where += " AND (t.led_by = " + me + " OR t.deputy = " + me + ")"
	}
	if v.From != deadlines.NoDay {
		where += " AND t.safe >= " + param(v.From.String())
	}
	if v.Upto != deadlines.NoDay {
		where += " AND t.safe <> '' AND t.safe <= " + param(v.Upto.String())
	}
	return where, args, nil
}

// Place is where a recomputation has come; the zero Place is the beginning.
type Place struct {
	object ref.Ref
	key    string
}

// Report says what a part of a recomputation did.
type Report struct {
	Terms, Moved int
	Failed       int // of a rule that this program does not know, or refuses; they keep their end
	Next         Place
	More         bool
}

// Recompute computes at most that many open terms anew from their stored
// questions, after a place, and keeps the old end of what moved with the reason.
// Call it until More is false, each time in a unit of its own: who works waits no
// longer than one part takes.
func Recompute(u *work.Unit, c *deadlines.Calendar, why Why, after Place, most int) (r Report, err error) {
	terms, err := openAfter(u.Tx(), after, most)
	if err != nil {
		return r, err
	}
	r.Terms, r.More = len(terms), len(terms) == most
	for i := range terms {
		t := terms[i]
		r.Next = Place{t.Object, t.Key}
		if t.compute(c) != nil {
			r.Failed++
			continue
		}
		if t.same(&terms[i]) {
			continue
		}
		if !sameEnd(t.End, terms[i].End) {
			t.moved(u, terms[i].End, why)
		}
		t.ChangedAt = u.Now()
		if _, err := move(u.Tx(), &t); err != nil {
			return r, err
		}
		r.Moved++
	}
	recordRecompute(u, r, why)
	return r, nil
}

func recordRecompute(u *work.Unit, r Report, why Why) {
	if r.Moved+r.Failed > 0 {
		u.Record(work.Entry{Act: "agenda.recompute", Object: ref.Ref{Kind: "agenda"},
			Facts: map[string]string{"moved": strconv.Itoa(r.Moved), "failed": strconv.Itoa(r.Failed), "why": string(why)}})
	}
}
