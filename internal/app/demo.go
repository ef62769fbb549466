package app

import (
	"context"
	"fmt"
	"time"

	"baken/internal/demostreets"
	"baken/internal/kernel/access"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/places"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// DemoPassword and DemoSecret open every account of the demo. They are public on
// purpose and stand in demo databases only, which are served to this machine only.
const (
	DemoPassword = "veilig oefenen in de demo"
	DemoSecret   = "MJQWWZLOEBSGK3LPEBSGK3LPMJQWWZLO"
)

// DemoPerson is a fictitious member of staff.
type DemoPerson struct{ Login, Name, Role string }

// DemoStaff is a fictitious person for every role of product.md section 4 that has an
// account, the first of a role before others of it. Council members and residents read the public pages.
var DemoStaff = [...]DemoPerson{
	{"burgemeester@maassluis.demo", "Willemijn Terpstra", access.Mayor},
	{"adviseur@maassluis.demo", "Noor Hendriks", access.Adviser},
	{"jurist@maassluis.demo", "Samir Bouzidi", access.Lawyer},
	{"handhaving@maassluis.demo", "Petra van Oosterhout", access.EnforcementCo},
	{"handhaver@maassluis.demo", "Dylan Kuipers", access.Officer},
	{"m-coordinator@maassluis.demo", "Yasmina Haddou", access.TipCoordinator},
	{"procesregisseur@maassluis.demo", "Joost Veldkamp", access.ProcessLead},
	{"analist@maassluis.demo", "Mei-Lin Tjong", access.Analyst},
	{"privacy@maassluis.demo", "Femke Rozendaal", access.PrivacyOfficer},
	{"beheerder@maassluis.demo", "Ruben Dijkgraaf", access.Administrator},
	{"partner@politie.demo", "Anouk Schipper", access.Partner},
	{"m-plaatsvervanger@maassluis.demo", "Bart Groeneweg", access.TipCoordinator}, // a tip takes two people
}

// demo fills an empty database with fictitious staff and what each capability
// brings, and leaves a database that was filled before as it is. It refuses one
// that holds real accounts.
func (h *House) demo(ctx context.Context) error {
	if !h.Config.Loopback() {
		return fmt.Errorf("the demo's passwords are public: it serves this machine only, so listen on 127.0.0.1")
	}
	return h.Keep.Do(ctx, work.System("demo"), identity.Purpose, func(u *work.Unit) error {
		marked, err := h.marked(u, "demo")
		if err != nil {
			return err
		}
		h.Demo = true
		if marked {
			return nil
		}
		all, err := identity.Accounts(u)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			return fmt.Errorf("this database holds accounts of its own: give the demo a data folder of its own")
		}
		u.Record(work.Entry{Act: "house.demo", Object: ref.Ref{Kind: "house"}})
		if err := h.demoStaff(u); err != nil {
			return err
		}
		if err := h.Crime.Demo(u); err != nil {
			return err
		}
		if err := h.demoStreets(u); err != nil {
			return err
		}
		return h.mark(u, "demo", u.Now().Format(time.RFC3339))
	})
}

// demoStaff makes the accounts and gives each its role.
func (h *House) demoStaff(u *work.Unit) error {
	ids := map[string]string{}
	for _, p := range DemoStaff {
		a, _, err := h.Desk.Invite(u, p.Login, p.Name, text.NL)
		if err != nil {
			return fmt.Errorf("demo: %s: %w", p.Login, err)
		}
		if err := h.Desk.Furnish(u, a.ID, DemoPassword, DemoSecret); err != nil {
			return err
		}
		ids[p.Login] = a.ID
	}
	for _, p := range DemoStaff {
		if err := h.Book.Furnish(u, ids[p.Login], p.Role); err != nil {
			return err
		}
	}
	return nil
}

// demoStreets lays made-up streets within the real borders, where these are.
func (h *House) demoStreets(u *work.Unit) error {
	if h.Municipality.Code != demostreets.Municipality {
		return nil
	}
	streets, err := demostreets.Streets()
	if err != nil {
		return err
	}
	return places.SaveStreets(u, "figures.streets", demostreets.Municipality, streets)
}

// isDemo reports whether the database was filled by the demo.
func (h *House) isDemo(ctx context.Context) (yes bool, err error) {
	err = h.Keep.See(ctx, work.System("start"), identity.Purpose, func(u *work.Unit) error {
		yes, err = h.marked(u, "demo")
		return err
	})
	return yes, err
}

// DemoCode is the code that an authenticator app of the demo shows now.
func DemoCode(now time.Time) (string, error) { return identity.Code(DemoSecret, now) }
