package access

import (
	"time"

	"baken/internal/kernel/db"
	"baken/internal/kernel/ref"
)

const grantColumns = "id, account, role, until, proposed_by, proposed_at, approved_by, approved_at, ended_by, ended_at, reviewed_by, reviewed_at"

func insertGrant(tx *db.Tx, g RoleGrant) error {
	_, err := tx.Exec("INSERT INTO role_grant ("+grantColumns+") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
		g.ID, g.Account, g.Role, db.Micros(g.Until), g.ProposedBy, db.Micros(g.ProposedAt), g.ApprovedBy, db.Micros(g.ApprovedAt),
		g.EndedBy, db.Micros(g.EndedAt), g.ReviewedBy, db.Micros(g.ReviewedAt))
	return err
}

func scanGrant(s db.Scanner) (g RoleGrant, err error) {
	var until, proposed, approved, ended, reviewed int64
	err = s.Scan(&g.ID, &g.Account, &g.Role, &until, &g.ProposedBy, &proposed, &g.ApprovedBy, &approved, &g.EndedBy, &ended, &g.ReviewedBy, &reviewed)
	g.Until, g.ProposedAt, g.ApprovedAt = db.Moment(until), db.Moment(proposed), db.Moment(approved)
	g.EndedAt, g.ReviewedAt = db.Moment(ended), db.Moment(reviewed)
	return g, err
}

func loadGrant(tx *db.Tx, id string) (RoleGrant, error) {
	g, ok, err := db.One(tx, scanGrant, "SELECT "+grantColumns+" FROM role_grant WHERE id = $1", id)
	if err == nil && !ok {
		err = notFound()
	}
	return g, err
}

// GrantsOf lists the grants of an account that have not ended, or of everybody
// when account is empty, the longest unreviewed first.
func GrantsOf(tx *db.Tx, account string) ([]RoleGrant, error) {
	return db.All(tx, scanGrant, "SELECT "+grantColumns+" FROM role_grant WHERE ended_at = 0 AND (account = $1 OR CAST($1 AS TEXT) = '') ORDER BY reviewed_at, proposed_at, id", account)
}

func expireGrant(tx *db.Tx, account, role string, now time.Time) error {
	_, err := tx.Exec("UPDATE role_grant SET ended_at = until, ended_by = 'system' WHERE account = $1 AND role = $2 AND ended_at = 0 AND until > 0 AND until <= $3",
		account, role, db.Micros(now))
	return err
}

func approveGrant(tx *db.Tx, id, by string, now time.Time) (int64, error) {
	return tx.Exec("UPDATE role_grant SET approved_by = $2, approved_at = $3 WHERE id = $1 AND approved_at = 0 AND ended_at = 0", id, by, db.Micros(now))
}

func endGrant(tx *db.Tx, id, by string, now time.Time) (int64, error) {
	return tx.Exec("UPDATE role_grant SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at = 0", id, by, db.Micros(now))
}

func reviewGrant(tx *db.Tx, id, by string, now time.Time) error {
	_, err := tx.Exec("UPDATE role_grant SET reviewed_by = $2, reviewed_at = $3 WHERE id = $1", id, by, db.Micros(now))
	return err
}

func upsertInvolvement(tx *db.Tx, object ref.Ref, account, purpose string, level Level, since, until time.Time) error {
	_, err := tx.Exec(`INSERT INTO involvement (kind, object, account, purpose, level, since, until) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (kind, object, account, purpose) DO UPDATE SET level = excluded.level, since = excluded.since, until = excluded.until`,
		object.Kind, object.ID, account, purpose, int64(level), db.Micros(since), db.Micros(until))
	return err
}

func deleteInvolvement(tx *db.Tx, object ref.Ref, account string) error {
	_, err := tx.Exec("DELETE FROM involvement WHERE kind = $1 AND object = $2 AND account = $3", object.Kind, object.ID, account)
	return err
}

func deleteInvolvements(tx *db.Tx, object ref.Ref) error {
	_, err := tx.Exec("DELETE FROM involvement WHERE kind = $1 AND object = $2", object.Kind, object.ID)
	return err
}

func countHolders(tx *db.Tx, role string, now time.Time) (int64, error) {
	n, _, err := db.One(tx, db.Column[int64], `SELECT count(*) FROM role_grant WHERE role = $1 AND approved_at > 0 AND ended_at = 0
		AND (until = 0 OR until > $2)`, role, db.Micros(now))
	return n, err
}
