package tips

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
	"baken/internal/kernel/work"
)

var update = flag.Bool("update", false, "write the golden tables anew")

var calendar = deadlines.Builtin()

func policies(t testing.TB) Policies {
	t.Helper()
	p, err := DemoPolicies()
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

// tip is a tip in a test without a database: acts on days, as a coordinator tells them.
type tip struct {
	t     *testing.T
	kind  dossier.Kind[Tip]
	r     Tip
	steps []dossiertest.Step
	last  time.Time
}

func begin(t *testing.T) *tip {
	k := New(policies(t))
	return &tip{t: t, kind: k, r: k.New(dossier.Head{ID: "x", Kind: Name, Purpose: Purpose})}
}

func at(on, who string) dossier.At {
	return dossier.At{Now: day(on).Midnight().Add(15 * time.Hour), Today: day(on), Actor: work.Actor{Account: who, Roles: group}, Calendar: calendar}
}

// do performs an act that must be taken.
func (f *tip) do(on, who, act string, in any) *tip {
	f.t.Helper()
	r, err := f.kind.Try(f.r, "tip."+act, in, at(on, who))
	if err != nil {
		f.t.Fatalf("%s on %s: %v", act, on, err)
	}
	now := at(on, who).Now
	if f.last.IsZero() {
		f.last = now
	}
	f.steps = append(f.steps, dossiertest.Step{After: max(now.Sub(f.last), 0), Who: who, Act: "tip." + act, In: in})
	f.r, f.last = r, now.Add(time.Second)
	return f
}

// refused performs an act that must not be taken, for this reason.
func (f *tip) refused(on, who, act string, in any, code string) {
	f.t.Helper()
	_, err := f.kind.Try(f.r, "tip."+act, in, at(on, who))
	x := fault.Of(err)
	if x == nil || x.Code != "tips."+code && (len(x.Fields) == 0 || x.Fields[0].Code != "tips."+code) {
		f.t.Errorf("%s on %s: %v, want tips.%s", act, on, err, code)
	}
}

const (
	heard  = "Achter de kwekerij aan de Kanariedijk staat elke nacht een busje. Mijn zwager werkt daar en zegt dat er om 23.15 uur drugs worden geladen."
	marked = "Achter de kwekerij aan de Kanariedijk staat elke nacht een busje. [[Mijn zwager werkt daar en zegt dat er om 23.15 uur]] drugs worden geladen."
	told   = "Bij een tuinbouwbedrijf zou 's nachts lading worden opgehaald."
	saw    = "In de schuur stonden tweehonderd lege vaten zonder etiket; de vergunning was verlopen."
)

var (
	aReceipt = &Receive{Reference: "M2026-1", Received: day("2026-03-02"), Theme: "drugs", Text: heard}
	aCheck   = &Check{Marked: marked, Knower: "none", Moment: "gone", Relation: "gone", Style: "none", Files: "none", Summary: told}
	aFinding = &Finding{Kind: "inspection", On: day("2026-03-10"), Who: "Team toezicht", Reference: "TZ-26-001", Words: saw}
	aLookup  = &Lookup{Register: "kvk", Subject: "Kanariedijk 4", Why: "Wie is de gebruiker", Ground: "Gemeentewet 172", Fields: []string{"handelsnaam"}, Answer: "Een besloten vennootschap"}
	forUs    = &Assess{Outcome: Ours, Why: "Toezicht is van de gemeente", Impact: "high"}
)

// released brings a tip to where the group may read it.
func released(t *testing.T) *tip {
	return begin(t).do("2026-03-02", "yas", "receive", aReceipt).do("2026-03-03", "yas", "check", aCheck).do("2026-03-03", "bart", "release", &Release{Read: true})
}

// ours brings it to where the municipality works on it.
func ours(t *testing.T) *tip {
	return released(t).do("2026-03-04", "yas", "assess", forUs).do("2026-03-04", "bart", "confirm", &Confirm{Agree: "yes", Why: "Eens"})
}

// used is the whole life of a tip that led to a file through an inspection.
func used(t *testing.T) *tip {
	return ours(t).do("2026-03-05", "yas", "lookup", aLookup).
		do("2026-03-11", "yas", "find", aFinding).
		do("2026-03-12", "yas", "use", &Use{Finding: 1, Dossier: "M-2026-0001", Why: "Last onder dwangsom"}).
		do("2026-04-01", "yas", "feedback", &Feedback{Sent: day("2026-04-01"), Used: "yes", Result: "measure", Worth: "good"}).
		do("2026-04-02", "yas", "close", &Close{})
}

func TestUsed(t *testing.T) {
	r := used(t).r
	if r.Stage != Closed || len(r.Uses) != 1 || r.Uses[0].Finding != 1 || !r.Settled() {
		t.Errorf("%+v", r)
	}
	// 180 days after the assessment of 4 March, whatever came later.
	if got := r.Ends().Day; got != day("2026-08-31") {
		t.Errorf("kept until %s", got)
	}
	if r.Over(day("2026-08-31")) || !r.Over(day("2026-09-01")) {
		t.Error("it goes on the day after its last")
	}
}

// The group reads the text with its gaps; originals, and what was not released, are not
// in what a page draws with.
func TestSealed(t *testing.T) {
	f := begin(t).do("2026-03-02", "yas", "receive", aReceipt)
	for _, stage := range []string{"received", "checked"} {
		p := f.r.sealed().Parts[0]
		if p.Original != "" || p.Marked != "" || p.Summary != "" || p.Checks != (Check{}) {
			t.Errorf("%s: the group can read %+v", stage, p)
		}
		if stage == "received" {
			f.do("2026-03-03", "yas", "check", aCheck)
		}
	}
	f.do("2026-03-03", "bart", "release", &Release{Read: true})
	p := f.r.sealed().Parts[0]
	if p.Original != "" || strings.Contains(p.Marked, "zwager") || p.Checks.Marked != "" || !strings.Contains(p.Marked, Gap) || p.Summary != told {
		t.Errorf("after the release the group reads %+v", p)
	}
	if f.r.Parts[0].Original != heard {
		t.Error("sealing changed the record itself")
	}
}

// Every guard of the table and of the forms, with what it answers.
func TestGuards(t *testing.T) {
	long := "Achter de kwekerij aan de Kanariedijk staat elke nacht iets."
	check := func(change func(*Check)) *Check {
		c := *aCheck
		change(&c)
		return &c
	}
	received := func() *tip { return begin(t).do("2026-03-02", "yas", "receive", aReceipt) }
	checked := func() *tip { return received().do("2026-03-03", "yas", "check", aCheck) }
	assessed := func(outcome, authority string) *tip {
		return released(t).do("2026-03-04", "yas", "assess", &Assess{Outcome: outcome, Why: "x", Authority: authority, Impact: "normal"})
	}

	late := func(on string) *tip {
		return released(t).do(on, "yas", "assess", &Assess{Outcome: Ours, Why: "x", Impact: "normal"})
	}
	for _, row := range []struct {
		of            *tip
		on, who, act  string
		in            any
		code, because string
	}{
		{begin(t), "2026-03-01", "yas", "receive", aReceipt, "in-future", "a message cannot come tomorrow"},
		{begin(t), "2027-03-03", "yas", "receive", aReceipt, "before", "a message of more than a year ago is a mistake"},
		{received(), "2026-03-03", "yas", "receive", aReceipt, "block.receive", "taken in once"},
		{received(), "2026-03-03", "yas", "release", &Release{Read: true}, "block.release", "nobody reads it before the check"},
		{received(), "2026-03-03", "yas", "assess", forUs, "block.assess", "nobody decides on it before the release"},
		{received(), "2026-03-03", "yas", "check", check(func(c *Check) { c.Marked = marked + "!" }), "marked-differs", "a check may only take away"},
		{received(), "2026-03-03", "yas", "check", check(func(c *Check) { c.Marked = strings.Replace(marked, "]]", "", 1) }), "marked-open", "a gap without an end"},
		{received(), "2026-03-03", "yas", "check", check(func(c *Check) { c.Marked = heard }), "nothing-gone", "heard to be gone and still there"},
		{received(), "2026-03-03", "yas", "check", check(func(c *Check) { c.Moment, c.Relation = "none", "none" }), "gone-why", "gone without a question that says why"},
		{received(), "2026-03-03", "yas", "check", check(func(c *Check) { c.Summary = long }), "quotes", "words give away who spoke them"},
		{checked(), "2026-03-03", "yas", "check", aCheck, "need.unchecked", "checked once"},
		{checked(), "2026-03-03", "yas", "release", &Release{Read: true}, "need.other-eyes", "four eyes: who checked does not release"},
		{checked(), "2026-03-03", "bart", "release", &Release{}, "read-first", "the second person reads the original"},
		{released(t), "2026-03-03", "bart", "return", &Return{Why: "x"}, "need.unreleased", "nothing waits"},
		{released(t), "2026-03-03", "yas", "assess", &Assess{Outcome: Other, Why: "x", Impact: "normal"}, "authority", "another authority has a name"},
		{released(t), "2026-03-03", "yas", "find", aFinding, "block.find", "first an outcome"},
		{released(t).do("2026-03-04", "yas", "assess", forUs), "2026-03-05", "yas", "confirm", &Confirm{Agree: "yes", Why: "x"}, "need.other-eyes", "four eyes for high impact"},
		{released(t).do("2026-03-04", "yas", "assess", forUs), "2026-03-05", "yas", "find", aFinding, "need.second", "an outcome of high impact waits for the second person"},
		{released(t).do("2026-03-04", "yas", "assess", forUs), "2026-03-05", "yas", "assess", forUs, "need.second", "nor can it be replaced meanwhile"},
		{assessed(Ours, ""), "2026-03-05", "bart", "confirm", &Confirm{Agree: "yes", Why: "x"}, "need.no-second", "it counts already"},
		{assessed(Police, ""), "2026-03-05", "yas", "find", aFinding, "need.ours", "what is for the police is not ours to inspect"},
		{assessed(Police, ""), "2026-03-05", "yas", "lookup", aLookup, "need.ours", "nor to look up"},
		{assessed(Unusable, ""), "2026-03-05", "yas", "forward", &Forward{Receiver: "politie", Ground: "x", Files: "without"}, "need.forwardable", "what cannot be used is not passed on"},
		{ours(t), "2026-03-05", "yas", "use", &Use{Finding: 1, Dossier: "M-2026-0001", Why: "x"}, "need.finding", "a tip never is proof: a finding comes first"},
		{ours(t), "2026-03-05", "yas", "find", &Finding{Kind: "inspection", On: day("2026-03-06"), Who: "x", Reference: "x", Words: saw}, "in-future", "found tomorrow"},
		{ours(t), "2026-03-05", "yas", "find", &Finding{Kind: "inspection", On: day("2026-03-05"), Who: "x", Reference: "x", Words: long}, "finding-quotes", "a finding that repeats the tip is the tip"},
		{ours(t), "2026-03-05", "yas", "find", &Finding{Kind: "inspection", On: day("2026-03-05"), Who: "x", Reference: "x", Words: "Naar aanleiding van een anonieme melding bezocht."}, "finding-names", "a finding that names the tip tells that there was one"},
		{ours(t).do("2026-03-11", "yas", "find", aFinding), "2026-03-12", "yas", "use", &Use{Finding: 2, Dossier: "M-2026-0001", Why: "x"}, "no-such-finding", "a use rests on a finding that is there"},
		{ours(t), "2026-03-05", "yas", "lookup", &Lookup{Register: "brp", Subject: "x", Why: "x", Ground: "x", Fields: []string{"x"}}, "answer", "what came back is recorded"},
		{ours(t), "2026-03-05", "yas", "forward", &Forward{Receiver: "zomaar", Ground: "x", Files: "without"}, "no-such-receiver", "only to whom the municipality named"},
		{ours(t).do("2026-03-06", "yas", "add", &Add{Received: day("2026-03-06"), Text: "Nog iets"}), "2026-03-06", "yas", "forward", &Forward{Receiver: "politie", Ground: "x", Files: "without"}, "need.all-released", "not while something of M. is unread"},
		{ours(t), "2026-03-05", "yas", "feedback", &Feedback{Sent: day("2026-03-05"), Used: "yes", Result: "measure", Worth: "good"}, "no-measure", "M. hears what is true"},
		{ours(t).do("2026-03-11", "yas", "find", aFinding).do("2026-03-12", "yas", "use", &Use{Finding: 1, Dossier: "M-2026-0001", Why: "x"}), "2026-03-13", "yas", "feedback", &Feedback{Sent: day("2026-03-13"), Used: "no", Result: "none", Worth: "poor"}, "was-used", "M. hears what is true"},
		{ours(t), "2026-03-05", "yas", "close", &Close{}, "need.feedback", "M. hears of every tip"},
		{ours(t), "2026-03-05", "yas", "request", &Asked{Received: day("2026-03-05"), What: "access"}, "proven", "AVG 12 lid 6"},
		{ours(t), "2026-03-05", "yas", "answer", &Answer{}, "need.request", "nobody asked"},
		{ours(t).do("2026-03-05", "yas", "request", &Asked{Received: day("2026-03-05"), What: "access", Proven: true}), "2026-03-06", "yas", "answer",
			&Answer{Caller: "x", Others: "x", Enquiry: "x", Outcome: "part", Words: long, Sent: day("2026-03-06")}, "answer-quotes", "an answer that quotes points at the caller"},
		{ours(t), "2026-03-05", "yas", "reopen", &Reopen{Why: "x"}, "block.reopen", "not closed"},
		{used(t), "2026-09-01", "yas", "reopen", &Reopen{Why: "x"}, "need.ended", "what is over its term is not taken up again"},
		{used(t), "2026-09-01", "yas", "extend", &Extension{Days: 10, Why: "x"}, "need.ended", "nor extended"},
		{used(t), "2026-05-01", "yas", "extend", &Extension{Days: 91, Why: "x"}, "extend-days", "the maximum of one extension"},
		{used(t).do("2026-05-01", "yas", "extend", &Extension{Days: 90, Why: "x"}).do("2026-05-02", "yas", "extend", &Extension{Days: 10, Why: "x"}), "2026-05-03", "yas", "extend", &Extension{Days: 1, Why: "x"}, "need.extensions", "the maximum number"},
		{late("2026-08-01"), "2026-08-02", "yas", "extend", &Extension{Days: 90, Why: "x"}, "extend-limit", "the maximum in all"},
		{late("2026-12-01"), "2026-12-02", "yas", "extend", &Extension{Days: 1, Why: "x"}, "need.limit", "the maximum in all, reached by the outcome alone"},
	} {
		if x := row.because; x == "" {
			t.Errorf("%s: a guard without its reason", row.code)
		}
		row.of.t = t
		row.of.refused(row.on, row.who, row.act, row.in, row.code)
	}
}

// The term follows the outcome and nothing lengthens it in silence.
func TestRetention(t *testing.T) {
	outcome := func(o string) *tip {
		f := released(t).do("2026-03-04", "yas", "assess", &Assess{Outcome: o, Why: "x", Authority: "x", Impact: "normal"})
		return f
	}
	for o, want := range map[string]string{Ours: "2026-08-31", Police: "2026-04-03", Other: "2026-04-03", Unusable: "2026-03-11", Known: "2026-03-11"} {
		if got := outcome(o).r.Ends().Day; got != day(want) {
			t.Errorf("%s is kept until %s, want %s", o, got, want)
		}
	}
	if got := released(t).r.Ends().Day; got != day("2027-03-02") {
		t.Errorf("not assessed: until %s", got)
	}

	f := used(t)
	end := f.r.Ends().Day
	f.do("2026-08-30", "yas", "reopen", &Reopen{Why: "Nieuwe vragen"})
	if f.r.Stage != Assessed || f.r.Ends().Day != end {
		t.Errorf("reopening moved the end to %s", f.r.Ends().Day)
	}
	f.do("2026-08-30", "yas", "close", &Close{})
	if f.r.Ends().Day != end {
		t.Errorf("closing again moved the end to %s", f.r.Ends().Day)
	}

	// Assessed again to an outcome with a longer term: it counts from the first day, and
	// only after a second person agreed.
	g := outcome(Unusable).do("2026-03-10", "yas", "assess", &Assess{Outcome: Ours, Why: "Toch", Impact: "normal"})
	if !g.r.NeedsSecond || g.r.AssessedOn != day("2026-03-04") {
		t.Errorf("a longer term without four eyes: %+v", g.r)
	}
	// High impact by its theme, whatever was chosen.
	weapons := *aReceipt
	weapons.Theme = "weapons"
	w := begin(t).do("2026-03-02", "yas", "receive", &weapons).do("2026-03-03", "yas", "check", aCheck).do("2026-03-03", "bart", "release", &Release{Read: true}).
		do("2026-03-04", "yas", "assess", &Assess{Outcome: Police, Why: "x", Impact: "normal"})
	if !w.r.NeedsSecond {
		t.Error("weapons went to the police on one person's word")
	}

	// New content on a tip that is about to go gives time to read it, once.
	n := outcome(Unusable).do("2026-03-11", "yas", "add", &Add{Received: day("2026-03-11"), Text: "Er staat een tweede busje"})
	if got := n.r.Ends().Day; got != day("2026-03-18") {
		t.Errorf("new content: until %s", got)
	}
	if n.r.unchecked() != 1 || n.r.sealed().Parts[1].Original != "" {
		t.Error("what came later can be read without a check")
	}
	// And gives none when the term is longer anyway.
	if got := ours(t).do("2026-03-06", "yas", "add", &Add{Received: day("2026-03-06"), Text: "Nog iets"}).r.Ends().Day; got != day("2026-08-31") {
		t.Errorf("new content on a long term: until %s", got)
	}

	// The request of a person holds the end until it is answered (AVG 12 lid 3).
	q := outcome(Unusable).do("2026-03-11", "yas", "request", &Asked{Received: day("2026-03-11"), What: "access", Proven: true})
	if q.r.RequestDue() != day("2026-04-11") || q.r.Over(day("2026-06-01")) {
		t.Errorf("due %s, and gone while it is open: %v", q.r.RequestDue(), q.r.Over(day("2026-06-01")))
	}
	q.do("2026-03-20", "yas", "answer", &Answer{Caller: "Alles", Others: "Niets", Enquiry: "Geen", Outcome: "neither", Words: "Wij bevestigen noch ontkennen", Sent: day("2026-03-20")})
	if !q.r.Over(day("2026-03-20")) {
		t.Error("answered, and it stays")
	}
}

// The term of the triage counts working days: over Easter and a weekend.
func TestDue(t *testing.T) {
	for received, want := range map[string]string{
		"2026-03-02": "2026-03-09", // Monday to Monday
		"2026-04-02": "2026-04-13", // over Good Friday, the weekend and Easter Monday
		"2026-04-04": "2026-04-13", // a Saturday
		"2026-12-24": "2027-01-04", // over Christmas and New Year
	} {
		in := *aReceipt
		in.Received = day(received)
		if got := begin(t).do(received, "yas", "receive", &in).r.Due(calendar); got != day(want) {
			t.Errorf("received %s: by %s, want %s", received, got, want)
		}
	}
}

func TestSecondPersonSendsBack(t *testing.T) {
	f := begin(t).do("2026-03-02", "yas", "receive", aReceipt).do("2026-03-03", "yas", "check", aCheck).
		do("2026-03-03", "bart", "return", &Return{Why: "De plek wijst naar één bedrijf"})
	if f.r.Stage != Received || f.r.unchecked() != 0 || f.r.Parts[0].Returned == "" {
		t.Fatalf("%+v", f.r)
	}
	f.do("2026-03-04", "yas", "check", aCheck).do("2026-03-04", "bart", "release", &Release{Read: true})
	if f.r.Stage != Released {
		t.Errorf("%s", f.r.Stage)
	}
	g := released(t).do("2026-03-04", "yas", "assess", forUs).do("2026-03-04", "bart", "confirm", &Confirm{Agree: "no", Why: "Eerst navragen"})
	if g.r.Stage != Released || g.r.Outcome != "" {
		t.Errorf("a second person heard no, and it stands: %+v", g.r)
	}
}

func suite(t *testing.T) dossiertest.Suite[Tip] {
	t.Helper()
	passed := released(t).do("2026-03-04", "yas", "assess", &Assess{Outcome: Police, Why: "x", Impact: "high"}).do("2026-03-04", "bart", "confirm", &Confirm{Agree: "yes", Why: "Eens"}).
		do("2026-03-05", "yas", "forward", &Forward{Receiver: "politie", Ground: "Politiewet 3", Files: "without"}).
		do("2026-03-06", "yas", "warn", &Warn{Shocking: "shocking"}).
		do("2026-03-07", "yas", "extend", &Extension{Days: 10, Why: "De politie vraagt erom"})
	back := begin(t).do("2026-03-02", "yas", "receive", aReceipt).do("2026-03-03", "yas", "check", aCheck).do("2026-03-03", "bart", "return", &Return{Why: "De plek"})
	asked := ours(t).do("2026-03-05", "yas", "request", &Asked{Received: day("2026-03-05"), What: "access", Proven: true}).
		do("2026-03-20", "yas", "answer", &Answer{Caller: "Alles", Others: "Niets", Enquiry: "Geen", Outcome: "neither", Words: "Wij bevestigen noch ontkennen", Sent: day("2026-03-20")})
	reopened := used(t).do("2026-04-03", "yas", "reopen", &Reopen{Why: "Vraag van M."}).do("2026-04-04", "yas", "add", &Add{Received: day("2026-04-04"), Text: "Nog een busje"})
	d := Declaration()
	m := (&Room{Policies: policies(t)}).Open()
	return dossiertest.Suite[Tip]{Kind: New(policies(t)), State: func(r Tip) string { return string(r.Stage) }, Start: day("2026-03-02").Midnight().Add(15 * time.Hour),
		Scripts:  map[string][]dossiertest.Step{"used": used(t).steps, "passed on": passed.steps, "sent back": back.steps, "asked": asked.steps, "reopened": reopened.steps},
		Purposes: append(d.Purposes, access.Purpose{Code: PurposeOversee, Basis: "AVG 39", Personal: true}), Acts: d.Acts, ReadAct: ReadAct,
		Saved: func(u *work.Unit, h dossier.Head, r Tip) error { return m.save(u, "", h, r, calendar) },
		Gone:  func(u *work.Unit, h dossier.Head) error { return entomb(u, h.ID, "term", deadlines.DayOf(u.Now())) },
		List: func(u *work.Unit, b *access.Book) (ids []string, err error) {
			list, err := rows(u, b, ReadAct, false)
			for _, r := range list {
				ids = append(ids, r.ID)
			}
			return ids, err
		},
		Staff:   map[string]string{"yas": access.TipCoordinator, "bart": access.TipCoordinator, "lars": access.Lawyer, "priv": access.PrivacyOfficer, "adm": access.Administrator},
		Secrets: []string{"Kanariedijk", "zwager", "tuinbouwbedrijf", "vaten zonder etiket", "M2026-1"}, Golden: "testdata/grid.golden", Update: *update}
}

func TestKind(t *testing.T) {
	dossiertest.Run(t, func() dossiertest.Suite[Tip] { return suite(t) })
}
