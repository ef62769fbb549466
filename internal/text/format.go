package text

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a bare machine may have no time zone files; every civil date depends on them

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Amsterdam is the zone of every civil date and time that a reader sees and of
// every legal term.
var Amsterdam = mustZone("Europe/Amsterdam")

func mustZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is compiled in
	}
	return loc
}

var numbers = map[Lang]*message.Printer{
	NL: message.NewPrinter(language.Dutch),
	EN: message.NewPrinter(language.BritishEnglish),
}

// Int writes a whole number with the thousands mark of the language: 1.234.
func (p *Printer) Int(n int) string {
	if n > -1000 && n < 1000 {
		return strconv.Itoa(n)
	}
	return numbers[p.Lang].Sprint(number.Decimal(n))
}

// Number writes a number with a fixed count of decimals: 5,0.
func (p *Printer) Number(v float64, decimals int) string {
	return numbers[p.Lang].Sprint(number.Decimal(v, number.Scale(decimals)))
}

// Euro writes an amount in cents as people type it: 1.250, or 1.250,50. It is Dutch in
// both languages, so that what a form shows can be typed back.
func Euro(cents int) string {
	s := strconv.Itoa(cents / 100)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	if c := cents % 100; c != 0 {
		s += fmt.Sprintf(",%02d", c)
	}
	return s
}

var months = map[Lang][]string{
	NL: {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	EN: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

var weekdays = map[Lang][]string{
	NL: {"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
	EN: {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

// short is a name as it stands in a row. "maart" is "mrt" in Dutch; the other
// months and days are cut.
func short(s string, letters int) string {
	if s == "maart" {
		return "mrt"
	}
	return s[:letters]
}

// Month is the month's name in full; MonthShort the one for rows and axes.
func (p *Printer) Month(m time.Month) string { return p.months[m-1] }

// MonthShort is the name of a month as rows and axes have it: okt.
func (p *Printer) MonthShort(m time.Month) string { return short(p.Month(m), 3) }

// Date writes a civil date in full, as letters and headings have it: vrijdag 27
// november 2026. The moment is read in Amsterdam.
func (p *Printer) Date(t time.Time) string {
	t = t.In(Amsterdam)
	return fmt.Sprintf("%s %d %s %d", p.weekdays[t.Weekday()], t.Day(), p.Month(t.Month()), t.Year())
}

// AppendDate writes a civil date in full as Date does, without a moment to take it
// from and without making a string.
func (p *Printer) AppendDate(b []byte, weekday time.Weekday, day int, month time.Month, year int) []byte {
	b = append(append(b, p.weekdays[weekday]...), ' ')
	b = append(strconv.AppendInt(b, int64(day), 10), ' ')
	b = append(append(b, p.months[month-1]...), ' ')
	return strconv.AppendInt(b, int64(year), 10)
}

// Day writes a civil date without the weekday: 27 november 2026.
func (p *Printer) Day(t time.Time) string {
	t = t.In(Amsterdam)
	return fmt.Sprintf("%d %s %d", t.Day(), p.Month(t.Month()), t.Year())
}

// DayShort writes a civil date for a row: vr 27 nov, with the year when it is
// another one than now's.
func (p *Printer) DayShort(t, now time.Time) string {
	t, now = t.In(Amsterdam), now.In(Amsterdam)
	letters := 2
	if p.Lang == EN {
		letters = 3
	}
	s := fmt.Sprintf("%s %d %s", short(p.weekdays[t.Weekday()], letters), t.Day(), p.MonthShort(t.Month()))
	if t.Year() != now.Year() {
		s += " " + strconv.Itoa(t.Year())
	}
	return s
}

// Clock writes a time of day: 09.14 uur.
func (p *Printer) Clock(t time.Time) string {
	t = t.In(Amsterdam)
	if p.Lang == EN {
		return t.Format("15:04")
	}
	return t.Format("15.04") + " uur"
}

// Moment writes a date and time for a row: vr 27 nov, 09.14 uur.
func (p *Printer) Moment(t, now time.Time) string { return p.DayShort(t, now) + ", " + p.Clock(t) }

// Period writes a period code of the open figures: 2025MM01 is januari 2025,
// 2025JJ00 is 2025, 2025KW01 the first quarter. Another code comes back as it is.
func (p *Printer) Period(code string) string {
	if len(code) != 8 {
		return code
	}
	year, part, nr := code[:4], code[4:6], code[6:]
	n, err := strconv.Atoi(nr)
	switch {
	case part == "JJ":
		return year
	case part == "MM" && err == nil && n >= 1 && n <= 12:
		return p.Month(time.Month(n)) + " " + year
	case part == "KW" && err == nil:
		return p.T("text.quarter", "n", n, "year", year)
	}
	return code
}

// List joins words as a sentence does: a, b en c.
func (p *Printer) List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + p.T("text.and") + " " + words[last]
}
