package dwangsom

import (
	"flag"
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
)

var update = flag.Bool("update", false, "write the golden tables anew")

var calendar = deadlines.Builtin()

func policies(t testing.TB) Policies {
	t.Helper()
	p, err := LoadPolicies("")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func day(s string) deadlines.Day {
	d, err := deadlines.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func when(s string) deadlines.When {
	w, err := deadlines.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

// file is a dwangsom in a test without a database: acts on days, as a lawyer tells
// them.
type file struct {
	t     *testing.T
	kind  dossier.Kind[Dwangsom]
	r     Dwangsom
	steps []dossiertest.Step
	last  time.Time
}

func begin(t *testing.T) *file {
	k := New(policies(t))
	return &file{t: t, kind: k, r: k.New(dossier.Head{ID: "x", Kind: Name, Purpose: Purpose})}
}

var roles = map[string][]string{"jet": {access.Officer}, "lars": {access.Lawyer}, "mia": {access.Lawyer}, "burg": {access.Mayor}, "henk": {access.EnforcementCo}}

func at(on, who string) dossier.At {
	now := day(on).Midnight().Add(15 * time.Hour)
	return dossier.At{Now: now, Today: day(on), Actor: work.Actor{Account: who, Roles: roles[who]}, Calendar: calendar}
}

// do performs an act that must be taken.
func (f *file) do(on, who, act string, in any) *file {
	f.t.Helper()
	r, err := f.kind.Try(f.r, "dwangsom."+act, in, at(on, who))
	if err != nil {
		f.t.Fatalf("%s on %s: %v", act, on, err)
	}
	now := at(on, who).Now
	if f.last.IsZero() {
		f.last = now
	}
	f.steps = append(f.steps, dossiertest.Step{After: max(now.Sub(f.last), 0), Who: who, Act: "dwangsom." + act, In: in})
	f.r, f.last = r, now.Add(time.Second)
	if len(f.steps) > 1 && now.Before(f.last.Add(-time.Second)) {
		f.t.Fatalf("%s on %s: before the act before it", act, on)
	}
	return f
}

// ungrounded is a ruling under which the order did not stand, on no ground at all.
func (f *file) ungrounded(on, act string, in any) {
	f.t.Helper()
	_, err := f.kind.Try(f.r, "dwangsom."+act, in, at(on, "lars"))
	if x := fault.Of(err); x == nil || len(x.Fields) != 1 || x.Fields[0].Name != "Fell" || x.Fields[0].Code != "measures.ground-needed" {
		f.t.Errorf("%s on %s: %v, want a ground", act, on, err)
	}
}

// refused performs an act that must not be taken, for this reason.
func (f *file) refused(on, who, act string, in any, code string) {
	f.t.Helper()
	_, err := f.kind.Try(f.r, "dwangsom."+act, in, at(on, who))
	x := fault.Of(err)
	if x == nil || x.Code != "dwangsom."+code && (len(x.Fields) == 0 || x.Fields[0].Code != "dwangsom."+code) {
		f.t.Errorf("%s on %s: %v, want dwangsom.%s", act, on, err, code)
	}
}

var (
	aReport = &Report{Place: "Havenkade 112", Offender: "M. van Rossum", Address: "Havenkade 112, 3144 AA Maassluis", Seen: when("2026-01-05T23:30:00+01:00"),
		Facts: "Luide muziek tot 03.00 uur, gemeten 62 dB", Source: "inspection", Lead: "lars"}
	aWeighing = &Weighing{Aim: "De overlast stoppen", Lighter: "Twee waarschuwingen en buurtbemiddeling hielpen niet", Blame: "Hij draait zelf de muziek", Means: "Hij kan zachter draaien",
		Circumstance: "Geen zorg bekend", Others: "Buren met jonge kinderen", Outcome: "De last is evenredig"}
	soundDraft = &Draft{Summary: "U moet ophouden met harde muziek", Measures: []string{"Geen geluid boven de norm tussen 22.00 en 07.00 uur"}, Per: PerBreach,
		Amount: 50000, Maximum: 500000, Motivation: "Past bij de ernst"}
	wasteDraft = &Draft{Summary: "U moet het afval weghalen", Measures: []string{"Al het afval van het erf weghalen"}, Per: PerUnit, Unit: "week",
		Amount: 25000, Maximum: 250000, Days: 28, Motivation: "Past bij de kosten van afvoer"}
)

// inForce brings a file to the day of its Bekendmaking, 9 February 2026.
func inForce(t *testing.T, breach string, d *Draft) *file {
	return begin(t).
		do("2026-01-06", "jet", "report", aReport).
		do("2026-01-07", "lars", "basis", &Basis{Breach: breach, Rule: "Het artikel verbiedt dit"}).
		do("2026-01-08", "lars", "intend", &Intention{Sent: day("2026-01-08"), ViewDays: 14}).
		do("2026-01-20", "lars", "view", &View{Received: day("2026-01-19"), How: "written", Words: "Hij ontkent", Answer: "De metingen zijn duidelijk"}).
		do("2026-01-21", "lars", "weigh", aWeighing).
		do("2026-02-02", "lars", "draft", d).
		do("2026-02-04", "mia", "check", &Check{Outcome: "approved"}).
		do("2026-02-06", "burg", "sign", &Sign{Mandate: mandateOf(breach), Read: true}).
		do("2026-02-09", "lars", "publish", &Publication{On: day("2026-02-09"), How: "registered", To: []string{"M. van Rossum"}, Proof: "3SABC"})
}

func mandateOf(breach string) string {
	if breach == "geluid-woning" {
		return "Gemeentewet art. 125 lid 3"
	}
	return "Mandaatbesluit (voorbeeld) nr. 12"
}

// From report to paid: an order per week of 250 euros up to 2,500.
func TestPaid(t *testing.T) { paid(t) }

func paid(t *testing.T) *file {
	t.Helper()
	f := inForce(t, "afval-erf", wasteDraft)
	if f.r.Stage != InForce || f.r.Compliance != day("2026-03-09") {
		t.Fatalf("%s, compliance until %s", f.r.Stage, f.r.Compliance)
	}
	f.do("2026-03-31", "jet", "inspect", &Inspection{At: when("2026-03-31T10:00:00+02:00"), Result: "breach", Words: "Het afval ligt er nog"}).
		do("2026-03-31", "lars", "forfeit", &Forfeit{Inspection: 1})
	// D + 7k: 16, 23 and 30 March.
	if n := len(f.r.Sums); n != 3 || f.r.Sums[0].On != day("2026-03-16") || f.r.Sums[2].On != day("2026-03-30") || f.r.Forfeited() != 75000 {
		t.Fatalf("%d sums: %+v", n, f.r.Sums)
	}
	f.refused("2026-03-31", "lars", "forfeit", &Forfeit{Inspection: 1}, "forfeit.no-full-unit")
	f.do("2026-04-02", "lars", "intend-recovery", &IntendRecovery{Sent: day("2026-04-02"), ViewDays: 14}).
		do("2026-04-20", "lars", "view-recovery", &View{Received: day("2026-04-20"), How: "none", Words: "Geen reactie", Answer: "Geen"}).
		do("2026-04-22", "lars", "recover", &Decision{On: day("2026-04-22"), Amount: 75000, Special: "Geen bijzondere omstandigheden", Proof: "3SDEF"}).
		do("2026-05-20", "lars", "remind", &Reminder{Sent: day("2026-05-20"), Warned: true}).
		do("2026-06-01", "lars", "pay", &Payment{On: day("2026-05-29"), Amount: 25000}).
		do("2026-06-02", "lars", "pay", &Payment{On: day("2026-06-01"), Amount: 50000})
	if f.r.Outstanding() != 0 {
		t.Fatalf("%d open", f.r.Outstanding())
	}
	f.refused("2026-06-03", "lars", "pay", &Payment{On: day("2026-06-03"), Amount: 100}, "need.debt")
	f.refused("2026-06-03", "lars", "close", &Close{Outcome: "complied", Words: "x"}, "close-forfeited")
	f.do("2026-06-03", "lars", "close", &Close{Outcome: "paid", Words: "Betaald"})
	f.refused("2026-06-04", "lars", "evidence", &Evidence{On: when("2026-06-04"), Words: "x", Source: "other"}, "block.closed")
	return f
}

// To prescribed: nobody interrupts within the year.
func TestPrescribed(t *testing.T) { prescribed(t) }

func prescribed(t *testing.T) *file {
	t.Helper()
	f := inForce(t, "geluid-woning", soundDraft)
	f.do("2026-03-02", "jet", "inspect", &Inspection{At: when("2026-03-01T01:15:00+01:00"), Result: "breach", Words: "Weer luide muziek"}).
		do("2026-03-02", "lars", "forfeit", &Forfeit{Inspection: 1})
	if s := f.r.Sums[0]; s.On != day("2026-03-01") || s.Cents != 50000 {
		t.Fatalf("%+v", s)
	}
	a, err := f.r.limitation(calendar, f.r.Sums[0])
	if err != nil || a.End.Day != day("2027-03-01") {
		t.Fatalf("%s, %v", a.End, err)
	}
	f.do("2026-03-03", "lars", "intend-recovery", &IntendRecovery{Sent: day("2026-03-03"), ViewDays: 14})
	f.refused("2027-03-01", "lars", "close", &Close{Outcome: "prescribed", Words: "x"}, "close-not-prescribed")
	f.refused("2027-03-02", "lars", "recover", &Decision{On: day("2027-03-02"), Amount: 50000, Special: "x", Proof: "x"}, "sums-prescribed")
	f.do("2027-03-02", "lars", "close", &Close{Outcome: "prescribed", Words: "Te laat"})
	if f.r.Outcome != "prescribed" {
		t.Error(f.r.Outcome)
	}
	return f
}

// Through objection and court: the order is upheld, the sums follow it.
func TestObjectionAndCourt(t *testing.T) { objectionAndCourt(t) }

func objectionAndCourt(t *testing.T) *file {
	t.Helper()
	f := inForce(t, "geluid-woning", soundDraft)
	f.do("2026-03-02", "jet", "inspect", &Inspection{At: when("2026-03-01T01:15:00+01:00"), Result: "breach", Words: "Weer luide muziek"}).
		do("2026-03-02", "lars", "forfeit", &Forfeit{Inspection: 1}).
		do("2026-03-20", "lars", "object", &Objection{Against: "order", Received: day("2026-03-20"), By: "M. van Rossum", Words: "Te streng", Committee: true, Told: true})
	terms := map[string]deadlines.Day{}
	for _, x := range f.r.Terms(calendar) {
		a, err := calendar.Answer(x.Question)
		if err != nil {
			t.Fatalf("%s: %v", x.Key, err)
		}
		terms[x.Key] = a.End.Day
	}
	// Six weeks after 9 February is Monday 23 March; twelve weeks after that 15 June.
	if terms["objection"] != day("2026-03-23") || terms["decide-objection-1"] != day("2026-06-15") {
		t.Errorf("%v", terms)
	}
	f.do("2026-03-21", "lars", "relief", &Relief{Against: "order", Asked: day("2026-03-21"), Held: true})
	f.ungrounded("2026-04-01", "rule-relief", &RuleRelief{On: day("2026-04-01"), Outcome: "suspended", Words: "x"})
	f.ungrounded("2026-04-01", "decide-objection", &DecideObjection{Number: 1, On: day("2026-04-01"), Outcome: "revoked", Why: "x"})
	f.
		do("2026-04-01", "lars", "rule-relief", &RuleRelief{On: day("2026-04-01"), Outcome: "suspended", Until: day("2026-07-01"), PerGround: fell("necessity"), Words: "Geschorst tot de beslissing"}).
		do("2026-04-11", "jet", "inspect", &Inspection{At: when("2026-04-11T01:00:00+02:00"), Result: "breach", Words: "Muziek"})
	f.refused("2026-04-11", "lars", "forfeit", &Forfeit{Inspection: 2}, "forfeit.suspended")
	f.do("2026-06-10", "lars", "adjourn", &Adjourn{Number: 1, Weeks: 6, Why: "Commissie heeft tijd nodig"}).
		do("2026-06-20", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-06-20"), Outcome: "unfounded", Why: "Advies gevolgd"}).
		do("2026-07-20", "lars", "appeal", &Appeal{Objection: 1, Court: "rechtbank", Lodged: day("2026-07-20"), By: "offender"})
	// The year ends while the appeal is pending: no end.
	a, err := f.r.limitation(calendar, f.r.Sums[0])
	if err != nil || a.State != deadlines.OpenEnded {
		t.Fatalf("%s %s %v", a.State, a.End, err)
	}
	f.refused("2027-04-01", "lars", "close", &Close{Outcome: "revoked", Words: "x"}, "need.appeal-pending")
	f.ungrounded("2027-05-03", "judge", &Judge{Sent: day("2027-05-03"), Outcome: "annulled", Words: "x"})
	f.do("2027-05-03", "lars", "judge", &Judge{Sent: day("2027-05-03"), Outcome: "dismissed", Words: "Ongegrond"})
	// Irrevocable when the six weeks for higher appeal end: Monday 14 June 2027.
	if a, err = f.r.limitation(calendar, f.r.Sums[0]); err != nil || a.End.Day != day("2027-06-14") {
		t.Fatalf("%s %s %v", a.State, a.End, err)
	}
	f.do("2027-05-10", "lars", "intend-recovery", &IntendRecovery{Sent: day("2027-05-10"), ViewDays: 14}).
		do("2027-05-26", "lars", "recover", &Decision{On: day("2027-05-26"), Amount: 50000, Special: "Geen", Proof: "3SXYZ"})
	if a, err = f.r.limitation(calendar, f.r.Sums[0]); err != nil || a.End.Day != day("2028-05-26") {
		t.Errorf("after the recovery decision: %s %s %v", a.State, a.End, err)
	}
	return f
}

// An annulled order leaves no sum.
func TestAnnulled(t *testing.T) { annulled(t) }

func annulled(t *testing.T) *file {
	t.Helper()
	f := inForce(t, "geluid-woning", soundDraft)
	f.do("2026-03-02", "jet", "inspect", &Inspection{At: when("2026-03-01T01:15:00+01:00"), Result: "breach", Words: "Muziek"}).
		do("2026-03-02", "lars", "forfeit", &Forfeit{Inspection: 1}).
		do("2026-03-20", "lars", "object", &Objection{Against: "order", Received: day("2026-03-20"), By: "M. van Rossum", Words: "Te streng"}).
		do("2026-05-20", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-05-20"), Outcome: "revoked", PerGround: fell("facts"), Why: "Meting deugt niet"})
	if f.r.Stage != Lifted || f.r.Forfeited() != 0 || f.r.Outstanding() != 0 {
		t.Errorf("%s, %d forfeited", f.r.Stage, f.r.Forfeited())
	}
	f.do("2026-07-02", "lars", "close", &Close{Outcome: "revoked", Words: "Herroepen"})
	return f
}

// What the issue names as bad input, each with what stands in its way.
func TestBadInput(t *testing.T) {
	f := begin(t)
	future := *aReport
	future.Seen = when("2026-01-07")
	f.refused("2026-01-06", "jet", "report", &future, "in-future")
	f.refused("2026-01-06", "lars", "draft", wasteDraft, "block.draft")
	f.do("2026-01-06", "jet", "report", aReport)
	f.refused("2026-01-06", "lars", "basis", &Basis{Breach: "niets", Rule: "x"}, "no-such-breach")
	f.do("2026-01-07", "lars", "basis", &Basis{Breach: "afval-erf", Rule: "x"})
	f.refused("2026-01-08", "lars", "intend", &Intention{Sent: day("2026-01-04"), ViewDays: 14}, "before")
	f.do("2026-01-08", "lars", "intend", &Intention{Sent: day("2026-01-08"), ViewDays: 14})
	f.refused("2026-01-22", "lars", "view", &View{Received: day("2026-01-22"), How: "none", Words: "x", Answer: "x"}, "view-term-runs")
	f.refused("2026-01-22", "lars", "draft", wasteDraft, "need.view-open")
	f.refused("2026-01-23", "lars", "draft", wasteDraft, "need.view-none")
	f.do("2026-01-23", "lars", "view", &View{Received: day("2026-01-23"), How: "none", Words: "Geen reactie", Answer: "Geen"})
	f.refused("2026-01-23", "lars", "draft", wasteDraft, "need.weighing")
	f.do("2026-01-23", "lars", "weigh", aWeighing)
	for code, change := range map[string]func(*Draft){
		"maximum-below":       func(d *Draft) { d.Maximum = 24900 },
		"unit-for-per-unit":   func(d *Draft) { d.Unit = "" },
		"compliance-needed":   func(d *Draft) { d.Days = 0 },
		"deviation-needed":    func(d *Draft) { d.Amount, d.Maximum = 50000, 500000 },
		"lump-maximum":        func(d *Draft) { d.Per, d.Unit = Lump, "" },
		"compliance-too-long": func(d *Draft) { d.Days = 731 },
	} {
		d := *wasteDraft
		change(&d)
		f.refused("2026-01-23", "lars", "draft", &d, code)
	}
	f.do("2026-02-02", "lars", "draft", wasteDraft)
	f.refused("2026-02-03", "lars", "check", &Check{Outcome: "approved"}, "own-draft")
	f.refused("2026-02-03", "mia", "check", &Check{Outcome: "returned"}, "say-why")
	f.do("2026-02-03", "mia", "check", &Check{Outcome: "returned", Remark: "Motiveer het bedrag"})
	f.refused("2026-02-03", "burg", "sign", &Sign{Mandate: "x", Read: true}, "block.sign")
	f.do("2026-02-04", "lars", "draft", wasteDraft).do("2026-02-04", "mia", "check", &Check{Outcome: "approved"})
	f.refused("2026-02-05", "mia", "sign", &Sign{Mandate: "x", Read: true}, "no-mandate")
	f.refused("2026-02-05", "lars", "sign", &Sign{Mandate: "x", Read: true}, "own-draft")
	f.refused("2026-02-05", "henk", "sign", &Sign{Mandate: "Mandaatbesluit (voorbeeld) nr. 12", Read: true}, "other-mandate")
	f.do("2026-02-06", "henk", "sign", &Sign{Mandate: "Mandaatbesluit (voorbeeld) nr. 14", Read: true})
	f.refused("2026-02-09", "lars", "publish", &Publication{On: day("2026-02-05"), How: "post", To: []string{"x"}, Proof: "x"}, "published-before-signed")
	f.do("2026-02-09", "lars", "publish", &Publication{On: day("2026-02-09"), How: "post", To: []string{"x"}, Proof: "x"})
	f.refused("2026-02-10", "lars", "extend", &Extension{Until: day("2026-03-09"), Why: "x"}, "extension-later")
	f.do("2026-03-05", "jet", "inspect", &Inspection{At: when("2026-03-05T10:00:00+01:00"), Result: "breach", Words: "Nog niet weg"})
	f.refused("2026-03-09", "lars", "forfeit", &Forfeit{Inspection: 1}, "need.compliance-runs")
	f.refused("2026-03-10", "lars", "forfeit", &Forfeit{Inspection: 1}, "forfeit.before-compliance-end")
	f.refused("2026-03-10", "lars", "extend", &Extension{Until: day("2026-04-01"), Why: "x"}, "need.compliance-over")
	f.do("2026-03-24", "jet", "inspect", &Inspection{At: when("2026-03-24T10:00:00+01:00"), Result: "breach", Words: "Nog niet weg"}).
		do("2026-03-24", "lars", "forfeit", &Forfeit{Inspection: 2})
	f.refused("2026-03-24", "lars", "remind", &Reminder{Sent: day("2026-03-24"), Warned: true}, "need.recovery-decision")
	f.refused("2026-03-24", "lars", "recover", &Decision{On: day("2026-03-24"), Amount: 100, Special: "x", Proof: "x"}, "need.recovery-intention")
	f.do("2026-03-25", "lars", "intend-recovery", &IntendRecovery{Sent: day("2026-03-25"), ViewDays: 7})
	f.refused("2026-04-01", "lars", "recover", &Decision{On: day("2026-04-01"), Amount: 100, Special: "x", Proof: "x"}, "need.recovery-view")
	f.do("2026-04-02", "lars", "recover", &Decision{On: day("2026-04-02"), Amount: 50000, Special: "Geen", Proof: "x"})
	f.refused("2026-04-28", "lars", "remind", &Reminder{Sent: day("2026-04-28"), Warned: true}, "payment-term-runs")
	f.refused("2026-05-12", "lars", "remind", &Reminder{Sent: day("2026-04-01"), Warned: true}, "reminder-before-decision")
	f.refused("2026-05-12", "lars", "remind", &Reminder{Sent: day("2026-05-12")}, "reminder-warning")
	f.refused("2026-05-12", "lars", "enforce", &Warrant{On: day("2026-05-12"), Bailiff: "x"}, "need.reminder")
	f.do("2026-05-12", "lars", "remind", &Reminder{Sent: day("2026-05-12"), Warned: true})
	f.refused("2026-05-26", "lars", "enforce", &Warrant{On: day("2026-05-26"), Bailiff: "x"}, "need.reminder-term")
	f.do("2026-05-27", "lars", "enforce", &Warrant{On: day("2026-05-27"), Bailiff: "Kantoor A"})
}

// The compliance term can be extended on its last day and not on the day after.
func TestExtension(t *testing.T) {
	f := inForce(t, "afval-erf", wasteDraft)
	f.do("2026-03-09", "lars", "extend", &Extension{Until: day("2026-03-23"), Why: "Container vertraagd"})
	f.do("2026-03-31", "jet", "inspect", &Inspection{At: when("2026-03-31T10:00:00+02:00"), Result: "breach", Words: "Ligt er nog"}).
		do("2026-03-31", "lars", "forfeit", &Forfeit{Inspection: 1})
	if len(f.r.Sums) != 1 || f.r.Sums[0].On != day("2026-03-30") {
		t.Errorf("a week after the new end: %+v", f.r.Sums)
	}
}

// After an inspection that found compliance, weeks count again only from the breach
// that was seen next: nobody knows when it began again.
func TestWeeksBetweenInspections(t *testing.T) {
	f := inForce(t, "afval-erf", wasteDraft)
	see := func(on, result string) {
		f.do(on, "jet", "inspect", &Inspection{At: when(on), Result: result, Words: "Gezien"})
	}
	see("2026-03-17", "breach")
	f.do("2026-03-17", "lars", "forfeit", &Forfeit{Inspection: 1})
	see("2026-03-24", "complied")
	see("2026-04-14", "breach")
	f.refused("2026-04-14", "lars", "forfeit", &Forfeit{Inspection: 3}, "forfeit.no-full-unit")
	see("2026-04-28", "breach")
	f.do("2026-04-28", "lars", "forfeit", &Forfeit{Inspection: 4})
	var days []string
	for _, s := range f.r.Sums {
		days = append(days, s.On.String())
	}
	// Units end on 16 March, ..., 13, 20 and 27 April; the unit that begins on 20 April is
	// the first that lies wholly after the breach of the 14th.
	if got := strings.Join(days, " "); got != "2026-03-16 2026-04-27" {
		t.Error(got)
	}
}

// A week of which a part was suspended is no full week.
func TestSuspendedWeeksDoNotCount(t *testing.T) {
	f := inForce(t, "afval-erf", wasteDraft)
	f.do("2026-03-10", "lars", "object", &Objection{Against: "order", Received: day("2026-03-10"), By: "x", Words: "x"}).
		do("2026-03-11", "lars", "relief", &Relief{Against: "order", Asked: day("2026-03-11")}).
		do("2026-03-18", "lars", "rule-relief", &RuleRelief{On: day("2026-03-18"), Outcome: "suspended", Until: day("2026-03-20"), PerGround: fell("necessity"), Words: "Kort"}).
		do("2026-03-31", "jet", "inspect", &Inspection{At: when("2026-03-31"), Result: "breach", Words: "Ligt er nog"}).
		do("2026-03-31", "lars", "forfeit", &Forfeit{Inspection: 1})
	var days []string
	for _, s := range f.r.Sums {
		days = append(days, s.On.String())
	}
	// The weeks end on 16, 23 and 30 March; the second was suspended for three days.
	if got := strings.Join(days, " "); got != "2026-03-16 2026-03-30" {
		t.Error(got)
	}
}

func TestLumpSum(t *testing.T) {
	d := &Draft{Summary: "U moet het terras weghalen", Measures: []string{"Het terras verwijderen"}, Per: Lump, Amount: 150000, Maximum: 150000, Days: 14, Motivation: "x"}
	f := inForce(t, "terras-zonder-vergunning", d)
	f.do("2026-03-20", "jet", "inspect", &Inspection{At: when("2026-03-20"), Result: "breach", Words: "Staat er nog"}).
		do("2026-03-20", "lars", "forfeit", &Forfeit{Inspection: 1})
	// The term ran up to and including 23 February: forfeited by law the day after, the
	// limitation counts from the earlier reading.
	if s := f.r.Sums[0]; s.On != day("2026-02-24") || s.Limit != day("2026-02-23") || s.Cents != 150000 {
		t.Errorf("%+v", s)
	}
	f.do("2026-03-27", "jet", "inspect", &Inspection{At: when("2026-03-27"), Result: "breach", Words: "Staat er nog"})
	f.refused("2026-03-27", "lars", "forfeit", &Forfeit{Inspection: 2}, "forfeit.maximum-reached")
}

func TestPolicies(t *testing.T) {
	ps := policies(t)
	b, ok := ps.On(day("2026-06-01")).Breach("geluid-woning")
	if !ok {
		t.Fatal("the example policy lost its breach")
	}
	for earlier, want := range []int{50000, 75000, 100000, 100000} {
		if amount, _ := b.Step(earlier); amount != want {
			t.Errorf("step %d is %d", earlier, amount)
		}
	}
	const head = "id=\"x\"\nin_force=\"2026-01-01\"\nlook_back_years=3\nview_days=14\n[[mandate]]\nrole=\"burgemeester\"\npower=\"college\"\nup_to=1000\nreference=\"x\"\n"
	const breach = "[[breach]]\ncode=\"a\"\nname=\"A\"\narticle=\"APV 1\"\npower=\"college\"\nper=\"breach\"\namounts=[100]\nmaximums=[1000]\n"
	for name, raw := range map[string]string{
		"maximum below":     head + strings.Replace(breach, "[1000]", "[99]", 1),
		"unknown key":       head + breach + "colour=\"red\"\n",
		"broken example":    head + breach + "[[example]]\nbreach=\"a\"\nearlier=0\namount=101\nmaximum=1000\n",
		"no mandate":        strings.Split(head, "[[")[0] + breach,
		"unit without unit": head + strings.Replace(breach, `per="breach"`, `per="unit"`, 1),
		"impossible day":    strings.Replace(head, "2026-01-01", "2026-02-30", 1) + breach,
	} {
		if _, err := parsePolicy(raw); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := parsePolicy(head + breach); err != nil {
		t.Errorf("the smallest policy: %v", err)
	}
}

func suite(t *testing.T) dossiertest.Suite[Dwangsom] {
	t.Helper()
	skipped := begin(t).do("2026-01-06", "jet", "report", aReport).do("2026-01-07", "lars", "basis", &Basis{Breach: "geluid-woning", Rule: "x"}).
		do("2026-01-07", "lars", "skip", &Skip{Ground: "urgent", Why: "Gevaar"}).do("2026-01-09", "lars", "close", &Close{Outcome: "not-pursued", Words: "Opgelost"})
	lifted := inForce(t, "geluid-woning", soundDraft).do("2026-06-01", "lars", "lift", &Lift{On: day("2026-06-01"), Why: "Verhuisd"})
	d := Declaration()
	m := &Room{Policies: policies(t), Watch: func(*work.Unit, *deadlines.Calendar, dossier.Head, Dwangsom, string, []Term) error { return nil }}
	return dossiertest.Suite[Dwangsom]{Kind: New(policies(t)), State: func(r Dwangsom) string { return string(r.Stage) }, Start: day("2026-01-06").Midnight().Add(15 * time.Hour),
		Scripts: map[string][]dossiertest.Step{"paid": paid(t).steps, "prescribed": prescribed(t).steps, "objection and court": objectionAndCourt(t).steps,
			"annulled": annulled(t).steps, "skipped and closed": skipped.steps, "lifted": lifted.steps},
		Purposes: d.Purposes, Acts: d.Acts, ReadAct: ReadAct,
		Ready: func(v *vault.Vault) { m.Register = measures.NewRegister(v) },
		Saved: func(u *work.Unit, h dossier.Head, r Dwangsom) error { return m.save(u, "", h, r, calendar) },
		Gone:  func(u *work.Unit, h dossier.Head) error { return m.Register.Drop(u, h.ID) },
		List: func(u *work.Unit, b *access.Book) (ids []string, err error) {
			rows, err := m.Register.List(u, b, Name, ReadAct, true)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids, err
		},
		Staff:   map[string]string{"jet": access.Officer, "lars": access.Lawyer, "mia": access.Lawyer, "burg": access.Mayor, "henk": access.EnforcementCo},
		Secrets: []string{"Rossum", "Havenkade", "62 dB"}, Golden: "testdata/grid.golden", Update: *update}
}

func TestKind(t *testing.T) {
	dossiertest.Run(t, func() dossiertest.Suite[Dwangsom] { return suite(t) })
}
