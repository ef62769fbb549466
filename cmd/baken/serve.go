package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"text/tabwriter"
	"time"

	"baken/internal/app"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/tenancy"
	"baken/internal/web"
)

type serveCmd struct {
	Demo   bool   `help:"Fill an empty database with fictitious people on real figures, and print the sign-ins."`
	Listen string `help:"Address to serve on; stands above the settings." placeholder:"HOST:PORT"`
}

// Run serves every municipality of the settings until it is told to stop, and then
// ends what is under way first.
func (cmd serveCmd) Run(c *console) error {
	if cmd.Listen != "" {
		getenv := c.getenv
		c.getenv = func(k string) string {
			if k == "BAKEN_LISTEN" {
				return cmd.Listen
			}
			return getenv(k)
		}
	}
	cfg, err := c.config()
	if err != nil {
		return err
	}
	hosts := map[string]*app.House{}
	handlers := map[string]http.Handler{}
	var runners []*jobs.Runner
	defer func() {
		for _, h := range hosts {
			if err := h.Close(); err != nil {
				c.logger().Error("closing", "municipality", h.Municipality.Code, "error", err)
			}
		}
	}()
	for _, m := range cfg.Municipalities {
		h, err := app.Open(c.ctx, cfg, m, nil, c.logger())
		if err != nil {
			return err
		}
		hosts[m.Host] = h
		if err := h.Prepare(c.ctx, cmd.Demo); err != nil {
			return err
		}
		site, runner, err := h.Site()
		if err != nil {
			return err
		}
		handlers[m.Host], runners = site, append(runners, runner)
	}
	byHost, err := tenancy.New(handlers)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", cfg.Listen, err)
	}
	server := web.Server(cfg.Listen, app.ByHost(byHost))
	if cmd.Demo {
		c.printSignIns(cfg.PublicURL)
	}
	c.logger().Info("serving", "address", cfg.PublicURL, "listen", listener.Addr().String())
	return c.serve(server, listener, cfg.Cert, cfg.Key, runners)
}

func (c *console) serve(server *http.Server, l net.Listener, cert, key string, runners []*jobs.Runner) error {
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	var background sync.WaitGroup
	for _, r := range runners {
		background.Go(func() { r.Run(ctx) })
	}
	ended := make(chan error, 1)
	go func() {
		if cert != "" {
			server.TLSConfig = app.TLS()
			ended <- server.ServeTLS(l, cert, key)
			return
		}
		ended <- server.Serve(l)
	}()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		stop, done := context.WithTimeout(context.Background(), 10*time.Second)
		defer done()
		err = server.Shutdown(stop)
	}
	cancel()
	background.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (c *console) printSignIns(address string) {
	fmt.Fprintf(c.out, "\nBaken, demo of Maassluis: %s\n\n", address)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, p := range app.DemoStaff {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", p.Login, p.Name, p.Role)
	}
	w.Flush()
	fmt.Fprintf(c.out, "\n  password for everybody: %s\n  second step: the page shows the code; so does \"baken demo code\"\n\n", app.DemoPassword)
}
