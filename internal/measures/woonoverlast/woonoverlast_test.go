package woonoverlast

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
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/text"
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

// file is an order in a test without a database: acts at moments.
type file struct {
	t     testing.TB
	kind  dossier.Kind[Woonoverlast]
	r     Woonoverlast
	steps []dossiertest.Step
	last  time.Time
}

func begin(t testing.TB) *file {
	k := New(policies(t))
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
	r, err := f.kind.Try(f.r, "woonoverlast."+act, in, at(on, who))
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
	f.steps = append(f.steps, dossiertest.Step{After: now.Sub(f.last), Who: who, Act: "woonoverlast." + act, In: in})
	f.r, f.last = r, now.Add(time.Second)
	return f
}

// refusal is the code of a refusal, or empty when the act is taken.
func (f *file) refusal(on, who, act string, in any) string {
	_, err := f.kind.Try(f.r, "woonoverlast."+act, in, at(on, who))
	x := fault.Of(err)
	switch {
	case err == nil:
		return ""
	case x == nil:
		return err.Error()
	case len(x.Fields) > 0:
		return strings.TrimPrefix(x.Fields[0].Code, "woonoverlast.")
	}
	return strings.TrimPrefix(x.Code, "woonoverlast.")
}

var (
	aReport = Report{Place: "Kade 14, Maassluis", Resident: "B. Overlast", Role: "tenant", Minors: "kind van 7", At: when("2026-01-05 03:30"), Nature: "noise", Words: "Harde muziek tot half vier.",
		Source: "neighbour", Reporter: "A. Buurvrouw, Kade 16", Lead: "noor", Deputy: "lars"}
	second   = Incident{At: when("2026-01-12 01:00"), Nature: "visitors", Words: "Geschreeuw in het trappenhuis.", Source: "neighbour", Reporter: "C. Buurman, Kade 18"}
	third    = Incident{At: when("2026-01-24 02:00"), Nature: "noise", Words: "Een toezichthouder hoorde muziek.", Source: "officer", Reporter: "Toezichthouder 12"}
	aTry     = Attempt{Kind: "mediation", On: day("2026-01-15"), By: "Buurtbemiddeling", Words: "De bewoner kwam niet.", Result: "declined"}
	aWarning = Warning{Sent: day("2026-01-26"), Until: day("2026-02-09"), Words: "Na 22.00 uur geen muziek."}
	aWeigh   = Weighing{Serious: "De buren slapen slecht.", Lighter: "Bemiddeling en waarschuwing hielpen niet.", Blame: "De bewoner kan de muziek zachter zetten.", Care: "Geen medische reden bekend.",
		Minors: "Het kind heeft ook last.", Home: "De bewoner houdt de woning.", Balance: "De rust van de buren weegt zwaarder."}
	aDraft    = Draft{Facts: "Sinds januari is er in de nacht harde muziek.", Enforce: "dwangsom", Amount: 25000, Maximum: 250000, Months: 6, Weeks: 8}
	aBanDraft = BanDraft{Born: day("1984-04-03"), Facts: "Drie nachten feest ondanks de aanwijzing.", Why: "De dwangsom hielp niet.", Shelter: "Bij zijn broer.", Minors: "Het kind gaat naar zijn moeder.", Heard: "De bewoner wil geen verbod."}
	aDecision = Decision{Capacity: "mayor", Serious: true, Last: true}
)

func reported(t testing.TB) *file {
	in := aReport
	return begin(t).do("2026-01-06 10:00", "noor", "report", &in)
}

// logged is a file with a log that is enough.
func logged(t testing.TB) *file {
	return reported(t).do("2026-01-13 10:00", "noor", "incident", &second).do("2026-01-25 10:00", "jet", "incident", &third)
}

func warned(t testing.TB) *file {
	return logged(t).do("2026-01-25 11:00", "noor", "try", &aTry).do("2026-01-26 10:00", "noor", "warn", &aWarning)
}

