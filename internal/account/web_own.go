package account

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"

	"github.com/a-h/templ"

	"baken/internal/fault"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/work"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

func (p pages) welcome(w http.ResponseWriter, r *http.Request) error {
	return p.welcomeForm(w, r, form.Empty(nil))
}

func (p pages) welcomeForm(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	return p.form(w, r, "account.welcome", f, func(x ui.Filled, csrf string) templ.Component { return welcomePage(x, csrf) })
}

func (p pages) choose(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	e, err := p.Desk.Welcome(r.Context(), f.Typed("code"), r.PostForm.Get("password"), visitor(r), "Baken "+p.Municipality)
	if err != nil {
		return p.refused(w, r, f, err, p.welcomeForm)
	}
	return p.appForm(w, r, form.Empty(nil), f.Typed("code"), e)
}

// appForm shows the secret for the authenticator app. The one-time code goes along
// in the form, never in an address.
func (p pages) appForm(w http.ResponseWriter, r *http.Request, f *form.Form, invite string, e identity.Enrolment) error {
	picture := "data:image/png;base64," + base64.StdEncoding.EncodeToString(e.QR)
	return p.form(w, r, "account.app", f, func(x ui.Filled, csrf string) templ.Component {
		return appPage(x, csrf, invite, e, picture)
	})
}

func (p pages) enrol(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	err := p.Desk.Enrol(r.Context(), f.Typed("invite"), f.Typed("totp"), visitor(r))
	if err != nil {
		return p.refused(w, r, form.Empty(map[string]string{"code": f.Typed("invite")}), err, p.welcomeForm)
	}
	web.Notice(w, r, "account.ready")
	return web.SeeOther(w, r, "/inloggen")
}

// own is what the page of one's own account shows.
type own struct {
	sessions []identity.Session
	passkeys []identity.Passkey
}

func (p pages) show(w http.ResponseWriter, r *http.Request) error {
	var o own
	who := web.Actor(r)
	err := p.Keep.See(r.Context(), who, identity.Purpose, func(u *work.Unit) (err error) {
		if _, err = p.Book.Require(u, "own.show", identity.Ref(who.Account)); err != nil {
			return err
		}
		if o.sessions, err = p.Desk.Sessions(u); err != nil {
			return err
		}
		o.passkeys, err = p.Desk.Passkeys(u)
		return err
	})
	if err != nil {
		return err
	}
	t := web.Printer(r)
	return web.Render(w, r, web.Page{Title: t.T("account.title"), Body: ownPage(t, o, who, web.CSRF(w, r), web.Now(r))})
}

func (p pages) change(r *http.Request, act string, fn func(u *work.Unit) error) error {
	who := web.Actor(r)
	return p.Keep.Do(r.Context(), who, identity.Purpose, func(u *work.Unit) error {
		if _, err := p.Book.Require(u, act, identity.Ref(who.Account)); err != nil {
			return err
		}
		return fn(u)
	})
}

func (p pages) endSession(w http.ResponseWriter, r *http.Request) error {
	err := p.change(r, "own.change", func(u *work.Unit) error { return p.Desk.EndSession(u, r.PathValue("id")) })
	if err != nil {
		return err
	}
	web.Notice(w, r, "account.session-ended")
	return web.SeeOther(w, r, "/account")
}

func (p pages) offerPasskey(w http.ResponseWriter, r *http.Request) error {
	var options []byte
	err := p.change(r, "own.passkey", func(u *work.Unit) (err error) { options, err = p.Desk.OfferPasskey(u); return err })
	if err != nil {
		return err
	}
	return data(w, options)
}

func (p pages) addPasskey(w http.ResponseWriter, r *http.Request) error {
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	label := "Passkey " + web.Printer(r).DayShort(web.Now(r), web.Now(r))
	if err := p.change(r, "own.passkey", func(u *work.Unit) error { return p.Desk.AddPasskey(u, label, answer) }); err != nil {
		return err
	}
	web.Notice(w, r, "account.passkey-added")
	return goTo(w, "/account")
}

func (p pages) removePasskey(w http.ResponseWriter, r *http.Request) error {
	if err := p.change(r, "own.passkey", func(u *work.Unit) error { return p.Desk.RemovePasskey(u, r.PathValue("id")) }); err != nil {
		return err
	}
	web.Notice(w, r, "account.passkey-removed")
	return web.SeeOther(w, r, "/account")
}

func (p pages) askPasskey(w http.ResponseWriter, r *http.Request) error {
	options, err := p.Desk.AskPasskey(r.Context(), web.Token(r), web.Actor(r).SignedIn())
	if err != nil {
		return err
	}
	if options == nil {
		return fault.New(fault.Invalid, "account.no-passkey")
	}
	return data(w, options)
}

func (p pages) showPasskey(w http.ResponseWriter, r *http.Request) error {
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	token, err := p.Desk.ShowPasskey(r.Context(), web.Token(r), answer, web.Actor(r).SignedIn(), visitor(r))
	if err != nil {
		return err
	}
	web.SetSession(w, token)
	return goTo(w, target(r))
}

func data(w http.ResponseWriter, raw []byte) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(raw)
	return err
}

// goTo tells the page's script where to go next.
func goTo(w http.ResponseWriter, path string) error {
	raw, err := json.Marshal(map[string]string{"to": path})
	if err != nil {
		return err
	}
	return data(w, raw)
}
