package gebiedsverbod

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/bakentest/dossiertest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/places"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

var update = flag.Bool("update", false, "write the golden tables anew")

func day(s string) deadlines.Day {
	d, err := deadlines.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// when reads "2026-03-20 22:15" as a wall clock in Amsterdam.
func when(s string) deadlines.When {
	w, err := deadlines.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

func policies(t testing.TB) Policies {
	t.Helper()
	p, err := LoadPolicies("")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// town is a square municipality of two kilometres with three streets.
func town() *Ground {
	g := &Ground{}
	g.Set(places.Outline{{{{X: 76000, Y: 437000}, {X: 78000, Y: 437000}, {X: 78000, Y: 439000}, {X: 76000, Y: 439000}}}},
		[]places.Street{{Name: "Kade", Lines: [][]places.Point{{{X: 76500, Y: 437500}, {X: 76900, Y: 437500}}}},
			{Name: "Lange Kade", Lines: [][]places.Point{{{X: 76700, Y: 437400}, {X: 76700, Y: 437900}}}},
			{Name: "Verweg", Lines: [][]places.Point{{{X: 77500, Y: 438500}, {X: 77800, Y: 438500}}}}})
	return g
}

const drawing = "76400 437300\n77000 437300\n77000 437800\n76400 437800"

// calendar is that of the law alone: no decree moves the end of an order.
var calendar = deadlines.Builtin()

// file is an order in a test without a database: acts at moments.
type file struct {
	t     testing.TB
	kind  dossier.Kind[Gebiedsverbod]
	r     Gebiedsverbod
	steps []dossiertest.Step
	last  time.Time
}

func begin(t testing.TB) *file {
	k := New(policies(t), town())
	return &file{t: t, kind: k, r: k.New(dossier.Head{ID: "x", Kind: Name, Purpose: Purpose})}
}

// noor is an adviser, lars a lawyer, ruud the coordinator of enforcement, burg the mayor,
// jet an officer.
var staff = map[string]string{"noor": access.Adviser, "lars": access.Lawyer, "ruud": access.EnforcementCo, "burg": access.Mayor, "jet": access.Officer}

func at(on, who string) dossier.At {
	now := when(on).At
	return dossier.At{Now: now, Today: deadlines.DayOf(now), Actor: work.Actor{Account: who, Name: who, Roles: []string{staff[who]}}, Calendar: calendar}
}

// do performs an act that must be taken.
func (f *file) do(on, who, act string, in any) *file {
	f.t.Helper()
	r, err := f.kind.Try(f.r, "gebiedsverbod."+act, in, at(on, who))
	if err != nil {
		f.t.Fatalf("%s at %s: %v", act, on, err)
	}
	now := at(on, who).Now
	if f.last.IsZero() {
		f.last = now
	}
	if now.Before(f.last) {
		f.t.Fatalf("%s at %s: before the act before it", act, on)
	}
	f.steps = append(f.steps, dossiertest.Step{After: now.Sub(f.last), Who: who, Act: "gebiedsverbod." + act, In: in})
	f.r, f.last = r, now.Add(time.Second)
	return f
}

// refusal is the code of a refusal, or empty when the act is taken.
func (f *file) refusal(on, who, act string, in any) string {
	_, err := f.kind.Try(f.r, "gebiedsverbod."+act, in, at(on, who))
	x := fault.Of(err)
	switch {
	case err == nil:
		return ""
	case x == nil:
		return err.Error()
	case len(x.Fields) > 0:
		return strings.TrimPrefix(x.Fields[0].Code, "gebiedsverbod.")
	}
	return strings.TrimPrefix(x.Code, "gebiedsverbod.")
}

var (
	theReport = Report{Person: "B. Ordeverstoorder", Born: day("1999-05-14"), Address: "Kade 14, Maassluis", Place: "De kade", At: when("2026-01-09 22:30"), Words: "Een groep gooide met flessen.",
		Source: "police", Reference: "PL1700-1", Serious: true, Group: true, Leading: true, Lead: "noor", Deputy: "lars"}
	second    = Incident{At: when("2026-01-16 23:00"), Words: "Dezelfde groep versperde de weg.", Source: "officer", Reference: "Rapport 41", Group: true}
	theArea   = Area{Outline: drawing, Streets: []string{"Kade", "Lange Kade, even nummers"}}
	someTimes = Limits{Days: "every", Hours: "18.00-06.00", Home: "Woont aan de Kade 14; de weg daarheen langs de Kade mag.", Work: "Geen werk in het gebied.", Care: "Huisarts buiten het gebied."}
	noOrder   = Consult{On: day("2026-01-20"), With: "Mr. A. Justitie", Outcome: "no-order", Words: "Geen bezwaar."}
	aWeigh    = Weighing{Fear: "Er is een nieuwe oproep.", Lighter: "Een waarschuwing hielp niet.", Size: "Alleen waar het gebeurde.", Balance: "De orde weegt zwaarder."}
	aView     = View{Received: day("2026-01-27"), How: "oral", Words: "Ik was er niet.", Answer: "Op de beelden is hij te zien."}
	aDraft    = Draft{Facts: "Twee verstoringen in januari.", Stay: true, Group: true, Count: 3, Unit: "months"}
	aDecision = Decision{Capacity: "mayor", Fear: true, Needed: true}
)

func reported(t testing.TB) *file {
	in := theReport
	return begin(t).do("2026-01-12 10:00", "noor", "report", &in)
}

func logged(t testing.TB) *file {
	return reported(t).do("2026-01-17 10:00", "noor", "incident", &second)
}

// based is a file with the leading role as its basis, and what that asks.
func based(t testing.TB) *file { return basedOn(logged(t), "leading") }

func basedOn(f *file, basis string) *file {
	return f.do("2026-01-19 10:00", "noor", "basis", &Basis{Code: basis, Why: "Hij ging voorop."}).do("2026-01-19 10:05", "noor", "area", &theArea).do("2026-01-19 10:10", "noor", "limits", &someTimes)
}

func consulted(t testing.TB) *file {
	return based(t).do("2026-01-20 11:00", "noor", "consult", &noOrder).do("2026-01-20 11:10", "noor", "weigh", &aWeigh)
}

func heard(t testing.TB) *file {
	return consulted(t).do("2026-01-20 12:00", "lars", "intend", &Intention{Sent: day("2026-01-20"), ViewDays: 7})
}

func viewed(t testing.TB) *file { return heard(t).do("2026-01-27 15:00", "lars", "view", &aView) }

func proposed(t testing.TB) *file { return viewed(t).do("2026-01-28 10:00", "lars", "draft", &aDraft) }

func decided(t testing.TB) *file {
	return proposed(t).do("2026-01-29 10:00", "burg", "decide", &aDecision)
}

// inForce is an order of three months: from 29 January 14.30 until 29 April 14.30.
func inForce(t testing.TB) *file {
	return decided(t).do("2026-01-29 15:00", "lars", "publish", &Publication{At: when("2026-01-29 14:30"), How: "handed", Proof: "Akte"})
}

// broken is an order that was broken, which is the report an extension needs.
func broken(t testing.TB) *file {
	return inForce(t).do("2026-02-14 23:00", "jet", "observe", &Observation{At: when("2026-02-14 22:40"), Street: "Kade", Result: "breach", Words: "Herkend van de kaart.", Reference: "PV 1"})
}

func extension(until string) *Extension {
	return &Extension{Until: when(until), Capacity: "mayor", Fear: true, Heard: "Hij is gebeld.", Why: "Hij overtrad het bevel en er is weer een oproep."}
}

func extended(t testing.TB) *file {
	return broken(t).do("2026-04-20 10:00", "burg", "extend", extension("2026-07-29 14:30")).
		do("2026-04-21 10:00", "lars", "serve", &Serving{What: "extension", At: when("2026-04-21 09:30"), How: "handed", Proof: "Akte"})
}

// chained is an order that was extended three times, until 29 January 2027.
func chained(t testing.TB) *file {
	f := extended(t)
	for _, x := range []struct{ report, on, until string }{{"2026-06-10", "2026-07-20", "2026-10-29 14:30"}, {"2026-09-10", "2026-10-20", "2027-01-29 14:30"}} {
		f.do(x.report+" 10:00", "noor", "incident", &Incident{At: when(x.report + " 01:00"), Words: "Weer een verstoring.", Source: "police", Reference: "PL " + x.report, Group: true}).
			do(x.on+" 10:00", "burg", "extend", extension(x.until)).
			do(x.on+" 16:00", "lars", "serve", &Serving{What: "extension", At: when(x.on + " 15:30"), How: "handed", Proof: "Akte"})
	}
	return f
}

// changed is an order with another area and other hours, an exemption, and a duty to
// report that was looked after; it ends by itself and is closed.
func changed(t testing.TB) *file {
	f := basedOn(logged(t), "serious").do("2026-01-19 10:20", "noor", "duty", &Duty{Where: "Stadhuis", Times: []string{"Elke zaterdag om 14.00 uur"}}).
		do("2026-01-20 11:00", "noor", "consult", &noOrder).do("2026-01-20 11:10", "noor", "weigh", &aWeigh).
		do("2026-01-20 12:00", "lars", "skip", &Skip{Ground: "urgent", Why: "Er is vanavond een oproep."}).
		do("2026-01-20 13:00", "lars", "draft", &aDraft).
		do("2026-01-20 14:00", "burg", "return", &Return{Words: "Is er met de ouders gesproken?"}).
		do("2026-01-20 15:00", "lars", "draft", &aDraft).
		do("2026-01-20 16:00", "burg", "decide", &aDecision).
		do("2026-01-20 17:00", "lars", "publish", &Publication{At: when("2026-01-20 16:30"), How: "handed", Proof: "Akte"})
	return f.do("2026-01-24 14:30", "ruud", "attend", &Attendance{At: when("2026-01-24 14:05"), Came: "came"}).
		do("2026-02-02 10:00", "burg", "exempt", &Exemption{From: when("2026-02-05 19:00"), Until: when("2026-02-05 22:00"), Where: "Rouwdienst aan de Kade", Why: "Familie.", Capacity: "mayor"}).
		do("2026-02-10 10:00", "burg", "change", &Change{Outline: "77400 438400\n77900 438400\n77900 438600\n77400 438600", Streets: []string{"Verweg"}, Days: "weekend-nights", Hours: "20.00-06.00", Why: "De groep is verplaatst.", Heard: "Gesproken.", Capacity: "mayor"}).
		do("2026-02-11 10:00", "lars", "serve", &Serving{What: "change", At: when("2026-02-11 09:00"), How: "handed", Proof: "Akte"}).
		do("2026-04-21 10:00", "noor", "end", &End{Words: "Rustig."}).
		do("2026-04-22 10:00", "lars", "close", &Close{Outcome: "ended", Words: "Klaar."})
}

// suspended is an order that the court suspended; it was upheld, and then annulled.
func suspended(t testing.TB) *file {
	return inForce(t).do("2026-02-02 10:00", "lars", "object", &Objection{Received: day("2026-02-02"), By: "B. Ordeverstoorder", Words: "Ik woon er."}).
		do("2026-02-02 10:10", "lars", "relief", &Relief{Received: day("2026-02-02")}).
		do("2026-02-16 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-02-16 14:00"), Outcome: "suspended", PerGround: fell("balance"), Grounds: "De weg naar huis is niet vrij."})
}

func upheld(t testing.TB) *file {
	return suspended(t).do("2026-03-10 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-03-10"), Outcome: "unfounded", Grounds: "De weg naar huis is vrij."}).
		do("2026-03-12 10:00", "lars", "appeal", &Appeal{Court: "rechtbank", Lodged: day("2026-03-12"), By: "addressee"})
}