func ruled(t testing.TB) *file {
	return warned(t).do("2026-02-10 10:00", "noor", "conduct", &Rule{Code: "muziek-nacht"}).
		do("2026-02-10 10:05", "noor", "conduct", &Rule{Code: own, Words: "U laat de voordeur na 22.00 uur dicht.", Check: "Een toezichthouder kijkt of de deur openstaat."})
}

func heard(t testing.TB) *file {
	return ruled(t).do("2026-02-10 10:30", "noor", "weigh", &aWeigh).do("2026-02-10 11:00", "lars", "intend", &Intention{Sent: day("2026-02-10"), ViewDays: 14})
}

func viewed(t testing.TB) *file {
	return heard(t).do("2026-02-20 10:00", "lars", "view", &View{Received: day("2026-02-19"), How: "written", Words: "Het valt mee.", Answer: "De meldingen zeggen anders."})
}

func proposed(t testing.TB) *file {
	in := aDraft
	return viewed(t).do("2026-02-26 10:00", "lars", "draft", &in)
}

func decided(t testing.TB) *file {
	return proposed(t).do("2026-02-27 10:00", "burg", "decide", &aDecision)
}

// inForce is an order that was made known on Monday 2 March 2026, for six months.
func inForce(t testing.TB) *file {
	return decided(t).do("2026-03-02 10:00", "lars", "publish", &Publication{On: day("2026-03-02"), How: "both", Proof: "Akte"})
}

// breached is one of which an inspection saw a breach.
func breached(t testing.TB) *file {
	return inForce(t).do("2026-03-14 10:00", "jet", "inspect", &Inspection{At: when("2026-03-14 01:00"), Rule: "1", Result: "breach", Words: "Vijf minuten muziek gehoord."})
}

func banWaiting(t testing.TB) *file {
	return breached(t).do("2026-03-20 10:00", "lars", "ban-draft", &aBanDraft)
}

func banDecidedFile(t testing.TB) *file {
	return banWaiting(t).do("2026-03-20 14:00", "burg", "ban", &BanDecision{At: when("2026-03-20 13:55"), Capacity: "mayor", Needed: true})
}

// banned is a ban from Friday 20 March 2026 at 22.15, over the change to summer time.
func banned(t testing.TB) *file {
	return banDecidedFile(t).do("2026-03-20 22:20", "lars", "announce", &Announcement{At: when("2026-03-20 22:15"), Proof: "Akte"})
}

func anExtension(until string) *BanExtension {
	return &BanExtension{Until: when(until), Capacity: "mayor", Fear: true, Heard: "Hij wil terug.", Why: "Hij kondigt een feest aan."}
}

func banExtended(t testing.TB) *file {
	return banned(t).
		do("2026-03-21 09:10", "lars", "counsel", &Counsel{At: when("2026-03-21 09:00"), Wanted: true}).
		do("2026-03-21 14:10", "lars", "assign", &Assigned{At: when("2026-03-21 14:00"), Name: "Mr. Verzonnen"}).
		do("2026-03-28 16:00", "burg", "extend-ban", anExtension("2026-04-17 22:15")).
		do("2026-03-29 11:00", "lars", "serve", &Serving{What: "ban", At: when("2026-03-29 10:30"), How: "handed", Proof: "Akte"})
}

// From the first report to the closed file: breaches with their sums, a ban that is
// extended, an evaluation, an extension of the order, and its end.
func TestEnded(t *testing.T) { endedFile(t) }

