package cbs

import (
	"regexp"
	"strings"
)

// role is what a column of a long file holds.
type role uint8

const (
	other role = iota
	offenceColumn
	areaColumn
	periodColumn
	valueColumn
)

// The measures that stand beside an offence. The first of a table is kept under
// the offence's own code, the others under "code#measure".
var mainMeasures = []string{"GeregistreerdeMisdrijven", "GeregistreerdeOverlast"}

// stem strips the number that a topic key ends in; it can change between versions
// of a table.
func stem(key string) string {
	if i := strings.LastIndexByte(key, '_'); i > 0 && i+1 < len(key) && strings.Trim(key[i+1:], "0123456789") == "" {
		return key[:i]
	}
	return key
}

var topicKey = regexp.MustCompile(`^(k_)?[A-Z0-9][A-Za-z0-9]*(_[A-Za-z0-9]+)*_[0-9]{1,3}$`)

// textTopics are topics that hold words.
func textTopic(name string) bool {
	switch name {
	case "Gemeentenaam", "SoortRegio", "Codering", "IndelingswijzigingWijkenEnBuurten", "MeestVoorkomendePostcode", "Dekkingspercentage":
		return true
	}
	return false
}

// roleOf reads a column's role from its header, in the words of the service, of
// the shared extracts and of plain English files.
func roleOf(header string) role {
	switch strings.ToLower(header) {
	case "soortmisdrijf", "overlast", "misdrijf_code", "overlast_code", "offence", "offence_code":
		return offenceColumn
	case "wijkenenbuurten", "regios", "gemeente_code", "wijk_code", "buurt_code", "gebied_code", "area", "area_code":
		return areaColumn
	case "perioden", "periode", "period":
		return periodColumn
	case "geregistreerde_misdrijven", "registraties", "value", "waarde", "aantal", "count":
		return valueColumn
	}
	if topicKey.MatchString(header) && !textTopic(stem(header)) {
		return valueColumn
	}
	return other
}

// plainMeasure turns a header of an extract into the measure's name in the service.
func plainMeasure(header string) string {
	switch strings.ToLower(header) {
	case "geregistreerde_misdrijven", "value", "waarde", "aantal", "count":
		return "GeregistreerdeMisdrijven"
	case "registraties":
		return "GeregistreerdeOverlast"
	case "gemiddeld_aantal_inwoners":
		return "GemiddeldAantalInwoners"
	case "inwoners":
		return "AantalInwoners"
	}
	return stem(header)
}

// areaFirst is the order in which one of several area columns is taken: a file
// of buurten also names the wijk they lie in.
var areaFirst = []string{"wijkenenbuurten", "regios", "buurt_code", "wijk_code", "gemeente_code", "gebied_code", "area", "area_code"}
