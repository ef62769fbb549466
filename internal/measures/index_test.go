package measures

import (
	"slices"
	"testing"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/plug"
)

var (
	swift = Listing{Name: "huisverbod", Prompt: map[string]bool{"decide": true}, Theirs: map[string]bool{"ban": true}, Waits: map[string]string{"proposed": "huisverbod.impose"}}
	slow  = Listing{Name: "dwangsom"}
)

// The list of all kinds has what runs out first on top, and what has no term last.
func TestTheFirstTermComesFirst(t *testing.T) {
	day := deadlines.Date(2026, 11, 24)
	rows := []listed{{Row{Number: "4"}, slow}, {Row{Number: "3", NextDay: day + 1}, slow}, {Row{Number: "2", NextDay: day}, swift}, {Row{Number: "1", NextDay: day + 1}, swift}}
	first(rows)
	var got []string
	for _, r := range rows {
		got = append(got, r.Number)
	}
	if !slices.Equal(got, []string{"2", "1", "3", "4"}) {
		t.Error(got)
	}
}

// A term without a date is not late, one of somebody else has ended, ours is late.
func TestHowFarARowIs(t *testing.T) {
	day := deadlines.Date(2026, 11, 24)
	l := listView{p: nl, now: day.Midnight()}
	for code, want := range map[string][2]string{"decide": {"Onverwijld", "al 2 dagen"}, "ban": {"zo 22 nov", "verlopen"}, "other": {"zo 22 nov", "2 dagen te laat"}} {
		if _, when, left, _ := l.when(listed{Row{NextDay: day - 2, NextCode: code}, swift}); when != want[0] || left != want[1] {
			t.Errorf("%s: %s, %s", code, when, left)
		}
	}
	if _, when, left, tone := l.when(listed{Row{NextDay: day, NextCode: "decide"}, swift}); when != "Onverwijld" || left != "vandaag" || tone != "today" {
		t.Errorf("today: %s, %s, %s", when, left, tone)
	}
}

// On the home page stands what the reader may do, of each kind.
func TestWhatWaits(t *testing.T) {
	for act, want := range map[string][]string{"huisverbod.impose": {"proposed"}, "dwangsom.sign": nil} {
		if got := swift.stagesFor(func(a string) bool { return a == act }); !slices.Equal(got, want) {
			t.Errorf("who may do %s reads of %v", act, got)
		}
	}
}

// The page of all measures opens for whoever may see the list of one kind.
func TestWhoOpensThePage(t *testing.T) {
	kind := func(purpose string, roles ...string) plug.Declaration {
		return plug.Declaration{Acts: []access.Act{{Name: "x.list", Kind: "measures", Purpose: purpose, Roles: roles}, {Name: "x.read", Kind: "x", Roles: []string{access.Analyst}}}}
	}
	d := Declaration(kind("a", access.Mayor, access.Officer), kind("b", access.Officer, access.Adviser))
	if a := d.Acts[0]; a.Name != ListAct || a.Purpose != "a" || !slices.Equal(a.Roles, []string{access.Mayor, access.Officer, access.Adviser}) {
		t.Errorf("%+v", a)
	}
}

// On the home page stands first what is most urgent, of whatever kind.
func TestWhatWaitsIsInTheOrderOfItsDay(t *testing.T) {
	now := time.Date(2026, 11, 26, 2, 0, 0, 0, time.UTC)
	row := func(id string, next deadlines.Day, ago time.Duration) listed {
		return listed{Row: Row{ID: id, NextDay: next, OpenedAt: now.Add(-ago)}}
	}
	today := deadlines.DayOf(now)
	rows := []listed{row("dwangsom without a day, old", deadlines.NoDay, 900*time.Hour), row("sluiting next week", today+7, 90*time.Hour), row("dwangsom without a day", deadlines.NoDay, 9*time.Hour), row("huisverbod of tonight", today, time.Hour), row("too late", today-2, 99*time.Hour)}
	slices.SortStableFunc(rows, urgent)
	var got []string
	for _, r := range rows {
		got = append(got, r.ID)
	}
	if want := []string{"too late", "huisverbod of tonight", "sluiting next week", "dwangsom without a day", "dwangsom without a day, old"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
