package deadlines

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"baken/internal/fault"
	"baken/internal/text"
)

var update = flag.Bool("update", false, "write the golden tables anew; read the difference before you commit it")

// golden compares with a table in testdata, line by line.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, lines := strings.Split(string(raw), "\n"), strings.Split(got, "\n")
	for i := range max(len(want), len(lines)) {
		var w, g string
		if i < len(want) {
			w = want[i]
		}
		if i < len(lines) {
			g = lines[i]
		}
		if w != g {
			t.Fatalf("%s line %d:\n got %s\nwant %s", file, i+1, g, w)
		}
	}
}

// line writes an answer for a golden table.
func line(id, from, params string, a Answer, err error) string {
	if err != nil {
		f := fault.Of(err)
		return fmt.Sprintf("%-18s %-26s %-34s refused: %s", id, from, params, f.Code)
	}
	s := fmt.Sprintf("%-18s %-26s %-34s %s -> %s", id, from, params, a.Nominal, a.End)
	if a.End.Day == NoDay {
		s += "none"
	}
	for _, m := range a.Shifts {
		s += fmt.Sprintf("  [%s > %s %s]", m.From, m.To, m.Article)
	}
	if a.Disputed != nil {
		s += fmt.Sprintf("  or %s, safe %s", a.Disputed.End, a.Disputed.Safe)
	}
	if a.State != "" {
		s += "  " + string(a.State)
	}
	for _, w := range a.Warnings {
		s += "  !" + strings.TrimPrefix(w.Code, "term.warn.")
	}
	return s
}

// Every rule, over leap days, the ends of months and years, and both changes of
// the clock; a rule that needs a moment is refused without one.
func TestGoldenRules(t *testing.T) {
	c := Builtin()
	var out strings.Builder
	starts := []string{"2018-12-20", "2020-02-29", "2023-02-28", "2024-02-29", "2025-08-31", "2025-11-30", "2026-03-27", "2026-10-23", "2027-12-31",
		"2026-03-19T02:30:00+01:00", "2026-03-28T02:30:00+01:00", "2026-03-29T01:59:00+01:00", "2026-10-15T02:30:00+02:00", "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+01:00"}
	for _, r := range Rules() {
		for _, from := range starts {
			w, err := ParseWhen(from)
			if err != nil {
				t.Fatal(err)
			}
			for _, params := range paramsFor(&r) {
				a, err := c.Answer(Question{ID: r.ID, Start: w, Params: parse(params)})
				out.WriteString(line(r.ID, from, params, a, err) + "\n")
			}
		}
	}
	golden(t, "rules.golden", out.String())
}

// paramsFor are the parameters on each side of every boundary of a rule.
func paramsFor(r *Rule) []string {
	switch r.How {
	case Given:
		return []string{"", "length=2w", "length=90d", "length=91d", "length=12w", "length=13w", "length=3m", "length=4m", "length=1y", "length=24h"}
	case Objection:
		return []string{"", "committee=true", "committee=true committee-notice=false", "committee=true committee-notice=true", "adjourn-weeks=6",
			"adjourn-weeks=7", "committee=true committee-notice=true adjourn-weeks=1", "committee=true committee-notice=true adjourn-weeks=6", "suspended-days=10", "suspended-days=10 adjourn-weeks=6"}
	case Stretch:
		return []string{"", "suspended-days=3", "adjourn-weeks=4", "adjourn-weeks=5", "adjourn-weeks=6", "adjourn-weeks=7"}
	case Chain:
		return []string{"", "extensions=1", "extensions=2", "extensions=3", "extensions=4"}
	case FirstDue:
		return []string{"", "term-end=2018-12-20", "term-end=2026-03-26"}
	case Running:
		return []string{"", "notice=2018-12-31", "notice=2019-01-01", "notice=2025-12-31"}
	case PerUnit:
		return []string{"", "amount=500 maximum=2200", "amount=500 maximum=499", "amount=500 maximum=2000 unit=month", "amount=500 maximum=2000 unit=day"}
	}
	switch r.ID {
	case "G151d.3":
		return []string{"", "extended=true"}
	case "AWB-7.10.3":
		return []string{"", "committee=true"}
	}
	return []string{""}
}

func parse(params string) map[string]string {
	out := map[string]string{}
	for _, p := range strings.Fields(params) {
		name, value, _ := strings.Cut(p, "=")
		out[name] = value
	}
	return out
}

