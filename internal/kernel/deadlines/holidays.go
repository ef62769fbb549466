package deadlines

import "time"

// Closed says why a day cannot be the last of a statutory term; empty when it can.
// It is the end of a sentence's code: "term.closed." + Closed.
type Closed string

// The days that article 3 Atw names, and the two of article 1.
const (
	Open          Closed = ""
	Saturday      Closed = "saturday"
	Sunday        Closed = "sunday"
	NewYear       Closed = "new-year"
	GoodFriday    Closed = "good-friday" // lid 2: equal to a holiday for this law
	EasterMonday  Closed = "easter-monday"
	KingsDay      Closed = "kings-day"
	LiberationDay Closed = "liberation-day" // every year, not only each fifth
	Ascension     Closed = "ascension"
	WhitMonday    Closed = "whit-monday"
	Christmas     Closed = "christmas"
	BoxingDay     Closed = "boxing-day"
	EquatedDay    Closed = "equated" // lid 3: by Royal Decree
)

// closedKinds lists them; a day that is open comes first.
var closedKinds = []Closed{Open, Saturday, Sunday, NewYear, GoodFriday, EasterMonday, KingsDay, LiberationDay, Ascension, WhitMonday, Christmas, BoxingDay, EquatedDay}

// The law's articles for moving an end.
const (
	atw1 = "Atw 1 lid 1"
	atw2 = "Atw 2"
)

// holidays lists the holidays of a year (Atw 3 lid 1 and 2).
func holidays(year int) map[Day]Closed {
	easter := easter(year)
	return map[Day]Closed{
		Date(year, time.January, 1):   NewYear,
		easter - 2:                    GoodFriday,
		easter + 1:                    EasterMonday,
		kingsDay(year):                KingsDay,
		Date(year, time.May, 5):       LiberationDay,
		easter + 39:                   Ascension,
		easter + 50:                   WhitMonday,
		Date(year, time.December, 25): Christmas,
		Date(year, time.December, 26): BoxingDay,
	}
}

// easter is Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher).
func easter(year int) Day {
	a := year % 19
	b, c := year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Date(year, time.Month(n/31), n%31+1)
}

// kingsDay is the day on which the birthday of the King is celebrated: 27 April,
// on Saturday 26 when that is a Sunday. Until 2013 it was 30 April for the Queen,
// and on a Sunday the day before (before 1980 the day after).
func kingsDay(year int) Day {
	if year >= 2014 {
		d := Date(year, time.April, 27)
		if d.Weekday() == time.Sunday {
			return d - 1
		}
		return d
	}
	d := Date(year, time.April, 30)
	switch {
	case d.Weekday() != time.Sunday:
		return d
	case year < 1980:
		return d + 1
	}
	return d - 1
}
