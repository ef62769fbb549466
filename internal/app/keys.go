package app

import (
	"context"
	"errors"
	"strconv"

	"baken/internal/kernel/access"
	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/tips"
)

// keys opens the vault: from the environment when its keys are there, else from the
// municipality's file.
func (h *House) keys() (*vault.Vault, error) {
	if h.Config.VaultKeys != "" {
		return vault.Parse(h.Config.VaultKeys)
	}
	return vault.Open(h.Config.VaultFile(h.Municipality))
}

// part is how many rows one unit renews: nobody waits longer than that takes.
const part = 500

// RenewKeys seals with the vault's newest key whatever an older one sealed, while people
// work, and gives how many rows it changed. When it gives none, the older keys are used
// nowhere.
func (h *House) RenewKeys(ctx context.Context) (changed int, err error) {
	do := func(fn func(u *work.Unit) (int, error)) error {
		return h.Keep.Do(ctx, work.System("cli"), identity.Purpose, func(u *work.Unit) error {
			n, err := fn(u)
			changed += n
			return err
		})
	}
	if err := do(h.Desk.Reseal); err != nil {
		return changed, err
	}
	journal, register := dossier.NewJournal(h.vault), measures.NewRegister(h.vault)
	for _, reseal := range []func(u *work.Unit, after string, most int) (string, int, int, error){journal.Reseal, register.Reseal} {
		for after, n := "", part; n == part; {
			err := do(func(u *work.Unit) (did int, err error) {
				after, n, did, err = reseal(u, after, part)
				u.Record(work.Entry{Act: "house.reseal", Object: ref.Ref{Kind: "house"}, Facts: map[string]string{"rows": strconv.Itoa(n), "changed": strconv.Itoa(did)}})
				return did, err
			})
			if err != nil {
				return changed, err
			}
		}
	}
	return changed, nil
}

// AddKey puts a new key into the municipality's file.
func (h *House) AddKey() error {
	if h.Config.VaultKeys != "" {
		return errors.New("the keys come from BAKEN_VAULT_KEYS: add a new one there, after the old, and start again")
	}
	return vault.Add(h.Config.VaultFile(h.Municipality))
}

// RetireKeys takes the older keys out of the file when nothing is sealed with them.
func (h *House) RetireKeys(ctx context.Context) error {
	if h.Config.VaultKeys != "" {
		return errors.New("the keys come from BAKEN_VAULT_KEYS: take the old ones out there, and keep the line of marks")
	}
	changed, err := h.RenewKeys(ctx)
	if err != nil {
		return err
	}
	if changed > 0 {
		return errors.New("something was still sealed with an older key and was renewed just now; try again in an hour")
	}
	return vault.Retire(h.Config.VaultFile(h.Municipality), h.Keep.Now())
}

// Settle finishes a restore before anybody works: what was destroyed since the backup
// is destroyed again, because its key is not there, and what ended meanwhile ends. It
// gives how many of each.
func (h *House) Settle(ctx context.Context) (buried, ended int, err error) {
	journal, register := dossier.NewJournal(h.vault), measures.NewRegister(h.vault)
	err = h.Keep.Do(ctx, work.System("restore"), identity.Purpose, func(u *work.Unit) error {
		all, err := journal.Lost(u)
		if err != nil {
			return err
		}
		u.Record(work.Entry{Act: "house.settle", Object: ref.Ref{Kind: "house"}, Facts: map[string]string{"lost": strconv.Itoa(len(all))}})
		for _, head := range all {
			err := errors.Join(journal.Bury(u, head), watch.Drop(u, head.Ref()), access.Forget(u, head.Ref()))
			if err == nil && head.Kind == tips.Name {
				err = tips.Entomb(u, head.ID)
			} else if err == nil {
				err = register.Bury(u, head.ID)
			}
			if err != nil {
				return err
			}
		}
		buried = len(all)
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	ended, err = h.Expire(ctx)
	return buried, ended, errors.Join(err, h.wipe(ctx))
}