// Every closed day of 2014 to 2028, with the day before and the day after, as the
// nominal end of a term of six weeks and of the three days of a hearing.
func TestGoldenHolidays(t *testing.T) {
	c := Builtin()
	var out strings.Builder
	for _, id := range []string{"AWB-6.7", "WTH-D6"} {
		r, err := Find(id, Date(2014, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		n := Day(42)
		if id == "WTH-D6" {
			n = 3
		}
		for d := Date(2014, 1, 1); d <= Date(2028, 12, 31); d++ {
			why := c.Closed(d)
			if why == Open || why == Saturday || why == Sunday {
				continue
			}
			for _, nominal := range []Day{d - 1, d, d + 1} {
				a, err := c.Answer(Question{ID: r.ID, Start: OnDay(nominal - n)})
				out.WriteString(line(id, (nominal-n).String(), string(why)+" "+d.String(), a, err) + "\n")
			}
		}
	}
	golden(t, "holidays.golden", out.String())
}

// Worked examples of law.md and of case law.
func TestWorkedExamples(t *testing.T) {
	c := Builtin()
	for _, row := range []struct{ id, from, params, want, why string }{
		{"WTH-D6", "2027-05-13", "", "2027-05-18", "law.md 3.3: Sunday, Whit Monday, then two working days"},
		{"WTH-D8", "2026-10-09T22:15:00+02:00", "", "2026-11-06T22:15:00+01:00", "four weeks after imposition, same clock time over the change to winter time"},
		{"WTH-D1", "2026-03-20T22:15:00+01:00", "", "2026-03-30T22:15:00+02:00", "same clock time over the change to summer time, 239 hours"},
		{"WTH-D2", "2026-03-28T22:15:00+01:00", "", "2026-03-29T23:15:00+02:00", "24 elapsed hours over the change"},
		{"AWB-6.7", "2026-04-03", "", "2026-05-18", "Friday 15 May 2026 is equated by decree"},
		{"AWB-7.10.1", "2026-04-03", "", "2026-06-29", "counted from the shifted end of the objection term"},
		{"G172a.6a", "2026-01-15", "extensions=3", "2027-01-15", "at most twelve months in all"},
		{"LOD-5.35", "2024-02-29", "", "2025-02-28", "29 February: the safe reading"},
		{"LOD-5.33", "2026-04-03", "", "2026-05-18", "the payment term is under the Atw"},
		{"LOD-5.32b", "2026-06-01", "amount=500 maximum=1000", "2026-06-08", "the first week must be full"},
		{"AWB-4.17.3", "2026-03-02", "", "2026-03-17", "R+15"},
		{"AWB-7.4.1", "2026-05-21", "", "2026-05-10", "counted back, a Sunday stays a Sunday"},
		{"BD-5.27", "2026-03-30T10:00:00+02:00", "", "2026-03-28T09:00:00+01:00", "48 hours that passed"},
		{"G151c.r", "2026-03-10T10:00:00+01:00", "", "2026-04-07T11:00:00+02:00", "never longer than 28 times 24 hours"},
		{"AWB-4.5", "2026-12-28", "", "2027-01-25", "four weeks"},
	} {
		w, err := ParseWhen(row.from)
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.Answer(Question{ID: row.id, Start: w, Params: parse(row.params)})
		if err != nil || a.End.String() != row.want {
			t.Errorf("%s from %s %s: %s (%v), want %s: %s", row.id, row.from, row.params, a.End, err, row.want, row.why)
		}
	}
}

func TestPenaltyAmounts(t *testing.T) {
	c := Builtin()
	for _, row := range []struct {
		notice string
		total  int
	}{{"2018-12-31", 126000}, {"2019-01-01", 144200}, {"2025-06-02", 144200}} {
		w, _ := ParseWhen(row.notice)
		a, err := c.Answer(Question{ID: "AWB-4.17.3", Start: w})
		if err != nil || len(a.Sums) != 3 || a.Sums[2].Total != row.total || a.Sums[2].To-a.Sums[0].From != 41 {
			t.Errorf("notice of %s: %+v, %v", row.notice, a.Sums, err)
		}
	}
}

func TestForfeituresStopAtTheMaximum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.IntRange(1, 100_000).Draw(t, "amount")
		maximum := amount + rapid.IntRange(0, amount*20).Draw(t, "more")
		from := Day(rapid.IntRange(int(Date(2014, 1, 1)), int(Date(2028, 1, 1))).Draw(t, "from"))
		sums, err := Forfeitures(from, Weeks, amount, maximum)
		if err != nil {
			t.Fatal(err)
		}
		total := 0
		for k, s := range sums {
			total += s.Cents
			if s.From != from+Day(7*(k+1)) || s.Cents < 1 || s.Cents > amount || s.Total != total {
				t.Fatalf("sum %d is %+v", k+1, s)
			}
		}
		if total != maximum {
			t.Fatalf("%d sums make %d, not the maximum of %d", len(sums), total, maximum)
		}
	})
}