func endedFile(t testing.TB) *file {
	f := banExtended(t)
	if f.r.BanEnds(calendar) != when("2026-04-17 22:15") {
		t.Fatalf("the ban ends %s", f.r.BanEnds(calendar))
	}
	f.do("2026-04-01 10:00", "jet", "inspect", &Inspection{At: when("2026-04-01 09:00"), Rule: "ban", Result: "breach", Words: "Hij was in de woning."}).
		do("2026-04-01 11:00", "lars", "forfeit", &Forfeit{Inspection: 1}).
		do("2026-04-01 11:05", "lars", "forfeit", &Forfeit{Inspection: 2}).
		do("2026-04-02 10:00", "lars", "hand-over", &HandOver{Number: "M-2026-0041"}).
		do("2026-04-27 10:00", "noor", "evaluate", &Evaluation{On: day("2026-04-27"), Words: "Een overtreding.", Neighbours: "Beter.", Outcome: "goes-on", Next: day("2026-08-03")}).
		do("2026-08-03 10:00", "noor", "evaluate", &Evaluation{On: day("2026-08-03"), Words: "Nog onrustig.", Neighbours: "Wisselend.", Outcome: "extend"}).
		do("2026-08-20 10:00", "burg", "prolong", &Prolongation{Until: day("2026-12-01"), Capacity: "deputy", Heard: "Hij vindt het te lang.", Why: "Het is nog onrustig."}).
		do("2026-08-21 10:00", "lars", "serve", &Serving{What: "order", At: when("2026-08-21"), How: "post", Proof: "Aangetekend"})
	if got := f.r.Forfeited(); got != 50000 {
		t.Errorf("two breaches cost %d", got)
	}
	if got := f.r.Ends(); got != day("2026-12-01") {
		t.Errorf("the order ends %s", got)
	}
	return f.do("2026-12-02 10:00", "noor", "end", &End{Words: "Het is rustig."}).
		do("2026-12-03 10:00", "lars", "close", &Close{Outcome: "ended", Words: "Klaar."})
}

func holds(t testing.TB, f *file, on string, order, ban bool) {
	t.Helper()
	if got := f.r.Holds(when(on).At); got != order {
		t.Errorf("at %s the order holds: %v", on, got)
	}
	if got := f.r.BanHolds(when(on).At, calendar); got != ban {
		t.Errorf("at %s the ban holds: %v", on, got)
	}
}

// Suspended by the court nothing of it holds, the ban neither; revoked on objection it
// never was.
func TestSuspendedAndRevoked(t *testing.T) { revoked(t) }

func suspended(t testing.TB) *file {
	return banned(t).
		do("2026-03-23 10:00", "lars", "object", &Objection{Received: day("2026-03-23"), By: "B. Overlast", Words: "Te streng.", Committee: true, Told: true}).
		do("2026-03-23 11:00", "lars", "relief", &Relief{Against: "order", Received: day("2026-03-23")}).
		do("2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{Against: "order", At: when("2026-03-26 14:00"), Outcome: "suspended", PerGround: fell("balance"), Grounds: "De zorg is niet gewogen."})
}

func revoked(t testing.TB) *file {
	f := suspended(t)
	if c := card(f.r, at("2026-03-26 16:00", "lars")); f.r.Stage != Suspended || !c.Void {
		t.Errorf("%s, void %v: a suspended order is off everywhere", f.r.Stage, c.Void)
	}
	holds(t, f, "2026-03-26 13:59", true, true)
	holds(t, f, "2026-03-26 14:01", false, false)
	f.do("2026-05-01 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-05-01"), Outcome: "revoked", PerGround: fell("balance"), Grounds: "De zorg is niet gewogen."})
	if c := card(f.r, at("2026-05-02 10:00", "lars")); f.r.Stage != Over || !c.Void {
		t.Errorf("%s, void %v", f.r.Stage, c.Void)
	}
	return f.do("2026-05-02 10:00", "lars", "close", &Close{Outcome: "revoked", Words: "Herroepen."})
}

// A suspension until a day is over by itself; one until the judgment ends with it.
func TestResumed(t *testing.T) { resumedFile(t) }

