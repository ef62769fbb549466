package app

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/measures/dwangsom"
	"baken/internal/measures/sluiting"
	"baken/internal/text"
	"baken/internal/tips"
)

// tips opens the sealed inbox. Its doors to the rest are these: the names of
// colleagues, and the two questions to the register of measures that are answered with
// yes or no. Nothing leads back.
func (h *House) tips() error {
	policies, err := tips.LoadPolicies(filepath.Join(h.Config.Folder(h.Municipality), "policy", "tips"))
	if err != nil {
		return err
	}
	register := measures.NewRegister(h.vault)
	h.Tips = (&tips.Room{
		Office:   dossier.Office[tips.Tip]{Keep: h.Keep, Book: h.Book, Journal: dossier.NewJournal(h.vault), Calendar: h.Days.In},
		Policies: policies, Town: h.Municipality.Name, Names: names, Known: register.Known(dwangsom.Name, sluiting.Name), Filed: register.Filed,
		Wipe: h.wipe,
	}).Open()
	return nil
}

// demoTips fills the inbox with fictitious tips, and lets it pass them on to fictitious
// receivers.
func (h *House) demoTips(ctx context.Context) error {
	if err := h.Tips.UseDemo(); err != nil {
		return err
	}
	var filled bool
	var filed string
	people := map[string]work.Actor{}
	err := h.Keep.See(ctx, work.System("demo"), identity.Purpose, func(u *work.Unit) (err error) {
		if filled, err = h.marked(u, "demo-tips"); err != nil || filled {
			return err
		}
		number := fmt.Sprintf("M-%d-0001", u.Now().Year())
		if yes, err := h.Tips.Filed(u, number); err != nil {
			return err
		} else if yes {
			filed = number
		}
		all, err := identity.Accounts(u)
		for _, a := range all {
			people[a.Login] = work.Actor{Account: a.ID, Name: a.Name, Roles: []string{access.TipCoordinator}, Origin: "demo", Lang: text.NL}
		}
		return err
	})
	if err != nil || filled {
		return err
	}
	at := func(t time.Time) *work.Keeper { return work.NewKeeper(h.DB, h.Log, func() time.Time { return t }) }
	one, two := people["m-coordinator@maassluis.demo"], people["m-plaatsvervanger@maassluis.demo"]
	if err := h.Tips.Demo(ctx, at, one, two, filed, h.Keep.Now()); err != nil {
		return err
	}
	return h.Keep.Do(ctx, work.System("demo"), identity.Purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "house.demo", Object: identity.Ref("")})
		return h.mark(u, "demo-tips", u.Now().Format(time.RFC3339))
	})
}

// names are the names of all accounts.
func names(u *work.Unit) (map[string]string, error) {
	all, err := identity.Accounts(u)
	out := make(map[string]string, len(all))
	for _, a := range all {
		out[a.ID] = a.Name
	}
	return out, err
}
