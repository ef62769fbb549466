// Package dwangsom is the last onder dwangsom: an order to end or undo a breach,
// with a sum to pay when that is not done in time, from the first report to the
// closed file. What is allowed when stands in the table of dwangsom.go; each act
// has its own file with its guards; what a sum is and when it lapses stands in
// rules_sums.go and rules_terms.go.
//
// Law: Awb 5:31d to 5:39 (the order), title 4.4 (money debts), 3:2 to 4:12
// (preparation), 3:40 to 3:45 (Bekendmaking), chapters 6 to 8 (remedies);
// Gemeentewet 125; the APV for the ground; AVG 6 lid 1 e. Case law is named where
// it decides a rule.
package dwangsom
