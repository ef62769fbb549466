package woonoverlast

import (
	"context"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// Demo fills an empty register with fictitious files in every state, each act by the
// person and at the moment at which it would be done. keep gives a keeper whose clock
// stands still.
func Demo(ctx context.Context, m *Room, keep func(time.Time) *work.Keeper, people map[string]work.Actor, now time.Time) error {
	for _, story := range stories(now, people) {
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
	scenes []measures.Scene
}

const days = 24 * time.Hour

func (t *tale) time(ago time.Duration) time.Time { return t.now.Add(-ago).Truncate(time.Minute) }

func (t *tale) at(ago time.Duration) deadlines.When { return deadlines.AtMoment(t.time(ago)) }

func (t *tale) day(ago time.Duration) deadlines.Day { return deadlines.DayOf(t.time(ago)) }

func (t *tale) do(ago time.Duration, role, act string, in any) *tale {
	t.scenes = append(t.scenes, measures.Scene{At: t.time(ago), Role: role, Act: act, In: in})
	return t
}

// logged is the first report, and two weeks of others, begun ago.
func (t *tale) logged(ago time.Duration, place, resident, role string) *tale {
	t.do(ago, access.Adviser, "report", &Report{Place: place, Resident: resident, Role: role, At: t.at(ago + 9*time.Hour), Nature: "noise", Words: "Harde muziek tot half vier in de nacht.", Source: "neighbour",
		Reporter: "A. Buur (verzonnen), Voorbeeldpad 16", Lead: t.people[access.Adviser].Account, Deputy: t.people[access.Lawyer].Account})
	t.do(ago-6*days, access.Adviser, "incident", &Incident{At: t.at(ago - 6*days + 10*time.Hour), Nature: "visitors", Words: "Tien bezoekers schreeuwden na middernacht in het trappenhuis.", Source: "neighbour", Reporter: "C. Omwoner (verzonnen), Voorbeeldpad 18"})
	return t.do(ago-16*days, access.Adviser, "incident", &Incident{At: t.at(ago - 16*days + 8*time.Hour), Nature: "noise", Words: "Een toezichthouder hoorde op straat harde muziek uit de woning.", Source: "officer", Reporter: "Toezichthouder 12"})
}

// warned is what was tried, and the warning.
func (t *tale) warned(ago time.Duration) *tale {
	t.do(ago+7*days, access.Adviser, "try", &Attempt{Kind: "talk", On: t.day(ago + 7*days), By: "het wijkteam", Words: "U beloofde de muziek zachter te zetten.", Result: "short-effect"})
	t.do(ago+4*days, access.Adviser, "try", &Attempt{Kind: "mediation", On: t.day(ago + 4*days), By: "Buurtbemiddeling (verzonnen)", Words: "U kwam niet naar het gesprek.", Result: "declined"})
	return t.do(ago, access.Adviser, "warn", &Warning{Sent: t.day(ago), Until: t.day(ago - 14*days), Words: "Na 22.00 uur is er buiten uw woning geen muziek meer te horen, en uw bezoek is stil in het trappenhuis."})
}

// heard is the intention, with the rules and the balance.
func (t *tale) heard(ago time.Duration) *tale {
	t.do(ago+2*time.Hour, access.Adviser, "conduct", &Rule{Code: "muziek-nacht"})
	t.do(ago+2*time.Hour, access.Adviser, "conduct", &Rule{Code: "bezoek"})
	t.do(ago+time.Hour, access.Adviser, "weigh", &Weighing{Serious: "De buren slapen al weken slecht; het gaat om meerdere adressen.", Lighter: "Gesprek, bemiddeling en waarschuwing hielpen niet.", Blame: "U kunt de muziek zelf zachter zetten.",
		Care: "Het wijkteam kent geen medische reden.", Minors: "Er wonen geen kinderen.", Home: "U houdt uw woning; de regels raken alleen de nacht.", Balance: "De rust van de buren weegt zwaarder dan muziek in de nacht."})
	return t.do(ago, access.Lawyer, "intend", &Intention{Sent: t.day(ago), ViewDays: 14})
}

// proposed is the Zienswijze and the draft.
func (t *tale) proposed(ago time.Duration) *tale {
	t.do(ago+days, access.Lawyer, "view", &View{Received: t.day(ago + days), How: "oral", Words: "U zegt dat het meevalt.", Answer: "Drie meldingen, waarvan een van een toezichthouder, laten iets anders zien."})
	return t.do(ago, access.Lawyer, "draft", &Draft{Facts: "Sinds enkele weken is er in de nacht harde muziek en luid bezoek.", Enforce: "dwangsom", Amount: 25000, Maximum: 250000, Months: 6, Weeks: 8})
}

// ordered is the decision of the mayor and its Bekendmaking on the next day.
func (t *tale) ordered(ago time.Duration) *tale {
	return t.do(ago+days, access.Mayor, "decide", &Decision{Capacity: "mayor", Serious: true, Last: true}).
		do(ago, access.Lawyer, "publish", &Publication{On: t.day(ago), How: "both", Proof: "Akte van uitreiking (voorbeeld)"})
}

// whole is a file up to the Bekendmaking, ago.
func (t *tale) whole(ago time.Duration, place, resident, role string) *tale {
	return t.logged(ago+75*days, place, resident, role).warned(ago + 45*days).heard(ago + 25*days).proposed(ago + 5*days).ordered(ago)
}

// breached is an inspection that saw a breach.
func (t *tale) breached(ago time.Duration, rule string) *tale {
	return t.do(ago, access.EnforcementCo, "inspect", &Inspection{At: t.at(ago + time.Hour), Rule: rule, Result: "breach", Words: "Vijf minuten op straat geluisterd: muziek duidelijk te horen."})
}

// banned is a ban that was handed over, ago.
func (t *tale) banned(ago time.Duration) *tale {
	return t.banDrafted(ago+6*time.Hour).
		do(ago+3*time.Hour, access.Mayor, "ban", &BanDecision{At: t.at(ago + 3*time.Hour), Capacity: "mayor", Needed: true}).
		do(ago, access.Lawyer, "announce", &Announcement{At: t.at(ago + 10*time.Minute), Proof: "Akte van uitreiking (voorbeeld)"})
}

func (t *tale) banDrafted(ago time.Duration) *tale {
	return t.do(ago, access.Lawyer, "ban-draft", &BanDraft{Born: deadlines.Date(1984, time.April, 3), Facts: "U gaf ondanks de aanwijzing drie nachten achter elkaar een feest.", Why: "De dwangsom hielp niet; de buren hebben nu rust nodig.",
		Shelter: "U kunt bij uw broer terecht.", Minors: "Er wonen geen kinderen.", Heard: "U bent gebeld en wilt geen verbod."})
}

// stories are files in the states in which people meet them. Names and addresses are made
// up.
func stories(now time.Time, people map[string]work.Actor) [][]measures.Scene {
	begin := func() *tale { return &tale{now: now, people: people} }
	var out [][]measures.Scene
	tell := func(t *tale) { out = append(out, t.scenes) }

	tell(begin().logged(20*days, "Zeemansdreef 4", "J. Voorbeeld", "tenant"))
	tell(begin().logged(60*days, "Boeierstraat 11", "K. Voorbeeld", "owner").warned(9 * days))
	tell(begin().logged(70*days, "Klipperpad 2", "L. Voorbeeld", "tenant").warned(30 * days).heard(6 * days))
	tell(begin().logged(80*days, "Tjalkhof 9", "M. Voorbeeld", "tenant").warned(45 * days).heard(20 * days).proposed(2 * days))
	tell(begin().logged(95*days, "Kotterweg 7", "N. Voorbeeld", "lets").warned(60*days).heard(40*days).proposed(12*days).
		do(10*days, access.Mayor, "refuse", &Refusal{Capacity: "mayor", Why: "De verhuurder heeft de huur opgezegd; de overlast stopt daarmee."}))
	tell(begin().logged(85*days, "Botterlaan 31", "O. Voorbeeld", "owner").warned(50*days).heard(25*days).proposed(3*days).
		do(days, access.Mayor, "decide", &Decision{Capacity: "deputy", Serious: true, Last: true}))
	tell(begin().whole(30*days, "Aakstraat 3", "P. Voorbeeld", "tenant").
		do(29*days, access.Adviser, "involve", &Involve{Account: people[access.EnforcementCo].Account, Why: "Doet de controles"}).
		breached(12*days, "1").do(11*days, access.Lawyer, "forfeit", &Forfeit{Inspection: 1}))
	tell(begin().whole(40*days, "Punterhof 8", "Q. Voorbeeld", "tenant").
		do(39*days, access.Adviser, "involve", &Involve{Account: people[access.EnforcementCo].Account, Why: "Doet de controles"}).
		breached(9*days, "2").banned(4*days).
		do(4*days-time.Hour, access.Lawyer, "counsel", &Counsel{At: begin().at(4*days - 30*time.Minute), Wanted: true}))
	tell(begin().whole(45*days, "Schokkerpad 5", "R. Voorbeeld", "owner").
		do(44*days, access.Adviser, "involve", &Involve{Account: people[access.EnforcementCo].Account, Why: "Doet de controles"}).
		breached(5*days, "1").banDrafted(3 * time.Hour))
	s := begin().whole(35*days, "Jachtlaan 12", "S. Voorbeeld", "tenant")
	tell(s.do(25*days, access.Lawyer, "object", &Objection{Received: s.day(25 * days), By: "S. Voorbeeld", Words: "De regels zijn te streng."}).
		do(24*days, access.Lawyer, "relief", &Relief{Against: "order", Received: s.day(24 * days)}).
		do(10*days, access.Lawyer, "rule-relief", &RuleRelief{Against: "order", At: s.at(10*days + time.Hour), Outcome: "suspended", PerGround: measures.PerGround{Fell: []string{"balance"}}, Grounds: "De afweging noemt de zorg voor de bewoner niet."}))
	tell(begin().whole(50*days, "Sloepstraat 6", "T. Voorbeeld", "tenant").
		do(3*days, access.Mayor, "withdraw", &Withdrawal{Capacity: "mayor", Why: "U bent verhuisd."}))
	l := begin().whole(160*days, "Galjootkade 14", "U. Voorbeeld", "tenant")
	tell(l.do(30*days, access.Adviser, "evaluate", &Evaluation{On: l.day(30 * days), Words: "Er was in deze maanden nog twee keer harde muziek.", Neighbours: "Het is beter, maar nog niet goed.", Outcome: "extend"}).
		do(5*days, access.Mayor, "prolong", &Prolongation{Until: l.day(-110 * days), Capacity: "mayor", Heard: "U zegt dat het bij twee keer is gebleven.", Why: "De hinder is minder, maar niet weg. De regels zijn nog nodig."}).
		do(4*days, access.Lawyer, "serve", &Serving{What: "order", At: l.at(4*days + time.Hour), How: "handed", Proof: "Akte van uitreiking (voorbeeld)"}))
	v := begin().whole(200*days, "Lichterweg 20", "V. Voorbeeld", "tenant")
	tell(v.do(146*days, access.Adviser, "evaluate", &Evaluation{On: v.day(146 * days), Words: "Geen overtredingen gezien.", Neighbours: "Het is rustig.", Outcome: "stop"}).
		do(10*days, access.Adviser, "end", &End{Words: "Het bleef rustig. U hebt zich aan de regels gehouden."}).
		do(9*days, access.Lawyer, "close", &Close{Outcome: "ended", Words: "Er loopt niets meer."}))
	return out
}
