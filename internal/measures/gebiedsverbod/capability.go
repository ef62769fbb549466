package gebiedsverbod

import (
	"slices"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
	"baken/internal/plug"
)

// ReadAct is the act of seeing a file, CorrectAct of correcting its entries, RefoldAct
// of making what stands beside all files anew, ExpireAct of destroying what is over its
// term. The jobs that do so have their names. FieldAct is that of the field cards: of an
// order that runs, and no more than is needed in the street; SeenAct is the right to
// record by a card what was seen there.
const (
	ReadAct    = "gebiedsverbod.read"
	CorrectAct = "gebiedsverbod.correct"
	RefoldAct  = "gebiedsverbod.refold"
	ExpireAct  = "gebiedsverbod.expire" // at the end of the term, by the program
	FieldAct   = "gebiedsverbod.field"
	SeenAct    = "gebiedsverbod.seen"
)

// Who does what. Lawyers, advisers and the coordinator of enforcement carry the file; the
// mayor decides and shows the second factor again. Officers see the field card of every
// order that holds and record what they saw there; the file is closed to them unless they
// are involved.
var (
	office   = []string{access.Lawyer, access.Adviser, access.EnforcementCo}
	street   = []string{access.Officer}
	decider  = []string{access.Mayor}
	byNature = []string{access.Mayor, access.Lawyer}
	field    = []string{access.Mayor, access.Lawyer, access.EnforcementCo, access.Officer}
	watching = []string{access.Lawyer, access.EnforcementCo, access.Officer}
	all      = slices.Concat(decider, office, street)
)

// Workers are the roles of which somebody can be involved in a file.
var Workers = slices.Concat(office, street)

// decisions are the acts by which the mayor decides.
var decisions = []string{"gebiedsverbod.decide", "gebiedsverbod.refuse", "gebiedsverbod.change", "gebiedsverbod.exempt", "gebiedsverbod.extend", "gebiedsverbod.withdraw"}

// Declaration states the purpose and the acts of the measure.
func Declaration() plug.Declaration {
	d := plug.Declaration{Purposes: []access.Purpose{{Code: Purpose, Basis: "Gemeentewet 172, 172a, 172b; AVG art. 6 lid 1 e", Personal: true}},
		Acts: []access.Act{{Name: ReadAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: all, Involved: true, ByNature: byNature},
			{Name: CorrectAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: []string{access.Lawyer}},
			{Name: RefoldAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			{Name: ExpireAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			measures.HoldAct(Name, Purpose),
			{Name: FieldAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: field},
			{Name: SeenAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: watching},
			{Name: "gebiedsverbod.list", Kind: "measures", Purpose: Purpose, Level: access.Read, Roles: all}}}
	for _, t := range transitions {
		a := access.Act{Name: t.act, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: []string{access.Lawyer}}
		switch {
		case t.act == "gebiedsverbod.report":
			a.Involved, a.ByNature = false, nil
		case t.act == "gebiedsverbod.incident", t.act == "gebiedsverbod.observe", t.act == "gebiedsverbod.attend":
			a.Roles = slices.Concat(office, street)
		case t.act == "gebiedsverbod.return":
			a.Roles, a.ByNature = decider, decider
		case slices.Contains(decisions, t.act):
			a.Roles, a.ByNature, a.StepUp = decider, decider, true
		}
		d.Acts = append(d.Acts, a)
	}
	return d
}

// Room is the measure in one house.
type Room = measures.Desk[Gebiedsverbod]

// Law is what the measure brings of its own. Rows follow the clock: an order ends at its
// minute, also in the list. ground is that of the municipality.
func Law(policies Policies, ground *Ground) measures.Law[Gebiedsverbod] {
	return measures.Law[Gebiedsverbod]{Kind: New(policies, ground), Opening: "gebiedsverbod.report", Article: func(act string) string { return transitionOf(act).law },
		Key:   append([]string{"gebiedsverbod.intend", "gebiedsverbod.publish", "gebiedsverbod.serve", "gebiedsverbod.decide-objection", "gebiedsverbod.rule-relief", "gebiedsverbod.judge", "gebiedsverbod.end"}, decisions...),
		Fixed: decisions, Every: time.Hour, Deciding: []string{"gebiedsverbod.draft", "gebiedsverbod.decide", "gebiedsverbod.extend"},
		Card: card, Terms: Gebiedsverbod.Terms, Keep: Gebiedsverbod.Keep, Quiet: map[string]bool{"objection": true, "appeal": true, "higher": true, "most": true},
		Theirs: map[string]bool{"view": true, "order-end": true},
		Minute: minute, Idle: idle,
		// An area that was drawn lists its own streets, unless somebody wrote the list.
		Complete: func(in any) {
			switch in := in.(type) {
			case *Area:
				in.Streets = ground.orListed(in.Streets, in.Outline)
			case *Change:
				in.Streets = ground.orListed(in.Streets, in.Outline)
			}
		},
		Waits: map[string]string{string(Proposed): "gebiedsverbod.decide", string(Decided): "gebiedsverbod.publish"},
		Face:  face, Next: nextOf, Files: files, Propose: propose, Options: options, Word: word, Read: reads,
		Earlier: func(r Gebiedsverbod, today deadlines.Day) measures.Lookback {
			return measures.Lookback{Breach: Name, Person: r.Person, Since: today.AddMonths(-r.Policy(today).LookBack)}
		},
		Letters: letterKinds, Templates: letterFiles, Optional: optional, Values: values, Expand: expand, Signed: signed}
}

// minute: of what begins or ends the order, and of what is seen while it holds, the time
// of day is needed.
func minute(act, field string) bool {
	switch act {
	case "gebiedsverbod.publish", "gebiedsverbod.observe", "gebiedsverbod.attend", "gebiedsverbod.serve", "gebiedsverbod.rule-relief":
		return field == "At"
	case "gebiedsverbod.extend":
		return field == "Until"
	case "gebiedsverbod.exempt":
		return field == "From" || field == "Until"
	case "gebiedsverbod.draft":
		return field == "From"
	}
	return false
}

// idle: a draft asks only what its legal basis can order.
func idle(act string, r Gebiedsverbod, field string) bool {
	b, known := basisOf(r.Basis)
	if act != "gebiedsverbod.draft" || !known {
		return false
	}
	switch field {
	case "Stay":
		return !b.may(anArea)
	case "Group":
		return !b.may(aGroup)
	case "Accompany", "Indoors":
		return !b.child
	case "Moments", "NewFacts":
		return !b.long
	case "Deviates":
		return b.code != "apv"
	}
	return false
}

// card is what the register knows of a file. An order that does not hold counts nowhere:
// suspended, withdrawn, revoked or annulled, its row says so.
func card(r Gebiedsverbod, at dossier.At) measures.Card {
	c := measures.Card{Stage: string(r.standing(at)), Breach: Name, Place: r.Place, Person: r.Person, Lead: r.Lead, Deputy: r.Deputy, OpenedBy: r.OpenedBy, People: r.People, ClosedOn: r.ClosedOn,
		Void: r.stage(at) == Suspended || r.How == "withdrawn" || r.How == "revoked" || r.annulled(), Closed: r.Stage == Closed, Rulings: r.rulings(),
		Undecided: slices.Contains(before, r.Stage)}
	if r.Decision != nil {
		c.SignedBy = r.Decision.By
	}
	if r.Published == nil {
		return c
	}
	c.InForceOn = r.Published.At.Day
	if r.Stage != Over && r.Stage != Closed {
		c.Ends, c.EndsCode = r.Ends().Day, "order-end"
	}
	return c
}
