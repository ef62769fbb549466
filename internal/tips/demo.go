package tips

import (
	"context"
	"fmt"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
)

// UseDemo passes tips on to the fictitious receivers of the demo.
func (m *Room) UseDemo() error {
	p, err := DemoPolicies()
	if err != nil {
		return err
	}
	m.Policies = p
	m.Open()
	return nil
}

// Demo fills an empty inbox with fictitious tips in the states in which the group
// meets them, each act by one of two people and on the day on which it would be done.
// filed is the number of a file in the demo, or empty.
func (m *Room) Demo(ctx context.Context, keep func(time.Time) *work.Keeper, one, two work.Actor, filed string, now time.Time) error {
	today := deadlines.DayOf(now)
	for _, s := range stories(today, filed) {
		id := ref.NewID()
		for i, step := range s {
			at := step.on.Midnight().Add(10*time.Hour + time.Duration(i)*time.Minute)
			if at.After(now) {
				at = now
			}
			who := one
			if step.second {
				who = two
			}
			o := m.Office.With(keep(at))
			var err error
			if i == 0 {
				err = o.Begin(ctx, who, id, "tip."+step.act, step.in)
			} else {
				err = o.Perform(ctx, who, id, int64(i), "tip."+step.act, step.in)
			}
			if err != nil {
				return fmt.Errorf("tips: demo, %s: %w", step.act, err)
			}
		}
		// What colleagues looked at stands in the log of a year of work too.
		if last := s[len(s)-1]; last.act == "close" {
			o := m.Office.With(keep(last.on.Midnight().Add(11 * time.Hour)))
			if _, err := o.LoadFor(ctx, two, id, ReadAct, "verify"); err != nil {
				return err
			}
		}
	}
	_, err := m.Expire(ctx)
	return err
}

type scene struct {
	on     deadlines.Day
	second bool
	act    string
	in     any
}

