package app_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"baken/internal/app"
	"baken/internal/bakentest"
	"baken/internal/bakentest/browser"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
	"baken/internal/web"
)

// walker is somebody at a browser who carries one file.
type walker struct {
	t    *testing.T
	h    *bakentest.House
	b    *browser.Browser
	role string
	base string // address of the file, without the house
}

// as signs in by the form, in place of who sat here before. A session ends while
// nobody works, so whoever comes back days later shows both factors again.
func (w *walker) as(role string) {
	w.t.Helper()
	w.b.Cookie(w.h.URL, web.SessionCookie, "nobody")
	w.b.Visit(w.h.URL + "/inloggen")
	w.b.Type("login", bakentest.Login(w.t, role))
	w.b.Type("password", app.DemoPassword)
	w.b.Follow(`main form button[type="submit"]`)
	w.prove()
	w.role = role
}

func (w *walker) prove() {
	w.t.Helper()
	w.b.Type("code", w.h.Code())
	w.b.Follow(`main form button[type="submit"]`)
}

// on moves the clock to a time of a day in Amsterdam, never back.
func (w *walker) on(day, clock string) {
	w.t.Helper()
	to, err := time.ParseInLocation("02-01-2006 15.04", day+" "+clock, text.Amsterdam)
	if err != nil || to.Before(w.h.Now()) {
		w.t.Fatalf("%s %s is not after %s: %v", day, clock, w.h.Now(), err)
	}
	w.h.Wait(to.Sub(w.h.Now()))
}

// open opens the form of an act.
func (w *walker) open(act string) {
	w.t.Helper()
	path := w.base + "/" + act
	if act == "report" {
		path = "/maatregelen/dwangsom/nieuw"
	}
	w.b.Visit(w.h.URL + path)
}

// field is what is typed or chosen in a field of a form.
type field struct{ name, value string }

// fill fills the form that is open, each field as a person would.
func (w *walker) fill(fields ...field) {
	w.t.Helper()
	for _, f := range fields {
		kind := browser.Eval[string](w.b, `(e => e === null ? "" : e.tagName + " " + (e.type || ""))(document.querySelector('main form[method="post"] [name="`+f.name+`"]'))`)
		switch {
		case kind == "":
			w.t.Fatalf("%s has no field %s", w.b.Here(), f.name)
		case strings.HasPrefix(kind, "SELECT"):
			browser.Eval[bool](w.b, `(e => { e.value = `+quote(f.value)+`; e.dispatchEvent(new Event("change", {bubbles: true})); return true })(document.getElementById("`+f.name+`"))`)
			if got := w.value(f.name); got != f.value {
				w.t.Fatalf("%s does not offer %q at %s", w.b.Here(), f.value, f.name)
			}
		case kind == "INPUT radio" || kind == "INPUT checkbox":
			w.b.Click(`main [name="` + f.name + `"][value="` + f.value + `"]`)
		case kind == "INPUT file":
			w.b.Upload(f.name, f.value)
		default:
			w.b.Type(f.name, f.value)
		}
	}
}

func (w *walker) send() {
	w.t.Helper()
	w.b.Follow(`main form[method="post"] button[type="submit"]`)
}

// do performs an act by its form and must end on the page of the file.
func (w *walker) do(act string, fields ...field) {
	w.t.Helper()
	w.open(act)
	w.fill(fields...)
	w.send()
	if w.base == "" {
		w.base = strings.TrimPrefix(w.b.Here(), w.h.URL)
	}
	if w.b.Here() != w.h.URL+w.base {
		w.t.Fatalf("%s was not taken: %s\n%s", act, w.b.Here(), strings.Join(w.errors(), "\n"))
	}
}

// value is what a field of the form holds now.
func (w *walker) value(name string) string {
	w.t.Helper()
	return browser.Eval[string](w.b, `(l => l.length === 0 ? "" : l[0].type === "radio" || l.length > 1 && l[0].type === "checkbox" ? ([...l].find(e => e.checked)?.value ?? "") : l[0].value)(document.querySelectorAll('main [name="`+name+`"]'))`)
}

func (w *walker) errors() []string {
	w.t.Helper()
	return browser.Eval[[]string](w.b, `[...document.querySelectorAll(".baken-errors li")].map(e => e.textContent.trim())`)
}

