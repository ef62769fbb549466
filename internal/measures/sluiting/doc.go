// Package sluiting is the closing of premises by the mayor: for drugs (Opiumwet 13b,
// preparatory acts included) or, as a type of its own, for public order (Gemeentewet
// 174a), from the police report to the closed file. What is allowed when stands in the
// table of sluiting.go; each act has its guards beside it (prepare.go, power.go,
// weigh.go, decide.go, execute.go, during.go, costs.go, remedies.go, finish.go). When the mayor
// has the power stands in rules_power.go, what the municipality's matrix asks in
// rules_matrix.go and policy.go, how long a closure runs in rules_closure.go and its
// terms in rules_terms.go.
//
// Law: Opiumwet 13b, 10a, 11a; Gemeentewet 174a; Awb 5:21 to 5:31c (bestuursdwang), 3:2
// to 4:12 (preparation), 4:84 (policy rules), title 4.4 (costs), 3:40 to 3:45
// (Bekendmaking), chapters 6 to 8 (remedies); Sr 199; AVG 5, 6 lid 1 e, 9 and 10. Case
// law is named where it decides a rule: ECLI:NL:RVS:2019:2912 (dwellings) and
// ECLI:NL:RVS:2022:285 (suitability, necessity, balance) first.
package sluiting
