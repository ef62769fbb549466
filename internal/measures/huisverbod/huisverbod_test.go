package huisverbod

import (
	"flag"
	"fmt"
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

// file is a ban in a test without a database: acts at moments, as an adviser on call
// tells them.
type file struct {
	t     testing.TB
	kind  dossier.Kind[Huisverbod]
	r     Huisverbod
	steps []dossiertest.Step
	last  time.Time
}

func begin(t testing.TB) *file {
	k := New()
	return &file{t: t, kind: k, r: k.New(dossier.Head{ID: "x", Kind: Name, Purpose: Purpose})}
}

// noor is the adviser on call, lars a lawyer, burg the mayor, jet an officer.
var staff = map[string]string{"noor": access.Adviser, "lars": access.Lawyer, "burg": access.Mayor, "jet": access.Officer}

func at(on, who string) dossier.At {
	now := when(on).At
	return dossier.At{Now: now, Today: deadlines.DayOf(now), Actor: work.Actor{Account: who, Name: who, Roles: []string{staff[who]}}, Calendar: calendar}
}

// do performs an act that must be taken.
func (f *file) do(on, who, act string, in any) *file {
	f.t.Helper()
	r, err := f.kind.Try(f.r, "huisverbod."+act, in, at(on, who))
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
	f.steps = append(f.steps, dossiertest.Step{After: now.Sub(f.last), Who: who, Act: "huisverbod." + act, In: in})
	f.r, f.last = r, now.Add(time.Second)
	return f
}

// refusal is the code of a refusal, or empty when the act is taken.
func (f *file) refusal(on, who, act string, in any) string {
	_, err := f.kind.Try(f.r, "huisverbod."+act, in, at(on, who))
	x := fault.Of(err)
	switch {
	case err == nil:
		return ""
	case x == nil:
		return err.Error()
	case len(x.Fields) > 0:
		return strings.TrimPrefix(x.Fields[0].Code, "huisverbod.")
	}
	return strings.TrimPrefix(x.Code, "huisverbod.")
}

var (
	aReport = Report{Incident: when("2026-03-20 20:40"), Place: "Lijnbaan 14", Banned: "R. Verzonnen", Born: day("1988-05-02"), Facts: "Buren hoorden geschreeuw. De man sloeg zijn partner.",
		Adults: []string{"Anna de Wit, partner"}, Children: []string{"Sem, 7 jaar", "Lotte, 3 jaar"}, Reporter: "Hulpofficier K. Meeuwsen", Reference: "PL1700-2026-1", Lead: "noor", Deputy: "lars"}
	aRisk = Risk{Version: "RiHG 2013", Person: "medium", Incident: "high", Circumstances: "medium", Outcome: "high", Signs: []string{"Slaan met de vuist", "Kinderen waren erbij"},
		FilledBy: "K. Meeuwsen", At: when("2026-03-20 21:20")}
	anAdvice = Advice{Advice: "impose", By: "K. Meeuwsen", At: when("2026-03-20 21:40"), Words: "Het gevaar is acuut."}
	aDraft   = Draft{Ground: "danger", Facts: "De man sloeg zijn partner, de kinderen zagen het.", Why: "Een gesprek is niet genoeg: hij is nog boos en drinkt.", Heard: "Hij zegt dat het meeviel.",
		Contacts: []string{"Anna de Wit", "Sem", "Lotte"}, HelpOrg: "Stichting Hulp (verzonnen)"}
	aPreparation = Preparation{HelpAdvice: "Nog niet veilig.", HelpBy: "Stichting Hulp", TalkBanned: "Hij wil terug.", TalkHousehold: "Zij is bang.", Accepted: "partly",
		Danger: "danger", DangerWhy: "Hij drinkt nog.", Advice: "extend"}
)

// proposed is a file that the mayor has before her.
func proposed(t testing.TB) *file {
	in := aReport
	return begin(t).
		do("2026-03-20 21:10", "noor", "report", &in).
		do("2026-03-20 21:30", "noor", "risk", &aRisk).
		do("2026-03-20 21:45", "noor", "advise", &anAdvice).
		do("2026-03-20 21:55", "noor", "draft", &aDraft)
}

// inForce is a ban that was announced on Friday 20 March 2026 at 22.15: nine days
// before the clocks go forward.
func inForce(t testing.TB) *file {
	return proposed(t).
		do("2026-03-20 22:05", "burg", "impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "mayor", Danger: true}).
		do("2026-03-20 22:20", "noor", "announce", &Announcement{At: when("2026-03-20 22:15"), How: "oral", By: "K. Meeuwsen", Keys: "Twee sleutels, bewijs 12"})
}

// settled is a ban of which all that must be done at once was done.
func settled(t testing.TB) *file {
	f := inForce(t).
		do("2026-03-20 23:30", "noor", "write", &Written{At: when("2026-03-20 23:20"), How: "handed", Proof: "Akte van uitreiking"}).
		do("2026-03-20 23:40", "noor", "notify", &Notice{To: "household", About: "ban", Name: "Anna de Wit", At: when("2026-03-20 22:30"), How: "oral"}).
		do("2026-03-21 08:40", "noor", "notify", &Notice{To: "help", About: "ban", Name: "Dienst hulp", At: when("2026-03-21 08:30"), How: "electronic"}).
		do("2026-03-21 08:50", "noor", "notify", &Notice{To: "veilig-thuis", About: "ban", Name: "Meldlijn", At: when("2026-03-21 08:45"), How: "oral"}).
		do("2026-03-21 09:10", "noor", "counsel", &Counsel{At: when("2026-03-21 09:00"), Wanted: true}).
		do("2026-03-21 14:10", "lars", "assign", &Assigned{Name: "Mr. Verzonnen", At: when("2026-03-21 14:00")}).
		do("2026-03-21 15:10", "noor", "reach", &Reach{At: when("2026-03-21 15:00"), Where: "Kade 3, 3144 AA Maassluis", Phone: "06-00000000"})
	for i, m := range []string{"R. Verzonnen", "Anna de Wit", "Sem", "Lotte"} {
		f.do(fmt.Sprintf("2026-03-24 10:0%d", i), "noor", "help", &Help{Member: m, Started: m != "R. Verzonnen", On: day("2026-03-24"), Org: "Stichting Hulp"})
	}
	return f
}

func extended(t testing.TB) *file {
	return settled(t).
		do("2026-03-27 10:00", "noor", "prepare", &aPreparation).
		do("2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "Het gevaar duurt voort."}).
		do("2026-03-29 11:00", "noor", "serve", &Serving{At: when("2026-03-29 10:30"), How: "handed", Proof: "Akte"})
}

// From the report at night to the closed file, extended to four weeks.
func TestExtendedAndEnded(t *testing.T) { extendedAndEnded(t) }

func extendedAndEnded(t testing.TB) *file {
	f := extended(t)
	if f.r.Stage != Extended || f.r.Ends(calendar) != when("2026-04-17 22:15") {
		t.Fatalf("%s until %s", f.r.Stage, f.r.Ends(calendar))
	}
	f.do("2026-04-02 20:00", "jet", "breach", &Breach{At: when("2026-04-02 19:30"), Words: "Hij stond voor de deur.", Reported: "PL1700-2026-9", Arrested: true}).
		do("2026-04-17 22:15", "noor", "end", &End{Words: "De hulp gaat door."}).
		do("2026-05-20 10:00", "lars", "close", &Close{Outcome: "ended", Words: "Afgerond."})
	if f.r.Outcome != "ended" {
		t.Error(f.r.Outcome)
	}
	return f
}

// Withdrawn when help was accepted: from then on it holds nowhere.
func TestWithdrawn(t *testing.T) { withdrawn(t) }

func withdrawn(t testing.TB) *file {
	f := settled(t).
		do("2026-03-26 12:00", "burg", "withdraw", &Withdrawal{Accepted: true, Confirmed: true, ConfirmedBy: "Stichting Hulp", Unhindered: true, Capacity: "mayor", Why: "Hij werkt mee."}).
		do("2026-03-26 12:30", "noor", "notify", &Notice{To: "household", About: "withdrawal", Name: "Anna de Wit", At: when("2026-03-26 12:20"), How: "oral"})
	holds(t, f, "2026-03-26 11:59", true)
	holds(t, f, "2026-03-26 12:01", false)
	return f.do("2026-05-20 10:00", "lars", "close", &Close{Outcome: "withdrawn", Words: "Hulp loopt."})
}

func holds(t testing.TB, f *file, on string, want bool) {
	t.Helper()
	if got := f.r.Holds(when(on).At, calendar); got != want {
		t.Errorf("at %s it holds: %v", on, got)
	}
}

func inCourt(t testing.TB) *file {
	return settled(t).
		do("2026-03-24 11:00", "lars", "forward", &Forwarding{Received: day("2026-03-23"), By: "R. Verzonnen", Sent: day("2026-03-24")}).
		do("2026-03-24 12:00", "lars", "appeal", &Appeal{Court: "rechtbank", Lodged: day("2026-03-24"), By: "banned"}).
		do("2026-03-24 12:10", "lars", "relief", &Relief{Received: day("2026-03-24")}).
		do("2026-03-26 11:00", "lars", "hearing", &Hearing{At: when("2026-03-26 10:00")})
}

// Suspended by the court it does not hold; the judgment that leaves it in place lets it
// run to its end.
func TestSuspended(t *testing.T) { suspended(t) }

func suspended(t testing.TB) *file {
	f := inCourt(t).
		do("2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-03-26 14:00"), Outcome: "suspended", PerGround: fell("facts"), Grounds: "Het gevaar is niet onderbouwd."})
	if c := card(f.r, at("2026-03-26 16:00", "lars")); f.r.Stage != Suspended || !c.Void {
		t.Errorf("%s, void %v: a suspended ban is off everywhere", f.r.Stage, c.Void)
	}
	holds(t, f, "2026-03-26 13:59", true)
	holds(t, f, "2026-03-26 14:00", false)
	f.do("2026-03-26 15:30", "noor", "notify", &Notice{To: "household", About: "ruling", Name: "Anna de Wit", At: when("2026-03-26 15:10"), How: "oral"}).
		do("2026-03-26 15:40", "noor", "notify", &Notice{To: "police", About: "ruling", Name: "Meldkamer", At: when("2026-03-26 15:20"), How: "oral"}).
		do("2026-03-28 10:00", "lars", "judge", &Judge{Given: day("2026-03-27"), Sent: day("2026-03-27"), Copies: day("2026-03-28"), Outcome: "dismissed", Grounds: "Er was gevaar."})
	if f.r.Stage != InForce {
		t.Errorf("after the judgment: %s", f.r.Stage)
	}
	holds(t, f, "2026-03-28 09:59", false)
	holds(t, f, "2026-03-28 10:01", true)
	return f.do("2026-03-30 22:15", "noor", "end", &End{Words: "Het is rustig."})
}

// Annulled it never was: it counts nowhere.
func TestAnnulled(t *testing.T) { annulled(t) }

func annulled(t testing.TB) *file {
	f := inCourt(t).
		do("2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-03-26 14:00"), Outcome: "refused", Grounds: "De rechter wacht de zaak af."}).
		do("2026-03-28 10:00", "lars", "judge", &Judge{Given: day("2026-03-27"), Sent: day("2026-03-28"), Outcome: "annulled", PerGround: fell("facts"), Number: "ECLI:NL:RBROT:2026:1", Grounds: "Het RiHG was verkeerd ingevuld."})
	if c := card(f.r, at("2026-03-28 11:00", "lars")); f.r.Stage != Over || !c.Void {
		t.Errorf("%s, void %v", f.r.Stage, c.Void)
	}
	holds(t, f, "2026-03-21 10:00", false)
	return f.do("2026-05-20 10:00", "lars", "close", &Close{Outcome: "annulled", Words: "Vernietigd."})
}

