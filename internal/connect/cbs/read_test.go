package cbs_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baken/internal/connect/cbs"
	"baken/internal/fault"
	"baken/internal/kernel/figures"
	"baken/internal/text"
)

// shared is the folder with the large published files; tests that need it are
// skipped where it is absent, and the small ones beside them still run.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BAKEN_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "data", "cbs")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the folder with published files is not here")
	}
	return dir
}

var retrieved = time.Date(2026, 8, 19, 0, 0, 0, 0, time.UTC)

func readFile(t testing.TB, path string, o cbs.Options) *figures.Import {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o.Retrieved = retrieved
	in, err := cbs.Read(filepath.Base(path), f, o)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return in
}

// look finds one cell of an import.
func look(in *figures.Import, offence, area, period string) (figures.Cell, bool) {
	for c := range in.Sheet.All() {
		if c.Offence == offence && c.Area == area && c.Period.String() == period {
			return c, true
		}
	}
	return figures.Cell{}, false
}

// Every file that holds figures, with the number of its cells and one that is known.
func TestPublishedFiles(t *testing.T) {
	dir := shared(t)
	for _, row := range []struct {
		file, table           string
		cells                 int
		offence, area, period string
		value                 int64
		status                figures.Status
	}{
		{"47018NED-maassluis-2012-2025.csv", "47018NED", 168, "1.1.1", "GM0556", "2025JJ00", 30, figures.Published},
		{"47018NED-gemeenten-2012-2022.csv", "47018NED", 45276, "1.1.1", "GM0000", "2012JJ00", 648, figures.Published},
		{"47018NED-maassluis-buurten-totaal-2023.csv", "47018NED", 19, "0.0.0", "BU05560403", "2023JJ00", 185, figures.Published},
		{"47022NED-nederland-maand-2012-2023.csv", "47022NED", 8496, "1.4.1", "NL00", "2012MM01", 0, figures.NotPublished},
		{"47024NED-nederland-overlast-2012-2023.csv", "47024NED", 1404, "0.0.0", "NL00", "2012MM01", 18199, figures.Published},
		{"70072ned-bevolking-gemeenten-2012-2025.csv", "70072NED", 5210, "GemiddeldAantalInwoners", "GM0003", "2012JJ00", 12053, figures.Published},
		{"85984NED-kwb2024-maassluis.csv", "85984NED", 19 * 11, "GemiddeldeHuishoudensgrootte", "BU05560101", "2024JJ00", 21, figures.Published},
		{"85984NED-kwb2024-buurten.csv", "85984NED", 13817 * 11, "AantalInwoners", "BU00140000", "2024JJ00", 4745, figures.Published},
		{"85984NED-inwoners2024-alle-buurten.csv", "85984NED", 14574, "AantalInwoners", "BU00140000", "2024JJ00", 4745, figures.Published},
		{"83765NED-kwb2017-misdrijven-per-1000-buurten.csv", "83765NED", 9028 * 4, "TotaalDiefstalUitWoningSchuurED", "BU00100103", "2017JJ00", 0, figures.NotPublished},
		{"raw/47018NED-TypedDataSet-first1000.csv", "47018NED", 1000, "0.0.0", "BU16802109", "2023JJ00", 8, figures.Published},
		{"odata-v3/47018NED-TypedDataSet-page1.json", "47018NED", 500, "0.0.0", "NL00", "2022JJ00", 800039, figures.Published},
		{"odata-v3/47018NED-TypedDataSet-page2.json", "47018NED", 500, "0.0.0", "WK168013", "2018JJ00", 3, figures.Published},
	} {
		t.Run(row.file, func(t *testing.T) {
			in := readFile(t, filepath.Join(dir, row.file), cbs.Options{})
			if in.Source.Table != row.table || in.Sheet.Cells != row.cells || in.Source.Publisher == "" {
				t.Errorf("table %s of %q with %d cells, want %s with %d", in.Source.Table, in.Source.Publisher, in.Sheet.Cells, row.table, row.cells)
			}
			c, ok := look(in, row.offence, row.area, row.period)
			if !ok || c.Value != row.value || c.Status != row.status {
				t.Errorf("%s %s %s = %d (%s), %v; want %d (%s)", row.offence, row.area, row.period, c.Value, c.Status, ok, row.value, row.status)
			}
		})
	}
}

