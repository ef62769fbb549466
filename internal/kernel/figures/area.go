package figures

import (
	"strings"
)

// Level is what an area code stands for: its first two letters.
type Level string

const (
	Country       Level = "NL"
	Landsdeel     Level = "LD"
	Province      Level = "PV"
	PoliceUnit    Level = "RE"
	Municipality  Level = "GM"
	District      Level = "WK" // wijk
	Neighbourhood Level = "BU" // buurt
)

// digits holds how many characters follow the letters of each level.
var digits = map[Level]int{Country: 2, Landsdeel: 2, Province: 2, PoliceUnit: 2, Municipality: 4, District: 6, Neighbourhood: 8}

// ParseArea strips the padding of a CBS area code and reports whether it has the
// shape of one. Whether such an area exists is another question.
func ParseArea(s string) (string, bool) {
	s = strings.TrimRight(s, " ")
	if len(s) < 4 {
		return s, false
	}
	level := Level(s[:2])
	n, ok := digits[level]
	if !ok || len(s) != 2+n {
		return s, false
	}
	rest := s[2:]
	if rest == "G4" && level == Landsdeel {
		return s, true // LDG4, West-Nederland without its four large cities
	}
	if strings.Trim(rest[:min(4, n)], "0123456789") != "" {
		return s, false
	}
	// Amsterdam numbers its wijken and buurten with letters: BU0363AA01.
	return s, strings.Trim(rest, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// LevelOf is the level of a well-formed area code.
func LevelOf(area string) Level {
	if len(area) < 2 {
		return ""
	}
	return Level(area[:2])
}

// Parent is the area that holds a wijk or buurt according to its code, or ""
// where the code does not tell.
func Parent(area string) string {
	switch LevelOf(area) {
	case Neighbourhood:
		return "WK" + area[2:8]
	case District:
		return "GM" + area[2:6]
	}
	return ""
}

// Group is the municipality an area lies in, or the country code NL00 for every
// area above municipalities. Cells of one group are stored and read together.
func Group(area string) string {
	switch LevelOf(area) {
	case Neighbourhood, District:
		return "GM" + area[2:6]
	case Municipality:
		return area
	}
	return "NL00"
}

// Within reports whether area a lies in area b or is b, as far as the codes
// tell. Every Dutch area lies in the country; NL00 and NL01 both name it.
func Within(a, b string) bool {
	switch LevelOf(b) {
	case Country:
		return true
	case Municipality:
		return a == b || LevelOf(a) != Country && Group(a) == b
	case District:
		return a == b || Parent(a) == b
	}
	return a == b
}

// Unplaced reports whether an area code stands for what could not be assigned:
// GM0000, WK000000, BU00000000, and codes such as PV99 of the municipal table.
// They are parts of a total and no place on a map.
func Unplaced(area string) bool {
	switch LevelOf(area) {
	case Municipality, District, Neighbourhood:
		g := Group(area)
		return g == "GM0000" || g == "GM0998" || g == "GM0999"
	case Landsdeel, Province, PoliceUnit:
		return strings.HasSuffix(area, "99")
	}
	return false
}