// The mayor asks, and then imposes none.
func TestRefused(t *testing.T) { refused(t) }

func refused(t testing.TB) *file {
	return proposed(t).
		do("2026-03-20 22:02", "burg", "ask", &Question{Words: "Is hij eerder aangehouden?"}).
		do("2026-03-20 22:20", "noor", "answer", &Answer{Words: "Nee, nooit."}).
		do("2026-03-20 22:25", "burg", "refuse", &Refusal{At: when("2026-03-20 22:24"), Capacity: "deputy", Why: "Hij gaat zelf naar zijn broer."}).
		do("2026-03-21 10:00", "noor", "close", &Close{Outcome: "refused", Words: "Hulp is gestart."})
}

// The hulpofficier imposes under mandate; the person is not found.
func mandated(t testing.TB) *file {
	in := aReport
	in.Children, in.Facts = nil, "De man sloeg zijn partner."
	d := aDraft
	d.Contacts, d.Ground = []string{"Anna de Wit"}, "suspicion"
	return begin(t).do("2026-03-20 21:10", "noor", "report", &in).
		do("2026-03-20 21:30", "noor", "no-risk", &NoRisk{Why: "Het systeem van de politie lag plat."}).
		do("2026-03-20 21:45", "noor", "advise", &anAdvice).do("2026-03-20 21:55", "noor", "draft", &d).
		do("2026-03-20 22:30", "noor", "impose-mandated", &ImposingMandated{At: when("2026-03-20 22:10"), Officer: "K. Meeuwsen", Mandate: "Mandaatbesluit 2025 nr. 3", Informed: when("2026-03-20 22:20")}).
		do("2026-03-21 09:30", "noor", "announce", &Announcement{At: when("2026-03-21 09:00"), How: "unknown", By: "K. Meeuwsen"}).
		do("2026-03-21 09:45", "noor", "write", &Written{At: when("2026-03-21 09:00"), How: "deposit", Proof: "Map 4 bij de gemeentesecretaris"}).
		do("2026-03-22 10:00", "noor", "counsel", &Counsel{At: when("2026-03-22 09:55")}).
		do("2026-03-23 10:00", "noor", "evidence", &Evidence{At: when("2026-03-22 20:00"), Words: "Buren zagen hem niet meer.", Source: "other"}).
		do("2026-03-29 10:00", "noor", "prepare", &aPreparation).
		do("2026-03-30 10:00", "burg", "not-extend", &NotExtended{Why: "Hij woont nu elders."}).
		do("2026-03-31 09:00", "noor", "end", &End{Words: "Zij redt zich."})
}

