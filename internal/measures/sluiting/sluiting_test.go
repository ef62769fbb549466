package sluiting

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
	ps, err := LoadPolicies("")
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

// file is a closure in a test without a database: acts at moments, as a lawyer tells
// them.
type file struct {
	t     testing.TB
	kind  dossier.Kind[Sluiting]
	r     Sluiting
	steps []dossiertest.Step
	last  time.Time
}

func begin(t testing.TB) *file {
	k := New(policies(t))
	return &file{t: t, kind: k, r: k.New(dossier.Head{ID: "x", Kind: Name, Purpose: Purpose})}
}

// lars is a lawyer, noor the adviser, burg the mayor, jet an officer.
var staff = map[string]string{"lars": access.Lawyer, "noor": access.Adviser, "burg": access.Mayor, "jet": access.Officer}

// at reads a day as its morning.
func at(on, who string) dossier.At {
	if len(on) == 10 {
		on += " 10:00"
	}
	now := when(on).At
	return dossier.At{Now: now, Today: deadlines.DayOf(now), Actor: work.Actor{Account: who, Name: who, Roles: []string{staff[who]}}, Calendar: calendar}
}

// do performs an act that must be taken.
func (f *file) do(on, who, act string, in any) *file {
	f.t.Helper()
	now := at(on, who)
	if len(on) == 10 && now.Now.Before(f.last) && deadlines.DayOf(f.last) == now.Today {
		now.Now = f.last // another act of the same morning
	}
	r, err := f.kind.Try(f.r, "sluiting."+act, in, now)
	if err != nil {
		f.t.Fatalf("%s at %s: %v", act, on, err)
	}
	if f.last.IsZero() {
		f.last = now.Now
	}
	if now.Now.Before(f.last) {
		f.t.Fatalf("%s at %s: before the act before it", act, on)
	}
	f.steps = append(f.steps, dossiertest.Step{After: now.Now.Sub(f.last), Who: who, Act: "sluiting." + act, In: in})
	f.r, f.last = r, now.Now.Add(time.Second)
	return f
}

// refusal is the code of a refusal, or empty when the act is taken.
func (f *file) refusal(on, who, act string, in any) string {
	_, err := f.kind.Try(f.r, "sluiting."+act, in, at(on, who))
	x := fault.Of(err)
	switch {
	case err == nil:
		return ""
	case x == nil:
		return err.Error()
	case len(x.Fields) > 0:
		return strings.TrimPrefix(x.Fields[0].Code, "sluiting.")
	}
	return strings.TrimPrefix(x.Code, "sluiting.")
}

func with[T any](in T, change func(*T)) *T {
	if change != nil {
		change(&in)
	}
	return &in
}

var (
	aReport = Report{Type: Opium, Place: "Wipstraat 14", Object: "dwelling", Person: "R. Verzonnen", Address: "Wipstraat 14, 3144 AA Maassluis", Found: day("2026-02-20"), Dated: day("2026-02-26"), Received: day("2026-03-02"),
		Reference: "PL1700-2026-77", Facts: "In de keuken lag cocaïne in verkoopzakjes.", Lead: "lars", Deputy: "noor"}
	aFind       = Find{Limb: "trade", List: "I", HardGram: "42,5", Trade: "Veel meer dan voor eigen gebruik, in verkoopzakjes.", Signs: []string{"Weegschaal", "Contant geld"}}
	someone     = Residents{Adults: []string{"R. Verzonnen, huurder"}, Minors: []string{"Sem, 7 jaar"}, Holder: "tenant", Landlord: "Woonstichting Verzonnen", Source: "brp"}
	theRegistry = Registry{On: day("2026-03-04"), Reference: "MSS01 B 1234", RightHolders: []string{"Woonstichting Verzonnen"}}
	aView       = View{Received: day("2026-03-15"), How: "written", Words: "Hij wist er niet van.", Answer: "De zakjes lagen in zijn eigen keuken."}
	theWeighing = Weighing{Aim: "De handel stoppen.", Seriousness: "Handelshoeveelheid, verkocht vanuit de woning.", Lighter: "Een waarschuwing haalt de woning niet uit het circuit.", Area: "Bij een school.", Delay: "Het gaat nog steeds door.",
		Blame: "Hij verkocht zelf.", Tie: "Niet aan deze woning gebonden.", Medical: "Niets gebleken.", Minors: "De zoon kan naar zijn moeder, op dezelfde school.", Housing: "Hij kan naar zijn broer.", Lease: "De verhuurder overlegt nog.",
		Blacklist: "Er is een lijst; de verhuurder zet hem er niet op.", Duration: "Drie maanden is genoeg.", Outcome: "De sluiting is in verhouding."}
	aDraft = Draft{Cell: "W-H-1", Outcome: "closure", Summary: "Er zijn drugs verkocht vanuit uw woning.", Length: 3, Unit: "months", Course: "ordinary", Days: 7, Measures: []string{"De woning verlaten", "De sleutels inleveren"}, Costs: "offender"}
	aSeal  = Sealing{At: when("2026-04-07 11:00"), How: "sealed", By: []string{"J. de Handhaver"}, Record: "De woning was leeg. Sloten vervangen, zegel geplakt.", Authorisation: "Machtiging 2026-12 (Awbi)"}
	theEnd = Unsealing{At: when("2026-07-07 09:00"), To: "R. Verzonnen", By: []string{"J. de Handhaver"}}
)

