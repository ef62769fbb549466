package dwangsom

import (
	"slices"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/plug"
	"baken/internal/web"
)

// ReadAct is the act of seeing a file, CorrectAct of correcting its entries.
const (
	ReadAct    = "dwangsom.read"
	CorrectAct = "dwangsom.correct"
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

// Colleague is an account. Works says that its roles can work on a file.
type Colleague struct {
	ID, Name string
	Works    bool
}

// Room is what the measure needs of the house.
type Room struct {
	Office     measures.Office[Dwangsom]
	Register   *measures.Register
	Policies   Policies
	Letterhead []string // lines of the municipality above a letter
	Town       string
	book       letterbook
	// Colleagues lists who can be involved, in the unit of the page.
	Colleagues func(u *work.Unit) ([]Colleague, error)
	// Watch hands the open terms of a file to whoever reminds people of them, in the
	// commit of the act; number is how the file is called.
	Watch func(u *work.Unit, c *deadlines.Calendar, h dossier.Head, r Dwangsom, number string, open []Term) error
}

// Open makes the room ready. A letter that cannot be read keeps the program from
// starting.
func (m *Room) Open() (*Room, error) {
	m.Office.Kind, m.Office.ReadAct, m.Office.CorrectAct, m.Office.Save = New(m.Policies), ReadAct, CorrectAct, m.save
	var err error
	m.book, err = openLetters()
	return m, err
}

// save writes the list row, hands on the terms, and involves who works on the file.
func (m *Room) save(u *work.Unit, act string, h dossier.Head, r Dwangsom, c *deadlines.Calendar) error {
	var open []Term
	row := measures.Row{ID: h.ID, Kind: Name, Stage: string(r.Stage), Breach: r.Breach, Title: r.Place, Person: r.Offender, Lead: r.Lead, Void: r.Stage == Lifted && r.Forfeited() == 0 && len(r.Sums) > 0,
		OpenedAt: h.OpenedAt, ClosedOn: r.ClosedOn}
	if r.Publication != nil {
		row.InForceOn = r.Publication.On
	}
	for _, t := range r.Terms(c) {
		if t.Done || t.Maybe {
			continue
		}
		open = append(open, t)
		a, err := c.Answer(t.Question)
		if err != nil {
			return err
		}
		end := a.End.Day
		if a.Disputed != nil && a.Disputed.Safe != deadlines.NoDay && (end == deadlines.NoDay || a.Disputed.Safe < end) {
			end = a.Disputed.Safe
		}
		if !a.Rule.Actor.Ours() && end < deadlines.DayOf(u.Now()) {
			continue // the term of another that has ended is not what comes next
		}
		if end != deadlines.NoDay && (row.NextDay == deadlines.NoDay || end < row.NextDay) {
			row.NextDay, row.NextCode, row.NextNumber = end, t.Code, t.Number
		}
	}
	if err := m.Register.Save(u, row); err != nil {
		return err
	}
	saved, _, err := m.Register.Find(u, h.ID)
	if err != nil {
		return err
	}
	if err := m.Watch(u, c, h, r, saved.Number, open); err != nil {
		return err
	}
	var people []string
	switch act {
	case "dwangsom.report":
		for _, p := range []string{r.Lead, r.Deputy, r.OpenedBy} {
			if p != "" && !slices.Contains(people, p) {
				people = append(people, p)
			}
		}
	case "dwangsom.involve":
		people = r.People[len(r.People)-1:]
	}
	for _, p := range people {
		if err := access.Involve(u, h.Ref(), p, Purpose, access.Change, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// Plug is what the measure hands to app.
func (m *Room) Plug() plug.Room {
	return plug.Room{Routes: m.routes(), Nav: []web.NavGroup{{Text: "measures.nav-group", Items: []web.NavItem{{Path: "/maatregelen", Text: "measures.nav", Icon: "gavel", Act: "dwangsom.list"}}}}}
}
