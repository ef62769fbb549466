// Package huisverbod is the temporary house ban: the mayor keeps an adult who is a
// danger to the household out of the home for ten days, four weeks at the most, from
// the report at night to the closed file. What is allowed when stands in the table of
// huisverbod.go; each act has its guards beside it (prepare.go, decide.go, during.go,
// extend.go, remedies.go, finish.go); how long the ban runs stands in rules_ban.go and
// its terms in rules_terms.go.
//
// Law: Wet tijdelijk huisverbod (Wth) 2 to 13; Besluit tijdelijk huisverbod 2 with its
// annex (the RiHG); Awb 3:2 to 4:12 (preparation), 3:40 to 3:45 (Bekendmaking), 6:15,
// 7:1 and chapter 8 (remedies); Gemeentewet 77 (deputy); AVG 5 and 6 lid 1 e. The
// Algemene termijnenwet does not apply to the ten days and the four weeks (Wth 13); to
// the three days of the hearing it does.
package huisverbod
