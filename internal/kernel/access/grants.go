package access

import (
	"slices"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// RoleGrant is one role of one person, from proposal to end.
type RoleGrant struct {
	ID, Account, Role      string
	Until                  time.Time // zero: no end
	ProposedBy, ApprovedBy string
	EndedBy, ReviewedBy    string
	ProposedAt, ApprovedAt time.Time // zero: not yet
	EndedAt, ReviewedAt    time.Time
}

// Open reports whether the grant counts at a moment.
func (g RoleGrant) Open(now time.Time) bool {
	return !g.ApprovedAt.IsZero() && g.EndedAt.IsZero() && (g.Until.IsZero() || g.Until.After(now))
}

// Ref points at the grant.
func (g RoleGrant) Ref() ref.Ref { return ref.Ref{Kind: "role-grant", ID: g.ID} }

// Propose gives a role to an account, or proposes it where the role is sensitive:
// then a second person approves. Nobody grants to self (security.md control 6).
// A role that the person holds already, or that was proposed, is a conflict.
func (b *Book) Propose(u *work.Unit, account, role string, until time.Time) (RoleGrant, error) {
	if !slices.Contains(Roles, role) {
		return RoleGrant{}, fault.New(fault.Invalid, "access.role.unknown").At("role", "access.role.unknown")
	}
	if account == u.Actor().Account {
		return RoleGrant{}, fault.New(fault.Denied, "access.role.self")
	}
	if !until.IsZero() && !until.After(u.Now()) {
		return RoleGrant{}, fault.New(fault.Invalid, "access.role.until-past").At("until", "access.role.until-past")
	}
	g := RoleGrant{ID: ref.NewID(), Account: account, Role: role, Until: until, ProposedBy: u.Actor().Account, ProposedAt: u.Now()}
	if !b.Sensitive(role) {
		g.ApprovedBy, g.ApprovedAt = g.ProposedBy, u.Now()
	}
	// A grant that has run out is ended first: it must not stand in the way of a new one.
	if err := expireGrant(u.Tx(), account, role, u.Now()); err != nil {
		return g, err
	}
	err := insertGrant(u.Tx(), g)
	if db.IsUnique(err) {
		return g, fault.New(fault.Conflict, "access.role.held")
	}
	u.Record(work.Entry{Act: "access.propose", Object: g.Ref(), Facts: map[string]string{"account": account, "role": role}})
	return g, err
}

// Approve makes a proposed grant count. It refuses the proposer and the person
// who would receive the role.
func (b *Book) Approve(u *work.Unit, id string) error {
	g, err := loadGrant(u.Tx(), id)
	if err != nil {
		return err
	}
	switch me := u.Actor().Account; {
	case !g.ApprovedAt.IsZero() || !g.EndedAt.IsZero():
		return fault.New(fault.Conflict, "access.role.decided")
	case me == g.ProposedBy || me == g.Account:
		return fault.New(fault.Denied, "access.role.second-person")
	}
	n, err := approveGrant(u.Tx(), id, u.Actor().Account, u.Now())
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "access.role.decided")
	}
	u.Record(work.Entry{Act: "access.approve", Object: g.Ref(), Facts: map[string]string{"account": g.Account, "role": g.Role}})
	return err
}

// End takes a role away at once, or withdraws its proposal.
func (b *Book) End(u *work.Unit, id string) error {
	g, err := loadGrant(u.Tx(), id)
	if err != nil {
		return err
	}
	n, err := endGrant(u.Tx(), id, u.Actor().Account, u.Now())
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "access.role.decided")
	}
	u.Record(work.Entry{Act: "access.end", Object: g.Ref(), Facts: map[string]string{"account": g.Account, "role": g.Role}})
	return err
}

// Review records that somebody looked whether the person still needs the role.
// Nobody reviews their own.
func (b *Book) Review(u *work.Unit, id string) error {
	g, err := loadGrant(u.Tx(), id)
	if err != nil {
		return err
	}
	if g.Account == u.Actor().Account {
		return fault.New(fault.Denied, "access.role.self")
	}
	err = reviewGrant(u.Tx(), id, u.Actor().Account, u.Now())
	u.Record(work.Entry{Act: "access.review", Object: g.Ref(), Facts: map[string]string{"account": g.Account, "role": g.Role}})
	return err
}

// Involve makes somebody involved in a record, at a level and under a purpose,
// until a moment (zero: until released). A second call replaces the first.
func Involve(u *work.Unit, object ref.Ref, account, purpose string, level Level, until time.Time) error {
	err := upsertInvolvement(u.Tx(), object, account, purpose, level, u.Now(), until)
	u.Record(work.Entry{Act: "access.involve", Object: object, Facts: map[string]string{"account": account, "purpose": purpose}})
	return err
}

// Release ends somebody's involvement at once.
func Release(u *work.Unit, object ref.Ref, account string) error {
	err := deleteInvolvement(u.Tx(), object, account)
	u.Record(work.Entry{Act: "access.release", Object: object, Facts: map[string]string{"account": account}})
	return err
}

// Forget ends everybody's involvement in a record that is destroyed.
func Forget(u *work.Unit, object ref.Ref) error {
	u.Record(work.Entry{Act: "access.forget", Object: object})
	return deleteInvolvements(u.Tx(), object)
}

// Bootstrap grants the administrator's role from the command line of the server,
// while there are fewer than two administrators: the first can then not approve
// anything alone, and the second cannot be made without this.
func (b *Book) Bootstrap(u *work.Unit, account string) error {
	n, err := countHolders(u.Tx(), Administrator, u.Now())
	if err != nil {
		return err
	}
	if n >= 2 {
		return fault.New(fault.Conflict, "access.bootstrap.over")
	}
	g := RoleGrant{ID: ref.NewID(), Account: account, Role: Administrator, ProposedBy: u.Actor().Account, ProposedAt: u.Now(),
		ApprovedBy: u.Actor().Account, ApprovedAt: u.Now()}
	u.Record(work.Entry{Act: "access.bootstrap", Object: g.Ref(), Facts: map[string]string{"account": account, "role": Administrator}})
	err = insertGrant(u.Tx(), g)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "access.role.held")
	}
	return err
}

// Furnish gives a role without a second person, for the fictitious staff of the
// demo and for tests. Only the program itself may, never a person.
func (b *Book) Furnish(u *work.Unit, account, role string) error {
	if !u.Actor().Holds(Program) {
		return fault.New(fault.Denied, "access.role.second-person")
	}
	g := RoleGrant{ID: ref.NewID(), Account: account, Role: role, ProposedBy: u.Actor().Account, ProposedAt: u.Now(),
		ApprovedBy: u.Actor().Account, ApprovedAt: u.Now()}
	u.Record(work.Entry{Act: "access.furnish", Object: g.Ref(), Facts: map[string]string{"account": account, "role": role}})
	return insertGrant(u.Tx(), g)
}
