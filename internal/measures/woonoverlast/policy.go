package woonoverlast

import (
	"embed"
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/measures"
)

// Policy is one version of the municipality's rules with its article of the APV
// (Gemeentewet 151d lid 1; Awb 4:81), as a jurist writes it in a TOML file.
type Policy struct {
	ID            string        `toml:"id"`
	InForce       deadlines.Day `toml:"in_force"`
	Source        string        `toml:"source"`  // where it was published
	Article       string        `toml:"article"` // of the APV
	Incidents     int           `toml:"incidents"`
	Reporters     int           `toml:"reporters"`
	SpreadDays    int           `toml:"spread_days"` // between the first and the last incident
	LookBack      int           `toml:"look_back_months"`
	ViewDays      int           `toml:"view_days"`
	ChanceDays    int           `toml:"chance_days"` // to change after a warning
	MostMonths    int           `toml:"most_months"`
	EvaluateWeeks int           `toml:"evaluate_weeks"`
	LookBackYears int           `toml:"look_back_years"` // for an earlier order
	Amounts       []int         `toml:"amounts"`         // euros per breach: the first order, a later one
	Maximums      []int         `toml:"maximums"`
	Conduct       []Conduct     `toml:"conduct"`
	Mandates      []Mandate     `toml:"mandate"`
	Examples      []Example     `toml:"example"`
}

// Conduct is a rule of conduct of the library: what it says, and how somebody checks it.
type Conduct struct {
	Code  string `toml:"code"`
	Name  string `toml:"name"`
	Words string `toml:"words"`
	Check string `toml:"check"`
}

// Mandate is who may sign a letter in the mayor's name.
type Mandate struct {
	Act       string `toml:"act"` // warn or intend
	Role      string `toml:"role"`
	Reference string `toml:"reference"`
}

// Example is a case with the outcome that the jurist expects; reading the file checks it.
type Example struct {
	Earlier int `toml:"earlier"`
	Amount  int `toml:"amount"`
	Maximum int `toml:"maximum"`
}

// Policies are all versions, oldest first.
type Policies []Policy

//go:embed policy/*.toml
var builtin embed.FS

// LoadPolicies reads the rules in folder, a file a version; those that the program
// carries, of a fictitious municipality, when there are none. A file that contradicts
// itself or its examples is refused with its name.
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
	if p.ID == "" || p.InForce == deadlines.NoDay || p.Article == "" {
		return p, fmt.Errorf("id, in_force and the article of the APV are needed (Gemeentewet 151d lid 1)")
	}
	for name, n := range map[string]int{"look_back_months": p.LookBack, "view_days": p.ViewDays, "chance_days": p.ChanceDays, "most_months": p.MostMonths, "evaluate_weeks": p.EvaluateWeeks, "look_back_years": p.LookBackYears} {
		if n < 1 {
			return p, fmt.Errorf("%s is needed", name)
		}
	}
	if p.Incidents < 2 || p.Reporters < 1 || p.SpreadDays < 1 {
		return p, fmt.Errorf("one incident is not repeated nuisance: at least two, with days between them (Gemeentewet 151d lid 1)")
	}
	if len(p.Amounts) == 0 || len(p.Amounts) != len(p.Maximums) {
		return p, fmt.Errorf("as many amounts as maximums are needed (Awb 5:32b)")
	}
	for i := range p.Amounts {
		if p.Amounts[i] < 1 || p.Maximums[i] < p.Amounts[i] {
			return p, fmt.Errorf("amount %d and maximum %d do not fit (Awb 5:32b)", p.Amounts[i], p.Maximums[i])
		}
	}
	if len(p.Conduct) == 0 {
		return p, fmt.Errorf("the library of conduct is empty")
	}
	seen := map[string]bool{own: true}
	for _, c := range p.Conduct {
		if c.Code == "" || seen[c.Code] || c.Name == "" || c.Words == "" || c.Check == "" {
			return p, fmt.Errorf("conduct %q needs a code of its own, a name, words, and how it is checked", c.Code)
		}
		seen[c.Code] = true
	}
	for _, m := range p.Mandates {
		if m.Act != "warn" && m.Act != "intend" {
			return p, fmt.Errorf("mandate for %q: the order and the ban are the mayor's own (Gemeentewet 151d lid 2, 3)", m.Act)
		}
		if m.Role == "" || m.Reference == "" {
			return p, fmt.Errorf("a mandate needs a role and its Mandaatbesluit (Awb 10:5)")
		}
	}
	for _, e := range p.Examples {
		if amount, maximum := p.Step(e.Earlier); amount != e.Amount*100 || maximum != e.Maximum*100 {
			return p, fmt.Errorf("example with %d earlier: the rules give %d and %d euros, the example says %d and %d", e.Earlier, amount/100, maximum/100, e.Amount, e.Maximum)
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

// Rule finds a rule of conduct.
func (p Policy) Rule(code string) (Conduct, bool) {
	i := slices.IndexFunc(p.Conduct, func(c Conduct) bool { return c.Code == code })
	if i < 0 {
		return Conduct{}, false
	}
	return p.Conduct[i], true
}

// Step gives the amount per breach and the maximum in cents, with this many earlier
// orders at the address or against the person.
func (p Policy) Step(earlier int) (amount, maximum int) {
	i := min(max(earlier, 0), len(p.Amounts)-1)
	return p.Amounts[i] * 100, p.Maximums[i] * 100
}

// MaySign says whether one of these roles may sign a letter: the mayor, or under mandate.
func (p Policy) MaySign(holds func(role string) bool, act string) bool {
	return holds(access.Mayor) || slices.ContainsFunc(p.Mandates, func(m Mandate) bool { return m.Act == act && holds(m.Role) })
}
