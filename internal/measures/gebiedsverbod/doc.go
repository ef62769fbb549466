// Package gebiedsverbod is the order that keeps somebody out of an area: the light
// command, the orders against who disturbs public order, the order to the parent of a
// child under twelve, and the area ban of the APV. It runs from the first report to the
// closed file. What is allowed when stands in the table of gebiedsverbod.go; each act
// has its guards beside it (prepare.go, decide.go, during.go, remedies.go, finish.go).
// The legal bases with the conditions of each are a list of their own (rules_basis.go);
// how long an order may run, whether it holds and at which hours stands in rules_ban.go,
// what the area must be in ground.go, the terms in rules_terms.go. The steps of the
// APV are the municipality's own file (policy.go). The field card, which shows an
// officer in the street no more than is needed there, is web_field.go.
//
// Law: Gemeentewet 172 lid 3, 172a, 172b; the APV; Awb 3:2 to 4:12 (preparation), 4:84
// (policy), chapters 6 to 8 (remedies); Sr 184, 184a (a breach is a crime); IVRK 3 and
// EVRM 8 and 2 of its Fourth Protocol (freedom of movement); AVG 5 and 6 lid 1 e.
package gebiedsverbod
