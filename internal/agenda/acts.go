package agenda

import (
	"cmp"
	"context"
	"slices"
	"time"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// Acts are what can be done here. Whatever shows a record or changes something asks
// access first.
type Acts struct {
	Keep    *work.Keeper
	Book    *access.Book
	Days    *watch.Calendars
	Sources []watch.Source
	Public  string // the address of the site, for the calendar file
	House   string // the municipality's code, for the names in the calendar file
}

// Listed is a list of terms with what its page needs.
type Listed struct {
	Terms    []watch.Term
	Total    int
	Calendar *deadlines.Calendar
	Names    map[string]string // of accounts
}

// purposes are those that the sources are read under, each once. A unit works
// under one purpose, so a list is asked under each of them.
func (a *Acts) purposes() (out []string) {
	for _, s := range a.Sources {
		if act, ok := a.Book.Act(s.Act); ok && !slices.Contains(out, act.Purpose) {
			out = append(out, act.Purpose)
		}
	}
	return out
}

// under runs fn once for every purpose of the sources.
func (a *Acts) under(ctx context.Context, who work.Actor, fn func(u *work.Unit) error) error {
	for _, purpose := range a.purposes() {
		if err := a.Keep.See(ctx, who, purpose, fn); err != nil {
			return err
		}
	}
	return nil
}

// Calendar gives the days as they count now, after access said yes to an act.
func (a *Acts) Calendar(ctx context.Context, who work.Actor, act string) (c *deadlines.Calendar, err error) {
	err = a.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, act, ref.Ref{Kind: "agenda"}); err != nil {
			return err
		}
		c, err = a.Days.In(u)
		return err
	})
	return c, err
}

// List gives the terms of a view, over all records that the person may read.
func (a *Acts) List(ctx context.Context, who work.Actor, v watch.View) (out Listed, err error) {
	if out.Calendar, err = a.Calendar(ctx, who, "agenda.read"); err != nil {
		return out, err
	}
	all := v
	if v.Most > 0 {
		all.Most, all.Skip = v.Most+v.Skip, 0
	}
	out.Names = map[string]string{}
	err = a.under(ctx, who, func(u *work.Unit) error {
		terms, err := watch.List(u, a.Book, a.Sources, all)
		if err != nil || len(terms) == 0 {
			return err
		}
		out.Terms = append(out.Terms, terms...)
		n, err := watch.Count(u, a.Book, a.Sources, all)
		out.Total += n
		if err != nil || len(out.Names) > 0 {
			return err
		}
		return names(u, out.Names)
	})
	slices.SortStableFunc(out.Terms, func(x, y watch.Term) int { return bySafe(&x, &y) })
	if v.Most > 0 {
		out.Terms = out.Terms[min(v.Skip, len(out.Terms)):min(v.Skip+v.Most, len(out.Terms))]
	}
	return out, err
}

func names(u *work.Unit, into map[string]string) error {
	all, err := identity.Accounts(u)
	for _, x := range all {
		into[x.ID] = x.Name
	}
	return err
}

// bySafe orders by the day to act by; a term without one comes last.
func bySafe(x, y *watch.Term) int {
	last := func(d deadlines.Day) int {
		if d == deadlines.NoDay {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(last(x.Safe), last(y.Safe)), cmp.Compare(x.Safe, y.Safe))
}

// Reminders are the person's own that wait for a reaction.
func (a *Acts) Reminders(ctx context.Context, who work.Actor) (out []watch.Reminder, err error) {
	err = a.under(ctx, who, func(u *work.Unit) error {
		r, err := watch.Reminders(u, a.Book, a.Sources)
		out = append(out, r...)
		return err
	})
	slices.SortStableFunc(out, func(x, y watch.Reminder) int { return bySafe(&x.Term, &y.Term) })
	return out, err
}

func (a *Acts) do(ctx context.Context, who work.Actor, purpose, act string, object ref.Ref, fn func(u *work.Unit) error) error {
	return a.Keep.Do(ctx, who, purpose, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, act, object); err != nil {
			return err
		}
		return fn(u)
	})
}

// Acknowledge says that a reminder was seen.
func (a *Acts) Acknowledge(ctx context.Context, who work.Actor, id string) error {
	return a.do(ctx, who, Purpose, "agenda.acknowledge", ref.Ref{Kind: "reminder", ID: id}, func(u *work.Unit) error { return watch.Acknowledge(u, id) })
}

// Decrees lists the days that the municipality added.
func (a *Acts) Decrees(ctx context.Context, who work.Actor) (out []watch.Decree, by map[string]string, err error) {
	by = map[string]string{}
	err = a.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := a.Book.Require(u, "agenda.compute", ref.Ref{Kind: "agenda"}); err != nil {
			return err
		}
		if out, err = a.Days.Decrees(u); err != nil {
			return err
		}
		return names(u, by)
	})
	return out, by, err
}

