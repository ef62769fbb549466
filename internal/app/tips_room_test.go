package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"baken/internal/bakentest"
	"baken/internal/fault"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/ref"
	"baken/internal/tips"
)

// What cannot be taken is refused with a sentence at its field, keeps what was typed,
// and leaves nothing behind: no half tip, no file on the disk.
func TestTipsRefuseWhatIsDangerous(t *testing.T) {
	h := bakentest.Open(t, db.SQLite)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	p := h.SignIn(access.TipCoordinator)
	macros := func() []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		r, err := zip.NewReader(bytes.NewReader(docx(t, "x")), int64(len(docx(t, "x"))))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.File {
			if err := z.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
		w, err := z.Create("word/vbaProject.bin")
		if err == nil {
			_, err = w.Write([]byte("Sub AutoOpen()"))
		}
		if err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	bomb := func() []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"} {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			for range 300 {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	good := func() url.Values {
		return url.Values{"once": {ref.NewID()}, "Received": {"24-11-2026"}, "Theme": {"drugs"}, "Text": {"Er gebeurt iets"}}
	}
	for name, row := range map[string]struct {
		values url.Values
		file   bakentest.File
		says   string
	}{
		"50 MB":           {good(), bakentest.File{Field: "Files", Name: "film.jpg", Body: make([]byte, 50<<20)}, "groter dan 32 MB"},
		"21 MB":           {good(), bakentest.File{Field: "Files", Name: "film.jpg", Body: append([]byte("\xff\xd8\xff"), make([]byte, 21<<20)...)}, "tot 20 MB"},
		"zip bomb":        {good(), bakentest.File{Field: "Files", Name: "a.docx", Body: bomb()}, "bij het uitpakken te groot"},
		"macros":          {good(), bakentest.File{Field: "Files", Name: "a.docx", Body: macros()}, "macro"},
		"program":         {good(), bakentest.File{Field: "Files", Name: "foto.jpg", Body: append([]byte("MZ\x90\x00"), make([]byte, 500)...)}, "Dit soort bestand nemen wij niet aan"},
		"page":            {good(), bakentest.File{Field: "Files", Name: "a.txt", Body: []byte("<html><script>alert(1)</script>")}, "webpagina"},
		"unreadable mail": {url.Values{"once": {ref.NewID()}, "Received": {"24-11-2026"}, "Theme": {"drugs"}}, bakentest.File{Field: "Message", Name: "m.eml", Body: []byte("\x00\x01\x02niets")}, "mail"},
		"text and file":   {good(), bakentest.File{Field: "Message", Name: "m.txt", Body: []byte("nog een tekst")}, "niet allebei"},
		"nothing":         {url.Values{"once": {ref.NewID()}, "Received": {"24-11-2026"}, "Theme": {"drugs"}}, bakentest.File{Field: "Other", Name: "x", Body: nil}, "Vul dit veld in"},
	} {
		before := contents(t, h)
		a := p.Upload("/tips/nieuw", row.values, row.file)
		if a.Status < 400 || a.Status >= 500 {
			t.Errorf("%s: %d", name, a.Status)
		}
		if !strings.Contains(a.Body, row.says) {
			_, main, _ := strings.Cut(a.Body, "<main")
			t.Errorf("%s: the page does not say %q: %.900s", name, row.says, errorsOf(main))
		}
		for _, table := range changed(before, contents(t, h)) {
			if strings.HasPrefix(table, "dossier") || strings.HasPrefix(table, "tip_") {
				t.Errorf("%s: %s changed", name, table)
			}
		}
		if a.Path == "/tips/nieuw" && name != "50 MB" && row.values.Get("Text") != "" && !strings.Contains(a.Body, "Er gebeurt iets") {
			t.Errorf("%s: what was typed is gone", name)
		}
	}
	if left, err := filepath.Glob(filepath.Join(temp, "*")); err != nil || len(left) > 0 {
		t.Errorf("files were left on the disk: %v %v", left, err)
	}
}

