package form_test

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web/form"
)

type asked struct {
	Line   string         `ask:"line"`
	Text   string         `ask:"text,optional"`
	Shape  string         `ask:"shape,optional"`
	Lines  []string       `ask:"lines"`
	Day    deadlines.Day  `ask:"day"`
	Moment deadlines.When `ask:"moment"`
	Euro   int            `ask:"euro"`
	Count  int            `ask:"count"`
	Yes    bool           `ask:"yes"`
	Choice string         `ask:"choice" options:"a,b"`
	Own    int            `ask:"inspection"`
	Marks  []string       `ask:"marks" options:"x,y,z"`
	Maybe  []string       `ask:"marks,optional" options:"x,y"`
	Files  []string       `ask:"files,optional"`
}

func typed(values map[string]string) *form.Form {
	r := &http.Request{PostForm: url.Values{}}
	for k, v := range values {
		r.PostForm.Set(k, v)
	}
	return form.Read(r)
}

// What is typed from an input reads back as the same input.
func TestTypingReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := deadlines.Day(rapid.IntRange(int(deadlines.Date(2014, 1, 1)), int(deadlines.Date(2030, 1, 1))).Draw(t, "day"))
		in := asked{Line: rapid.StringMatching(`[a-zé]{1,20}`).Draw(t, "line"), Shape: "76000 437000\n77000 437000", Lines: []string{"een", "twee"}, Day: day, Moment: deadlines.OnDay(day + 1),
			Euro: rapid.IntRange(1, 900_000_000).Draw(t, "euro"), Count: rapid.IntRange(0, 1000).Draw(t, "count"), Yes: rapid.Bool().Draw(t, "yes"), Choice: "b", Own: 3,
			Marks: rapid.SampledFrom([][]string{{"x"}, {"z", "x"}, {"x", "y", "z"}}).Draw(t, "marks")}
		if rapid.Bool().Draw(t, "clock") {
			in.Moment, _ = deadlines.ParseWhen((day + 1).String() + "T14:05")
		}
		f := typed(form.Typing(&in))
		var out asked
		f.Into(&out)
		if err := f.Err(); err != nil || !reflect.DeepEqual(in, out) {
			t.Fatalf("%+v became %+v: %v", in, out, err)
		}
	})
}

func TestWhatIsTypedWrongIsSaidAtItsField(t *testing.T) {
	good := form.Typing(&asked{Line: "x", Lines: []string{"x"}, Day: deadlines.Date(2026, 3, 2), Moment: deadlines.OnDay(deadlines.Date(2026, 3, 2)), Euro: 100, Choice: "a", Own: 1, Marks: []string{"y"}})
	for _, row := range []struct{ field, value, at string }{
		{"Line", "", "Line"}, {"Day", "30-02-2026", "Day"}, {"Day", "", "Day"}, {"Euro", "1.25", "Euro"}, {"Euro", "1,5", "Euro"}, {"Euro", "-5", "Euro"}, {"Euro", "veel", "Euro"},
		{"Count", "-1", "Count"}, {"Choice", "c", "Choice"}, {"Own", "eerste", "Own"}, {"Marks", "", "Marks"}, {"Marks", "x q", "Marks"}, {"Maybe", "x x", "Maybe"}, {form.TimeOf("Moment"), "25.00", "Moment"}, {form.TimeOf("Moment"), "noen", "Moment"},
	} {
		values := map[string]string{}
		for k, v := range good {
			values[k] = v
		}
		values[row.field] = row.value
		f := typed(values)
		f.Into(&asked{})
		if f.Problem(text.For(text.NL), row.at) == "" {
			t.Errorf("%s = %q was taken", row.field, row.value)
		}
	}
	// The hour that the clocks skip is nobody's moment.
	values := map[string]string{"Moment": "29-03-2026", form.TimeOf("Moment"): "02.30"}
	f := typed(values)
	f.Into(&asked{})
	if f.Problem(text.For(text.NL), "Moment") == "" {
		t.Error("half past two on the night of the change was taken")
	}
	for typedAs, want := range map[string]int{"500": 50000, "1.250": 125000, "1.250,50": 125050, "€ 2.500": 250000} {
		values := map[string]string{}
		for k, v := range good {
			values[k] = v
		}
		values["Euro"] = typedAs
		var in asked
		f := typed(values)
		f.Into(&in)
		if f.Err() != nil || in.Euro != want {
			t.Errorf("%q is %d (%v), want %d", typedAs, in.Euro, f.Err(), want)
		}
	}
}

// Boxes of one name come as several values, and come back as they were marked.
func TestMarksAreReadAndKept(t *testing.T) {
	f := form.Read(&http.Request{PostForm: url.Values{"Marks": {"z", "x"}}})
	type boxes struct {
		Marks []string `ask:"marks" options:"x,y,z"`
	}
	var in boxes
	if f.Into(&in); f.Err() != nil || !slices.Equal(in.Marks, []string{"z", "x"}) {
		t.Errorf("read as %v: %v", in.Marks, f.Err())
	}
	for name, g := range map[string]*form.Form{"the form again": f, "without its faults": f.Quiet(), "from what was recorded": form.Empty(form.Typing(&in))} {
		if got := g.Marked("Marks"); !slices.Equal(got, []string{"z", "x"}) {
			t.Errorf("%s has %v", name, got)
		}
	}
	if got := form.Empty(nil).Marked("Marks"); len(got) > 0 {
		t.Errorf("an empty form has %v", got)
	}
}
