package sluiting

import (
	"testing"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
)

// The demo is made on the day on which it is started. Whatever that is, each act of its
// stories must be taken, and together they show a closure in every state, each type, and
// every letter.
func TestDemoWorksOnEveryDay(t *testing.T) {
	people := map[string]work.Actor{}
	for _, role := range []string{access.Adviser, access.Lawyer, access.Mayor, access.Officer} {
		people[role] = work.Actor{Account: role, Roles: []string{role}}
	}
	k := New(policies(t))
	for today := day("2026-11-01"); today <= day("2028-12-31"); today++ {
		seen, types, letters := map[Stage]bool{}, map[string]bool{}, map[string]bool{}
		now := today.Midnight().Add(30 * time.Minute)
		for _, story := range stories(today, people) {
			r := k.New(dossier.Head{Kind: Name, Purpose: Purpose})
			for _, s := range story {
				when := s.At
				if when.After(now) {
					when = now
				}
				at := dossier.At{Now: when, Today: deadlines.DayOf(when), Calendar: calendar, Actor: people[s.Role]}
				var err error
				if r, err = k.Try(r, "sluiting."+s.Act, s.In, at); err != nil {
					t.Fatalf("started on %s: %s on %s: %v", today, s.Act, at.Today, err)
				}
			}
			seen[r.standing(dossier.At{Now: now, Today: today, Calendar: calendar})], types[r.Report.Type] = true, true
			for _, l := range letterKinds {
				letters[l.Code] = letters[l.Code] || l.Ready(r)
			}
		}
		for _, s := range []Stage{Reported, Grounded, Heard, Drafted, Checked, Signed, Warned, Ordered, Sealed, Suspended, Over, Closed} {
			if !seen[s] {
				t.Fatalf("started on %s nobody meets a closure that is %s", today, s)
			}
		}
		for _, tr := range transitions {
			if tr.to != "" && !seen[tr.to] {
				t.Fatalf("started on %s nobody meets a closure that is %s", today, tr.to)
			}
		}
		if len(types) != 2 {
			t.Fatalf("started on %s there are %v", today, types)
		}
		for code, there := range letters {
			if !there {
				t.Fatalf("started on %s there is no letter %s", today, code)
			}
		}
	}
}
