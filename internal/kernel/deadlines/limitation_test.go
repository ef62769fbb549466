package deadlines

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"baken/internal/fault"
)

func events(t interface{ Fatal(...any) }, s string) []Event {
	var out []Event
	if s != "" {
		if err := json.Unmarshal([]byte(s), &out); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Each row is a file as a lawyer would tell it, with the end that law.md 6.4 gives.
func TestLimitation(t *testing.T) {
	c := Builtin()
	const decided = `{"date":"2024-08-01","kind":"invorderingsbeschikking"}`
	for _, row := range []struct {
		name, from, events, want string
		state                    State
		warning                  string
	}{
		{"nothing happened; a Sunday stays a Sunday", "2024-06-01", ``, "2025-06-01", Fixed, ""},
		{"29 February", "2024-02-29", ``, "2025-02-28", Fixed, ""},
		{"the recovery decision interrupts since 2021", "2024-06-01", `[` + decided + `]`, "2025-08-01", Fixed, ""},
		{"it did not before", "2019-06-01", `[{"date":"2019-09-01","kind":"invorderingsbeschikking"}]`, "2020-06-01", Fixed, "term.warn.decision-did-not-interrupt"},
		{"the day before the change", "2020-06-01", `[{"date":"2021-03-31","kind":"invorderingsbeschikking"}]`, "2021-06-01", Fixed, "term.warn.decision-did-not-interrupt"},
		{"the day of the change, for an older sum", "2020-06-01", `[{"date":"2021-04-01","kind":"invorderingsbeschikking"}]`, "2022-04-01", Fixed, "term.warn.transitional-law"},
		{"a reminder before the decision does not", "2024-06-01", `[{"date":"2024-07-01","kind":"aanmaning"},` + decided + `]`, "2025-08-01", Fixed, "term.warn.reminder-before-decision"},
		{"a reminder in the letter of the decision does", "2024-06-01", `[{"date":"2024-08-01","kind":"aanmaning"},` + decided + `]`, "2025-08-01", Fixed, ""},
		{"a reminder after an old decision does", "2019-06-01", `[{"date":"2019-09-01","kind":"invorderingsbeschikking"},{"date":"2019-11-01","kind":"aanmaning"}]`, "2020-11-01", Fixed, "term.warn.decision-did-not-interrupt"},
		{"on the last day it is in time", "2023-08-01", `[` + decided + `]`, "2025-08-01", Fixed, ""},
		{"a day after it is too late", "2023-07-31", `[` + decided + `]`, "2024-07-31", Prescribed, "term.warn.event-too-late"},
		{"interrupted on 29 February", "2023-06-01", `[{"date":"2024-02-29","kind":"invorderingsbeschikking"}]`, "2025-02-28", Fixed, ""},
		{"a remedy is pending: no end", "2024-06-01", `[{"date":"2024-05-01","kind":"bezwaar"}]`, "", OpenEnded, ""},
		{"decided before the last day: no effect", "2024-06-01", `[{"date":"2024-05-01","kind":"bezwaar"},{"date":"2025-05-31","kind":"onherroepelijk"}]`, "2025-06-01", Fixed, ""},
		{"decided on the last day", "2024-06-01", `[{"date":"2024-05-01","kind":"bezwaar"},{"date":"2025-06-01","kind":"onherroepelijk"}]`, "2025-06-01", Fixed, ""},
		{"decided after it: the end is that day", "2024-06-01", `[{"date":"2024-05-01","kind":"bezwaar"},{"date":"2024-12-01","kind":"beroep"},{"date":"2026-02-10","kind":"onherroepelijk"}]`, "2026-02-10", Fixed, ""},
		{"interrupted while it was pending", "2024-06-01", `[{"date":"2024-05-01","kind":"bezwaar"},{"date":"2026-01-10","kind":"erkenning"},{"date":"2026-02-10","kind":"onherroepelijk"}]`, "2027-01-10", Fixed, ""},
		{"interrupted a day after it was decided", "2024-06-01", `[{"date":"2024-05-01","kind":"bezwaar"},{"date":"2026-02-10","kind":"onherroepelijk"},{"date":"2026-02-11","kind":"erkenning"}]`, "2026-02-10", Prescribed, "term.warn.event-too-late"},
		{"an objection after the last day saves nothing", "2024-06-01", `[{"date":"2025-06-02","kind":"bezwaar"}]`, "2025-06-01", Prescribed, "term.warn.event-too-late"},
		{"a third party's request is pending", "2024-06-01", `[{"date":"2025-04-01","kind":"verzoek-derde"}]`, "", OpenEnded, ""},
		{"and is decided", "2024-06-01", `[{"date":"2025-04-01","kind":"verzoek-derde"},{"date":"2025-09-01","kind":"verzoek-derde-onherroepelijk"}]`, "2025-09-01", Fixed, ""},
		{"and ends in a recovery decision, which interrupts", "2024-06-01", `[{"date":"2025-04-01","kind":"verzoek-derde"},{"date":"2025-09-01","kind":"invorderingsbeschikking"}]`, "2026-09-01", Fixed, ""},
		{"a refused request, and a decision before its remedies lapsed", "2024-06-01", `[{"date":"2025-04-01","kind":"verzoek-derde"},{"date":"2025-05-20","kind":"invorderingsbeschikking"},{"date":"2025-07-13","kind":"verzoek-derde-onherroepelijk"}]`, "2026-05-20", Fixed, ""},
		{"deferment of 61 days", "2024-06-01", `[{"date":"2024-09-01","kind":"uitstel","until":"2024-11-01"}]`, "2025-08-01", Fixed, ""},
		{"deferment without an end", "2024-06-01", `[{"date":"2024-09-01","kind":"uitstel"}]`, "", OpenEnded, ""},
		{"deferment before an interruption adds nothing to the new term", "2024-06-01", `[{"date":"2024-06-10","kind":"uitstel","until":"2024-07-10"},` + decided + `]`, "2025-08-01", Fixed, ""},
		{"only its part after the interruption counts", "2024-06-01", `[{"date":"2024-07-22","kind":"uitstel","until":"2024-08-11"},` + decided + `]`, "2025-08-11", Fixed, ""},
		{"deferment that begins after the last day", "2024-06-01", `[{"date":"2025-06-02","kind":"uitstel","until":"2025-08-01"}]`, "2025-06-01", Prescribed, "term.warn.event-too-late"},
		{"two spans add up", "2024-06-01", `[{"date":"2024-09-01","kind":"uitstel","until":"2024-09-11"},{"date":"2024-10-01","kind":"surseance","until":"2024-10-21"}]`, "2025-07-01", Fixed, ""},
		{"suspension on the last day adds its length", "2024-06-01", `[` + decided + `,{"date":"2025-07-02","kind":"schorsing","until":"2025-08-01"}]`, "2025-08-31", Fixed, ""},
		{"suspension that ended before adds nothing", "2024-06-01", `[` + decided + `,{"date":"2025-07-02","kind":"schorsing","until":"2025-07-31"}]`, "2025-08-01", Fixed, ""},
		{"several reminders each interrupt", "2024-06-01", `[` + decided + `,{"date":"2025-03-01","kind":"aanmaning"},{"date":"2025-11-01","kind":"aanmaning"}]`, "2026-11-01", Fixed, ""},
		{"order of the list does not matter", "2024-06-01", `[{"date":"2025-11-01","kind":"dwangbevel"},` + decided + `,{"date":"2025-03-01","kind":"aanmaning"}]`, "2026-11-01", Fixed, ""},
		{"bankruptcy while a new term runs", "2024-06-01", `[` + decided + `,{"date":"2025-01-01","kind":"faillissement","until":"2025-12-31"}]`, "2026-07-31", Fixed, ""},
	} {
		w, err := ParseWhen(row.from)
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.Answer(Question{ID: "LOD-5.35", Start: w, Events: events(t, row.events)})
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		if a.End.String() != row.want || a.State != row.state || a.Atw {
			t.Errorf("%s: %s %s, want %s %s", row.name, a.End, a.State, row.want, row.state)
		}
		if row.warning != "" && !slices.ContainsFunc(a.Warnings, func(n Note) bool { return n.Code == row.warning }) {
			t.Errorf("%s: no %s among %v", row.name, row.warning, a.Warnings)
		}
		if row.warning == "" && len(a.Warnings) > 0 {
			t.Errorf("%s: warned of %v", row.name, a.Warnings)
		}
	}
}

func TestOtherMoneyDebts(t *testing.T) {
	c := Builtin()
	start := OnDay(Date(2024, 2, 29))
	a, err := c.Answer(Question{ID: "BD-lim", Start: start})
	if err != nil || a.End.String() != "2029-02-28" {
		t.Errorf("five years: %s, %v", a.End, err)
	}
	a, err = c.Answer(Question{ID: "BD-lim", Start: start, Events: events(t, `[{"date":"2026-03-01","kind":"aanmaning"}]`)})
	if err != nil || a.End.String() != "2031-03-01" {
		t.Errorf("a reminder interrupts without a recovery decision: %s, %v", a.End, err)
	}
	if _, err = c.Answer(Question{ID: "BD-lim", Start: start, Events: events(t, `[{"date":"2026-03-01","kind":"bezwaar"}]`)}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("5:35 is for a dwangsom only: %v", err)
	}
}

func TestEventsThatCannotBe(t *testing.T) {
	c := Builtin()
	for name, row := range map[string]struct{ events, code string }{
		"unknown kind":           {`[{"date":"2024-07-01","kind":"brief"}]`, "term.no-such-event"},
		"before the forfeiture":  {`[{"date":"2024-05-31","kind":"erkenning"}]`, "term.event-before-start"},
		"nothing to decide":      {`[{"date":"2024-07-01","kind":"onherroepelijk"}]`, "term.nothing-to-decide"},
		"no request to decide":   {`[{"date":"2024-07-01","kind":"verzoek-derde-onherroepelijk"}]`, "term.nothing-to-decide"},
		"a span that ends first": {`[{"date":"2024-07-01","kind":"uitstel","until":"2024-06-30"}]`, "term.event-ends-before-start"},
		"a day that lasts":       {`[{"date":"2024-07-01","kind":"erkenning","until":"2024-07-02"}]`, "term.event-takes-no-until"},
	} {
		_, err := c.Answer(Question{ID: "LOD-5.35", Start: OnDay(Date(2024, 6, 1)), Events: events(t, row.events)})
		if f := fault.Of(err); f == nil || f.Code != row.code {
			t.Errorf("%s: %v, want %s", name, err, row.code)
		}
	}
	if _, err := c.Answer(Question{ID: "AWB-6.7", Start: OnDay(Date(2024, 6, 1)), Events: events(t, `[{"date":"2024-07-01","kind":"erkenning"}]`)}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a term without events took one: %v", err)
	}
}

func TestAlarmsOfALimitation(t *testing.T) {
	a, err := Builtin().Answer(Question{ID: "LOD-5.35", Start: OnDay(Date(2024, 6, 1))})
	if err != nil {
		t.Fatal(err)
	}
	want := []Day{Date(2024, 9, 1), Date(2024, 12, 1), Date(2025, 3, 1), Date(2025, 5, 1), Date(2025, 5, 18)}
	if !slices.Equal(a.Alarms, want) {
		t.Errorf("9, 6, 3 and 1 months and two weeks before: %v", a.Alarms)
	}
}

// Interrupting can only help, and the order in which events are told tells nothing.
func TestLimitationHolds(t *testing.T) {
	c := Builtin()
	rapid.Check(t, func(t *rapid.T) {
		start := Date(2021, 6, 1)
		var list []Event
		for range rapid.IntRange(0, 6).Draw(t, "events") {
			kind := rapid.SampledFrom([]string{"invorderingsbeschikking", "aanmaning", "dwangbevel", "erkenning", "uitstel", "faillissement", "schorsing", "bezwaar", "verzoek-derde"}).Draw(t, "kind")
			e := Event{Date: start + Day(rapid.IntRange(0, 1500).Draw(t, "after")), Kind: kind}
			if k, _ := kindOf(kind); k.Span {
				e.Until = e.Date + Day(rapid.IntRange(0, 200).Draw(t, "lasts"))
			}
			list = append(list, e)
		}
		a, err := c.Answer(Question{ID: "LOD-5.35", Start: OnDay(start), Events: list})
		if err != nil {
			t.Fatal(err)
		}
		if a.State != OpenEnded && a.End.Day < start.AddYears(1) {
			t.Fatalf("an event made it shorter: %s", a.End)
		}
		shuffled := slices.Clone(list)
		slices.Reverse(shuffled)
		b, err := c.Answer(Question{ID: "LOD-5.35", Start: OnDay(start), Events: shuffled})
		if err != nil || a.End != b.End || a.State != b.State {
			t.Fatalf("told in another order: %s %s and %s %s", a.End, a.State, b.End, b.State)
		}
	})
}
