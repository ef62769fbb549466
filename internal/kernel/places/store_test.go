package places_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/db"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
	"baken/internal/kernel/work"
)

type noLog struct{}

func (noLog) Append(*db.Tx, []work.Stamped) error         { return nil }
func (noLog) Store(context.Context, []work.Stamped) error { return nil }

func TestAreasPerLayout(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep := work.NewKeeper(d, noLog{}, nil)
		ctx, who := context.Background(), work.System("test")
		outline := places.Outline{{{{0, 0}, {1, 0}, {0, 1}}}}
		save := func(areas ...places.Area) {
			if err := keep.Do(ctx, who, "monitor", func(u *work.Unit) error { return places.Save(u, "areas.import", areas) }); err != nil {
				t.Fatal(err)
			}
		}
		save(places.Area{Code: "BU05560101", Name: "Oud", Layout: 2022, Outline: outline}, places.Area{Code: "GM0556", Name: "Maassluis", Layout: 2022})
		save(places.Area{Code: "BU05560101", Name: "Taanschuurpolder", Layout: 2024, Outline: outline})
		save(places.Area{Code: "BU05560101", Name: "Taanschuurpolder", Layout: 2024}) // names only: the outline stays
		err := keep.See(ctx, who, "monitor", func(u *work.Unit) error {
			now, err := places.InGroup(u, "GM0556", 0)
			if err != nil {
				return err
			}
			want := []places.Area{{Code: "BU05560101", Name: "Taanschuurpolder", Layout: 2024, Outline: outline}}
			if diff := cmp.Diff(want, now); diff != "" {
				t.Error(diff)
			}
			then, err := places.InGroup(u, "GM0556", 2023)
			if len(then) != 2 || then[0].Name != "Oud" {
				t.Errorf("layout of 2022: %v, %v", then, err)
			}
			names, err := places.Names(u)
			if diff := cmp.Diff([]figures.AreaName{{Code: "BU05560101", Name: "Taanschuurpolder"}, {Code: "GM0556", Name: "Maassluis"}}, names); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
