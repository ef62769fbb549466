package app_test

import (
	"context"
	"sync"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/tips"
)

// coordinator is somebody of the small group.
func coordinator(t *testing.T, h *bakentest.House) work.Actor {
	t.Helper()
	return work.Actor{Account: accountOf(t, h, access.TipCoordinator), Roles: []string{access.TipCoordinator}}
}

// second is the other one of the demo's group.
func second(t *testing.T, h *bakentest.House) (a work.Actor) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		a.Account, _, err = db.One(tx, db.Column[string], "SELECT id FROM account WHERE login = 'm-plaatsvervanger@maassluis.demo'")
		return err
	})
	if err != nil || a.Account == "" {
		t.Fatalf("the demo has no second coordinator: %v", err)
	}
	a.Roles = []string{access.TipCoordinator}
	return a
}

// tipAt is a tip of the demo that waits for a step.
func tipAt(t *testing.T, h *bakentest.House, step string) string {
	t.Helper()
	all, err := h.Tips.Inbox(context.Background(), coordinator(t, h))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Step == step {
			return r.ID
		}
	}
	t.Fatalf("the demo has no tip that waits for %s", step)
	return ""
}

var tipped sync.Map // *bakentest.House: [2]string

// aTip is a tip that was passed on, with a file, made once: pages of every kind can be
// opened of it.
func aTip(t *testing.T, h *bakentest.House) (id, file string) {
	t.Helper()
	if made, ok := tipped.Load(h); ok {
		return made.([2]string)[0], made.([2]string)[1]
	}
	id, file = ref.NewID(), ref.NewID()
	one := coordinator(t, h)
	two := second(t, h)
	today := deadlines.DayOf(h.Now())
	o, ctx := &h.Tips.Office, context.Background()
	err := o.Begin(ctx, one, id, "tip.receive", &tips.Receive{Received: today, Theme: "drugs", Text: "Er gebeurt iets", Files: []string{file}, Kept: []string{}},
		dossier.Attachment{ID: file, Name: "bijlage-1.txt", Media: "text/plain", Body: []byte("een lijst")})
	for i, step := range []struct {
		who work.Actor
		act string
		in  any
	}{
		{one, "tip.check", &tips.Check{Marked: "Er gebeurt iets", Knower: "none", Moment: "none", Relation: "none", Style: "none", Files: "none", Summary: "Kort"}},
		{two, "tip.release", &tips.Release{Read: true}},
		{one, "tip.assess", &tips.Assess{Outcome: tips.Police, Why: "Politie", Impact: "normal"}},
		{one, "tip.forward", &tips.Forward{Receiver: "politie", Ground: "Politiewet 3", Files: "with"}},
	} {
		if err == nil {
			err = o.Perform(ctx, step.who, id, int64(i+1), step.act, step.in)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	tipped.Store(h, [2]string{id, file})
	return id, file
}