// Files that hold only titles, areas and descriptions.
func TestPublishedMetadata(t *testing.T) {
	dir := shared(t)
	for _, row := range []struct {
		file          string
		titles, areas int
	}{
		{"47018NED-WijkenEnBuurten-2024.csv", 0, 18313},
		{"soort-misdrijf.csv", 59, 0},
		{"soort-misdrijf-inp.csv", 58, 0}, // 0.0.0 has no incident code
		{"raw/47018NED-SoortMisdrijf.csv", 59, 0},
		{"raw/47018NED-Perioden.csv", 0, 0},
		{"raw/47018NED-DataProperties.csv", 0, 0},
		{"raw/47018NED-TableInfos.csv", 0, 0},
		{"raw/47024NED-Overlast.csv", 9, 0},
		{"raw/47013NED-metadata-2025-12-15.csv", 59, 375},
		{"odata-v3/47018NED-DataProperties.json", 0, 0},
		{"odata-v3/47018NED-Perioden.json", 0, 0},
		{"odata-v3/47018NED-SoortMisdrijf.json", 59, 0},
		{"odata-v3/47018NED-WijkenEnBuurten-GM0556.json", 0, 29},
	} {
		t.Run(row.file, func(t *testing.T) {
			in := readFile(t, filepath.Join(dir, row.file), cbs.Options{})
			if in.Sheet != nil || len(in.Titles) != row.titles || len(in.Areas) != row.areas {
				t.Errorf("%d titles, %d areas; want %d, %d and no cells", len(in.Titles), len(in.Areas), row.titles, row.areas)
			}
		})
	}
	meta := readFile(t, filepath.Join(dir, "raw/47018NED-TableInfos.csv"), cbs.Options{})
	if meta.Source.Modified.Format("2006-01-02") != "2024-08-15" || meta.Source.Layout != 2024 {
		t.Errorf("%+v", meta.Source)
	}
	props := readFile(t, filepath.Join(dir, "raw/47018NED-DataProperties.csv"), cbs.Options{})
	if !props.Source.AbsentZero || props.Source.Layout != 2024 {
		t.Errorf("%+v", props.Source)
	}
}

func TestScreenExport(t *testing.T) {
	dir := shared(t)
	lists := readFile(t, filepath.Join(dir, "raw/47013NED-metadata-2025-12-15.csv"), cbs.Options{})
	in := readFile(t, filepath.Join(dir, "raw/statline-export-misdrijven-gemeente-2022-2023.csv"),
		cbs.Options{Lists: cbs.Lists{Areas: lists.Areas, Offences: lists.Titles}})
	for _, row := range []struct {
		area, period string
		value        int64
		status       figures.Status
	}{
		{"NL01", "2022JJ00", 800027, figures.Published},
		{"GM0893", "2022JJ00", 412, figures.Published},   // Bergen (L.)
		{"GM0373", "2022JJ00", 859, figures.Published},   // Bergen (NH.)
		{"GM0344", "2023JJ00", 25614, figures.Published}, // Utrecht (gemeente)
		{"RE07", "2023JJ00", 96870, figures.Published},   // Rotterdam (RE)
		{"GM0998", "2023JJ00", 0, figures.Unknown},       // Buitenland
	} {
		c, ok := look(in, "0.0.0", row.area, row.period)
		if !ok || c.Value != row.value || c.Status != row.status {
			t.Errorf("%s %s: %+v, %v", row.area, row.period, c, ok)
		}
	}
	if in.Source.Table != "47013NED" || len(in.Report.UnknownNames) != 0 {
		t.Errorf("%s; names without a code: %q", in.Source.Table, in.Report.UnknownNames)
	}
	if _, ok := look(in, "0.0.0", "GM0556", "2023JJ00"); !ok {
		t.Error("Maassluis is missing")
	}
}