// Marks that turn the direction of a text are made visible, and a pair of brackets of
// the message is no mark of ours.
func TestTipsMakeMarksVisible(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	p := h.SignIn(access.TipCoordinator)
	id := ref.NewID()
	a := p.Upload("/tips/nieuw", url.Values{"once": {id}, "Received": {"24-11-2026"}, "Theme": {"drugs"}, "Text": {"Ga naar \u202eexe.fdp [[hier]] en zie\u200b daar"}})
	if a.Path != "/tips" {
		t.Fatalf("%d at %s: %s", a.Status, a.Path, errorsOf(a.Body))
	}
	f, err := h.Tips.Original(context.Background(), coordinator(t, h), id, "check")
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Record.Parts[0].Original; strings.ContainsAny(got, "\u202e\u200b") || !strings.Contains(got, "⟦U+202E⟧") || tips.Gaps(got) != 0 {
		t.Errorf("stored is %q", got)
	}
}

// Originals need the second factor, also beside a form that comes back late: what was
// typed stays, the original does not come with it.
func TestOriginalNeedsTheSecondFactorAgain(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	p := h.SignIn(access.TipCoordinator)
	id := tipAt(t, h, "check")
	if a := p.Get("/tips/" + id + "/check"); a.Status != 200 || !strings.Contains(a.Body, "05:15") {
		t.Fatalf("the check shows no original: %d", a.Status)
	}
	h.Wait(6 * time.Minute)
	if a := p.Send("GET", "/tips/"+id+"/check", nil, nil); a.Status != 303 {
		t.Errorf("the original opens with an old proof: %d", a.Status)
	}
	a := p.Post("/tips/"+id+"/check", url.Values{"versie": {"1"}, "Marked": {"wat ik typte"}, "Summary": {"mijn samenvatting"}})
	if a.Status != 422 || strings.Contains(a.Body, "05:15") || strings.Contains(a.Body, "recht tegenover") {
		t.Errorf("a form that came back late brought the original with it: %d", a.Status)
	}
	for _, typed := range []string{"wat ik typte", "mijn samenvatting"} {
		if !strings.Contains(a.Body, typed) {
			t.Errorf("%q was typed and is gone", typed)
		}
	}
	// Who checked it may not release it; the other may, by the page.
	release := tipAt(t, h, "release")
	two := h.SignInAs("m-plaatsvervanger@maassluis.demo")
	if page := two.Get("/tips/" + release + "/release"); page.Status != 200 || !strings.Contains(page.Body, "21.45") {
		t.Errorf("the second person does not see what to compare: %d", page.Status)
	}
}