func reported(t testing.TB) *file { return begin(t).do("2026-03-03", "lars", "report", &aReport) }

func grounded(t testing.TB) *file { return reported(t).do("2026-03-04", "lars", "find", &aFind) }

func known(t testing.TB) *file {
	return grounded(t).do("2026-03-04", "lars", "residents", &someone).do("2026-03-04", "lars", "registry", &theRegistry)
}

func intended(t testing.TB) *file {
	return known(t).do("2026-03-05", "lars", "intend", &Intention{Sent: day("2026-03-05"), ViewDays: 14})
}

func heard(t testing.TB) *file { return intended(t).do("2026-03-16", "lars", "view", &aView) }

func weighed(t testing.TB) *file { return heard(t).do("2026-03-17", "lars", "weigh", &theWeighing) }

func writ(t testing.TB) *file { return weighed(t).do("2026-03-18", "lars", "draft", &aDraft) }

func checked(t testing.TB) *file {
	return writ(t).do("2026-03-19", "noor", "check", &Check{Outcome: "approved"})
}

func signedFile(t testing.TB) *file {
	return checked(t).do("2026-03-20", "burg", "sign", &Signing{Capacity: "mayor", Weighed: true})
}

func to() []string { return []string{"R. Verzonnen", "Woonstichting  verzonnen"} }

// ordered is a closure that was made known on 23 March: the compliance term runs through
// 30 March.
func ordered(t testing.TB) *file {
	return signedFile(t).do("2026-03-23", "lars", "publish", &Publication{On: day("2026-03-23"), How: "handed", To: to(), Proof: "Akte van uitreiking"})
}

func objected(t testing.TB) *file {
	return ordered(t).do("2026-03-25", "lars", "object", &Objection{Against: "order", Received: day("2026-03-25"), By: "R. Verzonnen", Words: "Te zwaar.", Committee: true, Told: true})
}

func asked(t testing.TB) *file {
	return objected(t).do("2026-03-26", "lars", "relief", &Relief{Asked: day("2026-03-26"), Held: "held", Why: "Vast beleid: wij wachten."})
}

func refusedRelief(t testing.TB) *file {
	return asked(t).do("2026-04-06", "lars", "rule-relief", &RuleRelief{On: day("2026-04-03"), Outcome: "refused", Grounds: "De noodzaak is onderbouwd."})
}

// sealed is a closure that runs from 7 April to 7 July.
func sealed(t testing.TB) *file {
	in := aSeal
	return refusedRelief(t).do("2026-04-07 12:00", "jet", "seal", &in)
}

// From the report of the police to the closed file.
func TestClosedAndReopened(t *testing.T) { closedAndReopened(t) }

func closedAndReopened(t testing.TB) *file {
	f := sealed(t)
	if f.r.Stage != Sealed || f.r.Ends(calendar) != day("2026-07-07") {
		t.Fatalf("%s until %s", f.r.Stage, f.r.Ends(calendar))
	}
	f.do("2026-04-08", "lars", "landlord", &LandlordNotice{On: day("2026-04-08"), How: "post", Intention: "talks"}).
		do("2026-04-08", "lars", "wkpb", &Wkpb{On: day("2026-04-08"), Outcome: "unclear", Words: "Nagevraagd bij het Kadaster."}).
		do("2026-04-12", "jet", "seal-broken", &SealBreak{At: when("2026-04-11 23:30"), What: "broken", Words: "Zegel doorgesneden.", Reported: "PL1700-9", Resealed: true}).
		do("2026-04-20", "lars", "request", &Request{Received: day("2026-04-20"), From: "R. Verzonnen", Words: "Ik wil terug."}).
		do("2026-04-24", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "refused", Why: "Er is niets veranderd.", Capacity: "mayor"}).
		do("2026-05-01", "lars", "costs", &Costs{On: day("2026-05-01"), Items: []string{"Slotenmaker € 250", "Zegels € 20"}, Amount: 27000, Reasonable: "Hij had het zelf kunnen doen.", Proof: "Aangetekend"}).
		do("2026-05-12", "lars", "adjourn", &Adjourn{Number: 1, Weeks: 6, Why: "De commissie hoort pas in juli."}).
		do("2026-06-15", "lars", "remind", &Reminder{Sent: day("2026-06-15"), Warned: true}).
		do("2026-06-20", "lars", "pay", &Payment{On: day("2026-06-19"), Amount: 27000})
	if got := f.r.standing(at("2026-07-07", "lars")); got != Over {
		t.Errorf("on the day of its end it is %s", got)
	}
	f.do("2026-07-07 09:30", "jet", "unseal", &theEnd).
		do("2026-07-20", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-07-20"), Outcome: "unfounded", PerGround: measures.PerGround{Stood: []string{"necessity", "balance"}}, Grounds: "Noodzaak en evenwicht zijn onderbouwd."}).
		do("2026-08-10", "lars", "appeal", &Appeal{Objection: 1, Court: "rechtbank", Lodged: day("2026-08-10"), By: "offender"}).
		do("2026-11-10", "lars", "judge", &Judge{Sent: day("2026-11-09"), Outcome: "dismissed", Number: "ECLI:NL:RBROT:2026:1", Grounds: "De burgemeester mocht sluiten."})
	if f.r.How != "ended" || f.r.off() {
		t.Errorf("%q, off %v", f.r.How, f.r.off())
	}
	return f.do("2026-12-24", "lars", "close", &Close{Outcome: "ended", Words: "Afgerond."})
}

