package dwangsom

import (
	"embed"
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

	"baken/internal/kernel/deadlines"
	"baken/internal/measures"
)

// Policy is one version of the municipality's policy rules for this measure
// (beleidsregel, Awb 4:81), as a jurist writes it in a TOML file.
type Policy struct {
	ID       string        `toml:"id"`
	InForce  deadlines.Day `toml:"in_force"`
	Source   string        `toml:"source"` // where it was published
	LookBack int           `toml:"look_back_years"`
	ViewDays int           `toml:"view_days"` // days for a Zienswijze, when the letter names no other
	Breaches []BreachKind  `toml:"breach"`
	Mandates []Mandate     `toml:"mandate"`
	Examples []Example     `toml:"example"`
}

// BreachKind is a kind of breach with its ground and what the policy asks for it.
type BreachKind struct {
	Code           string `toml:"code"`
	Name           string `toml:"name"`
	Article        string `toml:"article"` // of the APV or a law
	Power          string `toml:"power"`   // who decides: "burgemeester" or "college"
	Per            string `toml:"per"`     // lump, unit, breach
	Unit           string `toml:"unit"`    // day, week or month, for unit
	Amounts        []int  `toml:"amounts"` // euros: the first time, the second within the look-back, and on
	Maximums       []int  `toml:"maximums"`
	ComplianceDays int    `toml:"compliance_days"` // 0 for an order that only forbids repetition (5:32a lid 2)
}

// Mandate is who may sign, and up to which maximum in euros.
type Mandate struct {
	Role      string `toml:"role"`
	Power     string `toml:"power"`
	UpTo      int    `toml:"up_to"`
	Reference string `toml:"reference"` // the Mandaatbesluit
}

// Example is a case with the outcome that the jurist expects; reading the file
// checks it.
type Example struct {
	Breach  string `toml:"breach"`
	Earlier int    `toml:"earlier"`
	Amount  int    `toml:"amount"`
	Maximum int    `toml:"maximum"`
}

// Policies are all versions, oldest first.
type Policies []Policy

//go:embed policy/*.toml
var builtin embed.FS

// LoadPolicies reads the policy rules in folder, a file a version; those that the
// program carries, of a fictitious municipality, when the folder does not exist. A
// file that contradicts itself or its examples is refused with its name.
func LoadPolicies(folder string) (Policies, error) {
	return measures.ReadPolicies(builtin, folder, parsePolicy, func(p Policy) (string, deadlines.Day) { return p.ID, p.InForce })
}

func parsePolicy(raw string) (Policy, error) {
	var p Policy
	meta, err := toml.Decode(raw, &p)
	if err != nil {
		return p, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return p, fmt.Errorf("%v is not known", unknown)
	}
	if p.ID == "" || p.InForce == deadlines.NoDay || p.LookBack < 1 || p.ViewDays < 1 || len(p.Breaches) == 0 || len(p.Mandates) == 0 {
		return p, fmt.Errorf("id, in_force, look_back_years, view_days, a breach and a mandate are needed")
	}
	for _, b := range p.Breaches {
		if b.Code == "" || b.Article == "" || b.Power != "burgemeester" && b.Power != "college" || !slices.Contains(pers, b.Per) || len(b.Amounts) == 0 || len(b.Amounts) != len(b.Maximums) {
			return p, fmt.Errorf("breach %q needs code, article, power, per, and as many amounts as maximums", b.Code)
		}
		if (b.Per == PerUnit) != slices.Contains(units, b.Unit) {
			return p, fmt.Errorf("breach %q: a unit belongs to an order per unit, and only to it", b.Code)
		}
		for i := range b.Amounts {
			if b.Amounts[i] < 1 || b.Maximums[i] < b.Amounts[i] || b.Per == Lump && b.Maximums[i] != b.Amounts[i] {
				return p, fmt.Errorf("breach %q: amount %d and maximum %d do not fit (Awb 5:32b)", b.Code, b.Amounts[i], b.Maximums[i])
			}
		}
	}
	for _, e := range p.Examples {
		b, ok := p.Breach(e.Breach)
		if !ok {
			return p, fmt.Errorf("example of the unknown breach %q", e.Breach)
		}
		if amount, maximum := b.Step(e.Earlier); amount != e.Amount*100 || maximum != e.Maximum*100 {
			return p, fmt.Errorf("example %s with %d earlier: the rules give %d and %d euros, the example says %d and %d", e.Breach, e.Earlier, amount/100, maximum/100, e.Amount, e.Maximum)
		}
	}
	return p, nil
}

// On is the version in force on a day; the oldest for a day before all of them.
func (ps Policies) On(d deadlines.Day) Policy {
	out := ps[0]
	for _, p := range ps {
		if p.InForce <= d {
			out = p
		}
	}
	return out
}

// Breach finds a kind of breach.
func (p Policy) Breach(code string) (BreachKind, bool) {
	i := slices.IndexFunc(p.Breaches, func(b BreachKind) bool { return b.Code == code })
	if i < 0 {
		return BreachKind{}, false
	}
	return p.Breaches[i], true
}

// Step gives the amount and the maximum in cents for a breach with this many
// earlier orders at the address or against the person within the look-back.
func (b BreachKind) Step(earlier int) (amount, maximum int) {
	i := min(max(earlier, 0), len(b.Amounts)-1)
	return b.Amounts[i] * 100, b.Maximums[i] * 100
}

// MaySign finds the mandate by which one of these roles may sign an order of this
// power with this maximum in cents.
func (p Policy) MaySign(holds func(role string) bool, power string, maximum int) (Mandate, bool) {
	for _, m := range p.Mandates {
		if m.Power == power && m.UpTo*100 >= maximum && holds(m.Role) {
			return m, true
		}
	}
	return Mandate{}, false
}
