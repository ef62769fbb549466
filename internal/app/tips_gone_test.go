package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"filippo.io/age"

	"baken/internal/app"
	"baken/internal/bakentest"
	"baken/internal/bakentest/dbtest"
	"baken/internal/config"
	"baken/internal/kernel/access"
	"baken/internal/kernel/backup"
	"baken/internal/kernel/db"
	"baken/internal/tips"
)

// The words of the tip of the scenario. They stand nowhere else.
const (
	tipText = "In de kelder van de Wielewaalhof staan kratten met kwikstaartpillen. Mijn zwager Roodborst zag het om 23.15 uur."
	tipSeen = "In de kelder van de Wielewaalhof staan kratten met kwikstaartpillen. [[Mijn zwager Roodborst zag het om 23.15 uur.]]"
	tipTold = "In een kelder zouden geneesmiddelen zonder vergunning liggen; men noemt ortolaantabletten."
	tipFile = "Lijst van leveringen aan nachtegaaltje"
)

var tipWords = []string{"Wielewaalhof", "kwikstaartpillen", "Roodborst", "ortolaantabletten", "nachtegaaltje", "M2026-zilvermeeuw"}

// encodings are how a word can lie in a file: as it is, in UTF-16, as hexadecimal, and
// as base64 at each of its three places.
func encodings(word string) map[string][]byte {
	out := map[string][]byte{"UTF-8": []byte(word), "hexadecimal": []byte(hex.EncodeToString([]byte(word)))}
	for name, order := range map[string]binary.AppendByteOrder{"UTF-16LE": binary.LittleEndian, "UTF-16BE": binary.BigEndian} {
		var b []byte
		for _, u := range utf16.Encode([]rune(word)) {
			b = order.AppendUint16(b, u)
		}
		out[name] = b
	}
	for i := range 3 {
		b := base64.StdEncoding.EncodeToString(append(bytes.Repeat([]byte("x"), i), word...))
		out[fmt.Sprintf("base64 %d", i)] = []byte(b[4 : len(b)-4])
	}
	return out
}