func resumedFile(t testing.TB) *file {
	f := inForce(t).
		do("2026-03-10 10:00", "lars", "object", &Objection{Received: day("2026-03-10"), By: "B. Overlast", Words: "Te streng."}).
		do("2026-03-10 11:00", "lars", "relief", &Relief{Against: "order", Received: day("2026-03-10")}).
		do("2026-03-12 11:00", "lars", "rule-relief", &RuleRelief{Against: "order", At: when("2026-03-12 10:00"), Outcome: "suspended", Until: day("2026-03-20"), PerGround: fell("hearing"), Grounds: "Eerst horen."})
	for on, want := range map[string]Stage{"2026-03-20 23:59": Suspended, "2026-03-21 00:00": InForce, "2026-09-03 10:00": Over} {
		if got := f.r.standing(at(on, "lars")); got != want {
			t.Errorf("at %s it is %s, want %s", on, got, want)
		}
	}
	f.do("2026-04-20 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-04-20"), Outcome: "unfounded", Grounds: "Gehoord."}).
		do("2026-04-25 10:00", "lars", "appeal", &Appeal{Against: "order", Court: "rechtbank", Lodged: day("2026-04-24"), By: "resident"}).
		do("2026-04-25 11:00", "lars", "relief", &Relief{Against: "order", Received: day("2026-04-25")}).
		do("2026-05-01 11:00", "lars", "rule-relief", &RuleRelief{Against: "order", At: when("2026-05-01 10:00"), Outcome: "suspended", PerGround: fell("necessity"), Grounds: "Wacht de zaak af."}).
		do("2026-06-01 10:00", "lars", "judge", &Judge{Against: "order", Given: day("2026-05-29"), Sent: day("2026-06-01"), Outcome: "dismissed", Grounds: "De regels zijn helder."})
	holds(t, f, "2026-05-20 10:00", false, false)
	holds(t, f, "2026-06-02 10:00", true, false)
	return f
}

// Annulled by the court the order never was, and its sums are nobody's debt.
func TestAnnulled(t *testing.T) { annulledFile(t) }

func annulledFile(t testing.TB) *file {
	f := breached(t).do("2026-03-15 10:00", "lars", "forfeit", &Forfeit{Inspection: 1}).
		do("2026-03-16 10:00", "lars", "object", &Objection{Received: day("2026-03-16"), By: "B. Overlast", Words: "Te streng."}).
		do("2026-04-20 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-04-20"), Outcome: "unfounded", Grounds: "Terecht."}).
		do("2026-04-25 10:00", "lars", "appeal", &Appeal{Against: "order", Court: "rechtbank", Lodged: day("2026-04-24"), By: "resident"}).
		do("2026-06-01 10:00", "lars", "judge", &Judge{Against: "order", Given: day("2026-05-29"), Sent: day("2026-06-01"), Outcome: "annulled", PerGround: fell("wording"), Number: "ECLI:NL:RBROT:2026:2", Grounds: "Een regel is niet te controleren."})
	if f.r.Forfeited() != 0 || !card(f.r, at("2026-06-02 10:00", "lars")).Void {
		t.Errorf("annulled it still costs %d", f.r.Forfeited())
	}
	holds(t, f, "2026-03-14 01:00", false, false)
	return f.do("2026-06-02 10:00", "lars", "close", &Close{Outcome: "annulled", Words: "Vernietigd."})
}

// The ban goes to the court at once; annulled, the order stays.
func TestBanInCourt(t *testing.T) { banInCourt(t) }

func banAppealed(t testing.TB) *file {
	return banned(t).
		do("2026-03-23 10:00", "lars", "appeal", &Appeal{Against: "ban", Court: "rechtbank", Lodged: day("2026-03-23"), By: "resident"}).
		do("2026-03-23 10:10", "lars", "relief", &Relief{Against: "ban", Received: day("2026-03-23")})
}

func banInCourt(t testing.TB) *file {
	f := banAppealed(t).
		do("2026-03-25 10:10", "lars", "rule-relief", &RuleRelief{Against: "ban", At: when("2026-03-25 10:00"), Outcome: "suspended", PerGround: fell("home"), Grounds: "Er is nergens opvang."})
	holds(t, f, "2026-03-25 09:59", true, true)
	holds(t, f, "2026-03-25 10:01", true, false)
	f.do("2026-04-20 10:10", "lars", "judge", &Judge{Against: "ban", Given: day("2026-04-17"), Sent: day("2026-04-20"), Copies: day("2026-04-20"), Outcome: "annulled", PerGround: fell("necessity"), Grounds: "Er was iets lichters."})
	holds(t, f, "2026-03-22 10:00", true, false)
	return f.do("2026-04-21 10:00", "burg", "withdraw", &Withdrawal{Capacity: "mayor", Why: "De bewoner is verhuisd."}).
		do("2026-04-22 10:00", "lars", "close", &Close{Outcome: "withdrawn", Words: "Klaar."})
}

