// Package account is the front door: signing in with two factors, setting up an
// invited account, and what a person manages themselves: language, sessions,
// passkeys.
//
// Law: AVG art. 32 (security of processing); BIO2 5.16 and 5.17.
//
// Flow: address and password, then a code or a passkey, then the page one wanted;
// a one-time code, a password and an authenticator app for who is new; the second
// factor again before a legal act, a grant or an export.
//
// Tables: none of its own; identity owns them.
// Purposes: eigen-account.
// Elsewhere: other people's accounts and roles (internal/admin).
package account
