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

// stories are files in every stage in which people meet them. Names and addresses are
// made up.
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
	grounded := opening(today-4, "Kerkweg 31", "H. van Beek (verzonnen)", "afval-erf", "In de voortuin staan drie oude wasmachines en een bank.", "Artikel 4:13 verbiedt het erf zo te gebruiken dat het hinder of vervuiling geeft.")
	e := today - 25
	checkedFile := join(opening(e, "Lijnbaan 22", "P. Schouten (verzonnen)", "geluid-woning", "Muziek en geschreeuw tot 02.30 uur.", "Artikel 2:79 verbiedt herhaaldelijke ernstige hinder vanuit een woning."), heard(e+1), []scene{
		{e + 16, access.Lawyer, "draft", sound}, {e + 17, access.EnforcementCo, "check", &Check{Outcome: "approved"}}})
	f := today - 27
	signedFile := join(opening(f, "Vlietkade 18", "Aannemer Bouwlust (verzonnen)", "afval-erf", "Puin en isolatie liggen op het erf en waaien weg.", "Artikel 4:13 verbiedt dit gebruik van het erf."), heard(f+1), []scene{
		{f + 16, access.Lawyer, "draft", waste}, {f + 17, access.EnforcementCo, "check", &Check{Outcome: "approved"}}, {f + 18, access.Mayor, "sign", &Sign{Mandate: byCollege, Read: true}}})
	g := today - 95
	recovering := join(opening(g, "Molenweg 6", "D. Mulder (verzonnen)", "geluid-woning", "Feesten tot 04.00 uur, drie weekenden achter elkaar.", "Artikel 2:79 verbiedt herhaaldelijke ernstige hinder vanuit een woning."), heard(g+2), decided(g+18, sound, byMayor), []scene{
		{g + 80, access.Officer, "inspect", &Inspection{At: deadlines.OnDay(g + 80), Result: "breach", Words: "Om 23.40 uur muziek te horen op straat."}},
		{g + 81, access.Lawyer, "forfeit", &Forfeit{Inspection: 1}},
		{g + 90, access.Lawyer, "intend-recovery", &IntendRecovery{Sent: g + 90, ViewDays: 14}}})
	h := today - 400
	liftedFile := join(opening(h, "Torenweg 2", "S. Kok (verzonnen)", "geluid-woning", "Een installatie in de schuur is tot ver na middernacht te horen.", "Artikel 2:79 verbiedt herhaaldelijke ernstige hinder vanuit een woning."), heard(h+2), decided(h+18, sound, byMayor), []scene{
		{h + 60, access.Officer, "inspect", &Inspection{At: deadlines.OnDay(h + 60), Result: "complied", Words: "Een uur op straat geluisterd: het was stil."}},
		{h + 390, access.Lawyer, "lift", &Lift{On: h + 390, Why: "De last is een jaar van kracht en er is geen dwangsom verbeurd."}}})
	i := today - 180
	closedFile := join(opening(i, "Parklaan 40", "R. Vos (verzonnen)", "afval-erf", "Achter de garage ligt huisvuil in zakken.", "Artikel 4:13 verbiedt dit gebruik van het erf."), heard(i+2), decided(i+18, waste, byCollege), []scene{
		{i + 55, access.Officer, "inspect", &Inspection{At: deadlines.OnDay(i + 55), Result: "complied", Words: "Het erf is leeg en aangeveegd."}},
		{i + 110, access.Lawyer, "close", &Close{Outcome: "complied", Words: "De last is uitgevoerd en de termijn voor bezwaar is voorbij."}}})
	return [][]scene{forfeitedFile, running, drafted, waiting, reported, grounded, checkedFile, signedFile, recovering, liftedFile, closedFile}
}

func join(parts ...[]scene) (out []scene) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
