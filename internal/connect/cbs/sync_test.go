package cbs_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"baken/internal/connect/cbs"
	"baken/internal/connect/cbs/cbsfake"
	"baken/internal/fault"
	"baken/internal/kernel/figures"
)

// maassluis is a small table in the shape of the real ones.
func maassluis(name string) cbsfake.Table {
	t := cbsfake.Table{Name: name, Offence: "SoortMisdrijf", Area: "WijkenEnBuurten", Width: 10, Default: "Zero",
		Measures: []string{"GeregistreerdeMisdrijven_1"},
		Titles:   map[string]string{"0.0.0": "Totaal misdrijven", "1.1.1": "Diefstal/inbraak woning", "2.6.10": "Bestrijdingsmiddelen"},
		Areas:    map[string]string{"NL00": "Nederland", "GM0556": "Maassluis", "WK055601": "Wijk 01", "BU05560101": "Taanschuurpolder", "GM1680": "Aa en Hunze"},
		Periods:  []string{"2022JJ00", "2023JJ00"}}
	country := "NL00"
	if name == "47013NED" {
		t.Area, t.Width, t.Default = "RegioS", 6, "Missing"
		t.Areas = map[string]string{"NL01": "Nederland", "GM0556": "Maassluis", "RE07": "Rotterdam (RE)"}
		t.Measures = append(t.Measures, "Aangiften_2")
		country = "NL01"
	}
	for _, o := range []string{"0.0.0", "1.1.1", "2.6.10"} {
		for a := range t.Areas {
			for _, p := range t.Periods {
				v := 10
				if o == "0.0.0" {
					v = 100
				}
				if a == country {
					v *= 100
				}
				row := cbsfake.Row{Offence: o, Area: a, Period: p, Values: []any{v}}
				if len(t.Measures) > 1 {
					row.Values = append(row.Values, nil)
				}
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}

// syncFrom runs one sync of Maassluis and the country against a fake.
func syncFrom(t *testing.T, s *cbsfake.Service, change ...func(*cbs.Config)) (*figures.Import, error) {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	cfg := cbs.Config{Base: server.URL, Version: s.Version, AllowPrivate: true, Wait: time.Millisecond, Timeout: 10 * time.Second}
	for _, c := range change {
		c(&cfg)
	}
	client, err := cbs.NewClient(cfg)
	if err != nil {
		t.Fatal(err)
	}
	areas, err := client.Areas(context.Background(), s.Table.Name, "GM0556")
	if err != nil {
		return nil, err
	}
	w := cbs.Want{Table: s.Table.Name, Now: retrieved}
	for _, a := range areas {
		w.Areas = append(w.Areas, a.Code)
	}
	return client.Sync(context.Background(), w)
}

func TestSync(t *testing.T) {
	for _, row := range []struct {
		name    string
		service *cbsfake.Service
		cells   int
	}{
		{"47018NED", &cbsfake.Service{Version: 3, Table: maassluis("47018NED")}, 4 * 3 * 2},
		{"47022NED in pages", &cbsfake.Service{Version: 3, Table: maassluis("47022NED"), PageSize: 5}, 4 * 3 * 2},
		{"47022NED, links with the sign", &cbsfake.Service{Version: 3, Table: maassluis("47022NED"), PageSize: 5, Sign: true}, 4 * 3 * 2},
		{"47013NED", &cbsfake.Service{Version: 3, Table: maassluis("47013NED"), PageSize: 7}, 2 * 3 * 2 * 2},
		{"version 4", &cbsfake.Service{Version: 4, Table: maassluis("47018NED"), PageSize: 5}, 4 * 3 * 2},
		{"too many at once", &cbsfake.Service{Version: 3, Table: maassluis("47018NED"), Limit: 2}, 4 * 3 * 2},
		{"a broken page and a busy service", &cbsfake.Service{Version: 3, Table: maassluis("47018NED"), PageSize: 5,
			Faults: map[int]cbsfake.Fault{2: cbsfake.Broken, 4: cbsfake.Busy}}, 4 * 3 * 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := row.service
			in, err := syncFrom(t, s)
			if err != nil {
				t.Fatal(err)
			}
			if in.Sheet.Cells != row.cells {
				t.Errorf("%d cells, want %d", in.Sheet.Cells, row.cells)
			}
			if c, ok := look(in, "1.1.1", "GM0556", "2023JJ00"); !ok || c.Value != 10 {
				t.Errorf("%+v, %v", c, ok)
			}
			if in.Source.Publisher != "Politie" || len(in.Titles) < 3 || !in.Source.Retrieved.Equal(retrieved) {
				t.Errorf("%+v, titles %v", in.Source, in.Titles)
			}
		})
	}
}

func TestSyncRefuses(t *testing.T) {
	small := func(c *cbs.Config) { c.PageBytes = 1 << 20 }
	for _, row := range []struct {
		name, code string
		fault      cbsfake.Fault
	}{
		{"a link to another host", "cbs.sync.foreign-link", cbsfake.Foreign},
		{"a redirect", "cbs.sync.refused", cbsfake.Redirect},
		{"an endless answer", "cbs.sync.too-large", cbsfake.Huge},
		{"links in a circle", "cbs.sync.endless", cbsfake.Circle},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := &cbsfake.Service{Version: 3, Table: maassluis("47018NED"), PageSize: 5, Faults: map[int]cbsfake.Fault{1: row.fault}}
			if _, err := syncFrom(t, s, small); fault.Of(err) == nil || fault.Of(err).Code != row.code {
				t.Errorf("%v, want %s", err, row.code)
			}
		})
	}
}

