package access

import (
	"fmt"
	"slices"
	"strings"

	"baken/internal/kernel/db"
	"baken/internal/kernel/work"
)

// Filter returns the predicate as a condition for a query, with its arguments.
// id is the expression that holds a record's id in that query; first are the
// arguments that the query has before the condition ($1 and on).
func (b *Book) Filter(u *work.Unit, act, id string, first ...any) (cond string, args []any, err error) {
	args = first
	param := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	a, ok := b.acts[act]
	if !ok || u.Purpose() != a.Purpose || !u.Actor().SignedIn() {
		return never(id, first), args, nil
	}
	actor, now := u.Actor(), db.Micros(u.Now())
	if slices.Contains(a.Roles, Program) && actor.Holds(Program) {
		cond = "1 = 1"
	} else {
		cond = b.holding(a.Roles, actor.Account, now, param)
	}
	if a.Involved {
		t := param(now)
		involved := "EXISTS (SELECT 1 FROM involvement i WHERE i.kind = " + param(a.Kind) + " AND i.object = " + id +
			" AND i.account = " + param(actor.Account) + " AND i.purpose = " + param(a.Purpose) + " AND i.level >= " + param(int64(a.Level)) +
			" AND i.since <= " + t + " AND (i.until = 0 OR i.until > " + t + "))"
		if len(a.ByNature) > 0 {
			involved = "(" + involved + " OR " + b.holding(a.ByNature, actor.Account, now, param) + ")"
		}
		cond += " AND " + involved
	}
	return cond + mention(id, first), args, nil
}

// holding is the condition that an account holds one of these roles now. Roles are
// read here and not from the actor: they count from the moment they are given or
// taken (security.md control 6).
func (b *Book) holding(roles []string, account string, now int64, param func(any) string) string {
	held := make([]string, len(roles))
	for i, r := range roles {
		held[i] = param(r)
	}
	t := param(now)
	return "EXISTS (SELECT 1 FROM role_grant g WHERE g.account = " + param(account) + " AND g.role IN (" + strings.Join(held, ",") +
		") AND g.approved_at > 0 AND g.ended_at = 0 AND (g.until = 0 OR g.until > " + t + "))"
}

// never is the condition that holds for nobody.
func never(id string, first []any) string { return "1 = 0" + mention(id, first) }

// mention names the record's parameter in a condition that may not need it:
// PostgreSQL refuses an argument that the text does not use, and cannot guess the
// type of one it does not compare.
func mention(id string, first []any) string {
	if id != "$1" || len(first) != 1 {
		return ""
	}
	return " AND CAST($1 AS TEXT) IS NOT NULL"
}

// holds asks the predicate for a single record.
func holds(tx *db.Tx, cond string, args []any) (bool, error) {
	_, ok, err := db.One(tx, db.Column[int64], "SELECT 1 WHERE "+cond, args...)
	return ok, err
}
