package sluiting

import (
	"strings"

	"baken/internal/kernel/dossier"
)

// Weighing is the test of the Council of State (ECLI:NL:RVS:2019:2912 for dwellings,
// ECLI:NL:RVS:2022:285): is the closure suitable and necessary, and does it stay in
// balance for who lives or works there. It may be written in parts; a draft of a closure
// waits for all answers, or for the reason why one is not there. The answers go into the
// decision.
type Weighing struct {
	Aim         string `ask:"text,optional"` // suitability: what the closure must reach
	Seriousness string `ask:"text,optional"` // necessity: seriousness and extent
	Lighter     string `ask:"text,optional"` // necessity: warning, last onder dwangsom, care
	Area        string `ask:"text,optional"` // necessity: how vulnerable the neighbourhood is
	Delay       string `ask:"text,optional"` // necessity: the days since the finding
	Blame       string `ask:"text,optional"` // balance
	Tie         string `ask:"text,optional"` // balance: special tie to this home
	Medical     string `ask:"text,optional"`
	Minors      string `ask:"text,optional"` // their own interest (ECLI:NL:RVS:2023:823)
	Housing     string `ask:"text,optional"` // where they go
	Lease       string `ask:"text,optional"` // whether the lease is dissolved (BW 7:231 lid 2)
	Blacklist   string `ask:"text,optional"` // whether another home is out of reach for years
	Duration    string `ask:"text,optional"` // whether a shorter closure would do
	Outcome     string `ask:"text,optional"` // the balance
	Blank       string `ask:"text,optional"` // why an answer is not there
}

// question is one question of the test, by the name of its field.
type question struct {
	name   string
	home   bool // only a closure of a dwelling asks it
	answer func(w Weighing) string
}

// The questions in the order of the court. A shop has no tenant's bond to the home, but
// it too is weighed.
var questions = []question{
	{"Aim", false, func(w Weighing) string { return w.Aim }},
	{"Seriousness", false, func(w Weighing) string { return w.Seriousness }},
	{"Lighter", false, func(w Weighing) string { return w.Lighter }},
	{"Area", false, func(w Weighing) string { return w.Area }},
	{"Delay", false, func(w Weighing) string { return w.Delay }},
	{"Blame", false, func(w Weighing) string { return w.Blame }},
	{"Tie", true, func(w Weighing) string { return w.Tie }},
	{"Medical", true, func(w Weighing) string { return w.Medical }},
	{"Minors", true, func(w Weighing) string { return w.Minors }},
	{"Housing", true, func(w Weighing) string { return w.Housing }},
	{"Lease", true, func(w Weighing) string { return w.Lease }},
	{"Blacklist", true, func(w Weighing) string { return w.Blacklist }},
	{"Duration", false, func(w Weighing) string { return w.Duration }},
	{"Outcome", false, func(w Weighing) string { return w.Outcome }},
}

// asked are the questions that this closure asks.
func (r Sluiting) asked() []question {
	var out []question
	for _, q := range questions {
		if !q.home || r.dwelling() {
			out = append(out, q)
		}
	}
	return out
}

// unanswered are the questions without an answer.
func (r Sluiting) unanswered() []string {
	var out []string
	for _, q := range r.asked() {
		if r.Weighed == nil || strings.TrimSpace(q.answer(*r.Weighed)) == "" {
			out = append(out, q.name)
		}
	}
	return out
}

// weighed names what the test still misses for a closure; empty for nothing. Where
// children live their interest is weighed, and no reason stands in its place.
func (r Sluiting) weighed() string {
	switch {
	case r.dwelling() && r.Residents == nil:
		return "residents"
	case r.Weighed == nil:
		return "weighing"
	case len(r.minors()) > 0 && strings.TrimSpace(r.Weighed.Minors) == "":
		return "minors"
	case len(r.unanswered()) > 0 && strings.TrimSpace(r.Weighed.Blank) == "":
		return "weighing-empty"
	}
	return ""
}

var weigh = act("sluiting.weigh", dossier.Act[Sluiting, Weighing]{
	Check: func(r Sluiting, in Weighing, _ dossier.At) error {
		r.Weighed = &in
		if len(r.unanswered()) == len(r.asked()) && in.Blank == "" {
			return wrong("Aim", "weighing-nothing")
		}
		return nil
	},
	Apply: func(r Sluiting, in Weighing, _ dossier.Entry) Sluiting {
		r.Weighed = &in
		return r
	},
})
