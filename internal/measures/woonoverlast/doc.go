// Package woonoverlast is the order against nuisance from a dwelling: the mayor obliges
// who uses a dwelling or its yard, or who lets it for payment, to see to it that the
// neighbours have no serious and repeated nuisance, and can keep the resident out for
// ten days. It runs from the first report to the closed file. What is allowed when
// stands in the table of woonoverlast.go; each act has its guards beside it (log.go,
// prepare.go, decide.go, during.go, ban.go, remedies.go, finish.go); when nuisance is
// serious and repeated, whether the order and the ban hold and what a breach costs
// stands in rules_order.go, the terms in rules_terms.go. The policy of the municipality,
// with its library of rules of conduct, is a file of its own (policy.go).
//
// Law: Gemeentewet 151d with the APV; Wth 2 lid 2, 2 lid 4 a and b, 5, 6, 8 lid 1 a and
// b, 9 and 13, which 151d lid 3 applies to the ban; Awb 3:2 to 4:12 (preparation), 4:84
// (policy), 5:9 to 5:37 (order), chapters 6 to 8 (remedies); AVG 5 and 6 lid 1 e. Wth 3 (mandate) and 11
// (breach as a crime) are not among them: the ban is the mayor's own, and a breach of it
// is a breach of the order.
package woonoverlast