// The ban ends at the time of day at which it was announced, whatever happens to the
// clocks and whatever day it is (Wth 2 lid 1, 9 lid 1, 13; law.md 3.4).
func TestTheEndIsOnTheClock(t *testing.T) {
	for _, row := range []struct{ announced, tenDays, fourWeeks, why string }{
		{"2026-03-20 22:15", "2026-03-30 22:15", "2026-04-17 22:15", "over the change to summer time: 239 hours"},
		{"2026-10-16 02:10", "2026-10-26 02:10", "2026-11-13 02:10", "over the change to winter time: 241 hours"},
		{"2026-12-15 23:59", "2026-12-25 23:59", "2027-01-12 23:59", "it ends on Christmas Day: no Atw (Wth 13)"},
		{"2027-03-18 02:30", "2027-03-28T03:00:00+02:00", "2027-04-15 02:30", "in the hour that is skipped it ends at the change"},
		{"2026-10-15 02:30", "2026-10-25T02:30:00+02:00", "2026-11-12 02:30", "in the hour that comes twice it ends the first time"},
	} {
		r := Huisverbod{Announced: &Announcement{At: when(row.announced)}, Stage: InForce}
		if got := r.tenDays(calendar); !got.At.Equal(when(row.tenDays).At) {
			t.Errorf("announced %s it ends %s, want %s: %s", row.announced, got, row.tenDays, row.why)
		}
		if got := r.fourWeeks(calendar); !got.At.Equal(when(row.fourWeeks).At) {
			t.Errorf("announced %s it can last until %s, want %s: %s", row.announced, got, row.fourWeeks, row.why)
		}
	}
}

