package gebiedsverbod

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/measures"
	"baken/internal/text"
)

func with[T any](in T, fn func(*T)) *T { fn(&in); return &in }

// Every guard of law.md 5.2, with its article. The row says what is tried and the sentence
// that refuses it.
var guards = []struct {
	rule, article string
	from          func(testing.TB) *file
	at, who, act  string
	in            any
	code          string
}{
	{"G172.3: something happened", "Gemeentewet 172 lid 3", empty, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "light", Why: "x"}, "no-incident"},
	{"G172.3: short", "Gemeentewet 172 lid 3", lightReady, "2026-01-12 10:30", "lars", "draft", &Draft{Facts: "x", Stay: true, Count: 49, Unit: "hours"}, "light-short"},
	{"G172.3: in hours", "Gemeentewet 172 lid 3", lightReady, "2026-01-12 10:30", "lars", "draft", &Draft{Facts: "x", Stay: true, Count: 1, Unit: "days"}, "light-short"},
	{"G172.3: an area, no group ban", "Gemeentewet 172 lid 3", lightReady, "2026-01-12 10:30", "lars", "draft", &Draft{Facts: "x", Stay: true, Group: true, Count: 24, Unit: "hours"}, "order-group"},
	{"G172.3: limited in place", "Gemeentewet 172a lid 1 a", placeless, "2026-01-20 13:00", "lars", "intend", &Intention{Sent: day("2026-01-20"), ViewDays: 7}, "need.area"},
	{"G172.3: limited in time", "EVRM 8", timeless, "2026-01-20 13:00", "lars", "intend", &Intention{Sent: day("2026-01-20"), ViewDays: 7}, "need.limits"},
	{"G172.3: not extended", "Gemeentewet 172a lid 6 a", lightRuns, "2026-01-13 10:00", "burg", "extend", extension("2026-01-20 10:00"), "need.not-extended"},
	{"G172a.1: a serious disturbance", "Gemeentewet 172a lid 1", mild, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "serious", Why: "x"}, "no-serious"},
	{"G172a.1: a leading role in a group", "Gemeentewet 172a lid 1", mild, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "leading", Why: "x"}, "no-leading"},
	{"G172a.1: repeatedly", "Gemeentewet 172a lid 1", reported, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "repeated", Why: "x"}, "not-repeated"},
	{"G172a.1: who leads is in a group", "Gemeentewet 172a lid 1", reported, "2026-01-17 10:00", "noor", "incident", with(second, func(i *Incident) { i.Group, i.Leading = false, true }), "leading-alone"},
	{"G172a.1: a serious fear, says the mayor", "Gemeentewet 172a lid 1", proposed, "2026-01-29 10:00", "burg", "decide", with(aDecision, func(d *Decision) { d.Fear = false }), "no-fear"},
	{"G172a.1: the power is the mayor's", "Gemeentewet 172", proposed, "2026-01-29 10:00", "lars", "decide", &aDecision, "only-mayor"},
	{"G172a.1: so is refusing", "Gemeentewet 172", proposed, "2026-01-29 10:00", "lars", "refuse", &Refusal{Capacity: "mayor", Why: "x"}, "only-mayor"},
	{"G172a.1: so is sending back", "Gemeentewet 172", proposed, "2026-01-29 10:00", "lars", "return", &Return{Words: "x"}, "only-mayor"},
	{"G172a.1 a: within the municipality", "Gemeentewet 172a lid 1 a", logged, "2026-01-19 10:05", "noor", "area", &Area{Outline: "76400 437300\n77000 437300\n77000 436800", Streets: []string{"Kade"}}, "outside"},
	{"G172a.1 a: listed by street", "Awb 3:46", logged, "2026-01-19 10:05", "noor", "area", with(theArea, func(a *Area) { a.Streets = []string{"Kade"} }), "streets-missing"},
	{"G172a.1 a: no street outside it", "Awb 3:46", logged, "2026-01-19 10:05", "noor", "area", with(theArea, func(a *Area) { a.Streets = append(slices.Clone(a.Streets), "Verweg") }), "streets-outside"},
	{"G172a.1 a: some street", "Awb 3:46", logged, "2026-01-19 10:05", "noor", "area", &Area{Outline: "77100 438000\n77200 438000\n77200 438100"}, "no-streets"},
	{"G172a.1 a: an area", "", logged, "2026-01-19 10:05", "noor", "area", &Area{Outline: "76400 437300\n77000 437300", Streets: []string{"Kade"}}, "places.ring.few"},
	{"G172a.1 a: an order", "Gemeentewet 172a lid 1", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.Stay, d.Group = false, false }), "no-order"},
	{"G172a.1 c: a duty to report needs its basis", "172a", reported, "2026-01-19 10:20", "noor", "duty", &Duty{Where: "x", Times: []string{"x"}}, "need.basis"},
	{"G172a.1 c: and one of 172a", "Gemeentewet 172a lid 1 c", kidBased, "2026-01-19 10:20", "noor", "duty", &Duty{Where: "x", Times: []string{"x"}}, "need.no-duty"},
	{"G172a.1 c: attended where there is one", "Gemeentewet 172a lid 1 c", inForce, "2026-02-01 10:00", "ruud", "attend", &Attendance{At: when("2026-02-01 09:00"), Came: "came"}, "need.no-duty-here"},
	{"G172a.2: a sanction of a private organisation", "Gemeentewet 172a lid 2", logged, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "sanction", Why: "x"}, "no-sanction"},
	{"G172a.3: a request of another mayor", "Gemeentewet 172a lid 3", logged, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "request", Why: "x"}, "no-request"},
	{"G172a.5: the prosecutor is asked", "Gemeentewet 172a lid 5", unconsulted, "2026-01-28 10:00", "lars", "draft", &aDraft, "need.consult"},
	{"G172a.5: not beside an order of the prosecutor for the same area", "Gemeentewet 172a lid 5", prosecuted, "2026-01-28 10:00", "lars", "draft", &aDraft, "need.prosecutor-first"},
	{"G172a.6a: three months, not a day more", "Gemeentewet 172a lid 6 a", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.Count, d.Unit = 91, "days" }), "three-months"},
	{"G172a.6a: four months", "Gemeentewet 172a lid 6 a", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.Count = 4 }), "three-months"},
	{"G172a.6a: an extension of three months, not a minute more", "Gemeentewet 172a lid 6 a", broken, "2026-04-20 10:00", "burg", "extend", extension("2026-07-29 14:31"), "extend-three-months"},
	{"G172a.6a: later than it runs", "Gemeentewet 172a lid 6 a", broken, "2026-04-20 10:00", "burg", "extend", extension("2026-04-29 14:30"), "later"},
	{"G172a.6a: to the minute", "Gemeentewet 172a lid 6 a", broken, "2026-04-20 10:00", "burg", "extend", extension("2026-07-29"), "minute"},
	{"G172a.6a: decided before the end", "Gemeentewet 172a lid 6 a", broken, "2026-04-29 14:30", "burg", "extend", extension("2026-07-29 14:30"), "need.ended"},
	{"G172a.6a: made known before the end", "Awb 3:40", unserved, "2026-04-29 15:00", "lars", "serve", &Serving{What: "extension", At: when("2026-04-29 14:30"), How: "handed", Proof: "x"}, "served-late"},
	{"G172a.6a: one at a time", "Awb 3:40", unserved, "2026-04-21 10:00", "burg", "extend", extension("2026-07-29 14:30"), "need.unserved"},
	{"G172a.6a: three extensions, no fourth", "Gemeentewet 172a lid 6 a", chainOver, "2027-01-20 10:00", "burg", "extend", extension("2027-04-29 14:30"), "need.chain-over"},
	{"G172a.6a: each with a report of its own", "Gemeentewet 172a lid 6 a", inForce, "2026-04-20 10:00", "burg", "extend", extension("2026-07-29 14:30"), "need.own-report"},
	{"G172a.6a: of what happened since", "Gemeentewet 172a lid 6 a", oldNews, "2026-04-20 10:00", "burg", "extend", extension("2026-07-29 14:30"), "need.own-report"},
	{"G172a.6a: also the second", "Gemeentewet 172a lid 6 a", extended, "2026-07-20 10:00", "burg", "extend", extension("2026-10-29 14:30"), "need.own-report"},
	{"G172a.6a: with a serious fear", "Gemeentewet 172a lid 1", broken, "2026-04-20 10:00", "burg", "extend", with(*extension("2026-07-29 14:30"), func(x *Extension) { x.Fear = false }), "no-fear"},
	{"G172a.6a: by the mayor", "Gemeentewet 172", broken, "2026-04-20 10:00", "lars", "extend", extension("2026-07-29 14:30"), "only-mayor"},
	{"G172a.6a: an order that holds", "Gemeentewet 172a lid 6 a", suspended, "2026-03-01 10:00", "burg", "extend", extension("2026-07-29 14:30"), "block.extend"},
	{"G172a.6a: a new order after the chain takes new facts", "Gemeentewet 172a lid 1, 6", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.Earlier = 1 }), "new-facts"},
	{"G172a.6b: ninety days", "Gemeentewet 172a lid 6 b", sanctioned, "2026-01-21 10:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Unit: "moments", Moments: daily("2026-02-01", 91, 1)}, "ninety-days"},
	{"G172a.6b: within twenty-four months", "Gemeentewet 172a lid 6 b", sanctioned, "2026-01-21 10:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Unit: "moments", Moments: daily("2026-02-01", 2, 730)}, "two-years"},
	{"G172a.6b: set beforehand", "Gemeentewet 172a lid 6 b", sanctioned, "2026-01-21 10:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Unit: "moments"}, "no-moments"},
	{"G172a.6b: to come", "Awb 3:40", sanctioned, "2026-01-21 10:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Unit: "moments", Moments: "20-01-2026"}, "moments-past"},
	{"G172a.6b: as it can be read", "", sanctioned, "2026-01-21 10:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Unit: "moments", Moments: "elke zaterdag"}, "moments-unread"},
	{"G172a.6b: the one or the other", "Gemeentewet 172a lid 6", sanctioned, "2026-01-21 10:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Count: 1, Unit: "months", Moments: "01-02-2026"}, "moments-unit"},
	{"G172a.6b: only with a basis of 172a", "Gemeentewet 172a lid 6 b", kidViewed, "2026-01-28 10:00", "lars", "draft", with(kidDraft, func(d *Draft) { d.Unit, d.Moments = "moments", "01-02-2026" }), "moments-basis"},
	{"G172a.6b: not extended", "Gemeentewet 172a lid 6 b", matchDays, "2026-01-25 10:00", "burg", "extend", extension("2026-03-01 10:00"), "need.moments-not-extended"},
	{"G172a.7: changed for new facts, by the mayor", "Gemeentewet 172", inForce, "2026-02-10 10:00", "lars", "change", aChange(), "only-mayor"},
	{"G172a.7: within the municipality too", "Gemeentewet 172a lid 1 a", inForce, "2026-02-10 10:00", "burg", "change", with(*aChange(), func(c *Change) { c.Outline = "76400 437300\n77000 437300\n77000 436800" }), "outside"},
	{"G172a.7: not an order of another basis", "172a lid 7", apvBan, "2026-01-22 10:00", "burg", "change", aChange(), "need.no-change"},
	{"G172a.7: known before it counts", "Awb 3:40", unchanged, "2026-02-11 10:00", "burg", "change", aChange(), "need.unserved"},
	{"G172a.8: an exemption by the mayor", "Gemeentewet 172", inForce, "2026-02-10 10:00", "lars", "exempt", anExemption("2026-02-12 10:00", "2026-02-12 12:00"), "only-mayor"},
	{"G172a.8: to the minute", "Gemeentewet 172a lid 8", inForce, "2026-02-10 10:00", "burg", "exempt", anExemption("2026-02-12", "2026-02-12 12:00"), "minute"},
	{"G172a.8: not for what was", "", inForce, "2026-02-10 10:00", "burg", "exempt", anExemption("2026-02-09 10:00", "2026-02-12 12:00"), "exempt-past"},
	{"G172a.8: from before until", "", inForce, "2026-02-10 10:00", "burg", "exempt", anExemption("2026-02-12 10:00", "2026-02-12 10:00"), "exempt-order"},
	{"G172a.8: while it runs", "Gemeentewet 172a lid 8", inForce, "2026-02-10 10:00", "burg", "exempt", anExemption("2026-05-12 10:00", "2026-05-12 12:00"), "exempt-after"},
	{"G172a.9: withdrawn by the mayor", "Gemeentewet 172", inForce, "2026-02-10 10:00", "lars", "withdraw", &Withdrawal{Capacity: "mayor", Why: "x"}, "only-mayor"},
	{"G172a.9: until then it runs to its end", "Gemeentewet 172", inForce, "2026-04-29 14:29", "noor", "end", &End{Words: "x"}, "need.runs"},
	{"G172b: under twelve, so not 172a", "Gemeentewet 172b", kid, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "repeated", Why: "x"}, "under-twelve"},
	{"G172b: nor a light command", "Gemeentewet 172b", kid, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "light", Why: "x"}, "under-twelve"},
	{"G172b: nor the APV", "Gemeentewet 172b", kid, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "apv", Why: "x"}, "under-twelve"},
	{"G172b: twelve or older, so not 172b", "Gemeentewet 172b", logged, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "child", Why: "x"}, "not-a-child"},
	{"G172b: twelve before the mayor decides", "Gemeentewet 172b", birthday, "2026-01-29 10:00", "burg", "decide", &aDecision, "need.not-a-child"},
	{"G172b: repeatedly in a group", "Gemeentewet 172b", kidOnce, "2026-01-19 10:00", "noor", "basis", &Basis{Code: "child", Why: "x"}, "not-repeated-group"},
	{"G172b: to who has authority", "Gemeentewet 172b", begin, "2026-01-12 10:00", "noor", "report", with(theReport, func(r *Report) { r.Born = day("2015-06-01") }), "parent-needed"},
	{"G172b: no area ban for the child", "Gemeentewet 172b", kidViewed, "2026-01-28 10:00", "lars", "draft", with(kidDraft, func(d *Draft) { d.Stay = true }), "order-area"},
	{"G172b: accompanying is for a child only", "Gemeentewet 172b", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.Accompany = true }), "order-accompany"},
	{"G172b: so is keeping indoors", "Gemeentewet 172b", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.Indoors = true }), "order-indoors"},
	{"G172b: between 20.00 and 06.00", "Gemeentewet 172b lid 1 b", kidByDay, "2026-01-28 10:00", "lars", "draft", &kidDraft, "night-only"},
	{"G172b: three months", "Gemeentewet 172b", kidViewed, "2026-01-28 10:00", "lars", "draft", with(kidDraft, func(d *Draft) { d.Count = 14; d.Unit = "weeks" }), "child-three-months"},
	{"G172b: no extension", "Gemeentewet 172b", kidOrdered, "2026-02-28 10:00", "burg", "extend", extension("2026-06-01 10:00"), "need.child-not-extended"},
	{"G172b: a changed night too", "Gemeentewet 172b lid 1 b", kidOrdered, "2026-02-10 10:00", "burg", "change", aChange(), "night-only"},
	{"APV: its step, or why not", "Awb 4:84", apvReady, "2026-01-20 13:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Count: 2, Unit: "days"}, "apv-step"},
	{"APV: never past its last step", "APV art. 2:78", apvReady, "2026-01-20 13:00", "lars", "draft", &Draft{Facts: "x", Stay: true, Count: 9, Unit: "weeks", Earlier: 3, Deviates: "x"}, "apv-longest"},
	{"APV: not extended", "Gemeentewet 172a lid 6 a", apvBan, "2026-01-22 10:00", "burg", "extend", extension("2026-03-01 10:00"), "need.not-extended"},
	{"breach: of an order that holds", "Gemeentewet 172a lid 1", suspended, "2026-02-17 10:00", "jet", "observe", seen("2026-02-16 20:00", "Kade", "breach"), "not-held"},
	{"breach: on its hours", "Gemeentewet 172a lid 1", inForce, "2026-02-17 13:00", "jet", "observe", seen("2026-02-17 12:00", "Kade", "breach"), "not-bound"},
	{"breach: in its area", "Gemeentewet 172a lid 1", inForce, "2026-02-17 23:00", "jet", "observe", seen("2026-02-17 20:00", elsewhere, "breach"), "breach-elsewhere"},
	{"breach: on a street of the list", "", inForce, "2026-02-17 23:00", "jet", "observe", seen("2026-02-17 20:00", "Verweg", "breach"), "street"},
	{"breach: to the minute, for it is a crime", "Sr 184a", inForce, "2026-02-17 23:00", "jet", "observe", seen("2026-02-17", "Kade", "breach"), "minute"},
	{"breach: not of an exemption", "Gemeentewet 172a lid 1", exempted, "2026-02-05 21:00", "jet", "observe", seen("2026-02-05 20:00", "Kade", "breach"), "not-bound"},
	{"file: a minor is weighed apart", "IVRK 3", youth, "2026-01-20 11:10", "noor", "weigh", &aWeigh, "minor-weighed"},
	{"file: the interests are weighed", "Awb 3:4 lid 2", unweighed, "2026-01-28 10:00", "lars", "draft", &aDraft, "need.weighed"},
	{"file: needed, says the mayor", "Awb 3:4 lid 2", proposed, "2026-01-29 10:00", "burg", "decide", with(aDecision, func(d *Decision) { d.Needed = false }), "not-needed"},
	{"file: heard first", "Awb 4:8", heard, "2026-01-27 10:00", "lars", "draft", &aDraft, "need.view"},
	{"file: none heard before its term is over", "Awb 4:8", heard, "2026-01-27 10:00", "lars", "view", &View{Received: day("2026-01-27"), How: "none", Words: "x", Answer: "x"}, "view-term-runs"},
	{"file: a view of an intention", "Awb 4:8", lightReady, "2026-01-12 10:30", "lars", "view", &aView, "need.intention"},
	{"file: a term for a view", "Awb 4:8", consulted, "2026-01-20 12:00", "lars", "intend", &Intention{Sent: day("2026-01-20")}, "view-days"},
	{"file: a mandate to sign", "Awb 10:3", consulted, "2026-01-20 12:00", "noor", "intend", &Intention{Sent: day("2026-01-20"), ViewDays: 7}, "no-mandate"},
	{"file: not without hearing or a ground", "Awb 4:8", consulted, "2026-01-28 10:00", "lars", "draft", &aDraft, "block.draft"},
	{"file: a basis first", "Gemeentewet 172", logged, "2026-01-20 12:00", "lars", "intend", &Intention{Sent: day("2026-01-20"), ViewDays: 7}, "need.basis"},
	{"file: four eyes", "Awb 3:2", mayorsDraft, "2026-01-29 10:00", "burg", "decide", &aDecision, "own-draft"},
	{"file: a draft that still fits the day", "Gemeentewet 172a lid 1", staleDraft, "2026-03-02 10:00", "burg", "decide", &aDecision, "need.draft-again"},
	{"file: a length", "Gemeentewet 172a lid 1", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.Count = 0 }), "no-length"},
	{"file: it does not begin in the past", "Awb 3:40", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.From = when("2026-01-27 10:00") }), "from-past"},
	{"file: it begins on a minute", "", viewed, "2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.From = when("2026-02-01") }), "from-minute"},
	{"file: known to the minute", "Sr 184a", decided, "2026-01-29 15:00", "lars", "publish", &Publication{At: when("2026-01-29"), How: "handed", Proof: "x"}, "minute"},
	{"file: known after it was decided", "", decided, "2026-01-29 15:00", "lars", "publish", &Publication{At: when("2026-01-29 09:59"), How: "handed", Proof: "x"}, "before"},
	{"file: hours that can be read", "", logged, "2026-01-19 10:00", "noor", "limits", with(someTimes, func(l *Limits) { l.Hours = "in de avond" }), "hours-unread"},
	{"file: one report once", "Awb 3:2", logged, "2026-01-18 10:00", "noor", "incident", with(second, func(i *Incident) { i.Reference = "rapport 41 " }), "logged-already"},
	{"file: what is to come is no fact", "", reported, "2026-01-17 10:00", "noor", "incident", with(second, func(i *Incident) { i.At = when("2026-01-17 10:01") }), "in-future"},
	{"file: born before it", "", begin, "2026-01-12 10:00", "noor", "report", with(theReport, func(r *Report) { r.Born = day("2026-01-10") }), "born-after"},
	{"file: one serving of what waits", "Awb 3:40", unchanged, "2026-02-11 10:00", "lars", "serve", &Serving{What: "extension", At: when("2026-02-11 09:00"), How: "handed", Proof: "x"}, "not-this"},
	{"file: nothing to serve", "Awb 3:40", inForce, "2026-02-11 10:00", "lars", "serve", &Serving{What: "extension", At: when("2026-02-11 09:00"), How: "handed", Proof: "x"}, "need.nothing-waits"},
	{"remedies: objection before appeal", "Awb 7:1", inForce, "2026-02-10 10:00", "lars", "appeal", &Appeal{Court: "rechtbank", Lodged: day("2026-02-10"), By: "addressee"}, "objection-first"},
	{"remedies: the court before the Afdeling", "Awb 8:1", objectedTo, "2026-03-12 10:00", "lars", "appeal", &Appeal{Court: "afdeling", Lodged: day("2026-03-12"), By: "addressee"}, "court-first"},
	{"remedies: one appeal", "Awb 8:1", upheld, "2026-03-13 10:00", "lars", "appeal", &Appeal{Court: "rechtbank", Lodged: day("2026-03-13"), By: "addressee"}, "appeal-there"},
	{"remedies: one objection at a time", "Awb 7:10", suspended, "2026-02-20 10:00", "lars", "object", &Objection{Received: day("2026-02-20"), By: "x", Words: "x"}, "objection-there"},
	{"remedies: relief beside an objection", "Awb 8:81", inForce, "2026-02-10 10:00", "lars", "relief", &Relief{Received: day("2026-02-10")}, "need.remedy-first"},
	{"remedies: one request", "Awb 8:81", reliefPending, "2026-02-10 10:00", "lars", "relief", &Relief{Received: day("2026-02-10")}, "need.relief-there"},
	{"remedies: a ruling on a request", "Awb 8:84", inForce, "2026-02-10 10:00", "lars", "rule-relief", &RuleRelief{At: when("2026-02-10 09:00"), Outcome: "refused", Grounds: "x"}, "need.relief"},
	{"remedies: to the minute, for it stops a crime", "Sr 184a", reliefPending, "2026-02-10 10:00", "lars", "rule-relief", &RuleRelief{At: when("2026-02-10"), Outcome: "suspended", PerGround: fell("balance"), Grounds: "x"}, "minute"},
	{"remedies: a decision on an objection", "Awb 7:10", inForce, "2026-02-10 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-02-10"), Outcome: "unfounded", Grounds: "x"}, "need.objection"},
	{"remedies: a judgment in an appeal", "Awb 8:70", inForce, "2026-02-10 10:00", "lars", "judge", &Judge{Given: day("2026-02-10"), Sent: day("2026-02-10"), Outcome: "dismissed", Grounds: "x"}, "need.appeal"},
	{"grounds: revoked on one", "Awb 7:12", reliefless, "2026-02-20 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-02-20"), Outcome: "revoked", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: suspended on one", "Awb 8:77", reliefPending, "2026-02-10 10:00", "lars", "rule-relief", &RuleRelief{At: when("2026-02-10 09:00"), Outcome: "suspended", Grounds: "x"}, "measures.ground-needed"},
	{"grounds: annulled on one", "Awb 8:77", upheld, "2026-04-10 10:00", "lars", "judge", &Judge{Given: day("2026-04-09"), Sent: day("2026-04-10"), Outcome: "annulled", Grounds: "x"}, "measures.ground-needed"},
	{"close: nothing pending", "Awb 7:10", overWithObjection, "2026-05-10 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "need.objection-pending"},
	{"close: no relief pending", "Awb 8:81", overWithRelief, "2026-05-10 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "need.relief-pending"},
	{"close: no appeal pending", "Awb 8:70", overWithAppeal, "2026-05-10 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "need.appeal-pending"},
	{"close: as it was: ended", "", overFile, "2026-05-10 10:00", "lars", "close", &Close{Outcome: "withdrawn", Words: "x"}, "close-ended"},
	{"close: as it was: withdrawn", "", withdrawnOpen, "2026-05-10 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "close-withdrawn"},
	{"close: as it was: refused", "", refusedOpen, "2026-01-30 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "close-refused"},
	{"close: as it was: not pursued", "", logged, "2026-01-30 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "close-not-pursued"},
	{"close: as it was: revoked", "", revokedOpen, "2026-05-10 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "close-revoked"},
	{"close: as it was: annulled", "", annulledOpen, "2026-06-21 10:00", "lars", "close", &Close{Outcome: "ended", Words: "x"}, "close-annulled"},
	{"close: then nothing more", "", withdrawn, "2026-05-10 10:00", "lars", "involve", &Involve{Account: "ruud", Why: "x"}, "block.closed"},
	{"file: a colleague once", "", involved, "2026-02-11 10:00", "noor", "involve", &Involve{Account: "jet", Why: "x"}, "already-involved"},
	{"source: no anonymous tip", "", reported, "2026-01-17 10:00", "noor", "incident", with(second, func(i *Incident) { i.Words = "Volgens een anonieme tip stond hij er." }), "measures.names-tip"},
}

// fell is a ruling under which the decision did not stand.
func fell(grounds ...string) measures.PerGround { return measures.PerGround{Fell: grounds} }

func aChange() *Change {
	return &Change{Outline: drawing, Streets: theArea.Streets, Days: "every", Why: "x", Heard: "x", Capacity: "mayor"}
}

func anExemption(from, until string) *Exemption {
	return &Exemption{From: when(from), Until: when(until), Where: "x", Why: "x", Capacity: "mayor"}
}

func seen(at, street, result string) *Observation {
	return &Observation{At: when(at), Street: street, Result: result, Words: "x"}
}

// daily writes n moments from a day on.
func daily(first string, n, step int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString((day(first) + deadlines.Day(i*step)).Midnight().In(text.Amsterdam).Format("02-01-2006") + "\n")
	}
	return b.String()
}

func empty(t testing.TB) *file {
	f := reported(t)
	f.r.Incidents = nil
	return f
}

func mild(t testing.TB) *file {
	return begin(t).do("2026-01-12 10:00", "noor", "report", with(theReport, func(r *Report) { r.Serious, r.Leading = false, false }))
}

func lightReady(t testing.TB) *file { return light(t, "2026-01-12") }
func lightRuns(t testing.TB) *file  { return lightOrdered(t, "2026-01-12") }

func placeless(t testing.TB) *file {
	return logged(t).do("2026-01-19 10:00", "noor", "basis", &Basis{Code: "leading", Why: "x"})
}

func timeless(t testing.TB) *file {
	return placeless(t).do("2026-01-19 10:05", "noor", "area", &theArea)
}

func kidBased(t testing.TB) *file {
	return kid(t).do("2026-01-19 10:00", "noor", "basis", &Basis{Code: "child", Why: "x"})
}

func kidOnce(t testing.TB) *file {
	return begin(t).do("2026-01-12 10:00", "noor", "report", with(theReport, func(r *Report) { r.Born, r.Parent, r.Leading = day("2015-06-01"), "P. Kind", false }))
}

func kidByDay(t testing.TB) *file {
	f := kidViewed(t)
	f.r.Limits.Hours = "18.00-06.00"
	return f
}

// birthday is a child that becomes twelve between the draft and the decision.
func birthday(t testing.TB) *file {
	f := kidViewed(t)
	f.r.Born = day("2014-01-29")
	return f.do("2026-01-28 10:00", "lars", "draft", &kidDraft)
}

func unconsulted(t testing.TB) *file {
	return based(t).do("2026-01-20 11:10", "noor", "weigh", &aWeigh).do("2026-01-20 12:00", "lars", "skip", &Skip{Ground: "urgent", Why: "x"})
}

func prosecuted(t testing.TB) *file {
	return unconsulted(t).do("2026-01-21 10:00", "noor", "consult", with(noOrder, func(c *Consult) { c.Outcome = "order-here" }))
}

func unweighed(t testing.TB) *file {
	return based(t).do("2026-01-20 11:00", "noor", "consult", &noOrder).do("2026-01-20 12:00", "lars", "skip", &Skip{Ground: "urgent", Why: "x"})
}

func youth(t testing.TB) *file {
	f := based(t)
	f.r.Born = day("2010-05-14")
	return f
}

func mayorsDraft(t testing.TB) *file {
	f := proposed(t)
	f.r.DraftBy = "burg"
	return f
}

// staleDraft is a draft that began on a day that has passed.
func staleDraft(t testing.TB) *file {
	return viewed(t).do("2026-01-28 10:00", "lars", "draft", with(aDraft, func(d *Draft) { d.From = when("2026-03-01 10:00") }))
}

func unserved(t testing.TB) *file {
	return broken(t).do("2026-04-20 10:00", "burg", "extend", extension("2026-07-29 14:30"))
}

// oldNews is a report after the decision of what happened before it.
func oldNews(t testing.TB) *file {
	return inForce(t).do("2026-02-10 10:00", "noor", "incident", &Incident{At: when("2026-01-20 23:00"), Words: "Toen al.", Source: "police", Reference: "PL 2", Group: true})
}

func chainOver(t testing.TB) *file {
	return chained(t).do("2027-01-10 10:00", "noor", "incident", &Incident{At: when("2027-01-09 23:00"), Words: "Weer.", Source: "police", Reference: "PL 9", Group: true})
}

func unchanged(t testing.TB) *file {
	return inForce(t).do("2026-02-10 10:00", "burg", "change", aChange())
}

func exempted(t testing.TB) *file {
	return inForce(t).do("2026-02-02 10:00", "burg", "exempt", anExemption("2026-02-05 19:00", "2026-02-05 22:00"))
}

func apvReady(t testing.TB) *file {
	return basedOn(reported(t), "apv").do("2026-01-20 11:10", "noor", "weigh", &aWeigh).do("2026-01-20 12:00", "lars", "skip", &Skip{Ground: "urgent", Why: "x"})
}

func reliefPending(t testing.TB) *file {
	return inForce(t).do("2026-02-02 10:00", "lars", "object", &Objection{Received: day("2026-02-02"), By: "x", Words: "x"}).do("2026-02-02 10:10", "lars", "relief", &Relief{Received: day("2026-02-02")})
}

func objectedTo(t testing.TB) *file {
	return inForce(t).do("2026-02-02 10:00", "lars", "object", &Objection{Received: day("2026-02-02"), By: "x", Words: "x"}).
		do("2026-03-10 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-03-10"), Outcome: "unfounded", Grounds: "x"})
}

func overFile(t testing.TB) *file {
	return inForce(t).do("2026-04-30 10:00", "noor", "end", &End{Words: "x"})
}

func overWithObjection(t testing.TB) *file {
	return overFile(t).do("2026-05-01 10:00", "lars", "object", &Objection{Received: day("2026-05-01"), By: "x", Words: "x"})
}

func overWithRelief(t testing.TB) *file {
	return overWithObjection(t).do("2026-05-02 10:00", "lars", "relief", &Relief{Received: day("2026-05-02")})
}

func overWithAppeal(t testing.TB) *file {
	return upheld(t).do("2026-04-30 10:00", "noor", "end", &End{Words: "x"})
}

func withdrawnOpen(t testing.TB) *file {
	return inForce(t).do("2026-03-01 10:00", "burg", "withdraw", &Withdrawal{Capacity: "mayor", Why: "x"})
}

func refusedOpen(t testing.TB) *file {
	return proposed(t).do("2026-01-29 10:00", "burg", "refuse", &Refusal{Capacity: "mayor", Why: "x"})
}

func revokedOpen(t testing.TB) *file {
	return reliefless(t).do("2026-02-20 10:00", "lars", "decide-objection", &DecideObjection{On: day("2026-02-20"), Outcome: "revoked", PerGround: fell("balance"), Grounds: "x"})
}

func reliefless(t testing.TB) *file {
	return inForce(t).do("2026-02-02 10:00", "lars", "object", &Objection{Received: day("2026-02-02"), By: "x", Words: "x"})
}

func annulledOpen(t testing.TB) *file {
	return upheld(t).do("2026-06-20 10:00", "lars", "judge", &Judge{Given: day("2026-06-19"), Sent: day("2026-06-20"), Outcome: "annulled", PerGround: fell("balance"), Grounds: "x"})
}

func involved(t testing.TB) *file {
	return inForce(t).do("2026-02-10 10:00", "noor", "involve", &Involve{Account: "jet", Why: "x"})
}

func TestGuards(t *testing.T) {
	tried := map[string]bool{}
	for _, g := range guards {
		if got := g.from(t).refusal(g.at, g.who, g.act, g.in); got != g.code {
			t.Errorf("%s: %q, want %q", g.rule, got, g.code)
		}
		tried[g.code] = true
	}
	if len(tried) < 80 {
		t.Errorf("only %d guards: %v", len(tried), slices.Sorted(maps.Keys(tried)))
	}
}

// A refusal names the article, so that who reads it can look it up.
func TestEveryGuardCitesItsArticle(t *testing.T) {
	for _, g := range guards {
		if g.article == "" {
			continue
		}
		for _, lang := range text.Langs {
			f := g.from(t)
			_, err := f.kind.Try(f.r, "gebiedsverbod."+g.act, g.in, at(g.at, g.who))
			x := fault.Of(err)
			if x == nil {
				t.Fatalf("%s: %v", g.rule, err)
			}
			said := measures.Refusal(text.For(lang), err)
			if len(x.Fields) > 0 {
				said = measures.Refusal(text.For(lang), fault.New(x.Kind, x.Fields[0].Code, x.Fields[0].Args...))
			}
			if !strings.Contains(said, g.article) {
				t.Errorf("%s (%s): %q does not name %s", g.rule, lang, said, g.article)
			}
		}
	}
}
