package sluiting

import (
	"embed"
	"fmt"
	"math"
	"slices"

	"github.com/BurntSushi/toml"

	"baken/internal/kernel/deadlines"
	"baken/internal/measures"
)

// Policy is one version of the municipality's policy rules for closing premises
// (beleidsregel, Awb 4:81; the Damocles matrix), as a jurist writes it in a TOML file.
type Policy struct {
	ID             string        `toml:"id"`
	InForce        deadlines.Day `toml:"in_force"`
	Source         string        `toml:"source"` // where it was published
	LookBack       int           `toml:"look_back_years"`
	ViewDays       int           `toml:"view_days"`       // days for a Zienswijze, when the letter names no other
	ComplianceDays int           `toml:"compliance_days"` // days to leave and close the premises oneself
	Trade          Threshold     `toml:"trade"`
	Cells          []Cell        `toml:"cell"`
	Examples       []Example     `toml:"example"`
}

// Threshold is what counts as an amount for own use: more than this is presumed to be
// for trade.
type Threshold struct {
	HardGram  float64 `toml:"hard_gram"`
	HardUnits int     `toml:"hard_units"`
	SoftGram  float64 `toml:"soft_gram"`
	Plants    int     `toml:"plants"`
}

// Cell is one cell of the matrix. For drugs: object, class and occasion, and more than an
// amount where one combination has several. For public order: a ground and an occasion.
type Cell struct {
	Code     string `toml:"code"` // as the municipality's matrix calls it
	Object   string `toml:"object"`
	Class    string `toml:"class"`
	Ground   string `toml:"ground"`
	Occasion int    `toml:"occasion"` // 1, 2, 3; the last holds for all after it
	Over     *Above `toml:"over"`
	Outcome  string `toml:"outcome"` // warning or closure
	Weeks    int    `toml:"weeks"`
	Months   int    `toml:"months"`
}

// Above is an amount that is exceeded when one of its measures is.
type Above struct {
	Gram   *float64 `toml:"gram"`
	Units  *int     `toml:"units"`
	Plants *int     `toml:"plants"`
}

// Example is a case with the outcome that the jurist expects; reading the file checks it.
type Example struct {
	Object  string  `toml:"object"`
	Class   string  `toml:"class"`
	Ground  string  `toml:"ground"`
	Gram    float64 `toml:"gram"`
	Units   int     `toml:"units"`
	Plants  int     `toml:"plants"`
	Earlier int     `toml:"earlier"`
	Outcome string  `toml:"outcome"`
	Weeks   int     `toml:"weeks"`
	Months  int     `toml:"months"`
}

// Policies are all versions, oldest first.
type Policies []Policy

var (
	objects = []string{"dwelling", "premises-public", "premises-other", "grounds"}
	classes = []string{"hard", "soft", "prep-hard", "prep-soft"}
	grounds = []string{"conduct", "violence", "weapon"}
)

//go:embed policy/*.toml
var builtin embed.FS

// LoadPolicies reads the policy rules in folder, a file a version; those that the
// program carries, of a fictitious municipality, when the folder does not exist. A file
// that contradicts itself or its examples is refused with its name.
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
	if p.ID == "" || p.InForce == deadlines.NoDay || p.LookBack < 1 || p.ViewDays < 1 || p.ComplianceDays < 1 || p.Trade.HardGram <= 0 || p.Trade.SoftGram <= 0 {
		return p, fmt.Errorf("id, in_force, look_back_years, view_days, compliance_days and the amounts of trade are needed")
	}
	codes := map[string]bool{}
	for _, c := range p.Cells {
		if err := c.check(); err != nil {
			return p, err
		}
		if codes[c.Code] {
			return p, fmt.Errorf("cell %s stands there twice", c.Code)
		}
		codes[c.Code] = true
	}
	if err := p.whole(); err != nil {
		return p, err
	}
	for i, e := range p.Examples {
		c := p.cell(e.Object, e.Class, e.Ground, e.Earlier, amounts{milligrams(e.Gram), e.Units, e.Plants})
		if c.Outcome != e.Outcome || c.Weeks != e.Weeks || c.Months != e.Months {
			return p, fmt.Errorf("example %d: the matrix gives %s (%s, %d weeks, %d months), the example says %s, %d weeks, %d months", i+1, c.Code, c.Outcome, c.Weeks, c.Months, e.Outcome, e.Weeks, e.Months)
		}
	}
	return p, nil
}

func (c Cell) check() error {
	drugs := slices.Contains(objects, c.Object) && slices.Contains(classes, c.Class) && c.Ground == ""
	order := slices.Contains(grounds, c.Ground) && c.Object == "" && c.Class == "" && c.Over == nil
	closure := c.Outcome == "closure" && (c.Weeks > 0) != (c.Months > 0) && c.Weeks >= 0 && c.Months >= 0
	warning := c.Outcome == "warning" && c.Weeks == 0 && c.Months == 0
	switch {
	case c.Code == "" || c.Occasion < 1:
		return fmt.Errorf("a cell needs a code and an occasion: %+v", c)
	case !drugs && !order:
		return fmt.Errorf("cell %s needs an object and a class (Opiumwet 13b), or a ground (Gemeentewet 174a)", c.Code)
	case !closure && !warning:
		return fmt.Errorf("cell %s: a closure lasts a number of weeks or of months, a warning neither", c.Code)
	}
	return nil
}

// whole: the matrix has an answer for every case, and a first find of soft drugs in a
// dwelling begins with a warning: closing at once is for serious cases only.
func (p Policy) whole() error {
	has := func(object, class, ground string, occasion int) bool {
		return slices.ContainsFunc(p.Cells, func(c Cell) bool {
			return c.Object == object && c.Class == class && c.Ground == ground && c.Occasion == occasion
		})
	}
	row := func(object, class, ground string) error {
		last := 0
		for _, c := range p.Cells {
			if c.Object == object && c.Class == class && c.Ground == ground {
				last = max(last, c.Occasion)
			}
		}
		for n := 1; n <= max(last, 1); n++ {
			if !has(object, class, ground, n) {
				return fmt.Errorf("the matrix has no cell for %s%s %s, occasion %d", object, ground, class, n)
			}
		}
		return nil
	}
	for _, o := range objects {
		for _, c := range classes {
			if err := row(o, c, ""); err != nil {
				return err
			}
		}
	}
	for _, g := range grounds {
		if err := row("", "", g); err != nil {
			return err
		}
	}
	if c := p.cell("dwelling", "soft", "", 0, amounts{milligrams(p.Trade.SoftGram) + 1, 0, 0}); c.Outcome != "warning" {
		return fmt.Errorf("cell %s: a first find of soft drugs in a dwelling is a warning, unless the case is serious (Awb 3:4)", c.Code)
	}
	return nil
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

func milligrams(g float64) int { return int(math.Round(g * 1000)) }
