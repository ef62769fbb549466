package account

import (
	"encoding/base64"
	"net/http"

	"github.com/a-h/templ"

	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/work"
	"baken/internal/plug"
	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// Acts are what people do with their own account.
type Acts struct {
	Keep *work.Keeper
	Book *access.Book
	Desk *identity.Desk
	// DemoCode is the code of the demo's fictitious people, shown on the page because
	// nobody has their app. It is nil outside a demo, and the page then shows nothing.
	DemoCode     func() (string, error)
	Municipality string
}

type pages struct{ *Acts }

// New builds the room.
func New(a *Acts) plug.Room {
	p := pages{a}
	return plug.Room{
		Routes: []web.Route{
			{Pattern: "GET /inloggen", Who: web.Public, Handler: p.signIn},
			{Pattern: "POST /inloggen", Who: web.Public, Handler: p.password},
			{Pattern: "GET /inloggen/code", Who: web.Public, Handler: p.second},
			{Pattern: "POST /inloggen/code", Who: web.Public, Handler: p.code},
			{Pattern: "POST /inloggen/passkey", Who: web.Public, Handler: p.askPasskey},
			{Pattern: "POST /inloggen/passkey/antwoord", Who: web.Public, Handler: p.showPasskey},
			{Pattern: "GET /welkom", Who: web.Public, Handler: p.welcome},
			{Pattern: "POST /welkom", Who: web.Public, Handler: p.choose},
			{Pattern: "POST /welkom/code", Who: web.Public, Handler: p.enrol},
			{Pattern: "POST /afmelden", Who: web.Public, Handler: p.signOut},
			{Pattern: "GET /bevestigen", Who: web.Staff, Act: "own.show", Handler: p.prove},
			{Pattern: "POST /bevestigen", Who: web.Staff, Act: "own.show", Handler: p.proven},
			{Pattern: "GET /account", Who: web.Staff, Act: "own.show", Handler: p.show},
			{Pattern: "POST /account/sessies/{id}", Who: web.Staff, Act: "own.change", Handler: p.endSession},
			{Pattern: "POST /account/passkeys", Who: web.Staff, Act: "own.passkey", StepUp: true, Handler: p.offerPasskey},
			{Pattern: "POST /account/passkeys/antwoord", Who: web.Staff, Act: "own.passkey", StepUp: true, Handler: p.addPasskey},
			{Pattern: "POST /account/passkeys/{id}/weg", Who: web.Staff, Act: "own.passkey", StepUp: true, Handler: p.removePasskey},
		},
	}
}

func visitor(r *http.Request) identity.Visitor {
	return identity.Visitor{Origin: web.Origin(r), Agent: r.UserAgent()}
}

// form renders a form page; a form with problems answers 422 and says so in the title.
func (p pages) form(w http.ResponseWriter, r *http.Request, title string, f *form.Form, body func(ui.Filled, string) templ.Component) error {
	page := web.Page{Title: web.Printer(r).T(title), Plain: !web.Actor(r).SignedIn()}
	if f.Err() != nil {
		page.Title, page.Status = web.Printer(r).T("ui.error-title", "title", page.Title), http.StatusUnprocessableEntity
	}
	page.Body = body(ui.Filled{P: web.Printer(r), Form: f}, web.CSRF(w, r))
	return web.Render(w, r, page)
}

func (p pages) signIn(w http.ResponseWriter, r *http.Request) error {
	if web.Actor(r).SignedIn() {
		return web.SeeOther(w, r, "/")
	}
	return p.signInForm(w, r, form.Empty(map[string]string{"naar": web.Local(r.URL.Query().Get("naar"))}))
}

func (p pages) signInForm(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	return p.form(w, r, "account.sign-in", f, func(x ui.Filled, csrf string) templ.Component {
		return signInPage(x, csrf, p.DemoCode != nil)
	})
}

func (p pages) password(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	// The password is taken as it is: trimming or composing it would change it.
	token, err := p.Desk.SignIn(r.Context(), f.Typed("login"), r.PostForm.Get("password"), visitor(r))
	if err != nil {
		return p.refused(w, r, f, err, p.signInForm)
	}
	web.SetSession(w, token)
	http.SetCookie(w, &http.Cookie{Name: targetCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(web.Local(f.Typed("naar")))), Path: "/", MaxAge: 600,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return web.SeeOther(w, r, "/inloggen/code")
}

// targetCookie keeps where somebody wanted to go, through the two steps.
const targetCookie = "__Host-baken-naar"

func target(r *http.Request) string {
	c, err := r.Cookie(targetCookie)
	if err != nil {
		return "/"
	}
	raw, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return "/"
	}
	return web.Local(string(raw))
}

// refused shows a refusal at the form; guessing too often is said there too.
func (p pages) refused(w http.ResponseWriter, r *http.Request, f *form.Form, err error, again func(http.ResponseWriter, *http.Request, *form.Form) error) error {
	if x := fault.Of(err); x != nil && x.Code == "identity.sign-in.wait" {
		f.Wrong("", x.Code, x.Args...)
		return again(w, r, f)
	}
	if !f.Absorb(err) {
		return err
	}
	return again(w, r, f)
}

func (p pages) second(w http.ResponseWriter, r *http.Request) error {
	if web.Token(r) == "" {
		return web.SeeOther(w, r, "/inloggen")
	}
	return p.secondForm(w, r, form.Empty(nil))
}

func (p pages) secondForm(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	demo, err := p.demoCode()
	if err != nil {
		return err
	}
	return p.form(w, r, "account.second", f, func(x ui.Filled, csrf string) templ.Component {
		return secondPage(x, csrf, "/inloggen/code", "/inloggen/passkey", demo)
	})
}

func (p pages) demoCode() (string, error) {
	if p.DemoCode == nil {
		return "", nil
	}
	return p.DemoCode()
}

func (p pages) code(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	token, err := p.Desk.Second(r.Context(), web.Token(r), f.Typed("code"), visitor(r))
	if fault.KindOf(err) == fault.NotFound {
		web.EndSession(w)
		return web.SeeOther(w, r, "/inloggen")
	}
	if err != nil {
		return p.refused(w, r, form.Empty(nil), err, p.secondForm)
	}
	return p.enter(w, r, token)
}

// enter puts the full session into the browser and goes where one wanted to go.
func (p pages) enter(w http.ResponseWriter, r *http.Request, token string) error {
	to := target(r)
	web.SetSession(w, token)
	http.SetCookie(w, &http.Cookie{Name: targetCookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return web.SeeOther(w, r, to)
}

func (p pages) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := p.Desk.SignOut(r.Context(), web.Token(r), web.Origin(r)); err != nil {
		return err
	}
	web.EndSession(w)
	return web.SeeOther(w, r, "/inloggen")
}

func (p pages) prove(w http.ResponseWriter, r *http.Request) error {
	return p.proveForm(w, r, form.Empty(map[string]string{"naar": web.Local(r.URL.Query().Get("naar"))}))
}

func (p pages) proveForm(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	demo, err := p.demoCode()
	if err != nil {
		return err
	}
	return p.form(w, r, "account.prove", f, func(x ui.Filled, csrf string) templ.Component { return provePage(x, csrf, demo) })
}

func (p pages) proven(w http.ResponseWriter, r *http.Request) error {
	f := form.Read(r)
	token, err := p.Desk.Prove(r.Context(), web.Token(r), f.Typed("code"), visitor(r))
	if err != nil {
		return p.refused(w, r, form.Empty(map[string]string{"naar": f.Typed("naar")}), err, p.proveForm)
	}
	web.SetSession(w, token)
	return web.SeeOther(w, r, f.Typed("naar"))
}