func TestNamesWithoutOneCodeAreListed(t *testing.T) {
	text := "\"Geregistreerde misdrijven\"\n\"Soort misdrijf: Totaal misdrijven\"\n\"Perioden\";\"2023*\";\"2024 maart\"\n\"Regio's\";\"aantal\";\"aantal\"\n\"Bergen\";\"1\";\"2\"\n\"Atlantis\";\"1\";\"2\"\n\"Maassluis\";\"1138\";\"90\"\n\"Bron: Politie\"\n"
	areas := []figures.AreaName{{Code: "GM0893", Name: "Bergen (L.)"}, {Code: "GM0373", Name: "Bergen (NH.)"}, {Code: "GM0556", Name: "Maassluis"}}
	in, err := cbs.Read("47013NED.csv", strings.NewReader(text), cbs.Options{Lists: cbs.Lists{Areas: areas}})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(in.Report.UnknownNames, ","); got != "Bergen,Atlantis" {
		t.Errorf("listed %q", got)
	}
	if c, _ := look(in, "0.0.0", "GM0556", "2023JJ00"); c.Value != 1138 || c.Status != figures.Provisional {
		t.Errorf("the column marked * : %+v", c)
	}
	if c, _ := look(in, "0.0.0", "GM0556", "2024MM03"); c.Value != 90 {
		t.Errorf("the month: %+v", c)
	}
}

// Bad files are refused with the place and the reason.
func TestRefusals(t *testing.T) {
	const head = "offence,area,period,value\n"
	for _, row := range []struct {
		name, file, text, code string
		line                   any
	}{
		{"empty", "x.csv", "", "figures.import.empty", nil},
		{"header only", "x.csv", head, "figures.import.empty", nil},
		{"not CSV", "x.csv", "hello world\n", "figures.import.unrecognised", 1},
		{"cut in a row", "x.csv", head + "1.1.1,GM0556,2023JJ00,30\n1.1.1,GM05", "figures.import.truncated", 3},
		{"cut in a number", "x.csv", head + "1.1.1,GM0556,2023JJ00,3", "figures.import.truncated", 2},
		{"field too many", "x.csv", head + "1.1.1,GM0556,2023JJ00,30,1\n", "figures.import.columns", 2},
		{"decimal comma", "x.csv", "offence;area;period;value\n1.1.1;GM0556;2023JJ00;3,5\n", "figures.import.decimal", 2},
		{"thousands", "x.csv", head + "1.1.1,GM0556,2023JJ00,1.000\n", "figures.import.decimal", 2},
		{"words", "x.csv", head + "1.1.1,GM0556,2023JJ00,dertig\n", "figures.import.number", 2},
		{"negative", "x.csv", head + "1.1.1,GM0556,2023JJ00,-3\n", "figures.import.number", 2},
		{"endless number", "x.csv", head + "1.1.1,GM0556,2023JJ00,99999999999999999999\n", "figures.import.number-too-large", 2},
		{"period", "x.csv", head + "1.1.1,GM0556,2023JJ00,1\n1.1.1,GM0556,2023MM13,1\n", "figures.import.period", 3},
		{"area", "x.csv", head + "1.1.1,Maassluis,2023JJ00,1\n", "figures.cell.area.line", 2},
		{"no offence", "x.csv", head + ",GM0556,2023JJ00,1\n", "figures.cell.offence.line", 2},
		{"latin 1", "x.csv", head + "1.1.1,GM0556,2023JJ00,1\n1.1.1,GM0556,2023JJ00,\xe9\n", "figures.import.encoding", 3},
		{"UTF-16", "x.csv", "\xff\xfeo\x00f\x00", "figures.import.encoding", 1},
		{"open quote", "x.csv", head + "\"1.1.1,GM0556,2023JJ00,1\n", "figures.import.quote", 2},
		{"contradiction", "x.csv", head + "1.1.1,GM0556,2023JJ00,1\n1.1.1,GM0557,2023JJ00,1\n1.1.1,GM0556,2023JJ00,2\n", "figures.import.contradiction", 4},
		{"parts over the total", "47018NED.csv", head + "0.0.0,GM0556,2023JJ00,10\n1.1.1,GM0556,2023JJ00,6\n1.4.5,GM0556,2023JJ00,5\n", "figures.import.totals.offences", nil},
		{"buurten over the municipality", "47018NED.csv", head + "1.1.1,GM0556,2023JJ00,10\n1.1.1,BU05560101,2023JJ00,11\n", "figures.import.totals.buurten", nil},
		{"months beside the year", "47024NED.csv", head + months("E33", 1) + "E33,NL00,2023JJ00,13\n", "figures.import.totals.months", nil},
		{"no area", "47022NED.csv", "misdrijf_code,periode,geregistreerde_misdrijven\n1.1.1,2023MM01,3\n", "figures.import.no-area", nil},
		{"kwb of no year", "x.csv", "buurt_code,AantalInwoners_5\nBU05560101,3\n", "figures.import.no-period", nil},
		{"kwb with a word", "85984NED.csv", "buurt_code,AantalInwoners_5\nBU05560101,veel\n", "figures.import.number", 2},
		{"kwb twice", "85984NED.csv", "buurt_code,AantalInwoners_5\nBU05560101,3\nBU05560101,4\n", "figures.import.contradiction", 3},
		{"JSON cut", "x.json", `{"odata.metadata":"47018NED","value":[{"ID":1,"Soort`, "figures.import.truncated", 1},
		{"JSON broken", "x.json", "{\"value\":[\n{]}", "figures.import.json", 2},
		{"JSON of something else", "x.json", `{"a":1}`, "figures.import.json", 1},
		{"JSON with a broken period", "x.json", "{\"value\":[\n{\"SoortMisdrijf\":\"0.0.0 \",\"WijkenEnBuurten\":\"NL00\",\"Perioden\":\"2022\",\"GeregistreerdeMisdrijven_1\":3}]}", "figures.import.period", 2},
		{"JSON contradiction", "x.json", "{\"value\":[\n" + record("3") + ",\n" + record("4") + "]}", "figures.import.contradiction", 3},
		{"screen export cut", "x.csv", "\"Titel\"\n\"Soort misdrijf: Totaal misdrijven\"\n\"Perioden\";\"2023\"\n\"Regio's\";\"aantal\"\n\"Maassluis\";\"3\"\n", "figures.import.truncated", 5},
		{"metadata of another table", "47013NED.csv", "ID,Title,ShortTitle,Identifier\n0,a,b,47018NED\n", "figures.import.other-table", 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			in, err := cbs.Read(row.file, strings.NewReader(row.text), cbs.Options{})
			f := fault.Of(err)
			if f == nil || f.Kind != fault.Invalid || f.Code != row.code || in != nil {
				t.Fatalf("got %v, %v; want %s", in, err, row.code)
			}
			if row.line != nil && arg(f, "line") != row.line {
				t.Errorf("line %v, want %v", arg(f, "line"), row.line)
			}
			if !text.For(text.NL).Has(f.Code) {
				t.Errorf("%s has no sentence", f.Code)
			}
			if arg(f, "file") != row.file {
				t.Errorf("the file is not named: %v", f)
			}
		})
	}
}

