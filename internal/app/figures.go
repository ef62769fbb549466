package app

import (
	"context"
	"io"
	"net/url"
	"time"

	"baken/internal/connect/cbs"
	"baken/internal/crimemonitor"
	"baken/internal/kernel/figures"
)

// crime opens the crime monitor and gives it the connector of CBS.
func (h *House) crime(ctx context.Context) (err error) {
	lists := crimemonitor.Lists()
	client := func() (*cbs.Client, error) {
		u, err := url.Parse(h.Config.Figures.Politie)
		// An administrator who names a service without TLS means one of the own network.
		private := err == nil && u.Scheme == "http"
		return cbs.NewClient(cbs.Config{Base: h.Config.Figures.Politie, Version: 3, AllowPrivate: private})
	}
	h.Crime, err = crimemonitor.Open(ctx, h.Keep, h.Book, crimemonitor.Options{
		Municipality: h.Municipality.Code, Name: h.Municipality.Name, Daily: h.Config.Figures.Daily,
		Service: h.Config.Figures.Politie, Log: h.log,
		Read: func(name string, r io.Reader, at time.Time) (*figures.Import, error) {
			return cbs.Read(name, r, cbs.Options{Retrieved: at, Lists: cbs.Lists(lists)})
		},
		Fetch: func(ctx context.Context, table string, areas []string, now time.Time) (*figures.Import, error) {
			c, err := client()
			if err != nil {
				return nil, err
			}
			return c.Sync(ctx, cbs.Want{Table: table, Areas: areas, Lists: cbs.Lists(lists), Now: now})
		},
		Neighbourhoods: func(ctx context.Context, table, municipality string) ([]string, error) {
			c, err := client()
			if err != nil {
				return nil, err
			}
			names, err := c.Areas(ctx, table, municipality)
			var out []string
			for _, n := range names {
				out = append(out, n.Code)
			}
			return out, err
		},
	})
	return err
}
