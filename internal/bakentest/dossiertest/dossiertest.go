// Package dossiertest holds what every kind of dossier must pass, on both engines:
// that a record replays from its journal, that it can be shown as it stood, that
// every act is refused where it has no place (a golden grid), that record and list
// open for the same people, and that destruction leaves nothing readable.
package dossiertest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
)

// Step is one act of a script: who, when, and with what.
type Step struct {
	After time.Duration // since the step before
	Who   string        // account; the suite's first when empty
	Act   string
	In    any // a pointer to the act's input
}

// Suite describes a kind to the tests.
type Suite[R any] struct {
	Kind     dossier.Kind[R]
	State    func(r R) string  // the state by which the grid is made
	Scripts  map[string][]Step // each from the opening to where it ends
	Purposes []access.Purpose
	Acts     []access.Act
	ReadAct  string
	Staff    map[string]string // account: role
	Start    time.Time
	// Ready is called with the vault of each house, before anything is saved.
	Ready func(v *vault.Vault)
	// Saved stores what the capability keeps beside the journal (list rows, terms), as
	// its acts do; nil for none. Gone deletes it again.
	Saved func(u *work.Unit, h dossier.Head, r R) error
	Gone  func(u *work.Unit, h dossier.Head) error
	// List gives the ids of the dossiers that the unit's actor sees in the list.
	List func(u *work.Unit, b *access.Book) ([]string, error)
	// Secrets are words of the scripts that must not be readable in the database.
	Secrets []string
	Golden  string // file of the grid
	Update  bool
}

// House is a kind at work in one database.
type House[R any] struct {
	Suite   Suite[R]
	Keeper  *work.Keeper
	Book    *access.Book
	Journal *dossier.Journal
	Now     time.Time
	Log     *Log
}

// Log is an auditor that remembers.
type Log struct {
	mu      sync.Mutex
	Entries []work.Stamped
}

// Append remembers entries of a unit.
func (l *Log) Append(_ *db.Tx, e []work.Stamped) error { return l.Store(context.Background(), e) }

// Store remembers entries by themselves.
func (l *Log) Store(_ context.Context, e []work.Stamped) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Entries = append(l.Entries, e...)
	return nil
}

