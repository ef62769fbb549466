package huisverbod

import (
	"context"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
	"baken/internal/measures"
)

// Demo fills an empty register with fictitious bans in every state, each act by the
// person and at the hour at which it would be done. keep gives a keeper whose clock
// stands still.
func Demo(ctx context.Context, m *Room, keep func(time.Time) *work.Keeper, people map[string]work.Actor, now time.Time) error {
	for _, story := range stories(now, people) {
		if err := m.Play(ctx, keep, people, now, story); err != nil {
			return err
		}
	}
	return nil
}

// tale is a story under way: its night began at a moment before now.
type tale struct {
	night  time.Time
	people map[string]work.Actor
	scenes []measures.Scene
}

func (t *tale) at(after time.Duration) deadlines.When {
	return deadlines.AtMoment(t.night.Add(after).Truncate(time.Minute))
}

func (t *tale) do(after time.Duration, role, act string, in any) *tale {
	t.scenes = append(t.scenes, measures.Scene{At: t.night.Add(after).Truncate(time.Minute), Role: role, Act: act, In: in})
	return t
}

const days = 24 * time.Hour

// reported is the call of the police, half an hour after the incident.
func (t *tale) reported(place, banned string, facts string, adults, children []string) *tale {
	return t.do(30*time.Minute, access.Adviser, "report", &Report{Incident: t.at(0), Place: place, Banned: banned, Born: deadlines.Date(1986, time.May, 2), Facts: facts, Adults: adults, Children: children,
		Reporter: "Hulpofficier K. Meeuwsen (verzonnen)", Reference: "PL1700 (voorbeeld)", Lead: t.people[access.Adviser].Account, Deputy: t.people[access.Lawyer].Account})
}

// proposed is all that the mayor decides on, within the hour.
func (t *tale) proposed(contacts ...string) *tale {
	facts := t.scenes[0].In.(*Report).Facts
	return t.do(45*time.Minute, access.Adviser, "risk", &Risk{Version: "voorbeeld", Person: "medium", Incident: "high", Circumstances: "medium", Outcome: "high",
		Signs: []string{"Geweld tegen de partner", "Gebruik van alcohol", "Eerdere meldingen in het afgelopen jaar"}, FilledBy: "K. Meeuwsen (verzonnen)", At: t.at(40 * time.Minute)}).
		do(50*time.Minute, access.Adviser, "advise", &Advice{Advice: "impose", By: "K. Meeuwsen (verzonnen)", At: t.at(48 * time.Minute), Words: "Het gevaar is acuut. Zonder verbod gaat hij terug naar huis."}).
		do(time.Hour, access.Adviser, "draft", &Draft{Ground: "danger", Facts: facts, Why: "Een gesprek of een waarschuwing is nu niet genoeg: u bent boos en onder invloed. Tien dagen rust geven ruimte om hulp te starten.",
			Heard: "U bent ter plaatse gehoord en zegt dat het meevalt.", Contacts: contacts, HelpOrg: "Hulpverlening Maassluis (verzonnen)"})
}

// decided is the call with the mayor.
func (t *tale) decided() *tale {
	return t.do(70*time.Minute, access.Mayor, "impose", &Imposing{At: t.at(68 * time.Minute), Capacity: "mayor", Danger: true})
}

// imposed is decided and announced in the same night.
func (t *tale) imposed() *tale {
	return t.decided().
		do(85*time.Minute, access.Adviser, "announce", &Announcement{At: t.at(80 * time.Minute), How: "oral", By: "K. Meeuwsen (verzonnen)", Keys: "Een sleutel, ontvangstbewijs 3"}).
		do(95*time.Minute, access.Adviser, "notify", &Notice{To: "household", About: "ban", Name: "de partner", At: t.at(90 * time.Minute), How: "oral"})
}

