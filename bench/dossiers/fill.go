package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"baken/internal/app"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures/dwangsom"
)

// decreed is an ordinary Wednesday on which terms of the dossiers end.
var decreed = deadlines.Date(2026, time.June, 10)

// silent keeps no log, so that making the dossiers takes minutes and not an hour.
type silent struct{}

func (silent) Append(*db.Tx, []work.Stamped) error         { return nil }
func (silent) Store(context.Context, []work.Stamped) error { return nil }

// lot is how many dossiers one unit makes. The register gives numbers by year and
// looks for the last one among them, so each lot has a year of its own.
const lot = 1000

// fill makes dossiers of so many entries through the journal: report to publication,
// and what was seen after it. What stands beside the journal is saved as an act does.
func fill(h *app.House, n, entries, year int) (ids []string, err error) {
	for len(ids) < n {
		at := deadlines.Date(year, time.June, 1).Midnight()
		year++
		var heads []dossier.Head
		var records []dwangsom.Dwangsom
		err := work.NewKeeper(h.DB, silent{}, nil).Do(ctx, lawyer, dwangsom.Purpose, func(u *work.Unit) error {
			for i := len(ids); i < min(n, len(ids)+lot); i++ {
				head, r, err := write(u, h, i, entries)
				if err != nil {
					return err
				}
				heads, records = append(heads, head), append(records, r)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		err = work.NewKeeper(h.DB, silent{}, func() time.Time { return at }).Do(ctx, lawyer, dwangsom.Purpose, func(u *work.Unit) error {
			u.Record(work.Entry{Act: "bench.fill"}) // no unit without one
			c, err := h.Days.In(u)
			if err != nil {
				return err
			}
			for i, head := range heads {
				if err := h.Dwangsom.Office.Save(u, "", head, records[i], c); err != nil {
					return err
				}
				ids = append(ids, head.ID)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// write seals the entries of one dossier.
func write(u *work.Unit, h *app.House, i, entries int) (head dossier.Head, r dwangsom.Dwangsom, err error) {
	o := &h.Dwangsom.Office
	g, err := h.Book.Require(u, "dwangsom.report", o.Ref(""))
	if err != nil {
		return head, r, err
	}
	at, err := o.Moment(u)
	if err != nil {
		return head, r, err
	}
	steps := story(i, entries)
	id := ref.NewID()
	if _, head, err = dossier.Begin(u, o.Journal, o.Kind, g, id, "dwangsom.report", steps[0].in, at); err != nil {
		return head, r, err
	}
	if g, err = h.Book.Require(u, dwangsom.ReadAct, o.Ref(id)); err != nil {
		return head, r, err
	}
	for _, s := range steps[1:] {
		raw, err := json.Marshal(s.in)
		if err != nil {
			return head, r, err
		}
		e, err := o.Journal.Append(u, g, head.Ref(), head.Version, dossier.Entry{Act: "dwangsom." + s.act, In: raw})
		if err != nil {
			return head, r, err
		}
		head.Version = e.Version
	}
	_, all, err := o.Journal.Load(u, g, head.Ref())
	if err != nil {
		return head, r, err
	}
	r, err = o.Kind.Fold(head, all)
	return head, r, err
}

type step struct {
	act string
	in  any
}

// story is a file from the report to the Bekendmaking, on a day of its own within
// the year: the ends lie spread over the days. What else there is are observations.
func story(i, entries int) []step {
	on := deadlines.Date(2025, time.September, 1) + deadlines.Day(i%300)
	place := fmt.Sprintf("Havenkade %d", i+1)
	out := []step{
		{"report", &dwangsom.Report{Place: place, Offender: fmt.Sprintf("M. van Rossum %d (verzonnen)", i), Address: place + ", Maassluis", Seen: deadlines.OnDay(on - 20), Facts: "Op het erf liggen koelkasten, hout en huisvuil; ook op de stoep. Foto's zijn gemaakt vanaf de openbare weg.", Source: "inspection", Lead: lawyer.Account}},
		{"basis", &dwangsom.Basis{Breach: "afval-erf", Rule: "Artikel 4:13 verbiedt het erf zo te gebruiken dat het hinder of vervuiling geeft."}},
		{"intend", &dwangsom.Intention{Sent: on - 18, ViewDays: 14}},
		{"view", &dwangsom.View{Received: on - 4, How: "written", Words: "Betrokkene zegt dat het meevalt en vraagt om meer tijd.", Answer: "De waarnemingen zijn op meer dagen gedaan en laten een vast patroon zien. De termijn is lang genoeg."}},
		{"weigh", &dwangsom.Weighing{Aim: "De overtreding beëindigen en herhaling voorkomen.", Lighter: "Er is gesproken en tweemaal gewaarschuwd; dat hielp niet.", Blame: "Betrokkene heeft het zelf in de hand.",
			Means: "Voldoen kost weinig; het bedrag past bij de ernst.", Circumstance: "Van zorg of andere bijzonderheden is niets gebleken.", Others: "Omwonenden hebben er dagelijks last van.", Outcome: "Het belang van de omgeving weegt zwaarder dan dat van betrokkene."}},
		{"draft", &dwangsom.Draft{Summary: "U moet het afval op uw erf binnen vier weken weghalen. Doet u dat niet, dan kost elke week daarna € 250.", Measures: []string{"Al het bouw- en huisafval van het erf verwijderen", "Het erf schoon houden"},
			Per: dwangsom.PerUnit, Unit: "week", Amount: 25000, Maximum: 250000, Days: 28, Motivation: "Het bedrag staat in verhouding tot de kosten van afvoer."}},
		{"check", &dwangsom.Check{Outcome: "approved"}},
		{"sign", &dwangsom.Sign{Mandate: "Mandaatbesluit (voorbeeld) nr. 12", Read: true}},
		{"publish", &dwangsom.Publication{On: on, How: "registered", To: []string{"overtreder"}, Proof: "aangetekend, nummer in het postregister"}},
	}
	seen := step{"evidence", &dwangsom.Evidence{On: deadlines.OnDay(on + 1), Words: "Het afval ligt er nog, nu ook een matras. Buren bevestigen dat er 's avonds wordt gestort.", Source: "inspection"}}
	for len(out) < entries {
		out = append(out, seen)
	}
	return out[:entries]
}
