package gebiedsverbod

import (
	"testing"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// The demo is made at the moment at which it is started. Whatever that is, with the
// weekends, holidays and changes of the clocks around it, each act of its stories must
// be taken, and together they show a file in every state.
func TestDemoWorksAtEveryMoment(t *testing.T) {
	people := map[string]work.Actor{}
	for _, role := range []string{access.Adviser, access.Lawyer, access.Mayor, access.EnforcementCo, access.Officer} {
		people[role] = work.Actor{Account: role, Roles: []string{role}}
	}
	ground := demoTown(t)
	k := New(policies(t), ground)
	for d := day("2026-11-01"); d <= day("2028-12-31"); d++ {
		hour := time.Duration(int(d)%24)*time.Hour + 17*time.Minute
		now := d.Midnight().Add(hour)
		seen, letters := map[string]bool{}, map[string]bool{}
		for _, story := range stories(now, people, ground) {
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
				if r, err = k.Try(r, "gebiedsverbod."+s.Act, s.In, when); err != nil {
					t.Fatalf("started on %s: %s at %s: %v", now.In(text.Amsterdam), s.Act, s.At.In(text.Amsterdam), err)
				}
			}
			seen[string(r.standing(at(now)))] = true
			seen[r.Basis] = true
			for _, l := range letterKinds {
				letters[l.Code] = letters[l.Code] || l.Ready(r)
			}
		}
		for _, b := range bases {
			if !seen[b.code] {
				t.Fatalf("started on %s nobody meets an order on the basis %s", now.In(text.Amsterdam), b.code)
			}
		}
		for code, there := range letters {
			if !there {
				t.Fatalf("started on %s there is no letter %s", now.In(text.Amsterdam), code)
			}
		}
		for _, tr := range transitions {
			if tr.to != "" && !seen[string(tr.to)] {
				t.Fatalf("started on %s nobody meets a file that is %s", now.In(text.Amsterdam), tr.to)
			}
		}
		if !seen[string(Suspended)] {
			t.Fatalf("started on %s nobody meets a file that is suspended", now.In(text.Amsterdam))
		}
	}
}

// demoTown is a municipality in which the areas of the demo lie, with a street in each.
func demoTown(t *testing.T) *Ground {
	t.Helper()
	g := &Ground{}
	streets := []places.Street{{Name: "Koningshoek", Lines: [][]places.Point{{{X: 76000, Y: 438400}, {X: 76100, Y: 438500}}}}, {Name: "Haven", Lines: [][]places.Point{{{X: 77100, Y: 437600}, {X: 77200, Y: 437600}}}},
		{Name: "Tonplein", Lines: [][]places.Point{{{X: 76200, Y: 437200}, {X: 76300, Y: 437200}}}}}
	g.Set(places.Outline{{{{X: 74000, Y: 436000}, {X: 79000, Y: 436000}, {X: 79000, Y: 440000}, {X: 74000, Y: 440000}}}}, streets)
	return g
}
