package dwangsom

import (
	"testing"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
)

// The demo is made on the day it is started. Whatever day that is, with its weekends
// and holidays, each act of its stories must be taken, and together they show a file in
// every stage and every letter.
func TestDemoWorksOnEveryDay(t *testing.T) {
	people := map[string]work.Actor{}
	for _, role := range []string{access.Lawyer, access.Officer, access.EnforcementCo, access.Mayor} {
		people[role] = work.Actor{Account: role, Roles: []string{role}}
	}
	k := New(policies(t))
	for today := day("2026-11-01"); today <= day("2028-12-31"); today++ {
		seen, letters := map[Stage]bool{}, map[string]bool{}
		for _, story := range stories(today, people) {
			r := k.New(dossier.Head{Kind: Name, Purpose: Purpose})
			for _, s := range story {
				now := s.on.Midnight().Add(11 * time.Hour)
				var err error
				if r, err = k.Try(r, "dwangsom."+s.act, s.in, dossier.At{Now: now, Today: s.on, Actor: people[s.role], Calendar: calendar}); err != nil {
					t.Fatalf("started on %s: %s on %s: %v", today, s.act, s.on, err)
				}
			}
			seen[r.Stage] = true
			for _, l := range letterKinds {
				letters[l.Code] = letters[l.Code] || l.Ready(r)
			}
		}
		for _, tr := range transitions {
			if tr.to != "" && !seen[tr.to] {
				t.Fatalf("started on %s nobody meets a file that is %s", today, tr.to)
			}
		}
		for code, there := range letters {
			if !there {
				t.Fatalf("started on %s there is no letter %s", today, code)
			}
		}
	}
}
