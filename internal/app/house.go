// Package app is the one place that knows everything: it lists the capabilities,
// builds the kernels for each municipality and passes functions between them. It
// has no behaviour of its own.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"time"

	"baken/internal/config"
	"baken/internal/crimemonitor"
	"baken/internal/kernel/access"
	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/db"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/vault"
	"baken/internal/kernel/work"
	"baken/internal/measures"
	"baken/internal/measures/dwangsom"
	"baken/internal/measures/gebiedsverbod"
	"baken/internal/measures/huisverbod"
	"baken/internal/measures/sluiting"
	"baken/internal/measures/woonoverlast"
	"baken/internal/tips"
)

// House is everything of one municipality: its database, log, keys, people and
// pages. Nothing in it leads to another municipality's.
type House struct {
	Municipality  config.Municipality
	Config        config.Config
	DB            *db.DB
	Log           *audit.Log
	Keep          *work.Keeper
	Book          *access.Book
	Desk          *identity.Desk
	Crime         *crimemonitor.Monitor
	Measures      *measures.Index
	Dwangsom      *dwangsom.Room
	Huisverbod    *huisverbod.Room
	Sluiting      *sluiting.Room
	Woonoverlast  *woonoverlast.Room
	Gebiedsverbod *gebiedsverbod.Room
	Tips          *tips.Room
	Demo          bool
	Days          watch.Calendars // for whoever computes a term
	log           *slog.Logger
	sealer        *audit.Sealer
	vault         *vault.Vault
	public        string // address of the pages, with the municipality's own host
}

// Open opens a municipality's house: database at this program's version, log
// checked against its checkpoints, kernels bound. clock is nil outside tests.
func Open(ctx context.Context, c config.Config, m config.Municipality, clock func() time.Time, log *slog.Logger) (*House, error) {
	h := &House{Municipality: m, Config: c, log: log}
	var err error
	if h.DB, err = db.Open(c.Place(m)); err != nil {
		return nil, err
	}
	if err := h.open(ctx, clock); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

func (h *House) open(ctx context.Context, clock func() time.Time) error {
	if err := h.DB.Migrate(ctx); err != nil {
		return err
	}
	keys := filepath.Join(h.Config.Folder(h.Municipality), "keys")
	signing := filepath.Join(keys, "audit.key")
	for _, file := range []string{signing, h.Config.VaultFile(h.Municipality)} {
		if err := config.SecretFile(file); err != nil {
			return err
		}
	}
	var err error
	if h.sealer, err = audit.NewSealer("baken/"+h.Municipality.Code, signing, h.Municipality.Checkpoints); err != nil {
		return err
	}
	h.Log = audit.Open(h.DB, h.sealer)
	if err := h.Log.CheckStart(ctx); err != nil {
		return fmt.Errorf("%w; run 'baken audit verify' and see docs/operate/audit.md", err)
	}
	v, err := h.keys()
	if err != nil {
		return err
	}
	h.Keep = work.NewKeeper(h.DB, h.Log, clock)
	public, err := url.Parse(h.Config.PublicURL)
	if err != nil {
		return err
	}
	limits := identity.Limits{Idle: time.Duration(h.Config.Session.Idle), Absolute: time.Duration(h.Config.Session.Absolute)}
	if host := h.Municipality.Host; host != "" {
		if port := public.Port(); port != "" {
			host += ":" + port
		}
		public.Host = host
	}
	h.public = public.Scheme + "://" + public.Host
	h.Desk, err = identity.NewDesk(h.Keep, h.DB, v, limits, public.Hostname(), h.public, h.Municipality.Name)
	if err != nil {
		return err
	}
	h.vault = v
	return h.bind(ctx)
}

// Close stops the log and closes the database.
func (h *House) Close() error {
	if h.Log != nil {
		h.Log.Close()
	}
	return h.DB.Close()
}
