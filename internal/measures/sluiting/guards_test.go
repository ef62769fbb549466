package sluiting

import "testing"

// Every guard of law.md section 4, with its article. The row says what is tried and the
// sentence that refuses it; TestEveryGuardCitesItsArticle reads those sentences.
var guards = []struct {
	rule, article string
	from          func(testing.TB) *file
	at, who, act  string
	in            any
	code          string
}{
	{"OPW-13b.1a: for trade, not for own use", "Opiumwet 13b lid 1", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.HardGram = "0,5" }), "own-use"},
	{"OPW-quant: the presumption can be rebutted", "Opiumwet 13b lid 1", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.Rebutted = true }), "rebutted"},
	{"OPW-quant: five plants are not more than five", "Opiumwet 13b lid 1", reported, "2026-03-04", "lars", "find", with(softFind, func(f *Find) { f.Plants = 5 }), "own-use"},
	{"OPW-13b.1a: a drug was found, or sold", "Opiumwet 13b lid 1", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.HardGram = "" }), "nothing-found"},
	{"OPW-13b.1b: money or a car alone does not suffice", "Opiumwet 13b lid 1", reported, "2026-03-04", "lars", "find", prep(func(f *Find) { f.Prep = "only-money-transport" }), "preparation-money"},
	{"OPW-13b.1b: an object or substance", "Opiumwet 13b lid 1", reported, "2026-03-04", "lars", "find", prep(func(f *Find) { f.Prep = "" }), "preparation-what"},
	{"OPW-13b.1b: for hard or for soft drugs", "10a lid 1", reported, "2026-03-04", "lars", "find", prep(func(f *Find) { f.PrepFor = "" }), "preparation-for"},
	{"OPW-13b.1b: the facts for the knowledge", "Opiumwet 10a", reported, "2026-03-04", "lars", "find", prep(func(f *Find) { f.Knowledge = "" }), "preparation-knowledge"},
	{"OPW-13b.1b: since 1-1-2019", "Opiumwet 13b lid 1", longAgo, "2026-03-04", "lars", "find", prep(nil), "preparation-before-2019"},
	{"OPW-13b.1: a or b, not mixed", "Opiumwet 13b lid 1", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.Prep = "objects" }), "limb-mixed"},
	{"OPW-13b.2: pharmacists and doctors", "Opiumwet 13b lid 2", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.Exempt = true }), "exempt"},
	{"OPW-new: list IA is not settled", "Opiumwet 13b", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.List = "IA" }), "list-ia"},
	{"OPW-who: the mayor", "Opiumwet 13b lid 1", checked, "2026-03-20", "lars", "sign", &Signing{Capacity: "mayor", Weighed: true}, "only-mayor"},
	{"a weight that cannot be read", "", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.HardGram = "42.5" }), "gram"},
	{"13b and 174a are separate types", "Gemeentewet 174a", reported, "2026-03-04", "lars", "disturbance", &anOrder, "need.type-opium"},
	{"174a and 13b are separate types", "Opiumwet 13b", orderReported, "2026-03-04", "lars", "find", &aFind, "need.type-order"},
	{"174a: no premises that are open to the public", "Gemeentewet 174a lid 1", begin, "2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Type, r.Object = Order, "premises-public" }), "public-174a"},
	{"174a a: safety and health are in danger for long", "ECLI:NL:RVS:2017:923", orderReported, "2026-03-04", "lars", "disturbance", &Disturbance{Ground: "conduct", Reach: "disturbed", Facts: "x"}, "conduct-health"},
	{"174a a: disturbed, not feared", "Gemeentewet 174a lid 1", orderReported, "2026-03-04", "lars", "disturbance", &Disturbance{Ground: "conduct", Reach: "fear", Facts: "x", Health: "x"}, "conduct-fear"},
	{"174a b: since 1-1-2024", "Gemeentewet 174a lid 1", orderLongAgo, "2026-03-04", "lars", "disturbance", &anOrder, "violence-before-2024"},
	{"174a c: what was found", "Gemeentewet 174a lid 1", orderReported, "2026-03-04", "lars", "disturbance", &Disturbance{Ground: "weapon", Reach: "fear", Facts: "x"}, "weapon-what"},
	{"174a c: ammunition alone is not enough", "Gemeentewet 174a lid 1", orderReported, "2026-03-04", "lars", "disturbance", &Disturbance{Ground: "weapon", Reach: "fear", Facts: "x", Weapon: "ammunition"}, "ammunition"},
	{"174a lid 3: the mayor extends", "Gemeentewet 174a lid 1", orderSealed, "2026-03-24", "lars", "extend", &anExtension, "only-mayor"},
	{"174a lid 3: not after the end", "Gemeentewet 174a lid 3", orderSealed, "2026-03-31", "burg", "extend", &anExtension, "need.extension-ended"},
	{"174a lid 3: for a length", "", orderSealed, "2026-03-24", "burg", "extend", with(anExtension, func(x *Extension) { x.Length = 0 }), "length-needed"},
	{"174a lid 3: made known before the end", "Awb 3:40", extendedUnserved, "2026-04-01", "lars", "serve", &Serving{On: day("2026-03-31"), How: "handed", Proof: "x"}, "served-late"},
	{"174a lid 3: one at a time", "Awb 3:40", extendedUnserved, "2026-03-25", "burg", "extend", &anExtension, "need.extension-unserved"},
	{"13b knows no extension", "Opiumwet 13b", sealed, "2026-05-01", "burg", "extend", &anExtension, "need.extension-opium"},
	{"BD-5.6: no second remedial sanction", "Awb 5:6", reported, "2026-03-04", "lars", "find", with(aFind, func(f *Find) { f.Running = true }), "second-sanction"},
	{"BD-5.6: for public order too", "Awb 5:6", orderReported, "2026-03-04", "lars", "disturbance", with(anOrder, func(d *Disturbance) { d.Running = true }), "second-sanction"},
	{"BD-5.24.2: a term for compliance", "Awb 5:24 lid 2", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Days = 0 }), "compliance-needed"},
	{"BD-5.24.2: not longer than needed", "ECLI:NL:RVS:2018:2196", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Days = 61 }), "compliance-too-long"},
	{"BD-5.24.2: not closed inside the term", "Awb 5:24 lid 2", ordered, "2026-03-30 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.At = when("2026-03-30 11:00") }), "need.compliance-runs"},
	{"BD-5.24.2: nor recorded so afterwards", "Awb 5:24 lid 2", ordered, "2026-03-31 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.At = when("2026-03-30 11:00") }), "need.compliance-runs"},
	{"4.3: the term is not extended after it ended", "ECLI:NL:RVS:2014:1340", ordered, "2026-03-31", "lars", "extend-term", &Stretch{Until: day("2026-04-10"), Why: "x"}, "need.compliance-over"},
	{"4.3: it is extended to a later day", "", ordered, "2026-03-28", "lars", "extend-term", &Stretch{Until: day("2026-03-30"), Why: "x"}, "stretch-later"},
	{"BD-5.24.3: who has a right on it is known", "Awb 5:24 lid 3", signedUnregistered, "2026-03-23", "lars", "publish", &Publication{On: day("2026-03-23"), How: "handed", To: to(), Proof: "x"}, "need.registry"},
	{"BD-5.24.3: and is told", "Awb 5:24 lid 3", signedFile, "2026-03-23", "lars", "publish", &Publication{On: day("2026-03-23"), How: "handed", To: []string{"R. Verzonnen"}, Proof: "x"}, "right-holder-missing"},
	{"BD-5.25.2: the order says who pays", "Awb 5:25 lid 2", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Costs = "" }), "costs-stated"},
	{"BD-5.25.2: else nobody does", "Awb 5:25 lid 2", orderSealed, "2026-03-10", "lars", "costs", &Costs{On: day("2026-03-10"), Items: []string{"x"}, Amount: 1, Reasonable: "x", Proof: "x"}, "need.costs-unstated"},
	{"BD-5.25.6: five years after the closing", "Awb 5:25 lid 6", sealedOver, "2031-04-09", "lars", "costs", &Costs{On: day("2031-04-08"), Items: []string{"x"}, Amount: 1, Reasonable: "x", Proof: "x"}, "costs-lapsed"},
	{"BD-5.25: not of an order that was taken away", "Awb 5:25 lid 1", revokedOrder, "2026-05-01", "lars", "costs", &Costs{On: day("2026-05-01"), Items: []string{"x"}, Amount: 1, Reasonable: "x", Proof: "x"}, "need.costs-off"},
	{"BD-5.27: a dwelling is entered with an authorisation", "Awb 5:27", refusedRelief, "2026-04-07 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.Authorisation = "" }), "authorisation"},
	{"BD-5.27: 48 hours for who is not involved", "Awb 5:27", refusedRelief, "2026-04-07 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.Uninvolved, s.Notice = true, when("2026-04-05 11:01") }), "notice-48"},
	{"BD-5.27: and in writing at all", "Awb 5:27", refusedRelief, "2026-04-07 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.Uninvolved = true }), "notice-48"},
	{"BD-5.28: the record has the minute", "Awb 5:28", refusedRelief, "2026-04-07 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.At = when("2026-04-07") }), "minute"},
	{"BD-5.31.1: why it could not wait", "Awb 5:31", bar, "2026-03-04", "lars", "draft", with(barDraft, func(d *Draft) { d.Urgency = "" }), "urgency-why"},
	{"BD-5.31.1: urgent has no term", "Awb 5:31", bar, "2026-03-04", "lars", "draft", with(barDraft, func(d *Draft) { d.Days = 3 }), "urgent-no-term"},
	{"BD-5.31.2: at once is a fact", "Awb 5:31 lid 2", bar, "2026-03-04", "lars", "draft", with(barDraft, func(d *Draft) { d.Course = "at-once" }), "at-once-fact"},
	{"BD-5.31.2: and then it is that decision", "Awb 5:31 lid 2", atOnceDone, "2026-03-04", "lars", "draft", &barDraft, "at-once-fact"},
	{"BD-5.31.2: not a warning any more", "Awb 5:31 lid 2", atOnceDone, "2026-03-04", "lars", "draft", &Draft{Cell: "P-H-1", Outcome: "warning", Summary: "x", Measures: []string{"x"}, Deviation: "x"}, "at-once-closure"},
	{"BD-5.31.2: a draft from before is written anew", "Awb 5:31 lid 2", atOnceDrafted, "2026-03-05", "noor", "check", &Check{Outcome: "approved"}, "need.draft-at-once"},
	{"BD-5.31.2: the decision follows", "Awb 5:31 lid 2", atOnceDone, "2026-03-05", "lars", "close", &Close{Outcome: "not-pursued", Words: "x"}, "need.decision-owed"},
	{"BD-5.31.2: once", "Awb 5:31 lid 2", atOnceDone, "2026-03-04", "jet", "seal-at-once", &SealingAtOnce{Why: "x", At: when("2026-03-04 09:00"), How: "sealed", By: []string{"J."}, Record: "x"}, "need.sealed-already"},
	{"BD-5.31c: against costs that there are", "Awb 5:31c", ordered, "2026-03-25", "lars", "object", &Objection{Against: "costs", Received: day("2026-03-25"), By: "x", Words: "x"}, "no-costs"},
	{"BD-pay: no reminder inside the term to pay", "Awb 4:112", owing, "2026-06-12", "lars", "remind", &Reminder{Sent: day("2026-06-12"), Warned: true}, "payment-term-runs"},
	{"BD-pay: a reminder warns of the costs", "Awb 4:112 lid 3", owing, "2026-06-15", "lars", "remind", &Reminder{Sent: day("2026-06-15")}, "reminder-warning"},
	{"4.4-1: the power first", "Opiumwet 13b", reported, "2026-03-04", "lars", "draft", &aDraft, "block.draft"},
	{"4.4-2: the cell that applies", "Awb 4:84", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Cell = "W-H-2" }), "other-cell"},
	{"4.4-2: longer than the matrix", "Awb 4:84", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Length = 4 }), "longer-than-matrix"},
	{"4.4-2: a blank is no reason", "Awb 4:84", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Length, d.Deviation = 4, "  " }), "longer-than-matrix"},
	{"4.4-2: shorter than the matrix", "Awb 4:84", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Length = 2 }), "other-than-matrix"},
	{"4.4-2: weeks for months", "Awb 4:84", weighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Length, d.Unit = 13, "weeks" }), "other-than-matrix"},
	{"4.4-2: lighter than the matrix", "Awb 4:84", weighed, "2026-03-18", "lars", "draft", &Draft{Cell: "W-H-1", Outcome: "warning", Summary: "x", Measures: []string{"x"}}, "lighter-than-matrix"},
	{"4.5: a first find of soft drugs is a warning", "Awb 4:84", softWeighed, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Cell = "W-S-1" }), "warning-first"},
	{"4.4-3: the test, for a closure", "ECLI:NL:RVS:2019:2912", heard, "2026-03-18", "lars", "draft", &aDraft, "need.weighing"},
	{"4.4-3: no empty answers", "ECLI:NL:RVS:2019:2912", emptied, "2026-03-18", "lars", "draft", &aDraft, "need.weighing-empty"},
	{"4.4-3: nothing at all is no test", "ECLI:NL:RVS:2019:2912", heard, "2026-03-17", "lars", "weigh", &Weighing{}, "weighing-nothing"},
	{"4.4-4: who lives there", "Awb 3:2", unknownHome, "2026-03-18", "lars", "draft", &aDraft, "need.residents"},
	{"4.4-4: the interest of children, whatever the reason", "ECLI:NL:RVS:2023:823", childless, "2026-03-18", "lars", "draft", &aDraft, "need.minors"},
	{"4.4-4: against a warning cell too", "ECLI:NL:RVS:2019:2912", softHeard, "2026-03-18", "lars", "draft", with(aDraft, func(d *Draft) { d.Cell, d.Deviation = "W-S-1", "Kinderen tussen de planten." }), "need.weighing"},
	{"AWB-4.8: heard first", "Awb 4:8", known, "2026-03-18", "lars", "draft", &aDraft, "need.not-heard"},
	{"AWB-4.8: while the term runs", "Awb 4:8", intended, "2026-03-19", "lars", "draft", &aDraft, "need.view-open"},
	{"AWB-4.8: and that nothing came is recorded", "Awb 4:8", intended, "2026-03-20", "lars", "draft", &aDraft, "need.view-none"},
	{"AWB-4.8: nothing came, before the end", "Awb 4:8", intended, "2026-03-19", "lars", "view", &View{Received: day("2026-03-19"), How: "none", Words: "x", Answer: "x"}, "view-term-runs"},
	{"4.4: shortened by a remedy, not lengthened", "ECLI:NL:RVS:2023:3938", sealed, "2026-05-01", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-05-01"), Outcome: "shortened", Length: 4, Unit: "months", PerGround: fell("facts"), Grounds: "x"}, "shorten-shorter"},
	{"4.4: an order that is not carried out is withdrawn", "ECLI:NL:RBROT:2025:6095", ordered, "2026-06-01", "lars", "close", &Close{Outcome: "not-pursued", Words: "x"}, "block.close"},
	{"4.4: by the mayor", "Opiumwet 13b lid 1", ordered, "2026-06-01", "lars", "withdraw", &Withdrawal{Why: "x", Capacity: "mayor"}, "only-mayor"},
	{"4.6: a seal that was there", "Sr 199", sealed, "2026-07-08 12:00", "jet", "seal-broken", &SealBreak{At: when("2026-07-07 10:00"), What: "broken", Words: "x"}, "seal-outside"},
	{"4.6: before the end it stays shut", "Awb 5:28", sealed, "2026-07-06 12:00", "jet", "unseal", &theEnd, "need.runs"},
	{"4.6: an entry of the Wkpb has a number", "Wkpb", ordered, "2026-03-25", "lars", "wkpb", &Wkpb{On: day("2026-03-25"), Outcome: "entered", Words: "x"}, "wkpb-number"},
	{"4.6: a landlord that there is", "BW 7:231", bar, "2026-03-04", "lars", "landlord", &LandlordNotice{On: day("2026-03-04"), How: "post", Intention: "unknown"}, "need.landlord"},
	{"4.6: a tenant has one", "BW 7:231", grounded, "2026-03-04", "lars", "residents", with(someone, func(r *Residents) { r.Landlord = "" }), "landlord-needed"},
	{"AWB-6.16: held for the judge", "Awb 6:16", asked, "2026-04-01 12:00", "jet", "seal", with(aSeal, func(s *Sealing) { s.At = when("2026-04-01 11:00") }), "need.held"},
	{"AWB-8.81: relief beside an objection", "Awb 8:81", ordered, "2026-03-26", "lars", "relief", &Relief{Asked: day("2026-03-26"), Held: "held", Why: "x"}, "need.remedy"},
	{"AWB-7.10: an adjournment of six weeks at most", "Awb 7:10 lid 3", objected, "2026-04-10", "lars", "adjourn", &Adjourn{Number: 1, Weeks: 7, Why: "x"}, "adjourn-six"},
	{"AWB-7.10: before the term ends", "Awb 7:10", objected, "2026-08-10", "lars", "adjourn", &Adjourn{Number: 1, Weeks: 6, Why: "x"}, "adjourn-late"},
	{"AWB-8.104: the court first", "Awb 8:104", objectionDecided, "2026-06-20", "lars", "appeal", &Appeal{Objection: 1, Court: "afdeling", Lodged: day("2026-06-20"), By: "offender"}, "court-first"},
	{"grounds: revoked on one", "Awb 7:12", sealed, "2026-05-01", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-05-01"), Outcome: "revoked", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: shorter on one", "Awb 7:12", sealed, "2026-05-01", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-05-01"), Outcome: "shortened", Length: 10, Unit: "weeks", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: suspended on one", "Awb 8:77", asked, "2026-04-06", "lars", "rule-relief", &RuleRelief{On: day("2026-04-03"), Outcome: "suspended", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: annulled on one", "Awb 8:77", appealed, "2026-06-30", "lars", "judge", &Judge{Sent: day("2026-06-30"), Outcome: "annulled", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: dismissed on none that fell", "", appealed, "2026-06-30", "lars", "judge", &Judge{Sent: day("2026-06-30"), Outcome: "dismissed", PerGround: fell("facts"), Grounds: "x"}, "measures.ground-stood"},
	{"opening: the day, when granted", "Awb 3:46", requested, "2026-04-24", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "granted", Why: "x", Capacity: "mayor"}, "open-day"},
	{"opening: sooner than the end", "Awb 4:13", requested, "2026-04-24", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "granted", Open: day("2026-07-07"), Why: "x", Capacity: "mayor"}, "open-late"},
	{"opening: not in the past", "", requested, "2026-04-24", "burg", "decide-request", &DecideRequest{Number: 1, Outcome: "granted", Open: day("2026-04-23"), Why: "x", Capacity: "mayor"}, "open-past"},
	{"opening: by the mayor", "Opiumwet 13b lid 1", requested, "2026-04-24", "lars", "decide-request", &DecideRequest{Number: 1, Outcome: "refused", Why: "x", Capacity: "mayor"}, "only-mayor"},
	{"the report after the finding", "", begin, "2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Dated = day("2026-02-19") }), "before"},
	{"received after the report", "", begin, "2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Received = day("2026-02-25") }), "before"},
	{"no BSN in the file", "UAVG 46", begin, "2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Facts = "BSN 123456782" }), "bsn"},
	{"nor of who lives there", "UAVG 46", grounded, "2026-03-04", "lars", "residents", with(someone, func(r *Residents) { r.Adults = []string{"X, 123456782"} }), "bsn"},
	{"nor in any other act", "UAVG 46", heard, "2026-03-17", "lars", "weigh", with(theWeighing, func(w *Weighing) { w.Medical = "Zie dossier 123456782" }), "bsn"},
	{"10: a tip is no source", "Awb 3:2", reported, "2026-03-04", "lars", "evidence", &Evidence{On: day("2026-03-03"), Words: "Volgens een anonieme tip wordt er verkocht.", Source: "other"}, "measures.names-tip"},
	{"four eyes at the check", "Awb 3:2", writ, "2026-03-19", "lars", "check", &Check{Outcome: "approved"}, "own-draft"},
	{"four eyes at the signature", "Awb 3:2", mayorsDraft, "2026-03-20", "burg", "sign", &Signing{Capacity: "mayor", Weighed: true}, "own-draft"},
	{"the signer read it", "Awb 3:2", checked, "2026-03-20", "burg", "sign", &Signing{Capacity: "mayor"}, "read-first"},
	{"an urgent draft is signed as one", "Awb 5:31", checked, "2026-03-20", "burg", "sign-urgent", &SigningUrgent{Capacity: "mayor", Weighed: true}, "need.sign-ordinary"},
	{"a closure is no warning", "Awb 4:84", checked, "2026-03-20", "burg", "warn", &SigningWarning{Capacity: "mayor", Weighed: true}, "need.sign-ordinary"},
	{"premises that are shut keep the file open", "Awb 5:28", sealedOverShut, "2026-06-10", "lars", "close", &Close{Outcome: "withdrawn", Words: "x"}, "need.still-sealed"},
	{"money that is owed too", "Awb 4:104", owingOver, "2026-12-01", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "close-unpaid"},
	{"not in the future", "", signedFile, "2026-03-23", "lars", "publish", &Publication{On: day("2026-03-24"), How: "handed", To: to(), Proof: "x"}, "in-future"},
}

func prep(change func(*Find)) *Find {
	in := Find{Limb: "preparation", List: "II", Prep: "objects", PrepFor: "soft", Knowledge: "Lampen, filters en een schema lagen klaar.", Trade: "Een ingerichte kweekruimte."}
	return with(in, change)
}

// The files from which the guards are tried.

func longAgo(t testing.TB) *file {
	return begin(t).do("2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Found = day("2018-12-31") }))
}

func orderLongAgo(t testing.TB) *file {
	return begin(t).do("2026-03-03", "lars", "report", with(aReport, func(r *Report) { r.Type, r.Found = Order, day("2023-12-31") }))
}

func signedUnregistered(t testing.TB) *file {
	return grounded(t).do("2026-03-04", "lars", "residents", &someone).do("2026-03-05", "lars", "skip", &Skip{Ground: "heard-before", Why: "x"}).do("2026-03-17", "lars", "weigh", &theWeighing).do("2026-03-18", "lars", "draft", &aDraft).
		do("2026-03-19", "noor", "check", &Check{Outcome: "approved"}).do("2026-03-20", "burg", "sign", &Signing{Capacity: "mayor", Weighed: true})
}

func extendedUnserved(t testing.TB) *file {
	return orderSealed(t).do("2026-03-24", "burg", "extend", &anExtension)
}

func sealedOver(t testing.TB) *file {
	return sealed(t).do("2026-07-07 09:30", "jet", "unseal", &theEnd)
}

func sealedOverShut(t testing.TB) *file {
	return urgentSealed(t).do("2026-06-01", "burg", "withdraw", &Withdrawal{Why: "x", Capacity: "mayor"})
}

func revokedOrder(t testing.TB) *file {
	return sealed(t).do("2026-04-20", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-04-20"), Outcome: "revoked", PerGround: fell("facts"), Grounds: "x"})
}

func atOnceDrafted(t testing.TB) *file {
	return bar(t).do("2026-03-04", "lars", "draft", &barDraft).
		do("2026-03-04 22:30", "jet", "seal-at-once", &SealingAtOnce{Why: "x", At: when("2026-03-04 22:00"), How: "sealed", By: []string{"J."}, Record: "x"})
}

func owing(t testing.TB) *file {
	return sealed(t).do("2026-05-01", "lars", "costs", &Costs{On: day("2026-05-01"), Items: []string{"Slot"}, Amount: 25000, Reasonable: "x", Proof: "x"})
}

func owingOver(t testing.TB) *file {
	return owing(t).do("2026-07-07 09:30", "jet", "unseal", &theEnd).do("2026-07-20", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-07-20"), Outcome: "unfounded", Grounds: "x"})
}

func softHeard(t testing.TB) *file {
	return soft(t).do("2026-03-04", "lars", "residents", &someone).do("2026-03-05", "lars", "intend", &Intention{Sent: day("2026-03-05"), ViewDays: 10}).do("2026-03-16", "lars", "view", &aView)
}

func softWeighed(t testing.TB) *file {
	return softHeard(t).do("2026-03-17", "lars", "weigh", &theWeighing)
}

func emptied(t testing.TB) *file {
	return heard(t).do("2026-03-17", "lars", "weigh", with(theWeighing, func(w *Weighing) { w.Medical, w.Lease = "", " " }))
}

func childless(t testing.TB) *file {
	return heard(t).do("2026-03-17", "lars", "weigh", with(theWeighing, func(w *Weighing) { w.Minors, w.Blank = "", "Niet nagevraagd." }))
}

func unknownHome(t testing.TB) *file {
	return grounded(t).do("2026-03-05", "lars", "skip", &Skip{Ground: "aim", Why: "x"}).do("2026-03-17", "lars", "weigh", &theWeighing)
}

func mayorsDraft(t testing.TB) *file {
	return weighed(t).do("2026-03-18", "burg", "draft", &aDraft).do("2026-03-19", "noor", "check", &Check{Outcome: "approved"})
}

func requested(t testing.TB) *file {
	return sealed(t).do("2026-04-20", "lars", "request", &Request{Received: day("2026-04-20"), From: "x", Words: "x"})
}

func objectionDecided(t testing.TB) *file {
	return sealed(t).do("2026-06-01", "lars", "decide-objection", &DecideObjection{Number: 1, On: day("2026-06-01"), Outcome: "unfounded", Grounds: "x"})
}

func appealed(t testing.TB) *file {
	return objectionDecided(t).do("2026-06-20", "lars", "appeal", &Appeal{Objection: 1, Court: "rechtbank", Lodged: day("2026-06-20"), By: "offender"})
}
