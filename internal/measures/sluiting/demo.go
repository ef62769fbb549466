package sluiting

import (
	"context"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// example is the policy that the program carries; the stories fit it and no other.
const example = "sluiting-voorbeeld-2026"

// Demo fills an empty register with fictitious closures in every state, each act by the
// person and on the day on which it would be done. keep gives a keeper whose clock stands
// still.
func Demo(ctx context.Context, m *Room, keep func(time.Time) *work.Keeper, people map[string]work.Actor, now time.Time) error {
	if policies := m.Law.Kind.New(dossier.Head{}).Policies; len(policies) != 1 || policies[0].ID != example {
		return nil // the municipality's own rules: these stories would not fit them
	}
	for _, story := range stories(deadlines.DayOf(now), people) {
		if err := m.Play(ctx, keep, people, now, story); err != nil {
			return err
		}
	}
	return nil
}

// tale is a story under way: its finding was on a day before today.
type tale struct {
	found  deadlines.Day
	people map[string]work.Actor
	scenes []measures.Scene
}

// day is a number of days after the finding.
func (t *tale) day(n int) deadlines.Day { return t.found + deadlines.Day(n) }

// half is half past ten on a day after the finding.
func (t *tale) half(n int) deadlines.When {
	return deadlines.AtMoment(t.day(n).Midnight().Add(10*time.Hour + 30*time.Minute))
}

// do is an act at eleven on a day after the finding.
func (t *tale) do(n int, role, act string, in any) *tale {
	t.scenes = append(t.scenes, measures.Scene{At: t.day(n).Midnight().Add(11 * time.Hour), Role: role, Act: act, In: in})
	return t
}

func (t *tale) reported(after int, kind, object, place, person, facts string) *tale {
	return t.do(after, access.Lawyer, "report", &Report{Type: kind, Place: place, Object: object, Person: person, Address: place + ", Maassluis", Found: t.found, Dated: t.day(after - 1), Received: t.day(after),
		Reference: "PL1700 (voorbeeld)", Facts: facts, Lead: t.people[access.Lawyer].Account, Deputy: t.people[access.Adviser].Account})
}

const landlordName = "Woonstichting Verzonnen"

// home is a dwelling with hard drugs, a tenant and a child, of which the power is known.
func (t *tale) home(place, person string) *tale {
	return t.reported(6, Opium, "dwelling", place, person, "In de keuken lagen cocaïne in verkoopzakjes, een weegschaal en contant geld.").
		do(7, access.Lawyer, "find", &Find{Limb: "trade", List: "I", HardGram: "42,5", Trade: "De hoeveelheid is veel meer dan voor eigen gebruik en was verpakt voor verkoop.", Signs: []string{"Weegschaal", "Contant geld", "Aanloop in de avond"}}).
		do(7, access.Lawyer, "residents", &Residents{Adults: []string{person + ", huurder"}, Minors: []string{"Sem (verzonnen), 7 jaar"}, Holder: "tenant", Landlord: landlordName, Source: "brp"}).
		do(7, access.Lawyer, "registry", &Registry{On: t.day(7), Reference: "MSS01 B 1234 (voorbeeld)", RightHolders: []string{landlordName}})
}

func (t *tale) intended() *tale {
	return t.do(8, access.Lawyer, "intend", &Intention{Sent: t.day(8), ViewDays: 14})
}

// weighed is heard and tested.
func (t *tale) weighed() *tale {
	return t.do(20, access.Lawyer, "view", &View{Received: t.day(19), How: "written", Words: "U zegt dat de drugs van een vriend waren en dat uw zoon hier naar school gaat.", Answer: "De drugs lagen in uw eigen keuken, in zakjes. Voor uw zoon is een plek gevonden bij zijn moeder, dicht bij dezelfde school."}).
		do(21, access.Lawyer, "weigh", test(true))
}

func test(home bool) *Weighing {
	w := &Weighing{Aim: "Het pand uit het drugscircuit halen en de rust in de straat terugbrengen.", Seriousness: "Een handelshoeveelheid harddrugs, verkocht vanuit het pand.", Lighter: "Een waarschuwing of dwangsom haalt de bekendheid van het pand bij kopers niet weg.",
		Area: "De straat ligt naast een basisschool; er waren vijf meldingen in een half jaar.", Delay: "De aanloop ging na de vondst door; sluiten is nog steeds nodig.", Blame: "U wist ervan.",
		Duration: "Een kortere sluiting maakt het pand niet onbekend bij kopers.", Outcome: "Het belang van de buurt weegt zwaarder dan uw belang."}
	if home {
		w.Tie, w.Medical, w.Minors = "De woning is niet aangepast en er is geen mantelzorg in de buurt.", "Van medische redenen is niets gebleken.", "Uw zoon van zeven slaapt bij zijn moeder en blijft op dezelfde school."
		w.Housing, w.Lease, w.Blacklist = "U kunt bij uw broer terecht; het wijkteam hielp zoeken.", "De verhuurder heeft nog niet gezegd of zij de huur ontbindt.", "De verhuurder plaatst u niet op een lijst."
	}
	return w
}

// drafted, checked, signed and ordered are the days after the test.
func (t *tale) drafted() *tale {
	return t.do(22, access.Lawyer, "draft", &Draft{Cell: "W-H-1", Outcome: "closure", Summary: "In uw woning zijn drugs gevonden die voor de verkoop waren. Daarom moet u de woning uit.", Length: 3, Unit: "months", Course: "ordinary", Days: 7,
		Measures: []string{"De woning verlaten, met wie er wonen en met huisdieren", "Gas, water en ramen afsluiten", "De sleutels inleveren bij de gemeente"}, Costs: "offender"})
}

func (t *tale) checked() *tale {
	return t.do(23, access.Adviser, "check", &Check{Outcome: "approved"})
}

func (t *tale) signed() *tale {
	return t.do(24, access.Mayor, "sign", &Signing{Capacity: "mayor", Weighed: true})
}

func (t *tale) ordered() *tale {
	person := t.scenes[0].In.(*Report).Person
	return t.do(25, access.Lawyer, "publish", &Publication{On: t.day(25), How: "handed", To: []string{person, landlordName}, Proof: "Akte van uitreiking (voorbeeld)"}).
		do(26, access.Lawyer, "landlord", &LandlordNotice{On: t.day(26), How: "post", Intention: "talks"})
}

func (t *tale) sealed() *tale {
	return t.do(33, access.Lawyer, "seal", &Sealing{At: t.half(33), How: "sealed", By: []string{"Team handhaving (verzonnen)", "Slotenmaker"}, Record: "De woning was leeg. Cilinders vervangen, zegels op de voor- en achterdeur, bord geplaatst.", Authorisation: "Machtiging (voorbeeld) nr. 12"})
}

const owner = "B.V. Vastgoed (verzonnen)"

// pub is a bar of which everything is ready for an urgent draft.
func (t *tale) pub(place, person string) *tale {
	return t.reported(1, Opium, "premises-public", place, person, "Onder de bar lagen tachtig pillen en 60 gram cocaïne. Gasten kochten ze bij de uitbater.").
		do(1, access.Lawyer, "find", &Find{Limb: "trade", List: "I", HardGram: "60", HardUnits: 80, Sold: true, Trade: "De verkoop aan gasten is gezien.", Signs: []string{"Weegschaal", "Lijst met namen"}}).
		do(1, access.Lawyer, "registry", &Registry{On: t.day(1), Reference: "MSS01 A 77 (voorbeeld)", RightHolders: []string{owner}}).
		do(1, access.Lawyer, "skip", &Skip{Ground: "urgent", Why: "De verkoop gaat elke avond door."}).
		do(1, access.Lawyer, "weigh", test(false))
}

func (t *tale) pubOrdered(course string) *tale {
	person := t.scenes[0].In.(*Report).Person
	return t.do(2, access.Lawyer, "draft", &Draft{Cell: "P-H-1", Outcome: "closure", Summary: "In uw zaak zijn drugs verkocht. Daarom gaat de zaak meteen dicht.", Length: 6, Unit: "months", Course: course, Urgency: "De verkoop gaat elke avond door; wachten is niet verantwoord.",
		Measures: []string{"De zaak verlaten en gesloten houden"}, Costs: "offender"}).
		do(2, access.Adviser, "check", &Check{Outcome: "approved"}).
		do(3, access.Mayor, "sign-urgent", &SigningUrgent{Capacity: "mayor", Weighed: true}).
		do(3, access.Lawyer, "publish", &Publication{On: t.day(3), How: "handed", To: []string{person, owner}, Proof: "Akte van uitreiking (voorbeeld)"})
}

// stories are closures in the states in which people meet them. Names and addresses are
// made up.
func stories(today deadlines.Day, people map[string]work.Actor) [][]measures.Scene {
	begin := func(ago int) *tale { return &tale{found: today - deadlines.Day(ago), people: people} }
	var out [][]measures.Scene
	tell := func(t *tale) { out = append(out, t.scenes) }

	tell(begin(5).reported(4, Opium, "grounds", "Zuiddijk 120", "P. Verzonnen", "In een container op het erf stonden 64 hennepplanten."))
	tell(begin(9).home("Dr. Kuyperkade 61", "L. Verzonnen"))
	tell(begin(16).home("Boogertstraat 33", "K. Verzonnen").intended())
	tell(begin(23).home("Wipstraat 14", "R. Verzonnen").intended().weighed().drafted())
	tell(begin(24).home("Stadhouderspad 9", "T. Verzonnen").intended().weighed().drafted().checked())
	tell(begin(25).home("Talmastraat 72", "S. Verzonnen").intended().weighed().drafted().checked().signed())

	warnedTale := begin(30)
	tell(warnedTale.reported(6, Opium, "dwelling", "Piersonstraat 18", "W. Verzonnen", "Op zolder stonden twaalf hennepplanten.").
		do(7, access.Lawyer, "find", &Find{Limb: "trade", List: "II", Plants: 12, Trade: "Het waren er meer dan vijf."}).
		do(8, access.Lawyer, "draft", &Draft{Cell: "W-S-1", Outcome: "warning", Summary: "Bij u thuis stonden hennepplanten.", Measures: []string{"Geen hennep meer kweken of bewaren"}}).
		do(9, access.Adviser, "check", &Check{Outcome: "approved"}).do(10, access.Mayor, "warn", &SigningWarning{Capacity: "mayor", Weighed: true}).
		do(11, access.Lawyer, "publish", &Publication{On: warnedTale.day(11), How: "registered", To: []string{"W. Verzonnen"}, Proof: "Aangetekend (voorbeeld)"}))

	held := begin(29).home("Mozartlaan 210", "D. Verzonnen").intended().weighed().drafted().checked().signed().ordered()
	tell(held.do(27, access.Lawyer, "object", &Objection{Against: "order", Received: held.day(27), By: "D. Verzonnen", Words: "De sluiting treft zijn zoon te hard.", Committee: true, Told: true}).
		do(28, access.Lawyer, "relief", &Relief{Asked: held.day(28), Held: "held", Why: "De gemeente wacht altijd op de rechter bij een woning."}))

	bar := begin(40).pub("Noordvliet 5", "Vof De Kade (verzonnen)").pubOrdered("urgent")
	tell(bar.do(4, access.Lawyer, "seal", &Sealing{At: bar.half(4), How: "sealed", By: []string{"Team handhaving (verzonnen)"}, Record: "De uitbater gaf de sleutels. Zegels geplaatst."}).
		do(5, access.Lawyer, "involve", &Involve{Account: people[access.Officer].Account, Why: "Let op het zegel"}).
		do(6, access.Lawyer, "wkpb", &Wkpb{On: bar.day(6), Outcome: "unclear", Words: "Nagevraagd bij het Kadaster; antwoord volgt."}).
		do(20, access.Officer, "seal-broken", &SealBreak{At: bar.half(20), What: "broken", Words: "Het zegel aan de achterkant was doorgesneden.", Reported: "PL1700 (voorbeeld)", Resealed: true}).
		do(25, access.Lawyer, "costs", &Costs{On: bar.day(25), Items: []string{"Slotenmaker € 310", "Zegels en bord € 65"}, Amount: 37500, Reasonable: "U had het zelf kunnen doen en wist van de verkoop.", Proof: "Aangetekend (voorbeeld)"}).
		do(30, access.Lawyer, "request", &Request{Received: bar.day(30), From: owner, Words: "Er is een nieuwe huurder voor het pand."}))

	order := begin(20)
	tell(order.reported(1, Order, "dwelling", "Fenacoliuslaan 44", "M. Verzonnen", "Om 03.10 uur ontplofte een explosief bij de voordeur. De ruiten van drie woningen braken.").
		do(1, access.Lawyer, "disturbance", &Disturbance{Ground: "violence", Reach: "disturbed", Facts: "De explosie bracht bewoners in gevaar; de politie verwacht herhaling."}).
		do(1, access.Lawyer, "residents", &Residents{Adults: []string{"M. Verzonnen, huurder"}, Holder: "tenant", Landlord: landlordName, Source: "brp"}).
		do(1, access.Lawyer, "registry", &Registry{On: order.day(1), Reference: "MSS01 C 9 (voorbeeld)", RightHolders: []string{landlordName}}).
		do(1, access.Lawyer, "skip", &Skip{Ground: "urgent", Why: "Een tweede explosie dreigt."}).
		do(1, access.Lawyer, "weigh", &Weighing{Aim: "Een nieuwe explosie voorkomen.", Seriousness: "Een explosie in een straat met gezinnen.", Lighter: "Toezicht en een camera zijn niet genoeg.", Area: "Rijtjeswoningen, slaapkamers aan de straat.", Delay: "De dreiging is er nog.", Blame: "U bent doelwit en wilt niet zeggen waarom.",
			Tie: "Van een bijzondere band is niet gebleken.", Medical: "Van medische redenen is niet gebleken.", Housing: "U kunt bij familie terecht.", Duration: "Vier weken, zoals het beleid zegt.", Outcome: "De veiligheid van de straat weegt zwaarder.", Blank: "Huur en lijsten zijn in een dag niet na te gaan; er wonen geen kinderen."}).
		do(1, access.Lawyer, "draft", &Draft{Cell: "O-B-1", Outcome: "closure", Summary: "Bij uw woning was een explosie. Om nieuw gevaar te voorkomen gaat de woning meteen dicht.", Length: 4, Unit: "weeks", Course: "urgent", Urgency: "Een tweede explosie dreigt.", Measures: []string{"De woning verlaten"}, Costs: "nobody"}).
		do(1, access.Adviser, "check", &Check{Outcome: "approved"}).do(1, access.Mayor, "sign-urgent", &SigningUrgent{Capacity: "deputy", Weighed: true}).
		do(1, access.Lawyer, "publish", &Publication{On: order.day(1), How: "handed", To: []string{"M. Verzonnen", landlordName}, Proof: "Akte van uitreiking (voorbeeld)"}).
		do(2, access.Lawyer, "seal", &Sealing{At: order.half(2), How: "self", By: []string{"Team handhaving (verzonnen)"}, Record: "De bewoner vertrok en gaf de sleutels."}).
		do(15, access.Mayor, "extend", &Extension{Length: 2, Unit: "weeks", Fear: "Er kwam een nieuwe bedreiging binnen.", Heard: "U wilt terug, maar begrijpt het.", Balance: "Twee weken is te overzien; u bent bij familie.", Capacity: "mayor"}).
		do(16, access.Lawyer, "serve", &Serving{On: order.day(16), How: "handed", Proof: "Akte van uitreiking (voorbeeld)"}))

	off := begin(30).pub("Haven 12", "Café Zicht (verzonnen)")
	off.do(1, access.Lawyer, "seal-at-once", &SealingAtOnce{Why: "Tijdens de controle werd de uitbater bedreigd.", At: off.half(1), How: "sealed", By: []string{"Team handhaving (verzonnen)"}, Record: "Gasten naar buiten, deuren verzegeld."}).pubOrdered("at-once")
	tell(off.do(5, access.Lawyer, "object", &Objection{Against: "order", Received: off.day(5), By: "Café Zicht (verzonnen)", Words: "Zes maanden is het einde van de zaak."}).
		do(5, access.Lawyer, "relief", &Relief{Asked: off.day(5), Held: "not-held", Why: "De zaak is al dicht."}).
		do(14, access.Lawyer, "rule-relief", &RuleRelief{On: off.day(14), Outcome: "suspended", PerGround: measures.PerGround{Fell: []string{"necessity"}}, Grounds: "Waarom een kortere sluiting niet genoeg is, staat er niet."}).
		do(14, access.Lawyer, "unseal", &Unsealing{At: off.half(14), To: "Café Zicht (verzonnen)", By: []string{"Team handhaving (verzonnen)"}}))

	over := begin(150).home("Lange Boonestraat 7", "B. Verzonnen").intended().weighed().drafted().checked().signed().ordered().sealed()
	tell(over.do(50, access.Lawyer, "request", &Request{Received: over.day(50), From: "B. Verzonnen", Words: "De bewoner wil eerder terug."}).
		do(54, access.Mayor, "decide-request", &DecideRequest{Number: 1, Outcome: "refused", Why: "Wie de woning gebruikte voor de handel, is nog niet bekend.", Capacity: "mayor"}).
		do(60, access.Lawyer, "costs", &Costs{On: over.day(60), Items: []string{"Slotenmaker € 250", "Zegels € 20"}, Amount: 27000, Reasonable: "U had zelf kunnen afsluiten.", Proof: "Aangetekend (voorbeeld)"}).
		do(126, access.Lawyer, "unseal", &Unsealing{At: over.half(126), To: "B. Verzonnen", By: []string{"Team handhaving (verzonnen)"}, Words: "Woning in orde."}))

	fallen := begin(300).home("Burgemeester Lely 3", "G. Verzonnen").intended().weighed().drafted().checked().signed().ordered().sealed()
	tell(fallen.do(40, access.Lawyer, "object", &Objection{Against: "order", Received: fallen.day(40), By: "G. Verzonnen", Words: "Zijn zoon is niet gehoord."}).
		do(80, access.Lawyer, "decide-objection", &DecideObjection{Number: 1, On: fallen.day(80), Outcome: "unfounded", PerGround: measures.PerGround{Stood: []string{"balance", "necessity"}}, Grounds: "De toets was volledig."}).
		do(90, access.Lawyer, "appeal", &Appeal{Objection: 1, Court: "rechtbank", Lodged: fallen.day(90), By: "offender"}).
		do(126, access.Lawyer, "unseal", &Unsealing{At: fallen.half(126), To: "G. Verzonnen", By: []string{"Team handhaving (verzonnen)"}}).
		do(200, access.Lawyer, "judge", &Judge{Sent: fallen.day(200), Outcome: "annulled", PerGround: measures.PerGround{Fell: []string{"home"}}, Number: "voorbeeld", Grounds: "Het eigen belang van het kind is niet kenbaar gewogen."}).
		do(250, access.Lawyer, "close", &Close{Outcome: "annulled", Words: "Vernietigd door de rechtbank."}))
	return out
}
