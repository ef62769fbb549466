package app

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"baken/internal/account"
	"baken/internal/admin"
	"baken/internal/agenda"
	"baken/internal/assets"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures/gebiedsverbod"
	"baken/internal/overview"
	"baken/internal/plug"
	"baken/internal/web"
	"baken/internal/web/ui"
)

// bind makes the book of purposes and acts, and opens the capabilities that
// commands use without pages too.
func (h *House) bind(ctx context.Context) (err error) {
	if h.Book, err = Book(); err != nil {
		return err
	}
	if err := h.measures(); err != nil {
		return err
	}
	if err := h.tips(); err != nil {
		return err
	}
	return h.crime(ctx)
}

// Site builds the pages and the background work of the house.
func (h *House) Site() (*web.Site, *jobs.Runner, error) {
	set, err := assets.Load()
	if err != nil {
		return nil, nil, err
	}
	look := ui.NewLook(set)
	room := h.rooms()
	room.Routes = append(room.Routes, web.Route{Pattern: "GET /assets/{file...}", Who: web.Public, Handler: func(w http.ResponseWriter, r *http.Request) error {
		set.ServeHTTP(w, r)
		return nil
	}})
	room.Routes = append(room.Routes, web.Standard("mailto:security@"+h.domain())...)
	proxy, err := h.proxy()
	if err != nil {
		return nil, nil, err
	}
	public, err := url.Parse(h.Config.PublicURL)
	if err != nil {
		return nil, nil, err
	}
	site, err := web.New(web.Config{
		Routes: room.Routes, Nav: room.Nav, Municipality: h.Municipality.Name, Contact: h.Municipality.Contact,
		Secure: public.Scheme == "https", Origins: []string{public.Scheme + "://" + public.Host}, Proxy: proxy, Demo: h.Demo,
		Shell: look.Shell, ErrorPage: look.ErrorPage, Authenticate: h.Desk.Authenticate, Guard: h.guard, May: h.may, Clock: h.Keep.Now, Log: h.log,
	})
	if err != nil {
		return nil, nil, err
	}
	runner, err := jobs.NewRunner(h.DB, append(room.Jobs, h.upkeep()...), h.Keep.Now, h.log)
	return site, runner, err
}

// rooms joins what the capabilities bring.
func (h *House) rooms() plug.Room {
	acts := &account.Acts{Keep: h.Keep, Book: h.Book, Desk: h.Desk, Municipality: h.Municipality.Name}
	if h.Demo {
		acts.DemoCode = func() (string, error) { return DemoCode(h.Keep.Now()) }
	}
	parts := []plug.Room{
		account.New(acts),
		gebiedsverbod.Field{Room: h.Gebiedsverbod}.Plug(),
		h.Measures.Plug(),
		h.Tips.Plug(),
		h.Dwangsom.Plug(),
		h.Huisverbod.Plug(),
		h.Sluiting.Plug(),
		h.Woonoverlast.Plug(),
		h.Gebiedsverbod.Plug(),
		agenda.New(h.terms()),
		h.Crime.Room(),
		admin.New(&admin.Acts{Keep: h.Keep, Book: h.Book, Desk: h.Desk, Log: h.Log}),
	}
	var all plug.Room
	for _, r := range parts {
		all.Tiles = append(all.Tiles, r.Tiles...)
	}
	for _, r := range append([]plug.Room{overview.New(all.Tiles, h.may, h.log)}, parts...) {
		all.Routes = append(all.Routes, r.Routes...)
		all.Nav = joined(all.Nav, r.Nav)
		all.Jobs = append(all.Jobs, r.Jobs...)
	}
	return all
}

// joined adds groups to a menu. One with a text that is there goes into the last place
// where it was named, with the items before it first.
func joined(menu, more []web.NavGroup) []web.NavGroup {
	for _, g := range more {
		if i := slices.IndexFunc(menu, func(x web.NavGroup) bool { return x.Text == g.Text && g.Text != "" }); i >= 0 {
			g.Items = append(g.Items[:len(g.Items):len(g.Items)], menu[i].Items...)
			menu = slices.Delete(menu, i, i+1)
		}
		menu = append(menu, g)
	}
	return menu
}

func (h *House) may(roles []string, act string) bool {
	return h.Book.May(work.Actor{Account: "somebody", Roles: roles}, act)
}

// guard asks whether the actor's roles hold an act at all, before the handler. A
// refusal is recorded and reads "not found", as if there were no such page.
func (h *House) guard(ctx context.Context, who work.Actor, act string) error {
	if h.Book.May(who, act) {
		return nil
	}
	a, ok := h.Book.Act(act)
	if !ok {
		return fmt.Errorf("app: a route names the unknown act %q", act)
	}
	return h.Keep.See(ctx, who, a.Purpose, func(u *work.Unit) error {
		_, err := h.Book.Require(u, act, ref.Ref{Kind: a.Kind})
		return err
	})
}

// upkeep is the work that the house itself needs.
func (h *House) upkeep() []jobs.Kind {
	return []jobs.Kind{
		// Heads leave at least every five minutes (security.md control 11).
		{Name: "audit.seal", Every: 2 * time.Minute, Work: func(ctx context.Context, _ jobs.Job) error {
			_, err := h.Log.Seal(ctx, h.Keep.Now())
			return err
		}},
		{Name: "identity.sweep", Every: time.Hour, Work: func(ctx context.Context, _ jobs.Job) error { return h.Desk.Sweep(ctx) }},
		{Name: "jobs.sweep", Every: 24 * time.Hour, Work: func(ctx context.Context, _ jobs.Job) error {
			return jobs.Tidy(ctx, h.DB, h.Keep.Now().AddDate(0, 0, -30))
		}},
	}
}

func (h *House) domain() string {
	if u, err := url.Parse(h.Config.PublicURL); err == nil {
		return u.Hostname()
	}
	return "localhost"
}

func (h *House) proxy() (netip.Prefix, error) {
	if h.Config.Proxy == "" {
		return netip.Prefix{}, nil
	}
	return netip.ParsePrefix(h.Config.Proxy)
}
