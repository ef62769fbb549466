package app

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"baken/internal/kernel/access"
	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/measures/dwangsom"
	"baken/internal/text"
)

// measures opens the rooms of the administrative measures. The policy rules are the
// municipality's own files when its data folder has them; rules that contradict
// themselves keep the program from starting.
func (h *House) measures() error {
	policies, err := dwangsom.LoadPolicies(filepath.Join(h.Config.Folder(h.Municipality), "policy", "dwangsom"))
	if err != nil {
		return err
	}
	h.Dwangsom, err = (&dwangsom.Room{
		Office:   dossier.Office[dwangsom.Dwangsom]{Keep: h.Keep, Book: h.Book, Journal: dossier.NewJournal(h.vault), Calendar: h.Days.In},
		Register: measures.NewRegister(h.vault), Policies: policies, Town: h.Municipality.Name, Colleagues: colleagues, Watch: watchDwangsom, Rewatch: rewatchDwangsom,
	}).Open()
	h.Days.Also = []string{dwangsom.RefoldAct}
	return err
}

// watchDwangsom hands the open terms of a file to the agenda.
func watchDwangsom(u *work.Unit, c *deadlines.Calendar, h dossier.Head, r dwangsom.Dwangsom, number string, open []dwangsom.Term) error {
	return watch.Put(u, c, h.Ref(), h.Purpose, r.Lead, r.Deputy, watched(number, open))
}

// rewatchDwangsom hands on the open terms of files that were made anew.
func rewatchDwangsom(u *work.Unit, c *deadlines.Calendar, order watch.RecomputeOrder, files []dwangsom.Standing) error {
	all := make([]watch.Asked, len(files))
	for i, f := range files {
		all[i] = watch.Asked{Object: f.Head.Ref(), Lead: f.Record.Lead, Deputy: f.Record.Deputy, Terms: watched(f.Row.Number, f.Open)}
	}
	_, err := order.PutAll(u, c, dwangsom.Purpose, all)
	return err
}

func watched(number string, open []dwangsom.Term) []watch.Watched {
	out := make([]watch.Watched, len(open))
	for i, t := range open {
		out[i] = watch.Watched{Key: t.Key, Question: t.Question, Reference: number, Title: watch.Title{Code: "dwangsom.term." + t.Code, Args: []string{"n", strconv.Itoa(t.Number)}}}
	}
	return out
}

// colleagues are all accounts, with whether their roles can work on a measure.
func colleagues(u *work.Unit) ([]dwangsom.Colleague, error) {
	grants, err := access.GrantsOf(u.Tx(), "")
	if err != nil {
		return nil, err
	}
	fit := map[string]bool{}
	for _, g := range grants {
		if g.Open(u.Now()) {
			for _, role := range dwangsom.Workers {
				fit[g.Account] = fit[g.Account] || g.Role == role
			}
		}
	}
	all, err := identity.Accounts(u)
	if err != nil {
		return nil, err
	}
	var out []dwangsom.Colleague
	for _, a := range all {
		out = append(out, dwangsom.Colleague{ID: a.ID, Name: a.Name, Works: fit[a.ID]})
	}
	return out, nil
}

// demoMeasures fills the measures with fictitious files, each act on its own day by
// a person of the demo.
func (h *House) demoMeasures(ctx context.Context) error {
	var filled bool
	people := map[string]work.Actor{}
	err := h.Keep.See(ctx, work.System("demo"), identity.Purpose, func(u *work.Unit) (err error) {
		if filled, err = h.marked(u, "demo-measures"); err != nil || filled {
			return err
		}
		all, err := identity.Accounts(u)
		if err != nil {
			return err
		}
		for _, p := range DemoStaff {
			for _, a := range all {
				if a.Login == p.Login {
					people[p.Role] = work.Actor{Account: a.ID, Name: a.Name, Roles: []string{p.Role}, Origin: "demo", Lang: text.NL}
				}
			}
		}
		return nil
	})
	if err != nil || filled {
		return err
	}
	at := func(t time.Time) *work.Keeper { return work.NewKeeper(h.DB, h.Log, func() time.Time { return t }) }
	if err := h.Dwangsom.Demo(ctx, at, people, h.Keep.Now()); err != nil {
		return err
	}
	return h.Keep.Do(ctx, work.System("demo"), identity.Purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "house.demo", Object: identity.Ref("")})
		return h.mark(u, "demo-measures", u.Now().Format(time.RFC3339))
	})
}