// A written decision that says a sooner end binds (law.md 3.4).
func TestASoonerWrittenEndBinds(t *testing.T) {
	f := inForce(t).do("2026-03-20 23:30", "noor", "write", &Written{At: when("2026-03-20 23:20"), How: "handed", Proof: "x", Until: when("2026-03-29 22:15")})
	if got := f.r.Ends(calendar); got != when("2026-03-29 22:15") {
		t.Errorf("it ends %s", got)
	}
	holds(t, f, "2026-03-29 22:14", true)
	holds(t, f, "2026-03-29 22:15", false)
}

// What the law asks because of a ban, with its day or moment, each by a rule of the
// table of terms.
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
		for _, k := range slices.Sorted(maps.Keys(want)) {
			if got[k] != want[k] {
				t.Errorf("%s, %s: %q, want %q", name, k, got[k], want[k])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d terms, want %d: %v", name, len(got), len(want), slices.Sorted(maps.Keys(got)))
		}
	}
	check("announced orally", ends(inForce(t)), map[string]string{
		"ban": "2026-03-30T22:15:00+02:00", "maximum": "2026-04-17T22:15:00+02:00, maybe", "reach": "2026-03-21T22:15:00+01:00", "written": "without delay",
		"notice-household": "without delay", "notice-help": "without delay", "notice-veilig-thuis": "without delay", "keep": "2031-03-20"})
	check("settled", ends(settled(t)), map[string]string{
		"ban": "2026-03-30T22:15:00+02:00", "maximum": "2026-04-17T22:15:00+02:00, maybe", "reach": "2026-03-21T22:15:00+01:00, done", "written": "without delay, done",
		"notice-household": "without delay, done", "notice-help": "without delay, done", "notice-veilig-thuis": "without delay, done",
		"counsel": "2026-03-22T09:00:00+01:00, done", "appeal": "2026-05-01", "keep": "2031-03-20"})
	court := ends(inCourt(t).do("2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-03-26 14:00"), Outcome: "refused", Grounds: "x"}))
	// The request came on Tuesday: three days later is Friday 27 March.
	for k, want := range map[string]string{"hearing-1": "2026-03-27, done", "ruling-1": "2026-03-27T10:00:00+01:00, done", "tell-1": "without delay", "appeal": "2026-05-01, done"} {
		if court[k] != want {
			t.Errorf("in court, %s: %q, want %q", k, court[k], want)
		}
	}
	more := ends(extended(t))
	for k, want := range map[string]string{"ban": "2026-03-30T22:15:00+02:00, done", "maximum": "2026-04-17T22:15:00+02:00", "notice-1-help": "without delay"} {
		if more[k] != want {
			t.Errorf("extended, %s: %q, want %q", k, more[k], want)
		}
	}
	judged := ends(suspended(t))
	for k, want := range map[string]string{"ban": "2026-03-30T22:15:00+02:00, done", "copy-1": "2026-04-10, done", "higher": "2026-05-08"} {
		if judged[k] != want {
			t.Errorf("judged, %s: %q, want %q", k, judged[k], want)
		}
	}
	if got := ends(mandated(t)); got["written"] != "without delay, done" || got["notice-veilig-thuis"] != "" {
		t.Errorf("without children and not found: %v", got)
	}
	closed := ends(extendedAndEnded(t))
	for k, got := range closed {
		if (k == "keep") == strings.HasSuffix(got, ", done") {
			t.Errorf("closed, %s: %q: what remains is that the decision is kept five years (Wth 10)", k, got)
		}
	}
}

// The hearing is three days after the request, and there the Atw does apply: Wth 13
// leaves it out for the ten days and the four weeks only (law.md 3.3).
func TestTheHearingHasTheAtw(t *testing.T) {
	r := Huisverbod{Stage: InForce, Announced: &Announcement{At: when("2027-05-12 22:00"), How: "handed"}, Report: &aReport, Reliefs: []Relief{{Received: day("2027-05-13")}}}
	for _, x := range r.Terms(calendar) {
		if x.Code != "hearing" {
			continue
		}
		a, err := calendar.Answer(x.Question)
		if err != nil || a.End.Day != day("2027-05-18") {
			t.Errorf("asked on Thursday 13 May 2027: %s, %v; want 18 May, past Whit Monday with two working days", a.End, err)
		}
		return
	}
	t.Error("no term for the hearing")
}

