// Package admin is the room of the administrator and of the privacy officer:
// accounts and who holds which role, reading and verifying the audit log, and
// background work that failed.
//
// Law: AVG art. 5 lid 1 f and 32 (security of processing; logs that are reviewed),
// art. 25 (rights no wider than needed), art. 39 (task of the privacy officer);
// BIO2 5.16 to 5.18 and 8.15.
//
// Flow: an administrator invites a person and proposes a role; where the role
// holds a sensitive purpose, a second person approves; a role is reviewed, and
// ends at once when it is taken. The privacy officer reads the log; that is
// itself in the log.
//
// Tables: none of its own; access and identity own theirs.
// Purposes: toegangsbeheer, privacytoezicht, systeembeheer.
// Elsewhere: signing in and one's own account (internal/account).
package admin
