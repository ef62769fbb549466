package identity

import (
	"strconv"

	"baken/internal/kernel/work"
)

// Reseal seals the second factors with the vault's newest key and gives how many it
// changed.
func (d *Desk) Reseal(u *work.Unit) (changed int, err error) {
	all, err := sealedTOTPs(u.Tx())
	if err != nil {
		return 0, err
	}
	for _, a := range all {
		sealed, did, err := d.vault.Renew(a.totp, totpPlace(a.ID))
		if err == nil && did {
			changed++
			err = updateTOTP(u.Tx(), a.ID, sealed)
		}
		if err != nil {
			return changed, err
		}
	}
	u.Record(work.Entry{Act: "identity.reseal", Object: Ref(""), Facts: map[string]string{"changed": strconv.Itoa(changed)}})
	return changed, nil
}