// Every guard of law.md section 3, with its article. The row says what is tried and the
// sentence that refuses it; TestEveryGuardCitesItsArticle reads those sentences.
var guards = []struct {
	rule, article string
	from          func(testing.TB) *file
	at, who, act  string
	in            any
	code          string
}{
	{"WTH-2.1: danger or a serious suspicion of it", "Wth 2 lid 1", proposed, "2026-03-20 22:05", "burg", "impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "mayor"}, "no-danger"},
	{"WTH-2.1: it protects the household", "Wth 2 lid 1", begin, "2026-03-20 21:10", "noor", "report", reported(func(r *Report) { r.Adults, r.Children = nil, nil }), "nobody-in-danger"},
	{"WTH-2.1: contact is forbidden with the household", "Wth 2 lid 1", assessed, "2026-03-20 21:55", "noor", "draft", drafted(func(d *Draft) { d.Contacts = []string{"Een buurvrouw"} }), "contact-elsewhere"},
	{"WTH-2.1: the mayor, or under mandate", "Wth 2 lid 1", proposed, "2026-03-20 22:05", "lars", "impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "mayor", Danger: true}, "mayor-or-mandate"},
	{"WTH-2.1: refusing is the mayor's too", "Wth 2 lid 1", proposed, "2026-03-20 22:05", "lars", "refuse", &Refusal{At: when("2026-03-20 22:02"), Capacity: "mayor", Why: "x"}, "mayor-or-mandate"},
	{"WTH-2.1d: a thirteenth day", "Wth 2 lid 1", inForce, "2026-03-20 23:30", "noor", "write", &Written{At: when("2026-03-20 23:20"), How: "handed", Proof: "x", Until: when("2026-04-02 22:15")}, "longer-than-ten"},
	{"WTH-2.1d: a minute over ten days", "Wth 2 lid 1", inForce, "2026-03-20 23:30", "noor", "write", &Written{At: when("2026-03-20 23:20"), How: "handed", Proof: "x", Until: when("2026-03-30 22:16")}, "longer-than-ten"},
	{"WTH-2.2: a minor, a day before the birthday", "Wth 2 lid 2", begin, "2026-03-20 21:10", "noor", "report", reported(func(r *Report) { r.Born = day("2008-03-21") }), "minor"},
	{"WTH-2.3: Veilig Thuis beforehand", "Wth 2 lid 3", abused, "2026-03-20 22:05", "burg", "impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "mayor", Danger: true}, "need.veilig-thuis"},
	{"WTH-2.3: under mandate too", "Wth 2 lid 3", abused, "2026-03-20 22:30", "noor", "impose-mandated", &ImposingMandated{At: when("2026-03-20 22:10"), Officer: "x", Mandate: "x", Informed: when("2026-03-20 22:20")}, "need.veilig-thuis"},
	{"WTH-2.3: abuse of a child that is named", "Wth 2 lid 3", begin, "2026-03-20 21:10", "noor", "report", reported(func(r *Report) { r.Children, r.Abuse = nil, true }), "abuse-without-child"},
	{"WTH-2.4: the names", "Wth 2 lid 4", assessed, "2026-03-20 21:55", "noor", "draft", drafted(func(d *Draft) { d.Contacts = nil }), "contacts-needed"},
	{"WTH-2.4: the time", "Wth 2 lid 7", decided, "2026-03-20 22:20", "noor", "announce", &Announcement{At: deadlines.OnDay(day("2026-03-20")), How: "oral", By: "x"}, "minute"},
	{"WTH-2.4: no end before the start", "", inForce, "2026-03-20 23:30", "noor", "write", &Written{At: when("2026-03-20 23:20"), How: "handed", Proof: "x", Until: when("2026-03-20 22:15")}, "before"},
	{"WTH-3.1: extending is not mandated", "Wth 3 lid 1", ready, "2026-03-28 16:00", "noor", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "x"}, "only-mayor"},
	{"WTH-3.1: nor by a lawyer", "Wth 3 lid 1", ready, "2026-03-28 16:00", "lars", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "deputy", Why: "x"}, "only-mayor"},
	{"WTH-3.1: nor not extending", "Wth 3 lid 1", ready, "2026-03-28 16:00", "noor", "not-extend", &NotExtended{Why: "x"}, "only-mayor"},
	{"WTH-3.1: withdrawing is not mandated", "Wth 3 lid 1", settled, "2026-03-26 12:00", "noor", "withdraw", withdrawal(nil), "only-mayor"},
	{"WTH-3.2: the mayor hears of it, after it", "", proposed, "2026-03-20 22:30", "noor", "impose-mandated", &ImposingMandated{At: when("2026-03-20 22:20"), Officer: "x", Mandate: "x", Informed: when("2026-03-20 22:10")}, "before"},
	{"BTH-2: the RiHG, or a reason", "Besluit tijdelijk huisverbod 2", advised, "2026-03-20 21:55", "noor", "draft", &aDraft, "need.risk"},
	{"BTH-2: the facts as the police advise on them", "Awb 3:2", risked, "2026-03-20 21:55", "noor", "draft", &aDraft, "need.advice"},
	{"WTH-D1: a ban is announced once", "Wth 2 lid 7", inForce, "2026-03-20 23:30", "noor", "announce", &Announcement{At: when("2026-03-20 23:15"), How: "oral", By: "x"}, "block.announce"},
	{"WTH-D1: not before the decision", "", decided, "2026-03-20 22:20", "noor", "announce", &Announcement{At: when("2026-03-20 22:01"), How: "oral", By: "x"}, "before"},
	{"WTH-D1: before its end it does not end by itself", "Wth 2 lid 1", settled, "2026-03-30 22:14", "noor", "end", &End{Words: "x"}, "need.runs"},
	{"WTH-D2: reached elsewhere than at the home", "Wth 2 lid 1, 6", inForce, "2026-03-21 09:00", "noor", "reach", &Reach{At: when("2026-03-21 08:00"), Where: "lijnbaan  14"}, "reach-at-home"},
	{"WTH-D3: what was never written is not closed", "Wth 2 lid 7", overUnwritten, "2026-04-01 10:00", "noor", "close", &Close{Outcome: "ended", Words: "x"}, "need.written"},
	{"WTH-D3b: deposit is for who cannot be found", "Wth 2 lid 7", handedOver, "2026-03-20 23:30", "noor", "write", &Written{At: when("2026-03-20 23:20"), How: "deposit", Proof: "x"}, "deposit-known"},
	{"WTH-D4: of an extension that there is", "Wth 9 lid 1", settled, "2026-03-26 12:00", "noor", "notify", &Notice{To: "help", About: "extension", Name: "x", At: when("2026-03-26 11:00"), How: "oral"}, "no-extension"},
	{"WTH-D5: counsel after the wish", "Wth 5 lid 1", inForce, "2026-03-21 09:00", "noor", "assign", &Assigned{Name: "x", At: when("2026-03-21 08:00")}, "need.counsel-wish"},
	{"WTH-D5: the hour of the wish", "Wth 5 lid 1", inForce, "2026-03-21 09:00", "noor", "counsel", &Counsel{At: when("2026-03-21"), Wanted: true}, "minute"},
	{"WTH-D6: relief beside an appeal", "Awb 8:81", settled, "2026-03-24 12:10", "lars", "relief", &Relief{Received: day("2026-03-24")}, "need.appeal-first"},
	{"WTH-D7: the hour of the hearing", "Wth 6 lid 1 b", asked, "2026-03-26 11:00", "lars", "hearing", &Hearing{At: when("2026-03-26")}, "minute"},
	{"WTH-D8: not on top of the ten days", "Wth 9 lid 1", ready, "2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-27 22:15"), Capacity: "mayor", Why: "x"}, "four-weeks"},
	{"WTH-D8: not a minute over four weeks", "Wth 9 lid 1", ready, "2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-17 22:16"), Capacity: "mayor", Why: "x"}, "four-weeks"},
	{"WTH-D8: not after the end", "Wth 9 lid 1", ready, "2026-03-30 22:15", "burg", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "x"}, "need.ended"},
	{"WTH-D8: later than it runs", "Wth 9 lid 1", ready, "2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-03-30 22:15"), Capacity: "mayor", Why: "x"}, "extension-later"},
	{"WTH-D8: to the minute", "Wth 9 lid 1", ready, "2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-17"), Capacity: "mayor", Why: "x"}, "minute"},
	{"3.5: the danger goes on", "Wth 9 lid 1", dangerGone, "2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "x"}, "danger-gone"},
	{"3.5: prepared, with advice and talks", "Wth 9 lid 1", settled, "2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "x"}, "need.prepared"},
	{"3.5: made known before the end", "Wth 9 lid 1", unserved, "2026-03-30 23:00", "noor", "serve", &Serving{At: when("2026-03-30 22:15"), How: "handed", Proof: "x"}, "served-late"},
	{"3.5: one at a time", "Awb 3:40", unserved, "2026-03-28 17:00", "burg", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "x"}, "need.extension-unserved"},
	{"3.5: an ended ban is not prepared either", "Wth 9 lid 1", settled, "2026-03-30 22:15", "noor", "prepare", &aPreparation, "need.ended"},
	{"WTH-D13: help accepted", "Wth 2 lid 9", settled, "2026-03-26 12:00", "burg", "withdraw", withdrawal(func(w *Withdrawal) { w.Accepted = false }), "withdraw-accepted"},
	{"WTH-D13: confirmed", "Wth 2 lid 9", settled, "2026-03-26 12:00", "burg", "withdraw", withdrawal(func(w *Withdrawal) { w.Confirmed = false }), "withdraw-confirmed"},
	{"WTH-D13: by somebody", "Wth 2 lid 9", settled, "2026-03-26 12:00", "burg", "withdraw", withdrawal(func(w *Withdrawal) { w.ConfirmedBy = " " }), "withdraw-confirmed"},
	{"WTH-D13: not obstructed", "Wth 2 lid 9", settled, "2026-03-26 12:00", "burg", "withdraw", withdrawal(func(w *Withdrawal) { w.Unhindered = false }), "withdraw-unhindered"},
	{"WTH-D13: while it runs", "Wth 2 lid 9", settled, "2026-03-30 22:15", "burg", "withdraw", withdrawal(nil), "need.ended"},
	{"3.6: the court first", "Awb 8:104", settled, "2026-03-24 12:00", "lars", "appeal", &Appeal{Court: "afdeling", Lodged: day("2026-03-24"), By: "banned"}, "court-first"},
	{"3.6: one appeal at a court", "Awb 8:1", asked, "2026-03-26 11:00", "lars", "appeal", &Appeal{Court: "rechtbank", Lodged: day("2026-03-25"), By: "banned"}, "appeal-there"},
	{"3.6: a pending appeal keeps the file open", "Wth 10", overInCourt, "2026-04-01 10:00", "noor", "close", &Close{Outcome: "ended", Words: "x"}, "need.appeal-pending"},
	{"grounds: suspended on one", "Awb 8:77", inCourt, "2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-03-26 14:00"), Outcome: "suspended", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: annulled on one", "Awb 8:77", inCourt, "2026-03-28 10:00", "lars", "judge", &Judge{Given: day("2026-03-27"), Sent: day("2026-03-28"), Outcome: "annulled", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: refused on none that fell", "", inCourt, "2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-03-26 14:00"), Outcome: "refused", PerGround: fell("facts"), Grounds: "x"}, "measures.ground-stood"},
	{"3.7: a breach of a ban that holds", "Wth 11", settled, "2026-03-30 23:00", "jet", "breach", &Breach{At: when("2026-03-30 22:15"), Words: "x"}, "breach-outside"},
	{"3.7: none while suspended", "Wth 11", offByCourt, "2026-03-26 20:00", "jet", "breach", &Breach{At: when("2026-03-26 19:00"), Words: "x"}, "breach-outside"},
	{"no BSN in the file", "UAVG 46", begin, "2026-03-20 21:10", "noor", "report", reported(func(r *Report) { r.Adults = []string{"Anna de Wit, 123456782"} }), "bsn"},
	{"nor in any other act", "UAVG 46", settled, "2026-03-28 16:00", "noor", "prepare", prepared(func(p *Preparation) { p.TalkBanned = "Zijn nummer is 111222333." }), "bsn"},
	{"no tip as its source", "", begin, "2026-03-20 21:10", "noor", "report", reported(func(r *Report) { r.Facts = "Er kwam een anonieme tip." }), "measures.names-tip"},
	{"no letter tells where another is", "AVG 5 lid 1 f", moved, "2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "Zij is nu in de  vlinderhof 77 en bang."}, "secret-address"},
	{"nor when it is withdrawn", "AVG 5 lid 1 f", moved, "2026-03-28 16:00", "burg", "withdraw", withdrawal(func(w *Withdrawal) { w.Why = "Zij zit op Vlinderhof 77." }), "secret-address"},
	{"four eyes", "Awb 3:2", mayorsDraft, "2026-03-20 22:05", "burg", "impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "mayor", Danger: true}, "own-draft"},
	{"not in the future", "", proposed, "2026-03-20 22:05", "burg", "impose", &Imposing{At: when("2026-03-20 22:06"), Capacity: "mayor", Danger: true}, "in-future"},
}

func reported(change func(*Report)) *Report { in := aReport; change(&in); return &in }

func drafted(change func(*Draft)) *Draft { in := aDraft; change(&in); return &in }

func prepared(change func(*Preparation)) *Preparation { in := aPreparation; change(&in); return &in }

func withdrawal(change func(*Withdrawal)) *Withdrawal {
	in := Withdrawal{Accepted: true, Confirmed: true, ConfirmedBy: "Stichting Hulp", Unhindered: true, Capacity: "mayor", Why: "Hij werkt mee."}
	if change != nil {
		change(&in)
	}
	return &in
}

// The files from which the guards are tried.

func plain(t testing.TB) *file { return begin(t).do("2026-03-20 21:10", "noor", "report", &aReport) }

func risked(t testing.TB) *file { return plain(t).do("2026-03-20 21:30", "noor", "risk", &aRisk) }

func advised(t testing.TB) *file {
	return plain(t).do("2026-03-20 21:45", "noor", "advise", &anAdvice)
}

func assessed(t testing.TB) *file {
	return risked(t).do("2026-03-20 21:45", "noor", "advise", &anAdvice)
}

func abused(t testing.TB) *file {
	return begin(t).do("2026-03-20 21:10", "noor", "report", reported(func(r *Report) { r.Abuse = true })).do("2026-03-20 21:30", "noor", "risk", &aRisk).
		do("2026-03-20 21:45", "noor", "advise", &anAdvice).do("2026-03-20 21:55", "noor", "draft", &aDraft)
}

func decided(t testing.TB) *file {
	return proposed(t).do("2026-03-20 22:05", "burg", "impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "mayor", Danger: true})
}

func mayorsDraft(t testing.TB) *file {
	return assessed(t).do("2026-03-20 21:55", "burg", "draft", &aDraft)
}

func handedOver(t testing.TB) *file {
	return decided(t).do("2026-03-20 22:20", "noor", "announce", &Announcement{At: when("2026-03-20 22:15"), How: "handed", By: "x"})
}

func overUnwritten(t testing.TB) *file {
	return inForce(t).do("2026-03-31 10:00", "noor", "end", &End{Words: "x"})
}

func ready(t testing.TB) *file {
	return settled(t).do("2026-03-27 10:00", "noor", "prepare", &aPreparation)
}

// moved is a file in which the partner left for an address that must stay secret.
func moved(t testing.TB) *file {
	return ready(t).do("2026-03-27 11:00", "noor", "help", &Help{Member: "Anna de Wit", Started: true, On: day("2026-03-27"), Org: "Opvang", Stays: "Vlinderhof 77"})
}

func dangerGone(t testing.TB) *file {
	in := aPreparation
	in.Danger, in.Advice = "gone", "not"
	return settled(t).do("2026-03-27 10:00", "noor", "prepare", &in)
}

func unserved(t testing.TB) *file {
	return ready(t).do("2026-03-28 16:00", "burg", "extend", &Extension{Until: when("2026-04-17 22:15"), Capacity: "mayor", Why: "x"})
}

func asked(t testing.TB) *file {
	return settled(t).do("2026-03-24 12:00", "lars", "appeal", &Appeal{Court: "rechtbank", Lodged: day("2026-03-24"), By: "banned"}).
		do("2026-03-24 12:10", "lars", "relief", &Relief{Received: day("2026-03-24")})
}

func overInCourt(t testing.TB) *file {
	return settled(t).do("2026-03-24 12:00", "lars", "appeal", &Appeal{Court: "rechtbank", Lodged: day("2026-03-24"), By: "banned"}).
		do("2026-03-31 10:00", "noor", "end", &End{Words: "x"})
}

func offByCourt(t testing.TB) *file {
	return inCourt(t).do("2026-03-26 15:00", "lars", "rule-relief", &RuleRelief{At: when("2026-03-26 14:00"), Outcome: "suspended", PerGround: fell("facts"), Grounds: "x"})
}

func TestGuards(t *testing.T) {
	for _, g := range guards {
		if got := g.from(t).refusal(g.at, g.who, g.act, g.in); got != g.code {
			t.Errorf("%s: %q, want %q", g.rule, got, g.code)
		}
	}
}

// A refusal names the article, so that who reads it at night can look it up.
func TestEveryGuardCitesItsArticle(t *testing.T) {
	for _, g := range guards {
		if g.article == "" {
			continue
		}
		for _, lang := range text.Langs {
			_, err := g.from(t).kind.Try(g.from(t).r, "huisverbod."+g.act, g.in, at(g.at, g.who))
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

// Who is just of age can be banned, who was born on 29 February from 1 March on.
func TestOfAge(t *testing.T) {
	for _, row := range []struct {
		born, on string
		want     bool
	}{
		{"2008-03-20", "2026-03-20", true}, {"2008-03-21", "2026-03-20", false}, {"2008-02-29", "2026-02-28", false}, {"2008-02-29", "2026-03-01", true}, {"1950-01-01", "2026-03-20", true},
	} {
		if got := adultOn(day(row.born), day(row.on)); got != row.want {
			t.Errorf("born %s, on %s: %v", row.born, row.on, got)
		}
	}
}

func TestNoBSN(t *testing.T) {
	for s, want := range map[string]bool{"123456782": true, "bsn 111222333.": true, "123456789": false, "000000000": false, "1234567820": false, "06-12345678": false, "": false, "123 456 782": false} {
		if bsn(s) != want {
			t.Errorf("%q: %v", s, bsn(s))
		}
	}
}

// After its end a ban reads as over, before anybody recorded so.
func TestAnEndedBanIsOver(t *testing.T) {
	f := settled(t)
	for on, want := range map[string]Stage{"2026-03-30 22:14": InForce, "2026-03-30 22:15": Over} {
		if got := f.r.standing(at(on, "noor")); got != want {
			t.Errorf("at %s: %s, want %s", on, got, want)
		}
	}
	d := &Room{Law: Law()}
	s, err := d.Stand(dossier.Head{ID: "x"}, extended(t).r, at("2026-04-01 10:00", "noor"))
	if err != nil || s.Row.Stage != "extended" || s.Row.NextCode == "" || s.Row.InForceOn != day("2026-03-20") || s.Row.Void {
		t.Errorf("%+v, %v", s.Row, err)
	}
}

func suite(t testing.TB) dossiertest.Suite[Huisverbod] {
	t.Helper()
	broken := plain(t).do("2026-03-21 09:00", "noor", "involve", &Involve{Account: "jet", Why: "Kent de buurt"}).
		do("2026-03-21 10:00", "noor", "close", &Close{Outcome: "not-pursued", Words: "Strafrecht gaat voor."})
	consulted := abused(t).do("2026-03-20 22:00", "noor", "consult", &Consultation{At: when("2026-03-20 21:58"), With: "Meldlijn", Words: "Doen."}).
		do("2026-03-20 22:05", "burg", "impose", &Imposing{At: when("2026-03-20 22:02"), Capacity: "deputy", Danger: true})
	d := Declaration()
	var m *Room
	return dossiertest.Suite[Huisverbod]{Kind: New(), State: func(r Huisverbod) string { return string(r.Stage) }, Start: when("2026-03-20 21:10").At,
		Scripts: map[string][]dossiertest.Step{"extended and ended": extendedAndEnded(t).steps, "withdrawn": withdrawn(t).steps, "suspended": suspended(t).steps, "annulled": annulled(t).steps,
			"refused": refused(t).steps, "mandated": mandated(t).steps, "broken off": broken.steps, "consulted": consulted.steps},
		Purposes: d.Purposes, Acts: d.Acts, ReadAct: ReadAct,
		Ready: func(v *vault.Vault) {
			m = &Room{Law: Law(), Register: measures.NewRegister(v), Watch: func(*work.Unit, *deadlines.Calendar, dossier.Head, Huisverbod, string, []Term) error { return nil }}
		},
		Saved: func(u *work.Unit, h dossier.Head, r Huisverbod) error { return m.Save(u, "", h, r, calendar) },
		Gone:  func(u *work.Unit, h dossier.Head) error { return m.Register.Drop(u, h.ID) },
		List: func(u *work.Unit, b *access.Book) (ids []string, err error) {
			rows, err := m.Register.List(u, b, Name, ReadAct, true)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids, err
		},
		Staff: staff, Secrets: []string{"Verzonnen", "Lijnbaan", "geschreeuw", "Anna de Wit", "Kade 3"}, Golden: "testdata/grid.golden", Update: *update}
}

func TestKind(t *testing.T) {
	dossiertest.Run(t, func() dossiertest.Suite[Huisverbod] { return suite(t) })
}

// The grid is a file that people read; a script that visits a stage twice under another
// clock must not hide one.
func TestGridKnowsEveryStage(t *testing.T) {
	raw, err := os.ReadFile("testdata/grid.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Stage{Unopened, Reported, Proposed, Asked, Refused, Decided, InForce, Extended, Suspended, Over, Closed} {
		if !strings.Contains("\n"+string(raw), "\n"+string(s)+"\n") {
			t.Errorf("no script comes by %s", s)
		}
	}
}

// fell is a ruling under which the decision did not stand.
func fell(grounds ...string) measures.PerGround { return measures.PerGround{Fell: grounds} }