// settled is the day after: the decision on paper, notices, counsel, help.
func (t *tale) settled() *tale {
	t.do(3*time.Hour, access.Adviser, "write", &Written{At: t.at(170 * time.Minute), How: "handed", Proof: "Akte van uitreiking (voorbeeld)"}).
		do(9*time.Hour, access.Adviser, "notify", &Notice{To: "help", About: "ban", Name: "de dienst van de dag", At: t.at(530 * time.Minute), How: "electronic"})
	if len(t.scenes[0].In.(*Report).Children) > 0 {
		t.do(9*time.Hour+10*time.Minute, access.Adviser, "notify", &Notice{To: "veilig-thuis", About: "ban", Name: "de meldlijn", At: t.at(9 * time.Hour), How: "oral"})
	}
	t.do(10*time.Hour, access.Adviser, "counsel", &Counsel{At: t.at(590 * time.Minute), Wanted: true}).
		do(15*time.Hour, access.Lawyer, "assign", &Assigned{Name: "mr. A. Verzonnen", At: t.at(14 * time.Hour)}).
		do(16*time.Hour, access.Adviser, "reach", &Reach{At: t.at(950 * time.Minute), Where: "Havenplein 200, Maassluis", Phone: "06-00000000"})
	in := t.scenes[0].In.(*Report)
	for i, line := range append([]string{in.Banned}, Huisverbod{Report: in}.household()...) {
		t.do(40*time.Hour+time.Duration(i)*time.Minute, access.Adviser, "help", &Help{Member: line, Started: i > 0, On: t.at(39 * time.Hour).Day, Org: "Hulpverlening Maassluis (verzonnen)"})
	}
	return t
}

// prepared is what the mayor needs to decide on an extension.
func (t *tale) prepared() *tale {
	return t.do(7*days, access.Adviser, "prepare", &Preparation{HelpAdvice: "Het gezin heeft meer tijd nodig; een veiligheidsplan is nog niet af.", HelpBy: "Hulpverlening Maassluis (verzonnen)", TalkBanned: "Hij wil terug en ontkent de ernst.",
		TalkHousehold: "Zij wil dat hij nog wegblijft.", Accepted: "partly", Danger: "danger", DangerWhy: "Hij drinkt nog en zocht via een vriend contact.", Advice: "extend"})
}

