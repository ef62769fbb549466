package admin

import (
	"context"
	"io"
	"strconv"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// The purposes of this room.
const (
	PurposeAccess  = "toegangsbeheer"
	PurposeOversee = "privacytoezicht"
	PurposeOperate = "systeembeheer"
)

// Acts are what can be done here. Every one asks access first, and leaves an entry.
type Acts struct {
	Keep *work.Keeper
	Book *access.Book
	Desk *identity.Desk
	Log  *audit.Log
}

// Person is an account with the roles it holds or is proposed for.
type Person struct {
	identity.Account
	Grants []access.RoleGrant
}

// People lists all accounts with their roles.
func (a *Acts) People(ctx context.Context, who work.Actor) (out []Person, err error) {
	err = a.Keep.See(ctx, who, PurposeAccess, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, "accounts.list", ref.Ref{Kind: "account"}); err != nil {
			return err
		}
		all, err := identity.Accounts(u)
		if err != nil {
			return err
		}
		grants, err := access.GrantsOf(u.Tx(), "")
		if err != nil {
			return err
		}
		by := map[string][]access.RoleGrant{}
		for _, g := range grants {
			by[g.Account] = append(by[g.Account], g)
		}
		for _, x := range all {
			out = append(out, Person{x, by[x.ID]})
		}
		return nil
	})
	return out, err
}

// Person shows one account.
func (a *Acts) Person(ctx context.Context, who work.Actor, id string) (p Person, err error) {
	err = a.Keep.See(ctx, who, PurposeAccess, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, "accounts.show", identity.Ref(id)); err != nil {
			return err
		}
		if p.Account, err = identity.Load(u, id); err != nil {
			return err
		}
		p.Grants, err = access.GrantsOf(u.Tx(), id)
		return err
	})
	return p, err
}

// Invitation is the form for a new account.
type Invitation struct {
	Login, Name string
	Lang        text.Lang
}

// Invite makes an account and returns its one-time code, which is shown once.
func (a *Acts) Invite(ctx context.Context, who work.Actor, in Invitation) (x identity.Account, code string, err error) {
	err = a.do(ctx, who, PurposeAccess, "accounts.invite", ref.Ref{Kind: "account"}, func(u *work.Unit) error {
		x, code, err = a.Desk.Invite(u, in.Login, in.Name, in.Lang)
		return err
	})
	return x, code, err
}

// Renew gives a new one-time code to who lost a factor.
func (a *Acts) Renew(ctx context.Context, who work.Actor, id string) (code string, err error) {
	err = a.do(ctx, who, PurposeAccess, "accounts.renew", identity.Ref(id), func(u *work.Unit) error {
		code, err = a.Desk.Renew(u, id)
		return err
	})
	return code, err
}

// Disable ends an account's access at once.
func (a *Acts) Disable(ctx context.Context, who work.Actor, id string) error {
	return a.do(ctx, who, PurposeAccess, "accounts.disable", identity.Ref(id), func(u *work.Unit) error { return a.Desk.Disable(u, id) })
}

// Propose gives or proposes a role.
func (a *Acts) Propose(ctx context.Context, who work.Actor, account, role string, until time.Time) (g access.RoleGrant, err error) {
	err = a.do(ctx, who, PurposeAccess, "rights.propose", identity.Ref(account), func(u *work.Unit) error {
		x, err := identity.Load(u, account)
		if err != nil {
			return err
		}
		if x.State == identity.Disabled {
			return fault.New(fault.Conflict, "identity.account.disabled")
		}
		g, err = a.Book.Propose(u, account, role, until)
		return err
	})
	return g, err
}

// Approve makes a proposed role count.
func (a *Acts) Approve(ctx context.Context, who work.Actor, grant string) error {
	return a.right(ctx, who, "rights.approve", grant, a.Book.Approve)
}

// End takes a role away.
func (a *Acts) End(ctx context.Context, who work.Actor, grant string) error {
	return a.right(ctx, who, "rights.end", grant, a.Book.End)
}

// Review records that the role was looked at and is still needed.
func (a *Acts) Review(ctx context.Context, who work.Actor, grant string) error {
	return a.right(ctx, who, "rights.review", grant, a.Book.Review)
}

func (a *Acts) right(ctx context.Context, who work.Actor, act, grant string, fn func(*work.Unit, string) error) error {
	return a.do(ctx, who, PurposeAccess, act, ref.Ref{Kind: "role-grant", ID: grant}, func(u *work.Unit) error { return fn(u, grant) })
}

// do runs fn as one unit after access said yes. What a person may do is read again
// at once on this node when a right changed.
func (a *Acts) do(ctx context.Context, who work.Actor, purpose, act string, object ref.Ref, fn func(*work.Unit) error) error {
	return a.Keep.Do(ctx, who, purpose, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, act, object); err != nil {
			return err
		}
		u.OnCommit(a.Desk.Forget)
		return fn(u)
	})
}

// Entries reads the audit log. Reading it is in it.
func (a *Acts) Entries(ctx context.Context, who work.Actor, q audit.Query) (out []audit.Line, names map[string]string, err error) {
	err = a.Keep.See(ctx, who, PurposeOversee, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, "audit.read", ref.Ref{Kind: "audit"}); err != nil {
			return err
		}
		if out, err = audit.List(u, q); err != nil {
			return err
		}
		all, err := identity.Accounts(u)
		names = map[string]string{}
		for _, x := range all {
			names[x.ID] = x.Name
		}
		return err
	})
	return out, names, err
}

// Verify recomputes the whole log and records that it was done.
func (a *Acts) Verify(ctx context.Context, who work.Actor) (r audit.Report, err error) {
	err = a.Keep.See(ctx, who, PurposeOversee, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, "audit.verify", ref.Ref{Kind: "audit"}); err != nil {
			return err
		}
		if r, err = a.Log.Verify(u.Context()); err != nil {
			return err
		}
		u.Record(work.Entry{Act: "audit.verified", Object: ref.Ref{Kind: "audit"},
			Facts: map[string]string{"entries": strconv.FormatInt(r.Entries, 10), "problems": strconv.Itoa(len(r.Problems))}})
		return nil
	})
	return r, err
}

// Export writes the whole log to w, after the entry of the export is stored.
func (a *Acts) Export(ctx context.Context, who work.Actor, w io.Writer) error {
	err := a.Keep.See(ctx, who, PurposeOversee, func(u *work.Unit) error {
		_, err := a.Book.Require(u, "audit.export", ref.Ref{Kind: "audit"})
		return err
	})
	if err != nil {
		return err
	}
	return a.Log.Export(ctx, w)
}

// Jobs lists background work, what failed first.
func (a *Acts) Jobs(ctx context.Context, who work.Actor) (out []jobs.Row, err error) {
	err = a.Keep.See(ctx, who, PurposeOperate, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, "jobs.list", ref.Ref{Kind: "job"}); err != nil {
			return err
		}
		out, err = jobs.List(u.Tx())
		return err
	})
	return out, err
}

// Retry makes a failed job wait again.
func (a *Acts) Retry(ctx context.Context, who work.Actor, id string) error {
	return a.do(ctx, who, PurposeOperate, "jobs.retry", ref.Ref{Kind: "job", ID: id}, func(u *work.Unit) error {
		found, err := jobs.Retry(u.Tx(), id, u.Now())
		if err == nil && !found {
			return fault.New(fault.NotFound, "access.not-found")
		}
		return err
	})
}
