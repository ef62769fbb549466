package crimemonitor

import (
	"slices"

	"baken/internal/fault"
)

// Definition says which offences count as high impact crime (HIC). There is no
// national list for violence, so it is a setting, and it is printed beside every
// figure that uses it.
type Definition struct {
	Groups []Group `toml:"groups" json:"groups"`
}

// Group is one HIC series.
type Group struct {
	ID       string   `toml:"id" json:"id"`             // "woninginbraak"; its name stands in text as crimemonitor.hic.<id>
	Offences []string `toml:"offences" json:"offences"` // codes of the police
}

// DefaultDefinition is the core that national and most local policy shares, with
// violence as assault, threat, public violence and homicide. Sexual offences
// (1.4.1) are left out: they are published by year and municipality only, so that
// a series with them would change its meaning with the level.
func DefaultDefinition() Definition {
	return Definition{[]Group{
		{"woninginbraak", []string{"1.1.1"}},
		{"straatroof", []string{"1.4.6"}},
		{"overval", []string{"1.4.7"}},
		{"geweld", []string{"1.4.2", "1.4.3", "1.4.4", "1.4.5"}},
	}}
}

// Offences lists every code of the definition once, in its order.
func (d Definition) Offences() []string {
	var out []string
	for _, g := range d.Groups {
		for _, code := range g.Offences {
			if !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

// GroupsOf lists the groups that an offence counts in, for the table of offences.
func (d Definition) GroupsOf(code string) []string {
	var out []string
	for _, g := range d.Groups {
		if slices.Contains(g.Offences, code) {
			out = append(out, g.ID)
		}
	}
	return out
}

// Check refuses a definition that would count an offence twice or add a total to
// its parts: crimemonitor.hic.empty, .total, .twice.
func (d Definition) Check() error {
	seen := map[string]string{}
	for _, g := range d.Groups {
		if g.ID == "" || len(g.Offences) == 0 {
			return fault.New(fault.Invalid, "crimemonitor.hic.empty", "group", g.ID)
		}
		for _, code := range g.Offences {
			if code == Total {
				return fault.New(fault.Invalid, "crimemonitor.hic.total", "group", g.ID)
			}
			if earlier, ok := seen[code]; ok {
				return fault.New(fault.Invalid, "crimemonitor.hic.twice", "code", code, "group", g.ID, "earlier", earlier)
			}
			seen[code] = g.ID
		}
	}
	if len(seen) == 0 {
		return fault.New(fault.Invalid, "crimemonitor.hic.empty", "group", "")
	}
	return nil
}