func resumedFile(t testing.TB) *file {
	return upheld(t).do("2026-04-10 10:00", "lars", "judge", &Judge{Given: day("2026-04-09"), Sent: day("2026-04-10"), Outcome: "dismissed", Number: "ECLI:NL:RBROT:2026:1", Grounds: "Er was vrees."})
}

func annulledFile(t testing.TB) *file {
	return resumedFile(t).do("2026-04-20 10:00", "lars", "appeal", &Appeal{Court: "afdeling", Lodged: day("2026-04-20"), By: "addressee"}).
		do("2026-06-20 10:00", "lars", "judge", &Judge{Given: day("2026-06-19"), Sent: day("2026-06-20"), Outcome: "annulled", PerGround: fell("balance"), Number: "ECLI:NL:RVS:2026:1", Grounds: "Het gebied was te groot."}).
		do("2026-06-21 10:00", "lars", "close", &Close{Outcome: "annulled", Words: "Vernietigd."})
}

func revoked(t testing.TB) *file {
	return inForce(t).do("2026-02-02 10:00", "lars", "object", &Objection{Received: day("2026-02-02"), By: "x", Words: "x"}).
		do("2026-02-20 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-02-20"), Outcome: "revoked", PerGround: fell("balance"), Grounds: "Te weinig feiten."}).
		do("2026-02-21 10:00", "lars", "close", &Close{Outcome: "revoked", Words: "Herroepen."})
}