// What leaves is what was approved, for the receiver's key only, and nothing of ours
// goes with it.
func TestForwardedCopy(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	ctx, one, two := context.Background(), coordinator(t, h), second(t, h)
	secret, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	h.Tips.Policies[0].Receivers[0].Key = secret.Recipient().String()
	h.Tips.Open()
	id, file := ref.NewID(), ref.NewID()
	o := &h.Tips.Office
	err = o.Begin(ctx, one, id, "tip.receive", &tips.Receive{Reference: "M2026-9", Received: deadlines.DayOf(h.Now()) - 3, Theme: "drugs", Text: "Mijn broer ziet om 23.15 uur busjes", Files: []string{file}},
		dossier.Attachment{ID: file, Name: "bijlage-1.txt", Media: "text/plain; charset=utf-8", Body: []byte("een lijst")})
	for i, step := range []struct {
		act string
		in  any
	}{
		{"tip.check", &tips.Check{Marked: "[[Mijn broer ziet om 23.15 uur]] busjes", Knower: "none", Moment: "gone", Relation: "gone", Style: "none", Files: "none", Summary: "Er zou lading worden opgehaald."}},
		{"tip.release", &tips.Release{Read: true}},
		{"tip.assess", &tips.Assess{Outcome: tips.Police, Why: "Politie", Impact: "normal"}},
		{"tip.forward", &tips.Forward{Receiver: "politie", Ground: "Politiewet 3", Files: "with"}},
	} {
		who := one
		if step.act == "tip.release" {
			who = two
		}
		if err == nil {
			err = o.Perform(ctx, who, id, int64(i+1), step.act, step.in)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := h.Tips.Copy(ctx, one, id, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Tips.Copy(ctx, one, id, 2); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a copy that nobody decided on: %v", err)
	}
	if other, _ := age.GenerateX25519Identity(); other != nil {
		if _, err := age.Decrypt(bytes.NewReader(sealed), other); err == nil {
			t.Error("another key opens it")
		}
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), secret)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s tells when it was made: %s", f.Name, f.Modified)
		}
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&all, f.Name, string(text))
	}
	if fmt.Sprint(names) != "[bericht.txt bijlage-1.txt]" {
		t.Errorf("names: %v", names)
	}
	for _, want := range []string{"Er zou lading worden opgehaald.", "november 2026", "Politiewet 3", "Gemeente", "een lijst"} {
		if !strings.Contains(strings.ToLower(all.String()), strings.ToLower(want)) {
			t.Errorf("the copy does not say %q:\n%s", want, all.String())
		}
	}
	number := ""
	rows, err := h.Tips.Inbox(ctx, one)
	for _, x := range rows {
		if x.ID == id {
			number = x.Number
		}
	}
	if err != nil || number == "" {
		t.Fatal(err)
	}
	for _, never := range []string{id, file, number, one.Account, "Yasmina", "M2026-9", "23.15", "broer", "21 november", h.Now().Format("2006-01-02")} {
		if strings.Contains(all.String(), never) {
			t.Errorf("the copy holds %q", never)
		}
	}
}

// What is over its term is destroyed by the program on the next day; what is held by the
// request of a person stays.
func TestTipsExpire(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		ctx, one := context.Background(), coordinator(t, h)
		there := func() map[string]tips.Row {
			t.Helper()
			rows, err := h.Tips.Inbox(ctx, one)
			if err != nil {
				t.Fatal(err)
			}
			out := map[string]tips.Row{}
			for _, r := range rows {
				out[r.ID] = r
			}
			return out
		}
		ends := func(id string) deadlines.Day { return there()[id].Ends }
		going := tipAt(t, h, "work")
		if got := ends(going) - deadlines.DayOf(h.Now()); got != 2 {
			t.Fatalf("the demo's tip ends in %d days", got)
		}
		h.Wait(2 * 24 * time.Hour)
		if n, err := h.Tips.Expire(ctx); err != nil || n != 0 {
			t.Errorf("on its last day %d were destroyed: %v", n, err)
		}
		if err := h.Tips.Office.Perform(ctx, one, going, version(t, h, going), "tip.request", &tips.Asked{Received: deadlines.DayOf(h.Now()), What: "access", Proven: true}); err != nil {
			t.Fatal(err)
		}
		h.Wait(40 * 24 * time.Hour)
		if _, err := h.Tips.Expire(ctx); err != nil {
			t.Fatal(err)
		}
		if _, ok := there()[going]; !ok {
			t.Fatal("a tip was destroyed while somebody's request was open")
		}
		if err := h.Tips.Office.Perform(ctx, one, going, version(t, h, going), "tip.answer",
			&tips.Answer{Caller: "Alles", Others: "Niets", Enquiry: "Geen", Outcome: "neither", Words: "Wij bevestigen noch ontkennen", Sent: deadlines.DayOf(h.Now())}); err != nil {
			t.Fatal(err)
		}
		if n, err := h.Tips.Expire(ctx); err != nil || n != 1 {
			t.Fatalf("%d were destroyed: %v", n, err)
		}
		if _, err := h.Tips.Original(ctx, one, going, "decide"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a destroyed tip opens: %v", err)
		}
		officer := h.SignIn(access.PrivacyOfficer).Get("/toezicht/meld-misdaad/" + going)
		if !strings.Contains(officer.Body, "aan het einde van de termijn; beoordelaar: Yasmina Haddou") {
			t.Error("the tombstone does not say by which term, and who reviewed it")
		}
		if report, err := h.Log.Verify(ctx); err != nil || !report.OK() {
			t.Errorf("%v %v", err, report.Problems)
		}
	})
}