func record(value string) string {
	return `{"SoortMisdrijf":"0.0.0 ","WijkenEnBuurten":"NL00      ","Perioden":"2022JJ00","GeregistreerdeMisdrijven_1":` + value + `}`
}

func months(offence string, each int) string {
	var b strings.Builder
	for m := 1; m <= 12; m++ {
		b.WriteString(offence + ",NL00," + figures.MonthOf(2023, m).String() + "," + strings.Repeat("1", each) + "\n")
	}
	return b.String()
}

func arg(f *fault.Fault, name string) any {
	for i := 0; i+1 < len(f.Args); i += 2 {
		if f.Args[i] == name {
			return f.Args[i+1]
		}
	}
	return nil
}

func TestLimits(t *testing.T) {
	text := "offence,area,period,value\n" + strings.Repeat("1.1.1,GM0556,2023JJ00,30\n", 100_000)
	_, err := cbs.Read("x.csv", strings.NewReader(text), cbs.Options{MaxBytes: 1 << 20})
	if fault.Of(err) == nil || fault.Of(err).Code != "figures.import.too-large" {
		t.Error(err)
	}
	_, err = cbs.Read("x.csv", strings.NewReader(text), cbs.Options{MaxCells: 99_999})
	if fault.Of(err) == nil || fault.Of(err).Code != "figures.import.too-many-cells" {
		t.Error(err)
	}
	_, err = cbs.Read("x.csv", strings.NewReader("offence,area,period,value\n"+strings.Repeat("x", 2<<20)), cbs.Options{})
	if fault.Of(err) == nil || fault.Of(err).Code != "figures.import.line-too-long" {
		t.Error(err)
	}
}

