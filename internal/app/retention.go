package app

import (
	"context"
	"errors"
)

// keeper is a room whose files are destroyed at the end of their term.
type keeper interface {
	Over(ctx context.Context) (int, error)
	Expire(ctx context.Context) (int, error)
}

func (h *House) keepers() []keeper {
	return []keeper{h.Tips, h.Dwangsom, h.Huisverbod, h.Sluiting, h.Woonoverlast, h.Gebiedsverbod}
}

// Over counts the dossiers that are over their term.
func (h *House) Over(ctx context.Context) (int, error) {
	return h.each(func(k keeper) (int, error) { return k.Over(ctx) })
}

// Expire destroys every dossier that is over its term, as the rooms do by themselves, and
// gives how many. One room that fails does not keep the others.
func (h *House) Expire(ctx context.Context) (int, error) {
	return h.each(func(k keeper) (int, error) { return k.Expire(ctx) })
}

func (h *House) each(do func(k keeper) (int, error)) (n int, err error) {
	for _, k := range h.keepers() {
		m, failed := do(k)
		n, err = n+m, errors.Join(err, failed)
	}
	return n, err
}

// wipe clears from the database's own files the keys of destroyed dossiers, and the titles of
// destroyed measures, which the vault's key opens.
func (h *House) wipe(ctx context.Context) error {
	return h.DB.Wipe(ctx, "dossier_key", "measure_case")
}