// refused sends the form that is open and must stay on it: nothing is stored, what
// was typed is still there, the summary has the focus and leads to the field.
func (w *walker) refused(at, sentence string, fields ...field) {
	w.t.Helper()
	w.fill(fields...)
	before := contents(w.t, w.h)
	w.send()
	for _, table := range changed(before, contents(w.t, w.h)) {
		if strings.HasPrefix(table, "dossier") || strings.HasPrefix(table, "measure") || strings.HasPrefix(table, "agenda") {
			w.t.Errorf("%s: a refused form changed %s", w.b.Here(), table)
		}
	}
	if got := w.errors(); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, sentence) }) {
		w.t.Errorf("%s says %q, want %q", w.b.Here(), got, sentence)
	}
	if title := browser.Eval[string](w.b, `document.title`); !strings.HasPrefix(title, "Fout:") {
		w.t.Errorf("%s: the title %q does not say that it went wrong", w.b.Here(), title)
	}
	if f := w.b.Focus(); f != "div#fouten" {
		w.t.Errorf("%s: the focus is on %s, not on the errors", w.b.Here(), f)
	}
	if at != "" {
		said := browser.Eval[string](w.b, `document.getElementById("`+at+`-fout")?.textContent.trim() ?? ""`)
		if !strings.Contains(said, sentence) {
			w.t.Errorf("%s: at %s stands %q, want %q", w.b.Here(), at, said, sentence)
		}
		w.b.Click(`.baken-errors a[href="#` + at + `"]`)
		if f := browser.Eval[string](w.b, `document.activeElement.name ?? ""`); f != at {
			w.t.Errorf("%s: the error leads to the field %q, want %s", w.b.Here(), f, at)
		}
	}
	for _, f := range fields {
		if got := w.value(f.name); got != f.value {
			w.t.Errorf("%s: %s holds %q after the refusal; %q was typed", w.b.Here(), f.name, got, f.value)
		}
	}
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// standing is what the page of a file says.
type standing struct {
	Stage, Next, Now string
	Terms            map[string]string // title: day, how far
	Facts            map[string]string
	Story            []string
	Documents        []string
	Chart            []string
}

func (w *walker) page(query string) standing {
	w.t.Helper()
	w.b.Visit(w.h.URL + w.base + query)
	return browser.Eval[standing](w.b, `(() => {
		const words = e => (e?.textContent ?? "").replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
		const all = (q, f) => [...document.querySelectorAll(q)].map(f);
		return {
			Stage: words(document.querySelector(".baken-pagehead .utrecht-status-badge")),
			Next: words(document.querySelector("#volgende-kop")),
			Now: words(document.querySelector("[aria-current=step] .baken-step__name")),
			Terms: Object.fromEntries(all(".baken-term", e => [words(e.querySelector(".baken-row__title")), e.querySelector("time").dateTime + ", " + words(e.querySelector(".baken-when__left"))])),
			Facts: Object.fromEntries(all("#feiten dt", e => [words(e), words(e.nextElementSibling)])),
			Story: all(".baken-story__item", words),
			Documents: all("#documenten a[href*='/bestand/']", words),
			Chart: all(".baken-gantt [role=img]", e => e.getAttribute("aria-label")),
		};
	})()`)
}

// says checks the stage, the stage of the procedure that is marked, and the next step.
func (w *walker) says(stage, now, next string) standing {
	w.t.Helper()
	s := w.page("")
	if s.Stage != stage || s.Now != now || s.Next != next {
		w.t.Errorf("the page says %q, %q, %q; want %q, %q, %q", s.Stage, s.Now, s.Next, stage, now, next)
	}
	return s
}

// term checks a term against the calendar's own answer.
func (w *walker) term(s standing, title, rule string, from deadlines.Day, left string) {
	w.t.Helper()
	a, err := deadlines.Builtin().Answer(deadlines.Question{ID: rule, Start: deadlines.OnDay(from)})
	if err != nil {
		w.t.Fatal(err)
	}
	if want := a.End.Day.String() + ", " + left; s.Terms[title] != want {
		w.t.Errorf("the term %q says %q, want %q", title, s.Terms[title], want)
	}
}