func holds(t testing.TB, f *file, on string, want bool) {
	t.Helper()
	if got := f.r.Holds(day(on), calendar); got != want {
		t.Errorf("on %s it holds: %v", on, got)
	}
}

func TestItHoldsFromTheClosingToItsEnd(t *testing.T) {
	f := sealed(t)
	for on, want := range map[string]bool{"2026-03-31": false, "2026-04-06": false, "2026-04-07": true, "2026-07-06": true, "2026-07-07": false} {
		holds(t, f, on, want)
	}
}

// An urgent closure of a bar has no compliance term (Awb 5:31 lid 1); opened early on
// request.
func TestUrgentAndOpenedEarly(t *testing.T) { urgent(t) }

func bar(t testing.TB) *file {
	return begin(t).do("2026-03-03", "noor", "report", with(aReport, func(r *Report) {
		r.Object, r.Place, r.Person, r.Received, r.Dated, r.Found = "premises-public", "Café De Kade (verzonnen)", "Vof De Kade", day("2026-03-03"), day("2026-03-03"), day("2026-03-02")
	})).
		do("2026-03-03", "lars", "find", with(aFind, func(f *Find) { f.HardUnits = 80 })).
		do("2026-03-03", "lars", "registry", with(theRegistry, func(r *Registry) { r.On, r.RightHolders = day("2026-03-03"), []string{"B.V. Vastgoed"} })).
		do("2026-03-03", "lars", "skip", &Skip{Ground: "urgent", Why: "De verkoop gaat deze avond door."}).
		do("2026-03-03", "lars", "weigh", with(theWeighing, func(w *Weighing) {
			w.Tie, w.Medical, w.Minors, w.Housing, w.Lease, w.Blacklist = "", "", "", "", "", ""
		}))
}

var barDraft = Draft{Cell: "P-H-1", Outcome: "closure", Summary: "In uw café zijn drugs verkocht.", Length: 6, Unit: "months", Course: "urgent", Urgency: "De verkoop gaat door.", Measures: []string{"Het café sluiten"}, Costs: "offender"}

func urgentSealed(t testing.TB) *file {
	return bar(t).do("2026-03-04", "lars", "draft", &barDraft).do("2026-03-04", "noor", "check", &Check{Outcome: "approved"}).
		do("2026-03-04", "burg", "sign-urgent", &SigningUrgent{Capacity: "deputy", Weighed: true}).
		do("2026-03-04", "lars", "publish", &Publication{On: day("2026-03-04"), How: "handed", To: []string{"Vof De Kade", "B.V. Vastgoed"}, Proof: "Akte"}).
		do("2026-03-04 18:30", "jet", "seal", &Sealing{At: when("2026-03-04 18:00"), How: "sealed", By: []string{"J."}, Record: "Gesloten."})
}

func urgent(t testing.TB) *file {
	f := urgentSealed(t).do("2026-05-01", "lars", "request", &Request{Received: day("2026-05-01"), From: "B.V. Vastgoed", Words: "Er komt een andere huurder."}).
		do("2026-05-10", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "granted", Open: day("2026-06-01"), Why: "De exploitant is weg.", Capacity: "mayor"})
	holds(t, f, "2026-05-31", true)
	holds(t, f, "2026-06-01", false)
	f.do("2026-06-01 12:00", "jet", "unseal", &Unsealing{At: when("2026-06-01 11:00"), To: "B.V. Vastgoed", By: []string{"J."}})
	if f.r.How != "reopened" {
		t.Error(f.r.How)
	}
	return f.do("2026-06-20", "lars", "close", &Close{Outcome: "reopened", Words: "Klaar."})
}

// So urgent that it was closed first and decided after (Awb 5:31 lid 2); suspended by the
// judge it does not hold, and revoked it never was.
func TestAtOnceSuspendedRevoked(t *testing.T) { atOnce(t) }

func atOnceDone(t testing.TB) *file {
	return bar(t).do("2026-03-03 22:30", "jet", "seal-at-once", &SealingAtOnce{Why: "Er werd geschoten.", At: when("2026-03-03 22:00"), How: "sealed", By: []string{"J."}, Record: "Dicht."})
}

func atOnceOrdered(t testing.TB) *file {
	return atOnceDone(t).do("2026-03-04", "lars", "draft", with(barDraft, func(d *Draft) { d.Course = "at-once" })).do("2026-03-04", "noor", "check", &Check{Outcome: "approved"}).
		do("2026-03-04", "burg", "sign-urgent", &SigningUrgent{Capacity: "mayor", Weighed: true}).
		do("2026-03-05", "lars", "publish", &Publication{On: day("2026-03-05"), How: "handed", To: []string{"Vof De Kade", "B.V. Vastgoed"}, Proof: "Akte"})
}