// AddDecree adds a day; every open term is then computed anew.
func (a *Acts) AddDecree(ctx context.Context, who work.Actor, e deadlines.Equated) error {
	return a.do(ctx, who, Purpose, "agenda.decree", ref.Ref{Kind: "decree"}, func(u *work.Unit) error { return a.Days.Add(u, e) })
}

// WithdrawDecree takes back a day that was entered by mistake.
func (a *Acts) WithdrawDecree(ctx context.Context, who work.Actor, id string) error {
	return a.do(ctx, who, Purpose, "agenda.decree", ref.Ref{Kind: "decree", ID: id}, func(u *work.Unit) error { return a.Days.Withdraw(u, id) })
}

// Feed says since when the person has a calendar file.
func (a *Acts) Feed(ctx context.Context, who work.Actor) (since time.Time, ok bool, err error) {
	err = a.Keep.See(ctx, who, identity.Purpose, func(u *work.Unit) error {
		since, ok, err = watch.FeedOf(u)
		return err
	})
	return since, ok, err
}

// NewFeed makes the person's calendar file, or gives it a new address.
func (a *Acts) NewFeed(ctx context.Context, who work.Actor) (address string, err error) {
	err = a.do(ctx, who, identity.Purpose, "agenda.feed", identity.Ref(who.Account), func(u *work.Unit) error {
		secret, err := watch.NewFeed(u)
		address = a.Public + "/agenda/" + secret + ".ics"
		return err
	})
	return address, err
}

// RevokeFeed ends the person's calendar file at once.
func (a *Acts) RevokeFeed(ctx context.Context, who work.Actor) error {
	return a.do(ctx, who, identity.Purpose, "agenda.feed", identity.Ref(who.Account), watch.RevokeFeed)
}

// Open finds whose calendar file a secret opens, and what stands in it now: what
// its owner may read at this moment. Whatever does not open is not found.
func (a *Acts) Open(ctx context.Context, secret, origin string) (who work.Actor, terms []watch.Term, err error) {
	err = a.Keep.See(ctx, work.System("feed"), identity.Purpose, func(u *work.Unit) error {
		account, ok, err := watch.FeedOwner(u, secret)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.NotFound, "access.not-found")
		}
		x, err := identity.Load(u, account)
		if err != nil {
			return err
		}
		if x.State != identity.Active {
			return fault.New(fault.NotFound, "access.not-found")
		}
		who = work.Actor{Account: x.ID, Name: x.Name, Lang: x.Lang, Origin: origin}
		grants, err := access.GrantsOf(u.Tx(), account)
		for _, g := range grants {
			if g.Open(u.Now()) {
				who.Roles = append(who.Roles, g.Role)
			}
		}
		return err
	})
	if err != nil {
		return who, nil, err
	}
	if !a.Book.May(who, "agenda.feed") {
		return who, nil, fault.New(fault.NotFound, "access.not-found")
	}
	err = a.under(ctx, who, func(u *work.Unit) error {
		more, err := watch.List(u, a.Book, a.Sources, watch.View{})
		terms = append(terms, more...)
		return err
	})
	slices.SortStableFunc(terms, func(x, y watch.Term) int { return bySafe(&x, &y) })
	return who, terms, err
}

// part is how many terms one unit computes anew.
const part = 5000

// kinds is the background work of this room.
func (a *Acts) kinds() []jobs.Kind {
	return []jobs.Kind{
		// Daily too: a newer program may compute in another way.
		{Name: watch.RecomputeJob, Every: 24 * time.Hour, Time: 10 * time.Minute, Work: a.recompute},
		// Reminders are about days, but a run each hour has them ready in the morning,
		// whenever the program was started. A run makes none twice.
		{Name: "agenda.remind", Every: time.Hour, Time: 5 * time.Minute, Work: func(ctx context.Context, _ jobs.Job) error {
			return a.Keep.Do(ctx, work.System("job"), Purpose, func(u *work.Unit) error {
				c, err := a.Days.In(u)
				if err == nil {
					_, err = watch.Remind(u, c)
				}
				return err
			})
		}},
	}
}

func (a *Acts) recompute(ctx context.Context, j jobs.Job) error {
	order := watch.RecomputeOrder{}
	if err := j.Decode(&order); err != nil {
		return err
	}
	at := watch.Place{}
	for more := true; more; {
		err := a.Keep.Do(ctx, work.System("job"), Purpose, func(u *work.Unit) error {
			c, err := a.Days.In(u)
			if err != nil {
				return err
			}
			r, err := watch.Recompute(u, c, order.Reason(), at, part)
			at, more = r.Next, r.More
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