func withdrawn(t testing.TB) *file {
	return inForce(t).do("2026-02-10 10:00", "noor", "involve", &Involve{Account: "jet", Why: "Kent de groep"}).
		do("2026-03-01 10:00", "burg", "withdraw", &Withdrawal{Capacity: "deputy", Why: "Het is rustig."}).
		do("2026-03-02 10:00", "lars", "close", &Close{Outcome: "withdrawn", Words: "Klaar."})
}

func refusedFile(t testing.TB) *file {
	return proposed(t).do("2026-01-29 10:00", "burg", "refuse", &Refusal{Capacity: "mayor", Why: "De groep is weg."}).do("2026-01-30 10:00", "lars", "close", &Close{Outcome: "refused", Words: "Klaar."})
}

// kid is a file about a child of ten.
func kid(t testing.TB) *file {
	in := theReport
	in.Person, in.Born, in.Parent, in.Leading = "K. Kind", day("2015-06-01"), "P. Kind", false
	return begin(t).do("2026-01-12 10:00", "noor", "report", &in).do("2026-01-17 10:00", "noor", "incident", &second)
}

func kidViewed(t testing.TB) *file {
	l := someTimes
	l.Hours = "20.00-06.00"
	w := aWeigh
	w.Minor = "School en sport liggen buiten het gebied."
	return kid(t).do("2026-01-19 10:00", "noor", "basis", &Basis{Code: "child", Why: "Twee keer in een groep."}).do("2026-01-19 10:05", "noor", "area", &theArea).do("2026-01-19 10:10", "noor", "limits", &l).
		do("2026-01-19 10:20", "noor", "weigh", &w).do("2026-01-20 12:00", "lars", "intend", &Intention{Sent: day("2026-01-20"), ViewDays: 7}).do("2026-01-27 15:00", "lars", "view", &aView)
}