// A service that stays broken gives nothing, after as many tries as configured.
func TestSyncGivesUp(t *testing.T) {
	s := &cbsfake.Service{Version: 3, Table: maassluis("47018NED"), Faults: map[int]cbsfake.Fault{}}
	for n := range 20 {
		s.Faults[n] = cbsfake.Broken
	}
	in, err := syncFrom(t, s, func(c *cbs.Config) { c.Tries = 3 })
	if in != nil || fault.KindOf(err) != fault.Unavailable || len(s.Asked()) != 3 {
		t.Errorf("%v after %d attempts", err, len(s.Asked()))
	}
}

func TestSyncStopsWhenAsked(t *testing.T) {
	s := &cbsfake.Service{Version: 3, Table: maassluis("47018NED")}
	server := httptest.NewServer(s)
	defer server.Close()
	client, err := cbs.NewClient(cbs.Config{Base: server.URL, Version: 3, AllowPrivate: true, Wait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := client.Sync(ctx, cbs.Want{Table: "47018NED", Areas: []string{"GM0556"}}); fault.KindOf(err) != fault.Unavailable {
		t.Error(err)
	}
}

// Whatever the name of a host, an address inside the network is not spoken to.
func TestPrivateAddressIsRefused(t *testing.T) {
	server := httptest.NewTLSServer(&cbsfake.Service{Version: 3, Table: maassluis("47018NED")})
	defer server.Close()
	client, err := cbs.NewClient(cbs.Config{Base: server.URL, Version: 3, Tries: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Areas(context.Background(), "47018NED", "GM0556"); fault.Of(err) == nil || fault.Of(err).Code != "cbs.sync.inside" {
		t.Error(err)
	}
}

func TestConfigCheck(t *testing.T) {
	for base, good := range map[string]bool{
		cbs.PoliceService: true, cbs.CBSService: true,
		"http://dataderden.cbs.nl": false, "https://user@dataderden.cbs.nl": false, "": false, "https://": false, "ftp://x": false, "https://x?y": false,
	} {
		if err := (cbs.Config{Base: base, Version: 3}).Check(); (err == nil) != good {
			t.Errorf("%q: %v", base, err)
		}
	}
}

// A long list of areas is asked in parts, and codes stand in filters as padded as
// in the table.
func TestFiltersArePaddedAndShort(t *testing.T) {
	s := &cbsfake.Service{Version: 3, Table: maassluis("47018NED")}
	if _, err := syncFrom(t, s); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(s.Asked(), "\n")
	for _, want := range []string{"'GM0556    '", "'BU05560101'", "'NL00      '"} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is not in %s", want, all)
		}
	}
}
