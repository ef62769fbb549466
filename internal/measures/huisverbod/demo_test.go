package huisverbod

import (
	"testing"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// The demo is made at the moment at which it is started. Whatever that is, with the
// weekends, holidays and changes of the clocks around it, each act of its stories must
// be taken, and together they show a ban in every state.
func TestDemoWorksAtEveryMoment(t *testing.T) {
	people := map[string]work.Actor{}
	for _, role := range []string{access.Adviser, access.Lawyer, access.Mayor, access.Officer} {
		people[role] = work.Actor{Account: role, Roles: []string{role}}
	}
	k := New()
	for d := day("2026-11-01"); d <= day("2028-12-31"); d++ {
		hour := time.Duration(int(d)%24)*time.Hour + 17*time.Minute
		now := d.Midnight().Add(hour)
		seen, letters := map[Stage]bool{}, map[string]bool{}
		for _, story := range stories(now, people) {
			r := k.New(dossier.Head{Kind: Name, Purpose: Purpose})
			at := func(t time.Time) dossier.At {
				return dossier.At{Now: t, Today: deadlines.DayOf(t), Calendar: calendar}
			}
			for _, s := range story {
				if s.At.After(now) {
					t.Fatalf("started on %s: %s is in the future", now.In(text.Amsterdam), s.Act)
				}
				when := at(s.At)
				when.Actor = people[s.Role]
				var err error
				if r, err = k.Try(r, "huisverbod."+s.Act, s.In, when); err != nil {
					t.Fatalf("started on %s: %s at %s: %v", now.In(text.Amsterdam), s.Act, s.At.In(text.Amsterdam), err)
				}
			}
			seen[r.standing(at(now))] = true
			for _, l := range letterKinds {
				letters[l.Code] = letters[l.Code] || l.Ready(r)
			}
		}
		for _, tr := range transitions {
			if tr.to != "" && !seen[tr.to] {
				t.Fatalf("started on %s nobody meets a ban that is %s", now.In(text.Amsterdam), tr.to)
			}
		}
		for code, there := range letters {
			if !there {
				t.Fatalf("started on %s there is no letter %s", now.In(text.Amsterdam), code)
			}
		}
	}
}
