package gebiedsverbod

import (
	"context"
	"fmt"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/text"
)

// The areas of the demo, in the made-up streets within the real borders.
const (
	koningshoek = "75850 438250\n76000 438800\n76350 438700\n76150 438150"
	haven       = "77000 437600\n77050 437760\n77400 437720\n77460 437380\n77180 437300"
	tonplein    = "76120 437060\n76200 437500\n76700 437250\n76450 436950"
)

// Demo fills an empty register with fictitious files in every state, each act by the
// person and at the moment at which it would be done. keep gives a keeper whose clock
// stands still. A municipality whose borders are not known gets no files: no area would
// be taken.
func Demo(ctx context.Context, m *Room, keep func(time.Time) *work.Keeper, people map[string]work.Actor, now time.Time) error {
	err := m.Office.Keep.See(ctx, work.System("demo"), Purpose, func(u *work.Unit) error {
		_, err := m.Terrain(u)
		return err
	})
	if err != nil {
		return err
	}
	ground := m.Law.Kind.New(dossier.Head{}).Ground
	if ground.fits(koningshoek, ground.Listed(koningshoek)) != nil {
		return nil
	}
	for _, story := range stories(now, people, ground) {
		if err := m.Play(ctx, keep, people, now, story); err != nil {
			return err
		}
	}
	return nil
}

// tale is a story under way. Its days are counted back from now.
type tale struct {
	now    time.Time
	people map[string]work.Actor
	ground *Ground
	scenes []measures.Scene
	minor  string // what is weighed for who is under age
}

const days = 24 * time.Hour

func (t *tale) time(ago time.Duration) time.Time { return t.now.Add(-ago).Truncate(time.Minute) }

func (t *tale) at(ago time.Duration) deadlines.When { return deadlines.AtMoment(t.time(ago)) }

func (t *tale) day(ago time.Duration) deadlines.Day { return deadlines.DayOf(t.time(ago)) }

func (t *tale) do(ago time.Duration, role, act string, in any) *tale {
	t.scenes = append(t.scenes, measures.Scene{At: t.time(ago), Role: role, Act: act, In: in})
	return t
}

// person is whom a story is about. Names and reports are made up.
type person struct {
	name, parent, place string
	born                deadlines.Day
}

// reported is the first disturbance, in a group and with a leading role.
func (t *tale) reported(ago time.Duration, x person) *tale {
	if deadlines.DayOf(t.now) < adultFrom(x.born) {
		t.minor = "School en sport liggen buiten het gebied. Dat is met de ouders besproken."
	}
	return t.do(ago, access.Adviser, "report", &Report{Person: x.name, Born: x.born, Parent: x.parent, Address: "Voorbeeldpad 12, 3140 AA Maassluis", Place: x.place, At: t.at(ago + 20*time.Hour),
		Words: "Een groep van acht viel winkelend publiek lastig en gooide met flessen. Deze persoon riep de anderen op.", Source: "police", Reference: "PL1700-2026-0000001 (verzonnen)",
		Serious: true, Group: true, Leading: true, Lead: t.people[access.Adviser].Account, Deputy: t.people[access.Lawyer].Account})
}

func (t *tale) again(ago time.Duration, words string) *tale {
	return t.do(ago, access.Adviser, "incident", &Incident{At: t.at(ago + 9*time.Hour), Words: words, Source: "officer", Reference: "Rapport toezicht 41 (verzonnen)", Group: true})
}

// aimed is the basis, the area and the limits.
func (t *tale) aimed(ago time.Duration, basis, outline string, l Limits) *tale {
	t.do(ago+3*time.Hour, access.Adviser, "basis", &Basis{Code: basis, Why: "De politie en de toezichthouders zagen bij meer dan een verstoring wie er voorop ging."})
	t.do(ago+2*time.Hour, access.Adviser, "area", &Area{Outline: outline, Streets: t.ground.Listed(outline)})
	who := "U"
	if basis == "child" {
		who = "Uw kind"
	}
	l.Home, l.Work, l.Care = who+" woont buiten het gebied.", who+" heeft geen werk of school in het gebied.", "De huisarts zit buiten het gebied. De apotheek in het gebied mag overdag, van 9.00 tot 12.00 uur."
	return t.do(ago+time.Hour, access.Adviser, "limits", &l)
}