// With bestuursdwang the municipality ends the breach itself; the ban is withdrawn early.
func enforced(t testing.TB) *file {
	in := aDraft
	in.Enforce, in.Amount, in.Maximum, in.ComplyDays = "bestuursdwang", 0, 0, 7
	return ruled(t).do("2026-02-10 10:10", "noor", "strike", &Strike{Number: "2"}).
		do("2026-02-10 10:30", "noor", "weigh", &aWeigh).
		do("2026-02-11 10:00", "lars", "skip", &Skip{Ground: "urgent", Why: "Er wordt gedreigd."}).
		do("2026-02-12 10:00", "lars", "draft", &in).
		do("2026-02-12 12:00", "burg", "return", &Return{Words: "Is er zorg?"}).
		do("2026-02-12 14:00", "lars", "draft", &in).
		do("2026-02-13 10:00", "burg", "decide", &aDecision).
		do("2026-02-13 16:00", "lars", "publish", &Publication{On: day("2026-02-13"), How: "handed", Proof: "Akte"}).
		do("2026-02-25 10:00", "ruud", "inspect", &Inspection{At: when("2026-02-25 09:00"), Rule: "1", Result: "breach", Words: "Muziek gehoord."}).
		do("2026-02-25 12:00", "lars", "enforce", &Enforcement{Inspection: 1, On: day("2026-02-25"), Words: "De installatie is meegenomen.", Costs: 12500}).
		do("2026-02-26 10:00", "lars", "hand-over", &HandOver{Number: "M-2026-0042"}).
		do("2026-03-01 10:00", "lars", "ban-draft", &aBanDraft).
		do("2026-03-01 11:00", "burg", "ban", &BanDecision{At: when("2026-03-01 10:50"), Capacity: "deputy", Needed: true}).
		do("2026-03-01 12:00", "lars", "announce", &Announcement{At: when("2026-03-01 11:30"), Proof: "Akte"}).
		do("2026-03-04 12:00", "burg", "withdraw-ban", &BanWithdrawal{Capacity: "mayor", Why: "Hij werkt mee."})
}

func refusedFile(t testing.TB) *file {
	return proposed(t).do("2026-02-27 10:00", "burg", "refuse", &Refusal{Capacity: "mayor", Why: "Hij verhuist."}).
		do("2026-02-28 10:00", "lars", "close", &Close{Outcome: "refused", Words: "Klaar."})
}

// brokenOff: nothing else was tried, for a reason; a colleague helps; it ends there.
func brokenOff(t testing.TB) *file {
	return logged(t).do("2026-01-25 11:00", "noor", "none-tried", &NoneTried{Why: "De bewoner dreigt met een wapen."}).
		do("2026-01-26 10:00", "noor", "involve", &Involve{Account: "jet", Why: "Kent de buurt"}).
		do("2026-01-27 10:00", "lars", "close", &Close{Outcome: "not-pursued", Words: "Strafrecht gaat voor."})
}

// The ban ends at the time of day at which it was handed over, whatever happens to the
// clocks and whatever day it is (Gemeentewet 151d lid 3; Wth 9, 13).
func TestTheBanEndsOnTheClock(t *testing.T) {
	for _, row := range []struct{ start, tenDays, fourWeeks, why string }{
		{"2026-03-20 22:15", "2026-03-30 22:15", "2026-04-17 22:15", "over the change to summer time: 239 hours"},
		{"2026-10-16 02:10", "2026-10-26 02:10", "2026-11-13 02:10", "over the change to winter time: 241 hours"},
		{"2026-12-15 23:59", "2026-12-25 23:59", "2027-01-12 23:59", "it ends on Christmas Day: no Atw (Wth 13)"},
	} {
		r := Woonoverlast{Bans: []Ban{{Announced: &Announcement{At: when(row.start)}}}}
		if got := r.tenDays(calendar); !got.At.Equal(when(row.tenDays).At) {
			t.Errorf("from %s it ends %s, want %s: %s", row.start, got, row.tenDays, row.why)
		}
		if got := r.fourWeeks(calendar); !got.At.Equal(when(row.fourWeeks).At) {
			t.Errorf("from %s it can last until %s, want %s: %s", row.start, got, row.fourWeeks, row.why)
		}
	}
}

