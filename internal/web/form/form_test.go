package form_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web/form"
)

func filled(values map[string]string) *form.Form {
	r := &http.Request{PostForm: url.Values{}}
	for k, v := range values {
		r.PostForm.Set(k, v)
	}
	return form.Read(r)
}

func TestDates(t *testing.T) {
	for typed, want := range map[string]string{
		"20-10-2026": "20-10-2026", "3-4-2026": "03-04-2026", "03/04/2026": "03-04-2026", "29.02.2024": "29-02-2024",
		"29-03-2026": "29-03-2026", // the night of the clock change
		"29-02-2026": "form.date.none", "31-11-2026": "form.date.none", "01-13-2026": "form.date.none", "00-01-2026": "form.date.shape",
		"2026-10-20": "form.date.shape", "20-10-26": "form.date.shape", "morgen": "form.date.shape", "1-1-9999": "form.date.none", "+1-01-2026": "form.date.shape",
	} {
		got, problem := form.ParseDate(typed)
		if problem == "" {
			problem = got.Format("02-01-2006")
			if got.Location() != text.Amsterdam || got.Hour() != 0 {
				t.Errorf("%q is %v: a civil date is midnight in Amsterdam", typed, got)
			}
		}
		if problem != want {
			t.Errorf("%q reads as %s, want %s", typed, problem, want)
		}
	}
}

func TestAllFaultsAtOnceAndNothingTypedIsLost(t *testing.T) {
	f := filled(map[string]string{"name": " ", "n": "7x", "kind": "z", "from": "31-11-2026", "who": "a\u202eb", "long": strings.Repeat("é", 11), "ok": " José "})
	f.Text("name", 10)
	f.Int("n", 1, 9)
	f.Choice("kind", "a", "b")
	f.Date("from")
	f.Text("who", 10)
	f.Text("long", 10)
	if got := f.Text("ok", 10); got != "José" {
		t.Errorf("ok = %q", got)
	}
	x := fault.Of(f.Err())
	if x == nil || len(x.Fields) != 6 {
		t.Fatalf("%v; want all six wrong fields at once", f.Err())
	}
	if f.Typed("from") != "31-11-2026" || f.Typed("name") != " " {
		t.Fatal("what was typed is lost")
	}
	for _, lang := range text.Langs {
		for _, p := range f.Problems(text.For(lang)) {
			if strings.HasPrefix(p.Sentence, "[") || p.Sentence == "" {
				t.Errorf("%s: no sentence for %v", lang, p)
			}
		}
	}
}

func TestAbsorb(t *testing.T) {
	f := filled(nil)
	if f.Absorb(errors.New("disk")) || f.Absorb(fault.New(fault.NotFound, "access.not-found")) {
		t.Fatal("an error that is not about the form was hidden in it")
	}
	if !f.Absorb(fault.New(fault.Conflict, "identity.login.taken").At("login", "identity.login.taken")) || f.Problem(text.For(text.NL), "login") == "" {
		t.Fatal("the refusal is not shown at its field")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"20-10-2026", "29-02-2024", "1/1/2026", "", "--", "99-99-9999", "٣-٤-٢٠٢٦"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, problem := form.ParseDate(s)
		if problem == "" && (d.Year() < 1900 || d.Year() > 2200) {
			t.Fatalf("%q became %v", s, d)
		}
		if problem == "" {
			if again, p := form.ParseDate(d.Format("02-01-2006")); p != "" || !again.Equal(d) {
				t.Fatalf("%q became %v and does not read back", s, d)
			}
		}
	})
}

// A refusal names a day as the page does: 2026-12-05 is not how a letter says it.
func TestRefusalsNameDaysInWords(t *testing.T) {
	f := form.Empty(nil)
	d := deadlines.Date(2027, time.March, 4)
	f.Wrong("Sent", "dwangsom.payment-term-runs", "until", d)
	if got := f.Problem(text.For(text.NL), "Sent"); !strings.Contains(got, "donderdag 4 maart 2027") {
		t.Errorf("the day is not in words: %s", got)
	}
	f = form.Empty(nil)
	f.Wrong("At", "dwangsom.inspection-order", "last", deadlines.When{Day: d, At: time.Date(2027, time.March, 4, 8, 15, 0, 0, time.UTC)})
	if got := f.Problem(text.For(text.NL), "At"); !strings.Contains(got, "donderdag 4 maart 2027, 09.15 uur") {
		t.Errorf("the moment is not in words: %s", got)
	}
}