// heard is the prosecutor, the balance and the intention.
func (t *tale) heard(ago time.Duration) *tale {
	t.do(ago+2*time.Hour, access.Adviser, "consult", &Consult{On: t.day(ago + 2*time.Hour), With: "Mr. A. Verzonnen, officier van justitie", Outcome: "no-order", Words: "Er loopt geen gedragsaanwijzing; het OM ziet geen bezwaar."})
	t.weighed(ago + time.Hour)
	return t.do(ago, access.Lawyer, "intend", &Intention{Sent: t.day(ago), ViewDays: 7})
}

func (t *tale) weighed(ago time.Duration) *tale {
	return t.do(ago, access.Adviser, "weigh", &Weighing{Fear: "Op sociale media kondigt de groep een nieuwe avond aan.", Lighter: "Gesprekken en een waarschuwing hielpen niet.", Size: "Alleen de straten waar het gebeurde, alleen op de uren waarop het gebeurde.",
		Minor: t.minor, Balance: "De rust van bewoners en ondernemers weegt zwaarder dan daar te zijn op deze uren."})
}

// proposed is the Zienswijze and the draft.
func (t *tale) proposed(ago time.Duration, d Draft) *tale {
	t.do(ago+12*time.Hour, access.Lawyer, "view", &View{Received: t.day(ago + 12*time.Hour), How: "oral", Words: "In het gesprek is gezegd dat het bij toekijken bleef.", Answer: "De camerabeelden en twee rapporten laten een leidende rol zien."})
	return t.drafted(ago, d)
}

func (t *tale) drafted(ago time.Duration, d Draft) *tale {
	d.Facts = "In de afgelopen weken is de orde meermalen verstoord."
	return t.do(ago, access.Lawyer, "draft", &d)
}

// ordered is the decision of the mayor and its Bekendmaking three hours later.
func (t *tale) ordered(ago time.Duration) *tale {
	return t.do(ago+3*time.Hour, access.Mayor, "decide", &Decision{Capacity: "mayor", Fear: true, Needed: true}).
		do(ago, access.Lawyer, "publish", &Publication{At: t.at(ago + 10*time.Minute), How: "handed", Proof: "Akte van uitreiking (voorbeeld)"})
}

// threeMonth is an order of 172a, made known ago.
func (t *tale) threeMonth(ago time.Duration, x person, outline string) *tale {
	return t.reported(ago+30*days, x).again(ago+24*days, "Dezelfde groep versperde de ingang van een winkel.").
		aimed(ago+20*days, "leading", outline, Limits{Days: "every", Hours: "18.00-06.00"}).heard(ago+18*days).proposed(ago+5*days, Draft{Stay: true, Group: true, Count: 3, Unit: "months"}).ordered(ago)
}