// Open makes a house of the suite on a database, with its staff in their roles.
func Open[R any](t testing.TB, d *db.DB, s Suite[R]) *House[R] {
	t.Helper()
	v, err := vault.Open(filepath.Join(t.TempDir(), "vault"))
	if err != nil {
		t.Fatal(err)
	}
	if s.Ready != nil {
		s.Ready(v)
	}
	b, err := access.NewBook(s.Purposes, s.Acts)
	if err != nil {
		t.Fatal(err)
	}
	h := &House[R]{Suite: s, Book: b, Journal: dossier.NewJournal(v), Now: s.Start, Log: &Log{}}
	h.Keeper = work.NewKeeper(d, h.Log, func() time.Time { return h.Now })
	err = h.Keeper.Do(context.Background(), work.System("test"), "", func(u *work.Unit) error {
		for account, role := range s.Staff {
			if err := b.Furnish(u, account, role); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

var calendar = deadlines.Builtin()

// Do performs one step on a dossier, or opens one when the head is empty.
func (h *House[R]) Do(step Step, who string, head dossier.Head) (R, dossier.Head, error) {
	h.Now = h.Now.Add(step.After)
	var r R
	err := h.Keeper.Do(context.Background(), h.Suite.actor(who), h.Suite.Kind.Purpose, func(u *work.Unit) error {
		at := dossier.Moment(u, calendar)
		g, err := h.Book.Require(u, step.Act, ref.Ref{Kind: h.Suite.Kind.Name, ID: head.ID})
		if err != nil {
			return err
		}
		if head.ID == "" {
			r, head, err = dossier.Begin(u, h.Journal, h.Suite.Kind, g, ref.NewID(), step.Act, step.In, at)
		} else {
			r, head, err = dossier.Perform(u, h.Journal, h.Suite.Kind, g, head.Ref(), head.Version, step.Act, step.In, at)
		}
		if err != nil {
			return err
		}
		if head.Version == 1 {
			for account := range h.Suite.Staff {
				if err := access.Involve(u, head.Ref(), account, head.Purpose, access.Change, time.Time{}); err != nil {
					return err
				}
			}
		}
		if h.Suite.Saved != nil {
			return h.Suite.Saved(u, head, r)
		}
		return nil
	})
	return r, head, err
}

// Load reads a dossier as somebody.
func (h *House[R]) Load(who string, object ref.Ref) (head dossier.Head, entries []dossier.Entry, err error) {
	err = h.Keeper.See(context.Background(), work.Actor{Account: who, Name: who}, h.Suite.Kind.Purpose, func(u *work.Unit) error {
		g, err := h.Book.Require(u, h.Suite.ReadAct, object)
		if err != nil {
			return err
		}
		head, entries, err = h.Journal.Load(u, g, object)
		return err
	})
	return head, entries, err
}

func (h *House[R]) list(who string) (ids []string, err error) {
	err = h.Keeper.See(context.Background(), work.Actor{Account: who, Name: who}, h.Suite.Kind.Purpose, func(u *work.Unit) error {
		ids, err = h.Suite.List(u, h.Book)
		return err
	})
	return ids, err
}

func (s Suite[R]) who(step Step) string {
	if step.Who != "" {
		return step.Who
	}
	first := ""
	for account := range s.Staff {
		if first == "" || account < first {
			first = account
		}
	}
	return first
}

// Run runs the whole suite, made anew for each house.
func Run[R any](t *testing.T, s func() Suite[R]) {
	t.Run("grid", func(t *testing.T) { grid(t, s()) })
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := Open(t, d, s())
		for name, script := range h.Suite.Scripts {
			h.replay(t, name, script)
		}
		h.walls(t, d)
	})
}

// replay walks a script and compares the record after each act with its fold, now
// and as it stood.
func (h *House[R]) replay(t *testing.T, name string, script []Step) {
	t.Helper()
	h.Now = h.Suite.Start
	var head dossier.Head
	var records []R
	var moments []time.Time
	for i, step := range script {
		r, next, err := h.Do(step, h.Suite.who(step), head)
		if err != nil {
			t.Fatalf("%s, step %d (%s): %v", name, i+1, step.Act, err)
		}
		head, records, moments = next, append(records, r), append(moments, h.Now)
		h.Now = h.Now.Add(time.Second)
	}
	_, entries, err := h.Load(h.Suite.who(script[0]), head.Ref())
	if err != nil || len(entries) != len(script) {
		t.Fatalf("%s: %d entries of %d: %v", name, len(entries), len(script), err)
	}
	for i, moment := range moments {
		was, err := h.Suite.Kind.Fold(head, dossier.Until(entries, moment))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(was, records[i]) {
			t.Errorf("%s: as it stood after step %d (%s)\n%+v\nthe act made\n%+v", name, i+1, script[i].Act, was, records[i])
		}
	}
	again, err := h.Suite.Kind.Fold(head, entries)
	if err != nil || !reflect.DeepEqual(again, records[len(records)-1]) {
		t.Errorf("%s: folded twice, differs: %v", name, err)
	}
}

// grid folds every prefix of every script and asks every act: allowed, or what
// stands in the way. It needs no database.
func grid[R any](t *testing.T, s Suite[R]) {
	states := map[string]map[string]string{}
	var order []string
	for _, name := range keys(s.Scripts) {
		now := s.Start
		r := s.Kind.New(dossier.Head{Kind: s.Kind.Name, Purpose: s.Kind.Purpose, OpenedAt: now})
		visit := func(at dossier.At) {
			state := s.State(r)
			if states[state] == nil {
				states[state] = map[string]string{}
				order = append(order, state)
			}
			for _, o := range s.Kind.Options(r, at) {
				code := "may"
				if o.Block != nil {
					f := fault.Of(o.Block)
					if f == nil {
						t.Fatalf("%s in %s is refused without a sentence: %v", o.Name, state, o.Block)
					}
					code = f.Code
				}
				if was := states[state][o.Name]; was != "" && was != code && !strings.Contains(was, code) {
					code = was + " | " + code
				} else if was != "" {
					code = was
				}
				states[state][o.Name] = code
			}
		}
		visit(s.at(now, s.who(s.Scripts[name][0])))
		for i, step := range s.Scripts[name] {
			now = now.Add(step.After)
			var err error
			r, err = s.Kind.Try(r, step.Act, step.In, s.at(now, s.who(step)))
			if err != nil {
				t.Fatalf("%s, step %d (%s): %v", name, i+1, step.Act, err)
			}
			now = now.Add(time.Second)
			visit(s.at(now, s.who(step)))
		}
	}
	var b strings.Builder
	for _, state := range order {
		fmt.Fprintf(&b, "%s\n", state)
		for _, v := range s.Kind.Verbs {
			fmt.Fprintf(&b, "  %-40s %s\n", v.Name, states[state][v.Name])
		}
	}
	if s.Update {
		if err := os.MkdirAll(filepath.Dir(s.Golden), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(s.Golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(s.Golden)
	if err != nil || string(want) != b.String() {
		t.Errorf("what is allowed in which state differs from %s (%v); run with -update and read the difference\n%s", s.Golden, err, b.String())
	}
}

func (s Suite[R]) at(now time.Time, who string) dossier.At {
	return dossier.At{Now: now, Today: deadlines.DayOf(now), Actor: s.actor(who), Calendar: calendar}
}

func (s Suite[R]) actor(who string) work.Actor {
	return work.Actor{Account: who, Name: who, Roles: []string{s.Staff[who]}}
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// walls checks who sees a dossier, what two writers at once get, and what is left
// after its end.
func (h *House[R]) walls(t *testing.T, d *db.DB) {
	script := h.Suite.Scripts[keys(h.Suite.Scripts)[0]]
	owner := h.Suite.who(script[0])
	h.Now = h.Suite.Start
	_, head, err := h.Do(script[0], owner, dossier.Head{})
	if err != nil {
		t.Fatal(err)
	}
	check := func(who string, want bool) {
		t.Helper()
		_, _, err := h.Load(who, head.Ref())
		if err != nil && fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v, want not found", who, err)
		}
		if record := err == nil; record != want {
			t.Errorf("%q sees the record: %v, want %v", who, record, want)
		}
		if h.Suite.List == nil {
			return
		}
		ids, err := h.list(who)
		if err != nil {
			t.Fatal(err)
		}
		if list := slices.Contains(ids, head.ID); list != want {
			t.Errorf("%q sees it in the list: %v, want %v", who, list, want)
		}
	}
	check(owner, true)
	check("stranger", false)
	check("", false)

	// Two people act on the version they both saw: one is told what the other did.
	if len(script) > 1 {
		stale := head
		if _, head, err = h.Do(script[1], h.Suite.who(script[1]), head); err != nil {
			t.Fatal(err)
		}
		_, _, err = h.Do(Step{Act: script[1].Act, In: script[1].In}, h.Suite.who(script[1]), stale)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.Conflict || f.Code != "dossier.changed" || !strings.Contains(fmt.Sprint(f.Args...), script[1].Act) {
			t.Errorf("the second of two writers got %v; want a conflict that names %s", err, script[1].Act)
		}
		if _, entries, err := h.Load(owner, head.Ref()); err != nil || len(entries) != 2 {
			t.Errorf("after a refused write there are %d entries: %v", len(entries), err)
		}
	}
	if s := unsealed(t, d, h.Suite.Secrets); s != "" {
		t.Errorf("%q is readable in the database", s)
	}

	h.destroy(t, owner, head)
	check(owner, false)
	if _, _, err := h.Do(script[len(script)-1], owner, head); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an act on a destroyed dossier: %v", err)
	}
	rest := dump(t, d)
	if bytes.Contains(rest, []byte("dossier_key\t"+head.ID)) || bytes.Contains(rest, []byte("dossier_entry\t"+head.ID)) {
		t.Error("rows of a destroyed dossier are left")
	}
	if !bytes.Contains(rest, []byte("dossier\t"+head.ID)) {
		t.Error("there is no tombstone")
	}
}

func (h *House[R]) destroy(t *testing.T, who string, head dossier.Head) {
	t.Helper()
	err := h.Keeper.Do(context.Background(), work.Actor{Account: who}, h.Suite.Kind.Purpose, func(u *work.Unit) error {
		g, err := h.Book.Require(u, h.Suite.ReadAct, head.Ref())
		if err != nil {
			return err
		}
		if h.Suite.Gone != nil {
			if err := h.Suite.Gone(u, head); err != nil {
				return err
			}
		}
		return h.Journal.Destroy(u, g, head.Ref(), "12.2")
	})
	if err != nil {
		t.Fatal(err)
	}
}

func unsealed(t *testing.T, d *db.DB, secrets []string) string {
	all := dump(t, d)
	for _, s := range secrets {
		if bytes.Contains(all, []byte(s)) {
			return s
		}
	}
	return ""
}

// dump is every value of every table, as text.
func dump(t *testing.T, d *db.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	name := ""
	err := d.Dump(context.Background(), func(table db.Table) error { name = table.Name; return nil }, func(row []any) error {
		out.WriteString(name)
		for _, v := range row {
			if b, ok := v.([]byte); ok {
				out.WriteByte('\t')
				out.Write(b)
				continue
			}
			fmt.Fprintf(&out, "\t%v", v)
		}
		out.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