var kidDraft = Draft{Facts: "Ruiten ingegooid.", Accompany: true, Indoors: true, Count: 3, Unit: "months"}

// kidOrdered is an order to a parent: three months, and no more.
func kidOrdered(t testing.TB) *file {
	return kidViewed(t).do("2026-01-28 10:00", "lars", "draft", &kidDraft).do("2026-01-28 14:00", "burg", "decide", &aDecision).
		do("2026-01-28 16:00", "lars", "publish", &Publication{At: when("2026-01-28 15:00"), How: "handed", Proof: "Akte"})
}

// light is a file about a disturbance that goes on, on a day.
func light(t testing.TB, day string) *file {
	in := theReport
	in.At = when(day + " 09:30")
	return begin(t).do(day+" 10:00", "noor", "report", &in).do(day+" 10:05", "noor", "basis", &Basis{Code: "light", Why: "De groep staat er nog."}).
		do(day+" 10:10", "noor", "area", &theArea).do(day+" 10:15", "noor", "limits", &Limits{Days: "every", Home: "x", Work: "x", Care: "x"}).
		do(day+" 10:20", "noor", "weigh", &aWeigh).do(day+" 10:25", "lars", "skip", &Skip{Ground: "urgent", Why: "Het is nu gaande."})
}

// lightOrdered is a command of 48 hours, made known at 20.00.
func lightOrdered(t testing.TB, day string) *file {
	return light(t, day).do(day+" 19:30", "lars", "draft", &Draft{Facts: "x", Stay: true, Count: 48, Unit: "hours"}).do(day+" 19:40", "burg", "decide", &aDecision).
		do(day+" 20:05", "lars", "publish", &Publication{At: when(day + " 20:00"), How: "handed", Proof: "Akte"})
}

// sanctioned is a file after a sanction of a private organisation.
func sanctioned(t testing.TB) *file {
	return basedOn(reported(t).do("2026-01-18 10:00", "noor", "origin", &Origin{Kind: "sanction", From: "Voetbalbond", On: day("2026-01-15"), Words: "Stadionverbod."}), "sanction").
		do("2026-01-20 11:00", "noor", "consult", &noOrder).do("2026-01-20 11:10", "noor", "weigh", &aWeigh).do("2026-01-20 12:00", "lars", "skip", &Skip{Ground: "heard-before", Why: "Gehoord door de bond."})
}

