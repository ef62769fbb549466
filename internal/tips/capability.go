package tips

import (
	"context"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/plug"
)

// The acts beside those of the table.
const (
	ListAct     = "tip.list"
	ReadAct     = "tip.read"     // the text with its gaps; asks why
	OriginalAct = "tip.original" // what M. sent; asks why, and the second factor again
	TakeAct     = "tip.take"     // the encrypted copy for a receiver
	DestroyAct  = "tip.destroy"  // before the term
	ExpireAct   = "tip.expire"   // at the end of the term, by the program
	FiguresAct  = "tip.figures"
	ExportAct   = "tip.export"
	SearchAct   = "tip.search"  // whether somebody who asks is named
	YearAct     = "tip.year"    // the yearly feedback was sent
	OverseeAct  = "tip.oversee" // what happened with each tip, without its content
)

// PurposeOversee is the purpose of the privacy officer's page, declared by the room of
// administration.
const PurposeOversee = "privacytoezicht"

// Reasons are those for which a tip may be opened; opening asks to choose one.
var Reasons = []string{"assess", "verify", "forward", "feedback", "rights", "end"}

// group are the roles of the small named group. The role is granted by two people,
// because its purpose is sensitive.
var group = []string{access.TipCoordinator}

// Declaration states the purpose and the acts of the sealed inbox.
func Declaration() plug.Declaration {
	d := plug.Declaration{Purposes: []access.Purpose{{Code: Purpose, Basis: "Convenant Meld Misdaad Anoniem; Gemeentewet 172; AVG art. 6 lid 1 e, 10; UAVG art. 33", Personal: true, Sensitive: true}},
		Acts: []access.Act{
			{Name: ListAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: group},
			{Name: ReadAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: group},
			{Name: OriginalAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: group, StepUp: true},
			{Name: TakeAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: group, StepUp: true},
			{Name: DestroyAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: group, StepUp: true},
			{Name: ExpireAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: []string{access.Program}},
			{Name: FiguresAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: group},
			{Name: ExportAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: group, StepUp: true},
			{Name: SearchAct, Kind: Name, Purpose: Purpose, Level: access.Read, Roles: group, StepUp: true},
			{Name: YearAct, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: group},
			{Name: OverseeAct, Kind: Name, Purpose: PurposeOversee, Level: access.Read, Roles: []string{access.PrivacyOfficer}},
		}}
	for _, t := range transitions {
		d.Acts = append(d.Acts, access.Act{Name: t.act, Kind: Name, Purpose: Purpose, Level: access.Change, Roles: group})
	}
	return d
}

// Room is what the inbox needs of the house.
type Room struct {
	Office   dossier.Office[Tip]
	Policies Policies
	Town     string
	// Names gives the name of every account.
	Names func(u *work.Unit) (map[string]string, error)
	// Known asks the register of measures whether a place or a person is in it: yes or
	// no, and never what.
	Known func(u *work.Unit, subject string) (bool, error)
	// Filed asks whether there is a file with a number.
	Filed func(u *work.Unit, number string) (bool, error)
	// Wipe clears from the database's own files what was deleted.
	Wipe func(ctx context.Context) error
}

// Open makes the room ready.
func (m *Room) Open() *Room {
	m.Office.Kind, m.Office.ReadAct, m.Office.Save, m.Office.Fresh = New(m.Policies), ReadAct, m.save, true
	return m
}

// stand computes the row of a tip.
func stand(h dossier.Head, r Tip, c *deadlines.Calendar) Row {
	x := Row{ID: h.ID, Stage: string(r.Stage), Theme: r.Theme, Shocking: r.Shocking, Received: r.Received, Ends: r.Ends().Day, Remind: r.RemindFrom(), Held: r.openRequest() >= 0, Assessed: r.AssessedOn,
		Lookups: len(r.Lookups), Findings: len(r.Findings), Uses: len(r.Uses), Forwards: len(r.Forwards), Closed: r.ClosedOn, Reviewer: r.reviewer()}
	if r.Settled() {
		x.Outcome = r.Outcome
	}
	for _, use := range r.Uses {
		if use.Finding < 1 || use.Finding > len(r.Findings) {
			x.Unfounded++
		}
	}
	if f := r.Feedback; f != nil {
		x.Feedback, x.FeedbackOn = f.Used+"/"+f.Result+"/"+f.Worth, f.Sent
	}
	x.Step, x.Due = r.next(c)
	return x
}

// reviewer is who answers for the end of the tip: who assessed it last, or who took it
// in.
func (r Tip) reviewer() string {
	if r.AssessedBy != "" {
		return r.AssessedBy
	}
	return r.OpenedBy
}

// next is what a tip waits for, and until when.
func (r Tip) next(c *deadlines.Calendar) (string, deadlines.Day) {
	switch {
	case r.openRequest() >= 0:
		return "request", r.RequestDue()
	case r.unchecked() >= 0:
		return "check", r.Due(c)
	case r.unreleased() >= 0:
		return "release", r.Due(c)
	case r.Outcome == "":
		return "assess", r.Due(c)
	case !r.Settled():
		return "confirm", r.Due(c)
	case r.Stage == Closed:
		return "none", deadlines.NoDay
	case r.Feedback == nil && (r.Outcome == Unusable || r.Outcome == Known || len(r.Forwards) > 0 || len(r.Uses) > 0):
		return "feedback", r.Ends().Day
	}
	return "work", r.Ends().Day
}

func (m *Room) save(u *work.Unit, _ string, h dossier.Head, r Tip, c *deadlines.Calendar) error {
	return saveRow(u, stand(h, r, c))
}

// jobs is the background work: what is over its term is destroyed within the hour that
// the day is over.
func (m *Room) jobs() []jobs.Kind {
	return []jobs.Kind{{Name: ExpireAct, Every: time.Hour, Time: 10 * time.Minute, Work: func(ctx context.Context, _ jobs.Job) error {
		_, err := m.Expire(ctx)
		return err
	}}}
}

func kind() ref.Ref { return ref.Ref{Kind: Name} }