// Rows that are not plain but can be read without a guess.
func TestAccepted(t *testing.T) {
	for _, row := range []struct {
		name, text string
		value      int64
		status     figures.Status
	}{
		{"padded and quoted", "\"SoortMisdrijf\";\"WijkenEnBuurten\";\"Perioden\";\"GeregistreerdeMisdrijven_1\"\r\n\"1.1.1 \";\"GM0556    \";\"2023JJ00\";\"30\"\r\n", 30, figures.Published},
		{"BOM", "\ufeffoffence,area,period,value\n1.1.1,GM0556,2023JJ00,30\n", 30, figures.Published},
		{"tabs", "offence\tarea\tperiod\tvalue\n1.1.1\tGM0556\t2023JJ00\t30\n", 30, figures.Published},
		{"decimal zero", "offence;area;period;value\n1.1.1;GM0556;2023JJ00;30,0\n", 30, figures.Published},
		{"provisional", "offence,area,period,value\n1.1.1,GM0556,2023JJ00,30*\n", 30, figures.Provisional},
		{"unknown", "offence,area,period,value\n1.1.1,GM0556,2023JJ00,.\n", 0, figures.Unknown},
		{"empty", "offence,area,period,value\n1.1.1,GM0556,2023JJ00,\n", 0, figures.NotPublished},
		{"blank lines and repeats", "offence,area,period,value\n\n1.1.1,GM0556,2023JJ00,30\n1.1.1,GM0556,2023JJ00,30\n\n", 30, figures.Published},
		{"title columns", "buurt,misdrijf,misdrijf_code,gemeente_code,periode,geregistreerde_misdrijven\n\"a, b\",\"Moord, \"\"x\"\"\",1.1.1,GM0556,2023JJ00,30\n", 30, figures.Published},
	} {
		t.Run(row.name, func(t *testing.T) {
			in, err := cbs.Read("x.csv", strings.NewReader(row.text), cbs.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c, ok := look(in, "1.1.1", "GM0556", "2023JJ00")
			if !ok || c.Value != row.value || c.Status != row.status || in.Sheet.Cells != 1 {
				t.Errorf("%+v", c)
			}
		})
	}
}

func TestUnknownCodesAreListedAndKept(t *testing.T) {
	text := "offence,area,period,value\n1.1.1,GM0556,2023JJ00,1\n9.9.9,GM1234,2023JJ00,2\n"
	in, err := cbs.Read("x.csv", strings.NewReader(text), cbs.Options{Lists: cbs.Lists{
		Offences: []figures.Title{{Code: "1.1.1"}}, Areas: []figures.AreaName{{Code: "GM0556"}}}})
	if err != nil || in.Sheet.Cells != 2 || strings.Join(in.Report.UnknownOffences, "") != "9.9.9" || strings.Join(in.Report.UnknownAreas, "") != "GM1234" {
		t.Errorf("%+v, %v", in, err)
	}
}

// A table with several measures keeps them apart.
func TestMeasuresBesideTheCount(t *testing.T) {
	text := "SoortMisdrijf,RegioS,Perioden,GeregistreerdeMisdrijven_1,Aangiften_2,Internetaangiften_3\n0.0.0 ,GM0556,2023JJ00,1138,900,300\n"
	in, err := cbs.Read("47013NED.csv", strings.NewReader(text), cbs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]int64{"0.0.0": 1138, "0.0.0#Aangiften": 900, "0.0.0#Internetaangiften": 300} {
		if c, ok := look(in, code, "GM0556", "2023JJ00"); !ok || c.Value != want {
			t.Errorf("%s: %+v", code, c)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"offence,area,period,value\n1.1.1,GM0556,2023JJ00,30\n",
		"buurt_code,AantalInwoners_5\nBU05560101,3,5\n",
		"{\"value\":[" + record("3") + "]}",
		`{"@odata.context":"x","value":[{"Measure":"T001036","WijkenEnBuurten":"GM0556","Perioden":"2024JJ00","Value":35825.0,"ValueAttribute":"None"}]}`,
		"\"Key\",\"Title\"\n\"GM0556    \",\"Maassluis\"\n",
		"\"T\"\n\"Soort misdrijf: Totaal misdrijven\"\n\"Perioden\";\"2023\"\n\"Regio's\";\"aantal\"\n\"Nederland\";\"3\"\n\"Bron: Politie\"\n",
		"TableInfos;;\nID;Title;ShortTitle;Identifier\n0;\"a\nb\";c;47013NED\n;;;\nRegioS;;\nKey;Title;Description\nGM0556;Maassluis;\n",
	} {
		f.Add("47013NED.csv", []byte(s))
		f.Add("85984NED.csv", []byte(s))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		in, err := cbs.Read(name, bytes.NewReader(data), cbs.Options{MaxBytes: 1 << 20})
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		if in.Sheet != nil && in.Sheet.Cells == 0 {
			t.Fatal("an import of nothing was accepted")
		}
	})
}
