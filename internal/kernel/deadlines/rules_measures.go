package deadlines

// rulesHuisverbod: Wet tijdelijk huisverbod (law.md 3.3). Article 13 switches the
// Atw off for the ten days and the four weeks only; the three days of the hearing
// keep it.
var rulesHuisverbod = []Rule{
	// id, article, class, length, unit, how, start, who, if missed, mark, law from, until
	{"WTH-2.1d", "Wth 2 lid 1, 13", EXCL, 10, Days, Clock, "imposition", Officer, "ban-ends", Read, since(2009, 1, 1), always},
	{"WTH-D1", "Wth 2 lid 1, 13", EXCL, 10, Days, Clock, "imposition", Officer, "ban-ends", Read, since(2009, 1, 1), always},
	{"WTH-D2", "Wth 2 lid 6", HOUR, 24, Hours, Elapsed, "imposition", Banned, "own-risk", Read, since(2009, 1, 1), always},
	{"WTH-D3", "Wth 2 lid 7", ASAP, 0, None, Promptly, "oral-imposition", Officer, "appeal-not-started", Read, since(2009, 1, 1), always},
	{"WTH-D3b", "Wth 2 lid 7", ASAP, 0, None, Promptly, "oral-imposition", Mayor, "appeal-not-started", Read, since(2009, 1, 1), always},
	{"WTH-D4", "Wth 2 lid 8", ASAP, 0, None, Promptly, "imposition", Officer, "defect", Read, since(2009, 1, 1), always},
	{"WTH-D5", "Wth 5 lid 1", HOUR, 24, Hours, Elapsed, "counsel-wished", Officer, "defect", Read, since(2009, 1, 1), always},
	{"WTH-D6", "Wth 6 lid 1 a", STAT, 3, Days, After, "relief-request-received", Court, "", Read, since(2009, 1, 1), always},
	{"WTH-D7", "Wth 6 lid 1 b", HOUR, 24, Hours, Elapsed, "relief-hearing", Court, "", Read, since(2009, 1, 1), always},
	{"WTH-D8", "Wth 9 lid 1, 13", EXCL, 28, Days, Clock, "imposition", Mayor, "ban-ends", Read, since(2009, 1, 1), always},
	{"WTH-D9", "Wth 8 lid 1 b", STAT, 2, Weeks, After, "judgment-given", Court, "", Read, since(2009, 1, 1), always},
	{"WTH-D10", "Wth 8", ASAP, 0, None, Promptly, "ruling", Mayor, "defect", Read, since(2009, 1, 1), always},
	{"WTH-D11", "Wth 10", LONG, 5, Years, After, "imposition", Municipality, "must-be-destroyed", General, since(2009, 1, 1), always},
	{"WTH-D12", "Awb 6:7, 6:8 lid 1", STAT, 6, Weeks, After, "publication", Banned, "inadmissible", General, since(2009, 1, 1), always},
}

// rulesBestuursdwang: closing premises and acting at the offender's cost (law.md 4.3).
var rulesBestuursdwang = []Rule{
	{"BD-5.24.2", "Awb 5:24 lid 2", DEC, 0, None, Given, "publication", Offender, "municipality-may-act", Consolidated, always, always},
	{"BD-5.25.6", "Awb 5:25 lid 6", LONG, 5, Years, After, "bestuursdwang-applied", Municipality, "costs-lost", Consolidated, since(2021, 4, 1), always},
	{"BD-5.27", "Awb 5:27 lid 4", HOUR, 48, Hours, Before, "entering", Municipality, "may-not-enter", Consolidated, always, always},
	{"BD-5.30", "Awb 5:30 lid 1", LONG, 13, Weeks, After, "goods-removed", Offender, "goods-may-be-sold", Consolidated, always, always},
	{"BD-5.30 (sale)", "Awb 5:30 lid 2", STAT, 2, Weeks, After, "record-copy-given", Municipality, "no-sale-before", Consolidated, always, always},
	{"BD-5.30 (proceeds)", "Awb 5:30 lid 4", LONG, 3, Years, After, "goods-sold", Offender, "proceeds-lost", Consolidated, always, always},
	{"BD-5.31.2", "Awb 5:31 lid 2", ASAP, 0, None, Promptly, "bestuursdwang-applied", Municipality, "defect", Consolidated, always, always},
	{"BD-5.31a", "Awb 5:31a lid 3", STAT, 4, Weeks, After, "application-received", Municipality, "late-decision", Consolidated, always, always},
	{"BD-pay", "Awb 4:87 lid 1", STAT, 6, Weeks, After, "publication", Debtor, "default", Consolidated, always, always},
	{"BD-lim", "Awb 4:104 lid 1", LONG, 5, Years, Lapse, "payment-term-ended", Municipality, "claim-prescribed", Consolidated, always, always},
	// How long a closure runs stands in the decision; it begins when the premises are closed.
	{"OPW-13b", "Opiumwet 13b lid 1", DUR, 0, None, Given, "premises-closed", Mayor, "closure-ends", Consolidated, always, always},
	{"G174a", "Gemeentewet 174a lid 1, 3", DUR, 0, None, Given, "premises-closed", Mayor, "closure-ends", Unverified, always, always},
}

// rulesOrders: nuisance, area bans and other orders by the mayor (law.md 5), and
// the keeping of camera images (law.md 7.1).
var rulesOrders = []Rule{
	{"G151d.3", "Gemeentewet 151d lid 3, Wth 9, 13", EXCL, 10, Days, Clock, "imposition", Mayor, "ban-ends", Consolidated, since(2017, 7, 1), always},
	{"G172.3", "Gemeentewet 172 lid 3", DEC, 0, None, Given, "order-given", Mayor, "order-ends", General, always, always},
	{"G172a.6a", "Gemeentewet 172a lid 6 a", DUR, 3, Months, Chain, "order-began", Mayor, "order-ends", Consolidated, since(2010, 9, 1), always},
	{"G172a.6b", "Gemeentewet 172a lid 6 b", DUR, 24, Months, After, "order-began", Mayor, "order-ends", Consolidated, since(2010, 9, 1), always},
	{"G172b", "Gemeentewet 172b", DUR, 3, Months, After, "order-began", Mayor, "order-ends", Consolidated, since(2010, 9, 1), always},
	{"G174b", "Gemeentewet 174b", HOUR, 12, Hours, Elapsed, "area-designated", Mayor, "area-ends", General, always, always},
	{"G154a", "Gemeentewet 154a", HOUR, 12, Hours, Elapsed, "detention-began", Mayor, "must-be-released", Consolidated, always, always},
	{"APV", "APV, Gemeentewet 145", ORD, 0, None, Given, "order-began", Mayor, "order-ends", Unverified, always, always},
	{"G151c.r", "Gemeentewet 151c", STAT, 672, Hours, Elapsed, "recorded", Police, "must-be-destroyed", Consolidated, always, always},
}
