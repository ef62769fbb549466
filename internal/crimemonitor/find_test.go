package crimemonitor

import (
	"context"
	"slices"
	"strings"
	"testing"

	"baken/internal/bakentest/dbtest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

func values(f Found) (out []int64) {
	for _, p := range f.Line.All() {
		out = append(out, p.Value())
	}
	return out
}

func TestFind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		ctx, me := context.Background(), as(access.Mayor)
		// Police figures of Maassluis, table 47018NED, as in data-sources.md.
		all, err := r.m.Find(ctx, me, Ask{Area: "GM0556", Offence: "1.1.1", From: "2012", To: "2025"})
		want := []int64{136, 153, 161, 186, 153, 140, 76, 100, 51, 46, 63, 30, 44, 30}
		if err != nil || len(all) != 1 || !slices.Equal(values(all[0]), want) {
			t.Fatalf("%v %v", all, err)
		}
		all, err = r.m.Find(ctx, me, Ask{Area: "GM0556", Offence: "hic"})
		var codes []string
		for _, f := range all {
			codes = append(codes, f.Offence)
			if missing := f.Offence == "1.4.3" || f.Offence == "1.4.6" || f.Offence == "1.4.7"; (f.Snapshot == nil) != missing || missing && len(values(f)) > 0 {
				t.Errorf("%s: snapshot %v, %v", f.Offence, f.Snapshot, values(f))
			}
		}
		if err != nil || strings.Join(codes, " ") != "1.1.1 1.4.6 1.4.7 1.4.5 1.4.4 1.4.3 1.4.2" {
			t.Fatalf("%v %v", codes, err)
		}
		for code, ask := range map[string]Ask{
			"crimemonitor.ask.area":    {Area: "Maassluis", Offence: "1.1.1"},
			"crimemonitor.ask.offence": {Area: "GM0556", Offence: "9.9.9"},
			"crimemonitor.ask.period":  {Area: "GM0556", Offence: "1.1.1", From: "2023MM01"},
		} {
			if _, err := r.m.Find(ctx, me, ask); fault.Of(err) == nil || fault.Of(err).Code != code {
				t.Errorf("%+v: %v", ask, err)
			}
		}
	})
}

// A sum of which a part is not there is no sum, and the page says which part it is.
func TestCourseWithAMissingPart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		v := r.view(Choice{Offence: Total})
		for _, c := range v.Series {
			want := map[string][]string{"street-robbery": {"1.4.6"}, "robbery": {"1.4.7"}, "violence": {"1.4.3"}}[c.Name]
			if !slices.Equal(c.Missing, want) {
				t.Errorf("%s misses %v, want %v", c.Name, c.Missing, want)
			}
		}
		h := hand{t: text.For(text.NL), view: v, name: "Maassluis"}
		if s := h.missing(h.absent()); !strings.Contains(s, "1.4.6") || !strings.Contains(s, "1.4.7") {
			t.Errorf("the page names %q", s)
		}
		// 1.4.6 comes with two years of its own: the sum with burglary has those two only.
		if _, err := r.m.Import(context.Background(), as(access.Analyst), "47018NED-a.csv", strings.NewReader(table("1.4.6", 2024, 7, 9))); err != nil {
			t.Fatal(err)
		}
		all, err := r.m.Find(context.Background(), as(access.Analyst), Ask{Area: "GM0556", Offence: "hic"})
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]Found{}
		for _, f := range all {
			by[f.Offence] = f
		}
		for _, order := range [][]string{{"1.1.1", "1.4.6", "1.4.7"}, {"1.4.7", "1.4.6", "1.1.1"}} {
			c := people{}.course("x", order, by, "GM0556")
			if len(c.Years) != 2 || c.Years[0].Value != 44+7 || c.Years[1].Value != 30+9 || !slices.Equal(c.Missing, []string{"1.4.7"}) {
				t.Errorf("%v: %+v", order, c)
			}
		}
	})
}

// A part that is not published leaves no sum, whichever part it is.
func TestCourseWithAPartNotPublished(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		file := header + "GM0556,Maassluis,1.4.6,x,2025JJ00,7\nGM0556,Maassluis,1.4.7,x,2025JJ00,\n"
		if _, err := r.m.Import(context.Background(), as(access.Analyst), "47018NED-a.csv", strings.NewReader(file)); err != nil {
			t.Fatal(err)
		}
		all, err := r.m.Find(context.Background(), as(access.Analyst), Ask{Area: "GM0556", Offence: "hic", From: "2025"})
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]Found{all[1].Offence: all[1], all[2].Offence: all[2]}
		for _, order := range [][]string{{"1.4.6", "1.4.7"}, {"1.4.7", "1.4.6"}} {
			c := people{}.course("x", order, by, "GM0556")
			if y, ok := c.Newest(); ok || len(c.Years) != 1 {
				t.Errorf("%v: %+v", order, y)
			}
		}
	})
}

func TestNotPublishedIsNeverZero(t *testing.T) {
	for _, lang := range text.Langs {
		h := hand{t: text.For(lang)}
		for s := figures.Published; s <= figures.Unknown; s++ {
			for _, got := range []string{h.number(0, s), h.count(YearCell{Status: s}), h.side(&figures.Value{Status: s}, 0), h.side(&figures.Value{Status: s}, 1)} {
				if zero := strings.HasPrefix(got, "0"); zero != s.Known() || got == "" {
					t.Errorf("%s %s reads %q", lang, s, got)
				}
			}
		}
		if got := h.side(nil, 0); strings.Contains(got, "0") || got == "" {
			t.Errorf("a cell that is not there reads %q", got)
		}
	}
}

// Streets are read in by who keeps the areas, and the log says that they were.
func TestImportStreets(t *testing.T) {
	r := open(t, dbtest.Open(t, db.SQLite))
	ctx := context.Background()
	const file = `{"type":"FeatureCollection","features":[{"properties":{"STT_NAAM":"Zuiddijk"},"geometry":{"type":"LineString","coordinates":[[76000,437000],[76100,437000]]}}]}`
	if _, err := r.m.ImportStreets(ctx, as(access.Mayor), "x", strings.NewReader(file)); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the mayor: %v", err)
	}
	if n, err := r.m.ImportStreets(ctx, as(access.Analyst), "x", strings.NewReader(file)); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	err := r.keep.See(ctx, work.System("test"), Purpose, func(u *work.Unit) error {
		streets, err := places.Streets(u, "GM0556")
		if len(streets) != 1 || streets[0].Name != "Zuiddijk" {
			t.Errorf("%+v", streets)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := r.recorded("figures.streets")
	if len(lines) != 1 || lines[0].Actor != "a-"+access.Analyst {
		t.Errorf("%+v", lines)
	}
}
