package deadlines

import "time"

// rulesDwangsom: last onder dwangsom and the recovery of money (law.md 6). The
// limitation was rewritten on 1 April 2021; compute the events, not two rules.
var rulesDwangsom = []Rule{
	// id, article, class, length, unit, how, start, who, if missed, mark, law from, until
	{"LOD-5.32a", "Awb 5:32a lid 2", DEC, 0, None, Given, "publication", Offender, "sum-forfeited", Consolidated, always, always},
	{"LOD-5.32b", "Awb 5:32b, 5:33", DEC, 1, Weeks, PerUnit, "compliance-ended", Offender, "sum-forfeited", Consolidated, always, always},
	{"LOD-5.33", "Awb 5:33", STAT, 6, Weeks, After, "forfeiture", Debtor, "default", Consolidated, always, always},
	{"LOD-5.34.2", "Awb 5:34 lid 2", LONG, 1, Years, After, "order-in-force", Offender, "may-ask-lifting", Consolidated, always, always},
	{"LOD-5.31a/5.37", "Awb 5:37 lid 2", STAT, 4, Weeks, After, "recovery-asked", Municipality, "late-decision", Consolidated, always, always},
	{"LOD-5.35", "Awb 5:35 lid 1", LONG, 1, Years, Lapse, "forfeiture", Municipality, "claim-prescribed", Consolidated, always, always},
	{"GS-4.87", "Awb 4:87 lid 1", STAT, 6, Weeks, After, "publication", Debtor, "default", Consolidated, always, always},
	{"GS-4.94", "Awb 4:94", DEC, 0, None, Given, "deferment-granted", Debtor, "recovery-goes-on", Consolidated, always, always},
	{"GS-4.112.1", "Awb 4:112 lid 1", STAT, 2, Weeks, After, "reminder-sent", Debtor, "enforcement-order", Consolidated, always, always},
}

// rulesTogether: cooperation under the Wgs (law.md 10.2).
var rulesTogether = []Rule{
	{"WGS-1.8.7", "Wgs 1.8 lid 7", LONG, 5, Years, After, "first-processed", Participants, "must-be-destroyed", Read, since(2025, 3, 1), always},
	{"WGS-1.10", "Wgs 1.10", LONG, 1, Years, After, "audit-failed", Participants, "defect", Read, since(2025, 3, 1), always},
	{"BW-1.16.1", "Besluit Wgs 1.16 lid 1", ASAP, 0, None, Promptly, "not-taken-up", Participants, "must-be-destroyed", Read, since(2025, 3, 1), always},
	{"BW-1.16.2", "Besluit Wgs 1.16 lid 2, 3", LONG, 2, Years, After, "reuse-granted", Participants, "must-be-destroyed", Read, since(2025, 3, 1), always},
	{"BW-1.17/18", "Besluit Wgs 1.18", LONG, 2, Years, After, "joined", Participants, "defect", Read, since(2025, 3, 1), always},
}

// dailyPenalty is what a late decision costs per day (Awb 4:17 lid 2): three times
// fourteen days. The day on which the notice of default was received decides
// (law.md 2.2).
type dailyPenalty struct {
	from  Day // first day of receipt
	cents [3]int
	mark  Mark
}

// Amounts from 1-1-2026 were not found; a municipality that knows them adds a line.
var dailyPenalties = []dailyPenalty{
	{Date(2009, time.October, 1), [3]int{2000, 3000, 4000}, Read},
	{Date(2019, time.January, 1), [3]int{2300, 3500, 4500}, Read},
	{Date(2026, time.January, 1), [3]int{2300, 3500, 4500}, Unverified},
}
