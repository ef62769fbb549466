package crimemonitor

import (
	"math"
	"testing"

	"baken/internal/crimemonitor/builtin"
)

func TestMargin(t *testing.T) {
	for _, row := range []struct {
		percent float64
		replies int
		want    float64
		ok      bool
	}{
		{50, 1000, 3.1, true}, // the textbook case
		{81, 3472, 1.3, true},
		{4, 3472, 0.7, true},
		{0, 100, 0, true},
		{50, 0, 0, false},
		{101, 100, 0, false},
	} {
		got, ok := Margin(row.percent, row.replies)
		if ok != row.ok || math.Abs(got-row.want) > 0.05 {
			t.Errorf("margin of %v%% in %d answers = %.2f, %v; want %.1f, %v", row.percent, row.replies, got, ok, row.want, row.ok)
		}
	}
}

func TestOpinionsAreThoseThatArePublished(t *testing.T) {
	all, err := builtin.Opinions()
	if err != nil || len(all) != 3 {
		t.Fatal(len(all), err)
	}
	if o := all[0]; o.Percent != 81 || o.Replies != 3472 || o.Year != 2020 || o.URL == "" {
		t.Fatalf("%+v", o)
	}
}
