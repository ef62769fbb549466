package agenda

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/text"
)

var update = flag.Bool("update", false, "write the golden files anew; read the difference before it is committed")

func h0(*testing.T) *text.Printer { return text.For(text.NL) }

// The file to the last byte, because programs of others read it. No name and no id
// of a record stands in it.
func TestCalendarFileIsTheOneThatWasRead(t *testing.T) {
	changed := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	ban := deadlines.AtMoment(time.Date(2026, 11, 24, 13, 30, 0, 0, time.UTC))
	terms := []watch.Term{
		{Object: ref.Ref{Kind: "measure", ID: "m1"}, Key: "objection", Lead: "jurist", Reference: "M-2026-0417", ChangedAt: changed,
			Question: deadlines.Question{ID: "AWB-6.7", Start: deadlines.OnDay(on("2026-11-20"))}, End: deadlines.OnDay(on("2027-01-04")), Safe: on("2027-01-04")},
		{Object: ref.Ref{Kind: "measure", ID: "m2"}, Key: "ban", Lead: "jurist", Reference: `H;2026,\1`, ChangedAt: changed,
			Question: deadlines.Question{ID: "WTH-D1", Start: ban}, End: deadlines.AtMoment(ban.At.AddDate(0, 0, 10)), Safe: on("2026-12-04")},
		{Object: ref.Ref{Kind: "measure", ID: "m3"}, Key: "papers", Lead: "jurist", Reference: "M-2026-0418", ChangedAt: changed,
			Question: deadlines.Question{ID: "AWB-7.4.1", Start: deadlines.OnDay(on("2026-12-21"))}, End: deadlines.OnDay(on("2026-12-11")), Safe: on("2026-12-10")},
		{Object: ref.Ref{Kind: "measure", ID: "m4"}, Key: "open", Lead: "jurist", Reference: "M-2026-0419", ChangedAt: changed,
			Question: deadlines.Question{ID: "LOD-5.35", Start: deadlines.OnDay(on("2026-12-21"))}},
	}
	got := string(calendarFile(h0(t), "GM0556", terms))
	golden := filepath.Join("testdata", "feed.ics")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the file differs:\n%s\nwant\n%s", got, want)
	}
	for _, secret := range []string{"jurist", "m1", "m2", "measure"} {
		if strings.Contains(got, secret) {
			t.Errorf("the file names %q", secret)
		}
	}
	if n := strings.Count(got, "BEGIN:VEVENT"); n != 3 || strings.Contains(got, "M-2026-0419") {
		t.Errorf("%d events; a term without a day has no place in a calendar", n)
	}
	if strings.Count(got, "\n") != strings.Count(got, "\r\n") || !strings.HasSuffix(got, "END:VCALENDAR\r\n") {
		t.Error("a line does not end in CRLF")
	}
}

// Whatever a capability puts into a reference: no line is longer than 75 octets, no
// character is cut, unfolding and unescaping gives it back, and no property can be
// smuggled in.
func TestLinesFoldAndUnfold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("aé€😀;,\\\n\r:")), 0, 400, -1)).Draw(t, "value")
		f := &file{}
		f.text("SUMMARY", value)
		out := f.out.String()
		for line := range strings.SplitSeq(strings.TrimSuffix(out, "\r\n"), "\r\n") {
			if len(line) > 75 {
				t.Fatalf("a line of %d octets", len(line))
			}
			if strings.ToValidUTF8(line, "") != line {
				t.Fatalf("a character is cut: %q", line)
			}
			if strings.ContainsAny(line, "\r\n") {
				t.Fatalf("a break within a line: %q", line)
			}
		}
		flat := strings.TrimSuffix(strings.ReplaceAll(out, "\r\n ", ""), "\r\n")
		if strings.Contains(flat, "\r\n") {
			t.Fatalf("a second property: %q", flat)
		}
		got := unescape(strings.TrimPrefix(flat, "SUMMARY:"))
		want := strings.Map(func(r rune) rune {
			if r != '\n' && (r < ' ' || r == 0x7f) {
				return -1
			}
			return r
		}, strings.ReplaceAll(strings.ToValidUTF8(value, "\uFFFD"), "\r\n", "\n"))
		if got != want {
			t.Fatalf("came back as %q, was %q", got, want)
		}
	})
}

// unescape reads a text value as RFC 5545 3.3.11 has it.
func unescape(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'n' || s[i] == 'N' {
				out.WriteByte('\n')
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
