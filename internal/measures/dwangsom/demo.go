package dwangsom

import (
	"context"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// Demo fills an empty register with fictitious files, each act by the person and on
// the day on which it would be done. keep gives a keeper whose clock stands still.
func (m *Room) Demo(ctx context.Context, keep func(time.Time) *work.Keeper, people map[string]work.Actor, now time.Time) error {
	today := deadlines.DayOf(now)
	if policy := m.Policies.On(today); policy.ID != m.Policies[0].ID || len(m.Policies) > 1 {
		return nil // the municipality's own rules: these stories would not fit them
	}
	for _, story := range stories(today, people) {
		scenes := make([]measures.Scene, len(story))
		for i, s := range story {
			scenes[i] = measures.Scene{At: s.on.Midnight().Add(11 * time.Hour), Role: s.role, Act: s.act, In: s.in}
		}
		if err := m.Play(ctx, keep, people, now, scenes); err != nil {
			return err
		}
	}
	return nil
}

// scene is one act of a story.
type scene struct {
	on   deadlines.Day
	role string
	act  string
	in   any
}

// stories are five files in the stages in which people meet them. Names and
// addresses are made up.
func stories(today deadlines.Day, people map[string]work.Actor) [][]scene {
	lawyer, officer, deputy := people[access.Lawyer].Account, people[access.Officer].Account, people[access.EnforcementCo].Account
	opening := func(on deadlines.Day, place, offender, breach, facts, rule string) []scene {
		return []scene{
			{on, access.Officer, "report", &Report{Place: place, Offender: offender, Address: place + ", Maassluis", Seen: deadlines.OnDay(on), Facts: facts, Source: "inspection", Lead: lawyer, Deputy: deputy}},
			{on + 1, access.Lawyer, "basis", &Basis{Breach: breach, Rule: rule}},
		}
	}
	heard := func(on deadlines.Day) []scene {
		return []scene{
			{on, access.Lawyer, "intend", &Intention{Sent: on, ViewDays: 14}},
			{on + 12, access.Lawyer, "view", &View{Received: on + 11, How: "written", Words: "U zegt dat het meevalt en vraagt om meer tijd.", Answer: "De waarnemingen zijn op meer dagen gedaan en laten een vast patroon zien. De termijn is lang genoeg."}},
			{on + 13, access.Lawyer, "weigh", &Weighing{Aim: "De overtreding beëindigen en herhaling voorkomen.", Lighter: "Er is gesproken en tweemaal gewaarschuwd; buurtbemiddeling is geweigerd. Dat hielp niet.",
				Blame: "U hebt het zelf in de hand.", Means: "Voldoen kost weinig; het bedrag past bij de ernst.", Circumstance: "Van zorg of andere bijzonderheden is niets gebleken.",
				Others: "Omwonenden, onder wie gezinnen met jonge kinderen, hebben er dagelijks last van.", Outcome: "Het belang van de omgeving weegt zwaarder dan uw belang."}},
		}
	}
	decided := func(on deadlines.Day, d *Draft, mandate string) []scene {
		return []scene{
			{on, access.Lawyer, "draft", d},
			{on + 1, access.EnforcementCo, "check", &Check{Outcome: "approved"}},
			{on + 2, access.Mayor, "sign", &Sign{Mandate: mandate, Read: true}},
			{on + 3, access.Lawyer, "publish", &Publication{On: on + 3, How: "registered", To: []string{"overtreder"}, Proof: "aangetekend, nummer in het postregister"}},
		}
	}
	sound := &Draft{Summary: "U moet ophouden met harde muziek in de nacht. Doet u dat niet, dan moet u per keer € 500 betalen.", Measures: []string{"Geen hoorbare muziek buiten de woning tussen 22.00 en 07.00 uur"},
		Per: PerBreach, Amount: 50000, Maximum: 500000, Motivation: "Het bedrag is hoog genoeg om herhaling te voorkomen en past bij de ernst."}
	waste := &Draft{Summary: "U moet het afval op uw erf binnen vier weken weghalen. Doet u dat niet, dan kost elke week daarna € 250.", Measures: []string{"Al het bouw- en huisafval van het erf verwijderen", "Het erf schoon houden"},
		Per: PerUnit, Unit: "week", Amount: 25000, Maximum: 250000, Days: 28, Motivation: "Het bedrag staat in verhouding tot de kosten van afvoer."}
	byMayor, byCollege := "Gemeentewet art. 125 lid 3", "Mandaatbesluit (voorbeeld) nr. 12"

	a := today - 150
	forfeitedFile := join(opening(a, "Havenkade 112", "M. van Rossum (verzonnen)", "geluid-woning", "Luide muziek tot 03.00 uur, gemeten met een geluidsmeter.", "Artikel 2:79 verbiedt herhaaldelijke ernstige hinder vanuit een woning. Er is vijf nachten gemeten."),
		heard(a+3), decided(a+20, sound, byMayor), []scene{
			{a + 60, access.Officer, "inspect", &Inspection{At: deadlines.OnDay(a + 60), Result: "breach", Words: "Om 01.15 uur muziek te horen op straat en bij de buren."}},
			{a + 61, access.Lawyer, "forfeit", &Forfeit{Inspection: 1}},
			{a + 63, access.Lawyer, "intend-recovery", &IntendRecovery{Sent: a + 63, ViewDays: 14}},
			{a + 79, access.Lawyer, "view-recovery", &View{Received: a + 79, How: "none", Words: "Er kwam geen reactie.", Answer: "Er is niets om te beantwoorden."}},
			{a + 80, access.Lawyer, "recover", &Decision{On: a + 80, Amount: 50000, Special: "Van bijzondere omstandigheden is niet gebleken.", Proof: "aangetekend, nummer in het postregister"}},
			{a + 115, access.Lawyer, "remind", &Reminder{Sent: a + 115, Warned: true}},
		})
	b := today - 40
	running := join(opening(b, "Wilgenlaan 8", "K. de Bruin (verzonnen)", "afval-erf", "Op het erf liggen koelkasten, hout en huisvuil.", "Artikel 4:13 verbiedt het erf zo te gebruiken dat het hinder of vervuiling geeft."),
		heard(b+2), decided(b+17, waste, byCollege), []scene{
			{b + 30, access.Lawyer, "object", &Objection{Against: "order", Received: b + 29, By: "K. de Bruin (verzonnen)", Words: "De termijn is te kort.", Committee: true, Told: true}},
		})
	c := today - 22
	drafted := join(opening(c, "Noordvliet 20", "Vof De Kade (verzonnen)", "afval-erf", "Bouwafval naast de loods, ook op de stoep.", "Artikel 4:13 verbiedt dit gebruik van het erf."), heard(c+1), []scene{{c + 16, access.Lawyer, "draft", waste}})
	d := today - 12
	waiting := join(opening(d, "Hoogstraat 3", "Café Zicht (verzonnen)", "terras-zonder-vergunning", "Op de stoep staan zes tafels zonder vergunning.", "Artikel 2:10 vraagt een vergunning voor een terras."),
		[]scene{{d + 4, access.Lawyer, "intend", &Intention{Sent: d + 4, ViewDays: 14}}})
	reported := []scene{{today - 1, access.Officer, "report", &Report{Place: "Marnixlaan 61", Offender: "onbekend, bewoner", Address: "Marnixlaan 61, Maassluis", Seen: deadlines.OnDay(today - 1),
		Facts: "Drie meldingen van buren over harde muziek; bij aankomst was het stil.", Source: "resident", Lead: lawyer, Deputy: deputy}},
		{today - 1, access.Lawyer, "involve", &Involve{Account: officer, Why: "Controleert in het weekend"}}}
	return [][]scene{forfeitedFile, running, drafted, waiting, reported}
}

func join(parts ...[]scene) (out []scene) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
