package deadlines

import "time"

// since is the first day on which a text is law; always when none is known.
func since(year int, month time.Month, day int) Day { return Date(year, month, day) }

const always = NoDay

// rulesPreparing: preparing and taking decisions, penalty for late decisions,
// publication (law.md 2.1 to 2.3).
var rulesPreparing = []Rule{
	// id, article, class, length, unit, how, start, who, if missed, mark, law from, until
	{"AWB-4.5", "Awb 4:5 lid 4", STAT, 4, Weeks, After, "supplemented", Municipality, "must-decide-on-content", Consolidated, always, always},
	{"AWB-4.7", "Awb 4:7", ASAP, 0, None, Promptly, "intended-refusal", Municipality, "defect", Consolidated, always, always},
	{"AWB-4.8", "Awb 4:8", DEC, 0, None, Given, "intention-sent", Party, "may-decide", Consolidated, always, always},
	{"AWB-4.13", "Awb 4:13 lid 2", STAT, 8, Weeks, Stretch, "application-received", Municipality, "late-decision", Consolidated, always, always},
	{"AWB-4.14", "Awb 4:14 lid 1, 3", STAT, 8, Weeks, After, "application-received", Municipality, "late-decision", Consolidated, always, always},
	{"AWB-4.15", "Awb 4:15 lid 1", DEC, 0, None, Given, "supplement-asked", Applicant, "clock-runs-again", Consolidated, always, always},
	{"AWB-4.15b", "Awb 4:15 lid 2", DEC, 0, None, Given, "suspension-began", Municipality, "clock-runs-again", Consolidated, always, always},
	{"AWB-4.17.1", "Awb 4:17 lid 1", EXCL, 42, Days, Running, "first-day-due", Municipality, "penalty-full", Consolidated, since(2009, 10, 1), always},
	{"AWB-4.17.2", "Awb 4:17 lid 2", EXCL, 42, Days, Running, "first-day-due", Municipality, "penalty-full", Unverified, since(2009, 10, 1), always},
	{"AWB-4.17.3", "Awb 4:17 lid 3", STAT, 2, Weeks, FirstDue, "default-notice-received", Municipality, "penalty-runs", Disputed, since(2009, 10, 1), always},
	{"AWB-4.18", "Awb 4:18", STAT, 2, Weeks, After, "last-day-due", Municipality, "late-decision", Consolidated, since(2009, 10, 1), always},
	{"AWB-3.47", "Awb 3:47 lid 3", STAT, 1, Weeks, After, "publication", Municipality, "defect", Consolidated, always, always},
}

// rulesObjection: objection and appeal (law.md 2.4).
var rulesObjection = []Rule{
	{"AWB-6.7", "Awb 6:7, 6:8 lid 1", STAT, 6, Weeks, After, "publication", Party, "inadmissible", Consolidated, always, always},
	{"AWB-6.9.2", "Awb 6:9 lid 2", STAT, 1, Weeks, After, "term-ended", Party, "inadmissible", Unverified, always, always},
	{"AWB-6.12", "Awb 6:12 lid 2", STAT, 2, Weeks, After, "default-notice-received", Municipality, "appeal-open", Consolidated, always, always},
	{"AWB-6.5/6.6", "Awb 6:5, 6:6", DEC, 0, None, Given, "repair-asked", Objector, "inadmissible-possible", Consolidated, always, always},
	{"AWB-6.14", "Awb 6:14", ASAP, 0, None, Promptly, "objection-received", Municipality, "defect", Consolidated, always, always},
	{"AWB-6.15", "Awb 6:15", ASAP, 0, None, Promptly, "wrongly-addressed", Municipality, "defect", Consolidated, always, always},
	{"AWB-7.4.1", "Awb 7:4 lid 1", BACK, 10, Days, Before, "hearing", Party, "may-be-left-out", Disputed, always, always},
	{"AWB-7.4.2", "Awb 7:4 lid 2", BACK, 1, Weeks, Before, "hearing", Municipality, "defect", Consolidated, always, always},
	{"AWB-7.10.1", "Awb 7:10 lid 1", STAT, 6, Weeks, Objection, "publication", Municipality, "late-decision", Consolidated, always, always},
	{"AWB-7.10.2", "Awb 7:10 lid 2", DEC, 0, None, Given, "repair-asked", Objector, "clock-runs-again", Consolidated, always, always},
	{"AWB-7.10.3", "Awb 7:10 lid 3", STAT, 6, Weeks, After, "term-ended", Municipality, "late-decision", Unverified, always, always},
	{"AWB-7.10.4", "Awb 7:10 lid 4", DEC, 0, None, Given, "term-ended", Municipality, "late-decision", Consolidated, always, always},
	{"AWB-7.13", "Awb 7:13 lid 2", ASAP, 0, None, Promptly, "committee-chosen", Municipality, "six-weeks-instead", Consolidated, always, always},
}

// rulesCourt: proceedings before the court (law.md 2.5).
var rulesCourt = []Rule{
	{"AWB-8.42", "Awb 8:42 lid 1", STAT, 4, Weeks, After, "appeal-sent", Municipality, "court-draws-conclusions", General, always, always},
	{"AWB-8.58", "Awb 8:58 lid 1", BACK, 10, Days, Before, "hearing", Party, "may-be-left-out", Disputed, always, always},
	{"AWB-8.66", "Awb 8:66 lid 1, 2", STAT, 6, Weeks, Stretch, "hearing-closed", Court, "", General, always, always},
	{"AWB-8.83", "Awb 8:83 lid 1", BACK, 1, Days, Before, "hearing", Party, "may-be-left-out", General, always, always},
	{"AWB-8.84", "Awb 8:84", ASAP, 0, None, Promptly, "relief-hearing", Court, "", General, always, always},
	{"AWB-8.104", "Awb 8:104, 6:24", STAT, 6, Weeks, After, "judgment-sent", Party, "inadmissible", General, always, always},
}
