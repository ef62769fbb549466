package sluiting

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
)

// Find is what was found and why that gives the mayor the power of Opiumwet 13b. The
// power needs no disturbance of public order (law.md 4.1).
type Find struct {
	Limb      string   `ask:"choice" options:"trade,preparation"` // lid 1 a or b
	List      string   `ask:"choice" options:"I,II,3a,IA"`
	HardGram  string   `ask:"line,optional"` // grams, with a comma
	HardUnits int      `ask:"count"`
	SoftGram  string   `ask:"line,optional"`
	Plants    int      `ask:"count"`
	Sold      bool     `ask:"yes"` // selling, delivering or supplying was seen or is proven
	Rebutted  bool     `ask:"yes"` // own use was made plausible
	Prep      string   `ask:"choice,optional" options:"objects,substances,only-money-transport"`
	PrepFor   string   `ask:"choice,optional" options:"hard,soft"` // 10a lid 1 onder 3, or 11a
	Knowledge string   `ask:"text,optional"`                       // from which facts the knowledge of the purpose follows
	Trade     string   `ask:"text"`                                // why this is for trade, or for preparation
	Signs     []string `ask:"lines,optional"`                      // scales, cash, weapons, visitors
	Exempt    bool     `ask:"yes"`                                 // lid 2: pharmacist, doctor, vet acting lawfully
	Running   bool     `ask:"yes"`                                 // a remedial sanction for the same breach is in force (Awb 5:6)
	ListWhy   string   `ask:"text,optional"`
	Serious   string   `ask:"text,optional"`
	Earlier   int      `ask:"count"` // earlier occasions within the look-back; the page fills in what the register knows
}

// The Opiumwet knows preparatory acts as a ground since this day; 174a its grounds of
// violence and weapons since the other.
var (
	preparatoryFrom = deadlines.Date(2019, time.January, 1)
	violenceFrom    = deadlines.Date(2024, time.January, 1)
)

// class is the column of the matrix. With hard and soft drugs together the heavier one
// decides.
func (f Find) class() string {
	hard, _ := gram(f.HardGram)
	switch {
	case f.Limb == "preparation":
		return "prep-" + f.PrepFor
	case hard > 0 || f.HardUnits > 0:
		return "hard"
	}
	return "soft"
}

// presumed: more than an amount for own use is presumed to be for trade. These are
// thresholds of practice that the policy rules name, and no statute (OPW-quant).
func (f Find) presumed(t Threshold) bool {
	hard, _ := gram(f.HardGram)
	soft, _ := gram(f.SoftGram)
	return hard > milligrams(t.HardGram) || f.HardUnits > t.HardUnits || soft > milligrams(t.SoftGram) || f.Plants > t.Plants
}

// gram reads "12,4" as milligrams; empty is none.
func gram(s string) (milli int, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, true
	}
	whole, part, comma := strings.Cut(s, ",")
	if comma && (part == "" || len(part) > 3) || len(whole) > 7 {
		return 0, false
	}
	w, err := strconv.ParseUint(whole, 10, 31)
	if err != nil {
		return 0, false
	}
	p := uint64(0)
	if comma {
		if p, err = strconv.ParseUint((part + "00")[:3], 10, 31); err != nil {
			return 0, false
		}
	}
	return int(w*1000 + p), true
}

// whyNotOpium refuses a find that gives no power (Opiumwet 13b lid 1 and 2), of what was
// found on a day and with these thresholds.
func whyNotOpium(found deadlines.Day, in Find, trade Threshold) error {
	for field, s := range map[string]string{"HardGram": in.HardGram, "SoftGram": in.SoftGram} {
		if _, ok := gram(s); !ok {
			return wrong(field, "gram")
		}
	}
	if in.Exempt {
		return wrong("Exempt", "exempt")
	}
	if in.Running {
		return wrong("Running", "second-sanction")
	}
	if in.List == "IA" && in.ListWhy == "" {
		return wrong("ListWhy", "list-ia")
	}
	if in.Limb == "preparation" {
		return preparatory(found, in)
	}
	hard, _ := gram(in.HardGram)
	soft, _ := gram(in.SoftGram)
	switch {
	case in.Prep != "" || in.PrepFor != "":
		return wrong("Limb", "limb-mixed")
	case hard+soft+in.HardUnits+in.Plants == 0 && !in.Sold:
		return wrong("HardGram", "nothing-found")
	case in.Rebutted:
		return wrong("Rebutted", "rebutted")
	case !in.presumed(trade) && !in.Sold:
		return wrong("Sold", "own-use")
	}
	return nil
}

// preparatory: an object or substance as meant in Opiumwet 10a lid 1 onder 3 or 11a; a
// car or money alone is none, and the knowledge of its purpose rests on facts.
func preparatory(found deadlines.Day, in Find) error {
	switch {
	case found < preparatoryFrom:
		return wrong("Limb", "preparation-before-2019", "from", preparatoryFrom)
	case in.Prep == "":
		return wrong("Prep", "preparation-what")
	case in.Prep == "only-money-transport":
		return wrong("Prep", "preparation-money")
	case in.PrepFor == "":
		return wrong("PrepFor", "preparation-for")
	case in.Knowledge == "":
		return wrong("Knowledge", "preparation-knowledge")
	}
	return nil
}

// Disturbance is why the mayor has the power of Gemeentewet 174a lid 1: conduct that
// disturbs public order around the premises (a), serious violence or the threat of it
// (b), or a weapon (c).
type Disturbance struct {
	Ground  string `ask:"choice" options:"conduct,violence,weapon"`
	Reach   string `ask:"choice" options:"disturbed,fear"` // public order is seriously disturbed, or that is seriously feared
	Facts   string `ask:"text"`
	Health  string `ask:"text,optional"` // of conduct: why safety and health near it are in danger, and for how long already
	Weapon  string `ask:"choice,optional" options:"weapon,ammunition"`
	Running bool   `ask:"yes"` // a remedial sanction for the same breach is in force (Awb 5:6)
	Earlier int    `ask:"count"`
}

// whyNotOrder refuses what gives no power of Gemeentewet 174a lid 1.
func whyNotOrder(found deadlines.Day, in Disturbance) error {
	switch {
	case in.Running:
		return wrong("Running", "second-sanction")
	case in.Ground != "conduct" && found < violenceFrom:
		return wrong("Ground", "violence-before-2024", "from", violenceFrom)
	case in.Ground == "conduct" && in.Reach == "fear":
		return wrong("Reach", "conduct-fear")
	case in.Ground == "conduct" && in.Health == "":
		return wrong("Health", "conduct-health")
	case in.Ground == "weapon" && in.Weapon == "":
		return wrong("Weapon", "weapon-what")
	case in.Ground == "weapon" && in.Weapon == "ammunition":
		return wrong("Weapon", "ammunition")
	}
	return nil
}

// dwelling: a home is protected more than other premises (ECLI:NL:RVS:2019:2912).
func (r Sluiting) dwelling() bool { return r.Report != nil && r.Report.Object == "dwelling" }

// earlier is how many occasions came before, as the power was looked into.
func (r Sluiting) earlier() int {
	switch {
	case r.Find != nil:
		return r.Find.Earlier
	case r.Disturbance != nil:
		return r.Disturbance.Earlier
	}
	return 0
}

// minors are the children who live there.
func (r Sluiting) minors() []string {
	if r.Residents == nil {
		return nil
	}
	return slices.Clone(r.Residents.Minors)
}