// The maximum cuts the last sum, and then nothing more is forfeited (Awb 5:32b lid 2).
func TestTheMaximumCutsTheLastSum(t *testing.T) {
	f := inForce(t)
	f.r.Draft.Amount, f.r.Draft.Maximum = 25000, 60000
	f.do("2026-03-10 10:00", "jet", "inspect", &Inspection{At: when("2026-03-10 01:00"), Rule: "1", Result: "breach", Words: "x"})
	for i, want := range []int{25000, 50000, 60000} {
		if i > 0 {
			f.do("2026-03-1"+string(rune('0'+i))+" 12:00", "jet", "inspect", &Inspection{At: when("2026-03-1" + string(rune('0'+i)) + " 01:00"), Rule: "1", Result: "breach", Words: "x"})
		}
		if f.do("2026-03-1"+string(rune('0'+i))+" 13:00", "lars", "forfeit", &Forfeit{Inspection: i + 1}); f.r.Forfeited() != want {
			t.Errorf("after %d breaches %d is forfeited, want %d", i+1, f.r.Forfeited(), want)
		}
	}
	f.do("2026-03-13 12:00", "jet", "inspect", &Inspection{At: when("2026-03-13 01:00"), Rule: "1", Result: "breach", Words: "x"})
	if got := f.refusal("2026-03-13 13:00", "lars", "forfeit", &Forfeit{Inspection: 4}); got != "maximum-reached" {
		t.Errorf("past the maximum: %q", got)
	}
}

// Two reports of one neighbour are one voice, however the name was typed; what is older
// than the look-back does not count.
func TestCounted(t *testing.T) {
	r := Woonoverlast{Policies: policies(t), Incidents: []Incident{
		{At: when("2025-01-01"), Reporter: "Oud"}, {At: when("2026-01-01"), Reporter: "A. Buur, Kade 1"}, {At: when("2026-01-11"), Reporter: "a.  buur"}, {At: when("2026-01-06"), Reporter: "B. Buur"}}}
	if got := r.counted(day("2026-02-01")); got != (tally{3, 2, 10}) {
		t.Errorf("counted %+v", got)
	}
}

