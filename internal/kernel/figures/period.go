package figures

import (
	"fmt"
)

// Kind is the length of a period.
type Kind uint8

const (
	Year    Kind = 1
	Quarter Kind = 2
	Month   Kind = 3
)

// Period is a year, a quarter or a month. Periods of one kind order in time and
// step by one; periods of different kinds never mix in one comparison or sum.
// The zero Period is none.
type Period uint16

// firstYear is where counting starts: population figures begin in 1899, and 14
// bits of months then reach far enough. Stored chunks hold the count, so it stays.
const (
	firstYear = 1880
	lastYear  = 2199
)

func makePeriod(k Kind, index int) Period { return Period(uint16(k)<<14 | uint16(index)) }

// YearOf is the period of a whole year.
func YearOf(year int) Period { return makePeriod(Year, year-firstYear) }

// QuarterOf is a quarter; q is 1 to 4.
func QuarterOf(year, q int) Period { return makePeriod(Quarter, (year-firstYear)*4+q-1) }

// MonthOf is a month; m is 1 to 12.
func MonthOf(year, m int) Period { return makePeriod(Month, (year-firstYear)*12+m-1) }

// ParsePeriod reads a CBS period code: 2025JJ00, 2025KW01 or 2025MM01, blanks at
// the end allowed. It reports false for anything else.
func ParsePeriod(s string) (Period, bool) { return parsePeriod(s) }

// ParsePeriodBytes is ParsePeriod without a copy, for readers of large files.
func ParsePeriodBytes(b []byte) (Period, bool) { return parsePeriod(b) }

func parsePeriod[T string | []byte](s T) (Period, bool) {
	for len(s) > 8 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	if len(s) != 8 {
		return 0, false
	}
	d0, d1, d2, d3, n0, n1 := s[0]-'0', s[1]-'0', s[2]-'0', s[3]-'0', s[6]-'0', s[7]-'0'
	if d0 > 9 || d1 > 9 || d2 > 9 || d3 > 9 || n0 > 9 || n1 > 9 {
		return 0, false
	}
	year := int(d0)*1000 + int(d1)*100 + int(d2)*10 + int(d3)
	n := int(n0)*10 + int(n1)
	switch {
	case year < firstYear || year > lastYear:
		return 0, false
	case s[4] == 'M' && s[5] == 'M' && n >= 1 && n <= 12:
		return MonthOf(year, n), true
	case s[4] == 'J' && s[5] == 'J' && n == 0:
		return YearOf(year), true
	case s[4] == 'K' && s[5] == 'W' && n >= 1 && n <= 4:
		return QuarterOf(year, n), true
	}
	return 0, false
}

// Kind says whether p is a year, a quarter or a month; 0 for no period.
func (p Period) Kind() Kind { return Kind(p >> 14) }

func (p Period) index() int { return int(p & (1<<14 - 1)) }

// Year is the calendar year p lies in.
func (p Period) Year() int {
	switch p.Kind() {
	case Month:
		return firstYear + p.index()/12
	case Quarter:
		return firstYear + p.index()/4
	}
	return firstYear + p.index()
}

// Part is the month (1-12) or the quarter (1-4) within the year; 0 for a year.
func (p Period) Part() int {
	switch p.Kind() {
	case Month:
		return p.index()%12 + 1
	case Quarter:
		return p.index()%4 + 1
	}
	return 0
}

// Add is the period n steps later (earlier when n is negative) of the same kind.
func (p Period) Add(n int) Period { return makePeriod(p.Kind(), p.index()+n) }

// Contains reports whether q lies wholly within p, as a month does in its year.
// A sum that holds both counts the same offences twice.
func (p Period) Contains(q Period) bool {
	switch {
	case p == q:
		return true
	case p.Kind() == Year:
		return q.Kind() != 0 && p.Year() == q.Year()
	case p.Kind() == Quarter && q.Kind() == Month:
		return p.Year() == q.Year() && (q.Part()-1)/3+1 == p.Part()
	}
	return false
}

// String is the CBS code; empty for no period.
func (p Period) String() string {
	switch p.Kind() {
	case Month:
		return fmt.Sprintf("%04dMM%02d", p.Year(), p.Part())
	case Quarter:
		return fmt.Sprintf("%04dKW%02d", p.Year(), p.Part())
	case Year:
		return fmt.Sprintf("%04dJJ00", p.Year())
	}
	return ""
}