func (w *walker) given(s standing, title, want string) {
	w.t.Helper()
	if s.Terms[title] != want {
		w.t.Errorf("the term %q says %q, want %q", title, s.Terms[title], want)
	}
}

func (w *walker) fact(s standing, name, want string) {
	w.t.Helper()
	if got := strings.ReplaceAll(s.Facts[name], "\u00a0", " "); got != want {
		w.t.Errorf("%s: %q, want %q", name, got, want)
	}
}

// photo makes a photograph file.
func photo(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err == nil {
		err = png.Encode(f, image.NewGray(image.Rect(0, 0, 8, 8)))
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// A last onder dwangsom by its forms, from the report to the closed file, as the
// people of one municipality would do it in a winter.
func TestDwangsomIsWalkedByItsForms(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	w := &walker{t: t, h: h, b: browser.Start(t)}
	w.reported()
	w.decided()
	w.published()
	w.inspected()
	w.forfeited()
	w.asItWas()
	w.recovered()
	w.hidden()
	w.paid()
	// A refused form is an answer of 422, which the browser notes.
	if c := slices.DeleteFunc(w.b.Complaints(), func(s string) bool { return strings.Contains(s, "status of 422") }); len(c) > 0 {
		t.Errorf("the browser complains: %v", c)
	}
}

func (w *walker) reported() {
	w.as(access.Officer)
	w.open("report")
	w.refused("Source", "Kies een van de mogelijkheden", field{"Place", "Haven 9"}, field{"Offender", "Bouwbedrijf Verzonnen"})
	w.b.Shot("wandeling-01-melden")
	lawyer := accountOf(w.t, w.h, access.Lawyer)
	w.do("report", field{"Place", "Haven 9"}, field{"Offender", "Bouwbedrijf Verzonnen"}, field{"Address", "Haven 9, 3143 BD Maassluis"}, field{"Seen", "23-11-2026"},
		field{"Facts", "Naast de loods ligt bouwafval, ook op de stoep."}, field{"Source", "inspection"}, field{"Photos", photo(w.t, "loods.png")}, field{"Lead", lawyer})
	s := w.says("Melding", "Grondslag", "Er is nu niets te doen")
	if len(s.Documents) != 1 || len(s.Terms) != 0 || len(s.Story) != 1 {
		w.t.Errorf("after the report: %+v", s)
	}
	w.as(access.Lawyer)
	w.says("Melding", "Grondslag", "Volgende stap: Grondslag kiezen")
	w.do("basis", field{"Breach", "afval-erf"}, field{"Rule", "Artikel 4:13 verbiedt het erf zo te gebruiken dat het vervuilt."})
	w.says("Grondslag gekozen", "Voornemen en zienswijze", "Volgende stap: Voornemen verzenden")
	w.on("25-11-2026", "09.00")
	w.as(access.Lawyer)
	w.do("intend", field{"Sent", "25-11-2026"}, field{"ViewDays", "14"})
	s = w.says("Voornemen verzonden", "Voornemen en zienswijze", "Volgende stap: Evenredigheid toetsen")
	w.given(s, "Zienswijze mogelijk", "2026-12-09, over 14 dagen")
	w.open("view")
	w.refused("How", "De termijn loopt tot en met woensdag 9 december 2026", field{"Received", "25-11-2026"}, field{"How", "none"}, field{"Words", "Er kwam niets."}, field{"Answer", "Niets te zeggen."})
}

func (w *walker) decided() {
	w.on("01-12-2026", "09.00")
	w.as(access.Lawyer)
	w.do("view", field{"Received", "30-11-2026"}, field{"How", "written"}, field{"Words", "Het bedrijf wil meer tijd."}, field{"Answer", "Vier weken is genoeg om dit af te voeren."})
	w.given(w.page(""), "Zienswijze mogelijk", "2026-12-09, klaar")
	w.do("weigh", field{"Aim", "Het afval weg."}, field{"Lighter", "Er is tweemaal gewaarschuwd."}, field{"Blame", "Het is eigen afval."}, field{"Means", "Afvoeren kost weinig."},
		field{"Circumstance", "Niets gebleken."}, field{"Others", "De buren kunnen de stoep niet gebruiken."}, field{"Outcome", "De last is evenredig."})
	w.says("Voornemen verzonden", "Voornemen en zienswijze", "Volgende stap: Besluit opstellen")
	w.open("draft")
	if w.value("Amount") != "250" || w.value("Maximum") != "2.500" || w.value("Days") != "28" {
		w.t.Errorf("the draft starts with %q, %q, %q, not with the policy", w.value("Amount"), w.value("Maximum"), w.value("Days"))
	}
	draft := []field{{"Summary", "U moet het afval binnen vier weken weghalen."}, {"Measures", "Al het bouwafval van het erf en de stoep weghalen"}, {"Motivation", "Past bij de kosten van afvoer."}}
	w.refused("Deviation", "schrijf dan waarom (Awb 4:84)", append(slices.Clone(draft), field{"Amount", "400"})...)
	w.b.Shot("wandeling-02-concept-geweigerd")
	w.do("draft", draft...)
	s := w.says("Concept", "Besluit", "Volgende stap: Juridisch controleren")
	w.fact(s, "Dwangsom", "€ 250 per week, maximaal € 2.500")
	w.open("check")
	w.refused("Outcome", "U schreef dit concept", field{"Outcome", "approved"})
	w.as(access.EnforcementCo)
	w.do("check", field{"Outcome", "approved"}, field{"Remark", "Akkoord."})
	w.as(access.Lawyer)
	w.says("Gecontroleerd", "Besluit", "Er is nu niets te doen") // the lawyer has no mandate

	w.as(access.Mayor)
	w.says("Gecontroleerd", "Besluit", "Volgende stap: Ondertekenen")
	// Five minutes after the sign-in the session may have been left open on a desk.
	w.h.Wait(6 * time.Minute)
	w.open("sign")
	if !strings.Contains(w.b.Here(), "/bevestigen?naar=") {
		w.t.Fatalf("signing does not ask the second factor again: %s", w.b.Here())
	}
	w.prove()
	if !strings.HasSuffix(w.b.Here(), w.base+"/sign") {
		w.t.Fatalf("after the proof the reader is at %s", w.b.Here())
	}
	w.refused("Read", "gelezen", field{"Mandate", "Mandaatbesluit (voorbeeld) nr. 12"})
	w.b.Shot("wandeling-03-ondertekenen")
	w.do("sign", field{"Mandate", "Mandaatbesluit (voorbeeld) nr. 12"}, field{"Read", "ja"})
	s = w.says("Ondertekend", "Bekendmaking", "Er is nu niets te doen")
	w.fact(s, "Ondertekend", "Willemijn Terpstra, Mandaatbesluit (voorbeeld) nr. 12")
}

func (w *walker) published() {
	w.on("02-12-2026", "10.00")
	w.as(access.Lawyer)
	w.open("publish")
	w.refused("On", "niet voor de ondertekening op dinsdag 1 december 2026", field{"On", "30-11-2026"}, field{"How", "registered"}, field{"To", "Bouwbedrijf Verzonnen"}, field{"Proof", "3SVERZONNEN"})
	w.do("publish", field{"On", "02-12-2026"}, field{"How", "registered"}, field{"To", "Bouwbedrijf Verzonnen"}, field{"Proof", "3SVERZONNEN"})
	s := w.says("Van kracht", "Begunstigingstermijn", "Volgende stap: Controle vastleggen")
	day := deadlines.Date(2026, time.December, 2)
	w.term(s, "Laatste dag voor bezwaar", "AWB-6.7", day, "over 42 dagen")
	w.given(s, "Begunstigingstermijn eindigt", "2026-12-30, over 28 dagen")
	w.fact(s, "Verbeurd", "€ 0 van € 2.500")
	if !slices.Contains(s.Chart, "Begunstigingstermijn eindigt: 2 december 2026 t/m 30 december 2026, over 28 dagen") || len(s.Chart) != len(s.Terms) {
		w.t.Errorf("the chart says %q", s.Chart)
	}
	w.b.Shot("wandeling-04-van-kracht")

	// The term ends while the form is on the screen: a day late lost a municipality its
	// claim.
	w.on("30-12-2026", "23.52")
	w.as(access.Lawyer)
	w.open("extend")
	w.h.Wait(10 * time.Minute)
	w.refused("", "De begunstigingstermijn is voorbij. Verlengen kan alleen ervoor (ECLI:NL:RVS:2014:1340)", field{"Until", "15-01-2027"}, field{"Why", "De afvoer loopt nog."})
	w.open("extend")
	blocked := browser.Eval[string](w.b, `document.querySelector("main .utrecht-alert--warning:last-of-type").textContent`)
	if browser.Eval[bool](w.b, `document.querySelector('main form[method="post"]') !== null`) || !strings.Contains(blocked, "ECLI:NL:RVS:2014:1340") {
		w.t.Errorf("an act that is not allowed shows its form, or not why: %q", blocked)
	}
}

// inspected is the inspection in the street, on a telephone, while the lawyer is
// writing on the same file.
func (w *walker) inspected() {
	w.on("07-01-2027", "10.00")
	lawyer := &walker{t: w.t, h: w.h, b: browser.Start(w.t), base: w.base}
	lawyer.as(access.Lawyer)
	lawyer.open("evidence")

	w.b.Resize(browser.Phone)
	w.as(access.Officer)
	w.open("inspect")
	if w.value("At") != "07-01-2027" || w.value("At-tijd") != w.h.Now().In(text.Amsterdam).Format("15.04") {
		w.t.Errorf("the moment is not filled in: %q %q", w.value("At"), w.value("At-tijd"))
	}
	if browser.Eval[string](w.b, `document.querySelector("#Photos-camera[capture]")?.getAttribute("capture") ?? ""`) != "environment" {
		w.t.Error("a telephone does not offer its camera")
	}
	for _, size := range []browser.Size{browser.Phone, browser.Narrow} {
		w.b.Resize(size)
		if wide := w.b.Overflow(); len(wide) > 0 {
			w.t.Errorf("the inspection scrolls sideways at %d pixels: %v", size.Width, wide)
		}
		small := browser.Eval[[]string](w.b, `[...document.querySelectorAll("main form[method=post] :is(input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select, button, .baken-choice)")]
			.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))`)
		if len(small) > 0 {
			w.t.Errorf("too small for a thumb at %d pixels: %v", size.Width, small)
		}
	}
	w.b.Resize(browser.Phone)
	w.b.Shot("wandeling-05-controle-390")
	w.fill(field{"Result", "breach"}, field{"Words", "Het bouwafval ligt er nog, ook op de stoep."})
	w.b.Upload("Photos-camera", photo(w.t, "stoep.png"))
	w.send()
	s := w.says("Van kracht", "Controle", "Volgende stap: Controle vastleggen")
	if len(s.Documents) != 3 || !strings.Contains(s.Story[0], "Gecontroleerd") {
		w.t.Errorf("after the inspection: %q, %q", s.Documents, s.Story[0])
	}
	top := browser.Eval[bool](w.b, `document.querySelector(".baken-next").getBoundingClientRect().top < document.querySelector("#termijnen").getBoundingClientRect().top`)
	if !top {
		w.t.Error("on a telephone the next step does not come first")
	}
	w.b.Shot("wandeling-06-dossier-390")
	w.b.Resize(browser.Desktop)

	// Who sends a form of before hears what happened and decides again.
	typed := []field{{"On", "06-01-2027"}, {"Words", "De buurvrouw belde: er is niets weggehaald."}, {"Source", "resident"}}
	lawyer.refused("", "Intussen is dit dossier veranderd: Controle vastleggen", typed...)
	lawyer.send()
	if s := lawyer.says("Van kracht", "Controle", "Volgende stap: Verbeuring vaststellen"); !strings.Contains(s.Story[0], "Feit toegevoegd") {
		w.t.Errorf("sent again, it is not recorded: %q", s.Story[0])
	}
}

func (w *walker) forfeited() {
	w.as(access.Lawyer)
	w.do("forfeit", field{"Inspection", "1"})
	s := w.says("Van kracht", "Invordering", "Volgende stap: Voornemen tot invordering verzenden")
	w.fact(s, "Verbeurd", "€ 250 van € 2.500")
	w.fact(s, "Staat open", "€ 250")
	w.term(s, "Som 1: betalen", "LOD-5.33", deadlines.Date(2027, time.January, 6), "over 41 dagen")
	w.open("forfeit")
	w.refused("Inspection", "ECLI:NL:RVS:2015:3532", field{"Inspection", "1"})

	w.on("14-01-2027", "09.00")
	w.as(access.Officer)
	w.byKeys()
	w.as(access.Lawyer)
	w.says("Van kracht", "Invordering", "Volgende stap: Verbeuring vaststellen")
	w.do("forfeit")
	s = w.says("Van kracht", "Invordering", "Volgende stap: Voornemen tot invordering verzenden")
	w.fact(s, "Verbeurd", "€ 500 van € 2.500")
}

// byKeys records an inspection without a mouse (WCAG 2.1.1).
func (w *walker) byKeys() {
	w.page("")
	w.tabTo(`A`, "Controle vastleggen")
	w.b.PressOn(kb.Enter)
	w.tabTo("#Result", "")
	w.b.Press(kb.ArrowDown)
	w.b.Press(kb.ArrowUp)
	w.b.Press(" ")
	w.b.Press(kb.ArrowDown)
	w.tabTo("#Words", "")
	w.b.Press("Alles ligt er nog.")
	w.tabTo("BUTTON", "Controle vastleggen")
	w.b.PressOn(kb.Enter)
	if s := w.page(""); !strings.Contains(s.Story[0], "Gecontroleerd") || !strings.Contains(s.Story[0], "Alles ligt er nog.") || !strings.Contains(s.Story[0], "Wat is gezienovertreding") {
		w.t.Errorf("by keys alone this was recorded: %q", s.Story[0])
	}
}

// tabTo presses Tab until an element has the focus, found by its id or by its tag
// and words.
func (w *walker) tabTo(what, words string) {
	w.t.Helper()
	for range 80 {
		w.b.Press(kb.Tab)
		if browser.Eval[bool](w.b, `(e => `+quote(what)+` === "#" + e.id || e.tagName === `+quote(what)+` && e.textContent.includes(`+quote(words)+`))(document.activeElement)`) {
			return
		}
	}
	w.t.Fatalf("Tab does not come to %s %s at %s", what, words, w.b.Here())
}

// asItWas reads the file of before, and corrects what was written.
func (w *walker) asItWas() {
	s := w.page("?op=06-01-2027")
	if strings.Contains(strings.Join(s.Story, "\n"), "Gecontroleerd") || len(s.Documents) != 2 || s.Next != "" {
		w.t.Errorf("before the inspection the file had: %q, %q, next %q", s.Story, s.Documents, s.Next)
	}
	w.given(s, "Begunstigingstermijn eindigt", "2026-12-30, verlopen")
	if s = w.page("?op=07-01-2027"); len(s.Documents) != 3 {
		w.t.Errorf("on the day of the inspection the file had %q", s.Documents)
	}

	w.on("15-01-2027", "09.00")
	w.as(access.Lawyer)
	w.page("")
	first := browser.Eval[string](w.b, `[...document.querySelectorAll(".baken-story__item")].filter(e => e.textContent.includes("Gecontroleerd")).pop().querySelector("a[href*=corrigeren]").href`)
	w.b.Visit(first)
	if got := w.value("Words"); got != "Het bouwafval ligt er nog, ook op de stoep." {
		w.t.Errorf("the correction does not start from what was recorded: %q", got)
	}
	w.refused("why", "Vul dit veld in", field{"Words", "Het bouwafval ligt er nog; de stoep is vrij."})
	w.fill(field{"why", "De foto laat een vrije stoep zien."})
	w.send()
	s = w.page("")
	if !strings.Contains(s.Story[0], "Correctie: De foto laat een vrije stoep zien.") || !strings.Contains(s.Story[0], "de stoep is vrij") {
		w.t.Errorf("the story does not tell the correction: %q", s.Story[0])
	}
	if !strings.Contains(strings.Join(s.Story, "\n"), "Later gecorrigeerd") || len(s.Documents) != 3 {
		w.t.Errorf("the corrected entry does not say so, or its photograph is gone: %q", s.Documents)
	}
	before := strings.Join(w.page("?op=14-01-2027").Story, "\n")
	if !strings.Contains(before, "ook op de stoep") || strings.Contains(before, "stoep is vrij") || strings.Contains(before, "Correctie") {
		w.t.Errorf("the day before the correction reads: %s", before)
	}
}

func (w *walker) recovered() {
	w.do("intend-recovery", field{"Sent", "15-01-2027"}, field{"ViewDays", "14"})
	s := w.says("Van kracht", "Invordering", "Volgende stap: Zienswijze op invordering vastleggen")
	w.given(s, "Zienswijze op de invordering", "2027-01-29, over 14 dagen")
	w.on("20-01-2027", "09.00")
	w.as(access.Lawyer)
	w.do("view-recovery", field{"Received", "19-01-2027"}, field{"How", "oral"}, field{"Words", "Het bedrijf vindt het te duur."}, field{"Answer", "De begunstigingstermijn was lang genoeg."})
	w.says("Van kracht", "Invordering", "Volgende stap: Invorderingsbeschikking vastleggen")
	w.on("21-01-2027", "09.00")
	w.as(access.Lawyer)
	w.open("recover")
	if w.value("Amount") != "500" {
		w.t.Errorf("the decision starts with %q, not with what was forfeited", w.value("Amount"))
	}
	w.refused("Amount", "Er staat hooguit € 500 open", field{"Amount", "600"}, field{"Special", "Niets gebleken."}, field{"Proof", "3SVERZONNEN2"})
	w.do("recover", field{"On", "21-01-2027"}, field{"Amount", "500"}, field{"Special", "Niets gebleken."}, field{"Proof", "3SVERZONNEN2"})
	s = w.says("Van kracht", "Invordering", "Volgende stap: Aanmaning vastleggen")
	w.term(s, "Bezwaar tegen invordering 1", "AWB-6.7", deadlines.Date(2027, time.January, 21), "over 42 dagen")

	w.on("22-02-2027", "09.00")
	w.as(access.Lawyer)
	w.open("remind")
	w.refused("Sent", "Betalen kan nog tot en met woensdag 24 februari 2027 (Awb 5:33)", field{"Sent", "22-02-2027"}, field{"Warned", "ja"})
	w.b.Shot("wandeling-07-aanmaning-geweigerd")
	w.on("26-02-2027", "09.00")
	w.as(access.Lawyer)
	w.do("remind", field{"Sent", "25-02-2027"}, field{"Warned", "ja"})
	s = w.says("Van kracht", "Invordering", "Volgende stap: Betaling vastleggen")
	w.term(s, "Aanmaning 1: betalen", "GS-4.112.1", deadlines.Date(2027, time.February, 25), "over 13 dagen")
	w.b.Shot("wandeling-08-invordering")
	w.b.Resize(browser.Phone)
	w.b.Shot("wandeling-08-invordering-390")
	w.b.Resize(browser.Desktop)
	w.onPaper()
}

// onPaper: a printed file goes to a judge. Its terms have their reasons, and what
// only a screen can do is not there.
func (w *walker) onPaper() {
	w.page("")
	shown := `(q => [...document.querySelectorAll(q)].filter(e => e.checkVisibility()).map(e => e.className || e.tagName))`
	screen := browser.Eval[[]string](w.b, shown+`(".baken-ladder li")`)
	w.b.Paper(true)
	if left := browser.Eval[[]string](w.b, shown+`("form, button, input, .baken-next, .baken-sidenav, #niet-nu, #toen, a[href*=corrigeren]")`); len(left) > 0 {
		w.t.Errorf("on paper stands what only a screen can do: %v", left)
	}
	steps := browser.Eval[[]string](w.b, shown+`(".baken-ladder li")`)
	all := browser.Eval[int](w.b, `document.querySelectorAll(".baken-ladder li").length`)
	if len(screen) != 0 || len(steps) != all || all == 0 {
		w.t.Errorf("of %d steps of a calculation %d stand on paper, and %d on the screen before they are opened", all, len(steps), len(screen))
	}
	if facts := browser.Eval[bool](w.b, `document.querySelector("#feiten").getBoundingClientRect().top < document.querySelector("#termijnen").getBoundingClientRect().top`); !facts {
		w.t.Error("on paper the facts do not come before the terms")
	}
	w.b.Paper(false)
	w.b.PDF("wandeling-08-invordering")
}

func (w *walker) paid() {
	w.on("01-03-2027", "09.00")
	w.as(access.Lawyer)
	w.do("pay", field{"On", "01-03-2027"}, field{"Amount", "200"})
	w.fact(w.says("Van kracht", "Invordering", "Volgende stap: Betaling vastleggen"), "Staat open", "€ 300")
	w.open("close")
	w.refused("Outcome", "Er staat nog € 300 open", field{"Outcome", "paid"}, field{"Words", "Alles is betaald."})
	w.on("08-03-2027", "09.00")
	w.as(access.Lawyer)
	w.do("pay", field{"On", "08-03-2027"})
	s := w.page("")
	w.fact(s, "Staat open", "€ 0")
	for title, said := range s.Terms {
		if strings.HasPrefix(title, "Som ") && !strings.HasSuffix(said, ", klaar") {
			w.t.Errorf("all is paid, and %s says %q", title, said)
		}
	}
	if s.Next != "Volgende stap: Dossier sluiten" {
		w.t.Errorf("all is paid: %q", s.Next)
	}
	w.do("close", field{"Outcome", "paid"}, field{"Words", "In twee delen betaald."})
	s = w.says("Gesloten", "", "Er is nu niets te doen")
	w.fact(s, "Uitkomst", "betaald")
	w.b.Shot("wandeling-09-gesloten")
	for path, listed := range map[string]bool{"/maatregelen": false, "/maatregelen?gesloten=1": true} {
		w.b.Visit(w.h.URL + path)
		if got := browser.Eval[bool](w.b, `document.querySelector('main a[href="`+w.base+`"]') !== null`); got != listed {
			w.t.Errorf("%s lists the closed file: %v", path, got)
		}
	}
}

// hidden: for who has no part in it the file is not there at all, and for who has,
// nothing destroys it.
func (w *walker) hidden() {
	paths := []string{w.base, w.base + "?op=14-01-2027", w.base + "/corrigeren/2"}
	w.page("")
	paths = append(paths, browser.Eval[[]string](w.b, `[...document.querySelectorAll("#documenten a")].map(e => e.getAttribute("href"))`)...)
	if all := strings.Join(paths, " "); !strings.Contains(all, "/bestand/") || !strings.Contains(all, "/brief/") || !strings.Contains(all, "dossier.zip") {
		w.t.Fatalf("there are no photographs, letters or download to hide: %v", paths)
	}
	for _, v := range w.h.Dwangsom.Office.Kind.Verbs {
		if verb := strings.TrimPrefix(v.Name, "dwangsom."); verb != "report" {
			paths = append(paths, w.base+"/"+verb)
		}
	}
	for _, role := range []string{access.Adviser, access.TipCoordinator} {
		p := w.h.SignIn(role)
		for _, path := range paths {
			a := p.Get(path)
			if a.Status != 404 || strings.Contains(a.Body, "Haven 9") {
				w.t.Errorf("%s without a part in the file at %s: %d", role, path, a.Status)
			}
		}
		list := p.Get("/maatregelen?gesloten=1")
		if want := map[string]int{access.Adviser: 200, access.TipCoordinator: 404}[role]; list.Status != want || strings.Contains(list.Body, "Haven 9") {
			w.t.Errorf("the list answers %s with %d, or shows the file", role, list.Status)
		}
	}
	w.page("")
	if found := browser.Eval[[]string](w.b, `[...document.querySelectorAll("main a, main button")].map(e => e.textContent).filter(s => /vernietig|verwijder|wissen/i.test(s))`); len(found) > 0 {
		w.t.Errorf("the page offers to destroy the file: %q", found)
	}
	for _, r := range w.h.Site.Declared() {
		if strings.Contains(r.Pattern, "/maatregelen") && (strings.HasPrefix(r.Pattern, "DELETE") || strings.Contains(r.Act, "destroy")) {
			w.t.Errorf("%s destroys a file from a page: its retention does, in its time", r.Pattern)
		}
	}
}
