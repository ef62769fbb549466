package ask_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
)

type shared struct {
	Kinds []string `ask:"marks,optional" options:"dry,wet"`
	Must  []string `ask:"marks" options:"red,blue,green"`
}

type visit struct {
	Where  string         `ask:"line"`
	Words  string         `ask:"text,optional"`
	Area   string         `ask:"shape,optional"`
	Names  []string       `ask:"lines,optional"`
	On     deadlines.Day  `ask:"day"`
	At     deadlines.When `ask:"moment,optional"`
	Cents  int            `ask:"euro,optional"`
	Times  int            `ask:"count"`
	Sure   bool           `ask:"yes"`
	Result string         `ask:"choice" options:"good,bad"`
	Which  int            `ask:"inspection"`
	shared
	By string `ask:"-"`
}

func good() visit {
	return visit{Where: "Kade 1", On: deadlines.Date(2026, 3, 2), Result: "good", Which: 1, shared: shared{Must: []string{"red"}}}
}

func TestFieldsAreInOrderAndHoldTheirValues(t *testing.T) {
	in := good()
	var names []string
	for _, f := range ask.Fields(&in) {
		names = append(names, f.Name)
		if f.Own() != (f.Name == "Which") {
			t.Errorf("%s: own options %v", f.Name, f.Own())
		}
	}
	if got := strings.Join(names, " "); got != "Where Words Area Names On At Cents Times Sure Result Which Kinds Must" {
		t.Error(got)
	}
	all := ask.Fields(&in)
	all[0].Set(&in, "Kade 2")
	all[len(all)-1].Set(&in, []string{"blue"})
	if in.Where != "Kade 2" || all[0].Value(&in) != "Kade 2" || !slices.Equal(in.Must, []string{"blue"}) || !slices.Equal(all[len(all)-1].Value(&in).([]string), []string{"blue"}) {
		t.Error("a field was set and did not hold it")
	}
}

func TestValidate(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*visit)
		field  string
	}{
		"good":           {func(*visit) {}, ""},
		"missing":        {func(v *visit) { v.Where = " " }, "Where"},
		"no day":         {func(v *visit) { v.On = deadlines.NoDay }, "On"},
		"not offered":    {func(v *visit) { v.Result = "ugly" }, "Result"},
		"too long":       {func(v *visit) { v.Where = strings.Repeat("é", ask.MostLine+1) }, "Where"},
		"just fits":      {func(v *visit) { v.Where = strings.Repeat("é", ask.MostLine) }, ""},
		"a long border":  {func(v *visit) { v.Area = strings.Repeat("1", ask.MostText+1) }, "Area"},
		"too many":       {func(v *visit) { v.Names = make([]string, ask.MostLines+1) }, "Names"},
		"negative":       {func(v *visit) { v.Times = -1 }, "Times"},
		"nothing chosen": {func(v *visit) { v.Which = 0 }, "Which"},
		"none marked":    {func(v *visit) { v.Must = []string{} }, "Must"},
		"two marked":     {func(v *visit) { v.Must, v.Kinds = []string{"green", "red"}, []string{"wet"} }, ""},
		"marked twice":   {func(v *visit) { v.Must = []string{"red", "red"} }, "Must"},
		"no such mark":   {func(v *visit) { v.Kinds = []string{"wet", "snow"} }, "Kinds"},
	} {
		in := good()
		row.change(&in)
		err := ask.Validate(&in)
		if row.field == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		f := fault.Of(err)
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != row.field {
			t.Errorf("%s: %v, want a fault at %s", name, err, row.field)
		}
	}
}

func TestSchemaNamesWhatIsAsked(t *testing.T) {
	s := ask.Schema(&visit{})
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	props := s["properties"].(map[string]any)
	if len(props) != 13 || props["By"] != nil || strings.Contains(string(raw), `"By"`) {
		t.Errorf("what the act fills in is asked: %s", raw)
	}
	if area := props["Area"].(map[string]any); area["type"] != "string" || area["maxLength"] != ask.MostText {
		t.Errorf("an area is asked as %v", area)
	}
	if !strings.Contains(string(raw), `"Must":{"items":{"enum":["red","blue","green"],"type":"string"},"minItems":1,"type":"array","uniqueItems":true}`) {
		t.Errorf("the marks are not in the schema: %s", raw)
	}
	if required := s["required"].([]string); slices.Contains(required, "Words") || !slices.Contains(required, "Where") {
		t.Errorf("required: %v", required)
	}
}

func TestATagThatDoesNotFitIsAMistake(t *testing.T) {
	for name, in := range map[string]any{
		"type": &struct {
			A int `ask:"line"`
		}{},
		"no tag": &struct{ A string }{},
		"no marks": &struct {
			A []string `ask:"marks"`
		}{},
		"no options": &struct {
			A string `ask:"choice"`
		}{},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: was taken", name)
				}
			}()
			ask.Fields(in)
		}()
	}
}
