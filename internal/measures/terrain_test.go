package measures

import (
	"context"
	"slices"
	"testing"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/db"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

func TestAnAreaIsSaidInCornersAndSize(t *testing.T) {
	en := text.For(text.EN)
	for _, row := range []struct {
		p        *text.Printer
		in, want string
	}{
		{nl, "76000 437000\n76200 437000\n76200 437160\n76000 437160", "4 hoekpunten, 3,2 hectare"},
		{en, "76000 437000\n76200 437000\n76200 437160\n76000 437160", "4 corners, 3.2 hectares"},
		{nl, "76000 437000\n76030 437000\n76030 437030", "3 hoekpunten, 450 m²"},
		{nl, "bij de haven", "bij de haven"},
	} {
		if got := Area(row.p, row.in); got != row.want {
			t.Errorf("%q is %q, want %q", row.in, got, row.want)
		}
	}
	w := Words{P: nl, Kind: "dwangsom"}
	got := w.Shown("dwangsom.inspect", &struct {
		Place string `ask:"shape"`
	}{"76000 437000\n76200 437000\n76200 437160"}, own, late(0))
	if len(got) != 1 || got[0].Text != "3 hoekpunten, 1,6 hectare" {
		t.Errorf("%+v", got)
	}
}

type silent struct{}

func (silent) Append(*db.Tx, []work.Stamped) error         { return nil }
func (silent) Store(context.Context, []work.Stamped) error { return nil }

func TestTheTerrainIsThatOfTheMunicipality(t *testing.T) {
	keep := work.NewKeeper(dbtest.Open(t, db.SQLite), silent{}, nil)
	ctx, who := context.Background(), work.System("test")
	around := places.Outline{{{{X: 0, Y: 0}, {X: 9, Y: 0}, {X: 9, Y: 9}}}}
	kade := places.Street{Name: "Kade", Lines: [][]places.Point{{{X: 1, Y: 1}, {X: 2, Y: 2}}}}
	if err := keep.Do(ctx, who, "gebieden", func(u *work.Unit) error {
		if err := places.SaveStreets(u, "x", "GM0556", []places.Street{kade}); err != nil {
			return err
		}
		return places.Save(u, "x", []places.Area{{Code: "GM0556", Name: "Maassluis", Layout: 2024, Outline: around}, {Code: "BU05560303", Name: "Binnenstad", Layout: 2024, Outline: around},
			{Code: "WK055603", Name: "Sluispolder", Layout: 2024, Outline: around}, {Code: "BU05560304", Name: "Zonder grens", Layout: 2024}, {Code: "BU06220101", Name: "Elders", Layout: 2024, Outline: around}})
	}); err != nil {
		t.Fatal(err)
	}
	var got Terrain
	if err := keep.See(ctx, who, "gebieden", func(u *work.Unit) (err error) {
		got, err = ReadTerrain(u, "GM0556")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(got.Border) != 1 || len(got.Areas) != 1 || got.Areas[0].Name != "Binnenstad" || len(got.Streets) != 1 {
		t.Fatalf("%+v", got)
	}
	plan := got.Plan("gebied", "Kaart", "Het gebied ligt aan de Kade.", places.Ring{{X: 1, Y: 1}, {X: 2, Y: 1}, {X: 2, Y: 2}})
	if plan.Ground[0].Name != "Binnenstad" || !slices.Equal(plan.Streets[0].Lines[0], []ui.XY{{X: 1, Y: 1}, {X: 2, Y: 2}}) || len(plan.Ring) != 3 {
		t.Errorf("%+v", plan)
	}
}

// The field of an area is drawn on the ground of the house, with the corners that were
// typed.
func TestTheFieldOfAnAreaHasAMap(t *testing.T) {
	in := &struct {
		Area string `ask:"shape"`
		Why  string `ask:"text"`
	}{}
	b := Beside{Terrain: Terrain{Streets: []places.Street{{Name: "Kade"}}, Areas: []places.Area{{Name: "Binnenstad", Outline: places.Outline{{{{X: 0, Y: 0}}}}}}}}
	typed := form.Empty(map[string]string{"Area": "76000 437000\n76200 437000\n76200 437160"})
	asks := Words{P: nl, Kind: "dwangsom"}.Asks("dwangsom.draft", in, nil)
	s := sketch(b, asks[0], typed)
	if s == nil || s.Streets[0].Name != "Kade" || s.Ground[0].Name != "Binnenstad" || len(s.Ring) != 3 {
		t.Fatalf("%+v", s)
	}
	if s := sketch(b, asks[1], typed); s != nil {
		t.Errorf("a text has a map: %+v", s)
	}
	if s := sketch(b, asks[0], form.Empty(map[string]string{"Area": "half"})); s.Streets[0].Name != "Kade" || s.Ring != nil {
		t.Errorf("%+v", s)
	}
}
