package app

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/measures/dwangsom"
	"baken/internal/measures/gebiedsverbod"
	"baken/internal/measures/huisverbod"
	"baken/internal/measures/sluiting"
	"baken/internal/measures/woonoverlast"
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
	register := measures.NewRegister(h.vault)
	h.Dwangsom, err = (&dwangsom.Room{
		Office:   dossier.Office[dwangsom.Dwangsom]{Keep: h.Keep, Book: h.Book, Journal: dossier.NewJournal(h.vault), Calendar: h.Days.In},
		Register: register, Policies: policies, Town: h.Municipality.Name, Colleagues: colleagues(dwangsom.Workers), Wipe: h.wipe,
	}).Open()
	if err != nil {
		return err
	}
	h.Huisverbod = &huisverbod.Room{Law: huisverbod.Law(), Office: &dossier.Office[huisverbod.Huisverbod]{Keep: h.Keep, Book: h.Book, Journal: dossier.NewJournal(h.vault), Calendar: h.Days.In},
		Register: register, Town: h.Municipality.Name, Colleagues: colleagues(huisverbod.Workers), Wipe: h.wipe}
	if err := h.Huisverbod.Open(); err != nil {
		return err
	}
	matrix, err := sluiting.LoadPolicies(filepath.Join(h.Config.Folder(h.Municipality), "policy", "sluiting"))
	if err != nil {
		return err
	}
	h.Sluiting = &sluiting.Room{Law: sluiting.Law(matrix), Office: &dossier.Office[sluiting.Sluiting]{Keep: h.Keep, Book: h.Book, Journal: dossier.NewJournal(h.vault), Calendar: h.Days.In},
		Register: register, Town: h.Municipality.Name, Colleagues: colleagues(sluiting.Workers), Wipe: h.wipe}
	if err := h.Sluiting.Open(); err != nil {
		return err
	}
	conduct, err := woonoverlast.LoadPolicies(filepath.Join(h.Config.Folder(h.Municipality), "policy", "woonoverlast"))
	if err != nil {
		return err
	}
	h.Woonoverlast = &woonoverlast.Room{Law: woonoverlast.Law(conduct), Office: &dossier.Office[woonoverlast.Woonoverlast]{Keep: h.Keep, Book: h.Book, Journal: dossier.NewJournal(h.vault), Calendar: h.Days.In},
		Register: register, Town: h.Municipality.Name, Colleagues: colleagues(woonoverlast.Workers), Wipe: h.wipe}
	if err := h.Woonoverlast.Open(); err != nil {
		return err
	}
	bans, err := gebiedsverbod.LoadPolicies(filepath.Join(h.Config.Folder(h.Municipality), "policy", "gebiedsverbod"))
	if err != nil {
		return err
	}
	land := &land{house: h, ground: &gebiedsverbod.Ground{}}
	h.Gebiedsverbod = &gebiedsverbod.Room{Law: gebiedsverbod.Law(bans, land.ground), Office: &dossier.Office[gebiedsverbod.Gebiedsverbod]{Keep: h.Keep, Book: h.Book, Journal: dossier.NewJournal(h.vault), Calendar: land.calendar},
		Register: register, Town: h.Municipality.Name, Colleagues: colleagues(gebiedsverbod.Workers), Terrain: land.read, Wipe: h.wipe}
	if err := h.Gebiedsverbod.Open(); err != nil {
		return err
	}
	h.Measures = &measures.Index{Keep: h.Keep, Book: h.Book, Register: register, Colleagues: colleagues(nil), Kinds: []measures.Listing{h.Dwangsom.Listing(), h.Huisverbod.Listing(), h.Sluiting.Listing(), h.Woonoverlast.Listing(), h.Gebiedsverbod.Listing()}}
	h.Days.Also = []string{dwangsom.RefoldAct, huisverbod.RefoldAct, sluiting.RefoldAct, woonoverlast.RefoldAct, gebiedsverbod.RefoldAct}
	return nil
}

// land is the borders and streets of the municipality as the rooms of measures know them.
// It is read again after a minute, for a command reads them in beside a program that runs.
type land struct {
	house   *House
	ground  *gebiedsverbod.Ground
	mu      sync.Mutex
	at      time.Time
	terrain measures.Terrain
}

func (l *land) read(u *work.Unit) (measures.Terrain, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.house.Keep.Now(); l.at.IsZero() || now.Sub(l.at).Abs() >= time.Minute {
		t, err := measures.ReadTerrain(u, l.house.Municipality.Code)
		if err != nil {
			return t, err
		}
		l.terrain, l.at = t, now
		l.ground.Set(t.Border, t.Streets)
	}
	return l.terrain, nil
}

// calendar is that of the house; who asks it is about to do an act, of which the rules
// must know the ground.
func (l *land) calendar(u *work.Unit) (*deadlines.Calendar, error) {
	if _, err := l.read(u); err != nil {
		return nil, err
	}
	return l.house.Days.In(u)
}

// colleagues are all accounts, with whether one of these roles can work on a measure.
func colleagues(workers []string) func(u *work.Unit) ([]measures.Colleague, error) {
	return func(u *work.Unit) ([]measures.Colleague, error) {
		grants, err := access.GrantsOf(u.Tx(), "")
		if err != nil {
			return nil, err
		}
		fit := map[string]bool{}
		for _, g := range grants {
			if g.Open(u.Now()) && slices.Contains(workers, g.Role) {
				fit[g.Account] = true
			}
		}
		all, err := identity.Accounts(u)
		if err != nil {
			return nil, err
		}
		var out []measures.Colleague
		for _, a := range all {
			out = append(out, measures.Colleague{ID: a.ID, Name: a.Name, Works: fit[a.ID]})
		}
		return out, nil
	}
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
	if err := huisverbod.Demo(ctx, h.Huisverbod, at, people, h.Keep.Now()); err != nil {
		return err
	}
	if err := sluiting.Demo(ctx, h.Sluiting, at, people, h.Keep.Now()); err != nil {
		return err
	}
	if err := woonoverlast.Demo(ctx, h.Woonoverlast, at, people, h.Keep.Now()); err != nil {
		return err
	}
	if err := gebiedsverbod.Demo(ctx, h.Gebiedsverbod, at, people, h.Keep.Now()); err != nil {
		return err
	}
	return h.Keep.Do(ctx, work.System("demo"), identity.Purpose, func(u *work.Unit) error {
		u.Record(work.Entry{Act: "house.demo", Object: identity.Ref("")})
		return h.mark(u, "demo-measures", u.Now().Format(time.RFC3339))
	})
}
