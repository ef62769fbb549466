package crimemonitor

import (
	"sync"

	"baken/internal/crimemonitor/builtin"
	"baken/internal/kernel/figures"
)

// Serie is one line of high impact crime: a name of policy, with the police's
// offences behind it.
type Serie struct {
	Name     string // code of its words: crimemonitor.serie.<name>
	Offences []string
}

// Definition says which offences count as high impact crime.
type Definition []Serie

// HIC is the definition of national and most local policy: dwelling burglary,
// street robbery, robbery, and violence. The last group has no fixed list, so the
// definition stands beside every figure (data-sources.md 1.5). 1.4.1 is published
// for municipalities and years only and is left out, or a sum would mix what is
// known with what is not.
var HIC = Definition{
	{"burglary", []string{"1.1.1"}},
	{"street-robbery", []string{"1.4.6"}},
	{"robbery", []string{"1.4.7"}},
	{"violence", []string{"1.4.5", "1.4.4", "1.4.3", "1.4.2"}},
}

// Codes lists all offences of the definition.
func (d Definition) Codes() (out []string) {
	for _, s := range d {
		out = append(out, s.Offences...)
	}
	return out
}

// Serie finds a line by name.
func (d Definition) Serie(name string) (Serie, bool) {
	for _, s := range d {
		if s.Name == name {
			return s, true
		}
	}
	return Serie{}, false
}

// Total is the police's own sum of all offences. It is never added to its parts.
const Total = "0.0.0"

// offences are the police's names, read once from what the program carries.
var offences = sync.OnceValue(func() []builtin.Offence {
	all, err := builtin.Offences()
	if err != nil {
		panic(err) // embedded in the program, and read by its tests
	}
	return all
})

var titles = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, o := range offences() {
		out[o.Code] = o.Title.Title
	}
	return out
})

// Lists is what is known of offences and areas, for imports to say what is not.
func Lists() (l struct {
	Offences []figures.Title
	Areas    []figures.AreaName
}) {
	for _, o := range offences() {
		l.Offences = append(l.Offences, o.Title)
	}
	areas, err := builtin.Areas()
	if err != nil {
		panic(err) // embedded in the program, and read by its tests
	}
	for _, a := range areas {
		l.Areas = append(l.Areas, figures.AreaName{Code: a.Code, Name: a.Name})
	}
	return l
}
