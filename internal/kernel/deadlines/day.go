package deadlines

import (
	"strconv"
	"time"

	"baken/internal/fault"
	"baken/internal/text"
)

// Day is a civil day in Amsterdam, as a number that counts 1 January of the year 1
// as 1. It has no time and no zone, so that arithmetic with it knows no clock
// change. The zero value is NoDay.
type Day int32

// NoDay is the day of something that has none: an open end, a rule without limit.
const NoDay Day = 0

// Date makes a day of a year, a month and a day in it. A day that the month does
// not have counts on into the next, as in package time; ParseDay refuses it.
func Date(year int, month time.Month, day int) Day {
	// Howard Hinnant's days_from_civil: years begin in March, so that the leap day
	// is the last of the year.
	m := int(month) - 1
	year += m / 12
	m %= 12
	if m < 0 {
		m, year = m+12, year-1
	}
	if m < 2 {
		year--
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	doy := (153*((m+10)%12)+2)/5 + day - 1
	return Day(era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 305)
}

// ParseDay reads YYYY-MM-DD and refuses a day that does not exist, such as 30
// February, with a fault that says so.
func ParseDay(s string) (Day, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return NoDay, fault.New(fault.Invalid, "term.bad-date", "value", s)
	}
	y, err1 := strconv.Atoi(s[:4])
	m, err2 := strconv.Atoi(s[5:7])
	d, err3 := strconv.Atoi(s[8:])
	if err1 != nil || err2 != nil || err3 != nil || y < 1900 || y > 2200 {
		return NoDay, fault.New(fault.Invalid, "term.bad-date", "value", s)
	}
	if m < 1 || m > 12 || d < 1 || d > daysIn(y, time.Month(m)) {
		return NoDay, fault.New(fault.Invalid, "term.no-such-day", "value", s)
	}
	return Date(y, time.Month(m), d), nil
}

// DayOf is the civil day in Amsterdam on which t falls.
func DayOf(t time.Time) Day {
	y, m, d := t.In(text.Amsterdam).Date()
	return Date(y, m, d)
}

// Civil is the year, the month and the day of the month.
func (d Day) Civil() (int, time.Month, int) {
	z := int(d) + 305
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day := doy - (153*mp+2)/5 + 1
	year, month := yoe+era*400, mp+3
	if month > 12 {
		month -= 12
		year++
	}
	return year, time.Month(month), day
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(int(d) % 7) }

// AddMonths is the day with the same number n months later, or the last day of a
// month that has no such day (law.md 1.2; ECLI:NL:HR:2017:2225).
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Civil()
	total := y*12 + int(m) - 1 + n
	y, m = floorDiv(total, 12), time.Month(total-floorDiv(total, 12)*12+1)
	return Date(y, m, min(day, daysIn(y, m)))
}

// AddYears is the same day n years later; 29 February becomes 28 February in a
// year without it, the safe reading.
func (d Day) AddYears(n int) Day { return d.AddMonths(12 * n) }

// Midnight is the moment at which the day begins in Amsterdam.
func (d Day) Midnight() time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, 0, 0, 0, 0, text.Amsterdam)
}

// String is YYYY-MM-DD, and empty for NoDay.
func (d Day) String() string { return string(d.append(nil)) }

func (d Day) append(b []byte) []byte {
	if d == NoDay {
		return b
	}
	y, m, day := d.Civil()
	b = append(b, byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-')
	return append(b, byte('0'+int(m)/10), byte('0'+int(m)%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText writes the day as String does, for JSON.
func (d Day) MarshalText() ([]byte, error) { return d.append(nil), nil }

// UnmarshalText reads what MarshalText wrote; nothing is NoDay.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = NoDay
		return nil
	}
	parsed, err := ParseDay(string(b))
	*d = parsed
	return err
}

func daysIn(year int, m time.Month) int {
	switch m {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	}
	return 31
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
