package dwangsom

import (
	"context"
	"slices"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/plug"
	"baken/internal/web"
)

// ReadAct is the act of seeing a file, CorrectAct of correcting its entries, RefoldAct
// of making what stands beside all files anew. The job that does so has its name.
const (
	ReadAct    = "dwangsom.read"
	CorrectAct = "dwangsom.correct"
	RefoldAct  = "dwangsom.refold"
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
	Office     dossier.Office[Dwangsom]
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
	// Rewatch does so for files whose days or rules changed, and not their facts.
	Rewatch func(u *work.Unit, c *deadlines.Calendar, order agenda.RecomputeOrder, files []Standing) error
}

// Standing is what stands beside the journal of a file: its list row and the terms
// that run.
type Standing struct {
	Head   dossier.Head
	Record Dwangsom
	Row    measures.Row
	Open   []Term
}

// Open makes the room ready. A letter that cannot be read keeps the program from
// starting.
func (m *Room) Open() (*Room, error) {
	m.Office.Kind, m.Office.ReadAct, m.Office.CorrectAct, m.Office.Save = New(m.Policies), ReadAct, CorrectAct, m.save
	var err error
	m.book, err = openLetters()
	return m, err
}

// rights are terms in which somebody else may do something that nobody waits for.
// They run in the agenda and on the page; the list shows what asks for work next.
var rights = map[string]bool{"objection": true, "objection-recovery": true, "appeal": true, "higher": true, "year": true}

// stand computes what stands beside the journal of a file.
func stand(h dossier.Head, r Dwangsom, at dossier.At) (Standing, error) {
	s := Standing{Head: h, Record: r}
	s.Row = measures.Row{ID: h.ID, Kind: Name, Stage: string(r.Stage), Breach: r.Breach, Title: r.Place, Person: r.Offender, Lead: r.Lead, Void: r.Stage == Lifted && r.Forfeited() == 0 && len(r.Sums) > 0,
		OpenedAt: h.OpenedAt, ClosedOn: r.ClosedOn}
	if r.Publication != nil {
		s.Row.InForceOn = r.Publication.On
	}
	for _, t := range r.Terms(at.Calendar) {
		if t.Done || t.Maybe {
			continue
		}
		s.Open = append(s.Open, t)
		a, err := at.Calendar.Answer(t.Question)
		if err != nil {
			return s, err
		}
		if rights[t.Code] {
			continue // who may object or appeal waits for nothing from us
		}
		end := a.ActBy()
		if end != deadlines.NoDay && (s.Row.NextDay == deadlines.NoDay || end < s.Row.NextDay) {
			s.Row.NextDay, s.Row.NextCode, s.Row.NextNumber = end, t.Code, t.Number
		}
	}
	return s, nil
}

// save writes the list row, hands on the terms, and involves who works on the file.
func (m *Room) save(u *work.Unit, act string, h dossier.Head, r Dwangsom, c *deadlines.Calendar) error {
	s, err := stand(h, r, dossier.Moment(u, c))
	if err != nil {
		return err
	}
	if err := m.Register.Save(u, s.Row); err != nil {
		return err
	}
	saved, _, err := m.Register.Find(u, h.ID)
	if err != nil {
		return err
	}
	if err := m.Watch(u, c, h, r, saved.Number, s.Open); err != nil {
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

// part is how many files one unit makes anew: on SQLite nobody else writes while it
// runs, and whoever reads waits for the log to take the entry.
const part = 250

// Refold makes what stands beside every file anew from the journals. It may be run
// again and by two at once: what does not differ is not written.
func (m *Room) Refold(ctx context.Context, order agenda.RecomputeOrder) error {
	for after, more := "", true; more; {
		next, n, err := dossier.Refold(ctx, &m.Office, work.System("job"), RefoldAct, after, part, stand, func(u *work.Unit, c *deadlines.Calendar, files []Standing) error {
			return m.restand(u, c, order, files)
		})
		if err != nil {
			return err
		}
		after, more = next, n == part
	}
	return nil
}

// restand writes what stands beside files where it differs.
func (m *Room) restand(u *work.Unit, c *deadlines.Calendar, order agenda.RecomputeOrder, files []Standing) error {
	rows := make([]measures.Row, len(files))
	for i, f := range files {
		rows[i] = f.Row
	}
	if err := m.Register.SaveAll(u, rows); err != nil {
		return err
	}
	for i := range files {
		files[i].Row.Number = rows[i].Number
	}
	return m.Rewatch(u, c, order, files)
}

// jobs is the background work of the measure: daily too, for a newer program may
// compute in another way.
func (m *Room) jobs() []jobs.Kind {
	return []jobs.Kind{{Name: RefoldAct, Every: 24 * time.Hour, Time: 30 * time.Minute, Work: func(ctx context.Context, j jobs.Job) error {
		order := agenda.RecomputeOrder{}
		if err := j.Decode(&order); err != nil {
			return err
		}
		return m.Refold(ctx, order)
	}}}
}

// Plug is what the measure hands to app.
func (m *Room) Plug() plug.Room {
	return plug.Room{Jobs: m.jobs(), Routes: m.routes(), Nav: []web.NavGroup{{Text: "measures.nav-group", Items: []web.NavItem{{Path: "/maatregelen", Text: "measures.nav", Icon: "gavel", Act: "dwangsom.list"}}}}}
}