// stories are tips that nobody sent. Names, places and events are made up.
func stories(today deadlines.Day, filed string) [][]scene {
	arrive := func(on deadlines.Day, theme, reference, text string, shocking bool) []scene {
		return []scene{{on, false, "receive", &Receive{Reference: reference, Received: on, Theme: theme, Text: text, Shocking: shocking}}}
	}
	checked := func(on deadlines.Day, marked, summary string, gone ...string) scene {
		c := Check{Marked: marked, Knower: "none", Moment: "none", Relation: "none", Style: "none", Files: "none", Summary: summary}
		for _, g := range gone {
			switch g {
			case "Moment":
				c.Moment = "gone"
			case "Relation":
				c.Relation = "gone"
			case "Knower":
				c.Knower = "gone"
			}
		}
		return scene{on, false, "check", &c}
	}
	released := func(on deadlines.Day) scene { return scene{on, true, "release", &Release{Read: true}} }

	d := today
	cellar := arrive(d-60, "drugs", "M2026-40112", "In de loods achter de oude scheepswerf worden 's nachts pakketten uit busjes geladen. Mijn neef werkt daar ernaast en ziet het elke dinsdag om 23.30 uur. Er staan steeds andere kentekens.", false)
	cellar = append(cellar,
		checked(d-60, "In de loods achter de oude scheepswerf worden 's nachts pakketten uit busjes geladen. [[Mijn neef werkt daar ernaast en ziet het elke dinsdag om 23.30 uur.]] Er staan steeds andere kentekens.",
			"Bij een bedrijfspand nabij de haven zou 's avonds laat regelmatig lading worden overgezet vanuit wisselende bestelauto's.", "Moment", "Relation"),
		released(d-59),
		scene{d - 58, false, "assess", &Assess{Outcome: Ours, Why: "Het pand heeft een vergunningplicht; toezicht is van de gemeente.", Impact: "high"}},
		scene{d - 58, true, "confirm", &Confirm{Agree: "yes", Why: "Eens: eerst zelf kijken."}},
		scene{d - 57, false, "lookup", &Lookup{Register: "kvk", Subject: "bedrijfspand haven", Why: "Wie is de gebruiker van het pand", Ground: "Gemeentewet 172; convenant M.", Fields: []string{"handelsnaam", "vestigingsadres"}, Answer: "Ingeschreven sinds mei, geen personeel."}},
		scene{d - 50, false, "find", &Finding{Kind: "inspection", On: d - 51, Who: "Team toezicht", Reference: "TZ-26-0418", Words: "Bij een reguliere controle stond in de hal een grote hoeveelheid vaten zonder etiket; de vergunning ontbrak."}})
	if filed != "" {
		cellar = append(cellar, scene{d - 49, false, "use", &Use{Finding: 1, Dossier: filed, Why: "Last onder dwangsom wegens opslag zonder vergunning."}})
	}
	cellar = append(cellar,
		scene{d - 30, false, "feedback", &Feedback{Sent: d - 30, Used: "yes", Result: map[bool]string{true: "measure", false: "running"}[filed != ""], Worth: "good"}},
		scene{d - 20, false, "close", &Close{}})

	fresh := arrive(d, "fraud", "M2026-48201", "Een man die drie kamers verhuurt boven de winkel aan het plein laat mensen contant betalen en heeft ze nergens ingeschreven. Ik hoor ze elke ochtend om 05:15 weggaan. Wij wonen er recht tegenover.", false)
	waiting := append(arrive(d-2, "environment", "M2026-47990", "Bij de sloot langs de volkstuinen wordt 's avonds vloeistof geloosd uit een witte tankwagen. Mijn collega zag het gisteren om 21.45 uur.", false),
		checked(d-1, "Bij de sloot langs de volkstuinen wordt 's avonds vloeistof geloosd uit een witte tankwagen. [[Mijn collega zag het gisteren om 21.45 uur.]]",
			"Er zou 's avonds afvalwater worden gedumpt in een watergang aan de rand van de gemeente.", "Moment", "Relation"))
	second := append(arrive(d-6, "trafficking", "M2026-47120", "In een woning boven een leegstaande zaak slapen acht vrouwen die niet naar buiten mogen. De gordijnen zijn altijd dicht.", true),
		checked(d-6, "In een woning boven een leegstaande zaak slapen acht vrouwen die niet naar buiten mogen. De gordijnen zijn altijd dicht.", "Op een bovenetage zouden meerdere personen tegen hun wil worden vastgehouden."),
		released(d-5),
		scene{d - 5, false, "assess", &Assess{Outcome: Police, Why: "Mogelijk mensenhandel: eerst de politie, direct gebeld.", Impact: "high"}})
	going := append(arrive(d-30, "weapons", "M2026-44771", "Een jongen uit de buurt laat op school een vuurwapen zien op zijn telefoon en zegt dat hij het thuis heeft.", false),
		checked(d-30, "Een jongen uit de buurt laat [[op school]] een vuurwapen zien op zijn telefoon en zegt dat hij het thuis heeft.", "Een minderjarige zou in het bezit zijn van een vuurwapen.", "Knower"),
		released(d-29),
		scene{d - 28, false, "assess", &Assess{Outcome: Police, Why: "Wapenbezit is een zaak van de politie.", Impact: "high"}},
		scene{d - 28, true, "confirm", &Confirm{Agree: "yes", Why: "Eens."}},
		scene{d - 28, false, "forward", &Forward{Receiver: "politie", Ground: "Politiewet 3; convenant M., artikel 5: gevaar voor personen.", Files: "without"}},
		scene{d - 10, false, "feedback", &Feedback{Sent: d - 10, Used: "yes", Result: "criminal", Worth: "good"}})
	gone := append(arrive(d-45, "theft", "M2026-42003", "Er wordt gestolen in de stad en niemand doet er iets aan.", false),
		checked(d-45, "Er wordt gestolen in de stad en niemand doet er iets aan.", "Algemene klacht over diefstal, zonder plaats of persoon."),
		released(d-44),
		scene{d - 44, false, "assess", &Assess{Outcome: Unusable, Why: "Geen plaats, persoon of feit.", Impact: "normal"}},
		scene{d - 44, false, "feedback", &Feedback{Sent: d - 44, Used: "no", Result: "none", Worth: "poor"}},
		scene{d - 44, false, "close", &Close{}})
	return [][]scene{cellar, gone, going, second, waiting, fresh}
}