// What must hold for every rule and every start.
func TestTermsHold(t *testing.T) {
	c := Builtin()
	rules := Rules()
	rapid.Check(t, func(t *rapid.T) {
		r := rules[rapid.IntRange(0, len(rules)-1).Draw(t, "rule")]
		day := Day(rapid.IntRange(int(Date(2014, 1, 1)), int(Date(2028, 12, 31))).Draw(t, "day"))
		start := AtMoment(day.Midnight().Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute))
		params := parse(rapid.SampledFrom(paramsFor(&r)).Draw(t, "params"))
		a, err := c.Answer(Question{ID: r.ID, Start: start, Params: params})
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("%s: an error without a sentence: %v", r.ID, err)
			}
			return
		}
		again, _ := c.Answer(Question{ID: r.ID, Start: start, Params: params})
		if a.Explain(text.NL) != again.Explain(text.NL) || a.End != again.End {
			t.Fatalf("%s from %s: asked twice, answered differently", r.ID, start)
		}
		if a.End.Day == NoDay {
			return
		}
		at := a.Nominal.Day
		if r.How == Objection {
			at = start.Day + 42
		}
		for _, s := range a.Shifts {
			if s.To <= s.From {
				t.Fatalf("%s from %s: moved back: %+v", r.ID, start, s)
			}
			if s.From != at && r.How != Objection {
				t.Fatalf("%s from %s: a gap between the moves: %+v", r.ID, start, a.Shifts)
			}
			at = s.To
		}
		if a.Atw && r.How != FirstDue && c.Closed(a.End.Day) != Open {
			t.Fatalf("%s from %s ends on %s, a closed day", r.ID, start, a.End)
		}
		if r.How != Before && a.Later.Day != NoDay && a.Later.Day < a.End.Day {
			t.Fatalf("%s from %s: begun later it ends earlier: %s, %s", r.ID, start, a.End, a.Later)
		}
		if fast, ok := c.End(&r, start.Day); ok && len(params) == 0 && fast != a.End.Day {
			t.Fatalf("%s from %s: End says %s, Answer %s", r.ID, start, fast, a.End)
		}
	})
}

// The table follows the law's own order of things.
func TestTableIsSound(t *testing.T) {
	seen := map[string]Day{}
	for _, r := range Rules() {
		if until, twice := seen[r.ID]; twice && (until == NoDay || r.From <= until) {
			t.Errorf("%s: two texts for one day", r.ID)
		}
		seen[r.ID] = r.Until
		switch r.Class {
		case STAT:
			if r.Unit == Weeks && r.Length > 12 || r.Unit == Days && r.Length > 90 || r.Unit == Months && r.Length > 3 || r.Unit == Years {
				t.Errorf("%s is STAT and too long for the Atw (4 a)", r.ID)
			}
		case LONG:
			if short(r.Length, r.Unit) {
				t.Errorf("%s is LONG and short enough for the Atw", r.ID)
			}
		case HOUR:
			if r.Unit != Hours {
				t.Errorf("%s is HOUR and counts in %s", r.ID, r.Unit)
			}
		case BACK:
			if r.How != Before {
				t.Errorf("%s is BACK and does not count back", r.ID)
			}
		}
		if (r.How == Given || r.How == Promptly) != (r.Unit == None) {
			t.Errorf("%s: a length where the law names none, or none where it does", r.ID)
		}
	}
	if !slices.IsSortedFunc(dailyPenalties, func(a, b dailyPenalty) int { return int(a.from - b.from) }) {
		t.Error("the amounts of 4:17 are not in order")
	}
}

func BenchmarkEnd(b *testing.B) {
	c := Builtin()
	r, _ := Find("AWB-6.7", Date(2026, 1, 1))
	d := Date(2014, 1, 1)
	for b.Loop() {
		if d += 17; d > Date(2028, 1, 1) {
			d = Date(2014, 1, 1)
		}
		c.End(r, d)
	}
}

func BenchmarkAnswerExplained(b *testing.B) {
	c := Builtin()
	d := Date(2014, 1, 1)
	buf := make([]byte, 0, 1024)
	for b.Loop() {
		if d += 17; d > Date(2028, 1, 1) {
			d = Date(2014, 1, 1)
		}
		a, _ := c.Answer(Question{ID: "AWB-6.7", Start: OnDay(d)})
		buf = a.AppendExplanation(buf[:0], text.NL)
	}
}
