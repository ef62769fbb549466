package woonoverlast

import (
	"testing"

	"baken/internal/kernel/deadlines"
)

func change[T any](in T, fn func(*T)) *T { fn(&in); return &in }

// Every guard of law.md 5.1, with its article. The row says what is tried and the sentence
// that refuses it.
var guards = []struct {
	rule, article string
	from          func(testing.TB) *file
	at, who, act  string
	in            any
	code          string
}{
	{"G151d.1: who uses the dwelling or lets it", "Gemeentewet 151d lid 1", begin, "2026-01-06 10:00", "noor", "report", change(aReport, func(r *Report) { r.Role = "neither" }), "not-the-user"},
	{"G151d.1: repeated, in number", "Gemeentewet 151d lid 1", thinLog, "2026-02-26 10:00", "lars", "draft", &aDraft, "need.few-incidents"},
	{"G151d.1: by more than one voice", "Gemeentewet 151d lid 1", oneVoice, "2026-02-26 10:00", "lars", "draft", &aDraft, "need.few-reporters"},
	{"G151d.1: repeated, in time", "Gemeentewet 151d lid 1", oneWeek, "2026-02-26 10:00", "lars", "draft", &aDraft, "need.little-spread"},
	{"G151d.1: serious, says the mayor", "Gemeentewet 151d lid 1", proposed, "2026-02-27 10:00", "burg", "decide", change(aDecision, func(d *Decision) { d.Serious = false }), "not-serious"},
	{"G151d.1: one incident of one voice counts once", "Awb 3:2", logged, "2026-01-25 11:00", "noor", "incident", change(second, func(i *Incident) { i.Reporter = "c. buurman" }), "logged-already"},
	{"G151d.2: last resort", "Gemeentewet 151d lid 2", untried, "2026-02-26 10:00", "lars", "draft", &aDraft, "need.last-resort"},
	{"G151d.2: last resort, says the mayor", "Gemeentewet 151d lid 2", proposed, "2026-02-27 10:00", "burg", "decide", change(aDecision, func(d *Decision) { d.Last = false }), "not-last"},
	{"G151d.2: a reason to try nothing, beside an attempt", "Gemeentewet 151d lid 2", warned, "2026-01-27 10:00", "noor", "none-tried", &NoneTried{Why: "x"}, "something-tried"},
	{"G151d.2: a warning gives time", "Gemeentewet 151d lid 2", logged, "2026-01-26 10:00", "noor", "warn", change(aWarning, func(w *Warning) { w.Until = w.Sent }), "chance-after"},
	{"G151d.2: the power is the mayor's", "Gemeentewet 151d lid 2", proposed, "2026-02-27 10:00", "lars", "decide", &aDecision, "only-mayor"},
	{"G151d.2: so is refusing", "Gemeentewet 151d lid 2", proposed, "2026-02-27 10:00", "lars", "refuse", &Refusal{Capacity: "mayor", Why: "x"}, "only-mayor"},
	{"G151d.2: so is sending back", "Gemeentewet 151d lid 2", proposed, "2026-02-27 10:00", "lars", "return", &Return{Words: "x"}, "only-mayor"},
	{"G151d.2: so is extending", "Gemeentewet 151d lid 2", evaluated, "2026-08-20 10:00", "lars", "prolong", &Prolongation{Until: day("2026-12-01"), Capacity: "mayor", Heard: "x", Why: "x"}, "only-mayor"},
	{"G151d.2: so is withdrawing", "Gemeentewet 151d lid 2", inForce, "2026-03-10 10:00", "lars", "withdraw", &Withdrawal{Capacity: "mayor", Why: "x"}, "only-mayor"},
	{"G151d.3: adults only, a day before the birthday", "Wth 2 lid 2", breached, "2026-03-20 10:00", "lars", "ban-draft", change(aBanDraft, func(b *BanDraft) { b.Born = day("2008-03-21") }), "minor"},
	{"G151d.3: who lives there", "Gemeentewet 151d lid 3", letting, "2026-03-20 10:00", "lars", "ban-draft", &aBanDraft, "ban-not-resident"},
	{"G151d.3: a lighter means first", "Gemeentewet 151d lid 2", inForce, "2026-03-20 10:00", "lars", "ban-draft", &aBanDraft, "no-breach-yet"},
	{"G151d.3: nothing lighter, says the mayor", "Gemeentewet 151d lid 2, 3", banWaiting, "2026-03-20 14:00", "burg", "ban", &BanDecision{At: when("2026-03-20 13:55"), Capacity: "mayor"}, "ban-needed"},
	{"G151d.3: Wth 3 does not apply, no mandate", "Gemeentewet 151d lid 3", banWaiting, "2026-03-20 14:00", "lars", "ban", &BanDecision{At: when("2026-03-20 13:55"), Capacity: "mayor", Needed: true}, "ban-mayor"},
	{"G151d.3: nor for its extension", "Gemeentewet 151d lid 3", banned, "2026-03-28 16:00", "lars", "extend-ban", anExtension("2026-04-17 22:15"), "ban-mayor"},
	{"G151d.3: nor for its withdrawal", "Gemeentewet 151d lid 3", banned, "2026-03-28 16:00", "lars", "withdraw-ban", &BanWithdrawal{Capacity: "mayor", Why: "x"}, "ban-mayor"},
	{"G151d.3: to the minute (Wth 2 lid 4)", "Wth 2 lid 4", banDecidedFile, "2026-03-20 22:20", "lars", "announce", &Announcement{At: deadlines.OnDay(day("2026-03-20")), Proof: "x"}, "minute"},
	{"G151d.3: not before the decision", "", banDecidedFile, "2026-03-20 22:20", "lars", "announce", &Announcement{At: when("2026-03-20 13:54"), Proof: "x"}, "before"},
	{"G151d.3: one ban at a time", "Gemeentewet 151d lid 3", banned, "2026-03-22 10:00", "lars", "ban-draft", &aBanDraft, "need.ban-there"},
	{"G151d.3: an order that holds", "Gemeentewet 151d lid 3", suspended, "2026-03-27 10:00", "lars", "ban-draft", &aBanDraft, "block.ban-draft"},
	{"G151d.3: four weeks in all, not a minute more", "Gemeentewet 151d lid 3", banned, "2026-03-28 16:00", "burg", "extend-ban", anExtension("2026-04-17 22:16"), "four-weeks"},
	{"G151d.3: not on top of the ten days", "Wth 9 lid 1", banned, "2026-03-28 16:00", "burg", "extend-ban", anExtension("2026-04-27 22:15"), "four-weeks"},
	{"G151d.3: a serious fear of further breach", "Gemeentewet 151d lid 3", banned, "2026-03-28 16:00", "burg", "extend-ban", change(*anExtension("2026-04-17 22:15"), func(x *BanExtension) { x.Fear = false }), "no-fear"},
	{"G151d.3: later than it runs", "Wth 9 lid 1", banned, "2026-03-28 16:00", "burg", "extend-ban", anExtension("2026-03-30 22:15"), "ban-later"},
	{"G151d.3: not after the end", "Wth 9 lid 1", banned, "2026-03-30 22:15", "burg", "extend-ban", anExtension("2026-04-17 22:15"), "need.ban-ended"},
	{"G151d.3: an extension to the minute", "Wth 9 lid 1", banned, "2026-03-28 16:00", "burg", "extend-ban", anExtension("2026-04-17"), "minute"},
	{"G151d.3: made known before the end", "Wth 9 lid 1", banUnserved, "2026-03-30 23:00", "lars", "serve", &Serving{What: "ban", At: when("2026-03-30 22:15"), How: "handed", Proof: "x"}, "served-late"},
	{"G151d.3: one extension at a time", "Awb 3:40", banUnserved, "2026-03-28 17:00", "burg", "extend-ban", anExtension("2026-04-17 22:15"), "need.unserved"},
	{"G151d.3: counsel (Wth 5), after the wish", "Wth 5 lid 1", banned, "2026-03-21 14:10", "lars", "assign", &Assigned{At: when("2026-03-21 14:00"), Name: "x"}, "need.counsel-wish"},
	{"G151d.3: counsel, to the minute", "Wth 5 lid 1", banned, "2026-03-21 14:10", "lars", "counsel", &Counsel{At: when("2026-03-21"), Wanted: true}, "minute"},
	{"G151d.3: a suspended ban is not extended", "Gemeentewet 151d lid 3", banSuspended, "2026-03-26 10:00", "burg", "extend-ban", anExtension("2026-04-17 22:15"), "need.ban-off"},
	{"G151d.3: a breach of a ban that holds", "Gemeentewet 151d lid 3", banSuspended, "2026-03-26 10:00", "jet", "inspect", &Inspection{At: when("2026-03-26 09:00"), Rule: "ban", Result: "breach", Words: "x"}, "ban-outside"},
	{"G151d.3: against the ban the court, at once", "Awb 8:1", inForce, "2026-03-10 10:00", "lars", "appeal", &Appeal{Against: "ban", Court: "rechtbank", Lodged: day("2026-03-10"), By: "resident"}, "no-ban"},
	{"G151d.3: four eyes", "Awb 3:2", mayorsBan, "2026-03-20 14:00", "burg", "ban", &BanDecision{At: when("2026-03-20 13:55"), Capacity: "mayor", Needed: true}, "own-draft"},
	{"terms: the compliance term is the decision's", "Awb 5:32a lid 2", viewed, "2026-02-26 10:00", "lars", "draft", change(aDraft, func(d *Draft) { d.ComplyDays = 91 }), "comply-days"},
	{"terms: objection before appeal", "Awb 7:1", inForce, "2026-03-10 10:00", "lars", "appeal", &Appeal{Against: "order", Court: "rechtbank", Lodged: day("2026-03-10"), By: "resident"}, "objection-first"},
	{"conduct: at least one rule", "Awb 5:9", warned, "2026-02-10 11:00", "lars", "intend", &Intention{Sent: day("2026-02-10"), ViewDays: 14}, "need.conduct"},
	{"conduct: own words say how it is checked", "Awb 5:9", warned, "2026-02-10 10:00", "noor", "conduct", &Rule{Code: own, Words: "Wees stil."}, "own-check"},
	{"conduct: own words there are", "Awb 5:9", warned, "2026-02-10 10:00", "noor", "conduct", &Rule{Code: own, Check: "x"}, "own-words"},
	{"conduct: the library has its words", "Awb 5:9", warned, "2026-02-10 10:00", "noor", "conduct", &Rule{Code: "bezoek", Words: "x"}, "library-words"},
	{"conduct: of the library", "Awb 5:9", warned, "2026-02-10 10:00", "noor", "conduct", &Rule{Code: "niets"}, "no-such-rule"},
	{"conduct: once", "Awb 5:9", ruled, "2026-02-10 10:10", "noor", "conduct", &Rule{Code: "muziek-nacht"}, "rule-there"},
	{"conduct: of this file", "", ruled, "2026-02-10 10:10", "noor", "strike", &Strike{Number: "3"}, "no-such-number"},
	{"file: the interests are weighed", "Awb 3:4 lid 2", unweighed, "2026-02-26 10:00", "lars", "draft", &aDraft, "need.weighed"},
	{"file: heard first", "Awb 4:8", heard, "2026-02-24 10:00", "lars", "draft", &aDraft, "need.view"},
	{"file: none heard before its term is over", "Awb 4:8", heard, "2026-02-24 10:00", "lars", "view", &View{Received: day("2026-02-24"), How: "none", Words: "x", Answer: "x"}, "view-term-runs"},
	{"file: a term for a view", "Awb 4:8", ruled, "2026-02-10 11:00", "lars", "intend", &Intention{Sent: day("2026-02-10")}, "view-days"},
	{"file: not without hearing or a ground", "Awb 4:8", ruled, "2026-02-26 10:00", "lars", "draft", &aDraft, "block.draft"},
	{"file: a mandate to sign", "Awb 10:3", ruled, "2026-02-10 11:00", "noor", "intend", &Intention{Sent: day("2026-02-10"), ViewDays: 14}, "no-mandate"},
	{"file: four eyes", "Awb 3:2", mayorsDraft, "2026-02-27 10:00", "burg", "decide", &aDecision, "own-draft"},
	{"file: how long", "Awb 3:4 lid 2", viewed, "2026-02-26 10:00", "lars", "draft", change(aDraft, func(d *Draft) { d.Months = 13 }), "months"},
	{"file: when it is evaluated", "Awb 3:4 lid 2", viewed, "2026-02-26 10:00", "lars", "draft", change(aDraft, func(d *Draft) { d.Weeks = 9 }), "weeks"},
	{"file: a next evaluation", "Awb 3:4 lid 2", inForce, "2026-04-27 10:00", "noor", "evaluate", &Evaluation{On: day("2026-04-27"), Words: "x", Neighbours: "x", Outcome: "goes-on"}, "next-needed"},
	{"file: within the order", "Awb 3:4 lid 2", inForce, "2026-04-27 10:00", "noor", "evaluate", &Evaluation{On: day("2026-04-27"), Words: "x", Neighbours: "x", Outcome: "goes-on", Next: day("2026-09-03")}, "next-within"},
	{"file: an extension is evaluated first", "Gemeentewet 151d lid 2", inForce, "2026-08-20 10:00", "burg", "prolong", &Prolongation{Until: day("2026-12-01"), Capacity: "mayor", Heard: "x", Why: "x"}, "need.evaluated"},
	{"file: an extension within the policy", "Awb 3:4 lid 2", evaluated, "2026-08-20 10:00", "burg", "prolong", &Prolongation{Until: day("2027-03-03"), Capacity: "mayor", Heard: "x", Why: "x"}, "prolong-most"},
	{"file: an extension later than it runs", "Gemeentewet 151d lid 2", evaluated, "2026-08-20 10:00", "burg", "prolong", &Prolongation{Until: day("2026-09-02"), Capacity: "mayor", Heard: "x", Why: "x"}, "prolong-later"},
	{"file: not after its end", "Gemeentewet 151d lid 2", evaluated, "2026-09-03 10:00", "burg", "prolong", &Prolongation{Until: day("2026-12-01"), Capacity: "mayor", Heard: "x", Why: "x"}, "need.ended"},
	{"file: it does not end before its end", "Gemeentewet 151d lid 2", inForce, "2026-09-02 10:00", "noor", "end", &End{Words: "x"}, "need.runs"},
	{"file: another extension waits", "Awb 3:40", banUnserved, "2026-03-28 17:00", "lars", "serve", &Serving{What: "order", At: when("2026-03-28 16:30"), How: "post", Proof: "x"}, "nothing-waits"},
	{"LOD-5.32b: an amount and a maximum", "Awb 5:32b", viewed, "2026-02-26 10:00", "lars", "draft", change(aDraft, func(d *Draft) { d.Maximum = 100 }), "amounts"},
	{"LOD: one of the two", "Awb 5:6", viewed, "2026-02-26 10:00", "lars", "draft", change(aDraft, func(d *Draft) { d.Enforce = "bestuursdwang" }), "no-amounts"},
	{"LOD: the amounts of the policy, or a reason", "Awb 4:84", viewed, "2026-02-26 10:00", "lars", "draft", change(aDraft, func(d *Draft) { d.Amount = 30000 }), "deviates"},
	{"6.2: a breach, not a look", "Awb 5:33", complied, "2026-03-15 10:00", "lars", "forfeit", &Forfeit{Inspection: 1}, "no-breach"},
	{"6.2: an inspection of this file", "Awb 5:33", breached, "2026-03-15 10:00", "lars", "forfeit", &Forfeit{Inspection: 2}, "no-such-inspection"},
	{"6.2: once a breach", "Awb 5:32b", forfeitedFile, "2026-03-15 11:00", "lars", "forfeit", &Forfeit{Inspection: 1}, "counted"},
	{"6.2: nothing while suspended", "Awb 5:33", seenSuspended, "2026-03-28 11:00", "lars", "forfeit", &Forfeit{Inspection: 2}, "not-held"},
	{"6.2: nothing within the compliance term", "Awb 5:24 lid 2", complying, "2026-03-05 11:00", "lars", "forfeit", &Forfeit{Inspection: 1}, "before-compliance-end"},
	{"5:6: bestuursdwang beside a dwangsom", "Awb 5:6", breached, "2026-03-15 10:00", "lars", "enforce", &Enforcement{Inspection: 1, On: day("2026-03-15"), Words: "x"}, "need.bestuursdwang"},
	{"5:37: handed over by number", "Awb 5:37", forfeitedFile, "2026-03-15 11:00", "lars", "hand-over", &HandOver{Number: "de dwangsom"}, "number-of-file"},
	{"5:37: nothing to hand over", "Awb 5:37", breached, "2026-03-15 11:00", "lars", "hand-over", &HandOver{Number: "M-2026-0001"}, "need.money"},
	{"5:37: money keeps the file open", "Awb 5:37", withdrawnOwing, "2026-03-17 11:00", "lars", "close", &Close{Outcome: "withdrawn", Words: "x"}, "need.money-open"},
	{"remedies: one objection", "Awb 7:1", objected, "2026-03-17 11:00", "lars", "object", &Objection{Received: day("2026-03-17"), By: "x", Words: "x"}, "objection-there"},
	{"remedies: relief beside a remedy", "Awb 8:81", inForce, "2026-03-10 10:00", "lars", "relief", &Relief{Against: "order", Received: day("2026-03-10")}, "need.remedy-first"},
	{"remedies: of the same matter", "Awb 8:81", banAppealed, "2026-03-23 11:00", "lars", "relief", &Relief{Against: "order", Received: day("2026-03-23")}, "remedy-beside"},
	{"remedies: one request", "Awb 8:81", banAppealed, "2026-03-23 11:00", "lars", "relief", &Relief{Against: "ban", Received: day("2026-03-23")}, "relief-there"},
	{"remedies: the ruling to the minute", "Awb 8:84", banAppealed, "2026-03-25 11:00", "lars", "rule-relief", &RuleRelief{Against: "ban", At: when("2026-03-25"), Outcome: "refused", Grounds: "x"}, "minute"},
	{"remedies: the ruling on what was asked", "Awb 8:81", banAppealed, "2026-03-25 11:00", "lars", "rule-relief", &RuleRelief{Against: "order", At: when("2026-03-25 10:00"), Outcome: "refused", Grounds: "x"}, "no-relief"},
	{"remedies: the court first", "Awb 8:104", banned, "2026-03-25 11:00", "lars", "appeal", &Appeal{Against: "ban", Court: "afdeling", Lodged: day("2026-03-25"), By: "resident"}, "court-first"},
	{"remedies: one appeal at a court", "Awb 8:1", banAppealed, "2026-03-25 11:00", "lars", "appeal", &Appeal{Against: "ban", Court: "rechtbank", Lodged: day("2026-03-25"), By: "resident"}, "appeal-there"},
	{"remedies: the judgment on what was appealed", "Awb 8:70", banAppealed, "2026-03-25 11:00", "lars", "judge", &Judge{Against: "order", Given: day("2026-03-25"), Sent: day("2026-03-25"), Outcome: "dismissed", Grounds: "x"}, "no-appeal"},
	{"grounds: revoked on one", "Awb 7:12", objected, "2026-03-27 11:00", "lars", "decide-objection", &DecideObjection{On: day("2026-03-27"), Outcome: "revoked", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: suspended on one", "Awb 8:77", banAppealed, "2026-03-25 11:00", "lars", "rule-relief", &RuleRelief{Against: "ban", At: when("2026-03-25 10:00"), Outcome: "suspended", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: annulled on one", "Awb 8:77", banAppealed, "2026-03-25 11:00", "lars", "judge", &Judge{Against: "ban", Given: day("2026-03-25"), Sent: day("2026-03-25"), Outcome: "annulled", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: withdrawn, nobody ruled", "", banAppealed, "2026-03-25 11:00", "lars", "judge", &Judge{Against: "ban", Given: day("2026-03-25"), Sent: day("2026-03-25"), Outcome: "withdrawn", PerGround: fell("facts"), Grounds: "x"}, "measures.ground-unheard"},
	{"remedies: a pending objection keeps the file open", "Awb 7:10", withdrawnObjected, "2026-03-19 11:00", "lars", "close", &Close{Outcome: "withdrawn", Words: "x"}, "need.objection-pending"},
	{"no letter tells who reported", "AVG 5 lid 1 f", warned, "2026-02-10 10:30", "noor", "weigh", change(aWeigh, func(w *Weighing) { w.Serious = "Mevrouw a.  buurvrouw slaapt slecht." }), "tells-reporter"},
	{"nor where they live", "AVG 5 lid 1 f", viewed, "2026-02-26 10:00", "lars", "draft", change(aDraft, func(d *Draft) { d.Facts = "Op kade 16 is de muziek te horen." }), "tells-reporter"},
	{"nor does the report itself", "AVG 5 lid 1 f", begin, "2026-01-06 10:00", "noor", "report", change(aReport, func(r *Report) { r.Words = "A. Buurvrouw belde." }), "tells-reporter"},
	{"nor a new incident", "AVG 5 lid 1 f", logged, "2026-01-26 10:00", "noor", "incident", &Incident{At: when("2026-01-26 01:00"), Nature: "noise", Words: "Gehoord op Plein 3.", Source: "neighbour", Reporter: "D. Buur, Plein 3"}, "tells-reporter"},
	{"no tip as its source", "", logged, "2026-01-26 10:00", "noor", "incident", &Incident{At: when("2026-01-26 01:00"), Nature: "drugs", Words: "Er kwam een anonieme tip.", Source: "other", Reporter: "x"}, "measures.names-tip"},
	{"not in the future", "", begin, "2026-01-05 03:00", "noor", "report", &aReport, "in-future"},
	{"the outcome is what happened", "", refusedOpen, "2026-02-28 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "close-refused"},
}

// The files from which the guards are tried.

// rest is what a draft needs besides the log.
func rest(f *file, tried bool) *file {
	if tried {
		f.do("2026-01-25 12:00", "noor", "try", &aTry)
	}
	return f.do("2026-02-10 10:00", "noor", "conduct", &Rule{Code: "muziek-nacht"}).do("2026-02-10 10:30", "noor", "weigh", &aWeigh).
		do("2026-02-11 10:00", "lars", "skip", &Skip{Ground: "urgent", Why: "Er wordt gedreigd."})
}

func thinLog(t testing.TB) *file {
	return rest(reported(t).do("2026-01-13 10:00", "noor", "incident", &second), true)
}

func oneVoice(t testing.TB) *file {
	f := reported(t)
	for _, x := range []string{"2026-01-12", "2026-01-24"} {
		f.do(x+" 10:00", "noor", "incident", &Incident{At: when(x + " 01:00"), Nature: "noise", Words: "x", Source: "neighbour", Reporter: "A. Buurvrouw"})
	}
	return rest(f, true)
}

func oneWeek(t testing.TB) *file {
	f := reported(t).do("2026-01-13 10:00", "noor", "incident", &second)
	return rest(f.do("2026-01-13 10:05", "noor", "incident", change(third, func(i *Incident) { i.At = when("2026-01-11 02:00") })), true)
}

func untried(t testing.TB) *file { return rest(logged(t), false) }

func unweighed(t testing.TB) *file {
	return warned(t).do("2026-02-10 10:00", "noor", "conduct", &Rule{Code: "muziek-nacht"}).do("2026-02-11 10:00", "lars", "skip", &Skip{Ground: "urgent", Why: "x"})
}

func mayorsDraft(t testing.TB) *file {
	return viewed(t).do("2026-02-26 10:00", "burg", "draft", &aDraft)
}

func mayorsBan(t testing.TB) *file {
	return breached(t).do("2026-03-20 10:00", "burg", "ban-draft", &aBanDraft)
}

func letting(t testing.TB) *file {
	f := breached(t)
	f.r.Role = "lets"
	return f
}

func evaluated(t testing.TB) *file {
	return inForce(t).do("2026-08-03 10:00", "noor", "evaluate", &Evaluation{On: day("2026-08-03"), Words: "x", Neighbours: "x", Outcome: "extend"})
}

func banUnserved(t testing.TB) *file {
	return banned(t).do("2026-03-28 16:00", "burg", "extend-ban", anExtension("2026-04-17 22:15"))
}

func banSuspended(t testing.TB) *file {
	return banAppealed(t).do("2026-03-25 10:10", "lars", "rule-relief", &RuleRelief{Against: "ban", At: when("2026-03-25 10:00"), Outcome: "suspended", PerGround: fell("facts"), Grounds: "x"})
}

func complied(t testing.TB) *file {
	return inForce(t).do("2026-03-14 10:00", "jet", "inspect", &Inspection{At: when("2026-03-14 01:00"), Rule: "1", Result: "complied", Words: "Stil."})
}

func forfeitedFile(t testing.TB) *file {
	return breached(t).do("2026-03-15 10:00", "lars", "forfeit", &Forfeit{Inspection: 1})
}

func seenSuspended(t testing.TB) *file {
	return suspended(t).do("2026-03-28 10:00", "jet", "inspect", &Inspection{At: when("2026-03-28 01:00"), Rule: "1", Result: "breach", Words: "x"})
}

func complying(t testing.TB) *file {
	f := inForce(t)
	d := *f.r.Draft
	d.ComplyDays = 7
	f.r.Draft = &d
	return f.do("2026-03-05 10:00", "jet", "inspect", &Inspection{At: when("2026-03-05 01:00"), Rule: "1", Result: "breach", Words: "x"})
}

func withdrawnOwing(t testing.TB) *file {
	return forfeitedFile(t).do("2026-03-16 10:00", "burg", "withdraw", &Withdrawal{Capacity: "mayor", Why: "x"})
}

func objected(t testing.TB) *file {
	return breached(t).do("2026-03-16 10:00", "lars", "object", &Objection{Received: day("2026-03-16"), By: "x", Words: "x"})
}

func withdrawnObjected(t testing.TB) *file {
	return objected(t).do("2026-03-18 10:00", "burg", "withdraw", &Withdrawal{Capacity: "mayor", Why: "x"})
}

func refusedOpen(t testing.TB) *file {
	return proposed(t).do("2026-02-27 10:00", "burg", "refuse", &Refusal{Capacity: "mayor", Why: "x"})
}