// readable lists where words of the tip can be read in files under folders.
func readable(t *testing.T, folders ...string) (found []string, files int) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !d.Type().IsRegular() {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			found = append(found, legible(path, raw)...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found, files
}

func legible(where string, raw []byte) (found []string) {
	lower := bytes.ToLower(raw)
	for _, word := range tipWords {
		for name, pattern := range encodings(word) {
			if bytes.Contains(raw, pattern) || name == "UTF-8" && bytes.Contains(lower, bytes.ToLower(pattern)) {
				found = append(found, fmt.Sprintf("%s: %q as %s", where, word, name))
			}
		}
	}
	return found
}

// The search itself must find what is there.
func TestSearchForWordsFinds(t *testing.T) {
	t.Parallel()
	for name, pattern := range encodings("Wielewaalhof") {
		if len(legible("x", append([]byte("voor "), pattern...))) == 0 {
			t.Errorf("a word as %s would not be found", name)
		}
	}
}

// The whole life of a tip, by the pages of two people: received as a mail with a
// document, checked, blacked out, released, assessed, verified by an inspection, led to
// a file that cites the inspection only, fed back, destroyed. Afterwards none of its
// words can be read in any file of the program, a backup of when it was there included.
func TestTipLivesAndIsGone(t *testing.T) {
	each(t, func(t *testing.T, h *bakentest.House) {
		temp := t.TempDir()
		t.Setenv("TMPDIR", temp)
		ctx := context.Background()
		one, two := h.SignIn(access.TipCoordinator), h.SignInAs("m-plaatsvervanger@maassluis.demo")
		measureID, _ := measure(t, h)
		number := numberOf(t, h, measureID)

		mail := "From: verrader@kwikstaart.example\r\nReceived: from 10.1.2.3\r\nDate: Tue, 24 Nov 2026 08:13:27 +0100\r\nSubject: Melding\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
			"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + tipText + "\r\n--b\r\nContent-Type: application/octet-stream; name=lijst.docx\r\nContent-Disposition: attachment; filename=lijst.docx\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			base64.StdEncoding.EncodeToString(docx(t, tipFile)) + "\r\n--b--\r\n"
		a := one.Upload("/tips/nieuw", url.Values{"once": {"0123456789abcdefghjkmnpqrs"}, "Reference": {"M2026-zilvermeeuw"}, "Received": {"24-11-2026"}, "Theme": {"medicines"}},
			bakentest.File{Field: "Message", Name: "melding.eml", Body: []byte(mail)})
		if a.Status != 200 || a.Path != "/tips" {
			t.Fatalf("the mail was not taken in: %d at %s", a.Status, a.Path)
		}
		const id = "0123456789abcdefghjkmnpqrs"
		post := func(p *bakentest.Person, act, version string, values url.Values) {
			t.Helper()
			values.Set("versie", version)
			if a := p.Post("/tips/"+id+"/"+act, values); a.Status != 200 || strings.HasSuffix(a.Path, act) {
				t.Fatalf("%s was not taken: %d at %s\n%.2000s", act, a.Status, a.Path, errorsOf(a.Body))
			}
		}
		if page := two.Get("/tips/" + id + "?reden=assess"); page.Status != 200 || len(legible("", []byte(page.Body))) > 1 {
			t.Errorf("before the check a colleague reads %v", legible("the page", []byte(page.Body)))
		}
		post(one, "check", "1", url.Values{"Marked": {tipSeen}, "Knower": {"none"}, "Moment": {"gone"}, "Relation": {"gone"}, "Style": {"none"}, "Files": {"none"}, "Summary": {tipTold}})
		if a := two.Post("/tips/"+id+"/release", url.Values{"versie": {"2"}, "Read": {"ja"}}); a.Status != 422 || !strings.Contains(a.Body, "Open eerst het origineel") {
			t.Errorf("the second person released what they did not open: %d", a.Status)
		}
		if a := two.Get("/tips/" + id + "/release"); a.Path != "/tips/"+id+"/release" {
			t.Fatalf("the second person cannot compare: %d at %s", a.Status, a.Path)
		}
		post(two, "release", "2", url.Values{"Read": {"ja"}})
		page := two.Get("/tips/" + id + "?reden=assess")
		if !strings.Contains(page.Body, tipTold) || strings.Contains(page.Body, "Roodborst") || !strings.Contains(page.Body, tips.Gap) {
			t.Error("after the release the group does not read the text with its gaps")
		}
		post(one, "assess", "3", url.Values{"Outcome": {"ours"}, "Why": {"Toezicht is van de gemeente"}, "Impact": {"high"}})
		post(two, "confirm", "4", url.Values{"Agree": {"yes"}, "Why": {"Eens"}})
		post(one, "lookup", "5", url.Values{"Register": {"measures"}, "Subject": {"Kade 1"}, "Why": {"Is er al iets bekend"}, "Ground": {"Gemeentewet 172"}, "Fields": {"bekend of niet"}})
		post(one, "find", "6", url.Values{"Kind": {"inspection"}, "On": {"24-11-2026"}, "Who": {"Team toezicht"}, "Reference": {"TZ-1"}, "Words": {"In het pand stonden dozen zonder etiket."}})
		post(one, "use", "7", url.Values{"Finding": {"1"}, "Dossier": {number}, "Why": {"Last onder dwangsom"}})
		post(one, "feedback", "8", url.Values{"Sent": {"24-11-2026"}, "Used": {"yes"}, "Result": {"measure"}, "Worth": {"good"}})

		// The file that it led to knows the inspection, and nothing of the tip.
		if page := h.SignIn(access.Lawyer).Get("/maatregelen/dwangsom/" + measureID); strings.Contains(strings.ToLower(page.Body), "tip") || len(legible("", []byte(page.Body))) > 0 {
			t.Errorf("the file speaks of the tip: %v", legible("the file", []byte(page.Body)))
		}

		secret, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		var data bytes.Buffer
		if err := backup.Write(ctx, h.DB, "GM0556", h.Now(), &data, secret.Recipient()); err != nil {
			t.Fatal(err)
		}
		h.Wait(time.Minute)
		one = h.SignIn(access.TipCoordinator) // the second factor was shown long ago
		if a := one.Post("/tips/"+id+"/vernietigen", url.Values{"why": {"request"}}); a.Path != "/tips" || strings.Contains(a.Body, id) {
			t.Fatalf("the tip was not destroyed: %d at %s", a.Status, a.Path)
		}
		if page := one.Get("/tips/" + id + "?reden=assess"); page.Status != 404 {
			t.Errorf("a destroyed tip answers %d", page.Status)
		}
		var keys bytes.Buffer
		if err := backup.WriteKeys(ctx, h.DB, "GM0556", h.Now(), &keys, secret.Recipient()); err != nil {
			t.Fatal(err)
		}

		// The privacy officer can still show everything, without a word of it.
		officer := h.SignIn(access.PrivacyOfficer).Get("/toezicht/meld-misdaad/" + id)
		for _, want := range []string{"Yasmina Haddou", "Bart Groeneweg", "Beoordelen wat de gemeente ermee moet", "Nooit alleen", "Vernietigd"} {
			if !strings.Contains(officer.Body, want) {
				t.Errorf("the account of the tip does not say %q", want)
			}
		}
		if x := legible("the account", []byte(officer.Body)); len(x) > 0 {
			t.Error(x)
		}
		if r, err := h.Log.Verify(ctx); err != nil || !r.OK() {
			t.Errorf("after the destruction the log does not verify: %v %v", err, r.Problems)
		}

		// Every byte of the data folder, of temporary files, of both logs and of all tables.
		folders := []string{h.Config.Data, temp}
		if h.DB.Engine() == db.Postgres {
			folders = append(folders, dbtest.Folder(t))
		}
		found, files := readable(t, folders...)
		if files < 3 || h.DB.Engine() == db.Postgres && files < 500 {
			t.Fatalf("%d files were read", files)
		}
		var export bytes.Buffer
		if err := h.Log.Export(ctx, &export); err != nil {
			t.Fatal(err)
		}
		found = append(found, legible("the audit log", export.Bytes())...)
		found = append(found, legible("the program's log", []byte(h.Said()))...)
		found = append(found, legible("addresses", []byte(strings.Join(h.Links(), "\n")))...)
		found = append(found, legible("the tables", tables(t, h.DB))...)

		// A backup of when the tip was there, put back with the keys as they are now.
		fresh := restored(t, h, data.Bytes(), keys.Bytes(), secret)
		found = append(found, legible("the restored tables", tables(t, fresh.DB))...)
		more, _ := readable(t, fresh.Config.Data)
		if found = append(found, more...); len(found) > 0 {
			t.Errorf("the tip is still there:\n%s", strings.Join(found, "\n"))
		}
		if _, err := fresh.Tips.Original(ctx, coordinator(t, h), id, "decide"); err == nil {
			t.Error("the restored backup opens the tip")
		}
		all, err := fresh.Tips.Inbox(ctx, coordinator(t, h))
		if err != nil || len(all) == 0 {
			t.Fatalf("the restored inbox: %v", err)
		}
		for _, r := range all {
			if r.ID == id {
				t.Error("the restored inbox lists the tip")
			}
			if _, err := fresh.Tips.Original(ctx, coordinator(t, h), r.ID, "decide"); err != nil {
				t.Errorf("a tip that was not destroyed was lost in the restore: %v", err)
			}
		}
	})
}

// restored opens a house on a backup.
func restored(t *testing.T, h *bakentest.House, data, keys []byte, secret age.Identity) *app.House {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	m := h.Municipality
	m.Database, m.Checkpoints = "", filepath.Join(dir, "checkpoints")
	if h.DB.Engine() == db.Postgres {
		m.Database = dbtest.Place(t, db.Postgres)
	}
	c := h.Config
	c.Data, c.Municipalities = dir, []config.Municipality{m}
	// The keys of the vault and the checkpoints come from where they are kept apart.
	for from, to := range map[string]string{filepath.Join(h.Config.Folder(h.Municipality), "keys"): filepath.Join(c.Folder(m), "keys"), h.Municipality.Checkpoints: m.Checkpoints} {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		err := filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				err = os.Chmod(path, 0o600)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	l, err := app.OpenLog(ctx, c, m)
	if err == nil {
		_, err = backup.Restore(ctx, l.DB, m.Code, bytes.NewReader(data), bytes.NewReader(keys), secret)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	fresh, err := app.Open(ctx, c, m, h.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fresh.Close() })
	buried, _, err := fresh.Settle(ctx)
	if err != nil || buried != 1 {
		t.Fatalf("%d dossiers were buried: %v", buried, err)
	}
	return fresh
}

// tables is every value of every table.
func tables(t *testing.T, d *db.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	err := d.Dump(context.Background(), func(x db.Table) error { fmt.Fprintln(&out, x.Name); return nil }, func(row []any) error {
		for _, v := range row {
			if b, ok := v.([]byte); ok {
				out.Write(b)
				continue
			}
			fmt.Fprint(&out, v, " ")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func numberOf(t *testing.T, h *bakentest.House, id string) (n string) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, _, err = db.One(tx, db.Column[string], "SELECT number FROM measure_case WHERE id = $1", id)
		return err
	})
	if err != nil || n == "" {
		t.Fatal(err)
	}
	return n
}

// docx is a small document as a word processor makes it.
func docx(t *testing.T, words string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, body := range map[string]string{
		"[Content_Types].xml":          `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":                  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":            `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + words + `</w:t></w:r></w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels": `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func errorsOf(body string) string {
	_, rest, ok := strings.Cut(body, `id="fouten"`)
	if !ok {
		return body
	}
	return rest[:min(len(rest), 1500)]
}
