package dwangsom

import (
	"context"
	"slices"

	"baken/internal/kernel/access"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/plug"
)

// ReadAct is the act of seeing a file, CorrectAct of correcting its entries, RefoldAct
// of making what stands beside all files anew, ExpireAct of destroying what is over its
// term. The jobs that do so have their names.
const (
	ReadAct    = "dwangsom.read"
	CorrectAct = "dwangsom.correct"
	RefoldAct  = "dwangsom.refold"
	ExpireAct  = "dwangsom.expire" // at the end of the term, by the program
)

// Who does what. Lawyers carry the file; officers report and inspect where they are
// involved; who signs shows the second factor again.
var (
	field    = []string{access.Officer, access.EnforcementCo, access.Lawyer, access.Adviser}
	office   = []string{access.Lawyer, access.EnforcementCo}
	signers  = []string{access.Mayor, access.EnforcementCo}
	byNature = []string{access.Mayor, access.Lawyer, access.EnforcementCo}
)

// Workers are the roles of which somebody can be involved in a file.
var Workers = []string{access.Lawyer, access.EnforcementCo, access.Officer, access.Adviser}

// Declaration states the purpose and the acts of the measure.
func Declaration() plug.Declaration {
	d := plug.Declaration{Purposes: []access.Purpose{{Code: Purpose, Basis: "Gemeentewet 125; Awb 5:31d e.v.; AVG art. 6 lid 1 e", Personal: true}},
		Acts: []access.Act{{Name: ReadAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: append([]string{access.Mayor}, field...), Involved: true, ByNature: byNature},
			{Name: CorrectAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: office},
			{Name: RefoldAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			{Name: ExpireAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			measures.HoldAct(Name, Purpose),
			{Name: "dwangsom.list", Kind: "measures", Purpose: Purpose, Level: access.Read, Roles: append([]string{access.Mayor}, field...)}}}
	for _, t := range transitions {
		a := access.Act{Name: t.act, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: office, Involved: true, ByNature: office}
		switch t.act {
		case "dwangsom.report":
			a.Roles, a.Involved, a.ByNature = field, false, nil
		case "dwangsom.evidence", "dwangsom.inspect":
			a.Roles = field
		case "dwangsom.sign":
			a.Roles, a.ByNature, a.StepUp = signers, signers, true
		}
		d.Acts = append(d.Acts, a)
	}
	return d
}

// Term is one term of a file; Keep how long it is kept; Standing what stands beside its
// journal.
type (
	Term     = measures.Due
	Keep     = measures.Keep
	Standing = measures.Standing[Dwangsom]
)

// Room is the measure in one house: its law, and what a desk needs of the house.
type Room struct {
	Office     dossier.Office[Dwangsom]
	Register   *measures.Register
	Policies   Policies
	Letterhead []string // lines of the municipality above a letter
	Town       string
	// Colleagues lists who can be involved, in the unit of the page.
	Colleagues func(u *work.Unit) ([]measures.Colleague, error)
	// Watch, Rewatch and Wipe are those of the desk.
	Watch   func(u *work.Unit, c *deadlines.Calendar, h dossier.Head, r Dwangsom, number string, open []Term) error
	Rewatch func(u *work.Unit, c *deadlines.Calendar, order agenda.RecomputeOrder, files []Standing) error
	Wipe    func(ctx context.Context) error

	*measures.Desk[Dwangsom]
}

// Open makes the room ready. A letter that cannot be read keeps the program from
// starting.
func (m *Room) Open() (*Room, error) {
	m.Desk = m.desk()
	return m, m.Desk.Open()
}

func (m *Room) desk() *measures.Desk[Dwangsom] {
	return &measures.Desk[Dwangsom]{Law: m.law(), Office: &m.Office, Register: m.Register, Letterhead: m.Letterhead, Town: m.Town, Colleagues: m.Colleagues, Watch: m.Watch, Rewatch: m.Rewatch, Wipe: m.Wipe}
}

// law is what the measure brings of its own.
func (m *Room) law() measures.Law[Dwangsom] {
	return measures.Law[Dwangsom]{Kind: New(m.Policies), Opening: "dwangsom.report", Article: func(act string) string { return transitionOf(act).law }, Key: keyActs, Fixed: []string{"dwangsom.sign"}, Deciding: []string{"dwangsom.draft", "dwangsom.check", "dwangsom.sign"},
		Card: card, Terms: Dwangsom.Terms, Keep: Dwangsom.Keep, Quiet: rights, Theirs: theirs, Waits: map[string]string{string(Checked): "dwangsom.sign"}, Subject: m.breachName, Face: m.face, Next: nextOf, Files: files,
		Propose: propose, Options: options, Word: m.word, Earlier: earlier,
		Letters: letterKinds, Templates: letterFiles, Optional: optional, Values: m.values, Expand: expand,
		Signed: func(in any) (string, *string) {
			if s, ok := in.(*Sign); ok {
				return "besluit", &s.Letter
			}
			return "", nil
		}}
}

// rights are terms in which somebody else may do something that nobody waits for.
// They run in the agenda and on the page; the list shows what asks for work next.
var rights = map[string]bool{"objection": true, "objection-recovery": true, "appeal": true, "higher": true, "year": true}

// card is what the register knows of a file.
func card(r Dwangsom, _ dossier.At) measures.Card {
	c := measures.Card{Stage: string(r.Stage), Breach: r.Breach, Place: r.Place, Person: r.Offender, Lead: r.Lead, Deputy: r.Deputy, OpenedBy: r.OpenedBy, SignedBy: r.SignedBy, People: r.People,
		ClosedOn: r.ClosedOn, Void: r.Stage == Lifted && r.Forfeited() == 0 && len(r.Sums) > 0, Closed: r.Stage == Closed, Rulings: r.rulings(),
		Undecided: slices.Contains(st(Reported, Grounded, Heard, Drafted, Checked), r.Stage)}
	if r.Publication != nil {
		c.InForceOn = r.Publication.On
	}
	return c
}

// earlier is where the policy looks for orders before this one.
func earlier(r Dwangsom, today deadlines.Day) measures.Lookback {
	return measures.Lookback{Breach: r.Breach, Place: r.Place, Person: r.Offender, Since: today.AddYears(-r.Policy(today).LookBack)}
}
