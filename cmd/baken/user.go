package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"baken/internal/app"
	"baken/internal/kernel/access"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

type userCmd struct {
	Admin   userAdminCmd   `cmd:"" help:"Invite one of the first two administrators; prints the one-time code."`
	List    userListCmd    `cmd:"" help:"List the accounts."`
	Renew   userRenewCmd   `cmd:"" help:"New one-time code for who lost a factor; ends password, passkeys and sessions."`
	Disable userDisableCmd `cmd:"" help:"End an account's access at once."`
}

type userAdminCmd struct {
	Login string `arg:"" help:"E-mail address."`
	Name  string `arg:"" help:"Name."`
}

func (cmd userAdminCmd) Run(c *console) error {
	return c.unit(func(h *app.House, u *work.Unit) error {
		a, code, err := h.Desk.Invite(u, cmd.Login, cmd.Name, text.NL)
		if err != nil {
			return err
		}
		if err := h.Book.Bootstrap(u, a.ID); err != nil {
			return err
		}
		u.OnCommit(func() { c.printCode(h, code) })
		return nil
	})
}

func (c *console) printCode(h *app.House, code string) {
	fmt.Fprintf(c.out, "one-time code, valid for 7 days: %s\nopen %s/welkom\n", code, h.Config.PublicURL)
}

type userListCmd struct{}

func (userListCmd) Run(c *console) error {
	return c.unit(func(h *app.House, u *work.Unit) error {
		all, err := identity.Accounts(u)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
		for _, a := range all {
			grants, err := access.GrantsOf(u.Tx(), a.ID)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t", a.Login, a.Name, a.State)
			for _, g := range grants {
				if g.Open(u.Now()) {
					fmt.Fprintf(w, "%s ", g.Role)
				}
			}
			fmt.Fprintln(w)
		}
		u.Record(work.Entry{Act: "cli.user-list", Object: identity.Ref("")})
		return w.Flush()
	})
}

type userRenewCmd struct {
	Login string `arg:"" help:"E-mail address."`
}

func (cmd userRenewCmd) Run(c *console) error {
	return c.account(cmd.Login, func(h *app.House, u *work.Unit, id string) error {
		code, err := h.Desk.Renew(u, id)
		u.OnCommit(func() { c.printCode(h, code) })
		return err
	})
}

type userDisableCmd struct {
	Login string `arg:"" help:"E-mail address."`
}

func (cmd userDisableCmd) Run(c *console) error {
	return c.account(cmd.Login, func(h *app.House, u *work.Unit, id string) error { return h.Desk.Disable(u, id) })
}

// unit runs fn as one unit of work of the program itself; what it did is in the
// log as done from the command line.
func (c *console) unit(fn func(*app.House, *work.Unit) error) error {
	return c.house(func(h *app.House) error {
		return h.Keep.Do(c.ctx, work.System("cli"), identity.Purpose, func(u *work.Unit) error { return fn(h, u) })
	})
}

func (c *console) account(login string, fn func(*app.House, *work.Unit, string) error) error {
	compared, err := identity.CompareLogin(login)
	if err != nil {
		return err
	}
	return c.unit(func(h *app.House, u *work.Unit) error {
		all, err := identity.Accounts(u)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.Login == compared {
				return fn(h, u, a.ID)
			}
		}
		return fmt.Errorf("there is no account %s", login)
	})
}

type demoCmd struct {
	Code demoCodeCmd `cmd:"" help:"Print the code that the demo's authenticator app would show now."`
}

type demoCodeCmd struct{}

func (demoCodeCmd) Run(c *console) error {
	code, err := app.DemoCode(time.Now())
	fmt.Fprintln(c.out, code)
	return err
}