// stories are bans in the states in which people meet them. Names and addresses are made
// up.
func stories(now time.Time, people map[string]work.Actor) [][]measures.Scene {
	begin := func(ago time.Duration) *tale { return &tale{night: now.Add(-ago), people: people} }
	var out [][]measures.Scene
	tell := func(t *tale) { out = append(out, t.scenes) }
	family, children := []string{"Anna de Wit (verzonnen), partner"}, []string{"Sem (verzonnen), 7 jaar"}
	partner, child := "Anna de Wit (verzonnen)", "Sem (verzonnen)"
	// What the police tell stands in the decision and in the letter to Veilig Thuis.
	const quarrel = "Buren belden de politie om geschreeuw. De man had zijn partner geslagen."
	const facts = quarrel + " Hun zoon was boven."

	tell(begin(35*time.Minute).reported("Vlinderlaan 8", "J. Verzonnen", "De partner belde 112. De politie is ter plaatse.", family, nil))
	tell(begin(90*time.Minute).reported("Lijnbaan 14", "R. Verzonnen", facts, family, children).proposed(partner, child))
	tell(begin(6*time.Hour).reported("Haven 31", "P. Verzonnen", quarrel, family, nil).proposed(partner).
		do(75*time.Minute, access.Mayor, "ask", &Question{Words: "Is er een plek waar hij vannacht kan slapen?"}))
	tell(begin(75*time.Minute).reported("Vermeerlaan 2", "L. Verzonnen", quarrel, family, nil).proposed(partner).decided())
	tell(begin(2*days).reported("Burgemeester van der Lelykade 50", "K. Verzonnen", quarrel, family, nil).proposed(partner).
		do(80*time.Minute, access.Mayor, "refuse", &Refusal{At: deadlines.AtMoment(now.Add(-2*days + 75*time.Minute).Truncate(time.Minute)), Capacity: "deputy", Why: "Hij gaat uit zichzelf naar zijn broer en heeft hulp aanvaard."}))
	tell(begin(11*time.Hour).reported("Zuiddijk 5", "T. Verzonnen", facts, family, children).proposed(partner, child).imposed())
	tell(begin(7*days+9*time.Hour).reported("Noordvliet 40", "S. Verzonnen", facts, family, children).proposed(partner, child).imposed().settled().prepared())
	tell(begin(15*days).reported("Fenacoliuslaan 3", "W. Verzonnen", facts, family, children).proposed(partner, child).imposed().settled().prepared().
		do(8*days, access.Mayor, "extend", &Extension{Until: (&tale{night: now.Add(-15 * days)}).fourWeeks(), Capacity: "mayor", Why: "Het gevaar duurt voort: u drinkt nog en zoekt contact. Het veiligheidsplan is nog niet af."}).
		do(8*days+3*time.Hour, access.Adviser, "serve", &Serving{At: deadlines.AtMoment(now.Add(-15*days + 8*days + 2*time.Hour).Truncate(time.Minute)), How: "handed", Proof: "Akte van uitreiking (voorbeeld)"}).
		do(9*days, access.Adviser, "involve", &Involve{Account: people[access.Officer].Account, Why: "Let in de wijk op het verbod"}).
		do(12*days, access.Officer, "breach", &Breach{At: deadlines.AtMoment(now.Add(-3*days - time.Hour).Truncate(time.Minute)), Words: "Hij stond voor de deur en riep naar binnen.", Reported: "PL1700 (voorbeeld)", Arrested: true}))
	g := begin(5*days).reported("Westlandseweg 12", "D. Verzonnen", quarrel, family, nil).proposed(partner).imposed().settled()
	tell(g.do(41*time.Hour, access.Lawyer, "appeal", &Appeal{Court: "rechtbank", Lodged: g.at(41 * time.Hour).Day, By: "banned"}).
		do(41*time.Hour+5*time.Minute, access.Lawyer, "relief", &Relief{Received: g.at(41 * time.Hour).Day}).
		do(3*days, access.Lawyer, "hearing", &Hearing{At: g.at(3*days - 2*time.Hour)}).
		do(3*days+time.Hour, access.Lawyer, "rule-relief", &RuleRelief{At: g.at(3*days - time.Hour), Outcome: "suspended", PerGround: measures.PerGround{Fell: []string{"facts"}}, Grounds: "De ernst van het gevaar is niet met feiten onderbouwd."}))
	tell(begin(20*days).reported("Uiverlaan 66", "M. Verzonnen", facts, family, children).proposed(partner, child).imposed().settled().
		do(6*days, access.Mayor, "withdraw", &Withdrawal{Accepted: true, Confirmed: true, ConfirmedBy: "Hulpverlening Maassluis (verzonnen)", Unhindered: true, Capacity: "deputy", Why: "U bent begonnen met behandeling en werkt mee."}))
	h := begin(60*days).reported("Mesdaglaan 9", "H. Verzonnen", quarrel, family, nil).proposed(partner).imposed().settled()
	tell(h.do(41*time.Hour, access.Lawyer, "appeal", &Appeal{Court: "rechtbank", Lodged: h.at(41 * time.Hour).Day, By: "banned"}).
		do(40*days, access.Lawyer, "judge", &Judge{Given: h.at(39 * days).Day, Sent: h.at(39 * days).Day, Outcome: "annulled", PerGround: measures.PerGround{Fell: []string{"facts"}}, Number: "voorbeeld", Grounds: "Het RiHG was niet juist ingevuld; het gevaar staat niet vast."}).
		do(59*days, access.Lawyer, "close", &Close{Outcome: "annulled", Words: "Vernietigd door de rechtbank."}))
	tell(begin(30*days).reported("Marelstraat 21", "B. Verzonnen", quarrel, family, nil).proposed(partner).
		do(80*time.Minute, access.Mayor, "refuse", &Refusal{At: deadlines.AtMoment(now.Add(-30*days + 75*time.Minute).Truncate(time.Minute)), Capacity: "mayor", Why: "Hij is aangehouden en blijft vast; het gevaar is daarmee weg."}).
		do(days, access.Adviser, "close", &Close{Outcome: "refused", Words: "Zorg is ingelicht."}))
	tell(begin(75*days).reported("Laan 1940-1945 7", "G. Verzonnen", facts, family, children).proposed(partner, child).imposed().settled().
		do(12*days, access.Adviser, "end", &End{Words: "De hulp loopt en er zijn geen nieuwe meldingen."}).
		do(60*days, access.Lawyer, "close", &Close{Outcome: "ended", Words: "De beroepstermijn is voorbij."}))
	tell(begin(13*days).reported("Koningshoek 18", "V. Verzonnen", quarrel, family, nil).proposed(partner).imposed().settled().
		do(12*days, access.Adviser, "end", &End{Words: "De partner is verhuisd; de hulp gaat door."}))
	return out
}

// fourWeeks is the latest end of the ban of a tale.
func (t *tale) fourWeeks() deadlines.When {
	return Huisverbod{Announced: &Announcement{At: t.at(80 * time.Minute)}}.fourWeeks(calendar)
}
