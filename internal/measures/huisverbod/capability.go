package huisverbod

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
	ReadAct    = "huisverbod.read"
	CorrectAct = "huisverbod.correct"
	RefoldAct  = "huisverbod.refold"
	ExpireAct  = "huisverbod.expire" // at the end of the term, by the program
)

// Who does what. The adviser on call and the lawyers prepare and carry out; the mayor,
// or the deputy who holds that role for the time, decides and shows the second factor
// again; officers see and record where they are involved. At two in the morning nobody
// is there to give access, so who prepares is involved by nature.
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
	byNature := slices.Concat(decide, office)
	d := plug.Declaration{Purposes: []access.Purpose{{Code: Purpose, Basis: "Wth 2, 8, 9; AVG art. 6 lid 1 e", Personal: true}},
		Acts: []access.Act{{Name: ReadAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: all, Involved: true, ByNature: byNature},
			{Name: CorrectAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: office},
			{Name: RefoldAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			{Name: ExpireAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			{Name: "huisverbod.list", Kind: "measures", Purpose: Purpose, Level: access.Read, Roles: all}}}
	for _, t := range transitions {
		a := access.Act{Name: t.act, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: office}
		switch t.act {
		case "huisverbod.report":
			a.Involved, a.ByNature = false, nil
		case "huisverbod.evidence", "huisverbod.breach":
			a.Roles = slices.Concat(office, street)
		case "huisverbod.ask":
			a.Roles, a.ByNature = decide, decide
		case "huisverbod.impose", "huisverbod.refuse", "huisverbod.extend", "huisverbod.not-extend", "huisverbod.withdraw":
			a.Roles, a.ByNature, a.StepUp = decide, decide, true
		}
		d.Acts = append(d.Acts, a)
	}
	return d
}

// Room is the measure in one house.
type Room = measures.Desk[Huisverbod]

// Law is what the measure brings of its own. Rows follow the clock: a ban ends at its
// hour, also in the list.
func Law() measures.Law[Huisverbod] {
	return measures.Law[Huisverbod]{Kind: New(), Opening: "huisverbod.report", Article: func(act string) string { return transitionOf(act).law },
		Key:   []string{"huisverbod.impose", "huisverbod.impose-mandated", "huisverbod.refuse", "huisverbod.announce", "huisverbod.extend", "huisverbod.withdraw", "huisverbod.rule-relief", "huisverbod.judge", "huisverbod.end"},
		Fixed: []string{"huisverbod.impose", "huisverbod.refuse", "huisverbod.extend", "huisverbod.not-extend", "huisverbod.withdraw"}, Every: time.Hour,
		Deciding: []string{"huisverbod.draft", "huisverbod.impose", "huisverbod.impose-mandated", "huisverbod.extend"},
		Card:     card, Terms: Huisverbod.Terms, Keep: Huisverbod.Keep, Quiet: map[string]bool{"appeal": true, "higher": true, "keep": true},
		Theirs: map[string]bool{"ban": true, "maximum": true, "reach": true, "hearing": true, "ruling": true, "copy": true},
		Prompt: prompt, Minute: minute, Sealed: true,
		Waits: map[string]string{string(Proposed): "huisverbod.impose", string(Asked): "huisverbod.answer", string(Decided): "huisverbod.announce"},
		Face:  face, Next: nextOf, Files: files, Propose: propose, Options: options, Word: word, Read: reads,
		Earlier: func(r Huisverbod, today deadlines.Day) measures.Lookback {
			l := measures.Lookback{Breach: Name, Since: today.AddYears(-5)}
			if r.Report != nil {
				l.Place, l.Person = r.Report.Place, r.Report.Banned
			}
			return l
		},
		Letters: letterKinds, Templates: letterFiles, Optional: optional, Values: values, Expand: expand, Signed: signed}
}

// waitsFor is what a file waits for before the ban runs. No term is running yet, and yet
// nothing in the list has more haste.
var waitsFor = map[Stage]string{Reported: "prepare", Proposed: "decide", Asked: "answer", Decided: "announce"}

// prompt are what the law wants without delay (onverwijld, zo spoedig mogelijk).
var prompt = map[string]bool{"written": true, "deposit": true, "tell": true, "notice-household": true, "notice-help": true, "notice-veilig-thuis": true,
	"extension-household": true, "extension-help": true, "extension-veilig-thuis": true, "prepare": true, "decide": true, "answer": true, "announce": true}

// minute: of what starts hours or days on the clock the time of day is needed.
func minute(act, field string) bool {
	switch act {
	case "huisverbod.report", "huisverbod.evidence", "huisverbod.risk", "huisverbod.consult", "huisverbod.advise", "huisverbod.reach", "huisverbod.write":
		return false
	}
	return field == "At" || field == "Informed" || field == "Until"
}

// card is what the register knows of a file. A ban that does not hold counts nowhere:
// suspended, withdrawn or annulled, its row says so.
func card(r Huisverbod, at dossier.At) measures.Card {
	c := measures.Card{Stage: string(r.standing(at)), Breach: Name, Lead: r.Lead, Deputy: r.Deputy, OpenedBy: r.OpenedBy, People: r.People, ClosedOn: r.ClosedOn,
		Void: r.Stage == Suspended || r.Withdrawn != nil || r.annulled(), Closed: r.Stage == Closed, Rulings: r.rulings(),
		Undecided: slices.Contains(st(Reported, Proposed, Asked), r.Stage)}
	if r.Report != nil {
		c.Place, c.Person = r.Report.Place, r.Report.Banned
	}
	if r.Decision != nil {
		c.SignedBy = r.Decision.By
	}
	if r.Announced != nil {
		c.InForceOn = r.Announced.At.Day
	}
	if code := waitsFor[r.Stage]; code != "" {
		c.Ends, c.EndsCode = r.Report.Incident.Day, code
	}
	if r.Stage == Extended {
		c.Ends, c.EndsCode = r.Ends(at.Calendar).Day, "ban"
	}
	return c
}

// standing is the stage as a reader has it: a ban of which the time is over ended by
// law, whether somebody recorded so or not.
func (r Huisverbod) standing(at dossier.At) Stage {
	switch r.Stage {
	case InForce, Extended, Suspended:
		if ended(r, at) == "" {
			return Over
		}
	}
	return r.Stage
}