func version(t *testing.T, h *bakentest.House, id string) (v int64) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		v, _, err = db.One(tx, db.Column[int64], "SELECT version FROM dossier WHERE id = $1", id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The key that seals everything is changed while people work, and the old one is then
// needed nowhere.
func TestKeysAreChangedWhilePeopleWork(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		ctx, one := context.Background(), coordinator(t, h)
		id := tipAt(t, h, "check")
		file := h.Config.VaultFile(h.Municipality)
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.AddKey(); err != nil {
			t.Fatal(err)
		}
		n, err := h.RenewKeys(ctx)
		if err != nil || n < 10 {
			t.Fatalf("%d rows were sealed anew: %v", n, err)
		}
		if again, err := h.RenewKeys(ctx); err != nil || again != 0 {
			t.Errorf("a second time %d rows: %v", again, err)
		}
		if err := h.RetireKeys(ctx); err == nil {
			t.Error("the old key was taken away at once")
		}
		old := h.Now().Add(-2 * time.Hour)
		if err := os.Chtimes(file, old, old); err != nil {
			t.Fatal(err)
		}
		if err := h.RetireKeys(ctx); err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(file)
		if err != nil || bytes.Contains(after, bytes.TrimSpace(before)) {
			t.Errorf("the old key is still in the file: %v", err)
		}
		// This house, which worked all the time, and people who sign in now.
		if _, err := h.Tips.Original(ctx, one, id, "check"); err != nil {
			t.Errorf("a tip does not open: %v", err)
		}
		if a := h.SignIn(access.Lawyer).Get("/maatregelen"); a.Status != 200 || !strings.Contains(a.Body, "M-2026-0001") {
			t.Errorf("the list of measures answers %d", a.Status)
		}
	})
}

// Whoever asks what is held on them is looked for in every tip, and each look is in the
// log; the name is nowhere.
func TestSearchForAPerson(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	p := h.SignIn(access.TipCoordinator)
	p.Upload("/tips/nieuw", url.Values{"once": {ref.NewID()}, "Received": {"24-11-2026"}, "Theme": {"drugs"}, "Text": {"Goudplevier, Kees handelt in de loods."}})
	start := count(t, h)
	a := p.Post("/tips/zoeken", url.Values{"name": {"kees goudplevier"}})
	if a.Status != 200 || !strings.Contains(a.Body, "T-2026-0007") || strings.Contains(a.Body, "T-2026-0006") || strings.Contains(a.Body, "loods") {
		t.Errorf("%d: %.400s", a.Status, errorsOf(a.Body))
	}
	if acts := since(t, h, start); strings.Count(strings.Join(acts, " "), "tip.search") != 7 {
		t.Errorf("of six tips that were looked through the log says %v", acts)
	}
	if a := p.Post("/tips/zoeken", url.Values{"name": {"Kees Kluut"}}); strings.Contains(a.Body, "T-2026") || !strings.Contains(a.Body, "Geen tip noemt deze naam") {
		t.Error("a name of which one word fits was found")
	}
	if a := p.Post("/tips/zoeken", url.Values{"name": {"a"}}); a.Status != 422 {
		t.Errorf("one letter: %d", a.Status)
	}
	if said := h.Said() + strings.Join(h.Links(), " ") + string(tables(t, h.DB)); strings.Contains(strings.ToLower(said), "goudplevier") || strings.Contains(strings.ToLower(said), "kluut") {
		t.Error("the name was kept")
	}
}
