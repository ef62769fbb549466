package tips

import (
	"slices"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Assess is the outcome of the triage with its reason. High impact asks a second
// person.
type Assess struct {
	Outcome   string `ask:"choice" options:"ours,police,other,unusable,known"`
	Why       string `ask:"text"`
	Authority string `ask:"line,optional"` // which, for another authority
	Impact    string `ask:"choice" options:"normal,high"`
}

var assess = act("tip.assess", dossier.Act[Tip, Assess]{
	Check: func(r Tip, in Assess, _ dossier.At) error {
		if in.Outcome == Other && in.Authority == "" {
			return wrong("Authority", "authority")
		}
		return nil
	},
	Apply: func(r Tip, in Assess, e dossier.Entry) Tip {
		longer := r.Outcome != "" && r.Policy().Days(in.Outcome) > r.Policy().Days(r.Outcome)
		if r.AssessedOn == deadlines.NoDay {
			r.AssessedOn = deadlines.DayOf(e.Recorded)
		}
		r.Outcome, r.OutcomeWhy, r.Authority, r.Impact, r.AssessedBy, r.ConfirmedBy = in.Outcome, in.Why, in.Authority, in.Impact, e.Actor, ""
		// A theme that touches somebody's safety, and a new outcome by which the tip would
		// be kept longer, are of high impact whatever was chosen.
		r.NeedsSecond = in.Impact == "high" || in.Outcome != Unusable && in.Outcome != Known && slices.Contains(r.Policy().High, r.Theme) || longer
		return r
	},
})

// Confirm is the second person's word on an assessment.
type Confirm struct {
	Agree string `ask:"choice" options:"yes,no"`
	Why   string `ask:"text"`
}

var confirm = act("tip.confirm", dossier.Act[Tip, Confirm]{
	Apply: func(r Tip, in Confirm, e dossier.Entry) Tip {
		if in.Agree == "yes" {
			r.ConfirmedBy = e.Actor
			return r
		}
		r.Stage, r.Outcome, r.OutcomeWhy, r.Authority, r.AssessedBy, r.NeedsSecond = Released, "", "", "", "", false
		return r
	},
})

// Lookup is a question to a register because of a tip: with its purpose and ground,
// and no more fields than needed (AVG 5 lid 1 c). Of the municipality's own register
// of measures the program answers itself, yes or no and never the content.
type Lookup struct {
	Register string   `ask:"choice" options:"measures,brp,kvk,bag,kadaster,other"`
	Subject  string   `ask:"line"`
	Why      string   `ask:"text"`
	Ground   string   `ask:"line"`
	Fields   []string `ask:"lines"`
	Answer   string   `ask:"text,optional"`
	Known    string   `ask:"-"` // yes or no, of our own register
	By       string   `ask:"-"`
}

var lookup = act("tip.lookup", dossier.Act[Tip, Lookup]{
	Check: func(_ Tip, in Lookup, _ dossier.At) error {
		if in.Register != "measures" && in.Answer == "" {
			return wrong("Answer", "answer")
		}
		return nil
	},
	Apply: func(r Tip, in Lookup, e dossier.Entry) Tip {
		in.By = e.Actor
		r.Lookups = append(r.Lookups[:len(r.Lookups):len(r.Lookups)], in)
		return r
	},
})

// Finding is a fact that we know without the tip: from an inspection of our own, a
// register or a police report. It must be able to stand alone, so it quotes nothing
// and does not name the tip.
type Finding struct {
	Kind      string        `ask:"choice" options:"inspection,register,police-report"`
	On        deadlines.Day `ask:"day"`
	Who       string        `ask:"line"` // which office found it
	Reference string        `ask:"line"` // number of the report or the extract
	Words     string        `ask:"text"`
	By        string        `ask:"-"`
}

var find = act("tip.find", dossier.Act[Tip, Finding]{
	Check: func(r Tip, in Finding, at dossier.At) error {
		if in.On > at.Today {
			return wrong("On", "in-future")
		}
		for _, p := range r.Parts {
			if run := CommonRun(in.Words, p.Original); run > mostRun {
				return wrong("Words", "finding-quotes", "n", run, "most", mostRun)
			}
		}
		if word := measures.NamesTip(in.Words + " " + in.Reference); word != "" {
			return wrong("Words", "finding-names", "word", word)
		}
		return nil
	},
	Apply: func(r Tip, in Finding, e dossier.Entry) Tip {
		in.By = e.Actor
		r.Findings = append(r.Findings[:len(r.Findings):len(r.Findings)], in)
		return r
	},
})

// Use is a file to which the tip led, by a finding. The file cites the finding; this
// side of the wall alone keeps the chain.
type Use struct {
	Finding int    `ask:"finding"` // from 1
	Dossier string `ask:"line"`    // number of the file
	Why     string `ask:"text"`
	By      string `ask:"-"`
}

var use = act("tip.use", dossier.Act[Tip, Use]{
	Check: func(r Tip, in Use, _ dossier.At) error {
		if in.Finding > len(r.Findings) {
			return wrong("Finding", "no-such-finding")
		}
		return nil
	},
	Apply: func(r Tip, in Use, e dossier.Entry) Tip {
		in.By = e.Actor
		r.Uses = append(r.Uses[:len(r.Uses):len(r.Uses)], in)
		return r
	},
})