func matchDays(t testing.TB) *file {
	return sanctioned(t).do("2026-01-21 10:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Unit: "moments", Moments: "01-02-2026 12.00-20.00\n08-02-2026\n14-02-2026 22.00-02.00"}).
		do("2026-01-21 12:00", "burg", "decide", &aDecision).
		do("2026-01-22 10:00", "lars", "publish", &Publication{At: when("2026-01-22 09:30"), How: "both", Proof: "Akte"})
}

// apvBan is the second order of the APV: four weeks.
func apvBan(t testing.TB) *file {
	return basedOn(reported(t), "apv").do("2026-01-20 11:10", "noor", "weigh", &aWeigh).do("2026-01-20 12:00", "lars", "skip", &Skip{Ground: "urgent", Why: "x"}).
		do("2026-01-20 13:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Count: 4, Unit: "weeks", Earlier: 1}).
		do("2026-01-20 14:00", "burg", "decide", &aDecision).
		do("2026-01-20 15:00", "lars", "publish", &Publication{At: when("2026-01-20 14:30"), How: "handed", Proof: "Akte"})
}

// brokenOff ends before there is a decision.
func brokenOff(t testing.TB) *file {
	return logged(t).do("2026-01-20 10:00", "lars", "close", &Close{Outcome: "not-pursued", Words: "Strafrecht gaat voor."})
}

// holds checks whether an order holds, and whether it binds, at a moment.
func holds(t testing.TB, f *file, on string, held, binds bool) {
	t.Helper()
	if got := f.r.Holds(when(on).At); got != held {
		t.Errorf("on %s it holds: %v", on, got)
	}
	if got := held && f.r.Binds(when(on).At); got != binds {
		t.Errorf("on %s it binds: %v", on, got)
	}
}

// An order begins at its Bekendmaking, to the minute, binds on its hours, and ends at the
// same time of day three months later.
func TestAnOrderHoldsAndBinds(t *testing.T) {
	f := inForce(t)
	holds(t, f, "2026-01-29 14:29", false, false)
	holds(t, f, "2026-01-29 14:30", true, false) // in force; its first hour is 18.00
	holds(t, f, "2026-01-29 18:00", true, true)
	holds(t, f, "2026-01-30 05:59", true, true)
	holds(t, f, "2026-01-30 06:00", true, false)
	holds(t, f, "2026-04-29 05:00", true, true)
	holds(t, f, "2026-04-29 14:29", true, false)
	holds(t, f, "2026-04-29 14:30", false, false)
	if got := f.r.Ends().String(); got != "2026-04-29T14:30:00+02:00" {
		t.Errorf("over the change of the clocks it ends %s", got)
	}
}

// Months end on the same day of the month, or its last; a chain counts each extension
// from the end of the last (Gemeentewet 172a lid 6 a; law.md 1.2).
func TestThreeMonthsOnTheCalendar(t *testing.T) {
	for _, row := range []struct{ start, end string }{
		{"2026-01-29 14:30", "2026-04-29 14:30"}, {"2026-11-30 09:00", "2027-02-28 09:00"}, {"2026-05-31 23:59", "2026-08-31 23:59"}, {"2026-12-26 02:30", "2027-03-26 02:30"},
		{"2026-09-27 10:00", "2026-12-27 10:00"}, // ends on a Sunday: the end of a ban is not moved
	} {
		if got := threeMonths(when(row.start).At); !got.Equal(when(row.end).At) {
			t.Errorf("from %s until %s, want %s", row.start, got, row.end)
		}
	}
	f := chained(t)
	if got := f.r.Ends().String(); got != "2027-01-29T14:30:00+01:00" {
		t.Errorf("three extensions end %s", got)
	}
}

// Hours that pass midnight belong to the day on which they begin, and follow the clock on
// the wall when that changes.
func TestHours(t *testing.T) {
	for _, row := range []struct {
		hours, days, on string
		want            bool
	}{
		{"20.00-06.00", "weekend-nights", "2026-03-27 20:00", true},  // Friday
		{"20.00-06.00", "weekend-nights", "2026-03-28 05:59", true},  // the night of Friday
		{"20.00-06.00", "weekend-nights", "2026-03-29 05:59", true},  // the night of Saturday, in which the clocks go forward
		{"20.00-06.00", "weekend-nights", "2026-03-29 20:00", false}, // Sunday
		{"20.00-06.00", "weekend-nights", "2026-03-27 05:00", false}, // the night of Thursday
		{"09.00-17.00", "weekdays", "2026-03-27 09:00", true},
		{"09.00-17.00", "weekdays", "2026-03-27 17:00", false},
		{"09.00-17.00", "weekdays", "2026-03-28 10:00", false},
		{"9-24", "every", "2026-03-28 23:59", true},
		{"22:00–02:30", "weekend", "2026-10-25T02:15:00+02:00", true}, // the clocks go back: this hour comes twice
		{"22:00–02:30", "weekend", "2026-10-25T02:15:00+01:00", true}, // and it is the same hour on the wall
	} {
		h, ok := parseHours(row.hours)
		if !ok {
			t.Errorf("%s is not read", row.hours)
		}
		if got := h.covers(when(row.on).At, row.days); got != row.want {
			t.Errorf("%s on %s at %s: %v", row.hours, row.days, row.on, got)
		}
	}
	for _, bad := range []string{"20.00", "25.00-06.00", "20.60-06.00", "x-y", "20.00-20.00", "-1-5"} {
		if _, ok := parseHours(bad); ok {
			t.Errorf("%q is read", bad)
		}
	}
	for hours, want := range map[string]bool{"20.00-06.00": true, "21.00-05.00": true, "22.00-23.00": true, "01.00-06.00": true, "19.59-06.00": false, "20.00-06.01": false, "06.00-20.00": false, "05.00-21.00": false} {
		h, _ := parseHours(hours)
		if got := h.within(night); got != want {
			t.Errorf("%s within the night: %v", hours, got)
		}
	}
}

// Set moments: at most ninety days within 24 months (Gemeentewet 172a lid 6 b).
func TestSetMoments(t *testing.T) {
	f := matchDays(t)
	holds(t, f, "2026-02-01 12:00", true, true)
	holds(t, f, "2026-02-01 20:00", true, false)
	holds(t, f, "2026-02-08 00:00", true, true)
	holds(t, f, "2026-02-08 23:59", true, true)
	holds(t, f, "2026-02-15 01:59", true, true)
	holds(t, f, "2026-02-15 02:00", false, false)
	list := func(n int, step deadlines.Day) []span {
		var out []span
		for i := range n {
			out = append(out, span{day: day("2026-02-01") + deadlines.Day(i)*step, whole: true})
		}
		return out
	}
	for _, row := range []struct {
		list []span
		want string
	}{{list(90, 1), ""}, {list(91, 1), "ninety-days"}, {list(90, 8), ""}, {list(90, 9), "two-years"}, {nil, "no-moments"}, {append(list(90, 1), list(90, 1)...), ""},
		{append(list(89, 2), span{day: day("2026-02-01"), hours: hours{22 * 60, 60}}), ""}, // the night reaches another day: ninety
	} {
		if got := spread(row.list, day("2026-01-21")); got != row.want {
			t.Errorf("%d moments: %q, want %q", len(row.list), got, row.want)
		}
	}
}

// 48 hours are hours that pass: over the change to summer time the clock shows one more.
func TestALightCommandCountsHours(t *testing.T) {
	start := when("2026-03-27 20:00").At
	if got := deadlines.AtMoment(afterUnits(start, 48, "hours")).String(); got != "2026-03-29T21:00:00+02:00" {
		t.Errorf("48 hours end %s", got)
	}
	if got := lightOrdered(t, "2026-03-27").r.Ends().String(); got != "2026-03-29T21:00:00+02:00" {
		t.Errorf("the command ends %s", got)
	}
	if got := deadlines.AtMoment(afterUnits(start, 2, "days")).String(); got != "2026-03-29T20:00:00+02:00" {
		t.Errorf("two days end %s", got)
	}
}

// Suspended it does not hold; judged, it does again; annulled, it never did.
func TestAnOrderInCourt(t *testing.T) {
	f := suspended(t)
	holds(t, f, "2026-02-16 13:59", true, false)
	holds(t, f, "2026-02-16 19:00", false, false)
	if !card(f.r, at("2026-02-17 10:00", "lars")).Void {
		t.Error("a suspended order counts")
	}
	f = resumedFile(t)
	holds(t, f, "2026-04-10 19:00", true, true)
	holds(t, f, "2026-03-01 19:00", false, false)
	f = annulledFile(t)
	holds(t, f, "2026-02-01 19:00", false, false)
	f = revoked(t)
	holds(t, f, "2026-02-01 19:00", false, false)
	f = withdrawn(t)
	holds(t, f, "2026-02-20 19:00", true, true)
	holds(t, f, "2026-03-01 19:00", false, false)
}

// A change counts from its Bekendmaking, an exemption on its hours.
func TestChangeAndExemption(t *testing.T) {
	f := changed(t)
	holds(t, f, "2026-02-05 19:00", true, false) // the exemption
	holds(t, f, "2026-02-05 22:00", true, true)
	holds(t, f, "2026-02-10 19:00", true, true)  // decided, and not known yet
	holds(t, f, "2026-02-11 21:00", true, false) // a Wednesday: no longer
	holds(t, f, "2026-02-13 21:00", true, true)  // a Friday
	before, _ := f.r.inForce(when("2026-02-11 08:59").At)
	then, _ := f.r.inForce(when("2026-02-11 09:00").At)
	if !slices.Equal(before.Streets, theArea.Streets) || !slices.Equal(then.Streets, []string{"Verweg"}) {
		t.Errorf("streets %v, then %v", before.Streets, then.Streets)
	}
}

// The list of streets is that of the drawing; a line may say more of a street.
func TestTheListIsTheDrawing(t *testing.T) {
	g := town()
	if got := g.Listed(drawing); !slices.Equal(got, []string{"Kade", "Lange Kade"}) {
		t.Errorf("listed %v", got)
	}
	if got := g.orListed([]string{"x"}, drawing); !slices.Equal(got, []string{"x"}) {
		t.Errorf("a list that was written became %v", got)
	}
	for line, want := range map[string]bool{"Kade": true, "kade, nummers 2-40": true, "Kade (bij de brug)": true, "Kadeplein": false, "Lange Kade": false, "": false} {
		if names(line, "Kade") != want {
			t.Errorf("%q names the Kade: %v", line, !want)
		}
	}
	var none *Ground
	if none.fits(drawing, []string{"x"}) == nil {
		t.Error("an area was taken without a border")
	}
	bare := &Ground{}
	border, _ := g.Known()
	bare.Set(border, nil)
	if err := bare.fits(drawing, []string{"Ergens"}); err != nil {
		t.Errorf("without streets the list is the writer's own: %v", err)
	}
}

// On the day of the twelfth birthday 172b ends and the rest begins.
func TestTwelve(t *testing.T) {
	for _, row := range []struct{ born, on, child, other string }{
		{"2014-03-10", "2026-03-09", "", "under-twelve"}, {"2014-03-10", "2026-03-10", "not-a-child", ""},
		{"2016-02-29", "2028-02-28", "", "under-twelve"}, {"2016-02-29", "2028-02-29", "not-a-child", ""}, {"2012-02-29", "2023-02-28", "", "under-twelve"},
	} {
		b, _ := basisOf("child")
		o, _ := basisOf("serious")
		if got := ageFits(b, day(row.born), day(row.on)); got != row.child {
			t.Errorf("born %s, on %s, 172b: %q", row.born, row.on, got)
		}
		if got := ageFits(o, day(row.born), day(row.on)); got != row.other {
			t.Errorf("born %s, on %s, 172a: %q", row.born, row.on, got)
		}
	}
}

// What the law asks, with its day, each by a rule of the table of terms.
func TestTerms(t *testing.T) {
	ends := func(f *file) map[string]string {
		out := map[string]string{}
		for _, x := range f.r.Terms(calendar) {
			a, err := calendar.Answer(x.Question)
			if err != nil {
				t.Fatalf("%s: %v", x.Key, err)
			}
			s := a.End.String()
			if x.Done {
				s += ", done"
			}
			out[x.Key] = s
		}
		return out
	}
	check := func(name string, got, want map[string]string) {
		t.Helper()
		if !maps.Equal(got, want) {
			t.Errorf("%s:\n got %v\nwant %v", name, got, want)
		}
	}
	check("heard", ends(heard(t)), map[string]string{"view": "2026-01-27"})
	check("in force", ends(inForce(t)), map[string]string{"view": "2026-01-27, done", "most": "2026-04-29", "objection": "2026-03-12"})
	check("extended", ends(extended(t)), map[string]string{"view": "2026-01-27, done", "most": "2026-07-29", "objection": "2026-06-02"})
	if got := ends(chained(t))["most"]; got != "2027-01-29" {
		t.Errorf("a chain ends by law on %s", got)
	}
	check("a parent", ends(kidOrdered(t)), map[string]string{"view": "2026-01-27, done", "most": "2026-04-28", "objection": "2026-03-11"})
	check("set moments", ends(matchDays(t)), map[string]string{"most": "2028-02-01", "objection": "2026-03-05"})
	check("the APV", ends(apvBan(t)), map[string]string{"objection": "2026-03-03"})
	check("in appeal", ends(resumedFile(t)), map[string]string{"view": "2026-01-27, done", "most": "2026-04-29", "objection": "2026-03-12, done", "decide-objection-1": "2026-04-23, done", "appeal-1": "2026-04-21, done", "higher-1": "2026-05-22"})
	for k, got := range ends(changed(t)) {
		if !strings.HasSuffix(got, ", done") {
			t.Errorf("closed, %s: %s", k, got)
		}
	}
}

// The list shows when the order ends; over by the clock, it is over in the list too.
func TestCard(t *testing.T) {
	for name, row := range map[string]struct {
		f              *file
		on, stage, end string
	}{
		"in force":      {inForce(t), "2026-02-10 10:00", "in-force", "2026-04-29"},
		"extended":      {extended(t), "2026-05-10 10:00", "in-force", "2026-07-29"},
		"after its end": {inForce(t), "2026-04-29 14:30", "over", "2026-04-29"},
	} {
		c := card(row.f.r, at(row.on, "noor"))
		if c.Stage != row.stage || c.Ends != day(row.end) || c.EndsCode != "order-end" || c.Void {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func suite(t testing.TB) dossiertest.Suite[Gebiedsverbod] {
	t.Helper()
	d, p := Declaration(), policies(t)
	var m *Room
	return dossiertest.Suite[Gebiedsverbod]{Kind: New(p, town()), State: func(r Gebiedsverbod) string { return string(r.Stage) }, Start: when("2026-01-12 10:00").At,
		Scripts: map[string][]dossiertest.Step{"chained": chained(t).steps, "changed": changed(t).steps, "annulled": annulledFile(t).steps, "revoked": revoked(t).steps, "withdrawn": withdrawn(t).steps,
			"refused": refusedFile(t).steps, "a parent": kidOrdered(t).steps, "set moments": matchDays(t).steps, "APV": apvBan(t).steps, "light": lightOrdered(t, "2026-01-12").steps, "broken off": brokenOff(t).steps},
		Purposes: d.Purposes, Acts: d.Acts, ReadAct: ReadAct,
		Ready: func(v *vault.Vault) {
			m = &Room{Law: Law(p, town()), Register: measures.NewRegister(v), Watch: func(*work.Unit, *deadlines.Calendar, dossier.Head, Gebiedsverbod, string, []Term) error { return nil }}
		},
		Saved: func(u *work.Unit, h dossier.Head, r Gebiedsverbod) error { return m.Save(u, "", h, r, calendar) },
		Gone:  func(u *work.Unit, h dossier.Head) error { return m.Register.Drop(u, h.ID) },
		List: func(u *work.Unit, b *access.Book) (ids []string, err error) {
			rows, err := m.Register.List(u, b, Name, ReadAct, true)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids, err
		},
		Staff: staff, Secrets: []string{"Ordeverstoorder", "Kade 14", "De kade", "flessen"}, Golden: "testdata/grid.golden", Update: *update}
}

func TestKind(t *testing.T) {
	dossiertest.Run(t, func() dossiertest.Suite[Gebiedsverbod] { return suite(t) })
}

// The grid is a file that people read; every stage is in it.
func TestGridKnowsEveryStage(t *testing.T) {
	raw, err := os.ReadFile("testdata/grid.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Stage{Unopened, Reported, Heard, Proposed, Refused, Decided, InForce, Suspended, Over, Closed} {
		if !strings.Contains("\n"+string(raw), "\n"+string(s)+"\n") {
			t.Errorf("no script comes by %s", s)
		}
	}
}

// Every act is walked by a script.
func TestEveryActIsWalked(t *testing.T) {
	walked := map[string]bool{}
	for _, script := range suite(t).Scripts {
		for _, s := range script {
			walked[s.Act] = true
		}
	}
	for _, v := range New(nil, nil).Verbs {
		if !walked[v.Name] {
			t.Errorf("no script performs %s", v.Name)
		}
	}
}

// The form of a draft asks what its legal basis can order, and nothing that the law then
// refuses.
func TestADraftAsksWhatItsBasisCanOrder(t *testing.T) {
	for basis, want := range map[string]string{"": "Accompany Deviates Group Indoors Moments NewFacts Stay", "leading": "Group Moments NewFacts Stay", "child": "Accompany Indoors", "apv": "Deviates Stay", "light": "Stay"} {
		var asked []string
		for _, field := range []string{"Accompany", "Deviates", "Group", "Indoors", "Moments", "NewFacts", "Stay"} {
			if !idle("gebiedsverbod.draft", Gebiedsverbod{Basis: basis}, field) {
				asked = append(asked, field)
			}
		}
		if got := strings.Join(asked, " "); got != want {
			t.Errorf("%q asks %s, want %s", basis, got, want)
		}
	}
	if idle("gebiedsverbod.decide", Gebiedsverbod{Basis: "light"}, "Group") {
		t.Error("another act lost a field")
	}
}
