package gebiedsverbod

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/measures"
)

// Policy is one version of the municipality's rules with its article of the APV
// (Awb 4:81), as a jurist writes it in a TOML file.
type Policy struct {
	ID         string        `toml:"id"`
	InForce    deadlines.Day `toml:"in_force"`
	Source     string        `toml:"source"`      // where it was published
	Article    string        `toml:"article"`     // of the APV
	LightHours int           `toml:"light_hours"` // the most of a light command (172 lid 3): short, the law gives no number
	ViewDays   int           `toml:"view_days"`
	LookBack   int           `toml:"look_back_months"` // for an earlier order, and so for the step
	Steps      []Step        `toml:"step"`             // of the APV: the first order, the second, and so on
	Mandates   []Mandate     `toml:"mandate"`
	Examples   []Example     `toml:"example"`
}

// Step is how long an area ban of the APV lasts, given how many came before.
type Step struct {
	Count int    `toml:"count"`
	Unit  string `toml:"unit"` // hours, days, weeks or months
}

func (s Step) end(start time.Time) time.Time { return afterUnits(start, s.Count, s.Unit) }

// Mandate is who may sign the intention in the mayor's name.
type Mandate struct {
	Role      string `toml:"role"`
	Reference string `toml:"reference"`
}

// Example is a case with the outcome that the jurist expects; reading the file checks it.
type Example struct {
	Earlier int    `toml:"earlier"`
	Step    string `toml:"step"` // "4 weeks"
}

// Policies are all versions, oldest first.
type Policies []Policy

//go:embed policy/*.toml
var builtin embed.FS

// LoadPolicies reads the rules in folder, or those that the program carries when there
// are none.
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
		return p, fmt.Errorf("id, in_force and the article of the APV are needed")
	}
	for name, n := range map[string]int{"light_hours": p.LightHours, "view_days": p.ViewDays, "look_back_months": p.LookBack, "step": len(p.Steps)} {
		if n < 1 {
			return p, fmt.Errorf("%s must be 1 or more", name)
		}
	}
	start := time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC)
	for i, s := range p.Steps {
		if s.Count < 1 || !slices.Contains([]string{"hours", "days", "weeks", "months"}, s.Unit) {
			return p, fmt.Errorf("step %d: a count and hours, days, weeks or months are needed", i+1)
		}
		if i > 0 && s.end(start).Before(p.Steps[i-1].end(start)) {
			return p, fmt.Errorf("step %d is shorter than the one before it", i+1)
		}
	}
	for _, m := range p.Mandates {
		if m.Role == "" || m.Reference == "" {
			return p, fmt.Errorf("a mandate needs its role and the decision that gives it (Awb 10:3)")
		}
	}
	for _, e := range p.Examples {
		if got := p.Step(e.Earlier).String(); got != e.Step {
			return p, fmt.Errorf("after %d earlier orders the step is %s, and the example says %s", e.Earlier, got, e.Step)
		}
	}
	return p, nil
}

// String is a step as an example writes it.
func (s Step) String() string { return strings.Join([]string{strconv.Itoa(s.Count), s.Unit}, " ") }

// On is the version in force on a day; the oldest for a day before all of them.
func (ps Policies) On(day deadlines.Day) Policy {
	for _, p := range slices.Backward(ps) {
		if p.InForce <= day {
			return p
		}
	}
	if len(ps) == 0 {
		return Policy{}
	}
	return ps[0]
}

// Step is that of an order with so many before it: the last one stays for all after it.
func (p Policy) Step(earlier int) Step {
	if len(p.Steps) == 0 {
		return Step{}
	}
	return p.Steps[min(max(earlier, 0), len(p.Steps)-1)]
}

// longest is the end that no order of the APV can pass.
func (p Policy) longest(start time.Time) time.Time { return p.Step(len(p.Steps)).end(start) }

// MaySign reports whether who holds these roles may sign the intention.
func (p Policy) MaySign(holds func(role string) bool) bool {
	return holds(access.Mayor) || slices.ContainsFunc(p.Mandates, func(m Mandate) bool { return holds(m.Role) })
}