// What the law asks, with its day or moment, each by a rule of the table of terms.
func TestTerms(t *testing.T) {
	ends := func(f *file) map[string]string {
		out := map[string]string{}
		for _, x := range f.r.Terms(calendar) {
			a, err := calendar.Answer(x.Question)
			if err != nil {
				t.Fatalf("%s: %v", x.Key, err)
			}
			s := a.End.String()
			switch {
			case x.Done:
				s += ", done"
			case x.Maybe:
				s += ", maybe"
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
	check("heard", ends(heard(t)), map[string]string{"view": "2026-02-24"})
	check("in force", ends(inForce(t)), map[string]string{"view": "2026-02-24, done", "objection": "2026-04-13"})
	// Six weeks after 14 March is Saturday 25 April; Monday is King's Day (Atw 1, 3).
	check("a sum", ends(breached(t).do("2026-03-15 10:00", "lars", "forfeit", &Forfeit{Inspection: 1})), map[string]string{"view": "2026-02-24, done", "objection": "2026-04-13", "pay-1": "2026-04-28", "limit-1": "2027-03-14"})
	check("banned", ends(banned(t)), map[string]string{"view": "2026-02-24, done", "objection": "2026-04-13", "ban-1": "2026-03-30T22:15:00+02:00", "ban-most-1": "2026-04-17T22:15:00+02:00, maybe", "ban-appeal-1": "2026-05-01"})
	check("in court", ends(banAppealed(t)), map[string]string{"view": "2026-02-24, done", "objection": "2026-04-13", "ban-1": "2026-03-30T22:15:00+02:00", "ban-most-1": "2026-04-17T22:15:00+02:00, maybe", "ban-appeal-1": "2026-05-01, done", "hearing-1": "2026-03-26"})
	more := ends(banExtended(t))
	if more["ban-1"] != "2026-03-30T22:15:00+02:00, done" || more["ban-most-1"] != "2026-04-17T22:15:00+02:00" || more["counsel-1"] != "2026-03-22T09:00:00+01:00, done" {
		t.Errorf("extended: %v", more)
	}
	if got := ends(enforced(t)); got["comply"] != "2026-02-20, done" || got["costs-1"] != "2031-02-25, done" || !strings.HasSuffix(got["ban-1"], ", done") {
		t.Errorf("bestuursdwang: %v", got)
	}
	if got := ends(suspended(t)); got["decide-objection-1"] != "2026-07-06" || !strings.HasSuffix(got["ban-1"], ", done") {
		t.Errorf("suspended: %v", got)
	}
	if got := ends(resumedFile(t)); got["appeal-1"] != "2026-06-01, done" || got["higher-1"] != "2026-07-13" {
		t.Errorf("judged: %v", got)
	}
	for k, got := range ends(endedFile(t)) {
		if !strings.HasSuffix(got, ", done") {
			t.Errorf("closed, %s: %s", k, got)
		}
	}
}

// The list shows the next evaluation, the end of the order or of an extended ban, with
// what the file waits for.
func TestCard(t *testing.T) {
	for name, row := range map[string]struct {
		f              *file
		on, stage, end string
		code           string
	}{
		"in force":      {inForce(t), "2026-03-10 10:00", "in-force", "2026-04-27", "evaluate"},
		"a ban waits":   {banWaiting(t), "2026-03-20 11:00", "ban-proposed", "2026-04-27", "evaluate"},
		"banned":        {banned(t), "2026-03-25 11:00", "in-force", "2026-03-30", "ban"},
		"after its end": {inForce(t), "2026-09-03 10:00", "over", "2026-04-27", "evaluate"},
	} {
		c := card(row.f.r, at(row.on, "noor"))
		if c.Stage != row.stage || c.Ends != day(row.end) || c.EndsCode != row.code || c.Void {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestOfAge(t *testing.T) {
	for _, row := range []struct {
		born, on string
		want     bool
	}{{"2008-03-20", "2026-03-20", true}, {"2008-03-21", "2026-03-20", false}, {"2008-02-29", "2026-02-28", false}, {"2008-02-29", "2026-03-01", true}} {
		if got := adultOn(day(row.born), day(row.on)); got != row.want {
			t.Errorf("born %s, on %s: %v", row.born, row.on, got)
		}
	}
}

func suite(t testing.TB) dossiertest.Suite[Woonoverlast] {
	t.Helper()
	d, p := Declaration(), policies(t)
	var m *Room
	return dossiertest.Suite[Woonoverlast]{Kind: New(p), State: func(r Woonoverlast) string { return string(r.Stage) }, Start: when("2026-01-06 10:00").At,
		Scripts: map[string][]dossiertest.Step{"ended": endedFile(t).steps, "revoked": revoked(t).steps, "resumed": resumedFile(t).steps, "annulled": annulledFile(t).steps, "ban in court": banInCourt(t).steps,
			"enforced": enforced(t).steps, "refused": refusedFile(t).steps, "broken off": brokenOff(t).steps},
		Purposes: d.Purposes, Acts: d.Acts, ReadAct: ReadAct,
		Ready: func(v *vault.Vault) {
			m = &Room{Law: Law(p), Register: measures.NewRegister(v), Watch: func(*work.Unit, *deadlines.Calendar, dossier.Head, Woonoverlast, string, []Term) error { return nil }}
		},
		Saved: func(u *work.Unit, h dossier.Head, r Woonoverlast) error { return m.Save(u, "", h, r, calendar) },
		Gone:  func(u *work.Unit, h dossier.Head) error { return m.Register.Drop(u, h.ID) },
		List: func(u *work.Unit, b *access.Book) (ids []string, err error) {
			rows, err := m.Register.List(u, b, Name, ReadAct, true)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids, err
		},
		Staff: staff, Secrets: []string{"Overlast", "Kade 14", "Buurvrouw", "Harde muziek"}, Golden: "testdata/grid.golden", Update: *update}
}

func TestKind(t *testing.T) {
	dossiertest.Run(t, func() dossiertest.Suite[Woonoverlast] { return suite(t) })
}

// The grid is a file that people read; every stage is in it.
func TestGridKnowsEveryStage(t *testing.T) {
	raw, err := os.ReadFile("testdata/grid.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Stage{Unopened, Reported, Warned, Heard, Proposed, Refused, Decided, InForce, Suspended, Over, Closed} {
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
	for _, v := range New(nil).Verbs {
		if !walked[v.Name] {
			t.Errorf("no script performs %s", v.Name)
		}
	}
}

// The policy that the program carries is read and tried; rules that contradict the law or
// themselves keep it from starting.
func TestPolicy(t *testing.T) {
	raw, err := builtin.ReadFile("policy/2026-voorbeeld.toml")
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		"incidents = 3": "incidents = 1", "amounts = [250, 500]": "amounts = [250]", "maximums = [2500, 5000]": "maximums = [100, 5000]", `act = "intend"`: `act = "decide"`, `code = "bezoek"`: `code = "own"`,
		`article = "APV`: `artikel = "APV`, "most_months = 12": "most_months = 0", "amount = 500": "amount = 501", `reference = "Mandaatbesluit (voorbeeld) nr. 22"`: `reference = ""`, `id = "woon`: "id = \"\"\n#",
	} {
		changed := strings.Replace(string(raw), from, to, 1)
		if _, err := parsePolicy(changed); changed == string(raw) || err == nil {
			t.Errorf("%s is taken", to)
		}
	}
	if _, err := LoadPolicies(t.TempDir()); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	dir := t.TempDir()
	for name, raw := range map[string]string{"a.toml": string(raw), "b.toml": strings.Replace(string(raw), `in_force = "2026-01-01"`, `in_force = "2027-01-01"`, 1)} {
		if err := os.WriteFile(dir+"/"+name, []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ps, err := LoadPolicies(dir)
	if err != nil || len(ps) != 2 || ps.On(day("2026-06-01")).InForce != day("2026-01-01") || ps.On(day("2027-06-01")).InForce != day("2027-01-01") {
		t.Errorf("two versions: %v", err)
	}
}

// A refusal names the article, so that who reads it can look it up.
func TestEveryGuardCitesItsArticle(t *testing.T) {
	for _, g := range guards {
		if g.article == "" {
			continue
		}
		for _, lang := range text.Langs {
			f := g.from(t)
			_, err := f.kind.Try(f.r, "woonoverlast."+g.act, g.in, at(g.at, g.who))
			x := fault.Of(err)
			if x == nil {
				t.Fatalf("%s: %v", g.rule, err)
			}
			said := measures.Refusal(text.For(lang), err)
			if len(x.Fields) > 0 {
				said = measures.Refusal(text.For(lang), fault.New(x.Kind, x.Fields[0].Code, x.Fields[0].Args...))
			}
			if !strings.Contains(said, g.article) {
				t.Errorf("%s (%s): %q does not name %s", g.rule, lang, said, g.article)
			}
		}
	}
}

func TestGuards(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range guards {
		if got := g.from(t).refusal(g.at, g.who, g.act, g.in); got != g.code {
			t.Errorf("%s: %q, want %q", g.rule, got, g.code)
		}
		seen[g.code] = true
	}
	if len(seen) < 60 {
		t.Errorf("only %d guards: %v", len(seen), slices.Sorted(maps.Keys(seen)))
	}
}

// fell is a ruling under which the decision did not stand.
func fell(grounds ...string) measures.PerGround { return measures.PerGround{Fell: grounds} }
