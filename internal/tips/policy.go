package tips

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"filippo.io/age"
	"github.com/BurntSushi/toml"

	"baken/internal/kernel/deadlines"
)

// Policy is one version of how the municipality handles tips: the protocol of the
// college, as far as the program applies it. No law sets these terms (law.md 8).
type Policy struct {
	ID         string         `toml:"id"`
	InForce    deadlines.Day  `toml:"in_force"`
	Source     string         `toml:"source"`
	AssessDays int            `toml:"assess_working_days"`
	Keep       map[string]int `toml:"keep_days"` // days by outcome, from the assessment
	MostDays   int            `toml:"most_days"` // from receipt, whatever happens
	ExtendDays int            `toml:"extend_days"`
	Extensions int            `toml:"extensions"`
	GraceDays  int            `toml:"grace_days"`
	RemindDays int            `toml:"remind_days"`
	High       []string       `toml:"high_impact_themes"`
	Receivers  []Receiver     `toml:"receiver"`
}

// Receiver is a body that a tip can be passed on to. Only whoever keeps the
// municipality's files can add one, so that nobody at a page sends a tip to a key of
// their own.
type Receiver struct {
	Code string `toml:"code"`
	Name string `toml:"name"`
	Key  string `toml:"key"` // age public key
}

// Days is how long a tip with an outcome is kept.
func (p Policy) Days(outcome string) int { return p.Keep[outcome] }

// Receiver finds a receiver by its code.
func (p Policy) Receiver(code string) (Receiver, bool) {
	i := slices.IndexFunc(p.Receivers, func(r Receiver) bool { return r.Code == code })
	if i < 0 {
		return Receiver{}, false
	}
	return p.Receivers[i], true
}

// Policies are all versions, oldest first.
type Policies []Policy

// On is the version in force on a day; the oldest for a day before all.
func (p Policies) On(d deadlines.Day) Policy {
	for i := len(p) - 1; i > 0; i-- {
		if p[i].InForce <= d {
			return p[i]
		}
	}
	return p[0]
}

//go:embed policy/*.toml demo/*.toml
var builtin embed.FS

// DemoPolicies are the protocol with the fictitious receivers of the demo.
func DemoPolicies() (Policies, error) { return read(builtin, "demo/2026-01-01.toml") }

// LoadPolicies reads the versions in folder, a file each; those that the program
// carries, of a fictitious municipality, when the folder holds none. A file that
// contradicts itself is refused with its name.
func LoadPolicies(folder string) (Policies, error) {
	files := fs.FS(builtin)
	names, err := fs.Glob(files, "policy/*.toml")
	if err != nil {
		return nil, err
	}
	if own, err := filepath.Glob(filepath.Join(folder, "*.toml")); err != nil {
		return nil, err
	} else if folder != "" && len(own) > 0 {
		files, names = os.DirFS(folder), nil
		for _, f := range own {
			names = append(names, filepath.Base(f))
		}
	}
	return read(files, names...)
}

func read(files fs.FS, names ...string) (Policies, error) {
	var out Policies
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		p, err := parsePolicy(string(raw))
		if err != nil {
			return nil, fmt.Errorf("policy %s: %w", name, err)
		}
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].InForce < out[j].InForce })
	for i := 1; i < len(out); i++ {
		if out[i].InForce == out[i-1].InForce {
			return nil, fmt.Errorf("policy %s: another version is in force from the same day", out[i].ID)
		}
	}
	return out, nil
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
	if p.ID == "" || p.InForce == deadlines.NoDay || p.AssessDays < 1 || p.MostDays < 1 || p.ExtendDays < 1 || p.Extensions < 0 || p.GraceDays < 1 || p.RemindDays < 1 {
		return p, fmt.Errorf("id, in_force, assess_working_days, most_days, extend_days, grace_days and remind_days are needed")
	}
	for _, o := range Outcomes {
		if d := p.Keep[o]; d < 1 || d > p.MostDays {
			return p, fmt.Errorf("keep_days.%s must be from 1 to most_days", o)
		}
	}
	if len(p.Keep) != len(Outcomes) {
		return p, fmt.Errorf("keep_days names an outcome that does not exist")
	}
	for _, t := range p.High {
		if !slices.Contains(Themes, t) {
			return p, fmt.Errorf("high_impact_themes: %q is no theme of the agreement", t)
		}
	}
	for _, r := range p.Receivers {
		if r.Code == "" || r.Name == "" {
			return p, fmt.Errorf("a receiver needs code and name")
		}
		if _, err := age.ParseX25519Recipient(r.Key); err != nil {
			return p, fmt.Errorf("receiver %s: the key is not an age public key: %w", r.Code, err)
		}
	}
	return p, nil
}
