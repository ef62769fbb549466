package measures

import (
	"slices"
	"strings"
	"testing"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
	"baken/internal/web/ui"
)

var nl = text.For(text.NL)

func answer(t testing.TB, q deadlines.Question) deadlines.Answer {
	t.Helper()
	a, err := deadlines.Builtin().Answer(q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func from(rule string, d deadlines.Day) deadlines.Question {
	return deadlines.Question{ID: rule, Start: deadlines.OnDay(d)}
}

// late is the last minute of a day in Amsterdam, which in winter is still that day
// in London.
func late(d deadlines.Day) time.Time { return (d + 1).Midnight().Add(-time.Minute) }

func TestHowFarATermIs(t *testing.T) {
	start := deadlines.Date(2026, time.November, 2)
	ours, theirs := answer(t, from("AWB-4.13", start)), answer(t, from("AWB-6.7", start))
	for _, c := range []struct {
		name        string
		a           deadlines.Answer
		days        int // after the last day
		done, maybe bool
		tone, left  string
	}{
		{"the municipality is late", ours, 1, false, false, "late", "1 dag te laat"},
		{"it is later still", ours, 3, false, false, "late", "3 dagen te laat"},
		{"the last day", ours, 0, false, false, "today", "vandaag"},
		{"the day before", ours, -1, false, false, "soon", "over 1 dag"},
		{"a week before", ours, -7, false, false, "soon", "over 7 dagen"},
		{"more than a week before", ours, -8, false, false, "later", "over 8 dagen"},
		{"met, and long ago", ours, 400, true, false, "done", "klaar"},
		{"only if something happens", ours, -3, false, true, "maybe", "alleen als er niets verandert"},
		{"met counts before maybe", ours, -3, true, true, "done", "klaar"},
		{"another let it pass", theirs, 1, false, false, "later", "verlopen"},
		{"another has until today", theirs, 0, false, false, "today", "vandaag"},
	} {
		got := ViewTerm(nl, c.a, "Titel", c.done, c.maybe, late(c.a.End.Day+deadlines.Day(c.days)))
		if got.Tone != c.tone || got.Left != c.left {
			t.Errorf("%s: %s %q, want %s %q", c.name, got.Tone, got.Left, c.tone, c.left)
		}
		if got.ISO != c.a.End.Day.String() {
			t.Errorf("%s: the last day is %s, want %s", c.name, got.ISO, c.a.End.Day)
		}
	}
}

// A limitation that a pending objection keeps alive has no last day: a date in its
// place would be acted upon.
func TestTermWithoutAnEnd(t *testing.T) {
	d := deadlines.Date(2026, time.June, 1)
	q := from("LOD-5.35", d)
	q.Events = []deadlines.Event{{Date: d + 20, Kind: "bezwaar"}}
	a := answer(t, q)
	if a.End.Day != deadlines.NoDay {
		t.Fatalf("the example has an end: %s", a.End)
	}
	got := ViewTerm(nl, a, "Verjaring", false, false, late(d+40))
	if got.ISO != "" || got.When != "Nog geen einde" || got.Left != "hangt van een zaak af" || got.Tone != "maybe" {
		t.Errorf("it says %q %q, %q, %s", got.ISO, got.When, got.Left, got.Tone)
	}
}

func TestTermTellsItsCalculation(t *testing.T) {
	// Six weeks after Friday 13 November end on Christmas Day; the first ordinary day
	// after it is Monday.
	a := answer(t, from("AWB-6.7", deadlines.Date(2026, time.November, 13)))
	got := ViewTerm(nl, a, "Laatste dag voor bezwaar", false, false, late(deadlines.Date(2026, time.November, 24)))
	var days []string
	for _, r := range got.Ladder {
		days = append(days, r.When)
	}
	if want := []string{"vr 13 nov", "vr 25 dec", "ma 28 dec", "ma 28 dec"}; !slices.Equal(days, want) {
		t.Errorf("the steps are %v, want %v", days, want)
	}
	if last := got.Ladder[len(got.Ladder)-1]; last.Text != "Laatste dag voor bezwaar" || got.Law == "" || !strings.Contains(got.Meta, "Te laat:") {
		t.Errorf("the result is %q, law %q, %q", last.Text, got.Law, got.Meta)
	}
	if met := ViewTerm(nl, a, "x", true, false, late(a.End.Day)); strings.Contains(met.Meta, "Te laat:") {
		t.Errorf("a term that was met still threatens: %q", met.Meta)
	}
	disputed := answer(t, from("AWB-4.17.3", deadlines.Date(2026, time.March, 2)))
	if disputed.Disputed == nil {
		t.Fatal("the example is not disputed")
	}
	if v := ViewTerm(nl, disputed, "x", false, false, late(disputed.End.Day)); len(v.Notes) == 0 || v.Notes[0] == "" {
		t.Error("that a rule can be read in two ways is not said")
	}
}

func TestTermsStandInTheOrderOfWorry(t *testing.T) {
	now := late(deadlines.Date(2026, time.December, 20))
	view := func(title, rule string, start deadlines.Day, done, maybe bool) Term {
		return ViewTerm(nl, answer(t, from(rule, start)), title, done, maybe, now)
	}
	terms := []Term{
		view("klaar", "AWB-6.7", deadlines.Date(2026, time.March, 2), true, false),
		view("verlopen", "AWB-6.7", deadlines.Date(2026, time.May, 4), false, false),
		view("misschien", "AWB-6.7", deadlines.Date(2026, time.December, 1), false, true),
		view("loopt later", "AWB-6.7", deadlines.Date(2026, time.December, 14), false, false),
		view("loopt", "AWB-6.7", deadlines.Date(2026, time.November, 16), false, false),
		view("te laat", "AWB-4.13", deadlines.Date(2026, time.September, 1), false, false),
	}
	SortTerms(terms)
	var got []string
	for _, x := range terms {
		got = append(got, x.Title)
	}
	if want := []string{"te laat", "loopt", "loopt later", "misschien", "verlopen", "klaar"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// everything is an input with a field of each kind, named as fields of the catalogue.
type everything struct {
	Place      string         `ask:"line"`
	Facts      string         `ask:"text"`
	Measures   []string       `ask:"lines"`
	Sent       deadlines.Day  `ask:"day"`
	Seen       deadlines.When `ask:"moment"`
	Amount     int            `ask:"euro"`
	Days       int            `ask:"count"`
	Read       bool           `ask:"yes"`
	Result     string         `ask:"choice" options:"breach,unclear"`
	Photos     []string       `ask:"files,optional"`
	Lead       string         `ask:"colleague"`
	Inspection int            `ask:"inspection"`
}

func own(f ask.Field, v string) string { return "<" + string(f.Kind) + " " + v + ">" }

func TestWhatWasRecordedIsShownInWords(t *testing.T) {
	w := Words{P: nl, Kind: "dwangsom"}
	seen := deadlines.AtMoment(time.Date(2026, time.November, 23, 22, 30, 0, 0, time.UTC))
	in := &everything{"Haven 9", "Afval", []string{"Een", "Twee"}, deadlines.Date(2026, time.November, 24), seen, 125050, 28, true, "breach", []string{"a", "b"}, "lars", 2}
	want := []ui.Fact{
		{Label: "Plaats van de overtreding", Text: "Haven 9"}, {Label: "Wat is er gezien", Text: "Afval"}, {Label: "Wat moet gebeuren of stoppen, een per regel", Text: "Een; Twee"},
		{Label: "Verzonden op", Text: "dinsdag 24 november 2026"}, {Label: "Gezien op", Text: "maandag 23 november 2026, 23.30 uur"}, {Label: "Bedrag", Text: "€ 1.250,50"},
		{Label: "Begunstigingstermijn in dagen", Text: "28"}, {Label: "Ik heb het besluit gelezen", Text: "ja"}, {Label: "Wat is gezien", Text: "overtreding"}, {Label: "Foto's", Text: "2 bestanden"},
		{Label: "Behandelaar", Text: "<colleague lars>"}, {Label: "Controle", Text: "<inspection 2>"},
	}
	got := w.Shown("dwangsom.inspect", in, own, late(in.Sent))
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i].Label != want[i].Label || got[i].Text != want[i].Text {
			t.Fatalf("field %d: %+v, want %+v", i, got[i:], want[i:])
		}
	}
	// What was left empty takes no line, but "no" and zero are answers.
	got = w.Shown("dwangsom.inspect", &everything{Seen: deadlines.OnDay(in.Sent)}, own, late(in.Sent))
	var lines []string
	for _, f := range got {
		lines = append(lines, f.Label+": "+f.Text)
	}
	if want := []string{"Gezien op: dinsdag 24 november 2026", "Begunstigingstermijn in dagen: 0", "Ik heb het besluit gelezen: nee"}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// One word of the record can mean two things: a breach that an inspector saw, and a
// sum for each breach.
func TestAWordMeansWhatItsFieldSays(t *testing.T) {
	w := Words{P: nl, Kind: "dwangsom"}
	if seen, sum := w.Option("dwangsom.inspect", "Result", "breach"), w.Option("dwangsom.draft", "Per", "breach"); seen != "overtreding" || sum != "per overtreding" {
		t.Errorf("seen: %q; sum: %q", seen, sum)
	}
	if general, here := w.Label("dwangsom.intend", "Sent"), w.Label("dwangsom.pay", "On"); general != "Verzonden op" || here != "Op onze rekening bijgeschreven op" {
		t.Errorf("labels %q and %q", general, here)
	}
	if with, without := w.Hint("dwangsom.draft", "Days"), w.Hint("dwangsom.draft", "Per"); with == "" || without != "" {
		t.Errorf("hints %q and %q", with, without)
	}
}

func TestWhatCanBeDoneAndWhatNot(t *testing.T) {
	day := deadlines.Date(2027, time.February, 24)
	list := []dossier.Option{
		{Name: "dwangsom.pay"},
		{Name: "dwangsom.remind", Block: fault.New(fault.Conflict, "dwangsom.payment-term-runs", "until", day)},
		{Name: "dwangsom.sign"},
		{Name: "dwangsom.extend", Block: fault.New(fault.Conflict, "dwangsom.need.compliance-over", "law", "Awb 5:32a")},
		{Name: "dwangsom.inspect"},
	}
	now, blocked := Options(nl, list, "/maatregelen/dwangsom/x", func(act string) bool { return act != "dwangsom.sign" })
	want := []Choice{{Name: "dwangsom.pay", Label: "Betaling vastleggen", Href: "/maatregelen/dwangsom/x/pay"}, {Name: "dwangsom.inspect", Label: "Controle vastleggen", Href: "/maatregelen/dwangsom/x/inspect"}}
	if !slices.Equal(now, want) {
		t.Errorf("now: %+v, want %+v", now, want)
	}
	if want := []Blocked{{"Aanmaning vastleggen", "Betalen kan nog tot en met woensdag 24 februari 2027 (Awb 5:33). Maan daarna aan."},
		{"Begunstigingstermijn verlengen", "De begunstigingstermijn is voorbij. Verlengen kan alleen ervoor (Awb 5:32a)."}}; !slices.Equal(blocked, want) {
		t.Errorf("blocked: %+v, want %+v", blocked, want)
	}
}
