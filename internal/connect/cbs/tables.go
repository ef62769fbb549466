package cbs

import (
	"path"
	"regexp"
	"strings"

	"baken/internal/kernel/figures"
)

// table is what Baken knows of a published table beforehand, for files that do
// not say it themselves.
type table struct {
	title      string
	publisher  string
	licence    string
	absentZero bool // DataProperties.Default of its count
	police     bool // counts of offences or nuisance, with totals that must agree
	year       int  // the one year of a kwb table
}

const (
	policeLicence = "Openbare gegevens van de Politie, gepubliceerd op CBS Open data; bronvermelding verplicht"
	cbsLicence    = "CC BY 4.0"
)

// tableByNumber knows the tables of data-sources.md 1.1 and 2.
func tableByNumber(number string) (table, bool) {
	police := func(title string, absentZero bool) (table, bool) {
		return table{title: title, publisher: "Politie", licence: policeLicence, absentZero: absentZero, police: true}, true
	}
	switch number {
	case "47018NED":
		return police("Geregistreerde misdrijven; soort misdrijf, wijk, buurt, jaarcijfers", true)
	case "47022NED":
		return police("Geregistreerde misdrijven; soort misdrijf, wijk, buurt, maandcijfers", true)
	case "47013NED":
		return police("Geregistreerde misdrijven en aangiften; soort misdrijf, gemeente", false)
	case "47024NED":
		return police("Geregistreerde overlast; soort overlast, wijk, buurt", false)
	case "70072NED":
		return table{title: "Regionale kerncijfers Nederland", publisher: "CBS", licence: cbsLicence}, true
	}
	if y := kwbYear(number); y != 0 {
		return table{title: "Kerncijfers wijken en buurten", publisher: "CBS", licence: cbsLicence, year: y}, true
	}
	return table{}, false
}

// kwbYear is the year of a table "Kerncijfers wijken en buurten": there is one
// table per year, and its rows carry no period.
func kwbYear(number string) int {
	switch number {
	case "83220NED":
		return 2015
	case "83487NED":
		return 2016
	case "83765NED":
		return 2017
	case "84286NED":
		return 2018
	case "84583NED":
		return 2019
	case "84799NED":
		return 2020
	case "85039NED":
		return 2021
	case "85984NED":
		return 2024
	case "86165NED":
		return 2025
	}
	return 0
}

var numberPattern = regexp.MustCompile(`(?i)(^|[^0-9a-z])([0-9]{5}ned)([^0-9a-z]|$)`)

// tableNumber finds a table number such as 47018NED in a file name, title or
// address, in capitals; "" when there is none.
func tableNumber(s string) string {
	m := numberPattern.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return strings.ToUpper(m[2])
}

// newSource describes a table by its number, or by the file's name when it has
// none, so that figures from elsewhere can be kept too.
func newSource(number, file string, o Options) figures.Source {
	s := figures.Source{Table: number, Retrieved: o.Retrieved, URL: o.Origin, Layout: o.Layout}
	if s.URL == "" {
		s.URL = path.Base(file)
	}
	if number == "" {
		s.Table = strings.TrimSuffix(path.Base(file), path.Ext(file))
	}
	if t, ok := tableByNumber(number); ok {
		s.Title, s.Publisher, s.Licence, s.AbsentZero = t.title, t.publisher, t.licence, t.absentZero
		if s.Layout == 0 {
			s.Layout = t.year
		}
	}
	return s
}
