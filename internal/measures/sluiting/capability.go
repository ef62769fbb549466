package sluiting

import (
	"slices"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/plug"
)

// ReadAct is the act of seeing a file, CorrectAct of correcting its entries, RefoldAct of
// making what stands beside all files anew. The job that does so has its name.
const (
	ReadAct    = "sluiting.read"
	CorrectAct = "sluiting.correct"
	RefoldAct  = "sluiting.refold"
	ExpireAct  = "sluiting.expire" // at the end of the term, by the program
)

// Who does what. Lawyers and the adviser prepare; the mayor, or the deputy who holds that
// role for the time, decides and shows the second factor again; officers close and record
// what they see where they are involved.
var (
	office = []string{access.Lawyer, access.Adviser}
	street = []string{access.Officer, access.EnforcementCo}
	decide = []string{access.Mayor}
	all    = append(slices.Concat(decide, office), street...)
)

// Workers are the roles of which somebody can be involved in a file.
var Workers = slices.Concat(office, street)

// Declaration states the purpose and the acts of the measure.
func Declaration() plug.Declaration {
	d := plug.Declaration{Purposes: []access.Purpose{{Code: Purpose, Basis: "Opiumwet 13b; Gemeentewet 174a; Awb 5:21 e.v.; AVG art. 6 lid 1 e", Personal: true}},
		Acts: []access.Act{{Name: ReadAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: all, Involved: true, ByNature: slices.Concat(decide, office)},
			{Name: CorrectAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: office},
			{Name: RefoldAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			{Name: ExpireAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			measures.HoldAct(Name, Purpose),
			{Name: "sluiting.list", Kind: "measures", Purpose: Purpose, Level: access.Read, Roles: all}}}
	for _, t := range transitions {
		a := access.Act{Name: t.act, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: office}
		switch t.act {
		case "sluiting.report":
			a.Involved, a.ByNature = false, nil
		case "sluiting.evidence", "sluiting.seal", "sluiting.seal-at-once", "sluiting.seal-broken", "sluiting.unseal":
			a.Roles = slices.Concat(office, street)
		case "sluiting.return":
			a.Roles, a.ByNature = decide, decide
		case "sluiting.sign", "sluiting.sign-urgent", "sluiting.warn", "sluiting.extend", "sluiting.decide-request", "sluiting.withdraw":
			a.Roles, a.ByNature, a.StepUp = decide, decide, true
		}
		d.Acts = append(d.Acts, a)
	}
	return d
}

// Room is the measure in one house.
type Room = measures.Desk[Sluiting]

// Law is what the measure brings of its own, judged by these policy rules. Rows follow
// the calendar: a closure ends on its day, also in the list.
func Law(policies Policies) measures.Law[Sluiting] {
	return measures.Law[Sluiting]{Kind: New(policies), Opening: "sluiting.report", Article: func(act string) string { return transitionOf(act).law },
		Key: []string{"sluiting.intend", "sluiting.seal-at-once", "sluiting.sign", "sluiting.sign-urgent", "sluiting.warn", "sluiting.publish", "sluiting.seal", "sluiting.extend", "sluiting.decide-request",
			"sluiting.withdraw", "sluiting.unseal", "sluiting.costs", "sluiting.rule-relief", "sluiting.decide-objection", "sluiting.judge", "sluiting.close"},
		Fixed:    []string{"sluiting.sign", "sluiting.sign-urgent", "sluiting.warn", "sluiting.extend", "sluiting.decide-request", "sluiting.withdraw"},
		Deciding: []string{"sluiting.draft", "sluiting.check", "sluiting.sign", "sluiting.sign-urgent"},
		Card:     card, Terms: Sluiting.Terms, Keep: Sluiting.Keep, Quiet: map[string]bool{"objection": true, "objection-costs": true, "appeal": true, "higher": true},
		Theirs: map[string]bool{"view": true, "compliance": true, "pay": true, "reminder": true}, Prompt: map[string]bool{"decision": true}, Minute: minute,
		Waits:   map[string]string{string(Checked): "sluiting.sign", string(Signed): "sluiting.publish"},
		Needed:  func(act, field string) bool { return act == "sluiting.weigh" && field != "Blank" },
		Subject: subject, Face: face, Next: nextOf, Files: files, Propose: propose, Options: options, Word: word, Read: reads,
		Earlier: func(r Sluiting, today deadlines.Day) measures.Lookback {
			l := measures.Lookback{Since: today.AddYears(-r.Policy(today).LookBack)}
			if r.Report != nil {
				l.Breach, l.Place, l.Person = r.Report.Type, r.Report.Place, r.Report.Person
			}
			return l
		},
		Letters: letterKinds, Templates: letterFiles, Optional: optional, Values: values, Expand: expand, Signed: signed}
}

// minute: of what stands in a record of closing or opening the time of day counts.
func minute(act, field string) bool {
	return field == "At" || act == "sluiting.seal" && field == "Notice"
}

// card is what the register knows of a file. A closure that does not hold counts nowhere:
// suspended, withdrawn, revoked or annulled, its row says so.
func card(r Sluiting, at dossier.At) measures.Card {
	c := measures.Card{Stage: string(r.standing(at)), Lead: r.Lead, Deputy: r.Deputy, OpenedBy: r.OpenedBy, People: r.People, ClosedOn: r.ClosedOn, Void: r.off(), Closed: r.Stage == Closed,
		Rulings: r.rulings(), Undecided: slices.Contains(preparing, r.Stage) || r.Stage == Checked}
	if r.Report != nil {
		c.Breach, c.Place, c.Person = r.Report.Type, r.Report.Place, r.Report.Person
	}
	if r.Signed != nil {
		c.SignedBy = r.Signed.By
	}
	if r.Publication != nil {
		c.InForceOn = r.Publication.On
	}
	return c
}