func suspended(t testing.TB) *file {
	return atOnceOrdered(t).do("2026-03-06", "lars", "object", &Objection{Against: "order", Received: day("2026-03-06"), By: "Vof De Kade", Words: "Ten onrechte."}).
		do("2026-03-06", "lars", "relief", &Relief{Asked: day("2026-03-06"), Held: "not-held", Why: "Het is al dicht."}).
		do("2026-03-13", "lars", "rule-relief", &RuleRelief{On: day("2026-03-13"), Outcome: "suspended", PerGround: fell("balance"), Grounds: "Het evenwicht is niet onderbouwd."})
}

func atOnce(t testing.TB) *file {
	f := atOnceOrdered(t)
	if f.r.Stage != Sealed || f.r.Ends(calendar) != day("2026-09-03") {
		t.Errorf("closed at once it is %s until %s: it counts from the closing", f.r.Stage, f.r.Ends(calendar))
	}
	f = suspended(t)
	if c := card(f.r, at("2026-03-14", "lars")); f.r.Stage != Suspended || !c.Void {
		t.Errorf("%s, void %v: a suspended closure is off everywhere", f.r.Stage, c.Void)
	}
	holds(t, f, "2026-03-12", true)
	holds(t, f, "2026-03-13", false)
	f.do("2026-03-13 14:30", "jet", "unseal", &Unsealing{At: when("2026-03-13 14:00"), To: "Vof De Kade", By: []string{"J."}}).
		do("2026-04-20", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-04-20"), Outcome: "revoked", PerGround: fell("balance"), Grounds: "Het evenwicht ontbrak."})
	if c := card(f.r, at("2026-04-21", "lars")); f.r.Stage != Over || !c.Void {
		t.Errorf("revoked: %s, void %v", f.r.Stage, c.Void)
	}
	holds(t, f, "2026-03-10", false)
	return f.do("2026-06-10", "lars", "close", &Close{Outcome: "revoked", Words: "Herroepen."})
}

// A first find of soft drugs in a dwelling is a warning.
func TestWarned(t *testing.T) { warned(t) }

var softFind = Find{Limb: "trade", List: "II", Plants: 12, Trade: "Meer dan vijf planten."}

func soft(t testing.TB) *file {
	return reported(t).do("2026-03-04", "lars", "find", &softFind)
}

func warnedFile(t testing.TB) *file {
	return soft(t).do("2026-03-05", "lars", "draft", &Draft{Cell: "W-S-1", Outcome: "warning", Summary: "U kweekte hennep.", Measures: []string{"Geen hennep meer kweken"}}).
		do("2026-03-06", "noor", "check", &Check{Outcome: "approved"}).do("2026-03-06", "burg", "warn", &SigningWarning{Capacity: "mayor", Weighed: true}).
		do("2026-03-09", "lars", "publish", &Publication{On: day("2026-03-09"), How: "post", To: []string{"R. Verzonnen"}, Proof: "Postregister"})
}

func warned(t testing.TB) *file {
	f := warnedFile(t)
	if c := card(f.r, at("2026-03-10", "lars")); f.r.Stage != Warned || c.InForceOn != day("2026-03-09") || c.Void {
		t.Errorf("%s, counts from %s, void %v: a warning counts as a first occasion", f.r.Stage, c.InForceOn, c.Void)
	}
	return f.do("2026-03-20", "lars", "close", &Close{Outcome: "warned", Words: "Gewaarschuwd."})
}

// A closure for public order is extended on a serious fear of repetition, and suspended
// until a day that the judge named.
func TestPublicOrder(t *testing.T) { publicOrder(t) }

var anOrder = Disturbance{Ground: "violence", Reach: "disturbed", Facts: "Een explosie bij de voordeur."}

func orderReported(t testing.TB) *file {
	return begin(t).do("2026-03-03", "lars", "report", with(aReport, func(r *Report) {
		r.Type, r.Found, r.Dated, r.Received = Order, day("2026-03-02"), day("2026-03-03"), day("2026-03-03")
	}))
}

func orderSealed(t testing.TB) *file {
	return orderReported(t).do("2026-03-03", "lars", "disturbance", &anOrder).
		do("2026-03-03", "lars", "residents", with(someone, func(r *Residents) { r.Minors = nil })).
		do("2026-03-03", "lars", "registry", with(theRegistry, func(r *Registry) { r.On = day("2026-03-03") })).
		do("2026-03-03", "lars", "skip", &Skip{Ground: "urgent", Why: "Er dreigt een tweede explosie."}).
		do("2026-03-03", "lars", "weigh", with(theWeighing, func(w *Weighing) {
			w.Minors, w.Medical, w.Blank = "", "", "Er is geen tijd om het na te vragen; dat gebeurt na de sluiting."
		})).
		do("2026-03-03", "lars", "draft", with(aDraft, func(d *Draft) {
			d.Cell, d.Length, d.Unit, d.Course, d.Days, d.Urgency, d.Costs = "O-B-1", 4, "weeks", "urgent", 0, "Er dreigt een tweede explosie.", "nobody"
		})).
		do("2026-03-03", "noor", "check", &Check{Outcome: "approved"}).do("2026-03-03", "burg", "sign-urgent", &SigningUrgent{Capacity: "mayor", Weighed: true}).
		do("2026-03-03", "lars", "publish", &Publication{On: day("2026-03-03"), How: "handed", To: to(), Proof: "Akte"}).
		do("2026-03-03 20:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.At = when("2026-03-03 19:00") }))
}

var anExtension = Extension{Length: 2, Unit: "weeks", Fear: "Er kwam een nieuwe bedreiging.", Heard: "Hij wil terug.", Balance: "Twee weken is te overzien.", Capacity: "mayor"}

func publicOrder(t testing.TB) *file {
	f := orderSealed(t).do("2026-03-24", "burg", "extend", &anExtension)
	if got := f.r.Ends(calendar); got != day("2026-03-31") {
		t.Errorf("before it is made known an extension changes nothing: %s", got)
	}
	f.do("2026-03-25", "lars", "serve", &Serving{On: day("2026-03-25"), How: "handed", Proof: "Akte"})
	if got := f.r.Ends(calendar); got != day("2026-04-14") {
		t.Errorf("extended it ends %s", got)
	}
	f.do("2026-03-26", "lars", "object", &Objection{Against: "order", Received: day("2026-03-26"), By: "R. Verzonnen", Words: "x"}).
		do("2026-03-26", "lars", "relief", &Relief{Asked: day("2026-03-26"), Held: "not-held", Why: "Gevaar."}).
		do("2026-03-30", "lars", "rule-relief", &RuleRelief{On: day("2026-03-30"), Outcome: "suspended", PerGround: fell("hearing"), Grounds: "Tot de bewoner is gehoord."}).
		do("2026-04-02", "lars", "resume", &Resume{On: day("2026-04-02"), How: "named-day", Why: "De rechter noemde 2 april."})
	if f.r.Stage != Sealed {
		t.Errorf("resumed: %s", f.r.Stage)
	}
	holds(t, f, "2026-04-01", false)
	holds(t, f, "2026-04-02", true)
	return f.do("2026-04-14 12:00", "jet", "unseal", &Unsealing{At: when("2026-04-14 11:00"), To: "R. Verzonnen", By: []string{"J."}})
}

// Annulled it never was: it counts nowhere, and its costs fall with it.
func TestAnnulled(t *testing.T) { annulled(t) }

func annulled(t testing.TB) *file {
	f := sealed(t).do("2026-05-01", "lars", "costs", &Costs{On: day("2026-05-01"), Items: []string{"Slot"}, Amount: 25000, Reasonable: "x", Proof: "x"}).
		do("2026-06-01", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-06-01"), Outcome: "shortened", Length: 10, Unit: "weeks", PerGround: fell("necessity"), Grounds: "Drie maanden is te lang."})
	if got := f.r.Ends(calendar); got != day("2026-06-16") {
		t.Errorf("shortened it ends %s", got)
	}
	f.do("2026-06-10", "lars", "appeal", &Appeal{Objection: 1, Court: "rechtbank", Lodged: day("2026-06-10"), By: "offender"}).
		do("2026-06-12", "lars", "judge", &Judge{Sent: day("2026-06-12"), Outcome: "annulled", PerGround: fell("home"), Number: "ECLI:NL:RBROT:2026:2", Grounds: "Het belang van het kind is niet gewogen."})
	if c := card(f.r, at("2026-06-13", "lars")); f.r.Stage != Over || !c.Void || f.r.owed() != 0 {
		t.Errorf("%s, void %v, owed %d", f.r.Stage, c.Void, f.r.owed())
	}
	holds(t, f, "2026-05-01", false)
	return f.do("2026-06-12 15:30", "jet", "unseal", &Unsealing{At: when("2026-06-12 15:00"), To: "R. Verzonnen", By: []string{"J."}}).
		do("2026-09-01", "lars", "close", &Close{Outcome: "annulled", Words: "Vernietigd."})
}

// An order that is not carried out is withdrawn (ECLI:NL:RBROT:2025:6095).
func TestWithdrawn(t *testing.T) { withdrawn(t) }

func withdrawn(t testing.TB) *file {
	f := ordered(t).do("2026-03-28", "lars", "extend-term", &Stretch{Until: day("2026-04-10"), Why: "De verhuizing kost meer tijd."}).
		do("2026-04-20", "burg", "withdraw", &Withdrawal{Why: "De huur is opgezegd en de woning is leeg.", Capacity: "mayor"})
	if c := card(f.r, at("2026-04-21", "lars")); !c.Void {
		t.Error("a withdrawn closure still counts")
	}
	return f.do("2026-05-20", "lars", "close", &Close{Outcome: "withdrawn", Words: "Ingetrokken."})
}

// Sent back by the lawyer and by the mayor, and then not pursued.
func TestSentBack(t *testing.T) { sentBack(t) }

func sentBack(t testing.TB) *file {
	return writ(t).do("2026-03-19", "noor", "check", &Check{Outcome: "returned", Remark: "Vraag na bij school."}).do("2026-03-20", "lars", "evidence", &Evidence{On: day("2026-03-19"), Words: "De school ziet geen bezwaar.", Source: "other"}).
		do("2026-03-20", "lars", "draft", &aDraft).do("2026-03-21", "noor", "check", &Check{Outcome: "approved"}).do("2026-03-22", "burg", "return", &Return{Remark: "Waar gaat het kind heen?"}).
		do("2026-03-23", "lars", "involve", &Involve{Account: "jet", Why: "Kent de straat"}).
		do("2026-03-24", "lars", "close", &Close{Outcome: "not-pursued", Words: "Het gezin is verhuisd."})
}

// held and released: the execution waits for the judge, and a lawyer may end that.
func TestHeldForTheJudge(t *testing.T) {
	f := asked(t)
	if got := f.refusal("2026-04-01 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.At = when("2026-04-01 11:00") })); got != "need.held" {
		t.Errorf("while it is held: %q", got)
	}
	if f.r.Reliefs[0].HeldBy != "lars" {
		t.Errorf("held by %q", f.r.Reliefs[0].HeldBy)
	}
	f.do("2026-04-01", "noor", "hold", &Hold{Held: "not-held", Why: "De verkoop gaat door."}).
		do("2026-04-01 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.At = when("2026-04-01 11:00") }))
}

// The matrix gives for each case its cell (law.md 4.5).
func TestMatrix(t *testing.T) {
	for _, row := range []struct {
		object string
		in     Find
		want   string
	}{
		{"dwelling", Find{Limb: "trade", HardGram: "0,6"}, "W-H-1"},
		{"dwelling", Find{Limb: "trade", HardGram: "500"}, "W-H-1"},
		{"dwelling", Find{Limb: "trade", HardGram: "500,001"}, "W-H-1-groot"},
		{"dwelling", Find{Limb: "trade", HardGram: "1", SoftGram: "5000"}, "W-H-1"}, // the heavier class decides
		{"dwelling", Find{Limb: "trade", HardGram: "1", Earlier: 1}, "W-H-2"},
		{"dwelling", Find{Limb: "trade", HardGram: "1", Earlier: 7}, "W-H-3"},
		{"dwelling", Find{Limb: "trade", Plants: 6}, "W-S-1"},
		{"dwelling", Find{Limb: "trade", Plants: 101}, "W-S-1-groot"},
		{"dwelling", Find{Limb: "trade", SoftGram: "3", Sold: true}, "W-S-1"}, // trade is proven in another way
		{"dwelling", Find{Limb: "preparation", PrepFor: "soft"}, "W-VS-1"},
		{"dwelling", Find{Limb: "preparation", PrepFor: "hard"}, "W-VH-1"},
		{"premises-public", Find{Limb: "trade", HardUnits: 2}, "P-H-1"},
		{"premises-other", Find{Limb: "trade", HardUnits: 2, Earlier: 4}, "L-H-2"},
		{"grounds", Find{Limb: "trade", Plants: 20}, "E-S-1"},
	} {
		r := Sluiting{Policies: policies(t), Report: &Report{Object: row.object}, Find: &row.in}
		if got := r.cell(day("2026-03-04")).Code; got != row.want {
			t.Errorf("%s %+v: %s, want %s", row.object, row.in, got, row.want)
		}
	}
	if got := (span{3, "months"}); !got.longer(span{13, "weeks"}, day("2026-07-01")) || got.longer(span{13, "weeks"}, day("2026-02-01")) {
		t.Error("three months are not thirteen weeks: it depends on the months")
	}
}

func TestGram(t *testing.T) {
	for s, want := range map[string]int{"": 0, "12": 12000, "12,4": 12400, "0,005": 5, " 3,25 ": 3250} {
		if got, ok := gram(s); !ok || got != want {
			t.Errorf("%q: %d, %v", s, got, ok)
		}
	}
	for _, s := range []string{"12.4", "1.000", "12,", "twaalf", "-3", "1,2345", "12345678"} {
		if _, ok := gram(s); ok {
			t.Errorf("%q was read", s)
		}
	}
}

// A policy that is not whole, contradicts its examples or closes at once on a first find
// of soft drugs is refused, with what is wrong.
func TestBadPolicies(t *testing.T) {
	raw, err := os.ReadFile("policy/2026-01-01.toml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parsePolicy(string(raw)); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ old, new, want string }{
		{"look_back_years = 5", "look_back_years = 0", "look_back_years"},
		{"look_back_years = 5", "look_back = 5", "not known"},
		{`code = "W-H-2"`, `code = "W-H-1"`, "twice"},
		{`outcome = "warning" },
  { code = "W-S-1-groot"`, `outcome = "closure", months = 3 },
  { code = "W-S-1-groot"`, "warning"},
		{`{ code = "O-B-1", ground = "violence", occasion = 1,`, `{ code = "O-B-1", ground = "violence", occasion = 3,`, "no cell"},
		{`outcome = "closure", months = 12 },`, `outcome = "closure" },`, "weeks or of months"},
		{`outcome = "closure", months = 12 },`, `outcome = "closure", months = 12, weeks = 2 },`, "weeks or of months"},
		{`ground = "weapon", occasion = 1`, `ground = "noise", occasion = 1`, "ground"},
		{"gram = 12.4\noutcome = \"closure\"\nmonths = 3", "gram = 12.4\noutcome = \"closure\"\nmonths = 4", "example 3"},
	} {
		s := strings.Replace(string(raw), row.old, row.new, 1)
		if s == string(raw) {
			t.Errorf("%q is not in the policy", row.old)
			continue
		}
		if _, err := parsePolicy(s); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: %v", row.new, err)
		}
	}
	dir := t.TempDir()
	for _, name := range []string{"a.toml", "b.toml"} {
		if err := os.WriteFile(dir+"/"+name, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := LoadPolicies(dir); err == nil || !strings.Contains(err.Error(), "same day") {
		t.Errorf("two versions from one day: %v", err)
	}
}

// The version of the matrix on the day of signing decides, whatever comes after it.
func TestTheVersionOfTheDayOfSigning(t *testing.T) {
	f := signedFile(t)
	next := policies(t)[0]
	next.ID, next.InForce = "later", day("2026-03-21")
	f.r.Policies = append(slices.Clone(f.r.Policies), next)
	if got := f.r.Policy(day("2026-06-01")).ID; got != "sluiting-voorbeeld-2026" {
		t.Errorf("judged by %s", got)
	}
}

// What the law asks because of a closure, with its day, each by a rule of the table of
// terms.
func TestTerms(t *testing.T) {
	ends := func(f *file) map[string]string {
		out := map[string]string{}
		for _, x := range f.r.Terms(calendar) {
			a, err := calendar.Answer(x.Question)
			if err != nil {
				t.Fatalf("%s: %v", x.Key, err)
			}
			s := a.End.String()
			if a.Rule.How == deadlines.Promptly {
				s = "without delay"
			}
			if x.Done {
				s += ", done"
			}
			out[x.Key] = s
		}
		return out
	}
	check := func(name string, f *file, want map[string]string) {
		t.Helper()
		got := ends(f)
		for _, k := range slices.Sorted(maps.Keys(want)) {
			if got[k] != want[k] {
				t.Errorf("%s, %s: %q, want %q", name, k, got[k], want[k])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d terms, want %d: %v", name, len(got), len(want), slices.Sorted(maps.Keys(got)))
		}
	}
	check("intended", intended(t), map[string]string{"view": "2026-03-19"})
	// The compliance term ends on Monday 6 April, Easter Monday, when it was set so: no Atw (DEC).
	easter := signedFile(t).do("2026-03-30", "lars", "publish", &Publication{On: day("2026-03-30"), How: "handed", To: to(), Proof: "x"})
	check("made known", easter, map[string]string{"view": "2026-03-19, done", "objection": "2026-05-11", "compliance": "2026-04-06"})
	check("sealed", sealed(t), map[string]string{"view": "2026-03-19, done", "objection": "2026-05-04, done", "compliance": "2026-03-30, done", "closure": "2026-07-07", "costs": "2031-04-07", "decide-objection-1": "2026-07-27"})
	check("at once", atOnceDone(t), map[string]string{"decision": "without delay"})
	check("suspended", suspended(t), map[string]string{"decision": "without delay, done", "objection": "2026-04-16, done", "closure": "2026-09-03, done", "costs": "2031-03-03", "decide-objection-1": "2026-05-28"})
	check("warned", warnedFile(t), map[string]string{})
	check("opened early", urgentSealed(t).do("2026-05-01", "lars", "request", &Request{Received: day("2026-05-01"), From: "x", Words: "x"}).
		do("2026-05-10", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "granted", Open: day("2026-06-01"), Why: "x", Capacity: "mayor"}),
		map[string]string{"objection": "2026-04-15", "closure": "2026-09-04, done", "reopening": "2026-06-01", "costs": "2031-03-04", "request-1": "2026-06-26, done"})
	owed := sealed(t).do("2026-05-01", "lars", "costs", &Costs{On: day("2026-05-01"), Items: []string{"x"}, Amount: 100, Reasonable: "x", Proof: "x"})
	got := ends(owed)
	for k, want := range map[string]string{"costs": "2031-04-07, done", "pay-1": "2026-06-12", "limit-1": "2031-06-12", "objection-costs-1": "2026-06-12"} {
		if got[k] != want {
			t.Errorf("costs, %s: %q, want %q", k, got[k], want)
		}
	}
	// A reminder interrupts the limitation of the claim (Awb 4:106).
	got = ends(owed.do("2026-06-15", "lars", "remind", &Reminder{Sent: day("2026-06-15"), Warned: true}))
	if got["limit-1"] != "2031-06-15" || got["reminder-1"] != "2026-06-29" {
		t.Errorf("after a reminder: %q, %q", got["limit-1"], got["reminder-1"])
	}
	for k, s := range ends(closedAndReopened(t)) {
		if !strings.HasSuffix(s, ", done") {
			t.Errorf("closed, %s still runs: %s", k, s)
		}
	}
}

// A closed file is kept as the Selectielijst says; an open one has no end.
func TestRetention(t *testing.T) {
	for name, row := range map[string]struct {
		f          *file
		item, last string
	}{
		"reopened":    {closedAndReopened(t), "Selectielijst 12.2", "2036-12-24"},
		"warned":      {warned(t), "Selectielijst 12.2", "2036-03-20"},
		"annulled":    {annulled(t), "Selectielijst 12.2", "2036-09-01"},
		"not pursued": {sentBack(t), "Selectielijst 12.3", "2027-03-24"},
	} {
		if k := row.f.r.Keep(); k.Item != row.item || k.Last() != day(row.last) {
			t.Errorf("%s: %s until %s", name, k.Item, k.Last())
		}
	}
	if k := objected(t).r.Keep(); k != (Keep{}) {
		t.Errorf("an open file: %+v", k)
	}
}

// What follows the clock: the row of a closure that ended.
func TestRowsFollowTheCalendar(t *testing.T) {
	d := &Room{Law: Law(policies(t))}
	for on, want := range map[string]string{"2026-07-06": "sealed", "2026-07-07": "over"} {
		s, err := d.Stand(dossier.Head{ID: "x"}, sealed(t).r, at(on, "lars"))
		if err != nil || s.Row.Stage != want || s.Row.Breach != Opium || s.Row.InForceOn != day("2026-03-23") || s.Row.NextCode != "closure" {
			t.Errorf("on %s: %+v, %v", on, s.Row, err)
		}
	}
}

func suite(t testing.TB) dossiertest.Suite[Sluiting] {
	t.Helper()
	d := Declaration()
	var m *Room
	return dossiertest.Suite[Sluiting]{Kind: New(policies(t)), State: func(r Sluiting) string { return string(r.Stage) }, Start: when("2026-03-03 10:00").At,
		Scripts: map[string][]dossiertest.Step{"closed and reopened": closedAndReopened(t).steps, "urgent": urgent(t).steps, "at once": atOnce(t).steps, "warned": warned(t).steps, "public order": publicOrder(t).steps,
			"annulled": annulled(t).steps, "withdrawn": withdrawn(t).steps, "sent back": sentBack(t).steps, "asked": asked(t).steps},
		Purposes: d.Purposes, Acts: d.Acts, ReadAct: ReadAct,
		Ready: func(v *vault.Vault) {
			m = &Room{Law: Law(policies(t)), Register: measures.NewRegister(v), Watch: func(*work.Unit, *deadlines.Calendar, dossier.Head, Sluiting, string, []Term) error { return nil }}
		},
		Saved: func(u *work.Unit, h dossier.Head, r Sluiting) error { return m.Save(u, "", h, r, calendar) },
		Gone:  func(u *work.Unit, h dossier.Head) error { return m.Register.Drop(u, h.ID) },
		List: func(u *work.Unit, b *access.Book) (ids []string, err error) {
			rows, err := m.Register.List(u, b, Name, ReadAct, true)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids, err
		},
		Staff: staff, Secrets: []string{"Verzonnen", "Wipstraat", "verkoopzakjes", "Sem, 7"}, Golden: "testdata/grid.golden", Update: *update}
}

func TestKind(t *testing.T) {
	dossiertest.Run(t, func() dossiertest.Suite[Sluiting] { return suite(t) })
}

// The grid is a file that people read; every stage stands in it.
func TestGridKnowsEveryStage(t *testing.T) {
	raw, err := os.ReadFile("testdata/grid.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Stage{Unopened, Reported, Grounded, Heard, Drafted, Checked, Signed, Warned, Ordered, Sealed, Suspended, Over, Closed} {
		if !strings.Contains("\n"+string(raw), "\n"+string(s)+"\n") {
			t.Errorf("no script comes by %s", s)
		}
	}
}

// A refusal names the article, so that a jurist can look it up.
func TestEveryGuardCitesItsArticle(t *testing.T) {
	for _, g := range guards {
		if g.article == "" {
			continue
		}
		for _, lang := range text.Langs {
			_, err := g.from(t).kind.Try(g.from(t).r, "sluiting."+g.act, g.in, at(g.at, g.who))
			x := fault.Of(err)
			if x == nil {
				t.Fatalf("%s: %v", g.rule, err)
			}
			said := measures.Refusal(text.For(lang), err)
			if len(x.Fields) > 0 {
				said = measures.Refusal(text.For(lang), fault.New(x.Kind, x.Fields[0].Code, x.Fields[0].Args...))
			}
			if !strings.Contains(said, g.article) || strings.Contains(said, "{{") || strings.Contains(said, "[sluiting") {
				t.Errorf("%s (%s): %q does not name %s", g.rule, lang, said, g.article)
			}
		}
	}
}

func TestGuards(t *testing.T) {
	for _, g := range guards {
		if got := g.from(t).refusal(g.at, g.who, g.act, g.in); got != g.code {
			t.Errorf("%s: %q, want %q", g.rule, got, g.code)
		}
	}
}

// fell is a ruling under which the decision did not stand.
func fell(grounds ...string) measures.PerGround { return measures.PerGround{Fell: grounds} }
