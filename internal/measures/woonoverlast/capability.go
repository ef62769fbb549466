package woonoverlast

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
// term. The jobs that do so have their names.
const (
	ReadAct    = "woonoverlast.read"
	CorrectAct = "woonoverlast.correct"
	RefoldAct  = "woonoverlast.refold"
	ExpireAct  = "woonoverlast.expire" // at the end of the term, by the program
)

// Who does what. Lawyers, advisers and the coordinator of enforcement carry the file;
// officers log incidents and inspect where they are involved; the mayor decides and shows
// the second factor again. Neighbours who reported stand in it, so that only the mayor and
// the lawyers are involved by nature.
var (
	office   = []string{access.Lawyer, access.Adviser, access.EnforcementCo}
	street   = []string{access.Officer}
	decider  = []string{access.Mayor}
	byNature = []string{access.Mayor, access.Lawyer}
	all      = slices.Concat(decider, office, street)
)

// Workers are the roles of which somebody can be involved in a file.
var Workers = slices.Concat(office, street)

// decisions are the acts by which the mayor decides.
var decisions = []string{"woonoverlast.decide", "woonoverlast.refuse", "woonoverlast.ban", "woonoverlast.extend-ban", "woonoverlast.withdraw-ban", "woonoverlast.prolong", "woonoverlast.withdraw"}

// Declaration states the purpose and the acts of the measure.
func Declaration() plug.Declaration {
	d := plug.Declaration{Purposes: []access.Purpose{{Code: Purpose, Basis: "Gemeentewet 151d; AVG art. 6 lid 1 e", Personal: true}},
		Acts: []access.Act{{Name: ReadAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: all, Involved: true, ByNature: byNature},
			{Name: CorrectAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: []string{access.Lawyer}},
			{Name: RefoldAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			{Name: ExpireAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			measures.HoldAct(Name, Purpose),
			{Name: "woonoverlast.list", Kind: "measures", Purpose: Purpose, Level: access.Read, Roles: all}}}
	for _, t := range transitions {
		a := access.Act{Name: t.act, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: []string{access.Lawyer}}
		switch {
		case t.act == "woonoverlast.report":
			a.Involved, a.ByNature = false, nil
		case t.act == "woonoverlast.incident", t.act == "woonoverlast.inspect":
			a.Roles = slices.Concat(office, street)
		case t.act == "woonoverlast.return":
			a.Roles, a.ByNature = decider, decider
		case slices.Contains(decisions, t.act):
			a.Roles, a.ByNature, a.StepUp = decider, decider, true
		}
		d.Acts = append(d.Acts, a)
	}
	return d
}

// Room is the measure in one house.
type Room = measures.Desk[Woonoverlast]

// Law is what the measure brings of its own. Rows follow the clock: a ban ends at its
// hour, also in the list.
func Law(policies Policies) measures.Law[Woonoverlast] {
	return measures.Law[Woonoverlast]{Kind: New(policies), Opening: "woonoverlast.report", Article: func(act string) string { return transitionOf(act).law },
		Key:   append([]string{"woonoverlast.warn", "woonoverlast.intend", "woonoverlast.publish", "woonoverlast.announce", "woonoverlast.decide-objection", "woonoverlast.rule-relief", "woonoverlast.judge", "woonoverlast.end"}, decisions...),
		Fixed: decisions, Every: time.Hour, Deciding: []string{"woonoverlast.draft", "woonoverlast.decide", "woonoverlast.ban-draft", "woonoverlast.ban"},
		Card: card, Terms: Woonoverlast.Terms, Keep: Woonoverlast.Keep, Quiet: map[string]bool{"objection": true, "appeal": true, "ban-appeal": true, "higher": true},
		Theirs: map[string]bool{"view": true, "comply": true, "pay": true, "ban": true, "ban-most": true, "hearing": true, "copy": true, "order-end": true},
		Minute: minute,
		Waits:  map[string]string{string(Proposed): "woonoverlast.decide", string(Decided): "woonoverlast.publish", banProposed: "woonoverlast.ban"},
		Face:   face, Next: nextOf, Files: files, Propose: propose, Options: options, Word: word, Read: reads,
		Earlier: func(r Woonoverlast, today deadlines.Day) measures.Lookback {
			return measures.Lookback{Breach: Name, Place: r.Place, Person: r.Resident, Since: today.AddYears(-r.Policy(today).LookBackYears)}
		},
		Letters: letterKinds, Templates: letterFiles, Optional: optional, Values: values, Expand: expand, Signed: signed}
}

// minute: of what starts a ban or hours on the clock the time of day is needed.
func minute(act, field string) bool {
	switch act {
	case "woonoverlast.ban", "woonoverlast.announce", "woonoverlast.counsel", "woonoverlast.assign", "woonoverlast.rule-relief":
		return field == "At"
	case "woonoverlast.extend-ban":
		return field == "Until"
	}
	return false
}

// banProposed is an order in force with a ban that waits for the mayor: the list and the
// home page say so, the table of acts has no stage for it.
const banProposed = "ban-proposed"

func shown(r Woonoverlast, at dossier.At) string {
	s := r.standing(at)
	if s == InForce && banDrafted(r, at) == "" {
		return banProposed
	}
	return string(s)
}

// card is what the register knows of a file. An order that does not hold counts nowhere:
// suspended, withdrawn, revoked or annulled, its row says so.
func card(r Woonoverlast, at dossier.At) measures.Card {
	c := measures.Card{Stage: shown(r, at), Breach: Name, Place: r.Place, Person: r.Resident, Lead: r.Lead, Deputy: r.Deputy, OpenedBy: r.OpenedBy, People: r.People, ClosedOn: r.ClosedOn,
		Void: r.stage(at) == Suspended || r.How == "withdrawn" || r.How == "revoked" || r.annulled("order"), Closed: r.Stage == Closed, Rulings: r.rulings(),
		Undecided: slices.Contains(before, r.Stage)}
	if r.Decision != nil {
		c.SignedBy = r.Decision.By
	}
	if r.Published == nil {
		return c
	}
	c.InForceOn = r.Published.On
	if r.Stage == Over || r.Stage == Closed {
		return c
	}
	first := func(d deadlines.Day, code string) {
		if d != deadlines.NoDay && (c.Ends == deadlines.NoDay || d < c.Ends) {
			c.Ends, c.EndsCode = d, code
		}
	}
	first(r.Ends(), "order-end")
	first(r.evaluateOn(), "evaluate")
	if r.BanHolds(at.Now, at.Calendar) {
		first(r.BanEnds(at.Calendar).Day, "ban")
	}
	return c
}
