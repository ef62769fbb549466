package work

import (
	"slices"
	"time"

	"baken/internal/text"
)

// Actor is who does or sees something: a person who signed in, or the program
// itself. The zero Actor is nobody and may nothing that asks for a role.
type Actor struct {
	Account string    // id of the account; empty when nobody signed in
	Name    string    // as colleagues read it; never written to the audit log
	Roles   []string  // roles held at this moment
	Session string    // id of the session, not its secret
	Origin  string    // network address of the request, or "cli" or "job"
	Lang    text.Lang // language the person reads
	Proven  time.Time // when the second factor was last shown, for acts that ask it again
}

// SignedIn reports whether the actor is a known account.
func (a Actor) SignedIn() bool { return a.Account != "" }

// Holds reports whether the actor holds a role.
func (a Actor) Holds(role string) bool { return slices.Contains(a.Roles, role) }

// System is the program itself, for jobs and commands; origin says which ("job",
// "cli"). Its account is a name that no person can have.
func System(origin string) Actor {
	return Actor{Account: "system", Name: "Baken", Roles: []string{"system"}, Origin: origin, Lang: text.NL}
}
