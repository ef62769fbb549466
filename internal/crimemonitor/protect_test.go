package crimemonitor

import (
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"baken/internal/bakentest/dbtest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/figures"
	"baken/internal/kernel/places"
)

// published is what a reader holds who keeps every publication: the totals of any of
// them, and the neighbourhoods of one offence and year.
type published struct {
	totals map[string]int64
	rows   []*int64 // nil is hidden
}

func publish(m *Monitor, v *View, into map[string]int64) published {
	p := published{totals: into}
	for _, x := range m.rowsOf(v, true) {
		if x.Area != m.Municipality {
			p.rows = append(p.rows, x.Value)
		} else if x.Value != nil {
			into[x.Offence+" "+x.Period] = *x.Value
		}
	}
	return p
}

// possible are the values that a hidden count can have, tried one by one: another
// count of any size must take up what is left of the sum.
func possible(p published, total int64, known bool) (out []int64) {
	hidden, left := 0, total
	for _, v := range p.rows {
		if v == nil {
			hidden++
		} else {
			left -= *v
		}
	}
	for v := int64(0); v <= 4; v++ {
		if !known || hidden > 1 && v <= left || hidden == 1 && v == left {
			out = append(out, v)
		}
	}
	return out
}

// Whoever has the publications of two offences and subtracts must learn nothing of
// a hidden count: all of 1 to 4 stay possible.
func TestPublicationsGiveNoSmallCountAway(t *testing.T) {
	m := &Monitor{Options: Options{Municipality: "GM0556"}}
	r := rand.New(rand.NewPCG(1, 2))
	codes := []string{"1.1.1", "1.4.6"}
	hiddenRows := 0
	for round := range 3000 {
		n := 2 + r.IntN(6)
		most := 1 + r.IntN(12)
		inner := map[string][]int64{}
		unplaced := int64(max(0, r.IntN(12)-6)) // offences of no known neighbourhood
		var courses []Course
		for _, code := range codes {
			sum := unplaced
			for range n {
				v := int64(r.IntN(most))
				inner[code] = append(inner[code], v)
				sum += v
			}
			courses = append(courses, Course{Name: code, Years: []YearCell{{Period: figures.YearOf(2024), Value: sum}}})
		}
		totals := map[string]int64{}
		all := map[string]published{}
		var before map[string]int64
		for _, code := range codes {
			v := &View{Choice: Choice{Offence: code}, MapYear: figures.YearOf(2024), Offences: courses}
			for i, count := range inner[code] {
				v.Rows = append(v.Rows, AreaRow{Area: places.Area{Code: fmt.Sprintf("BU055601%02d", i)}, Has: true, Cell: YearCell{Period: figures.YearOf(2024), Value: count}})
			}
			mine := map[string]int64{}
			all[code] = publish(m, v, mine)
			if before != nil && !maps.Equal(before, mine) {
				t.Fatalf("round %d: a total is hidden in one publication and shown in another: %v, %v", round, before, mine)
			}
			before = mine
			maps.Copy(totals, mine)
		}
		for _, code := range codes {
			p := all[code]
			total, known := totals[code+" 2024JJ00"]
			if known && total >= 1 && total <= 4 {
				t.Fatalf("round %d: total %d is shown", round, total)
			}
			small := false
			for i, v := range p.rows {
				if v != nil && *v >= 1 && *v <= 4 {
					t.Fatalf("round %d: count %d is shown", round, *v)
				}
				small = small || v == nil && inner[code][i] >= 1 && inner[code][i] <= 4
			}
			if !small {
				continue
			}
			hiddenRows++
			// With offences of no known place the total tells even less.
			if got := possible(p, total, known); unplaced == 0 && len(got) != 5 {
				t.Fatalf("round %d: %v of %d in %v; a hidden count can only be %v", round, inner[code], total, totals, got)
			}
		}
	}
	if hiddenRows < 500 {
		t.Fatalf("only %d tables hid anything", hiddenRows)
	}
}

func TestPublicFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		var b strings.Builder
		b.WriteString("gebied_code,misdrijf_code,periode,geregistreerde_misdrijven\nGM0556,1.1.1,2025JJ00,30\n")
		for i, v := range []int{3, 0, 12, 15} {
			fmt.Fprintf(&b, "BU0556020%d,1.1.1,2025JJ00,%d\n", i, v)
		}
		file := strings.Replace(b.String(), "BU05560200", "BU05560101", 1)
		if _, err := r.m.Import(context.Background(), as(access.Analyst), "47018NED-b.csv", strings.NewReader(file)); err != nil {
			t.Fatal(err)
		}
		read := func(query string) (small, hidden int) {
			code, body, _ := r.send(access.Mayor, "GET", "/hic/cijfers.csv?soort=1.1.1&jaar=2025"+query, "", nil)
			rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
			if err != nil || code != 200 || len(rows) < 10 {
				t.Fatalf("%d %v %d rows", code, err, len(rows))
			}
			for _, x := range rows[1:] {
				if n, err := strconv.Atoi(x[4]); err == nil && n >= 1 && n <= 4 {
					small++
				}
				if x[5] == "protected" {
					hidden++
					if x[4] != "" {
						t.Errorf("protected and shown: %v", x)
					}
				}
			}
			return small, hidden
		}
		if small, hidden := read(""); small == 0 || hidden != 0 {
			t.Errorf("staff: %d small, %d hidden", small, hidden)
		}
		if small, hidden := read("&voor=publicatie"); small != 0 || hidden < 2 {
			t.Errorf("public: %d small, %d hidden", small, hidden)
		}
	})
}