// stories are files in the states in which people meet them. Names and facts are made up.
func stories(now time.Time, people map[string]work.Actor, ground *Ground) [][]measures.Scene {
	begin := func() *tale { return &tale{now: now, people: people, ground: ground} }
	adult := func(name, place string) person {
		return person{name: name, place: place, born: deadlines.Date(1999, time.May, 14)}
	}
	var out [][]measures.Scene
	tell := func(t *tale) { out = append(out, t.scenes) }

	tell(begin().reported(2*days, adult("A. Voorbeeld", "Winkelcentrum Koningshoek")))
	tell(begin().reported(20*days, adult("B. Voorbeeld", "De haven")).again(14*days, "Deze persoon gooide vuurwerk naar toezichthouders.").
		aimed(10*days, "repeated", haven, Limits{Days: "weekend-nights", Hours: "20.00-06.00"}).heard(3 * days))
	tell(begin().reported(30*days, adult("C. Voorbeeld", "Tonplein en omgeving")).aimed(20*days, "serious", tonplein, Limits{Days: "every"}).heard(15*days).
		proposed(days, Draft{Stay: true, Count: 3, Unit: "months"}))
	tell(begin().reported(40*days, adult("D. Voorbeeld", "Winkelcentrum Koningshoek")).aimed(30*days, "leading", koningshoek, Limits{Days: "every"}).heard(25*days).
		proposed(12*days, Draft{Stay: true, Count: 2, Unit: "months"}).do(10*days, access.Mayor, "refuse", &Refusal{Capacity: "mayor", Why: "De groep is uit elkaar; de vrees voor nieuwe verstoring is weg."}))
	tell(begin().reported(25*days, adult("E. Voorbeeld", "De haven")).aimed(20*days, "leading", haven, Limits{Days: "every", Hours: "20.00-06.00"}).heard(15*days).
		proposed(2*days, Draft{Stay: true, Group: true, Count: 3, Unit: "months"}).do(6*time.Hour, access.Mayor, "decide", &Decision{Capacity: "deputy", Fear: true, Needed: true}))

	g := begin().threeMonth(35*days, person{name: "F. Voorbeeld", place: "Winkelcentrum Koningshoek", born: deadlines.DayOf(now).AddYears(-16), parent: "M. Voorbeeld (moeder)"}, koningshoek)
	street := ground.Listed(koningshoek)[0]
	g.do(34*days, access.Adviser, "involve", &Involve{Account: people[access.Officer].Account, Why: "Kent de groep"})
	g.do(12*days, access.Officer, "observe", &Observation{At: onHour(g.time(13*days), 21), Street: street, Result: "breach", Words: "Herkend van de kaart. Stond met vijf anderen bij de ingang.", Reference: "PV 2026-118 (verzonnen)"})
	tell(g.do(2*days, access.Mayor, "exempt", &Exemption{From: g.at(2*days - 6*days), Until: g.at(2*days - 6*days - 5*time.Hour), Where: "Rouwdienst, via de hoofdingang", Why: "Een begrafenis in de familie.", Capacity: "mayor"}))

	h := begin().threeMonth(85*days, adult("G. Voorbeeld", "De haven"), haven)
	h.again(20*days, "Met een groep van zes hinderde deze persoon de markt.")
	tell(h.do(10*days, access.Mayor, "extend", &Extension{Until: deadlines.AtMoment(threeMonths(threeMonths(h.time(85*days + 10*time.Minute)))), Capacity: "mayor", Fear: true,
		Heard: "U bent gebeld en vindt het onterecht.", Why: "De markt is twee keer verstoord en er is weer een oproep."}).
		do(9*days, access.Lawyer, "serve", &Serving{What: "extension", At: h.at(9*days + 20*time.Minute), How: "handed", Proof: "Akte van uitreiking (voorbeeld)"}))

	l := begin().reported(20*time.Hour, adult("H. Voorbeeld", "Tonplein en omgeving")).aimed(14*time.Hour, "light", tonplein, Limits{Days: "every"})
	tell(l.do(13*time.Hour, access.Adviser, "skip", &Skip{Ground: "urgent", Why: "De groep is op dit moment op straat."}).weighed(12*time.Hour).
		drafted(11*time.Hour, Draft{Stay: true, Count: 48, Unit: "hours"}).ordered(6 * time.Hour))

	s := begin().reported(60*days, adult("I. Voorbeeld", "Sportterrein Tonplein")).do(58*days, access.Adviser, "origin", &Origin{Kind: "sanction", From: "Voetbalbond (voorbeeld)", On: deadlines.DayOf(now.Add(-59 * days)), Words: "Stadionverbod na geweld langs de lijn."})
	s.aimed(50*days, "sanction", tonplein, Limits{Days: "every"}).do(49*days, access.Adviser, "duty", &Duty{Where: "Stadhuis, Koningshoek 93050", Times: []string{"Op elke speeldag om 14.30 uur"}})
	s.heard(45*days).proposed(30*days, Draft{Stay: true, Unit: "moments", Moments: moments(deadlines.DayOf(now)+3, 8)}).ordered(28 * days)
	tell(s)

	q := begin().reported(12*days, adult("O. Voorbeeld", "De haven"))
	tell(q.do(11*days, access.Adviser, "origin", &Origin{Kind: "request", From: "Gemeente Voorbeeldstad (verzonnen)", On: q.day(11 * days), Words: "De burgemeester daar vraagt om hetzelfde gebied hier, want de groep is uitgeweken."}).
		aimed(8*days, "request", haven, Limits{Days: "weekend", Hours: "18.00-06.00"}).heard(2 * days))

	c := begin().reported(30*days, person{name: "J. Voorbeeld", place: "De haven", born: deadlines.DayOf(now).AddYears(-10), parent: "K. Voorbeeld (vader)"}).again(25*days, "Met drie andere kinderen werden ruiten ingegooid.").
		aimed(20*days, "child", haven, Limits{Days: "every", Hours: "20.00-06.00"}).weighed(19*days).do(18*days, access.Lawyer, "intend", &Intention{Sent: deadlines.DayOf(now.Add(-18 * days)), ViewDays: 7})
	tell(c.proposed(6*days, Draft{Accompany: true, Indoors: true, Count: 2, Unit: "months"}).ordered(4 * days))

	p := begin().threeMonth(50*days, adult("L. Voorbeeld", "Winkelcentrum Koningshoek"), koningshoek)
	tell(p.do(45*days, access.Lawyer, "object", &Objection{Received: p.day(45 * days), By: "L. Voorbeeld", Words: "Ik woon er om de hoek."}).
		do(44*days, access.Lawyer, "relief", &Relief{Received: p.day(44 * days)}).
		do(30*days, access.Lawyer, "rule-relief", &RuleRelief{At: p.at(30*days + time.Hour), Outcome: "suspended", PerGround: measures.PerGround{Fell: []string{"home"}}, Grounds: "De weg naar huis is niet vrijgelaten."}))

	w := begin().threeMonth(60*days, adult("M. Voorbeeld", "De haven"), haven)
	tell(w.do(15*days, access.Mayor, "change", &Change{Outline: koningshoek, Streets: ground.Listed(koningshoek), Days: "every", Hours: "18.00-06.00", Why: "De groep is verplaatst naar het winkelcentrum.", Heard: "U bent gehoord op het stadhuis.", Capacity: "mayor"}).
		do(14*days, access.Lawyer, "serve", &Serving{What: "change", At: w.at(14*days + time.Hour), How: "handed", Proof: "Akte van uitreiking (voorbeeld)"}).
		do(3*days, access.Mayor, "withdraw", &Withdrawal{Capacity: "mayor", Why: "Er is twee maanden geen verstoring geweest en de begeleiding loopt goed."}))

	z := begin().reported(200*days, adult("N. Voorbeeld", "De haven")).aimed(190*days, "apv", haven, Limits{Days: "every"}).do(188*days, access.Lawyer, "skip", &Skip{Ground: "urgent", Why: "De verstoring duurde voort."}).weighed(187*days).
		drafted(186*days, Draft{Stay: true, Count: 24, Unit: "hours"}).ordered(185 * days)
	tell(z.do(180*days, access.Adviser, "end", &End{Words: "Niet meer in het gebied gezien."}).do(179*days, access.Lawyer, "close", &Close{Outcome: "ended", Words: "Er loopt niets meer."}))
	return out
}

// onHour is the same day at an hour.
func onHour(t time.Time, hour int) deadlines.When {
	l := t.In(text.Amsterdam)
	return deadlines.AtMoment(time.Date(l.Year(), l.Month(), l.Day(), hour, 15, 0, 0, text.Amsterdam))
}

// moments are set moments from a day on, one a week.
func moments(first deadlines.Day, n int) string {
	out := ""
	for i := range n {
		out += fmt.Sprintf("%s 12.00-20.00\n", (first + deadlines.Day(7*i)).Midnight().In(text.Amsterdam).Format("02-01-2006"))
	}
	return out
}
